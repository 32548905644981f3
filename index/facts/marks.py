"""One sentence -> everything in it that facts are made of: amounts, items, periods, scopes, places, and a masked text.

    "2023年全区教育支出56917万元"  ->  masked "⁝⁝⁝⁝⁝⁝⁝⁝§§§§56917万元": § an item, ⁝ a period, scope or place

What is masked carries no words of its own, so rules can ask whether anything is left between an item and its figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final

from index.find.amounts import Amount, find_amounts
from index.find.periods import PeriodMatch, find_periods
from index.find.phrases import Phrases
from index.find.places import PlaceMatch, find_places
from index.find.subjects import find_paths
from index.find.terms import TermMatch, find_terms
from index.find.towns import is_town
from index.find.zones import find_zones
from index.lexicon import cues
from index.models import Region, Scope
from index.text.normal import Normal

ITEM = "§"  # masks the characters of an item
_BOTH_LEVELS = re.compile("(?:^|[，。；：、（])省市级$")  # 省市级收入: of two levels
_CUT = re.compile("市(?=场)")  # 县市|场监督管理局
CIRCUMSTANCE = "⁝"  # masks a period, a scope or a place
# A sentence of so many characters is none (a table without borders, an attack): relating all that stands in it to each
# other would take minutes, and what came of it would be wrong.
LONGEST = 2_000
_QUOTED_TITLE = re.compile(r"《[^》]{4,300}》")
_BRACKET = re.compile(r"（[^（）]{1,60}）")
_WIDER = re.compile(r"（(?:含|包含|包括)[^（）]{1,60}）")
_MADE_UP_OF = re.compile(r"（(?:不含|不包括|含|包含|包括)")  # what is inside says what belongs to the item before
_FIGURE = re.compile(r"\s*\d")  # 调出资金（调入一般公共预算）|5亿元: the bracket explains the item
_OFFICES = re.compile(r"部门|单位|机关|学校|行政|公用|预算单位|事业|企业|各|达|接|属|管|辖|播")
# 各开发区、街镇|收入9亿元: of those below, however they are listed
_BELOW = (
    r"(?:(?:开发|功能|高新|园|城|新|管理|片|县|市|旗|产业园)区|街道|乡镇|镇街|街镇|[县市区旗乡镇])"
    r"(?:（[县市区旗、]+）)?"
)
_EACH_BELOW = re.compile(rf"各{_BELOW}(?:[、和及与]各?{_BELOW})+(?![级长委])")
_OF_AGE = re.compile(r"(?:及|\s)*(?:以[上下内]|至|到|-|—|的)")  # 65岁|以上老年人: who they are, no count
_WHOLE = ("个", "家", "所", "名", "人", "户", "件", "项", "处", "宗", "辆", "座", "台", "条", "位", "笔")
_LONGEST_NUMBER = 2
# 乡镇（街道、试验区）级|6亿元, 镇级|收入3亿元; 镇级污水管网 is a project
_OF_TOWNS = re.compile(
    r"(?<![\u4e00-\u9fff])(?:乡镇|镇街|街镇|镇|乡|街道)(?:（[^（）]{1,12}）)?级(?=（|\s*约?\d|一般|收入|支出|财政|完成|实现|地方|政府性)"
)
_TO_TOWNS = re.compile(
    "(?<=[对个])(?:乡镇|镇街|街镇|镇|乡|街道)(?:（[^（）]{1,6}）)?级?(?=[^，。；]{0,6}转移支付)"
)  # 市对|镇|转移支付
# 开发区|一般公共预算收入, in the paper of a zone
_ZONE_ITSELF = re.compile(
    "(?<![\u4e00-\u9fff])(?:全|本)?(?:开发区|园区|高新区|经开区|新区|示范区|管理区|管委会)(?=地方|一般|公共|政府|国有|社会|社保|财政|税收|非税|债务|“?三[公保]|收入|支出)"
    "|(?<=下达|核定|批准)(?:开发区|园区|高新区|经开区|新区)(?=[^，。；]{0,10}限额)"
)
_TIMES = ("*", "×", "÷")  # （完成数/计划数）*|100%: a formula, nobody's figure
_COMPLETE = "健完安齐周"  # 健|全市场, 完|全乡村: no 全市, no 全乡
_BESIDE = re.compile(r"[\u4e00-\u9fff]{2,8}·$")
_NOT_A_YEAR = re.compile(r"(?:[^，。；、\d]{1,8}性)?结[转余]|收支|底$")


@dataclass(frozen=True, slots=True)
class ScopeMatch:
    """A scope as printed."""

    start: int
    end: int
    text: str
    scope: Scope


_PLACES_BEFORE: Final = re.compile(r"[省市区县州旗委]|自治区|人民政府")
_SHORTEST_BODY: Final = 3
_SHORT: Final = 2  # characters of a short name


@dataclass(frozen=True, slots=True)
class Marks:
    """What was found in one sentence, whose normal form is ``text``; each list is in order of the text."""

    normal: Normal
    text: str
    masked: str
    amounts: tuple[Amount, ...]
    terms: tuple[TermMatch, ...]
    periods: tuple[PeriodMatch, ...]
    scopes: tuple[ScopeMatch, ...]
    places: tuple[PlaceMatch, ...]


def mark(normal: Normal, within: Region | None, zones: Sequence[str] = (), owner: str = "") -> Marks:
    """Find everything in a sentence.  ``within`` is the document's region: it settles place names that several have;
    ``zones`` are names of its zones that have no form word, ``owner`` the body whose paper it is: no place, no item."""
    whole = normal.text
    text = whole[:LONGEST]
    paths = [TermMatch(p.start, p.end, p.item.name, (p.item,)) for p in find_paths(text)]
    inside = [(path.start, path.end) for path in paths]
    amounts = [one for one in find_amounts(whole) if not _inside(one.start, one.unit_end, inside)]  # 司法（06款）
    amounts = [one for one in amounts if not (one.unit == "岁" and whole.startswith(("以上", "以下"), one.unit_end))]
    amounts = [one for one in amounts if not (one.kind == "percent" and whole[: one.start].rstrip().endswith(_TIMES))]
    amounts = [_unnumbered(one, whole) for one in amounts]
    amounts = [one for one in amounts if not (one.unit == "岁" and _OF_AGE.match(whole, one.unit_end))]
    taken = bytearray(len(whole))  # of each character whether it is part of something
    for amount in amounts:
        _take(taken, amount.start, amount.unit_end)
    for title in _QUOTED_TITLE.finditer(text):
        _take(taken, title.start(), title.end())
    bodies = [match.span() for match in _body(owner).finditer(text)] if owner else []
    for start, end in bodies:
        _take(taken, start, end)
    scopes = [scope for scope in _scopes(text, within) if _is_left(taken, scope.start, scope.end)]
    for path in paths:
        _take(taken, path.start, path.end)
    terms = [term for term in find_terms(text) if _is_left(taken, term.start, term.end)]
    if paths:
        terms = sorted((*terms, *paths), key=lambda term: term.start)
    scopes = [scope for scope in scopes if not any(t.start <= scope.start and scope.end <= t.end for t in terms)]
    named = _places(text, within, zones)
    divisions = [(p.start, p.end) for p in named]  # 沙县区 is a district, no 县区
    scopes = [s for s in scopes if s.scope != "lower" or not any(a < s.start < b for a, b in divisions)]
    for term in terms:
        _take(taken, term.start, term.end)
    periods = [
        period
        for period in _before_terms(find_periods(text), text, terms)
        if _is_left(taken, period.start, period.end)
        and not (period.offset == -1 and _NOT_A_YEAR.match(text, period.end))
    ]
    for period in periods:
        _take(taken, period.start, period.end)
    for scope in scopes:
        _take(taken, scope.start, scope.end)
    places = [place for place in named if _is_left(taken, place.start, place.end)]
    masked = list(whole)
    remarks = _remarks(text, amounts, terms)
    made_up = [span for span in remarks if _MADE_UP_OF.match(text, span[0])]
    ends = {term.end for term in terms}
    made_up += [span for span in remarks if span[0] in ends and _FIGURE.match(text, span[1])]
    terms = [t for t in terms if not _inside(t.start, t.end, made_up)]
    for start, end in remarks:
        masked[start:end] = CIRCUMSTANCE * (end - start)
    scopes = [s for s in scopes if not _inside(s.start, s.end, remarks)]
    places = [p for p in places if not _inside(p.start, p.end, remarks)]
    periods = [p for p in periods if not _inside(p.start, p.end, remarks)]
    for term in terms:
        masked[term.start : term.end] = ITEM * (term.end - term.start)
        if term.text.endswith("预算") and not term.items[0].key.startswith("transfer"):
            # 三公经费预算|数394万元: the name also says which stage; 调出至一般公共预算 names an account
            masked[term.end - 2 : term.end] = "预算"
    spans = [*bodies, *((m.start, m.end) for m in periods), *((m.start, m.end) for m in scopes)]
    for start, end in spans + [(m.start, m.end) for m in places]:
        masked[start:end] = CIRCUMSTANCE * (end - start)
    return Marks(
        normal, whole, "".join(masked), tuple(amounts), tuple(terms), tuple(periods), tuple(scopes), tuple(places)
    )


def _unnumbered(amount: Amount, text: str) -> Amount:
    """3.3个项目: at the beginning of a sentence the third point, and 3个: things are counted whole."""
    if amount.kind != "count" or amount.unit not in _WHOLE or text[: amount.start].strip():
        return amount
    number, point, value = amount.value.partition(".")
    if not point or len(number) > _LONGEST_NUMBER or not value.isdigit():
        return amount
    return replace(amount, start=amount.start + len(number) + 1, value=value, number=Decimal(value))


def _before_terms(periods: Sequence[PeriodMatch], text: str, terms: Sequence[TermMatch]) -> list[PeriodMatch]:
    """2023年|年末滚存结余: what an item takes of a period leaves the rest of it."""
    found = list(periods)
    for number, period in enumerate(found):
        for term in terms:
            if period.start < term.start < period.end:
                left = [one for one in find_periods(text[period.start : term.start]) if one.start == 0]
                found[number : number + 1] = [
                    replace(one, start=period.start, end=period.start + one.end) for one in left
                ] or [period]
                break
    return found


def _remarks(text: str, amounts: Sequence[Amount], terms: Sequence[TermMatch]) -> list[tuple[int, int]]:
    """Brackets without figures (含开发区，下同), which interrupt a clause and end none."""
    spans = [match.span() for match in _BRACKET.finditer(text)]
    figures = [(amount.start, amount.end) for amount in amounts]
    named = [(term.start, term.end) for term in terms]
    return [
        (a, b)
        for a, b in spans
        if not any(a < end and start < b for start, end in figures) and not any(s < a and b <= e for s, e in named)
    ]


def _inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a <= start and end <= b for a, b in spans)


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _is_left(taken: bytearray, start: int, end: int) -> bool:
    return taken.find(1, start, end) < 0


def _places(text: str, within: Region | None, extra: Sequence[str]) -> list[PlaceMatch]:
    """Zones by form and divisions by name; a division wins the same characters, unless the zone is longer."""
    zones = find_zones(text, within, extra) if within else []
    named = [place for place in find_places(text, within.code if within else None) if not _is_elsewhere(place, within)]
    spans = [(zone.start, zone.end) for zone in zones]
    kept = [
        place
        for place in named
        if not any(a <= place.start and place.end <= b and b - a > place.end - place.start for a, b in spans)
    ]
    spans = [(place.start, place.end) for place in kept]
    kept += [zone for zone in zones if not any(zone.start < b and a < zone.end for a, b in spans)]
    return sorted((_joined(text, place) for place in kept), key=lambda place: place.start)


def _is_elsewhere(place: PlaceMatch, within: Region | None) -> bool:
    """太平|庄污水处理厂: the short of a county of another city is but the beginning of a name."""
    if within is None or place.exact or place.end - place.start > _SHORT:
        return False
    own = within.code.rstrip("0")
    return all(r.level == "county" and not r.code.startswith(own) and r.parent != within.parent for r in place.regions)


def _joined(text: str, place: PlaceMatch) -> PlaceMatch:
    """开发区·铁山区: two names of one budget; the division's is the one that is known."""
    match = _BESIDE.search(text, 0, place.start) if text.endswith("·", 0, place.start) else None
    if match is None:
        return place
    return PlaceMatch(match.start(), place.end, text[match.start() : place.end], place.regions, place.exact)


