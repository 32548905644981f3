"""Facts that were filed under a neighbour: zones of a row, names joined to names, second figures of a part, units as
names.  Each case is one kind of fault found by comparing facts at random with their pages; the words are our own."""

from __future__ import annotations

from typing import Any

import pytest

from index.find.gazetteer import region as region_by_code
from index.models import Fact
from tests.parse_builders import check, fits, parsed, shown, table

CITY = "长治市2025年财政预算执行情况和2026年财政预算（草案）的报告"
BULLETIN = "长治市2025年国民经济和社会发展统计公报"


def place(fact: Fact) -> str:
    """The name of the place a fact is filed under."""
    found = region_by_code(fact.region)
    return found.name if found else fact.region.partition("-")[2]


# The sentences, then of each figure of interest where it belongs.
PLACES: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = (
    (
        ("长治开发区收入11.4亿元，下降2.1%。", "支出14.9亿元，下降5.9%。"),
        {"11.4": "开发区", "2.1": "开发区", "14.9": "开发区", "5.9": "开发区"},
    ),
    (("临空经济区收入13.1亿元。", "支出16.3亿元。"), {"13.1": "临空经济区", "16.3": "临空经济区"}),
    (
        (
            "高新区实现一般公共预算收入35.9亿元，完成一般公共预算支出38.4亿元。",
            "湖山文旅区实现一般公共预算收入5.5亿元，加上上级补助等，完成一般公共预算支出9.2亿元。",
        ),
        {"38.4": "高新区", "5.5": "湖山文旅区", "9.2": "湖山文旅区"},
    ),
    (("高新区一般公共预算收入34.1亿元，增长2.5%。", "区级一般公共预算支出32.7亿元。"), {"32.7": "高新区"}),
    (("高新区一般公共预算收入34.1亿元。", "全市区级一般公共预算支出32.7亿元。"), {"32.7": "长治市"}),
    (
        ("分地区看，潞城区完成投资4.1亿元，屯留区完成投资3.2亿元。", "按方向看，工业投资5.6亿元。"),
        {"4.1": "潞城区", "3.2": "屯留区", "5.6": "长治市"},
    ),
    (
        ("分地区看，潞城区固定资产投资增长1.1%，屯留区下降6.9%，长子县下降25.7%。", "按方向看，工业投资下降5.6%。"),
        {"1.1": "潞城区", "6.9": "屯留区", "25.7": "长子县", "5.6": "长治市"},
    ),
    # a kind of zones, and a place that is only worked on, is nobody's budget
    (("全市开发区收入11.4亿元。",), {"11.4": "长治市"}),
    (("支持北部经济区建设投入13.1亿元。",), {"13.1": "长治市"}),
    (("全市实现一般公共预算收入35.9亿元。", "城区实现一般公共预算收入5.5亿元。"), {"35.9": "长治市"}),
)


@pytest.mark.parametrize("sentences, wanted", PLACES)
def test_whose_figures(sentences: tuple[str, ...], wanted: dict[str, str]) -> None:
    facts = parsed(CITY, "一、2025年一般公共预算执行情况", "".join(sentences)).facts
    found = {fact.value: place(fact) for fact in facts}
    assert {value: found.get(value) for value in wanted} == wanted, shown(facts)


