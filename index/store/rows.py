"""Rows of the index -> the values that the rest of the program speaks of.

In go rows as ``lookup`` selects them, out come ``StoredFact``, ``SentenceHit`` and ``StoredDocument``.  The value of a
fact is cut out of its sentence: 56917 in an answer is the 56917 of the report.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, Generic, NamedTuple, TypeVar

from index.models import Account, Fact, Measure, OwnerKind, Period, Qualifier, Region, Scope, StoredFact
from index.store.schema import FACT_BITS, OCR_MARKED

Row = tuple[Any, ...]
Ranges = tuple[tuple[int, int], ...]
Value = TypeVar("Value")

MOST_KEPT: Final = 10_000  # of one kind, and as many again that were asked for before them
MOST_POSTED: Final = 1_000_000  # places of words in sentences, of eight bytes each
POSTING: Final = 30  # as many of them a list by itself takes the room of
MOST_AT_ONCE: Final = MOST_KEPT // 2  # more than that, such as all facts of a large place, are handed on and not kept


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the index keeps it; ``facts`` and ``missed`` are counts, sentence ids run without gaps.  ``owner``
    is the department, unit or fund whose paper it is, "" for a government's."""

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
    owner: str = ""
    owner_kind: OwnerKind = "government"


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


class Texts(dict[int, str]):
    """Number -> text; one that is not there makes ``read`` bring in what is new."""

    def __init__(self, read: Callable[[], None]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, number: int) -> str:
        self._read()
        if number not in self:
            raise KeyError(number)
        return self[number]


class CodeBook:
    """The texts behind the small numbers of ``codes``, in memory; a number it has not seen makes it read them again."""

    def __init__(self, rows: Callable[[str], Sequence[Row]]) -> None:
        self._rows = rows
        self.texts = Texts(self._read)
        self._numbers: dict[str, int] = {}

    def numbers(self, texts: Iterable[str]) -> list[int]:
        """The numbers of those texts that occur in the index."""
        wanted = list(texts)
        if any(text not in self._numbers for text in wanted):
            self._read()
        return [self._numbers[text] for text in wanted if text in self._numbers]

    def _read(self) -> None:
        self.texts.update(self._rows("SELECT id, text FROM codes"))
        self._numbers = {text: number for number, text in self.texts.items()}


class Traits(NamedTuple):
    """What many figures of an item share."""

    key: str
    measure: Measure
    scope: Scope
    period: Period
    account: Account
    flags: tuple[str, ...]


class Contender(NamedTuple):
    """A fact as far as an index tells it; ``amount`` is None if the report withholds it.

    There are few ``traits``: those of one reading that are alike are one object.
    """

    id: int
    region: Region
    traits: Traits
    amount: float | None


class Kept(Generic[Value]):
    """Values of rows that do not change, by id, read when first needed; ``read`` gives those of some ids."""

    def __init__(self, read: Callable[[Sequence[int]], Iterable[tuple[int, Value]]]) -> None:
        self._read = read
        self._kept: dict[int, Value] = {}
        self._before: dict[int, Value] = {}  # what was kept before these were too many: what is asked for again stays

    def of(self, ids: Collection[int]) -> Mapping[int, Value]:
        """The values of these ids, and maybe of others."""
        kept, before = self._kept, self._before
        for id in ids:
            if id not in kept and id in before:
                kept[id] = before[id]
        missing = [id for id in ids if id not in kept]
        if len(missing) > MOST_AT_ONCE:
            return {**{id: kept[id] for id in ids if id in kept}, **dict(self._read(missing))}
        if missing:
            kept.update(self._read(missing))
        if len(kept) > MOST_KEPT:
            self._kept, self._before = {}, kept
        return kept

    def drop(self, id: int) -> None:
        """Read this one again when it is next needed."""
        self._kept.pop(id, None)
        self._before.pop(id, None)


class Postings:
    """Where words stand, read when first asked for: a word's list stays right, as sentences never change either."""

    def __init__(self, read: Callable[[str, Ranges, int], array[int]]) -> None:
        self._read = read
        self._kept: dict[tuple[str, Ranges, int], array[int]] = {}
        self._size = 0

    def of(self, token: str, ranges: Ranges, most: int) -> array[int]:
        """The sentences that have a word, in ranges of them, at most so many of each."""
        key = token, ranges, most
        if (found := self._kept.get(key)) is None:
            found = self._read(*key)
            self._size += len(found) + POSTING
            if self._size > MOST_POSTED:
                self._kept, self._size = {}, len(found) + POSTING
            self._kept[key] = found
        return found


@dataclass(frozen=True, slots=True)
class Source:
    """What a fact says of its document."""

    name: str
    title: str
    kind: str
    ocr: bool
    ocr_marked: bool  # then its recognised figures are marked one by one
    first: int
    last: int


def source(row: Row) -> Source:
    """A row of catalogue.SOURCES."""
    _, name, title, kind, ocr, first, last = row
    return Source(name, title, kind, bool(ocr), ocr == OCR_MARKED, first, last)


