"""Who may do an admin's work: every command, button and upload, tried by everybody who may not, by every way in.

Refused as if there were nothing: the words an unknown command, button or file gets, in groups silence; and noted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.access import Access
from bot.telegram.admin.attempts import MOST_OF_ONE, Attempts
from bot.telegram.admin.codec import Order, decode, encode
from bot.telegram.admin.handlers import COMMANDS
from bot.telegram.admin.presses import VERBS
from bot.telegram.admin.rights import NAMES
from bot.telegram.codec import Outdated
from bot.telegram.texts import NOT_OURS, STRANGER_SHORT
from tests.standin.groups import Group
from tests.standin.people import User
from tests.standin.shown import Shown
from tests.standin.world import World
from tests.telegram_admin import OfficeBot, office_bot
from tests.telegram_bot import load_samples

UNKNOWN = "没有这个命令。直接发问题就行，/help 看说明。"
ONLY_TEXT = "我只看得懂文字问题，例如：某区2023年教育支出多少。/help 看说明。"
ARGUMENTS = {"rollback": "1", "allow": "4242 admin", "deny": "4242", "export": "上党区 2023", "alias": "娃=教育支出"}


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("samples"))


@dataclass(slots=True)
class Scene:
    """The bot, an open draft of the admin with its card, a group that is named for admins and one that is not."""

    bot: OfficeBot
    card: Shown
    office: Group
    other: Group

    @property
    def world(self) -> World:
        return self.bot.world

    def noted(self, count: int = 1) -> list[tuple[str, str, str]]:
        """Refused attempts, once there are so many: by whom, action, subject; the latest first."""

        def found() -> list[tuple[str, str, str]]:
            return [line[:3] for line in self.bot.log() if line[3] == "refused"]

        self.world.wait(lambda: len(found()) >= count, f"{count} attempts are noted")
        return found()


@pytest.fixture
def scene(telegram: World, samples: Path, tmp_path: Path) -> Iterator[Scene]:
    anna, asker = telegram.user("安娜"), telegram.user("鲍里斯")
    office = telegram.group("财政科", [anna, asker])
    other = telegram.group("别的群", [asker, anna])
    for group in (office, other):
        group.promote_bot(anna)
    chats = frozenset({office.id})
    with office_bot(telegram, tmp_path, samples, admins=frozenset({anna.id}), admin_chats=chats) as bot:
        bot.admin, bot.asker = anna, asker
        card = bot.card(anna.upload("顺义区2025年预算执行情况.txt", "北京市顺义区2025年教育支出4321万元。".encode()))
        yield Scene(bot, card, office, other)


# ---------------------------------------------------------------------------------------------- the matrix


def every_order(scene: Scene) -> list[str]:
    """Data of every admin button, as good as it can be made up."""
    adopt = scene.card.button("采用")["callback_data"]
    draft = decode(adopt).about[:8]
    about = {"drop": draft, "revise": draft, "draft": draft, "region": draft, "rollback": "1"}
    pages = {"rollback": 1, "back": 1}
    return [adopt, *(encode(verb, about.get(verb, ""), pages.get(verb, 0)) for verb in VERBS if verb != "adopt")]


def every_command() -> list[str]:
    return [f"/{name} {ARGUMENTS.get(name, '')}".strip() for name, _ in COMMANDS]


# who, where; None: in private
TRIED: dict[str, Callable[[Scene], tuple[User, Group | None]]] = {
    "an asker": lambda scene: (scene.bot.asker, None),
    "an asker in the admins' group": lambda scene: (scene.bot.asker, scene.office),
    "an admin in another group": lambda scene: (scene.bot.admin, scene.other),
    "the administrator of another group": lambda scene: (scene.bot.asker, scene.other),
}


@pytest.mark.parametrize("who", TRIED)
def test_commands_are_refused_like_unknown_ones(scene: Scene, who: str) -> None:
    user, where = TRIED[who](scene)
    for command in every_command():
        if where is None:
            assert user.ask(command).text == UNKNOWN
        else:
            user.send(command, where)
    scene.world.idle()
    assert [one for one in scene.world.bot_messages() if where and one.chat_id == where.id] == []
    assert [action for _, action, _ in reversed(scene.noted(len(COMMANDS)))] == [f"/{name}" for name, _ in COMMANDS]
    assert {name for name, _, _ in scene.noted()} == {user.name}
    untouched(scene)


@pytest.mark.parametrize("who", TRIED)
def test_buttons_are_refused_like_made_up_ones(scene: Scene, who: str) -> None:
    user, where = TRIED[who](scene)
    card = scene.card if where is None else user.ask("/q 上党区2023年教育支出", where)
    texts = set()
    for data in every_order(scene):
        pressed = user.press_data(card, data)
        assert pressed.alert
        texts.add(pressed.text)
    assert texts == {NOT_OURS}
    scene.world.idle()
    assert len([one for one in scene.noted(len(VERBS)) if one[1] == "button"]) == len(VERBS)
    untouched(scene)


@pytest.mark.parametrize("who", TRIED)
def test_uploads_are_refused_as_no_questions(scene: Scene, who: str) -> None:
    user, where = TRIED[who](scene)
    sent = user.upload("报告.txt", b"1", where, caption="@yusuan_test_bot")
    if where is None:
        assert sent.answer().text == ONLY_TEXT
    scene.world.idle()
    assert [one for one in scene.world.bot_messages() if where and one.chat_id == where.id] == []
    assert scene.world.calls_of("getFile")[1:] == []  # the admin's own before
    assert scene.noted()[0][1:] == ("upload", "报告.txt")
    untouched(scene)


def test_a_stranger_to_a_closed_bot_gets_what_strangers_get(telegram: World, samples: Path, tmp_path: Path) -> None:
    with office_bot(telegram, tmp_path, samples, allow_users=frozenset({1})) as bot:
        stranger = telegram.user("陌生人")
        card = bot.card(bot.admin.upload("顺义区2025年预算.txt", "北京市顺义区2025年教育支出4321万元。".encode()))
        assert "名单" in stranger.ask("/reload").text
        for command in every_command()[1:]:
            stranger.send(command)
        stranger.upload("报告.txt", b"1")
        for row in card.keyboard:
            for one in row:
                assert stranger.press_data(card, one["callback_data"]).text == STRANGER_SHORT
        telegram.idle()
        assert len([one for one in telegram.bot_messages() if one.chat_id == stranger.id]) == 1
        every = len(COMMANDS) + 1 + 4  # the file, and four buttons
        telegram.wait(lambda: [line[3] for line in bot.log()].count("refused") == every, "all is noted")


def test_a_denied_admin_is_a_stranger(scene: Scene) -> None:
    assert "已禁用" in scene.bot.owner.ask(f"/deny {scene.bot.admin.id}").text
    pressed = scene.bot.admin.press(scene.card, "采用")
    assert pressed.text == STRANGER_SHORT
    assert "名单" in scene.bot.admin.ask("/versions").text
    untouched(scene)


def test_forwarded_commands_do_nothing(scene: Scene) -> None:
    """A command that an admin passes on is not the admin's."""
    wicked = scene.bot.asker.send("/allow 4242 admin")
    wicked.answer()
    passed_on = scene.bot.owner.forward(wicked)
    assert passed_on.answer().text == UNKNOWN
    scene.world.idle()
    assert [one[0] for one in scene.noted(2)] == [scene.bot.owner.name, scene.bot.asker.name]
    assert "4242" not in scene.bot.owner.ask("/users").text


