"""The overview of a place and year: what asks for it, that its cells are the answers of single questions, its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.telegram.answers import Look, list_page
from bot.telegram.tables import WIDTH, width
from index import Desk, Shown, Turn, View, load
from index.ask.overview_words import specs, topic_of, topics
from index.ask.question import understand
from index.lexicon import items
from tests.telegram_bot import load_samples

# question, what it is about: "" for no overview at all
ASKED: list[tuple[str, str]] = [
    ("西工区2023年财政怎么样", "plain"),
    ("西工区2023年财政情况", "plain"),
    ("上党区概况", "plain"),
    ("总结一下", "plain"),
    ("给我列一下上党区2023年的主要指标", "plain"),
    ("西工区2023年财政运行情况", "plain"),
    ("西工区2023年四本账", "account"),
    ("四本账情况怎么样", "account"),
    ("西工区2023年收支平衡吗", "balance"),
    ("上党区有哪些科目", "items"),
    ("西工区2023年总结一下，用亿元", "plain"),
    ("上党区概况以万元为单位", "plain"),
    ("西工区2024年预算安排", "plain"),
    ("西工区2023年财政预算执行情况", "plain"),
    ("预算安排呢", ""),  # of the item before
    ("西工区2024年教育支出预算安排", ""),
    ("上党区2023年教育怎么样", ""),
    ("上党区2023年教育支出情况", ""),
    ("总结一下上党区2023年的教育支出", ""),
    ("西工区2023年财政总收入多少", ""),
    ("西工区2023年一般公共预算收支情况", ""),
    ("西工区2023年财政工作的措施", ""),
    ("今天天气怎么样", ""),
    ("有哪些地区", ""),
    ("收支相抵多少", ""),
]
NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    found = Desk(load_samples(tmp_path_factory.mktemp("overview")))
    yield found
    found.close()


@pytest.fixture(scope="module")
def real_desk(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Prose and tables, districts and cities, one with a report that contradicts itself."""
    db = tmp_path_factory.mktemp("real") / "index.db"
    load([shared / "reports", *sorted((shared / "reports_more").glob("*.html"))[:12]], db)
    found = Desk(db)
    yield found
    found.close()


def overview(desk: Desk, question: str) -> View:
    view = desk.converse(question).view
    assert view is not None and view.kind == "overview", question
    return view


def told(one: Shown) -> tuple[str, ...]:
    figure = one.figure
    return figure.value, figure.unit, figure.scope, figure.item, figure.measure


def asked_of(turn: Turn | None) -> list[tuple[str, ...]]:
    return [told(one) for one in turn.detail.shown if one.figure.asked] if turn else []


@pytest.mark.parametrize("question, topic", ASKED)
def test_what_asks_for_an_overview(desk: Desk, question: str, topic: str) -> None:
    assert topic_of(understand(question, desk.search().atlas)) == topic


# said one after the other: the beginning of what the last of them is answered with
GOES_ON = [
    (("解放区2024年概况", "西工区的"), "洛阳市西工区 · 2024年 · 财政概况"),  # its reports tell of that year, too
    (("西工区2024年概况", "上党区的"), "长治市上党区 · 2023年 · 财政概况"),  # no report of it does
    (("上党区2022年概况", "西工区财政怎么样"), "洛阳市西工区 · 2023年 · 财政概况"),  # of 2022 only what is reckoned
    (("上党区2023年教育支出", "用亿元概况"), "长治市上党区 · 2023年 · 财政概况"),
    (("屯留区2024年有哪些科目", "更多"), "长治市屯留区 · 2024年 · 有数字的科目\n没有更多了"),
    (("上党区2023年教育支出", "整理成材料"), "长治市上党区 · 2023年 · 财政概况 · 材料"),
    (("上党区2023年教育支出", "预算安排呢"), "长治市上党区 · 2023年 · 教育支出（一般公共预算） · 预算数"),
    (("上党区2023年税收占多少",), "长治市上党区 · 2023年 · 税收收入 ÷ 一般公共预算收入 · 占比"),
    (("西工区2023年教育支出占比", "国防呢", "一般公共预算收入"), "洛阳市西工区 · 2023年 · 一般公共预算收入\n"),
    (("西工区2023年三公经费", "债务情况"), "洛阳市西工区 · 2023年 · 债务\n"),
    (("西工区2023年教育支出", "债务呢"), "洛阳市西工区 · 2023年 · 政府债务余额\n13.02 亿元"),
    (("西工区2023年教育支出", "别的地方呢", "全市的呢"), "请问是哪个地区"),
    (("解放区2023年一般公共预算收入", "再查一下西工区同样的"), "洛阳市西工区 · 2023年 · 一般公共预算收入\n"),
]


