"""Methods about the bot and about chats: getMe, commands, names, menu button, getChat, members, getFile.

Each takes the state and checked parameters and returns the JSON result; the caller holds the lock.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.standin import limits
from tests.standin.groups import member, member_change
from tests.standin.refusal import bad, forbidden
from tests.standin.sending import find_chat, open_chat
from tests.standin.state import BOT, BOT_ID, Json, State

SCOPES = {
    "default": (), "all_private_chats": (), "all_group_chats": (), "all_chat_administrators": (),
    "chat": ("chat_id",), "chat_administrators": ("chat_id",), "chat_member": ("chat_id", "user_id"),
}  # fmt: skip


def get_me(state: State, params: Json) -> Json:
    """getMe"""
    return {
        **BOT,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "supports_guest_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _scope(state: State, params: Json) -> str:
    """``chat_member:17:5|zh``"""
    scope = params.get("scope") or {"type": "default"}
    if scope.get("type") not in SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    parts = [scope["type"]]
    for name in SCOPES[scope["type"]]:
        if name not in scope:
            raise bad(f"can't parse BotCommandScope: {name} is required")
        parts.append(str(scope[name]))
    chat = find_chat(state, scope["chat_id"]) if "chat_id" in scope else None
    if chat is not None and chat.type == "private" and scope["type"] != "chat":
        raise bad("can't use this scope in a private chat (stand-in)")
    if chat is not None and chat.type == "private" and not chat.started:
        raise bad("chat not found")
    limits.language(params.get("language_code", ""))
    return f"{':'.join(parts)}|{params.get('language_code', '')}"


def set_my_commands(state: State, params: Json) -> bool:
    """setMyCommands"""
    limits.commands(params["commands"])
    listed = [{**one, "command": one["command"].removeprefix("/")} for one in params["commands"]]
    state.commands[_scope(state, params)] = listed
    return True


def get_my_commands(state: State, params: Json) -> list[Json]:
    """getMyCommands: of exactly this scope and language"""
    return state.commands.get(_scope(state, params), [])


def delete_my_commands(state: State, params: Json) -> bool:
    """deleteMyCommands"""
    state.commands.pop(_scope(state, params), None)
    return True


def text_setter(kind: str) -> Callable[[State, Json], bool]:
    """setMyName, setMyDescription, setMyShortDescription"""

    def set_text(state: State, params: Json) -> bool:
        limits.bot_text(kind, params.get(kind, ""))
        limits.language(params.get("language_code", ""))
        state.texts[kind, params.get("language_code", "")] = params.get(kind, "")
        return True

    return set_text


def text_getter(kind: str) -> Callable[[State, Json], Json]:
    """getMyName, getMyDescription, getMyShortDescription"""

    def get_text(state: State, params: Json) -> Json:
        fallback = state.texts.get((kind, ""), BOT["first_name"] if kind == "name" else "")
        return {kind: state.texts.get((kind, params.get("language_code", "")), fallback)}

    return get_text


def set_chat_menu_button(state: State, params: Json) -> bool:
    """setChatMenuButton: of a private chat, or of all"""
    if "chat_id" in params and find_chat(state, params["chat_id"]).type != "private":
        raise bad("the menu button is one of private chats (stand-in)")
    state.menu_buttons[params.get("chat_id")] = params.get("menu_button", {"type": "default"})
    return True


def get_chat_menu_button(state: State, params: Json) -> Json:
    """getChatMenuButton"""
    default = state.menu_buttons.get(None, {"type": "default"})
    return state.menu_buttons.get(params.get("chat_id"), default)


def get_chat(state: State, params: Json) -> Json:
    """getChat"""
    chat = open_chat(state, params["chat_id"])
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    return {**chat.json(), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def get_chat_member(state: State, params: Json) -> Json:
    """getChatMember"""
    chat = open_chat(state, params["chat_id"])
    if params["user_id"] not in state.users:
        raise bad("invalid user_id specified")
    if chat.type == "private" and params["user_id"] not in {chat.id, BOT_ID}:
        raise bad("user not found")
    return member(state, chat, params["user_id"])


def get_chat_administrators(state: State, params: Json) -> list[Json]:
    """getChatAdministrators: other bots excepted"""
    chat = open_chat(state, params["chat_id"])
    if chat.type == "private":
        raise bad("there are no administrators in the private chat")
    return [member(state, chat, number) for number in sorted(chat.admins)]


def get_chat_member_count(state: State, params: Json) -> int:
    """getChatMemberCount"""
    chat = open_chat(state, params["chat_id"])
    return len(chat.members) + 1


def leave_chat(state: State, params: Json) -> bool:
    """leaveChat"""
    chat = find_chat(state, params["chat_id"])
    if chat.type == "private":
        raise bad("chat member status can't be changed in private chats")
    if not chat.bot_in:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    chat.bot_in = False
    chat.admins.discard(BOT_ID)
    state.push("my_chat_member", member_change(state, chat, BOT_ID, BOT_ID, "member", "left"))
    return True


def get_file(state: State, params: Json) -> Json:
    """getFile"""
    held = state.files.get(params["file_id"])
    if held is None:
        raise bad("invalid file_id")
    shown = {"file_id": held.id, "file_unique_id": held.unique, "file_size": held.size}
    if state.local is None:
        limits.download(held.size)
        return {**shown, "file_path": held.path}
    path = state.local / held.path.replace("/", "_")
    path.write_bytes(held.content)
    return {**shown, "file_path": str(path)}
