"""Text boxes and frames of an old Word document: their text stands behind that of the body, here it goes where it is
anchored.

    body "…投资\\r\\x08六、贸易\\r", box "行业\\x07增长\\x07\\x07\\r" anchored at \\x08  ->  the box before 六、贸易
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

ANCHORS_AT, BOXES_AT = 0x01DA, 0x025A  # where and how long the tables of anchors and of boxes are
ANCHOR_SIZE, BOX_SIZE = 26, 22
ANCHOR_SHAPE, BOX_SHAPE = 0, 14  # where the number of the shape stands
ANCHOR, PARAGRAPH = "\x08", "\r"
EDGE = "\x19"  # around the text of a box: a table does not go on over it


class Box(NamedTuple):
    """A box: where its anchor stands in the body (None if nowhere), where its text begins and ends among the boxes'."""

    anchor: int | None
    first: int
    last: int


def boxes(stream: bytes, table: bytes) -> list[Box]:
    """All boxes in the order of their text; none if the tables are not there or damaged."""
    try:
        anchors = {shape: place for place, _, shape in _entries(stream, table, ANCHORS_AT, ANCHOR_SIZE, ANCHOR_SHAPE)}
        found = list(_entries(stream, table, BOXES_AT, BOX_SIZE, BOX_SHAPE))
    except struct.error:
        return []
    return [Box(anchors.get(shape), first, last) for first, last, shape in found]


def _entries(stream: bytes, table: bytes, at: int, size: int, shape_at: int) -> Iterator[tuple[int, int, int]]:
    """First and last place and shape of each entry."""
    start, length = struct.unpack_from("<II", stream, at)
    count = max(length - 4, 0) // (4 + size)
    places = struct.unpack_from(f"<{count + 1}I", table, start) if count else ()
    for number in range(count):
        entry = start + 4 * (count + 1) + size * number
        yield places[number], places[number + 1], struct.unpack_from("<i", table, entry + shape_at)[0]


def with_boxes(body: str, text: str, found: list[Box], numbers: Mapping[int, str]) -> str:
    """The body with the ``numbers`` of its paragraphs and the ``text`` of its boxes: before the paragraph that begins
    with the anchor, else behind the one it stands in, and never inside a table, whose paragraphs do not end in ``\\r``;
    boxes without a place come last."""
    ends = [index for index, char in enumerate(body) if char == PARAGRAPH] if found else []
    inserts: dict[int, list[str]] = {}
    for box in found:
        words = text[box.first : box.last]
        if not words.strip():
            continue
        place = len(body)
        if box.anchor is not None and box.anchor <= len(body):
            number = bisect_right(ends, box.anchor - 1)
            start = ends[number - 1] + 1 if number else 0
            end = ends[number] + 1 if number < len(ends) else len(body)
            place = end if body[start : box.anchor].strip(ANCHOR + " \x01") else start
        inserts.setdefault(place, []).append(EDGE + words + EDGE)
    for place, written in numbers.items():
        inserts.setdefault(place, []).append(written)
    out: list[str] = []
    at = 0
    for place in sorted(inserts):
        out += [body[at:place], *inserts[place]]
        at = place
    return "".join([*out, body[at:]])
