"""A verdict -> Found: the figures of the line level by level, contradictions beside each other, what stands around.

教育支出 actual -> asked 56917万元, context 预算 59325, 完成 95.94 %, 同比 6.75 %
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.ask.agree import best_told, groups
from index.ask.conflict import CONFLICT, PARTS, conflict_note, of_different_wholes
from index.ask.figures import shown
from index.ask.found import Found
from index.ask.pick.halves import all_halves
from index.ask.pick.verdict import Verdict
from index.ask.pick.wanted import Wanted
from index.ask.ranking.printed import disagree, rank_groups, ranks_asked
from index.ask.search import Search
from index.ask.select import (
    by_scope,
    exact_first,
    main_first,
    without_columns,
    without_part_columns,
    without_parts,
    without_zero_limits,
)
from index.ask.wording import ACCOUNTS, level_of
from index.lexicon import measures
from index.models import Measure, Period, StoredFact

_BESIDE: tuple[Measure, ...] = (
    "actual", "amount", "budget", "adjusted_budget", "completion", "yoy_pct", "yoy_amount", "share",
)  # fmt: skip
_LEAST_BESIDE = 3  # as many other accounts are told of


def settled(search: Search, asked: Wanted, verdict: Verdict) -> Found:
    """What an answer shows of a verdict that is given."""
    best = verdict.line[0].candidate.one
    line = [each.candidate.one for each in verdict.line]
    if best.fact.measure == "rank":
        return _ranked(search, asked, line, best)
    own, others = _one_account(line, best)
    around = _around(search, asked, best)
    # a figure of another item than the first one read is shown under its own name
    first = {key for item in asked.query.items[:1] for key in item.keys}
    found = Found(opened=not best.fact.key or best.fact.key not in first)
    for level in _levels(own, best, asked):
        ordered = exact_first(main_first(without_zero_limits(level), around, asked.text), asked.text)
        agreed = groups(without_columns(without_parts(without_part_columns(ordered))))
        facts = tuple(best_told(each, around) for each in agreed)
        notes = () if len(agreed) < 2 or all_halves(facts) else (PARTS,) if of_different_wholes(facts) else (CONFLICT,)
        context = _beside(around, facts[0]) if facts else ()
        found = found.with_more(Found(facts, context, (), notes, opened=found.opened))
    if others:
        told = "；".join(map(_elsewhere, others[:_LEAST_BESIDE]))
        found = found.with_more(Found(context=tuple(others[:_LEAST_BESIDE]), notes=(told,)))
    return _explained(search, found)


def _elsewhere(one: StoredFact) -> str:
    account = ACCOUNTS.get(one.fact.account, "其他")
    return f"{account}预算里也有{level_of(one)}{one.fact.item}{_rate_of(one)} {shown(one)}"


def _rate_of(one: StoredFact) -> str:
    """完成预算, 同比: what a percentage is; "" for an amount."""
    named = one.fact.kind == "percent" and not one.fact.item.endswith("率")
    return f"的{measures()[one.fact.measure].name}" if named else ""


def _ranked(search: Search, asked: Wanted, line: Sequence[StoredFact], best: StoredFact) -> Found:
    """The printed ranks that are asked for (增幅在全省): those of different things contradict nothing."""
    ranks = [one for one in ranks_asked(line, asked.text) if one.fact.key == best.fact.key]
    around = _around(search, asked, best)
    told = tuple(best_told(each, around) for each in rank_groups(ranks))
    return Found(told, _beside(around, told[0]) if told else (), (), (CONFLICT,) if disagree(told) else ())


def _one_account(line: Sequence[StoredFact], best: StoredFact) -> tuple[list[StoredFact], list[StoredFact]]:
    """One item in several accounts (上级补助收入): the figures of the one meant, and those of the others."""
    own = [one for one in line if one.fact.account in (best.fact.account, "", "other")]
    others = [group[0] for group in groups([one for one in line if one not in own])]
    return own, others


def _levels(line: Sequence[StoredFact], best: StoredFact, asked: Wanted) -> list[list[StoredFact]]:
    """The whole first, then the own level; the level of the best figure alone where the asker names one."""
    levels = by_scope(line, asked.scope)
    if not levels:
        return [[best]]
    return levels if any(best in level for level in levels) else [[best], *levels]


def _around(search: Search, asked: Wanted, best: StoredFact) -> list[StoredFact]:
    """All measures of the line's item in the period."""
    if best.fact.key:
        return search.of_item(asked.region, asked.period, [best.fact.key])
    same = search.near(best, best.fact.region, best.fact.period, 0)
    return [one for one in same if one.fact.item == best.fact.item]


def _explained(search: Search, found: Found) -> Found:
    """With what would explain a contradiction."""
    if CONFLICT not in found.notes:
        return found
    one = found.asked[0]
    before = search.of_item(one.fact.region, Period.year(one.fact.period.last_year - 1), [one.fact.key])
    beside = [other for other in before if other.fact.measure == one.fact.measure]
    note = conflict_note(found.asked, beside, [other for other in found.context if other.fact.measure == "yoy_amount"])
    return replace(found, notes=tuple(note if known == CONFLICT else known for known in found.notes))


def _beside(around: Sequence[StoredFact], lead: StoredFact) -> tuple[StoredFact, ...]:
    """The other measures of the same line, those of its own sentence first."""
    line = [one for one in around if one.document == lead.document and one.fact.scope == lead.fact.scope
            and one.fact.account == lead.fact.account]  # fmt: skip
    adjusted = any(one.fact.measure == "adjusted_budget" for one in (*line, lead))
    line.sort(
        key=lambda one: (
            one.fact.measure == "completion" and adjusted and "of_adjusted" not in one.fact.flags,
            one.fact.sentence != lead.fact.sentence,
            abs(one.id - lead.id),
        )
    )
    found: dict[str, StoredFact] = {}
    for one in line:
        if one.fact.measure in _BESIDE and one.fact.measure != lead.fact.measure:
            found.setdefault(one.fact.measure, one)
    return tuple(found[measure] for measure in _BESIDE if measure in found)
