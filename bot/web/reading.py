"""Reading: the sentence lit up in the text of its report, the report itself, a list as a file, a picture.

GET /text/140404_2023_gp-exp-205_--g_211j4 -> …3、… [4、教育支出 «56917» 万元，……] 5、…        ?at=1 the next stretch
"""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bot.telegram import texts
from bot.web.asking import GONE
from bot.web.desk_work import picture_at, reading_at, sheet_at
from bot.web.site import Refused, Site, in_the_dark
from bot.web.visitors import Visitor
from index import Desk

NO_TEXT = "找不到这个数字的原文，请重新提问一次"
NO_FILE = "原文件不在服务器上，或者载入以后改动过"
NO_PICTURE = "这个回答没有图"


def routes(site: Site) -> list[Route]:
    """The pages for reading."""
    reading = Reading(site)
    return [
        Route("/text/{token}", site.page(reading.text)),
        Route("/file/{token}", site.page(reading.file)),
        Route("/sheet/{kind}/{token}", site.page(reading.sheet)),
        Route("/picture/{kind}/{token}.png", site.page(reading.picture)),
    ]


class Reading:
    """What can be read or taken away."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def text(self, request: Request, visitor: Visitor) -> Response:
        """A stretch of the report with the figure's sentence lit."""
        at = request.query_params.get("at", "0")
        if not re.fullmatch(r"-?[0-9]{1,4}", at):
            raise Refused(NO_TEXT)
        token = request.path_params["token"]
        found = await self._site.at_desk(reading_at, token, int(at))
        if found is None:
            raise Refused(NO_TEXT)
        return self._site.shown(request, visitor, "text.html", token=token, found=found, at=int(at))

    async def file(self, request: Request, visitor: Visitor) -> Response:
        """The report as it was loaded, to be kept, never to be run by the browser."""
        path = await self._site.at_desk(Desk.original, request.path_params["token"])
        if path is None:
            raise Refused(NO_FILE)
        return FileResponse(path, media_type="application/octet-stream", filename=path.name)

    async def sheet(self, request: Request, visitor: Visitor) -> Response:
        """A list as a file."""
        kind = request.path_params["kind"]
        file = await self._site.at_desk(sheet_at, kind, request.path_params["token"])
        if file is None:
            raise Refused(texts.NO_LIST.get(kind, GONE))
        named = f"attachment; filename*=utf-8''{quote(file.name)}"
        return Response(file.content, media_type="text/csv", headers={"content-disposition": named})

    async def picture(self, request: Request, visitor: Visitor) -> Response:
        """The picture of an answer."""
        kind, token = request.path_params["kind"], request.path_params["token"]
        png = await self._site.at_desk(picture_at, kind, token, in_the_dark(request))
        if png is None:
            raise Refused(NO_PICTURE)
        return Response(png, media_type="image/png")
