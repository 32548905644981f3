"""Small files of every format, made from nothing: the tests' own reports, so that no published file is needed.

pdf([[Text(72, 700, "全市一般公共预算收入完成230.58亿元")]])  ->  bytes of a PDF of one page
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import py7zr


class Text(NamedTuple):
    """Characters at a place of a page, in points from its lower left corner."""

    x: float
    y: float
    text: str
    size: float = 12


class Stroke(NamedTuple):
    """A drawn line."""

    x0: float
    y0: float
    x1: float
    y1: float


Item = Text | Stroke
HALF = 0.5


def width(text: str, size: float = 12) -> float:
    """Printed width: Chinese characters are an em wide, others half an em."""
    return sum(size if ord(char) > 0x2E7F else size * HALF for char in text)


def table(x: float, y: float, widths: Sequence[float], rows: Sequence[Sequence[str]], *, ruled: bool) -> list[Item]:
    """A table whose upper left corner is at x, y; figures stand at the right of their cells."""
    items: list[Item] = []
    height = 20
    edges = [x]
    for column in widths:
        edges.append(edges[-1] + column)
    for number, row in enumerate(rows):
        base = y - height * number - 14
        for left, right, cell in zip(edges, edges[1:], row, strict=False):
            if cell:
                right_aligned = cell[0].isdigit() or cell[0] == "-"
                items.append(Text(right - 4 - width(cell) if right_aligned else left + 4, base, cell))
    if ruled:
        bottom = y - height * len(rows)
        items += [Stroke(edge, y, edge, bottom) for edge in edges]
        items += [Stroke(edges[0], y - height * n, edges[-1], y - height * n) for n in range(len(rows) + 1)]
    return items


def pdf(pages: Sequence[Iterable[Item]], *, turned: bool = False, encrypted: bool = False) -> bytes:
    """A PDF with a Chinese font that is not embedded.  ``turned`` pages lie on their side and say so."""
    objects: list[bytes] = [b"", b""]
    objects.append(b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>")
    objects.append(
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        b"/Supplement 2>>/DW 1000/W[1 95 500 814 939 500]/FontDescriptor 5 0 R>>"
    )
    objects.append(
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 700/StemV 80>>"
    )
    kids = []
    for items in pages:
        stream = b"\n".join(_drawn(item, turned) for item in items)
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        box = b"[0 0 842 595]/Rotate 90" if turned else b"[0 0 595 842]"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox%s/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % (box, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    extra = b""
    if encrypted:
        secret = b"<%s>" % (b"5a" * 32)
        objects.append(b"<</Filter/Standard/V 1/R 2/O %s/U %s/P -4>>" % (secret, secret))
        extra = b"/Encrypt %d 0 R/ID[<%s><%s>]" % (len(objects), b"00" * 16, b"00" * 16)
    return _assembled(objects, extra)


def _drawn(item: Item, turned: bool) -> bytes:
    if isinstance(item, Stroke):
        x0, y0, x1, y1 = (item.y0, 595 - item.x0, item.y1, 595 - item.x1) if turned else item
        return f"{x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S".encode()
    code = item.text.encode("utf-16-be").hex()
    place = f"0 -1 1 0 {item.y:.2f} {595 - item.x:.2f} Tm" if turned else f"1 0 0 1 {item.x:.2f} {item.y:.2f} Tm"
    return f"BT /F1 {item.size} Tf {place} <{code}> Tj ET".encode()


def _assembled(objects: Sequence[bytes], extra: bytes) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, start)
    return bytes(out)


# ---------------------------------------------------------------------------------------------- Office


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A ZIP of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, **others: str) -> bytes:
    """A Word document of this body; ``others`` are further parts (footnotes, numbering, styles)."""
    parts: dict[str, str | bytes] = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    parts |= {f"word/{name}.xml": f"<w:{name} {W}>{content}</w:{name}>" for name, content in others.items()}
    return zipped(parts)


def p(text: str, properties: str = "") -> str:
    """A Word paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    """A Word table cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows: Sequence[str]) -> str:
    """A Word table of cells made by ``tc``."""
    return "<w:tbl>" + "".join("<w:tr>" + "".join(row) + "</w:tr>" for row in rows) + "</w:tbl>"


def xlsx(sheets: dict[str, Sequence[Sequence[object]]], percent: bool = False, columns: str = "") -> bytes:
    """A workbook; fractions below 2 are shown as 0.0% when ``percent``; ``columns`` are <col> elements."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"<workbook {main} {relation}><sheets>"
        + "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + f'<Relationship Id="rId99" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet {main}><numFmts count="1"><numFmt numFmtId="170" formatCode="0.0%"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>',
    }
    for n, rows in enumerate(sheets.values(), 1):
        cells = "".join(
            f'<row r="{y}">' + "".join(_cell(x, y, value, percent) for x, value in enumerate(row)) + "</row>"
            for y, row in enumerate(rows, 1)
        )
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f"<worksheet {main}>{columns and f'<cols>{columns}</cols>'}<sheetData>{cells}</sheetData></worksheet>"
        )
    return zipped(parts)


