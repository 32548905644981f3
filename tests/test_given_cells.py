"""Columns of standards: what each is given, in cells with units of their own."""

from __future__ import annotations

import pytest

from tests.parse_builders import facts_of, table

TITLE = "桐城市2026年惠民补贴政策清单"
TABLES = [
    (
        """序号 | 补贴项目 | 2025年标准 | 2026年标准 | 发放方式
           1 | 城市最低生活保障（每人每月） | 788元 | 815元 | 按月
           2 | 散居孤儿基本生活费（每人每月） | 1,310元 | 1,365元 | 按月""",
        [
            ("城市最低生活保障标准", 2025, "788"),
            ("城市最低生活保障标准", 2026, "815"),
            ("散居孤儿基本生活费标准", 2025, "1,310"),
            ("散居孤儿基本生活费标准", 2026, "1,365"),
        ],
    ),
    (
        """序号 | 补贴项目 | 补贴对象 | 补贴标准
           1 | 稻谷补贴 | 种稻户 | 每亩46.5元
           2 | 公益林补偿 | 林权所有者 | 每亩18元（其中管护费2元）
           3 | 农机购置补贴 | 购机户 | 单机最高5万元，烘干机最高12万元""",
        [
            ("稻谷补贴标准", 2026, "46.5"),
            ("公益林补偿标准", 2026, "18"),
            ("公益林补偿标准（管护费）", 2026, "2"),
            ("农机购置补贴标准", 2026, "5"),
            ("农机购置补贴标准（烘干机最高）", 2026, "12"),
        ],
    ),
    # amounts without a unit of their own are read as in any table
    (
        """项目 | 支出标准
           差旅费 | 120
           会议费 | 80""",
        [],
    ),
]


@pytest.mark.parametrize("rows, wanted", TABLES)
def test_standards(rows: str, wanted: list[tuple[str, int, str]]) -> None:
    found = facts_of(TITLE, "全市共有补贴对象12户。", table(rows))
    assert [(one.item, one.period.last_year, one.value) for one in found if "标准" in one.item] == wanted


def test_each_is_kept_beside_its_amount() -> None:
    found = facts_of(TITLE, "全市共有补贴对象12户。", table(TABLES[0][0]))
    assert all("每人每月" in one.label for one in found if one.item.endswith("标准"))
