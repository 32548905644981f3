"""The region of a report that names none, from a file name in pinyin; never against what the text names."""

from __future__ import annotations

import pytest

from index.facts.about_spelled import region_spelled
from index.parse import parse
from tests.parse_builders import document, table

REVENUE = table("项目 | 2025年执行数\n契税 | 50", "2025年全市一般公共预算收入执行情况表 单位：万元")
TITLE = "2025年全市一般公共预算收入执行情况"


@pytest.mark.parametrize(
    "stem,region",
    [
        ("changzhi_2025_revenue", "长治市"),
        ("shanxi_changzhi_2025", "长治市"),
        ("changzhishi-2025", "长治市"),
        ("nanchang_2025", "南昌市"),  # 南昌县 is below it
        ("changzhi_shangdang", "上党区"),
        ("jiangsu_suzhou", "苏州市"),
        ("suzhou_2025", None),  # 苏州 or 宿州
        ("changzhi_jincheng", None),
        ("budget_report_final", None),
        ("2025年报告", None),
    ],
)
def test_spelled(stem: str, region: str | None) -> None:
    found = region_spelled(stem, (), None)
    assert (found.name if found else None) == region


@pytest.mark.parametrize(
    "texts,level,region",
    [
        ((), "prefecture", "长治市"),
        ((), "county", None),
        (("上党区收入增长3%",), None, "长治市"),
        (("晋城市收入增长3%",), None, None),
    ],
)
def test_text_comes_first(texts: tuple[str, ...], level: str | None, region: str | None) -> None:
    found = region_spelled("changzhi_2025", texts, level)
    assert (found.name if found else None) == region


def test_said_in_a_warning() -> None:
    found = parse(document(TITLE, REVENUE, name="changzhi_2025_revenue.pdf"))
    assert found.subject.region is not None and found.subject.region.name == "长治市"
    assert "地区按文件名认定，请核对" in found.warnings
    assert {fact.region for fact in found.facts} == {"140400"}


def test_named_in_the_text_needs_no_warning() -> None:
    found = parse(document("晋城市" + TITLE, REVENUE, name="changzhi_2025_revenue.pdf"))
    assert found.subject.region is not None and found.subject.region.name == "晋城市"
    assert not any("文件名" in warning for warning in found.warnings)
