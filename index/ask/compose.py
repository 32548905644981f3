"""The parts of a total, with shares, and the check of their sum.

    政府性基金总收入由哪几部分构成 -> 53913 = 908 + 2742 + 3972 + 44600 + 1691

Parts are the facts whose parent is the item; where the report names none, the run of money figures beside the total
that adds up to it.  A sum that does not fit is said, never mended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.ask import derive, wording
from index.ask.agree import grain
from index.ask.answers import Cell
from index.ask.cells import of_told
from index.ask.defaults import periods_for
from index.ask.figures import figure, grouped, shown
from index.ask.kin import item_of, keys_under
from index.ask.lists.called import list_called, without_rest
from index.ask.lists.listing import Listing, listings
from index.ask.plan import fill
from index.ask.query import Query
from index.ask.ranking.listing import of_rates
from index.ask.search import Search
from index.ask.stated import facts_stated
from index.ask.vocabulary import composed_of
from index.lexicon import items
from index.models import Answer, Period, StoredFact
from index.text.normal import plain

NO_PARTS = "报告没有列出它由哪几部分构成，这里是它自己的数"
NOT_ALL = "报告没有把它全部列出，另有 {rest} {unit}（推算）没有写明是什么，只在列出的各项里比"
UNPARTED = "报告没有列出它的各项各是多少，分不出哪一项最多"
MOST_PARTS = 14
MOST_LISTED = 30
_LEAST = 2  # parts that are more than nothing
FAR, FEWEST = 14, 3  # sentences between a whole and its list; fewer parts than these may add up by chance
_AMOUNT_TOO = re.compile("多少[^，。？]*[，。？].*最")
_TOTAL = re.compile(r"(?:合计|总计|总额|总量|总数)$")
# Transfers, repaid and borrowed debt: lists show them under the total, which does not hold them.
_BELOW_THE_LINE = ("110", "105", "230", "231")
_OPPOSITE = {"revenue", "expenditure"}
_ADDITIVE = ("actual", "amount", "budget", "adjusted_budget", "outstanding", "limit", "balance")


def answer_compose(search: Search, query: Query) -> Answer | None:
    """The total and its parts; None if no parts are told."""
    told = _told(search, query)
    return _answer(*told) if told else None


def answer_parts_told(search: Search, query: Query, total: StoredFact) -> Answer | None:
    """里面最大的是哪块, 是由哪几块组成的: the parts of a figure told before; None if no parts are told."""
    cell = of_told(search, total)
    parts = parts_of(search, cell, total)
    if not parts:
        return None
    return _ordered(query, cell, total, parts) if query.direction else _answer(query, cell, total, parts)


def answer_called(search: Search, query: Query) -> Answer | None:
    """重点支出里安排最多的三个方面: a list by the title it stands below; None if none is called so."""
    periods = query.periods or periods_for(search, query, query.regions[0])[0]
    if len(query.regions) != 1 or len(periods) != 1 or query.members or of_rates(query):
        return None
    called = list_called(search, query, periods[0])
    return _of_list(search, query, periods[0], called) if called else None


def _of_list(search: Search, query: Query, period: Period, called: Listing) -> Answer:
    """Its parts by their names: all in their order, or by size with so many of the first as are asked for."""
    names = [names[0] for names in called.names]
    rows = [(names[at], called.parts[at]) for at in without_rest(names, query.text)]
    if query.direction:
        rows.sort(key=lambda row: row[1].fact.number or Decimal(0), reverse=query.direction == "highest")
    top = max(1, query.top) if query.direction else len(rows)
    title = called.whole.fact.item if called.whole else called.parts[0].section
    place = search.atlas.full_name(query.regions[0])
    head = wording.reading([place], [period], [plain(title)], replace(query, measures=()))
    lines = [head, *(f"{number}. {name}  {shown(one, query.unit)}" for number, (name, one) in enumerate(rows, 1))]
    lines += wording.quote_lines([one for _, one in rows[:3]])
    figures = tuple(figure(one, asked=at < top) for at, (_, one) in enumerate(rows))
    return Answer("answered", wording.fitted(lines), figures, (), head)


def without_parts(query: Query, whole: Answer) -> Answer:
    """支出构成, where no parts are told: the whole is given, and that it is only the whole."""
    if whole.status != "answered" or not any(word in query.text for word in ("构成", "组成", "结构")):
        return whole
    return wording.noted(whole, NO_PARTS)


def answer_largest_part(search: Search, query: Query) -> Answer | None:
    """那5800万预备费最大一笔用到哪: the parts of a total by their size; None if no parts are told."""
    if len(query.regions) != 1 or query.members or not query.direction or of_rates(query):
        return None
    told = _told(search, replace(query, top=0))
    return _ordered(query, *told[1:]) if told else None


def whole_alone(query: Query, whole: Answer) -> Answer | None:
    """给了多少专项债，大头投哪里了, where no parts are told: how much it is, and that none of it is told."""
    if not _AMOUNT_TOO.search(query.text) or whole.status != "answered":
        return None
    return wording.noted(whole, UNPARTED)


def _told(search: Search, query: Query) -> tuple[Query, Cell, StoredFact, Sequence[StoredFact]] | None:
    """The first total meant whose parts are told, and these."""
    asking = composed_of().sub(lambda found: "\x00" * len(found[0]), query.masked)  # 投到哪几个项目 counts none
    plain_query = replace(
        query, shape="lookup", text=query.text.split("，")[0], measures=(), kind="money", count_word="", masked=asking
    )
    read, cells = fill(search, plain_query)
    if not any(cell.found.some for cell in cells) and (simple := _without_total(plain_query)):
        read, cells = fill(search, simple)
    for cell in cells:
        stated = facts_stated(search, query, cell.region, cell.period)
        for total in (*cell.found.asked, *stated):
            if total.fact.number == 0:
                continue  # rows of nothing add up to nothing
            parts = parts_of(search, cell, total)
            named = query.direction == "" or all(one.fact.item != total.fact.item for one in parts)
            if parts and named:  # 新增专项债券（18600万元、57800万元）: no order of what has no names
                return read, cell, total, parts
    return None


def _without_total(query: Query) -> Query | None:
    """国有资本经营收入合计 may be printed without its 合计."""
    if len(query.items) != 1:
        return None
    name = _TOTAL.sub("", query.items[0].text)
    asked = item_of(name, name) if name != query.items[0].text else None
    return replace(query, items=(asked,), content=(name,)) if asked else None


def parts_of(search: Search, cell: Cell, total: StoredFact, *, far: bool = True) -> list[StoredFact]:
    """The parts the report tells, in its order; without ``far`` only those beside the total or known as its parts."""
    beside = _adding(search.near(total, cell.region, cell.period, 1), total)
    if summed := _run(total, beside):
        return summed
    if children := _under(search.near(total, cell.region, cell.period, FAR), total):
        return children
    of_item = search.some(cell.region, cell.period, keys_under(total.fact.key), _ADDITIVE)
    if known := _known_parts(_adding(of_item, total), total):
        return known
    if listed := _announced(search.everything(cell.region, cell.period), total):
        return listed
    if not far:
        return []
    around = search.near(total, cell.region, cell.period, FAR)
    tables = search.headed(cell.region, cell.period, total.fact.item)
    return _list_of(total, _adding([*around, *tables], total)) or _rows_above(search, cell, total)


def _under(near: Sequence[StoredFact], total: StoredFact) -> list[StoredFact]:
    """The parts that name the total, each name once."""
    own = [one for one in listings(near) if one.whole and one.whole.id == total.id]
    unique: dict[str, StoredFact] = {}
    for one in (part for listing in own for part in listing.parts):
        fits = one.fact.scope in (total.fact.scope, "") and one.fact.measure in _ADDITIVE and one.fact.kind == "money"
        if fits and one.document == total.document:
            unique.setdefault(one.fact.item, one)
    return list(unique.values())[:MOST_PARTS] if len(unique) > 1 else []


def _rows_above(search: Search, cell: Cell, total: StoredFact) -> list[StoredFact]:
    """The rows of a table whose own total says as much as the whole."""
    everything = search.everything(cell.region, cell.period)
    columns = {_column(one) for one in everything if _is_total_row(one, total)}
    return _list_of(total, _adding([one for one in everything if _column(one) in columns], total)) if columns else []


def _announced(facts: Sequence[StoredFact], total: StoredFact) -> list[StoredFact]:
    """The parts that stand in paragraphs of their own below the whole, told again there, where they add up to it."""
    parts = [one for one in _adding(facts, total) if one.fact.parent == total.fact.item]
    return parts if len(parts) >= FEWEST and _sum(parts) == total.fact.number else []


def _column(one: StoredFact) -> tuple[str, str, str] | None:
    """Where a figure of a table stands; None for one of a sentence."""
    return (one.document, one.header, one.fact.label) if one.fact.rule.startswith("table") else None


def _is_total_row(one: StoredFact, total: StoredFact) -> bool:
    """专项债券7.4亿元 in a sentence, 合计 | 7.4 under a list of projects of the same account."""
    same = (one.fact.number, one.fact.account, one.document) == (total.fact.number, total.fact.account, total.document)
    return same and one.id != total.id and _column(one) is not None


def _list_of(total: StoredFact, around: Sequence[StoredFact]) -> list[StoredFact]:
    """The list that stands some way from its whole, and adds up to it exactly: one sentence (债券投向：…), lines of
    one figure each (1.… 2.…), or the rows of a column of a table."""
    lines: dict[tuple[object, ...], list[StoredFact]] = {}
    for one in sorted({one.id: one for one in around}.values(), key=lambda one: one.id):
        lines.setdefault((one.fact.sentence,), []).append(one)
        lines.setdefault(_column(one) or (one.header,), []).append(one)
    goal = total.fact.number or Decimal(0)
    for some in lines.values():
        found = _adding_up(some, goal, Decimal(0), exact=True)
        if len(found) >= FEWEST:
            return found
    return []


def _adding(facts: Sequence[StoredFact], total: StoredFact) -> list[StoredFact]:
    """The other amounts of money in the total's document, but for what the total itself is a part of."""
    own = items().get(total.fact.key)
    over = own.parent if own else ""
    return [
        one
        for one in facts
        if one.fact.kind == "money" and one.fact.number is not None and one.id != total.id
        and (one.fact.item, one.fact.number) != (total.fact.item, total.fact.number)
        and (one.fact.item, one.fact.measure) != (total.fact.item, "balance")
        and not (over and one.fact.key == over) and {one.fact.flow, total.fact.flow} != _OPPOSITE
        and one.fact.measure in _ADDITIVE and one.document == total.document
    ]  # fmt: skip


