"""Amounts in normal text: money, percentages, percentage points, multiples, ranks, counts, withheld amounts.

    "完成8.57亿元，增长12.5%，排名第二十七，惠及*户"
    -> money 8.57 亿元 = 857000000, percent 12.5 %, rank 第二十七 = 27, count * 户 = None

Values are exact: ``number`` is Decimal in base units (yuan, percent, pieces), never negative unless a minus is printed.
Directions (增长, 下降) belong to the facts, not here.  What looks like a number but is a date, a clause number or a
document number is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from index.find.numbers import UNKNOWN, Spelled, in_words, may_hold_joined, may_hold_words, mixed, ranges
from index.models import ValueKind

MONEY_UNITS: dict[str, Decimal] = {
    "万亿元": Decimal(10) ** 12,
    "千亿元": Decimal(10) ** 11,
    "百亿元": Decimal(10) ** 10,
    "亿元": Decimal(10) ** 8,
    "千万元": Decimal(10) ** 7,
    "百万元": Decimal(10) ** 6,
    "万元": Decimal(10) ** 4,
    "千元": Decimal(10) ** 3,
    "元": Decimal(1),
    "亿": Decimal(10) ** 8,
    "万": Decimal(10) ** 4,
}
COUNT_SCALES = {"万亿": Decimal(10) ** 12, "亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, "千": Decimal(10) ** 3}
COUNT_WORDS = (
    "个工作日|个自然日|个小时|个(?!月)|户次|户|家次|家|人次|人/次|人|项次|项|座|公里|千米|平方公里|平方千米|平方米|立方米|微克/立方米|米|条|亩|公顷|吨标准煤|吨|公斤|斤|所|处|件次|件|次|"
    "名|位|辆|列(?![入出为支举明示一个下])|趟|架次|棵|台套|台|套|笔|千瓦小时|千瓦时|千瓦|天|日|场次|场|批次|批|张|期|只|类|份|间|栋|幢|艘|头|羽|株|册|门|宗|单|例|床|部|大卡|千伏|支|"
    "小时|分钟|分(?=[，。；：、）（和与及]|$|以[上下]|左右)|起(?=[，。；、）（]|$)|个月(?=[，。；、）（]|$)|岁(?!以|及|[（老儿的至周])|孔|眼|片|对|块|本|篇|种|盏|口|匹|枚|具|艘|节|届|美元|欧元|港元|日元|英镑|‰|㎡"
)
# Of these one asks for money all the same: 多少本息, 几块钱, 多少美元.
NO_COUNTS = ("本", "块", "美元", "欧元", "港元", "日元", "英镑")
_PASSED = ("突破", "站上", "迈上", "跨上", "跃上", "迈过", "跨过")
_MARKS = ("大关", "台阶", "关口")
CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}

# 用2.5亿|财政资金撬动151亿|社会资本: money without 元.
_MONEY_NAMED = (
    "(?:财政|社会|专项|上级|中央|省级|各类|银行|民间|国有|政府|超长期特别)*"
    "(?:资金|资本|投资(?![者人商])|债券|国债|贷款(?![户人者]))"
)
_WITHHELD = r"\*+(?:\.\*+)?|[×Xx]{1,4}(?=[万亿]?元)"
_BEFORE = rf"(?<![\d.A-Za-z第{UNKNOWN}])(?<![国省县]道)(?<!\d，)"  # 国道318 is its name
_NUMBER = rf"(?P<number>{_BEFORE}(?:(?<![\d月日年号A-Za-z%元])-)?\d+(?:\.\d+)?|{_WITHHELD})"
_ROUGH = r"(?P<rough>多|余|来)?"
_TAIL = r"(?P<tail>/[人月年亩户吨天次]|/人[·/]?[月年]|每[人月年亩户])?"

AMOUNT = re.compile(
    rf"""
    (?=[\d约近超逾不突高低至最站迈跨跃第*×Xx-])      # what an amount begins with: most places are passed over
    (?P<before>(?<!节)约为?|近|超过|超|逾|不足|不到|不低于|不少于|不超过|突破|站上|迈上|跨上|跃上|迈过|跨过|高于|低于|至少|最高)?
    (?:
        第(?P<rank>\d++|[零一二三四五六七八九十百两]++)(?P<rankword>位|名)?(?![次届期条款部章批个家季产步轮一阶方季号])
      | {_NUMBER}{_ROUGH}
        (?:
            (?P<money>万亿元|千亿元|百亿元|亿元|千万元|百万元|万元|千元|元){_TAIL}
          | (?P<about>[万亿千百](?P<rough3>余|多|来)[万亿]?元)
          | (?P<points>个百分点|百分点)
          | (?P<percent>%)(?!点)
          | (?P<times>倍)
          | (?P<scale>万亿|亿|万|千)?(?P<rough2>多|余)?(?P<count>{COUNT_WORDS})(?P<tail2>/[人月年亩户吨天次座])?
          | (?P<short>亿|万)(?=[，。；：、）（]|$|左右|以上|以内|用|的|其|和|多|及|{_MONEY_NAMED})
          | (?P<people>亿|万)(?=[\u4e00-\u9fff])
          | (?P<bare>)
        )
    )
    (?P<after>左右|以上|以内|以下|上下|(?:的)?新?(?:大关|台阶|关口))?
    """,
    re.VERBOSE,
)

# Without one of these a text holds no amount: most headings and every other sentence.
_MAY_HOLD = re.compile(r"[\d第*×Xx]")
_ABOUT_LEFT = re.compile(r"(?:(?<!节)约为?|近|超过|超|逾|不足|不到|不低于|不少于|不超过|突破|高于|低于|至少|最高)$")
_ABOUT_RIGHT = re.compile(r"左右|以上|以内|以下|上下")
# A bare number is an amount only where money must stand: after a budget word, before 的…%, or before another item.
_BARE_RIGHT = re.compile(r"的\d+(?:\.\d+)?%")
_BARE_LEFT = re.compile(r"(?:预算数?|任务数?|计划|付息|还本|完成|收入|支出|金额|资金|余额|限额|合计|总计)(?:为|约)?$")
_NOT_AMOUNT_RIGHT = re.compile(r"[年号季］]|月(?!均)|日(?!均)|\.\d|-\d+月|\s+-?\d")  # 合计 123　123: a row
_LIST = re.compile(
    r"(?<![\d.第])(\d+(?:\.\d+)?)(?=(?:[、和与]\d+(?:\.\d+)?)*[、和与]\d+(?:\.\d+)?(?P<unit>万亿元|亿元|万元|元|%|个百分点))"
)
_RANKED = re.compile(
    r"(?:排名?|位列|位居|名列|居|列|排在|位次|名次|规模|增幅|增速|总量|全[国省市县区州])(?:第)?(?:全[国省市县区州])?$"
)
_MARK_ONLY = re.compile(r"[*＊×Xx.．]+")
_BOOK_TITLE = re.compile(
    r"《[^》]{0,300}》|〈[^〉]{0,300}〉|［[^］]{0,300}］\d*号?|[“\"][\d+＋A-Za-z]+[”\"]|“\d{1,2}(?:分钟|小时|公里)[^”\d元%]{0,10}”|“[双两三]个?\d{1,2}%”|“[^”元%]{0,4}?\d{1,2}(?:小时|分钟|公里)?[^”元%\d]{0,3}”(?!约?\d)"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in a text: ``text[start:end]`` is the value as written, ``text[end:unit_end]`` holds the unit.

    ``ends`` are those of a range (3-5亿元), which is no one number.
    """

    start: int
    end: int
    unit_end: int
    kind: ValueKind
    value: str
    unit: str
    number: Decimal | None
    rough: str = ""
    bare: bool = False
    ends: tuple[Decimal, Decimal] | None = None

    @property
    def withheld(self) -> bool:
        """True for ``*万元``: there is an amount, and the report does not give it."""
        return is_withheld(self.value)


