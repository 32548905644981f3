"""What an admin's button carries: version, what to do, page, and the thing it is about, in 64 bytes.

    Order("adopt", 0, "ab12cd34") <-> "1!adopt.0.ab12cd34"

The mark "!" keeps these apart from the buttons of askers (``bot.telegram.codec``), for whom they are no buttons at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.telegram.codec import MOST_BYTES, VERSION, Outdated

_DATA: Final = re.compile(r"(?P<verb>[a-z_]{1,12})\.(?P<page>[0-9]{1,4})\.(?P<about>[^\x00-\x1f\x7f]{0,48})")
_OURS: Final = re.compile(r"[0-9A-Za-z]![a-z_]{1,12}\.")


@dataclass(frozen=True, slots=True)
class Order:
    """A pressed button.  ``page`` counts from 0 (or is a number the verb needs); ``about`` is checked by the verb."""

    verb: str
    page: int = 0
    about: str = ""


def encode(verb: str, about: str = "", page: int = 0) -> str:
    """The data of a button; raises ValueError if it does not fit."""
    data = f"{VERSION}!{verb}.{page}.{about}"
    if len(data.encode()) > MOST_BYTES or not _DATA.fullmatch(data[2:]):
        raise ValueError(f"button data does not fit: {data}")
    return data


def is_order(data: str) -> bool:
    """Whether data claims to be an admin's button."""
    return bool(_OURS.match(data))


def decode(data: str) -> Order:
    """The button back; raises Outdated or ValueError."""
    if is_order(data) and data[0] != VERSION:
        raise Outdated(data[0])
    match = _DATA.fullmatch(data[2:]) if len(data.encode(errors="replace")) <= MOST_BYTES and is_order(data) else None
    if match is None:
        raise ValueError("not a button of ours")
    return Order(match["verb"], int(match["page"]), match["about"])


def shortened(text: str, most: int = 30) -> str:
    """A text that fits into a button (at most this many bytes, whole characters)."""
    return text.encode()[:most].decode(errors="ignore")
