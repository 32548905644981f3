"""The journal (WAL) beside a SQLite file: whether every frame has the checksum that it says.

    is_sound(Path("data/index.chats.db"))  ->  False if a byte of index.chats.db-wal is another than was written

SQLite itself takes a frame with a wrong checksum for the end of the journal and passes over all that was committed
behind it without a word.  The format is told in https://www.sqlite.org/fileformat2.html#walformat.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

HEADER: Final = 32
FRAME: Final = 24
MAGIC: Final = (0x377F0682, 0x377F0683)  # checksums little-endian, big-endian
MASK: Final = 0xFFFFFFFF


def is_sound(file: Path) -> bool:
    """Whether the journal of a file is as it was written, as far as it was written completely."""
    try:
        content = file.with_name(f"{file.name}-wal").read_bytes()
    except OSError:
        return True
    if len(content) < HEADER:  # nothing was written, or the first write was broken off
        return True
    magic, _, page, _, *salts, one, two = struct.unpack(">8I", content[:HEADER])
    order = ">" if magic == MAGIC[1] else "<"
    seen = _summed(content[:FRAME], order, (0, 0))
    if magic not in MAGIC or seen != (one, two) or not page:
        return False
    whole = range(HEADER, len(content) - FRAME - page + 1, FRAME + page)
    for at in whole:
        head = content[at : at + FRAME]
        if list(struct.unpack(">2I", head[8:16])) != salts:
            # of an earlier round, written over from the beginning since: then nothing of this round is behind it
            return all(list(struct.unpack(">2I", content[one + 8 : one + 16])) != salts for one in whole if one > at)
        seen = _summed(head[:8] + content[at + FRAME : at + FRAME + page], order, seen)
        if seen != struct.unpack(">2I", head[16:24]):
            return False
    return True


def _summed(content: bytes, order: str, before: tuple[int, int]) -> tuple[int, int]:
    first, second = before
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for odd, even in zip(words[::2], words[1::2], strict=True):
        first = (first + odd + second) & MASK
        second = (second + even + first) & MASK
    return first, second
