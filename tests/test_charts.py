"""Pictures: what is drawn is what the answer says, read back from the figure; words that ask for a picture."""

from __future__ import annotations

import gc
import struct
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.charts.asking import chart_at, chart_for, drawn_for
from bot.charts.chart import Chart
from bot.charts.making import chart_of, chart_of_view, stages
from bot.charts.pictures import LONGEST_CAPTION, caption_of, drawn, picture_of
from bot.charts.style import DARK, LIGHT, SMALL, can_draw, font_file, title_lines, width_of, wrapped
from index import Desk, Row, View, Wish, wish_of
from tests.chart_views import card, parts, shown, view, years
from tests.telegram_bot import load_samples

drawing = pytest.mark.skipif(not can_draw(), reason="the extra charts is not installed")

# ---------------------------------------------------------------------------------------------- words

# what is said, the kind of picture, the question that is left ("" is the last answer)
WISHES = [
    ("画个图", "", ""),
    ("给我画张图看看吧", "", ""),
    ("能不能画个图看看", "", ""),
    ("把它画成图", "", ""),
    ("饼图", "parts", ""),
    ("用饼图表示", "parts", ""),
    ("趋势图呢", "trend", ""),
    ("上党区教育支出的趋势图", "trend", "上党区教育支出历年"),
    ("上党区教育支出历年折线图", "trend", "上党区教育支出历年"),
    ("那卫生健康的趋势图呢", "trend", "那卫生健康历年"),
    ("给我画个解放区2023年一般公共预算收入构成图", "parts", "解放区2023年一般公共预算收入构成"),
    ("上党区和解放区2023年教育支出对比图", "peers", "上党区和解放区2023年教育支出对比"),
    ("长治各县区一般公共预算收入排名图", "ranking", "长治各县区一般公共预算收入最高排名"),
    ("上党区2023年教育支出，画个图", "", "上党区2023年教育支出"),
    ("西工区2023年四本账画个图", "", "西工区2023年四本账"),
    ("上党区2023年教育支出SVG", "", "上党区2023年教育支出"),
]  # fmt: skip


@pytest.mark.parametrize("text,kind,question", WISHES)
def test_words_ask_for_a_picture(text: str, kind: str, question: str) -> None:
    wish = wish_of(text)
    assert wish is not None and (wish.kind, wish.question) == (kind, question)


@pytest.mark.parametrize(
    "text",
    ["上党区2023年教育支出多少", "图书馆支出多少", "上党区支出图书馆多少", "地图编制经费", "趋势如何", "你好", ""],
)
def test_other_words_do_not(text: str) -> None:
    assert wish_of(text) is None


@pytest.mark.parametrize(
    "text,dark,vector,again",
    [
        ("画个图，深色", True, False, False), ("SVG矢量图", False, True, True), ("SVG", False, True, True),
        ("画图", False, False, False), ("图呢", False, False, False), ("深色的", True, False, True),
        ("浅色吧", False, False, True), ("给我PNG", False, False, True),
    ],
)  # fmt: skip
def test_words_say_how_it_looks(text: str, dark: bool, vector: bool, again: bool) -> None:
    """``again``: the picture before, in another look."""
    assert wish_of(text) == Wish("", "", dark, vector, again)


# ---------------------------------------------------------------------------------------------- what is drawn

SEVERAL = view("several", [
    Row("2023年 收入", shown("收入", "8.57", "亿元")), Row("2024年 收入", shown("收入", "91000")),
    Row("2022年 收入", shown("收入", "*")), Row("2021年 收入", None),
    Row("2023年 同比", shown("收入", "-3.2", "%", "yoy_pct")),
])  # fmt: skip
LONG = years(*[(year, str(50000 + year % 7 * 900), "60000") for year in range(2003, 2024) if year != 2010])
PEERS = view(
    "peers",
    [
        Row(f"县{n}", shown("教育支出", str(90000 - n), scope="whole", region=f"县{n}"), here=n == 17)
        for n in range(1, 21)
    ],
)

