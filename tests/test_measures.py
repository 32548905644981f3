"""Measures, cue words and column heads: rows are tidy, and every row's example is read as that row."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest

from index.facts.columns import column
from index.lexicon import cue_groups, cues, measures, toml
from index.models import Measure
from index.text.normal import plain
from tests.parse_builders import TITLE, facts_of, shown

KINDS = {"money": {"money"}, "percent": {"percent", "points", "times"}, "rank": {"rank"}, "count": {"count"}}
ROWS = tuple(measures().values())
COLUMNS: tuple[dict[str, Any], ...] = tuple(toml("columns.toml")["column"])
CUE_LISTS = [
    (group, name)
    for group in toml("cues.toml")
    for name in cue_groups(group)
    if isinstance(toml("cues.toml")[group][name], list)
]


def test_every_measure_has_one_row() -> None:
    assert sorted(row.key for row in ROWS) == sorted(get_args(Measure))
    names = [row.name for row in ROWS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("row", [pytest.param(row, id=row.key) for row in ROWS])
def test_words_of_a_measure_are_tidy(row: Any) -> None:
    written = next(each for each in toml("measures.toml")["measure"] if each["key"] == row.key)
    for words in (written["report"], written["question"]):
        assert [word for word in words if plain(word) != word or not word] == []
        assert len(words) == len(set(words))
    assert row.unit in KINDS and row.question


def test_question_words_say_one_measure() -> None:
    owners: dict[str, list[str]] = {}
    for row in ROWS:
        for word in row.question:
            owners.setdefault(word, []).append(row.key)
    assert {word: keys for word, keys in owners.items() if len(keys) > 1} == {}


@pytest.mark.parametrize("row", [pytest.param(row, id=row.key) for row in ROWS])
def test_example_of_a_measure(row: Any) -> None:
    facts = facts_of(TITLE, f"一般公共预算收入方面，{row.example}。")
    assert any(
        fact.measure == row.key and fact.kind in KINDS[row.unit] and fact.value in row.example for fact in facts
    ), shown(facts)


@pytest.mark.parametrize("group,name", CUE_LISTS)
def test_cue_lists_are_tidy(group: str, name: str) -> None:
    written = toml("cues.toml")[group][name]
    assert [word for word in written if plain(word) != word or not word.strip()] == []
    assert [word for word in set(written) if written.count(word) > 1] == []
    assert sorted(cues(group, name), key=len, reverse=True) == list(cues(group, name))


def test_directions_contradict_nowhere() -> None:
    assert not set(cues("direction", "up")) & set(cues("direction", "down"))


def test_account_words_say_one_account() -> None:
    words = [word for name in cue_groups("account") for word in cues("account", name)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("row", [pytest.param(row, id=row["example"]) for row in COLUMNS])
def test_example_of_a_column(row: dict[str, Any]) -> None:
    read = column(1, plain(row["example"]), 1.0)
    assert (read.measure, read.offset) == (row["measure"], row.get("year", 0))
    assert read.role == ("figure" if row["measure"] else "skip")


@pytest.mark.parametrize("row", [pytest.param(row, id=row["example"]) for row in COLUMNS])
def test_column_row_is_tidy(row: dict[str, Any]) -> None:
    assert set(row) <= {"pattern", "measure", "year", "example"}
    assert row["measure"] in {"", "figure", *get_args(Measure)}
    assert not re.compile(row["pattern"]).match("")


@pytest.mark.parametrize(
    "head,measure,year,offset,months,unit",
    [
        ("预算数", "budget", None, 0, None, ""),
        ("2025年预算数（万元）", "budget", 2025, 0, None, "万元"),
        ("调整预算数", "adjusted_budget", None, 0, None, ""),
        ("2024年执行数", "actual", 2024, 0, None, ""),
        ("上年同期数", "actual", None, -1, None, ""),
        ("上年执行数", "actual", None, -1, None, ""),
        ("12月份累计完成", "actual", None, 0, (1, 12), ""),
        ("1-6月累计完成", "actual", None, 0, (1, 6), ""),
        ("11月完成数", "actual", None, 0, (11, 11), ""),
        ("为年度预算%", "completion", None, 0, None, "%"),
        ("完成预算%", "completion", None, 0, None, "%"),
        ("预算完成率", "completion", None, 0, None, ""),
        ("增减幅%", "yoy_pct", None, 0, None, "%"),
        ("比上年增减%", "yoy_pct", None, 0, None, "%"),
        ("同比增减额", "yoy_amount", None, 0, None, ""),
        ("按进度排队", "rank", None, 0, None, ""),
        ("占比（%）", "share", None, 0, None, "%"),
        ("限额", "limit", None, 0, None, ""),
        ("年末余额", "outstanding", None, 0, None, ""),
        ("2023年", "figure", 2023, 0, None, ""),
        ("金额", "figure", None, 0, None, ""),
        ("金额（亿元）", "figure", None, 0, None, "亿元"),
    ],
)
def test_heads(head: str, measure: str, year: int | None, offset: int, months: Any, unit: str) -> None:
    read = column(2, plain(head), 1.0)
    assert (read.measure, read.year, read.offset, read.months, read.unit) == (measure, year, offset, months, unit)


@pytest.mark.parametrize("head", ["项目", "预算科目", "县区", "科目名称", "单位名称", "收入项目", "地区"])
def test_label_heads(head: str) -> None:
    assert column(0, head, 0.0).role == "label"


@pytest.mark.parametrize("head", ["序号", "科目编码", "备注", "行次"])
def test_heads_that_hold_nothing(head: str) -> None:
    assert column(0, head, 0.5).role == "skip"
    assert column(0, head, 0.0).role == "skip"
