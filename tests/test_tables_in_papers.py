"""Tables as reports, departments, months and notes on debts print them: what heads, titles and lines above them say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index.check.run import check as slips
from index.models import Table
from index.read import read_document
from tests.parse_builders import check, fits, parsed, table

CITY = "长治市2025年预算执行情况和2026年预算草案的报告"
FUNDS = """
基金 | 收入（万元） | 支出（万元） | 当年结余（万元）
失业保险基金 | 3521 | 2463 | 1058
工伤保险基金 | 3894 | 3971 | -77
合计 | 7415 | 6434 | 981
"""
DEBT = """
项目 | 一般债务 | 专项债务 | 合计
2025年限额（亿元） | 39.60 | 142.85 | 182.45
2025年末余额（亿元） | 38.42 | 139.17 | 177.59
当年还本（亿元） | 4.12 | 7.90 | 12.02
"""
CHANGES = """
支出科目 | 2025年执行数 | 比上年增减 | 完成调整预算
教育 | 47836 | 5.79 | 97.9
卫生健康 | 23970 | -3.41 | 98.2
农林水 | 68940 | 7.51 | 94.8
"""
SIGNED = """
功能科目 | 2025年执行（万元） | 2024年决算（万元） | 增减 | 为变动预算
教育 | 132746 | 126818 | +4.7% | 96.1%
科学技术 | 5612 | 7240 | -22.5% | 88.0%
"""
TAXES = """
税种 | 全市2025年 | 全市2024年 | 增减% | 其中：市本级2025年
增值税 | 128,645 | 131,907 | -2.5% | 16,820
契税 | 24,975 | 27,318 | -8.6% | 5,230
合计 | 153,620 | 159,225 | -3.5% | 22,050
"""
SUMMED = """
序号 | 支出科目 | 完成数（万元）
1 | 教育支出 | 603,517
2 | 农林水支出 | 10,246
3 | 住房保障支出 | 20,000
 | 总计 | 633,763
