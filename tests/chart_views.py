"""Answers made by hand, for pictures: figures, lists and cards of any shape."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from index import Answer, Detail, Figure, Row, Shown, Turn, View

UNITS = {"元": Decimal(1), "万元": Decimal(10) ** 4, "亿元": Decimal(10) ** 8}
NAMES = {
    "actual": "完成数",
    "budget": "预算数",
    "adjusted_budget": "调整预算数",
    "yoy_pct": "同比",
    "completion": "完成预算",
}


def shown(item: str, value: str, unit: str = "万元", measure: str = "actual", year: int = 2023, **more: Any) -> Shown:
    """A figure of 青石县; ``more``: region, scope, words, derived, page, title, flags, asked, account."""
    figure = Figure(
        asked=more.get("asked", True), region=more.get("region", "云水市青石县"), scope=more.get("scope", ""),
        period=str(year), account=more.get("account", "general_public"), item=item, measure=measure, value=value,
        unit=unit, derived=more.get("derived", False), document="青石.txt", page=more.get("page"), sentence="",
        title=more.get("title", "青石县财政报告"), flags=more.get("flags", ()),
    )  # fmt: skip
    number = None if value == "*" else Decimal(value) * UNITS.get(unit, Decimal(1))
    kind = "money" if unit in UNITS else "percent" if unit == "%" else "count"
    step = UNITS.get(unit, Decimal(1)).scaleb(-len(value.partition(".")[2])) if number is not None else Decimal(0)
    return Shown(figure, f"t{year}", number, step, kind, NAMES.get(measure, ""), more.get("words", ""), "", 0, 0)  # type: ignore[arg-type]


def view(kind: str, rows: Sequence[Row], title: str = "云水市青石县 · 教育支出", **more: Any) -> View:
    """A list of rows."""
    return View(kind, title, tuple(rows), more.get("notes", ()), "lead", "第3版")  # type: ignore[arg-type]


def years(*told: tuple[int, str] | tuple[int, str, str], unit: str = "万元", measure: str = "actual") -> View:
    """A trend: years with a value, and perhaps a plan."""
    rows = [
        Row(
            f"{year}年", shown("教育支出", value, unit, measure, year),
            plan=shown("教育支出", plan[0], unit, "budget", year) if plan else None,
        )
        for year, value, *plan in told
    ]  # fmt: skip
    return view("trend", rows)


def parts(total: str, *told: tuple[str, str]) -> View:
    """A total and its parts."""
    rows = [Row("合计", shown("一般公共预算支出", total), here=True)]
    return view("parts", [*rows, *(Row(name, shown(name, value), share=Decimal(1)) for name, value in told)])


def card(*told: Shown, reading: str = "云水市青石县 · 2023年 · 教育支出（一般公共预算）") -> Turn:
    """An answer with one figure asked and others beside it."""
    answer = Answer("answered", "", tuple(one.figure for one in told), (), reading)
    return Turn(Detail(answer, told, single=True, lead="lead", stamp="第3版"), None, {"shape": "lookup"})
