"""Which reports the country has: every government, 2014 to 2025, two or three reports a year, 100,000 in all.

``reports(10_000)`` -> the first 10,000, whole governments and whole provinces after one another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from index.find.gazetteer import regions
from index.models import Region

FIRST_YEAR: Final = 2014
LAST_YEAR: Final = 2025
YEARS: Final = range(FIRST_YEAR, LAST_YEAR + 1)
KINDS: Final = ("execution", "final_accounts", "half_year")
# Of 100 years of governments, so many have a report on the first half as well: 3,218 x 12 x 2.59 = 100,015.
HALF_YEARS: Final = 59
FIRST_CODE: Final = "13"  # the four 直辖市, which have no prefectures, are not where a small country should begin
UNIT: Final = {"province": 100, "prefecture": 8, "county": 1}


@dataclass(frozen=True, slots=True)
class Government:
    """A place with its number; ``word`` is what follows 全 (全市, 全县), ``size`` how large its budget is."""

    number: int
    region: Region
    word: str
    size: int


@dataclass(frozen=True, slots=True)
class Report:
    """A report to be written."""

    number: int
    government: Government
    year: int
    kind: str


@cache
def governments() -> tuple[Government, ...]:
    """All governments, the country's order."""
    ordered = sorted(regions().values(), key=lambda one: (one.code[:2] < FIRST_CODE, one.code))
    return tuple(
        Government(number, one, _word(one), UNIT[one.level] * (150_000 + number * 7919 % 400_000))
        for number, one in enumerate(ordered, start=1)
    )


def _word(region: Region) -> str:
    last = region.name[-1]
    return last if last in "省市县区州旗" else "盟" if last == "盟" else "区"


def reports(count: int) -> Iterator[Report]:
    """The first ``count`` reports."""
    number = 0
    for government in governments():
        for year in YEARS:
            for kind in KINDS:
                if kind == "half_year" and (government.number * 37 + year * 11) % 100 >= HALF_YEARS:
                    continue
                number += 1
                if number > count:
                    return
                yield Report(number, government, year, kind)
