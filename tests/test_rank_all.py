"""Places of one level in order, where no place is named: which kind of places, and a follow-up stays among them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index import load
from index.ask.assistant import Assistant
from index.ask.ranking.order import CAPITALS, among_in

LINE = "{place}2023年财政决算报告\n一、一般公共预算\n2023年，{all}教育支出完成 {number} 万元。\n"
HELD = {"武汉市": 500, "南昌市": 400, "晋城市": 450, "重庆市": 900, "上海市": 800}

KINDS = [
    ("各县区教育支出排名", "县"), ("各区教育支出排名", "区"), ("各省会教育支出排名", CAPITALS),
    ("省会城市里哪个最多", CAPITALS),
    ("各省教育支出排名", "省"), ("哪个市的教育支出最多", "市"), ("各地区教育支出", ""), ("教育支出排名", ""),
]  # fmt: skip

# a dialogue -> the places of the last answer, in their order
PLACES = [
    (["各省会2023年教育支出排名"], ["武汉市", "南昌市"]),
    (["各省会城市2023年教育支出排名", "哪个最低"], ["南昌市", "武汉市"]),
    (["各省2023年教育支出排名"], ["重庆市", "上海市"]),
    (["各市2023年教育支出排名"], ["武汉市", "晋城市", "南昌市"]),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("all")
    for place, number in HELD.items():
        (folder / f"{place}.txt").write_text(LINE.format(place=place, all="全市", number=number), encoding="utf-8")
    load([folder], folder / "index.db", jobs=1)
    asked = Assistant(folder / "index.db")
    yield asked
    asked.close()


@pytest.mark.parametrize("text, kind", KINDS)
def test_the_kind_of_places_said(text: str, kind: str) -> None:
    assert among_in(text) == kind


@pytest.mark.parametrize("turns, places", PLACES, ids=[turns[-1] for turns, _ in PLACES])
def test_places_of_that_kind_alone(assistant: Assistant, turns: list[str], places: list[str]) -> None:
    answer = [assistant.ask(turn, turns[0]) for turn in turns][-1]
    assert [one.region for one in answer.figures] == places
