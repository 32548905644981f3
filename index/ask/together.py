"""The answers to a message with several questions as one: their texts one below the other, or a table.

教育支出多少？国防支出多少？ -> two rows of one table
教育支出多少？什么是转移支付？ -> two answers, one below the other
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.ask.query import Query
from index.ask.showing import Detail, Row, View
from index.models import Answer, Figure

TOO_MANY: Final = "一条消息最多答 {most} 个问题，后面还有 {more} 个，请另发一条"
_SLOTS: Final = ("region", "period", "item")


def combined(answers: Sequence[Answer], left: int = 0) -> Answer:
    """All answers in one; ``left`` questions of the message were too many."""
    notes = (TOO_MANY.format(most=len(answers), more=left),) if left else ()
    reply = "\n\n".join([*(answer.reply for answer in answers), *(f"※ {note}" for note in notes)])
    status = "answered" if any(answer.status == "answered" for answer in answers) else answers[0].status
    figures = _once([one for answer in answers for one in answer.figures])
    options = next((answer.options for answer in answers if answer.options), ())
    reading = "；".join(dict.fromkeys(answer.reading for answer in answers if answer.reading))
    return Answer(status, reply, figures, options, reading, notes)


def _once(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Each figure of a report once, as asked for if one of the answers was."""
    asked = {one.fact_id for one in figures if one.asked}
    kept: dict[object, Figure] = {}
    for at, one in enumerate(figures):
        kept.setdefault(
            at if one.fact_id is None else one.fact_id, replace(one, asked=one.asked or one.fact_id in asked)
        )
    return tuple(kept.values())


def joined(queries: Sequence[Query | None]) -> Query | None:
    """One question for the items of several that differ in nothing else, so that a follow-up is about all of them."""
    read = [query for query in queries if query is not None]
    slots = {(one.regions, one.periods, one.scope, one.measures, one.shape, one.documents) for one in read}
    if len(read) < len(queries) or len(slots) > 1 or any(len(one.items) != 1 or one.chunks for one in read):
        return None
    items = tuple(dict.fromkeys(one.items[0] for one in read))
    content = tuple(dict.fromkeys(word for one in read for word in one.content))
    return replace(read[-1], items=items, content=content, joint=False, account="", masked="", earlier=None)


def alike(whole: Detail, details: Sequence[Detail]) -> View | None:
    """One table, if each question asked for one figure and all of them are of one place, or of one item."""
    asked = [[one for one in found.shown if one.figure.asked] for found in details]
    if any(len(some) != 1 or found.answer.status != "answered" for some, found in zip(asked, details, strict=True)):
        return None
    listed = [some[0] for some in asked]
    if len({one.kind for one in listed}) > 1 or any(one.figure.derived for one in listed):
        return None
    varying = [name for name in _SLOTS if len({getattr(one.figure, name) for one in listed}) > 1]
    if {"region", "item"} <= set(varying) or not varying or len({one.token for one in listed}) < len(listed):
        return None
    rows = []
    for one in listed:
        parts = [(name, str(getattr(one.figure, name))) for name in varying]
        label = " ".join(f"{part}年" if name == "period" and part.isdigit() else part for name, part in parts)
        scope = one.scope if len({other.scope for other in listed}) > 1 else ""
        measure = one.measure if len({other.measure for other in listed}) > 1 else ""
        rows.append(Row(" ".join(part for part in (label, scope, measure) if part), one))
    first = listed[0].figure
    shared = {"region": first.region, "period": f"{first.period}年", "item": first.item}
    title = " · ".join(text for name, text in shared.items() if name not in varying)
    notes = dict.fromkeys(note for found in details for note in found.answer.notes)
    return View("several", title or whole.answer.reading, tuple(rows), (*notes, *whole.answer.notes), "", whole.stamp)