"""
LISTED = "项目 | 2026年预算（万元） | 2025年预算（万元）\n教育 | 118430 | 115260\n农林水 | 31246 | 35870"
SERVED = """
2026年偿债计划 | 一般债务 | 专项债务 | 合计
还本支出 | 16,230 | 12,530 | 28,760
付息支出 | 6,045 | 8,420 | 14,465
"""
PROJECTS = """
序号 | 项目名称 | 安排金额 | 期限 | 利率 | 截至2025年12月末已支出 | 支出进度
1 | 工业园污水处理 | 14,800 | 15年 | 2.13% | 11,960 | 80.8%
2 | 人民医院 | 12,600 | 20年 | 2.28% | 12,600 | 100.0%
"""
MONTHS = """
科目 | 本年1-8月 | 去年同期 | 增减额
教育 | 104870 | 101250 | 3620
农林水 | 35190 | 34920 | 270
"""

CASES = [
    pytest.param(
        ["社会保险基金预算", table(FUNDS)],
        [
            {"item": "失业保险基金收入", "value": "3521", "unit": "万元"},
            {"item": "失业保险基金支出", "value": "2463"},
            {"item": "社会保险基金收入", "value": "7415"},
        ],
        [{"item": "失业保险基金", "value": "3521"}],
        id="a unit behind 收入",
    ),
    pytest.param(
        ["五、政府债务", table(DEBT)],
        [
            {"item": "专项债务限额", "value": "142.85", "unit": "亿元"},
            {"item": "政府债务余额", "value": "177.59"},
            {"item": "一般债务还本", "value": "4.12"},
        ],
        [],
        id="a unit behind the names of rows",
    ),
    pytest.param(
        ["全市一般公共预算支出执行情况见下表（单位：万元、%）。", table(CHANGES)],
        [
            {"item": "教育支出", "measure": "yoy_pct", "value": "5.79"},
            {"item": "卫生健康支出", "measure": "yoy_pct", "number": "-3.41"},
        ],
        [{"measure": "yoy_amount"}],
        id="fractions beside whole numbers are percentages",
    ),
    pytest.param(
        ["（二）一般公共预算支出", table(SIGNED)],
        [
            {"item": "科学技术支出", "measure": "yoy_pct", "number": "-22.5"},
            {"item": "教育支出", "measure": "completion", "value": "96.1"},
        ],
        [],
        id="percent signs say what 增减 is",
    ),
    pytest.param(
        ["（一）一般公共预算", "2025年地方税收收入完成情况表（单位：万元）", table(TAXES)],
        [
            {"item": "税收收入", "value": "153,620", "scope": "whole"},
            {"item": "税收收入", "value": "22,050", "scope": "own"},
            {"item": "契税", "value": "5,230", "scope": "own"},
        ],
        [{"item": "一般公共预算收入"}],
        id="the sum of a titled item",
    ),
    pytest.param(
        ["（二）一般公共预算支出", "主要支出科目如下：", table(SUMMED)],
        [{"key": "total-gp-exp", "value": "633,763"}],
        [{"key": "total-gp-sum-exp"}],
        id="总计 of nothing but its lines",
    ),
    pytest.param(
        ["（二）预算", "一般公共预算收入18亿元，增长3%。一般公共预算支出40.9亿元，主要安排：", table(LISTED)],
        [
            {"item": "教育支出", "measure": "budget", "value": "118430", "period": "2026"},
            {"item": "农林水支出", "value": "35870", "period": "2025"},
        ],
        [],
        id="the sentence before it says what is listed",
    ),
    pytest.param(
        ["四、债务", table(SERVED)],
        [
            {"item": "政府债务还本", "value": "28,760", "period": "2026", "measure": "budget"},
            {"item": "专项债务付息", "value": "8,420", "period": "2026"},
        ],
        [],
        id="the year of the head over the names",
    ),
    pytest.param(
        ["三、新增债券项目", table(PROJECTS, "新增债券项目安排与使用 单位：万元")],
        [
            {"item": "工业园污水处理", "measure": "actual", "value": "11,960", "period": "2025"},
            {"item": "工业园污水处理", "measure": "rate", "value": "2.13"},
        ],
        [{"item": "工业园污水处理", "value": "2.13", "qualifiers": ()}],
        id="an interest rate is not the project's",
    ),
    pytest.param(
        ["（一）一般公共预算支出 单位：万元", table(MONTHS)],
        [{"item": "教育支出", "measure": "actual", "value": "104870"}],
        [],
        id="months alone head what was done",
    ),
]


@pytest.mark.parametrize("blocks, wanted, barred", CASES)
def test_little_paper(blocks: list[Any], wanted: list[dict[str, Any]], barred: list[dict[str, Any]]) -> None:
    found = parsed(CITY, *blocks)
    check(found, *wanted)
    assert not [fact for fact in found.facts for one in barred if fits(fact, one)]


LINES = """五、各险种收支
    ┌────────────┬──────┬──────┐
    │ 险种（万元）    │ 收入 │ 支出 │
    ├────────────┼──────┼──────┤
    │ 失业保险基金   │ 3521 │ 2463 │
    └────────────┴──────┴──────┘

附：1—8月街镇税收入库情况（单位：万元）
　　北城街道　38420（同比+2.1%）
　　南城街道　29160（同比-3.5%）
　　李庄镇　　8930（同比+4.2%）
其余街镇及企业50370

没有单位的名单：
　　北城街道　38420
　　南城街道　29160
　　李庄镇　　8930
"""


def test_lines_that_are_tables(tmp_path: Path) -> None:
    """Boxes drawn with signs, and lists below the line that names their unit; no other list."""
    path = tmp_path / "报告.txt"
    path.write_text(LINES, encoding="utf-8")
    tables = [block.rows for block in read_document(path).blocks if isinstance(block, Table)]
    assert tables == [
        (("险种（万元）", "收入", "支出"), ("失业保险基金", "3521", "2463")),
        (
            ("街镇", "金额", "同比%"),
            ("北城街道", "38420", "+2.1%"),
            ("南城街道", "29160", "-3.5%"),
            ("李庄镇", "8930", "+4.2%"),
        ),
    ]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(
            "年末实有人数137人，其中在职人员91人，离休人员1人，退休人员45人；年末其他人员6人。", id="beside a whole"
        ),
        pytest.param(
            "对8个项目自评，涉及资金900万元，其中“防治”项目全年预算数260万元，执行数251万元；"
            "“防火”项目预算数145万元，执行数145万元；“巡护”项目预算数118万元。",
            id="as planned and as done",
        ),
        pytest.param(
            "加上市级提前下达补助39.8亿元、调入资金7.5亿元，财力总计82.9亿元；安排支出76.5亿元，上解5.1亿元，还本1.3亿元。",
            id="what goes elsewhere",
        ),
    ],
)
def test_what_is_clean_is_no_slip(line: str) -> None:
    assert list(slips(parsed(CITY, line))) == []
