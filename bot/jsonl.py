"""Answers as JSON, and the dialogue of ``yusuan ask --jsonl``: a question a line in, an answer a line out.

    {"id": "1", "chat": "a", "question": "上党区2023年教育支出多少"}
 -> {"id": "1", "status": "answered", "reply": "…", "figures": [{"asked": true, "value": "56917", …}], "options": []}

A line that is no such object gets an error object in its place; the lines after it are answered all the same.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

from index import Answer, Figure, YusuanError

if TYPE_CHECKING:
    from bot.answering import Answering

log = logging.getLogger(__name__)


def answer_object(answer: Answer, id: object = None) -> dict[str, Any]:
    """The JSON answer; the fields of the contract first, ours after them."""
    return {
        "id": id,
        "status": answer.status,
        "reply": answer.reply,
        "figures": [figure_object(figure) for figure in answer.figures],
        "options": list(answer.options),
        "reading": answer.reading,
        "notes": list(answer.notes),
        "version": answer.version,
    }


def figure_object(figure: Figure) -> dict[str, Any]:
    """A figure with value and unit as printed; ``derived`` ones carry their formula as the sentence."""
    return {
        "asked": figure.asked,
        "region": figure.region,
        "scope": figure.scope,
        "period": figure.period,
        "account": figure.account,
        "item": figure.item,
        "measure": figure.measure,
        "value": figure.value,
        "unit": figure.unit,
        "derived": figure.derived,
        "document": figure.document,
        "page": figure.page,
        "sentence": figure.sentence,
        "section": figure.section,
        "title": figure.title,
        "flags": list(figure.flags),
    }


def dumps(value: object) -> str:
    """One line of JSON; Chinese stays readable, half characters of broken input are escaped."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return line


def answer_lines(assistant: Answering, lines: Iterable[bytes], out: TextIO) -> None:
    """Answer line by line, in order, each at once; empty lines are passed over."""
    for line in lines:
        if line.strip():
            out.write(dumps(_answer_line(assistant, line)) + "\n")
            out.flush()


def _answer_line(assistant: Answering, line: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return _error(None, "这一行不是 JSON")
    if not isinstance(asked, dict):
        return _error(None, "这一行应是一个 JSON 对象")
    id, chat, question = asked.get("id"), asked.get("chat"), asked.get("question")
    if not isinstance(question, str):
        return _error(id, "缺少 question，或它不是文字")
    try:
        # Without a chat every line stands alone.
        return answer_object(assistant.ask(question, None if chat is None else str(chat)), id)
    except YusuanError as error:
        return _error(id, str(error))
    except Exception as error:
        log.info("asking failed", exc_info=error)
        return _error(id, f"回答时出错（{type(error).__name__}）")


def _error(id: object, message: str) -> dict[str, Any]:
    return {"id": id, "status": "error", "error": message}
