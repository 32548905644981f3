"""OFD: characters at their places become lines and tables; templates, turned pages, stamps; files that mean harm."""

from typing import Any

import pytest

from index.errors import UnreadableFile
from index.models import Block, Line, Table
from index.read import formats, image_file, ofd_file
from tests.open_builders import OFD, at, grid, ofd, rule, text_object
from tests.read_builders import png, zipped

WORDS = "青河区一般公共预算收入完成30.51亿元，增长4.2%。"


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text.strip() for block in blocks if isinstance(block, Line)]


def read(*objects: str, **more: Any) -> list[str]:
    return texts(ofd_file.read(ofd([objects], **more)).blocks)


def code(text: str, attributes: str) -> str:
    return f"<ofd:TextCode {attributes}>{text}</ofd:TextCode>"


LAYOUT: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "lines from top to bottom": (
        (at(30, 60, "第二行教育支出8.06亿元。"), at(30, 50, WORDS)),
        [WORDS, "第二行教育支出8.06亿元。"],
    ),
    "pieces of one line": (
        (at(66, 50, "收入完成30.51亿元。"), at(30, 50, "青河区一般公共预算")),
        ["青河区一般公共预算收入完成30.51亿元。"],
    ),
    "figures with their own steps": (
        (text_object(30, 50, code(WORDS, 'X="0" Y="4" DeltaX="g 11 4 g 2 4 g 5 2 4 4 4 4 4 2 2 2 2 4"')),),
        [WORDS],
    ),
    "no steps at all": ((text_object(30, 50, code(WORDS, 'X="0" Y="4"')),), [WORDS]),
    "digits spread evenly": (
        (text_object(30, 50, code("一般公共预算收入完成2025年", 'X="0" Y="4" DeltaX="g 14 4"')), at(30, 70, WORDS)),
        ["一般公共预算收入完成2025年", WORDS],
    ),
    "two figures close together are two": (
        (text_object(30, 50, code("全区收入1234", 'X="0" Y="4" DeltaX="g 4 4 2 5 2"')), at(30, 70, WORDS)),
        ["全区收入12 34", WORDS],
    ),
    "two codes in one object": (
        (
            text_object(
                30,
                50,
                code("一般公共预算", 'X="0" Y="4" DeltaX="g 5 4"') + code("收入5亿元", 'X="24" DeltaX="4 4 2 4"'),
            ),
            at(30, 70, WORDS),
        ),
        ["一般公共预算收入5亿元", WORDS],
    ),
    "a size small, a matrix large": (
        (
            text_object(30, 50, code(WORDS, 'X="0" Y="1"'), size=1, attributes='CTM="4 0 0 4 0 0"'),
            at(30, 70, "预算草案。"),
        ),
        [WORDS, "预算草案。"],
    ),
    "the size spelt small": ((at(30, 50, WORDS).replace(" Size=", " size="),), [WORDS]),
    "a block inside a layer": ((f'<ofd:PageBlock ID="7">{at(30, 50, WORDS)}</ofd:PageBlock>',), [WORDS]),
    "what is not to be seen": ((at(30, 50, WORDS), at(30, 60, "密7亿元", attributes='Visible="false"')), [WORDS]),
    "narrow digits are not": (
        (text_object(30, 50, code("收入223883万元", 'X="0" Y="4" DeltaX="4 4 g 5 0.8 0.8 4"')), at(30, 70, WORDS)),
        ["收入223883万元", WORDS],
    ),
    "blanks that are written": (
        (at(30, 50, "青河区 财政局 一般公共预算收入5亿元。"),),
        ["青河区 财政局 一般公共预算收入5亿元。"],
    ),
}


@pytest.mark.parametrize("what", LAYOUT)
def test_layout(what: str) -> None:
    objects, expected = LAYOUT[what]
    assert [" ".join(line.split()) for line in read(*objects)] == expected  # blanks of any width


def test_a_ruled_table_between_lines() -> None:
    rows = (("项目", "预算数", "完成数"), ("教育支出", "59325", "56917"), ("农林水支出", "1500", "1390"))
    objects = [at(30, 40, WORDS), *grid(30, 50, (50, 40, 40), rows), at(30, 90, "以上报告，请予审议。")]
    blocks = ofd_file.read(ofd([objects])).blocks
    assert blocks[1] == Table(rows, 1)
    assert texts(blocks) == [WORDS, "以上报告，请予审议。"]


