"""What to say when the reports do not hold it: what is missing, and the nearest things that are there.

"西工区2023年非税收入完成多少" -> 西工区2023年的报告里没有“非税收入”……可以问：西工区2023年一般公共预算收入
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from index.ask import wording
from index.ask.figures import figure, shown
from index.ask.query import Query
from index.ask.search import Search
from index.ask.select import PLANNED, is_per_head
from index.ask.texts import best_sentences
from index.lexicon import items
from index.models import Answer, Period, StoredFact
from index.text.normal import plain

_ROW = re.compile(r"[、，,；;和与及]|以及|还有|各?(?:分别)?(?:是|花了)?多少")
MOST = 6
_SAME = re.compile(
    "[^，。；]{0,4}[，,]?(?P<how>(?:和|与|同|较|比)?(?:上年|去年|上一年)(?:同期|预算数?|年初)*(?:相比)?[，]?(?:相同|持平|一致|一样|不变|没有变化|无变化))"
)
_FIRST = ("一般公共预算收入", "一般公共预算支出")
FEW = 2
FEW_PLACES = 4
NEAR_ENOUGH = 0.6
_RATES = ("yoy_pct", "yoy_amount", "completion", "share")


def too_much() -> Answer:
    """More places, years and items at once than are looked up for one message."""
    text = "一次问得太多了，没有全部去查。请分成几条来问，比如一条只问一个地区、一两项。"
    return Answer("not_found", text, (), ())


def unknown_place(search: Search, query: Query) -> Answer:
    """A place whose reports are not held: the nearest that are, those around or beside it."""
    there = list(search.owner_names)
    near = _near_places(search, query.unknown)
    text = f"索引里没有“{query.unknown}”的报告。"
    more = "等" if len(there) > FEW else ""
    text += f"最近的有：{'、'.join(near)}。" if near else f"已有：{'、'.join(there[:FEW])}{more}。"
    if len(there) > FEW:
        text += f"共收录 {len(there)} 个地区，可问“有哪些地区”。"
    names = [*near, *(name for name in there if name not in near)][:MOST]
    return Answer("not_found", text, (), tuple(f"{name}一般公共预算收入" for name in names), query.unknown)


def _near_places(search: Search, unknown: str) -> list[str]:
    """One or two held places around the unknown one: its city, its districts, its neighbours in the same city."""
    from index.find.places import find_places

    codes = [region.code for place in find_places(unknown) for region in place.regions]
    held = {code: name for code, name in search.owners if name}
    for length in (6, 4, 2):
        near = [name for held_code, name in held.items() for code in codes if held_code[:length] == code[:length]]
        if near:
            return list(dict.fromkeys(near))[:FEW]
    return []


def wrong_level(search: Search, query: Query, place: str) -> Answer:
    """全市 of a district: the level does not fit the place."""
    word = query.scope_words
    text = f"“{word}”不是{place}的口径：{place}的报告只讲本地的数。去掉“{word}”再问，或改问所在的市。"
    items = "、".join(item.name for item in query.items)
    years = "、".join(wording.period_name(period) for period in query.periods)
    return Answer("not_found", text, (), (f"{place}{years}{items}",) if items else (), place)


def no_members(search: Search, query: Query) -> Answer:
    """各县区 of a place whose report gives no figure for each of them: the total is no answer."""
    place = search.atlas.full_name(query.regions[0])
    name = "、".join(item.name for item in query.items) or "".join(query.content)
    years = "、".join(wording.period_name(period) for period in query.periods)
    there = [search.atlas.full_name(code) for code in search.atlas.inside(query.regions[0])]
    text = f"报告里没有{place}{years}各县区“{name}”的数字，不能排名。"
    text += f"有数字的下级地区：{'、'.join(there[:MOST])}。" if there else ""
    return Answer("not_found", text, (), (f"{place}{years}{name}",) if name else (), place)


def not_compared(search: Search, query: Query, told: Answer) -> Answer:
    """谁多, of places of which one has no figure, or no report: that of the others is there, and nothing is first."""
    facts = search.facts_of(told)
    asked = {one.fact_id for one in told.figures if one.asked}
    there = {one.fact.region for one in facts if one.id in asked}
    without = [search.atlas.full_name(code) for code in query.regions if code not in there]
    if told.status != "answered" or not (without or query.absent):
        return told
    why = [f"索引里没有{name}的报告，没有比" for name in query.absent]
    why += [f"{'、'.join(without)}的报告里没有这个数，没有比"] if without else []
    return wording.noted(told, "；".join(why))


def no_order(search: Search, query: Query, told: Answer) -> Answer:
    """最多的是哪一块, where the reports give nothing to put in order: the whole is no answer, but it is there."""
    place = search.atlas.full_name(query.regions[0])
    name = "、".join(item.name for item in query.items) or "".join(query.content)
    facts = search.facts_of(told)
    what = wording.MISSING[query.measures[0]] if query.measures and query.measures[0] in _RATES else ""
    parts = f"各分项的{what}" if what else "的分项数字"
    lines = [told.reading, f"报告里没有{place}{f'“{name}”' if name else ''}{parts}，排不出高低。"]
    if facts:
        lines.append(
            "报告里有：" + "；".join(f"{one.fact.item}{wording.value_line(one, query)}" for one in facts[:FEW])
        )
        lines += wording.quote_lines(facts[:FEW])
    figures = tuple(figure(one, asked=False) for one in facts[:FEW])
    return Answer("not_found", wording.fitted(lines), figures, (), told.reading)


def unknown_beside(query: Query, told: Answer) -> Answer:
    """税收收入、非税收入、火星支出: what stands in a row with items, and is none, is not passed over."""
    if told.status != "answered" or len(query.items) < 2:
        return told
    named = {one.strip() for one in _ROW.split(query.text)}
    for word in query.chunks:
        if word in named and word not in told.reply:
            told = wording.noted(told, f"“{word}”报告里没有，或者不知道是什么")
    return told


def too_few(asked: int, found: int, told: Answer) -> Answer:
    """Of several things asked for in one place the reports have so few that the question was hardly understood."""
    values = [f"{one.item} {one.value} {one.unit}" for one in told.figures if one.asked][:FEW]
    lines = [told.reading, f"一次问了 {asked} 项，只对上 {found} 项，可能没有听懂，请一项一项来问。"]
    lines += [f"报告里有：{'；'.join(values)}"] if values else []
    figures = tuple(replace(one, asked=False) for one in told.figures)
    return Answer("not_found", wording.fitted(lines), figures, (), told.reading)


def places_to_choose(search: Search, query: Query) -> tuple[str, ...]:
    """The places a question may mean: those of its name, else all that have reports of their own."""
    return query.choices or tuple(dict.fromkeys(code for code, name in search.owners if name))


def which_place(search: Search, query: Query) -> Answer:
    """No place named, or one of several."""
    codes = places_to_choose(search, query)
    names = [search.atlas.full_name(code) for code in codes[:MOST]]
    text = "请问是哪个地区？" + "、".join(names) + (f"等 {len(codes)} 个地区" if len(codes) > MOST else "")
    return Answer("clarify", text, (), tuple(names[:MOST]), "")


def which_of_all(query: Query) -> Answer:
    """哪些市|赤字率|超过3%, 哪些市|完成率低于90%: what is set side by side is nowhere told, or is not said."""
    among, word = query.among or "地", "".join(query.chunks)
    name = next((run for run in query.runs if word and word in run and len(run) <= len(word) + 1), word)
    if name:
        text = f"索引里各{among}的报告都没有“{name}”的数字，或者不知道它是什么。"
        return Answer("not_found", text, (), (), name)
    sample = f"各{among}一般公共预算收入"
    return Answer("clarify", f"请说明是哪一项，例如：{sample}。", (), (), sample)


def which_two(search: Search, last: Query) -> Answer:
    """差多少 where nothing was said that it could be set beside."""
    name = "、".join(item.name for item in last.items) or "".join(last.content)
    place = search.atlas.full_name(last.regions[0]) if last.regions else ""
    text = f"请说清{place}“{name}”要和哪个数比，例如：和上一年差多少、和预算差多少、和另一个地区差多少。"
    return Answer("clarify", text, (), (), name)


def which_item(search: Search, query: Query, region: str) -> Answer:
    """A place (and year) without an item."""
    place = search.atlas.full_name(region)
    names = items_to_choose(search, region, query.periods)
    text = f"请问要查{place}的哪一项？例如：" + "、".join(names)
    return Answer("clarify", text, (), _offered(place, query.periods, names), place)


def _offered(place: str, periods: Sequence[Period], names: Sequence[str]) -> tuple[str, ...]:
    """Questions for items of a place, in the year that was asked for."""
    when = wording.period_name(periods[0]) if len(periods) == 1 else ""
    return tuple(f"{place}{when}{name}" for name in names)


def not_there(search: Search, query: Query, regions: Sequence[str], periods: Sequence[Period]) -> Answer:
    """No figure for what was asked: say what is missing, quote the nearest sentences, offer what there is; of several
    places of each of them."""
    if len(regions) == 1:
        return _not_there(search, query, regions[0], periods)
    each = [_not_there(search, query, region, periods) for region in regions[:FEW_PLACES]]
    names = [item.name for item in query.items] or ["".join(query.content) or "这一项"]
    places = [search.atlas.full_name(region) for region in regions]
    head = wording.reading(places, periods, names, query)
    lines = [head]
    for one, place in zip(each, places, strict=False):
        told = one.reply.removeprefix(one.reading).strip("\n")
        lines.append(told.replace("报告里有：", f"{place}的报告里有：", 1))
    options = [option for row in zip_longest(*(one.options for one in each)) for option in row if option]
    figures = tuple(figure for one in each for figure in one.figures)
    return Answer("not_found", wording.fitted(lines), figures, tuple(dict.fromkeys(options))[:MOST], head)


def _not_there(search: Search, query: Query, region: str, periods: Sequence[Period]) -> Answer:
    place = search.atlas.full_name(region)
    years = "、".join(wording.period_name(period) for period in periods)
    names = [item.name for item in query.items] or ["".join(query.content) or "这一项"]
    names += [word for word in query.must if query.joint and word not in "".join(names)]  # 专项债 | 赤字呢
    said = (wording.MISSING[measure] for measure in query.measures)
    if len(query.measures) == 1 and all(name.endswith(tuple(said)) for name in names):
        query = replace(query, measures=())  # no 限额 of a 政府债务限额
    head = wording.reading([place], periods, names, query)
    held = search.store.years(region)
    lines = [head]
    if periods and not any(period.last_year in held for period in periods):
        there = f"，已有年份：{'、'.join(map(str, held[-8:]))}年" if held else ""
        lines.append(f"报告里没有{place}{years}的数据{there}")
        return Answer("not_found", wording.fitted(lines), (), _other_years(search, query, region), head)
    near = _nearest(search, query, region, periods)
    lines.append(_missing(query, place + years, "、".join(names), near, periods))
    options = [*_offers(place, near), *_other_years(search, query, region)]
    facts: list[StoredFact] = []
    quotes: list[str] = []
    if near:
        lines.append("报告里有：" + "；".join(_offer_line(one, query) for one in near[:3]))
    else:
        year = periods[0].last_year if periods else None
        for hit in best_sentences(search, region, year, query.content, enough=NEAR_ENOUGH):
            quotes.append("┆ " + (hit.text if len(hit.text) <= 110 else hit.text[:110] + "…"))
            quotes.append("┆ " + wording.source(hit.title, hit.document, hit.section, hit.page))
            facts += search.store.facts_of_sentences([hit.id])[:6]
    if quotes:
        lines += ["最接近的原文：", *quotes]
    figures = [figure(one, asked=False) for one in (*near[:3], *facts)]
    if not options:
        options = list(_offered(place, periods, items_to_choose(search, region, tuple(periods))))
    return Answer("not_found", wording.fitted(lines), tuple(figures), tuple(dict.fromkeys(options))[:MOST], head)


def _missing(query: Query, where: str, name: str, near: Sequence[StoredFact], periods: Sequence[Period]) -> str:
    """What the report does not say; never that it lacks a figure which the next line shows."""
    if any(_is_asked(one, query, periods) for one in near):
        strange = "、".join(word for word in query.chunks if word not in name)
        if not strange:
            return f"没有把握：没有与所问完全对应的数字，不能肯定下面的“{name}”就是。"
        return f"没有把握：报告的这一项没有提到“{strange}”，不知道问的是不是“{name}”。"
    measures = query.measures
    if not measures and not query.chunks and any(_is_plan(one, query, periods) for one in near):
        measures = ("actual",)  # 三公经费多少 of a year that has gone by, of which only the budget is told
    if measures:
        asked = "、".join(dict.fromkeys(wording.MISSING[measure] for measure in measures))
        unchanged = _unchanged(near, periods) if set(measures) <= {"yoy_pct", "yoy_amount"} else ""
        return f"报告里没有写{where}“{name}”的{asked}{f'，原文说“{unchanged}”' if unchanged else ''}。"
    if query.scope:
        level = query.scope_words or wording.SCOPE_NAMES[query.scope]
        return f"报告里没有{where}{level}口径“{name}”的数字。"
    rest = "、".join(query.chunks)
    if any(_within(one, periods) for one in near):
        return f"报告里没有{where}与“{name}{'，' + rest if rest else ''}”完全对应的数字。"
    return f"报告里没有{where}“{name}”的数字。"


def _unchanged(near: Sequence[StoredFact], periods: Sequence[Period]) -> str:
    """394万元，|和上年相同|: no growth is printed, for there is none."""
    behind = (plain(one.text[one.fact.end :]) for one in near if _within(one, periods))
    return next((found["how"] for words in behind if (found := _SAME.match(words))), "")


def _is_asked(one: StoredFact, query: Query, periods: Sequence[Period]) -> bool:
    """The very figure that was asked for, but for words that its report does not have."""
    fact = one.fact
    stage = fact.measure in (query.measures or ("actual", "amount", "outstanding", "limit", "balance"))
    return stage and _within(one, periods) and (not query.scope or fact.scope == query.scope)


def _is_plan(one: StoredFact, query: Query, periods: Sequence[Period]) -> bool:
    """What was planned, where it was not said that the plan is meant."""
    return one.fact.measure in PLANNED and _is_asked(one, replace(query, measures=PLANNED), periods)


def _within(one: StoredFact, periods: Sequence[Period]) -> bool:
    """Of the year of one of the periods, told as a stretch or as its end."""
    return one.fact.period.last_year in {period.last_year for period in periods}


def _nearest(search: Search, query: Query, region: str, periods: Sequence[Period]) -> list[StoredFact]:
    """Facts of the same item in other stages, scopes or years: close, but not what was asked."""
    keys = [key for item in query.items for key in item.keys]
    if not keys:
        return []
    years = {period.last_year for period in periods}
    facts = [one for one in search.years_of_item(region, keys) if one.fact.number is not None and not is_per_head(one)]
    facts.sort(key=lambda one: (one.fact.period.last_year not in years, -one.fact.period.last_year, one.id))
    found: dict[tuple[str, str, str], StoredFact] = {}
    for one in facts:
        if one.fact.measure in ("actual", "budget", "adjusted_budget", "amount", "outstanding", "limit", "balance"):
            found.setdefault((one.fact.period.text, one.fact.measure, one.fact.scope), one)
    return list(found.values())


def _offers(place: str, near: Sequence[StoredFact]) -> list[str]:
    return [
        f"{place}{wording.period_name(one.fact.period)}{wording.named(one.fact.item, one.fact.measure)}"
        for one in near[:MOST]
    ]


def _offer_line(one: StoredFact, query: Query) -> str:
    scope = wording.level_of(one)
    if query.scope and not scope:
        scope = "（未写明级次）"
    return f"{wording.period_name(one.fact.period)}{scope}{wording.named(one.fact.item, one.fact.measure)} {shown(one)}"


def _other_years(search: Search, query: Query, region: str) -> tuple[str, ...]:
    keys = [key for item in query.items for key in item.keys]
    years = sorted({one.fact.period.last_year for one in search.years_of_item(region, keys)}) if keys else []
    place, names = search.atlas.full_name(region), "、".join(item.name for item in query.items)
    return tuple(f"{place}{year}年{names}" for year in years[-3:])


def items_to_choose(search: Search, region: str, periods: Sequence[Period]) -> list[str]:
    """The items of a place that most is said of, official ones; the two that everybody asks for first."""
    year = periods[0].last_year if periods else None
    counted: Counter[str] = Counter()
    for item in search.store.items(region, year):
        if item.key in items():
            counted[items()[item.key].name] += item.facts
    names = [name for name, _ in counted.most_common()]
    return sorted(names, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))[:MOST]
