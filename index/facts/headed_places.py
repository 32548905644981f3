"""Whose the figures are below a heading that names a place: that place's, or the city's that does something for it.

二、屯留区发展情况            the district's
一、支持循环化工园区建设      the city's, and so 循环化工园区建设加快推进; but the zone's, if its account is told below
一、加强保护，守护盐湖        the city's: no account of 盐湖区
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from index.facts.marks import Marks
from index.facts.open_names import EDGE
from index.find.places import PlaceMatch
from index.lexicon import cue_regex
from index.models import Section, Sentence
from index.text.normal import normalise

_OF_ACCOUNTS: Final = re.compile("预算|收支|收入|支出|决算|债务|财政(?!支持|投入|保障)")
# what may stand before the place whose section it is; any other words do something for it, or call a lake so
_BEFORE: Final = re.compile(
    rf"(?:[（(]?[一二三四五六七八九十\d]{{1,3}}[）)、.．]|[一二三四五六七八九十]{{1,2}}是|关于|其中|附[件表]?|[{EDGE}\-—])*(?:.*的)?"
)


def is_done_for(marks: Marks, place: PlaceMatch, account_told: Callable[[str], bool]) -> bool:
    """Does a heading say what is done for a place, and is its own account not told below (``account_told``, of a place
    whose name ends in this word)?"""
    title = marks.text
    if _OF_ACCOUNTS.search(title):
        return False
    opened = max(title.rfind(mark, 0, place.start) for mark in "，；：。 ") + 1
    led = not _BEFORE.fullmatch(marks.masked, opened, place.start)
    return bool(led or _pushed().match(title, place.end)) and not account_told(place.text[-1:])


class AccountsTold:
    """In which sections of a document, their subsections included, the total of an account opens a clause; ``own`` is
    the name of the document's own place."""

    def __init__(self, sections: Sequence[Section], sentences: Sequence[Sentence], own: str) -> None:
        self._sections, self._sentences, self._own = sections, sentences, own
        self._told: frozenset[tuple[int, str]] | None = None

    def below(self, section: int, level: str) -> bool:
        """Is it told in this section, as nobody's or as all of a place whose name ends so (全|区)?"""
        if self._told is None:
            self._told = self._look()
        return (section, "") in self._told or (section, level) in self._told

    def _look(self) -> frozenset[tuple[int, str]]:
        told: set[tuple[int, str]] = set()
        for sentence in self._sentences:
            at: int | None = sentence.section
            found = _account_total().search(normalise(sentence.text).text) if sentence.kind == "text" else None
            level = (found["level"] or "") if found else ""
            if found is None or (level and self._own.endswith(level)):
                continue
            while at is not None and (at, level) not in told:
                told.add((at, level))
                at = self._sections[at].parent
        return frozenset(told)


@cache
def _pushed() -> re.Pattern[str]:
    return re.compile(f"[^，。；]{{0,10}}?{cue_regex('scope', 'place_pushed')}(?=$|[，。；：])")


@cache
def _account_total() -> re.Pattern[str]:
    """一般公共预算支出完成|9亿元, 全区收入完成|31亿元; not 全市一般公共预算收入 and not 支出|3亿元用于."""
    accounts = cue_regex("account", "general_public", "government_fund", "state_capital")
    lead = r"(?:其中：?|(?:20\d\d年度?)|全年|当年|本年|累计|完成|实现|地方)*"
    done = "(?:年初预算|预算|累计|预计|实际)*(?:完成|实现|执行|安排|为|达到?)"
    side = "(?:总?收入|总?支出)"
    return re.compile(
        rf"(?:^|[，。；：]){lead}(?:全(?P<level>[区县旗]))?{lead}(?:{accounts}(?:预算)?{side}(?:{done})?|(?:财政)?{side}{done})约?\d"
    )
