"""A department's own paper: what its text says of a total that one of its tables has under the same name.

    基本支出5377.64万元。其中：人员经费4896.98万元
    表六 一般公共预算财政拨款基本支出决算表：人员经费合计4884.09，公用经费合计480.66, together 5364.75

Such a paper has one budget and one year, so a name is enough; of a name with several totals any will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from index.check.adding import STATE, Sum
from index.check.cause import cause, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, grain, value
from index.models import Fact
from index.text.normal import plain

KIND: Final = "文字与表"
_TOTAL: Final = re.compile(r"^(?P<name>.{3,}?)(?:支出|收入)?(?:合计|总计)$")
_LEAD: Final = re.compile(r"^(?:其中|年度|本年度?|\d{4}年度?|[：:，,、；;。\s])*")
_END: Final = re.compile(r"(?:决算数?|预算数?|合计|总计|共计|支出|收入|为|是|共|约|[：:\s])*$")
_CLAUSE: Final = re.compile("[，；。,;]")
_TABLE: Final = re.compile(r"^(?:表[一二三四五六七八九十\d]+)?(?P<name>.{6,}?)(?:支出|收入)?(?:预算|决算)(?:明细)?表")
_PARTS: Final = 2
_DIGITS: Final = 3
Totals = dict[str, list[Sum]]


def of_named(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    if not paper.parsed.subject.owner:
        return
    totals = _totals(paper)
    for sentence, facts in paper.prose() if totals else ():
        for fact in facts:
            if fact.kind != "money" or fact.measure not in STATE or len(fact.value.strip("0.")) < _DIGITS:
                continue
            clause = _CLAUSE.split(plain(sentence.text[: fact.start]))[-1]
            name = _END.sub("", _LEAD.sub("", clause))
            alike = [one for one in totals.get(name, []) if one.terms[0][1].period == fact.period]
            if alike and not any(_is_one(fact, one) for one in alike):
                yield _told(paper, name, fact, alike)


def _totals(paper: Paper) -> Totals:
    """The totals of tables by their name without 合计, and by their table's."""
    found: Totals = {}
    for sentence in paper.parsed.sentences:
        named: list[Fact] = []
        for fact in paper.by_sentence.get(sentence.index, []) if sentence.kind == "row" else ():
            cells = [cell for cell in plain(sentence.text[: fact.start]).split("\t") if cell.strip()]
            match = _TOTAL.match(cells[-1].replace(" ", "")) if cells else None
            if match and fact.kind == "money" and value(fact):
                found.setdefault(match["name"], []).append(Sum(((1, fact),)))
                named.append(fact)
        table = _TABLE.match(plain(sentence.header).replace(" ", ""))
        if table and len(named) == _PARTS:  # 人员经费合计 | 公用经费合计: all there is in the table
            found.setdefault(table["name"], []).append(Sum(tuple((1, fact) for fact in named)))
    return found


def _is_one(fact: Fact, other: Sum) -> bool:
    coarse = max(grain(fact), *(grain(one) for _, one in other.terms))
    return abs(value(fact) - other.number) <= coarse * len(other.terms)


def _told(paper: Paper, name: str, fact: Fact, alike: list[Sum]) -> Finding:
    other = min(alike, key=lambda one: abs(one.number - value(fact)))
    facts = [one for _, one in other.terms]
    page = paper.sentences[facts[0].sentence].page
    made = f"{other.words} ＝ {shown(other.number, facts[0])}" if len(facts) > 1 else printed(facts[0])
    total = f"{fact.item or name}：{printed(fact)}，表里{f'（第{page}页）' if page else ''}印的是 {made}"
    return paper.finding(KIND, "疑", [fact, *facts], total, "", cause(fact, Printed(other.number, other.number)))
