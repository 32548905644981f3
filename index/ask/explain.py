"""How a question was answered: what was read, what was weighed, by which rules and which SQL.

explained(search, "上党区2023年教育支出") -> slots, candidates 56917万元 (percent_of_budget …), SELECT …
"""

from __future__ import annotations

from typing import Any

from index.ask.dialogue import to_plain
from index.ask.open_items import rate
from index.ask.query import Query
from index.ask.reply import reply
from index.ask.search import Search
from index.models import StoredFact

MOST = 6


def explained(search: Search, question: str, last: Query | None = None) -> dict[str, Any]:
    """``slots``, ``reading``, ``candidates`` (with score and rule) and ``sql``, as JSON holds them.

    ``search`` should be fresh: what it has cached needs no SQL any more.
    """
    with search.store.statements() as sql:
        query, answer = reply(search, question, last)
        candidates = _candidates(search, query) if query else []
    return {
        "slots": _filled(to_plain(query)) if query else {},
        "reading": answer.reading,
        "status": answer.status,
        "candidates": candidates,
        "sql": list(dict.fromkeys(sql)),
    }


def _filled(slots: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in slots.items() if value and name != "earlier"}


def _candidates(search: Search, query: Query) -> list[dict[str, Any]]:
    """The facts of the items asked for, then those whose words are nearest to the question's."""
    found: dict[int, dict[str, Any]] = {}
    for region in query.regions[:1]:
        for period in query.periods[:1] or ():
            for item in query.items:
                for one in search.of_item(region, period, item.keys)[: MOST * 2]:
                    found.setdefault(one.id, _candidate(one, 1.0))
            for rated in rate(search, query, region, period, query.content)[:MOST]:
                found.setdefault(rated.one.id, _candidate(rated.one, rated.score))
    return sorted(found.values(), key=lambda row: -row["score"])


def _candidate(one: StoredFact, score: float) -> dict[str, Any]:
    fact = one.fact
    return {
        "score": round(score, 3), "item": fact.item, "value": fact.value + fact.unit, "measure": fact.measure,
        "scope": fact.scope, "period": fact.period.text, "rule": fact.rule, "fact": one.id, "document": one.document,
    }  # fmt: skip
