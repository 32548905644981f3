"""An OpenDocument text (.odt) -> paragraphs, notes and tables in their order.

<table:table-cell table:number-columns-spanned="2">…收入</…><table:covered-table-cell/>  ->  ("收入", "")
"""

from __future__ import annotations

from collections.abc import Iterator

from index.errors import UnreadableFile
from index.models import Block, Line, Table
from index.read import safe_xml
from index.read.cells import even_rows, join_parts, parts
from index.read.container import Container
from index.read.docx_xml import Element, child, local, named, value
from index.read.odf_numbers import Numbering
from index.read.odf_text import BREAK, SILENT, Styles, styles, text
from index.read.reading import Reading

LONG_CELL = 400  # characters: prose in a frame, not a table
MAX_REPEATED = 1000
CELLS = frozenset({"table-cell", "covered-table-cell"})
CONTENTS = frozenset({"table-of-content", "illustration-index", "table-index", "alphabetical-index"})


def read(data: bytes) -> Reading:
    """All text of the body.  Raises UnreadableFile for an encrypted, damaged or empty document."""
    content, other = opened(data)
    body = child(content, "body", "text")
    known = styles(child(content, "automatic-styles"), other)
    blocks = tuple(_Walk(known, Numbering(content, other)).blocks(body)) if body is not None else ()
    if not blocks:
        raise UnreadableFile("文档里没有文字。")
    return Reading(blocks)


def opened(data: bytes) -> tuple[Element, Element | None]:
    """The content and the named styles of an OpenDocument file."""
    container = Container(data)
    if "META-INF/manifest.xml" in container.names and b"encryption-data" in container.member("META-INF/manifest.xml"):
        raise UnreadableFile("文件已加密，需要密码，请先解密。")
    content = safe_xml.root(container.member("content.xml"), "content.xml")
    other = safe_xml.root(container.member("styles.xml"), "styles.xml") if "styles.xml" in container.names else None
    return content, other


class _Walk:
    """One pass over the body; the counters of automatic numbers make it stateful."""

    def __init__(self, known: Styles, numbering: Numbering) -> None:
        self._known = known
        self._numbering = numbering

    def blocks(self, element: Element, level: int = 0) -> Iterator[Block]:
        for found in element:
            tag = local(found)
            if tag in {"p", "h"}:
                yield from self._paragraph(found)
            elif tag == "table":
                yield from self._table(found)
            elif tag == "list":
                for item in self._items(found, level):
                    yield from self.blocks(item, level + 1)
            elif tag not in SILENT and tag not in CONTENTS:
                yield from self.blocks(found, level)

    def _items(self, element: Element, level: int) -> Iterator[Element]:
        """The items of a list, each when its numbers are due."""
        self._numbering.begin(element, level)
        for item in element:
            if local(item) in {"list-item", "list-header"}:
                self._numbering.item(item, level)
                yield item
        self._numbering.end(level)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        words = text(paragraph, self._known)
        before, behind = _apart(paragraph)
        for inner in before:
            yield from self.blocks(inner)
        number = self._numbering.taken(paragraph) if words.strip() else ""
        for line in (number + words.strip()).split(BREAK):
            if line.strip():
                yield Line(line.strip(), whole=True)
        for inner in behind:
            yield from self.blocks(inner)

    def _table(self, table: Element) -> Iterator[Block]:
        rows: list[list[str]] = []
        cells: list[Element] = []
        for row in table_rows(table):
            texts: list[str] = []
            for cell in row:
                if local(cell) in CELLS:
                    cells.append(cell)
                    texts += [self._cell(cell)] * repeated(cell, "number-columns-repeated", MAX_REPEATED)
            rows += [texts] * repeated(row, "number-rows-repeated", MAX_REPEATED if any(texts) else 1)
        even = even_rows(rows)
        if len(even) < 2 or len(even[0]) < 2 or any(len(cell) > LONG_CELL for row in even for cell in row):
            for cell in cells:
                yield from self.blocks(cell)
        else:
            yield from (Table(part) for part in parts(even))

    def _cell(self, cell: Element) -> str:
        if local(cell) == "covered-table-cell":
            return ""
        return join_parts(part for line in self._lines(cell, 0) for part in line.split(BREAK))

    def _lines(self, element: Element, level: int) -> Iterator[str]:
        """The paragraphs of a cell with their numbers."""
        for found in element:
            tag = local(found)
            if tag in {"p", "h"}:
                words = text(found, self._known)
                yield (self._numbering.taken(found) if words.strip() else "") + words
            elif tag == "list":
                for item in self._items(found, level):
                    yield from self._lines(item, level + 1)
            elif tag not in SILENT:
                yield from self._lines(found, level)


def table_rows(table: Element) -> Iterator[Element]:
    """The rows of a table, also those in groups and heads, but not those of tables inside its cells."""
    for found in table:
        tag = local(found)
        if tag == "table-row":
            yield found
        elif tag in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from table_rows(found)


def repeated(element: Element, name: str, most: int) -> int:
    """How often a cell or row stands there, within reason."""
    count = value(element, name)
    return min(max(int(count), 1), most) if count.isdecimal() else 1


def _apart(paragraph: Element) -> tuple[list[Element], list[Element]]:
    """Text boxes at the beginning of a paragraph; notes and text boxes inside it."""
    before: list[Element] = []
    rest = list(paragraph) if not (paragraph.text or "").strip() else []
    for found in rest:
        if local(found) not in {"frame", "custom-shape"}:
            break
        before += _boxes(found)
        if (found.tail or "").strip():
            break
    return before, [box for box in _boxes(paragraph) if box not in before]


def _boxes(element: Element) -> Iterator[Element]:
    """Notes and text boxes of an element, also itself."""
    if local(element) in {"text-box", "custom-shape"}:
        yield element
        return
    for found in element:
        if local(found) == "note":
            yield from named(found, "note-body")
        elif local(found) not in SILENT:
            yield from _boxes(found)
