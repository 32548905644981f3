"""What a question leaves open and nobody has said: the one place there is, the newest year that has the item.

"上党区教育支出" -> 2023, the year its report tells of (not 2024, for which there are only plans)
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.ask.kin import FLOWS, item_of
from index.ask.pick.cues import fired, flow_of, wishes, words_of
from index.ask.pick.wanted import says_only
from index.ask.query import Query, Shape
from index.ask.search import Search
from index.ask.vocabulary import account_names, measure_words, words
from index.ask.wording import ACCOUNTS
from index.find.accounts import account_words
from index.lexicon import cues, items
from index.models import EARLIEST, FLOW_WORDS, Period


def only_region(search: Search) -> str | None:
    """The only place whose own report is held, else None."""
    return search.owners[0][0] if len(search.owners) == 1 else None


def place_of_name(search: Search, query: Query) -> str | None:
    """The one place whose reports have something of a name that stands in the question: 环山路二期.

    Where an item of the lexicon is asked for, the name must say more than that: every place has 老旧小区改造, only one
    九都路片区老旧小区改造.
    """
    asked = [item.text for item in query.items]
    for length in range(LONGEST_NAME, SHORTEST_NAME - 1, -1):
        names = {run[start : start + length] for run in query.runs for start in range(len(run) - length + 1)}
        names = {name for name in names if _tells(name) and all(text in name and text != name for text in asked)}
        codes = search.store.places_with(sorted(names)) if names else []
        if codes:
            return codes[0] if len(codes) == 1 else None
    return None


def _tells(name: str) -> bool:
    """Whether a name says more than which account: every place has 一般公共预算收支."""
    for word in (*account_words(), *cues("scope", "whole"), *FLOWS, "收支"):
        name = name.replace(word, "")
    return len(name) >= _TELLING_NAME


def of_the_budget(query: Query) -> Query:
    """解放区2023年收入多少: 收入 alone is that of the general public budget, and the answer says so."""
    if query.documents:  # a body's own papers: see ``of_body``
        return query
    if query.shape in SHAPES and ((query.items and _is_fund(query)) or (query.account and not query.items)):
        return _of_account(query)
    if query.items:
        return _with_flows_beside(query)
    several = query.members or len(query.regions) > 1
    in_order = query.shape == "rank" or (query.members and "rank" in query.measures)  # 各县支出排名
    ranked = in_order and several and not query.of_items  # 长治哪个县收入最高, 南湖和屈原谁收入高
    query = _words_apart(query) if ranked else query
    heads = (
        tuple(word for word in query.chunks if word in words("ask", "per_head") or _is_measure(word)) if ranked else ()
    )
    flows = tuple(dict.fromkeys(word for word in query.chunks if word not in heads))
    if not flows or set(flows) - set(FLOWS) or query.account or not (ranked or query.shape in SHAPES):
        return query
    asked = tuple(item for flow in flows if (item := item_of(f"一般公共预算{flow}")))
    names = tuple(item.name for item in asked)
    note = f"“{'、'.join(flows)}”按{'、'.join(names)}理解"
    shape: Shape = "rank" if ranked else query.shape
    measures = tuple(one for one in query.measures if one != "rank") if ranked else query.measures
    kind = "" if ranked and query.kind == "rank" else query.kind
    return replace(
        query, items=asked, chunks=heads, content=names, notes=(*query.notes, note), shape=shape, measures=measures,
        kind=kind,
    )  # fmt: skip


def _with_flows_beside(query: Query) -> Query:
    """税收收入、支出各多少: a direction beside items of one account is that of the account."""
    known, flows = items(), tuple(dict.fromkeys(query.chunks))
    accounts = {known[key].account for item in query.items for key in item.keys[:1] if key in known}
    if not flows or set(flows) - set(FLOWS) or "share" in query.measures or query.joint or len(accounts) != 1:
        return query
    at = {flow: found.start(1) for flow in flows if (found := re.search(_BESIDE.format(flow=flow), query.text))}
    if len(at) < len(flows):
        return query
    account = ACCOUNTS.get(accounts.pop(), "")
    named = {flow: item_of(account + flow) for flow in flows} if account and query.shape in SHAPES else {}
    if not named or not all(named.values()):
        return query
    keys = {key for item in query.items for key in item.keys}
    more = [(at[flow], item) for flow, item in named.items() if item and not keys & set(item.keys)]
    asked = sorted([*((query.text.find(item.text), item) for item in query.items), *more], key=lambda one: one[0])
    note = f"“{'、'.join(flows)}”按{'、'.join(item.name for item in named.values() if item)}理解"
    content = tuple(named[word].name if word in named else word for word in query.content)  # type: ignore[union-attr]
    return replace(
        query, items=tuple(item for _, item in asked), chunks=(), content=content, notes=(*query.notes, note)
    )


def _words_apart(query: Query) -> Query:
    """人均支出: 人均 | 支出; 收入增幅: 收入 | 增幅."""
    chunks: list[str] = []
    for chunk in query.chunks:
        head = next((word for word in (*words("ask", "per_head"), *FLOWS) if chunk.startswith(word)), "")
        rest = chunk.removeprefix(head)
        apart = rest in FLOWS if head not in FLOWS else _is_measure(rest)
        chunks += [head, rest] if head and rest and apart else [chunk]
    return replace(query, chunks=tuple(chunks))


def _is_measure(word: str) -> bool:
    return any((start, end) == (0, len(word)) for start, end, _ in measure_words().find(word))


def _is_fund(query: Query) -> bool:
    """社保基金|计划支出多少: the item is a fund as a whole, and no stock of it is asked for."""
    whole = len(query.items) == 1 and all(key in _FUNDS for key in query.items[0].keys)
    return whole and "balance" not in wishes(fired(query.masked)) and not set(query.measures) & {"balance"}


def _of_account(query: Query) -> Query:
    """政府性基金|花出去多少: an account whose money is asked for by a verb alone; without any, both ways."""
    verbs = [re.sub("收入|支出", "", chunk) for chunk in query.chunks]
    flow = flow_of(query.masked + "".join(query.chunks))
    if not all(says_only(one, words_of(query.masked)) for one in verbs):
        return query
    ways = [FLOW_WORDS[flow]] if flow else []
    if query.asks and not (ways or verbs or query.items or fired(query.masked)):
        ways = [*FLOW_WORDS.values()]
    for name in (query.items[0].name,) if query.items else account_names(query.account):
        asked = tuple(item for way in ways if (item := item_of(name + way)))
        if ways and len(asked) == len(ways):
            return replace(query, items=asked, chunks=(), content=tuple(one.name for one in asked))
    return query


NO_YEAR = "报告没有写明年份"
SHAPES = ("lookup", "compare", "trend")
_BESIDE = "(?:[、，和与及跟]|年度?|^)({flow})(?=[、，和与及跟]|各|都|分别|对比|多少|呢|[？?。]|$)"
MOST_YEARS = 8
SHORTEST_NAME, LONGEST_NAME = 5, 24
_TELLING_NAME = 4
_FUNDS = ("si-all",)


def _told_years(search: Search, region: str, keys: list[str]) -> list[int]:
    """The years that have a figure of the item, or one that its successor's growth fixes."""
    facts = [one for one in search.years_of_item(region, keys) if one.fact.kind == "money"]
    years = {one.fact.period.last_year for one in facts if one.fact.period.first_year == one.fact.period.last_year}
    years |= {one.fact.period.last_year - 1 for one in facts if one.fact.measure == "yoy_amount"}
    return sorted(year for year in years if year >= EARLIEST)[-MOST_YEARS:]


def periods_for(search: Search, query: Query, region: str) -> tuple[tuple[Period, ...], str]:
    """The periods to look in when none was named, and a note that says so."""
    keys = [key for item in query.items for key in item.keys]
    executed, newest = search.atlas.executed.get(region), search.atlas.newest.get(region)
    years = sorted({one.fact.period.last_year for one in search.years_of_item(region, keys)}) if keys else []
    if query.shape == "trend" and len(told := _told_years(search, region, keys)) > 1:
        return tuple(map(Period.year, told)), f"未说明年份，列出有数的{told[0]}至{told[-1]}年"
    if query.stage == "plan" and newest and newest in years:
        chosen = newest
    elif executed and (executed in years or not years):
        chosen = executed
    elif years:
        held = [year for year in years if newest is None or year <= newest]
        chosen = max(held or years)
    else:
        there = search.store.years(region)
        if not there:
            return (), ""
        chosen = max(there)
    note = f"未说明年份，按{chosen}年查找" if chosen >= EARLIEST else NO_YEAR
    return (Period.year(chosen),), note
