"""A PDF page -> its characters with their places, upright, and its ruling lines.

    Char("万", x0=72.0, x1=86.0, y=700.1, size=14.0)

Coordinates are points, y grows upwards and is the base line, which Chinese and Latin fonts share (their boxes differ).
Text that runs up or down the page is turned, together with the rules around it.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

MAX_CHARS = 60_000  # of one page; more is an attack or a drawing
MAX_SEGMENTS = 30_000
MIN_RULE = 6.0
STRAIGHT = 1.0  # points by which a rule may lean
ANGLE_SAMPLES = 40
SAME_GLYPH = 0.25  # em: a glyph printed twice to look bold
UNSEEN = frozenset({0xA0, 0xAD, 0x200B, 0x3000, 0xFEFF, 0xFFFE, 0xFFFF})
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


def read_page(page: PdfPage) -> Page:
    """Characters and rules, turned so that most text runs from left to right."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    raw = text_page.raw
    count = min(text_page.count_chars(), MAX_CHARS)
    turn = _turn(pdfium, raw, count)
    box = pdfium.FS_RECTF()
    origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
    chars: list[Char] = []
    hidden = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code <= 32 or code in UNSEEN or 0xDC00 <= code < 0xE000:
            hidden += code in (0, 0xFFFE, 0xFFFF)
            continue
        if 0xD800 <= code < 0xDC00:  # the second half of the character follows as one of its own
            code = _joined(code, pdfium.FPDFText_GetUnicode(raw, index + 1))
        if pdfium.FPDFText_IsGenerated(raw, index) == 1:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(raw, index, box):
            continue
        pdfium.FPDFText_GetCharOrigin(raw, index, origin_x, origin_y)
        x0, x1, y, height = _placed(box, origin_x.value, origin_y.value, turn)
        char = chr(code)
        em = (x1 - x0) * (1 if CHINESE_FIRST <= char <= CHINESE_LAST else 2)
        chars.append(Char(char, x0, x1, y, em if em > 2 else height * 0.8))
    horizontal, vertical = _rules(page, turn)
    return Page(_with_points(_without_doubles(chars)), horizontal, vertical, hidden)


def _joined(high: int, low: int) -> int:
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00) if 0xDC00 <= low < 0xE000 else 0xFFFD


def _with_points(chars: list[Char]) -> list[Char]:
    """Some typesetting programs keep their decimal point among the private characters: ５８\U001001b0７亿元."""
    for index in range(1, len(chars) - 1):
        before, char, after = chars[index - 1 : index + 2]
        if unicodedata.category(char.text) == "Co" and before.text.isdigit() and after.text.isdigit():
            chars[index] = char._replace(text="." if before.text.isascii() else "．")
    return chars


def _turn(pdfium: Any, raw: Any, count: int) -> int:
    """Clockwise quarter turns by which most characters lean."""
    if not count:
        return 0
    angle = pdfium.FPDFText_GetCharAngle
    step = max(count // ANGLE_SAMPLES, 1)
    turns: Counter[int] = Counter(round(angle(raw, index) / (math.pi / 2)) % 4 for index in range(0, count, step))
    return turns.most_common(1)[0][0]


def _placed(box: Any, x: float, y: float, turn: int) -> tuple[float, float, float, float]:
    left, right, top, bottom = box.left, box.right, box.top, box.bottom
    if turn == 0:
        return left, right, y, top - bottom
    if turn == 1:  # running down the page
        return -top, -bottom, x, right - left
    if turn == 3:  # running up
        return bottom, top, -x, right - left
    return -right, -left, -y, top - bottom


def _without_doubles(chars: list[Char]) -> list[Char]:
    """Bold type made by printing a glyph twice gives one character."""
    kept: list[Char] = []
    for char in chars:
        double = any(
            char.text == other.text
            and abs(char.x0 - other.x0) < SAME_GLYPH * char.size
            and abs(char.y - other.y) < SAME_GLYPH * char.size
            for other in kept[-4:]
        )
        if not double:
            kept.append(char)
    return kept


def _rules(page: PdfPage, turn: int) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical lines of all paths; the edges of a thin filled box are two lines at one place."""
    import pypdfium2.raw as raw

    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    left = MAX_SEGMENTS
    for number in range(raw.FPDFPage_CountObjects(page)):
        drawn = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_PATH:
            continue
        points = _points(drawn, left)
        left -= len(points)
        if left <= 0:
            return [], []
        for (x0, y0), (x1, y1) in points:
            if turn % 2:
                sign = -1 if turn == 1 else 1
                x0, y0, x1, y1 = sign * y0, -sign * x0, sign * y1, -sign * x1
            elif turn == 2:
                x0, y0, x1, y1 = -x0, -y0, -x1, -y1
            if abs(y1 - y0) <= STRAIGHT and abs(x1 - x0) >= MIN_RULE:
                horizontal.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x1 - x0) <= STRAIGHT and abs(y1 - y0) >= MIN_RULE:
                vertical.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return horizontal, vertical


Point = tuple[float, float]


def _points(drawn: Any, limit: int) -> list[tuple[Point, Point]]:
    """The straight pieces of a path on the page."""
    import pypdfium2.raw as raw

    count = min(raw.FPDFPath_CountSegments(drawn), limit + 1)
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(drawn, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    pieces: list[tuple[Point, Point]] = []
    start: Point = (0.0, 0.0)
    last: Point = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(drawn, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            pieces.append((last, point))
        if raw.FPDFPathSegment_GetClose(segment):
            pieces.append((point, start))
        last = point
    return pieces
