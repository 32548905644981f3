"""Follow-ups: what is left out comes from the question before, slot by slot; states survive a restart."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from index.ask.dialogue import DEEP, from_plain, merge, remembered, to_plain
from index.ask.kin import counterpart, in_account, part_of, parts_named
from index.ask.query import Asked, Query
from index.find.terms import exact_items
from index.models import Period


def asked(word: str) -> Asked:
    found = exact_items(word)
    return Asked(word, tuple(item.key for item in found), found[0].name)


Y2023, Y2022 = Period.year(2023), Period.year(2022)
LAST = Query(
    "上党区2023年教育支出同比", regions=("140404",), periods=(Y2023,), items=(asked("教育支出"),),
    measures=("yoy_pct",), content=("教育支出",), scope="whole", scope_words="全区", asks=True,
)  # fmt: skip

FOLLOW_UPS = [
    # what is asked next, what must come of it
    (
        Query("2022年呢", periods=(Y2022,), follow=True),
        {"periods": (Y2022,), "items": LAST.items, "measures": ("yoy_pct",)},
    ),
    (Query("屯留区呢", regions=("140405",), follow=True), {"regions": ("140405",), "items": LAST.items}),
    (
        Query("和屯留区比", regions=("140405",)),
        {"regions": ("140404", "140405"), "shape": "compare", "items": LAST.items, "periods": (Y2023,)},
    ),
    (Query("趋势呢", shape="trend", follow=True), {"shape": "trend", "periods": (), "items": LAST.items}),
    (Query("本级的", scope="own", scope_words="本级"), {"scope": "own", "items": LAST.items}),
    (Query("预算呢", measures=("budget",), follow=True), {"measures": ("budget",), "items": LAST.items}),
    (Query("换成亿元", unit="亿元"), {"unit": "亿元", "measures": ("yoy_pct",)}),
    # a bare item keeps the measure, a question of its own does not
    (
        Query("卫生健康呢", items=(asked("卫生健康支出"),), follow=True, content=("卫生健康支出",)),
        {"measures": ("yoy_pct",), "regions": ("140404",), "scope": "whole"},
    ),
    (
        Query("卫生健康支出多少", items=(asked("卫生健康支出"),), asks=True, content=("卫生健康支出",)),
        {"measures": (), "regions": ("140404",), "periods": (Y2023,)},
    ),
    # place and item of its own: afresh
    (
        Query("西工区契税多少", regions=("410303",), items=(asked("契税"),), asks=True),
        {"regions": ("410303",), "periods": (), "measures": (), "scope": ""},
    ),
]


@pytest.mark.parametrize("query, expected", FOLLOW_UPS, ids=[query.text for query, _ in FOLLOW_UPS])
def test_follow_up(query: Query, expected: dict[str, object]) -> None:
    merged = merge(query, LAST)
    assert {name: getattr(merged, name) for name in expected} == expected


def test_nothing_is_inherited_without_a_dialogue() -> None:
    query = Query("同比呢", measures=("yoy_pct",))
    assert merge(query, None) == query


PARTS = [
    ("政府债务限额", "专项", "专项债务限额"),
    ("政府债务余额", "一般", "一般债务余额"),
    ("债券付息支出", "专项债务", "专项债务付息"),
]


@pytest.mark.parametrize("item, word, part", PARTS)
def test_part_of_an_item(item: str, word: str, part: str) -> None:
    found = part_of(asked(item), word)
    assert found and found.name == part


COUNTERPARTS = [
    ("一般公共预算收入", "支出", "一般公共预算支出"),
    ("政府债务限额", "余额", "政府债务余额"),
    ("教育支出", "余额", None),
]


@pytest.mark.parametrize("item, word, other", COUNTERPARTS)
def test_counterpart(item: str, word: str, other: str | None) -> None:
    found = counterpart(asked(item), word)
    assert (found.name if found else None) == other


HALVES = [("政府债务余额", ("一般专项",), ("一般债务余额", "专项债务余额")), ("债券付息支出", ("一般", "专项"), 2)]


@pytest.mark.parametrize("item, words, parts", HALVES)
def test_parts_that_words_name(item: str, words: tuple[str, ...], parts: tuple[str, ...] | int) -> None:
    found = tuple(part.name for part in parts_named(asked(item), words))
    assert len(found) == parts if isinstance(parts, int) else found == parts


def test_an_unknown_part_names_none() -> None:
    assert parts_named(asked("政府债务余额"), ("一般", "班主任津贴")) == ()


def test_the_account_inside_an_item_is_swapped() -> None:
    (found,) = in_account([asked("一般公共预算收入")], "government_fund")
    assert found.name == "政府性基金收入"
    assert in_account([asked("教育支出")], "government_fund") == (asked("教育支出"),)


BEFORE = Query("契税多少", regions=("140404",), periods=(Y2023,), items=(asked("契税"),), content=("契税",))


def test_back() -> None:
    last = remembered(LAST, BEFORE)
    assert merge(Query("上一个"), last) == BEFORE
    assert merge(Query("上一个", follow=True), LAST).items == LAST.items  # nothing before: the last stays


def test_only_a_few_questions_are_remembered() -> None:
    last = BEFORE
    for number in range(2 * DEEP):
        last = remembered(replace(LAST, periods=(Period.year(2000 + number),)), last)
    before = []
    while last.earlier:
        last = last.earlier
        before.append(last.periods[0].last_year)
    assert before == [2000 + 2 * DEEP - 1 - number for number in range(1, DEEP + 1)]


def test_a_dialogue_with_its_past_survives_json() -> None:
    last = remembered(LAST, BEFORE)
    assert from_plain(json.loads(json.dumps(to_plain(last)))) == last


def test_a_state_survives_json() -> None:
    assert from_plain(json.loads(json.dumps(to_plain(LAST)))) == LAST


def test_a_state_of_another_version_is_refused() -> None:
    with pytest.raises((TypeError, KeyError)):
        from_plain({"text": "x", "periods": [], "items": [], "colour": "red"})
