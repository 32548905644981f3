"""Which place a region has among others: what a report prints, else reckoned from the figures that are held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Desk, load

HEAD = "嘉兴市{place}2023年财政决算报告\n一、一般公共预算\n"
REPORTS = {
    "南湖区": "2023年，全区教育支出 500 万元，比上年增长 4.0%。全区一般公共预算收入完成 900 万元，增长 3.0%，"
    "规模居全市第二位，增幅居全市第五位；规模居全省第三十位。\n",
    "秀洲区": "2023年，全区教育支出 400 万元，比上年增长 9.0%；国防支出 20 万元，增长 1.0%。"
    "全区一般公共预算收入完成 950 万元，增长 6.0%。\n",
    "桐乡市": "2023年，全市卫生健康支出 80 万元，增长 2.0%，增幅居嘉兴全市第一位。\n",
    "平湖市": "2023年，全市卫生健康支出 90 万元。\n",
    "嘉善县": "2023年，全县教育支出 300 万元，比上年增加 60 万元。全县税收收入 90 万元。\n",
    # its own report says two things of one figure
    "海盐县": "2023年，全县教育支出 450 万元，比上年增长 1.0%。\n二、支出结构\n一是教育支出 530 万元。\n",
}
ELSEWHERE = "温州市鹿城区2023年财政决算报告\n一、一般公共预算\n2023年，全区教育支出 800 万元，比上年增长 2.0%。\n"

# a question -> what the first lines say, of how many places, the place, the figure asked for
PLACES = [
    (
        "南湖区2023年教育支出在全市排第几",
        "4 个地区中第 1—2 位",
        "共比较 4 个地区：索引里嘉兴市有这个数的，嘉兴市共 7 个",
        "500",
    ),
    ("秀洲区2023年教育支出在各县区里排第几", "4 个地区中第 3 位", "共比较 4 个地区", "400"),
    ("秀洲区2023年教育支出在嘉兴市各县区里排第几", "4 个地区中第 3 位", "共比较 4 个地区", "400"),
    ("秀洲区2023年教育支出在兄弟县区中排名如何", "4 个地区中第 3 位", "共比较 4 个地区", "400"),
    ("嘉善县2023年教育支出全市倒数第几", "4 个地区中第 1 位", "从小到大", "300"),
    ("秀洲区2023年教育支出全省第几", "5 个地区中第 4 位", "索引里浙江省有这个数的", "400"),
    ("秀洲区2023年教育支出在全国排第几", "5 个地区中第 4 位", "不是全部", "400"),
    # growth: printed, or reckoned from what the report holds (60 ÷ 240)
    ("秀洲区2023年教育支出增速在各县区排第几", "4 个地区中第 2 位", "按同比从大到小", "9.0"),
    ("嘉善县2023年教育支出增速全市第几", "4 个地区中第 1 位", "（推算）", "25"),
    # an item that has no place among the items beside it
    ("秀洲区2023年一般公共预算收入排名", "2 个地区中第 1 位", "共比较 2 个地区", "950"),
]
# a question -> the ranks of the report that it is answered with, each with what it is a rank of
PRINTED = [
    ("南湖区2023年一般公共预算收入排名", ["第二 全市规模排名", "第三十 全省规模排名", "第五 全市增幅排名"]),
    ("南湖区2023年一般公共预算收入增幅全市第几", ["第五 全市增幅排名"]),
    ("南湖区2023年一般公共预算收入规模在全省排第几", ["第三十 全省规模排名"]),
    ("南湖区2023年一般公共预算收入全省第几", ["第三十 全省规模排名"]),
    ("南湖区2023年一般公共预算收入在各县区里排第几", ["第二 全市规模排名", "第五 全市增幅排名"]),
]
NONE = [
    # nothing to compare it with, and no word of another place's
    ("嘉善县2023年税收收入全市第几", "比不出名次"),
    # nothing printed or held of it
    ("嘉善县2023年一般公共预算收入全市第几", "没有写"),
    # no figure for each inhabitant is reckoned from the amounts
    ("秀洲区2023年人均教育支出全市第几", "没有"),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    place: Path = tmp_path_factory.mktemp("places")
    for name, text in REPORTS.items():
        (place / f"{name}.txt").write_text(HEAD.format(place=name) + text, encoding="utf-8")
    (place / "鹿城区.txt").write_text(ELSEWHERE, encoding="utf-8")
    load([place], place / "index.db")
    found = Desk(place / "index.db")
    yield found
    found.close()


@pytest.mark.parametrize("question, place, told, value", PLACES, ids=[row[0] for row in PLACES])
def test_the_place_is_reckoned_from_what_is_held(desk: Desk, question: str, place: str, told: str, value: str) -> None:
    turn = desk.converse(question)
    answer = turn.detail.answer
    assert answer.status == "answered"
    assert place in answer.reading and told in answer.reply
    assert [one.value for one in answer.figures if one.asked] == [value]
    assert turn.view is not None and [row.here for row in turn.view.rows].count(True) == 1
    here = next(row for row in turn.view.rows if row.here)
    assert f"第 {here.label.partition('.')[0]}" in answer.reading


@pytest.mark.parametrize("question, ranks", PRINTED, ids=[row[0] for row in PRINTED])
def test_printed_ranks_of_different_things_contradict_nothing(desk: Desk, question: str, ranks: list[str]) -> None:
    detail = desk.converse(question).detail
    told = [f"{one.figure.value} {one.measure}" for one in detail.shown if one.figure.asked]
    assert told == ranks
    assert not any("不一致" in note for note in detail.answer.notes)


@pytest.mark.parametrize("question, told", NONE, ids=[row[0] for row in NONE])
def test_no_place_where_nothing_is_comparable(desk: Desk, question: str, told: str) -> None:
    answer = desk.converse(question).detail.answer
    assert answer.status == "not_found" and told in answer.reply


def test_a_place_with_two_figures_is_told(desk: Desk) -> None:
    for question in (
        "南湖区2023年教育支出在全市排第几",
        "嘉兴市2023年教育支出哪个县区最多",
        "南湖区教育支出各县里排第几",
    ):
        assert "海盐县：报告里有两处说法不一致" in desk.converse(question).detail.answer.reply


def test_the_place_among_regions_stands_beside_that_among_items(desk: Desk) -> None:
    """教育支出排第几 names nobody: its place among the items comes first."""
    told = desk.converse("秀洲区2023年教育支出排第几").detail.answer
    assert "第 1 位" in told.reading and "共比较 2 个科目" in told.reply
    assert "在地区之间比：4 个地区中第 3 位" in told.reply


def test_a_rank_by_something_else_stands_beside_the_place_by_the_amount(desk: Desk) -> None:
    for question in ("桐乡市2023年卫生健康支出在嘉兴市各县里排第几", "桐乡市2023年卫生健康支出在各县里排第几"):
        told = desk.converse(question).detail.answer
        assert "2 个地区中第 2 位" in told.reading and [one.value for one in told.figures if one.asked] == ["80"]
        assert any("增幅排名" in note and "第一" in note for note in told.notes)
    by_growth = desk.converse("桐乡市2023年卫生健康支出增幅在各县里排第几").detail
    assert [one.figure.value for one in by_growth.shown if one.figure.asked] == ["第一"]


GOING_ON = [
    ("秀洲区2023年教育支出在各县区里排第几", "嘉善县呢", "4 个地区中第 4 位", "400|300"),
    ("秀洲区2023年教育支出在各县区里排第几", "全省呢", "5 个地区中第 4 位", "按完成数"),
    ("秀洲区2023年教育支出增速在各县区里排第几", "那全省呢", "5 个地区中第 2 位", "按同比"),
    ("秀洲区2023年教育支出多少", "在各县里排第几", "4 个地区中第 3 位", "按完成数"),
    ("秀洲区2023年教育支出在各县区里排第几", "哪个县最多", "教育支出", "最高：温州市鹿城区"),
    ("南湖区2023年一般公共预算收入排名", "增幅呢", "排名", "全市增幅排名"),
    ("南湖区2023年一般公共预算收入在全省排第几", "在各县里呢", "排名", "第二位  全市规模排名"),
    ("南湖区2023年一般公共预算收入增幅全市第几", "全省呢", "2 个地区中第 2 位", "按同比"),
]


@pytest.mark.parametrize("first, then, place, told", GOING_ON, ids=[f"{row[0]} | {row[1]}" for row in GOING_ON])
def test_it_goes_on(desk: Desk, first: str, then: str, place: str, told: str) -> None:
    answer = desk.converse(then, desk.converse(first).state).detail.answer
    assert place in answer.reading and any(one in answer.reply for one in told.split("|"))


def test_places_inside_one_without_a_report(desk: Desk) -> None:
    told = desk.converse("嘉兴市2023年教育支出哪个县区最多").detail.answer
    assert "最高：嘉兴市南湖区" in told.reply and "共比较 4 个地区：索引里嘉兴市" in told.reply
    assert desk.converse("杭州市2023年教育支出哪个县区最多").detail.answer.status == "not_found"
