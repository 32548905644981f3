"""Places of one level in order, where no place is named: which kind of places, and a follow-up stays among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import load
from index.ask.assistant import Assistant
from index.ask.ranking.order import CAPITALS, MUNICIPALITIES, among_in

LINE = "{place}2023年财政决算报告\n一、一般公共预算\n2023年，{all}教育支出完成 {number} 万元。\n"
OWN = "2023年，市本级教育支出完成 {number} 万元。\n"
HELD = {"武汉市": 500, "南昌市": 400, "晋城市": 450, "重庆市": 900, "上海市": 800}
OF_OWN_LEVEL = {"武汉市": 110, "南昌市": 120, "重庆市": 210, "上海市": 220}

KINDS = [
    ("各县区教育支出排名", "县"), ("各区教育支出排名", "区"), ("各省会教育支出排名", CAPITALS),
    ("省会城市里哪个最多", CAPITALS), ("各直辖市支出排名", MUNICIPALITIES), ("各地级市支出排名", "市"),
    ("全国各省支出排名", "省"),
    ("各省教育支出排名", "省"), ("哪个市的教育支出最多", "市"), ("各地区教育支出", ""), ("教育支出排名", ""),
]  # fmt: skip

# a dialogue -> the places of the last answer, in their order
PLACES = [
    (["各省会2023年教育支出排名"], ["武汉市", "南昌市"]),
    (["各省会城市2023年教育支出排名", "哪个最低"], ["南昌市", "武汉市"]),
    (["各省2023年教育支出排名"], ["重庆市", "上海市"]),
    (["各市2023年教育支出排名"], ["武汉市", "晋城市", "南昌市"]),
    (["各地级市2023年教育支出排名"], ["武汉市", "晋城市", "南昌市"]),
    (["各直辖市2023年教育支出排名"], ["重庆市", "上海市"]),
    (["全国各省2023年教育支出排名"], ["重庆市", "上海市"]),
    (["晋城市2023年教育支出", "各省排名"], ["重庆市", "上海市"]),
    (["武汉市2023年教育支出", "各省会排名"], ["武汉市", "南昌市"]),
    (["各直辖市市本级2023年教育支出排名"], ["上海市", "重庆市"]),
    (["各省会市本级2023年教育支出排名"], ["南昌市", "武汉市"]),
    (["各市市本级2023年教育支出排名"], ["南昌市", "武汉市"]),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("all")
    for place, number in HELD.items():
        own = OWN.format(number=OF_OWN_LEVEL[place]) if place in OF_OWN_LEVEL else ""
        text = LINE.format(place=place, all="全市", number=number) + own
        (folder / f"{place}.txt").write_text(text, encoding="utf-8")
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


# a dialogue -> who is shown, what is said of the others
ALONE = [
    (["各省2023年教育支出排名", "2022年呢"], ["上海市"], "各省里只有上海市有2022年的这个数，没有可以比的"),
    (["各市2023年教育支出排名", "2022年呢"], ["南昌市"], "各市里只有南昌市有2022年的这个数，没有可以比的"),
    (["各地2022年教育支出排名"], ["上海市", "南昌市"], "上海市、南昌市不是同一级，不排名次"),
    (["各省2023年教育支出排名", "2022年呢", "2023年呢"], ["重庆市", "上海市"], "共比较 2 个地区"),
    (["各省2023年教育支出排名", "2019年呢"], [], "索引里各省都没有2019年“教育支出”的数字。"),
    (["各省2023年教育支出排名", "2019年呢"], [], "有这个数的年份：2023年（2 个地区）、2022年（1 个地区）"),
]


@pytest.mark.parametrize("dialogue, places, said", ALONE)
def test_fewer_than_two_places(tmp_path: Path, dialogue: list[str], places: list[str], said: str) -> None:
    for place, number in HELD.items():
        text = LINE.format(place=place, all="全市", number=number)
        (tmp_path / f"{place}.txt").write_text(text, encoding="utf-8")
    for place in ("南昌市", "上海市"):
        text = LINE.format(place=place, all="全市", number=300).replace("2023", "2022")
        (tmp_path / f"{place}2022.txt").write_text(text, encoding="utf-8")
    load([tmp_path], tmp_path / "index.db", jobs=1)
    assistant = Assistant(tmp_path / "index.db")
    answers = [assistant.ask(question, "one") for question in dialogue]
    assistant.close()
    assert said in answers[-1].reply
    assert sorted({one.region for one in answers[-1].figures if one.asked or len(places) > 1}) == sorted(places)


def test_the_places_beside_one_that_was_spoken_of(assistant: Assistant) -> None:
    """武汉市 has no cities inside: 各市 are those of the index."""
    answer = [assistant.ask(turn, "beside") for turn in ("武汉市2023年教育支出", "各市排名")][-1]
    assert [one.region for one in answer.figures] == ["武汉市", "晋城市", "南昌市"]


def test_no_order_of_a_part_of_a_year(assistant: Assistant) -> None:
    answer = assistant.ask("各市2023年上半年教育支出排名")
    assert answer.status == "not_found" and not answer.figures
    assert "不在各地之间排名，只排全年的" in answer.reply
