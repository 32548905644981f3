"""The places a question names, of those the index holds.

    "岳阳临港高新区2025年" -> that zone alone (岳阳 only says where it lies)      "长治县" -> 上党区, its name today

A name of several held places is settled by another place named beside it, by its full name, or by rank (岳阳 is the
city); else the choices are kept.  A place the index does not hold is reported by name, a misspelt one is taken for its
neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.ask.absent import (
    PARTED,
    Named,
    Span,
    absent,
    longer_name,
    overlaps,
    strange_inside,
    strange_part,
    strange_zone,
)
from index.ask.atlas import Atlas
from index.ask.bodies import Bodies
from index.ask.spelled import spelled_places
from index.ask.vocabulary import words
from index.find.gazetteer import ancestors, short_name
from index.find.ordinary import is_ordinary
from index.find.pinyin import same_sound
from index.models import Region

STRANGERS = (longer_name, strange_zone, strange_part, strange_inside)
_KIND_TOLD = re.compile(r"全([省市县区旗州盟])|([省市县区旗州盟])(?:本?级|直)")
# Two characters where a place must stand: first, or behind a joining word.
_FIRST = re.compile(r"(?:(?<=^)|(?<=[，。：、；和与跟比]))([一-鿿])([市州盟旗县区])(?![一-鿿]?[市州盟旗县区])")


@dataclass(frozen=True, slots=True)
class Where:
    """Codes named, codes to choose from, the name of a place not held, spans used, and notes for the reader."""

    codes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    unknown: str = ""
    spans: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()


def find_where(text: str, atlas: Atlas, taken: Sequence[Span], around: Sequence[str] = ()) -> Where:
    """Places of a normal text outside the spans of items; ``around`` are the places the dialogue speaks of."""
    named = [Named(*match) for match in atlas.names.find(text) if not overlaps(match[:2], taken)]
    spelled = [Named(*match) for match in spelled_places(text, atlas.regions)]
    named = sorted([*named, *spelled], key=lambda match: match.start)
    stranger = next((found for ask in STRANGERS if (found := ask(text, named, atlas))), None)
    if stranger:
        return Where((), (), stranger[2], (stranger[:2],))
    if not named:
        ways = (_elsewhere(text, atlas, taken), _by_first(text, atlas), _spelled_elsewhere(text))
        return next((found for found in ways if found.codes or found.choices or found.unknown), Where())
    named = _without_parents_behind(text, _without_parents(text, named, atlas), atlas)
    codes: dict[str, None] = {}
    choices: tuple[str, ...] = ()
    others = [code for match in named if len(match.codes) == 1 for code in match.codes]
    outside = _blanked(text, named)  # 岳阳 in 岳阳 says nothing of 岳阳县
    for match in named:
        settled = _settled(match, text, outside, atlas, [*others, *around])
        if len(settled) == 1:
            codes[settled[0]] = None
        else:
            choices = choices or settled
    missing = absent(text, named, atlas, taken)
    spans = tuple((match.start, match.end) for match in named)
    spans += tuple(span for span in _around_spans(text, codes, atlas) if not overlaps(span, [m[:2] for m in missing]))
    spans += tuple((start, end) for start, end, _ in missing)
    notes = tuple(f"索引里没有{name}的报告" for _, _, name in missing) + tuple(
        f"“{text[match.start : match.end]}”按“{atlas.full_name(match.codes[0])}”理解"
        for match in spelled if len(match.codes) == 1
    )  # fmt: skip
    return Where(tuple(codes), () if codes else choices, "", spans, notes)


def of_bodies(where: Where, bodies: Bodies, atlas: Atlas) -> Where:
    """The places with those of the bodies named; what lies around a body only says where it is."""
    if not bodies.codes:
        return where
    others = tuple(code for code in where.codes if not any(atlas.is_under(one, code) for one in bodies.codes))
    codes = tuple(dict.fromkeys((*bodies.codes, *others)))
    return Where(codes, (), "", (*where.spans, *bodies.spans), (*where.notes, *bodies.notes))


def _without_parents(text: str, named: list[Named], atlas: Atlas) -> list[Named]:
    """长治市|上党区: the city only says where the district lies; 长治市和上党区 are two."""
    kept: list[Named] = []
    for match in named:
        before = kept[-1] if kept else None
        if before and not PARTED.search(text[before.end : match.start]):
            # 石家庄2018年|高新区: the zone of that city, whatever stands between, but for 和, 与, 对比 …
            under = tuple(c for c in match.codes if any(atlas.is_under(c, over) and c != over for over in before.codes))
            if under and match.start > before.end:
                kept[-1:] = [Named(before.start, before.end, under), Named(match.start, match.end, under)]
                continue
        if before and text[before.end : match.start] in ("", " ", "市", "的", "市的", "县", "区"):
            under = tuple(c for c in match.codes if any(atlas.is_under(c, over) and c != over for over in before.codes))
            if under:
                kept[-1] = Named(before.start, match.end, under)
                continue
        kept.append(match)
    return kept


# 高新区2026年|玉溪安排多少, 叶县比汝州多多少，平顶山2019年: but 上党区占|长治市, 上党区和|长治市 are two.
_OF_ANOTHER = re.compile(r"[和与跟及、比占较对向给由在]$")


def _without_parents_behind(text: str, named: list[Named], atlas: Atlas) -> list[Named]:
    """A city behind its own districts only says where they lie, unless a word sets it beside them."""
    kept: list[Named] = []
    for match in named:
        inside = [tuple(c for c in one.codes if _is_inside(c, match.codes, atlas)) for one in kept]
        if kept and all(inside) and not _OF_ANOTHER.search(text[: match.start]):
            kept = [Named(one.start, one.end, under) for one, under in zip(kept, inside, strict=True)]
            kept.append(Named(match.start, match.end, inside[-1]))
            continue
        kept.append(match)
    return kept


def _is_inside(code: str, over: Sequence[str], atlas: Atlas) -> bool:
    return any(code != one and atlas.is_under(code, one) for one in over)


def _blanked(text: str, named: Iterable[Named]) -> str:
    for match in named:
        text = text[: match.start] + "\x00" * (match.end - match.start) + text[match.end :]
    return text


def _settled(match: Named, text: str, outside: str, atlas: Atlas, near: Sequence[str]) -> tuple[str, ...]:
    codes = match.codes
    if len(codes) == 1:
        return codes
    word = text[match.start : match.end]
    beside = tuple(c for c in codes if any(atlas.is_under(c, code) or atlas.is_under(code, c) for code in near))
    if len(beside) == 1:
        return beside
    codes = beside or codes
    above = tuple(c for c in codes if _above(atlas.regions[c]) in outside) if len(codes) > 1 else ()
    if len(above) == 1:
        return above
    exact = tuple(c for c in codes if word in (atlas.regions[c].name, atlas.regions[c].full_name))
    if len(exact) == 1:
        return exact
    told = tuple(c for c in codes if any(atlas.regions[c].name.endswith(kind) for kind in _kinds_told(outside)))
    codes = told or codes
    for level in ("province", "prefecture"):
        highest = tuple(c for c in codes if atlas.regions[c].level == level)
        if len(highest) == 1:
            return highest
    return codes


def _kinds_told(text: str) -> set[str]:
    """全县, 县本级: of what kind the place is that a short name means."""
    return {match[1] or match[2] for match in _KIND_TOLD.finditer(text)}


def _around_spans(text: str, codes: Iterable[str], atlas: Atlas) -> tuple[Span, ...]:
    """徐州|的|鼓楼区, 江西|南昌: the words that only say where the place lies are used up, too."""
    found = []
    for code in codes:
        region = atlas.regions[code]
        names = [_above(region), *(name for over in ancestors(region) for name in (over.name, short_name(over.code)))]
        for word in names:
            at = text.find(word)
            if at >= 0 and not PARTED.match(text, at + len(word)) and not PARTED.search(text[:at][-1:]):
                found.append((at, at + len(word) + text.startswith("市", at + len(word))))
    return tuple(found)


def _above(region: Region) -> str:
    """徐州 of 徐州市鼓楼区; what no text holds if nothing stands above."""
    over = region.full_name.removesuffix(region.name)
    return over[:-1] if len(over) > 2 else over or "\x01"


def _by_first(text: str, atlas: Atlas) -> Where:
    """乌市, 阿盟: a place by its first character and its kind, if one of those held fits and the two are no word."""
    for match in _FIRST.finditer(text):
        if match[1] in words("filler", "no_place") or (match[2] != "盟" and is_ordinary(match[0])):
            continue
        fits = [region for region in atlas.regions.values() if _begins(region, match[1], match[2])]
        if len(fits) == 1:
            note = f"“{match[0]}”按“{fits[0].name}”理解"
            return Where((fits[0].code,), (), "", (match.span(),), (note,))
    return Where()


def _begins(region: Region, first: str, kind: str) -> bool:
    return region.name.startswith(first) and region.name.endswith(kind) and region.level != "zone"


def _elsewhere(text: str, atlas: Atlas, taken: Sequence[Span]) -> Where:
    """Former names of held places, names of places not held, and misspelt names, in this order."""
    from index.find.places import find_places, near_place

    unknown, spans = "", []
    for place in find_places(text):
        if overlaps((place.start, place.end), taken):
            continue
        held = [region for region in place.regions if region.code in atlas.regions]
        if len(held) == 1:
            span = (place.start, place.end)
            note = "" if place.exact else _renamed(place.text, held[0])
            return Where((held[0].code,), (), "", (span,), (note,) if note else ())
        if held:
            return Where((), tuple(region.code for region in held), "", ((place.start, place.end),))
        if (place.exact or len(place.text) > 2 or place.start == 0) and not _is_torn(place.text, place.end, text):
            unknown = unknown or place.text
            spans.append((place.start, place.end))
    if unknown:
        return Where((), (), unknown, tuple(spans))
    return _misspelt(
        text, atlas, taken, near_place(text.replace("\x00", "0"), among=[code for code in atlas.regions if code])
    )


def _is_torn(word: str, end: int, text: str) -> bool:
    """宝山|市: no 宝山市 is known, so the short of 宝山区 is not what was meant."""
    return (
        len(word) == 2 and text[end : end + 1] == "市" and text[end : end + 2] not in ("市级", "市本", "市区", "市辖")
    )


def _spelled_elsewhere(text: str) -> Where:
    """A province or city that is not held, in pinyin."""
    from index.find.places import regions

    if not any(char.isascii() and char.isalpha() for char in text):
        return Where()
    large = {code: region for code, region in regions().items() if region.level in ("province", "prefecture")}
    for start, end, codes in spelled_places(text, large):
        return Where((), (), large[codes[0]].name, ((start, end),))
    return Where()


def _misspelt(text: str, atlas: Atlas, taken: Sequence[Span], near: Sequence[tuple[Region, float]]) -> Where:
    """The one held place that the text nearly names; of several the one that sounds like it.  你好 is no 友好区."""
    if any(text.startswith(word) for word in words("refuse", "talk")):
        return Where()
    alike = [pair for pair in near if _sounds(text, pair[0], taken)]
    if len(alike) == 1:
        near = alike
    if not near or (len(near) > 1 and near[0][1] - near[1][1] < 0.05 and near[0][0].code != near[1][0].parent):
        return Where()
    region = near[0][0]
    span = _likest(text, _forms(region), taken)
    if span is None or span[1] - span[0] == 2:  # a short is put right by its sound alone (index/ask/slips)
        return Where()
    if not alike and _is_place(text[span[0] : span[0] + 2]):  # 宝山 is a place, if not this one: not a misspelt 唐山
        return Where()
    return Where((region.code,), (), "", (span,), (f"“{text[span[0] : span[1]]}”按“{region.name}”理解",))


def _is_place(word: str) -> bool:
    from index.find.places import find_places

    return any(place.end - place.start == len(word) for place in find_places(word))


def _forms(region: Region) -> tuple[str, ...]:
    return region.name, region.full_name, region.name[:-1]


def _sounds(text: str, region: Region, taken: Sequence[Span]) -> bool:
    span = _likest(text, _forms(region), taken)
    return span is not None and any(same_sound(text[span[0] : span[1]], form) for form in _forms(region))


def _likest(text: str, names: Sequence[str], taken: Sequence[Span]) -> Span | None:
    """Where in the text one of the names stands with the fewest characters wrong, at most half of them."""
    best: tuple[float, int, Span] | None = None
    for name in names:
        for start in range(len(text) - len(name) + 1):
            span = (start, start + len(name))
            if len(name) < 2 or overlaps(span, taken):
                continue
            right = sum(a == b for a, b in zip(name, text[start:], strict=False)) / len(name)
            if right >= 0.5 and (best is None or (right, len(name)) > best[:2]):
                best = (right, len(name), span)
    return best[2] if best else None


def _renamed(word: str, region: Region) -> str:
    return "" if word[:2] == region.name[:2] or word in region.full_name else f"“{word}”现为{region.full_name}"
