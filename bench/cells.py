"""Planted slips in tables: one cell of an annex changed, a digit or two digits swapped; is it found?

Only cells of rows that stand once in their report are changed, of reports that the check is silent on as they are.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from index.check.run import check
from index.models import Document, Fact, Parsed, Table
from index.parse import parse
from index.text.normal import plain

_KINDS: Final = ("digit", "swap")
_FEWEST: Final = 6  # cells of a report with tables
_DIGITS: Final = 3
_TRIES: Final = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """What was done to a cell, and whether it was found."""

    kind: str
    found: bool


def in_cells(reports: Sequence[Parsed], count: int, rng: random.Random, *, show: bool) -> Iterator[Cell]:
    """One cell at a time."""
    tabled = [(one, cells) for one in reports if len(cells := _cells(one)) >= _FEWEST]
    tries = done = 0
    while tabled and done < count and tries < count * _TRIES:
        tries += 1
        kind = _KINDS[tries % len(_KINDS)]
        parsed, cells = rng.choice(tabled)
        fact = rng.choice(cells)
        now = _changed(kind, fact.value, rng)
        row = parsed.sentences[fact.sentence].text
        document = _with(parsed.document, row, row.count("\t", 0, fact.start), now) if now else None
        if document is None:
            continue
        done += 1
        found = any(one.level != "提示" for one in check(parse(document)))
        if show and not found:
            print("cell", kind, fact.value, "→", now, "|", parsed.document.name, "|", row[:60].replace("\t", " "))
        yield Cell(kind, found)


def _cells(parsed: Parsed) -> list[Fact]:
    """Amounts of three digits at least."""
    rows = {sentence.index for sentence in parsed.sentences if sentence.kind == "row"}
    facts = [fact for fact in parsed.facts if fact.sentence in rows and fact.kind == "money" and fact.number]
    return [fact for fact in facts if len(re.sub(r"\D", "", fact.value)) >= _DIGITS]


def _changed(kind: str, value: str, rng: random.Random) -> str:
    """The figure with one digit changed, or two swapped; "" where no two digits differ."""
    places = [position for position, mark in enumerate(value) if mark.isdigit()]
    if kind == "digit":
        at = rng.choice(places)
        digit = rng.choice([mark for mark in "123456789" if mark != plain(value[at])])
        return value[:at] + digit + value[at + 1 :]
    pairs = [(a, b) for a, b in pairwise(places) if b == a + 1 and value[a] != value[b]]
    if not pairs:
        return ""
    a, b = rng.choice(pairs)
    return value[:a] + value[b] + value[a] + value[b + 1 :]


def _with(document: Document, row: str, column: int, now: str) -> Document | None:
    """The document with one cell changed, if its row stands in it once."""
    wanted = [cell.strip() for cell in row.split("\t")]
    places = [
        (at, line, block)
        for at, block in enumerate(document.blocks)
        if isinstance(block, Table)
        for line, cells in enumerate(block.rows)
        if [cell.strip() for cell in cells] == wanted
    ]
    if len(places) != 1:
        return None
    ((at, line, block),) = places
    cells = (*block.rows[line][:column], now, *block.rows[line][column + 1 :])
    rows = (*block.rows[:line], cells, *block.rows[line + 1 :])
    return replace(document, blocks=(*document.blocks[:at], replace(block, rows=rows), *document.blocks[at + 1 :]))
