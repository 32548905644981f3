"""The lines of a report as forms: text with gaps for figures, and the facts that the gaps become.

"教育支出完成{actual}万元，为预算的{completion}%，增长{growth}%。" -> three facts: actual, completion, yoy_pct
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from bench.country import words
from bench.country.figures import TOTALS, Series, Values, classes, groups, series, taxes
from index.lexicon import items

GAP: Final = re.compile(r"\{(\w+)\}")
# gap -> measure, kind, unit, rule in prose, flags, years from the report's own
MARKS: Final = {
    "actual": ("actual", "money", "万元", "done+item", "", 0),
    "budget": ("budget", "money", "万元", "budget_word+item", "", 0),
    "before": ("actual", "money", "万元", "table", "", -1),
    "change": ("yoy_amount", "money", "万元", "yoy_amount_word+carried", "", 0),
    "completion": ("completion", "percent", "%", "percent_of_budget+carried", "", 0),
    "growth": ("yoy_pct", "percent", "%", "yoy_percent+carried", "", 0),
    "plan": ("budget", "money", "万元", "planned+item", "plan", 1),
    "planned_growth": ("yoy_pct", "percent", "%", "yoy_percent+carried", "", 1),
}
TEXTS: Final = 172
ROWS: Final = 33
PROJECTS: Final = 20
PLANS: Final = 20


class Gap(NamedTuple):
    """A fact to be: where it stands among the form's values, the length of the words before it, what it is."""

    place: int
    before: int
    label: str
    measure: str
    kind: str
    unit: str
    rule: str
    flags: str
    year: int
    period: str


@dataclass(frozen=True, slots=True)
class Form:
    """A line: ``text`` takes the values at ``places`` by ``%``; ``series`` is None for a line without figures."""

    section: int
    kind: str
    text: str
    places: tuple[int, ...]
    gaps: tuple[Gap, ...]
    series: Series | None = None
    own: bool = False
    scope: str = ""
    scope_words: str = ""
    header: str = ""


@cache
def forms(kind: str, year: int, word: str, turn: int) -> tuple[Form, ...]:
    """The lines of a report with figures, in order; ``turn`` chooses the rows of its table."""
    return tuple(_lines(kind, year, word, turn))


def _lines(kind: str, year: int, word: str, turn: int) -> Iterator[Form]:
    def form(section: int, text: str, key: str, **more: object) -> Form:
        return _form(section, "row" if "\t" in text else "text", text, key, kind, year, **more)

    half = "上半年" if kind == "half_year" else ""
    whole, own = f"全{word}", f"{word}本级"
    done = "{actual}万元，为预算的{completion}%，比上年增长{growth}%。"
    if half:
        done = "{actual}万元，为年度预算的{completion}%，同比增长{growth}%。"
    for key in TOTALS:
        name = items()[key].name
        if key.startswith("debt"):
            end = "" if half else "底"
            text = f"截至{year}年{half or ''}{end}，{whole}{name}" + "{actual}万元。"
            yield form(3, text, key, scope="whole", scope_words=whole)
            continue
        section = 1 if key.startswith(("total-gp-rev", "gp-rev")) else 2 if key == "total-gp-exp" else 3
        place = "{place}" if key in ("total-gp-rev", "total-gp-exp") else whole
        text = f"{place}{year}年{half}{name}完成{done}"
        yield form(section, text, key, scope="whole", scope_words="" if place != whole else whole)
        if word in "省市" and not half:
            yield form(section, f"{own}{year}年{name}完成{done}", key, own=True, scope="own", scope_words=own)
    for section, keys in ((1, taxes()), (2, classes())):
        for key in keys:
            yield form(section, f"{items()[key].name}完成{done}", key)
    header = f"{year}年{whole}一般公共预算支出表 单位：万元｜项目｜{year - 1}年决算数｜{year}年预算数｜{year}年执行数"
    if not half:
        for number in range(ROWS):
            key = groups()[(turn * ROWS + number) % len(groups())]
            row = items()[key].name + "\t{before}\t{budget}\t{actual}"
            yield form(5, row, key, scope="whole", scope_words=whole, header=header)
    if kind == "execution":
        for key in (*TOTALS, *classes())[:PLANS]:
            if key.startswith("debt"):
                continue
            text = f"{year + 1}年{items()[key].name}安排" + "{plan}万元，比上年增长{planned_growth}%。"
            yield form(7, text, key)


def _form(section: int, sort: str, text: str, key: str, kind: str, year: int, **more: object) -> Form:
    item = items()[key]
    places, gaps, before, last = [], [], 0, 0
    for match in GAP.finditer(text):
        before += match.start() - last
        words_before = re.split("[，。\t]", text[last : match.start()])[-1]
        last = match.end()
        places.append(Values._fields.index(match[1]))
        if match[1] == "place":
            continue
        measure, value, unit, rule, flags, years = MARKS[match[1]]
        measure = item.measure or measure if match[1] == "actual" else measure
        months = "1 6" if kind == "half_year" else "1 12"
        period = f"{year + years} {year + years} {months} {int(key.startswith('debt'))}"
        label = item.name if sort == "row" else words_before
        rule = "table" if sort == "row" else rule
        gaps.append(Gap(len(places) - 1, before, label, measure, value, unit, rule, flags, year + years, period))
    return Form(
        section, sort, GAP.sub("%s", text.replace("%", "%%")), tuple(places), tuple(gaps), series()[key],
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def told(number: int, year: int, line: int) -> tuple[str, str, str]:
    """The three phrases of a sentence without figures."""
    at = number * 7919 + year * 104_729 + line * 1_299_709
    return (
        words.DOERS[at % len(words.DOERS)],
        words.DEEDS[at // 7 % len(words.DEEDS)],
        words.AIMS[at // 31 % len(words.AIMS)],
    )


def project(number: int, year: int, line: int) -> tuple[str, int]:
    """A project of a report and what it cost, 万元."""
    at = number * 104_729 + year * 7919 + line * 15_485_863
    first, last = words.TOWNS_FIRST, words.TOWNS_LAST
    town = first[at % len(first)] + last[at // 11 % len(last)]
    return f"{town}镇{words.PROJECTS[at // 97 % len(words.PROJECTS)]}", 50 + at // 13 % 9000
