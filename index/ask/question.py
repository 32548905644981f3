"""A question -> Query: one pass that finds places, periods, items, measures, scope, unit and what is left over.

    "屯留区23年一般公共预算支出增幅" -> 屯留区 · 2023 · 一般公共预算支出 · yoy_pct, nothing left over

Nothing is looked up here.  Longer names win over shorter ones inside them; the words that no slot took are kept in
``chunks``, so that a later step can refuse a figure that does not have them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.ask.absent import Where, overlaps
from index.ask.asides import framed, left_out, left_out_words, negated, papers_said, said_whose, sources
from index.ask.atlas import Atlas
from index.ask.bodies import Bodies, besides_own, find_bodies
from index.ask.bounds import find_bounds
from index.ask.effort import once
from index.ask.measuring import Measuring, find_measuring
from index.ask.named import (
    MARK,
    NamedItems,
    cut_by_items,
    find_named,
    inside_of,
    is_total,
    masked_out,
    meant,
    with_flow,
)
from index.ask.pick.cues import fired, wishes
from index.ask.pieces import trimmed
from index.ask.query import Query, Shape
from index.ask.ranking.order import Order, among_in, find_order
from index.ask.scoping import ScopeFound, find_scope, off_place, recipients, scope_at
from index.ask.slips import put_right, slip_notes
from index.ask.spelled import in_characters
from index.ask.stated import STATED
from index.ask.vocabulary import (
    asking_pattern,
    average_pattern,
    composed_of,
    edge,
    fillers,
    has,
    in_our_words,
    pattern_in,
    shape_words,
    spoken,
    words,
)
from index.ask.when import When, find_when
from index.ask.where import find_where, of_bodies, receiving
from index.find.ordinary import cut, is_noun, is_ordinary
from index.find.periods import find_periods
from index.models import Measure

Span = tuple[int, int]

LONGEST = 300
SHORT_WORD = TORN = 2
_ASKING = "呢吗啊呀嘛吧哈哦"  # 债务呢 names 债务
_RATES: frozenset[Measure] = frozenset({"yoy_pct", "yoy_amount", "completion", "share", "rate"})
_LATIN = re.compile(r"[A-Za-z]")
_QUOTED = re.compile(r"[“\"‘]([^“”\"‘’\s])[”\"’]")  # 评为“优”: one quoted character is content
_TERM = re.compile(r"[“\"‘《【]([^“”\"‘’\s》】]{1,20})[”\"’》】]")
_HOW_MUCH = re.compile(r"\x00[^，。？\x00]{1,5}多少")  # 比2024年|又添了多少
_RATIOS: tuple[Measure, ...] = ("yoy_amount", "yoy_pct", "share", "completion", "rank", "rate")
_RUN = re.compile(r"[^\x00\s（）“”《》、，。；：？！?]+")


def understand(
    question: str, atlas: Atlas, around: Sequence[str] = (), since: int = 0, *, calendar: bool = False,
    of_text: bool = False,
) -> Query:  # fmt: skip
    """Read a question.  ``around``: the places of the dialogue, which settle homonyms and relative years; ``since``:
    the year that a follow-up counts from, but for ``calendar`` years (去年, 前年); ``of_text``: a piece of a text that
    is in our words already, and whose words may mean something else by themselves."""
    key = (understand, question, atlas, tuple(around), since, calendar, of_text)
    return once(key, lambda: _understood(question, atlas, around, since, calendar=calendar, of_text=of_text))


def _understood(
    question: str, atlas: Atlas, around: Sequence[str], since: int, *, calendar: bool, of_text: bool
) -> Query:
    text, read_as = (question, ()) if of_text else once(
        (_put_right, question, atlas), lambda: _put_right(question, atlas)
    )  # fmt: skip
    text = (bounded := find_bounds(text)).text
    given, negated_spans = recipients(text), (*negated(text), *framed(text), *(without := left_out(text)))
    scope = off_place(find_scope(masked_out(text, negated_spans)), text, [match[1] for match in atlas.names.find(text)])
    bodies = besides_own(find_bodies(text, atlas.names, atlas.bodies, around), text, atlas.regions)
    named = find_named(masked_out(text, negated_spans), (*scope.spans, *bodies.spans, *cut_by_items(text, atlas.names)))
    denied = (*negated(text), *without)  # 领导要|西工区|的材料: what it is for may name the place
    placed = masked_out(text, (*_year_spans(text), *_below(scope), *sources(text), *bodies.spans, *denied))
    where = receiving(of_bodies(find_where(placed, atlas, named.spans, around), bodies, atlas), given, atlas, text)
    near, each = where.codes or tuple(around), bool(has(text, "shape", "each"))
    apart = each or bool(has(text, "shape", "trend"))
    when = _when(text, atlas, near, where, named, since, apart=apart, calendar=calendar)
    masked = masked_out(text, (*named.spans, *where.spans, *when.spans))
    order = find_order(masked, bounded)
    shapes = _shape_spans(masked, order)
    measuring = _measured(masked_out(masked, (*shapes, *negated_spans, *named.account_spans)), named, bool(without))
    named = meant(text, named, measuring.measures, given=bool(given))
    several = len(where.codes), len(when.periods)
    ranked = _is_ranked(text, measuring, order, *several)
    scope = scope_at(scope, text, where.spans, ranked=ranked, level=_level(atlas, near))
    aside = (*_aside(text, masked, bodies), *_outside(given, named.spans), *negated_spans)
    used = (*aside, *where.spans, *_beside(when.spans, named.spans), *scope.spans, *shapes)
    taken = (*used, *named.spans, *named.account_spans, *named.wholes, *measuring.spans)
    named, chunks = with_flow(text, named, _chunks(masked_out(text, taken), named, measuring, where, order))
    content = _pieces(masked_out(text, (*used, *measuring.empty_spans, *named.wholes)), named.spans)
    quoted, shape = tuple(_QUOTED.findall(question[:LONGEST])), _shape(text, named, measuring, order, *several, each)
    query = Query(
        text=text,
        shape=shape,
        regions=where.codes,
        choices=where.choices,
        unknown=where.unknown,
        absent=where.absent,
        periods=when.periods,
        period_note=when.note,
        compared=when.compared,
        scope=scope.scope,
        scope_words=scope.words,
        account=named.account,
        items=named.asked,
        measures=tuple(one for one in measuring.measures if shape != "rank" or one != "rank") or _against(when, masked),
        stage=measuring.stage,
        kind="" if shape == "rank" and measuring.kind == "rank" else measuring.kind,
        count_word=measuring.count_word,
        unit=measuring.unit,
        chunks=(*chunks, *quoted),
        content=(*(word for word in content if word not in named.gone), *quoted),
        masked=masked_out(masked, (*scope.spans, *named.account_spans, *negated_spans)),
        negated=_words_of(text, negated(text)),
        term=next(iter(_TERM.findall(question[:LONGEST])), ""),
        runs=_runs(masked_out(text, (*used, *measuring.empty_spans))),
        inside=inside_of(text, named, chunks),
        of_debt=named.of_debt,
        joint=named.joint,
        each=each,
        members=_asks_members(text, named, len(where.codes)),
        counties="县" in masked,
        among=among_in(text),
        given=bool(given),
        follow=_is_follow(text),
        asks=bool(has(text, "ask", "figure")),
        notes=(*read_as, *where.notes),
        documents=bodies.documents,
    )
    return _completed(query, order)


def _measured(masked: str, named: NamedItems, without: bool) -> Measuring:
    """How it is measured; ``without`` some factor a change is told in percent: 剔除退税因素增减多少."""
    found = find_measuring(masked, budget_named=any(one.text.endswith("预算") for one in named.asked))
    ratio = without and set(found.measures) <= {"yoy_amount", "yoy_pct"} and not has(masked, "ask", "money")
    return replace(found, measures=("yoy_pct",), kind="percent") if ratio else found


def _words_of(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """The words of content in some spans."""
    return tuple(word for start, end in spans for word in _pieces(text[start:end], ()) if len(word) > 1)


def _asks_members(text: str, named: NamedItems, regions: int) -> bool:
    """Whether those below a place are meant; 教育和社保谁多, 高新区和经开区谁高 asks for one of those it names."""
    word = has(text, "shape", "members")
    several = len(named.asked) > 1 and not named.joint
    return bool(word) and regions < 2 and not (word == "谁" and several)


def _shape_spans(masked: str, order: Order) -> tuple[Span, ...]:
    """The words that say how the question is meant."""
    composed = (match.span() for match in composed_of().finditer(masked))
    return (*((start, end) for start, end, _ in shape_words().find(masked)), *order.spans, *composed)


def _completed(query: Query, order: Order) -> Query:
    """With the order asked for, and the words that say whose figures are meant."""
    of_items = order.items and not query.members  # 各县区支出最大的 are places
    query = replace(query, direction=order.direction, top=order.count, sign=order.sign, of_items=of_items,
                    bounds=order.bounds)  # fmt: skip
    if query.shape == "rank" and query.count_word and f"哪几{query.count_word}" in query.text:
        query = replace(query, kind="", count_word="")  # 排前三的是哪几个 counts nothing
    basis = _words_of(query.text, left_out_words(query.text))
    return replace(query, whose=said_whose(query), basis=basis)


def _aside(text: str, masked: str, bodies: Bodies) -> tuple[Span, ...]:
    """What is said of papers, amounts and averages beside what is asked for."""
    return (*papers_said(text, of_body=bool(bodies.documents)), *_figures(text), *_averages(masked))


def _below(scope: ScopeFound) -> tuple[Span, ...]:
    """The words of a level that hold names of places: 各县区."""
    return scope.spans if scope.scope in ("lower", "own_wide") else ()


def _outside(given: Sequence[Span], named: Sequence[Span]) -> list[Span]:
    """Those whom something is given to, but for a name that holds them: 市对区转移支付."""
    return [span for span in given if not overlaps(span, named)]


def _beside(periods: Sequence[Span], named: Sequence[Span]) -> list[Span]:
    """Those of no item: 结转|下年 is a name."""
    return [(start, end) for start, end in periods if not any(a <= start and end <= b for a, b in named)]


def _level(atlas: Atlas, near: Sequence[str]) -> str:
    return atlas.regions[near[0]].level if near and near[0] in atlas.regions else ""


def _against(when: When, masked: str) -> tuple[Measure, ...]:
    """比2024年又|添了|多少: set against another year, how much it is more or less, whatever the verb."""
    if not when.compared or not _HOW_MUCH.search(masked) or any(one in wishes(fired(masked)) for one in _RATIOS):
        return ()
    return ("yoy_amount",)


def _figures(text: str) -> list[Span]:
    """883亿|债务限额: what the asker knows already."""
    return [match.span() for match in STATED.finditer(text)]


def _averages(masked: str) -> list[Span]:
    """平均一个月|多少, 一个孩子一年给|多少: says of how much of the figure, and nothing of what it is of."""
    return [
        match.span() for one in (average_pattern(), asking_pattern("each", "ask")) for match in one.finditer(masked)
    ]


def _when(
    text: str, atlas: Atlas, near: Sequence[str], where: Where, named: NamedItems, since: int, *,
    apart: bool, calendar: bool,
) -> When:  # fmt: skip
    """The periods, counted from the newest year of the places, or in a follow-up from that of the answer before."""
    since = 0 if where.codes and (named.asked or _names_whole(text)) else since
    # a county that has no report of its own: its city's tell of it
    near = near if any(code in atlas.newest for code in near) else [atlas.regions[code].parent for code in near]
    newest = max((atlas.newest[code] for code in near if code in atlas.newest), default=0) or atlas.newest_of_all()
    told = max((atlas.executed[code] for code in near if code in atlas.executed), default=0) or newest
    relative = ("当年", "本年", *(("上年",) if since else ()))  # 当年结余, and in a follow-up 上年结余: names, no years
    of_items = tuple(span for span in named.spans if text[span[0] : span[1]].startswith(relative))
    masked = masked_out(text, (*where.spans, *of_items, *sources(text), *left_out(text)))
    return find_when(masked, newest or None, told or None, apart=apart, since=since, calendar=calendar)


def _names_whole(text: str) -> bool:
    """西工区去年支出多少, 西工区去年收了多少钱: a question of its own, of the budget as a whole."""
    return any(asking_pattern("both_sides", name).search(text) for name in ("flow", "took", "spent"))


def _put_right(question: str, atlas: Atlas) -> tuple[str, tuple[str, ...]]:
    """The question in our words, pinyin written out and slips put right, and notes of both."""
    text, spelled = in_characters(in_our_words(question[: LONGEST * 2])[:LONGEST], atlas.regions)
    text, slips = put_right(text, atlas)
    text = in_our_words(text) if slips else text  # 专项斋还欠着多少
    return text, (*spelled, *slip_notes(slips, atlas))


def _pieces(masked: str, whole: Sequence[Span]) -> tuple[str, ...]:
    """What is left between marks and filler words, in order; spans in ``whole`` are pieces of their own."""
    spans = [(start, end) for start, end in whole if MARK not in masked[start:end]]
    rest = masked_out(masked, spans)
    rest = masked_out(rest, [(start, end) for start, end, _ in fillers().find(rest) if not _is_torn(rest, start, end)])
    found = {start: masked[start:end] for start, end in spans}
    for match in _RUN.finditer(rest):
        piece = trimmed(_bare_of_edges(_behind_name(masked, match.start(), match[0])))
        if len(piece) > 1 or _LATIN.match(piece):
            found[match.start()] = piece
    return tuple(dict.fromkeys(found[start] for start in sorted(found)))


def _is_torn(text: str, start: int, end: int) -> bool:
    """项|目前|期费: a filler that begins inside a word, and ends inside the next one."""
    before, behind = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
    return end - start == TORN and len(before) == len(behind) == TORN and is_ordinary(before) and is_ordinary(behind)


def _bare_of_edges(piece: str) -> str:
    """在教育 -> 教育, 属于 -> 属; but 在职 and 开会 are words of their own, and lose nothing."""
    while piece and piece[0] in edge() and not _keeps(piece):
        piece = piece[1:]
    while piece and piece[-1] in edge() and (_joins(piece[-1]) or not _says(cut(piece)[-1][0], "nvj")):
        piece = piece[:-1]
    return piece


def _keeps(piece: str) -> bool:
    first = cut(piece)[0][0]
    return piece[:2] in words("filler", "kept") or _says(first, "vj" if _joins(first[0]) else "nvj")


def _joins(char: str) -> bool:
    return is_noun(char, "p")


def _says(word: str, tags: str) -> bool:
    """Whether it is a word that says something: 还有 and 共有 are none."""
    return len(word) > 1 and is_noun(word, tags) and not all(char in edge() or char in spoken() for char in word)


def _behind_name(masked: str, start: int, piece: str) -> str:
    """政府采购预算|中|货物|类多少: behind a name 中 says where, unless it begins a word (中学)."""
    inside = piece.startswith("中") and masked[start - 1 : start] == MARK and not is_ordinary(piece[:2])
    return piece[1:].removesuffix("类") if inside else piece


def _chunks(masked: str, named: NamedItems, measuring: Measuring, where: Where, order: Order) -> tuple[str, ...]:
    """The pieces; where no slot of the question has a word of it, also the shortest."""
    some = named.asked or measuring.measures or where.codes or order.direction
    return _pieces(masked, ()) or (() if some else _short_words(masked))


def _short_words(masked: str) -> tuple[str, ...]:
    """能源呢, 会议呢: two characters that are all a question says are a word, whatever each is elsewhere."""
    rest = masked_out(masked, [span[:2] for span in fillers().find(masked)])
    found = [match[0] for match in _RUN.finditer(rest) if len(match[0]) == SHORT_WORD]
    return tuple(dict.fromkeys(word for word in found if sum(char in spoken() for char in word) == 1 and is_noun(word)))


def _runs(masked: str) -> tuple[str, ...]:
    """The same without regard to items: where a name is misspelt, its pieces stand together here."""
    rest = masked_out(
        masked,
        [(start, end) for start, end, _ in fillers().find(masked) if end - start > 1 or masked[start] in "的和与、"],
    )
    whole = masked_out(masked, [span[:2] for span in fillers().find(masked) if span[1] - span[0] > 1])
    found = [match[0].strip(edge() + _ASKING) for text in (rest, whole) for match in _RUN.finditer(text)]
    return tuple(dict.fromkeys(found))


def _year_spans(text: str) -> list[Span]:
    return [(match.start, match.end) for match in find_periods(text, short_years=True)]


def _orders_a_rate(text: str, measuring: Measuring, periods: int) -> bool:
    """2025年完成率最低的: the items of one year by a rate; 债务余额最高的 is of years, places."""
    rates = _RATES & set(measuring.measures)
    return bool(rates) and periods < 2 and pattern_in("order", "alone").search(text) is not None


def _shape(
    text: str, named: NamedItems, measuring: Measuring, order: Order, regions: int, periods: int, each: bool
) -> Shape:
    asks = bool(has(text, "ask", "figure"))
    if has(text, "shape", "about") and not named.asked:
        return "about"
    if (
        has(text, "shape", "define")
        and not asks
        and not order.items
        and not (measuring.measures and (named.asked or regions))
    ):
        return "define"
    if has(text, "shape", "why"):
        return "quote"
    if "rank" in measuring.measures and has(text, "shape", "members") and "第几" not in text and named.asked:
        return "rank"  # 各县区教育支出排名: the order, no printed rank
    if _sets_members_side_by_side(text, regions, periods) and named.asked:
        return "rank"
    several = has(text, "shape", "members") or "哪" in text or "什么" in text or regions > 1
    if order.direction and (several or order.items or order.count or _orders_a_rate(text, measuring, periods)):
        return "rank"
    if has(text, "shape", "compose") or composed_of().search(text):
        return "compose"
    if has(text, "shape", "trend"):
        return "trend"
    if regions > 1 or periods > 1 or has(text, "shape", "compare"):
        return "compare"
    if has(text, "shape", "quote") and not asks and not measuring.measures:
        return "quote"
    if text.rstrip("。？！呢 ").endswith("情况") and not asks and not measuring.measures and not is_total(named):
        return "quote"
    return "lookup"


def _is_ranked(text: str, measuring: Measuring, order: Order, regions: int, periods: int) -> bool:
    """Whether those below a place are meant one by one, not their level as a whole."""
    first = bool(order.direction) and periods < 2  # 全市…26年和25年哪个多: the level of both
    return "rank" in measuring.measures or first or _sets_members_side_by_side(text, regions, periods)


def _sets_members_side_by_side(text: str, regions: int, periods: int) -> bool:
    """各县区教育支出对比, of one year."""
    return max(regions, periods) < 2 and bool(has(text, "shape", "compare") and has(text, "shape", "members"))


def _is_follow(text: str) -> bool:
    return any(text.startswith(word) or text.rstrip("？?。 ").endswith(word) for word in words("ask", "follow"))
