"""分别-sentences: a list of names, then a list of figures in the same order.

    一般债务、专项债务余额分别40.48亿元、55.86亿元   -> 一般债务余额 40.48, 专项债务余额 55.86
    收入和支出分别完成5亿元和6亿元，分别增长3%和4%     -> the second pair belongs to the same two names
    收入5亿元，支出6亿元，分别增长3%和4%               -> so does a pair behind names that had figures of their own

Only lists of equal length are paired; anything else stays unread rather than mis-read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.facts import funds
from index.facts.context import State, Topic, total_of
from index.facts.marks import CIRCUMSTANCE, ITEM, Marks, ScopeMatch
from index.find.amounts import Amount
from index.find.places import PlaceMatch
from index.find.terms import choose, find_terms
from index.lexicon import cue_regex, cues
from index.models import FLOW_OF, Fact, Period, Region

_SPLIT = re.compile(r"、|和|与|及|以及|，")
_BOUNDARY = re.compile(r"[。；：！？（）]")
_SAME_AGAIN = re.compile(
    r"，(?:占比|占[^，。；]{2,16}(?:比重|的)|同比|比上年|较上年)?(?:增长|下降|增加|减少)?(?:为|达到?|约)*"
)
_CHANGED_TO = re.compile(
    rf"(?:均|分别)?(?:提高|增加|上调|提升|上升|增长|调整|降低|下降|减少|下调|压减)[到至为]?(?:每[\u4e00-\u9fff]{{1,3}}|{CIRCUMSTANCE})*约?"
)
_LIST_MARK = re.compile(rf"(?:、|和|与|及|以及|，)(?:每[\u4e00-\u9fff]{{1,3}}|{CIRCUMSTANCE})*(?:约|近)?")
# 收入5亿元，支出4亿元，|分别; …不超过核定限额（|分别
_BOTH = ("城市", "农村")
_TOWN_AND_COUNTRY = re.compile(
    "城乡(?:居民)?(?P<what>低保[^，。；：]{0,8}|最低生活保障[^，。；：]{0,8}|特困[^，。；：]{2,16}|救助[^，。；：]{2,8})"
)
_NO_NAME = re.compile(r"(?:(?:元|%|[\u4e00-\u9fff\d]）)，(?:均|预计|拟)?|[\u4e00-\u9fff]（)$")
_TOLD_OF_ANOTHER = ("yoy_pct", "yoy_amount", "share", "completion", "rate", "rank")
_FEWEST_LISTED = 2
_SHORTEST_SHARED = 2  # characters that two names must share
_CLAUSE_MARK = re.compile(r"[，。；：（）]")
_VERBS = re.compile(
    r"(?:完成|实现|达到?|为|是|安排|预计|余额|限额|增长|下降|支出|收入|共|各|均)*(?:领域|方面)?(?:投入|支出)?$"
)


@dataclass(frozen=True, slots=True)
class Share:
    """What one figure of a 分别-list belongs to; ``topic`` None: the topic that holds, for this ``region``; ``back``:
    of the topics told of before in the sentence the so-manieth from the end, for a list of so many (``of``)."""

    topic: Topic | None
    region: Region | None = None
    scope: ScopeMatch | None = None
    period: Period | None = None
    back: int = 0
    of: int = 0


def told_back(facts: Sequence[Fact], back: int, count: int) -> Fact | None:
    """The fact whose topic is the so-manieth from the end among those that figures were told of; None if there are not
    so many, or they are of several places."""
    told: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        if fact.measure not in _TOLD_OF_ANOTHER:
            told.pop((fact.key, fact.item), None)
            told[fact.key, fact.item] = fact
    last = list(told.values())[-count:]
    whose = {(fact.region, fact.scope) for fact in last}
    return last[-back] if len(last) == count and len(whose) == 1 else None


def shares(marks: Marks, state: State) -> dict[int, Share | None]:
    """For each figure (by its start) of a 分别-list what it belongs to; None if the lists do not pair."""
    found: dict[int, Share | None] = {}
    names: list[Share] = []
    for match in re.finditer(cue_regex("structure", "each"), marks.text):
        if any(term.start < match.start() < term.end for term in marks.terms):
            continue
        figures = _figures_after(marks, match.end())
        if len(figures) < 2:
            continue
        if len(figures) == len(_BOTH) and (both := _of_town_and_country(marks, match.start())):
            found |= zip([figure.start for figure in figures], both, strict=True)
            continue
        named = _names_before(marks, match.start(), state)
        names = named if len(named) > 1 else names
        if len(named) != len(figures) and (years := _years_before(marks, match.start(), len(figures))):
            names = years
        elif not names and _NO_NAME.search(marks.text, 0, match.start()):
            names = [Share(None, back=left, of=len(figures)) for left in range(len(figures), 0, -1)]
        for position, figure in enumerate(figures):
            found[figure.start] = names[position] if len(names) == len(figures) else None
        if len(names) == len(figures):
            found |= _said_again(marks, names, figures[-1].unit_end)
            found |= _changed_to(marks, names, figures)
    return found | _listed(marks, state, found)


def _of_town_and_country(marks: Marks, end: int) -> list[Share]:
    """城乡低保标准分别提高到1046元、868元: of the town's and of the country's; none for other names."""
    start = max((m.end() for m in re.finditer("[，。；：！？（）]", marks.text[:end])), default=0)
    both = _TOWN_AND_COUNTRY.fullmatch(marks.text, start, end)
    return [Share(Topic(f"{side}{both['what']}")) for side in _BOTH] if both is not None else []


def _listed(marks: Marks, state: State, known: dict[int, Share | None]) -> dict[int, Share | None]:
    """社保、教育、卫生等领域支出5亿元、4亿元、2亿元: as many figures as names need no 分别."""
    found: dict[int, Share | None] = {}
    at = 0
    while at < len(marks.amounts):
        figures = [marks.amounts[at]]
        for amount in marks.amounts[at + 1 :]:
            beside = marks.text[figures[-1].unit_end : amount.start] in ("、", "和") and amount.kind == figures[0].kind
            if not beside:
                break
            figures.append(amount)
        at += len(figures)
        if len(figures) < _FEWEST_LISTED or figures[0].start in known or figures[0].kind != "money":
            continue
        names = _names_before(marks, figures[0].start, state)
        if len(names) == len(figures) and all(name.topic is not None for name in names):
            found |= zip([figure.start for figure in figures], names, strict=True)
    return found


def _said_again(marks: Marks, names: Sequence[Share], end: int) -> dict[int, Share | None]:
    """分别投入48亿元、51亿元，占比16%、17%: a second list of the same length needs no 分别."""
    lead = _SAME_AGAIN.match(marks.text, end)
    if not lead or re.match(cue_regex("structure", "each"), marks.text[lead.end() :]):
        return {}
    figures = _figures_after(marks, lead.end())
    same = len(figures) == len(names) and figures[0].start == lead.end()
    return dict(zip([figure.start for figure in figures], names, strict=True)) if same else {}


def _changed_to(marks: Marks, names: Sequence[Share], first: Sequence[Amount]) -> dict[int, Share | None]:
    """分别由5元、6元提高至7元、8元: the second figures are the things', the first what they had before."""
    lead = _CHANGED_TO.match(marks.masked, first[-1].unit_end)
    figures = _figures_after(marks, lead.end()) if lead else []
    if not lead or len(figures) != len(names) or figures[0].start != lead.end():
        return {}
    former = [
        replace(name, topic=Topic(f"{name.topic.name}（此前）", account=name.topic.account, flow=name.topic.flow))
        if name.topic is not None
        else name
        for name in names
    ]
    starts = [figure.start for figure in (*first, *figures)]
    return dict(zip(starts, [*former, *names], strict=True))


