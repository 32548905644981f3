"""Runs a python-telegram-bot Application in a thread of its own while the test goes on.

    with polling(application):                     # initialize, post_init, start, start_polling … and back again
        anna.ask("上党区教育支出")
    with webhook(application, "s3cret") as hook:    # a small receiver on loopback, as the bot's own would be
        anna.ask("上党区教育支出")

``in_thread(coroutine_function)`` runs any ``async def serve(stop: asyncio.Event)`` and waits until it called
``ready()``; errors of the thread are raised in the test.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from telegram import Update
from telegram.ext import Application

from tests.standin.state import PATIENCE
from tests.standin.updates import SECRET_HEADER

Serve = Callable[[asyncio.Event, Callable[[], None]], Awaitable[None]]
START = PATIENCE  # seconds a bot may take to start and to stop
CLOSING = 5.0  # seconds a connection may take to its end


@contextmanager
def in_thread(serve: Serve) -> Iterator[None]:
    """Run ``await serve(stop, ready)`` in a new thread and loop; on leaving, ``stop`` is set and awaited."""
    ready, failed = threading.Event(), []
    loops: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def main() -> None:
        stop = asyncio.Event()
        loops.append((asyncio.get_running_loop(), stop))
        await serve(stop, ready.set)

    def run() -> None:
        try:
            asyncio.run(main())
        except BaseException as error:
            failed.append(error)
        finally:
            ready.set()

    thread = threading.Thread(target=run, name="bot")
    thread.start()
    try:
        assert ready.wait(START), f"the bot did not start within {START} s"
        if not failed:
            yield
    finally:
        if thread.is_alive() and loops:
            with suppress(RuntimeError):  # it has come to its end by itself meanwhile, and closed its loop
                loops[0][0].call_soon_threadsafe(loops[0][1].set)
        thread.join(START)
        assert not thread.is_alive(), f"the bot did not stop within {START} s"
        if failed:
            raise failed[0]


@contextmanager
def polling(application: Application, **more: Any) -> Iterator[None]:
    """Run by long polling; ``more`` goes to ``start_polling`` (``allowed_updates=…``)."""

    async def serve(stop: asyncio.Event, ready: Callable[[], None]) -> None:
        assert application.updater is not None
        await _open(application)
        try:
            await application.updater.start_polling(**{"timeout": 5, "allowed_updates": Update.ALL_TYPES, **more})
            await application.start()
            ready()
            await stop.wait()
        finally:
            if application.updater.running:
                await application.updater.stop()
            await _close(application)

    with in_thread(serve):
        yield


@contextmanager
def webhook(application: Application, secret: str = "s3cret", path: str = "/hook") -> Iterator[None]:
    """Run by a webhook on a free loopback port; posts with another secret get 403."""

    async def serve(stop: asyncio.Event, ready: Callable[[], None]) -> None:
        received: set[asyncio.Task[None]] = set()

        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.ensure_future(_till_closed(receive(reader, writer), writer))
            received.add(task)
            task.add_done_callback(received.discard)

        async def receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
            body = await reader.readexactly(int(fields.get("content-length", "0")))
            right = head.startswith(f"POST {path} ") and fields.get(SECRET_HEADER.lower()) == secret.lower()
            if right:
                await application.update_queue.put(Update.de_json(json.loads(body), application.bot))
            writer.write(f"HTTP/1.1 {'200 OK' if right else '403 Forbidden'}\r\nContent-Length: 0\r\n\r\n".encode())
            await writer.drain()

        await _open(application)
        server = await asyncio.start_server(accept, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        try:
            await application.start()
            url = f"http://127.0.0.1:{port}{path}"
            await application.bot.set_webhook(url, secret_token=secret, allowed_updates=Update.ALL_TYPES)
            ready()
            await stop.wait()
            await application.bot.delete_webhook()
        finally:
            server.close()
            if received:  # a connection left open when its loop ends is found, and told of, in a later test
                await asyncio.wait(received, timeout=CLOSING)
            await _close(application)

    with in_thread(serve):
        yield


async def _till_closed(talk: Awaitable[None], writer: asyncio.StreamWriter) -> None:
    """A connection to its end, whatever the other side does."""
    try:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            await talk
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def _open(application: Application) -> None:
    await application.initialize()
    if application.post_init:
        await application.post_init(application)


async def _close(application: Application) -> None:
    if application.running:
        while not application.update_queue.empty():  # the library warns of updates that begin after stop()
            await asyncio.sleep(0)
        await application.stop()
    if application.post_stop:
        await application.post_stop(application)
    await application.shutdown()
    if application.post_shutdown:
        await application.post_shutdown(application)
