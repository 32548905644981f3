"""RTF: order, tables with merged cells, notes, what is not printed, and files that mean harm."""

import pytest

from index.errors import UnreadableFile
from index.models import Block, Line, Table
from index.read import formats, rtf_file
from tests.open_builders import HEAD, rtf, rtf_row


def blocks(body: str) -> tuple[Block, ...]:
    return rtf_file.read(rtf(body)).blocks


def lines(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(text, whole=True) for text in texts)


SHOWN: dict[str, tuple[str, tuple[str, ...]]] = {
    "paragraphs": (r"一、收入\par 青河区完成30.51亿元。\par", ("一、收入", "青河区完成30.51亿元。")),
    "a line break is a line": (r"青河区\line 财政局\par", ("青河区", "财政局")),
    "no mark at the end": (r"增长4.2%", ("增长4.2%",)),
    "unicode with a stand-in": (
        r"\u25945?\uc2\u32946\'d3\'fd{\uc0\u25903}\u-44550\'b3\'f68亿元\par",
        ("教育支出8亿元",),
    ),
    "a character outside the basic plane": (r"\u-10176?\u-9216?区5亿元\par", ("\U00020000区5亿元",)),
    "bytes in a Latin font": (r"\f0\'bd\'cc\'d3\'fd8.06亿元\par", ("教育8.06亿元",)),
    "a second byte that is a letter": (b"\\'81@\\par".decode(), ("丂",)),
    "another font's code page": (r"{\f2\'b1\'d0\'a8\'7c 8}\par", ("教育 8",)),
    "a field's result, not its code": (r"{\field{\*\fldinst PAGEREF 7}{\fldrslt 收入5亿元}}。\par", ("收入5亿元。",)),
    "struck, hidden and deleted": (r"完成{\strike 7}{\v 8}{\deleted 9}6亿元{\strike\strike0 。}\par", ("完成6亿元。",)),
    "plain ends it": (r"\strike 7\plain 6亿元\par", ("6亿元",)),
    "a raised mark is no digit": (
        r"完成56917{\super 1}万元{\super [2]}，面积3km{\super 2}\par",
        ("完成56917万元，面积3km",),
    ),
    "raised words are words": (r"{\super 预算}草案5亿元\par", ("预算草案5亿元",)),
    "numbers of lists": (r"\pard{\listtext\pard 一、\tab}收入5亿元\par", ("一、收入5亿元",)),
    "but not bullets": (r"\pard{\listtext\'a1\'a4\u61623?\tab}收入5亿元\par", ("收入5亿元",)),
    "no pictures, headers, comments": (
        r"{\header 页眉1亿元}{\pict\pngblip 89504e470d}{\*\annotation 批注2亿元}{\info{\title 3}}收入5亿元\par",
        ("收入5亿元",),
    ),
    "an unknown starred group": (r"{\*\new 9亿元}收入5亿元\par", ("收入5亿元",)),
    "a note follows its paragraph": (
        r"完成5亿元{\super\chftn}{\footnote {\super\chftn} 含上级补助1亿元。}。\par 下一段\par",
        ("完成5亿元。", "含上级补助1亿元。", "下一段"),
    ),
    "a text box follows its paragraph": (
        r"正文5亿元{\shp{\*\shpinst{\sp{\sn a}{\sv 12}}{\shptxt 框内6亿元\par}}{\shprslt 框内6亿元}}。\par",
        ("正文5亿元。", "框内6亿元"),
    ),
    "a text box before the text precedes": (
        r"前\par\pard{\shp{\*\shpinst{\shptxt 框内6亿元\par}}}正文5亿元\par",
        ("前", "框内6亿元", "正文5亿元"),
    ),
    "binary data": (r"{\pict\bin3 }}{}收入5亿元\par", ("收入5亿元",)),
    "signs": (r"\ldblquote 三保\rdblquote\emdash\~5\_6\{亿\}\par", ("“三保”— 5-6{亿}",)),
    "braces too many": (r"收入5亿元\par}} 附\par", ("收入5亿元", "附")),
}
BIG5 = HEAD.replace("}{\\stylesheet", "{\\f2\\fcharset136 Ming;}}{\\stylesheet")


@pytest.mark.parametrize("what", SHOWN)
def test_what_is_printed(what: str) -> None:
    body, expected = SHOWN[what]
    assert rtf_file.read(rtf(body, BIG5)).blocks == lines(*expected)


