"""The lists that a report prints: figures of one kind that stand together, each with a name of its own.

财政衔接资金3.47亿元，其中中央1.62亿元、省级0.94亿元 -> 中央, 省级 under 财政衔接资金
a column of a table                                  -> its rows under the head
按级次分，市级4334亿元，区县级12448亿元              -> the levels, or places, of one item in one sentence
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from index.models import StoredFact
from index.store.lookup import sentence_id
from index.text.normal import plain

MEASURES: Final = ("amount", "actual", "budget", "adjusted_budget", "outstanding", "limit", "balance", "count")
FEWEST: Final = 2
_FAR: Final = 14  # sentences between a whole and the last of its parts
_NEXT: Final = 2  # sentences
_OF_IT: Final = re.compile("其中|包括|主要|一是|分别|按")
_COUNTED: Final = re.compile(
    r"(?P<dash>[—－-]+|[●■◆▲])|(?P<brackets>（[一二三四五六七八九十\d]+）)|(?P<is>[一二三四五六七八九十]是)"
    r"|(?P<number>\d{1,2}[.、．](?!\d))"
)
_BRACKETS: Final = re.compile("[（(].*")
_BREAK: Final = re.compile("[，、；：。（）]|其中|包括")


@dataclass(frozen=True, slots=True)
class Listing:
    """``parts`` in the order of the report, with the ``names`` of each; ``whole``, where the report tells its figure;
    what stands ``over`` them: the name of the whole, the beginning of the sentence, titles of table and section."""

    parts: tuple[StoredFact, ...]
    names: tuple[tuple[str, ...], ...]
    whole: StoredFact | None = None
    over: str = ""

    @property
    def tabled(self) -> bool:
        """Is it a column of a table?"""
        return bool(self.parts[0].header)


def listings(facts: Iterable[StoredFact]) -> Iterator[Listing]:
    """All lists that some figures of one place and period make, in any order."""
    there = sorted((one for one in facts if one.fact.number is not None and _may_add(one)), key=lambda one: one.id)
    yield from _under_wholes(there)
    yield from _columns(there)
    yield from _in_sentences(there)
    yield from _paragraphs(there)


def _may_add(one: StoredFact) -> bool:
    return one.fact.kind in ("money", "count") and one.fact.measure in MEASURES


def _under_wholes(there: Sequence[StoredFact]) -> Iterator[Listing]:
    """Those that name the same whole, by that figure of it which stands before them; else those of one sentence."""
    lists: dict[tuple[object, ...], list[tuple[StoredFact, StoredFact | None]]] = {}
    for at, one in enumerate(there):
        if one.fact.parent:
            whole = _whole_of(there[:at], one)
            place = whole.id if whole else (sentence_id(one.id), one.fact.parent)
            lists.setdefault((place, one.fact.kind), []).append((one, whole))
    for some in lists.values():
        (first, whole), parts = some[0], tuple(one for one, _ in some)
        if len(parts) >= FEWEST:
            yield Listing(parts, names_of(parts), whole, _over(first, whole))


def _whole_of(before: Sequence[StoredFact], part: StoredFact) -> StoredFact | None:
    """The figure that a part names, the nearest one before it."""
    own, first = part.fact, sentence_id(part.id) - _FAR
    for one in reversed(before):
        if sentence_id(one.id) < first or one.document != part.document:
            return None
        if one.fact.kind == own.kind and own.parent in (one.fact.item, one.fact.label):
            return one
    return None


def _columns(there: Sequence[StoredFact]) -> Iterator[Listing]:
    """The rows of each column of a table."""
    columns: dict[tuple[str, ...], list[StoredFact]] = {}
    for one in there:
        if one.header:
            columns.setdefault((one.document, one.header, one.fact.label, one.fact.kind), []).append(one)
    for some in columns.values():
        if len(some) >= FEWEST:
            yield Listing(tuple(some), names_of(some), None, _over(some[0], None))


def _in_sentences(there: Sequence[StoredFact]) -> Iterator[Listing]:
    """The figures of one sentence that are no parts of each other; of one item, the levels that it tells of."""
    prose = [one for one in there if not one.header]
    for _, some in groupby(sorted(prose, key=_place), _place):
        told = list(some)
        items = {one.fact.item for one in told}
        run = [one for one in told if one.fact.parent not in items]
        if len(run) >= FEWEST and not all(one.fact.parent for one in run):
            before = _opened(there, run[0]) if _OF_IT.match(plain(run[0].text)) else ""
            yield Listing(tuple(run), names_of(run), None, f"{_over(run[0], None)}｜{before}")


def _paragraphs(there: Sequence[StoredFact]) -> Iterator[Listing]:
    """The first figure of each paragraph that a section counts: ——教育方面22.7亿元。 ——医疗卫生方面13.5亿元。"""
    run: list[StoredFact] = []
    for one in there:
        counted = "" if one.header or one.fact.kind != "money" else _style(one)
        if not counted or (run and sentence_id(one.id) == sentence_id(run[-1].id)):
            continue
        last = run[-1] if run else one
        near = sentence_id(one.id) - sentence_id(last.id) <= _NEXT and one.section == last.section
        if run and not (near and counted == _style(last) and one.document == last.document):
            yield from _listed(there, run)
            run = []
        run.append(one)
    yield from _listed(there, run)


def _listed(there: Sequence[StoredFact], run: Sequence[StoredFact]) -> Iterator[Listing]:
    if len(run) > FEWEST:
        yield Listing(tuple(run), names_of(run), None, f"{plain(run[0].section)}｜{_opened(there, run[0])}")


def _style(one: StoredFact) -> str:
    """How the paragraph of a figure is counted; "" if it is not, or the figure is not the first of it."""
    mark = _COUNTED.match(plain(one.text))
    return "" if mark is None else next(name for name, said in mark.groupdict().items() if said)


def _opened(there: Sequence[StoredFact], first: StoredFact) -> str:
    """The sentence that a list is of: …支出26.4亿元。|其中：…"""
    near = [one for one in there if 0 < sentence_id(first.id) - sentence_id(one.id) <= _NEXT]
    return plain(near[-1].text) if near and near[-1].document == first.document else ""


def _place(one: StoredFact) -> tuple[int, str]:
    return sentence_id(one.id), one.fact.kind


def names_of(parts: Sequence[StoredFact]) -> tuple[tuple[str, ...], ...]:
    """What each is called: its item (its level, if others are of the same), and the words printed before it."""
    items = [plain(one.fact.item) for one in parts]
    found = list[tuple[str, ...]]()
    for before, one, item in zip((None, *parts), parts, items, strict=False):
        end = before.fact.end if before and sentence_id(before.id) == sentence_id(one.id) else 0
        printed = "" if one.header else _BREAK.split(plain(one.text[end : one.fact.start]))[-1]
        level = _BRACKETS.sub("", one.fact.scope_words) if items.count(item) > 1 else ""
        found.append(tuple(dict.fromkeys(name for name in (level or item, _COUNTED.sub("", printed)) if name)))
    return tuple(found)


def _over(first: StoredFact, whole: StoredFact | None) -> str:
    """What is said of all: the names of the whole and of what it stands below, and the text up to the first of them."""
    text = "" if first.header else plain(first.text[: first.fact.start])
    before = "" if whole is None or first.header else plain(whole.text[: whole.fact.end])
    return "｜".join((plain(first.fact.parent), plain(first.section), plain(first.header), before, text))
