"""What a button carries: version, action, page and the address of a figure (or another argument), in 64 bytes.

    Press("trend", 2, "140404_2023_gp-exp-205_--g_211j4") <-> "1t2.140404_2023_gp-exp-205_--g_211j4"

It holds no ids of messages or users, so a button works after a restart.  Whatever comes in is checked: data of another
version raises ``Outdated``, anything else that was not written here ``ValueError``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

VERSION: Final = "1"
MOST_BYTES: Final = 64
ACTIONS: Final = {
    "card": "c", "trend": "t", "peers": "p", "parts": "z", "context": "x", "cite": "q", "file": "f", "sheet": "s",
    "place": "r", "up": "u", "down": "d", "home": "h", "unit": "e", "rich": "w", "settings": "o", "places": "l",
    "sources": "b", "glossary": "g", "forget": "k", "none": "n",
    "watch": "a", "follow": "m", "unfollow": "i", "unwatch": "y", "watches": "v",
    "picture": "P", "check": "J",
}  # fmt: skip
_NAMES: Final = {letter: name for name, letter in ACTIONS.items()}
_DATA: Final = re.compile(r"(?P<action>[A-Za-z])(?P<page>[0-9]{0,3})\.(?P<token>[A-Za-z0-9_-]{0,58})")
_START: Final = re.compile(r"c(?P<token>[A-Za-z0-9_-]{1,58})")


class Outdated(ValueError):
    """A button of another version of this program."""


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button.  ``page`` counts from 0."""

    action: str
    page: int = 0
    token: str = ""


def encode(action: str, token: str = "", page: int = 0) -> str:
    """The data of a button; raises ValueError if it does not fit."""
    data = f"{VERSION}{ACTIONS[action]}{page or ''}.{token}"
    if len(data.encode()) > MOST_BYTES or not _DATA.fullmatch(data[1:]):
        raise ValueError(f"button data does not fit: {data}")
    return data


def decode(data: str) -> Press:
    """The button back."""
    if re.match(r"[0-9A-Za-z][A-Za-z][0-9]{0,3}\.", data) and data[0] != VERSION:
        raise Outdated(data[0])
    match = (
        _DATA.fullmatch(data[1:]) if len(data.encode(errors="replace")) <= MOST_BYTES and data[:1] == VERSION else None
    )
    if match is None or match["action"] not in _NAMES:
        raise ValueError("not a button of ours")
    return Press(_NAMES[match["action"]], int(match["page"] or 0), match["token"])


def start_parameter(token: str) -> str:
    """The ?start= of a link that reopens a card."""
    return f"c{token}"


def link(name: str, token: str) -> str:
    """t.me/<bot>?start=…: reopens a card; "" without an address."""
    return f"https://t.me/{name}?start={start_parameter(token)}" if token else ""


def from_start(parameter: str) -> str:
    """The address in a ?start=; raises ValueError if there is none."""
    match = _START.fullmatch(parameter)
    if match is None:
        raise ValueError("not a link of ours")
    return match["token"]
