"""核对 beside the reports that an index holds of a place: last year's, its own tables, those of the level above.

Reports are made up.  Only what a slip explains is told; what was settled since, and another draft of the paper, is not.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from index.admin.checking import check_files
from index.admin.office import Office
from index.build import load
from index.models import Person
from tests.parse_builders import TITLE

NOW = "上党区2024年财政预算执行情况和2025年财政预算（草案）的报告"
LAST = (
    TITLE, "一、2023年预算执行情况", "2023年，全区一般公共预算收入完成20350万元，增长2%。",
    "2023年，全区教育支出完成56917万元。", "2.政府性基金预算", "2023年，全区政府性基金预算收入完成100000万元。",
    "结转下年51358万元，收入总计151358万元。",
)  # fmt: skip
CITY = "长治市2024年财政预算执行情况和2025年财政预算（草案）的报告"
LIMITS = (
    CITY, "一、2024年债务情况", "2024年，上党区政府债务限额215300万元。", "屯留区政府债务限额180200万元。",
)  # fmt: skip
GIVEN = (CITY, "一、2024年转移支付情况", "2024年，对上党区补助下级支出135420万元。")
CASES = [
    pytest.param(
        LAST, "2023年，全区一般公共预算收入完成23050万元。", [("与上年报告", "23050")], id="last year's, swapped"
    ),
    pytest.param(LAST, "2023年，全区一般公共预算收入完成20350万元。", [], id="last year's"),
    pytest.param(LAST, "2023年，全区一般公共预算收入完成20351万元。", [], id="settled since"),
    pytest.param(LAST, "2023年，全区教育支出完成59617万元。", [("与上年报告", "59617")], id="an item"),
    pytest.param(LAST, "2024年，全区一般公共预算收入完成21368万元，下降5%。", [("与上年报告", "5")], id="growth"),
    pytest.param(LAST, "2024年，全区一般公共预算收入完成21368万元，增长5%。", [], id="growth as it is"),
    pytest.param(
        LIMITS, "截至2024年底，全区政府债务限额251300万元。", [("与收录的报告", "251300")], id="the level above"
    ),
    pytest.param(LIMITS, "截至2024年底，全区政府债务限额215300万元。", [], id="as the level above says"),
    pytest.param(GIVEN, "2024年，全区上级补助收入153420万元。", [("与收录的报告", "153420")], id="given otherwise"),
    pytest.param(GIVEN, "2024年，全区上级补助收入135420万元。", [], id="as it was given"),
    pytest.param(GIVEN, "2024年，全区上级补助收入146120万元。", [], id="the province gives as well"),
]


def papers(folder: Path, *texts: tuple[str, ...]) -> list[Path]:
    found = []
    for number, lines in enumerate(texts):
        found.append(folder / f"{number}.txt")
        found[-1].write_text("\n".join(lines), encoding="utf-8")
    return found


def beside(folder: Path, held: tuple[str, ...], *lines: str) -> list[tuple[str, str]]:
    other, draft = papers(folder, held, (NOW, "一、预算执行情况", "2024年，全区农林水支出完成21368万元。", *lines))
    db = folder / "index.db"
    load([other], db)
    (alone,) = check_files([draft])
    (checked,) = check_files([draft], held=db)
    return [(one.kind, one.figure) for one in checked.findings if one not in alone.findings]


@pytest.mark.parametrize("held, line, wanted", CASES)
def test_beside_what_is_held(tmp_path: Path, held: tuple[str, ...], line: str, wanted: list[tuple[str, str]]) -> None:
    assert beside(tmp_path, held, line) == wanted


def test_another_draft_of_the_paper_says_nothing(tmp_path: Path) -> None:
    first, second = papers(
        tmp_path,
        (NOW, "2024年，全区一般公共预算收入完成20350万元。"),
        (NOW, "2024年，全区一般公共预算收入完成23050万元。"),
    )
    db = tmp_path / "index.db"
    load([first], db)
    (checked,) = check_files([second], held=db)
    assert checked.findings == ()


def test_without_an_index_a_file_is_checked_by_itself(tmp_path: Path) -> None:
    (draft,) = papers(tmp_path, (NOW, "2023年，全区一般公共预算收入完成23050万元。"))
    (checked,) = check_files([draft], held=tmp_path / "没有.db")
    assert checked.error == "" and checked.findings == ()
    damaged = tmp_path / "坏.db"
    damaged.write_bytes(b"no index")
    (checked,) = check_files([draft], held=damaged)
    assert checked.error == "" and checked.findings == ()


def test_the_line_of_the_preview_counts_the_same(tmp_path: Path) -> None:
    last, draft = papers(
        tmp_path, LAST, (NOW, "2024年，全区农林水支出完成21368万元。", "2023年，全区教育支出完成59617万元。")
    )
    db = tmp_path / "in" / "index.db"
    load([last], db)
    office = Office(db, tmp_path)
    try:
        (checked,) = office.examine([draft])
        (report,) = office.preview([draft], Person(1001, "安娜")).files
    finally:
        office.close()
    assert [one.kind for one in checked.findings] == ["与上年报告"]
    assert any(line.startswith("核对：疑 1") for line in report.warnings)