def _years_before(marks: Marks, end: int, count: int) -> list[Share]:
    """2023-2025年分别下降16.09%、8.57%、6.81%: one figure for each year of a span, or of a list."""
    clause = max(marks.text.rfind(mark, 0, end) for mark in "。；：，")
    if sum(clause < term.start < end for term in marks.terms) > 1:
        return []
    before = [p for p in marks.periods if p.end <= end and p.years]
    spans = [p.years for p in before if p.years and p.years[1] - p.years[0] + 1 == count]
    listed = [p for p in before if p.years and p.years[0] == p.years[1]][-count:]
    joined = len(listed) == count and all(
        _SPLIT.fullmatch(marks.text, one.end, other.start) for one, other in pairwise(listed)
    )
    years = range(spans[-1][0], spans[-1][1] + 1) if spans else [p.years[0] for p in listed if p.years and joined]
    return [Share(None, period=Period.year(year)) for year in years]


def _figures_after(marks: Marks, start: int) -> list[Amount]:
    """Figures of one kind that follow one another, with only list marks between them."""
    figures: list[Amount] = []
    for amount in marks.amounts:
        if amount.start < start:
            continue
        between = marks.text[figures[-1].unit_end if figures else start : amount.start]
        if figures and (not _LIST_MARK.fullmatch(between) or amount.kind != figures[0].kind):
            break
        if not figures and _CLAUSE_MARK.search(between):
            break
        figures.append(amount)
    return figures


