"""Blocks of a document -> paragraphs and tables, with line and page breaks taken out.

    财政部门收到68420万元，超过预算31570 | (two tables) | 万元的213.36%，…
    -> Paragraph("财政部门收到68420万元，超过预算31570万元的213.36%，…"), Table, Table

Whether lines are wrapped is decided for the whole document: in wrapped text most lines that end without a full stop are
equally long.  A table that stands inside a paragraph comes after it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.models import Document, Line, Table
from index.text.captions import with_captions
from index.text.furniture import without_furniture
from index.text.marks import (
    PAIRS,
    breaks_off,
    closes,
    closes_nothing,
    continues,
    ends_sentence,
    is_apart,
    is_bare_number,
    is_title_end,
    starts_heading,
    strip_markup,
    title_goes_on,
    unclosed,
    width,
)

FILL_SHARE = 0.55  # of the lines without a full stop, in wrapped text
MAX_OVER = 0.1  # of all lines may be wider than a full line
SLACK = 6  # half-ems by which a full line may stay short of the margin
SENTENCE_SLACK = 3  # a line that ends in a full stop and is this much shorter ends its paragraph
OPEN_SHARE = 0.75  # of a full line: a line so long that ends in no full stop goes on (its indent is lost)
MIN_FILL = 24
MAX_FILL = 150
MAX_HEADING = 40  # characters
MAX_TITLE_LINES = 4
END = 120  # characters: what the ends of a paragraph are told by is shorter than that

TWO_WORDS = re.compile(r"[A-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as printed, on the page where it begins."""

    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the whole document says of its lines: the width of a full line (0: not wrapped), and the use of indents."""

    fill: int
    indents: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line without markup; ``head`` and ``tail`` say that the markup makes it begin or end a paragraph."""

    text: str
    page: int | None
    whole: bool
    indented: bool
    head: bool
    tail: bool


class _Opened:
    """The lines of a paragraph so far, and what has to be known of their text.  That is never put together before the
    paragraph is complete: it would be looked through for every line again.
    """

    def __init__(self) -> None:
        self.lines: list[_Piece] = []
        self._length = 0
        self._head = ""
        self._tail = ""
        self._unclosed = (0,) * len(PAIRS)

    def add(self, line: _Piece) -> None:
        """The next line belongs to it."""
        self.lines.append(line)
        self._length += len(line.text)
        self._head = (self._head + line.text[:END])[:END]
        self._tail = (self._tail + line.text[-END:])[-END:]
        self._unclosed = tuple(sum(pair) for pair in zip(self._unclosed, unclosed(line.text), strict=True))

    @property
    def last(self) -> _Piece:
        """The line that is to be gone on with or not."""
        return self.lines[-1]

    @property
    def text(self) -> str:
        """The whole if it is short, else its beginning and its end."""
        return self._head if self._length <= END else self._head + self._tail

    @property
    def hangs(self) -> bool:
        """Does the whole break off?"""
        return any(count > 0 for count in self._unclosed) or breaks_off(self.text)


def paragraphs(document: Document) -> tuple[Paragraph | Table, ...]:
    """All paragraphs and tables of a document in order, without page furniture, markup and line breaks."""
    blocks = with_captions(without_furniture(document.blocks))
    pieces = [piece if isinstance(piece, Table) else _piece(piece) for piece in blocks]
    lines = [piece for piece in pieces if isinstance(piece, _Piece) and piece.text]
    shape = _shape([line for line in lines if not line.whole])
    done: list[Paragraph | Table] = []
    opened: _Opened | None = None
    tables: list[Table] = []
    following = iter([*lines[1:], None])
    for piece in pieces:
        if isinstance(piece, Table):
            tables.append(piece)
            continue
        if not piece.text:
            continue
        after = next(following)
        if opened is not None and not _joins(opened, piece, after, shape, bool(tables)):
            done.append(_paragraph(opened.lines))
            opened = None
        if opened is None:
            done.extend(tables)
            tables = []
            opened = _Opened()
        opened.add(piece)
    if opened is not None:
        done.append(_paragraph(opened.lines))
    return (*done, *tables)


