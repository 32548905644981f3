"""Handing reports from process to process: a hundred thousand small objects, pickled in half the time pickle takes.

send([Prepared(…)], pipe) here, received(pipe) there
"""

from __future__ import annotations

import copyreg
import dataclasses
import gc
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter
from typing import IO, Any, Final

from index.models import Fact, Line, Missed, Period, Region, Section, Sentence, Table

# A report is made of many of these.  Their own way through pickle sets field after field.
MANY: Final = (Fact, Line, Missed, Period, Region, Section, Sentence, Table)


def send(thing: object, stream: IO[bytes]) -> None:
    """Pickle a thing, the dataclasses of ``MANY`` in it as calls with their fields."""
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table | _REDUCERS
    with _collector_paused():
        pickler.dump(thing)
    stream.flush()


def received(stream: IO[bytes]) -> object:
    """The thing that was sent.  Raises EOFError, UnpicklingError."""
    with _collector_paused():
        return pickle.load(stream)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Many objects and no garbage among them, which the collector would look for again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _reducer(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    fields = attrgetter(*(field.name for field in dataclasses.fields(kind)))
    return lambda thing: (kind, fields(thing))


_REDUCERS: Final[dict[type[Any], Any]] = {kind: _reducer(kind) for kind in MANY}
