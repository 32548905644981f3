"""``yusuan ask`` and ``yusuan chat``."""

from __future__ import annotations

import argparse
import sys

from bot.cli.office import opened
from bot.cli.output import complain
from bot.cli.picturing import write
from bot.settings import Settings
from index import Wish, wish_of


def ask(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answer a question, or those of standard input line by line."""
    question = " ".join(arguments.question).strip()
    wish = wish_of(question) or Wish("", question)
    question = wish.question or question
    if arguments.chart and arguments.jsonl:
        return complain("--chart 一次画一个问题，不能与 --jsonl 同用", 2)
    if arguments.jsonl == bool(question):
        return complain("请给出一个问题，或用 --jsonl 从标准输入逐行读取（二者选一）", 2)
    from bot.answering import Answering
    from bot.jsonl import answer_lines, answer_object, dumps
    from bot.terminal import answer_text, explained_text

    assistant = Answering(opened(arguments, settings), settings.deadline)
    if arguments.jsonl:
        answer_lines(assistant, sys.stdin.buffer, sys.stdout)
        return 0
    answer = assistant.ask(question)
    if arguments.json:
        print(dumps(answer_object(answer)))
    else:
        print(answer_text(answer, explain=arguments.explain))
        if arguments.explain:
            print(explained_text(assistant.explain(question)))
    return write(arguments, settings, wish, arguments.chart) if arguments.chart else 0


def chat(arguments: argparse.Namespace, settings: Settings) -> int:
    """A dialogue on the terminal."""
    from bot.answering import Answering
    from bot.terminal import converse

    converse(Answering(opened(arguments, settings), settings.deadline), sys.stdout)
    return 0
