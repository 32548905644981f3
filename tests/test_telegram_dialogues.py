"""Dialogues through the stand-in: private chats, groups and topics, buttons, inline mode, links, files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import load
from tests.standin.world import World
from tests.telegram_bot import REPORTS, load_samples, running


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the sample reports."""
    return load_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture
def bot(telegram: World, samples: Path, tmp_path: Path) -> Iterator[World]:
    """A running bot; at the end nothing it said may have been refused."""
    with running(telegram, samples, state=tmp_path / "chats.db"):
        yield telegram
    assert telegram.refusals() == []


# what is said one after the other -> what each answer shows
PRIVATE = [
    # one question, the figure in the first two lines
    [("上党区2023年教育支出多少", ["长治市上党区 · 2023年", "56,917 万元（5.69 亿元）", "+6.75%（+3,599 万元）"])],
    # follow-ups leave out what stays
    [("上党区2023年教育支出多少", ["56,917"]), ("那国防呢", ["国防", "258 万元"]), ("同比呢", ["国防", "+92.54%"])],
    # a year that is only computed is marked
    [("上党区2022年教育支出", ["53,318 万元", "推算", "56,917万元 - 增加3,599万元"])],
    # two places beside each other
    [("上党区和解放区2023年一般公共预算收入对比", ["207,450", "90,074"])],
    # a withheld amount
    [("某市2023年上半年一般公共预算收入", ["58.7%", "隐去了金额"])],
    # a word explained, in the report's words
    [("什么是转移支付", ["转移支付", "一般性转移支付"])],
    # not there: says what is
    [("上党区2015年教育支出", ["报告里没有", "已有年份"])],
    # talk
    [("你好", ["我回答"])],
    # an unclear place, settled by words
    [("教育支出多少", ["哪个地区"]), ("西工区", ["洛阳市西工区", "教育支出"])],
]  # fmt: skip


@pytest.mark.parametrize("turns", PRIVATE, ids=lambda turns: turns[0][0])
def test_private_dialogue(bot: World, turns: list[tuple[str, list[str]]]) -> None:
    anna = bot.user()
    for question, words in turns:
        card = anna.ask(question)
        for word in words:
            assert word in card.text, question
        assert card.previews_off
    assert len(bot.bot_messages()) == len(turns)


def test_the_figure_is_bold_in_its_sentence(bot: World) -> None:
    card = bot.user().ask("上党区2023年教育支出多少")
    assert "56917" in card.entity_texts("bold")
    assert any("教育支出 56917 万元" in text for text in card.entity_texts("expandable_blockquote"))


# question, buttons pressed one after the other in the same message, what it shows then
PRESSES = [
    ("上党区2023年教育支出多少", ["历年"], ["2022年", "53,318*", "56,917"]),
    ("上党区2023年教育支出多少", ["历年", "返回"], ["56,917 万元（5.69 亿元）"]),
    ("上党区2023年教育支出多少", ["历年", "2022年"], ["53,318 万元", "推算"]),
    ("上党区2023年教育支出多少", ["同级对比"], ["上党区", "西工区", "35,939"]),
    ("上党区2023年教育支出多少", ["同级对比", "西工区"], ["洛阳市西工区", "35,939"]),
    ("上党区2023年教育支出多少", ["上下文"], ["国防支出", "▸ 4、教育支出", "科学技术支出"]),
    ("解放区2023年一般公共预算收入", ["构成"], ["税收收入", "86,460", "95.99%", "非税收入"]),
    ("解放区2023年一般公共预算收入", ["2024年"], ["2024年", "94,580"]),
    ("解放区2023年一般公共预算收入", ["2024年", "2023年"], ["90,074"]),
    ("解放区2023年一般公共预算收入", ["同级对比", "下一页"], ["第 2/2 页", "平顺县"]),
    ("解放区2023年一般公共预算收入", ["同级对比", "下一页", "上一页"], ["第 1/2 页", "沁源县"]),
    ("教育支出多少", ["西工区"], ["洛阳市西工区", "35,939"]),
    ("上党区", ["一般公共预算收入"], ["207,450"]),
    ("上党区2015年教育支出", ["2023年教育支出"], ["56,917"]),
]  # fmt: skip