@pytest.mark.parametrize("turns, told", GOES_ON, ids=[" | ".join(turns) for turns, _ in GOES_ON])
def test_what_is_said_next(desk: Desk, turns: tuple[str, ...], told: str) -> None:
    state = None
    for said in turns:
        turn = desk.converse(said, state)
        state = turn.state
    assert turn.detail.answer.reply.startswith(told)


def test_rows_and_topics_of_the_file_belong_together() -> None:
    names = {spec.short for spec in specs()}
    assert len(names) == len(specs())
    assert {spec.of for spec in specs()} | {spec.under for spec in specs()} <= names | {""}
    assert {topic for spec in specs() for topic in spec.topics} <= set(topics())


# ------------------------------------------------------------------------- cells are what single questions answer


def differing(desk: Desk, place: str) -> list[str]:
    """Cells that the single question, or the card behind the cell, does not give."""
    view = overview(desk, f"{place}财政怎么样")
    year = view.title.split(" · ")[1]
    questions = {spec.short: spec for spec in specs()}
    wrong = []
    for row in view.rows:
        if row.shown is None:
            continue
        spec = questions.get(row.short)
        item = spec.ask if spec else row.shown.figure.item
        percent = spec is not None and spec.kind == "percent"
        single = asked_of(desk.converse(f"{place}{year}{item}{'' if percent else '多少'}"))
        card = asked_of(desk.recall(row.shown.token))
        if told(row.shown) not in single or told(row.shown) not in card:
            wrong.append(f"{place} {row.label}: {told(row.shown)}, asked {single}, card {card}")
        if row.beside and told(row.beside) not in asked_of(desk.converse(f"{place}{year}{item}同比增长百分之几")):
            wrong.append(f"{place} {row.label}: growth {told(row.beside)}")
    return wrong


@pytest.mark.parametrize("place", ["上党区", "西工区", "解放区"])
def test_cells_are_the_answers_of_single_questions(desk: Desk, place: str) -> None:
    assert differing(desk, place) == []


@pytest.mark.real
def test_cells_of_real_reports_are_the_answers_of_single_questions(real_desk: Desk) -> None:
    places = [name for _, name in real_desk.places()]
    views = [real_desk.converse(f"{place}财政怎么样").view for place in places]
    shown = [place for place, view in zip(places, views, strict=True) if view and view.kind == "overview"]
    assert len(shown) >= 15
    assert [line for place in shown for line in differing(real_desk, place)] == []


def test_a_row_names_level_and_stage(desk: Desk) -> None:
    """What the headline says holds for all rows above the first heading; others stand under one that says theirs."""
    view = overview(desk, "西工区2023年财政怎么样")
    level, stage = view.title.rsplit(" · ", 1)[1].split("，")
    for row in view.rows:
        if row.heading:
            break
        assert row.shown is not None and row.shown.scope == level
        assert row.shown.figure.measure == "completion" or row.shown.measure == stage
    open_rows = [row.label for row in view.rows if row.shown and not row.shown.figure.scope]
    assert not open_rows or any(row.heading and "级次未写明" in row.label for row in view.rows)


def test_what_is_not_there_is_said(desk: Desk) -> None:
    view = overview(desk, "西工区2023年财政怎么样")
    assert any("未列出" in note and "三公经费" in note for note in view.notes)
    answer = desk.converse("屯留区2019年四本账").detail.answer
    assert answer.status == "not_found" and "列不出概况" in answer.reply


# ------------------------------------------------------------------------- the dialogue


def test_it_goes_on_like_any_other_question(desk: Desk) -> None:
    turns: list[Turn] = []
    for question in ("西工区2023年四本账", "2024年呢", "写成材料", "一般公共预算收入呢", "总结一下"):
        turns.append(desk.converse(question, turns[-1].state if turns else None))
    views = [turn.view for turn in turns]
    assert [view.kind if view else "" for view in views] == ["overview", "overview", "material", "", "overview"]
    assert views[1] is not None and "2024年" in views[1].title
    assert turns[3].detail.answer.reading.startswith("洛阳市西工区 · 2024年 · 一般公共预算收入")
    assert views[4] is not None and "2024年" in views[4].title


