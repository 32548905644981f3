"""The words of one side of a figure to be reckoned -> the look-up they ask for.

    "25年完成数" beside "26年公共预算收入" -> 一般公共预算收入, 2025, actual

Each side is read by itself; the stage of a year is the one named beside it, else a year that is only planned has its
budget and a past year its actual.  Nothing is looked up here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal

from index.ask.asides import without_asking
from index.ask.defaults import of_the_budget
from index.ask.kin import item_of
from index.ask.named import STOCKS as STOCK_WORDS
from index.ask.of_body import of_the_body, says_whole
from index.ask.query import Query, as_in_whole
from index.ask.question import understand
from index.ask.reckoned import STOCKS
from index.ask.search import Search
from index.ask.vocabulary import account_names, pattern_in
from index.find.periods import find_periods
from index.lexicon import items
from index.models import Measure

StageName = Measure | Literal[""]

_BRACKETS: Final = re.compile("（[^（）]*）")
HIDDEN: Final = "\x02"  # stands for a character of an item's name, where 预算 is no word of a stage
_PRIVATE: Final = 0xE000  # where characters begin that mean nothing
_OF_THE_YEAR: Final = ("年末", "年底", "当年", "")


def read_side(search: Search, query: Query, text: str) -> Query:
    """What the words of one side name, in the places of the question; what stands in brackets explains it."""
    words = pattern_in("relation", "share_words").sub("", _BRACKETS.sub("", text)).strip("，的 ")
    if not query.documents:  # a government's 总支出 is its expenditure; a department's is all that its paper plans
        words = pattern_in("relation", "grand").sub("", words)
    found = as_in_whole(understand(words, search.atlas, query.regions), query)
    if not query.documents or not words:
        return _of_debt(of_the_budget(found))
    body = of_the_body(replace(found, documents=query.documents))
    named = {item.text for item in body.items}
    rest = tuple(word for word in body.chunks if word not in named and not says_whole(word))
    return replace(body, documents=found.documents, chunks=rest if body.items else body.chunks)


def without_stage(search: Search, query: Query, text: str) -> Query:
    """The same of words that name a stage, which says nothing of the item."""
    hidden = without_names(query, text)
    for name in ("adjusted", "budget", "actual", "around"):
        hidden = pattern_in("gap", name).sub(lambda found: "\x01" * len(found[0]), hidden)
    years = [(match.start, match.end) for match in find_periods(text, short_years=True)]
    kept = [at for at, mark in enumerate(hidden) if mark != "\x01"]
    apart = [at for at in kept if any(start <= at < end for start, end in years)]
    left = "".join(text[at] for at in kept if at not in apart)  # 国有资本经营预算|25年|收入
    when = "".join(text[at] for at in apart)
    found = without_asking(read_side(search, query, f"{left}，{when}" if when else left))
    return replace(found, items=()) if query.documents and says_whole("".join(found.content)) else found


def _of_debt(side: Query) -> Query:
    """宁国|债务余额, 全市政府债: a stock without a kind is that of the whole debt, and a debt is what is owed."""
    word = next((word for word in STOCK_WORDS.values() if f"债务{word}" in side.text), "")
    if not side.items and len(side.chunks) == 1 and pattern_in("relation", "debt").fullmatch(side.chunks[0]):
        word, side = "余额", replace(side, chunks=())
    item = item_of(f"政府债务{word}") if word and not (side.items or side.chunks) else None
    return replace(side, items=(item,), content=(item.text,)) if item else side


def inner_places(search: Search, codes: tuple[str, ...]) -> tuple[str, ...]:
    """A city named beside its counties only says where they are."""
    known = search.atlas.regions
    around = {known[code].parent for code in codes if code in known}
    return tuple(code for code in codes if code not in around) or codes


def is_thing(side: Query) -> bool:
    """Whether a side names one thing: an item, or words of the report's own."""
    return (len(side.items) == 1 and not side.chunks) or (not side.items and bool(side.chunks))


def side(query: Query, named: Query, own: Query) -> Query:
    """A look-up of the item of ``named`` in the place and year of the question."""
    base = plain_lookup(query, replace(named, account=own.account or named.account))
    return replace(base, chunks=() if named.items else base.chunks, period_note=query.period_note)


