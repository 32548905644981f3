"""What stands beside a question, what it leaves to the verb, and what its words do not mean: by whole answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of

REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

全市一般公共预算收入完成200亿元，增长3.4%，其中：税收收入130亿元；非税收入70亿元。

全市一般公共预算支出完成520亿元，增长4.1%，其中：教育支出104亿元；农林水支出61.5亿元。

市本级一般公共预算支出完成130亿元，增长1.9%。市本级预备费年初安排3600万元。

全市社会保险基金预算收入完成210亿元，支出完成190亿元。

全市地方政府债务余额600亿元，其中市级债务余额250亿元，县区债务余额350亿元。2025年末，全市政府债务限额612.4亿元，
其中：专项债务限额380亿元。

偿还专项债券本息21亿元，偿还一般债券本息12亿元。

省转贷我市地方政府债券90亿元，其中：再融资债券55亿元，新增债券35亿元。

城乡居民基础养老金最低标准每人每月提高20元、达到163元。

市本级三公经费支出0.24亿元，同比增长15.3%。

发放困难群众救助补贴4.2亿元，惠及12万人。市级应急转贷新增800笔、320亿元。

市本级安排尧庙、洪洞大槐树、云丘山景区运维专项经费8500万元。

2025年7月，经市人大常委会批准，市本级政府性基金预算支出从年初预算的30亿元调整为42亿元。

2025年11月，经市人大常委会批准，市本级政府性基金预算支出从42亿元调整为47亿元。

二、2026年预算草案

全市一般公共预算支出安排540亿元，增长3.8%。

全市社会保险基金预算收入安排220亿元，支出安排201亿元。
"""

ANSWERED = [
    # question, its first figure, what its reply says besides
    # speech before a question, remarks behind it
    ("我在准备一份发言稿，想引用一下临汾全市2025年教育支出多少", "104", ""),
    ("临汾全市2025年政府债务限额是多少，一般专项合起来", "612.4", ""),
    ("临汾市本级2025年留了多少预备费，后来用掉没有", "3600", "完成数：报告里没有"),
    # the verb says which way the money goes
    ("临汾全市2026年社保基金计划支出多少", "201", ""),
    ("临汾全市2025年社保基金进了多少出了多少", "210", "190"),
    ("临汾全市2026年社保基金，收和支各编了多少", "220", "201"),
    ("临汾市本级2025年三公一共花掉多少", "0.24", ""),
    # debt, however its names are put
    ("临汾2025年专项债务的限额是多少", "380", ""),
    ("临汾全市2025年还欠着多少政府债啊", "600", ""),
    ("临汾2025年专项债要还的本息是多少", "21", ""),
    # how much it is, and by how much it rose
    ("临汾2025年城乡居民基础养老金最低标准现在一个月多少", "163", ""),
    ("临汾2025年城乡居民基础养老金最低标准提高了多少钱", "20", ""),
    ("临汾市本级2025年政府性基金支出调整后是多少", "47", ""),
    # two figures set against one another
    ("临汾2025年省里转贷的地方债，再融资债券比新增债券多多少", "20", "推算"),
    ("2025年底临汾政府债务，市级欠得多还是各县区欠得多？差多少亿", "100", "推算"),
    ("临汾全市一般公共预算支出，2026年安排的和2025年实际完成的比哪个多", "540", "520"),
    # an amount for each of those whom the sentence counts
    ("临汾2025年困难群众救助补贴平均下来每个人多少元", "3500", "计算：4.2亿元 ÷ 12万人"),
    ("临汾市级应急转贷2025年新增的，平均一笔多少", "4000.00", "推算"),
    # what is left out is no part of what is asked for
    ("临汾全市去年收了多少税？不含非税哈", "130", ""),
    # years and places
    ("临汾市本级，二〇二五，三公经费？", "0.24", ""),
    ("临汾市本级2025年给尧庙、洪洞大槐树、云丘山景区的运维专项经费多少", "8500", ""),
]

REFUSED = [
    ("临汾2025年教育支出，不含学前教育多少", "没有写"),
    ("临汾一般公共预算收入摊到每个人头上多少", "没有写"),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("around"), "临汾市2025年预算执行情况", REPORT) as ready:
        yield ready


@pytest.mark.parametrize("question, value, said", ANSWERED)
def test_the_words_around_a_question_do_not_hide_it(assistant: Assistant, question: str, value: str, said: str) -> None:
    answer = assistant.ask(question)
    asked = [one for one in answer.figures if one.asked]
    assert answer.status == "answered", answer.reply
    assert asked[0].value.replace(",", "") == value, answer.reply
    assert said in answer.reply


@pytest.mark.parametrize("question, said", REFUSED)
def test_what_they_narrow_is_not_answered_without_them(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_found", answer.reply
    assert said in answer.reply
