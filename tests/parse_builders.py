"""Small documents for tests of the parser: a title and some lines or tables -> what parse makes of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from index.errors import UnreadableFile
from index.find.gazetteer import region as region_by_code
from index.find.terms import exact_items
from index.models import Block, Document, Fact, Line, Parsed, Region, Table
from index.parse import parse
from index.read import read_document
from index.text.normal import plain

CASES = Path(__file__).resolve().parent / "cases"
TITLE = "上党区2023年财政预算执行情况和2024年财政预算（草案）的报告"


def document(title: str, *blocks: Block | str, name: str = "报告.txt") -> Document:
    """A document as a reader gives it; strings become lines."""
    lines = [Line(block) if isinstance(block, str) else block for block in (title, *blocks) if block]
    digest = hashlib.sha256(repr(lines).encode()).hexdigest()
    return Document(name, digest, "txt", tuple(lines))


def parsed(title: str, *blocks: Block | str, region: Region | None = None, year: int | None = None) -> Parsed:
    """What parse makes of it.  Raises UnreadableFile if there is no fact at all."""
    return parse(document(title, *blocks), region, year)


def table(text: str, caption: str = "") -> Table:
    """A table whose rows are parted by line ends, its cells by bars."""
    rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines())
    return Table(rows, caption=caption)


def facts_of(title: str, *blocks: Block | str) -> tuple[Fact, ...]:
    """The facts; none where parse finds nothing."""
    try:
        return parsed(title, *blocks).facts
    except UnreadableFile:
        return ()


@cache
def parsed_file(path: Path, region: Region | None = None) -> Parsed:
    """A report file, read and parsed once for all tests."""
    return parse(read_document(path), region)


def cases(name: str) -> Iterator[dict[str, Any]]:
    """The lines of a file of ``tests/cases``."""
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def fits(fact: Fact, expected: dict[str, Any]) -> bool:
    """Is this the expected fact?  Only what the case names is compared."""
    return all(_same(fact, field, value) for field, value in expected.items())


def shown(facts: tuple[Fact, ...]) -> str:
    """Facts as a list for the message of a failed test."""
    lines = [
        f"{f.item}[{f.key}] {f.measure} {f.value}{f.unit} ={f.number} {f.period.text} {f.scope or '-'} "
        f"{_region_name(f.region)} {f.account} <{f.parent}> {f.flags} ({f.rule})"
        for f in facts
    ]
    return "\n".join(["", *lines])


def check(found: Parsed, *wanted: dict[str, Any]) -> None:
    """Each wanted fact is there, and every fact's characters are its value."""
    missing = [each for each in wanted if not any(fits(fact, each) for fact in found.facts)]
    assert not missing, f"not found: {missing}{shown(found.facts)}"
    assert all(found.sentences[f.sentence].text[f.start : f.end] == f.value for f in found.facts)


def _same(fact: Fact, field: str, value: Any) -> bool:
    match field:
        case "item":
            return fact.item == value or (fact.key != "" and fact.key in {i.key for i in exact_items(plain(value))})
        case "has":
            return value in f"{fact.item}|{fact.label}"
        case "period":
            return bool(fact.period.text == value)
        case "region":
            return bool(_region_name(fact.region) == value)
        case "number":
            return fact.number == (None if value is None else Decimal(value))
        case "flags":
            return set(value) <= set(fact.flags)
        case "parent":
            return _same_name(fact.parent, value)
        case _:
            return bool(getattr(fact, field) == value)


def _same_name(name: str, value: str) -> bool:
    keys = {item.key for item in exact_items(plain(value))}
    return name == value or any(item.key in keys for item in exact_items(name))


def _region_name(code: str) -> str:
    region = region_by_code(code)
    return region.name if region else code
