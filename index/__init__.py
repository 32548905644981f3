"""The front door.  Two roads that meet in a SQLite file:

    load:  报告 -> Document -> sentences and facts -> index
    ask:   上党区2023年教育支出多少 -> Query -> facts and sentences -> Answer

``load(paths, db)`` reports on every file, ``open_index(db).ask(question)`` answers, a ``Desk`` answers as a chat needs
it, an ``Office`` does what admins do.  Each is imported when first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from index.errors import DraftOutdated, GoldChanged, IndexDamaged, NotAdopted, YusuanError
from index.models import Answer, Figure, GoldChange

if TYPE_CHECKING:
    from index.admin.backup import Kept, backup
    from index.admin.check_words import aside_reasons, wants_check
    from index.admin.checked_file import write_checked
    from index.admin.checking import Aside, Checked, Finding
    from index.admin.contents import check_index, has_versions
    from index.admin.loading import load
    from index.admin.models import Alias, Change, Clash, Draft, Entry, Person, Place, Received, Unread, Version
    from index.admin.office import Office
    from index.admin.restoring import restore
    from index.admin.slips_kept import check_against
    from index.ask.assistant import Assistant
    from index.ask.assistant import Assistant as open_index  # noqa: N813
    from index.ask.desk import (
        Choice,
        Desk,
        Detail,
        Held,
        Line,
        Passage,
        Row,
        Said,
        Shown,
        Stretch,
        Turn,
        View,
        Way,
    )
    from index.ask.picturing import PICTURE, Wish, WishKind, account_items, wish_of
    from index.ask.talk import says_nothing
    from index.build import LoadReport, fingerprint
    from index.forked import Forked, preload
    from index.ready import read_word_lists
    from index.store.keeper import Keeper

__all__ = [
    "PICTURE",
    "Alias",
    "Answer",
    "Aside",
    "Assistant",
    "Change",
    "Checked",
    "Choice",
    "Clash",
    "Desk",
    "Detail",
    "Draft",
    "DraftOutdated",
    "Entry",
    "Figure",
    "Finding",
    "Forked",
    "GoldChange",
    "GoldChanged",
    "Held",
    "IndexDamaged",
    "Keeper",
    "Kept",
    "Line",
    "LoadReport",
    "NotAdopted",
    "Office",
    "Passage",
    "Person",
    "Place",
    "Received",
    "Row",
    "Said",
    "Shown",
    "Stretch",
    "Turn",
    "Unread",
    "Version",
    "View",
    "Way",
    "Wish",
    "WishKind",
    "YusuanError",
    "account_items",
    "aside_reasons",
    "backup",
    "check_against",
    "check_index",
    "fingerprint",
    "has_versions",
    "load",
    "open_index",
    "preload",
    "read_word_lists",
    "restore",
    "says_nothing",
    "wants_check",
    "wish_of",
    "write_checked",
]  # fmt: skip

_HOME = {
    "load": "admin.loading",
    "LoadReport": "build",
    "fingerprint": "build",
    "Assistant": "ask.assistant",
    "Office": "admin.office",
    "backup": "admin.backup",
    "Keeper": "store.keeper",
    "Kept": "admin.backup",
    "restore": "admin.restoring",
    "Checked": "admin.checking",
    "Aside": "admin.checking",
    "Finding": "admin.checking",
    "check_against": "admin.slips_kept",
    "aside_reasons": "admin.check_words",
    "wants_check": "admin.check_words",
    "write_checked": "admin.checked_file",
    "check_index": "admin.contents",
    "has_versions": "admin.contents",
    "Forked": "forked",
    "preload": "forked",
    "read_word_lists": "ready",
    "says_nothing": "ask.talk",
}
_OF_PICTURING = {"PICTURE", "Wish", "WishKind", "account_items", "wish_of"}
_OF_ADMIN = {"Alias", "Change", "Clash", "Draft", "Entry", "Person", "Place", "Received", "Unread", "Version"}
_OF_DESK = {
    "Choice", "Desk", "Detail", "Held", "Line", "Passage", "Row", "Said", "Shown", "Stretch", "Turn", "View", "Way",
}  # fmt: skip


def __getattr__(name: str) -> object:
    name = "Assistant" if name == "open_index" else name
    home = "ask.desk" if name in _OF_DESK else "admin.models" if name in _OF_ADMIN else _HOME.get(name)
    home = "ask.picturing" if name in _OF_PICTURING else home
    if home is None:
        raise AttributeError(f"module 'index' has no attribute {name!r}")
    return getattr(import_module(f"index.{home}"), name)