@pytest.mark.parametrize("question, labels, words", PRESSES)
def test_buttons_change_the_same_message(bot: World, question: str, labels: list[str], words: list[str]) -> None:
    anna = bot.user()
    card = anna.ask(question)
    for label in labels:
        shown = anna.press(card, label).edited()
        assert shown.id == card.id
    for word in words:
        assert word in card.text
    assert len(bot.bot_messages()) == 1


def test_a_follow_up_goes_on_from_what_the_card_shows_now(bot: World) -> None:
    anna = bot.user()
    card = anna.ask("上党区2023年教育支出多少")
    anna.press(card, "同级对比").edited()
    anna.press(card, "西工区").edited()
    assert "洛阳市西工区" in anna.ask("一般公共预算支出呢").text


def test_copying_a_citation(bot: World) -> None:
    anna = bot.user()
    text = anna.copy(anna.ask("上党区2023年教育支出多少"), "复制引用")
    assert text.startswith("长治市上党区2023年教育支出（一般公共预算）完成数56917万元（《")


def test_the_original_and_a_sheet_are_sent(bot: World) -> None:
    anna = bot.user()
    card = anna.ask("解放区2023年一般公共预算收入")
    anna.press(card, "原文件")
    bot.wait(lambda: len(bot.bot_messages()) == 2, "the report")
    sent = bot.bot_messages()[-1]
    assert sent.download() == next(REPORTS.glob("02_*")).read_bytes()
    anna.press(card, "同级对比").edited()
    anna.press(card, "导出表格")
    bot.wait(lambda: len(bot.bot_messages()) == 3, "the sheet")
    sheet = bot.bot_messages()[-1]
    rows = list(csv.DictReader(io.StringIO(sheet.download().decode("utf-8-sig"))))
    assert sheet.file_name.endswith(".csv")
    assert len(rows) == 14
    assert all(row["原句"] for row in rows)


COMPARED = [
    ["上党区和解放区2023年一般公共预算收入对比"],
    ["上党区2023年和2022年教育支出对比"],
]


@pytest.mark.parametrize("questions", COMPARED, ids=lambda questions: questions[-1])
def test_a_comparison_can_be_exported(bot: World, questions: list[str]) -> None:
    anna = bot.user()
    for question in questions:
        card = anna.ask(question)
    anna.press(card, "导出表格")
    bot.wait(lambda: bot.bot_messages()[-1].id != card.id, "the sheet")
    rows = list(csv.DictReader(io.StringIO(bot.bot_messages()[-1].download().decode("utf-8-sig"))))
    assert len(rows) >= 2


def test_a_long_citation_is_shown_to_copy_from(bot: World) -> None:
    anna = bot.user()
    card = anna.ask("上党区2023年教育支出多少")
    anna.press_data(card, card.button("历年")["callback_data"].replace("1t.", "1q."))
    bot.wait(lambda: "点一下即可复制" in card.text, "the citation")
    assert card.entity_texts("pre")[0].startswith("长治市上党区2023年教育支出（一般公共预算）完成数56917万元")
    anna.press(card, "返回").edited()
    assert "56,917 万元（5.69 亿元）" in card.text


def test_asking_what_somebody_else_wrote(bot: World) -> None:
    anna, boris = bot.user(), bot.user("鲍里斯")
    office = bot.group("财政科", [anna, boris])
    said = anna.send("上党区2023年教育支出是多少来着", office)
    assert "56,917" in boris.ask("/q", reply_to=said).text


def test_forgetting_a_chat(bot: World) -> None:
    anna = bot.user()
    anna.ask("上党区2023年教育支出多少")
    press = anna.press(anna.ask("/privacy"), "删除本聊天的记录")
    assert "已删除" in press.text
    assert "哪个地区" in anna.ask("教育支出多少").text


