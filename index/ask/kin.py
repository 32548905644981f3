"""Items that belong together: the parts of an item, its sisters, its counterpart.

政府债务限额 + 专项 -> 专项债务限额      一般公共预算收入 + 支出 -> 一般公共预算支出
本息 + 本金利息 -> 还本, 付息
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, partial

from index.ask.pieces import named_in_run, pieces_of
from index.ask.query import Asked
from index.ask.vocabulary import strip_account
from index.find.accounts import account_words
from index.find.terms import exact_items
from index.lexicon import Item, items

_STOCKS = ("债务余额", "债务限额")
_RATE = "率"  # 节约 of 政府采购 is money, 节约率 is not

FLOWS = ("收入", "支出")
_COUNTERPARTS = (
    ("收入", "支出"), ("支出", "收入"), ("限额", "余额"), ("余额", "限额"), ("还本", "付息"), ("付息", "还本"),
)  # fmt: skip
# What askers call the halves of 还本付息.
_HALVES = {"本金": "还本", "利息": "付息"}
_AFTER = re.compile(
    r"(?:的?(?:和|与|及|以及|、|跟|，)其?|(?=(?:余额|限额|支出|收入)(?:各|分别)))"
    r"(收入|支出|限额|余额|还本|付息)(?![率数])"
)
_BEFORE = re.compile(r"([\u4e00-\u9fff]{2,4}?)(?:债务|债券)?[和与及、跟]$")


@cache
def keys_under(key: str) -> tuple[str, ...]:
    """The keys of the items directly under an item; of "", those that are under none."""
    return tuple(one.key for one in items().values() if one.parent == key)


def item_of(name: str, text: str = "") -> Asked | None:
    """An item by its name, called by what was said for it."""
    found = exact_items(name) if name else ()
    return Asked(text or found[0].name, tuple(one.key for one in found), found[0].name) if found else None


def part_of(item: Asked, word: str) -> Asked | None:
    """The one part (or sister) of an item whose name has the word: 政府债务限额 + 专项 -> 专项债务限额."""
    known = items()
    for key in item.keys:
        if key not in known:
            continue
        around = (key, known[key].parent) if known[key].parent else (key,)
        for parent in around:
            parts = [known[one] for one in keys_under(parent) if one != key]
            named = [one for one in parts if word in one.name or any(word in other for other in one.words)]
            if not named and parent == key and (below := _meant(word, (*parts, *_below(parts)))):
                return Asked(word, (below.key,), below.name)
            named = [one for one in named if word in one.name] or named
            named = [one for one in named if one.name.startswith(word)] or named
            named = [one for one in named if (_RATE in one.name) == (_RATE in word)] or named
            named = [one for one in named if one.measure == known[key].measure] or named
            if len(named) == 1 and (word in named[0].name or parent == key):
                return Asked(word, (named[0].key,), named[0].name)
    return None


def _below(parts: Sequence[Item]) -> list[Item]:
    """The parts of the parts."""
    return [items()[key] for part in parts for key in keys_under(part.key)]


def _meant(word: str, some: Sequence[Item]) -> Item | None:
    """车子运行: 公务用车运行维护费, and not 公务用车购置及运行维护费: all of it in one name, the shortest."""
    pieces = [piece for piece in pieces_of((word,)) if not piece.keys]
    saying = [
        (len(name), one)
        for one in (some if pieces else ())
        for name in (*one.words, *one.people)
        if all(any(other in name for other in (piece.text, *piece.others)) for piece in pieces)
    ]
    return min(saying, key=lambda pair: pair[0])[1] if saying else None


def siblings(some: Sequence[str], others: Sequence[str]) -> bool:
    """教育支出 and 农林水支出: parts of one whole, neither of which holds the other."""
    known = items()
    over = [{known[key].parent for key in keys if key in known} - {""} for keys in (some, others)]
    return not set(some) & set(others) and bool(over[0] & over[1])


def counterpart(item: Asked, word: str) -> Asked | None:
    """一般公共预算收入 + 支出 -> 一般公共预算支出."""
    for old, new in _COUNTERPARTS:
        if word.startswith(new) and old in item.name and (found := item_of(item.name.replace(old, new))):
            return found
    return None


def of_flow(item: Asked, word: str) -> Asked | None:
    """政府性基金收入 + 支出 -> 政府性基金支出, the same if said again; 社会保险基金 + 支出 -> 社会保险基金支出."""
    if word in FLOWS and item.name.endswith(word):
        return item
    if other := counterpart(item, word):
        return other
    return item_of(item.name + word) if word in FLOWS and not item.name.endswith(FLOWS) else None


def stock_of(item: Asked, word: str) -> Asked | None:
    """专项债 + 限额 -> 专项债务限额: what is issued, or owed, names what is owed and how much may be."""
    stock = f"债务{word}"
    if item.name.endswith(_STOCKS) and not item.name.endswith(stock) and not item.text.endswith(_STOCKS):
        return item_of(item.name[: -len(stock)] + stock, item.text)  # 专项债务|的限额
    if not item.name.startswith("发行") or not any(key.startswith("debt-issue") for key in item.keys):
        return None
    kind = item.name.removeprefix("发行").removesuffix("债券").removesuffix("政府")
    return item_of(f"{kind or '政府'}债务{word}", item.text)


def in_account(asked: Sequence[Asked], account: str) -> tuple[Asked, ...]:
    """一般公共预算年终结余 in the fund account: 政府性基金年终结余 if there is such an item, else 年终结余."""
    if not account:
        return tuple(asked)
    return tuple(_of_account(item, account) for item in asked)


def _of_account(item: Asked, account: str) -> Asked:
    for name in (item.text, item.name):
        rest = strip_account(name)
        if rest == name:
            continue
        for word in (*(word for word, own in account_words().items() if own == account), ""):
            if found := item_of(word + rest, word + rest):
                return found
    return item


def parts_named(item: Asked, words: Sequence[str]) -> tuple[Asked, ...]:
    """The parts of an item that some words name, one after another: 一般专项 -> both; empty if one is unknown."""
    found: list[Asked] = []
    for word in words:
        parts = named_in_run(word, partial(_half, item))
        if not parts:
            return ()
        found += parts
    return tuple({part.keys: part for part in found}.values())


def beside(text: str, start: int, end: int, item: Asked) -> tuple[Asked, int, int] | None:
    """What shares its head with an item at a place of the text: 限额|和余额, 一般和|专项债务限额; with its span."""
    after = _AFTER.match(text, end)
    if after and (other := counterpart(item, after[1])):
        return other, after.start(), after.end()
    before = _BEFORE.search(text[max(0, start - 7) : start])
    if before:
        for length in (2, 3, 4):
            word = before[1][-length:]
            sister = part_of(item, word)
            alike = sister and sister.keys != item.keys and sister.name[-2:] == item.name[-2:]
            if sister and alike and sister.name.startswith(word):
                at = start - len(before[0]) + len(before[1]) - len(word)
                return sister, at, start
    return None


def halves_in(name: str) -> int:
    """政府债务还本: 1, 政府债务还本付息: 2, anything else: 0."""
    return sum(half in name for half in _HALVES.values())


def _half(item: Asked, word: str) -> Asked | None:
    half = _HALVES.get(word, word)
    if half in _HALVES.values() and "还本付息" in item.name:
        return item_of(item.name.replace("还本付息", half), word)
    return part_of(item, half)
