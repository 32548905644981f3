"""Where figures belong that were filed under a neighbour, under half a name, under the heading or a level named in
passing.  Each case is one kind of fault found by comparing facts at random with their pages; the words are our own."""

from __future__ import annotations

from typing import Any

import pytest

from index.models import Fact, Table
from tests.parse_builders import fits, parsed, shown, table

CITY = "长治市2025年财政预算执行情况和2026年财政预算（草案）的报告"
BUREAU = "长治市水务局2026年部门预算"

# Heading, text, then of each value what its facts are to be (all of them).
PROSE: tuple[tuple[str, str, dict[str, dict[str, Any]]], ...] = (
    # a level named in passing ends with its sentence; one that a sentence begins with, or an account's total, goes on
    (
        "一、2025年工作",
        "厉行节约，严控一般性支出，市本级公务接待费下降21%。统筹国债资金31亿元。",
        {"21": {"scope": "own"}, "31": {"scope": ""}},
    ),
    (
        "一、2025年工作",
        "市本级公务接待费下降21%。统筹国债资金31亿元。",
        {"21": {"scope": "own"}, "31": {"scope": "own"}},
    ),
    (
        "一、2025年工作",
        "按照决算，市本级一般公共预算收入38亿元。增值税12亿元。",
        {"38": {"scope": "own"}, "12": {"scope": "own"}},
    ),
    (
        "一、2025年工作",
        "全市教育支出90亿元。厉行节约，市本级公务接待费下降21%。统筹国债资金31亿元。",
        {"21": {"scope": "own"}, "31": {"scope": "whole"}},
    ),
    (
        "一、2025年工作",
        "全市教育支出90亿元。市级投入8.7亿元，建设学校。补贴航运1.1亿元。●落实助企政策。融资4.4亿元。",
        {"8.7": {"scope": "own"}, "1.1": {"scope": "own"}, "4.4": {"scope": "whole"}},
    ),
    (
        "一、2025年工作",
        "市级一般公共预算收入38亿元。●落实助企政策。融资4.4亿元。",
        {"38": {"scope": "own"}, "4.4": {"scope": "own"}},
    ),
    # names keep what they are made of, and are cut between words
    (
        "一、2025年工作",
        "中央、省、市、县四级投入衔接资金19.6亿元。",
        {"19.6": {"item": "中央、省、市、县四级投入衔接资金"}},
    ),
    ("一、2025年工作", "退休人员养老金月人均提高62元、达到2988元。", {"2988": {"item": "退休人员养老金月人均"}}),
    # a word explained by bounds, months that are no count, a remark on the print, a list too long for a name
    (
        "注解",
        "红色表示风险极高（债务率＞310％）；橙色表示风险较高（310％＞债务率≥210％）。",
        {"210": {"item": "310%>债务率≥210%"}},
    ),
    ("注解", "提前7个月制定计划，建成学校7个。", {"7": {"item": "建成学校"}}),
    ("注解", "共印1150份", {"1150": {"item": "共印"}}),
    (
        "三、支出安排",
        "安排16.8亿元，用于支持产业转型发展、开发区发展、专业镇建设、国企改革、服务业发展、文旅康养产业及宣传文化事业。",
        {"16.8": {"item": "安排支持产业转型发展、开发区发展、专业镇建设、国企改革、服务业发展"}},
    ),
    ("一、2026年市级预算", "（5）体制上解收入4427万元。", {"4427": {"key": "transfer-up-in-system"}}),
    # a clause that tells of nothing else is what money is for, whatever its verb; never the heading
    (
        "三、重大支出安排情况",
        "安排2.3亿元，持续优化营商环境。安排4.5亿元，健全多层次医疗保障体系。",
        {"2.3": {"item": "优化营商环境"}, "4.5": {"item": "健全多层次医疗保障体系"}},
    ),
    ("三、重大支出安排情况", "安排2.3亿元，同比持平。", {"2.3": {"item": "重大支出安排情况"}}),
    # a figure without words of its own is of its sentence's clause, not of the sentence before
    (
        "一、2025年工作",
        "拉动家电消费8.8亿元。市级应急转贷执行最低费率，2025年新增872笔、294亿元。",
        {"872": {"item": "应急转贷执行最低费率"}, "294": {"item": "应急转贷执行最低费率"}},
    ),
    ("一、2025年工作", "拉动家电消费8.8亿元。其中，新增2.1亿元。", {"2.1": {"item": "拉动家电消费"}}),
    ("一、2025年工作", "拉动家电消费8.8亿元。按可比价计算，增长3.5%。", {"3.5": {"item": "拉动家电消费"}}),
    (
        "一、2025年工作",
        "投入资金22亿元，支持水污染防治。推动14家企业完成绩效创A，获奖补资金1.2亿元。",
        {"1.2": {"item": "推动企业完成绩效创A获奖补资金"}},
    ),
    # what is counted is named in whole words
    (
        "一、2025年工作",
        "6家牵头银行累计为重点产业企业提供授信支持284亿元。",
        {"6": {"item": "牵头银行"}, "284": {"item": "牵头银行累计为重点产业企业提供授信支持"}},
    ),
    (
        "一、2025年工作",
        "4个县区成功争创全国义务教育优质均衡发展县。",
        {"4": {"item": "县区成功争创全国义务教育优质均衡发展县"}},
    ),
    ("一、2025年工作", "为7.3万名农村学生提供营养餐。", {"7.3": {"item": "农村学生提供营养餐"}}),
    # a grade is part of a name, numbering is not
    (
        "一、2025年工作",
        "共有A级景区59个，其中，4A级景区12个，3A级景区34个。",
        {"59": {"item": "A级景区"}, "12": {"item": "4A级景区"}, "34": {"item": "3A级景区"}},
    ),
    ("一、2025年工作", "3.景区门票收入减免1.2亿元。", {"1.2": {"item": "景区门票收入减免"}}),
    # by whom it is counted is no part of a name, and what held before is not what holds
    (
        "一、2025年工作",
        "将高中资助标准从每生每年2100元提高至2450元。",
        {"2100": {"item": "高中资助标准（此前）"}, "2450": {"item": "高中资助标准"}},
    ),
    ("一、2025年工作", "发放每人每月补助标准提高项目资金3亿元。", {"3": {"item": "每人每月补助标准提高项目资金"}}),
    # a threshold is nobody's figure, and part of the name of what passes it
    (
        "一、2025年工作",
        "单位价值80万元（含）以上设备3台（套）。",
        {"80": {"item": "单位价值80万元（含）以上设备"}, "3": {"item": "单位价值80万元（含）以上设备"}},
    ),
    (
        "一、2025年工作",
        "单价90万元以上通用设备（不含车辆）5台。",
        {"90": {"item": "单价90万元以上通用设备"}, "5": {"item": "单价90万元以上通用设备"}},
    ),
    (
        "一、2025年工作",
        "对投资额70万元以上的新增项目实施评审，审减资金7.5亿元。",
        {"70": {"item": "投资额70万元以上的新增项目实施评审"}, "7.5": {"key": "other-review-cut"}},
    ),
    ("一、2025年工作", "全年完成水利投资80亿元以上。", {"80": {"item": "水利投资"}}),
    # what was added to a budget is neither the budget nor its outcome, and what it came to is the adjusted one
    (
        "一、2025年一般公共预算执行情况",
        "年初市级一般公共预算支出预算210亿元，执行中加上：新增转移支付（12.7亿元）、新增一般债务（2.5亿元）等，"
        "支出预算达到225.2亿元，实际完成219.4亿元。",
        {
            "210": {"key": "total-gp-exp", "measure": "budget"},
            "12.7": {"item": "新增转移支付"},
            "2.5": {"key": "debt-new-general"},
            "225.2": {"key": "total-gp-exp", "measure": "adjusted_budget"},
            "219.4": {"key": "total-gp-exp", "measure": "actual"},
        },
    ),
    (
        "一、2025年一般公共预算执行情况",
        "教育支出预算达到31.2亿元。支出预算加上新增转移支付12.7亿元。",
        {"31.2": {"measure": "budget"}, "12.7": {"item": "新增转移支付"}},
    ),
    # 加大, 加快 stay in one piece
    ("一、2025年工作", "加大学前教育扶持资金3亿元。", {"3": {"item": "加大学前教育扶持资金"}}),
)


