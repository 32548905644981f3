"""Typed contradictions: each with a figure that a question must never be answered with, and one that it may."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index import load
from index.ask.assistant import Assistant
from index.ask.pick.exclude import CONTRADICTIONS
from index.ask.pick.wanted import wanted
from index.ask.question import understand
from index.ask.search import Search
from index.models import Period, StoredFact

REPORT = """关于青州市2025年预算执行情况和2026年预算草案的报告
一、2025年一般公共预算执行情况
全市一般公共预算收入完成81.3亿元，增长4.2%，同口径增长6.6%。其中税收收入完成63.4亿元，占一般公共预算收入的78.1%。
全市一般公共预算支出完成142.5亿元，完成年初预算的96.5%，完成调整预算的99.1%。
市本级一般公共预算支出完成64.8亿元。
全市教育支出年初预算33.1亿元，完成35.7亿元，比上年增加1.9亿元。
为312户企业退还增值税留抵税款2.6亿元。
城乡社区支出完成12.4亿元。
截至年底，全市公务用车编制数316辆，实有数287辆。
新建公园9个，投入1.1亿元。老旧小区改造项目竣工25个。苗木产量3.4万吨。煤炭产量下降8.7万吨，均价下行。
十四五时期累计投入水利资金23.9亿元。
下达一般性转移支付42.6亿元，其中均衡性补助31.5亿元。
PPP项目支出0.8亿元，污水处理支出0.6亿元。
二、2025年政府性基金预算执行情况
城乡社区支出完成27.7亿元。
三、政府债务
截至2025年底，全市政府债务限额210.4亿元，政府债务余额198.2亿元，其中一般债务余额70.9亿元，专项债务余额127.3亿元。
对企业发放奖补资金0.7亿元，惠及企业2.9万家次。税收占比比上年提高1.6个百分点。企业退休人员养老金月人均提高58元、达到2943元。
政府性基金预算转移支付调剂金6.8亿元，转移支付调剂金7.7亿元。
城市公路养护4.4亿元，农村公路养护3.9亿元。
发行新增债券14.6亿元，再融资债券9.2亿元。
一般债券用于河道清淤2.3亿元。
安排政府性基金1.4亿元用于补充财力。
下级补助资金：市级政府性基金补助下级支出3.2亿元；上级对我市转移支付88.5亿元，市对县区转移支付20.6亿元。
全市卫生健康支出按每人每年95元的标准安排。
农业、教育、科技、文化等民生实事（教育、卫生健康、科学技术、住房）合计98.7亿元。
公务用车编制数417辆，实有数406辆。完成政府投资项目审计17个。
城乡居民医保财政补助标准每人每年740元。
国有资产出让收入1.3亿元。查出主要问题金额5.5亿元。
四、社会保险基金
全市社会保险基金支出58.8亿元，年末滚存结余93.7亿元。
"""
# the row, a question, the value it excludes, one that it lets stand
CASES = (
    ("scope", "全市一般公共预算支出多少", "64.8", "142.5"),
    ("scope", "市本级一般公共预算支出多少", "142.5", "64.8"),
    ("account", "政府性基金城乡社区支出多少", "12.4", "27.7"),
    ("account", "一般公共预算城乡社区支出多少", "27.7", "12.4"),
    ("other_item", "非税收入占比多少", "78.1", ""),
    ("kind_of_class", "农村公路养护花了多少", "4.4", "3.9"),
    ("budget", "转移支付调剂金多少", "6.8", ""),
    ("kind", "新建公园几个", "1.1", "9"),
    ("kind", "企业奖补资金是多少", "2.9", "0.7"),
    ("unwished_ratio", "税收占比是多少", "1.6", "78.1"),
    ("change", "企业退休人员养老金一个月多少", "58", ""),
    ("kind", "新建公园花了多少钱", "9", "1.1"),
    ("opposite", "全市实有公务用车多少辆", "316", "287"),
    ("counted", "退了几家企业的税", "9", "312"),
    ("measured_of_another", "茶叶产量多少万吨", "3.4", ""),
    ("change", "煤炭产量多少万吨", "8.7", ""),
    ("named_of_another", "土地出让收入多少", "1.3", ""),
    ("of_no_such_body", "教体局被查出多少问题金额", "5.5", ""),
    ("of_other_whole", "税收收入占地区生产总值多少", "78.1", ""),
    ("share_in_asked", "一般公共预算收入占GDP多少", "78.1", ""),
    ("other_debt", "河道清淤用了多少专项债", "2.3", ""),
    ("basis", "一般公共预算收入剔除退税因素增长多少", "6.6", ""),
    ("each", "卫生健康每人一年给多少", "142.5", "95"),
    ("unwished_ratio", "一般公共预算收入多少", "4.2", "81.3"),
    ("unwished_level", "一般公共预算收入增长百分之几", "81.3", "4.2"),
    ("unwished_level", "一般公共预算支出完成率", "142.5", "96.5"),
    ("stage", "教育支出完成多少", "33.1", "35.7"),
    ("stage", "教育支出预算数多少", "35.7", "33.1"),
    ("stock", "政府债的限额多少", "198.2", "210.4"),
    ("stock", "欠债余额多少", "210.4", "198.2"),
    ("stock", "政府债余额多少", "9.2", "198.2"),
    ("flow", "社会保险基金花了多少", "93.7", "58.8"),
    ("stock", "政府性基金年底还剩多少", "1.4", ""),
    ("stock", "社会保险基金年底还剩多少", "58.8", "93.7"),
    ("per_head", "卫生健康支出多少", "95", "35.7"),
    ("per_head", "城乡居民医保基金支出多少", "740", ""),
    ("enumerated", "科学技术支出多少", "98.7", ""),
    ("opposite", "公务用车实有几辆", "417", "406"),
    ("one_kind_of_all", "审计一共做了多少个项目", "17", ""),
    ("kind", "改造了多少小区", "1.1", "25"),
    ("given_apart", "给各县区转移支付多少", "3.2", "20.6"),
    ("given_apart", "给各县区转移支付多少", "88.5", "20.6"),
    ("given_apart", "给下级的转移支付多少", "88.5", "20.6"),
    ("other_item", "政府债务限额多少", "198.2", "210.4"),
    ("opposite", "一般债务余额多少", "127.3", "70.9"),
    ("opposite", "专项债务余额多少", "70.9", "127.3"),
    ("negated", "发行债券多少，再融资的不要", "9.2", "14.6"),
    ("latin", "PPP项目支出多少", "12.4", "0.8"),
    ("other_item", "增值税多少", "2.6", "81.3"),
    ("other_item", "社会保险基金滚存结余多少", "198.2", "93.7"),
    ("whole", "一般性转移支付里面均衡性的多少", "42.6", "31.5"),
    ("of_debt", "政府债务里用到城乡社区的多少", "12.4", "14.6"),
    ("basis", "一般公共预算收入同口径增长百分之几", "4.2", "6.6"),
    ("other_base", "一般公共预算收入2025年比2022年增长百分之几", "4.2", ""),
    ("base", "一般公共预算支出完成年初预算的百分之几", "99.1", "96.5"),
    ("required", "老旧小区改造竣工几个", "9", "25"),
    ("must", "债务余额里，专项多少", "70.9", "127.3"),
    ("several_years", "水利资金投入多少", "23.9", ""),
)


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    folder: Path = tmp_path_factory.mktemp("exclude")
    (folder / "青州市2025年预算报告.txt").write_text(REPORT, encoding="utf-8")
    load([folder], folder / "index.db")
    return Assistant(folder / "index.db").search()


def rows_against(search: Search, question: str, one: StoredFact) -> set[str]:
    """The names of all rows that a figure contradicts."""
    query = understand(f"青州市2025年{question}", search.atlas)
    if "里，" in question:  # the words of an element, as the plan of a question hands them on
        query = replace(query, must=(question.partition("里，")[2][:2],))
    asked = wanted(query, "370781", Period.year(2025))
    held = [row for row in CONTRADICTIONS if row.holds(one, asked)]
    assert all(row.may(asked) for row in held)
    return {row.name for row in held}


def figure(search: Search, value: str) -> StoredFact:
    found = [one for one in search.store.facts(["370781"], [2025]) if one.fact.value == value]
    assert found, value
    return found[0]


@pytest.mark.parametrize("row, question, not_meant, meant", CASES)
def test_what_a_figure_must_not_be(search: Search, row: str, question: str, not_meant: str, meant: str) -> None:
    assert row in rows_against(search, question, figure(search, not_meant))
    if meant:
        assert row not in rows_against(search, question, figure(search, meant))


# the row, a question, what a figure of this value would have to be to be excluded
CHANGED = (
    ("unit", "教育支出完成多少", "35.7", {"flags": ("unit_missing", "unit_unsure")}),
    ("unasked_count", "一般公共预算收入多少", "81.3", {"kind": "count", "measure": "count", "unit": "个"}),
    ("opening", "政府债务余额多少", "198.2", {"label": "年初政府债务余额198.2亿元"}),
    ("below_nothing", "政府债务限额多少", "210.4", {"number": Decimal(-10)}),
    ("change", "教育支出多少", "35.7", {"measure": "amount", "label": "教育支出比上年增加35.7亿元"}),
    ("change", "教育支出多少", "35.7", {"measure": "amount", "label": "调减教育支出后调减35.7亿元"}),
    ("of_a_unit", "教育支出多少", "35.7", {"qualifiers": (("body", "青州市第一中学"),)}),
    ("former", "教育支出完成多少", "35.7", {"item": "教育支出（此前）"}),
    ("named_of_another", "教育支出比上年增加多少", "1.9", {"key": "", "item": "科学技术支出（增减）"}),
    ("one_finding", "教育支出完成多少", "35.7", {"item": "审计查出：住房公积金", "key": ""}),
    ("beside_total", "一般公共预算收入多少", "81.3", {"key": "", "item": "一般公共服务转移支付"}),
    ("beside_total", "一般公共预算支出完成多少", "142.5", {"key": "other-self-rate", "item": "财政自给率"}),
    ("enumerated", "教育支出多少", "35.7", {"key": "", "item": "用于教育、社保、医疗卫生等民生领域的支出"}),
    (
        "other_name",
        "教育支出多少",
        "35.7",
        {"key": "gp-exp-201", "item": "一般公共服务支出", "label": "一般公共服务支出"},
    ),
)


@pytest.mark.parametrize("row, question, value, changes", CHANGED)
def test_what_is_seen_seldom(search: Search, row: str, question: str, value: str, changes: dict[str, Any]) -> None:
    one = figure(search, value)
    assert rows_against(search, question, one) == set()
    assert row in rows_against(search, question, replace(one, fact=replace(one.fact, **changes)))
