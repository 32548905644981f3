"""Bytes of a text or a web page -> characters, when they do not say how they were encoded.

UTF-8, GB18030 and Big5 by what comes out of them: GB18030 takes nearly any bytes, and gives rare characters for Big5
"é¢„ç®—"  ->  "预算": text that was once decoded wrongly and encoded again is brought back, or refused
"""

from __future__ import annotations

import re

from index.errors import UnreadableFile

SAMPLE = 20_000  # bytes
GLANCE = 3_000  # characters
LOST = 0.5  # of the characters may be lost in a text that is still known to be garbled
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LATIN_LETTERS = re.compile("[\u0080-\u024f\u2018-\u203a\u20ac\u2122\u0152-\u0178\u02c6\u02dc]")
GARBLED = "文字是乱码（被按错误的编码转存过），读出的内容不可靠，请重新导出。"


def is_big5(data: bytes) -> bool:
    """Are these bytes Big5 rather than GB18030: common characters as the one, rare ones as the other?"""
    sample = data[:SAMPLE]
    as_big5, as_gb = _common(sample, "big5", 0xA4, 0xC6), _common(sample, "gb18030", 0xB0, 0xD7)
    return as_big5 > 0.9 and as_gb < 0.75


def _common(sample: bytes, encoding: str, first: int, last: int) -> float:
    """The share of Chinese characters whose first byte is that of common ones; 0 if the bytes do not decode."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:  # not only a character cut in two
            return 0.0
        text = sample[: error.start].decode(encoding, errors="ignore")
    chinese = _CHINESE.findall(text)
    if not chinese:
        return 0.0
    codes = [char.encode(encoding, errors="ignore") for char in chinese]
    second = 0xA1 if encoding == "gb18030" else 0
    common = [code for code in codes if len(code) == 2 and first <= code[0] <= last and code[1] >= second]
    return len(common) / len(codes)


def mended(text: str) -> str:
    """The text, or what it was before it was decoded wrongly.  Raises UnreadableFile if that is lost."""
    wrong = _wrong_encoding(text[:GLANCE])
    if not wrong:
        return text
    try:
        return _encoded(text, wrong[0], "strict").decode(wrong[1])
    except UnicodeError as error:
        raise UnreadableFile(GARBLED) from error


def _wrong_encoding(sample: str) -> tuple[str, str] | None:
    """How a text was decoded and how it should have been; None for one that is as it was written."""
    chinese = len(_CHINESE.findall(sample))
    letters = len(_LATIN_LETTERS.findall(sample))
    ways: tuple[tuple[str, str], ...]
    if letters > 20 and letters > chinese:
        ways = (("windows", "utf-8"), ("windows", "gb18030"))
    elif chinese > 20:
        ways = (("gb18030", "utf-8"),)
    else:
        return None
    for wrong, right in ways:
        back = _encoded(sample, wrong, "replace").decode(right, errors="replace")
        found, lost = len(_CHINESE.findall(back)), back.count("\ufffd")
        if found > 10 and lost <= LOST * found and found > 0.15 * len(back):
            return wrong, right
    return None


def _encoded(text: str, encoding: str, errors: str) -> bytes:
    """Bytes of characters; those of Windows decode its unused codes as if they were Latin-1."""
    if encoding != "windows":
        return text.encode(encoding, errors=errors)
    return b"".join(_windows(char, errors) for char in text)


def _windows(char: str, errors: str) -> bytes:
    if 0x80 <= ord(char) < 0xA0:
        return char.encode("latin-1")
    return char.encode("cp1252", errors=errors)
