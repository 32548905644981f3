"""其余8个项目: how many are left of a number, less those that are named before.

    12个项目，金额较大的是：①…②…③…④…⑤…其余8个项目          12－5 ＝ 7
    二级预算单位33个，其中行政单位1个，参公事业单位1个，其他事业单位32个      33－1－1 ＝ 31

Named are figures of the same unit in the sentence, or items that are numbered, in it or on lines of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Final

from index.check.cause import printed
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import value
from index.models import Fact, Sentence

KIND: Final = "个数"
_REST: Final = re.compile(r"(?:其余|其他|其它|余下|剩余|另外)(?:的)?[^，,；;。、：:（）()\d]{0,8}$")
_CLAUSE: Final = re.compile("[，,；;。：:]")
_FIGURE: Final = re.compile(r"[\d一二三四五六七八九十]")
_DIVIDED: Final = re.compile("其中|包括|[：:（(]")
_MARK: Final = re.compile(r"[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮]|(?:^|(?<=[，,；;。：:、\s]))[（(]?\d{1,2}(?:[)）]|[.．、](?!\d))")
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"
_APART: Final = re.compile("[；;。]")
_LOOSE: Final = frozenset({"rough", "quote"})
_LISTED: Final = 2
_NAME: Final = 2  # characters before a number that say what is counted
_LONGEST: Final = 15
_MOST: Final = 8  # figures between a whole and what is left


def of_rest(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    prose = list(paper.prose())
    for position, (sentence, facts) in enumerate(prose):
        counts = [fact for fact in facts if fact.kind == "count" and not _LOOSE & set(fact.flags)]
        for at, rest in enumerate(counts):
            match = _REST.search(sentence.text[: rest.start])
            if match is None:
                continue
            before = [fact for fact in counts[:at] if fact.unit == rest.unit][-_MOST:]
            marks = _marks(sentence.text[before[-1].end : match.start()]) if before else 0
            if len(before) == 1 and marks >= _LISTED:
                yield from _told(paper, before[0], Decimal(marks), rest)
            elif len(before) > 1:
                yield from _of_figures(paper, sentence, before, rest)
            elif not before and _number(sentence.text):  # 3.管网更新950万元；其余7个项目
                yield from _of_lines(paper, prose[max(0, position - _LONGEST) : position + 1], rest)
            elif not before and not sentence.text[: match.start()].strip("，,；;。：: "):
                yield from _of_lines(paper, prose[max(0, position - _LONGEST) : position], rest)


def _of_figures(paper: Paper, sentence: Sentence, before: Sequence[Fact], rest: Fact) -> Iterator[Finding]:
    """12个项目，其中已完工5个，在建3个，其余4个: told where nothing between is named without a number."""
    text = sentence.text
    # 单位33个，其中行政单位1个，…: where all are called alike, all of them count
    alike = len({text[fact.start - _NAME : fact.start] for fact in (*before, rest)}) == 1
    fits = (
        value(whole) - sum((value(part) for part in parts), Decimal(0)) == value(rest)
        for at, whole in enumerate(before[:-1])
        if not at or _DIVIDED.search(text[whole.end : before[at + 1].start])
        for size in range(len(before) - at - 1 if alike else 1, len(before) - at)
        for parts in combinations(before[at + 1 :], size)
    )
    whole, *parts = before
    taken = sum((value(part) for part in parts), Decimal(0))
    between = text[whole.end : rest.start]
    named = all(_FIGURE.search(clause) or _DIVIDED.fullmatch(clause) for clause in _CLAUSE.split(between)[1:-1])
    # 137人，其中甲91人、乙45人；其他人员6人: the rest of something else, as the list before it has ended
    gaps = [text[one.end : other.start] for one, other in pairwise((*before, rest))]
    apart = bool(_APART.search(gaps[-1])) and not any(_APART.search(gap) for gap in gaps[:-1])
    if value(rest) < value(whole) and named and not apart and not any(fits):
        yield from _told(paper, whole, taken, rest, parts)


def _of_lines(paper: Paper, before: Sequence[tuple[Sentence, list[Fact]]], rest: Fact) -> Iterator[Finding]:
    """①…②… on lines of their own, before them how many there are."""
    for listed, (sentence, facts) in enumerate(reversed(before)):
        if _number(sentence.text):
            continue
        wholes = [fact for fact in facts if fact.kind == "count" and fact.unit == rest.unit]
        numbers = [_number(one.text) for one, _ in before[len(before) - listed :]]
        begun = _marks(sentence.text[wholes[0].end :]) if wholes else 0  # 10个，包括：1.…；
        taken = begun + listed
        if taken >= _LISTED and numbers == list(range(begun + 1, taken + 1)) and len(wholes) == 1:
            yield from _told(paper, wholes[0], Decimal(taken), rest)
        return


def _marks(text: str) -> int:
    """How many items are numbered in a text: ①…②…③…, 1.…2.…."""
    numbers = [_number(match[0]) for match in _MARK.finditer(text)]
    return len(numbers) if numbers == list(range(1, len(numbers) + 1)) else 0


def _number(text: str) -> int:
    """3 of a text that begins with ③, 3. or （3）; 0 of any other."""
    match = _MARK.match(text.strip())
    if match is None:
        return 0
    mark = match[0].strip("（()）.．、")
    return _CIRCLED.index(mark) + 1 if mark in _CIRCLED else int(mark)


def _told(paper: Paper, whole: Fact, taken: Decimal, rest: Fact, parts: Sequence[Fact] = ()) -> Iterator[Finding]:
    left = value(whole) - taken
    if left <= 0 and parts:
        made = "＋".join(printed(part) for part in (*parts, rest))
        total = f"{made} ＝ {taken + value(rest)}{rest.unit}，印的是 {printed(whole)}"
        yield paper.finding(KIND, "疑", [whole, *parts, rest], total)
    elif left != value(rest):
        made = "－".join(printed(part) for part in parts) or f"列出的 {taken}"
        total = f"{printed(whole)}－{made} ＝ {left}{rest.unit}，印的是 {printed(rest)}"
        yield paper.finding(KIND, "疑", [rest, whole, *parts], total, f"{left}{rest.unit}" if left > 0 else "")
