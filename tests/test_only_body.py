"""A place of which nothing but one body's papers are held; and what papers of months and accounts are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import load
from index.ask.assistant import Assistant

ACCOUNTS = """青州市水利局2024年部门决算
一、支出决算情况
2024年本年支出合计986.75万元，其中：基本支出620.33万元，项目支出366.42万元。
二、“三公”经费
2024年“三公”经费支出决算12.36万元，预算15.00万元，完成预算的82.40%。
三、绩效
“弥河护岸修缮”项目全年预算120.00万元，执行118.00万元，执行率98.33%。
2024年加固小型水库5座，新增节水灌溉面积1.2万亩。
"""
MONTHS = """寿光市2026年1-8月财政收支情况
一、一般公共预算收入
1-8月累计。全市一般公共预算收入完成48.6亿元，增长3.4%。
8月当月。全市一般公共预算收入完成5.2亿元，增长6.1%。
二、债务
偿还债务本金3.5亿元，支付利息1.6亿元。
"""
ASKED = [
    ("青州市2024年加固了几座小型水库", ["5座"]),
    ("青州市2024年弥河护岸修缮项目实际花了多少", ["118.00万元"]),
    ("青州市水利局2024年三公实际比预算省了多少", ["2.64万元"]),
    ("青州市水利局2024年三公超预算了吗", ["15.00万元", "12.36万元"]),
    ("寿光8月单月收入多少 2026年", ["5.2亿元"]),
    ("2026年寿光市8月份一般公共预算收入增长多少", ["6.1%"]),
    ("寿光市2026年1-8月债务还本付息分别多少", ["3.5亿元", "1.6亿元"]),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("papers")
    (folder / "青州市水利局2024年部门决算.txt").write_text(ACCOUNTS, encoding="utf-8")
    (folder / "寿光市2026年1-8月财政收支情况.txt").write_text(MONTHS, encoding="utf-8")
    load([folder], folder / "index.db")
    return Assistant(folder / "index.db")


@pytest.mark.parametrize("question, values", ASKED)
def test_what_is_told(assistant: Assistant, question: str, values: list[str]) -> None:
    answer = assistant.ask(question, question)
    shown = [f"{one.value}{one.unit}" for one in answer.figures if one.asked]
    assert set(values) <= set(shown), answer.reply


def test_it_says_whose_paper_that_is(assistant: Assistant) -> None:
    answer = assistant.ask("青州市2024年加固了几座小型水库", "a")
    assert "青州市水利局" in answer.notes[-1] and answer.notes[-1] in answer.reply


@pytest.mark.parametrize("question", ["青州市2024年三公经费多少", "青州市2024年项目支出多少"])
def test_no_line_of_a_budget_is_told_so(assistant: Assistant, question: str) -> None:
    assert not [one for one in assistant.ask(question, question).figures if one.asked]
