"""Development zones in a text: 岳阳临港高新区 under 岳阳市 -> 430600-临港高新区.

No list of zones exists, so they are read by their form: a form word of ``zones.toml`` (经济技术开发区, 园区) and the
proper name before it.  宿迁经济技术开发区 and 宿迁经开区 are one zone; words of kinds (各园区, 省级高新区) are none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from index.find.gazetteer import is_within, region, zone
from index.find.places import PlaceMatch, find_places
from index.models import Region
from index.paths import lexicon_dir

_LONGEST_NAME = 10
_RANKS = ("国家", "国家级")
_HAN_BEFORE = re.compile(r"[一-鿿·]*\Z")


@dataclass(frozen=True, slots=True)
class _Forms:
    """What ``zones.toml`` says, ready to use.  ``short``, ``alone``, ``named`` go by the form word."""

    pattern: re.Pattern[str]
    short: dict[str, str]
    alone: dict[str, str]
    named: dict[str, bool]
    proper: re.Pattern[str]
    cut: re.Pattern[str]
    generic: tuple[str, ...]


@cache
def _forms() -> _Forms:
    with (lexicon_dir() / "zones.toml").open("rb") as file:
        data = tomllib.load(file)
    short = {word: form["name"] for form in data["form"] for word in form["words"]}
    alone = {word: form["alone"] for form in data["form"] for word in form["words"]}
    named = {word: form.get("named", True) for form in data["form"] for word in form["words"]}
    before = data["before"]
    return _Forms(
        pattern=_any_of(short),
        short=short,
        alone=alone,
        named=named,
        proper=re.compile(f"(?:{_any_of(before['proper']).pattern})+\\Z"),
        cut=_any_of(before["cut"]),
        generic=tuple(before["generic"]),
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))))


def find_zones(text: str, under: Region | None = None, extra: Iterable[str] = ()) -> list[PlaceMatch]:
    """The zones of a text, left to right.

    ``under`` is the region the text is about: homonyms are read as its own, and a zone without a place is one of it
    (without ``under`` such a zone is left out).  A zone printed with another region's name belongs to that one.
    ``extra`` are names of zones of ``under`` that have no form word (大通湖区).
    """
    named = _find_extra(text, under, extra)
    forms = list(_forms().pattern.finditer(text))
    if not forms:
        return named
    places = find_places(text, within=under.code if under else None)
    found = named
    for form in forms:
        if any(match.start < form.end() and form.start() < match.end for match in named):
            continue
        if any(place.end >= form.end() > place.start and _is_near(place, under) for place in places):
            continue
        match = _zone_at(text, form, places, under)
        if match:
            found.append(match)
    return sorted(found, key=lambda match: match.start)


def zone_name(text: str) -> str:
    """The one form of a zone's name: 临港高新技术产业开发区 -> 临港高新区; a name without a form word stays."""
    form = next((form for form in _forms().pattern.finditer(text) if form.end() == len(text)), None)
    return text[: form.start()] + _forms().short[form.group()] if form else text


def _find_extra(text: str, under: Region | None, extra: Iterable[str]) -> list[PlaceMatch]:
    names = [name for name in extra if name]
    if under is None or not names:
        return []
    return [
        PlaceMatch(found.start(), found.end(), found.group(), (zone(under, zone_name(found.group())),), True)
        for found in _any_of(names).finditer(text)
    ]


def _is_near(place: PlaceMatch, under: Region | None) -> bool:
    """Whether a place can be meant in a text about ``under``: it lies inside or around it."""
    if under is None:
        return True
    return any(is_within(r.code, under.code) or is_within(under.code, r.code) for r in place.regions)


def _zone_at(text: str, form: re.Match[str], places: list[PlaceMatch], under: Region | None) -> PlaceMatch | None:
    run = _HAN_BEFORE.search(text, max(0, form.start() - _LONGEST_NAME), form.start())
    start = run.start() if run else form.start()
    place = _place_before(places, start, form.start(), under)
    owner = under
    if place:
        start = place.end
        if not (under and any(is_within(under.code, r.code) for r in place.regions)):
            owner = place.regions[0]
    if owner is None:
        return None
    begin = _name_start(text, start, form, after_place=place is not None)
    if begin is None:
        return None
    name = text[begin : form.start()] + _forms().short[form.group()]
    outer = place.start if place and (begin == place.end or text[place.end : begin] in _RANKS) else begin
    return PlaceMatch(outer, form.end(), text[outer : form.end()], (_zone_of(owner, name),), True)


def _zone_of(owner: Region, name: str) -> Region:
    """A zone of the owner; in the paper of a zone or a town its own name, or another one of the place around it."""
    if owner.level != "zone":
        return zone(owner, name)
    over = region(owner.parent)
    return owner if over is None or owner.name.endswith(name) else zone(over, name)


def _place_before(places: list[PlaceMatch], start: int, end: int, under: Region | None) -> PlaceMatch | None:
    """The last place in the run of characters before the form word that the zone can take its name from."""
    for place in reversed(places):
        if not (start <= place.end <= end) or _forms().cut.search(place.text):
            continue
        city = place.regions[0].level != "county"
        if _is_near(place, under) or city or place.exact:
            return place
    return None


def _name_start(text: str, start: int, form: re.Match[str], after_place: bool) -> int | None:
    """Where the zone's proper name begins, the form's own start if it has none, None if no single zone is meant."""
    forms, alone = _forms(), _forms().alone[form.group()]
    whole_name = forms.proper.search(text[start : form.start()])
    if whole_name and forms.named[form.group()] and not after_place:
        return start + whole_name.start()  # a cut word inside a known name (屈原) cuts nothing
    cuts = [cut.end() for cut in forms.cut.finditer(text, start, form.start())]
    begin = max(cuts, default=start)
    if cuts:
        after_place = False
    prefix = text[begin : form.start()]
    if not prefix:
        edge = begin == 0 or text[begin - 1] in "，。；：、（）"
        named = (alone == "place" and (after_place or edge)) or (alone == "after" and after_place)
        return begin if alone == "yes" or named else None
    if after_place and prefix in _RANKS:
        return form.start()  # 泸州|国家高新区: the one that this place has
    known = forms.proper.search(prefix)
    if known and forms.named[form.group()]:
        return begin + (0 if after_place else known.start())
    if alone == "known" or any(prefix.endswith(word) for word in forms.generic):
        return None
    if after_place and forms.named[form.group()]:
        return begin
    if alone == "yes":
        edge_name = None if cuts else _edge_name(text, begin, prefix, cut=False)
        return form.start() if edge_name is None else edge_name
    return _edge_name(text, begin, prefix, bool(cuts)) if forms.named[form.group()] else None


def _edge_name(text: str, begin: int, prefix: str, cut: bool) -> int | None:
    """A name that no list knows counts if it is short and stands at an edge: 、苏阳园区."""
    whole = cut or begin == 0 or not _HAN_BEFORE.search(text[begin - 1 : begin], 0).group()  # type: ignore[union-attr]
    kinds = any(word in prefix for word in _forms().generic if len(word) > 1)
    return begin if whole and len(prefix) <= 4 and not kinds else None
