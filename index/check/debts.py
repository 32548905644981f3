"""Debt from year to year: 上年末余额 ＋ 发行 － 还本 ＝ 年末余额, where one table has all four.

    2023年末专项债务余额465.3731亿元，发行53.598＋67.6651亿元，还本24.5918亿元      562.0444, printed 562.4596

Debt also changes by what no such table names (exchange rates, debt taken over from elsewhere), so a gap is a hint, one
for a table.  A doubt is what a slip of the hand explains where another book of the report keeps the relation, and what
stands in the place of another figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final

from index.check.adding import Sum
from index.check.cause import SLIPS_OF_HAND, cause, corrected, is_narrow, is_telling, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, grain, value
from index.models import Fact

KIND: Final = "债务变动"
_BALANCE: Final = "debt-balance"
_PRINCIPAL: Final = "debt-principal"
_ISSUED: Final = "debt-issue"
# Of special debt nothing but bonds is owed, so what was issued may be told by its kinds.
_ISSUED_AS: Final = ("debt-new", "debt-refinance")
_KINDS: Final = ("", "-general", "-special")
_GENERAL: Final = "-general"
_SPECIAL: Final = "-special"
_LENT: Final = "外国政府"  # 国际金融组织和外国政府贷款 is 一般债务
_DONE: Final = ("actual", "outstanding")
_EXCHANGE: Final = Decimal("0.005")  # of a balance that the exchange rate may change
Told = dict[tuple[str, int], list[Fact]]


def of_debts(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind, table by table."""
    rows = [sentence for sentence in paper.parsed.sentences if sentence.kind == "row"]
    tables: list[list[tuple[Fact, Sum]]] = []
    moved: list[Finding] = []
    kept = 0
    for _, some in groupby(rows, key=lambda row: (row.section, row.header)):
        columns: dict[tuple[str, str], list[Fact]] = {}
        for row in some:
            for fact in paper.by_sentence.get(row.index, []):
                if fact.account == "debt" and fact.kind == "money" and fact.measure in (*_DONE, "amount"):
                    columns.setdefault((fact.region, fact.scope), []).append(fact)
        changes = [one for facts in columns.values() for one in _changes(facts)]
        off = [(ended, added) for ended, added, fits in changes if not fits]
        moved += [one for facts in columns.values() for one in _moved(paper, facts)]
        moved += _across(paper, {scope: facts for (_, scope), facts in columns.items()})
        kept += len(changes) - len(off)
        tables.append(off)
    balances = [fact for fact in paper.parsed.facts if fact.key.startswith(_BALANCE) and fact.kind == "money"]
    for off in tables:
        found = [_told(paper, ended, added, balances, proven=kept > 0) for ended, added in off]
        doubts = [one for one in found if one.level != "提示"]
        yield from doubts or ([] if moved else found[:1])
    yield from moved


def _moved(paper: Paper, facts: Sequence[Fact]) -> Iterator[Finding]:
    """一般债务 is less than follows, 专项债务 more: no exchange rate does that, nor is it told what was moved."""
    told = _by_key(facts)
    for year in {year for _, year in told}:
        made = [
            one for kind, more in zip(_KINDS[1:], (_lent(facts, year), []), strict=True)
            if (one := _reckoned(told, kind, year, more)) is not None
        ]  # fmt: skip
        if len(made) < len(_KINDS) - 1:
            continue
        gaps = [value(ended) - added.number for ended, added in made]
        room = sum((grain(ended) * len(added.terms) for ended, added in made), Decimal(0)) + abs(sum(gaps, Decimal(0)))
        if gaps[0] * gaps[1] < 0 and min(map(abs, gaps)) > room:
            spans = [*(ended for ended, _ in made), *(fact for _, added in made for _, fact in added.terms)]
            yield paper.finding(KIND, "疑", spans, _words(made, gaps), "", "一般与专项之间有调整没有列出")


def _across(paper: Paper, columns: Mapping[str, Sequence[Fact]]) -> Iterator[Finding]:
    """全市的一般债务 is less than follows, 本级 has more: an exchange rate changes both one way."""
    both = [_by_key(columns[scope]) for scope in ("own", "whole") if scope in columns]
    for year in {year for told in both for _, year in told} if len(both) > 1 else ():
        made = [
            one for told, facts in zip(both, (columns["own"], columns["whole"]), strict=True)
            if (one := _reckoned(told, _GENERAL, year, _lent(facts, year))) is not None
        ]  # fmt: skip
        gaps = [value(ended) - added.number for ended, added in made]
        rooms = [grain(ended) * len(added.terms) for ended, added in made]
        if (
            len(made) > 1
            and gaps[0] * gaps[1] < 0
            and all(abs(gap) > room for gap, room in zip(gaps, rooms, strict=True))
        ):
            spans = [*(ended for ended, _ in made), *(fact for _, added in made for _, fact in added.terms)]
            yield paper.finding(KIND, "疑", spans, _words(made, gaps), "", "级次之间有转移没有列出")


