"""A value as printed -> its digits and its number, for those who show, compare and check it.

in_digits("（234）", "万元", Decimal(-2340000), "money")  ->  "-234"        "壹亿贰仟", "万元"  ->  "12000"
in_digits("3,594, 026", …)  ->  as printed        "3-5", "*", "第三"  ->  as printed
"""

from __future__ import annotations

import re
from decimal import Decimal

from index.find.amounts import COUNT_SCALES, MONEY_UNITS, find_amounts
from index.find.cells import figure_in, plain_cell
from index.models import ValueKind
from index.text.normal import plain

_DIGITS = re.compile(r"[-+]?\d+(?:\.\d+)?")
_SIGN = re.compile(r"[△▲▽▼]")


def in_digits(value: str, unit: str, number: Decimal | None, kind: ValueKind) -> str:
    """The value as printed if that is digits; else its number in its own unit."""
    form = plain(value)
    if _DIGITS.fullmatch(form.replace(",", "").replace("，", "")):
        return form if _SIGN.search(value) else value
    if number is None or kind == "rank":
        return value
    shown = number / scale_of(unit, kind)
    text = f"{shown:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scale_of(unit: str, kind: ValueKind) -> Decimal:
    """How many base units a unit is: 万元 10000, 万户 10000, % 1."""
    name = plain(unit).partition("/")[0]
    if kind == "money":
        return MONEY_UNITS.get(name, Decimal(1))
    if kind == "count":
        return next((scale for word, scale in COUNT_SCALES.items() if name.startswith(word)), Decimal(1))
    return Decimal(1)


def number_of(value: str, unit: str, kind: ValueKind) -> Decimal | None:
    """The number in base units that a printed value says; None if it says none."""
    form = plain(value).replace(",", "").replace("，", "")
    if _DIGITS.fullmatch(form):
        return Decimal(form) * scale_of(unit, kind)
    if (figure := figure_in(plain_cell(value))) is not None and figure.number is not None:
        return figure.number * (Decimal(1) if figure.unit in MONEY_UNITS else scale_of(unit, kind))
    found = find_amounts(form + plain(unit))
    return found[0].number if len(found) == 1 else None
