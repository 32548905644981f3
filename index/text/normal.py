"""One normal form of a text, with offsets that lead back to what was printed.

    "占 ２０２３ 年预算 3,594, 026万元的 31 .5％"  ->  "占2023年预算3594026万元的31.5%"

Full-width digits and signs become narrow ones, brackets and clause marks become Chinese ones, blanks go (one between
two latin words or two numbers stays), commas and the blanks of thousands leave numbers, quotation marks leave words.
The marks of notes (预算[4]的, 12345¹万元) go: they are no part of what they stand at.  A △ or ▲ before a figure is its
minus.  Nothing later needs to know how a report was typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# One character for one character, so that offsets hold until the second step.
_TRANSLATION = {0xFF01 + i: 0x21 + i for i in range(94)} | {
    ord(a): ord(b)
    for a, b in {
        "(": "（", ")": "）", "（": "（", "）": "）", "[": "［", "]": "］", "［": "［", "］": "］",
        "〔": "［", "〕": "］", ":": "：", "：": "：", ";": "；", "；": "；", "，": "，", "?": "？", "？": "？",
        "!": "！", "！": "！", "～": "~", "−": "-", "–": "-", "－": "-", "‐": "-", "﹣": "-", "％": "%",
        "﹪": "%", "'": "‘", "•": "·", "﹒": ".", "∶": "：",
        "\U001001b0": ".",  # the glyph that some fonts print for a decimal point
    }.items()
}  # fmt: skip

_DROPPED = re.compile(
    r"""
    (?=[\s,，*\u200b\ufeff\u00ad¥￥［（①-⑳\xb9\xb2\xb3\u2070-\u2079])(?:
      (?<=\d)\s*[,，]\s*(?=\d{3}(?!\d))      # 3,594, 026: the comma of thousands
    | (?<=\d)\s+(?=\.\s*\d)                  # 31 .5
    | (?<=\d\.)\s+(?=\d)                     # 31. 5
    | (?<=[A-Za-z0-9])\s+(?=[A-Za-z0-9])     # kept as one blank, see below
    | (?<!(?<![\d.,])10)(?<=[\u4e00-\u9fff\d%）])\s+[\xb9\xb2\xb3\u2070-\u2079]+   # the mark of a note on the next line
    | \s+
    | \*\*(?!\s*(?:[万亿]|元|%|个|户|项))       # bold marks that a reader left, not a withheld **亿元
    | [\u200b\ufeff\u00ad]
    | [¥￥]\s*(?=\d)
    | (?<=[^\s。；：])［\s*注?\s*\d{1,3}\s*］(?!\s*\d*\s*号)   # the mark of a note, no year
    | (?<=.)[（［]注\s*[\d一二三四五六七八九十]{0,2}[）］]
    | (?<=[\u4e00-\u9fff\d%）])[①-⑳](?=\s*(?:[\d万亿元%的，。；、）]|个百分点|$))
    | (?<!(?<![\d.,])10)(?<=[\u4e00-\u9fff\d%）])[\xb9\xb2\xb3\u2070-\u2079]+
    )
    """,
    re.VERBOSE,
)
_MAY_DROP = re.compile(r"[\s,*\u200b\ufeff\u00ad¥￥［①-⑳\xb9\xb2\xb3\u2070-\u2079]|（注")
# 12 345万元: a narrow blank as the mark of thousands; without a unit behind it, it may as well part two figures.
_NARROW = " \xa0\u2005-\u200a\u202f"
_SPACED = re.compile(
    rf"(?<![\d.,，])(?<!\d[{_NARROW}])\d{{1,3}}(?:[{_NARROW}]\d{{3}})+(?=(?:\.\d+)?\s*(?:[万亿千百]*元|[%人户个亩万亿]))"
)
_MAY_BE_SPACED = re.compile(rf"\d[{_NARROW}]\d{{3}}")
_MINUS = re.compile(
    r"(?:(?<=[^\s。；])|\A)[△▲▽▼](?=\s*\d[\d,，.]*\s*(?:%|[万亿千百]*元|个百分点|[，。；、）]|\Z))(?<!\A[△▲▽▼](?!\s*[\d,，.%]+\Z))"
)
_SIGNS = re.compile(r"[△▲▽▼]")
_NARROW_BLANK = re.compile(rf"[{_NARROW}]")
_MAY_DROP_COMMA = re.compile(r"\d，\d")
_QUOTED = re.compile(r"[“‘\"]([^“”‘’\"\d]{1,20})[”’\"]")
_CHINESE_YEAR = re.compile(r"[一二][〇○０零九八]?[〇○零一二三四五六七八九]{2,3}(?=年)")
_CHINESE_DIGITS = {ord(char): str(value) for value, char in enumerate("零一二三四五六七八九")} | {
    0x3007: "0",
    0x25CB: "0",
}
# Characters that no step changes, but for commas of thousands and years in Chinese.
_NORMAL_ALREADY = re.compile(r"[\u4e00-\u9fffA-Za-z0-9，。、；：（）%.《》-]*")
_MAYBE_NOT = re.compile(rf"\d，\d|（注|{_CHINESE_YEAR.pattern}")
_BETWEEN_WORDS = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Normal:
    """``text`` in normal form; ``back[i]`` is the offset of its i-th character in the printed text."""

    text: str
    back: Sequence[int]

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """The printed offsets of ``text[start:end]`` (end exclusive)."""
        if start >= end:
            here = self.back[start] if start < len(self.back) else (self.back[-1] + 1 if self.back else 0)
            return here, here
        return self.back[start], self.back[end - 1] + 1


def normalise(printed: str) -> Normal:
    """Bring a text into normal form.  Any text is accepted; the empty text gives the empty form."""
    if _is_normal(printed):
        return Normal(printed, range(len(printed)))
    text = _one_for_one(printed)
    if not _MAY_DROP.search(text) and not _MAY_DROP_COMMA.search(text):
        return Normal(_clause_marks(text), range(len(text)))
    pieces: list[str] = []
    back: list[int] = []
    at = 0
    for match in _DROPPED.finditer(text):
        start, end = match.span()
        pieces.append(text[at:start])
        back.extend(range(at, start))
        if match[0].isspace() and _parts_words(text, start, end):
            pieces.append(" ")
            back.append(start)
        at = end
    pieces.append(text[at:])
    back.extend(range(at, len(text)))
    joined = "".join(pieces)
    return Normal(_clause_marks(joined), tuple(back))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The normal form alone, for words of the lexicon and questions."""
    return normalise(text).text


