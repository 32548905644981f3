"""The pure parts of a page: tables, amounts, HTML, CSV."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, overload

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram import amounts, sheets
from bot.telegram.acts import help_with
from bot.telegram.cards import bold_at, marks, told
from bot.telegram.lists import list_html
from bot.telegram.page import LONGEST, cut, cut_amid, escaped, joined, length
from bot.telegram.tables import WIDTH, aligned, folded, page_of, width
from index import Figure, Row, Shown, View


def shown(value: str, unit: str = "万元", number: str | None = None, measure: str = "actual") -> Shown:
    sentence = f"教育支出{value}{unit}"
    figure = Figure(True, "长治市上党区", "whole", "2023", "general_public", "教育支出", measure, value, unit, False,
                    "a.txt", 3, sentence, title="决算")  # fmt: skip
    kind: Literal["money", "percent"] = "percent" if unit == "%" else "money"
    amount = None if number is None else Decimal(number)
    return Shown(figure, "", amount, Decimal(1), kind, "完成数", "", sentence, 4, 4 + len(value))


# value, unit, yuan, the chat's unit -> text
AMOUNTS = [
    ("56917", "万元", "569170000", "auto", "56,917 万元（5.69 亿元）"),
    ("258", "万元", "2580000", "auto", "258 万元"),
    ("13.02", "亿元", "1302000000", "auto", "13.02 亿元"),
    ("13.02", "亿元", "1302000000", "万元", "13.02 亿元（130,200 万元）"),
    ("56917", "万元", "569170000", "万元", "56,917 万元"),
    ("56917", "万元", "569170000", "元", "56,917 万元（569,170,000 元）"),
    ("8650", "元", "8650", "亿元", "8,650 元（0.0001 亿元）"),
    ("*", "万元", None, "auto", "*万元（报告隐去了金额）"),
    ("1864.5", "万元", "18645000", "auto", "1,864.5 万元"),
    ("100", "元/人", "100", "亿元", "100 元/人"),
]


@pytest.mark.parametrize("value, unit, number, wanted, text", AMOUNTS)
def test_amounts(value: str, unit: str, number: str | None, wanted: str, text: str) -> None:
    assert amounts.both(shown(value, unit, number), wanted) == text


@pytest.mark.parametrize(
    "value, number, text",
    [("6.75", "6.75", "+6.75%"), ("32.3", "-32.3", "-32.3%"), ("0", "0", "0%"), ("-3", "-3", "-3%")],
)
def test_growth_has_its_sign(value: str, number: str, text: str) -> None:
    assert amounts.printed(shown(value, "%", number, "yoy_pct")) == text


TABLES = [
    ([["2022年", "53,318*"], ["2023年", "56,917 "]], ["2022年  53,318*", "2023年  56,917"]),
    # narrower where that makes every label fit
    ([["社会保障和就业支出", "159,897", "27.71%"], ["教育", "1", "2%"]],
     ["社会保障和就业支出 159,897 27.71%", "教育                     1     2%"]),
    # a label that does not fit beside its figures has two lines, the figures stand beside the second
    ([["社会保障和就业支出的其他支出项目", "123,456,789", "99.99%"], ["教育", "1", "2%"]],
     ["社会保障和就业支出的", "  其他支出项目  123,456,789 99.99%", "教育                      1     2%"]),
    ([["社会保障和就业支出的其他支出项目", "123,456,789", "99.99%"], ["社会保险和就业支出的特别项目", "1", "2%"]],
     ["社会保障和就业支出的", "  其他支出项目  123,456,789 99.99%",
      "社会保险和就业支出的", "  特别项目                1     2%"]),
    # at a space or a bracket, and never behind the number of a row; else where it is about halved
    ([["三明市 市本级（含现代物流产业开发区）", "1,228,371"], ["晋城市 全市", "2"]],
     ["三明市 市本级", "（含现代物流产业开发区） 1,228,371", "晋城市 全市                      2"]),
    ([["12. 城乡居民基本医疗保险基金收支结余", "128,371"], ["1. 教育", "2"]],
     ["12. 城乡居民基本医", "  疗保险基金收支结余       128,371", "1. 教育                          2"]),
    # figures so wide that nothing fits beside them
    ([["社会保障和就业支出的其他支出项目", "123,456,789,123", "123,456,789.99%"]],
     ["社会保障和就业支出的其他支出项目", "   123,456,789,123 123,456,789.99%"]),
    # a heading has a line of its own
    ([["【收入】"], ["上党区", "1,234"], ["屯留区", "5"], ["【支出】"], ["上党区", "9"]],
     ["【收入】", "上党区  1,234", "屯留区      5", "【支出】", "上党区      9"]),
]  # fmt: skip


@pytest.mark.parametrize("rows, lines", TABLES)
def test_tables(rows: list[list[str]], lines: list[str]) -> None:
    assert aligned(rows) == lines


@given(
    st.lists(
        st.tuples(
            st.text("上党区教育支出abc（）…", max_size=40),
            st.text("0123456789,.%", max_size=16),
            st.text("+0.%", max_size=8),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_no_line_is_wider_than_a_phone(rows: list[tuple[str, str, str]]) -> None:
    for line in aligned([list(row) for row in rows]):
        assert width(line) <= WIDTH or len(line.split()) == 1


def test_folding_keeps_figures_whole() -> None:
    assert folded("年初预算安排1234567.89万元", 20) == ["年初预算安排", "1234567.89万元"]


def test_folding_keeps_every_character() -> None:
    text = "各年度一般公共预算收入与支出的完成情况表" * 3
    assert "".join(folded(text)) == text
    assert all(width(line) <= WIDTH for line in folded(text))


# what is too long, in so many characters: a figure stays whole or is left out
CUT = [
    ("教育支出56917万元", 20, "教育支出56917万元"),
    ("教育支出56917万元，增长6.75%", 7, "教育支出…"),
    ("教育支出56917万元，增长6.75%", 14, "教育支出56917万元，增…"),
]


@pytest.mark.parametrize("text, longest, left", CUT)
def test_no_figure_is_cut(text: str, longest: int, left: str) -> None:
    assert cut(text, longest) == left


def test_no_figure_is_cut_amid() -> None:
    assert (
        cut_amid("原来答56917万元，完成预算95.94%，现在答1234567万元", 24, 8) == "原来答56917万元，完成预算…1234567万元"
    )


PAGES = [
    (0, 0, ([], 0, 1)),
    (25, 0, (list(range(10)), 0, 3)),
    (25, 9, ([20, 21, 22, 23, 24], 2, 3)),
    (25, -4, (list(range(10)), 0, 3)),
]


@pytest.mark.parametrize("count, page, expected", PAGES)
def test_pages(count: int, page: int, expected: tuple[list[int], int, int]) -> None:
    assert page_of(list(range(count)), page) == expected


def test_report_text_cannot_become_markup() -> None:
    assert escaped("<b>5 & 6</b>\x00") == "&lt;b&gt;5 &amp; 6&lt;/b&gt;"
    assert bold_at("a<b 5>c", [(4, 5)]) == "a&lt;b <b>5</b>&gt;c"
    assert told("标题\n┆ <i>句子\n※ 注") == ["<b>标题</b>", "<blockquote expandable>&lt;i&gt;句子</blockquote>", "※ 注"]


def test_a_page_is_cut_between_blocks() -> None:
    page = joined([f"<b>{'字' * 900}</b>"] * 6)
    assert length(page) <= LONGEST + 3
    assert page.count("<b>") == page.count("</b>") == 4
    assert page.endswith("……")
    assert length("<a href='x'>&lt;😀</a>") == 3  # UTF-16 units


def test_marks_say_where_a_figure_comes_from() -> None:
    one = shown("5", number="50000")
    assert marks([one]) == []
    assert "图片" in marks([dataclasses.replace(one, ocr=True)])[0]
    assert "年中" in marks([dataclasses.replace(one, doc_kind="half_year")])[0]
    assert "推算" in marks([dataclasses.replace(one, figure=dataclasses.replace(one.figure, derived=True))])[0]


CELLS = [
    ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
    ("+cmd", "'+cmd"),
    ("@x", "'@x"),
    ("-教育支出", "'-教育支出"),
    (" =1+1", "' =1+1"),
    ("\t=1", "'\t=1"),
    ("-3599", "-3599"),
    ("+6.75%", "+6.75%"),
    ("两\n行", "两 行"),
    ("教育支出=1", "教育支出=1"),
]


@pytest.mark.parametrize("cell, safe", CELLS)
def test_cells_are_no_formulas(cell: str, safe: str) -> None:
    assert sheets.safe(cell) == safe


def test_a_sheet_has_the_sentence_in_every_row() -> None:
    view = View(
        "trend", "上党区 · 教育支出/历年", (Row("2023年", shown("56917", number="569170000")), Row("2022年", None))
    )
    content = sheets.sheet_of(view)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [(row["数值"], row["单位"], row["折合元"], row["原句"]) for row in rows] == [
        ("56917", "万元", "569170000", "教育支出56917万元")
    ]
    assert sheets.sheet_name(view) == "上党区_教育支出_历年.csv"


def test_mixed_units_are_set_in_one_that_is_exact() -> None:
    rows = (
        Row("甲区", shown("13.02", "亿元", "1302000000")),
        Row("乙区", shown("174666", number="1746660000")),
        Row("丙区", None),
    )
    page = list_html(View("peers", "债务余额", rows))
    assert "130,200" in page
    assert "174,666" in page
    assert "换算成万元" in page
    assert "“无”：报告里没有，不是 0" in page


def test_a_withheld_amount_is_neither_zero_nor_missing() -> None:
    page = list_html(View("trend", "收入", (Row("2023年", shown("*")), Row("2022年", shown("5", number="50000")))))
    assert "隐去" in page
    assert "报告没有公布金额" in page


class CountedRows(Sequence[Row]):
    """Many rows, and how often one was looked at."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.looks = 0

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        found = self.rows[at]
        self.looks += len(found) if isinstance(found, list) else 1
        return found


def test_a_page_of_the_whole_country_reads_its_own_rows_only() -> None:
    rows = CountedRows(
        [Row(f"第{number}县", shown(str(9000 - number), "万元", f"{9000 - number}0000")) for number in range(3000)]
    )
    page = list_html(View("peers", "教育支出", rows, lead="c1"), 1)
    assert "第10县" in page and "第19县" in page and "8,990" in page and "第20县" not in page
    assert "共 3000 项，第 2/300 页" in page
    assert rows.looks == 10


def test_help_is_one_screen_of_a_small_phone() -> None:
    """What is folded up shows three lines."""
    text = help_with("上党区2023年一般公共预算收入多少", "yusuan_bot")
    shown = 0
    for part in re.split("(<blockquote.*?</blockquote>)", text, flags=re.DOTALL):
        lines = [line for row in re.sub("<[^>]+>", "", part).strip().split("\n") for line in folded(row)]
        shown += min(len(lines), 3) if part.startswith("<blockquote") else len(lines)
    assert shown <= 20