# a list, the form of each panel, and each panel's values in the order of its lines (None: nothing is drawn)
DRAWN: list[tuple[View, list[str], list[list[str | None]]]] = [
    (years((2021, "4100"), (2022, "5331.8"), (2023, "5691")), ["columns"], [["4100", "5331.8", "5691"]]),
    # a year without a figure has its place, and nothing in it
    (years((2020, "4100"), (2023, "5691")), ["columns"], [["4100", None, None, "5691"]]),
    # the plan beside the result
    (years((2022, "4100", "4300"), (2023, "5691")), ["columns"], [["4100", "4300", "5691"]]),
    (years((2022, "-12.35"), (2023, "6.75"), unit="%", measure="yoy_pct"), ["columns"], [["-12.35", "6.75"]]),
    # labels that have no room in columns
    (years(*[(year, "123456789") for year in range(2016, 2024)]), ["rows"], [["12345.6789"] * 8]),
    # the largest first, what is left of the total last
    (
        parts("1000", ("甲支出", "100"), ("乙支出", "700"), ("丙支出", "150")), ["rows"],
        [["1000", "700", "150", "100", "50"]],
    ),
    (parts("1000", ("甲支出", "300"), ("乙支出", "700")), ["rows"], [["1000", "700", "300"]]),
    # one unit for money; a percentage has a panel of its own; withheld and missing ones have no bar
    (SEVERAL, ["rows", "rows"], [["85700", "91000", None, None], ["-3.2"]]),
    (PEERS, ["rows"], [[*(str(90000 - n) for n in range(1, 16)), str(90000 - 17)]]),
]  # fmt: skip


@pytest.mark.parametrize("told,forms,values", DRAWN)
def test_a_chart_holds_the_figures(told: View, forms: list[str], values: list[list[str | None]]) -> None:
    chart = chart_of_view(told)
    assert chart is not None and [panel.form for panel in chart.panels] == forms
    flat = [[None if value is None else Decimal(value) for value in panel] for panel in values]
    gaps = [
        [mark.value if mark else None for line in panel.lines for mark in (line.marks or (None,))]
        for panel in chart.panels
    ]
    assert gaps == flat


@drawing
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("told", [told for told, _, _ in DRAWN] + [LONG])
def test_bars_and_labels_are_those_values(told: View, dark: bool) -> None:
    chart = chart_of_view(told)
    assert chart is not None
    figure = figure_of(chart, dark)
    for panel, axes in zip(chart.panels, figure.axes, strict=True):
        marks = [mark for line in panel.lines for mark in line.marks if mark.value is not None]
        assert sorted(drawn_values(axes, panel.form)) == pytest.approx(sorted(float(mark.value or 0) for mark in marks))
    said = texts_of(figure)
    for panel in chart.panels if told is not LONG else []:
        for line in panel.lines:
            assert line.marks or any(word in ("无数据", "无") for word in said)
            for mark in line.marks:
                assert any(mark.label in text for text in said)
    assert all(any(line in text for text in said) for line in title_lines(chart.title, 15, 332))


@drawing
@pytest.mark.parametrize("told", [told for told, _, _ in DRAWN] + [LONG])
def test_texts_stay_on_the_page_and_apart(told: View) -> None:
    chart = chart_of_view(told)
    assert chart is not None
    figure = figure_of(chart)
    canvas = figure.canvas
    canvas.draw()
    boxes = [text.get_window_extent(canvas.get_renderer()) for text in all_texts(figure)]
    width, height = canvas.get_width_height()
    for box in boxes:
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
    for number, box in enumerate(boxes):
        for other in boxes[number + 1 :]:
            over = min(box.x1, other.x1) - max(box.x0, other.x0), min(box.y1, other.y1) - max(box.y0, other.y0)
            assert min(over) <= box.height * 0.3  # descenders may reach into the next line


