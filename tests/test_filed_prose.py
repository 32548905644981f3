"""Where figures of running text belong that were filed under a neighbour: places and levels that go on too long or not
at all, plans of years to come, counts in a row, sums that one of their items leads.  Each case is one kind of fault
found by comparing facts at random with their pages; the words are our own."""

from __future__ import annotations

from typing import Any

import pytest

from index.find.gazetteer import region as region_by_code
from index.models import Fact
from tests.parse_builders import fits, parsed, shown

CITY = "长治市2025年财政预算执行情况和2026年财政预算（草案）的报告"

# Headings and paragraphs, then of each value the place and the level it is of.
PLACES: tuple[tuple[tuple[str, ...], dict[str, tuple[str, str]]], ...] = (
    # a zone's own doings are its own, and end with the sentence
    (
        ("一、2025年工作", "全市教育支出90亿元。高新区编制绩效目标311个，涉及资金15.4亿元。盘活资产2.4亿元。"),
        {"311": ("高新区", ""), "15.4": ("高新区", ""), "2.4": ("长治市", "whole")},
    ),
    (
        ("一、2025年工作", "全市教育支出90亿元。潞城区下达奖补资金1.3亿元。其中，设备购置0.6亿元。"),
        {"1.3": ("潞城区", ""), "0.6": ("潞城区", "")},
    ),
    (
        ("一、2025年工作", "潞城区完成投资4.1亿元。分行业看，工业投资3.8亿元。"),
        {"4.1": ("潞城区", ""), "3.8": ("潞城区", "")},
    ),
    # its revenues, expenditures and debts go on
    (
        ("一、2025年债务情况", "高新区政府债务限额17.8亿元。政府债务余额16.1亿元。"),
        {"17.8": ("高新区", ""), "16.1": ("高新区", "")},
    ),
    # a place that is worked on, and one that only begins a longer name, is nobody's figure
    (("一、2025年工作", "支持高新区编制规划，投入1.7亿元。"), {"1.7": ("长治市", "")}),
    # one place after the other in a list of figures
    (
        ("一、2025年债务情况", "专项债务限额按区分配：市本级14.7亿元、潞城区11.9亿元、屯留区5.3亿元、长子县0.4亿元。"),
        {"14.7": ("长治市", "own"), "11.9": ("潞城区", ""), "5.3": ("屯留区", ""), "0.4": ("长子县", "")},
    ),
    (
        ("一、2025年债务情况", "新增债券14.7亿元，其中安排市级9.1亿元、县区5.6亿元。"),
        {"9.1": ("长治市", "own"), "5.6": ("长治市", "lower")},
    ),
    # 市级重点项目 behind a figure is the name of what follows, and no level of all that comes
    (
        ("一、2025年工作", "全市教育支出90亿元，完成评价9.3亿元和市级重点项目49.4亿元，审减率6.7%。"),
        {"6.7": ("长治市", "whole")},
    ),
    # at the end of a section on a zone the report turns back to the whole
    (
        (
            "（四）高新区预算执行情况",
            "政府性基金收入0.1亿元。",
            "回顾一年，全市上下坚决落实各项部署。全市一般公共预算收入增长3%。",
            "基本公共卫生服务补助每人每年99元。",
            "统筹资金7.4亿元，支持教师培训。",
        ),
        {"0.1": ("高新区", ""), "99": ("长治市", "whole"), "7.4": ("长治市", "whole")},
    ),
    (
        ("（四）高新区预算执行情况", "政府性基金收入0.1亿元。", "一般公共预算支出2.1亿元。"),
        {"0.1": ("高新区", ""), "2.1": ("高新区", "")},
    ),
)


@pytest.mark.parametrize("lines, wanted", PLACES)
def test_whose_figures(lines: tuple[str, ...], wanted: dict[str, tuple[str, str]]) -> None:
    facts = parsed(CITY, *lines, "五、其他", "全市社会保险基金收入188.8亿元。").facts
    found = {fact.value: (_place(fact), fact.scope) for fact in facts}
    assert {value: found.get(value) for value in wanted} == wanted, shown(facts)


