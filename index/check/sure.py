"""Figures that are surely of one key, and those of them that contradict each other.

Only figures that are of their key beyond doubt count: the item stands in the figure's own clause, and level, stage and
period are told.  A figure that takes its item or year from the text before may be of something else, and two such
figures that differ say more about the reading than about the reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from index.contradictions import TABLE_RULE, agree
from index.find.accounts import is_planned
from index.find.periods import find_periods
from index.find.terms import find_terms
from index.lexicon import items, toml
from index.models import StoredFact
from index.text.normal import before_value, plain

FARTHEST: Final = Decimal("1.5")  # of two figures that differ by more one is a part, or of another level
SLIPS: Final = (Decimal(10), Decimal(100), Decimal(1000), Decimal(10_000), Decimal(10) ** 8)
NEAR_SLIP: Final = Decimal("0.02")
_UNSURE_RULES: Final = ("unsure", "sum", "account_total")
_UNSURE_FLAGS: Final = frozenset({"rough", "quote", "unit_missing", "same_basis", "opening", "plan"})
_SPAN: Final = re.compile(r"累计|年均|以来|期间|时期|[三五]年")
_WHOLE: Final = re.compile(r"总[计量额]|合计|总规模")
_OTHER_BASE: Final = re.compile(r"同口径|可比口径|剔除|不含|扣除|还原")
_NEXT_YEAR: Final = re.compile(r"比(?:上年|去年|\d{4}年)(?:预算|完成|执行|决算)数?")
_AT_THE_END: Final = ("limit", "outstanding")
_STAGES: Final = ("调整", "变动", "年初", "预计", "快报", "汇总", "新增", "提前下达", "总计", "总量", "合计")
_DONE: Final = re.compile(r"完成|执行|实现|决算|实际")
_FINAL_KINDS: Final = ("final_accounts", "bulletin", "half_year")  # papers without a plan for the next year
# What may stand between an item and its figure: 教育支出|完成|56917万元, but not 一般性转移支付|补助县市|1918613万元.
_BETWEEN: Final = re.compile(
    r"完成|执行|实现|实际|达到?|为|是|共计?|总计|合计|总量|预算|决算|数|支出|收入|安排|余额|限额|约|累计|了|到|（[^）]*）|[：\s]"
)
_MEASURE_WORDS: Final = re.compile(r"年度|年初|调整|后|的|当年|全年|占")
_CLAUSE: Final = re.compile("[，；。]")
ONE_FUND: Final = re.compile("财政拨款|一般公共|政府性基金|国有资本")


def clashing(facts: Sequence[StoredFact]) -> Iterator[list[StoredFact]]:
    """Figures of one key that cannot all be right, each once, of one place and year."""
    groups: dict[tuple[object, ...], list[StoredFact]] = {}
    for one in facts:
        if _is_sure(one):
            groups.setdefault(_slots(one), []).append(one)
    for group in groups.values():
        if _is_list(group):
            continue
        apart = _apart(group)
        if len(apart) > 1:
            yield apart


def _is_list(group: Sequence[StoredFact]) -> bool:
    """More than two figures in one report are the parts of something, each under the same words."""
    figures: dict[str, list[StoredFact]] = {}
    for one in group:
        told = figures.setdefault(one.document, [])
        if not any(agree(one.fact, other.fact) for other in told):
            told.append(one)
            if len(told) > 2:
                return True
    return False


def _slots(one: StoredFact) -> tuple[object, ...]:
    fact = one.fact
    period = fact.period
    if fact.measure in _AT_THE_END:  # 截至2024年底 and 2024年
        period = replace(period, as_of=False)
    level = fact.scope or "whole"
    place = (fact.region, period, level, fact.account, fact.flow, fact.key, fact.measure)
    return *place, _stage(one), _is_of_one_fund(one)


def _is_of_one_fund(one: StoredFact) -> bool:
    """Is 基本支出 what is paid of 财政拨款 alone, as its section or table says, and not of all money?"""
    told = one.section + one.header.partition("｜")[0]
    return one.fact.key in toml("check.toml")["funds"]["of_all"] and bool(ONE_FUND.search(told))


def _apart(group: Sequence[StoredFact]) -> list[StoredFact]:
    """Figures that contradict each other, each once; one figure alone if there are none."""
    apart: list[StoredFact] = []
    for one in group:
        if all(_contradict(one, other) for other in apart):
            apart.append(one)
    return apart


def _contradict(one: StoredFact, other: StoredFact) -> bool:
    """Two rows of tables of one report, and two figures of one sentence, are parts of something, not contradictions."""
    a, b = one.fact, other.fact
    if one.document == other.document and (a.sentence == b.sentence or a.rule == b.rule == TABLE_RULE):
        return False
    if a.parent and b.parent and a.parent != b.parent:
        return False
    return not agree(a, b) and _might_be_one(a.number, b.number)


def _might_be_one(a: Decimal | None, b: Decimal | None) -> bool:
    """Near enough to be prints of one figure, or apart by the size of a unit."""
    small, large = sorted(map(abs, (a or Decimal(0), b or Decimal(0))))
    if not small:
        return False
    ratio = large / small
    return ratio <= FARTHEST or any(abs(ratio / slip - 1) < NEAR_SLIP for slip in SLIPS)


# ---------------------------------------------------------------------------------------------- what is sure


def _is_sure(one: StoredFact) -> bool:
    """Whether a figure is of its item, level, stage and period beyond doubt."""
    fact = one.fact
    if fact.number is None or _UNSURE_FLAGS & set(fact.flags) or any(word in fact.rule for word in _UNSURE_RULES):
        return False
    if not _is_of_its_level(one):
        return False
    if fact.rule == TABLE_RULE:
        return not fact.parent or fact.parent == fact.item
    return _is_said(one) and _is_of_its_year(one)


def _is_of_its_level(one: StoredFact) -> bool:
    """Where there are several levels, the figure's own is named in its sentence, heading or table."""
    if one.region.level not in ("province", "prefecture"):
        return True
    words = plain(one.fact.scope_words)
    return bool(words) and words in plain(one.text + one.section + one.header)


