"""Tables whose rows are departments, companies or projects, asked for their first row and for one by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import load
from index.ask.assistant import Assistant
from index.ask.table_rows import is_called

REPORT = """<html><body><h1>平原县2026年“三公”经费预算情况说明</h1>
<p>2026年全县“三公”经费预算812.5万元。</p>
<table><tr><td>部门（单位）</td><td>“三公”合计（万元）</td><td>其中：接待费</td><td>其中：公车运行费</td></tr>
<tr><td>县公安局</td><td>236.0</td><td>6.0</td><td>230.0</td></tr>
<tr><td>县园艺产业发展局</td><td>61.2</td><td>21.2</td><td>40.0</td></tr>
<tr><td>县林业局</td><td>38.4</td><td>4.4</td><td>34.0</td></tr>
<tr><td>县水务局</td><td>31.5</td><td>3.5</td><td>28.0</td></tr>
<tr><td>其他部门</td><td>445.4</td><td>85.4</td><td>360.0</td></tr>
<tr><td>合计</td><td>812.5</td><td>120.5</td><td>692.0</td></tr></table>
</body></html>"""
ASSETS = """<html><body><h1>平原县2026年度国有资产管理情况综合报告</h1><h2>一、企业国有资产</h2>
<p>截至2026年底，全县纳入统计的国有企业共9户，资产总额135.1亿元，同比增长3.2%；全年实现利润总额0.78亿元。</p>
<table><tr><td>企业名称</td><td>资产总额（亿元）</td><td>利润总额（亿元）</td></tr>
<tr><td>平原城建集团</td><td>98.3</td><td>0.83</td></tr><tr><td>平原水务公司</td><td>24.1</td><td>0.12</td></tr>
<tr><td>平原湖滨文旅公司</td><td>12.7</td><td>-0.17</td></tr><tr><td>合计</td><td>135.1</td><td>0.78</td></tr></table>
</body></html>"""
TOWN = """平原县桃园铺镇2026年财政预算（草案）的报告
一、2026年预算
全镇一般公共预算收入安排2143万元。教育支出安排856万元。
"""
ASKED: tuple[tuple[str, list[str]], ...] = (
    ("平原2026三公哪个部门最多，多少", ["236.0万元"]),
    ("平原县2026年哪个部门接待费最高", ["21.2万元"]),
    ("平原2026年三公最少的是哪个部门", []),  # the table does not list them all
    ("平原园艺局2026年接待费多少", ["21.2万元"]),
    ("平原县2026年哪家企业利润最高", ["0.83亿元"]),
    ("平原县2026年哪家国企亏损最多", ["-0.17亿元"]),
    ("平原湖滨文旅2026年是赚是亏", ["-0.17亿元"]),
    ("桃园铺2026年教育打算安排多少", ["856万元"]),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("rows")
    for name, text in (("三公.html", REPORT), ("国资.html", ASSETS), ("镇.txt", TOWN)):
        (folder / name).write_text(text, encoding="utf-8")
    db = tmp_path_factory.mktemp("index") / "rows.db"
    assert [report.status for report in load([folder], db)] == ["loaded"] * 3
    assistant = Assistant(db)
    yield assistant
    assistant.close()


@pytest.mark.parametrize("question, wanted", ASKED)
def test_a_row_is_asked_for(assistant: Assistant, question: str, wanted: list[str]) -> None:
    answer = assistant.ask(question, question)
    assert [figure.value + figure.unit for figure in answer.figures if figure.asked] == wanted, answer


@pytest.mark.parametrize(
    "said, row, called",
    [
        ("苹果局", "县苹果产业管理局", True),
        ("湖滨文旅", "平原湖滨文旅公司", True),
        ("公安政法系统", "公安政法", True),
        ("教育局", "县公安局", False),
        ("水利", "水务局", False),
    ],
)
def test_what_a_row_is_called(said: str, row: str, called: bool) -> None:
    assert is_called(said, row) is called
