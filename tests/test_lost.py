"""Nothing is lost in silence: every number is a fact, of a kind that is no figure, or listed as not read."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.facts.lost import lost_in, marked
from index.intake.report import report_on
from index.models import Document, Line, Parsed, Table
from index.store.naming import StoreResult
from index.text.furniture import without_furniture
from index.text.glyphs import in_common_characters
from index.text.last_rows import with_last_rows
from index.text.lines import paragraphs
from tests.parse_builders import TITLE, parsed, table
from tests.published import parsed_of

NO_FIGURE = [
    "2023年",
    "2023-2025年",
    "2023、2024年",
    "2024.1.15发布",
    "2024年1月15日",
    "1-6月",
    "12个月",
    "10年期",
    "3号楼",
    "第15条",
    "第3次会议",
    "第1-3款",
    "附件3",
    "附表15、16、26",
    "表1-2",
    "（1）收入",
    "1.收入",
    "2、支出",
    "财预〔2016〕143号",
    "《关于2023年10项措施的通知》",
    "“4050”人员",
    "“1+6”方案",
    "5G基站",
    "PM2.5浓度",
    "G208线",
    "208国道",
    "110kV变电站",
    "电话：0355-8081234",
    "热线12345",
    "12345热线",
    "2010301行政运行",
    "（204类）",
    "06款",
    "比例1：1.2",
    "8：30开会",
    "“7·20”灾害",
    "90后",
    "www.a23.cn",
    "附件17841.xlsx",
    "2080501-行政单位离退休",
    "3周岁以下",
]
LOST = [
    ("共6大系统", ["6"]),
    ("平均得分99.33分", ["99.33"]),
    ("增长13.95。", ["13.95"]),
    ("支出12\ufffd45万元", ["12\ufffd45"]),
    ("比上年增加542,62万元", ["542", "62"]),
    ("投资1.5兆", ["1.5"]),
    ("二十三万元", ["二十三"]),
    ("增长百分之五", ["百分之五"]),
    ("（234）万元", ["234"]),
    ("合计 123　456", ["123", "456"]),
]


@pytest.mark.parametrize("text", NO_FIGURE)
def test_what_is_no_figure(text: str) -> None:
    assert lost_in(text, ()) == []


@pytest.mark.parametrize("text,lost", LOST)
def test_what_is_lost(text: str, lost: list[str]) -> None:
    assert [text[start:end] for start, end in lost_in(text, ())] == lost


def test_what_became_a_fact_is_not_lost() -> None:
    text = "教育支出12,345万元，平均得分99分"
    assert marked(text, lost_in(text, [(4, 10)])) == "教育支出12,345万元，平均得分【99】分"


# ---------------------------------------------------------------------------------------------- tables


def unread(found: Parsed) -> list[str]:
    told = [found.sentences[one.sentence].text[one.start : one.end] for one in found.missed]
    return [*told, *found.unplaced]


@pytest.mark.parametrize(
    "cell,expected",
    [
        ("12345", []),
        ("(234)", ["(234)"]),
        ("123　456", ["123　456"]),
        ("#REF!", ["#REF!"]),
        ("3-5", ["3-5"]),
        ("12\ufffd5", ["12\ufffd5"]),
        ("12,345万元", []),
        ("—", []),
        ("1,234（5）", ["1,234（5）"]),
        ("△56", []),
    ],
)
def test_cells_that_are_not_read_are_listed(cell: str, expected: list[str]) -> None:
    rows = table(f"项目 | 2023年完成数\n教育支出 | {cell}\n农林水支出 | 200\n卫生健康支出 | 300", "支出表 单位：万元")
    assert unread(parsed(TITLE, rows)) == expected


def test_codes_numbers_of_lines_and_dates_are_none() -> None:
    rows = table(
        "序号 | 科目编码 | 项目 | 发行时间 | 2023年完成数\n"
        "1 | 205 | 教育支出 | 3　10 | 100\n2 | 213 | 农林水支出 | 4.15 | 200",
        "支出表 单位：万元",
    )
    assert unread(parsed(TITLE, rows)) == []


def test_remarks_and_heads_are_listed() -> None:
    rows = table(
        "项目 | 2023年完成数 | 备注\n教育支出 | 100 | 其中新增12万元\n农林水支出 | 200 | 见附表3",
        "表2 2023年支出表 全年共15.5亿元 单位：万元",
    )
    assert unread(parsed(TITLE, rows)) == ["12", "表2 2023年支出表 全年共【15.5】亿元 单位：万元"]


def test_the_report_counts_and_lists_them() -> None:
    found = parsed(
        TITLE,
        "教育支出100万元，平均得分99.5。",
        "农林水支出12\ufffd45万元。",
        table("项目 | 2023年完成数\n教育支出 | #REF!\n农林水支出 | 200", "支出表 单位：万元"),
    )
    told = report_on("报告.txt", found, StoreResult(True, len(found.facts), len(found.sentences), "报告.txt"))
    assert (told.missed, told.others) == (2, 1)
    assert told.unread == ("农林水支出【12\ufffd45】万元。", "教育支出｜【#REF!】")
    assert told.unread_others == ("教育支出100万元，平均得分【99.5】。",)


# ---------------------------------------------------------------------------------------------- real reports

DIGITS = re.compile(r"\d+")
MONEY = re.compile(r"\d[\d,，]*(?:[.．]\d+)?(?=\s*(?:[万亿千百]*元(?![素旦])|[%％]))")


def digits(texts: list[str]) -> Counter[str]:
    return Counter(digit for text in texts for run in DIGITS.findall(text) for digit in run)


def texts_of(document: Document) -> list[str]:
    texts: list[str] = []
    for block in document.blocks:
        texts += [block.text] if isinstance(block, Line) else [block.caption, *(c for row in block.rows for c in row)]
    return texts


@cache
def reports(folder: Path) -> tuple[tuple[Document, Parsed], ...]:
    found: list[tuple[Document, Parsed]] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            found += parsed_of(path)
        except UnreadableFile:
            continue
    return tuple(found)


@pytest.mark.real
@pytest.mark.parametrize("folder", ["reports", "reports_local", "reports_more"])
def test_every_digit_stands_in_a_sentence_a_head_or_the_page_furniture(shared: Path, folder: str) -> None:
    """Nothing may go between reading and the sentences but page numbers, running heads and contents."""
    for document, found in reports(shared / folder):
        plain = with_last_rows(in_common_characters(document))
        read = digits(texts_of(plain))
        kept = without_furniture(plain.blocks)
        furniture = read - digits(texts_of(Document("", "", "", tuple(kept))))
        told = digits([sentence.text for sentence in found.sentences])
        tables = [block for block in paragraphs(plain) if isinstance(block, Table)]
        cells = digits([cell for one in tables for cell in (one.caption, *(cell for row in one.rows for cell in row))])
        rows = digits([sentence.text for sentence in found.sentences if sentence.kind == "row"])
        assert not (read - furniture) - told - (cells - rows), document.name


@pytest.mark.real
@pytest.mark.parametrize("folder", ["reports", "reports_local", "reports_more"])
def test_every_number_is_a_fact_no_figure_or_listed(shared: Path, folder: str) -> None:
    """By looks alone, in the printed text: what has a unit of money or a percent sign is a fact or listed; nothing
    else is left either, but for the kinds that are no figure."""
    for document, found in reports(shared / folder):
        taken: dict[int, list[tuple[int, int]]] = {}
        for fact in found.facts:
            taken.setdefault(fact.sentence, []).append((fact.start, fact.end))
        for one in found.missed:
            taken.setdefault(one.sentence, []).append((one.start, one.end))
        for sentence in found.sentences:
            spans = taken.get(sentence.index, [])
            left = [
                match[0]
                for match in MONEY.finditer(
                    re.sub(r"《[^》]*》|[“\"][^”\"]*[”\"]", lambda m: "x" * len(m[0]), sentence.text)
                )
                if not any(a < match.end() and match.start() < b for a, b in spans)
            ]
            assert not left, (document.name, sentence.text, left)
            if sentence.kind != "row":
                assert not lost_in(sentence.text, spans), (document.name, sentence.text)
