"""What an admin sees of the index through the Office: reports, files, contradictions, tables, words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.admin.contents import changes_csv
from index.admin.models import Change
from index.admin.office import Office
from index.build import load
from index.errors import IndexUnavailable, NotAdopted
from index.models import Person

ROOT = Path(__file__).resolve().parent.parent
BY = Person(7, "王五")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contents")
    shutil.copytree(ROOT / "data" / "reports", folder / "reports")
    load([folder / "reports"], folder / "index.db", jobs=1)
    return folder


@pytest.fixture
def office(loaded: Path) -> Iterator[Office]:
    office = Office(loaded / "index.db", loaded / "reports")
    yield office
    office.close()


# region, year -> the first two characters of the reports' names
LISTS = [
    ("", None, ["01", "02", "03", "04", "05"]),
    ("上党区", None, ["01"]),
    ("140404", None, ["01"]),
    ("长治市", None, ["01", "03"]),
    ("长治市屯留区", None, ["03"]),
    ("", 2024, ["02", "03", "05"]),  # the others look back at 2023, and tell nothing of 2024
    ("屯留区", 2024, ["03"]),
    ("屯留区", 2022, []),
    ("西工区", 2023, ["05"]),
    ("西工区", 1999, []),
    ("太原市", None, []),
    ("' OR 1=1 --", None, []),
]


@pytest.mark.parametrize("region, year, names", LISTS)
def test_reports_by_region_and_year(office: Office, region: str, year: int | None, names: list[str]) -> None:
    assert sorted(held.name[:2] for held in office.documents(region, year)) == names


def test_original_is_given_while_it_is_unchanged(office: Office, loaded: Path) -> None:
    name = office.documents("西工区")[0].name
    assert office.original(name) == (loaded / "reports" / name).resolve()
    assert office.original("没有.txt") is office.original("../index.db") is None
    text = (loaded / "reports" / name).read_bytes()
    (loaded / "reports" / name).write_bytes(text + b"x")
    assert office.original(name) is None
    (loaded / "reports" / name).write_bytes(text)


def test_clashes_export_check(office: Office) -> None:
    found = office.clashes("上党区")
    assert len(found) == len(office.clashes()) == 5
    assert office.clashes("西工区") == []
    name, content = office.export("西工区", 2023, "csv")
    assert name == "洛阳市西工区2023年数据.csv" and content.startswith("\ufeff地区".encode())
    assert office.export("西工区", None, "xlsx")[1].startswith(b"PK")
    for call in (lambda: office.clashes("太原市"), lambda: office.export("太原市", None, "csv")):
        with pytest.raises(NotAdopted, match="索引里没有“太原市”的报告"):
            call()
    assert office.check() == office.check(deep=False) == []


def test_words(office: Office) -> None:
    alias = office.add_alias("娃娃钱", office.items("教育支出", 1)[0], BY)
    assert office.aliases() == [alias] and "娃娃钱" in office.aliases_csv()
    assert office.remove_alias("娃娃钱", BY) == alias
    assert [(entry.action, entry.subject, entry.outcome) for entry in office.log(2)] == [
        ("unalias", "娃娃钱", "done"),
        ("alias", "娃娃钱", "done"),
    ]


def test_without_an_index(tmp_path: Path) -> None:
    office = Office(tmp_path / "index.db", tmp_path)
    assert office.documents() == office.documents("上党区", 2023) == []
    assert office.original("01.txt") is None
    for call in (office.clashes, lambda: office.export("上党区", None, "csv")):
        with pytest.raises(IndexUnavailable, match="还没有索引"):
            call()
    assert "还没有索引" in office.check()[0]
    assert office.add_alias("娃娃钱", "教育支出", BY).item == "教育支出"
    office.close()


def test_changes_as_a_table() -> None:
    change = Change("上党区", "2023", "全区", "general_public", "=教育支出", "actual", ("1万元", "2万元"), ())
    lines = changes_csv([change]).decode("utf-8-sig").splitlines()
    assert lines[1] == "上党区,2023年,全区,一般公共预算,'=教育支出,完成数,消失,1万元、2万元,"
