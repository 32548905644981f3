"""The stand-in serves a real Application of python-telegram-bot, by polling and by webhook."""

from __future__ import annotations

import pytest

from tests.echo_bot import application
from tests.standin.checker import Checker
from tests.standin.fixtures import api_list, telegram
from tests.standin.runner import polling, webhook

__all__ = ["telegram"]


@pytest.fixture(params=[polling, webhook], ids=["polling", "webhook"])
def world(request, telegram):
    """A world in which the small bot runs."""
    with request.param(application(telegram)):
        yield telegram
    assert telegram.refusals() == []
    published = Checker(api_list())
    for update in telegram.state.history:  # what the stand-in says has the published form, too
        published.value("update", update.json(), ("Update",))
    for call in telegram.calls_of("sendMessage", "sendDocument"):
        published.value("message", call.result, ("Message",))


def test_message_edit_and_press(world):
    anna = world.user("安娜")
    sent = anna.send("教育 😀 支出")
    card = sent.answer()
    assert (card.text, card.html, card.reply_to) == ("答 教育 😀 支出", "<b>答</b> 教育 😀 支出", sent.id)
    assert card.entity_texts("bold") == ["答"] and card.labels == [["再答"]] and not card.previews_off
    sent.edit("卫生支出")
    assert card.changed().text == "答 卫生支出" and card.labels == []
    other = anna.ask("再来")
    pressed = anna.press(other, "再答")
    assert pressed.text == "收到 again" and not pressed.alert
    assert pressed.edited().text == "改成 again" and other.version == 1
    assert anna.press_data(other, "made-up").text == "收到 made-up"


def test_inline(world):
    anna = world.user()
    world.state.inline_feedback = True
    typed = anna.inline("上党区 教育")
    assert typed.titles == ["上党区 教育"] and typed.cache_time == 5 and typed.personal
    assert typed.button == {"text": "问法", "start_parameter": "help"}
    card = typed.choose()
    assert card.text == "卡 上党区 教育" and card.inline_id
    assert anna.press(card, "再答").edited().text == "改成 again"
    group = world.group("科室", [anna])
    again = typed.choose(0, group)
    assert anna.press(again, "再答").edited().text == "改成 again" and again.inline_id != card.inline_id
    assert world.refusals() == []


def test_files_and_links(world):
    anna = world.user()
    paper = anna.upload("a.txt", b"abc", caption="收录").answer()
    assert (paper.download(), paper.file_name, paper.caption) == (b"cba", "倒.txt", "倒过来")
    assert anna.start("c_abc").answer().text == "开始 c_abc"
    assert anna.follow("https://t.me/yusuan_test_bot?start=c_2").answer().text == "开始 c_2"
    assert world.commands("all_private_chats") == [{"command": "q", "description": "查询"}]
    assert world.texts("description") == "预算问答"


def test_groups_and_topics(world):
    anna, boris = world.user("安娜"), world.user("波里斯")
    office = world.group("财政科", [anna, boris], topics=["预算", "决算"])
    topic = office.topic("决算")
    card = anna.ask("/q 教育", topic)
    assert card.thread_id == topic.thread_id
    assert boris.ask("那卫生呢", reply_to=card).thread_id == topic.thread_id
    assert anna.ask("@yusuan_test_bot 教育", office).thread_id is None
    assert anna.ask("/q@yusuan_test_bot 教育", office).text == "答 /q@yusuan_test_bot 教育"
    assert not anna.send("聊天", topic).delivered and not anna.send("/q@other_bot 教育", office).delivered
    assert boris.press(card, "再答").edited().text == "改成 again"
    world.quiet(0.1)
    late = world.group("别处", [anna], bot_in=False)
    late.add_bot(anna)
    world.wait(lambda: any(shown.text == "大家好" for shown in world.bot_messages()), "the greeting")
    late.promote_bot(anna)
    assert anna.send("聊天", late).delivered


def test_many_users(world):
    users = world.users(50)
    sent = [user.send(f"问{number}") for number, user in enumerate(users)]
    assert [one.answer().text for one in sent] == [f"答 问{number}" for number in range(50)]
    world.idle()
    assert len(world.calls_of("sendMessage")) == 50
