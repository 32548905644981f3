"""A link made with one version of the index and opened with a later one: the nearest card, and it says so.

Each is tried for real: a report is loaded, a link is made, the report is changed and loaded again.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Desk, load
from tests.standin.world import World
from tests.telegram_bot import running

REPORT = (
    "南湖区2023年财政决算报告\n一、一般公共预算\n"
    "2023年，南湖区一般公共预算收入完成 43210 万元，比上年增长 5.2%。\n"
    "教育支出 12345 万元，完成预算的 98.1%。\n国防支出 77 万元。\n"
)
EDUCATION = "教育支出 12345 万元，完成预算的 98.1%。\n"
OTHER = "解放区2023年财政决算报告\n2023年，解放区教育支出 5 亿元。\n"
FIGURE, RATE, OVERVIEW = "南湖区2023年教育支出多少", "南湖区2023年教育支出完成率", "南湖区2023年财政怎么样"
MOVED, NEAREST = "报告后来更新过", "原来的数字找不到了"

# what the link was made of, what was changed in the report, what the card says of it, where and what the card shows
CHANGES = [
    (FIGURE, ("77", "77"), "", "2023年 · 教育支出", "12,345 万元"),
    (FIGURE, ("12345", "12354"), MOVED, "2023年 · 教育支出", "12,354 万元"),
    (FIGURE, (EDUCATION, f"卫生健康支出 8000 万元。\n{EDUCATION}"), MOVED, "2023年 · 教育支出", "12,345 万元"),
    (FIGURE, (EDUCATION, f"{EDUCATION}教育支出 12999 万元。\n"), MOVED, "2023年 · 教育支出", "12,999 万元"),
    (
        FIGURE,
        (EDUCATION, "教育支出预算 13000 万元。\n"),
        NEAREST,
        "2023年 · 教育支出",
        "13,000 万元（1.3 亿元）  预算数",
    ),
    (RATE, ("，完成预算的 98.1%", ""), NEAREST, "2023年 · 教育支出", "12,345 万元"),
    (FIGURE, ("2023", "2024"), NEAREST, "2024年 · 教育支出", "12,345 万元"),
    (FIGURE, (EDUCATION, ""), NEAREST, "2023年 · 财政概况", "43,210 万元"),
    (OVERVIEW, ("43210", "43211"), "", "2023年 · 财政概况", "43,211 万元"),
    (OVERVIEW, ("2023", "2024"), NEAREST, "2024年 · 财政概况", "43,210 万元"),
    (FIGURE, ("南湖区", "北湖区"), None, "", ""),  # nothing of the place is held any more
]


def loaded(folder: Path, text: str) -> Path:
    """The index of a report and another one that stays as it is."""
    reports, db = folder / "reports", folder / "index.db"
    reports.mkdir(exist_ok=True)
    (reports / "南湖.txt").write_text(text, encoding="utf-8")
    (reports / "解放.txt").write_text(OTHER, encoding="utf-8")
    load([reports], db)
    return db


@pytest.mark.parametrize("question, change, note, reading, told", CHANGES)
def test_the_nearest_card_and_what_is_said_of_it(
    tmp_path: Path, question: str, change: tuple[str, str], note: str | None, reading: str, told: str
) -> None:
    desk = Desk(loaded(tmp_path, REPORT))
    made = desk.converse(question)
    link = made.view.lead if made.view else made.detail.lead
    assert link
    desk.close()
    desk = Desk(loaded(tmp_path, REPORT.replace(*change)))
    found = desk.nearest(link)
    desk.close()
    assert (found is None) == (note is None)
    if found is None or note is None:
        return
    answer = found[0].detail.answer
    assert note in found[1] and bool(found[1]) == bool(note)
    assert reading in answer.reading and told in answer.reply
    assert "未说明年份" not in answer.reply


def test_of_three_versions_ago_after_a_restart(telegram: World, tmp_path: Path) -> None:
    state = tmp_path / "chats.db"
    with running(telegram, loaded(tmp_path, REPORT), state=state):
        anna = telegram.user()
        links = [
            next(one["url"] for one in anna.ask(question).entities if one["type"] == "text_link")
            for question in (FIGURE, OVERVIEW)
        ]
    for figure in ("12346", "12350", "12354"):
        loaded(tmp_path, REPORT.replace("12345", figure))
    with running(telegram, tmp_path / "index.db", state=state):
        told, whole = (anna.follow(link).answer().text for link in links)
        assert MOVED in told and "12,354 万元" in told
        assert "43,210" in whole and not whole.startswith("※")
        loaded(tmp_path, REPORT.replace("南湖区", "北湖区"))
        assert "找不到" in anna.follow(links[0]).answer().text


def test_in_the_chat(telegram: World, tmp_path: Path) -> None:
    with running(telegram, loaded(tmp_path, REPORT), state=tmp_path / "chats.db"):
        anna = telegram.user()
        link = next(one["url"] for one in anna.ask(FIGURE).entities if one["type"] == "text_link")
        loaded(tmp_path, REPORT.replace("12345", "12354"))
        again = anna.follow(link).answer()
        assert again.text.startswith("※ 链接来自旧的索引") and "12,354 万元" in again.text
        assert "77 万元" in anna.ask("国防呢").text  # the dialogue goes on from it
        loaded(tmp_path, REPORT.replace(EDUCATION, ""))
        gone = anna.follow(link).answer()
        assert NEAREST in gone.text and "财政概况" in gone.text and "43,210" in gone.text
