"""What an admin is shown and what is kept of it: drafts, changes, versions, the log.

All frozen and plain, as JSON can hold them: a draft outlives a restart of the bot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.errors import NotAdopted
from index.intake.report import LoadReport
from index.models import Person as Person
from index.models import Version as Version

Action = Literal["add", "reload", "remove"]
DraftState = Literal["open", "adopting", "adopted", "dropped"]


@dataclass(frozen=True, slots=True)
class Change:
    """What the index says of one key, before and after; values as printed with unit, () where there is none.

    ``old`` and ``new`` both filled and different is a changed figure, the other two a figure that comes or goes.
    """

    region: str
    period: str
    scope: str
    account: str
    item: str
    measure: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def kind(self) -> Literal["changed", "added", "gone"]:
        """Which of the three."""
        if self.old and self.new:
            return "changed"
        return "added" if self.new else "gone"


@dataclass(frozen=True, slots=True)
class Place:
    """A figure as printed (``56917万元``) and where it stands.

    ``quote`` is as much of the sentence as tells what it is, of a row with the heads of its columns; ``title`` is that
    of the report, ``section`` the heading in it.
    """

    value: str
    document: str
    page: int | None
    sentence: str
    quote: str = ""
    title: str = ""
    section: str = ""

    @property
    def report(self) -> str:
        """《…决算报告》, or the name of a file without a title."""
        return f"《{self.title}》" if self.title else self.document


@dataclass(frozen=True, slots=True)
class Clash:
    """One key for which reports (or two sentences of one) give figures that differ by more than rounding."""

    region: str
    period: str
    scope: str
    account: str
    item: str
    measure: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """What was read from a report that is held: figures, numbers not understood, warnings of loading."""

    id: int
    name: str
    title: str
    place: str
    years: tuple[int, ...]
    kind: str
    owner: str
    loaded_at: str
    sentences: int
    facts: int
    missed: int
    ocr: bool
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A number that was not understood: ``text[start:end]``."""

    text: str
    start: int
    end: int
    page: int | None
    section: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What an admin is asked to decide on.  ``id`` is 8 characters of a-z and 0-9: it fits into a button.

    ``files`` are the reports of loading as if it were adopted, ``removes`` the names of documents that would go,
    ``region`` and ``year`` what the admin has set (for all files), ``base`` the version it was compared with.
    ``clashes`` are contradictions of the new reports with those that stay.  ``changes`` holds changed figures first,
    then those that go; of the figures that come only the number is kept (``added``).  ``paths`` are the files to be
    loaded with their SHA-256 in ``digests``; ``rules`` stands for the word lists and rules they were read with;
    ``decided_by`` names who adopted or dropped it; ``beside`` says of each file that is a next version of a draft what
    of its slips was mended, is new, or stands.
    """

    id: str
    state: DraftState
    action: Action
    by: Person
    at: str
    base: int
    files: tuple[LoadReport, ...]
    removes: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    clashes: tuple[Clash, ...] = ()
    added: int = 0
    changed: int = 0
    gone: int = 0
    region: str = ""
    year: int | None = None
    paths: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    rules: str = ""
    decided_by: str = ""
    beside: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Adopting it would change nothing."""
        return not self.removes and not any(file.status in ("loaded", "replaced") for file in self.files)

    @property
    def is_unreadable(self) -> bool:
        """None of its files could be read."""
        return not self.removes and bool(self.files) and all(file.status == "failed" for file in self.files)

    @property
    def missing(self) -> str:
        """What a report that was sent in lacks: nobody could ask for a figure of no place or no year; "" if nothing.

        A folder of reports is taken as it is: there the name of the file may say what its text does not.
        """
        if self.action != "add":
            return ""
        taken = [file for file in self.files if file.status in ("loaded", "replaced")]
        lacking = (("地区", any(not file.region for file in taken)), ("年份", any(not file.years for file in taken)))
        told = "和".join(word for word, lacks in lacking if lacks)
        return f"没有认出{told}" if told else ""

    def check(self) -> None:
        """Raises NotAdopted for a draft that must not be adopted as it is."""
        if self.is_empty:
            raise NotAdopted("这里没有可以采用的内容，索引不会改变")
        if self.missing:
            raise NotAdopted(f"{self.missing}，写明以后才能采用")


@dataclass(frozen=True, slots=True)
class Alias:
    """Askers' word -> an item of the lexicon by its name; ``key`` is the item's key in the lexicon."""

    word: str
    item: str
    key: str
    by: Person
    at: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log of admin actions.  ``before`` and ``after`` are short texts; ``begun`` has not ended yet."""

    id: int
    at: str
    by: Person
    action: str
    subject: str
    before: str
    after: str
    outcome: Literal["begun", "done", "refused", "failed"]