def test_an_edited_question_changes_its_answer(bot: World) -> None:
    anna = bot.user()
    anna.ask("上党区2023年教育支出多少")
    sent = anna.send("那国防呢")
    card = sent.answer()
    later = anna.ask("解放区2023年一般公共预算收入")
    anna.edit(sent, "那公共安全呢")
    assert "上党区" in card.changed().text  # goes on from where the question stood, not from the last answer
    assert "9,093 万元" in card.text
    assert "90,074" in later.text
    assert len(bot.bot_messages()) == 3


def test_the_first_answer_offers_a_default_place(bot: World) -> None:
    anna = bot.user()
    card = anna.ask("上党区2023年教育支出多少")
    assert "按长治市上党区" in anna.press(card, "设为默认地区").text
    bot.wait(lambda: not any("默认" in label for row in card.labels for label in row), "the button is gone")
    assert ["复制引用", "原文件", "图"] in card.labels
    anna.ask("解放区2023年一般公共预算收入")
    assert "上党区" in anna.ask("我区2023年国防支出多少").text
    other = bot.user("鲍里斯")
    assert "哪个地区" in other.ask("教育支出多少").text


def test_settings_by_button(bot: World) -> None:
    anna = bot.user()
    menu = anna.ask("/settings")
    anna.press(menu, "万元").edited()
    assert "✓ 万元" in [label for row in menu.labels for label in row]
    anna.press(menu, "选默认地区").edited()
    anna.press(menu, "西工区").edited()
    assert "洛阳市西工区" in menu.text
    card = anna.ask("2023年政府债务余额")
    assert "13.02 亿元（130,200 万元）" in card.text
    anna.press(menu, "取消默认地区").edited()
    assert "未设置" in menu.text


def test_rich_tables_are_opt_in(bot: World) -> None:
    anna = bot.user()
    menu = anna.ask("/settings")
    anna.press(menu, "富文本表格").edited()
    card = anna.ask("上党区2023年教育支出多少")
    anna.press(card, "历年")
    bot.idle()
    edits = [call for call in bot.calls_of("editMessageText") if "rich_message" in call.params]
    assert "<table>" in str(edits[-1].params["rich_message"])
    assert edits[-1].ok
    anna.press(card, "返回").edited()
    assert "56,917 万元（5.69 亿元）" in card.text
    anna.ask("/trend 上党区 教育支出")
    assert [call.ok for call in bot.calls_of("sendRichMessage")] == [True]


COMMANDS = [
    ("/help", ["怎样提问"]),
    ("/privacy", ["保存了什么", "不存原话"]),
    ("/sources", ["5 份报告", "长治市上党区"]),
    ("/glossary", ["名词解释"]),
    ("/glossary 转移支付", ["“转移支付”的解释", "一般性转移支付"]),
    ("/glossary 转移", ["名词解释里有“转移”", "一般性转移支付", "专项转移支付"]),
    ("/q 上党区2023年教育支出", ["56,917"]),
    ("/q", ["请在 /q 后面写问题"]),
    ("/compare 上党区 解放区 2023年一般公共预算收入", ["207,450", "90,074"]),
    ("/trend 上党区 教育支出", ["2022年", "2023年"]),
    ("/rank 一般公共预算收入 2023", ["沁源县", "314,741"]),
    ("/rank 天气", ["没有可以排名的数"]),
    ("/nonsense", ["没有这个命令"]),
]


@pytest.mark.parametrize("text, words", COMMANDS)
def test_commands(bot: World, text: str, words: list[str]) -> None:
    shown = bot.user().ask(text)
    for word in words:
        assert word in shown.text


def test_sources_are_paged_by_place_and_year(bot: World) -> None:
    anna = bot.user()
    menu = anna.ask("/sources")
    anna.press(menu, "上党区").edited()
    assert "决算报告" in menu.text
    anna.press(menu, "全部地区").edited()
    anna.press(menu, "2024年").edited()
    assert "2024年 · 3 份报告" in menu.text  # the final accounts and the half-year paper tell nothing of 2024


