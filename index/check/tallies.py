"""Numbers of things that do not make their whole, and rates of them that do not follow.

    土地8.64万亩，其中建设用地4.17万亩、农用地2.96万亩、…   with a plain slip that makes the sum
    7条审议意见，完成5条、持续推进2条                       done and not done yet: 5＋2 ＝ 7
    127个问题，已整改121个，整改率95.3%                    121÷127 ＝ 95.28%

Told is only what stands in one sentence, in one unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial
from itertools import pairwise, takewhile
from typing import Final

from index.check.cause import LITTLE, SLIPS_OF_HAND, SWAPPED, cause, is_exact, is_telling, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, grain, value
from index.lexicon import toml
from index.models import Fact
from index.text.normal import plain

KIND: Final = "个数"
_LOOSE: Final = frozenset({"rough", "quote"})
_SENTENCE: Final = re.compile("[；;。]")
_RATE: Final = re.compile(r"(?P<what>[\u4e00-\u9fff]{2})率(?:为|达到?|约)*$")
_WITHIN: Final = re.compile("^[^，,；;。]{0,2}[，,]其中[:：]?[^，,；;。]{1,12}$")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_FOUND: Final = re.compile("(?:发现|查出|指出|反馈|排查|梳理)[^，,；;。]{0,10}$")
_MENDED: Final = re.compile("^[、，,](?:其中|已|全部|完成|目前)*(?:整改|办结|解决|销号|纠正)(?:到位|完成)?$")
_NAME: Final = 2  # characters that a thing is called by
_FEWEST: Final = 2
_HUNDRED: Final = Decimal(100)


def of_tallies(paper: Paper) -> Iterator[Finding]:
    """All findings of these kinds."""
    for sentence, facts in paper.prose():
        counts = [_as_printed(fact) for fact in facts if fact.kind == "count" and not _LOOSE & set(fact.flags)]
        for position, whole in enumerate(counts[:-_FEWEST]):
            rest = counts[position + 1 :]
            end = next((at for at, fact in enumerate(rest) if fact.unit != whole.unit), len(rest))
            parts = rest[:end]
            if len(parts) >= _FEWEST and not any(fact.unit == whole.unit for fact in counts[:position]):
                yield from _divided(paper, sentence.text, whole, parts)
        yield from _of_sizes(paper, sentence.text, counts)
        yield from _of_kinds(paper, sentence.text, counts)
        yield from _more_than_all(paper, sentence.text, counts)
        for rate in facts:
            yield from _rated(paper, sentence.text, counts, rate)


def _as_printed(fact: Fact) -> Fact:
    """8.64万亩 as 8.64: of one unit all of them are."""
    digits = plain(fact.value).replace(",", "")
    return replace(fact, number=Decimal(digits)) if _NUMBER.fullmatch(digits) else fact


def _divided(paper: Paper, text: str, whole: Fact, parts: Sequence[Fact]) -> Iterator[Finding]:
    """The two that there are of anything that is to be done."""
    gaps = [text[before.end : fact.start].removeprefix(whole.unit) for before, fact in pairwise((whole, *parts))]
    made = sum((value(fact) for fact in parts), Decimal(0))
    if made != value(whole) and _are_done_and_not(gaps) and not any(_SENTENCE.search(gap) for gap in gaps):
        told = f"{' ＋ '.join(map(printed, parts))} ＝ {made}{whole.unit}，印的是 {printed(whole)}"
        yield paper.finding(KIND, "疑", [whole, *parts], told)


def _of_sizes(paper: Paper, text: str, counts: Sequence[Fact]) -> Iterator[Finding]:
    """土地8.64万亩，其中建设用地4.17万亩、农用地2.96万亩、未利用地1.51万亩: told where a plain slip makes the sum."""
    for whole, first in pairwise(counts):
        if not _WITHIN.search(text[whole.end : first.start]) or whole.unit != first.unit:
            continue
        behind = [fact for fact in counts if fact.start >= first.start]
        parts = list(takewhile(partial(_is_beside, text, first), behind))
        made = sum((value(fact) for fact in parts), Decimal(0))
        if len(parts) < _FEWEST or made == value(whole):
            continue
        for fact in (whole, *parts):
            should = made if fact is whole else value(fact) + value(whole) - made
            fit = Printed(should, should)
            if (cause(fact, fit) == SWAPPED and is_exact(fact, fit)) or is_telling(fact, fit, LITTLE):
                why = cause(fact, fit)
                if why in SLIPS_OF_HAND:
                    total = f"{'＋'.join(map(printed, parts))} ＝ {made}{whole.unit}，印的是 {printed(whole)}"
                    facts = [fact, *(one for one in (whole, *parts) if one is not fact)]
                    yield paper.finding(KIND, "疑", facts, total, shown(should, fact), why)
                    break


def _of_kinds(paper: Paper, text: str, counts: Sequence[Fact]) -> Iterator[Finding]:
    """财政专户13个，其中专项支出类专户1个，常规类专户12个（含…5个）: kinds of the thing, each called by its name."""
    for whole, first in pairwise(counts):
        name = text[max(0, whole.start - _NAME) : whole.start]
        behind = [fact for fact in counts if fact.start >= first.start and fact.unit == whole.unit]
        parts: list[Fact] = []
        for fact in behind:
            gap = text[(parts[-1] if parts else whole).end : fact.start]
            if len(name) < _NAME or not gap.endswith(f"类{name}") or _SENTENCE.search(gap) or "（" in gap:
                break
            parts.append(fact)
        made = sum((value(fact) for fact in parts), Decimal(0))
        if len(parts) >= _FEWEST and "其中" in text[whole.end : first.start] and made != value(whole):
            told = f"{' ＋ '.join(map(printed, parts))} ＝ {made}{whole.unit}，印的是 {printed(whole)}"
            yield paper.finding(KIND, "疑", [whole, *parts], told)


def _more_than_all(paper: Paper, text: str, counts: Sequence[Fact]) -> Iterator[Finding]:
    """发现问题2709个、完成整改2845个: more than there are."""
    for whole, done in pairwise(counts):
        named = _FOUND.search(text[: whole.start]) and _MENDED.match(text[whole.end : done.start].lstrip(whole.unit))
        if named and whole.unit == done.unit and value(done) > value(whole):
            yield paper.finding(KIND, "疑", [done, whole], f"整改的 {printed(done)} 多于发现的 {printed(whole)}")


def _is_beside(text: str, first: Fact, fact: Fact) -> bool:
    """Does a part stand in the list that begins with the first one?"""
    return fact.unit == first.unit and not _SENTENCE.search(text[first.end : fact.start])


def _are_done_and_not(gaps: Sequence[str]) -> bool:
    """完成5条、持续推进2条."""
    done, ahead = _states()
    return len(gaps) == _FEWEST and bool(done.search(gaps[0]) and ahead.search(gaps[1]) and not ahead.search(gaps[0]))


@cache
def _states() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = toml("check.toml")["states"]
    done, ahead = ("|".join(map(re.escape, words[name])) for name in ("done", "ahead"))
    return re.compile(rf"(?:{done})[^，,；;。]{{0,4}}$"), re.compile(rf"(?:{ahead})[^，,；;。]{{0,6}}$")


def _rated(paper: Paper, text: str, counts: Sequence[Fact], rate: Fact) -> Iterator[Finding]:
    """整改率 is of the number behind 整改 and the one before it, the only two of their unit."""
    match = _RATE.search(text[: rate.start]) if rate.kind == "percent" else None
    before = [fact for fact in counts if fact.end <= rate.start]
    if match is None or len(before) < _FEWEST or _LOOSE & set(rate.flags):
        return
    whole, part = before[-2:]
    alike = [fact for fact in before if fact.unit == whole.unit]
    named = match["what"] in text[whole.end : part.start] and not _SENTENCE.search(text[whole.end : rate.start])
    if not named or len(alike) != _FEWEST or part.unit != whole.unit or not 0 < value(part) <= value(whole):
        return
    made = value(part) / value(whole) * _HUNDRED
    fits = Printed(made - grain(rate), made + grain(rate))
    if not fits.meets(Printed(value(rate), value(rate))):
        by = Printed.rounded(rate)
        needed = Printed(by.low * value(whole) / _HUNDRED, by.high * value(whole) / _HUNDRED)
        wrong = next((one for one, fit in ((rate, fits), (part, needed)) if cause(one, fit)), rate)
        why = cause(wrong, fits if wrong is rate else needed)
        should = shown(made, rate) if wrong is rate else f"{round((needed.low + needed.high) / 2)}{part.unit}"
        total = f"{printed(part)} ÷ {printed(whole)} ＝ {shown(made, rate)}，印的是 {printed(rate)}"
        facts = [wrong, *(one for one in (rate, part, whole) if one is not wrong)]
        yield paper.finding(f"{match['what']}率", "疑", facts, total, should, why)
