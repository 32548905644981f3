"""One place, one period, one item of the lexicon -> the figures asked of it.

    上党区 · 2023 · 教育支出 · yoy_pct -> 6.75%, with 56917万元 and +3599万元 beside it

Without a scope named the whole territory comes first and the own level second.  What the report does not give is
computed where its own figures fix it, else nothing is answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.ask import derive
from index.ask.agree import best_told, groups
from index.ask.conflict import CONFLICT as CONFLICT
from index.ask.conflict import PARTS, conflict_note, of_different_wholes
from index.ask.figures import shown
from index.ask.found import Found
from index.ask.likeness import pieces_of
from index.ask.query import Asked, Query
from index.ask.search import Search, of_year_told
from index.ask.select import (
    NEEDED,
    PLANNED,
    asks_same_basis,
    by_account,
    by_scope,
    chain,
    exact_first,
    main_first,
    narrowed,
    of_measure,
    of_own_account,
    without_parts,
)
from index.ask.wording import ACCOUNTS
from index.lexicon import items
from index.models import Figure, Measure, Period, StoredFact
from index.text.normal import plain

_BESIDE: tuple[Measure, ...] = (
    "actual", "amount", "budget", "adjusted_budget", "completion", "yoy_pct", "yoy_amount", "share",
)  # fmt: skip
_ACCOUNTS = ("general_public", "government_fund", "state_capital", "social_insurance", "debt")
_CHANGES = ("yoy_pct", "yoy_amount")
_SEVERAL_YEARS = re.compile(r"十[一二三四五]五|[三四五]年(?:来|间|累计|共|合计)|过去[三四五]年")
_AGAINST_YEARS = re.compile(r"十[一二三四五]五时期的|年均")


def look_up(search: Search, query: Query, region: str, period: Period, item: Asked, needed: float = NEEDED) -> Found:
    """The figures of an item; an empty result if the reports do not give them.

    ``needed`` says how well a fact must cover the question's other words, 0 to 1.
    """
    facts = of_own_account(by_account(search.of_item(region, period, item.keys), query), item)
    facts, covered = _qualified(facts, query, needed)
    found = Found()
    if covered >= needed:
        facts = search.of_told_level(facts, query)
        for group in by_scope(facts, query.scope):
            group, twins = _one_item(group, item)
            for measure in query.measures or (None,):
                found = found.with_more(_measured(search, query, group, twins, measure, item))
            if found.some and query.scope:
                break
    if not found.some and covered >= needed:
        found = _last_year(search, query, region, period, item)
    return found


def _qualified(facts: list[StoredFact], query: Query, needed: float) -> tuple[list[StoredFact], float]:
    """Drop facts that lack the question's other words, measure by measure: a rate need not name all its total does."""
    pieces = pieces_of(query.chunks)
    if not pieces:
        return facts, 1.0
    kept: list[StoredFact] = []
    best = 0.0
    for measure in dict.fromkeys(one.fact.measure for one in facts):
        some, covered = narrowed([one for one in facts if one.fact.measure == measure], query.chunks)
        if covered >= needed:
            kept += some
        best = max(best, covered)
    return kept, best


def _one_item(group: list[StoredFact], item: Asked) -> tuple[list[StoredFact], list[StoredFact]]:
    """A name of two items: 城乡社区支出 of the general account first, 国有资本经营收入 the one printed so."""
    if len(item.keys) < 2:
        return group, []
    known = items()
    same_name = len({known[key].name for key in item.keys if key in known}) == 1
    printed = [] if same_name else [one for one in group if item.text in one.fact.label]
    keys = {one.fact.key for one in printed or group}
    first = next((key for key in item.keys if key in keys), None)
    return [one for one in group if one.fact.key == first], [one for one in group if one.fact.key != first]


def _one_account(some: list[StoredFact], query: Query) -> tuple[list[StoredFact], list[StoredFact]]:
    """One item in several accounts (上级补助收入): the figures of the likeliest, and those of the others."""
    accounts = [name for name in _ACCOUNTS if any(one.fact.account == name for one in some)]
    if query.account or len(accounts) < 2:
        return some, []
    kept = [one for one in some if one.fact.account in (accounts[0], "", "other")]
    others = [one for one in some if one not in kept]
    return kept, others


def _measured(
    search: Search, query: Query, group: list[StoredFact], twins: list[StoredFact], measure: Measure | None, item: Asked
) -> Found:
    """The facts of one measure in one scope, or computed; ``twins`` are those of items of the same name."""
    if measure in ("yoy_pct", "yoy_amount") and group and (year := _other_base(query, group[0])):
        before = search.of_item(group[0].fact.region, Period.year(year), [group[0].fact.key])
        computed = derive.growth(_of_one_year(group), before, measure, printed=False)
        note = f"与{year}年比较，不是与上年比较"
        return Found(computed=(computed,), context=_beside(group, None), notes=(note,)) if computed else Found()
    measures = chain(query, measure, item.keys)
    some = of_year_told(search, of_measure(group, measures, query), query)
    if measure is None and query.stage != "plan":
        some = _not_only_planned(search, some)
    if measure == "completion" and some:
        some = _of_stage(some, query)
    if measure == "share" and some:
        some = narrowed(some, query.content)[0]
    if some:
        found = _settled(some, of_measure(twins, measures, query), group, query, item)
        return _explained(search, found)
    computed = _computed(search, query, _of_one_year(group), measure)
    return Found(computed=(computed,), context=_beside(group, None)) if computed else Found()


def _other_base(query: Query, one: StoredFact) -> int | None:
    """The year a figure is compared with, if it is another than the year before: 2025年比2019年."""
    if len(query.compared) != 1 or one.fact.period.first_year != one.fact.period.last_year:
        return None
    base = query.compared[0]
    return base.last_year if base.first_year == base.last_year != one.fact.period.last_year - 1 else None


