"""What the index holds, by chat: /reports, /reload, removal, /conflicts, /misses with aliases, /export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import load
from tests.standin.shown import Shown
from tests.standin.world import World
from tests.telegram_admin import FIRST, OfficeBot, office_bot, reports_folder
from tests.telegram_bot import REPORTS, load_samples

QUESTION = "上党区2023年公共安全支出多少"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture
def bot(telegram: World, samples: Path, tmp_path: Path) -> Iterator[OfficeBot]:
    with office_bot(telegram, tmp_path, samples, keep_questions=True) as bot:
        yield bot


def latest(bot: OfficeBot, words: str) -> Shown:
    bot.world.wait(lambda: words in bot.latest(bot.admin.id).text, f"{words!r}")
    return bot.latest(bot.admin.id)


def labels(shown: Shown) -> list[str]:
    return [label for row in shown.labels for label in row]


# ---------------------------------------------------------------------------------------------- reports


def test_reports_are_listed_sent_and_removed(bot: OfficeBot) -> None:
    listed = bot.admin.ask("/reports")
    assert "收录 5 份报告" in listed.text
    few = bot.admin.ask("/reports 上党区 2023")
    assert "收录 1 份报告" in few.text
    assert labels(few) == ["原件 1", "删除 1"]
    bot.admin.press(few, "原件 1")
    bot.world.wait(lambda: bot.latest(bot.admin.id).file_name, "the original")
    assert bot.latest(bot.admin.id).download() == FIRST.read_bytes()
    bot.admin.press(few, "删除 1")
    card = latest(bot, "删除后")
    assert "还没有删除" in card.text
    assert card.text.count("→ 没有了") == 10
    assert labels(card) == ["采用", "放弃"]
    assert "9,093" in bot.asker.ask(QUESTION).text
    bot.admin.press(card, "采用")
    bot.world.wait(lambda: "第2版" in card.text, "adopted")
    assert "9,093 万元" not in bot.asker.ask(QUESTION).text
    assert "没有收录" in bot.admin.ask("/reports 上党区").text
    assert "不在索引里" in bot.admin.press(few, "原件 1").text
    assert "不在索引里" in bot.admin.press(few, "删除 1").text


def test_a_removal_can_be_dropped(bot: OfficeBot) -> None:
    bot.admin.press(bot.admin.ask("/reports 上党区"), "删除 1")
    card = latest(bot, "删除后")
    bot.world.idle()  # all that would go comes as a file
    bot.admin.press(card, "放弃").edited()
    assert "已放弃" in card.text
    assert "收录 5 份" in bot.admin.ask("/reports").text


def test_reports_that_there_are_not(bot: OfficeBot) -> None:
    assert "没有收录火星" in bot.admin.ask("/reports 火星").text
    assert "没有收录" in bot.admin.ask("/reports 上党区 1999").text


# ---------------------------------------------------------------------------------------------- reload


def test_reload_brings_the_index_in_line_with_the_folder(telegram: World, tmp_path: Path) -> None:
    folder = reports_folder(tmp_path)
    load([folder], tmp_path / "index.db")
    with office_bot(telegram, tmp_path, tmp_path) as bot:
        reloaded(bot, folder)


def reloaded(bot: OfficeBot, folder: Path) -> None:
    assert "没有变化" in latest_of(bot, "/reload").text
    (folder / "顺义区2025年预算.txt").write_text("北京市顺义区2025年教育支出4321万元。", encoding="utf-8")
    changed = folder / FIRST.name
    changed.write_text(changed.read_text(encoding="utf-8").replace("9093", "9139"), encoding="utf-8")
    next(folder.glob("05_*")).unlink()
    card = latest_of(bot, "/reload")
    assert "新增 1 份，改动 1 份，移走 1 份" in card.text
    assert "9093万元 → 9139万元" in card.text
    assert "不再收录：05_" in card.text
    assert "9,093" in bot.asker.ask(QUESTION).text
    bot.admin.press(card, "采用")
    bot.world.wait(lambda: "第2版" in card.text, "adopted")
    assert "9,139" in bot.asker.ask(QUESTION).text
    assert "4,321" in bot.asker.ask("顺义区2025年教育支出").text


def latest_of(bot: OfficeBot, command: str) -> Shown:
    sent = bot.admin.send(command)
    card = sent.answer()
    bot.world.wait(lambda: "报告文件夹：" in card.text, "the report")
    return card


def test_the_public_page_of_a_report(bot: OfficeBot) -> None:
    name = next(path.name for path in REPORTS.iterdir() if path.name.startswith("05"))
    assert "请写 文件名 网址" in bot.admin.ask("/link").text
    assert "没有记下" in bot.admin.ask("/link 没有.txt https://a.example.cn/1").text
    assert "没有记下" in bot.admin.ask(f"/link {name} ftp://a.example.cn/1").text
    assert "记下了" in bot.admin.ask(f"/link {name} https://a.example.cn/1").text
    assert "公开网页" in bot.asker.ask("西工区2023年政府债务余额").text
    assert "去掉了" in bot.admin.ask(f"/link {name}").text
    assert "公开网页" not in bot.asker.ask("西工区2023年政府债务余额").text


# ---------------------------------------------------------------------------------------------- conflicts


def test_conflicts_are_paged_with_their_sentences(bot: OfficeBot) -> None:
    listed = bot.admin.ask("/conflicts")
    assert "互相矛盾的数字 5 处" in listed.text
    assert "万元（财政总收入） 与 " in listed.text
    assert listed.entity_texts("expandable_blockquote")
    first = listed.text
    bot.admin.press(listed, "下一页").edited()
    assert listed.text != first
    assert "没有互相矛盾" in bot.admin.ask("/conflicts 西工区").text
    assert "火星" in bot.admin.ask("/conflicts 火星").text


# ---------------------------------------------------------------------------------------------- misses, aliases


def test_from_a_miss_to_an_alias_and_back(bot: OfficeBot) -> None:
    for _ in range(3):
        bot.asker.ask("上党区2023年神童上学的钱是多少")
    bot.asker.ask("上党区2015年教育支出")
    bot.asker.press(bot.asker.ask(QUESTION), "👎")
    bot.world.idle()
    listed = bot.admin.ask("/misses")
    assert listed.text.index("神童上学的钱") < listed.text.index("2015")
    assert "3 次" in listed.text
    assert "👎" in listed.text
    bot.admin.press(listed, "加别名 1")
    prompt = latest(bot, "请回复这条消息")
    assert "神童上学的钱" in prompt.text
    offered = bot.admin.ask("神童上学的钱", reply_to=prompt)
    assert "教育支出" in labels(offered)
    bot.admin.press(offered, "教育支出").edited()
    assert "从现在起按“教育支出”理解" in offered.text
    reading = "长治市上党区 · 2023年 · 教育支出（一般公共预算）"
    assert reading in bot.asker.ask("上党区2023年神童上学的钱是多少").text
    assert "神童上学的钱 → 教育支出" in bot.admin.ask("/alias").text
    bot.admin.press(offered, "撤销").edited()
    assert "已撤销" in offered.text
    assert reading not in bot.asker.ask("上党区2023年神童上学的钱是多少").text


def test_an_alias_by_command(bot: OfficeBot) -> None:
    assert "还没有别名" in bot.admin.ask("/alias").text
    assert "从现在起" in bot.admin.ask("/alias 神童上学的钱＝教育支出").text
    refused = bot.admin.ask("/alias 神童上学的钱=登月支出")
    assert "没有加上" in refused.text
    offered = bot.admin.ask("/alias 看病的钱")
    assert "指哪个科目" in offered.text
    bot.admin.press(offered, "取消").edited()
    listed = bot.admin.ask("/alias")
    assert "别名 1 个" in listed.text
    bot.admin.press(listed, "导出")
    bot.world.wait(lambda: bot.latest(bot.admin.id).file_name == "别名.csv", "the file")
    bot.admin.press(listed, "撤销 1").edited()
    assert "还没有别名" in listed.text
    assert bot.admin.press_data(listed, "1!alias_drop.0.00").text == "这个别名已经不在了"


@pytest.mark.parametrize("text", ["/alias =教育支出", "/alias 娃=", "/alias " + "很" * 60])
def test_an_alias_that_makes_no_sense(bot: OfficeBot, text: str) -> None:
    assert "请写 词=科目" in bot.admin.ask(text).text


def test_without_leave_misses_have_no_texts(telegram: World, samples: Path, tmp_path: Path) -> None:
    with office_bot(telegram, tmp_path, samples) as bot:
        bot.asker.ask("上党区2023年神童上学的钱是多少")
        bot.world.idle()
        listed = bot.admin.ask("/misses")
        assert "没有保存原话" in listed.text
        assert "娃娃" not in listed.text


# ---------------------------------------------------------------------------------------------- export


EXPORTED = [("/export 上党区", ".csv"), ("/export 上党区 2023 xlsx", ".xlsx"), ("/export 上党区 2023年 CSV", ".csv")]
NOT_EXPORTED = [("/export", "请写地区"), ("/export 2023", "请写地区"), ("/export 火星", "火星")]


@pytest.mark.parametrize("text, name", EXPORTED)
def test_figures_are_exported(bot: OfficeBot, text: str, name: str) -> None:
    assert bot.admin.ask(text).file_name.endswith(name)


@pytest.mark.parametrize("text, words", NOT_EXPORTED)
def test_what_cannot_be_exported(bot: OfficeBot, text: str, words: str) -> None:
    assert words in bot.admin.ask(text).text
