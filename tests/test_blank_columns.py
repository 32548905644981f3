"""Tables whose columns only blanks part: rows and heads where they are sure, lines where they are not."""

from __future__ import annotations

from typing import Any

import pytest

from index.models import Line, Table
from index.parse import parse
from index.read.txt_file import read
from tests.parse_builders import document

CASES = {
    "one line of heads": (
        """
        项    目            2023年决算   2024年执行   增减额
        教育支出               181,540      186,327    4,787
        文化旅游体育与传媒支出  11,206       10,938     -268
        合  计                 192,746      197,265    4,519
        """,
        [
            "项目|2023年决算|2024年执行|增减额",
            "教育支出|181,540|186,327|4,787",
            "文化旅游体育与传媒支出|11,206|10,938|-268",
            "合计|192,746|197,265|4,519",
        ],
    ),
    "lines drawn through it": (
        """
        地区            本期      上年同期     增长%
        ----------------------------------------------
        市级            9.64       9.12         5.7
        潞城区          4.92       4.60         7.0
        ==============================================
        全市合计       14.56      13.72         6.1
        """,
        ["地区|本期|上年同期|增长%", "市级|9.64|9.12|5.7", "潞城区|4.92|4.60|7.0", "全市合计|14.56|13.72|6.1"],
    ),
    "a last column of words": (
        """
        序号   项目名称               金额      资金来源
        1      村级组织运转           816.00    一般公共预算
        2      环境卫生整治           386.50    政府性基金
               合计                  1202.50
        """,
        [
            "序号|项目名称|金额|资金来源",
            "1|村级组织运转|816.00|一般公共预算",
            "2|环境卫生整治|386.50|政府性基金",
            "|合计|1202.50|",
        ],
    ),
    "single blanks, as many heads as cells": (
        """
        项目 2023年决算 2024年执行 增减额
        教育支出 181,540 186,327 4,787
        科学技术支出 13,960 14,852 892
        """,
        ["项目|2023年决算|2024年执行|增减额", "教育支出|181,540|186,327|4,787", "科学技术支出|13,960|14,852|892"],
    ),
    "heads over two columns, empty cells": (
        """
                                2024年                  2025年
        项    目         预算数      执行数      预算数      增长%
        一、税收收入      1,200       1,310       1,400        6.9
          企业所得税        500                     600
        二、非税收入        300         280         250      -10.7
        """,
        [
            "项目|2024年|2024年|2025年|2025年",
            "|预算数|执行数|预算数|增长%",
            "一、税收收入|1,200|1,310|1,400|6.9",
            "企业所得税|500||600|",
            "二、非税收入|300|280|250|-10.7",
        ],
    ),
    "two heads share all columns": (
        """
                               2024年                    比上年
        项    目     预算数    调整预算    决算数     增减额   增减%
        税收收入     71,200      70,850    70,913      2,306     3.4
        非税收入     23,800      27,600    27,729      1,822     7.0
        """,
        [
            "项目|2024年|2024年|2024年|比上年|比上年",
            "|预算数|调整预算|决算数|增减额|增减%",
            "税收收入|71,200|70,850|70,913|2,306|3.4",
            "非税收入|23,800|27,600|27,729|1,822|7.0",
        ],
    ),
    "wrapped names and heads": (
        """
          项  目            2024年       比上年
                            决算数       增减%
          社会保障和就业
          支出              56,938         3.8
          文化旅游体育与     3,105        -4.9
          传媒支出
          教育支出          85,917         5.2
        """,
        [
            "项目|2024年|比上年",
            "|决算数|增减%",
            "社会保障和就业支出|56,938|3.8",
            "文化旅游体育与传媒支出|3,105|-4.9",
            "教育支出|85,917|5.2",
        ],
    ),
    "a group without figures": (
        """
        项目                 预算数     决算数
        一、本年收入
        增值税                 1,200      1,310
        企业所得税               500        620
        """,
        ["项目|预算数|决算数", "一、本年收入||", "增值税|1,200|1,310", "企业所得税|500|620"],
    ),
    "texts between": (
        """
        序号    项目名称                主管部门            债券金额    期限（年）
        1     东部产业园二期          开发区管委会             23000        20
        2     妇幼保健院迁建          卫生健康委               10500        20
              合计                                             33500
        """,
        [
            "序号|项目名称|主管部门|债券金额|期限（年）",
            "1|东部产业园二期|开发区管委会|23000|20",
            "2|妇幼保健院迁建|卫生健康委|10500|20",
            "|合计||33500|",
        ],
    ),
    "cut by a page": (
        """
        项目                 预算数     决算数
        增值税                 1,200      1,310

                           - 3 -

        项目                 预算数     决算数
        企业所得税               500        620
        """,
        ["项目|预算数|决算数", "增值税|1,200|1,310", "企业所得税|500|620"],
    ),
    "rows of tabs below heads of blanks": (
        "科  目        2025年预算      2024年预算      增减%\n教育支出\t48620\t45976\t5.8\n预备费\t3000\t3000\t0.0",
        ["科目|2025年预算|2024年预算|增减%", "教育支出|48620|45976|5.8", "预备费|3000|3000|0.0"],
    ),
}
UNSURE = {
    "a head too few": """
        项目      预算     执行
        教育支出       100     120      20    5
        卫生支出       200     220      20    6
        """,
    "rows of single blanks with a cell missing": """
        项目 2023年 2024年 增减
        教育支出 1,100 1,120 20
        卫生支出 2,200 20
        """,
    "one head above two columns": """
        项    目            2024年
        教育支出      181,540   186,327
        卫生支出       13,960    14,852
        """,
    "without heads": """
        教育支出               181,540      186,327    4,787
        科学技术支出            13,960       14,852      892
        """,
}
PROSE = """
        关于2024年预算执行情况的报告
        县财政局    2025年1月
　　一、收入情况。全县收入完成 156,872 万元，为预算的 99.3%。
　　二、支出情况。全县支出完成 798,453 万元，增长 1.6%。
        """