@drawing
@pytest.mark.parametrize("told", [told for told, forms, _ in DRAWN if set(forms) == {"rows"}])
def test_no_bar_lies_under_a_text(told: View) -> None:
    chart = chart_of_view(told)
    assert chart is not None
    figure = figure_of(chart)
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    bars = [patch.get_window_extent(renderer) for axes in figure.axes for bar in axes.containers for patch in bar]
    for text in all_texts(figure):
        box = text.get_window_extent(renderer)
        for bar in bars:
            apart = box.x1 <= bar.x0 or bar.x1 <= box.x0 or box.y1 <= bar.y0 + 3 or bar.y1 <= box.y0 + 3
            assert apart, text.get_text()


@drawing
def test_nothing_is_smaller_than_a_phone_shows() -> None:
    for told in (LONG, SEVERAL):
        chart = chart_of_view(told)
        assert chart is not None
        assert min(text.get_fontsize() for text in all_texts(figure_of(chart))) >= SMALL


@drawing
def test_a_gap_breaks_the_line() -> None:
    chart = chart_of_view(LONG)
    assert chart is not None and chart.panels[0].form == "line"
    figure = figure_of(chart)
    line = next(line for line in figure.axes[0].lines if line.get_gid() == "done")
    at = list(line.get_xdata()).index(2010)
    assert line.get_ydata()[at] != line.get_ydata()[at] and "2010年没有这个数，图上留空" in chart.notes


# an answer, the stages drawn, what is said besides
STAGES = [
    (card(shown("教育支出", "95"), shown("教育支出", "100", measure="budget", asked=False)), ["100", "95"]),
    (
        card(
            shown("教育支出", "90"), shown("教育支出", "100", measure="budget", asked=False),
            shown("教育支出", "88", measure="adjusted_budget", asked=False),
        ),
        ["100", "88", "90"],
    ),
    # of another scope: not of this line
    (card(shown("教育支出", "95"), shown("教育支出", "100", measure="budget", asked=False, scope="own")), []),
    (card(shown("教育支出", "95"), shown("教育支出", "6.7", "%", "yoy_pct", asked=False)), []),
]  # fmt: skip


@pytest.mark.parametrize("turn,values", STAGES)
def test_budget_to_result(turn: Any, values: list[str]) -> None:
    chart = stages(turn.detail)
    assert chart_of(turn) == chart
    told = [mark.value for line in chart.panels[0].lines for mark in line.marks] if chart else []
    assert told == [Decimal(value) for value in values]


def test_two_figures_that_differ_are_both_drawn_and_it_is_said(desk: Desk) -> None:
    wish = wish_of("上党区2023年社会保障和就业支出画个图")
    assert wish is not None
    _, chart = chart_for(desk, wish)
    assert chart is not None
    assert [mark.label for line in chart.panels[0].lines for mark in line.marks] == ["63,788", "61,041", "60,942"]
    assert any("不一致" in note for note in chart.notes)


def test_levels_of_one_item_stand_beside_each_other() -> None:
    whole = [shown("教育支出", "5691", scope="whole", words="全县"),
             shown("教育支出", "6000", measure="budget", scope="whole", words="全县", asked=False)]  # fmt: skip
    own = [shown("教育支出", "1200", scope="own", words="县本级"),
           shown("教育支出", "1500", measure="budget", scope="own", words="县本级", asked=False)]  # fmt: skip
    chart = chart_of(card(*whole, *own))
    assert chart is not None and chart.kind == "several" and "口径不同" in chart.subtitle
    told = [(line.label, [mark.label for mark in line.marks]) for line in chart.panels[0].lines]
    assert told == [("全县", ["5,691", "6,000"]), ("县本级", ["1,200", "1,500"])]
    alone = chart_of(card(*whole))
    assert alone is not None and alone.kind == "stages"
    contradicting = chart_of(card(*whole, replace(own[0], figure=replace(own[0].figure, scope="whole"))))
    assert contradicting is not None and contradicting.kind == "stages"


