"""Looking an index over: what SQLite says of its file, and whether its tables agree with each other.

    with Inspection(Path("data/index.db")) as found:
        found.file()                      -> lines of Chinese, none if all is well
        found.document(document)          -> the same for the rows of one document

Nothing is changed.  Each method reads either a few small tables or the rows of one document, except ``file`` and
``orphans``, which read everything.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from index.store.connect import LATEST, open_reader, translated, version
from index.store.fulltext import HAN, match_any, query_tokens
from index.store.schema import FACT_BITS

SMALL_TABLES: Final = ("documents", "coverage", "regions", "codes", "counters", "version")
TABLES: Final = (*SMALL_TABLES, "names", "items", "sections", "sentences", "facts", "missed", "sentences_fts")
INDEXES: Final = ("documents_region", "facts_place", "facts_item", "coverage_document", "coverage_year")
MOST_LINES: Final = 20
SAMPLED: Final = 8  # sentences of a document that are looked up in the full text
# Columns of facts that hold the number of a row of another table.
FOREIGN: Final = {
    "regions": ("region",),
    "items": ("item",),
    "names": ("parent", "owner", "qualifiers"),
    "codes": ("measure", "scope", "account", "flow", "period", "kind", "unit", "scope_words", "rule", "flags"),
}
_MEASURED: Final = "SELECT count(*) FROM facts WHERE id >= ? AND id < ?"


@dataclass(frozen=True, slots=True)
class Checked:
    """A document's row, as far as it is checked."""

    id: int
    name: str
    facts: int
    missed: int
    first_sentence: int
    last_sentence: int
    first_section: int
    last_section: int

    @property
    def fact_range(self) -> tuple[int, int]:
        """The ids its facts may have, the second exclusive."""
        return self.first_sentence << FACT_BITS, (self.last_sentence + 1) << FACT_BITS


@dataclass(frozen=True, slots=True)
class CheckedFact:
    """A figure with what it was made of."""

    id: int
    text: str
    start: int
    end: int
    kind: str
    unit: str
    number: str | None
    amount: float | None


