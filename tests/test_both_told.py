"""Questions that doubt what a paper prints: the figure, and all that the paper gives against it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from index.ask.both_told import doubted
from tests.one_report import assistant_of

REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

2025年，全市一般公共预算收入完成200亿元，增长3.4%。其中：税收收入完成130亿元；非税收入完成75亿元。

2025年，全市一般公共预算支出完成520亿元，增长4.1%，其中：教育支出104亿元，完成预算的98.5%。全市民生支出420亿元，占一般公共预算支出的82.5%。

全市农林水支出61.5亿元。全市科学技术支出完成9亿元，完成预算10亿元的96%。

全市文化旅游体育与传媒支出完成6亿元，比上年增加2万元，增长50%。

市本级结转下年支出8.25亿元。

争取超长期特别国债资金7.4亿元，其中“两重”资金3.1亿元、“两新”资金4.9亿元。

截至2025年末，全市政府债务余额81.94亿元。

2025年，全市社会保险基金收入90亿元，支出85亿元，本年收支结余5亿元，年末滚存结余60亿元。

二、财政工作情况

全市教育支出106亿元，办成一批实事。全市政府债务余额81.93亿元。一般公共预算收入突破190亿元。

三、2026年预算草案

2026年，市本级一般公共预算上年结转收入8.52亿元。

2026年，全市社会保险基金收入95亿元，支出88亿元，本年收支结余7亿元，年末滚存结余70亿元。
"""

ASKED = [
    # two prints of one thing
    ("临汾2025年教育支出，预算执行情况里和后面工作情况里对不上，各是多少", ["104亿元", "106亿元"]),
    ("临汾2025年全市教育支出到底是多少啊，我看前后好像不是一个数", ["104亿元", "106亿元"]),
    ("临汾2025年全市政府债务余额，正文和后面那段差了一点，都列给我", ["81.94亿元", "81.93亿元"]),
    # parts that the asker names, and their sum
    (
        "临汾2025年全市一般公共预算收入，税收加非税加出来跟总数不一样吧，各是多少",
        ["200亿元", "130亿元", "75亿元", "205亿元"],
    ),
    (
        "临汾2025年超长期特别国债总额多少，跟两重、两新两块加起来对得上吗",
        ["7.4亿元", "3.1亿元", "4.9亿元", "8亿元"],
    ),
    ("临汾2025年全市一般公共预算收入，总数和分项合计差多少", ["200亿元", "130亿元", "75亿元", "205亿元"]),
    # both figures are typed
    ("临汾2025年全市教育支出到底是104亿还是106亿？报告里两个都有", ["104亿元", "106亿元"]),
    ("临汾2025年全市教育支出怎么一会儿写104亿一会儿写106亿", ["104亿元", "106亿元"]),
    # a ratio of what it is of
    ("临汾报告说2025年全市民生支出占82.5%，可我拿420除520不是这个数啊，各是多少", ["82.5%", "80.77%"]),
    ("临汾2025年全市民生支出占比，报告写的和实际算出来的不一致吧", ["82.5%", "80.77%"]),
    ("临汾2025年全市科技支出完成预算百分之几？报告写的好像跟算的对不上", ["96%", "90%"]),
    ("临汾2025年全市科技支出完成预算96%算得对不对，实际应该是多少", ["96%", "90%"]),
    # what the check of the report has found
    ("临汾2025年全市文化旅游体育与传媒支出增加额的单位写错了吧，各是多少", ["2万元", "2亿元"]),
    # a balance that is carried on
    (
        "临汾全市社保2026年末滚存结余，跟上年滚存加当年结余加出来的数对不上，各是多少",
        ["70亿元", "7亿元", "67亿元"],
    ),
    ("临汾市本级2025年结转下年支出跟2026年上年结转收入对不上吧，各是多少", ["8.25亿元", "8.52亿元"]),
    # one print alone; a mark that was passed says nothing of what a figure is
    ("临汾2025年全市农林水支出前后好像不一样，分别是多少", ["61.5亿元"]),
    ("临汾2025年全市一般公共预算收入前后写的不一致吧", ["200亿元"]),
    # who does not doubt is told what he asks for
    ("临汾2025年全市民生支出占比多少", ["82.5%"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("both"), "临汾市2025年预算执行情况", REPORT) as made:
        yield made


@pytest.mark.parametrize("question, wanted", ASKED, ids=[question for question, _ in ASKED])
def test_figures(assistant: Assistant, question: str, wanted: list[str]) -> None:
    answer = assistant.ask(question)
    assert [f"{one.value}{one.unit}" for one in answer.figures if one.asked] == wanted, answer.reply


def test_what_is_computed_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("临汾2025年全市一般公共预算收入，税收加非税加出来跟总数不一样吧，各是多少")
    assert [one.value for one in answer.figures if one.derived] == ["205"]
    assert "计算：税收收入130亿元 + 非税收入75亿元 = 205亿元" in answer.reply


@pytest.mark.parametrize(
    "first, then, wanted",
    [
        ("临汾2025年全市教育支出多少", "前后两个数对不上啊，分别是多少", {"104亿元", "106亿元"}),
        (
            "临汾2025年全市一般公共预算收入多少",
            "税收加非税加起来对得上吗",
            {"200亿元", "130亿元", "75亿元", "205亿元"},
        ),
    ],
)
def test_of_what_was_told(assistant: Assistant, first: str, then: str, wanted: set[str]) -> None:
    assistant.ask(first, then)
    answer = assistant.ask(then, then)
    assert {f"{one.value}{one.unit}" for one in answer.figures if one.asked} == wanted, answer.reply


@pytest.mark.parametrize(
    "question, plainly",
    [
        ("临汾25年教育支出前面和后面写的数不一样，各是多少", "临汾25年教育支出，多少"),
        ("临汾25年新增债券到底多少亿啊，我看前后两个数对不上", "临汾25年新增债券到底多少亿啊"),
        ("临汾25年社保滚存结余跟26年预算表里的上年结余怎么不一样", "临汾25年社保滚存结余，多少"),
        ("临汾25年限额，5-1表和5-2表的数一样吗，分别是多少", "临汾25年限额，多少"),
    ],
)
def test_the_plain_question(question: str, plainly: str) -> None:
    doubt = doubted(question)
    assert doubt and plainly in [text for text, _ in doubt.plain]


@pytest.mark.parametrize(
    "question",
    [
        "收入和支出差多少",
        "两个市的教育支出各是多少",
        "临汾一般公共预算支出怎么比去年还少，什么原因",
        "打算调解多少件矛盾纠纷",
        "教育和科技加起来多少",
        "政府性基金支出合计多少",
        "领导一会儿开会要用，教育支出多少",
        "两个区的教育支出有什么不同",
        "教育支出和去年有啥不一样",
    ],
)
def test_who_does_not_doubt(question: str) -> None:
    assert doubted(question) is None
