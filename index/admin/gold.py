"""Gold questions: what an index must answer, asked before a new version of it is put in use.

    data/gold/*.jsonl   {"region": "长治市上党区", "year": 2023, "question": "…", "expect": ["56917万元"]}
    changes(old, new) -> ["samples.jsonl:1 “上党区2023年教育支出”应答 56917万元，新版本答 56971万元"] as GoldChange

Only questions about places and years that the index holds reports of are asked.  What the version in use does not
answer either is no reason against a new one, nor is a line that makes no sense.
The format is told in ``data/gold/README.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from index.ask.assistant import Assistant
from index.errors import YusuanError
from index.models import Answer, GoldChange
from index.paths import data_dir
from index.store.lookup import Index
from index.store.rows import StoredDocument
from index.text.normal import plain

STATUSES: Final = {"not_found": "没有", "clarify": "反问", "answered": "有答案"}
MOST_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Gold:
    """A line.  ``turns`` are the questions of one dialogue, ``expect`` figures with units or a status; ``error`` says
    what is wrong with the line itself."""

    place: str
    region: str = ""
    year: int = 0
    document: str = ""
    turns: tuple[str, ...] = ()
    expect: tuple[str, ...] | str = ()
    line: str = ""
    error: str = ""

    def applies(self, documents: Sequence[StoredDocument]) -> bool:
        """Whether the index holds a report that it is about."""
        return any(
            self.region in (one.region, one.region_code)
            and self.year in (one.year, one.plan_year)
            and self.document in ("", one.name)
            for one in documents
        )

    def speaks_of(self, documents: Sequence[StoredDocument]) -> bool:
        """Whether one of these is of its place."""
        return any(self.region in (one.region, one.region_code) for one in documents)


def gold_dir() -> Path:
    """The folder of gold questions; it need not exist."""
    return data_dir() / "gold"


def failures(db: Path, folder: Path | None = None) -> list[str]:
    """What an index does not answer as it should, a line of Chinese each."""
    golds = list(_lines(folder or gold_dir()))
    wrong = [f"{gold.place} {gold.error}" for gold in golds if gold.error]
    return wrong + [_change(gold, said, said).told for gold, said in _failing(db, golds).items()]


def new_failures(old: Path | None, new: Path, folder: Path | None = None) -> list[str]:
    """What ``new`` does not answer as it should, though ``old`` (None or no file: nothing) does."""
    return [change.told for change in changes(old, new, folder)]


def changes(old: Path | None, new: Path, folder: Path | None = None) -> list[GoldChange]:
    """The same, with what ``old`` answers and the line that the gold file would need."""
    failing = _failing(new, list(_lines(folder or gold_dir())))
    if not failing:
        return []
    answered: dict[Gold, _Said] = {}
    before: set[str] = set()
    if old is not None and old.exists():
        answered = _answers(old, list(failing))
        before = _digests(old)
    # A report that comes may hold what no report has held so far.
    come = [one for one in _documents(new) if one.sha256 not in before and before]
    known = {gold for gold, said in answered.items() if not said.is_right(gold)}
    known |= {gold for gold in failing if gold.expect == "not_found" and gold.speaks_of(come)}
    return [_change(gold, answered.get(gold), said) for gold, said in failing.items() if gold not in known]


@dataclass(frozen=True, slots=True)
class _Said:
    """What an index answers: the figures that were asked for, as printed, and the status of the answer."""

    figures: tuple[str, ...] = ()
    status: str = ""
    error: str = ""

    def is_right(self, gold: Gold) -> bool:
        if self.error:
            return False
        if isinstance(gold.expect, str):
            return self.status == gold.expect
        return {_bare(value) for value in gold.expect} <= {_bare(value) for value in self.figures}

    def __str__(self) -> str:
        return self.error or "、".join(self.figures[:MOST_SHOWN]) or STATUSES[self.status]


def _change(gold: Gold, before: _Said | None, after: _Said) -> GoldChange:
    told = str(before) if before is not None else ""
    expected = STATUSES[gold.expect] if isinstance(gold.expect, str) else "、".join(gold.expect)
    return GoldChange(gold.place, " → ".join(gold.turns), expected, told, str(after), _proposal(gold, before, after))


def _proposal(gold: Gold, before: _Said | None, after: _Said) -> str:
    """The line of the gold file with the new answer in the place of the old one."""
    expect: list[str] | str = after.status
    if after.figures:
        there, old = {_bare(one) for one in after.figures}, {_bare(one) for one in before.figures} if before else set()
        kept = [one for one in gold.expect if _bare(one) in there] if not isinstance(gold.expect, str) else []
        new = [one for one in dict.fromkeys(after.figures) if _bare(one) not in old]
        expect = [*kept, *(new if before else dict.fromkeys(after.figures))] or list(dict.fromkeys(after.figures))
    elif after.error or after.status == "answered":
        return ""
    return json.dumps({**json.loads(gold.line), "expect": expect}, ensure_ascii=False)


def _documents(db: Path) -> list[StoredDocument]:
    with Index(db) as index:
        return index.documents()


def _digests(db: Path) -> set[str]:
    return {one.sha256 for one in _documents(db)}


def _failing(db: Path, golds: Sequence[Gold]) -> dict[Gold, _Said]:
    """The questions that are about what an index holds, and are not answered as they should be."""
    documents = _documents(db)
    asked = [gold for gold in golds if not gold.error and gold.applies(documents)]
    return {gold: said for gold, said in _answers(db, asked).items() if not said.is_right(gold)}


def _answers(db: Path, golds: Sequence[Gold]) -> dict[Gold, _Said]:
    if not golds:
        return {}
    # Without words that admins have added: a version has to stand by itself.
    assistant = Assistant(db, overlaid=False)
    try:
        return {gold: _said(assistant, gold) for gold in golds}
    finally:
        assistant.close()


def _said(assistant: Assistant, gold: Gold) -> _Said:
    answer: Answer | None = None
    try:
        for turn in gold.turns:
            answer = assistant.ask(turn, gold.place)
    except YusuanError as error:
        return _Said(error=str(error))
    assert answer is not None
    figures = tuple(f"{figure.value}{figure.unit}" for figure in answer.figures if figure.asked)
    return _Said(figures, answer.status)


def _bare(value: str) -> str:
    return plain(value).replace(",", "")


# ---------------------------------------------------------------------------------------------- lines


def _lines(folder: Path) -> Iterator[Gold]:
    for file in sorted(folder.glob("*.jsonl")):
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            yield Gold(file.name, error="读不出来，应为 UTF-8 编码的文本")
            continue
        for number, line in enumerate(lines, start=1):
            if line.strip() and not line.lstrip().startswith("#"):
                yield _gold(f"{file.name}:{number}", line)


def _gold(place: str, line: str) -> Gold:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return Gold(place, error="不是 JSON")
    if not isinstance(row, dict):
        return Gold(place, error="应是一个 JSON 对象")
    turns: Any = [row["question"]] if isinstance(row.get("question"), str) else row.get("question")
    expect: Any = row.get("expect")
    for wrong, error in (
        (not isinstance(row.get("region"), str), "region 应是地区的全称或代码"),
        (type(row.get("year")) is not int, "year 应是年份"),
        (not _texts(turns), "question 应是一个问题，或一场对话的几句"),
        (not (_texts(expect) or expect in ("not_found", "clarify")), "expect 应是带单位的数，或 not_found、clarify"),
        (not isinstance(row.get("document", ""), str), "document 应是报告的文件名"),
    ):
        if wrong:
            return Gold(place, error=error)
    return Gold(
        place, row["region"], row["year"], row.get("document", ""), tuple(turns),
        expect if isinstance(expect, str) else tuple(expect), line,
    )  # fmt: skip


def _texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one for one in value)
