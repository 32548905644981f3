"""A question -> an overview, if it asks for one; an overview's address -> the same again.

"西工区2023年财政怎么样" -> Query(shape overview), Answer   | "2022年呢" -> that of 2022   | "写成材料" -> its text
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from weakref import WeakKeyDictionary

from index.ask import held_items, overview_view
from index.ask.defaults import only_region
from index.ask.overview import Overview, overview
from index.ask.overview_text import paragraph
from index.ask.overview_words import PLAIN, asks_material, asks_next, main_keys, says_no_more, topic_of, topics, unit_of
from index.ask.query import Query
from index.ask.reference import Reference
from index.ask.search import Search
from index.ask.showing import View, Way
from index.ask.wording import SCOPE_NAMES, period_name
from index.find.periods import find_periods
from index.models import EARLIEST, Answer, Period, Scope

Ask = Callable[[str], Answer]
MATERIAL = "材料"
MORE = held_items.MORE
NO_MORE = "没有更多了：前面的就是报告里查得到的全部。可以接着问某一项，或者换一个年份。"
HELD = "有数字的科目"
MOST_YEARS = 3
_MOST_KEPT = 64
_kept: WeakKeyDictionary[Search, dict[tuple[object, ...], Overview]] = WeakKeyDictionary()


def take(search: Search, query: Query, last: Query | None, ask: Ask) -> tuple[Query, Answer] | None:
    """The overview that a question asks for; None if it asks for something else, or nothing sure is held."""
    before = last if last is not None and last.shape == "overview" else None
    said = query.text if query.items or query.account else _without_slots(search, query.text)
    way = next((name for name, asked in ((MATERIAL, asks_material), (MORE, asks_next)) if asked(said)), "")
    topic = topic_of(query)
    if not topic and before is not None and (way or says_no_more(query)):
        topic = before.term or PLAIN
    if not topic and way == MATERIAL and (last is not None or query.regions):
        topic = PLAIN  # 写成材料, after a single figure: of its place and year; 西工区的材料
    if not topic or len(query.regions) > 1 or query.choices or query.unknown or len(query.periods) > 1:
        return None
    region = query.regions[0] if query.regions else _region(search, last)
    if region is None or not _fits(search, query, region):
        return None
    # 解放区2024年的概况 | 西工区的: of the same year, if its reports tell its main figures
    told = last is not None and bool(before)
    told = told and last is not None and {one.last_year for one in last.periods} <= set(_years_told(search, region))
    same = last is not None and (last.regions == (region,) or told)
    period = next(iter(query.periods or (last.periods if last and same else ())), None) or _newest(search, region)
    if period is None:
        return None
    scope, words = (query.scope, query.scope_words) if query.scope or not before else (before.scope, before.scope_words)
    topic = PLAIN if way == MATERIAL and topic == held_items.TOPIC else topic
    place = search.atlas.full_name(region)
    whole = Query(
        text="".join((place, period_name(period), words, _word_of(topic))), shape="overview", regions=(region,),
        periods=(period,), scope=scope, scope_words=words, term=topic, follow=query.follow,
        unit=unit_of(query) or (before.unit if before else ""),
    )  # fmt: skip
    pages = _pages(search, ask, whole)
    if not pages:
        return whole, again(search, ask, whole)
    page = before.masked.count(MORE) + 1 if way == MORE and before is not None else 0
    if page >= pages:
        what = HELD if topic == held_items.TOPIC else overview_view.TITLE
        head = " · ".join((place, period_name(period), what))
        return replace(whole, masked=MORE * (page - 1)), Answer("not_found", f"{head}\n{NO_MORE}", reading=head)
    whole = replace(whole, masked=MORE * page if way == MORE else way)
    return whole, again(search, ask, whole)


def _without_slots(search: Search, text: str) -> str:
    """领导要西工区2023年的材料 -> 领导要的材料."""
    spans = [match[:2] for match in search.atlas.names.find(text)]
    spans += [(match.start, match.end) for match in find_periods(text, short_years=True)]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text


def _pages(search: Search, ask: Ask, query: Query) -> int:
    """How many pages there are of what is asked for; none where nothing sure is held."""
    if query.term == held_items.TOPIC:
        return held_items.pages_of(search, query)
    found = overview_of(search, ask, query.regions[0], query.periods[0], query.scope, query.scope_words)
    return overview_view.pages_of(found, query.term) if found.entries else 0


def _nothing(search: Search, found: Overview) -> Answer:
    """No figure of this place and year is sure; the years of which there are."""
    head = " · ".join((found.place, period_name(found.period), overview_view.TITLE))
    text = f"报告里没有{found.place}{period_name(found.period)}财政收支的数字，或者没有有把握的，列不出概况。"
    years = [year for year in _years_told(search, found.region) if year != found.period.last_year]
    text += f"有数的年份：{'、'.join(map(str, years))}年。" if years else ""
    options = tuple(f"{found.place}{year}年{overview_view.TITLE}" for year in years[-MOST_YEARS:])
    options = options or (f"{found.place}一般公共预算收入多少",)
    return Answer("not_found", f"{head}\n{text}", (), options, head)


def _years_told(search: Search, region: str) -> list[int]:
    """The years of which the reports tell the main figures."""
    told = {one.fact.period.last_year for one in search.years_of_item(region, main_keys())}
    return sorted(year for year in told if year >= EARLIEST)


def overview_of(search: Search, ask: Ask, region: str, period: Period, scope: Scope, words: str) -> Overview:
    """Filled once for each version of the index."""
    kept = _kept.setdefault(search, {})
    key = region, period, scope, words
    if key not in kept:
        if len(kept) >= _MOST_KEPT:
            kept.pop(next(iter(kept)))
        kept[key] = overview(search, ask, region, period, scope, words)
    return kept[key]


def again(search: Search, ask: Ask, query: Query) -> Answer:
    """The overview of a dialogue once more; its query says all that it is of."""
    region, period, topic = query.regions[0], query.periods[0], query.term or PLAIN
    if topic == held_items.TOPIC and held_items.pages_of(search, query):
        return held_items.answer(search, query)
    found = overview_of(search, ask, region, period, query.scope, query.scope_words)
    return _answer(found, topic, query.masked) if found.entries else _nothing(search, found)


def at(search: Search, ask: Ask, reference: Reference) -> tuple[Query, Answer] | None:
    """The overview at an address, of the newest year where none is named; None if it is the address of something else,
    or of a place that is not held."""
    topic, region = overview_view.topic_in(reference), search.atlas.by_token(reference.region)
    period = (reference.period or _newest(search, region)) if topic and region is not None else None
    if region is None or period is None:
        return None
    words = _level_word(search, region, reference.scope)
    text = "".join((search.atlas.full_name(region), period_name(period), words, _word_of(topic)))
    query = Query(
        text=text, shape="overview", regions=(region,), periods=(period,), scope=reference.scope, scope_words=words,
        term=topic, masked=MORE * overview_view.page_in(reference),
    )  # fmt: skip
    return query, again(search, ask, query)


def view(search: Search, ask: Ask, query: Query) -> View:
    """The list of an overview that has been answered with; the paragraph where that was asked for."""
    region, period, topic = query.regions[0], query.periods[0], query.term or PLAIN
    found = overview_of(search, ask, region, period, query.scope, query.scope_words)
    if query.masked == MATERIAL:
        head = " · ".join((found.place, period_name(period), MATERIAL))
        return View("material", head, (), (), overview_view.token_of(found, topic), text=paragraph(found))
    years = [year for year in _years_told(search, region) if year != period.last_year]
    near = sorted(sorted(years, key=lambda year: abs(year - period.last_year))[:MOST_YEARS])
    shown = overview_view.view(found, topic, near, _levels(search, found, topic))
    return replace(shown, start=query.masked.count(MORE))


def _answer(found: Overview, topic: str, way: str) -> Answer:
    told = overview_view.answer(found, topic, way.count(MORE))
    if way != MATERIAL:
        return told
    head = f"{told.reading} · {MATERIAL}"
    return replace(told, reply=f"{head}\n{paragraph(found)}", reading=head, notes=())


def _levels(search: Search, found: Overview, topic: str) -> tuple[Way, ...]:
    """市本级 beside 全市, where a place's reports tell both apart."""
    region = search.atlas.regions.get(found.region)
    if region is None or region.level not in ("province", "prefecture"):
        return ()
    other: Scope = "" if found.scope == "own" else "own"
    word = _level_word(search, found.region, "own") if other else _level_word(search, found.region, "whole")
    return (Way(word, overview_view.token_of(replace(found, scope=other), topic)),)


def _level_word(search: Search, region: str, scope: Scope) -> str:
    """How a level is asked for: 市本级, 全市; "" if it is left open."""
    known = search.atlas.regions.get(region)
    kind = known.name[-1:] if known and known.name[-1:] in "省市县区旗州盟" else ""
    if not scope or not kind:
        return "本级" if scope == "own" else ""
    return {"own": f"{kind}本级", "own_wide": f"{kind}级", "whole": f"全{kind}"}.get(scope, SCOPE_NAMES.get(scope, ""))


def _word_of(topic: str) -> str:
    return topics()[topic][0] if topic in topics() else "概况"


def _region(search: Search, last: Query | None) -> str | None:
    if last is not None and len(last.regions) == 1:
        return last.regions[0]
    return only_region(search)


def _fits(search: Search, query: Query, region: str) -> bool:
    """全市 is no level of a district."""
    known = search.atlas.regions.get(region)
    if query.scope == "lower":
        return False
    return query.scope != "whole" or known is None or query.scope_words[-1:] in (known.name[-1:], "域")


def _newest(search: Search, region: str) -> Period | None:
    year = search.atlas.executed.get(region) or search.atlas.newest.get(region)
    return Period.year(year) if year else None
