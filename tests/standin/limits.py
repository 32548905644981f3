"""The platform's limits, as numbers and as checks that raise ``Refused``; text in UTF-16 units, ids in bytes.

``text("…")`` passes for at most 4096 units after parsing; ``commands([{"command": "q", "description": "查询"}])``.
"""

from __future__ import annotations

import re
from typing import Any

from tests.standin.refusal import Refused, bad
from tests.standin.spoken import units
from tests.standin.state import Json

TEXT, CAPTION, ENTITIES, ALERT = 4096, 1024, 100, 200
CALLBACK_DATA, BUTTONS, ROW, COPY_TEXT = 64, 100, 8, 256
RESULTS, RESULT_ID, INLINE_QUERY, INLINE_OFFSET = 50, 64, 256, 64
COMMANDS, COMMAND_DESCRIPTION = 100, 256
NAME, DESCRIPTION, SHORT_DESCRIPTION = 64, 512, 120
MEGABYTE = 1 << 20
DOWNLOAD, UPLOAD, PHOTO = 20 * MEGABYTE, 50 * MEGABYTE, 10 * MEGABYTE
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}\Z")
START = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
LANGUAGE = re.compile(r"(?:[a-z]{2})?\Z")
ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    }
)  # fmt: skip
DELETE_WITHIN = 48 * 3600


def text(value: str, found: list[Json]) -> None:
    """The text of a message after parsing."""
    if not value:
        raise bad("message text is empty")
    if units(value) > TEXT:
        raise bad("message is too long")
    entities(found)


def caption(value: str, found: list[Json]) -> None:
    """The caption of a document or photo after parsing; may be empty."""
    if units(value) > CAPTION:
        raise bad("message caption is too long")
    entities(found)


def entities(found: list[Json]) -> None:
    """At most 100 (Telegram drops the rest without a word)."""
    if len(found) > ENTITIES:
        raise bad(f"{len(found)} entities, at most {ENTITIES} are kept (stand-in)")


def start_parameter(value: str) -> None:
    """Of a deep link."""
    if not START.match(value):
        raise bad("START_PARAM_INVALID")


def notice(value: str) -> None:
    """The text of an answer to a press."""
    if units(value) > ALERT:
        raise bad("MESSAGE_TOO_LONG")


def within(name: str, value: int, least: int, most: int) -> None:
    """A whole number within bounds."""
    if not least <= value <= most:
        raise bad(f"{name} must be {least}–{most}, not {value} (stand-in)")


def result_id(value: Any, known: set[str]) -> None:
    """The id of an inline result: 1–64 bytes and unique within the answer."""
    if not isinstance(value, str) or not 1 <= len(value.encode()) <= RESULT_ID:
        raise bad("RESULT_ID_INVALID")
    if value in known:
        raise bad("RESULT_ID_DUPLICATE")
    known.add(value)


def commands(listed: list[Json]) -> None:
    """A command menu."""
    if len(listed) > COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for one in listed:
        if not COMMAND.match(str(one.get("command", "")).removeprefix("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= units(str(one.get("description", ""))) <= COMMAND_DESCRIPTION:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    if len({one["command"] for one in listed}) < len(listed):
        raise bad("a command is listed twice (stand-in)")


def language(code: str) -> None:
    """A two-letter language code or nothing."""
    if not LANGUAGE.match(code):
        raise bad("LANG_CODE_INVALID")


def bot_text(kind: str, value: str) -> None:
    """The bot's ``name``, ``description`` or ``short_description``."""
    most = {"name": NAME, "description": DESCRIPTION, "short_description": SHORT_DESCRIPTION}[kind]
    if units(value) > most:
        raise bad(f"{kind} is longer than {most} (stand-in)")


def upload(size: int, most: int = UPLOAD) -> None:
    """A file the bot sends."""
    if size == 0:
        raise bad("file must be non-empty")
    if size > most:
        raise Refused(413, "Request Entity Too Large") if most == UPLOAD else bad("PHOTO_TOO_BIG (stand-in)")


def download(size: int) -> None:
    """A file the bot fetches."""
    if size > DOWNLOAD:
        raise bad("file is too big")
