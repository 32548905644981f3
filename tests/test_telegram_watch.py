"""What chats follow: the button, the commands, the digests, and that a restart loses none and doubles none."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.state import State
from index import Office, Person
from tests.standin.faults import drop, server_error
from tests.standin.people import User
from tests.standin.shown import Shown
from tests.standin.world import World
from tests.telegram_admin import FIRST, OfficeBot, office_bot
from tests.telegram_bot import load_samples

QUESTION = "上党区2023年公共安全支出多少"
TEXT = FIRST.read_text(encoding="utf-8")
SHELL = Person(0, "")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture
def bot(telegram: World, samples: Path, tmp_path: Path) -> Iterator[OfficeBot]:
    with office_bot(telegram, tmp_path, samples) as bot:
        yield bot


def adopt(db: Path, text: str, name: str = FIRST.name) -> int:
    """What the command line does meanwhile."""
    file = db.parent / "sent" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    office = Office(db, db.parent / "reports")
    try:
        return office.adopt(office.preview([file], SHELL).id, SHELL).number
    finally:
        office.close()


def corrected(figure: int) -> str:
    return TEXT.replace("9093", str(figure))


def follow(user: User, label: str, where: object = None) -> Shown:
    """Press 关注 under a card, then what to follow."""
    card = user.ask(f"/q {QUESTION}" if where else QUESTION, where)
    user.press(card, "关注").edited()
    user.press(card, label)
    return card


def digests(telegram: World, chat: int) -> list[Shown]:
    return [one for one in telegram.bot_messages() if one.chat_id == chat and "关注的内容有更新" in one.text]


def digest(telegram: World, chat: int, count: int = 1) -> Shown:
    telegram.wait(lambda: len(digests(telegram, chat)) >= count, f"{count} digests")
    return digests(telegram, chat)[-1]


def test_a_watched_figure_that_changes_is_told_once(bot: OfficeBot) -> None:
    anna, telegram = bot.asker, bot.world
    card = anna.ask(QUESTION)
    anna.press(card, "关注").edited()
    assert card.labels[0][0].startswith("这个数字：长治市上党区")
    pressed = anna.press(card, "这个数字")
    assert "已关注" in pressed.text
    telegram.wait(lambda: "9,093 万元" in card.text, "the card is back")
    adopt(bot.settings.db, corrected(9139))
    told = digest(telegram, anna.id)
    assert "9,093 万元 → 9,139 万元" in told.text
    assert "第2版" in told.text
    assert told.labels == [["不再提醒", "关注了什么"]]
    link = next(entity["url"] for entity in told.entities if entity["type"] == "text_link")
    assert "9,139 万元" in anna.follow(link).answer().text
    # another version in which the figure stays: nothing to tell
    adopt(bot.settings.db, corrected(9139) + "\n补充说明。\n")
    telegram.idle(0.5)
    assert len(digests(telegram, anna.id)) == 1
    # and back again
    office = bot.look()
    office.rollback(1, SHELL)
    office.close()
    assert "9,139 万元 → 9,093 万元" in digest(telegram, anna.id, 2).text


def test_a_report_of_a_followed_region_is_told(bot: OfficeBot) -> None:
    anna, boris = bot.asker, bot.world.user("卡佳")
    follow(anna, "上党区的新报告")
    assert "已关注长治市上党区" in boris.ask("/watch 上党区").text
    adopt(bot.settings.db, corrected(9093) + "\n补充说明。\n")
    for user in (anna, boris):
        told = digest(bot.world, user.id)
        assert "新报告：长治市上党区 2023年" in told.text
    adopt(bot.settings.db, "北京市顺义区2025年教育支出4321万元。", "顺义区2025年预算.txt")
    bot.world.idle(0.5)
    assert len(digests(bot.world, anna.id)) == 1


def test_opting_out_is_one_tap(bot: OfficeBot) -> None:
    anna = bot.asker
    follow(anna, "上党区的新报告")
    follow(anna, "这个数字")
    adopt(bot.settings.db, corrected(9139))
    told = digest(bot.world, anna.id)
    assert "→" in told.text
    assert "新报告" in told.text
    pressed = anna.press(told, "不再提醒")
    assert "不再提醒" in pressed.text
    bot.world.wait(lambda: told.labels == [["关注了什么"]], "the button is gone")
    adopt(bot.settings.db, corrected(9193))
    bot.world.idle(0.5)
    assert len(digests(bot.world, anna.id)) == 1


def test_what_is_followed_is_listed_and_stopped_one_by_one(bot: OfficeBot) -> None:
    anna = bot.asker
    assert "还没有关注" in anna.ask("/watch").text
    follow(anna, "这个数字")
    again = follow(anna, "这个数字")
    bot.world.wait(lambda: "9,093" in again.text, "the card is back")
    anna.ask("/watch 上党区")
    listed = anna.ask("/watch")
    assert "关注着 2 项" in listed.text
    anna.press(listed, "取消 1").edited()
    assert "关注着 1 项" in listed.text
    anna.press_data(listed, "1i.999999")
    assert "已取消全部" in anna.ask("/unwatch").text
    assert "还没有关注" in anna.ask("/unwatch").text
    assert "没有找到" in anna.ask("/watch 火星").text


def test_a_card_is_followed_by_replying_to_it(bot: OfficeBot) -> None:
    card = bot.asker.ask(QUESTION)
    offered = bot.asker.ask("/watch", reply_to=card)
    assert "这个数字" in offered.labels[0][0]


def test_in_a_group_its_administrators_decide(telegram: World, samples: Path, tmp_path: Path) -> None:
    boss, anna = telegram.user("组长"), telegram.user("组员")
    office = telegram.group("财政科", [boss, anna])
    with office_bot(telegram, tmp_path, samples) as bot:
        card = anna.ask(f"/q {QUESTION}", office)
        anna.press(card, "关注").edited()
        assert "管理员" in anna.press(card, "这个数字").text
        assert "管理员" in anna.ask("/watch 上党区", office).text
        assert "管理员" in anna.ask("/unwatch", office).text
        assert "已关注" in boss.press(card, "这个数字").text
        adopt(bot.settings.db, corrected(9139))
        told = digest(telegram, office.id)
        assert "管理员" in anna.press(told, "不再提醒").text
        assert "不再提醒" in boss.press(told, "不再提醒").text


def test_an_adoption_by_chat_is_told_too(bot: OfficeBot) -> None:
    follow(bot.asker, "这个数字")
    card = bot.card(bot.admin.upload(FIRST.name, corrected(9139).encode()))
    bot.admin.press(card, "采用")
    assert "9,139" in digest(bot.world, bot.asker.id).text


def test_forgetting_a_chat_stops_its_digests(bot: OfficeBot) -> None:
    follow(bot.asker, "这个数字")
    bot.asker.press(bot.asker.ask("/privacy"), "删除本聊天的记录")
    assert "还没有关注" in bot.asker.ask("/watch").text


# ---------------------------------------------------------------------------------------------- restarts, bad lines


def people(bot: OfficeBot) -> dict[str, Any]:
    return {"owners": frozenset({bot.owner.id}), "admins": frozenset({bot.admin.id})}


def test_what_was_adopted_while_the_bot_was_away_is_told_at_the_start(
    telegram: World, samples: Path, tmp_path: Path
) -> None:
    with office_bot(telegram, tmp_path, samples) as bot:
        follow(bot.asker, "这个数字")
    adopt(bot.settings.db, corrected(9139))
    adopt(bot.settings.db, corrected(9193))
    with office_bot(telegram, tmp_path, samples, **people(bot)):
        assert "9,093 万元 → 9,193 万元" in digest(telegram, bot.asker.id).text
        telegram.idle(0.5)
    with office_bot(telegram, tmp_path, samples, **people(bot)):
        telegram.idle(0.5)
    assert len(digests(telegram, bot.asker.id)) == 1


def test_digests_that_wait_are_sent_after_a_restart_and_once(telegram: World, samples: Path, tmp_path: Path) -> None:
    with office_bot(telegram, tmp_path, samples) as bot:
        follow(bot.asker, "这个数字")
        follow(bot.owner, "这个数字")
    state = State(bot.settings.state_file)  # a process that died: one waits, one was being sent
    state.queue(bot.asker.id, 2, "<b>关注的内容有更新</b>\n甲")
    state.queue(bot.owner.id, 2, "<b>关注的内容有更新</b>\n乙")
    assert state.next_waiting() is not None
    state.close()
    with office_bot(telegram, tmp_path, samples, **people(bot)):
        assert "甲" in digest(telegram, bot.asker.id).text
        assert "乙" in digest(telegram, bot.owner.id).text
        telegram.idle(0.4)
    assert [len(digests(telegram, user.id)) for user in (bot.asker, bot.owner)] == [1, 1]


def test_a_bad_line_loses_no_digest(bot: OfficeBot) -> None:
    follow(bot.asker, "这个数字")
    bot.world.faults.once("sendMessage", drop(), server_error(), server_error(502))
    adopt(bot.settings.db, corrected(9139))
    assert "9,139" in digest(bot.world, bot.asker.id).text
    bot.world.idle(0.4)
    assert len(digests(bot.world, bot.asker.id)) == 1


def test_who_blocks_the_bot_is_forgotten_and_holds_nobody_up(telegram: World, samples: Path, tmp_path: Path) -> None:
    with office_bot(telegram, tmp_path, samples, forgiven={"sendMessage"}) as bot:
        for user in (bot.admin, bot.asker):
            follow(user, "这个数字")
        bot.admin.block()
        adopt(bot.settings.db, corrected(9139))
        assert "9,139" in digest(telegram, bot.asker.id).text
        state = State(bot.settings.state_file)
        telegram.wait(lambda: state.waiting() == 0, "nothing waits")
        assert {one.chat for one in state.watches()} == {bot.asker.id}
        state.close()


def test_a_group_that_grew_is_followed_to_its_new_number(telegram: World, samples: Path, tmp_path: Path) -> None:
    boss = telegram.user("组长")
    small = telegram.group("小组", [boss], kind="group")
    with office_bot(telegram, tmp_path, samples, forgiven={"sendMessage"}) as bot:
        follow(boss, "这个数字", small)
        telegram.idle()
        grown = small.migrate()
        adopt(bot.settings.db, corrected(9139))
        assert "9,139" in digest(telegram, grown.id).text


def test_there_is_never_more_than_one_digest_under_way(telegram: World, samples: Path, tmp_path: Path) -> None:
    """So answers come in between, and the limiter's pace is kept."""
    with office_bot(telegram, tmp_path, samples) as bot:
        pass
    users = telegram.users(20)
    state = State(bot.settings.state_file)
    for user in users:
        state.queue(user.id, 2, "<b>关注的内容有更新</b>")
    state.close()
    with office_bot(telegram, tmp_path, samples, **people(bot)):
        telegram.wait(lambda: all(digests(telegram, user.id) for user in users), "all are told")
    calls = [call for call in telegram.calls_of("sendMessage") if "更新" in call.params["text"]]
    assert len(calls) == 20
    for before, after in itertools.pairwise(calls):
        assert before.ended is not None
        assert before.ended <= after.at


