"""Everyday turns in the words of the trade, years by the calendar, and what the same characters elsewhere stay."""

from __future__ import annotations

import pytest

from index.ask import when
from index.ask.atlas import Atlas, names_table
from index.ask.misspelt import _cut
from index.ask.pick.wanted import says_only
from index.ask.question import understand
from index.ask.scoping import find_scope
from index.ask.vocabulary import in_our_words
from index.ask.when import find_when
from index.find.gazetteer import region
from index.models import Region
from index.text.normal import before_value

TURNS = [
    ("市级的预算稳定调节基金去年底还剩多少", "市级的预算稳定调节基金去年底还剩多少"),
    ("基金去年底还剩多少", "政府性基金去年底还剩多少"),
    ("全市收多少支多少", "全市收入多少，支出多少"),
    ("收了多少、花了多少", "收入多少，支出多少"),
    ("一般公共预算收、支各多少", "一般公共预算收入和支出各多少"),
    ("下面三个县哪个最高", "各县哪个最高"),
    ("全市六个县市区谁最高", "全市各县市区谁最高"),
    ("全市六个项目谁最高", "全市六个项目谁最高"),
    ("池州市四个县区谁最高", "池州市各县区谁最高"),
    ("教育、社保、卫健这三项哪个最高", "教育、社保、卫健哪个最高"),
    ("债的额度多少", "债务限额多少"),
    ("还了多少本，付了多少息", "还本多少，付息多少"),
    ("还政府债本息多少", "本息多少"),
    ("市本级的债还欠着多少", "市本级的政府债务还欠着多少"),
    ("标准从多少提到多少", "标准是多少，此前多少"),
    ("标准从每月多少提高到多少", "标准是多少，此前多少"),
    ("民生上花的钱占支出多少", "民生支出占支出多少"),
    ("土地出让占政府性基金收入多少", "国有土地使用权出让收入占政府性基金收入多少"),
    ("国资经营预算收入多少", "国有资本经营预算收入多少"),
    ("保基本民生、保工资、保运转花了多少", "三保支出花了多少"),
    ("准备了多少钱改造老旧小区", "改造老旧小区资金多少"),
    # the same characters elsewhere
    ("税收多少", "税收多少"),
    ("税收了多少支了多少", "税收了多少支了多少"),
    ("还本付息多少", "还本付息多少"),
    ("付多少息率", "付多少息率"),
    ("新增债券额度", "新增债务限额"),
    ("置换债额度多少", "置换债额度多少"),
    ("再融资债额度多少", "再融资债额度多少"),
    ("下面三个县支出多少", "下面三个县支出多少"),
    ("这三项支出多少", "这三项支出多少"),
    ("土地出让收入多少", "土地出让收入多少"),
    ("土地出让收入占多少", "土地出让收入占多少"),
    ("从183元提到多少", "从183元提到多少"),
    ("欠的债券多少", "欠的债券多少"),
    ("的债权多少", "的债权多少"),
    ("保民生支出多少", "保民生支出多少"),
    ("保基本民生、保工资、保运转各多少", "保基本民生、保工资、保运转各多少"),
]


@pytest.mark.parametrize("question, ours", TURNS, ids=[question for question, _ in TURNS])
def test_turn(question: str, ours: str) -> None:
    assert in_our_words(question) == ours


YEARS = [
    # text, the year of the calendar, the newest year held and the newest told of -> the year meant
    ("前年教育支出", 2026, 2026, 2025, 2024),
    ("去年教育支出", 2026, 2026, 2025, 2025),
    ("今年教育支出", 2026, 2026, 2025, 2026),
    ("前年教育支出", 2026, 2025, 2025, 2024),
    ("去年教育支出", 2026, 2024, 2023, 2023),  # reports of old: as if it were then
    ("前年教育支出", 2026, 2020, 2019, 2018),
    ("2019年教育支出", 2026, 2026, 2025, 2019),
]


@pytest.mark.parametrize("text, today, newest, told, year", YEARS)
def test_years_count_from_the_calendar_where_reports_tell_of_them(
    monkeypatch: pytest.MonkeyPatch, text: str, today: int, newest: int, told: int, year: int
) -> None:
    monkeypatch.setattr(when, "this_year", lambda: today)
    assert [period.text for period in find_when(text, newest, told).periods] == [str(year)]


