"""A process that prepares one file after the other for the one that writes.

On standard input come pickled tasks (path, region, year), on standard output go their answers: a list of Prepared, or
the LexiconError that makes all further work senseless.  It ends with its input.
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
from contextlib import closing
from typing import Final

from index.errors import LexiconError
from index.intake.parcel import send
from index.intake.prepare import prepare
from index.read.reader import Reader
from index.read.sandbox import set_limit

GENTLE: Final = "--gentle"  # whoever asks questions meanwhile comes first
HUSHED: Final = "--hushed"  # another process says what this system lacks
NICENESS: Final = 10
MEMORY: Final = 3 * 2**30  # several times what the largest reports take


def main() -> None:
    """Work until nobody asks any more; what libraries print goes to standard error."""
    if GENTLE in sys.argv and hasattr(os, "nice"):
        os.nice(NICENESS)  # the processes it starts inherit that
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit_memory()
    logging.basicConfig(level=os.environ.get("YUSUAN_LOG", "WARNING").upper())
    if HUSHED in sys.argv:
        logging.getLogger("index.read.confine").setLevel(logging.ERROR)
    with closing(Reader()) as reader:
        while True:
            try:
                path, region, year = pickle.load(sys.stdin.buffer)
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
