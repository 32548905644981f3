"""The largest of those that a question names (items, places, parts): told only where it is sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import load
from index.ask.assistant import Assistant

REPORT = (
    "东山市南湖区2023年财政决算报告\n一、一般公共预算支出\n"
    "2023年，教育支出 300 万元，国防支出 100 万元，公共安全支出 200 万元，科学技术支出 200 万元。\n"
    "二、支出结构\n一是公共安全支出 400 万元。\n"
)
ZONES = (
    "关于岳阳市2025年财政预算执行情况和2026年财政预算草案的报告\n一、一般公共预算\n"
    "全市一般公共预算收入300亿元，增长3%，一般公共预算支出500亿元，其中教育支出60亿元。\n"
    "经开区一般公共预算收入12.5亿元，支出20.1亿元。\n临港高新区一般公共预算收入15.2亿元，支出9.4亿元。\n"
    "南湖新区一般公共预算收入6.3亿元，支出8.8亿元。\n屈原管理区一般公共预算收入3.1亿元，支出11.7亿元。\n"
    "二、国有资本经营预算\n国有资本经营预算收入900万元，其中：江北集团利润200万元、江南集团利润400万元、矿业公司利润300万元。\n"
    "三、政府债务\n全市政府债务余额90亿元，市本级政府债务余额35亿元。\n"
)
LEVELS = (
    "关于晋城市2025年预算执行情况的报告\n一、一般公共预算\n全市一般公共预算收入240亿元。\n"
    "市级一般公共预算收入80亿元，市级教育支出10亿元。\n"
)
# The question, what is told, and the values asked for: both of two, the first of more.
ASKED = [
    ("南湖区2023年教育支出、国防支出哪个最多", "最高：教育支出  300 万元", ["300", "100"]),
    ("南湖区2023年教育支出跟国防支出哪个花钱多", "最高：教育支出  300 万元", ["300", "100"]),
    ("南湖区2023年教育支出、国防支出哪个最少", "最低：国防支出  100 万元", ["100", "300"]),
    ("南湖区2023年教育支出、国防支出、科学技术支出谁最多", "最高：教育支出  300 万元", ["300"]),
    ("南湖区2023年教育支出、国防支出、科学技术支出谁最多，各多少", "最高：教育支出  300 万元", ["300", "200", "100"]),
    # whichever of its two figures is right
    ("南湖区2023年国防支出、公共安全支出哪个最多", "最高：公共安全支出  400 万元", ["400", "200", "100"]),
    ("南湖区2023年教育支出、公共安全支出哪个最多", "不能确定哪一项最高", ["400", "300", "200"]),
    # 200 or 400 beside 200
    ("南湖区2023年科学技术支出、公共安全支出哪个最少", "不能确定哪一项最低", ["200", "200", "400"]),
    ("南湖区2023年教育支出、国防支出、月球探测支出哪个最多", "“月球探测支出”", []),
    # places told in the report of their city, joined in any way
    ("岳阳经开区跟临港高新区2025年一般公共预算收入谁高", "最高：临港高新区  15.2 亿元", ["15.2", "12.5"]),
    ("岳阳南湖和屈原2025年支出哪个大，分别多少", "最高：屈原管理区  11.7 亿元", ["11.7", "8.8"]),
    ("岳阳经开区、临港、南湖、屈原这几个区，2025年谁的一般公共预算收入最高", "最高：临港高新区", ["15.2"]),
    ("岳阳经开区、临港、南湖、屈原几个区2025年一般公共预算收入谁家最少", "最低：屈原管理区", ["3.1"]),
    # parts that only the report knows, and levels
    ("岳阳市2025年国有资本经营预算收入里江北集团、江南集团、矿业公司哪家最多", "最高：江南集团", ["400"]),
    ("岳阳2025年政府债务余额全市和市本级哪个大，各多少", "90 亿元", ["90", "35"]),
    # two cities: of one level, and both of them
    ("岳阳和晋城2025年一般公共预算收入谁多", "最高：岳阳市  300 亿元", ["300", "240"]),
    ("岳阳和晋城2025年一般公共预算支出谁多", "晋城市的报告里没有这个数，没有比", ["500"]),
    ("晋城和邯郸2025年一般公共预算收入哪个高", "索引里没有邯郸市的报告，没有比", ["240", "80"]),
    ("晋城和邯郸2025年一般公共预算收入谁多", "240 亿元  全市", ["240", "80"]),
    ("岳阳和晋城2025年教育支出谁多", "晋城市：10 亿元  市级", ["60", "10"]),
    ("晋城和岳阳2025年教育支出谁多", "各地的数不是同一级（市级、全市），不能确定哪地最高", ["60", "10"]),
    ("晋城2025年教育支出比岳阳少多少", "晋城市2025年（市级） 10 亿元；岳阳市2025年（全市） 60 亿元", []),
    ("岳阳和晋城2025年一般公共预算支出各多少", "晋城市：报告里没有", ["500"]),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A report that says two things of one item, and one of a city with its zones."""
    place: Path = tmp_path_factory.mktemp("named")
    (place / "决算.txt").write_text(REPORT, encoding="utf-8")
    (place / "执行.txt").write_text(ZONES, encoding="utf-8")
    (place / "级次.txt").write_text(LEVELS, encoding="utf-8")
    load([place / f"{name}.txt" for name in ("决算", "执行", "级次")], place / "index.db")
    return Assistant(place / "index.db")


@pytest.mark.parametrize("question, told, values", ASKED)
def test_the_largest_of_those_named(assistant: Assistant, question: str, told: str, values: list[str]) -> None:
    answer = assistant.ask(question)
    assert told in answer.reply
    asked = [one.value for one in answer.figures if one.asked and not one.derived]
    assert asked == values