def plain_sentence(text: str) -> str:
    """The normal form of a sentence of a report: not kept like that of words, and quick if the text has it already."""
    if _is_normal(text):
        return text
    text = _one_for_one(text)
    return _clause_marks(_DROPPED.sub(_blank_if_needed, text))


def _one_for_one(printed: str) -> str:
    """The first step, which keeps the offsets; what is to be dropped of a number is a blank of no width."""
    text = _QUOTED.sub(_unquoted, printed.translate(_TRANSLATION))
    text = _CHINESE_YEAR.sub(lambda match: match[0].translate(_CHINESE_DIGITS), text)
    if _SIGNS.search(text):
        text = _MINUS.sub("-", text)
    if _MAY_BE_SPACED.search(text):
        text = _SPACED.sub(lambda match: _NARROW_BLANK.sub("\u200b", match[0]), text)
    return text


def _is_normal(text: str) -> bool:
    """Is a text in normal form as far as its characters tell?  Two of three sentences of reports are."""
    return _NORMAL_ALREADY.fullmatch(text) is not None and not _MAYBE_NOT.search(text)


def _blank_if_needed(dropped: re.Match[str]) -> str:
    return " " if dropped[0].isspace() and _parts_words(dropped.string, *dropped.span()) else ""


def _unquoted(match: re.Match[str]) -> str:
    """“三公”经费 is 三公经费; quoted figures (“4050”人员) keep their marks, which tell them from amounts."""
    return "\u200b" + match[1] + "\u200b"


def _parts_words(text: str, start: int, end: int) -> bool:
    """Is the blank needed to tell two latin words or two numbers apart?"""
    if start == 0 or end == len(text):
        return False
    before, after = text[start - 1], text[end]
    return bool(_BETWEEN_WORDS.match(before) and _BETWEEN_WORDS.match(after))


def _clause_marks(text: str) -> str:
    """Latin commas that are left are clause marks; a full stop after a Chinese character ends a sentence."""
    return text.replace(",", "，").replace("｡", "。")


def before_value(label: str, value: str) -> str:
    """The words of a phrase in front of a value, both in normal form: the 0 of 工程0万元、服务100万元 is not in 100."""
    at = label.rfind(value) if value else -1
    while at >= 0:
        end = at + len(value)
        after = label[end : end + 2].removeprefix(".")  # a point goes on only with a digit behind it
        before = label[max(0, at - 1) : at]
        if not (before.isdigit() or before == "." or after[:1].isdigit()):
            return label[:at]
        at = label.rfind(value, 0, end - 1)
    return label
