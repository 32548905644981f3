"""Word and Excel: order, merged cells, footnotes, counted numbers, formats as shown."""

from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.models import Line, Table
from index.read import doc_file, docx_file, read_document, xlsx_file
from index.read.docx_numbers import chinese
from index.read.xlsx_formats import Format, parse
from tests import read_builders as make
from tests.read_builders import p, tbl, tc


def whole(text: str) -> Line:
    return Line(text, whole=True)


def docx_blocks(body: str, **others: str) -> tuple[Line | Table, ...]:
    return docx_file.read(make.docx(body, **others)).blocks


# ---------------------------------------------------------------------------------------------- docx


def test_docx_keeps_the_order() -> None:
    table = tbl([tc("项目"), tc("完成数")], [tc("教育支出"), tc("56917")])
    assert docx_blocks(p("一、支出") + table + p("以上报告。")) == (
        whole("一、支出"),
        Table((("项目", "完成数"), ("教育支出", "56917"))),
        whole("以上报告。"),
    )


def test_docx_merged_cells_stand_once() -> None:
    span = '<w:gridSpan w:val="2"/>'
    table = tbl(
        [tc("项目", '<w:vMerge w:val="restart"/>'), tc("2023年", span)],
        [tc("", "<w:vMerge/>"), tc("预算数"), tc("完成数")],
        [tc("教育支出"), tc("59325"), tc("56917")],
    )
    assert docx_blocks(table) == (
        Table((("项目", "2023年", ""), ("", "预算数", "完成数"), ("教育支出", "59325", "56917"))),
    )


FORMATTED = """<w:p><w:pPr><w:spacing w:line="360"/><w:rPr><w:sz w:val="28"/></w:rPr></w:pPr>
<w:r><w:rPr><w:rFonts w:ascii="a>b"/><w:b/><w:color w:val="FF0000"/></w:rPr><w:t>教育支出</w:t></w:r>
<w:r><w:rPr><w:b/><w:vanish/><w:sz w:val="28"/></w:rPr><w:t>看不见</w:t></w:r>
<w:r><w:rPr></w:rPr><w:tab/><w:t xml:space="preserve">56917万元</w:t></w:r></w:p>"""


@pytest.mark.parametrize("comment", ["", "<!-- a comment -->"])
def test_docx_formatting_changes_no_text(comment: str) -> None:
    assert docx_blocks(FORMATTED + comment) == (whole("教育支出 56917万元"),)


@pytest.mark.parametrize("literal", ["&lt;w:b/&gt;", "<![CDATA[<w:b/>]]>"])
def test_docx_text_that_looks_like_formatting_is_text(literal: str) -> None:
    assert docx_blocks(p(f"教育{literal}支出56917万元")) == (whole("教育<w:b/>支出56917万元"),)


def test_docx_uneven_grid_is_straightened() -> None:
    table = tbl(
        [tc("项目"), tc("预算数"), tc("")],
        [tc("教育支出"), tc(""), tc("59325")],
        [tc("农林水支出"), tc(""), tc("1390")],
    )
    assert docx_blocks(table) == (Table((("项目", "预算数"), ("教育支出", "59325"), ("农林水支出", "1390"))),)


def test_docx_tables_one_after_the_other_are_told_apart() -> None:
    rows = [[tc("项目"), tc("完成数")], [tc("教育支出"), tc("56917")], [tc("农林水支出"), tc("1390")]]
    table = tbl(
        [tc("附表1"), tc("")], [tc("收入完成情况表"), tc("")], *rows,
        [tc("附表2"), tc("")], [tc("支出完成情况表"), tc("")], *rows,
    )  # fmt: skip
    first, second = docx_blocks(table)
    assert isinstance(first, Table) and isinstance(second, Table)
    assert (first.rows[0][0], second.rows[0][0], len(first.rows), len(second.rows)) == ("附表1", "附表2", 5, 5)


def test_docx_footnotes_breaks_and_hidden_text() -> None:
    body = (
        "<w:p><w:r><w:t>收入完成</w:t></w:r><w:r><w:t>5亿元</w:t><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>不可见</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        "<w:r><w:br/><w:t>第二行</w:t></w:r></w:p>"
    )
    notes = (
        f"<w:footnote w:id='1' w:type='separator'>{p('-')}</w:footnote>"
        f"<w:footnote w:id='2'>{p('含上级补助')}</w:footnote>"
    )
    assert docx_blocks(body, footnotes=notes) == (whole("收入完成5亿元"), whole("第二行"), whole("含上级补助"))


