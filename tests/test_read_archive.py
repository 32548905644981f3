"""Archives and the worker process: hostile files cost their own line and nothing else."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.models import Document, Line, Table
from index.read import archive, formats, read_document, read_documents, sandbox
from tests import read_builders as make

TEXT = "2023年，全区财政总收入完成867718万元。"


def documents(members: dict[str, str | bytes]) -> list[Document]:
    return formats.documents("全部.zip", make.zipped(members))


def test_every_member_is_a_document() -> None:
    found = documents(
        {"2023/决算.txt": TEXT, "b.docx": make.docx(make.p(TEXT)), "__MACOSX/b.docx": "x", ".DS_Store": "x"}
    )
    assert [(one.name, one.media) for one in found] == [
        ("全部.zip!/2023/决算.txt", "txt"),
        ("全部.zip!/b.docx", "docx"),
    ]
    assert found[0].blocks == (Line(TEXT),)


@pytest.mark.parametrize(
    "name, content, words",
    [
        ("../出去.txt", TEXT, "路径"),
        ("/etc/报告.txt", TEXT, "路径"),
        ("C:\\报告.txt", TEXT, "路径"),
        ("a/../../b.txt", TEXT, "路径"),
        ("空.txt", "", "空"),
        ("程序.txt", b"MZ\0\0" + bytes(100), "程序"),
        ("炸弹.txt", b" " * (40 * 2**20), "炸弹"),
        ("内层.zip", make.zipped({"a.txt": TEXT}), "压缩包"),
    ],
)
def test_a_bad_member_is_refused_by_name_and_the_others_are_read(name: str, content: str | bytes, words: str) -> None:
    found = documents({"好.txt": TEXT, name: content})
    assert len(found) == 1
    assert len(found[0].warnings) == 1
    assert words in found[0].warnings[0] and name in found[0].warnings[0]
    with pytest.raises(UnreadableFile, match=words):
        documents({name: content})


def test_encrypted_member() -> None:
    data = bytearray(make.zipped({"密.txt": TEXT}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    with pytest.raises(UnreadableFile, match="密.txt.*加密"):
        formats.documents("a.zip", bytes(data))


def test_too_many_members() -> None:
    with pytest.raises(UnreadableFile, match="501"):
        documents({f"{n}.txt": TEXT for n in range(501)})


def test_every_member_of_a_7z_is_a_document() -> None:
    packed = make.seven_zipped({"2023/决算.txt": TEXT, "b.docx": make.docx(make.p(TEXT)), "__MACOSX/b.docx": "x"})
    found = formats.documents("全部.7z", packed)
    assert [(one.name, one.media) for one in found] == [("全部.7z!/2023/决算.txt", "txt"), ("全部.7z!/b.docx", "docx")]
    assert found[0].blocks == (Line(TEXT),)


@pytest.mark.parametrize(
    "packed, words",
    [
        (make.seven_zipped({"好.txt": TEXT}, password="x"), "加密"),
        (make.seven_zipped({"好.txt": TEXT})[:-20], "损坏"),
        (make.seven_zipped({f"{number}.txt": "x" for number in range(6)}), "超过上限"),
        (make.seven_zipped({"炸弹.txt": b" " * 10_001}), "炸弹"),
    ],
    ids=["locked", "cut", "many", "bomb"],
)
def test_a_7z_that_cannot_be_read(packed: bytes, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 5)
    monkeypatch.setattr(archive, "MAX_TOTAL", 10_000)
    with pytest.raises(UnreadableFile, match=words):
        formats.documents("全部.7z", packed)


def test_names_in_gbk() -> None:
    info = zipfile.ZipInfo("决算.txt".encode("gb18030").decode("cp437"))
    info.flag_bits = 0
    assert archive._name(info) == "决算.txt"


# ---------------------------------------------------------------------------------------------- the worker


def write(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_the_worker_gives_back_what_was_read(tmp_path: Path) -> None:
    body = make.p("一、收入") + make.tbl([make.tc("项目"), make.tc("数")], [make.tc("教育"), make.tc("1")])
    data = make.docx(body)
    found = read_document(write(tmp_path, "名字不算.txt", data))
    assert found.media == "docx"
    assert found.blocks == (Line("一、收入", whole=True), Table((("项目", "数"), ("教育", "1"))))
    assert [found] == formats.documents("名字不算.txt", data)


def test_several_members_are_several_documents(tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", make.zipped({"a.txt": TEXT, "b.txt": TEXT}))
    assert len(read_documents(path)) == 2
    with pytest.raises(UnreadableFile, match="2 份"):
        read_document(path)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 and nothing else",
        b"PK\x03\x04" + bytes(100),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        make.docx(make.p(TEXT))[:200],
        make.pdf([[]], encrypted=True),
        b"<html>" + b"<table><tr><td>" * 5000,
        make.zipped({"xl/workbook.xml": "<x/>"}),
        make.zipped({"OFD.xml": "<x/>"}),
    ],
)
def test_broken_files_get_one_line(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UnreadableFile) as error:
        read_documents(write(tmp_path, "坏.bin", data))
    assert "\n" not in str(error.value) and "。" in str(error.value)


def test_time_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = write(tmp_path, "sleep.py", b"import time; time.sleep(60)")
    monkeypatch.setattr(sys, "executable", "sleep")
    monkeypatch.setattr(subprocess, "run", _expired)
    with pytest.raises(UnreadableFile, match="超过 1 秒"):
        sandbox.read_in_worker(slow, seconds=1)


def _expired(*args: object, **options: object) -> None:
    raise subprocess.TimeoutExpired("worker", 1)


def test_memory_limit(tmp_path: Path) -> None:
    path = write(tmp_path, "a.docx", make.docx(make.p(TEXT * 3_000_000)))
    with pytest.raises(UnreadableFile):
        sandbox.read_in_worker(path, memory=150 * 2**20)


def test_a_worker_that_dies_costs_one_line() -> None:
    for answer, code in ((b"", -9), (b"", -11), (b"not json", 0), (json.dumps({"error": "坏了。"}).encode(), 0)):
        with pytest.raises(UnreadableFile):
            sandbox._received(answer, code, 1)


def test_the_worker_sees_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}

    def run(command: list[str], env: dict[str, str], **options: object) -> object:
        seen.update(env)
        return type("Done", (), {"stdout": b'{"documents": []}', "returncode": 0})

    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "geheim")
    monkeypatch.setattr(subprocess, "run", run)
    (tmp_path / "a.pdf").write_bytes(b"x")
    assert sandbox.read_in_worker(tmp_path / "a.pdf") == []
    assert "geheim" not in seen.values()
