"""Cells that break what the rest of their table holds to: columns that make one another, rows that add up.

    年度预算 | 完成 | 为预算%      in fifteen rows 完成 ÷ 年度预算 is the third, in the sixteenth it is not
    合计 | 各项                    the items make the total in every column but one

No column head is read: a relation counts if nearly all rows keep it, and only what then is off is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby, permutations
from typing import Final

from index.check.adding import Sum
from index.check.cause import cause, corrected, digits_of, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, value
from index.facts.settle import grows
from index.models import Fact, Sentence

_FEWEST: Final = 6  # rows that prove a relation
_SHARE: Final = Decimal("0.8")
_TOLD: Final = 3  # digits of a percentage that says what it is reckoned from
_MOST_OFF: Final = 2
_COLUMNS: Final = 12
_SAMPLE: Final = 12
_HUNDRED: Final = Decimal(100)
_HUNDRED_RANGE: Final = Printed(_HUNDRED, _HUNDRED)

Row = dict[int, Fact]
Made = Callable[[Printed, Printed], Printed | None]


def _rate(part: Printed, whole: Printed) -> Printed | None:
    return part.over(whole)


def _growth(now: Printed, last: Printed) -> Printed | None:
    """None from a negative figure: which way that goes is told in more than one way."""
    if last.low < 0:
        return None
    quotient = now.over(last)
    return quotient.less(_HUNDRED_RANGE) if quotient is not None else None


def _difference(now: Printed, last: Printed) -> Printed | None:
    return now.less(last)


_MADE: Final[tuple[tuple[str, str, Made], ...]] = (
    ("完成率", "÷", _rate),
    ("同比", "比", _growth),
    ("增减额", "－", _difference),
)


def of_tables(paper: Paper) -> Iterator[Finding]:
    """All findings of these kinds, table by table."""
    rows = [sentence for sentence in paper.parsed.sentences if sentence.kind == "row"]
    for _, some in groupby(rows, key=lambda row: (row.section, row.header)):
        table = [row for one in some if len(row := _cells(paper, one)) > 1]
        yield from _mixed(paper, table)
        if len(table) >= _FEWEST:
            yield from _columns(paper, table)
            yield from _added(paper, table)


def _cells(paper: Paper, row: Sentence) -> Row:
    """The figures of a row by their column."""
    facts = paper.by_sentence.get(row.index, [])
    return {row.text.count("\t", 0, fact.start): fact for fact in facts if fact.kind in ("money", "percent")}


# ---------------------------------------------------------------------------------------------- columns


def _columns(paper: Paper, table: Sequence[Row]) -> Iterator[Finding]:
    columns = sorted({column for row in table for column in row})[:_COLUMNS]
    told: set[int] = set()
    for first, second, third in permutations(columns, 3):
        rows = [row for row in table if {first, second, third} <= row.keys()]
        if len(rows) < _FEWEST or rows[0][first].kind != "money" or rows[0][second].kind != "money":
            continue
        for kind, sign, made in _MADE:
            if (rows[0][third].kind == "percent") != (kind != "增减额"):
                continue
            off = _off(rows, first, second, third, made)
            for row in off:
                if row[third].sentence not in told:
                    told.add(row[third].sentence)
                    yield _cell(paper, kind, sign, (row[first], row[second], row[third]), made)


def _off(rows: Sequence[Row], first: int, second: int, third: int, made: Made) -> list[Row]:
    """The rows that break a relation, if nearly all keep it, and not only those where it says nothing."""
    if len(_broken(rows[:_SAMPLE], first, second, third, made)) > _MOST_OFF:
        return []
    off = _broken(rows, first, second, third, made)
    telling = [row for row in rows if _is_telling(row[first], row[second], row[third])]
    kept = len(telling) - len(off)
    return off if len(off) <= _MOST_OFF and kept >= _FEWEST and kept >= len(telling) * _SHARE else []


def _is_telling(first: Fact, second: Fact, third: Fact) -> bool:
    return bool(first.number and second.number and third.number) and first.number != second.number


def _broken(rows: Sequence[Row], first: int, second: int, third: int, made: Made) -> list[Row]:
    found = []
    for row in rows:
        if not _is_telling(row[first], row[second], row[third]):
            continue
        fits = made(Printed.of(row[first]), Printed.of(row[second]))
        if fits is not None and not fits.meets(Printed.of(row[third])):
            found.append(row)
    return found


def _cell(paper: Paper, kind: str, sign: str, facts: tuple[Fact, Fact, Fact], made: Made) -> Finding:
    first, second, third = facts
    fits = made(Printed.of(first), Printed.of(second))
    exact = made(_exact(first), _exact(second))
    should = shown(exact.low, third) if exact is not None else ""
    why = cause(third, fits) if fits is not None else ""
    total = f"{printed(first)} {sign} {printed(second)} ＝ {should}，印的是 {printed(third)}（同表其余各行都相符）"
    return paper.finding(f"表内{kind}", "错", [third, first, second], total, should, why)


def _exact(fact: Fact) -> Printed:
    return Printed(value(fact), value(fact))


# ---------------------------------------------------------------------------------------------- two bases


def _mixed(paper: Paper, table: Sequence[Row]) -> Iterator[Finding]:
    """313 | 933 | 30 | -903 | -288.5: the percentage is of 313, the change from 933; told once for a table."""
    found = [three for row in table if (three := _of_two_bases(row)) is not None]
    if not found:
        return
    now, base, change = found[0]
    others = f"，同表另有 {len(found) - 1} 行" if len(found) > 1 else ""
    made = shown(value(now) - value(base), change)
    total = (
        f"{printed(now)} － {printed(base)} ＝ {made}，印的是 {printed(change)}，增减率却按 {printed(base)} 算{others}"
    )
    yield paper.finding("表内增减额", "疑", [change, now, base], total, made)


def _of_two_bases(row: Row) -> tuple[Fact, Fact, Fact] | None:
    """A figure, what its percentage is reckoned from and its change, if the change is from another one."""
    changes = [fact for fact in row.values() if fact.measure == "yoy_amount" and fact.number]
    rates = [fact for fact in row.values() if fact.measure == "yoy_pct" and len(digits_of(fact)) >= _TOLD]
    if len(changes) != 1 or len(rates) != 1:
        return None
    change, rate = changes[0], rates[0]
    money = [fact for fact in row.values() if fact.kind == "money" and fact.measure != "yoy_amount" and fact.number]
    nows = [fact for fact in money if fact.period == change.period]
    bases = [fact for fact in money if fact.period != change.period]
    if len(nows) != 1 or grows(nows[0], change, rate):
        return None
    made = Printed.of(change)
    fits = [base for base in bases if (by := made.over(Printed.of(base))) is not None and by.meets(Printed.of(rate))]
    apart = [base for base in bases if not Printed.of(nows[0]).less(Printed.of(base)).meets(made)]
    return (nows[0], fits[0], change) if len(fits) == 1 and fits[0] in apart and len(apart) < len(bases) else None


# ---------------------------------------------------------------------------------------------- rows


def _added(paper: Paper, table: Sequence[Row]) -> Iterator[Finding]:
    """A row whose items are known: all columns but one must add up, the one that does not is told."""
    for position, row in enumerate(table):
        head = next(iter(row.values()))
        parts = _items_of(head, table[position + 1 :])
        if len(parts) < 2:
            continue
        fitting, off = 0, []
        for column, total in row.items():
            terms = [part[column] for part in parts if column in part]
            if total.kind != "money" or not total.number or len(terms) < 2:
                continue
            added = Sum(tuple((1, fact) for fact in terms))
            if added.range.meets(Printed.rounded(total)):
                fitting += 1
            else:
                off.append((total, added))
        if fitting >= 2 and len(off) == 1:
            total, added = off[0]
            told = f"各项合计 {shown(added.number, total)}，印的是 {printed(total)}（同一行其余各列都相符）"
            facts = [total, *(fact for _, fact in added.terms)]
            should = corrected(total, added.range, added.number)
            yield paper.finding("表内合计", "错", facts, told, should, cause(total, added.range))


def _items_of(head: Fact, rows: Sequence[Row]) -> list[Row]:
    """The rows that name the head's item as the whole they are part of."""
    found = []
    for row in rows:
        first = next(iter(row.values()))
        if first.parent == head.item and first.item != head.item:
            found.append(row)
        elif first.parent == head.parent:
            break
    return found
