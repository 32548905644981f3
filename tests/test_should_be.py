"""A figure that a sure slip touches is shown as it is printed, with a line of what it should be; others without."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Assistant, load

LINE = "按报告自己的其他数推算应为"
REPORT = """澄江市2023年财政决算分析
一、一般公共预算收入情况
2023年，全市财政总收入完成91255万元，占年度预算99000万元的92.18%。
2023年，非税收入完成64200万元，占年度预算30500万元的110.49%，增长12.30%。
2023年，税收收入完成27055万元，占年度预算30000万元的90.18%。
二、一般公共预算支出情况
1、国防支出8万元，占年度预算8650元的0.09%，比上年下降11.11%。
2、教育支出56000万元，占年度预算60000万元的93.33%。
三、全市经济情况
财政总收入累计完成91255元，占地区生产总值的24.57%。
"""
# question -> what its answer must say of the figures that it shows, None for no such line
ASKED: list[tuple[str, str | None]] = [
    ("非税收入完成率", f"110.49%：{LINE} 210.49%"),
    ("非税收入完成多少", f"110.49%：{LINE} 210.49%"),  # it stands beside the answer
    ("国防支出", f"8650元：{LINE} 8650万元"),
    ("国防支出预算", f"8650元：{LINE} 8650万元"),
    ("财政总收入", f"91255元：{LINE} 91255万元"),
    ("教育支出", None),
    ("税收收入", None),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("should")
    (folder / "澄江市2023年财政决算分析.txt").write_text(REPORT, encoding="utf-8")
    load([folder / "澄江市2023年财政决算分析.txt"], folder / "index.db", jobs=1)
    return Assistant(folder / "index.db")


@pytest.mark.parametrize("question, line", ASKED)
def test_a_line_says_what_a_figure_should_be(assistant: Assistant, question: str, line: str | None) -> None:
    answer = assistant.ask(f"澄江市2023年{question}", "")
    assert answer.status == "answered"
    assert [one for one in answer.notes if LINE in one] == [one for one in answer.notes if line and line in one]
    assert bool(line) is any(LINE in one for one in answer.notes)
    assert (
        (f"※ {next(one for one in answer.notes if LINE in one)}" in answer.reply) if line else LINE not in answer.reply
    )
    assert "210.49" not in answer.reply.partition("※")[0]  # shown as printed, never replaced


SEEDS = [
    ("上党区2023年财政总收入", "867718元", "867718万元"),
    ("上党区2023年非税收入完成率", "113.36%", "213.36%"),
    ("上党区2023年非税收入完成多少", "113.36%", "213.36%"),
    ("上党区2023年其他支出", "8650元", "8650万元"),
]


@pytest.mark.real
@pytest.mark.parametrize("question, printed, should", SEEDS)
def test_the_published_report(shared: Path, tmp_path: Path, question: str, printed: str, should: str) -> None:
    (file,) = (shared / "reports" / "seeds").glob("000_*")
    load([file], tmp_path / "index.db", jobs=1)
    assert f"{printed}：{LINE} {should}" in Assistant(tmp_path / "index.db").ask(question, "").reply


def test_an_overview_does_not_list_it(assistant: Assistant) -> None:
    answer = assistant.ask("澄江市2023年概况", "")
    shown = {f"{one.value}{one.unit}" for one in answer.figures}
    assert "27055万元" in answer.reply.replace(",", "") or "27055万元" in shown
    assert not {"110.49%", "8650元"} & shown
