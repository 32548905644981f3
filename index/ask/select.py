"""Candidates -> the facts that answer: scope, account, measure, stage and the question's other words decide.

    教育支出 of 上党区2023 (actual, budget, completion, yoy ...) + measure yoy_pct -> the fact 6.75%

Figures of different scope, account, stage or measure never stand in for one another; what cannot be told apart stays
together and is shown as a contradiction.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from index.ask.clauses import own_clause
from index.ask.query import Query
from index.ask.scoping import find_account
from index.find.accounts import is_planned
from index.lexicon import items
from index.models import Measure, Scope, StoredFact
from index.store.lookup import sentence_id
from index.text.normal import before_value, plain

# What may answer a question for a measure, in this order.  amount is money of a project or transfer, see _fits_stage.
CHAINS: Final[dict[Measure, tuple[Measure, ...]]] = {
    "actual": ("actual", "amount"),
    "budget": ("budget", "amount"),
    "adjusted_budget": ("adjusted_budget",),
    "completion": ("completion",),
    "yoy_pct": ("yoy_pct",),
    "yoy_amount": ("yoy_amount",),
    "share": ("share",),
    "rank": ("rank",),
    "balance": ("balance", "outstanding"),
    "outstanding": ("outstanding", "balance"),
    "limit": ("limit",),
    "count": ("count",),
    "rate": ("rate", "share", "completion"),
    "amount": ("amount", "actual", "budget"),
}
UNASKED: Final[tuple[Measure, ...]] = ("actual", "amount", "outstanding", "balance", "limit", "count", "rate")
PLANNED: Final[tuple[Measure, ...]] = ("budget", "adjusted_budget")
SCOPES: Final[dict[Scope, tuple[tuple[Scope, ...], ...]]] = {
    "whole": (("whole", ""),),
    "own": (("own",), ("own_wide",)),
    "own_wide": (("own_wide",), ("own",)),
    "lower": (("lower",),),
    "": (("whole", ""), ("own",), ("own_wide",)),
}
_SAME_BASIS: Final = ("同口径", "可比", "剔除", "扣除")
NEEDED: Final = 0.55
LENIENT: Final = 0.45
_OPENING: Final = ("年初", "期初", "上年末", "上年底")
_OPENING_NAMES: Final = ("上年结余", "上年滚存结余", "上年末结余", "期初余额", "年初余额")
_PARTS: Final = ("其中", "包括", "按下达级次", "分级次")


def by_scope(facts: Sequence[StoredFact], scope: Scope) -> list[list[StoredFact]]:
    """The facts of the scope asked; without one, those of the whole and those of the own level, apart."""
    found = [_clear([one for one in facts if one.fact.scope in group]) for group in SCOPES[scope]]
    found = [group for group in found if group]
    return found[:1] if scope else found


def _clear(group: list[StoredFact]) -> list[StoredFact]:
    """In a city's report that says 全市, prose without a level is of something else (a zone); a table may omit it."""
    if not any(one.fact.scope == "whole" for one in group):
        return group
    return [
        one
        for one in group
        if one.fact.scope or one.region.level not in ("province", "prefecture") or one.fact.rule.startswith("table")
    ]


def by_account(facts: Sequence[StoredFact], query: Query) -> list[StoredFact]:
    """The facts of the account asked; a fact of no account is kept."""
    if not query.account:
        return list(facts)
    kept = [one for one in facts if one.fact.account in (query.account, "", "other")]
    return [one for one in kept if one.fact.account == query.account or not _label_of_other(one, query.account)]


def _label_of_other(one: StoredFact, account: str) -> bool:
    """政府性基金对旗县区转移支付55.5亿元 is no figure of the general budget, whatever its account was filed under."""
    named = find_account(plain(one.fact.label).split("，")[-1])
    return named is not None and named.account != account


