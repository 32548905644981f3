"""What the index holds, as askers may name it: places with all their names, years, documents.

    Atlas.of(index).named("岳阳临港高新区") -> the zone; "长治" -> 长治市 if the index holds it

An atlas is a snapshot, made again when the index has changed.  Places that are held win over all other places of China;
a name that several held places bear keeps them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from index.ask.vocabulary import zone_shorts
from index.find.phrases import Phrases
from index.models import Region, StoredFact
from index.paths import lexicon_dir
from index.store.rows import SentenceHit, StoredDocument, StoredItem

UNNAMED = Region("", "某市", "某市", "", "")
_SUFFIX = re.compile(r"(?:自治区|自治州|自治县|自治旗|特别行政区|地区|林区|矿区|新区|[省市县区旗盟州])$")


class Store(Protocol):
    """The part of ``index.store.lookup.Index`` that answering needs."""

    def statements(self) -> AbstractContextManager[list[str]]: ...
    def version(self) -> int: ...
    def documents(self) -> list[StoredDocument]: ...
    def documents_of(self, region_codes: Sequence[str], years: Sequence[int] | None = None) -> list[StoredDocument]: ...
    def regions(self) -> list[Region]: ...
    def has_region(self, code: str) -> bool: ...
    def years(self, region_code: str | None = None) -> list[int]: ...
    def items(self, region_code: str, year: int | None = None) -> list[StoredItem]: ...
    def names_with(self, word: str) -> list[str]: ...
    def facts(
        self,
        region_codes: Sequence[str] | None,
        years: Sequence[int] | None = None,
        keys: Sequence[str] | None = None,
        measures: Sequence[str] | None = None,
        scopes: Sequence[str] | None = None,
        accounts: Sequence[str] | None = None,
    ) -> list[StoredFact]: ...
    def places_with(self, names: Sequence[str]) -> list[str]: ...
    def open_facts(self, region_codes: Sequence[str], years: Sequence[int] | None = None) -> list[StoredFact]: ...
    def facts_of_sentences(self, ids: Iterable[int]) -> list[StoredFact]: ...
    def search(self, tokens: Sequence[str], document_ids: Sequence[int], limit: int = 500) -> list[SentenceHit]: ...
    def sentence_window(self, document_id: int, sentence_id: int, n: int) -> list[SentenceHit]: ...


@dataclass(frozen=True, slots=True)
class Atlas:
    """Places by code, the table of their names, and the years and documents of each."""

    regions: Mapping[str, Region]
    names: Phrases[tuple[str, ...]]
    newest: Mapping[str, int]
    executed: Mapping[str, int]
    documents: tuple[StoredDocument, ...]

    @classmethod
    def of(cls, store: Store) -> Atlas:
        """Read what there is."""
        regions = {region.code: region for region in store.regions()}
        if store.has_region(""):
            regions[""] = UNNAMED
        documents = tuple(store.documents())
        newest: dict[str, int] = {}
        executed: dict[str, int] = {}
        for document in documents:
            code = document.region_code
            for year in (document.year, document.plan_year):
                if year:
                    newest[code] = max(newest.get(code, 0), year)
            if document.year:
                executed[code] = max(executed.get(code, 0), document.year)
        return cls(regions, names_table(regions), newest, executed, documents)

    def full_name(self, code: str) -> str:
        """长治市上党区."""
        region = self.regions.get(code)
        return region.full_name if region else code

    def inside(self, code: str) -> tuple[str, ...]:
        """The held places directly under a place."""
        return tuple(region.code for region in self.regions.values() if region.parent == code and region.code != code)

    def is_under(self, code: str, over: str) -> bool:
        """Whether a place lies inside another."""
        while code:
            if code == over:
                return True
            region = self.regions.get(code)
            code = region.parent if region else _parent_code(code)
        return False


def names_table(regions: Mapping[str, Region]) -> Phrases[tuple[str, ...]]:
    """Every name of the held places, former ones too -> their codes."""
    table: dict[str, tuple[str, ...]] = {}
    for region in regions.values():
        for name in names_of(region, regions):
            table[name] = tuple(dict.fromkeys((*table.get(name, ()), region.code)))
    for old, code in former_names():
        if code in regions:
            table[old] = tuple(dict.fromkeys((*table.get(old, ()), code)))
    return Phrases(table)


def names_of(region: Region, regions: Mapping[str, Region]) -> Iterable[str]:
    """Every way to write a held place: full, own, short, behind its city."""
    if not region.code:
        return ("某市", "市财政局", "某地", "某区", "某县")
    own = {region.name, region.full_name}
    parent = regions.get(region.parent)
    above = [region.full_name.removesuffix(region.name)] if region.full_name.endswith(region.name) else []
    if parent:
        above += [parent.name]
    above += [_SUFFIX.sub("", name) for name in above]
    above = [name for name in above if len(name) >= 2]
    for name in list(own):
        for over in above:
            if name.startswith(over) and len(name) - len(over) >= 3:
                own.add(name.removeprefix(over))
    if region.level == "zone" or "-" in region.code:
        for name in list(own):
            for long, short in zone_shorts():
                if name.endswith(long):
                    own.add(name.removesuffix(long) + short)
                elif name.endswith(short) and len(name) > len(short):
                    own.add(name.removesuffix(short) + long)
    elif len(short := _SUFFIX.sub("", region.name)) >= 2:
        own.add(short)
    return [*own, *(over + name for over in above for name in own if not name.startswith(over))]


def former_names() -> Iterable[tuple[str, str]]:
    """Names that places bore before, and the code they have today."""
    from index.find.gazetteer import read_rows

    return ((row["old"], row["new_code"]) for row in read_rows(lexicon_dir() / "renames.csv") if len(row["old"]) > 2)


def _parent_code(code: str) -> str:
    if "-" in code:
        return code.split("-")[0]
    if len(code) != 6 or code.endswith("0000"):
        return ""
    return code[:2] + "0000" if code.endswith("00") else code[:4] + "00"
