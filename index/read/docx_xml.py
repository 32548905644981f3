"""Reading Office XML by local names: transitional and strict documents differ only in their namespaces.

value(child(cell, "tcPr", "gridSpan"))  ->  "2"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree

Element = ElementTree.Element

# Fonts, sizes, borders, margins: four fifths of a document, and nothing that is read.
_FORMATTING = (
    "rFonts|sz|szCs|color|lang|kern|spacing|jc|ind|shd|vAlign|highlight|position|w|effect|em|snapToGrid|b|bCs|i|iCs|u|"
    "top|left|bottom|right|start|end|insideH|insideV|keepNext|keepLines|pageBreakBefore|widowControl|kinsoku|wordWrap|"
    "topLinePunct|overflowPunct|autoSpaceDE|autoSpaceDN|bidi|adjustRightInd|textAlignment|mirrorIndents|outlineLvl|"
    "contextualSpacing|suppressAutoHyphens|tcW|tblW|tblInd|tblLayout|tblLook|gridCol|trHeight|noWrap|hideMark|cantSplit|"
    "proofErr|bookmarkStart|bookmarkEnd|lastRenderedPageBreak"
)
_EMPTY_FORMATTING = re.compile(rf"w:(?:{_FORMATTING})(?:\s[^<>]*)?/>".encode())
_PIECE = 2**20
_HOLDERS = (b"tcBorders", b"tblBorders", b"rPr", b"pPr")


def parsed(data: bytes) -> Element:
    """A Word document's XML without what only formats it, which takes a quarter of the time.  Raises ParseError."""
    if b"<!" not in data:  # else a comment or literal text might hold what looks like a tag
        data = b"".join(_without_formatting(data))
        for holder in _HOLDERS:
            data = data.replace(b"<w:%s></w:%s>" % (holder, holder), b"")
    return ElementTree.fromstring(data)


def _without_formatting(data: bytes) -> Iterator[bytes]:
    """The document a piece at a time.  It repeats the same few tags over and over: each is judged once in a piece."""
    at = 0
    while at < len(data):
        end = data.find(b"<", at + _PIECE)
        end = end if end > 0 else len(data)
        before, *tags = data[at:end].split(b"<")
        kept = {tag: _kept(tag) for tag in set(tags)}
        yield before + b"".join(map(kept.__getitem__, tags))
        at = end


def _kept(tag: bytes) -> bytes:
    """What is kept of a tag, which has lost its first sign, and the text behind it."""
    match = _EMPTY_FORMATTING.match(tag)
    return tag[match.end() :] if match else b"<" + tag


def local(element: Element) -> str:
    """The tag without its namespace: transitional and strict documents differ only there."""
    return _local(element.tag)


@lru_cache(maxsize=2048)
def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def value(element: Element | None, name: str = "val") -> str:
    """An attribute whatever its namespace, "" if it is not there."""
    if element is None:
        return ""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def child(element: Element | None, *names: str) -> Element | None:
    """The first child with that tag, along a path of tags."""
    for name in names:
        if element is None:
            return None
        element = next((found for found in element if local(found) == name), None)
    return element


def named(element: Element | None, name: str) -> Iterator[Element]:
    """All descendants with that tag."""
    return (found for found in (element.iter() if element is not None else ()) if local(found) == name)
