"""The made-up country of bench/: its index is a real one, its figures are known, and long lists are read late."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.country.asked import SHAPES, asked
from bench.country.build import build
from bench.country.places import reports
from bench.country.press import tokens
from bench.shapes import is_right
from bench.tables import growth_picture
from index import Desk
from index.ask.ranking import level
from index.store.connect import open_writer
from index.store.fulltext import joined
from index.store.lookup import Index
from index.text.normal import normalise, plain_sentence

COUNT = 420  # a province, a city, and a dozen of its districts


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the first reports."""
    db = tmp_path_factory.mktemp("country") / "country.db"
    build(COUNT, db)
    return db


@pytest.fixture
def desk(country: Path) -> Iterator[Desk]:
    opened = Desk(country)
    yield opened
    opened.close()


def test_the_country_has_100_000_reports() -> None:
    numbers = [report.number for report in reports(200_000)]
    assert numbers[-1] >= 100_000 and numbers == list(range(1, len(numbers) + 1))


def test_values_stand_where_the_facts_say(country: Path) -> None:
    with Index(country) as index:
        facts = index.facts(["130000", "130102"])
    assert len(facts) > 5_000
    for one in facts:
        assert one.text[one.fact.start : one.fact.end] == one.fact.value
        scale = 10_000 if one.fact.kind == "money" else 1
        assert one.fact.number is not None and float(one.fact.value) * scale == float(one.fact.number)


def test_two_indexes_of_one_process_have_words_of_their_own(tmp_path: Path) -> None:
    for count in (2, 40):
        build(count, tmp_path / "small.db")
        with Index(tmp_path / "small.db") as index:
            assert {one.fact.measure for one in index.facts(["130000"], [2014], ["gp-exp-205"])} == {
                "actual", "completion", "yoy_pct"
            }  # fmt: skip


def test_full_text_has_the_words_of_the_sentences(country: Path) -> None:
    with closing(sqlite3.connect(country)) as conn:
        texts = conn.execute("SELECT text FROM sentences ORDER BY id").fetchall()
    lines = [line for report in reports(3) for line in tokens(report)]
    assert len(lines) > 500
    for line, (text,) in zip(lines, texts, strict=False):
        assert set(line.split()) == set(joined(text).split())


@pytest.mark.parametrize("shape", SHAPES)
def test_questions_about_it_are_answered_right(desk: Desk, shape: str) -> None:
    for one in asked(COUNT, shape, 8):
        assert is_right(shape, one, desk.ask(one.text)), one


# ---------------------------------------------------------------------------------------------- long lists


def test_a_long_list_is_read_late_and_is_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    short = desk.ranking("2023年教育支出")
    monkeypatch.setattr(level, "READ_AT_ONCE", 3)
    long = desk.ranking("2023年教育支出")
    assert short and long and isinstance(short.rows, tuple) and not isinstance(long.rows, tuple)
    assert len(long.rows) == len(short.rows) > 5
    assert long.rows[3:6] == short.rows[3:6] and long.rows[-1] == short.rows[-1]
    assert long == short and repr(long) == repr(short)
    numbers = [row.shown.number for row in long.rows if row.shown and row.shown.number is not None]
    assert numbers == sorted(numbers, reverse=True) and len(numbers) == len(long.rows)


def test_of_a_late_list_only_the_rows_looked_at_are_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(level, "READ_AT_ONCE", 3)
    view = desk.ranking("2023年教育支出")
    assert view is not None
    store = desk._refresh().store
    with store.statements() as first:
        page = view.rows[:4]
    with store.statements() as again:
        assert view.rows[:4] == page
    assert first and not again


def test_a_place_with_two_figures_is_told_of(country: Path, tmp_path: Path) -> None:
    copy = tmp_path / "odd.db"
    copy.write_bytes(country.read_bytes())
    with closing(sqlite3.connect(copy)) as conn, conn:
        conn.execute(
            """UPDATE facts SET amount = amount * 2, number = CAST(CAST(number AS INTEGER) * 2 AS TEXT) WHERE id = (
            SELECT min(f.id) FROM facts f JOIN regions r ON r.id = f.region JOIN items i ON i.id = f.item
            JOIN codes m ON m.id = f.measure
            WHERE r.code = '130102' AND f.year = 2023 AND i.key = 'gp-exp-205' AND m.text = 'actual')"""
        )
    desk, plain = Desk(copy), Desk(country)
    odd, even = desk.ranking("2023年教育支出"), plain.ranking("2023年教育支出")
    assert odd and even and not even.notes
    assert [note.split("：")[0] for note in odd.notes] == ["长安区"]
    assert len(odd.rows) == len(even.rows)
    desk.close()
    plain.close()


