"""Places in the order of a figure per head: reckoned where the population is told, else said whose is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import load
from index.ask.assistant import Assistant

LINE = "{place}2023年财政决算报告\n一、一般公共预算\n2023年，全市一般公共预算支出完成 {number} 亿元。\n"
PEOPLE = "年末常住人口{people}万人。\n"
HELD = {"武汉市": (500, "1000"), "南昌市": (400, "500"), "晋城市": (450, "")}
DIALOGUES = [
    ["人均支出哪个市最高"], ["2023年各市人均一般公共预算支出排名"], ["各市2023年一般公共预算支出排名", "人均呢"],
]  # fmt: skip


def loaded(folder: Path, held: dict[str, tuple[int, str]]) -> Assistant:
    for place, (number, people) in held.items():
        text = LINE.format(place=place, number=number) + (PEOPLE.format(people=people) if people else "")
        (folder / f"{place}.txt").write_text(text, encoding="utf-8")
    load([folder], folder / "index.db", jobs=1)
    return Assistant(folder / "index.db")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    asked = loaded(tmp_path_factory.mktemp("heads"), HELD)
    yield asked
    asked.close()


@pytest.mark.parametrize("turns", DIALOGUES, ids=[turns[-1] for turns in DIALOGUES])
def test_places_in_order(assistant: Assistant, turns: list[str]) -> None:
    answer = [assistant.ask(turn, turns[0]) for turn in turns][-1]
    assert answer.status == "answered"
    assert [(one.region, one.value, one.asked) for one in answer.figures] == [
        ("南昌市", "8000", True), ("武汉市", "5000", False),
    ]  # fmt: skip
    assert all(one.derived for one in answer.figures)
    assert "计算：一般公共预算支出400亿元 ÷ 常住人口500万人 = 8,000元" in answer.reply
    assert "共比较 2 个地区；报告里没有2023年晋城市的常住人口，人均数不能计算" in answer.reply


def test_of_two_that_are_named_one_has_none(assistant: Assistant) -> None:
    answer = assistant.ask("南昌市和晋城市2023年人均一般公共预算支出哪个高")
    assert answer.status == "not_found" and not any(one.asked for one in answer.figures)
    assert "有2023年常住人口的地区只有南昌市，人均数排不出高低" in answer.reply
    assert "报告里没有2023年晋城市的常住人口" in answer.reply


def test_no_place_has_a_population(tmp_path: Path) -> None:
    asked = loaded(tmp_path, {"武汉市": (500, ""), "晋城市": (450, "")})
    answer = asked.ask("哪个市2023年人均支出最多")
    asked.close()
    assert answer.status == "not_found" and not answer.figures
    assert "报告里没有2023年武汉市、晋城市的常住人口，人均数不能计算" in answer.reply
