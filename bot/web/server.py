"""The page served: on the event loop of the bot, or alone with ``yusuan web``.

server = Server(site)
port = await server.start()        …        await server.stop()
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.charts.style import can_draw
from bot.settings import Settings
from bot.telegram.access import Access
from bot.telegram.admin.clerk import Clerk
from bot.telegram.desks import Desks
from bot.telegram.picturing import ready
from bot.telegram.state import State
from bot.web import asking, entering, office, reading
from bot.web.guard import Guard
from bot.web.site import HERE, NO_PAGE, Site
from index import Office

log = logging.getLogger(__name__)

CONNECTIONS: Final = 200
PATIENCE: Final = 5  # seconds that what is being answered has when the page stops
STATIC: Final = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "app.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


class Server:
    """One page at one address; port 0 takes a free one."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._task: asyncio.Task[None] | None = None
        self._server = _Embedded(
            uvicorn.Config(
                application(site), lifespan="off", log_config=None, access_log=False, server_header=False,
                proxy_headers=True, forwarded_allow_ips=site.settings.web_proxies, limit_concurrency=CONNECTIONS,
                timeout_keep_alive=20, timeout_graceful_shutdown=PATIENCE, h11_max_incomplete_event_size=16_384,
                http="h11", ws="none",
            )
        )  # fmt: skip

    async def start(self) -> int:
        """Listen; the port.  Raises ValueError (one Chinese sentence) if the address cannot be had."""
        listening = listen(self._site.settings.web_listen)
        self._task = asyncio.create_task(self._server.serve([listening]))
        while not self._server.started and not self._task.done():
            await asyncio.sleep(0.01)
        return int(listening.getsockname()[1])

    async def stop(self) -> None:
        """Finish what is being answered, and close."""
        if self._task is not None:
            self._server.should_exit = True
            await self._task
            self._task = None


class _Embedded(uvicorn.Server):
    """Signals are the bot's business."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def listen(address: str) -> socket.socket:
    """A socket at host:port."""
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, int(port)), family=family, backlog=CONNECTIONS)
    except OSError as error:
        raise ValueError(f"网页不能在 {address} 打开：{error.strerror or error}（YUSUAN_WEB_LISTEN）") from error


def application(site: Site) -> ASGIApp:
    """All pages, behind the guard."""
    versions = {name: hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()[:12] for name in STATIC}
    site.templates.globals["versions"] = versions

    async def static(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in STATIC:
            return PlainTextResponse(NO_PAGE, 404)
        asked_by_version = request.query_params.get("v") == versions[name]
        cache = "public, max-age=31536000, immutable" if asked_by_version else "no-cache"
        return FileResponse(HERE / "static" / name, media_type=STATIC[name], headers={"cache-control": cache})

    async def alive(request: Request) -> Response:
        return PlainTextResponse("ok")

    async def nowhere(request: Request, error: Exception) -> Response:
        return site.message(request, None, NO_PAGE, 404)

    pages = [*asking.routes(site), *reading.routes(site), *entering.routes(site), *office.routes(site)]
    routes = [*pages, Route("/static/{name}", static), Route("/alive", alive)]
    app = Starlette(routes=routes, exception_handlers={404: nowhere})
    app.router.redirect_slashes = False
    return Guard(app, site.settings)


def run(settings: Settings, started: Callable[[int], None]) -> None:
    """Serve the page alone until SIGINT or SIGTERM; ``started`` is told the port."""
    asyncio.run(_alone(settings, started))


async def _alone(settings: Settings, started: Callable[[int], None]) -> None:
    state = State(settings.state_file)
    access = Access(
        settings.allow_users, settings.allow_chats, settings.owners, settings.admins, settings.admin_chats, state.role,
        state.former,
    )  # fmt: skip
    clerk = Clerk(lambda: Office(settings.db, settings.reports, settings.keep_versions))
    desks = Desks(settings.db, settings.workers, settings.deadline, prepare=ready if can_draw() else None)
    server = Server(Site(settings, desks, state, access, clerk, lambda kind: None))
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    try:
        for line in await clerk.run(Office.recover):
            log.warning("damage: %s", line)
        desks.start()
        started(await server.start())
        await stop.wait()
        await server.stop()
    finally:
        await asyncio.to_thread(desks.close)
        await asyncio.to_thread(clerk.close)
        state.close()
