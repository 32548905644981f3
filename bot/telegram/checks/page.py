"""Findings -> pages for a phone: the surest and gravest first, a few on each, every one with its sentence.

    <b>南湖区2025年预算草案.docx</b>：东山市南湖区 · 2025年
    错 1，疑 3，提示 1
    <b>1. 错 完成率</b>　第3页 一、收支情况
    76,495万元 ÷ 35,853万元 ＝ 213.36%，印的是 113.36%
    <b>应为 213.36%</b>；可能：抄错一位
    [搁置 1] … [更多 ›]

Pure.  Names and sentences come from files that anyone may have written: all of it is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from telegram import InlineKeyboardButton

from bot.telegram.admin.keys import Row, key, markup, split
from bot.telegram.admin.wording import short, who, years
from bot.telegram.checks.memory import Kept
from bot.telegram.codec import encode
from bot.telegram.page import Page, cut, escaped, length
from index import Aside, Checked, Finding, Person

ROOM: Final = 3_000  # of a page, of the 4,096 that Telegram takes
MOST_ON_PAGE: Final = 6
MOST_PAGES: Final = 1_000
_MOST_FOLDED: Final = 8
_LONGEST: Final = 400
_SENTENCE: Final = 220
NOTHING: Final = "没有发现算式不符、前后不一或单位问题"
NOT_KEPT: Final = "只核对，没有收录，文件没有保留。"


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that stay together; ``number`` is that of the slip they tell of, -1 for none, ``size`` their length."""

    text: str
    number: int = -1
    size: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", length(self.text))


def check_page(kept: Kept, page: int, *, admin: bool) -> Page:
    """A page of what was found; admins put aside from it."""
    pages = _pages(kept)
    page = min(max(page, 0), len(pages) - 1)
    blocks = pages[page]
    rows: list[Row] = []
    if admin:
        numbers = [one.number for one in blocks if one.number >= 0]
        rows = split([key(f"搁置 {number + 1}", "aside", kept.id, number) for number in numbers], 3)
    rows += _turning(kept.id, page, len(pages))
    return Page("\n".join(one.text for one in blocks).strip("\n"), markup(rows))


def page_with(kept: Kept, number: int) -> int:
    """The page on which a slip stands, or stood before it was put aside."""
    first = [max((one.number for one in blocks), default=-1) for blocks in _pages(kept)]
    return next((page for page, last in enumerate(first) if last >= number), len(first) - 1)


def aside_page(kept: Kept, number: int, reasons: Sequence[str]) -> Page:
    """The question why."""
    finding = kept.slips[number][1]
    words = "点一个理由，或者回复这条消息写明："
    about = f"{kept.id}{number}"
    keys = [key(reason, "aside_why", about, at) for at, reason in enumerate(reasons)]
    text = f"搁置第 {number + 1} 条？{words}\n{escaped(cut(_named(finding), _LONGEST))}"
    return Page(text, markup([*split(keys, 2), [key("取消", "aside_no", kept.id)]]))


def put_aside_page(kept: Kept, number: int, reason: str, by: Person) -> Page:
    """It counts no more."""
    finding = kept.slips[number][1]
    lines = [
        f"<b>✓ 已搁置第 {number + 1} 条</b>（{escaped(reason)}；{escaped(who(by))}）",
        escaped(cut(_named(finding), _LONGEST)),
        "这份文件和它的下一稿都不再列出，记入管理记录。",
    ]
    return Page("\n".join(lines), markup([[key("收回", "aside_undo", f"{kept.id}{number}")]]))


# ---------------------------------------------------------------------------------------------- parts


def _pages(kept: Kept) -> list[list[_Block]]:
    pages: list[list[_Block]] = [[]]
    size = told = 0
    for block in _blocks(kept):
        more = block.size + 1
        slips = told + (block.number >= 0)
        if pages[-1] and (size + more > ROOM or slips > MOST_ON_PAGE) and len(pages) < MOST_PAGES:
            pages.append([])
            size, slips = 0, int(block.number >= 0)
        pages[-1].append(block)
        size, told = size + more, slips
    return pages


