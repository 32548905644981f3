"""Coming in: with a token, or from Telegram with what it signs; and going out.

    POST /login token=…            -> a cookie, and the first page
    POST /app/enter init_data=…    -> {"to": "/text/140404_…"}, the page that the button under the card was for

Every try counts; a wrong one is told as such and nothing more.
"""

from __future__ import annotations

import logging
import re
import time

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.telegram import texts
from bot.telegram.codec import from_start
from bot.web.init_data import Forged, Opened, Stale, verified
from bot.web.site import Site, form_of

log = logging.getLogger(__name__)

PLACE = re.compile(r"/(?:(?:text|card)/[A-Za-z0-9_-]{1,58})?")
WRONG = "口令不对"
STALE = "打开得太久了，请关掉本页，在 Telegram 里重新点一次按钮"
FORGED = "不能确认是从 Telegram 打开的，请在 Telegram 里重新点一次按钮"


def routes(site: Site) -> list[Route]:
    """The ways in and out."""
    entering = Entering(site)
    return [
        Route("/login", site.anyone(entering.form), methods=["GET"]),
        Route("/login", site.anyone(entering.login), methods=["POST"]),
        Route("/logout", site.anyone(entering.logout), methods=["POST"]),
        Route("/app", site.anyone(entering.app), methods=["GET"]),
        Route("/app/enter", site.anyone(entering.enter), methods=["POST"]),
    ]


class Entering:
    """The door."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def form(self, request: Request) -> Response:
        """Where the token is written."""
        visitor = self._site.visitors.of(request)
        return self._site.shown(request, visitor, "login.html", line="")

    async def login(self, request: Request) -> Response:
        """Let whoever has a token in."""
        form = await form_of(request)
        means = self._site.visitors.means_of(form.get("token", "").strip())
        visitor = self._site.visitors.of(request)
        if means is None:
            log.warning("a wrong token for the page")
            return self._site.shown(request, visitor, "login.html", 403, line=WRONG)
        response = RedirectResponse("/admin/reports" if means == "admin token" else "/", 303)
        self._site.visitors.let_in(response, means, visitor.session if visitor else None)
        return response

    async def logout(self, request: Request) -> Response:
        """Go out; what was asked is forgotten."""
        visitor = self._site.visitors.of(request)
        response = RedirectResponse("/login" if not self._site.visitors.is_open else "/", 303)
        self._site.visitors.leave(response, visitor.session if visitor else None)
        return response

    async def app(self, request: Request) -> Response:
        """What Telegram opens: a page without anything in it, whose script brings the init data."""
        to = request.query_params.get("to", "/")
        return self._site.shown(request, None, "app.html", to=to if PLACE.fullmatch(to) else "/")

    async def enter(self, request: Request) -> Response:
        """Let in whom Telegram vouches for, if the lists of the bot do."""
        form = await form_of(request)
        try:
            opened = verified(form.get("init_data", ""), self._site.settings.token, time.time())
        except Stale:
            return JSONResponse({"line": STALE}, 403)
        except Forged as error:
            log.warning("init data refused: %s", error)
            return JSONResponse({"line": FORGED}, 403)
        if not self._site.access.allows(opened.user, opened.user):
            return JSONResponse({"line": texts.STRANGER.format(user=opened.user)}, 403)
        response = JSONResponse({"to": _place(opened, form.get("to", "/"))})
        visitor = self._site.visitors.of(request)
        before = visitor.session if visitor else None
        if before is not None and before.user == opened.user:  # opened again: the dialogue goes on
            self._site.visitors.set_cookie(response, before)
        else:
            self._site.visitors.let_in(response, "telegram", before, opened.user)
        return response


def _place(opened: Opened, to: str) -> str:
    """Where the button, or the link with ``startapp``, was to lead."""
    if opened.start:
        try:
            return f"/card/{from_start(opened.start)}"
        except ValueError:
            return "/"
    return to if PLACE.fullmatch(to) else "/"
