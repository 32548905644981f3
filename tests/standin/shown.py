"""A message as it stands in a chat, seen by a user: text, buttons, file, changes; and the press of a button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.standin.state import BOT_ID, Json, Query, Stored

if TYPE_CHECKING:
    from tests.standin.people import User
    from tests.standin.world import World


class Shown:
    """A live view: every property is that of this moment."""

    def __init__(self, world: World, stored: Stored) -> None:
        self.world = world
        self.stored = stored
        self.seen = stored.version

    def __repr__(self) -> str:
        return f"<message {self.id} {self.text[:60]!r}>"

    @property
    def data(self) -> Json:
        """The Message object."""
        return self.stored.data

    @property
    def id(self) -> int:
        return int(self.data["message_id"])

    @property
    def chat_id(self) -> int:
        return int(self.data["chat"]["id"])

    @property
    def thread_id(self) -> int | None:
        return self.data.get("message_thread_id")

    @property
    def inline_id(self) -> str | None:
        """Set for a message sent by way of an inline result that has buttons."""
        return self.stored.inline_id

    @property
    def by_bot(self) -> bool:
        return self.stored.sender == BOT_ID

    @property
    def text(self) -> str:
        """The text or caption after parsing; of a rich message the words between its tags."""
        if "rich_message" in self.data:
            return str(self.data["rich_message"]["blocks"][0]["text"])
        return str(self.data.get("text", self.data.get("caption", "")))

    @property
    def is_rich(self) -> bool:
        return "rich_message" in self.data

    @property
    def html(self) -> str:
        """The text or caption as the bot sent it, with its tags."""
        return self.stored.source

    @property
    def params(self) -> Json:
        """The parameters of the call that sent or last changed it."""
        return self.stored.params

    @property
    def caption(self) -> str:
        return str(self.data.get("caption", ""))

    @property
    def entities(self) -> list[Json]:
        return list(self.data.get("entities") or self.data.get("caption_entities") or [])

    def entity_texts(self, kind: str) -> list[str]:
        """The stretches of text under entities of a kind (``bold``, ``expandable_blockquote``)."""
        units = self.text.encode("utf-16-le")
        return [
            units[e["offset"] * 2 : (e["offset"] + e["length"]) * 2].decode("utf-16-le")
            for e in self.entities
            if e["type"] == kind
        ]

    @property
    def reply_to(self) -> int | None:
        """The id of the message it replies to."""
        reply: Json = self.data.get("reply_to_message", {})
        return reply.get("message_id")

    @property
    def previews_off(self) -> bool:
        """True when the bot switched link previews off."""
        options = self.params.get("link_preview_options") or {}
        return bool(options.get("is_disabled"))

    @property
    def at(self) -> float:
        """The moment it came to be, on the monotonic clock: ``card.at - sent.at`` is the time of an answer."""
        return self.stored.at

    @property
    def version(self) -> int:
        """0, and one more after every edit."""
        return self.stored.version

    @property
    def deleted(self) -> bool:
        return self.stored.deleted

    # ------------------------------------------------------------------------------------------------ buttons

    @property
    def keyboard(self) -> list[list[Json]]:
        """Rows of InlineKeyboardButton objects."""
        return list(self.data.get("reply_markup", {}).get("inline_keyboard", []))

    @property
    def labels(self) -> list[list[str]]:
        """The texts on the buttons, row by row."""
        return [[button["text"] for button in row] for row in self.keyboard]

    def button(self, label: str) -> Json:
        """The button with this text, else the only one that contains it."""
        every = [button for row in self.keyboard for button in row]
        exact = [button for button in every if button["text"] == label]
        found = exact[:1] or [button for button in every if label in button["text"]]
        assert len(found) == 1, f"{len(found)} buttons {label!r} among {self.labels}"
        return found[0]

    # ------------------------------------------------------------------------------------------------ files

    @property
    def file_name(self) -> str:
        return str(self.data.get("document", {}).get("file_name", ""))

    def download(self) -> bytes:
        """The content of the document or of the largest photo."""
        held = self.data.get("document") or (self.data.get("photo") or [{}])[-1]
        assert held, f"{self!r} holds no file"
        return self.world.state.files[held["file_id"]].content

    # ------------------------------------------------------------------------------------------------ waiting

    def changed(self, timeout: float = 60.0) -> Shown:
        """Wait until it was edited since it was last looked at by this method (or first seen)."""
        self.world.wait(lambda: self.version > self.seen, f"{self!r} is edited", timeout)
        self.seen = self.version
        return self

    def gone(self, timeout: float = 60.0) -> None:
        """Wait until the bot has deleted it."""
        self.world.wait(lambda: self.deleted, f"{self!r} is deleted", timeout)


class Sent(Shown):
    """A message of a user; ``delivered`` is False where privacy mode keeps it from the bot."""

    def __init__(self, world: World, stored: Stored, user: User, delivered: bool) -> None:
        super().__init__(world, stored)
        self.user = user
        self.delivered = delivered

    def answer(self, timeout: float = 60.0) -> Shown:
        """Wait for the bot's first message that answers it."""
        return self.answers(1, timeout)[0]

    def answers(self, count: int, timeout: float = 60.0) -> list[Shown]:
        """Wait for the first ``count`` messages of the bot that answer it (see ``_answers``)."""
        asked = f"{count} answer(s) to {self.text!r}"
        self.world.wait(lambda: len(self._answers()) >= count, asked, timeout)
        return self.answers_now()[:count]

    def answers_now(self) -> list[Shown]:
        """The answers there are at this moment."""
        with self.world.state.changed:
            return [Shown(self.world, stored) for stored in self._answers()]

    def _answers(self) -> list[Stored]:
        """Later bot messages in the same chat and topic that reply to this one, or in a private chat to none."""
        private = self.data["chat"]["type"] == "private"
        found = []
        for number, stored in self.world.state.chats[self.chat_id].messages.items():
            if number <= self.id or stored.sender != BOT_ID or stored.deleted:
                continue
            if stored.data.get("message_thread_id") != self.thread_id:
                continue
            reply = stored.data.get("reply_to_message", {})
            aimless = not reply or "forum_topic_created" in reply
            if reply.get("message_id") == self.id or (aimless and (private or not self._others_since(number))):
                found.append(stored)
        return found

    def _others_since(self, number: int) -> bool:
        """True when another user wrote between this message and message ``number``."""
        messages = self.world.state.chats[self.chat_id].messages
        return any(self.id < n < number and m.sender not in {BOT_ID, self.stored.sender} for n, m in messages.items())

    def edit(self, text: str) -> Sent:
        """Change the question; use ``card.changed()`` to wait for the edited answer."""
        self.user.edit(self, text)
        return self


