"""RTF bytes -> braces, control words and runs of characters.

b"{\\\\b \\\\'d4\\\\'a4}"  ->  Token("{"), Token("b", 1), Token("", data=b"\\xd4\\xa4"), Token("}")
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z']))|([{}])|([^\\{}\r\n]+)", re.DOTALL
)
SYMBOLS = {b"~": " ", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}"}
ENDS = (b"\r", b"\n")  # behind a backslash: the end of a paragraph


class Token(NamedTuple):
    """A brace or control word with its number (None without), or characters: bytes of a code page or ready text."""

    word: str
    number: int | None = None
    data: bytes = b""
    text: str = ""


def tokens(data: bytes) -> Iterator[Token]:
    """All tokens in order, without the binary data of pictures."""
    at = 0
    run = bytearray()  # a character may take two bytes, written in different ways
    while found := TOKEN.search(data, at):
        at = found.end()
        word, number, code, symbol, brace, plain = found.groups()
        if code is not None or plain is not None:
            run += bytes.fromhex(code.decode()) if code is not None else plain
            continue
        if run:
            yield Token("", data=bytes(run))
            run.clear()
        if brace is not None:
            yield Token(brace.decode())
        elif word is None:
            yield _symbol(symbol)
        elif word == b"bin":
            at += max(int(number or 0), 0)
        else:
            yield Token(word.decode(), None if number is None else int(number))
    if run:
        yield Token("", data=bytes(run))


def _symbol(symbol: bytes) -> Token:
    if symbol == b"*":
        return Token("*")
    return Token("par") if symbol in ENDS else Token("", text=SYMBOLS.get(symbol, ""))