def test_pages_and_a_table_over_both() -> None:
    head, first, second = ("项目", "完成数"), ("教育支出", "56917"), ("农林水支出", "1390")
    pages = [[at(30, 40, WORDS), *grid(30, 250, (50, 40), [head, first])], grid(30, 20, (50, 40), [head, second])]
    blocks = ofd_file.read(ofd(pages)).blocks
    assert blocks[1:] == (Table((head, first, second), 1),)
    assert blocks[0].page == 1


@pytest.mark.parametrize(
    "matrix, x, y", [("0 1 -1 0 0 0", 200, 20), ("0 -1 1 0 0 0", 20, 280), ("-1 0 0 -1 0 0", 190, 280)]
)
def test_a_page_that_lies_on_its_side(matrix: str, x: float, y: float) -> None:
    below = {"0 1": (-10, 0), "0 -": (10, 0), "-1 ": (0, -10)}[matrix[:3]]
    lines = (WORDS, "教育支出完成8.06亿元。")
    objects = [
        text_object(x + n * below[0], y + n * below[1], code(line, 'X="0" Y="0"'), attributes=f'CTM="{matrix}"')
        for n, line in enumerate(lines)
    ]
    assert read(*objects) == list(lines)


def test_slanting_text_is_left_out_and_said() -> None:
    mark = [
        text_object(
            30, 60 + 40 * n, code("仅供内部参考不得外传2025", 'X="0" Y="4"'), attributes='CTM="0.7 0.7 -0.7 0.7 0 0"'
        )
        for n in range(3)
    ]
    reading = ofd_file.read(ofd([[at(30, 50, WORDS), *mark]]))
    assert texts(reading.blocks) == [WORDS]
    assert reading.warnings == ("第 1 页有斜排的文字，未读取。",)


@pytest.mark.parametrize("order", ["Background", "Foreground"])
def test_templates(order: str) -> None:
    layer = f'<ofd:Layer ID="3">{at(30, 30, "青河区财政局公开")}</ofd:Layer>'
    template = f"<ofd:Page {OFD}><ofd:Content>{layer}</ofd:Content></ofd:Page>"
    data = ofd(
        [[at(30, 50, WORDS)]],
        common='<ofd:TemplatePage ID="5" BaseLoc="Tpls/T.xml"/>',
        page=f'<ofd:Template TemplateID="5" ZOrder="{order}"/>',
        others={"Doc_0/Tpls/T.xml": template},
    )
    assert texts(ofd_file.read(data).blocks) == ["青河区财政局公开", WORDS]


RESOURCES = f"""<ofd:Res {OFD} BaseLoc="Res">
<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="20" Width="90" Height="20">
<ofd:Content>{at(0, 6, "支出8亿元。")}
<ofd:CompositeObject ID="21" Boundary="0 0 10 10" ResourceID="20"/></ofd:Content></ofd:CompositeGraphicUnit>
</ofd:CompositeGraphicUnits>
<ofd:MultiMedias><ofd:MultiMedia ID="30" Type="Image"><ofd:MediaFile>page.png</ofd:MediaFile></ofd:MultiMedia>
</ofd:MultiMedias>
</ofd:Res>"""
COMMON = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
OTHERS: dict[str, str | bytes] = {"Doc_0/DocumentRes.xml": RESOURCES, "Doc_0/Res/page.png": png()}
PICTURE = '<ofd:ImageObject ID="6" Boundary="0 0 210 297" ResourceID="30"/>'


def test_composite_objects_also_one_that_holds_itself() -> None:
    drawing = '<ofd:CompositeObject ID="5" Boundary="30 60 90 20" ResourceID="20"/>'
    assert read(at(30, 50, WORDS), drawing, common=COMMON, others=OTHERS) == [WORDS, "支出8亿元。"]


