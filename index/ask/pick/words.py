"""How much of a word a text has."""

from __future__ import annotations

from collections.abc import Mapping

from index.ask.likeness import SYNONYM, Piece


def share(piece: Piece, text: str, weight: Mapping[str, float]) -> float:
    """The part of a word that a text has: whole, by another name, by a word that means the same, or by its pairs."""
    if not text:
        return 0.0
    if piece.text in text or any(name in text for name in piece.names):
        return 1.0
    if any(other in text for other in piece.others):
        return SYNONYM
    mass = got = 0.0
    for pair in piece.pairs:
        own = weight.get(pair, 1.0)
        mass += own
        if pair in text:
            got += own
    return got / mass if mass else 0.0
