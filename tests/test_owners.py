"""Whose figures a paper holds: a government's, a department's, a unit's, a fund's."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import load
from index.facts.about import about
from index.find.bodies import called

# file name, title, first lines -> owner, kind, place, planned year
PAPERS: tuple[tuple[str, str, list[str], str, str, str, int], ...] = (
    ("a.pdf", "青州市2025年市级部门预算", ["预算主管部门：青州市水利局"],
     "青州市水利局", "department", "青州市", 2025),
    ("青州市水利局2025年部门预算.pdf", "部门预算", ["2025年度"],
     "青州市水利局", "department", "青州市", 2025),
    ("b.pdf", "单位预算", ["2026年度", "青州市儿童福利院2026年单位预算"],
     "青州市儿童福利院", "unit", "青州市", 2026),
    ("c.pdf", "2024年度部门决算", ["中共青州市委社会工作部2024年度", "部门决算"],
     "中共青州市委社会工作部", "department", "青州市", 2025),
    ("d.pdf", "2024年度单位决算", ["本单位收入增加。", "本单位支出减少。", "本单位没有公务用车。"],
     "本单位", "unit", "", 2025),
    ("e.pdf", "青州市水利局2024年决算公开", ["我局收入增加。", "我局支出减少。", "本部门支出持平。"],
     "本部门", "department", "青州市", 2025),
    ("f.pdf", "青州市住房公积金2024年年度报告", [],
     "住房公积金", "fund", "青州市", 2025),
    ("g.pdf", "关于青州市2024年预算执行情况和2025年预算草案的报告", ["编好部门预算。"],
     "", "government", "青州市", 2025),
    ("h.pdf", "青州市2025年政府预算公开说明", ["汇总各部门预算。"],
     "", "government", "青州市", 2025),
    ("i.pdf", "青州市财政局2023年度总决算分析报告", ["我局认真落实。"],
     "", "government", "青州市", 2024),
    ("j.pdf", "部门预算草案预算执行情况与2026年青州市市级预算草案的报告", [],
     "", "government", "青州市", 2026),
)  # fmt: skip


@pytest.mark.parametrize("name, title, lines, owner, kind, place, planned", PAPERS)
def test_whose_paper(name: str, title: str, lines: list[str], owner: str, kind: str, place: str, planned: int) -> None:
    subject = about(name, title, lines)
    assert (subject.owner, subject.owner_kind) == (owner, kind)
    assert (subject.region.name if subject.region else "") == place
    assert subject.plan_year == planned


CALLED: tuple[tuple[str, list[str], list[str]], ...] = (
    ("潍坊市青州市人民政府王府街道办事处", ["王府街道办事处", "王府街道"], ["办事处"]),
    ("青州市人民政府办公室", ["政府办公室", "政府办"], ["办公室", "办"]),
    ("中共青州市委社会工作部", ["社会工作部"], []),
    ("青州市商务委员会", ["商务委员会", "商务委"], []),
)


@pytest.mark.parametrize("owner, names, others", CALLED)
def test_what_people_call_a_body(owner: str, names: list[str], others: list[str]) -> None:
    found = called(owner)
    assert found[0] == owner
    assert set(names) <= set(found)
    assert not set(others) & set(found)


def test_the_intake_says_whose_paper_it_is(tmp_path: Path) -> None:
    paper = tmp_path / "a.txt"
    lines = ("青州市2025年市级部门预算", "预算主管部门：青州市水利局", "一、预算情况", "青州市水利局收入预算1200万元。")
    paper.write_text("\n".join(lines), encoding="utf-8")
    (report,) = load([paper], tmp_path / "index.db")
    assert "这是青州市水利局自己的预算或决算，不是政府的" in report.warnings
