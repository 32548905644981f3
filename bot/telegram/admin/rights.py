"""Which updates try an admin's work, who may, and what becomes of those who may not: nothing, and a line in the log.

    /reload of an asker -> passes on as an unknown command would (in groups: silence), noted as refused

The handlers of the admin's side are added with ``ByAdmin``; an update it does not let through goes the way it would go
if there were no such handlers, so a refusal shows nothing of what there is.
"""

from __future__ import annotations

import re
from typing import Final

from telegram import Message, Update, User
from telegram.ext import filters

from bot.telegram.access import Access
from bot.telegram.admin.codec import is_order
from bot.telegram.checks.work import may_check
from bot.telegram.services import Context, services_of
from index import Person

COMMANDS: Final = (
    ("reload", "重新读报告文件夹"),
    ("reports", "收录的报告：/reports 上党区 2023"),
    ("link", "公开网页：/link 文件名 网址"),
    ("drafts", "还没决定的报告"),
    ("versions", "索引的各个版本"),
    ("rollback", "退回某一版：/rollback 11"),
    ("conflicts", "互相矛盾的数字"),
    ("misses", "没答上来的问题"),
    ("alias", "别名：/alias 娃娃上学的钱=教育支出"),
    ("stats", "用量和索引大小"),
    ("users", "谁可以用"),
    ("allow", "允许：/allow 编号 [admin]"),
    ("deny", "禁用：/deny 编号"),
    ("audit", "管理记录"),
    ("export", "导出：/export 上党区 2023 xlsx"),
)
NAMES: Final = frozenset(name for name, _ in COMMANDS)
_COMMAND: Final = re.compile(r"/([A-Za-z_]{1,32})(?:@(\w{3,32}))?(?=\s|$)")
_LONGEST: Final = 100


def person(user: User) -> Person:
    """Who somebody is in the log."""
    return Person(user.id, user.full_name[:64])


class ByAdmin(filters.UpdateFilter):
    """Lets through what an admin sends in private or in a group named for it; nothing that was forwarded or made by
    another bot, unless ``documents``: a report may well be forwarded."""

    def __init__(self, access: Access, *, documents: bool = False) -> None:
        super().__init__(name="ByAdmin")
        self._access = access
        self._documents = documents

    def filter(self, update: Update) -> bool:
        """Whether it passes."""
        message = update.message
        return message is not None and may(self._access, update) and (self._documents or _is_own(message))


def may(access: Access, update: Update) -> bool:
    """Whether whoever an update comes from may do an admin's work where it comes from."""
    user, chat = update.effective_user, update.effective_chat
    return access.administers(user.id if user else None, chat.id if chat else None)


async def note_attempts(update: Update, context: Context) -> None:
    """Before all handlers: write down who tried what they may not."""
    user, services = update.effective_user, services_of(context)
    found = attempted(update, context)
    if found is None or user is None:
        return
    action, subject = found
    message = update.message
    if message is not None and may_check(services, message, context.bot.username):
        return
    if may(services.access, update) and (message is None or message.document is not None or _is_own(message)):
        return
    if services.attempts.counts(user.id):
        services.clerk.note_refused(person(user), action, subject[:_LONGEST])


def attempted(update: Update, context: Context) -> tuple[str, str] | None:
    """What of the admin's side an update tries: action and what about; None for anything else."""
    query, message = update.callback_query, update.message
    if query is not None:
        return ("button", query.data) if query.data and is_order(query.data) else None
    if message is None:
        return None
    command = _COMMAND.match(message.text or "")
    if command and command[1].lower() in NAMES:
        ours = not command[2] or command[2].lower() == context.bot.username.lower()
        return (f"/{command[1].lower()}", (message.text or "")[command.end() :].strip()) if ours else None
    services, reply = services_of(context), message.reply_to_message
    if message.document is not None:
        there = message.chat.type == "private" or message.chat.id in services.access.admin_chats
        addressed = f"@{context.bot.username}".lower() in (message.caption or "").lower()
        return ("upload", message.document.file_name or "") if there or addressed else None
    if reply is not None and (prompt := services.state.prompt(message.chat.id, reply.message_id)):
        return "reply", prompt[0]
    return None


def _is_own(message: Message) -> bool:
    """Written by the sender, not passed on."""
    return message.forward_origin is None and message.via_bot is None and message.sender_chat is None
