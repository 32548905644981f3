"""Plain text and markdown -> lines and tables as they stand.

    地区<TAB>预算数<TAB>完成数      Table((("地区", "预算数", "完成数"), ("上党区", "219435", "207450")))
    上党区<TAB>219435<TAB>207450

Lines keep their markdown marks and indents: joining lines is the business of ``index.text.lines``.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from index.errors import UnreadableFile
from index.models import Block, Line, Table
from index.read.blank_columns import blank_table
from index.read.blank_lines import is_head, pieces_of
from index.read.cells import Rows, even_rows
from index.read.encodings import is_big5, mended
from index.read.listed_lines import listed_rows
from index.read.reading import Reading

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MIN_TABS = 2  # three cells
PAIR = 2
MIN_ROWS = 2
CONTROL_SHARE = 0.02

FIGURE = re.compile(r"[-－+]?[\d,，. ]*\d%?|[-—－/]?")  # of a table's cell
BLANKS = re.compile(r"\S[ \u3000\t]+\S")
BOOKMARK = re.compile(r"\[bookmark:[^\[\]\n]*\]")
LINE_END = re.compile(r"\r\n|[\n\r\v\x1c\x1d\x1e\x85\u2028\u2029]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufffe\uffff]")
# ┌──┬──┐ and │ 险种 │: drawn with the signs of boxes
BOX = str.maketrans({**dict.fromkeys("│┃║┌├└┏┣┗╔╠╚┐┤┘┓┫┛╗╣╝┬┼┴┳╋┻╦╬╩", "|"), **dict.fromkeys("─━═", "-")})
RULE_SIGNS = re.compile(r"[\s:|-]*")
COMMON = re.compile(r"[\u4e00-\u9fff，。、；：0-9\n]")


def read(data: bytes) -> Reading:
    """Decode and split into blocks.  Raises UnreadableFile for binary, undecodable and empty files."""
    unsure: list[str] = []
    blocks = tuple(text_blocks(decode(data), unsure))
    if not blocks:
        raise UnreadableFile("文件是空的，没有可读的文字。")
    warnings = (f"{len(unsure)} 处用空格分栏的表，表头对不准各栏，没有按表读，首处：{unsure[0]}",) if unsure else ()
    return Reading(blocks, warnings)


def decode(data: bytes) -> str:
    """UTF-8, UTF-16, GB18030 or Big5 bytes -> text; a mark at the start decides, else what decodes without error."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if b"\x00" in data:
        return _utf16_without_mark(data)
    for encoding in ("utf-8", "big5", "gb18030"):
        if encoding == "big5" and not is_big5(data):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _printable(mended(text))
    # a last character cut in half must not cost the whole file
    for encoding in ("utf-8", "gb18030"):
        try:
            return _printable(data[:-1].decode(encoding) if encoding == "gb18030" else _without_cut_tail(data))
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("文字编码无法识别（既不是 UTF-8、UTF-16，也不是 GB18030），或者不是文本文件。")


def _without_cut_tail(data: bytes) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    return decoder.decode(data, final=False)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return _printable(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"文件声明的编码是 {encoding}，但内容不符，无法读取。") from error


def _utf16_without_mark(data: bytes) -> str:
    """Text in UTF-16 has zero bytes beside its digits and line ends, all on one side."""
    best = ""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and len(COMMON.findall(text)) > max(len(text) // 2, len(COMMON.findall(best))):
            best = text
    if not best:
        raise UnreadableFile("这是二进制文件，不是文本。")
    return _printable(best)


def _printable(text: str) -> str:
    if len(CONTROL.findall(text)) > CONTROL_SHARE * len(text):
        raise UnreadableFile("这是二进制文件，不是文本。")
    return text.removeprefix("\ufeff")


def text_blocks(text: str, unsure: list[str]) -> Iterator[Block]:
    """Lines and tables of a text in order; form feeds count pages (page is None when there are none).

    ``unsure`` takes the first line of each table of blanks that is left as lines.
    """
    text = BOOKMARK.sub("", text)
    pages = text.split("\f")
    for number, page in enumerate(pages, start=1):
        yield from _page_blocks(page, number if len(pages) > 1 else None, unsure)


def _page_blocks(text: str, page: int | None, unsure: list[str]) -> Iterator[Block]:
    lines = LINE_END.split(text)
    index = looked = 0
    while index < len(lines):
        rows, after = _tab_rows(lines, index)
        if not rows:
            rows, after = _pair_rows(lines, index)
        if not rows:
            rows, after = _markdown_rows(lines, index)
        if not rows:
            rows, after = _headed_rows(lines, index)
        if not rows:
            rows, after = listed_rows(lines, index)
        if not rows and index >= looked and BLANKS.search(lines[index]) and (found := blank_table(lines, index)):
            rows, after = found.rows, found.end
            if rows and found.unit:
                yield Line(found.unit, page)
            if not rows:
                looked = found.end
                unsure.append(" ".join(lines[index].split()))
        if rows:
            yield Table(even_rows(rows), page)
            index = after
            continue
        line = CONTROL.sub("", lines[index]).replace("\t", " ").rstrip()
        if line.strip("\u3000 \xa0\ufeff\u200b"):
            yield Line(line, page)
        index += 1


def _pair_rows(lines: list[str], start: int) -> tuple[Rows, int]:
    """Rows of a name, one tab and a figure, below a head of two words or none."""
    rows, after = _tab_rows(lines, start, 1)
    figures = [FIGURE.fullmatch(row[1]) is not None for row in rows if len(row) == PAIR]
    sure = len(figures) == len(rows) > MIN_ROWS and all(figures[1:])
    return (rows, after) if sure else ((), start)


def _tab_rows(lines: list[str], start: int, tabs: int = MIN_TABS) -> tuple[Rows, int]:
    """The tab-separated rows from ``start`` on.  A blank line ends a table, unless every row is followed by one."""
    rows: list[tuple[str, ...]] = []
    index, end, gap, spaced = start, start, 0, False
    while index < len(lines):
        line = lines[index]
        if line.count("\t") >= tabs and line.strip():
            if len(rows) == 1:
                spaced = gap == 1
            if len(rows) > 1 and (gap == 1) != spaced:
                break
            rows.append(tuple(cell.strip() for cell in line.split("\t")))
            end, gap = index + 1, 0
        elif not line.strip() and rows and gap == 0:
            gap = 1
        else:
            break
        index += 1
    return (even_rows(rows), end) if len(rows) >= MIN_ROWS else ((), start)


def _headed_rows(lines: list[str], start: int) -> tuple[Rows, int]:
    """Rows of tabs below heads that blanks part, as many heads as the rows have cells."""
    if start + 1 == len(lines) or lines[start + 1].count("\t") < MIN_TABS or lines[start].count("\t") >= MIN_TABS:
        return (), start
    heads = pieces_of(lines[start])
    rows, after = _tab_rows(lines, start + 1)
    if not rows or not is_head(heads) or len(heads) != len(rows[0]):
        return (), start
    return (tuple(head.text for head in heads), *rows), after


def _markdown_rows(lines: list[str], start: int) -> tuple[Rows, int]:
    rows: list[tuple[str, ...]] = []
    index = start
    while index < len(lines):
        line = lines[index].strip().translate(BOX)
        if not (line.startswith("|") and line.count("|") > 1):
            break
        if not (RULE_SIGNS.fullmatch(line) and "--" in line):
            rows.append(tuple(cell.strip().replace("**", "") for cell in line.strip("|").split("|")))
        index += 1
    return (even_rows(rows), index) if index - start >= MIN_ROWS and rows else ((), start)