ITEMS: tuple[tuple[str, dict[str, dict[str, Any]]], ...] = (
    # one product after another: the second is no part of the first's name
    (
        "全年苹果产量12.5万吨，增长3.1%；梨产量4.2万吨，增长5.6%；核桃产量1.7万吨。",
        {"12.5": {"item": "苹果产量"}, "4.2": {"item": "梨产量"}, "5.6": {"item": "梨产量"},
         "1.7": {"item": "核桃产量"}},
    ),
    ("其中，农业产值增长5.7%；渔业产值增长22.9%。", {"22.9": {"item": "渔业产值"}}),
    ("按投向看，技改投资下降15.6%，水利投资增长9.2%。", {"9.2": {"item": "水利投资"}}),
    # what the same thing yields, not what it covers
    ("稻渔种养面积0.51万亩，增长6.0%；产量3476吨，增长9.5%。", {"3476": {"item": "稻渔种养产量"}}),
    ("储备项目65个，备案金额26680万元。", {"26680": {"item": "储备项目备案金额"}}),
    (
        "全年普通高中招生1156人，在校生3346人，毕业生1015人；小学招生2364人，在校生9565人。",
        {"3346": {"item": "普通高中在校生"}, "1015": {"item": "普通高中毕业生"}, "9565": {"item": "小学在校生"}},
    ),
    # words that only lead on are no names
    ("财政自给率由上年的12.38%升至14.07%。", {"14.07": {"item": "财政自给率"}}),
    ("出台管控清单，明确11项禁止类事项和12项限制类事项。",
     {"11": {"item": "明确禁止类事项"}, "12": {"item": "限制类事项"}}),
    (
        "金融产品累计向4100余户中小微企业发放贷款276亿元。",
        {"4100": {"item": "中小微企业发放贷款"}, "276": {"item": "中小微企业发放贷款"}},
    ),
    ("中等职业学校改造投资7.2亿元。", {"7.2": {"item": "中等职业学校改造投资"}}),
    ("惠及全市5万名幼儿园儿童。", {"5": {"item": "惠及幼儿园儿童"}}),
    ("修订预算编制规则63条。", {"63": {"item": "修订预算编制规则"}}),
    ("全市人均补助标准提升至99元。", {"99": {"item": "人均补助标准"}}),
    ("全市总承包建筑业企业87家。", {"87": {"item": "总承包建筑业企业"}}),
    ("全市共有医院108家、图书馆9个。", {"108": {"item": "医院", "key": ""}, "9": {"item": "图书馆", "key": ""}}),
    ("年末共有档案馆15个。", {"15": {"item": "档案馆"}}),
    ("其中，景区4个（国家级3个，省级1个）。", {"3": {"item": "国家级"}}),
    ("全市普通高中在校生33464人，增长2.8%。", {"33464": {"item": "普通高中在校生"}}),
    # a place inside a name is part of it, one that leads is whose
    ("推动东江线长治段航道、襄垣机场三期等23个项目。", {"23": {"item": "推动东江线长治段航道、襄垣机场三期等项目"}}),
    ("长治市培训干部290人次。", {"290": {"item": "培训干部"}}),
    # a change of a count is not the count
    (
        "民用汽车40.89万辆，增加3.63万辆。",
        {"40.89": {"measure": "count"}, "3.63": {"measure": "yoy_amount", "number": 36300}},
    ),
    ("摩托车0.52万辆，减少0.01万辆。", {"0.01": {"measure": "yoy_amount", "number": -100}}),
    ("新增停车位3.63万个。", {"3.63": {"measure": "count"}}),
    # what money is for
    ("投入15.2亿元办好市十件民生实事。", {"15.2": {"item": "投入办好市十件民生实事"}}),
    ("一是安排资金3.2亿元，支持义务教育扩优提质。", {"3.2": {"item": "安排资金义务教育扩优提质"}}),
    ("统筹整合资金6.6亿元，有力保障城区30个重点项目落地。", {"6.6": {"item": "统筹整合资金城区30个重点项目落地"}}),
    (
        "筹集1.9亿元，支持就业服务。安排2.4亿元，连续五年提高待遇。",
        {"1.9": {"item": "筹集就业服务"}, "2.4": {"item": "连续五年提高待遇"}},
    ),
    (
        "统筹5.7亿元，推动国道建设。争取省下达0.9亿元支持港区航道工程。",
        {"0.9": {"item": "争取省下达港区航道工程"}},
    ),
    ("安排11.8亿元，继续支持医疗卫生体制改革。", {"11.8": {"item": "安排医疗卫生体制改革"}}),
    ("安排3.1亿元，推动儿童友好项目等2026年民生实事。", {"3.1": {"item": "安排儿童友好项目等2026年民生实事"}}),
    ("形成约2.2亿元的综合发展资金。", {"2.2": {"item": "综合发展资金"}}),
    ("投入各级资金1.5亿元，助力培育“1+4+9”产业体系。", {"1.5": {"item": "投入各级资金培育“1+4+9”产业体系"}}),
    ("优化配置3.1亿元工业强市专项资金，聚焦增资扩产。", {"3.1": {"item": "工业强市专项资金"}}),
    (
        "压减各项支出3.9亿元，安排0.5亿元市属企业化债资金支持解决欠款。",
        {"3.9": {"item": "压减各项支出"}, "0.5": {"item": "市属企业化债资金"}},
    ),
    ("安排2.4亿元财政资金，支持城市更新改造。", {"2.4": {"item": "安排城市更新改造"}}),
)  # fmt: skip


@pytest.mark.parametrize("text, wanted", ITEMS)
def test_what_a_figure_is(text: str, wanted: dict[str, dict[str, Any]]) -> None:
    facts = parsed(BULLETIN, "一、综合", text, "全市一般公共预算收入88.8亿元。").facts
    for value, fields in wanted.items():
        assert any(fits(fact, {"value": value, **fields}) for fact in facts), (value, fields, shown(facts))


