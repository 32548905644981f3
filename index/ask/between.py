"""What two cells together give: the difference of two figures, the change from year to year.

    平顺和壶关哪个高，高多少 -> 43979 - 21888

Both figures must be of one measure and one scope; without either nothing is computed.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from index.ask import derive
from index.ask.answers import Cell
from index.ask.figures import shown
from index.ask.found import Found
from index.ask.pick.cues import fired
from index.ask.query import Query
from index.ask.reckoned import differs
from index.ask.vocabulary import has
from index.ask.wording import level_of, period_name


def with_computed(query: Query, cells: list[Cell]) -> list[Cell]:
    """The cells, with a computed difference where one was asked for."""
    if query.shape == "trend" and len(query.regions) == 1 and len(query.items) < 2:
        return _with_changes(cells)
    if len(cells) == 2 and has(query.text, "ask", "difference"):
        return _with_difference(cells)
    return cells


def comparable(query: Query, cells: list[Cell]) -> list[Cell]:
    """Cells of one measure: where one has what was done, another's budget is no figure to set beside it."""
    if len(cells) < 2 or query.measures or _names_stages(query):
        return cells
    measures = [one.fact.measure for cell in cells for one in cell.found.asked]
    if not set(measures) & {"actual"} or not set(measures) & {"budget", "adjusted_budget"}:
        return cells
    return [replace(cell, found=_without_budget(cell.found)) if cell.found.asked else cell for cell in cells]


def _names_stages(query: Query) -> bool:
    """25年实际和26年预计各多少: each has its own stage."""
    said = {cue.name for cue in fired(query.masked)}
    return "done" in said and bool(said & {"plan", "begin"})


def _without_budget(found: Found) -> Found:
    kept = tuple(one for one in found.asked if one.fact.measure not in ("budget", "adjusted_budget"))
    if len(kept) == len(found.asked):
        return found
    planned = tuple(one for one in found.asked if one not in kept)
    told = "；".join(
        f"{period_name(one.fact.period)}{level_of(one)}{one.fact.item} {shown(one)}" for one in planned[:2]
    )
    note = f"只有预算（安排）数、没有完成数的，不放在一起比较：{told}"
    return replace(found, asked=kept, context=(*(found.context if kept else ()), *planned), notes=(*found.notes, note))


def _with_difference(cells: list[Cell]) -> list[Cell]:
    """The gap of two cells in the first scope that both have one figure of."""
    first, second = (cell.found.asked for cell in cells)
    for scopes in (("whole", ""), ("own",), ("own_wide",), ("lower",)):
        ones, others = ([one for one in side if one.fact.scope in scopes] for side in (first, second))
        if len(ones) != 1 or len(others) != 1 or not differs(ones[0], others[0]):
            continue
        if computed := derive.difference(ones[0], others[0]):
            last = replace(cells[1].found, computed=(computed,))
            return [cells[0], replace(cells[1], found=last)]
    return cells


def _with_changes(cells: list[Cell]) -> list[Cell]:
    """The change of each year to the year before it, where both have one figure of one measure and scope."""
    found = [cells[0]] if cells else []
    for before, cell in pairwise(sorted(cells, key=lambda cell: cell.period)):
        changes = []
        for one in cell.found.asked:
            earlier = [other for other in before.found.asked if other.fact.scope == one.fact.scope]
            same = [other for other in cell.found.asked if other.fact.scope == one.fact.scope]
            if len(earlier) == len(same) == 1 and (change := derive.change(earlier[0], one)):
                changes.append(change)
        found.append(replace(cell, found=replace(cell.found, computed=(*cell.found.computed, *changes))))
    return sorted(found, key=lambda cell: cell.period)
