"""Calls that the stand-in takes or refuses, and the scene they are made in; ``"@anna"`` in a call stands for her id."""

from __future__ import annotations

import json
from typing import Any

import httpx

from tests.standin.state import BOT_ID, TOKEN
from tests.standin.world import World

HOT = {"text": "历年", "callback_data": "v1:1"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def keyboard(*rows: list[Any]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def article(number: Any = "1", **more: Any) -> dict[str, Any]:
    return {"type": "article", "id": number, "title": "教育", "input_message_content": {"message_text": "教育"}, **more}


class Client:
    """Calls as a library makes them: every value as text or JSON within a form."""

    def __init__(self, world: World) -> None:
        self.http = httpx.Client(base_url=world.server.url, timeout=10)

    def __call__(self, method: str, files: dict[str, Any] | None = None, **params: Any) -> tuple[int, Any]:
        form = {key: one if isinstance(one, str) else json.dumps(one) for key, one in params.items()}
        answer = self.http.post(f"/bot{TOKEN}/{method}", data=form, files=files)
        body = answer.json()
        assert body["ok"] is (answer.status_code == 200)
        return answer.status_code, body["result"] if body["ok"] else body["description"]


class Scene:
    """A started user, a stranger, groups, a forum, some messages and queries; names used in the tables below."""

    def __init__(self, world: World) -> None:
        self.call = Client(world)
        anna, boris = world.user("安娜"), world.user("波里斯", started=False)
        small, office = world.group("小组", [anna], kind="group"), world.group("财政科", [anna], topics=["预算"])
        gone, closed = world.group("旧组", [anna]), world.group("别组", [anna], bot_in=False)
        gone.remove_bot(anna)
        blocker = world.user("拒收")
        blocker.block()
        old = world.group("老组", [anna], kind="group")
        old.migrate()
        asked = anna.send("上党区教育支出")
        own = self.must(
            "sendMessage", chat_id=anna.id, text="<b>答</b>", parse_mode="HTML", reply_markup=keyboard([HOT])
        )
        paper = self.must("sendDocument", {"document": ("报告.pdf", b"%PDF")}, chat_id=anna.id, caption="报告")
        press = anna.press_data(anna_sees(world, own), "v1:1", wait=False)
        typed, big = anna.inline("教育", wait=False), anna.upload("大.pdf", size=21 << 20)
        spoken = office.topic("预算")
        self.names: dict[str, Any] = {
            "anna": anna.id, "boris": boris.id, "small": small.id, "office": office.id, "gone": gone.id,
            "closed": closed.id, "blocker": blocker.id, "old": old.id, "topic": spoken.thread_id, "asked": asked.id,
            "own": own["message_id"], "paper": paper["message_id"], "file": paper["document"]["file_id"],
            "big": big.data["document"]["file_id"], "press": press.query.id, "typed": typed.query.id,
            "in_topic": anna.send("/q 教育", spoken).id, "in_group": anna.send("/q 教育", small).id, "bot": BOT_ID,
        }  # fmt: skip

    def must(self, method: str, files: dict[str, Any] | None = None, **params: Any) -> Any:
        status, result = self.call(method, files, **params)
        assert status == 200, result
        return result

    def run(self, method: str, params: dict[str, Any]) -> tuple[int, Any]:
        filled = {key: self.fill(value) for key, value in params.items()}
        return self.call(method, filled.pop("files", None), **filled)

    def fill(self, value: Any) -> Any:
        """``"@anna"`` stands for her id, at any depth."""
        if isinstance(value, dict):
            return {key: self.fill(one) for key, one in value.items()}
        return (
            self.names[value[1:]] if isinstance(value, str) and value[:1] == "@" and value[1:] in self.names else value
        )


def anna_sees(world: World, data: dict[str, Any]) -> Any:
    return next(shown for shown in world.bot_messages() if shown.id == data["message_id"])


TO = {"chat_id": "@anna"}
SAY = {**TO, "text": "好"}
HTML = {**TO, "parse_mode": "HTML"}
OWN = {**TO, "message_id": "@own"}
SCOPE = {"type": "chat_member", "chat_id": "@office", "user_id": "@anna"}
MENU = {"command": "q", "description": "查询"}

ACCEPTED = [
    ("getMe", {}),
    ("sendMessage", SAY),
    ("sendMessage", {**TO, "text": "字" * 4096}),
    ("sendMessage", {**HTML, "text": "<b>" + "字" * 4096 + "</b>"}),
    ("sendMessage", {**TO, "text": "😀" * 2048}),
    ("sendMessage", {**TO, "text": "<b>不是标记"}),
    ("sendMessage", {**TO, "text": "完成😀数", "entities": [{"type": "bold", "offset": 2, "length": 2}]}),
    ("sendMessage", {**SAY, "reply_markup": keyboard([HOT] * 8)}),
    ("sendMessage", {**SAY, "reply_markup": keyboard(*[[HOT] * 5] * 20)}),
    ("sendMessage", {**SAY, "reply_markup": keyboard([{"text": "a", "callback_data": "x" * 64}])}),
    ("sendMessage", {**SAY, "reply_markup": keyboard([{"text": "a", "copy_text": {"text": "字" * 256}}])}),
    ("sendMessage", {**SAY, "reply_markup": keyboard([{"text": "a", "url": "https://t.me/x?start=c"}])}),
    ("sendMessage", {**SAY, "reply_markup": {"force_reply": True, "input_field_placeholder": "问"}}),
    ("sendMessage", {**SAY, "reply_parameters": {"message_id": "@asked"}}),
    ("sendMessage", {**SAY, "reply_parameters": {"message_id": 999, "allow_sending_without_reply": True}}),
    ("sendMessage", {"chat_id": "@office", "text": "好", "message_thread_id": "@topic"}),
    ("sendMessage", {"chat_id": "@office", "text": "好"}),
    ("sendMessage", {**SAY, "link_preview_options": {"is_disabled": True}}),
    ("sendDocument", {**TO, "document": "@file", "caption": "字" * 1024}),
    ("sendPhoto", {**TO, "files": {"photo": ("a.png", PNG)}}),
    ("sendDocument", {**TO, "files": {"x": ("a.csv", b"1")}, "document": "attach://x"}),
    ("sendRichMessage", {**TO, "rich_message": {"html": "<table><tr><td>甲</td></tr></table><br>"}}),
    ("sendChatAction", {**TO, "action": "typing"}),
    ("sendChatAction", {"chat_id": "@office", "action": "typing", "message_thread_id": 1}),
    ("copyMessage", {**TO, "from_chat_id": "@anna", "message_id": "@own"}),
    ("forwardMessage", {**TO, "from_chat_id": "@anna", "message_id": "@asked"}),
    ("editMessageText", {**OWN, "text": "改"}),
    ("editMessageText", {**OWN, "text": "答"}),  # the same words, no longer bold, no buttons
    ("editMessageReplyMarkup", OWN),
    ("editMessageCaption", {**TO, "message_id": "@paper", "caption": "改"}),
    ("deleteMessage", OWN),
    ("deleteMessage", {**TO, "message_id": "@asked"}),
    ("answerCallbackQuery", {"callback_query_id": "@press", "text": "字" * 200}),
    ("answerInlineQuery", {"inline_query_id": "@typed", "results": [article(str(n)) for n in range(50)]}),
    (
        "answerInlineQuery",
        {"inline_query_id": "@typed", "results": [], "button": {"text": "问", "start_parameter": "h"}},
    ),
    ("setMyCommands", {"commands": [MENU], "scope": SCOPE, "language_code": "zh"}),
    ("setMyDescription", {"description": "字" * 512}),
    ("setMyShortDescription", {"short_description": "字" * 120}),
    ("setMyName", {"name": "字" * 64}),
    ("getChat", {"chat_id": "@office"}),
    ("getChatMember", {"chat_id": "@office", "user_id": "@bot"}),
    ("setChatMenuButton", {**TO, "menu_button": {"type": "commands"}}),
    ("leaveChat", {"chat_id": "@office"}),
    ("getFile", {"file_id": "@file"}),
    ("setWebhook", {"url": "https://bot.example.org/hook", "secret_token": "a" * 256}),
    ("deleteWebhook", {"drop_pending_updates": True}),
    ("getWebhookInfo", {}),
    ("getUpdates", {"timeout": 0, "allowed_updates": ["message"]}),
]

REFUSED = [
    ("sendMesage", SAY, 404, "Not Found"),
    ("sendMessage", {**SAY, "reply_to_message_id": 1}, 400, "unknown parameter"),
    ("sendMessage", {**SAY, "disable_web_page_preview": True}, 400, "unknown parameter"),
    ("sendMessage", {"text": "好"}, 400, "chat_id is empty"),
    ("sendMessage", TO, 400, "message text is empty"),
    ("sendMessage", {**TO, "text": " \n"}, 400, "message text is empty"),
    ("sendMessage", {**SAY, "disable_notification": "perhaps"}, 400, "disable_notification"),
    ("sendMessage", {**SAY, "reply_markup": "{"}, 400, "reply_markup"),
    ("sendMessage", {**TO, "text": "字" * 4097}, 400, "message is too long"),
    ("sendMessage", {**TO, "text": "😀" * 2049}, 400, "message is too long"),
    ("sendMessage", {**HTML, "text": "<b>" * 101 + "字" + "</b>" * 101}, 400, "entities"),
    ("sendMessage", {**HTML, "text": "<b>预算"}, 400, "can't parse entities"),
    ("sendMessage", {**HTML, "text": "完成率<95%"}, 400, "can't parse entities"),
    ("sendMessage", {**SAY, "parse_mode": "Wiki"}, 400, "unsupported parse_mode"),
    ("sendMessage", {**TO, "text": "😀", "entities": [{"type": "bold", "offset": 1, "length": 1}]}, 400, "UTF-16"),
    ("sendMessage", {**SAY, "reply_markup": keyboard([HOT] * 9)}, 400, "row"),
    ("sendMessage", {**SAY, "reply_markup": keyboard(*[[HOT] * 8] * 13)}, 400, "reply markup is too long"),
    ("sendMessage", {**SAY, "reply_markup": keyboard([{"text": "a", "callback_data": "x" * 65}])}, 400, "BUTTON_DATA"),
    ("sendMessage", {**SAY, "reply_markup": keyboard([{"text": "a", "callback_data": "字" * 22}])}, 400, "BUTTON_DATA"),
    ("sendMessage", {**SAY, "reply_markup": keyboard([{"text": "a", "callback_data": ""}])}, 400, "BUTTON_DATA"),
    ("sendMessage", {**SAY, "reply_markup": keyboard([{"text": "a", "copy_text": {"text": "a" * 257}}])}, 400, "COPY"),
    ("sendMessage", {**SAY, "reply_markup": keyboard([{"text": "a"}])}, 400, "text buttons are unallowed"),
    ("sendMessage", {**SAY, "reply_markup": keyboard([{**HOT, "url": "https://a.cn"}])}, 400, "exactly one"),
    ("sendMessage", {**SAY, "reply_markup": keyboard([{"text": "a", "url": "nowhere"}])}, 400, "URL is invalid"),
    ("sendMessage", {**SAY, "reply_markup": keyboard([{**HOT, "text": ""}])}, 400, "text must be non-empty"),
    ("sendMessage", {**SAY, "reply_parameters": {"message_id": 999}}, 400, "message to be replied not found"),
    ("sendMessage", {**SAY, "message_thread_id": 7}, 400, "message thread not found"),
    ("sendMessage", {"chat_id": "@office", "text": "好", "message_thread_id": 1}, 400, "message thread not found"),
    ("sendMessage", {"chat_id": "@office", "text": "好", "message_thread_id": 99}, 400, "message thread not found"),
    ("sendMessage", {"chat_id": 12345, "text": "好"}, 400, "chat not found"),
    ("sendMessage", {"chat_id": "@nobody", "text": "好"}, 400, "chat not found"),
    ("sendMessage", {"chat_id": "@boris", "text": "好"}, 403, "can't initiate conversation"),
    ("sendMessage", {"chat_id": "@blocker", "text": "好"}, 403, "blocked by the user"),
    ("sendMessage", {"chat_id": "@gone", "text": "好"}, 403, "kicked"),
    ("sendMessage", {"chat_id": "@closed", "text": "好"}, 403, "not a member"),
    ("sendMessage", {"chat_id": "@old", "text": "好"}, 400, "upgraded to a supergroup"),
    ("sendDocument", {**TO, "document": "@file", "caption": "字" * 1025}, 400, "caption is too long"),
    ("sendDocument", {**TO, "document": "none"}, 400, "wrong file identifier"),
    ("sendDocument", TO, 400, "no document"),
    ("sendDocument", {**TO, "files": {"document": ("a.txt", b"")}}, 400, "non-empty"),
    ("sendDocument", {**TO, "document": "attach://x"}, 400, "attached file"),
    ("sendDocument", {**TO, "document": "@file", "files": {"spare": ("a.txt", b"1")}}, 400, "unknown parameter"),
    ("sendPhoto", {**TO, "files": {"photo": ("a.png", b"text")}}, 400, "IMAGE_PROCESS_FAILED"),
    ("sendPhoto", {**TO, "photo": "@file"}, 400, "can't use file of type"),
    ("sendRichMessage", {**TO, "rich_message": {"html": "<table><tr></table>"}}, 400, "end tag"),
    ("sendRichMessage", {**TO, "rich_message": {}}, 400, "either html or markdown"),
    ("sendChatAction", {**TO, "action": "thinking"}, 400, "action"),
    ("copyMessage", {**TO, "from_chat_id": "@anna", "message_id": 999}, 400, "message to copy not found"),
    (
        "editMessageText",
        {**OWN, "text": "<b>答</b>", "parse_mode": "HTML", "reply_markup": keyboard([HOT])},
        400,
        "is not modified",
    ),
    ("editMessageReplyMarkup", {**OWN, "reply_markup": keyboard([HOT])}, 400, "is not modified"),
    ("editMessageText", {**TO, "message_id": 999, "text": "改"}, 400, "message to edit not found"),
    ("editMessageText", {**TO, "message_id": "@asked", "text": "改"}, 400, "message can't be edited"),
    ("editMessageText", {**TO, "message_id": "@paper", "text": "改"}, 400, "no text in the message"),
    ("editMessageText", {"text": "改"}, 400, "message identifier is not specified"),
    ("editMessageText", {"inline_message_id": "x", "text": "改"}, 400, "MESSAGE_ID_INVALID"),
    (
        "editMessageText",
        {**OWN, "text": "改", "reply_markup": {"force_reply": True}},
        400,
        "inline_keyboard|inline keyboard|force_reply",
    ),
    ("deleteMessage", {**TO, "message_id": 999}, 400, "message to delete not found"),
    ("deleteMessage", {"chat_id": "@small", "message_id": "@in_group"}, 400, "message can't be deleted"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, 400, "query is too old"),
    ("answerCallbackQuery", {"callback_query_id": "@press", "text": "字" * 201}, 400, "TOO_LONG"),
    ("answerCallbackQuery", {"callback_query_id": "@press", "url": "https://a.cn"}, 400, "URL_INVALID"),
    ("answerInlineQuery", {"inline_query_id": "1", "results": []}, 400, "query is too old"),
    (
        "answerInlineQuery",
        {"inline_query_id": "@typed", "results": [article(str(n)) for n in range(51)]},
        400,
        "TOO_MUCH",
    ),
    ("answerInlineQuery", {"inline_query_id": "@typed", "results": [article("字" * 22)]}, 400, "RESULT_ID_INVALID"),
    ("answerInlineQuery", {"inline_query_id": "@typed", "results": [article(), article()]}, 400, "DUPLICATE"),
    ("answerInlineQuery", {"inline_query_id": "@typed", "results": [article(title="")]}, 400, "TITLE"),
    ("answerInlineQuery", {"inline_query_id": "@typed", "results": [], "next_offset": "a" * 65}, 400, "NEXT_OFFSET"),
    (
        "answerInlineQuery",
        {"inline_query_id": "@typed", "results": [], "button": {"text": "问", "start_parameter": "帮"}},
        400,
        "START_PARAM",
    ),
    ("setMyCommands", {"commands": [{"command": "查", "description": "查询"}]}, 400, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "q", "description": "字" * 257}]}, 400, "DESCRIPTION_INVALID"),
    ("setMyCommands", {"commands": [{"command": f"c{n}", "description": "a"} for n in range(101)]}, 400, "TOO_MUCH"),
    ("setMyCommands", {"commands": [MENU], "language_code": "chinese"}, 400, "LANG_CODE"),
    ("setMyCommands", {"commands": [MENU], "scope": {"type": "chat_member", "chat_id": "@office"}}, 400, "user_id"),
    ("setMyDescription", {"description": "字" * 513}, 400, "longer"),
    ("setMyShortDescription", {"short_description": "字" * 121}, 400, "longer"),
    ("getChatMember", {"chat_id": "@office", "user_id": 5}, 400, "user_id"),
    ("leaveChat", TO, 400, "private chats"),
    ("leaveChat", {"chat_id": "@closed"}, 403, "not a member"),
    ("getFile", {"file_id": "none"}, 400, "file_id"),
    ("getFile", {"file_id": "@big"}, 400, "file is too big"),
    ("setWebhook", {"url": "http://bot.example.org/"}, 400, "HTTPS"),
    ("setWebhook", {"url": "https://bot.example.org:8080/"}, 400, "ports"),
    ("setWebhook", {"url": "https://bot.example.org/", "secret_token": "密"}, 400, "secret token"),
    ("setWebhook", {"url": "https://bot.example.org/", "max_connections": 101}, 400, "max_connections"),
]
