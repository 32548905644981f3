"""Where figures of running text belong that were filed under a neighbour: places and levels that go on too long or not at
all, plans of years to come, counts in a row, sums that one of their items leads.  Each case is one kind of fault found by
comparing facts at random with their pages; the words are our own."""

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
)


@pytest.mark.parametrize("heading, text, wanted", FACTS)
def test_a_figure_of_a_sentence(heading: str, text: str, wanted: dict[str, dict[str, Any]]) -> None:
    facts = parsed(CITY, heading, text, "四、其他", "全市社会保险基金收入188.8亿元。").facts
    for value, expected in wanted.items():
        of_value = [fact for fact in facts if fact.value == value]
        assert of_value and all(fits(fact, expected) for fact in of_value), shown(facts)


def _place(fact: Fact) -> str:
    found = region_by_code(fact.region)
    return found.name if found else fact.region.partition("-")[2]
