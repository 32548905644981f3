"""A figure to be reckoned from several -> Answer: as the report prints it, else reckoned, else what of it is missing.

某市本级 2026年预算数 52.61亿元, 2025年完成数 44.6亿元 -> 多 8.0 亿元, the formula, both figures with sentences
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Final

from index.ask import derive, wording
from index.ask.agree import grain
from index.ask.differences import printed_difference
from index.ask.figures import figure, grouped, shown
from index.ask.operations import told_so
from index.ask.query import Query
from index.ask.reckoned import (
    NAMES,
    Operation,
    Reckoned,
    Traits,
    differs,
    fit,
    level_of,
    place_of,
    size_of,
    traits,
    year_of,
)
from index.ask.search import Search
from index.ask.side_words import stage_in
from index.ask.sides import LEVELS, Expression, Side, called, levels_of, name_of, reckoned, side_names, sides_of
from index.ask.summing import adds_plainly
from index.ask.vocabulary import pattern_in
from index.find.amounts import MONEY_UNITS
from index.lexicon import items, measures
from index.models import Answer, Figure, Measure, StoredFact
from index.store.lookup import sentence_id
from index.text.normal import plain

_ASKED_TOO: Final = ("gap", "change", "sum")  # of these each side was told of, too
_LAST: Final = Decimal("0.01")


def answer_reckoned(search: Search, asked: Expression, query: Query, otherwise: Callable[[], Answer]) -> Answer:
    """The figure, or what of it is missing; ``otherwise`` makes the answer without reckoning."""
    told = cache(otherwise)
    if asked.operation != "gap" and _is_told(search, asked, query, told()):
        return told()
    tried: list[list[Side]] = []
    for each in _stages(asked, query):
        on_levels = [sides_of(search, each, level) for level in levels_of(each)]
        tried += on_levels
        for sides in on_levels:
            if (done := reckoned(each, sides, query.unit)) is None:
                continue
            if asked.operation != "gap":
                return answer_of(as_told(search, done), asked, query)
            if "year" in asked.respects and (printed := _as_change(search, asked, done, told())):
                return printed
            higher = next(pair for pair in on_levels if any(side.facts for side in pair))
            if higher is not sides:  # the level meant first has only one of the figures
                return missing(search, asked, query, higher, also=level_of(done.facts[0]))
            notes = _other_budget(search, asked, done.facts[1], query) + _precision(done)
            return answer_of(done, asked, query, notes)
    return _not_reckoned(search, asked, query, tried, told)


def answer_any(search: Search, some: Iterable[Expression], query: Query) -> Answer | None:
    """The figure of the first that has one, for a question that nothing else answers."""
    for asked in some:
        for each in _stages(asked, query):
            for level in levels_of(each):
                if done := reckoned(each, sides_of(search, each, level), query.unit):
                    return answer_of(as_printed(search, as_told(search, done)), asked, query)
    return None


def _stages(asked: Expression, query: Query) -> Sequence[Expression]:
    """A department's paper may be its budget: where no stage is named, the sides are looked for as planned, too."""
    if not query.documents or pattern_in("gap", "actual").search(query.text):
        return [asked]
    planned = (replace(one, measures=("budget",), stage="plan") if one.measures == ("actual",) else one
               for one in asked.sides)  # fmt: skip
    return [asked, replace(asked, sides=tuple(planned))]