LEVELS: tuple[tuple[tuple[str, ...], dict[str, dict[str, Any]]], ...] = (
    (
        (
            "2025年全市实现政府性基金收入311.6亿元，完成政府性基金支出415.1亿元。",
            "其中市本级实现政府性基金收入46.5亿元，完成政府性基金支出74.2亿元。",
        ),
        {
            "46.5": {"key": "total-gf-rev", "scope": "own", "measure": "actual"},
            "74.2": {"key": "total-gf-exp", "scope": "own", "measure": "actual"},
        },
    ),
    # the next part without a level is of the whole again
    (
        ("全市一般公共预算收入9亿元，其中：市本级2亿元，税收收入5.5亿元。",),
        {"2": {"scope": "own"}, "5.5": {"key": "gp-rev-101", "scope": "whole"}},
    ),
    # those who only did something lend their level to no later figure
    (
        (
            "2025年全市一般公共预算收入90.5亿元。",
            "各县（市、区）主动谋划、群策群力，形成上下一盘棋齐心协力抓收入的良好工作格局。",
            "来源于本市的税收收入47.6亿元。",
        ),
        {"47.6": {"scope": "whole"}},
    ),
    (
        ("加上上级补助收入等，全市一般公共预算预期收入总计700.8亿元。",),
        {"700.8": {"key": "total-gp-sum-rev", "scope": "whole"}},
    ),
    (
        ("2026年全市政府债券还本付息共91.7亿元，其中一般债券51.1亿元，专项债券40.6亿元。",),
        {"51.1": {"key": "debt-service-general"}, "40.6": {"key": "debt-service-special"}},
    ),
    (
        ("2026年全市一般公共预算支出预算安排250亿元；上级提前下达转移支付资金8.8亿元，支出预算安排8.8亿元。",),
        {"250": {"key": "total-gp-exp"}, "8.8": {"key": "", "item": "提前下达转移支付安排的支出"}},
    ),
    # what the counties pay up is the city's own revenue, and so is what follows
    (
        ("市本级一般公共预算收入23.7亿元，加上县（区）上解收入3.4亿元，调入资金4.5亿元，收入总计150.8亿元。",),
        {"3.4": {"scope": "own"}, "4.5": {"scope": "own"}, "150.8": {"scope": "own"}},
    ),
    (
        ("2025年，中央和省对我市共提前下达转移支付资金14.3亿元，同比增长21.6%。",),
        {"14.3": {"key": "transfer-advance"}},
    ),
    (
        ("市本级收入加上上级补助87.1亿元、上年结转18.6亿元等，与支出相抵保持平衡。",),
        {"87.1": {"key": "transfer-superior"}},
    ),
)


@pytest.mark.parametrize("sentences, wanted", LEVELS)
def test_level_and_total(sentences: tuple[str, ...], wanted: dict[str, dict[str, Any]]) -> None:
    facts = parsed(CITY, "一、2025年预算执行情况", "".join(sentences)).facts
    for value, fields in wanted.items():
        assert any(fits(fact, {"value": value, **fields}) for fact in facts), (value, fields, shown(facts))


GIVEN: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("2025年市本级转移支付情况", "2.农林水方面2.5亿元，主要用于水利。", {"value": "2.5", "key": ""}),
    ("2025年市本级转移支付情况", "对下转移支付88.4亿元。", {"value": "88.4", "key": "transfer-down"}),
    ("2025年支出和转移支付情况", "2.农林水支出2.5亿元，主要用于水利。", {"value": "2.5", "key": "gp-exp-213"}),
    ("积极争取转移支付", "全市农林水支出2.5亿元。", {"value": "2.5", "key": "gp-exp-213"}),
)


@pytest.mark.parametrize("heading, text, wanted", GIVEN)
def test_what_is_given_to_others_is_no_expenditure_of_one_s_own(
    heading: str, text: str, wanted: dict[str, Any]
) -> None:
    facts = parsed(CITY, f"一、{heading}", text, "全市一般公共预算收入9.9亿元。").facts
    assert any(fits(fact, wanted) for fact in facts), shown(facts)


def test_a_column_of_units_names_no_row() -> None:
    rows = "指标 | 单位 | 绝对数 | 比上年增长（%）\n公路 | 万人次 | 1527.22 | 83.3\n货物总量 | 万吨 | 2837.74 | -6.6"
    found = parsed(BULLETIN, "一、交通", "全市一般公共预算收入8亿元。", table(rows, "2025年客货运输情况"))
    check(
        found,
        {"item": "公路", "value": "1527.22", "unit": "万人次", "kind": "count", "number": 15272200},
        {"item": "公路", "value": "83.3", "measure": "yoy_pct"},
        {"item": "货物总量", "value": "2837.74", "unit": "万吨"},
    )


def test_a_head_alone_over_a_list_is_that_of_its_figures() -> None:
    found = parsed(
        BULLETIN, "一、投资", "全市一般公共预算收入8亿元。", table("比上年增长（%） |\n制造业 | 2.5\n采矿业 | -1.7")
    )
    check(
        found,
        {"item": "制造业", "value": "2.5", "measure": "yoy_pct", "unit": "%"},
        {"item": "采矿业", "value": "-1.7", "measure": "yoy_pct"},
    )


def test_a_column_of_bodies_still_names_rows() -> None:
    rows = "单位 | 2025年预算数\n市水利局 | 1200\n市教育局 | 5400"
    found = parsed(CITY, "一、安排", table(rows, "2025年部门项目支出预算表 单位：万元"))
    assert {fact.item for fact in found.facts} >= {"市水利局", "市教育局"}, shown(found.facts)
