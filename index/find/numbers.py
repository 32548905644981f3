"""Numbers beyond a run of digits, as prose and cells print them: one grammar for both.

1亿2千万元, 壹亿贰仟万元, 四千零五十六万元, 百分之五点二     worth(…) -> 120000000, 120000000, 40560000, 5.2
3-5亿元, 3亿元至5亿元, 5%-8%                             two ends, never one of them alone
1□345万元                                                a glyph nobody knows (□): no number at all
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

UNKNOWN = "\ue000-\uf8ff\ufffd\U000f0000-\U0010fffd"  # glyphs of a font's own, and what could not be decoded
_DIGITS = {
    char: value
    for value, chars in enumerate(
        ["零〇○", "一壹", "二贰貳两兩", "三叁參叄", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"]
    )
    for char in chars
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_HAN = "".join(_DIGITS)
_POWERS = "".join((*_SMALL, *_LARGE))
_TOKEN = re.compile(rf"\d+(?:\.\d+)?|[{_HAN}]+点[{_HAN}]+|[{_HAN}]|[{_POWERS}]")
_NUMBER = r"\d+(?:\.\d+)?"
_PARTS = 8  # 1千2百3万4千5百…: more are no number, and would be gone through again from each of them
_BEFORE = rf"(?<![\d.A-Za-z第{UNKNOWN}])"

MONEY = "万亿元|千亿元|百亿元|亿元|千万元|百万元|万元|千元|元"
# Words: they begin with a digit or 十, and hold a power (三元 is a name, 一元 a word); 数十万元 is no number.
_WORDS = re.compile(
    rf"(?<![数几{_HAN}{_POWERS}])(?P<run>[{_HAN}十拾][{_HAN}{_POWERS}点]*)(?:[多余来](?P<large>[万亿]?))?[元圆圓](?![素旦宵月件区])"
)
_MONEY_WORDS = re.compile(rf"[{_HAN}十拾百佰千仟][多余来]?[万萬亿億]{{0,2}}[元圆圓](?<!\d[元圆圓])")
_PERCENT_WORDS = re.compile(rf"百分之(?P<run>[{_HAN}十百点]+)")
_POINT_WORDS = re.compile(rf"(?<![{_HAN}{_POWERS}])(?P<run>[{_HAN}十][{_HAN}十点]*)(?=个百分点)")
_MAY_JOIN = re.compile(
    r"\d(?:[千百]?[万亿千百]零?|%[-—―~至到]{1,2}|[万亿千百]*元?[-—―~至到]{1,2}|个?百分点[-—―~至到]{1,2})\d"
)
_MIXED = re.compile(
    rf"{_BEFORE}(?P<run>(?:{_NUMBER}[千百]?[亿万千百]零?){{1,{_PARTS}}}(?:{_NUMBER}[千百]?)?)(?P<unit>万元|亿元|元|(?<=\d)万(?=[，。；：、）]|$))"
)
_RANGE = rf"""
    {_BEFORE}(?P<low>{_NUMBER})(?P<lowunit>{MONEY}|[万亿](?!元)|%|个?百分点)?
    (?P<to>-{{1,2}}|[—―]{{1,2}}|~|至|到)(?P<high>{_NUMBER})
    (?:(?P<money>{MONEY}|[万亿](?=[，。；：、）（]|$|左右))|(?P<points>个?百分点)|(?P<percent>%)|(?P<count>[万亿千]?(?:COUNTED)))