def _cell(x: int, y: int, value: object, percent: bool) -> str:
    letters = ""
    while x >= 0:
        x, letter = x // 26 - 1, chr(65 + x % 26)
        letters = letter + letters
    place = f"{letters}{y}"
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>' if value else ""
    style = ' s="1"' if percent and isinstance(value, float) and abs(value) < 2 else ""
    return f'<c r="{place}"{style}><v>{value}</v></c>'


# ---------------------------------------------------------------------------------------------- pictures


def png() -> bytes:
    """The beginning of a picture: enough to be known as one."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(17)


# ---------------------------------------------------------------------------------------------- old Office

SECTOR = 512
SMALL = 4096  # shorter streams would stand elsewhere in the file


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE container of these streams (filled up to the size from which they have sectors of their own)."""
    chains: list[tuple[str, int, int]] = []  # name, first sector, size
    body = b""
    fat: list[int] = []
    for name, content in streams.items():
        content = content.ljust(SMALL, b"\0")
        content += bytes(-len(content) % SECTOR)
        first, count = len(fat), len(content) // SECTOR
        fat += [*range(first + 1, first + count), 0xFFFFFFFE]
        body += content
        chains.append((name, first, len(content)))
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for number, (name, first, size) in enumerate(chains, start=1):
        right = number + 1 if number < len(chains) else 0xFFFFFFFF
        entries.append(_entry(name, 2, first, size, right=right))
    directory = b"".join(entries)
    directory += bytes(-len(directory) % SECTOR)
    directory_at, count = len(fat), len(directory) // SECTOR
    fat += [*range(directory_at + 1, directory_at + count), 0xFFFFFFFE]
    fat_at = len(fat)
    fat.append(0xFFFFFFFD)
    fat += [0xFFFFFFFF] * (128 - len(fat))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, directory_at, 0, SMALL, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, fat_at,
    )  # fmt: skip
    return header.ljust(SECTOR, b"\xff") + body + directory + struct.pack("<128I", *fat)