def _not_reckoned(
    search: Search, asked: Expression, query: Query, tried: list[list[Side]], told: Callable[[], Answer]
) -> Answer:
    """Where nothing can be reckoned: the answer the report prints, else what is missing."""
    of_years = asked.operation == "gap" and "year" in asked.respects
    if of_years and told().status == "answered" and not (asked.named and not _is_against(search, told(), asked)):
        return told()
    if printed := printed_difference(search, asked, query):
        return printed
    if asked.operation == "sum" and not adds_plainly(query.text) and len(_asked(told())) != 1:
        return _not_summed(search, asked, told(), tried[0])  # the figures side by side, or nothing
    if there := next((sides for sides in tried if any(side.facts for side in sides)), None):
        fuller = [next((pair[at] for pair in tried if pair[at].facts), one) for at, one in enumerate(there)]
        of_places = "place" in asked.respects and not query.scope  # 北京 tells its 市级 alone
        return missing(search, asked, query, fuller if of_places else there)
    answered = told().status == "answered"
    if not asked.named or (answered and asked.operation == "share" and _is_share(told())):
        return told()
    open_ones = replace(asked, sides=tuple(replace(one, scope="", scope_words="") for one in asked.sides))
    other = [sides_of(search, open_ones, level) for level in LEVELS if query.scope and level != query.scope]
    beside = next((sides for sides in other if any(side.facts for side in sides)), ())
    lacking = missing(search, asked, query, tried[0], beside)
    return lacking if beside or answered else _with_what_there_is(lacking, told())


def _with_what_there_is(missing: Answer, told: Answer) -> Answer:
    """What is missing, with the nearest things that there are; years that are not held at all are said alone."""
    said = told.reply.split("\n")[1:]
    if told.status != "not_found" or not said or "已有年份" in said[0]:
        return told
    reply = wording.fitted([missing.reply, *said[1:]])
    return replace(missing, reply=reply, figures=told.figures, options=told.options)


# ---------------------------------------------------------------------------------------------- as the report prints it


def _is_told(search: Search, asked: Expression, query: Query, told: Answer) -> bool:
    """Whether the report prints what is asked for: the share in this whole, one figure of both summands."""
    if asked.operation == "share":
        return _is_share(told) and _of_the_whole(search, asked, told)
    if asked.operation == "sum":
        given, of_items = _asked(told), asked.respects == {"line"}
        return of_items and len(given) == 1 and all(name_of(side) in given[0].item for side in asked.sides)
    return told_so(search, query, told)


def _asked(answer: Answer) -> list[Figure]:
    return [one for one in answer.figures if one.asked]


def _lead(answer: Answer) -> Figure | None:
    return next(iter(_asked(answer)), None)


def _is_share(answer: Answer) -> bool:
    lead = _lead(answer)
    return answer.status == "answered" and lead is not None and lead.measure in ("share", "rate")


def _of_the_whole(search: Search, asked: Expression, told: Answer) -> bool:
    """占全市的, 占某市的: where sides differ in level or place, a printed share has to name its whole."""
    if asked.respects == {"line"}:
        return True
    whole = asked.sides[-1]
    name = search.atlas.full_name(whole.regions[0])
    named = (whole.scope_words, "全市", name) if asked.respects == {"level"} else (name, "全市")
    lead = _lead(told)
    return lead is not None and any(f"占{word}" in lead.sentence for word in named if word)


def as_told(search: Search, done: Reckoned) -> Reckoned:
    """The share or the whole that the report itself prints, if it is the reckoned one."""
    if done.operation == "sum":
        return _as_whole(search, done)
    return _as_share(search, done) if done.operation == "share" else done


def _as_whole(search: Search, done: Reckoned) -> Reckoned:
    """公务用车购置1164万元、运行维护3402万元, and 4567万元 of both: the whole, rounded by itself."""
    first, known = done.facts[0], items()
    over = {known[one.fact.key].parent if one.fact.key in known else "" for one in done.facts}
    if len(over) != 1 or over == {""} or len({one.fact.key for one in done.facts}) < len(done.facts):
        return done
    total = sum((one.fact.number or Decimal(0) for one in done.facts), Decimal(0))
    for one in search.of_item(first.fact.region, first.fact.period, list(over)):
        off, near = abs((one.fact.number or Decimal(0)) - total), sum(map(grain, (one, *done.facts)), Decimal(0)) / 2
        if one.document == first.document and differs(one, first) <= {"line"} and 0 < off <= near:
            return replace(done, figure=figure(one, asked=True))
    return done


