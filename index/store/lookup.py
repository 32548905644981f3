"""The reading side of the index: documents, places, facts and sentences, each by one short SQL statement.

``Index("yusuan.db").facts(["140404"], [2023], ["205"])`` gives what the reports say of 上党区2023年教育支出, as
``StoredFact`` with document, page, section and the sentence it was read from.  Nothing here writes, ranks or guesses;
an open index sees what was committed last, also while another process loads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from index.models import Region, StoredFact
from index.store.connect import open_reader, translated
from index.store.rows import CodeBook, SentenceHit, StoredDocument, StoredItem, document, region, sentence, stored_fact
from index.store.schema import FACT_BITS

Value = str | int

CHUNK: Final = 10_000
SEEN: Final = 500

# CROSS JOIN makes SQLite take the tables in this order: facts first, by an index, then their words by number.
FACTS: Final = """
    SELECT f.id, f.measure, f.scope, f.account, f.flow, f.period, f.kind, f.unit, f.scope_words, f.rule, f.flags,
        f.start, f."end", f.number, f.label, i.key, i.name, p.text, r.code, r.name, r.full_name, r.level, r.parent,
        s.id - d.first_sentence, s.page, s.text, h.text, d.name, d.title, d.kind, d.ocr, c.title
    FROM {source} CROSS JOIN items i ON i.id = f.item CROSS JOIN names p ON p.id = f.parent
        CROSS JOIN regions r ON r.id = f.region CROSS JOIN sentences s ON s.id = f.id >> 16
        CROSS JOIN names h ON h.id = s.header CROSS JOIN documents d ON d.id = s.document
        LEFT JOIN sections c ON c.id = s.section
    WHERE {where} ORDER BY f.id"""
SENTENCES: Final = """
    SELECT s.id, d.id, d.name, d.title, d.kind, s.page, coalesce(c.title, ''), k.text, s.text, h.text, d.ocr,
        s.id - d.first_sentence
    FROM {source} CROSS JOIN documents d ON d.id = s.document CROSS JOIN codes k ON k.id = s.kind
        CROSS JOIN names h ON h.id = s.header LEFT JOIN sections c ON c.id = s.section
    WHERE {where} ORDER BY {order} LIMIT ?"""
DOCUMENTS: Final = """
    SELECT d.id, d.name, d.path, d.sha256, d.media, d.kind, d.title, d.issuer, r.code, r.full_name, d.year, d.plan_year,
        d.ocr, d.loaded_at, d.warnings, d.facts, d.missed, d.first_sentence, d.last_sentence
    FROM documents d JOIN regions r ON r.id = d.region"""
# From year to next year by the index: DISTINCT would read every row.
YEARS: Final = """
    WITH RECURSIVE found (year) AS (
        SELECT min(year) FROM coverage WHERE facts > 0
        UNION ALL SELECT (SELECT min(c.year) FROM coverage c WHERE c.facts > 0 AND c.year > found.year)
        FROM found WHERE found.year IS NOT NULL)
    SELECT year FROM found WHERE year IS NOT NULL"""
SLOTS: Final = {
    "region": "f.region IN (SELECT id FROM regions WHERE code IN ({}))",
    "year": "f.year IN ({})",
    "key": "f.item IN (SELECT id FROM items WHERE key IN ({}))",
    "name": "f.item IN (SELECT id FROM items WHERE name IN ({}))",
    "measure": "f.measure IN ({})",
    "scope": "f.scope IN ({})",
    "account": "f.account IN ({})",
}


class Index:
    """An index opened for reading.  Opening raises IndexUnavailable, IndexDamaged or IndexTooNew."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._conn = open_reader(path)
        self._codes = CodeBook(self.rows)

    def close(self) -> None:
        """Let go of the file."""
        self._conn.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """The SQL that runs inside the block, with its values filled in, each on one line; for explaining an answer."""
        seen: list[str] = []
        self._conn.set_trace_callback(lambda sql: seen.append(" ".join(sql.split())))
        try:
            yield seen
        finally:
            self._conn.set_trace_callback(None)

    def version(self) -> int:
        """The number of this version of the index, 0 for one written in place."""
        return int(self.rows("SELECT number FROM version")[0][0])

    # ------------------------------------------------------------------------------------------ what there is

    def documents(self) -> list[StoredDocument]:
        """All documents in the order of loading."""
        return [document(row) for row in self.rows(DOCUMENTS + " ORDER BY d.first_sentence")]

    def documents_of(self, region_codes: Sequence[str], years: Sequence[int] | None = None) -> list[StoredDocument]:
        """Documents that are about these places or hold facts of them (in these years): where to look for text."""
        where, values = _where(region=region_codes, year=years)
        sql = f"{DOCUMENTS} WHERE d.id IN (SELECT f.document FROM coverage f WHERE {where}) ORDER BY d.first_sentence"
        return [document(row) for row in self.rows(sql, values)]

    def regions(self) -> list[Region]:
        """Places with facts or documents, by code; the unnamed place of a report without a name is not one."""
        sql = """SELECT code, name, full_name, level, parent FROM regions r
            WHERE id > 0 AND EXISTS (SELECT 1 FROM coverage WHERE region = r.id) ORDER BY code"""
        return [region(row) for row in self.rows(sql)]

    def has_region(self, code: str) -> bool:
        """Whether any fact or document is of this place."""
        sql = "SELECT 1 FROM coverage WHERE region = (SELECT id FROM regions WHERE code = ?) LIMIT 1"
        return bool(self.rows(sql, [code]))

    def years(self, region_code: str | None = None) -> list[int]:
        """Years with facts of a place (of any place), ascending."""
        if region_code is None:
            return [row[0] for row in self.rows(YEARS)]
        sql = """SELECT DISTINCT year FROM coverage WHERE region = (SELECT id FROM regions WHERE code = ?) AND facts > 0
            ORDER BY year"""
        return [row[0] for row in self.rows(sql, [region_code])]

    def items(self, region_code: str, year: int | None = None) -> list[StoredItem]:
        """What a place has facts of (in a year), the most frequent first; ``key`` is "" for the report's own words."""
        years = self.years(region_code) if year is None else [year]
        where, values = _where(region=[region_code], year=years)
        sql = f"""SELECT i.key, i.name, t.n FROM (SELECT f.item, count(*) AS n FROM facts f INDEXED BY facts_place
            WHERE {where} GROUP BY f.item) AS t CROSS JOIN items i ON i.id = t.item ORDER BY t.n DESC, i.key, i.name"""
        return [StoredItem(*row) for row in self.rows(sql, values)]

    def names_with(self, word: str) -> list[str]:
        """The names, of the lexicon or the reports' own, that contain a word."""
        return [row[0] for row in self.rows("SELECT DISTINCT name FROM items WHERE instr(name, ?)", [word])]

    def count_facts(self, region_code: str, years: Sequence[int]) -> int:
        """How many facts a place has in some years."""
        where, values = _where(region=[region_code], year=years)
        return int(self.rows(f"SELECT total(f.facts) FROM coverage f WHERE {where}", values)[0][0])

    # ------------------------------------------------------------------------------------------ facts

    def facts(
        self,
        region_codes: Sequence[str] | None,
        years: Sequence[int] | None = None,
        keys: Sequence[str] | None = None,
        measures: Sequence[str] | None = None,
        scopes: Sequence[str] | None = None,
        accounts: Sequence[str] | None = None,
        *,
        names: Sequence[str] | None = None,
    ) -> list[StoredFact]:
        """Facts of places, by document, sentence and place in it; None leaves a slot open, () matches nothing.

        A year is the last year of a fact's period: 2021-2025 is found under 2025.  ``keys`` are lexicon keys,
        ``names`` item names as stored (open items have no key).  All places (None) need keys or names.
        """
        codes = self._codes.numbers
        where, values = _where(
            region=region_codes,
            year=years,
            key=keys,
            name=names,
            measure=None if measures is None else codes(measures),
            scope=None if scopes is None else codes(scopes),
            account=None if accounts is None else codes(accounts),
        )
        if region_codes is None:
            return self._facts("facts f INDEXED BY facts_item", where, values)
        return self._of_places(region_codes, years, where, values)

    def open_facts(self, region_codes: Sequence[str], years: Sequence[int] | None = None) -> list[StoredFact]:
        """Facts whose item is not in the lexicon: named projects, bonds, subsidies, counts."""
        where, values = _where(region=region_codes, year=years)
        return self._of_places(region_codes, years, where + " AND i.key = ''", values)

    def facts_by_ids(self, ids: Iterable[int]) -> list[StoredFact]:
        """Facts by their ids, in the order of the reports; an id that is gone is left out."""
        found: list[StoredFact] = []
        for some in _chunks(sorted(set(ids))):
            found += self._facts("facts f", f"f.id IN ({_marks(some)})", some)
        return found

    def places_with(self, names: Sequence[str]) -> list[str]:
        """Codes of the places that have facts of items with one of these names, which the lexicon does not know.

        Bounded: of a name that is everywhere only the first places are seen.
        """
        sql = f"""SELECT DISTINCT r.code FROM (SELECT f.region FROM facts f INDEXED BY facts_item WHERE f.item IN
            (SELECT id FROM items WHERE key = '' AND name IN ({_marks(names)})) LIMIT {SEEN}) t
            JOIN regions r ON r.id = t.region"""
        return sorted(row[0] for row in self.rows(sql, names))

    def facts_of_document(self, name: str) -> list[StoredFact]:
        """All facts of one document, in its order."""
        ranges = self.rows("SELECT first_sentence, last_sentence FROM documents WHERE name = ?", [name])
        where = f"f.id >= (? << {FACT_BITS}) AND f.id < ((? + 1) << {FACT_BITS})"
        return [fact for first, last in ranges for fact in self._facts("facts f", where, [first, last])]

    def facts_of_sentences(self, ids: Iterable[int]) -> list[StoredFact]:
        """All facts read from these sentences (ids as in SentenceHit, or ``sentence_id(fact.id)``)."""
        found: list[StoredFact] = []
        source = f"""sentences w CROSS JOIN facts f
            ON f.id >= (w.id << {FACT_BITS}) AND f.id < ((w.id + 1) << {FACT_BITS})"""
        for some in _chunks(sorted(set(ids))):
            found += self._facts(source, f"w.id IN ({_marks(some)})", some)
        return found

    def top(
        self, key: str, year: int, measure: str, scopes: Sequence[str], limit: int, *, largest: bool = True
    ) -> list[StoredFact]:
        """The largest (smallest) figures of one item in all places, in that order; repeats are not settled."""
        codes = self._codes.numbers
        where, values = _where(key=[key], year=[year], measure=codes([measure]), scope=codes(scopes))
        sql = f"""SELECT f.id FROM facts f INDEXED BY facts_item WHERE {where} AND f.amount IS NOT NULL
            ORDER BY f.amount {"DESC" if largest else "ASC"} LIMIT ?"""
        ids = [row[0] for row in self.rows(sql, [*values, limit])]
        order = {id: place for place, id in enumerate(ids)}
        return sorted(self.facts_by_ids(ids), key=lambda fact: order[fact.id])

    # ------------------------------------------------------------------------------------------ sentences

    def search(self, tokens: Sequence[str], document_ids: Sequence[int], limit: int = 500) -> list[SentenceHit]:
        """Sentences of these documents with any of the tokens, in reading order and unranked, ``limit`` a document.

        Tokens may hold any characters: they are words, never search syntax.
        """
        from index.store.fulltext import match_any

        asked = match_any(tokens)
        if not asked:
            return []
        hits: list[SentenceHit] = []
        sql = SENTENCES.format(
            source="sentences_fts CROSS JOIN sentences s ON s.id = sentences_fts.rowid",
            where="sentences_fts MATCH ? AND sentences_fts.rowid BETWEEN ? AND ?",
            order="sentences_fts.rowid",
        )
        for first, last in self._ranges(document_ids):
            hits += [sentence(row) for row in self.rows(sql, [asked, first, last, limit])]
        return hits

    def sentences(self, ids: Iterable[int]) -> list[SentenceHit]:
        """Sentences by id, in the order of the reports."""
        hits: list[SentenceHit] = []
        for some in _chunks(sorted(set(ids))):
            sql = SENTENCES.format(source="sentences s", where=f"s.id IN ({_marks(some)})", order="s.id")
            hits += [sentence(row) for row in self.rows(sql, [*some, -1])]
        return hits

    def sentence_window(self, document_id: int, sentence_id: int, n: int) -> list[SentenceHit]:
        """The sentence with up to ``n`` before and after it in its document."""
        where = "s.document = ? AND s.id BETWEEN ? AND ?"
        sql = SENTENCES.format(source="sentences s", where=where, order="s.id")
        return [sentence(row) for row in self.rows(sql, [document_id, sentence_id - n, sentence_id + n, -1])]

    # ------------------------------------------------------------------------------------------ SQL

    def _of_places(
        self, region_codes: Sequence[str], years: Sequence[int] | None, where: str, values: list[Value]
    ) -> list[StoredFact]:
        """The index begins with region and year: naming the years that are there makes each a short seek."""
        if years is None:
            there, more = _where(region=region_codes)
            where += f" AND f.year IN (SELECT f.year FROM coverage f WHERE {there})"
            values = values + more
        return self._facts("facts f INDEXED BY facts_place", where, values)

    def _facts(self, source: str, where: str, values: Sequence[Value]) -> list[StoredFact]:
        rows = self.rows(FACTS.format(source=source, where=where), values)
        return [stored_fact(row, self._codes.text) for row in rows]

    def _ranges(self, document_ids: Sequence[int]) -> list[tuple[int, int]]:
        ranges: list[tuple[int, int]] = []
        for some in _chunks(sorted(set(document_ids))):
            sql = f"""SELECT first_sentence, last_sentence FROM documents
                WHERE id IN ({_marks(some)}) AND first_sentence <= last_sentence"""
            ranges += self.rows(sql, some)
        return sorted(ranges)

    def rows(self, sql: str, values: Sequence[Value | float] = ()) -> list[tuple[Any, ...]]:
        """The rows of a statement of this package."""
        with translated(self.path):
            return self._conn.execute(sql, values).fetchall()


def sentence_id(fact_id: int) -> int:
    """The sentence a fact was read from."""
    return fact_id >> FACT_BITS


def _where(**slots: Sequence[Value] | None) -> tuple[str, list[Value]]:
    """Conditions on ``f`` for the slots that are not None, and their values."""
    asked = {name: values for name, values in slots.items() if values is not None}
    where = " AND ".join(SLOTS[name].format(_marks(values)) for name, values in asked.items())
    return where or "1", [value for values in asked.values() for value in values]


def _marks(values: Sequence[Value]) -> str:
    return ", ".join("?" * len(values))


def _chunks(ids: list[int]) -> Iterable[list[int]]:
    """SQLite takes 32,766 values in a statement."""
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
