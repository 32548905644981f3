"""Figures that answer another question than the one asked, and the figure that does: by both ends of a name, by what is
counted, by what is left, by how a rate is called, by each, by what the paper is on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of

REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

全市一般公共预算收入完成200亿元，增长3.4%，其中税收收入130.06亿元。

全年税收占比65.0%，比上年提高1.2个百分点。

全市一般公共预算支出完成520亿元，其中：教育支出104亿元；农林水支出61.5亿元。

市级预备费预算8000万元，实际动支4600万元，用于抗旱保供水。

全市社会保险基金预算收入完成210亿元，支出完成190亿元，当年收支结余20亿元，年末滚存结余166亿元。

城乡低保补助标准由每人每月645元提高至685元。

城乡居民基础养老金提高到每人每月218元。

市级公务用车保有量683辆，公务用车购置及运行维护费支出1329万元。

农村公路列养率100%，修复养护64公里。

再融资专项债券中，用于置换存量隐性债务7.5亿元。

市级城建项目工程欠款余额1795万元，村级债务余额433万元。

一般债务利息支出占一般公共预算支出的比重为1.82%，远低于警戒线。
"""

PAPER = """临汾市2024年度农村公路养护专项资金绩效评价报告

一、评价结论

经综合评价，项目得分86.14分，评价等级为良。

二、产出情况

危桥改造完成5座，安防工程完成62公里。
"""

ASKED = [
    ("临汾市级2025年底有多少辆公车", ["683辆"]),
    ("临汾低保2025年提到一个月多少钱", ["685元"]),
    ("临汾2025年收入里税收占几成", ["65.0%"]),
    ("临汾市级2025年底还欠多少工程款", ["1795万元"]),
    ("临汾2025年社保基金收支结余多少", ["20亿元"]),
    # none of them is what is asked
    ("临汾2025年居民医保一个人补多少钱", []),
    ("临汾2025年末隐性债务余额还有多少", []),
    ("临汾市级2025年预备费没动用的还有多少", []),
    ("临汾2025年农村公路养护预算执行率是百分之几", []),
    ("临汾2025年职工医保基金里头攒下多少钱", []),
    ("临汾2025年一般债占全部政府债余额几成", []),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("another"), "临汾市2025年预算报告", REPORT) as made:
        yield made


@pytest.fixture(scope="module")
def on_one_matter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("matter"), "临汾市2024年度农村公路养护绩效评价报告", PAPER) as made:
        yield made


def asked(assistant: Assistant, question: str) -> tuple[list[str], str]:
    answer = assistant.ask(question)
    return [f"{one.value}{one.unit}" for one in answer.figures if one.asked], answer.reply


@pytest.mark.parametrize("question, want", ASKED, ids=[case[0] for case in ASKED])
def test_asked(assistant: Assistant, question: str, want: list[str]) -> None:
    figures, reply = asked(assistant, question)
    assert figures == want, reply


@pytest.mark.parametrize(
    "question, want",
    [("临汾2024年农村公路养护危桥改造了几座", ["5座"]), ("临汾2024年农村公路养护安防工程做了多少公里", ["62公里"])],
)
def test_a_paper_on_one_matter_need_not_name_it_again(on_one_matter: Assistant, question: str, want: list[str]) -> None:
    figures, reply = asked(on_one_matter, question)
    assert figures == want, reply
