"""The receiver of a webhook: a small HTTP server on loopback or a private port, behind a reverse proxy with TLS.

    POST <path> with the secret token and an update -> 200, the update is queued
    anything else -> 403, 404, 405, 413

Only what Telegram sends is understood: one JSON object of at most a few megabytes.  The secret is compared in constant
time, before the body is read as JSON.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from typing import Final
from urllib.parse import urlsplit

import h11
from telegram import Update

from bot.telegram.services import App

log = logging.getLogger(__name__)

HEADER: Final = b"x-telegram-bot-api-secret-token"
LARGEST: Final = 4_000_000
PATIENCE: Final = 30.0
_CHUNK: Final = 65_536


class Receiver:
    """Takes updates in while ``serving``; ``port`` 0 takes a free one."""

    def __init__(self, app: App, path: str, secret: str) -> None:
        self._app = app
        self._path = (urlsplit(path).path or "/").encode()
        self._secret = secret.encode()
        self._server: asyncio.Server | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen; the port."""
        self._server = await asyncio.start_server(self._serve, host.strip("[]"), port)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Take nothing in any more."""
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER)
        try:
            async with asyncio.timeout(PATIENCE):
                while await self._one(connection, reader, writer):
                    connection.start_next_cycle()
        except (TimeoutError, ConnectionError, h11.ProtocolError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _one(
        self, connection: h11.Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """One request; whether the connection can take another."""
        request: h11.Request | None = None
        body = b""
        while True:
            event = connection.next_event()
            if event is h11.NEED_DATA:
                connection.receive_data(await reader.read(_CHUNK))
            elif isinstance(event, h11.Request):
                request = event
                refusal = self._refusal(request)
                if refusal:
                    return await _answer(connection, writer, refusal)
            elif isinstance(event, h11.Data):
                body += bytes(event.data)
                if len(body) > LARGEST:
                    return await _answer(connection, writer, 413)
            elif isinstance(event, h11.EndOfMessage):
                return await _answer(connection, writer, await self._take(body))
            else:
                return False

    def _refusal(self, request: h11.Request) -> int:
        headers = dict(request.headers)
        if not hmac.compare_digest(headers.get(HEADER, b""), self._secret):
            return 403
        if urlsplit(request.target).path != self._path:
            return 404
        return 0 if request.method == b"POST" else 405

    async def _take(self, body: bytes) -> int:
        try:
            data = json.loads(body)
            update = Update.de_json(data, self._app.bot)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return 400
        await self._app.update_queue.put(update)
        return 200


async def _answer(connection: h11.Connection, writer: asyncio.StreamWriter, status: int) -> bool:
    head = h11.Response(status_code=status, headers=[("Content-Length", "0")])
    for event in (head, h11.EndOfMessage()):
        writer.write(connection.send(event) or b"")
    await writer.drain()
    return connection.our_state is h11.DONE and connection.their_state is h11.DONE
