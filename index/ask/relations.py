"""A share, a sum, what is left, a multiple, computed from stored figures -> Answer; else what is missing is said.

    某市 2025年 市本级一般公共预算收入 12亿元, 全市 60亿元 -> 20%, the formula, both figures with their sentences

A share that the report prints is given as printed.  A rate of completion or growth is never given for a share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from index.ask import derive, wording
from index.ask.agree import grain, groups
from index.ask.figures import figure, grouped, shown
from index.ask.gap_facts import DONE, figures_for
from index.ask.operations import told_so
from index.ask.query import Query
from index.ask.relation import Of, Relation, name_of
from index.ask.search import Search
from index.lexicon import measures
from index.models import Answer, Figure, Period, Scope, StoredFact
from index.store.lookup import sentence_id

_LEVELS: Final[tuple[Scope, ...]] = ("whole", "own", "own_wide")
_NAMES: Final[Mapping[Of, str]] = {"share": "占比", "sum": "合计", "rest": "其余", "times": "倍数", "months": "环比"}
_SHOWN_APART: Final = ("sum",)  # of these each side was asked for, too


@dataclass(frozen=True, slots=True)
class Operand:
    """What the look-up of one side found."""

    name: str
    facts: tuple[StoredFact, ...]

    @property
    def one(self) -> StoredFact | None:
        """The figure, if all prints of it agree."""
        found = groups(self.facts)
        return found[0][0] if len(found) == 1 else None


def answer_relation(search: Search, relation: Relation, query: Query, otherwise: Callable[[], Answer]) -> Answer:
    """The printed share, else the computed share or sum, else what is missing; ``otherwise`` computes nothing."""
    told = otherwise()
    if relation.kind == "share" and _is_share(told) and _of_the_whole(search, relation, told):
        return told
    if relation.kind == "sum" and _names_all(relation, told):
        return told
    if relation.kind in ("rest", "times", "months") and told_so(search, query, told):
        return told  # printed so: what is computed was put aside before
    tried = [_operands(search, each, level) for each in _stages(relation, query) for level in _levels(relation)]
    for operands in tried:
        if computed := _computed(relation, operands, query.unit):
            printed = _printed(search, operands[0], computed) if relation.kind == "share" else None
            return _answer(search, relation, query, operands, printed or computed)
    if relation.kind == "sum" and len([one for one in told.figures if one.asked]) != 1:
        return _not_summed(told, tried[0])  # the figures side by side, or nothing
    there = next((each for each in tried if any(one.facts for one in each)), None)
    if there is None and not (told.status == "answered" and not _is_share(told)):
        return told
    return _missing(search, relation, query, there or tried[0])


def _is_share(answer: Answer) -> bool:
    lead = next((one for one in answer.figures if one.asked), None)
    return answer.status == "answered" and lead is not None and lead.measure in ("share", "rate")


def _names_all(relation: Relation, told: Answer) -> bool:
    """税收返还和转移支付: one printed figure of both."""
    asked = [one for one in told.figures if one.asked]
    return len(asked) == 1 and all(name_of(side) in asked[0].item for side in relation.sides)


def _of_the_whole(search: Search, relation: Relation, told: Answer) -> bool:
    """占全市的, 占某市的: where sides differ in level or place, a printed share has to name its whole."""
    if relation.by == "items":
        return True
    whole = relation.sides[-1]
    name = search.atlas.full_name(whole.regions[0])
    named = (whole.scope_words, "全市", name) if relation.by == "levels" else (name, "全市")
    lead = next(one for one in told.figures if one.asked)
    return any(f"占{word}" in lead.sentence for word in named if word)


def _levels(relation: Relation) -> Sequence[Scope]:
    """Sides that name levels or places of their own are looked up once; else all are of one level, the widest first."""
    asked = relation.sides[0].scope
    return [""] if relation.by in ("levels", "places") else [asked] if asked else _LEVELS


def _stages(relation: Relation, query: Query) -> Sequence[Relation]:
    """A department's paper may be its budget: where no stage is named, both sides are looked for as planned, too."""
    if not query.documents or query.stage or any(side.measures != ("actual",) for side in relation.sides):
        return [relation]
    planned = tuple(replace(side, measures=("budget",), stage="plan") for side in relation.sides)
    return [relation, replace(relation, sides=planned)]


