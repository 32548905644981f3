"""Paragraphs and tables -> sections and sentences: the document's own order, and what each heading covers.

    "（二）2023年政府债务情况" / "市财政局核定我区……" -> Section(level 2, "2023年政府债务情况") and a passage below it

Headings have levels by their numbering (一、 （一） 1. （1） ① and unnumbered); a heading that runs on into its text
(（五）政府性基金收入 2023 年，全区……) opens its section and the text stays with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.find.amounts import find_amounts
from index.models import Section, Sentence, Table
from index.text.lines import Paragraph
from index.text.normal import plain

_NUMERAL = "一二三四五六七八九十百"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"  # 壹 2025年预算执行情况
_WORD = "(?![万亿元个])[\u4e00-\u9fff“（]"
_NUMBER = re.compile(r"(?P<first>\d{1,2})(?P<below>\.\d(?!\d{3}))?")
_ARABIC = 3  # the level of 1. 2. 3.
_LEVELS = (
    (0, re.compile(rf"^第[{_NUMERAL}\d]{{1,3}}(?:部分|章|篇|编)[、：\s]*")),
    (0, re.compile(rf"^(?:[{_FORMAL}]{{1,2}}|[Ⅰ-Ⅻ])(?:[、：.．]|\s+|(?=20\d\d年))\s*")),  # 叁 2026年…, not 伍家岗区
    (1, re.compile(rf"^[{_NUMERAL}]{{1,3}}、")),
    (2, re.compile(rf"^（[{_NUMERAL}]{{1,3}}）[、，]?")),
    (
        2,
        re.compile(rf"^\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\s*(?={_WORD})"),
    ),  # 1.1 一般公共预算收入; below 1. where that stands open
    (3, re.compile(r"^\d{1,2}(?:、|：|\.(?!\d)|\.(?=20\d\d年))")),
    (4, re.compile(r"^（\d{1,2}）")),
    (5, re.compile(r"^[①-⑳]")),
)
_GLOSSARY = re.compile(r"名词解释|名词注释|术语解释|注解|有关说明$|^附件?[一二三四五\d]*[：:]?|^附表")
_GLOSSARY_ITSELF = re.compile(r"(?:名词|术语)(?:解释|注释)")
# A document of several parts: 关于2020年市级预算的说明 has a 一、 and a 二、 of its own below it.
_PART = re.compile(r"^关于.{4,}(?:说明|报告)$")
_REMARK = re.compile(r"^(?:注|备注|说明)[：:]|.*(?:四舍五入|尾差|不等于|分项之和)")
_UNNUMBERED = 3  # ends what 1. and （1） opened, stays below 一、 and （一）
_UNIT_LINE = re.compile(r"[（(]?(?:金额|计量)?单位[：:][^，。；]{1,8}[）)]?")
_STOP = re.compile(r"[。；]")
_TITLE_MAX = 42
# A heading that runs on: number, a few words without marks, then a blank or a full stop, then the text; a colon inside
# its brackets ends it not: 1.建设学位工程（牵头单位：县教育局）：新增学位…
_LEAD = re.compile(
    r"^(?:[（(][^（）()]{1,4}[）)]|[^（）()])[^（）()]{0,7}?"
    r"(?:(?:[（(][^（）()。；]{1,30}[）)]|[^，。；：\s（）()]){2,30}"
    r"(?:[：:]|[\s　]+(?=(?:19|20)\d\d\s*年|全|我|截|按|根|市|区|县|省))|[^。；]{2,36}。)"
)
# 〔市级收入〕市级一般公共预算收入…: a head in brackets of its own, before its text
_BRACKETED = re.compile(r"^\s*(?:〔[^〔〕。；]{2,20}〕|【[^【】。；]{2,20}】|［[^［］。；]{2,20}］)(?=\s*\S)")
_IN_BRACKETS = re.compile(r"【[^【】。；]{2,30}】")
_SET_APART = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\s*(?=[\u4e00-\u9fff]{4,})")  # 7　名词解释: the number of a heading
# 收入　全市一般公共预算收入…: a word set apart by a wide blank heads the text behind it
_RUN_IN = re.compile(r"(?P<word>[\u4e00-\u9fff“”]{2,8})(?:　| {2,}|\t)\s*(?=[^\d\s][^　\t]{16,}[。；])")
_SENTENCE_END = re.compile(
    r"[。！？!?]+[”’」』）)]*|(?<=[\u4e00-\u9fff”％%])(?<![一二三四五六七八九十])[.．](?=[\u4e00-\u9fff“])|；(?=\s*(?:[一二三四五六七八九十]{1,2}是|[（(]?\d{1,2}[）)、.]|第[一二三四五六七八九]))"
)
_ITEM_START = re.compile(r"^(?:[一二三四五六七八九十]{1,3}(?:是|要)|[（(]?\d{1,2}[）)、.．])")
_LONG = 160


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph's sentences (indexes into the sentences) under one section."""

    section: int | None
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table, its section, and the lines right before it that may name it and its unit."""

    section: int | None
    table: Table
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's skeleton; ``order`` holds passages and tables as they follow one another."""

    title: str
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    order: tuple[Passage | PlacedTable, ...]


