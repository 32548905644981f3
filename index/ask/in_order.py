"""Which of several figures just told is the largest, or the smallest, and the others behind it.

教育支出 88.8亿元 | 卫生健康呢 64.4亿元 | 哪个更多 -> 教育支出, by 24.4亿元
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from index.ask import wording
from index.ask.figures import figure, grouped, shown
from index.ask.reckoned import differs, exact, names_of, rates, reckon, respects_of, size_of, traits
from index.models import Answer, StoredFact


def answer_in_order(facts: Sequence[StoredFact], *, fewest: bool) -> Answer | None:
    """None if they are of different sorts; of two it is told how far they are apart, too."""
    respects = respects_of(facts)
    one_way = all(differs(a, b) - {"stage"} == respects - {"stage"} for a, b in combinations(facts, 2))
    staged = "stage" in respects and not respects <= {"stage", "year"}
    if staged or len(respects - {"stage"} or respects) != 1 or not one_way:
        return None
    if not (all(map(exact, facts)) or rates(facts)):
        return None
    rows = sorted(facts, key=size_of, reverse=not fewest)
    apart = reckon("gap", rows, across=True) if len(rows) == 2 else None
    called = [traits(one) for one in rows]
    names, first = names_of("sum", called, respects), "最低" if fewest else "最高"
    place, level, year, line, _ = (column[0] if len(set(column)) == 1 else "" for column in zip(*called, strict=True))
    head = " · ".join(part for part in (place, year, line or "、".join(names), level, first) if part)
    tied = size_of(rows[0]) == size_of(rows[1])
    lines = [head, f"{'相同' if tied else f'{first}：{names[0]}'}  {shown(rows[0])}"]
    if apart:
        value = f"{grouped(apart.figure.value)} {apart.figure.unit}"
        lines += [f"相差 {value}（推算，报告未直接给出）", apart.figure.sentence]
    lines += [f"{number}. {name}  {shown(one)}" for number, (name, one) in enumerate(zip(names, rows, strict=True), 1)]
    notes = tuple(wording.flag_notes(rows))
    lines += [*(f"※ {note}" for note in notes), *wording.quote_lines(rows)]
    figures = tuple(figure(one, asked=number == 0 or apart is not None) for number, one in enumerate(rows))
    return Answer("answered", wording.fitted(lines), (*figures, *((apart.figure,) if apart else ())), (), head, notes)
