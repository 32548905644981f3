"""Looking an index over: a sound one is clean, and every kind of damage is told in plain Chinese."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from index.admin.check import problems
from index.build import load
from index.store.check import FOREIGN, INDEXES, TABLES

ROOT = Path(__file__).resolve().parent.parent
FIRST = "01_上党区2023年财政总决算分析.md"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("check") / "index.db"
    load([ROOT / "data" / "reports"], db, jobs=1)
    return db


@pytest.fixture
def db(loaded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(loaded, tmp_path / "index.db"))


def run(db: Path, sql: str) -> None:
    conn = sqlite3.connect(db)
    conn.executescript(sql)
    conn.close()


def test_a_sound_index_is_clean(db: Path) -> None:
    before = db.read_bytes()
    assert problems(db) == []
    assert problems(db, documents=[FIRST]) == []
    assert problems(db, deep=True) == []
    assert db.read_bytes() == before


DOCUMENT = "(SELECT id FROM documents WHERE name LIKE '01_%')"
SENTENCE = "(SELECT first_sentence FROM documents WHERE name LIKE '01_%')"
LAST = "(SELECT last_sentence FROM documents WHERE name LIKE '01_%')"
MONEY = f"""(SELECT f.id FROM facts f JOIN codes k ON k.id = f.kind
    WHERE k.text = 'money' AND f.number IS NOT NULL AND f.id >= {SENTENCE} << 16 LIMIT 1)"""

# what is done to the rows of the first report -> what is said
DAMAGES = [
    (f"DELETE FROM facts WHERE id = {MONEY}", "应有 .* 个数据点，实有"),
    (f"UPDATE facts SET start = 9999, \"end\" = 10000 WHERE id = {MONEY}", "位置不在句子里"),
    (f"UPDATE facts SET start = -1 WHERE id = {MONEY}", "位置不在句子里"),
    (f"UPDATE facts SET start = start + 1 WHERE id = {MONEY}", "与原句不符"),
    (f"UPDATE facts SET number = '12', amount = 12.0 WHERE id = {MONEY}", "原句是“.*”，存的是 12"),
    (f"UPDATE facts SET number = '1e' WHERE id = {MONEY}", "读不出来"),
    (f"UPDATE facts SET number = 'NaN' WHERE id = {MONEY}", "排序用的数不同"),
    (f"UPDATE facts SET amount = 7 WHERE id = {MONEY}", "排序用的数不同"),
    (f"UPDATE facts SET number = NULL WHERE id = {MONEY}", "没有数，却有"),
    (f"UPDATE facts SET item = 99999 WHERE id = {MONEY}", "编号在 items 表里没有"),
    (f"UPDATE facts SET parent = 99999 WHERE id = {MONEY}", "编号在 names 表里没有"),
    (f"UPDATE facts SET region = 99999 WHERE id = {MONEY}", "编号在 regions 表里没有"),
    (f"UPDATE facts SET region = 0 WHERE id = {MONEY}", "按地区年份登记的数据点与实有的不符"),
    (f"UPDATE sentences SET text = ' ' || text WHERE id = {MONEY} >> 16", "与原句不符"),
    (f"UPDATE sentences SET text = '' WHERE id = {MONEY} >> 16", "位置不在句子里"),
    (f"DELETE FROM sentences WHERE id = {LAST}", "个句子，实有"),
    (f"UPDATE sentences SET document = 99 WHERE id = {LAST}", "别的文档名下"),
    (f"UPDATE sentences SET section = 99999 WHERE id = {LAST}", "标题、表头或类别"),
    (f"UPDATE sentences SET header = 99999 WHERE id = {LAST}", "标题、表头或类别"),
    (f"UPDATE sentences SET text = '全新的一句没有索引过的话' WHERE id = {LAST}", "全文检索找不到|与原句不符|位置不在"),
    ("DELETE FROM sections WHERE id = (SELECT first_section FROM documents WHERE name LIKE '01_%')", "个标题，实有"),
    ("DELETE FROM sentences_fts_data WHERE id > 10", "全文检索找不到|损坏"),
    (f"INSERT INTO missed SELECT {SENTENCE}, value, value + 1 FROM (WITH RECURSIVE n(value) AS (SELECT 100 UNION ALL "
     "SELECT value + 1 FROM n WHERE value < 300) SELECT value FROM n)", "未读懂的数字登记"),
]  # fmt: skip
REGISTERS = [
    (f"UPDATE coverage SET facts = facts + 1 WHERE document = {DOCUMENT}", "按地区年份登记的数据点与文档登记的"),
    (f"DELETE FROM coverage WHERE document = {DOCUMENT}", "按地区年份登记的数据点与文档登记的"),
    ("INSERT INTO coverage VALUES (0, 2023, 999, 3)", "不存在的文档"),
    (
        f"UPDATE documents SET last_sentence = last_sentence + 5 WHERE id = {DOCUMENT}",
        "句子编号重叠|编号计数|个句子，实有",
    ),
    (f"UPDATE documents SET region = 999 WHERE id = {DOCUMENT}", "地区表里没有"),
    ("UPDATE counters SET next = 3", "再载入会覆盖"),
    ("DELETE FROM version", "版本记录应为一行"),
    ("UPDATE version SET changes = 'x'", "版本记录读不出来"),
    ('UPDATE version SET changes = \'{"documents": 1, "facts": 2}\'', "登记 1 份报告"),
    (f"DELETE FROM documents WHERE id = {DOCUMENT}", "不存在的文档"),
    ("DROP INDEX facts_item", "缺少表或索引：facts_item"),
    ("DROP TABLE missed", "缺少表或索引：missed"),
]


@pytest.mark.parametrize("sql, said", DAMAGES)
def test_a_damaged_document(db: Path, sql: str, said: str) -> None:
    run(db, sql)
    for found in (problems(db, deep=True), problems(db, documents=[FIRST])):
        assert any(re.search(said, line) for line in found), found
    assert all("\n" not in line for line in found)


@pytest.mark.parametrize("sql, said", REGISTERS)
def test_damaged_registers_are_seen_by_the_quick_form_too(db: Path, sql: str, said: str) -> None:
    run(db, sql)
    assert any(re.search(said, line) for line in problems(db)), problems(db)


def test_rows_of_no_document(db: Path) -> None:
    run(db, "INSERT INTO sentences SELECT 999999, document, section, page, kind, header, text FROM sentences LIMIT 1")
    assert problems(db) == []
    assert any("句子共" in line for line in problems(db, deep=True))


def test_a_document_that_should_be_there(db: Path) -> None:
    assert problems(db, documents=["没有.txt"]) == ["没有.txt：应在索引里，却没有"]


def test_many_problems_are_cut_and_counted(db: Path) -> None:
    run(db, "UPDATE documents SET name = name || id; INSERT INTO documents SELECT id + 1000, name || 'x', path, "
            "sha256 || 'x', options, media, kind, title, issuer, region, year, plan_year, ocr, loaded_at, warnings, "
            "facts, missed, first_sentence, last_sentence, first_section, last_section, owner, "
            "owner_kind FROM documents")  # fmt: skip
    names = [f"{number}.txt" for number in range(80)]
    found = problems(db, documents=names)
    assert len(found) == 51 and found[-1].startswith("……另有 ")


@pytest.mark.parametrize("at", [0, 3000, 40_000, 200_000])
def test_bytes_overwritten(db: Path, at: int) -> None:
    content = bytearray(db.read_bytes())
    content[at : at + 9000] = b"\xa5" * 9000
    db.write_bytes(content)
    assert problems(db, deep=True)


@pytest.mark.parametrize("keep", [0, 10, 4096, 100_000])
def test_a_file_cut_short(db: Path, keep: int) -> None:
    db.write_bytes(db.read_bytes()[:keep])
    assert problems(db, deep=True)


def test_another_database_and_none(tmp_path: Path) -> None:
    run(tmp_path / "other.db", "CREATE TABLE t (x)")
    assert "不是本程序的索引" in problems(tmp_path / "other.db")[0]
    assert "还没有索引" in problems(tmp_path / "none.db")[0]


def test_all_tables_and_columns_are_looked_at(db: Path) -> None:
    """A table, an index or a reference added to the schema has to be added to the check."""
    conn = sqlite3.connect(db)
    names = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")}
    columns = {row[1] for row in conn.execute("PRAGMA table_info(facts)")}
    conn.close()
    extra = {name for name in names if name.startswith(("sentences_fts_", "_sqlite", "idx__sqlite"))}
    assert names - extra == {*TABLES, *INDEXES}
    own = {"id", "year", "amount", "start", "end", "number", "label"}
    assert columns - own == {name for group in FOREIGN.values() for name in group}