def _names_before(marks: Marks, end: int, state: State) -> list[Share]:
    start = max((m.end() for m in _BOUNDARY.finditer(marks.text, 0, end)), default=0)
    last_figure = max((amount.unit_end for amount in marks.amounts if amount.unit_end <= end), default=0)
    start = max(start, last_figure)
    text = marks.text[start:end].rstrip("，")  # …有车船税、契税，分别增收…
    masked = marks.masked[start : start + len(text)]
    clause = max((m.end() for m in re.finditer("，", text)), default=0)
    for at in (clause, 0):
        names = _names(marks, text[at:], masked[at:], start + at, state)
        if len(names) > 1:
            return names
    return []


def _names(marks: Marks, text: str, masked: str, offset: int, state: State) -> list[Share]:
    pieces: list[tuple[int, str]] = []
    at = 0
    for match in _SPLIT.finditer(text):
        if any(term.start - offset < match.end() <= term.end - offset for term in marks.terms):
            continue
        pieces.append((at, text[at : match.start()]))
        at = match.end()
    pieces.append((at, text[at:]))
    tail = pieces[-1][1]
    names = []
    for position, (begin, piece) in enumerate(pieces):
        share = _name(marks, piece, masked[begin : begin + len(piece)], offset + begin, state,
                      tail if position < len(pieces) - 1 else "")  # fmt: skip
        if share is None:
            return []
        if fund := funds.fund_in(share.topic):
            state = state._replace(fund=fund, topic=share.topic)  # 失业保险基金收入、支出分别…
        names.append(share)
    last = names[-1].topic  # 永安市、沙县区一般公共预算收入: the item stands with the last place
    return [Share(share.topic or last, share.region, share.scope) for share in names]


def _name(marks: Marks, piece: str, masked: str, offset: int, state: State, tail: str) -> Share | None:
    place = _place(marks.places, offset, offset + len(piece))
    if opening := re.match(rf"[^{ITEM}]*(?:有|是|为|的|包括)(?={ITEM})", masked):
        piece, masked = piece[opening.end() :], masked[opening.end() :]  # 增幅较大的有|车船税
    words = "".join(char for char, mask in zip(piece, masked, strict=True) if mask != CIRCUMSTANCE).strip("，、 的")
    scope = next((s for s in marks.scopes if offset <= s.start and s.end <= offset + len(piece)), None)
    if words in FLOW_OF:
        total = funds.flow_of(state, "", words, "") or total_of(state.account, FLOW_OF[words])
        if total is not None:
            return Share(total, place, scope)
    if (place is not None or scope is not None) and not _VERBS.sub("", words):
        return Share(None, place, scope)
    if not words:
        return None
    for cut in range(len(tail), -1, -1) if tail else (0,):
        # 一般债务[余额]: the head that the last name has and the others leave out
        joined = words + (tail[cut:] if cut < len(tail) else "")
        terms = find_terms(joined)
        if (
            len(terms) == 1
            and terms[0].start == 0
            and not _VERBS.sub("", joined[terms[0].end :])
            and (terms[0].end == len(joined) or not tail or cut == len(tail))
        ):
            return Share(Topic.of(choose(terms[0].items, state.account)), place, scope)
    name = _VERBS.sub("", _headed(words, tail)) or words
    return Share(Topic(name[-40:])) if 1 < len(name) <= 40 else None


def _headed(words: str, last: str) -> str:
    """卫生补助[人均标准], 城市[低保标准]: a name with the head that only the last name of its list has."""
    for length in range(len(words), _SHORTEST_SHARED - 1, -1):
        at = last.find(words[-length:], 1)
        if at > 0:
            return words + last[at + length :]
    sides = cues("naming", "sides")
    side = next((one for one in sides if last.startswith(one)), "")
    return words + last[len(side) :] if words in sides and side and side != words else words


def _place(places: Sequence[PlaceMatch], start: int, end: int) -> Region | None:
    inside = [place for place in places if start <= place.start and place.end <= end and len(place.regions) == 1]
    return inside[0].regions[0] if len(inside) == 1 else None
