"""Contradictions in and between reports: those of the samples, made-up pairs, and what only looks like one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.admin.checking import check_files
from index.admin.clashes import clashes
from index.admin.models import Clash
from index.build import load
from index.store.lookup import Index

ROOT = Path(__file__).resolve().parent.parent
DISTRICT, CITY = "410303", "410300"


def found(db: Path, region: str | None = None, limit: int = 200) -> list[Clash]:
    with Index(db) as index:
        return clashes(index, region, limit)


def report(folder: Path, name: str, *lines: str) -> Path:
    """A report of a file name, which tells its place and year; all lines are of the general budget."""
    file = folder / f"{name}.txt"
    file.write_text("\n".join([name, "一、一般公共预算支出情况", *lines]) + "\n", encoding="utf-8")
    return file


def values(clash: Clash) -> tuple[str, tuple[str, ...]]:
    return f"{clash.item} {clash.measure}", tuple(place.value for place in clash.places)


def test_the_contradictions_of_the_samples(tmp_path: Path) -> None:
    db = tmp_path / "index.db"
    load([ROOT / "data" / "reports"], db, jobs=1)
    expected = {
        ("一般公共预算收入 budget", ("207100万元", "219435万元")),
        ("一般公共预算支出 budget", ("521204万元", "616260万元")),
        ("社会保障和就业支出 actual", ("61041万元", "60942万元")),
        ("卫生健康支出 actual", ("31763万元", "31720万元")),
        ("农林水支出 actual", ("22504万元", "31651万元")),
    }
    assert {values(clash) for clash in found(db)} == {values(clash) for clash in found(db, "140404")} == expected
    assert {(clash.region, clash.period) for clash in found(db)} == {("长治市上党区", "2023")}
    by_item = {clash.item: [place.quote for place in clash.places] for clash in found(db)}
    assert any("｜年度预算数 219435｜" in quote for quote in by_item["一般公共预算收入"])  # a row, with its heads
    assert by_item["卫生健康支出"][1] == "五是卫生健康支出 31720 万元。"
    assert len(found(db, limit=2)) == 2
    assert found(db, "410303") == found(db, "999999") == []


DONE = "2023年，全区教育支出完成56917万元，增长6.75%。"
# another sentence of the same report -> the other figure, or None where there is no contradiction
WITHIN = [
    ("全区教育支出完成56971万元。", "56971万元"),
    ("全区教育支出完成5.79亿元。", "5.79亿元"),
    ("全区教育支出完成56917亿元。", "56917亿元"),
    ("全区教育支出完成5.69亿元。", None),
    ("全区教育支出完成56917万元。", None),
    ("全区教育支出超过6亿元。", None),
    ("全区教育支出预算60000万元。", None),
    ("全区教育支出调整预算61000万元。", None),
    ("区本级教育支出完成40000万元。", None),
    ("2022年，全区教育支出完成53317万元。", None),
    ("2023年1-6月，全区教育支出完成30000万元。", None),
    ("近三年全区教育支出累计60000万元。", None),
    ("全区政府性基金教育支出完成60000万元。", None),
    ("全区教育支出中，职业教育支出完成50000万元。", None),
    ("剔除一次性因素，全区教育支出完成56000万元。", None),
    ("全区教育支出完成1200万元，用于改善办学条件。", None),
]  # fmt: skip


@pytest.mark.parametrize("line, other", WITHIN)
def test_two_sentences_of_a_report(tmp_path: Path, line: str, other: str | None) -> None:
    name = "西工区2023年财政决算报告"
    load([report(tmp_path, name, DONE, "二、一般公共预算保障民生情况", line)], tmp_path / "x.db", jobs=1)
    assert [values(clash) for clash in found(tmp_path / "x.db")] == (
        [("教育支出 actual", ("56917万元", other))] if other else []
    )


# a sentence of another report -> the other figure, or None
BETWEEN = [
    ("西工区2023年财政总决算分析", "2023年，全区教育支出完成56971万元。", "56971万元"),
    ("西工区2024年财政决算报告", "2023年，全区教育支出完成56971万元。", "56971万元"),
    ("西工区2024年财政决算报告", "2024年，全区教育支出完成60971万元。", None),
    ("西工区2022年预算执行情况和2023年预算草案", "2023年，全区教育支出安排57000万元。", None),
    ("涧西区2023年财政决算报告", "2023年，全区教育支出完成56971万元。", None),
]


@pytest.mark.parametrize("name, line, other", BETWEEN)
def test_two_reports(tmp_path: Path, name: str, line: str, other: str | None) -> None:
    first = report(tmp_path, "西工区2023年财政决算报告", DONE)
    load([first, report(tmp_path, name, line)], tmp_path / "x.db", jobs=1)
    told = found(tmp_path / "x.db", DISTRICT)
    assert [values(clash)[1] for clash in told] == ([("56917万元", other)] if other else [])
    if other:
        assert [place.document for place in told[0].places] == [first.name, f"{name}.txt"]
        assert all(re.search("教育支出", place.sentence) for place in told[0].places)


def test_levels_of_a_city_must_be_told(tmp_path: Path) -> None:
    lines = (
        "全市教育支出完成50亿元。",
        "市本级教育支出完成20亿元。",
        "教育支出完成21亿元。",
        "全市教育支出完成51亿元。",
    )
    load([report(tmp_path, "洛阳市2023年财政决算报告", *lines)], tmp_path / "x.db", jobs=1)
    assert [values(clash)[1] for clash in found(tmp_path / "x.db", CITY)] == [("50亿元", "51亿元")]


def test_a_list_of_parts_is_no_contradiction(tmp_path: Path) -> None:
    lines = (f"全区教育支出完成{number}万元。" for number in (50000, 51000, 52000))
    load([report(tmp_path, "西工区2023年财政决算报告", *lines)], tmp_path / "x.db", jobs=1)
    assert found(tmp_path / "x.db") == []


@pytest.mark.real
def test_published_reports_contradict_themselves_rarely(tmp_path: Path, shared: Path) -> None:
    """Read by hand: six keys of one district's final accounts; the other reports hold nothing that is not noise."""
    load([shared / "reports"], tmp_path / "x.db")
    told = found(tmp_path / "x.db")
    expected = [
        "一般公共预算支出",
        "一般公共预算收入",
        "农林水支出",
        "卫生健康支出",
        "社会保障和就业支出",
        "财政总收入",
    ]
    assert sorted(clash.item for clash in told) == expected


