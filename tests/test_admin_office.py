"""The admin's office: what is shown before, what happens then, what stays, and what the log says of it."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from index import Assistant, DraftOutdated, NotAdopted, Office, YusuanError, contradictions
from index.admin import adopting, compare, drafts, office, preview
from index.admin.drafts import Drafts, harmless
from index.admin.models import Draft
from index.errors import IndexDamaged, IndexUnavailable
from index.intake import prepare
from index.models import Fact, Period, Region, StoredFact
from index.parse import parse
from index.store.filing import digest
from index.store.ledger import Ledger, ledger_path
from index.store.lookup import Index
from index.store.versions import Versions
from tests.admin_reports import ME, YOU, name_of, text_of, variants, written
from tests.read_builders import zipped
from tests.test_versions import spoil

QUESTION = "上党区2023年教育支出和卫生健康支出"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "index.db"


@pytest.fixture
def bureau(db: Path, folder: Path) -> Iterator[Office]:
    opened = Office(db, folder)
    yield opened
    opened.close()


@pytest.fixture
def sent(tmp_path: Path) -> Callable[..., Path]:
    """A report as an admin sends it in."""
    return lambda *slots, **more: written(tmp_path / "sent", *slots, **more)


def adopted(bureau: Office, *files: Path) -> int:
    return bureau.adopt(bureau.preview(files, ME).id, ME).number


def names(db: Path) -> list[str]:
    with Index(db) as index:
        return sorted(one.name for one in index.documents())


def asked(db: Path, question: str = QUESTION) -> set[int]:
    assistant = Assistant(db)
    try:
        return variants(assistant.ask(question).reply)
    finally:
        assistant.close()


def statuses(draft: Draft) -> list[str]:
    return [file.status for file in draft.files]


def logged(bureau: Office) -> list[tuple[str, str]]:
    return [(entry.action, entry.outcome) for entry in reversed(bureau.log())]


# ---------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    "name, kept",
    [
        ("上党区2023.pdf", "上党区2023.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\决算.docx", "决算.docx"),
        ("/etc/cron.d/x", "x"),
        ("a/..", "报告"),
        ("..", "报告"),
        ("....", "报告"),
        ("", "报告"),
        ("   ", "报告"),
        ("\x00\x01\x1b[31m决算\r\n.txt", "[31m决算.txt"),
        ("决算\u202efdp.exe", "决算fdp.exe"),
        ("决算\udcff\ud800.txt", "决算.txt"),
        ('<b>"决算"?*|:.html', "b决算.html"),
        (".hidden.txt", "hidden.txt"),
        ("~$锁.docx", "锁.docx"),
        ("-rf.txt", "rf.txt"),
        ("没有后缀", "没有后缀"),
        ("点在末尾.", "点在末尾"),
        ("决算.tar.gz", "决算.tar.gz"),
        ("; rm -rf $HOME `x`.txt", "; rm -rf $HOME `x`.txt"),
    ],
)
def test_names_from_outside_are_made_harmless(name: str, kept: str) -> None:
    assert harmless(name) == kept


@pytest.mark.parametrize("name", ["长" * 500 + ".pdf", "a" * 500, "x." + "后" * 500, "决算." + "." * 400 + "pdf"])
def test_long_names_fit_a_file_system(name: str, tmp_path: Path) -> None:
    kept = harmless(name)
    assert 0 < len(kept.encode()) <= 160
    (tmp_path / kept).write_text("")


# ---------------------------------------------------------------------------------------------- drafts


def test_nothing_changes_before_adoption(bureau: Office, db: Path, sent: Callable[..., Path]) -> None:
    draft = bureau.preview([sent(k=1)], ME)
    assert (statuses(draft), draft.added, draft.changed, draft.base) == (["loaded"], 4, 0, 0)
    assert (draft.files[0].region, draft.files[0].years, draft.state) == ("长治市上党区", (2023,), "open")
    assert not db.exists() and bureau.versions() == [] and bureau.version() == 0
    version = bureau.adopt(draft.id, ME)
    assert (version.number, version.added, version.by, version.draft) == (1, ("上党区2023.txt",), ME, draft.id)
    assert (names(db), asked(db)) == (["上党区2023.txt"], {1})
    again = bureau.draft(draft.id)
    assert again is not None and (again.state, again.decided_by) == ("adopted", ME.name)
    assert bureau.drafts() == []
    assert logged(bureau) == [("preview", "done"), ("adopt", "done")]
    assert [(one.before, one.after) for one in bureau.log(1)] == [("第0版", "第1版")]


def test_the_file_of_a_draft_may_go_and_the_original_stays(bureau: Office, db: Path, sent: Callable[..., Path]) -> None:
    file = sent(k=1)
    draft = bureau.preview([file], ME)
    file.unlink()
    bureau.adopt(draft.id, ME)
    with Index(db) as index:
        (document,) = index.documents()
    assert Path(document.path).read_text(encoding="utf-8") == text_of("上党区", 2023, 1)
    assert list((db.parent / "index.drafts").iterdir()) == []


def test_drafts_outlive_a_restart(bureau: Office, db: Path, folder: Path, sent: Callable[..., Path]) -> None:
    first = bureau.preview([sent(k=1)], ME)
    second = bureau.preview([sent("解放区", k=2), sent("屯留区", k=3)], YOU)
    bureau.close()
    after = Office(db, folder)
    assert {one.id: one for one in after.drafts()} == {first.id: first, second.id: second}
    after.adopt(second.id, YOU)
    assert [one.id for one in after.drafts()] == [first.id]
    after.close()


def test_another_report_adopted_meanwhile_is_no_hindrance(bureau: Office, db: Path, sent: Callable[..., Path]) -> None:
    first, second = bureau.preview([sent(k=1)], ME), bureau.preview([sent("解放区", k=2)], ME)
    bureau.adopt(second.id, YOU)
    version = bureau.adopt(first.id, ME)
    assert (version.number, version.base) == (2, 1)
    assert names(db) == sorted([name_of("上党区", 2023), name_of("解放区", 2023)])


def test_an_outdated_draft_is_shown_again(bureau: Office, db: Path, sent: Callable[..., Path]) -> None:
    adopted(bureau, sent(k=1))
    draft = bureau.preview([sent(k=2)], ME)
    assert [(one.item, one.old, one.new) for one in draft.changes][1] == ("教育支出", ("50001万元",), ("50002万元",))
    adopted(bureau, sent(k=3))
    with pytest.raises(DraftOutdated, match="已重新对照"):
        bureau.adopt(draft.id, ME)
    assert asked(db) == {3}
    fresh = bureau.draft(draft.id)
    assert fresh is not None and fresh.base == 2 and fresh.state == "open"
    assert [(one.old, one.new) for one in fresh.changes][1] == (("50003万元",), ("50002万元",))
    assert bureau.adopt(draft.id, ME).number == 3
    assert asked(db) == {2}


def test_a_draft_read_with_other_rules_is_read_again(
    bureau: Office, sent: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an update of the program, what was shown may not be what would be adopted."""
    draft = bureau.preview([sent(k=1)], ME)
    monkeypatch.setattr("index.build.fingerprint", lambda: "other rules")

    def other(*given: object, **more: object) -> object:
        parsed = parse(*given, **more)  # type: ignore[arg-type]
        return replace(parsed, facts=parsed.facts[:2])

    monkeypatch.setattr(prepare, "parse", other)
    with pytest.raises(DraftOutdated):
        bureau.adopt(draft.id, ME)
    assert bureau.draft(draft.id).added == 2  # type: ignore[union-attr]
    monkeypatch.setattr("index.build.fingerprint", lambda: "still others, that read the same")
    assert bureau.adopt(draft.id, ME).facts == 2


