"""A question of several parts, part by part: each with what the parts before it and the whole say.

预备费安排多少，|实际动了多少 -> 预备费 · budget, then the actual of the same, or that the report does not tell it
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.ask.answers import Cell
from index.ask.asides import without_asking
from index.ask.asks import Part, elements
from index.ask.balances import balance_said
from index.ask.beside import counted_beside, may_answer, said_of, spent_of, told_beside, told_next, told_then
from index.ask.cells import asked_of, enumerated, filled, merged_cells, of_told
from index.ask.defaults import of_the_budget
from index.ask.found import Found
from index.ask.kin import FLOWS, counterpart, of_flow, parts_named
from index.ask.of_body import of_the_body
from index.ask.parts_told import parts_in, told_together
from index.ask.pick.cues import fired, flow_of, wishes, words_of
from index.ask.pick.wanted import says_only
from index.ask.pieces import pieces_of
from index.ask.query import Asked, Query, as_in_whole
from index.ask.question import understand
from index.ask.reckoned import PLANS
from index.ask.scoping import find_scope
from index.ask.search import Search
from index.ask.side_words import stage_in
from index.ask.vocabulary import pattern_in, words
from index.ask.wording import MISSING
from index.find.periods import find_periods
from index.lexicon import items
from index.models import FLOW_WORDS, Account, StoredFact
from index.store.lookup import sentence_id

_SAID = 3  # characters of what is asked otherwise: 用了 says nothing new
_YEAR_BEHIND = re.compile(r"(?:多少|几)[^，。？]{0,3}?\s*(?:20)?\d{2}年[？?。 ]*$")  # 还多少 2025年: said of all parts
_USED = re.compile(r"(?:已经?|实际|现在|目前|一共)*(?:用|占)(?:掉|了|去)*(?:多少|几)")
_USES = re.compile(r"(?:动用?|用|花)(?:掉|去|了)*(?:多少|几)")
_SAME_YEAR = re.compile("当年|同年|那一?年")  # 2025年省下多少利息，缓解|当年|多少压力


def part_by_part(search: Search, query: Query, parts: Sequence[Part]) -> tuple[Query, list[Cell]]:
    """The cells of all parts, and the query with what the first part notes."""
    told: list[tuple[Query, list[Cell]]] = []
    parts = [one for each in parts for one in _levels(each)]
    part, over = query, tuple[Asked, ...]()
    for number, each in enumerate(parts):
        part = _part(search, query, part, each.text, first=number == 0)
        if each.must:
            part = replace(part, must=_must(part, each.must), joint=True, measures=part.measures or query.measures,
                           kind=part.kind or query.kind)  # fmt: skip
            over = _over(part, each) if number == 0 else over
            part = _under(part, over)
        near = asked_of([cell for _, cells in told for cell in cells])
        read, cells = told_of(search, part, each, near, behind=bool(told))
        told.append((part, _without_given(near, each, cells)))
        if number == 0:
            query = replace(query, notes=read.notes, period_note=read.period_note)
    if len(told) == len(parts) > 1 and not any(cell.found.some for _, cells in told for cell in cells):
        together = () if any(each.must for each in parts) else told_together(search, [part for part, _ in told])
        if together:
            return query, [of_told(search, one) for one in together]
    return query, merged_cells(_unanswered(_looked_again(search, told)))


def _levels(part: Part) -> list[Part]:
    """限额多少，|其中市级、区级各多少|: a part for each level."""
    listed = [] if part.must else elements(part.text)
    levels = bool(listed) and all(find_scope(one.text).scope for one in listed)
    return [Part(one.text) for one in listed] if levels else [part]


def told_of(
    search: Search, part: Query, each: Part, near: Sequence[StoredFact], *, behind: bool
) -> tuple[Query, list[Cell]]:
    """The cells of one part: what the report tells beside the figures of the parts before it, else looked up."""
    of_which = behind and not part.items and bool(pattern_in("told", "leads").match(each.text))
    ways = () if each.must else (told_then, told_next, spent_of)
    beside = next((some for way in ways if (some := way(search, near, each.text))), ())
    beside = beside or (parts_in(search, near, hard_words(part.content)) if of_which else ())
    if beside:
        return part, _called(search, beside, near, each.text)
    read, found = filled(search, part if each.must else enumerated(part), near)
    if behind:
        may = [all(may_answer(near, part, one) for one in cell.found.asked) for cell in found]
        found = [cell if fits else replace(cell, found=Found()) for cell, fits in zip(found, may, strict=True)]
    open_ratio = bool(part.measures and part.chunks and not part.items)  # 完成|任务|的百分之几
    missing = not any(cell.found.some for cell in found) or _stands_elsewhere(near, asked_of(found))
    missing = missing or only_left(part, found)
    told = told_beside(search, near, part) or anchored(search, part) if open_ratio or missing else ()
    if told and (not behind or all(may_answer(near, part, one) for one in told)):
        found = [of_told(search, one) for one in told]
    return read, [_beside(near, cell) for cell in found] if of_which else found


def only_left(part: Query, cells: Sequence[Cell]) -> bool:
    """预备费|动了多少: what is left of it is no answer."""
    given = asked_of(cells)
    used = _USES.search(part.masked) and not any(cell.found.computed for cell in cells)
    return bool(used and given) and all(one.fact.measure in ("outstanding", "balance") for one in given)


def _looked_again(search: Search, told: Sequence[tuple[Query, list[Cell]]]) -> list[tuple[Query, list[Cell]]]:
    """发错了|多少人|、多少钱, 足球场修了几块|健身路径几条: what a part asks for that is not told by itself, in the
    sentence of another part's figure."""
    found: list[tuple[Query, list[Cell]]] = []
    for number, (part, cells) in enumerate(told):
        missing = not any(cell.found.some for cell in cells)
        later = told[number + 1 :] if missing else ()
        same = asked_of([cell for query, some in later if query.content == part.content for cell in some])
        near = asked_of([cell for _, some in later for cell in some])
        beside = counted_beside(search, same, part) or told_beside(search, near[:1], part, before=True)
        found.append((part, [of_told(search, one) for one in beside] or cells))
    return found


