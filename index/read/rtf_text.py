"""RTF tokens -> the words that are printed and what structures them, without fonts, pictures, headers and field codes.

    {\\*\\fldinst PAGEREF}{\\fldrslt 5}{\\strike 6}亿元\\par  ->  Piece(text="5"), Piece(text="亿元"), Piece("par")

Struck, hidden and deleted text is left out, and raised marks of notes; numbers of lists are text of the file.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from index.errors import UnreadableFile
from index.read.odf_text import MARK
from index.read.rtf_tokens import Token

MAX_DEPTH = 2000
SKIPPED = frozenset(
    {
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "objdata", "header", "headerl", "headerr",
        "headerf", "footer", "footerl", "footerr", "footerf", "fldinst", "ftnsep", "ftnsepc", "ftncn", "aftnsep",
        "aftnsepc", "aftncn", "annotation", "sp", "shprslt", "nonshppict", "nonesttables", "themedata", "xe", "tc",
        "private", "generator", "listtable", "listoverridetable", "revtbl", "rsidtbl", "atnid", "atnauthor",
    }
)  # fmt: skip
ENTERED = frozenset({"shpinst", "shptxt"})  # also behind a star
STORIES = frozenset({"footnote", "shptxt"})  # texts of their own inside another
NUMBERS = frozenset({"listtext", "pntext"})
CHARACTERS = {
    "tab": " ", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
STRUCTURE = frozenset(
    {
        "par", "sect", "page", "pard", "intbl", "itap", "cell", "row", "nestcell", "nestrow", "trowd", "cellx",
        "clvmrg", "clmrg",
    }
)  # fmt: skip
CODE_PAGES = {0: "", 1: "", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5"}  # by charset
LATIN = "cp1252"
BULLETS = re.compile(r"[•·●○■□◆◇▪▫➢✓\ue000-\uf8ff]")  # of lists without numbers
CHINESE = re.compile(r"[\u2010-\u2027\u2460-\u2473\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


class Piece(NamedTuple):
    """A word of the structure, "story" and "end" around a text inside another, or (word "") characters."""

    word: str
    number: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a pair of braces."""

    skipped: bool = False
    story: bool = False
    number: bool = False  # of a list, as it is printed
    font: int = -1
    unicode_skip: int = 1
    silent: frozenset[str] = frozenset()
    raised: bool = False


def pieces(found: Iterable[Token]) -> Iterator[Piece]:
    """All pieces in order.  Raises UnreadableFile for groups nested too deep."""
    return _Reading().pieces(found)


class _Reading:
    def __init__(self) -> None:
        self._group = _Group()
        self._above: list[_Group] = []
        self._code_page = LATIN
        self._fonts: dict[int, int] = {}
        self._font = -1  # the one being defined
        self._in_fonts = 0  # depth of the table of fonts, 0 outside
        self._star = False
        self._ignored = 0  # characters that stand for a Unicode one before them
        self._high = 0  # the first half of a character outside the basic plane

    def pieces(self, found: Iterable[Token]) -> Iterator[Piece]:
        for token in found:
            if token.word == "{":
                if len(self._above) >= MAX_DEPTH:
                    raise UnreadableFile("RTF 文件嵌套过深，无法读取。")
                self._above.append(self._group)
                self._group = replace(self._group, story=False)
                self._ignored = 0
            elif token.word == "}":
                yield from self._closed()
            elif token.word == "*":
                self._star = True
            elif token.word:
                yield from self._word(token.word, token.number)
                self._star = False
            else:
                yield from self._characters(token)

    def _closed(self) -> Iterator[Piece]:
        if self._group.story:
            yield Piece("end")
        if len(self._above) == self._in_fonts:
            self._in_fonts = 0
        self._group = self._above.pop() if self._above else _Group()
        self._ignored = 0
        self._star = False

    def _word(self, word: str, number: int | None) -> Iterator[Piece]:
        group = self._group
        if word == "fonttbl":
            self._in_fonts = len(self._above)
        if word in SKIPPED or (self._star and word not in ENTERED):
            self._group = replace(group, skipped=True)
        elif word == "f":
            self._font = number or 0
            self._group = replace(group, font=self._font)
        elif word == "fcharset" and self._in_fonts:
            self._fonts[self._font] = number or 0
        elif word == "ansicpg":
            self._code_page = _code_page(f"cp{number}")
        elif group.skipped:
            return
        elif word in STORIES:
            self._group = replace(group, story=True)
            yield Piece("story")
        elif word in {"strike", "striked", "v", "deleted"}:
            silent = group.silent - {word} if number == 0 else group.silent | {word}
            self._group = replace(group, silent=silent)
        elif word in {"super", "nosupersub", "plain"}:
            self._group = replace(group, raised=word == "super" and number != 0)
            if word == "plain":
                self._group = replace(self._group, silent=frozenset())
        elif word == "uc":
            self._group = replace(group, unicode_skip=max(number or 0, 0))
        elif word == "u":
            yield from self._shown(self._unicode(number or 0))
            self._ignored = self._group.unicode_skip
        elif word in NUMBERS:
            self._group = replace(group, number=True)
        elif word in CHARACTERS and not group.number:
            yield from self._shown(CHARACTERS[word])
        elif word in STRUCTURE and not group.number:
            yield Piece(word, number)

    def _unicode(self, number: int) -> str:
        code = number % 0x10000
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return ""
        if 0xDC00 <= code < 0xE000:
            high, self._high = self._high, 0
            return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else ""
        return chr(code)

    def _characters(self, token: Token) -> Iterator[Piece]:
        if self._group.skipped:
            return
        data, text = token.data, token.text
        if self._ignored:
            skipped = min(self._ignored, len(data) or 1)
            self._ignored -= skipped
            data, text = data[skipped:], text[:0]
        charset = self._fonts.get(self._group.font, 0)
        yield from self._shown(_decoded(data, CODE_PAGES.get(charset) or self._code_page) + text)

    def _shown(self, text: str) -> Iterator[Piece]:
        group = self._group
        if group.number:
            text = BULLETS.sub("", text)
        if text and not group.skipped and not group.silent and not (group.raised and MARK.fullmatch(text)):
            yield Piece("", text=text)


def _decoded(data: bytes, code_page: str) -> str:
    """Some programs say Latin, or nothing, and write Chinese."""
    if code_page == LATIN and not data.isascii():
        for encoding in ("utf-8", "gb18030"):
            with contextlib.suppress(UnicodeDecodeError):
                text = data.decode(encoding)
                if all(char.isascii() or CHINESE.match(char) for char in text):
                    return text
    return data.decode(code_page, errors="replace")


def _code_page(name: str) -> str:
    if name == "cp936":
        return "gb18030"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return LATIN
