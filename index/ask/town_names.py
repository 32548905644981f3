"""Towns and zones called by less than their name, where no other place and no word is called so.

磁灶 for 磁灶镇, 洋浦 or 洋浦开发区 for 洋浦经开区
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from index.find.ordinary import is_ordinary
from index.find.places import find_places
from index.find.terms import find_asked_terms
from index.find.towns import FORMS, is_town
from index.models import Region

_SHORTEST = 2
_ANY_ZONE = "开发区"
_ZONES = ("经济技术开发区", "高新技术产业开发区", "经济开发区", "经开区", "高新区", "开发区")


def short_towns(regions: Mapping[str, Region]) -> Iterator[tuple[str, str]]:
    """The short names of the held towns and zones; none for 新城镇 (a word), 大同镇 (a city), two of one name."""
    called: dict[str, list[str]] = {}
    for region in regions.values():
        for name in _shorter(region.name) if "-" in region.code else ():
            called.setdefault(name, []).append(region.code)
    for name, codes in called.items():
        if len(codes) == 1 and len(name) >= _SHORTEST and not _is_taken(name):
            yield name, codes[0]


def _shorter(name: str) -> Sequence[str]:
    """磁灶 of 磁灶镇; 洋浦, 洋浦开发区 of 洋浦经开区."""
    if is_town(name):
        return (name.removesuffix(next(form for form in FORMS if name.endswith(form))),)
    kind = next((kind for kind in _ZONES if name.endswith(kind)), "")
    bare = name.removesuffix(kind)
    return (bare, f"{bare}{_ANY_ZONE}") if kind and len(bare) >= _SHORTEST else ()


def _is_taken(name: str) -> bool:
    return is_ordinary(name) or bool(find_places(name, title=True)) or bool(find_asked_terms(name))
