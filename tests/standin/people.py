"""A user and what a user can do: write, edit, press, type inline, upload, open links, block (see ``world.py``)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.standin import limits, spoken
from tests.standin.content import inline_content
from tests.standin.groups import Group, Topic, member_change
from tests.standin.sending import CONTENT, origin
from tests.standin.shown import Inline, Press, Sent, Shown
from tests.standin.state import BOT, PATIENCE, Chat, Json, Query

if TYPE_CHECKING:
    from tests.standin.world import World


class User:
    """Somebody with a Telegram account."""

    def __init__(self, world: World, number: int) -> None:
        self.world = world
        self.id = number
        self.clipboard = ""

    def __repr__(self) -> str:
        return f"<user {self.id} {self.name}>"

    @property
    def data(self) -> Json:
        """The User object; change it to rename the user."""
        return self.world.state.users[self.id]

    @property
    def name(self) -> str:
        return str(self.data["first_name"])

    def private_chat(self) -> Chat:
        """The chat with the bot; its id is that of the user."""
        chats = self.world.state.chats
        if self.id not in chats:
            chats[self.id] = Chat(self.id, "private", self.name, self.data.get("username"), {self.id})
        return chats[self.id]

    def _chat(self, where: Any, reply_to: Shown | None) -> tuple[Chat, int | None]:
        if reply_to is not None and where is None:
            return self.world.state.chats[reply_to.chat_id], reply_to.thread_id
        if isinstance(where, Topic):
            return where.group.chat, where.thread_id
        if isinstance(where, Group):
            return where.chat, None
        return (where or self).private_chat(), None

    # ------------------------------------------------------------------------------------------------ messages

    def send(self, text: str, where: Any = None, *, reply_to: Shown | None = None, age: float = 0) -> Sent:
        """Send text; ``where`` is a Group or Topic, else the private chat; ``age`` in seconds dates it back."""
        assert 1 <= spoken.units(text) <= limits.TEXT, "a client sends 1–4096 units"
        return self._send(spoken.text_content(text), where, reply_to, age)

    def ask(self, text: str, where: Any = None, *, reply_to: Shown | None = None, timeout: float = PATIENCE) -> Shown:
        """Send text and wait for the first answer."""
        return self.send(text, where, reply_to=reply_to).answer(timeout)

    def start(self, payload: str = "") -> Sent:
        """Press 开始, or open ``t.me/<bot>?start=<payload>``."""
        if payload:
            limits.start_parameter(payload)
        return self.send(f"/start {payload}".strip())

    def follow(self, address: str) -> Sent:
        """Open a link to the bot, as found in a button or a text."""
        parts = urlsplit(address)
        assert parts.netloc == "t.me" and parts.path.strip("/") == BOT["username"], f"not a link to the bot: {address}"
        return self.start(parse_qs(parts.query).get("start", [""])[0])

    def upload(
        self,
        name: str,
        content: bytes = b"x",
        where: Any = None,
        *,
        caption: str = "",
        mime: str = "application/octet-stream",
        size: int | None = None,
        reply_to: Shown | None = None,
        album: str = "",
    ) -> Sent:
        """Send a document; ``size`` pretends another size than that of ``content``, ``album`` is its media group."""
        with self.world.state.changed:
            held = self.world.state.add_file(name, content, len(content) if size is None else size, mime)
        document = {"file_id": held.id, "file_unique_id": held.unique, "file_name": name, "mime_type": mime}
        more = spoken.text_content(caption, "caption") if caption else {}
        more |= {"media_group_id": album} if album else {}
        return self._send({"document": {**document, "file_size": held.size}, **more}, where, reply_to, 0)

    def album(self, files: dict[str, bytes], where: Any = None, *, caption: str = "") -> list[Sent]:
        """Send several documents as one album, 2 to 10 as clients do; the caption stands under the first."""
        assert 2 <= len(files) <= 10, "an album has 2–10 files"
        group = self.world.state.new_name("139")
        captions = [caption] + [""] * (len(files) - 1)
        return [
            self.upload(name, content, where, caption=under, album=group)
            for (name, content), under in zip(files.items(), captions, strict=True)
        ]

    def forward(self, shown: Shown, where: Any = None) -> Sent:
        """Pass a message on: its text or file stays, its buttons go, and it says where it comes from."""
        kept = {key: shown.data[key] for key in CONTENT if key in shown.data}
        return self._send({**kept, "forward_origin": origin(shown.stored)}, where, None, 0)

    def voice(self, where: Any = None) -> Sent:
        """Send a voice message."""
        with self.world.state.changed:
            held = self.world.state.add_file("voice.ogg", b"OggS", 4, "audio/ogg", "voice")
        return self._send({"voice": {"file_id": held.id, "file_unique_id": held.unique, "duration": 3}}, where, None, 0)

    def photo(self, content: bytes, where: Any = None, *, caption: str = "") -> Sent:
        """Send a photo (any bytes)."""
        with self.world.state.changed:
            held = self.world.state.add_file("photo.jpg", content, len(content), "image/jpeg", "photo")
        size = {"file_id": held.id, "file_unique_id": held.unique, "width": 90, "height": 90, "file_size": held.size}
        more = spoken.text_content(caption, "caption") if caption else {}
        return self._send({"photo": [size], **more}, where, None, 0)

    def _send(self, content: Json, where: Any, reply_to: Shown | None, age: float) -> Sent:
        state = self.world.state
        with state.changed:
            chat, thread = self._chat(where, reply_to)
            assert self.id in chat.members, f"{self!r} is no member of {chat.title}"
            assert not chat.blocked, "unblock() first"
            if chat.type == "private":
                chat.started = True
            head: Json = {}
            if thread is not None:
                head = {"message_thread_id": thread, "is_topic_message": True}
                head["reply_to_message"] = spoken.quoted(chat.messages[thread])
            if reply_to is not None:
                head["reply_to_message"] = spoken.quoted(reply_to.stored)
            stored = state.add_message(chat, self.id, {**head, **content}, age=age)
            return Sent(self.world, stored, self, spoken.deliver(state, chat, stored))

    def edit(self, sent: Shown, text: str) -> None:
        """Change the text of an own message."""
        state = self.world.state
        with state.changed:
            assert sent.stored.sender == self.id, "users edit their own messages only"
            sent.data.pop("entities", None)
            sent.data.update(spoken.text_content(text), edit_date=int(time.time()))
            sent.stored.version += 1
            spoken.deliver(state, state.chats[sent.chat_id], sent.stored, "edited_message")

    def delete(self, shown: Shown) -> None:
        """Delete a message; bots are not told."""
        with self.world.state.changed:
            shown.stored.deleted = True
            self.world.state.changed.notify_all()

    # ------------------------------------------------------------------------------------------------ buttons

    def press(self, shown: Shown, label: str, *, wait: bool = True, timeout: float = PATIENCE) -> Press:
        """Press the callback button with this text (or the only one containing it) and wait for the answer."""
        button = shown.button(label)
        assert "callback_data" in button, f"not a callback button: {button}"
        return self.press_data(shown, button["callback_data"], wait=wait, timeout=timeout)

    def press_data(
        self, shown: Shown, data: str, *, wait: bool = True, inaccessible: bool = False, timeout: float = PATIENCE
    ) -> Press:
        """Press with any data; ``inaccessible``: Telegram no longer gives the bot the message (so too when deleted)."""
        state = self.world.state
        with state.changed:
            query = Query(state.new_name("44"), self.id, time.monotonic())
            state.callbacks[query.id] = query
            asked: Json = {"id": query.id, "from": self.data, "chat_instance": f"-{abs(shown.chat_id)}7", "data": data}
            if shown.inline_id:
                asked["inline_message_id"] = shown.inline_id
            elif inaccessible or shown.deleted:
                chat = state.chats[shown.chat_id].json()
                asked["message"] = {"chat": chat, "message_id": shown.id, "date": 0}
            else:
                asked["message"] = dict(shown.data)
            press = Press(self.world, query, shown)
            state.push("callback_query", asked)
        return press.wait(timeout) if wait else press

    def copy(self, shown: Shown, label: str) -> str:
        """Press a copy-text button; what is in the clipboard then."""
        self.clipboard = shown.button(label)["copy_text"]["text"]
        return self.clipboard

    # ------------------------------------------------------------------------------------------------ inline

    def inline(
        self, text: str, offset: str = "", *, chat_type: str = "private", wait: bool = True, timeout: float = PATIENCE
    ) -> Inline:
        """Type ``@bot text`` in some chat and wait for the results."""
        assert spoken.units(text) <= limits.INLINE_QUERY, "a client sends at most 256"
        state = self.world.state
        with state.changed:
            query = Query(state.new_name("55"), self.id, time.monotonic())
            state.inline_queries[query.id] = query
            asked = {"id": query.id, "from": self.data, "query": text, "offset": offset, "chat_type": chat_type}
            inline = Inline(self.world, self, text, query)
            state.push("inline_query", asked)
        return inline.wait(timeout) if wait else inline

    def choose(self, inline: Inline, index: int = 0, where: Any = None) -> Shown:
        """Send an inline result; default: into a private chat with somebody else, which the bot cannot see."""
        state = self.world.state
        result = inline.results[index]
        content, source = inline_content(state, result)
        with state.changed:
            if where is None:
                friend = state.add_user("友人")
                chat, thread = Chat(friend, "private", "友人", None, {self.id, friend}, bot_in=False), None
            else:
                chat, thread = self._chat(where, None)
            head: Json = {"via_bot": BOT}
            if thread is not None:
                head |= {"message_thread_id": thread, "is_topic_message": True}
            stored = state.add_message(chat, self.id, {**head, **content}, source)
            stored.params = dict(result.get("input_message_content") or result)
            chosen = {"result_id": result["id"], "from": self.data, "query": inline.text}
            if "reply_markup" in content:
                stored.inline_id = state.new_name("CAAAA")
                state.inline_messages[stored.inline_id] = stored
                chosen["inline_message_id"] = stored.inline_id
            spoken.deliver(state, chat, stored)
            if state.inline_feedback:
                state.push("chosen_inline_result", chosen)
        return Shown(self.world, stored)

    # ------------------------------------------------------------------------------------------------ guest

    def summon(self, text: str, *, reply_to: str = "", chat_id: int = 0, timeout: float = PATIENCE) -> Shown | None:
        """Mention the bot in a chat that it is no member of; its answer, None if it gives none.

        ``reply_to`` is the text of the message replied to, ``chat_id`` a number that another chat may have, too.
        """
        state = self.world.state
        with state.changed:
            friend = state.add_user("友人")
            chat = Chat(chat_id or friend, "private", "友人", None, {self.id, friend}, bot_in=False)
            query = Query(state.new_name("66"), self.id, time.monotonic())
            state.guest_queries[query.id], state.guest_chats[query.id] = query, (chat, self.id)
            head: Json = {"guest_query_id": query.id}
            if reply_to:
                said = state.add_message(chat, friend, {"text": reply_to})
                head["reply_to_message"] = spoken.quoted(said)
            asked = state.add_message(chat, self.id, {**head, **spoken.text_content(text)})
            state.push("guest_message", asked.data)
        self.world.idle()
        answers = [Shown(self.world, one) for one in chat.messages.values() if one.inline_id]
        return answers[-1] if answers else None

    # ------------------------------------------------------------------------------------------------ block

    def block(self) -> None:
        """Block the bot: it can no longer write."""
        self._block(True)

    def unblock(self) -> None:
        """Let it write again."""
        self._block(False)

    def _block(self, blocked: bool) -> None:
        with self.world.state.changed:
            chat = self.private_chat()
            chat.blocked = blocked
            before, after = ("member", "kicked") if blocked else ("kicked", "member")
            self.world.state.push(
                "my_chat_member", member_change(self.world.state, chat, self.id, BOT["id"], before, after)
            )