def _known_parts(facts: Sequence[StoredFact], total: StoredFact) -> list[StoredFact]:
    """The lexicon's parts of the item, as the document tells them in its lists."""
    found: dict[str, StoredFact] = {}
    known = items()
    for one in facts:
        item = known.get(one.fact.key)
        fits = one.fact.measure == total.fact.measure and one.fact.scope in (total.fact.scope, "")
        if item and item.parent == total.fact.key and fits and one.fact.account in (total.fact.account, ""):
            found.setdefault(one.fact.key, one)
    official = [one for one in found.values() if known[one.fact.key].code]
    parts = official or list(found.values())  # 主体税种 and 小税种 are sums of the official ones
    most = (total.fact.number or Decimal(0)) * Decimal("1.001")
    if _sum(parts) > most:
        parts = [one for one in parts if not known[one.fact.key].code.startswith(_BELOW_THE_LINE)]
    return parts[:MOST_LISTED] if len(parts) > 1 and _sum(parts) <= most else []


def _sum(parts: Sequence[StoredFact]) -> Decimal:
    return sum((one.fact.number or Decimal(0) for one in parts), Decimal(0))


def _run(total: StoredFact, beside: Sequence[StoredFact]) -> list[StoredFact]:
    """The longest run of neighbouring figures, before or after the total, that adds up to it."""
    goal = total.fact.number
    if goal is None:
        return []
    ordered = sorted(
        (one for one in beside if one.fact.sentence == total.fact.sentence), key=lambda one: one.fact.start
    )
    near = sorted(beside, key=lambda one: one.id)
    for line in (ordered, near):
        for side in ([o for o in line if o.id > total.id], [o for o in line if o.id < total.id]):
            found = _adding_up(side, goal, grain(total))
            if found:
                return found
    return []


