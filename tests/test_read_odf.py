"""OpenDocument texts and spreadsheets: order, merged cells, notes, figures as shown, and files that mean harm."""

import pytest

from index.errors import UnreadableFile
from index.models import Block, Line, Table
from index.read import formats, ods_file, odt_file
from index.read.sniff import sniff
from tests.open_builders import SPACES, cell, number, odf, ods, odt, para, row
from tests.read_builders import zipped

STYLES = """
<style:style style:name="struck"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="unstruck"><style:text-properties style:text-line-through-style="none"/></style:style>
<style:style style:name="hidden"><style:text-properties text:display="none"/></style:style>
<style:style style:name="child" style:parent-style-name="hidden"/>
<style:style style:name="raised"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="loop" style:parent-style-name="loop"/>
<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/></style:style>
<text:list-style style:name="L1">
 <text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>
 <text:list-level-style-number text:level="2" style:num-format="1" style:num-prefix="（" style:num-suffix="）"/>
 <text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="2" style:num-suffix="."/>
</text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>
"""


def lines(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(text, whole=True) for text in texts)


def blocks(body: str) -> tuple[Block, ...]:
    return odt_file.read(odt(body, STYLES)).blocks


def span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def note(text: str) -> str:
    mark = "<text:note-citation>1</text:note-citation>"
    return f"<text:note>{mark}<text:note-body>{para(text)}</text:note-body></text:note>"


def items(*texts: str, style: str = "L1", more: str = "") -> str:
    inner = "".join(
        f"<text:list-item>{text if text.startswith('<') else para(text)}</text:list-item>" for text in texts
    )
    return f'<text:list text:style-name="{style}" {more}>{inner}</text:list>'


PROSE: dict[str, tuple[str, tuple[str, ...]]] = {
    "paragraphs and headings": (
        '<text:h text:outline-level="1">一、收入</text:h>' + para("完成30.51亿元。"),
        ("一、收入", "完成30.51亿元。"),
    ),
    "blanks, tabs, breaks": (
        para('青河区<text:s text:c="3"/>5<text:tab/>亿元<text:line-break/>附\n  件'),
        ("青河区   5 亿元", "附 件"),
    ),
    "struck, hidden": (
        para(span("7", "struck") + span("8", "hidden") + span("9", "child") + span("6", "unstruck") + "亿元"),
        ("6亿元",),
    ),
    "a whole paragraph hidden": (para("密7亿元", "child") + para("6亿元", "loop"), ("6亿元",)),
    "a raised mark is no digit": (
        para("完成56917" + span("1", "raised") + "万元" + span("预算", "raised")),
        ("完成56917万元预算",),
    ),
    "changes": (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>删去9亿元</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>" + para("完成5亿元<text:change/>"),
        ("完成5亿元",),
    ),
    "a comment": (para("完成<office:annotation><text:p>问7</text:p></office:annotation>5亿元"), ("完成5亿元",)),
    "a note follows": (
        para("完成" + note("含上级补助1亿元。") + "5亿元。") + para("下一段"),
        ("完成5亿元。", "含上级补助1亿元。", "下一段"),
    ),
    "a text box follows": (
        para("正文5亿元<draw:frame><draw:text-box>" + para("框内6亿元") + "</draw:text-box></draw:frame>。"),
        ("正文5亿元。", "框内6亿元"),
    ),
    "a text box before the text precedes": (
        para(f"<draw:frame><draw:text-box>{para('框内6亿元')}</draw:text-box></draw:frame>正文5亿元"),
        ("框内6亿元", "正文5亿元"),
    ),
    "sections, but no contents": (
        f"<text:section>{para('节内5亿元')}</text:section><text:table-of-content><text:index-body>{para('目录 3')}"
        "</text:index-body></text:table-of-content>",
        ("节内5亿元",),
    ),
    "numbers of lists": (
        items("收入", para("支出") + items("本级", "下级", style=""))
        + para("又")
        + items("债务", more='text:continue-numbering="true"')
        + items("新起"),
        ("一、收入", "二、支出", "（1）本级", "（2）下级", "又", "三、债务", "一、新起"),
    ),
    "levels together": (
        items(para("甲") + items(para("乙") + items("丙", "丁", style=""), style="")),
        ("一、甲", "（1）乙", "1.1.丙", "1.2.丁"),
    ),
    "bullets and second paragraphs have none": (
        items("甲", style="L2") + items(para("乙") + para("丙")),
        ("甲", "一、乙", "丙"),
    ),
}


