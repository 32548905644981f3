"""Lists whose items stand in paragraphs of their own: what they add up to is told in the sentence that announces them.

新增一般债券19800万元安排2个项目：
1.农村公路提升工程6500万元；              part of 新增一般债券
2.中小学校舍改造13300万元。               so is this
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.models import Fact, Sentence

_ITEM = re.compile(r"\s*(?:\d{1,2}[.、．]|[（(]\d{1,2}[）)]|[①-⑳]|[一二三四五六七八九十]{1,2}是|[-—●■]+)")
_LEAST = 2
_SUMS = ("amount", "budget", "adjusted_budget", "actual")


def under_announced(facts: Sequence[Fact], sentences: Sequence[Sentence]) -> list[Fact]:
    """The facts in order, those of announced lists as parts of what was announced, where they add up to it."""
    by_sentence: dict[int, list[int]] = {}
    for at, fact in enumerate(facts):
        if fact.kind == "money" and fact.measure in _SUMS and fact.number is not None:
            by_sentence.setdefault(fact.sentence, []).append(at)
    parent_of: dict[int, str] = {}
    for sentence in sentences:
        if not sentence.text.rstrip().endswith(("：", ":")):
            continue
        wholes = by_sentence.get(sentence.index, [])
        parts = _items_behind(sentence.index, sentences, by_sentence) if wholes else []
        total = sum(facts[at].number or 0 for at in parts)
        whole = next((facts[at].item for at in wholes if len(parts) >= _LEAST and facts[at].number == total), "")
        parent_of.update({at: whole for at in parts if whole and not facts[at].parent})
    return [replace(fact, parent=parent_of[at]) if at in parent_of else fact for at, fact in enumerate(facts)]


def _items_behind(index: int, sentences: Sequence[Sentence], money: dict[int, list[int]]) -> list[int]:
    """The first amount of each numbered sentence behind the one of this index, up to another kind of text."""
    found: list[int] = []
    for sentence in sentences[index + 1 :]:
        if not _ITEM.match(sentence.text):
            if sentence.kind != "text" or money.get(sentence.index) or not found:
                break
            continue  # what an item is for, in a sentence of its own
        if not money.get(sentence.index):
            break
        found.append(money[sentence.index][0])
    return found
