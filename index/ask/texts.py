"""Sentences of the reports for questions that no figure answers: the best ones, held to the place and year.

"采取了哪些措施化解债务" -> the sentences of the 债务 sections that have most of these words
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

from index.ask.pieces import Piece, pairs, pieces_of
from index.ask.search import Search
from index.store.rows import SentenceHit
from index.text.normal import plain_sentence

ENOUGH = 0.45
AT_ONCE = 12  # documents of a place that are looked through together, the newest first


def best_sentences(
    search: Search, region: str, year: int | None, words: Sequence[str], count: int = 3, enough: float = ENOUGH
) -> list[SentenceHit]:
    """The sentences with most of the words, best first; none if even the best has too few.

    A place may have dozens of reports: older ones are looked through only if the newest have nothing.
    """
    ids = search.document_ids(region, year)
    for start in range(0, len(ids), AT_ONCE):
        rated = rated_sentences(search, ids[start : start + AT_ONCE], words)
        found = [hit for score, hit in rated if score >= enough]
        if found:
            return found[:count]
    return []


def rated_sentences(search: Search, ids: Sequence[int], words: Sequence[str]) -> list[tuple[float, SentenceHit]]:
    """The sentences of these documents with any pair of the words, best first.

    They are rated by the share of the words' pairs they have; rare pairs weigh more.
    """
    pieces = pieces_of(words)
    asked = {pair for piece in pieces for word in (piece.text, *piece.names[:4], *piece.others) for pair in pairs(word)}
    if not asked:
        return []
    hits = search.store.search(sorted(asked), ids, 400)
    wanted = tuple(asked)
    having = [(_pairs_in(hit, wanted), hit) for hit in hits]
    often = Counter(pair for pairs_there, _ in having for pair in pairs_there)
    weight = {pair: log((len(hits) + 2) / (1 + often[pair])) + 0.1 for pair in asked}
    scores = {there: _rate(there, pieces, weight) for there in {there for there, _ in having}}
    rated = [(scores[there] * (0.7 if hit.kind == "heading" else 1.0), hit) for there, hit in having]
    return sorted(rated, key=lambda pair: (-pair[0], pair[1].id))


def _pairs_in(hit: SentenceHit, asked: Sequence[str]) -> frozenset[str]:
    """The asked pairs that a sentence or its table's head has; many sentences have the same ones."""
    text = plain_sentence(f"{hit.header}{hit.text}")
    return frozenset([pair for pair in asked if pair in text])


def _rate(there: frozenset[str], pieces: Sequence[Piece], weight: dict[str, float]) -> float:
    """The share of the words' pairs that are there."""
    total = got = 0.0
    for piece in pieces:
        mass = sum(weight[pair] for pair in piece.pairs)
        best = 0.0
        for word in (piece.text, *piece.names[:4], *piece.others):
            own = pairs(word)
            whole = sum(weight[pair] for pair in own)
            best = max(best, sum(weight[pair] for pair in own if pair in there) / whole if whole else 0.0)
        total, got = total + mass, got + mass * best
    return got / total if total else 0.0
