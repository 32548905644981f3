"""Headings, sections and sentences: which line is a heading, of what level, and what stands below it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.models import Table
from index.outline import Outline, Passage, PlacedTable, heading_level, outline, split_sentences
from index.text.lines import Paragraph
from index.text.normal import plain

TITLE = "某县2023年预算执行情况和2024年预算草案的报告"


def of(*texts: str) -> Outline:
    return outline([Paragraph(text) for text in (TITLE, *texts)])


def path(found: Outline, sentence: str) -> list[str]:
    """Titles of the sections around the sentence that holds these words, outermost first."""
    (at,) = [s.section for s in found.sentences if sentence in s.text and s.kind == "text"]
    titles: list[str] = []
    while at is not None:
        titles.insert(0, found.sections[at].title)
        at = found.sections[at].parent
    return titles


@pytest.mark.parametrize(
    "text,level,title",
    [
        ("第一部分 预算执行情况", 0, "预算执行情况"),
        ("叁 2024年预算草案", 0, "2024年预算草案"),
        ("一、2023年预算执行情况", 1, "2023年预算执行情况"),
        ("十二、其他", 1, "其他"),
        ("（一）一般公共预算", 2, "一般公共预算"),
        ("（十一）社会保险基金收支平衡", 2, "社会保险基金收支平衡"),
        ("1.一般公共预算收支执行情况", 3, "一般公共预算收支执行情况"),
        ("2、政府性基金", 3, "政府性基金"),
        ("3.2023年政府债务付息情况", 3, "2023年政府债务付息情况"),
        ("（1）严控新增债务", 4, "严控新增债务"),
        ("①收入", 5, "收入"),
    ],
)
def test_level_of_a_heading(text: str, level: int, title: str) -> None:
    assert heading_level(plain(text)) == (level, title)


@pytest.mark.parametrize(
    "text", ["2.5亿元", "一般公共预算", "三公经费", "1-6月份", "2023年", "（含开发区）", "一是教育", "12月末"]
)
def test_no_heading_number(text: str) -> None:
    assert heading_level(text) is None


def test_levels_nest() -> None:
    found = of(
        "一、2023年预算执行情况", "（一）收支情况", "1.一般公共预算", "全县收入完成5亿元。",
        "2.政府性基金预算", "全县收入完成3亿元。", "（二）债务情况", "债务余额为9亿元。",
        "二、2024年预算草案", "全县收入预期6亿元。",
    )  # fmt: skip
    assert path(found, "完成5亿元") == ["2023年预算执行情况", "收支情况", "一般公共预算"]
    assert path(found, "完成3亿元") == ["2023年预算执行情况", "收支情况", "政府性基金预算"]
    assert path(found, "余额为9亿元") == ["2023年预算执行情况", "债务情况"]
    assert path(found, "预期6亿元") == ["2024年预算草案"]


def test_each_part_of_a_collection_begins_anew() -> None:
    """关于2020年…的说明 without a number has a 一、 of its own, and its year holds below it."""
    found = of(
        "一、2019年收入", "收入情况较好。", "关于2020年市级收入预算的说明", "安排有保有压。",
        "一、主要项目", "增值税增长较快。",
    )  # fmt: skip
    assert path(found, "安排有保有压") == ["关于2020年市级收入预算的说明"]
    assert path(found, "增值税增长较快") == ["关于2020年市级收入预算的说明", "主要项目"]


def test_title_is_what_stands_before_the_text() -> None:
    found = of("（2024年1月10日在某县人民代表大会上）", "某县财政局", "各位代表：", "一、执行情况", "收入5亿元。")
    assert TITLE in found.title


def test_title_over_two_lines_is_joined() -> None:
    lines = ("关于某县2023年预算执行情况和", "2024年预算草案的报告", "各位代表：")
    found = outline([Paragraph(line) for line in lines])
    assert found.title == "关于某县2023年预算执行情况和2024年预算草案的报告"


@pytest.mark.parametrize(
    "line",
    [
        "教育支出34120万元",
        "1.教育支出34120万元",
        "一是教育支出得到保障，科技支出稳步增长",
        "全县上下共同努力，财政运行总体平稳。",
        "其中：",
    ],
)
def test_line_is_no_heading(line: str) -> None:
    found = of("一、执行情况", line, "收入5亿元。")
    assert line.strip("：") not in [section.title for section in found.sections]


def test_heading_that_runs_on_opens_its_section() -> None:
    found = of("（五）政府性基金收入 2023 年，全县基金收入完成 46880 万元。", "1、污水处理费收入完成892万元。")
    assert path(found, "892")[-1] == "政府性基金收入"
    assert path(found, "46880")[-1] == "政府性基金收入"


def test_heading_with_a_full_stop_opens_its_section() -> None:
    found = of("（二）政府债务。全县债务余额9亿元。", "（三）其他。收入5亿元。")
    assert path(found, "5亿元") == ["其他"]


@pytest.mark.parametrize(
    "text,count",
    [
        ("收入5亿元。支出6亿元。", 2),
        ("收入5亿元！支出6亿元？结余1亿元。", 3),
        ("收入5亿元，支出6亿元；结余1亿元。", 1),
        ("收入（见附表。）5亿元。", 1),
        ("一是收入5亿元；二是支出6亿元；三是结余1亿元。", 3),
        ("他说：“收入5亿元。”支出6亿元。", 2),
        ("增长3.5%，为2.5亿元。", 1),
        ("没有句号", 1),
        ("", 0),
        ("   ", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count


def test_long_sentence_is_cut_at_semicolons() -> None:
    clauses = (f"第{i}类支出完成{i}万元，增长{i}.5%，主要用于第{i}项工作的开展" for i in range(20))
    pieces = split_sentences("；".join(clauses) + "。")
    assert len(pieces) > 1
    assert max(map(len, pieces)) < 260


@given(st.text(alphabet=st.sampled_from("收入支出5亿元。！？；（）一二是1.、\n ”"), max_size=400))
def test_sentences_joined_are_the_paragraph(text: str) -> None:
    joined = "".join(split_sentences(text))
    assert joined.strip() == text.strip()


def test_table_takes_its_section_and_the_lines_before() -> None:
    table = Table((("项目", "预算数"), ("教育支出", "100")))
    found = outline([Paragraph(TITLE), Paragraph("一、收支表"), Paragraph("各项收支如下，单位为万元。"), table])
    (placed,) = [part for part in found.order if isinstance(part, PlacedTable)]
    assert placed.section is not None and found.sections[placed.section].title == "收支表"
    assert placed.before[-1] == "各项收支如下，单位为万元。"


def test_every_sentence_stands_in_one_passage() -> None:
    found = of("一、执行情况", "收入5亿元。支出6亿元。", "（一）其他", "结余1亿元。")
    places = [index for part in found.order if isinstance(part, Passage) for index in part.sentences]
    assert places == list(range(len(found.sentences)))
    assert [sentence.index for sentence in found.sentences] == places
