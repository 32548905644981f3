"""Text rows of a table's column layout -> records: lines of one record that the page breaks up are put together.

五、彩票发行机构和彩票销售机构的 |      |
                                 | 1342 | 1166      ->  (五、彩票发行机构和彩票销售机构的业务费用, 1342, 1166)
业务费用                         |      |
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from index.read.cells import join_parts

FIGURE = re.compile(r"^[-－+]?[(（]?[-－]?\d[\d,，.．\s]*[)）]?\s*(?:[%％倍]|个百分点)?$")
DASH = re.compile(r"^[-—－–―/／*＊\\]{1,4}$")
NEAR = 0.72  # of the usual distance between records: closer rows belong to the record


class Cells(NamedTuple):
    """A text row cut into the columns of its table."""

    y: float
    texts: tuple[str, ...]


def is_figure(text: str) -> bool:
    """A number, a percentage, or a sign that stands for none."""
    return bool(FIGURE.match(text) or DASH.match(text))


def has_figures(texts: Sequence[str]) -> bool:
    """A row of data: some cell beside the first is a figure."""
    return any(is_figure(text) for text in texts[1:]) and any(FIGURE.match(text) for text in texts)


def records(rows: Sequence[Cells]) -> list[tuple[str, ...]]:
    """Rows with figures are records; rows without that stand closer to one than records do are part of it."""
    anchors = [index for index, row in enumerate(rows) if has_figures(row.texts)]
    if len(anchors) < 2:
        return [row.texts for row in rows]
    usual = median(abs(rows[a].y - rows[b].y) for a, b in pairwise(anchors))
    owner: dict[int, int] = {}
    for index, row in enumerate(rows):
        nearest = min(anchors, key=lambda a: abs(rows[a].y - row.y))
        if index not in anchors and abs(rows[nearest].y - row.y) < NEAR * usual:
            owner[index] = nearest
    out: list[tuple[str, ...]] = []
    for index, row in enumerate(rows):
        if index in owner:
            continue
        mine = [other for other in range(len(rows)) if other == index or owner.get(other) == index]
        out.append(tuple(join_parts(rows[m].texts[column] for m in mine) for column in range(len(row.texts))))
    return out
