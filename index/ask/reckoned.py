"""Figures of reports reckoned with: what they come to, how far they are apart, what share one is of the other.

    招商引资 2025年 4,821万元, 2023年 2,929万元, "growth" -> 64.6 %, the formula, both figures

Nothing is reckoned with figures that do not fit one another: rough ones, parts with their whole, two that differ in
more than one respect.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from index.ask import derive, wording
from index.ask.agree import grain
from index.ask.figures import figure, grouped, shown
from index.ask.gap import PLANS, STOCKS
from index.ask.search import Search
from index.find.amounts import MONEY_UNITS
from index.lexicon import items, measures
from index.models import Answer, Figure, Measure, StoredFact

Operation = Literal["sum", "growth", "share", "change", "gap"]
_DONE: Final = ("actual", "amount")
_LAST: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What was reckoned, from which facts; ``note`` is what the report prints otherwise."""

    what: str
    figure: Figure
    facts: Sequence[StoredFact]
    note: str = ""


def exact(one: StoredFact) -> bool:
    """Whether a figure is plain money, printed exactly."""
    fact = one.fact
    plain_money = fact.kind == "money" and "/" not in fact.unit and fact.number is not None
    return plain_money and not {"rough", "unit_unsure", "unit_missing"} & set(fact.flags)


def reckon(operation: Operation, facts: Sequence[StoredFact], *, follows: bool) -> Reckoned | None:
    """What an operation makes of two or more facts; None if they do not fit one another.  ``follows``: the question
    itself says that one is part of the other."""
    names = _names_of(facts)
    one, other = facts[0], facts[-1]
    match operation:
        case "sum":
            return Reckoned("合计", derive.total(facts, names), facts) if _add_up(facts) else None
        case "growth":
            before, after = sorted((one, other), key=lambda each: each.fact.period)
            grown = derive.grown(before, after) if _same_line(one, other) else None
            return Reckoned("增减幅", grown, (after, before)) if grown else None
        case "share":
            part, whole = sorted((one, other), key=_size)
            if not (_part_of(part, whole) or follows) or _time(part) != _time(whole):
                return None
            share = derive.share(part, whole, *_names_of((part, whole)))
            return Reckoned("占比", share, (part, whole)) if share else None
        case "change":  # 少给多少 of two years; of two items it asks how each has changed
            return _gap(one, other) if _same_line(one, other) and _time(one) != _time(other) else None
        case "gap":
            return _gap(one, other) if _apart(one, other) else None


def _size(one: StoredFact) -> Decimal:
    return one.fact.number or Decimal(0)


def _gap(one: StoredFact, other: StoredFact) -> Reckoned:
    """How far the later told figure is from the earlier; a limit is first."""
    first, second = (one, other) if one.fact.measure == "limit" else (other, one)
    less, more = sorted((one, other), key=_size)
    value, unit = derive.gap(first, second)
    names = dict(zip((first.id, second.id), _names_apart(first, second), strict=True))
    formula = f"{names[more.id]}{derive.as_printed(more)} - {names[less.id]}{derive.as_printed(less)}"
    item = first.fact.item if line_of(first) == line_of(second) else "与".join(names.values())
    return Reckoned("相差", derive.gap_figure(first, value, unit, formula, f"{item}之差"), (first, second))


def _names_apart(first: StoredFact, second: StoredFact) -> list[str]:
    """2024年安排数, 2023年完成数; of two places, levels or items these."""
    if _place(first) != _place(second):
        return [_place(one) + year_of(one) for one in (first, second)]
    if line_of(first) != line_of(second):
        return [year_of(one) + one.fact.item + (_stage_name(one) if one.fact.measure in PLANS else "")
                for one in (first, second)]  # fmt: skip
    level = _level if (first.fact.scope or "whole") != (second.fact.scope or "whole") else _nothing
    return [level(one) + year_of(one) + _stage_name(one) for one in (first, second)]


