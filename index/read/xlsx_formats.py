"""How an xlsx workbook shows its cells: percent signs, decimal places, thousands left out, units, hidden columns; and
which cells show no value: errors, formulas that were never calculated, struck text.

<c r="D5" s="7"> with cellXfs[7] -> "0.00%"  ->  {"Sheet1": Shown({(4, 3): Format(True, 2)}, hidden=…)}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from index.errors import UnreadableFile
from index.read.container import Container
from index.read.docx_xml import child, local, named, value

BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0",
            39: "#,##0.00", 40: "#,##0.00"}  # fmt: skip
MAX_COLUMNS = 16_384
OFF = ("0", "false")
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
DIGITS = re.compile(r"[0#?](?:[0#?,]*[0#?])?(?:\.(?P<places>[0#?]+))?(?P<thousands>,*)")
POINTED = re.compile(r"(?<=[0#])(?:!\.|\\\.|\"\.\")(0+)")
SUFFIX = re.compile(r'"\s*(万亿元|亿元|万元|千元|元|亿|万)\s*"')
UNCALCULATED = "#公式未计算"
CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class Format(NamedTuple):
    """``places`` is None where the format leaves them to the program (General)."""

    percent: bool
    places: int | None
    scale: int = 1  # by which the number is divided before it is shown: #,##0.00, shows thousands
    suffix: str = ""  # the unit that stands in the format: 0.00"亿元"


class Shown(NamedTuple):
    """How a sheet is shown: formats by row and column (from 0), the columns that are hidden, and what is shown in place
    of a value that is none (an error; "" for what is struck out)."""

    formats: dict[tuple[int, int], Format]
    hidden: frozenset[int]
    instead: dict[tuple[int, int], str] = {}  # noqa: RUF012  (never changed)


def shown_sheets(data: bytes) -> dict[str, Shown]:
    """How each sheet is shown, by name; empty for other kinds of workbooks."""
    if not data.startswith(b"PK"):
        return {}
    try:
        container = Container(data)
        if "xl/styles.xml" not in container.names or "xl/workbook.xml" not in container.names:
            return {}
        root = ElementTree.fromstring(container.member("xl/styles.xml"))
        used = {number: form for number, form in enumerate(_styles(root)) if form}
        struck = frozenset(_struck(root))
        return {name: _shown(container, path, used, struck) for name, path in _sheets(container)}
    except (UnreadableFile, ElementTree.ParseError, ValueError):
        return {}


def parse(code: str) -> Format | None:
    """The first section of a format code; None if it shows no number of its own kind (dates, text, General)."""
    first = code.split(";")[0]
    pointed = POINTED.search(first)  # 0!.0, is the usual way to show 万: a point among the digits that is but a sign
    section = QUOTED.sub("", POINTED.sub("0", first) if pointed else first)
    digits = DIGITS.search(section)
    if not digits or re.search(r"[ymdhsE@/]", section, re.IGNORECASE):
        return None
    places, thousands = digits["places"] or "", 1000 ** len(digits["thousands"] or "")
    unit = SUFFIX.search(first)
    suffix = unit[1] if unit else ""
    if pointed:
        return Format("%" in section, len(pointed[1]), thousands * 10 ** len(pointed[1]), suffix)
    return Format("%" in section, None if "#" in places or "?" in places else len(places), thousands, suffix)


def _styles(root: ElementTree.Element) -> list[Format | None]:
    own = {int(value(form, "numFmtId")): value(form, "formatCode") for form in named(root, "numFmt")}
    codes = {**BUILT_IN, **own}
    return [parse(codes.get(int(value(xf, "numFmtId") or 0), "")) for xf in child(root, "cellXfs") or ()]


def _struck(root: ElementTree.Element) -> Iterator[int]:
    """The styles whose font is struck out."""
    fonts = [child(font, "strike") for font in child(root, "fonts") or ()]
    gone = {number for number, strike in enumerate(fonts) if strike is not None and strike.get("val") not in OFF}
    for number, xf in enumerate(child(root, "cellXfs") or ()):
        if int(value(xf, "fontId") or 0) in gone:
            yield number


def _sheets(container: Container) -> list[tuple[str, str]]:
    """Name and member of each sheet."""
    relations = ElementTree.fromstring(container.member("xl/_rels/workbook.xml.rels"))
    targets = {value(relation, "Id"): value(relation, "Target") for relation in relations}
    book = ElementTree.fromstring(container.member("xl/workbook.xml"))
    found = []
    for sheet in named(book, "sheet"):
        target = targets.get(value(sheet, "id"), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in container.names:
            found.append((value(sheet, "name"), path))
    return found


def _shown(container: Container, path: str, used: dict[int, Format], struck: frozenset[int]) -> Shown:
    cells: dict[tuple[int, int], Format] = {}
    instead: dict[tuple[int, int], str] = {}
    hidden: set[int] = set()
    for element in ElementTree.fromstring(container.member(path)).iter():
        tag = local(element)
        if tag == "col" and element.get("hidden") in {"1", "true"}:
            first, last = int(element.get("min") or 1), int(element.get("max") or 1)
            hidden.update(range(first - 1, min(last, MAX_COLUMNS)))
        elif tag == "c":
            style = int(element.get("s") or -1)
            form, other = used.get(style), "" if style in struck else _no_value(element)
            place = CELL.fullmatch(element.get("r") or "") if form or other is not None else None
            if place is None:
                continue
            if form:
                cells[int(place[2]) - 1, _column(place[1])] = form
            if other is not None:
                instead[int(place[2]) - 1, _column(place[1])] = other
    return Shown(cells, frozenset(hidden), instead)


def _no_value(cell: ElementTree.Element) -> str | None:
    """#REF!, or that a formula has no value; None for a cell with a value, or without a formula."""
    if cell.get("t") == "e":
        found = child(cell, "v")
        return (found.text if found is not None else None) or UNCALCULATED
    if len(cell) == 1 and local(cell[0]) == "f":
        return UNCALCULATED
    return None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
