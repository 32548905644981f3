"""A damaged index gives way to its last good version before anything is made of it, and whoever works is told."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main
from index import (
    Assistant,
    DraftOutdated,
    GoldChanged,
    NotAdopted,
    Office,
    YusuanError,
    backup,
    check_index,
    load,
    restore,
)  # fmt: skip
from index.admin import restoring
from index.admin.gold import changes
from index.errors import IndexDamaged
from index.store import filing, seals, shelf, versions
from index.store.filing import same
from index.store.ledger import ledger_path
from index.store.versions import Versions
from tests.admin_reports import ME, YOU, copied, text_of, variants, written
from tests.test_damage import figures
from tests.test_versions import publish

QUESTION = "上党区2023年教育支出和卫生健康支出"
OTHER = "解放区"
LEXICON = Path(__file__).resolve().parent.parent / "data" / "lexicon"
REPORT = text_of("上党区", 2023, 0).replace("50000", "56917")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    return tmp_path / "index.db"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index with two versions, of which every test has its copy."""
    folder = tmp_path_factory.mktemp("made")
    with closing(Office(folder / "index.db", folder / "reports")) as office:
        for k in (1, 2):
            office.adopt(office.preview([written(folder / "sent", k=k)], ME).id, ME)
    return folder


@pytest.fixture
def bureau(db: Path, made: Path) -> Iterator[Office]:
    """With two versions: the figures of the first are of variant 1, those of the second of variant 2."""
    copied(made, db.parent)
    office = Office(db, db.parent / "reports")
    yield office
    office.close()


def flip(file: Path) -> None:
    """A bit of a quoted sentence: SQLite finds nothing wrong with that."""
    content = bytearray(file.read_bytes())
    at = content.rindex("各项收支".encode())
    content[at + 2] ^= 1
    with file.open("rb+") as opened:
        opened.write(content)


def asked(db: Path) -> set[int]:
    with closing(Assistant(db)) as assistant:
        return variants(assistant.ask(QUESTION).reply)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a bit": flip,
    "emptied": lambda db: db.write_bytes(b""),
    "cut short": lambda db: os.truncate(db, 9000),
    "no index": lambda db: db.write_bytes(b"no index" * 999),
}


@pytest.fixture(params=DAMAGES)
def damage(request: pytest.FixtureRequest) -> Callable[[Path], object]:
    return DAMAGES[request.param]


# ---------------------------------------------------------------------------------------------- two names of one file


def test_the_only_version_has_a_file_of_its_own(db: Path) -> None:
    publish(db, "a")
    all = Versions(db)
    assert not same(db, all.file(1)) and db.read_bytes() == all.file(1).read_bytes()
    publish(db, "b")
    assert same(db, all.file(2)) and not same(all.file(1), all.file(2))
    all.rollback(1)
    assert same(db, all.file(1))


def test_where_one_version_is_kept_there_are_two_files_of_it(db: Path) -> None:
    for content in "abc":
        publish(db, content, keep=1)
    all = Versions(db, 1)
    assert [one.number for one in all.all()] == [3] and not same(db, all.file(3))
    flip_any(db)
    good = all.mend()
    assert good is not None and good.number == 3 and all.is_sound()


def flip_any(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-100] ^= 4
    with file.open("rb+") as opened:
        opened.write(content)


# bytes of the header in which SQLite and we look for what a file is
@pytest.mark.parametrize("at", [18, 19, 60, 61, 62, 63, 68, 71, 24, 44, 92])
def test_every_bit_of_the_header(bureau: Office, db: Path, at: int) -> None:
    sound = db.read_bytes()
    for bit in range(8):
        content = bytearray(sound)
        content[at] ^= 1 << bit
        folder = db.parent / f"bit{bit}"
        shutil.copytree(db.parent / "index.versions", folder / "index.versions")
        (folder / "index.versions" / "000002.db").write_bytes(content)
        os.link(folder / "index.versions" / "000002.db", folder / "index.db")
        again = Path(shutil.copytree(folder, db.parent / f"again{bit}"))
        (again / "index.db").unlink()
        os.link(again / "index.versions" / "000002.db", again / "index.db")
        assert check_index(folder / "index.db")
        good = Versions(folder / "index.db").mend()
        assert good is not None and good.number == 1
        with Versions(again / "index.db").building() as build:
            assert build.mended is not None and (build.mended.number, build.base) == (1, 1)


