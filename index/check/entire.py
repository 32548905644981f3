"""Lists of a book's items to the last of the rest, whose whole the subject catalogue names.

    税收收入98516万元……主要税种完成情况：增值税38742万元，企业所得税12386万元，……，其他各税8048万元
    一般公共预算支出798453万元……一般公共服务支出68214万元，……；其他各项支出28339万元

其他支出 is an item of its own (229), so a list that ends with it need not be all there is: there only a slip is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.check.adding import PARTS, STATE, Sum, compared
from index.check.cause import SLIPS_OF_HAND
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.facts.printed import Printed
from index.lexicon import items
from index.models import Fact

_WHOLES: Final = ("gp-rev-101", "total-gp-exp")
_REST: Final = re.compile(r"(?:^|[^\u4e00-\u9fff]|[及和与元])其[他它余]")  # not 援助其他地区支出
_OWN_ITEM: Final = re.compile(r"其[他它]支出(?:（类）)?(?:完成|安排)?$")
_BY_LEVEL: Final = re.compile(r"^\s*(?:从|按|分)(?:财政)?级次(?:来)?看?[，,：:]")
_FEWEST: Final = 4
_LOOSE: Final = frozenset({"rough", "same_basis", "quote", "unit_missing"})


def of_entire(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    run: list[Entry] = []
    section: int | None = None
    for sentence, _ in paper.prose():
        if _BY_LEVEL.match(sentence.text):
            yield from _levels(paper, [one.fact for one in paper.entries(sentence) if not one.depth and one.is_state])
        if sentence.section != section or sentence.index in paper.missed:
            run, section = [], sentence.section
        for entry in paper.entries(sentence):
            if entry.depth or not entry.is_state:
                continue
            if run and _is_rest(run[-1], entry):
                yield from _judged(paper, [*run, entry])
                run = []
            else:
                run = [*run, entry] if run and _goes_on(run[-1].fact, entry.fact) else _begun(entry)


def _begun(entry: Entry) -> list[Entry]:
    return [entry] if _whole(entry.fact) else []


def _whole(fact: Fact) -> str:
    """The whole that a figure's item is directly part of, if it is one of those that such lists are of."""
    item = items().get(fact.key)
    told = item is not None and fact.kind == "money" and fact.measure in STATE and not _LOOSE & set(fact.flags)
    direct = item is not None and item.parent in _WHOLES and item.key.startswith("gp-")  # 民生支出 is of several
    return item.parent if told and item is not None and direct else ""


def _slots(fact: Fact) -> tuple[object, ...]:
    year = fact.period.first_year, fact.period.last_year, fact.period.first_month, fact.period.last_month
    return fact.region, fact.scope or "whole", year, fact.owner, fact.qualifiers


def _goes_on(last: Fact, fact: Fact) -> bool:
    one_list = _whole(fact) == _whole(last) and not fact.key.startswith("total-")
    same = fact.measure == last.measure or "amount" in (fact.measure, last.measure)  # ——房产税6950万元 says no stage
    return one_list and same and _slots(fact) == _slots(last)


def _is_rest(last: Entry, entry: Entry) -> bool:
    fact = entry.fact
    of_none = not fact.key and fact.measure in (last.fact.measure, "amount")
    return bool(_REST.search(entry.gap)) and _slots(fact) == _slots(last.fact) and (
        of_none or _goes_on(last.fact, fact)
    )  # fmt: skip


def _judged(paper: Paper, run: Sequence[Entry]) -> Iterator[Finding]:
    first = run[0].fact
    name = _whole(first)
    added = Sum(tuple((1, one.fact) for one in run))
    stage = next((one.fact.measure for one in run if one.fact.measure != "amount"), "amount")
    keys = [one.fact.key for one in run if one.fact.key]
    alike = [fact for fact in paper.by_key.get(name, []) if fact.kind == "money" and fact.measure == stage]
    wholes = [fact for fact in alike if _slots(fact) == _slots(first)]
    if len(run) < _FEWEST or len(keys) != len(set(keys)) or not wholes or any(_fits(added, one) for one in wholes):
        return
    before = [fact for fact in wholes if (fact.sentence, fact.start) < (first.sentence, first.start)]
    whole = (before or wholes)[-1]
    closed = not _OWN_ITEM.search(run[-1].gap)
    for found in compared(paper, PARTS, whole, added, closed=closed, sure=False):
        if closed or found.cause in (*SLIPS_OF_HAND, "单位"):
            yield found


def _levels(paper: Paper, facts: Sequence[Fact]) -> Iterator[Finding]:
    """分级次看，市本级收入21.48亿元；旗县市区收入90.88亿元: both make that of the whole place."""
    one_thing = len({(fact.key, fact.measure, fact.period, fact.region) for fact in facts}) == 1
    if not one_thing or [fact.scope for fact in facts] not in (["own", "lower"], ["lower", "own"]) or not facts[0].key:
        return
    like = facts[0]
    wholes = [
        fact for fact in paper.by_key.get(like.key, [])
        if (fact.scope or "whole") == "whole" and (fact.measure, fact.period) == (like.measure, like.period)
        and (fact.region, fact.owner) == (like.region, like.owner) and not _LOOSE & set(fact.flags)
    ]  # fmt: skip
    added = Sum(tuple((1, fact) for fact in facts))
    if wholes and not any(_fits(added, fact) for fact in wholes):
        yield from compared(paper, "分级次", wholes[0], added, closed=True, sure=False)


def _fits(added: Sum, whole: Fact) -> bool:
    return added.range.meets(Printed.rounded(whole))