@pytest.mark.parametrize("heading, text, wanted", PROSE)
def test_a_figure_of_a_sentence(heading: str, text: str, wanted: dict[str, dict[str, Any]]) -> None:
    facts = parsed(CITY, heading, text, "四、其他", "全市社会保险基金收入188.8亿元。").facts
    _all_fit(facts, wanted)


def test_money_of_a_bodys_budget_is_budgeted_but_not_what_it_owns() -> None:
    lines = ("一、项目支出情况", "水质监测费18.6万元。", "二、资产情况", "电子设备41项、22.2万元。")
    _all_fit(
        parsed(BUREAU, "预算主管部门：长治市水务局", "本部门收支如下。本部门有。本部门是。", *lines).facts,
        {"18.6": {"item": "水质监测费", "measure": "budget"}, "22.2": {"measure": "amount"}},
    )


def test_a_code_before_a_name_and_the_whole_of_a_body() -> None:
    lines = ("一、支出情况", "相应安排支出预算470万元，比上年增加9.1万元。", "（二）2080502-事业单位离退休 28.1 万元。",
             "（三）2080505机关事业单位基本养老保险缴费支出71.4万元。", "补助企业20805家。")  # fmt: skip
    _all_fit(
        parsed(BUREAU, "预算主管部门：长治市水务局", "本部门收支如下。本部门有。本部门是。", *lines).facts,
        {
            "470": {"key": "dept-exp", "measure": "budget"},
            "9.1": {"key": "dept-exp", "measure": "yoy_amount"},
            "28.1": {"key": "fn-20805/事业单位离退休", "measure": "budget"},
            "71.4": {"key": "gp-exp-2080505", "measure": "budget"},
            "20805": {"measure": "count"},
        },
    )


