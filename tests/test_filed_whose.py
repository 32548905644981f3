"""Papers that no rule was made for: whose a level, a month, a purpose and a name are that stand a clause before.

Each case is one kind of fault found by reading such papers; the words are our own.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.parse_builders import facts_of, fits, shown, table

COUNTY = "上党区2025年财政预算执行情况和2026年财政预算（草案）的报告"
CITY = "长治市2025年财政预算执行情况和2026年财政预算（草案）的报告"
MONTHLY = "长治市2025年9月财政收支情况"
HALF = "上党区2025年上半年财政预算执行情况的报告"
AUDIT = "关于上党区2025年度区本级预算执行和其他财政收支的审计工作报告"
ADJUSTMENT = "关于上党区2025年预算调整方案（草案）的报告"
BUREAU = "长治市水务局2025年度部门决算"

# Title, heading, text, then of each value what its facts are to be (all of them).
Case = tuple[str, str, str, dict[str, dict[str, Any]]]

# 区级…；镇级…。: the next sentence is of no one of them; 其中市本级本金…、利息…: of the level of its list
LEVELS: tuple[Case, ...] = (
    (
        COUNTY,
        "一、一般公共预算",
        "全区一般公共预算收入9.3亿元。\n区级一般公共预算收入5.1亿元；镇（街道）级一般公共预算收入4.2亿元，增长3%。\n煤炭行业税收占比46.3%。",
        {"4.2": {"scope": "lower"}, "3": {"scope": "lower"}, "46.3": {"scope": "whole"}},
    ),
    (
        COUNTY,
        "一、一般公共预算",
        "全区一般公共预算收入9.3亿元。\n区级收入完成5.1亿元，镇级收入完成4.2亿元。一般公共预算收入9.3亿元，加上级补助收入2.4亿元，收入总计11.7亿元。",
        {"2.4": {"scope": "whole"}, "11.7": {"scope": "whole"}},
    ),
    (
        CITY,
        "一、政府债务",
        "2026年全市到期政府债券本金38.6亿元，应付利息15.9亿元，其中市本级本金11.3亿元、利息4.2亿元。",
        {
            "15.9": {"key": "debt-interest", "scope": "whole"},
            "11.3": {"key": "debt-principal", "scope": "own"},
            "4.2": {"key": "debt-interest", "scope": "own"},
        },
    ),
    (
        CITY,
        "一、收入",
        "全市税收收入9.1亿元，其中市本级增值税2.2亿元、契税1.3亿元。",
        {"2.2": {"scope": "own"}, "1.3": {"scope": "own", "key": "gp-rev-10119"}},
    ),
    (
        CITY,
        "三、政府债务",
        "全市政府债务还本付息支出安排74亿元。其中，市级还本支出安排21亿元，付息支出安排13亿元。",
        {"21": {"scope": "own"}, "13": {"key": "debt-interest", "scope": "own"}},
    ),
    # each of a list names its own
    (
        CITY,
        "一、一般公共预算收入",
        "全市一般公共预算收入9.1亿元，其中市本级3.2亿元、县区5.9亿元。",
        {"3.2": {"scope": "own"}, "5.9": {"scope": "lower"}},
    ),
)  # fmt: skip

# 9月当月，…。其中：…: of that month; 时间进度: of nobody; 下半年支出计划安排: of these months; 自…以来: of no one month
TIMES: tuple[Case, ...] = (
    (
        MONTHLY,
        "一、收入",
        "9月当月，全市一般公共预算收入10.5亿元，增长5.3%。其中：税收收入7.9亿元，增长8.4%。1-9月累计，全市一般公共预算收入90.1亿元。其中：税收收入61.2亿元。",
        {
            "7.9": {"period": "2025年9月", "key": "gp-rev-101"},
            "8.4": {"period": "2025年9月"},
            "61.2": {"period": "2025年1-9月"},
        },
    ),
    (
        MONTHLY,
        "一、收入",
        "1-9月，全市一般公共预算收入完成90.1亿元，完成年度预算的76.6%，时间进度为75%，同比增长2.9%，增收2.5亿元。",
        {
            "75": {"item": "时间进度"},
            "2.9": {"key": "total-gp-rev", "measure": "yoy_pct"},
            "2.5": {"key": "total-gp-rev", "measure": "yoy_amount"},
        },
    ),
    (
        MONTHLY,
        "二、下步打算",
        "10-12月需完成一般公共预算收入22.1亿元，确保完成全年112.3亿元目标。",
        {"112.3": {"key": "total-gp-rev", "measure": "budget", "period": "2025"}},
    ),
    (
        HALF,
        "二、下半年安排",
        "下半年一般公共预算支出计划安排28.8亿元。",
        {"28.8": {"period": "2025年7-12月"}},
    ),
    (
        AUDIT,
        "一、总体情况",
        "自2025年3月以来，共完成审计项目38个，查出问题金额6.4亿元。",
        {"38": {"period": "2025"}, "6.4": {"period": "2025"}},
    ),
    (
        AUDIT,
        "二、农田建设审计情况",
        "抽查2021至2023年建成的高标准农田4.6万亩，发现撂荒1570亩，渠道损毁23.4公里。",
        {"1570": {"period": "2025"}, "23.4": {"period": "2025"}},
    ),
    # told as the state of things by an audit, not as found
    (
        AUDIT,
        "一、预算执行审计情况",
        "2025年，区本级一般公共预算总收入43.6亿元，总支出40.2亿元，结转下年3.4亿元。",
        {"3.4": {"key": "transfer-carry-out"}},
    ),
)  # fmt: skip

# What money is for or what a number counts stands a clause before it, or behind
NAMES: tuple[Case, ...] = (
    (
        COUNTY,
        "二、民生",
        "新增学位3960个；为全区14.6万名65岁以上老年人免费查体，投入1870万元。",
        {"14.6": {"item": "65岁以上老年人免费查体"}, "1870": {"item": "65岁以上老年人免费查体投入"}},
    ),
    (
        COUNTY,
        "二、民生",
        "改造老旧小区23个，惠及居民4816户，投入资金9632万元。",
        {"9632": {"item": "改造老旧小区投入"}},
    ),
    (
        COUNTY,
        "二、交通",
        "新改建农村公路86公里，下达补助3440万元；处置闲置校舍27宗，变现960万元。",
        {"3440": {"item": "新改建农村公路补助"}, "960": {"item": "处置闲置校舍变现"}},
    ),
    (
        COUNTY,
        "二、教育",
        "投入5860万元，新改建义务教育学校11所，新增公办学位4350个。",
        {"5860": {"item": "投入新改建义务教育学校"}, "11": {"item": "新改建义务教育学校"}},
    ),
    (
        COUNTY,
        "二、民生",
        "城市居民最低生活保障标准提高到每人每月1085元，农村提高到每人每月868元。",
        {"868": {"item": "农村居民最低生活保障标准"}},
    ),
    (
        COUNTY,
        "二、教育",
        "城乡学校生均公用经费标准小学提高到每生每年720元、初中940元。",
        {"720": {"item": "城乡学校生均公用经费标准小学"}, "940": {"item": "城乡学校生均公用经费标准初中"}},
    ),
    (
        COUNTY,
        "二、产业",
        "设立10亿元规模的新材料产业基金，撬动社会投资。",
        {"10": {"item": "新材料产业基金"}},
    ),
    (
        COUNTY,
        "二、国有资产",
        "按单位性质分：行政单位38.4亿元，事业单位67.5亿元。",
        {"67.5": {"item": "事业单位"}},
    ),
    (
        COUNTY,
        "二、乡村",
        "11个村集体经济总收入1298万元，总支出1047万元。",
        {"1047": {"item": "村集体经济总支出"}},
    ),
    (
        COUNTY,
        "二、存在问题",
        "税源单一，纳税50万元以上企业仅19家；对年纳税500万元以上的183家企业实行包联。",
        {"19": {"item": "纳税50万元以上企业"}, "183": {"item": "年纳税500万元以上的企业"}},
    ),
    (
        AUDIT,
        "二、部门预算审计情况",
        "5个单位往来款长期未清理，金额合计3972万元，挂账时间最长达12年。",
        {"3972": {"item": "单位往来款长期未清理涉及金额"}},
    ),
    (
        COUNTY,
        "二、资金",
        "上半年收到直达资金9.7亿元，已分配9.5亿元，分配进度98.5%。",
        {"9.5": {"item": "直达资金分配"}, "98.5": {"item": "直达资金分配"}},
    ),
    (
        COUNTY,
        "二、民生",
        "拨付公共卫生服务补助2.6亿元，人均标准99元；城乡居民医保参保37.9万人，财政补助标准提高到每人每年700元。",
        {"99": {"item": "公共卫生服务补助人均标准"}, "700": {"item": "城乡居民医保参保财政补助标准"}},
    ),
    (
        COUNTY,
        "三、2026年打算",
        "力争上半年完成60%以上；盘活闲置厂房等资产，目标2.5亿元。",
        {"2.5": {"item": "盘活闲置厂房等资产"}},
    ),
    (
        COUNTY,
        "二、国企",
        "减少融资平台公司14家，经理层任期制签约率100%。",
        {"14": {"item": "减少融资平台公司"}, "100": {"item": "经理层任期制签约率"}},
    ),
    (
        COUNTY,
        "二、国企",
        "对外担保余额31.5亿元，较年初压降4.2亿元。",
        {"4.2": {"item": "对外担保余额（比年初增减）"}},
    ),
    (
        BUREAU,
        "三、“三公”经费",
        "“三公”经费支出51.4万元，主要原因是报废更新防汛车辆1台。其中：公务接待费5.1万元，国内公务接待64批次、518人次。",
        {"64": {"item": "国内公务接待"}, "518": {"item": "国内公务接待"}},
    ),
    (
        BUREAU,
        "四、机关运行经费",
        "2025年度局机关机关运行经费支出87.4万元，比上年减少6.1万元。",
        {"87.4": {"key": "other-operating"}, "6.1": {"key": "other-operating"}},
    ),
)  # fmt: skip

# What is borrowed and paid back, and what is left of it
DEBTS: tuple[Case, ...] = (
    (
        COUNTY,
        "三、政府债务",
        "当年获得新增债券7.4亿元（一般1.2亿元、专项6.2亿元），再融资债券9.1亿元。",
        {
            "7.4": {"key": "debt-new"},
            "1.2": {"key": "debt-new-general"},
            "6.2": {"key": "debt-new-special"},
            "9.1": {"key": "debt-refinance"},
        },
    ),
    (
        COUNTY,
        "三、政府债务",
        "全年累计发行新增政府债券46.2亿元（一般债券3.7亿元、专项债券42.5亿元）。",
        {"46.2": {"key": "debt-new"}, "3.7": {"key": "debt-new-general"}, "42.5": {"key": "debt-new-special"}},
    ),
    (
        COUNTY,
        "三、政府债务",
        "平均发行利率2.3%，其中一般债券2.2%、专项债券2.4%。",
        {"2.2": {"key": "", "item": "一般债券平均发行利率"}, "2.4": {"key": "", "item": "专项债券平均发行利率"}},
    ),
    (
        COUNTY,
        "三、政府债务",
        "到期政府债券本金4.9亿元，拟通过再融资债券偿还4.2亿元、财政资金偿还0.7亿元。",
        {"4.2": {"item": "再融资债券偿还债券本金"}, "0.7": {"item": "财政资金偿还债券本金"}},
    ),
    (
        ADJUSTMENT,
        "二、支出调整",
        "调增项目5500万元：大河综合治理（新增一般债券）3500万元；公路大中修（新增一般债券）2000万元。",
        {"3500": {"key": "", "item": "大河综合治理"}, "2000": {"key": "", "item": "公路大中修"}},
    ),
    (
        COUNTY,
        "三、预备费",
        "区级预备费年初预算8000万元，全年动用5120万元，主要用于防汛，余额2880万元补充预算稳定调节基金。",
        {
            "8000": {"key": "gp-exp-227", "measure": "budget"},
            "5120": {"key": "other-reserve-use"},
            "2880": {"key": "gp-exp-227", "measure": "outstanding"},
        },
    ),
    (
        COUNTY,
        "四、社会保险基金预算",
        "社会保险基金收入6.4亿元，支出5.0亿元，收支结余1.4亿元，滚存结余22.3亿元。",
        {"1.4": {"key": "si-balance-year"}, "22.3": {"key": "si-balance-cum"}},
    ),
    (
        CITY,
        "一、一般公共预算",
        "市级一般公共预算支出94.1亿元，加上补助区县62.3亿元、政府一般债务转贷支出8.5亿元，支出总量164.9亿元。",
        {"62.3": {"key": "transfer-down"}, "8.5": {"key": "transfer-debt-out-general"}},
    ),
    (
        CITY,
        "三、政府债务",
        "2025年省级分配我市地方政府债券29.8亿元。",
        {"29.8": {"key": "debt-issue"}},
    ),
    (
        COUNTY,
        "一、一般公共预算",
        "区级一般公共预算收入9.0亿元，镇级上解收入0.2亿元；区级一般公共预算支出8.1亿元，补助镇级支出1.4亿元。",
        {"0.2": {"key": "transfer-up-in"}, "1.4": {"key": "transfer-down"}},
    ),
)  # fmt: skip


@pytest.mark.parametrize("title, heading, text, wanted", [*LEVELS, *TIMES, *NAMES, *DEBTS])
def test_a_figure_of_prose(title: str, heading: str, text: str, wanted: dict[str, dict[str, Any]]) -> None:
    facts = facts_of(title, heading, *text.split("\n"))
    for value, fields in wanted.items():
        found = tuple(fact for fact in facts if fact.value == value)
        assert found and all(fits(fact, fields) for fact in found), f"{value}: {fields}{shown(found or facts)}"


def test_a_rate_is_of_the_months_of_the_amount_left_of_it() -> None:
    rows = "项目|本月完成|同比增减%|1-9月累计|同比增减%\n税收收入|7921|8.4|61342|1.2\n非税收入|2546|-3.4|36518|6.6"
    found = facts_of(MONTHLY, "一、收入", "表1 2025年9月全市一般公共预算收入完成情况表 单位：万元", table(rows))
    periods = {fact.value: fact.period.text for fact in found}
    assert [periods[value] for value in ("7921", "8.4", "61342", "1.2")] == [
        "2025年9月",
        "2025年9月",
        "2025年1-9月",
        "2025年1-9月",
    ]


@pytest.mark.parametrize("name", ["长治市合计", "全市合计", "合计"])
def test_the_sum_of_a_table_by_places_is_of_the_whole(name: str) -> None:
    rows = f"地区|政府债务限额|政府债务余额\n{name}|70.9|69.3\n市本级|18.8|17.9\n上党区|10.9|10.1\n潞州区|20.1|19.8"
    found = facts_of(CITY, "三、政府债务", "表1 2025年政府债务限额及余额情况表 单位：亿元", table(rows))
    assert {fact.value: fact.key for fact in found if fact.value in ("70.9", "69.3")} == {
        "70.9": "debt-limit",
        "69.3": "debt-balance",
    }


def test_a_table_is_at_the_level_of_the_sentence_that_announces_it() -> None:
    rows = "科目|预算数（万元）\n教育支出|2690\n预备费|150\n合计|2840"
    lead = "根据收支平衡的原则，2026年区级一般公共预算支出安排2840万元，具体安排如下："
    found = facts_of(COUNTY, "二、2026年预算草案", lead, table(rows))
    assert {fact.value: fact.scope for fact in found if fact.value != "2840"} == {"2690": "own", "150": "own"}
