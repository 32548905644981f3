"""For admins: what was read from each report, the numbers that were not understood, and contradictions.

    GET /admin/reports -> 上党区 2023年 决算报告 数据点 838 未读懂 1 …        GET /admin/conflicts?place=上党区

Looking alone: adopting, dropping and going back are done in the chat or on the command line.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.cli.office import MEASURES
from bot.web.site import Refused, Site
from bot.web.visitors import Visitor
from index import NotAdopted, Office

MOST_CONFLICTS = 50
LONGEST_PLACE = 40
NO_REPORT = "没有这份报告"


def routes(site: Site) -> list[Route]:
    """The pages for admins."""
    office = Looking(site)
    return [
        Route("/admin/reports", site.page(office.reports, "admin")),
        Route("/admin/reports/{number:int}", site.page(office.report, "admin")),
        Route("/admin/conflicts", site.page(office.conflicts, "admin")),
    ]


class Looking:
    """Where admins look things up."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def reports(self, request: Request, visitor: Visitor) -> Response:
        """All reports with what was read from them."""
        held = await self._site.clerk.ask(Office.received)
        return self._site.shown(request, visitor, "reports.html", held=held)

    async def report(self, request: Request, visitor: Visitor) -> Response:
        """One report: warnings, and what was not understood."""
        number = request.path_params["number"]
        if number >= 1 << 62:
            raise Refused(NO_REPORT)
        held = await self._site.clerk.ask(lambda office: office.received(number))
        if not held:
            raise Refused(NO_REPORT)
        unread = await self._site.clerk.ask(lambda office: office.unread(number))
        return self._site.shown(request, visitor, "report.html", one=held[0], unread=unread)

    async def conflicts(self, request: Request, visitor: Visitor) -> Response:
        """Contradictions in and between reports."""
        place = request.query_params.get("place", "").strip()[:LONGEST_PLACE]
        line = ""
        try:
            found = await self._site.clerk.ask(lambda office: office.clashes(place, MOST_CONFLICTS))
        except NotAdopted as error:
            found, line = [], str(error)
        return self._site.shown(
            request, visitor, "conflicts.html", found=found, place=place, line=line, measures=MEASURES,
            most=MOST_CONFLICTS,
        )  # fmt: skip
