"""Rows of the index -> the values that the rest of the program speaks of.

In go rows as ``lookup`` selects them, out come ``StoredFact``, ``SentenceHit`` and ``StoredDocument``.  The value of a
fact is cut out of its sentence: 56917 in an answer is the 56917 of the report.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from index.models import Fact, Period, Region, StoredFact

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the index keeps it; ``facts`` and ``missed`` are counts, sentence ids run without gaps."""

    id: int
    name: str
    path: str
    sha256: str
    media: str
    kind: str
    title: str
    issuer: str
    region_code: str
    region: str
    year: int | None
    plan_year: int | None
    ocr: bool
    loaded_at: str
    warnings: tuple[str, ...]
    facts: int
    missed: int
    first_sentence: int
    last_sentence: int


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An item that has facts; ``key`` is "" if the lexicon does not know it."""

    key: str
    name: str
    facts: int


@dataclass(frozen=True, slots=True)
class SentenceHit:
    """A sentence with its place; ``id`` is unique in the index, ``index`` counts from the document's beginning."""

    id: int
    document_id: int
    document: str
    title: str
    doc_kind: str
    page: int | None
    section: str
    kind: str
    text: str
    header: str
    ocr: bool
    index: int


class CodeBook:
    """The texts behind the small numbers of ``codes``, in memory; a number it has not seen makes it read them again."""

    def __init__(self, rows: Callable[[str], Sequence[Row]]) -> None:
        self._rows = rows
        self._texts: dict[int, str] = {}
        self._numbers: dict[str, int] = {}

    def text(self, number: int) -> str:
        """The text of a number that stands in a row."""
        if number not in self._texts:
            self._read()
        return self._texts[number]

    def numbers(self, texts: Iterable[str]) -> list[int]:
        """The numbers of those texts that occur in the index."""
        wanted = list(texts)
        if any(text not in self._numbers for text in wanted):
            self._read()
        return [self._numbers[text] for text in wanted if text in self._numbers]

    def _read(self) -> None:
        self._texts = dict(self._rows("SELECT id, text FROM codes"))
        self._numbers = {text: number for number, text in self._texts.items()}


def document(row: Row) -> StoredDocument:
    """A row of lookup.DOCUMENTS."""
    return StoredDocument(*(*row[:12], bool(row[12]), row[13], tuple(json.loads(row[14])), *row[15:]))


def region(row: Row) -> Region:
    """A row of code, name, full name, level, parent."""
    return Region(*row)


def sentence(row: Row) -> SentenceHit:
    """A row of lookup.SENTENCES."""
    return SentenceHit(*(*row[:10], bool(row[10]), row[11]))


def stored_fact(row: Row, text: Callable[[int], str]) -> StoredFact:
    """A row of lookup.FACTS; ``text`` gives the text of a code."""
    (
        id, measure, scope, account, flow, period, kind, unit, scope_words, rule, flags, start, end, number, label,
        key, item, parent, code, name, full_name, level, region_parent,
        place, page, sentence_text, header, document_name, title, doc_kind, ocr, section,
    ) = row  # fmt: skip
    measures: Any = text(measure)  # checked types on the way in
    scopes: Any = text(scope)
    accounts: Any = text(account)
    flows: Any = text(flow)
    kinds: Any = text(kind)
    fact = Fact(
        region=code, scope=scopes, scope_words=text(scope_words), period=_period(text(period)), account=accounts,
        flow=flows, item=item, key=key, parent=parent, label=label, measure=measures, kind=kinds,
        value=sentence_text[start:end], unit=text(unit), number=None if number is None else Decimal(number),
        sentence=place, start=start, end=end, rule=text(rule), flags=tuple(text(flags).split()),
    )  # fmt: skip
    return StoredFact(
        id, fact, Region(code, name, full_name, level, region_parent), document_name, title, doc_kind, page,
        section or "", sentence_text, header, bool(ocr),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _period(spelled: str) -> Period:
    first_year, last_year, first_month, last_month, as_of = map(int, spelled.split())
    return Period(first_year, last_year, first_month, last_month, bool(as_of))
