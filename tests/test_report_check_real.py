"""The check on published reports: what a careful reader found in them, and no word on what is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.check.run import check
from tests.parse_builders import parsed_file

pytestmark = pytest.mark.real

# seed, kind, the figure that is told first
FOUND = [
    ("000", "完成率", "113.36"), ("000", "同比", "24754.14"), ("000", "完成率", "8650"), ("000", "单位", "867718"),
    ("000", "收支相抵", "47922"), ("000", "前后不一致", "521204"), ("000", "前后不一致", "61041"),
    ("000", "前后不一致", "22504"), ("000", "前后不一致", "31763"), ("000", "分项", "373794"),
    ("000", "分项", "133111"), ("000", "分项", "35293"), ("000", "合计", "87654"), ("000", "剩余", "3285"),
    ("000", "单位", "162012"),
    ("000", "单位", "60942"), ("000", "单位", "540"), ("001", "分项", "174666"), ("001", "分项", "11461"),
    ("001", "收支平衡", "93033"),
]  # fmt: skip


@pytest.mark.parametrize("seed, kind, figure", FOUND)
def test_what_a_careful_reader_found(shared: Path, seed: str, kind: str, figure: str) -> None:
    (path,) = (shared / "reports" / "seeds").glob(f"{seed}_*")
    assert (kind, figure) in told(path, hints=True)


# report -> the figures told of it (错, 疑), each looked at by a person; every other report there is silent
TOLD = {
    "chengde_2025_budget_report.docx": {("表内合计", "32662")},
    "jincheng_2025_budget_report.pdf": {("完成率", "98.6")},
    "sanming_2019_budget_report.html": {("合计", "1,684,067"), ("同比", "1,563"), ("同比", "161,347")},
    "zhangye_2025_budget_report.html": {("占比", "37.39"), ("占比", "3.13"), ("占比", "0.33")},
    "zhoukou_2019_budget_report.html": {("同比", "2.2"), ("同比", "1.5"), ("同比", "87.2")},
}


def test_what_is_right_stays_without_a_word(shared: Path) -> None:
    files = [path for path in sorted((shared / "reports").iterdir()) if path.is_file()]
    assert len(files) > len(TOLD)
    assert {path.name: found for path in files if (found := told(path))} == TOLD


def told(path: Path, *, hints: bool = False) -> set[tuple[str, str]]:
    """Kind and first figure of the findings."""
    report = parsed_file(path)
    found = set()
    for one in check(report):
        if hints or one.level != "提示":
            span = one.spans[0]
            found.add((one.kind, report.sentences[span.sentence].text[span.start : span.end]))
    return found
