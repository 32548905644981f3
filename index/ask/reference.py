"""A figure's address in few ASCII characters: what a button or a link carries, good over restarts and reloads.

    上党区 · 2023 · 教育支出 · 完成数, fact 3407872 -> "140404_2023_gp-exp-205_x-g_211gw"

The slots (place, period, item, measure, scope, account) find the figure again when the index has been loaded anew;
the fact's number, while it holds, makes it exactly the one that was shown.  Nothing of a question is in it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from index.models import Account, Measure, Period, Scope, StoredFact

LONGEST: Final = 56
_UNNAMED: Final = "0"
_LONGEST_KEY: Final = 16

_MEASURES: Final[Mapping[str, Measure]] = {
    "b": "budget", "j": "adjusted_budget", "x": "actual", "c": "completion", "p": "yoy_pct", "d": "yoy_amount",
    "s": "share", "r": "rank", "e": "balance", "l": "limit", "o": "outstanding", "n": "count", "m": "amount",
    "t": "rate",
}  # fmt: skip
_SCOPES: Final[Mapping[str, Scope]] = {"w": "whole", "o": "own", "v": "own_wide"}
_ACCOUNTS: Final[Mapping[str, Account]] = {
    "g": "general_public", "f": "government_fund", "s": "state_capital", "i": "social_insurance", "d": "debt",
    "o": "other",
}  # fmt: skip
_TOKEN: Final = re.compile(
    r"(?P<region>0|[0-9]{6}(?:z[0-9A-Z]{5})?)_(?P<period>(?:[0-9]{4}){0,2})_"
    r"(?P<item>[a-z0-9-]{1,16}|[HK][0-9A-Z]{8})_(?P<slots>[a-z-]{3})_(?P<fact>[0-9a-z]{0,9})"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """``region`` and ``item`` are tokens (see ``region_token``); empty slots are open, ``fact`` 0: by slots only."""

    region: str
    period: Period | None
    item: str
    measure: Measure | None = None
    scope: Scope = ""
    account: Account = ""
    fact: int = 0

    def at(self, **slots: object) -> Reference:
        """Another year, scope or place of the same: the fact's number no longer holds."""
        return replace(self, **{"fact": 0, **slots})  # type: ignore[arg-type]


def reference_to(one: StoredFact) -> Reference:
    """The address of a stored fact; what an asker need not say (完成数, 全域) is left open."""
    fact = one.fact
    measure = None if fact.key and fact.measure in ("actual", "amount") else fact.measure
    scope: Scope = "" if fact.scope == "whole" else fact.scope
    item = item_token(fact.key, fact.item)
    return Reference(region_token(fact.region), fact.period, item, measure, scope, fact.account, one.id)


def encode(reference: Reference) -> str:
    """At most 56 characters of A-Z a-z 0-9 _ -."""
    slots = "".join(
        next((letter for letter, meant in table.items() if meant == value), "-")
        for table, value in ((_MEASURES, reference.measure), (_SCOPES, reference.scope), (_ACCOUNTS, reference.account))
    )
    fact = _base36(reference.fact) if reference.fact else ""
    return "_".join((reference.region, _spelled(reference.period), reference.item, slots, fact))


def decode(token: str) -> Reference:
    """The address back; raises ValueError for anything that ``encode`` does not write."""
    match = _TOKEN.fullmatch(token) if len(token) <= LONGEST else None
    if match is None:
        raise ValueError("not a reference")
    measure, scope, account = tuple(match["slots"])
    if measure not in (*_MEASURES, "-") or scope not in (*_SCOPES, "-") or account not in (*_ACCOUNTS, "-"):
        raise ValueError("not a reference: slots")
    fact = int(match["fact"], 36) if match["fact"] else 0
    if fact >= 1 << 45:
        raise ValueError("not a reference: fact")
    return Reference(
        match["region"], _period(match["period"]), match["item"], _MEASURES.get(measure), _SCOPES.get(scope, ""),
        _ACCOUNTS.get(account, ""), fact,
    )  # fmt: skip


def region_token(code: str) -> str:
    """140404 stays; a zone's code, which has Chinese in it, becomes its city's with a digest."""
    if not code:
        return _UNNAMED
    return code if re.fullmatch(r"[0-9]{6}", code) else f"{code[:6]}z{_digest(code, 5)}"


def item_token(key: str, name: str) -> str:
    """A lexicon key, or the digest of a long one (K) or of the report's own words (H).

    What the lexicon does not list of the official classification (fn-20101/行政运行) is such a word, too.
    """
    if not key or not key.isascii():
        return "H" + _digest(name, 8)
    return key if len(key) <= _LONGEST_KEY else "K" + _digest(key, 8)


def _digest(text: str, length: int) -> str:
    return base64.b32hexencode(hashlib.blake2b(text.encode(), digest_size=10).digest()).decode()[:length]


def _spelled(period: Period | None) -> str:
    """2023, 20212025, 20230106 (January to June)."""
    if period is None:
        return ""
    if period.first_year != period.last_year:
        return f"{period.first_year}{period.last_year}"
    if (period.first_month, period.last_month) == (1, 12):
        return str(period.first_year)
    return f"{period.first_year}{period.first_month:02}{period.last_month:02}"


def _period(text: str) -> Period | None:
    if not text:
        return None
    first, rest = int(text[:4]), text[4:]
    if not 1949 <= first <= 2100:
        raise ValueError("not a reference: year")
    if not rest:
        return Period.year(first)
    if first < int(rest) <= 2100 and int(rest) >= 1949:
        return Period(first, int(rest))
    month, last = int(rest[:2]), int(rest[2:])
    if not 1 <= month <= last <= 12:
        raise ValueError("not a reference: months")
    return Period(first, first, month, last)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits
