"""Periods of a normal text: years, spans, months, dates, and what they are against the year that holds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.find.periods import find_periods
from index.models import Period
from index.text.normal import plain

YEAR = 2023
EXAMPLES = [
    ("2023年", Period.year(2023)),
    ("2023年度", Period.year(2023)),
    ("1999年", Period.year(1999)),
    ("2021-2025年", Period(2021, 2025)),
    ("2021年至2025年", Period(2021, 2025)),
    ("2021年到2023年", Period(2021, 2023)),
    ("十四五时期", Period(2021, 2025)),
    ("“十三五”期间", Period(2016, 2020)),
    ("“十四五”末", Period(2025, 2025, as_of=True)),
    ("十三五初", Period(2016, 2016, as_of=True)),
    ("近三年", Period(2021, 2023)),
    ("过去5年", Period(2019, 2023)),
    ("上年", Period.year(2022)),
    ("去年", Period.year(2022)),
    ("上年度", Period.year(2022)),
    ("前年", Period.year(2021)),
    ("本年", Period.year(2023)),
    ("今年", Period.year(2023)),
    ("当年", Period.year(2023)),
    ("明年", Period.year(2024)),
    ("下年", Period.year(2024)),
    ("上半年", Period(2023, 2023, 1, 6)),
    ("2023年上半年", Period(2023, 2023, 1, 6)),
    ("下半年", Period(2023, 2023, 7, 12)),
    ("一季度", Period(2023, 2023, 1, 3)),
    ("第四季度", Period(2023, 2023, 10, 12)),
    ("前三季度", Period(2023, 2023, 1, 9)),
    ("1-6月", Period(2023, 2023, 1, 6)),
    ("1-6月份", Period(2023, 2023, 1, 6)),
    ("1—6月份", Period(2023, 2023, 1, 6)),
    ("1～6月份", Period(2023, 2023, 1, 6)),
    ("1至11月", Period(2023, 2023, 1, 11)),
    ("2023年前10月", Period(2023, 2023, 1, 10)),
    ("头十个月", Period(2023, 2023, 1, 10)),
    ("前11月份", Period(2023, 2023, 1, 11)),
    ("2023年10月末", Period(2023, 2023, 1, 10, as_of=True)),
    ("2024年1-8月", Period(2024, 2024, 1, 8)),
    ("12月", Period(2023, 2023, 12, 12)),
    ("2023年6月", Period(2023, 2023, 6, 6)),
    ("2023年底", Period(2023, 2023, as_of=True)),
    ("2023年末", Period(2023, 2023, as_of=True)),
    ("截至2023年底", Period(2023, 2023, as_of=True)),
    ("截至2023年12月31日", Period(2023, 2023, as_of=True)),
    ("截至2023年12月末", Period(2023, 2023, as_of=True)),
    ("截止2024年6月底", Period(2024, 2024, 1, 6, as_of=True)),
    ("年末", Period(2023, 2023, as_of=True)),
]
LOOKALIKES = "0123456789年月日底末初-至到比较上去前近三五季度半截至同期十四五“”"
# 近…年: how many years back from 2023.
COUNTED = [
    ("近三年", 3), ("近两年", 2), ("近10年", 10), ("近十年", 10), ("近十三年", 13), ("最近二十年来", 20),
    ("过去二十一年", 21), ("近99年", 99),
]  # fmt: skip
NOT_COUNTED = [
    "近0年", "近00年", "近三五年", "近二三年", "近十十年", "近三十十年", "近100年", "近" + "9" * 5_000 + "年",
    "近" + "十" * 300 + "年",
]  # fmt: skip
NOTHING = [
    "", "年", "十四届人大", "1236", "第三次", "五年级", "12345", "3个月前", "少年", "20230105", "教育支出56917万元",
    "以上年",
]  # fmt: skip


@pytest.mark.parametrize("text,period", EXAMPLES)
def test_one_period(text: str, period: Period) -> None:
    found = find_periods(plain(text))
    assert [match.resolve(YEAR) for match in found] == [period]


@pytest.mark.parametrize("text,count", COUNTED)
def test_years_back(text: str, count: int) -> None:
    (match,) = find_periods(plain(text))
    assert match.resolve(YEAR) == Period(YEAR - count + 1, YEAR)


@pytest.mark.parametrize("text", NOT_COUNTED, ids=lambda text: text[:8])
def test_no_number_of_years(text: str) -> None:
    assert [match.back for match in find_periods(plain(text))] == []


@pytest.mark.parametrize("text", NOTHING)
def test_no_period(text: str) -> None:
    assert find_periods(text) == []


@pytest.mark.parametrize(
    "text", ["比2022年", "较上年", "与去年同期", "比上年同期", "与上年", "较2022年同期", "上年同期", "同2022年同期"]
)
def test_comparison_is_no_circumstance(text: str) -> None:
    found = find_periods(text)
    assert found and all(match.compared for match in found)


@pytest.mark.parametrize("text,count", [("2022年和2023年", 2), ("2022年、2023年", 2), ("2023年底和2024年", 2)])
def test_a_list_of_years_compares_nothing(text: str, count: int) -> None:
    found = find_periods(text)
    assert len(found) == count
    assert not any(match.compared for match in found)


def test_short_years_are_for_questions() -> None:
    assert find_periods("23年教育支出") == []
    assert [match.resolve(None) for match in find_periods("23年教育支出", short_years=True)] == [Period.year(2023)]


@pytest.mark.parametrize("text", ["上年", "近三年", "1-6月", "年末"])
def test_relative_needs_a_year(text: str) -> None:
    assert [match.resolve(None) for match in find_periods(text)] == [None]


@pytest.mark.parametrize("text", ["13月", "0月", "1-13月", "9-6月"])
def test_months_that_are_none(text: str) -> None:
    assert all(match.months is None or 1 <= match.months[0] <= match.months[1] <= 12 for match in find_periods(text))


def test_day_is_when_it_was_done_not_what_it_covers() -> None:
    (match,) = find_periods("2023年6月21日")
    assert match.resolve(None) == Period.year(2023)


@given(st.text(alphabet=st.one_of(st.sampled_from(LOOKALIKES), st.characters()), max_size=40))
def test_periods_stand_where_they_say(text: str) -> None:
    normal = plain(text)
    found = find_periods(normal, short_years=True)
    assert all(match.text == normal[match.start : match.end] != "" for match in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for match in found:
        period = match.resolve(YEAR)
        assert period is None or (1 <= period.first_month <= period.last_month <= 12 and period.text)
