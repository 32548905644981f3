"""Which comes first: of the places below a city, of the parts of a whole, of the items that a budget was moved by."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import load
from index.ask.assistant import Assistant

CITY = """荆门市2025年预算执行情况和2026年预算草案的报告
一、一般公共预算
全市一般公共预算收入163亿元。
分县市区看，钟祥市收入31亿元、京山市收入25亿元、沙洋县收入18亿元、东宝区收入16亿元、掇刀区收入29亿元。
二、政府债务
全年发行新增政府债券70亿元，其中一般债券10亿元、专项债券60亿元。
支付债务利息8亿元。
专项债券主要投向：园区设施31亿元，市政管网17亿元，土地储备12亿元。
三、国有资本经营预算
利润收入900万元（城投公司500万元、水务公司300万元）。
四、上级补助
争取超长期特别国债7亿元，主要投向“两重”项目。
"""
COUNTY = """# 关于沁县2025年财政预算调整方案的报告

2025年沁县一般公共预算支出调整表（单位：万元）

| 科目 | 年初预算 | 调整数（±） | 调整后预算 |
|---|---|---|---|
| 教育支出 | 6000 | 300 | 6300 |
| 农林水支出 | 4000 | 900 | 4900 |
| 预备费 | 300 | -200 | 100 |

2025年新增专项债券6000万元。

2025年新增专项债券项目情况表（单位：万元）

| 序号 | 项目名称 | 债券金额 | 已支出 |
|---|---|---|---|
| 1 | 标准厂房 | 3000 | 2000 |
| 2 | 城区供水管网 | 2000 | 1900 |
| 3 | 县医院住院楼 | 1000 | 900 |
"""
ASKED = [
    # those below a place, however they are called; which of them says nothing of the item
    ("荆门几个县市区2025年谁的财政收入最高", "最高：荆门市钟祥市", "31"),
    ("荆门下面各县区里头2025年收入垫底的是谁", "最低：荆门市东宝区", "16"),
    ("荆门五个县市区2025年谁家收入最少", "共比较 5 个地区", "16"),
    ("荆门2025年哪个县市区一般公共预算收入排最前", "最高：荆门市钟祥市", "31"),
    # the largest part told of a whole, with its name
    ("荆门2025年新增专项债大头投到哪块了", "最高：园区设施", "31"),
    ("荆门2025年新增专项债投向里哪一项最少", "最低：土地储备", "12"),
    ("荆门2025年国企上交利润哪家最多", "最高：城投公司", "500"),
    ("荆门2025年国企上交利润哪家最多", "另有 100 万元（推算）没有写明是什么", "500"),
    ("沁县2025年新增专项债里哪个项目拿的最多", "最高：标准厂房", "3000"),
    ("沁县2025年新增专项债最多的项目是哪个", "最高：标准厂房", "3000"),
    # how much it is, where nothing is told of its parts
    ("荆门2025年争取了多少超长期特别国债，大头投哪里了", "分不出哪一项最多", "7"),
    # by how much a budget was moved
    ("沁县2025预算调整哪个科目加得最多", "农林水支出（预算调整）", "900"),
    ("沁县2025年预算调整中哪项减得最多", "预备费（预算调整）", "-200"),
    ("沁县2025年预算调整后哪个科目最大", "最高：教育支出", "6300"),
]
UNTOLD = [
    "荆门2025年新增一般债券里哪个项目最多",  # no list of its own
    "荆门2025年教育支出跟月球探测支出哪个花得多",
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A city that tells of its counties in one sentence, and a county that moved its budget."""
    place: Path = tmp_path_factory.mktemp("first")
    (place / "执行.txt").write_text(CITY, encoding="utf-8")
    (place / "调整.md").write_text(COUNTY, encoding="utf-8")
    load([place / "执行.txt", place / "调整.md"], place / "index.db")
    return Assistant(place / "index.db")


@pytest.mark.parametrize("question, told, value", ASKED)
def test_the_first_and_its_figure(assistant: Assistant, question: str, told: str, value: str) -> None:
    answer = assistant.ask(question)
    assert told in answer.reply
    assert [one.value for one in answer.figures if one.asked][:1] == [value]


@pytest.mark.parametrize("question", UNTOLD)
def test_no_first_where_the_report_tells_none(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_found"
    assert not [one for one in answer.figures if one.asked]
