"""What commands print: lines or JSON on standard output, what goes wrong as one line on standard error."""

from __future__ import annotations

import dataclasses
import getpass
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from bot.jsonl import dumps
from bot.terminal import one_line
from index import Person


def complain(message: str, code: int = 1) -> int:
    """Say what is wrong; the exit code."""
    print(f"yusuan: {' '.join(message.split())}", file=sys.stderr)
    return code


def remark(message: str) -> None:
    """Say something that is no failure and no result."""
    print(f"※ {' '.join(message.split())}", file=sys.stderr)


def say(lines: Iterable[str], nothing: str = "") -> None:
    """Print lines, each on one; ``nothing`` where there are none."""
    some = False
    for line in lines:
        some = True
        print(line[: len(line) - len(line.lstrip())] + one_line(line))
    if not some and nothing:
        print(nothing)


def say_json(values: Iterable[Any]) -> None:
    """Print dataclasses (or what JSON has itself), one object a line."""
    for value in values:
        plain = dataclasses.asdict(value) if dataclasses.is_dataclass(value) and not isinstance(value, type) else value
        print(dumps(plain), flush=True)


def operator() -> Person:
    """Who stands in the log for what is done on the command line."""
    try:
        return Person(0, f"命令行 {getpass.getuser()}")
    except (KeyError, OSError, ImportError):  # no such user: a container
        return Person(0, "命令行")


def use_utf8() -> None:
    """Chinese on any terminal; a path or a question with broken characters is shown, not a traceback."""
    streams: tuple[TextIO, ...] = (sys.stdout, sys.stderr)
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8")
