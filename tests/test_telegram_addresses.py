"""Addresses from outside, whatever they hold: a card, a list, or None; never another figure than the one addressed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.answers import Look, file_of, list_page, page_of
from bot.telegram.codec import decode
from index import Desk, Detail, Turn, View
from index.ask.reference import Reference, encode, item_token, region_token
from index.ask.reference import decode as reference_of
from index.lexicon import items
from index.models import Answer, Period
from tests.telegram_bot import load_samples

SCOPES = ["", "whole", "own", "own_wide"]
MEASURES = [
    None,
    "actual",
    "budget",
    "adjusted_budget",
    "completion",
    "yoy_pct",
    "yoy_amount",
    "share",
    "rank",
    "count",
]
ACCOUNTS = ["", "general_public", "government_fund", "debt", "other"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(load_samples(tmp_path_factory.mktemp("samples")))
    yield desk
    desk.close()


@given(data=st.data())
def test_any_address_is_answered_or_not(desk: Desk, data: st.DataObject) -> None:
    known = [item_token(item.key, item.name) for item in items().values()]
    period = data.draw(
        st.sampled_from(
            [
                None,
                Period.year(2023),
                Period.year(2022),
                Period.year(2099),
                Period(2023, 2023, 1, 6),
                Period(2021, 2025),
            ]
        )
    )
    token = encode(
        Reference(
            data.draw(st.sampled_from(["140404", "410802", "140400", "0", "999999", "140404z00000"])),
            period,
            data.draw(
                st.sampled_from([*known[:60], "total-gp-rev", "gp-exp-205", "debt-balance", "H00000000", "nonsense"])
            ),
            data.draw(st.sampled_from(MEASURES)),
            data.draw(st.sampled_from(SCOPES)),
            data.draw(st.sampled_from(ACCOUNTS)),
            data.draw(st.sampled_from([0, 1, 65536, 3407872, (1 << 45) - 1])),
        )
    )
    turn = desk.recall(token)
    if turn is not None:
        page_of(turn, Look())
        assert desk.recall(turn.detail.lead) is not None
    for find in (desk.trend, desk.peers, desk.parts):
        view = find(token)
        if view is not None:
            list_page(view, 0, Look())
    desk.passage(token)
    desk.original(token)


@pytest.mark.parametrize("period", [None, Period.year(2023), Period(2023, 2023, 1, 6)], ids=str)
def test_a_withheld_figure_has_an_address_and_its_buttons(desk: Desk, period: Period | None) -> None:
    """偿付隐性债务本息*万元: nothing to answer with, and yet a place to look at."""
    turn = desk.recall(encode(Reference("0", period, item_token("debt-hidden", ""), None)))
    assert turn is not None and "报告隐去了金额" in turn.detail.answer.reply
    page = page_of(turn, Look())
    labels = [button.text for row in page.markup.inline_keyboard for button in row] if page.markup else []
    assert turn.detail.lead and "上下文" in labels and "原文件" in labels
    assert desk.recall(turn.detail.lead) is not None


def test_every_figure_of_the_reports_can_be_addressed(desk: Desk) -> None:
    """Each stored fact leads back to a card whose figure is that very fact."""
    from index.ask.showing import shown_fact

    store = desk._refresh().store
    facts = [one for region in store.regions() for one in store.facts([region.code])]
    assert len(facts) > 800
    lost = []
    for one in facts[::7]:
        token = shown_fact(one, asked=True).token
        assert len(f"1t999.{token}") <= 64
        turn = desk.recall(token)
        figures = turn.detail.answer.figures if turn else ()
        if not any(figure.fact_id == one.id for figure in figures):
            lost.append((one.fact.item, one.fact.measure, one.fact.value, one.text[:40]))
    assert lost == []


def test_the_buttons_of_every_card_are_valid_and_lead_somewhere(desk: Desk) -> None:
    for question in (
        "上党区2023年教育支出",
        "解放区2023年一般公共预算收入",
        "西工区政府债务余额",
        "长治市本级2023年一般公共预算收入",
    ):
        page = page_of(desk.converse(question), Look())
        assert page.markup is not None
        for row in page.markup.inline_keyboard:
            assert len(row) <= 8
            for button in row:
                if isinstance(button.callback_data, str):
                    press = decode(button.callback_data)
                    if press.action == "card":
                        assert desk.recall(press.token) is not None, button.text


def test_a_card_by_its_address_is_the_card_of_the_question(desk: Desk) -> None:
    for question in (
        "上党区2023年教育支出",
        "解放区2023年一般公共预算收入",
        "西工区2023年政府债务余额",
        "长治市本级2023年一般公共预算收入",
        "上党区2022年教育支出",
        "上党区2023年卫生健康支出",
        "某市2023年上半年一般公共预算收入",
        "上党区2023年增值税占比",
    ):
        asked = desk.converse(question)
        again = desk.recall(asked.detail.lead)
        assert again is not None, question
        values = [figure.value for figure in asked.detail.answer.figures if figure.asked]
        assert [figure.value for figure in again.detail.answer.figures if figure.asked] == values, question


@pytest.mark.parametrize("place", ["140404", "410303"])
def test_zones_and_long_keys_find_back(desk: Desk, place: str) -> None:
    atlas = desk._refresh().atlas
    assert all(sum(region_token(other) == region_token(code) for other in atlas.regions) == 1 for code in atlas.regions)
    assert region_token(place) == place


@pytest.mark.parametrize(
    "question, home, place",
    [
        ("我区2023年教育支出多少", "140404", "长治市上党区"),
        ("本区2023年教育支出多少", "410303", "洛阳市西工区"),
        ("2023年教育支出多少", "410303", "洛阳市西工区"),
        ("解放区2023年教育支出多少", "140404", "焦作市解放区"),
        ("我们区的2023年教育支出", "140404", "长治市上党区"),
    ],
)
def test_the_chats_own_place(desk: Desk, question: str, home: str, place: str) -> None:
    assert place in desk.converse(question, None, home).detail.answer.reading


def test_what_a_message_cannot_hold_comes_as_a_file(desk: Desk) -> None:
    detail = desk.converse("上党区2023年教育支出").detail
    from index import Row

    rows = tuple(Row(f"{number}", detail.shown[0]) for number in range(40))
    turn = Turn(Detail(Answer("answered", "x")), View("several", "很多", rows), None)
    file = file_of(turn)
    assert file is not None
    assert file.name.endswith(".csv")
    assert file.content.count(b"\r\n") == 41
    page = page_of(turn, Look())
    assert "全部在附件里" in page.html
    assert page.html.count("56,917") == 15


@pytest.mark.parametrize(
    "key", ["", "gp-exp-205", "a-key-that-is-longer-than-that", "fn-20101/行政运行", "dept-行政运行"]
)
def test_every_item_has_an_address(key: str) -> None:
    reference = Reference("140404", Period.year(2023), item_token(key, "行政运行"))
    assert reference_of(encode(reference)) == reference