def plain_lookup(query: Query, own: Query) -> Query:
    """A simple look-up of what ``own`` names, in the place, level and year of the question."""
    kept = own if own.items or own.chunks else query
    return replace(
        query, shape="lookup", text=own.text if kept is own else "", items=kept.items, chunks=kept.chunks,
        content=kept.content, runs=kept.runs, joint=kept.joint, account=own.account or query.account, measures=(),
        stage="", kind="money", compared=(), each=False, members=False, direction="", before=(), must=(),
        inside=own.inside if kept is own else (), of_debt=own.of_debt,
        notes=query.notes,
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------- stages and years


def stage_in(text: str) -> StageName:
    """The stage a stretch of text names last."""
    found: list[tuple[int, int, Measure]] = []
    stages: tuple[tuple[str, Measure], ...] = (
        ("adjusted", "adjusted_budget"), ("actual", "actual"), ("budget", "budget"),
    )  # fmt: skip
    for name, measure in stages:
        for match in pattern_in("gap", name).finditer(text):
            if not any(match.start() < end and start < match.end() for start, end, _ in found):
                found.append((match.start(), match.end(), measure))
    return max(found)[2] if found else ""


def stages_of(first: str, second: str) -> tuple[StageName, StageName]:
    """教育支出预算26年比25年, 26年比25年教育支出预算: one word for both; else each side has its own."""
    years = find_periods(first, short_years=True)
    before, after = (first[: years[-1].start], first[years[-1].end :]) if years else ("", first)
    one, other = stage_in(after) or stage_in(before), stage_in(second)
    if years and not other and not stage_in(after) and find_periods(second, short_years=True):
        other = one
    elif years and other and not one and not after.strip("的要将会， ") and HIDDEN in second:
        one = other
    return one, other


def staged(search: Search, query: Query, measure: StageName) -> Query:
    """The look-up of one side: its measure as named, else budget of a year to come and actual of one told of."""
    if of_stock(query):
        return query
    told = search.atlas.executed.get(query.regions[0], 0)
    if not measure and query.periods and query.periods[0].last_year > told > 0:
        measure = "budget"
    measure = measure or "actual"
    return replace(query, measures=(measure,), stage="executed" if measure == "actual" else "plan")


def of_stock(query: Query) -> bool:
    """Whether what stands at a day is looked up: a balance, a limit."""
    known = items()
    return any(known[key].measure in STOCKS for item in query.items for key in item.keys if key in known)


def without_names(query: Query, text: str) -> str:
    """The text with names of items and accounts blanked out: their 预算 says nothing of a stage."""
    accounts = account_names(query.account) if query.account else []
    names = {*(item.text for item in query.items), *accounts}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, HIDDEN * len(name))
    return text


def veiled(query: Query, text: str) -> tuple[str, Callable[[str], str]]:
    """The text with the names of items in characters that no pattern knows (耕地|占|用税), and what puts them back."""
    hidden = without_names(query, text)
    marks = {chr(_PRIVATE + at): char for at, char in enumerate(text) if hidden[at] == HIDDEN}
    seen = "".join(chr(_PRIVATE + at) if hidden[at] == HIDDEN else char for at, char in enumerate(text))
    return seen, lambda words: "".join(marks.get(char, char) for char in words)


def with_years(text: str, newest: int, told: int) -> str:
    """今年安排比去年执行 -> 2026年安排比2025年执行: what a year beside another one means, which may count from it."""
    matches = find_periods(text, short_years=True)
    ahead = any((match.offset or 0) > 0 and match.years is None for match in matches)
    now = told if ahead and told else newest
    pieces, at = [], 0
    for match in matches:
        if match.years is not None:
            now = match.years[1]
        word = match.text.lstrip("比较与同和")
        if match.years is not None or match.offset is None or match.back is not None or match.months or not now:
            continue
        if not match.offset and word in _OF_THE_YEAR:
            continue
        pieces += [text[at : match.end - len(word)], f"{now + match.offset}年"]
        at = match.end
    return "".join((*pieces, text[at:]))
