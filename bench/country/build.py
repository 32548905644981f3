"""Write an index of the made-up country straight into the store.

    python -m bench.country.build 10000 /tmp/country.db

Reading and parsing are left out; the rows are those that ``index.store.write`` would write, in the same tables, sorted
the same way.  The words of the full text are written by a second process into a file of their own, whose tables are
then taken over.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from bench.country.places import Government, Report, reports
from bench.country.press import Ids, Row, headings, line_count, printed, tokens
from bench.country.words import HEADINGS
from index.store import schema
from index.store.migrations import migrate

LOADED = "2026-01-01T00:00:00+00:00"
BATCH = 50
FACT_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'facts'"
# Everything in one go, no journal: a build that fails is thrown away.
BULK = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -262144")
WORDS_IN_MEMORY = 1 << 26


def build(count: int, path: Path) -> float:
    """Make an index of so many reports at ``path``; gives the seconds it took."""
    begun = time.perf_counter()
    words = path.with_name(path.name + ".words")
    for old in (path, words, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        old.unlink(missing_ok=True)
    second = multiprocessing.get_context("spawn").Process(target=write_words, args=(count, words))
    second.start()
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        migrate(conn)
        for pragma in BULK:
            conn.execute(f"PRAGMA {pragma}")
        indexes = dict(conn.execute(FACT_INDEXES).fetchall())
        for name in indexes:
            conn.execute(f"DROP INDEX {name}")
        conn.execute("BEGIN")
        _write_rows(conn, count)
        for sql in indexes.values():
            conn.execute(sql)
        conn.execute("COMMIT")
        second.join()
        if second.exitcode:
            raise RuntimeError("the words of the full text could not be written")
        _take_words(conn, words)
        conn.execute("UPDATE version SET number = 1")
        conn.execute("PRAGMA locking_mode = NORMAL")
        conn.execute("PRAGMA journal_mode = DELETE")  # a finished version: readers take no locks
    words.unlink()
    return time.perf_counter() - begun


# ---------------------------------------------------------------------------------------------- rows


def _write_rows(conn: sqlite3.Connection, count: int) -> None:
    code, name, item = _numbering(conn, "codes"), _numbering(conn, "names"), _item_numbering(conn)
    marks = {table: f"INSERT INTO {table} VALUES ({', '.join('?' * width)})" for table, width in WIDTHS.items()}
    sentence = section = 1
    regions: dict[int, int] = {}
    known: dict[int, tuple[int, int, list[Row]]] = {}
    for batch in _batches(reports(count)):
        rows: dict[str, list[Row]] = {table: [] for table in WIDTHS}
        for report in batch:
            government = report.government
            if government.number not in regions:
                regions[government.number] = len(regions) + 1
                rows["regions"].append((regions[government.number], *_region(government)))
            ids = Ids(sentence, section, regions[government.number], code, name, item, known)
            sentences, facts = printed(report, ids)
            titles = HEADINGS[report.kind]
            rows["sentences"] += sentences
            rows["facts"] += facts
            rows["documents"].append(_document(report, ids, len(sentences), len(facts), len(titles)))
            rows["sections"] += [
                (section + number, None if number in (0, len(titles) - 1) else section, 1, title)
                for number, title in enumerate(headings(report)[1:])
            ]
            years = Counter(row[2] for row in facts)
            rows["coverage"] += [(ids.region, year, report.number, found) for year, found in years.items()]
            sentence += len(sentences)
            section += len(titles)
        for table, some in rows.items():
            conn.executemany(marks[table], some)
    conn.execute("UPDATE counters SET next = ? WHERE name = 'sentence'", (sentence,))
    conn.execute("UPDATE counters SET next = ? WHERE name = 'section'", (section,))


WIDTHS = {"regions": 6, "documents": 23, "sections": 4, "sentences": 7, "facts": 22, "coverage": 4}


def _region(government: Government) -> Row:
    region = government.region
    return region.code, region.name, region.full_name, region.level, region.parent


def _document(report: Report, ids: Ids, sentences: int, facts: int, sections: int) -> Row:
    title = headings(report)[0]
    plan = report.year + 1 if report.kind == "execution" else None
    return (
        report.number, f"{title}.html", "", f"{report.number:064x}", "", "html", report.kind, title, "", ids.region,
        report.year, plan, 0, LOADED, "[]", facts, 0, ids.sentence, ids.sentence + sentences - 1, ids.section,
        ids.section + sections - 1, "", "government",
    )  # fmt: skip


def _batches(all_reports: Iterator[Report]) -> Iterator[list[Report]]:
    while batch := list(itertools.islice(all_reports, BATCH)):
        yield batch


def _numbering(conn: sqlite3.Connection, table: str) -> Callable[[str], int]:
    known = {text: int(id) for id, text in conn.execute(f"SELECT id, text FROM {table}")}

    def number(text: str) -> int:
        id = known.get(text)
        if id is None:
            id = known[text] = max(known.values()) + 1
            conn.execute(f"INSERT INTO {table} VALUES (?, ?)", (id, text))
        return id

    return number


def _item_numbering(conn: sqlite3.Connection) -> Callable[[str, str], int]:
    known: dict[tuple[str, str], int] = {}

    def number(key: str, name: str) -> int:
        id = known.get((key, name))
        if id is None:
            id = known[key, name] = len(known) + 1
            conn.execute("INSERT INTO items VALUES (?, ?, ?)", (id, key, name))
        return id

    return number


# ---------------------------------------------------------------------------------------------- words


def write_words(count: int, path: Path) -> None:
    """The full text of so many reports, alone in a file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        for pragma in BULK:
            conn.execute(f"PRAGMA {pragma}")
        for sql in schema.FULL_TEXT:
            conn.execute(sql)
        conn.execute("BEGIN")
        conn.execute("INSERT INTO sentences_fts (sentences_fts, rank) VALUES ('hashsize', ?)", (WORDS_IN_MEMORY,))
        insert = "INSERT INTO sentences_fts (rowid, tokens) VALUES (?, ?)"
        sentence = 1
        for batch in _batches(reports(count)):
            rows = list(enumerate((line for report in batch for line in tokens(report)), start=sentence))
            assert len(rows) == sum(map(line_count, batch))
            conn.executemany(insert, rows)
            sentence += len(rows)
        conn.execute("DELETE FROM sentences_fts_config WHERE k = 'hashsize'")
        conn.execute("COMMIT")


def _take_words(conn: sqlite3.Connection, words: Path) -> None:
    conn.execute("ATTACH ? AS words", (str(words),))
    conn.execute("BEGIN")
    for table in ("sentences_fts_data", "sentences_fts_idx", "sentences_fts_config"):
        conn.execute(f"DELETE FROM main.{table}")
        conn.execute(f"INSERT INTO main.{table} SELECT * FROM words.{table}")
    conn.execute("COMMIT")
    conn.execute("DETACH words")


def main() -> None:
    """Build one index and say how long it took."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("count", type=int)
    arguments.add_argument("path", type=Path)
    given = arguments.parse_args()
    seconds = build(given.count, given.path)
    size = given.path.stat().st_size
    print(f"{given.count} reports, {size / 2**20:.0f} MB, {seconds:.1f} s ({given.count / seconds:.0f} reports/s)")


if __name__ == "__main__":
    main()
