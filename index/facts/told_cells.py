"""Columns of clauses that tell what a row's money is for: they name no rows, and their counts belong to the row.

项目名称     | 预算资金 | 绩效目标                        | 满意度
茶园提质     | 60       | 改造老茶园1800亩，办推介会2场   | ≥90%      茶园提质（改造老茶园）: count 1800亩
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.facts.columns import Column
from index.facts.grid import Row, is_blank
from index.find.amounts import Amount, find_amounts

_CLAUSE = re.compile(r"[^，。；、,;]+")
_MARKS = re.compile(r"[，。；]")
_NAME = re.compile(
    r"(?:\d{1,2}[.、])?(?P<name>(?:\d{1,3}周?岁[以及]{1,2}[上下]的?)?[\u4e00-\u9fff][\u4e00-\u9fff（）“”]{1,18})"
)
_ABOUT = re.compile(r"(?:约|不少于|不低于|达到|达)+$")
_OR_MORE = re.compile(r"(?:以上|左右|以内)?")


def told_columns(columns: Sequence[Column], body: Sequence[Row]) -> list[Column]:
    """The label columns right of another one whose cells are clauses, most of them with a comma or a count."""
    labels = [one for one in columns if one.role == "label"]
    return [one for one in labels[1:] if _is_told([c for row in body if not is_blank(c := row.cells[one.index])])]


def _is_told(cells: Sequence[str]) -> bool:
    telling = sum(bool(_MARKS.search(cell)) or any(True for _ in counts_told(cell)) for cell in cells)
    counting = any(any(True for _ in counts_told(cell)) for cell in cells)
    return len(cells) > 1 and counting and telling * 2 > len(cells)


def counts_told(cell: str) -> Iterator[tuple[str, Amount]]:
    """What is counted, and the count, of each clause that is a name and one count at its end."""
    for clause in _CLAUSE.finditer(cell):
        found = find_amounts(clause[0])
        if len(found) != 1 or found[0].kind != "count" or found[0].number is None:
            continue
        if not _OR_MORE.fullmatch(clause[0], found[0].unit_end):
            continue
        name = _NAME.fullmatch(_ABOUT.sub("", clause[0][: found[0].start]))
        if name:
            amount = found[0]
            at, rough = clause.start(), amount.rough or clause[0][amount.unit_end :]
            yield name["name"], Amount(
                amount.start + at, amount.end + at, amount.unit_end + at, amount.kind, amount.value, amount.unit,
                amount.number, rough,
            )  # fmt: skip
