"""What balances: two totals that are one, what is left of them, what is said to be in balance.

收入总计9694万元。……支出总计2109万元，收支相抵后，结余7585万元
收入14900万元，加上年结转130万元，支出15030万元，当年收支平衡
基金收入174.1亿元，支出141.8亿元，本年收支结余32.3亿元，上年结转153.4亿元，滚存结余185.7亿元
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from index.check.adding import STATE, Sum, compared
from index.check.cause import SLIPS_OF_HAND, printed, shown
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.check.totals import BALANCE, NETTED, TOTAL, adds_to, is_total
from index.facts.printed import Printed, grain, value
from index.models import Fact, Sentence

_LEFT: Final = re.compile(r"(?:结转下年|结余|结转)(?:支出|资金|数|额)?(?:为|约)?$")
_IN_BALANCE: Final = re.compile(
    r"收支(?:相抵)?(?:总体|当年|预算)?(?:后)?[，,]?(?:保持)?(?:平衡|持平)|当年平衡|实现平衡"
)
_PARTS: Final = re.compile("其中|包括|分别")
_SET_OFF: Final = re.compile("与支出相抵[，,]?(?:后)?(?:保持|实现)?平衡")
# What income goes to beside spending.
_ELSEWHERE: Final = re.compile("上解|调出|还本|补充|稳定调节|结转下年|年终结余|补助下级|补助[县区市]|转贷")
_GOES: Final = re.compile("上解|调出|调入一般公共预算|还本|结转下年|年终结余|补助下级|转贷")
_BOOK: Final = re.compile("total-(?:gp|gf|sc)-rev")
_BOOK_OF: Final = re.compile("total-(?:gp|gf|sc|si)-(?:rev|exp)")
_BACK: Final = 4  # sentences
_MUCH: Final = Decimal("0.01")
_NEXT: Final = 1  # sentences from a total of income to what becomes of it
_NO_SUM: Final = re.compile("总(?:收入|支出)[^，,；;。]{0,4}$")  # what came in and went out, which need not be one
_TIMES: Final = 3  # that what is left may be off, to be told whatever happened
_FEWEST: Final = 2
_MORE: Final = 3  # of what income is spent on in another sentence
_YEARS: Final = re.compile(r"(?:当年|当期|本年|年度|收支)(?:收支|预算)?(?:预计)?(?:结余|结存)(?:为|约|预计)*$")
_SHORT: Final = re.compile("(?:收不抵支|当年赤字|收支缺口)(?:为|约|达)*$")
_BROUGHT: Final = re.compile(r"(?:上年|年初|历年|期初)(?:滚存|累计)?(?:结转|结余|结存)(?:资金|收入)?(?:为|约)*$")
_ROLLED: Final = re.compile(r"(?:年末|年终)?(?:滚存|累计)(?:结余|结存)(?:为|约|预计|达到?)*$")


def of_balance(paper: Paper) -> Iterator[Finding]:
    """All findings of these kinds."""
    yield from _netted(paper)
    yield from _balanced(paper)
    yield from _used_up(paper)
    for sentence, _ in paper.prose():
        entries = [one for one in paper.entries(sentence) if not one.depth]
        if sentence.index not in paper.missed:
            yield from _stated(paper, sentence.text, entries)
            yield from _with_added(paper, sentence.text, entries)
            yield from _rolled(paper, entries)
            yield from _spread(paper, entries)


def _stated(paper: Paper, text: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """What comes in and what goes out, before 收支平衡: only a plain slip is told, for the rest may be left unsaid."""
    match = _IN_BALANCE.search(text)
    named = [one for one in entries if match and one.fact.end <= match.start()]
    if not named or any(_PARTS.search(one.gap) or one.fact.measure not in STATE for one in named):
        return
    turn = next((at for at, one in enumerate(named) if at and one.fact.flow == "expenditure"), 0)
    income, spent = [one.fact for one in named[:turn]], [one.fact for one in named[turn:]]
    if not income or income[0].flow != "revenue" or len({(fact.period, fact.scope) for fact in (*income, *spent)}) > 1:
        return
    if any(TOTAL.search(one.gap) for one in named[:turn]) or len(spent) != 1:
        return
    added = Sum(tuple((1, fact) for fact in income))
    told = list(_slipped(paper, "收支平衡", spent[0], added))
    yield from told or _more_than_spent(paper, text, spent[0], added)


def _with_added(paper: Paper, text: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """收入51.6亿元，支出124.8亿元；收入加上上级补助87.1亿元、上年结转18.6亿元等，与支出相抵保持平衡."""
    match = _SET_OFF.search(text)
    named = [one for one in entries if match and one.fact.end <= match.start()]
    first = next((at for at, one in enumerate(named) if adds_to(one)), 0)
    totals = [one.fact for one in named[:first] if one.fact.key.startswith("total-") and one.fact.measure in STATE]
    income = [fact for fact in totals if fact.flow == "revenue"]
    spent = [fact for fact in totals if fact.flow == "expenditure"]
    if len(income) == len(spent) == 1 and all(one.fact.flow == "revenue" for one in named[first:]):
        facts = [income[0], *(one.fact for one in named[first:])]
        if len({(fact.period, fact.scope) for fact in (*facts, *spent)}) == 1:
            yield from _more_than_spent(paper, text, spent[0], Sum(tuple((1, fact) for fact in facts)))


def _more_than_spent(paper: Paper, text: str, spent: Fact, added: Sum) -> Iterator[Finding]:
    """What is named of the income is more than what is spent, and nothing is named that goes elsewhere."""
    apart = added.range.low - Printed.rounded(spent).high
    if len(added.terms) > 1 and apart > value(spent) * _MUCH and not _ELSEWHERE.search(text):
        total = f"列出的来源 {added.words} ＝ {shown(added.number, spent)}，已多于支出 {printed(spent)}"
        yield paper.finding(
            "收支平衡", "疑", [spent, *(fact for _, fact in added.terms)], total, "", "少列上解、补助下级等"
        )


def _are_sides(income: Fact, spent: Fact) -> bool:
    """收入总计 and 支出总计 of one book and level: these are one figure by what they are."""
    sides = (income.key.removesuffix("-rev"), spent.key.removesuffix("-exp"))
    level = (income.scope, income.region, income.owner) == (spent.scope, spent.region, spent.owner)
    return level and sides[0] == sides[1] and sides[0].endswith("-sum")


def _slipped(paper: Paper, kind: str, total: Fact, added: Sum, *, closed: bool = False) -> Iterator[Finding]:
    """A total that a plain slip of one of the figures keeps from its sum."""
    for found in compared(paper, kind, total, added, closed=closed, sure=False):
        if found.cause in (*SLIPS_OF_HAND, "单位"):
            yield found


def _rolled(paper: Paper, entries: Sequence[Entry]) -> Iterator[Finding]:
    """收入－支出＝本年结余, 本年结余＋上年结转＝滚存结余, one after the other in a sentence."""
    for position, entry in enumerate(entries):
        if position < 2:
            continue
        before, second = entries[position - 2], entries[position - 1]
        facts = (before.fact, second.fact, entry.fact)
        if len({(fact.period.last_year, fact.scope) for fact in facts}) > 1 or entry.since.count("。"):
            continue
        if _YEARS.search(entry.gap) and (before.fact.flow, second.fact.flow) == ("revenue", "expenditure"):
            yield from _slipped(paper, "收支相抵", entry.fact, Sum(((1, before.fact), (-1, second.fact))))
        elif _SHORT.search(entry.gap) and (before.fact.flow, second.fact.flow) == ("revenue", "expenditure"):
            made = Sum(((1, second.fact), (-1, before.fact)))
            yield from compared(paper, "收支相抵", entry.fact, made, closed=True, sure=False, whole=True)
        elif _LEFT.search(entry.gap) and _are_totals(before, second):
            alone = not any(_LEFT.search(one.gap) for one in entries[position + 1 : position + 2])
            made = Sum(((1, before.fact), (-1, second.fact)))
            yield from compared(paper, "收支相抵", entry.fact, made, closed=alone, sure=False)
        elif _ROLLED.search(entry.gap) and _are_two(before, second):
            yield from compared(
                paper, "滚存结余", entry.fact, Sum(((1, before.fact), (1, second.fact))), closed=True, sure=False
            )


def _are_totals(first: Entry, second: Entry) -> bool:
    """总收入43.7亿元，总支出40.2亿元 of one book."""
    one_book = first.fact.account == second.fact.account
    flows = (first.fact.flow, second.fact.flow) == ("revenue", "expenditure")
    return one_book and flows and bool(TOTAL.search(first.gap) and TOTAL.search(second.gap))


def _are_two(first: Entry, second: Entry) -> bool:
    one, other = (first, second) if _YEARS.search(first.gap) else (second, first)
    return bool(_YEARS.search(one.gap) and _BROUGHT.search(other.gap))


def _balanced(paper: Paper) -> Iterator[Finding]:
    """收入总计 ＝ 支出总计, where what is left is one of the terms of the second."""
    income: Fact | None = None
    section: int | None = None
    for sentence, _ in paper.prose():
        if sentence.section != section:
            income, section = None, sentence.section
        entries = paper.entries(sentence)
        first = 0
        open_ended = False
        for position, entry in enumerate(entries):
            if entry.depth or not is_total(entry):
                continue
            if "收入" in entry.gap[-12:] or "来源" in entry.gap[-12:]:
                income, first, open_ended = entry.fact, position, bool(_NO_SUM.search(entry.gap))
            elif income is not None and "支出" in entry.gap[-12:]:
                told = [one.fact for one in entries[first:position] if _LEFT.search(one.gap)]
                same = (income.period, income.measure) == (entry.fact.period, entry.fact.measure)
                if same and not _is_printed(paper, section, value(income) - value(entry.fact)):
                    whole = Sum(((1, income),))
                    if told:
                        yield from compared(paper, "收支平衡", entry.fact, whole, closed=True)
                    elif _are_sides(income, entry.fact) and _IN_BALANCE.search(sentence.text[entry.fact.end :]):
                        yield from compared(paper, "收支平衡", entry.fact, whole, closed=True, sure=False)
                    elif not (open_ended and entry.fact.measure == "actual" and _NO_SUM.search(entry.gap)):
                        sides = _are_sides(income, entry.fact)
                        yield from _slipped(paper, "收支平衡", entry.fact, whole, closed=sides)
                income = None


def _used_up(paper: Paper) -> Iterator[Finding]:
    """收入总计114.03亿元。支出89.64亿元，还本22.96亿元，年终结转1.43亿元: what is spent and carried on is the total.

    基金收入86.8亿元。支出75.3亿元，还本1.4亿元，调入一般公共预算10.1亿元: as far as a slip tells."""
    income = alone = None
    section: int | None = None
    at = 0
    for sentence, _ in paper.prose():
        entries = paper.entries(sentence)
        named = [one for one in entries if not one.depth]
        follows = sentence.index - at <= _NEXT and sentence.section == section
        if income is not None and follows and sentence.index not in paper.missed and _is_use(income, named):
            added = Sum(tuple((1, one.fact) for one in named))
            yield from compared(paper, "收支平衡", income, added, closed=True, sure=False)
        elif alone is not None and follows and sentence.index not in paper.missed and _is_spread(alone, named, _MORE):
            yield from _slipped(paper, "收支平衡", alone, Sum(tuple((1, one.fact) for one in named)), closed=True)
        last = named[-1] if named else None
        alone = last.fact if last is not None and len(named) == 1 and _BOOK.fullmatch(last.fact.key) else None
        income = last.fact if last is not None and _is_income(last) else None
        section, at = sentence.section, sentence.index


def _spread(paper: Paper, entries: Sequence[Entry]) -> Iterator[Finding]:
    """国有资本经营收入4000万元，支出1600万元，调出资金2400万元: as far as a slip tells."""
    if not entries or not _BOOK.fullmatch(entries[0].fact.key):
        return
    if _is_spread(entries[0].fact, entries[1:], _FEWEST):
        added = Sum(tuple((1, one.fact) for one in entries[1:]))
        yield from _slipped(paper, "收支平衡", entries[0].fact, added, closed=True)


def _is_spread(income: Fact, named: Sequence[Entry], fewest: int) -> bool:
    """What a book's revenue is spent on, and what of it goes elsewhere, to the last."""
    if len(named) < fewest or named[0].fact.key != income.key.replace("-rev", "-exp"):
        return False
    alike = {(one.fact.period, one.fact.scope or "whole") for one in named} == {
        (income.period, income.scope or "whole")
    }
    plain = all(one.fact.measure in STATE and not (TOTAL.search(one.gap) or _PARTS.search(one.gap)) for one in named)
    return alike and plain and all(_GOES.search(one.gap) for one in named[1:])


