"""A follow-up on rows of the list just given, by their place in it.

    支出从高到低排 | 第4个是什么 | 前三加起来多少 | 第一名比最后一名多多少 -> of the rows of that list
    国防支出和公共安全支出 | 前者同比呢 -> 上党区2023年国防支出同比呢

A list is a ranking, of which any row can be meant, or several items answered together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from index.ask.answers import answer_cells
from index.ask.asks import parts_of
from index.ask.cells import of_told
from index.ask.kin import FLOWS
from index.ask.query import Asked, Query
from index.ask.question import understand
from index.ask.ranking.listing import downwards
from index.ask.search import Search
from index.ask.told.demand import Demand, Pick, demand_of
from index.ask.told.figures import by_level, facts_told, head_of, held, in_a_row, told_by
from index.ask.told.reckon import reckoned_of
from index.ask.told.shares import share_of_place
from index.ask.vocabulary import pattern_in, soft_words
from index.ask.wording import period_name
from index.find.periods import find_periods
from index.lexicon import measures
from index.models import Answer, StoredFact

_LONGEST_REST: Final = 14  # 第一个|占一般公共预算支出的比重
STOCK_WORDS: Final = ("余额", "限额")
_FIRST: Final = "第一名"
_OF_WHOLE: Final = re.compile("[那它的]*占了?(?:全部|一般公共预算|财政)?(?:总?收入|总?支出|税收)")
_AGAINST: Final = re.compile("[比较](?:上年|去年|上一年)(?:同期)?")  # 第一名|比上年|涨了多少: of the list's own year
_SPENT: Final = re.compile("(?:完成|花|用|收|实现)了?$")  # 它|支出花了多少


def picked(
    search: Search, demand: Demand, last: Query, rerun: Callable[[Query], Answer]
) -> tuple[Query, Answer] | str | None:
    """What a follow-up says of some of the list before: its answer, or the whole question in its place.

    "" if there is no such one in the list, None for any other question.  ``rerun`` answers a complete query again.
    """
    picks, rest = demand.picks, demand.rest
    if not picks:
        of_rows = _of_all(search, demand, last) or _measure_of_rows(search, demand.text, last, rerun)
        return of_rows if of_rows is not None else _of_winner(search, demand, last, rerun)
    if find_periods(_AGAINST.sub("", demand.text)):
        return None
    extremes = all(pick.most for pick in picks)
    lists = (one for one in _before(last) if one.shape == "rank" or _several(one))
    several = last if extremes and (len(last.figures) > 1 or in_a_row(last)) else next(lists, None)
    operation = demand.of_rows if len(picks) > 1 or picks[0].first > 1 else None
    if operation is None and (len(picks) > 1 or picks[0].first or picks[0].most):
        return None  # 前三名是哪些, 最低的呢: the list again
    if several is None:
        return "" if operation is None else None  # 第二个呢, of no list
    if not _either(demand.text, several):
        return ""
    ranked = several.shape == "rank" and not _several(several, each=True)
    if operation is None and not ranked:
        at = picks[0].at
        found = several.items[at] if -len(several.items) <= at < len(several.items) else None
        return f"{head_of(search, several)}{found.name}{rest}" if found and len(rest) <= _LONGEST_REST else ""
    facts = _rows(search, several, picks, rerun) if ranked else _of_items(search, several, picks, extremes=extremes)
    if not facts or operation is None:
        return _row(search, facts[0], several, rest) if facts else ""
    operation = "gap" if operation == "change" else operation
    answer = reckoned_of(search, demand, operation, facts, several) if len(facts) > 1 else None
    return (replace(several, reckoned=demand.text), answer) if answer else ""


def picks_again(search: Search, query: Query, rerun: Callable[[Query], Answer]) -> Answer | None:
    """The answer once more to a follow-up that reckoned with rows of a list."""
    told = picked(search, demand_of(search, query.reckoned), replace(query, reckoned=""), rerun)
    return told[1] if isinstance(told, tuple) else None


def _of_all(search: Search, demand: Demand, last: Query) -> str | None:
    """国防支出和公共安全支出哪个多 | 加起来呢 -> 上党区2023年国防支出、公共安全支出合计多少: if one is told twice."""
    if demand.operation not in ("sum", "order") or not _several(last):
        return None
    stage = measures()[last.measures[0]].name if len(last.measures) == 1 else ""
    end = "合计多少" if demand.operation == "sum" else f"哪个最{'少' if demand.says('fewest') else '多'}"
    return f"{head_of(search, last)}{'、'.join(item.name for item in last.items)}{stage}{end}"


def _measure_of_rows(search: Search, question: str, last: Query, rerun: Callable[[Query], Answer]) -> str | None:
    """支出最多的三项 | 增幅呢 -> 教育支出、…、…增幅各多少: another measure of the rows; None for any other question."""
    if last.shape != "rank" or not (last.of_items or (last.items and not _of_places(last))):
        return None
    own, amounts = understand(question, search.atlas), pattern_in("told", "amounts")
    named = own.items or own.regions or own.periods or own.scope or own.account or own.shape != "lookup"
    if not (own.measures or amounts.search(question)) or named or "rank" in own.measures:
        return None
    if any(word and word not in soft_words() for word in (amounts.sub("", word) for word in own.chunks)):
        return None
    rows = _rows(search, last, [Pick(first=max(last.top, 1))], rerun)
    if not rows or len({(one.fact.region, one.fact.period) for one in rows}) > 1:
        return ""
    if len(rows) == 1 and _OF_WHOLE.match(question):  # 哪个税最多 | 占收入多少: of the whole that is named
        return f"{_whose(search, rows[0], last)}{rows[0].fact.item}{question.lstrip('那它的')}"
    asked = "、".join(one.fact.item for one in rows) + "".join(measures()[one].name for one in own.measures)
    return f"{_whose(search, rows[0], last)}{asked}{'各多少' if len(rows) > 1 else ''}"


def _of_winner(
    search: Search, demand: Demand, last: Query, rerun: Callable[[Query], Answer]
) -> tuple[Query, Answer] | str | None:
    """宣城哪个县债务最多 | 它的限额呢 -> 宁国市2024年政府债务限额: the place that came first, not that of the list."""
    of_one = last.shape == "rank" and not last.of_items and _of_places(last)
    if not of_one or not pattern_in("told", "which_one").search(last.text):
        return None
    rest = pattern_in("told", "winner").sub("", demand.text, count=1)
    if rest.startswith("比") and (other := demand_of(search, f"{_FIRST}{rest}")) and len(other.picks) > 1:
        return picked(search, other, last, rerun)  # 比第二名多多少
    if (of_sum := pattern_in("told", "of_sum").match(rest)) and last.members and len(last.regions) == 1:
        rows = _rows(search, last, [Pick()], rerun)
        whole = of_sum["whole"] or ""
        if rows and (shared := share_of_place(search, rows[0], last, listed=bool(of_sum["listed"]), whole=whole)):
            return shared
    own = understand(rest, search.atlas)
    elsewhere = own.regions or own.unknown or own.members or own.periods or own.shape != "lookup" or own.direction
    bare = _SPENT.sub("", rest.rstrip("的是有多少呢啊"))
    named = rest != demand.text or any(item.name.endswith(bare) for item in last.items)
    flow = bare in FLOWS and named  # 哪个县收入最高 | 支出呢: the same list of another item
    of_all = own.scope or pattern_in("told", "all_of_them").search(rest)
    if elsewhere or of_all or not (own.items or own.measures or flow) or not 1 < len(rest) <= _LONGEST_REST:
        return None
    rows = _rows(search, last, [Pick()], rerun)
    if flow and not own.items:
        rest = f"{bare}多少"  # 它的|支出呢: of all it spends, no follow-up on a follow-up
    elif own.items and rows and rows[0].fact.item.endswith(STOCK_WORDS) and not own.measures:
        rest = rest.rstrip("呢") + rows[0].fact.item[-2:]  # 限额最高的 | 一般债务呢: its limit, too
    return _row_asked(search, rows[0], last, rest, other=bool(own.items)) if rows else None


def _whose(search: Search, one: StoredFact, ranking: Query) -> str:
    return f"{search.atlas.full_name(one.fact.region)}{ranking.scope_words}{period_name(one.fact.period)}"


def _before(last: Query) -> Iterator[Query]:
    """The questions of a dialogue, the last first."""
    found: Query | None = last
    while found:
        yield found
        found = found.earlier


def _either(text: str, several: Query) -> bool:
    """前者 and 后者 are of two."""
    return not re.search("前者|后者", text) or len(several.items) == 2 or several.top == 2


def _several(query: Query, *, each: bool = False) -> bool:
    """A question for several items of one place, each by itself; ``each``: not put in order."""
    if len(query.items) < 2 or len(query.regions) != 1 or (each and query.shape == "rank"):
        return False
    return not query.joint or len(parts_of(query.text)) > 1


def _of_items(search: Search, several: Query, picks: Sequence[Pick], *, extremes: bool) -> list[StoredFact]:
    """Of several items that were asked for the ones meant, if each of them has its figure."""
    row = in_a_row(several) if extremes else 0
    told = facts_told(search, several, several.earlier, row) if row else by_level(held(search, several))
    return _chosen(told, picks) if extremes or len(told) == len(several.items) else []


def _rows(search: Search, ranking: Query, picks: Sequence[Pick], rerun: Callable[[Query], Answer]) -> list[StoredFact]:
    """The rows of a list that are meant; of a list of so many the last is its last, else that of all compared."""
    rows: list[StoredFact] = []
    for pick in picks:
        of_listed = pick.at < 0 and ranking.top > 1
        if of_listed and ranking.direction == "lowest":
            return []  # 最低的三个 | 最后一名: the lowest, or the last of these
        asked = replace(ranking, reckoned="", top=max(pick.at + 1, pick.first, -pick.at, ranking.top, 2))
        turned = (pick.at < 0 and not of_listed) or (pick.most and (pick.most > 0) != downwards(ranking))
        if turned and (pick.most or ranking.direction != "lowest"):  # the last of 从低到高 is the lowest all the same
            asked = replace(asked, direction="highest" if ranking.direction == "lowest" else "lowest")
        told = [one for one in search.facts_of(rerun(asked), asked=False) if one.fact.number is not None]
        if len({(one.fact.measure, one.fact.kind) for one in told}) != 1 or told[0].fact.measure == "rank":
            return []
        told.sort(key=lambda one: one.fact.number or 0, reverse=downwards(asked))
        told = told[: ranking.top] if of_listed else told
        at = -pick.at - 1 if pick.at < 0 and not of_listed else pick.at
        rows += _chosen(told, [replace(pick, at=at)])
    return rows if len({one.id for one in rows}) == len(rows) >= len(picks) else []


def _chosen(told: Sequence[StoredFact], picks: Sequence[Pick]) -> list[StoredFact]:
    """Of the figures those meant; none if one of them is not there."""
    rows: list[StoredFact] = []
    for pick in picks:
        if pick.first > len(told) or not -len(told) <= pick.at < len(told):
            return []
        if pick.most:
            rows.append((max if pick.most > 0 else min)(told, key=lambda one: one.fact.number or 0))
        else:
            rows += told[: pick.first] if pick.first else [told[pick.at]]
    return rows


def _row(search: Search, one: StoredFact, ranking: Query, rest: str) -> tuple[Query, Answer] | str:
    """The row itself, or what else is asked of it: 第二名|增幅多少."""
    fact = one.fact
    bare = rest.strip("的呢？?")
    other = bool(understand(bare, search.atlas).items) or (bare in FLOWS and not fact.item.endswith(bare))
    if _of_places(ranking) and "占" not in rest and other:  # 第一名|的教育支出: not the row's own item
        return _row_asked(search, one, ranking, bare, other=True) if len(bare) <= _LONGEST_REST else ""
    if not pattern_in("told", "which").fullmatch(rest):
        return _row_asked(search, one, ranking, rest, other=False) if len(rest) <= _LONGEST_REST else ""
    item = Asked(fact.item, (fact.key,), fact.item) if fact.key else None
    query = Query(
        text=fact.item, regions=(fact.region,), periods=(fact.period,), scope=ranking.scope,
        scope_words=ranking.scope_words, items=(item,) if item else (), content=(fact.item,), earlier=ranking,
        measures=(fact.measure,) if fact.kind != "money" else (),
    )  # fmt: skip
    answer = answer_cells([of_told(search, one)], query)
    return replace(query, figures=told_by(answer)), answer


def _of_places(ranking: Query) -> bool:
    return bool(ranking.members or ranking.among or not ranking.regions)


def _row_asked(search: Search, one: StoredFact, ranking: Query, rest: str, *, other: bool) -> str:
    """The whole question for something of a row; its other stock or flow is another item (政府债务余额 | 的限额)."""
    item = "" if other else one.fact.item
    for kinds in (STOCK_WORDS, FLOWS):
        if any(word in rest for word in kinds):
            bare = "" if item.endswith(STOCK_WORDS) and kinds is FLOWS else item  # 债务余额 | 它的收入: of all it takes
            item = next((item.removesuffix(word) for word in kinds if item.endswith(word)), bare)
    return f"{_whose(search, one, ranking)}{item}{rest.lstrip('的')}"