def _as_share(search: Search, done: Reckoned) -> Reckoned:
    """预备费安排5亿元，占总支出的1.8%; 税收占比63.0%: the share of the part that the report prints, in the part's own
    sentence or elsewhere."""
    part = done.facts[0]
    elsewhere = search.of_item(part.fact.region, part.fact.period, [part.fact.key]) if part.fact.key else ()
    for one in (*search.store.facts_of_sentences([sentence_id(part.id)]), *elsewhere):
        if one.fact.measure != "share" or one.fact.number is None or differs(one, part) - {"stage"}:
            continue
        if abs(one.fact.number - Decimal(done.figure.value)) <= grain(one) / 2:
            return replace(done, figure=figure(one, asked=True))
    return done


def _as_change(search: Search, asked: Expression, done: Reckoned, told: Answer) -> Answer | None:
    """The report's own difference against the same base; None if it prints none or another one.

    Where both years' figures give another difference (the year before has been revised since), that is said.
    """
    if told.status != "answered" or not _is_against(search, told, asked):
        return None
    lead, (first, second) = _lead_fact(search, told), done.facts
    if lead is None or lead.fact.number is None:
        return None if asked.named else told
    apart = abs(size_of(first) - size_of(second))
    if abs(abs(lead.fact.number) - apart) <= max(grain(lead), grain(first)) * 2:
        return told
    both = f"{derive.as_printed(first)}、{derive.as_printed(second)}"
    value = f"{grouped(done.figure.value)} {done.figure.unit}"
    return wording.noted(told, f"报告里两年的数直接相减是 {value}（{both}），口径可能有调整")


def _lead_fact(search: Search, answer: Answer) -> StoredFact | None:
    lead = _lead(answer)
    return next((one for one in search.facts_of(answer) if lead and one.id == lead.fact_id), None)


def _is_against(search: Search, answer: Answer, asked: Expression) -> bool:
    """Whether an answer is led by a difference against the base asked for: 比上年预算 is not 比上年执行数."""
    lead = _lead(answer)
    if lead is None or lead.measure != "yoy_amount":
        return False
    fact = _lead_fact(search, answer)
    if fact is None or "same_basis" in fact.fact.flags:
        return fact is None
    if any(one.last_year != fact.fact.period.last_year - 1 for one in asked.sides[1].periods):
        return False  # 比2023年: no change since 2024
    clause = plain(fact.text[: fact.fact.start]).replace("；", "，").replace("。", "，").split("，")[-1]
    at = max(clause.rfind("比"), clause.rfind("较"))
    stage = stage_in(clause[at:]) if at >= 0 else ""
    return not stage or stage == (*asked.sides[1].measures, "actual")[0]


def as_printed(search: Search, done: Reckoned) -> Reckoned:
    """The change from one year to the next that the report prints beside the later figure: in the place of the
    reckoned one if it is the same, else said beside it (another basis, or another base)."""
    measure: Measure = "yoy_pct" if done.operation == "growth" else "yoy_amount"
    before, after = sorted((done.facts[0], done.facts[-1]), key=lambda one: one.fact.period)
    years = after.fact.period.last_year - before.fact.period.last_year
    of_years = done.operation in ("growth", "change", "gap") and differs(before, after) - {"stage"} == {"year"}
    if not of_years or years != 1:
        return done
    for printed in search.near(after, after.fact.region, after.fact.period, 0):
        number = printed.fact.number
        if printed.fact.measure != measure or differs(printed, after) - {"stage"} or number is None:
            continue
        size = MONEY_UNITS.get(done.figure.unit, Decimal(1)) if measure == "yoy_amount" else Decimal(1)
        if abs(abs(number) - abs(Decimal(done.figure.value) * size)) <= max(grain(printed), size * _LAST) / 2:
            return replace(done, figure=figure(printed, asked=True)) if measure == "yoy_pct" else done
        return replace(done, note=f"报告印的是{measures()[measure].name} {shown(printed)}，口径或比较的基数可能不同")
    return done