@pytest.mark.parametrize("what", PROSE)
def test_what_is_printed(what: str) -> None:
    body, expected = PROSE[what]
    assert blocks(body) == lines(*expected)


COVERED = "<table:covered-table-cell/>"
TABLES: dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = {
    "rows and a head": (
        (
            "<table:table-header-rows>" + row(cell("项目"), cell("完成数")) + "</table:table-header-rows>",
            row(cell("教育支出"), cell("56917")),
        ),
        (("项目", "完成数"), ("教育支出", "56917")),
    ),
    "merged cells": (
        (
            row(
                cell("项目", 'table:number-rows-spanned="2"'),
                cell("2025年", 'table:number-columns-spanned="2"'),
                COVERED,
            ),
            row(COVERED, cell("预算数"), cell("完成数")),
            row(cell("教育"), cell("3"), cell("4")),
        ),
        (("项目", "2025年", ""), ("", "预算数", "完成数"), ("教育", "3", "4")),
    ),
    "repeated cells": (
        (row(cell("项目"), cell("数", 'table:number-columns-repeated="2"')), row(cell("教育"), cell("3"), cell("4"))),
        (("项目", "数", "数"), ("教育", "3", "4")),
    ),
    "a list in a cell": (
        (row(cell("项目"), cell("数")), row(f"<table:table-cell>{items('教育')}</table:table-cell>", cell("3"))),
        (("项目", "数"), ("一、教育", "3")),
    ),
    "lines and a note in a cell": (
        (
            row(cell("项目"), cell("数")),
            row(f"<table:table-cell>{para('教育')}{para('支出' + note('含8'))}</table:table-cell>", cell("3")),
        ),
        (("项目", "数"), ("教育支出", "3")),
    ),
}


@pytest.mark.parametrize("what", TABLES)
def test_tables(what: str) -> None:
    rows, expected = TABLES[what]
    body = para("一、支出") + f"<table:table>{''.join(rows)}</table:table>" + para("完毕5亿元")
    assert blocks(body) == (*lines("一、支出"), Table(expected), *lines("完毕5亿元"))


def test_prose_in_a_frame_is_no_table() -> None:
    table = "<table:table>" + row(cell("收入" * 300), cell()) + row(cell("支出5亿元"), cell()) + "</table:table>"
    assert blocks(table) == lines("收入" * 300, "支出5亿元")


# ---------------------------------------------------------------------------------------------- spreadsheets

HEAD = row(cell("项目"), cell("内部"), cell("完成数"), cell("完成预算%"))
BODY = row(
    cell("教育支出"), number("7", "7"), number("56,917.5", "56917.46"), number("95.94%", "0.95941", "percentage")
)


def sheet(rows: str, styles: str = STYLES) -> tuple[tuple[str, ...], ...]:
    (table,) = ods_file.read(ods({"表一": rows}, styles)).blocks
    assert isinstance(table, Table) and table.caption == "表一"
    return table.rows


def test_ods_shows_what_the_sheet_shows() -> None:
    assert sheet(HEAD + BODY) == (
        ("项目", "内部", "完成数", "完成预算%"),
        ("教育支出", "7", "56917.5", "95.94%"),
    )


@pytest.mark.parametrize(
    "columns",
    [
        '<table:table-column/><table:table-column table:visibility="collapse"/>',
        '<table:table-column-group><table:table-column/><table:table-column table:visibility="collapse"/>'
        "</table:table-column-group><table:table-column table:number-columns-repeated='16382'/>",
    ],
)
def test_ods_hidden_columns(columns: str) -> None:
    assert sheet(columns + HEAD + BODY) == (("项目", "完成数", "完成预算%"), ("教育支出", "56917.5", "95.94%"))


def test_ods_hidden_rows_are_read_and_text_keeps_its_commas() -> None:
    rows = row(cell("1,234户"), cell("甲"), attributes='table:visibility="collapse"') + row(cell("乙"), cell("丙"))
    assert sheet(rows) == (("1,234户", "甲"), ("乙", "丙"))


