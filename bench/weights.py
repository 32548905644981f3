"""Learn the weights of ``index.ask.pick`` from questions with known answers, and say what they are worth.

    python -m bench.weights SHARED --out data/weights.toml

Each question whose figure stands in a report is a list of candidates, some of them right: a listwise logistic model
(softmax over the list) is fitted to the features, then a logistic one to the signs of a sure answer.  Everything is
cross-validated by report: no report is measured with weights that were learned from it.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from index.ask.assistant import Assistant
from index.ask.defaults import periods_for
from index.ask.pick.features import Features
from index.ask.pick.gather import gather
from index.ask.pick.wanted import wanted
from index.ask.query import Query
from index.ask.reply import reply
from index.ask.search import Search
from index.build import load

Row = Mapping[str, float]
FOLDS = 6
ROUNDS = 160
RATE = 0.08
DECAY = 0.002
TEXTS = ("definition", "reason")


@dataclass(frozen=True, slots=True)
class Example:
    """A question as a list: the features of its candidates, which of them are right, and the report it is about."""

    id: str
    kind: str
    report: str
    rows: tuple[Row, ...]
    right: tuple[bool, ...]


def learn_scores(examples: Sequence[Example]) -> dict[str, float]:
    """Weights of the features: Adam on the listwise logistic loss, with weight decay."""
    weight: defaultdict[str, float] = defaultdict(float)
    mean: defaultdict[str, float] = defaultdict(float)
    spread: defaultdict[str, float] = defaultdict(float)
    usable = [one for one in examples if any(one.right)]
    for step in range(1, ROUNDS + 1):
        slope: defaultdict[str, float] = defaultdict(float)
        for one in usable:
            scores = [sum(value * weight[name] for name, value in row.items()) for row in one.rows]
            top = max(scores)
            mass = [math.exp(value - top) for value in scores]
            total = sum(mass)
            good = sum(part for part, right in zip(mass, one.right, strict=True) if right)
            for row, part, right in zip(one.rows, mass, one.right, strict=True):
                pull = part / total - (part / good if right else 0.0)
                if abs(pull) > 1e-4:
                    for name, value in row.items():
                        slope[name] += pull * value
        pace = RATE * (1.0 if step < ROUNDS * 0.6 else 0.3)
        for name in set(slope) | set(weight):
            own = slope[name] / len(usable) + DECAY * weight[name]
            mean[name] = 0.9 * mean[name] + 0.1 * own
            spread[name] = 0.999 * spread[name] + 0.001 * own * own
            weight[name] -= pace * (mean[name] / (1 - 0.9**step)) / (math.sqrt(spread[name] / (1 - 0.999**step)) + 1e-8)
    return dict(weight)