def _adding_up(side: Sequence[StoredFact], goal: Decimal, step: Decimal, *, exact: bool = False) -> list[StoredFact]:
    best: list[StoredFact] = []
    for first in range(len(side)):
        amount = Decimal(0)
        for last in range(first, min(first + MOST_PARTS, len(side))):
            amount += side[last].fact.number or Decimal(0)
            run = side[first : last + 1]
            if len(run) <= len(best) or sum(bool(one.fact.number) for one in run) < _LEAST:
                continue  # 基本支出0元、项目支出9万元: a whole and nothing are no parts
            slack = Decimal(0) if exact else step / 2 + sum((grain(one) / 2 for one in run), Decimal(0))
            if abs(amount - goal) <= slack:
                best = list(run)
    return best


def _answer(query: Query, cell: Cell, total: StoredFact, parts: Sequence[StoredFact]) -> Answer:
    head = wording.reading([cell.place], [cell.period], [total.fact.item], query, total.fact.account)
    lines = [head, f"合计 {shown(total, query.unit)}"]
    goal = total.fact.number or Decimal(0)
    for one in parts:
        part = (one.fact.number or Decimal(0)) / goal * 100 if goal else Decimal(0)
        lines.append(f"· {one.fact.item}  {shown(one, query.unit)}  占{part:.2f}%")
    summed = _sum(parts)
    notes = list(query.notes)
    slack = grain(total) / 2 + sum((grain(one) / 2 for one in parts), Decimal(0))
    rest = derive.rest(total, parts) if goal - summed > slack else None
    if rest:
        part = (goal - summed) / goal * 100
        lines.append(f"· 其他  {grouped(rest.value)} {rest.unit}  占{part:.2f}%（推算：合计减去所列各项）")
    elif abs(summed - goal) > slack:
        notes.append(f"所列各项之和比合计多 {(summed - goal) / Decimal(10000):,f} 万元，各项可能有重叠")
    else:
        notes.append("各项之和与合计相符")
    notes += wording.shoulds([total, *parts])
    lines += wording.quote_lines([total])
    lines += [f"※ {note}" for note in notes]
    figures = (figure(total, asked=True), *(figure(one, asked=True) for one in parts), *((rest,) if rest else ()))
    return Answer("answered", wording.fitted(lines), figures, (), head, tuple(notes))


