"""A question that doubts what a paper prints -> the figure, and all that the papers give against it.

    廊坊报告说民生支出占82.2%，可我拿507.2除618.7不是这个数 -> 82.2%; 507.2 ÷ 618.7 = 81.98%

The figure is that of the plain question in it; beside it stand the other prints of the same thing, each with its
place, the parts that the asker names, and what the papers' own figures make of it.  Nothing is decided between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.ask import wording
from index.ask.answers import Cell, answer_cells
from index.ask.cells import of_told
from index.ask.conflict import conflict_note
from index.ask.figures import grouped, shown
from index.ask.found import Found
from index.ask.in_turn import asked_in, leaves_some
from index.ask.kin import FLOWS
from index.ask.paper_view import within_papers
from index.ask.query import Query
from index.ask.question import understand
from index.ask.recomputed import as_checked, carried_on, parts_said, ratio_of, sum_of
from index.ask.search import Search
from index.ask.told.figures import held
from index.ask.told_twice import is_source, others_of
from index.ask.vocabulary import asking_pattern, has
from index.ask.why import asks_why
from index.models import Answer, Figure, StoredFact
from index.text.normal import plain

ALONE: Final = "没有找到与此不同的另一处"
SUMMED: Final = "各项相加与总数相同"
MOST_LEADS: Final = 6
_NAME: Final = 4  # characters of a name of the paper's own
Answered = Callable[[str], tuple[Query | None, Answer]]
_BLANK: Final = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=\S)")
_CLAUSE: Final = re.compile(r"[^，。；？！]+")
_LEAST: Final = 4  # characters that name a thing


@dataclass(frozen=True, slots=True)
class _Against:
    """One figure and what stands against it: its prints in the order of the paper, parts, what is computed."""

    facts: tuple[StoredFact, ...]
    computed: tuple[Figure, ...]
    notes: tuple[str, ...]


def both_told(
    search: Search, question: str, query: Query, answer: Answer, answered: Answered
) -> tuple[Query, Answer] | None:
    """None for a question that doubts nothing, or of which no figure is found."""
    doubt = doubted(question)
    if doubt is None:
        return None
    query, answer = _plain(search, doubt, query, answer, answered)
    search = within_papers(search, query.documents)
    leads = _leads(search, doubt, answer)
    if answer.status != "answered" or not leads or len(leads) > MOST_LEADS:
        return None
    of_one = len({(one.fact.region, one.fact.period, one.fact.key or one.fact.item) for one in leads}) == 1
    of_one = of_one and len(query.regions) == 1 and len(query.periods) < 2
    alone = wording.noted(answer, ALONE) if of_one else answer  # 两个区的教育支出一样吗: of different things
    return query, _answer(search, leads, doubt, query) or alone


def told_doubted(search: Search, question: str, last: Query) -> tuple[Query, Answer] | None:
    """前后两个数对不上啊, 税收加非税加起来对得上吗: of the figure that was told before; None if the question names
    something else."""
    doubt = doubted(question)
    leads = held(search, last) if doubt else []
    if doubt is None or not 0 < len(leads) <= MOST_LEADS:
        return None
    read, search = understand(question, search.atlas, last.regions), within_papers(search, last.documents)
    parts = [part for one in leads for part in parts_said(search, one, doubt.text)]
    own = {key for one in (*leads, *parts) for key in (one.fact.key, one.fact.item)}
    if read.regions or read.periods or any(own.isdisjoint((*item.keys, item.name)) for item in read.items):
        return None
    alone = [replace(one, found=replace(one.found, notes=(ALONE,))) for one in (of_told(search, one) for one in leads)]
    return last, _answer(search, leads, doubt, last) or answer_cells(alone, last)


def _answer(search: Search, leads: Sequence[StoredFact], doubt: Doubt, query: Query) -> Answer | None:
    """The figures with what stands against them, printed ones first; None if nothing does."""
    against = [_against(search, one, doubt) for one in leads]
    if not any(one.facts[1:] or one.computed for one in against):
        return None
    told = answer_cells(list(_cells(search, leads, against)), query)
    return replace(told, figures=tuple(sorted(told.figures, key=lambda one: (not one.asked, one.derived))))


def _leads(search: Search, doubt: Doubt, answer: Answer) -> list[StoredFact]:
    """The figures that answer, without noughts in columns of other parts; the one beside them that the asker states
    (行政运行写减少|1.10%|)."""
    facts, beside = search.facts_of(answer), search.facts_of(answer, asked=False)
    stated = [one for one in beside if f"{one.fact.value}{one.fact.unit}" in doubt.text]
    if stated and not any(one in facts for one in stated):
        return stated
    return [one for one in facts if one.fact.number] or facts


def _plain(
    search: Search, doubt: Doubt, query: Query, answer: Answer, answered: Answered
) -> tuple[Query, Answer]:  # fmt: skip
    """The question as it was read, if that has an answer to all of it and names no table (基本支出|表|) as if it were
    asked for; else the first plain one that has."""
    if _is_full(answer) and not _names_table(search, doubt.text):
        return query, answer
    for text, left in sorted(doubt.plain, key=lambda each: _names_table(search, each[0])):
        if not _names_one(search, text) or _names_another(search, text, left):
            continue
        read, told = answered(text)
        if read is not None and _is_full(told):
            return read, told
    return query, answer


def _names_table(search: Search, text: str) -> bool:
    return any(is_source(text, item.text) for item in understand(text, search.atlas).items)


def _is_full(answer: Answer) -> bool:
    return answer.status == "answered" and asked_in(answer) > 0 and not leaves_some(answer)


def _names_one(search: Search, text: str) -> bool:
    """Whether a plain question still names a thing, an item of the lexicon or a line of the paper's own."""
    read = understand(text, search.atlas)
    named = [word for word in read.chunks if word not in FLOWS and (len(word) >= _NAME or word.endswith(FLOWS))]
    return bool(read.items or named)


