"""A file -> all that the index needs of it: its documents with their facts, and the words of their sentences.

    prepare(Path("报告.zip"))  ->  [Prepared("报告.zip!/决算.pdf", Parsed(…), …), Prepared("报告.zip!/图.pdf", error=…)]

This is the work that many processes can share; nothing here touches the index.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.check.models import Finding
from index.check.run import checked
from index.errors import LexiconError, UnreadableFile, YusuanError
from index.models import Document, Parsed, Region
from index.parse import parse
from index.read import read_documents
from index.store.words import words_of

if TYPE_CHECKING:
    from index.read.reader import Reader

NO_FIGURES = "没有读到任何金额、百分比等数字，不像预算报告，未载入"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready for the index, or (without ``parsed``) the line that says why not.

    ``tokens`` are the full-text words of each sentence, in the order of the sentences; ``findings`` are the report's
    slips (核对), and the figures that a sure one touches bear it as a flag.
    """

    name: str
    parsed: Parsed | None = None
    tokens: tuple[str, ...] = ()
    error: str = ""
    findings: tuple[Finding, ...] = ()


def prepare(
    path: Path, region: Region | None = None, year: int | None = None, reader: Reader | None = None
) -> list[Prepared]:
    """Read (in the worker of ``reader``) and parse a file; an archive gives an entry for each member.

    Raises LexiconError only.
    """
    try:
        documents = read_documents(path, reader)
    except Exception as error:
        return [Prepared(path.name, error=told(path.name, error))]
    return [_prepared(document, region, year) for document in documents]


def _prepared(document: Document, region: Region | None, year: int | None) -> Prepared:
    try:
        parsed = parse(document, region=region, year=year)
        if not parsed.facts and not parsed.missed:
            raise UnreadableFile(NO_FIGURES)
        parsed, findings = checked(parsed)
        words = words_of(parsed)
        return Prepared(document.name, parsed, words, findings=findings)
    except Exception as error:
        return Prepared(document.name, error=told(document.name, error))


def told(name: str, error: Exception) -> str:
    """One line for the admin; what was not foreseen goes to the log with its traceback."""
    if isinstance(error, LexiconError):
        raise error
    if isinstance(error, YusuanError):
        return " ".join(str(error).split()).removeprefix(f"{name}：")
    log.info("preparing %s failed", name, exc_info=error)
    if isinstance(error, OSError):
        return f"文件无法打开：{error.strerror or error}"
    return f"处理时出错（{type(error).__name__}），未载入；设 YUSUAN_LOG=INFO 可看详情"
