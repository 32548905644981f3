"""Towns called by less than their name: 磁灶 for 磁灶镇, where no other place and no word is called so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from index.find.ordinary import is_ordinary
from index.find.places import find_places
from index.find.terms import find_asked_terms
from index.find.towns import FORMS, is_town
from index.models import Region

_SHORTEST = 2


def short_towns(regions: Mapping[str, Region]) -> Iterator[tuple[str, str]]:
    """The short names of the held towns and their codes; none for 新城镇 (a word), 大同镇 (a city), two of one name."""
    called: dict[str, list[str]] = {}
    for region in regions.values():
        if "-" in region.code and is_town(region.name):
            form = next(form for form in FORMS if region.name.endswith(form))
            called.setdefault(region.name.removesuffix(form), []).append(region.code)
    for name, codes in called.items():
        if len(codes) == 1 and len(name) >= _SHORTEST and not _is_taken(name):
            yield name, codes[0]


def _is_taken(name: str) -> bool:
    return is_ordinary(name) or bool(find_places(name, title=True)) or bool(find_asked_terms(name))
