"""The index: what is written comes back, in one piece or not at all, whoever else reads or writes."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from index.errors import IndexDamaged, IndexTooNew, IndexUnavailable
from index.models import Document, Fact, Line, Missed, Parsed, Period, Region, Section, Sentence, Subject
from index.store import connect, migrations, rows
from index.store.connect import open_reader, open_writer
from index.store.lookup import Index, sentence_id
from index.store.write import known, store

ROOT = Path(__file__).resolve().parent.parent

SHANGDANG = Region("140404", "上党区", "长治市上党区", "county", "140400")
XIGONG = Region("410303", "西工区", "洛阳市西工区", "county", "410300")
TEXTS = (
    "二、支出情况",
    "教育支出56917万元，预算59325万元，完成95.94%，同比增长6.75%。",
    "乡村道路修缮项目支出8.57亿元，惠及301户。",
    "国防支出*万元。",
)


def make_fact(value: str, sentence: int, **slots: object) -> Fact:
    """教育支出的决算数 unless told otherwise; the value's place is looked up in TEXTS."""
    start = TEXTS[sentence].index(value)
    fact = Fact(
        region="140404", scope="whole", scope_words="全区", period=Period.year(2023), account="general_public",
        flow="expenditure", item="教育支出", key="gp-205", parent="", label="教育支出", measure="actual", kind="money",
        value=value, unit="万元", number=Decimal(569170000), sentence=sentence, start=start, end=start + len(value),
        rule="amount",
    )  # fmt: skip
    return replace(fact, **slots)  # type: ignore[arg-type]


FACTS = (
    make_fact("56917", 1),
    make_fact("59325", 1, measure="budget", number=Decimal("593250000.00")),
    make_fact("95.94", 1, measure="completion", kind="percent", unit="%", number=Decimal("95.94"), flags=("a", "b")),
    make_fact("6.75", 1, measure="yoy_pct", kind="percent", unit="%", number=Decimal("6.75"), scope="own"),
    make_fact("8.57", 2, item="乡村道路修缮", key="", unit="亿元", number=Decimal("857000000"), parent="交通运输支出"),
    make_fact("301", 2, item="乡村道路修缮", key="", unit="户", kind="count", number=Decimal(301), measure="count",
              owner="上党区公安局", qualifiers=(("recipient", "城关镇"), ("excludes", "高新区"))),
    make_fact("*", 3, item="国防支出", key="gp-203", number=None, period=Period(2023, 2023, 1, 6), account=""),
)  # fmt: skip


def make_parsed(
    name: str = "上党.txt",
    content: str = "1",
    region: Region | None = SHANGDANG,
    facts: tuple[Fact, ...] = FACTS,
    texts: tuple[str, ...] = TEXTS,
    year: int | None = 2023,
) -> Parsed:
    """A small report; other ``content`` stands for a changed file."""
    document = Document(name, sha256(content.encode()).hexdigest(), "txt", (Line(texts[0]),), warnings=("编码不明",))
    sections = (Section(0, None, 1, "一、收入情况"), Section(1, 0, 2, texts[0]))
    sentences = tuple(
        Sentence(i, 1, 3 if i else None, "heading" if not i else "text", text, "") for i, text in enumerate(texts)
    )
    subject = Subject(region, year, 2024, "决算报告", "2023年总决算", "财政局")
    return Parsed(document, subject, sections, sentences, facts, (Missed(2, 0, 2),), ("一个警告",))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "yusuan.db"


def values(index: Index, *slots: object, **named: object) -> list[str]:
    return [stored.fact.value for stored in index.facts(*slots, **named)]  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------- round trip


def test_what_is_written_comes_back(db: Path) -> None:
    result = store(db, make_parsed(), path="/a/上党.txt")
    assert (result.changed, result.replaced, result.facts, result.sentences) == (True, False, 7, 4)
    with Index(db) as index:
        found = index.facts(["140404"])
        assert tuple(stored.fact for stored in found) == FACTS
        assert [str(stored.fact.number) for stored in found[:2]] == ["569170000", "593250000.00"]
        stored = found[0]
        assert stored.region == SHANGDANG
        assert (stored.document, stored.title, stored.doc_kind, stored.page) == (
            "上党.txt",
            "2023年总决算",
            "决算报告",
            3,
        )
        assert (stored.section, stored.text, stored.ocr) == (TEXTS[0], TEXTS[1], False)
        (document,) = index.documents()
        assert (document.region_code, document.year, document.plan_year, document.facts) == ("140404", 2023, 2024, 7)
        assert document.warnings == ("编码不明", "一个警告")
        assert document.missed == 1