# ---------------------------------------------------------------------------------------------- adopting, looking


def test_what_is_adopted_onto_a_damaged_version_is_looked_at_again(
    bureau: Office, db: Path, damage: Callable[[Path], object]
) -> None:
    draft = bureau.preview([written(db.parent / "sent", OTHER, k=7)], ME)
    damage(db)
    with pytest.raises(DraftOutdated, match="索引文件已损坏，已自动退回第1版.*再看一遍"):
        bureau.adopt(draft.id, ME)
    assert asked(db) == {1}
    again = bureau.draft(draft.id)
    assert again is not None and (again.state, again.base) == ("open", 1)
    assert bureau.adopt(draft.id, ME).base == 1
    assert figures(db) == {"上党区2023.txt": {1}, "解放区2023.txt": {7}}
    assert [one.action for one in bureau.log(3)] == ["adopt", "recover", "adopt"]
    assert "已自动退回第1版" in bureau.recover()[0] and bureau.recover() == []
    assert check_index(db) == []


@pytest.mark.parametrize("what", ["preview", "rescan", "removal", "revise"])
def test_nothing_is_compared_with_a_damaged_version(
    bureau: Office, db: Path, what: str, damage: Callable[[Path], object]
) -> None:
    draft = bureau.preview([written(db.parent / "sent", OTHER, k=7)], ME)
    damage(db)
    look = {
        "preview": lambda: bureau.preview([written(db.parent / "sent", k=3)], ME),
        "rescan": lambda: bureau.rescan(ME),
        "removal": lambda: bureau.removal("上党区2023.txt", ME),
        "revise": lambda: bureau.revise(draft.id, ME, year=2022),
    }[what]()
    assert look.base == 1 and asked(db) == {1}
    assert [one.action for one in bureau.log(2)][1] == "recover"


def test_kept_versions_that_are_damaged_are_put_aside(bureau: Office, db: Path) -> None:
    flip(Versions(db).file(1))
    assert any("保留的第1版已损坏" in line for line in check_index(db))
    (line,) = bureau.recover(deep=True)
    assert "第1版已损坏，不能再退回" in line and asked(db) == {2}
    assert [one.number for one in bureau.versions()] == [2] and check_index(db) == []
    with pytest.raises(NotAdopted, match="没有保留第1版"):
        bureau.rollback(1, ME)
    assert bureau.adopt(bureau.preview([written(db.parent / "sent", k=3)], ME).id, ME).number == 3


def test_a_damaged_note_of_a_digest_is_told_and_costs_nothing(bureau: Office, db: Path) -> None:
    note = Versions(db).seals.file(2)
    note.write_text(note.read_text().replace(note.read_text()[5], "g"))
    assert [line for line in check_index(db) if "散列值" in line]
    assert bureau.recover(deep=True) == [] and asked(db) == {2}


# ---------------------------------------------------------------------------------------------- commands


def test_load_goes_back_first_and_says_so(
    bureau: Office, db: Path, damage: Callable[[Path], object], capsys: pytest.CaptureFixture[str]
) -> None:
    damage(db)
    assert main(["load", str(written(db.parent / "sent", OTHER, k=7)), "--db", str(db)]) == 0
    assert "已自动退回第1版" in capsys.readouterr().err
    assert figures(db) == {"上党区2023.txt": {1}, "解放区2023.txt": {7}}
    assert check_index(db) == []


