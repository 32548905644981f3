"""Asking: the first page with the last answers, a question, a choice, the card and the lists at an address.

POST /ask question=社保呢&from=e.3 -> the answer that goes on from the third; without a script back to the first page
GET /card/140404_2023_gp-exp-205_--g_ -> the card, alone or (x-fragment) to be put in the place of another
"""

from __future__ import annotations

import time
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.telegram import texts
from bot.telegram.digest import digest
from bot.telegram.state import DISPUTED
from bot.web.acts import State, Told
from bot.web.desk_work import LISTS, answered, card_at, chosen, drawn_at, export_at, holdings, list_at
from bot.web.limits import Limits
from bot.web.pieces import Piece
from bot.web.sessions import Entry, Session
from bot.web.site import FRAGMENT, Refused, Site, form_of, in_the_dark
from bot.web.visitors import Visitor

LONGEST = 1_000
GONE = "报告更新过，或者地址不完整，这里的数字找不到了，请重新提问一次"
NOTHING_ASKED = "请先写问题，例如：某区2023年教育支出多少"
EXPIRED = "这个问题隔得太久了，请重新提问一次"


def routes(site: Site) -> list[Route]:
    """The pages for asking."""
    asking = Asking(site)
    return [
        Route("/", site.page(asking.first)),
        Route("/ask", site.page(asking.ask), methods=["POST"]),
        Route("/choose", site.page(asking.choose), methods=["POST"]),
        Route("/forget", site.page(asking.forget), methods=["POST"]),
        Route("/card/{token}", site.page(asking.card)),
        Route("/list/{kind}/{token}", site.page(asking.list)),
        Route("/entry/{number}/picture.png", site.page(asking.picture)),
        Route("/entry/{number}/sheet.csv", site.page(asking.sheet)),
    ]


