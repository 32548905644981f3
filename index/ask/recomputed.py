"""A figure that is doubted -> what the papers' own figures make of it: sums of parts, ratios, balances carried on.

    82.2% of 507.2亿元, 618.7亿元 -> 81.98%          基本支出 105.58万元 = 人员 95.36 + 公用 10.23 -> 105.59万元

Every operand is a fact of the same paper, level and year; where one is missing, nothing is computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from index.ask import derive
from index.ask.agree import grain, groups
from index.ask.kin import keys_under
from index.ask.search import Search
from index.ask.told_twice import same_stage
from index.ask.vocabulary import asking_pattern
from index.find.terms import find_terms
from index.lexicon import toml
from index.models import SHOULD, Figure, Measure, Period, StoredFact
from index.text.normal import plain

_TYPED: Final = re.compile(r"\d+(?:\.\d+)?(?!\d|年|月|[-—]?\d*表)")
_RATIOS: Final[tuple[Measure, ...]] = ("share", "completion", "yoy_pct")
_LEVELS: Final[tuple[Measure, ...]] = ("actual", "amount", "budget", "outstanding", "balance")
_SHOULD: Final = re.compile(r"(?P<value>-?[\d,]+(?:\.\d+)?)(?P<unit>\D*)")
CHECKED: Final = "按报告自己的其他数推算"
_LEAST: Final = 2
_FUND_END, _FUND_YEAR = "si-balance-cum", "si-balance-year"


def ratio_of(search: Search, one: StoredFact, said: str) -> Figure | None:
    """A printed ratio from the figures that it is of: those that the asker types, else those of its own line."""
    if one.fact.measure not in _RATIOS or one.fact.kind != "percent" or one.fact.number is None:
        return None
    pair = _typed(search, one, said) or _own_pair(search, one)
    if pair is None:
        return None
    top, bottom = pair
    if one.fact.measure == "yoy_pct":
        found = derive.grown(bottom, top)
    elif one.fact.measure == "completion":
        found = derive.completion([_in_line(one, top, "actual"), _in_line(one, bottom, "budget")])
    else:
        found = derive.share(top, bottom)
    if found is None or abs(abs(Decimal(found.value)) - abs(one.fact.number)) <= grain(one) / 2:
        return None
    return replace(found, item=one.fact.item, measure=one.fact.measure)


def _in_line(one: StoredFact, other: StoredFact, measure: Measure) -> StoredFact:
    """A figure as what it is to the ratio, whatever else its place says of it."""
    own = one.fact
    fact = replace(other.fact, measure=measure, scope=own.scope, account=own.account, period=own.period, flags=())
    return replace(other, fact=fact)


def _typed(search: Search, one: StoredFact, said: str) -> tuple[StoredFact, StoredFact] | None:
    """拿|507.2|除|618.7|, |1690.69|到|1434.89|: the two that are typed; of a growth the later one is the top."""
    typed = [match[0] for match in _TYPED.finditer(said)]
    year = one.fact.period.last_year
    there = [*search.everything(one.fact.region, one.fact.period),
             *search.everything(one.fact.region, Period.year(year - 1))]  # fmt: skip
    found = [next((other for other in there if _is_money(one, other, value)), None) for value in typed[:_LEAST]]
    if len(found) < _LEAST or found[0] is None or found[1] is None:
        return None
    if one.fact.measure == "yoy_pct":
        before, after = sorted((found[0], found[1]), key=lambda other: other.fact.period)
        return after, before
    return found[0], found[1]


def _is_money(one: StoredFact, other: StoredFact, value: str) -> bool:
    return other.document == one.document and other.fact.kind == "money" and other.fact.value.replace(",", "") == value


def _own_pair(search: Search, one: StoredFact) -> tuple[StoredFact, StoredFact] | None:
    """Done and budget, this year and the year before, part and whole: of the sentence of the ratio itself."""
    year, own = one.fact.period.last_year, one.fact
    near = [other for other in search.store.facts_near(one.id, 0) if other.document == one.document]
    line = [other for other in near if (other.fact.key or other.fact.item) == (own.key or own.item)]
    line = [other for other in line if other.fact.kind == "money" and other.fact.number is not None]
    now = [other for other in line if other.fact.period.last_year == year]
    if own.measure == "yoy_pct":
        then = [other for other in line if other.fact.period.last_year == year - 1 and other.fact.measure in _LEVELS]
        return _alone(_of(now, "actual", "budget"), then)
    if own.measure == "completion":
        adjusted = _of(now, "adjusted_budget")
        return _alone(_of(now, "actual"), adjusted or _of(now, "budget"))
    return _alone(_of(now, "actual", "amount"), _whole_of(search, one))


def _of(facts: Sequence[StoredFact], *measures: Measure) -> list[StoredFact]:
    return next((own for measure in measures if (own := [one for one in facts if one.fact.measure == measure])), [])


def _whole_of(search: Search, one: StoredFact) -> list[StoredFact]:
    """占|一般公共预算支出|的82.2%: the figure of what the sentence says it is a share of, at the same level."""
    before = plain(one.text)[: one.fact.start]
    terms = [term for term in find_terms(before) if term.start > before.rfind("占") >= 0]
    keys = [item.key for term in terms for item in term.items]
    there = search.of_item(one.fact.region, one.fact.period, keys) if keys else []
    return [other for other in there if other.document == one.document and other.fact.kind == "money"
            and other.fact.measure in ("actual", "amount") and other.fact.scope == one.fact.scope]  # fmt: skip


def _alone(top: Sequence[StoredFact], bottom: Sequence[StoredFact]) -> tuple[StoredFact, StoredFact] | None:
    if len(groups(top)) != 1 or len(groups(bottom)) != 1:
        return None
    return top[0], bottom[0]


def parts_said(search: Search, one: StoredFact, said: str, *, summed: bool = False) -> list[StoredFact]:
    """The parts of a figure that the asker names (税收加非税, 两重、两新), in the order of the print; of one only to be
    ``summed`` up (跟分项加起来对得上吗) those that the lexicon knows to be all of it."""
    named = _parts_named(search, one, said)
    return named or (_all_parts(search, one) if summed else [])


def _all_parts(search: Search, one: StoredFact) -> list[StoredFact]:
    keys = toml("check.toml")["identity"].get(one.fact.key, ())
    found = {other.fact.key: other for other in reversed(list(_parts_of(search, one))) if other.fact.key in keys}
    return [found[key] for key in keys] if len(found) == len(keys) else []


def _parts_named(search: Search, one: StoredFact, said: str) -> list[StoredFact]:
    found: dict[tuple[str, str], StoredFact] = {}
    for other in _parts_of(search, one):
        name = _short(other.fact.item, one.fact.item)
        if len(name) > 1 and name in said and other.fact.number is not None:
            found.setdefault((other.fact.key, other.fact.item), other)
    return sorted(found.values(), key=lambda other: other.id)


def _parts_of(search: Search, one: StoredFact) -> Iterator[StoredFact]:
    own = one.fact
    keys = keys_under(own.key) if own.key else ()
    for other in search.everything(own.region, own.period):
        fact = other.fact
        part = own.item in (fact.parent, fact.item.partition("（")[0]) or (fact.key and fact.key in keys)
        if (
            part and fact.item != own.item and fact.kind == own.kind and same_stage(fact.measure, own.measure, own.key)
            and other.document == one.document and fact.owner == own.owner and not fact.qualifiers
            and (fact.scope == own.scope or not (fact.scope and own.scope))
        ):  # fmt: skip
            yield other


def _short(item: str, whole: str) -> str:
    """两重 of 超长期特别国债两重资金, 税收 of 税收收入, 当年财政拨款 of …（当年财政拨款）."""
    inside = re.search(r"（([^（）]+)）$", item)
    name = inside[1] if inside else item.replace(whole, "")
    return asking_pattern("doubt", "ends").sub("", name)


def sum_of(one: StoredFact, parts: Sequence[StoredFact]) -> Figure | None:
    """Several parts added up, where that is another figure than the printed whole."""
    if len(parts) < _LEAST or any(part.fact.kind != "money" for part in parts):
        return None
    total = sum((part.fact.number or Decimal(0) for part in parts), Decimal(0))
    if total == one.fact.number:
        return None
    return derive.total(parts, [part.fact.item for part in parts])


def as_checked(one: StoredFact) -> Figure | None:
    """What the check of the report has found that the figure should be (``should:174,676万元``)."""
    should = next((flag.removeprefix(SHOULD) for flag in one.fact.flags if flag.startswith(SHOULD)), "")
    match = _SHOULD.fullmatch(should)
    if match is None:
        return None
    return derive.gap_figure(one, match["value"].replace(",", ""), match["unit"], CHECKED, one.fact.item)


def carried_on(search: Search, one: StoredFact) -> Figure | None:
    """What a fund had at the end of the year before and its balance of the year, where the end of the year is
    printed otherwise."""
    own = one.fact
    if own.key != _FUND_END:
        return None
    before = _balance(search, one, _FUND_END, own.period.last_year - 1)
    year = _balance(search, one, _FUND_YEAR, own.period.last_year)
    if before is None or year is None:
        return None
    found = derive.total((before, year), [f"{each.fact.period.text}年{each.fact.item}" for each in (before, year)])
    total = (before.fact.number or Decimal(0)) + (year.fact.number or Decimal(0))
    found = replace(found, item=own.item, period=own.period.text)
    return found if total != own.number else None


def _balance(search: Search, one: StoredFact, key: str, year: int) -> StoredFact | None:
    there = search.of_item(one.fact.region, Period.year(year), (key,))
    found = [other for other in there if other.document == one.document and other.fact.scope == one.fact.scope
             and other.fact.kind == "money" and other.fact.number is not None]  # fmt: skip
    return found[0] if len(groups(found)) == 1 else None
