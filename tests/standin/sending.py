"""Methods that put a message into a chat (send…, copyMessage, forwardMessage) or take it away (deleteMessage).

Each takes the state and checked parameters and returns the JSON result; the caller holds the lock.
"""

from __future__ import annotations

import time
from typing import Any

from tests.standin import content, keyboards, limits
from tests.standin.refusal import Refused, bad, forbidden
from tests.standin.spoken import quoted
from tests.standin.state import BOT_ID, Chat, Json, State, Stored


def find_chat(state: State, number: Any) -> Chat:
    """The chat of an id or of an @name; says nothing about rights."""
    if isinstance(number, str):
        named = [chat for chat in state.chats.values() if chat.type != "private" and f"@{chat.username}" == number]
        if named:
            return named[0]
    elif number in state.chats:
        return state.chats[number]
    raise bad("chat not found")


def open_chat(state: State, number: Any) -> Chat:
    """A chat the bot may write to."""
    chat = find_chat(state, number)
    kind = "supergroup" if chat.type == "supergroup" else "group"
    if chat.type == "private":
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
    elif chat.moved_to is not None:
        raise Refused(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to)
    elif chat.bot_removed:
        raise forbidden(f"bot was kicked from the {kind} chat")
    elif not chat.bot_in:
        raise forbidden(f"bot is not a member of the {kind} chat")
    return chat


def message_in(chat: Chat, number: int, refusal: str) -> Stored:
    """A message that is there; else 400 with this text."""
    stored = chat.messages.get(number)
    if stored is None or stored.deleted:
        raise bad(refusal)
    return stored


def known_thread(chat: Chat, number: int | None) -> None:
    """A topic that exists (1, the 常规 topic, cannot be named when sending)."""
    if number is not None and number not in (chat.topics or {}):
        raise bad("message thread not found")


def replied(state: State, chat: Chat, params: Json) -> Stored | None:
    """The message the new one replies to."""
    reply = params.get("reply_parameters")
    if not reply:
        return None
    place = find_chat(state, reply["chat_id"]) if "chat_id" in reply else chat
    stored = place.messages.get(reply["message_id"])
    if stored is None or stored.deleted:
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad("message to be replied not found")
    if reply.get("quote") and reply["quote"] not in str(stored.data.get("text", stored.data.get("caption", ""))):
        raise bad("QUOTE_TEXT_INVALID")
    return stored


def head_of(state: State, chat: Chat, params: Json) -> Json:
    """Topic and reply of a new message; a reply goes to the topic of the message replied to."""
    thread = params.get("message_thread_id")
    known_thread(chat, thread)
    target = replied(state, chat, params)
    same_chat = target is not None and target.data["chat"]["id"] == chat.id
    if thread is None and target is not None and same_chat and chat.topics is not None:
        thread = target.data.get("message_thread_id")
    head: Json = {}
    if thread is not None:
        head = {
            "message_thread_id": thread,
            "is_topic_message": True,
            "reply_to_message": quoted(chat.messages[thread]),
        }
    if target is not None and same_chat:
        head["reply_to_message"] = quoted(target)
    elif target is not None:
        head["external_reply"] = {"origin": origin(target), "message_id": target.data["message_id"]}
    return head


def put(state: State, params: Json, fields: Json, source: str) -> Json:
    """Store a message of the bot."""
    chat = open_chat(state, params["chat_id"])
    head = head_of(state, chat, params)
    shown = keyboards.reply_markup(params.get("reply_markup"))
    if shown and "inline_keyboard" in shown:
        fields = {**fields, "reply_markup": shown}
    stored = state.add_message(chat, BOT_ID, {**head, **fields}, source)
    stored.params = params
    return stored.data


def send_message(state: State, params: Json) -> Json:
    """sendMessage"""
    return put(state, params, *content.text_of(params))


def send_rich_message(state: State, params: Json) -> Json:
    """sendRichMessage: stored as it came (``Shown.html``), not parsed"""
    return put(state, params, *content.rich_of(params["rich_message"]))


def send_file(state: State, params: Json, kind: str) -> Json:
    """sendDocument, sendPhoto"""
    caption, source = content.caption_of(params)
    open_chat(state, params["chat_id"])
    return put(state, params, {**content.held_file(state, params[kind], kind), **caption}, source)


def send_document(state: State, params: Json) -> Json:
    """sendDocument"""
    return send_file(state, params, "document")


def send_photo(state: State, params: Json) -> Json:
    """sendPhoto"""
    return send_file(state, params, "photo")


CONTENT = (
    "text",
    "entities",
    "document",
    "photo",
    "caption",
    "caption_entities",
    "link_preview_options",
    "rich_message",
)


def origin(stored: Stored) -> Json:
    """Where a forwarded message comes from."""
    return {"type": "user", "date": stored.data["date"], "sender_user": stored.data["from"]}


def _copied(state: State, params: Json, what: str) -> tuple[Stored, Json]:
    place = open_chat(state, params["from_chat_id"])
    stored = message_in(place, params["message_id"], f"message to {what} not found")
    fields = {key: stored.data[key] for key in CONTENT if key in stored.data}
    if not fields:
        raise bad(f"message can't be {'copied' if what == 'copy' else 'forwarded'}")
    return stored, fields


def copy_message(state: State, params: Json) -> Json:
    """copyMessage"""
    stored, fields = _copied(state, params, "copy")
    source = stored.source
    if "caption" in params and "text" not in fields:
        caption, source = content.caption_of(params)
        fields = {key: value for key, value in fields.items() if not key.startswith("caption")} | caption
    return {"message_id": put(state, params, fields, source)["message_id"]}


def forward_message(state: State, params: Json) -> Json:
    """forwardMessage"""
    stored, fields = _copied(state, params, "forward")
    return put(state, params, {**fields, "forward_origin": origin(stored)}, stored.source)


def send_chat_action(state: State, params: Json) -> bool:
    """sendChatAction"""
    chat = open_chat(state, params["chat_id"])
    if params["action"] not in limits.ACTIONS:
        raise bad("wrong parameter action in request")
    if params.get("message_thread_id") != 1 or chat.topics is None:
        known_thread(chat, params.get("message_thread_id"))
    return True


def delete_message(state: State, params: Json) -> bool:
    """deleteMessage"""
    chat = open_chat(state, params["chat_id"])
    stored = message_in(chat, params["message_id"], "message to delete not found")
    if time.time() - stored.data["date"] > limits.DELETE_WITHIN:
        raise bad("message can't be deleted for everyone")
    if chat.type != "private" and stored.sender != BOT_ID and BOT_ID not in chat.admins:
        raise bad("message can't be deleted")
    stored.deleted = True
    return True


def delete_messages(state: State, params: Json) -> bool:
    """deleteMessages: those not found are skipped"""
    limits.within("message_ids", len(params["message_ids"]), 1, 100)
    chat = open_chat(state, params["chat_id"])
    for number in params["message_ids"]:
        if number in chat.messages and not chat.messages[number].deleted:
            delete_message(state, {"chat_id": chat.id, "message_id": number})
    return True
