"""Small RTF, OpenDocument and OFD files, made from nothing.

rtf(r"教育支出\\par")                         ->  bytes of an RTF file
ofd([[at(20, 30, "教育支出56917万元")]])  ->  bytes of an OFD of one page
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tests.read_builders import zipped

# ---------------------------------------------------------------------------------------------- RTF

FONTS = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 \'cb\'ce\'cc\'e5;}}"
HEAD = r"{\rtf1\ansi\ansicpg936\deff0" + FONTS + r"{\stylesheet{ 正文;}}"


def rtf(body: str, head: str = HEAD) -> bytes:
    """An RTF file; Chinese characters of the body are written in GBK, as Word and WPS do."""
    out = "".join(char if ord(char) < 128 else _in_gbk(char) for char in head + body)
    return (out + "}").encode("ascii")


def _in_gbk(char: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in char.encode("gb18030"))


def rtf_row(*cells: str, edges: Sequence[int | str]) -> str:
    """A row of an RTF table; ``edges`` are where its cells end, with words like clvmrg before the end they are of."""
    ends = "".join(f"\\{edge}" if isinstance(edge, str) else f"\\cellx{edge}" for edge in edges)
    return f"\\trowd{ends} " + "".join(f"\\pard\\intbl {cell}\\cell " for cell in cells) + "\\row\n"


# ---------------------------------------------------------------------------------------------- OpenDocument

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "draw")
)


def odf(kind: str, body: str, styles: str = "", others: Mapping[str, str | bytes] | None = None) -> bytes:
    """An OpenDocument file of this body; ``styles`` are automatic styles."""
    inner = {"text": "text", "spreadsheet": "spreadsheet"}.get(kind.split("-")[0], "drawing")
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {SPACES}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{inner}>{body}</office:{inner}></office:body></office:document-content>"
    )
    media = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": media, "content.xml": content, **(others or {})})


def odt(body: str, styles: str = "", **others: str) -> bytes:
    """An OpenDocument text; ``others`` are further members by their name without suffix."""
    return odf("text", body, styles, {f"{name}.xml": content for name, content in others.items()})


def ods(sheets: Mapping[str, str], styles: str = "") -> bytes:
    """An OpenDocument spreadsheet: the rows of its sheets by name."""
    body = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets.items())
    return odf("spreadsheet", body, styles)


def para(text: str, style: str = "P1") -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def cell(text: str = "", attributes: str = "") -> str:
    """A cell with what is shown of it."""
    return f"<table:table-cell {attributes}>{text and para(text)}</table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    """A row of cells made by ``cell``."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def number(shown: str, value: str, kind: str = "float") -> str:
    """A cell with a number and what is shown of it."""
    return cell(shown, f'office:value-type="{kind}" office:value="{value}"')


# ---------------------------------------------------------------------------------------------- OFD

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
TYPE = 4.0  # millimetres


def at(x: float, y: float, text: str, size: float = TYPE, attributes: str = "") -> str:
    """Text whose first base line point is at x, y (millimetres from the upper left corner), a Chinese em apart."""
    steps = " ".join(f"{size if ord(char) > 0x2E7F else size / 2:.3f}" for char in text[:-1])
    return text_object(x, y - size, f'<ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{escape(text)}</ofd:TextCode>',
                       size, attributes)  # fmt: skip


def text_object(x: float, y: float, codes: str, size: float = TYPE, attributes: str = "") -> str:
    """A text object of ready-made codes in a box at x, y."""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y} 180 10" Font="1" Size="{size}" {attributes}>{codes}</ofd:TextObject>'
    )


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A drawn line."""
    return (
        f'<ofd:PathObject ID="8" Boundary="{x0} {y0} 200 200" LineWidth="0.2"><ofd:AbbreviatedData>'
        f"M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def grid(x: float, y: float, widths: Sequence[float], rows: Sequence[Sequence[str]], height: float = 8) -> list[str]:
    """A ruled table whose upper left corner is at x, y."""
    edges = [x]
    for width in widths:
        edges.append(edges[-1] + width)
    bottom = y + height * len(rows)
    drawn = [rule(edge, y, edge, bottom) for edge in edges]
    drawn += [rule(edges[0], y + height * n, edges[-1], y + height * n) for n in range(len(rows) + 1)]
    for n, texts in enumerate(rows):
        drawn += [at(left + 1, y + height * n + 6, text) for left, text in zip(edges, texts, strict=False) if text]
    return drawn


def ofd(
    pages: Sequence[Sequence[str]],
    *,
    common: str = "",
    page: str = "",
    others: Mapping[str, str | bytes] | None = None,
    stored: bool = False,
) -> bytes:
    """An OFD of these pages of objects; ``common`` goes into the document's common data, ``page`` into every page."""
    area = "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
    members: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea>{area}</ofd:PageArea>{common}"
        "</ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
    }
    for n, objects in enumerate(pages):
        members[f"Doc_0/Pages/Page_{n}/Content.xml"] = (
            f'<ofd:Page {OFD}>{page}<ofd:Content><ofd:Layer ID="2">{"".join(objects)}</ofd:Layer></ofd:Content>'
            "</ofd:Page>"
        )
    members |= others or {}
    if not stored:
        return zipped(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()
