"""Follow-ups that reckon with the figures just given, and those that ask for something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from index.ask.assistant import Assistant
from index.ask.dialogue import from_plain
from index.ask.told.figures import MOST, told_by
from index.ask.told.reckon import answer_told
from index.models import Answer
from tests.one_report import assistant_of

REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

全市一般公共预算收入完成200亿元，增长3.4%，其中：税收收入130亿元；非税收入70亿元。

全市一般公共预算支出完成520亿元，增长4.1%，其中：教育支出104亿元，增长5.2%；卫生健康支出约57亿元；住房保障支出20亿元；农林水支出61.5亿元。

市本级一般公共预算支出完成130亿元，增长1.9%。

市对县区转移支付46.1亿元。

2025年末，全市政府债务限额612.4亿元，全市政府债务余额600亿元，其中：专项债务余额360亿元。

拨付家电以旧换新补贴1.2亿元，发放汽车消费券0.8亿元。

2025年，全市商业服务业等支出3亿元，增长20%。2024年，全市商业服务业等支出2.6亿元。

全市政府性基金收入完成80亿元，全市政府性基金支出完成90亿元。

二、2026年预算草案

全市一般公共预算支出安排540亿元，其中：教育支出108亿元，预备费6.2亿元。

2026年安排市对县区转移支付27.1亿元。
"""

RECKONED = [
    # turns, the first asked figure of the last one, words of its reply
    (("临汾2025年全市教育支出多少", "26年安排多少", "那等于涨了百分之几"), "3.85%", "108亿元 - 2025年104亿元"),
    (("临汾2025年全市教育支出多少", "26年安排多少", "多了多少"), "4亿元", "计算："),
    (("临汾2025年全市教育支出多少", "26年安排多少，差多少"), "4亿元", "计算："),
    (("临汾2025年全市教育支出多少", "农林水呢", "两样合起来多少"), "165.5亿元", "104亿元 + 农林水支出61.5亿元"),
    (("临汾2025年全市教育支出多少", "农林水呢", "这两项相差多少"), "42.5亿元", "104亿元 - 2025年农林水支出61.5亿元"),
    (("临汾2025年底全市政府债务限额多少", "余额呢", "那还剩多少额度没用"), "12.4亿元", "612.4亿元 - 2025年政府债务"),
    (("临汾2025年全市教育支出多少", "22年呢", "26年呢，差多少"), "4亿元", "计算："),  # what was refused told nothing
    (("临汾2025年底全市政府债务余额多少", "其中专项的呢", "占几成"), "60%", "360亿元 ÷ 政府债务余额600亿元"),
    (("临汾2025年全市一般公共预算收入里税收和非税各多少", "加起来呢"), "200亿元", "130亿元 + 非税收入70亿元"),
    (("临汾2025年全市一般公共预算支出多少", "市本级呢", "差多少"), "390亿元", "520亿元 - 市本级"),
]  # fmt: skip

