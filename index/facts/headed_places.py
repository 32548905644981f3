"""Whose the figures are below a heading that names a place: that place's, or the city's that does something for it.

二、屯留区发展情况            the district's
一、支持循环化工园区建设      the city's, and so 循环化工园区建设加快推进; but the zone's, if its account is told below
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from index.find.places import PlaceMatch
from index.lexicon import cue_regex
from index.models import Section, Sentence
from index.text.normal import normalise

_NUMBERING: Final = r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*|[一二三四五六七八九十]{1,2}是)*"
_OF_ACCOUNTS: Final = re.compile("预算|收支|收入|支出|决算|债务|财政(?!支持|投入|保障)")
_OWN: Final = re.compile("的$")  # 服务业集聚的|上党区


def is_done_for(title: str, place: PlaceMatch, account_told: Callable[[], bool]) -> bool:
    """Does a heading say what is done for a place, and is the place's own account (``account_told``) not told below?"""
    if _OF_ACCOUNTS.search(title) or _OWN.search(title, 0, place.start):
        return False
    opened = max(title.rfind(mark, 0, place.start) for mark in "，；：。 ") + 1
    served = _serves().match(title, opened, place.start)
    return bool(served or _pushed().match(title, place.end)) and not account_told()


class AccountsTold:
    """In which sections of a document, their subsections included, the total of an account opens a clause."""

    def __init__(self, sections: Sequence[Section], sentences: Sequence[Sentence]) -> None:
        self._sections, self._sentences = sections, sentences
        self._told: frozenset[int] | None = None

    def below(self, section: int) -> bool:
        """Is it told in this section?"""
        if self._told is None:
            self._told = self._look()
        return section in self._told

    def _look(self) -> frozenset[int]:
        told: set[int] = set()
        for sentence in self._sentences:
            at = sentence.section
            if at is None or at in told or sentence.kind != "text":
                continue
            if _account_total().search(normalise(sentence.text).text):
                while at is not None and at not in told:
                    told.add(at)
                    at = self._sections[at].parent
        return frozenset(told)


@cache
def _serves() -> re.Pattern[str]:
    verbs = cue_regex("scope", "served", "place_served")
    return re.compile(f"{_NUMBERING}{cue_regex('scope', 'how_served')}*{verbs}(?!业)")


@cache
def _pushed() -> re.Pattern[str]:
    return re.compile(f"[^，。；]{{0,10}}?{cue_regex('scope', 'place_pushed')}(?=$|[，。；：])")


@cache
def _account_total() -> re.Pattern[str]:
    """一般公共预算支出完成|9亿元, 收入完成|31亿元; not 全市一般公共预算收入 and not 支出|3亿元用于."""
    accounts = cue_regex("account", "general_public", "government_fund", "state_capital")
    lead = r"(?:其中：?|(?:20\d\d年度?)|全年|当年|本年|累计|完成|实现|地方)*"
    done = "(?:年初预算|预算|累计|预计|实际)*(?:完成|实现|执行|安排|为|达到?)"
    side = "(?:总?收入|总?支出)"
    return re.compile(rf"(?:^|[，。；：]){lead}(?:{accounts}(?:预算)?{side}(?:{done})?|(?:财政)?{side}{done})约?\d")
