"""Checks of ``reply_markup``: ``[[{"text": "历年", "callback_data": "v1:…"}]]`` within Telegram's limits."""

from __future__ import annotations

import re
from typing import Any

from tests.standin import limits
from tests.standin.refusal import bad
from tests.standin.spoken import units
from tests.standin.state import Json

# Exactly one of these makes a button what it is.
ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
ADDRESS = re.compile(r"(?:https?://[^\s/]+\.[^\s/]+\S*|tg://\S+)\Z")


def reply_markup(markup: Json | None, *, inline_only: bool = False) -> Json | None:
    """The markup if Telegram takes it; None for none or an inline keyboard without buttons."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" not in markup:
        if inline_only:
            raise bad("inline keyboard expected")
        return markup
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    if any(len(row) > limits.ROW for row in rows):
        raise bad(f"a row holds more than {limits.ROW} buttons (stand-in)")
    buttons = [one for row in rows for one in row]
    if len(buttons) > limits.BUTTONS:
        raise bad("reply markup is too long")
    for one in buttons:
        button(one)
    return {"inline_keyboard": [row for row in rows if row]} if buttons else None


def button(one: Any) -> None:
    """One inline button."""
    if not isinstance(one, dict) or not str(one.get("text", "")).strip():
        raise bad("inline keyboard button text must be non-empty")
    kinds = [kind for kind in ACTIONS if kind in one]
    if not kinds:
        raise bad("text buttons are unallowed in the inline keyboard")
    if len(kinds) > 1:
        raise bad(f"a button has exactly one action, not {' and '.join(kinds)} (stand-in)")
    if "callback_data" in one and not 1 <= len(str(one["callback_data"]).encode()) <= limits.CALLBACK_DATA:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in one and not ADDRESS.match(str(one["url"])):
        raise bad("inline keyboard button URL is invalid")
    if "copy_text" in one:
        copied = one["copy_text"].get("text", "") if isinstance(one["copy_text"], dict) else ""
        if not 1 <= units(copied) <= limits.COPY_TEXT:
            raise bad("BUTTON_COPY_TEXT_INVALID")
    for kind in ("switch_inline_query", "switch_inline_query_current_chat"):
        if units(str(one.get(kind, ""))) > limits.INLINE_QUERY:
            raise bad("BUTTON_SWITCH_QUERY_INVALID (stand-in)")
