"""The bot wired up: settings in, a running Application out.

    build(settings) -> Application, handlers in order        run(settings) -> serves until it is told to stop

Long polling by default; with a webhook URL the receiver of ``webhook``.  Never both: the other one is switched off.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, NoReturn, cast
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.charts.style import can_draw
from bot.settings import Settings, check_serving
from bot.telegram import commands, gate, inline, picturing, presses, questions, watching
from bot.telegram.access import Access
from bot.telegram.admin import handlers, intake, menu
from bot.telegram.admin.clerk import Clerk
from bot.telegram.checks.work import ForCheck
from bot.telegram.desks import Desks
from bot.telegram.errors import on_error
from bot.telegram.groups import Groups
from bot.telegram.limiter import Limiter, Pace
from bot.telegram.notes import Line, Notes
from bot.telegram.order import ByChat
from bot.telegram.outbox import Outbox
from bot.telegram.services import App, Services, keep, services_in
from bot.telegram.state import State
from bot.telegram.taking import Taking
from bot.telegram.webhook import Receiver
from index import Office, YusuanError

if TYPE_CHECKING:
    from bot.web.server import Server

log = logging.getLogger(__name__)

UPDATES: Final = [
    "message", "edited_message", "callback_query", "inline_query", "guest_message", "my_chat_member",
]  # fmt: skip
CONNECTIONS: Final = 128
LOOK_THROUGH_SECONDS: Final = 6 * 3600.0
_NEW: Final = filters.UpdateType.MESSAGE
_NEW_OR_EDITED: Final = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE


def run(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM; raises ValueError for settings that make no sense and a token that is refused."""
    check_serving(settings)
    quiet_logs()
    app = build(settings)
    try:
        if settings.webhook_url:
            asyncio.run(_serve_webhook(app, settings))
        else:
            app.run_polling(allowed_updates=UPDATES, drop_pending_updates=False, bootstrap_retries=-1)
    except InvalidToken as error:
        raise ValueError("Telegram 不认这个令牌，请核对 TELEGRAM_BOT_TOKEN（@BotFather 的 /token 可以查看）") from error


def build(settings: Settings, pace: Pace | None = None) -> App:
    """The Application; its worker threads and its state are closed with it."""
    services = services_for(settings, pace or Pace())
    outboxes: list[Outbox] = []
    checks: list[asyncio.Task[None]] = []
    pages: list[Server] = []

    async def started(app: Any) -> None:
        told = await recover(services)
        await services.taking.bring_back(app.bot)
        services.desks.start()
        if not settings.webhook_url:
            _on_signals(services, _exit)
        try:
            await commands.introduce(app.bot)
            await menu.introduce(app.bot, services)
        except TelegramError as error:
            log.warning("menus and descriptions were not set: %s", error)
        outboxes.append(Outbox(services, app.bot))
        outboxes[-1].start()
        services.state.keep_copies()
        checks.append(asyncio.create_task(look_through(services, told)))
        if settings.web_listen:
            pages.append(page_of(services))
            await pages[-1].start()

    async def stopped(_: Any) -> None:
        for page in pages:
            await page.stop()
        for check in checks:
            check.cancel()
        for outbox in outboxes:
            await outbox.stop()

    async def closed(_: Any) -> None:
        services.clerk.close()
        services.desks.close()
        services.state.close()

    builder = (
        ApplicationBuilder()
        .token(settings.token)
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .connection_pool_size(CONNECTIONS)
        .pool_timeout(30)
        .read_timeout(20)
        .media_write_timeout(120)
        .rate_limiter(Limiter(services.pace, services.groups.moved))
        .local_mode(settings.api_local)
        .update_queue(services.taking)
        .concurrent_updates(ByChat(services.taking))
        .post_init(started)
        .post_stop(stopped)
        .post_shutdown(closed)
    )
    if settings.proxy:
        builder = builder.proxy(settings.proxy)
    if settings.updates_proxy or settings.proxy:
        builder = builder.get_updates_proxy(settings.updates_proxy or settings.proxy)
    app = cast(App, builder.build())
    services.taking.attend(app.process_update, lambda: app.running)
    keep(app, services)
    add_handlers(app, services)
    return app


def services_for(settings: Settings, pace: Pace) -> Services:
    """What the handlers work with; nothing of the index is opened yet."""
    state = State(settings.state_file)
    access = Access(
        settings.allow_users, settings.allow_chats, settings.owners, settings.admins, settings.admin_chats, state.role,
        state.former,
    )  # fmt: skip
    clerk = Clerk(lambda: Office(settings.db, settings.reports, settings.keep_versions))
    notes = Notes(state, settings.owners, pace)
    desks = Desks(settings.db, settings.workers, settings.deadline, prepare=picturing.ready if can_draw() else None)
    return Services(
        settings, desks, state, access, clerk, pace,
        Taking(state, pace, notes), notes, Line(state, notes, pace), Groups(state, access),
    )  # fmt: skip


def page_of(services: Services) -> Server:
    """The page for those who are not on Telegram, answered at the same desks."""
    from bot.web.server import Server
    from bot.web.site import Site

    return Server(
        Site(services.settings, services.desks, services.state, services.access, services.clerk, services.notes.note)
    )


def _on_signals(services: Services, act: Callable[[], object]) -> None:
    """On SIGINT and SIGTERM: ``act``, and give what is being answered its time, but no more: whoever floods the bot
    does not keep it running.  A second signal ends the process at once, which nothing that is kept minds.
    """
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)

    def stop() -> None:
        log.warning("stopping; a second signal ends at once")
        for number in signals:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)
        loop.call_later(services.settings.deadline, services.desks.give_up)
        act()

    for number in signals:
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread
            loop.add_signal_handler(number, stop)