def _entry(name: str, kind: int, first: int, size: int, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII16xIQQIII", raw, len(raw), kind, 1, 0xFFFFFFFF, right, child, 0, 0, 0, first, size, 0)


IN_TABLE = b"\x16\x24\x01"


def doc(
    paragraphs: Sequence[tuple[str, str | bytes]],
    flags: int = 0,
    *,
    boxed: Sequence[int] = (),
    anchors: Sequence[int] = (),
    marked: Sequence[tuple[str, bytes]] = (),
    parts: Mapping[int, tuple[bytes, int]] | None = None,
) -> bytes:
    """An old Word document.  Each paragraph is its characters with its end mark, and "", "cell", "row" or what it
    changes.  ``parts`` are further tables by where the file says where they are, with the length it says.  The last
    ones are text boxes: ``boxed`` says of how many paragraphs each is made, ``anchors`` where it is anchored (-1:
    nowhere).  ``marked`` are words, in their order, with the changes of their characters."""
    text = "".join(content for content, _ in paragraphs)
    start = 1024
    ends = [start]
    for content, _ in paragraphs:
        ends.append(ends[-1] + 2 * len(content))
    # one page of paragraph properties: where paragraphs end, and what is special about each
    page = bytearray(SECTOR)
    page[-1] = len(paragraphs)
    struct.pack_into(f"<{len(ends)}I", page, 0, *ends)
    place = SECTOR - 2
    for number, (_, kind) in enumerate(paragraphs):
        changes = (
            {"": b"", "cell": IN_TABLE, "row": IN_TABLE + b"\x17\x24\x01"}[kind] if isinstance(kind, str) else kind
        )
        if changes:
            entry = bytes([(len(changes) + 4) // 2, 0, 0]) + changes
            place -= len(entry) + len(entry) % 2
            page[place : place + len(entry)] = entry
            page[4 * len(ends) + 13 * number] = place // 2
    stream = bytearray(start)
    struct.pack_into("<H", stream, 0, 0xA5EC)
    struct.pack_into("<H", stream, 0x0A, 0x0200 | flags)
    lengths = [len(content) for content, _ in paragraphs]
    ends_of_boxes = [0]
    for count in boxed:
        done = len(lengths) - sum(boxed) + sum(boxed[: len(ends_of_boxes) - 1])
        ends_of_boxes.append(ends_of_boxes[-1] + sum(lengths[done : done + count]))
    struct.pack_into("<7i", stream, 0x4C, len(text) - ends_of_boxes[-1], 0, 0, 0, 0, 0, ends_of_boxes[-1])
    stream += text.encode("utf-16-le")
    stream += bytes(-len(stream) % SECTOR)
    pieces = (
        b"\x02" + struct.pack("<I", 4 * 2 + 8) + struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, start, 0)
    )
    properties = struct.pack("<III", ends[0], ends[-1], len(stream) // SECTOR)
    struct.pack_into("<II", stream, 0x01A2, 0, len(pieces))
    struct.pack_into("<II", stream, 0x0102, len(pieces), len(properties))
    shapes = {place: 2050 + number for number, place in enumerate(anchors) if place >= 0}
    places = struct.pack(f"<{len(shapes) + 1}I", *sorted(shapes), len(text))
    places += b"".join(struct.pack("<i22x", shapes[place]) for place in sorted(shapes))
    texts = struct.pack(f"<{len(ends_of_boxes)}I", *ends_of_boxes)
    texts += b"".join(struct.pack("<14xi4x", 2050 + number) for number in range(len(boxed)))
    characters = _marked_page(text, start, marked)
    properties += struct.pack("<III", start, ends[-1], len(stream) // SECTOR + 1)
    struct.pack_into("<II", stream, 0x00FA, len(pieces) + len(properties) - 12, 12)
    tables = pieces + properties
    for where, (part, size) in (parts or {}).items():
        struct.pack_into("<II", stream, where, len(tables), size)
        tables += part
    if boxed:
        struct.pack_into("<II", stream, 0x01DA, len(tables), len(places))
        struct.pack_into("<II", stream, 0x025A, len(tables) + len(places), len(texts))
    return ole({"WordDocument": bytes(stream + page + characters), "1Table": tables + places + texts})


def _marked_page(text: str, start: int, marked: Sequence[tuple[str, bytes]]) -> bytes:
    """The page of properties of characters."""
    edges, changes = [0], []
    for words, change in marked:
        at = text.index(words, edges[-1])
        edges += [at, at + len(words)]
        changes += [b"", change]
    edges.append(len(text))
    changes.append(b"")
    page = bytearray(SECTOR)
    page[-1] = len(changes)
    struct.pack_into(f"<{len(edges)}I", page, 0, *(start + 2 * edge for edge in edges))
    place = SECTOR - 2
    for number, change in enumerate(changes):
        if change:
            place -= len(change) + 1 + (len(change) + 1) % 2
            page[place : place + len(change) + 1] = bytes([len(change)]) + change
            page[4 * len(edges) + number] = place // 2
    return bytes(page)


def xls(
    sheets: dict[str, Sequence[Sequence[str | float]]],
    *,
    codes: dict[int, str] | None = None,
    hidden: Sequence[int] = (),
) -> bytes:
    """A workbook of Excel 97 to 2003 (BIFF8): strings and numbers.  ``codes`` are the number formats of its columns,
    without them it has no styles; ``hidden`` are columns that are not shown."""

    def record(kind: int, content: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    styles = {column: number for number, column in enumerate(codes or {}, start=1)}

    def cell(row: int, column: int, value: str | float) -> bytes:
        place = struct.pack("<HHH", row, column, styles.get(column, 0))
        if isinstance(value, str):
            return record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
        return record(0x0203, place + struct.pack("<d", value))

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))

    columns = b"".join(record(0x007D, struct.pack("<HHHHHH", column, column, 2048, 0, 1, 0)) for column in hidden)
    pages = [
        begin(0x0010)
        + columns
        + b"".join(cell(y, x, value) for y, row in enumerate(rows) for x, value in enumerate(row))
        + record(0x0A)
        for rows in sheets.values()
    ]
    book = begin(0x0005)
    if codes:
        for number, code in enumerate(codes.values(), start=170):
            book += record(0x041E, struct.pack("<HHB", number, len(code), 1) + code.encode("utf-16-le"))
        for number in (0, *range(170, 170 + len(codes))):
            book += record(0x00E0, struct.pack("<HH16x", 0, number))
    names = [struct.pack("<BBBB", 0, 0, len(name), 1) + name.encode("utf-16-le") for name in sheets]
    at = len(book) + sum(8 + len(name) for name in names) + len(record(0x0A))
    for name, page in zip(names, pages, strict=True):
        book += record(0x0085, struct.pack("<I", at) + name)
        at += len(page)
    return ole({"Workbook": book + record(0x0A) + b"".join(pages)})


def seven_zipped(members: Mapping[str, str | bytes], password: str | None = None) -> bytes:
    """A 7z archive of the members."""
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password=password) as archive:
        for name, content in members.items():
            archive.writestr(content, name)
    return buffer.getvalue()