@pytest.mark.parametrize(
    "told",
    [
        years((2023, "5691")),
        view("parts", [Row("合计", shown("支出", "*")), Row("甲", shown("甲", "1")), Row("乙", shown("乙", "2"))]),
        view("several", [Row("甲", shown("甲", "1")), Row("乙", None)]),
    ],
)
def test_nothing_to_draw(told: View) -> None:
    assert chart_of_view(told) is None


def test_parts_that_overlap_have_no_rest() -> None:
    chart = chart_of_view(parts("1000", ("甲支出", "600"), ("乙支出", "700")))
    assert chart is not None and all(line.label != "其他" for line in chart.panels[0].lines)
    assert "所列各项之和比合计多，各项可能有重叠" in chart.notes


def test_small_parts_become_the_rest() -> None:
    chart = chart_of_view(parts("2000", *[(f"项{n}", str(10 + n)) for n in range(20)]))
    assert chart is not None and chart.panels[0].lines[-1].label == "其他"
    told = [mark.value or Decimal(0) for line in chart.panels[0].lines[1:] for mark in line.marks]
    assert sum(told) == 2000 and len(told) == 13


def test_scopes_that_differ_stand_in_the_rows() -> None:
    rows = [Row("2022年", shown("支出", "1", year=2022, scope="own")), Row("2023年", shown("支出", "2", words="全县"))]
    chart = chart_of_view(view("trend", rows, "云水市青石县 · 支出 · 全县"))
    assert chart is not None and "口径不同" in chart.subtitle and chart.title == "云水市青石县 · 支出"
    assert [line.label for line in chart.panels[0].lines] == ["2022年（本级）", "2023年（全县）"]


def test_only_figures_of_one_kind_stand_in_a_trend() -> None:
    rows = [Row(f"{year}年", shown("收入", str(year), year=year)) for year in (2022, 2023)]
    chart = chart_of_view(view("trend", [*rows, Row("2030年比率", shown("收入", "6", "%", "rate", 2030))]))
    assert chart is not None and [line.label for line in chart.panels[0].lines] == ["2022年", "2023年"]
    assert "2030年比率是另一种数，没有画" in chart.notes


def test_computed_figures_are_marked() -> None:
    rows = [Row("2022年", shown("支出", "1", year=2022, derived=True)), Row("2023年", shown("支出", "2"))]
    chart = chart_of_view(view("trend", rows))
    assert chart is not None and chart.panels[0].lines[0].marks[0].label == "1*"
    assert any("推算" in note for note in chart.notes)


def test_the_foot_names_report_and_pages() -> None:
    rows = [Row("2022年", shown("支出", "1", year=2022, page=5)), Row("2023年", shown("支出", "2", page=3))]
    chart = chart_of_view(view("trend", rows))
    assert chart is not None and chart.sources == ("《青石县财政报告》 第3、5页",)


def test_the_caption_says_every_value_and_fits() -> None:
    chart = chart_of_view(years((2020, "4100", "4300"), (2022, "5691")))
    assert chart is not None
    assert "2020年 完成数 4,100万元，预算数 4,300万元；2021年 无数据；2022年 5,691万元" in chart.alt
    long = chart_of_view(LONG)
    assert long is not None
    wide = Chart(long.kind, "题" * 900, long.subtitle, long.panels, sources=long.sources)
    assert len(caption_of(wide)) <= LONGEST_CAPTION and caption_of(wide).endswith("《青石县财政报告》")


@pytest.mark.parametrize(
    "text,room", [("长治市上党区一般公共预算支出123,456.78万元，比上年增长6.75%", 90), ("", 50), ("甲", 1)]
)
def test_lines_fit(text: str, room: float) -> None:
    lines = wrapped(text, 11, room)
    assert "".join(lines) == text
    assert all(width_of(line, 11) <= room + 11 for line in lines if len(line) > 1)  # a closing mark hangs over
    assert "123,456.78" not in text or any("123,456.78" in line for line in lines)


