"""What the index holds, as admins look at it: reports and their files, contradictions, tables to take away, aliases.

This is the part of the ``Office`` that changes nothing in the index.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from index.admin.aliases import NEAR, Aliases, near_items
from index.admin.check import problems
from index.admin.clashes import LIMIT, clashes
from index.admin.export import Form, export, harmless
from index.admin.gold import failures
from index.admin.models import Alias, Change, Clash, Person, Received, Unread
from index.admin.regions import held_region
from index.ask import holdings
from index.ask.atlas import Atlas
from index.ask.holdings import Held
from index.ask.search import Search
from index.ask.wording import ACCOUNTS
from index.errors import NotAdopted
from index.lexicon import measures
from index.store.keeper import Keeper
from index.store.ledger import Ledger, ledger_path
from index.store.lookup import Index
from index.store.rows import StoredDocument
from index.store.versions import Versions
from index.text.normal import plain

CHANGE_COLUMNS = ("地区", "期间", "口径", "账本", "科目", "指标", "变化", "原来", "现在")
MOST_UNREAD = 200
_KINDS = {"changed": "改变", "added": "新增", "gone": "消失"}

_PAGE = re.compile(r"https?://[^\s\"'<>]{3,500}")


class Contents:
    """Looks into the index at ``db`` as it is at each call; raises YusuanError only."""

    def __init__(self, db: Path, ledger: Ledger) -> None:
        self._db = db
        self._ledger = ledger
        self._aliases = Aliases(ledger, db)

    # ------------------------------------------------------------------------------------------ reports

    def documents(self, region: str = "", year: int | None = None) -> list[Held]:
        """The reports, those of a place (with the places inside it) and a year if named; [] if there are none.

        Raises NotAdopted if several places have the name.
        """
        if not self._db.exists():
            return []
        with Index(self._db) as index:
            atlas = Atlas.of(index)
            held = holdings.reports(atlas)
            if region:
                codes = {one.name: one.region_code for one in atlas.documents}
                named = atlas.names.get(plain(region))
                if named is None and region not in {part for one in held for part in (one.region, one.place)}:
                    return []
                code = held_region(index, region).code
                held = [one for one in held if codes[one.name] == code or atlas.is_under(codes[one.name], code)]
            return [one for one in held if year is None or year in one.years]

    def received(self, document: int | None = None) -> list[Received]:
        """What was read from each report (or one of them), by place, the newest first."""
        if not self._db.exists():
            return []
        with Index(self._db) as index:
            held = {one.id: one for one in holdings.reports(Atlas.of(index))}
            stored = {one.id: one for one in index.documents() if document is None or one.id == document}
            return [_received(one, stored[one.id]) for one in held.values() if one.id in stored]

    def unread(self, document: int, most: int = MOST_UNREAD) -> list[Unread]:
        """The numbers of a report that were not understood."""
        with Index(self._db) as index:
            spots = index.unread(document, most)
        return [Unread(hit.text, start, end, hit.page, hit.section) for hit, start, end in spots]

    def original(self, document: str) -> Path | None:
        """The file of a report, if it is still there and unchanged."""
        if not self._db.exists():
            return None
        with Index(self._db) as index:
            return holdings.original(Search(index), document)

    def clashes(self, region: str = "", limit: int = LIMIT) -> list[Clash]:
        """Contradictions in and between reports.  Raises NotAdopted if the place is not held."""
        with Index(self._db) as index:
            return clashes(index, held_region(index, region).code if region else None, limit)

    def export(self, region: str, year: int | None, form: Form) -> tuple[str, bytes]:
        """The facts of a place (and year) with their sources: a file name and its content.

        Raises NotAdopted if there are none, or more than the form takes.
        """
        target = io.BytesIO()
        return self.export_to(region, year, form, target), target.getvalue()

    def export_to(self, region: str, year: int | None, form: Form, target: BinaryIO) -> str:
        """The same, written to a file as it is read; its name."""
        with Index(self._db) as index:
            return export(index, region, year, form, target)

    def check(self, *, deep: bool = True) -> list[str]:
        """What is wrong with the index, and which gold questions it does not answer; [] is clean."""
        return check_index(self._db, deep=deep)

    # ------------------------------------------------------------------------------------------ aliases

    def aliases(self) -> list[Alias]:
        """Askers' words that admins have put to items."""
        return self._aliases.all()

    def add_alias(self, word: str, item: str, by: Person) -> Alias:
        """Put a word to an item, at once.  Raises NotAdopted with the reason; for an unknown item with near ones."""
        return self._aliases.add(word, item, by)

    def remove_alias(self, word: str, by: Person) -> Alias:
        """Take a word back, at once.  Raises NotAdopted if there is none."""
        return self._aliases.remove(word, by)

    def items(self, text: str, limit: int = NEAR) -> list[str]:
        """Names of items near to a text."""
        return near_items(text, limit)

    def aliases_csv(self) -> str:
        """The aliases as rows of the lexicon."""
        return self._aliases.as_csv()


def _received(held: Held, stored: StoredDocument) -> Received:
    sentences = max(stored.last_sentence - stored.first_sentence + 1, 0)
    return Received(
        held.id, held.name, held.title, held.place, held.years, held.kind, stored.owner, stored.loaded_at, sentences,
        held.facts, stored.missed, held.ocr, stored.warnings,
    )  # fmt: skip


def has_versions(db: Path) -> bool:
    """Whether there is a version to go back to."""
    return bool(Versions(db).all())


def check_index(db: Path, *, deep: bool = True, state_file: Path | None = None) -> list[str]:
    """What is wrong with an index, its kept versions, its ledger and the chats; [] is clean.

    If nothing is, which gold questions the index does not answer.  Not ``deep``, neither bytes nor rows are compared.
    """
    found = problems(db, deep=deep)
    if deep:
        found = [*Versions(db).problems(), *found]
        for file in (ledger_path(db), state_file):
            found += Keeper(file).problems() if file is not None else []
    return found or failures(db)


def changes_csv(changes: Sequence[Change]) -> bytes:
    """Changes of a draft as a CSV file that spreadsheets open."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(CHANGE_COLUMNS)
    for one in changes:
        measure = next((row.name for key, row in measures().items() if key == one.measure), one.measure)
        cells = (
            one.region, f"{one.period}年" if one.period.isdigit() else one.period, one.scope,
            ACCOUNTS.get(one.account, ""), one.item, measure, _KINDS[one.kind], "、".join(one.old), "、".join(one.new),
        )  # fmt: skip
        writer.writerow(map(harmless, cells))
    return out.getvalue().encode("utf-8-sig", "replace")


def checked_page(url: str) -> str:
    """A web address as it may stand in a link, or ""; raises NotAdopted for anything else."""
    if url and not _PAGE.fullmatch(url):
        raise NotAdopted(f"网址应以 http:// 或 https:// 开头，不含空格和引号：{url[:80]}")
    return url