def _blocks(kept: Kept) -> Iterator[_Block]:
    for file, one in enumerate(kept.results):
        yield _Block("\n" * bool(file) + "\n".join(_head(one)))
        if one.error:
            continue
        known, aside = {one.findings[at] for at in one.known}, {aside.finding for aside in one.aside}
        for number, (of, finding) in enumerate(kept.slips):
            if of == file and finding not in aside:
                state = "" if not one.before else "（上一稿已有）" if finding in known else "（新）"
                yield _slip(kept, number, finding, state)
        if one.aside:
            yield _Block(f"\n已搁置 {len(one.aside)} 条\n{_folded([_aside(aside) for aside in one.aside])}")
    if kept.left:
        yield _Block(f"\n另有 {kept.left} 条没有列出；全部的可以用命令行 yusuan check 得到。")
    if kept.alone:
        yield _Block(f"\n{NOT_KEPT}")


def _slip(kept: Kept, number: int, finding: Finding, state: str) -> _Block:
    """Made once: whoever turns to the last of many pages passes by all."""
    block: _Block | None = kept.told.get((number, state))
    if block is None:
        block = kept.told[number, state] = _Block("\n".join(_lines(number, finding, state)), number)
    return block


def _head(one: Checked) -> Iterator[str]:
    name = short(PurePath(one.file).name)
    if one.error:
        yield f"✗ <b>{escaped(name)}</b>：{escaped(one.error)}"
        return
    about = " · ".join(part for part in (one.region, years(one.years)) if part)
    yield f"<b>核对 {escaped(name)}</b>" + (f"：{escaped(about)}" if about else "")
    counted = "，".join(f"{level} {number}" for level, number in one.counted.items() if number)
    yield counted or f"{NOTHING}。"
    if one.compared:
        yield escaped(one.compared)
    if one.mended:
        yield _folded([_named(finding) for finding in one.mended])


def _lines(number: int, finding: Finding, state: str) -> Iterator[str]:
    place = f"　{escaped(cut(finding.place, 60))}" if finding.place else ""
    yield f"\n<b>{number + 1}. {finding.level} {escaped(finding.kind)}</b>{state}{place}"
    yield escaped(cut(finding.sum, _LONGEST))
    should = f"<b>应为 {escaped(finding.should)}</b>" if finding.should else ""
    cause = f"可能：{escaped(finding.cause)}" if finding.cause else ""
    if should or cause:
        yield "；".join(part for part in (should, cause) if part)
    yield f"<blockquote>{_marked(finding)}</blockquote>"


def _marked(finding: Finding) -> str:
    """The sentence around its figures, these in bold."""
    text = " ".join(finding.marked.split())
    start, end = text.find("【"), text.rfind("】") + 1
    if len(text) > _SENTENCE:
        left = max(0, min(start - 40, len(text) - _SENTENCE))
        right = min(len(text), max(left + _SENTENCE, min(end + 20, left + 2 * _SENTENCE)))
        text = ("…" if left else "") + text[left:right] + ("…" if right < len(text) else "")
    return escaped(text).replace("【", "<b>【").replace("】", "】</b>") if _is_even(text) else escaped(text)


def _is_even(text: str) -> bool:
    """Does every mark open and close, one after the other?  A report may print such marks itself."""
    return [char for char in text if char in "【】"] == list("【】") * text.count("【")


def _named(finding: Finding) -> str:
    return f"{finding.kind}：{finding.told}"


def _aside(one: Aside) -> str:
    return f"{_named(one.finding)}（{one.reason}；{who(one.by)}）"


def _folded(lines: Sequence[str]) -> str:
    shown = [f"· {escaped(cut(line, _SENTENCE))}" for line in lines[:_MOST_FOLDED]]
    rest = [f"另有 {len(lines) - _MOST_FOLDED} 条"] if len(lines) > _MOST_FOLDED else []
    return f"<blockquote expandable>{chr(10).join([*shown, *rest])}</blockquote>"


def _turning(id: str, page: int, pages: int) -> list[Row]:
    if pages < 2:
        return []
    before = [_turn("‹ 上一页", id, page - 1)] if page else []
    after = [_turn("更多 ›", id, page + 1)] if page + 1 < pages else []
    return [[*before, _turn(f"{page + 1}/{pages}", id, page), *after]]


def _turn(label: str, id: str, page: int) -> InlineKeyboardButton:
    """Anyone in the chat may turn the pages."""
    return InlineKeyboardButton(label, callback_data=encode("check", id, page))