ON_ROWS = [
    # turns, the first asked figure of the last one ("" for a refusal), words of its reply
    (("临汾2025年支出最多的三项", "第2个是什么"), "61.5亿元", "农林水支出"),
    (("临汾2025年支出最多的三项", "第二呢"), "61.5亿元", "农林水支出"),
    (("临汾2025年支出从高到低排", "第2名比第1名少多少"), "42.5亿元", "104亿元 - 2025年农林水支出61.5亿元"),
    (("临汾2025年支出从高到低排", "最后一名和第一名差多少"), "101亿元", "104亿元 - 2025年商业服务业等支出3亿元"),
    (("临汾2025年支出从高到低排", "最高和最低差多少"), "101亿元", "104亿元 - 2025年商业服务业等支出3亿元"),
    (("临汾2025年支出从高到低排", "第2个是什么", "前两名加起来多少"), "165.5亿元", "农林水支出61.5亿元 ="),
    (("临汾2025年支出从高到低排", "第2个是什么", "税收呢", "前两名加起来多少"), "165.5亿元", "农林水支出61.5亿元 ="),
    (("临汾2025年支出从高到低排", "前三加起来多少"), "", "没看懂"),  # one of them is printed roughly
    (("临汾2025年支出从高到低排", "第9个是什么"), "", "没看懂"),
    (("临汾2025年各项支出排个名", "第1名是哪个"), "104亿元", "教育支出"),
    (("临汾2025年教育支出、农林水支出各多少", "最多和最少差多少"), "42.5亿元", "计算："),
    (("临汾2025年教育支出、农林水支出各多少", "后者是多少"), "61.5亿元", "农林水支出"),
    (("临汾2025年全市教育支出多少", "农林水呢", "哪个更多"), "104亿元", "相差 42.5 亿元"),
    (("临汾2025年全市教育支出多少", "农林水呢", "哪个更少"), "61.5亿元", "1. 农林水支出"),
    (("临汾2025年全市教育支出多少", "农林水呢", "两个一起比"), "104亿元", "相差 42.5 亿元"),
    (("临汾2025年全市教育支出增幅", "商业服务业呢", "高了几个百分点"), "14.8个百分点", "20% - 2025年教育支出"),
    (("临汾2025年全市教育支出多少", "比农林水多多少"), "42.5亿元", "计算："),
    (("临汾2025年全市教育支出增幅", "比商业服务业低几个百分点"), "14.8个百分点", "计算："),
    (("临汾2025年全市一般公共预算支出多少", "市本级呢", "占全市多少"), "25%", "130亿元 ÷"),
    (("临汾2025年全市教育支出多少", "26年呢", "两年差多少"), "4亿元", "计算："),
    (("临汾2025年全市教育支出多少", "农林水呢", "商业服务业呢", "三个加起来多少"), "168.5亿元", "计算："),
    (("临汾2025年全市教育支出多少", "农林水呢", "商业服务业呢", "一共多少"), "168.5亿元", "计算："),
    (("临汾2025年全市教育支出多少", "农林水呢", "三个加起来多少"), "", "没看懂"),
    (("临汾2025年全市教育支出、农林水支出各多少", "商业服务业呢", "差多少"), "", "请说清"),
]

ON_ROWS += [
    (("临汾2025年全市教育支出多少", "农林水呢", "多多少"), "42.5亿元", "计算："),
    (("临汾2025年全市一般公共预算收入多少", "税收呢", "非税呢", "哪个多"), "130亿元", "相差 60 亿元"),
    (("临汾2025年全市一般公共预算收入多少", "税收呢", "非税呢", "这俩哪个多"), "130亿元", "相差 60 亿元"),
    (("临汾2025年支出最多的是哪项", "那增幅呢"), "5.2%", "教育支出"),
]

ON_ROWS += [
    # a place in no list; a rate beside an amount; of which level is no year before
    (("临汾2025年全市教育支出多少", "第二个呢"), "", "没看懂"),
    (("临汾2025年全市教育支出多少", "比商业服务业高几个百分点"), "", "没看懂"),
    (("临汾2025年全市教育支出增幅", "差几个百分点"), "", "没看懂"),
    (("临汾2025年教育支出、农林水支出各多少", "前者增幅呢"), "5.2%", "教育支出"),
    (("临汾2025年支出最低的是哪项", "倒数第二呢"), "20亿元", "住房保障支出"),
    (("临汾2025年全市一般公共预算收入多少", "支出呢", "一共多少"), "", "没看懂"),
]

SLOTS = [
    (("临汾2025年全市一般公共预算收入多少", "政府性基金呢"), ["80亿元"]),
    # turns, the asked figures of the last one
    (("临汾2025年全市一般公共预算支出多少", "换成市本级"), ["130亿元"]),
    (("临汾2025年全市一般公共预算支出多少", "收入和支出呢"), ["200亿元", "520亿元"]),
    (("临汾2025年全市一般公共预算支出多少", "收入呢"), ["200亿元"]),
    (("临汾2025年全市政府性基金支出多少", "收支呢"), ["80亿元", "90亿元"]),
    (("临汾2025年全市教育支出多少", "政府性基金情况呢"), ["80亿元", "90亿元"]),
    (("临汾2025年全市税收收入多少", "那占比呢"), ["65%"]),
    (("临汾2025年全市税收收入多少", "那占比呢", "非税呢"), ["35%"]),
]  # fmt: skip

