"""All rules over one parsed report: findings in the order of how sure and how grave, then of the print.

check(parsed)  ->  (Finding(完成率, 错, …), Finding(分项, 疑, …), …)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from index.check.across import of_the_whole
from index.check.adjusted import of_adjusted
from index.check.allotted import of_allotted
from index.check.averages import of_averages
from index.check.balance import of_balance
from index.check.carried import of_carried
from index.check.ceilings import of_ceilings
from index.check.chains import of_chains
from index.check.changes import of_changes
from index.check.clauses import of_clauses
from index.check.closing import of_closing
from index.check.columns import of_columns
from index.check.counts import of_counts
from index.check.dates import of_dates
from index.check.debts import of_debts
from index.check.deducted import of_deducted
from index.check.directions import of_directions
from index.check.divisions import of_divisions
from index.check.entire import of_entire
from index.check.formulas import of_formulas
from index.check.gathered import of_gathered
from index.check.grown import of_grown
from index.check.habit_prints import of_habit_prints
from index.check.habit_sums import of_habit_sums
from index.check.habits import of_habits
from index.check.identities import of_identities
from index.check.left import of_left
from index.check.lists import of_lists
from index.check.mended import consolidated
from index.check.models import ORDER, Finding, Span
from index.check.named import of_named
from index.check.named_rows import of_named_rows
from index.check.numbered import of_numbered
from index.check.openings import of_openings
from index.check.pace import of_pace
from index.check.paper import Paper
from index.check.parallels import of_parallels
from index.check.parts import of_parts
from index.check.places import of_places
from index.check.plausible import of_plausible
from index.check.portions import of_portions
from index.check.projects import of_projects
from index.check.ranks import of_ranks
from index.check.rates import of_rates
from index.check.ratios import of_ratios
from index.check.reasons import of_reasons
from index.check.remains import of_remains
from index.check.repeats import KIND, of_repeats
from index.check.rest import of_rest
from index.check.rowsums import of_row_sums
from index.check.said_again import of_said_again
from index.check.schedules import of_schedules
from index.check.shares import of_common_whole, of_listed_whole, of_shares
from index.check.sizes import of_sizes
from index.check.slices import of_slices
from index.check.stocks import of_stocks
from index.check.tables import of_tables
from index.check.tallies import of_tallies
from index.check.totals import of_totals
from index.check.transfers import of_transfers
from index.check.triples import of_triples
from index.check.twins import of_twins
from index.check.units import of_units
from index.check.weighted import of_weighted
from index.check.wholes import of_wholes
from index.check.wholes_of_shares import of_other_whole
from index.check.yearly import of_yearly
from index.models import CLASH, SHOULD, Fact, Parsed

RULES: Final[tuple[Callable[[Paper], Iterable[Finding]], ...]] = (
    of_rates, of_grown, of_totals, of_balance, of_carried, of_openings, of_parts, of_lists, of_units, of_shares,
    of_common_whole, of_tables, of_repeats, of_the_whole, of_remains, of_ceilings, of_transfers, of_sizes, of_ranks,
    of_counts, of_dates, of_yearly, of_left, of_wholes, of_weighted, of_listed_whole, of_columns, of_debts,
    of_named, of_other_whole, of_divisions, of_plausible, of_identities,
    of_parallels, of_twins, of_projects, of_entire, of_allotted, of_stocks, of_changes, of_ratios, of_clauses,
    of_said_again, of_reasons, of_portions, of_pace, of_rest, of_averages, of_closing, of_numbered, of_schedules,
    of_named_rows, of_adjusted, of_tallies, of_places, of_slices, of_habits,
    of_formulas, of_row_sums, of_deducted, of_gathered, of_chains, of_habit_sums,
    of_triples, of_directions, of_habit_prints,
)  # fmt: skip


def check(parsed: Parsed) -> tuple[Finding, ...]:
    """The slips of a report, each figure's first finding only, and one of those that a single figure mends."""
    paper = Paper(parsed)
    found = _told(paper)
    return in_order(consolidated(parsed, found, paper.others, lambda other: _told(Paper(other))))


def _told(paper: Paper) -> list[Finding]:
    parsed = paper.parsed
    at = {(fact.sentence, fact.start): fact for fact in parsed.facts}
    found: list[Finding | None] = []
    first: dict[Span, int] = {}
    all_of: dict[frozenset[Span], int] = {}
    for rule in RULES:
        for one in rule(paper):
            # one figure, or one set of figures, is one slip however many rules it breaks
            before = first.get(one.spans[0], all_of.get(frozenset(one.spans)))
            if before is not None:
                hint = found[before]
                if hint is None or hint.level != "提示" or one.level == "提示" or not _is_of_one(hint, one):
                    continue
                found[before] = None  # the same, of which more is known
            first[one.spans[0]] = all_of[frozenset(one.spans)] = len(found)
            found.append(replace(one, twice=_is_twice(one, at)))
    return [one for one in found if one is not None]


def _is_of_one(hint: Finding, one: Finding) -> bool:
    return hint.kind == one.kind or set(hint.spans) == set(one.spans)


_PAIR: Final = 2


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """How sure and how grave first, then as printed."""
    return tuple(sorted(found, key=lambda one: (ORDER[one.level], one.spans[0].sentence, one.spans[0].start)))


def _is_twice(one: Finding, at: Mapping[tuple[int, int], Fact]) -> bool:
    """Is it of a figure that stands elsewhere with another value, also a slip of another kind (a unit)?

    Two that are apart by a third one, told beside them, are of two bases, and no contradiction.
    """
    if one.kind == KIND:
        return len(one.spans) == _PAIR or one.level != "提示"
    if len(one.spans) < 2 or one.spans[0].sentence == one.spans[1].sentence:
        return False
    first, second = (at.get((span.sentence, span.start)) for span in one.spans[:2])
    if first is None or second is None or first.kind != "money" or not first.key:
        return False
    return (first.key, first.period, first.measure) == (second.key, second.period, second.measure)


def checked(parsed: Parsed) -> tuple[Parsed, tuple[Finding, ...]]:
    """A report with what its own sums say of a figure as a flag of it (``should:213.36%``), the figures of each
    contradiction with its number (``clash:1``), and its slips."""
    findings = check(parsed)
    flags: dict[tuple[int, int], list[str]] = {}
    contradictions = 0
    for one in findings:
        first = flags.setdefault((one.spans[0].sentence, one.spans[0].start), [])
        if one.level == "错" and one.should and not any(flag.startswith(SHOULD) for flag in first):
            first.append(f"{SHOULD}{one.should.replace(' ', '')}")
        if one.twice:
            contradictions += 1
            for span in one.spans:
                flags.setdefault((span.sentence, span.start), []).append(f"{CLASH}{contradictions}")
    if not any(flags.values()):
        return parsed, findings
    facts = tuple(
        replace(fact, flags=(*fact.flags, *flags.get((fact.sentence, fact.start), ()))) for fact in parsed.facts
    )
    return replace(parsed, facts=facts), findings