def test_docx_counted_numbers_are_written_out() -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    first = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    second = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>'
    body = p("收入", first) + p("税收", second) + p("非税", second) + p("支出", first)
    assert [line.text for line in docx_blocks(body, numbering=numbering) if isinstance(line, Line)] == [
        "一、收入", "一.1税收", "一.2非税", "二、支出",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "number, text", [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100")]
)
def test_chinese_numbers(number: int, text: str) -> None:
    assert chinese(number) == text


def test_docx_long_text_in_a_frame_is_no_table() -> None:
    assert docx_blocks(tbl([tc("收入" * 300), tc("")], [tc("支出"), tc("")])) == (whole("收入" * 300), whole("支出"))


@pytest.mark.parametrize("body", ["", p(" ")])
def test_docx_without_text(body: str) -> None:
    with pytest.raises(UnreadableFile, match="没有文字"):
        docx_blocks(body)


def test_docx_damaged() -> None:
    with pytest.raises(UnreadableFile, match="损坏"):
        docx_file.read(make.zipped({"word/document.xml": "<w:document"}))


# ---------------------------------------------------------------------------------------------- doc

DOC = [
    ("关于2023年决算的报告\r", ""), ("\x13 PAGEREF \x14收入\x15完成5亿元。\r", ""),
    ("项目\x07", "cell"), ("完成数\x07", "cell"), ("\x07", "row"),
    ("教育\r", "cell"), ("支出\x07", "cell"), ("\x07", "cell"), ("\x07", "row"),
    ("农林水支出\x07", "cell"), ("100\x07", "cell"), ("\x07", "row"),
    ("以上报告。\r", ""),
]  # fmt: skip


def test_doc_with_an_empty_last_cell_and_a_field() -> None:
    assert doc_file.read(make.doc(DOC)).blocks == (
        whole("关于2023年决算的报告"),
        whole("收入完成5亿元。"),
        Table((("项目", "完成数"), ("教育支出", ""), ("农林水支出", "100"))),
        whole("以上报告。"),
    )


def test_doc_encrypted_and_damaged() -> None:
    with pytest.raises(UnreadableFile, match="加密"):
        doc_file.read(make.doc(DOC, flags=0x0100))
    with pytest.raises(UnreadableFile, match="版本过旧"):
        doc_file.read(make.ole({"WordDocument": b"\0" * 100}))
    with pytest.raises(UnreadableFile, match="损坏"):
        doc_file.read(make.doc(DOC)[:1500])


# ---------------------------------------------------------------------------------------------- xlsx


def test_xlsx_shows_what_the_sheet_shows() -> None:
    rows: list[list[object]] = [
        ["2023年收入表", ""],
        ["项目", "完成数", "完成%"],
        ["教育支出", 56917, 0.9594],
        ["其他支出", 0.1 + 0.2, 1.5],
    ]
    assert xlsx_file.read(make.xlsx({"表一": rows}, percent=True)).blocks == (
        Table(
            (
                ("2023年收入表", "", ""),
                ("项目", "完成数", "完成%"),
                ("教育支出", "56917", "95.9%"),
                ("其他支出", "30.0%", "150.0%"),
            ),
            caption="表一",
        ),
    )


def test_xlsx_every_sheet_and_no_hidden_columns() -> None:
    rows: list[list[object]] = [["项目", "辅助", "完成数"], ["教育支出", 8, 0.30000000000000004]]
    data = make.xlsx({"表一": rows, "表二": rows}, columns='<col min="2" max="2" hidden="1"/>')
    expected = (("项目", "完成数"), ("教育支出", "0.3"))
    assert xlsx_file.read(data).blocks == (Table(expected, caption="表一"), Table(expected, caption="表二"))


def test_xlsx_empty_and_damaged() -> None:
    with pytest.raises(UnreadableFile, match="没有内容"):
        xlsx_file.read(make.xlsx({"表一": []}))
    with pytest.raises(UnreadableFile, match="损坏"):
        xlsx_file.read(b"PK\x03\x04broken")


@pytest.mark.parametrize(
    "code, shown",
    [
        ("0.00%", Format(True, 2)),
        ("#,##0.0_ ;[Red]-#,##0.0", Format(False, 1)),
        ("0", Format(False, 0)),
        ('#,##0"万元"', Format(False, 0, 1, "万元")),
        ("#,##0.00,", Format(False, 2, 1000)),
        ("#,##0,,", Format(False, 0, 1_000_000)),
        ("0!.0,", Format(False, 1, 10_000)),
        ('0"."00,', Format(False, 2, 100_000)),
        ("0.##", Format(False, None)),
        ("General", None),
        ("@", None),
        ("yyyy/m/d", None),
        ('yyyy"年"m"月"', None),
    ],
)
def test_number_formats(code: str, shown: Format | None) -> None:
    assert parse(code) == shown


def test_xls_leaves_out_rates_whose_format_is_unknown() -> None:
    rows: list[list[str | float]] = [
        ["项目", "决算数", "完成预算%"],
        ["教育支出", 56917.0, 0.9594],
        ["其他支出", 1234.5, 1.5],
    ]
    reading = xlsx_file.read(make.xls({"表一": rows}))
    expected = (("项目", "决算数", "完成预算%"), ("教育支出", "56917", ""), ("其他支出", "1234.5", ""))
    assert reading.blocks == (Table(expected, caption="表一"),)
    assert reading.warnings == ("读不出单元格的显示格式，百分比列的数字没有采用；请另存为 xlsx 再装入。",)


def test_xls_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(make.xls({"一": [["项目", "数"], ["税收收入", 3.0]], "二": [["项目", "数"], ["非税收入", 4.0]]}))
    document = read_document(path)
    assert document.media == "xls"
    assert document.blocks == (
        Table((("项目", "数"), ("税收收入", "3")), caption="一"),
        Table((("项目", "数"), ("非税收入", "4")), caption="二"),
    )
