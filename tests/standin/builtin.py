"""The methods and parameters the stand-in checks by itself where the published list is absent.

One line per method: ``name:types``, types being I(nteger), S(tring), B(oolean), F(ile), L(ist), O(bject); ``!`` marks
what is required.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of a type; ``constant`` is the one value it may have."""

    types: tuple[str, ...]
    required: bool = False
    constant: str | None = None


_TYPES = {"I": "Integer", "S": "String", "B": "Boolean", "F": "InputFile", "L": "Array of Any", "O": "Object"}
_SENT = "message_thread_id:I disable_notification:B protect_content:B reply_parameters:O"
_MARKUP = "reply_markup:O"
_EDITED = "chat_id:IS message_id:I inline_message_id:S reply_markup:O"
_CAPTION = "caption:S parse_mode:S caption_entities:L"
_TEXT = "parse_mode:S entities:L link_preview_options:O"

_METHODS = {
    "getMe": "",
    "getUpdates": "offset:I limit:I timeout:I allowed_updates:L",
    "setWebhook": "url:S! certificate:F ip_address:S max_connections:I allowed_updates:L drop_pending_updates:B"
    " secret_token:S",
    "deleteWebhook": "drop_pending_updates:B",
    "getWebhookInfo": "",
    "sendMessage": f"chat_id:IS! text:S! {_TEXT} {_SENT} {_MARKUP}",
    "sendDocument": f"chat_id:IS! document:FS! thumbnail:FS {_CAPTION} disable_content_type_detection:B {_SENT}"
    f" {_MARKUP}",
    "sendPhoto": f"chat_id:IS! photo:FS! {_CAPTION} show_caption_above_media:B has_spoiler:B {_SENT} {_MARKUP}",
    "sendRichMessage": f"chat_id:IS! rich_message:O! {_SENT} {_MARKUP}",
    "sendChatAction": "chat_id:IS! action:S! message_thread_id:I",
    "copyMessage": f"chat_id:IS! from_chat_id:IS! message_id:I! {_CAPTION} show_caption_above_media:B {_SENT}"
    f" {_MARKUP}",
    "forwardMessage": "chat_id:IS! from_chat_id:IS! message_id:I! message_thread_id:I disable_notification:B"
    " protect_content:B",
    "editMessageText": f"text:S {_TEXT} rich_message:O {_EDITED}",
    "editMessageCaption": f"{_CAPTION} show_caption_above_media:B {_EDITED}",
    "editMessageReplyMarkup": _EDITED,
    "deleteMessage": "chat_id:IS! message_id:I!",
    "deleteMessages": "chat_id:IS! message_ids:L!",
    "getFile": "file_id:S!",
    "answerCallbackQuery": "callback_query_id:S! text:S show_alert:B url:S cache_time:I",
    "answerInlineQuery": "inline_query_id:S! results:L! cache_time:I is_personal:B next_offset:S button:O",
    "answerGuestQuery": "guest_query_id:S! result:O!",
    "setMyCommands": "commands:L! scope:O language_code:S",
    "getMyCommands": "scope:O language_code:S",
    "deleteMyCommands": "scope:O language_code:S",
    "setMyName": "name:S language_code:S",
    "getMyName": "language_code:S",
    "setMyDescription": "description:S language_code:S",
    "getMyDescription": "language_code:S",
    "setMyShortDescription": "short_description:S language_code:S",
    "getMyShortDescription": "language_code:S",
    "setChatMenuButton": "chat_id:I menu_button:O",
    "getChatMenuButton": "chat_id:I",
    "getChat": "chat_id:IS!",
    "getChatMember": "chat_id:IS! user_id:I!",
    "getChatAdministrators": "chat_id:IS!",
    "getChatMemberCount": "chat_id:IS!",
    "leaveChat": "chat_id:IS!",
}


def _field(spec: str) -> tuple[str, Field]:
    name, _, kinds = spec.partition(":")
    return name, Field(tuple(_TYPES[kind] for kind in kinds.rstrip("!")), kinds.endswith("!"))


BUILT_IN: dict[str, dict[str, Field]] = {
    method: dict(_field(spec) for spec in line.split()) for method, line in _METHODS.items()
}
