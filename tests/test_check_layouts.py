"""核对: one relation in many layouts, each as it should be and with a slip.

``cases/check_layouts.jsonl``: lines with a gap, a list of lines is a table with its caption; what fills the gap rightly
(nothing is told) and with a slip (``kind`` and ``words`` of what is told, the ``figure`` that is marked).  A case
without a slip was a false alarm, or would be one.
"""

from __future__ import annotations

from typing import Any

import pytest

from index.check.models import Finding
from index.check.run import check
from index.models import Block
from tests.parse_builders import TITLE, cases, parsed, table

CASES = list(cases("check_layouts.jsonl"))


def block(line: str | list[str], fillings: dict[str, str]) -> Block | str:
    """A line, or a table of a caption and rows."""
    if isinstance(line, str):
        return line.format(**fillings)
    caption, *rows = (one.format(**fillings) for one in line)
    return table("\n".join(rows), caption)


def told(case: dict[str, Any], fillings: dict[str, str]) -> list[Finding]:
    """What a check says above hints."""
    found = check(parsed(case.get("title", TITLE), *(block(line, fillings) for line in case["lines"])))
    return [one for one in found if one.level != "提示"]


@pytest.mark.parametrize("case", CASES, ids=[f"{at}-{case['kind']}" for at, case in enumerate(CASES)])
def test_as_it_should_be(case: dict[str, Any]) -> None:
    assert told(case, case["right"]) == []


@pytest.mark.parametrize("case", [case for case in CASES if "slip" in case])
def test_with_a_slip(case: dict[str, Any]) -> None:
    found = [(one.figure, one.told) for one in told(case, case["slip"]) if one.kind == case["kind"]]
    assert any(case.get("figure", figure) == figure and case["words"] in words for figure, words in found), found
