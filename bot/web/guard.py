"""What stands before every page: hosts, sizes, origins, and the headers that keep a browser from running anything else.

    Host: evil.example -> 421        POST with 10 kB -> 413        POST from another site -> 403        all: strict CSP

Plain ASGI, so that a body is counted as it arrives and nothing of it is kept.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.settings import LOOPBACK, Settings
from bot.web.init_data import LONGEST

LARGEST: Final = 3 * LONGEST + 1_000  # bytes of a form: init data, each of its characters as %XX
LONGEST_ADDRESS: Final = 1_000
TELEGRAM: Final = "https://web.telegram.org"
READING: Final = ("GET", "HEAD")


class Guard:
    """The outermost layer of the page.

    A page with a public address is found there alone; one on loopback at this machine's own names alone, so that no
    other site can have its name point here; one in a house network at any name, since it wants a token.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._public = settings.web_url
        self._on_loopback = settings.web_listen.rpartition(":")[0].strip("[]") in LOOPBACK
        self._headers = headers(framed=bool(settings.mini_app and settings.token))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with a body that is bounded and a response that has the headers."""
        if scope["type"] != "http":
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    found.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, with_headers)
            return
        await self._app(scope, bounded(receive), with_headers)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        found = Headers(scope=scope)
        host = found.get("host", "").lower()
        if not self._is_ours(host):
            return PlainTextResponse("不是这个网页的地址", 421)
        if scope["method"] not in (*READING, "POST"):
            return PlainTextResponse("不支持", 405, headers={"Allow": "GET, HEAD, POST"})
        if len(scope["path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            return PlainTextResponse("地址太长", 414)
        if scope["method"] == "POST":
            length = found.get("content-length", "")
            if length and (not length.isdigit() or int(length) > LARGEST):
                return PlainTextResponse("内容太大", 413)
            # A form that another site submits has that site's origin; browsers say it with every POST.
            if found.get("origin", "").lower() != (self._public or f"http://{host}"):
                return PlainTextResponse("请从网页上提交", 403)
        return None

    def _is_ours(self, host: str) -> bool:
        if self._public:
            return host == urlsplit(self._public).netloc
        name, colon, port = host.rpartition(":")
        return not self._on_loopback or (name if colon and port.isdigit() else host).strip("[]") in LOOPBACK


def headers(*, framed: bool) -> dict[str, str]:
    """``framed``: Telegram on the web shows Mini Apps in a frame; nobody else may."""
    frames = TELEGRAM if framed else "'none'"
    csp = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        f"form-action 'self'; base-uri 'none'; frame-ancestors {frames}"
    )
    found = {
        "content-security-policy": csp,
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",  # without a referrer a browser would not tell the origin of a form either
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "cache-control": "no-store",
        "x-robots-tag": "noindex, nofollow",
    }
    return found if framed else {**found, "x-frame-options": "DENY"}


class TooLarge(Exception):
    """A body that goes on beyond what any form of ours holds."""


def bounded(receive: Receive) -> Receive:
    """The same, counted."""
    got = 0

    async def counted() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > LARGEST:
            raise TooLarge
        return message

    return counted
