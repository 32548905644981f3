"""The difference of two stored figures, computed -> Answer; what cannot be computed is said, with what there is.

    某市本级 2026年预算数 52.61亿元, 2025年完成数 44.6亿元 -> 多 8.0 亿元, the formula, both figures with sentences

Both figures are of one level, one account and one kind of money, exact and undisputed; else nothing is computed.  A
difference that the report prints against the same base is quoted instead where both agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from index.ask import derive, wording
from index.ask.agree import grain
from index.ask.figures import figure, grouped, shown
from index.ask.gap import Gap
from index.ask.gap_facts import Side, fit, side_of, sides_of
from index.ask.gap_sides import stage_in
from index.ask.query import Query
from index.ask.search import Search
from index.lexicon import cues
from index.models import Answer, Scope, StoredFact
from index.text.normal import plain

_LEVELS: Final[tuple[Scope, ...]] = ("whole", "own", "own_wide")


def answer_gap(search: Search, gap: Gap, otherwise: Callable[[], Answer]) -> Answer:
    """The difference, or what of it is missing; ``otherwise`` makes the answer without computing."""
    levels: list[Scope] = [gap.first.scope] if gap.first.scope else list(_LEVELS)
    if not gap.first.scope and any(word in gap.first.text for word in cues("scope", "lower")):
        levels.append("lower")  # 对旗县区转移支付
    tried = [sides_of(search, gap, level) for level in levels]
    both = next(((one, other) for one, other in tried if one.one and other.one and fit(gap, one.one, other.one)), None)
    if both is None:
        return _not_computed(search, gap, tried, otherwise)
    one, other = both
    assert one.one and other.one
    if gap.kind == "years" and (told := _printed(search, gap, one.one, other.one, otherwise)):
        return told
    higher = next((pair for pair in tried if any(side.facts for side in pair)), both)
    if higher != both:  # the level meant first has only one of the figures
        return _missing(search, gap, *higher, also=_level(one.one))
    return _answer(search, gap, one, other)


def _not_computed(search: Search, gap: Gap, tried: list[tuple[Side, Side]], otherwise: Callable[[], Answer]) -> Answer:
    """Where nothing can be computed: the answer the report prints, else what is missing."""
    if gap.kind == "years":
        told = otherwise()
        if told.status == "answered" and (not gap.named or _is_against(search, told, gap.second)):
            return told
    there = [pair for pair in tried if pair[0].facts or pair[1].facts]
    if there:
        return _missing(search, gap, *there[0])
    told = otherwise()
    if not gap.named:
        return told
    elsewhere = [sides_of(search, gap, level) for level in _LEVELS if gap.first.scope and level != gap.first.scope]
    beside = next((pair for pair in elsewhere if pair[0].facts or pair[1].facts), None)
    if beside is None and told.status != "answered":
        return _with_what_there_is(_missing(search, gap, *tried[0]), told)
    return _missing(search, gap, *tried[0], beside)


def _with_what_there_is(missing: Answer, told: Answer) -> Answer:
    """What is missing, with the nearest things that there are; years that are not held at all are said alone."""
    said = told.reply.split("\n")[1:]
    if told.status != "not_found" or not said or "已有年份" in said[0]:
        return told
    return replace(
        missing, reply=wording.fitted([missing.reply, *said[1:]]), figures=told.figures, options=told.options
    )


# ---------------------------------------------------------------------------------------------- both figures


def _answer(search: Search, gap: Gap, one: Side, other: Side) -> Answer:
    first, second = one.one, other.one
    assert first and second and first.fact.number is not None and second.fact.number is not None
    gap_number = first.fact.number - second.fact.number
    value, unit = derive.gap(first, second, gap.first.unit)
    word = "多" if gap_number > 0 else "少"
    formula = f"{one.name}{derive.as_printed(first)} - {other.name}{derive.as_printed(second)}"
    if gap_number < 0:
        formula = f"{other.name}{derive.as_printed(second)} - {one.name}{derive.as_printed(first)}"
    computed = derive.gap_figure(first, value, unit, formula, _gap_item(gap, first))
    head = _head(search, gap, first, one.name, other.name)
    says = f"{one.name}比{other.name}{word}" if gap_number else f"{one.name}与{other.name}相等，差额"
    lines = [head, f"{says} {grouped(value)} {unit}（推算，报告未直接给出）", computed.sentence]
    for side, fact in ((one, first), (other, second)):
        lines.append(f"{side.name} {shown(fact, gap.first.unit)}")
    notes = [*_notes(gap, gap_number, one.name, other.name), *_other_budget(search, gap, second)]
    notes += [*_precision(first, second, unit), *wording.flag_notes([first, second])]
    lines += [f"※ {note}" for note in notes]
    lines += wording.quote_lines([first, second])
    figures = (computed, figure(first, asked=True), figure(second, asked=True))
    return Answer("answered", wording.fitted(lines), figures, (), head, tuple(notes))


def _precision(first: StoredFact, second: StoredFact, unit: str) -> list[str]:
    """230.58 - 113.6: the difference is no more exact than the coarser of the two."""
    coarse = max(grain(first), grain(second))
    if min(grain(first), grain(second)) == coarse:
        return []
    return [f"其中一个数只精确到 {derive.money_size(coarse, unit)}，差额也只准到这一位"]


def _notes(gap: Gap, number: Decimal, first: str, second: str) -> list[str]:
    notes = [note for note in (*gap.first.notes, gap.first.period_note) if note]
    if gap.direction == "more" and number < 0:
        notes.append(f"问的是“多”，报告里是少：{first}少于{second}")
    elif gap.direction == "less" and number > 0:
        notes.append(f"问的是“少”，报告里是多：{first}多于{second}")
    return list(dict.fromkeys(notes))


def _other_budget(search: Search, gap: Gap, budget: StoredFact) -> list[str]:
    """比预算: the year's first budget; where it has been adjusted, that is said."""
    if gap.kind != "plan" or budget.fact.measure != "budget":
        return []
    adjusted = side_of(
        search, gap, replace(gap.second, measures=("adjusted_budget",)), budget.fact.scope or "whole"
    ).one
    if adjusted is None or adjusted.fact.number == budget.fact.number:
        return []
    return [f"这里的预算数不是调整预算数；{adjusted.fact.period.text}年调整预算数 {shown(adjusted, gap.first.unit)}"]


