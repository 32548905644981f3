"""What a sentence announces and those behind it list: 坚持五项原则：一是… -> the five, each in its first clause.

Headings count as well: 完成预算任务的主要措施 and its （一）… （二）….
"""

from __future__ import annotations

import re
from typing import Final

from index.ask.search import Search
from index.store.rows import SentenceHit
from index.text.normal import plain

_FAR: Final = 60  # sentences that a list may stretch over
_FAR_HEADING: Final = 200  # one of headings, with all that stands below them
_NEAR: Final = 2  # the first of them stands right behind
_NEAR_HEADING: Final = 4  # or after the first words of a section
_MOST, _LONGEST, _FEWEST = 20, 60, 2
_NEAR_TEXT: Final = 8
_LONGEST_TEXT: Final = 500
_NUMERALS: Final = "一二三四五六七八九十"
_STYLES: Final = (
    re.compile(rf"(?P<number>[{_NUMERALS}])(?:是|要)(?P<rest>.+)"),
    re.compile(rf"（(?P<number>[{_NUMERALS}])）、?(?P<rest>.+)"),
    re.compile(r"(?P<number>\d{1,2})[.、．](?P<rest>\D.+)"),
    re.compile(rf"(?P<number>[{_NUMERALS}])、(?P<rest>.+)"),
)
_FIRST_INSIDE: Final = re.compile(r"[：，。；](一(?:是|要).+)")
_ANNOUNCES: Final = re.compile(
    rf"(?:\d+|[{_NUMERALS}两几])(?:项|条|个方面|方面|个|点|大)|如下|以下|：|主要(?:措施|工作|任务|原则)"
)


def listed_behind(search: Search, hit: SentenceHit, *, asked: bool = False) -> list[str]:
    """The items of the list that a sentence opens, in its order; [] if it opens none.

    A list is ``asked`` for: what stands before it need not announce one.
    """
    text = plain(hit.text)
    if hit.kind != "heading" and not asked and not _ANNOUNCES.search(text):
        return []
    far = _FAR_HEADING if hit.kind == "heading" else _FAR
    window = [one for one in search.store.sentence_window(hit.document_id, hit.id, far) if one.id > hit.id]
    behind = [plain(one.text) for one in window]
    if inside := _FIRST_INSIDE.search(text):
        behind = [inside[1], *behind]
    elif behind and asked and (inside := _FIRST_INSIDE.search(behind[0])):  # 存在困难。|主要是：一是…
        behind[0] = inside[1]
    near = _NEAR
    if hit.kind == "heading":  # past the first words of its section, not past the next heading
        heads = (at + 1 for at, one in enumerate(window) if one.kind == "heading")
        near = max(_NEAR, min(_NEAR_HEADING, next(heads, _NEAR_HEADING)))
    style = next((style for text in behind[:near] for style in _STYLES if _number(style, text) == 1), None)
    return _in_order(style, behind) if style else []


def below(search: Search, hit: SentenceHit) -> list[str]:
    """What stands below a heading that opens no numbered list: its first sentences, up to the next heading."""
    found: list[str] = []
    for one in search.store.sentence_window(hit.document_id, hit.id, _NEAR_TEXT):
        if one.id > hit.id:
            if one.kind != "text" or sum(map(len, found)) + len(one.text) > _LONGEST_TEXT:
                break
            found.append(one.text)
    return found


def _in_order(style: re.Pattern[str], texts: list[str]) -> list[str]:
    """1, 2, 3 …; a second 1 belongs to another list, and other numbers stand inside an item."""
    found: list[str] = []
    for text in texts:
        number = _number(style, text)
        if number == len(found) + 1:
            match = style.match(text)
            assert match is not None
            found.append(_short(match["rest"]))
        elif number == 1 and found:
            break
    return found[:_MOST] if len(found) >= _FEWEST else []


def _number(style: re.Pattern[str], text: str) -> int:
    match = style.match(text)
    if match is None:
        return 0
    return int(match["number"]) if match["number"].isdecimal() else _NUMERALS.index(match["number"]) + 1


def _short(rest: str) -> str:
    whole = re.split(r"[。；]", rest)[0]
    return whole if len(whole) <= _LONGEST else whole[:_LONGEST] + "…"
