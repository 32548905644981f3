"""Budget reports of counties, cities and zones of many provinces: how their offices lay out, sum up, list and explain.

Each case is one kind of fault found by reading such papers; the words are our own.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.parse_builders import document, facts_of, fits, parsed, shown, table

COUNTY = "上党区2025年财政预算执行情况和2026年财政预算（草案）的报告"
CITY = "长治市2025年全市及市本级预算执行情况和2026年预算草案的报告"
ZONE = "长治高新技术产业开发区2025年财政预算执行情况及2026年预算安排说明"

# Title, lines, then of each value what its facts are to be (all of them).
Case = tuple[str, tuple[str, ...], dict[str, dict[str, Any]]]

# 壹, 1.1, and words that a wide blank sets apart from the text they head
HEADINGS: tuple[Case, ...] = (
    (
        COUNTY,
        ("贰　2026年预算草案", "1. 全区预算", "政府性基金收入预期6.20亿元，支出5.80亿元。"),
        {"5.80": {"key": "total-gf-exp", "measure": "budget", "period": "2026"}},
    ),
    (
        COUNTY,
        (
            "二、2026年预算安排",
            "2.1 政府性基金预算",
            "收入2400万元，支出1830万元。",
            "2.2 国有资本经营预算",
            "收入150万元。",
        ),
        {
            "2400": {"key": "total-gf-rev", "measure": "budget", "period": "2026"},
            "1830": {"key": "total-gf-exp"},
            "150": {"key": "total-sc-rev"},
        },
    ),
    (
        COUNTY,
        (
            "一、2025年预算执行情况",
            "1. 一般公共预算",
            "收入　全区一般公共预算收入8.4亿元，增长3.2%；税收收入4.9亿元，增长1.5%。",
            "平衡　一般公共预算收入8.4亿元，上级补助4.3亿元，债务转贷1.3亿元，收入总量14.0亿元；支出总量14.0亿元。",
        ),
        {
            "3.2": {"key": "total-gp-rev", "measure": "yoy_pct"},
            "4.3": {"key": "transfer-superior", "account": "general_public"},
            "1.3": {"key": "transfer-debt-in"},
        },
    ),
    (
        COUNTY,
        (
            "一、2025年预算执行",
            "（一）一般公共预算支出",
            "一般公共预算支出9亿元。",
            "（二）平衡情况",
            "上级补助收入3亿元。",
        ),
        {"3": {"key": "transfer-superior", "account": "general_public"}},
    ),
)

# what the budget was changed to, its base in brackets, growth told by a sign, growth without what is left out
MEASURES: tuple[Case, ...] = (
    (
        COUNTY,
        (
            "一、一般公共预算",
            "全区一般公共预算支出年初预算218600万元，变动后支出预算为284100万元，实际完成268740万元。",
        ),
        {"218600": {"measure": "budget"}, "284100": {"measure": "adjusted_budget", "key": "total-gp-exp"}},
    ),
    (
        COUNTY,
        ("一、一般公共预算", "一般公共预算支出96835万元，完成调整预算（108700万元）的89.1%，下降4.5%。"),
        {
            "108700": {"measure": "adjusted_budget", "key": "total-gp-exp"},
            "89.1": {"measure": "completion"},
        },
    ),
    (
        COUNTY,
        ("一、一般公共预算", "主体税种：增值税20.36亿元（+2.4%），契税3.42亿元（-10.3%），房产税2.88亿元（+6.3%）。"),
        {
            "2.4": {"key": "gp-rev-10101", "measure": "yoy_pct", "number": "2.4"},
            "-10.3": {"key": "gp-rev-10119", "measure": "yoy_pct", "number": "-10.3"},
        },
    ),
    (
        COUNTY,
        ("一、一般公共预算", "一般公共预算收入28.4亿元，增长9.5%；若剔除2023年留抵退税因素，可比增长4.8%。"),
        {"4.8": {"measure": "yoy_pct", "period": "2025", "flags": ("same_basis",)}},
    ),
    (
        COUNTY,
        ("一、一般公共预算", "一般公共预算支出21亿元，下降2.9%；若剔除上年国债资金一次性支出因素，同比增长2.7%。"),
        {"2.7": {"measure": "yoy_pct", "period": "2025", "flags": ("same_basis",)}},
    ),
    (
        COUNTY,
        ("三、国有资本经营预算", "国有资本经营预算收入2860万元；支出862万元；调入一般公共预算2040万元。"),
        {"2040": {"key": "transfer-out-funds", "measure": "amount"}},
    ),
    (
        COUNTY,
        ("一、2026年财政预算草案", "2026年全区一般公共预算支出安排59亿元，其中预备费7000万元，占支出预算的1.2%。"),
        {"1.2": {"measure": "share"}},
    ),
    (
        COUNTY,
        ("六、规范管理", "“三公”经费支出236万元，比预算（260万元）少支24万元。"),
        {
            "260": {"key": "other-three-public", "measure": "budget"},
            "24": {"measure": "amount"},
        },
    ),
)

# sums of what stands before them, the other side of an account, what a list of one side holds
SUMS: tuple[Case, ...] = (
    (
        COUNTY,
        (
            "（一）一般公共预算",
            "收入：一般公共预算收入31万元，上级补助收入169万元，调入资金12万元，共212万元。",
            "支出：一般公共预算支出200万元，上解支出3万元，还本9万元，共212万元。",
        ),
        {
            "31": {"key": "total-gp-rev"},
            "212": {"account": "general_public"},
            "9": {"key": "gp-exp-231"},
        },
    ),
    (
        COUNTY,
        (
            "（二）政府性基金预算",
            "政府性基金收入83万元；支出334万元。收入加上级补助21万元、专项债券转贷287万元、上年结转39万元后总计430万元；"
            "支出加调出25万元、还本42万元后总计401万元。",
        ),
        {
            "21": {"key": "transfer-superior"},
            "287": {"key": "transfer-debt-in-special"},
            "430": {"key": "total-gf-sum-rev"},
            "42": {"key": "gf-exp-231"},
            "401": {"key": "total-gf-sum-exp"},
        },
    ),
    (
        COUNTY,
        ("（一）一般公共预算", "收入总量15万元，即一般公共预算收入8万元+上级补助收入4万元+调入资金3万元。"),
        {"4": {"key": "transfer-superior"}, "3": {"key": "transfer-in-funds"}},
    ),
    (
        CITY,
        (
            "二、平衡情况",
            "市本级收入总计：一般公共预算收入48.6亿元、上级补助29.3亿元、县区上解6.5亿元、债券转贷21.7亿元，合计106.1亿元。",
        ),
        {
            "6.5": {"key": "transfer-up-in", "flow": "revenue"},
            "21.7": {"key": "transfer-debt-in"},
            "106.1": {"key": "total-gp-sum-rev"},
        },
    ),
    (
        COUNTY,
        (
            "（四）社会保险基金预算",
            "收入完成10420万元，其中个人缴费2870万元、利息等570万元；支出7650万元；当年结余2770万元。",
        ),
        {
            "570": {"key": "", "parent": "社会保险基金收入"},
            "7650": {"key": "total-si-exp", "parent": ""},
            "2770": {"key": "si-balance-year", "parent": ""},
        },
    ),
    (
        COUNTY,
        (
            "（四）社会保险基金预算",
            "两项基金收入共95万元，其中居民养老56万元；支出共83万元，其中居民养老45万元；累计结余98万元。",
        ),
        {
            "95": {"key": "total-si-rev"},
            "56": {"key": "si-rev-10210"},
            "45": {"key": "si-exp-20910"},
            "98": {"key": "si-balance-cum"},
        },
    ),
    (
        COUNTY,
        (
            "五、“三保”",
            "“三保”支出129万元，其中保工资79万元、保运转5万元、保基本民生45万元，占一般公共预算支出的60.5%。",
        ),
        {"60.5": {"key": "total-three-guarantees", "measure": "share"}},
    ),
    (
        COUNTY,
        ("五、“三保”", "“三保”支出129万元。其中工资79万元、运转5万元、基本民生45万元。"),
        {"5": {"key": "total-three-operation"}, "45": {"key": "total-three-livelihood"}},
    ),
    (
        COUNTY,
        ("五、“三公”经费", "2026年全区“三公”经费安排231万元，其中公务接待费32万元，总额较上年减少8万元。"),
        {"8": {"key": "other-three-public", "measure": "yoy_amount"}},
    ),
    (
        COUNTY,
        ("主要支出情况", "教育 4986万元。", "其余科目合计 3993万元。"),
        {"3993": {"item": "其余科目", "key": ""}},
    ),
    (
        COUNTY,
        ("（五）国有资本经营和社保基金", "国有资本经营收入1240万元，支出300万元。"),
        {"1240": {"key": "total-sc-rev"}, "300": {"key": "total-sc-exp"}},
    ),
    (
        COUNTY,
        ("二、民生", "一般公共预算民生支出66240万元。建设人才公寓420套，支出6300万元；民生实事33件，投入11亿元。"),
        {"6300": {"item": "建设人才公寓"}, "11": {"item": "民生实事投入"}},
    ),
    (
        COUNTY,
        ("二、苹果产业", "整合资金2.1亿元，其中防雹网补助483万元、老园改造1.2万亩补助360万元。"),
        {"360": {"item": "老园改造补助", "key": ""}},
    ),
)

# whose: levels behind the whole, regions below a heading, a zone itself, what is handed to towns
LEVELS: tuple[Case, ...] = (
    (
        COUNTY,
        ("（一）一般公共预算", "全区一般公共预算收入28亿元。", "分级次看：区本级21亿元，乡镇（街道、试验区）级7亿元。"),
        {
            "21": {"key": "total-gp-rev", "scope": "own", "measure": "actual"},
            "7": {"key": "total-gp-rev", "scope": "lower"},
        },
    ),
    (
        COUNTY,
        ("六、分级情况", "区本级一般公共预算支出98亿元，镇级（含园区）39亿元。区对镇转移支付14亿元，比上年增加1亿元。"),
        {
            "39": {"key": "total-gp-exp", "scope": "lower"},
            "14": {"key": "transfer-payment", "scope": "", "qualifiers": (("recipient", "镇"),)},
        },
    ),
    (
        CITY,
        (
            "一、一般公共预算",
            "各县（市）区收入完成情况：",
            "潞州区        23.1亿元    增长4.2%",
            "上党区        7.4亿元    下降1.3%",
        ),
        {
            "23.1": {"key": "total-gp-rev", "region": "潞州区"},
            "1.3": {"key": "total-gp-rev", "region": "上党区", "number": "-1.3"},
        },
    ),
    (
        ZONE,
        (
            "一、债务情况",
            "长治市下达开发区政府债务限额25万元，其中一般债务8万元、专项债务17万元。年末余额24万元，其中专项债务16万元。",
        ),
        {
            "25": {"key": "debt-limit"},
            "17": {"key": "debt-limit-special"},
            "24": {"key": "debt-balance"},
            "16": {"key": "debt-balance-special"},
        },
    ),
    (
        COUNTY,
        ("（六）政府债务", "限额213万元，余额208万元（一般96万元、专项112万元）。"),
        {
            "213": {"key": "debt-limit"},
            "208": {"key": "debt-balance"},
            "96": {"key": "debt-balance-general"},
            "112": {"key": "debt-balance-special"},
        },
    ),
    (
        CITY,
        ("六、政府债务", "年末余额604亿元，其中一般债务238亿元、专项债务366亿元。市本级限额241亿元，余额238亿元。"),
        {"241": {"key": "debt-limit", "scope": "own"}},
    ),
)

# bonds and what they went to
BONDS: tuple[Case, ...] = (
    (
        COUNTY,
        ("（五）政府债务", "专项债券主要用于茶旅小镇（2.4亿元）、铁路专用线（5.6亿元）及其他项目（5.0亿元）。"),
        {
            "2.4": {"item": "茶旅小镇", "parent": "发行专项债券"},
            "5.6": {"item": "铁路专用线", "parent": "发行专项债券"},
        },
    ),
    (
        COUNTY,
        (
            "（五）政府债务",
            "当年新增债券15万元：一般债券6万元，用于道路改造4万元、防洪工程2万元；专项债券9万元，用于冷链园区5万元、医技楼4万元。",
        ),
        {
            "6": {"key": "debt-new-general"},
            "9": {"key": "debt-new-special"},
            "5": {"item": "冷链园区", "parent": "新增专项债券"},
        },
    ),
    (
        COUNTY,
        ("（五）政府债务", "新增专项债券项目清单：", "1.标准厂房 1500万元", "2.供水管网改造 950万元"),
        {"950": {"item": "供水管网改造", "parent": "新增专项债券"}},
    ),
)

USES: tuple[Case, ...] = (
    (
        COUNTY,
        (
            "（五）政府债务",
            "新增债券用于保障房4.52亿元；用于社会事业项目5亿元，包括卫生3亿元、学校2亿元；用于收储存量土地9.86亿元。",
        ),
        {"4.52": {"item": "保障房"}, "9.86": {"item": "收储存量土地", "parent": "新增政府债券"}},
    ),
)

# names: reasons, standards, town and country, thresholds, reviews
NAMES: tuple[Case, ...] = (
    (
        COUNTY,
        ("（一）收入", "减收主因是原油产量下降3.6万吨、均价下行。"),
        {"3.6": {"item": "原油产量（增减）"}},
    ),
    (
        COUNTY,
        ("（一）支出", "节能环保支出4万元，增长11.9%，主要是水源地项目资金增加；城乡社区支出3万元，下降14.2%。"),
        {"3": {"key": "gp-exp-212", "parent": ""}},
    ),
    (
        COUNTY,
        ("二、惠民生", "城乡低保标准分别提高到每人每月1046元、868元；生均公用经费定额小学每年720元、初中940元。"),
        {
            "1046": {"item": "城市低保标准"},
            "868": {"item": "农村低保标准"},
            "940": {"item": "生均公用经费定额初中", "key": ""},
        },
    ),
    (
        COUNTY,
        ("二、惠民生", "80岁以上高龄津贴发放1.97万人、2146万元。"),
        {"2146": {"item": "80岁以上高龄津贴发放"}},
    ),
    (
        COUNTY,
        ("六、绩效", "财政投资评审核减6.25亿元，核减率9.1%；区直部门“三公”经费预算2968万元。"),
        {"6.25": {"key": "other-review-cut"}, "2968": {"key": "other-three-public", "measure": "budget"}},
    ),
)


@pytest.mark.parametrize(
    "case", [*HEADINGS, *MEASURES, *SUMS, *LEVELS, *BONDS, *USES, *NAMES], ids=lambda case: case[1][-1][:30]
)
def test_filed_as_such_reports_mean_it(case: Case) -> None:
    title, lines, wanted = case
    facts = facts_of(title, *lines)
    for value, expected in wanted.items():
        found = [fact for fact in facts if fact.value == value]
        assert found, f"{value} is missing{shown(facts)}"
        assert all(fits(fact, expected) for fact in found), f"{value}: {expected}{shown(tuple(found))}"


def test_a_kind_of_debt_has_each_state_its_row_names() -> None:
    rows = table(
        "项目|合计|一般债务|专项债务\n2025年末余额|23|7|16\n2025年新增债券|9|2|7\n2025年债务限额|25|8|17",
        "债务情况表（单位：亿元）",
    )
    told = {(fact.key, fact.value) for fact in facts_of(COUNTY, "（四）政府债务情况", rows)}
    assert {("debt-balance-special", "16"), ("debt-new-special", "7"), ("debt-limit-general", "8")} <= told


def test_growth_below_a_head_that_says_only_change() -> None:
    rows = table(
        "项目|2025年完成|2024年完成|增减\n增值税|102350|98760|3.6\n契税|38240|41870|-8.7\n税收小计|140590|140630|0.0",
        "收入分项情况 单位：万元、%",
    )
    facts = facts_of(COUNTY, "1.一般公共预算收入", rows)
    assert {(f.key, f.measure, f.unit) for f in facts if f.value == "-8.7"} == {("gp-rev-10119", "yoy_pct", "%")}
    assert any(f.key == "gp-rev-101" and f.value == "140590" for f in facts)


def test_a_column_of_counts_names_no_rows() -> None:
    rows = table(
        "序号|项目|建设内容|区级资金\n1|教室空调改造|1,420间|2,840\n2|公交车更新|120辆|4,800",
        "2026年民生实事安排 单位：万元",
    )
    told = {(fact.item, fact.value, fact.measure) for fact in facts_of(COUNTY, "二、2026年预算草案", rows)}
    assert {("公交车更新", "120", "count"), ("公交车更新", "4,800", "amount")} <= told


def test_rows_and_remarks_of_several_accounts() -> None:
    rows = table(
        "项目|2026年预算（万元）|备注\n公共财政支出|303,500|比上年年初预算增长1.6%\n农林水|52,640|含苹果产业8,500万元\n政府性基金收入|12,000|\n国有资本经营收入|1,300|调出1,000万元\n失业保险基金收入|240|支出160万元"
    )
    told = {
        (fact.key, fact.item, fact.value, fact.measure, fact.parent)
        for fact in facts_of(COUNTY, "三、2026年财政预算草案", rows)
    }
    assert ("gp-exp-213", "农林水支出", "52,640", "budget", "") in told
    assert ("total-gp-exp", "一般公共预算支出", "1.6", "yoy_pct", "") in told
    assert ("", "苹果产业", "8,500", "amount", "农林水支出") in told
    assert {("total-sc-rev", "1,300"), ("transfer-out-funds", "1,000")} <= {(one[0], one[2]) for one in told}
    assert any(one[1] == "失业保险基金支出" and one[2] == "160" for one in told)


def test_a_balance_of_two_sides_whose_heads_are_units() -> None:
    rows = table(
        "收入方|万元|支出方|万元\n一般公共预算收入|138264|一般公共预算支出|96835\n上年结转|7385|结转下年支出|11865"
    )
    told = {(fact.key, fact.value, fact.unit) for fact in facts_of(COUNTY, "（一）一般公共预算", "1.平衡情况", rows)}
    assert {("total-gp-exp", "96835", "万元"), ("transfer-carry-out", "11865", "万元")} <= told


def test_a_decimal_heading_is_no_figure() -> None:
    found = parsed(COUNTY, "一、2025年预算执行", "1.1 一般公共预算收入", "一般公共预算收入9亿元。")
    assert not found.missed
    assert document(COUNTY).name