# ---------------------------------------------------------------------------------------------- as the report prints it


def _printed(
    search: Search, gap: Gap, first: StoredFact, second: StoredFact, otherwise: Callable[[], Answer]
) -> Answer | None:
    """The report's own difference against the same base; None if it prints none or another one.

    Where both years' figures give another difference (the year before has been revised since), that is said.
    """
    told = otherwise()
    if told.status != "answered" or not _is_against(search, told, gap.second):
        return None
    lead = _lead_fact(search, told)
    if lead is None or lead.fact.number is None or first.fact.number is None or second.fact.number is None:
        return None if gap.named else told
    if abs(abs(lead.fact.number) - abs(first.fact.number - second.fact.number)) <= max(grain(lead), grain(first)) * 2:
        return told
    value, unit = derive.gap(first, second, gap.first.unit)
    both = f"{derive.as_printed(first)}、{derive.as_printed(second)}"
    note = f"报告里两年的数直接相减是 {grouped(value)} {unit}（{both}），口径可能有调整"
    return replace(told, reply=wording.fitted([told.reply, f"※ {note}"]), notes=(*told.notes, note))


def _lead_fact(search: Search, answer: Answer) -> StoredFact | None:
    lead = next((one for one in answer.figures if one.asked), None)
    if lead is None or lead.fact_id is None:
        return None
    return next(iter(search.store.facts_by_ids([lead.fact_id])), None)


def _is_against(search: Search, answer: Answer, base: Query) -> bool:
    """Whether an answer is led by a difference whose words do not name another base: 比上年预算 is not 比上年执行数."""
    lead = next((one for one in answer.figures if one.asked), None)
    if lead is None or lead.measure != "yoy_amount":
        return False
    fact = _lead_fact(search, answer)
    if fact is None:
        return True
    if "same_basis" in fact.fact.flags:
        return False
    clause = plain(fact.text[: fact.fact.start]).replace("；", "，").replace("。", "，").split("，")[-1]
    at = max(clause.rfind("比"), clause.rfind("较"))
    stage = stage_in(clause[at:]) if at >= 0 else ""
    wanted = base.measures[0] if base.measures else "actual"
    return not stage or stage == wanted


