"""Papers of departments, towns and streets, monthly notes, adjustments, debts and audits, in layouts of their own.

Each case is one kind of fault found by reading such papers; the words are our own.
"""

from __future__ import annotations

from typing import Any

import pytest

from index.models import Fact
from tests.parse_builders import facts_of, fits, parsed, shown, table

COUNTY = "上党区2025年财政预算执行情况和2026年财政预算（草案）的报告"
MONTHS = "上党区2026年1-8月财政收支情况"
ADJUSTMENT = "关于上党区2025年预算调整方案（草案）的报告"
AUDIT = "关于上党区2024年度区级预算执行和其他财政收支的审计工作报告"
ACCOUNTS = "长治市水务局2024年度部门决算"
PLAN = "长治市水务局2025年部门预算"
STREET = "2025年上党区韩店街道办事处部门预算"
Wanted = dict[str, dict[str, Any]]
Case = tuple[str, str, str, Wanted]

PROSE: tuple[Case, ...] = (
    # a head that is but months holds for its paragraph
    (
        MONTHS,
        "一、收入情况",
        "8月当月。全区一般公共预算收入完成5230万元，增长6.1%。",
        {"5230": {"key": "total-gp-rev", "period": "2026年8月"}, "6.1": {"period": "2026年8月"}},
    ),
    # the same months a year ago, in brackets or between commas
    (
        MONTHS,
        "一、收入情况",
        "1-8月，全区增值税4.1亿元（上年同期3.9亿元），增长5.1%；契税1.2亿元，上年同期1.1亿元。",
        {
            "3.9": {"key": "gp-rev-10101", "period": "2025年1-8月"},
            "1.1": {"key": "gp-rev-10119", "period": "2025年1-8月"},
            "5.1": {"period": "2026年1-8月"},
        },
    ),
    # a head in brackets of its own
    (
        MONTHS,
        "一、收入情况",
        "〔主体税种〕增值税完成7.9亿元，企业所得税3.1亿元，增长15%，主要是建材企业利润增长；资源税2.2亿元。",
        {"7.9": {"key": "gp-rev-10101"}, "2.2": {"key": "gp-rev-10107", "parent": ""}},
    ),
    # the first and the last of all are no figures of the county
    (
        MONTHS,
        "一、一般公共预算收入",
        "全区一般公共预算收入9亿元。增幅最高的是韩店镇，增长14.2%；降幅最大的是荫城镇，下降9.8%。",
        {"14.2": {"region": "韩店镇"}, "9.8": {"region": "荫城镇"}},
    ),
    # what is striven for is neither done nor growth
    (
        MONTHS,
        "三、下步工作",
        "力争全年非税收入不低于19.5亿元，确保全区一般公共预算收入增长5%以上。紧盯全年71亿元收入目标。",
        {"19.5": {"measure": "budget"}, "5": {"measure": "rate"}, "71": {"item": "收入目标", "measure": "amount"}},
    ),
    # parts that make up their whole, and what comes behind them
    (
        AUDIT,
        "一、总体情况",
        "2024年7月至2025年6月，完成审计项目38个，查出问题金额6.8亿元，其中违规金额0.9亿元、管理不规范金额5.9亿元；促进增收节支1.4亿元。",
        {
            "38": {"period": "2024"},
            "5.9": {"parent": "查出问题金额"},
            "1.4": {"parent": ""},
        },
    ),
    # idle money is not all that the item has; 3.3个 is the third point
    (
        AUDIT,
        "二、专项债券管理",
        "3.3个专项债券项目资金8600万元闲置一年以上。",
        {"3": {"kind": "count"}, "8600": {"item": "专项债券项目资金闲置", "key": ""}},
    ),
    (
        AUDIT,
        "三、整改情况",
        "已整改到位113个，整改率95.8%。资产总额512亿元、负债总额298亿元，资产负债率58.2%。",
        {"95.8": {"item": "整改率"}, "58.2": {"item": "资产负债率"}},
    ),
    # words that end as fillers do
    (
        COUNTY,
        "六、民生实事",
        "改造农村厕所68座，完成政府投资项目审计9个，65岁以上老年人免费体检6.5万人。",
        {"68": {"item": "改造农村厕所"}, "9": {"item": "政府投资项目审计"}, "6.5": {"item": "65岁以上老年人免费体检"}},
    ),
    # words of spending alone name nothing
    (
        COUNTY,
        "四、2026年民生项目",
        "2.韩店幼儿园扩建，计划投入350万元，新增学位270个；",
        {"350": {"item": "韩店幼儿园扩建"}},
    ),
    # expenditure is nothing that came in
    (
        COUNTY,
        "二、财力与支出",
        "2026年可用财力7060万元，其中上年结余155万元。按收支平衡原则，支出安排7061万元。",
        {"155": {"key": "transfer-carry-in"}, "7061": {"key": "", "item": "支出"}},
    ),
    (
        COUNTY,
        "四、债务情况",
        "偿还到期债券本金8.7亿元，支付利息3.1亿元。债务限额98亿元，比年初92亿元增加6亿元。",
        {"3.1": {"key": "debt-interest"}, "92": {"key": "debt-limit", "period": "2024"}},
    ),
    (
        COUNTY,
        "四、债务情况",
        "发行新增专项债券6.8亿元，用于污水处理厂扩建2.3亿元、人民医院新院区3亿元、供热管网（二期）1.5亿元；再融资债券4亿元。",
        {
            "2.3": {"item": "污水处理厂扩建", "parent": "新增专项债券"},
            "1.5": {"item": "供热管网（二期）", "parent": "新增专项债券"},
            "4": {"parent": ""},
        },
    ),
    # an adjustment moves the budget: no growth, no done
    (
        ADJUSTMENT,
        "一、一般公共预算调整",
        "非税收入78000万元，调整为78500万元，调增500万元。税收收入年初预算118000万元，调整后112000万元，减少6000万元，下降5.1%。",
        {
            "78000": {"key": "gp-rev-103", "measure": "budget"},
            "78500": {"key": "gp-rev-103", "measure": "adjusted_budget"},
            "6000": {"measure": "amount"},
            "5.1": {"measure": "rate"},
        },
    ),
    (ADJUSTMENT, "六、债务限额", "政府债务限额调整为158亿元。", {"158": {"key": "debt-limit", "measure": "limit"}}),
    # totals of bodies, under whatever words
    (
        ACCOUNTS,
        "一、收入支出决算总体情况说明",
        "2024年度总收入99万元，年初结转和结余4万元；总支出95万元。收、支总计与2023年度决算相比，增加6万元，增长6.5%。",
        {"95": {"key": "dept-exp"}, "6": {"key": "dept-sum", "measure": "yoy_amount"}, "6.5": {"key": "dept-sum"}},
    ),
    (
        ACCOUNTS,
        "四、财政拨款收入支出决算总体情况说明",
        "2024年度财政拨款收入、支出决算总计97万元。与上年相比，收、支总计各减少8万元，减少7.6%。",
        {"97": {"key": "dept-grant-sum"}, "8": {"key": "dept-grant-sum"}, "7.6": {"key": "dept-grant-sum"}},
    ),
    (
        ACCOUNTS,
        "二、收入支出决算",
        "收入总计99万元，其中本年收入合计90万元。支出总计99万元，其中本年支出合计95万元。",
        {"99": {"key": "dept-sum"}, "90": {"key": "dept-rev"}, "95": {"key": "dept-exp"}},
    ),
    # the year that a body's figure is compared with
    (
        PLAN,
        "五、“三公”经费",
        "公务接待费较2024年预算10.8万元下降11.11%。公务用车购置费0万元，运行维护费33万元。",
        {
            "10.8": {"key": "other-tp-reception", "period": "2024", "measure": "budget"},
            "11.11": {"period": "2025"},
            "33": {"key": "other-tp-car-run"},
        },
    ),
    # a path of the classification behind the number of a list
    (
        PLAN,
        "七、具体使用情况",
        "1.农林水支出（类）水利（款）防汛（项）2025年预算数为128万元，主要用于物资储备。",
        {"128": {"key": "gp-exp-2130314", "measure": "budget"}},
    ),
    (PLAN, "二、机构", "核定编制86名，其中行政编制22名。", {"86": {"item": "核定编制"}, "22": {"item": "行政编制"}}),
    (
        ACCOUNTS,
        "八、绩效",
        "“古桥修缮”项目全年预算420万元，执行412万元，执行率98.1%，自评得分92.5分。",
        {"412": {"item": "古桥修缮项目", "measure": "actual"}, "92.5": {"kind": "count"}},
    ),
    # what a body's paper tells of its place is no figure of the body
    (ACCOUNTS, "十、工作情况", "全市接待游客46万人次。", {"46": {"owner": ""}}),
)  # fmt: skip


