"""An OFD container (GB/T 33190) -> its pages and what they refer to: templates, pictures, composite drawings.

OFD.xml -> Doc_0/Document.xml -> Doc_0/Pages/Page_0/Content.xml  ->  Sheet(height, the layers in drawing order)
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from index.errors import UnreadableFile
from index.read import safe_xml
from index.read.container import Container
from index.read.docx_xml import Element, child, local, named, value

MAX_TOTAL = 400 * 2**20  # unpacked, of all members that are read
MAX_PAGES = 3000
A4_HEIGHT = 297.0


class Sheet(NamedTuple):
    """A page: its height in millimetres and its layers, those of templates among them, in drawing order."""

    height: float
    layers: tuple[Element, ...]


class Package:
    """The documents of one file.  Every failure is an UnreadableFile."""

    def __init__(self, data: bytes) -> None:
        self._container = Container(data)
        self._names = {name.replace("\\", "/").lower(): name for name in self._container.names}
        self._sizes = {info.filename: info.file_size for info in self._container.members}
        self._room = MAX_TOTAL
        self._elements: dict[str, Element] = {}  # templates and resources, which many pages share
        if any(name.rpartition("/")[2] == "encryptions.xml" for name in self._names):
            raise UnreadableFile("OFD 文件已加密，请先解密。")
        self.drawings: dict[str, Element] = {}
        self._pictures: dict[str, str] = {}

    def pages(self) -> Iterator[Sheet | None]:
        """The pages of all documents in order; None for one that is missing or damaged."""
        count = 0
        for found in named(self._xml("OFD.xml"), "DocRoot"):
            root = _path("", found.text)
            document = self._xml(root)
            common = child(document, "CommonData")
            self._resources(root, common)
            templates = {value(one, "ID"): _path(root, value(one, "BaseLoc")) for one in named(common, "TemplatePage")}
            for page in child(document, "Pages") or ():
                if local(page) == "Page":
                    count += 1
                    if count > MAX_PAGES:
                        return
                    yield self._sheet(_path(root, value(page, "BaseLoc")), common, templates)

    def picture(self, number: str) -> bytes | None:
        """The bytes of a picture by its number, None if it is not there."""
        name = self._pictures.get(number, "")
        return self._member(name) if name.lower() in self._names else None

    def _sheet(self, name: str, common: Element | None, templates: dict[str, str]) -> Sheet | None:
        try:
            page = self._xml(name)
        except UnreadableFile:
            if self._room <= 0:
                raise
            return None
        behind: list[Element] = []
        before: list[Element] = []
        for one in page:
            place = templates.get(value(one, "TemplateID"), "") if local(one) == "Template" else ""
            if place.lower() in self._names:
                layers = named(self._shared(place), "Layer")
                (before if value(one, "ZOrder") == "Foreground" else behind).extend(layers)
        box = _box(child(page, "Area")) or _box(child(common, "PageArea"))
        return Sheet(box or A4_HEIGHT, (*behind, *named(child(page, "Content"), "Layer"), *before))

    def _resources(self, root: str, common: Element | None) -> None:
        for one in common if common is not None else ():
            place = _path(root, one.text)
            if local(one) not in {"PublicRes", "DocumentRes"} or place.lower() not in self._names:
                continue
            resources = self._shared(place)
            base = _path(place, value(resources, "BaseLoc")) + "/" if value(resources, "BaseLoc") else place
            for media in named(resources, "MultiMedia"):
                file = child(media, "MediaFile")
                if value(media, "Type") == "Image" and file is not None:
                    self._pictures[value(media, "ID")] = _path(base, file.text)
            for drawing in named(resources, "CompositeGraphicUnit"):
                self.drawings[value(drawing, "ID")] = drawing

    def _shared(self, name: str) -> Element:
        if name not in self._elements:
            self._elements[name] = self._xml(name)
        return self._elements[name]

    def _xml(self, name: str) -> Element:
        return safe_xml.root(self._member(name), posixpath.basename(name))

    def _member(self, name: str) -> bytes:
        name = self._names.get(name.lower(), name)
        if self._sizes.get(name, 0) > self._room:
            self._room = 0
            raise UnreadableFile("OFD 文件解压后过大，可能是压缩炸弹，已拒绝。")
        data = self._container.member(name)
        self._room -= len(data)
        return data


def _path(base: str, place: str | None) -> str:
    """A place inside the container: from its root if it begins with a slash, else from the folder of ``base``."""
    place = (place or "").strip().replace("\\", "/")
    joined = place if place.startswith("/") else posixpath.join(posixpath.dirname(base), place)
    return posixpath.normpath(joined).lstrip("/")


def _box(area: Element | None) -> float:
    """The height of the page, 0 if it does not say."""
    box = child(area, "PhysicalBox")
    numbers = (box.text or "").split() if box is not None else []
    try:
        return float(numbers[3])
    except (IndexError, ValueError):
        return 0.0