def _names_another(search: Search, text: str, left: str) -> bool:
    """Whether what is left unsaid names an item of its own, which is no table (基本支出表)."""
    own = {key for item in understand(text, search.atlas).items for key in item.keys}
    return any(
        not item.weak and not is_source(left, item.text) and not own & set(item.keys)
        for item in understand(left, search.atlas).items
    )


def _against(search: Search, one: StoredFact, doubt: Doubt) -> _Against:
    parts = parts_said(search, one, doubt.text, summed=doubt.summed)
    others = [other for other in others_of(search, one) if other.id not in {part.id for part in parts}]
    summed = sum_of(one, parts) if doubt.summed else None
    computed = [found for found in (ratio_of(search, one, doubt.said), carried_on(search, one), summed) if found]
    notes = [conflict_note([one, *others])] if others else []
    notes += [f"按报告自己的数算是 {grouped(each.value)} {each.unit}，报告写的是 {shown(one)}" for each in computed]
    checked = as_checked(one)
    if checked and not any(each.unit == checked.unit for each in computed):
        computed.append(checked)  # the answer has a remark of it anyway
    notes += [SUMMED] if doubt.summed and len(parts) > 1 and summed is None else []
    prints = sorted((one, *others), key=lambda each: (each.document != one.document, each.id))
    return _Against((*prints, *parts), tuple(computed), tuple(notes))


def _cells(search: Search, leads: Sequence[StoredFact], against: Sequence[_Against]) -> list[Cell]:
    """A cell for each figure that was asked for, with what stands against it; none twice."""
    shown: set[int] = set()
    cells = []
    for lead, other in zip(leads, against, strict=True):
        facts = tuple(one for one in other.facts if one.id not in shown)
        shown |= {one.id for one in facts}
        if facts:
            found = Found(asked=facts, computed=other.computed, notes=other.notes, opened=_names_differ(facts))
            place = search.atlas.full_name(lead.fact.region)
            cells.append(Cell(lead.fact.region, place, lead.fact.period, lead.fact.item, found))
    return cells


def _names_differ(facts: Sequence[StoredFact]) -> bool:
    return len({one.fact.item for one in facts}) > 1


# ------------------------------------------------------------------------------------------- the plain question in it


@dataclass(frozen=True, slots=True)
class Doubt:
    """``plain`` are the ways to ask for the figure alone, the likeliest first, each with what it leaves unsaid before
    the words of doubt; ``text`` is the whole question, ``said`` the clause of the doubt with all behind it; ``summed``:
    parts are added up."""

    text: str
    plain: tuple[tuple[str, str], ...]
    said: str
    summed: bool


def doubted(question: str) -> Doubt | None:
    """None for a question that doubts nothing, or asks why and for no figures."""
    text = plain(_BLANK.sub("，", question.strip()))
    cue = asking_pattern("doubt", "cue").search(text)
    if cue is None or (asks_why(text) and not asking_pattern("doubt", "both").search(text)):
        return None
    start = next(one.start() for one in _CLAUSE.finditer(text) if one.end() > cue.start())
    within = asking_pattern("doubt", "source").search(text, start, cue.end())
    first = asking_pattern("doubt", "source").search(text, _LEAST, cue.end())
    other = asking_pattern("doubt", "against").search(text, start, cue.end())
    cuts = [one.start() for one in (within, first) if one] or [cue.start()]
    cuts = [start, *cuts] if _asks(text[:start]) else [*cuts, start]
    plainly = [(text[:cut], text[cut : cue.start()]) for cut in cuts]
    plainly += [(f"{text[:start]}{other['other']}", "")] if other else []
    told = {_asking(one): left for one, left in plainly if len(one.strip("，。；？！ ")) >= _LEAST}
    return Doubt(text, tuple(told.items()), text[start:], bool(asking_pattern("doubt", "summed").search(text, start)))


def _asks(text: str) -> bool:
    return bool(has(text, "ask", "figure"))


def _asking(text: str) -> str:
    text = text.rstrip("，。；？！、 的")
    return text if _asks(text) else text + "，多少"
