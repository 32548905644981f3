"""What a body holds at a date, as its paper of the next year tells it.

某局2026年有几辆车 -> 截至2025年8月31日，共有车辆3辆, of its budget paper for 2026; what it will buy is none of it
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.ask import wording
from index.ask.figures import figure, shown
from index.ask.query import Query
from index.ask.row_words import in_order
from index.ask.search import Search
from index.lexicon import toml
from index.models import Answer, StoredFact
from index.text.normal import plain

_MOST: Final = 2  # figures that two papers of one body tell


def answer_held(search: Search, query: Query) -> Answer | None:
    """The figures at the date; None for a question of anything else, or where the papers of the year tell of none."""
    held = toml("rows.toml")["held"]
    asks = None if re.search(held["never"], query.text) else [*re.finditer(held["ask"], query.text)]
    if not query.documents or not asks or len(query.regions) != 1 or len(query.periods) != 1:
        return None
    there = _at_a_date(search, query)
    told = [_told(there, ask["unit"], query) for ask in asks]
    if not all(told) or any(len({one.fact.number for one in some}) > 1 for some in told):
        return None
    facts = [some[0] for some in told]
    place, dated = search.atlas.full_name(query.regions[0]), facts[0].fact.period
    head = wording.reading([place], query.periods, [one.fact.item for one in facts], query)
    note = f"是截至{dated.last_year}年{dated.last_month}月末的数"
    lines = [head, *(f"{one.fact.item}：{shown(one)}" for one in facts), *wording.quote_lines(facts), f"※ {note}"]
    return Answer("answered", wording.fitted(lines), tuple(figure(one, asked=True) for one in facts), (), head, (note,))


def _at_a_date(search: Search, query: Query) -> list[StoredFact]:
    """The counts at a date that the body's papers for the year asked for tell, that date in it or the year before."""
    year = query.periods[0].last_year
    papers = {
        one.name for one in search.documents_of(query.regions[0], year) if year in (one.year, one.plan_year)
    }  # fmt: skip
    facts = search.own(search.store.facts(query.regions, [year - 1, year]))
    return [one for one in facts if one.document in papers and one.fact.kind == "count" and one.fact.period.as_of]


def _told(there: Sequence[StoredFact], unit: str, query: Query) -> list[StoredFact]:
    """The figures counted so that a word of the question names, else the first of them, which is of all."""
    some = [one for one in there if plain(one.fact.unit).startswith(unit)]
    named = [one for one in some for word in query.chunks if len(word) > _MOST and in_order(word, plain(one.fact.item))]
    firsts = {one.document: one for one in reversed(some)}
    return named or list(firsts.values())
