"""Places a question names otherwise than by a held name: former names, first characters, slips, pinyin, unheld ones.

"乌市税收" -> 乌鲁木齐市, said so        "杭州市教育支出" -> 杭州市, not held        "屯溜区" -> 屯留区
雅安今年搞|数字雅安| -> of 雅安, once: the name of a plan is no place      临沧飞|上海|的航线 -> of 临沧
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.ask.absent import Named, Span, Where, overlaps
from index.ask.atlas import Atlas
from index.ask.slips import asks_there
from index.ask.spelled import spelled_places
from index.ask.vocabulary import pattern_in, words
from index.find.ordinary import is_ordinary
from index.find.pinyin import same_sound
from index.find.places import find_places, near_place, regions
from index.models import Region

# Two characters where a place must stand: first, or behind a joining word.
_FIRST = re.compile(r"(?:(?<=^)|(?<=[，。：、；和与跟比]))([一-鿿])([市州盟旗县区])(?![一-鿿]?[市州盟旗县区])")


def otherwise(text: str, atlas: Atlas, taken: Sequence[Span]) -> Where:
    """The place of a text without a held name outside the spans of items; an empty answer for none."""
    for way in (_elsewhere, _by_first, _spelled_elsewhere):
        found = way(text, atlas, taken)
        if found.codes or found.choices or found.unknown:
            return found
    return Where()


def _by_first(text: str, atlas: Atlas, taken: Sequence[Span]) -> Where:
    """乌市, 阿盟: a place by its first character and its kind, if one of those held fits and the two are no word."""
    for match in _FIRST.finditer(text):
        if (
            overlaps(match.span(), taken)
            or match[1] in words("filler", "no_place")
            or (match[2] != "盟" and is_ordinary(match[0]))
        ):
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
        first = place.start == 0 or _behind_year(text, place.start, place.end) or _before_members(text, place.end)
        if (place.exact or len(place.text) > 2 or first) and not _is_torn(place.text, place.end, text):
            unknown = unknown or place.text
            spans.append((place.start, place.end))
    if unknown:
        return Where((), (), unknown, tuple(spans))
    return _misspelt(
        text, atlas, taken, near_place(text.replace("\x00", "0"), among=[code for code in atlas.regions if code])
    )


def _behind_year(text: str, start: int, end: int) -> bool:
    """2023年|深圳|税收: what stands between the year and what is asked is as much of a place as what stands first."""
    end += text.startswith("的", end)
    return text[start - 1 : start] == "\x00" and asks_there(text, end) and text[end : end + 1] != "\x00"


def _before_members(text: str, end: int) -> bool:
    """2025年|云南|各州市, 云南|哪个市: the places inside it are asked for."""
    return any(text.startswith(word, end) for word in words("shape", "members"))


def _is_torn(word: str, end: int, text: str) -> bool:
    """宝山|市: no 宝山市 is known, so the short of 宝山区 is not what was meant."""
    return (
        len(word) == 2 and text[end : end + 1] == "市" and text[end : end + 2] not in ("市级", "市本", "市区", "市辖")
    )


def _spelled_elsewhere(text: str, atlas: Atlas, taken: Sequence[Span]) -> Where:
    """A province or city that is not held, in pinyin."""
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
    if overlaps(span, _kinds_of_places(text)):
        return Where()  # 各省|会城市 is no misspelt 晋城市
    if not alike and is_ordinary(text[span[0] : span[1] - 1]):
        return Where()  # 里头|市本级占多少 is no misspelt 汕头市
    if not alike and _is_place(text[span[0] : span[0] + 2]):  # 宝山 is a place, if not this one: not a misspelt 唐山
        return Where()
    return Where((region.code,), (), "", (span,), (f"“{text[span[0] : span[1]]}”按“{region.name}”理解",))


def _kinds_of_places(text: str) -> list[Span]:
    """Where a text says which places it means by their kind: 各省会城市, 各县."""
    said = words("shape", "members")
    return [(at, at + len(word)) for word in said for at in range(len(text)) if text.startswith(word, at)]


def _is_place(word: str) -> bool:
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


# --------------------------------------------------------------------- names of places that are words of another name


def without_plans(text: str, named: Sequence[Named]) -> list[Named]:
    """The places without those that, named again, only stand in the name of a plan."""
    seen: set[tuple[str, ...]] = set()
    kept: list[Named] = []
    for one in named:
        if one.codes not in seen or not pattern_in("place", "plan").search(text[: one.start]):
            kept.append(one)
        seen.add(one.codes)
    return kept


def reached(text: str, named: Sequence[Named]) -> list[Span]:
    """|飞上海|的来回航班: the places that a way leads to from the one before, with the verb."""
    found = []
    for one in named[1:]:
        verb = pattern_in("place", "way_to").search(text[: one.start])
        if verb and pattern_in("place", "way").match(text, one.end):
            found.append((verb.start(), one.end))
    return found
