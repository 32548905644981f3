"""A message that is ready to be sent: HTML, buttons, and the same as a rich table where a chat wants that.

In go blocks (lines that stay together), out comes one HTML text within Telegram's limit.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from telegram import InlineKeyboardMarkup

from bot.telegram.outgoing import without_controls

LONGEST: Final = 4000  # of 4096, counted after parsing
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")
_TAG: Final = re.compile(r"<[^>]+>")
_FIGURE: Final = re.compile(r"[-+−△]?\d[\d,.]*\s?(?:%|[万亿]*元?)")


@dataclass(frozen=True, slots=True)
class Page:
    """``rich`` is HTML with a real table, "" where there is none."""

    html: str
    markup: InlineKeyboardMarkup | None = None
    rich: str = ""


def escaped(text: str) -> str:
    """Text from a report or a user, safe inside HTML."""
    text = without_controls(text).replace("\t", " | ")  # the cells of a row
    return html.escape(_CONTROL.sub("", text), quote=False)


def length(text: str) -> int:
    """UTF-16 units after parsing, as Telegram counts."""
    return len(html.unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2


def cut(text: str, longest: int) -> str:
    """The beginning of a long text; a figure stays whole or is left out."""
    return text if len(text) <= longest else text[: at_figure(text, longest - 1)].rstrip() + "…"


def cut_amid(text: str, longest: int, end: int) -> str:
    """The beginning of a long text and about ``end`` of its last characters, no figure broken."""
    if len(text) <= longest:
        return text
    return f"{text[: at_figure(text, longest - end - 1)].rstrip()}…{text[at_figure(text, len(text) - end) :]}"


def at_figure(text: str, at: int) -> int:
    """A place to cut at: where the figure that stands there begins."""
    return next((found.start() for found in _FIGURE.finditer(text) if found.start() < at < found.end()), at)


def joined(blocks: Sequence[str]) -> str:
    """The blocks as one text; what does not fit is left out from the end, whole blocks only, and said so."""
    kept: list[str] = []
    size = 0
    for block in blocks:
        if not block:
            continue
        size += length(block) + 1
        if size > LONGEST:
            kept.append("……")
            break
        kept.append(block)
    return "\n".join(kept)


def button_label(text: str, longest: int = 24) -> str:
    """A label short enough for a phone."""
    text = without_controls(text)
    return text if len(text) <= longest else text[: longest - 1] + "…"
