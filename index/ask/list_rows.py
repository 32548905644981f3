"""The rows of a list: what they are called, and in what order they stand.

市本级（含现代物流产业开发区） -> 市本级, and a note      威海市荣成市 in the list of 威海市 -> 荣成市
上党区 收入, 屯留区 收入, 上党区 支出 -> 收入: 上党区, 屯留区; 支出: 上党区
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.ask.reference import decode
from index.ask.showing import Row

_OTHER = "其他"
LONGEST_LABEL = 12  # leaves room for a figure on the line of a small screen
MARKS = "①②③④⑤⑥⑦⑧⑨"
_BRACKETED = re.compile(r"（((?:含|不含)[^（）]*)）$")


def without_brackets(rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """市本级（含现代物流产业开发区）: what a level includes is told once below the list, if no other is called so."""
    taken = {row.label for row in rows}
    several = len({row.shown.figure.region for row in rows if row.shown}) > 1
    kept, notes = list[Row](), dict[str, None]()
    for row in rows:
        short, what = _BRACKETED.sub("", row.label), _BRACKETED.search(row.label)
        if row.shown and what and row.shown.scope.endswith(what[0]) and short not in taken:
            level = row.shown.scope.removesuffix(what[0])
            notes[f"{row.shown.figure.region if several else ''}{level}{what[1]}"] = None
            row = replace(row, label=short)
        kept.append(row)
    return kept, list(notes)


def within_place(rows: Sequence[Row], place: str) -> list[Row]:
    """威海市荣成市 in the list of 威海市: 荣成市."""
    inside = bool(place) and all(row.label.startswith(place) and row.label != place for row in rows)
    return [replace(row, label=row.label.removeprefix(place)) for row in rows] if inside else list(rows)


def told_apart(rows: Sequence[Row]) -> list[Row]:
    """农林水支出 ①, 农林水支出 ②: figures that say two things of one, counted as they stand in the reports, however
    the rows are ordered: the next list calls them the same."""
    labels = [row.label for row in rows]
    stands = sorted(range(len(rows)), key=lambda at: _fact_of(rows[at]))
    order = [1 + sum(labels[other] == labels[at] for other in stands[: stands.index(at)]) for at in range(len(rows))]
    return [
        replace(row, label=f"{row.label} {MARKS[number - 1]}") if labels.count(row.label) > 1 and number <= len(MARKS)
        else row
        for row, number in zip(rows, order, strict=True)
    ]  # fmt: skip


def _fact_of(row: Row) -> int:
    return decode(row.shown.token).fact if row.shown and row.shown.token else 0


def by_item(rows: Sequence[Row], named: Sequence[str]) -> list[Row]:
    """Rows of several items and places (years, levels): each item a heading, under it what is compared.

    上党区 收入, 上党区 支出, 屯留区 收入 … -> 收入: 上党区, 屯留区; 支出: 上党区 …
    """
    groups: dict[str, list[Row]] = {name: [] for name in named}
    for row in rows:
        last = row.label.rpartition(" ")[2]
        item = row.shown.figure.item if row.shown else last if last in groups else ""
        groups.setdefault(item, []).append(row)
    short = {name: [_beside_item(row, name) for row in group] for name, group in groups.items() if group}
    if not all(row.label for group in short.values() for row in group):
        return list(rows)  # an item and nothing beside it: one line each
    if all(len(group) == 1 for group in short.values()):
        lines = [
            replace(row, label=f"{name} {row.label}" if name else row.label)
            for name, group in short.items()
            for row in group
        ]
        if max(len(row.label) for row in lines) <= LONGEST_LABEL:
            return lines
    return [row for name, group in short.items() for row in (Row(name or _OTHER, None, heading=True), *group)]


def _beside_item(row: Row, item: str) -> Row:
    words = [word for word in row.label.split(" ") if word != item]
    return replace(row, label=" ".join(words), short=row.label) if item else row
