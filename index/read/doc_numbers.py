"""The numbers an old Word document counts itself -> the characters a reader of the page sees.

    a paragraph of list 3 at level 0, whose numbers are written "%1、" in Chinese  ->  "一、", "二、", …

Which list a paragraph is of stands in its own properties, or in those of its style.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from index.read.doc_rows import changes_of
from index.read.docx_numbers import CIRCLED, chinese

STYLES_AT, LISTS_AT, USES_AT = 0x00A2, 0x02E2, 0x02EA  # where and how long: styles, lists, the lists' uses
LIST_SIZE, LEVEL_SIZE, USE_SIZE = 28, 28, 16
LEVELS = 9
LIST, LEVEL = 0x460B, 0x260A  # what a paragraph says: the number of the use (from 1), the level
MAX_STYLES = 12  # one made from the other
PARAGRAPH_STYLE = 1
CHINESE = frozenset({10, 11, 17, 33, 35, 37, 38, 39})
LETTERS = {3: "A", 4: "a"}
CIRCLES = frozenset({18, 28})
NONE = frozenset({23, 255})  # bullets, nothing


class _Level(NamedTuple):
    """The first number, how it is written, and the text around it, in which chr(0) to chr(8) are levels."""

    start: int
    form: int
    text: str


class Numbers:
    """The counters of one document; ``next`` is asked for every paragraph in order."""

    def __init__(self, stream: bytes, table: bytes) -> None:
        self._lists: dict[int, list[_Level]] = {}
        self._uses: list[tuple[int, dict[int, int]]] = []  # the list, and where levels of it start anew
        self._styles: dict[int, tuple[int, Mapping[int, int]]] = {}
        self._counts: dict[tuple[int, int], int] = {}
        self._begun: set[tuple[int, int]] = set()
        try:
            self._lists = dict(_lists(stream, table))
            self._uses = list(_uses(stream, table)) if self._lists else []
            self._styles = dict(_styles(stream, table)) if self._lists else {}
        except (struct.error, IndexError):
            self._lists = {}

    def next(self, style: int, changes: Mapping[int, int]) -> str:
        """The number before a paragraph of this style with these changes, "" if it has none."""
        if not self._lists:
            return ""
        use = self._said(LIST, style, changes)
        if not 0 < use <= len(self._uses):
            return ""
        key, starts = self._uses[use - 1]
        levels = self._lists.get(key, [])
        level = self._said(LEVEL, style, changes)
        if level >= len(levels):
            return ""
        if level in starts and (use, level) not in self._begun:
            self._counts[key, level] = starts[level] - 1
        self._begun.add((use, level))
        self._counts[key, level] = self._counts.get((key, level), levels[level].start - 1) + 1
        for deeper in [place for place in self._counts if place[0] == key and place[1] > level]:
            del self._counts[deeper]
        if levels[level].form in NONE:
            return ""
        return "".join(
            self._shown(key, ord(char), levels) if ord(char) < LEVELS else char for char in levels[level].text
        )

    def _said(self, code: int, style: int, changes: Mapping[int, int]) -> int:
        for _ in range(MAX_STYLES):
            if code in changes:
                return changes[code]
            style, changes = self._styles.get(style, (-1, {}))
            if style < 0 and code not in changes:
                return 0
        return 0

    def _shown(self, key: int, level: int, levels: list[_Level]) -> str:
        if level >= len(levels):
            return ""
        count, form = self._counts.get((key, level), levels[level].start), levels[level].form
        if form in CHINESE:
            return chinese(count)
        if form in CIRCLES and 0 < count <= len(CIRCLED):
            return CIRCLED[count - 1]
        if form in LETTERS and 0 < count <= 26:
            return chr(ord(LETTERS[form]) + count - 1)
        return str(count)


def _lists(stream: bytes, table: bytes) -> Iterator[tuple[int, list[_Level]]]:
    """The levels of each list; they stand one after the other behind the table of lists."""
    at, size = struct.unpack_from("<II", stream, LISTS_AT)
    if size < 2:
        return
    count = struct.unpack_from("<H", table, at)[0]
    place = at + size
    for number in range(count):
        entry = at + 2 + LIST_SIZE * number
        key = struct.unpack_from("<i", table, entry)[0]
        simple = table[entry + 26] & 1
        levels = []
        for _ in range(1 if simple else LEVELS):
            level, place = _level(table, place)
            levels.append(level)
        yield key, levels


def _level(table: bytes, at: int) -> tuple[_Level, int]:
    """A level, and where the next one begins."""
    start, form = struct.unpack_from("<iB", table, at)
    skipped = table[at + 24] + table[at + 25]  # changes of characters and of the paragraph
    at += LEVEL_SIZE + skipped
    length = struct.unpack_from("<H", table, at)[0]
    text = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", errors="replace")
    return _Level(start, form, text), at + 2 + 2 * length


def _uses(stream: bytes, table: bytes) -> Iterator[tuple[int, dict[int, int]]]:
    at, size = struct.unpack_from("<II", stream, USES_AT)
    if size < 4:
        return
    count = struct.unpack_from("<I", table, at)[0]
    place = at + 4 + USE_SIZE * count
    for number in range(min(count, size // USE_SIZE)):
        entry = at + 4 + USE_SIZE * number
        key, changed = struct.unpack_from("<i", table, entry)[0], table[entry + 12]
        place += 4
        starts = {}
        for _ in range(changed):
            start, options = struct.unpack_from("<iI", table, place)
            place += 8
            if options & 0x10:
                starts[options & 0xF] = start
            if options & 0x20:
                place = _level(table, place)[1]
        yield key, starts


def _styles(stream: bytes, table: bytes) -> Iterator[tuple[int, tuple[int, Mapping[int, int]]]]:
    """For each paragraph style the one it is made from (-1: none) and its changes."""
    at, size = struct.unpack_from("<II", stream, STYLES_AT)
    end = at + size
    if size < 6:
        return
    head, count, base = struct.unpack_from("<HHH", table, at)
    at += 2 + head
    for number in range(count):
        length = struct.unpack_from("<H", table, at)[0]
        entry, at = table[at + 2 : at + 2 + length], at + 2 + length
        if at > end:
            return
        if length <= base:
            continue
        kind = struct.unpack_from("<H", entry, 2)[0]
        if kind & 0xF != PARAGRAPH_STYLE:
            continue
        place = base + 2 + 2 * struct.unpack_from("<H", entry, base)[0] + 2
        place += place % 2
        changed = struct.unpack_from("<H", entry, place)[0]
        changes = dict(changes_of(entry[place + 4 : place + 2 + changed]))
        yield number, (kind >> 4 if kind >> 4 != 0xFFF else -1, changes)
