"""Departments and other bodies that a question names, of those whose papers the index holds.

    "普陀规资局24年项目支出占比" -> the papers of 普陀区规划和自然资源局, and the region its figures are kept under

A short form is what is left when characters of the official name are dropped: its characters stand in order in the
name, and it ends as the name does (委 for 委员会).  A body that every place has (财政局) needs its own place beside it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from index.find.bodies import called
from index.find.phrases import Phrases
from index.find.places import ancestors, find_places
from index.find.zones import find_zones
from index.lexicon import toml
from index.models import Region

Paper = tuple[str, str, str]  # the name of a document, the code of its region, the official name of its body
Span = tuple[int, int]
Place = tuple[int, int, frozenset[str]]
Names = Phrases[tuple[str, ...]]
LONGEST = 16
FEW = 20  # bodies of one kind that are told apart without their place
_PARTY = re.compile(r"^(?:中共|中国共产党)")
_GOVERNMENT = re.compile(r"^人民政府(?=.*(?:街道|[镇乡]))|^委(?:员会)?(?=.{3})")
_HAN = r"([\u4e00-\u9fff（）]{3,40}"
_PAPER = re.compile(_HAN + r"?)20\d\d年?度?(?:部门|单位)(?:收支)?(?:预|决)算")
_NAMED_BY = re.compile(r"(?:预算主管部门|预算单位|部门名称|单位名称|编制单位|填报单位)[：:]\s*" + _HAN + ")")
_DENIED = re.compile(r"(?:不是|不要|不含|而非)[^，。；）]*")
# 连下属单位, 含法援中心: the department with those below it; 不含下属, 本单位: the unit alone.
_REACH = {
    "部门": re.compile(
        r"整个部门|(?<!不)(?:含|连|包括|算上|带)(?:着|上)?(?:下属|所属|[^，。（）]{1,8}(?:中心|单位|事业))"
    ),
    "单位": re.compile(r"不(?:含|连|包括|算)(?:着)?(?:下属|所属|其他)|只算本|本单位|单位自己"),
}
_KIND_SAID = re.compile("部门|单位")
_KIND = re.compile(r"(?<![下所]属)(部门|单位)(?:收支)?(?:预算|决算|口径|的)")


@dataclass(frozen=True, slots=True)
class Body:
    """``name`` is the official one without its place, ``place`` the code of that; ``code`` that of its papers."""

    owner: str
    name: str
    place: str
    code: str
    documents: tuple[str, ...]
    proper: bool
    around: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Bodies:
    """What ``find_bodies`` found: regions, official names and documents of the bodies, spans used, notes."""

    codes: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mention:
    """A stretch of the question that may name a body."""

    start: int
    end: int
    body: Body
    dropped: int


class BodyTable:
    """The bodies of an index, by the last two parts of what people call them."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        grouped: dict[tuple[str, str], list[str]] = {}
        for document, code, owner in papers:
            grouped.setdefault((owner, code), []).append(document)
        self.bodies = tuple(_body(owner, code, documents) for (owner, code), documents in grouped.items())
        # the place (none: wherever), what stands before the end, and the end -> the bodies
        self._by_end: dict[tuple[str, str, str], list[Body]] = {}
        for body in self.bodies:
            for stem, end in _parts(body.name):
                for place, before in _keys(body, stem):
                    self._by_end.setdefault((place, before, end), []).append(body)
        self._ends = tuple({end for _, _, end in self._by_end})
        self.names: Names = Phrases(
            {name: (body.code,) for body in self.bodies if body.proper for name in _called(body.name)}
        )

    def ending(self, text: str, at: int, codes: Collection[str]) -> Iterator[tuple[Body, str]]:
        """The bodies whose name may end at a place of the text, with that end: those of these places, and proper ones.

        Where no place is spoken of, a body that every place has is looked for only if few have it here.
        """
        for end in self._ends:
            if text.endswith(end, 0, at) and at > len(end):
                char, two = text[at - len(end) - 1], text[max(0, at - len(end) - 2) : at - len(end)]
                anywhere = [] if codes else self._by_end.get(("", char, end), [])
                found = [self._by_end.get((code, char, end), []) for code in codes]
                found += [self._by_end.get(("", two, end), []), anywhere if len(anywhere) <= FEW else []]
                for body in dict.fromkeys(body for some in found for body in some):
                    yield body, end