def test_a_damaged_index_is_told_to_the_owner(telegram: World, samples: Path, tmp_path: Path) -> None:
    with office_bot(telegram, tmp_path, samples) as bot:
        bot.owner.ask("/versions")
    adopt(bot.settings.db, corrected(9139))
    newest = max((tmp_path / "index.versions").glob("[0-9]*.db"))
    content = bytearray(newest.read_bytes())
    content[: 1 << 14] = bytes(1 << 14)
    newest.chmod(0o644)
    newest.write_bytes(bytes(content))
    with office_bot(telegram, tmp_path, samples, **people(bot)):
        telegram.wait(lambda: any("发现损坏" in one.text for one in telegram.bot_messages()), "the owner is told")
        told = bot.latest(bot.owner.id)
        assert "第1版" in told.text
        assert "9,093" in bot.asker.ask(QUESTION).text
        assert not any("发现损坏" in one.text for one in telegram.bot_messages() if one.chat_id != bot.owner.id)


def test_a_flipped_digit_in_a_large_index_is_found_while_answering(
    telegram: World, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index too large to be read whole before the first answer: here every one is."""
    monkeypatch.setattr("index.admin.recovery.AT_ONCE", 0)
    with office_bot(telegram, tmp_path, samples) as bot:
        bot.owner.ask("/versions")
    adopt(bot.settings.db, corrected(9139))
    newest = max((tmp_path / "index.versions").glob("[0-9]*.db"))
    newest.chmod(0o644)
    newest.write_bytes(newest.read_bytes().replace(b"9139", b"9931"))
    with office_bot(telegram, tmp_path, samples, **people(bot)):
        telegram.wait(lambda: any("发现损坏" in one.text for one in telegram.bot_messages()), "the owner is told")
        assert "第1版" in bot.latest(bot.owner.id).text
        assert "9,093" in bot.asker.ask(QUESTION).text


def test_who_was_kept_out_is_told_nothing_any_more(bot: OfficeBot) -> None:
    follow(bot.asker, "这个数字")
    bot.world.idle()
    bot.admin.ask(f"/deny {bot.asker.id}")
    adopt(bot.settings.db, corrected(9139))
    bot.world.idle(0.6)
    assert digests(bot.world, bot.asker.id) == []
