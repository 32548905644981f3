"""Features -> one number, by weights that were learned (``make weights``) and are data: ``data/lexicon/weights.toml``.

A score says which of the candidates of one question is meant; ``confidence`` says how likely the first one is right.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.errors import LexiconError
from index.paths import lexicon_dir

FILE = "weights.toml"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of features and of what makes an answer sure; ``enough`` is the confidence from which one is given."""

    feature: Mapping[str, float]
    sure: Mapping[str, float]
    enough: float


@cache
def weights(path: Path | None = None) -> Weights:
    """The learned weights; raises LexiconError if the file is not there or is no table of numbers."""
    file = path or lexicon_dir() / FILE
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        return Weights(dict(table["feature"]), dict(table["sure"]), float(table["enough"]))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise LexiconError(f"权重 {FILE} 读不出来：{error}") from error


def shares(features: Mapping[str, float]) -> dict[str, float]:
    """What each feature adds to the score."""
    known = weights().feature
    return {name: value * known[name] for name, value in features.items() if name in known}


def score(features: Mapping[str, float]) -> float:
    """The sum of the shares."""
    known = weights().feature
    return sum(value * known.get(name, 0.0) for name, value in features.items())


def confidence(signs: Mapping[str, float]) -> float:
    """0 to 1: how likely the first candidate is right, from signs of the whole list (see ``verdict``)."""
    known = weights().sure
    at = known.get("constant", 0.0) + sum(value * known.get(name, 0.0) for name, value in signs.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, at))))
