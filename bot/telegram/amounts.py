"""Figures as people read them on a phone.

56917 万元 -> "56,917 万元（5.69 亿元）"        yoy 6.75% -> "+6.75%"        withheld -> "*万元（报告隐去了金额）"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from index import Shown

UNITS: Final = {"元": Decimal(1), "万元": Decimal(10) ** 4, "亿元": Decimal(10) ** 8}
_YI: Final = UNITS["亿元"]
_SIGNED: Final = ("yoy_pct", "yoy_amount")
_CENT: Final = Decimal("0.01")
_MARKS: Final = {ord(mark): None for mark in ",， "}  # 1,099, 160 as some reports print it
_NARROW: Final = {ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９．－＋", "0123456789.-+", strict=True)}


def withheld(shown: Shown) -> bool:
    """Does the report give a mark instead of the figure?  A range (3-5亿元) has no one number either."""
    return shown.number is None and "range" not in shown.figure.flags


def printed(shown: Shown) -> str:
    """The value as the report has it, with thousands commas, its sign and its unit."""
    one = shown.figure
    if withheld(shown):
        return f"*{one.unit}"
    one = replace(one, value=one.value.translate(_NARROW))
    if shown.kind == "rank" and one.value.isdecimal():
        return f"第{one.value}{one.unit}"  # a column of ranks has the numbers alone
    spaced = shown.kind in ("money", "count")
    text = f"{grouped(one.value)} {one.unit}".strip() if spaced else one.value + one.unit
    if one.measure in _SIGNED and shown.number and not one.value.startswith(("-", "+")):
        text = ("+" if shown.number > 0 else "-") + text
    return text


def converted(shown: Shown, unit: str = "auto") -> str:
    """The same in the chat's unit (auto: 亿元 from 1亿 up), or "" where that says nothing new."""
    if shown.kind != "money" or shown.number is None or "/" in shown.figure.unit:
        return ""
    own = shown.figure.unit
    if unit == "auto":
        return "" if own.startswith("亿") or abs(shown.number) < _YI else in_unit(shown.number, "亿元")
    return "" if own.startswith(unit) else in_unit(shown.number, unit)


def both(shown: Shown, unit: str = "auto") -> str:
    """As printed, with the other unit in brackets."""
    if withheld(shown):
        return f"{printed(shown)}（报告隐去了金额）"
    other = converted(shown, unit)
    return printed(shown) + (f"（{other}）" if other else "")


def in_unit(number: Decimal, unit: str) -> str:
    """Yuan in a unit to two places (four below 1): 5.69 亿元."""
    return f"{scaled(number, unit)} {unit}"


def scaled(number: Decimal, unit: str) -> str:
    """The number alone, rounded to two places (four below 1)."""
    value = number / UNITS[unit]
    step = _CENT if abs(value) >= 1 or not value else Decimal("0.0001")
    return trimmed(value.quantize(step, ROUND_HALF_UP))


def exact(number: Decimal, unit: str) -> str:
    """The number in a unit without any rounding: 130200 for 13.02亿元 in 万元."""
    return trimmed(number / UNITS[unit])


def in_exact(asked: Sequence[Shown], unit: str) -> list[str]:
    """换成亿元: 56,917 万元 ＝ 5.6917 亿元, for each amount in another unit; of several with their names."""
    money = [one for one in asked if one.kind == "money" and one.number is not None and unit in UNITS]
    items, measures = ({getattr(one.figure, name) for one in money} for name in ("item", "measure"))
    lines = [
        " ".join((*(one.figure.item,) * (len(items) > 1), *(one.measure,) * (len(measures) > 1), ""))
        + f"{printed(one)} ＝ {exact(one.number, unit)} {unit}"
        for one in money
        if one.number is not None and "/" not in one.figure.unit and not one.figure.unit.startswith(unit)
    ]
    return list(dict.fromkeys(lines))


def trimmed(value: Decimal) -> str:
    """With commas, without idle zeros."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(value: str) -> str:
    """Thousands commas: 56917 -> 56,917; anything that is no plain number stays."""
    whole, dot, rest = value.translate(_MARKS).partition(".")
    digits = whole.lstrip("-+")
    if not (digits.isascii() and digits.isdigit()) or len(digits) < 4:
        return value
    sign = whole[: len(whole) - len(digits)]
    return f"{sign}{int(digits):,}{dot}{rest}"


def percent(value: Decimal) -> str:
    """A computed percentage to two places."""
    return f"{value.quantize(_CENT, ROUND_HALF_UP)}%"
