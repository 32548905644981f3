"""Questions to a county's report as people ask them: growth without a factor, what towns are given, where debt went.

Each with the figures that answer it, in order; none where the report does not hold what is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of

REPORT = """关于宁国市2025年预算执行情况和2026年预算草案的报告

一、2025年一般公共预算执行情况
全市一般公共预算收入完成41.36亿元，增长2.1%；剔除上年一次性处置矿权收入因素后，同口径增长4.7%。
税收收入完成27.92亿元，下降0.8%；还原留抵退税因素后，增长1.9%。
全市一般公共预算支出完成63.58亿元，下降1.4%。若剔除上年灾后重建资金因素，同比增长0.6%。
教育支出完成13.27亿元，增长3.2%。
农林水支出完成7.94亿元。
结转下年支出1.83亿元。
市对乡镇转移支付2.46亿元，比上年增加0.19亿元。对3个库区乡镇补助0.38亿元。
香榧产量1.7万吨，山核桃种植面积38.6万亩。

二、2025年社会保险基金预算执行情况
社会保险基金收入完成9.73亿元，其中个人缴费2.15亿元、利息0.06亿元。

三、政府债务
全市政府债务限额98.6亿元，其中一般债务限额39.4亿元，专项债务限额59.2亿元。
全市政府债务余额96.3亿元，其中一般债务余额38.7亿元，专项债务余额57.6亿元。
全市新增一般债券2.4亿元，用于城区防洪堤1.5亿元、通村公路0.9亿元。
全市新增专项债券8.7亿元，用于电子信息产业园4.6亿元、市妇幼保健院2.3亿元、城乡供水一体化1.8亿元。
全年偿还债务本息6.12亿元，其中本金3.95亿元、利息2.17亿元。

四、2026年预算
民生实事资金4.1亿元，其中供热管网改造1.6亿元、口袋公园0.7亿元、农村饮水维修养护1.8亿元。
"""
OLD_NAMES = """关于绩溪县2025年财政预算执行情况的报告

地方财政收入完成68340万元，比上年增长3.4%。
财政支出中，教育支出完成52170万元。
"""
CASES = [
    # growth without what happened once
    ("2025年收入剔除矿权处置因素增长多少", ["4.7%"]),
    ("2025年收入如果不算前年那笔处置矿权的钱，实际涨了几个点", ["4.7%"]),
    ("2025年税收还原留抵退税后是增还是减", ["1.9%"]),
    ("2025年支出不考虑灾后重建的话增减多少", ["0.6%"]),
    ("2025年一般公共预算收入增长多少", ["2.1%", "4.7%"]),
    ("2025年收入剔除土地因素增长多少", []),
    # whether it changed is answered by how much
    ("2025年教育支出是不是比上年多了", ["3.2%"]),
    ("2025年支出比上年少了吗", ["1.4%", "0.6%"]),
    ("2025年农林水支出比上年多了没有", []),
    # what those below are given
    ("2025年市里补给乡镇多少钱", ["2.46亿元"]),
    ("2025年市里给乡镇转了多少钱，比上年多多少", ["2.46亿元", "0.19亿元"]),
    ("2025年对库区乡镇补助多少", ["0.38亿元"]),
    # the parts of a debt against one another
    ("2025年债务余额里专项比一般多多少", ["18.9亿元", "57.6亿元", "38.7亿元"]),
    ("2025年债务限额里一般的比专项的少多少", ["19.8亿元", "39.4亿元", "59.2亿元"]),
    ("2025年债务余额多少，其中专项的", ["96.3亿元", "57.6亿元"]),
    # where the new debt went, and what a project got
    ("2025年新增的专项债都投到哪几个项目了", ["8.7亿元", "4.6亿元", "2.3亿元", "1.8亿元"]),
    ("2025年专项债用在哪些项目上", ["8.7亿元", "4.6亿元", "2.3亿元", "1.8亿元"]),
    ("2025年专项债发了多少", ["8.7亿元"]),
    ("2025年妇幼保健院用了多少专项债", ["2.3亿元"]),
    ("2025年产业园拿了多少专项债", ["4.6亿元"]),
    ("2025年防洪堤用了多少一般债", ["1.5亿元"]),
    ("2025年防洪堤用了多少专项债", []),
    # a verb before what was built
    ("2026年修供热管网花多少钱", ["1.6亿元"]),
    ("2026年建口袋公园要多少钱", ["0.7亿元"]),
    # other things
    ("2025年香榧产量多少万吨", ["1.7万吨"]),
    ("2025年香榧种植面积多少万亩", []),
    ("2025年猕猴桃产量多少万吨", []),
    ("2025年一般公共预算结转到下年多少", ["1.83亿元"]),
    ("2025年专项债务限额多少", ["59.2亿元"]),
    ("2025年还债一共还了多少本金|其中利息呢", ["2.17亿元"]),
]
OLD = [
    ("2025年收入多少", ["68340万元"]),
    ("2025年财政收入增长多少", ["3.4%"]),
    ("2025年一般公共预算收入多少", []),
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("county"), "宁国市2025年预算报告", REPORT) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def old_names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("old"), "绩溪县2025年预算报告", OLD_NAMES) as assistant:
        yield assistant


def figures(assistant: Assistant, question: str, chat: str) -> list[str]:
    """The figures that answer the last turn of a dialogue."""
    answers = [assistant.ask(turn, chat) for turn in question.split("|")]
    return [f"{one.value}{one.unit}" for one in answers[-1].figures if one.asked]


@pytest.mark.parametrize("question, values", CASES)
def test_county(county: Assistant, question: str, values: list[str]) -> None:
    assert figures(county, question, question) == values


@pytest.mark.parametrize("question, values", OLD)
def test_old_names(old_names: Assistant, question: str, values: list[str]) -> None:
    assert figures(old_names, question, question) == values