# slots after the region -> values, in the order of the report
LOOKUPS: list[tuple[dict[str, object], list[str]]] = [
    ({"keys": ["gp-205"]}, ["56917", "59325", "95.94", "6.75"]),
    ({"keys": ["gp-205"], "measures": ["actual", "budget"]}, ["56917", "59325"]),
    ({"keys": ["gp-205"], "scopes": ["own"]}, ["6.75"]),
    ({"keys": ["gp-205", "gp-203"], "measures": ["actual"]}, ["56917", "*"]),
    ({"accounts": [""]}, ["*"]),
    ({"names": ["乡村道路修缮"]}, ["8.57", "301"]),
    ({"years": [2023], "measures": ["count"]}, ["301"]),
    ({"years": [2024]}, []),
    ({"years": []}, []),
    ({"keys": []}, []),
    ({"measures": ["rank"]}, []),
    ({"keys": ["nothing"]}, []),
]


@pytest.mark.parametrize("slots, expected", LOOKUPS)
def test_facts_by_slots(db: Path, slots: dict[str, object], expected: list[str]) -> None:
    store(db, make_parsed())
    with Index(db) as index:
        assert values(index, ["140404"], **slots) == expected
        assert values(index, ["410303"], **slots) == []


def test_all_places(db: Path) -> None:
    store(db, make_parsed())
    west = tuple(replace(fact, region="410303") for fact in FACTS)
    store(db, make_parsed("西工.txt", "2", XIGONG, west))
    with Index(db) as index:
        found = index.facts(None, [2023], ["gp-205"], ["actual"])
        assert [stored.region.full_name for stored in found] == ["长治市上党区", "洛阳市西工区"]
        assert [region.code for region in index.regions()] == ["140404", "410303"]
        assert index.has_region("410303")
        assert not index.has_region("110000")
        assert index.years("140404") == index.years() == [2023]
        assert [d.name for d in index.documents_of(["410303"], [2024])] == ["西工.txt"]
        assert [d.name for d in index.documents_of(["410303", "140404"])] == ["上党.txt", "西工.txt"]


def test_open_items_and_counts(db: Path) -> None:
    store(db, make_parsed())
    with Index(db) as index:
        assert [stored.fact.value for stored in index.open_facts(["140404"], [2023])] == ["8.57", "301"]
        assert [stored.fact.value for stored in index.open_facts(["140404"])] == ["8.57", "301"]
        assert [(item.key, item.facts) for item in index.items("140404", 2023)] == [
            ("gp-205", 4),
            ("", 2),
            ("gp-203", 1),
        ]
        assert index.items("140404", 2022) == []


def test_facts_of_a_sentence_and_by_id(db: Path) -> None:
    store(db, make_parsed())
    with Index(db) as index:
        last = index.facts(["140404"], names=["乡村道路修缮"])[-1]
        together = index.facts_of_sentences([sentence_id(last.id)])
        assert [stored.fact.value for stored in together] == ["8.57", "301"]
        assert index.facts_by_ids([last.id, 0, last.id]) == [last]
        assert index.facts_by_ids([]) == index.facts_of_sentences([]) == []


def test_facts_of_a_sentence_of_another_year_or_place(db: Path) -> None:
    before = replace(FACTS[1], period=Period.year(2022))
    store(db, make_parsed(facts=(FACTS[0], before)))
    with Index(db) as index:
        ids = [sentence_id(index.facts(["140404"])[0].id)]
        told = [index.facts_of_sentences(ids, place, year) for place, year in (("140404", 2022), ("410303", 2022))]
        assert [[stored.fact.value for stored in some] for some in told] == [["59325"], []]


def test_facts_by_amount_and_by_the_head_of_their_table(db: Path) -> None:
    parsed = make_parsed()
    headed = tuple(replace(one, header="支出 项目") if one.index == 2 else one for one in parsed.sentences)
    store(db, replace(parsed, sentences=headed))
    with Index(db) as index:
        found = index.facts_of_amount("140404", 2023, 569_169_999.0, 600_000_000.0)
        assert [stored.fact.value for stored in found] == ["56917", "59325"]
        assert [stored.fact.value for stored in index.facts_headed("140404", 2023, lambda head: "项目" in head)] == [
            "8.57", "301",
        ]  # fmt: skip
        assert index.facts_headed("140404", 2023, lambda head: False) == []


