"""What an index holds: documents, places, years, items; each by one short SQL statement.

``Catalogue("yusuan.db").years("140404")`` gives [2022, 2023].  At 100,000 reports a list of all documents takes a
second to make, so there are questions for what is mostly wanted of it: how many, which places, a place's newest year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from index.models import EARLIEST, IN_THEIR_YEAR, Region
from index.store.connect import is_finished, open_reader, translated
from index.store.rows import CodeBook, Kept, Shelves, StoredDocument, StoredItem, document, region, source

Value = str | int
T = TypeVar("T")

CHUNK: Final = 10_000

DOCUMENTS: Final = """
    SELECT d.id, d.name, d.path, d.sha256, d.media, d.kind, d.title, d.issuer, r.code, r.full_name, d.year, d.plan_year,
        d.ocr, d.loaded_at, d.warnings, d.facts, d.missed, d.first_sentence, d.last_sentence, d.owner,
        d.owner_kind
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
    "open": "f.item IN (SELECT id FROM items WHERE name IN ({}))",
    "measure": "f.measure IN ({})",
    "scope": "f.scope IN ({})",
    "account": "f.account IN ({})",
    "owner": "f.owner IN (SELECT id FROM names WHERE text IN ({}))",
}


REGIONS: Final = "SELECT id, code, name, full_name, level, parent FROM regions"
SOURCES: Final = "SELECT id, name, title, kind, ocr, first_sentence, last_sentence FROM documents"


_PRESENT = ", ".join(f"'{kind}'" for kind in IN_THEIR_YEAR)
_PLANNED = f"CASE WHEN kind IN ({_PRESENT}) THEN NULL ELSE plan_year END"


