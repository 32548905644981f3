"""The published reports, each read and parsed once for all tests that look at them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from index.errors import UnreadableFile
from index.models import Document, Parsed
from index.parse import parse
from index.read import read_documents


def documents_of(path: Path) -> Sequence[Document]:
    """What a file holds; raises UnreadableFile."""
    found = _read(path)
    if isinstance(found, UnreadableFile):
        raise found
    return found


def parsed_of(path: Path) -> Sequence[tuple[Document, Parsed]]:
    """The same with what was understood of it; raises UnreadableFile."""
    documents_of(path)
    return _parsed(path)


@cache
def _read(path: Path) -> tuple[Document, ...] | UnreadableFile:
    try:
        return tuple(read_documents(path))
    except UnreadableFile as error:
        return error


@cache
def _parsed(path: Path) -> tuple[tuple[Document, Parsed], ...]:
    return tuple((document, parse(document)) for document in documents_of(path))
