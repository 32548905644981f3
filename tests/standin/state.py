"""What the stand-in knows: chats, members, messages, files, open queries, waiting updates, the bot's settings, calls.

Plain data behind one condition variable (``State.changed``); whoever reads or writes holds it.  Messages are kept as
the JSON objects of the Bot API (``{"message_id": 3, "text": "上党区教育支出", …}``).  All times are seconds.
"""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]

# Seconds that any wait may take: a bound for what never comes, which a busy machine is never over.
PATIENCE = 180.0
TOKEN = "4200000001:AAstand-in-token-for-tests_0123456789"
BOT: Json = {"id": 4200000001, "is_bot": True, "first_name": "预算", "username": "yusuan_test_bot"}
BOT_ID: int = BOT["id"]
# Kinds a bot receives only when it names them in allowed_updates.
ASKED_FOR = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True)
class Call:
    """One call: what was asked, what was got; ``at``/``ended`` on the monotonic clock, ``ok`` None while open."""

    method: str
    params: Json
    at: float
    ended: float | None = None
    ok: bool | None = None
    result: Any = None
    error: str | None = None
    code: int = 0


@dataclass(slots=True)
class Stored:
    """A message: its JSON, who wrote it, the markup as sent, how often it was edited, whether it is gone."""

    data: Json
    sender: int
    source: str = ""
    version: int = 0
    deleted: bool = False
    inline_id: str | None = None
    params: Json = field(default_factory=dict)
    at: float = field(default_factory=time.monotonic)


@dataclass(slots=True)
class Chat:
    """``private`` (id of the user), ``group`` or ``supergroup``; ``topics``: name by thread id, None: no forum."""

    id: int
    type: str
    title: str
    username: str | None = None
    members: set[int] = field(default_factory=set)
    admins: set[int] = field(default_factory=set)
    topics: dict[int, str] | None = None
    bot_in: bool = True
    bot_removed: bool = False
    started: bool = False
    blocked: bool = False
    messages: dict[int, Stored] = field(default_factory=dict)
    moved_to: int | None = None

    def json(self) -> Json:
        """The Chat object."""
        if self.type == "private":
            shown: Json = {"id": self.id, "type": "private", "first_name": self.title}
        else:
            shown = {"id": self.id, "type": self.type, "title": self.title}
        if self.username:
            shown["username"] = self.username
        if self.topics is not None:
            shown["is_forum"] = True
        return shown


@dataclass(slots=True)
class Query:
    """A callback or inline query: ``answer`` holds the parameters of the one allowed answer."""

    id: str
    user: int
    asked: float
    answer: Json | None = None
    answered: float | None = None


@dataclass(slots=True)
class Update:
    """A queued update; ``ready`` is the moment from which it is given out, ``given`` counts how often it was."""

    id: int
    kind: str
    payload: Json
    ready: float
    pushed: float
    given: int = 0
    given_at: float | None = None
    again: bool = False

    def json(self) -> Json:
        """The Update object."""
        return {"update_id": self.id, self.kind: self.payload}


@dataclass(slots=True)
class File:
    """A stored file; ``size`` may be larger than ``content`` to stand for a large file."""

    id: str
    name: str
    content: bytes
    size: int
    mime: str
    kind: str = "document"

    @property
    def unique(self) -> str:
        return "u" + self.id[-6:]

    @property
    def path(self) -> str:
        suffix = self.name.rsplit(".", 1)[-1] if "." in self.name else "bin"
        return f"{self.kind}s/file_{self.id[-6:]}.{suffix}"


@dataclass(slots=True)
class Webhook:
    """Where updates are posted to; an empty ``url`` means polling."""

    url: str = ""
    secret: str | None = None
    max_connections: int = 40
    last_error: str | None = None
    last_error_date: int | None = None


