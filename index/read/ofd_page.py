"""A page of an OFD -> its characters with their places, upright, and its ruling lines, as those of a PDF.

    <ofd:TextCode X="0" Y="4" DeltaX="g 2 4.2">亿元</…> in a box at 30 50  ->  Char("亿", x0=85.0, …), Char("元", …)

Lengths are millimetres from the upper left corner; here they become points and heights grow upwards.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from index.read.docx_xml import Element, child, local, value
from index.read.ofd_package import Sheet
from index.read.pdf_chars import MAX_CHARS, MAX_SEGMENTS, MIN_RULE, STRAIGHT, Char, Page, Rule

POINTS = 72 / 25.4
MAX_DEPTH = 20
MAX_OBJECTS = 200_000
LEANING = 0.1  # quarter turns off the straight: text of stamps and watermarks
SAME_PLACE = 0.25  # em
ONE_RUN = 1.3  # em: characters written together and no farther apart touch, a blank between them is written too
ONE_FIGURE = 0.95  # em between digits, which may be those of two cells; spread evenly they are one figure all the same
SAME_STEP = 0.1  # em
TWO_FIGURES = re.compile(r"[\d%％][-－\d]")
CHINESE_FIRST = "\u2e80"
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
STEP = re.compile(rf"[A-Za-z]|{NUMBER.pattern}")
POINTS_OF = {"M": 1, "S": 1, "L": 1, "Q": 2, "B": 3, "A": 0}
ARC = 7
PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")


class _Matrix(NamedTuple):
    """x' = ax + cy + e, y' = bx + dy + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def of(self, inner: _Matrix) -> _Matrix:
        """First ``inner``, then this one."""
        e, f = self.at(inner.e, inner.f)
        return _Matrix(
            self.a * inner.a + self.c * inner.b, self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d, self.b * inner.c + self.d * inner.d, e, f,
        )  # fmt: skip


class _Glyph(NamedTuple):
    """A character: its origin in points, its width, size, and quarter turns clockwise."""

    text: str
    x: float
    y: float
    width: float
    size: float
    turn: int


class Drawn(NamedTuple):
    """What a page shows; ``leaning`` counts characters at an angle, which are left out; ``pictures`` are numbers."""

    page: Page
    leaning: int
    pictures: tuple[str, ...]


def drawn(sheet: Sheet, drawings: Mapping[str, Element]) -> Drawn:
    """Characters and rules, turned so that most text runs from left to right."""
    pen = _Pen(drawings)
    for layer in sheet.layers:
        pen.all_of(layer, _Matrix(POINTS, 0, 0, -POINTS, 0, sheet.height * POINTS), 0)
    turns = Counter(glyph.turn for glyph in pen.glyphs if glyph.turn >= 0)
    turn = turns.most_common(1)[0][0] if turns else 0
    chars = []
    for glyph in pen.glyphs:
        if glyph.turn == turn:
            x, y = _upright(glyph.x, glyph.y, turn)
            chars.append(Char(glyph.text, x, x + glyph.width, y, glyph.size))
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for (ax, ay), (bx, by) in pen.lines[:MAX_SEGMENTS]:
        (x0, y0), (x1, y1) = _upright(ax, ay, turn), _upright(bx, by, turn)
        if abs(y1 - y0) <= STRAIGHT and abs(x1 - x0) >= MIN_RULE:
            horizontal.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= STRAIGHT and abs(y1 - y0) >= MIN_RULE:
            vertical.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    page = Page(chars, horizontal, vertical, pen.hidden)
    return Drawn(page, len(pen.glyphs) - len(chars), tuple(pen.pictures))


def _upright(x: float, y: float, turn: int) -> tuple[float, float]:
    return ((x, y), (-y, x), (-x, -y), (y, -x))[turn]