def _operands(search: Search, relation: Relation, level: Scope) -> list[Operand]:
    found = []
    for side in relation.sides:
        facts, _ = figures_for(search, side, side.scope or level or "whole")
        stage = measures()["budget"].name if facts and facts[0].fact.measure == "budget" else ""
        found.append(Operand(_name(search, relation, side) + stage, tuple(facts)))
    return found


def _name(search: Search, relation: Relation, side: Query) -> str:
    item = name_of(side)
    if relation.by == "places":
        return search.atlas.full_name(side.regions[0]) + item
    if relation.by == "periods":
        return "".join(wording.period_name(period) for period in side.periods) + item
    return (side.scope_words or ("全市" if side.scope == "whole" else "本级") if relation.by == "levels" else "") + item


# ---------------------------------------------------------------------------------------------- reckoning


def _computed(relation: Relation, operands: Sequence[Operand], unit: str) -> Figure | None:
    facts = [one.one for one in operands if one.one]
    if len(facts) < len(operands) or not all(_fit(relation, one, other) for one, other in pairwise(facts)):
        return None
    names = [one.name for one in operands]
    match relation.kind:
        case "share":
            return derive.share(facts[0], facts[1], *names)
        case "sum":
            return derive.total(facts, names, unit)
        case "rest":
            return derive.without(facts[0], facts[1:], names, unit)
        case "times":
            return derive.times(facts[0], facts[1], *names)
        case "months":
            return derive.on_month(facts[0], facts[1], *names)


def _printed(search: Search, part: Operand, computed: Figure) -> Figure | None:
    """预备费安排5亿元，占总支出的1.8%: the share that the part's own sentence prints, if it is the computed one."""
    own = [one for one in part.facts if one.fact.number is not None]
    beside = search.store.facts_of_sentences(sorted({sentence_id(one.id) for one in own}))
    names = {(one.fact.key or one.fact.item, one.fact.scope) for one in own}
    for one in beside:
        if one.fact.measure != "share" or one.fact.number is None:
            continue
        alike = (one.fact.key or one.fact.item, one.fact.scope) in names and one.fact.period == own[0].fact.period
        if alike and abs(one.fact.number - Decimal(computed.value)) <= grain(one) / 2:
            return figure(one, asked=True)
    return None


def _fit(relation: Relation, one: StoredFact, other: StoredFact) -> bool:
    """Whether two figures are of one period, stage and kind, exact, and differ only in what they are to differ in."""
    a, b = one.fact, other.fact
    if (
        one.id == other.id
        or (_months(a.period) == _months(b.period)) == (relation.by == "periods")
        or "/" in a.unit + b.unit
        or {"rough"} & {*a.flags, *b.flags}
    ):
        return False
    if a.measure != b.measure and not {a.measure, b.measure} <= set(DONE):
        return False
    if (a.region == b.region) == (relation.by == "places"):
        return False
    if relation.by == "items":
        return (a.scope or "whole") == (b.scope or "whole")
    if (a.key or a.item) != (b.key or b.item):
        return False
    if relation.by == "periods":
        return (a.scope or "whole") == (b.scope or "whole")
    return relation.by == "places" or (a.scope in ("own", "own_wide", "lower") and (b.scope or "whole") == "whole")


def _months(period: Period) -> tuple[int, int, int, int]:
    """The stretch of time, whether it is told of as a stretch (2025年) or as its end (2025年末)."""
    return period.first_year, period.last_year, period.first_month, period.last_month


# ---------------------------------------------------------------------------------------------- words


