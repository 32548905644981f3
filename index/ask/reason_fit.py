"""Whether a reason fits what is asked: the way it went, the level and the year; None where it is another's.

教育支出为什么下降 -> no reason of a growth; 市本级 -> none of 全市; 2025年 -> none of the plan of 2026
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.ask.reason_marks import Marked
from index.ask.vocabulary import pattern_of
from index.ask.why import Direction, Why
from index.models import StoredFact
from index.store.rows import StoredDocument

CHANGES: Final = ("yoy_pct", "yoy_amount", "completion")
_DONE: Final = re.compile(r"完成[^，。；]{0,16}?(\d+(?:\.\d+)?)%|为[^，。；]{0,12}?预算数?的(\d+(?:\.\d+)?)%")
_PLAN: Final = re.compile(r"安排|预期|草案|拟")
_YEAR: Final = re.compile(r"(20\d\d)年")
_OPPOSITE: Final = {"up": "down", "down": "up", "less": "up", "more": "down"}
_WHOLE: Final = 100


def way(asked: Direction, text: str, facts: Sequence[StoredFact]) -> float | None:
    """1 if the text, or the figures of a row, say the change asked for, None if the opposite, 0 if neither."""
    if not asked:
        return 0.0
    done = [float(match[1] or match[2]) for match in _DONE.finditer(text)]
    done += [
        float(one.fact.number) for one in facts if one.fact.measure == "completion" and one.fact.number is not None
    ]
    said = change(text) or _sign(facts)
    if asked in ("less", "more") and done:  # than planned, or than last year
        agrees = (done[-1] < _WHOLE) == (asked == "less") or said == ("down" if asked == "less" else "up")
        return 1.0 if agrees else None
    if not said:
        return None if "持平" in text else 0.0
    return 1.0 if said != _OPPOSITE[asked] else None


def _sign(facts: Sequence[StoredFact]) -> str:
    """What the figures of a row say of its change."""
    grown = [one.fact.number for one in facts if one.fact.measure in ("yoy_pct", "yoy_amount") and one.fact.number]
    return ("up" if grown[0] > 0 else "down") if grown else ""


def change(text: str) -> str:
    """The last change that a text tells of: up, down, or none."""
    ways = ("up", "down")
    said = [(match.end(), way) for way in ways for match in pattern_of("reason", f"{way}_pattern").finditer(text)]
    return max(said)[1] if said else ""


def level(why: Why, texts: Sequence[str], section: str, facts: Sequence[StoredFact]) -> float | None:
    """1 if it is of the level asked for, None if it is of the other, 0 if nothing tells."""
    for text in (*texts, section):
        whole = bool(pattern_of("level", "whole_pattern").search(text))
        own = bool(pattern_of("level", "own_pattern").search(text))
        if whole or own:
            return _right_level(why, whole=whole, own=own)
    scopes = {one.fact.scope for one in facts} - {""}
    return _right_level(why, whole="whole" in scopes, own=bool(scopes & {"own", "own_wide"})) if scopes else 0.0


def _right_level(why: Why, *, whole: bool, own: bool) -> float | None:
    if not why.scope:
        return 0.3 if whole else 0.0
    return 1.0 if (whole if why.scope == "whole" else own) else None


def year(
    why: Why, texts: Sequence[str], marked: Marked, facts: Sequence[StoredFact], document: StoredDocument
) -> float | None:
    """1 if it is of the year asked for, None if of another, 0 if nothing tells."""
    facts = facts or marked.told[0].facts or marked.told[1].facts
    changes = [one for one in facts if one.fact.measure in CHANGES]
    years = {one.fact.period.last_year for one in changes or facts}
    if why.year and years:
        return 1.0 if why.year in years else None
    planned = any(_PLAN.search(text) for text in (*texts[:2], marked.hit.section))
    if not why.year:
        return 0.0 if planned else 0.3
    if any(why.year in map(int, _YEAR.findall(text)) for text in texts[:2]):
        return 1.0
    if document.plan_year is None or document.plan_year == document.year or not document.year:
        return 0.0
    if why.year == document.plan_year:
        return 1.0 if planned else None
    return -1.5 if planned else 0.3


def at_place(why: Why, marked: Marked, document: StoredDocument) -> bool:
    """开发区收入4亿元，下降8%，主要是…: by its figures another place's, unless that is asked about."""
    places = {one.fact.region for one in marked.told[0].facts}
    return not places or not places.isdisjoint({document.region_code, *why.places})
