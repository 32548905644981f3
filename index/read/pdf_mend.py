"""A PDF whose end or page tree is lost -> the same file with a new page tree, cross-reference table and trailer.

    a report of 72 pages cut off before its catalogue  ->  bytes that open with 72 pages

Every object that is still whole is found by its own words (``12 0 obj … endobj``), also those packed in object streams;
pages keep the order of what is left of the old tree, else that of the file.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

MAX_OBJECTS = 500_000
MAX_UNPACKED = 200 * 2**20  # of all object streams together
MAX_DEPTH = 50

HEAD = re.compile(rb"(?<!\d)(\d{1,8})\s+\d{1,5}\s+obj\b")
NEXT = re.compile(rb"\bendobj\b|(?<!end)stream\r?\n|(?<!\d)\d{1,8}\s+\d{1,5}\s+obj\b")
PAGE, PAGES, PACKED = (re.compile(rb"/Type\s*/" + name + rb"\b") for name in (b"Page", b"Pages", b"ObjStm"))
KIDS = re.compile(rb"/Kids\s*\[([^\[\]]*)\]")
REFERENCE = re.compile(rb"(\d{1,8})\s+\d{1,5}\s+R\b")
PARENT = re.compile(rb"/Parent\s+(\d{1,8})\s+\d{1,5}\s+R\b")
CONTENTS = re.compile(rb"/Contents\s*(?:\[([^\[\]]*)\]|(\d{1,8}\s+\d{1,5}\s+R\b))")
ENCRYPTED = re.compile(rb"/Encrypt\b|/Filter\s*/Standard\b")
COUNT, FIRST = re.compile(rb"/N\s+(\d{1,7})"), re.compile(rb"/First\s+(\d{1,8})")


class Mended(NamedTuple):
    """The new file, its pages, and how many of these have lost their contents."""

    data: bytes
    pages: int
    empty: int


class _Object(NamedTuple):
    """Where an object begins, what it says, and where its stream begins and ends (0 without one)."""

    start: int
    words: bytes
    stream: int
    end: int


def mended(data: bytes) -> Mended | None:
    """None if there is nothing to mend it with: no whole page, or an encrypted file."""
    data = data[max(data.find(b"%PDF-"), 0) :]  # places are counted from there
    objects: dict[int, _Object] = {}
    for number, found in _objects(data):
        objects[number] = found  # the last one holds: changes are appended
    if any(ENCRYPTED.search(found.words) for found in objects.values()) or ENCRYPTED.search(data[-4096:]):
        return None
    words = {number: found.words for number, found in objects.items()}
    packed = {number: inner for number, inner in _packed(data, objects) if number not in words}
    words |= packed
    pages = _pages(words)
    if not pages:
        return None
    return Mended(_rebuilt(data, objects, packed, pages), len(pages), sum(_is_empty(words, page) for page in pages))


def _objects(data: bytes) -> Iterator[tuple[int, _Object]]:
    """The whole objects of a file in their order; what stands inside a stream is none."""
    at = 0
    for _ in range(MAX_OBJECTS):
        head = HEAD.search(data, at)
        if head is None:
            return
        body = head.end()
        mark = NEXT.search(data, body)
        if mark is None:
            return
        at = mark.start()  # of another head: the object has no end
        stream = end = 0
        if mark[0].startswith(b"stream"):
            stream, end = mark.end(), data.find(b"endstream", mark.end())
            if end < 0:
                return
            at = data.find(b"endobj", end)
        if data.startswith(b"endobj", at):
            yield int(head[1]), _Object(head.start(), data[body : mark.start()], stream, end)
            at += len(b"endobj")
        elif at < 0:
            return


def _packed(data: bytes, objects: dict[int, _Object]) -> Iterator[tuple[int, bytes]]:
    """The objects inside object streams."""
    room = MAX_UNPACKED
    for found in objects.values():
        count, first = COUNT.search(found.words), FIRST.search(found.words)
        if not (found.stream and PACKED.search(found.words) and count and first):
            continue
        try:
            unpacked = zlib.decompressobj().decompress(data[found.stream : found.end], room)
        except zlib.error:
            continue
        room -= len(unpacked)
        if room <= 0:
            return
        head = unpacked[: int(first[1])].split()[: 2 * int(count[1])]
        if not all(map(bytes.isdigit, head)):
            continue
        places = [int(first[1]) + int(place) for place in head[1::2]]
        for number, start, end in zip(head[::2], places, [*places[1:], len(unpacked)], strict=False):
            yield int(number), unpacked[start:end]


def _pages(words: dict[int, bytes]) -> list[int]:
    """The numbers of the pages in the order of the old tree; one that hangs on nothing follows the page before it in
    the file."""
    kids = {
        number: [int(kid) for kid in REFERENCE.findall(found[1])]
        for number, said in words.items()
        if PAGES.search(said) and (found := KIDS.search(said))
    }
    every = [number for number, said in words.items() if PAGE.search(said)]
    order: dict[int, None] = {}

    def walk(node: int, depth: int) -> None:
        for kid in kids.get(node, ()) if depth < MAX_DEPTH else ():
            if PAGE.search(words.get(kid, b"")):
                order[kid] = None
            elif kid != node:
                walk(kid, depth + 1)

    for number in kids:
        parent = PARENT.search(words[number])
        if parent is None or int(parent[1]) not in kids:
            walk(number, 0)
    after: dict[int, list[int]] = {}  # 0 is before all
    last = 0
    for number in every:
        if number in order:
            last = number
        else:
            after.setdefault(last, []).append(number)
    return [page for one in (0, *order) for page in (one, *after.get(one, ()))][1:]


def _is_empty(words: dict[int, bytes], page: int) -> bool:
    """Is what the page shows among the lost?"""
    contents = CONTENTS.search(words[page])
    if contents is None:
        return False
    return not all(int(number) in words for number in REFERENCE.findall(contents[0]))


def _rebuilt(data: bytes, objects: dict[int, _Object], packed: dict[int, bytes], pages: list[int]) -> bytes:
    out = bytearray(data)
    places = {number: found.start for number, found in objects.items()}
    tree = max((*places, *packed)) + 1
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    new = {
        **packed,
        tree: b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids),
        tree + 1: b"<</Type/Catalog/Pages %d 0 R>>" % tree,
    }
    for number, said in new.items():
        out += b"\n"
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj" % (number, said)
    table = len(out) + 1
    out += b"\nxref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (tree + 2, tree + 1, table)
    return bytes(out)
