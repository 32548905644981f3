"""What an item's word means beside the others: a stock of debt, transfers given or got, what is left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from index.ask.scoping import recipients
from index.ask.select import counts_alike
from tests.one_report import assistant_of

REPORT = """关于池州市2025年预算执行情况和2026年预算草案的报告

一、2025年一般公共预算执行情况
全市一般公共预算收入完成86.4亿元，增长3.1%。
全市一般公共预算支出完成203.7亿元，增长2.6%，其中卫生健康支出22.6亿元。
全市民生支出171.1亿元。
全市三保支出58.2亿元。
全市社会保障和就业支出按每孩每年3600元的标准发放。
上级对我市转移支付92.3亿元。市对县区转移支付18.7亿元。
市本级预备费2.4亿元。
办理民生诉求7.6万人次，开展监督检查14批次，新建充电桩1450个。

二、2025年政府性基金预算执行情况
全市政府性基金收入完成41.9亿元，下降7.4%。
市级政府性基金补助下级支出5.2亿元。
安排6.3亿元用于补充政府性基金财力。

三、2025年社会保险基金预算执行情况
全市社会保险基金收入完成74.5亿元，支出完成66.2亿元，上年结余89.0亿元，年末滚存结余97.3亿元。

四、政府债务
截至2025年底，全市政府债务限额452.6亿元，政府债务余额431.8亿元，其中一般债务余额142.3亿元，专项债务余额289.5亿元。
市本级政府债务余额163.4亿元。
全市发行新增债券47.2亿元，其中新增专项债券39.8亿元。发行再融资债券28.4亿元。
政府债务还本31.7亿元，付息13.9亿元。
"""
NEW_LIMIT = """关于宣城市2025年预算执行情况和2026年预算草案的报告

