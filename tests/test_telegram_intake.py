"""Reports sent in by chat: what the admin is shown, what the buttons do, and that nothing counts before 采用."""

from __future__ import annotations

import json
import random
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index import Office, Person
from tests.standin.faults import drop, server_error
from tests.standin.shown import Shown
from tests.standin.state import PATIENCE
from tests.standin.world import World
from tests.telegram_admin import FIRST, OfficeBot, office_bot
from tests.telegram_bot import load_samples

TEXT = FIRST.read_text(encoding="utf-8")
CORRECTED = TEXT.replace("9093", "9139").encode()
QUESTION = "上党区2023年公共安全支出多少"
SENTENCES = "{place}2025年预算执行情况\n一、一般公共预算\n{place}2025年教育支出{figure}万元，比上年增长3%。\n"
NEW = "顺义区2025年预算执行情况.txt"


def report(place: str = "北京市顺义区", figure: int = 4321) -> bytes:
    """A small report."""
    return SENTENCES.format(place=place, figure=figure).encode()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture
def bot(telegram: World, samples: Path, tmp_path: Path) -> Iterator[OfficeBot]:
    with office_bot(telegram, tmp_path, samples) as bot:
        yield bot


def press(bot: OfficeBot, card: Shown, label: str, words: str, timeout: float = PATIENCE) -> None:
    """Press, and wait until the card says this."""
    bot.admin.press(card, label)
    bot.world.wait(lambda: words in card.text, f"{words!r} on the card: now {card.text!r}", timeout)


# ---------------------------------------------------------------------------------------------- one file


def test_a_report_is_shown_and_counts_only_once_adopted(bot: OfficeBot) -> None:
    sent = bot.admin.upload(FIRST.name, CORRECTED)
    card = bot.card(sent)
    told = (
        "长治市上党区 · 2023年 · 决算报告",
        "替换同名",
        "口径：",
        "1 处没读懂",
        "改动 1 个",
        "9093万元 → 9139万元",
    )
    for words in told:
        assert words in card.text
    assert card.labels == [["采用", "改地区/年份", "放弃"], ["核对"]]
    assert len(sent.answers_now()) == 1  # one message, edited
    assert card.version >= 1
    assert "9,093" in bot.asker.ask(QUESTION).text
    press(bot, card, "采用", "第2版")
    answer = bot.asker.ask(QUESTION)
    assert "9,139" in answer.text
    assert "第2版" in answer.text
    assert card.labels == [["退回第1版"]]
    assert [line[:2] for line in bot.log()] == [("安娜", "adopt"), ("安娜", "preview")]


def test_a_correction_that_a_gold_question_denies_is_not_adopted(bot: OfficeBot) -> None:
    card = bot.card(bot.admin.upload(FIRST.name, TEXT.replace("56917", "56971").encode()))
    press(bot, card, "采用", "没有采用")
    for words in ("上党区2023年教育支出", "现在答 56917万元", "采用后答 56971万元"):
        assert words in card.text
    assert card.labels == [["不顾金标采用"], ["看报告", "放弃"]]
    assert "只有机主" in bot.admin.press(card, "不顾金标采用").text
    assert "56,917" in bot.asker.ask("上党区2023年教育支出多少").text


def test_an_owner_adopts_in_spite_of_a_gold_question_with_a_second_press(bot: OfficeBot) -> None:
    sent = bot.owner.upload(FIRST.name, TEXT.replace("56917", "56971").encode())
    card = bot.card(sent)
    bot.owner.press(card, "采用")
    bot.world.wait(lambda: "没有采用" in card.text, "the gold questions", 30)
    bot.owner.press(card, "不顾金标采用")
    bot.world.wait(lambda: "第2版" in card.text, "adopted", 30)
    sheet = sent.answers(2, timeout=30)[1]
    assert sheet.file_name.endswith(".jsonl")
    proposed = [json.loads(line) for line in sheet.download().decode().splitlines()]
    assert proposed and all(row["expect"] and "56917万元" not in row["expect"] for row in proposed)
    assert any("56971万元" in row["expect"] for row in proposed)
    assert "56,971" in bot.asker.ask("上党区2023年教育支出多少").text
    actions = [line[1] for line in bot.log()]
    assert actions.count("gold") == len(proposed) and actions[-2:] == ["adopt", "preview"]
    # the next correction is not held up by it any more
    again = bot.card(bot.owner.upload(FIRST.name, TEXT.replace("56917", "56971").replace("9093", "9139").encode()))
    bot.owner.press(again, "采用")
    bot.world.wait(lambda: "第3版" in again.text, "adopted at once", 30)


