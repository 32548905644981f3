"""A follow-up that names a part of the figure just given -> the part that the report lists under it.

    再融资债券上限多少 | 其中一般债券呢 -> 再融资一般债券 14.41 亿元, of the same sentence

Looked for beside the figure given, so that the part is of its place, year, level and stage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.ask.answers import Cell, answer_cells
from index.ask.asks import Part
from index.ask.beside import named_beside, told_next, told_then
from index.ask.cells import asked_of, of_told
from index.ask.compose import answer_parts_told
from index.ask.derive import share
from index.ask.dialogue import is_ellipsis
from index.ask.found import Found
from index.ask.operations import asked_for
from index.ask.part_by_part import told_of
from index.ask.parts_told import parts_in, whole_of
from index.ask.per_head import asks_per_head
from index.ask.query import Query
from index.ask.search import Search
from index.ask.told.figures import held, told_by
from index.ask.vocabulary import pattern_in
from index.models import Answer, StoredFact
from index.store.lookup import sentence_id

_BARE: Final = re.compile("(?:那|那么|还有)?(?P<name>[^，。？?呢]{3,10}?)的?(?:呢|多少)[？?]?")
_THIS_MONEY: Final = re.compile(
    "^(?:这|那)(?:笔|些|批|部分)(?:钱|资金|(?:新增|再融资|一般|专项|政府)*债券?)?"
)  # 这笔钱|保了多少个项目
_GIVEN_OUT: Final = ("debt-new", "debt-issue", "debt-refinance", "transfer")
_THAT: Final = re.compile("(?:这|那)(?:一?块|部分|项|类)?的?(?:呢|多少)")


def answer_part(search: Search, understood: Query, query: Query, last: Query) -> Answer | None:
    """The parts of the figures told last that a question names; None for any other question."""
    if understood.regions or understood.periods or understood.measures:
        return None
    if understood.shape in ("rank", "compose"):
        told = held(search, last) if pattern_in("told", "leads").match(understood.text) else []
        own = understood.items or understood.members or len(told) != 1
        return None if own else answer_parts_told(search, understood, told[0])
    if understood.shape != "lookup":
        return None
    told, text = held(search, last), _THIS_MONEY.sub("", understood.text)
    if is_ellipsis(understood) or not understood.items or text != understood.text:
        saying = told_then(search, told, text) or told_next(search, told, text)
        if saying or is_ellipsis(understood):
            return answer_cells([of_told(search, one) for one in saying], query) if saying else None
    words = _words(understood)
    leads = pattern_in("told", "leads").match(understood.text) or _THAT.search(understood.text)
    if not (leads or (_is_given_out(told) and len(words) == 1 and parts_in(search, told, words))):
        literal = _literal(search, understood, told) if understood.chunks or _weak(understood) else ()
        return answer_cells([of_told(search, one) for one in literal], query) if literal else None
    parts = (parts_in(search, told, words) or _same_part(search, told, words)) if words else ()
    if not parts:
        return None
    return answer_cells([of_told(search, one) for one in parts], query)


def _is_given_out(told: Sequence[StoredFact]) -> bool:
    """新增专项债券多少 | 教育用了多少: money for others, of which a line of the budget's name is a part."""
    return len(told) == 1 and told[0].fact.key.startswith(_GIVEN_OUT)


def answer_beside_told(search: Search, understood: Query, query: Query, last: Query, found: Answer) -> Answer | None:
    """What stands beside the figures told last, where nothing else answers, or what does stands elsewhere: a follow-up
    is a later part of one question.  None if it names a place, a year or a level, or asks for more than one figure.
    """
    near = held(search, last)
    apart = understood.regions or understood.periods or understood.scope or understood.shape != "lookup"
    if (
        not near
        or apart
        or asked_for(understood)
        or asks_per_head(query)
        or (understood.measures and found.status == "answered")
    ):
        return None
    if found.status == "answered":
        literal = () if _stands_by(near, found) else _literal(search, understood, near)
        return answer_cells([of_told(search, one) for one in literal], query) if literal else None
    words = _words(understood)
    parts = (parts_in(search, near, words) or _same_part(search, near, words)) if words else []
    asked = set(understood.measures)  # 保工资占多少: no amount alone
    shares = (_shares(search, near, parts) or _of_its_whole(search, near, words)) if asked == {"share"} else []
    if shares and pattern_in("told", "in_percent").search(understood.text):
        shares.reverse()  # 占百分之几: the share first, the amount beside it
    if shares:
        return answer_cells(shares, replace(query, measures=(), items=()))
    if parts and (not asked or {one.fact.measure for one in parts} <= asked):
        return answer_cells([of_told(search, one) for one in parts], query)
    if understood.measures:  # 同口径涨多少: a measure of what was told is looked up, not found beside it
        return None
    _, cells = told_of(search, query, Part(understood.text), near, behind=True)
    told = [cell for cell in cells if cell.found.asked]
    new = {one.id for one in asked_of(told)} - {one.id for one in near}  # 算算人均: the figure told is no answer
    return answer_cells(told, query) if new and len(told) == len(cells) else None


def _shares(search: Search, near: Sequence[StoredFact], parts: Sequence[StoredFact]) -> list[Cell]:
    """政府采购多少 | 工程占多少: the amount that is printed, and what share of the figure given it is."""
    if len(near) != 1 or len(parts) != 1 or near[0].fact.kind != "money":
        return []
    cell, of_it = of_told(search, parts[0]), share(parts[0], near[0])
    return [cell, replace(cell, found=Found(computed=(of_it,)))] if of_it else []


def _of_its_whole(search: Search, near: Sequence[StoredFact], words: Sequence[str]) -> list[Cell]:
    """专项转移支付多少 | 占几成: of what its sentence lists it under, with the formula."""
    wholes = [one for one in near if not words for one in whole_of(search, one)] if len(near) == 1 else []
    of_it = share(near[0], wholes[0]) if len(wholes) == 1 else None
    return [replace(of_told(search, near[0]), found=Found(computed=(of_it,)))] if of_it else []


def _stands_by(near: Sequence[StoredFact], found: Answer) -> bool:
    """Whether an answer, or a part of it, stands in the sentence of the figures told before."""
    places = {sentence_id(one.id) for one in near}
    return any(one.fact_id is None or sentence_id(one.fact_id) in places for one in found.figures if one.asked)


def _literal(search: Search, understood: Query, near: Sequence[StoredFact]) -> tuple[StoredFact, ...]:
    """负债总额多少 | 那|资产负债率|呢: the figure that this very word stands by."""
    bare = _BARE.fullmatch(understood.text)
    return named_beside(search, near, bare["name"]) if bare else ()


def _weak(understood: Query) -> bool:
    """Whether its items are but everyday words, which may be a part of another name: |负债|率."""
    return any(item.weak for item in understood.items)


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