def document(row: Row) -> StoredDocument:
    """A row of catalogue.DOCUMENTS."""
    return StoredDocument(*(*row[:12], bool(row[12]), row[13], tuple(json.loads(row[14])), *row[15:]))


def region(row: Row) -> Region:
    """A row of code, name, full name, level, parent."""
    return Region(*row)


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where the numbers of a fact's row lead: words, items, places, documents, headings."""

    codes: CodeBook
    names: Kept[str]
    items: Kept[tuple[str, str]]
    regions: Kept[Region]
    sources: Kept[Source]
    sections: Kept[str]

    def stored_facts(self, rows: Sequence[Row]) -> list[StoredFact]:
        """Rows of lookup.FACTS as facts."""
        names = self.names.of({row[at] for row in rows for at in (13, 20, 21, 25)})
        items = self.items.of({row[3] for row in rows})
        regions = self.regions.of({row[1] for row in rows})
        sources = self._sources({row[22]: row[0] >> FACT_BITS for row in rows})
        sections = self.sections.of({row[23] for row in rows if row[23] is not None})
        text = self.codes.texts
        printed_in: dict[int, str] = {}  # the text of a sentence once, for all of its facts
        found: list[StoredFact] = []
        for row in rows:
            (
                id, region_id, _, item_id, measure, scope, _, account, flow, period, kind, unit, scope_words, parent,
                rule, flags, start, end, number, label, owner, qualifiers, document_id, section, page, header, printed,
            ) = row  # fmt: skip
            key, item = items[item_id]
            place, source = regions[region_id], sources[document_id]
            printed = printed_in.setdefault(id >> FACT_BITS, printed)
            fact = Fact(
                place.code, text[scope], text[scope_words], _period(text[period]), text[account],  # type: ignore[arg-type]
                text[flow], item, key, names[parent], label, text[measure], text[kind],  # type: ignore[arg-type]
                printed[start:end], text[unit], None if number is None else Decimal(number),
                (id >> FACT_BITS) - source.first, start, end, text[rule], _flags(text[flags]),
                names[owner], _qualifiers(names[qualifiers]),
            )  # fmt: skip
            found.append(
                StoredFact(
                    id, fact, place, source.name, source.title, source.kind, page,
                    "" if section is None else sections[section], printed, names[header],
                    "ocr" in fact.flags if source.ocr_marked else source.ocr,
                )
            )  # fmt: skip
        return found

    def contenders(self, rows: Sequence[Row]) -> list[Contender]:
        """Rows of id, region, amount, item, measure, scope, period, account, flags."""
        kinds = {row[3:] for row in rows}
        items, text = self.items.of({kind[0] for kind in kinds}), self.codes.texts
        traits = {
            kind: Traits(
                items[kind[0]][0], text[kind[1]], text[kind[2]], _period(text[kind[3]]), text[kind[4]],  # type: ignore[arg-type]
                _flags(text[kind[5]]),
            )
            for kind in kinds
        }  # fmt: skip
        regions = self.regions.of({row[1] for row in rows})
        return [Contender(row[0], regions[row[1]], traits[row[3:]], row[2]) for row in rows]

    def sentences(self, rows: Sequence[Row]) -> list[SentenceHit]:
        """Rows of lookup.SENTENCES as hits."""
        names = self.names.of({row[5] for row in rows})
        sources = self._sources({row[1]: row[0] for row in rows})
        sections = self.sections.of({row[2] for row in rows if row[2] is not None})
        found: list[SentenceHit] = []
        for id, document_id, section, page, kind, header, printed in rows:
            source = sources[document_id]
            found.append(
                SentenceHit(
                    id, document_id, source.name, source.title, source.kind, page,
                    "" if section is None else sections[section], self.codes.texts[kind], printed, names[header],
                    source.ocr, id - source.first,
                )
            )  # fmt: skip
        return found

    def _sources(self, last: Mapping[int, int]) -> Mapping[int, Source]:
        """Documents, each with the number of one of its sentences; one that was replaced since it was kept is read
        again."""
        kept = self.sources.of(set(last))
        for id, its_sentence in last.items():
            if not kept[id].first <= its_sentence <= kept[id].last:
                self.sources.drop(id)
        return self.sources.of(set(last))


@lru_cache(maxsize=4096)
def _period(spelled: str) -> Period:
    first_year, last_year, first_month, last_month, as_of = map(int, spelled.split())
    return Period(first_year, last_year, first_month, last_month, bool(as_of))


@lru_cache(maxsize=1024)
def _flags(spelled: str) -> tuple[str, ...]:
    return tuple(spelled.split())


def qualifiers_text(qualifiers: Sequence[Qualifier]) -> str:
    """Qualifiers as the index keeps them: JSON, "" for none."""
    return json.dumps(qualifiers, ensure_ascii=False, separators=(",", ":")) if qualifiers else ""


@lru_cache(maxsize=4096)
def _qualifiers(spelled: str) -> tuple[Qualifier, ...]:
    return tuple((role, words) for role, words in json.loads(spelled)) if spelled else ()
