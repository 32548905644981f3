"""Published reports: every file reads or gives one clear line; figures and tables come out whole."""

import re
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.models import Document, Table
from index.read import image_file
from index.text.lines import Paragraph, paragraphs
from tests.published import documents_of

pytestmark = pytest.mark.real

TORN = re.compile(r"\d[.．]?$|^[亿万]?元|^[%％]")
UNREADABLE = {"qujing_2025_budget_report.html"}


def report(shared: Path, pattern: str) -> Document:
    (path,) = (*shared.glob(f"reports/{pattern}"), *shared.glob(f"reports_more/{pattern}"))
    return documents_of(path)[0]


def tables(document: Document) -> list[Table]:
    return [block for block in paragraphs(document) if isinstance(block, Table)]


def test_every_file_reads_or_says_why(shared: Path) -> None:
    refused = {}
    for path in (*shared.glob("reports/*.*"), *shared.glob("reports/seeds/*"), *shared.glob("reports_more/*")):
        try:
            found = documents_of(path)
        except UnreadableFile as error:
            refused[path.name] = str(error)
            continue
        for document in found:
            prose = [one.text for one in paragraphs(document) if isinstance(one, Paragraph)]
            torn = [text for text in prose if TORN.search(text) and not document.ocr and len(text) > 12]
            assert len(torn) <= 0.05 * len(prose) + 1, (path.name, torn[:5])
    for name, line in refused.items():
        assert name in UNREADABLE or "pip install" in line, (name, line)


def test_docx_appendices_are_told_apart(shared: Path) -> None:
    found = tables(report(shared, "chengde*.docx"))
    assert len(found) >= 13
    first = found[0]
    assert "附表1" in first.caption and "万元" in first.caption
    assert ("增值税", "362300", "274175", "75.7", "-0.9") in first.rows


def test_pdf_rows_are_complete(shared: Path) -> None:
    (found,) = tables(report(shared, "wuhan_2025_budget_expenditure.pdf"))
    assert len(found.rows) == 24
    assert ("3、教育支出", "3498904", "3617604", "3586819", "99.1", "3496806", "2.6", "") in found.rows


def test_pdf_tables_over_many_pages_are_one(shared: Path) -> None:
    (found,) = tables(report(shared, "nanchang_2025_general_expenditure_execution.pdf"))
    assert len(found.rows) > 850
    assert ("统计信息事务", "14448", "11234", "-22.2") in found.rows


def test_a_pdf_without_its_end_is_read(shared: Path) -> None:
    document = report(shared, "shijiazhuang_2025_budget_report.pdf")
    assert max(block.page or 0 for block in document.blocks) == 72
    assert any("72 页" in warning for warning in document.warnings)


def test_doc_rows_keep_their_columns(shared: Path) -> None:
    first = tables(report(shared, "hotan*.doc"))[0]
    assert ("返还性支出", "21951", "2076", "4197", "2573", "2260", "1103", "1713", "1897", "6132") in first.rows


def test_xlsx_percentages_are_shown(shared: Path) -> None:
    rows = [row for table in tables(report(shared, "lijiang*.xlsx")) for row in table.rows]
    assert any(row[:6] == ("一、税收收入", "250422", "292946", "288755", "15.3%", "98.6%") for row in rows)


@pytest.mark.skipif(not image_file.is_installed(), reason="no text recognition here (make ocr)")
def test_pages_that_are_pictures(shared: Path) -> None:
    document = report(shared, "kashgar*.png")
    prose = "".join(one.text for one in paragraphs(document) if isinstance(one, Paragraph))
    assert "一般公共预算收入完成110.51亿元，比上年增长10.1%" in prose
    assert document.ocr and document.recognised == (1,)
