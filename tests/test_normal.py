"""The normal form: what each step does, and that the offsets always lead back to what was printed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.normal import normalise, plain

EXAMPLES = [
    # full-width digits, letters and signs
    ("占２０２３年预算３５９４万元的９５．９４％", "占2023年预算3594万元的95.94%"),
    ("增长０．２１％", "增长0.21%"),
    ("ＰＰＰ项目", "PPP项目"),
    ("1－6月份", "1-6月份"),
    ("1—6月份", "1—6月份"),  # a dash of sentences, too: periods read it
    ("1–6月份", "1-6月份"),
    ("上级补助收入−231万元", "上级补助收入-231万元"),
    ("完成８７％", "完成87%"),
    # brackets and clause marks
    ("其他支出(类)8万元", "其他支出（类）8万元"),
    ("(一)收入;(二)支出:", "（一）收入；（二）支出："),
    ("完成 46880 万元, 下降 63.78%, 减收 82539 万元。", "完成46880万元，下降63.78%，减收82539万元。"),
    ("财预〔2016〕143号", "财预［2016］143号"),
    # blanks
    ("一 般 公 共 预 算 收 入", "一般公共预算收入"),
    ("教育支出　56917　万元", "教育支出56917万元"),
    ("教育支出\u00a056917\u00a0万元", "教育支出56917万元"),
    ("31 .5％", "31.5%"),
    ("31. 5%", "31.5%"),
    ("2023 年 1 月", "2023年1月"),
    ("增 长\n6.75%", "增长6.75%"),
    # thousands
    ("3,594,026万元", "3594026万元"),
    ("3,594, 026万元", "3594026万元"),
    ("3，594，026万元", "3594026万元"),
    # commas that are none of thousands
    ("支出5,增长3%", "支出5，增长3%"),
    ("2022,2023年", "2022，2023年"),
    # a blank between two numbers or latin words stays
    ("100 200", "100 200"),
    ("Excel 2010", "Excel 2010"),
    # quotation marks leave words and stay on figures
    ("“三公”经费", "三公经费"),
    ('"三公"经费', "三公经费"),
    ("‘三保’支出", "三保支出"),
    ("“4050”人员", "“4050”人员"),
    # what a reader left
    ("**教育支出**56917万元", "教育支出56917万元"),
    ("\ufeff教育\u200b支出", "教育支出"),
    # nothing to do
    ("", ""),
    ("*万元", "*万元"),
    ("PM2.5浓度", "PM2.5浓度"),
]

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("教育支出收入增长下降万元亿％%，,。.；;（(）)“”\"'*＊－—"),
        st.sampled_from(" \u3000\n\t\u200b\ufeff０１２３0123456789-"),
        st.characters(),
    ),
    max_size=60,
)


@pytest.mark.parametrize("printed,normal", EXAMPLES)
def test_example(printed: str, normal: str) -> None:
    assert normalise(printed).text == normal


@pytest.mark.parametrize("printed,normal", EXAMPLES)
def test_form_of_a_form_is_itself(printed: str, normal: str) -> None:
    assert plain(normal) == normal


@pytest.mark.parametrize(
    "printed,words,back",
    [
        ("完成 3,594, 026 万元", "3594026", "3,594, 026"),
        ("占 ２０２３ 年预算", "2023年", "２０２３ 年"),
        ("教 育 支 出", "教育支出", "教 育 支 出"),
        ("增长31 .5％。", "31.5", "31 .5"),
        ("“三公”经费394万元", "394", "394"),
        ("**其他**：5万元", "5万元", "5万元"),
        ("其他支出(类) 8 万元", "（类）", "(类)"),
    ],
)
def test_words_lead_back(printed: str, words: str, back: str) -> None:
    normal = normalise(printed)
    start = normal.text.index(words)
    first, last = normal.printed(start, start + len(words))
    assert printed[first:last] == back


@pytest.mark.parametrize("printed", ["", " ", "\u200b", "教育", " 教育 "])
def test_empty_span_is_a_place(printed: str) -> None:
    normal = normalise(printed)
    for at in range(len(normal.text) + 1):
        start, end = normal.printed(at, at)
        assert start == end and 0 <= start <= len(printed)


@given(TEXTS)
def test_offsets_rise_and_stay_inside(printed: str) -> None:
    normal = normalise(printed)
    assert len(normal.back) == len(normal.text)
    assert all(a < b for a, b in zip(normal.back, normal.back[1:], strict=False))
    assert all(0 <= at < len(printed) for at in normal.back)


@given(TEXTS)
def test_normal_form_is_stable(printed: str) -> None:
    once = plain(printed)
    assert plain(once) == once


@given(TEXTS)
def test_digits_stay_in_order(printed: str) -> None:
    def digits(text: str) -> str:
        return re.sub(r"[^0-9]", "", text.translate({0xFF10 + i: 0x30 + i for i in range(10)}))

    assert digits(plain(printed)) == digits(printed)


@given(st.integers(0, 10**12), st.integers(0, 99), st.sampled_from(["万元", "亿元", "元", "%", "个百分点"]))
def test_every_way_to_type_a_number_is_one(whole: int, part: int, unit: str) -> None:
    number = f"{whole}.{part:02}"
    wide = number.translate({0x30 + i: 0xFF10 + i for i in range(10)})
    grouped = f"{whole:,}.{part:02}"
    forms = {plain(f"完成{text}{unit}") for text in (number, wide, grouped, f" {number} ", grouped.replace(",", ", "))}
    assert forms == {f"完成{number}{unit}"}
