"""Those of several places, items or rows of a table whose figures keep within a bound, and of how many they are.

    2023年长治哪些县区收入超过20亿 -> 12 个地区中 5 个超过 20 亿元: 沁源县 314,741 万元, 长子县 …
    支出完成率低于90%的有哪些 -> 22 个科目中 3 个低于 90%: …

All that have the figure are compared, and that number is said.  One of which the reports say two things, only one of
which keeps within the bound, is not listed but named.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Final

from index.ask import wording
from index.ask.bounds import OTHERS, OWN, from_below, keeps, kind_of, named
from index.ask.defaults import periods_for
from index.ask.query import Query
from index.ask.ranking.listing import by_measure, leveled, rows_at
from index.ask.ranking.rows import Row, is_said, members, of_items, of_measure, of_places, shares_of_items
from index.ask.ranking.table import column_asked_for, kinds_asked
from index.ask.search import Search
from index.ask.showing import AT_ODDS, View
from index.models import Answer, Measure, Period

LISTED: Final = 15  # rows that the text shows with their figures; the rest by name
MOST: Final = 200
ALL: Final = "共比较 {count} 个{kind}"
SOME: Final = "{count} 个{kind}中 {kept} 个{bound}"
ONE: Final = "{count} 个{kind}中只有 1 个{bound}"
NO_ONE: Final = "{count} 个{kind}中没有{bound}的"
UNSURE: Final = "{name}：报告里有不止一个数（{values}），有的{bound}、有的不是，没有列入"
REST: Final = "其余 {count} 个：{names}"
TWICE: Final = "；{names}报告里有不止一个数，没有算占比"
REST_ROW: Final = "；“{name}”一行没有逐个列出，不在其中"
NOTHING: Final = "报告里没有{place}各{kind}的这个数，列不出哪些{bound}。"
OWN_BOUND: Final = "只能和一个给定的数比，例如超过 500 亿元的有哪些；和各自的另一个数比，请一个一个地问。"
ONE_BOUND: Final = "一次只能按一个数的界限列，请分开问，例如只问{bound}的有哪些。"
WHICH_RATE: Final = "请说明是增幅、完成预算的百分比还是占比{bound}。"
_AT_ODDS: Final = AT_ODDS.format(label="")
_RATES: Final[tuple[Measure, ...]] = ("yoy_pct", "completion", "share", "rate")


@dataclass(frozen=True, slots=True)
class _Compared:
    """Rows that were set side by side, what they are called (地区, 科目, 部门), which of them there are, which are not
    among them, and the head of their column in a table."""

    rows: Sequence[Row]
    kind: str
    which: str = ""
    left: str = ""
    column: str = ""


def answer_within(search: Search, query: Query) -> Answer:
    """The list for a place; what is missing for one, where nothing can be compared."""
    if {OTHERS, OWN} & set(query.bounds):
        return one_bound(query)
    query = measured(query)
    head, period = search.atlas.full_name(query.regions[0]), _period(search, query)
    bound = named(query.bounds)
    if kind_of(query.bounds) == "percent" and not query.measures:
        return Answer("clarify", WHICH_RATE.format(bound=bound), (), (), head)
    compared = _compared(search, query, period) if period else None
    if period is None or compared is None:
        asked = [item.name for item in query.items]
        reading = wording.reading([head], [period] if period else (), asked, query)
        rows = next(iter(kinds_asked(query)), None)
        kind = (query.among or "地区") if query.members else rows.name if rows else "科目"
        return Answer("not_found", f"{reading}\n{NOTHING.format(place=head, kind=kind, bound=bound)}", (), (), reading)
    first = compared.rows[0].facts[0].fact
    own = query.items[0].name if query.items and compared.kind == "地区" else f"各{compared.kind}{compared.column}"
    plainly = query if query.measures or first.measure == "amount" else replace(query, measures=(first.measure,))
    plainly = leveled(plainly, compared.rows[0].facts[0]) if compared.kind == "科目" else plainly
    reading = wording.reading([head], [period], [own], plainly, first.account)
    return _told(query, compared, reading)


def one_bound(query: Query) -> Answer:
    """收入超500亿、支出超千亿的, 余额超过限额的: no list by two figures at once."""
    told = OWN_BOUND if OWN in query.bounds else ONE_BOUND.format(bound=named(query.bounds))
    return Answer("clarify", told, (), (), "、".join(item.name for item in query.items))


def answer_within_all(search: Search, query: Query, view: View, inside: str, notes: Sequence[str]) -> Answer:
    """The list of a level of places that the index holds, from that level in its order."""
    numbers = [row.shown.number for row in view.rows if row.shown] if len(view.rows) <= MOST else None
    at: Callable[[int], Decimal] = numbers.__getitem__ if numbers else partial(_number, view)  # type: ignore[assignment]
    kinds = {view.rows[n].shown.kind for n in (0, len(view.rows) - 1)}  # type: ignore[union-attr]
    if kinds != {kind_of(query.bounds)}:
        told = NOTHING.format(place=inside, kind=query.among or "地", bound=named(query.bounds))
        return Answer("not_found", told, (), (), view.title)
    count, sign = len(view.rows), query.sign or 1
    upper = [one for one in query.bounds if one.startswith("<")]
    lower = [one for one in query.bounds if one.startswith(">")]
    if sign < 0:  # the largest fall is the smallest number
        first = bisect_left(range(count), True, key=lambda n: at(n) < 0 and (not lower or keeps(-at(n), lower)))
        last = bisect_left(range(count), True, key=lambda n: at(n) < 0 and bool(upper) and not keeps(-at(n), upper))
    else:
        first = bisect_left(range(count), True, key=lambda n: not upper or keeps(at(n), upper))
        last = bisect_left(range(count), True, key=lambda n: bool(lower) and not keeps(at(n), lower))
    kept = list(range(first, max(first, last)))
    kept = kept[::-1] if from_below(query.bounds) or sign < 0 else kept
    rows = rows_at(search, view, kept[:MOST], down=True)
    which = f"：索引里{inside}有这个数的同级地区"
    title = f"{inside} · {view.title}" if inside else view.title
    shown = {row.name for row in rows}
    notes = [note for note in notes if not note.endswith(_AT_ODDS) or note.partition("：")[0] in shown]
    nearest = rows_at(search, view, [0 if not kept and not upper else count - 1], down=True) if not kept else []
    return _listed(query, rows, nearest, _Compared((), "地区", which), count, title, notes, len(kept))


def _number(view: View, at: int) -> Decimal:
    shown = view.rows[at].shown
    return shown.number if shown and shown.number is not None else Decimal(0)


def measured(query: Query) -> Query:
    """With the measure that the bound is of: growth where something rose or fell, by how much where it is money."""
    if query.sign:
        money = kind_of(query.bounds) == "money"
        return replace(query, measures=("yoy_amount",) if money else ("yoy_pct",))
    query = by_measure(query)
    if kind_of(query.bounds) == "percent" and not query.measures and "占" in query.text:
        return replace(query, measures=("share",))
    if kind_of(query.bounds) == "percent":
        return replace(query, measures=tuple(one for one in query.measures if one in _RATES)[:1])
    return replace(query, measures=tuple(one for one in query.measures if one not in _RATES))


def _period(search: Search, query: Query) -> Period | None:
    periods = query.periods or periods_for(search, query, query.regions[0])[0]
    return periods[0] if len(periods) == 1 else None


# ---------------------------------------------------------------------------------------------- what is compared


def _compared(search: Search, query: Query, period: Period) -> _Compared | None:
    """What the question means by 哪些; None where there are not two to compare."""
    kind = kind_of(query.bounds)
    if query.members or len(query.regions) > 1:
        codes = query.regions if len(query.regions) > 1 else members(search, query)
        return _if_two(_Compared(of_places(search, query, codes, period), "地区"), kind)
    cells = column_asked_for(search, query, period)
    if cells:
        rows = [Row(str(cell.told.id), cell.row, (cell.told,)) for cell in cells if not cell.is_rest]
        rest = "".join(REST_ROW.format(name=cell.row) for cell in cells if cell.is_rest)
        return _if_two(
            _Compared(rows, cells[0].kind.name, f"：报告里“{cells[0].column}”一栏", rest, cells[0].column), kind
        )
    if query.measures == ("share",):
        shares, twice = shares_of_items(search, query, period)
        if shares:
            return _if_two(_Compared(shares, "科目", "", TWICE.format(names="、".join(twice)) if twice else ""), "")
    if found := _if_two(_Compared(of_items(search, query, period), "科目"), kind):
        return found
    if query.items:  # 教育支出超过10亿的有哪些: which places
        codes = search.atlas.inside(query.regions[0])
        return _if_two(_Compared(of_places(search, query, codes, period), "地区"), kind)
    said = query.account or is_said(query)  # 占比超过10%的|支出: no others
    return _if_two(_Compared(of_measure(search, query, period), "科目"), kind) if query.measures and not said else None


def _if_two(compared: _Compared, kind: str) -> _Compared | None:
    rows = [row for row in compared.rows if row.facts and row.numbers and kind in ("", row.facts[0].fact.kind)]
    return replace(compared, rows=rows) if len(rows) > 1 else None


# ---------------------------------------------------------------------------------------------- what is told


def _told(query: Query, compared: _Compared, head: str) -> Answer:
    """Those that keep within the bounds with all that the reports say of them."""
    sign, below = query.sign or 1, from_below(query.bounds)

    def size(row: Row) -> Decimal:
        return row.numbers[0] * sign

    def keeping(row: Row) -> list[bool]:
        return [keeps(number * sign, query.bounds) and (not query.sign or number * sign > 0) for number in row.numbers]

    ordered = sorted(compared.rows, key=size, reverse=not below)
    kept = [row for row in ordered if all(keeping(row))]
    unsure = [row for row in ordered if any(keeping(row)) and row not in kept]
    bound = named(query.bounds)
    notes = [UNSURE.format(name=row.name, values=_values(row, query), bound=bound) for row in unsure]
    notes += [query.period_note] if query.period_note else []
    return _listed(query, kept, ordered[:1], compared, len(compared.rows), head, notes, len(kept))


def _values(row: Row, query: Query) -> str:
    return "、".join(replace(row, facts=(one,)).text(query.unit) for one in row.facts)


def _listed(
    query: Query, rows: Sequence[Row], nearest: Sequence[Row], compared: _Compared, count: int, head: str,
    notes: Sequence[str], kept: int,
) -> Answer:  # fmt: skip
    """``kept`` of ``count`` are within the bounds; where none is, the ``nearest`` is told as no answer."""
    bound = {1: "增长", -1: "下降"}.get(query.sign, "") + named(query.bounds)
    told = (NO_ONE if not kept else ONE if kept == 1 else SOME).format(
        count=count, kind=compared.kind, kept=kept, bound=bound
    )
    some = f"，{bound}的 {kept} 个" if kept else ""
    remark = ALL.format(count=count, kind=compared.kind) + compared.which + some + compared.left
    lines = [f"{head} · {bound}", f"{told}。" if not kept else told]
    lines += [f"{number}. {row.name}  {row.text(query.unit)}" for number, row in enumerate(rows[:LISTED], 1)]
    if kept > LISTED:
        lines.append(REST.format(count=kept - LISTED, names="、".join(row.name for row in rows[LISTED:])))
    if not kept and nearest:
        lines.append(
            f"最{'低' if from_below(query.bounds) else '高'}：{nearest[0].name}  {nearest[0].text(query.unit)}"
        )
    shown = rows or nearest
    notes = [*dict.fromkeys((*query.notes, *notes, *wording.shoulds(row.facts[0] for row in shown)))]
    notes = [remark, *notes] if kept == 1 else notes
    lines += [remark, *wording.quote_lines([row.facts[0] for row in shown[:1]])]
    lines += [f"※ {note}" for note in notes if note != remark]
    figures = tuple(row.figure(asked=bool(kept)) for row in shown)
    return Answer("answered", wording.fitted(lines), figures, (), lines[0], tuple(notes))
