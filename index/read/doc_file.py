"""An old Word document (.doc, and the older .wps) -> paragraphs and tables in their order.

    教育支出\\x0756917\\x07\\x07  ->  a row ("教育支出", "56917")

The characters stand in pieces that a table of the file puts in order; the paragraph properties tell where a row ends.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.errors import UnreadableFile
from index.models import Block, Line, Table
from index.read.cells import even_rows, join_parts
from index.read.cells import parts as table_parts
from index.read.doc_boxes import EDGE, boxes, with_boxes
from index.read.doc_chars import Run, runs
from index.read.doc_numbers import Numbers
from index.read.doc_rows import Properties, paragraphs
from index.read.odf_text import MARK
from index.read.ole import streams
from index.read.reading import Reading

MAGIC = 0xA5EC
ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200
FLAGS_AT, TEXT_LENGTH_AT, PIECES_AT = 0x0A, 0x4C, 0x01A2
PARTS = ("body", "notes", "headers", "macros", "comments", "endnotes", "boxes")  # of the text, in this order
COMPRESSED = 0x40000000
CELL, ROW, PARAGRAPH, INNER = "\x07", "\x1d", "\r", "\x1c"
CHARACTER = re.compile(r"[^\x07\r\x08\x13\x14\x15]")  # but for what structures the text
SECTION = "\x0c"
PARAGRAPH_ENDS = frozenset({CELL, PARAGRAPH, SECTION})
LONG_CELL = 400
REMOVED = dict.fromkeys(map(ord, "\x00\x01\x02\x03\x04\x05\x06\x08\x1f\xad\u200b"), None)
REPLACED = {0x1E: "-", 0x0B: INNER, 0x0C: INNER, 0x0E: INNER, 0xA0: " ", 0x09: " "}


def read(data: bytes) -> Reading:
    """Body, text boxes, footnotes and endnotes.  Raises UnreadableFile for encrypted, damaged and empty documents."""
    found = streams(data, ("WordDocument", "0Table", "1Table", "Data"))
    stream = found.get("WordDocument", b"")
    try:
        text = _text(stream, found)
    except (struct.error, IndexError, ValueError) as error:
        raise UnreadableFile("Word 文件已损坏，无法读取。") from error
    blocks = tuple(_blocks(text))
    if not blocks:
        raise UnreadableFile("Word 文件里没有文字。")
    return Reading(blocks)


def _text(stream: bytes, found: dict[str, bytes]) -> str:
    """Body, boxes and notes in order, row ends marked."""
    magic, flags = struct.unpack_from("<H", stream, 0)[0], struct.unpack_from("<H", stream, FLAGS_AT)[0]
    if magic != MAGIC:
        raise UnreadableFile("这个 .doc 文件的版本过旧，请另存为 docx 后再导入。")
    if flags & ENCRYPTED:
        raise UnreadableFile("Word 文件已加密，需要密码，请先解密。")
    table = found.get("1Table" if flags & SECOND_TABLE else "0Table", b"")
    lengths = struct.unpack_from(f"<{len(PARTS)}i", stream, TEXT_LENGTH_AT)
    known, found_runs = paragraphs(stream, table, found.get("Data", b"")), runs(stream, table)
    read = [_piece(stream, piece, known, found_runs) for piece in _pieces(stream, table)]
    text = "".join(piece.text for piece in read)
    parts: dict[str, str] = {}
    at = 0
    for name, length in zip(PARTS, lengths, strict=True):
        parts[name] = text[at : at + max(length, 0)]
        at += max(length, 0)
    numbers = _numbers(parts["body"], read, Numbers(stream, table))
    body = with_boxes(parts["body"], parts["boxes"], boxes(stream, table), numbers)
    return _without_fields(body + parts["notes"] + parts["endnotes"]).translate({**REMOVED, **REPLACED})


class _Place(NamedTuple):
    """A piece: its offset in the stream, length in characters, and whether two bytes make a character."""

    start: int
    length: int
    wide: bool


class _Piece(NamedTuple):
    """The characters of a piece, and the properties of the paragraphs that end in it by where they end in it."""

    text: str
    ends: dict[int, Properties | None]


def _numbers(body: str, read: Sequence[_Piece], numbers: Numbers) -> dict[int, str]:
    """The automatic numbers of the body's paragraphs by where these begin."""
    found: dict[int, str] = {}
    begin = base = 0
    for piece in read:
        for index, properties in piece.ends.items():
            end = base + index
            if end >= len(body):
                return found
            if properties is not None and not properties.is_row_end:
                number = numbers.next(properties.style, properties.changes)
                if number and body[begin:end].strip():
                    found[begin] = number
            begin = end + 1
        base += len(piece.text)
    return found