GRANT = "2026年财政拨款收支预算总表"
BOTH_SIDES = """
收入 | | 支出 | | |
项目 | 预算数 | 项目 | 合计 | 一般公共预算 | 政府性基金预算
一、一般公共预算拨款收入 | 360 | 一、教育支出 | 150 | 150 |
二、政府性基金预算拨款收入 | 10 | 二、城乡社区支出 | 220 | 210 | 10
收入合计 | 370 | 支出合计 | 375 | 361 | 11
"""
SOURCES = """
单位名称 | 合计 | 一般公共预算拨款收入 | 国有资本经营预算拨款收入 | 事业收入 | 上年结转结余
合计 | 999 | 888 | 77 | 33 | 1
长治市水务局 | 666 | 600 | 66 | |
长治市水文监测中心 | 333 | 288 | 11 | 33 | 1
"""
GOAL = """
项目名称 | 水质监测 | | |
主管部门 | 长治市水务局 | | 长治市水务局
资金情况（万元） | 资金总额 | | 306
 | 财政拨款 | | 305
"""
TABLES: tuple[tuple[str, str, str, dict[str, dict[str, Any]]], ...] = (
    # heads beside one another are not one text: 支出项目 is no 项目支出; 支出 over 合计 is no 支出合计; and the sums of
    # this table are of what the treasury gives, not of all that a body has
    (
        BUREAU,
        GRANT,
        BOTH_SIDES,
        {
            "370": {"key": "dept-grant-rev", "item": "财政拨款收入"},
            "375": {"key": "dept-grant-exp", "qualifiers": ()},
            "361": {"key": "dept-gp-exp", "qualifiers": ()},
            "220": {"key": "gp-exp-212", "qualifiers": (), "measure": "budget"},
            "210": {"key": "gp-exp-212", "qualifiers": (("part", "一般公共预算"),)},
        },
    ),
    # each column has an item of its own; a row of a unit is all that the unit has
    (
        BUREAU,
        "2026年收入预算总表",
        SOURCES,
        {
            "77": {"key": "dept-sc-rev", "qualifiers": ()},
            "33": {"key": "dept-business-rev"},
            "600": {"key": "dept-gp-rev", "qualifiers": (("body", "长治市水务局"),)},
            "999": {"key": "dept-rev", "qualifiers": ()},
            "888": {"key": "dept-gp-rev", "qualifiers": ()},
            "66": {"key": "dept-sc-rev", "qualifiers": (("body", "长治市水务局"),)},
            "333": {"key": "dept-rev", "qualifiers": (("body", "长治市水文监测中心"),)},
        },
    ),
    # an account in a head is no stage, and an account's total is no account
    (
        "长治市水务局2024年度部门决算",
        "2024年财政拨款收入支出决算总表 单位：万元",
        "项目 | 决算数 | 项目 | 合计 | 一般公共预算财政拨款\n一、一般公共预算财政拨款 | 97 | 一、教育支出 | 75 | 74\n"
        "本年收入合计 | 98 | 本年支出合计 | 96 | 95",
        {"74": {"measure": "actual"}, "95": {"key": "dept-gp-exp", "measure": "actual"}},
    ),
    (
        CITY,
        "2025年长治市分县区一般公共预算收支执行情况表 单位：万元",
        "地区 | 一般公共预算收入 | 一般公共预算支出\n潞城区 | 611 | 1351\n屯留区 | 231 | 403",
        {"611": {"key": "total-gp-rev", "measure": "actual"}, "403": {"key": "total-gp-exp"}},
    ),
    # what is told of a product stands in the head, and in its name
    (
        "长治市2025年国民经济和社会发展统计公报",
        "表3：2025年主要农产品产量",
        "产品名称 | 产量（万吨） | 比上年增长（%）\n小麦 | 12.4 | 1.1\n紫苏 | 0.3 | 2.2",
        {"12.4": {"key": "econ-grain-wheat"}, "0.3": {"key": "", "item": "紫苏产量"}},
    ),
    # a table of what is given is not of what is received
    (
        CITY,
        "2026年长治市市本级财力安排的税收返还及转移支付分项目草案表 单位：万元",
        "项目 | 2026年预算数\n一、税收返还 | 195\n消费税税收返还 | 30",
        {"30": {"key": "", "item": "消费税税收返还"}},
    ),
    # a unit in the row's name
    (BUREAU, "项目支出绩效目标表", GOAL, {"306": {"unit": "万元", "number": 3060000}, "305": {"unit": "万元"}}),
    # a year in a project's name is not the figure's
    (
        CITY,
        "2025年长治市地方政府债券资金使用情况表 单位：万元",
        "序号 | 地区 | 项目名称 | 债券性质 | 债券规模\n1 | 潞城区 | 2021年北湖厂房建设项目 | 其他专项债券 | 1200\n"
        "2 | 屯留区 | 南山学校项目 | 一般债券 | 860",
        {"1200": {"period": "2025"}, "860": {"period": "2025"}},
    ),
    # the kind that covers several rows, and what each insurance has
    (
        CITY,
        "2025年末长治市政府债券年限情况表 单位：万元",
        "地区 | 项目 | 类型 | 2025年末余额 | 5年期\n全市 | 一般债券 | 合计 | 31 | 11\n | | 再融资债券 | 29 | 10\n"
        " | 专项债券 | 合计 | 52 | 22\n | | 再融资债券 | 48 | 21",
        {"10": {"item": "再融资一般债券（5年期）"}, "21": {"item": "再融资专项债券（5年期）"}},
    ),
    (
        CITY,
        "2025年长治市社会保险基金预算支出执行情况表 单位：万元",
        "项目 | 执行数\n一、机关事业单位基本养老保险基金支出 | 91\n基本养老金支出 | 90\n社会保险基金支出合计 | 1200",
        {"90": {"item": "基本养老金支出（机关事业单位基本养老保险基金支出）"}, "1200": {"key": "total-si-exp"}},
    ),
    # a head above 合计 that not all columns stand below is part of the name
    (
        CITY,
        "2026年长治市新增债券安排项目情况表 单位：万元",
        "项目名称 | 投资总规模 | 资金来源 | |\n | | 政府补助 | | 自筹资金\n | | 合计 | 一般公共预算 |\n"
        "北湖污水厂 | 34143 | 7400 | 7300 | 26743",
        {"34143": {"item": "北湖污水厂（投资总规模）"}, "7400": {"item": "北湖污水厂（政府补助）"},
         "7300": {"item": "北湖污水厂（一般公共预算）"}},
    ),
    # the sum of columns of several kinds is none of them
    (
        CITY,
        "2026年长治市政府债务（转贷）收入分区市计划表 单位：万元",
        "地区 | 合计 | 一般债务转贷收入 | 专项债务转贷收入\n合计 | 3320 | 573 | 2747\n潞城区 | 607 | 112 | 495\n"
        "屯留区 | 274 | 40 | 234",
        {"607": {"key": "", "item": "政府债务收入分区市计划"}},
    ),
)  # fmt: skip


@pytest.mark.parametrize("title, caption, text, wanted", TABLES)
def test_a_figure_of_a_table(title: str, caption: str, text: str, wanted: dict[str, dict[str, Any]]) -> None:
    body = "本部门收支如下。本部门有。本部门是。" if "水务局" in title else "一、收支情况"
    unit = "" if "单位" in caption or "产量" in caption or "目标" in caption else " 单位：万元"
    found = _table(title, body, table(text.strip("\n"), caption + unit))
    _all_fit(found, wanted)


def _table(title: str, body: str, printed: Table) -> tuple[Fact, ...]:
    return parsed(title, body, printed).facts


def _all_fit(facts: tuple[Fact, ...], wanted: dict[str, dict[str, Any]]) -> None:
    for value, fields in wanted.items():
        some = [fact for fact in facts if fact.value == value]
        assert some and all(fits(fact, fields) for fact in some), (value, fields, shown(facts))
