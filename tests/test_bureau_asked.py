"""Questions on the paper of one body in the words of people: whom and what it has, rows by code, things put twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import load
from index.ask.assistant import Assistant

BUDGET = """平原县司法局2026年部门预算

一、部门概况
核定编制62名，其中行政编制48名、事业编制14名；年末实有在职人员57人，退休人员23人。
二、2026年部门预算情况说明
2026年部门收入预算2,186.40万元，支出预算2,186.40万元，其中：基本支出1,320.10万元，项目支出866.30万元。
1.普法宣传（项）84.20万元，比上年执行数增加4.92%。
2.其他司法支出（项）310.60万元，主要用于社区矫正及安置帮教工作。
2026年“三公”经费预算12.60万元，其中：公务用车运行维护费9.80万元，主要是2辆超年限车辆报废；公务接待费2.80万元。
2026年安排政府采购预算137.60万元，其中货物类21.20万元、工程类40.00万元、服务类76.40万元。
单位现有公务用车7辆，其中执法执勤用车5辆、其他用车2辆。
2026年编制绩效目标的项目9个，涉及预算866.30万元。

表1 一般公共预算基本支出预算表（经济分类）
单位：元

| 科目编码 | 科目名称 | 合计 |
|---|---|---|
| 30201 | 办公费 | 90,000.00 |
| 30205 | 水费 | 12,600.00 |
| 30206 | 电费 | 64,000.00 |
| 30207 | 邮电费 | 31,000.00 |
| 30215 | 会议费 | 5,300.00 |
| 30216 | 培训费 | 11,200.00 |
"""
ACCOUNT = """平原县水利局2025年度部门决算
一、决算情况
2025年本年支出合计986.75万元，其中：基本支出620.33万元，项目支出366.42万元。
小型水库加固年初预算为200.00万元，支出决算为230.00万元，完成年初预算的115.00%。
二、绩效
“小型水库加固”项目全年预算240.00万元，执行230.00万元，执行率95.83%，加固小型水库5座，关停自备井165眼。
三、国有资产
截至2025年12月31日，共有车辆14辆，其中应急保障用车5辆、特种专业技术用车9辆；单价100万元以上设备3台（套）。
"""
ASKED: tuple[tuple[str, list[str]], ...] = (
    # whom and what it has, of the newest paper
    ("平原司法局现在在岗的有几个人", ["57人"]),
    ("平原司法局在职多少人、退休多少人", ["57人", "23人"]),
    ("平原县司法局2026年编制多少", ["62名"]),
    ("平原司法局行政编制多少名", ["48名"]),
    ("平原县司法局到去年底在职的有多少人", ["57人"]),
    ("平原司法局有多少辆车", ["7辆"]),
    ("平原司法局名下几台公家车", ["7辆"]),
    ("平原县司法局有几辆执法车", ["5辆"]),
    ("平原水利局2025年底有几辆车，百万以上的设备几台", ["14辆", "3台"]),
    ("平原水利局有几辆消防车", []),
    # rows of a table with codes, as people call them
    ("平原司法局2026年开会的钱安排了多少", ["5,300.00元"]),
    ("平原司法局今年培训准备花几个钱", ["11,200.00元"]),
    ("平原司法局2026年光电费就要备多少钱", ["64,000.00元"]),
    # a word at whose edge a particle stands is a word: of nothing that is told, and no total
    ("平原水利局2025年开会花了多少钱", []),
    # what is put twice, in everyday words and in those of the paper
    ("平原司法局今年搞法制宣传、给老百姓普法，准备了多少钱", ["84.20万元"]),
    ("平原司法局2026年打电话寄信、邮电费这些多少钱", ["31,000.00元"]),
    # kinds of purchases, as planned
    ("平原司法局今年政府采购打算买服务花多少", ["76.40万元"]),
    ("平原司法局2026年政府采购里头买东西多少、买服务多少", ["21.20万元", "76.40万元"]),
    ("平原司法局今年采购服务类的份额多少钱", ["76.40万元"]),
    # the rate of the budget that is named; what is counted is no percentage
    ("平原水利局2025年小型水库加固完成年初预算的百分之几", ["115.00%"]),
    ("平原水利局2025年关掉多少眼自备井", ["165眼"]),
    ("平原水利局2025年加固了多少小型水库", ["5座"]),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("papers")
    (folder / "平原县司法局2026年部门预算.md").write_text(BUDGET, encoding="utf-8")
    (folder / "平原县水利局2025年度部门决算.txt").write_text(ACCOUNT, encoding="utf-8")
    db = tmp_path_factory.mktemp("index") / "bureau.db"
    load([folder], db)
    assistant = Assistant(db)
    yield assistant
    assistant.close()


@pytest.mark.parametrize("question, values", ASKED)
def test_what_is_told(assistant: Assistant, question: str, values: list[str]) -> None:
    answer = assistant.ask(question, question)
    assert [f"{one.value}{one.unit}" for one in answer.figures if one.asked] == values, answer.reply


def test_a_day_is_told_or_said_to_be_missing(assistant: Assistant) -> None:
    assert "2025年12月末" in assistant.ask("平原水利局2025年有几辆车", "a").reply
    assert "没有写明截至哪一天" in assistant.ask("平原司法局在职多少人", "b").reply


def test_words_left_out_are_told(assistant: Assistant) -> None:
    assert "没有提到" in assistant.ask("平原司法局2026年打电话寄信、邮电费这些多少钱", "c").reply
