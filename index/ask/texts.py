"""Sentences of the reports for questions that no figure answers: the best ones, held to the place and year.

"采取了哪些措施化解债务" -> the sentences of the 债务 sections that have most of these words
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from index.ask.likeness import Piece, pairs, pieces_of
from index.ask.search import Search
from index.store.rows import SentenceHit
from index.text.normal import plain

ENOUGH = 0.45


def best_sentences(
    search: Search, region: str, year: int | None, words: Sequence[str], count: int = 3, enough: float = ENOUGH
) -> list[SentenceHit]:
    """The sentences with most of the words, best first; none if even the best has too few."""
    return [hit for _, hit in rated_sentences(search, region, year, words) if _ >= enough][:count]


def rated_sentences(
    search: Search, region: str, year: int | None, words: Sequence[str]
) -> list[tuple[float, SentenceHit]]:
    """All sentences with any pair of the words, rated by the share of the words' pairs they have, rare pairs first."""
    pieces = pieces_of(words)
    asked = {pair for piece in pieces for word in (piece.text, *piece.names[:4], *piece.others) for pair in pairs(word)}
    ids = search.document_ids(region, year)
    if not asked or not ids:
        return []
    hits = search.store.search(sorted(asked), ids, 400)
    texts = [(plain(f"{hit.header}{hit.text}"), hit) for hit in hits]
    weight = {pair: log((len(texts) + 2) / (1 + sum(pair in text for text, _ in texts))) + 0.1 for pair in asked}
    rated = [(_rate(text, hit, pieces, weight), hit) for text, hit in texts]
    return sorted(rated, key=lambda pair: (-pair[0], pair[1].id))


def _rate(text: str, hit: SentenceHit, pieces: Sequence[Piece], weight: dict[str, float]) -> float:
    total = got = 0.0
    for piece in pieces:
        mass = sum(weight[pair] for pair in piece.pairs)
        best = 0.0
        for word in (piece.text, *piece.names[:4], *piece.others):
            own = pairs(word)
            whole = sum(weight[pair] for pair in own)
            best = max(best, sum(weight[pair] for pair in own if pair in text) / whole if whole else 0.0)
        total, got = total + mass, got + mass * best
    score = got / total if total else 0.0
    if hit.kind == "heading":
        score *= 0.7
    return score