# sentences of one report -> how many contradictions it holds
WITHIN_ONE: list[tuple[tuple[str, ...], int]] = [
    ((DONE,), 0),
    ((DONE, "全区教育支出完成5.69亿元。"), 0),
    ((DONE, "全区教育支出完成56971万元。"), 1),
    ((DONE, "全区教育支出完成56971万元。", "全区卫生健康支出完成31763万元。", "全区卫生健康支出完成31720万元。"), 2),
    # of one key by its slots alone: the first is of a part; what once was listed behind the sure ones
    ((DONE, "全区教育支出中，职业教育支出完成50000万元，教育支出用于乡村20000万元。"), 0),
    # not sure by its words, but one slip of the hand away: the check tells of it, so do the others
    (("2023年，全区教育支出完成133111万元。", "2023年教育支出总计完成131311万元。"), 1),
    ((DONE, "全区教育支出完成56917亿元。"), 1),  # told as a slip of the unit
]


@pytest.mark.parametrize("lines, number", WITHIN_ONE)
def test_check_intake_and_conflicts_say_the_same(tmp_path: Path, lines: tuple[str, ...], number: int) -> None:
    headed = [line for one in lines for line in ("二、一般公共预算支出情况（续）", one)]
    file = report(tmp_path, "西工区2023年财政决算报告", *headed)
    (checked,) = check_files([file])
    (loaded,) = load([file], tmp_path / "x.db", jobs=1)
    told = found(tmp_path / "x.db")
    assert sum(one.twice for one in checked.findings) == len(loaded.contradictions) == number
    assert len(told) == number
    for clash, line in zip(told, loaded.contradictions, strict=True):
        assert all(place.value.rstrip("万亿元") in line for place in clash.places)
    assert found(tmp_path / "x.db", DISTRICT) == told and found(tmp_path / "x.db", CITY) == []


@pytest.mark.real
def test_published_reports_say_the_same_thrice(tmp_path: Path, shared: Path) -> None:
    for file in sorted((shared / "reports" / "seeds").glob("*.txt")):
        (checked,) = check_files([file])
        (loaded,) = load([file], tmp_path / f"{file.stem}.db", jobs=1)
        within = [one for one in checked.findings if one.twice]
        assert len(within) == len(loaded.contradictions) == len(found(tmp_path / f"{file.stem}.db"))
