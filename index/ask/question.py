"""A question -> Query: one pass that finds places, periods, items, measures, scope, unit and what is left over.

    "屯留区23年一般公共预算支出增幅" -> 屯留区 · 2023 · 一般公共预算支出 · yoy_pct, nothing left over

Nothing is looked up here.  Longer names win over shorter ones inside them; the words that no slot took are kept in
``chunks``, so that a later step can refuse a figure that does not have them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.ask.absent import Where
from index.ask.asides import framed, negated, sources
from index.ask.atlas import Atlas
from index.ask.bodies import find_bodies
from index.ask.kin import beside, stock_of
from index.ask.likeness import pieces_of
from index.ask.measuring import Measuring, find_measuring
from index.ask.ordering import Order, find_order
from index.ask.query import Asked, Query, Shape
from index.ask.scoping import find_account, find_scope, off_place, scope_at
from index.ask.slips import put_right, slip_notes
from index.ask.spelled import in_characters
from index.ask.vocabulary import account_names, edge, fillers, has, in_our_words, shape_words, words
from index.ask.when import When, find_when
from index.ask.where import find_where, of_bodies
from index.find.periods import find_periods
from index.find.terms import TermMatch, exact_items, find_asked_terms
from index.lexicon import items
from index.models import Account, Measure

Span = tuple[int, int]

LONGEST = 300
FLOWS = ("收入", "支出", "余额", "限额", "结余")
_STOCKS: dict[Measure, str] = {"limit": "限额", "outstanding": "余额"}
_LATIN = re.compile(r"[A-Za-z]")
_QUOTED = re.compile(r"[“\"‘]([^“”\"‘’\s])[”\"’]")  # 评为“优”: one quoted character is content
_CODE = re.compile(r"(?<![\d.])([12]\d{2}(?:\d\d){0,2})(?![\d.年月日万亿元个%家项户人])(?:支出|收入|类|款|科目)?")
_TERM = re.compile(r"[“\"‘《【]([^“”\"‘’\s》】]{1,20})[”\"’》】]")
_WITHIN = re.compile("(?:的?当中|里面|里头|里|中)[，的]?")
_MARK = "\x00"
_RUN = re.compile(r"[^\x00\s（）“”《》、，。；：？！?]+")


@dataclass(frozen=True, slots=True)
class _Items:
    asked: tuple[Asked, ...]
    spans: tuple[Span, ...]
    account: Account
    account_spans: tuple[Span, ...]
    joint: bool
    wholes: tuple[Span, ...] = ()
    of_debt: bool = False


def understand(question: str, atlas: Atlas, around: Sequence[str] = (), since: int = 0) -> Query:
    """Read a question.  ``around`` are the places of the dialogue, which settle homonyms and relative years;
    ``since`` is the year of the answer before, from which a follow-up counts.
    """
    text, read_as = _put_right(question, atlas)
    negated_spans = (*negated(text), *framed(text))
    scope = off_place(find_scope(_masked(text, negated_spans)), text, [match[1] for match in atlas.names.find(text)])
    bodies = find_bodies(text, atlas.names, atlas.bodies, around)
    named = _find_items(_masked(text, negated_spans), (*scope.spans, *bodies.spans))
    below = scope.spans if scope.scope in ("lower", "own_wide") else ()
    aside = (*_year_spans(text), *below, *sources(text), *bodies.spans)
    where = of_bodies(find_where(_masked(text, aside), atlas, named.spans, around), bodies, atlas)
    near = where.codes or tuple(around)
    each = bool(has(text, "shape", "each"))
    trend = bool(has(text, "shape", "trend"))
    when = _when(text, atlas, near, where, named, 0 if where.codes and named.asked else since, apart=each or trend)
    masked = _masked(text, (*named.spans, *where.spans, *when.spans))
    order = find_order(masked)
    shapes = (*((start, end) for start, end, _ in shape_words().find(masked)), *order.spans)
    measuring = find_measuring(
        _masked(masked, (*shapes, *negated_spans, *named.account_spans)),
        budget_named=any(a.text.endswith("预算") for a in named.asked),
    )
    named = _with_stock(named, measuring.measures)
    ranked = "rank" in measuring.measures or bool(order.direction)
    level = atlas.regions[near[0]].level if near and near[0] in atlas.regions else ""
    scope = scope_at(scope, text, where.spans, ranked=ranked, level=level)
    used = (*where.spans, *when.spans, *scope.spans, *shapes, *negated_spans, *sources(text))
    taken = (*used, *named.spans, *named.account_spans, *named.wholes, *measuring.spans)
    chunks = _pieces(_masked(text, taken), ())
    named, chunks = _with_flow(named, chunks)
    content = _pieces(_masked(text, (*used, *measuring.empty_spans)), named.spans)
    quoted = tuple(match[1] for match in _QUOTED.finditer(question[:LONGEST]))
    shape = _shape(text, named, measuring, order, len(where.codes), len(when.periods), each)
    return Query(
        text=text,
        shape=shape,
        regions=where.codes,
        choices=where.choices,
        unknown=where.unknown,
        periods=when.periods,
        period_note=when.note,
        compared=when.compared,
        scope=scope.scope,
        scope_words=scope.words,
        account=named.account,
        items=named.asked,
        measures=tuple(one for one in measuring.measures if shape != "rank" or one != "rank"),
        stage=measuring.stage,
        kind="" if shape == "rank" and measuring.kind == "rank" else measuring.kind,
        count_word=measuring.count_word,
        unit=measuring.unit,
        chunks=(*chunks, *quoted),
        content=(*content, *quoted),
        masked=_masked(masked, (*scope.spans, *named.account_spans, *negated_spans)),
        negated=tuple(word for start, end in negated(text) for word in _pieces(text[start:end], ()) if len(word) > 1),
        term=next(iter(_TERM.findall(question[:LONGEST])), ""),
        runs=_runs(_masked(text, (*used, *measuring.empty_spans))),
        inside=_inside(text, named, chunks),
        of_debt=named.of_debt,
        joint=named.joint,
        each=each,
        members=bool(has(text, "shape", "members")),
        counties="县" in text,
        direction=order.direction,
        follow=_is_follow(text),
        asks=bool(has(text, "ask", "figure")),
        notes=(*read_as, *where.notes),
        documents=bodies.documents,
    )


def _when(
    text: str, atlas: Atlas, near: Sequence[str], where: Where, named: _Items, since: int, *, apart: bool
) -> When:
    """The periods, counted from the newest year of the places, or in a follow-up from that of the answer before."""
    newest = max((atlas.newest[code] for code in near if code in atlas.newest), default=0) or atlas.newest_of_all()
    told = max((atlas.executed[code] for code in near if code in atlas.executed), default=0) or newest
    relative = ("当年", "本年", *(("上年",) if since else ()))  # 当年结余, and in a follow-up 上年结余: names, no years
    of_items = tuple(span for span in named.spans if text[span[0] : span[1]].startswith(relative))
    masked = _masked(text, (*where.spans, *of_items, *sources(text)))
    return find_when(masked, newest or None, told or None, apart=apart, since=since)


def _put_right(question: str, atlas: Atlas) -> tuple[str, tuple[str, ...]]:
    """The question in our words, pinyin written out and slips put right, and notes of both."""
    text, spelled = in_characters(in_our_words(question[: LONGEST * 2])[:LONGEST], atlas.regions)
    text, slips = put_right(text, atlas)
    return text, (*spelled, *slip_notes(slips, atlas))


def _find_items(text: str, scopes: Sequence[Span]) -> _Items:
    """Items and account words, longest first; a word that is both (政府性基金) is the account if an item follows it."""
    masked = _masked(text, scopes)
    terms = [term for term in find_asked_terms(masked) if not _in_a_name(text, term)] or _by_code(masked)
    account = find_account(masked)
    if account:
        rivals = [term for term in terms if term.start < account.end and account.start < term.end]
        longer = any(term.end - term.start > account.end - account.start for term in rivals)
        same = [term for term in rivals if term.end - term.start == account.end - account.start]
        others = [term for term in terms if term not in rivals and not _is_weak(term)]
        if longer or (same and (not others or account.account == "debt")):
            account = None
        else:
            terms = [term for term in terms if term not in rivals]
    terms, around = _without_container(text, terms)
    listed = _listed(text, terms)
    strong = [
        term for term in terms if not _is_weak(term) or term in listed or text.startswith("占", term.end)
    ]  # 教育|占一般公共预算支出的比重
    terms = strong or terms
    asked: list[Asked] = []
    for term in terms:
        one = Asked(term.text, tuple(item.key for item in term.items), term.items[0].name, _is_weak(term))
        if all(one.keys != other.keys for other in asked):
            asked.append(one)
    of_whole = _account_of(around)
    name: Account = account.account if account else of_whole if of_whole != "debt" else ""
    spans = [(term.start, term.end) for term in terms]
    paired = _paired(text, terms, asked, spans)
    joint = len(asked) > 1 and not (paired or len(listed) == len(terms) or has(text, "shape", "each"))
    own = ((account.start, account.end),) if account else ()
    wholes = tuple((one.start, one.end) for one in around)
    return _Items(tuple(asked), tuple(spans), name, own, joint, wholes, of_whole == "debt")


def _paired(text: str, terms: Sequence[TermMatch], asked: list[Asked], spans: list[Span]) -> bool:
    """债务限额和余额: the other item that shares the head is added."""
    found = False
    for term, one in [(term, one) for term in terms for one in asked if one.text == term.text]:
        pair = beside(text, term.start, term.end, one)
        if pair and any(start < pair[2] and pair[1] < end for start, end in spans):
            continue  # 教育和|国防支出: the other word is an item of its own
        if pair and all(pair[0].keys != other.keys for other in asked):
            at = asked.index(one) + (pair[1] >= term.end)
            asked.insert(at, pair[0])
            spans.append((pair[1], pair[2]))
            found = True
    return found


def _with_flow(named: _Items, chunks: tuple[str, ...]) -> tuple[_Items, tuple[str, ...]]:
    """社保基金|2026年|收入: the flow stands apart from what it belongs to."""
    flow = next((word for word in chunks if word in FLOWS), "")
    if not flow or len(named.asked) > 1:
        return named, chunks
    heads = [named.asked[0].text, named.asked[0].name] if named.asked else account_names(named.account)
    found = next((found for head in heads if not head.endswith(FLOWS) and (found := exact_items(head + flow))), ())
    if not found:
        return named, chunks
    one = Asked(flow, tuple(item.key for item in found), found[0].name)
    return replace(named, asked=(one,)), tuple(word for word in chunks if word != flow)


def _with_stock(named: _Items, measures: Sequence[Measure]) -> _Items:
    """专项债|限额, 债务余额里|一般债, 债务余额，|一般债和专项债: a stock of debt is asked for, not what was issued."""
    word = next((_STOCKS[measure] for measure in measures if measure in _STOCKS), "")
    word = word or next(
        (stock for one in named.asked for stock in _STOCKS.values() if one.name.endswith(f"债务{stock}")), ""
    )
    if not word:
        return named
    return replace(named, asked=tuple(stock_of(item, word) or item for item in named.asked))


def _without_container(text: str, terms: list[TermMatch]) -> tuple[list[TermMatch], list[TermMatch]]:
    """一般公共预算支出|中教育、科技各多少: the total only says where its parts stand.  Both, apart."""
    inside = [term for term in terms if text[term.end : term.end + 1] in ("中", "里") and term is not terms[-1]]
    return [term for term in terms if term not in inside], inside


def _inside(text: str, named: _Items, chunks: Sequence[str]) -> tuple[str, ...]:
    """一般性转移支付里，|财力性|的有多少: the figure is that of a part, and names it."""
    end = max((end for _, end in named.spans), default=0)
    if len(named.asked) != 1 or not _WITHIN.match(text, end):
        return ()
    return tuple(word for word in chunks if text.find(word, end) > 0 and any(one.hard for one in pieces_of((word,))))


def _account_of(terms: Sequence[TermMatch]) -> Account:
    """政府性基金支出里|城乡社区支出: the account of what the part stands in, if its name leaves no choice."""
    found = {item.account for term in terms if not _is_weak(term) for item in term.items}
    return found.pop() if len(found) == 1 else ""


def _in_a_name(text: str, term: TermMatch) -> bool:
    """崖州湾|科技|城, 市|公安局, 财力|性: an everyday word inside the name of a body or a kind is no item."""
    if term.text.startswith("个") and text[term.start - 1 : term.start] in tuple("一二两三四五六七八九十几0123456789"):
        return True  # 三|个税|种
    return text.startswith("性", term.end) or (_is_weak(term) and text.startswith(words("shape", "bodies"), term.end))


def _by_code(text: str) -> list[TermMatch]:
    """Items by official code: 205支出."""
    for match in _CODE.finditer(text):
        found = tuple(item for item in items().values() if item.code == match[1])
        if found:
            return [TermMatch(match.start(), match.end(), match[0], found)]
    return []


def _listed(text: str, terms: Sequence[TermMatch]) -> list[TermMatch]:
    """The items of an enumeration: 出国、接待和购车."""
    found: dict[int, TermMatch] = {}
    for before, after in pairwise(terms):
        if text[before.end : after.start].strip(" 的") in ("、", "和", "与", "跟", "及", "以及", "，"):
            found.update({before.start: before, after.start: after})
    return list(found.values())


def _is_weak(term: TermMatch) -> bool:
    """Everyday words, and phrases that ask for an amount themselves: 花了多少钱."""
    return term.people and (len(term.text) <= 2 or "多少" in term.text or "几" in term.text)


def _masked(text: str, spans: Sequence[Span]) -> str:
    if not spans:
        return text
    chars = list(text)
    for start, end in spans:
        chars[start:end] = _MARK * (end - start)
    return "".join(chars)


def _pieces(masked: str, whole: Sequence[Span]) -> tuple[str, ...]:
    """What is left between marks and filler words, in order; spans in ``whole`` are pieces of their own."""
    spans = [(start, end) for start, end in whole if _MARK not in masked[start:end]]
    rest = _masked(masked, spans)
    rest = _masked(rest, [(start, end) for start, end, _ in fillers().find(rest)])
    found = {start: masked[start:end] for start, end in spans}
    for match in _RUN.finditer(rest):
        piece = match[0].strip(edge())
        if len(piece) > 1 or _LATIN.match(piece):
            found[match.start()] = piece
    return tuple(dict.fromkeys(found[start] for start in sorted(found)))


def _runs(masked: str) -> tuple[str, ...]:
    """The same without regard to items: where a name is misspelt, its pieces stand together here."""
    rest = _masked(
        masked,
        [(start, end) for start, end, _ in fillers().find(masked) if end - start > 1 or masked[start] in "的和与、"],
    )
    whole = _masked(masked, [span[:2] for span in fillers().find(masked) if span[1] - span[0] > 1])
    found = [match[0].strip(edge()) for text in (rest, whole) for match in _RUN.finditer(text)]
    return tuple(dict.fromkeys(found))


def _year_spans(text: str) -> list[Span]:
    return [(match.start, match.end) for match in find_periods(text, short_years=True)]


def _shape(
    text: str, named: _Items, measuring: Measuring, order: Order, regions: int, periods: int, each: bool
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
    several = has(text, "shape", "members") or "哪" in text or "什么" in text or regions > 1
    if order.direction and (several or order.items or order.count):
        return "rank"
    if has(text, "shape", "compose"):
        return "compose"
    if has(text, "shape", "trend"):
        return "trend"
    if regions > 1 or periods > 1 or has(text, "shape", "compare"):
        return "compare"
    if has(text, "shape", "quote") and not asks and not measuring.measures:
        return "quote"
    if text.rstrip("。？！呢 ").endswith("情况") and not asks and not measuring.measures and not _is_total(named):
        return "quote"
    return "lookup"


def _is_total(named: _Items) -> bool:
    """一般公共预算收入情况 asks for the figure, 举借债务情况 for what was done."""
    return any(key.startswith("total-") for one in named.asked for key in one.keys)


def _is_follow(text: str) -> bool:
    return any(text.startswith(word) or text.rstrip("？?。 ").endswith(word) for word in words("ask", "follow"))