def test_dropping_changes_nothing(bot: OfficeBot) -> None:
    card = bot.card(bot.admin.upload(FIRST.name, CORRECTED))
    press(bot, card, "放弃", "已放弃")
    assert card.labels == []
    assert "9,093" in bot.asker.ask(QUESTION).text
    assert bot.log()[0][1] == "drop"


def test_a_duplicate_by_content_cannot_be_adopted(bot: OfficeBot) -> None:
    card = bot.card(bot.admin.upload("副本.md", FIRST.read_bytes()), "相同")
    assert card.labels == [["放弃"]]
    assert "已经收录" in card.text


def test_more_changes_than_ten_come_as_a_file(bot: OfficeBot) -> None:
    changed = re.sub(r"(?<=支出 )(\d)(\d+)(?= 万元)", lambda found: f"{10 - int(found[1])}{found[2]}", TEXT)
    sent = bot.admin.upload(FIRST.name, changed.encode())
    card = bot.card(sent)
    sheet = sent.answers(2)[1]
    assert card.text.count("→") == 10
    assert "在附件里" in card.text
    assert sheet.file_name.endswith(".csv")
    rows = sheet.download().decode("utf-8-sig").splitlines()
    assert len(rows) > 11


# ---------------------------------------------------------------------------------------------- several files


def test_an_album_makes_one_draft(bot: OfficeBot) -> None:
    files = {
        NEW: report(),
        "怀柔区2025年预算执行情况.txt": report("北京市怀柔区"),
        "坏.pdf": b"%PDF-1.4 ...",
        FIRST.name: TEXT.encode(),
    }
    sent = bot.admin.album(files)
    card = bot.card(sent[0])
    assert "收到 4 份报告，2 份可以采用" in card.text
    for words in ("北京市顺义区", "北京市怀柔区", "✗ 坏.pdf", "内容相同"):
        assert words in card.text
    press(bot, card, "采用", "第2版")
    assert "4,321" in bot.asker.ask("怀柔区2025年教育支出").text
    assert len(bot.world.bot_messages()) == 2


def test_files_sent_one_after_the_other_make_one_draft(bot: OfficeBot) -> None:
    first = bot.admin.upload(NEW, report())
    bot.admin.upload("怀柔区2025年预算执行情况.txt", report("北京市怀柔区"))
    assert "收到 2 份报告" in bot.card(first).text


def test_files_of_two_admins_are_two_drafts(bot: OfficeBot) -> None:
    one, other = bot.admin.upload(NEW, report()), bot.owner.upload("甲.txt", report("北京市怀柔区"))
    assert "顺义区" in bot.card(one).text
    assert "怀柔区" in bot.card(other).text