class _Builder:
    """Collects sections and sentences while the blocks go by."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self.sentences: list[Sentence] = []
        self.order: list[Passage | PlacedTable] = []
        self.open: list[Section] = []
        self.recent: list[str] = []
        self.arabic = ""  # the number of the heading 1. that stands open
        self.numbered = False  # whether 一、 or （一） stood above

    @property
    def section(self) -> int | None:
        return self.open[-1].index if self.open else None

    @property
    def of_table(self) -> int | None:
        """The section of a table: none of the words that a glossary explains."""
        return None if any(_GLOSSARY_ITSELF.search(one.title) for one in self.open) else self.section

    def heading(self, level: int, title: str, number: str = "") -> None:
        while self.open and self.open[-1].level >= level:
            self.open.pop()
        section = Section(len(self.sections), self.section, level, title)
        self.sections.append(section)
        self.open.append(section)
        if level <= _ARABIC:
            self.arabic = number if level == _ARABIC else ""

    def add(self, kind: str, text: str, page: int | None) -> int:
        index = len(self.sentences)
        self.sentences.append(Sentence(index, self.section, page, "heading" if kind == "heading" else "text", text))
        return index


def outline(blocks: Iterable[Paragraph | Table]) -> Outline:
    """Sections, sentences and their order.  The title stands before the first numbered heading or long paragraph."""
    blocks = list(blocks)
    builder = _Builder()
    title, first = _title(blocks)
    for block in blocks[:first]:
        if isinstance(block, Paragraph):
            builder.order.append(Passage(None, (builder.add("heading", block.text, block.page),)))
    for block in blocks[first:]:
        if isinstance(block, Table):
            builder.order.append(PlacedTable(builder.of_table, block, tuple(builder.recent[-4:])))
        else:
            if (
                builder.order
                and isinstance(last := builder.order[-1], PlacedTable)
                and _UNIT_LINE.fullmatch(plain(block.text))
            ):
                builder.order[-1] = replace(last, before=(*last.before, block.text))  # the unit below its table
            _paragraph(builder, block)
            builder.recent.append(block.text)
    return Outline(title, tuple(builder.sections), tuple(builder.sentences), tuple(builder.order))


def split_sentences(text: str) -> list[str]:
    """A paragraph cut after 。！？, a point between two words and, in long ones, ；.  Joined they are the paragraph."""
    pieces: list[str] = []
    at = 0
    for match in _SENTENCE_END.finditer(text):
        if (
            text.count("（", at, match.start()) > text.count("）", at, match.start())
            and "）" in text[match.start() :][:40]
        ):
            continue
        pieces.append(text[at : match.end()])
        at = match.end()
    if text[at:].strip():
        pieces.append(text[at:])
    return [part for piece in pieces for part in _split_long(piece)]


def _split_long(piece: str) -> list[str]:
    if len(piece) <= _LONG or "；" not in piece:
        return [piece] if piece.strip() else []
    parts = re.findall(r"[^；]+；?", piece)
    merged: list[str] = []
    for part in parts:
        if merged and len(merged[-1]) + len(part) <= _LONG:
            merged[-1] += part
        else:
            merged.append(part)
    return merged


def heading_level(text: str) -> tuple[int, str] | None:
    """Level and title of a numbered heading in normal form; None if the text has no heading number."""
    for level, pattern in _LEVELS:
        if match := pattern.match(text):
            return level, text[match.end() :]
    return None


def _paragraph(builder: _Builder, paragraph: Paragraph) -> None:
    text = paragraph.text
    form = plain(text[:200])
    numbered = heading_level(form)
    if _is_heading(form, numbered, len(text)):
        level, title = numbered or (_unnumbered_level(form, builder.numbered), form)
        builder.numbered = builder.numbered or (numbered is not None and level < _ARABIC)
        number = _NUMBER.match(form) if numbered else None
        if number and number["below"] and number["first"] == builder.arabic:
            level = _ARABIC + 1  # 1.1 below an open 1.
        builder.heading(level, title.rstrip("：。"), number["first"] if number else "")
        builder.order.append(Passage(builder.section, (builder.add("heading", text, paragraph.page),)))
        return
    if (bracketed := _BRACKETED.match(text)) is not None:
        builder.heading(_UNNUMBERED, plain(bracketed[0])[1:-1])
        builder.order.append(Passage(builder.section, (builder.add("heading", bracketed[0], paragraph.page),)))
        text = text[bracketed.end() :].lstrip()
    elif run_in := _RUN_IN.match(text) if not numbered else None:
        builder.heading(_ARABIC + 1, run_in["word"])
        builder.order.append(Passage(builder.section, (builder.add("heading", run_in["word"], paragraph.page),)))
        text = text[run_in.end() :]
    elif numbered and numbered[0] <= 4 and (lead := _lead(text)):
        builder.heading(numbered[0], (heading_level(plain(lead)) or (0, plain(lead)))[1].rstrip("：。"))
        builder.order.append(Passage(builder.section, (builder.add("heading", lead, paragraph.page),)))
        text = text[len(lead) :].lstrip()
    elif numbered and numbered[0] < 3:
        # the text itself is what the number counts: no title, but what stood open below ends
        builder.heading(numbered[0], "")
    elif numbered and builder.open and builder.open[-1].level > numbered[0]:
        while builder.open and builder.open[-1].level > numbered[0]:
            builder.open.pop()
    indexes = tuple(builder.add("text", piece, paragraph.page) for piece in split_sentences(text))
    builder.order.append(Passage(builder.section, indexes))


def _unnumbered_level(form: str, others: bool) -> int:
    """``others``: whether numbered headings stand above."""
    if _IN_BRACKETS.fullmatch(form) and not others:
        return 1  # 【2026年预算草案】 in a document without 一、: 支出安排重点： stays below it
    return 0 if _PART.match(form) else 1 if _GLOSSARY.search(form) else _UNNUMBERED


def _is_heading(form: str, numbered: tuple[int, str] | None, length: int) -> bool:
    if length > _TITLE_MAX + 20 or form.endswith(("。", "；", "，", "、", "！")) or _STOP.search(form[:-1]):
        return False
    if form.strip("：") == "其中" or _REMARK.match(form):
        return False
    if numbered is None and (length > _TITLE_MAX or _ITEM_START.match(form) or "，" in form):
        return form.startswith("【") and form.endswith("】")
    return not find_amounts(numbered[1] if numbered else _SET_APART.sub("", form))


def _lead(text: str) -> str:
    """The heading at the start of a paragraph that goes on as text, or ""."""
    match = _LEAD.match(text)
    if not match or len(match[0]) > _TITLE_MAX or find_amounts(plain(match[0])):
        return ""
    return match[0].rstrip()


def _title(blocks: Sequence[Paragraph | Table]) -> tuple[str, int]:
    """The lines before the text begins, joined, and how many blocks they are."""
    lines: list[str] = []
    count = 0
    for block in blocks[:8]:
        if isinstance(block, Table):
            break
        form = plain(block.text)
        if len(form) > 80 or heading_level(form) or form.endswith(("：", "。", "；")) or find_amounts(form):
            break
        count += 1
        lines.append(form)
    named = [line for line in lines if re.search(r"报告|说明|总结|公报|决算|预算|情况|草案|通报|公告|解读", line)]
    # ——2024年1月23日在…会议上 and remarks in brackets behind the title are no part of it
    return re.split(r"——|（(?!草案|摘要|书面|代拟稿)[^）]{8,}）", "".join(named) or "".join(lines[:1]))[0], count