# ---------------------------------------------------------------------------------------------- the figure


def answer_of(
    done: Reckoned, asked: Expression | None = None, query: Query | None = None, more: Sequence[str] = ()
) -> Answer:
    """The figure, its formula, the figures it is reckoned from with their sentences."""
    own, facts, apart = done.figure, done.facts, done.operation in ("gap", "change")
    value = f"{grouped(own.value)}{'' if own.unit == '%' else ' '}{own.unit}"
    unit = query.unit if query else ""
    head = _head(done.operation, [traits(one) for one in facts], done.names, _what(done))
    said = _says(done) if apart else _what(done)
    lines = [head, f"{said} {value}"]
    if own.derived:
        lines = [head, f"{said} {value}（推算{'' if done.note else '，报告未直接给出'}）", own.sentence]
    lines += [f"{name} {shown(one, unit)}" for name, one in zip(done.names, facts, strict=True)]
    notes = [*query.notes, query.period_note if "year" not in differs(facts[0], facts[-1]) else ""] if query else []
    notes += [done.note, *(_wrong_way(asked, done) if asked else ()), *more, *wording.flag_notes(facts)]
    notes = [note for note in dict.fromkeys(notes) if note]
    lines += [f"※ {note}" for note in notes]
    lines += wording.quote_lines(facts)
    figures = (own, *(figure(one, asked=done.operation in _ASKED_TOO) for one in facts))
    return Answer("answered", wording.fitted(lines), figures, (), head, tuple(notes))


def _what(done: Reckoned) -> str:
    return "环比" if done.figure.item.endswith("环比") else NAMES[done.operation]


def _says(done: Reckoned) -> str:
    one, other = done.names
    first, second = map(size_of, done.facts)
    return f"{one}与{other}相等，差额" if first == second else f"{one}比{other}{'多' if first > second else '少'}"


def _wrong_way(asked: Expression, done: Reckoned) -> list[str]:
    (one, other), (first, second) = done.names[:2], map(size_of, done.facts[:2])
    if asked.direction == "more" and first < second:
        return [f"问的是“多”，报告里是少：{one}少于{other}"]
    if asked.direction == "less" and first > second:
        return [f"问的是“少”，报告里是多：{one}多于{other}"]
    return []


def _precision(done: Reckoned) -> list[str]:
    """230.58 - 113.6: the difference is no more exact than the coarser of the two."""
    fine, coarse = sorted(map(grain, done.facts))
    unit = done.figure.unit
    return [f"其中一个数只精确到 {derive.size_in(coarse, unit)}，差额也只准到这一位"] if fine < coarse else []


def _other_budget(search: Search, asked: Expression, budget: StoredFact, query: Query) -> list[str]:
    """比预算: the year's first budget; where it has been adjusted, that is said."""
    if asked.respects != {"stage"} or budget.fact.measure != "budget":
        return []
    second = replace(asked.sides[1], measures=("adjusted_budget",))
    adjusted = sides_of(search, replace(asked, sides=(second,)), budget.fact.scope or "whole")[0].one
    if adjusted is None or adjusted.fact.number == budget.fact.number:
        return []
    return [f"这里的预算数不是调整预算数；{adjusted.fact.period.text}年调整预算数 {shown(adjusted, query.unit)}"]


def _head(operation: Operation, called: Sequence[Traits], names: Sequence[str], what: str) -> str:
    """某市 · 2025年 · 教育支出 ÷ 一般公共预算支出 · 全市 · 占比; 某市 · 教育支出 · 2026年预算数与2025年完成数之差."""
    place, level, year, line, _ = (column[0] if len(set(column)) == 1 else "" for column in zip(*called, strict=True))
    if operation in ("gap", "change"):
        parts = [place, line, f"{'与'.join(names)}之差", level]
    elif operation == "rest":
        parts = [place, year, f"{names[0]}（不含{'、'.join(names[1:])}）", level, what]
    else:
        parts = [place, year, ("、" if operation in ("sum", "growth") else " ÷ ").join(names), level, what]
    return " · ".join(part for part in parts if part)


