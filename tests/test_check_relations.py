"""核对: relations that reach over sentences, lists and brackets, each as it should be and with a slip.

``cases/check_relations.jsonl``: lines with gaps, what fills them rightly (nothing is told) and with a slip (``kind``,
the ``figure`` that is marked, ``words`` of what is told); a case without a slip was a false alarm once.
"""

from __future__ import annotations

from typing import Any

import pytest

from index.check.run import check
from tests.parse_builders import TITLE, cases, parsed, table

FINAL = "上党区2023年财政决算（草案）的报告"
SUBSTANCE = table(
    """
    项目 | 2022年决算数 | 2023年决算数 | 比上年增减%
    教育支出 | 81642 | 85917 | 5.2
    科学技术支出 | 45720 | 52163 | 14.1
    卫生健康支出 | 30249 | 28514 | -5.7
    节能环保支出 | 4915 | 4288 | -12.8
    """,
    caption="2023年一般公共预算支出决算表 单位：万元",
)
REASONS = "一般公共预算支出中，科学技术支出增长14.1%，节能环保支出下降12.8%，卫生健康支出{rate}，教育支出增长5.2%。"
CASES = list(cases("check_relations.jsonl"))


def told(case: dict[str, Any], fillings: dict[str, str]) -> list[tuple[str, str, str]]:
    """Kind, figure and words of what a check says above hints."""
    lines = [line.format(**fillings) for line in case["lines"]]
    found = check(parsed(case.get("title", TITLE), *lines))
    return [(one.kind, one.figure, one.told) for one in found if one.level != "提示"]


@pytest.mark.parametrize("case", CASES, ids=[case["lines"][-1][:20] for case in CASES])
def test_as_it_should_be(case: dict[str, Any]) -> None:
    assert told(case, case["right"]) == []


@pytest.mark.parametrize("case", [case for case in CASES if "slip" in case])
def test_with_a_slip(case: dict[str, Any]) -> None:
    found = [(figure, words) for kind, figure, words in told(case, case["slip"]) if kind == case["kind"]]
    assert any(case["figure"] in figure and case["words"] in words for figure, words in found), found


@pytest.mark.parametrize("rate, wanted", [("下降5.7%", []), ("下降7.5%", ["前后不一致"]), ("增长5.7%", ["前后不一致"])])
def test_the_text_beside_its_table(rate: str, wanted: list[str]) -> None:
    found = check(parsed(FINAL, "二、支出", SUBSTANCE, REASONS.format(rate=rate)))
    assert [one.kind for one in found if one.level != "提示"] == wanted