def chain(query: Query, measure: Measure | None, keys: Sequence[str]) -> tuple[Measure, ...]:
    """The measures that may answer, best first."""
    if measure is not None:
        return CHAINS[measure]
    own = tuple(dict.fromkeys(items()[key].measure for key in keys if key in items()))
    named: tuple[Measure, ...] = tuple(m for m in own if m)
    if query.kind == "count":
        return ("count",)
    if query.kind == "percent":
        return ("rate", "share", "completion", "yoy_pct")
    if query.kind == "times":
        return ("yoy_pct", "rate")
    if query.kind == "rank":
        return ("rank",)
    first: tuple[Measure, ...] = PLANNED if query.stage == "plan" else ()
    last: tuple[Measure, ...] = () if query.stage == "executed" else PLANNED
    return tuple(dict.fromkeys((*first, *named, *UNASKED, *last)))


def of_measure(facts: Sequence[StoredFact], measures: Sequence[Measure], query: Query) -> list[StoredFact]:
    """The facts of the first measure of the chain that there are any of."""
    for measure in measures:
        found = [one for one in facts if one.fact.measure == measure and _fits(one, measures, query)]
        if found:
            return found
    return []


def _fits(one: StoredFact, measures: Sequence[Measure], query: Query) -> bool:
    """amount answers for a budget only if it is one, and for what was done only if it is not a plan."""
    fact = one.fact
    if query.kind == "count" and fact.kind == "count" and query.count_word:
        return counts_alike(query.count_word, fact.unit)
    if query.kind == "times" and fact.kind not in ("times", "percent"):
        return False
    if fact.measure == "count" and measures[0] != "count" and query.kind == "money":
        return False
    if fact.measure != "amount" or measures[0] not in ("budget", "actual"):
        return True
    return is_planned(one) if measures[0] == "budget" else not is_planned(one)


def asks_same_basis(query: Query) -> bool:
    """Growth as if nothing else had changed: 同口径增长, 剔除…因素."""
    return bool(query.basis) or any(word in query.text for word in _SAME_BASIS)


_PER_HEAD: Final = re.compile("每[\u4e00-\u9fff]{1,2}(?:每[年月日天次])?$")
_ANY_THING: Final = "台辆套"  # counted by 个 as well, but 个 by none of them
OF_ANYBODY = tuple("人名位个")  # 16万|儿童 are no 户
_ALIKE: Final = (
    ("家", "户"), ("家", "个"), tuple("个项座所处件部条间"), tuple("部台辆套"),
    ("人", "名", "位", "人次"), tuple("个人名位"), tuple("棵株"), tuple("次场批期趟"), tuple("笔单件"),
    tuple("条艘"),
    ("平方米", "平方公里", "平方千米", "亩", "公顷", "㎡"), ("公里", "千米", "米"),
)  # fmt: skip


def counts_alike(asked: str, unit: str) -> bool:
    """家 may be printed 户, 个 may be 项; 万人 is counted in 人, 人／次 is 人次; 16万|儿童 has but its thing."""
    unit = unit.replace("/", "").replace("／", "").removeprefix("万")
    if not unit:
        return asked in OF_ANYBODY
    if asked in unit:
        return True
    if asked == "个" and unit[-1:] in _ANY_THING:
        return True
    if unit.endswith("人次") and asked not in ("人", "名", "位", "次"):
        return False  # 64批次、518人次: those who came are not how often
    return any(asked in group and unit.endswith(group) for group in _ALIKE)


def exact_first(facts: Sequence[StoredFact], asked: str) -> list[StoredFact]:
    """Without rough prints (突破500亿元) beside exact ones, and without what stood at the beginning of the year."""
    exact = [one for one in facts if "rough" not in one.fact.flags] or list(facts)
    if any(word in asked for word in (*_OPENING, *_OPENING_NAMES)):
        return exact
    return [one for one in exact if not is_opening(one)] or exact


def is_opening(one: StoredFact) -> bool:
    """年初余额, 上年末结余: a balance, but not the one of the year's end."""
    if one.fact.measure not in ("balance", "outstanding"):
        return False
    clause = plain(one.fact.label).split("，")[-1]
    named = one.fact.item.endswith(_OPENING_NAMES)
    return named or "opening" in one.fact.flags or any(word in clause for word in _OPENING)