def _stands_elsewhere(near: Sequence[StoredFact], found: Sequence[StoredFact]) -> bool:
    """发了多少钱，|多少娃娃受益|: what has a name of its own elsewhere is a guess where another stands beside."""
    places = {sentence_id(one.id) for one in near}
    return bool(near) and all(not one.fact.key and sentence_id(one.id) not in places for one in found)


def anchored(search: Search, part: Query) -> tuple[StoredFact, ...]:
    """预备费|动了多少: what the report says next of the item's own figure, where it has no such one."""
    asking = part.masked.replace("\0", " ").strip()
    if len(part.items) != 1 or part.chunks or not asking or stage_in(asking) in PLANS:
        return ()  # 上级补助收入|预算多少: no figure behind it of which 预算 is said
    own = f"{part.text.removesuffix(asking)}多少"
    _, cells = filled(search, replace(part, text=own, measures=(), kind="", stage="", masked="", unit=""))
    of_item = [one for one in asked_of(cells) if one.fact.key in part.items[0].keys]
    told = told_next(search, [one for one in of_item[:1] if not one.fact.rule.startswith("table")], asking)
    return told if all(one.fact.period == of_item[0].fact.period for one in told) else ()  # of that year alone


def _called(search: Search, some: Sequence[StoredFact], near: Sequence[StoredFact], text: str) -> list[Cell]:
    """用于…1.7亿元，其余48.3亿元: what the report has no name of its own for is called as it is asked for."""
    names, cells = {(one.fact.item, one.fact.measure) for one in near}, [of_told(search, one) for one in some]
    words = [said_of(text) if (one.fact.item, one.fact.measure) in names else "" for one in some]
    return [replace(cell, item=word or cell.item) for cell, word in zip(cells, words, strict=True)]


def _unanswered(each: Sequence[tuple[Query, list[Cell]]]) -> list[Cell]:
    """预备费安排多少，|实际动了多少|: of an item that another part tells of, what is not told is said by its name."""
    told = Counter((cell.region, cell.period, cell.item) for _, cells in each for cell in cells)
    found: list[Cell] = []
    for part, cells in each:
        weights = {**wishes(fired(part.masked)), **dict.fromkeys(part.measures, 1.0)}
        measure = max(weights, key=lambda one: weights[one], default=None)
        for cell in cells:
            what = f"的{MISSING[measure]}" if measure else f"多少{part.count_word}" if part.count_word else ""
            apart = what and not cell.found.some and told[cell.region, cell.period, cell.item] > 1
            found.append(replace(cell, item=f"{cell.item}{what}") if apart else cell)
    return found


