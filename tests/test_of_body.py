"""Questions about a department in the words of its papers: its own totals, its budget as a whole, its lines."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from index import load
from index.ask.assistant import Assistant
from index.ask.effort import bounded
from index.ask.paper_view import within_papers
from index.ask.pick.found_for import found_for
from index.ask.question import understand
from index.models import Period

PAPER = """青州市水利局2025年部门预算
一、收支总体情况
2025年，青州市水利局收入预算3,204.60万元，其中：财政拨款收入3,004.60万元，事业收入200.00万元。收入预算比2024年预算增加104.60万元，增长3.37%。
支出预算3,204.60万元，比2024年预算增加104.60万元。
二、财政拨款支出主要内容
1.“水利工程运行与维护（项）”科目841.20万元，主要用于河道看护。
2.“防汛（项）”科目126.50万元，主要用于购置防汛物资。
三、三公经费
2025年“三公”经费预算数为18.30万元，其中公务接待费2.10万元，公务用车运行维护费16.20万元。
"""
FIGURES = [
    ("青州市水利局2025年预算多少", "3204.60万元"),
    ("青州水利局25年预算一共多少", "3204.60万元"),
    ("青州市水利局2025年总收入", "3204.60万元"),
    ("青州市水利局2025年全年支出多少", "3204.60万元"),
    ("青州市水利局2025年收入和支出各多少", "3204.60万元"),
    ("青州市水利局2025年财政拨款收入多少", "3004.60万元"),
    ("青州水利局2025年三公多少", "18.30万元"),
    ("青州水利局2025年接待费多少", "2.10万元"),
    ("青州水利局2025年防汛安排多少", "126.50万元"),
    ("青州水利局2025年总收入里财政拨款占多少", "93.76%"),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("paper")
    (folder / "青州市水利局2025年部门预算.txt").write_text(PAPER, encoding="utf-8")
    load([folder], folder / "index.db")
    return Assistant(folder / "index.db")


@pytest.mark.parametrize("question, value", FIGURES)
def test_a_paper_that_only_plans_answers_with_its_plan(assistant: Assistant, question: str, value: str) -> None:
    answer = assistant.ask(question, question)
    shown = [f"{one.value.replace(',', '')}{one.unit}" for one in answer.figures if one.asked]
    assert value in shown, answer.reply
    assert "完成数" not in answer.reply


@pytest.mark.parametrize(
    "question", ["青州市2025年一般公共预算收入多少", "青州市2025年三公经费多少", "青州市2025年防汛安排多少"]
)
def test_without_the_body_named_the_government_is_asked_about(assistant: Assistant, question: str) -> None:
    assert not [one for one in assistant.ask(question, question).figures if one.asked]


@pytest.mark.parametrize(
    "question",
    ["青州市水利局2025年教育支出多少", "青州市水利局2025年购书经费多少", "青州市水利局2025年收支相抵结转多少"],
)
def test_what_the_paper_does_not_have(assistant: Assistant, question: str) -> None:
    assert not [one for one in assistant.ask(question, question).figures if one.asked]


def test_a_body_is_no_place_among_others(tmp_path: Path) -> None:
    """在全省排第几, after a department: its papers rank no places, and those of the places are not its."""
    (tmp_path / "青州市水利局2025年部门预算.txt").write_text(PAPER, encoding="utf-8")
    for county, amount in (("青州市", "31.2"), ("寿光市", "44.6"), ("诸城市", "38.9")):
        told = f"{county}2025年决算报告\n2025年，{county}一般公共预算收入完成{amount}亿元。\n"
        (tmp_path / f"{county}2025年决算.txt").write_text(told, encoding="utf-8")
    load([tmp_path], tmp_path / "index.db")
    assistant = Assistant(tmp_path / "index.db")
    assert assistant.ask("青州市水利局2025年预算多少", "chat").status == "answered"
    answer = assistant.ask("2025年一般公共预算收入规模在全省排第几", "chat")
    assert not [one for one in answer.figures if one.asked], answer.reply


def test_what_is_found_once_holds_on_to_its_papers(assistant: Assistant) -> None:
    """Else another view of papers could take its place in memory, and be given its figures."""
    with bounded():
        papers = within_papers(assistant.search(), ("青州市水利局2025年部门预算.txt",))
        query = understand("青州市水利局2025年防汛安排多少", papers.atlas)
        assert found_for(papers, query, query.regions[0], Period.year(2025)).asked
        seen = weakref.ref(papers)
        del papers
        gc.collect()
        assert seen() is not None