@pytest.mark.parametrize("title, heading, text, wanted", PROSE)
def test_what_prose_tells(title: str, heading: str, text: str, wanted: Wanted) -> None:
    _all_fit(facts_of(title, heading, text, "全区一般公共预算收入88.8亿元。"), wanted)


TABLES: tuple[tuple[str, str, str, Wanted], ...] = (
    # rows named by a stage or by a year
    (
        ACCOUNTS,
        "“三公”经费支出决算表 单位：万元",
        " | “三公”经费合计 | 公务接待费\n预算数 | 75 | 23\n决算数 | 58 | 13",
        {
            "75": {"key": "other-three-public", "measure": "budget"},
            "13": {"key": "other-tp-reception", "measure": "actual"},
        },
    ),
    (
        PLAN,
        "财政拨款“三公”经费预算表 单位：万元",
        "年度 | 合计 | 公务接待费\n2024年 | 25 | 5\n2025年 | 24 | 4",
        {
            "25": {"key": "other-three-public", "measure": "budget", "period": "2024"},
            "4": {"key": "other-tp-reception", "measure": "budget", "period": "2025"},
        },
    ),
    # the sum of a table of projects, and last year's budget
    (
        STREET,
        "项目支出表 单位：万元",
        "项目名称 | 金额 | 资金性质\n环卫保洁 | 1280 | 一般公共预算\n网格管理 | 412 | 一般公共预算\n合计 | 1692 | ",
        {
            "1280": {"measure": "budget", "owner": "上党区韩店街道办事处"},
            "1692": {"key": "other-project-exp"},
        },
    ),
    (
        PLAN,
        "“三公”经费预算表 单位：万元",
        "项目 | 上年预算数 | 本年预算数\n公务接待费 | 15 | 14",
        {"15": {"period": "2024", "measure": "budget"}, "14": {"period": "2025", "measure": "budget"}},
    ),
    # for how many years a bond runs is no money
    (
        COUNTY,
        "2025年新增政府债券项目明细表 单位：亿元",
        "项目名称 | 债券类型 | 发行金额 | 期限（年）\n供水管网改造 | 专项 | 2.2 | 30\n中医院迁建 | 一般 | 1.5 | 10",
        {"2.2": {"item": "供水管网改造"}},
    ),
)


