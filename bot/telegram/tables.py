"""Rows of cells -> aligned monospace lines that read well on a phone.

    [["2022年", "53,318"], ["2023年", "56,917"]] -> "2022年  53,318" / "2023年  56,917"

A Chinese character is two columns wide; no line is wider than 34.  A label that does not fit beside its figures has
two lines (社会保障和就业支出的 | 其他支出项目), the figures beside the second: it stays whole, as what is forwarded has
no buttons that would name it.  Pure text: nothing here knows of HTML or figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

WIDTH: Final = 34
PAGE: Final = 10
_GAP: Final = 2
_NARROW: Final = 1  # where two make no room for every label

_INDENT: Final = 2  # of the second line of a label
_SHORTEST: Final = 6  # columns of it
_LEAST: Final = 6  # columns of the first: more than 12.
_BREAKS_AFTER: Final = " 、）的和与及等·"
_BREAKS_BEFORE: Final = "（"

_PIECE: Final = re.compile(r"[-+]?\d[\d,.]*[%％]?|.", re.DOTALL)

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
    columns = len(widths) - 1
    gap = next((gap for gap in (_GAP, _NARROW) if sum(widths) + gap * columns <= limit), _NARROW)
    label = min(widths[0], max(limit - sum(widths[1:]) - gap * columns, 0))
    return [
        line
        for row in rows
        for line in (_lines(row, widths, label, gap, limit) if len(row) > 1 else folded(row[0], limit))
    ]


def _lines(row: Sequence[str], widths: Sequence[int], label: int, gap: int, limit: int) -> Iterator[str]:
    figures = "".join(" " * gap + _right(cell, size) for cell, size in zip(row[1:], widths[1:], strict=True))
    if width(row[0]) <= label:
        yield (_left(row[0], label) + figures).rstrip()
        return
    if broken := _broken(row[0], label, limit):
        first, last = broken
        yield from first
        yield (_left(last, label) + figures).rstrip()
        return
    yield from folded(row[0], limit)
    if figures.strip():
        yield from ([_right(figures.strip(), label + width(figures))] if label + width(figures) <= limit else
                    [_right(part, limit) for part in figures.split()])  # fmt: skip


def _broken(label: str, room: int, limit: int) -> tuple[list[str], str] | None:
    """A label in lines, the last apart, of at most ``room`` columns and set in; None where it cannot be."""
    found: list[tuple[tuple[int, bool, int], list[str], str]] = []
    for at in range(1, len(label)):
        bracket = label[at] in _BREAKS_BEFORE  # says itself that it goes on
        first, last = label[:at].rstrip(), " " * (0 if bracket else _INDENT) + label[at:].lstrip()
        alone = label[at - 1] == "（" or label[at] in "）、" or (label[at - 1] + label[at]).isascii()
        if alone or width(first) < _LEAST or not _SHORTEST <= width(last) <= room:
            continue
        natural = bracket or label[at - 1] in _BREAKS_AFTER
        lines = folded(first, limit)
        found.append(((len(lines), not natural, abs(width(first) - width(last))), lines, last))
    return min(found)[1:] if found else None


def folded(text: str, limit: int = WIDTH) -> list[str]:
    """A text in lines of at most ``limit`` columns; figures stay whole."""
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        for part in [piece] if width(piece) <= limit else piece:
            if width(line + part) > limit:
                lines.append(line)
                line = ""
            line += part
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
