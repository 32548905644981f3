"""Questions by shape to an index of the made-up country: how long, how many a second, how many right.

    python -m bench.shapes country.db 10000 --each 60 --askers 1,2,4,8      -> JSON

Every question is asked once, so that nothing is answered from what an earlier one has left behind.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.country.asked import SHAPES, Asked, Held, asked
from bench.country.figures import classes
from bench.country.places import YEARS
from bench.watch import Watch, memory
from bot.telegram.answers import Look
from bot.telegram.desk_work import answered
from bot.telegram.desks import Desks
from index import Answer, Desk, open_index
from index.ask.search import Search
from index.models import Period
from index.store.lookup import Index

WARM = 4
RANKED = ("gp-exp-205", "教育支出")
FLOOR = """SELECT f.amount, f.start, f."end", s.text FROM facts f INDEXED BY facts_place
    CROSS JOIN sentences s ON s.id = f.id >> 16
    WHERE f.region = ? AND f.year = ? AND f.item = ? AND f.measure = ? AND f.scope = ?"""


def is_right(shape: str, one: Asked, answer: Answer) -> bool:
    """Whether the figure is among those answered with; whether there is none where there can be none."""
    values = [figure.value for figure in answer.figures if figure.asked]
    if shape == "text":
        return answer.status == "answered"
    return one.figure in values if one.figure else not values


def by_shape(db: Path, count: int, each: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The times of each shape, and of all together, one after another in one thread."""
    assistant = open_index(db)
    for shape in SHAPES:
        for one in asked(count, shape, WARM, seed=99):
            assistant.ask(one.text)
    every, found = Watch(), {}
    for shape in SHAPES:
        watch, right = Watch(), 0
        for one in asked(count, shape, each):
            answers: list[Answer] = []
            watch.run(lambda one=one, answers=answers: answers.append(assistant.ask(one.text)))  # type: ignore[misc]
            right += is_right(shape, one, answers[0])
        found[shape] = {**watch.figures(), "right": right}
        every.add(watch)
    assistant.close()
    return found, every.figures()


def together(db: Path, count: int, askers: int, each: int) -> dict[str, float]:
    """Several askers at once, answered by the bot's processes."""
    questions = [one.text for shape in SHAPES for one in asked(count, shape, each, seed=7)]
    random.Random(7).shuffle(questions)
    return asyncio.run(_together(db, questions, askers))


async def _together(db: Path, questions: Sequence[str], askers: int) -> dict[str, float]:
    every, waiting = Watch(), iter(questions)

    async def ask() -> None:
        for text in waiting:
            begun = time.perf_counter()
            every.busy.append(await desks.run(timed, text))
            every.taken.append((time.perf_counter() - begun) * 1000)

    with closing(Desks(db, seconds=60)) as desks:
        desks.start()
        await asyncio.gather(*(desks.run(timed, text) for text in questions[:WARM]))
        begun = time.perf_counter()
        await asyncio.gather(*(ask() for _ in range(askers)))
        seconds = time.perf_counter() - begun
    return {"askers": askers, "rate": len(questions) / seconds, **every.figures()}


def timed(desk: Desk, text: str) -> float:
    """Answer; the milliseconds of the processor."""
    begun = time.process_time()
    answered(desk, text, None, "", Look(), "budget_bot")
    return (time.process_time() - begun) * 1000


def floor(db: Path, count: int, each: int) -> dict[str, Any]:
    """The look-up alone: by SQLite with ready numbers, and by our keys with everything a figure needs around it."""
    dice, held = random.Random(3), Held(count)
    keys = [(dice.choice(held.all).region.code, dice.choice(YEARS), dice.choice(classes())) for _ in range(each)]
    bare, ours = Watch(), Watch()
    with closing(sqlite3.connect(f"file:{db}?mode=ro&immutable=1", uri=True)) as conn, Index(db) as index:
        conn.execute(f"PRAGMA mmap_size = {1 << 40}")
        places = dict(conn.execute("SELECT code, id FROM regions"))
        items = dict(conn.execute("SELECT key, id FROM items WHERE key <> ''"))
        codes = dict(conn.execute("SELECT text, id FROM codes"))
        search = Search(index)
        for watch in (Watch(), bare):  # the first round brings the pages in
            for place, year, key in keys:
                values = (places[place], year, items[key], codes["actual"], codes[""])
                watch.run(lambda values=values: conn.execute(FLOOR, values).fetchall())  # type: ignore[misc]
        for watch in (Watch(), ours):
            for place, year, key in keys:
                period = Period.year(year)
                watch.run(lambda p=place, y=period, k=key: search.of_item(p, y, [k]))  # type: ignore[misc]
    return {"floor": bare.figures(), "ours": ours.figures()}


def ranking(db: Path) -> dict[str, Any]:
    """All places of the country's commonest level by one item and year, each year once."""
    desk = Desk(db)
    desk.ranking(f"{YEARS[0]}年{RANKED[1]}")
    watch, rows = Watch(), 0
    for year in YEARS[1:]:
        views: list[Any] = []
        watch.run(lambda year=year, views=views: views.append(desk.ranking(f"{year}年{RANKED[1]}")))  # type: ignore[misc]
        rows = len(views[0].rows) if views[0] else 0
    desk.close()
    return {**watch.figures(), "rows": rows}


def warm(db: Path) -> None:
    """Bring an index into the page cache, as far as there is room, as it is on a machine that serves it."""
    with db.open("rb") as file:
        while file.read(1 << 24):
            pass


def measured(db: Path, count: int, each: int, askers: Sequence[int]) -> dict[str, Any]:
    """Everything about one index."""
    warm(db)
    shapes, every = by_shape(db, count, each)
    found = {"reports": count, "shapes": shapes, "all": every, "memory": memory()}
    found["floor"] = floor(db, count, each * 4)
    found["ranking"] = ranking(db)
    found["together"] = [together(db, count, some, each) for some in askers]
    return found


def main() -> None:
    """Measure one index and print JSON."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("db", type=Path)
    arguments.add_argument("count", type=int)
    arguments.add_argument("--each", type=int, default=60)
    arguments.add_argument("--askers", default="")
    given = arguments.parse_args()
    askers = [int(number) for number in given.askers.split(",") if number]
    print(json.dumps(measured(given.db, given.count, given.each, askers)))


if __name__ == "__main__":
    main()
