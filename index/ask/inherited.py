"""What a follow-up has of the question before it only so far as it fits: the stage, the account.

2026年安排多少 | 去年呢 -> what was done last year, where the report tells no plan of it
一般公共预算对旗县区转移支付多少 | 基金呢 -> that of the government funds
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.ask.kin import FLOWS
from index.ask.pick.cues import fired
from index.ask.query import Query
from index.ask.select import counts_alike
from index.ask.vocabulary import soft_words
from index.lexicon import items
from index.models import Measure, Period, StoredFact

_STAGES: Final[frozenset[Measure]] = frozenset({"budget", "adjusted_budget", "actual"})
_FUND: Final = "基金"
_END: Final = re.compile("年[末底终]")
_END_ALONE: Final = re.compile("(?:那么?|到了?|截[至止])*年[末底终][的数是有还剩余下]*(?:呢|多少)?[啊呢？?。 ]*")
_GROWN: Final[frozenset[Measure]] = frozenset({"yoy_pct", "yoy_amount"})
_YEAR_BEFORE: Final = re.compile("[那]?(?:上一?年|去年|前一?年|上年同期|去年同期)[的数是有又]*多少")
_SHARE_OF: Final = re.compile("[那它又，]*占")
_RATIO: Final = re.compile("[率比占幅度重%]|系数|指数")


def of_any_stage(understood: Query, query: Query, last: Query, told: Sequence[StoredFact]) -> Query | None:
    """The follow-up for another year without the stage that it was not asked for, and for another level where what was
    told is of another stage itself; None for any other."""
    own = understood.measures or understood.stage or understood.items or fired(understood.masked)
    if own or not query.measures or not set(query.measures) <= _STAGES or query.measures != last.measures:
        return None
    loose = understood.scope and not {one.fact.measure for one in told} & set(query.measures)
    if not loose and (not understood.periods or query.periods == last.periods):
        return None
    return replace(query, measures=(), stage="", masked=understood.masked)


def without_verbs(query: Query) -> Query:
    """特殊再融资债券多少 | 大冶分到多少: beside another place a word that asks for nothing names nothing new;
    转移支付 | 解放区为什么收入下降 does."""
    bare = query.regions and query.chunks and not query.items and set(query.chunks) <= set(soft_words()) - set(FLOWS)
    return replace(query, chunks=(), content=()) if bare else query


def of_refused(query: Query, last: Query) -> Query:
    """灾后重建花了多少, which no report tells | 项目几个: projects of that, and no others."""
    bare = (
        query.chunks and not query.items and not query.regions and set(query.chunks) <= set(soft_words()) - set(FLOWS)
    )
    if not bare or last.figures or not (last.items or last.content):
        return query
    words = tuple(dict.fromkeys((*(last.content or (item.text for item in last.items)), *query.chunks)))
    return replace(query, chunks=words, content=words)


def of_told_unit(
    understood: Query, query: Query, told: Sequence[StoredFact], given: Sequence[StoredFact]
) -> Query | None:
    """小学生有多少 (15万人) | 普高的呢, answered with 54所: the follow-up for what is counted as before; None for any
    other."""
    own = understood.measures or understood.kind or understood.count_word or understood.asks
    units = {one.fact.unit.removeprefix("万") if one.fact.kind == "count" else "" for one in told}
    unit = units.pop() if len(units) == 1 else ""
    if own or not unit or not given or any(one.fact.kind != "count" for one in given):
        return None
    said = any(one.fact.unit in understood.text for one in given)  # 几个项目 | 平均分呢
    other = not said and not any(counts_alike(unit, one.fact.unit) for one in given)
    return replace(query, kind="count", count_word=unit) if other else None


def is_ratio_for_money(understood: Query, told: Sequence[StoredFact], given: Sequence[StoredFact]) -> bool:
    """居民人均可支配收入多少 | 农村居民呢, answered with its 恩格尔系数: no ratio was asked for."""
    own = understood.measures or understood.kind or fired(understood.masked) or _RATIO.search(understood.text)
    whole = understood.regions and understood.items  # a question of its own
    kinds = [{one.fact.kind for one in some} for some in (told, given)]
    return not (own or whole) and understood.shape == "lookup" and kinds == [{"money"}, {"percent"}]


def in_fund_account(query: Query, last: Query) -> Query:
    """基金呢, after what is of no account of insurance: the government funds."""
    known = items()
    accounts = {known[key].account for item in last.items for key in item.keys if key in known}
    if query.chunks != (_FUND,) or query.items or query.account or not accounts or "social_insurance" in accounts:
        return query
    return replace(query, account="government_fund", chunks=(), content=())


def of_base(query: Query, last: Query) -> Query:
    """比上年增长多少 | 上年是多少: the figure that grew, and not how much that grew."""
    grew = bool(last.measures) and set(last.measures) <= _GROWN
    own = query.measures or query.items or query.regions or query.chunks or fired(query.masked)
    if not grew or own or not (query.asks and _YEAR_BEFORE.match(query.text)):
        return last
    return replace(last, measures=(), kind="", masked="")


def share_said(last: Query) -> Query:
    """教育支出 | 占一般公共预算支出比重: a question about both, the part first."""
    before = last.earlier
    if not _SHARE_OF.match(last.text) or before is None or len(before.items) != 1 or len(last.items) != 1:
        return last
    part, whole = before.items[0], last.items[0]
    if part.keys == whole.keys or before.regions != last.regions or before.periods != last.periods:
        return last
    return replace(last, items=(part, whole), content=(part.text, whole.text), joint=True, measures=("share",))


def repeats(query: Query, last: Query, *, beside: bool) -> bool:
    """农村居民人均可支配收入 | 农村的|比上年涨了多少, 教育支出 | 跟解放区的教育比: the item before, by its own name."""
    if query.regions and len(query.items) == len(last.items) == 1 and not query.chunks and beside:
        return bool(set(query.items[0].keys) & set(last.items[0].keys))
    said, weak = "".join((*last.content, *(one.name for one in last.items))), all(one.weak for one in query.items)
    words = (*query.chunks, *(item.text for item in query.items))
    return bool(query.measures) and not query.regions and weak and all(word.lstrip("再又还") in said for word in words)


def periods_after(text: str, last: Query) -> tuple[Period, ...]:
    """2025年初余额 (that of the end of 2024) | 年末呢: a year later; else the periods of the question before.

    Only where the end of the year is all that is said: 2024年末余额 | 年末专项债务呢 is of 2024.
    """
    again = len(last.periods) == 1 and _END_ALONE.fullmatch(text) and _END.search(last.text)
    return (Period.year(last.periods[0].last_year + 1),) if again else last.periods