class Asking:
    """The dialogue of a visitor."""

    def __init__(self, site: Site) -> None:
        self._site = site
        quota = site.settings.quota
        self._quota = Limits(burst=quota, rate=quota / 3600) if quota else None

    async def first(self, request: Request, visitor: Visitor) -> Response:
        """What there is, what was asked, and where to ask."""
        entries = list(visitor.session.entries.values()) if visitor.session else []
        held = None if entries else await self._site.at_desk(holdings)
        base = f"e.{entries[-1].number}" if entries else ""
        return self._site.shown(request, visitor, "ask.html", entries=entries, held=held, base=base)

    async def ask(self, request: Request, visitor: Visitor) -> Response:
        """Answer a question."""
        form = await form_of(request)
        question = form.get("question", "").strip()[:LONGEST]
        if not question:
            raise Refused(NOTHING_ASKED, 400)
        self._count(visitor)
        state = await self._state(form.get("from", ""), visitor)
        began = time.monotonic()
        piece, now, told = await self._site.at_desk(answered, question, state)
        self._note(question, piece, told, time.monotonic() - began)
        return self._kept(request, visitor, question, piece, now, state)

    async def choose(self, request: Request, visitor: Visitor) -> Response:
        """Go on with a question that asked back which place."""
        form = await form_of(request)
        state = await self._state(form.get("from", ""), visitor)
        if state is None:
            raise Refused(EXPIRED, 410)
        before = state
        found = await self._site.at_desk(chosen, form.get("place", ""), state)
        if found is None:
            raise Refused(GONE, 410)
        return self._kept(request, visitor, form.get("label", "")[:60], found[0], found[1], before)

    async def forget(self, request: Request, visitor: Visitor) -> Response:
        """Forget what was asked."""
        if visitor.session is not None:
            visitor.session.entries.clear()
        return RedirectResponse("/", 303)

    async def card(self, request: Request, visitor: Visitor) -> Response:
        """The card at an address."""
        token = request.path_params["token"]
        found = await self._site.at_desk(card_at, token)
        if found is None:
            raise Refused(GONE, 410)
        return self._piece(request, visitor, found[0], f"c.{token}")

    async def list(self, request: Request, visitor: Visitor) -> Response:
        """A page of the years, the other places or the parts."""
        kind, token = request.path_params["kind"], request.path_params["token"]
        page = request.query_params.get("page", "0")
        if kind not in LISTS or not (page.isascii() and page.isdigit() and len(page) <= 4):
            raise Refused(GONE, 404)
        piece = await self._site.at_desk(list_at, kind, token, int(page))
        if piece is None:
            raise Refused(texts.NO_LIST.get(kind, GONE), 404)
        return self._piece(request, visitor, piece, f"c.{token}")

    async def picture(self, request: Request, visitor: Visitor) -> Response:
        """The picture that an entry of this visitor asked for in words."""
        entry = _entry(request, visitor)
        dark = in_the_dark(request)
        png = await self._site.at_desk(drawn_at, entry.question, entry.before, dark) if entry else None
        if png is None:
            raise Refused(EXPIRED, 410)
        return Response(png, media_type="image/png")

    async def sheet(self, request: Request, visitor: Visitor) -> Response:
        """The table of the answer that an entry of this visitor asked to export."""
        entry = _entry(request, visitor)
        file = await self._site.at_desk(export_at, entry.before) if entry else None
        if file is None:
            raise Refused(EXPIRED, 410)
        named = f"attachment; filename*=utf-8''{quote(file.name)}"
        return Response(file.content, media_type="text/csv", headers={"content-disposition": named})

    # ------------------------------------------------------------------------------------------ parts

    def _piece(self, request: Request, visitor: Visitor, piece: Piece, base: str) -> Response:
        return self._site.shown(request, visitor, "piece.html", piece=piece, base=base)

    def _kept(
        self, request: Request, visitor: Visitor, question: str, piece: Piece, state: State, before: State = None
    ) -> Response:
        """Remember the answer; show it, or go back to the page that does."""
        session = visitor.session
        begun = session is None
        if session is None:
            session = self._site.sessions.begin("open")
        entry = session.keep(question, piece, state, before)
        response: Response = RedirectResponse(f"/#a{entry.number}", 303)
        if FRAGMENT in request.headers:
            response = self._site.shown(request, visitor, "entry.html", entry=entry)
        if begun:
            self._site.visitors.set_cookie(response, session)
        return response

    async def _state(self, base: str, visitor: Visitor) -> State:
        """What the dialogue had come to at an answer (e.3) or a card (c.140404_…) of this visitor's page."""
        kind, _, name = base.partition(".")
        session: Session | None = visitor.session
        if kind == "e" and session is not None and name.isascii() and name.isdigit() and len(name) < 10:
            entry = session.entries.get(int(name))
            return entry.state if entry else None
        if kind == "c":
            found = await self._site.at_desk(card_at, name)
            return found[1] if found else None
        return None

    def _count(self, visitor: Visitor) -> None:
        """Questions count by the hour: of a Telegram user together with those in the chat."""
        session, quota = visitor.session, self._site.settings.quota
        if session is not None and session.user:
            within = self._site.state.use(session.user, quota)
        else:
            within = self._quota is None or not self._quota.wait(visitor.key)
        if not within:
            raise Refused(texts.QUOTA.format(quota=quota), 429)

    def _note(self, question: str, piece: Piece, told: Told, took: float) -> None:
        """The numbers that the chat keeps as well; the question itself only if the settings allow, or if its answer
        is disputed: that is said."""
        state, reading = self._site.state, told.reading
        if told.disputed:
            state.keep_unanswered(digest(told.disputed), told.disputed, reading, DISPUTED)
            return
        state.count(piece.status, took)
        if piece.status != "answered":
            kept = question if self._site.settings.keep_questions else None
            state.keep_unanswered(digest(question), kept, reading, piece.status)


def _entry(request: Request, visitor: Visitor) -> Entry | None:
    number: str = request.path_params["number"]
    known = visitor.session is not None and number.isascii() and number.isdigit() and len(number) < 10
    return visitor.session.entries.get(int(number)) if known and visitor.session else None
