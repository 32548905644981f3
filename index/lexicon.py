"""The words of the trade: items, measures and cue words, read once from ``data/lexicon``.

    items() -> 教育支出 (gp-exp-205, 一般公共预算, 支出, part of 一般公共预算支出), also called 教育, 教育方面支出 ...

All words are held in the normal form of ``index.text.normal``.  A row that breaks a rule of its file raises
``LexiconError`` with the file and the line, since a person without Python edits these files.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

from index.errors import LexiconError
from index.models import Account, Flow, Measure
from index.paths import lexicon_dir
from index.text.normal import plain

_COLUMNS = [
    "key", "code", "name", "account", "flow", "parent", "measure", "aliases", "people", "definition", "examples",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the budget.  ``words`` are its names in reports and questions, ``people`` what only askers say."""

    key: str
    code: str
    name: str
    account: Account
    flow: Flow
    parent: str
    measure: Measure | None
    words: tuple[str, ...]
    people: tuple[str, ...]
    definition: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure: its name in answers, its words in reports and in questions."""

    key: Measure
    name: str
    unit: str
    report: tuple[str, ...]
    question: tuple[str, ...]
    example: str


@cache
def items() -> Mapping[str, Item]:
    """All items by key, in the order of the files."""
    found: dict[str, Item] = {}
    for path in sorted((lexicon_dir() / "items").glob("*.csv")):
        for number, row in _rows(path):
            item = _item(row, f"{path.name}:{number}")
            if item.key in found:
                raise LexiconError(f"{path.name}:{number}: 科目编号 {item.key} 重复")
            found[item.key] = item
    return found


@cache
def measures() -> Mapping[Measure, MeasureRow]:
    """All measures by key."""
    rows = _toml("measures.toml")["measure"]
    return {
        row["key"]: MeasureRow(
            row["key"], row["name"], row["unit"], _words(row["report"]), _words(row["question"]), row["example"]
        )
        for row in rows
    }


@cache
def cues(group: str, name: str) -> tuple[str, ...]:
    """A list of cue words, e.g. ``cues("direction", "up")``, longest first."""
    return tuple(sorted(_words(_toml("cues.toml")[group][name]), key=len, reverse=True))


@cache
def cue_pattern(group: str, name: str) -> str:
    """A pattern given as such, e.g. ``cue_pattern("filler", "approved_by")``."""
    return cast(str, _toml("cues.toml")[group][name])


@cache
def cue_regex(group: str, *names: str) -> str:
    """A group without name that matches any cue word of the lists, longest first."""
    words = sorted({word for name in names for word in cues(group, name)}, key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, words)) + ")"


def cue_groups(group: str) -> tuple[str, ...]:
    """The names of the lists of a group, e.g. the accounts of ``[account]``."""
    return tuple(_toml("cues.toml")[group])


def toml(name: str) -> Mapping[str, Any]:
    """A whole TOML file of the lexicon, for the step that alone uses it."""
    return _toml(name)


def dictionary_words() -> Iterable[str]:
    """Every word the segmenter has to know: names, aliases and people's words of all items."""
    seen: set[str] = set()
    for item in items().values():
        for word in (*item.words, *item.people):
            if len(word) > 1 and word not in seen:
                seen.add(word)
                yield word


@cache
def _toml(name: str) -> dict[str, Any]:
    path = lexicon_dir() / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"词表 {name} 读不出来：{error}") from error


def _rows(path: Path) -> Iterable[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != _COLUMNS:
            raise LexiconError(f"词表 {path.name} 的表头应为 {','.join(_COLUMNS)}")
        for row in reader:
            if None in row or None in row.values():
                raise LexiconError(f"{path.name}:{reader.line_num}: 列数不对")
            yield reader.line_num, row


def _item(row: dict[str, str], place: str) -> Item:
    account, flow, measure = row["account"], row["flow"], row["measure"]
    if account not in get_args(Account) or flow not in get_args(Flow) or (measure and measure not in get_args(Measure)):
        raise LexiconError(f"{place}: 账本、方向或指标不认识：{account},{flow},{measure}")
    return Item(
        key=row["key"],
        code=row["code"],
        name=row["name"],
        account=cast(Account, account),
        flow=cast(Flow, flow),
        parent=row["parent"],
        measure=cast(Measure, measure) if measure else None,
        words=_words([row["name"], *_cells(row["aliases"])]),
        people=_words(_cells(row["people"])),
        definition=row["definition"],
        examples=tuple(_cells(row["examples"])),
    )


def _cells(text: str) -> list[str]:
    return [cell for cell in text.split("|") if cell]


def _words(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(word) for word in words if word))
