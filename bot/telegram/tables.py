"""Rows of cells -> aligned monospace lines that read well on a phone.

    [["2022年", "53,318"], ["2023年", "56,917"]] -> "2022年  53,318" / "2023年  56,917"

A Chinese character is two columns wide; no line is wider than 34.  A label that does not fit is cut in its middle, so
that label and figure stand on one line; where two labels would read alike, it stands above its figures.  Pure text:
nothing here knows of HTML or figures.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

WIDTH: Final = 34
PAGE: Final = 10
_GAP: Final = 2
_CUT: Final = "…"
_SHORTEST: Final = 10

T = TypeVar("T")


def width(text: str) -> int:
    """Columns of a monospace font; what is ambiguous (…, ·) counts as wide, as Chinese fonts draw it."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text
    )


def aligned(rows: Sequence[Sequence[str]], limit: int = WIDTH) -> list[str]:
    """Lines with the first cell left, the others right; rows have the same number of cells, headings one."""
    full = [row for row in rows if len(row) > 1]
    if not full:
        return [line for row in rows for line in folded("".join(row), limit)]
    widths = [max(width(cell) for cell in column) for column in zip(*full, strict=True)]
    figures = sum(widths[1:]) + _GAP * (len(widths) - 1)
    label = min(widths[0], max(limit - figures, 0))
    short = {row[0]: shortened(row[0], label) for row in full}
    apart = Counter(short.values())
    return [
        line
        for row in rows
        for line in (
            _lines([short[row[0]] if apart[short[row[0]]] == 1 else row[0], *row[1:]], widths, label, limit)
            if len(row) > 1
            else folded(row[0], limit)
        )
    ]


def shortened(label: str, columns: int) -> str:
    """A label in so many columns: its beginning and its end, which tell names apart; too few columns leave it."""
    if width(label) <= columns or columns < _SHORTEST:
        return label
    room = columns - width(_CUT)
    head = _within(label, room - room // 2)
    tail = _within(label[::-1], room - width(head))[::-1]
    return head + _CUT + tail


def _within(text: str, columns: int) -> str:
    """As much of the beginning as fits."""
    kept = ""
    for char in text:
        if width(kept + char) > columns:
            break
        kept += char
    return kept


def _lines(row: Sequence[str], widths: Sequence[int], label: int, limit: int) -> Iterator[str]:
    figures = "".join(" " * _GAP + _right(cell, size) for cell, size in zip(row[1:], widths[1:], strict=True))
    if width(row[0]) <= label:
        yield (_left(row[0], label) + figures).rstrip()
        return
    yield from folded(row[0], limit)
    if figures.strip():
        yield from ([_right(figures.strip(), label + width(figures))] if label + width(figures) <= limit else
                    [_right(part, limit) for part in figures.split()])  # fmt: skip


def folded(text: str, limit: int = WIDTH) -> list[str]:
    """A text in lines of at most ``limit`` columns."""
    lines, line = [], ""
    for char in text:
        if width(line + char) > limit:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line] if line else lines


def page_of(rows: Sequence[T], page: int, size: int = PAGE) -> tuple[list[T], int, int]:
    """The rows of a page, its number held to what there is, and how many pages there are."""
    pages = max(1, -(-len(rows) // size))
    page = min(max(page, 0), pages - 1)
    return list(rows[page * size : (page + 1) * size]), page, pages


def _left(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def _right(text: str, columns: int) -> str:
    return " " * (columns - width(text)) + text