一、政府债务
全市争取新增政府债务限额61.5亿元。
全市发行新增债券59.8亿元。
国有资本经营预算补助下级支出0.3亿元。
中央、省对我市一般公共预算转移支付77.4亿元。
市安排政府性基金转移支付2.1亿元。
市对下专项转移支付1.8亿元。
城乡社区支出完成9.4亿元，其中市本级支出7.0亿元，市对区转移支付2.4亿元。
"""
CASES = [
    # a stock of debt, its parts and their shares
    ("2025年专项债还欠多少", ["289.5亿元"]),
    ("2025年全市的债还欠着多少", ["431.8亿元"]),
    ("2025年市本级的债还欠着多少", ["163.4亿元"]),
    ("2025年新增专项债多少", ["39.8亿元"]),
    ("2025年全市债务余额，一般债和专项债各多少", ["431.8亿元", "142.3亿元", "289.5亿元"]),
    ("2025年全市债务余额里专项债占多少", ["67.04%"]),
    ("2025年全市债务余额里一般债占多少", ["32.96%"]),
    ("2025年全市专项债占债务限额的比重", []),  # the limit of the special debt is not told
    ("2025年债务额度多少", ["452.6亿元"]),
    ("2025年新增债券额度多少", []),
    ("2025年新增债券发行多少", ["47.2亿元"]),
    ("2025年再融资债券额度多少", ["28.4亿元"]),
    # a figure that the asker knows already
    ("2025年431.8亿的债务余额里一般债多少", ["142.3亿元"]),
    ("2025年452.6亿债务限额具体是多少", ["452.6亿元"]),
    # what is paid back
    ("2025年还了多少本，付了多少息", ["31.7亿元", "13.9亿元"]),
    ("2025年政府债要还本多少", ["31.7亿元"]),
    ("2025年全市还本付息多少", []),  # the sum of the two is in no report
    # transfers given, and got
    ("2025年给县区的转移支付多少", ["18.7亿元"]),
    ("2025年给各区转移支付多少", ["18.7亿元"]),
    ("2025年上级给的转移支付多少", ["92.3亿元"]),
    ("2025年转移支付多少", ["92.3亿元"]),
    # what is left is no revenue, no spending and nothing set aside
    ("2025年社保基金年底还剩多少", ["97.3亿元"]),
    ("2025年社保基金上年结余多少", ["89.0亿元"]),
    ("2025年账上滚存的社保基金还有多少", ["97.3亿元"]),
    ("2025年政府性基金年底还剩多少", []),
    ("2025年一般公共预算年底还剩多少", []),
    # the reserve is set aside, not spent
    ("2025年预备费多少", ["2.4亿元"]),
    ("2025年预备费花了多少", []),
    # what each child is given is no expenditure
    ("2025年社会保障和就业支出多少", []),
    # words of speech
    ("2025年卫生健康领域花了多少", ["22.6亿元"]),
    ("2025年保基本民生、保工资、保运转花了多少", ["58.2亿元"]),
    ("2025年民生花的钱占支出多少", ["84%"]),
    # counts
    ("2025年民生诉求多少人次", ["7.6万人次"]),
    ("2025年监督检查多少批次", ["14批次"]),
    ("2025年监督检查多少人次", []),
    ("2025年充电桩多少个", ["1450个"]),
]
OF_NEW_LIMIT = [
    ("2025年新增债务限额多少", ["61.5亿元"]),
    ("2025年新增债券额度多少", ["61.5亿元"]),
    ("2025年债务限额多少", []),
    ("2025年给各县区的转移支付多少", []),  # neither of the state capital nor what the city got
    ("2025年国资给县区的转移支付多少", ["0.3亿元"]),
    ("2025年给县区的专项转移支付多少", ["1.8亿元"]),
    ("2025年给县区的政府性基金转移支付多少", ["2.1亿元"]),
    ("2025年全市城乡社区支出多少，连给县区的也算", ["9.4亿元"]),
    ("2025年转移支付多少", ["77.4亿元"]),
]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("city"), "池州市2025年预算报告", REPORT) as made:
        yield made


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("other"), "宣城市2025年预算报告", NEW_LIMIT) as made:
        yield made


def figures(assistant: Assistant, question: str) -> tuple[list[str], str]:
    answer = assistant.ask(question)
    return [f"{one.value}{one.unit}" for one in answer.figures if one.asked], answer.reply


@pytest.mark.parametrize("question, wanted", CASES, ids=[case[0] for case in CASES])
def test_what_is_meant(city: Assistant, question: str, wanted: list[str]) -> None:
    found, reply = figures(city, f"池州市{question}")
    assert found == wanted, reply


@pytest.mark.parametrize("question, wanted", OF_NEW_LIMIT, ids=[case[0] for case in OF_NEW_LIMIT])
def test_what_stands_near_is_not_meant(other: Assistant, question: str, wanted: list[str]) -> None:
    found, reply = figures(other, f"宣城市{question}")
    assert found == wanted, reply


def test_a_rate_per_head_is_not_offered_either(city: Assistant) -> None:
    assert "3600" not in figures(city, "池州市2025年社会保障和就业支出多少")[1].replace(",", "").partition("┆")[0]


GIVEN = [
    ("给各区转移支付多少", True),
    ("给县区的转移支付", True),
    ("下达到各旗县区多少", True),
    ("对下级补助多少", True),
    ("上级给的转移支付多少", False),
    ("省里给市里多少", False),
    ("给老百姓发了多少", False),
    ("各区转移支付多少", False),
]


@pytest.mark.parametrize("text, given", GIVEN)
def test_what_is_given_to_those_below(text: str, given: bool) -> None:
    assert bool(recipients(text)) is given


ALIKE = [
    ("人次", "万人次", True), ("人", "人次", True), ("次", "批次", True), ("家", "户", True), ("个", "项", True),
    ("批次", "人次", False), ("个", "人次", False), ("人次", "个", False), ("位", "个", True),
    ("家", "人", False), ("人次", "批次", False),
]  # fmt: skip


@pytest.mark.parametrize("asked, unit, alike", ALIKE)
def test_what_is_counted_alike(asked: str, unit: str, alike: bool) -> None:
    assert counts_alike(asked, unit) is alike
