"""Road 2 on one page: a question -> Answer, with one dialogue for each chat.

Assistant("data/index.db").ask("上党区2023年教育支出多少") -> 56917万元, its budget, its growth, its sentence

The chats, the lock and the file are kept here; what is answered is the business of ``reply``.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any

from index.ask.dialogue import from_plain, to_plain
from index.ask.messages import MOST, questions_in
from index.ask.overlay import Overlay
from index.ask.query import Query
from index.ask.reply import reply as reply
from index.ask.search import Search
from index.ask.together import combined
from index.models import Answer
from index.store.lookup import Index

MOST_CHATS = 10_000


class Assistant:
    """Answers questions from an index.  Opening raises IndexUnavailable, IndexDamaged or IndexTooNew.

    Not ``overlaid``, it does without the words that admins have added.
    """

    def __init__(self, db: str | Path, store: Index | None = None, *, overlaid: bool = True) -> None:
        self._path = Path(db)
        self._given = store
        self._search: Search | None = None
        self._stamp: object = None
        self._chats: dict[str, Query] = {}
        self._lock = Lock()
        self._overlaid = overlaid
        self._overlay = Overlay(self._path if overlaid else None)
        self._refresh()

    def search(self) -> Search:
        """The index as it is now."""
        with self._lock:
            return self._refresh()

    def ask(self, question: str, chat: str | None = None) -> Answer:
        """Answer a question; questions with the same ``chat`` are one dialogue, without one each stands alone."""
        with self._lock:
            search = self._refresh()
            last = self._chats.get(chat) if chat is not None else None
            questions = questions_in(search, self._overlay.applied(question, search))
            query, answers, going_on = None, list[Answer](), last
            for one in questions[:MOST]:
                read, answer = reply(search, one, going_on)
                answers.append(answer)
                query, going_on = read or query, read or going_on
            answer = combined(answers, len(questions) - len(answers)) if len(answers) > 1 else answers[0]
            if chat is not None and query is not None:
                self._chats.pop(chat, None)
                self._chats[chat] = query
                while len(self._chats) > MOST_CHATS:
                    self._chats.pop(next(iter(self._chats)))
            return replace(answer, version=search.store.version())

    def explain(self, question: str, chat: str | None = None) -> dict[str, Any]:
        """How a question is answered: slots, candidates with scores and rules, SQL, as JSON can hold them."""
        from index.ask.explain import explained

        with self._lock:
            search = self._refresh()
            question = self._overlay.applied(question, search)
            return explained(Search(search.store), question, self._chats.get(chat) if chat is not None else None)

    def state(self, chat: str) -> dict[str, Any] | None:
        """What a dialogue has come to, to be kept over a restart."""
        query = self._chats.get(chat)
        return to_plain(query) if query else None

    def resume(self, chat: str, state: dict[str, Any]) -> None:
        """Go on with a kept dialogue; a state of another version is forgotten."""
        try:
            self._chats[chat] = from_plain(state)
        except (TypeError, KeyError, ValueError):
            self._chats.pop(chat, None)

    def refresh(self) -> None:
        """Look now whether there is a new version, so that the next question need not open it."""
        with self._lock:
            self._refresh()

    def renewed(self) -> Assistant:
        """Another one on the same index, with the same dialogues: for when this one was interrupted."""
        other = Assistant(self._path, self._given, overlaid=self._overlaid)
        other._chats = dict(self._chats)
        return other

    def close(self) -> None:
        """Let go of the index."""
        self._overlay.close()
        store = self._search.store if self._search else None
        self._search = None
        if store is not None and self._given is None:
            store.close()

    def _refresh(self) -> Search:
        """The index as it is now: read again when its file has changed."""
        stamp = None if self._given is not None else _stamp(self._path)
        if self._search is None or stamp != self._stamp:
            if self._given is None:
                old, store = self._search, Index(self._path)
                self._search = Search(store)
                if old is not None:
                    old.store.close()
            else:
                self._search = Search(self._given)
            self._stamp = stamp
        return self._search


def _stamp(path: Path) -> object:
    """Changes when the index does.  A reader itself makes an empty -wal file, which says nothing."""
    found = []
    for name in (path, path.with_name(path.name + "-wal")):
        try:
            status = name.stat()
        except OSError:
            continue
        if status.st_size:
            found.append((name.name, status.st_ino, status.st_mtime_ns, status.st_size))
    return tuple(found)
