"""PDF: reading order, pages, tables with and without rules, and what cannot be read."""

import pytest

from index.errors import UnreadableFile
from index.models import Line, Table
from index.read import image_file, pdf_file
from index.text.lines import Paragraph, paragraphs
from tests import read_builders as make
from tests.read_builders import Stroke, Text, table

ROWS = [
    ["项目1", "预算数2", "完成数3"],
    ["教育支出4", "59325", "56917"],
    ["科学技术支出5", "689", "-12.5"],
    ["农林水支出6", "1390", "100"],
]
EXPECTED = tuple(tuple(row) for row in ROWS)
WIDTHS = [150, 80, 80]
PROSE = [
    "全市一般公共预算收入完成230.58亿元，为调整预算的98.6%，比",
    "上年决算下降10.1%，其中：税收收入完成108.45亿元，为预算的97.5",
    "%，超收2亿元。",
]


def read(*pages: list[make.Item], **options: bool) -> tuple[Line | Table, ...]:
    return pdf_file.read(make.pdf(pages, **options)).blocks


def prose(y: float) -> list[make.Item]:
    return [Text(96 if n == 0 else 72, y - 20 * n, line) for n, line in enumerate(PROSE)]


def lines(page: int) -> list[Line]:
    return [Line("\u3000\u3000" + PROSE[0], page), Line(PROSE[1], page), Line(PROSE[2], page)]


def test_lines_with_page_and_indent() -> None:
    assert read(prose(700), prose(700)) == (*lines(1), *lines(2))


def test_order_is_taken_from_places_not_from_the_file() -> None:
    assert [line.text for line in read(prose(700)[::-1]) if isinstance(line, Line)][-1] == PROSE[2]


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "without rules"])
def test_tables(ruled: bool) -> None:
    found = read([*prose(760), *table(72, 600, WIDTHS, ROWS, ruled=ruled), *prose(400)])
    assert [type(block) for block in found] == [Line, Line, Line, Table, Line, Line, Line]
    assert found[3] == Table(EXPECTED, 1)


def test_glyphs_printed_twice_count_once() -> None:
    assert read([Text(72, 700, "收入完成5亿元，"), Text(72.3, 700, "收入完成5亿元，")]) == (Line("收入完成5亿元，", 1),)


def test_merged_cells_and_lines_in_a_cell() -> None:
    items: list[make.Item] = [
        Text(76, 586, "项目1"), Text(240, 586, "2023年"), Text(230, 566, "预算2"), Text(310, 566, "完成3"),
        Text(76, 546, "1.专项债务对应项目的"), Text(76, 534, "专项收入2"),
        Text(250, 540, "59325"), Text(330, 540, "56917"),
    ]  # fmt: skip
    for x, top in ((72, 600), (222, 600), (302, 580), (382, 600)):
        items.append(Stroke(x, top, x, 530))
    items += [
        Stroke(72, 600, 382, 600),
        Stroke(222, 580, 382, 580),
        Stroke(72, 560, 382, 560),
        Stroke(72, 530, 382, 530),
    ]
    assert read(items) == (
        Table(
            (("项目1", "2023年", ""), ("", "预算2", "完成3"), ("1.专项债务对应项目的专项收入2", "59325", "56917")), 1
        ),
    )


def test_records_without_rules_between_them() -> None:
    items = table(72, 600, WIDTHS, ROWS, ruled=False)
    items += [Stroke(x, 600, x, 520) for x in (72, 222, 302, 382)] + [Stroke(72, y, 382, y) for y in (600, 580, 520)]
    assert read(items) == (Table(EXPECTED, 1),)


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "without rules"])
def test_table_over_a_page_break_is_one(ruled: bool) -> None:
    more = [ROWS[0], ["住房保障支出7", "8864", "8767"], ["其他支出8", "8", "7"], ["债务付息支出9", "1262", "1262"]]
    found = read(
        [*table(72, 600, WIDTHS, ROWS, ruled=ruled), Text(280, 40, "- 1 -")],
        [Text(72, 780, "续表1"), *table(72, 760, WIDTHS, more, ruled=ruled), Text(280, 40, "- 2 -")],
    )
    assert next(b for b in found if isinstance(b, Table)).rows == EXPECTED + tuple(map(tuple, more[1:]))
    assert sum(isinstance(block, Table) for block in found) == 1


