"""What happens last to all that goes to Telegram: no signs that turn text, no empty text, no empty button.

    {"text": "\\u202e元万71965", "reply_markup": [[""], ["历年"]]} -> {"text": "元万71965", "reply_markup": [["历年"]]}

What a report or a user wrote may stand in any text, and a mark that reverses the writing makes another figure of a
figure.  The rate limiter passes every call through here, whoever makes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from telegram import InputMedia, TelegramObject

# The controls of Unicode's bidirectional algorithm, and halves of characters, which cannot be sent at all.
_UNWANTED: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_INVISIBLE: Final = re.compile(
    r"[\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d\u2060-\u2064\u3164\ufe00-\ufe0f\ufeff]*"
)
NOTHING: Final = "……"
_SHOWN: Final = ("text", "caption", "title", "message_text")  # Telegram refuses these empty


def without_controls(text: str) -> str:
    """The text as it stands, whatever direction it was told to have."""
    return _UNWANTED.sub("", text)


def is_blank(text: str) -> bool:
    """Nothing in it can be seen."""
    return _INVISIBLE.fullmatch(text) is not None


def cleaned(data: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a call as they may go out."""
    found: dict[str, Any] = {}
    for name, value in data.items():
        clean = _clean(name, value)
        if name == "reply_markup" and isinstance(clean, dict) and clean.get("inline_keyboard") == []:
            continue  # all of its buttons were empty, or are taken away: without any is the same
        found[name] = clean
    return found


def _clean(name: str, value: Any) -> Any:
    if isinstance(value, str):
        text = without_controls(value)
        return NOTHING if name in _SHOWN and value and is_blank(text) else text
    if isinstance(value, TelegramObject) and not isinstance(value, InputMedia):  # those hold files
        value = value.to_dict()
    if isinstance(value, Mapping):
        return cleaned(value)
    if isinstance(value, list | tuple):
        if name == "inline_keyboard":
            rows = ([_clean("", one) for one in row if not _is_empty(one)] for row in value)
            return [row for row in rows if row]
        return [_clean("", one) for one in value]
    return value


def _is_empty(button: Any) -> bool:
    text = button.get("text", "") if isinstance(button, Mapping) else getattr(button, "text", "")
    return is_blank(without_controls(text))
