"""What went wrong, for two readers: the user gets a short line with an id, the log the trace under that id.

The trace holds no text of a question: of exceptions that may carry one only the kind is logged.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import traceback

from telegram import InlineQueryResultsButton, Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.telegram import guests, texts
from bot.telegram.desk_process import Overdue
from bot.telegram.digest import digest
from bot.telegram.sending import place_of, say
from bot.telegram.services import Context, services_of
from index import YusuanError

log = logging.getLogger(__name__)

_SPEAKING = (TelegramError, YusuanError, OSError)  # their messages are ours, Telegram's or the system's


class AfterAnswer(Exception):
    """Something went wrong after a press had been answered (it can be answered only once)."""


async def on_error(update: object, context: Context) -> None:
    """Log an error and tell the user its id."""
    error = context.error
    if error is None:
        return
    if isinstance(error, Forbidden):
        log.info("blocked or removed: update %s", update.update_id if isinstance(update, Update) else "-")
        return
    if _line_is_down(error):
        services_of(context).line.lost()
        services_of(context).taking.unsent(update)
    number = update.update_id if isinstance(update, Update) else "-"
    if isinstance(error, Overdue):
        log.warning("over the deadline: update %s, question %s", number, _digest(update))
        services_of(context).notes.note("deadline")
        line = texts.OVERDUE
    else:
        id = secrets.token_hex(3)
        log.error("error %s in update %s\n%s", id, number, trace(error))
        line = texts.ERROR.format(id=id)
    if not isinstance(update, Update):
        return
    with contextlib.suppress(TelegramError):
        if update.callback_query is not None and not isinstance(error, AfterAnswer):
            await update.callback_query.answer(line, show_alert=True)
        elif update.inline_query is not None and isinstance(error, Overdue):
            button = InlineQueryResultsButton(texts.INLINE_OVERDUE, start_parameter="help")
            await update.inline_query.answer([], is_personal=True, button=button)
        elif update.guest_message is not None:
            await guests.tell(update.guest_message, context, line)
        elif update.inline_query is None and update.effective_message is not None and not _line_is_down(error):
            await say(context.bot, line, place_of(update.effective_message))


def _digest(update: object) -> str:
    """Tells the same question again, also when it comes by a button or is typed in another chat."""
    if not isinstance(update, Update):
        return "-"
    pressed, typed, message = update.callback_query, update.inline_query, update.effective_message
    said = pressed.data if pressed else typed.query if typed else message.text if message else ""
    return digest(said or "")


def _line_is_down(error: BaseException) -> bool:
    """Nothing could be sent: one more message would wait in vain.  (BadRequest is a NetworkError to the library.)"""
    return isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest)


def trace(error: BaseException) -> str:
    """The trace and the kinds of the errors behind one another, without what they say of a question."""
    lines: list[str] = []
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        lines += traceback.format_tb(one.__traceback__)
        lines += getattr(one, "frames", ())  # in the process that it came from
        said = f": {one}" if isinstance(one, _SPEAKING) else ""
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}{said}\n")
        one = one.__cause__ or one.__context__
    return "".join(lines).rstrip()
