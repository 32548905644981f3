"""What can go wrong, one sentence each.  The message is for chat users and admins (Chinese); logs add the English name.

YusuanError
├── UnreadableFile     a file that is missing, empty, binary, encrypted, too large, or holds nothing we can use
├── IndexDamaged       the database is not one of ours, or is broken
├── IndexTooNew        the database was written by a newer version
├── IndexUnavailable   the database cannot be opened or written here
├── LexiconError       a row of data/lexicon is wrong
└── NotAdopted         what an admin asked for cannot be done, or no longer: the index is as it was
    ├── DraftOutdated  the index has changed since the draft was looked at; the draft has been compared anew
    └── GoldChanged    gold questions would be answered otherwise: an owner may adopt it in spite of them
"""

from __future__ import annotations

from collections.abc import Sequence

from index.models import GoldChange


class YusuanError(Exception):
    """Base of all errors that are shown to a user as one line."""


class UnreadableFile(YusuanError):
    """A file that cannot be read as a report."""


class IndexDamaged(YusuanError):
    """The database is not an index of this program, or is broken."""


class IndexTooNew(YusuanError):
    """The database has a schema version this program does not know."""


class IndexUnavailable(YusuanError):
    """The database cannot be opened, created or written."""


class LexiconError(YusuanError):
    """A row of the lexicon breaks a rule of its file."""


class NotAdopted(YusuanError):
    """What an admin asked for cannot be done; the index is as it was."""


class DraftOutdated(NotAdopted):
    """The index has changed since the draft was looked at; the draft has been compared anew and wants another look."""


class GoldChanged(NotAdopted):
    """Gold questions would be answered otherwise; ``seal`` stands for exactly these ``changes``."""

    def __init__(self, message: str, changes: Sequence[GoldChange], seal: str) -> None:
        super().__init__(message)
        self.changes = tuple(changes)
        self.seal = seal
