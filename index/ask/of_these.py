"""A follow-up on several items that were answered together: which is the largest, what they come to, the first of them.

国防支出和公共安全支出 | 哪个最多 -> 上党区2023年国防支出、公共安全支出哪个最多
国防支出和公共安全支出 | 前者同比呢 -> 上党区2023年国防支出同比呢
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.ask.asks import parts_of
from index.ask.query import Query
from index.ask.search import Search
from index.ask.vocabulary import pattern_in
from index.ask.wording import period_name
from index.find.periods import find_periods
from index.lexicon import measures
from index.models import Period

_LONGEST_REST = 14  # 第一个|占一般公共预算支出的比重
_NUMERALS = "一二三四五六七八"


def of_these(search: Search, question: str, last: Query | None) -> str:
    """The whole question; the question itself if it is no such follow-up, "" if there is no such one of them."""
    if last is None or find_periods(question):
        return question
    bare = question.strip(" ，。？?！!")
    if (found := pattern_in("these", "one").match(bare)) and len(bare) - found.end() <= _LONGEST_REST:
        told = _told(last) or _told(last.earlier)
        at = number_in(found[0], len(told.items)) if told else None
        return f"{_head(search, told)}{told.items[at].name}{bare[found.end() :]}" if told and at is not None else ""
    several = _told(last) or _last_two(last)
    if several is None:
        alone = len(last.regions) == len(last.items) == 1 and len(last.periods) < 2 and last.shape == "lookup"
        return "" if alone and pattern_in("these", "most").fullmatch(bare) else question
    head, names = _head(search, several), [item.name for item in several.items]
    stage = measures()[several.measures[0]].name if len(several.measures) == 1 else ""
    if found := pattern_in("these", "most").fullmatch(bare):
        end = next(word for word in found.groups() if word)
        return f"{head}{'、'.join(names)}{stage}哪个最{end}"
    if pattern_in("these", "sum").fullmatch(bare):
        return f"{head}{'、'.join(names)}{stage}合计多少"
    return question


def _told(query: Query | None) -> Query | None:
    """A question for several items of one place, each by itself."""
    if query is None or len(query.items) < 2 or len(query.regions) != 1:
        return None
    return query if not query.joint or len(parts_of(query.text)) > 1 else None


def _last_two(last: Query) -> Query | None:
    """专项债务余额 | 一般债务余额 | 两个加起来: the items of the last two questions, if they differ in nothing else."""
    before = last.earlier
    if before is None or len(last.items) != 1 or len(before.items) != 1 or len(last.regions) != 1:
        return None
    slots = [(one.regions, one.periods or one.told, one.scope, one.measures, one.chunks) for one in (before, last)]
    alike = slots[0] == slots[1] and before.items[0].keys != last.items[0].keys
    return replace(last, items=(*before.items, *last.items)) if alike else None


def _head(search: Search, last: Query) -> str:
    return search.atlas.full_name(last.regions[0]) + last.scope_words + _when(last)


def number_in(words: str, many: int) -> int | None:
    """前者 -> 0, 后者 -> 1, 第三个, 3 -> 2; None where there is no such one, or 前者 could be any of three."""
    if words.startswith(("前", "后")):
        return ("前", "后").index(words[0]) if many == 2 else None
    number = re.search(f"[{_NUMERALS}1-8]", words)
    assert number is not None
    at = _NUMERALS.find(number[0]) if number[0] in _NUMERALS else int(number[0]) - 1
    return at if at < many else None


def _when(last: Query) -> str:
    if len(last.periods) == 1:
        return period_name(last.periods[0])
    return period_name(Period.year(last.told)) if last.told and not last.periods else ""