def _keys(body: Body, stem: str) -> Iterator[tuple[str, str]]:
    """Where a body is looked for: by its place and any character of its name; a proper one by two, wherever."""
    if body.proper and len(stem) > 1:
        yield "", stem[-2:]
        return
    for char in {*stem, *(old[-1] for old, new in _data()["former"] if new in stem)}:
        for place in {"", body.place, body.place.partition("-")[0]}:
            yield place, char


def body_of(document: str, title: str, owner: str = "") -> str:
    """The official name of the body whose paper a document is: as read (``owner``), if that is a name, else from its
    title or file name; "" if it is of none."""
    if owner and not owner.startswith("本"):
        return owner
    for pattern, text in ((_NAMED_BY, title), (_PAPER, document), (_PAPER, title)):
        if match := pattern.search(text):
            return match[1]
    return ""


def find_bodies(text: str, names: Names, table: BodyTable, around: Sequence[str] = ()) -> Bodies:
    """The bodies a normal text names; ``names`` are those of the held places, ``around`` what the dialogue is about."""
    if not table.bodies:
        return Bodies()
    places = list(_places(text, names))
    codes = frozenset(code for _, _, some in places for code in some) or frozenset(around)
    found = [one for one in _mentions(text, table, places, codes) if _belongs(text, one, places, around)]
    chosen: list[_Mention] = []
    for start, end in _apart({(one.start, one.end) for one in found}):
        here = sorted((one for one in found if (one.start, one.end) == (start, end)), key=lambda one: one.dropped)
        nearest = [one for one in here if one.dropped == here[0].dropped]
        if len({(one.body.owner, one.body.code) for one in nearest}) == 1:
            chosen.append(nearest[0])
    if not chosen:
        return Bodies()
    documents = [name for one in chosen for name in _of_kind(text, one.body.documents)]
    spans = [_with_place(text, one, places) for one in chosen]
    return Bodies(
        tuple(dict.fromkeys(one.body.code for one in chosen)), tuple(dict.fromkeys(one.body.owner for one in chosen)),
        tuple(dict.fromkeys(documents)), tuple(spans),
        tuple(dict.fromkeys(_note(text, one) for one in chosen if text[one.start : one.end] not in one.body.owner)),
    )  # fmt: skip


def besides_own(bodies: Bodies, text: str, held: Collection[str]) -> Bodies:
    """A town whose own books are held, too, is asked for those, unless the question says 部门 or 单位."""
    towns = {f"{code}-{name}" for code in bodies.codes for owner in bodies.owners for name in called(owner)}
    return Bodies() if not towns.isdisjoint(held) and not _KIND_SAID.search(text) else bodies


def _note(text: str, one: _Mention) -> str:
    return f"“{text[one.start : one.end]}”按“{one.body.owner}”理解"


def _mentions(text: str, table: BodyTable, places: Sequence[Place], codes: Collection[str]) -> Iterator[_Mention]:
    """Every stretch of the text that ends as a body's name does, with the characters of the name before it."""
    giving = tuple(_data()["giving"])
    for at in range(2, len(text) + 1):
        for body, end in table.ending(text, at, codes):
            if text.startswith(giving, at):
                continue
            around = {body.place, *body.around}
            floor = max((stop for _, stop, codes in places if stop < at and not around.isdisjoint(codes)), default=0)
            for stem, last in _parts(body.name):
                start, left = _longest(text, max(floor, at - LONGEST), at - len(end), stem)
                if last == end and start < at - len(end):
                    yield _Mention(start, at, body, left)


