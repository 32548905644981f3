"""Ways of asking, data/lexicon/asking.toml: every row fires on its own examples and leaves the others alone."""

from __future__ import annotations

from typing import Any

import pytest

from index.ask.asides import framed, negated, sources
from index.ask.asks import elements, parts_of
from index.ask.pick.cues import cues, fired, flow_of, kinds_of, wishes
from index.lexicon import toml

ROWS: list[dict[str, Any]] = toml("asking.toml")["cue"]


@pytest.mark.parametrize("row", [pytest.param(row, id=row["name"]) for row in ROWS])
def test_a_cue_fires_on_its_examples_and_on_no_other(row: dict[str, Any]) -> None:
    cue = next(one for one in cues() if one.name == row["name"])
    assert row["yes"] and row["no"]
    assert [text for text in row["yes"] if not cue.pattern.search(text)] == []
    assert [text for text in row["no"] if cue.pattern.search(text)] == []


@pytest.mark.parametrize(
    "text, measure",
    [
        ("比上年掉了多少钱", "yoy_amount"),
        ("后来调成多少", "adjusted_budget"),
        ("年初的时候定的目标是多少", "budget"),
        ("涨了几个点", "yoy_pct"),
        ("到底收上来多少", "actual"),
        ("完成年初预算的百分之几", "completion"),
        ("占全市几成", "share"),
        ("还欠着多少", "outstanding"),
    ],
)
def test_the_measure_wished_for_most(text: str, measure: str) -> None:
    found = wishes(fired(text))
    assert found[measure] == max(found.values())  # type: ignore[index]


@pytest.mark.parametrize(
    "text, kinds",
    [
        ("百分之几", {"percent"}),
        ("几个点", {"percent"}),
        ("多少亿元", {"money"}),
        ("多少亿人", set()),
        ("发给了多少娃", {"count"}),
        ("多少", set()),
    ],
)
def test_kinds(text: str, kinds: set[str]) -> None:
    assert kinds_of(text) == kinds


@pytest.mark.parametrize("text, flow", [("花了多少", "expenditure"), ("收了多少", "revenue"), ("收支多少", "")])
def test_flow(text: str, flow: str) -> None:
    assert flow_of(text) == flow


@pytest.mark.parametrize(
    "find, text, found",
    [
        (negated, "我只要市本级的，不要全市那个", "不要全市那个"),
        (negated, "债务余额，再融资的不要", "再融资的不要"),
        (negated, "是不是完成了预算", ""),
        (framed, "领导要看财政材料，查下教育支出多少", "领导要看财政材料"),
        (framed, "领导要多少钱", ""),
        (sources, "2020年计划多少，19年决算那份材料里找找", "19年决算那份材料里找找"),
        (sources, "2020年计划多少", ""),
    ],
)
def test_asides(find: Any, text: str, found: str) -> None:
    assert "".join(text[start:end] for start, end in find(text)) == found


@pytest.mark.parametrize(
    "text, parts",
    [
        ("还本本金多少利息多少", ["还本本金多少", "利息多少"]),
        ("收了多少又支出了多少", ["收了多少", "又支出了多少"]),
        ("教育支出是多少", ["教育支出是多少"]),
        ("教育支出多少 增长多少", ["教育支出多少", "增长多少"]),
    ],
)
def test_parts(text: str, parts: list[str]) -> None:
    assert [part.text for part in parts_of(text)] == parts


@pytest.mark.parametrize(
    "text, must",
    [
        ("政府债务余额，市级、甲县、乙县各欠多少", ["市级", "甲县", "乙县"]),
        ("四本账收入各安排了多少，一般公共预算、政府性基金、国资", ["一般公共预算", "政府性基金", "国资"]),
        ("一般债务和专项债务加起来一共多少", []),
        ("各县区教育支出多少", []),
    ],
)
def test_elements(text: str, must: list[str]) -> None:
    assert [part.must for part in elements(text)] == must
