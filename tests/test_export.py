"""Facts of a place as CSV and XLSX: every row with its source, exact, and nothing that a spreadsheet calculates."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from index.admin import export as exporting
from index.admin.export import COLUMNS, Form, export, harmless
from index.admin.regions import held_region
from index.build import load
from index.errors import NotAdopted
from index.store.lookup import Index

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    db = tmp_path_factory.mktemp("export") / "index.db"
    load([ROOT / "data" / "reports"], db, jobs=1)
    return Index(db)


def exported(index: Index, region: str, year: int | None, form: Form) -> tuple[str, bytes]:
    target = io.BytesIO()
    return export(index, region, year, form, target), target.getvalue()


def csv_rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_rows(content: bytes) -> list[list[object]]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("数据")
    return [list(row) for row in sheet.to_python()]


def test_csv_has_every_fact_with_its_source(index: Index) -> None:
    name, content = exported(index, "上党区", 2023, "csv")
    rows = csv_rows(content)
    assert name == "长治市上党区2023年数据.csv"
    assert tuple(rows[0]) == COLUMNS
    facts = index.facts(["140404"], [2023])
    assert len(rows) == len(facts) > 300
    assert [row["原句"] for row in rows] == [harmless(one.text) for one in facts]
    assert [Decimal(row["折合元"]) for row in rows if row["折合元"]] == [
        one.fact.number for one in facts if one.fact.kind == "money" and one.fact.number is not None
    ]
    row = next(row for row in rows if row["科目"] == "教育支出" and row["指标"] == "完成数" and row["数值"] == "56917")
    assert (row["地区"], row["期间"], row["账本"], row["收支"]) == ("长治市上党区", "2023年", "一般公共预算", "支出")
    assert (row["单位"], row["折合元"], row["上级科目"]) == ("万元", "569170000", "")
    assert row["报告"].startswith("01_") and "56917" in row["原句"]


def test_xlsx_says_the_same_as_csv(index: Index) -> None:
    name, content = exported(index, "140404", 2023, "xlsx")
    assert name.endswith(".xlsx")
    head, *rows = xlsx_rows(content)
    assert tuple(head) == COLUMNS
    other = csv_rows(exported(index, "长治市上党区", 2023, "csv")[1])
    assert len(rows) == len(other)
    value, yuan, text = COLUMNS.index("数值"), COLUMNS.index("折合元"), COLUMNS.index("原句")
    for row, expected in zip(rows, other, strict=True):
        assert row[text] == expected["原句"].removeprefix("'")
        for column, told in ((value, expected["数值"]), (yuan, expected["折合元"])):
            assert row[column] == (float(told) if re.fullmatch(r"-?\d+(\.\d+)?", told) else told)
    about = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("说明").to_python()
    assert ["索引版本", f"第{index.version()}版"] in about


def test_all_years_and_signs(index: Index) -> None:
    rows = csv_rows(exported(index, "屯留区", None, "csv")[1])
    assert {row["期间"] for row in rows} >= {"2023年", "2024年"}
    (back,) = [row for row in rows if row["数值"] == "-2884"]
    assert (back["折合元"], back["标记"]) == ("-28840000", "")
    fell = [row for row in csv_rows(exported(index, "上党区", 2023, "csv")[1]) if row["指标"] == "同比" and row["标记"]]
    assert fell and all("减少（下降）" in row["标记"] for row in fell)


def test_withheld_and_unnamed(index: Index) -> None:
    name, content = exported(index, "某市", 2023, "csv")
    assert name == "某市2023年数据.csv"
    hidden = [row for row in csv_rows(content) if "*" in row["数值"]]
    assert hidden and all(row["折合元"] == "" and "原文隐去" in row["标记"] for row in hidden)


HOSTILE = [
    '=HYPERLINK("http://example.invalid","x")教育支出完成11万元。',
    "+cmd,/C calc!A0科学技术支出完成12万元。",
    "-2+3+国防支出完成13万元。",
    "@SUM(1+1)农林水支出完成14万元。",
    "＝1+1卫生健康支出完成15万元。",
]


def test_text_of_reports_is_never_a_formula(tmp_path: Path) -> None:
    file = tmp_path / "西工区2023年财政决算报告.txt"
    file.write_text("西工区2023年财政决算报告\n一、一般公共预算支出\n" + "\n".join(HOSTILE), encoding="utf-8")
    load([file], tmp_path / "index.db", jobs=1)
    with Index(tmp_path / "index.db") as index:
        rows = csv_rows(exported(index, "西工区", 2023, "csv")[1])
        content = exported(index, "西工区", 2023, "xlsx")[1]
    assert len(rows) >= len(HOSTILE)
    cells = [cell for row in rows for cell in row.values()]
    assert not [
        cell for cell in cells if re.match(r"[=+\-@＝＋－＠\t\r]", cell) and not re.fullmatch(r"-?[\d.]+", cell)
    ]
    assert {row["原句"] for row in rows} >= {"'" + line for line in HOSTILE if line[0] != "+"}  # + is read as a bullet
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = {name: book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name}
    assert not [name for name, text in sheets.items() if "<f>" in text or "hyperlink" in text]
    assert any(HOSTILE[0] in row for row in xlsx_rows(content))


@pytest.mark.parametrize(
    "cell, written",
    [("=1", "'=1"), (" =1", "' =1"), ("\t=1", "'\t=1"), ("\r1", "'\r1"), ("教育", "教育"), ("", ""), (None, ""),
     (7, "7"), ("a\x00b\x1b", "ab"), ("-", "'-"), ("－5", "'－5")],
)  # fmt: skip
def test_harmless(cell: object, written: str) -> None:
    assert harmless(cell) == written


# number as printed -> what stands in the XML of the cell
EXACT = [("9.95", "9.95"), ("0.1", "0.1"), ("123456789012.345", "123456789012.345"), ("1234567890123456.7", None)]


@pytest.mark.parametrize("number, written", EXACT)
def test_numbers_are_exact_or_text(number: str, written: str | None) -> None:
    target = io.BytesIO()
    exporting._write_xlsx(target, iter([[Decimal(number), "x" * 40_000]]), ())
    with zipfile.ZipFile(target) as book:
        text = book.read("xl/worksheets/sheet1.xml").decode()
    if written:
        assert f"<v>{written}</v>" in text
    else:
        assert f">{number}<" in text
    assert "x" * 32_766 + "…" in text


def test_limits_and_unknown_places(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "XLSX_ROWS", 10)
    with pytest.raises(NotAdopted, match="超过 XLSX 一张表的 10 行；请指定年份，或导出 CSV"):
        exported(index, "上党区", 2023, "xlsx")
    assert exported(index, "上党区", 2023, "csv")
    with pytest.raises(NotAdopted, match="没有1950年的数据；有的年份：.*2023年"):
        exported(index, "上党区", 1950, "csv")
    with pytest.raises(NotAdopted, match="索引里没有“太原市”的报告；有的是："):
        exported(index, "太原市", None, "csv")
    for name in ("140404", "上党区", "上党", "长治市上党区", "长治县"):
        assert held_region(index, name).code == "140404"
