"""PDFs whose end or page tree is lost: what is still whole is read, and that something may be missing is said."""

import re
import zlib
from collections.abc import Callable

import pytest

from index.errors import UnreadableFile
from index.models import Line
from index.read import pdf_file
from index.read.pdf_mend import mended
from tests import read_builders as make
from tests.read_builders import Text

WORDS = ("第一页：青河区一般公共预算收入完成30.51亿元，增长4.2%。", "第二页：教育支出完成8.06亿元，完成预算的97.3%。")
WHOLE = make.pdf([[Text(72, 700, words)] for words in WORDS])


def without_tree(data: bytes) -> bytes:
    """The catalogue and the page tree become something else; the end is cut off."""
    data = data.replace(b"/Type/Catalog", b"/Type/Catalxg").replace(b"/Type/Pages", b"/Type/Pagxs")
    return data[: data.index(b"xref\n")]


def packed(data: bytes) -> bytes:
    """All objects but streams in one object stream, as newer programs write them; no table and no trailer."""
    inner, outer = {}, b"%PDF-1.7\n"
    for number, words in re.findall(rb"(\d+) 0 obj\n(.*?)\nendobj\n", data, re.DOTALL):
        if b"stream" in words:
            outer += b"%s 0 obj\n%s\nendobj\n" % (number, words)
        else:
            inner[number] = words
    head, body = b"", b""
    for number, words in inner.items():
        head += b"%s %d " % (number, len(body))
        body += words + b" "
    stream = zlib.compress(head + body)
    said = b"<</Type/ObjStm/Filter/FlateDecode/N %d/First %d/Length %d>>" % (len(inner), len(head), len(stream))
    return outer + b"90 0 obj\n%sstream\n%s\nendstream\nendobj\n" % (said, stream)


def swapped(data: bytes) -> bytes:
    """The tree is there and has the second page first, the catalogue is lost."""
    first, second = re.search(rb"/Kids\[(\d+ 0 R) (\d+ 0 R)\]", data).groups()  # type: ignore[union-attr]
    data = data.replace(b"/Kids[%s %s]" % (first, second), b"/Kids[%s %s]" % (second, first))
    return data.replace(b"/Type/Catalog", b"/Type/Catalxg")[: data.index(b"xref\n")]


BROKEN: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "neither tree nor end": (without_tree(WHOLE), WORDS),
    "the same behind a line of a server": (b"HTTP/1.1 200 OK\r\n\r\n" + without_tree(WHOLE), WORDS),
    "packed objects": (packed(WHOLE), WORDS),
    "a tree without a catalogue": (swapped(WHOLE), WORDS[::-1]),
    "a tree that hangs in the air": (re.sub(rb"/Kids\[\d+", b"/Kids[77", WHOLE), WORDS),
    "cut in the second page": (without_tree(WHOLE)[: WHOLE.rindex(b"/Type/Page/")], WORDS[:1]),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_whole_is_read(what: str) -> None:
    data, expected = BROKEN[what]
    reading = pdf_file.read(data)
    assert tuple(block.text.strip() for block in reading.blocks if isinstance(block, Line)) == expected
    assert len(reading.warnings) == 1 and f"{len(expected)} 页" in reading.warnings[0] and "原件" in reading.warnings[0]


def test_pages_that_lost_their_contents_are_counted() -> None:
    lost = without_tree(WHOLE).replace(b"/Contents 8 0 R", b"/Contents 88 0 R")
    found = mended(lost)
    assert found is not None and (found.pages, found.empty) == (2, 1)
    reading = pdf_file.read(lost)
    assert [block.text.strip() for block in reading.blocks if isinstance(block, Line)] == list(WORDS[:1])
    assert "1 页的内容已丢失" in reading.warnings[0]


def test_a_whole_file_is_left_alone() -> None:
    assert pdf_file.read(WHOLE).warnings == ()


def bomb() -> bytes:
    """A page list of 300 MB: made only where it is used."""
    packed = zlib.compress(b"1 0 " + b" " * (300 * 2**20), 1)
    return b"%%PDF-1.7\n9 0 obj\n<</Type/ObjStm/N 1/First 4>>stream\n%s\nendstream\nendobj\n" % packed


HOPELESS: dict[str, Callable[[], bytes]] = {
    "no page": lambda: b"%PDF-1.7\n" + b"1 0 obj\n<</Type/Font>>\nendobj\n" * 3,
    "only noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 50,
    "encrypted": lambda: without_tree(make.pdf([[Text(72, 700, WORDS[0])]], encrypted=True)),
    "a page of itself": lambda: b"%PDF-1.7\n1 0 obj\n<</Type/Pages/Kids[1 0 R 2 0 R]>>\nendobj\n"
    b"2 0 obj\n<</Type/Pages/Kids[1 0 R]>>\nendobj\n",
    "a packed bomb": bomb,
    "heads without ends": lambda: b"%PDF-1.7\n" + b"1 0 obj " * 50_000,
}  # fmt: skip


@pytest.mark.parametrize("what", HOPELESS)
def test_what_cannot_be_mended_is_refused(what: str) -> None:
    data = HOPELESS[what]()
    assert mended(data) is None
    with pytest.raises(UnreadableFile):
        pdf_file.read(data)
