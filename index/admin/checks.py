"""What a version has to hold before it is put in the place of the one in use; for adopting, and for loading as well.

examined(old, new, names)               raises NotAdopted, or GoldChanged with questions, old and new answers
examined(old, new, names, despite=seal) -> these questions, if they are the ones that somebody has decided on
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from index.admin.check import problems
from index.admin.gold import changes
from index.errors import GoldChanged, NotAdopted
from index.models import GoldChange

ANY: Final = "*"  # in spite of whatever gold questions
SHOWN: Final = 3


def examined(old: Path, new: Path, names: Sequence[str], despite: str = "") -> tuple[GoldChange, ...]:
    """Refuse ``new`` in the place of ``old``, or tell which gold questions it is taken in spite of.

    ``names`` are the documents that came or changed; ``despite`` is the seal of a ``GoldChanged``, or ``ANY``.
    """
    refused = "新版本没有通过检查，索引未改动："
    if wrong := problems(new, documents=names, published=False):
        raise NotAdopted(refused + _first(wrong))
    found = changes(old, new)
    if found and despite not in (ANY, seal_of(found)):
        raise GoldChanged(refused + _first([one.told for one in found]), found, seal_of(found))
    return tuple(found)


def seal_of(found: Sequence[GoldChange]) -> str:
    """Stands for exactly these changes, in 8 characters."""
    return hashlib.blake2b("\n".join(one.told for one in found).encode(), digest_size=4).hexdigest()


def _first(lines: Sequence[str]) -> str:
    more = f"（另有 {len(lines) - SHOWN} 处）" if len(lines) > SHOWN else ""
    return "；".join(lines[:SHOWN]) + more