def test_a_forwarded_card_has_no_power(scene: Scene) -> None:
    shown = scene.bot.admin.forward(scene.card, scene.office)
    assert shown.labels == []
    pressed = scene.bot.asker.press_data(shown, every_order(scene)[0])
    assert pressed.text == NOT_OURS
    untouched(scene)


def test_a_forwarded_report_is_no_upload_of_an_admin(scene: Scene) -> None:
    """It counts who passes it on: an asker's is refused, an admin's is read."""
    sent = scene.bot.admin.upload("怀柔区2025年预算.txt", "北京市怀柔区2025年教育支出1万元。".encode())
    scene.bot.card(sent)
    assert scene.bot.asker.forward(sent).answer().text == ONLY_TEXT
    assert scene.noted()[0][1:] == ("upload", "怀柔区2025年预算.txt")
    assert "怀柔区" in scene.bot.card(scene.bot.admin.forward(sent)).text


def test_an_edited_message_is_no_command(scene: Scene) -> None:
    sent = scene.bot.admin.send("上党区2023年教育支出")
    sent.answer()
    before = len(scene.world.bot_messages())
    sent.edit("/rollback 1")
    scene.world.idle()
    assert len(scene.world.bot_messages()) == before


def test_a_reply_to_an_admins_prompt_by_another_is_a_question(scene: Scene) -> None:
    card = scene.bot.card(
        scene.bot.admin.upload("怀柔.txt", "北京市怀柔区2025年教育支出4321万元。".encode(), scene.office), "怀柔"
    )
    scene.bot.admin.press(card, "改地区/年份")
    scene.world.wait(lambda: scene.bot.latest(scene.office.id).id != card.id, "the question")
    prompt = scene.bot.latest(scene.office.id)
    scene.bot.asker.send("顺义区 2025", reply_to=prompt)
    scene.world.idle()
    assert "顺义" not in card.text
    assert scene.noted()[0][1:] == ("reply", "revise")


