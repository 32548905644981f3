"""Nothing is lost in silence: every number of a sentence or row is a fact, of a kind that is no figure, or not read.

    "2024年第3次会议通过，拨付12□5万元"   2024 a year, 3 an ordinal, 12□5 is not read

Asked after the facts are made, of what they left.  Numbers in words are asked for where they are money or percentages.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from index.facts.columns import Column
from index.facts.grid import Row
from index.find.amounts import COUNT_WORDS
from index.find.cells import is_error, is_number, is_unread
from index.find.numbers import UNKNOWN, in_words, may_hold_words
from index.models import Fact, Missed, Sentence, Table
from index.text.normal import normalise

Span = tuple[int, int]

_POINTED = re.compile(r"元|[%％]|\d[.．]\d")
_DIGIT = re.compile(r"\d")
# The commonest kinds as they are printed, so that most sentences need no closer look.
_PLAINLY = re.compile(
    r"(?:(?:19|20)\d\d\s*[-—至]\s*)?(?:19|20)\d\d\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|^[（(]?\d{1,2}[）).．、](?!\d)|第\s*\d+"
)
_RUN = re.compile(
    rf"\d+(?:\.\d+)?(?:[{UNKNOWN}]+(?:\d+(?:\.\d+)?)?)*|[{UNKNOWN}]+\d+(?:\.\d+)?(?:[{UNKNOWN}]+(?:\d+(?:\.\d+)?)?)*"
)
_LIST = r"(?:(?:[-—~至到、和及与/,，]|月|年)+\d{1,4})*"
_UNIT = rf"(?:[万亿千百]*元|%|个百分点|百分点|倍|[万亿千]?(?:{COUNT_WORDS})|[万亿](?![一-鿿]))"
_AMOUNT = re.compile(r"\d+(?:\.\d+)?）?(?:[万亿千百]*元(?![素旦])|%|个?百分点)")
# What stands from the number on makes it one of these.
_BY_RIGHT = re.compile(
    rf"""
    (?:19|20)\d\d{_LIST}(?:年|财年|届|版|学年)                    # 2023年, 2023-2025年, 2023、2024年
  | (?:19|20)\d\d(?!\d|\.\d|[{UNKNOWN}]|{_UNIT})                 # 2024 in a head
  | \d{{1,3}}{_LIST}个?(?:多|余)?(?:周年|周岁|年|月份?|季度|号(?!码))   # 6月, 1-6月, 30年, 12个月, 3号
  | \d{{1,3}}{_LIST}岁(?=以|及|[（老儿的至])                     # 65岁以上
  | \d{{1,3}}周?岁(?:及?以[上下内]|至|到|[-—的])                    # 65岁以上老年人
  | \d{{1,2}}{_LIST}日(?!均)
  | \d{{1,2}}(?:[：:]\d\d(?!\d)|时(?:\d|整|许|$))                 # 8:30
  | \d+号(?:令|文|公告|楼|线|地块)?
  | \d{{3}}(?:国道|省道|县道|线)
  | \d{{1,2}}·\d{{1,2}}                                          # 7·20
  | \d+(?:\.\d+)?[A-Za-z+＋×]                                     # 5G, 1+6, 110kV
  | \d0后
  | \d{{2,3}}[类款项]                                             # 204类, 06款
  | [12]\d{{6}}(?!\d|\.\d)(?=-?[一-鿿])                          # 2080501-行政单位离退休
  | 1[2-9]\d{{3}}(?=热线|平台|举报)
  | 1[3-9]\d{{9}}(?!\d)
  | 0\d{{2,3}}-\d{{7,8}}
    """,
    re.VERBOSE,
)
# What stands before it does.
_BY_LEFT = re.compile(
    r"""(?:
    [国省县]道 | [.．…·]{3,}\s*                                     # 目录……3
  | 第(?:\d+[-—~至、])?                                            # 第15条, 第3次
  | (?:附?[表件图录]|专栏|续表|项目|子项|包|标段|序号|编号|代码|编码|邮编|账号|帐号|文号|电话|传真|热线)[：:]?
    (?:[A-Za-z\d]+[-—.、])*
  | [A-Za-z][A-Za-z.\-]*|[+＋×]|[A-Za-z\d]·|0\d{2,3}-|(?:19|20)\d\d[-—~至、年](?:\d{1,2}[月.\-—])?
    )$""",
    re.VERBOSE,
)
_NUMBERING = re.compile(
    r"""
    \d{1,2}-\d{1,2}(?![\d.%万亿元])                                # 3-2 in a title
  | \d{1,3}(?:\.\d{1,2}){0,3}(?:[.、：)）](?!\d)|\.(?=(?:19|20)\d\d年))
  | \d{1,2}(?=[ ]?20\d\d年)
  | \d{1,2}(?:\.\d{1,2}){1,3}(?=\s*(?![万亿元个百])[一-鿿“])          # 1.1 一般公共预算收入
  | \d{1,2}）
  | \d{1,3}$
    """,
    re.VERBOSE,
)
_BRACKETED = re.compile(r"\d{1,2}）(?=\s*[一-鿿])")
_BEFORE_NUMBERING = re.compile(r"(?:^|[。；：，、]|^\d{1,2}-|^[（［]|[。；：，、][（［]|^[^\d（）]{0,12}（)$")
_TITLE_NUMBER = re.compile(r"\s*(?:附[件表]\s*\d*\s*)?\d{1,2}(?:-\d{1,2})?(?=\s|[一-鿿])")
_SUBJECT_CODE = re.compile(rf"\d{{3,7}}(?=[一-鿿])(?!{_UNIT})")
_ENCLOSED = re.compile(
    r"""《[^》]{0,300}》 | 〈[^〉]{0,300}〉 | ［[^］]{0,12}］\d*号?                  # titles, document numbers
  | [“"](?![^”"]*(?:元|%))[^”"]{0,20}[”"]                          # “4050”, “1+6”
  | (?<=[一-鿿])（[23]\d{4}(?:\d\d)?）                               # 老旧小区改造（2210108）
  | “[双两三]个?\d{1,2}%”                                            # “双15%”所得税
  | https?：?//[^\s，。）]+ | www\.[^\s，。）]+ | [\w-]{1,80}\.(?:xlsx?|docx?|pdf|zip|rar)
  | (?<!\d)(?:19|20)\d\d[-./年]\d{1,2}(?:[-./月]\d{1,2}日?)?(?![\d%])   # 2024.1.15
  | (?<!\d)\d+(?:\.\d+)?[：:]\d+(?:\.\d+)?(?!\d)                   # 1:1.2
    """,
    re.VERBOSE,
)
_COLUMN_NUMBER = re.compile(r"[\s\dA-Z=＝+＋\-－*×/÷%％（）()]*")  # 3=2/1
_CODE = re.compile(r"\d{1,12}")
_DATES = re.compile(r"日期|时间|年月")


def lost_in(text: str, taken: Sequence[Span]) -> list[Span]:
    """Where numbers stand in a printed text that are in no span of ``taken`` and of no kind that is no figure."""
    words = may_hold_words(text)
    if not words and not _DIGIT.search(text):
        return []
    if not words:
        known = _Spans([*taken, *(match.span() for match in _PLAINLY.finditer(text))])
        if all(known.meet(match.start(), match.start() + 1) for match in _DIGIT.finditer(text)):
            return []
    normal = normalise(text)
    enclosed = _Spans(match.span() for match in _ENCLOSED.finditer(normal.text))
    found = [
        (start, end)
        for start, end in _numbers(normal.text)
        if not enclosed.meet(start, start + 1) and not is_no_figure(normal.text, start)
    ]
    spans = [normal.printed(start, end) for start, end in found]
    held = _Spans(taken)
    return [(start, end) for start, end in spans if not held.meet(start, end)]


class _Spans:
    """Spans among which one is found without looking at all: a sentence of a foreign file may have thousands."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def meet(self, start: int, end: int) -> bool:
        """Whether any of them has a character in common with this one."""
        before = bisect_left(self._starts, end)
        return before > 0 and start < self._ends[before - 1]


