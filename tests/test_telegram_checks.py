"""核对 in the chat: files that are only checked, pages for a phone, what is put aside, and who may."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.telegram.checks.memory import MOST_SLIPS, Memory
from bot.telegram.checks.page import check_page
from bot.telegram.page import length
from index import Checked, Finding
from index.check.models import Span
from tests.standin.shown import Sent, Shown
from tests.standin.world import World
from tests.telegram_admin import OfficeBot, office_bot
from tests.telegram_bot import load_samples

HEAD = "上党区2025年财政预算执行情况的报告\n一、一般公共预算收支情况\n"
RATE = "2025年，全区一般公共预算收入完成53400万元，为年度预算60000万元的{}%。\n"
TWICE = "全区农林水支出完成8120万元，增长3.1%。\n二、重点支出情况\n全区农林水支出完成8210万元，主要用于乡村振兴。\n"
DRAFT = HEAD + RATE.format("79.5") + TWICE
MENDED = HEAD + RATE.format("89.0") + TWICE
ITEMS = [
    *("一般公共服务", "国防", "公共安全", "教育", "科学技术", "文化旅游体育与传媒", "社会保障和就业", "卫生健康"),
    *("节能环保", "城乡社区", "农林水", "交通运输", "商业服务业等", "自然资源海洋气象等", "住房保障", "粮油物资储备"),
    "灾害防治及应急管理",
]
MANY = HEAD + "".join(
    f"{number}、{item}支出{number}20000万元，占年度预算{number}19000万元的{90 + number}.26%。\n"
    for number, item in enumerate(ITEMS, 11)
)
CLEAN = HEAD + RATE.format("89.0")
NAME = "上党区2025年草案.txt"
FOUND = "完成率"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture
def bot(telegram: World, samples: Path, tmp_path: Path) -> Iterator[OfficeBot]:
    with office_bot(telegram, tmp_path, samples, check_for_askers=True) as bot:
        yield bot


def listed(bot: OfficeBot, sent: Sent) -> Shown:
    """The list of what was found, once it is there."""
    card = sent.answer()
    bot.world.wait(lambda: card.text.startswith(("核对 ", "✗ ")), f"the list: now {card.text!r}")
    return card


def files_beside(bot: OfficeBot) -> dict[str, int]:
    """What lies beside the index, but for what the chats' state is written to."""
    folder = bot.settings.db.parent
    return {
        str(path.relative_to(folder)): path.stat().st_size
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "index.chats" not in path.name and "index.chats" not in str(path.parent)
    }


def labels(shown: Shown) -> list[str]:
    return [label for row in shown.labels for label in row]


def upload(bot: OfficeBot, text: str = DRAFT, caption: str = "核对", name: str = NAME) -> Sent:
    return bot.admin.upload(name, text.encode(), caption=caption)


# ---------------------------------------------------------------------------------------------- the list


def test_what_was_found_is_listed_with_its_sentence(bot: OfficeBot) -> None:
    shown = listed(bot, upload(bot))
    lines = shown.text.split("\n")
    assert lines[0] == f"核对 {NAME}：长治市上党区 · 2025年、2026年"
    assert lines[1] == "错 1，疑 1"
    assert re.search(
        r"1\. 错 完成率.*\n53400万元 ÷ 60000万元 ＝ 89(\.0+)?%，印的是 79\.5%\n应为 89(\.0+)?%", shown.text
    )
    assert "完成【53400】万元，为年度预算【60000】万元的【79.5】%" in shown.text
    assert shown.text.index("1. 错") < shown.text.index("2. 疑 前后不一致")
    assert shown.text.endswith("只核对，没有收录，文件没有保留。")
    assert shown.entity_texts("blockquote")
    assert not bot.admin.ask("/drafts").text.startswith("等着决定的")


def test_beside_the_report_of_the_year_before_that_is_held(bot: OfficeBot) -> None:
    draft = (
        "上党区2024年财政预算执行情况的报告\n2024年，全区农林水支出完成20350万元。\n2023年，全区教育支出完成{}万元。\n"
    )
    shown = listed(bot, upload(bot, draft.format(59617)))
    assert "疑 与上年报告" in shown.text and "上年报告印的是 56917万元" in shown.text
    assert "没有发现" in listed(bot, upload(bot, draft.format(56917), name="上党区2024年二稿.txt")).text


