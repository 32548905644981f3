"""Ours and the peers side by side, on the same sentences and the same questions.

    python -m bench.peers country 10000 country.db --folder /tmp/peers      -> JSON
    python -m bench.peers gold ../shared --folder /tmp/peers                -> JSON

A peer is right if its first hit holds the asked figure; we are if the first figure of the answer is the asked one.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sqlite3
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.country.asked import asked
from bench.plain import (
    Line,
    PlainSearch,
    TantivySearch,
    build_plain,
    build_tantivy,
    country_lines,
    has_tantivy,
    index_lines,
)
from bench.watch import Watch
from index import Answer, load, open_index

GOLD = ("dev_questions", "seeds_dev")
SHAPES = ("lookup", "scopes", "compare", "trend", "compose")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Question:
    """The turns of a dialogue, and the figures of which the first one asked should be."""

    turns: tuple[str, ...]
    figures: tuple[str, ...]


def country_questions(count: int, each: int) -> list[Question]:
    """Questions to the made-up country."""
    return [Question((one.text,), (one.figure,)) for shape in SHAPES for one in asked(count, shape, each, seed=21)]


def gold_questions(shared: Path) -> Iterator[Question]:
    """The development questions that have a figure."""
    for name in GOLD:
        for line in (shared / "eval" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            if gold["values"] and gold["kind"] != "unanswerable":
                yield Question(tuple(gold["turns"]), tuple(filter(None, map(_number, gold["values"]))))


def _number(text: str) -> str:
    """56,917万元 -> 56917."""
    plain = re.sub(r"(?<=\d)[,，](?=\d{3})", "", unicodedata.normalize("NFKC", text)).replace(" ", "")
    found = NUMBER.search(plain)
    return found[0] if found else ""


def _numbers(text: str) -> set[str]:
    plain = re.sub(r"(?<=\d)[,，]\s*(?=\d{3})", "", unicodedata.normalize("NFKC", text))
    return set(NUMBER.findall(plain))


def ours(db: Path, questions: Sequence[Question]) -> dict[str, float]:
    """Whole questions, all turns; the time is that of the last one."""
    assistant, watch, right = open_index(db), Watch(), 0
    assistant.ask(questions[0].turns[0])
    for number, one in enumerate(questions):
        for turn in one.turns[:-1]:
            assistant.ask(turn, str(number))
        answers: list[Answer] = []
        last = one.turns[-1]
        watch.run(lambda n=str(number), t=last, found=answers: found.append(assistant.ask(t, n)))  # type: ignore[misc]
        first = next((figure.value for figure in answers[0].figures if figure.asked), "")
        right += _number(first) in one.figures if first else 0
    assistant.close()
    return {**watch.figures(), "right": right}


def peer(first: Callable[[str], int | None], db: Path, questions: Sequence[Question]) -> dict[str, float]:
    """A peer gets all turns of a dialogue as one text: it knows nothing of an earlier one."""
    watch, right = Watch(), 0
    with closing(sqlite3.connect(f"file:{db}?mode=ro&immutable=1", uri=True)) as conn:
        for one in questions:
            hits: list[int | None] = []
            text = " ".join(one.turns)
            watch.run(lambda text=text, hits=hits: hits.append(first(text)))  # type: ignore[misc]
            row = conn.execute("SELECT text FROM sentences WHERE id = ?", (hits[0],)).fetchone()
            right += bool(row and set(one.figures) & _numbers(row[0]))
    return {**watch.figures(), "right": right}


def compared(
    db: Path, lines: Callable[[], Iterator[Line]], questions: Sequence[Question], folder: Path
) -> dict[str, Any]:
    """Build the peers' indexes, ask everyone, remove the indexes."""
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, Any] = {"questions": len(questions), "ours": ours(db, questions)}
    plain = folder / "plain.db"
    begun = time.perf_counter()
    build_plain(lines(), plain)
    found["built"] = {"plain": time.perf_counter() - begun}
    found["size"] = {"plain": plain.stat().st_size / 2**20}
    found["plain"] = peer(PlainSearch(plain).first, db, questions)
    plain.unlink()
    if has_tantivy():
        begun = time.perf_counter()
        build_tantivy(lines(), folder / "tantivy")
        found["built"]["tantivy"] = time.perf_counter() - begun
        files = (folder / "tantivy").iterdir()
        found["size"]["tantivy"] = sum(file.stat().st_size for file in files) / 2**20
        found["tantivy"] = peer(TantivySearch(folder / "tantivy").first, db, questions)
        shutil.rmtree(folder / "tantivy")
    return found


def on_gold(shared: Path, folder: Path) -> dict[str, Any]:
    """On published reports, with the development questions."""
    folder.mkdir(parents=True, exist_ok=True)
    db = folder / "gold.db"
    load([shared / "reports"], db)
    return compared(db, lambda: index_lines(db), list(gold_questions(shared)), folder)


def main() -> None:
    """Compare on one set of sentences and print JSON."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--folder", type=Path, required=True)
    sets = arguments.add_subparsers(dest="set", required=True)
    country = sets.add_parser("country")
    country.add_argument("count", type=int)
    country.add_argument("db", type=Path)
    country.add_argument("--each", type=int, default=20)
    gold = sets.add_parser("gold")
    gold.add_argument("shared", type=Path)
    given = arguments.parse_args()
    if given.set == "gold":
        print(json.dumps(on_gold(given.shared, given.folder)))
        return
    count: int = given.count
    questions = country_questions(count, given.each)
    print(json.dumps(compared(given.db, lambda: country_lines(count), questions, given.folder)))


if __name__ == "__main__":
    main()
