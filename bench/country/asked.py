"""Questions about the made-up country, by shape, with the right first figure where there is one.

asked(10_000, "lookup", 5) -> 石家庄市长安区2021年教育支出多少 -> 84223万元 …
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bench.country.figures import actual, classes, taxes
from bench.country.places import YEARS, Government, governments, reports
from bench.country.words import DEEDS
from index.lexicon import items

SHAPES: Final = {
    "lookup": "单项", "scopes": "全市与本级", "compare": "两地对比", "trend": "历年", "rank": "所辖县区排名",
    "compose": "构成", "computed": "推算", "text": "原文", "refused": "没有的",
}  # fmt: skip
STRANGE: Final = ("航天员训练支出", "海底隧道收费收入", "月球基地运维支出", "鲸鱼保护区门票收入", "核聚变电站分红")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; ``figure`` is the value of the first figure of a right answer, "" where none may be given."""

    text: str
    figure: str = ""


class Held:
    """The governments that an index of so many reports holds in full."""

    def __init__(self, count: int) -> None:
        counted = Counter(report.government.number for report in reports(count))
        self.all = [one for one in governments() if one.number in counted]
        self.last = self.all.pop() if len(self.all) > 1 else None  # its reports may be cut off
        self.cities = [one for one in self.all if one.region.level == "prefecture"] or list(self.all)

    def two(self, dice: random.Random) -> tuple[Government, Government]:
        """Two places of one level, if there are two."""
        first = dice.choice(self.all)
        alike = [one for one in self.all if one.region.level == first.region.level and one is not first]
        return first, dice.choice(alike or self.all)


def asked(count: int, shape: str, number: int, seed: int = 1) -> list[Asked]:
    """So many questions of a shape to the index of ``count`` reports, the same for the same seed."""
    dice, held = random.Random(f"{seed} {shape}"), Held(count)
    make: Callable[[Held, random.Random], Asked] = globals()[f"_{shape}"]
    return [make(held, dice) for _ in range(number)]


def _name(one: Government) -> str:
    return one.region.full_name


def _item(dice: random.Random) -> str:
    return dice.choice((*classes(), *taxes(), "total-gp-rev", "total-gp-exp"))


def _lookup(held: Held, dice: random.Random) -> Asked:
    place, year, key = dice.choice(held.all), dice.choice(YEARS), _item(dice)
    return Asked(f"{_name(place)}{year}年{items()[key].name}多少", str(actual(place, key, year)))


def _scopes(held: Held, dice: random.Random) -> Asked:
    place, year = dice.choice(held.cities), dice.choice(YEARS)
    text = f"{_name(place)}{year}年全{place.word}和{place.word}本级一般公共预算收入"
    return Asked(text, str(actual(place, "total-gp-rev", year)))


def _compare(held: Held, dice: random.Random) -> Asked:
    (first, second), year, key = held.two(dice), dice.choice(YEARS), _item(dice)
    return Asked(f"{_name(first)}和{_name(second)}{year}年{items()[key].name}对比", str(actual(first, key, year)))


def _trend(held: Held, dice: random.Random) -> Asked:
    place, key = dice.choice(held.all), _item(dice)
    return Asked(f"{_name(place)}2018到2023年历年{items()[key].name}", str(actual(place, key, 2018)))


def _rank(held: Held, dice: random.Random) -> Asked:
    place, year, key = dice.choice(held.cities), dice.choice(YEARS), "total-gp-rev"
    inside = [one for one in (*held.all, held.last) if one and one.region.parent == place.region.code]
    most = max((actual(one, key, year) for one in inside), default=0)
    text = f"{_name(place)}各县区{year}年{items()[key].name}最高的是哪个"
    return Asked(text, str(most) if len(inside) > 1 else "")


def _compose(held: Held, dice: random.Random) -> Asked:
    place, year = dice.choice(held.all), dice.choice(YEARS)
    text = f"{_name(place)}{year}年一般公共预算收入由哪几部分构成"
    return Asked(text, str(actual(place, "total-gp-rev", year)))


def _computed(held: Held, dice: random.Random) -> Asked:
    place, year, key = dice.choice(held.all), dice.choice(YEARS[4:]), _item(dice)
    before, now = actual(place, key, year - 3), actual(place, key, year)
    return Asked(
        f"{_name(place)}{year}年{items()[key].name}比{year - 3}年增长多少", f"{(now - before) / before:.2%}"[:-1]
    )


def _percent(now: int, before: int) -> str:
    """As the answer prints it: two places, without zeros at the end."""
    return f"{(now - before) / before:.2%}"[:-1].rstrip("0").rstrip(".")


def _text(held: Held, dice: random.Random) -> Asked:
    place, deed = dice.choice(held.all), dice.choice(DEEDS)
    year = f"{dice.choice(YEARS)}年" if dice.random() < 0.7 else ""
    return Asked(f"{_name(place)}{year}采取了哪些措施{deed}")


def _refused(held: Held, dice: random.Random) -> Asked:
    place, year = dice.choice(held.all), dice.choice(YEARS)
    if dice.random() < 0.3:
        return Asked(f"{_name(place)}{dice.choice((1998, 2003, 2031))}年教育支出多少")
    return Asked(f"{_name(place)}{year}年{dice.choice(STRANGE)}多少")
