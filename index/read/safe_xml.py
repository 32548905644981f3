"""XML from outside -> its elements, but not if it declares a document type: entities that open files, the network or
themselves are declared there, and none of the formats we read has one.

root(b"<?xml version='1.0'?><ofd:OFD …>")  ->  Element
"""

from __future__ import annotations

from xml.etree import ElementTree
from xml.parsers import expat

from index.errors import UnreadableFile

Element = ElementTree.Element
PIECE = 2**14


class _Begun(Exception):
    """The first element is reached: there can be no document type behind it."""


def root(data: bytes, what: str) -> Element:
    """The outermost element.  Raises UnreadableFile, which names ``what`` is damaged or refused."""
    try:
        _check(data, what)
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableFile(f"{what} 已损坏，无法读取。") from error


def _check(data: bytes, what: str) -> None:
    def refuse(*_: object) -> None:
        raise UnreadableFile(f"{what} 带有文档类型声明（DTD），可能引用外部内容，已拒绝。")

    def begin(*_: object) -> None:
        raise _Begun

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = begin
    try:
        for at in range(0, len(data), PIECE):
            parser.Parse(data[at : at + PIECE], False)
    except _Begun:
        return
