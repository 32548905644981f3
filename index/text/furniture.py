"""Page furniture -> gone: page numbers, running headers and footers, also where they cut a sentence.

    …占年度预算 | - 3 - | 的95.94%      ->  …占年度预算 | 的95.94%

A bare number is furniture only at the edge of a page, or where bare numbers count pages through the text; in HTML a
bare number is part of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.models import Block, Line

DASH = r"[-—–－―─~·•・\s]"
PAGE_NUMBER = re.compile(
    rf"""^\s*(?:
      {DASH}*[-—–－―─~·•・]{DASH}*\d{{1,4}}{DASH}*           # - 3 -
    | \d{{1,4}}{DASH}*[-—–－―─]\s*                           # 3 —
    | 第\s*\d{{1,4}}\s*页[\s,，、/／|]*(?:共\s*\d{{1,4}}\s*页)?  # 第3页 共10页
    | 共\s*\d{{1,4}}\s*页[\s,，、/／|]*第\s*\d{{1,4}}\s*页
    | \d{{1,4}}\s*[/／]\s*\d{{1,4}}                           # 3 / 10
    | [Pp]age\s*\d{{1,4}}(?:\s*(?:of|/)\s*\d{{1,4}})?
    )\s*$""",
    re.VERBOSE,
)
LONGEST = 200  # characters: a line of more is no page number, and its page stands at its end
CONTENTS = re.compile(r"(?:[.．…·⋯]\s*){4,}\s*[-—]?\s*\d{1,4}\s*[-—]?\s*$")  # 一、预算收支情况……………3
CONTENTS_HEAD = re.compile(r"^\s*目\s*[录次]\s*$")
LISTED = re.compile(r"\D\s\d{1,4}\s*$")  # below 目录: a heading and its page
BARE_NUMBER = re.compile(r"^\s*(\d{1,4})\s*$")
DIGITS = re.compile(r"\d+")
BLANKS = re.compile(r"\s+")
UNIT_LAST = re.compile(r"单位[:：](?:人民币)?(?:亿元|万元|千元|元|%)[)）]?$")  # 编制部门：某局 单位：元
TABLE_NUMBER = re.compile(r"^附?表[-0一二三四五六七八九十]+[:：]?$")
EDGE_LINES = 3  # lines at the top and bottom of a page that may repeat
MIN_REPEATS = 3
MIN_SHARE = 0.3
MAX_HEADER = 60


def without_furniture(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without page numbers, running headers and lines of a table of contents; all others stay, in order."""
    edges = _edge_positions(blocks)
    headers = _running_headers(blocks, edges)
    counting = _counting_numbers(blocks)
    kept: list[Block] = []
    contents = False
    for position, block in enumerate(blocks):
        if isinstance(block, Line):
            tail = block.text[-LONGEST:]
            listed = bool(CONTENTS.search(tail)) or (contents and bool(LISTED.search(tail)))
            contents = listed or bool(CONTENTS_HEAD.match(block.text))
            if listed:
                continue
        if isinstance(block, Line) and not block.whole:
            bare = BARE_NUMBER.match(block.text)
            if bare and (position in counting or (position in edges and _near(int(bare[1]), block.page))):
                continue
            if len(block.text) <= LONGEST and PAGE_NUMBER.match(block.text):
                continue
            if position in edges and _shape(block.text) in headers:
                continue
        kept.append(block)
    return kept


def _near(number: int, page: int | None) -> bool:
    """A page number seldom differs much from the count of pages; 2023 at a page end is no page number."""
    return page is not None and abs(number - page) <= 60


def _shape(text: str) -> str:
    return DIGITS.sub("0", BLANKS.sub("", text))


def _edge_positions(blocks: Sequence[Block]) -> set[int]:
    """Positions of the first and last lines of each page."""
    by_page: dict[int, list[int]] = {}
    for position, block in enumerate(blocks):
        if block.page is not None:
            by_page.setdefault(block.page, []).append(position)
    edges: set[int] = set()
    for positions in by_page.values():
        edges.update(positions[:EDGE_LINES])
        edges.update(positions[-EDGE_LINES:])
    return edges


def _running_headers(blocks: Sequence[Block], edges: set[int]) -> set[str]:
    """Shapes of lines that stand at the edge of many pages; a line within reach of prose (ends in 。) is none."""
    pages_of: dict[str, set[int]] = {}
    for position in edges:
        block = blocks[position]
        if isinstance(block, Line) and not block.whole and block.page is not None and len(block.text) <= MAX_HEADER:
            pages_of.setdefault(_shape(block.text), set()).add(block.page)
    pages = len({block.page for block in blocks if block.page is not None})
    least = max(MIN_REPEATS, MIN_SHARE * pages)
    return {shape for shape, on in pages_of.items() if len(on) >= least and not _is_content(shape)}


def _is_content(shape: str) -> bool:
    """Unit lines (单位：万元) and numbers of tables (表20) stand over tables; sentences are no headers."""
    unit = shape.startswith(("单位", "(单位", "（单位", "金额单位")) or UNIT_LAST.search(shape)
    return bool(unit) or bool(TABLE_NUMBER.match(shape)) or shape.endswith(("。", "；", "，"))


def _counting_numbers(blocks: Sequence[Block]) -> set[int]:
    """Positions of bare numbers that count 1, 2, 3 … through a text without pages."""
    found = [
        (position, int(match[1]))
        for position, block in enumerate(blocks)
        if isinstance(block, Line) and not block.whole and block.page is None
        if (match := BARE_NUMBER.match(block.text))
    ]
    if len(found) < 2:
        return set()
    steps = Counter(rank - number for rank, (_, number) in enumerate(found))
    offset, times = steps.most_common(1)[0]
    if times < max(2, 0.6 * len(found)):
        return set()
    return {position for rank, (position, number) in enumerate(found) if rank - number == offset}
