"""/users, /allow, /deny and the menus of admins; /versions, /rollback, /stats, /audit by chat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.standin.world import World
from tests.telegram_admin import FIRST, OfficeBot, office_bot
from tests.telegram_bot import load_samples

QUESTION = "上党区2023年公共安全支出多少"
CORRECTED = FIRST.read_text(encoding="utf-8").replace("9093", "9139").encode()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture
def bot(telegram: World, samples: Path, tmp_path: Path) -> Iterator[OfficeBot]:
    with office_bot(telegram, tmp_path, samples) as bot:
        yield bot


@pytest.fixture
def closed(telegram: World, samples: Path, tmp_path: Path) -> Iterator[OfficeBot]:
    """A bot for listed people only."""
    with office_bot(telegram, tmp_path, samples, allow_users=frozenset({1}), forgiven={"getChat"}) as bot:
        yield bot


# ---------------------------------------------------------------------------------------------- people


def test_allow_makes_askers_of_a_closed_bot_and_deny_undoes_it(closed: OfficeBot) -> None:
    boris = closed.asker
    assert "名单" in boris.ask(QUESTION).text
    assert "现在是可提问" in closed.admin.ask(f"/allow {boris.id}").text
    assert "9,093" in boris.ask(QUESTION).text
    assert "9,093" in boris.inline(QUESTION).results[0]["description"]
    assert "已禁用" in closed.admin.ask(f"/deny {boris.id}").text
    boris.send(QUESTION)
    closed.world.quiet()
    assert "不再禁用" in closed.admin.ask(f"/allow {boris.id}").text
    assert "9,093" in boris.ask(QUESTION).text
    told = [(action, subject) for _, action, subject, _ in closed.log()]
    assert told[:3] == [("/allow", str(boris.id)), ("/deny", str(boris.id)), ("/allow", str(boris.id))]


def test_denying_beats_the_lists_and_lasts_over_a_restart(telegram: World, samples: Path, tmp_path: Path) -> None:
    listed = telegram.user("名单里的人")
    allowed = frozenset({listed.id})
    with office_bot(telegram, tmp_path, samples, allow_users=allowed) as bot:
        assert "9,093" in listed.ask(QUESTION).text
        bot.admin.ask(f"/deny {listed.id}")
    with office_bot(telegram, tmp_path, samples, allow_users=allowed):
        assert "名单" in listed.ask(QUESTION).text


def test_an_open_bot_needs_no_allowing(bot: OfficeBot) -> None:
    assert "对所有人开放" in bot.admin.ask(f"/allow {bot.asker.id}").text
    bot.admin.ask(f"/deny {bot.asker.id}")
    assert "名单" in bot.asker.ask(QUESTION).text
    bot.admin.ask(f"/allow {bot.asker.id}")
    assert "9,093" in bot.asker.ask(QUESTION).text


# who says what of whom -> what is answered
SAID = [
    ("admin", "/allow {asker} admin", "只有机主能指定管理员"),
    ("admin", "/deny {owner}", "机主由设置决定"),
    ("owner", "/deny {owner}", "机主由设置决定"),
    ("admin", "/deny {admin}", "只有机主能禁用管理员"),
    ("owner", "/deny {admin}", "已禁用"),
    ("owner", "/allow {asker} admin", "现在是管理员"),
    ("owner", "/allow {admin}", "已经是管理员"),
    ("admin", "/allow", "请写用户编号"),
    ("admin", "/allow anna", "请写用户编号"),
    ("admin", "/allow -5", "请写用户编号"),
    ("admin", "/allow 1 2", "请写用户编号"),
    ("admin", "/deny １２", "请写用户编号"),
    ("admin", "/allow 99999999999999999999", "请写用户编号"),
]


@pytest.mark.parametrize("who, text, words", SAID)
def test_who_may_give_which_role(bot: OfficeBot, who: str, text: str, words: str) -> None:
    ids = {name: getattr(bot, name).id for name in ("owner", "admin", "asker")}
    assert words in getattr(bot, who).ask(text.format(**ids)).text


def test_a_new_admin_may_and_a_former_one_may_not(bot: OfficeBot) -> None:
    boris = bot.asker
    assert "没有这个命令" in boris.ask("/versions").text
    bot.owner.ask(f"/allow {boris.id} admin")
    assert "保留着" in boris.ask("/versions").text
    assert "管理员" in bot.owner.ask("/users").text
    bot.owner.ask(f"/deny {boris.id}")
    bot.owner.ask(f"/allow {boris.id}")
    assert "没有这个命令" in boris.ask("/versions").text


def test_by_replying_in_the_admins_group(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna, newcomer = telegram.user("安娜"), telegram.user("新人")
    office = telegram.group("财政科", [anna, newcomer])
    office.promote_bot(anna)
    chats = frozenset({office.id})
    more: dict[str, Any] = {"admins": frozenset({anna.id}), "admin_chats": chats, "allow_users": frozenset({1})}
    with office_bot(telegram, tmp_path, samples, **more):
        said = newcomer.send("我也想用", office)
        assert "现在是可提问" in anna.ask("/allow", reply_to=said).text
        assert "9,093" in newcomer.ask(QUESTION).text


def test_the_list_of_people_has_names(closed: OfficeBot) -> None:
    closed.admin.ask(f"/deny {closed.asker.id}")
    text = closed.admin.ask("/users").text
    for words in ("只有名单里的人", "机主", "王局长", "安娜", "已禁用", "鲍里斯", "没有和我说过话"):
        assert words in text


def test_a_long_list_of_people_is_paged(telegram: World, samples: Path, tmp_path: Path) -> None:
    with office_bot(telegram, tmp_path, samples, allow_users=frozenset(range(1, 40)), forgiven={"getChat"}) as bot:
        listed = bot.admin.ask("/users")
        bot.admin.press(listed, "下一页").edited()
        assert "2/5" in [label for row in listed.labels for label in row]


# ---------------------------------------------------------------------------------------------- menus


def menu(telegram: World, user: int) -> set[str]:
    return {one["command"] for one in telegram.commands(f"chat:{user}")}


def test_admins_alone_get_the_admins_menu(bot: OfficeBot) -> None:
    world = bot.world
    world.wait(lambda: "reload" in menu(world, bot.admin.id), "the admin's menu")
    assert {"q", "reload", "audit"} <= menu(world, bot.owner.id)
    assert menu(world, bot.asker.id) == set()
    assert not {"reload", "audit"} & {one["command"] for one in world.commands("all_private_chats")}
    bot.owner.ask(f"/allow {bot.asker.id} admin")
    assert "reload" in menu(world, bot.asker.id)
    bot.owner.ask(f"/deny {bot.asker.id}")
    assert menu(world, bot.asker.id) == set()


def test_the_menu_comes_when_an_admin_first_speaks(telegram: World, samples: Path, tmp_path: Path) -> None:
    late = telegram.user("后来的", started=False)
    with office_bot(telegram, tmp_path, samples, admins=frozenset({late.id}), forgiven={"setMyCommands"}):
        telegram.idle()
        assert menu(telegram, late.id) == set()
        late.start().answer()
        telegram.wait(lambda: "reload" in menu(telegram, late.id), "the menu")


def test_the_menu_in_a_named_group_is_the_admins_own(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna, boris = telegram.user("安娜"), telegram.user("鲍里斯")
    office = telegram.group("财政科", [anna, boris])
    more: dict[str, Any] = {"admins": frozenset({anna.id}), "admin_chats": frozenset({office.id})}
    with office_bot(telegram, tmp_path, samples, **more):
        scope = f"chat_member:{office.id}:{anna.id}"
        telegram.wait(lambda: telegram.commands(scope), "the menu in the group")
        assert telegram.commands(f"chat_member:{office.id}:{boris.id}") == []


# ---------------------------------------------------------------------------------------------- versions


def second_version(bot: OfficeBot) -> None:
    card = bot.card(bot.admin.upload(FIRST.name, CORRECTED))
    bot.admin.press(card, "采用")
    bot.world.wait(lambda: "第2版" in card.text, "adopted")


def test_rolling_back_asks_first(bot: OfficeBot) -> None:
    second_version(bot)
    listed = bot.admin.ask("/versions")
    assert "第2版 ✓ 在用" in listed.text
    asked = bot.admin.ask("/rollback 1")
    assert "退回第1版？" in asked.text
    assert "9,139" in bot.asker.ask(QUESTION).text
    bot.admin.press(asked, "取消").edited()
    assert "没有变化" in asked.text
    bot.admin.press(listed, "退回第1版")
    bot.world.wait(lambda: "退回第1版？" in bot.latest(bot.admin.id).text, "the question")
    asked = bot.latest(bot.admin.id)
    bot.admin.press(asked, "确定退回")
    bot.world.wait(lambda: "✓ 已退回第1版" in asked.text, "rolled back")
    answer = bot.asker.ask(QUESTION)
    assert "9,093" in answer.text
    assert "第1版" in answer.text
    bot.admin.press(asked, "全部版本").edited()
    assert "第1版 ✓ 在用" in asked.text
    assert ("安娜", "rollback", "第1版", "done") in bot.log()


NOT_TO = [
    ("/rollback", "请写版本号"),
    ("/rollback x", "请写版本号"),
    ("/rollback 77", "没有保留"),
    ("/rollback 1", "现在用的就是"),
]


@pytest.mark.parametrize("text, words", NOT_TO)
def test_rolling_back_to_what_cannot_be(bot: OfficeBot, text: str, words: str) -> None:
    assert words in bot.admin.ask(text).text


def test_a_confirmation_of_another_version_is_not_taken(bot: OfficeBot) -> None:
    """Two admins look at the same question; the index has moved on when the second one confirms."""
    second_version(bot)
    first, second = bot.admin.ask("/rollback 1"), bot.owner.ask("/rollback 1")
    bot.admin.press(first, "确定退回")
    bot.world.wait(lambda: "已退回" in first.text, "rolled back")
    assert "又换了版本" in bot.owner.press(second, "确定退回").text


def test_stats_count_what_was_asked(bot: OfficeBot) -> None:
    bot.asker.ask("教育支出多少")
    bot.asker.ask(QUESTION)
    bot.asker.ask("上党区2015年教育支出")
    bot.asker.ask("/watch 上党区")
    bot.world.idle()
    text = bot.admin.ask("/stats").text
    assert "3     1     1     1" in text
    for words in ("毫秒", "索引第1版：5 份报告", "MB", "关注 1 条（1 个聊天）"):
        assert words in text


def test_the_audit_is_paged(bot: OfficeBot) -> None:
    for number in range(20):
        bot.asker.send(f"/deny {number}")
    bot.world.idle()
    bot.world.wait(lambda: len(bot.log()) == 20, "all is noted")
    listed = bot.admin.ask("/audit")
    assert "（被拒）" in listed.text
    assert str(bot.asker.id) in listed.text
    bot.admin.press(listed, "较早").edited()
    bot.admin.press(listed, "较早").edited()
    assert [label for row in listed.labels for label in row] == ["‹ 较新"]


def test_other_media_of_admins_are_handled(bot: OfficeBot) -> None:
    assert "话筒" in bot.admin.voice().answer().text  # how a phone takes dictation
    assert "文字" in bot.admin.photo(b"\x89PNG").answer().text
    assert "作为文件发来" in bot.admin.photo(b"\x89PNG").answer().text
    assert "作为文件" not in bot.asker.voice().answer().text


def test_help_shows_admins_their_part(bot: OfficeBot) -> None:
    assert "/reload" in bot.admin.ask("/help").text
    assert "/reload" not in bot.asker.ask("/help").text
