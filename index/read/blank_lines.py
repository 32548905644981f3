"""A printed line -> its pieces between wide blanks, with their places; and what such a line is in a table.

"教育支出      181,540    -2,171"  ->  pieces 教育支出 (0-8), 181,540 (14-21), -2,171 (25-31): a row
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WIDE_BLANK = re.compile(r"[ \xa0]{2,}|[ \xa0]*[\u3000\t][ \xa0\u3000\t]*")
FIGURE = re.compile(r"[-－−–△▲+＋]?[(（]?[-－−]?\d[\d,，.]*[)）]?[%％]?|[-—－–/*＊]{1,4}")
THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?: \d{3})+(?:\.\d+)?(?![\d,])")
HAN = re.compile(r"[\u4e00-\u9fff]")
SENTENCE = re.compile(r"[。；！？，]|[.．…·]{4}")
PAGE_MARK = re.compile(r"\s*[-—–－\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–－\s]*")
RULE = re.compile(r"\s*(?:[-—–－=＝_─━*＊+|]\s*){5,}")  # a line drawn through a table, with signs
UNIT = re.compile(r"[（(]?(?:金额)?单\s*位\s*[:：]")
TABLE_NUMBER = re.compile(r"附?[表件]\s*[\d一二三四五六七八九十]*(?:[-－—]\d+)?[:：]?")  # what a caption begins with
_WORD = re.compile(r"[\u4e00-\u9fff、（）()]+")
_LONGEST_WORD, _LEAST_BEFORE_WORD = 8, 2
LONGEST_NAME = 26  # characters of a line of a name
LONGEST_HEAD = 18


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of a line; ``start`` and ``end`` count half-ems (a Chinese character is two wide)."""

    start: int
    end: int
    text: str

    @property
    def centre(self) -> float:
        """Its middle."""
        return (self.start + self.end) / 2


Pieces = Sequence[Piece]


def pieces_of(line: str) -> list[Piece]:
    """The pieces between blanks of two and more, 项    目 as one, figures behind one another each as its own."""
    if line.count("\t") > 1:
        return []  # tabs part its cells: see txt_file
    found: list[Piece] = []
    line, at = line.replace("\t", "    ").rstrip(), 0
    for blank in (*WIDE_BLANK.finditer(line), None):
        end = blank.start() if blank else len(line)
        if end > at:
            found += _parted(Piece(wide(line[:at]), wide(line[:end]), line[at:end]))
        at = blank.end() if blank else end
    return _spelled_out(found)


def wide(text: str) -> int:
    """How many half-ems a text is wide."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def is_figure(text: str) -> bool:
    """Is a cell a number, a percentage or the dash of an empty one?"""
    return bool(FIGURE.fullmatch(text) or THOUSANDS.fullmatch(text))


def is_body(pieces: Pieces) -> bool:
    """Is it a row: a name (perhaps behind its number), and figures up to the last piece, or to the one before a short
    word (资金来源)?"""
    if len(pieces) > _LEAST_BEFORE_WORD and _is_word(pieces[-1]) and is_figure(pieces[-2].text):
        pieces = pieces[:-1]
    named = [piece for piece in pieces[:2] if HAN.search(piece.text)]
    if len(pieces) < 2 or not named or not is_figure(pieces[-1].text) or not any(c.isdigit() for c in pieces[-1].text):
        return len(pieces) > 2 and bool(named) and any(map(_has_digits, pieces[1:])) and is_figure(pieces[-1].text)
    return not any(SENTENCE.search(piece.text) for piece in pieces if HAN.search(piece.text))


def _is_word(piece: Piece) -> bool:
    return len(piece.text) <= _LONGEST_WORD and bool(_WORD.fullmatch(piece.text))


def is_head(pieces: Pieces) -> bool:
    """May it be a line of heads: several short texts, none of them a figure, a sentence or a unit?"""
    return len(pieces) > 1 and all(map(_is_head_text, pieces)) and not TABLE_NUMBER.fullmatch(pieces[0].text)


def is_head_end(pieces: Pieces) -> bool:
    """May it be the last line of a head that is wrapped?"""
    return len(pieces) == 1 and _is_head_text(pieces[0])


def is_name(pieces: Pieces) -> bool:
    """Is it a name without figures: a group, or a part of a wrapped name?"""
    return (
        len(pieces) == 1 and bool(HAN.search(pieces[0].text)) and len(pieces[0].text) <= LONGEST_NAME
        and not SENTENCE.search(pieces[0].text) and not UNIT.match(pieces[0].text)
    )  # fmt: skip


def is_skipped(line: str) -> bool:
    """Is it blank, a drawn line or the number of a page?"""
    return not line.strip("\u3000 \xa0\t") or bool(RULE.fullmatch(line) or PAGE_MARK.fullmatch(line))


def without_unit(pieces: Pieces) -> tuple[Pieces, str]:
    """A line of heads and the unit printed behind them: 科目    预算数    （单位：万元）."""
    if len(pieces) > 2 and UNIT.match(pieces[-1].text):
        return pieces[:-1], pieces[-1].text
    return pieces, ""


def _is_head_text(piece: Piece) -> bool:
    text = piece.text
    return not (is_figure(text) or SENTENCE.search(text) or UNIT.match(text) or len(text) > LONGEST_HEAD)


def _has_digits(piece: Piece) -> bool:
    return is_figure(piece.text) and any(char.isdigit() for char in piece.text)


def _parted(piece: Piece) -> list[Piece]:
    """教育支出 181,540 186,327: figures behind a name and behind one another with one blank between, but not 12 345."""
    tokens = piece.text.split(" ")
    if len(tokens) == 1 or THOUSANDS.fullmatch(piece.text):
        return [piece]
    last = len(tokens)
    while last and is_figure(tokens[last - 1]):
        last -= 1
    figures = tokens[last:]
    if not figures or THOUSANDS.search(" ".join(figures)):
        return [piece]
    found: list[Piece] = []
    at = piece.end
    for token in reversed(figures):
        found.insert(0, Piece(at - wide(token), at, token))
        at -= wide(token) + 1
    name = " ".join(tokens[:last])
    return [Piece(piece.start, piece.start + wide(name), name), *found] if name else found


def _spelled_out(pieces: list[Piece]) -> list[Piece]:
    """项    目, 合  计: characters of one word, each a piece of its own, are one piece."""
    done: list[Piece] = []
    for piece in pieces:
        text = (
            piece.text.replace(" ", "")
            if re.fullmatch(r"(?:[\u4e00-\u9fff] )+[\u4e00-\u9fff]", piece.text)
            else piece.text
        )
        alone = len(text) == 1 and bool(HAN.match(text))
        if done and alone and done[-1].text[-1:] and HAN.match(done[-1].text[-1]) and _is_spelled(done[-1]):
            done[-1] = Piece(done[-1].start, piece.end, done[-1].text + text)
        else:
            done.append(Piece(piece.start, piece.end, text))
    return done


def _is_spelled(piece: Piece) -> bool:
    """One character, or some that stood apart."""
    return len(piece.text) == 1 or piece.end - piece.start > wide(piece.text)
