"""Whom a figure reaches, how large a thing is, names spelled out, grades, what is not meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.ask.assistant import Assistant
from index.ask.pick.words import SPREAD, share
from index.ask.pieces import pieces_of
from index.build import load
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

新增绿美空间，安排5200万元建设万里碧道22公里；长者饭堂增至61家。

全市一般公共预算收入完成240亿元，其中税收收入150亿元，占一般公共预算收入的62.5%。科学技术支出21.86亿元，增长21.2%。

全市审计指出的23个问题，已完成整改21个。全市23个行政村集体经营收入8746万元，最高的是陈庄村，达1062万元。

全年化解隐性债务28.63亿元，完成年度计划的112.4%。争取超长期特别国债项目8个、资金2.68亿元。

截至2025年末，全市政府债务余额896.47亿元，控制在核定的限额917.80亿元以内。

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
    ("滁州去年拿多少钱修万里碧道", "5200万元"),
    ("我爸妈想去长者饭堂吃饭，滁州到2025年底有几家啊", "61家"),
    ("滁州2025年税收占一般公共预算收入是不是超过六成", "62.5%"),
    ("滁州2025年税收占比过没过六成五", "62.5%"),
    ("滁州全市2025年科技支出涨了多少个百分比", "21.2%"),
    ("滁州2025年税收占一般公共预算收入过半了没", "62.5%"),
    ("滁州2025年化解隐性债务，是不是超额完成了年度计划", "112.4%"),
    ("滁州2025年化解隐性债务是不是已经超过年度计划的一成了", "112.4%"),
    ("滁州全市政府债务余额离限额还差多少", "21.33亿元"),
    ("滁州2025年争取了几个超长期特别国债项目>资金有多少", "2.68亿元"),
    ("滁州2025年审计指出的问题整改完了几个", "21个"),
    ("滁州农村低保2025年提到一年多少钱了", "6400元"),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("reached"), NAME, REPORT) as made:
        yield made


@pytest.mark.parametrize("question, value", SAID, ids=[case[0] for case in SAID])
def test_the_figure_asked_for_comes_first(assistant: Assistant, question: str, value: str) -> None:
    for turn in question.split(">"):
        answer = assistant.ask(turn, question)
    asked = [f"{figure.value}{figure.unit}" for figure in answer.figures if figure.asked]
    assert answer.status == "answered", answer.reply
    assert asked[0] == value, answer.reply


def test_of_two_things_asked_both_are_told(assistant: Assistant) -> None:
    answer = assistant.ask("滁州2025年城乡低保金发了多少，有多少人享受", "both")
    assert [figure.value for figure in answer.figures if figure.asked] == ["2.15", "3.74"], answer.reply


def test_what_each_gets_is_not_by_how_much_it_grew(assistant: Assistant) -> None:
    answer = assistant.ask("滁州企业退休人员养老金去年平均一个月能领到多少", "level")
    assert [figure.value for figure in answer.figures if figure.asked][:1] in ([], ["2988"]), answer.reply


def test_what_is_told_behind_is_not_of_the_figure_before(assistant: Assistant) -> None:
    answer = assistant.ask("滁州2025年陈庄村集体经营收入多少", "village")
    assert [figure.value for figure in answer.figures if figure.asked][:1] in ([], ["1062"]), answer.reply


def test_what_is_asked_in_parts_is_not_their_sum(assistant: Assistant) -> None:
    answer = assistant.ask("滁州2025年机场航线补贴和运营补贴一共多少，客运货运各多少", "parts")
    assert answer.status != "answered" or len([one for one in answer.figures if one.asked]) > 1, answer.reply


PROJECTS = """关于日照市2025年财政决算的报告

一、2025年新增专项债券项目安排情况表（单位：亿元）

项目名称\t所属地区\t安排金额
日照市疏港铁路专用线\t岚山区\t3.60
莒县中医院迁建\t莒县\t1.25
"""


def test_a_project_under_a_district_is_found_in_the_paper_of_its_city(tmp_path: Path) -> None:
    with assistant_of(tmp_path, "关于日照市2025年财政决算的报告", PROJECTS) as made:
        answer = made.ask("日照市疏港铁路专用线去年分到多少新增专项债券资金", None)
    assert [f"{one.value}{one.unit}" for one in answer.figures if one.asked] == ["3.60亿元"], answer.reply


def test_what_a_district_tells_of_itself_is_not_its_citys(tmp_path: Path) -> None:
    title = "日照市岚山区2025年财政决算的报告"
    report = f"{title}\n\n一、2025年全区决算情况\n\n海岸绿道驿站支出0.64亿元。\n"
    city = tmp_path / "日照市2025年财政决算的报告.txt"
    city.write_text("日照市2025年财政决算的报告\n\n全市一般公共预算收入完成240亿元。\n", encoding="utf-8")
    load([city], tmp_path / "made.db")
    with assistant_of(tmp_path, title, report) as made:
        answer = made.ask("日照市2025年海岸绿道驿站支出多少", None)
    assert not [one for one in answer.figures if one.asked], answer.reply


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