def test_pages_that_are_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [[at(30, 50, WORDS)], [PICTURE]]
    data = ofd(pages, common=COMMON, others=OTHERS)
    monkeypatch.setattr(image_file, "is_installed", lambda: False)
    reading = ofd_file.read(data)
    assert (texts(reading.blocks), reading.ocr, len(reading.warnings)) == ([WORDS], False, 1)
    with pytest.raises(UnreadableFile, match="扫描件"):
        ofd_file.read(ofd(pages[1:], common=COMMON, others=OTHERS))
    monkeypatch.setattr(image_file, "is_installed", lambda: True)
    box = [(60, 10), (360, 10), (360, 30), (60, 30)]
    monkeypatch.setattr(
        image_file, "_engine_output", lambda picture: [(box, "支出8亿元。")] if picture == png() else []
    )
    reading = ofd_file.read(data)
    assert (texts(reading.blocks), reading.ocr, reading.warnings) == ([WORDS, "支出8亿元。"], True, ())
    assert reading.blocks[-1].page == 2


def test_glyphs_without_a_meaning_are_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_file, "is_installed", lambda: True)
    monkeypatch.setattr(image_file, "_engine_output", lambda picture: [])
    garbage = at(30, 60, "\ue001\ue002\ue003" * 12)
    reading = ofd_file.read(ofd([[at(30, 50, WORDS)], [garbage]]))
    assert texts(reading.blocks) == [WORDS]
    assert reading.warnings == ("第 2 页的图片或字体无法识别，未读取。",)


def test_a_missing_page_is_said() -> None:
    data = ofd([[at(30, 50, WORDS)]] * 2, others={"Doc_0/Pages/Page_0/Content.xml": "<cut"})
    reading = ofd_file.read(data)
    assert reading.warnings == ("第 1 页缺失或已损坏，未读取。",)
    assert [(block.page, texts((block,))) for block in reading.blocks] == [(2, [WORDS])]


def test_two_documents_in_one_file() -> None:
    one = "<ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    data = ofd([[at(30, 50, WORDS)]], others={"OFD.xml": f"<ofd:OFD {OFD}>{one}{one}</ofd:OFD>"})
    assert [block.page for block in ofd_file.read(data).blocks] == [1, 2]


def test_it_is_known_by_its_content_also_inside_an_archive() -> None:
    data = ofd([[at(30, 50, WORDS)]])
    assert formats.documents("报告.pdf", data)[0].media == "ofd"
    (document,) = formats.documents("全部.zip", zipped({"报告.ofd": data}))
    assert (document.name, document.media, texts(document.blocks)) == ("全部.zip!/报告.ofd", "ofd", [WORDS])


DTD = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
PAGE_0 = "Doc_0/Pages/Page_0/Content.xml"
REFUSED: dict[str, tuple[bytes, str]] = {
    "an entity in the root": (ofd([[at(30, 50, WORDS)]], others={"OFD.xml": DTD + "<x/>"}), "DTD"),
    "an entity in the only page": (ofd([[at(30, 50, WORDS)]], others={PAGE_0: DTD + "<x/>"}), "没有文字"),
    "a bomb": (ofd([[at(30, 50, WORDS)]], others={PAGE_0: b" " * (40 * 2**20)}), "没有文字"),
    "a root that leads outside": (
        ofd([[]], others={"OFD.xml": f"<ofd:OFD {OFD}><ofd:DocRoot>../../etc/passwd</ofd:DocRoot></ofd:OFD>"}),
        "缺少",
    ),
    "no pages": (ofd([]), "没有文字"),
    "an empty page": (ofd([[rule(0, 0, 10, 10)]]), "没有文字"),
    "encrypted": (ofd([[at(30, 50, WORDS)]], others={"Encryptions.xml": "<x/>"}), "加密"),
    "numbers without end": (
        ofd([[text_object(1, 1, code("5", 'X="1e999" Y="nan" DeltaX="g 9999999999 1"'))]]),
        "没有文字",
    ),
    "a path without end": (
        ofd(
            [
                [
                    '<ofd:PathObject Boundary="0 0 1 1"><ofd:AbbreviatedData>M 0 0 L 1e308 1e308 9 9 C Z B 1 A'
                    "</ofd:AbbreviatedData></ofd:PathObject>"
                ]
            ]
        ),
        "没有文字",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused_with_one_line(what: str) -> None:
    data, words = REFUSED[what]
    with pytest.raises(UnreadableFile, match=words):
        formats.documents("报告.ofd", data)


def test_many_members_that_are_large_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.read.ofd_package.MAX_TOTAL", 20_000)
    pages = [[at(30, 50, WORDS)] * 10] * 20
    with pytest.raises(UnreadableFile, match="过大"):
        ofd_file.read(ofd(pages, stored=True))