class Press:
    """A pressed button."""

    def __init__(self, world: World, query: Query, shown: Shown) -> None:
        self.world = world
        self.query = query
        self.shown = shown
        self.before = shown.version

    @property
    def answer(self) -> Json:
        """The parameters of answerCallbackQuery; {} while unanswered."""
        return self.query.answer or {}

    @property
    def text(self) -> str:
        """The notice shown to who pressed."""
        return str(self.answer.get("text", ""))

    @property
    def alert(self) -> bool:
        return bool(self.answer.get("show_alert"))

    @property
    def url(self) -> str | None:
        return self.answer.get("url")

    def wait(self, timeout: float = 60.0) -> Press:
        """Wait until the bot has answered the press."""
        self.world.wait(lambda: self.query.answer is not None, f"the press on {self.shown!r} is answered", timeout)
        return self

    def edited(self, timeout: float = 60.0) -> Shown:
        """Wait until the message was edited after the press."""
        self.world.wait(lambda: self.shown.version > self.before, f"{self.shown!r} is edited", timeout)
        self.shown.seen = self.shown.version
        return self.shown


class Inline:
    """What the bot offered for a typed inline query."""

    def __init__(self, world: World, user: User, text: str, query: Query) -> None:
        self.world = world
        self.user = user
        self.text = text
        self.query = query

    @property
    def answer(self) -> Json:
        """The parameters of answerInlineQuery."""
        return self.query.answer or {}

    @property
    def results(self) -> list[Json]:
        return list(self.answer.get("results", []))

    @property
    def titles(self) -> list[str]:
        return [str(result.get("title", "")) for result in self.results]

    @property
    def cache_time(self) -> int:
        return int(self.answer.get("cache_time", 300))

    @property
    def personal(self) -> bool:
        return bool(self.answer.get("is_personal"))

    @property
    def next_offset(self) -> str:
        return str(self.answer.get("next_offset", ""))

    @property
    def button(self) -> Json | None:
        """``{"text": …, "start_parameter": …}``."""
        return self.answer.get("button")

    def wait(self, timeout: float = 60.0) -> Inline:
        """Wait until the bot has answered the query."""
        self.world.wait(lambda: self.query.answer is not None, f"inline {self.text!r} is answered", timeout)
        return self

    def choose(self, index: int = 0, where: Any = None) -> Shown:
        """Send a result into ``where`` (a User, Group or Topic; default: the private chat with somebody else)."""
        return self.user.choose(self, index, where)
