"""Colours, sizes and the font of the pictures.

A picture is 360 points wide, so that one point is one pixel on a small phone; the smallest text has 9.5 of them. The
colours are those of Okabe and Ito, which colour-blind people tell apart; plans are outlined besides, computed figures
hatched, so that nothing hangs on colour alone.
"""

from __future__ import annotations

import importlib.util
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

WIDTH: Final = 360.0
MARGIN: Final = 14.0
DPI: Final = 216  # three pixels for a point: 1,080 wide
TITLE: Final = 15.0
TEXT: Final = 11.0
SMALL: Final = 9.5
LEADING: Final = 1.42

_NEEDED: Final = ("matplotlib", "pylopdf_fonts_zh_cn")
_FONT: Final = "NotoSansSC-Regular.otf"


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a picture."""

    ground: str
    ink: str
    muted: str
    rule: str
    done: str
    here: str
    plan: str
    rest: str


LIGHT: Final = Theme("#FFFFFF", "#1B1F23", "#57606A", "#D5DAE0", "#0072B2", "#D55E00", "#9A5B00", "#8C959F")
DARK: Final = Theme("#17212B", "#F2F4F6", "#A9B6C2", "#334353", "#56B4E9", "#F0913A", "#F0C75E", "#7C8B99")


@cache
def can_draw() -> bool:
    """Is the extra "charts" installed?"""
    return all(importlib.util.find_spec(name) is not None for name in _NEEDED)


@cache
def font_file() -> Path:
    """The Chinese font that comes with the extra."""
    found = importlib.util.find_spec(_NEEDED[1])
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(_NEEDED[1])
    return Path(found.submodule_search_locations[0], _FONT)


def width_of(text: str, size: float) -> float:
    """About how many points a text takes; never less than it does."""
    wide = sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.6 for one in text)
    return wide * size


def wrapped(text: str, size: float, room: float) -> list[str]:
    """The text in lines that fit; figures and words of Latin letters are not cut, closing marks begin no line."""
    lines, line, width = [], "", 0.0
    for piece in _pieces(text):
        wide = width_of(piece, size)
        if line and width + wide > room and piece not in _CLOSING:
            lines.append(line.rstrip())
            line, width, piece = "", 0.0, piece.lstrip()
        line += piece
        width += wide
    return [*lines, line.rstrip()] if line.strip() else lines


def title_lines(text: str, size: float, room: float) -> list[str]:
    """A title in lines, broken between its parts (长治市上党区 · 2023年 · …) where that is possible."""
    lines: list[str] = []
    for part in text.split(_DOT):
        longer = f"{lines[-1]}{_DOT}{part}" if lines else part
        if lines and width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines += wrapped(part, size, room)
    return lines


_DOT: Final = " · "
_CLOSING: Final = frozenset("，。；：、）》”！？%")


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for one in text:
        whole = one.isascii() and not one.isspace()
        if whole and pieces and pieces[-1][-1].isascii() and not pieces[-1][-1].isspace() and len(pieces[-1]) < 30:
            pieces[-1] += one
        else:
            pieces.append(one)
    return pieces
