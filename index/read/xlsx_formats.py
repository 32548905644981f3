"""How an xlsx workbook shows its cells: percent signs, decimal places, hidden columns.

<c r="D5" s="7"> with cellXfs[7] -> "0.00%"  ->  {"Sheet1": Shown({(4, 3): Format(True, 2)}, hidden=…)}
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree

from index.errors import UnreadableFile
from index.read.container import Container
from index.read.docx_xml import child, local, named, value

BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0",
            39: "#,##0.00", 40: "#,##0.00"}  # fmt: skip
MAX_COLUMNS = 16_384
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
DIGITS = re.compile(r"[0#?][0#?,]*(?:\.([0#?]+))?")
CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class Format(NamedTuple):
    """``places`` is None where the format leaves them to the program (General)."""

    percent: bool
    places: int | None


class Shown(NamedTuple):
    """How a sheet is shown: formats by row and column (from 0), and the columns that are hidden."""

    formats: dict[tuple[int, int], Format]
    hidden: frozenset[int]


def shown_sheets(data: bytes) -> dict[str, Shown]:
    """How each sheet is shown, by name; empty for other kinds of workbooks."""
    if not data.startswith(b"PK"):
        return {}
    try:
        container = Container(data)
        if "xl/styles.xml" not in container.names or "xl/workbook.xml" not in container.names:
            return {}
        styles = _styles(ElementTree.fromstring(container.member("xl/styles.xml")))
        used = {number: form for number, form in enumerate(styles) if form}
        return {name: _shown(container, path, used) for name, path in _sheets(container)}
    except (UnreadableFile, ElementTree.ParseError, ValueError):
        return {}


def parse(code: str) -> Format | None:
    """The first section of a format code; None if it shows no number of its own kind (dates, text, General)."""
    section = QUOTED.sub("", code.split(";")[0])
    digits = DIGITS.search(section)
    if not digits or re.search(r"[ymdhsE@/]", section, re.IGNORECASE):
        return None
    places = digits[1] or ""
    return Format("%" in section, None if "#" in places or "?" in places else len(places))


def _styles(root: ElementTree.Element) -> list[Format | None]:
    own = {int(value(form, "numFmtId")): value(form, "formatCode") for form in named(root, "numFmt")}
    codes = {**BUILT_IN, **own}
    return [parse(codes.get(int(value(xf, "numFmtId") or 0), "")) for xf in child(root, "cellXfs") or ()]


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


def _shown(container: Container, path: str, used: dict[int, Format]) -> Shown:
    cells: dict[tuple[int, int], Format] = {}
    hidden: set[int] = set()
    for element in ElementTree.fromstring(container.member(path)).iter():
        tag = local(element)
        if tag == "col" and element.get("hidden") in {"1", "true"}:
            first, last = int(element.get("min") or 1), int(element.get("max") or 1)
            hidden.update(range(first - 1, min(last, MAX_COLUMNS)))
        elif tag == "c":
            form = used.get(int(element.get("s") or -1))
            place = CELL.fullmatch(element.get("r") or "") if form else None
            if form and place:
                cells[int(place[2]) - 1, _column(place[1])] = form
    return Shown(cells, frozenset(hidden))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
