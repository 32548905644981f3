"""核对, tables against each other and rows against their twins: a cell left empty, projects and what was issued, debt
that moved between kinds or levels and is not told.

Reports are made up; what is right must stay without a word, and each case of a slip has its right twin.
"""

from __future__ import annotations

import pytest

from index.check.models import Finding
from index.check.run import check
from index.models import Block
from tests.parse_builders import parsed, table

CITY = "长治市2023年地方政府债务公开表"
TITLE = "上党区2023年财政预算执行情况和2024年财政预算（草案）的报告"
SINGLE = """
项目 | 年初预算数 | 调整预算数 | 执行数
城乡社区规划与管理 | 0 | {plan} | 75
城乡社区规划与管理 | 0 | 75 | 75
城乡社区公共设施 | 8100 | 8000 | 6717
城乡社区公共设施 | 8100 | 8000 | 6717
城乡社区环境卫生 | 5491 | 5491 | 5061
城乡社区环境卫生 | 5491 | 5491 | 5061
建设市场管理 | 311 | 320 | {spent}
建设市场管理 | 311 | 320 | 318
档案事务 | 1360 | 1289 | 1288
档案事务 | 1360 | 1289 | 1288
粮油事务 | 660 | 689 | 688
粮油事务 | 660 | 689 | 688
"""
PROJECTS = """
地区 | 项目名称 | 债券性质 | 债券规模
长治市本级 | 档案馆 | 一般债券 | 2211
上党区 | 农村道路 | 一般债券 | 1300
屯留区 | 河道治理 | 一般债券 | 1089
长治市本级 | 供水设施 | 专项债券 | 12000
上党区 | 产业园区 | 专项债券 | {park}
屯留区 | 人民医院 | 专项债券 | 8900
"""
DEBT = """
项目 | 本地区 | 本级
一、2022年末地方政府债务余额 | 67671 | 20580
其中：一般债务 | 21134 | 5463
专项债务 | 46537 | 15117
二、2023年地方政府债务发行额 | 11235 | 3192
新增一般债券 | {general} | 600
再融资一般债券 | 1000 | 100
新增专项债券 | {special} | 1714
再融资专项债券 | 4535 | 778
三、2023年地方政府债务还本额 | 3429 | 1678
其中：一般债务 | 970 | 55
专项债务 | 2459 | 1623
四、2023年末地方政府债务余额 | 75477 | {all}
其中：一般债务 | {end} | {own}
专项债务 | {rest} | 15986
"""
USED, ISSUED = "2023年新增地方政府债券使用情况表 单位：万元", "2023年地方政府债务发行及还本付息情况表 单位：万元"
RIGHT = {"general": 4600, "special": 1100, "all": 22094, "end": 25764, "rest": 49713, "own": 6108}


def single(plan: str = "75", spent: str = "318") -> list[Block]:
    return [table(SINGLE.format(plan=plan, spent=spent), caption="2023年全区一般公共预算支出执行情况 单位：万元")]


def bonds(park: int = 13100, **cells: int) -> list[Block]:
    figures = {**RIGHT, "special": 34000, "rest": 82613, **cells}
    return [table(PROJECTS.format(park=park), caption=USED), table(DEBT.format(**figures), caption=ISSUED)]


def debt(**cells: int) -> list[Block]:
    return [table(DEBT.format(**{**RIGHT, **cells}), caption=ISSUED)]


# title, kind, tables, what is told: (first figure, part of what is told); None: no word
CASES: list[tuple[str, str, list[Block], tuple[str, str] | None]] = [
    (TITLE, "表内合计", single(), None),
    (TITLE, "表内合计", single(plan=""), ("75", "漏填")),
    (TITLE, "表内合计", single(spent="381"), ("381", "318万元")),
    (TITLE, "表内合计", single(plan="", spent="381"), None),
    (CITY, "表间", bonds(), None),
    (CITY, "表间", bonds(park=8100), ("34000", "差 5,000万元")),
    (CITY, "表间", bonds(park=8100, general=4500), None),
    (CITY, "债务变动", debt(), None),
    (CITY, "债务变动", debt(end=25064, rest=50413), ("25064", "一般与专项之间")),
    (CITY, "债务变动", debt(end=25704, own=6161, all=22147), ("6161", "级次之间")),
]


def told(title: str, kind: str, blocks: list[Block]) -> list[Finding]:
    """What a check says of this kind above hints."""
    return [one for one in check(parsed(title, *blocks)) if one.level != "提示" and one.kind == kind]


@pytest.mark.parametrize("title, kind, blocks, wanted", CASES)
def test_rule(title: str, kind: str, blocks: list[Block], wanted: tuple[str, str] | None) -> None:
    found = told(title, kind, blocks)
    if wanted is None:
        assert not found
        return
    figure, words = wanted
    assert figure in {one.figure for one in found}
    assert any(words in one.told for one in found)
