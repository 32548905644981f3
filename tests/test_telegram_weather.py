"""Bad weather: floods, failing calls, duplicate and late updates, waiting messages, errors, many users, webhooks."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging
import socket
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot.telegram import texts
from bot.telegram.app import build, serve_webhook
from bot.telegram.digest import digest
from bot.telegram.limiter import Bucket, Limiter, Pace
from tests import strange_desk
from tests.standin.faults import drop, server_error, too_many
from tests.standin.runner import in_thread
from tests.standin.shown import Shown
from tests.standin.state import PATIENCE
from tests.standin.world import World
from tests.telegram_bot import FAST, load_samples, running, settings_for

QUESTION = "上党区2023年教育支出"
SECRET = "s3cret-s3cret-s3cret"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("samples"))


def test_one_call_in_five_fails_and_every_question_has_one_answer(
    telegram: World, samples: Path, tmp_path: Path
) -> None:
    users = telegram.users(20)
    with running(telegram, samples, state=tmp_path / "c.db"):
        telegram.faults.every(5, too_many(1), server_error(), drop(), server_error(502))
        sent = [user.send(QUESTION) for _ in range(5) for user in users]
        telegram.wait(lambda: len(telegram.bot_messages()) >= len(sent), "all answers")
        telegram.idle(1.5)  # longer than any pause before another try
    assert telegram.faults.injected >= len(sent) // 5
    chats = Counter(message.chat_id for message in telegram.bot_messages())
    assert set(chats.values()) == {5}
    assert all("56,917" in message.text for message in telegram.bot_messages())


def test_a_press_is_answered_in_bad_weather(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna = telegram.user()
    with running(telegram, samples, state=tmp_path / "c.db"):
        card = anna.ask(QUESTION)
        for method in ("answerCallbackQuery", "editMessageText", "answerInlineQuery"):
            telegram.faults.once(method, server_error(), drop(), too_many(1))
        anna.press(card, "上下文").edited()
        assert "▸" in card.text
        assert anna.inline(QUESTION).results


def test_duplicates_are_answered_once(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna = telegram.user()
    telegram.faults.duplicate_updates(every=1)
    with running(telegram, samples, state=tmp_path / "c.db"):
        for _ in range(5):
            anna.ask(QUESTION)
        card = telegram.bot_messages()[-1]
        anna.press(card, "上下文").edited()
        telegram.idle()
    assert len(telegram.bot_messages()) == 5
    assert telegram.refusals() == []


def test_waiting_and_late_messages_are_answered(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna = telegram.user()
    early = anna.send(QUESTION, age=3600)
    with running(telegram, samples, state=tmp_path / "c.db"):
        assert "56,917" in early.answer().text
        telegram.faults.late_updates(0.2)
        assert "258" in anna.ask("那国防呢").text
    # what was asked while the bot was away
    meanwhile = anna.send("公共安全呢")
    with running(telegram, samples, state=tmp_path / "c.db"):
        assert "9,093" in meanwhile.answer().text
    assert len(telegram.bot_messages()) == 3


def test_questions_under_way_are_answered_at_shutdown(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna = telegram.user()
    telegram.faults.once("sendMessage", server_error(), server_error())
    with running(
        telegram, samples, pace=dataclasses.replace(FAST, pause=0.3, longest_pause=0.3), state=tmp_path / "c.db"
    ):
        sent = anna.send(QUESTION)
        telegram.wait(lambda: telegram.calls_of("sendMessage"), "a first try")
    assert len(sent.answers_now()) == 1


def test_as_telegram_counts(telegram: World, samples: Path, tmp_path: Path) -> None:
    telegram.faults.flood_control(per_chat=0.05, per_second=30)
    users = telegram.users(10)
    with running(telegram, samples, pace=Pace(chat_rate=15, chat_burst=1, pause=0.01), state=tmp_path / "c.db"):
        sent = [user.send(QUESTION) for _ in range(3) for user in users]
        telegram.wait(lambda: len(telegram.bot_messages()) >= len(sent), "all answers")
    assert len(telegram.bot_messages()) == 30


def test_a_slow_question_holds_up_nobody_else(
    telegram: World,
    samples: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate = tmp_path / "gate"
    monkeypatch.setattr("bot.telegram.questions.answered", partial(strange_desk.held_up, gate))
    anna, *others = telegram.users(6)
    with running(telegram, samples, state=tmp_path / "c.db"):
        waiting = anna.send("上党区2023年公共安全支出")
        anna.send("那国防呢")
        for other in others:
            assert "56,917" in other.ask(QUESTION).text
        assert not waiting.answers_now()
        gate.touch()
        first, then = waiting.answers(2)
        assert "9,093" in first.text
        assert "258 万元" in then.text  # in the order in which they were asked


def test_a_question_that_takes_too_long_is_said_to(
    telegram: World,
    samples: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """In a chat, in inline mode, by a button; the log has its digest, and everybody is answered afterwards."""
    for name in ("questions.answered", "inline.typed", "around.card"):
        monkeypatch.setattr(f"bot.telegram.{name}", strange_desk.endless)
    asked, typed = "上党区2023年公共安全支出，这是秘密", "上党区公共安全，也是秘密"
    anna, *others = telegram.users(4)
    with caplog.at_level(logging.DEBUG), running(telegram, samples, state=tmp_path / "c.db", deadline=1):
        assert anna.ask(asked).text == texts.OVERDUE
        button = anna.inline(typed).button
        assert button is not None and button["text"] == texts.INLINE_OVERDUE
        # the address of a button stands where the question would
        monkeypatch.setattr("bot.telegram.around.card", strange_desk.looping_card)
        card = until(lambda: anna.ask(QUESTION), "56,917")
        assert anna.press_data(card, "1c.140404_2023_gp-exp-205_---_").text == texts.OVERDUE
        for other in others:
            until(lambda other=other: other.ask(QUESTION), "56,917")  # type: ignore[misc]
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    assert any(digest(asked) in text for text in logged)
    assert any(digest(typed) in text for text in logged)
    assert not any("秘密" in text for text in logged)


def until(ask: Callable[[], Shown], words: str) -> Shown:
    """Ask until it is answered: on a busy machine an honest question may be late as well."""
    for _ in range(50):
        if words in (message := ask()).text:
            return message
    raise AssertionError(words)


def test_an_error_has_an_id_and_no_question_in_the_log(
    telegram: World,
    samples: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("bot.telegram.questions.answered", strange_desk.broken)
    monkeypatch.setattr("bot.telegram.around.around", strange_desk.broken_list)
    anna = telegram.user()
    with caplog.at_level(logging.DEBUG), running(telegram, samples, state=tmp_path / "c.db"):
        line = anna.ask("一个秘密的问题").text
        assert "编号" in line
        press = anna.press_data(telegram.bot_messages()[0], "1t.140404_2023_gp-exp-205_---_")
        assert press.alert
        assert "编号" in press.text
    id = line.partition("编号 ")[2][:6]
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    assert any(id in text and "KeyError" in text and "strange_desk.py" in text for text in logged)
    assert not any("秘密" in text for text in logged)


def test_blocked_by_the_user(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna, boris = telegram.user(), telegram.user("鲍里斯")
    with running(telegram, samples, state=tmp_path / "c.db"):
        anna.ask(QUESTION)
        anna.block()
        assert "56,917" in boris.ask(QUESTION).text
        anna.unblock()
        assert "258" in anna.ask("那国防呢").text


def test_the_answer_was_deleted(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna = telegram.user()
    with running(telegram, samples, state=tmp_path / "c.db"):
        sent = anna.send(QUESTION)
        card = sent.answer()
        anna.delete(card)
        sent.edit("上党区2023年国防支出")
        telegram.wait(lambda: any("258" in one.text for one in telegram.bot_messages()), "a new answer")
        old = anna.press_data(card, "1t.140404_2023_gp-exp-205_---_", inaccessible=True)
        telegram.idle()
        assert old.text == ""


# ---------------------------------------------------------------------------------------------- webhook


def test_a_webhook_with_its_secret(telegram: World, samples: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = settings_for(
        telegram, samples, state=tmp_path / "c.db", webhook_url=f"http://127.0.0.1:{port}/hook",
        webhook_listen=f"127.0.0.1:{port}", webhook_secret=SECRET,
    )  # fmt: skip

    async def serve(stop: asyncio.Event, ready: Callable[[], None]) -> None:
        started = asyncio.Event()
        task = asyncio.create_task(serve_webhook(build(settings, FAST), settings, stop, started))
        await asyncio.wait({task, asyncio.create_task(started.wait())}, return_when=asyncio.FIRST_COMPLETED)
        ready()
        await task

    early = telegram.user("早到").send(QUESTION)
    with in_thread(serve):
        assert "56,917" in early.answer().text
        anna = telegram.user()
        card = anna.ask(QUESTION)
        anna.press(card, "历年").edited()
        assert telegram.forge(secret="wrong-wrong-wrong-wrong") == 403
        assert telegram.forge(secret=None) == 403
        assert post(port, "/hook", b"{not json", SECRET) == 400
        assert post(port, "/hook", json.dumps([1]).encode(), SECRET) == 400
        assert post(port, "/elsewhere", b"{}", SECRET) == 404
        assert post(port, "/hook", b"{}", SECRET, "GET") == 405
        assert post(port, "/hook", b"x" * 5_000_000, SECRET) == 413
        telegram.idle()
        assert len(telegram.bot_messages()) == 2
    assert telegram.refusals() == []


def post(port: int, path: str, body: bytes, secret: str, method: str = "POST") -> int:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body, {"X-Telegram-Bot-Api-Secret-Token": secret})
        return connection.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        return 413  # refused before all was sent
    finally:
        connection.close()


# ---------------------------------------------------------------------------------------------- pace


def test_a_bucket_lets_a_burst_through_and_then_its_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("bot.telegram.limiter.time.monotonic", lambda: now[0])
    bucket = Bucket(rate=2.0, burst=3, at=100.0)
    assert [bucket.take() for _ in range(5)] == [0, 0, 0, 0.5, 1.0]
    now[0] += 10
    assert bucket.take() == 0


def test_a_429_holds_up_its_own_chat_alone() -> None:
    from telegram.error import RetryAfter

    async def run() -> list[str]:
        limiter, said = Limiter(FAST), []
        refused = {"1": 2}

        async def call(chat: str) -> bool:
            if refused.get(chat):
                refused[chat] -= 1
                raise RetryAfter(0)
            said.append(chat)
            return True

        async def send(chat: str) -> object:
            return await limiter.process_request(call, (chat,), {}, "sendMessage", {"chat_id": chat}, None)

        await asyncio.gather(send("1"), send("2"), send("3"))
        return said

    assert asyncio.run(run())[-1] == "1"


def test_a_wrong_call_is_not_repeated() -> None:
    from telegram.error import BadRequest

    async def run() -> int:
        calls = 0

        async def call() -> bool:
            nonlocal calls
            calls += 1
            raise BadRequest("chat not found")

        with pytest.raises(BadRequest):
            await Limiter(FAST).process_request(call, (), {}, "sendMessage", {"chat_id": 1}, None)
        return calls

    assert asyncio.run(run()) == 1


def test_a_digest_tells_nothing_but_sameness() -> None:
    assert digest("上党区 教育支出") == digest("上党区教育支出")
    assert "上党" not in digest("上党区教育支出")
