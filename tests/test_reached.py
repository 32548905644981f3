"""Whom a figure reaches, how large a thing is, names spelled out, grades, what is not meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from index.ask.pick.words import SPREAD, share
from index.ask.pieces import pieces_of
from tests.one_report import assistant_of

NAME = "滁州市2025年预算执行情况和2026年预算草案的报告"
REPORT = f"""{NAME}

一、2025年预算执行情况

发放育儿补贴3.18亿元，惠及婴幼儿8.84万名；城乡低保金支出2.15亿元，惠及3.74万人；特困人员供养金0.98亿元。

投入4890万元改造农村公路96公里；完成老旧小区改造412万平方米，加装电梯559部，惠及1.2万户；获批56个省级和美乡村。

企业退休人员养老金月人均提高62元、达到2988元。

安排机场航线补贴5000万元和运营补贴1200万元，兑现消费券3700万元。

给545家中小微企业、农户和个体户办理融资担保。

全市社会保险基金年末累计结余176.1亿元。

农村低保标准提高到每人每年6400元，城市低保标准提高到每人每月806元。
"""

SAID = [
    ("滁州2025年育儿补贴发到了多少小孩手上", "8.84万名"),
    ("滁州2025年育儿补贴惠及的娃娃数", "8.84万名"),
    ("滁州2025年育儿补贴让多少娃娃受益", "8.84万名"),
    ("滁州2025年城乡低保金发了多少，有多少人享受", "2.15亿元"),
    ("滁州2025年改造农村公路里程是多少", "96公里"),
    ("滁州去年老旧小区改造了多大面积", "412万平方米"),
    ("滁州去年老旧小区改造面积有多大", "412万平方米"),
    ("滁州2025年获批了多少个省级和美乡村", "56个"),
    ("滁州2025年机场航线补贴安排了多少（运营补贴不算）", "5000万元"),
    ("滁州2025年给多少家中小微企业、农户和个体户办了融资担保", "545家"),
    ("滁州全市社保基金去年年底攒下多少家底", "176.1亿元"),
    ("滁州农村低保2025年提到一年多少钱了", "6400元"),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("reached"), NAME, REPORT) as made:
        yield made


@pytest.mark.parametrize("question, value", SAID, ids=[case[0] for case in SAID])
def test_the_figure_asked_for_comes_first(assistant: Assistant, question: str, value: str) -> None:
    answer = assistant.ask(question, question)
    asked = [f"{figure.value}{figure.unit}" for figure in answer.figures if figure.asked]
    assert answer.status == "answered", answer.reply
    assert asked[0] == value, answer.reply


def test_of_two_things_asked_both_are_told(assistant: Assistant) -> None:
    answer = assistant.ask("滁州2025年城乡低保金发了多少，有多少人享受", "both")
    assert [figure.value for figure in answer.figures if figure.asked] == ["2.15", "3.74"], answer.reply


def test_what_each_gets_is_not_by_how_much_it_grew(assistant: Assistant) -> None:
    answer = assistant.ask("滁州企业退休人员养老金去年平均一个月能领到多少", "level")
    assert [figure.value for figure in answer.figures if figure.asked][:1] in ([], ["2988"]), answer.reply


@pytest.mark.parametrize(
    "word, text, found",
    [
        ("危旧房", "危险老旧住房改造", True),
        ("环检", "环境质量的例行抽检", False),  # too far behind
        ("危旧房", "旧房危险", False),  # not in their order
        ("危旧房", "危险，旧、房", False),
        ("教育费附加", "教育费附加", False),  # whole
    ],
)
def test_a_word_may_stand_spread_out(word: str, text: str, found: bool) -> None:
    assert (share(pieces_of((word,))[0], text, {}) == SPREAD) is found
