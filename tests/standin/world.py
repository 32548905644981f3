"""The world around the bot: people, groups and what they do; the one object a test talks to (fixture ``telegram``).

Everything is synchronous and thread-safe; the Application runs in a thread of its own (``standin.runner``).  Every wait
ends as soon as the bot has called, and fails with the list of the last calls after ``timeout`` seconds (by default so
many that a busy machine is never over them).

    from tests.standin.runner import polling          # or webhook

    def test_card(telegram):                           # telegram: World, started and stopped by the fixture
        app = build(token=telegram.token, base_url=telegram.base_url, base_file_url=telegram.base_file_url)
        anna = telegram.user("安娜")                    # has pressed 开始; started=False: the bot may not write first
        with polling(app):
            card = anna.ask("上党区2023年教育支出")      # send, wait for the bot's message -> Shown
            assert "56,917" in card.text               # after parsing; .html as the bot sent it; .entities .is_rich
            assert card.labels == [["历年", "构成"], ["复制引用"]]      # .keyboard: the button objects, row by row
            press = anna.press(card, "历年")            # waits until the press is answered: .text .alert .url
            assert "2022年" in press.edited().text      # waits until the card was changed
            anna.press_data(card, "v1:made-up")        # data no button has
            anna.copy(card, "复制引用")                  # the text a copy-text button puts into the clipboard
            anna.follow(card.button("打开")["url"])     # a link t.me/<bot>?start=… in a button or text
            sent = anna.send("上党区教育支出"); sent.answer(); sent.answers(2)   # the first answer; the first two
            sent.edit("洛龙区教育支出"); card.changed()  # an edited question; waits until the card is edited once more
            anna.start("c_abc"); anna.upload("a.pdf", b"%PDF", caption="收录")   # deep link, a file (size= pretends)
            anna.album({"a.pdf": b"%PDF", "b.csv": b"1"})       # as one album; anna.voice(); anna.forward(card)
            card.download()                            # bytes of the file the bot sent; .file_name .caption

            typed = anna.inline("上党区 教育")           # waits -> Inline: .results .titles .cache_time .button
            shown = typed.choose(0)                    # the result as message (Shown with .inline_id), default: private
            anna.press(shown, "历年").edited()

            office = telegram.group("财政科", [anna], topics=["预算"])   # topics: a forum; kind="group": a small one
            card = anna.ask("/q 教育支出", office.topic("预算"))   # office without topics: anna.ask(text, office)
            anna.ask("那卫生呢", reply_to=card)           # the chat and the topic are those of the message replied to
            anna.send("聊天", office).delivered          # False: privacy mode keeps plain talk from the bot
            office.remove_bot(anna); office.add_bot(anna); office.join(boris, by=anna); office.leave(boris)
            office.promote_bot(anna); office.migrate(); office.bot_is_in; anna.block(); anna.unblock()

            telegram.idle()                            # waits until updates are taken and the bot is quiet for 0.05 s
            telegram.quiet(0.2)                        # the opposite of answer(): asserts the bot says nothing
            telegram.calls_of("sendMessage")           # Call: .method .params .ok .result .error .code .at .ended
            telegram.refusals()                        # calls refused for being wrong (not faults): normally []
            card.at - sent.at                          # seconds from the question to the call that answers it
            telegram.wait(lambda: telegram.commands("all_private_chats"), "commands are set")
            telegram.faults.every(5, drop(), server_error(), too_many(0.05))        # see faults.py

State outlives the Application: start a second one to test old buttons after a restart.  Messages sent before the start
wait in the queue.  ``telegram.forge(update, secret)`` posts to the webhook with any secret and gives the HTTP status.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from tests.standin.faults import Faults
from tests.standin.groups import Group
from tests.standin.people import User
from tests.standin.server import Server
from tests.standin.shown import Shown
from tests.standin.state import BOT, BOT_ID, PATIENCE, TOKEN, Call, Json, State

__all__ = ["Group", "Shown", "User", "World"]

T = TypeVar("T")


class World:
    """See the module.  ``api`` is the path of ``api.min.json``; None or a missing file: only the built-in rules."""

    def __init__(self, api: Path | None = None) -> None:
        self.state = State()
        self.faults = Faults(self.state)
        self.server = Server(self.state, self.faults, api)
        self.token = TOKEN
        self.bot: Json = dict(BOT)
        self.busy: Callable[[], bool] = lambda: False  # whether the bot is at something; set by who runs it

    # ------------------------------------------------------------------------------------------------ start and stop

    def __enter__(self) -> World:
        self.server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.stop()

    @property
    def base_url(self) -> str:
        """For ``ApplicationBuilder.base_url``."""
        return f"{self.server.url}/bot"

    @property
    def base_file_url(self) -> str:
        """For ``ApplicationBuilder.base_file_url``."""
        return f"{self.server.url}/file/bot"

    # ------------------------------------------------------------------------------------------------ people and groups

    def user(self, name: str = "安娜", *, started: bool = True, **more: Any) -> User:
        """A new user; ``more`` are fields of the User object (``username="anna"``, ``language_code="en"``)."""
        with self.state.changed:
            user = User(self, self.state.add_user(name, **more))
            user.private_chat().started = started
        return user

    def users(self, count: int) -> list[User]:
        """Many users."""
        return [self.user(f"用户{number}") for number in range(1, count + 1)]

    def group(
        self,
        title: str,
        members: list[User],
        *,
        topics: list[str] | None = None,
        kind: str = "supergroup",
        username: str | None = None,
        bot_in: bool = True,
    ) -> Group:
        """A group whose first member is its administrator; with ``topics`` a forum."""
        return Group.create(self, title, members, topics, kind, username, bot_in)

    # ------------------------------------------------------------------------------------------------ what the bot did

    @property
    def calls(self) -> list[Call]:
        """Every call, oldest first, ``getUpdates`` too."""
        with self.state.changed:
            return list(self.state.calls)

    def calls_of(self, *methods: str) -> list[Call]:
        """The calls of these methods, oldest first."""
        return [call for call in self.calls if call.method in methods]

    def refusals(self) -> list[Call]:
        """Calls refused for what they were (injected faults and 409 are not among them)."""
        return [call for call in self.calls if call.ok is False and call.code in {400, 401, 403, 404, 413, 501}]

    def forget(self) -> None:
        """Drop the records (calls, past updates, older messages), as a long run needs."""
        with self.state.changed:
            self.state.forget()

    def commands(self, scope: str = "default", language: str = "") -> list[Json]:
        """The command menu of a scope (``default``, ``all_private_chats``, ``chat:17``, …)."""
        with self.state.changed:
            return list(self.state.commands.get(f"{scope}|{language}", []))

    def texts(self, kind: str, language: str = "") -> str:
        """What ``setMyName``/``setMyDescription``/``setMyShortDescription`` set: ``name``/``description``/…"""
        with self.state.changed:
            return self.state.texts.get((kind, language), "")

    def bot_messages(self) -> list[Shown]:
        """Every message of the bot in all chats that was not deleted."""
        with self.state.changed:
            return [
                Shown(self, stored)
                for chat in self.state.chats.values()
                for stored in chat.messages.values()
                if stored.sender == BOT_ID and not stored.deleted
            ]

    # ------------------------------------------------------------------------------------------------ waiting

    def wait(self, condition: Callable[[], T], what: str, timeout: float = PATIENCE) -> T:
        """The first true value of ``condition``, looked at after every change; AssertionError after ``timeout`` s."""
        end = time.monotonic() + timeout
        with self.state.changed:
            while not (value := condition()):
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"not within {timeout} s: {what}\n{self.recent()}")
                self.state.changed.wait(min(left, 0.02))
        return value

    def idle(self, quiet: float = 0.05, timeout: float = PATIENCE) -> None:
        """Wait until every update was dealt with, and there was no call but ``getUpdates`` for ``quiet`` s."""
        self.wait(lambda: self._is_idle(quiet), "the bot is idle", timeout)

    def quiet(self, seconds: float = 0.2) -> None:
        """Assert that the bot sends and edits nothing until updates are dealt with, and for ``seconds`` more."""
        before = len(self._spoken())
        self.idle(seconds)
        spoken = self._spoken()[before:]
        assert not spoken, f"the bot was to be quiet\n{self.recent()}"

    def _spoken(self) -> list[Call]:
        return [call for call in self.calls if call.method.startswith(("send", "edit", "copy", "forward"))]

    def _is_idle(self, quiet: float) -> bool:
        if self.state.updates or self.busy():
            return False
        others = [call for call in self.state.calls[-50:] if call.method != "getUpdates"]
        last = [call.ended or time.monotonic() for call in others] + [
            update.pushed for update in self.state.history[-1:]
        ]
        return not last or time.monotonic() - max(last) >= quiet

    def recent(self, count: int = 12) -> str:
        """The last calls, one per line, for messages of failed tests."""
        calls = [call for call in self.calls if call.method != "getUpdates"][-count:]
        return "\n".join(f"  {c.method} {c.params!r:.300} -> {c.error or c.ok}" for c in calls) or "  no calls"

    # ------------------------------------------------------------------------------------------------ webhook

    def forge(self, update: Json | None = None, secret: str | None = "wrong") -> int:
        """Post an update (default: a message of a new user) to the webhook with this secret; the HTTP status."""
        if update is None:
            with self.state.changed:
                user = User(self, self.state.add_user("冒名者"))
                stored = self.state.add_message(user.private_chat(), user.id, {"text": "上党区教育支出"})
                update = {"update_id": self.state.next_update_id(), "message": stored.data}
        return self.server.deliverer.post(update, secret)