def _settled(
    some: list[StoredFact], twins: list[StoredFact], group: list[StoredFact], query: Query, item: Asked
) -> Found:
    some, others = _one_account(some, query)
    others = others or ([] if query.account else twins)
    ordered = exact_first(main_first(some, group, item.text), query.text)
    ordered = _of_basis(ordered, query)
    agreed = groups(without_parts(_of_one_year(ordered)))
    if not agreed:
        return Found()
    asked = tuple(best_told(one, group) for one in agreed)
    notes = () if len(agreed) < 2 else (PARTS,) if of_different_wholes(asked) else (CONFLICT,)
    if others:
        told = "；".join(
            f"{ACCOUNTS.get(one.fact.account, '其他')}预算里也有{one.fact.item} {shown(one)}" for one in others[:3]
        )
        notes = (*notes, told)
    return Found(asked=asked, context=(*_beside(group, asked[0]), *others[:3]), notes=notes)


def _of_basis(facts: list[StoredFact], query: Query) -> list[StoredFact]:
    """增长21.7%，可比下降2.7%: the growth on a comparable basis answers if asked for, and then no other."""
    if asks_same_basis(query):
        return [one for one in facts if "same_basis" in one.fact.flags or one.fact.measure not in _CHANGES]
    return [one for one in facts if "same_basis" not in one.fact.flags] or facts


def _explained(search: Search, found: Found) -> Found:
    """With what would explain a contradiction."""
    if CONFLICT not in found.notes:
        return found
    one = found.asked[0]
    before = search.of_item(one.fact.region, Period.year(one.fact.period.last_year - 1), [one.fact.key])
    beside = [other for other in before if other.fact.measure == one.fact.measure]
    note = conflict_note(found.asked, beside, [other for other in found.context if other.fact.measure == "yoy_amount"])
    return replace(found, notes=tuple(note if known == CONFLICT else known for known in found.notes))


def _not_only_planned(search: Search, some: list[StoredFact]) -> list[StoredFact]:
    """A year that its own report tells of is not answered with its budget unless the budget was asked for."""
    kept = []
    for one in some:
        document = search.document(one.document)
        told = document is not None and document.year is not None and document.year >= one.fact.period.last_year
        if one.fact.measure not in PLANNED or not told:
            kept.append(one)
    return kept


def _of_one_year(facts: list[StoredFact]) -> list[StoredFact]:
    """十四五时期累计 in front of a figure tells of several years, whatever year it was filed under."""
    kept = [one for one in facts if not _tells_several_years(one)]
    return kept or facts


def _tells_several_years(one: StoredFact) -> bool:
    before, after = plain(one.text[: one.fact.start]), plain(one.text[one.fact.end :])[:24]
    return bool(_SEVERAL_YEARS.search(before) or _AGAINST_YEARS.search(after))


def _of_stage(some: list[StoredFact], query: Query) -> list[StoredFact]:
    """完成年初预算的 and 完成调整预算的 are two ratios."""
    adjusted = [one for one in some if "of_adjusted" in one.fact.flags]
    others = [one for one in some if "of_adjusted" not in one.fact.flags]
    if "年初" in query.text:
        return [one for one in others if "年初" in one.fact.label] or others
    if "调整" in query.text or "变动" in query.text:
        return adjusted or some
    return some


def _computed(search: Search, query: Query, group: Sequence[StoredFact], measure: Measure | None) -> Figure | None:
    if measure == "completion":
        adjusted = True if "调整" in query.text else False if "年初" in query.text else None
        return derive.completion(group, adjusted=adjusted)
    if measure in _CHANGES and group and not asks_same_basis(query):
        one = group[0]
        before = search.of_item(one.fact.region, Period.year(one.fact.period.last_year - 1), [one.fact.key])
        return derive.growth(group, before, measure)
    return None


def _last_year(search: Search, query: Query, region: str, period: Period, item: Asked) -> Found:
    """The year before a report's own, from its 增减额."""
    if period.first_year != period.last_year or query.measures not in ((), ("actual",)) or query.stage == "plan":
        return Found()
    if query.kind not in ("", "money"):
        return Found()
    year = period.last_year
    later = by_account(search.of_item(region, Period.year(year + 1), item.keys), query)
    found = Found()
    for group in by_scope(later, query.scope):
        computed = derive.last_year(_one_item(group, item)[0], year)
        if computed:
            found = found.with_more(Found(computed=(computed,), context=_beside(group, None)))
            if query.scope:
                break
    return found


def _beside(group: Sequence[StoredFact], lead: StoredFact | None) -> tuple[StoredFact, ...]:
    """The other measures of the same line."""
    if lead is None:
        lead = next((one for one in group if one.fact.measure == "actual"), None)
        if lead is None:
            return ()
        start: tuple[StoredFact, ...] = (lead,)
    else:
        start = ()
    found: dict[str, StoredFact] = {one.fact.measure: one for one in start}
    line = [one for one in group if one.document == lead.document and one.fact.key == lead.fact.key]
    adjusted = any(one.fact.measure == "adjusted_budget" for one in (*line, lead))
    line.sort(
        key=lambda one: (
            one.fact.measure == "completion" and adjusted and "of_adjusted" not in one.fact.flags,
            one.fact.sentence != lead.fact.sentence,
            abs(one.id - lead.id),
        )
    )
    for one in line:
        if one.fact.measure in _BESIDE and one.fact.measure != lead.fact.measure:
            found.setdefault(one.fact.measure, one)
    return tuple(found[measure] for measure in _BESIDE if measure in found)
