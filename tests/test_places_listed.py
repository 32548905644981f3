"""Places listed in prose, each with its figure, of what was spoken of; changes behind an amount."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.parse_builders import facts_of

TITLE = "荆门市2025年预算执行情况和2026年预算草案的报告"
ZHONGXIANG, JINGSHAN, SHAYANG, CITY = "420881", "420882", "420822", "420800"
REVENUE, SPENDING = "total-gp-rev", "total-gp-exp"


@pytest.mark.parametrize(
    "text,figures",
    [
        (
            "全市一般公共预算收入完成160亿元。分县市区看，钟祥市收入31亿元、京山市收入25亿元、沙洋县收入18亿元，市级收入42亿元。",
            [(ZHONGXIANG, REVENUE, "31"), (JINGSHAN, REVENUE, "25"), (SHAYANG, REVENUE, "18"), (CITY, REVENUE, "42")],
        ),
        (
            "全市一般公共预算支出完成300亿元。其中：钟祥市完成60亿元、京山市完成50亿元、沙洋县完成40亿元。",
            [(ZHONGXIANG, SPENDING, "60"), (JINGSHAN, SPENDING, "50"), (SHAYANG, SPENDING, "40")],
        ),
        (
            "全市一般公共预算收入完成160亿元。钟祥市增长5.1%、京山市增长4.2%、沙洋县下降3.3%。",
            [(ZHONGXIANG, REVENUE, "5.1"), (JINGSHAN, REVENUE, "4.2"), (SHAYANG, REVENUE, "3.3")],
        ),
        (
            "各县市区一般公共预算收入完成情况：钟祥市31亿元，增长5%；京山市25亿元，增长4%。",
            [(ZHONGXIANG, REVENUE, "31"), (ZHONGXIANG, REVENUE, "5"), (JINGSHAN, REVENUE, "25")],
        ),
        (
            "从各县市区看，一般公共预算收入钟祥市31亿元、京山市25亿元。",
            [(ZHONGXIANG, REVENUE, "31"), (JINGSHAN, REVENUE, "25")],
        ),
        (
            "全市一般公共预算收入完成160亿元。其中钟祥市收入31亿元、京山市税收收入20亿元、沙洋县完成18亿元。",
            [(ZHONGXIANG, REVENUE, "31"), (JINGSHAN, "gp-rev-101", "20")],
        ),
        ("各县（市、区）教育支出分别为：钟祥市3亿元、京山市2亿元。", [(JINGSHAN, "gp-exp-205", "2")]),
    ],
)
def test_listed(text: str, figures: list[tuple[str, str, str]]) -> None:
    facts = facts_of(TITLE, "一、一般公共预算执行情况", text)
    got = {(fact.region, fact.key, fact.value) for fact in facts}
    assert set(figures) <= got
    if "分县市区" in text:
        assert not {(ZHONGXIANG, REVENUE, "25"), (ZHONGXIANG, REVENUE, "18"), (SHAYANG, REVENUE, "42")} & got


@pytest.mark.parametrize(
    "text,key,number",
    [
        ("非税收入完成30227万元，同比增收2654万元，增长9.6%。", "gp-rev-103", 26_540_000),
        ("教育支出完成30000万元，同比减支2000万元，下降6.3%。", "gp-exp-205", -20_000_000),
        ("增值税完成500万元，较上年同期减收30万元。", "gp-rev-10101", -300_000),
        ("科学技术支出800万元，比上年多支60万元。", "gp-exp-206", 600_000),
        ("城乡社区支出900万元，同比少支40万元。", "gp-exp-212", -400_000),
    ],
)
def test_change_of_that_item(text: str, key: str, number: int) -> None:
    facts = facts_of(TITLE, "一、一般公共预算执行情况", text)
    assert [(fact.key, fact.number) for fact in facts if fact.measure == "yoy_amount"] == [(key, Decimal(number))]


@pytest.mark.parametrize(
    "text,item,number",
    [
        ("其中：教育支出调增4200万元。", "教育支出（增减）", 42_000_000),
        ("农林水支出调增9860万元、城乡社区支出调减1350万元。", "城乡社区支出（增减）", -13_500_000),
    ],
)
def test_moved(text: str, item: str, number: int) -> None:
    facts = facts_of("荆门市2025年预算调整方案", "一、一般公共预算", text)
    assert (item, Decimal(number)) in [(fact.item, fact.number) for fact in facts]


def test_towns_are_below_a_county() -> None:
    text = "一般公共预算支出完成18亿元。分级次看，区级支出17亿元，乡镇级支出1亿元。"
    facts = facts_of("阳泉市郊区2024年财政决算", "一、一般公共预算", text)
    assert {(fact.value, fact.scope) for fact in facts} == {("18", ""), ("17", "own"), ("1", "lower")}


def test_places_that_are_words_in_their_city() -> None:
    text = "全市一般公共预算收入完成152亿元。分县区看，武都区收入18亿元、成县收入16亿元、徽县收入12亿元。"
    facts = facts_of("陇南市2025年预算执行情况", "一、一般公共预算", text)
    assert [(fact.region, fact.value) for fact in facts[1:]] == [("621202", "18"), ("621221", "16"), ("621227", "12")]
