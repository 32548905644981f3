"""Cells and rows as every reader leaves them: one line per cell, rows of equal length, nothing empty around.

even_rows([["县区", "收入", ""], ["上党区", "207450"], []])  ->  (("县区", "收入"), ("上党区", "207450"))
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Rows = tuple[tuple[str, ...], ...]

FIGURE = re.compile(r"^[-－+（(]?\s*\d[\d,，.．\s]*[)）]?\s*(?:[%％倍]|个百分点)?$|^[-—－–*＊/]{1,4}$")
WIDE = "\u3000"
BOTH_FIGURES = re.compile(r"[\d.%％].?[\d-]", re.DOTALL)
BOTH_LATIN = re.compile(r"[A-Za-z,.]{2}")


def join_parts(parts: Iterable[str]) -> str:
    """The lines of one cell as one: Chinese joins without a blank, two Latin words keep one.  Two figures keep a wide
    one: 12 345 is one number where the blank is narrow."""
    text = ""
    for part in parts:
        part = part.strip()
        if text and part:
            edge = text[-1] + part[0]
            text += WIDE if BOTH_FIGURES.fullmatch(edge) else " " if BOTH_LATIN.fullmatch(edge) else ""
        text += part
    return text


def even_rows(rows: Sequence[Sequence[str]]) -> Rows:
    """Rows of one length, without empty rows and columns; a head beside its figures is put above them."""
    filled = [row for row in rows if any(row)]
    width = max((len(row) for row in filled), default=0)
    used = [x for x in range(width) if any(x < len(row) and row[x] for row in filled)]
    columns = [[row[x] if x < len(row) else "" for row in filled] for x in used]
    x = 1
    while x + 1 < len(columns):  # the first column holds the labels
        if _is_one_column(columns[x], columns[x + 1]):
            columns[x : x + 2] = [[a or b for a, b in zip(columns[x], columns[x + 1], strict=True)]]
        else:
            x += 1
    return tuple(zip(*columns, strict=True))


def _is_one_column(left: Sequence[str], right: Sequence[str]) -> bool:
    """A head without figures beside figures without a head, never in one row: cells that were merged unevenly."""
    if any(a and b for a, b in zip(left, right, strict=True)):
        return False
    figures = [all(FIGURE.match(text) for text in column if text) for column in (left, right)]
    heads = [not any(FIGURE.match(text) for text in column if text) for column in (left, right)]
    return (figures[0] and heads[1]) or (heads[0] and figures[1])


TITLE = re.compile(r"^附?\s*[表件]\s*[\d一二三四五六七八九十]|^表\s*\d|表\s*(?:[（(][^（）()]*[）)])?\s*$")
UNIT = re.compile(r"单\s*位\s*[:：]")
ROWS_BEFORE = 3


def parts(rows: Rows) -> list[Rows]:
    """Tables that follow each other without a gap are told apart by their titles: 附表2, …完成情况表."""
    starts = [0]
    for index, row in enumerate(rows):
        alone = [text for text in row if text]
        above = [text for text in rows[index - 1] if text] if index else []
        if len(alone) != 1 or not TITLE.search(alone[0]) or index - starts[-1] < ROWS_BEFORE:
            continue
        if not (len(above) == 1 and TITLE.search(above[0])):
            starts.append(index)
    return [even_rows(rows[start:end]) for start, end in zip(starts, [*starts[1:], len(rows)], strict=True)]
