"""Follow-ups that stand for a whole question, or for another one: the slot that is replaced, what is set beside.

预算多少 | 和完成数差多少 -> 完成数呢，相差多少      教育支出占一般公共预算支出的比重 | 国防呢 -> 国防支出占…的比重
政府债务余额 | 还有多少空间 -> 政府债务限额和政府债务余额差多少
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import permutations
from typing import Final

from index.ask.asks import parts_of
from index.ask.defaults import periods_for
from index.ask.expressions import expressions
from index.ask.kin import FLOWS
from index.ask.query import Asked, Query
from index.ask.question import understand
from index.ask.reckoned import above
from index.ask.search import Search
from index.ask.side_words import stage_in
from index.ask.told.anew import asked_anew
from index.ask.told.demand import Demand
from index.ask.told.figures import head_of, years_of
from index.ask.vocabulary import pattern_in
from index.ask.wording import ACCOUNTS
from index.find.periods import find_periods
from index.find.places import find_places
from index.lexicon import items, measures

_EACH: Final = re.compile("各(?:自|是)?占(?:比|了)?(?:是)?(?:多少|多大|几成|百分之(?:多少|几)|什么比例|比例|比重)")
_ENDS: Final = "(?P<end>局|委员会|委|办公室|厅|法院|检察院)"
_OFFICES: Final = re.compile(rf"[\u4e00-\u9fff]{{2,12}}?{_ENDS}(?!员)")
_OFFICE: Final = re.compile(rf"(?:那|那么|换成)?(?P<name>[\u4e00-\u9fff]{{2,12}}?{_ENDS})的?(?:那边)?呢?[？?。 ]*")
_ALONE: Final = re.compile("[那么换成的是呢啊呀？?。，, ]*")
_OVER: Final = re.compile("(?:那|一共|总共|已经)*(?:突破|超)(?:[出过]?了?|出来)?(?:限额|上限)?了?多少[^，。]{0,2}")
_PARTS: Final = 2
_OTHER_BUDGETS: Final = ("government_fund", "state_capital", "social_insurance")
_NAMES_WHOLE: Final = re.compile("占(?!比)")
_FULFILLED: Final = re.compile("完成(?:了)?(?:全年|年初|年度|调整)?的?(?:预算|计划|目标)")


def in_full(search: Search, question: str, last: Query | None) -> str:
    """和预算差多少 -> 预算数呢，相差多少: a stage set beside what was said, which is no item of that name.

    换成市本级 -> 市本级: the slot that is replaced.
    """
    if last is None:
        return question
    question = pattern_in("told", "instead").sub("", question) or question
    if anew := asked_anew(search, question, last):
        return anew
    if elsewhere := _asked_elsewhere(search, question, last):
        return elsewhere
    if other := _other_body(search, question, last):
        return other
    if account := _account_of_both(question, last):
        return f"{account}{question}"
    if last.measures == ("completion",) and len(last.items) == 1 and only_apart(question):
        return f"{head_of(search, last)}{last.items[0].name}完成数与预算数差多少"  # 完成预算没有 | 差了多少
    stage = stage_in(question) if pattern_in("gap", "apart").search(question) else ""
    if not stage or _FULFILLED.search(question) or find_periods(question, short_years=True):
        return question  # 完成预算了吗，差多少: of the plan that was to be fulfilled
    read = understand(question, search.atlas)
    short = all(len(item.text) <= 2 for item in read.items) and len("".join(read.chunks)) <= 4
    return f"{measures()[stage].name}呢，相差多少" if short and not (read.regions or read.account) else question


def _asked_elsewhere(search: Search, question: str, last: Query) -> str:
    """上党区节约了多少，节约率多少 | 西工区呢 -> 西工区节约了多少，节约率多少: all parts of it, of the other place."""
    said, before = find_places(question), find_places(last.text)
    alone = len(said) == len(before) == 1 and _ALONE.fullmatch(question[: said[0].start] + question[said[0].end :])
    if not alone or len(last.regions) != 1 or last.shape != "lookup" or len(parts_of(last.text)) < _PARTS:
        return ""
    place = question[said[0].start : said[0].end]
    return last.text[: before[0].start] + place + last.text[before[0].end :]


def _account_of_both(question: str, last: Query) -> str:
    """政府性基金收入多少 | 支出呢 | 收支差多少: of that budget, whose name is left out; "" of the general one."""
    known = items()
    accounts = {known[key].account for item in last.items for key in item.keys if key in known} | {last.account}
    own = accounts & set(_OTHER_BUDGETS)
    both = pattern_in("gap", "flows").match(question.removeprefix("那么").removeprefix("那"))
    return ACCOUNTS[own.pop()] if both and len(own) == 1 and accounts <= own | {""} else ""


def _other_body(search: Search, question: str, last: Query) -> str:
    """公安局部门预算多少 | 教育局呢 -> 教育局部门预算多少: an office in the place of another, which is no 教育支出."""
    said, before = _OFFICE.fullmatch(question), _OFFICES.search(last.text)
    if said is None or before is None or last.documents:
        return ""
    if understand(question, search.atlas, last.regions).documents:
        return ""
    ends = [one.end for one in find_places(last.text)] + [one.end for one in find_periods(last.text, short_years=True)]
    start = max((end for end in ends if end < before.end()), default=before.start())
    text = f"{last.text[:start]}{said['name']}{last.text[before.end() :]}"
    return text if find_places(text) else f"{head_of(search, last)}{text}"


def beside(search: Search, question: str, last: Query) -> tuple[str, bool]:
    """比卫生健康多多少 -> 卫生健康呢，相差多少; 占全市多少 -> 全市呢，占多少: set beside what was told; and whether
    it is another item or place, not how the figure told has changed (比非税高几个百分点)."""
    bare = question.strip(" ，。？?！!")
    if (found := pattern_in("told", "than").fullmatch(bare)) and pattern_in("told", "points").search(bare):
        own = understand(found["what"], search.atlas)
        named = own.items or own.regions or own.chunks or own.scope
        if named and not own.periods and not own.compared and not stage_in(found["what"]):
            return f"{found['what']}呢，相差几个百分点", bool(own.items or own.regions)
    if (found := pattern_in("told", "of_whole").fullmatch(bare)) and len(last.regions) == 1:
        region = search.atlas.regions[last.regions[0]]
        inside = region.level in ("county", "zone") and region.parent in search.atlas.regions
        return f"{search.atlas.full_name(region.parent) if inside else ''}{found['what']}呢，占多少", False
    return question, False


def room(search: Search, demand: Demand, last: Query) -> str:
    """政府债务余额 | 还有多少空间, 超了多少 -> 政府债务限额和政府债务余额差多少; "" for any other question."""
    names = {item.name.removesuffix("余额").removesuffix("限额") for item in last.items}
    debt = names.pop() if len(names) == len(last.regions) == 1 else ""
    over = _OVER.fullmatch(demand.text)  # 债务超限额没有 | 超了多少
    meant = debt.endswith("债务") and (over or (demand.operation and demand.says("left")))
    return f"{head_of(search, last)}{debt}限额和{debt}余额差多少" if meant else ""


def share_again(search: Search, query: Query, last: Query | None) -> tuple[str, tuple[Asked, Asked]] | None:
    """The whole question of a follow-up that asks for another share in the same whole, or for the same share elsewhere.

    教育支出占一般公共预算支出的比重 | 国防呢 -> 国防支出占一般公共预算支出的比重
    """
    if last is None or "share" not in query.measures or "share" not in last.measures or len(last.items) != 2:
        return None
    if len(query.regions) != 1 or not query.items or any(expressions(query.text, ("share",))):
        return None
    part, whole = query.items[0], query.items[1] if len(query.items) == 2 else last.items[1]
    if part.keys == whole.keys or len(years_of(query)) != 1:
        return None
    if len(query.items) == 1 and (_in_full(query) or _left(last.items[0], part, whole)):
        return None
    return f"{head_of(search, query)}{part.name}占{whole.name}的比重", (part, whole)


def _in_full(query: Query) -> bool:
    """上党区2023年民生支出占比: a place and an item of its own, a question that goes on from nothing."""
    return bool(find_places(query.text)) and not query.follow and query.items[0].text in query.text


def _left(before: Asked, part: Asked, whole: Asked) -> bool:
    """税收占比 | 国防呢, 民生支出呢: another part, and not of the whole that the one before is a part of."""
    within, over = above(set(before.keys)) & set(whole.keys), above(set(part.keys))
    other_side = any(whole.name.endswith(a) and part.name.endswith(b) for a, b in permutations(FLOWS, 2))
    return bool(within) and (other_side or bool(over)) and not over & set(whole.keys)


def shares_in_account(search: Search, query: Query) -> tuple[str, ...]:
    """税收收入 | 那占比呢 -> 税收收入占一般公共预算收入的比重: one for each item; () if one is a part of nothing."""
    if query.measures != ("share",) or query.chunks or len(query.regions) != 1 or not query.items:
        return ()
    years = years_of(query) or periods_for(search, query, query.regions[0])[0][:1]
    if len(years) != 1 or _NAMES_WHOLE.search(_EACH.sub("", query.text)):
        return ()
    wholes = [_whole(item, query.account or "general_public") for item in query.items]
    head = head_of(search, replace(query, periods=years))
    asked = tuple(f"{head}{item.name}占{whole}的比重" for item, whole in zip(query.items, wholes, strict=True) if whole)
    return asked if len(asked) == len(query.items) else ()


def asks_each_share(query: Query) -> bool:
    """税收和非税各占多少: of several items, each by itself."""
    return len(query.items) > 1 and bool(_EACH.search(query.text))


def _whole(item: Asked, account: str) -> str:
    """What an item is a part of; of 教育支出, which two accounts have, in this account."""
    known = items()
    keys = [key for key in item.keys if key in known]
    own = keys if len(keys) == 1 else [key for key in keys if known[key].account == account]
    over = known.get(known[own[0]].parent) if len(own) == 1 else None
    return over.name if over else ""


def only_apart(question: str) -> bool:
    """差多少 by itself: it says nothing of what is meant."""
    found = pattern_in("gap", "apart").search(question)
    left = question[: found.start()] + question[found.end() :] if found else question
    return found is not None and not left.strip(" ，。？?！呢吗啊的那它们两者个这多少是").strip()