def _is_income(one: Entry) -> bool:
    return bool(TOTAL.search(one.gap)) and ("收入" in one.gap[-12:] or one.fact.key.endswith("-rev"))


def _is_use(income: Fact, named: Sequence[Entry]) -> bool:
    """A list of spending that is closed by what is carried on, without a total of its own."""
    if len(named) < _FEWEST or named[0].fact.flow != "expenditure" or not _LEFT.search(named[-1].gap):
        return False
    alike = {(one.fact.period, one.fact.scope or "whole") for one in named} == {
        (income.period, income.scope or "whole")
    }
    plain = all(one.fact.measure in STATE and not (TOTAL.search(one.gap) or _PARTS.search(one.gap)) for one in named)
    return alike and plain and not any(NETTED.search(one.gap) or one.gap.startswith("等") for one in named)


def _is_printed(paper: Paper, section: int | None, apart: Decimal) -> bool:
    """Is the difference told as a figure of its own: 当年结余286.7亿元?"""
    here = (facts for sentence, facts in paper.prose() if sentence.section == section)
    left = (fact for facts in here for fact in facts if fact.kind == "money" and fact.flow in ("balance", ""))
    return any(abs(abs(apart) - abs(value(fact))) <= grain(fact) <= abs(apart) for fact in left)


