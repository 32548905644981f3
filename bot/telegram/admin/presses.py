"""Pressed admin buttons: who may, what they do; a press by anybody else is no button of ours.

The drafts, versions, pages and items that a button names are looked up anew: made-up ones lead nowhere.
"""

from __future__ import annotations

from typing import Final

from telegram import Update

from bot.telegram import texts
from bot.telegram.admin import (
    aliases,
    checks,
    conflicts,
    decide,
    drafts,
    misses,
    people,
    records,
    reports,
    revise,
    versions,
)
from bot.telegram.admin.codec import decode, is_order
from bot.telegram.admin.orders import Ordered, Verb
from bot.telegram.admin.rights import may, person
from bot.telegram.answers import File
from bot.telegram.codec import Outdated
from bot.telegram.errors import AfterAnswer
from bot.telegram.outcome import Outcome, answer
from bot.telegram.sending import edit, send, send_file
from bot.telegram.services import Context, services_of

VERBS: Final[dict[str, Verb]] = {
    "adopt": decide.adopt,
    "adopt_gold": decide.adopt_in_spite,
    "drop": decide.drop,
    "draft": decide.show,
    "check": checks.check_draft,
    "aside": checks.ask,
    "aside_why": checks.choose,
    "aside_undo": checks.undo,
    "aside_no": checks.leave,
    "drafts": drafts.turn,
    "revise": revise.ask,
    "region": revise.choose,
    "versions": versions.show,
    "back": versions.ask,
    "rollback": versions.roll_back,
    "cancel": versions.cancel,
    "reports": reports.turn,
    "original": reports.send_original,
    "remove": reports.remove,
    "conflicts": conflicts.turn,
    "misses": misses.turn,
    "miss_alias": misses.add_alias,
    "alias_to": aliases.choose,
    "alias_undo": aliases.undo,
    "alias_drop": aliases.remove,
    "alias_file": aliases.send_list,
    "aliases": aliases.turn,
    "users": people.turn,
    "audit": records.turn_audit,
}


def is_for_admin(update: Update, context: Context) -> bool:
    """Whether a press is an admin's, on an admin's button."""
    query = update.callback_query
    return bool(query and query.data and is_order(query.data) and may(services_of(context).access, update))


async def on_press(update: Update, context: Context) -> None:
    """Answer the press, then do what it leads to."""
    query = update.callback_query
    if query is None:
        return
    ordered: Ordered | None = None
    try:
        order = decode(query.data or "")
        verb = VERBS[order.verb]
    except Outdated:
        outcome = Outcome(texts.OUTDATED, alert=True)
    except (ValueError, KeyError):
        outcome = Outcome(texts.NOT_OURS, alert=True)
    else:
        ordered = Ordered(order, query, context, services_of(context), person(query.from_user))
        outcome = await verb(ordered)
    answer(query, outcome, context)
    if ordered is not None:
        try:
            await _carry_out(ordered, outcome)
        except Exception as error:
            raise AfterAnswer from error


async def _carry_out(ordered: Ordered, outcome: Outcome) -> None:
    bot, place = ordered.bot, ordered.place
    if outcome.page is not None:
        if outcome.anew:
            await send(bot, outcome.page, place)
        else:
            await edit(bot, outcome.page, ordered.spot)
    if isinstance(outcome.file, File):
        await send_file(bot, outcome.file, place)
    elif outcome.file is not None:
        await bot.send_document(place.chat, outcome.file, filename=outcome.file.name, message_thread_id=place.topic)