def _answer(search: Search, relation: Relation, query: Query, operands: Sequence[Operand], computed: Figure) -> Answer:
    facts = [one.one for one in operands if one.one]
    head = _head(search, relation, query, facts)
    what = _NAMES[relation.kind]
    unit = computed.unit if computed.unit == "%" else f" {computed.unit}"
    lines = [head, f"{what} {grouped(computed.value)}{unit}"]
    if computed.derived:
        lines = [head, f"{lines[1]}（推算，报告未直接给出）", computed.sentence]
    lines += [f"{one.name} {shown(fact, query.unit)}" for one, fact in zip(operands, facts, strict=True)]
    notes = list(dict.fromkeys(note for note in (*query.notes, query.period_note, *wording.flag_notes(facts)) if note))
    lines += [f"※ {note}" for note in notes]
    lines += wording.quote_lines(facts)
    figures = (computed, *(figure(one, asked=relation.kind in _SHOWN_APART) for one in facts))
    return Answer("answered", wording.fitted(lines), figures, (), head, tuple(notes))


def _not_summed(told: Answer, operands: Sequence[Operand]) -> Answer:
    """Figures side by side for a sum: it is said why they are not added up."""
    disputed = [one.name for one in operands if one.facts and one.one is None]
    if not disputed or told.status != "answered":
        return told
    note = f"合计没有算：报告里{'、'.join(f'“{name}”' for name in disputed)}有不止一个数"
    lines = told.reply.split("\n")
    at = next((number for number, line in enumerate(lines) if line.startswith("※")), len(lines))
    return replace(told, reply=wording.fitted([*lines[:at], f"※ {note}", *lines[at:]]), notes=(note, *told.notes))


def _missing(search: Search, relation: Relation, query: Query, operands: Sequence[Operand]) -> Answer:
    """No share or sum: which figure is missing or disputed, and what there is."""
    facts = [fact for one in operands for fact in one.facts[:2]]
    head = _head(search, relation, query, facts)
    absent = [one.name for one in operands if not one.facts]
    disputed = [one.name for one in operands if one.facts and one.one is None]
    if absent:
        why = f"报告里没有{'、'.join(f'“{name}”' for name in absent)}"
    elif disputed:
        why = f"报告里{'、'.join(f'“{name}”' for name in disputed)}有不止一个数"
    elif any("rough" in fact.fact.flags for fact in facts):
        why = "报告里有一个数只是约数"
    elif all(_fit(relation, one, other) for one, other in pairwise(facts)):
        why = "报告里前一个数不是后一个数的一部分"
    else:
        why = "报告里这两个数的口径或阶段不同"
    what = _NAMES[relation.kind]
    lines = [head, f"报告没有写这个{what}；{why}，{what}不计算。"]
    told = [f"{one.name} {shown(fact, query.unit)}" for one in operands for fact in one.facts[:2]]
    lines += ["报告里有：" + "；".join(told)] if told else []
    lines += wording.quote_lines(facts)
    figures = tuple(replace(figure(fact, asked=False)) for fact in facts)
    return Answer("not_found", wording.fitted(lines), figures, (), head)


def _head(search: Search, relation: Relation, query: Query, facts: Sequence[StoredFact]) -> str:
    side = relation.sides[-1]
    period = facts[0].fact.period if facts else query.periods[0] if query.periods else None
    each = list(dict.fromkeys(name_of(one) for one in relation.sides))
    names = {"sum": "、".join(each), "rest": f"{each[0]}（不含{'、'.join(each[1:])}）"}.get(
        relation.kind, " ÷ ".join(each)
    )
    level = wording.scope_name(facts[0].fact.scope, facts[0].fact.scope_words, facts[0].region) if (
        facts and relation.by in ("items", "periods")) else ""  # fmt: skip
    parts = [search.atlas.full_name(side.regions[0]), wording.period_name(period) if period else "", names, level,
             _NAMES[relation.kind]]  # fmt: skip
    return " · ".join(part for part in parts if part)
