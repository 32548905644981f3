"""Whose level the tables of a report are of, from their titles taken together.

2025年威海市市本级一般公共预算收入执行情况表   own, as it says
2025年威海市一般公共预算收入执行情况表         whole: the same title without a level, beside the one with it
2025年区级一般公共预算收入执行情况表           lower, in a city's report
2025年临港区一般公共预算收入执行情况表         that zone's, not the city's
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.facts.levels import is_own_level, level_of
from index.facts.marks import CIRCUMSTANCE, ITEM, Marks, mark
from index.find.amounts import find_amounts
from index.find.gazetteer import short_name
from index.models import Region, Scope, Subject
from index.outline import PlacedTable
from index.text.normal import normalise, plain

NAMING = re.compile(r"表|情况|收入|支出|预算|决算|债务")
_NUMBERED = re.compile(r"^(?:附?[表件]\s*[-\d一二三四五六七八九十]*\s*[：:、]?)+")
_HEAD_MARKS = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])|[“”]|20\d\d年度?")
_UNIT = re.compile(r"[（(]?(?:金额)?单位[：:].*$")
_REMARK = re.compile(r"[（(][^（）()]*[）)]|草案|表|情况|度|\s|[-—_.·]")
_EACH_TITLE = re.compile(r"(?<=表)(?!(?!20\d\d)[一二三四五六七八九十\d]|[（(])")
_BOTH = re.compile(r"全[省市县区州旗盟]?[和及与、]|[和及与、](?:[省市县区州旗盟]?本级|[省市县区州旗盟]级(?!基本|财力))")
_DOWNWARD = re.compile(r"对(?:各|下|县|区|所属)|各[县区市旗（]|分地区|分[县区市]")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_YEAR = re.compile(r"20\d\d")
_ENDED = re.compile(r"[表）)。；：:…]$|(?:情况|草案)$")
_LEAD = re.compile(rf"[\s\d年度{CIRCUMSTANCE}—－-]*")
_TOLD_OF = re.compile(
    rf"(?:级|本级|财政)?(?:20\d\d年度?)?(?:[{ITEM}{CIRCUMSTANCE}]|地方|政府|一般|国有|社会|财政|预算|决算|收入|支出|收支|债务)"
)
_LATER = re.compile(r"(?<=[表元日])附?表[一二三四五六七八九十]{1,3}(?!单位)(?=[^，。；]{4,}表)")
_MAX_TITLE = 60
_USUAL = 3  # titles that make it a habit


def is_prose(line: str) -> bool:
    """A line with figures or a full stop before a table is text, not its caption."""
    return line.endswith(("。", "；")) or bool(find_amounts(line))


def naming_lines(lines: Sequence[str], title: str = "") -> list[str]:
    """What may name a table, the nearest first: its own title, then the lines above it, given in order.  A title on two
    lines is one."""
    found: list[str] = []
    above = (own_title(line) for line in lines if not is_prose(line))
    for line in (*(line for line in above if len(line) <= _MAX_TITLE), own_title(title)):
        if not line or _ASIDE.fullmatch(line):
            continue
        broken = found and _YEAR.search(found[-1]) and not _ENDED.search(found[-1]) and not _YEAR.search(line)
        if broken and NAMING.search(line) and not _UNIT.match(line) and not _NUMBERED.match(line):
            found[-1] += line
        else:
            found.append(line)
    return found[::-1]


def own_title(line: str) -> str:
    """…金额单位：亿元表一2023年债务余额情况表: of a cover and a title in one line, the title."""
    begins = [found.start() for found in _LATER.finditer(line)]
    return line[begins[-1] :] if begins else line


class Titles:
    """The titles of all tables of a report."""

    def __init__(self, about: Subject, placed: Sequence[PlacedTable]) -> None:
        self._about = about
        own = about.region
        names = (own.full_name, own.name, short_name(own.code)) if own is not None else ()
        self._names = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
        self._own: set[str] = set()  # what tables of the own level are titled, without the level
        self._marked = 0  # titles that say the level behind the region's name
        for title in dict.fromkeys(line for one in placed for line in _lines(one)):
            if self._stated(title)[0] == "own":
                self._own.add(self.bare(title))
                self._marked += any(name in title for name in self._names)

    def scope_of(
        self, title: str, before: Sequence[str], scope: Scope, words: str, section: str = ""
    ) -> tuple[Scope, str]:
        """Scope and its words of the table of this title; ``before`` are the lines above it, ``scope`` and ``words``
        what its section says, and ``section`` the title of that, where it may stand for the table's own."""
        if _BOTH.search(title):
            return "", ""  # 全市及市本级: the columns or rows tell
        stated = self._stated(title)
        if not stated[0]:
            same = [line for line in before[-2:] if self.bare(line) and self.bare(line) in self.bare(title)]
            stated = next((found for line in same if (found := self._stated(line))[0]), stated)
        if not stated[0] and section and self._undated(section) == self._undated(title):
            stated = self._stated(section)  # 六、“三公”经费支出决算表（本级）
        if stated[0]:
            return stated
        if words and not is_own_level(words, self._about.region):
            scope, words = "", ""
        if not self._own or "本级" in self._about.title or not title:
            return scope, words
        named = any(name in title for name in self._names) and not _DOWNWARD.search(title)
        if scope and not (named and self._marked >= _USUAL):
            return scope, words  # the section says it, unless titles of this report always do
        return ("whole", "") if named or self.bare(title) in self._own else (scope, words)

    def _undated(self, title: str) -> str:
        return self.bare(_HEAD_MARKS.sub("", title))

    def place_of(self, title: str, marks: Marks) -> Region | None:
        """The zone or division below the report's own that a title begins with; ``marks`` are those of the title."""
        own = self._about.region
        inside = [place for place in marks.places if len(place.regions) == 1 and _is_below(place.regions[0], own)]
        if len(inside) != 1 or _DOWNWARD.search(title) or _BOTH.search(title):
            return None
        before, behind = marks.masked[: inside[0].start], marks.masked[inside[0].end :]
        heads = _LEAD.fullmatch(_NUMBERED.sub("", before))
        return inside[0].regions[0] if heads and _TOLD_OF.match(behind) else None

    def _stated(self, title: str) -> tuple[Scope, str]:
        """The level that a title says; of several titles in one line (that of the book before it) the last one's."""
        parts = [part for part in _EACH_TITLE.split(title) if part]
        return next((found for part in reversed(parts) if (found := self._level_in(part))[0]), ("", ""))

    def _level_in(self, title: str) -> tuple[Scope, str]:
        marks = mark(normalise(title), self._about.region, self._about.zones)
        found = [s for s in marks.scopes if s.scope != "lower" and is_own_level(s.text, self._about.region)]
        if found:
            return found[0].scope, found[0].text
        below = [s for s in marks.scopes if s.scope == "own" and level_of(s, self._about.region) == "lower"]
        if below and not _DOWNWARD.search(title):
            return "lower", below[0].text
        level = re.search(r"[（(](?P<level>[省市县区州旗盟]?本级)[）)]", title)
        return ("own", level["level"]) if level else ("", "")

    def bare(self, title: str) -> str:
        """A title without number, region, level and remarks: what it has in common with that of the other level."""
        marks = mark(normalise(title), self._about.region, self._about.zones)
        text = marks.text
        for scope in reversed(marks.scopes):
            text = text[: scope.start] + text[scope.end :]
        for name in self._names:
            text = text.replace(name, "")
        return _REMARK.sub("", _UNIT.sub("", _NUMBERED.sub("", text)))


def _is_below(region: Region, own: Region | None) -> bool:
    return own is not None and region.code != own.code and region.parent == own.code


def _lines(placed: PlacedTable) -> list[str]:
    """The lines that may name a table: above it, in its caption and in its first rows."""
    first = [next((cell for cell in row if cell), "") for row in placed.table.rows[:2] if sum(map(bool, row)) == 1]
    before = [plain(line) for line in placed.before[-3:]]
    lines = [*naming_lines(before, plain(placed.table.caption)), *map(plain, first)]
    return [line for line in lines if 4 < len(line) <= 2 * _MAX_TITLE and NAMING.search(line) and not is_prose(line)]