"""


class Spelled(NamedTuple):
    """A number found: ``text[start:end]`` without its unit, which ends at ``unit_end``; exact in base units.

    ``number`` is None where the characters give no one number (二三十万元); ``ends`` are those of a range.
    """

    start: int
    end: int
    unit_end: int
    kind: str
    unit: str
    number: Decimal | None
    ends: tuple[Decimal, Decimal] | None = None


def worth(text: str) -> Decimal | None:
    """The number that hanzi, digits and powers spell; None if they spell none (两三, 一亿二亿)."""
    total, section, below = Decimal(0), Decimal(0), Decimal(10**16)
    digit: Decimal | None = None
    at = 0
    for token in _TOKEN.findall(text):
        at += len(token)
        if token in _SMALL:
            section += (Decimal(1) if digit is None else digit) * _SMALL[token]
            digit = None
        elif token in _LARGE:
            part = section + (digit or 0)
            if _LARGE[token] == 10**8:
                part, total = total + part, Decimal(0)
            if not part or _LARGE[token] >= below:
                return None
            total, section, digit, below = total + part * _LARGE[token], Decimal(0), None, Decimal(_LARGE[token])
        elif token in "零〇○":
            continue
        elif digit is not None:
            return None
        else:
            digit = _spelled(token)
    return total + section + (digit or 0) if at == len(text) and text else None


def _spelled(token: str) -> Decimal:
    if token[0].isascii():
        return Decimal(token)
    whole, _, places = token.partition("点")
    written = "".join(str(_DIGITS[char]) for char in whole) + ("." if places else "")
    return Decimal(written + "".join(str(_DIGITS[char]) for char in places))


def in_words(text: str) -> Iterator[Spelled]:
    """Money, percentages and points in hanzi, small and capital."""
    if not may_hold_words(text):
        return
    for match in _WORDS.finditer(text):
        run, end, behind = match["run"], match.end("run"), match["large"] or ""
        if not any(char in _POWERS for char in run):
            continue
        large = run[-1] if run[-1] in _LARGE and len(run) > 1 and not behind else ""
        unit = ("亿元" if (large or behind) in "亿億" else "万元") if large or behind else "元"
        yield Spelled(match.start(), end - len(large), match.end(), "money", unit, worth(run + behind))
    for match in _PERCENT_WORDS.finditer(text):
        yield Spelled(match.start(), match.end(), match.end(), "percent", "%", _percent(match["run"]))
    for match in _POINT_WORDS.finditer(text):
        yield Spelled(match.start(), match.end(), match.end() + 4, "points", "个百分点", _percent(match["run"]))


def may_hold_words(text: str) -> bool:
    """Quick: does nothing in the text look like an amount in hanzi?"""
    return "百分之" in text or "个百分点" in text or bool("元" in text and _MONEY_WORDS.search(text))


def may_hold_joined(text: str) -> bool:
    """Quick: can there be a mixed number (1亿2千万) or a range (3-5亿)?"""
    return bool(_MAY_JOIN.search(text))


def _percent(run: str) -> Decimal | None:
    """九十五点六: a point behind powers, which ``worth`` takes for digits only."""
    whole, point, places = run.partition("点")
    number = worth(whole)
    if number is None or not point:
        return number
    written = "".join(str(_DIGITS.get(char, "")) for char in places)
    return number + Decimal("0." + written) if written and len(written) == len(places) else None


def mixed(text: str) -> Iterator[Spelled]:
    """1亿2千万元, 3亿4560万元, 5万3千元."""
    for match in _MIXED.finditer(text):
        whole = match["run"] + match["unit"].rstrip("元")
        large = whole[-1] if whole[-1] in "万亿" else ""
        if len(re.findall(_NUMBER, whole)) > 1:
            end = match.start() + len(whole) - len(large)
            yield Spelled(match.start(), end, match.end(), "money", text[end : match.end()], worth(whole))


def ranges(text: str, counted: str, units: dict[str, Decimal]) -> Iterator[Spelled]:
    """3-5亿元, 3亿元至5亿元, 5%-8%, 15-20户; 从3亿元到5亿元 is a change.  ``counted`` are the words of counts."""
    for match in _range(counted).finditer(text):
        unit = match["money"] or ("%" if match["percent"] else "个百分点" if match["points"] else match["count"])
        low_unit = match["lowunit"] or ""
        of_change = match["to"] in "至到" and text.endswith(("从", "由", "自"), 0, match.start())
        mismatched = low_unit and low_unit != unit and not (low_unit in "万亿" and match["money"])
        if of_change or mismatched:
            continue
        scale = units.get(unit, Decimal(1)) if match["money"] else Decimal(1)
        low = Decimal(match["low"]) * units.get(low_unit if low_unit not in ("%", "") else unit, scale)
        ends = low, Decimal(match["high"]) * scale
        kind = (
            "money" if match["money"] else "percent" if match["percent"] else "points" if match["points"] else "count"
        )
        yield Spelled(
            match.start(), match.end("high"), match.end(), kind, unit, None, ends if ends[0] < ends[1] else None
        )


@cache
def _range(counted: str) -> re.Pattern[str]:
    return re.compile(_RANGE.replace("COUNTED", counted), re.VERBOSE)
