"""Relations between figures: what they bear out, what they settle, and what they leave marked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from index.ask.assistant import Assistant
from index.ask.wording import FLAGS
from index.build import load
from index.facts.settle import settled
from index.models import Fact, Measure, Period
from tests.parse_builders import TITLE, check, parsed

UNITS = {"亿元": 10**8, "万元": 10**4, "%": 1}


def fact(measure: Measure, value: str, unit: str, sentence: int = 1, **slots: Any) -> Fact:
    given: dict[str, Any] = {
        "region": "140404", "scope": "whole", "scope_words": "", "period": Period.year(2023),
        "account": "general_public", "flow": "expenditure", "item": "教育支出", "key": "gp-exp-205", "parent": "",
        "label": "", "kind": "percent" if unit == "%" else "money", "rule": "done", "start": 0, "end": 1,
    } | slots  # fmt: skip
    number = Decimal(value) * UNITS[unit]
    return Fact(measure=measure, value=value, unit=unit, number=number, sentence=sentence, **given)


BUDGET = fact("budget", "87.1", "亿元")
SHARE = fact("completion", "55.1", "%")
OPEN: dict[str, Any] = {"item": "当年拨付", "key": "", "account": ""}
# facts -> the measure and flags of each afterwards
CASES: tuple[tuple[str, tuple[Fact, ...], tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    ("it holds", (fact("actual", "48", "亿元"), BUDGET, SHARE),
     (("actual", ()), ("budget", ()), ("completion", ()))),
    ("another amount of the sentence makes it hold",
     (fact("actual", "26.5", "亿元"), fact("amount", "48", "亿元", **OPEN), BUDGET, SHARE),
     (("amount", ("unsettled",)), ("actual", ()), ("budget", ()), ("completion", ()))),
    ("an amount of another place makes none hold",
     (fact("actual", "26.5", "亿元"), fact("amount", "48", "亿元", **{**OPEN, "region": "140400"}), BUDGET, SHARE),
     (("actual", ("unsettled",)), ("amount", ()), ("budget", ("unsettled",)), ("completion", ("unsettled",)))),
    ("growth in a wrong unit",
     (fact("actual", "6", "亿元"), fact("yoy_amount", "2.2", "万元"), fact("yoy_pct", "55.2", "%")),
     (("actual", ()), ("yoy_amount", ("unit_slip",)), ("yoy_pct", ()))),
    ("growth that does not hold",
     (fact("actual", "6", "亿元"), fact("yoy_amount", "2.2", "亿元"), fact("yoy_pct", "12", "%")),
     (("actual", ()), ("yoy_amount", ("unsettled",)), ("yoy_pct", ("unsettled",)))),
    ("one of two values is borne out",
     (fact("actual", "48", "亿元"), BUDGET, SHARE, fact("actual", "885", "万元", sentence=2)),
     (("actual", ()), ("budget", ()), ("completion", ()), ("actual", ("unsettled",)))),
    ("the same value with fewer digits",
     (fact("actual", "47.99", "亿元"), BUDGET, SHARE, fact("actual", "48", "亿元", sentence=2)),
     (("actual", ()), ("budget", ()), ("completion", ()), ("actual", ()))),
    ("none of two values is borne out",
     (fact("actual", "48", "亿元"), fact("actual", "885", "万元", sentence=2)), (("actual", ()), ("actual", ()))),
)  # fmt: skip


@pytest.mark.parametrize("facts, wanted", [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_relations(facts: tuple[Fact, ...], wanted: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    assert tuple((one.measure, one.flags) for one in settled(facts)) == wanted


def test_figures_of_a_report_are_marked() -> None:
    found = parsed(
        TITLE,
        "一、2023年一般公共预算支出",
        "全区教育支出完成48亿元，为预算87.1亿元的55.1%。再说一遍，教育支出完成885万元。",
    )
    check(
        found,
        {"key": "gp-exp-205", "measure": "actual", "value": "48", "flags": ()},
        {"key": "gp-exp-205", "measure": "actual", "value": "885", "flags": ("unsettled",)},
    )


PAPER = f"""{TITLE}
一、2023年一般公共预算支出
全区教育支出完成48亿元，为预算87.1亿元的95.3%。
全区科学技术支出完成26.5亿元，为预算48亿元的55.2%。
全区卫生健康支出完成6.3亿元，增加2.2亿元，增长12%。
"""
# The question, and whether its answer says that the report's own figures do not fit.
DOUBTED = (
    ("上党区2023年教育支出多少", True),
    ("上党区2023年教育支出完成预算的百分之几", True),
    ("上党区2023年科学技术支出多少", False),
    ("上党区2023年卫生健康支出增长多少", True),
    ("上党区2023年卫生健康支出多少", True),  # the growth that stands beside it
    ("上党区2023年教育支出和科学技术支出合计多少", True),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("settle")
    (folder / "报告.txt").write_text(PAPER, encoding="utf-8")
    load([folder / "报告.txt"], folder / "x.db")
    with_answers = Assistant(folder / "x.db")
    yield with_answers
    with_answers.close()


@pytest.mark.parametrize("question, doubted", DOUBTED)
def test_an_answer_says_what_the_report_s_own_figures_leave_open(
    assistant: Assistant, question: str, doubted: bool
) -> None:
    reply = assistant.ask(question, question).reply
    assert reply.count(FLAGS["unsettled"]) == doubted, reply
