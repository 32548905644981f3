"""核对, tables whose rows make one another: printed formulas, what was there and what came and went, 左收右支.

Each table as it should be says nothing; with one cell changed that cell, or its sum, is told.
"""

from __future__ import annotations

import pytest

from index.check.noughts import with_noughts
from index.check.run import check
from index.models import Table
from tests.parse_builders import TITLE, parsed, table

DEBT_TITLE = "长治市2023年地方政府债务情况公开表"
FORMULAS = """
项目 | 公式 | 本地区 | 本级
一、2023年发行执行数 | A=B+C | {whole} | 61.36
（一）一般债券 | B | 23.91 | 7.24
（二）专项债券 | C | 168.96 | 54.12
二、2023年还本执行数 | D=E+F | 57.73 | {paid}
（一）一般债券 | E | 21.12 | 6.28
（二）专项债券 | F | 36.61 | 26.39
"""
BALANCES = """
项目 | 预算数 | 执行数
一、2022年末地方政府{kind}债务余额 | {a} | {b}
二、2023年地方政府{kind}债务发行额 | {c} | {d}
三、2023年地方政府{kind}债务还本额 | {e} | {f}
四、2023年末地方政府{kind}债务余额 | {g} | {h}
"""
SIDES = """
项目 | 预算数 | 项目 | 预算数
一、财政拨款收入 | 189,767,551 | 一、一般公共服务支出 | 3,296,600
二、事业收入 | | 二、公共安全支出 | 2,878,025
三、其他收入 | | 三、教育支出 | {school}
 | | 四、城乡社区支出 | 180,375,953
收入总计 | 189,767,551 | 支出总计 | 189,767,551
"""


def alarms(title: str, *tables: Table) -> list[tuple[str, str]]:
    return [(one.kind, one.told) for one in check(parsed(title, *tables)) if one.level != "提示"]


@pytest.mark.parametrize(
    "whole, paid, wanted",
    [("192.87", "32.67", ""), ("187.30", "32.67", "192.87亿元"), ("192.87", "36.27", "32.67亿元")],
)
def test_printed_formulas(whole: str, paid: str, wanted: str) -> None:
    caption = "2023年地方政府债券发行及还本付息情况表 单位：亿元"
    found = alarms(DEBT_TITLE, table(FORMULAS.format(whole=whole, paid=paid), caption=caption))
    assert bool(found) == bool(wanted)
    assert all(wanted in words for _, words in found[:1])


def balances(kind: str, level: str, *cells: str) -> Table:
    told = BALANCES.format(kind=kind, **dict(zip("abcdefgh", cells, strict=True)))
    return table(told, caption=f"2023年{level}地方政府{kind}债务余额情况表 单位：亿元")


@pytest.mark.parametrize("issued, wanted", [("23.93", ""), ("29.33", "293.05")])
def test_rows_of_several_tables(issued: str, wanted: str) -> None:
    """Two digits swapped in one of eight columns that have the same rows."""
    found = alarms(
        DEBT_TITLE,
        balances("一般", "长治市", "290.59", "295.40", "19.01", issued, "21.12", "26.28", "288.48", "293.05"),
        balances("一般", "市本级", "85.09", "86.68", "5.65", "7.24", "6.28", "7.87", "84.46", "86.05"),
        balances("专项", "长治市", "341.49", "431.99", "32.95", "168.96", "36.61", "127.13", "337.83", "473.82"),
    )
    assert bool(found) == bool(wanted)
    assert not wanted or any(kind == "表内合计" and wanted in words for kind, words in found)


@pytest.mark.parametrize("school, wanted", [("3,216,973", ""), ("3,126,973", "189,677,551元")])
def test_each_side_by_itself(school: str, wanted: str) -> None:
    found = alarms(
        "上党区教育局2023年部门预算",
        table(SIDES.format(school=school), caption="2023年部门财务收支预算总表 单位：元"),
    )
    assert bool(found) == bool(wanted)
    assert not wanted or any(kind == "表内合计" and wanted in words for kind, words in found)


def test_noughts_that_a_print_drops() -> None:
    """212亿元 among figures with two places is 212.00亿元; where one ends with a nought nothing was dropped."""
    some = "、".join(f"项目{name}支出{number}亿元" for name, number in zip(
        "甲乙丙丁戊己庚辛壬癸子丑",
        ("21.35", "11.27", "19.81", "12.44", "13.06", "14.95", "15.17", "16.28", "17.63", "18.19", "29.91", "33.33"),
        strict=True,
    ))  # fmt: skip
    for more, wanted in (("", {"212": ("noughts",), "38.6": ("nought",)}), ("，其他20.50亿元", {})):
        report = parsed(TITLE, "一、支出", f"2023年，{some}{more}。", "全区支出212亿元，调出38.6亿元。")
        told = {fact.value: fact.flags for fact in with_noughts(report).facts if fact.flags}
        assert told == wanted


REVENUE = """
项目 | 预算数 | 完成数
一、税收收入 | 927210 | 848910
二、非税收入 | 521275 | 599267
教育支出 | 911452 | 873209
科学技术支出 | 28571 | 22081
卫生健康支出 | 581283 | 550890
农林水支出 | 768082 | 678911
"""


@pytest.mark.parametrize("tax, wanted", [("84.9", 0), ("82.6", 1)])
def test_the_text_that_tells_what_the_table_does(tax: str, wanted: int) -> None:
    """One figure that is not the table's, where four are."""
    found = check(parsed(
        "长治市2023年财政决算（草案）的报告",
        "一、收支情况",
        f"2023年，全市税收收入完成{tax}亿元。",
        "全市教育支出完成87.32亿元，全市科学技术支出完成2.21亿元。",
        "全市卫生健康支出完成55.09亿元，全市农林水支出完成67.89亿元。",
        table(REVENUE, caption="2023年全市一般公共预算收支完成情况表 单位：万元"),
    ))  # fmt: skip
    assert [one.kind for one in found if "848910" in one.told or "82.6" in one.told] == ["前后不一致"] * wanted
