"""Questions that say the report gives two figures of one thing: both, and what is said of them names nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.asides import said_whose
from index.ask.assistant import Assistant
from index.ask.pieces import pieces_of
from index.ask.question import understand
from tests.one_report import assistant_of

REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

全市一般公共预算收入完成200亿元，增长3.4%，其中：税收收入130亿元；非税收入70亿元。

全市一般公共预算支出完成520亿元，增长4.1%，其中：教育支出104亿元，增长5.2%；农林水支出61.5亿元。

为67家企业办理应急转贷业务99笔，节约融资成本2587万元。

新认定36家科技企业，带动5家银行参与。

化解财政暂付款6.79亿元，完成年度任务的238.4%。隐性债务化解完成年度计划的166.9%。

二、财政工作情况

全市教育支出106亿元，办成一批实事。
"""

ASKED = [
    # question, the asked figures in any order
    ("临汾2025年全市教育支出前后写了两个数，分别是多少", {"104亿元", "106亿元"}),
    ("临汾2025年教育支出，预算执行情况里和后面工作情况说明里对不上，各是多少", {"104亿元", "106亿元"}),
    ("临汾2025年全市农林水支出前后好像不一样，分别是多少", {"61.5亿元"}),
    # what stands in the sentence of the figure before answers the next part
    ("临汾去年应急转贷帮了几家企业，办了多少笔", {"67家", "99笔"}),
    ("临汾去年新认定了几家科技企业，关停了几家煤矿", {"36家"}),  # 5家银行 are none
    ("临汾2025年化解了多少暂付款，完成任务的百分之几", {"6.79亿元", "238.4%"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("twice"), "临汾市2025年预算执行情况", REPORT) as made:
        yield made


@pytest.mark.parametrize("question, wanted", ASKED, ids=[question for question, _ in ASKED])
def test_figures(assistant: Assistant, question: str, wanted: set[str]) -> None:
    answer = assistant.ask(question)
    assert {f"{one.value}{one.unit}" for one in answer.figures if one.asked} == wanted, answer.reply


WHOSE = [
    ("临汾2025年月球税收收入多少", ("月球",)),
    ("临汾海底隧道2025年税收收入多少", ("海底隧道",)),
    ("临汾2025年拿到手的税收收入多少", ()),
    ("临汾2025年全市税收收入多少", ()),
]


@pytest.mark.parametrize("question, words", WHOSE)
def test_whose_figure_it_is(assistant: Assistant, question: str, words: tuple[str, ...]) -> None:
    assert said_whose(understand(question, assistant.search().atlas)) == words


@pytest.mark.parametrize("question", [question for question, words in WHOSE if words])
def test_a_figure_of_another_is_not_given(assistant: Assistant, question: str) -> None:
    assert not any(one.asked for one in assistant.ask(question).figures)


@pytest.mark.parametrize(
    "run, words",
    [
        ("修建养护", ("修建", "养护")),
        ("房屋租金", ("房屋", "租金")),
        ("税收收入", ("税收收入",)),  # an item is whole
        ("县际公路灾毁", ("县际", "公路", "灾毁")),  # a stretch that is no ordinary word is one of its own
    ],
)
def test_ordinary_words(run: str, words: tuple[str, ...]) -> None:
    assert tuple(piece.text for piece in pieces_of((run,))) == words
