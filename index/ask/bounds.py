"""The bound that the figures of a list must keep within: 哪些市收入|超过500亿, 完成率|低于90%|的有哪些.

    "哪些市一般公共预算收入超过500亿" -> (">50000000000元",), and the question without it: 哪些市一般公共预算收入

A bound is an operator, an exact number in yuan or percent, and 元 or %: plain text, so that a dialogue can keep it.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from index.ask.figures import grouped
from index.ask.vocabulary import pattern_in
from index.find.amounts import chinese_int

FILE: Final = "bounds.toml"
OWN: Final = "?"  # each would be set against a figure of its own
OTHERS: Final = "+"  # of another figure there are bounds, too: 收入超500亿、支出超千亿的
_BOUND: Final = re.compile(r"(?P<sign>[<>]=?)(?P<number>-?[\d.]+)(?P<kind>元|%)")
_OPERATORS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
}  # fmt: skip
_SIGNS: Final = {"over": ">", "least": ">=", "under": "<", "most": "<=", "up": ">=", "down": "<="}
_NAMES: Final = {">": "超过", ">=": "不低于", "<": "低于", "<=": "不超过"}
_ZERO: Final = {"<0%": "为负", ">0%": "为正", "<0元": "为负"}
_SCALES: Final = {char: Decimal(10) ** zeros for char, zeros in zip("十百千万亿", (1, 2, 3, 4, 8), strict=True)}
_AMOUNT: Final = re.compile(r"(?P<digits>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)(?P<unit>.*)")
_WHOLE: Final = 100
_TEN: Final = 10
_HALF: Final = 50
_OF_BUDGET: Final = (
    ("not_half", "<", _HALF, "completed"), ("half", ">", _HALF, "completed"),
    ("short", "<", _WHOLE, "completed"), ("met", ">=", _WHOLE, "completed"), ("beyond", ">", _WHOLE, "completed"),
    ("short_revenue", "<", _WHOLE, "revenue"), ("beyond_revenue", ">", _WHOLE, "revenue"),
)  # fmt: skip


_LISTED: Final = ("listed", "goes_on", "goes_on_between", "goes_on_two", "goes_on_too")


@dataclass(frozen=True, slots=True)
class Bounded:
    """A question without its bounds, and these; ``falls``: they are of the size of a fall."""

    text: str
    bounds: tuple[str, ...] = ()
    falls: bool = False


def find_bounds(text: str) -> Bounded:
    """The bounds of a list that is asked for; none of any other question, as 收入超过500亿了吗."""
    for name, sign in (("fell", "<"), ("rose", ">")):
        if asked(name).match(text):
            return Bounded(asked("change").pattern, (f"{sign}0%",))
    listed = any(asked(name).search(text) for name in _LISTED)
    if asked("other").search(text) or not listed:
        return Bounded(text)
    text = asked("one_of").sub(asked("listed_first").pattern, text)  # 哪项没完成预算 asks for all of them
    for name in ("between", "single"):
        for match in asked(name).finditer(text):
            if bounds := _between(match) if name == "between" else _single(match):
                return _taken_out(text, match.span(), bounds)
    if nothing := asked("negative").search(text):
        kind = "%" if asked("rates").search(text) else "元"
        return _taken_out(text, nothing.span(), (f"<0{kind}",))
    if own := asked("own_bound").search(text):
        return Bounded(text[: own.start()] + text[own.end() :], (OWN,))
    if said := asked("two_digits").search(text):
        return Bounded(text[: said.start()] + asked("change").pattern + text[said.end() :], (f">={_TEN}%",))
    for name, sign, whole, of in _OF_BUDGET:
        if said := asked(name).search(text):
            completed = asked(of).pattern if of == "revenue" else (said["of"] or "") + asked(of).pattern
            return Bounded(text[: said.start()] + completed + text[said.end() :], (f"{sign}{whole}%",))
    return Bounded(text)


def _taken_out(text: str, span: tuple[int, int], bounds: tuple[str, ...]) -> Bounded:
    """The question without a bound at ``span``, and without one more of the same figure right behind it."""
    before, after = text[: span[0]], text[span[1] :]
    joint = asked("joined").match(after)
    again = asked("single").match(after, joint.end() if joint else 0)
    if again and (more := _single(again)):
        bounds, after = (*bounds, *more), after[again.end() :]
    if any(map(_single, asked("single").finditer(after))):
        bounds = (*bounds, OTHERS)
    text, falls = before + after, bool(asked("falls").search(before))
    if places := asked("places_last").search(text):
        text = f"{text[: places.start()]}，{asked('listed_first').pattern}{places['kind']}"
    return Bounded(text, bounds, falls)


def asked(name: str) -> re.Pattern[str]:
    """A pattern of ``bounds.toml``."""
    return pattern_in("bound", name, FILE)


def keeps(number: Decimal, bounds: Sequence[str]) -> bool:
    """Whether a number (in yuan or percent) is within all bounds."""
    read = [match for one in bounds if (match := _BOUND.fullmatch(one))]
    return all(_OPERATORS[one["sign"]](number, Decimal(one["number"])) for one in read)


def kind_of(bounds: Sequence[str]) -> str:
    """What kind of figures the bounds are of: money or percent."""
    return "money" if bounds[0].endswith("元") else "percent"


def named(bounds: Sequence[str]) -> str:
    """超过 500 亿元; 不低于 10 亿元、不超过 20 亿元."""
    read = [match for one in bounds if (match := _BOUND.fullmatch(one))]
    return "、".join(
        _ZERO.get(one[0]) or f"{_NAMES[one['sign']]} {_printed(Decimal(one['number']), one['kind'])}" for one in read
    )


def amount_of(bounds: Sequence[str]) -> str:
    """500 亿元: the number of the first bound."""
    read = _BOUND.fullmatch(bounds[0])
    return _printed(Decimal(read["number"]), read["kind"]) if read else ""


def from_below(bounds: Sequence[str]) -> bool:
    """Whether the smallest come first: those below a bound are asked for."""
    return all(one.startswith("<") for one in bounds if one != OTHERS)


def _printed(number: Decimal, kind: str) -> str:
    if kind == "%":
        return f"{number.normalize():f}%"
    unit = next((one for one in "亿万" if number >= _SCALES[one]), "")
    return f"{grouped(f'{(number / _SCALES.get(unit, Decimal(1))).normalize():f}')} {unit}元"


def _single(match: re.Match[str]) -> tuple[str, ...]:
    sign = next((sign for name, sign in _SIGNS.items() if match[name]), "")
    amount = exact(match["amount"])
    return (f"{sign}{amount}",) if sign and amount else ()


def _between(match: re.Match[str]) -> tuple[str, ...]:
    """在10到20亿之间: the unit is that of the second."""
    low, high = match["low"], match["high"]
    unit = _AMOUNT.fullmatch(high)
    if unit and low[-1] in "0123456789一二两三四五六七八九":
        low += unit["unit"] if not low.startswith("百分之") else ""
    first, last = exact(low), exact(high)
    return (f">={first}", f"<={last}") if first and last else ()


def exact(amount: str) -> str:
    """500亿 -> 50000000000元, 九成 -> 90%, 百分之五 -> 5%; "" for none."""
    percent = amount.startswith("百分之")
    read = _AMOUNT.fullmatch(amount.removeprefix("百分之"))
    if read is None:
        return ""
    digits, unit = read["digits"].replace(",", ""), read["unit"].removeprefix("个").rstrip("元块")
    whole = chinese_int(digits) if not digits[0].isdigit() and "千" not in digits else None
    number = Decimal(digits) if digits[0].isdigit() else Decimal(whole) if whole is not None else _thousands(digits)
    if percent or unit in ("%", "百分点", "点", "成"):
        return f"{(number * (10 if unit == '成' else 1)).normalize():f}%"
    for char in unit:
        number *= _SCALES.get(char, Decimal(1))
    return f"{number.normalize():f}元"


def _thousands(digits: str) -> Decimal:
    before, _, after = digits.partition("千")
    return Decimal((chinese_int(before) or 1) * 1000 + (chinese_int(after) or 0 if after else 0))
