"""A place and year -> its main figures, each the answer of the single question that it stands for.

西工区 2023 -> 一般公共预算收入 (全区，完成数) with its growth, 税收收入 … 政府债务余额, the largest expenditures

Nothing is chosen here that a question would not be answered with: every cell is asked as a question, and what is not of
its row's item, kind or measure is left out, as is what the report gives only roughly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.ask.overview_words import Spec, largest, specs
from index.ask.reference import decode, encode
from index.ask.search import Search
from index.ask.showing import Shown, shown_computed, shown_fact
from index.ask.wording import period_name
from index.find.terms import exact_items
from index.lexicon import items
from index.models import SHOULD, Answer, Figure, Measure, Period, Scope, StoredFact

Ask = Callable[[str], Answer]
LARGEST = "largest"
_UNSURE = {"rough", "range", "unit_slip", "unit_unsure", "unit_missing"}
_LEVELS = ("province", "prefecture")
_SPARE = 3  # as many more classes are asked about, in case some of the first are not sure


@dataclass(frozen=True, slots=True)
class Entry:
    """A filled row.  ``odds`` are figures that say something else of the same."""

    spec: Spec
    shown: Shown
    growth: Shown | None = None
    odds: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """All that is sure of a place and year.  ``complete``: no class of expenditure can be larger than those listed."""

    region: str
    place: str
    period: Period
    scope: Scope
    scope_words: str
    entries: tuple[Entry, ...]
    largest: tuple[Entry, ...] = ()
    complete: bool = False
    unsure: tuple[str, ...] = ()

    def of(self, short: str) -> Entry | None:
        """The row of this name."""
        return next((one for one in self.entries if one.spec.short == short), None)


@dataclass(frozen=True, slots=True)
class _Asker:
    """Asks the single questions of one place, year and level."""

    search: Search
    ask: Ask
    head: str

    def figures(self, question: str) -> list[tuple[Shown, StoredFact | None]]:
        """The figures that answer, each with its fact (None: computed)."""
        answer = self.ask(self.head + question)
        if answer.status != "answered":
            return []
        asked = [one for one in answer.figures if one.asked]
        ids = [one.fact_id for one in asked if one.fact_id is not None]
        facts = {one.id: one for one in self.search.store.facts_by_ids(ids)} if ids else {}
        found: list[tuple[Shown, StoredFact | None]] = []
        for one in asked:
            fact = facts.get(one.fact_id) if one.fact_id is not None else None
            found.append((shown_fact(fact, asked=True) if fact else shown_computed(one, self.search), fact))
        return found


def overview(
    search: Search, ask: Ask, region: str, period: Period, scope: Scope = "", scope_words: str = ""
) -> Overview:
    """The filled rows."""
    place = search.atlas.full_name(region)
    asker = _Asker(search, ask, f"{place if region else ''}{period_name(period)}{scope_words}")
    filled = [one for spec in specs() if (one := _entry(asker, spec))]
    found = Overview(region, place, period, scope, scope_words, _belonging(filled))
    return _with_largest(asker, found)


def _entry(asker: _Asker, spec: Spec) -> Entry | None:
    """A row, if its question has a sure answer."""
    question = spec.ask if spec.kind == "percent" else f"{spec.ask}多少"
    found = [shown for shown, fact in asker.figures(question) if _answers(spec, shown, fact)]
    if not found:
        return None
    first = found[0]
    odds = tuple(one for one in found[1:] if _line(one) == _line(first) and one.number != first.number)
    if odds and spec.kind == "percent":
        return None
    if odds:
        first = replace(first, token=_all_of(first.token))
    growth = _growth(asker, spec, first) if spec.growth and not odds else None
    return Entry(spec, first, growth, odds)


def _answers(spec: Spec, shown: Shown, fact: StoredFact | None) -> bool:
    """A sure figure of the row's own item, kind, account and measure."""
    if shown.kind != spec.kind or shown.number is None or "/" in shown.figure.unit:
        return False
    if _is_doubted(shown.figure):
        return False
    if spec.kind == "percent":
        return shown.figure.measure == "completion"
    if shown.figure.measure not in spec.measures or (spec.account and shown.figure.account != spec.account):
        return False
    keys = {one.key for name in (spec.ask, spec.full) for one in exact_items(name)}
    return fact is None or fact.fact.key in keys


