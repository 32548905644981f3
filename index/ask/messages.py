"""A message -> the questions in it, where they are too unlike to be answered as one.

    "上党区教育支出多少？解放区一般公共预算收入呢？" -> two
    "教育支出多少，同比呢" -> one: its parts are of one answer

Questions that name places of their own, stand in lines of their own or ask in different ways (a figure, a word
explained, an order of places) are answered one by one, each going on from the one before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from index.ask.asks import parts_of
from index.ask.query import Query
from index.ask.question import understand
from index.ask.search import Search
from index.ask.talk import said
from index.ask.vocabulary import in_our_words
from index.models import Period

MOST: Final = 8
_LINES: Final = re.compile(r"[\r\n]+")
_ENDS: Final = re.compile(r"[？?；;。！!]+")
_CLAUSES: Final = re.compile("[，,]")
_NUMBER: Final = re.compile(r"^\s*(?:[(（]?[1-9一二三四五六七八九十]{1,2}[)）、.．](?!\d)|[①-⑩]|[-*·•])\s*")
_LEAD: Final = re.compile(r"([^：:，。？?！!；;]{2,14})[：:]\s*(.{3,})")
_AGAIN: Final = re.compile(r"(.{4,}?)[，。？?！!；;\s]*(?:\1[，。？?！!；;\s]*)+")
_LONGEST: Final = 300  # characters, of a line that may be the same one twice
_ON: Final = re.compile(
    r"^(?:比|较|和|与|跟|同|占|其中|分别|各|[几每][块项笔类样])"
)  # goes on with what stands before it
_YEARS: Final = 3
_YEARS_SAID: Final = re.compile(r"(?:(?:19|20)?\d\d年?(?:和|与|跟|、|，))+(?:19|20)?\d\d年")
_UNLIKE: Final = ("define", "rank", "quote", "about", "compose", "trend")
# 本市级 and 我市级 are levels, not places.
_OURS = re.compile(r"(?:我们?|咱们?|本)(?:这个)?[省市县区州旗盟](?!级|本级|域|直)")


def questions_in(search: Search, message: str) -> list[str]:
    """The questions of a message, each by itself; the whole message if they are one."""
    lines = [_once(_NUMBER.sub("", line).strip()) for line in _LINES.split(message)]
    lines = list(dict.fromkeys(line for line in lines if line))
    if len(lines) > 1:
        parts = [piece for line in lines for piece in _of_line(search, line)]
        parts = _with_heads(search, parts)
        return parts if len(parts) > 1 else ["，".join(lines)]
    return _of_line(search, lines[0]) if lines else [message]


def _once(line: str) -> str:
    """教育支出多少？教育支出多少？: pasted twice, asked once."""
    found = _AGAIN.fullmatch(line) if len(line) <= _LONGEST else None
    return found[1] if found else line


def _of_line(search: Search, line: str) -> list[str]:
    line = _headed_once(search, _without_lead(search, line))
    pieces = [piece.strip() for piece in _ENDS.split(line) if piece.strip()]
    if len(pieces) < 2:
        pieces = [part.text.strip("， ") for part in parts_of(in_our_words(line))]
    pieces = [piece for piece in pieces if (what := said(piece)) is None or not what.small]
    if len(pieces) < 2 and (each := _each_whole(search, line) or _each_year(search, line)):
        return each
    if len(pieces) < 2 or any(_ON.match(piece) for piece in pieces):
        return [line]
    around = understand(line, search.atlas).regions
    places = {code for code, _ in search.owners if code in around}
    read = [understand(piece, search.atlas, around) for piece in pieces]
    pieces = _with_heads(search, pieces, read)
    return pieces if len(pieces) > 1 and _apart(read, places) else [line]


def _headed_once(search: Search, line: str) -> str:
    """上党区2023年教育支出，上党区2023年国防支出: the place and year that clauses begin with, said once."""
    first, *others = _CLAUSES.split(line)
    return "，".join((first, *(one[len(_head(search, first, one)) :] for one in others))) if others else line


def _head(search: Search, one: str, other: str) -> str:
    """The place, and perhaps the year, that two clauses both begin with."""
    head = "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    while len(head) > 1:
        read = understand(head, search.atlas)
        if read.regions and not (head[-1].isdigit() or read.items or read.chunks or read.measures or read.scope):
            return head if len(other) > len(head) else ""
        head = head[:-1]
    return ""


def _each_whole(search: Search, line: str) -> list[str]:
    """安康2025年税收收入，安康2025年非税收入: clauses of which each names its place and what is asked of it; none
    where one of them is said of the others (差多少, 比…)."""
    clauses = [clause.strip() for clause in _CLAUSES.split(line) if clause.strip()]
    if len(clauses) < 2 or any(_ON.match(clause) for clause in clauses):
        return []
    read = [understand(clause, search.atlas) for clause in clauses]
    whole = all(len(one.regions) == 1 and (one.items or one.chunks) and one.shape not in _UNLIKE for one in read)
    if not whole or {code for one in read for code in one.regions} - set(understand(line, search.atlas).regions):
        return []  # 梧州新增债务限额，藤县分到多少: the city only says whose
    return clauses


def _each_year(search: Search, line: str) -> list[str]:
    """各县区2022年和2023年收入排名: the places in order once for each of a few years."""
    query = understand(line, search.atlas)
    if not query.members or query.shape not in ("rank", "compare") or not 1 < len(query.periods) <= _YEARS:
        return []
    found = _YEARS_SAID.search(line)
    whole = all(one == Period.year(one.last_year) for one in query.periods)
    if found is None or not whole or len(re.findall(r"\d+", found[0])) != len(query.periods):
        return []
    return [f"{line[: found.start()]}{one.last_year}年{line[found.end() :]}" for one in query.periods]


def _without_lead(search: Search, line: str) -> str:
    """想了解两件事：|解放区税收多少: what stands before the colon says nothing of what is asked."""
    found = _LEAD.fullmatch(line)
    if found is None or _ON.match(found[1]):
        return line
    lead = understand(found[1], search.atlas)
    named = lead.items or lead.regions or lead.periods or lead.measures or lead.scope or lead.account
    if named or lead.unknown or lead.choices or lead.shape != "lookup":
        return line
    rest = understand(found[2], search.atlas)
    return found[2] if rest.items or rest.account else line


def _apart(read: Sequence[Query], named: set[str]) -> bool:
    """Whether the questions are of different places that are held, or of different kinds."""
    places = {query.regions for query in read if query.regions and _asks(query) and named >= set(query.regions)}
    composed = any(query.shape == "compose" for query in read)  # 基金支出179.3亿元，|由哪几类组成、各多少
    asking = [query for query in read if _asks(query) and (query.asks or not composed or query.shape == "compose")]
    kinds = {query.shape if query.shape in _UNLIKE else "" for query in asking}
    return len(places) > 1 or len(kinds) > 1


def _with_heads(search: Search, pieces: Sequence[str], read: Sequence[Query] = ()) -> list[str]:
    """What names only a place or a year, or nothing, stands before the next question: 上党区2023年： | 教育支出."""
    found: list[str] = []
    head = ""
    for piece, query in zip(pieces, read or [understand(piece, search.atlas) for piece in pieces], strict=True):
        if _asks(query):
            found.append(head + piece)
            head = ""
        else:
            head += piece.strip("：:，, ")
    if head and found:
        found[-1] += "，" + head
    return found


def _asks(query: Query) -> bool:
    return bool(query.items or query.chunks or query.measures or query.shape == "about") or (
        query.follow and not query.empty
    )


def at_home(question: str, place: str) -> str:
    """The question with the first 我区 replaced by the place's full name; unchanged without one."""
    return _OURS.sub(place, question, count=1) if place else question


def speaks_of_home(question: str) -> bool:
    """Whether the question says 我区 and the like."""
    return bool(_OURS.search(question))
