"""Word and Excel: order, merged cells, footnotes, counted numbers, formats as shown."""

import struct
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.intake.files import found
from index.models import Line, Table
from index.read import doc_file, docx_file, read_document, xlsx_file
from index.read.doc_numbers import Numbers
from index.read.docx_numbers import chinese
from index.read.xls_formats import shown_sheets
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


BOX = [("行业\x07", "cell"), ("增长\x07", "cell"), ("\x07", "row"),
       ("采矿业\x07", "cell"), ("8\x07", "cell"), ("\x07", "row"), ("\r", "")]  # fmt: skip
BODY = [("一、投资\r", ""), ("\x08二、贸易\r", ""), ("出口\x085亿元\r", ""), *DOC[2:5], *DOC[9:12], ("完毕\r", "")]
INDUSTRIES = Table((("行业", "增长"), ("采矿业", "8")))


@pytest.mark.parametrize(
    "anchors, expected",
    [
        # at the beginning of 二、贸易, inside 出口5亿元, inside the table, nowhere
        ((5, 13), ("一、投资", "框内", INDUSTRIES, "二、贸易", "出口5亿元", "框外", "表", "完毕")),
        ((13, 24), ("一、投资", "二、贸易", "出口5亿元", "框内", INDUSTRIES, "表", "完毕", "框外")),
        ((-1, -1), ("一、投资", "二、贸易", "出口5亿元", "表", "完毕", "框内", INDUSTRIES, "框外")),
    ],
)
def test_doc_text_boxes_stand_where_they_are_anchored(
    anchors: tuple[int, ...], expected: tuple[str | Table, ...]
) -> None:
    data = make.doc([*BODY, ("框内\r", ""), *BOX, ("框外\r", "")], boxed=(len(BOX) + 1, 1), anchors=anchors)
    table = Table((("项目", "完成数"), ("农林水支出", "100")))
    blocks = tuple(table if one == "表" else whole(one) if isinstance(one, str) else one for one in expected)
    assert doc_file.read(data).blocks == blocks


def level(form: int, text: str, start: int = 1) -> bytes:
    return (
        struct.pack("<iB19xBB2x", start, form, 1, 2) + b"!!!" + struct.pack("<H", len(text)) + text.encode("utf-16-le")
    )


# list 7 has nine levels, list 8 one; it is used a second time, and then starts at 1 again
LISTS = struct.pack("<Hi22xBxi22xBx", 2, 7, 0, 8, 1)
LEVELS = level(39, "\0、") + level(0, "（\1）") + level(0, "\0.\2.") + level(255, "") * 6 + level(0, "第\0条", 3)
USES = struct.pack("<I", 3) + b"".join(
    struct.pack("<i8xB3x", key, changed) for key, changed in ((7, 0), (8, 0), (8, 1))
)
USES += b"\xff" * 12 + struct.pack("<iI", 1, 0x10)
# style 0 says nothing, style 1 is numbered by list 7
STYLE = struct.pack(
    "<10sH2s2xHHBBBBBB", struct.pack("<HHH4x", 0, 1 | 0xFFF0, 0), 1, b"a\0", 8, 1, 0x0B, 0x46, 1, 0, 0, 0
)
STYLES = struct.pack("<HHHH", 4, 2, 10, 0) + struct.pack("<H", len(STYLE)) + STYLE
DOC_LISTS = {0x02E2: (LISTS + LEVELS, len(LISTS)), 0x02EA: (USES, len(USES)), 0x00A2: (STYLES, len(STYLES))}


def of_list(use: int, level: int = 0, more: bytes = b"") -> bytes:
    return b"\x0b\x46" + bytes([use, 0]) + b"\x0a\x26" + bytes([level]) + more


def test_doc_counted_numbers_are_written_out() -> None:
    paragraphs: list[tuple[str, str | bytes]] = [
        ("收入\r", of_list(1)), ("税收\r", of_list(1, 1)), ("非税\r", of_list(1, 1)), ("增值税\r", of_list(1, 2)),
        ("说明\r", ""), (" \r", of_list(1, 1)), ("支出\r", of_list(1)), ("教育\r", of_list(1, 1)),
        ("点\r", of_list(1, 3)),
        ("甲\r", of_list(2)), ("乙\r", of_list(2)), ("丙\r", of_list(3)), ("丁\r", of_list(3)), ("无\r", of_list(9)),
        ("项目\x07", "cell"), ("数\x07", "cell"), ("\x07", "row"),
        ("教育\x07", of_list(3, more=make.IN_TABLE)), ("4\x07", "cell"), ("\x07", "row"), ("完毕\r", ""),
    ]  # fmt: skip
    blocks = doc_file.read(make.doc(paragraphs, parts=DOC_LISTS)).blocks
    assert [block.text for block in blocks if isinstance(block, Line)] == [
        "一、收入", "（1）税收", "（2）非税", "一.1.增值税", "说明", "二、支出", "（1）教育", "点",
        "第3条甲", "第4条乙", "第1条丙", "第2条丁", "无", "完毕",
    ]  # fmt: skip
    assert [block.rows for block in blocks if isinstance(block, Table)] == [(("项目", "数"), ("第3条教育", "4"))]


