"""What one gets of a sum: 人均, 户均, 月均 follow from the sum and the number in the same stretch of a sentence.

    高龄津贴发放1.97万人、2146万元，人均每年1189元      2146万元÷1.97万人 ＝ 1089元
    后4个月需完成223785万元，月均59546万元              223785万元÷4 ＝ 55946万元

Between ； and 。 there must be one sum and one number of the kind; a monthly rate may be of any number of months.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from index.check.cause import SLIPS_OF_HAND, TURNED, cause, corrected, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, grain, value
from index.find.numbers import worth
from index.models import Fact
from index.text.normal import plain

KIND: Final = "平均"
_EACH: Final = re.compile(
    r"(?:(?P<what>[人户亩月日])均|平均每(?:个|家|名|位)?(?P<every>[人户亩月])|每(?P<single>[人户亩])(?:平均|约)?)"
    r"(?P<how>每年|年|每月|月)?(?P<for>[补发获得支投兑奖救领资给需完][^，,；;。、\d]{0,5})?(?:约|为|达到?|是)*$"
)
_UNITS: Final = {"人": ("人", "名", "人次"), "户": ("户",), "亩": ("亩",)}
_MONTHS: Final = re.compile(r"(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})个月")
_SPAN: Final = re.compile(r"(?<!\d)(?P<first>\d{1,2})\s*[-—–－~～至]\s*(?P<last>\d{1,2})月")
_PARTS: Final = {"上半年": 6, "下半年": 6, "一季度": 3, "前三季度": 9, "全年": 12}
_STOP: Final = re.compile("[；;。]")
_STANDARD: Final = re.compile("标准|提高|增加|不低于|不少于|最高|可支配")
_LOOSE: Final = frozenset({"rough", "quote", "unit_missing"})
_NEAR: Final = (Decimal("0.5"), Decimal(2))
_MOST_MONTHS: Final = 12
_CLOSE: Final = Decimal("0.01")


def of_averages(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    for sentence, facts in paper.prose():
        text = sentence.text
        for position, one in enumerate(facts):
            match = _EACH.search(text[: one.start]) if one.kind == "money" and not _LOOSE & set(one.flags) else None
            if match is None:
                continue
            start = max((stop.end() for stop in _STOP.finditer(text, 0, match.start())), default=0)
            before = [fact for fact in facts[:position] if fact.start >= start]
            if before and not _STANDARD.search(text[before[-1].end : one.start]):
                yield from _judged(paper, one, before, match, text[start : match.start()])


def _judged(paper: Paper, one: Fact, before: Sequence[Fact], match: re.Match[str], text: str) -> Iterator[Finding]:
    unit = match["what"] or match["every"] or match["single"]
    sums = [fact for fact in before if fact.kind == "money"]
    number = _number_of(unit, before, text)
    if not sums or number is None or _LOOSE & set(sums[-1].flags) or (unit not in "月日" and len(sums) > 1):
        return
    many, words = number
    whole = Printed.of(sums[-1])
    if many.low <= 0 or not value(sums[-1]):
        return
    fit = Printed(whole.low / many.high, whole.high / many.low)
    months = range(1, _MOST_MONTHS + 1) if "月" in (match["how"] or "") else (1,)
    told = Printed.of(one)
    if any(Printed(fit.low / count, fit.high / count).meets(told) for count in months):
        return
    last = grain(one)
    mean = (value(sums[-1]) / ((many.low + many.high) / 2) / last).quantize(Decimal(1)) * last
    if not mean:
        return
    why = cause(one, fit) if len(months) == 1 else ""
    is_slip = why in SLIPS_OF_HAND or why == "单位" or why.startswith("小数点")
    far = not _NEAR[0] <= abs(value(one)) / mean <= _NEAR[1]
    apart = abs(abs(value(one)) / mean - 1) > _CLOSE
    if why != TURNED and len(months) == 1 and (is_slip or (apart and not far)):
        total = f"{printed(sums[-1])} ÷ {words} ＝ {shown(mean, one)}，印的是 {printed(one)}"
        should = corrected(one, fit) if why == "单位" else shown(mean, one)
        yield paper.finding(KIND, "疑", [one, sums[-1]], total, should, why)


def _number_of(unit: str, before: Sequence[Fact], text: str) -> tuple[Printed, str] | None:
    """What a sum is divided by, if it is told once, with its words."""
    if unit == "月":
        months = _months(plain(text))
        return (Printed(Decimal(months), Decimal(months)), f"{months}个月") if months else None
    names = _UNITS.get(unit, ())
    counts = [fact for fact in before if fact.kind == "count" and fact.unit.lstrip("万") in names]
    if len(counts) != 1 or _LOOSE & set(counts[0].flags):
        return None
    bare = Decimal(plain(counts[0].value).replace(",", ""))
    last = (value(counts[0]) / bare if bare else Decimal(1)).scaleb(-len(plain(counts[0].value).partition(".")[2]))
    room = last / 2 if last > 1 else Decimal(0)
    return Printed(value(counts[0]) - room, value(counts[0]) + room), printed(counts[0])


def _months(text: str) -> int:
    """4 of 后4个月, 8 of 1-8月, 6 of 上半年; 0 if the text names none, or several."""
    found = {int(worth(match["number"]) or 0) for match in _MONTHS.finditer(text)}
    found |= {int(match["last"]) - int(match["first"]) + 1 for match in _SPAN.finditer(text)}
    found |= {months for word, months in _PARTS.items() if word in text} if not found else set()
    return found.pop() if len(found) == 1 and all(0 < one <= _MOST_MONTHS for one in found) else 0
