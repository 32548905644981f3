"""A PDF page -> its characters with their places, upright, and its ruling lines.

    Char("万", x0=72.0, x1=86.0, y=700.1, size=14.0)

Coordinates are points, y grows upwards and is the base line, which Chinese and Latin fonts share (their boxes differ).
Text that runs up or down the page is turned, together with the rules around it.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from index.read.pdf_raw import boxes, codes, straight_pieces

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

MAX_CHARS = 60_000  # of one page; more is an attack or a drawing
MAX_SEGMENTS = 30_000
MIN_RULE = 6.0
STRAIGHT = 1.0  # points by which a rule may lean
ANGLE_SAMPLES = 40
SAME_GLYPH = 0.25  # em: a glyph printed twice to look bold
NEAR_BY = 4  # characters back that may be the same glyph
UNSEEN = frozenset({0xA0, 0xAD, 0x200B, 0x3000, 0xFEFF, 0xFFFE, 0xFFFF}).union(range(0xDC00, 0xE000))
POINT = "\U001001b0"
LEANING = 0.2  # of its height by which a character's origin may stand off the edge of its box
SLANT = 0.03  # quarter turns
RAISED = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
LEAST_RAISE, SMALLER = 0.15, 0.8  # of the size of what a note's mark stands at
CHINESE_FIRST, CHINESE_LAST = "\u2e80", "\uffef"


class Char(NamedTuple):
    """A visible character."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


class Rule(NamedTuple):
    """A horizontal or vertical line: at ``at``, from ``first`` to ``last`` along the other axis."""

    at: float
    first: float
    last: float


class Page(NamedTuple):
    """The characters and rules of a page."""

    chars: list[Char]
    horizontal: list[Rule]
    vertical: list[Rule]
    hidden: int  # characters without a meaning: a font without a table of characters
    slanted: int = 0  # characters of a watermark or a stamp, left out