E3 = (2000, 4000, 6000)
TABLES: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "rows": (
        rtf_row("项目", "预算数", "完成数", edges=E3) + rtf_row("教育支出", "59325", "56917", edges=E3),
        (("项目", "预算数", "完成数"), ("教育支出", "59325", "56917")),
    ),
    "a cell over two columns": (
        rtf_row("项目", "2025年", edges=(2000, 6000))
        + rtf_row("", "预算数", "完成数", edges=E3)
        + rtf_row("教育支出", "59325", "56917", edges=(2010, 3990, 6000)),
        (("项目", "2025年", ""), ("", "预算数", "完成数"), ("教育支出", "59325", "56917")),
    ),
    "cells merged by words": (
        rtf_row("项目", "2025年", "", edges=("clvmgf", 2000, "clmgf", 4000, "clmrg", 6000))
        + rtf_row("", "预算数", "完成数", edges=("clvmrg", 2000, 4000, 6000))
        + rtf_row("教育", "3", "4", edges=E3),
        (("项目", "2025年", ""), ("", "预算数", "完成数"), ("教育", "3", "4")),
    ),
    "lines in a cell": (
        rtf_row(r"教育\par\pard\intbl 支出", "100\\line 200", edges=(2000, 4000))
        + rtf_row("其他", "5", edges=(2000, 4000)),
        (("教育支出", "100 200"), ("其他", "5")),
    ),
    "a list number in a cell": (
        rtf_row(r"{\listtext\pard 1.\tab}教育\par 支出", "3", edges=(2000, 4000))
        + rtf_row("其他", "5", edges=(2000, 4000)),
        (("1.教育支出", "3"), ("其他", "5")),
    ),
    "rows without a definition": (
        r"\intbl 项目\cell 数\cell\row\intbl 教育\cell 3\cell\row",
        (("项目", "数"), ("教育", "3")),
    ),
    "a table inside a cell": (
        rtf_row(
            r"甲\nestcell 12\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}{\nonesttables\par}",
            "3",
            edges=(2000, 4000),
        )
        + rtf_row("其他", "5", edges=(2000, 4000)),
        (("甲12", "3"), ("其他", "5")),
    ),
    "the last row is cut": (
        rtf_row("项目", "数", edges=(2000, 4000)) + r"\trowd\cellx2000\cellx4000\intbl 教育\cell 3\cell",
        (("项目", "数"), ("教育", "3")),
    ),
}


@pytest.mark.parametrize("what", TABLES)
def test_tables(what: str) -> None:
    body, rows = TABLES[what]
    expected = (*lines("一、支出"), Table(rows), *lines("完毕5亿元"))
    if what.endswith("cut"):
        assert blocks(r"一、支出\par " + body) == expected[:2]
    else:
        first, table, last = blocks(r"一、支出\par " + body + r"\pard 完毕5亿元\par")
        assert isinstance(table, Table)
        table = Table(tuple(tuple(" ".join(cell.split()) for cell in row) for row in table.rows))  # of any width
        assert (first, table, last) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_that_does_not_say_its_code_page(encoding: str) -> None:
    body = "青河区2025年教育支出8.06亿元。".encode(encoding)
    assert rtf_file.read(b"{\\rtf1\\ansi " + body + b"\\par}").blocks == lines("青河区2025年教育支出8.06亿元。")
    assert rtf_file.read(rb"{\rtf1\ansi caf\'e9 5\par}").blocks == lines("café 5")


def test_prose_in_a_frame_is_no_table() -> None:
    long = "收入" * 300
    body = rtf_row(long, "", edges=(2000, 4000)) + rtf_row("支出5亿元", "", edges=(2000, 4000))
    assert blocks(body) == lines(long, "支出5亿元")


def test_it_is_known_by_its_content() -> None:
    (document,) = formats.documents("报告.doc", rtf(r"收入5亿元\par"))
    assert (document.media, document.blocks) == ("rtf", lines("收入5亿元"))


@pytest.mark.parametrize(
    "data, words",
    [
        (rtf(""), "没有文字"),
        (b"{\\rtf1", "没有文字"),
        (rtf("{" * 3000 + "5"), "嵌套"),
        (rtf("{\\pict " + "00" * 5000), "没有文字"),
        (rtf("\\bin99999999999 5"), "没有文字"),
    ],
)
def test_empty_and_hostile(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        rtf_file.read(data)


@pytest.mark.parametrize("cut", range(170, 420, 23))
def test_a_cut_file_gives_what_is_there(cut: int) -> None:
    whole = rtf(r"一、支出5亿元\par " + TABLES["rows"][0] + r"\pard 完毕\par")
    assert rtf_file.read(whole[:cut] + b"}").blocks[0].__class__ in (Line, Table)