def test_sample_questions_of_start(bot: World) -> None:
    anna = bot.user(started=False)
    hello = anna.start().answer()
    assert len(hello.labels) == 3
    for (label,) in hello.labels:
        anna.press(hello, label)
        bot.idle()
    answers = bot.bot_messages()[1:]
    assert len(answers) == 3
    assert all("万元" in answer.text or "亿元" in answer.text for answer in answers)


def test_a_link_reopens_the_card(bot: World) -> None:
    anna, boris = bot.user(), bot.user("鲍里斯", started=False)
    card = anna.ask("上党区2023年教育支出多少")
    link = next(entity["url"] for entity in card.entities if entity["type"] == "text_link")
    again = boris.follow(link).answer()
    assert again.text == card.text
    assert "国防支出" in boris.ask("那国防呢").text


@pytest.mark.parametrize(
    "parameter", ["help", "c_made-up", "c140404_2023_gp-exp-999_---_", "x", "c999999_2023_gp-exp-205_---_"]
)
def test_a_made_up_link_is_answered_kindly(bot: World, parameter: str) -> None:
    assert "提问" in bot.user().start(parameter).answer().text


MADE_UP = [
    "x", "1t.", "0t.140404", "1t.999999_2023_gp-exp-205_---_", "1s9.140404_2023_gp-exp-205_---_", "1h.999999",
    "1r.999999", "1e.mile", "1w.maybe", "1b.y1999", "1z999.140404_2023_gp-exp-205_---_", "1f.0__HAAAAAAAA_---_",
]  # fmt: skip


def test_made_up_button_data_is_answered_kindly(bot: World) -> None:
    anna = bot.user()
    card = anna.ask("上党区2023年教育支出多少")
    for data in MADE_UP:
        press = anna.press_data(card, data)
        assert press.text, data
        assert press.alert, data


def test_paging_beyond_the_end_shows_the_last_page(bot: World) -> None:
    anna = bot.user()
    card = anna.ask("解放区2023年一般公共预算收入")
    data = card.button("同级对比")["callback_data"].replace("1p.", "1p99.")
    anna.press_data(card, data)
    bot.wait(lambda: "第 2/2 页" in card.text, "the last page")


def test_feedback_and_open_questions_are_kept_without_text(telegram: World, samples: Path, tmp_path: Path) -> None:
    from bot.telegram.state import State

    with running(telegram, samples, state=tmp_path / "chats.db"):
        anna = telegram.user()
        card = anna.ask("上党区2023年教育支出多少")
        assert "👎" in anna.press(card, "👎").text
        anna.ask("上党区2023年月球探测支出多少")
        telegram.idle()
    state = State(tmp_path / "chats.db")
    ((vote, reading, token, question),) = state.votes()
    assert (vote, question) == (-1, None)
    assert "教育支出" in reading
    assert token.startswith("140404_2023_gp-exp-205")
    ((_, text, _, times),) = state.unanswered()
    assert (text, times) == (None, 1)
    state.close()
    assert telegram.refusals() == []


def test_with_leave_the_text_of_open_questions_is_kept(telegram: World, samples: Path, tmp_path: Path) -> None:
    from bot.telegram.state import State

    with running(telegram, samples, state=tmp_path / "chats.db", keep_questions=True):
        anna = telegram.user()
        anna.ask("上党区2023年月球探测支出多少")
        anna.press(anna.ask("上党区2023年教育支出多少"), "👍")
        assert "保存原话" in anna.ask("/privacy").text
    state = State(tmp_path / "chats.db")
    assert state.unanswered()[0][1] == "上党区2023年月球探测支出多少"
    assert "教育支出" in str(state.votes()[0][3])
    state.close()


