"""A process that prepares one file after the other for the one that writes.

On standard input come pickled tasks (path, region, year), on standard output go their answers: a list of Prepared, or
the LexiconError that makes all further work senseless.  It ends with its input.  One that is forked (``serve``) has a
pipe for both.
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
from contextlib import closing
from typing import IO, TYPE_CHECKING, Final

from index.errors import LexiconError
from index.intake.parcel import send
from index.intake.prepare import prepare
from index.read.reader import Reader
from index.read.sandbox import set_limit

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

HUSHED: Final = "--hushed"  # another process says what this system lacks
NICENESS: Final = 10  # of the forked ones: whoever asks questions meanwhile comes first
MEMORY: Final = 3 * 2**30  # several times what the largest reports take


def main() -> None:
    """Work until nobody asks any more; what libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _work(sys.stdin.buffer, answers, hushed=HUSHED in sys.argv)


def serve(pipe: Connection, hushed: bool) -> None:
    """The same in a process that was forked, in a group of its own."""
    if hasattr(os, "setsid"):
        os.setsid()
        os.nice(NICENESS)  # the processes it starts inherit that
    os.dup2(2, 1)
    with open(pipe.fileno(), "rb", closefd=False) as tasks, open(pipe.fileno(), "wb", closefd=False) as answers:
        _work(tasks, answers, hushed=hushed)


def _work(tasks: IO[bytes], answers: IO[bytes], *, hushed: bool) -> None:
    _limit_memory()
    logging.basicConfig(level=os.environ.get("YUSUAN_LOG", "WARNING").upper())
    if hushed:
        logging.getLogger("index.read.confine").setLevel(logging.ERROR)
    with closing(Reader()) as reader:
        while True:
            try:
                path, region, year = pickle.load(tasks)
            except EOFError:
                return
            answer: object
            try:
                answer = prepare(path, region, year, reader)
            except LexiconError as error:
                answer = error
            send(answer, answers)


def _limit_memory() -> None:
    """What a file makes this process ask for is refused beyond a bound; the readers it starts have their own."""
    try:
        import resource
    except ImportError:
        return
    set_limit(resource.RLIMIT_DATA, MEMORY)


if __name__ == "__main__":
    main()