def _netted(paper: Paper) -> Iterator[Finding]:
    """收支相抵后结余 ＝ 收入总计 － 支出总计, the last ones of the section."""
    totals: dict[str, Fact] = {}
    section: int | None = None
    for sentence, _ in paper.prose():
        if sentence.section != section:
            totals, section = {}, sentence.section
        for entry in paper.entries(sentence):
            if entry.depth:
                continue
            if TOTAL.search(entry.gap):
                side = "支" if "支出" in entry.gap[-12:] else "收" if "收入" in entry.gap[-12:] else ""
                totals[side] = entry.fact
            elif NETTED.search(entry.gap) and BALANCE.search(entry.gap) and {"收", "支"} <= set(totals):
                if entry.fact.period == totals["收"].period:
                    added = Sum(((1, totals["收"]), (-1, totals["支"])))
                    if not added.number and _YEARS.search(entry.gap):
                        yield from _of_the_year(paper, sentence, entry.fact)
                    near = abs(value(entry.fact)) / _TIMES <= abs(added.number) <= abs(value(entry.fact)) * _TIMES
                    yield from compared(paper, "收支相抵", entry.fact, added, closed=True, whole=near)
                totals = {}


def _of_the_year(paper: Paper, sentence: Sentence, left: Fact) -> Iterator[Finding]:
    """收入43.6亿元，加上年结转23.04亿元，收入总计66.64亿元；支出42.95亿元，滚存结余23.69亿元，支出总计66.64亿元。当年结余0.65
    亿元: of what came in and went out in the year, where both totals are one."""
    near = [
        fact for index in range(sentence.index, sentence.index - _BACK, -1)
        if (other := paper.sentences.get(index)) is not None and other.section == sentence.section
        for fact in reversed(paper.by_sentence.get(index, []))
        if fact.kind == "money" and fact.measure in STATE and (fact.account, fact.period) == (left.account, left.period)
    ]  # fmt: skip
    income = next((fact for fact in near if _BOOK_OF.fullmatch(fact.key) and fact.flow == "revenue"), None)
    spent = next((fact for fact in near if _BOOK_OF.fullmatch(fact.key) and fact.flow == "expenditure"), None)
    if income is not None and spent is not None and income.scope == spent.scope:
        added = Sum(((1, income), (-1, spent)))
        yield from compared(paper, "收支相抵", left, added, closed=True, sure=False, whole=True)
