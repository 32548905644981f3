"""What pdfium knows of a page, fetched for all its characters at once.

    codes(text_page, 2)         ->  [0x9884, 0x7b97]
    boxes(text_page, [0])       ->  (1, 72.0, 710.2, 86.0, 696.2, 72.0, 698.1)
    straight_pieces(page, 500)  ->  [((72.0, 90.0), (520.0, 90.0)), …]

Pages hold hundreds of characters and every one takes three calls, so the calls take plain addresses and are made by
``map``: a third of the time of checked structures in a loop.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterator
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

FLOAT, DOUBLE = ctypes.sizeof(ctypes.c_float), ctypes.sizeof(ctypes.c_double)
Point = tuple[float, float]
Box = tuple[int, float, float, float, float, float, float]


class _Calls(NamedTuple):
    """Functions of pdfium that take handles and addresses as plain numbers."""

    unicode: Any
    box: Any
    origin: Any
    object: Any
    kind: Any
    segments: Any
    segment: Any
    point: Any
    segment_kind: Any
    closes: Any
    matrix: Any


@cache
def _calls() -> _Calls:
    import pypdfium2.raw as pdfium

    handle, number, truth = ctypes.c_void_p, ctypes.c_int, ctypes.c_int

    def plain(function: Any, result: Any, *arguments: Any) -> Any:
        return ctypes.CFUNCTYPE(result, *arguments)(_address(function))

    return _Calls(
        plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint, handle, number),
        plain(pdfium.FPDFText_GetLooseCharBox, truth, handle, number, handle),
        plain(pdfium.FPDFText_GetCharOrigin, truth, handle, number, handle, handle),
        plain(pdfium.FPDFPage_GetObject, handle, handle, number),
        plain(pdfium.FPDFPageObj_GetType, number, handle),
        plain(pdfium.FPDFPath_CountSegments, number, handle),
        plain(pdfium.FPDFPath_GetPathSegment, handle, handle, number),
        plain(pdfium.FPDFPathSegment_GetPoint, truth, handle, handle, handle),
        plain(pdfium.FPDFPathSegment_GetType, number, handle),
        plain(pdfium.FPDFPathSegment_GetClose, truth, handle),
        plain(pdfium.FPDFPageObj_GetMatrix, truth, handle, handle),
    )


def codes(text_page: PdfTextPage, count: int) -> list[int]:
    """The UTF-16 codes of the first ``count`` characters; blanks that pdfium adds are among them."""
    return list(map(_calls().unicode, repeat(_address(text_page.raw)), range(count)))


def boxes(text_page: PdfTextPage, indexes: list[int]) -> Iterator[Box]:
    """For each character: is it placed (0: no), left, top, right and bottom of its box, x and y of its origin."""
    count, handle, calls = len(indexes), _address(text_page.raw), _calls()
    box, origin = (ctypes.c_float * (4 * count))(), (ctypes.c_double * (2 * count))()
    at, over = ctypes.addressof(box), ctypes.addressof(origin)
    places = range(at, at + 4 * FLOAT * count, 4 * FLOAT)
    xs = range(over, over + DOUBLE * count, DOUBLE)
    ys = range(over + DOUBLE * count, over + 2 * DOUBLE * count, DOUBLE)
    placed = list(map(calls.box, repeat(handle), indexes, places))
    deque(map(calls.origin, repeat(handle), indexes, xs, ys), maxlen=0)
    sides, origins = box[:], origin[:]
    edges = (sides[place::4] for place in range(4))
    return zip(placed, *edges, origins[:count], origins[count:], strict=True)


def straight_pieces(page: PdfPage, limit: int) -> list[tuple[Point, Point]]:
    """The straight pieces of all paths of a page; none if they are more than ``limit``."""
    import pypdfium2.raw as pdfium

    calls = _calls()
    count = pdfium.FPDFPage_CountObjects(page)
    objects = list(map(calls.object, repeat(_address(page.raw)), range(count)))
    kinds = map(calls.kind, objects)
    pieces: list[tuple[Point, Point]] = []
    for drawn, kind in zip(objects, kinds, strict=True):
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        pieces += _pieces(calls, drawn, limit - len(pieces))
        if len(pieces) >= limit:
            return []
    return pieces


def _pieces(calls: _Calls, drawn: int, limit: int) -> list[tuple[Point, Point]]:
    """The straight pieces of a path where they stand on the page; what goes beyond ``limit`` is left out."""
    import pypdfium2.raw as pdfium

    count = min(calls.segments(drawn), limit + 1)
    if count < 1:
        return []
    matrix = (ctypes.c_float * 6)()
    calls.matrix(drawn, ctypes.addressof(matrix))
    a, b, c, d, e, f = matrix
    place = (ctypes.c_float * (2 * count))()
    at = ctypes.addressof(place)
    segments = list(map(calls.segment, repeat(drawn), range(count)))
    for index, segment in enumerate(segments):
        calls.point(segment, at + 2 * FLOAT * index, at + 2 * FLOAT * index + FLOAT)
    pieces: list[tuple[Point, Point]] = []
    start: Point = (0.0, 0.0)
    last: Point = (0.0, 0.0)
    for segment, x, y in zip(segments, place[0::2], place[1::2], strict=True):
        point = (a * x + c * y + e, b * x + d * y + f)
        kind = calls.segment_kind(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            pieces.append((last, point))
        if calls.closes(segment):
            pieces.append((point, start))
        last = point
    return pieces


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