class Inspection:
    """An index opened for looking over.  Opening raises IndexUnavailable, IndexDamaged, IndexTooNew."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._conn = open_reader(path)

    def close(self) -> None:
        """Let go of the file."""
        self._conn.close()

    def __enter__(self) -> Inspection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------------------------------------ the whole

    def file(self, *, whole: bool = True) -> list[str]:
        """What SQLite finds wrong in the file; not ``whole``: in the small tables only."""
        lines: list[str] = []
        for table in [""] if whole else SMALL_TABLES:
            sql = f"PRAGMA quick_check({table or MOST_LINES})"
            lines += [str(row[0]) for row in self._rows(sql) if row[0] != "ok"]
        return [f"数据库文件损坏：{' '.join(line.split())}" for line in lines]

    def structure(self) -> list[str]:
        """Schema version, tables, indexes."""
        number = version(self._conn, self.path)
        lines = [] if number == LATEST else [f"索引结构是第 {number} 版，应为第 {LATEST} 版"]
        there = {row[0] for row in self._rows("SELECT name FROM sqlite_master")}
        missing = [name for name in (*TABLES, *INDEXES) if name not in there]
        return [*lines, *(f"缺少表或索引：{name}" for name in missing)]

    def documents(self) -> list[Checked]:
        """All documents, in the order of their sentences."""
        sql = """SELECT id, name, facts, missed, first_sentence, last_sentence, first_section, last_section
            FROM documents ORDER BY first_sentence, id"""
        return [Checked(*row) for row in self._rows(sql)]

    def registers(self, documents: Sequence[Checked]) -> list[str]:
        """The small tables against each other: ranges, counters, coverage."""
        lines: list[str] = []
        for what, ranges in (
            ("句子", [(one.first_sentence, one.last_sentence, one.name) for one in documents]),
            ("标题", sorted((one.first_section, one.last_section, one.name) for one in documents)),
        ):
            lines += _overlapping(what, [one for one in ranges if one[0] <= one[1]])
        next_free = dict(self._rows("SELECT name, next FROM counters"))
        for name, last in (
            ("sentence", max((one.last_sentence for one in documents), default=0)),
            ("section", max((one.last_section for one in documents), default=0)),
        ):
            if not isinstance(next_free.get(name), int) or next_free[name] <= last:
                lines.append(f"编号计数 {name} 为 {next_free.get(name)}，已用到 {last}，再载入会覆盖已有内容")
        told = dict(self._rows("SELECT document, sum(facts) FROM coverage GROUP BY document"))
        for one in documents:
            if told.pop(one.id, 0) != one.facts:
                lines.append(f"{one.name}：按地区年份登记的数据点与文档登记的 {one.facts} 个不符")
        if told:
            lines.append(f"地区年份登记里有 {len(told)} 份不存在的文档")
        if self._count("SELECT count(*) FROM documents d LEFT JOIN regions r ON r.id = d.region WHERE r.id IS NULL"):
            lines.append("有文档的地区编号在地区表里没有")
        return lines

    def version(self, documents: Sequence[Checked]) -> list[str]:
        """What the version says of itself against what there is."""
        rows = self._rows("SELECT number, changes FROM version")
        if len(rows) != 1:
            return [f"版本记录应为一行，现有 {len(rows)} 行"]
        number, changes = rows[0]
        try:
            told = json.loads(changes)
            held = (told.get("documents"), told.get("facts"))
        except (ValueError, AttributeError, TypeError):
            return ["版本记录读不出来"]
        there = (len(documents), sum(one.facts for one in documents))
        if number and held != there:
            return [f"第 {number} 版登记 {held[0]} 份报告、{held[1]} 个数据点，现有 {there[0]} 份、{there[1]} 个"]
        return []

    def orphans(self, documents: Sequence[Checked]) -> list[str]:
        """Rows that belong to no document; reads whole tables."""
        lines = []
        sentences = sum(max(0, one.last_sentence - one.first_sentence + 1) for one in documents)
        sections = sum(max(0, one.last_section - one.first_section + 1) for one in documents)
        for what, sql, there in (
            ("句子", "SELECT count(*) FROM sentences", sentences),
            ("标题", "SELECT count(*) FROM sections", sections),
            ("数据点", "SELECT count(*) FROM facts", sum(one.facts for one in documents)),
        ):
            count = self._count(sql)
            if count != there:
                lines.append(f"{what}共 {count} 行，各文档登记合计 {there} 行")
        stray = self._count(
            "SELECT count(*) FROM missed m LEFT JOIN sentences s ON s.id = m.sentence WHERE s.id IS NULL"
        )
        return [*lines, f"未读懂的数字有 {stray} 个不在任何句子里"] if stray else lines

    # ------------------------------------------------------------------------------------------ one document

    def document(self, one: Checked) -> list[str]:
        """The rows of a document against its own row and each other."""
        lines = [*self._counts(one), *self._foreign(one), *self._coverage(one), *self._full_text(one)]
        return [f"{one.name}：{line}" for line in lines]

    def facts(self, one: Checked) -> Iterator[CheckedFact]:
        """The facts of a document with the text they were read from."""
        sql = """SELECT f.id, s.text, f.start, f."end", k.text, u.text, f.number, f.amount FROM facts f
            CROSS JOIN sentences s ON s.id = f.id >> ? CROSS JOIN codes k ON k.id = f.kind
            CROSS JOIN codes u ON u.id = f.unit WHERE f.id >= ? AND f.id < ?"""
        with translated(self.path):
            for row in self._conn.execute(sql, (FACT_BITS, *one.fact_range)):
                yield CheckedFact(*row)

    def _counts(self, one: Checked) -> Iterator[str]:
        first, last = one.first_sentence, one.last_sentence
        sentences = self._count("SELECT count(*) FROM sentences WHERE id BETWEEN ? AND ?", first, last)
        if sentences != last - first + 1:
            yield f"应有 {last - first + 1} 个句子，实有 {sentences} 个"
        if self._count(
            "SELECT count(*) FROM sentences WHERE id BETWEEN ? AND ? AND document <> ?", first, last, one.id
        ):
            yield "有句子记在别的文档名下"
        sections = self._count(
            "SELECT count(*) FROM sections WHERE id BETWEEN ? AND ?", one.first_section, one.last_section
        )
        if sections != one.last_section - one.first_section + 1:
            yield f"应有 {one.last_section - one.first_section + 1} 个标题，实有 {sections} 个"
        facts = self._count(_MEASURED, *one.fact_range)
        if facts != one.facts:
            yield f"应有 {one.facts} 个数据点，实有 {facts} 个"
        missed = self._count("SELECT count(*) FROM missed WHERE sentence BETWEEN ? AND ?", first, last)
        if missed > one.missed:
            yield f"未读懂的数字登记 {one.missed} 个，实有 {missed} 个"

    def _foreign(self, one: Checked) -> Iterator[str]:
        for table, columns in FOREIGN.items():
            missing = " OR ".join(f"NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = f.{name})" for name in columns)
            sql = f"SELECT count(*) FROM facts f WHERE f.id >= ? AND f.id < ? AND ({missing})"
            if count := self._count(sql, *one.fact_range):
                yield f"{count} 个数据点所指的编号在 {table} 表里没有"
        count = self._count(
            """SELECT count(*) FROM facts f LEFT JOIN sentences s ON s.id = f.id >> ?
            WHERE f.id >= ? AND f.id < ? AND s.id IS NULL""",
            FACT_BITS, *one.fact_range,
        )  # fmt: skip
        if count:
            yield f"{count} 个数据点的句子不在了"
        count = self._count(
            """SELECT count(*) FROM sentences s LEFT JOIN codes k ON k.id = s.kind LEFT JOIN names h ON h.id = s.header
            WHERE s.id BETWEEN ? AND ? AND (k.id IS NULL OR h.id IS NULL OR s.section NOT BETWEEN ? AND ?)""",
            one.first_sentence, one.last_sentence, one.first_section, one.last_section,
        )  # fmt: skip
        if count:
            yield f"{count} 个句子所指的标题、表头或类别没有"

    def _coverage(self, one: Checked) -> Iterator[str]:
        told = self._rows("SELECT region, year, facts FROM coverage WHERE document = ? AND facts > 0", one.id)
        there = self._rows(
            "SELECT region, year, count(*) FROM facts WHERE id >= ? AND id < ? GROUP BY region, year", *one.fact_range
        )
        if sorted(told) != sorted(there):
            yield "按地区年份登记的数据点与实有的不符"

    def _full_text(self, one: Checked) -> Iterator[str]:
        """A few sentences, from the first to the last, must be found by their own words."""
        step = max(1, (one.last_sentence - one.first_sentence) // (SAMPLED - 1))
        sql = "SELECT id, text FROM sentences WHERE id BETWEEN ? AND ? AND (id - ?) % ? = 0"
        lost = 0
        for id, text in self._rows(sql, one.first_sentence, one.last_sentence, one.first_sentence, step):
            words = [word for word in query_tokens(text) if word[0] >= HAN[0]][:4]
            if not words:
                continue
            asked = match_any(words).replace(" OR ", " AND ")
            lost += not self._rows("SELECT 1 FROM sentences_fts WHERE sentences_fts MATCH ? AND rowid = ?", asked, id)
        if lost:
            yield f"抽查的句子里有 {lost} 个全文检索找不到"

    # ------------------------------------------------------------------------------------------ SQL

    def _count(self, sql: str, *values: int) -> int:
        return int(self._rows(sql, *values)[0][0])

    def _rows(self, sql: str, *values: Any) -> list[Any]:
        with translated(self.path):
            return self._conn.execute(sql, values).fetchall()


def damage(error: Exception) -> bool:
    """Whether an error is what reading a damaged file comes to."""
    return isinstance(error, sqlite3.Error | TypeError | ValueError | ArithmeticError)


def _overlapping(what: str, ranges: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    for (_, last, name), (first, _, other) in itertools.pairwise(ranges):
        if first <= last:
            yield f"{name} 与 {other} 的{what}编号重叠"
