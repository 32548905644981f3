"""Facts of one key with different figures, found by SQL alone: candidates for contradictions between reports, and those
that the check of a report has found within it.

    differing(index, "140404", 2023) -> the ids of all amounts whose key has more than one figure, as StoredFact
    marked(index, "140404", 100)     -> the figures of each contradiction within a report

A figure without a level is put beside those of the whole.  A region and a year are a short range of the index
``facts_place``; only what differs is read in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from index.models import CLASH, StoredFact
from index.store.lookup import Index
from index.store.schema import FACT_BITS

# Prints of one figure with fewer digits differ by less; what differs by more is looked at closely.
CLOSE: Final = 1e-9
DIFFERING: Final = """
    WITH places AS MATERIALIZED (
        SELECT f.id, f.item, f.measure, f.account, f.flow, f.period, f.amount, f.owner,
            f.qualifiers,
            CASE f.scope WHEN 0 THEN coalesce((SELECT id FROM codes WHERE text = 'whole'), 0) ELSE f.scope END AS scope
        FROM facts f INDEXED BY facts_place
        WHERE f.region = (SELECT id FROM regions WHERE code = ?) AND f.year = ? AND f.amount IS NOT NULL
            AND f.kind = (SELECT id FROM codes WHERE text = 'money')
            AND f.measure IN (SELECT id FROM codes WHERE text IN ({measures}))
            AND f.item IN (SELECT id FROM items WHERE key <> '')),
    many AS (
        SELECT item, measure, scope, account, flow, period, owner, qualifiers FROM places
        GROUP BY item, measure, scope, account, flow, period, owner, qualifiers
        HAVING max(amount) - min(amount) > abs(max(amount)) * ?)
    SELECT p.id FROM places p JOIN many USING (item, measure, scope, account, flow, period, owner, qualifiers)"""
RECENT: Final = """
    SELECT r.code, c.year FROM documents d JOIN coverage c ON c.document = d.id JOIN regions r ON r.id = c.region
    WHERE c.facts > 1 ORDER BY d.first_sentence DESC, c.facts DESC LIMIT ?"""
OF_REGION: Final = """
    SELECT DISTINCT r.code, c.year FROM coverage c JOIN regions r ON r.id = c.region
    WHERE r.code = ? AND c.facts > 1 ORDER BY c.year DESC"""

MARKED: Final = f"""
    SELECT f.id FROM facts f WHERE f.id >= (? << {FACT_BITS}) AND f.id < ((? + 1) << {FACT_BITS})
    AND f.flags IN (SELECT id FROM codes WHERE text LIKE ?)"""
DOCUMENTS: Final = "SELECT first_sentence, last_sentence FROM documents ORDER BY first_sentence DESC LIMIT ?"
DOCUMENTS_ON: Final = """
    SELECT DISTINCT d.first_sentence, d.last_sentence FROM regions r JOIN coverage c ON c.region = r.id
    JOIN documents d ON d.id = c.document WHERE r.code = ? ORDER BY d.first_sentence DESC LIMIT ?"""


def marked(index: Index, region: str | None, limit: int) -> Iterator[list[StoredFact]]:
    """The figures of each contradiction within a report, of the reports that speak of a place, the latest first."""
    documents = index.rows(DOCUMENTS, [limit]) if region is None else index.rows(DOCUMENTS_ON, [region, limit])
    for first, last in documents:
        groups: dict[str, dict[tuple[int, int], StoredFact]] = {}
        for one in index.facts_by_ids([row[0] for row in index.rows(MARKED, [first, last, f"%{CLASH}%"])]):
            for flag in one.fact.flags:
                if flag.startswith(CLASH):  # one place in the text may be two facts
                    groups.setdefault(flag, {}).setdefault((one.fact.sentence, one.fact.start), one)
        yield from (list(group.values()) for group in groups.values())


def differing(index: Index, region: str, year: int, measures: Sequence[str]) -> list[StoredFact]:
    """The amounts of lexicon items in a place and year whose key has figures that differ, in the order of reports."""
    sql = DIFFERING.format(measures=", ".join("?" * len(measures)))
    return index.facts_by_ids([row[0] for row in index.rows(sql, [region, year, *measures, CLOSE])])


def places(index: Index, region: str | None, limit: int) -> list[tuple[str, int]]:
    """Places and years that documents speak of, those of the latest document first; of one place its years."""
    rows = index.rows(RECENT, [limit]) if region is None else index.rows(OF_REGION, [region])
    return list(dict.fromkeys((row[0], row[1]) for row in rows))
