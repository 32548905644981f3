"""Addresses and button data: what fits, what comes back, and that nothing made up gets through."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram import codec
from index.ask import reference
from index.ask.reference import Reference, item_token, region_token
from index.lexicon import items
from index.models import Period

# address -> token
TOKENS: list[tuple[Reference, str]] = [
    (Reference("140404", Period.year(2023), "gp-exp-205", "actual", "whole", "general_public", 3407872),
     "140404_2023_gp-exp-205_xwg_211j4"),
    # everything open
    (Reference("140404", None, "total-gp-rev"), "140404__total-gp-rev_---_"),
    # the unnamed place, months, own level
    (Reference("0", Period(2023, 2023, 1, 6), "total-gp-rev", "completion", "own"), "0_20230106_total-gp-rev_co-_"),
    # several years
    (Reference("410303", Period(2021, 2025), "debt-balance", "outstanding"), "410303_20212025_debt-balance_o--_"),
]  # fmt: skip

MADE_UP = [
    "", "x", "140404", "140404_2023_gp-exp-205_xwg", "140404_2023_gp-exp-205_xwg_ZZ", "14040_2023_gp-exp-205_xwg_",
    "140404_1800_gp-exp-205_xwg_", "140404_20231301_gp-exp-205_xwg_", "140404_20230900_gp-exp-205_xwg_",
    "140404_2023_gp-exp-205_zzz_", "140404_2023_gp-exp-205_xwg_zzzzzzzzzz", "140404_2023_' OR 1=1 --_xwg_",
    "140404_2023_教育支出_xwg_", "１４０４０４_2023_gp-exp-205_xwg_", "140404_2023_gp-exp-205_xwg_\n",
]  # fmt: skip


@pytest.mark.parametrize("address, token", TOKENS)
def test_an_address_goes_there_and_back(address: Reference, token: str) -> None:
    assert reference.encode(address) == token
    assert reference.decode(token) == address


@pytest.mark.parametrize("token", MADE_UP)
def test_a_made_up_address_is_refused(token: str) -> None:
    with pytest.raises(ValueError):
        reference.decode(token)


@given(st.text(max_size=70))
def test_no_text_breaks_the_address(text: str) -> None:
    try:
        address = reference.decode(text)
    except ValueError:
        return
    assert reference.decode(reference.encode(address)) == address


def test_every_item_and_zone_fits_into_a_button_and_a_link() -> None:
    zone = region_token("410300-洛阳高新技术产业开发区洛阳片区")
    tokens = {item_token(item.key, item.name) for item in items().values()} | {item_token("", "某某产业园道路改造项目")}
    assert len(tokens) == len(items()) + 1
    for item in tokens:
        longest = reference.encode(
            Reference(zone, Period(2023, 2023, 10, 12), item, "adjusted_budget", "own_wide", "other", (1 << 45) - 1)
        )
        assert len(longest) <= reference.LONGEST
        assert len(codec.encode("trend", longest, 999).encode()) <= 64
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", codec.start_parameter(longest))


@pytest.mark.parametrize("action", codec.ACTIONS)
@pytest.mark.parametrize("page", [0, 1, 37])
def test_a_button_goes_there_and_back(action: str, page: int) -> None:
    data = codec.encode(action, "140404_2023_gp-exp-205_xwg_211j4", page)
    assert codec.decode(data) == codec.Press(action, page, "140404_2023_gp-exp-205_xwg_211j4")


@pytest.mark.parametrize("data", ["0t.140404", "2t3.140404_2023_gp-exp-205_xwg_", "9c.x"])
def test_a_button_of_another_version_is_told_apart(data: str) -> None:
    with pytest.raises(codec.Outdated):
        codec.decode(data)


@pytest.mark.parametrize(
    "data", ["", "1", "1t", "hello", "1!.x", "1j.x", "1t1000.x", "1t.a b", "1t." + "x" * 62, "1t.教"]
)
def test_a_made_up_button_is_refused(data: str) -> None:
    with pytest.raises(ValueError) as caught:
        codec.decode(data)
    assert not isinstance(caught.value, codec.Outdated)


@given(st.text(max_size=70))
def test_no_text_breaks_the_button(text: str) -> None:
    try:
        press = codec.decode(text)
    except ValueError:
        return
    assert codec.decode(codec.encode(press.action, press.token, press.page)) == press


def test_what_does_not_fit_is_not_made() -> None:
    with pytest.raises(ValueError):
        codec.encode("trend", "x" * 62)


@pytest.mark.parametrize("parameter", ["", "c", "help", "x140404", "c教育", "c" + "x" * 60])
def test_a_made_up_link_is_refused(parameter: str) -> None:
    with pytest.raises(ValueError):
        codec.from_start(parameter)
