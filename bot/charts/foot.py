"""What stands around the bars: scopes, legend, remarks, reports with their pages.

two figures of 全区, from pages 3 and 5 of one report -> 口径：全区      《……报告》 第3、5页
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bot.charts.chart import Chart, Role
from bot.charts.numbers import changed
from index import Shown

MOST_SOURCES: Final = 3
MOST_NOTES: Final = 5
UNTOLD: Final = "级次未写明"
_SCOPES: Final = {"own": "本级", "own_wide": "本级（含开发区）", "lower": "下级合计"}
_LEVELS: Final = tuple("省市县区旗州盟")
_NAMES: Final[dict[Role, str]] = {"done": "完成数", "plan": "预算数", "rest": "其他（推算）", "total": "合计"}


def scope_told(told: Sequence[Shown]) -> dict[Shown, str]:
    """The scope of each figure in words: as printed, 全区 for the whole of a district, or not told."""
    return {one: one.scope or _scope(one) for one in told}


def legend_of(chart: Chart) -> tuple[tuple[Role, str], ...]:
    """The roles that are told apart by colour, where there are several; the measure as the figures name it."""
    names: dict[Role, dict[str, None]] = {}
    for panel in chart.panels:
        for line in panel.lines:
            for mark in line.marks:
                names.setdefault(mark.role, {})[mark.name] = None
    if not names.keys() & {"plan"} or len(names) < 2:
        return ()
    return tuple((role, "、".join(name for name in some if name) or _NAMES[role]) for role, some in names.items())


def noted(chart: Chart, notes: Iterable[str]) -> tuple[str, ...]:
    """What the picture itself does not say, in the order in which it matters."""
    found = list(notes)
    marks = [mark for panel in chart.panels for line in panel.lines for mark in line.marks]
    shown = [mark.source for mark in marks if mark.source]
    if any(mark.derived and mark.role != "rest" for mark in marks):
        found.append("* 为推算数，报告未直接给出")
    if any(mark.value is None for mark in marks):
        found.append("“隐去”：报告没有公布金额")
    if chart.kind != "trend" and any(not line.marks for panel in chart.panels for line in panel.lines):
        found.append("“无数据”：没有查到，不是 0")
    if any(changed([mark for line in panel.lines for mark in line.marks], panel.unit) for panel in chart.panels):
        found.append(f"换算成{chart.panels[0].unit}，报告原来的写法见回答")
    if any(one.ocr for one in shown):
        found.append("部分原件是图片，文字由程序识别")
    if any(one.doc_kind == "half_year" for one in shown):
        found.append("其中有年中小结里的数")
    return tuple(dict.fromkeys(found))[:MOST_NOTES]


def sources_of(told: Sequence[Shown]) -> tuple[str, ...]:
    """《……报告》 第3、5页, each report once."""
    pages: dict[str, dict[int, None]] = {}
    for one in told:
        own = pages.setdefault(one.figure.title or one.figure.document, {})
        if one.figure.page:
            own[one.figure.page] = None
    found = [
        f"《{title}》" + (f" 第{'、'.join(map(str, sorted(own)))}页" if own else "") for title, own in pages.items()
    ]
    more = len(found) - MOST_SOURCES
    return (*found[:MOST_SOURCES], *([f"另有 {more} 份报告"] if more > 0 else []))


def _scope(one: Shown) -> str:
    if one.figure.scope == "whole":
        last = one.figure.region[-1:]
        return f"全{last}" if last in _LEVELS else "全域"
    return _SCOPES.get(one.figure.scope, UNTOLD)
