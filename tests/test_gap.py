"""The words of a question for a difference: the year and the stage on each side, and what is no such question."""

from __future__ import annotations

import pytest

from index.ask.expressions import expressions
from index.ask.side_words import stage_in, stages_of, with_years
from index.ask.vocabulary import in_our_words, pattern_in
from index.find.periods import find_periods

NEWEST, TOLD = 2026, 2025

SIDES = [
    ("26年要比25年完成数多收多少亿", (2026, "", 2025, "actual", "more")),
    ("26年预算比25年少多少", (2026, "budget", 2025, "", "less")),
    ("2026年安排的比2025年执行多多少", (2026, "budget", 2025, "actual", "more")),
    ("比25年完成数，26年安排多多少", (2026, "budget", 2025, "actual", "more")),
    ("与2025年执行数相比，2026年预算增加多少", (2026, "budget", 2025, "actual", "more")),
    ("26年预算和25年执行数相差多少", (2026, "budget", 2025, "actual", "")),
    ("26年预算多安排多少，比25年执行数", (2026, "budget", 2025, "actual", "more")),
    ("2026年预算比上年完成数多多少", (2026, "budget", 2025, "actual", "more")),
    ("明年预算比今年完成数少多少", (2026, "budget", 2025, "actual", "less")),
    ("今年安排比去年执行减少多少", (2026, "budget", 2025, "actual", "less")),
    ("预算26年比25年多多少", (2026, "budget", 2025, "budget", "more")),
    ("2025年实际比年初预算多收多少", (2025, "actual", 0, "budget", "more")),
    ("2025年完成数比调整预算少多少", (2025, "actual", 0, "adjusted_budget", "less")),
    ("2025年短收多少", (2025, "actual", 0, "budget", "less")),
    ("2025年超过预算多少", (2025, "", 0, "budget", "more")),
    ("2025年预算数和完成数差多少", (2025, "budget", 0, "actual", "")),
]


@pytest.mark.parametrize("text, want", SIDES, ids=[text for text, _ in SIDES])
def test_each_side_has_its_year_and_its_stage(text: str, want: tuple[int, str, int, str, str]) -> None:
    words = next(expressions(with_years(text, NEWEST, TOLD), ("gap",)))
    years = [max((match.years[1] for match in find_periods(side, short_years=True) if match.years), default=0)
             for side in (words.first, words.second)]  # fmt: skip
    stages = stages_of(words.first, words.second)
    assert (years[0], stages[0], years[1], stages[1], words.direction) == want


@pytest.mark.parametrize(
    "text", ["2025年完成多少", "2026年预算多少", "2025年完成预算的百分之几", "安排了多少", "比例是多少"]
)
def test_no_difference_is_asked_for(text: str) -> None:
    assert not list(expressions(with_years(text, NEWEST, TOLD), ("gap",)))


@pytest.mark.parametrize(
    "text, stage",
    [
        ("预算执行数", "actual"),
        ("预算完成", "actual"),
        ("调整预算数", "adjusted_budget"),
        ("年初预算", "budget"),
        ("安排", "budget"),
        ("预算收入", ""),
        ("", ""),
    ],
)
def test_stage_words(text: str, stage: str) -> None:
    assert stage_in(text) == stage


@pytest.mark.parametrize(
    "text, asks",
    [
        ("债务余额离限额还有多大空间", True),
        ("还能举借多少债", True),
        ("专项债务剩余限额", True),
        ("限额比余额多多少", True),
        ("余额比限额低多少", True),
        ("还有多少举债空间", True),
        ("债务限额和余额各多少", False),
        ("债务限额多少", False),
        ("债务余额比上年增加多少", False),
    ],
)
def test_room_for_new_debt(text: str, asks: bool) -> None:
    assert bool(pattern_in("gap", "room").search(text)) == asks


@pytest.mark.parametrize(
    "asked, read",
    [
        ("二六年预算比二五年少多少", "26年预算比25年少多少"),
        ("一九年决算", "19年决算"),
        ("近二三年", "近二三年"),
        ("二三年级", "二三年级"),
        ("二零二五年", "2025年"),
    ],
)
def test_years_in_two_chinese_digits(asked: str, read: str) -> None:
    assert in_our_words(asked) == read
