"""The item lexicon at work, both ways: every word of a row is found as that row, every example speaks of its row."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.find.phrases import Phrases
from index.find.terms import choose, exact_items, find_asked_terms, find_terms
from index.lexicon import Item, dictionary_words, items
from index.text.normal import plain

PREFIXES = tuple(dict.fromkeys(key.partition("-")[0] for key in items()))


def rows(prefix: str) -> Iterable[Item]:
    return (item for item in items().values() if item.key.startswith(f"{prefix}-"))


# ---------------------------------------------------------------------------------------------- both ways


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_example_speaks_of_its_row(prefix: str) -> None:
    lost = [
        (item.key, example, [match.text for match in find_asked_terms(plain(example))])
        for item in rows(prefix)
        for example in item.examples
        if item.key not in {choose(m.items, item.account, item.flow).key for m in find_asked_terms(plain(example))}
    ]
    assert lost == []


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_row_has_an_example(prefix: str) -> None:
    assert [item.key for item in rows(prefix) if not item.examples] == []


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_word_is_found_as_its_row(prefix: str) -> None:
    lost = []
    for item in rows(prefix):
        for word in (*item.words, *item.people):
            found = [(m.start, m.end, choose(m.items, item.account, item.flow).key) for m in find_asked_terms(word)]
            if found != [(0, len(word), item.key)]:
                lost.append((item.key, word, found))
    assert lost == []


@pytest.mark.parametrize("prefix", PREFIXES)
def test_reports_use_names_and_aliases_only(prefix: str) -> None:
    for item in rows(prefix):
        for word in item.words:
            assert [(m.start, m.end) for m in find_terms(word)] == [(0, len(word))]
        for word in item.people:
            assert item.key not in {i.key for m in find_terms(word) if m.text == word for i in m.items}, word


@pytest.mark.parametrize("prefix", PREFIXES)
def test_words_are_in_normal_form(prefix: str) -> None:
    assert [(i.key, w) for i in rows(prefix) for w in (*i.words, *i.people) if plain(w) != w or not w] == []


def test_parents_are_items() -> None:
    assert [item.key for item in items().values() if item.parent and item.parent not in items()] == []


def test_dictionary_holds_every_word_once() -> None:
    words = list(dictionary_words())
    assert len(words) == len(set(words))
    known = {w for item in items().values() for w in (*item.words, *item.people) if len(w) > 1}
    assert set(words) == known


# ---------------------------------------------------------------------------------------------- longest first


@pytest.mark.parametrize(
    "text,names",
    [
        ("一般公共预算收入完成5亿元", ["一般公共预算收入"]),
        ("一般公共预算支出和一般公共服务支出", ["一般公共预算支出", "一般公共服务支出"]),
        ("社会保障和就业支出、卫生健康支出", ["社会保障和就业支出", "卫生健康支出"]),
        ("专项债务余额", ["专项债务余额"]),
        ("税收收入与非税收入", ["税收收入", "非税收入"]),
        ("文化体育与传媒支出", ["文化体育与传媒支出"]),
        ("全年平稳运行", []),
        ("", []),
    ],
)
def test_terms_of_a_report(text: str, names: list[str]) -> None:
    assert [match.text for match in find_terms(text)] == names


@pytest.mark.parametrize(
    "word,name",
    [
        ("看病", "卫生健康支出"),
        ("卖地收入", "国有土地使用权出让收入"),
        ("修路", "交通运输支出"),
        ("社保", "社会保障和就业支出"),
        ("欠债", "政府债务余额"),
        ("三公", "三公经费"),
        ("教育", "教育支出"),
        ("国土海洋气象等支出", "自然资源海洋气象等支出"),
        ("资源勘探信息等支出", "资源勘探工业信息等支出"),
        ("医疗卫生与计划生育支出", "卫生健康支出"),
        ("文化体育与传媒支出", "文化旅游体育与传媒支出"),
    ],
)
def test_other_names(word: str, name: str) -> None:
    assert choose(exact_items(word), "general_public").name == name


@pytest.mark.parametrize(
    "word,account,key",
    [
        ("教育支出", "general_public", "gp-exp-205"),
        ("教育支出", "government_fund", "gf-exp-205"),
        ("教育支出", "", "gp-exp-205"),
        ("城乡社区支出", "general_public", "gp-exp-212"),
        ("城乡社区支出", "government_fund", "gf-exp-212"),
    ],
)
def test_account_decides(word: str, account: str, key: str) -> None:
    assert choose(exact_items(word), account).key == key


def test_people_words_are_marked() -> None:
    assert [match.people for match in find_asked_terms("看病和教育支出")] == [True, False]


def test_unknown_word_is_no_item() -> None:
    assert exact_items("飞碟观测支出") == ()


# ---------------------------------------------------------------------------------------------- the search itself


@pytest.mark.parametrize(
    "words,text,found",
    [
        (["教育支出", "教育"], "教育支出和教育", [(0, 4), (5, 7)]),
        (["甲乙丙", "乙丙丁"], "甲乙丙丁", [(0, 3)]),
        (["甲乙丙丁戊", "甲乙"], "甲乙丙丁", [(0, 2)]),
        (["甲"], "甲甲", [(0, 1), (1, 2)]),
        (["", "甲"], "乙", []),
        ([], "甲", []),
    ],
)
def test_longest_match(words: list[str], text: str, found: list[tuple[int, int]]) -> None:
    assert [(start, end) for start, end, _ in Phrases(dict.fromkeys(words, 1)).find(text)] == found


@given(st.lists(st.text("甲乙丙", min_size=1, max_size=4), max_size=8), st.text("甲乙丙丁", max_size=30))
def test_matches_are_phrases_that_do_not_overlap(words: list[str], text: str) -> None:
    phrases = Phrases({word: word for word in words})
    found = list(phrases.find(text))
    assert all(text[start:end] == word for start, end, word in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert all(phrases.get(word) == word for word in words)