def _pieces(stream: bytes, table: bytes) -> Iterator[_Place]:
    """Where the text stands, in its order."""
    at, size = struct.unpack_from("<II", stream, PIECES_AT)
    end = at + size
    while at < end and table[at] == 1:  # property changes before the pieces
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    if table[at] != 2:
        raise ValueError("no table of pieces")
    size = struct.unpack_from("<I", table, at + 1)[0]
    at += 5
    count = (size - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", table, at)
    for index, (first, last) in enumerate(pairwise(places)):
        offset = struct.unpack_from("<I", table, at + 4 * (count + 1) + 8 * index + 2)[0]
        wide = not offset & COMPRESSED
        yield _Place(offset if wide else (offset & ~COMPRESSED) // 2, last - first, wide)


def _piece(stream: bytes, place: _Place, known: Mapping[int, Properties], found_runs: Sequence[Run]) -> _Piece:
    """The characters of a piece; the ends of paragraphs in tables are told from others, what is not to be seen is
    nothing, but keeps its place."""
    start, length, wide = place
    size = 2 if wide else 1
    text = stream[start : start + length * size].decode("utf-16-le" if wide else "cp1252", errors="replace")
    text = _without_unseen(text, start, size, found_runs)
    ends: dict[int, Properties | None] = {}
    marked = list(text)
    for index, char in enumerate(text):
        if char not in PARAGRAPH_ENDS:
            continue
        properties = ends[index] = known.get(start + (index + 1) * size)
        if properties is not None and properties.is_in_table and char != SECTION:
            marked[index] = ROW if properties.is_row_end else CELL if char == CELL else INNER
    return _Piece("".join(marked), ends)


def _without_unseen(text: str, start: int, size: int, found_runs: Sequence[Run]) -> str:
    out: list[str] = []
    at = 0
    for run in found_runs[bisect_left(found_runs, (start,)) - 1 if found_runs and found_runs[0].first < start else 0 :]:
        first, last = max((run.first - start) // size, at), min((run.last - start) // size, len(text))
        if first >= len(text):
            break
        words = text[first:last]
        if words and (not run.raised or MARK.fullmatch(words)):
            out += [text[at:first], CHARACTER.sub("\0", words)]
            at = last
    return "".join([*out, text[at:]])


def _without_fields(text: str) -> str:
    """Of a field only its result is text: \\x13 code \\x14 result \\x15."""
    if "\x13" not in text:
        return text
    out: list[str] = []
    in_code: list[bool] = []
    for char in text:
        if char == "\x13":
            in_code.append(True)
        elif char == "\x14" and in_code:
            in_code[-1] = False
        elif char == "\x15" and in_code:
            in_code.pop()
        elif not any(in_code):
            out.append(char)
    return "".join(out)


def _blocks(text: str) -> Iterator[Block]:
    rows: list[list[str]] = []
    cells: list[str] = []
    start = 0
    for index, char in enumerate(text + PARAGRAPH):
        if char not in (CELL, ROW, PARAGRAPH, EDGE):
            continue
        content = text[start:index]
        start = index + 1
        if char == CELL:
            cells.append(join_parts(content.split(INNER)))
        elif char == ROW:
            rows.append(cells)
            cells = []
        elif content.strip() or char == EDGE or not (rows or cells):
            yield from _table([*rows, cells] if cells else rows)
            rows, cells = [], []
            yield from (Line(line.strip(), whole=True) for line in content.split(INNER) if line.strip())
    yield from _table([*rows, cells] if cells else rows)


def _table(rows: list[list[str]]) -> Iterator[Block]:
    even = even_rows(rows)
    if not even:
        return
    if len(even) < 2 or len(even[0]) < 2 or any(len(cell) > LONG_CELL for row in even for cell in row):
        yield from (Line(cell, whole=True) for row in even for cell in row if cell)
    else:
        yield from (Table(part) for part in table_parts(even))