def test_what_was_read_is_kept_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST_KEPT", 4)
    monkeypatch.setattr(rows, "MOST_AT_ONCE", 3)
    read: list[int] = []

    def look(ids: Sequence[int]) -> list[tuple[int, str]]:
        read.extend(ids)
        return [(id, str(id)) for id in ids if id < 100]

    kept = rows.Kept(look)
    for ids in ([1, 2], [2, 3], [4, 5], [1, 6], [1, 7]):
        assert {id: kept.of(ids)[id] for id in ids} == {id: str(id) for id in ids}
    assert read == [1, 2, 3, 4, 5, 6, 7]  # what is asked for again is not read again
    assert len(kept.of([8, 9, 10, 11])) == 4
    kept.of([8])
    assert read[7:] == [8, 9, 10, 11, 8]  # too many at once to be kept
    assert 100 not in kept.of([100])


def test_top_is_sorted_by_amount(db: Path) -> None:
    for place, amount in enumerate((3, 11, 2)):
        region = Region(f"14040{place}", "区", "市区", "county")
        fact = replace(FACTS[0], region=region.code, number=Decimal(amount))
        store(db, make_parsed(f"{place}.txt", str(place), region, (fact,)))
    with Index(db) as index:
        top = index.top("gp-205", 2023, "actual", ["whole"], 2)
        assert [stored.fact.number for stored in top] == [Decimal(11), Decimal(3)]
        bottom = index.top("gp-205", 2023, "actual", ["whole"], 1, largest=False)
        assert [stored.fact.number for stored in bottom] == [Decimal(2)]


def test_a_county_row_is_a_fact_of_the_county(db: Path) -> None:
    row = replace(FACTS[0], region="140403")
    county = Region("140403", "潞州区", "长治市潞州区", "county", "140400")
    store(db, make_parsed(facts=(FACTS[0], row)), region_of={"140403": county}.get)
    with Index(db) as index:
        (stored,) = index.facts(["140403"])
        assert stored.region == county
        assert len(index.facts(["140404"])) == 1


def test_window_stays_in_its_document(db: Path) -> None:
    store(db, make_parsed())
    store(db, make_parsed("b.txt", "2"))
    with Index(db) as index:
        second = index.documents()[1]
        window = index.sentence_window(second.id, second.first_sentence + 1, 2)
        assert [hit.text for hit in window] == list(TEXTS)
        assert [hit.index for hit in window] == [0, 1, 2, 3]
        assert window[0].kind == "heading"


def test_facts_that_are_not_where_they_say_are_left_out(db: Path) -> None:
    wrong = (
        replace(FACTS[0], start=0, end=2),
        replace(FACTS[0], sentence=99),
        replace(FACTS[0], value="", end=FACTS[0].start),
    )
    result = store(db, make_parsed(facts=(*FACTS, *wrong)))
    assert (result.facts, result.rejected) == (7, 3)


def test_unnamed_region(db: Path) -> None:
    unnamed = tuple(replace(fact, region="") for fact in FACTS)
    store(db, make_parsed(region=None, facts=unnamed))
    with Index(db) as index:
        assert index.regions() == []
        assert len(index.facts([""])) == 7


# ------------------------------------------------------------------------------------------- again


