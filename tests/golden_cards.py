"""Golden cards: what the chat shows for answers of all kinds, from the sample reports, as files to be read by people.

    python -m tests.golden_cards          writes tests/golden/*.html anew; read the difference before you keep it

A file holds the HTML as it is sent and below it the buttons, row by row, with what each carries.  Numbers of facts and
the version of the index change with every load and are left out.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from telegram import InlineKeyboardButton

from bot.telegram.answers import Look, lead_of, list_page, page_of
from bot.telegram.buttons import back_button
from bot.telegram.cards import passage
from bot.telegram.codec import start_parameter
from bot.telegram.page import Page
from index import Desk

GOLDEN = Path(__file__).resolve().parent / "golden"

# file name, the questions of a dialogue, the button pressed at last, the chat's unit
CASES: list[tuple[str, list[str], str, str]] = [
    ("01_figure", ["上党区2023年教育支出多少"], "", "auto"),
    ("02_small_figure", ["上党区2023年国防支出"], "", "auto"),
    ("03_adjusted_budget", ["解放区2023年一般公共预算收入"], "", "auto"),
    ("04_growth", ["解放区2023年一般公共预算收入同比"], "", "auto"),
    ("05_completion", ["上党区2023年教育支出完成率"], "", "auto"),
    ("06_computed_last_year", ["上党区2022年教育支出"], "", "auto"),
    ("07_plan", ["解放区2024年一般公共预算收入安排多少"], "", "auto"),
    ("08_balance", ["西工区政府债务余额"], "", "auto"),
    ("09_limit", ["西工区2023年政府债务限额"], "", "auto"),
    ("10_withheld", ["某市2023年上半年一般公共预算收入"], "", "auto"),
    ("11_in_wan", ["西工区政府债务余额"], "", "万元"),
    ("12_in_yuan", ["上党区2023年教育支出多少"], "", "元"),
    ("13_follow_up", ["上党区2023年教育支出多少", "那卫生健康呢"], "", "auto"),
    ("14_two_places", ["上党区和解放区2023年一般公共预算收入对比"], "", "auto"),
    ("15_two_years", ["解放区2023年和2024年一般公共预算收入"], "", "auto"),
    ("16_two_items", ["上党区2023年教育支出和国防支出分别是多少"], "", "auto"),
    ("17_trend", ["上党区教育支出历年"], "", "auto"),
    ("18_parts", ["上党区2023年社会保险基金收入总计的构成"], "", "auto"),
    ("19_rank", ["长治各县区2023年一般公共预算收入最高的是哪个县"], "", "auto"),
    ("20_place_open", ["教育支出多少"], "", "auto"),
    ("21_item_open", ["上党区"], "", "auto"),
    ("22_year_not_there", ["上党区2015年教育支出"], "", "auto"),
    ("23_item_not_there", ["屯留区2023年教育支出"], "", "auto"),
    ("24_place_not_there", ["洪洞县2023年教育支出"], "", "auto"),
    ("25_word_explained", ["什么是转移支付"], "", "auto"),
    ("26_word_of_the_lexicon", ["什么是拖欠企业账款"], "", "auto"),
    ("27_quote", ["解放区为什么收入下降"], "", "auto"),
    ("28_talk", ["你好"], "", "auto"),
    ("29_what_is_there", ["有哪些地区"], "", "auto"),
    ("30_button_trend", ["解放区2023年一般公共预算收入"], "trend", "auto"),
    ("31_button_peers", ["解放区2023年一般公共预算收入"], "peers", "auto"),
    ("32_button_parts", ["解放区2023年一般公共预算收入"], "parts", "auto"),
    ("33_button_context", ["上党区2023年教育支出多少"], "context", "auto"),
    ("34_mixed_units", ["西工区政府债务余额"], "peers", "auto"),
    ("35_named_project", ["解放区2023年新增一般债券收入"], "", "auto"),
    ("37_unit_slip", ["上党区2023年其他支出年初预算数"], "", "auto"),
    ("38_own_level", ["长治市本级2023年一般公共预算收入"], "", "auto"),
    ("39_first_three", ["长治各县区2023年一般公共预算收入最高的前三个县"], "", "auto"),
    ("40_two_years_computed", ["上党区2023年和2022年教育支出对比"], "", "auto"),
    ("41_share", ["上党区2023年增值税占比"], "", "auto"),
    ("42_overview", ["西工区2023年财政怎么样"], "", "auto"),
    ("43_overview_more", ["上党区2023年四本账", "更多"], "", "auto"),
    ("44_material", ["上党区2023年概况", "写成材料"], "", "auto"),
    ("45_two_places_two_items", ["上党区和解放区2023年一般公共预算收入和一般公共预算支出对比"], "", "auto"),
    ("46_says_two_things", ["上党区2023年社会保障和就业支出多少"], "", "auto"),
    ("47_ranks_printed", ["上党区2023年一般公共预算收入排名"], "", "auto"),
    ("48_place_reckoned", ["上党区2023年教育支出在全国排第几"], "", "auto"),
    ("49_within_bound", ["上党区2023年完成率低于90%的支出有哪些"], "", "auto"),
    ("36_count", ["上党区2023年城镇新增就业多少人"], "", "auto"),
]


def page_for(desk: Desk, questions: list[str], pressed: str, unit: str) -> Page:
    """The last answer of a dialogue, or what a button under it shows."""
    state = None
    for question in questions:
        turn = desk.converse(question, state)
        state = turn.state
    look, lead = Look(unit, offer_home=False), turn.detail.lead
    if not pressed:
        return page_of(turn, look, link(lead_of(turn)))
    if pressed == "context":
        found = desk.passage(lead)
        assert found is not None
        return Page(passage(found), back_button(lead))
    view = {"trend": desk.trend, "peers": desk.peers, "parts": desk.parts}[pressed](lead)
    assert view is not None
    return list_page(view, 0, look, link(lead))


def golden_text(page: Page) -> str:
    """The page as a file: HTML, an empty line, the buttons."""
    rows = page.markup.inline_keyboard if page.markup else ()
    buttons = [" ".join(f"[{one.text}]" for one in row) for row in rows]
    data = [f"{one.text} = {carried(one)}" for row in rows for one in row]
    return without_numbers("\n".join([page.html, "", *buttons, "", *data]).rstrip() + "\n")


def carried(button: InlineKeyboardButton) -> str:
    """What a button does when it is pressed."""
    if button.copy_text is not None:
        return f"copies {button.copy_text.text}"
    return str(button.callback_data)


def without_numbers(text: str) -> str:
    """The text without what every load changes."""
    text = re.sub(r"(_[a-z-]{3}_)[0-9a-z]+(?![0-9a-z_])", r"\1FACT", text)
    text = re.sub(r"最近一次载入：[0-9: -]+", "最近一次载入：TIME", text)
    text = re.sub(r"载入 \d{4}-\d\d-\d\d", "载入 DATE", text)
    return re.sub(r"索引第\d+版", "索引第N版", text)


def link(lead: str) -> str:
    """As a bot of some name would write it."""
    return f"https://t.me/yusuan_bot?start={start_parameter(lead)}" if lead else ""


def write(folder: Path) -> None:
    """All files anew."""
    from tests.telegram_bot import load_samples

    with tempfile.TemporaryDirectory() as place:
        desk = Desk(load_samples(Path(place)))
        for name, questions, pressed, unit in CASES:
            (folder / f"{name}.html").write_text(
                golden_text(page_for(desk, questions, pressed, unit)), encoding="utf-8"
            )
        desk.close()


if __name__ == "__main__":
    write(GOLDEN)
