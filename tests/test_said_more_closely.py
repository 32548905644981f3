"""What the words beside an item say more closely: a narrower item, a level inside a level, money and no count."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of

REPORT = """关于宣城市2025年预算执行情况和2026年预算草案的报告

一、债务和采购
年底全市政府债务余额351.1亿元，其中：市本级206.1亿元，县区145亿元。
全市一般公共预算支出103.46亿元，增长3.1%，其中：市本级86.32亿元，街镇级17.14亿元。
2025年，全市政府采购规模达57502万元，实际采购金额56621万元，节约资金881万元，节约率1.5%。
全市“三保”支出完成1429711万元，其中：保基本民生507628万元；保工资896931万元；保运转25152万元。
二、审计查出的问题
抽查定点医疗机构63家，发现重复收费、超标准收费、过度诊疗等违规使用医保基金1847万元；审计指出后已追回医保基金1615万元。
7个专项债券项目进度缓慢，涉及6.85亿元；2个项目将债券资金4200万元用于经常性支出；3个项目运营收益未按规定上缴。
往来款项长期未清理的单位14家，涉及金额5318万元。
"""
# a dialogue -> the figures that answer the last question
CASES = [
    # an item whose name is that of the asked one and more of the question's words
    (["宣城2025年政府采购一共省下多少钱"], ["881万元"]),
    (["宣城2025年政府采购节约了多少"], ["881万元"]),
    (["宣城2025年政府采购规模多少"], ["57502万元"]),
    # a level inside the whole
    (["宣城2025年底全市政府债务余额中市本级有多少"], ["206.1亿元"]),
    (["宣城2025年底全市政府债务余额里头，市本级是多少"], ["206.1亿元"]),
    (["宣城2025年街镇这一级一般公共预算花了多少"], ["17.14亿元"]),
    (["宣城2025年街镇一级的一般公共预算支出"], ["17.14亿元"]),
    # 里头市 is no misspelt 汕头市 or the like
    (["宣城2025年底全市政府债务余额有多少", "里头市本级有多少"], ["206.1亿元"]),
    # a whole that is taken apart is not asked for itself
    (["宣城全市2025年三保支出拆开看，保民生、保工资、保运转各多少"], ["507628万元", "896931万元", "25152万元"]),
    # the last of a list in a name is the name of all, when none of the list is asked for
    (["宣城2025年违规用医保基金多少钱"], ["1847万元"]),
    (["宣城2025年医保定点机构违规用医保基金一共多少钱"], ["1847万元"]),
    # what stands before a count that opens a clause is another's
    (["宣城2025年债券资金挪去搞经常性支出的有多少"], ["4200万元"]),
    (["宣城2025年往来款项长期未清理涉及多少金额"], ["5318万元"]),
    (["宣城2025年往来款项长期未清理的单位多少家"], ["14家"]),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("closely"), "宣城市2025年预算报告", REPORT) as made:
        yield made


@pytest.mark.parametrize("turns, wanted", CASES, ids=[turns[-1] for turns, _ in CASES])
def test_what_is_said_more_closely(assistant: Assistant, turns: list[str], wanted: list[str]) -> None:
    answer = [assistant.ask(turn, turns[0]) for turn in turns][-1]
    assert [f"{one.value}{one.unit}" for one in answer.figures if one.asked] == wanted, answer.reply
