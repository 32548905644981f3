"""Whose money: 全市 or 市本级, and which account, in a question.

"晋城市级2026年" -> own, or the wider own level where a report has one      "政府性基金其他支出" -> government_fund
"抚顺县区债务限额", "天津区级债务余额" -> lower: the levels below, not 抚顺县
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from index.ask.vocabulary import asking_pattern, words
from index.find.phrases import Phrases
from index.find.terms import find_terms
from index.lexicon import cue_groups, cues
from index.models import Account, Scope

Span = tuple[int, int]

# 市级 may mean the level with its zones; 市本级 never does.
_AND = ("和", "与", "及", "、", "以及", "跟")
_BOTH: tuple[set[Scope], ...] = ({"whole", "own"}, {"whole", "own_wide"})
_BELOW_CITY = ("县级", "区级", "旗级", "县区级", "市县级")
_BELOW = {"province": _BELOW_CITY, "prefecture": _BELOW_CITY}
_ABOVE_COUNTY = ("市级", "市本级", "市直", "省级", "省本级", "州级", "州本级")
_ABOVE_CITY = ("省级", "自治区级")
_SHARE = re.compile("占|比重|比例")
_LEVEL_WORDS = ("省级", "市级", "县级", "区级", "州级", "旗级", "盟级", "自治区级")


@dataclass(frozen=True, slots=True)
class ScopeFound:
    """The scope named, its words, and the spans used; ``both`` are the words of two that are asked for together."""

    scope: Scope = ""
    words: str = ""
    spans: tuple[Span, ...] = ()
    both: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountFound:
    """An account word."""

    account: Account
    start: int
    end: int


@cache
def _scope_words() -> Phrases[Scope]:
    table: dict[str, Scope] = {}
    for name, scope in (("whole", "whole"), ("question_whole", "whole"), ("own", "own"), ("question_own", "own")):
        table.update({word: cast(Scope, scope) for word in cues("scope", name)})
    table.update(dict.fromkeys(_LEVEL_WORDS, "own_wide"))
    table.update(dict.fromkeys(cues("scope", "town_whole"), "whole"))
    table.update(dict.fromkeys((*cues("scope", "town_own"), *cues("scope", "lower"), *words("ask", "lower")), "lower"))
    table.update(dict.fromkeys(cues("scope", "wide"), "own_wide"))
    return Phrases(table)


@cache
def _town_own() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(cues("scope", "town_own"), key=len, reverse=True))))


@cache
def _account_words() -> Phrases[Account]:
    return Phrases({word: cast(Account, name) for name in cue_groups("account") for word in cues("account", name)})


def recipients(text: str) -> tuple[Span, ...]:
    """|给各区|转移支付: those below the place whom what is asked for is given to."""
    return tuple(match.span() for match in asking_pattern("scope", "given").finditer(text))


def find_scope(text: str) -> ScopeFound:
    """The first scope word that is not part of an item's name (上划市级收入); 全市各县区 is the levels below."""
    if wide := asking_pattern("scope", "wide").search(text):
        own = [(start, end) for start, end, scope in _scope_words().find(text[: wide.start()]) if scope != "lower"]
        return ScopeFound("own_wide", "本级（含开发区）", (*own, wide.span()))
    terms, given = find_terms(text), recipients(text)
    found = ScopeFound()
    for start, end, scope in _scope_words().find(text):
        if any(term.start <= start and end <= term.end for term in terms):
            continue
        if text[end - 1] == "直" and any(term.start < end <= term.end for term in terms):
            continue  # 上党区|直达资金
        if scope == "lower" and any(first <= start < last for first, last in given):
            continue
        if not found.scope:
            found = ScopeFound(scope, text[start:end], ((start, end),))
        elif {scope, found.scope} in _BOTH and text[found.spans[-1][1] : start].strip("的") in _AND:
            pair = (found.words, text[start:end]) if found.scope == "whole" else (text[start:end], found.words)
            return ScopeFound("", "", (*found.spans, (start, end)), pair)
        elif found.scope == "whole" and _is_inside(scope, text[found.spans[0][1] : start], text[end:]):
            return ScopeFound(scope, text[start:end], (*found.spans, (start, end)))
    apart = asking_pattern("scope", "without").search(text) if found.scope in ("own_wide", "own") else None
    return ScopeFound("own", found.words, (*found.spans, apart.span())) if apart else found


def _is_inside(scope: Scope, between: str, after: str) -> bool:
    """全市|各县区, 全市债务余额|里头，|市本级: whether a level behind the whole is what is meant."""
    if scope == "lower" and len(between) <= 1:
        return True
    # 全市教育支出中市本级占比: both levels are of what is asked
    return not _SHARE.search(after) and bool(asking_pattern("scope", "inside").search(between))


def without_levels(text: str) -> str:
    """市本级（不含区县）-> 市本级: an own level leaves those below it out, whether that is said or not."""
    return asking_pattern("scope", "without").sub("", text)


def off_place(found: ScopeFound, text: str, ends: Sequence[int]) -> ScopeFound:
    """上党区|县级: the 区 is the place's, so the level is not 区县级; ``ends`` are where places end."""
    if found.scope != "lower" or found.spans[0][0] + 1 not in ends:
        return found
    start, end = found.spans[0][0] + 1, found.spans[0][1]
    if any(term.start <= start and end <= term.end for term in find_terms(text)):
        return ScopeFound()  # 上党区|县级基本财力保障机制奖补: a name
    scope = _scope_words().get(text[start:end])
    return ScopeFound(scope, text[start:end], ((start, end),)) if scope else found


def scope_at(found: ScopeFound, text: str, places: Sequence[Span], *, ranked: bool, level: str = "") -> ScopeFound:
    """The same beside places: 晋城市|级2026年 lost its 市 to the place.  With a rank, 全省 is where it is counted.

    ``level`` is that of the place asked about: 县级 of a city is below it, of a county it is its own; so is 镇级.
    """
    if ranked and found.scope in ("whole", "lower"):
        return ScopeFound()
    if level == "zone" and not found.scope:  # 三河镇|镇级: it has no other level
        return ScopeFound(spans=tuple(one.span() for one in _town_own().finditer(text)))
    if (
        level == "county"
        and found.words.startswith(_ABOVE_COUNTY)
        and not any(text[end - 1] == "市" for _, end in places)
    ):
        return ScopeFound("", "", found.spans)  # 市本级给|防城区|的转移支付: the level of the giver
    if found.scope and _is_givers(found, text, places):
        return ScopeFound("", "", found.spans)
    if level == "prefecture" and found.words in _ABOVE_CITY:
        return ScopeFound()  # 获批几个|省级|示范村: a grade, and no level of a city
    if level == "zone" and found.words in cues("scope", "town_own"):
        return replace(found, scope="own")
    if found.words in _BELOW.get(level, ()):
        return ScopeFound("lower", found.words, found.spans)
    for _, end in places:
        if text.startswith("级", end) and text[end - 1] in "省市县区州旗盟":
            return ScopeFound("own_wide", text[end - 1 : end + 1], ((end, end + 1), *found.spans))
    return found


def _is_givers(found: ScopeFound, text: str, places: Sequence[Span]) -> bool:
    """荆门市|市级|下达给|沙洋县|的转移支付: whether a level gives to a place named behind it."""
    gives = asking_pattern("scope", "gives")
    return any(gives.search(text[found.spans[-1][1] : start]) for start, _ in places if start >= found.spans[-1][1])


def find_account(text: str) -> AccountFound | None:
    """The first account word of a text."""
    for start, end, account in _account_words().find(text):
        return AccountFound(account, start, end)
    return None
