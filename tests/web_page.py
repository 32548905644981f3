"""The page under test: a real server on loopback with the sample reports, run on a loop of its own thread.

with served(db) as page:
    page.ask("上党区2023年教育支出")
"""

from __future__ import annotations

import asyncio
import dataclasses
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from bot.settings import Settings
from bot.telegram.access import Access
from bot.telegram.admin.clerk import Clerk
from bot.telegram.desks import Desks
from bot.telegram.state import State
from bot.web.server import Server
from bot.web.site import Site
from index import Office

ASKING, DECIDING = "token-for-asking-0001", "token-for-admins-0001"


class Visit:
    """A browser without a screen: keeps cookies, says where its forms come from."""

    def __init__(self, base: str) -> None:
        once = httpx.Limits(max_keepalive_connections=0)  # nothing is left open
        self.client = httpx.Client(base_url=base, headers={"origin": base}, trust_env=False, timeout=60, limits=once)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.client.get(path, headers=headers)

    def post(self, path: str, headers: dict[str, str] | None = None, **form: str) -> httpx.Response:
        return self.client.post(path, data=form, headers=headers or {})

    def ask(self, question: str, base: str = "") -> str:
        """The answer alone, as the script has it."""
        return self.post("/ask", {"x-fragment": "1"}, question=question, **{"from": base}).text


@contextmanager
def served(db: Path, **more: Any) -> Iterator[tuple[str, Site]]:
    """The page at a free port; ``more`` are settings, or parts of the Site."""
    names = {field.name for field in dataclasses.fields(Site)}
    parts = {name: more.pop(name) for name in list(more) if name in names}
    settings = dataclasses.replace(
        Settings(db=db, web_listen="127.0.0.1:0", workers=1, deadline=60, quota=0, state=db.with_name("web.chats.db")),
        **more,
    )
    state = State(settings.state_file)
    access = Access(settings.allow_users, settings.allow_chats, settings.owners, settings.admins, kept=state.role)
    clerk = Clerk(lambda: Office(db, settings.reports))
    desks = parts.pop("desks", None) or Desks(db, settings.workers, settings.deadline)
    site = Site(settings, desks, state, access, clerk, lambda kind: None, **parts)
    loop, server = asyncio.new_event_loop(), Server(site)
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        port = asyncio.run_coroutine_threadsafe(server.start(), loop).result(60)
        yield f"http://127.0.0.1:{port}", site
    finally:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
        desks.close()
        clerk.close()
        state.close()