def _longest(text: str, floor: int, end: int, stem: str) -> tuple[int, int]:
    """Where the longest short form of a stem that ends at ``end`` begins, and how many characters it drops."""
    for old, new in _data()["former"]:
        if new in stem and text.endswith(old, floor, end):
            return end - len(old), len(stem) - len(new)
    start, left = end, stem
    while start > floor and (at := left.rfind(text[start - 1])) >= 0:
        start, left = start - 1, left[:at]
    return start, len(stem) - (end - start)


def _belongs(text: str, one: _Mention, places: Sequence[Place], around: Sequence[str]) -> bool:
    """Whether a mention begins as the body's own name or stands behind its place, and no other place is meant."""
    before, own = _before(text, one, places), one.body.place
    if before:
        codes = before[2]
        if text.startswith("开发区", before[1]) and own.endswith(("经开区", "开发区")):
            return own.partition("-")[0] in codes
        return own in codes or (one.body.proper and not codes.isdisjoint(one.body.around))
    if text[one.start] != one.body.name[0]:
        return False
    if one.body.proper:
        return one.end - one.start > 2
    named = [codes for _, _, codes in places]
    return any(own in codes for codes in named) or (not named and (not around or own in around))


def _with_place(text: str, one: _Mention, places: Sequence[Place]) -> Span:
    """The span of a mention with the place that stands before it."""
    before = _before(text, one, places)
    return (before[0] if before else one.start), one.end


def _before(text: str, one: _Mention, places: Sequence[Place]) -> Place | None:
    """The place right before a mention, 那个 and the like apart."""
    near = [place for place in places if place[1] <= one.start and _between().fullmatch(text[place[1] : one.start])]
    return min(near, key=lambda place: (-place[1], place[0])) if near else None


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The longest spans that do not overlap."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if all(span[1] <= start or end <= span[0] for start, end in kept):
            kept.append(span)
    return sorted(kept)


def _of_kind(text: str, documents: Sequence[str]) -> Sequence[str]:
    """The department's papers or those of the unit alone, if the question says which."""
    said = _DENIED.sub("", text)
    kinds = {match[1] for match in _KIND.finditer(said)}
    kinds |= {kind for kind, pattern in _REACH.items() if not kinds and pattern.search(text)}
    of_kind = [name for name in documents if any(kind in name for kind in kinds)]
    return of_kind if len(kinds) == 1 and of_kind else documents


def _places(text: str, names: Names) -> Iterator[Place]:
    """Start, end and codes of the places of a text, held or not, zones too."""
    for start, end, codes in names.find(text):
        yield start, end, frozenset(codes)
    for place in (*find_places(text), *find_zones(text)):
        yield place.start, place.end, frozenset(one.code for one in place.regions)


# ---------------------------------------------------------------------------------------------- the bodies themselves


def _body(owner: str, code: str, documents: Sequence[str]) -> Body:
    place, name = _place_of(_PARTY.sub("", owner))
    name = _GOVERNMENT.sub("", name) or owner
    over = frozenset(one.code for one in ancestors(place)) if place else frozenset()
    return Body(owner, name, place.code if place else code, code, tuple(documents), name.endswith(_proper()), over)


def _place_of(owner: str) -> tuple[Region | None, str]:
    """上海市普陀区|司法局, 福州经济技术开发区|生态环境局."""
    for match in (*find_zones(owner), *find_places(owner)):
        if match.start == 0 and match.end < len(owner):
            return match.regions[0], owner[match.end :]
    return None, owner


def _parts(name: str) -> Iterator[tuple[str, str]]:
    """What people say of a name: 商务|委员会, 商务|委; 万里|街道."""
    long = [(end, short) for end, short in _data()["ends"] if name.endswith(end) and len(name) > len(end)]
    for end, short in long:
        yield name.removesuffix(end), short
    own = long[0][0] if long else next((end for end in _data()["proper"] if name.endswith(end)), name[-1])
    yield name.removesuffix(own), own


def _called(name: str) -> set[str]:
    return {stem + end for stem, end in _parts(name)}


def _proper() -> tuple[str, ...]:
    return tuple(_data()["proper"])


def _data() -> Mapping[str, Any]:
    return toml("body_names.toml")


@cache
def _between() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(_data()['between'])})*")