def find_amounts(text: str) -> list[Amount]:
    """All amounts of a normal text, left to right.  Figures inside 《…》 and document numbers are none."""
    words = may_hold_words(text)
    if not words and not _MAY_HOLD.search(text):
        return []
    closed = [match.span() for match in _BOOK_TITLE.finditer(text)]
    spelled = [*mixed(text), *ranges(text, COUNT_WORDS, MONEY_UNITS)] if may_hold_joined(text) else []
    found = list(_candidates(text))
    taken = {amount.start for amount in found}
    found += [amount for amount in _listed(text) if amount.start not in taken]
    if spelled:
        found = [amount for amount in found if not _within(amount.start, spelled)]
    if words:
        spelled += in_words(text)
    found += [_amount(one, text) for one in spelled if one.number is not None or one.ends]
    return [
        amount
        for amount in sorted(found, key=lambda amount: amount.start)
        if not any(a <= amount.start < b for a, b in closed)
    ]


def _within(start: int, spelled: list[Spelled]) -> bool:
    return any(one.start <= start < one.unit_end for one in spelled)


def _amount(one: Spelled, text: str) -> Amount:
    before, after = _ABOUT_LEFT.search(text, 0, one.start), _ABOUT_RIGHT.match(text, one.unit_end)
    inside = "".join(char for char in text[one.end : one.unit_end] if char in "多余来")
    rough = (before[0] if before else "") + inside + (after[0] if after else "")
    return Amount(one.start, one.end, one.unit_end, cast(ValueKind, one.kind), text[one.start : one.end], one.unit,
                  one.number, rough, ends=one.ends)  # fmt: skip