def _read(text: str) -> Any:
    return read("\n".join(line[8:] if line.startswith(" " * 8) else line for line in text.split("\n")).encode())


@pytest.mark.parametrize("text,rows", CASES.values(), ids=CASES)
def test_rows(text: str, rows: list[str]) -> None:
    found = [block for block in _read(text).blocks if isinstance(block, Table)]
    assert ["|".join(row) for table in found for row in table.rows] == rows


@pytest.mark.parametrize("text", UNSURE.values(), ids=UNSURE)
def test_unsure_stays_lines(text: str) -> None:
    found = _read(text)
    assert all(isinstance(block, Line) for block in found.blocks)
    assert "表头对不准各栏" in found.warnings[0]


def test_prose_is_no_table() -> None:
    found = _read(PROSE)
    assert all(isinstance(block, Line) for block in found.blocks) and not found.warnings


def test_every_cell_has_item_measure_and_year() -> None:
    head = "2024年某县一般公共预算支出执行情况表\n                       单位：万元\n"
    blocks = _read(head + CASES["one line of heads"][0]).blocks
    facts = parse(document("长治市上党区2024年预算执行情况", *blocks)).facts
    got = {(fact.item, fact.measure, fact.period.first_year, fact.value) for fact in facts}
    assert {
        ("教育支出", "actual", 2023, "181,540"), ("教育支出", "actual", 2024, "186,327"),
        ("教育支出", "yoy_amount", 2024, "4,787"), ("文化旅游体育与传媒支出", "yoy_amount", 2024, "-268"),
    } <= got  # fmt: skip


def test_unit_below_the_table() -> None:
    text = """
        项  目              债券类型      金额
        综合治理工程        专项债券     18,500
        医院新院区          专项债券     32,000
        农村公路提升        一般债券      9,000
                                   单位：万元

        某县人民政府
        """
    blocks = _read(text).blocks
    facts = parse(document("长治市上党区2025年预算调整方案", "政府性基金支出由18.6亿元调整为25.3亿元。", *blocks)).facts
    got = {(fact.item, fact.value, fact.unit) for fact in facts if fact.rule == "table"}
    assert got == {
        ("综合治理工程", "18,500", "万元"),
        ("医院新院区", "32,000", "万元"),
        ("农村公路提升", "9,000", "万元"),
    }


def test_the_unit_behind_the_heads_is_that_of_the_table() -> None:
    text = (
        "科目                        2025年执行数    2026年预算数   （单位：万元）\n"
        "教育支出                         268             260\n合计                            268             260\n"
    )
    unit, rows = read(text.encode()).blocks
    assert isinstance(unit, Line) and unit.text == "（单位：万元）"
    assert isinstance(rows, Table) and rows.rows[0] == ("科目", "2025年执行数", "2026年预算数")