def _without_given(near: Sequence[StoredFact], each: Part, cells: list[Cell]) -> list[Cell]:
    """掏了多少钱，|带着老百姓花了多少|: a figure given already answers no other part, which is said to be missing."""
    given, words = {one.id for one in near}, said_of(each.text)
    if each.must or len(words) < _SAID or find_scope(words).scope:
        return cells
    return [
        replace(cell, item=words, found=Found())
        if cell.found.asked and not cell.found.computed and {one.id for one in cell.found.asked} <= given else cell
        for cell in cells
    ]  # fmt: skip


def _beside(near: Sequence[StoredFact], cell: Cell) -> Cell:
    """政府采购预算多少，|其中服务类多少: an open word is looked for where the whole stands, and nowhere else."""
    places = {sentence_id(one.id) for one in near}
    kept = tuple(one for one in cell.found.asked if sentence_id(one.id) in places)
    return cell if kept == cell.found.asked and not cell.found.computed else replace(cell, found=Found(asked=kept))


def _over(first: Query, element: Part) -> tuple[Asked, ...]:
    """再融资债，|一般债和专项债各多少: what stands before the first element is said of each."""
    own = tuple(item for item in first.items if item.text not in element.must)
    return own if own and len(own) < len(first.items) else ()


def _under(part: Query, over: tuple[Asked, ...]) -> Query:
    """An element with what is said of all."""
    new = tuple(one for one in over if one not in part.items)
    if not new:
        return part
    return replace(part, items=(*new, *part.items), content=(*(one.text for one in new), *part.content), joint=True)


def _must(part: Query, element: str) -> tuple[str, ...]:
    """What the figure of an element has to name; 买车 is an item, which the report calls by another name."""
    known = {item.text for item in part.items if not item.weak}
    return tuple(word for word in content_of(element) if word not in known)


def content_of(element: str) -> tuple[str, ...]:
    """The words of an element that say which it is: 县区|2025年底 is no name."""
    for period in reversed(find_periods(element, short_years=True)):
        element = element[: period.start] + element[period.end :]
    return tuple(piece.text for piece in pieces_of((element,)) if piece.hard)


