"""What Telegram makes of a user's words: entities found in plain text, and whether privacy mode lets them through.

``entities("/q@yusuan_test_bot 教育")`` gives one ``bot_command`` of 18 units at 0.
"""

from __future__ import annotations

import re

from tests.standin.state import BOT, BOT_ID, Chat, Json, State, Stored

COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])", re.ASCII)
MENTION = re.compile(r"(?<![\w@])@[A-Za-z0-9_]{3,32}", re.ASCII)
ADDRESS = re.compile(r"https?://[^\s]+")


def units(text: str) -> int:
    """Length in UTF-16 code units, the measure of every offset and limit on text."""
    return len(text.encode("utf-16-le")) // 2


def entities(text: str) -> list[Json]:
    """Commands, mentions and addresses, in order, offsets in UTF-16 units."""
    found: list[tuple[int, int, str]] = []
    for kind, pattern in (("url", ADDRESS), ("bot_command", COMMAND), ("mention", MENTION)):
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), kind))
    return [
        {"type": kind, "offset": units(text[:start]), "length": units(text[start:end])}
        for start, end, kind in sorted(found)
    ]


def text_content(text: str, key: str = "text") -> Json:
    """The fields of a message for plain text (``key`` is ``text`` or ``caption``)."""
    found = entities(text)
    listed = "entities" if key == "text" else "caption_entities"
    return {key: text, **({listed: found} if found else {})}


def quoted(stored: Stored) -> Json:
    """A message as it stands in ``reply_to_message``: without the message it replies to itself."""
    return {key: value for key, value in stored.data.items() if key != "reply_to_message"}


def reaches_bot(chat: Chat, data: Json) -> bool:
    """Privacy mode: in groups only commands, mentions, replies to the bot, its own results and service messages."""
    if chat.type == "private":
        return chat.bot_in
    if not chat.bot_in:
        return False
    if (
        BOT_ID in chat.admins
        or data.get("via_bot", {}).get("id") == BOT_ID
        or not ("text" in data or "document" in data)
    ):
        return True
    if data.get("reply_to_message", {}).get("from", {}).get("id") == BOT_ID:
        return True
    text = str(data.get("text", data.get("caption", "")))
    for entity in data.get("entities") or data.get("caption_entities") or []:
        word = text.encode("utf-16-le")[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode(
            "utf-16-le"
        )
        name = word.partition("@")[2]
        if entity["type"] == "bot_command" and name.lower() in {"", str(BOT["username"]).lower()}:
            return True
        if entity["type"] == "mention" and name.lower() == str(BOT["username"]).lower():
            return True
    return False


def deliver(state: State, chat: Chat, stored: Stored, kind: str = "message") -> bool:
    """Queue the update for a message if the bot may see it; says whether it may."""
    if not reaches_bot(chat, stored.data):
        return False
    state.push(kind, dict(stored.data))
    return True