def _ordered(query: Query, cell: Cell, total: StoredFact, parts: Sequence[StoredFact]) -> Answer:
    """The parts by size, the first one or as many as were asked for leading."""
    down = query.direction != "lowest"
    rows = sorted(parts, key=lambda one: one.fact.number or Decimal(0), reverse=down)
    head = wording.reading([cell.place], [cell.period], [f"{total.fact.item}的各项"], query, total.fact.account)
    lines = [head, f"{'最高' if down else '最低'}：{rows[0].fact.item}  {shown(rows[0], query.unit)}"]
    lines += [f"{number}. {one.fact.item}  {shown(one, query.unit)}" for number, one in enumerate(rows, 1)]
    lines.append(f"{total.fact.item} {shown(total, query.unit)}，报告列出 {len(rows)} 项")
    slack = grain(total) / 2 + sum((grain(one) / 2 for one in parts), Decimal(0))
    if (total.fact.number or Decimal(0)) - _sum(parts) > slack and (rest := derive.rest(total, parts)):
        lines.append(f"※ {NOT_ALL.format(rest=grouped(rest.value), unit=rest.unit)}")
    lines += wording.quote_lines([total, *rows[:1]])
    figures = tuple(figure(one, asked=number < max(1, query.top)) for number, one in enumerate(rows))
    figures = (figure(total, asked=True), *figures) if _AMOUNT_TOO.search(query.text) else figures
    return Answer("answered", wording.fitted(lines), figures, (), head)
