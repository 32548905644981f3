"""What a version has to hold before it is put in the place of the one in use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.admin.check import problems
from index.admin.gold import new_failures


def objections(old: Path, new: Path, names: Sequence[str]) -> list[str]:
    """Why ``new`` must not replace ``old``, in Chinese; ``names`` are the documents that came or changed."""
    return problems(new, documents=names, published=False) or new_failures(old, new)
