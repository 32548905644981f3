"""A table of places whose head says little is of the item whose figure its total is."""

from __future__ import annotations

import pytest

from index.models import Fact
from tests.parse_builders import parsed, table

CITY = "长治市2025年预算执行情况和2026年预算草案的报告"
REVENUE = "2025年，全市地方一般公共预算收入85.92亿元，增长3.0%。"
HEAD = """地区 | 收入（亿元） | 同比增长
市本级 | 63.14 | 1.2%
沁县 | 9.85 | 2.1%
沁源县 | 10.47 | 2.7%
平顺县 | 2.46 | 7.2%"""


def of_place(name: str, *blocks: str, rows: str = HEAD, title: str = "（二）分地区收入情况") -> list[Fact]:
    found = parsed(CITY, "一、收支情况", *blocks, title, table(rows))
    return [fact for fact in found.facts if name in found.sentences[fact.sentence].text.split("\t")]


@pytest.mark.parametrize("total", ["\n合计 | 85.92 | 3.0%", ""], ids=["printed", "of the rows"])
def test_the_total_tells_the_item(total: str) -> None:
    money, growth = of_place("沁源县", REVENUE, rows=HEAD + total)
    assert (money.key, money.measure, money.value) == ("total-gp-rev", "actual", "10.47")
    assert (growth.key, growth.measure, growth.value) == ("total-gp-rev", "yoy_pct", "2.7")


def test_the_total_of_a_table_of_another_section_tells_it() -> None:
    items = table("项目 | 累计（亿元）\n一般公共预算收入 | 85.92\n税收收入 | 60.13")
    found = parsed(CITY, "一、一般公共预算收入情况", items, "二、分县区收入情况", table(HEAD + "\n合计 | 85.92 | 3.0%"))
    rows = [fact for fact in found.facts if "沁县" in found.sentences[fact.sentence].text]
    assert {fact.key for fact in rows} == {"total-gp-rev"}


@pytest.mark.parametrize(
    "blocks, rows",
    [
        ((REVENUE.replace("85.92", "85.93"),), HEAD),
        (("2025年，全市地方一般公共预算收入86亿元。",), HEAD.replace("63.14", "63.22")),  # 86: any sum may be that
        ((REVENUE, "全市民生支出85.92亿元。"), HEAD),  # two items have it
        ((REVENUE.replace("2025年", "2024年"),), HEAD),
        ((REVENUE,), HEAD.rsplit("\n", 2)[0].replace("63.14", "76.07")),  # one county is no table of places
    ],
    ids=["another sum", "a round sum", "two items", "another year", "few places"],
)
def test_else_nothing_is_told(blocks: tuple[str, ...], rows: str) -> None:
    assert {fact.key for fact in of_place("沁县", *blocks, rows=rows)} == {""}


def test_a_head_that_names_the_item_is_believed() -> None:
    rows = HEAD.replace("收入（亿元）", "税收收入（亿元）")
    assert {fact.key for fact in of_place("沁县", REVENUE, rows=rows, title="（二）税收收入情况")} == {"gp-rev-101"}
