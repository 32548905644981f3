"""From the parameters of a call to the fields of a message: text, caption, document, photo, the content of a result.

``text_of({"text": "<b>完成</b>", "parse_mode": "HTML"})`` gives ``({"text": "完成", "entities": […]}, source)``.
"""

from __future__ import annotations

from typing import Any

from tests.standin import keyboards, limits, markup, rich
from tests.standin.form import Upload
from tests.standin.refusal import bad
from tests.standin.state import Json, State

IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b"GIF8")


def parsed(params: Json, key: str, listed: str) -> tuple[str, list[Json]]:
    """Text and entities of ``params[key]``."""
    if params.get(listed) and not params.get("parse_mode"):
        return markup.given(str(params[key]), params[listed])
    return markup.parse(str(params.get(key, "")), params.get("parse_mode"))


def text_of(params: Json, key: str = "text") -> tuple[Json, str]:
    """The fields of a text message, and its source."""
    plain, found = parsed(params, key, "entities")
    limits.text(plain, found)
    content: Json = {"text": plain, **({"entities": found} if found else {})}
    if params.get("link_preview_options"):
        content["link_preview_options"] = params["link_preview_options"]
    return content, str(params.get(key, ""))


def caption_of(params: Json) -> tuple[Json, str]:
    """The fields of a caption, and its source."""
    plain, found = parsed(params, "caption", "caption_entities")
    limits.caption(plain, found)
    content: Json = {"caption": plain} if plain else {}
    return content | ({"caption_entities": found} if found else {}), str(params.get("caption", ""))


def rich_of(given: Json) -> tuple[Json, str]:
    """A rich message (Bot API 10.1): exactly one of ``html`` and ``markdown``; shown as one paragraph."""
    if sum(key in given for key in ("html", "markdown")) != 1:
        raise bad("a rich message has either html or markdown")
    source = str(given.get("html", given.get("markdown")))
    if not source.strip():
        raise bad("message text is empty")
    shown = rich.plain(source) if "html" in given else source
    return {"rich_message": {"blocks": [{"type": "paragraph", "text": shown}]}}, source


def held_file(state: State, given: Any, kind: str) -> Json:
    """The Document or the list of PhotoSize for an upload or a file id."""
    if isinstance(given, Upload):
        limits.upload(len(given.content), limits.PHOTO if kind == "photo" else limits.UPLOAD)
        if kind == "photo" and not given.content.startswith(IMAGES):
            raise bad("IMAGE_PROCESS_FAILED")
        held = state.add_file(given.name, given.content, len(given.content), given.mime, kind)
    else:
        found = state.files.get(str(given))
        if found is None:
            raise bad("wrong file identifier/HTTP URL specified")
        if found.kind != kind:
            raise bad(f"can't use file of type {found.kind.title()} as {kind.title()}")
        held = found
    shown: Json = {"file_id": held.id, "file_unique_id": held.unique, "file_size": held.size}
    if kind == "photo":
        return {"photo": [{**shown, "width": 1280, "height": 720}]}
    return {"document": {**shown, "file_name": held.name, "mime_type": held.mime}}


def inline_content(state: State, result: Json) -> tuple[Json, str]:
    """The message an inline result becomes, and its source; checks text and buttons as for a sent message."""
    given = result.get("input_message_content")
    if given is not None and "message_text" in given:
        content, source = text_of(given, "message_text")
    elif given is not None and "rich_message" in given:
        content, source = rich_of(given["rich_message"])
    elif given is None and result["type"] in {"document", "photo"}:
        content, source = caption_of(result)
        kind = result["type"]
        if f"{kind}_file_id" in result:
            content |= held_file(state, result[f"{kind}_file_id"], kind)
    else:
        raise bad(f"the stand-in knows no inline result {result['type']!r} with this content")
    shown = keyboards.reply_markup(result.get("reply_markup"), inline_only=True)
    return {**content, **({"reply_markup": shown} if shown else {})}, source