class State:
    """Everything; see the module."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.users: dict[int, Json] = {BOT_ID: dict(BOT)}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.callbacks: dict[str, Query] = {}
        self.inline_queries: dict[str, Query] = {}
        self.inline_messages: dict[str, Stored] = {}
        self.guest_queries: dict[str, Query] = {}
        self.guest_chats: dict[str, tuple[Chat, int]] = {}
        self.updates: list[Update] = []
        self.history: list[Update] = []
        self.allowed: set[str] | None = None
        self.webhook = Webhook()
        self.poll = 0  # number of the newest getUpdates; older ones are told to stop
        self.commands: dict[str, list[Json]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int | None, Json] = {}
        self.calls: list[Call] = []
        self.stopping = False
        self.local: Path | None = None  # the folder of a Bot API server of one's own (--local): files are paths in it
        self.delay = 0.0  # late updates
        self.duplicate_every = 0
        self.inline_feedback = False  # as BotFather has it before /setinlinefeedback
        self._update_ids = itertools.count(700_000_001)
        self._user_ids = itertools.count(5_300_000_001)
        self._group_ids = itertools.count(1)
        self._file_ids = itertools.count(100_001)
        self._names = itertools.count(1)

    # ------------------------------------------------------------------------------------------------------ people

    def add_user(self, name: str, **more: Any) -> int:
        """A new user, with an id beyond 32 bits; returns the id."""
        number = next(self._user_ids)
        self.users[number] = {"id": number, "is_bot": False, "first_name": name, "language_code": "zh-hans", **more}
        return number

    def add_group(self, title: str, kind: str, username: str | None) -> Chat:
        """A new group (``-n``) or supergroup (``-100n``)."""
        number = next(self._group_ids)
        chat = Chat(-1_009_000_000_000 - number if kind == "supergroup" else -4_000_000 - number, kind, title, username)
        self.chats[chat.id] = chat
        return chat

    # ------------------------------------------------------------------------------------------------------ messages

    def add_message(self, chat: Chat, sender: int, content: Json, source: str = "", age: float = 0) -> Stored:
        """Store a message under the chat's next number; ``age`` dates it back."""
        number = max(chat.messages, default=0) + 1
        head = {"message_id": number, "from": self.users[sender], "chat": chat.json(), "date": int(time.time() - age)}
        stored = chat.messages[number] = Stored({**head, **content}, sender, source)
        return stored

    def add_file(self, name: str, content: bytes, size: int, mime: str, kind: str = "document") -> File:
        """Keep a file under a new file id."""
        number = f"BQACAgUAAxkBAAI{next(self._file_ids)}"
        self.files[number] = File(number, name, content, size, mime, kind)
        return self.files[number]

    def new_name(self, prefix: str) -> str:
        """A fresh id for a query or an inline message."""
        return f"{prefix}{next(self._names):012d}"

    def forget(self) -> None:
        """Drop what is only kept for looking back: calls, past updates, answered queries, all but the last messages."""
        self.calls, self.history = [], list(self.updates)
        for queries in (self.callbacks, self.inline_queries):
            for query in [one for one in queries.values() if one.answer is not None]:
                del queries[query.id]
        for chat in self.chats.values():
            kept = {max(chat.messages, default=0), *(chat.topics or {})}
            chat.messages = {number: stored for number, stored in chat.messages.items() if number in kept}

    # ------------------------------------------------------------------------------------------------------ updates

    def push(self, kind: str, payload: Json) -> Update | None:
        """Queue an update, unless the bot does not want its kind (then None)."""
        wanted = kind in self.allowed if self.allowed else kind not in ASKED_FOR
        if not wanted:
            return None
        now = time.monotonic()
        update = Update(next(self._update_ids), kind, payload, now + self.delay, now)
        update.again = bool(self.duplicate_every) and len(self.history) % self.duplicate_every == 0
        self.updates.append(update)
        self.history.append(update)
        self.changed.notify_all()
        return update

    def waiting(self) -> list[Update]:
        """Updates that may be given out now, in order of their numbers."""
        now = time.monotonic()
        ready = [update for update in self.updates if update.ready <= now]
        for update in ready:
            if update.ready > update.pushed and not update.given:  # late: its number is younger than those seen before
                update.id, update.ready = next(self._update_ids), update.pushed
        return sorted(ready, key=lambda update: update.id)

    def confirm(self, update: Update) -> None:
        """Take an update off the queue; a duplicated one stays to be given out once more."""
        if update.again:
            update.again = False
            return
        if update in self.updates:
            self.updates.remove(update)

    def next_update_id(self) -> int:
        """A number for an update that is never queued (a forged one)."""
        return next(self._update_ids)
