"""What the index holds, as askers may name it: places with all their names, years, documents.

    Atlas.of(index).named("岳阳临港高新区") -> the zone; "长治" -> 长治市 if the index holds it

An atlas is a snapshot, made again when the index has changed.  Places that are held win over all other places of China;
a name that several held places bear keeps them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar, overload

from index.ask.bodies import BodyTable, body_of
from index.ask.reference import region_token
from index.ask.vocabulary import zone_bare, zone_shorts
from index.find.gazetteer import region as known_region
from index.find.ordinary import is_ordinary
from index.find.phrases import Phrases
from index.find.places import find_places
from index.find.terms import find_asked_terms
from index.find.towns import FORMS, is_town
from index.models import Region
from index.paths import lexicon_dir
from index.store.lookup import Index
from index.store.rows import StoredDocument

UNNAMED = Region("", "某市", "某市", "", "")
NO_BODIES = BodyTable(())
T = TypeVar("T")
MOST_SHARED = 2  # the version in use, and the one before while it is being left
_SUFFIX = re.compile(r"(?:自治区|自治州|自治县|自治旗|特别行政区|地区|林区|矿区|新区|[省市县区旗盟州])$")
_SHORTEST = 2
_ANY_ZONE = "开发区"
_ZONES = ("经济技术开发区", "高新技术产业开发区", "经济开发区", "经开区", "高新区", "开发区")


class Years(Mapping[str, int]):
    """The newest year of each place, read when a place is asked for; places without a year are not in it."""

    def __init__(self, store: Index, *, planned: bool) -> None:
        self._store = store
        self._planned = planned
        self._known: dict[str, int] = {}
        self._newest: int | None = None

    def __getitem__(self, code: str) -> int:
        if code not in self._known:
            told = [document[1:] if self._planned else document[1:2] for document in self._store.document_years(code)]
            self._known[code] = max((year for years in told for year in years if year), default=0)
        if not self._known[code]:
            raise KeyError(code)
        return self._known[code]

    def __iter__(self) -> Iterator[str]:
        return (code for code, _ in self._store.owners() if code in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def newest(self) -> int:
        """The newest of all, 0 if there is none."""
        if self._newest is None:
            years = self._store.newest_years()
            self._newest = max((year for year in years[: 1 + self._planned] if year), default=0)
        return self._newest


class Documents(Sequence[StoredDocument]):
    """All documents in the order of loading: counted at once, read only by who looks at them."""

    def __init__(self, store: Index) -> None:
        self._store = store
        self._count = store.document_count()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[StoredDocument]:
        return iter(self._store.documents())

    @overload
    def __getitem__(self, at: int) -> StoredDocument: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[StoredDocument]: ...
    def __getitem__(self, at: int | slice) -> StoredDocument | Sequence[StoredDocument]:
        return self._store.documents()[at]


class Papers:
    """The papers of departments and other bodies: looked for once for each state of an index."""

    def __init__(self, store: Index) -> None:
        self._store = store
        self._bodies: BodyTable | None = None

    def bodies(self) -> BodyTable:
        """Whose papers they are."""
        if self._bodies is None:
            self._bodies = _kept(_tables, self._store.snapshot(), self._table)
        return self._bodies

    def _table(self) -> BodyTable:
        named = ((name, code, body_of(name, title, owner)) for name, title, code, owner in self._store.papers())
        return BodyTable(paper for paper in named if paper[2])


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """Places by code, the table of their names, the newest years of each, and the documents."""

    regions: Mapping[str, Region]
    names: Phrases[tuple[str, ...]]
    newest: Mapping[str, int]
    executed: Mapping[str, int]
    documents: Sequence[StoredDocument]
    papers: Papers | None = None

    @classmethod
    def of(cls, store: Index) -> Atlas:
        """Read what there is; desks of one process share the places of one version."""
        regions, names = _places(store)
        newest, executed = Years(store, planned=True), Years(store, planned=False)
        return cls(regions, names, newest, executed, Documents(store), Papers(store))

    @property
    def bodies(self) -> BodyTable:
        """The departments and other bodies whose papers are held."""
        return self.papers.bodies() if self.papers else NO_BODIES

    def newest_of_all(self) -> int:
        """The newest year of any place, 0 if there is none."""
        return self.newest.newest() if isinstance(self.newest, Years) else max(self.newest.values(), default=0)

    def full_name(self, code: str) -> str:
        """长治市上党区."""
        region = self.regions.get(code)
        return region.full_name if region else code

    def by_token(self, token: str) -> str | None:
        """The code of a held place by its token (see ``reference``), which for most is the code itself."""
        if token.isdigit() and token in self.regions:
            return token
        return next((code for code in self.regions if not code.isdigit() and region_token(code) == token), None)

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


Places = tuple[Mapping[str, Region], Phrases[tuple[str, ...]]]
_shared: dict[object, Places] = {}
_tables: dict[object, BodyTable] = {}
_sharing = Lock()


def _places(store: Index) -> Places:
    """Places and names, made once for each state of an index."""

    def read() -> Places:
        regions = {region.code: region for region in store.regions()}
        if store.has_region(""):
            regions[""] = UNNAMED
        return regions, names_table(regions)

    return _kept(_shared, store.snapshot(), read)


def _kept(shared: dict[object, T], snapshot: object, read: Callable[[], T]) -> T:
    """What belongs to a state of an index, read once for all desks of the process."""
    with _sharing:
        found = shared.get(snapshot)
        if found is None:
            found = read()
            if snapshot is not None:
                while len(shared) >= MOST_SHARED:
                    shared.pop(next(iter(shared)))
                shared[snapshot] = found
    return found


def names_table(regions: Mapping[str, Region]) -> Phrases[tuple[str, ...]]:
    """Every name of the held places, former ones too -> their codes."""
    table: dict[str, tuple[str, ...]] = {}
    for region in regions.values():
        for name in names_of(region, regions):
            table[name] = tuple(dict.fromkeys((*table.get(name, ()), region.code)))
    for name, code in (*_only_zones(regions), *short_towns(regions)):
        table.setdefault(name, (code,))
    for old, code in former_names():
        if code in regions:
            table[old] = tuple(dict.fromkeys((*table.get(old, ()), code)))
    return Phrases(table)


def _only_zones(regions: Mapping[str, Region]) -> Iterable[tuple[str, str]]:
    """晋城开发区, where the city has one held development zone only, whatever its full name is."""
    zones: dict[str, list[str]] = {}
    for region in regions.values():
        if region.level == "zone" and region.name.endswith(("开发区", "经开区")):
            zones.setdefault(region.parent, []).append(region.code)
    for codes in zones.values():
        zone = regions[codes[0]]
        city = known_region(zone.parent)  # which may have no report
        over = {zone.full_name.removesuffix(zone.name), city.name if city else ""}
        for name in {*over, *(_SUFFIX.sub("", one) for one in over)} if len(codes) == 1 else ():
            if len(name) > 1:
                yield name + "开发区", codes[0]


def names_of(region: Region, regions: Mapping[str, Region]) -> Iterable[str]:
    """Every way to write a held place: full, own, short, behind its city."""
    if not region.code:
        return ("某市", "市财政局", "某地", "某区", "某县")
    own = {region.name, region.full_name}
    parent = regions.get(region.parent)
    above = [region.full_name.removesuffix(region.name)] if region.full_name.endswith(region.name) else []
    around = parent or known_region(region.parent)
    if around:
        above += [around.name]
        if higher := known_region(around.parent):  # 湖南|长沙县
            above += [higher.name]
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
    elif region.name.endswith(("自治州", "自治县", "自治旗")):
        own |= _of_autonomy(region)
    elif len(short := _SUFFIX.sub("", region.name)) >= 2:
        own.add(short)
    behind = {*own, *(long for long, short in zone_shorts() if short == region.name)}  # 湄潭|经济开发区
    behind |= {bare for short, bare in zone_bare() if short in own}  # 宝鸡|高新
    return [*own, *(over + name for over in above for name in behind if not name.startswith(over))]


def _of_autonomy(region: Region) -> set[str]:
    """大理白族自治州 -> 大理, 大理州, 大理自治州."""
    from index.find.gazetteer import short_name

    short = short_name(region.code)
    return {short, short + region.name[-1], short + region.name[-3:]} if len(short) >= 2 else set()


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


# ---------------------------------------------------------------------------- towns and zones by less than their name


def short_towns(regions: Mapping[str, Region]) -> Iterator[tuple[str, str]]:
    """The short names of the held towns and zones; none for 新城镇 (a word), 大同镇 (a city), two of one name."""
    called: dict[str, list[str]] = {}
    for region in regions.values():
        for name in _shorter(region.name) if "-" in region.code else ():
            called.setdefault(name, []).append(region.code)
    for name, codes in called.items():
        if len(codes) == 1 and len(name) >= _SHORTEST and not _is_taken(name):
            yield name, codes[0]


def _shorter(name: str) -> Sequence[str]:
    """磁灶 of 磁灶镇; 洋浦, 洋浦开发区 of 洋浦经开区."""
    if is_town(name):
        return (name.removesuffix(next(form for form in FORMS if name.endswith(form))),)
    kind = next((kind for kind in _ZONES if name.endswith(kind)), "")
    bare = name.removesuffix(kind)
    return (bare, f"{bare}{_ANY_ZONE}") if kind and len(bare) >= _SHORTEST else ()


def _is_taken(name: str) -> bool:
    return is_ordinary(name) or bool(find_places(name, title=True)) or bool(find_asked_terms(name))
