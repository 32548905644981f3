"""Cells that break what the rest of their table holds to: columns that make one another, rows that add up.

    年度预算 | 完成 | 为预算%      in fifteen rows 完成 ÷ 年度预算 is the third, in the sixteenth it is not
    合计 | 各项                    the items make the total in every column but one

No column head is read: a relation counts if nearly all rows keep it, and only what then is off is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, islice, permutations
from typing import Final

from index.check.adding import Sum
from index.check.cause import TURNED, cause, corrected, digits_of, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, value
from index.facts.settle import grows
from index.find.amounts import MONEY_UNITS
from index.models import Fact, Sentence
from index.text.normal import plain

_FEWEST: Final = 6  # rows that prove a relation
_FEW: Final = 4  # rows of a short table, of which one is off
_FEW_DIGITS: Final = 2
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
        if len(table) >= _FEW:
            yield from _columns(paper, table)
        if len(table) >= _FEWEST:
            yield from _added(paper, table)


def _cells(paper: Paper, row: Sentence) -> Row:
    """The figures of a row by their column."""
    facts = paper.by_sentence.get(row.index, [])
    return {row.text.count("\t", 0, fact.start): fact for fact in facts if fact.kind in ("money", "percent")}


# ---------------------------------------------------------------------------------------------- columns


def _columns(paper: Paper, table: Sequence[Row]) -> Iterator[Finding]:
    told: set[int] = set()
    relations = list(_relations(paper, table))
    kept = {one.columns[2] for one in relations if not one.off and len(one.telling) >= _FEW}
    for one in relations:
        # a column that one relation holds for in every row breaks no other one
        for row in one.told(alone=one.columns[2] not in kept):
            third = row[one.columns[2]]
            if third.sentence not in told:
                told.add(third.sentence)
                yield _cell(paper, one, row)


@dataclass(frozen=True, slots=True)
class _Relation:
    """Two columns that make a third one, the rows where that says something, and those where it fails."""

    kind: str
    sign: str
    made: Made
    columns: tuple[int, int, int]
    telling: Sequence[Row]
    off: Sequence[Row]

    def told(self, *, alone: bool) -> Sequence[Row]:
        """The rows that break the relation, if nearly all keep it; in a short table one row alone (if ``alone``), of
        which it can be told what happened."""
        kept = len(self.telling) - len(self.off)
        if len(self.off) <= _MOST_OFF and kept >= _FEWEST and kept >= len(self.telling) * _SHARE:
            return self.off
        values = {row[self.columns[2]].number for row in self.telling}
        if not alone or len(self.off) != 1 or kept < _FEW - 1 or len(values) < _FEW:
            return ()
        base = self.off[0][self.columns[1]]
        return self.off if base.measure != "yoy_amount" and _why(self, self.off[0]) else ()


def _relations(paper: Paper, table: Sequence[Row]) -> Iterator[_Relation]:
    columns = sorted({column for row in table for column in row})[:_COLUMNS]
    for first, second, third in permutations(columns, 3):
        rows = [row for row in table if {first, second, third} <= row.keys()]
        if len(rows) < _FEW or rows[0][first].kind != "money" or rows[0][second].kind != "money":
            continue
        for kind, sign, made in _MADE:
            three = first, second, third
            rated = _rated(paper, rows, third) if kind != "增减额" else rows if _is_money(rows, third) else []
            if len(list(islice(_broken(rated[:_SAMPLE], three, made), _MOST_OFF + 1))) <= _MOST_OFF:
                telling = [row for row in rated if _is_telling(*(row[column] for column in three))]
                yield _Relation(kind, sign, made, three, telling, list(_broken(telling, three, made)))


def _is_money(rows: Sequence[Row], column: int) -> bool:
    return rows[0][column].kind == "money"


def _rated(paper: Paper, rows: Sequence[Row], column: int) -> Sequence[Row]:
    """The rows with a column of percentages; 单位：万元、% and a column 增减 are read as 万元, so both are tried."""
    head = rows[0][column]
    if head.kind == "percent":
        return rows
    if head.measure != "yoy_amount" or "%" not in plain(paper.sentences[head.sentence].header):
        return []
    return [{**row, column: _percent(row[column])} for row in rows]


def _percent(fact: Fact) -> Fact:
    return replace(fact, kind="percent", unit="%", number=value(fact) / MONEY_UNITS.get(fact.unit, Decimal(1)))


def _is_telling(first: Fact, second: Fact, third: Fact) -> bool:
    return bool(first.number and second.number and third.number) and first.number != second.number


def _broken(rows: Sequence[Row], columns: tuple[int, int, int], made: Made) -> Iterator[Row]:
    for row in rows:
        first, second, third = (row[column] for column in columns)
        if not _is_telling(first, second, third):
            continue
        fits = made(Printed.of(first), Printed.of(second))
        if fits is not None and not fits.meets(Printed.of(third)):
            yield row


def _cell(paper: Paper, one: _Relation, row: Row) -> Finding:
    first, second, third = (row[column] for column in one.columns)
    exact = one.made(_exact(first), _exact(second))
    should = shown(exact.low, third) if exact is not None else ""
    total = f"{printed(first)} {one.sign} {printed(second)} ＝ {should}，印的是 {printed(third)}（同表其余各行都相符）"
    return paper.finding(f"表内{one.kind}", "错", [third, first, second], total, should, _why(one, row))


def _why(one: _Relation, row: Row) -> str:
    """What happened: a slip of the hand, or a rate that was reckoned from another column."""
    first, second, third = (row[column] for column in one.columns)
    fits = one.made(Printed.of(first), Printed.of(second))
    slip = cause(third, fits) if fits is not None else ""
    if third.kind != "percent" or len(digits_of(third)) < _FEW_DIGITS:
        return slip
    wrong: list[tuple[str, Printed | None]] = [
        (f"按 {printed(other)} 算的", one.made(Printed.of(first), Printed.of(other)))
        for column, other in row.items() if other.kind == "money" and column not in one.columns
    ]  # fmt: skip
    if one.made is _growth:
        wrong.append(("拿本年数作了分母", Printed.of(first).less(Printed.of(second)).over(Printed.of(first))))
    other = next((why for why, rate in wrong if rate is not None and rate.meets(Printed.rounded(third))), "")
    return other if other and slip != TURNED else slip


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
