"""Which years a paper is about: its title, file name or presenting sentence tells, never the day of the session."""

from __future__ import annotations

import pytest

from index.facts.about import about

DAY = "——2026年1月20日在某市第十届人民代表大会第六次会议上"
PRESENTED = "受市人民政府委托，现将本市2025年预算执行情况和2026年预算草案报告提请审议。"


@pytest.mark.parametrize(
    "name,title,texts,years,kind",
    [
        ("a.html", "2025年预算执行情况和2026年预算草案的报告", (DAY,), (2025, 2026), "execution"),
        ("关于2025年预算执行情况和2026年预算草案的报告.html", "", (DAY, "各位代表："), (2025, 2026), "execution"),
        ("a.html", "", (DAY, "各位代表：", PRESENTED), (2025, 2026), "execution"),
        ("a.docx", "某县2025年财政预算调整方案（草案）的报告", (DAY,), (2025, 2025), "adjustment"),
        ("a.txt", "某镇2024年财政决算和2025年上半年预算执行情况的报告", (DAY,), (2025, 2026), "half_year"),
        ("a.html", "关于财政预算的报告", (DAY, "2025年收入3亿元。"), (2025, 2026), "draft_budget"),
    ],
)
def test_years(name: str, title: str, texts: tuple[str, ...], years: tuple[int, int], kind: str) -> None:
    found = about(name, title, texts)
    assert (found.year, found.plan_year, found.kind) == (*years, kind)
