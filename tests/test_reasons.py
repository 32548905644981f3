"""A why is answered with the sentence that gives the reason of the asked item, level, year and direction, or with none.

What is asked about stands close to other reasons everywhere: a reason of a neighbour is worse than no reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Assistant, load, open_index
from index.ask.telling import NO_REASON, OF_A_PART
from index.ask.why import asks_why, direction_of
from index.ask.wording import LONGEST_REPLY

CASES = Path(__file__).parent / "cases" / "questions.jsonl"
REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

（一）一般公共预算

全市一般公共预算收入完成180.5亿元，为预算的101.2%，增长3.4%。其中：税收收入120.3亿元，下降1.5%，主要是焦炭价格走低；非税收入60.2亿元，增长14.8%（主要是处置闲置厂房一次性入库）。

主要项目执行情况是：

1.增值税完成50.2亿元，为预算的95.1%，下降6.3%。主要原因是钢铁企业停产检修。

2.契税完成6.1亿元，为预算的88.0%，下降9.2%。

3.车船税完成3.3亿元，为预算的103.0%，增长5.5%。主要原因是登记车辆增多。

全市一般公共预算支出完成400.8亿元，下降2.2%，主要是水毁桥梁重建项目上年已完工。

教育支出90.1亿元，增长4.1%。

科学技术支出7.7亿元，增长21.0%，主要是新建两个实验基地。

市本级一般公共预算支出完成88.4亿元，为预算的93.0%，增长1.8%，主要原因是：一是提高村医补助标准；二是补发上年绩效。

（二）政府性基金预算

全市政府性基金收入完成40.6亿元，下降30.1%；支出完成70.3亿元，增长12.9%。

需要说明的是，全市政府性基金收入和支出与预算差距较大的原因是，三宗地块出让推迟到下年。

受纺织园区开园拉动影响，市级国有资本经营收入增长8.8%，达到2.2亿元。

（三）“三公”经费

全市“三公”经费支出2.1亿元，增长2.0%。其中：公务接待费0.3亿元，与上年持平，主要原因是接待批次不变；公务用车购置及运行维护费1.6亿元，增长6.0%，主要原因是更新执法车辆。

二、2026年预算草案

全市一般公共预算支出安排390亿元，下降2.7%，主要是上级专项补助尚未全部下达。

根据预算法的规定，新增举借债务的，应当编制预算调整方案。
"""
# question, status, what the reply has, what it must not have
QUESTIONS = [
    ("临汾2025年全市税收收入为什么下降", "answered", ["焦炭价格走低"], [NO_REASON, "钢铁"]),
    ("临汾全市2025年非税怎么涨了这么多", "answered", ["处置闲置厂房"], [NO_REASON]),
    ("临汾2025年增值税咋掉了", "answered", ["1.增值税", "钢铁企业停产检修"], ["登记车辆", "焦炭"]),
    ("临汾2025年车船税增长靠什么拉动", "answered", ["登记车辆增多"], ["钢铁"]),
    ("临汾全市2025年一般公共预算支出受什么影响少了", "answered", ["水毁桥梁"], ["专项补助", "村医"]),
    ("临汾全市2026年一般公共预算支出为啥安排少了", "answered", ["专项补助尚未全部下达"], ["水毁桥梁"]),
    ("临汾市本级2025年一般公共预算支出为何增加", "answered", ["村医补助", "补发上年绩效"], ["水毁桥梁"]),
    ("领导问临汾科学技术支出25年一下子多了两成，报告怎么解释的，什么原因", "answered", ["两个实验基地"], []),
    ("临汾全市2025年政府性基金支出和预算差得多是什么原因", "answered", ["三宗地块"], []),
    ("临汾市级2025年国有资本经营收入增长是因为啥", "answered", ["纺织园区开园"], []),
    ("临汾2025年三公经费为什么增加", "answered", [OF_A_PART, "更新执法车辆"], []),
    ("临汾为什么要编制预算调整方案", "answered", ["应当编制预算调整方案"], []),
    ("临汾2025年全市增值税和契税为什么下降", "answered", ["钢铁企业停产检修", "没有说契税的原因"], ["登记车辆"]),
    # No reason, though a neighbour has one.
    ("临汾2025年契税为什么下降", "answered", [NO_REASON, "6.1 亿元"], ["登记车辆", "钢铁"]),
    ("临汾2025年教育支出为什么增长", "answered", [NO_REASON, "90.1 亿元"], ["实验基地", "水毁"]),
    # Another level's, another year's, the opposite change's.
    ("临汾市本级2025年税收收入为什么下降", "not_found", [NO_REASON], ["焦炭"]),
    ("临汾2025年全市一般公共预算支出为什么增长", "answered", [OF_A_PART, "实验基地"], ["水毁", "专项补助"]),
    ("临汾2026年增值税为什么下降", "not_found", [NO_REASON], ["钢铁"]),
]  # fmt: skip
BODY = """临汾市司法局2025年部门预算

一、预算编制说明

2025年，临汾市司法局收入预算900.5万元，比2024年预算增加80.2万元。

财政拨款收入支出增加（减少）的主要原因是新增两处调解中心。

1.行政单位离退休（项）30.2万元，主要用于退休人员支出。

2024年执行数为33.3万元，2025年预算安排30.2万元，比2024年减少9.3%。

主要原因是：两名退休人员去世。

2.公共法律服务（项）60.0万元，主要用于值班律师补贴。

2024年执行数为50.0万元，2025年预算安排60.0万元，比2024年增加20%。

主要原因是：值班点增多。
"""
OF_BODY = [
    ("临汾司法局2025年预算怎么一下子涨了", ["调解中心"], ["值班点"]),
    ("临汾市司法局25年行政单位离退休的钱为啥少了", ["两名退休人员去世"], ["值班点"]),
    ("临汾市司法局2025年公共法律服务为什么增加", ["值班点增多"], ["退休人员去世"]),
]
WHYS = [
    "教育支出为什么下降", "收入咋回事", "怎么才完成八成", "怎么涨了这么多", "支出怎么比上年还少", "是受什么影响",
    "靠啥带动的",
]  # fmt: skip
NO_WHYS = [
    "教育支出怎么样", "税收怎么算", "这笔钱怎么用", "收入由哪些部分组成", "三保怎么理解", "教育支出多少", "怎么查",
    "怎么变化",
]  # fmt: skip
DIRECTIONS = [
    ("掉了四成", "down"), ("才增长0.2%", "up"), ("没有花到年初那么多", "less"), ("才完成87.6%", "less"),
    ("为啥能完成调整预算的120%", "more"), ("多了25万", "more"), ("为什么调整", ""), ("由增长转为下降", ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("reasons")
    (folder / "临汾市2025年报告.txt").write_text(REPORT, encoding="utf-8")
    (folder / "临汾市司法局2025年部门预算.txt").write_text(BODY, encoding="utf-8")
    load([folder], folder / "reasons.db")
    opened = open_index(folder / "reasons.db")
    yield opened
    opened.close()


@pytest.mark.parametrize("question, status, has, has_not", QUESTIONS, ids=[question for question, *_ in QUESTIONS])
def test_the_reason_is_that_of_what_is_asked(
    assistant: Assistant, question: str, status: str, has: list[str], has_not: list[str]
) -> None:
    answer = assistant.ask(question)
    assert answer.status == status, answer.reply
    assert all(word in answer.reply for word in has), answer.reply
    assert not any(word in answer.reply for word in has_not), answer.reply
    assert not [figure for figure in answer.figures if figure.asked]


@pytest.mark.parametrize("question, has, has_not", OF_BODY, ids=[question for question, *_ in OF_BODY])
def test_the_report_of_an_office_answers_for_it(
    assistant: Assistant, question: str, has: list[str], has_not: list[str]
) -> None:
    reply = assistant.ask(question).reply
    assert all(word in reply for word in has), reply
    assert not any(word in reply for word in has_not), reply


def test_what_an_office_says_is_not_said_of_its_city(assistant: Assistant) -> None:
    assert "值班点" not in assistant.ask("临汾2025年公共法律服务为什么增加").reply


def test_a_figure_and_its_reason(assistant: Assistant) -> None:
    answer = assistant.ask("临汾全市2025年税收收入是多少，为什么下降")
    assert [figure.value for figure in answer.figures if figure.asked] == ["120.3"]
    assert "焦炭价格走低" in answer.reply


def test_a_follow_up_asks_why_of_the_figure_before(assistant: Assistant) -> None:
    assistant.ask("临汾2025年增值税多少", chat="why")
    assert "钢铁企业停产检修" in assistant.ask("咋掉的", chat="why").reply


FOLLOW_UPS = [
    ("临汾2025年全市增值税为什么下降", "车船税呢", ["登记车辆增多"], []),
    ("临汾2025年全市一般公共预算支出为什么下降", "2026年呢", ["专项补助尚未全部下达"], ["水毁"]),
    ("临汾2025年全市增值税为什么下降", "车船税多少", ["3.3 亿元", "完成数"], ["· 原因"]),
]


@pytest.mark.parametrize("first, then, has, has_not", FOLLOW_UPS, ids=[f"{one[0]} {one[1]}" for one in FOLLOW_UPS])
def test_a_follow_up_asks_the_same(
    assistant: Assistant, first: str, then: str, has: list[str], has_not: list[str]
) -> None:
    assistant.ask(first, chat=then)
    reply = assistant.ask(then, chat=then).reply
    assert all(word in reply for word in has), reply
    assert not any(word in reply for word in has_not), reply


def test_a_long_sentence_keeps_its_reason(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("long")
    parts = "；".join(f"第{n}个园区完成入库{n}.5亿元，其余事项按进度推进，资金已经拨付到位" for n in range(3, 40))
    report = f"关于临汾市2025年预算执行情况的报告\n\n全市{parts}；全市契税完成6.1亿元，下降9.2%，主要是新房成交减少。\n"
    (folder / "临汾市2025年报告.txt").write_text(report, encoding="utf-8")
    load([folder], folder / "long.db")
    opened = open_index(folder / "long.db")
    reply = opened.ask("临汾全市2025年契税为什么下降").reply
    opened.close()
    assert "契税完成6.1亿元，下降9.2%，主要是新房成交减少" in reply and len(reply) <= LONGEST_REPLY


@pytest.mark.parametrize("text", WHYS)
def test_whys_are_known(text: str) -> None:
    assert asks_why(text)


@pytest.mark.parametrize("text", NO_WHYS)
def test_other_questions_are_no_whys(text: str) -> None:
    assert not asks_why(text)


@pytest.mark.parametrize("text, direction", DIRECTIONS, ids=[text for text, _ in DIRECTIONS])
def test_which_way_it_went(text: str, direction: str) -> None:
    assert direction_of(text) == direction


def test_no_question_for_a_figure_is_taken_for_a_why() -> None:
    rows = map(json.loads, CASES.read_text(encoding="utf-8").splitlines())
    assert not [turn for row in rows if row["family"] != "quote" for turn in row["turns"] if asks_why(turn)]