def test_another_table_on_the_next_page_stays_apart() -> None:
    title = [Text(72, 780, "2024年全区政府性基金收入预算表8")]
    found = read(
        table(72, 600, WIDTHS, ROWS, ruled=True),
        [*title, *table(72, 760, WIDTHS, [["名称", *ROWS[0][1:]], *ROWS[1:]], ruled=True)],
    )
    assert sum(isinstance(block, Table) for block in found) == 2


def test_income_and_expenditure_side_by_side_are_one_table() -> None:
    rows = [
        ["收入1", "金额2", "", "支出3", "金额4"],
        ["税收5", "5", "", "教育6", "7"],
        ["非税7", "3", "", "农林水8", "1"],
        ["合计9", "8", "", "合计9", "8"],
    ]
    found = read(table(72, 600, [100, 60, 20, 100, 60], rows, ruled=False))
    assert found == (Table(tuple((*row[:2], *row[3:]) for row in rows), 1),)


def test_rotated_page() -> None:
    found = read([*prose(540), *table(72, 480, WIDTHS, ROWS, ruled=True)], turned=True)
    assert found == (*lines(1), Table(EXPECTED, 1))


def test_sentence_over_a_page_break() -> None:
    pages = [
        [Text(72, 780 - 20 * n, "全区各级财政部门坚持稳中求进工作总基调完成第8项任务，全力") for n in range(8)]
        + [Text(72, 600, "支持经济社会高质量发展，一般公共预算收入完成230.58亿"), Text(280, 40, "— 1 —")],
        [Text(72, 780, "元，为调整预算的98.6%。"), Text(280, 40, "— 2 —")],
    ]
    reading = pdf_file.read(make.pdf(pages))
    from index.models import Document

    found = paragraphs(Document("a.pdf", "", "pdf", reading.blocks))
    assert isinstance(found[-1], Paragraph)
    assert found[-1].text.endswith("完成230.58亿元，为调整预算的98.6%。")
    assert found[-1].page == 1


def test_encrypted() -> None:
    with pytest.raises(UnreadableFile, match="加密"):
        read(prose(700), encrypted=True)


@pytest.mark.parametrize("cut", [12, 400, 900])
def test_truncated(cut: int) -> None:
    data = make.pdf([prose(700)])
    with pytest.raises(UnreadableFile):
        pdf_file.read(data[:cut])


def test_empty_pages() -> None:
    with pytest.raises(UnreadableFile, match="没有文字"):
        read([])


def test_pages_without_text_name_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_file, "is_installed", lambda: False)
    drawing: list[make.Item] = [Stroke(10, 10, 500, 700)]
    with pytest.raises(UnreadableFile, match=r"yusuan\[ocr\]"):
        read(drawing, drawing)
    reading = pdf_file.read(make.pdf([prose(700), drawing]))
    assert len(reading.warnings) == 1 and "1 页" in reading.warnings[0]


def test_picture_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_file, "is_installed", lambda: False)
    with pytest.raises(UnreadableFile, match=r"yusuan\[ocr\]"):
        image_file.read(make.png())


def test_recognised_pieces_become_lines_and_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    def piece(x: float, y: float, width: float, text: str) -> tuple[list[tuple[float, float]], str]:
        return [(x, y), (x + width, y), (x + width, y + 20), (x, y + 20)], text

    pieces = [piece(60, 10, 300, "2023年全区支出情况如下。")]
    for n, (name, figure) in enumerate([("教育支出", "56917"), ("农林水支出", "1390"), ("其他支出", "8")]):
        pieces += [piece(300, 60 + 30 * n, 60, figure), piece(60, 61 + 30 * n, 100, name)]
    monkeypatch.setattr(image_file, "is_installed", lambda: True)
    monkeypatch.setattr(image_file, "_engine_output", lambda picture: pieces)
    reading = image_file.read(b"")
    assert reading.ocr
    assert reading.blocks == (
        Line("2023年全区支出情况如下。", 1),
        Table((("教育支出", "56917"), ("农林水支出", "1390"), ("其他支出", "8")), 1),
    )
