"""The shares of several figures in one answer, and the share of the sum told last in its whole.

税收和非税各占多少 -> each with its formula
国防支出、公共安全支出 | 加起来多少 | 占比多少 -> (258 + 9,093) ÷ 489,964, with the formula
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.ask import derive, wording
from index.ask.agree import groups
from index.ask.answers import answer_cells
from index.ask.cells import of_told
from index.ask.figures import figure, shown
from index.ask.found import Found
from index.ask.query import Query
from index.ask.question import understand
from index.ask.reckoned import PLANS, exact, level_of, part_of, stage_of, year_of
from index.ask.search import Search
from index.ask.together import combined
from index.lexicon import items, measures
from index.models import Answer, StoredFact


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
    found = search.facts_of(told) if told.status == "answered" else []
    if len(found) != 1 or not all(_in_whole(one, found[0]) for one in parts):
        return None
    return _answer(search, parts, found[0])


def _summed(search: Search, told: Answer) -> list[StoredFact]:
    """The figures that an answer adds up; none of any other answer."""
    asked = [one for one in told.figures if one.asked]
    if len(asked) < 3 or not asked[0].derived or not asked[0].item.endswith("合计"):
        return []
    return facts if len(facts := search.facts_of(told)) == len(asked) - 1 else []


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


def share_of_place(
    search: Search, one: StoredFact, ranking: Query, *, listed: bool, whole: str
) -> tuple[Query, Answer] | None:
    """昭通哪个县收入最高 | 占全市几成: the place that came first in the one around it; ``listed``: in the sum that its
    own list prints.  None without such a sum, or where ``whole`` (全省) is said of another level than that one's."""
    fact, over = one.fact, ranking.regions[0]
    if whole and not search.atlas.full_name(over).endswith(whole[-1]):
        return None
    around = [
        other for other in search.store.facts([over], [fact.period.last_year], [fact.key]) if fact.key
        and (other.fact.measure, other.fact.kind, year_of(other)) == (fact.measure, fact.kind, year_of(one))
    ]  # fmt: skip
    sums = [other for other in around if other.document == one.document and other.fact.label == fact.label]
    wholes = [other for other in around if other.fact.scope in ("whole", "") and other not in sums]
    found = (sums or wholes) if listed else (wholes or sums)
    agreed = groups(found)
    if len(agreed) != 1:
        return None
    total = agreed[0][0]
    names = (f"{wording.place_of(one)}{fact.item}", f"{wording.place_of(total)}{level_of(total)}{fact.item}")
    of_it = derive.share(one, total, *names)
    if of_it is None:
        return None
    query = replace(ranking, text=f"{names[0]}占比", shape="lookup", regions=(fact.region,), measures=("share",),
                    members=False, among="", direction="", earlier=ranking)  # fmt: skip
    answer = answer_cells([replace(of_told(search, one), found=Found(computed=(of_it,)))], query)
    return query, replace(answer, reply=wording.fitted([*answer.reply.split("\n"), *wording.quote_lines([one, total])]))
