"""Where one stands among others: the rank that a report prints, else the place reckoned from the figures that are held.

    上党区2023年一般公共预算收入增幅全省第几 -> 第八十七, printed      教育支出在各县里排第几 -> reckoned among them

Without a word of among whom (教育支出排第几), an item's place is that among the items beside it; its place among the
regions is told with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.ask import refuse, wording
from index.ask.answers import Cell, answer_cells
from index.ask.atlas import names_of
from index.ask.conflict import CONFLICT
from index.ask.defaults import periods_for
from index.ask.found import Found
from index.ask.plan import answer_lookup
from index.ask.query import Query
from index.ask.ranking import among, printed
from index.ask.search import Search
from index.ask.vocabulary import has, words
from index.models import Answer, StoredFact

ALONE: Final = "索引里{over}有这个数的地区不到两个，比不出名次。"
UNKNOWN: Final = "{word}的名次不能由收录的数推算。"
LONGEST_BEFORE: Final = 120
BESIDE_RANKS: Final = ("actual", "amount", "yoy_pct", "share")
PRINTED: Final = "报告印的是别的名次：{told}"
BESIDE: Final = "在地区之间比：{place}；问“在各县里排第几”“全省第几”看名单"


def among_apart(query: Query) -> Query:
    """教育支出 | 全国排第几: among whom is no item."""
    if "rank" not in query.measures or query.items or not query.chunks or printed.left_of(query.chunks):
        return query
    return replace(query, chunks=(), content=())


def still_ranked(query: Query, last: Query | None) -> Query:
    """教育支出增速在各县里排第几 | 那全省呢, 收入排名 | 增幅呢: what is ranked, or among whom, is said before."""
    if last is None or not query.regions or query.items != last.items or len(last.text) > LONGEST_BEFORE:
        return query
    ranked = "rank" in last.measures or (last.shape == "rank" and last.members)
    named = printed.says_of(query.text)
    if query.follow and "rank" in last.measures and last.regions == query.regions and named and not query.members:
        query = replace(query, measures=("rank",), kind="rank")  # 增幅呢 of a place whose rank was told
    if not ranked or "rank" not in query.measures or (named and printed.says_among(query.text)):
        return query
    return replace(query, text=f"{last.text}，{query.text}")


def answer_which_place(search: Search, query: Query) -> Answer | None:
    """A rank, or that there is none; None for a question that asks for none of one place."""
    sides = among.sides_of(search, query)
    asks = "rank" in query.measures or (query.shape == "rank" and query.members and has(query.text, "ask", "rank"))
    if sides is None or not asks:
        return None
    if query.shape == "rank" and (search.atlas.inside(query.regions[0]) or query.direction):
        return None  # 保山各县区教育支出排名, 哪个县最多: the whole order
    code = sides[0]
    if query.scope == "lower":  # 在各县里呢: among whom, no level of the figure
        query = replace(query, scope="", scope_words="")
    kind = printed.kind_asked(query.text, search.atlas.regions[code], query.items[0].text if query.items else "")
    if (query.members or not _is_of(search, query, code)) and not kind.among:
        return None  # 别的地方呢, 教育支出排行: the whole order
    ranks = _printed(search, query, code)
    of_amount = any(printed.kind_of(one).key[0] == "total" for one in ranks)
    enough = of_amount or (ranks and (kind.of or not kind.among))
    there = None if enough else among.answer_among_places(search, query, kind)
    if ranks:
        return _noted(there, PRINTED, ranks) if there else _answer_printed(search, query, code, ranks)
    if not kind.among and len(query.regions) == 1:
        measure = among.MEASURES.get(kind.of)
        left = tuple(printed.left_of(query.chunks))
        as_item = replace(_as_item(query), chunks=left, measures=(measure,) if measure else ())
        if own := among.answer_among_items(search, as_item):
            return _noted(own, BESIDE, there) if there else own
    return there or _refused(search, query, sides, kind)


def _is_of(search: Search, query: Query, code: str) -> bool:
    """Whether a place is named, or its place is asked for (第几); 教育支出排行 after other questions is of all."""
    if has(query.text, "ask", "which_place"):
        return True
    return any(name in query.text for name in names_of(search.atlas.regions[code], search.atlas.regions))


def _refused(search: Search, query: Query, sides: tuple[str, str], kind: printed.Kind) -> Answer | None:
    """What there is no place for: nothing to compare it with, or nothing of it at all."""
    code, outer = sides
    found = answer_lookup(search, replace(query, regions=(code,), shape="lookup", members=False))
    if found.status == "answered" and all(one.measure == "rank" for one in found.figures if one.asked):
        return found
    periods = query.periods or periods_for(search, query, code)[0]
    none = refuse.not_there(search, replace(query, chunks=tuple(printed.left_of(query.chunks))), (code,), periods)
    lines = none.reply.split("\n")
    over = "".join(map(among.name_of, among.overs(search.atlas.regions[code], kind.among, outer)))
    why = UNKNOWN.format(word=kind.of_words) if kind.of in among.UNRANKED else ALONE.format(over=over)
    return replace(none, reply=wording.fitted([*lines[:2], why, *lines[2:]])) if len(lines) > 1 else none


def _noted(answer: Answer, note: str, beside: Answer | Sequence[StoredFact]) -> Answer:
    """The place with what else is told: that among regions, or what the report prints a rank of."""
    if isinstance(beside, Answer):
        return wording.noted(answer, note.format(place=beside.reading.rpartition(" · ")[2]))
    ranks = (wording.value_line(one, Query("")).replace("  ", " ") for one in beside)
    return wording.noted(answer, note.format(told="、".join(ranks)))


# ---------------------------------------------------------------------------------------------- as the report prints it


def _printed(search: Search, query: Query, code: str) -> tuple[StoredFact, ...]:
    """The ranks that the reports print of an item, of what and among whom they are asked for."""
    if len(query.items) != 1 or not query.items[0].keys or printed.left_of(query.chunks):
        return ()
    periods = query.periods or periods_for(search, query, code)[0]
    facts = search.of_item(code, periods[0], query.items[0].keys) if len(periods) == 1 else []
    levels = (query.scope, "") if query.scope else ("whole", "")
    ranks = [one for one in facts if one.fact.measure == "rank" and one.fact.scope in levels]
    return tuple(group[0] for group in printed.rank_groups(printed.ranks_asked(ranks, query.text)))


def _answer_printed(search: Search, query: Query, code: str, ranks: tuple[StoredFact, ...]) -> Answer:
    """Each with what it is a rank of, and the figure itself beside them."""
    period = ranks[0].fact.period
    facts = search.of_item(code, period, query.items[0].keys)
    beside = [one for one in facts if one.document == ranks[0].document and one.fact.scope == ranks[0].fact.scope]
    first = (next((one for one in beside if one.fact.measure == measure), None) for measure in BESIDE_RANKS)
    context = tuple(one for one in first if one is not None)
    found = Found(ranks, context, (), (CONFLICT,) if printed.disagree(ranks) else ())
    cell = Cell(code, search.atlas.full_name(code), period, query.items[0].name, found)
    return answer_cells([cell], replace(query, regions=(code,), measures=("rank",)))


def _as_item(query: Query) -> Query:
    """教育支出排第几, where the report prints no rank among places: its place among the items is asked for."""
    word = words("shape", "among")[0]
    return replace(query, text=f"{query.text}{word}", shape="rank", direction="highest", measures=(), kind="")
