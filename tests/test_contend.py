"""Which of a place's figures stands in a list of places, by what the index tells of them: a table of cases."""

from __future__ import annotations

from typing import Any

import pytest

from index.ask.ranking.contend import Standing, Terms, contend
from index.models import Measure, Period, Region
from index.store.rows import Contender, Traits

CITY = Region("140400", "长治市", "山西省长治市", "prefecture", "140000")
HERE = Region("140404", "上党区", "长治市上党区", "county", "140400")
YEAR, HALF = Period.year(2023), Period(2023, 2023, 1, 6)
SPENT: tuple[Measure, ...] = ("actual", "amount", "budget")


def figure(id: int, amount: float | None, measure: Measure = "actual", **other: Any) -> Contender:
    """A figure of 上党区 in 2023, unless something else is said."""
    region = other.pop("region", HERE)
    given = {"scope": "", "period": YEAR, "account": "general_public", "flags": (), **other}
    return Contender(id, region, Traits("gp-exp-205", measure, **given), amount)


def listed(
    amount: float, first: int, measure: Measure = "actual", *, plan: bool = False
) -> tuple[list[Standing], list[str]]:
    return [Standing("140404", measure, plan, amount, first)], []


NOTHING: tuple[list[Standing], list[str]] = ([], [])
UNSURE: tuple[list[Standing], list[str]] = ([], ["140404"])
CASES = [
    ("one figure", [figure(7, 5.0)], listed(5.0, 7)),
    ("the same twice: its figures begin at the first", [figure(9, 5.0), figure(7, 5.0)], listed(5.0, 7)),
    ("two that differ", [figure(7, 5.0), figure(9, 6.0)], UNSURE),
    ("done is better than planned", [figure(7, 6.0, "budget"), figure(9, 5.0)], listed(5.0, 7)),
    ("the better first", [figure(7, 5.0), figure(9, 6.0, "budget")], listed(5.0, 7)),
    ("worse ones may differ", [figure(7, 6.0, "budget"), figure(8, 7.0, "budget"), figure(9, 5.0)], listed(5.0, 7)),
    ("only planned", [figure(7, 6.0, "budget")], listed(6.0, 7, "budget")),
    ("a bare amount may be a plan", [figure(7, 6.0, "amount")], UNSURE),
    ("a bare amount beside the figure asked for", [figure(7, 6.0, "amount"), figure(8, 5.0)], listed(5.0, 7)),
    ("one of them a plan", [figure(7, 5.0), figure(8, 5.0, flags=("plan",))], UNSURE),
    ("both a plan", [figure(7, 5.0, flags=("plan",)), figure(8, 5.0, flags=("plan",))], listed(5.0, 7, plan=True)),
    ("withheld", [figure(7, None)], NOTHING),
    ("withheld, but said elsewhere", [figure(7, None), figure(8, 5.0)], listed(5.0, 7)),
    ("withheld, and a plan is no substitute", [figure(7, None), figure(8, 5.0, "budget")], NOTHING),
    ("on another basis", [figure(7, 4.0, flags=("same_basis",)), figure(8, 5.0)], listed(5.0, 7)),
    ("only on another basis", [figure(7, 4.0, flags=("same_basis",))], NOTHING),
    ("months only", [figure(7, 3.0, period=HALF)], UNSURE),
    ("months beside the year", [figure(7, 3.0, period=HALF), figure(8, 5.0)], listed(5.0, 8)),
    ("several years", [figure(7, 3.0, period=Period(2021, 2023))], NOTHING),
    ("another level", [figure(7, 5.0, region=CITY)], NOTHING),
    ("another measure", [figure(7, 5.0, "adjusted_budget")], NOTHING),
]  # fmt: skip


@pytest.mark.parametrize("figures, expected", [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_of_a_place(figures: list[Contender], expected: tuple[list[Standing], list[str]]) -> None:
    assert contend(figures, Terms(SPENT, "", YEAR), "county") == expected


OF_AN_ACCOUNT = [
    ("the account itself", [figure(7, 5.0)], listed(5.0, 7)),
    ("another one beside it", [figure(7, 5.0), figure(8, 6.0, account="debt")], listed(5.0, 7)),
    ("only another one", [figure(8, 6.0, account="debt")], NOTHING),
    ("none named: the words decide", [figure(7, 5.0), figure(8, 5.0, account="")], UNSURE),
    ("none of the five: the words decide", [figure(8, 5.0, account="other"), figure(9, 5.0)], UNSURE),
]


@pytest.mark.parametrize("figures, expected", [case[1:] for case in OF_AN_ACCOUNT], ids=[c[0] for c in OF_AN_ACCOUNT])
def test_of_an_account(figures: list[Contender], expected: tuple[list[Standing], list[str]]) -> None:
    assert contend(figures, Terms(SPENT, "general_public", YEAR), "county") == expected


def test_for_months_the_year_is_no_answer() -> None:
    terms = Terms(SPENT, "", HALF)
    assert contend([figure(7, 5.0)], terms, "county") == NOTHING
    assert contend([figure(7, 5.0), figure(8, 3.0, period=HALF)], terms, "county") == listed(3.0, 8)


@pytest.mark.parametrize("asked", ["budget", "actual"])
def test_an_amount_may_be_what_was_asked_for_only_if_its_words_say_so(asked: Measure) -> None:
    assert contend([figure(7, 5.0, "amount")], Terms((asked, "amount"), "", YEAR), "county") == UNSURE
    assert contend([figure(7, 5.0, "amount")], Terms(("outstanding", "amount"), "", YEAR), "county") == listed(
        5.0, 7, "amount"
    )
