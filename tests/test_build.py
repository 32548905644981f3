"""Loading: every file gets its line, what fails costs nothing else, and what was loaded is not loaded twice."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index import build
from index.build import LoadReport, load
from index.errors import IndexDamaged, IndexUnavailable, UnreadableFile
from index.intake import prepare
from index.models import Document, Fact, Line, Missed, Parsed, Period, Region, Sentence, Subject
from index.store.lookup import Index

SHANGDANG = Region("140404", "上党区", "长治市上党区", "county", "140400")
REPORT = "2023年上党区决算\n教育支出56917万元。\n另有?12万元。\n"


def parse(document: Document, region: Region | None, year: int | None) -> Parsed:
    """A stand-in for the real parser: every number is a fact, one after a question mark is missed."""
    texts = [block.text for block in document.blocks if isinstance(block, Line)]
    if "崩溃" in texts:
        raise RuntimeError("not foreseen")
    sentences = tuple(Sentence(i, None, 2, "text", text) for i, text in enumerate(texts))
    facts, missed = [], []
    for i, text in enumerate(texts):
        for match in re.finditer(r"(\?)?(\d+)万元", text):
            start, end = match.span(2)
            if match[1]:
                missed.append(Missed(i, start, end))
                continue
            place: Any = (i, start, end, "test")
            amount: Any = ("actual", "money", match[2], "万元", Decimal(match[2]) * 10000)
            slots: Any = ("whole", "", Period.year(2023), "general_public", "expenditure", "教育支出", "205", "", "")
            facts.append(Fact("140404", *slots, *amount, *place))
    if "2023" not in "".join(texts) and not facts:
        raise UnreadableFile(f"{document.name}：没有数字")
    subject = Subject(region or SHANGDANG, year or 2023, None, "决算报告", texts[0] if texts else "")
    return Parsed(document, subject, (), sentences, tuple(facts), tuple(missed), ("单位不明",))


@pytest.fixture(autouse=True)
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "parse", parse)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "db" / "yusuan.db"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


def written(path: Path, text: str = REPORT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def statuses(reports: list[LoadReport]) -> dict[str, str]:
    return {Path(report.file).name: report.status for report in reports}


def test_a_report_on_the_file(folder: Path, db: Path) -> None:
    (report,) = load([written(folder / "上党.txt")], db)
    assert (report.status, report.facts, report.missed, report.share) == ("loaded", 1, 1, 0.5)
    assert (report.region, report.years, report.kind) == ("长治市上党区", (2023,), "决算报告")
    assert report.warnings == ("单位不明",)
    assert report.unread == ("第2页：另有?【12】万元。",)
    with Index(db) as index:
        assert [stored.fact.value for stored in index.facts(["140404"])] == ["56917"]


def test_folders_with_subfolders(folder: Path, db: Path) -> None:
    written(folder / "a.txt", REPORT)
    written(folder / "deep" / "er" / "b.md", REPORT + "乙")
    for name in ("README.md", "readme.txt", ".hidden.txt", ".git/c.txt", "~$lock.docx"):
        written(folder / name, REPORT + name)
    written(folder / "list.py", "x")
    reports = load([folder, folder / "a.txt"], db)
    assert statuses(reports) == {"a.txt": "loaded", "b.md": "loaded", "list.py": "skipped"}


def test_again_changed_and_copied(folder: Path, db: Path) -> None:
    path = written(folder / "a.txt")
    assert [report.status for report in load([path], db)] == ["loaded"]
    (again,) = load([path], db)
    assert (again.status, again.facts) == ("unchanged", 1)
    (copied,) = load([written(folder / "copy.txt")], db)
    assert copied.status == "unchanged"
    assert "a.txt" in copied.warnings[0]
    written(path, REPORT.replace("56917", "56918"))
    assert [report.status for report in load([path], db)] == ["replaced"]
    with Index(db) as index:
        assert [stored.fact.value for stored in index.facts(["140404"])] == ["56918"]
        assert len(index.documents()) == 1


def test_an_unchanged_file_is_not_parsed_again(folder: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(folder / "a.txt")
    load([path], db)
    monkeypatch.setattr(prepare, "parse", None)
    monkeypatch.setattr(prepare, "read_documents", None)
    assert [report.status for report in load([path], db)] == ["unchanged"]


def test_other_rules_or_another_year_read_the_file_anew(
    folder: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(folder / "a.txt")
    load([path], db)
    assert [report.status for report in load([path], db, year=2022)] == ["replaced"]
    assert [report.status for report in load([path], db, year=2022)] == ["unchanged"]
    monkeypatch.setattr(build, "fingerprint", lambda: "other word lists")
    assert [report.status for report in load([path], db, year=2022)] == ["replaced"]


def test_the_region_named_on_the_command_line(folder: Path, db: Path) -> None:
    (report,) = load([written(folder / "a.txt")], db, region="洛阳市西工区")
    assert report.region == "洛阳市西工区"
    with pytest.raises(UnreadableFile, match="哪儿都不是"):
        load([folder], db, region="哪儿都不是")


# content of bad.txt (None: no such file) -> words of its line
BAD_FILES: list[tuple[bytes | None, str]] = [
    (None, "找不到"),
    (b"", "空"),
    (b" \n\n ", "空"),
    (bytes(range(256)) * 20, "二进制"),
    (b"\x7fELF\x02\x01\x01" + bytes(500), "程序文件"),
    ("没有一个数字的话。".encode(), "没有数字"),
    ("2023年的话。".encode(), "没有读到任何金额"),
    ("崩溃".encode(), "RuntimeError"),
]


@pytest.mark.parametrize("content, words", BAD_FILES)
def test_a_bad_file_costs_its_own_line(folder: Path, db: Path, content: bytes | None, words: str) -> None:
    bad = folder / "bad.txt"
    if content is not None:
        bad.write_bytes(content)
    reports = load([bad, written(folder / "good.txt")], db)
    assert [report.status for report in reports] == ["failed", "loaded"]
    assert words in reports[0].error
    assert "\n" not in reports[0].error
    assert "bad.txt：" not in reports[0].error


def test_failing_leaves_no_index(folder: Path, db: Path) -> None:
    load([folder / "missing.txt"], db)
    assert not db.exists()


def test_a_folder_without_reports(folder: Path, db: Path) -> None:
    written(folder / "README.md")
    (report,) = load([folder], db)
    assert (report.status, report.error) == ("failed", "文件夹里没有可以载入的报告")


def test_an_index_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    path = written(folder / "a.txt")
    with pytest.raises(IndexUnavailable):
        load([path], folder)
    with pytest.raises(IndexUnavailable):
        load([path], path / "yusuan.db")
    with pytest.raises(IndexDamaged):
        load([path], written(tmp_path / "other.db", "not a database, but long enough to look at" * 50))


def test_progress(folder: Path, db: Path) -> None:
    seen: list[tuple[int, int, str | None]] = []
    written(folder / "a.txt")
    written(folder / "b.txt", "")
    load(
        [folder], db, progress=lambda done, total, report: seen.append((done, total, report.status if report else None))
    )
    assert seen == [(0, 2, None), (1, 2, "loaded"), (2, 2, "failed")]
