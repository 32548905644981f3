"""What asks for an overview, and the rows that one has: ``overview.toml`` as frozen rows.

"西工区2023年财政怎么样" -> "plain"      "四本账" -> "account"      "收支平衡" -> "balance"      "教育怎么样" -> ""
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from index.ask.query import Query
from index.find.terms import exact_items
from index.lexicon import items, toml
from index.models import Account, Measure
from index.text.normal import plain

PLAIN = "plain"
_NOTHING = re.compile(r"[\x00\s，。、；：？！?!,.（）“”《》·-]+")
_UNITS = "(?:亿元|万元)(?:为?单位|表示|显示)?"
_UNIT = re.compile(f"^[用按以]{_UNITS}|[用按以]?{_UNITS}$")
_DONE: tuple[Measure, ...] = ("actual", "budget", "adjusted_budget")


@dataclass(frozen=True, slots=True)
class Spec:
    """A row: ``ask`` is the question that fills it, ``of`` is the row (by its ``short`` name) that it is a
    percentage of, ``under`` the one that it is a part of."""

    label: str
    short: str
    ask: str
    full: str
    kind: str = "money"
    growth: bool = False
    of: str = ""
    under: str = ""
    verb: str = ""
    account: Account = ""
    measures: tuple[Measure, ...] = _DONE
    topics: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Largest:
    """The classes among which the largest are looked for, the row that is their total, and how many are shown."""

    keys: tuple[str, ...]
    of: str
    most: int


def _table() -> Mapping[str, Any]:
    return toml("overview.toml")


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(map(plain, cast(list[str], _table()["ask"][name])), key=len, reverse=True))


@cache
def specs() -> tuple[Spec, ...]:
    """The rows in the order of the file."""
    return tuple(
        Spec(**{"full": row["ask"], **{name: tuple(v) if isinstance(v, list) else v for name, v in row.items()}})
        for row in _table()["row"]
    )


@cache
def topics() -> Mapping[str, tuple[str, ...]]:
    """What an overview may be about, and the words that say so."""
    return {name: tuple(map(plain, words)) for name, words in _table()["topic"].items()}


@cache
def largest() -> Largest:
    """The official classes of expenditure: three digits of code."""
    row = _table()["largest"]
    keys = tuple(
        one.key for one in items().values()
        if one.account == row["account"] and one.flow == row["flow"] and len(one.code) == 3
        and one.code not in row["without"]
    )  # fmt: skip
    return Largest(keys, row["of"], row["most"])


@cache
def main_keys() -> list[str]:
    """The items of the rows with growth: a year without any of them has no overview."""
    return [one.key for spec in specs() if spec.growth for one in exact_items(spec.ask)]


def topic_of(query: Query) -> str:
    """What an overview is asked about, "" if none is: nothing else may be left of the question."""
    if query.items or query.account or query.documents or query.negated or query.term:
        return ""
    left = _UNIT.sub("", _NOTHING.sub("", query.masked))
    of_year = _words("core_of_year") if query.regions and query.periods else ()
    core = next((word for word in (*_words("core"), *of_year) if word in left), "")
    if not core or (query.measures and core not in of_year):
        return ""
    written = (*_words("material"), *_words("wanted")) if any(word in left for word in _words("material")) else ()
    if _without(left, (*_words("core"), *of_year, *_words("beside"), *written)):
        return ""
    return next((name for name, words in topics().items() if any(word in left for word in words)), PLAIN)


def unit_of(query: Query) -> str:
    """概况，用亿元: the unit that it is to be shown in; "" where none is named."""
    found = _UNIT.search(_NOTHING.sub("", query.masked))
    return next(unit for unit in ("亿元", "万元") if unit in found[0]) if found else ""


def asks_next(text: str) -> bool:
    """更多: the rows that did not fit."""
    return _all_of(text, "more")


def asks_material(text: str) -> bool:
    """写成材料, 概况写成材料: the paragraph."""
    return _all_of(text, "material", _words("core"))


def says_no_more(query: Query) -> bool:
    """那2022年呢: nothing but a place, a time or a level."""
    if query.items or query.account or query.measures or query.chunks or query.documents or query.kind:
        return False
    named = query.regions or query.periods or query.scope
    return bool(named) and not _without(_NOTHING.sub("", query.masked), (*_words("core"), *_words("beside"), "换成"))


def _all_of(text: str, name: str, also: tuple[str, ...] = ()) -> bool:
    left = _NOTHING.sub("", text)
    found = any(word in left for word in _words(name))
    return found and not _without(left, (*_words(name), *_words("beside"), *_words("wanted"), *also))


def _without(text: str, words: tuple[str, ...]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "\x00")
    return text.replace("\x00", "")