def test_ods_empty_cells_and_rows_to_the_end_of_the_sheet() -> None:
    gap = '<table:table-cell table:number-columns-repeated="3"/>'
    end = '<table:table-cell table:number-columns-repeated="16000"/>'
    rows = (
        row(cell("项目"), gap, cell("数"), end)
        + row(end, attributes='table:number-rows-repeated="1000"')
        + row(cell("教育"), gap, number("3", "3"), end, attributes='table:number-rows-repeated="2"')
        + row(end, attributes='table:number-rows-repeated="1048000"')
    )
    assert sheet(rows) == (("项目", "数"), ("教育", "3"), ("教育", "3"))


def test_ods_hidden_sheets() -> None:
    body = f'<table:table table:name="甲" table:style-name="away">{HEAD}{BODY}</table:table>'
    body += f'<table:table table:name="乙">{HEAD}{BODY}</table:table>'
    reading = ods_file.read(odf("spreadsheet", body, STYLES))
    assert [block.caption for block in reading.blocks if isinstance(block, Table)] == ["乙"]
    assert reading.warnings == ("有 1 个隐藏的工作表未读取。",)


# ---------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    "data, kind",
    [
        (odt(para("5亿元")), "odt"),
        (ods({"表": HEAD}), "ods"),
        (odf("text-template", para("5亿元")), "odt"),
        (odf("presentation", ""), "odp"),
        (odf("graphics", ""), "odf"),
        (zipped({"content.xml": "<a/>"}), "zip"),
        (zipped({"mimetype": "application/epub+zip"}), "zip"),
    ],
)
def test_the_kind_is_known_by_its_content(data: bytes, kind: str) -> None:
    assert sniff(data) == kind
    if kind in {"odt", "ods"}:
        assert formats.documents("报告.docx", data)[0].media == kind
    elif kind != "zip":
        with pytest.raises(UnreadableFile):
            formats.documents("报告.odt", data)


DTD = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
LAUGH = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
TEXT_BODY = f"<office:body><office:text>{para('&a;5亿元')}</office:text></office:body>"
CONTENT = f"<office:document-content {SPACES}>{TEXT_BODY}</office:document-content>"
TEXT = "application/vnd.oasis.opendocument.text"
MANIFEST = "<manifest:encryption-data manifest:checksum='x'/>"
REFUSED: dict[str, tuple[bytes, str]] = {
    "an entity that opens a file": (zipped({"mimetype": TEXT, "content.xml": DTD + CONTENT}), "DTD"),
    "entities of entities": (zipped({"mimetype": TEXT, "content.xml": LAUGH + CONTENT}), "DTD"),
    "the same in another encoding": (
        zipped(
            {"mimetype": TEXT, "content.xml": (DTD.replace("?>", " encoding='UTF-16'?>", 1) + CONTENT).encode("utf-16")}
        ),
        "DTD",
    ),
    "a style sheet with one": (odf("text", para("5亿元"), others={"styles.xml": DTD + "<x/>"}), "DTD"),
    "no XML": (zipped({"mimetype": TEXT, "content.xml": "{}"}), "损坏"),
    "cut XML": (zipped({"mimetype": TEXT, "content.xml": CONTENT[:-9]}), "损坏"),
    "an entity nobody declared": (zipped({"mimetype": TEXT, "content.xml": CONTENT}), "损坏"),
    "a bomb": (zipped({"mimetype": TEXT, "content.xml": b" " * (40 * 2**20)}), "炸弹"),
    "encrypted": (odf("text", para("5亿元"), others={"META-INF/manifest.xml": MANIFEST}), "加密"),
    "without text": (odt(""), "没有"),
    "a sheet without cells": (ods({"表": ""}), "没有"),
    "a cell repeated without end": (
        ods(
            {
                "表": row(
                    cell("5", 'table:number-columns-repeated="16000"'),
                    attributes='table:number-rows-repeated="1000000"',
                )
            }
        ),
        "过大",
    ),
    "rows without end": (ods({"表": row(cell("5"), attributes='table:number-rows-repeated="1000000"') * 9}), "过大"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused_with_one_line(what: str) -> None:
    data, words = REFUSED[what]
    with pytest.raises(UnreadableFile, match=words):
        formats.documents("报告.odt", data)