MATERIAL = [
    # a question of its own, and whether it asks for the paragraph
    ("西工区的材料", True),
    ("领导要西工区的材料", True),
    ("给领导写个西工区2023年的材料", True),
    ("发我份西工区材料", True),
    ("西工区2023年教育支出材料", False),
    ("西工区材料费", False),
]


@pytest.mark.parametrize("question, asked", MATERIAL, ids=[question for question, _ in MATERIAL])
def test_the_paragraph_of_a_place_named(desk: Desk, question: str, asked: bool) -> None:
    view = desk.converse(question).view
    assert (view is not None and view.kind == "material") is asked


def test_an_address_leads_back_to_it(desk: Desk) -> None:
    view = overview(desk, "上党区2023年四本账")
    again = desk.recall(view.lead)
    assert again is not None and again.view == view
    assert desk.recall("140404_2023_overview-none_---_") is None
    assert desk.recall("990000_2023_overview_---_") is None
    empty = desk.recall("140404_1990_overview_---_")
    assert empty is not None and empty.detail.answer.status == "not_found"
    assert [way.label for way in view.ways] and all(desk.recall(way.token) is not None for way in view.ways)


@pytest.mark.parametrize(
    "token, said, reading",
    [
        ("140404_2023_gp-exp-205_--g_", "", "长治市上党区 · 2023年 · 教育支出"),
        ("140404_2023_gp-exp-205_--g_zzzzz", "链接来自旧的索引，报告后来更新过", "长治市上党区 · 2023年 · 教育支出"),
        ("140404_2023_gp-exp-205_rog_", "原来的数字找不到了", "长治市上党区 · 2023年 · 教育支出"),
        ("140404_2011_gp-exp-205_--g_1", "原来的数字找不到了", "长治市上党区 · 2023年 · 教育支出"),
        ("140404_2023_overview_---_", "", "长治市上党区 · 2023年 · 财政概况"),
        ("140404_2023_H00000000_---_", "原来的数字找不到了", "长治市上党区 · 2023年 · 财政概况"),
        ("140404_1990_overview_---_", "原来的数字找不到了", "长治市上党区 · 2023年 · 财政概况"),
    ],
)
def test_an_old_link_leads_to_the_nearest_and_says_so(desk: Desk, token: str, said: str, reading: str) -> None:
    found = desk.nearest(token)
    assert found is not None
    turn, note = found
    assert turn.detail.answer.reading.startswith(reading)
    assert note.find(said) >= 0 and bool(note) == bool(said)


@pytest.mark.parametrize("token", ["990000_2023_gp-exp-205_--g_", "990000_2023_overview_---_", "no address"])
def test_a_link_to_nothing_leads_nowhere(desk: Desk, token: str) -> None:
    assert desk.nearest(token) is None


def too_long(desk: Desk, question: str) -> list[str]:
    """Pages of an overview, in a chat and in words, that are more than twelve lines, or wider than a phone."""
    view = overview(desk, question)
    pages = [list_page(view, page, Look()).html for page in range(len(view.leaves))]
    told, state = list[str](), None
    for _ in pages:
        turn = desk.converse("更多" if told else question, state)
        told, state = [*told, turn.detail.answer.reply], turn.state
    rows = [row for leaf in view.leaves for row in leaf.rows if not row.heading]
    assert rows == [row for row in view.rows if not row.heading]
    tables = [line for page in pages for line in page.partition("<pre>")[2].partition("</pre>")[0].split("\n")]
    assert max(map(width, tables)) <= WIDTH
    return [page for page in (*pages, *told) if len(page.split("\n")) > 12]


@pytest.mark.parametrize(
    "question", ["上党区2023年财政怎么样", "西工区2023年四本账", "西工区2024年概况", "解放区2023年收支平衡吗"]
)
def test_pages_are_twelve_lines_with_their_notes(desk: Desk, question: str) -> None:
    assert too_long(desk, question) == []


@pytest.mark.real
def test_pages_of_real_overviews_are_twelve_lines(real_desk: Desk) -> None:
    places = [name for _, name in real_desk.places()]
    views = [(place, real_desk.converse(f"{place}财政怎么样").view) for place in places]
    shown = [place for place, view in views if view and view.kind == "overview"]
    assert [page for place in shown for page in too_long(real_desk, f"{place}财政怎么样")] == []


def test_a_page_begins_under_the_heading_of_its_rows(desk: Desk) -> None:
    leaves = overview(desk, "西工区2023年财政怎么样").leaves
    headings = [next((row.label for row in reversed(leaf.rows) if row.heading), "") for leaf in leaves]
    assert len(leaves) > 1 and headings[-1] and all(leaf.rows[0].heading for leaf in leaves[1:])