def _stage_name(one: StoredFact) -> str:
    measure = "actual" if one.fact.measure == "amount" else one.fact.measure
    return "安排数" if measure in PLANS and "plan" in one.fact.flags else measures()[measure].name


def _nothing(one: StoredFact) -> str:
    return ""


def _add_up(facts: Sequence[StoredFact]) -> bool:
    """Different things of one place, level, time and stage, none of which is part of another."""
    first = facts[0].fact
    alike = all(
        (one.fact.region, one.fact.scope or "whole") == (first.region, first.scope or "whole")
        and (_time(one), stage_of(one)) == (_time(facts[0]), stage_of(facts[0]))
        for one in facts
    )  # fmt: skip
    lines = {one.fact.key or one.fact.item for one in facts}
    return alike and len(lines) == len(facts) and not any(_part_of(a, b) for a in facts for b in facts if a is not b)


def _apart(one: StoredFact, other: StoredFact) -> bool:
    """Two that differ in one respect: the year, the stage, the place, the level, or what they are of."""
    a, b = one.fact, other.fact
    stocks = {a.measure, b.measure} & set(STOCKS)
    if stocks and {a.measure, b.measure} != {"limit", "outstanding"} and a.measure != b.measure:
        return False
    differ = [
        a.region != b.region, (a.scope or "whole") != (b.scope or "whole"), a.period.last_year != b.period.last_year,
        (a.key or a.item) != (b.key or b.item),
    ]  # fmt: skip
    staged = stage_of(one) != stage_of(other) and not stocks
    return sum(differ) == 1 or (sum(differ) == 0 and staged)


def leaves(one: StoredFact, other: StoredFact) -> bool:
    """Whether one less the other is what is left: a limit and what is owed, a budget and what was spent of it."""
    if {one.fact.measure, other.fact.measure} == {"limit", "outstanding"}:
        return True
    stages = {stage_of(one), stage_of(other)}
    return _same_line(one, other) and _time(one) == _time(other) and "actual" in stages and bool(stages & set(PLANS))


def _same_line(one: StoredFact, other: StoredFact) -> bool:
    """One thing of one place and level, of spans as long as each other."""
    a, b = one.fact, other.fact
    same = (a.region, a.scope or "whole", a.key or a.item) == (b.region, b.scope or "whole", b.key or b.item)
    return same and _time(one)[1:] == _time(other)[1:]


def _time(one: StoredFact) -> tuple[int, int, int, int]:
    """The year, how many years before it, the months; whether as a stretch or as its end."""
    period = one.fact.period
    return period.last_year, period.last_year - period.first_year, period.first_month, period.last_month


def stage_of(one: StoredFact) -> str:
    """What was done, whether it is printed as such or as an amount, else what was planned."""
    return "actual" if one.fact.measure in _DONE else one.fact.measure


def _part_of(part: StoredFact, whole: StoredFact) -> bool:
    """Whether the lexicon, the report or the level makes one a part of the other."""
    a, b = part.fact, whole.fact
    if a.key and a.key == b.key:
        return a.scope in ("own", "own_wide", "lower") and b.scope == "whole"
    known = items()
    above, key = set[str](), a.key
    while key in known and known[key].parent and known[key].parent not in above:
        key = known[key].parent
        above.add(key)
    return b.key in above or bool(a.parent and a.parent in (b.item, b.label))


def _names_of(facts: Sequence[StoredFact]) -> list[str]:
    """What tells each from the others: its place, its year, its level, its item, its stage."""
    several = [len({key(one) for one in facts}) > 1 for key in (_place, year_of, _level, line_of)]
    staged = len({stage_of(one) for one in facts}) > 1 and not any(several)
    names = []
    for one in facts:
        parts = [text(one) for text, differs in zip((_place, year_of, _level), several, strict=False) if differs]
        name = one.fact.item + (measures()[one.fact.measure].name if staged or one.fact.measure in PLANS else "")
        names.append("".join((*parts, name)))
    return names


def _place(one: StoredFact) -> str:
    return one.region.full_name


def year_of(one: StoredFact) -> str:
    """2025年."""
    return wording.period_name(one.fact.period)


