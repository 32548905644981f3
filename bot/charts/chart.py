"""What is to be drawn, before anything is drawn: panels of rows of values, each with its label and where it is from.

    Chart("trend", "长治市上党区 · 教育支出", …, panels=(Panel("", "万元", "columns", rows),))

All frozen and hashable, so that a picture can be kept for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from index import Shown

Kind = Literal["trend", "parts", "peers", "several", "stages", "accounts"]
Form = Literal["columns", "rows", "line"]
Role = Literal["done", "plan", "rest", "total"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A value to be drawn, in the unit of its panel; None if it is not told.  ``source`` is the figure it is, None for
    what is left of a total (其他)."""

    value: Decimal | None
    label: str
    role: Role
    name: str = ""
    derived: bool = False
    source: Shown | None = None
    share: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A year, place, part or stage with its values; without any it is a gap."""

    label: str
    marks: tuple[Mark, ...] = ()
    here: bool = False
    year: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines on one scale.  ``unit`` "" says that the labels bring their own."""

    heading: str
    unit: str
    form: Form
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture to be made.  ``legend`` names the roles that occur, if there is more than one."""

    kind: Kind
    title: str
    subtitle: str
    panels: tuple[Panel, ...]
    legend: tuple[tuple[Role, str], ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    stamp: str = ""

    @property
    def alt(self) -> str:
        """The picture in words, for those who cannot see it: title, unit, and every value."""
        said = []
        for panel in self.panels:
            head = f"{panel.heading}：" if panel.heading else ""
            said.append(head + "；".join(_spoken(line, panel.unit) for line in panel.lines))
        return f"{self.title}（{self.subtitle}）。{'。'.join(said)}。"


def _spoken(line: Line, unit: str) -> str:
    told = []
    for mark in line.marks:
        name = (
            f"{mark.name} "
            if mark.name and mark.name not in line.label and (len(line.marks) > 1 or mark.role == "plan")
            else ""
        )
        own = unit if mark.value is not None and unit != "%" else ""
        told.append(f"{name}{mark.label}{own}{f'，占{mark.share}' if mark.share else ''}")
    return f"{line.label} {'，'.join(told) or '无数据'}"
