"""Parsed -> the index: everything one document says, in one transaction.

A file that was loaded before changes nothing; the same name with new content replaces what the old one said; the same
content under another name is not taken twice, or 教育支出 56917 万元 would seem to be confirmed by two reports.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from index.models import Fact, Parsed, Region, Subject
from index.store.connect import open_writer, translated
from index.store.naming import StoreResult, file_of, kept_name
from index.store.naming import known as known
from index.store.rows import qualifiers_text
from index.store.schema import FACT_BITS, FACTS_PER_SENTENCE, OCR_MARKED
from index.store.words import words_of

Row = tuple[object, ...]


def store(
    target: sqlite3.Connection | str | Path,
    parsed: Parsed,
    *,
    path: str = "",
    options: str = "",
    region_of: Callable[[str], Region | None] = lambda code: None,
    tokens: Sequence[str] | None = None,
) -> StoreResult:
    """Write a document; nothing of it is visible before all of it is.

    ``path`` is where the file lies, ``options`` what else decided how it was parsed (if it changes, so may the facts),
    ``region_of`` names the regions of facts that are not the document's own, ``tokens`` are the full-text words of each
    sentence (``words.words_of``) if they are known already.  Raises IndexUnavailable, IndexDamaged.
    """
    if not isinstance(target, sqlite3.Connection):
        with closing(open_writer(target)) as conn:
            return store(conn, parsed, path=path, options=options, region_of=region_of, tokens=tokens)
    document = parsed.document
    with translated(file_of(target)):
        settled = known(target, document.name, document.sha256, options)
        if settled is not None:
            return settled
        # Cutting words takes longer than writing: do it before anyone has to wait for the lock.
        if tokens is None:
            tokens = words_of(parsed)
        target.execute("BEGIN IMMEDIATE")
        try:
            result = known(target, document.name, document.sha256, options)
            if result is None:
                result = _Writer(target, parsed, region_of).write(path, options, tokens)
            target.execute("COMMIT")
        except BaseException:
            if target.in_transaction:  # SQLite itself takes back what a full disk stopped
                target.execute("ROLLBACK")
            raise
    return result


def remove(conn: sqlite3.Connection, name: str) -> bool:
    """Take a document out of an index; whether there was one.  Raises IndexUnavailable, IndexDamaged."""
    with translated(file_of(conn)):
        row = conn.execute("SELECT id FROM documents WHERE name = ?", (name,)).fetchone()
        if row is None:
            return False
        conn.execute("BEGIN IMMEDIATE")
        try:
            _delete(conn, int(row[0]))
            conn.execute("COMMIT")
        except BaseException:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            raise
    return True


class _Numbers(dict[str, int]):
    """The numbers of words in a table, where a word gets one when it is first asked for."""

    def __init__(self, conn: sqlite3.Connection, table: str) -> None:
        super().__init__()
        self._conn = conn
        self._select, self._insert = f"SELECT id FROM {table} WHERE text = ?", f"INSERT INTO {table} (text) VALUES (?)"

    def __missing__(self, text: str) -> int:
        self[text] = number = _number(self._conn, self._select, self._insert, text)
        return number


def _number(conn: sqlite3.Connection, select: str, insert: str, *values: str) -> int:
    """The number of a word in its table, where it gets one if it is new."""
    row = conn.execute(select, values).fetchone()
    return int(row[0] if row is not None else conn.execute(insert, values).lastrowid or 0)


class _Writer:
    """The rows of one document, made and written inside the caller's transaction."""

    def __init__(self, conn: sqlite3.Connection, parsed: Parsed, region_of: Callable[[str], Region | None]) -> None:
        self.conn = conn
        self.parsed = parsed
        self.region_of = region_of
        self.first_sentence = self._reserve("sentence", len(parsed.sentences))
        self.first_section = self._reserve("section", len(parsed.sections))
        self.place = {sentence.index: place for place, sentence in enumerate(parsed.sentences)}
        self.codes, self.names = _Numbers(conn, "codes"), _Numbers(conn, "names")
        self.items: dict[tuple[str, str], int] = {}
        self.regions: dict[str, int] = {}

    def write(self, path: str, options: str, tokens: Sequence[str]) -> StoreResult:
        document, subject = self.parsed.document, self.parsed.subject
        region = self._region(subject.region.code if subject.region else "")
        name, old = kept_name(self.conn, self.parsed, path)
        if old is not None:
            _delete(self.conn, old)
        facts = self._sound_facts()
        rejected = len(self.parsed.facts) - len(facts)
        missed = [m for m in self.parsed.missed if m.sentence in self.place]
        warnings = [*document.warnings, *subject.warnings, *self.parsed.warnings]
        sentences, sections = len(self.parsed.sentences), len(self.parsed.sections)
        ocr = OCR_MARKED if document.recognised else int(document.ocr)
        cursor = self.conn.execute(
            f"INSERT INTO documents VALUES ({', '.join('?' * 23)})",
            (
                old, name, path, document.sha256, options, document.media, subject.kind, subject.title, subject.issuer,
                region, subject.year, subject.plan_year, ocr, datetime.now(UTC).isoformat("T", "seconds"),
                json.dumps(list(dict.fromkeys(warnings)), ensure_ascii=False), len(facts), len(missed) + rejected,
                self.first_sentence, self.first_sentence + sentences - 1,
                self.first_section, self.first_section + sections - 1, subject.owner, subject.owner_kind,
            ),
        )  # fmt: skip
        id = int(cursor.lastrowid or 0)
        self._write_text(id, tokens)
        self._write_facts(id, facts, region, subject)
        self.conn.executemany(
            "INSERT OR IGNORE INTO missed VALUES (?, ?, ?)",
            [(self.first_sentence + self.place[m.sentence], m.start, m.end) for m in missed],
        )
        return StoreResult(True, len(facts), sentences, name, replaced=old is not None, rejected=rejected)

    def _sound_facts(self) -> list[Fact]:
        """Facts whose value is what stands at their place: no other figure may ever reach a chat."""
        texts = {sentence.index: sentence.text for sentence in self.parsed.sentences}
        facts = [
            fact
            for fact in self.parsed.facts
            if fact.start < fact.end and texts.get(fact.sentence, "")[fact.start : fact.end] == fact.value
        ]
        facts.sort(key=lambda fact: (self.place[fact.sentence], fact.start, fact.end))
        per_sentence = Counter(fact.sentence for fact in facts)
        if max(per_sentence.values(), default=0) < FACTS_PER_SENTENCE:
            return facts
        crowded = {sentence for sentence, count in per_sentence.items() if count >= FACTS_PER_SENTENCE}
        return [fact for fact in facts if fact.sentence not in crowded]

    def _write_text(self, document: int, tokens: Sequence[str]) -> None:
        first, first_section, place = self.first_sentence, self.first_section, self.place
        sections = {section.index: first_section + number for number, section in enumerate(self.parsed.sections)}
        self.conn.executemany(
            "INSERT INTO sections VALUES (?, ?, ?, ?)",
            [
                (sections[s.index], None if s.parent is None else sections.get(s.parent), s.level, s.title)
                for s in self.parsed.sections
            ],
        )
        self.conn.executemany(
            "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    first + place[s.index], document, None if s.section is None else sections.get(s.section), s.page,
                    self.codes[s.kind], self.names[s.header], s.text,
                )
                for s in self.parsed.sentences
            ],
        )  # fmt: skip
        self.conn.executemany(
            "INSERT INTO sentences_fts (rowid, tokens) VALUES (?, ?)", list(enumerate(tokens, start=first))
        )

    def _write_facts(self, document: int, facts: list[Fact], region: int, subject: Subject) -> None:
        seen: Counter[int] = Counter()
        coverage: Counter[tuple[int, int]] = Counter()
        rows: list[Row] = []
        for fact in facts:
            sentence = self.first_sentence + self.place[fact.sentence]
            row = self._fact_row((sentence << FACT_BITS) + seen[sentence], fact)
            seen[sentence] += 1
            coverage[self.regions[fact.region], fact.period.last_year] += 1
            rows.append(row)
        self.conn.executemany(f"INSERT INTO facts VALUES ({', '.join('?' * 22)})", rows)
        for year in (subject.year, subject.plan_year):
            if year is not None:
                coverage.setdefault((region, year), 0)
        self.conn.executemany(
            "INSERT INTO coverage VALUES (?, ?, ?, ?)",
            [(place, year, document, count) for (place, year), count in coverage.items()],
        )

    def _fact_row(self, id: int, fact: Fact) -> Row:
        period, codes = fact.period, self.codes
        spelled = f"{period.first_year} {period.last_year} {period.first_month} {period.last_month} {int(period.as_of)}"
        return (
            id, self._region(fact.region), period.last_year, self._item(fact.key, fact.item), codes[fact.measure],
            codes[fact.scope], None if fact.number is None else float(fact.number), codes[fact.account],
            codes[fact.flow], codes[spelled], codes[fact.kind], codes[fact.unit],
            codes[fact.scope_words], self.names[fact.parent], codes[fact.rule],
            codes[" ".join(fact.flags)], fact.start, fact.end,
            None if fact.number is None else str(fact.number), fact.label, self.names[fact.owner],
            self.names[qualifiers_text(fact.qualifiers)],
        )  # fmt: skip

    def _reserve(self, name: str, count: int) -> int:
        first = self.conn.execute("SELECT next FROM counters WHERE name = ?", (name,)).fetchone()[0]
        self.conn.execute("UPDATE counters SET next = next + ? WHERE name = ?", (count, name))
        return int(first)

    def _item(self, key: str, name: str) -> int:
        id = self.items.get((key, name))
        if id is None:
            select = "SELECT id FROM items WHERE key = ? AND name = ?"
            id = _number(self.conn, select, "INSERT INTO items (key, name) VALUES (?, ?)", key, name)
            self.items[key, name] = id
        return id

    def _region(self, code: str) -> int:
        id = self.regions.get(code)
        if id is not None:
            return id
        own = self.parsed.subject.region
        region = own if own is not None and own.code == code else self.region_of(code)
        if region is None:
            region = Region(code, code, code, "")
        self.conn.execute(
            """INSERT INTO regions (code, name, full_name, level, parent) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, full_name = excluded.full_name,
                level = excluded.level, parent = excluded.parent""",
            (code, region.name, region.full_name, region.level, region.parent),
        )
        row = self.conn.execute("SELECT id FROM regions WHERE code = ?", (code,)).fetchone()
        id = self.regions[code] = int(row[0])
        return id


def _delete(conn: sqlite3.Connection, document: int) -> None:
    """Take a document out; its rows are ranges of ids.  Its words stay in the full text, where nobody looks."""
    first, last, first_section, last_section = conn.execute(
        "SELECT first_sentence, last_sentence, first_section, last_section FROM documents WHERE id = ?", (document,)
    ).fetchone()
    run = conn.execute
    run("DELETE FROM facts WHERE id >= ? AND id < ?", (first << FACT_BITS, (last + 1) << FACT_BITS))
    run("DELETE FROM missed WHERE sentence BETWEEN ? AND ?", (first, last))
    run("DELETE FROM sentences WHERE id BETWEEN ? AND ?", (first, last))
    run("DELETE FROM sections WHERE id BETWEEN ? AND ?", (first_section, last_section))
    run("DELETE FROM coverage WHERE document = ?", (document,))
    run("DELETE FROM documents WHERE id = ?", (document,))
