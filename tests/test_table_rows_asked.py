"""Tables whose rows are departments, companies or projects, asked for their first row and for one by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import load
from index.ask.assistant import Assistant
from index.ask.row_words import called
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
BONDS = """<html><body><h1>平原县2026年政府债券资金使用情况公开</h1>
<p>2026年，专项债券重点投向平湖工业园区基础设施（6.20亿元）、县人民医院北院区（4.35亿元）、新城管廊（1.80亿元）。
县城南环路三期核减420万元，柳河堤防加固工程核减173万元。</p>
<p>分年度看，2027年至2029年到期债券本金分别为3.1亿元、4.6亿元、2.2亿元。</p>
<p>表1 2026年平原县新增一般债券项目安排情况表（单位：万元）</p>
<table><tr><td>序号</td><td>项目名称</td><td>项目单位</td><td>安排金额</td><td>截至年末支出</td></tr>
<tr><td>1</td><td>桃园铺镇第三幼儿园建设</td><td>县教育局</td><td>2,140</td><td>1,870</td></tr>
<tr><td>2</td><td>县乡公路安全防护提升</td><td>县交通局</td><td>960</td><td>960</td></tr></table>
<p>表2 2026年平原县新增专项债券项目安排情况表（单位：万元）</p>
<table><tr><td>项目名称</td><td>项目领域</td><td>期限（年）</td><td>利率（%）</td><td>金额</td></tr>
<tr><td>老旧街区及配套供水管网改造</td><td>市政</td><td>15</td><td>2.31</td><td>8,400</td></tr>
<tr><td>平原师范学院附属中学东校区</td><td>教育</td><td>20</td><td>2.45</td><td>5,300</td></tr></table>
</body></html>"""
DEPARTMENTS = """<html><body><h1>平原县2026年县级部门预算草案</h1>
<p>表3 2026年平原县县级部门预算草案表（单位：万元）</p>
<table><tr><td>序号</td><td>部门名称</td><td>2026年预算数</td></tr>
<tr><td>1</td><td>平原县人力资源和社会保障局</td><td>4,312</td></tr>
<tr><td>2</td><td>平原县人民法院</td><td>2,905</td></tr><tr><td>3</td><td>平原县档案馆</td><td>377</td></tr></table>
</body></html>"""
BUREAU = """<html><body><h1>平原县水务局2026年部门预算</h1>
<p>2026年，平原县水务局收入预算1,204万元，支出预算1,204万元。</p><h2>国有资产占有使用情况</h2>
<p>截至2025年8月31日，平原县水务局共有车辆3辆，其中：执法执勤用车2辆、其他用车1辆；单价100万元（含）以上设备4台（套）。</p>
<p>2026年部门预算安排购置车辆1辆，其中：执法执勤用车0辆、其他用车1辆。</p></body></html>"""
COUNTY = """<html><body><h1>平原县2026年财政预算执行情况的报告</h1>
<p>表1 2026年各镇（街道）一般公共预算收入情况（单位：万元）</p>
<table><tr><td>镇街</td><td>2026年执行数</td><td>2025年决算数</td><td>增减额</td><td>增减%</td></tr>
<tr><td>桃园铺镇</td><td>2,143</td><td>2,043</td><td>100</td><td>4.9</td></tr>
<tr><td>前曹镇</td><td>1,552</td><td>1,600</td><td>-48</td><td>-3.0</td></tr>
<tr><td>恩城镇</td><td>1,908</td><td>1,800</td><td>108</td><td>6.0</td></tr></table></body></html>"""
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
    ("平原2026年老旧街区改造和管网给了多少债券钱", ["8,400万元"]),
    ("平原2026年师院附中东校区专项债给了多少", ["5,300万元"]),
    ("平原2026年师院附中东校区给了多少专项债 利率多高", ["5,300万元", "2.45%"]),
    ("平原2026年桃园三幼那笔一般债给了多少", ["2,140万元"]),
    ("平原2026年桃园三幼那笔一般债花了多少", ["1,870万元"]),
    ("平原2026年桃园三幼那笔一般债还剩多少没花", ["270万元", "2,140万元", "1,870万元"]),
    ("平原2026年桃园三幼截至年末支出多少", ["1,870万元"]),
    ("平原2026年专项债里平湖工业园比县医院北院区多拿了多少", ["1.85亿元", "6.20亿元", "4.35亿元"]),
    ("平原2026年县医院北院区拿了多少专项债", ["4.35亿元"]),
    ("平原2026年南环路三期砍下来多少", ["420万元"]),
    ("平原2026年动物园搬迁给了多少专项债", []),
    ("平原2026年桃园四幼那笔一般债还剩多少没花", []),
    ("平原哪年到期的债券本金最多", ["4.6亿元"]),
    ("平原2027年到期债券本金多少", ["3.1亿元"]),
    ("平原2026年人社局预算多少", ["4,312万元"]),
    ("平原县2026年法院预算多少", ["2,905万元"]),
    ("平原水务局2026年名下有几辆车", ["3辆"]),
    ("平原县水务局2026年预算里写的执法用车几辆", ["2辆"]),
    ("平原水务局2026年有几辆车 百万以上设备几台", ["3辆", "4台"]),
    ("平原哪个镇街2026年财政收入是往下掉的 掉多少", ["-48万元"]),
    ("平原县2026年哪个镇财政收入下降了", ["-3.0%"]),
    ("平原县2026年哪些部门三公经费超过50万元", ["236.0万元", "61.2万元"]),
    ("平原县2026年接待费超过5万的部门有几个", ["21.2万元", "6.0万元"]),
    ("平原县2026年预算低于500万的部门", ["377万元"]),
    ("平原县2026年哪些企业资产超过20亿", ["98.3亿元", "24.1亿元"]),
    ("平原县2026年利润为负的企业有哪些", ["-0.17亿元"]),
    ("平原县2026年收入低于1600万元的镇", ["1,552万元"]),
    ("平原县2026年专项债券超过8000万的项目有哪些", ["8,400万元"]),
    ("平原县2026年哪些部门三公经费超过500万元", []),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("rows")
    papers = {"三公.html": REPORT, "国资.html": ASSETS, "镇.txt": TOWN, "债券.html": BONDS, "部门.html": DEPARTMENTS,
              "水务局.html": BUREAU, "执行.html": COUNTY}  # fmt: skip
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8")
    db = tmp_path_factory.mktemp("index") / "rows.db"
    assert [report.status for report in load([folder], db)] == ["loaded"] * len(papers)
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


@pytest.mark.parametrize(
    "said, row",
    [
        ("文庙二幼", "文庙镇第二幼儿园建设"),
        ("老旧街区改造和管网", "老旧街区及配套供水管网改造"),
        ("五小和幼儿园", "平原市第五小学（校本部）及幼儿园项目"),
        ("济枣高铁", ""),
        ("建设", ""),
    ],
)
def test_what_a_row_is_called_by_less_than_its_name(said: str, row: str) -> None:
    rows = "文庙镇第二幼儿园建设", "老旧街区及配套供水管网改造", "平原市第五小学（校本部）及幼儿园项目", "文庙镇卫生院"
    assert called(dict.fromkeys(rows, ""), said, 0.25) == row


def test_a_row_of_all_others_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("平原县2026年三公经费低于40万的部门有哪些")
    assert "4 个部门中 2 个低于 40 万元" in answer.reply
    assert "“其他部门”一行没有逐个列出，不在其中" in answer.reply