# Heading, text, then of each value what its facts are to be (all of them).
FACTS: tuple[tuple[str, str, dict[str, dict[str, Any]]], ...] = (
    # a plan of years to come that is named in passing
    (
        "一、2025年工作",
        "争取“十五五”时期继续安排1亿元。全市“三保”支出167亿元。",
        {"167": {"period": "2025", "measure": "actual"}},
    ),
    ("三、展望", "“十五五”时期，安排教育支出950亿元。", {"950": {"period": "2026-2030"}}),
    # what is counted stands behind a classifier, with what it is exemplified by; never the noun of the count before
    (
        "一、2025年工作",
        "支持改造2个农村敬老院、13个城市食堂、14个乡村驿站。",
        {"2": {"has": "农村敬老院"}, "13": {"item": "城市食堂"}, "14": {"item": "乡村驿站"}},
    ),
    (
        "一、2025年工作",
        "推进管网改造、海洋牧场建设等98个重大项目。",
        {"98": {"item": "推进管网改造、海洋牧场建设等重大项目"}},
    ),
    ("一、2025年工作", "累计统筹资金支持182所寄宿制学校。", {"182": {"item": "寄宿制学校"}}),
    ("一、2025年工作", "社会保障、公共安全等11个领域支出增幅超12%。", {"11": {"item": "社会保障、公共安全等领域支出"}}),
    (
        "一、2025年工作",
        "带动50家商贸流通企业、150个门店参与。",
        {"50": {"has": "商贸流通企业"}, "150": {"item": "门店参与"}},
    ),
    # …, and before it, where what follows is done with it, or is a measure of its own
    (
        "一、2025年工作",
        "重点专项数量从78个压减至42个。",
        {"78": {"has": "重点专项数量"}, "42": {"item": "重点专项数量"}},
    ),
    ("一、2025年工作", "财政资金拨付时限缩短至3个工作日。", {"3": {"has": "财政资金拨付时限"}}),
    ("一、2025年工作", "城镇老旧小区改造项目64个通过验收。", {"64": {"has": "老旧小区改造"}}),
    # words that end with a filler stay in one piece
    (
        "一、2025年工作",
        "首批合作银行签约达5.8亿元，邀请人大代表564人次。",
        {"5.8": {"item": "首批合作银行签约"}, "564": {"has": "人大代表"}},
    ),
    # a sum that one item leads is not that item
    (
        "一、2025年一般公共预算执行情况",
        "一般公共预算收入38亿元，加上级补助收入等24.5亿元，收入总计62.5亿元。",
        {"38": {"key": "total-gp-rev"}, "24.5": {"key": "", "item": "上级补助收入等"}},
    ),
    (
        "一、2025年一般公共预算执行情况",
        "一般公共预算收入38亿元，加上级补助收入24.5亿元，收入总计62.5亿元。",
        {"24.5": {"key": "transfer-superior"}},
    ),
    # debts that are paid back, transfers that are handed on or spent
    ("一、2025年债务情况", "在偿还到期政府债券13.6亿元后，债务余额51亿元。", {"13.6": {"key": "debt-principal"}}),
    ("一、2025年债务情况", "发行政府债券13.6亿元。", {"13.6": {"key": "debt-issue"}}),
    ("一、2025年债务情况", "偿还政府一般债券利息1.6亿元。", {"1.6": {"has": "利息"}}),
    (
        "一、2025年一般公共预算执行情况",
        "一般性转移支付收入26亿元；一般性转移支付补助县（市）18亿元，专项转移支付补助下级3.5亿元。",
        {
            "26": {"key": "transfer-general", "qualifiers": ()},
            "18": {"key": "transfer-general", "qualifiers": (("recipient", "县（市）"),)},
            "3.5": {"key": "transfer-special", "qualifiers": (("recipient", "下级"),)},
        },
    ),
    (
        "二、2026年一般公共预算安排",
        "一般公共预算支出安排97亿元，其中：本级财力安排支出73亿元，上级转移支付安排预算支出20.9亿元。",
        {"97": {"key": "total-gp-exp"}, "20.9": {"key": "", "item": "上级转移支付安排的支出"}},
    ),
    # what money is for, or what is given, where the verb has no more than a level before it
    (
        "三、重大支出安排情况",
        "聚焦重点领域，市本级拟安排16.3亿元，重点支持师范学院（新校区）、二中等项目建设。",
        {"16.3": {"item": "拟安排师范学院（新校区）、二中等项目建设", "scope": "own"}},
    ),
    ("一、2025年工作", "筹集16.2亿元，提高医疗保险补助标准。", {"16.2": {"item": "提高医疗保险补助标准"}}),
    ("一、2025年工作", "筹集16.2亿元，同比增长3.1%。", {"16.2": {"item": "筹集"}}),
    ("一、2025年工作", "教育支出9亿元。每年安排不低于5.1亿元产业引导专项资金。", {"5.1": {"item": "产业引导专项资金"}}),
    ("一、2025年工作", "对人才团队最高给予51万元的授信额度。", {"51": {"has": "授信额度"}}),
    # what a list had before, and what it has
    (
        "一、2025年工作",
        "基础养老金、残疾人生活补贴分别由每人每月151元、96元提高至171元、106元。",
        {
            "151": {"item": "基础养老金（此前）"},
            "96": {"item": "残疾人生活补贴（此前）"},
            "171": {"item": "基础养老金"},
            "106": {"item": "残疾人生活补贴"},
        },
    ),
    # the limit of both kinds together, when both were told; the state in which the year began
    (
        "三、债务情况",
        "一般债务、专项债务余额分别为28.1亿元、65.2亿元，控制在限额93.9亿元内。",
        {"65.2": {"key": "debt-balance-special"}, "93.9": {"key": "debt-limit", "measure": "limit"}},
    ),
    (
        "三、债务情况",
        "2025年初，我市政府债务限额为163.5亿元（一般债务22.9亿元），2025年末政府债务限额为171.2亿元（一般债务24.1亿元）。",
        {
            "163.5": {"period": "2024"},
            "22.9": {"period": "2024", "key": "debt-limit-general"},
            "171.2": {"period": "2025"},
            "24.1": {"period": "2025", "key": "debt-limit-general"},
        },
    ),
    # 全年 ends the months
    (
        "一、2025年工作",
        "税收收入增速从上半年下降4.6%到全年增长6.1%。",
        {"4.6": {"period": "2025年1-6月"}, "6.1": {"period": "2025"}},
    ),
    # so much of the adjusted budget, beside so much of the budget
    (
        "一、2025年一般公共预算执行情况",
        "一般公共预算支出50.8亿元，为年初预算63.1亿元的80.4%，为调整预算50.2亿元的101.2%。",
        {"80.4": {"measure": "completion"}, "101.2": {"measure": "completion", "flags": ["of_adjusted"]}},
    ),
    # a part that is handed on is not all that is handed on
    (
        "一、2025年一般公共预算执行情况",
        "教育支出62.1亿元，其中：市对区转移支付14.8亿元。",
        {"14.8": {"key": "", "item": "教育支出：补助下级支出"}},
    ),
    # the total of a list is no figure of its last item
    (
        "三、债务情况",
        "全年发行新增债券257.3亿元，再融资债券56.6亿元，共计313.9亿元。",
        {"56.6": {"key": "debt-refinance"}, "313.9": {"key": "", "item": "新增政府债券、再融资债券合计"}},
    ),
    (
        "三、债务情况",
        "全年发行新增债券257.3亿元，再融资债券56.6亿元，共计13.5亿元。",
        {"13.5": {"key": "debt-refinance"}},
    ),
    # lent by the level above; given by the account to the general one
    (
        "（二）2025年政府性基金预算执行情况",
        "政府性基金收入2.8亿元，上级转贷专项债务收入26.2亿元。",
        {"26.2": {"key": "transfer-debt-in-special"}},
    ),
    (
        "（三）2025年国有资本经营预算执行情况",
        "国有资本经营预算收入2.8亿元，调入一般公共预算0.9亿元。",
        {"0.9": {"key": "transfer-out-funds"}},
    ),
    ("（一）2025年一般公共预算执行情况", "从其他资金调入一般公共预算0.9亿元。", {"0.9": {"key": "transfer-in-funds"}}),
    # so large a share, held at that
    (
        "一、2025年工作",
        "民生支出占一般公共预算支出的比重稳定在78%以上。",
        {"78": {"key": "total-livelihood-exp", "measure": "share"}},
    ),
    ("一、2025年工作", "民生支出占比不低于72%。", {"72": {"key": "total-livelihood-exp", "measure": "share"}}),
    ("一、2025年工作", "民生支出下降2.1%。", {"2.1": {"key": "total-livelihood-exp", "measure": "yoy_pct"}}),
    # by what rule it is arranged is no part of a name
    (
        "（三）2026年国有资本经营预算安排情况",
        "按照以收定支、注重绩效的原则安排支出1.3亿元。",
        {"1.3": {"key": "total-sc-exp"}},
    ),
    # a point between two words is a full stop
    (
        "一、2025年工作",
        "财力基础持续稳固.全市一般公共预算收入220亿元,增长3.1%.盘活资产2.4亿元.",
        {"220": {"key": "total-gp-rev", "scope": "whole"}, "3.1": {"key": "total-gp-rev"}, "2.4": {"item": "盘活资产"}},
    ),
    # a part for one purpose is not the whole, though it is called like it
    (
        "三、债务情况",
        "新增一般债券13.4亿元，其中：一般债券资金7.2亿元，用于道路建设。",
        {"13.4": {"key": "debt-new-general"}, "7.2": {"key": ""}},
    ),
    # bodies that are counted; so much done of what was told
    ("一、2025年工作", "其中行政单位2家，事业单位13家。", {"2": {"has": "行政单位"}, "13": {"item": "事业单位"}}),
    (
        "一、2025年工作",
        "保工资支出12.5亿元，完成97.97%；保运转支出4.2亿元，完成96.9%。",
        {"97.97": {"measure": "completion"}, "96.9": {"measure": "completion"}},
    ),
    # a part of some limit is a limit
    (
        "三、债务情况",
        "省提前下达部分新增债务限额58.7亿元，其中一般债务限额16.1亿元。",
        {"16.1": {"key": "", "measure": "limit"}},
    ),
    # the bonds of an account's debt are of its kind; what is lent on, or is but some of them, is not all
    (
        "（二）2025年政府性基金预算执行情况",
        "政府性基金收入15.9亿元，债务转贷收入117亿元（新增债券68亿元，再融资债券49亿元），债务转贷支出80亿元（再融资债券31亿元）。",
        {
            "68": {"key": "debt-new-special"},
            "49": {"key": "debt-refinance-special"},
            "31": {"key": "", "item": "债务转贷支出：再融资债券"},
        },
    ),
    (
        "一、2025年债务情况",
        "发行政府债券90亿元，其中新增债券61亿元、再融资债券29亿元。",
        {"61": {"key": "debt-new"}, "29": {"key": "debt-refinance"}},
    ),
    (
        "一、2025年债务情况",
        "用于置换存量债务债券资金21亿元（一般债券2亿元、专项债券19亿元）。",
        {"2": {"key": ""}, "19": {"key": ""}},
    ),
    (
        "一、2025年债务情况",
        "省下达新增债务限额17.3亿元（一般债务1.2亿元，专项债务16.1亿元）。",
        {"1.2": {"key": "debt-limit-new-general"}, "16.1": {"key": "debt-limit-new-special"}},
    ),
)


