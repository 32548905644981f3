"""An overview -> the rows of a list, the lines of an answer.

长治市上党区 · 2023年 · 财政概况 · 全区，完成数
公共预算收入  207,450  +0.21%
级次未写明：
教育           56,917  +6.75%

What all main rows have in common (level, stage) stands in the headline; rows of another level or stage stand under a
heading that names it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.ask.figures import grouped
from index.ask.overview import Entry, Overview
from index.ask.overview_words import PLAIN, specs, topics
from index.ask.reference import Reference, encode, region_token
from index.ask.showing import AT_ODDS, Leaf, Row, Shown, View, Way
from index.ask.wording import fitted, period_name
from index.lexicon import measures
from index.models import Answer, Period, Scope

ITEM = "overview"
ROWS = 8  # of a page; with the headline, the unit, the source and the version they are twelve lines
TITLE = "财政概况"
_STAGED = ("actual", "budget", "adjusted_budget")
_MOST_TITLES = 2
_MOST_PAGES = 99
_OPEN = "级次未写明"

Group = tuple[str, str]  # level and stage, in words
Line = tuple[Row, Entry | None]


def token_of(found: Overview, topic: str = PLAIN) -> str:
    """The address of an overview; what it is about stands where the item of a figure stands."""
    return token(found.region, found.period, found.scope, topic)


def token(region: str, period: Period, scope: Scope = "", topic: str = PLAIN, page: int = 0) -> str:
    """The same of a place and year that has not been looked at."""
    item = "-".join((ITEM, *((topic,) if topic != PLAIN else ()), *((str(page),) if page else ())))
    return encode(Reference(region_token(region), period, item, None, scope))


def topic_in(reference: Reference) -> str:
    """The topic of an overview's address; "" for the address of anything else."""
    if reference.item == ITEM:
        return PLAIN
    topic = reference.item.removeprefix(f"{ITEM}-").split("-")[0]
    return topic if topic != reference.item and topic in topics() else ""


def page_in(reference: Reference) -> int:
    """The page that an address is of."""
    number = reference.item.rpartition("-")[2]
    return min(int(number), _MOST_PAGES) if number.isascii() and number.isdecimal() else 0


def ordered(found: Overview, topic: str) -> list[Entry]:
    """The rows, each with its parts and percentages behind it; those of a topic first, and by themselves."""
    heads = [one for one in found.entries if not _over(found, one)]
    asked = [one for one in heads if topic != PLAIN and topic in one.spec.topics]
    rest = asked + [one for one in heads if one not in asked]
    rows = [row for head in rest for row in (head, *(one for one in found.entries if _over(found, one) == head))]
    return asked + [row for row in rows if row not in asked]


def _over(found: Overview, one: Entry) -> Entry | None:
    """The row that this one is a part or a percentage of."""
    name = one.spec.of or one.spec.under
    return found.of(name) if name else None


def view(found: Overview, topic: str = PLAIN, years: Sequence[int] = (), levels: Sequence[Way] = ()) -> View:
    """The overview as a list; ``years`` and ``levels`` are what else it can be looked at for."""
    main, laid = ordered(found, topic), _laid(found, topic)
    common = _common(found, main)
    leaves = [
        Leaf(tuple(row for row, _ in page), _notes_on(found, page, last=number == len(pages)))
        for pages in [_paged(found, laid)]
        for number, page in enumerate(pages, 1)
    ]
    lead = token_of(found, topic)
    ways = [Way(f"{year}年", token_of(replace(found, period=Period.year(year)), topic)) for year in years]
    title = " · ".join(part for part in (found.place, period_name(found.period), TITLE, _named(common)) if part)
    return View(
        "overview", title, tuple(row for row, _ in laid), _notes_on(found, laid, last=True), lead,
        ways=(*levels, *ways), leaves=tuple(leaves),
    )  # fmt: skip


def pages_of(found: Overview, topic: str) -> int:
    """How many pages it has."""
    return len(_paged(found, _laid(found, topic)))


def answer(found: Overview, topic: str, page: int = 0) -> Answer:
    """The overview in words: twelve lines, each with its level and stage; the others after 更多."""
    laid = _laid(found, topic)
    pages = _paged(found, laid)
    page = min(page, len(pages) - 1)
    entries, shown = ([one for _, one in some if one] for some in (laid, pages[page]))
    head = " · ".join((found.place, period_name(found.period), TITLE))
    lines = [head, *(f"{name_of(one)}：{_said(one)}" for one in shown)]
    more = sum(one is not None for some in pages[page + 1 :] for _, one in some)
    lines += [f"另有 {more} 项，问“更多”"] if more else []
    notes = _notes_on(found, pages[page], last=not more, odds=False)  # whose lines say so
    lines += [f"※ {note}" for note in notes]
    figures = [replace(one.figure, asked=True) for entry in entries for one in (entry.shown, *entry.odds)]
    beside = [replace(entry.growth.figure, asked=False) for entry in entries if entry.growth]
    return Answer("answered", fitted(lines), (*figures, *beside), (), head, notes)


def _laid(found: Overview, topic: str) -> list[Line]:
    """The rows with their entries, headings with none."""
    main = ordered(found, topic)
    common = _common(found, main)
    return [*_section(found, main, common, ""), *_section(found, found.largest, common, _largest_name(found))]