@dataclass
class _Pen:
    """Goes through the objects of a page."""

    drawings: Mapping[str, Element]
    glyphs: list[_Glyph] = field(default_factory=list)
    lines: list[tuple[tuple[float, float], tuple[float, float]]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    open: set[str] = field(default_factory=set)  # composite objects being drawn
    printed: dict[str, list[tuple[float, float]]] = field(default_factory=dict)  # words and where they begin
    hidden: int = 0
    count: int = 0

    def all_of(self, holder: Element, outer: _Matrix, depth: int) -> None:
        """Every object below an element, in drawing order."""
        for one in holder:
            self.count += 1
            if depth > MAX_DEPTH or self.count > MAX_OBJECTS or value(one, "Visible") == "false":
                continue
            kind = local(one)
            if kind in {"PageBlock", "Layer", "Content"}:
                self.all_of(one, outer, depth + 1)
            elif kind == "TextObject":
                self._text(one, outer.of(_placed(one)))
            elif kind == "PathObject":
                self._path(one, outer.of(_placed(one)))
            elif kind == "ImageObject":
                self.pictures.append(value(one, "ResourceID"))
            elif kind == "CompositeObject":
                name = value(one, "ResourceID")
                if name in self.drawings and name not in self.open:  # one that holds itself is drawn once
                    self.open.add(name)
                    self.all_of(self.drawings[name], outer.of(_placed(one)), depth + 1)
                    self.open.discard(name)

    def _text(self, element: Element, matrix: _Matrix) -> None:
        size = _size(element)
        stretch = _number(value(element, "HScale"), 1.0) or 1.0
        x = y = 0.0
        for code in element:
            if local(code) != "TextCode":
                continue
            x, y = _number(value(code, "X"), x), _number(value(code, "Y"), y)
            words = code.text or ""
            if self._is_double(words, matrix.at(x, y), size * math.hypot(matrix.a, matrix.b)):
                continue
            right, down = _deltas(value(code, "DeltaX")), _deltas(value(code, "DeltaY"))
            here_x, here_y, before = x, y, 0.0
            for index, text in enumerate(words):
                width = size * stretch * (1 if text >= CHINESE_FIRST else 0.5)
                # without a distance the next one follows; downwards it stands below
                step = right[index] if index < len(right) else 0.0 if index < len(down) else width
                close = 0 < step <= ONE_RUN * size
                if close and step > ONE_FIGURE * size and TWO_FIGURES.match(words, index):
                    close = abs(step - before) < SAME_STEP * size
                self._glyph(text, matrix, here_x, here_y, step if close else width, size)
                here_x, before = here_x + step, step
                here_y += down[index] if index < len(down) else 0.0

    def _is_double(self, words: str, place: tuple[float, float], size: float) -> bool:
        """Is it what stands there already?  Bold type is made by printing twice."""
        others = self.printed.setdefault(words, [])
        if any(abs(place[0] - x) < SAME_PLACE * size and abs(place[1] - y) < SAME_PLACE * size for x, y in others[-9:]):
            return True
        others.append(place)
        return False

    def _glyph(self, text: str, matrix: _Matrix, x: float, y: float, width: float, size: float) -> None:
        if PRIVATE.match(text):
            self.hidden += 1
        if text.isspace() or (not text.isprintable() and not PRIVATE.match(text)) or len(self.glyphs) >= MAX_CHARS:
            return
        quarters = math.atan2(-matrix.b, matrix.a) / (math.pi / 2)
        turn = round(quarters) % 4 if abs(quarters - round(quarters)) < LEANING else -1
        scale = math.hypot(matrix.a, matrix.b)
        at_x, at_y = matrix.at(x, y)
        self.glyphs.append(_Glyph(text, at_x, at_y, width * scale, size * scale, turn))

    def _path(self, element: Element, matrix: _Matrix) -> None:
        data = child(element, "AbbreviatedData")
        if data is None or len(self.lines) >= MAX_SEGMENTS:
            return
        start = here = (0.0, 0.0)
        for letter, numbers in _steps(data.text or ""):
            if letter == "C":
                self.lines.append((here, start))
                here = start
                continue
            if len(numbers) < 2 or not all(map(math.isfinite, numbers)):
                continue
            there = matrix.at(*numbers[-2:])
            if letter == "L":
                self.lines.append((here, there))
            elif letter in "MS":
                start = there
            here = there


def _placed(element: Element) -> _Matrix:
    """The object's own transformation, then the place of its box."""
    box = [_number(part) for part in value(element, "Boundary").split()]
    own = [_number(part) for part in value(element, "CTM").split()]
    place = _Matrix(e=box[0], f=box[1]) if len(box) == 4 else _Matrix()
    return place.of(_Matrix(*own)) if len(own) == 6 else place


def _size(element: Element) -> float:
    """The size of the type; some programs spell it small or leave it to the height of the box."""
    box = value(element, "Boundary").split()
    said = value(element, "Size") or value(element, "size")
    return _number(said) or _number(box[3] if len(box) == 4 else "")


def _number(text: str, default: float = 0.0) -> float:
    return float(text) if NUMBER.fullmatch(text.strip()) else default


def _deltas(text: str) -> list[float]:
    """Distances between characters: ``g 3 4.2`` is 4.2 three times."""
    parts = text.split()
    found: list[float] = []
    at = 0
    while at < len(parts) and len(found) < MAX_CHARS:
        if parts[at] == "g" and at + 2 < len(parts):
            times = int(_number(parts[at + 1]))
            found += [_number(parts[at + 2])] * min(max(times, 0), MAX_CHARS)
            at += 3
        else:
            found.append(_number(parts[at]))
            at += 1
    return found


def _steps(text: str) -> Iterator[tuple[str, list[float]]]:
    """The letters of a path with their numbers; numbers behind those of a letter repeat it."""
    letter = ""
    numbers: list[float] = []
    for found in STEP.findall(text):
        if found.isalpha():
            if letter == "C":
                yield "C", []
            letter, numbers = found.upper(), []
            continue
        numbers.append(float(found))
        if len(numbers) == (ARC if letter == "A" else 2 * POINTS_OF.get(letter, 1)):
            yield letter, numbers
            numbers = []
    if letter == "C":
        yield "C", []