@pytest.mark.parametrize("caption", ["核对一下", "查错", "请帮我检查一下有没有错误"])
def test_other_words_for_it(bot: OfficeBot, caption: str) -> None:
    assert FOUND in listed(bot, upload(bot, caption=caption)).text


@pytest.mark.parametrize("caption", ["", "上党区2025年的报告"])
def test_other_captions_are_no_check(bot: OfficeBot, caption: str) -> None:
    assert bot.card(upload(bot, caption=caption)).text.count("核对：")


def test_a_clean_file_and_one_that_cannot_be_read(bot: OfficeBot) -> None:
    assert "没有发现算式不符" in listed(bot, upload(bot, CLEAN)).text
    shown = listed(bot, upload(bot, "没有数字的文件", name="通知.txt"))
    assert "没有找到任何预算数字" in shown.text


def test_nothing_is_left_of_the_file(bot: OfficeBot) -> None:
    bot.admin.ask("/audit")  # the office is open
    bot.world.idle()
    before = files_beside(bot)
    listed(bot, upload(bot))
    bot.world.idle()
    assert files_beside(bot) == before
    assert not list(Path(tempfile.gettempdir()).glob(f"yusuan-*/{NAME}"))
    assert not [entry for entry in bot.log() if entry[1] in ("preview", "upload", "aside")]
    state = bot.settings.state_file
    for file in state.parent.glob(f"{state.name}*"):
        assert b"53400" not in file.read_bytes() and "农林水支出完成".encode() not in file.read_bytes()


def test_a_long_list_is_turned_in_its_place(bot: OfficeBot) -> None:
    shown = listed(bot, upload(bot, MANY))
    first = shown.text
    assert len(first) < 4096 and "1. 错" in first and "只核对" not in first
    seen = set(re.findall(r"^(\d+)\. ", first, re.M))
    while "更多 ›" in labels(shown):
        bot.admin.press(shown, "更多 ›").edited()
        assert len(shown.text) < 4096
        seen |= set(re.findall(r"^(\d+)\. ", shown.text, re.M))
    assert seen == {str(number) for number in range(1, 18)} and "只核对" in shown.text


def test_more_than_a_chat_holds_is_counted() -> None:
    slip = Finding("完成率", "错", None, "", "完成1元。", (Span(0, 2, 3),), "…" * 500)
    kept = Memory().keep(7, [Checked("甲.txt", findings=(slip,) * (MOST_SLIPS + 5))], alone=True)
    shown, page = "", 0
    while "另有 5 条没有列出" not in shown:
        shown, page = check_page(kept, page, admin=True).html, page + 1
        assert length(shown) < 4096
    assert page < 1_000 and f"{MOST_SLIPS}. 错" in shown


def test_an_album_is_one_check_wherever_its_caption_stands(bot: OfficeBot) -> None:
    first = bot.admin.upload("甲.txt", DRAFT.encode(), album="7")
    bot.admin.upload("乙.txt", CLEAN.encode(), caption="核对", album="7")
    shown = listed(bot, first)
    assert "核对 甲.txt" in shown.text and "核对 乙.txt" in shown.text


# ---------------------------------------------------------------------------------------------- versions, drafts


def test_the_next_version_in_a_chat_says_what_was_mended(bot: OfficeBot) -> None:
    listed(bot, upload(bot, name="初稿.txt"))
    shown = listed(bot, upload(bot, MENDED, name="二稿.txt"))
    assert "与上一稿（初稿.txt）比：改好 1 条，仍在 1 条" in shown.text
    assert "（上一稿已有）" in shown.text and "· 完成率：53400万元" in shown.text


def test_a_draft_is_checked_by_its_button(bot: OfficeBot) -> None:
    bot.card(bot.admin.upload("初稿.txt", DRAFT.encode()))
    card = bot.card(bot.admin.upload("二稿.txt", MENDED.encode()))
    assert "与上一稿（初稿.txt）比：改好 1 条，仍在 1 条" in card.text
    bot.admin.press(card, "核对")
    bot.world.wait(lambda: bot.latest(bot.admin.id).text.startswith("核对 二稿.txt"), "the list")
    shown = bot.latest(bot.admin.id)
    assert "（上一稿已有）" in shown.text and "只核对" not in shown.text
    bot.admin.press(card, "放弃").edited()
    bot.world.idle()
    assert "核对" not in labels(card)


# ---------------------------------------------------------------------------------------------- put aside


