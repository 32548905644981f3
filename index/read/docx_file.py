"""A Word document (.docx, and the newer .wps) -> paragraphs, footnotes and tables in their order.

    <w:tc><w:gridSpan w:val="2"/>…收入</w:tc>  ->  ("收入", "")

Read from the XML itself: libraries that offer paragraphs and tables apart lose the order or repeat merged cells.
Deleted, struck and hidden text is left out, superscripts are told from what they stand at;
numbers that Word counts itself are written out.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from index.errors import UnreadableFile
from index.models import Block, Line, Table
from index.read.cells import even_rows, join_parts, parts
from index.read.container import Container
from index.read.docx_numbers import Numbering
from index.read.docx_xml import Element, child, local, named, parsed, value
from index.read.note_marks import raised
from index.read.reading import Reading

LONG_CELL = 400  # characters: prose in a frame, not a table
IGNORED = {"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr"}
_GONE = frozenset({"vanish", "strike", "dstrike"})
BREAK = "\n"


def read(data: bytes) -> Reading:
    """All text of the document body with its footnotes.  Raises UnreadableFile for a damaged or empty document."""
    container = Container(data)
    try:
        body = parsed(container.member("word/document.xml"))
        styles = _optional(container, "word/styles.xml")
        numbering = Numbering(_optional(container, "word/numbering.xml"), styles)
        notes = {**_notes(container, "footnote"), **_notes(container, "endnote")}
    except ElementTree.ParseError as error:
        raise UnreadableFile("Word 文件已损坏，无法读取。") from error
    contents = {value(style, "styleId") for style in named(styles, "style") if _is_contents_style(style)}
    blocks = tuple(_Walk(numbering, notes, contents).blocks(body))
    if not blocks:
        raise UnreadableFile("Word 文件里没有文字。")
    return Reading(blocks)


def _optional(container: Container, name: str) -> Element | None:
    return ElementTree.fromstring(container.member(name)) if name in container.names else None


def _is_contents_style(style: Element) -> bool:
    return value(child(style, "name")).lower().startswith("toc ")


def _notes(container: Container, kind: str) -> dict[tuple[str, str], str]:
    root = _optional(container, f"word/{kind}s.xml")
    return {
        (kind, value(note, "id")): "".join(_texts(note)).replace(BREAK, "").strip()
        for note in named(root, kind)
        if not value(note, "type")
    }


class _Walk:
    """One pass over the body; the counters of automatic numbers make it stateful."""

    def __init__(self, numbering: Numbering, notes: dict[tuple[str, str], str], contents: set[str]) -> None:
        self._numbering = numbering
        self._notes = notes
        self._contents = contents

    def blocks(self, element: Element) -> Iterator[Block]:
        for found in element:
            tag = local(found)
            if tag == "p":
                yield from self._paragraph(found)
            elif tag == "tbl":
                yield from self._table(found)
            elif tag not in IGNORED:
                yield from self.blocks(found)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        text = "".join(_texts(paragraph))
        number = self._numbering.next(paragraph)
        if text.strip() and value(child(paragraph, "pPr", "pStyle")) not in self._contents:
            for line in (number + text.strip()).split(BREAK):
                if line.strip():
                    yield Line(line.strip(), whole=True)
        for kind in ("footnote", "endnote") if self._notes else ():
            for reference in named(paragraph, kind + "Reference"):
                note = self._notes.get((kind, value(reference, "id")))
                if note:
                    yield Line(note, whole=True)
        for box in _boxes(paragraph):
            yield from self.blocks(box)

    def _table(self, table: Element) -> Iterator[Block]:
        rows: list[list[str]] = []
        cells: list[Element] = []
        for row in _rows(table):
            if child(row, "trPr", "del") is not None:
                continue
            before = value(child(row, "trPr", "gridBefore"))
            texts = [""] * (int(before) if before.isdecimal() else 0)
            for cell in _cells(row):
                cells.append(cell)
                span = value(child(cell, "tcPr", "gridSpan"))
                merge = child(cell, "tcPr", "vMerge")
                goes_on = merge is not None and value(merge) != "restart"
                texts.append("" if goes_on else self._cell(cell))
                texts.extend([""] * ((int(span) if span.isdecimal() else 1) - 1))
            rows.append(texts)
        even = even_rows(rows)
        if len(even) < 2 or len(even[0]) < 2 or any(len(text) > LONG_CELL for row in even for text in row):
            for cell in cells:
                yield from self.blocks(cell)
        else:
            yield from (Table(part) for part in parts(even))

    def _cell(self, cell: Element) -> str:
        lines = []
        for paragraph in named(cell, "p"):
            lines.append(self._numbering.next(paragraph) + "".join(_texts(paragraph)))
        return join_parts("\n".join(lines).split(BREAK))


def _texts(element: Element) -> Iterator[str]:
    """The visible characters of a paragraph or note in order; text boxes in it are read apart."""
    for found in element:
        tag = local(found)
        if tag == "t":
            yield found.text or ""
        elif tag in {"tab", "ptab"}:
            yield " "
        elif tag in {"br", "cr"}:
            yield BREAK
        elif tag == "noBreakHyphen":
            yield "-"
        elif tag == "r" and (look := _look(found)):
            if look == "raised":
                yield raised("".join(_texts(found)))
        elif tag == "p":
            yield from _texts(found)
            yield BREAK
        elif tag not in IGNORED and tag != "txbxContent":
            yield from _texts(found)


def _look(run: Element) -> str:
    """ "gone" for what is hidden or struck out, "raised" for superscripts, else ""."""
    for found in child(run, "rPr") or ():
        tag = local(found)
        if tag in _GONE and value(found) not in {"0", "false", "off"}:
            return "gone"
        if tag == "vertAlign" and value(found) == "superscript":
            return "raised"
    return ""


def _boxes(element: Element) -> Iterator[Element]:
    for found in element:
        if local(found) == "txbxContent":
            yield found
        elif local(found) != "Fallback":
            yield from _boxes(found)


def _rows(table: Element) -> Iterator[Element]:
    return _inner(table, "tr")


def _cells(row: Element) -> Iterator[Element]:
    return _inner(row, "tc")


def _inner(element: Element, name: str) -> Iterator[Element]:
    """Rows or cells, also inside content controls, but not those of tables inside a cell."""
    for found in element:
        if local(found) == name:
            yield found
        elif local(found) in {"sdt", "sdtContent", "ins", "customXml", "smartTag"}:
            yield from _inner(found, name)