def is_per_head(one: StoredFact) -> bool:
    """按每孩每年|3600元: what each is given is no figure of a budget line."""
    fact = one.fact
    line = fact.account in ("general_public", "government_fund") and fact.item.endswith(("支出", "收入"))
    return line and told_per_head(one)


def told_per_head(one: StoredFact) -> bool:
    """按每孩每年|3600元: whether a figure is what each is given."""
    return bool(_PER_HEAD.search(own_clause(before_value(plain(one.fact.label), plain(one.fact.value)))))


def without_parts(facts: Sequence[StoredFact]) -> list[StoredFact]:
    """Of figures of one sentence, those of the whole: what follows 其中 under the same name is a part."""
    wholes = {(one.document, one.fact.sentence) for one in facts if not one.fact.parent}
    kept = [one for one in facts if not one.fact.parent or (one.document, one.fact.sentence) not in wholes]
    return [one for one in kept if not any(_is_part(one, other) for other in kept)]


def without_part_columns(facts: Sequence[StoredFact]) -> list[StoredFact]:
    """住房公积金（项目支出）0 beside 住房公积金: the column of a part says nothing against the whole."""
    wholes = [one for one in facts if not any(role == "part" for role, _ in one.fact.qualifiers)]
    return wholes or list(facts)


def without_zero_limits(facts: Sequence[StoredFact]) -> list[StoredFact]:
    """A limit of nothing beside another one is a column of changes that are none."""
    limits = [one for one in facts if one.fact.measure == "limit" and one.fact.number]
    return [one for one in facts if one.fact.number or one.fact.measure != "limit"] if limits else list(facts)


def without_columns(facts: Sequence[StoredFact]) -> list[StoredFact]:
    """Of the columns of one row (合计 | 基本支出 | 项目支出), that which is the sum of the others."""
    rows: dict[tuple[str, int, str], list[StoredFact]] = {}
    for one in facts:
        rows.setdefault((one.document, sentence_id(one.id), one.fact.scope), []).append(one)
    gone: set[int] = set()
    for row in rows.values():
        sums = [one for one in row if one.fact.number and _is_sum(one, row)]
        gone |= {one.id for one in row if one not in sums} if sums else set()
    return [one for one in facts if one.id not in gone]


def _is_sum(one: StoredFact, row: Sequence[StoredFact]) -> bool:
    others = {other.fact.number for other in row if other.fact.number not in (None, one.fact.number, 0)}
    return len(others) > 1 and sum(number for number in others if number) == one.fact.number


def _is_part(one: StoredFact, whole: StoredFact) -> bool:
    """其中 stands between the two in one sentence, and the later one is the smaller."""
    a, b = whole.fact, one.fact
    if (one.document, b.sentence) != (whole.document, a.sentence) or a.item != b.item or a.end > b.start:
        return False
    between = plain(one.text[a.end : b.start])
    smaller = a.number is None or b.number is None or abs(b.number) < abs(a.number)
    return smaller and b.scope != "whole" and any(word in between for word in _PARTS)


def main_first(facts: Sequence[StoredFact], around: Sequence[StoredFact], asked: str) -> list[StoredFact]:
    """Facts in the order in which they are trusted: the asked name printed, the line that says most of the item."""
    said = Counter((one.document, one.fact.sentence, one.fact.key or one.fact.item) for one in around)

    def trust(one: StoredFact) -> tuple[int, int, int, int, int]:
        fact = one.fact
        return (
            int(bool({"rough", "quote"} & set(fact.flags)) or "unit_missing" in fact.flags),
            int("same_basis" in fact.flags),
            0 if asked and asked in fact.label else 1,
            -min(said[one.document, fact.sentence, fact.key or fact.item], 4),
            one.id,
        )

    return sorted(facts, key=trust)
