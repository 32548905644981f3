"""A complete query -> Answer: which places, periods and items are looked up, and which way.

各地 x 各年 x 各科目 -> cells -> one answer; a cell that the lexicon cannot fill goes to the words of the report
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.ask import refuse
from index.ask.answers import Cell, answer_cells
from index.ask.asides import without_asking
from index.ask.asks import Part, elements, only_whether, parts_of
from index.ask.balances import balance_of_fund, flow_of_fund
from index.ask.between import comparable, with_computed
from index.ask.defaults import of_the_budget, periods_for
from index.ask.found import Found
from index.ask.kin import FLOWS, counterpart, of_flow, parts_named
from index.ask.misspelt import corrected
from index.ask.of_body import of_the_body
from index.ask.parts_told import parts_in, parts_told, told_after, told_before, told_beside, told_on
from index.ask.pick.cues import fired, flow_of, wishes, words_of
from index.ask.pick.found_for import found_for
from index.ask.pick.wanted import says_only
from index.ask.pieces import pieces_of
from index.ask.query import Asked, Query
from index.ask.question import understand
from index.ask.scoping import find_scope
from index.ask.search import Search
from index.ask.side_words import stage_in
from index.ask.vocabulary import pattern_in, words
from index.ask.wording import MISSING
from index.find.periods import find_periods
from index.find.terms import exact_items
from index.lexicon import items
from index.models import Account, Answer, Measure, Period, StoredFact
from index.store.lookup import sentence_id
from index.text.normal import plain

JOINS = "和与及跟、"
_SAME_YEAR = re.compile("当年|同年|那一?年")  # 2025年省下多少利息，缓解|当年|多少压力
_FIRST_WORDS = re.compile("(?:(?:的|全年|实际|预计|计划|打算|要|年初)*(?:安排|预算|完成|执行|决算))?")
_WAYS = {"revenue": "收入", "expenditure": "支出"}
_TOTALS = ("总额", "总数", "总量", "合计", "总计", "总共", "一共")


def answer_lookup(search: Search, query: Query) -> Answer:
    """Look-ups and comparisons: one cell for each place, period and item."""
    read, cells = fill(search, query)
    if not any(cell.found.some for cell in cells) and (years := _year_by_year(query)):
        read, cells = fill(search, replace(query, periods=years, shape="trend"))
    query = read
    cells = with_computed(query, comparable(query, cells))
    given = sum(max(len(cell.found.asked), int(cell.found.some)) for cell in cells)
    if given and len({(cell.region, cell.period) for cell in cells}) == 1 and len(cells) > 2 * given and len(cells) > 2:
        return refuse.too_few(len(cells), given, answer_cells(cells, query))
    if any(cell.found.some or cell.found.context for cell in cells):
        return answer_cells(cells, query)
    periods = tuple(dict.fromkeys(cell.period for cell in cells)) or query.periods
    return refuse.not_there(search, query, query.regions, periods)


def _year_by_year(query: Query) -> tuple[Period, ...]:
    """2018到2025年: where no figure is of the whole span, the figure of each year."""
    if len(query.periods) != 1 or query.periods[0].first_year == query.periods[0].last_year:
        return ()
    span = query.periods[0]
    return tuple(Period.year(year) for year in range(span.first_year, span.last_year + 1))


def fill(search: Search, query: Query) -> tuple[Query, list[Cell]]:
    """All cells of a query, part by part; an enumeration as slots or element by element, whichever is complete."""
    parts = parts_of(query.text)
    if len(parts) > 1 and query.shape != "compare":
        return _part_by_part(search, query, parts)
    if len(parts) > 1:
        return _filled(search, _enumerated(_without_whether(query, parts)))
    if told := _listed_parts(search, query) or _named_part(search, query):
        return query, told
    listed = elements(query.text)
    if not listed:
        return _filled(search, _enumerated(query))
    if _unknown(query, listed):
        return _part_by_part(search, query, listed)
    read, cells = _filled(search, _enumerated(query))
    if _complete(cells, len(listed)):
        return read, cells
    apart = _part_by_part(search, query, listed)
    hides_some = len(cells) < len(listed) and _given(cells) <= _given(apart[1])  # each element without a figure is said
    return apart if hides_some or _complete(apart[1], len(listed)) else (read, cells)


def _without_whether(query: Query, parts: Sequence[Part]) -> Query:
    """24年和25年各多少，|掉得厉害吗|: what is set side by side is what the first part asks for."""
    last = parts[-1].text
    if not only_whether(last):
        return query
    at = query.text.rfind(last)
    return replace(query, masked=query.masked[:at]) if at > 0 else query


def _complete(cells: Sequence[Cell], wanted: int) -> bool:
    """Whether each of so many has a figure of its own."""
    given = [cell.found.asked[0].id for cell in cells if cell.found.asked]
    return len(given) == len(cells) and len(set(given)) >= wanted


def _given(cells: Sequence[Cell]) -> set[int]:
    return {one.id for one in _asked_of(cells)}


def _part_by_part(search: Search, query: Query, parts: Sequence[Part]) -> tuple[Query, list[Cell]]:
    cells: list[Cell] = []
    part, over = query, tuple[Asked, ...]()
    for number, each in enumerate(parts):
        part = _part(search, query, part, each.text, first=number == 0)
        if each.must:
            part = replace(part, must=_content_of(each.must), joint=True, measures=part.measures or query.measures,
                           kind=part.kind or query.kind)  # fmt: skip
            over = _over(part, each) if number == 0 else over
            part = _under(part, over)
        near = _asked_of(cells)
        of_which = bool(cells) and not part.items and bool(pattern_in("told", "leads").match(each.text))
        beside = () if each.must else _told_beside(search, near, each.text)
        beside = beside or (parts_in(search, near, _hard(part.content)) if of_which else ())
        if beside:
            cells += [_of_part(search, one) for one in beside]
            continue
        read, found = _filled(search, part if each.must else _enumerated(part), near)
        open_ratio = bool(part.measures and part.chunks and not part.items)  # 完成|任务|的百分之几
        if (open_ratio or not any(cell.found.some for cell in found)) and (told := told_beside(search, near, part)):
            found = [_of_part(search, one) for one in told]
        cells += [_beside(near, cell) for cell in found] if of_which else _unanswered(found, part, cells)
        if number == 0:
            query = replace(query, notes=read.notes, period_note=read.period_note)
    return query, _merged(cells)


def _unanswered(found: Sequence[Cell], part: Query, before: Sequence[Cell]) -> list[Cell]:
    """预备费安排多少，|实际动了多少|: of the same item, what is not told is said by its name (完成数)."""
    weights = {**wishes(fired(part.masked)), **dict.fromkeys(part.measures, 1.0)}
    measure = max(weights, key=lambda one: weights[one], default=None)
    same = {(cell.region, cell.period, cell.item) for cell in before}
    if measure is None or any(cell.found.some for cell in found):
        return list(found)
    name = MISSING[measure]
    return [
        replace(cell, item=f"{cell.item}的{name}") if (cell.region, cell.period, cell.item) in same else cell
        for cell in found
    ]


def _beside(near: Sequence[StoredFact], cell: Cell) -> Cell:
    """政府采购预算多少，|其中服务类多少: an open word is looked for where the whole stands, and nowhere else."""
    places = {sentence_id(one.id) for one in near}
    kept = tuple(one for one in cell.found.asked if sentence_id(one.id) in places)
    return cell if kept == cell.found.asked and not cell.found.computed else replace(cell, found=Found(asked=kept))


def _told_beside(search: Search, near: Sequence[StoredFact], text: str) -> tuple[StoredFact, ...]:
    """What a part asks for that the report tells beside the figures of the part before."""
    ways = (parts_told, told_before, told_after, told_on)
    return next((told for way in ways if (told := way(search, near, text))), ())


def _names_place(part: Part) -> bool:
    """上党区和|武汉…各多少: places are slots, also those that are not held."""
    from index.find.places import find_places

    return not part.must and any(place.start == 0 for place in find_places(part.text)) and len(part.text) > 1


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


def _content_of(element: str) -> tuple[str, ...]:
    """The words of an element that say which it is."""
    return tuple(piece.text for piece in pieces_of((element,)) if piece.hard)


def _unknown(query: Query, found: Sequence[Part]) -> bool:
    """Whether not every element of an enumeration is a slot of its own (several items, places, years)."""
    slots = max(len(query.items), len(query.regions), len(query.periods), len(query.measures))
    known = slots >= len(found) and not query.chunks and (len(query.periods) < 2 or len(query.measures) < 2)
    known = known or all(find_scope(part.must).scope for part in found if part.must)
    known = known or any(_names_place(part) for part in found)
    words = [part.must for part in found if part.must]  # 债务限额，一般和专项: parts that the lexicon knows
    return not known and not (len(query.items) == 1 and bool(parts_named(query.items[0], words)))


def _part(search: Search, whole: Query, before: Query, text: str, *, first: bool) -> Query:
    """A part of a question: places, periods and scope of the whole, the item of the part before if it has none."""
    own = without_asking(understand(text, search.atlas, whole.regions, of_text=True))
    own = replace(own, items=_as_in_whole(own.items, whole.items))
    if not first and not own.items and own.chunks and _only_asks(own):
        own = replace(own, chunks=(), content=())  # 年初预算多少，|后来调到|多少
    part = replace(
        own, regions=own.regions or whole.regions,
        periods=(() if _SAME_YEAR.search(text) else own.periods) or whole.periods or own.periods,
        scope=own.scope or whole.scope, scope_words=own.scope_words or whole.scope_words, notes=(), period_note="",
        documents=whole.documents,
    )  # fmt: skip
    if first:
        part = of_the_body(part) if part.documents and _only_flow(part) else of_the_budget(part)
        return replace(part, notes=whole.notes, period_note=whole.period_note, account=own.account or whole.account)
    if part.chunks and set(part.chunks) <= set(words("ask", "per_head")) and before.items and not part.items:
        of_what = tuple(f"{word}{before.items[0].name}" for word in part.chunks)  # GDP多少，|人均|多少
        return replace(part, content=of_what, chunks=of_what, must=of_what)
    same = not part.items or (len(before.items) == 1 and part.items[0].keys == before.items[0].keys)
    if same and len(before.items) == 1 and (parts := parts_named(before.items[0], part.chunks or part.content)):
        return replace(part, items=parts, chunks=(), content=tuple(one.text for one in parts),
                       account=part.account or before.account)  # fmt: skip
    if text.startswith("占") and before.items and "share" in part.measures:  # 民生上花了多少，|占一般公共预算支出几成
        return replace(part, items=before.items, chunks=(), content=before.content, joint=before.joint)
    flow = part.chunks[0] if len(part.chunks) == 1 and not part.items else ""
    if not (part.items or part.chunks):  # 收多少，|花多少
        flow = _WAYS.get(flow_of(part.masked), "")
    if flow in FLOWS and len(before.items) == 1 and (other := of_flow(before.items[0], flow)):
        # 收入多少，|支出多少
        return replace(part, items=(other,), chunks=(), content=(other.text,), account=part.account)
    if _only_flow(part) and before.account:
        return of_the_budget(replace(part, account=before.account))
    if part.items or part.chunks:
        return replace(part, before=before.content, account=part.account or _account_beside(part, before))
    word = next((word for word in ("限额", "余额", "支出", "收入") if word in text), "")
    other = counterpart(before.items[0], word) if word and len(before.items) == 1 else None
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


def _as_in_whole(own: Sequence[Asked], whole: Sequence[Asked]) -> tuple[Asked, ...]:
    """政府债务余额多少，|一般债、专项债各多少: a word means in a part what it means in the whole question."""
    said = {item.text: item for item in whole}
    return tuple(said.get(item.text, item) for item in own)


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


def _enumerated(query: Query) -> Query:
    """收入和支出: the item and its counterpart.  债券付息一般和专项各多少: the parts of the item that are named.

    政府债务限额，一般和专项各多少: the item, which stands alone, and its parts.
    """
    if len(query.items) != 1 or not query.chunks:
        return query
    item = query.items[0]
    if len(query.chunks) == 1 and (other := counterpart(item, query.chunks[0])):
        return replace(query, items=(item, other), chunks=())
    words = [word for word in query.chunks if word not in _TOTALS]
    total = len(words) < len(query.chunks) or _stands_alone(query.text, item)
    parts = parts_named(item, words)
    if not parts or not (query.each or query.inside or len(parts) > 1):
        return query
    named = (item, *parts) if total else parts
    return replace(query, items=named, chunks=(), content=tuple(part.text for part in named))


def _listed_parts(search: Search, query: Query) -> list[Cell]:
    """社保基金支出，养老、医疗、失业各多少: the parts that the report lists; with the whole if it is asked for, too."""
    if not query.each or not query.items or len(query.regions) != 1:
        return []
    # 社会保险基金支出里|养老、医疗: the whole is no item of the question, only what its items are parts of
    over = [Asked(word, tuple(one.key for one in exact_items(word)), word) for word in query.chunks]
    whole = min((*query.items, *(one for one in over if one.keys)), key=lambda item: query.text.find(item.text))
    if len(query.items) == 1 and parts_named(whole, query.chunks):
        return []
    behind = query.text.partition(whole.text)[2]
    _, wholes = _filled(search, replace(query, items=(whole,), chunks=(), content=(whole.text,), inside=()))
    parts = re.sub(r"^[^，、]{0,4}多少\s*", "", behind)
    told = parts_told(search, _asked_of(wholes), parts.lstrip("，：的里中 "))
    if not told:
        return []
    return [*(wholes if parts != behind else ()), *(_of_part(search, one) for one in told)]


def _named_part(search: Search, query: Query) -> list[Cell]:
    """政府采购预算里|货物|有多少, 其中|服务类|呢: the part of the whole that the report lists by that name."""
    words = _hard(query.inside or query.must)
    if not words or len(query.items) != 1 or len(query.regions) != 1:
        return []
    whole = query.items[0]
    _, wholes = _filled(search, replace(query, chunks=(), content=(whole.text,), inside=(), must=()))
    return [_of_part(search, one) for one in parts_in(search, _asked_of(wholes), words)]


def _hard(words: Sequence[str]) -> list[str]:
    return [piece.text for piece in pieces_of(tuple(words)) if piece.hard]


def _asked_of(cells: Sequence[Cell]) -> list[StoredFact]:
    return [one for cell in cells for one in cell.found.asked]


def _of_part(search: Search, one: StoredFact) -> Cell:
    fact = one.fact
    return Cell(fact.region, search.atlas.full_name(fact.region), fact.period, fact.item, Found(asked=(one,)))


def _stands_alone(text: str, item: Asked) -> bool:
    """A pause between the item and its parts, or a question of its own."""
    return bool(re.search(r"，|多少\s*(?!$)", text.partition(item.text)[2]))


def _filled(search: Search, query: Query, near: Sequence[StoredFact] = ()) -> tuple[Query, list[Cell]]:
    cells: list[Cell] = []
    fixed = corrected(search, query)
    if stages := _stages(query):
        query = replace(query, measures=(), stage="")
    for region in query.regions:
        periods, note = (query.periods, "") if query.periods else periods_for(search, fixed or query, region)
        if note and not query.period_note:
            query = replace(query, period_note=note)
        for period in periods:
            asked, put_right = (one and _staged(_at(search, one, region), stages.get(period)) for one in (query, fixed))
            cells += _cells(search, asked or query, put_right, region, period, near)
    if fixed and any(cell.found.some for cell in cells):
        query = replace(query, notes=(*query.notes, *(item.note for item in fixed.items if item.note)))
    return query, cells


def _stages(query: Query) -> Mapping[Period, Measure]:
    """2026年|安排|的和2025年|完成|的: the stage that is said behind each year, where the years have different ones."""
    if len(query.periods) < 2 or (query.each and not query.measures):
        return {}
    found = find_periods(query.text, short_years=True)
    if len(found) != len(query.periods):
        return {}
    ends = [*(one.start for one in found[1:]), len(query.text)]
    behind = [query.text[one.end : end] for one, end in zip(found, ends, strict=True)]
    first = ["".join(_FIRST_WORDS.findall(words)[:1]) for words in behind]
    said = {period: stage_in(words) for period, words in zip(query.periods, first, strict=True)}
    return {period: stage for period, stage in said.items() if stage} if len(set(said.values()) - {""}) > 1 else {}


def _staged(query: Query, measure: Measure | None) -> Query:
    if measure is None:
        return query
    return replace(query, measures=(measure,), stage="executed" if measure == "actual" else "plan", alone=True)


def _at(search: Search, query: Query, region: str) -> Query:
    """市级、大冶、阳新各多少: the level is that of the city, not of the places below it."""
    below = any(other != region and search.atlas.is_under(region, other) for other in query.regions)
    return replace(query, scope="", scope_words="") if below and query.scope in ("own", "own_wide") else query


def _cells(
    search: Search, query: Query, fixed: Query | None, region: str, period: Period, near: Sequence[StoredFact]
) -> list[Cell]:
    place = search.atlas.full_name(region)
    asked = _of_fund(fixed or query)
    if (one := _printed_as_one(search, asked, region, period)) is not None:
        return [Cell(region, place, period, one.asked[0].fact.item, one)]
    if len(asked.items) > 1 and not asked.joint:
        cells = [
            Cell(region, place, period, item.name, found_for(search, of_one(asked, item), region, period, near))
            for item in asked.items
        ]
        if any(cell.found.some for cell in cells):
            return cells
        asked = replace(asked, joint=True, items=())  # 税收返还和转移支付 may be one name of the report's own
    name = asked.items[0].name if asked.items else "".join(query.content)
    return [Cell(region, place, period, name, found_for(search, asked, region, period, near))]


def _printed_as_one(search: Search, query: Query, region: str, period: Period) -> Found | None:
    """国防和公共安全支出, which the report prints as one line: neither of the two items that its words name."""
    if len(query.items) < 2 or query.joint:
        return None
    joined = [run for run in query.runs if all(item.text in run for item in query.items)]
    for run in joined:
        found = found_for(search, replace(query, items=(), content=(run,), chunks=(), joint=True), region, period)
        if any(plain(one.fact.item) == run for one in found.asked):
            return found
    return None


def _of_fund(query: Query) -> Query:
    """居民养老保险基金|滚存结余: two names of one item; 居民养老保险|收了多少: its revenue."""
    own = balance_of_fund(query) or flow_of_fund(query)
    if own is None:
        return query
    rest = tuple(word for word in query.content if word not in own.name and word not in own.text)
    return replace(query, items=(own,), content=(own.name, *rest), joint=False)


def of_one(query: Query, item: Asked) -> Query:
    """One of several items asked for side by side, with the words that belong to all of them."""
    word = item.text if exact_items(item.text) else item.name  # 专项 of 债务限额，一般和专项 is 专项债务限额
    others = {name for other in query.items if other is not item for name in (other.text, other.name)}
    bare = {each: each.strip(JOINS) for each in query.content}
    rest = tuple(each for each, own in bare.items() if own != item.text and not any(own in other for other in others))
    runs = tuple(run for run in query.runs if not any(other in run for other in others))  # 税收和非税 names both
    return replace(query, items=(item,), content=(word, *rest), runs=runs)


def _merged(cells: list[Cell]) -> list[Cell]:
    """Parts about the same item are one cell; what one of them answers with does not stand beside another, too."""
    told = _given(cells)
    merged: list[Cell] = []
    for cell in cells:
        beside = tuple(one for one in cell.found.context if one.id not in told)
        cell = cell if beside == cell.found.context else replace(cell, found=replace(cell.found, context=beside))
        before = merged[-1] if merged else None
        own = [one.id for one in cell.found.asked]
        if before and own and own == [one.id for one in before.found.asked]:
            continue  # 市级和区级各多少: one line that has both
        if before and not before.found.opened and (before.region, before.period, before.item) == (
            cell.region, cell.period, cell.item
        ):  # fmt: skip
            merged[-1] = replace(before, found=before.found.with_more(cell.found))
        else:
            merged.append(cell)
    return merged