def _candidates(text: str) -> Iterator[Amount]:
    for match in AMOUNT.finditer(text):
        amount = _rank(match) if match["rank"] else _figure(match, text)
        if amount is not None:
            yield amount


def _listed(text: str) -> Iterator[Amount]:
    """分别投入48.47、39.07、52.1亿元: the unit behind the last figure is that of them all."""
    for match in _LIST.finditer(text):
        value, unit = Decimal(match[1]), match["unit"]
        if unit in MONEY_UNITS:
            yield Amount(*match.span(1), match.end(1), "money", match[1], unit, value * MONEY_UNITS[unit])
        else:
            yield Amount(*match.span(1), match.end(1), "percent" if unit == "%" else "points", match[1], unit, value)


def _rank(match: re.Match[str]) -> Amount | None:
    number = chinese_int(match["rank"])
    if number is None or not (
        match["rankword"] or _RANKED.search(match.string, max(0, match.start() - 8), match.start())
    ):
        return None  # 第二污水处理厂
    start = match.start("rank") - 1
    return Amount(start, match.end("rank"), match.end("rank"), "rank", f"第{match['rank']}", match["rankword"] or "",
                  Decimal(number))  # fmt: skip


def _figure(match: re.Match[str], text: str) -> Amount | None:
    value, start, end = match["number"], match.start("number"), match.end("number")
    rough = (
        (match["before"] or "") + (match["rough"] or match["rough2"] or match["rough3"] or "") + (match["after"] or "")
    )
    number = None if is_withheld(value) else Decimal(value)

    def amount(kind: ValueKind, unit: str, scale: Decimal, unit_end: int, bare: bool = False) -> Amount:
        exact = None if number is None else number * scale
        return Amount(start, end, unit_end, kind, value, unit, exact, rough, bare)

    if money := match["money"]:
        tail = match["tail"] or ""
        return amount("money", money + tail, MONEY_UNITS[money], match.end("tail") if tail else match.end("money"))
    if about := match["about"]:  # 3.2亿余元, 6千多万元
        unit = about.replace(match["rough3"], "")
        return amount("money", unit, MONEY_UNITS[unit], match.end("about")) if unit in MONEY_UNITS else None
    if match["points"]:
        return amount("points", "个百分点", Decimal(1), match.end("points"))
    if match["percent"]:
        return amount("percent", "%", Decimal(1), match.end("percent"))
    if match["times"]:
        return amount("times", "倍", Decimal(1), match.end("times"))
    if match["count"]:
        if match["count"] == "日" or (match["count"] == "期" and not value.isdigit()):
            return None
        if (
            match["count"] in ("类", "项")
            and text.endswith("（", 0, start)
            and text.startswith("）", match.end("count"))
        ):
            return None  # 公共安全支出（204类）: the code of a subject
        if match["count"] in ("位", "名") and number is not None and _among_first(text, start):
            end_of_unit = match.end("count")  # 排名全省前10位: how high it ranks at least
            return Amount(start - 1, end, end_of_unit, "rank", f"前{value}", match["count"], number, rough)
        unit = (match["scale"] or "") + match["count"] + (match["tail2"] or "")
        return amount("count", unit, COUNT_SCALES.get(match["scale"] or "", Decimal(1)), match.end("count"))
    if people := match["people"]:  # 19.91万低收入对象
        return amount("count", people, COUNT_SCALES[people], match.end("people"))
    if short := match["short"]:
        return amount("money", short, MONEY_UNITS[short], match.end("short"))
    return _bare(match, text, value, start, end, number)


def _among_first(text: str, start: int) -> bool:
    return text.endswith("前", 0, start) and bool(_RANKED.search(text, max(0, start - 9), start - 1))


def _bare(match: re.Match[str], text: str, value: str, start: int, end: int, number: Decimal | None) -> Amount | None:
    """A number without a unit: money whose unit the report left out, if it stands where money must stand."""
    if is_withheld(value) or len(value) < 3 or _NOT_AMOUNT_RIGHT.match(text, end):
        return None
    if not (_BARE_RIGHT.match(text, end) or _BARE_LEFT.search(text, max(0, start - 8), start)):
        return None
    return Amount(start, end, end, "money", value, "", number, bare=True)


def is_crossed(amount: Amount) -> bool:
    """突破500亿元, 迈上500亿元台阶: a mark that a figure has passed, said of the day it was passed."""
    return amount.kind == "money" and (amount.rough.startswith(_PASSED) or amount.rough.endswith(_MARKS))


def is_withheld(value: str) -> bool:
    """Does a report print a mark (``*``, ``××``) where the figure would stand?"""
    return bool(_MARK_ONLY.fullmatch(value))


def chinese_int(text: str) -> int | None:
    """``二十七`` -> 27, ``27`` -> 27; None for anything else."""
    if text.isascii() and text.isdigit():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[char]
        elif char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            return None
    return total + digit
