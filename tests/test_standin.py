"""The stand-in for the Bot API: what it takes and what it refuses, call by call over HTTP."""

from __future__ import annotations

import httpx
import pytest

from tests.standin.builtin import BUILT_IN
from tests.standin.checker import Checker
from tests.standin.fixtures import api_list, plain_telegram, telegram
from tests.standin.methods import METHODS
from tests.standin.state import TOKEN
from tests.standin_cases import ACCEPTED, HOT, REFUSED, SAY, Client, Scene, article, keyboard

__all__ = ["plain_telegram", "telegram"]


@pytest.fixture
def scene(telegram):
    made = Scene(telegram)
    yield made
    made.call.http.close()


@pytest.mark.parametrize("method, params", ACCEPTED)
def test_accepted(scene, method, params):
    status, result = scene.run(method, params)
    assert status == 200, result


@pytest.mark.parametrize("method, params, status, text", REFUSED)
def test_refused(scene, method, params, status, text):
    found, result = scene.run(method, params)
    assert found == status, result
    assert any(part in result for part in text.split("|")), result


def test_second_answers_are_refused(scene):
    for method, params in [
        ("answerCallbackQuery", {"callback_query_id": "@press"}),
        ("answerInlineQuery", {"inline_query_id": "@typed", "results": []}),
    ]:
        assert scene.run(method, params)[0] == 200
        status, text = scene.run(method, params)
        assert status == 400 and "query is too old" in text


def test_reply_stays_in_topic(scene):
    reply = {"chat_id": "@office", "text": "好", "reply_parameters": {"message_id": "@in_topic"}}
    data = scene.run("sendMessage", reply)[1]
    assert data["message_thread_id"] == scene.names["topic"] and data["is_topic_message"]


def test_wrong_token_and_lost_paths(telegram):
    with httpx.Client(base_url=telegram.server.url) as http:
        assert http.get(f"/bot{TOKEN}/getMe").json()["result"]["is_bot"] is True
        assert http.get("/bot1:wrong/getMe").status_code == 401
        assert http.get("/elsewhere").status_code == 404
        assert http.get(f"/file/bot{TOKEN}/documents/none.pdf").status_code == 404
        assert http.post(f"/bot{TOKEN}/getChat", json={"chat_id": 1}).status_code == 400
        assert http.post(
            f"/bot{TOKEN}/getMe", content=iter([b"{", b"}"]), headers={"Content-Type": "application/json"}
        ).is_success


def test_builtin_rules_alone(plain_telegram):
    call, anna = Client(plain_telegram), plain_telegram.user()
    assert call("sendMessage", chat_id=anna.id, text="好", reply_markup=keyboard([HOT]))[0] == 200
    assert call("sendMessage", chat_id=anna.id, text="好", wrong=1)[0] == 400
    assert call("sendMessage", chat_id=anna.id)[0] == 400
    assert call("sendPoll", chat_id=anna.id)[0] == 404
    call.http.close()


def test_builtin_rules_cover_the_methods():
    assert set(BUILT_IN) == set(METHODS)


@pytest.mark.real
def test_builtin_rules_agree_with_the_published_list():
    published = Checker(api_list())
    assert published.complete
    for method, fields in BUILT_IN.items():
        listed = published.methods[method]
        assert set(fields) <= set(listed), method
        assert {name for name, field in fields.items() if field.required} == {
            name for name, field in listed.items() if field.required
        }, method


@pytest.mark.real
@pytest.mark.parametrize(
    "method, params",
    [
        ("sendPoll", {"chat_id": "@anna", "question": "?", "options": [{"text": "a"}]}),
        ("sendMessage", {**SAY, "reply_markup": keyboard([{**HOT, "colour": "red"}])}),
        ("sendMessage", {**SAY, "reply_markup": {"inline_keyboard": [HOT]}}),
        ("answerInlineQuery", {"inline_query_id": "@typed", "results": [article(caption="x")]}),
        ("answerInlineQuery", {"inline_query_id": "@typed", "results": [{**article(), "type": "essay"}]}),
        ("setMyCommands", {"commands": [{"command": "q"}]}),
    ],
)
def test_published_list_is_used_at_depth(scene, method, params):
    status, text = scene.run(method, params)
    assert status in {400, 501}, text
