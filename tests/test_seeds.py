"""The five published reports the project began with: every line of their lists and tables, from our own transcription.

``cases/seed_lines.jsonl`` holds figures only (seed, group, item, measure, value, …), no text of the reports.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from index.models import Parsed
from index.parse import named_region, parse
from index.read import read_document
from index.text.normal import plain
from tests.parse_builders import cases, fits, parsed_file, shown

pytestmark = pytest.mark.real
CASES = tuple(cases("seed_lines.jsonl"))
REGIONS = {"000": "长治市上党区", "001": "焦作市解放区", "002": "长治市屯留区", "003": None, "004": "洛阳市西工区"}
SIZES = {
    ("000", "revenue lines"): 21, ("000", "expenditure lines"): 22, ("000", "county revenue table"): 16,
    ("000", "county expenditure table"): 16, ("001", "plan lines"): 21,
}  # fmt: skip


def seed(shared: Path, number: str) -> Parsed:
    """A seed report, parsed."""
    (path,) = (shared / "reports" / "seeds").glob(f"{number}_*")
    return parsed_file(path)


def name(case: dict[str, Any]) -> str:
    subject = case.get("item") or case.get("has") or case.get("key")
    words = [case["seed"], case["group"], subject, case.get("region"), case.get("measure"), case["value"]]
    return "-".join(filter(None, words)).replace(" ", "_")


@pytest.mark.parametrize("case", [pytest.param(case, id=name(case)) for case in CASES])
def test_figure(shared: Path, case: dict[str, Any]) -> None:
    wanted = {field: value for field, value in case.items() if field not in ("seed", "group")}
    facts = seed(shared, case["seed"]).facts
    same_value = tuple(fact for fact in facts if fact.value == case["value"] != "*")
    assert any(fits(fact, wanted) for fact in facts), shown(same_value)


@pytest.mark.parametrize("place", [pytest.param(place, id="-".join(place)) for place in SIZES])
def test_transcription_is_whole(place: tuple[str, str]) -> None:
    rows = [case for case in CASES if (case["seed"], case["group"]) == place]
    names = Counter((row.get("item"), row.get("region"), row.get("scope")) for row in rows)
    assert len(names) == SIZES[place]


@pytest.mark.parametrize("number", list(REGIONS))
def test_region_and_year(shared: Path, number: str) -> None:
    subject = seed(shared, number).subject
    expected = REGIONS[number]
    assert subject.year == 2023
    assert (subject.region and subject.region.full_name) == (expected and named_region(expected).full_name)


def test_county_tables_hold_nothing_else(shared: Path) -> None:
    """16 rows of six figures and two ranks; two rows have no rank."""
    found = seed(shared, "000")
    for key in ("total-gp-rev", "total-gp-exp"):
        assert sum(fact.rule == "table" and fact.key == key for fact in found.facts) == 16 * 8 - 4


def test_growth_of_two_lists_is_a_conflict_both_kept(shared: Path) -> None:
    """The report gives two growth rates for one line; both are facts."""
    values = {f.value for f in seed(shared, "000").facts if f.key == "gp-rev-10306" and f.measure == "yoy_pct"}
    assert values == {"224457.14", "24754.14"}


def test_unit_slip_is_flagged(shared: Path) -> None:
    slips = [f for f in seed(shared, "000").facts if "unit_slip" in f.flags]
    assert ("8650", "元") in {(f.value, f.unit) for f in slips}


@pytest.mark.parametrize(
    "term",
    ["一般公共预算", "政府性基金预算", "国有资本经营预算", "社会保险基金预算", "债务限额管理", "转移支付", "专项债",
     "“三保”支出", "“三公”经费", "预算稳定调节基金", "专项转移支付", "预算绩效管理", "调入资金和调出资金", "零基预算"],
)  # fmt: skip
def test_glossary_is_findable(shared: Path, term: str) -> None:
    found = seed(shared, "001")
    at = [s.index for s in found.sentences if plain(s.text).startswith(f"【{plain(term)}】")]
    assert at, "no sentence begins with the term"
    near = "".join(s.text for s in found.sentences[at[-1] : at[-1] + 2])
    assert len(near) > len(term) + 12


def test_plan_lines_are_2024_only(shared: Path) -> None:
    lines = {case["value"] for case in CASES if case["group"] == "plan lines"}
    facts = seed(shared, "001").facts
    assert [f for f in facts if f.value in lines and len(f.value) > 3 and f.period.first_year == 2023] == []


def test_seed_without_a_region_warns(shared: Path) -> None:
    found = seed(shared, "003")
    assert found.subject.region is None
    assert any("地区" in warning and "--region" in warning for warning in found.warnings)
    assert {fact.region for fact in found.facts} == {""}


def test_seed_without_a_region_can_be_named(shared: Path) -> None:
    (path,) = (shared / "reports" / "seeds").glob("003_*")
    region = named_region("福建省永安市")
    found = parse(read_document(path), region)
    assert {fact.region for fact in found.facts} == {region.code}
    assert not any("地区" in warning for warning in found.warnings)


def test_withheld_office_names_are_no_amounts(shared: Path) -> None:
    """*市 and *省 are names left out, not figures."""
    found = seed(shared, "003")
    withheld = [f for f in found.facts if f.value == "*"]
    assert [f.label for f in withheld if found.sentences[f.sentence].text[f.end] in "市省厅"] == []


def test_negative_refund_is_negative(shared: Path) -> None:
    numbers = [f.number for f in seed(shared, "002").facts if f.key == "transfer-refund"]
    assert numbers and all(number is not None and number < 0 for number in numbers)
