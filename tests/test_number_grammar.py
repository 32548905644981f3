"""One grammar of numbers for prose and cells: what is one, what it is worth, and what must stay unread."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.find.amounts import find_amounts
from index.find.cells import figure_in, is_error, is_number, plain_cell, printed_span
from index.find.numbers import worth
from index.find.written import in_digits, number_of
from index.text.normal import normalise, plain

WORTH = [
    ("壹亿贰仟万", "120000000"),
    ("一亿两千万", "120000000"),
    ("四千零五十六万", "40560000"),
    ("十三亿零五百万", "1305000000"),
    ("叁佰伍拾", "350"),
    ("十", "10"),
    ("二十七", "27"),
    ("1亿2千万", "120000000"),
    ("12亿3456.78万", "1234567800"),
    ("5万3千", "53000"),
    ("二点五亿", "250000000"),
    ("一百零三", "103"),
    ("两三", None),
    ("一亿二亿", None),
    ("二三十万", None),
    ("", None),
    ("万", None),
    ("一〇", "1"),
]
# text, value as printed, unit, number (None: a range), kind
PROSE = [
    ("完成壹亿贰仟万元", "壹亿贰仟", "万元", "120000000", "money"),
    ("人民币叁佰伍拾万元整", "叁佰伍拾", "万元", "3500000", "money"),
    ("补助四千零五十六万元", "四千零五十六", "万元", "40560000", "money"),
    ("安排三百多万元", "三百", "万元", "3000000", "money"),
    ("投入二十余亿元", "二十", "亿元", "2000000000", "money"),
    ("每人一百二十元", "一百二十", "元", "120", "money"),
    ("安排1亿2千万元", "1亿2千", "万元", "120000000", "money"),
    ("达到3亿5600万元", "3亿5600", "万元", "356000000", "money"),
    ("人均5万3千元", "5万3千", "元", "53000", "money"),
    ("安排3-5亿元", "3-5", "亿元", None, "money"),
    ("补助2至3万元", "2至3", "万元", None, "money"),
    ("约3亿元至5亿元", "3亿元至5", "亿元", None, "money"),
    ("增长5%—8%", "5%—8", "%", None, "percent"),
    ("每县15-20户", "15-20", "户", None, "count"),
    ("支出3.2亿余元", "3.2", "亿元", "320000000.0", "money"),
    ("投入6千多万元", "6", "千万元", "60000000", "money"),
    ("投入1.2亿多元", "1.2", "亿元", "120000000.0", "money"),
    ("增长百分之五点二", "百分之五点二", "%", "5.2", "percent"),
    ("达到百分之九十五", "百分之九十五", "%", "95", "percent"),
    ("提高两个百分点", "两", "个百分点", "2", "points"),
    ("支出1 234万元", "1 234", "万元", "12340000", "money"),
    ("支出12 345.6万元", "12 345.6", "万元", "123456000", "money"),
    ("共1\u2009234\u2009567户", "1\u2009234\u2009567", "户", "1234567", "count"),
    ("收入１２，３４５万元", "１２，３４５", "万元", "123450000", "money"),
    ("同比▲2.3%", "▲2.3", "%", "-2.3", "percent"),
    ("同比△1.2%，", "△1.2", "%", "-1.2", "percent"),
    ("支出12345¹万元", "12345", "万元", "123450000", "money"),
    ("完成预算[4]的98.5%", "98.5", "%", "98.5", "percent"),
    ("支出（注2）200万元", "200", "万元", "2000000", "money"),
    ("支出①300万元", "300", "万元", "3000000", "money"),
    ("投入￥5,000元", "5,000", "元", "5000", "money"),
    ("贷款0.8亿美元", "0.8", "亿美元", "80000000.0", "count"),
]
NONE = [
    "三元区",
    "二元结构",
    "数十万元",
    "几百万元",
    "上千万元",
    "二三十万元",
    "一元化",
    "1亿2023年",
    "5-3亿元",
    "2021-2023年",
    "12\ue00345万元",
    "12\ufffd45万元",
    "\ue0035万元",
    "财预[2016]143号",
    "▲2023年",
    "公共安全支出（204类）",
    "10⁴",
    "百元",
    "万元",
]


@pytest.mark.parametrize("text,number", WORTH)
def test_worth(text: str, number: str | None) -> None:
    assert worth(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize("printed,value,unit,number,kind", PROSE)
def test_prose(printed: str, value: str, unit: str, number: str | None, kind: str) -> None:
    normal = normalise(printed)
    (found,) = find_amounts(normal.text)
    start, end = normal.printed(found.start, found.end)
    assert (printed[start:end], found.unit, found.kind) == (value, unit, kind)
    assert found.number == (None if number is None else Decimal(number))
    assert (found.ends is not None) == (number is None)
    if number is not None and kind != "points":
        assert number_of(value, found.unit, found.kind) in (found.number, None if "▲" in value else found.number)


@pytest.mark.parametrize("text", NONE)
def test_no_amount(text: str) -> None:
    assert [found.value for found in find_amounts(plain(text)) if found.kind == "money"] == []


@pytest.mark.parametrize("text", ["从3亿元到5亿元", "由3%至5%", "自2亿元至3亿元"])
def test_a_change_is_no_range(text: str) -> None:
    assert [found.ends for found in find_amounts(plain(text))] == [None, None]


# ---------------------------------------------------------------------------------------------- cells

# cell, value as printed, own unit, number, directed
CELLS = [
    ("12,345", "12,345", "", "12345", False),
    ("95.4%", "95.4", "%", "95.4", False),
    ("(234)", "(234)", "", "-234", True),
    ("（1.9%）", "（1.9%）", "%", "-1.9", True),
    ("△56", "△56", "", "-56", False),
    ("▲4.3", "▲4.3", "", "-4.3", False),
    ("－90", "－90", "", "-90", False),
    ("减12", "减12", "", "-12", True),
    ("下降3.2%", "下降3.2", "%", "-3.2", True),
    ("↓3.2", "↓3.2", "", "-3.2", True),
    ("+5", "+5", "", "5", False),
    ("12,345*", "12,345", "", "12345", False),
    ("3,456[注1]", "3,456", "", "3456", False),
    ("678①", "678", "", "678", False),
    ("12345²", "12345", "", "12345", False),
    ("1 234", "1 234", "", "1234", False),
    ("-12 345.6", "-12 345.6", "", "-12345.6", False),
    ("12,345万元", "12,345", "万元", "123450000", False),
    ("1亿2千万元", "1亿2千", "万元", "120000000", False),
    ("壹亿元", "壹", "亿元", "100000000", False),
    ("约300", "300", "", "300", False),
    ("300余", "300", "", "300", False),
    ("12个", "12", "个", "12", False),
]
NO_CELLS = [
    "",
    "-",
    "—",
    "——",
    "/",
    "…",
    "无",
    "2023年",
    "123\u3000456",
    "12345\u300067",
    "3-5",
    "1,234（5）",
    "（1）教育",
    "5）",
    "1月",
    "12\ue0005",
    "第3",
    "A12",
    "1.2.3",
    "#REF!",
]


@pytest.mark.parametrize("printed,value,unit,number,directed", CELLS)
def test_cell(printed: str, value: str, unit: str, number: str, directed: bool) -> None:
    cell = plain_cell(printed)
    found = figure_in(cell)
    assert found is not None
    start, end = printed_span(printed, cell, found.start, found.end)
    assert (printed[start:end], found.unit, found.number, found.directed) == (value, unit, Decimal(number), directed)


@pytest.mark.parametrize("printed", NO_CELLS)
def test_no_figure(printed: str) -> None:
    assert figure_in(plain_cell(printed)) is None


def test_a_range_with_a_unit_is_one_cell() -> None:
    found = figure_in(plain_cell("3-5亿元"))
    assert found is not None and found.number is None and found.ends == (Decimal(3 * 10**8), Decimal(5 * 10**8))


def test_what_numbers_a_line_is_no_number_by_its_looks() -> None:
    assert not is_number(plain_cell("（3）")) and not is_number("12个") and is_number("（234）")


@pytest.mark.parametrize("cell", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#####", "#公式未计算"])
def test_errors(cell: str) -> None:
    assert is_error(plain_cell(cell))


@pytest.mark.parametrize(
    "value,unit,number,kind,digits",
    [
        ("56917", "万元", "569170000", "money", "56917"),
        ("3,594, 026", "万元", "35940260000", "money", "3,594, 026"),
        ("(234)", "万元", "-2340000", "money", "-234"),
        ("△56", "亿元", "-5600000000", "money", "-56"),
        ("▲2.3", "%", "-2.3", "percent", "-2.3"),
        ("壹亿贰仟", "万元", "120000000", "money", "12000"),
        ("1亿2千", "万元", "120000000", "money", "12000"),
        ("1 234", "万元", "12340000", "money", "1234"),
        ("百分之五点二", "%", "5.2", "percent", "5.2"),
        ("3-5", "亿元", None, "money", "3-5"),
        ("*", "万元", None, "money", "*"),
        ("第三", "", "3", "rank", "第三"),
    ],
)
def test_a_value_in_digits(value: str, unit: str, number: str | None, kind: str, digits: str) -> None:
    assert in_digits(value, unit, None if number is None else Decimal(number), kind) == digits  # type: ignore[arg-type]
