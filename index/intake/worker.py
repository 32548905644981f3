"""A process that prepares one file after the other for the one that writes.

On standard input come pickled tasks (path, region, year), on standard output go their answers: a list of Prepared, or
the LexiconError that makes all further work senseless.  It ends with its input.
"""

from __future__ import annotations

import copyreg
import dataclasses
import logging
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from operator import attrgetter
from typing import Any, Final

from index.errors import LexiconError
from index.intake.prepare import prepare
from index.models import Fact, Line, Missed, Period, Region, Section, Sentence, Table
from index.read.reader import Reader

# A report is made of many of these.  Their own way through pickle sets field after field; this one is half the time.
MANY: Final = (Fact, Line, Missed, Period, Region, Section, Sentence, Table)


def pickled_as_calls(kinds: Iterable[type[Any]]) -> None:
    """From now on pickle objects of these dataclasses in this process as calls with their fields."""
    for kind in kinds:
        copyreg.pickle(kind, _reducer(kind))


def _reducer(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    fields = attrgetter(*(field.name for field in dataclasses.fields(kind)))
    return lambda thing: (kind, fields(thing))


def main() -> None:
    """Work until nobody asks any more; what libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    pickled_as_calls(MANY)
    logging.basicConfig(level=os.environ.get("YUSUAN_LOG", "WARNING").upper())
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
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


if __name__ == "__main__":
    main()
