"""Work for the processes that answer which goes wrong there in every way; they import it by its name.

monkeypatch.setattr("bot.telegram.questions.answered", strange_desk.endless)       # 公共安全 is never answered
"""

from __future__ import annotations

import gc
import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any

from bot.telegram import answers
from bot.telegram.desk_work import answered
from index import Desk
from index.lexicon import Item

STRANGE = "公共安全"


def held_up(gate: Path, desk: Desk, question: str, *rest: Any) -> Any:
    """As long as a file is not there."""
    while STRANGE in question and not gate.exists():
        time.sleep(0.02)
    return answered(desk, question, *rest)


def with_a_file(desk: Desk, question: str, *rest: Any) -> Any:
    """A list of two rows is too long for a message."""
    vars(answers)["MOST_ROWS"] = 1
    return answered(desk, question, *rest)


def endless(desk: Desk, question: str, *rest: Any) -> Any:
    """For ever."""
    while STRANGE in question:
        pass
    return answered(desk, question, *rest)


def looping_card(*_: Any) -> Any:
    while True:
        pass


def broken(desk: Desk, question: str, *rest: Any) -> Any:
    raise KeyError(question)


def broken_list(*_: Any) -> Any:
    return 1 / 0


# ---------------------------------------------------------------------------------------------- to be run alone


def number(desk: Desk) -> int:
    return os.getpid()


def items_of_its_own(desk: Desk) -> int:
    """Items of the lexicon that this process has read itself: those it was forked with are frozen and not told."""
    return sum(isinstance(one, Item) for one in gc.get_objects())


def looping(desk: Desk) -> None:
    while True:
        pass


def asleep(desk: Desk) -> None:
    time.sleep(3600)


def in_c(desk: Desk) -> None:
    """One call into C that gives nothing back, not even to a signal handler of Python."""
    "a".join(map(str, iter(int, 1)))


def backtracking(desk: Desk) -> None:
    re.match(r"(a+)+$", "a" * 200 + "b")


def catching(desk: Desk) -> None:
    """Takes no for no answer."""
    while True:
        try:
            time.sleep(3600)
        except BaseException:
            continue


def stopped(desk: Desk) -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def killed(desk: Desk) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dies_once(mark: Path, desk: Desk) -> str:
    """The first process that does this dies."""
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "lives"


def greedy(desk: Desk) -> int:
    return len(bytearray(1 << 34))


def raising(desk: Desk) -> None:
    raise LookupError("nothing there")


def unsendable(desk: Desk) -> Any:
    return lambda: None


def recursing(desk: Desk) -> None:
    recursing(desk)


def noted(folder: Path, _: Desk) -> None:
    """A mark of this process."""
    with (folder / str(os.getpid())).open("a") as file:
        file.write(".")


def unable(_: Desk) -> None:
    """What cannot be done."""
    raise ValueError


def has_drawn(_: Desk) -> bool:
    """Whether what draws is loaded."""
    return "matplotlib.figure" in sys.modules
