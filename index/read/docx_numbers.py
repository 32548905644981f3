"""The numbers Word counts itself -> the characters a reader of the page sees.

<w:numPr> at level 0 of "%1、" in chineseCounting  ->  "一、", "二、" …
"""

from __future__ import annotations

import re

from index.read.docx_xml import Element, child, named, value

DIGITS = "〇一二三四五六七八九"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
CHINESE_FORMATS = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCountingThousand",
    "ideographTraditional",
    "chineseLegalSimplified",
}
PLACE = re.compile(r"%(\d)")


def chinese(number: int) -> str:
    """1 to 99 as 一 to 九十九; larger numbers as digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "")


class Numbering:
    """Counts per list; ``next`` is asked for every paragraph in order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._read(numbering)
        for style in named(styles, "style"):
            place = _place(style)
            if place:
                self._styles[value(style, "styleId")] = place

    def _read(self, numbering: Element | None) -> None:
        for abstract in named(numbering, "abstractNum"):
            self._levels[value(abstract, "abstractNumId")] = {
                int(value(level, "ilvl") or 0): (
                    value(child(level, "numFmt")),
                    value(child(level, "lvlText")),
                    _number(value(child(level, "start")), 1),
                )
                for level in named(abstract, "lvl")
            }
        for numbered in named(numbering, "num"):
            self._lists[value(numbered, "numId")] = value(child(numbered, "abstractNumId"))

    def next(self, paragraph: Element) -> str:
        """The number before this paragraph, "" if it has none or only a bullet."""
        if not self._levels:
            return ""
        style = value(child(paragraph, "pPr", "pStyle"))
        own = _place(paragraph)
        inherited = self._styles.get(style)
        place = (own[0] or (inherited or ("", 0))[0], own[1]) if own else inherited
        levels = self._levels.get(self._lists.get(place[0], "")) if place else None
        if not place or not levels or place[1] not in levels:
            return ""
        number_id, level = place
        key = self._lists[number_id]
        self._counts[key, level] = self._counts.get((key, level), levels[level][2] - 1) + 1
        for deeper in [k for k in self._counts if k[0] == key and k[1] > level]:
            del self._counts[deeper]
        if levels[level][0] in {"bullet", "none", ""}:
            return ""
        return PLACE.sub(lambda match: self._shown(key, int(match[1]) - 1, levels), levels[level][1])

    def _shown(self, key: str, level: int, levels: dict[int, tuple[str, str, int]]) -> str:
        form, _, start = levels.get(level, ("decimal", "", 1))
        count = self._counts.get((key, level), start)
        if form in CHINESE_FORMATS:
            return chinese(count)
        if form.startswith("decimalEnclosedCircle") and 0 < count <= len(CIRCLED):
            return CIRCLED[count - 1]
        if form in {"lowerLetter", "upperLetter"} and 0 < count <= 26:
            return chr((97 if form == "lowerLetter" else 65) + count - 1)
        return str(count)


def _place(element: Element) -> tuple[str, int] | None:
    """List and level of a paragraph or style."""
    numbered = child(element, "pPr", "numPr")
    if numbered is None:
        return None
    return value(child(numbered, "numId")), _number(value(child(numbered, "ilvl")), 0)


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() else default