OTHERWISE = [
    # an item, a place or a year of its own; parts of one another; rough figures; one figure only
    (("临汾2025年全市教育支出多少", "农林水呢", "增长百分之几"), "没有"),
    (("临汾2025年全市教育支出多少", "占一般公共预算支出几成"), "20%"),
    (("临汾2025年全市一般公共预算支出多少", "教育呢", "两个加起来多少"), "!624"),
    (("临汾2025年全市教育支出多少", "卫生健康呢", "两个加起来多少"), "!161"),
    (("临汾2025年全市教育支出多少", "差多少"), "请说清"),
    # what is left of revenue after expenditure is a balance, which transfers are part of
    (("临汾2025年全市一般公共预算收入多少", "支出呢", "还剩多少"), "!320"),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("told"), "临汾市2025年预算执行情况", REPORT) as made:
        yield made


@pytest.mark.parametrize("turns, want, said", RECKONED, ids=[" | ".join(case[0]) for case in RECKONED])
def test_reckoned(assistant: Assistant, turns: tuple[str, ...], want: str, said: str) -> None:
    answer = [assistant.ask(turn, "".join(turns)) for turn in turns][-1]
    first = next(figure for figure in answer.figures if figure.asked)
    assert f"{first.value}{first.unit}" == want, answer.reply
    assert first.derived and said in answer.reply


@pytest.mark.parametrize("turns, want, said", ON_ROWS, ids=[" | ".join(case[0]) for case in ON_ROWS])
def test_rows(assistant: Assistant, turns: tuple[str, ...], want: str, said: str) -> None:
    answer = [assistant.ask(turn, "".join(turns)) for turn in turns][-1]
    first = next((f"{figure.value}{figure.unit}" for figure in answer.figures if figure.asked), "")
    assert first == want and said in answer.reply, answer.reply


@pytest.mark.parametrize("turns, want", SLOTS, ids=[" | ".join(case[0]) for case in SLOTS])
def test_slots(assistant: Assistant, turns: tuple[str, ...], want: list[str]) -> None:
    answer = [assistant.ask(turn, "".join(turns)) for turn in turns][-1]
    assert [f"{figure.value}{figure.unit}" for figure in answer.figures if figure.asked] == want, answer.reply


@pytest.mark.parametrize("turns, said", OTHERWISE, ids=[" | ".join(case[0]) for case in OTHERWISE])
def test_not_reckoned(assistant: Assistant, turns: tuple[str, ...], said: str) -> None:
    reply = [assistant.ask(turn, "".join(turns)) for turn in turns][-1].reply
    assert said[1:] not in reply if said.startswith("!") else said in reply, reply


def test_a_change_that_the_report_prints_otherwise_is_said(assistant: Assistant) -> None:
    turns = ("临汾2025年全市商业服务业等支出多少", "2024年呢", "那涨了百分之几")
    answer = [assistant.ask(turn, "printed") for turn in turns][-1]
    assert next(f"{one.value}{one.unit}" for one in answer.figures if one.asked) == "15.38%"
    assert "报告印的是" in answer.reply and "20%" in answer.reply and "未直接给出" not in answer.reply


@pytest.mark.parametrize("many, derived, told", [(2, 0, 2), (MOST, 0, MOST), (MOST + 1, 0, 0), (2, 1, 0)])
def test_a_sum_of_some_is_none_of_all(assistant: Assistant, many: int, derived: int, told: int) -> None:
    one = next(figure for figure in assistant.ask("临汾2025年全市教育支出多少").figures if figure.asked)
    figures = (*(one,) * many, *(replace(one, fact_id=None, derived=True),) * derived)
    assert len(told_by(Answer("answered", "", figures))) == told


def test_figures_of_another_index_are_not_reckoned_with(assistant: Assistant) -> None:
    for turn in ("临汾2025年全市教育支出多少", "农林水呢"):
        assistant.ask(turn, "state")
    last = from_plain(assistant.state("state") or {})
    search = assistant.search()
    assert answer_told(search, "一共多少", last, last.earlier)
    other = tuple(one.replace("亿元", "万元") for one in last.figures)
    assert answer_told(search, "一共多少", replace(last, figures=other), last.earlier) is None