# ---------------------------------------------------------------------------------------------- what is missing


def _not_summed(search: Search, asked: Expression, told: Answer, sides: Sequence[Side]) -> Answer:
    """Figures side by side for a sum: it is said why they are not added up."""
    names = side_names(search, asked, sides)
    disputed = [name for name, one in zip(names, sides, strict=True) if one.facts and one.one is None]
    if not disputed or told.status != "answered":
        return told
    note = f"合计没有算：报告里{'、'.join(f'“{name}”' for name in disputed)}有不止一个数"
    lines = told.reply.split("\n")
    at = next((number for number, line in enumerate(lines) if line.startswith("※")), len(lines))
    return replace(told, reply=wording.fitted([*lines[:at], f"※ {note}", *lines[at:]]), notes=(note, *told.notes))


def missing(
    search: Search, asked: Expression, query: Query, sides: Sequence[Side], beside: Sequence[Side] = (), also: str = ""
) -> Answer:
    """No figure: which of the sides is missing, disputed or only rough, and what there is.

    ``beside`` are the sides on another level, shown where the level asked for has none; ``also`` is a level that has
    them all, where none was asked for.
    """
    names = side_names(search, asked, sides)
    what = {"gap": "差额", "growth": "环比"}.get(asked.operation, NAMES[asked.operation])
    place = search.atlas.full_name(asked.sides[0].regions[0]) if "place" not in asked.respects else ""
    head = _head(asked.operation, called(search, sides), names, what)
    unable = "不计算" if all(side.facts for side in sides) else "算不出来"
    lines = [head, f"报告没有写这个{what}；{_why(asked, place + query.scope_words, names, sides)}，{what}{unable}。"]
    there = [(name, found) for name, side in zip(names, beside or sides, strict=True) for found in side.facts[:2]]
    if there:
        if len({level_of(found) for _, found in there}) > 1 and not beside:
            there = [(f"{name}（{level_of(found)}）", found) for name, found in there]
        told = [f"{level_of(found) if beside else ''}{name} {shown(found, query.unit)}" for name, found in there]
        told += [f"{wording.completion_name(found, ())} {shown(found)}" for found in sides[0].beside[:1]
                 if asked.respects == {"stage"}]  # fmt: skip
        lines.append("报告里有：" + "；".join(told))
    if also:
        lines.append(f"{also}的两个数都有：说明“{also}”再问，就能算出。")
    lines += wording.quote_lines([found for _, found in there])
    options = dict.fromkeys(
        f"{place_of(found)}{year_of(found)}{wording.named(found.fact.item, found.fact.measure)}" for _, found in there
    )
    figures = tuple(figure(found, asked=False) for _, found in there)
    return Answer("not_found", wording.fitted(lines), figures, tuple(options), head)


def _why(asked: Expression, place: str, names: Sequence[str], sides: Sequence[Side]) -> str:
    absent = [name for name, side in zip(names, sides, strict=True) if not side.facts]
    disputed = [name for name, side in zip(names, sides, strict=True) if side.facts and side.one is None]
    facts = [side.one for side in sides if side.one]
    if absent and asked.respects == {"place"} and asked.operation == "gap":
        return f"报告里没有{'、'.join(absent)}的{name_of(asked.sides[0])}"
    if absent:
        return f"报告里没有{place}{'的' if place else ''}{'、'.join(f'“{name}”' for name in absent)}"
    if disputed:
        return f"报告里{'、'.join(f'“{name}”' for name in disputed)}有不止一个数"
    if any("rough" in one.fact.flags for one in facts):
        return "报告里有一个数只是约数"
    if fit(asked.operation, facts) and asked.operation in ("share", "rest"):
        return "报告里前一个数不是后一个数的一部分"
    return f"报告里这几个数的口径{'' if asked.operation == 'gap' else '或阶段'}不同"
