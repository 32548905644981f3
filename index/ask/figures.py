"""Facts -> figures of an answer; numbers as people read them.

56917 万元 -> "56,917 万元（5.69 亿元）"        a withheld amount -> "*"
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from index.find.written import in_digits
from index.models import CLASH, Figure, StoredFact
from index.text.normal import plain

LONGEST_SENTENCE = 400
RANGE = "range"  # the flag of 3-5亿元: two ends and no number
_YI = Decimal(10) ** 8
_WAN_YI = Decimal(10) ** 12
_WAN = Decimal(10) ** 4


def figure(one: StoredFact, *, asked: bool) -> Figure:
    """A fact as a figure.  A withheld amount is never asked: there is nothing to answer with."""
    fact = one.fact
    return Figure(
        asked=asked and (fact.number is not None or RANGE in fact.flags),
        region=one.region.full_name or "某市",
        scope=fact.scope,
        period=fact.period.text,
        account=fact.account,
        item=fact.item,
        measure=fact.measure,
        value=in_digits(fact.value, fact.unit, fact.number, fact.kind),
        unit=fact.unit,
        derived=False,
        document=one.document,
        page=one.page,
        sentence=clipped(one.text, fact.start, fact.end, LONGEST_SENTENCE),
        section=one.section,
        title=one.title,
        flags=tuple(flag for flag in fact.flags if not flag.startswith(CLASH)),
        fact_id=one.id,
    )


def clipped(text: str, start: int, end: int, longest: int) -> str:
    """The text around a value: whole sentences if they fit, else whole clauses, else characters."""
    text = text.replace("\n", "")
    if len(text) <= longest:
        return text.strip()
    for marks in ("。.", "。.；;", "。.；;：:，,", ""):
        left, right = _around(text, start, end, marks, longest)
        if right - left <= longest:
            return ("…" if left else "") + text[left:right].strip() + ("…" if right < len(text) else "")
    return text[start:end]


def _around(text: str, start: int, end: int, marks: str, longest: int) -> tuple[int, int]:
    """The piece between marks that holds the value, and its neighbours while they fit; at most ``longest`` without."""
    if not marks:
        left = max(0, min(start - longest // 2, len(text) - longest))
        left = min(left, start)
        return left, max(end, left + longest)
    stops = (at + 1 for at, char in enumerate(text) if char in marks and not text[at + 1 : at + 2].isdigit())
    cuts = [0, *stops, len(text)]
    left = max(cut for cut in cuts if cut <= start)
    right = min(cut for cut in cuts if cut >= end)
    for cut in cuts:
        if cut > right and cut - left <= longest:
            right = cut
    for cut in reversed(cuts):
        if cut < left and right - cut <= longest:
            left = cut
    return left, right


def grouped(value: str) -> str:
    """Thousands commas: 56917 -> 56,917; anything else stays."""
    value = plain(value)
    whole, dot, rest = value.replace(",", "").replace(" ", "").partition(".")
    if not whole.lstrip("-").isdigit() or len(whole.lstrip("-")) < 4:
        return value
    return f"{int(whole):,}{dot}{rest}"


def money_in(number: Decimal, unit: str) -> str:
    """Yuan in another unit, to two places: 5.69 亿元."""
    size = {"万亿元": _WAN_YI, "亿元": _YI, "万元": _WAN}.get(unit, Decimal(1))
    shown = number / size
    places = Decimal("0.01") if abs(shown) >= 1 or not shown else Decimal("0.0001")
    text = f"{shown.quantize(places, ROUND_HALF_UP):,f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} {unit}"


def exactly(number: Decimal, unit: str) -> str:
    """Yuan in another unit without any rounding: 5.6917 亿元."""
    text = f"{number / {'万亿元': _WAN_YI, '亿元': _YI, '万元': _WAN}.get(unit, Decimal(1)):,f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} {unit}"


def shown(one: StoredFact, unit: str = "") -> str:
    """A value with its unit for the reply; money of 1亿 and more in 亿元 as well, or in the unit the asker wants."""
    fact = one.fact
    if fact.number is None and RANGE not in fact.flags:
        return f"*{fact.unit}（报告隐去了金额）"
    value, name = grouped(in_digits(fact.value, fact.unit, fact.number, fact.kind)), plain(fact.unit)
    text = f"{value} {name}".strip() if fact.kind in ("money", "count") else value + name
    if fact.number is None:
        return text
    if fact.measure in ("yoy_pct", "yoy_amount") and not value.startswith(("-", "+")):
        text = ("+" if fact.number > 0 else "-" if fact.number < 0 else "") + text
    if fact.kind == "money" and "/" not in fact.unit:
        if unit and not fact.unit.startswith(unit):
            text += f"（{money_in(fact.number, unit)}）"
        elif not fact.unit.startswith("亿") and abs(fact.number) >= _YI:
            text += f"（{money_in(fact.number, '亿元')}）"
    return text
