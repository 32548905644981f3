"""Figures of the kinds of paper that are no execution report: notes on 三公, audits, reviews, state assets, insurances,
debts by year, performance.  Each in the layout of such papers, with made figures."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parse_builders import facts_of, fits, shown, table

NOTE = "平原县2026年“三公”经费财政拨款预算情况说明"
AUDIT = "关于平原县2024年度县级预算执行和其他财政收支的审计工作报告"
REVIEW = "关于平原县2025年预算执行情况和2026年预算草案的审查结果报告"
ASSETS = "平原县2024年度国有资产管理情况的综合报告"
HALF = "平原县2026年上半年预算执行情况的报告"
ACCOUNTS = "关于平原县2024年财政决算的报告"
POINTS = "平原县2025年度预算绩效管理工作情况"
INSURANCE = "平原县2026年社会保险基金预算草案编制说明"
DEBT = "平原县2025年地方政府债务信息公开"

Wanted = tuple[dict[str, Any], ...]
LINES: tuple[tuple[str, tuple[str, ...], Wanted, Wanted], ...] = (
    # a note on 三公 tells of the year it is made for, against the budget of the year before
    (NOTE, ("一、总体情况", "（一）公务接待费安排246万元，较去年252.3万元压减6.3万元。"),
     ({"key": "other-tp-reception", "value": "246", "measure": "budget", "year": 2026},
      {"key": "other-tp-reception", "value": "252.3", "measure": "budget", "year": 2025}), ()),
    (NOTE, ("二、车辆", "截至2025年底，全县公务用车编制数312辆，实有数298辆。"),
     ({"item": "公务用车实有数", "value": "298"},), ()),
    # an audit: its year of work, and what it found amiss
    (AUDIT, ("各位委员：", "2024年8月至2025年7月，县审计局共实施审计项目28个，移送问题线索11件。"),
     ({"item": "审计项目", "value": "28", "year": 2024}, {"value": "11", "year": 2024}), ()),
    (AUDIT, ("一、财政管理审计情况", "（一）预算编制不够细化。", "6项非税收入0.57亿元未编入年初预算。"),
     ({"item": "审计查出：非税收入", "value": "0.57", "year": 2024},), ({"key": "gp-rev-103"},)),
    (AUDIT, ("一、财政管理审计情况", "政府性基金预算收入3.1亿元，支出5.2亿元。发现：一是1.2亿元项目资金未落实到单位；"),
     ({"key": "total-gf-exp", "value": "5.2"},), ({"key": "total-gf-exp", "value": "1.2"},)),
    (AUDIT, ("——全年县级一般公共预算收入8.2亿元，完成预算的101%；支出41.6亿元。",),
     ({"key": "total-gp-exp", "value": "41.6", "scope": "own"},), ()),
    # a review names an account, and then its sides
    (REVIEW, ("一、2025年预算执行情况", "政府性基金预算执行情况是：收入9.6亿元，下降28.7%；支出18.7亿元。"),
     ({"key": "total-gf-rev", "value": "9.6"}, {"key": "total-gf-exp", "value": "18.7"}), ()),
    (REVIEW, ("一、2025年预算执行情况", "一般公共预算收入5亿元。国有资本经营预算方面，收入3200万元，支出1100万元。"),
     ({"key": "total-sc-rev", "value": "3200"}, {"key": "total-sc-exp", "value": "1100"}), ()),
    # the sizes of a class of assets, and of its parts
    (ASSETS, ("一、企业国有资产", "县属企业26户，资产总额210.4亿元、负债131.2亿元。其中：一级企业资产总额198.3亿元。"),
     ({"key": "other-asset-company", "value": "210.4"}, {"key": "other-asset-company-debts", "value": "131.2"}),
     ({"key": "other-asset-company", "value": "198.3"}, {"key": "other-asset", "value": "198.3"})),
    (ASSETS, ("二、金融企业国有资产", "国有金融企业资产总额3.1亿元，净资产2.7亿元。"),
     ({"key": "other-asset-financial", "value": "3.1"}, {"item": "金融企业净资产", "value": "2.7"}),
     ({"key": "other-asset"},)),
    (ASSETS, ("三、行政事业性国有资产", "行政事业单位312家，资产总额88.2亿元，净资产75.6亿元。"),
     ({"key": "other-asset-admin", "value": "88.2"}, {"key": "other-asset-admin-net", "value": "75.6"}), ()),
    # limits, aims and what is to come
    (HALF, ("三、政府债务", "截至6月底，债务余额141亿元，其中一般债务46亿元、专项债务95亿元，低于省核定限额146亿元。"),
     ({"key": "debt-limit", "value": "146"},), ({"key": "debt-limit-special"},)),
    (HALF, ("四、下半年工作", "确保完成全年一般公共预算收入10.8亿元、增长4%的任务。"),
     ({"key": "total-gp-rev", "value": "10.8", "measure": "budget", "months": (1, 12)},),
     ({"key": "total-gp-rev", "measure": "actual"},)),
    (HALF, ("二、主要工作", "入驻企业18家，目标40家。"), ({"value": "40", "measure": "budget"},), ()),
    (HALF, ("二、主要工作", "完成评审项目41个，送审金额1836万元，审定1689万元，审减147万元。"),
     ({"key": "other-review-approved", "value": "1689"},), ({"key": "other-review-submitted", "value": "1689"},)),
    (HALF, ("二、主要工作", "对2025年度186个项目开展绩效自评，收回低效资金4150万元。"),
     ({"value": "186", "year": 2025}, {"value": "4150", "year": 2026}), ()),
    (HALF, ("三、为民办实事项目", "3、镇区停车场2处、泊位420个，计划投入510万元；"),
     ({"item": "镇区停车场", "value": "510"},), ()),
    (HALF, ("三、为民办实事项目", "1、中学综合楼续建，计划投入2200万元；"),
     ({"item": "中学综合楼续建", "value": "2200"},), ()),
    (HALF, ("二、主要工作", "政府采购节约2400万元。"), ({"value": "2400", "flags": ()},), ()),
    # money that goes to an account has no stage; bonds that repay are not all that is repaid
    (ACCOUNTS, ("一、国有资本经营决算", "国有资本经营预算收入8950万元，支出4120万元，调出至一般公共预算4680万元。"),
     ({"key": "transfer-out-funds", "value": "4680", "measure": "amount"},), ()),
    (ACCOUNTS, ("二、债务", "发行再融资债券132亿元，其中偿还到期债券本金76亿元、置换隐性债务56亿元。"),
     (), ({"key": "debt-principal"},)),
    (ACCOUNTS, ("三、政府性基金", "政府性基金支出64亿元，其中专项债券安排的支出16亿元。"), ({"value": "16"},),
     ({"key": "debt-issue-special"},)),
    (ACCOUNTS, ("四、收入", "企业所得税9亿元，下降5%，主要是企业利润下滑；个人所得税2亿元。"),
     ({"key": "gp-rev-10106", "parent": ""},), ()),
    (ACCOUNTS, ("五、收入", "2024年我镇组织地方一般公共预算收入2143万元，占县下达任务数2080万元的103%。"),
     ({"key": "total-gp-rev", "value": "2143"}, {"key": "total-gp-rev", "value": "2080", "measure": "budget"}), ()),
    (INSURANCE, ("二、城乡居民基本医疗保险基金", "支出69亿元，其中大病保险支出6亿元；当年收支缺口3亿元。"),
     ({"item": "城乡居民基本医疗保险基金收支缺口", "value": "3"},), ()),
    (POINTS, ("二、重点评价", "平均得分87.6分，65岁以上老年人体检4.6万人。"),
     ({"value": "87.6", "unit": "分"}, {"item": "65岁以上老年人体检", "unit": "万人"}), ()),
)  # fmt: skip


def _fits(fact: Any, wanted: dict[str, Any]) -> bool:
    plain = {field: value for field, value in wanted.items() if field not in ("year", "months")}
    year = wanted.get("year", fact.period.first_year)
    months = wanted.get("months", (fact.period.first_month, fact.period.last_month))
    return fits(fact, plain) and (fact.period.first_year, fact.period.first_month, fact.period.last_month) == (
        year,
        *months,
    )


@pytest.mark.parametrize("title, lines, wanted, none", LINES, ids=[case[1][-1][:20] for case in LINES])
def test_a_figure_of_its_kind_of_paper(title: str, lines: tuple[str, ...], wanted: Wanted, none: Wanted) -> None:
    facts = facts_of(title, *lines)
    missing = [one for one in wanted if not any(_fits(fact, one) for fact in facts)]
    assert not missing, f"{missing}{shown(facts)}"
    surplus = [one for one in none if any(_fits(fact, one) for fact in facts)]
    assert not surplus, f"{surplus}{shown(facts)}"


TABLES: tuple[tuple[str, str, str, Wanted], ...] = (
    (INSURANCE, "一、2025年执行情况",
     "险种 | 2025年收入 | 2025年支出 | 当年结余 | 年末滚存结余\n失业保险 | 4.36 | 3.05 | 1.31 | 18.92\n"
     "工伤保险 | 4.32 | 3.49 | 0.83 | 9.66\n合计 | 8.68 | 6.54 | 2.14 | 28.58",
     ({"key": "si-rev-10202", "value": "4.36"}, {"key": "si-exp-10202".replace("102", "209"), "value": "3.05"},
      {"key": "si-cum-10202", "value": "18.92"}, {"key": "total-si-exp", "value": "6.54"},
      {"key": "si-balance-cum", "value": "28.58"})),
    (DEBT, "二、近年余额",
     "年度 | 限额 | 余额 | 一般债务余额 | 专项债务余额\n2023 | 10.2 | 10.1 | 3.6 | 6.5\n2024 | 11.5 | 11.1 | 3.8 | 7.3",
     ({"key": "debt-balance", "value": "10.1", "year": 2023}, {"key": "debt-limit", "value": "11.5", "year": 2024},
      {"key": "debt-balance-special", "value": "7.3", "year": 2024})),
    (POINTS, "二、评价结果",
     "序号 | 项目名称 | 主管部门 | 预算资金（万元） | 得分 | 等级\n1 | 路灯养护 | 县住建局 | 480 | 57.6 | 差\n"
     "2 | 河道治理 | 县水务局 | 960 | 91.2 | 优",
     ({"item": "路灯养护（得分）", "value": "57.6", "unit": "分"}, {"item": "河道治理（得分）", "value": "91.2"})),
)  # fmt: skip


@pytest.mark.parametrize("title, heading, rows, wanted", TABLES, ids=[case[1] for case in TABLES])
def test_a_table_of_its_kind_of_paper(title: str, heading: str, rows: str, wanted: Wanted) -> None:
    facts = facts_of(title, heading, table(rows, "单位：亿元"))
    missing = [one for one in wanted if not any(_fits(fact, one) for fact in facts)]
    assert not missing, f"{missing}{shown(facts)}"


@pytest.mark.parametrize("line", ["*（单位：万元）*", "（注：单位均为万元，下同）", "单位：万元"])
def test_the_unit_below_a_table(line: str) -> None:
    facts = facts_of(
        ACCOUNTS, "一、支出", table("科目 | 决算数\n教育支出 | 1420.00\n农林水支出 | 1935.00"), line, "二、其他"
    )
    assert {(fact.value, fact.unit, fact.flags) for fact in facts} == {("1420.00", "万元", ()), ("1935.00", "万元", ())}