def dump(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, the full text's own ones included."""
    conn = sqlite3.connect(db)
    names = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sentences_fts'").fetchall()
    rows = {name: conn.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names}
    conn.close()
    return rows


def test_the_same_file_changes_nothing(db: Path) -> None:
    store(db, make_parsed())
    before = dump(db)
    result = store(db, make_parsed())
    assert (result.changed, result.facts, result.sentences) == (False, 7, 4)
    assert dump(db) == before


def test_a_changed_file_replaces_its_facts(db: Path) -> None:
    store(db, make_parsed("first.txt", "0", XIGONG, ()))
    store(db, make_parsed())
    texts = ("二、支出情况", "教育支出56918万元。", "科学技术支出12万元。")
    fact = replace(FACTS[0], value="56918", start=4, end=9, number=Decimal(569180000))
    result = store(db, make_parsed(content="new", facts=(fact,), texts=texts))
    assert (result.changed, result.replaced) == (True, True)
    with Index(db) as index:
        assert values(index, ["140404"]) == ["56918"]
        document = index.documents()[1]
        assert len(index.documents()) == 2
        assert [hit.text for hit in index.search(["教育"], [document.id])] == [texts[1]]
        assert index.search(["国防"], [document.id]) == []
        assert index.years("140404") == [2023]


def test_the_same_content_under_another_name_is_refused(db: Path) -> None:
    store(db, make_parsed())
    result = store(db, make_parsed("copy.txt"))
    assert (result.changed, result.duplicate_of) == (False, "上党.txt")
    with Index(db) as index:
        assert len(index.documents()) == 1


def test_other_options_parse_the_same_file_anew(db: Path) -> None:
    store(db, make_parsed(region=None), options="")
    with open_writer(db) as conn:
        document = make_parsed().document
        assert known(conn, document.name, document.sha256, "") is not None
        assert known(conn, document.name, document.sha256, "上党区") is None
    conn.close()
    result = store(db, make_parsed(), options="上党区")
    assert (result.changed, result.replaced) == (True, True)
    with Index(db) as index:
        assert [document.region for document in index.documents()] == ["长治市上党区"]


def test_same_name_of_another_place_is_another_report(db: Path) -> None:
    store(db, make_parsed("预算报告.txt", "1"), path="/a/预算报告.txt")
    west = tuple(replace(fact, region="410303") for fact in FACTS)
    for content in ("2", "3"):
        result = store(db, make_parsed("预算报告.txt", content, XIGONG, west), path="/b/预算报告.txt")
        assert result.name == "预算报告（洛阳市西工区2023）.txt"
    with Index(db) as index:
        assert len(index.documents()) == 2
    assert not store(db, make_parsed("预算报告.txt", "3", XIGONG, west), path="/b/预算报告.txt").changed


# ------------------------------------------------------------------------------------------- others at work


def test_a_failure_leaves_the_index_as_it_was(db: Path) -> None:
    store(db, make_parsed())
    before = dump(db)
    broken = replace(FACTS[1], label=None)  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        store(db, make_parsed(content="new", facts=(FACTS[0], broken)))
    assert dump(db) == before

    def fails(code: str) -> Region | None:
        raise RuntimeError(code)

    with pytest.raises(RuntimeError):
        store(db, make_parsed(content="new", facts=(replace(FACTS[0], region="999999"),)), region_of=fails)
    assert dump(db) == before


def test_a_reader_is_not_blocked_and_sees_whole_documents(db: Path) -> None:
    store(db, make_parsed())
    with Index(db) as index:
        writer = open_writer(db)
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM facts")
        assert len(index.facts(["140404"])) == 7
        with Index(db) as late:
            assert len(late.facts(["140404"])) == 7
        writer.execute("COMMIT")
        writer.close()
        assert index.facts(["140404"]) == []


def test_an_open_index_learns_new_words(db: Path) -> None:
    store(db, make_parsed())
    with Index(db) as index:
        assert len(index.facts(["140404"])) == 7
        fact = replace(FACTS[0], region="410303", rule="a rule not seen before", unit="元")
        store(db, make_parsed("b.txt", "2", XIGONG, (fact,)))
        assert index.facts(["410303"], measures=["actual"])[0].fact == fact


def test_a_reader_cannot_write(db: Path) -> None:
    store(db, make_parsed())
    conn = open_reader(db)
    with pytest.raises(sqlite3.OperationalError):
        conn.execute("DELETE FROM facts")
    conn.close()


def test_reading_imports_neither_sqlite_utils_nor_jieba(db: Path) -> None:
    store(db, make_parsed())
    code = """if True:
        import json, sys
        from index.store.lookup import Index
        Index(sys.argv[1]).facts(["140404"])
        print(json.dumps([name for name in ("sqlite_utils", "jieba", "click") if name in sys.modules]))"""
    done = subprocess.run([sys.executable, "-c", code, str(db)], capture_output=True, text=True, check=True, cwd=ROOT)
    assert json.loads(done.stdout) == []


# ------------------------------------------------------------------------------------------- versions, damage


def test_reader_and_migrations_agree_on_the_version() -> None:
    assert connect.LATEST == migrations.LATEST


def test_version_1_is_brought_up_to_date(db: Path) -> None:
    conn = sqlite3.connect(db, isolation_level=None)
    migrations.migrate(conn, upto=1)
    assert conn.execute("PRAGMA user_version").fetchone() == (1,)
    conn.execute(
        "INSERT INTO documents VALUES (1, 'a', '', 'x', '', '', '', '', '', 0, 2023, 0, 0, '', '[]', 0, 0, 1, 1, 1, 0)"
    )
    conn.execute("INSERT INTO sentences VALUES (1, 1, NULL, NULL, 0, 0, '教育支出56917万元')")
    conn.close()
    with Index(db) as index:
        assert [hit.text for hit in index.search(["教育"], [1])] == ["教育支出56917万元"]


def test_migrating_twice_changes_nothing(db: Path) -> None:
    open_writer(db).close()
    before = dump(db)
    conn = open_writer(db)
    migrations.migrate(conn)
    conn.close()
    assert dump(db) == before


def test_a_newer_version_is_refused(db: Path) -> None:
    store(db, make_parsed())
    with sqlite3.connect(db) as conn:
        conn.execute("PRAGMA user_version = 99")
    conn.close()
    for opening in (Index, open_writer):
        with pytest.raises(IndexTooNew, match="99"):
            opening(db)


def other_database(db: Path) -> None:
    with sqlite3.connect(db) as conn:
        conn.execute("CREATE TABLE documents (id)")
    conn.close()


def cut_short(db: Path) -> None:
    store(db, make_parsed())
    db.write_bytes(db.read_bytes()[:6000])


DAMAGES: list[Callable[[Path], object]] = [
    lambda db: db.write_bytes(b"\x00\x01" * 5000),
    lambda db: db.write_text("教育支出56917万元", encoding="utf-8"),
    other_database,
    cut_short,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_refused_and_left_alone(db: Path, damage: Callable[[Path], object]) -> None:
    damage(db)
    before = db.read_bytes()
    with pytest.raises(IndexDamaged):
        Index(db).facts(["140404"])
    with pytest.raises(IndexDamaged):
        store(db, make_parsed("b.txt", "2"))
    assert db.read_bytes() == before


def test_no_index_no_folder_no_place(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="yusuan load"):
        Index(tmp_path / "none.db")
    with pytest.raises(IndexUnavailable):
        Index(tmp_path)
    (tmp_path / "empty.db").touch()
    with pytest.raises(IndexUnavailable, match="空"):
        Index(tmp_path / "empty.db")
    (tmp_path / "file").write_text("x")
    for place in (tmp_path, tmp_path / "file" / "yusuan.db"):
        with pytest.raises(IndexUnavailable):
            open_writer(place)
    open_writer(tmp_path / "new" / "folder" / "yusuan.db").close()


def test_a_folder_without_write_permission(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen through os.access, since the tests may run as a user whom nothing stops."""
    store(db, make_parsed())
    monkeypatch.setattr("os.access", lambda path, mode: mode != 2)
    with pytest.raises(IndexUnavailable, match="不可写"):
        open_writer(db)
    with Index(db) as index:
        assert len(index.facts(["140404"])) == 7


def test_a_department_s_figures_are_told_apart(db: Path) -> None:
    owned = make_fact("56917", 1, owner="上党区教育局")
    narrowed = make_fact("59325", 1, qualifiers=(("recipient", "城关镇"),))
    whole = make_fact("95.94", 1)
    store(db, make_parsed(facts=(owned, narrowed, whole)))
    with Index(db) as index:
        assert [one.fact.value for one in index.facts(["140404"], owners=[""])] == ["59325", "95.94"]
        assert [one.fact.value for one in index.facts(["140404"], owners=["上党区教育局"])] == ["56917"]
        assert [one.id for one in index.contenders(["gp-205"], 2023, ["actual"], ["whole"])] == [
            one.id for one in index.facts(["140404"]) if one.fact.value == "95.94"
        ]


def test_bodies_with_papers_are_listed(db: Path) -> None:
    paper = make_parsed()
    store(db, replace(paper, subject=replace(paper.subject, owner="上党区教育局", owner_kind="department")))
    with Index(db) as index:
        assert index.owners_named() == index.owners_named(["140404"]) == [("上党区教育局", "140404")]
        assert index.owners_named(["410303"]) == []
        assert (index.documents()[0].owner, index.documents()[0].owner_kind) == ("上党区教育局", "department")
