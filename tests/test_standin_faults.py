"""The stand-in misbehaves on purpose, and a real Application of python-telegram-bot meets it."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import pytest
from telegram.error import Conflict, NetworkError, RetryAfter, TimedOut

from tests.echo_bot import application
from tests.standin.faults import drop, server_error, too_many
from tests.standin.fixtures import telegram
from tests.standin.runner import in_thread, polling, webhook
from tests.standin.world import World

__all__ = ["telegram"]

# RetryAfter warns about the type of its own attribute.
pytestmark = pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")


@pytest.mark.parametrize("run", [polling, webhook], ids=["polling", "webhook"])
def test_one_call_in_five_fails(telegram, run):
    users = telegram.users(5)
    with run(application(telegram)):
        telegram.faults.every(5, drop(), server_error(), too_many(0.05))
        sent = [user.send(f"问{number}") for number in range(10) for user in users]
        for one in sent:
            one.answer(10)
        telegram.idle()
    assert [len(one.answers_now()) for one in sent] == [1] * 50
    assert telegram.faults.injected >= 10
    assert {call.code for call in telegram.calls if call.ok is False} >= {0, 429, 500}
    assert telegram.refusals() == []


def test_named_faults_reach_the_library(telegram):
    anna, met = telegram.user(), []
    telegram.faults.once("sendMessage", too_many(3), server_error(), drop(), drop(after=True))

    async def serve(stop: asyncio.Event, ready: Any) -> None:
        bot = application(telegram).bot
        async with bot:
            for _ in range(4):
                with pytest.raises(NetworkError if met else RetryAfter) as error:
                    await bot.send_message(anna.id, "好")
                met.append(error.value)
            telegram.faults.flood_control(per_chat=60)
            await bot.send_message(anna.id, "一")
            with pytest.raises(RetryAfter):
                await bot.send_message(anna.id, "二")
            telegram.faults.clear()
            await bot.send_message(anna.id, "三")
        ready()

    with in_thread(serve):
        pass
    assert getattr(met[0], "_retry_after", None) is not None and not any(isinstance(one, TimedOut) for one in met)
    assert [shown.text for shown in telegram.bot_messages()] == ["好", "一", "三"]


@pytest.mark.parametrize("run", [polling, webhook], ids=["polling", "webhook"])
def test_duplicate_and_late_updates(telegram, run):
    anna = telegram.user()
    with run(application(telegram)):
        telegram.faults.duplicate_updates()
        assert [shown.text for shown in anna.send("两次").answers(2)] == ["答 两次"] * 2
        telegram.faults.clear()
        telegram.faults.late_updates(0.2)
        late = anna.send("晚到")
        telegram.faults.clear()
        soon = anna.send("先到").answer()
        assert late.answer().id > soon.id
    numbers = [update.id for update in sorted(telegram.state.history, key=lambda one: one.given_at or 0)]
    assert numbers == sorted(numbers)


def test_waiting_updates_and_restart(telegram):
    anna = telegram.user()
    early = anna.send("停机时", age=3600)
    with polling(application(telegram)):
        card = early.answer()
    assert time.time() - early.data["date"] > 3500
    with polling(application(telegram)):
        assert anna.press(card, "再答").edited().text == "改成 again"
        anna.delete(card)
        assert anna.press_data(card, "again").answer
    assert [call.error for call in telegram.refusals()] == ["Bad Request: message to edit not found"]


def test_webhook_with_wrong_secret(telegram):
    anna = telegram.user()
    with webhook(application(telegram)):
        assert telegram.forge() == 403 and telegram.forge(secret=None) == 403
        assert anna.ask("好").text == "答 好"
        assert telegram.forge(secret="s3cret") == 200
    assert telegram.state.webhook.url == ""


def test_polling_and_webhook_exclude_each_other(telegram):
    async def serve(stop: asyncio.Event, ready: Any) -> None:
        async with application(telegram).bot as bot:
            await bot.set_webhook("https://bot.example.org/hook")
            with pytest.raises(Conflict):
                await bot.get_updates()
            await bot.delete_webhook()
            assert await bot.get_updates(timeout=0) == ()
        ready()

    with in_thread(serve):
        pass


def test_errors_of_the_bot_thread_reach_the_test(telegram):
    async def serve(stop: asyncio.Event, ready: Any) -> None:
        raise ValueError("no token")

    with pytest.raises(ValueError, match="no token"), in_thread(serve):
        pass


def test_waits_name_the_last_calls(telegram):
    anna = telegram.user()
    with pytest.raises(AssertionError, match="answer.*教育"):
        anna.send("教育").answer(timeout=0.05)


def test_nothing_is_left_running(telegram):
    with World() as world, polling(application(world)):
        world.user().ask("好")
    names = [thread.name for thread in threading.enumerate()]
    assert names.count("standin") == 1 and "bot" not in names  # that of the fixture