def lost_in_sentences(sentences: Sequence[Sentence], facts: Sequence[Fact], missed: Sequence[Missed]) -> list[Missed]:
    """What is lost of the running text and its headings; rows of tables are asked for when they are read."""
    taken: dict[int, list[Span]] = {}
    for fact in facts:
        taken.setdefault(fact.sentence, []).append((fact.start, fact.end))
    for one in missed:
        taken.setdefault(one.sentence, []).append((one.start, one.end))
    return [
        Missed(sentence.index, start, end)
        for sentence in sentences
        if sentence.kind != "row"
        for start, end in lost_in(sentence.text, taken.get(sentence.index, ()))
    ]


def is_no_figure(text: str, start: int) -> bool:
    """Is the number that begins here (normal form) a year, a date, an ordinal, a numbering, a code, part of a name?"""
    if _AMOUNT.match(text, start):
        return False  # 建设项目5亿元
    if _BY_RIGHT.match(text, start):
        return True
    before = text[max(0, start - 14) : start]
    if _BY_LEFT.search(before):
        return True
    if _NUMBERING.match(text, start) and _BEFORE_NUMBERING.search(before if start <= 14 else "…" + before):
        return True
    if before.endswith("（") and _BRACKETED.match(text, start):
        return True
    return start == 0 and bool(_SUBJECT_CODE.match(text))