def test_doc_numbers_that_stand_in_the_style() -> None:
    stream = bytearray(0x300)
    table = b""
    for where, (content, size) in DOC_LISTS.items():
        struct.pack_into("<II", stream, where, len(table), size)
        table += content
    numbers = Numbers(bytes(stream), table)
    assert [numbers.next(style, changes) for style, changes in [(1, {}), (0, {}), (1, {0x460B: 0}), (1, {})]] == [
        "一、", "", "", "二、",
    ]  # fmt: skip
    for cut in range(0, len(table), 7):
        assert Numbers(bytes(stream), table[:cut]).next(1, {}) in {"", "一、"}


ON = b"\x01"


def test_doc_leaves_out_what_is_not_to_be_seen() -> None:
    marked = [
        ("7", b"\x37\x08" + ON), ("8", b"\x00\x08" + ON), ("9", b"\x3c\x08\x81"), ("5", b"\x37\x08\0"),
        ("6", b"\x53\x2a" + ON), ("1", b"\x48\x2a" + ON), ("预算", b"\x48\x2a" + ON), ("3\x07\x07", b"\x00\x08" + ON),
    ]  # fmt: skip
    paragraphs = [
        ("完成7895亿元6。1预算\r", ""), ("项目\x07", "cell"), ("数\x07", "cell"), ("\x07", "row"),
        ("教育\x07", "cell"), ("43\x07", "cell"), ("\x07", "row"), ("完毕\r", ""),
    ]  # fmt: skip
    assert doc_file.read(make.doc(paragraphs, marked=marked)).blocks == (
        whole("完成5亿元。预算"),
        Table((("项目", "数"), ("教育", "4"))),
        whole("完毕"),
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


OLD_ROWS: list[list[str | float]] = [
    ["项目", "内部编号", "决算数", "完成预算%", "备注"],
    ["教育支出", 7.0, 56917.26, 0.95941, 0.5],
    ["其他支出", 8.0, -1234.6, 1.5, 2.0],
]


@pytest.mark.parametrize(
    "codes, second, third",
    [
        ({2: "#,##0", 3: "0.00%"}, ("56917", "95.94%", "0.5"), ("-1235", "150.00%", "2")),
        ({2: "#,##0.0_ ", 3: "0%"}, ("56917.3", "96%", "0.5"), ("-1234.6", "150%", "2")),
        ({2: "General", 3: "0.0000", 4: "0.0%"}, ("56917.26", "0.9594", "50.0%"), ("-1234.6", "1.5000", "200.0%")),
        ({3: '0.0"%"'}, ("56917.26", "1.0", "0.5"), ("-1234.6", "1.5", "2")),
    ],
)
def test_xls_shows_what_the_sheet_shows(codes: dict[int, str], second: tuple[str, ...], third: tuple[str, ...]) -> None:
    reading = xlsx_file.read(make.xls({"表一": OLD_ROWS, "表二": OLD_ROWS}, codes=codes, hidden=[1]))
    rows = (("项目", "决算数", "完成预算%", "备注"), ("教育支出", *second), ("其他支出", *third))
    assert reading.blocks == (Table(rows, caption="表一"), Table(rows, caption="表二"))
    assert reading.warnings == ()


@pytest.mark.parametrize("cut", [600, 700, 800, 900, 1000])
def test_xls_whose_records_are_cut(cut: int) -> None:
    data = make.xls({"表一": OLD_ROWS}, codes={3: "0.00%"})
    damaged = data[:cut] + bytes(len(data) - cut)
    assert all(form.percent for one in shown_sheets(damaged).values() for form in one.formats.values())


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


@pytest.mark.parametrize(
    "name, data, media",
    [
        ("报告.wps", make.doc(DOC), "doc"),
        ("报告.wps", make.docx(p("教育支出完成56917万元。")), "docx"),
        ("报表.et", make.xls({"表一": OLD_ROWS}, codes={3: "0.00%"}), "xls"),
        ("报表.et", make.xlsx({"表一": [["项目", "数"], ["教育支出", 3]]}), "xlsx"),
    ],
)
def test_files_of_wps_are_read_as_what_they_are(tmp_path: Path, name: str, data: bytes, media: str) -> None:
    (tmp_path / name).write_bytes(data)
    (path,) = found([tmp_path])
    assert isinstance(path, Path)
    document = read_document(path)
    assert document.media == media and document.blocks and not document.warnings


@pytest.mark.parametrize(
    "streams, words",
    [({"EncryptedPackage": b"x"}, "加密"), ({"PowerPoint Document": b"x"}, "演示"), ({"MatOST": b"x"}, "旧格式")],
)
def test_other_containers_are_refused(tmp_path: Path, streams: dict[str, bytes], words: str) -> None:
    path = tmp_path / "报告.wps"
    path.write_bytes(make.ole(streams))
    with pytest.raises(UnreadableFile, match=words):
        read_document(path)


def test_xls_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(make.xls({"一": [["项目", "数"], ["税收收入", 3.0]], "二": [["项目", "数"], ["非税收入", 4.0]]}))
    document = read_document(path)
    assert document.media == "xls"
    assert document.blocks == (
        Table((("项目", "数"), ("税收收入", "3")), caption="一"),
        Table((("项目", "数"), ("非税收入", "4")), caption="二"),
    )