@pytest.mark.parametrize("name", ["emptied", "cut short", "no index"])
def test_ask_goes_back_and_says_so(bureau: Office, db: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    DAMAGES[name](db)
    assert main(["ask", QUESTION, "--db", str(db)]) == 0
    told = capsys.readouterr()
    assert variants(told.out) == {1} and "已自动退回第1版" in told.err


@pytest.mark.parametrize("command", [["versions"], ["alias"], ["reload"], ["audit"]])
def test_every_command_of_the_office_does(
    bureau: Office, db: Path, command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUSUAN_REPORTS", str(db.parent / "reports"))
    flip(db)
    assert main([*command, "--db", str(db)]) == 0
    assert "已自动退回第1版" in capsys.readouterr().err and asked(db) == {1}


def test_an_empty_file_that_never_was_an_index(db: Path) -> None:
    db.touch()
    load([written(db.parent / "sent", k=1)], db)
    assert asked(db) == {1}


def test_serve_goes_back_where_the_index_is_gone(bureau: Office, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The samples are no substitute for what was there."""
    told: list[str] = []
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:" + "x" * 30)
    monkeypatch.setattr("bot.telegram.app.run", lambda settings: told.extend(bureau.recover()))
    db.unlink()
    assert main(["serve", "--db", str(db)]) == 0
    assert "退回第2版" in told[0] and asked(db) == {2}


# ---------------------------------------------------------------------------------------------- the ledger


def test_without_a_sound_ledger_nothing_is_loaded(bureau: Office, db: Path) -> None:
    bureau.close()
    ledger, before = ledger_path(db), db.read_bytes()
    for file in (ledger, *ledger.with_name("index.ledger.copies").glob("*.db")):
        file.write_bytes(b"no database" * 999)
    for _ in range(2):
        with pytest.raises(IndexDamaged, match="index.ledger.db已损坏，也没有完好的副本"):
            load([written(db.parent / "sent", OTHER, k=7)], db)
    assert db.read_bytes() == before and Versions(db).number() == 2
    assert ledger.read_bytes() == b"no database" * 999


def test_a_damaged_ledger_is_put_right_before_anything_is_loaded(bureau: Office, db: Path) -> None:
    bureau.add_alias("娃娃钱", "教育支出", YOU)
    bureau.close()
    ledger_path(db).write_bytes(b"")
    told: list[str] = []
    load([written(db.parent / "sent", OTHER, k=7)], db, tell=told.append)
    assert "index.ledger.db已损坏，已用核对过的副本恢复" in told[0]
    with closing(Office(db, db.parent / "reports")) as office:
        assert [one.word for one in office.aliases()] == ["娃娃钱"]
        assert [one.action for one in office.log(2)] == ["load", "alias"]


def test_a_load_that_was_killed_before_its_line_was_ended(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    load([written(db.parent / "sent", k=1)], db)
    with monkeypatch.context() as patch:
        patch.setattr("index.store.ledger.Ledger.finish_entry", killed)
        with pytest.raises(Killed):
            load([written(db.parent / "sent", k=2)], db)
    with closing(Office(db, db.parent / "reports")) as office:
        assert [(one.action, one.after, one.outcome) for one in office.log(2)] == [
            ("load", "第2版", "done"), ("load", "第1版", "done"),
        ]  # fmt: skip


# ---------------------------------------------------------------------------------------------- backup and restore


def test_nothing_damaged_goes_into_a_backup(bureau: Office, db: Path, damage: Callable[[Path], object]) -> None:
    bureau.close()
    damage(db)
    flip_any(ledger_path(db))
    kept = backup(db, db.with_name("index.chats.db"), db.parent / "reports", db.with_name("b.zip"))
    assert kept.version == 1 and len(kept.notes) == 2
    (db.parent / "else").mkdir()
    new = db.parent / "else" / "index.db"
    restore(db.with_name("b.zip"), new, new.with_name("index.chats.db"), new.parent / "reports", ME)
    assert asked(new) == {1} and check_index(new) == []


def test_no_backup_where_no_version_is_sound(bureau: Office, db: Path) -> None:
    for file in (db, Versions(db).file(1)):
        flip(file)
    with pytest.raises(IndexDamaged, match="没有完好的旧版本"):
        backup(db, db.with_name("index.chats.db"), db.parent / "reports", db.with_name("b.zip"))
    assert not db.with_name("b.zip").exists()


def test_a_backup_takes_the_place_of_what_is_damaged(
    bureau: Office, db: Path, damage: Callable[[Path], object]
) -> None:
    chats, reports = db.with_name("index.chats.db"), db.parent / "reports"
    backup(db, chats, reports, db.with_name("b.zip"))
    bureau.close()
    for file in (db, Versions(db).file(1)):
        damage(file)
    ledger_path(db).write_bytes(b"")
    restore(db.with_name("b.zip"), db, chats, reports, ME)
    assert asked(db) == {2} and Versions(db).is_sound()
    with closing(Office(db, reports)) as office:
        assert office.log(1)[0].action == "restore" and len(office.log()) == 5
        assert office.recover() == []


def test_a_restore_is_not_gone_on_with_if_its_files_were_damaged_since(
    bureau: Office, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chats, reports = db.with_name("index.chats.db"), db.parent / "reports"
    backup(db, chats, reports, db.with_name("b.zip"))
    bureau.adopt(bureau.preview([written(db.parent / "sent", k=3)], ME).id, ME)
    bureau.close()

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Versions, "publish", killed)
        patch.setattr(restoring, "_cleared", lambda *_: None)
        patch.setattr(restoring, "_undone", lambda *_: None)
        with pytest.raises(Killed):
            restore(db.with_name("b.zip"), db, chats, reports, ME)
    flip(db.parent / "index.restore" / "index.db")
    with closing(Office(db, reports)) as office, pytest.raises(NotAdopted, match="展开的文件已损坏"):
        office.recover()
    with closing(Office(db, reports)) as office:
        assert office.recover() == [] and asked(db) == {3}
        assert office.log(1)[0].action == "adopt"


# ---------------------------------------------------------------------------------------------- large files


def test_a_large_version_is_read_once_and_remembered_for_a_time(
    bureau: Office, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def counted(file: Path, *more: object) -> str:
        read.append(file)
        return filing.digest(file, *more)  # type: ignore[arg-type]

    for module in (seals, shelf):
        monkeypatch.setattr(module, "AT_ONCE", 0)
        monkeypatch.setattr(module, "digest", counted)
    monkeypatch.setattr(versions, "AT_ONCE", 0)
    all = Versions(db)
    for _ in range(3):
        with all.building():
            pass
    assert read == [db], "once, though it was built on three times"
    assert publish(db, "c") == 3
    with all.building():
        pass
    assert len(read) == 1, "what has just been written is known"
    os.utime(db)
    with all.building():
        pass
    assert len(read) == 2, "it was written to"
    mtime = db.stat().st_mtime_ns
    flip_any(db)
    os.utime(db, ns=(mtime, mtime))
    with all.building() as build:  # this is what is not caught ...
        assert build.mended is None
    assert all.is_sound() and not all.is_sound(anew=True), "... unless somebody looks"
    assert not all.is_sound(), "then that is remembered"
    all.seals.remember(db, next(iter(all._published(None))))
    assert any("散列值不符" in line for line in check_index(db)), "... as who checks does"
    all.seals.remember(db, next(iter(all._published(None))))
    later = time.time() + seals.REMEMBERED + 1
    monkeypatch.setattr(time, "time", lambda: later)
    with all.building() as build:  # ... for longer than a day
        assert build.mended is not None and build.mended.number == 2


# ---------------------------------------------------------------------------------------------- gold questions


LINE = {
    "region": "长治市上党区", "year": 2023, "question": "上党区2023年教育支出多少", "expect": ["56917万元"], "note": "",
}  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path / "data"
    shutil.copytree(LEXICON, data / "lexicon")
    (data / "gold").mkdir()
    file = data / "gold" / "own.jsonl"
    file.write_text(json.dumps(LINE, ensure_ascii=False), encoding="utf-8")
    monkeypatch.setenv("YUSUAN_DATA", str(data))
    return file


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    file = tmp_path / "上党区2023.txt"
    file.write_text(REPORT, encoding="utf-8")
    return file


@pytest.fixture
def correction(tmp_path: Path) -> Path:
    file = tmp_path / "corrected" / "上党区2023.txt"
    file.parent.mkdir()
    file.write_text(REPORT.replace("56917", "56971"), encoding="utf-8")
    return file


def test_load_asks_the_gold_questions_too(
    db: Path, gold: Path, sample: Path, correction: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load([sample], db)
    command = ["load", str(correction), "--db", str(db)]
    assert main(command) == 1
    told = capsys.readouterr().err
    for words in ("金标 56917万元；现在答 56917万元，采用后答 56971万元", '"expect": ["56971万元"]', "--despite-gold"):
        assert words in told
    assert Versions(db).number() == 1
    assert main([*command, "--despite-gold"]) == 0
    told = capsys.readouterr().err
    assert "不顾金标：" in told and "金标文件要改的行" in told and Versions(db).number() == 2
    with closing(Office(db, db.parent / "reports")) as office:
        lines = [(one.action, one.before, one.after) for one in office.log(2)]
        assert lines[0] == ("gold", "56917万元", "56971万元") and lines[1][0] == "load"
        proposal = office.proposal(2)
        assert proposal is not None and str(proposal) in told
        gold.write_text(proposal.read_text(encoding="utf-8"), encoding="utf-8")
        assert office.check() == []


def test_adopting_in_spite_of_exactly_what_was_shown(db: Path, gold: Path, sample: Path, correction: Path) -> None:
    load([sample], db)
    with closing(Office(db, db.parent / "reports")) as office:
        draft = office.preview([correction], ME)
        with pytest.raises(GoldChanged) as refused:
            office.adopt(draft.id, ME)
        (change,) = refused.value.changes
        assert (change.place, change.expected, change.before, change.after) == (
            "own.jsonl:1", "56917万元", "56917万元", "56971万元",
        )  # fmt: skip
        assert json.loads(change.proposal) == LINE | {"expect": ["56971万元"]}
        more = LINE | {"question": "上党区2023年教育支出是多少万元"}
        gold.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in (LINE, more)), encoding="utf-8")
        with pytest.raises(GoldChanged) as again:
            office.adopt(draft.id, ME, despite=refused.value.seal)
        assert len(again.value.changes) == 2 and office.draft(draft.id).state == "open"  # type: ignore[union-attr]
        version = office.adopt(draft.id, YOU, despite=again.value.seal)
        lines = [(one.action, one.by, one.before, one.after) for one in office.log(3)]
        assert lines[0] == lines[1] == ("gold", YOU, "56917万元", "56971万元") and lines[2][0] == "adopt"
        proposal = office.proposal(version.number)
        assert proposal is not None and office.proposal(version.base) is None
        gold.write_text(proposal.read_text(encoding="utf-8"), encoding="utf-8")
        assert office.check() == []


def test_a_check_that_objects_is_not_passed_over(
    db: Path, gold: Path, sample: Path, correction: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load([sample], db)
    monkeypatch.setattr("index.admin.checks.problems", lambda *_, **__: ["有数据点与原句不符"])
    with pytest.raises(YusuanError, match="没有通过检查，索引未改动：有数据点与原句不符"):
        load([correction], db, despite_gold=True)
    assert main(["load", str(correction), "--db", str(db), "--despite-gold"]) == 1
    assert Versions(db).number() == 1


def test_what_is_proposed(db: Path, gold: Path, sample: Path, correction: Path, tmp_path: Path) -> None:
    load([sample], db)
    new = tmp_path / "new.db"
    load([correction], new, despite_gold=True)
    gold.write_text(json.dumps(LINE | {"question": "上党区2023年教育支出完成数和预算数"}, ensure_ascii=False), "utf-8")
    (change,) = changes(db, new)
    assert "56971万元" in json.loads(change.proposal)["expect"]