def untouched(scene: Scene) -> None:
    """Nothing came of it: one version, the draft open."""
    office = scene.bot.look()
    try:
        assert office.version() == 1
        assert [one.state for one in office.drafts()] == ["open"]
    finally:
        office.close()


# ---------------------------------------------------------------------------------------------- made-up data of admins

MADE_UP = [
    "1!adopt.0.aaaaaaaa00000000", "1!adopt.0.", "1!adopt.9.../../x", "1!drop.0.zzzzzzzz", "1!revise.0.x", "1!draft.0.1",
    "1!region.9.aaaaaaaa", "1!rollback.9999.1", "1!rollback.1.", "1!rollback.1.x", "1!remove.0.0000", "1!original.0.",
    "1!reports.0.99999 x", "1!miss_alias.0.00", "1!alias_to.7.", "1!alias_undo.0.x", "1!nothing.0.", "1!adopt.x.y",
    "0!adopt.0.aaaaaaaa", "1!adopt", "1!ADOPT.0.", "1!adopt.0.\n",
]  # fmt: skip


def test_made_up_orders_of_an_admin_are_answered_kindly(scene: Scene) -> None:
    for data in MADE_UP:
        pressed = scene.bot.admin.press_data(scene.card, data)
        assert pressed.text, data
    scene.world.idle()
    untouched(scene)


def test_pages_beyond_the_end_show_the_last_one(scene: Scene) -> None:
    listed = scene.bot.admin.ask("/audit")
    scene.bot.admin.press_data(listed, "1!audit.9999.")
    assert "没有更早" in listed.changed().text


@pytest.mark.parametrize("order", [Order("adopt", 0, "ab12cd34"), Order("reports", 12, "2023 上党区"), Order("cancel")])
def test_orders_come_back(order: Order) -> None:
    assert decode(encode(order.verb, order.about, order.page)) == order


@pytest.mark.parametrize("data", ["1t.140404", "1!adopt", "", "1!adopt.0." + "字" * 20, "1!adopt.00000.x"])
def test_what_is_no_order_is_refused(data: str) -> None:
    with pytest.raises(ValueError):
        decode(data)


def test_an_order_of_another_version_is_outdated() -> None:
    with pytest.raises(Outdated):
        decode("0!adopt.0.ab12cd34")


def test_every_command_has_its_line_in_the_menu() -> None:
    assert {name for name, _ in COMMANDS} == NAMES


def test_nobody_fills_the_log() -> None:
    attempts = Attempts()
    assert sum(attempts.counts(1) for _ in range(500)) == MOST_OF_ONE
    assert attempts.counts(2)
    assert sum(attempts.counts(user) for user in range(10, 2000)) < 700


# ---------------------------------------------------------------------------------------------- roles

# settings, kept role, user -> role
ROLES: list[tuple[dict[str, Any], str, str]] = [
    ({}, "", "asker"),
    ({}, "denied", "denied"),
    ({"users": {2}}, "", "stranger"),
    ({"users": {1}}, "", "asker"),
    ({"users": {1}}, "denied", "denied"),
    ({"users": {2}}, "asker", "asker"),
    ({"admins": {1}}, "", "admin"),
    ({"admins": {1}}, "denied", "denied"),
    ({"users": {2}}, "admin", "admin"),
    ({"owners": {1}}, "denied", "owner"),
    ({"owners": {1}, "users": {2}}, "", "owner"),
]


@pytest.mark.parametrize("lists, kept, role", ROLES)
def test_roles(lists: dict[str, Any], kept: str, role: str) -> None:
    given: dict[str, Any] = {name: frozenset(ids) for name, ids in lists.items()}
    access = Access(**given, kept=lambda user: kept if user == 1 else "")
    assert access.role(1) == role
    assert access.allows(1, 1) is (role not in ("denied", "stranger"))


# user, chat -> may administer
WHERE = [
    (1, 1, True), (2, 2, True), (3, 3, False), (1, -5, True), (2, -5, True), (3, -5, False), (1, -6, False),
    (2, 3, False), (2, None, False), (None, -5, False),
]  # fmt: skip


@pytest.mark.parametrize("user, chat, allowed", WHERE)
def test_where_admins_may_work(user: int | None, chat: int | None, allowed: bool) -> None:
    access = Access(owners=frozenset({1}), admins=frozenset({2}), admin_chats=frozenset({-5}))
    assert access.administers(user, chat) is allowed