def is_code(cell: str) -> bool:
    """Is a cell that names its row, and is but digits, a code or a serial number?"""
    return bool(_CODE.fullmatch(cell))


def _numbers(text: str) -> Iterator[Span]:
    for match in _RUN.finditer(text):
        yield match.span()
    for one in in_words(text):
        yield one.start, one.end


def lost_in_row(row: Row, columns: Sequence[Column], sentence: Sentence, taken: Sequence[Span]) -> Iterator[Missed]:
    """The same of a row of a table, cell by cell.  A number alone in a column of names or codes is one."""
    at = 0
    spans = sorted(taken)
    for column, printed, cell in zip(columns, row.printed, row.cells, strict=True):
        text = printed.strip("\n")
        start, at = at, at + len(text) + 1
        here: list[Span] = []
        while spans and spans[0][0] < at:
            first, last = spans.pop(0)
            here.append((first - start, last - start))
        if not cell or (here and (is_number(cell) or is_unread(cell))):
            continue
        if _DATES.search(column.head) and not _POINTED.search(text):
            continue
        if is_error(cell) or (column.role == "figure" and is_unread(cell)):
            yield Missed(sentence.index, start, start + len(text))
        elif column.role != "figure" and (is_code(cell) or (column.role == "skip" and is_number(cell))):
            continue
        else:
            yield from (Missed(sentence.index, start + a, start + b) for a, b in lost_in(text, here))


def lost_in_heads(table: Table, body: int) -> Iterator[str]:
    """The title and the heads of a table, which name figures and hold none: each text with numbers in it that are of
    no known kind, the numbers in 【】.  ``body`` counts the rows below the heads."""
    filled = [row for row in table.rows if any(row)]
    for text in dict.fromkeys((table.caption, *(cell for row in filled[: len(filled) - body] for cell in row))):
        number = _TITLE_NUMBER.match(text)
        if not _COLUMN_NUMBER.fullmatch(text) and (spans := lost_in(text, [number.span()] if number else ())):
            yield marked(text, spans)


def marked(text: str, spans: Sequence[Span]) -> str:
    """拨付【123】万元: a text with some of its characters pointed out."""
    out, at = "", 0
    for start, end in sorted(spans):
        out += f"{text[at:start]}【{text[start:end]}】"
        at = end
    return " ".join((out + text[at:]).replace("\t", "｜").split())
