"""The places a question names, of those the index holds.

    "岳阳临港高新区2025年" -> that zone alone (岳阳 only says where it lies)      "长治县" -> 上党区, its name today

A name of several held places is settled by another place named beside it, by its full name, or by rank (岳阳 is the
city); else the choices are kept.  A place the index does not hold is reported by name, a misspelt one is taken for its
neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.ask.absent import (
    PARTED,
    Named,
    Span,
    Where,
    absent,
    longer_name,
    overlaps,
    strange_inside,
    strange_part,
    strange_town,
    strange_zone,
)
from index.ask.atlas import Atlas
from index.ask.bodies import Bodies
from index.ask.otherwise import otherwise, reached, without_plans
from index.ask.spelled import spelled_places
from index.ask.zone_names import behind_city, listed, shortened, without_strange
from index.find.gazetteer import ancestors, short_name
from index.models import Region

LONG = 4  # characters of an item that no name of a place holds
STRANGERS = (longer_name, strange_town, strange_zone, strange_part, strange_inside)
_BELOW = re.compile("(?:下面|下辖|所辖|下属|底下|各)的?[各几]?[县区]")
_KIND_TOLD = re.compile(r"全([省市县区旗州盟])|([省市县区旗州盟])(?:本?级|直)")


def find_where(text: str, atlas: Atlas, taken: Sequence[Span], around: Sequence[str] = ()) -> Where:
    """Places of a normal text outside the spans of items; ``around`` are the places the dialogue speaks of."""
    named = [Named(*match) for match in atlas.names.find(text) if not overlaps(match[:2], taken)]
    spelled = [Named(*match) for match in spelled_places(text, atlas.regions)]
    named = without_plans(text, sorted([*named, *spelled], key=lambda match: match.start))
    beyond = reached(text, named)
    named = without_strange([match for match in named if not overlaps((match.start, match.end), beyond)], atlas)
    named = listed(text, shortened(text, named, atlas), atlas)
    bare = _without_items(text, taken)
    stranger = next((found for ask in STRANGERS if (found := ask(bare, named, atlas))), None)
    if stranger:
        return Where((), (), stranger[2], (stranger[:2],))
    if not named:
        return otherwise(text, atlas, taken)
    named = behind_city(text, _without_parents_behind(text, _without_parents(text, named, atlas), atlas), atlas)
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
    spans = (*((match.start, match.end) for match in named), *beyond)
    around_spans = _around_spans(outside, codes, atlas)
    spans += tuple(span for span in around_spans if not overlaps(span, [one[:2] for one in missing]))
    spans += tuple((start, end) for start, end, _ in missing)
    notes = tuple(f"索引里没有{name}的报告" for _, _, name in missing) + tuple(
        f"“{text[match.start : match.end]}”按“{atlas.full_name(match.codes[0])}”理解"
        for match in spelled if len(match.codes) == 1
    )  # fmt: skip
    return Where(tuple(codes), () if codes else choices, "", spans, notes, tuple(name for _, _, name in missing))


def _without_items(text: str, taken: Sequence[Span]) -> str:
    """宜章|教育支出|比|城乡社区|多: an item of some length holds no place, and is no part of the name of one."""
    for start, end in taken:
        if end - start >= LONG:
            text = f"{text[:start]}{chr(0) * (end - start)}{text[end:]}"
    return text


def of_bodies(where: Where, bodies: Bodies, atlas: Atlas) -> Where:
    """The places with those of the bodies named; what lies around a body only says where it is."""
    if not bodies.codes:
        return where
    others = tuple(code for code in where.codes if not any(atlas.is_under(one, code) for one in bodies.codes))
    codes = tuple(dict.fromkeys((*bodies.codes, *others)))
    return Where(codes, (), "", (*where.spans, *bodies.spans), (*where.notes, *bodies.notes), where.absent)


def _without_parents(text: str, named: list[Named], atlas: Atlas) -> list[Named]:
    """长治市|上党区: the city only says where the district lies; 长治市和上党区 are two."""
    kept: list[Named] = []
    for match in named:
        before = kept[-1] if kept else None
        gap = text[before.end : match.start] if before else ""
        if before and (not PARTED.search(gap) or _asks_of_last(gap, text[match.end :])):
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


# 梧州今年新增债务限额，藤县|分到多少: the clause before the comma only says of what
_ASKS_ALONE = re.compile(
    r"[\s\x00]*(?:的?[那这]?一?(?:份|块|边|儿|里|头|部分))?(?:(?:20)?\d{2}年|今年|去年|前年)?(?:一共|总共|到底|究竟|大概|能|可以)*(?:分|拿|得|领|摊|轮|有|是|占)?(?:到|了|得|着)?"
    r"(?:多少|几)[^，。？]{0,6}[？。]?"
)
_LEADS = re.compile("[^，]*(?<!多少)(?<!几)，(?:其中|里面|里头|下面|下辖|那)?的?")


def _asks_of_last(gap: str, rest: str) -> bool:
    """Does a question name a city and a matter, and ask in a clause of its own for one of the city's counties?"""
    plain = _LEADS.fullmatch(gap) and not re.search("多少|几[个多成亿万]|[和与跟同及、]", gap)
    return bool(plain and _ASKS_ALONE.fullmatch(rest))


# 高新区2026年|玉溪安排多少, 叶县比汝州多多少，平顶山2019年: but 上党区占|长治市, 上党区和|长治市 are two.
# 规模在|长治|排第几: among whom it is ranked.
_RANKED_IN = re.compile("(?:全?[市省州区县]|里|内|中)*(?:能?排|位列|位居|居|名列)")
_OF_ANOTHER = re.compile(r"[和与跟同及、比占较对向给由在]$")


def _without_parents_behind(text: str, named: list[Named], atlas: Atlas) -> list[Named]:
    """A city behind its own districts only says where they lie, unless a word sets it beside them."""
    kept: list[Named] = []
    for match in named:
        inside = [tuple(c for c in one.codes if _is_inside(c, match.codes, atlas)) for one in kept]
        apart = _OF_ANOTHER.search(text[: match.start])
        if kept and all(inside) and (not apart or (apart[0] == "在" and _RANKED_IN.match(text, match.end))):
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
    beside = beside or tuple(c for c in codes if any(_over(c, atlas) == _over(code, atlas) for code in near))
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


def _over(code: str, atlas: Atlas) -> str:
    """Where a place lies: 石家庄高新区和|经开区 are of one city."""
    return atlas.regions[code].parent or code if code in atlas.regions else code


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


def receiving(where: Where, given: Sequence[Span], atlas: Atlas, text: str) -> Where:
    """和田给下面县里拨的转移支付，|墨玉|拿了多少: of the giver and one inside it, the one that was given; of a place
    named for its table and one inside it (湖南的表里，长沙各区县), the one whose districts are meant."""
    two = len(where.codes) == 2 and bool(given or _BELOW.search(text))
    inside = two and atlas.is_under(where.codes[1], where.codes[0])
    return replace(where, codes=where.codes[1:]) if inside else where