def _exit() -> NoReturn:
    """What the library does on a signal."""
    raise SystemExit


async def look_through(services: Services, told: Sequence[str]) -> None:
    """Read every byte of the index now and then: what is not asked for may be damaged for a long time."""
    while True:
        told = await recover(services, deep=True, known=told)
        await asyncio.sleep(LOOK_THROUGH_SECONDS)


async def recover(services: Services, *, deep: bool = False, known: Sequence[str] = ()) -> list[str]:
    """A damaged index is put right before anybody asks, and the owners are told; what there is to tell.

    Of a large one every byte is read (``deep``) only while questions are answered already.  What is ``known`` to the
    owners is not told again.
    """
    try:
        lines = await services.clerk.run(lambda office: office.recover(deep=deep))
    except YusuanError as error:
        lines = [str(error)]
    lines = [*services.state.put_right(), *lines]
    for line in lines:
        log.warning("damage: %s", line)
        if line not in known:
            services.notes.note("damage", line)
    return lines


def add_handlers(app: App, services: Services) -> None:
    """All handlers, in the order in which they look at an update."""
    private, groups = filters.ChatType.PRIVATE, filters.ChatType.GROUPS

    # Before all others: who may ask; then what admins do.
    app.add_handler(TypeHandler(Update, gate.gate), group=-2)
    handlers.add_handlers(app, services.access, services.state)

    # The bot's own coming and going.
    app.add_handler(ChatMemberHandler(gate.on_membership, ChatMemberHandler.MY_CHAT_MEMBER))

    # Commands that ask may be edited like questions; the menus only come anew.
    for name, ask in (("q", commands.on_question), ("compare", commands.on_compare), ("trend", commands.on_trend)):
        app.add_handler(commands.Command(name, ask, filters=_NEW_OR_EDITED))
    for name, show in (
        ("start", commands.on_start),
        ("help", commands.on_help),
        ("rank", commands.on_rank),
        ("sources", commands.on_sources),
        ("glossary", commands.on_glossary),
        ("settings", commands.on_settings),
        ("privacy", commands.on_privacy),
        ("watch", watching.on_watch),
        ("unwatch", watching.on_unwatch),
    ):
        app.add_handler(commands.Command(name, show, filters=_NEW))
    app.add_handler(MessageHandler(_NEW & private & filters.COMMAND, commands.on_unknown))

    # Questions: any text in private, what is addressed to the bot in groups.
    words = (filters.TEXT | filters.CAPTION) & ~filters.COMMAND
    app.add_handler(MessageHandler(_NEW & ForCheck(services, lambda: app.bot.username), intake.on_document))
    app.add_handler(MessageHandler(_NEW_OR_EDITED & private & words, questions.on_private))
    app.add_handler(MessageHandler(_NEW_OR_EDITED & groups & words, questions.on_group))
    app.add_handler(MessageHandler(_NEW & private & ~filters.TEXT & ~filters.StatusUpdate.ALL, commands.on_other))
    app.add_handler(MessageHandler(_NEW & groups & commands.SPOKEN & filters.REPLY, commands.on_spoken))

    # Buttons and inline mode.
    app.add_handler(CallbackQueryHandler(presses.on_press))
    app.add_handler(InlineQueryHandler(inline.on_inline))

    app.add_error_handler(cast(Any, on_error))


def quiet_logs() -> None:
    """Libraries log addresses with the token (httpx) and whole updates (telegram, DEBUG): keep those out."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for handler in logging.getLogger().handlers:
        handler.addFilter(_without_token)
    for name in ("telegram", "telegram.ext"):
        if logging.getLogger(name).getEffectiveLevel() < logging.INFO:
            logging.getLogger(name).setLevel(logging.INFO)


def _without_token(record: logging.LogRecord) -> bool:
    """A refused token is said by ``run``; the library's trace of it holds the token."""
    return not (record.exc_info and isinstance(record.exc_info[1], InvalidToken))


async def _serve_webhook(app: App, settings: Settings) -> None:
    """Take updates in through the webhook until told to stop."""
    stop = asyncio.Event()
    _on_signals(services_in(app), stop.set)
    await serve_webhook(app, settings, stop)


async def serve_webhook(app: App, settings: Settings, stop: asyncio.Event, ready: asyncio.Event | None = None) -> None:
    """The life of a webhook bot: start, receive, and on ``stop`` finish what is being answered."""
    receiver = Receiver(app, settings.webhook_url, settings.webhook_secret)
    host, _, port = settings.webhook_listen.rpartition(":")
    await app.initialize()
    try:
        if app.post_init:
            await app.post_init(app)
        await app.start()
        await receiver.start(host, int(port))
        await app.bot.set_webhook(
            settings.webhook_url, secret_token=settings.webhook_secret, allowed_updates=UPDATES, max_connections=40
        )
        log.info("receiving at %s for %s", settings.webhook_listen, urlsplit(settings.webhook_url).hostname)
        if ready is not None:
            ready.set()
        await stop.wait()
        # The webhook stays set: what comes meanwhile waits at Telegram and is brought at the next start.
        await receiver.stop()
        await app.stop()
        if app.post_stop:
            await app.post_stop(app)
    finally:
        await app.shutdown()
        if app.post_shutdown:
            await app.post_shutdown(app)
