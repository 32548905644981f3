"""Characters that only look like another, and traditional ones, in a whole document -> those that are meant.

    "⽀出增⻓"  ->  "支出增长": some fonts of PDFs map common characters to the radicals of the same shape
    "財政預算"  ->  "财政预算": a report in traditional characters is read, and said to be one

Each character becomes one, so the sentences show what the page shows.  Figures are never touched.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from index.models import Block, Document, Line
from index.paths import lexicon_dir

SAMPLE = 4000  # characters that tell whether a report is in traditional characters
SHARE = 0.08  # of its Chinese characters that then have a simplified form of their own; quoted titles have fewer
TRADITIONAL = "报告是繁体字，已转为简体读取"
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
# Private glyphs beside a digit; those of symbol fonts (bullets) only behind one.  A run is looked at once.
_PRIVATE = "\uf100-\uf8ff\U000f0000-\U001001af\U001001b1-\U0010fffd"
_UNKNOWN = re.compile(
    f"(?<=[0-9０-９])[\ue000-\uf0ff{_PRIVATE}]+|(?<![\ue000-\uefff{_PRIVATE}])[\ue000-\uefff{_PRIVATE}]++(?=[0-9０-９])"
)
_CHINESE = re.compile("[\u4e00-\u9fff]")


def in_common_characters(document: Document) -> Document:
    """The document without look-alikes, and in simplified characters if it is in traditional ones."""
    texts = list(_texts(document.blocks))
    table: dict[int, int] = {}
    if any(map(_UNKNOWN.search, texts)):
        document = _changed(document, _marked)
    if any(map(_LOOKALIKE.search, texts)):
        table |= _lookalikes()
    if traditional := _is_traditional(texts):
        table |= _pairs("traditional.toml")
    if table:
        document = _changed(document, lambda text: text.translate(table))
    return replace(document, warnings=(*document.warnings, TRADITIONAL)) if traditional else document


def _marked(text: str) -> str:
    """12□345 -> 12�345: a glyph that may be a digit must not look like none."""
    return _UNKNOWN.sub(lambda match: "\ufffd" * len(match[0]), text)


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield block.caption
            for row in block.rows:
                yield from row


def _changed(document: Document, change: Callable[[str], str]) -> Document:
    return replace(document, blocks=tuple(_block(block, change) for block in document.blocks))


def _block(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, Line):
        return replace(block, text=change(block.text))
    rows = tuple(tuple(map(change, row)) for row in block.rows)
    return replace(block, rows=rows, caption=change(block.caption))


def _is_traditional(texts: list[str]) -> bool:
    sample = ""
    for text in texts:
        sample += text
        if len(sample) > SAMPLE:
            break
    sample = sample[:SAMPLE]
    known = _pairs("traditional.toml")
    count = sum(ord(char) in known for char in sample)
    return count > SHARE * len(_CHINESE.findall(sample)) and count > 5


@cache
def _lookalikes() -> dict[int, int]:
    """Radicals and compatibility forms by Unicode's own equivalence; the rest by the list."""
    found = _pairs("glyphs.toml")
    for code in (*range(0x2F00, 0x2FE0), *range(0xF900, 0xFB00)):
        form = unicodedata.normalize("NFKC", chr(code))
        if len(form) == 1 and form != chr(code):
            found[code] = ord(form)
    return found


@cache
def _pairs(name: str) -> dict[int, int]:
    with (lexicon_dir() / name).open("rb") as file:
        pairs = tomllib.load(file)["pairs"].split()
    return {ord(pair[0]): ord(pair[1]) for pair in pairs}
