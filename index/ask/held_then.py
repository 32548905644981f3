"""What a body holds and whom it has at a date, as its paper of that year or the next tells it.

某局2026年有几辆车 -> 截至2025年8月31日，共有车辆3辆, of its budget paper for 2026; what it will buy is none of it
某局在职多少人     -> 年末实有在职人员451人, of its newest paper
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from index.ask import wording
from index.ask.figures import figure, shown
from index.ask.of_body import says_whole
from index.ask.query import Query
from index.ask.row_words import asks_in, in_order
from index.ask.search import Search
from index.lexicon import toml
from index.models import Answer, StoredFact
from index.store.lookup import sentence_id
from index.text.normal import plain

Thing = Mapping[str, str]  # of ``rows.toml``: how it is asked for, its units, how it is called
_CLAUSES: Final = re.compile("[，。；（）？]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A thing whose number is asked for, the units it is counted in, the clause and where in the text that is."""

    thing: Thing
    units: str
    clause: str
    start: int
    end: int


def answer_held(search: Search, query: Query) -> Answer | None:
    """The figures at the date; None for a question of anything else, or where the papers of the year tell of none."""
    held = toml("rows.toml")["held"]
    asks = [] if re.search(held["never"], query.text) else _asked(held["thing"], query.text)
    if not query.documents or len(query.regions) != 1 or len(query.periods) > 1 or asks_in(query.text) != len(asks):
        return None
    there = _at_a_date(search, query)
    told = [_told(there, asked, query) for asked in asks]
    if not told or not all(told) or any(len({one.fact.number for one in some}) > 1 for some in told):
        return None
    facts = [some[0] for some in told]
    place = search.atlas.full_name(query.regions[0])
    head = wording.reading([place], query.periods, [one.fact.item for one in facts], query)
    note = _dated(search, facts[0])
    lines = [head, *(f"{one.fact.item}：{shown(one)}" for one in facts), *wording.quote_lines(facts), f"※ {note}"]
    return Answer("answered", wording.fitted(lines), tuple(figure(one, asked=True) for one in facts), (), head, (note,))


def _asked(things: Sequence[Thing], text: str) -> list[Asked]:
    """The things that a text asks the number of, as it names them, in their order."""
    found: list[Asked] = []
    for thing in things:
        for match in re.finditer(thing["ask"], text):
            start, end = match.span()
            if all(end <= one.start or one.end <= start for one in found):
                clause = _CLAUSES.split(text[:start])[-1] + match[0] + _CLAUSES.split(text[end:])[0]
                found.append(Asked(thing, match.groupdict().get("unit") or thing["units"], clause, start, end))
    return sorted(found, key=lambda one: one.start)


def _at_a_date(search: Search, query: Query) -> list[StoredFact]:
    """The counts at a date that the body's papers for the year asked for tell, else its newest; what its next budget
    tells of a year that has no paper of its own."""
    papers = [one for name in query.documents if (one := search.document(name))]
    year = query.periods[0].last_year if query.periods else max((one.year or 0 for one in papers), default=0)
    own = [one for one in papers if year in (one.year, one.plan_year)]
    own = own or [one for one in papers if one.year == one.plan_year == year + 1]
    facts = search.own(search.store.facts(query.regions, [year - 1, year, year + 1]))
    names = {one.name for one in own}
    counts = [one for one in facts if one.document in names and one.fact.kind == "count"]
    dated = [one for one in counts if one.fact.period.as_of and "plan" not in one.fact.flags]
    beside = {sentence_id(one.id) for one in dated}
    told = re.compile(toml("rows.toml")["held"]["told"])
    return dated + [
        one for one in counts if one not in dated and (sentence_id(one.id) in beside or told.search(one.fact.item))
    ]


def _told(there: Sequence[StoredFact], asked: Asked, query: Query) -> list[StoredFact]:
    """The figures counted and called so that a word beside the question word names; where there is none, the first of
    them, which is of all."""
    some = [
        one for one in there
        if re.match(asked.units, plain(one.fact.unit)) and re.search(asked.thing["called"], plain(one.fact.item))
    ]  # fmt: skip
    said = query.text[asked.start : asked.end]
    around = [word for word in query.content if word in asked.clause and word not in said]
    beside = [re.sub(asked.thing["all"], "", word) for word in around]
    words = [word for word in beside if not says_whole(word)]
    named = [one for one in some for word in words if in_order(word, plain(one.fact.item))]
    return named if words else list({one.document: one for one in reversed(some)}.values())


def _dated(search: Search, one: StoredFact) -> str:
    """Of which day the figure is, as far as the paper says."""
    dated, paper = one.fact.period, search.document(one.document)
    budget = paper is not None and paper.year == paper.plan_year == dated.last_year
    if budget or not dated.as_of:  # 年末 of a budget for the year: no day of that year has come
        return f"《{one.title or one.document}》里的数，没有写明截至哪一天"
    return f"是截至{dated.last_year}年{dated.last_month}月末的数"