def test_an_admin_group_is_served_like_a_private_chat(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna = telegram.user()
    office = telegram.group("财政科", [anna])
    office.promote_bot(anna)
    chats = frozenset({office.id})
    with office_bot(telegram, tmp_path, samples, admins=frozenset({anna.id}), admin_chats=chats) as bot:
        card = bot.card(anna.upload(NEW, report(), office))
        assert card.chat_id == office.id
        anna.press(card, "采用")
        telegram.wait(lambda: "第2版" in card.text, "adopted")


# ---------------------------------------------------------------------------------------------- region and year


def test_the_region_is_changed_by_a_reply(bot: OfficeBot) -> None:
    nameless = SENTENCES.replace("{place}", "全区").format(figure=4321).encode()
    card = bot.card(bot.admin.upload("报告.txt", nameless))
    assert "地区没认出来" in card.text
    bot.admin.press(card, "改地区/年份")
    bot.world.wait(lambda: "请回复" in bot.latest(bot.admin.id).text, "the question")
    prompt = bot.latest(bot.admin.id)
    assert prompt.params["reply_markup"]["force_reply"]
    assert "没看懂" in bot.admin.ask("？", reply_to=prompt).text
    said = bot.admin.send("顺义区 2025", reply_to=prompt)
    fresh = bot.card(said, "北京市顺义区")
    bot.world.wait(lambda: card.labels == [], "the old report has no buttons")
    press(bot, fresh, "采用", "第2版")
    assert "4,321" in bot.asker.ask("顺义区2025年教育支出").text


def test_namesakes_are_offered_as_buttons(bot: OfficeBot) -> None:
    card = bot.card(bot.admin.upload("鼓楼区2025年预算执行情况.txt", report("鼓楼区")))
    assert "改地区/年份" in card.text
    bot.admin.press(card, "改地区/年份")
    bot.world.wait(lambda: bot.latest(bot.admin.id).id != card.id, "the question")
    prompt = bot.latest(bot.admin.id)
    labels = [label for row in prompt.labels for label in row]
    assert "江苏省南京市鼓楼区" in labels or "南京市鼓楼区" in labels
    name = next(label for label in labels if "南京" in label)
    before = len(bot.world.bot_messages())
    bot.admin.press(prompt, name)
    bot.world.wait(lambda: len(bot.world.bot_messages()) > before, "the new report")
    fresh = bot.latest(bot.admin.id)
    bot.world.wait(lambda: "南京市鼓楼区 · 2025年" in fresh.text, "the new report")


def test_an_unknown_region_is_said_and_asked_again(bot: OfficeBot) -> None:
    card = bot.card(bot.admin.upload(NEW, report()))
    bot.admin.press(card, "改地区/年份")
    bot.world.wait(lambda: bot.latest(bot.admin.id).id != card.id, "the question")
    prompt = bot.latest(bot.admin.id)
    said = bot.admin.send("没有这个地方区 2025", reply_to=prompt)
    bot.world.wait(lambda: any("没有这个地方区" in one.text for one in said.answers_now()), "it is said")
    assert "怀柔区" in bot.card(bot.admin.send("怀柔区", reply_to=prompt), "怀柔区").text


# ---------------------------------------------------------------------------------------------- two at once, outdated


def test_the_second_of_two_admins_is_told_who_was_first(bot: OfficeBot) -> None:
    card = bot.card(bot.admin.upload(FIRST.name, CORRECTED))
    data = card.button("采用")["callback_data"]
    opened = bot.owner.ask("/drafts")
    bot.owner.press(opened, "打开 1")
    bot.world.wait(lambda: "采用后" in bot.latest(bot.owner.id).text, "the draft in the other chat")
    other = bot.latest(bot.owner.id)
    press(bot, card, "采用", "第2版")
    second = bot.owner.press(other, "采用")
    assert second.alert
    assert "已由安娜采用" in second.text
    assert "已由安娜采用" in other.changed().text
    assert "已由安娜采用" in bot.owner.press_data(other, data).text
    assert "已由安娜" in bot.admin.press_data(card, data.replace("!adopt.", "!drop.")[:-8]).text
    assert [line[1] for line in bot.log()].count("adopt") == 1


def test_two_at_once_adopt_once(bot: OfficeBot) -> None:
    card = bot.card(bot.admin.upload(FIRST.name, CORRECTED))
    data = card.button("采用")["callback_data"]
    presses = [bot.admin.press_data(card, data, wait=False), bot.owner.press_data(card, data, wait=False)]
    for one in presses:
        one.wait()
    bot.world.wait(lambda: "第2版" in card.text, "adopted")
    assert sorted("开始" in one.text for one in presses) == [False, True]
    bot.world.idle()
    assert [line[1] for line in bot.log()].count("adopt") == 1


def test_the_same_file_of_two_admins_is_adopted_once(bot: OfficeBot) -> None:
    mine, theirs = bot.admin.upload(NEW, report()), bot.owner.upload(NEW, report())
    first, second = bot.card(mine), bot.card(theirs)
    bot.admin.press(first, "采用", wait=False)
    bot.owner.press(second, "采用", wait=False)

    def settled() -> bool:
        return all("第2版" in one.text for one in (first, second))

    bot.world.wait(settled, "both are settled")
    told = sorted(one.text.split("\n")[0] for one in (first, second))
    assert told == ["✓ 已采用，索引现在是第2版", "索引刚刚换成了第2版，请看新的对比再决定。"]
    (again,) = [one for one in (first, second) if "刚刚" in one.text]
    assert again.labels == [["放弃"]]
    assert "已经收录" in again.text


def test_what_the_index_has_outrun_is_shown_anew(bot: OfficeBot) -> None:
    """The command line adopts another text of the same report meanwhile."""
    card = bot.card(bot.admin.upload(FIRST.name, CORRECTED))
    other = bot.settings.db.parent / "other" / FIRST.name
    other.parent.mkdir()
    other.write_text(TEXT.replace("9093", "9193"), encoding="utf-8")
    office = bot.look()
    office.adopt(office.preview([other], Person(0, "")).id, Person(0, ""))
    office.close()
    press(bot, card, "采用", "请看新的对比")
    assert "9193万元 → 9139万元" in card.text
    press(bot, card, "采用", "第3版")


def test_a_card_that_shows_another_state_adopts_nothing(bot: OfficeBot) -> None:
    card = bot.card(bot.admin.upload(FIRST.name, CORRECTED))
    data = card.button("采用")["callback_data"]
    made_up = data[:-8] + "00000000"
    pressed = bot.admin.press_data(card, made_up)
    assert pressed.alert
    assert "再决定" in pressed.text
    assert "9,093" in bot.asker.ask(QUESTION).text


def test_drafts_and_buttons_outlive_a_restart(telegram: World, samples: Path, tmp_path: Path) -> None:
    with office_bot(telegram, tmp_path, samples) as bot:
        card = bot.card(bot.admin.upload(FIRST.name, CORRECTED))
    people: dict[str, Any] = {"owners": frozenset({bot.owner.id}), "admins": frozenset({bot.admin.id})}
    with office_bot(telegram, tmp_path, samples, **people):
        press(bot, card, "采用", "第2版")


def test_what_cannot_be_read_leaves_the_list_after_a_day(bot: OfficeBot, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = bot.card(bot.admin.upload("坏.pdf", b"\x00\xff" * 500), "坏.pdf")
    bot.card(bot.admin.upload(FIRST.name, CORRECTED))
    assert "2 份" in bot.admin.ask("/drafts").text
    monkeypatch.setattr("index.admin.drafts.STRAY_SECONDS", -1)  # a day later
    listed = bot.admin.ask("/drafts")
    assert "1 份" in listed.text and "坏.pdf" not in listed.text and "上党区 · 2023年" in listed.text
    late = bot.admin.press(broken, "放弃")
    assert late.alert and "放弃" in late.text
    bot.admin.press(listed, "打开 1")
    bot.world.wait(lambda: "采用后" in bot.latest(bot.admin.id).text, "the other one is still there")


# ---------------------------------------------------------------------------------------------- questions meanwhile


class Slow(Office):
    """Adopts when told to."""

    gate = threading.Event()
    entered = threading.Event()

    def adopt(self, id: str, by: Person, progress=None, despite=""):
        for done in range(4):
            if progress:
                progress(done, 4)
            self.entered.set()
            time.sleep(0.1)
        assert self.gate.wait(PATIENCE)
        return super().adopt(id, by, progress, despite)


def test_questions_are_answered_during_an_adoption(
    telegram: World, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.app.Office", Slow)
    with office_bot(telegram, tmp_path, samples) as bot:
        card = bot.card(bot.admin.upload(FIRST.name, CORRECTED))
        assert "开始采用" in bot.admin.press(card, "采用").text
        assert Slow.entered.wait(PATIENCE)
        telegram.wait(lambda: "正在采用 3/4" in card.text, "progress on the card")
        assert "9,093" in bot.admin.ask(QUESTION).text  # in the admin's own chat, too
        assert "9,093" in bot.asker.ask(QUESTION).text
        Slow.gate.set()
        telegram.wait(lambda: "第2版" in card.text, "adopted")


# ---------------------------------------------------------------------------------------------- hostile files


@pytest.fixture
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder that nobody else uses meanwhile."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def leftovers() -> set[str]:
    return {path.name for path in Path(tempfile.gettempdir()).glob("yusuan-*")}


RANDOM = random.Random(7).randbytes(1 << 20)
SEARCH = '3%\' OR 1=1; NEAR("教育" *'.encode()
# file name, content, mime type, what the card says
HOSTILE = [
    ("../../../../tmp/逃出.txt", report(), "text/plain", "逃出.txt"),
    ("..\\..\\windows\\system32\\报告.txt", report(), "text/plain", "报告.txt"),
    ("报告\u202efdp.txt", report(), "text/plain", "报告fdp.txt"),
    ("<b>加粗</b><a href=x>.txt", report(), "text/plain", "采用后"),
    ("标题.html", "<title><script>alert(1)</script></title><p>北京市顺义区2025年预算执行情况</p>"
     "<p>北京市顺义区2025年教育支出<b>4321</b>万元。</p>".encode(), "text/html", "标题.html"),
    ("随机.pdf", RANDOM * 19, "application/pdf", "✗ 随机.pdf"),
    ("随机.xlsx", RANDOM, "text/plain", "✗ 随机.xlsx"),
    ("照片.pdf", report(), "image/png", "采用后"),
    ("', DROP TABLE facts; --.txt", report().replace(b"3%", SEARCH), "text/plain", "采用后"),
    ("程序.exe", b"MZ" + b"\0" * 500, "application/x-msdownload", "✗ 程序.exe"),
    ("." * 300, report(), "", "读"),
    ("名" * 200 + ".txt", report(), "text/plain", "采用后"),
]  # fmt: skip


@pytest.mark.parametrize("name, content, mime, words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_uploads_are_read_safely_or_refused(
    own_temp: Path, bot: OfficeBot, name: str, content: bytes, mime: str, words: str
) -> None:
    assert Path(tempfile.gettempdir()) == own_temp
    before = leftovers()
    sent = bot.admin.upload(name, content, mime=mime)
    card = bot.card(sent, words)
    assert "<script>" not in card.html
    assert "9,093" in bot.asker.ask(QUESTION).text
    bot.world.idle()
    assert leftovers() <= before
    outside = list(Path(tempfile.gettempdir()).glob("逃出*"))
    assert outside == []


def test_too_large_a_file_is_refused_without_being_fetched(bot: OfficeBot) -> None:
    sent = bot.admin.upload("大.pdf", size=21 << 20)
    assert "大.pdf 超过 20 MB，没有收" in bot.card(sent, "超过").text
    assert bot.world.calls_of("getFile") == []


def test_a_limit_of_ones_own(telegram: World, samples: Path, tmp_path: Path) -> None:
    with office_bot(telegram, tmp_path, samples, max_file_mb=1) as bot:
        card = bot.card(bot.admin.album({"大.txt": b"x" * (1 << 20 | 1), NEW: report()})[0])
        assert "大.txt 超过 1 MB，没有收" in card.text
        assert "顺义区" in card.text


def test_a_server_of_ones_own_takes_larger_files(telegram: World, samples: Path, tmp_path: Path) -> None:
    telegram.state.local = tmp_path / "server"
    telegram.state.local.mkdir()
    with office_bot(telegram, tmp_path, samples, max_file_mb=2000, api_local=True) as bot:
        assert "顺义区" in bot.card(bot.admin.upload(NEW, report(), size=900 << 20)).text
        assert "超过 2000 MB" in bot.card(bot.admin.upload("更大.pdf", size=2001 << 20), "超过").text


def test_a_file_that_lies_about_its_size_is_not_taken(telegram: World, samples: Path, tmp_path: Path) -> None:
    with office_bot(telegram, tmp_path, samples, max_file_mb=1) as bot:
        sent = bot.admin.upload("大.txt", b"x" * (2 << 20), size=100)
        assert "没有下载成" in bot.card(sent, "没有下载成").text


def test_a_broken_line_is_tried_again(bot: OfficeBot) -> None:
    bot.world.faults.once("getFile", drop())
    assert "顺义区" in bot.card(bot.admin.upload(NEW, report())).text


def test_a_file_that_could_not_be_answered_is_read_when_the_line_is_back(bot: OfficeBot) -> None:
    bot.world.faults.once("sendMessage", *[server_error()] * 9)
    first = bot.admin.upload(NEW, report())
    bot.world.wait(lambda: bot.world.faults.injected == 9, "nothing could be said")
    assert "顺义区" in bot.card(first).text
    assert "怀柔区" in bot.card(bot.admin.upload("怀柔.txt", report("北京市怀柔区"))).text
