"""What share the figures just told have in their whole, where none is named: in what the lexicon makes them a part of.

国防支出 258万元 | 占比 -> 国防支出占一般公共预算支出的比重
国防支出、公共安全支出 | 加起来多少 | 占比多少 -> (258 + 9,093) ÷ 489,964, with the formula
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from index.ask import derive, wording
from index.ask.defaults import periods_for
from index.ask.figures import figure, shown
from index.ask.query import Asked, Query
from index.ask.question import understand
from index.ask.reckoned import PLANS, exact, level_of, part_of, stage_of, year_of
from index.ask.search import Search
from index.ask.together import combined
from index.ask.wording import period_name
from index.lexicon import items, measures
from index.models import Answer, Period, StoredFact

_GENERAL: Final = "general_public"
_EACH: Final = re.compile("各(?:自|是)?占(?:比|了)?(?:是)?(?:多少|多大|几成|百分之(?:多少|几)|什么比例|比例|比重)")
_NAMES_WHOLE: Final = re.compile("占(?!比)")


def shares_in_account(search: Search, query: Query) -> tuple[str, ...]:
    """税收收入 | 那占比呢 -> 税收收入占一般公共预算收入的比重: one for each item; () if one is a part of nothing."""
    if query.measures != ("share",) or query.chunks or len(query.regions) != 1 or not query.items:
        return ()
    told = (Period.year(query.told),) if query.told else ()
    years = query.periods or told or periods_for(search, query, query.regions[0])[0][:1]
    if len(years) != 1 or _NAMES_WHOLE.search(_EACH.sub("", query.text)):
        return ()
    wholes = [_whole(item, query.account or _GENERAL) for item in query.items]
    head = search.atlas.full_name(query.regions[0]) + query.scope_words + period_name(years[0])
    asked = tuple(f"{head}{item.name}占{whole}的比重" for item, whole in zip(query.items, wholes, strict=True) if whole)
    return asked if len(asked) == len(query.items) else ()


def asks_each_share(query: Query) -> bool:
    """税收和非税各占多少: of several items, each by itself."""
    return len(query.items) > 1 and bool(_EACH.search(query.text))


def _whole(item: Asked, account: str) -> str:
    """What an item is a part of; of 教育支出, which two accounts have, in this account."""
    known = items()
    keys = [key for key in item.keys if key in known]
    own = keys if len(keys) == 1 else [key for key in keys if known[key].account == account]
    over = known.get(known[own[0]].parent) if len(own) == 1 else None
    return over.name if over else ""


def together(answers: Sequence[Answer]) -> Answer:
    """The shares of several items as one answer: each with its formula, their sentences once."""
    if len(answers) == 1:
        return answers[0]
    shares = [next(one for one in answer.figures if one.asked) for answer in answers]
    place, year = answers[0].reading.split(" · ")[:2]
    head = " · ".join((place, year, "、".join(one.item for one in shares), "占比"))
    lines = [head]
    for one in shares:
        reckoned = "（推算，报告未直接给出）" if one.derived else ""
        lines += [f"{one.item} {one.value}{one.unit}{reckoned}", one.sentence if one.derived else ""]
    notes = tuple(dict.fromkeys(note for answer in answers for note in answer.notes))
    quoted = (line for answer in answers for line in answer.reply.split("\n") if line.startswith("┆"))
    lines += [*(f"※ {note}" for note in notes), *dict.fromkeys(quoted)]
    return replace(combined(answers), reply=wording.fitted(lines), reading=head, notes=notes)


def answer_share_of_sum(
    search: Search,
    question: str,
    last: Query,
    ask: Callable[[str, Query | None], tuple[Query | None, Answer]],
    rerun: Callable[[Query], Answer],
) -> Answer | None:
    """加起来多少 | 占比多少, 占一般公共预算支出多少: the sum told last in its whole; None for any other question."""
    own = understand(question, search.atlas)
    if own.measures != ("share",) or len(own.items) > 1 or own.regions or own.periods or own.chunks or own.scope:
        return None
    parts = _summed(search, rerun(last)) if last.reckoned or len(last.items) > 1 else []
    name = own.items[0].name if own.items else _common(parts)
    if not parts or not name:
        return None
    first, measure = parts[0], parts[0].fact.measure
    head = search.atlas.full_name(first.fact.region) + level_of(first) + year_of(first)
    _, told = ask(f"{head}{name}{measures()[measure].name if measure in PLANS else ''}", None)
    ids = [one.fact_id for one in told.figures if one.asked and one.fact_id is not None]
    found = search.store.facts_by_ids(ids) if told.status == "answered" else []
    if len(found) != 1 or not all(_in_whole(one, found[0]) for one in parts):
        return None
    return _answer(search, parts, found[0])


def _summed(search: Search, told: Answer) -> list[StoredFact]:
    """The figures that an answer adds up; none of any other answer."""
    asked = [one for one in told.figures if one.asked]
    if len(asked) < 3 or not asked[0].derived or not asked[0].item.endswith("合计"):
        return []
    ids = [one.fact_id for one in asked[1:] if one.fact_id is not None]
    found = {one.id: one for one in search.store.facts_by_ids(ids)}
    return [found[one] for one in ids] if len(found) == len(asked) - 1 else []


def _common(parts: Sequence[StoredFact]) -> str:
    """What all of them are parts of."""
    known = items()
    over = {known[one.fact.key].parent for one in parts if one.fact.key in known}
    whole = known.get(next(iter(over))) if len(over) == 1 else None
    return whole.name if whole else ""


def _in_whole(part: StoredFact, whole: StoredFact) -> bool:
    """Whether a figure is of the place, year, level and stage of the whole, and a part of it."""
    a, b = part.fact, whole.fact
    same = (a.region, a.period, a.scope or "whole") == (b.region, b.period, b.scope or "whole")
    return same and stage_of(part) == stage_of(whole) and exact(part) and exact(whole) and part_of(part, whole)


def _answer(search: Search, parts: Sequence[StoredFact], whole: StoredFact) -> Answer | None:
    own = derive.share_of_sum(parts, whole)
    if own is None:
        return None
    names = "、".join(one.fact.item for one in parts)
    place = search.atlas.full_name(whole.fact.region)
    head = " · ".join((place, year_of(whole), f"{names}合计 ÷ {whole.fact.item}", "占比"))
    lines = [head, f"占比 {own.value}%（推算，报告未直接给出）", own.sentence]
    lines += [f"{one.fact.item} {shown(one, '')}" for one in (*parts, whole)]
    notes = wording.flag_notes((*parts, whole))
    lines += [*(f"※ {note}" for note in notes), *wording.quote_lines((*parts, whole))]
    figures = (own, *(figure(one, asked=False) for one in (*parts, whole)))
    return Answer("answered", wording.fitted(lines), figures, (), head, tuple(notes))
