"""What the index holds, for menus: reports by place and year, places, sample questions, the words explained, the stamp.

samples -> 上党区2023年教育支出多少      stamp -> "第12版"
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from index.ask.about_index import KINDS, NO_PLACE, years_of
from index.ask.atlas import Atlas
from index.ask.reference import region_token
from index.ask.search import Search
from index.lexicon import items

SAMPLES = 3
MOST_LOOKED_AT = 1000


@dataclass(frozen=True, slots=True)
class Held:
    """A report that is held."""

    id: int
    region: str
    place: str
    years: tuple[int, ...]
    kind: str
    title: str
    name: str
    facts: int
    path: str
    sha256: str
    ocr: bool

    @property
    def placed(self) -> bool:
        """Whether it says what place it is of."""
        return self.place != NO_PLACE


def reports(atlas: Atlas) -> list[Held]:
    """All reports by place, newest first."""
    held = [
        Held(
            one.id, region_token(one.region_code), one.region or NO_PLACE,
            years_of(one),
            KINDS.get(one.kind, "报告"), one.title or one.name, one.name, one.facts, one.path, one.sha256, one.ocr,
        )
        for one in atlas.documents
    ]  # fmt: skip
    return sorted(held, key=lambda one: (one.region, tuple(-year for year in reversed(one.years)), one.name))


def places(search: Search) -> list[tuple[str, str]]:
    """Places with reports of their own: token and full name, by code."""
    return [(region_token(code), name) for code, name in sorted(search.owners) if code]


def samples(search: Search) -> list[str]:
    """Questions that the index answers: places with most figures, each with its most spoken of item."""
    asked: dict[str, str] = {}
    used: set[str] = set()
    for document in search.store.first_documents(MOST_LOOKED_AT, largest=True):
        if not document.region_code or document.region_code in asked or not document.year:
            continue
        name = (
            search.atlas.regions[document.region_code].name
            if document.region_code in search.atlas.regions
            else document.region
        )
        item = _telling_item(search, document.region_code, document.year, used)
        if item:
            used.add(item)
            asked[document.region_code] = f"{name}{document.year}年{item}多少"
        if len(asked) == SAMPLES:
            break
    return list(asked.values())


def glossary() -> list[tuple[str, str]]:
    """The items that the word list explains: name and definition."""
    return [(item.name, item.definition) for item in items().values() if item.definition]


def stamp(search: Search) -> str:
    """第12版: the version that an answer is from; of an index that was written in place a few characters of its own."""
    number = search.store.version()
    if number:
        return f"第{number}版"
    digest = hashlib.sha256()
    for one in sorted(search.atlas.documents, key=lambda one: one.name):
        digest.update(f"{one.name}\0{one.sha256}\0{one.facts}\n".encode())
    return digest.hexdigest()[:6]


def original(search: Search, name: str) -> Path | None:
    """The stored report, if the file is still there and still the same."""
    one = search.document(name)
    if one is None or not one.path:
        return None
    path = Path(one.path)
    try:
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == one.sha256
    except OSError:
        return None
    return path if same else None


def _telling_item(search: Search, region: str, year: int, used: set[str]) -> str:
    """An item with a figure of what was done and the growth beside it."""
    facts = search.store.facts([region], [year], None, ["actual", "yoy_pct"])
    told: dict[str, set[str]] = {}
    for one in facts:
        if one.fact.key in items() and one.fact.number is not None:
            told.setdefault(items()[one.fact.key].name, set()).add(one.fact.measure)
    names = [name for name, measures in told.items() if name not in used]
    return next((name for name in names if len(told[name]) > 1), names[0] if names else "")
