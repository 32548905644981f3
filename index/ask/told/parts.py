"""A follow-up that names a part of the figure just given -> the part that the report lists under it.

    再融资债券上限多少 | 其中一般债券呢 -> 再融资一般债券 14.41 亿元, of the same sentence

Looked for beside the figure given, so that the part is of its place, year, level and stage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.ask.answers import answer_cells
from index.ask.asks import Part
from index.ask.cells import of_told
from index.ask.dialogue import is_ellipsis
from index.ask.operations import asked_for
from index.ask.part_by_part import told_of
from index.ask.parts_told import parts_in
from index.ask.per_head import asks_per_head
from index.ask.query import Query
from index.ask.search import Search
from index.ask.told.figures import held, told_by
from index.ask.vocabulary import pattern_in
from index.models import Answer, StoredFact
from index.store.lookup import sentence_id

_THAT: Final = re.compile("(?:这|那)(?:一?块|部分|项|类)?的?(?:呢|多少)")


def answer_part(search: Search, understood: Query, query: Query, last: Query) -> Answer | None:
    """The parts of the figures told last that a question names; None for any other question."""
    if understood.regions or understood.periods or understood.measures or understood.shape != "lookup":
        return None
    if is_ellipsis(understood):
        return _answer_beside(search, _words(understood)[0], query, last)
    if not (pattern_in("told", "leads").match(understood.text) or _THAT.search(understood.text)):
        return None
    words, told = _words(understood), held(search, last)
    parts = (parts_in(search, told, words) or _same_part(search, told, words)) if words else ()
    if not parts:
        return None
    return answer_cells([of_told(search, one) for one in parts], query)


def answer_beside_told(search: Search, understood: Query, query: Query, last: Query) -> Answer | None:
    """What stands beside the figures told last, where nothing else answers: a follow-up is a later part of a question.

    None if it names a place or a year, or asks for another shape than one figure.
    """
    near = held(search, last)
    named = understood.regions or understood.periods or understood.scope
    apart = named or understood.shape != "lookup" or asked_for(understood)
    if not near or apart or asks_per_head(query):
        return None
    words = _words(understood)
    parts = (parts_in(search, near, words) or _same_part(search, near, words)) if words else []
    asked = set(understood.measures)  # 保工资占多少: no amount
    if parts and (not asked or {one.fact.measure for one in parts} <= asked):
        return answer_cells([of_told(search, one) for one in parts], query)
    if understood.measures:  # 剔除一次性因素，同口径涨多少: a measure of what was told is looked up
        return None
    _, cells = told_of(search, query, Part(understood.text), near, behind=True)
    told = [cell for cell in cells if cell.found.asked]
    return answer_cells(told, query) if told and len(told) == len(cells) else None


def _answer_beside(search: Search, verb: str, query: Query, last: Query) -> Answer | None:
    """政府采购 19261万元 | 节约了多少: the one amount that the sentence of the figure told last tells of the verb."""
    told = held(search, last)
    near = search.store.facts_of_sentences(list(dict.fromkeys(sentence_id(one.id) for one in told)))
    saying = [one for one in near if verb in one.fact.item and one.fact.kind == "money" and one not in told]
    return answer_cells([of_told(search, saying[0])], query) if len(saying) == 1 else None


def repeats_whole(understood: Query, answer: Answer, last: Query) -> bool:
    """里头区里自己掏多少, answered with the figure just given: the whole is no part of itself."""
    given = () if understood.scope else told_by(answer)  # 其中市直多少 may be all there is
    return bool(given) and bool(pattern_in("told", "leads").match(understood.text)) and set(given) <= set(last.figures)


def _same_part(search: Search, told: Sequence[StoredFact], words: Sequence[str]) -> tuple[StoredFact, ...]:
    """里头中央和省的|转移支付: the one part that each of several words names."""
    each = [parts_in(search, told, [word]) for word in words]
    ids = {tuple(one.id for one in parts) for parts in each}
    return each[0] if len(each) > 1 and len(ids) == 1 and len(each[0]) == 1 else ()


def _words(understood: Query) -> Sequence[str]:
    """What the parts are called, in the order of the question."""
    return tuple(dict.fromkeys((*(item.text for item in understood.items), *understood.chunks)))
