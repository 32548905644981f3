"""Askers' words that admins have added -> the names of the items they stand for, in the text of a question.

    娃娃钱 -> 教育支出:   "上党区2023年娃娃钱多少"  ->  "上党区2023年教育支出多少"

The words lie in the ledger beside the index; a change there, by whatever process, holds from the next question on.
Longer words win, and a word is left alone inside a longer one that is known (a name of an item, a place, a measure).
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from index.ask.search import Search
from index.ask.vocabulary import (
    adjacent,
    fillers,
    meanings,
    measure_words,
    near_words,
    shape_words,
    simplified,
    soft_words,
    synonyms,
    words,
)
from index.errors import YusuanError
from index.find.accounts import account_words
from index.find.phrases import Phrases
from index.lexicon import dictionary_words, items
from index.store.ledger import Ledger, ledger_path
from index.text.normal import normalise, plain

FLOWS: Final = ("支出", "收入", "余额", "限额", "结余")
RETRY_SECONDS: Final = 1.0

log = logging.getLogger(__name__)


class Overlay:
    """The aliases of one index (None: none at all), as they are now.  Nothing is opened before there is a ledger."""

    def __init__(self, db: Path | None) -> None:
        self._path = ledger_path(db) if db else None
        self._ledger: Ledger | None = None
        self._file: tuple[int, int] | None = None
        self._seen = 0
        self._search: Search | None = None
        self._not_before = 0.0
        self._aliases: Mapping[str, str] = {}
        self._links: Mapping[str, str] = {}
        self._table: Phrases[str] = Phrases({})
        self._known: Phrases[bool] = Phrases({})

    def close(self) -> None:
        """Let go of the ledger."""
        if self._ledger is not None:
            self._ledger.close()
        self._ledger, self._file, self._search = None, None, None

    def link(self, document: str, search: Search) -> str:
        """The public page of a document; "" if none was given."""
        self._refresh(search)
        return self._links.get(document, "")

    def applied(self, question: str, search: Search) -> str:
        """The question with every alias replaced by its item's name; without any the question itself."""
        self._refresh(search)
        if not self._aliases:
            return question
        text = plain(question.strip()).translate(simplified())
        if next(self._table.find(text), None) is None:
            return question
        return self._replaced(question.strip())

    # ------------------------------------------------------------------------------------------ applying

    def _replaced(self, question: str) -> str:
        """Only the alias' own characters are replaced: marks around it, which understanding looks at, stay."""
        normal = None if question == plain(question) else normalise(question)
        text = (question if normal is None else normal.text).translate(simplified())
        pieces: list[str] = []
        at = 0
        known = [match[:2] for match in self._known.find(text)]
        for start, end, name in self._table.find(text):
            if any(first < end and start < last and not (start <= first and last <= end) for first, last in known):
                continue  # 年教 in 2023年|教育支出
            flow = next((len(word) for word in FLOWS if name.endswith(word) and text.startswith(word, end)), 0)
            for first, last, said in ((start, end, name), (end, end + flow, "")):  # 娃娃钱|支出 is 教育支出 as well
                if normal is not None:
                    first, last = normal.printed(first, last)
                pieces += [question[at:first], said]
                at = last
        return "".join([*pieces, question[at:]])

    # ------------------------------------------------------------------------------------------ reading

    def _refresh(self, search: Search) -> None:
        if self._path is None:
            return
        try:
            status = os.stat(self._path)  # noqa: PTH116  (a third of the time of Path.stat, at every question)
        except OSError:
            if self._ledger is not None or self._aliases:
                self.close()
                self._use({}, search)
            return
        file = (status.st_dev, status.st_ino)
        if self._ledger is not None and file != self._file:
            self.close()
        if self._ledger is None and time.monotonic() < self._not_before:
            return
        try:
            if self._ledger is None:
                self._ledger, self._file = Ledger(self._path, read_only=True), file
            seen = self._ledger.changed()
            if seen != self._seen or search is not self._search:
                known = items()
                self._use({row[0]: known[row[2]].name for row in self._ledger.aliases() if row[2] in known}, search)
                self._links = self._ledger.links()
                self._seen, self._search = seen, search
        except YusuanError as error:
            log.warning("aliases cannot be read: %s", error)
            self.close()
            self._not_before = time.monotonic() + RETRY_SECONDS

    def _use(self, aliases: Mapping[str, str], search: Search) -> None:
        self._aliases = dict(aliases)
        self._table = Phrases(self._aliases)
        if not aliases:
            return
        names = [*search.atlas.names, *(name for word in aliases for name in search.store.names_with(word))]
        around = [name for name in (*names, *taken_words()) if any(word in name for word in aliases)]
        known = {*dictionary_words(), *measure_words(), *search.atlas.names, *around}
        self._known = Phrases(dict.fromkeys(known - aliases.keys(), True))


@cache
def taken_words() -> frozenset[str]:
    """Words of questions that mean something and are no items: measures, shapes, accounts, talk, fillers."""
    found = {word for table in (measure_words(), shape_words(), fillers()) for word in table}
    found |= {
        *account_words(),
        *(synonyms().keys() - near_words()),
        *adjacent(),
        *map(plain, meanings()),
        *soft_words(),
    }
    for group, names in (("ask", ("money", "percent", "rank", "times", "lower", "follow")), ("refuse", ("talk",))):
        found |= {word for name in names for word in words(group, name)}
    return frozenset(word for word in found if word)
