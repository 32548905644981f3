"""How a question was answered: what was read, what was weighed, by which rules and which SQL.

explained(search, "上党区2023年教育支出") -> slots, candidates 56917万元 (13.8: cov_all 2.4, key_first 2.3 …), SELECT …
"""

from __future__ import annotations

from typing import Any

from index.ask.defaults import periods_for
from index.ask.dialogue import to_plain
from index.ask.pick.found_for import best_reading
from index.ask.pick.score import shares
from index.ask.pick.verdict import Scored
from index.ask.query import Query
from index.ask.reply import reply
from index.ask.search import Search

MOST = 6
MOST_SHARES = 8


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
    """The list that the first figure asked for was chosen from, the best first, each with what made its score."""
    for region in query.regions[:1]:
        for period in (query.periods or periods_for(search, query, region)[0])[:1]:
            _, verdict = best_reading(search, query, region, period)
            return [_candidate(one, verdict.sure if number == 0 else 0.0)
                    for number, one in enumerate(verdict.ranked[:MOST])]  # fmt: skip
    return []


def _candidate(one: Scored, sure: float) -> dict[str, Any]:
    stored = one.candidate.one
    fact = stored.fact
    parts = sorted(shares(one.features).items(), key=lambda pair: -abs(pair[1]))
    return {
        "score": round(one.score, 3), "sure": round(sure, 3), "item": fact.item, "value": fact.value + fact.unit,
        "measure": fact.measure, "scope": fact.scope, "period": fact.period.text, "rule": fact.rule, "fact": stored.id,
        "document": stored.document, "shares": {name: round(value, 2) for name, value in parts[:MOST_SHARES]},
    }  # fmt: skip