def test_inline_results_are_whole_cards(bot: World) -> None:
    anna = bot.user()
    typed = anna.inline("上党区 教育支出")
    assert typed.personal
    assert typed.cache_time <= 60
    assert "56,917 万元" in typed.results[0]["description"]
    card = typed.choose(0)
    assert "56,917 万元（5.69 亿元）" in card.text
    anna.press(card, "历年").edited()
    assert "53,318*" in card.text
    anna.press(card, "返回").edited()
    assert "56,917" in card.text


def test_an_inline_card_is_no_question(bot: World) -> None:
    anna = bot.user()
    office = bot.group("财政科", [anna])
    card = anna.ask("/q 上党区2023年教育支出", office)
    anna.inline("上党区 教育支出").choose(0, anna)
    anna.inline("上党区 教育支出").choose(0, office)
    bot.quiet()
    assert [call.params["chat_id"] for call in bot.calls_of("sendMessage")] == [card.chat_id]


INLINE = [
    ("教育支出", 2, ["上党区", "西工区"]),  # no place: one result for each that has it
    ("解放区一般公共预算收入", 2, ["2023年", "2024年"]),  # no year: the likeliest first
    ("什么是转移支付", 1, ["转移支付"]),
]


@pytest.mark.parametrize("text, least, words", INLINE)
def test_inline_offers_the_likeliest_readings(bot: World, text: str, least: int, words: list[str]) -> None:
    typed = bot.user().inline(text)
    assert least <= len(typed.results) <= 5
    assert all(any(word in title for title in typed.titles) for word in words)


@pytest.mark.parametrize("text", ["", "上", "天气怎么样"])
def test_inline_without_result_hints_at_help(bot: World, text: str) -> None:
    typed = bot.user().inline(text)
    assert typed.results == []
    assert typed.button is not None
    assert typed.button["start_parameter"] == "help"


def test_groups_answer_only_when_addressed(bot: World) -> None:
    anna, boris = bot.user(), bot.user("鲍里斯")
    office = bot.group("财政科", [anna, boris])
    anna.send("上党区教育支出多少", office)
    bot.quiet()
    asked = anna.send("/q 上党区2023年教育支出", office)
    card = asked.answer()
    assert card.reply_to == asked.id
    # the reply chain is the dialogue, whoever replies
    follow = boris.ask("那国防呢", reply_to=card)
    assert "上党区" in follow.text
    assert "国防支出" in follow.text
    other = anna.ask("/q 解放区2023年一般公共预算收入", office)
    assert "90,074" in other.text
    assert "公共安全" in boris.ask("公共安全呢", reply_to=follow).text
    # a mention
    assert "56,917" in boris.ask("@yusuan_test_bot 上党区2023年教育支出", office).text


def test_topics_keep_their_answers(bot: World) -> None:
    anna = bot.user()
    office = bot.group("财政局", [anna], topics=["预算", "决算"])
    card = anna.ask("/q 上党区2023年教育支出", office.topic("决算"))
    assert card.thread_id == office.topic("决算").thread_id
    follow = anna.ask("那国防呢", reply_to=card)
    assert follow.thread_id == card.thread_id
    assert "上党区" in follow.text


def test_in_a_group_only_the_asker_chooses_and_only_admins_set(bot: World) -> None:
    anna, boris = bot.user(), bot.user("鲍里斯")
    office = bot.group("财政科", [anna, boris])
    card = boris.ask("/q 教育支出多少", office)
    assert "提问的人" in anna.press(card, "西工区").text
    boris.press(card, "西工区").edited()
    assert "洛阳市西工区" in card.text
    anna.press(card, "同级对比").edited()  # looking is harmless
    menu = boris.ask("/settings", office)
    assert "管理员" in boris.press(menu, "亿元").text
    anna.press(menu, "亿元").edited()


def test_edited_commands_in_groups(bot: World) -> None:
    anna = bot.user()
    office = bot.group("财政科", [anna])
    sent = anna.send("/q 上党区2023年教育支出", office)
    card = sent.answer()
    sent.edit("/q 上党区2023年国防支出")
    assert "258 万元" in card.changed().text


