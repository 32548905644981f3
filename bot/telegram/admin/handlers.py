"""The handlers of the admin's side, before those of askers: what they let pass goes on as if they were not there."""

from __future__ import annotations

from typing import Final

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop, CommandHandler, MessageHandler, TypeHandler, filters

from bot.telegram.access import Access
from bot.telegram.admin import (
    aliases,
    checks,
    conflicts,
    drafts,
    intake,
    links,
    menu,
    misses,
    people,
    records,
    reports,
    revise,
    versions,
)  # fmt: skip
from bot.telegram.admin.presses import is_for_admin, on_press
from bot.telegram.admin.rights import ByAdmin, may, note_attempts
from bot.telegram.services import App, Context, services_of
from bot.telegram.state import State

COMMANDS: Final = (
    ("reload", reports.on_reload),
    ("reports", reports.on_reports),
    ("link", links.on_link),
    ("drafts", drafts.on_drafts),
    ("versions", versions.on_versions),
    ("rollback", versions.on_rollback),
    ("conflicts", conflicts.on_conflicts),
    ("misses", misses.on_misses),
    ("alias", aliases.on_alias),
    ("stats", records.on_stats),
    ("users", people.on_users),
    ("allow", people.on_allow),
    ("deny", people.on_deny),
    ("audit", records.on_audit),
    ("export", records.on_export),
)
_REPLIES: Final = {revise.KIND: revise.on_reply, aliases.ASK_KIND: aliases.on_reply, checks.KIND: checks.on_reply}


class AnswersPrompt(filters.MessageFilter):
    """A reply to a message with which the bot has asked an admin for something."""

    def __init__(self, state: State) -> None:
        super().__init__(name="AnswersPrompt")
        self._state = state

    def filter(self, message: Message) -> bool:
        """Whether it is one."""
        reply = message.reply_to_message
        prompt = self._state.prompt(message.chat.id, reply.message_id) if reply is not None else None
        return prompt is not None and prompt[0] in _REPLIES


def add_handlers(app: App, access: Access, state: State) -> None:
    """Before the gate: what is tried and refused; with the others, and ahead of them: what admins do."""
    app.add_handler(TypeHandler(Update, note_attempts), group=-3)
    app.add_handler(TypeHandler(Update, greet_or_press), group=-1)
    by_admin, sent_by_admin = ByAdmin(access), ByAdmin(access, documents=True)
    for name, show in COMMANDS:
        app.add_handler(CommandHandler(name, show, filters=by_admin))
    app.add_handler(MessageHandler(sent_by_admin & filters.Document.ALL, intake.on_document))
    app.add_handler(MessageHandler(by_admin & filters.TEXT & ~filters.COMMAND & AnswersPrompt(state), on_reply))


async def greet_or_press(update: Update, context: Context) -> None:
    """An admin's press on an admin's button ends here; an admin who was not yet known gets the menu."""
    services, user = services_of(context), update.effective_user
    if is_for_admin(update, context):
        await on_press(update, context)
        raise ApplicationHandlerStop
    message = update.message
    private = message is not None and message.chat.type == "private"
    if private and user is not None and may(services.access, update):
        await menu.greet(context.bot, services, user.id)


async def on_reply(update: Update, context: Context) -> None:
    """What an admin was asked for."""
    message = update.message
    if message is None or message.reply_to_message is None:
        return
    prompt = services_of(context).state.prompt(message.chat.id, message.reply_to_message.message_id)
    if prompt is not None:
        await _REPLIES[prompt[0]](message, context, prompt[1])