def _is_said(one: StoredFact) -> bool:
    """The item stands in the clause of the figure, and is no 总计 of more than the item."""
    fact = one.fact
    clause = _clause(one)
    item = items().get(fact.key)
    words = sorted((word for word in item.words if "方面" not in word), key=len, reverse=True) if item else []
    name = next((word for word in words if word in clause), "")
    if _SPAN.search(clause) or _OTHER_BASE.search(one.text[: one.fact.start]):
        return False
    if not name:
        return _is_bare(clause) and _is_last_named(one)
    after = clause.rpartition(name)[2]
    if _WHOLE.search(after) and not _WHOLE.search(name):
        return False
    return not _BETWEEN.sub("", after)


def _is_bare(clause: str) -> bool:
    """年度预算, 调整后的预算: words of a measure alone."""
    return not _BETWEEN.sub("", _MEASURE_WORDS.sub("", clause))


def _is_last_named(one: StoredFact) -> bool:
    """教育支出完成56917万元，|年度预算|59325万元: no other item stands between the figure and its own."""
    terms = find_terms(plain(one.text[: one.fact.start]))
    return bool(terms) and any(item.key == one.fact.key for item in terms[-1].items)


def _is_of_its_year(one: StoredFact) -> bool:
    """No plan that was read as what was done, and the year named in the clause, if any, is the figure's own."""
    fact = one.fact
    if fact.measure == "actual" and (is_planned(one) or _NEXT_YEAR.search(plain(one.text))):
        return False
    named = [match.years for match in find_periods(_clause(one)) if match.years is not None]
    return not named or (fact.period.first_year, fact.period.last_year) in named


def _stage(one: StoredFact) -> tuple[str, ...]:
    """年初, 调整后, 预计: figures of different stages are no contradiction.

    In a report with a plan for the next year a figure without 完成 may be of either.
    """
    clause = _clause(one)
    stages = [word for word in _STAGES if word in clause]
    planned = one.fact.measure == "actual" and one.fact.rule != TABLE_RULE and one.doc_kind not in _FINAL_KINDS
    if planned and not _DONE.search(clause):
        stages.append("?")
    if one.fact.measure == "limit" and "下达" in one.text[: one.fact.start]:
        stages.append("下达")  # what was given this year, not all of it
    return tuple(dict.fromkeys(stages))


def _clause(one: StoredFact) -> str:
    """The clause before the figure, in normal form; of a table the column's head and the row's name."""
    label = plain(one.fact.label)
    if one.fact.rule == TABLE_RULE:
        cells = [plain(cell) for cell in one.text[: one.fact.start].split("\t")]
        return label + next((cell for cell in reversed(cells) if cell and not cell[0].isdigit()), "")
    return _CLAUSE.split(before_value(label, plain(one.fact.value)))[-1]
