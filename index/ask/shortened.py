"""Words of a question that stand nowhere in the reports of its place, but are short of words that do.

    拿去搞土储的 -> 土地储备, 师院附中 -> 师范学院附属中学, 环卫 -> 环境卫生

A short takes characters of each of the words it stands for, in their order, the first of the first.  The reports
themselves are the dictionary; of several readings the one that stands there far oftener.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from index.ask.effort import spend
from index.ask.pieces import pieces_of
from index.ask.query import Query
from index.ask.search import Search
from index.find.ordinary import cut
from index.text.normal import plain

_SHORTEST, _LONGEST = 2, 6  # characters of a short
_WIDEST: Final = 3  # times as long may be what it is short of
_MOST: Final = 60  # sentences looked at
_OFTENER: Final = 2
_COST: Final = 20
_RUN: Final = re.compile("[\u4e00-\u9fff]+")


def shortened(search: Search, query: Query) -> tuple[str, str] | None:
    """The question with short words written out, and what is told of it; None if there are none, or no one reading."""
    documents = search.document_ids(query.regions[0]) if query.regions else []
    text, notes = query.text, []
    for piece in pieces_of(query.chunks) if documents else ():
        short = piece.text
        fits = _SHORTEST <= len(short) <= _LONGEST and _RUN.fullmatch(short) and text.count(short) == 1
        if not fits or piece.keys or piece.others or not piece.hard:
            continue
        if any(search.store.postings(piece.pairs, documents, 1).values()):
            continue
        if full := _written_out(search, short, documents):
            text = text.replace(short, full)
            notes.append(f"“{short}”按“{full}”理解")
    return (text, "；".join(notes)) if notes else None


def _written_out(search: Search, short: str, documents: Sequence[int]) -> str:
    """What a word is short of in some reports; "" if it is short of nothing, or of several things."""
    spend(_COST)
    lazily = re.compile("[\u4e00-\u9fff]{0,3}?".join(short))
    told: Counter[str] = Counter()
    for hit in search.store.sentences_beginning(short, documents, _MOST):
        for run in _RUN.findall(plain(hit.text)):
            for match in lazily.finditer(run):
                told.update(filter(None, (full_form(short, run[match.start() :]),)))
    ranked = told.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _OFTENER * ranked[1][1]):
        return ""
    return ranked[0][0]


def full_form(short: str, run: str) -> str:
    """The words at the beginning of a run that a short stands for, each of which it has a character of, else ""."""
    at, full = 0, ""
    for word, _ in cut(run[: _WIDEST * len(short) + 1]):
        before = at
        for char in word:
            at += at < len(short) and char == short[at]
        full += word
        if at == before or word[0] not in short or len(full) > _WIDEST * len(short):
            return ""
        if at == len(short):
            return full
    return ""
