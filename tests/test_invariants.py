"""What holds for every text: nothing raises, a fact's characters are its value, typing does not change the reading.

Runs over the sample reports, over published reports where there are any, and over texts made from the words of budgets.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import YusuanError
from index.models import Account, Document, Flow, Line, Measure, Parsed, Scope, Table, ValueKind
from index.parse import parse
from index.text.normal import normalise, plain
from tests.parse_builders import TITLE, document, facts_of, parsed, parsed_file

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path for path in (ROOT / "data" / "reports").glob("*") if path.stem != "README")
SEEDS = ("000", "001", "002", "003", "004")
WORDS = [
    "全区", "全市", "市级", "区本级", "上党区", "襄垣县", "经开区", "2023年", "2024年", "上年", "1-6月",
    "截至2023年底", "一般公共预算收入", "教育支出", "城乡社区支出", "政府性基金收入", "国有资本经营收入",
    "政府债务余额", "专项债务限额", "上级补助收入", "结余", "收入总计", "增值税", "“三公”经费", "预算", "年初预算",
    "调整预算", "完成", "实际完成", "安排", "预计", "占年度预算", "占税收收入的", "为预算的", "的", "同比", "比上年",
    "增长", "下降", "增收", "减支", "分别", "其中：", "其中", "和", "、", "，", "；", "。", "：", "（", "）", "(",
    ")", "用于", "项目", "排名", "第", "位", "一、", "（二）", "1.", "①", "一是", "《", "》", "“", "”", "\n", " ",
    "\t", "**", "|", "*", "-", "%", "万元", "亿元", "元", "个", "户", "倍", "个百分点", "5", "12.5", "56917",
    "3,186, 047", "８７", "-231", "0", "不", "县区\t收入\t支出", "\n- 3 -\n", "# ", "单位：万元", "附表1",
]  # fmt: skip
TEXTS = st.lists(
    st.one_of(st.sampled_from(WORDS), st.integers(0, 10**7).map(str), st.text(max_size=4)), max_size=60
).map("".join)
CELLS = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(["项目", "预算数", "决算数", "合计", ""]), st.text(max_size=5)
)


def sound(found: Parsed) -> None:
    """All that must be true of whatever was read."""
    for position, sentence in enumerate(found.sentences):
        assert sentence.index == position
        assert sentence.section is None or 0 <= sentence.section < len(found.sections)
    for position, section in enumerate(found.sections):
        assert section.index == position and (section.parent is None or section.parent < position)
    taken = set()
    for fact in found.facts:
        text = found.sentences[fact.sentence].text
        assert fact.value and text[fact.start : fact.end] == fact.value
        assert fact.number is None or (isinstance(fact.number, Decimal) and fact.number.is_finite())
        assert (fact.number is None) == ("*" in fact.value or "range" in fact.flags)  # withheld, or of two ends
        assert fact.item.strip() and fact.rule
        assert fact.measure in get_args(Measure) and fact.kind in get_args(ValueKind)
        assert fact.scope in get_args(Scope) and fact.account in get_args(Account) and fact.flow in get_args(Flow)
        assert fact.period.first_year <= fact.period.last_year
        assert 1 <= fact.period.first_month <= fact.period.last_month <= 12
        place = (fact.sentence, fact.start)
        assert place not in taken
        taken.add(place)
    for missed in found.missed:
        assert 0 <= missed.start < missed.end <= len(found.sentences[missed.sentence].text)


# ---------------------------------------------------------------------------------------------- reports


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem[:2]) for path in SAMPLES])
def test_sample_is_sound(path: Path) -> None:
    found = parsed_file(path)
    sound(found)
    assert len(found.facts) >= 40 or found.subject.kind == "half_year"


@pytest.mark.real
@pytest.mark.parametrize("seed", SEEDS)
def test_seed_is_sound(shared: Path, seed: str) -> None:
    (path,) = (shared / "reports" / "seeds").glob(f"{seed}_*")
    sound(parsed_file(path))


@pytest.mark.real
@pytest.mark.parametrize("seed", SEEDS)
def test_seed_reads_the_same_twice(shared: Path, seed: str) -> None:
    (path,) = (shared / "reports" / "seeds").glob(f"{seed}_*")
    found = parsed_file(path)
    assert parse(found.document).facts == found.facts


@pytest.mark.real
@pytest.mark.parametrize("seed", SEEDS)
def test_most_amounts_of_a_seed_become_facts(shared: Path, seed: str) -> None:
    (path,) = (shared / "reports" / "seeds").glob(f"{seed}_*")
    found = parsed_file(path)
    money = [f for f in found.facts if f.kind == "money"]
    missed = [m for m in found.missed if re.match(r"\s*[万亿]?元", found.sentences[m.sentence].text[m.end :])]
    assert len(missed) <= 0.02 * len(money)


# ---------------------------------------------------------------------------------------------- any text


@given(TEXTS, st.sampled_from(["", TITLE, "长治市2023年上半年预算执行情况的报告", "工作总结"]))
def test_no_text_raises(text: str, title: str) -> None:
    try:
        found = parsed(title, *text.split("\n"))
    except YusuanError as error:
        one_line = str(error)
    else:
        sound(found)
        return
    assert one_line and "\n" not in one_line


@given(st.lists(st.text(max_size=80), max_size=12), st.booleans())
def test_no_unicode_raises(lines: list[str], whole: bool) -> None:
    try:
        found = parse(Document("任意.txt", "0", "txt", tuple(Line(line, 1, whole) for line in lines)))
    except YusuanError:
        return
    sound(found)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6), st.one_of(st.just(""), TEXTS))
def test_no_table_raises(rows: list[list[str]], caption: str) -> None:
    table = Table(tuple(tuple(row) for row in rows), caption=caption)
    sound(parsed(TITLE, "教育支出34120万元。", table, "农林水支出22504万元。"))


@given(TEXTS)
def test_offsets_of_the_normal_form(text: str) -> None:
    normal = normalise(text)
    assert list(normal.back) == sorted(set(normal.back)) and len(normal.back) == len(normal.text)
    assert plain(normal.text) == normal.text


# ---------------------------------------------------------------------------------------------- typing

SENTENCES = [
    "教育支出48230万元，占年度预算50114万元的96.24%，与上年同期相比增长5.18%，增支2375万元。",
    "全区一般公共预算收入预算152300万元，执行中调整为98450万元，实际完成99210万元，为调整预算的100.77%，同比下降28.6%。",
    "政府债务余额205318万元，其中一般债务余额61204万元，专项债务余额144114万元。",
    "增值税完成42718万元，占税收收入的31.06%；契税完成5127万元，占税收收入的3.73%。",
    "通过惠民卡发放补贴9037.2万元，惠及群众184000人次。",
    "上级补助收入-318万元，上年结余640万元，收入总计5172万元。",
]


def readings(text: str) -> list[tuple[str, str, str, str]]:
    return [(f.item, f.measure, f.unit, str(f.number)) for f in facts_of(TITLE, text)]


def full_width(text: str) -> str:
    return text.translate({0x30 + i: 0xFF10 + i for i in range(10)} | {ord("%"): "％", ord("."): "．", ord("-"): "－"})


@pytest.mark.parametrize("sentence", SENTENCES)
def test_full_width_changes_nothing(sentence: str) -> None:
    assert readings(sentence)
    assert readings(full_width(sentence)) == readings(sentence)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(
    "pattern,put",
    [
        (r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", " "),
        (r"(?<=[，；：。])", " "),
        (r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", " "),
        (r"(?<=\d)(?=(?:\d{3})+(?!\d))(?<!\.\d)(?<!\.\d\d)(?<!\.\d\d\d)", ","),
        (r"(?<=\d)(?=\.\d)", " "),
        (r"(?=的)", "\u3000"),
    ],
)
def test_blanks_and_commas_change_nothing(sentence: str, pattern: str, put: str) -> None:
    assert readings(re.sub(pattern, put, sentence)) == readings(sentence)


@given(st.sampled_from(SENTENCES), st.data())
def test_a_blank_anywhere_but_in_numbers_changes_nothing(sentence: str, data: st.DataObject) -> None:
    places = [i for i in range(1, len(sentence)) if not re.fullmatch(r"[\d.%-]{2}", sentence[i - 1 : i + 1])]
    chosen = sorted(data.draw(st.sets(st.sampled_from(places), max_size=8)), reverse=True)
    text = sentence
    for place in chosen:
        text = f"{text[:place]} {text[place:]}"
    assert readings(text) == readings(sentence)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_latin_marks_change_nothing(sentence: str) -> None:
    assert readings(sentence.replace("，", ", ").replace("；", ";").replace("：", ":")) == readings(sentence)


def test_a_title_is_read_however_it_is_typed() -> None:
    plain_title, wide = (document(title, "教育支出5万元。") for title in (TITLE, TITLE.replace("2023", " ２０２３ ")))
    assert parse(plain_title).subject.year == parse(wide).subject.year == 2023
