"""What a printed rank is a rank of, and among whom: ranks of different things do not contradict each other.

    "收入规模全市排名第四，全省排名第二十七，增幅全市排名第十二" -> 全市规模排名 4, 全省规模排名 27, 全市增幅排名 12

The words are read where the rank stands; a question says which rank it wants in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from index.ask.agree import groups
from index.ask.vocabulary import pattern_in
from index.lexicon import toml
from index.models import Region, StoredFact
from index.text.normal import plain


@dataclass(frozen=True, slots=True)
class Kind:
    """``of`` and ``among`` are classes (growth, province), "" where nothing says it; the words are those printed.

    ``hint`` is the class of the figure before, where the rank's own words do not say it: 增长6.2%，位居全省第四.
    """

    of: str = ""
    among: str = ""
    of_words: str = ""
    among_words: str = ""
    hint: str = ""
    hint_words: str = ""

    @property
    def name(self) -> str:
        """全市增幅排名; growth is named only where it is sure to be what is ranked."""
        return f"{self.among_words}{self.of_words or (self.hint_words if self.hint != 'growth' else '')}排名"

    @property
    def key(self) -> tuple[str, str]:
        """Two ranks with one key are of one thing among the same others."""
        return self.of or self.hint or "total", self.among


def kind_of(one: StoredFact) -> Kind:
    """Of a rank in a sentence by the words before it, of one in a table by its column."""
    if one.fact.rule.startswith("table"):
        label = plain(one.fact.label)
        return Kind(*_pair(_last(label.rpartition(" ")[2] or label, "of")))
    before = _segment(one.text[: one.fact.start])
    among = _last(_without_own(before, one.region), "among")
    of, hint = _of(before, one.fact.item)
    return Kind(*_pair(of, among), *hint)


def kind_asked(text: str, region: Region | None, item: str = "") -> Kind:
    """增速在全省排第几 -> growth, province; of what the question does not say, nothing."""
    among = _last(_without_own(text, region) if region else text, "among")
    return Kind(*_pair(_last(text.replace(item, "，") if item else text, "of"), among))


def says_of(text: str) -> bool:
    """Whether a question says itself what is ranked: 增幅呢."""
    return bool(_last(text, "of")[1])


def says_among(text: str) -> bool:
    """... and among whom: 全省呢."""
    return bool(_last(text, "among")[1])


def left_of(chunks: Sequence[str]) -> list[str]:
    """The words of a question that say nothing of a rank: 增速, 全省 do, 完成率全市 does."""
    left = list(chunks)
    for group in ("of", "among"):
        for word in sorted(_classes(group), key=len, reverse=True):
            left = [chunk.replace(word, "") for chunk in left]
    return [chunk for chunk in left if len(chunk) > 1]


def ranks_asked(ranks: Sequence[StoredFact], text: str) -> list[StoredFact]:
    """Those of several printed ranks that a question asks for: those that say all of it, if there are any; all where it
    does not say which."""
    if not ranks:
        return []
    asked = kind_asked(text, ranks[0].region, ranks[0].fact.item)
    fitting = [(kind_of(one), one) for one in ranks if _fits(kind_of(one), asked)]
    sure = [
        one for kind, one in fitting
        if asked.among in ("", kind.among) and asked.of in ("", kind.of or kind.hint)
    ]  # fmt: skip
    return sure or [one for _, one in fitting]


def _fits(kind: Kind, asked: Kind) -> bool:
    of = not asked.of or (kind.of or kind.hint) in ("", asked.of)
    return of and (kind.among in ("", asked.among) or not asked.among)


def rank_groups(ranks: Sequence[StoredFact]) -> list[list[StoredFact]]:
    """Ranks that say the same of the same, the amount's first (``disagree`` tells whether any differ); one that does
    not say among whom stands with the one of its number that does."""
    by_kind: dict[tuple[str, str], list[StoredFact]] = {}
    for one in ranks:
        by_kind.setdefault(kind_of(one).key, []).append(one)
    told = {(of, one.fact.number) for (of, among), some in by_kind.items() if among for one in some}
    for (of, among), some in list(by_kind.items()):
        if not among:
            by_kind[of, among] = [one for one in some if (of, one.fact.number) not in told]
    ordered = sorted(by_kind.items(), key=lambda pair: pair[0][0] != "total")
    return [group for _, some in ordered for group in groups(some)]


def disagree(told: Sequence[StoredFact]) -> bool:
    """Whether two ranks are of one thing among the same others, and differ."""
    kinds = [kind_of(one).key for one in told]
    return len(kinds) > len(set(kinds))


def _of(before: str, item: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The word of the rank's own clause, or of the one before, where that tells a rank too (全市排名第四，全省排名…);
    else what the figure of that one is."""
    clauses = pattern_in("ranked", "clause").split(before.replace(plain(item), "，") if item else before)
    for at, clause in enumerate(reversed(clauses)):
        found = _last(clause, "of")
        if at and not pattern_in("ranked", "told").search(clause):
            return ("", ""), found
        if found[1]:
            return found, ("", "")
    return ("", ""), ("", "")


def _segment(text: str) -> str:
    return pattern_in("ranked", "segment").split(plain(text))[-1]


def _without_own(text: str, region: Region) -> str:
    """全市 of a city is itself, not those that it is ranked among; not where it stands right before the rank."""
    own = f"全{region.name[-2:] if region.name.endswith('地区') else region.name[-1:]}"
    for match in reversed(list(re.finditer(own, text))):
        after = text[match.end() :]
        if region.level in ("province", "prefecture") or not pattern_in("ranked", "before_rank").search(after or "第"):
            text = f"{text[: match.start()]}，{after}"
    return text


def _last(text: str, group: str) -> tuple[str, str]:
    """The class and the word that stands last in a text, the longest of those that end there."""
    found = [(text.rfind(word) + len(word), len(word), name, word) for word, name in _classes(group).items()]
    there = [one for one in found if one[0] >= one[1]]
    return max(there)[2:] if there else ("", "")


def _pair(of: tuple[str, str], among: tuple[str, str] = ("", "")) -> tuple[str, str, str, str]:
    return of[0], among[0], of[1], among[1]


@cache
def _classes(group: str) -> Mapping[str, str]:
    rows = cast(dict[str, list[str]], toml("questions.toml")["ranked"][group])
    return {plain(word): name for name, some in rows.items() for word in some}
