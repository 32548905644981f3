"""Methods that change a message: editMessageText, editMessageCaption, editMessageReplyMarkup; and answers to queries.

Each takes the state and checked parameters and returns the JSON result; the caller holds the lock.
"""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from tests.standin import content, keyboards, limits
from tests.standin.refusal import bad
from tests.standin.sending import message_in, open_chat
from tests.standin.state import BOT, BOT_ID, Json, Query, State, Stored

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
TEXT_FIELDS = ("text", "entities", "link_preview_options", "rich_message")


def edited(state: State, params: Json) -> Stored:
    """The message a call may change: an own one, or one of an inline result."""
    if "inline_message_id" in params:
        if {"chat_id", "message_id"} & set(params):
            raise bad("either inline_message_id or chat_id and message_id (stand-in)")
        if params["inline_message_id"] not in state.inline_messages:
            raise bad("MESSAGE_ID_INVALID")
        return state.inline_messages[params["inline_message_id"]]
    if not {"chat_id", "message_id"} <= set(params):
        raise bad("message identifier is not specified")
    stored = message_in(open_chat(state, params["chat_id"]), params["message_id"], "message to edit not found")
    if stored.sender != BOT_ID:
        raise bad("message can't be edited")
    return stored


def change(stored: Stored, replaced: tuple[str, ...], fields: Json, source: str | None, params: Json) -> Json | bool:
    """Replace fields and buttons; 400 when that changes nothing."""
    shown = keyboards.reply_markup(params.get("reply_markup"), inline_only=True)
    after = {key: value for key, value in stored.data.items() if key not in {*replaced, "reply_markup"}}
    after |= {**fields, **({"reply_markup": shown} if shown else {})}
    compared = {*after, *stored.data} - {"edit_date", "link_preview_options"}
    unchanged = all(after.get(key) == stored.data.get(key) for key in compared)
    if unchanged and ("rich_message" not in fields or source == stored.source):
        raise bad(NOT_MODIFIED)
    stored.data.clear()
    stored.data.update(after, edit_date=int(time.time()))
    stored.source = stored.source if source is None else source
    stored.version += 1
    stored.params = params if source is not None else {**stored.params, "reply_markup": params.get("reply_markup")}
    return True if stored.inline_id else stored.data


def edit_message_text(state: State, params: Json) -> Json | bool:
    """editMessageText"""
    if ("text" in params) == ("rich_message" in params):
        raise bad("message text is empty")
    fields, source = content.text_of(params) if "text" in params else content.rich_of(params["rich_message"])
    stored = edited(state, params)
    if "text" not in stored.data and "rich_message" not in stored.data:
        raise bad("there is no text in the message to edit")
    return change(stored, TEXT_FIELDS, fields, source, params)


def edit_message_caption(state: State, params: Json) -> Json | bool:
    """editMessageCaption"""
    fields, source = content.caption_of(params)
    stored = edited(state, params)
    if "document" not in stored.data and "photo" not in stored.data:
        raise bad("there is no caption in the message to edit")
    return change(stored, ("caption", "caption_entities"), fields, source, params)


def edit_message_reply_markup(state: State, params: Json) -> Json | bool:
    """editMessageReplyMarkup"""
    return change(edited(state, params), (), {}, None, params)


def close(queries: dict[str, Query], number: str, params: Json) -> bool:
    """Keep the one answer to a query; a second one, or one to an unknown query, is refused."""
    query = queries.get(number)
    if query is None or query.answer is not None:
        raise bad(TOO_OLD)
    query.answer, query.answered = params, time.monotonic()
    return True


def answer_callback_query(state: State, params: Json) -> bool:
    """answerCallbackQuery"""
    limits.notice(params.get("text", ""))
    if params.get("url"):
        parts = urlsplit(params["url"])
        if parts.netloc != "t.me" or parts.path.strip("/") != BOT["username"]:
            raise bad("URL_INVALID")
    return close(state.callbacks, params["callback_query_id"], params)


def answer_inline_query(state: State, params: Json) -> bool:
    """answerInlineQuery"""
    results = params["results"]
    if len(results) > limits.RESULTS:
        raise bad("RESULTS_TOO_MUCH")
    known: set[str] = set()
    for result in results:
        limits.result_id(result.get("id"), known)
        if result.get("type") == "article" and not str(result.get("title", "")).strip():
            raise bad("ARTICLE_TITLE_EMPTY")
        if result.get("type") == "article" and "input_message_content" not in result:
            raise bad("MESSAGE_EMPTY")
        content.inline_content(state, result)
    if len(params.get("next_offset", "").encode()) > limits.INLINE_OFFSET:
        raise bad("NEXT_OFFSET_INVALID")
    button = params.get("button")
    if button is not None:
        if not button.get("text") or ("start_parameter" in button) == ("web_app" in button):
            raise bad("SWITCH_PM_TEXT_EMPTY" if not button.get("text") else "START_PARAM_EMPTY")
        limits.start_parameter(button.get("start_parameter", "web"))
    return close(state.inline_queries, params["inline_query_id"], params)


def answer_guest_query(state: State, params: Json) -> Json:
    """answerGuestQuery: the result is sent into the chat that the bot was called from."""
    result = params["result"]
    limits.result_id(result.get("id"), set())
    if result.get("type") == "article" and not str(result.get("title", "")).strip():
        raise bad("ARTICLE_TITLE_EMPTY")
    made, source = content.inline_content(state, result)
    close(state.guest_queries, params["guest_query_id"], params)
    chat, asker = state.guest_chats[params["guest_query_id"]]
    head = {"guest_bot_caller_user": state.users[asker]}
    stored = state.add_message(chat, BOT["id"], {**head, **made}, source)
    stored.params = dict(result.get("input_message_content") or result)
    stored.inline_id = state.new_name("CAAAA")
    state.inline_messages[stored.inline_id] = stored
    return {"inline_message_id": stored.inline_id}
