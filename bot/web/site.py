"""The page wired up: what its parts work with, the routes, and what every page has in common.

build(site) -> the ASGI application        site.page(handler, "asker") -> an endpoint that lets nobody else in
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.settings import Settings
from bot.telegram import texts
from bot.telegram.access import Access
from bot.telegram.admin.clerk import Clerk
from bot.telegram.desk_process import Lost, Overdue
from bot.telegram.desks import Desks
from bot.telegram.errors import trace
from bot.telegram.outgoing import without_controls
from bot.telegram.state import State
from bot.web.guard import TooLarge
from bot.web.limits import Limits
from bot.web.sessions import Sessions
from bot.web.visitors import Visitor, Visitors

log = logging.getLogger(__name__)

HERE: Final = Path(__file__).resolve().parent
FRAGMENT: Final = "x-fragment"  # a script that puts the answer into the page it is on asks for that alone
MOST_WAITING: Final = 40  # requests that wait for a desk; the chat waits for the same desks
MOST_FIELDS: Final = 8
BUSY: Final = "提问的人太多，请过一会儿再试"
SLOW_DOWN: Final = "请求太频繁，请等 {seconds} 秒再试"
NO_PAGE: Final = "没有这个页面"
NOT_ADMIN: Final = "这一页只给管理员看"

Page = Callable[[Request, Visitor], Awaitable[Response]]


class Refused(Exception):
    """What was asked of a page cannot be done; ``line`` is told."""

    def __init__(self, line: str, status: int = 404, after: int = 0) -> None:
        super().__init__(line)
        self.line = line
        self.status = status
        self.after = after


def finished(value: Any) -> Any:
    """What a template puts out: text without characters that turn or hide what stands beside them."""
    return without_controls(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages work with; ``note`` tells the owners of something."""

    settings: Settings
    desks: Desks
    state: State
    access: Access
    clerk: Clerk
    note: Callable[[str], None]
    sessions: Sessions = field(default_factory=Sessions)
    asking: Limits = field(default_factory=lambda: Limits(burst=30, rate=1))
    entering: Limits = field(default_factory=lambda: Limits(burst=8, rate=1 / 20))
    waiting: list[str] = field(default_factory=list)
    templates: Environment = field(
        default_factory=lambda: Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, finalize=finished,
            trim_blocks=True, lstrip_blocks=True,
        )
    )  # fmt: skip

    @property
    def visitors(self) -> Visitors:
        """The rules of who may see what."""
        return Visitors(self.settings, self.access, self.sessions)

    def page(
        self, handler: Page, role: Literal["asker", "admin"] = "asker"
    ) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint for those who may, with every failure told in one line."""

        async def endpoint(request: Request) -> Response:
            visitor = self.visitors.of(request)
            if visitor is None:
                if FRAGMENT in request.headers:
                    return self.message(request, None, "请重新登录：刷新本页", 401)
                return RedirectResponse("/login", 303)
            try:
                if role == "admin" and not visitor.is_admin:
                    raise Refused(NOT_ADMIN, 403)
                self._slow_down(self.asking, visitor.key)
                return await handler(request, visitor)
            except Refused as refused:
                return self.message(request, visitor, refused.line, refused.status, refused.after)
            except Exception as error:
                return self._failed(request, visitor, error)

        return endpoint

    def anyone(self, handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint for those who are not in yet; what they post is counted more strictly."""

        async def endpoint(request: Request) -> Response:
            try:
                if request.method == "POST":
                    self._slow_down(self.entering, request.client.host if request.client else "")
                return await handler(request)
            except Refused as refused:
                return self.message(request, None, refused.line, refused.status, refused.after)
            except Exception as error:
                return self._failed(request, None, error)

        return endpoint

    async def at_desk(self, work: Callable[..., Any], *args: Any) -> Any:
        """Have a desk do something, if not too many wait for one already."""
        if len(self.waiting) >= MOST_WAITING:
            raise Refused(BUSY, 503, after=5)
        self.waiting.append(work.__name__)
        try:
            return await self.desks.run(work, *args)
        finally:
            self.waiting.pop()

    def shown(self, request: Request, visitor: Visitor | None, name: str, status: int = 200, **values: Any) -> Response:
        """A page of a template."""
        common = {
            "visitor": visitor, "is_open": self.visitors.is_open, "path": request.url.path,
            "fragment": FRAGMENT in request.headers,
        }  # fmt: skip
        text = self.templates.get_template(name).render({**common, **values})
        return HTMLResponse(text, status, headers={"vary": FRAGMENT})

    def message(self, request: Request, visitor: Visitor | None, line: str, status: int, after: int = 0) -> Response:
        """A page that says one thing."""
        response = self.shown(request, visitor, "message.html", status, line=line)
        if after:
            response.headers["retry-after"] = str(after)
        return response

    def _slow_down(self, limits: Limits, key: str) -> None:
        wait = limits.wait(key)
        if wait:
            seconds = max(1, round(wait))
            raise Refused(SLOW_DOWN.format(seconds=seconds), 429, after=seconds)

    def _failed(self, request: Request, visitor: Visitor | None, error: Exception) -> Response:
        if isinstance(error, TooLarge):
            return self.message(request, visitor, "内容太大", 413)
        if isinstance(error, Overdue):
            log.warning("over the deadline: a question of the page")
            self.note("deadline")
            return self.message(request, visitor, texts.OVERDUE, 503)
        id = secrets.token_hex(3)
        log.error("error %s in the page %s\n%s", id, request.scope.get("endpoint_name", ""), trace(error))
        status = 503 if isinstance(error, Lost) else 500
        return self.message(request, visitor, texts.ERROR.format(id=id), status)


def in_the_dark(request: Request) -> bool:
    """Whether a picture is wanted for a dark page."""
    return request.query_params.get("dark") == "1"


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form; raises Refused for anything else."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise Refused("看不懂提交的内容", 415)
    try:
        body = (await request.body()).decode("ascii")
        pairs = parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise Refused("看不懂提交的内容", 400) from error
    return dict(pairs)