def _level(one: StoredFact) -> str:
    return wording.scope_name(one.fact.scope, one.fact.scope_words, one.region)


def line_of(one: StoredFact) -> str:
    """What a figure is of."""
    return one.fact.key or one.fact.item


_PRINTED: Final[dict[str, Measure]] = {"增减幅": "yoy_pct", "相差": "yoy_amount"}


def as_printed(search: Search, done: Reckoned) -> Reckoned:
    """The change from one year to the next that the report prints beside the later figure: in the place of the
    reckoned one if it is the same, else said beside it (another basis, or another base)."""
    measure, (one, other) = _PRINTED.get(done.what), (done.facts[0], done.facts[-1])
    after, before = (one, other) if _time(one) >= _time(other) else (other, one)
    if measure is None or _time(after)[0] - _time(before)[0] != 1 or not _same_line(one, other):
        return done
    for printed in search.near(after, after.fact.region, after.fact.period, 0):
        number = printed.fact.number
        if printed.fact.measure != measure or not _same_line(printed, after) or number is None:
            continue
        size = MONEY_UNITS.get(done.figure.unit, Decimal(1)) if measure == "yoy_amount" else Decimal(1)
        if abs(abs(number) - abs(Decimal(done.figure.value) * size)) <= max(grain(printed), size * _LAST) / 2:
            return replace(done, figure=figure(printed, asked=True)) if measure == "yoy_pct" else done
        return replace(done, note=f"报告印的是{measures()[measure].name} {shown(printed)}，口径或比较的基数可能不同")
    return done


def answer_of(done: Reckoned) -> Answer:
    """The reckoned figure, its formula, the figures it is reckoned from with their sentences."""
    own, facts = done.figure, done.facts
    apart = done.what == "相差"
    value = f"{grouped(own.value)}{'' if own.unit == '%' else ' '}{own.unit}"
    names = _names_apart(*facts) if apart else _names_of(facts)
    head = _head_apart(facts, names) if apart else _head(facts, names, done.what)
    lines = [head, f"{done.what} {value}"]
    if own.derived:
        lines = [
            head,
            f"{_says(facts, names) if apart else done.what} {value}（推算{'' if done.note else '，报告未直接给出'}）",
            own.sentence,
        ]
    lines += [f"{name} {shown(one)}" for name, one in zip(names, facts, strict=True)]
    notes = (*((done.note,) if done.note else ()), *wording.flag_notes(facts))
    lines += [f"※ {note}" for note in notes]
    lines += wording.quote_lines(facts)
    both = apart or done.what == "合计"  # of these each side was told of, too
    figures = (own, *(figure(one, asked=both) for one in facts))
    return Answer("answered", wording.fitted(lines), figures, (), head, notes)


def _head(facts: Sequence[StoredFact], names: Sequence[str], what: str) -> str:
    year = year_of(facts[0]) if len({year_of(one) for one in facts}) == 1 else ""
    levels = {_level(one) for one in facts}
    level = levels.pop() if len(levels) == 1 else ""
    return " · ".join(part for part in (_place(facts[0]), year, "、".join(names), level, what) if part)


def _head_apart(facts: Sequence[StoredFact], names: Sequence[str]) -> str:
    """解放区 · 一般公共预算支出 · 2024年安排数与2023年预算数之差 · 全区."""
    places, lines, levels = ({part(one) for one in facts} for part in (_place, line_of, _level))
    item = facts[0].fact.item if len(lines) == 1 else ""
    parts = (_place(facts[0]) if len(places) == 1 else "", item, f"{names[0]}与{names[1]}之差",
             levels.pop() if len(levels) == 1 else "")  # fmt: skip
    return " · ".join(part for part in parts if part)


def _says(facts: Sequence[StoredFact], names: Sequence[str]) -> str:
    first, second = (_size(one) for one in facts)
    word = f"比{names[1]}{'多' if first > second else '少'}"
    return names[0] + (word if first != second else f"与{names[1]}相等，差额")
