"""One figure printed twice with two values: in the text, in tables, in another section.

社会保障和就业支出61041万元 … 二是社会保障和就业支出60942万元
支出占年度预算521204万元的94.01%  beside a table with 616260
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from index.check.cause import cause, printed
from index.check.models import Finding, Level
from index.check.paper import Paper
from index.check.sure import ONE_FUND, clashing
from index.contradictions import MEASURES, TABLE_RULE, agree
from index.facts.printed import Printed, grain, value
from index.models import Fact, Region, StoredFact

KIND: Final = "前后不一致"
_NAMES: Final = {
    "budget": "预算", "adjusted_budget": "调整预算", "actual": "完成", "limit": "限额", "outstanding": "余额",
}  # fmt: skip
_BY_FUNCTION: Final = "gp-exp-"
_ALL_FUNDS: Final = re.compile("(?:收支|收入支出|支出)(?:预算|决算)?总表")
_DIGITS: Final = 4  # of a figure that is not the same by chance
_NOWHERE: Final = Region("", "", "", "")


def of_repeats(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind: pairs of figures, the one that stands alone first."""
    told = stored(paper)
    for apart in clashing(told):
        facts = [one.fact for one in apart]
        first, second = facts[0], facts[1]
        alike = [sum(agree(fact, other.fact) for other in told if other.fact.key == fact.key) for fact in facts[:2]]
        if alike[1] < alike[0] or (alike[0] == alike[1] and first.rule == TABLE_RULE):
            first, second = second, first
        why = _last_years(paper, first, second)
        why = why or cause(first, Printed.of(second)) or cause(second, Printed.of(first))
        name = " ".join(part for part in (first.scope_words, f"{first.period.text}年", first.item) if part)
        words = f"{name} {_NAMES[first.measure]}：{' 与 '.join(_paged(paper, fact) for fact in facts)}"
        level: Level = "疑"
        if abs(value(first) - value(second)) <= max(grain(first), grain(second)):
            level, why = "提示", "四舍五入"
        yield paper.finding(KIND, level, [first, second, *facts[2:]], words, "", why)


def _paged(paper: Paper, fact: Fact) -> str:
    page = paper.sentences[fact.sentence].page
    return f"{printed(fact)}（第{page}页）" if page else printed(fact)


def _last_years(paper: Paper, first: Fact, second: Fact) -> str:
    """Is one of two figures the other less its change: that of the year before?"""
    for one, other in ((first, second), (second, first)):
        changes = [
            fact
            for fact in paper.by_sentence.get(one.sentence, [])
            if (fact.measure, fact.key, fact.period) == ("yoy_amount", one.key, one.period)
        ]
        if any(value(one) - value(change) == other.number for change in changes):
            return f"{printed(other)} 是上年数"
    return ""


def stored(paper: Paper) -> list[StoredFact]:
    """The report's figures as the index would give them back."""
    parsed = paper.parsed
    proven = _proven_tables(paper)
    region = parsed.subject.region or _NOWHERE
    found = []
    for printed_fact in parsed.facts:
        fact = printed_fact
        if fact.kind == "money" and fact.key and fact.measure in MEASURES and fact.number is not None:
            sentence = paper.sentences[fact.sentence]
            if _is_of_all_funds(paper, fact):
                continue
            if (sentence.header, fact.unit) in proven:
                fact = replace(fact, flags=tuple(flag for flag in fact.flags if flag != "unit_missing"))
            section = parsed.sections[sentence.section].title if sentence.section is not None else ""
            found.append(StoredFact(
                0, fact, region, parsed.document.name, parsed.subject.title, parsed.subject.kind, sentence.page,
                section, sentence.text, sentence.header,
            ))  # fmt: skip
    return found


def _is_of_all_funds(paper: Paper, fact: Fact) -> bool:
    """收入支出决算总表: what a department spends of all its money; its text is of 一般公共预算财政拨款 alone."""
    title = paper.sentences[fact.sentence].header.partition("｜")[0]
    told = bool(paper.parsed.subject.owner) and fact.rule == TABLE_RULE and fact.key.startswith(_BY_FUNCTION)
    return told and bool(_ALL_FUNDS.search(title)) and not ONE_FUND.search(title)


def _proven_tables(paper: Paper) -> set[tuple[str, str]]:
    """Tables without a unit of which a figure stands in the text with one: the header of each, and the unit."""
    told = {
        (fact.key, fact.period, fact.measure, fact.number)
        for fact in paper.parsed.facts
        if fact.rule != TABLE_RULE and fact.key and len(fact.value) >= _DIGITS and "unit_missing" not in fact.flags
    }
    return {
        (paper.sentences[fact.sentence].header, fact.unit)
        for fact in paper.parsed.facts
        if fact.rule == TABLE_RULE and (fact.key, fact.period, fact.measure, fact.number) in told
    }
