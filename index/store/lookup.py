"""The reading side of the index: documents, places, facts and sentences, each by one short SQL statement.

``Index("yusuan.db").facts(["140404"], [2023], ["205"])`` gives what the reports say of 上党区2023年教育支出, as
``StoredFact`` with document, page, section and the sentence it was read from.  Nothing here writes, ranks or guesses;
an open index sees what was committed last, also while another process loads.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from index.models import StoredFact
from index.store.catalogue import YEARS, Catalogue, Value, chunks, conditions, marks
from index.store.rows import Contender, Kept, Postings, SentenceHit
from index.store.schema import FACT_BITS

SEEN: Final = 500
ALL: Final = 1 << 62
# Items the lexicon does not list: without key, of the official classification (index.find.subjects), of bodies.
UNLISTED: Final = "(i.key = '' OR i.key GLOB 'fn-*' OR i.key GLOB 'ec-*' OR i.key GLOB 'dept-*')"
OPEN: Final = f"({UNLISTED} OR f.qualifiers <> 0)"
# CROSS JOIN makes SQLite take the tables in this order: facts first, then their sentences by number.  The words behind
# the other numbers of a row are kept in memory (``rows.Shelves``): most facts share them.
FACTS: Final = """
    SELECT f.*, s.document, s.section, s.page, s.header, s.text
    FROM facts f CROSS JOIN sentences s ON s.id = f.id >> 16 WHERE f.id IN ({})"""
SENTENCES: Final = """
    SELECT s.id, s.document, s.section, s.page, s.kind, s.header, s.text FROM {source}
    WHERE {where} ORDER BY {order} LIMIT ?"""


class Index(Catalogue):
    """An index opened for reading.  Opening raises IndexUnavailable, IndexDamaged or IndexTooNew.

    What one statement has read of a fact the next need not read again: a fact never changes under its id.
    """

    def __init__(self, path: str | Path) -> None:
        super().__init__(path)
        self._kept_facts = Kept(self._read_facts)
        self._postings = Postings(self._read_postings)

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

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
        owners: Sequence[str] | None = None,
        qualified: bool = False,
    ) -> list[StoredFact]:
        """Facts of places, by document, sentence and place in it; None leaves a slot open, () matches nothing.

        A year is the last year of a fact's period: 2021-2025 is found under 2025.  ``keys`` are lexicon keys,
        ``names`` item names as stored (open items have no key), ``owners`` departments, units or funds ("": the
        government).  By keys, facts that are only a part of the item or narrowed otherwise are left out unless
        ``qualified``.  All places (None) need keys or names.
        """
        codes = self._codes.numbers
        where, values = conditions(
            region=region_codes,
            year=years,
            key=keys,
            name=names,
            measure=None if measures is None else codes(measures),
            scope=None if scopes is None else codes(scopes),
            account=None if accounts is None else codes(accounts),
            owner=owners,
        )
        if keys is not None and not qualified:
            where += " AND f.qualifiers = 0"
        if region_codes is None:
            return self._facts("facts f INDEXED BY facts_item", where, values)
        return self._of_places(region_codes, years, where, values)

    def open_facts(
        self, region_codes: Sequence[str], years: Sequence[int] | None = None, names: Sequence[str] | None = None
    ) -> list[StoredFact]:
        """Facts that no item of the lexicon stands for as it is: named projects, bonds, counts, parts of items,
        subjects of the official classification that it does not list; only of these names."""
        where, values = conditions(region=region_codes, year=years, open=names)
        items = " CROSS JOIN items i ON i.id = f.item"
        return self._of_places(region_codes, years, f"{where} AND {OPEN}", values, items)

    def facts_of_amount(self, region_code: str, year: int, least: float, most: float) -> list[StoredFact]:
        """The facts of a place and year whose amount in base units is between two."""
        where, values = conditions(region=[region_code], year=[year])
        return self._facts(
            "facts f INDEXED BY facts_place", f"{where} AND f.amount BETWEEN ? AND ?", [*values, least, most]
        )

    def facts_headed(self, region_code: str, year: int, fits: Callable[[str], bool]) -> list[StoredFact]:
        """The facts of a place and year that stand under heads of tables of some kind."""
        where, values = conditions(region=[region_code], year=[year])
        source = f"facts f INDEXED BY facts_place CROSS JOIN sentences s ON s.id = f.id >> {FACT_BITS}"
        heads = {row[0] for row in self.rows(f"SELECT DISTINCT s.header FROM {source} WHERE {where}", values)}
        texts = self._shelves.names.of(heads)
        fitting = sorted(head for head in heads if fits(texts[head]))
        return self._facts(source, f"{where} AND s.header IN ({marks(fitting)})", [*values, *fitting])

    def facts_by_ids(self, ids: Iterable[int]) -> list[StoredFact]:
        """Facts by their ids, in the order of the reports; an id that is gone is left out."""
        found: list[StoredFact] = []
        for some in chunks(sorted(set(ids))):
            found += self._facts("facts f", f"f.id IN ({marks(some)})", some)
        return found

    def places_with(self, names: Sequence[str]) -> list[str]:
        """Codes of the places that have facts of items with one of these names, which the lexicon does not know.

        Bounded: of a name that is everywhere only the first places are seen.
        """
        sql = f"""SELECT DISTINCT r.code FROM (SELECT f.region FROM facts f INDEXED BY facts_item WHERE f.item IN
            (SELECT id FROM items i WHERE {UNLISTED} AND name IN ({marks(names)})) LIMIT {SEEN}) t
            JOIN regions r ON r.id = t.region"""
        return sorted(row[0] for row in self.rows(sql, names))

    def facts_near(self, fact_id: int, around: int) -> list[StoredFact]:
        """The facts of a fact's sentence and of so many sentences before and after it."""
        own = sentence_id(fact_id)
        return self._facts(
            "facts f", "f.id >= ? AND f.id < ?", [(own - around) << FACT_BITS, (own + around + 1) << FACT_BITS]
        )

    def open_names(self, region_code: str, year: int) -> list[str]:
        """The names of what a place has facts of in a year that no lexicon knows, each once."""
        where, values = conditions(region=[region_code], year=[year])
        sql = f"""SELECT DISTINCT i.name FROM (
            SELECT DISTINCT f.item, f.qualifiers FROM facts f INDEXED BY facts_place WHERE {where}) AS f
            CROSS JOIN items i ON i.id = f.item WHERE {OPEN}"""
        return [row[0] for row in self.rows(sql, values)]

    def scopes_told(self, document: str, region_code: str, year: int, account: str) -> frozenset[str]:
        """The scopes that a document has facts of, of a place, year and account."""
        sql = f"""SELECT DISTINCT f.scope FROM documents d CROSS JOIN facts f
            ON f.id >= d.first_sentence << {FACT_BITS} AND f.id < (d.last_sentence + 1) << {FACT_BITS}
            WHERE d.name = ? AND f.region = (SELECT id FROM regions WHERE code = ?) AND f.year = ? AND f.account = ?"""
        return frozenset(
            self._codes.texts[row[0]]
            for number in self._codes.numbers([account])
            for row in self.rows(sql, [document, region_code, year, number])
        )

    def facts_of_document(self, name: str) -> list[StoredFact]:
        """All facts of one document, in its order."""
        ranges = self.rows("SELECT first_sentence, last_sentence FROM documents WHERE name = ?", [name])
        where = f"f.id >= (? << {FACT_BITS}) AND f.id < ((? + 1) << {FACT_BITS})"
        return [fact for first, last in ranges for fact in self._facts("facts f", where, [first, last])]

    def facts_of_sentences(
        self, ids: Iterable[int], region_code: str | None = None, year: int | None = None
    ) -> list[StoredFact]:
        """All facts read from these sentences (ids as in SentenceHit, or ``sentence_id(fact.id)``); of a place and
        year only."""
        where, values = conditions(
            region=None if region_code is None else [region_code], year=None if year is None else [year]
        )
        found: list[StoredFact] = []
        source = f"""sentences w CROSS JOIN facts f NOT INDEXED
            ON f.id >= (w.id << {FACT_BITS}) AND f.id < ((w.id + 1) << {FACT_BITS})"""
        for some in chunks(sorted(set(ids))):
            found += self._facts(source, f"w.id IN ({marks(some)}) AND {where}", [*some, *values])
        return found

    def contenders(
        self, keys: Sequence[str], year: int, measures: Sequence[str], scopes: Sequence[str]
    ) -> list[Contender]:
        """The figures of governments for some items in all places, with what tells which of them may be compared; from
        one index."""
        codes = self._codes.numbers
        where, values = conditions(key=keys, year=[year], measure=codes(measures), scope=codes(scopes))
        sql = f"""SELECT f.id, f.region, f.amount, f.item, f.measure, f.scope, f.period, f.account, f.flags
            FROM facts f INDEXED BY facts_item WHERE {where} AND f.owner = 0 AND f.qualifiers = 0"""
        return self._shelves.contenders(self.rows(sql, values))

    def years_told(self, keys: Sequence[str], measure: str) -> list[int]:
        """The years of which any place has facts of some items and a measure, ascending."""
        where, values = conditions(key=keys, measure=self._codes.numbers([measure]))
        sql = f"""SELECT y.year FROM ({YEARS}) AS y WHERE EXISTS (
            SELECT 1 FROM facts f INDEXED BY facts_item WHERE {where} AND f.year = y.year) ORDER BY y.year"""
        return [row[0] for row in self.rows(sql, values)]

    def top(
        self, key: str, year: int, measure: str, scopes: Sequence[str], limit: int, *, largest: bool = True
    ) -> list[StoredFact]:
        """The largest (smallest) figures of one item in all places, in that order; repeats are not settled."""
        codes = self._codes.numbers
        where, values = conditions(key=[key], year=[year], measure=codes([measure]), scope=codes(scopes))
        sql = f"""SELECT f.id FROM facts f INDEXED BY facts_item WHERE {where} AND f.amount IS NOT NULL
            AND f.owner = 0 AND f.qualifiers = 0 ORDER BY f.amount {"DESC" if largest else "ASC"} LIMIT ?"""
        ids = [row[0] for row in self.rows(sql, [*values, limit])]
        order = {id: place for place, id in enumerate(ids)}
        return sorted(self.facts_by_ids(ids), key=lambda fact: order[fact.id])

    # ------------------------------------------------------------------------------------------ sentences

    def search(self, tokens: Sequence[str], document_ids: Sequence[int], limit: int = 500) -> list[SentenceHit]:
        """Sentences of these documents with any of the tokens, in reading order and unranked, ``limit`` a document.

        Tokens may hold any characters: they are words, never search syntax.
        """
        from index.store.fulltext import match_any

        return self._matching(match_any(tokens), document_ids, limit)

    def sentences_beginning(self, chars: str, document_ids: Sequence[int], most: int) -> list[SentenceHit]:
        """Sentences of these documents that have words or pairs beginning with each of some characters."""
        from index.store.fulltext import match_begun

        return self._matching(match_begun(chars), document_ids, most)

    def _matching(self, asked: str, document_ids: Sequence[int], limit: int) -> list[SentenceHit]:
        """The sentences that full text finds for an FTS5 query, so many of each document; none for an empty one."""
        if not asked:
            return []
        rows: list[tuple[Any, ...]] = []
        sql = SENTENCES.format(
            source="sentences_fts CROSS JOIN sentences s ON s.id = sentences_fts.rowid",
            where="sentences_fts MATCH ? AND sentences_fts.rowid BETWEEN ? AND ?",
            order="sentences_fts.rowid",
        )
        for first, last, most in self._ranges(document_ids, limit):
            rows += self.rows(sql, [asked, first, last, most])
        return self._shelves.sentences(rows)

    def postings(self, tokens: Sequence[str], document_ids: Sequence[int], most: int) -> Mapping[str, Sequence[int]]:
        """For each token the ids of the sentences of these documents that have it; at most so many of each."""
        ranges = tuple((first, last) for first, last, _ in self._ranges(document_ids, ALL))
        return {token: self._postings.of(token, ranges, most) for token in tokens}

    def _read_postings(self, token: str, ranges: Iterable[tuple[int, int]], most: int) -> array[int]:
        from index.store.fulltext import match_any

        sql = """SELECT rowid FROM sentences_fts WHERE sentences_fts MATCH ? AND rowid BETWEEN ? AND ?
            ORDER BY rowid LIMIT ?"""
        asked = match_any([token])
        return array(
            "q", (row[0] for first, last in ranges if asked for row in self.rows(sql, [asked, first, last, most]))
        )

    def sentences(self, ids: Iterable[int]) -> list[SentenceHit]:
        """Sentences by id, in the order of the reports."""
        hits: list[SentenceHit] = []
        for some in chunks(sorted(set(ids))):
            sql = SENTENCES.format(source="sentences s", where=f"s.id IN ({marks(some)})", order="s.id")
            hits += self._shelves.sentences(self.rows(sql, [*some, -1]))
        return hits

    def sentence_window(self, document_id: int, sentence_id: int, n: int) -> list[SentenceHit]:
        """The sentence with up to ``n`` before and after it in its document."""
        where = "s.document = ? AND s.id BETWEEN ? AND ?"
        sql = SENTENCES.format(source="sentences s", where=where, order="s.id")
        return self._shelves.sentences(self.rows(sql, [document_id, sentence_id - n, sentence_id + n, -1]))

    def unread(self, document_id: int, most: int) -> list[tuple[SentenceHit, int, int]]:
        """The numbers of a document that were not understood: sentence, start and end in it, in reading order."""
        sql = """SELECT m.sentence, m.start, m."end" FROM documents d CROSS JOIN missed m
            ON m.sentence BETWEEN d.first_sentence AND d.last_sentence WHERE d.id = ? ORDER BY 1, 2 LIMIT ?"""
        spots = self.rows(sql, [document_id, most])
        hits = {hit.id: hit for hit in self.sentences(spot[0] for spot in spots)}
        return [(hits[sentence], start, end) for sentence, start, end in spots if sentence in hits]

    # ------------------------------------------------------------------------------------------ SQL

    def _of_places(
        self,
        region_codes: Sequence[str],
        years: Sequence[int] | None,
        where: str,
        values: list[Value],
        joined: str = "",
    ) -> list[StoredFact]:
        """The index begins with region and year: naming the years that are there makes each a short seek."""
        if years is None:
            there, more = conditions(region=region_codes)
            where += f" AND f.year IN (SELECT f.year FROM coverage f WHERE {there})"
            values = values + more
        return self._facts(f"facts f INDEXED BY facts_place{joined}", where, values)

    def _facts(self, source: str, where: str, values: Sequence[Value | float]) -> list[StoredFact]:
        ids = sorted(row[0] for row in self.rows(f"SELECT f.id FROM {source} WHERE {where}", values))
        kept = self._kept_facts.of(ids)
        return [
            kept[id] for id in ids if id in kept
        ]  # one may have gone meanwhile, where the index is written in place

    def _read_facts(self, ids: Sequence[int]) -> list[tuple[int, StoredFact]]:
        rows = [row for some in chunks(list(ids)) for row in self.rows(FACTS.format(marks(some)), some)]
        return [(one.id, one) for one in self._shelves.stored_facts(rows)]

    def _ranges(self, document_ids: Sequence[int], limit: int) -> list[tuple[int, int, int]]:
        """First and last sentences of documents, how many to take (-1: all); short neighbours are one range."""
        ranges: list[tuple[int, int]] = []
        for some in chunks(sorted(set(document_ids))):
            sql = f"""SELECT first_sentence, last_sentence FROM documents
                WHERE id IN ({marks(some)}) AND first_sentence <= last_sentence"""
            ranges += self.rows(sql, some)
        joined: list[tuple[int, int, int]] = []
        for first, last in sorted(ranges):
            most = limit if last - first >= limit else -1
            if joined and joined[-1][1] + 1 == first and joined[-1][2] == most == -1:
                joined[-1] = (joined[-1][0], last, most)
            else:
                joined.append((first, last, most))
        return joined


def sentence_id(fact_id: int) -> int:
    """The sentence a fact was read from."""
    return fact_id >> FACT_BITS
