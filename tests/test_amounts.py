"""Amounts of a normal text: what is one, what it is worth, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.find.amounts import COUNT_SCALES, MONEY_UNITS, Amount, chinese_int, find_amounts, is_crossed
from index.text.normal import plain

ONE = [
    # money
    ("完成56917万元", "money", "56917", "万元", "569170000"),
    ("完成8.57亿元", "money", "8.57", "亿元", "857000000"),
    ("1.2万亿元", "money", "1.2", "万亿元", "1200000000000"),
    ("计42885元", "money", "42885", "元", "42885"),
    ("下达3百万元", "money", "3", "百万元", "3000000"),
    ("下达2千万元", "money", "2", "千万元", "20000000"),
    ("付息0.39千元", "money", "0.39", "千元", "390"),
    ("就业支出60942万：", "money", "60942", "万", "609420000"),
    ("评价金额12亿。", "money", "12", "亿", "1200000000"),
    ("收入-231万元", "money", "-231", "万元", "-2310000"),
    ("每人89元/人", "money", "89", "元/人", "89"),
    # percentages and what is near them
    ("的95.94%", "percent", "95.94", "%", "95.94"),
    ("增长-2.3%", "percent", "-2.3", "%", "-2.3"),
    ("提高1.2个百分点", "points", "1.2", "个百分点", "1.2"),
    ("回落2百分点", "points", "2", "个百分点", "2"),
    ("增长2倍", "times", "2", "倍", "2"),
    ("增长3.9倍", "times", "3.9", "倍", "3.9"),
    # ranks
    ("排名第二十七", "rank", "第二十七", "", "27"),
    ("位列全省第3位", "rank", "第3", "位", "3"),
    ("增幅居全市第一", "rank", "第一", "", "1"),
    ("排名第十", "rank", "第十", "", "10"),
    # counts
    ("63个项目", "count", "63", "个", "63"),
    ("惠及27万人次", "count", "27", "万人次", "270000"),
    ("用2.5亿财政资金", "money", "2.5", "亿", "250000000"),
    ("撬动151亿社会资本", "money", "151", "亿", "15100000000"),
    ("2万贷款户", "count", "2", "万", "20000"),
    ("惠及157798人/次", "count", "157798", "人/次", "157798"),
    ("6284户次", "count", "6284", "户次", "6284"),
    ("31.4公里", "count", "31.4", "公里", "31.4"),
    ("1.9万亩", "count", "1.9", "万亩", "19000"),
    ("38微克/立方米", "count", "38", "微克/立方米", "38"),
    ("1.75亿斤", "count", "1.75", "亿斤", "175000000"),
    # withheld
    ("完成*万元", "money", "*", "万元", None),
    ("完成**亿元", "money", "**", "亿元", None),
    ("项目*个", "count", "*", "个", None),
    ("完成*.*%", "percent", "*.*", "%", None),
]
NONE = [
    "合计156211 156211 0",  # a row of a table whose lines were lost
    "沿国道318名山段",
    "2023年", "2024年2月21日", "12月份", "2021-2025年", "［2016］143号", "财预［2016］143号",
    "5G基站", "PM2.5浓度", "4.0版", "十四五规划", "2035年远景目标", "第三次会议", "第13次会议", "第十五届人大",
    "第五十三条", "第一季度", "第二产业",
    "第三方机构", "第一批次", "第二实验小学", "《关于2023年10项措施的通知》", "“4050”人员", "“1+6”方案", "G208线", "1.",
    "0355-8081234", "13800138000", "047100", "A1", "*市委", "中共*省委", "二〇二三年", "", "万元", "%",
]  # fmt: skip
LOOKALIKES = "0123456789.*-%万亿元个第一二十百年月日号倍点约多近，。、（）［］《》“”增长预算"
MANY = [
    (
        "占年度预算50114万元的96.24%，增长5.18%，增支2375万元",
        [("50114", "money"), ("96.24", "percent"), ("5.18", "percent"), ("2375", "money")],
    ),
    ("48项补贴11566.4万元，惠及27万人次", [("48", "count"), ("11566.4", "money"), ("27", "count")]),
    ("占年度预算976318的88.88%", [("976318", "money"), ("88.88", "percent")]),
    ("40.48亿元、55.86亿元", [("40.48", "money"), ("55.86", "money")]),
    ("由89元提高到94元", [("89", "money"), ("94", "money")]),
    ("2023年12月31日余额133111万元", [("133111", "money")]),
    ("1-12月支出44311万元", [("44311", "money")]),
]


@pytest.mark.parametrize("text,kind,value,unit,number", ONE)
def test_one_amount(text: str, kind: str, value: str, unit: str, number: str | None) -> None:
    assert [(a.kind, a.value, a.unit, a.number) for a in find_amounts(text)] == [
        (kind, value, unit, None if number is None else Decimal(number))
    ]


@pytest.mark.parametrize("text", NONE)
def test_no_amount(text: str) -> None:
    assert find_amounts(text) == []


@pytest.mark.parametrize("text,expected", MANY)
def test_several_amounts(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(a.value, a.kind) for a in find_amounts(text)] == expected


@pytest.mark.parametrize(
    "text,rough",
    [
        ("约9.16亿元", "约"),
        ("近5亿元", "近"),
        ("12多亿", "多"),
        ("5.4万人以上", "以上"),
        ("超过3亿元", "超过"),
        ("70%左右", "左右"),
        ("突破500亿元", "突破"),
        ("站上50亿元台阶", "台阶"),
        ("迈过600亿元大关", "大关"),
        ("达到3000亿元新台阶", "台阶"),
    ],
)
def test_rough_words_are_kept(text: str, rough: str) -> None:
    found = find_amounts(text)
    assert len(found) == 1
    assert rough in found[0].rough


@pytest.mark.parametrize(
    "text,number",
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十七", 27), ("八十七", 87), ("一百零三", 103), ("两", 2),
     ("27", 27), ("", 0), ("第", None), ("3a", None), ("万", None)],
)  # fmt: skip
def test_chinese_numbers(text: str, number: int | None) -> None:
    assert chinese_int(text) == number


@given(st.integers(0, 10**9), st.integers(0, 9999), st.sampled_from(sorted(MONEY_UNITS)))
def test_money_comes_back_exact(whole: int, part: int, unit: str) -> None:
    value = f"{whole}.{part:04}"
    found = find_amounts(f"完成{value}{unit}，")
    assert [(a.value, a.unit, a.number) for a in found] == [(value, unit, Decimal(value) * MONEY_UNITS[unit])]


@given(
    st.integers(1, 10**9),
    st.sampled_from(["", *sorted(COUNT_SCALES)]),
    st.sampled_from(["个", "户", "人次", "公里", "亩", "所"]),
)
def test_counts_come_back_exact(number: int, scale: str, word: str) -> None:
    found = find_amounts(f"共{number}{scale}{word}。")
    assert [(a.kind, a.number) for a in found] == [("count", number * COUNT_SCALES.get(scale, Decimal(1)))]


@given(st.text(alphabet=st.one_of(st.sampled_from(LOOKALIKES), st.characters()), max_size=60))
def test_amounts_stand_where_they_say(text: str) -> None:
    normal = plain(text)
    found = find_amounts(normal)
    assert all(normal[a.start : a.end] == a.value and a.start < a.end <= a.unit_end <= len(normal) for a in found)
    assert all(a.unit_end <= b.start for a, b in pairwise(found))
    assert all((a.number is None) == a.withheld for a in found)
    assert all(isinstance(a, Amount) and (a.number is None or a.number.is_finite()) for a in found)


@pytest.mark.parametrize(
    "text,crossed",
    [
        ("收入突破500亿元", True),
        ("总值站上50亿元", True),
        ("总值达到3000亿元新台阶", True),
        ("收入约500亿元", False),
        ("收入500亿元左右", False),
        ("收入达到500亿元", False),
        ("突破8000万人次", False),
    ],
)
def test_a_mark_that_was_passed(text: str, crossed: bool) -> None:
    assert [is_crossed(amount) for amount in find_amounts(text)] == [crossed]