def read_page(page: PdfPage) -> Page:
    """Characters and rules, turned so that most text runs from left to right."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    count = min(text_page.count_chars(), MAX_CHARS)
    turn = _turn(pdfium, text_page.raw, count)
    found = codes(text_page, count)
    hidden = found.count(0) + found.count(0xFFFE) + found.count(0xFFFF)
    # what pdfium adds of its own are blanks and ends of lines
    seen = [index for index, code in enumerate(found) if code > 32 and code not in UNSEEN]
    chars: list[Char] = []
    places: list[int] = []  # of each character among those of the page
    angle, slanted = pdfium.FPDFText_GetCharAngle, 0
    for index, (placed, left, top, right, bottom, x, y) in zip(seen, boxes(text_page, seen), strict=True):
        if not placed:
            continue
        code = found[index]
        if 0xD800 <= code < 0xDC00:  # the second half of the character follows as one of its own
            code = _joined(code, found[index + 1] if index + 1 < count else 0)
        if turn == 0:
            x0, x1, height = left, right, top - bottom
            if abs(x - left) > LEANING * height and _leans(angle(text_page.raw, index)):
                slanted += 1
                continue
        else:
            x0, x1, y, height = _placed(left, top, right, bottom, x, y, turn)
        char = chr(code)
        em = (x1 - x0) * (1 if CHINESE_FIRST <= char <= CHINESE_LAST else 2)
        chars.append(Char(char, x0, x1, y, em if em > 2 else height * 0.8))
        places.append(index)
    chars = _without_doubles(chars, lambda one, other: _overlap(text_page.raw, places[one], places[other]))
    horizontal, vertical = _rules(page, turn)
    text_page.close()
    return Page(_with_notes(_with_points(chars)), horizontal, vertical, hidden, slanted)


def _overlap(raw: Any, one: int, other: int) -> bool:
    """Whether the ink of two characters lies over one another: 700 in boxes twice as wide as the digits is no 70."""
    import pypdfium2.raw as pdfium

    ink = []
    for index in (one, other):
        sides = [ctypes.c_double() for _ in range(4)]
        if not pdfium.FPDFText_GetCharBox(raw, index, *sides):
            return True
        ink.append([side.value for side in sides])
    (left, right, bottom, top), (x, _, y, _) = ink
    return abs(x - left) <= (right - left) / 2 and abs(y - bottom) <= (top - bottom) / 2


def _joined(high: int, low: int) -> int:
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00) if 0xDC00 <= low < 0xE000 else 0xFFFD


def _with_points(chars: list[Char]) -> list[Char]:
    """One typesetting program keeps its decimal point among the private characters: ５８\U001001b0７亿元.

    Any other private character may as well be a digit: it stays, and no figure is read of what it stands in."""
    for index, char in enumerate(chars):
        if char.text != POINT or not 0 < index < len(chars) - 1:
            continue
        before, after = chars[index - 1], chars[index + 1]
        if before.text.isdigit() and after.text.isdigit():
            chars[index] = char._replace(text="." if before.text.isascii() else "．")
    return chars


def _with_notes(chars: list[Char]) -> list[Char]:
    """Digits that are smaller and stand higher than what they follow are the marks of notes: 12345¹万元."""
    base: Char | None = None  # what raised digits stand at
    for index in range(1, len(chars)):
        before, char = chars[index - 1], chars[index]
        if char.text not in RAISED:
            base = None
            continue
        base = base or before
        above, space = char.y - base.y, char.x0 - before.x1
        if LEAST_RAISE * base.size < above < base.size and char.size < SMALLER * base.size and abs(space) < base.size:
            chars[index] = char._replace(text=RAISED[char.text], y=base.y)
        else:
            base = None
    return chars


def _leans(angle: float) -> bool:
    """Is text neither level nor upright?"""
    quarters = angle / (math.pi / 2)
    return abs(quarters - round(quarters)) > SLANT


def _turn(pdfium: Any, raw: Any, count: int) -> int:
    """Clockwise quarter turns by which most characters lean."""
    if not count:
        return 0
    angle = pdfium.FPDFText_GetCharAngle
    step = max(count // ANGLE_SAMPLES, 1)
    turns: Counter[int] = Counter(round(angle(raw, index) / (math.pi / 2)) % 4 for index in range(0, count, step))
    return turns.most_common(1)[0][0]


def _placed(
    left: float, top: float, right: float, bottom: float, x: float, y: float, turn: int
) -> tuple[float, float, float, float]:
    if turn == 1:  # running down the page
        return -top, -bottom, x, right - left
    if turn == 3:  # running up
        return bottom, top, -x, right - left
    return -right, -left, -y, top - bottom


def _without_doubles(chars: list[Char], overlap: Callable[[int, int], bool]) -> list[Char]:
    """Bold type made by printing a glyph twice gives one character."""
    kept: list[int] = []
    recent = ""  # the last characters kept
    for number, char in enumerate(chars):
        text = char.text
        if text in recent and any(
            text == chars[other].text
            and abs(char.x0 - chars[other].x0) < SAME_GLYPH * char.size
            and abs(char.y - chars[other].y) < SAME_GLYPH * char.size
            and overlap(other, number)
            for other in kept[-NEAR_BY:]
        ):
            continue
        kept.append(number)
        recent = recent[1 - NEAR_BY :] + text
    return [chars[number] for number in kept]


def _rules(page: PdfPage, turn: int) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical lines of all paths; the edges of a thin filled box are two lines at one place."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for (x0, y0), (x1, y1) in straight_pieces(page, MAX_SEGMENTS):
        if turn % 2:
            sign = -1 if turn == 1 else 1
            x0, y0, x1, y1 = sign * y0, -sign * x0, sign * y1, -sign * x1
        elif turn == 2:
            x0, y0, x1, y1 = -x0, -y0, -x1, -y1
        if abs(y1 - y0) <= STRAIGHT and abs(x1 - x0) >= MIN_RULE:
            horizontal.append(Rule((y0 + y1) / 2, x0, x1) if x0 < x1 else Rule((y0 + y1) / 2, x1, x0))
        elif abs(x1 - x0) <= STRAIGHT and abs(y1 - y0) >= MIN_RULE:
            vertical.append(Rule((x0 + x1) / 2, y0, y1) if y0 < y1 else Rule((x0 + x1) / 2, y1, y0))
    return horizontal, vertical
