"""Plain text, markdown and CSV, in the encodings they come in."""

import codecs
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.models import Line, Table
from index.read import read_document, read_documents
from index.read.sniff import sniff
from tests import read_builders as make

SENTENCE = "2023年，全区财政总收入完成867718万元。"


def read(tmp_path: Path, data: bytes, name: str = "报告.txt"):
    path = tmp_path / name
    path.write_bytes(data)
    return read_document(path)


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode(),
        codecs.BOM_UTF8 + SENTENCE.encode(),
        SENTENCE.encode("gb18030"),
        SENTENCE.encode("utf-16"),
        SENTENCE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"),
        ("[bookmark: _GoBack]" + SENTENCE + "\r\n\r\n \u3000\r\n").encode(),
    ],
    ids=["utf-8", "utf-8 mark", "gb18030", "utf-16", "utf-16 without mark", "utf-16 big", "bookmark"],
)
def test_encodings(tmp_path: Path, data: bytes) -> None:
    document = read(tmp_path, data)
    assert document.blocks == (Line(SENTENCE),)
    assert (document.name, document.media) == ("报告.txt", "txt")


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "空"),
        (b" \n\t\n", "空"),
        ("\u3000\u3000\n".encode(), "空"),
        (bytes(range(256)) * 20, "二进制"),
        (b"\x01\x02\x03\x04" * 100, "二进制"),
        (b"\x81\x20" * 40, "编码"),
        (b"MZ\x00\x00" + bytes(200), "程序"),
        (b"{\\rtf1\\ansi {\\*\\x " + SENTENCE.encode(), "RTF"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"SQLite format 3\x00" + bytes(100), "数据库"),
    ],
)
def test_refusals_are_one_chinese_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as error:
        read(tmp_path, data)
    assert "\n" not in str(error.value)
    assert str(tmp_path) not in str(error.value)


def test_missing_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.txt", tmp_path):
        with pytest.raises(UnreadableFile):
            read_documents(path)


def test_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "空格.txt"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)  # sparse: nothing is written
    with pytest.raises(UnreadableFile, match="太大"):
        read_document(path)


def test_tables_stand_where_they_are(tmp_path: Path) -> None:
    text = "占年度预算35853\n县区\t预算数\t完成数\n上党区\t219435\t207450\n\n县区\t支出\t\n高新区\t1\t2\n万元的213%。\n"
    assert read(tmp_path, text.encode()).blocks == (
        Line("占年度预算35853"),
        Table((("县区", "预算数", "完成数"), ("上党区", "219435", "207450"))),
        Table((("县区", "支出", ""), ("高新区", "1", "2"))),
        Line("万元的213%。"),
    )


def test_rows_with_blank_lines_between_are_one_table(tmp_path: Path) -> None:
    text = "县区\t预算数\t完成数\n\n上党区\t219435\t207450\n\n高新区\t1\t2\n\n完。\n"
    assert [type(block) for block in read(tmp_path, text.encode()).blocks] == [Table, Line]


def test_names_and_figures_parted_by_one_tab_are_a_table(tmp_path: Path) -> None:
    text = "项目\t决算数（万元）\n均衡性转移支付\t86,240\n专项转移支付\t58746\n完。\n"
    rows = (("项目", "决算数（万元）"), ("均衡性转移支付", "86,240"), ("专项转移支付", "58746"))
    assert read(tmp_path, text.encode()).blocks == (Table(rows), Line("完。"))


def test_words_parted_by_one_tab_are_none(tmp_path: Path) -> None:
    text = "甲\t乙\n丙\t丁\n戊\t己\n"
    assert all(isinstance(block, Line) for block in read(tmp_path, text.encode()).blocks)


def test_markdown_table(tmp_path: Path) -> None:
    text = "| 项目 | **完成数** |\n|:---|---:|\n| 教育支出 | 56917 |\n"
    assert read(tmp_path, text.encode()).blocks == (Table((("项目", "完成数"), ("教育支出", "56917"))),)


def test_form_feeds_count_pages(tmp_path: Path) -> None:
    blocks = read(tmp_path, "第一页\f第二页".encode()).blocks
    assert blocks == (Line("第一页", 1), Line("第二页", 2))


def test_csv(tmp_path: Path) -> None:
    text = '项目,预算数,"完成数"\n教育支出,"59,325",56917\n科学技术支出,689,689\n'
    for data in (text.encode(), text.encode("gb18030")):
        document = read(tmp_path, data, "a.csv")
        assert document.media == "csv"
        assert document.blocks == (
            Table((("项目", "预算数", "完成数"), ("教育支出", "59,325", "56917"), ("科学技术支出", "689", "689"))),
        )


def test_prose_with_latin_commas_is_no_csv() -> None:
    text = "2023年,全区收入完成5亿元,增长3%.\n其中:税收4亿元,增长2%.\n支出完成9亿元.\n1、增值税2亿元,增长1%.\n"
    assert sniff(text.encode()) == "txt"


@pytest.mark.parametrize(
    "data, kind",
    [
        (make.pdf([[make.Text(72, 700, "收入")]]), "pdf"),
        (b"\r\n" + make.pdf([[]]), "pdf"),
        (make.docx(make.p("收入")), "docx"),
        (make.xlsx({"表": [["收入"]]}), "xlsx"),
        (make.zipped({"a.txt": "收入"}), "zip"),
        (make.png(), "image"),
        (b"<!DOCTYPE html><html><body><p>x</p></body></html>", "html"),
        (b"\xef\xbb\xbf\n <div>x</div>", "html"),
        ("<全区>收入".encode(), "txt"),
        (b"7z\xbc\xaf\x27\x1c....", "7z"),
        (b"PK\x03\x04 broken", "zip"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "mht"),
    ],
)
def test_kind_is_told_by_content(data: bytes, kind: str) -> None:
    assert sniff(data) == kind
