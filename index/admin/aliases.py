"""Words that askers use, put to an item by an admin: 娃娃钱 -> 教育支出, at once and until it is taken back.

    aliases = Aliases(ledger, Path("data/index.db"))
    aliases.add("娃娃钱", "教育支出", by)      aliases.as_csv() -> rows for data/lexicon/items

A word that already means something (another item, a place, a year, a measure) is refused, since it would change
questions that are understood today.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from index.admin.models import Alias
from index.ask.overlay import taken_words
from index.ask.scoping import find_account, find_scope
from index.ask.vocabulary import measure_words, simplified, words
from index.errors import NotAdopted
from index.find.periods import find_periods
from index.find.places import find_places
from index.find.terms import choose, exact_items
from index.lexicon import Item, items
from index.models import Person
from index.paths import lexicon_dir
from index.store.ledger import Ledger
from index.store.lookup import Index
from index.text.normal import plain

SHORTEST: Final = 2
LONGEST: Final = 20
NEAR: Final = 8
WIDE: Final = 3  # a word of two characters that so many other items' names contain says nothing
_LEAST_ALIKE: Final = 45.0
_WORD: Final = re.compile(r"[0-9A-Za-z\u3400-\u9fff·]+")
_DIGITS: Final = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两.·]+")


class Aliases:
    """The aliases of the index at ``db``; every call is one transaction of the ledger."""

    def __init__(self, ledger: Ledger, db: Path) -> None:
        self._ledger = ledger
        self._db = db

    def all(self) -> list[Alias]:
        """All, by word."""
        return [Alias(word, item, key, Person(id, name), at)
                for word, item, key, id, name, at in self._ledger.aliases()]  # fmt: skip

    def add(self, word: str, item: str, by: Person) -> Alias:
        """Put a word to an item (its name, its key, or any word that means it alone).

        Raises NotAdopted with the reason, for an unknown item with the names that are near to it.
        """
        meant = _item(item)
        text = in_normal_form(word)
        if reason := self._harm(text, meant):
            raise NotAdopted(f"“{_shown(word)}”不能作为“{meant.name}”的叫法：{reason}")
        alias = Alias(text, meant.name, meant.key, by, _now())
        row = (text, meant.name, meant.key, by.id, by.name, alias.at)
        if not self._ledger.add_alias(row, (alias.at, by.id, by.name, "alias", text, "", meant.name, "done")):
            other = next((one.item for one in self.all() if one.word == text), "")
            raise NotAdopted(f"“{text}”已经是“{other}”的叫法；要改，请先撤销它")
        return alias

    def remove(self, word: str, by: Person) -> Alias:
        """Take an alias back.  Raises NotAdopted if there is none."""
        text = in_normal_form(word)
        alias = next((one for one in self.all() if one.word == text), None)
        entry = (_now(), by.id, by.name, "unalias", text, alias.item if alias else "", "", "done")
        if alias is None or not self._ledger.remove_alias(text, entry):
            raise NotAdopted(f"没有添加过“{_shown(word)}”这个叫法")
        return alias

    def as_csv(self) -> str:
        """The rows of ``data/lexicon/items`` that the aliases change, with the words among ``people``.

        Put in place of the rows of the same key they make the aliases part of the lexicon.
        """
        added: dict[str, list[str]] = {}
        for alias in self.all():
            added.setdefault(alias.key, []).append(alias.word)
        out = io.StringIO(newline="")
        writer: csv.DictWriter[str] | None = None
        for row in sorted(_lexicon_rows(added), key=lambda row: row["key"]):
            if writer is None:
                writer = csv.DictWriter(out, list(row), lineterminator="\n")
                writer.writeheader()
            people = [word for word in row["people"].split("|") if word]
            writer.writerow(row | {"people": "|".join(dict.fromkeys([*people, *added[row["key"]]]))})
        return out.getvalue()

    def _harm(self, word: str, item: Item) -> str:
        """Why a word would spoil questions that are understood without it, or ""."""
        return _malformed(word) or _has_meaning(word, item) or self._is_held(word)

    def _is_held(self, word: str) -> str:
        if not self._db.exists():
            return ""
        from index.ask.atlas import Atlas

        with Index(self._db) as index:
            if next(Atlas.of(index).names.find(word), None) is not None:
                return "里面有已装入报告的地名"
            if word in index.names_with(word):
                return "报告里有一个项目就叫这个名字，直接问即可"
        return ""


def near_items(text: str, limit: int = NEAR) -> list[str]:
    """Names of items near to a text, for choosing: first those it means, then those with it, then those alike."""
    asked = plain(text)
    if not asked:
        return []
    from rapidfuzz import fuzz

    best: dict[str, float] = {}
    for item in items().values():
        score = max(_likeness(asked, word, fuzz.ratio(asked, word)) for word in (*item.words, *item.people))
        if score >= _LEAST_ALIKE and score > best.get(item.name, 0.0):
            best[item.name] = score
    return sorted(best, key=lambda name: (-best[name], len(name), name))[:limit]


def in_normal_form(word: str) -> str:
    """The word as it is looked for in questions: simplified, narrow, without blanks and quotation marks."""
    return plain(word.strip()).translate(simplified())


def _likeness(asked: str, word: str, ratio: float) -> float:
    if asked == word:
        return 300.0
    if asked in word:
        return 200.0 - len(word) + len(asked)
    if len(word) > 1 and word in asked:
        return 100.0 + len(word)
    return ratio


def _item(text: str) -> Item:
    """The one item of a name, key or word."""
    known = items()
    if text in known:
        return known[text]
    asked = plain(text)
    found = tuple(item for item in known.values() if plain(item.name) == asked) or exact_items(asked)
    names = list(dict.fromkeys(item.name for item in found))
    if len(names) == 1:
        return choose(found, "")
    if names:
        raise NotAdopted(f"“{_shown(text)}”不止一个科目：{'、'.join(names)}；请写其中一个")
    near = near_items(text)
    hint = f"；相近的有：{'、'.join(near)}" if near else ""
    raise NotAdopted(f"词表里没有科目“{_shown(text)}”{hint}")


def _malformed(word: str) -> str:
    if len(word) < SHORTEST:
        return f"太短，至少 {SHORTEST} 个字"
    if len(word) > LONGEST:
        return f"太长，至多 {LONGEST} 个字"
    if _DIGITS.fullmatch(word):
        return "只有数字"
    if not _WORD.fullmatch(word):
        return "只能由汉字、字母和数字组成"
    return ""


def _has_meaning(word: str, item: Item) -> str:
    """What the word means to questions already, as a sentence; "" if nothing."""
    named = exact_items(word)
    if named and item in named:
        return "本来就认识这个叫法，不用添加"
    if named:
        return f"它已经是“{named[0].name}”的叫法"
    if any(one.code and one.code == word for one in items().values()):
        return "它是科目编码"
    if word in taken_words():
        return "它是提问里的常用词"
    if find_places(word):
        return "里面有地名"
    if find_periods(word, short_years=True):
        return "里面有年份或期间"
    if any(said in word for name in ("figure", "money", "percent") for said in words("ask", name)):
        return "里面有“多少”一类的问法"
    if find_scope(word).scope:
        return "里面有“全市”“本级”一类的口径"
    account = find_account(word)
    if account and account.account != item.account:
        return "里面有另一本账的名称"
    own = {measure for _, _, measure in measure_words().find(plain(item.name))} | {item.measure}
    if any(measure not in own for _, _, measure in measure_words().find(word)):
        return "里面有“预算”“增长”一类的指标词"
    if len(word) == SHORTEST:
        return _too_wide(word, item)
    return ""


def _too_wide(word: str, item: Item) -> str:
    others = [one.name for one in items().values() if one.key != item.key and any(word in name for name in one.words)]
    if len(others) < WIDE:
        return ""
    return f"太宽，还有别的科目带这个词，例如{'、'.join(others[:WIDE])}"


def _lexicon_rows(keys: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    for path in sorted((lexicon_dir() / "items").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from (row for row in csv.DictReader(file) if row["key"] in keys)


def _shown(text: str) -> str:
    return " ".join(text.split())[:40]


def _now() -> str:
    return datetime.now(UTC).isoformat("T", "seconds")