class Catalogue:
    """An index opened for reading.  Opening raises IndexUnavailable, IndexDamaged or IndexTooNew."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        before = _identity(self.path)
        self._conn = open_reader(path)
        self._snapshot = before if is_finished(self.path) and before == _identity(self.path) else None
        self._codes = CodeBook(self.rows)
        self._shelves = Shelves(
            self._codes,
            Kept(lambda ids: self._by_ids("SELECT id, text FROM names", ids)),
            Kept(lambda ids: ((row[0], row[1:]) for row in self._by_ids("SELECT id, key, name FROM items", ids))),
            Kept(lambda ids: ((row[0], region(row[1:])) for row in self._by_ids(REGIONS, ids))),
            Kept(lambda ids: ((row[0], source(row)) for row in self._by_ids(SOURCES, ids))),
            Kept(lambda ids: self._by_ids("SELECT id, title FROM sections", ids)),
        )

    def snapshot(self) -> object:
        """Equal for all who have the same finished version open; None for an index that is written in place."""
        return self._snapshot

    def close(self) -> None:
        """Let go of the file."""
        self._conn.close()

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

    # ------------------------------------------------------------------------------------------ documents

    def documents(self) -> list[StoredDocument]:
        """All documents in the order of loading."""
        return [document(row) for row in self.rows(DOCUMENTS + " ORDER BY d.first_sentence")]

    def documents_of(self, region_codes: Sequence[str], years: Sequence[int] | None = None) -> list[StoredDocument]:
        """Documents that are about these places or hold facts of them (in these years): where to look for text."""
        where, values = conditions(region=region_codes, year=years)
        sql = f"{DOCUMENTS} WHERE d.id IN (SELECT f.document FROM coverage f WHERE {where}) ORDER BY d.first_sentence"
        return [document(row) for row in self.rows(sql, values)]

    def document_count(self) -> int:
        """How many documents there are."""
        return int(self.rows("SELECT count(*) FROM documents")[0][0])

    def document_named(self, name: str) -> StoredDocument | None:
        """The document of this name."""
        rows = self.rows(f"{DOCUMENTS} WHERE d.name = ?", [name])
        return document(rows[0]) if rows else None

    def first_documents(self, limit: int, *, largest: bool = False) -> list[StoredDocument]:
        """The first so many in the order of loading, or of the number of their facts."""
        order = "d.facts DESC, d.first_sentence" if largest else "d.first_sentence"
        return [document(row) for row in self.rows(f"{DOCUMENTS} ORDER BY {order} LIMIT ?", [limit])]

    def documents_about(self, region_codes: Sequence[str]) -> list[StoredDocument]:
        """The documents that are reports of these places, in the order of loading."""
        where = f"r.code IN ({marks(region_codes)})"
        return [
            document(row) for row in self.rows(f"{DOCUMENTS} WHERE {where} ORDER BY d.first_sentence", region_codes)
        ]

    def documents_named_with(self, words: Sequence[str], limit: int) -> list[StoredDocument]:
        """The first documents whose name or title has one of these words: a pass over their names, no index helps."""
        where = " OR ".join("instr(d.name, ?) OR instr(d.title, ?)" for _ in words) or "0"
        sql = f"{DOCUMENTS} WHERE {where} ORDER BY d.first_sentence LIMIT ?"
        return [document(row) for row in self.rows(sql, [*(word for one in words for word in (one, one)), limit])]

    def document_years(self, region_code: str) -> list[tuple[int, int | None, int | None]]:
        """Id, year and the year after (unless it is of the present) of a place's own documents."""
        sql = f"""SELECT id, year, {_PLANNED} FROM documents WHERE region = (SELECT id FROM regions WHERE code = ?)
            ORDER BY first_sentence"""
        return [(row[0], row[1], row[2]) for row in self.rows(sql, [region_code])]

    def names_with(self, word: str) -> list[str]:
        """The names, of the lexicon or the reports' own, that contain a word."""
        return [row[0] for row in self.rows("SELECT DISTINCT name FROM items WHERE instr(name, ?)", [word])]

    def count_facts(self, region_code: str, years: Sequence[int]) -> int:
        """How many facts a place has in some years."""
        where, values = conditions(region=[region_code], year=years)
        return int(self.rows(f"SELECT total(f.facts) FROM coverage f WHERE {where}", values)[0][0])

    def newest_years(self) -> tuple[int | None, int | None]:
        """The newest year, and the newest plan year, of any document."""
        return self.rows(f"SELECT max(year), max({_PLANNED}) FROM documents")[0]

    def last_loaded(self) -> str:
        """When a document was loaded last, "" without any."""
        return str(self.rows("SELECT max(loaded_at) FROM documents")[0][0] or "")

    def owners(self) -> list[tuple[str, str]]:
        """Code and full name of the places that have documents of their own, in the order of their first one."""
        sql = """SELECT r.code, r.full_name
            FROM (SELECT region, min(first_sentence) AS first FROM documents GROUP BY region) AS d
            CROSS JOIN regions r ON r.id = d.region ORDER BY d.first"""
        return [(row[0], row[1]) for row in self.rows(sql)]

    def papers(self) -> list[tuple[str, str, str, str]]:
        """Name, title, region and owner of the documents that are or call themselves a department's or unit's."""
        kinds = [f"d.{column} LIKE '%{kind}%算%'" for column in ("name", "title") for kind in ("部门", "单位")]
        sql = f"""SELECT d.name, d.title, r.code, iif(d.owner_kind IN ('department', 'unit'), d.owner, '')
            FROM documents d JOIN regions r ON r.id = d.region
            WHERE d.owner_kind IN ('department', 'unit') OR {" OR ".join(kinds)} ORDER BY d.id"""
        return [(row[0], row[1], row[2], row[3]) for row in self.rows(sql)]

    def owners_named(self, region_codes: Sequence[str] | None = None) -> list[tuple[str, str]]:
        """Name and region of the departments, units and funds that have papers of their own (in these places)."""
        where = f"r.code IN ({marks(region_codes)})" if region_codes is not None else "1"
        sql = f"""SELECT DISTINCT d.owner, r.code FROM documents d JOIN regions r ON r.id = d.region
            WHERE d.owner <> '' AND {where} ORDER BY d.owner, r.code"""
        return [(row[0], row[1]) for row in self.rows(sql, region_codes or ())]

    # ------------------------------------------------------------------------------------------ places, years, items

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
        """Years with facts of a place (of any place), ascending; what no report gives a year has none here."""
        return [year for year in self._years(region_code) if year >= EARLIEST]

    def _years(self, region_code: str | None) -> list[int]:
        if region_code is None:
            return [row[0] for row in self.rows(YEARS)]
        sql = """SELECT DISTINCT year FROM coverage WHERE region = (SELECT id FROM regions WHERE code = ?) AND facts > 0
            ORDER BY year"""
        return [row[0] for row in self.rows(sql, [region_code])]

    def items(self, region_code: str, year: int | None = None) -> list[StoredItem]:
        """What a place has facts of (in a year), the most frequent first; ``key`` is "" for the report's own words."""
        years = self._years(region_code) if year is None else [year]
        where, values = conditions(region=[region_code], year=years)
        sql = f"""SELECT i.key, i.name, t.n FROM (SELECT f.item, count(*) AS n FROM facts f INDEXED BY facts_place
            WHERE {where} GROUP BY f.item) AS t CROSS JOIN items i ON i.id = t.item ORDER BY t.n DESC, i.key, i.name"""
        return [StoredItem(*row) for row in self.rows(sql, values)]

    # ------------------------------------------------------------------------------------------ SQL

    def _by_ids(self, select: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        return [row for some in chunks(list(ids)) for row in self.rows(f"{select} WHERE id IN ({marks(some)})", some)]

    def rows(self, sql: str, values: Sequence[Value | float] = ()) -> list[tuple[Any, ...]]:
        """The rows of a statement of this package."""
        with translated(self.path):
            return self._conn.execute(sql, values).fetchall()


def _identity(path: Path) -> tuple[object, ...] | None:
    """Which file it is, and which state of it."""
    try:
        status = path.stat()
    except OSError:
        return None
    return str(path.absolute()), status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size


def conditions(**slots: Sequence[Value] | None) -> tuple[str, list[Value]]:
    """Conditions on ``f`` for the slots that are not None, and their values."""
    asked = {name: values for name, values in slots.items() if values is not None}
    where = " AND ".join(SLOTS[name].format(marks(values)) for name, values in asked.items())
    return where or "1", [value for values in asked.values() for value in values]


def marks(values: Sequence[Value]) -> str:
    """A question mark for each value."""
    return ", ".join("?" * len(values))


def chunks(ids: list[T]) -> Iterable[list[T]]:
    """Ids in parts: SQLite takes 32,766 values in a statement."""
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
