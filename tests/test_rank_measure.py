"""Items put in order by a measure (完成率, 增幅, 增减额, 占比): by figures of that measure, never by their amounts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.ask.assistant import Assistant
from index.ask.ranking.order import find_order, rates_of_each
from tests.one_report import assistant_of

REPORT = """关于云溪市2025年市级财政决算的报告
一、2025年财政决算情况
全市一般公共预算收入207.35亿元，比上年增长3.2%；全市一般公共预算支出298.64亿元，增长2.5%。
市级一般公共预算收入98.27亿元，为预算的100.4%，增长2.8%。市级一般公共预算支出61.00亿元，完成预算的96.8%。
市级税收收入67.48亿元，占市级一般公共预算收入的68.7%。主要税种：增值税29.73亿元，完成预算的98.2%；企业所得税12.64亿元，完成预算的91.5%；个人所得税3.18亿元，完成预算的107.3%；房产税4.57亿元，完成预算的103.9%；其他税收12.10亿元。
市级主要支出：教育支出21.00亿元，完成预算的98.6%，增长3.0%；卫生健康支出9.00亿元，完成预算的96.4%，增长8.2%；节能环保支出4.00亿元，完成预算的85.0%，下降12.5%；住房保障支出6.00亿元，完成预算的98.6%，下降1.5%；城乡社区支出15.00亿元，增长0.6%；其他支出6.00亿元，完成预算的80.4%，增长1.1%。
二、政府性基金
市级政府性基金收入64.92亿元，为预算的82.4%；市级政府性基金支出87.45亿元，为调整预算的93.7%，其中国有土地使用权出让收入安排的支出58.36亿元、污水处理费安排的支出29.09亿元。
"""
SPENT, TAXES = 5, 4  # of which the completion is told


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(
        tmp_path_factory.mktemp("measure"), "佛山市2025年市级财政决算", REPORT.replace("云溪", "佛山")
    ) as one:
        yield one


# a question, how many are compared, and the figures that answer it, in their order
ORDERS = [
    ("佛山市2025年市级一般公共预算支出哪个科目完成率最低", SPENT, ["80.4"]),
    ("佛山市2025年市本级一般公共预算支出哪个科目完成率最低", SPENT, ["80.4"]),
    ("佛山市2025年一般公共预算支出哪个科目完成率最低", SPENT, ["80.4"]),
    ("佛山市2025年市级支出决算，除了“其他”，哪个科目完成预算比例最低，是多少", SPENT - 1, ["85.0"]),
    ("佛山市2025年市级除了其他支出，哪个科目完成率最低", SPENT - 1, ["85.0"]),
    ("佛山市2025年市级支出完成得最差的科目", SPENT, ["80.4"]),
    ("佛山市2025年市级支出完成率最低的", SPENT, ["80.4"]),
    ("佛山市2025年市级支出完成率垫底的两个科目", SPENT, ["80.4"]),
    ("佛山市2025年市级哪个税种完成预算最好", TAXES, ["107.3"]),
    ("佛山市2025年市级税收收入中完成率最高的前三个税种", TAXES, ["107.3", "103.9", "98.2"]),
    ("佛山市2025年市级哪项支出增长最快", 6, ["8.2"]),
    ("佛山市2025年市级支出涨得最快的是哪个科目", 6, ["8.2"]),
    ("佛山市2025年市级哪项支出跌得最狠", 6, ["12.5"]),
    ("佛山市2025年市级哪项支出降幅最小", 6, ["1.5"]),
    ("佛山市2025年市级各科目完成率", SPENT, ["98.6", "98.6", "96.4", "85.0", "80.4"]),
    ("佛山市2025年市级一般公共预算支出各科目完成率", SPENT, ["98.6", "98.6", "96.4", "85.0", "80.4"]),
    ("佛山市2025年市级各税种完成预算的比例", TAXES, ["107.3", "103.9", "98.2", "91.5"]),
    ("佛山市2025年市级各项支出增幅哪个最低", 6, ["12.5"]),
]


@pytest.mark.parametrize("question, count, values", ORDERS, ids=[row[0] for row in ORDERS])
def test_an_order_by_a_measure(asked: Assistant, question: str, count: int, values: list[str]) -> None:
    told = asked.ask(question)
    assert told.status == "answered", told.reply
    assert f"共比较 {count} 个科目" in told.reply
    assert [one.value for one in told.figures if one.asked] == values


# of these measures nothing is told of the items: their amounts are no order of them
REFUSED = [
    "佛山市2025年市级哪个税种增长最快",
    "佛山市2025年市级哪个税种减收最多",
    "佛山市2025年市级政府性基金支出哪项完成率最低",
    "佛山市2025年市级政府性基金支出各项增幅最大的是哪项",
    "佛山市2025年市级支出增加最多的科目",
]


@pytest.mark.parametrize("question", REFUSED)
def test_amounts_are_no_order_of_a_measure(asked: Assistant, question: str) -> None:
    told = asked.ask(question)
    assert told.status != "answered" and not any(one.asked for one in told.figures), told.reply


def test_the_level_and_what_has_no_such_figure_are_said(asked: Assistant) -> None:
    told = asked.ask("佛山市2025年支出哪个科目完成率最低")
    assert "市级" in told.reading and f"共比较 {SPENT} 个科目，另有 1 个报告没有写这个数" in told.reply


def test_what_comes_level_is_said(asked: Assistant) -> None:
    told = asked.ask("佛山市2025年市级支出哪个科目完成率最高")
    assert any(note.startswith("与第 1 位数值相同的还有：") for note in told.notes)


def test_those_that_keep_below(asked: Assistant) -> None:
    told = asked.ask("佛山市2025年市级支出没完成95%的科目有哪些")
    assert [one.value for one in told.figures if one.asked] == ["80.4", "85.0"]


# a text, and whether a rate of each item is asked for in no order
EACH = [
    ("各科目完成率", True),
    ("各项支出的增幅", True),
    ("各税种增速", True),
    ("主要支出科目同比增长多少", True),
    ("各科目完成率排名", False),
    ("各科目增幅哪个最大", False),
    ("各科目多少钱", False),
    ("各项存款增速", False),
]


@pytest.mark.parametrize("text, each", EACH)
def test_rates_of_each(text: str, each: bool) -> None:
    assert rates_of_each(text) is each
    assert not each or find_order(text).items


HERE_AND_THERE = """关于佛山市2025年预算执行情况的报告
一、预算执行情况
全市一般公共预算支出298.64亿元，增长2.5%。
二、支持创新
全市科学技术支出12.00亿元，增长46.1%。
三、保障民生
全市教育支出61.00亿元，增长6.6%。
四、乡村振兴
全市农林水支出21.00亿元，增长4.5%。
"""


def test_growth_mentioned_here_and_there_is_no_order(tmp_path: Path) -> None:
    with assistant_of(tmp_path, "佛山市2025年预算执行情况", HERE_AND_THERE) as one:
        for question in ("佛山市2025年哪项支出增长最快", "佛山市2025年支出增速最高的"):
            told = one.ask(question)
            assert told.status != "answered" and not any(figure.asked for figure in told.figures), told.reply