# ---------------------------------------------------------------------------------------------- what is missing


def _missing(
    search: Search, gap: Gap, one: Side, other: Side, beside: tuple[Side, Side] | None = None, also: str = ""
) -> Answer:
    """No difference: which figure is missing, disputed or only rough, and what there is.

    ``beside`` are the sides on another level, shown where the level asked for has neither; ``also`` is a level that
    has both, where none was asked for.
    """
    fact = one.one or other.one or next(iter((*one.facts, *other.facts)), None)
    head = _head(search, gap, fact, one.name, other.name)
    lines = [head]
    place = search.atlas.full_name(gap.first.regions[0]) if gap.kind != "places" else ""
    level = gap.first.scope_words if gap.first.scope else ""
    absent = [side for side in (one, other) if not side.facts]
    if absent and gap.kind == "places":
        lines.append(f"报告里没有{'、'.join(side.name for side in absent)}的{_asked_items(gap)[0]}，差额算不出来。")
    elif absent:
        names = "、".join(f"“{side.name}”" for side in absent)
        lines.append(f"报告里没有{place}{level}的{names}，差额算不出来。")
    elif any(len(side.facts) > 1 for side in (one, other)):
        names = "、".join(f"“{side.name}”" for side in (one, other) if len(side.facts) > 1)
        lines.append(f"报告里{names}有不止一个数，无法确定用哪一个，差额不计算。")
    elif any("rough" in found.fact.flags for side in (one, other) for found in side.facts):
        lines.append("报告里有一个数只是约数，差额不计算。")
    else:
        lines.append("报告里这两个数的口径不同，不能相减。")
    there = [(side, found) for side in beside or (one, other) for found in side.facts[:2]]
    if there:
        told = [f"{_level(found) if beside else ''}{side.name} {shown(found, gap.first.unit)}" for side, found in there]
        told += [f"{wording.completion_name(found, ())} {shown(found)}" for found in one.completion[:1]]
        lines.append("报告里有：" + "；".join(told))
    if also:
        lines.append(f"{also}的两个数都有：说明“{also}”再问，就能算出。")
    lines += wording.quote_lines([found for _, found in there])
    options = tuple(
        dict.fromkeys(
            f"{found.region.full_name}{wording.period_name(found.fact.period)}"
            f"{wording.named(found.fact.item, found.fact.measure)}"
            for _, found in there
        )
    )
    figures = tuple(figure(found, asked=False) for _, found in there)
    return Answer("not_found", wording.fitted(lines), figures, options, head)


# ---------------------------------------------------------------------------------------------- names


def _head(search: Search, gap: Gap, fact: StoredFact | None, first: str, second: str) -> str:
    places = [gap.first.regions[0]] if gap.kind != "places" else []
    names = [fact.fact.item] if fact and gap.kind in ("years", "plan", "places") else _asked_items(gap)
    level = gap.first.scope_words
    if fact and not level and fact.fact.scope in ("own", "own_wide"):
        level = _level(fact)
    parts = [search.atlas.full_name(code) for code in places] + [level, "、".join(names), f"{first}与{second}之差"]
    return " · ".join(part for part in parts if part)


def _level(one: StoredFact) -> str:
    return wording.scope_name(one.fact.scope, one.fact.scope_words, one.region)


def _asked_items(gap: Gap) -> list[str]:
    if gap.kind in ("room", "flows", "items"):
        return []  # both are in the name of the difference
    return list(dict.fromkeys(item.name for item in gap.first.items)) or ["".join(gap.first.content)]


def _gap_item(gap: Gap, first: StoredFact) -> str:
    if gap.kind == "room":
        return first.fact.item.replace("限额", "限额与余额") + "之差"
    if gap.kind == "flows":
        return first.fact.item.replace("收入", "收支").replace("支出", "收支") + "之差"
    return f"{first.fact.item}之差"