def _part(search: Search, whole: Query, before: Query, text: str, *, first: bool) -> Query:
    """A part of a question: places, periods and scope of the whole, the item of the part before if it has none."""
    own = without_asking(understand(text, search.atlas, whole.regions, of_text=True))
    own = as_in_whole(own, whole)
    one = before.items[0] if not first and len(before.items) == 1 else None
    if one and (fund := balance_said(one, own.items, text)):  # 社保基金当年结余多少，|年底滚存|多少
        own = replace(own, items=(fund,), chunks=(), content=(fund.name,))
    if not first and not own.items and own.chunks and _only_asks(own):
        own = replace(own, chunks=(), content=())  # 年初预算多少，|后来调到|多少
    part = replace(
        own, regions=own.regions or whole.regions,
        periods=(before.periods if not first and _YEAR_BEHIND.search(text) else ()
                 if _SAME_YEAR.search(text) else own.periods) or whole.periods or own.periods,
        notes=(), period_note="", documents=whole.documents,
    )  # fmt: skip
    below = bool(own.regions) and all(  # 市级、|大冶|各多少: the level is that of the city
        any(one != over and search.atlas.is_under(one, over) for over in whole.regions) for one in own.regions
    )
    if (
        not own.scope and not below and not (first and whole.scope_words in whole.text)
    ):  # 限额多少，|其中市级|多少: of that part alone
        over = whole if first else before
        part = replace(part, scope=over.scope, scope_words=over.scope_words)
    if first:
        if _only_flow(part) and len(whole.items) == 1 and (own_flow := of_flow(whole.items[0], part.chunks[0])):
            # 政府性基金收入多少 | 支出多少，增长多少: of the account that the dialogue is about
            part = replace(part, items=(own_flow,), chunks=(), content=(own_flow.text,))
        if whole.items and not (part.items or part.chunks or part.account):  # 教育支出 | 26年安排多少，增长多少
            return replace(part, items=whole.items, content=whole.content, joint=whole.joint, account=whole.account)
        part = of_the_body(part) if part.documents and _only_flow(part) else of_the_budget(part)
        return replace(part, notes=whole.notes, period_note=whole.period_note, account=own.account or whole.account)
    if part.chunks and set(part.chunks) <= set(words("ask", "per_head")) and before.items and not part.items:
        of_what = tuple(f"{word}{before.items[0].name}" for word in part.chunks)  # GDP多少，|人均|多少
        return replace(part, content=of_what, chunks=of_what, must=of_what)
    same = not part.items or (len(before.items) == 1 and part.items[0].keys == before.items[0].keys)
    of_it = [word for word in part.content if all(word != item.text for item in part.items)]
    if same and len(before.items) == 1 and (parts := parts_named(before.items[0], part.chunks or of_it)):
        return replace(part, items=parts, chunks=(), content=tuple(one.text for one in parts),
                       account=part.account or before.account)  # fmt: skip
    if text.startswith("占") and before.items and "share" in part.measures:  # 民生上花了多少，|占一般公共预算支出几成
        return replace(part, items=before.items, chunks=(), content=before.content, joint=before.joint)
    flow = part.chunks[0] if len(part.chunks) == 1 and not part.items else ""
    if not (part.items or part.chunks):  # 收多少，|花多少
        flow = FLOW_WORDS.get(flow_of(part.masked), "")
    if flow in FLOWS and len(before.items) == 1 and (other := of_flow(before.items[0], flow)):
        # 收入多少，|支出多少
        return replace(part, items=(other,), chunks=(), content=(other.text,), account=part.account)
    if _only_flow(part) and before.account:
        return of_the_budget(replace(part, account=before.account))
    if part.items or part.chunks:
        return replace(part, before=before.content, account=part.account or _account_beside(part, before))
    word = next((word for word in ("限额", "余额", "支出", "收入") if word in text), "")
    owed = wishes(fired(part.masked)).get("outstanding", 0.0)  # 债务限额多少，|实际欠了多少, |用掉多少
    used = bool(before.items) and before.items[0].name.endswith("限额") and bool(_USED.match(text))
    word = word or ("余额" if owed == 1.0 or used else "")
    of_which = parts_named(before.items[0], before.chunks) if len(before.items) == 1 and before.chunks else ()
    one = next(iter(of_which), before.items[0] if before.items else None)  # 余额里|专项|的多少，|限额呢|
    other = counterpart(one, word) if one and word and len(before.items) == 1 else None
    if other:
        return replace(part, items=(other,), content=(other.text,), measures=part.measures or before.measures)
    return replace(part, items=before.items, chunks=before.chunks, content=_matter(before), joint=before.joint,
                   whose=before.whose, runs=part.runs or before.runs,
                   account=part.account or before.account)  # fmt: skip


def _only_asks(part: Query) -> bool:
    """Whether the words of a part say nothing but how it asks."""
    return all(says_only(word, words_of(part.masked) + words_of(word)) and word not in FLOWS for word in part.chunks)


def _matter(part: Query) -> tuple[str, ...]:
    """税收|准备收|多少，增几个点: the words that say of what, not those that only say how the first part asks."""
    asking = words_of(part.masked)
    named = {item.text for item in part.items}
    kept = tuple(word for word in part.content if word in named or not says_only(word, asking))
    return kept if named else part.content


def _only_flow(part: Query) -> bool:
    """全年支出多少: nothing but a direction."""
    return not part.items and bool(part.chunks) and set(part.chunks) <= set(FLOWS)


def _account_beside(part: Query, before: Query) -> Account:
    """国资收入多少，|调出去多少: what may be of any account is of that of the part before."""
    known = items()
    if not part.items or any(known[key].account for one in part.items for key in one.keys if key in known):
        return ""
    found = {known[key].account for one in before.items for key in one.keys if key in known}
    return before.account or (found.pop() if len(found) == 1 else "")


def hard_words(words: Sequence[str]) -> list[str]:
    """Those that an answer must hold."""
    return [piece.text for piece in pieces_of(tuple(words)) if piece.hard]
