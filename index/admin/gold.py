"""Gold questions: what an index must answer, asked before a new version of it is put in use.

    data/gold/*.jsonl   {"region": "长治市上党区", "year": 2023, "question": "…", "expect": ["56917万元"]}
    new_failures(old, new) -> ["samples.jsonl:1 “上党区2023年教育支出”应答 56917万元，新版本答 56971万元"]

Only questions about places and years that the index holds reports of are asked.  What the version in use does not
answer either is no reason against a new one, nor is a line that makes no sense.
The format is told in ``data/gold/README.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from index.ask.assistant import Assistant
from index.errors import YusuanError
from index.models import Answer
from index.paths import data_dir
from index.store.lookup import Index
from index.store.rows import StoredDocument
from index.text.normal import plain

STATUSES: Final = {"not_found": "没有", "clarify": "反问", "answered": "有答案"}
MOST_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Gold:
    """A line.  ``turns`` are the questions of one dialogue, ``expect`` figures with units or a status; ``error`` says
    what is wrong with the line itself."""

    place: str
    region: str = ""
    year: int = 0
    document: str = ""
    turns: tuple[str, ...] = ()
    expect: tuple[str, ...] | str = ()
    error: str = ""

    def applies(self, documents: Sequence[StoredDocument]) -> bool:
        """Whether the index holds a report that it is about."""
        return any(
            self.region in (one.region, one.region_code)
            and self.year in (one.year, one.plan_year)
            and self.document in ("", one.name)
            for one in documents
        )


def gold_dir() -> Path:
    """The folder of gold questions; it need not exist."""
    return data_dir() / "gold"


def failures(db: Path, folder: Path | None = None) -> list[str]:
    """What an index does not answer as it should, a line of Chinese each."""
    return [line for _, line in _failing(db, list(_lines(folder or gold_dir())))]


def new_failures(old: Path | None, new: Path, folder: Path | None = None) -> list[str]:
    """What ``new`` does not answer as it should, though ``old`` (None or no file: nothing) does."""
    failing = _failing(new, list(_lines(folder or gold_dir())))
    if not failing:
        return []
    known: set[Gold] = set()
    if old is not None and old.exists():
        known = {gold for gold, _ in _failing(old, [gold for gold, _ in failing])}
    return [line for gold, line in failing if gold not in known and not gold.error]


def _failing(db: Path, golds: Sequence[Gold]) -> list[tuple[Gold, str]]:
    found = [(gold, f"{gold.place} {gold.error}") for gold in golds if gold.error]
    with Index(db) as index:
        documents = index.documents()
    asked = [gold for gold in golds if not gold.error and gold.applies(documents)]
    if not asked:
        return found
    # Without words that admins have added: a version has to stand by itself.
    assistant = Assistant(db, overlaid=False)
    try:
        for gold in asked:
            if said := _wrong(assistant, gold):
                question = " → ".join(gold.turns)
                found.append((gold, f"{gold.place} “{question}”应答 {_told(gold.expect)}，新版本答 {said}"))
    finally:
        assistant.close()
    return found


def _wrong(assistant: Assistant, gold: Gold) -> str:
    """What is answered instead of what should be; "" if all is well."""
    answer: Answer | None = None
    try:
        for turn in gold.turns:
            answer = assistant.ask(turn, gold.place)
    except YusuanError as error:
        return str(error)
    assert answer is not None
    figures = [f"{figure.value}{figure.unit}" for figure in answer.figures if figure.asked]
    if isinstance(gold.expect, str):
        well = answer.status == gold.expect
    else:
        well = {_bare(value) for value in gold.expect} <= {_bare(value) for value in figures}
    if well:
        return ""
    return "、".join(figures[:MOST_SHOWN]) if figures else STATUSES[answer.status]


def _told(expect: tuple[str, ...] | str) -> str:
    return STATUSES[expect] if isinstance(expect, str) else "、".join(expect)


def _bare(value: str) -> str:
    return plain(value).replace(",", "")


# ---------------------------------------------------------------------------------------------- lines


def _lines(folder: Path) -> Iterator[Gold]:
    for file in sorted(folder.glob("*.jsonl")):
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            yield Gold(file.name, error="读不出来，应为 UTF-8 编码的文本")
            continue
        for number, line in enumerate(lines, start=1):
            if line.strip() and not line.lstrip().startswith("#"):
                yield _gold(f"{file.name}:{number}", line)


def _gold(place: str, line: str) -> Gold:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return Gold(place, error="不是 JSON")
    if not isinstance(row, dict):
        return Gold(place, error="应是一个 JSON 对象")
    turns: Any = [row["question"]] if isinstance(row.get("question"), str) else row.get("question")
    expect: Any = row.get("expect")
    for wrong, error in (
        (not isinstance(row.get("region"), str), "region 应是地区的全称或代码"),
        (type(row.get("year")) is not int, "year 应是年份"),
        (not _texts(turns), "question 应是一个问题，或一场对话的几句"),
        (not (_texts(expect) or expect in ("not_found", "clarify")), "expect 应是带单位的数，或 not_found、clarify"),
        (not isinstance(row.get("document", ""), str), "document 应是报告的文件名"),
    ):
        if wrong:
            return Gold(place, error=error)
    return Gold(
        place, row["region"], row["year"], row.get("document", ""), tuple(turns),
        expect if isinstance(expect, str) else tuple(expect),
    )  # fmt: skip


def _texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one for one in value)
