"""Items in normal text, from the lexicon: longest first, never inside one another.

    "教育支出完成56917万元" -> 教育支出 [gp-exp-205]     "城乡社区支出" -> [gp-exp-212, gf-exp-212]: the account decides

A name may belong to items of different accounts; ``choose`` takes the one of the account that holds at its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from index.find.phrases import Phrases
from index.lexicon import Item, items
from index.models import Flow


@dataclass(frozen=True, slots=True)
class TermMatch:
    """An item name as found.  ``items`` holds every item of that name; ``people`` marks an asker's word."""

    start: int
    end: int
    text: str
    items: tuple[Item, ...]
    people: bool = False


def find_terms(text: str) -> list[TermMatch]:
    """The items a report names: official names and aliases."""
    return [TermMatch(start, end, text[start:end], found) for start, end, found in _report_words().find(text)]


def find_asked_terms(text: str) -> list[TermMatch]:
    """The items a question names: names, aliases and people's words."""
    report = _report_words()
    return [
        TermMatch(start, end, text[start:end], found, report.get(text[start:end]) is None)
        for start, end, found in _asked_words().find(text)
    ]


def choose(candidates: Sequence[Item], account: str, flow: Flow = "") -> Item:
    """Of several items with one name, the one of this account and flow; else the first of the lexicon."""
    for fits in (
        lambda item: item.account == account and (not flow or item.flow == flow),
        lambda item: item.account == account,
        lambda item: flow and item.flow == flow,
    ):
        for item in candidates:
            if fits(item):
                return item
    if not account:
        for item in candidates:
            if item.account in ("", "general_public"):
                return item
    return candidates[0]


def exact_items(word: str) -> tuple[Item, ...]:
    """The items that have exactly this name, alias or people's word; empty if none has."""
    return _asked_words().get(word) or ()


@cache
def _report_words() -> Phrases[tuple[Item, ...]]:
    return Phrases(_by_word((word, item) for item in items().values() for word in item.words))


@cache
def _asked_words() -> Phrases[tuple[Item, ...]]:
    return Phrases(_by_word((word, item) for item in items().values() for word in (*item.words, *item.people)))


def _by_word(pairs: Iterable[tuple[str, Item]]) -> dict[str, tuple[Item, ...]]:
    table: dict[str, list[Item]] = {}
    for word, item in pairs:
        table.setdefault(word, []).append(item)
    return {word: tuple(found) for word, found in table.items()}
