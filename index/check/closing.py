"""A fund's year within one stretch of a sentence: what was there, what came in, what was spent, what is there.

    上年末滚存结余18.94亿元，本年收入16.48亿元，支出15.06亿元，年末滚存结余20.63亿元      18.94＋16.48－15.06 ＝ 20.36

All four are told once, in whatever order, and no other sum between two ；: then a difference is one whatever its size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.check.adding import Sum, compared
from index.check.cause import SLIPS_OF_HAND
from index.check.models import Finding
from index.check.paper import Entry, Paper

KIND: Final = "滚存结余"
_KEPT: Final = "(?:结余|结存|结转|余额)(?:资金|收入|结余)?"
_SAID: Final = r"(?:\d{4}年)?(?:预算|预计|完成|安排|实现|约|为|达到?)*$"
_KINDS: Final = {
    "left": re.compile(rf"(?:当年|本年|当期|本期|年度|收支)(?:预算|收支)*{_KEPT}{_SAID}"),
    "begun": re.compile(rf"(?:上年|年初|期初|以前年度|历年)(?:年?[末底])?(?:累计|滚存)?{_KEPT}{_SAID}"),
    "ended": re.compile(rf"(?:(?:年末|年终|期末|年底|滚存|累计)+(?:累计|滚存)?{_KEPT}|结转下年(?:支出|使用)?){_SAID}"),
    "came": re.compile(rf"收入{_SAID}"),
    "went": re.compile(rf"支出{_SAID}"),
}
_WANTED: Final = ("begun", "came", "went", "ended")
_INSURED: Final = "social_insurance"
_STOP: Final = re.compile("[；;。]")
_LOOSE: Final = frozenset({"rough", "quote", "unit_missing", "unit_unsure"})


def of_closing(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    for sentence, _ in paper.prose():
        if sentence.index in paper.missed:
            continue
        stretch: list[Entry] = []
        for one in paper.entries(sentence):
            if stretch and _STOP.search(one.since):
                yield from _judged(paper, stretch)
                stretch = []
            stretch.append(one)
        yield from _judged(paper, stretch)


def _judged(paper: Paper, stretch: Sequence[Entry]) -> Iterator[Finding]:
    kinds = [_kind(one) for one in stretch if not one.is_change]
    told = {kind: one.fact for kind, one in zip(kinds, (one for one in stretch if not one.is_change), strict=True)}
    if "" in kinds or len(kinds) != len(told) or any(kind not in told for kind in _WANTED):
        return
    begun, came, went, ended = (told[kind] for kind in _WANTED)
    if not any(_LOOSE & set(fact.flags) for fact in told.values()):
        added = Sum(((1, begun), (1, came), (-1, went)))
        insured = ended.account == _INSURED or "保险" in paper.sentences[ended.sentence].text
        for found in compared(paper, KIND, ended, added, closed=True, sure=False, whole=insured):
            # another fund is given to by other levels and books, and need not say so
            if insured or found.cause in SLIPS_OF_HAND:
                yield found


def _kind(one: Entry) -> str:
    """What a figure is by the words before it; "" for any other sum."""
    return next((kind for kind, words in _KINDS.items() if words.search(one.gap)), "")
