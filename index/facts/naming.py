"""The key of an item, given once, where its fact is kept: what the report printed, less what is no part of the name.

    主要收入：增值税            -> 增值税 (gp-rev-10101)
    全州一般公共预算收入        -> 一般公共预算收入, of the whole
    某局收入预算 (its own paper) -> 部门收入 (dept-rev): no figure of the government

A fact that has its key keeps it.  What no rule names stays under the report's own words, cleaned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.facts import body_totals
from index.facts.levels import is_own_level
from index.find.terms import choose, exact_items
from index.lexicon import Item
from index.models import Fact, Scope, Subject

_LEADING = re.compile(
    r"^(?:(?:一般公共预算)?(?:财政)?拨款(?:安排)?的|(?:主要)?(?:收入|支出)?(?:项目)?(?:包括|其中|如下)?[：:]|其中[：:]?|[-—–·*★▲●]+|\d{1,2}[.、](?!\d)"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,2}(?:是|、)|[“”])+"
)
_TRAILING = re.compile(r"[★☆*：:“”]+$")
_LEVEL = re.compile(r"^(?P<level>全[省市县区州旗盟]|[省市县区州旗盟]?本级|[省市县区州旗盟]级)(?=.{3})")
_OF_GOVERNMENT: Final = ("gp-rev-", "transfer-")
_SUMMED: Final = 5  # characters of a name that ends in 合计 and says of what
_WHOLE_OF_UNIT: Final = {"dept-rev": "收入", "dept-exp": "支出", "dept-sum": "收支总计"}
_LONGEST: Final = 60
_SCOPES: Final[dict[str, Scope]] = {"全": "whole"}


def with_keys(facts: Sequence[Fact], about: Subject) -> list[Fact]:
    """The facts in order, each named for good."""
    return [_of_unit(_owned(fact, about), about) if about.owner else _cleaned(fact, about) for fact in facts]


def _of_unit(fact: Fact, about: Subject) -> Fact:
    """事业收入 of one of a department's units: under the unit's name, for it is none of the department's own."""
    unit = next((name for role, name in fact.qualifiers if role == "body"), "")
    if not unit or unit == about.owner or unit in fact.item:
        return fact
    stage = {"budget": "预算", "actual": "决算"}.get(fact.measure, "")
    whole = _WHOLE_OF_UNIT.get(fact.key, "")
    name = f"{unit}{whole}{stage}" if whole else f"{unit}（{fact.item}）"  # 甲中心收入预算
    return replace(fact, item=name[:_LONGEST])


def _cleaned(fact: Fact, about: Subject) -> Fact:
    if fact.key or fact.qualifiers:
        return fact
    name = _bare(fact.item)
    level = _LEVEL.match(name)
    own = level is not None and is_own_level(level["level"], about.region)
    for words, scope in ((name, ""), (name[level.end() :] if level and own else "", level["level"] if level else "")):
        # what was left without a key under this very name is a part of the item of that key, or stands beside it
        item = _called(words, fact) if words and words != fact.item else None
        if item is None:
            continue
        fact = replace(fact, item=item.name, key=item.key, flow=item.flow, account=item.account or fact.account)
        if scope and not fact.scope_words:
            fact = replace(fact, scope=_SCOPES.get(scope[0], "own"), scope_words=scope)
        return fact
    if (
        about.kind == "bulletin" and fact.account != "other"
    ):  # 液压元件产量, 制造业增长: what a whole place makes is of no account
        fact = replace(fact, account="", flow="")
    return replace(fact, item=name) if name else fact


def _owned(fact: Fact, about: Subject) -> Fact:
    """A fact of a body's own paper: its totals are not the government's."""
    if _is_of_place(fact):
        return _cleaned(fact, about)
    fact = replace(fact, owner=about.owner)
    if fact.rule.startswith("difference"):
        return fact  # 收入支出总计增加3万元 is not that total
    if not fact.key and all(role == "body" for role, _ in fact.qualifiers):
        name = body_totals.without_body(_bare(fact.item), about.owner)
        known = body_totals.total_called(name)
        if known is None and fact.rule == "table":
            known = body_totals.sum_of_row(name, fact.label)
            summed = name.removesuffix("合计") if len(name) >= _SUMMED else name  # 人员经费合计 is 人员经费
            if summed != name and (item := _called(summed, fact)) is not None:
                return replace(fact, item=item.name, key=item.key, account=item.account or fact.account)
        if known is None:
            return _cleaned(replace(fact, item=name or fact.item), about)
        fact = replace(fact, key=known[0], item=known[1])
    if fact.rule == "table" and (total := body_totals.total_of_row(fact.key, fact.label)):
        fact = replace(fact, key=total[0], item=total[1])
    if fact.rule == "table" and fact.key.startswith(_OF_GOVERNMENT) and not fact.qualifiers:
        known = body_totals.total_called(fact.item)  # 四、其他收入 of a body is no revenue of the government
        fact = replace(fact, key=known[0], item=known[1]) if known is not None else fact
    if not body_totals.is_total(fact.key):
        return fact
    return replace(fact, account=body_totals.account_of(fact.key), flow=body_totals.flow_of(fact.key))


def _is_of_place(fact: Fact) -> bool:
    """全县|接待游客46万人次, in a body's paper: told of the place, and no figure of the body."""
    return fact.key.startswith("econ-") or (not fact.key and fact.scope == "whole" and fact.rule != "table")


def _bare(name: str) -> str:
    """A name without numbering, marks and words that lead in."""
    return _TRAILING.sub("", _LEADING.sub("", name)).strip() or name


def _called(name: str, fact: Fact) -> Item | None:
    """The item of exactly this name, where account and flow allow it."""
    fitting = [
        item
        for item in exact_items(name)
        if name in item.words
        and (not fact.account or not item.account or item.account in (fact.account, "debt", "other"))
        and (not fact.flow or not item.flow or item.flow == fact.flow)
        and (item.measure is None or item.measure == fact.measure)
    ]
    return choose(fitting, fact.account, fact.flow) if fitting else None
