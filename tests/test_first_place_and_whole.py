"""What came first in a list and what is of all of it; which account, which way, which verb: as people put it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of, told
from tests.telegram_bot import load_samples

REPORT = """关于昌黎县2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况
（一）一般公共预算
全县一般公共预算支出46.28亿元，其中：县本级一般公共预算支出41.75亿元。
收入总计由年初39.86亿元调整为47.46亿元。
其中：增值税3.2亿元；税收收入9.6亿元。
加上上级补助收入24.86亿元、上年结转2.94亿元。
一般性转移支付18.2亿元，专项转移支付5.1亿元。
农村综合改革转移支付0.3亿元。
（二）政府性基金预算
收入总计由年初2.17亿元调整为5.55亿元。
国有土地使用权出让收入较年初预算减收7.3亿元。
（三）各项工作
对21家酒庄（酒企）参加境内外展会补助310万元。
拨付黑土地保护资金1.36亿元，实施保护性耕作158万亩，建设高标准农田21.5万亩。
碣石酒业分红收入1.6亿元。奖励企业5800万元，引进企业46家。
2026年县本级“三公”经费预算1024万元，比上年压减5.2%。
"""
CASES = [
    (["昌黎县2025年黑土地上保护性耕作干了多少万亩"], ["158万亩"]),
    (["昌黎去年补助21家酒庄酒企出去参展，花了多少"], ["310万元"]),  # not all that was received from above
    (["昌黎县本级（不含乡镇）2025年一般公共预算支出数"], ["41.75亿元"]),
    (["昌黎县2025年全县一般公共预算支出多少", "那光看县本级呢"], ["41.75亿元"]),
    (["昌黎县今年的三公预算压到一千万以内了没"], ["1024万元"]),
    # no account said: the general one's, and of transfers no other budget's, nor one kind of them
    (["昌黎县2025年调整后收入总计变成多少"], ["47.46亿元"]),
    (["昌黎县2025年转移支付多少"], []),
    # a share of what it is a part of
    (["昌黎县2025年增值税多少", "占税收多少"], ["33.33%"]),
    # a verb that says what happened is asked for
    (["昌黎县2025年淘汰企业多少家"], []),
    (["昌黎县2025年处罚企业多少钱"], []),
]
RANKED = "长治哪个县2023年一般公共预算收入最高"
FIRST = [
    (["它的支出"], "沁源县", ["431752万元"]),
    (["那个县支出多少"], "沁源县", ["431752万元"]),
    (["它增长多少"], "沁源县", ["2.68%"]),
    (["比第二名多多少"], "沁源县", ["18119万元"]),
    (["全市的一般公共预算收入呢"], "315.08", ["3150770万元"]),
    (["支出呢"], "上党区", ["489964万元"]),  # the same list of another item
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with ExitStack() as stack:
        name = "昌黎县2025年预算执行情况和2026年预算草案的报告"
        yield stack.enter_context(assistant_of(tmp_path_factory.mktemp("made"), name, REPORT))


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(load_samples(tmp_path_factory.mktemp("samples")))


@pytest.mark.parametrize("turns, wanted", CASES, ids=[turns[-1] for turns, _ in CASES])
def test_answers(assistant: Assistant, turns: list[str], wanted: list[str]) -> None:
    figures, reply = told(assistant, turns)
    assert figures == wanted, reply


@pytest.mark.parametrize("turns, head, wanted", FIRST, ids=[turns[-1] for turns, *_ in FIRST])
def test_of_what_came_first(samples: Assistant, turns: list[str], head: str, wanted: list[str]) -> None:
    figures, reply = told(samples, [RANKED, *turns])
    assert figures[:1] == wanted and head in reply, reply


def test_a_total_has_the_name_of_its_account(assistant: Assistant) -> None:
    assert "· 一般公共预算收入总计" in told(assistant, ["昌黎县2025年调整后收入总计是多少"])[1]


def test_a_printed_difference_says_which_way(assistant: Assistant) -> None:
    reply = told(assistant, ["昌黎县2025年卖地收入比年初预算多多少"])[1]
    assert "问的是“多”，报告里是减少" in reply
