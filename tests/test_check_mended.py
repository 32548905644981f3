"""核对: one slip that breaks several relations is one line, and names the figure that mends them all."""

from __future__ import annotations

import pytest

from index.check.run import check
from tests.parse_builders import TITLE, parsed

LINES = (
    "2023年，全区一般公共预算支出完成119717万元。其中：",
    "1、教育支出{education}万元，为预算59325万元的95.94%，增长6.75%，增支3599万元。",
    "2、卫生健康支出32800万元，为预算33000万元的99.39%，增长2.50%，增支800万元。",
    "3、农林水支出30000万元，为预算31000万元的96.77%，增长9.09%，增支2500万元。",
)
# education, kinds, the figure, what it should be, what is told beside
CASES = [
    pytest.param("56917", [], "", "", "", id="right"),
    pytest.param("56977", ["完成率"], "56977", "56,917万元", "另有 1 处随之不合", id="a digit: the sum and the rate"),
    pytest.param("59617", ["完成率"], "59617", "56,917万元", "两位数字颠倒", id="two swapped: only the rate tells"),
]


@pytest.mark.parametrize("education, kinds, figure, should, words", CASES)
def test_one_slip_is_told_once(education: str, kinds: list[str], figure: str, should: str, words: str) -> None:
    found = list(check(parsed(TITLE, *(line.format(education=education) for line in LINES))))
    assert [one.kind for one in found] == kinds
    for one in found:
        assert one.figure == figure
        assert one.should == should
        assert words in one.cause


def test_two_slips_are_told_twice() -> None:
    lines = [line.format(education="59617") for line in LINES]
    lines[2] = lines[2].replace("99.39%", "93.99%")
    assert [one.figure for one in check(parsed(TITLE, *lines))] == ["59617", "93.99"]


COPIED = (
    "二、2024年预算草案", "全区本级一般公共预算支出安排312142万元，增长2.1%。", "支出分项情况如下：",
    *(f"{number}. {name}支出{size}万元；" for number, (name, size) in enumerate(
        (("公共安全", 30000), ("教育", 82000), ("科学技术", 14000), ("卫生健康", 61000), ("节能环保", 29000),
         ("城乡社区", 48142), ("农林水", 9700), ("住房保障", 38300)), 1)),
)  # fmt: skip


def test_what_is_printed_twice_stays_a_contradiction() -> None:
    """conflicts lists it, so it is not lost in a sum that it breaks as well."""
    lines = [line.replace("48142", "84142") for line in COPIED]
    found = check(parsed(TITLE, *lines, "三、重点支出", "2024年，全区本级城乡社区支出安排48142万元。"))
    (one,) = [one for one in found if one.twice]
    assert (one.kind, one.figure) == ("前后不一致", "84142")
    assert [other.figure for other in found if other.figure == "84142"] == ["84142"]
