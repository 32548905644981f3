"""Which places of the whole index a question puts in order: of what level, inside which place, of which class.

各省会收入排名 -> prefectures that are the seat of a province      广东省各市 -> prefectures in 广东省
各直辖市 -> provinces that are a city
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from index.ask.query import Query
from index.ask.ranking.order import CAPITALS, CLASSES, LEVELS_OF, MUNICIPALITIES
from index.ask.search import Search
from index.find.gazetteer import children
from index.find.places import find_places
from index.models import Region

_OF_CAPITAL: Final = "0100"  # the seat of a province has the first number of its cities


@dataclass(frozen=True, slots=True)
class Meant:
    """``over`` is the place around them (None: all), ``kind`` their class ("" where none is said)."""

    search: Search
    level: str
    over: Region | None = None
    kind: str = ""

    @property
    def code(self) -> str:
        """The code of the place around them."""
        return self.over.code if self.over else ""

    @property
    def inside(self) -> str:
        """Its name."""
        return self.over.full_name if self.over else ""

    def of_class(self, code: str) -> bool:
        """省会城市: 武汉市, and no city that is a province by itself; 直辖市: those; any place of no class."""
        region = self.search.atlas.regions.get(code)
        if self.kind == MUNICIPALITIES:
            return region is not None and region.level == "province" and region.name.endswith("市")
        return self.kind != CAPITALS or code.endswith(_OF_CAPITAL)

    def has(self, code: str) -> bool:
        """Whether a place is one of those meant."""
        return (self.over is None or self.search.atlas.is_under(code, self.over.code)) and self.of_class(code)


def meant(search: Search, query: Query) -> Meant | None:
    """The places that a question without a place of its own means; None where it names one that has none below it."""
    over = _around(query.unknown) if query.unknown else None
    if query.unknown and over is None:
        return None
    kind = query.among if query.among in CLASSES.values() else ""
    return Meant(search, LEVELS_OF.get(query.among, ""), over, kind)


def _around(name: str) -> Region | None:
    """The one place of a name that has places below it."""
    found = {region.code: region for place in find_places(name) for region in place.regions if children(region.code)}
    return next(iter(found.values())) if len(found) == 1 else None
