"""Automatic numbers of OpenDocument lists and headings, written out as they are printed.

a list level with num-format "一, 二, 三, ..." and suffix "、"  ->  "一、", "二、", …
"""

from __future__ import annotations

from typing import NamedTuple

from index.read.docx_numbers import chinese
from index.read.docx_xml import Element, local, named, value

LETTERS = 26
CIRCLED = 20


class _Level(NamedTuple):
    """How a level counts: its kind of digits, what stands around the number, where it starts, levels shown."""

    form: str
    prefix: str
    suffix: str
    start: int
    shown: int


class Numbering:
    """The counters of one document."""

    def __init__(self, *parts: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._headings: dict[int, _Level] = {}
        for part in parts:
            for style in named(part, "list-style"):
                self._levels[value(style, "name")] = dict(map(_level, style))
            for outline in named(part, "outline-style"):
                self._headings = dict(map(_level, outline))
        self._counts: dict[str, dict[int, int]] = {}
        self._open: list[str] = []
        self._due: tuple[str, int] | None = None

    def begin(self, element: Element, level: int) -> None:
        """A list opens; the one inside another goes by the style of the outer one if it names none."""
        name = value(element, "style-name") or (self._open[-1] if self._open else "")
        goes_on = value(element, "continue-numbering") == "true" or value(element, "continue-list")
        if level == 0 and not goes_on:
            self._counts[name] = {}
        self._open.append(name)

    def end(self, level: int) -> None:
        """A list closes; the next one inside the same item begins anew."""
        name = self._open.pop()
        if level:
            self._forget(name, level - 1)
        self._due = None

    def item(self, item: Element, level: int) -> None:
        """An item opens: its first paragraph takes the number."""
        self._due = (self._open[-1], level) if local(item) == "list-item" else None
        start = value(item, "start-value")
        if start.isdecimal() and self._due:
            self._counts.setdefault(self._open[-1], {})[level] = int(start) - 1

    def taken(self, paragraph: Element) -> str:
        """The number before this paragraph, "" if it has none."""
        due, self._due = self._due, None
        if due is not None:
            return self._next(due[0], self._levels.get(due[0], {}), due[1])
        outline = value(paragraph, "outline-level")
        if local(paragraph) == "h" and outline.isdecimal() and value(paragraph, "is-list-header") != "true":
            return self._next("", self._headings, int(outline) - 1)
        return ""

    def _next(self, name: str, levels: dict[int, _Level], level: int) -> str:
        how = levels.get(level)
        counts = self._counts.setdefault(name, {})
        counts[level] = counts.get(level, how.start - 1 if how else 0) + 1
        self._forget(name, level)
        if how is None or not how.form:
            return ""
        first = max(level - how.shown + 1, 0)
        shown = [(counts.get(at, 1), levels[at].form) for at in range(first, level + 1) if at in levels]
        return how.prefix + ".".join(_written(count, form) for count, form in shown) + how.suffix

    def _forget(self, name: str, level: int) -> None:
        counts = self._counts.get(name, {})
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]


def _level(element: Element) -> tuple[int, _Level]:
    number, start, shown = (value(element, name) for name in ("level", "start-value", "display-levels"))
    form = value(element, "num-format") if local(element) != "list-level-style-bullet" else ""
    return (int(number) if number.isdecimal() else 1) - 1, _Level(
        form, value(element, "num-prefix"), value(element, "num-suffix"),
        int(start) if start.isdecimal() else 1, int(shown) if shown.isdecimal() else 1,
    )  # fmt: skip


def _written(count: int, form: str) -> str:
    if form.startswith(("一", "壹")):
        return chinese(count)
    if form.startswith("①") and 1 <= count <= CIRCLED:
        return chr(ord("①") + count - 1)
    if form[0] in "aA" and 1 <= count <= LETTERS:
        return chr(ord(form[0]) + count - 1)
    return str(count)
