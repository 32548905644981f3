"""A parsed report as the rules look at it: figures in the order of the print, with the words before each.

加上级补助收入 272195 万元，债券转贷收入 3750 万元（其中…150 万元）
Entry(272195, gap 加上级补助收入, depth 0), Entry(3750, gap ，债券转贷收入, depth 0), Entry(150, depth 1)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from index.check.models import Finding, Level, Span
from index.check.noughts import with_noughts
from index.models import Fact, Parsed, Sentence

_AGAINST: Final = re.compile("[比较][^，,；;。]{0,16}$")
_CHANGE: Final = re.compile("(?:增加|减少|增收|减收|增支|减支|净增|净减|调增|调减|追加|核减|压减)(?:了|额|约)*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure in its sentence; ``gap`` are the words since the figure before it (or the sentence's start), ``since``
    those since the money before it, ``depth`` counts the brackets that it stands in."""

    fact: Fact
    gap: str
    since: str
    depth: int

    @property
    def is_against(self) -> bool:
        """较2024年执行数318450万元: what another figure is measured against."""
        return is_against(self.gap)

    @property
    def is_change(self) -> bool:
        """减少126万元: how much more or less, against whatever."""
        return self.fact.measure == "yoy_amount" or bool(_CHANGE.search(self.gap))

    @property
    def is_state(self) -> bool:
        """Is it a figure of its own, neither a change nor what a change is from?"""
        return not (self.is_against or self.is_change)


def is_against(words: str) -> bool:
    """Do the words before a figure say that another one is measured against it?"""
    return bool(_AGAINST.search(words))


class Paper:
    """One report, its figures by sentence."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = with_noughts(parsed)
        self.sentences = {sentence.index: sentence for sentence in parsed.sentences}
        # what else a finding may be: the same figures, of which a slip of another one explains it as well
        self.others: dict[tuple[str, frozenset[Span]], list[Finding]] = {}
        self._entries: dict[int, list[Entry]] = {}

    @cached_property
    def by_sentence(self) -> dict[int, list[Fact]]:
        """The figures of each sentence in the order of the print, one for each place."""
        found: dict[int, dict[int, Fact]] = {}
        for fact in self.parsed.facts:
            if fact.number is not None:
                found.setdefault(fact.sentence, {}).setdefault(fact.start, fact)
        return {index: [facts[start] for start in sorted(facts)] for index, facts in found.items()}

    @cached_property
    def by_key(self) -> dict[str, list[Fact]]:
        """The figures of each item of the catalogue, in the order of the print."""
        found: dict[str, list[Fact]] = {}
        for fact in self.parsed.facts:
            if fact.key and fact.number is not None:
                found.setdefault(fact.key, []).append(fact)
        return found

    @cached_property
    def missed(self) -> dict[int, list[int]]:
        """Where a sentence has numbers that became no figure."""
        found: dict[int, list[int]] = {}
        for one in self.parsed.missed:
            found.setdefault(one.sentence, []).append(one.start)
        return found

    @cached_property
    def _units(self) -> Counter[str]:
        return Counter(fact.unit for fact in self.parsed.facts if fact.kind == "money" and fact.rule != "table")

    def in_unit(self, unit: str) -> int:
        """How many amounts of the running text are in a unit."""
        return self._units[unit]

    def prose(self) -> Iterator[tuple[Sentence, list[Fact]]]:
        """The sentences of running text with their figures."""
        for sentence in self.parsed.sentences:
            if sentence.kind == "text":
                yield sentence, self.by_sentence.get(sentence.index, [])

    def entries(self, sentence: Sentence) -> list[Entry]:
        """The money of a sentence, in order."""
        if sentence.index not in self._entries:  # half of the rules ask for them
            self._entries[sentence.index] = list(self._money_of(sentence))
        return self._entries[sentence.index]

    def _money_of(self, sentence: Sentence) -> Iterator[Entry]:
        end = money = 0
        for fact in self.by_sentence.get(sentence.index, []):
            before = sentence.text[: fact.start]
            if fact.kind == "money":
                gap = sentence.text[end : fact.start]
                for sign in ("万元", "亿元", "元"):
                    gap = gap.strip().removeprefix(sign)
                depth = sum(before.count(mark) for mark in "（(") - sum(before.count(mark) for mark in "）)")
                yield Entry(fact, gap.strip(), sentence.text[money : fact.start], max(depth, 0))
                money = fact.end
            end = fact.end

    def finding(
        self, kind: str, level: Level, facts: Sequence[Fact], total: str, should: str = "", cause: str = ""
    ) -> Finding:
        """A finding at the place of the first of some figures."""
        sentence = self.sentences[facts[0].sentence]
        section = self.parsed.sections[sentence.section].title if sentence.section is not None else ""
        spans = tuple(Span(fact.sentence, fact.start, fact.end) for fact in facts)
        return Finding(kind, level, sentence.page, section, sentence.text, spans, total, should, cause)

    def either(self, found: Sequence[Finding]) -> Finding:
        """The first of several ways to explain one finding; the others are kept beside it."""
        first = found[0]
        if len(found) > 1:
            self.others[first.kind, frozenset(first.spans)] = list(found[1:])
        return first