def test_put_aside_in_one_tap_and_taken_back(bot: OfficeBot) -> None:
    shown = listed(bot, upload(bot))
    bot.admin.press(shown, "搁置 1")
    bot.world.idle()
    why = bot.latest(bot.admin.id)
    assert "搁置第 1 条？" in why.text
    bot.admin.press(why, "口径不同")
    bot.world.wait(lambda: "已搁置 1 条" in shown.text, "the list as it is now")
    assert "1. 错" not in shown.text and "2. 疑" in shown.text and "口径不同；安娜" in shown.text
    assert "搁置 1" not in labels(shown)
    bot.world.wait(lambda: "✓ 已搁置第 1 条" in why.text, "the line that it was put aside")
    assert ("安娜", "aside", "done") in [(who, action, outcome) for who, action, _, outcome in bot.log()]
    assert "搁置" in bot.admin.ask("/audit").text
    # the next version of the paper knows it
    again = listed(bot, upload(bot, DRAFT.replace("情况\n", "情况\n情况如下。\n", 1), name="二稿.txt"))
    assert "已搁置 1 条" in again.text and "错 完成率" not in again.text
    bot.admin.press(why, "收回")
    bot.world.wait(lambda: "已收回第 1 条" in why.text, "that it was taken back")
    assert "错 1，疑 1" in listed(bot, upload(bot)).text


def test_put_aside_with_a_written_reason(bot: OfficeBot) -> None:
    shown = listed(bot, upload(bot))
    bot.admin.press(shown, "搁置 2")
    bot.world.idle()
    why = bot.latest(bot.admin.id)
    done = bot.admin.send("第二处含上级专款", reply_to=why).answer()
    assert "✓ 已搁置第 2 条（第二处含上级专款；安娜）" in done.text
    bot.world.wait(lambda: "已搁置 1 条" in shown.text, "the list as it is now")
    bot.admin.press(shown, "搁置 1")
    bot.world.idle()
    bot.admin.press(bot.latest(bot.admin.id), "取消").edited()
    assert "1. 错" in shown.text


# ---------------------------------------------------------------------------------------------- who may


def test_askers_check_where_the_owner_allows_it(bot: OfficeBot) -> None:
    shown = listed(bot, bot.asker.upload(NAME, MANY.encode(), caption="核对"))
    assert not [label for label in labels(shown) if label.startswith("搁置")]
    bot.asker.press(shown, "更多 ›").edited()
    assert "核对草案" in bot.asker.ask("/help").text
    assert not [entry for entry in bot.log() if entry[3] == "refused"]
    # nothing but a check: a file without the word is what it always was, and leaves no draft
    bot.asker.upload(NAME, DRAFT.encode())
    bot.world.idle()
    assert "没有等着决定的" in bot.admin.ask("/drafts").text


def test_askers_album(bot: OfficeBot) -> None:
    sent = bot.asker.album({"甲.txt": DRAFT.encode(), "乙.txt": CLEAN.encode()}, caption="核对")
    shown = listed(bot, sent[0])
    assert "核对 甲.txt" in shown.text and "核对 乙.txt" in shown.text
    assert "没有等着决定的" in bot.admin.ask("/drafts").text


def test_without_the_setting_askers_get_what_they_always_got(telegram: World, samples: Path, tmp_path: Path) -> None:
    with office_bot(telegram, tmp_path, samples) as bot:
        answer = bot.asker.upload(NAME, DRAFT.encode(), caption="核对").answer()
        assert FOUND not in answer.text and "53400" not in answer.text
        assert FOUND in listed(bot, upload(bot)).text
        assert ("鲍里斯", "upload", NAME, "refused") in bot.log()


def test_the_quota_counts_files(telegram: World, samples: Path, tmp_path: Path) -> None:
    with office_bot(telegram, tmp_path, samples, check_for_askers=True, quota=1) as bot:
        assert FOUND in listed(bot, bot.asker.upload(NAME, DRAFT.encode(), caption="核对")).text
        assert "1" in bot.asker.upload(NAME, MENDED.encode(), caption="核对").answer().text
        bot.world.idle()
        assert FOUND not in bot.latest(bot.asker.id).text


def test_pages_are_of_their_chat(bot: OfficeBot) -> None:
    shown = listed(bot, upload(bot, MANY))
    data = next(one["callback_data"] for one in shown.keyboard[-1])
    other = listed(bot, bot.asker.upload(NAME, MANY.encode(), caption="核对"))
    for made_up in (data, "1!aside.0." + data.partition(".")[2]):
        press = bot.asker.press_data(other, made_up)
        assert press.alert
