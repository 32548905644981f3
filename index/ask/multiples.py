"""A question for a multiple of another figure, or for the change from one month to the next -> both look-ups.

    "教育支出是科学技术支出的几倍" -> 教育支出 | 科学技术支出      "2024年10月一般公共预算收入环比" -> 10月 | 9月

Nothing is looked up here; the patterns are in ``questions.toml``.
"""

from __future__ import annotations

from dataclasses import replace

from index.ask.query import Query
from index.ask.relation import staged_alike
from index.ask.search import Search
from index.ask.side_words import read_side, side
from index.ask.sides import Expression
from index.ask.vocabulary import relation_pattern
from index.models import Period

_SHAPES = ("lookup", "compare")
_MONTHLY = "环比"


def read_multiple(search: Search, query: Query) -> Expression | None:
    """The two look-ups; None if the question asks for something else."""
    if query.shape not in _SHAPES or not query.regions:
        return None
    return _times(search, query) or _of_months(query)


def _times(search: Search, query: Query) -> Expression | None:
    found = relation_pattern("times").search(query.text)
    if found is None:
        return None
    one, other = (read_side(search, query, found[name]) for name in ("head", "of"))
    if len(one.items) != 1 or one.chunks or other.chunks or len(other.items) > 1:
        return None
    first = side(query, one, one)
    second = side(query, other if other.items else one, other)
    if first.items[0].keys != second.items[0].keys:
        same = len(query.regions) == 1 and len(query.periods) < 2
        return staged_alike(search, query, Expression("times", (first, second))) if same else None
    if len(query.regions) == 2 and len(query.periods) < 2 and one.regions != other.regions:
        sides = (replace(first, regions=one.regions[:1]), replace(second, regions=other.regions[:1]))
        return staged_alike(search, query, Expression("times", sides))
    if len(query.regions) == 1 and one.periods and other.periods and one.periods != other.periods:
        sides = (replace(first, periods=one.periods[:1]), replace(second, periods=other.periods[:1]))
        return staged_alike(search, query, Expression("times", sides))
    return None


def _of_months(query: Query) -> Expression | None:
    """A month and the one before it."""
    if _MONTHLY not in query.text or len(query.regions) != 1 or len(query.periods) != 1 or len(query.items) != 1:
        return None
    period = query.periods[0]
    before = _month_before(period)
    if before is None or query.chunks:
        return None
    now = side(query, query, query)
    return Expression("growth", (replace(now, measures=("actual",)),
                                          replace(now, measures=("actual",), periods=(before,))))  # fmt: skip


def _month_before(period: Period) -> Period | None:
    if period.first_year != period.last_year or period.first_month != period.last_month:
        return None
    year, month = (period.first_year, period.first_month - 1) if period.first_month > 1 else (period.first_year - 1, 12)
    return replace(period, first_year=year, last_year=year, first_month=month, last_month=month)