@pytest.mark.parametrize("heading, text, wanted", FACTS)
def test_a_figure_of_a_sentence(heading: str, text: str, wanted: dict[str, dict[str, Any]]) -> None:
    facts = parsed(CITY, heading, text, "四、其他", "全市社会保险基金收入188.8亿元。").facts
    for value, expected in wanted.items():
        of_value = [fact for fact in facts if fact.value == value]
        assert of_value and all(fits(fact, expected) for fact in of_value), shown(facts)


BUREAU = "长治市水务局2024年度部门决算"
# Sentences of a department's own paper, then of each value what its facts are to be.
OF_BODY: tuple[tuple[str, dict[str, dict[str, Any]]], ...] = (
    # what was spent of a line is not all that the body spent
    (
        "1.社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）。"
        "年初预算为54.3万元，支出决算为52.6万元，完成年初预算的96.87%。",
        {"54.3": {"has": "离退休"}, "52.6": {"item": "行政单位离退休", "measure": "actual"}},
    ),
    ("2024年度支出决算为952.6万元。", {"952.6": {"key": "dept-exp"}}),
    # a change of a total is not the total, whether the year is named or called the last
    ("与2023年度相比，收入支出总计增加62.8万元，增长8.1%。", {"62.8": {"measure": "yoy_amount"}}),
    ("与2021年度相比，收入支出总计增加62.8万元。", {"62.8": {"key": "", "measure": "amount"}}),
)


@pytest.mark.parametrize("text, wanted", OF_BODY)
def test_a_figure_of_a_body(text: str, wanted: dict[str, dict[str, Any]]) -> None:
    lines = ("部门：长治市水务局", "二、2024年度部门决算情况说明", "2024年度收入总计973.1万元。", text)
    facts = parsed(BUREAU, *lines).facts
    for value, expected in wanted.items():
        of_value = [fact for fact in facts if fact.value == value]
        assert of_value and all(fits(fact, expected) for fact in of_value), shown(facts)


def _place(fact: Fact) -> str:
    found = region_by_code(fact.region)
    return found.name if found else fact.region.partition("-")[2]
