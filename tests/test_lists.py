"""Lists of a report: the parts that a question enumerates, from one list; and none where no list has them all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from index.ask.lists.said import enumerations
from tests.one_report import assistant_of

REPORT = """关于池州市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况
全市一般公共预算收入完成86.4亿元，增长3.1%。
分县（区）收入：贵池区9.86亿元、东至县7.92亿元、石台县6.37亿元、青阳县10.24亿元。
财政衔接资金4.63亿元，其中中央2.1亿元、省级1.3亿元、市级0.45亿元、县级0.78亿元；建设高标准农田3.1万亩。
调入资金21.5亿元（从政府性基金预算调入16.2亿元，从国有资本经营预算调入1.1亿元，其他调入4.2亿元）。
1.社会保障和公共卫生类支出26.4亿元，占一般公共预算支出比重24.65%。
其中：社会保障和就业支出9.1亿元，卫生健康支出12.5亿元，住房保障支出4.8亿元。
2025年政府采购预算总额3.86亿元，其中：货物类1.74亿元、工程类1.28亿元、服务类0.84亿元。
2026年全市社会保险基金预算收入186.1亿元。
2026年，参保人员缴纳的保险费收入103.6亿元、财政补贴收入70.6亿元、保险金存款利息等其他收入11.9亿元。
全年开展财政评审项目312个，审减值2.1亿元，审减率9.4%。
按级次分，2025年末政府债务余额市级43.3亿元，县区级124.5亿元。

二、2025年预算调整
新增专项债务限额83亿元，本次计划分配：市本级14.78亿元、贵池区31.09亿元、东至县5.39亿元、石台县6.55亿元、青阳县25.19亿元。
"""
CASES = [
    # each by what it is called in short
    ("2025年那4个多亿衔接资金，中央、省、市、县各掏了多少", ["2.1亿元", "1.3亿元", "0.45亿元", "0.78亿元"]),
    ("2025年调进来的钱，从政府性基金、国资、其他各来了多少", ["16.2亿元", "1.1亿元", "4.2亿元"]),
    ("2025年政府采购预算，货物工程服务三类各多少", ["1.74亿元", "1.28亿元", "0.84亿元"]),
    ("2025年政府采购预算，工程类多少，服务类多少", ["1.28亿元", "0.84亿元"]),
    ("2025年政府采购预算总额及货物、工程、服务各多少", ["3.86亿元", "1.74亿元", "1.28亿元", "0.84亿元"]),
    ("2026年社保基金收入预算里，保费、财政补贴、利息其他各多少", ["103.6亿元", "70.6亿元", "11.9亿元"]),
    (
        "2025年社会保障和公共卫生类支出26个多亿，分社保就业、卫健、住房保障三块，各多少",
        ["9.1亿元", "12.5亿元", "4.8亿元"],
    ),
    ("2025年衔接资金来源分别是多少：中央、省级、市级、县级", ["2.1亿元", "1.3亿元", "0.45亿元", "0.78亿元"]),
    # one of them is in no list, or another whole is meant
    ("2025年衔接资金，中央、省、村里各掏了多少", []),
    ("2025年学校建设资金，中央、省、市、县各掏了多少", []),
    # figures of different kinds are no list
    ("2025年财政评审了多少个项目，审减多少钱", ["312个", "2.1亿元"]),
]
PLACES = [
    ("2025年这次增加的83亿专项债务限额，不算市本级，分得最多的两个县区是哪几个，各多少", ["31.09亿元", "25.19亿元"]),
    ("2025年年中追加的专项债额度，哪个地方分得最多", ["31.09亿元"]),
    ("2025年各县区一般公共预算收入第一名是谁", ["10.24亿元"]),
    # a list of revenue is none of expenditure, nor of another account
    ("2025年各县区一般公共预算支出第一名是谁", []),
    ("2025年各县区政府性基金收入第一名是谁", []),
]
READ = [
    ("政府采购预算，货物工程服务三类各多少", "政府采购预算，", ("货物工程服务",)),
    ("衔接资金分中央、省、市三块，各多少", "", ("衔接资金分中央", "省", "市三块")),
    ("三公经费分别多少：出国、接待", "三公经费", ("出国", "接待")),
    ("债务余额，市级多少、区县级多少", "", ("债务余额，市级", "区县级")),
    ("教育支出多少", "", ()),
    ("评审了多少个项目，审减多少钱", "", ()),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("lists"), "池州市2025年预算报告", REPORT) as made:
        yield made


@pytest.mark.parametrize("question, wanted", [*CASES, *PLACES], ids=[case[0] for case in (*CASES, *PLACES)])
def test_the_parts_of_one_list(assistant: Assistant, question: str, wanted: list[str]) -> None:
    answer = assistant.ask(f"池州市{question}", question)
    assert [f"{one.value}{one.unit}" for one in answer.figures if one.asked] == wanted, answer.reply


@pytest.mark.parametrize("text, over, words", READ, ids=[case[0] for case in READ])
def test_what_is_enumerated(text: str, over: str, words: tuple[str, ...]) -> None:
    first = next(enumerations(text), None)
    assert (first.over, first.words) == (over, words) if first else words == ()