def _is_doubted(figure: Figure) -> bool:
    """Not printed surely, or the report's own sums speak against it: its own card says so, a row has no room for it."""
    return bool(_UNSURE & set(figure.flags)) or any(flag.startswith(SHOULD) for flag in figure.flags)


def _line(one: Shown) -> tuple[object, ...]:
    """What two figures share that contradict one another."""
    figure = one.figure
    return figure.scope, figure.item, figure.measure, "of_adjusted" in figure.flags


def _all_of(token: str) -> str:
    """The address of all that is said of a figure, not of this one print."""
    return encode(replace(decode(token), fact=0)) if token else ""


def _growth(asker: _Asker, spec: Spec, main: Shown) -> Shown | None:
    """The growth of the very line shown; none where two are told."""
    found = [
        shown for shown, _ in asker.figures(f"{spec.ask}同比增长百分之几")
        if shown.figure.measure == "yoy_pct" and shown.kind == "percent" and shown.number is not None
        and (shown.figure.scope, shown.figure.item) == (main.figure.scope, main.figure.item)
        and not _is_doubted(shown.figure)
    ]  # fmt: skip
    return found[0] if len({one.number for one in found}) == 1 else None


def _belonging(filled: Sequence[Entry]) -> tuple[Entry, ...]:
    """Rows that belong to another stand only beside it, and are of its level."""
    by = {one.spec.short: one for one in filled}
    return tuple(
        one for one in filled
        if not one.spec.of
        or (one.spec.of in by and by[one.spec.of].shown.figure.scope == one.shown.figure.scope)
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------- the largest


def _with_largest(asker: _Asker, found: Overview) -> Overview:
    """With the largest classes of expenditure of the total's own level and stage."""
    total = found.of(largest().of)
    if total is None or total.shown.figure.measure not in ("actual", "budget", "adjusted_budget"):
        return found
    raw = _raw(asker.search, found, total.shown)
    order = sorted(raw, key=lambda key: raw[key], reverse=True)
    tried = order[: largest().most + _SPARE]
    known, stage = items(), _stage(total.shown)
    sure: list[Entry] = []
    unsure: list[str] = []
    for key in tried:
        name = known[key].name
        short = name.removesuffix("支出") or name
        spec = Spec(short, short, name, name, growth=True, account="general_public", measures=(stage,))
        entry = _entry(asker, spec)
        if entry and _comparable(asker.search, found, entry.shown, total.shown):
            sure.append(entry)
        else:
            unsure.append(name)
    sure.sort(key=lambda one: one.shown.number or Decimal(0), reverse=True)
    shown = sure[: largest().most]
    if len(shown) < 2:
        return found
    settled = not unsure and not any(one.odds for one in shown)
    complete = settled and _none_larger(total.shown, raw, shown[-1].shown)
    return replace(found, largest=tuple(shown), unsure=tuple(unsure), complete=complete)


def _stage(one: Shown) -> Measure:
    return one.figure.measure  # type: ignore[return-value]


def _raw(search: Search, found: Overview, total: Shown) -> dict[str, Decimal]:
    """The classes told of, by the largest amount that any report gives."""
    amounts: dict[str, Decimal] = {}
    for one in search.some(found.region, found.period, largest().keys, [_stage(total)]):
        fact = one.fact
        own = fact.account in ("general_public", "") and fact.scope in (total.figure.scope, "")
        if own and fact.kind == "money" and fact.number is not None:
            amounts[fact.key] = max(amounts.get(fact.key, Decimal(0)), fact.number)
    return amounts


def _comparable(search: Search, found: Overview, one: Shown, total: Shown) -> bool:
    """Of the total's level; a level left open is that of a county's report, not of a city's."""
    if one.figure.scope == total.figure.scope:
        return True
    region = search.atlas.regions.get(found.region)
    return not one.figure.scope and total.figure.scope == "whole" and bool(region and region.level not in _LEVELS)


def _none_larger(total: Shown, raw: dict[str, Decimal], last: Shown) -> bool:
    """What the classes told of leave of the total is less than the last one listed."""
    if total.number is None or last.number is None:
        return False
    return total.number - sum(raw.values(), Decimal(0)) < last.number