SCOPES = [
    ("市级（含开发区）一般公共预算收入", "own_wide"),
    ("一般公共预算收入多少，市级（含开发区）", "own_wide"),
    ("市本级（不含开发区）一般公共预算收入", "own"),
    ("一般公共预算收入多少，市级（不含开发区）", "own"),
    ("市本级一般公共预算收入", "own"),
    ("全市一般公共预算收入", "whole"),
]


@pytest.mark.parametrize("text, scope", SCOPES)
def test_zones_are_counted_wherever_it_is_said(text: str, scope: str) -> None:
    assert find_scope(text).scope == scope


HELD = ("341700", "370700", "430600")


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    regions = {code: found for code in HELD if (found := region(code))}
    zone = Region("430600-开发区", "开发区", "岳阳市开发区", "zone", "430600")
    regions[zone.code] = zone
    return Atlas(regions, names_table(regions), dict.fromkeys(regions, 2025), dict.fromkeys(regions, 2025), ())


ZONES = [
    ("潍坊市2025年市级（不含开发区）一般公共预算收入", ("370700",)),
    ("岳阳市开发区2025年一般公共预算收入", ("430600-开发区",)),
    ("开发区2025年一般公共预算收入", ("430600-开发区",)),
]


@pytest.mark.parametrize("text, codes", ZONES)
def test_a_zone_of_another_city_is_not_meant(text: str, codes: tuple[str, ...], atlas: Atlas) -> None:
    assert understand(text, atlas).regions == codes


KNOWN = [
    ("池州市2025年452.6亿债务限额多少", ("政府债务限额",), ()),
    ("池州市2025年431.8亿元的债务余额里一般债多少", ("一般债务余额",), ()),
    ("池州市2025年教育支出多少", ("教育支出",), ()),
]


@pytest.mark.parametrize("text, names, left", KNOWN)
def test_a_figure_said_names_nothing(text: str, names: tuple[str, ...], left: tuple[str, ...], atlas: Atlas) -> None:
    query = understand(text, atlas)
    assert (tuple(item.name for item in query.items), query.chunks) == (names, left)


LABELS = [
    ("工程0万元、服务100万元", "100", "工程0万元、服务"),
    ("工程0万元", "0", "工程"),
    ("工程100万元、货物0", "0", "工程100万元、货物"),
    ("2.5%和12.5%", "2.5", ""),
    ("共10项", "", "共10项"),
    ("没有数", "7", "没有数"),
]


@pytest.mark.parametrize("label, value, words", LABELS)
def test_a_label_is_cut_at_the_very_figure(label: str, value: str, words: str) -> None:
    assert before_value(label, value) == words


FOLLOWING = [
    # text, whether the question before counted from today, the year it was of -> the year meant (today is 2026)
    ("前年呢", True, 2025, 2024),
    ("前年呢", False, 2023, 2021),
    ("去年呢", False, 2023, 2022),
    ("上一年呢", True, 2025, 2024),
    ("到今年年底预计呢", True, 2025, 2026),
    ("到今年年底预计呢", False, 2025, 2026),
]


@pytest.mark.parametrize("text, calendar, since, year", FOLLOWING)
def test_years_of_a_follow_up(
    monkeypatch: pytest.MonkeyPatch, text: str, calendar: bool, since: int, year: int
) -> None:
    monkeypatch.setattr(when, "this_year", lambda: 2026)
    found = find_when(text, 2026, 2025, since=since, calendar=calendar)
    assert [period.last_year for period in found.periods] == [year]


SPEECH = [
    ("花出去", ["花"], True),
    ("用掉", ["用掉"], True),
    ("钱在账上", ["账上"], True),
    ("教育", ["花"], False),
    ("花在教室", ["花"], False),
]


@pytest.mark.parametrize("text, asking, only", SPEECH)
def test_words_that_only_ask(text: str, asking: list[str], only: bool) -> None:
    assert says_only(text, asking) is only


CUTS = [
    ("专项债政", "专项债政府债务余额", True),
    ("政府债务余额", "专项债政府债务余额", False),
    ("教育支岀", "教育支岀", False),
]


@pytest.mark.parametrize("window, run, cut", CUTS)
def test_a_word_across_two_names_is_no_slip(window: str, run: str, cut: bool) -> None:
    assert _cut(window, run) is cut