def _lent(facts: Sequence[Fact], year: int) -> list[Fact]:
    return [fact for fact in facts if _LENT in fact.item and fact.period.last_year == year]


def _words(made: Sequence[tuple[Fact, Sum]], gaps: Sequence[Decimal]) -> str:
    return "；".join(
        f"{ended.scope_words}{ended.item} {added.words} ＝ {shown(added.number, ended)}，印的是 {printed(ended)}，"
        f"{'多' if gap > 0 else '少'} {shown(abs(gap), ended)}"
        for (ended, added), gap in zip(made, gaps, strict=True)
    )


def _reckoned(told: Told, kind: str, year: int, lent: Sequence[Fact]) -> tuple[Fact, Sum] | None:
    """A balance and what it should be, of bonds, and of what was lent from abroad."""
    begun, paid = _one(told, _BALANCE + kind, year - 1), _one(told, _PRINCIPAL + kind, year)
    ended, issued = _one(told, _BALANCE + kind, year), _issued(told, kind, year, parts=True)
    if begun is None or paid is None or ended is None or not issued:
        return None
    return ended, Sum(((1, begun), *((1, fact) for fact in (*issued, *lent)), (-1, paid)))


def _by_key(facts: Sequence[Fact]) -> Told:
    told: Told = {}
    for fact in facts:
        if fact.measure in _DONE and not fact.qualifiers:
            told.setdefault((fact.key, fact.period.last_year), []).append(fact)
    return told


def _changes(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Sum, bool]]:
    """A balance, what it should be, and whether it is."""
    told = _by_key(facts)
    others = [fact for fact in facts if not fact.key.startswith("debt-") and value(fact)]
    for key, year in told:
        kind = key.removeprefix(_BALANCE)
        if key != _BALANCE + kind or kind not in _KINDS:
            continue
        begun, paid = _one(told, key, year - 1), _one(told, _PRINCIPAL + kind, year)
        ended, issued = _one(told, key, year), _issued(told, kind, year)
        if begun is not None and paid is not None and ended is not None and issued:
            added = Sum(((1, begun), *((1, fact) for fact in issued), (-1, paid)))
            # 调减未置换的存量债务: a row of its own between what was repaid and what is left
            open_to = [Sum((*added.terms, (sign, fact))) for fact in others for sign in (1, -1)]
            yield ended, added, any(one.range.meets(Printed.rounded(ended)) for one in (added, *open_to))


def _issued(told: Told, kind: str, year: int, *, parts: bool = False) -> list[Fact]:
    whole = _one(told, _ISSUED + kind, year)
    if whole is not None:
        return [whole]
    kinds = [_one(told, one + kind, year) for one in _ISSUED_AS] if parts or kind == _SPECIAL else []
    return [fact for fact in kinds if fact is not None] if None not in kinds else []


def _one(told: Told, key: str, year: int) -> Fact | None:
    """The only figure of a key and year."""
    facts = told.get((key, year), [])
    return facts[0] if facts and len({fact.number for fact in facts}) == 1 else None


def _told(paper: Paper, ended: Fact, added: Sum, balances: Sequence[Fact], *, proven: bool) -> Finding:
    gap = abs(added.number - value(ended))
    total = f"{added.words} ＝ {shown(added.number, ended)}，印的是 {printed(ended)}，差 {shown(gap, ended)}"
    facts = [ended, *(fact for _, fact in added.terms)]
    size = Printed.rounded(ended)
    if gap > abs(value(ended)) * _EXCHANGE:
        begun = added.terms[0][1]
        fits = [(ended, added.range), (begun, size.less(Sum(added.terms[1:]).range))]
        for fact, fit in fits if proven else ():
            why = cause(fact, fit)
            if why == "单位" or (why in SLIPS_OF_HAND and (is_telling(fact, fit) or is_narrow(fact, fit))):
                others = [one for one in facts if one is not fact]
                return paper.finding(KIND, "疑", [fact, *others], total, corrected(fact, fit), why)
        for fact, fit in fits:
            if same := _printed_for(fact, balances):
                others = [one for one in facts if one is not fact]
                why = f"与{same.scope_words}{same.item}同数，抄串了"
                return paper.finding(KIND, "疑", [fact, *others], total, corrected(fact, fit), why)
    why = "四舍五入" if gap <= grain(ended) * len(facts) else "外债折算、债务转入转出等没有列出"
    return paper.finding(KIND, "提示", facts, total, "", why)


def _printed_for(fact: Fact, balances: Sequence[Fact]) -> Fact | None:
    """Another balance of the same day with the same digits."""
    alike = (one for one in balances if (one.value, one.unit, one.period) == (fact.value, fact.unit, fact.period))
    return next((one for one in alike if (one.key, one.scope) != (fact.key, fact.scope)), None)
