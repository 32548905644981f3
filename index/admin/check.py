"""Is an index sound?  ``problems(path)`` says in plain Chinese what is not; an empty list is a clean index.

The quick form looks over the small tables and, row by row, the documents named (those that an adoption changes); the
deep form looks at every page of the file, every row and every figure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final, cast

from index.errors import YusuanError
from index.find.written import number_of
from index.models import ValueKind
from index.store.check import Checked, CheckedFact, Inspection, damage

MOST: Final = 50
# Of these the printed value times its unit is the number; a rank or a multiple may be printed in words.
_SCALED: Final = ("money", "percent", "points")


def problems(path: Path, *, deep: bool = False, documents: Collection[str] = (), published: bool = True) -> list[str]:
    """What is wrong with an index, at most ``MOST`` lines; [] if nothing is.

    ``deep`` reads everything; else the documents named are read, and of the rest only the registers.  What is not
    ``published`` yet still bears the number and the counts of the version it is made from.
    """
    lines: list[str] = []
    more = 0
    try:
        for line in _found(path, deep, frozenset(documents), published):
            if len(lines) < MOST:
                lines.append(line)
            else:
                more += 1
    except YusuanError as error:
        lines.append(str(error))
    except Exception as error:
        if not damage(error):
            raise
        lines.append(f"索引里有读不懂的内容（{type(error).__name__}）：{path}")
    return [*lines, f"……另有 {more} 处"] if more else lines


def _found(path: Path, deep: bool, names: frozenset[str], published: bool) -> Iterator[str]:
    with Inspection(path) as inspection:
        broken = [*inspection.structure(), *inspection.file(whole=deep)]
        yield from broken
        if broken:
            return  # what would be read from a broken file says nothing
        documents = inspection.documents()
        yield from inspection.registers(documents)
        if published:
            yield from inspection.version(documents)
        yield from (f"{name}：应在索引里，却没有" for name in sorted(names - {one.name for one in documents}))
        if deep:
            yield from inspection.orphans(documents)
        for one in documents:
            if deep or one.name in names:
                yield from inspection.document(one)
                yield from _figures(inspection, one)


def _figures(inspection: Inspection, one: Checked) -> Iterator[str]:
    """Figures that are not what stands at their place: how many, and the first."""
    wrong = 0
    first = ""
    for fact in inspection.facts(one):
        if reason := _wrong(fact):
            wrong += 1
            first = first or f"编号 {fact.id}，{reason}"
    if wrong:
        yield f"{one.name}：{wrong} 个数据点与原句不符，首个：{first}"


def _wrong(fact: CheckedFact) -> str:
    if not 0 <= fact.start < fact.end <= len(fact.text):
        return "位置不在句子里"
    printed = fact.text[fact.start : fact.end]
    if not printed.strip():
        return "原句该处是空白"
    if fact.number is None:
        return "" if fact.amount is None else "没有数，却有折算的金额"
    try:
        number = Decimal(fact.number)
    except InvalidOperation:
        return f"数“{fact.number}”读不出来"
    if not number.is_finite() or fact.amount is None or float(number) != fact.amount:
        return f"数“{fact.number}”与排序用的数不同"
    if fact.kind not in _SCALED:
        return ""
    value = number_of(printed, fact.unit, cast(ValueKind, fact.kind))
    if value is None:
        return f"原句该处是“{printed[:20]}”，不是数"
    return "" if abs(value) == abs(number) else f"原句是“{printed}{fact.unit}”，存的是 {number}"