def test_two_desks_share_the_places_of_one_version(country: Path) -> None:
    one, other = Desk(country), Desk(country)
    assert one._refresh().atlas.regions is other._refresh().atlas.regions
    one.close()
    other.close()


# ---------------------------------------------------------------------------------------------- what there is


def test_the_catalogue_says_what_the_list_of_documents_says(country: Path) -> None:
    with Index(country) as index:
        documents = index.documents()
        assert index.document_count() == len(documents) == COUNT
        assert index.first_documents(5) == documents[:5]
        assert index.first_documents(5, largest=True) == sorted(documents, key=lambda one: -one.facts)[:5]
        assert index.document_named(documents[7].name) == documents[7]
        assert index.document_named("没有") is None
        owners = dict.fromkeys((one.region_code, one.region) for one in documents)
        assert index.owners() == list(owners)
        mine = [one for one in documents if one.region_code == "130102"]
        assert index.documents_about(["130102"]) == mine
        assert index.document_years("130102") == [(one.id, one.year, one.plan_year) for one in mine]
        years = [one.year for one in documents if one.year], [one.plan_year for one in documents if one.plan_year]
        assert index.newest_years() == (max(years[0]), max(years[1]))
        assert index.last_loaded() == max(one.loaded_at for one in documents)


def test_facts_are_found_by_name_by_place_and_by_level(country: Path) -> None:
    with Index(country) as index:
        facts = index.facts(["130102"], [2023])
        open_facts = [one for one in facts if not one.fact.key]
        assert set(index.open_names("130102", 2023)) == {one.fact.item for one in open_facts}
        name = open_facts[0].fact.item
        assert index.open_facts(["130102"], [2023], [name]) == [one for one in open_facts if one.fact.item == name]
        middle = facts[len(facts) // 2]
        sentence = middle.id >> 16
        near = [one for one in index.facts(["130102"]) if abs((one.id >> 16) - sentence) <= 1]
        assert index.facts_near(middle.id, 1) == near
        told = {
            one.fact.scope
            for one in facts
            if one.document == middle.document and one.fact.account == middle.fact.account
        }
        assert index.scopes_told(middle.document, "130102", 2023, middle.fact.account) == told
        assert index.years_told(["gp-exp-205"], "actual") == list(range(2014, 2026))


def test_contenders_are_the_facts(country: Path) -> None:
    with Index(country) as index:
        facts = index.facts(None, [2023], ["gp-exp-205"], ["actual", "budget"], ["whole", ""])
        found = {one.id: one for one in index.contenders(["gp-exp-205"], 2023, ["actual", "budget"], ["whole", ""])}
    assert found.keys() == {one.id for one in facts}
    for one in facts:
        fact, short = one.fact, found[one.id]
        traits = (fact.key, fact.measure, fact.scope, fact.period, fact.account, fact.flags)
        assert (short.region, short.traits, short.amount) == (one.region, traits, float(fact.number or 0))


def test_the_index_is_made_as_the_product_makes_it(country: Path, tmp_path: Path) -> None:
    def schema(db: Path) -> set[tuple[str, ...]]:
        with closing(sqlite3.connect(db)) as conn:
            return set(conn.execute("SELECT name, sql FROM sqlite_master"))

    open_writer(tmp_path / "new.db").close()
    assert schema(country) == schema(tmp_path / "new.db")


def test_a_list_of_all_places_is_made_from_the_index_alone(country: Path) -> None:
    """A look at each row of thousands of places would take five times as long."""
    with Index(country) as index, index.statements() as seen:
        index.contenders(["gp-exp-205"], 2023, ["actual", "budget"], ["whole", ""])
        (sql,) = (one for one in seen if "facts f" in one)
        plan = [row[3] for row in index.rows(f"EXPLAIN QUERY PLAN {sql}")]
    assert any("USING COVERING INDEX facts_item" in line for line in plan), plan


# ---------------------------------------------------------------------------------------------- small things


@given(st.text(st.sampled_from("一二三〇零年中9a1，,。、；：:（）()%.《》- \t“”\"'　Ａ０*")))
def test_a_sentence_has_the_same_normal_form_by_the_quick_way(text: str) -> None:
    assert plain_sentence(text) == normalise(text).text


def test_the_picture_of_growth_is_one_for_any_sizes() -> None:
    times = {"p50": 1.0, "p99": 9.0}
    one = {"reports": 100, "all": times, "peers": {"plain": times}, "floor": {"floor": times}}
    assert growth_picture([one, {**one, "reports": 1_000}]).startswith("<svg ")


def test_a_late_list_keeps_its_address(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(level, "READ_AT_ONCE", 3)
    view = desk.ranking("2023年教育支出")
    assert view and view.lead
    again = desk.peers(view.lead)
    assert again and replace(again, stamp="") == replace(view, stamp="")