def test_menus_and_descriptions_are_set(bot: World) -> None:
    private = {one["command"]: one["description"] for one in bot.commands("all_private_chats")}
    groups = {one["command"] for one in bot.commands("all_group_chats")}
    assert set(private) == {
        "start",
        "help",
        "q",
        "compare",
        "trend",
        "rank",
        "sources",
        "glossary",
        "watch",
        "unwatch",
        "settings",
        "privacy",
    }
    assert "start" not in groups
    assert all(any("\u4e00" <= char <= "\u9fff" for char in about) for about in private.values())
    assert bot.texts("description")


def test_other_than_text_gets_a_hint(bot: World) -> None:
    anna = bot.user()
    assert "文字" in anna.photo(b"\x89PNG").answer().text


def test_buttons_outlive_restart_and_reload(telegram: World, tmp_path: Path) -> None:
    db = load_samples(tmp_path)
    anna, boris = telegram.user(), telegram.user("鲍里斯")
    with running(telegram, db):
        card = anna.ask("上党区2023年教育支出多少")
        choice = boris.ask("教育支出多少")
    with running(telegram, db):
        anna.press(card, "历年").edited()
        assert "53,318*" in card.text
        boris.press(choice, "西工区").edited()
        assert "35,939" in choice.text
        assert "国防支出" in anna.ask("国防支出呢").text
        # the report is loaded anew with a changed text: its facts have new numbers, the button finds the figure again
        changed = tmp_path / next(REPORTS.glob("01_*")).name
        changed.write_text(next(REPORTS.glob("01_*")).read_text(encoding="utf-8") + "\n补充说明。\n", encoding="utf-8")
        assert load([changed], db)[0].status == "replaced"
        anna.press(card, "返回").edited()
        assert "56,917 万元（5.69 亿元）" in card.text
    # the index no longer holds the place at all
    other = load_one(tmp_path / "other")
    with running(telegram, other):
        press = anna.press(card, "历年")
        assert press.alert
        assert "重新提问" in press.text
    assert telegram.refusals() == []


def load_one(folder: Path) -> Path:
    """An index with one other report."""
    folder.mkdir()
    db = folder / "index.db"
    load([next(REPORTS.glob("05_*"))], db)
    return db


# ---------------------------------------------------------------------------------------------- overviews, old links


def test_an_overview_is_looked_at_copied_and_gone_into(bot: World) -> None:
    """One message all the way: twelve lines, the rest, the paragraph, back, the card of a row; follow-ups go on."""
    anna = bot.user()
    card = anna.ask("西工区2023年财政怎么样")
    assert "财政概况 · 全区，完成数" in card.text and "174,559  -14.8%" in card.text
    anna.press(card, "更多 ›").edited()
    assert "教育" in card.text
    anna.press(card, "材料").edited()
    assert "一般公共预算收入完成174,559万元，比上年下降14.8%" in card.text and "来源：《" in card.text
    assert card.entity_texts("code")
    anna.press(card, "返回").edited()
    anna.press(card, "2024年").edited()
    assert "2024年 · 财政概况" in card.text
    later = anna.ask("2023年呢")
    assert "2023年 · 财政概况" in later.text
    anna.press(later, "支出").edited()
    assert "179,426 万元" in later.text and "完成数" in later.text
    assert bot.refusals() == []


def test_a_link_of_an_old_version_opens_the_nearest_card(bot: World) -> None:
    anna = bot.user()
    moved = anna.ask("/start c140404_2023_gp-exp-205_--g_zzzzz")
    assert "链接来自旧的索引" in moved.text and "56,917 万元" in moved.text
    nearest = anna.ask("/start c140404_2011_gp-exp-205_--g_1")
    assert "原来的数字找不到了" in nearest.text and "2023年" in nearest.text
    assert bot.refusals() == []
