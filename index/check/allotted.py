"""Lists that say what they are of, in another sentence than its figure: 新增专项债券安排6个项目：1.…；2.….

    再融资……新增专项债券51600万元。新增专项债券安排：甲项目16500万元、乙项目9800万元、……      51600 in all

A list of what is 主要 need not be all: there only a plain slip is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.check.adding import PARTS, STATE, Sum, compared
from index.check.cause import SLIPS_OF_HAND
from index.check.lists import number_of
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.facts.printed import Printed
from index.find.terms import find_terms
from index.models import Fact, Sentence
from index.text.normal import plain

_OF: Final = re.compile(
    r"^(?P<what>[^，,；;。：:]{2,24}?)(?:资金)?(?P<open>主要|重点)?(?:全部|共|分别)?"
    r"(?:投向|用于|安排|投入|支持|分配|项目|为|是|包括)[^，,；;。：:]{0,10}[：:]"
)
_AND_SO_ON: Final = re.compile("^[万亿]?元等|^[^，,；;。]{0,4}等(?:项目|领域|方面)")
_REST: Final = re.compile(r"(?:^|[^\u4e00-\u9fff]|[及和与元])其[他它余]")
_USED: Final = re.compile("用于|分别|投向")
_BESIDE: Final = re.compile(r"^[万亿]?元[）)][、，,和及以]*[^，,；;。、（(]{2,}[（(]$")
_THAT_IS: Final = re.compile(r"^(?:[，,]?(?:即|等于)|[=＝])")
_BACK: Final = 6  # sentences in which the figure of what a list is of is looked for
_FEWEST: Final = 3
_NEXT: Final = re.compile("[；;。]")


def of_allotted(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    told = [one for one in paper.parsed.sentences if one.kind != "row"]
    for sentence in told:
        if sentence.index not in paper.missed:
            yield from _in_brackets(paper, sentence)
            yield from _spelled_out(paper, sentence)
    for position, sentence in enumerate(told):
        match = _OF.match(sentence.text)
        if match is None:
            continue
        entries = paper.entries(sentence)
        listed = [one for one in entries if one.fact.start >= match.end()]
        parts = _first_list(listed) if listed else list(_numbered(paper, told[position + 1 :]))
        wholes = _wholes(paper, told[max(0, position - _BACK) : position], match["what"], sentence)
        if len(entries) - len(listed) == 1:  # 新增一般债券19800万元安排4个项目：
            wholes = [entries[0].fact]
        if len(parts) < _FEWEST or not wholes or not all(_is_part(one, wholes[-1]) for one in parts):
            continue
        added = Sum(tuple((1, one.fact) for one in parts))
        if any(added.range.meets(Printed.rounded(one)) for one in wholes):
            continue
        last = parts[-1].fact
        opened = bool(_AND_SO_ON.match(paper.sentences[last.sentence].text[last.end :]))
        closed = not opened and (not match["open"] or bool(_REST.search(parts[-1].gap)))
        whole = closed and len(wholes) == 1
        for found in compared(paper, PARTS, wholes[-1], added, closed=closed, opened=opened, sure=False, whole=whole):
            if closed or found.cause in (*SLIPS_OF_HAND, "单位"):
                yield found


def _in_brackets(paper: Paper, sentence: Sentence) -> Iterator[Finding]:
    """新增债券9.8亿元，用于甲（3.6亿元）、乙（4.5亿元）和丙（1.7亿元）: each figure in a bracket of its own."""
    entries = paper.entries(sentence)
    for position, whole in enumerate(entries):
        parts: list[Entry] = []
        for one in entries[position + 1 :]:
            if one.depth != whole.depth + 1 or (parts and not _BESIDE.match(one.since)):
                break
            parts.append(one)
        used = bool(parts) and bool(_USED.search(parts[0].since)) and not re.search("主要|重点", parts[0].since)
        after = sentence.text[parts[-1].fact.end :] if parts else ""
        if used and len(parts) >= _FEWEST and not re.match(r"[万亿]?元[）)]等", after):
            added = Sum(tuple((1, one.fact) for one in parts))
            if all(_is_part(one, whole.fact) for one in parts):
                yield from compared(paper, PARTS, whole.fact, added, closed=True, sure=False)


def _spelled_out(paper: Paper, sentence: Sentence) -> Iterator[Finding]:
    """收入总量315000万元，即收入86450万元+上级补助161280万元+…: each figure behind a plus."""
    entries = [one for one in paper.entries(sentence) if not one.depth]
    for whole, first, position in zip(entries, entries[1:], range(2, len(entries) + 1), strict=False):
        if not _THAT_IS.match(first.gap):
            continue
        parts = [first]
        for one in entries[position:]:
            if not one.gap.startswith(("+", "＋")):
                break
            parts.append(one)
        if len(parts) >= _FEWEST:
            added = Sum(tuple((1, one.fact) for one in parts))
            yield from compared(paper, "合计", whole.fact, added, closed=True, sure=False, whole=True)


def _first_list(entries: Sequence[Entry]) -> list[Entry]:
    """The figures behind the colon as far as one list goes."""
    kept: list[Entry] = []
    for one in entries:
        if kept and _NEXT.search(one.since):
            break
        if not one.depth:
            kept.append(one)
    return kept


def _numbered(paper: Paper, sentences: Sequence[Sentence]) -> Iterator[Entry]:
    """The first figure of each of the sentences 1., 2., … that follow; none if one of them has none."""
    for number, sentence in enumerate(sentences, 1):
        entries = [one for one in paper.entries(sentence) if not one.depth]
        if number_of(sentence) != number or len(entries) != 1:
            return
        yield entries[0]


def _wholes(paper: Paper, before: Sequence[Sentence], what: str, at: Sentence) -> list[Fact]:
    """The figures of what a list is of: of its item, or with its words right before them."""
    terms = find_terms(what)
    keys = {item.key for item in terms[-1].items} if terms and terms[-1].end == len(what) else set()
    return [
        one.fact
        for sentence in before
        if sentence.section == at.section or at.kind == "heading"
        for one in paper.entries(sentence)
        if one.is_state and one.fact.measure in STATE and (one.fact.key in keys or plain(one.gap).endswith(what))
    ]


def _is_part(one: Entry, whole: Fact) -> bool:
    missed_none = one.is_state and one.fact.measure in STATE
    return missed_none and one.fact.period.last_year == whole.period.last_year