# ---------------------------------------------------------------------------------------------- files


@drawing
def test_the_font_has_the_signs_that_pictures_use() -> None:
    from matplotlib.ft2font import FT2Font

    known = FT2Font(str(font_file())).get_charmap()
    assert not [sign for sign in "■□※÷·（）《》“”、，。；：…％*鄠亳濮沁" if ord(sign) not in known]


@drawing
def test_png_and_svg() -> None:
    turn = STAGES[0][0]
    png, svg = picture_of(turn), picture_of(turn, form="svg", dark=True)
    assert png is not None and svg is not None
    assert png.content[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">I", png.content[16:20])[0] == 1080
    assert b"<svg" in svg.content[:400] and b"<text" not in svg.content  # the font need not be there
    assert DARK.ground.lower().encode() in svg.content.lower() and LIGHT.ground.lower().encode() not in svg.content
    assert png.name == "云水市青石县_2023年_教育支出（一般公共预算）_预算执行.png" and "95万元" in png.caption


@drawing
def test_the_collector_does_not_look_through_the_libraries_at_each_picture() -> None:
    assert picture_of(STAGES[0][0]) is not None and gc.get_freeze_count()


@drawing
def test_a_picture_is_made_once() -> None:
    chart = chart_of(STAGES[0][0])
    assert chart is not None
    assert drawn(chart).content is drawn(chart).content
    assert drawn(chart).content is not drawn(chart, dark=True).content


# ---------------------------------------------------------------------------------------------- from a real index


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    found = Desk(load_samples(tmp_path_factory.mktemp("charts")))
    yield found
    found.close()


# a question with a picture, the kind of chart, labels and values drawn
ASKED = [
    ("上党区教育支出趋势图", "trend", [("2022年", "53318"), ("2023年", "56917"), ("2023年", "59325")]),
    ("上党区2023年教育支出画个图", "stages", [("预算数", "59325"), ("完成数", "56917")]),
    ("解放区2023年一般公共预算收入饼图", "parts", [("合计", "90074"), ("税收收入", "86460"), ("非税收入", "3614")]),
    (
        "解放区2023年一般公共预算收入画个图", "stages",
        [("预算数", "141050"), ("调整预算数", "89850"), ("完成数", "90074")],
    ),
    ("上党区和解放区2023年一般公共预算收入对比图", "several", [("长治市上党区", "207450"), ("焦作市解放区", "90074")]),
    (  # items with places under them: the items are no rows without a figure
        "上党区和解放区2023年一般公共预算收入、税收收入对比图", "several",
        [("一般公共预算收入 长治市上党区 全区", "207450"), ("一般公共预算收入 焦作市解放区 全区", "90074"),
         ("税收收入 长治市上党区 级次未写明", "130955"), ("税收收入 焦作市解放区 全区", "86460")],
    ),
    ("西工区2023年教育支出图表", "", []),
]  # fmt: skip


@pytest.mark.parametrize("question,kind,values", ASKED)
def test_a_question_with_a_picture(desk: Desk, question: str, kind: str, values: list[tuple[str, str]]) -> None:
    wish = wish_of(question)
    assert wish is not None
    turn, chart = chart_for(desk, wish)
    assert turn is not None
    if not kind:
        return
    assert chart is not None and chart.kind == kind
    told = [(line.label, mark.value) for line in chart.panels[0].lines for mark in line.marks]
    assert told == [(label, Decimal(value)) for label, value in values]
    for line in chart.panels[0].lines:
        for mark in line.marks:  # each is a figure of the index, or computed with its formula
            assert mark.source is not None and (mark.source.figure.fact_id is not None or mark.source.figure.derived)