@pytest.mark.parametrize("title, caption, text, wanted", TABLES)
def test_what_a_table_tells(title: str, caption: str, text: str, wanted: Wanted) -> None:
    found = parsed(title, table(text, caption)).facts
    _all_fit(found, wanted)
    assert not [fact for fact in found if fact.value in ("30", "10")], shown(found)


def test_announced_lists_are_parts_where_they_add_up() -> None:
    listed = ("新增一般债券198万元安排2个项目：", "1.农村公路提升65万元；", "2.校舍安全改造133万元。")
    found = facts_of(COUNTY, "五、债券安排", *listed)
    assert [fact.parent for fact in found if fact.value in ("65", "133")] == ["新增一般债券"] * 2
    other = facts_of(COUNTY, "五、债券安排", *listed[:2], "2.校舍安全改造134万元。")
    assert not any(fact.parent for fact in other), shown(other)


@pytest.mark.parametrize(
    "title, owner",
    [
        ("上党区人民政府 部门决算 2024年度上党区水务局部门决算公开", "上党区水务局"),
        ("2026年上党区韩店街道办事处部门预算", "上党区韩店街道办事处"),
        ("编制说明上党区民政局2026年部门预算公开", "上党区民政局"),
        ("上党区荫城镇2026年部门预算说明", "上党区荫城镇"),
    ],
)
def test_whose_paper_it_is(title: str, owner: str) -> None:
    assert parsed(title, "本部门2026年收入预算9万元。").subject.owner == owner


def _all_fit(facts: tuple[Fact, ...], wanted: Wanted) -> None:
    for value, fields in wanted.items():
        some = [fact for fact in facts if fact.value == value]
        assert some and all(fits(fact, fields) for fact in some), (value, fields, shown(facts))
