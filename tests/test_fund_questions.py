"""Questions about one insurance fund and about its account: neither is answered with the other's figure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from index.build import load

REPORT = """关于朔州市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

（一）政府性基金预算执行情况

全市政府性基金预算收入完成31.8亿元，下降9.4%；全市政府性基金预算支出完成47.2亿元，增长2.7%。

（二）社会保险基金预算执行情况

全市社会保险基金收入完成94.6亿元，支出完成82.9亿元，当年收支结余11.7亿元，年末滚存结余128.4亿元。

分险种看：

1、失业保险基金收入完成2.4亿元，为预算的102.5%；支出完成1.9亿元，为预算的98.3%。当年收支结余0.5亿元，加上上年结余6.8亿元，年末滚存结余7.3亿元。

2、工伤保险基金收入完成1.2亿元，支出完成1.3亿元。当年收支赤字860万元，年末滚存结余2.2亿元。

3、全市机关事业单位养老保险基金收入36.1亿元，支出35.2亿元，累计结余9.4亿元；市本级收入7.7亿元，支出7.5亿元，累计结余1.6亿元。

4、长期护理保险总收入0.8亿元，总支出0.6亿元，年末滚存结余1.1亿元。
"""
ANSWERED = {
    "朔州2025年全市失业保险基金年末滚存结余": "7.3亿元",
    "朔州市2025年全市失业保险基金滚存结余还有多少": "7.3亿元",
    "朔州2025年失业保险基金当年收支结余": "0.5亿元",
    "朔州2025年失业保险基金上年结余": "6.8亿元",
    "朔州2025年工伤保险基金支出": "1.3亿元",
    "朔州2025年工伤保险基金收支赤字": "860万元",
    "朔州2025年工伤保险累计结余": "2.2亿元",
    "朔州2025年全市机关事业单位养老保险基金累计结余": "9.4亿元",
    "朔州2025年市本级机关事业单位养老保险基金累计结余": "1.6亿元",
    "朔州2025年市本级机关事业单位养老保险基金支出": "7.5亿元",
    "朔州2025年长期护理保险支出": "0.6亿元",
    "朔州2025年长期护理保险滚存结余": "1.1亿元",
    "朔州2025年全市社会保险基金滚存结余": "128.4亿元",
    "朔州2025年社保基金当年结余": "11.7亿元",
    "朔州2025年全市社会保险基金支出": "82.9亿元",
}
NOT_SAID = (
    "朔州2025年市本级社会保险基金收入",
    "朔州2025年市本级社会保险基金滚存结余",
    "朔州2025年全市政府性基金滚存结余",
    "朔州2025年全市生育保险基金累计结余",
    "朔州2025年市本级失业保险基金支出",
    "朔州2025年市本级工伤保险基金累计结余",
    "朔州2025年城乡居民养老保险基金当年结余",
    "朔州2026年失业保险基金滚存结余",
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An index of the one report."""
    folder = tmp_path_factory.mktemp("funds")
    (folder / "朔州市2025年预算报告.txt").write_text(REPORT, encoding="utf-8")
    load([folder / "朔州市2025年预算报告.txt"], folder / "funds.db")
    assistant = Assistant(folder / "funds.db")
    yield assistant
    assistant.close()


@pytest.mark.parametrize("question, wanted", ANSWERED.items(), ids=list(ANSWERED))
def test_the_figure_is_that_of_what_is_asked(assistant: Assistant, question: str, wanted: str) -> None:
    answer = assistant.ask(question)
    assert [figure.value + figure.unit for figure in answer.figures if figure.asked] == [wanted], answer.reply


@pytest.mark.parametrize("question", NOT_SAID)
def test_no_other_figure_stands_in(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, [figure for figure in answer.figures if figure.asked]) == ("not_found", []), answer.reply


DIALOGUES = {
    "失业保险基金2025年收入多少|年末滚存结余呢": "7.3亿元",
    "失业保险基金2025年收入多少|支出呢|当年结余呢": "0.5亿元",
    "社会保险基金2025年全市收入多少|滚存结余呢": "128.4亿元",
    "失业保险基金2025年收入多少|全市社会保险基金滚存结余呢": "128.4亿元",
}


@pytest.mark.parametrize("turns, wanted", DIALOGUES.items(), ids=list(DIALOGUES))
def test_a_balance_is_that_of_the_fund_spoken_of(assistant: Assistant, turns: str, wanted: str) -> None:
    answer = [assistant.ask(turn, turns) for turn in turns.split("|")][-1]
    assert [figure.value + figure.unit for figure in answer.figures if figure.asked] == [wanted], answer.reply