@pytest.mark.parametrize("first", ["adopt", "drop"])
@pytest.mark.parametrize("second", ["adopt", "drop", "revise"])
def test_decided_is_decided(bureau: Office, sent: Callable[..., Path], first: str, second: str) -> None:
    draft = bureau.preview([sent(k=1)], ME)
    getattr(bureau, first)(draft.id, ME)
    with pytest.raises(NotAdopted, match=f"已由王科长{'采用' if first == 'adopt' else '放弃'}"):
        getattr(bureau, second)(draft.id, YOU)
    assert bureau.version() == (1 if first == "adopt" else 0)
    assert bureau.draft(draft.id).state == {"adopt": "adopted", "drop": "dropped"}[first]  # type: ignore[union-attr]


@pytest.mark.parametrize("id", ["", "zzzzzzzz", "../../x", "'; DROP TABLE drafts; --", "a" * 1000, "\x00"])
@pytest.mark.parametrize("call", ["adopt", "drop", "revise"])
def test_a_made_up_draft(bureau: Office, id: str, call: str) -> None:
    assert bureau.draft(id) is None
    with pytest.raises(NotAdopted, match="没有这份待定的报告"):
        getattr(bureau, call)(id, ME)


@pytest.mark.parametrize("decision", ["drop", "adopt"])
def test_deciding_while_another_looks_again(
    bureau: Office, sent: Callable[..., Path], decision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who looks again at a draft that is being decided must not make it undecided."""
    draft = bureau.preview([sent(k=1)], ME)
    look = preview.look

    def slow(*given: object, **more: object) -> object:
        monkeypatch.setattr(office, "look", look)
        getattr(bureau, decision)(draft.id, YOU)
        return look(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(office, "look", slow)
    with pytest.raises(NotAdopted, match="已由李科长"):
        bureau.revise(draft.id, ME, year=2022)
    assert bureau.drafts() == []
    assert bureau.version() == (1 if decision == "adopt" else 0)


def test_region_and_year_set_by_hand(bureau: Office, db: Path, sent: Callable[..., Path]) -> None:
    draft = bureau.preview([sent(k=1)], ME)
    draft = bureau.revise(draft.id, ME, region="洛阳市西工区", year=2021)
    assert (draft.region, draft.year, draft.files[0].region) == ("洛阳市西工区", 2021, "洛阳市西工区")
    with pytest.raises(YusuanError, match="哪儿都不是"):
        bureau.revise(draft.id, ME, region="哪儿都不是")
    assert bureau.draft(draft.id) == draft
    back = bureau.revise(draft.id, ME, region="", year=0)
    assert (back.region, back.year, back.files[0].region) == ("", None, "长治市上党区")
    bureau.revise(draft.id, ME, region="洛阳市西工区")
    bureau.adopt(draft.id, ME)
    assert asked(db, "西工区2023年教育支出") == {1}
    assert logged(bureau)[1:4] == [("revise", "done"), ("revise", "failed"), ("revise", "done")]
    lines = [(one.before, one.after) for one in bureau.log() if one.action == "revise" and one.outcome == "done"]
    assert lines[-1] == ("", "洛阳市西工区 2021年")


def test_a_file_that_fails_costs_the_others_nothing(bureau: Office, db: Path, sent: Callable[..., Path]) -> None:
    bad = sent(name="坏.pdf")
    bad.write_bytes(b"\x00\xff" * 500)
    draft = bureau.preview([sent(k=1), bad, sent("解放区", k=2)], ME)
    assert statuses(draft) == ["loaded", "failed", "loaded"] and draft.files[1].error
    version = bureau.adopt(draft.id, ME)
    assert version.added == tuple(sorted((name_of("上党区", 2023), name_of("解放区", 2023))))
    kept = [file.name for file in (db.parent / "index.originals").rglob("*") if file.is_file()]
    assert sorted(kept) == list(version.added)  # what nobody can read is not kept either


@pytest.mark.parametrize(
    "text, missing",
    [
        ("某区财政情况\n\n2023年全区教育支出完成1200万元。\n", "地区"),
        ("上党区财政情况\n\n全区教育支出完成1200万元。\n", "年份"),
    ],
)
def test_a_report_without_place_or_year_waits_for_it(
    bureau: Office, db: Path, tmp_path: Path, text: str, missing: str
) -> None:
    file = tmp_path / "报告.txt"
    file.write_text(text, encoding="utf-8")
    draft = bureau.preview([file], ME)
    with pytest.raises(NotAdopted, match=f"没有认出{missing}，写明以后才能采用"):
        bureau.adopt(draft.id, ME)
    assert bureau.version() == 0 and bureau.draft(draft.id) is not None
    bureau.revise(draft.id, ME, region="长治市上党区", year=2023)
    assert bureau.adopt(draft.id, ME).number == 1
    assert names(db) == ["报告.txt"]


@pytest.mark.parametrize("days, readable, kept", [(0, False, True), (2, False, False), (2, True, True)])
def test_what_cannot_be_read_is_dropped_after_a_day(
    bureau: Office, sent: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, days: int, readable: bool, kept: bool
) -> None:
    file = sent(k=1)
    if not readable:
        file = sent(name="坏.pdf")
        file.write_bytes(b"\x00\xff" * 500)
    at = (datetime.now(UTC) - timedelta(days=days)).isoformat("T", "seconds")
    monkeypatch.setattr("index.admin.office._now", lambda: at)
    draft = bureau.preview([file], ME)
    assert [one.id for one in bureau.drafts()] == ([draft.id] if kept else [])
    now = bureau.draft(draft.id)
    assert now is not None and now.state == ("open" if kept else "dropped")


def test_the_name_of_a_failing_file_excuses_no_other(
    bureau: Office, sent: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two files of one name: the one that was read when shown must be read when adopted."""
    bad = tmp_path / "other" / name_of("上党区", 2023)
    bad.parent.mkdir()
    bad.write_bytes(b"\x00\xff" * 500)
    draft = bureau.preview([bad, sent(k=1), sent("解放区", k=1)], ME)
    assert statuses(draft) == ["failed", "loaded", "loaded"]
    monkeypatch.setattr("index.intake.prepare.read_documents", fails_for("上党区2023.txt"))
    with pytest.raises(NotAdopted, match=r"上党区2023.txt：.*没有采用，索引未改动"):
        bureau.adopt(draft.id, ME)
    assert bureau.version() == 0 and bureau.drafts()[0].id == draft.id
    assert logged(bureau)[-1] == ("adopt", "failed")
    monkeypatch.undo()
    assert bureau.adopt(draft.id, ME).documents == 2


def fails_for(name: str) -> Callable[[Path], object]:
    from index.read import read_documents

    def read(path: Path) -> object:
        if path.name == name:
            raise OSError(5, "Input/output error")
        return read_documents(path)

    return read


def test_only_failing_files_are_nothing_to_adopt(bureau: Office, sent: Callable[..., Path]) -> None:
    empty = sent(name="空.txt")
    empty.write_text("")
    draft = bureau.preview([empty], ME)
    assert draft.is_empty
    with pytest.raises(NotAdopted, match="没有可以采用的内容"):
        bureau.adopt(draft.id, ME)
    assert logged(bureau)[-1] == ("adopt", "failed")


def test_an_archive_with_several_reports(bureau: Office, db: Path, sent: Callable[..., Path]) -> None:
    archive = sent(name="全部.zip")
    members: dict[str, str | bytes] = {
        name_of(place, 2023): text_of(place, 2023, 1).encode() for place in ("上党区", "解放区")
    }
    archive.write_bytes(zipped({**members, "坏.pdf": b"%PDF-1.4 nothing", "../../出去.txt": "教育支出1万元"}))
    draft = bureau.preview([archive], ME)
    assert statuses(draft) == ["loaded", "loaded"]
    assert [words in "；".join(draft.files[0].warnings) for words in ("坏.pdf", "指向压缩包之外")] == [True, True]
    version = bureau.adopt(draft.id, ME)
    assert (version.documents, asked(db)) == (2, {1})
    # the same reports again, in an archive or alone, are nothing new
    again = bureau.preview([archive, sent("解放区", k=1)], ME)
    assert "replaced" not in statuses(again) and "loaded" not in statuses(again) and again.is_empty
    assert (again.added, again.changed, again.gone) == (0, 0, 0)


def test_the_same_file_twice_in_one_draft(bureau: Office, sent: Callable[..., Path]) -> None:
    draft = bureau.preview([sent(k=1), sent(k=1, name="另一个名字.txt")], ME)
    assert statuses(draft) == ["loaded", "unchanged"]
    assert "与已载入的 上党区2023.txt 相同" in draft.files[1].warnings[0]
    assert bureau.adopt(draft.id, ME).documents == 1


def test_content_that_is_held_already(bureau: Office, sent: Callable[..., Path]) -> None:
    adopted(bureau, sent(k=1))
    draft = bureau.preview([sent(k=1, name="同一内容.txt")], ME)
    assert draft.is_empty and statuses(draft) == ["unchanged"]
    with pytest.raises(NotAdopted, match="没有可以采用的内容"):
        bureau.adopt(draft.id, ME)


def test_a_file_that_cannot_be_taken_in(bureau: Office, db: Path, tmp_path: Path) -> None:
    with pytest.raises(NotAdopted, match="文件没有收下"):
        bureau.preview([tmp_path / "没有.txt"], ME)
    assert bureau.drafts() == [] and list((db.parent / "index.drafts").iterdir()) == []
    assert logged(bureau) == [("preview", "failed")]


def test_the_drafts_file_was_changed_after_it_was_shown(bureau: Office, db: Path, sent: Callable[..., Path]) -> None:
    draft = bureau.preview([sent(k=1), sent("解放区", k=1)], ME)
    Path(draft.paths[0]).write_text(text_of("上党区", 2023, 9), encoding="utf-8")
    with pytest.raises(DraftOutdated):
        bureau.adopt(draft.id, ME)
    Path(draft.paths[0]).unlink()
    with pytest.raises(DraftOutdated):
        bureau.adopt(draft.id, ME)
    assert statuses(bureau.draft(draft.id) or draft) == ["failed", "loaded"]
    assert bureau.adopt(draft.id, ME).added == (name_of("解放区", 2023),)


# ---------------------------------------------------------------------------------------------- comparison

SHANGDANG = Region("140404", "上党区", "长治市上党区", "county")


def stored(value: str, unit: str = "万元", document: str = "甲.txt", **slots: object) -> StoredFact:
    scale = {"万元": 10_000, "亿元": 100_000_000, "%": 1}[unit]
    fact = Fact(
        region="140404", scope="whole", scope_words="全区", period=Period.year(2023), account="general_public",
        flow="expenditure", item="教育支出", key="gp-exp-205", parent="",
        label=f"全区教育支出完成{value}{unit}", measure="actual",
        kind="percent" if unit == "%" else "money", value=value, unit=unit,
        number=None if value == "*" else Decimal(value.lstrip("约")) * scale, sentence=0, start=0, end=len(value),
        rule="amount", flags=("rough",) if value.startswith("约") else (),
    )  # fmt: skip
    fact = replace(fact, **slots)  # type: ignore[arg-type]
    return make_stored(fact, document)


def make_stored(fact: Fact, document: str) -> StoredFact:
    given = {"fact": fact, "region": SHANGDANG, "document": document, "page": 3, "text": fact.label}
    plain: dict[str, object] = {"int": 0, "str": "", "bool": False}
    values = {one.name: given.get(one.name, plain.get(str(one.type))) for one in fields(StoredFact)}
    return StoredFact(**values)  # type: ignore[arg-type]


# coming, going, staying -> added, changed, gone, clashes
COMPARED: list[tuple[list[StoredFact], list[StoredFact], list[StoredFact], tuple[int, int, int, int]]] = [
    ([stored("56917")], [], [], (1, 0, 0, 0)),
    ([], [stored("56917")], [], (0, 0, 1, 0)),
    ([stored("56971")], [stored("56917")], [], (0, 1, 0, 0)),
    ([stored("56917")], [stored("56917")], [], (0, 0, 0, 0)),
    ([stored("5.69", "亿元")], [stored("56917")], [], (0, 0, 0, 0)),  # rounded
    ([stored("56917")], [stored("5.7", "亿元")], [], (0, 0, 0, 0)),
    ([stored("5.71", "亿元")], [stored("56917")], [], (0, 1, 0, 0)),
    ([stored("56917"), stored("5.69", "亿元")], [stored("56917")], [], (0, 0, 0, 0)),
    ([stored("56917"), stored("60000")], [stored("56917")], [], (0, 1, 0, 0)),
    ([stored("*")], [stored("56917")], [], (0, 1, 0, 0)),
    ([stored("*")], [stored("*")], [], (0, 0, 0, 0)),
    ([stored("56917", measure="budget")], [stored("56917")], [], (1, 0, 1, 0)),
    ([stored("56917", flow="revenue")], [stored("56917")], [], (1, 0, 1, 0)),
    ([stored("5.1", "%", measure="yoy_pct")], [stored("5.2", "%", measure="yoy_pct")], [], (0, 1, 0, 0)),
    # what stays still says it: nothing is gone
    ([], [stored("56917")], [stored("56917", document="乙.txt")], (0, 0, 0, 0)),
    ([stored("56917")], [], [stored("56917", document="乙.txt")], (0, 0, 0, 0)),
    ([stored("56971")], [], [stored("56917", document="乙.txt")], (0, 1, 0, 1)),  # and contradicts
    ([stored("5.69", "亿元")], [], [stored("56917", document="乙.txt")], (0, 0, 0, 0)),
    ([stored("56971", key="")], [], [stored("56917", key="", document="乙.txt")], (0, 1, 0, 0)),
    ([stored("5.1", "%")], [], [stored("5.2", "%", document="乙.txt")], (0, 1, 0, 0)),
]  # fmt: skip


@pytest.mark.parametrize("coming, going, staying, wanted", COMPARED)
def test_what_would_change(
    coming: list[StoredFact], going: list[StoredFact], staying: list[StoredFact], wanted: tuple[int, ...]
) -> None:
    found = compare.compare(coming, going, staying)
    assert (found.added, found.changed, found.gone, len(found.clashes)) == wanted
    for clash in found.clashes:
        assert [place.document for place in clash.places] == ["甲.txt", "乙.txt"]
        assert clash.places[0].value == "56971万元"


def test_changed_figures_first_and_as_printed() -> None:
    found = compare.compare([stored("56971"), stored("1", item="甲")], [stored("9", item="乙"), stored("56917")], [])
    assert [(one.kind, one.item, one.old, one.new) for one in found.changes] == [
        ("changed", "教育支出", ("56917万元",), ("56971万元",)),
        ("gone", "乙", ("9万元",), ()),
    ]


def test_a_senseless_table_does_not_take_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    agree = contradictions.agree

    def counted(one: Fact, other: Fact) -> bool:
        nonlocal calls
        calls += 1
        return agree(one, other)

    monkeypatch.setattr(compare, "agree", counted)
    many = [stored(str(number)) for number in range(20_000)]
    others = [stored(str(number) + ".5", document="乙.txt") for number in range(20_000)]
    compare.compare(many, others, [replace(one, document="丙.txt") for one in others])
    assert calls <= 4 * compare.MOST_FIGURES**2


# ---------------------------------------------------------------------------------------------- the reports folder


def test_the_folder_and_the_index_brought_in_line(bureau: Office, db: Path, folder: Path) -> None:
    for place in ("上党区", "解放区", "屯留区"):
        written(folder, place, k=1)
    written(folder / "下级", "西工区", k=1)
    (folder / "说明.doc.bak").write_text("no report")
    draft = bureau.rescan(ME)
    assert statuses(draft) == ["loaded"] * 4 and draft.action == "reload"
    assert bureau.adopt(draft.id, ME).documents == 4
    assert bureau.rescan(ME).is_empty
    written(folder, "上党区", k=2)  # changed
    (folder / name_of("解放区", 2023)).unlink()  # removed
    (folder / name_of("屯留区", 2023)).rename(folder / "下级" / "屯留区.txt")  # moved
    written(folder, "中站区", k=1)  # added
    draft = bureau.rescan(ME)
    assert (sorted(statuses(draft)), draft.removes) == (["loaded", "replaced"], (name_of("解放区", 2023),))
    assert (draft.added, draft.changed, draft.gone) == (4, 4, 4)
    version = bureau.adopt(draft.id, ME)
    assert (version.added, version.replaced) == ((name_of("中站区", 2023),), (name_of("上党区", 2023),))
    assert version.removed == (name_of("解放区", 2023),) and len(names(db)) == 4 and asked(db) == {2}
    assert bureau.rescan(ME).is_empty
    assert set(logged(bureau)) == {("reload", "done"), ("adopt", "done")}


def test_removed_by_an_admin_stays_removed(bureau: Office, db: Path, folder: Path, sent: Callable[..., Path]) -> None:
    file = written(folder, k=1)
    written(folder, "解放区", k=1)
    bureau.adopt(bureau.rescan(ME).id, ME)
    draft = bureau.removal(file.name, ME)
    assert (draft.gone, draft.removes, draft.files) == (4, (file.name,), ())
    assert bureau.adopt(draft.id, ME).removed == (file.name,)
    again = bureau.rescan(ME)
    assert again.is_empty and statuses(again) == ["skipped"] and "管理员移除" in again.files[0].warnings[0]
    # sent by an admin it counts again
    assert adopted(bureau, sent(k=1)) == 3
    assert bureau.rescan(ME).is_empty and names(db) == sorted(["上党区2023.txt", "解放区2023.txt"])
    with pytest.raises(NotAdopted, match="没有名为"):
        bureau.removal("没有.txt", ME)
    assert logged(bureau)[-1] == ("removal", "failed")


def test_replaced_by_an_admin_stays_replaced(bureau: Office, db: Path, folder: Path, sent: Callable[..., Path]) -> None:
    written(folder, k=1)
    bureau.adopt(bureau.rescan(ME).id, ME)
    adopted(bureau, sent(k=2))
    assert bureau.rescan(ME).is_empty and asked(db) == {2}
    bureau.rollback(1, ME)
    assert bureau.rescan(ME).is_empty and asked(db) == {1}


def test_a_file_that_cannot_be_read(bureau: Office, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(folder, k=1)
    bureau.adopt(bureau.rescan(ME).id, ME)
    secret = written(folder, "解放区", k=1)
    open_ = Path.open

    def refused(self: Path, *given: object, **more: object) -> object:
        if self.name == secret.name:
            raise PermissionError(13, "Permission denied")
        return open_(self, *given, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refused)
    monkeypatch.setattr("index.intake.prepare.read_documents", fails_for(secret.name))
    draft = bureau.rescan(ME)
    assert statuses(draft) == ["failed"] and draft.removes == () and draft.is_empty


def test_an_empty_or_missing_folder(bureau: Office, db: Path, folder: Path) -> None:
    assert bureau.rescan(ME).is_empty
    written(folder, k=1)
    bureau.adopt(bureau.rescan(ME).id, ME)
    (folder / name_of("上党区", 2023)).unlink()
    draft = bureau.rescan(ME)
    assert draft.removes == ("上党区2023.txt",) and not draft.is_empty  # shown, and only done when an admin says so
    folder.rmdir()
    with pytest.raises(NotAdopted, match="报告文件夹不存在"):
        bureau.rescan(ME)
    assert logged(bureau)[-1] == ("reload", "failed")
    assert names(db) == ["上党区2023.txt"]


def test_what_was_sent_in_is_none_of_the_folders_business(
    bureau: Office, folder: Path, sent: Callable[..., Path]
) -> None:
    adopted(bureau, sent(k=1))
    assert bureau.rescan(ME).removes == ()


# ---------------------------------------------------------------------------------------------- rollback


def test_rollback_and_its_lines(bureau: Office, db: Path, sent: Callable[..., Path]) -> None:
    for k in (1, 2):
        adopted(bureau, sent(k=k))
    assert bureau.rollback(1, YOU).number == 1
    assert asked(db) == {1}
    (line,) = bureau.log(1)
    assert (line.by, line.action, line.before, line.after, line.outcome) == (YOU, "rollback", "第2版", "第1版", "done")
    for number in (1, 9):
        with pytest.raises(NotAdopted):
            bureau.rollback(number, YOU)
        assert logged(bureau)[-1] == ("rollback", "failed")
    assert [(one.number, one.current) for one in bureau.versions()] == [(2, False), (1, True)]


def test_rollback_out_of_a_damaged_version(bureau: Office, db: Path, sent: Callable[..., Path]) -> None:
    for k in (1, 2):
        adopted(bureau, sent(k=k))
    spoil(db, 0)
    with pytest.raises(IndexDamaged):
        bureau.version()
    assert bureau.rollback(1, ME).number == 1
    assert asked(db) == {1}
    assert bureau.log(1)[0].before == "已损坏的索引"


# ---------------------------------------------------------------------------------------------- recovery


def test_a_sound_index_needs_no_recovery(bureau: Office, sent: Callable[..., Path]) -> None:
    assert bureau.recover() == []
    adopted(bureau, sent(k=1))
    assert bureau.recover() == bureau.recover(deep=True) == []


def test_recovery_tells_the_owner(bureau: Office, db: Path, folder: Path, sent: Callable[..., Path]) -> None:
    for k in (1, 2):
        adopted(bureau, sent(k=k))
    spoil(db)
    bureau.close()
    after = Office(db, folder)
    (line,) = after.recover()
    assert "已自动退回第1版" in line and after.log(1)[0].subject == line
    assert asked(db) == {1} and after.recover() == []
    assert adopted(after, sent(k=2)) == 3
    after.close()


def test_no_good_version_is_left(bureau: Office, db: Path, sent: Callable[..., Path]) -> None:
    adopted(bureau, sent(k=1))
    for file in (db, Versions(db).file(1)):
        spoil(file)
    (line,) = bureau.recover()
    assert "没有完好的旧版本" in line and "删除" not in line


def test_an_index_of_a_newer_program_is_left_alone(bureau: Office, db: Path, sent: Callable[..., Path]) -> None:
    for k in (1, 2):
        adopted(bureau, sent(k=k))
    with closing(sqlite3.connect(db)) as conn:
        conn.execute("PRAGMA user_version = 99")
    Versions(db).seals.note(2, digest(db), 1)
    before = db.read_bytes()
    assert bureau.recover() == []
    assert db.read_bytes() == before


class Killed(BaseException):
    """Stands for the end of the process: nothing after it is done by this one."""


def killed(*_: object, **__: object) -> None:
    raise Killed


@pytest.mark.parametrize("where", ["loading", "before the switch", "after the switch"])
def test_what_was_begun_is_settled(
    db: Path, folder: Path, sent: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    written(folder, k=1)
    bureau = Office(db, folder)
    bureau.adopt(bureau.rescan(ME).id, ME)
    draft = bureau.preview([sent(k=2)], ME)

    with monkeypatch.context() as patch:
        if where == "loading":
            patch.setattr(adopting, "write_into", killed)
        elif where == "before the switch":
            patch.setattr(Versions, "publish", killed)
        else:
            patch.setattr(office, "conclude", killed)
        patch.setattr(office.Office, "_not_made", lambda *_: None)  # a killed process tidies nothing
        with pytest.raises(Killed):
            bureau.adopt(draft.id, ME)
    bureau.close()
    after = Office(db, folder)
    made = where == "after the switch"
    assert after.draft(draft.id).state == ("adopted" if made else "open")  # type: ignore[union-attr]
    assert after.version() == (2 if made else 1)
    lines = [one.outcome for one in after.log() if one.action == "adopt"]
    assert lines == ["done" if made else "failed", "done"]
    if made:
        assert asked(db) == {2}
        assert after.rescan(ME).is_empty, "the file that was replaced must not come back"
        assert not list((db.parent / "index.drafts").iterdir())
    else:
        assert asked(db) == {1} and after.adopt(draft.id, ME).number == 2
    after.close()


def test_killed_and_damaged_as_well(
    db: Path, folder: Path, sent: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office opens all the same, and the report that went with the damaged version can be adopted again."""
    bureau = Office(db, folder)
    adopted(bureau, sent(k=1))
    draft = bureau.preview([sent(k=2)], ME)
    with monkeypatch.context() as patch:
        patch.setattr(office, "conclude", killed)
        with pytest.raises(Killed):
            bureau.adopt(draft.id, ME)
    bureau.close()
    spoil(db, 0)
    after = Office(db, folder)
    assert after.recover() and asked(db) == {1}
    assert after.draft(draft.id).state == "open"  # type: ignore[union-attr]
    assert after.adopt(draft.id, ME).number == 3
    after.close()


def test_a_ledger_that_cannot_be_written_at_the_end(
    bureau: Office, db: Path, sent: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version is in use, so adopting has not failed; what the ledger lacks it gets when it can be written again."""
    draft = bureau.preview([sent(k=1)], ME)
    finish = Ledger.finish_entry

    def full(*_: object) -> None:
        raise IndexUnavailable("磁盘已满")

    monkeypatch.setattr(Ledger, "finish_entry", full)
    monkeypatch.setattr(Drafts, "save", full)
    assert bureau.adopt(draft.id, ME).number == 1
    monkeypatch.undo()
    assert Ledger.finish_entry is finish
    with pytest.raises(NotAdopted, match="已由王科长采用"):
        bureau.adopt(draft.id, YOU)
    assert bureau.draft(draft.id).state == "adopted"  # type: ignore[union-attr]
    assert [one.outcome for one in bureau.log() if one.by == ME and one.action == "adopt"] == ["done"]


def test_strays_of_killed_processes_go(bureau: Office, db: Path, folder: Path, sent: Callable[..., Path]) -> None:
    """Files that never became a draft go when they are old, or another process may be at work on them."""
    undecided = bureau.preview([sent(k=1)], ME)
    strays = db.parent / "index.drafts"
    for name in ("fresh222", "old22222", ".look-old"):
        (strays / name / "0").mkdir(parents=True)
        (strays / name / "0" / "x.txt").write_text("x")
    long_ago = time.time() - 2 * drafts.STRAY_SECONDS
    for name in ("old22222", ".look-old"):
        os.utime(strays / name, (long_ago, long_ago))
    bureau.close()
    Office(db, folder).close()
    assert {one.name for one in strays.iterdir()} == {undecided.id, "fresh222"}


# ---------------------------------------------------------------------------------------------- two at once, clocks


def test_two_admins_adopt_one_draft(bureau: Office, db: Path, folder: Path, sent: Callable[..., Path]) -> None:
    draft = bureau.preview([sent(k=1)], ME)
    other = Office(db, folder)
    told: list[object] = []

    def adopt(one: Office, by: object) -> None:
        try:
            told.append(one.adopt(draft.id, by).number)  # type: ignore[arg-type]
        except NotAdopted as error:
            told.append(str(error))

    threads = [threading.Thread(target=adopt, args=pair) for pair in ((bureau, ME), (other, YOU))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert 1 in told and bureau.version() == 1
    assert any(isinstance(one, str) and ("采用" in one) for one in told)


def test_a_clock_set_back(bureau: Office, sent: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_now", lambda: "2031-01-01T00:00:00+00:00")
    adopted(bureau, sent(k=1))
    monkeypatch.setattr(office, "_now", lambda: "1999-01-01T00:00:00+00:00")
    draft = bureau.preview([sent(k=2)], ME)
    assert bureau.adopt(draft.id, ME).number == 2
    assert [one.number for one in bureau.versions()] == [2, 1]
    assert [one.at[:4] for one in bureau.log()] == ["1999", "1999", "2031", "2031"]


def test_a_folder_that_cannot_be_written(db: Path, folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    with pytest.raises(IndexUnavailable):
        Office(blocked / "index.db", folder)


def test_a_damaged_ledger(db: Path, folder: Path) -> None:
    ledger_path(db).write_bytes(b"no database" * 1000)
    with pytest.raises(IndexDamaged):
        Office(db, folder)