def _paged(found: Overview, laid: Sequence[Line]) -> list[list[Line]]:
    """Pages of which each row stands under its heading; with the lines around them twelve at most."""
    pages: list[list[Line]] = [[]]
    heading: Line | None = None
    for one in laid:
        if one[1] is None:
            heading = one
            continue
        page = pages[-1]
        longer = [one] if heading is None or heading in page else [heading, one]
        if len(page) + len(longer) + _has_odds([*page, one]) > ROWS:
            pages.append([heading, one] if heading else [one])
        else:
            page += longer
    last = pages[-1]
    if len(last) + _has_odds(last) + len(_after(found)) > ROWS:
        middle = len(last) // 2
        over = next((one for one in reversed(last[:middle]) if one[1] is None), None)
        pages[-1:] = [last[:middle], [*([over] if over and last[middle][1] else []), *last[middle:]]]
    return pages


def _has_odds(page: Sequence[Line]) -> bool:
    return any(one is not None and one.odds for _, one in page)


def level_of(one: Shown) -> str:
    """全区, 市本级; what the report leaves open is said to be open."""
    return one.level or _OPEN


def printed(one: Shown) -> str:
    """174,559 万元, +14.8%: as the report has it."""
    value = grouped(one.figure.value)
    if one.figure.measure in ("yoy_pct", "yoy_amount") and one.number and not value.startswith(("-", "+")):
        value = ("+" if one.number > 0 else "-") + value
    return f"{value} {one.figure.unit}" if one.kind == "money" else value + one.figure.unit


def _said(one: Entry) -> str:
    """174,559 万元  全区，完成数；同比 +14.8%."""
    values = " / ".join(printed(each) for each in (one.shown, *one.odds))
    words = "，".join(word for word in (level_of(one.shown), _stage(one)) if word)
    derived = "（推算）" if one.shown.figure.derived else ""
    growth = f"；同比 {printed(one.growth)}{'（推算）' if one.growth.figure.derived else ''}" if one.growth else ""
    odds = "（报告里两处说法不一致）" if one.odds else ""
    return f"{values}{derived}{odds}  {words}{growth}"


def name_of(one: Entry) -> str:
    """一般公共预算收入; a percentage says of which budget it is."""
    return one.spec.full + (completed(one.shown) if one.spec.kind == "percent" else "")


def completed(one: Shown) -> str:
    """完成调整预算, where the report says so."""
    return "完成调整预算" if "of_adjusted" in one.figure.flags else "完成预算"


def _stage(one: Entry) -> str:
    """完成数, 预算数; an amount of the coming year, 安排数, is a 预算数, too."""
    measure = one.shown.figure.measure
    return measures()[measure].name if measure in _STAGED else ""  # type: ignore[index]


def _group(found: Overview, one: Entry) -> Group:
    """Level and stage; a percentage stands with the row that it belongs to, a stock has no stage of its own."""
    base = found.of(one.spec.of) if one.spec.of else None
    return level_of(one.shown), _stage(base or one)


def _common(found: Overview, entries: Sequence[Entry]) -> Group:
    """The level and stage of most rows that have a stage, those of the first row where that is open."""
    counted = Counter(_group(found, one) for one in entries if _stage(one))
    return counted.most_common(1)[0][0] if counted else _group(found, entries[0]) if entries else ("", "")


def _named(group: Group) -> str:
    return "，".join(word for word in group if word)


def _section(found: Overview, entries: Sequence[Entry], common: Group | None, name: str) -> list[Line]:
    """Rows under headings that name what sets them apart: 支出最大的五项, 级次未写明."""
    groups: dict[Group, list[Entry]] = {}
    for one in entries:
        level, stage = _group(found, one)
        groups.setdefault((level, stage or (common[1] if common else "")), []).append(one)
    rows: list[Line] = []
    for group, own_rows in groups.items():
        apart = [word for word, usual in zip(group, common or ("", ""), strict=True) if word != usual]
        apart = apart or ([group[0]] if rows else [])  # after rows that stand apart, the usual ones are named, too
        words = "，".join(part for part in (name, *apart) if part)
        rows += [*([(Row(words, None, heading=True), None)] if words else []), *_rows(own_rows)]
    return rows


def _rows(entries: Sequence[Entry]) -> list[Line]:
    rows, head = list[Line](), ""
    for one in entries:
        head = head if one.spec.of or one.spec.under else one.spec.short
        inside = bool(head) and one.spec.under == head
        rows.append((Row("　" * inside + _label(one), one.shown, one.growth, short=one.spec.short), one))
    return rows


def _label(one: Entry) -> str:
    return one.spec.label + (completed(one.shown) if one.spec.kind == "percent" else "")


def _largest_name(found: Overview) -> str:
    return f"支出最大的{'〇一二三四五六七八九'[len(found.largest)]}项" if found.complete else "报告写到的支出大项"


def _notes_on(found: Overview, page: Sequence[Line], *, last: bool, odds: bool = True) -> tuple[str, ...]:
    """What must be known of a page: where the reports say two things, which they are; what is missing, on the last."""
    at_odds = [one.spec.full for _, one in page if one is not None and one.odds] if odds else []
    told = [AT_ODDS.format(label="、".join(at_odds))] if at_odds else []
    return (*told, _sources(found), *(_after(found) if last else ()))


def _sources(found: Overview) -> str:
    figures = [one.shown.figure for one in (*found.entries, *found.largest)]
    titles = dict.fromkeys(one.title or one.document for one in figures)
    more = f"等 {len(titles)} 份" if len(titles) > _MOST_TITLES else ""
    return f"出自{''.join(f'《{title}》' for title in list(titles)[:_MOST_TITLES])}{more}"


def _after(found: Overview) -> list[str]:
    """What is not in it."""
    notes = [f"没有把握、没有列入比较的支出：{'、'.join(found.unsure[:4])}"] if found.unsure else []
    missing = [spec.full for spec in specs() if spec.kind == "money" and not (spec.optional or found.of(spec.short))]
    return [*notes, *([f"未列出（报告里没有，或没有把握）：{'、'.join(missing)}"] if missing else [])]