def test_it_is_shown_in_the_unit_named(desk: Desk) -> None:
    turn = desk.converse("西工区2023年总结一下，用亿元")
    assert turn.state and turn.state["unit"] == "亿元"
    assert (desk.converse("更多", turn.state).state or {})["unit"] == "亿元"


# ------------------------------------------------------------------------- the items held


def test_the_items_held_are_listed_and_lead_to_their_cards(desk: Desk) -> None:
    """有哪些科目: all items of the place and year, once each, a page at a time; what is offered is answered."""
    names: list[str] = []
    said, state = "西工区2023年有哪些科目", None
    while True:
        turn = desk.converse(said, state)
        if turn.detail.answer.status != "answered":
            break
        head, *lines = turn.detail.answer.reply.split("\n")
        assert head.startswith("洛阳市西工区 · 2023年 · 有数字的科目")
        names += [name for line in lines if "：" in line for name in line.partition("：")[2].split("、")]
        cards = [desk.recall(one.token) for one in turn.detail.choices]
        assert cards and all(card and card.detail.answer.status == "answered" for card in cards)
        said, state = "更多", turn.state
    assert "没有更多了" in turn.detail.answer.reply
    found = desk.search().store.items("410303", 2023)
    held = {items()[one.key].name for one in found if one.key}
    assert set(names) == held and len(names) == len(held) > 30
    assert desk.converse("2024年呢", turn.state).detail.answer.reading.startswith("洛阳市西工区 · 2024年 · 有数字")
    assert desk.converse("写成材料", turn.state).view is not None


def test_a_page_of_the_items_has_an_address(desk: Desk) -> None:
    turn = desk.converse("上党区2023年有哪些科目")
    more = desk.recall(turn.detail.choices[-1].token)
    assert more is not None and turn.detail.choices[-1].label == "更多 ›"
    assert more.detail.answer.reply == desk.converse("更多", turn.state).detail.answer.reply


# ------------------------------------------------------------------------- the paragraph


def unaccounted(desk: Desk, place: str) -> list[str]:
    """Numbers of the paragraph that are no figure of the overview, no year or page of it, and in no formula."""
    view = overview(desk, f"{place}财政怎么样")
    material = desk.material(view.lead)
    assert material is not None
    body, *tail = material.text.split("\n")
    sources = tail[-1]
    assert sources.startswith("来源：")
    known = set(NUMBERS.findall(view.title))
    for row in view.rows:
        for one in (row.shown, row.beside):
            if one is not None:
                known |= set(NUMBERS.findall(one.figure.value)) | {one.figure.value.lstrip("-+")}
                known |= set(NUMBERS.findall(one.figure.sentence)) if one.figure.derived else set()
        if row.shown is not None:  # what the report says elsewhere
            known |= {value for value, *_ in asked_of(desk.recall(row.shown.token))}
    plain = {number.replace(",", "") for number in known}
    marks = set(re.findall(r"〔(\d+)〕", body))
    assert marks <= set(re.findall(r"〔(\d+)〕", sources)) and marks
    text = re.sub(r"〔\d+〕", "", body)
    return [number for number in NUMBERS.findall(text) if number.replace(",", "") not in plain]


@pytest.mark.parametrize("place", ["上党区", "西工区", "解放区"])
def test_the_paragraph_has_no_number_but_figures(desk: Desk, place: str) -> None:
    assert unaccounted(desk, place) == []


@pytest.mark.real
def test_the_paragraph_of_real_reports_has_no_number_but_figures(real_desk: Desk) -> None:
    places = [name for _, name in real_desk.places()]
    views = {place: real_desk.converse(f"{place}财政怎么样").view for place in places}
    shown = [place for place, view in views.items() if view and view.kind == "overview"]
    assert {place: wrong for place in shown if (wrong := unaccounted(real_desk, place))} == {}


def test_the_paragraph_says_which_way_and_where_from(desk: Desk) -> None:
    material = desk.material(overview(desk, "上党区2023年财政怎么样").lead)
    assert material is not None
    assert "长治市上党区全区一般公共预算收入完成" in material.text
    assert re.search(r"比上年(增长|下降)[\d.]+%", material.text)
    assert "-" not in material.text.split("\n")[0]
    assert "《长治市上党区2023年财政总决算情况分析》" in material.text