@pytest.mark.parametrize(
    "question",
    ["上党区2023年四本账画个图", "上党区2023年四本账饼图", "上党区2023年四本账对比图", "上党区2023年概况画图"],
)
def test_four_accounts_on_one_page(desk: Desk, question: str) -> None:
    wish = wish_of(question)
    assert wish is not None
    turn, chart = chart_for(desk, wish)
    assert turn is not None and chart is not None and turn.state is not None
    headings = [panel.heading for panel in chart.panels]
    assert headings == ["一般公共预算", "政府性基金预算", "国有资本经营预算", "社会保险基金预算"]
    told = {(panel.heading[:2], line.label[:2], mark.role): mark.value for panel in chart.panels for line in panel.lines
            for mark in line.marks}  # fmt: skip
    assert told["一般", "收入", "done"] == 207450 and told["政府", "支出", "plan"] == 86225
    assert [line.marks for line in chart.panels[3].lines] == [(), ()]  # not told: said, not left out
    _, same = chart_for(desk, Wish("", ""), turn.state)
    assert turn.view is not None
    assert same == chart == chart_at(desk, "card", turn.view.lead)


def test_an_account_told_twice_is_not_drawn(desk: Desk) -> None:
    wish = wish_of("西工区2023年四本账画个图")
    assert wish is not None
    _, chart = chart_for(desk, wish)
    assert chart is not None
    (mark,) = chart.panels[2].lines[0].marks
    assert mark.role == "plan" and mark.value == 589
    assert "国有资本经营预算收入的完成数有两个说法，没有画" in chart.notes


def test_a_picture_of_a_ranking_shows_the_whole_order(desk: Desk) -> None:
    wish = wish_of("长治各县区2023年一般公共预算收入排名图")
    assert wish is not None
    _, chart = chart_for(desk, wish)
    assert chart is not None
    assert [line.label for line in chart.panels[0].lines][-1] == "12. 沁县"


def test_the_last_answer(desk: Desk) -> None:
    last = desk.converse("解放区2023年一般公共预算收入")
    _, chart = chart_for(desk, Wish("", ""), last.state)
    assert chart is not None and chart.kind == "stages"
    _, chart = chart_for(desk, Wish("parts", ""), last.state)
    assert chart is not None and chart.kind == "parts"
    assert chart_at(desk, "parts", last.detail.lead) == chart
    follow = desk.converse("那税收收入呢", last.state)
    turn, _ = chart_for(desk, Wish("", ""), follow.state)
    assert turn is not None and turn.detail.shown[0].figure.item == "税收收入"


@pytest.mark.parametrize(
    "question,line",
    [("画个图", "还没有可以画的回答"), ("什么是转移支付，画个图", "没有可以画的"), ("上党区2015年教育支出画个图", "")],
)
def test_no_picture_is_explained(desk: Desk, question: str, line: str) -> None:
    wish = wish_of(question)
    assert wish is not None
    found = drawn_for(desk, wish)
    assert found.picture is None and line in found.line
    assert found.line or (found.turn is not None and "报告里没有" in found.turn.detail.answer.reply)


# ---------------------------------------------------------------------------------------------- reading a figure


def figure_of(chart: Chart, dark: bool = False) -> Any:
    from bot.charts.drawing import figure_of as made

    return made(chart, DARK if dark else LIGHT)


def drawn_values(axes: Any, form: str) -> list[float]:
    """The lengths of bars, or the points of lines; the empty places of gaps are none."""
    if form == "line":
        return [float(y) for line in axes.lines if line.get_gid() for y in line.get_ydata() if y == y]
    bars = [patch for container in axes.containers for patch in container]
    return [float(bar.get_width() if form == "rows" else bar.get_height()) for bar in bars]


def all_texts(figure: Any) -> list[Any]:
    return [text for text in (*figure.texts, *(one for axes in figure.axes for one in axes.texts)) if text.get_text()]


def texts_of(figure: Any) -> list[str]:
    return [text.get_text() for text in all_texts(figure)]