def _piece(line: Line) -> _Piece:
    text, head, tail = strip_markup(line.text)
    indented = line.text.startswith(("\u3000\u3000", "    ")) and not line.whole
    return _Piece(text, line.page, line.whole, indented, head, tail)


def _paragraph(lines: Sequence[_Piece]) -> Paragraph:
    parts = [lines[0].text]
    for before, line in pairwise(lines):
        parts += (" " if TWO_WORDS.fullmatch(before.text[-1:] + line.text[:1]) else "", line.text)
    return Paragraph("".join(parts), lines[0].page)


def _shape(lines: Sequence[_Piece]) -> _Shape:
    widths = [width(line.text) for line in lines if not (ends_sentence(line.text) or closes_nothing(line.text))]
    if len(widths) < 4:
        return _Shape(0, False)
    fill = _usual_full_width(widths)
    full = sum(fill - SLACK <= w <= fill + SLACK for w in widths)
    over = sum(width(line.text) > fill + 2 * SLACK for line in lines)
    wrapped = MIN_FILL <= fill <= MAX_FILL and full >= FILL_SHARE * len(widths) and over <= MAX_OVER * len(lines)
    indented = sum(line.indented for line in lines)
    return _Shape(fill if wrapped else 0, 0.02 * len(lines) <= indented <= 0.7 * len(lines) and indented > 1)


def _usual_full_width(widths: Sequence[int]) -> int:
    """The width around which most of the longer lines lie."""
    longer = [w for w in widths if w >= MIN_FILL] or list(widths)
    counts = Counter(longer)
    near = {w: sum(counts[other] for other in range(w - 3, w + 4)) for w in counts}
    return max(w for w in near if near[w] >= 0.7 * max(near.values()))


def _joins(before: _Opened, line: _Piece, after: _Piece | None, shape: _Shape, table: bool) -> bool:
    """Does ``line`` go on with the paragraph of ``before``?"""
    last, text = before.last, before.text
    if line.head or last.tail:
        return False
    if continues(last.text, line.text):
        return True
    if starts_heading(line.text):
        return last.text.endswith(("、", "（", "(", "《", "第")) or closes(text, line.text)
    if is_apart(line.text) or is_apart(text):
        return False
    if len(before.lines) < MAX_TITLE_LINES and title_goes_on(text, line.text):
        return True
    if last.whole or line.whole:
        return _whole_goes_on(last.text, line.text)
    if shape.indents and line.indented and (ends_sentence(last.text) or not before.hangs):
        return False
    if shape.fill:
        return _wrapped_goes_on(before, line, after, shape, table)
    return _unwrapped_goes_on(before)


def _whole_goes_on(last: str, line: str) -> bool:
    """Complete lines are joined only where a figure or clause is plainly cut in two."""
    if ends_sentence(last):
        return False
    return last.endswith(("，", "、", "（", "“", "《")) or is_bare_number(line)


def _wrapped_goes_on(before: _Opened, line: _Piece, after: _Piece | None, shape: _Shape, table: bool) -> bool:
    last, text = before.last, before.text
    if ends_sentence(last.text):
        full: float = shape.fill - (SLACK if shape.indents else SENTENCE_SLACK)
    elif closes_nothing(text) and not shape.indents:
        full = shape.fill - SLACK
    else:
        full = OPEN_SHARE * shape.fill
    if width(last.text) < full:
        # a short line ends its paragraph, but for one that a page or table break cut off
        return not ends_sentence(last.text) and before.hangs
    if is_title_end(text):
        return False
    if ends_sentence(last.text) and not shape.indents:
        return not _first_of_indented(line, after, shape) and not table
    return True


def _first_of_indented(line: _Piece, after: _Piece | None, shape: _Shape) -> bool:
    """The first line of a paragraph lacks the width of its lost indent, and its sentence goes on below."""
    short = shape.fill - width(line.text)
    return after is not None and 3 <= short <= 6 and not ends_sentence(line.text)


def _unwrapped_goes_on(before: _Opened) -> bool:
    last, text = before.last.text, before.text
    if ends_sentence(last) or closes_nothing(last):
        return False
    if before.hangs:
        return True
    return len(text) > MAX_HEADING and not is_title_end(text)
