"""Learn the weights of ``index.ask.pick`` from questions with known answers, and say what they are worth.

    python -m bench.weights SHARED --out data/lexicon/weights.toml

A question is a list of candidates, some of them right: a listwise logistic model (softmax over the list) is fitted to
their features; a logistic one then tells a sure first place from a lucky one by signs of the whole list.  Everything is
cross-validated by report: no report is measured with weights that were learned from it.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from index.ask.assistant import Assistant
from index.ask.defaults import periods_for
from index.ask.levels import not_its_level
from index.ask.paper_view import within_papers
from index.ask.pick.features import Features
from index.ask.pick.gather import gather
from index.ask.pick.verdict import Scored, barred, decided, ranked
from index.ask.pick.wanted import Wanted, wanted
from index.ask.query import Query
from index.ask.reply import reply
from index.build import load
from index.paths import data_dir, lexicon_dir

Row = Mapping[str, float]
ROOT: Final = Path(__file__).resolve().parent.parent
OWN: Final = ROOT / "tests" / "cases"
OPEN: Final = ROOT / "data" / "gold" / "open"
QUESTIONS: Final = ("seeds_dev", "dev_questions", "train_a", "train_b", "train_c")
FOLDERS: Final = ("reports", "reports_more", "reports_local")
FOLDS: Final = 6
ROUNDS: Final = 90
RATE: Final = 0.12
DECAY: Final = 0.002
MOST: Final = 40  # candidates of a question that are learned from
RIGHT, REFUSED, WRONG = 1.0, -1.0, -10.0  # what an answer is worth: a wrong figure is ten times worse than none
TEXTS: Final = ("definition", "reason")
LISTS: Final = ("composition", "compare", "conflict", "two")
# Families of our own cases that are one look-up.
SINGLE: Final = ("single", "measure", "scope", "time", "people", "typo", "nothing", "twins", "dialogue")


@dataclass(frozen=True, slots=True)
class Example:
    """A question as a list: what is wanted, its candidates with their features, which are right, whose report it is."""

    id: str
    report: str
    asked: Wanted
    rows: tuple[Scored, ...]
    right: tuple[bool, ...]
    unknown: float
    answerable: bool
    single: bool


def examples(assistant: Assistant, golds: Iterable[dict[str, Any]], judge: ModuleType) -> list[Example]:
    """The questions that ask for one figure of one place and period, as far as these are understood."""
    found = []
    for gold in golds:
        query = _last_query(assistant, gold["turns"])
        search = within_papers(assistant.search(), query.documents if query else ())
        if query is None or not query.regions or gold.get("derived") or gold["kind"] in TEXTS:
            continue
        if not_its_level(search, query):  # refused before anything is looked for
            continue
        periods = query.periods or periods_for(search, query, query.regions[0])[0]
        if not periods or (not gold["values"] and gold["kind"] != "unanswerable"):
            continue
        asked = wanted(query, query.regions[0], periods[0])
        candidates, weight = gather(search, asked)
        features = Features(search, asked, weight)
        rows = ranked((one, features.of(one)) for one in candidates)[:MOST]
        values = gold["values"] if gold["kind"] in LISTS else gold["values"][:1]
        right = tuple(_is_right(judge, row, values) for row in rows)
        found.append(
            Example(
                gold["id"],
                gold["docs"][0],
                asked,
                tuple(rows),
                right,
                features.unknown(),
                bool(gold["values"]),
                len(gold["values"]) < 2 and gold["kind"] not in LISTS,
            )
        )
    return found


def _last_query(assistant: Assistant, turns: Sequence[str]) -> Query | None:
    query = None
    for turn in turns:
        understood, _ = reply(assistant.search(), turn, query)
        query = understood or query
    return query


def _is_right(judge: ModuleType, row: Scored, values: Sequence[str]) -> bool:
    fact = row.candidate.one.fact
    shown = fact.value + fact.unit
    return any(judge.same(judge.canon(shown), judge.canon(value), shown, value) for value in values)


def learn_scores(some: Sequence[Example]) -> dict[str, float]:
    """Weights of the features: Adam on the listwise logistic loss, with weight decay."""
    usable = [one for one in some if any(one.right)]
    weight: defaultdict[str, float] = defaultdict(float)
    mean: defaultdict[str, float] = defaultdict(float)
    spread: defaultdict[str, float] = defaultdict(float)
    for step in range(1, ROUNDS + 1):
        slope: defaultdict[str, float] = defaultdict(float)
        for one in usable:
            _add_slope(one, weight, slope)
        pace = RATE * (1.0 if step < ROUNDS * 0.6 else 0.3)
        for name in set(slope) | set(weight):
            own = slope[name] / len(usable) + DECAY * weight[name]
            mean[name] = 0.9 * mean[name] + 0.1 * own
            spread[name] = 0.999 * spread[name] + 0.001 * own * own
            ahead = mean[name] / (1 - 0.9**step)
            weight[name] -= pace * ahead / (math.sqrt(spread[name] / (1 - 0.999**step)) + 1e-8)
    return dict(weight)


def _add_slope(one: Example, weight: Mapping[str, float], slope: defaultdict[str, float]) -> None:
    scores = [_dot(row.features, weight) for row in one.rows]
    top = max(scores)
    mass = [math.exp(value - top) for value in scores]
    total = sum(mass)
    good = sum(part for part, right in zip(mass, one.right, strict=True) if right)
    for row, part, right in zip(one.rows, mass, one.right, strict=True):
        pull = part / total - (part / good if right else 0.0)
        if abs(pull) > 1e-4:
            for name, value in row.features.items():
                slope[name] += pull * value


def _dot(features: Row, weight: Mapping[str, float]) -> float:
    return sum(value * weight.get(name, 0.0) for name, value in features.items())


@dataclass(frozen=True, slots=True)
class First:
    """What stood first in the list of a question: the signs around it, and whether it was right."""

    example: Example
    signs: Row
    right: bool


def first_of(one: Example, weight: Mapping[str, float]) -> First | None:
    """The first candidate under some weights."""
    if not one.rows:
        return None
    rows = [(Scored(row.candidate, row.features, _dot(row.features, weight)), right)
            for row, right in zip(one.rows, one.right, strict=True)]  # fmt: skip
    rows.sort(key=lambda pair: (-pair[0].score, pair[0].candidate.one.id))
    return First(one, decided([row for row, _ in rows], one.unknown, one.asked).signs, rows[0][1])


def learn_sureness(some: Sequence[First], rounds: int = 400) -> dict[str, float]:
    """A logistic model of being right, from the signs; plain gradient descent with weight decay."""
    weight: dict[str, float] = {"constant": 0.0}
    rate = 2.0
    for _ in range(rounds):
        slope: defaultdict[str, float] = defaultdict(float)
        for one in some:
            gap = _sure(one.signs, weight) - one.right
            slope["constant"] += gap
            for name, value in one.signs.items():
                slope[name] += gap * value
        for name, value in slope.items():
            weight[name] = weight.get(name, 0.0) * (1 - 0.001) - rate * value / len(some)
    return weight


def _sure(signs: Row, weight: Mapping[str, float]) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, weight["constant"] + _dot(signs, weight)))))


def folds(some: Sequence[Example]) -> list[list[Example]]:
    """The examples in groups that share no report."""
    reports = sorted({one.report for one in some})
    group = {report: number % FOLDS for number, report in enumerate(reports)}
    return [[one for one in some if group[one.report] == number] for number in range(FOLDS)]


def left_out(some: Sequence[Example]) -> list[tuple[First, float]]:
    """Every question with the weights of the other reports: what stood first, and how sure that seemed."""
    groups = folds(some)
    firsts: list[list[First]] = []
    for number, group in enumerate(groups):
        weight = learn_scores([one for other, part in enumerate(groups) if other != number for one in part])
        firsts.append([first for one in group if one.single and (first := first_of(one, weight))])
    found = []
    for number, part in enumerate(firsts):
        weight = learn_sureness([first for other, group in enumerate(firsts) if other != number for first in group])
        found += [(first, 0.0 if barred(first.signs) else _sure(first.signs, weight)) for first in part]
    return sorted(found, key=lambda pair: -pair[1])


def enough(judged: Sequence[tuple[First, float]]) -> float:
    """The confidence from which answers are worth most, against refusing them."""
    best, least, worth = 0.0, 1.0, 0.0
    for first, sure in judged:
        worth += (RIGHT if first.right else WRONG) - REFUSED
        if worth > best:
            best, least = worth, sure
    return least


def told(some: Sequence[Example], judged: Sequence[tuple[First, float]]) -> list[str]:
    """What the weights are worth on reports left out, in lines."""
    some = [one for one in some if one.single]
    answerable = [one for one in some if one.answerable]
    top = sum(first.right for first, _ in judged if first.example.answerable)
    lines = [
        f"questions for one figure: {len(some)}, of which {len(answerable)} can be answered, "
        f"{len({one.report for one in some})} reports; right one among the candidates: "
        f"{sum(any(one.right) for one in answerable)}; in first place, on reports left out: {top}"
    ]
    for least in (0.9, 0.8, 0.7, 0.6, 0.5):
        given = [first for first, sure in judged if sure >= least]
        right = sum(first.right for first in given)
        lines.append(f"answered when surer than {least}: {len(given)}, right {right}, wrong {len(given) - right}")
    return lines


def written(weight: Mapping[str, float], sure: Mapping[str, float], least: float, lines: Sequence[str]) -> str:
    """The file of weights."""
    head = [
        "# Learned by `make weights`; what each means: index/ask/pick/features.py and verdict.py.",
        f"# {datetime.date.today().isoformat()}, cross-validated by report:",
        *(f"# {line}" for line in lines),
    ]
    table = [f"{name} = {value:.3f}" for name, value in sorted(weight.items()) if abs(value) >= 0.001]
    signs = [f"{name} = {value:.3f}" for name, value in sorted(sure.items())]
    return "\n".join([*head, "", f"enough = {least:.2f}", "", "[feature]", *table, "", "[sure]", *signs, ""])


def _own_golds() -> list[dict[str, Any]]:
    """Our own cases that ask for one figure, each place a report of its own."""
    found = []
    for number, line in enumerate((OWN / "questions.jsonl").read_text(encoding="utf-8").splitlines()):
        case = json.loads(line)
        if case["family"] not in SINGLE or case["status"] == "clarify":
            continue
        kind = "own" if case["want"] else "unanswerable"
        found.append({"id": f"own-{number}", "kind": kind, "docs": [f"own {case['turns'][0][:2]}"],
                      "turns": case["turns"], "values": case["want"]})  # fmt: skip
    return found


def scorer(shared: Path) -> ModuleType:
    """The module that judges answers, ``SHARED/eval/score.py``."""
    spec = spec_from_file_location("yusuan_eval_score", shared / "eval" / "score.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gathered(shared: Path) -> list[Example]:
    """The examples of our own samples and, where they are, of the published reports."""
    with tempfile.TemporaryDirectory() as folder:
        judge = scorer(shared)
        found: list[Example] = []
        own = Path(folder) / "own.db"
        load([data_dir() / "reports", OWN / "reports"], own)
        found += examples(Assistant(own), _own_golds(), judge)
        real = Path(folder) / "real.db"
        load([shared / name for name in FOLDERS], real)
        files = [*(shared / "eval" / f"{name}.jsonl" for name in QUESTIONS), *sorted(OPEN.glob("*.jsonl"))]
        golds = [
            json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
        return found + examples(Assistant(real), golds, judge)


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="folder with eval/ and the reports")
    parser.add_argument("--out", type=Path, default=lexicon_dir() / "weights.toml")
    options = parser.parse_args(arguments)
    some = gathered(options.shared)
    judged = left_out(some)
    lines = told(some, judged)
    print("\n".join(lines))
    weight = learn_scores(some)
    sure = learn_sureness([first for first, _ in judged])
    options.out.write_text(written(weight, sure, enough(judged), lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
