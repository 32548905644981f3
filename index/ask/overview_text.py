"""An overview -> a paragraph of plain official Chinese, each figure with the mark of its source.

2023年，西工区全区一般公共预算收入完成174,559万元，比上年增长14.8%，完成预算的100.2%〔1〕；……
来源：〔1〕《关于……的报告》第3页。

Nothing stands in it but figures of the overview as they are printed; a computed one stands with its formula.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.ask.figures import grouped
from index.ask.overview import Entry, Overview
from index.ask.overview_view import completed
from index.ask.overview_words import Spec
from index.ask.showing import Shown
from index.ask.wording import period_name

OPENED = "没有冠以级次（全市、本级等）的，报告未写明级次。"
_PLANS = {"budget": "预算为", "adjusted_budget": "调整预算为"}


class _Sources:
    """Reports and places in them, in the order in which they are cited."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], int] = {}

    def mark(self, *figures: Shown | None) -> str:
        """〔1〕, 〔1〕〔2〕: where these figures stand."""
        places = dict.fromkeys(_source(one) for one in figures if one is not None)
        return "".join(f"〔{self._known.setdefault(place, len(self._known) + 1)}〕" for place in places)

    @property
    def line(self) -> str:
        """The list behind the text, each report once."""
        told = []
        for report in dict.fromkeys(report for report, _ in self._known):
            places = [f"〔{number}〕{where}" for (name, where), number in self._known.items() if name == report]
            told.append(report + "，".join(places))
        return "来源：" + "；".join(told) + "。"


def paragraph(found: Overview) -> str:
    """The text, and its sources in a line of their own."""
    sources = _Sources()
    sentences: list[str] = []
    for group in _by_account(found.entries):
        sentences.append("；".join(_clause(found, one, sources) for one in group))
    if found.largest:
        listed = "、".join(_clause(found, one, sources) for one in found.largest)
        sentences.append(f"支出最大的几项是：{listed}" if found.complete else f"报告写到的支出大项有：{listed}")
    body = "。".join(sentences) + "。"
    opened = any(not one.shown.figure.scope for one in (*found.entries, *found.largest))
    said = f"{OPENED}\n" if opened else ""
    return f"{period_name(found.period)}，{found.place}{body}\n{said}{sources.line}"


def _by_account(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Rows of one account stand in one sentence; percentages stand beside the row that they belong to."""
    groups: dict[str, list[Entry]] = {}
    for one in entries:
        if not one.spec.of:
            groups.setdefault(one.shown.figure.account, []).append(one)
    return list(groups.values())


def _clause(found: Overview, one: Entry, sources: _Sources) -> str:
    shown = one.shown
    completion = next((each for each in found.entries if one.spec.short and each.spec.of == one.spec.short), None)
    level = shown.level
    name = one.spec.full
    inside = "其中" if one.spec.under and found.of(one.spec.under) else ""
    text = f"{inside}{level}{name}{_verb(one.spec, shown)}{_value(shown)}"
    if one.odds:
        text += f"（报告另一处为{'、'.join(map(_value, one.odds))}）"
    text += _change(one.growth) if one.growth else ""
    text += _completed(completion.shown) if completion else ""
    return text + sources.mark(shown, *one.odds, one.growth, completion.shown if completion else None)


def _verb(spec: Spec, shown: Shown) -> str:
    measure = shown.figure.measure
    if measure == "actual":
        expected = "预计" if "estimated" in shown.figure.flags else ""
        return expected + (spec.verb or ("" if spec.full.endswith("支出") and not expected else "为"))
    if measure == "budget" and "plan" in shown.figure.flags:
        return "安排"
    return _PLANS.get(measure, "为")


def _value(shown: Shown) -> str:
    return f"{grouped(shown.figure.value)}{shown.figure.unit}{_formula(shown)}"


def _change(growth: Shown) -> str:
    """，比上年增长14.8%: the sign in words."""
    basis = "，同口径" if "same_basis" in growth.figure.flags else "，"
    if not growth.number:
        return f"{basis}与上年持平{_formula(growth)}"
    word = "增长" if growth.number > 0 else "下降"
    return f"{basis}比上年{word}{growth.figure.value.lstrip('+-－—')}{growth.figure.unit}{_formula(growth)}"


def _completed(shown: Shown) -> str:
    return f"，{completed(shown)}的{shown.figure.value}{shown.figure.unit}{_formula(shown)}"


def _formula(shown: Shown) -> str:
    return f"（推算，{shown.figure.sentence}）" if shown.figure.derived else ""


def _source(shown: Shown) -> tuple[str, str]:
    """《…报告》 and the page; where there are no pages, the heading."""
    figure = shown.figure
    where = f"第{figure.page}页" if figure.page else f"“{figure.section}”" if figure.section else "正文"
    return f"《{figure.title or figure.document}》", where
