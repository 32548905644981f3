"""A figure of the text that is the one of the table's row of that name, but for a slip of the hand.

    …基层医疗卫生机构（款）乡镇卫生院（项）2026年预算数为5263.40万元
    2100302 | 乡镇卫生院 | 5,236.40                                      两位数字颠倒

The name is the last thing that the clause names, and no row of it, in whatever table, has the text's figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from index.check.adding import STATE
from index.check.cause import SLIPS_OF_HAND, SWAPPED, cause, digits_of, printed
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, value
from index.models import Fact

KIND: Final = "文字与表"
_NAMED: Final = re.compile(r"[\u4e00-\u9fff]{2}")
_NUMBERING: Final = re.compile(r"^(?:其中[:：]?|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|\s)+")
_CLAUSE: Final = re.compile("[，,；;。：:]")
_SAID: Final = re.compile(
    r"^(?:[（(](?:类|款|项)[)）]|\d{4}年度?|年初|当年|全年|预算|决算|调整|安排|完成|执行|支出|收入|金额|投入|计划|数|总额|"
    r"区级|市级|县级|资金|共|为|约|是|达到?|\s)*$"
)
_SHORTEST: Final = 4  # characters of a name
_LONGEST: Final = 40
_DIGITS: Final = 4
_LOOSE: Final = frozenset({"rough", "quote", "unit_missing", "unit_unsure"})
Cells = Mapping[str, Sequence[Fact]]


def of_named_rows(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    cells = _cells(paper)
    for sentence, facts in paper.prose() if cells else ():
        for fact in facts:
            if fact.kind != "money" or fact.measure not in STATE or _LOOSE & set(fact.flags) or not value(fact):
                continue
            clause = _CLAUSE.split(sentence.text[max(0, fact.start - _LONGEST) : fact.start])[-1]
            alike = [cell for cell in cells.get(_name_in(clause, cells), ()) if _is_of(fact, cell)]
            if not alike or any(Printed.of(cell).meets(Printed.of(fact)) for cell in alike):
                continue
            cell = alike[0]
            said = any(Printed.of(other).meets(Printed.of(cell)) for other in facts if other is not fact)
            if not said and (why := _slip(fact, cell)):
                total = f"{_name_in(clause, cells)}：文字 {printed(fact)}，表 {printed(cell)}"
                yield paper.finding(KIND, "疑", [fact, cell], total, printed(cell), why)


def _slip(fact: Fact, cell: Fact) -> str:
    """Two digits swapped, or one of many changed: 基本支出 of a name may be near its whole by chance."""
    why = cause(fact, Printed.rounded(cell))
    digits = len(digits_of(fact))
    changed = why in SLIPS_OF_HAND and digits > _DIGITS and fact.unit == cell.unit
    return why if changed or (why == SWAPPED and digits >= _DIGITS) else ""


def _cells(paper: Paper) -> dict[str, list[Fact]]:
    """The money of tables by the name of its row."""
    found: dict[str, list[Fact]] = {}
    for sentence in paper.parsed.sentences:
        facts = paper.by_sentence.get(sentence.index, []) if sentence.kind == "row" else []
        name = ""
        for cell in sentence.text.split("\t") if facts else ():
            name = name or (_NUMBERING.sub("", cell).strip() if _NAMED.search(cell) else "")
        if len(name) >= _SHORTEST:
            money = [fact for fact in facts if fact.kind == "money" and not _LOOSE & set(fact.flags)]
            found.setdefault(name, []).extend(money)
    return found


def _name_in(clause: str, cells: Cells) -> str:
    """The longest name that a clause ends with, but for words of what is told of it."""
    text = clause.rstrip()
    for size in range(len(text), _SHORTEST - 1, -1):
        for start in range(len(text) - size + 1):
            name = text[start : start + size]
            if name in cells and _SAID.match(text[start + size :]):
                return name
    return ""


def _is_of(fact: Fact, cell: Fact) -> bool:
    """The same year, and no other stage."""
    same_stage = fact.measure == cell.measure or "amount" in (fact.measure, cell.measure)
    return fact.period.last_year == cell.period.last_year and same_stage and fact.region == cell.region
