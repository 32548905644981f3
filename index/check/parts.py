"""A whole before its parts: 其中, brackets.

    债务余额174666万元，其中一般债务20776万元，专项债务153900万元      20776＋153900＝174676

Parts need not be all there is: only a pair that leaves nothing out, a list that says that it is at its end (…，其他收入
390亿元) or what a budget is balanced by, a small difference or a plain slip is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, takewhile
from typing import Final

from index.check.adding import MISSED_ONE, PARTS, STATE, Sum, compared, nearest
from index.check.cause import cause, corrected, printed, shown
from index.check.complete import are_all, are_pair
from index.check.completed import own_figures
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.check.totals import adds_to, is_joint, is_total
from index.facts.printed import Printed, value
from index.models import Fact, Sentence

_GOES_ON: Final = re.compile("\\s*其中(?:包括)?[:：，,]?")
_AND_SO_ON: Final = re.compile(r"\W*[万亿元]*[^，。；;]{0,3}等")
_SEEN_FROM: Final = re.compile("(?:从|按)[^，,；;。]{2,12}?(?:看|分|划分|分类|分布)[，,：:]")
_BESIDE: Final = re.compile(r"[万亿]?元[、，,和及][^，,、；;。]*$")
_PARTED: Final = re.compile("包括|包含|含|主要|用于|比|较|占|预算|其他")
_NESTED: Final = re.compile("其中|包括|包含|含")
_MOST: Final = 40  # parts of one whole
# A list with a rest is at its end: …，其他收入390亿元.  等 within the name of a part leaves nothing out.
_REST: Final = re.compile(r"^[万亿元，,、；;和及以\s]*(?:[^，,、；;。]{0,4}[等及和])?其[他它]")
# 新增债券14.3亿元，分别用于：甲5.2亿元，乙…: each of them is named.
_COLON: Final = re.compile("^%?[：:]")
_ENDED: Final = re.compile("[；;]")
_EACH: Final = re.compile("分别(?:用于|为|是|投向|安排)|用于[：:]")
_ALL_SHARES: Final = Printed(Decimal(100), Decimal(100))
_BEHIND: Final = 14  # characters from a part to its share
_OPEN: Final = re.compile("主要|重点|等(?!其[他它]|支出|收入|事务)")
_OF_ALL: Final = re.compile(r"(?:总收入|总支出|总来源|拟安排支出|收入总[计量]|支出总[计量])(?:为|共|约)*$")
# What a budget is balanced by: a total with what is left, or was, among its parts has all of them.
_BALANCING: Final = re.compile("结[转余]|结存")
_THOUSAND: Final = 1000
_NAMED: Final = re.compile("[\u4e00-\u9fff]{2,}")
_NAME: Final = 2  # characters that a part shares with the figure that it is of
_LARGEST: Final = 50  # times its first part that a whole may be


def of_parts(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    before: list[Entry] = []
    section: int | None = None
    for sentence, _ in paper.prose():
        entries = paper.entries(sentence)
        yield from _parts(paper, sentence, entries)
        if sentence.section == section and before and _GOES_ON.match(sentence.text):
            yield from _parts_behind(paper, sentence, before, entries)
        before, section = [one for one in entries if not one.depth], sentence.section


def _parts(paper: Paper, sentence: Sentence, entries: Sequence[Entry]) -> Iterator[Finding]:
    for position in range(len(entries)):
        parts = [one for one in parts_of(entries, position) if one.fact.measure != "yoy_amount"]
        if parts and "其中" in parts[0].gap:
            yield from _in_another_unit(paper, entries[position], parts[0])
            yield from _larger(paper, entries[position], parts)
        groups = _kinds(_each(parts))
        for group in groups:
            if 2 <= len(group) <= _MOST:
                yield from _summed(paper, sentence, entries[: position + 1], group, whole=len(groups) > 1)


def _each(parts: Sequence[Entry]) -> Sequence[Entry]:
    """分别用于：甲5.2亿元，乙9.1亿元；再融资债券6.8亿元: what stands behind the ； is no use of it, nor is what stands
    behind the ； after the rest of a list."""
    uses = len(parts) > 1 and bool(_EACH.search(parts[0].gap)) and not _ENDED.search(parts[1].since)
    for position in range(1, len(parts)):
        if _ENDED.search(parts[position].since) and (uses or _REST.search(parts[position - 1].gap)):
            return parts[:position]
    return parts


def _in_another_unit(paper: Paper, whole: Entry, part: Entry) -> Iterator[Finding]:
    """收入135.1万元，其中：税收收入94.6亿元: ten thousand times more than there is of it."""
    made = cause(whole.fact, Printed(value(part.fact), value(part.fact) * _LARGEST))
    if value(whole.fact) > 0 and value(part.fact) > value(whole.fact) * _THOUSAND and made == "单位":
        total = f"其中 {printed(part.fact)} 大于 {printed(whole.fact)}"
        should = corrected(whole.fact, Printed(value(part.fact), value(part.fact) * _LARGEST))
        yield paper.finding("单位", "疑", [whole.fact, part.fact], total, should, made)


def _larger(paper: Paper, whole: Entry, parts: Sequence[Entry]) -> Iterator[Finding]:
    """收入170.3亿元，其中：税收收入194.6亿元: a part that is more than its whole, with nothing taken off behind it."""
    part, sizes = parts[0].fact, [value(one.fact) for one in parts]
    alike = (part.measure, part.flow, part.period) == (whole.fact.measure, whole.fact.flow, whole.fact.period)
    told = part.flow or part.account == whole.fact.account == "debt"
    if not alike or not told or part.measure not in STATE or min(sizes) < 0 or value(whole.fact) <= 0:
        return
    if Printed.rounded(part).low > Printed.rounded(whole.fact).high:
        total = f"其中 {printed(part)} 大于 {printed(whole.fact)}"
        yield paper.finding(PARTS, "疑", [part, whole.fact], total)


def _kinds(parts: Sequence[Entry]) -> list[Sequence[Entry]]:
    """从地区看，市本级44亿元，县区24亿元；从性质看，新增47亿元，再融资21亿元: two times all there is."""
    starts = [at for at, one in enumerate(parts) if _SEEN_FROM.search(one.gap)]
    if len(starts) < 2 or starts[0]:
        return [parts]
    return [parts[start:end] for start, end in zip(starts, [*starts[1:], len(parts)], strict=True)]


def _summed(
    paper: Paper, sentence: Sentence, before: Sequence[Entry], parts: Sequence[Entry], *, whole: bool
) -> Iterator[Finding]:
    if _answer(before, parts):
        return
    facts = [one.fact for one in parts]
    head = whole_of(before).fact
    wholes = [one.fact for one in before if _is_one(one.fact, head)]
    if any(head.end <= start <= facts[-1].end for start in paper.missed.get(sentence.index, ())):
        return
    if any(fact.measure not in STATE for fact in facts) or any(nearest(one, facts) is None for one in wholes):
        return
    states = [one.fact for one in before if one.is_state and one.fact in wholes]
    alike = [one for one in states if one.measure == facts[0].measure]
    head = alike[-1] if alike else head
    added = nearest(head, facts)
    if added is None or head.measure not in STATE:
        return
    if own := own_figures(paper, head, facts):
        sums = [Sum(tuple((1, fact) for fact in (one, *facts))) for one in own]
        if not any(one.range.meets(Printed.rounded(head)) for one in sums):
            yield from compared(paper, PARTS, head, sums[0], closed=True, sure=False, whole=True)
        return
    between = sentence.text[_list_begins(sentence, head, facts[0]) : facts[-1].start]
    between = between if not are_pair(parts) else sentence.text[head.end : facts[0].start]
    tail = sentence.text[facts[-1].end : facts[-1].end + 8]
    named_last = any(one.gap.lstrip("，,、").startswith("等") for one in parts)
    opened = bool(re.search(r"主要|重点(?!项目)|等[：:]", between)) or named_last or bool(_AND_SO_ON.match(tail))
    at_its_end = not opened and _is_at_its_end(paper, before[-1], parts)
    added = Sum(tuple((1, fact) for fact in facts)) if at_its_end else added
    closed = whole or at_its_end or _is_complete(head, parts, added)
    entire = at_its_end and len(parts) > 2
    told = list(compared(paper, PARTS, head, added, closed=closed, opened=opened, sure=not at_its_end, whole=entire))
    yield from told or _too_much(paper, head, parts)


def _list_begins(sentence: Sentence, head: Fact, first: Fact) -> int:
    """Where the clause of 包括 begins: 减少120亿元，主要是政策退出，包括甲684亿元、乙80亿元 is no list of 主要."""
    lead = sentence.text[head.end : first.start]
    named = max(lead.rfind(word) for word in ("其中", "包括", "分别"))
    return head.end + max(0, *(lead.rfind(mark, 0, max(named, 0)) for mark in "，,；;。"))


def _answer(before: Sequence[Entry], parts: Sequence[Entry]) -> bool:
    """到期本金38.64亿元，应付利息15.92亿元，其中市本级本金11.27亿元、利息4.25亿元: each is a part of another figure."""
    heads = before[-len(parts) :]
    names = [_NAMED.findall(one.gap.rstrip("为约达共 "))[-1:] for one in (*heads, *parts)]
    told = [name[0][-_NAME:] for name in names if name]
    half = len(parts)
    return len(told) == 2 * half == 2 * len(set(told)) and told[:half] == told[half:]


def _too_much(paper: Paper, whole: Fact, parts: Sequence[Entry]) -> Iterator[Finding]:
    """争取资金7.44亿元，其中甲3.10亿元、乙4.90亿元: two parts side by side that are more than the whole."""
    ends = (at for at, one in enumerate(parts) if at and _ENDED.search(one.since))
    parts = parts[: next(ends, len(parts))]
    if len(parts) < 2:
        return
    first, second = parts[0], parts[1]
    if len(parts) != 2 or _BESIDE.match(second.since) is None or _PARTED.search(first.gap + second.gap):
        return
    facts = (first.fact, second.fact)
    if {(fact.period, fact.scope, fact.measure) for fact in facts} != {(whole.period, whole.scope, facts[0].measure)}:
        return
    added = Sum(tuple((1, fact) for fact in facts))
    if all(0 < value(fact) <= value(whole) for fact in facts) and added.range.low > Printed.rounded(whole).high:
        total = f"{added.words} ＝ {shown(added.number, whole)}，大于 {printed(whole)}"
        yield paper.finding(PARTS, "疑", [whole, *facts], total, "", cause(whole, added.range))


def _parts_behind(
    paper: Paper, sentence: Sentence, before: Sequence[Entry], entries: Sequence[Entry]
) -> Iterator[Finding]:
    """……支出18620万元。其中包括：养老金11461万元，救助928万元……: parts in a sentence of their own."""
    before = [one for one in before if one.fact.measure != "yoy_amount"]
    if not before:
        return
    whole = whole_of(before).fact
    parts = [one.fact for one in entries if not one.depth]
    wholes = [one.fact for one in before if _is_one(one.fact, whole)]
    level = [one for one in entries if not one.depth]
    if any(_NESTED.search(one.gap) for one in level[1:]) or {"revenue", "expenditure"} <= {one.flow for one in parts}:
        return  # 甲基金收入61亿元，支出60亿元；乙基金收入27亿元，支出22亿元: no one list
    if len(parts) < 2 or sentence.index in paper.missed or any(fact.measure not in STATE for fact in (whole, *parts)):
        return
    every = Sum(tuple((1, fact) for fact in parts))
    complete = _is_complete(whole, level, every)
    if not complete and any(nearest(one, parts) is None for one in wholes):
        return
    if twice := _twice(parts):
        name = f"{twice[0].item} {printed(twice[0])} 写了两遍"
        yield paper.finding(
            PARTS, "疑", [*twice, whole], f"{name}，各项之和与 {printed(whole)} 不符", "", "同一项写了两遍"
        )
    added = every if complete else nearest(whole, parts)
    if added is not None and not twice:
        opened = bool(_OPEN.search(sentence.text))
        at_its_end = not opened and _is_at_its_end(paper, before[-1], level)
        added = every if at_its_end else added
        closed = at_its_end or _is_complete(whole, level, added)
        entire = at_its_end and len(level) > 2
        if any(added.range.meets(Printed.rounded(one.fact)) for one in before):
            return  # 余额266亿元，其中一般132亿元、专项134亿元。其中市本级88亿元，县区178亿元
        told = entire or (closed and not opened and value(whole) / 2 <= added.number <= value(whole) * 2)
        for one in compared(paper, PARTS, whole, added, closed=closed, opened=opened, sure=not at_its_end, whole=told):
            yield replace(one, level="疑") if one.cause == MISSED_ONE else one


def whole_of(before: Sequence[Entry]) -> Entry:
    """What 其中 speaks of: the last figure, if it is not what another one is measured against."""
    return next((one for one in reversed(before) if one.is_state), before[-1])


def _twice(parts: Sequence[Fact]) -> list[Fact]:
    """The same name with the same figure, both times."""
    for position, fact in enumerate(parts):
        for other in parts[position + 1 :]:
            same = (other.item, other.number, other.measure) == (fact.item, fact.number, fact.measure)
            if same and len(fact.value) > 3:  # 预算数145万元，执行数145万元: one thing, as planned
                return [other, fact]
    return []


def _is_one(fact: Fact, whole: Fact) -> bool:
    """预算数, 完成数 of the same thing in the same sentence."""
    here = fact.measure in STATE and (fact.key or fact.item) == (whole.key or whole.item)
    return here and fact.period == whole.period


def _is_at_its_end(paper: Paper, whole: Entry, parts: Sequence[Entry]) -> bool:
    """Are parts all there is: what is left is one of the last, they are what a total is balanced by, or their shares
    make a hundred?"""
    last = parts[-2:]
    if len(parts) > 2 and (_EACH.search(parts[0].gap) or is_joint(last[-1])):
        return True
    if len(parts) > 2 and any(_REST.search(one.gap) for one in last):
        return True
    return _is_balanced_by(whole, parts) or _is_shared_out(paper, parts)


def _is_shared_out(paper: Paper, parts: Sequence[Entry]) -> bool:
    """基本支出91.8亿元，占32.8%；项目支出182.8亿元，占65.4%；预备费5亿元，占1.8%: their shares make it all."""
    facts = paper.by_sentence.get(parts[0].fact.sentence, [])
    after = {one.start: other for one, other in pairwise(facts)}
    shares = [after.get(one.fact.start) for one in parts]
    told = [one for one in shares if one is not None and one.measure == "share" and one.kind == "percent"]
    near = all(one.start - part.fact.end <= _BEHIND for one, part in zip(told, parts, strict=False))
    if len(told) < len(parts) or len(parts) < 3 or not near:
        return False
    made = Printed(Decimal(0), Decimal(0))
    for one in told:
        made = made.plus(Printed.rounded(one))
    return made.meets(_ALL_SHARES)


def _is_balanced_by(whole: Entry, parts: Sequence[Entry]) -> bool:
    return bool(_OF_ALL.search(whole.gap)) and any(_BALANCING.search(one.gap) for one in parts)


def _is_complete(head: Fact, parts: Sequence[Entry], added: Sum) -> bool:
    """Parts that leave nothing out: 一般债务 and 专项债务, 税收 and 非税, the costs of 三公经费."""
    summed = [fact for _, fact in added.terms]
    parts = [one for one in parts if one.fact in summed]
    return are_pair(parts) or are_all(head.item + head.label, [one.gap for one in parts])


def _ends_with(one: Entry) -> bool:
    """Does the list of parts end before an entry?"""
    return bool(_NESTED.search(one.gap)) or is_total(one) or adds_to(one)


def parts_of(entries: Sequence[Entry], position: int) -> list[Entry]:
    """The figures that stand as parts of one: in the bracket behind it, or behind 其中 to the sentence's end."""
    whole = entries[position]
    rest = entries[position + 1 :]
    if not rest:
        return []
    if rest[0].depth == whole.depth + 1:
        parts: list[Entry] = []
        for one in rest:
            if one.depth <= whole.depth:
                break
            if parts and re.search("[)）]", one.since):
                break  # another bracket
            if one.depth == whole.depth + 1:
                parts.append(one)
        return parts if not any(is_total(one) for one in parts) else []
    if (
        rest[0].depth != whole.depth
        or not (re.search("其中|分别|包括|用于[：:]", rest[0].gap) or _are_told_apart(whole, rest))
        or re.search("[；;]", rest[0].since)
    ):
        return []
    parts = []
    for one in rest:
        if one.depth > whole.depth:
            continue  # （含…）: of a part, whatever it says
        if one.depth < whole.depth or (parts and (_ends_with(one) or _is_other_side(whole, one))):
            break
        parts.append(one)
    return parts


def _are_told_apart(whole: Entry, rest: Sequence[Entry]) -> bool:
    """“三公”经费864万元，下降3.2%：接待费215万元、公务用车649万元: behind a colon, all there is by their names."""
    parts = list(takewhile(lambda one: one.depth == whole.depth and not _ENDED.search(one.since), rest))
    told = whole.fact.item + whole.fact.label
    return bool(_COLON.match(rest[0].gap)) and are_all(told, [one.gap for one in parts])


def _is_other_side(whole: Entry, one: Entry) -> bool:
    """收入90.4亿元，其中：…；支出83.3亿元: what is spent is no part of what came in."""
    sides = {whole.fact.flow, one.fact.flow}
    return sides == {"revenue", "expenditure"} and bool(re.search("[；;。]", one.since))
