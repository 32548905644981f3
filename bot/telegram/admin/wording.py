"""How admin pages speak of times, people, figures and reports.

"2024-05-01T02:20:00+00:00" -> "5月1日 10:20" (local time)        ("56917万元",) -> "56917万元"
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

from bot.telegram.page import cut_amid
from index import Change, Clash, Person

LONGEST_NAME: Final = 48
MEASURES: Final = {
    "actual": "完成数", "amount": "", "budget": "预算数", "adjusted_budget": "调整预算数", "completion": "完成率",
    "yoy_pct": "同比", "yoy_amount": "比上年增减额", "share": "占比", "rank": "排名", "balance": "结余",
    "limit": "限额", "outstanding": "余额", "count": "数量", "rate": "率",
}  # fmt: skip
SCOPES: Final = {"whole": "", "own": "本级", "own_wide": "本级", "": ""}


def when(at: str) -> str:
    """A moment in UTC (ISO 8601) in local time, without the year if it is this one; what is no moment stays."""
    try:
        moment = datetime.datetime.fromisoformat(at)
    except ValueError:
        return at
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    local = moment.astimezone()
    year = "" if local.year == datetime.datetime.now().year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日 {local:%H:%M}"


def who(person: Person) -> str:
    """A person's name, or how they came."""
    return person.name or (str(person.id) if person.id else "命令行")


def short(text: str, longest: int = LONGEST_NAME) -> str:
    """A long name with its end, which tells files apart, kept."""
    return cut_amid(text, longest, 12)


def period(text: str) -> str:
    """2023 -> 2023年."""
    return f"{text}年" if text[-1:].isdigit() else text


def line_of(one: Change | Clash, *, place: bool = True) -> str:
    """长治市上党区 2023年 本级 教育支出 完成数."""
    parts = (
        one.region if place else "", period(one.period), SCOPES.get(one.scope, one.scope), one.item,
        MEASURES.get(one.measure, one.measure),
    )  # fmt: skip
    return " ".join(part for part in parts if part)


def values(figures: Sequence[str]) -> str:
    """All values of one key, or that there is none."""
    return "、".join(figures) if figures else "没有了"


def grouped(count: int) -> str:
    """1024 -> 1,024."""
    return f"{count:,}"


def years(numbers: Sequence[int]) -> str:
    """2023年、2024年."""
    return "、".join(f"{number}年" for number in numbers)