def _scopes(text: str, within: Region | None) -> list[ScopeMatch]:
    found = [ScopeMatch(*m.span(), m[0], "lower") for m in _EACH_BELOW.finditer(text)] if "各" in text else []
    of_town = within is not None and within.level == "zone" and is_town(within.name)
    if not of_town and "级" in text:
        found += [ScopeMatch(*m.span(), m[0], "lower") for m in _OF_TOWNS.finditer(text)]
    found += [ScopeMatch(*m.span(), m[0], "lower") for m in _TO_TOWNS.finditer(text)] if "转移支付" in text else []
    if within is not None and within.level == "zone" and not of_town:
        found += [ScopeMatch(*m.span(), m[0], "whole") for m in _ZONE_ITSELF.finditer(text)]
    for start, end, scope in _scope_words(of_town).find(text):
        if any(one.start < end and start < one.end for one in found):
            continue
        if scope == "whole" and start and text[start - 1] in _COMPLETE:
            continue
        if _CUT.match(text, end - 1) or (scope == "own" and _BOTH_LEVELS.search(text, 0, end)):
            continue
        if text[start + 1 : end] == "直" and _OFFICES.match(text, end):
            continue  # 市直部门, 市直机关 are offices, no level
        if scope == "own" and (wider := _WIDER.match(text, end)):
            end = wider.end()
        found.append(ScopeMatch(start, end, text[start:end], scope))
    return sorted(found, key=lambda one: one.start)


@cache
def _body(owner: str) -> re.Pattern[str]:
    """The body's name, whole or without the places before it: 甲市乙区财政局, 乙区财政局, 财政局."""
    starts = [0, *(m.end() for m in _PLACES_BEFORE.finditer(owner) if len(owner) - m.end() >= _SHORTEST_BODY)]
    names = "|".join(re.escape(owner[start:]) for start in starts)
    return re.compile(rf"(?:{names})(?![\u4e00-\u9fff]{{0,6}}(?:局|处|所|中心))")


@cache
def _scope_words(of_town: bool) -> Phrases[Scope]:
    """The words of levels; 全镇 is one in a town's own paper alone, in others it is one of many towns."""
    table: dict[str, Scope] = {}
    for word in cues("scope", "town_whole") if of_town else ():
        table[word] = "whole"
    for word in cues("scope", "town_own") if of_town else ():
        table[word] = "own"
    for word in cues("scope", "whole"):
        table[word] = "whole"
    for word in cues("scope", "own"):
        table[word] = "own"
    for word in cues("scope", "lower"):
        table[word] = "lower"
    for word in cues("scope", "wide"):
        table[word] = "own_wide"
    return Phrases(table)
