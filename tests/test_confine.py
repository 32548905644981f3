"""A reader that has been taken over by a file: what it could do then, on the systems that can hold it."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.read import confine, formats, read_documents, sandbox
from index.read.reader import Reader
from tests import read_builders as make

TEXT = "2023年，全区财政总收入完成867718万元，教育支出完成56917万元。"
# What is tried in the place of reading, with the file's content as ``told``; everything has to end in an OSError.
ATTEMPTS = {
    "the settings": "open(told)",
    "the settings by a detour": "open('/proc/self/root' + told)",
    "the settings, relative": "open(os.path.relpath(told))",
    "the folder of the settings": "os.listdir(os.path.dirname(told))",
    "a file beside them": "open(told + '.new', 'w')",
    "to remove them": "os.unlink(told)",
    "to rename them": "os.rename(told, told + '.old')",
    "to empty them": "os.truncate(told, 0)",
    "to open them up": "os.chmod(told, 0o666)",
    "a link to them": "os.symlink(told, '/dev/shm/link')",
    "a temporary file": "tempfile.TemporaryFile()",
    "the program": "open(formats.__file__, 'a')",
    "the passwords": "open('/etc/passwd')",
    "the environment of the parent": "open(f'/proc/{os.getppid()}/environ')",
    "the memory of the parent": "open(f'/proc/{os.getppid()}/mem')",
    "a socket": "socket.socket()",
    "a socket of this machine": "socket.socket(socket.AF_UNIX)",
    "two sockets": "socket.socketpair()",
    "a raw socket": "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "a program": "os.execv('/bin/true', ['true'])",
    "a process": "os.fork()",
    "a process with a program": "os.posix_spawn('/bin/true', ['true'], {})",
    "to end the parent": "os.kill(os.getppid(), 9)",
    "to end a thread of the parent": "call(234, os.getppid(), os.getppid(), 9)",
    "to trace the parent": "call(101, 16, os.getppid(), 0, 0)",
    "to mount": "call(165, b'none', b'/tmp', b'tmpfs', 0, 0)",
    "a namespace": "call(272, 0x10000000)",
    "the kernel's keys": "call(250, 0, 0, 0, 0)",
    "an io_uring": "call(425, 1, 0)",
    "a memory file": "os.memfd_create('a')",
    "more memory": "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "a smaller limit of the parent": "resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (0, 0))",
    "to write to a terminal": "fcntl.ioctl(0, 0x5412, b'x')",
}
WORKER = """
import ctypes, fcntl, os, resource, socket, sys, tempfile
from index.models import Document, Line
from index.read import confine, formats, sandbox

def call(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")

def documents(name, data):
    told = data.decode()
    try:
        found = repr(eval(sys.argv[3]))
    except (OSError, ValueError) as error:
        found = "refused"
    return [Document(name, "", "", (Line(found),))]

formats.documents = documents
"""
CONFINED = WORKER + "sandbox.main()"


def _lacking() -> tuple[str, ...]:
    """What this system has not got, as a process of its own finds out."""
    code = "import json; from index.read.confine import confine; print(json.dumps(confine()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    return tuple(json.loads(done.stdout))


@pytest.fixture(scope="module")
def whole() -> None:
    if lacking := _lacking():
        pytest.skip(f"this system has no {lacking}")


def attempted(code: str, attempt: str, told: str, folder: Path) -> str:
    """What comes of it."""
    path = folder / "报告.bin"
    path.write_bytes(told.encode())
    with closing(Reader(command=(sys.executable, "-c", code, "300", str(2**31), attempt))) as reader:
        (document,) = reader.documents(path)
    (line,) = document.blocks
    return str(getattr(line, "text", ""))


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_what_a_reader_may_not_do(attempt: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if "call(" in attempt and os.uname().machine != "x86_64":
        pytest.skip("these numbers are those of x86_64")
    monkeypatch.chdir(tmp_path)
    settings = tmp_path / ".env"
    settings.write_text("TELEGRAM_BOT_TOKEN=geheim")
    assert attempted(CONFINED, attempt, str(settings), tmp_path) == "refused"
    assert settings.read_text() == "TELEGRAM_BOT_TOKEN=geheim"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".env", "报告.bin"]


@pytest.mark.parametrize("attempt", ["open(told).read()", "socket.socket().close()", "os.getpid() > 0"])
def test_unconfined_it_could(attempt: str, tmp_path: Path) -> None:
    """The attempts above fail because of the fences, not by themselves."""
    settings = tmp_path / ".env"
    settings.write_text("x")
    found = attempted(WORKER + "confine.confine = lambda: ()\nsandbox.main()", attempt, str(settings), tmp_path)
    assert found in ("'x'", "None", "True")


@pytest.mark.usefixtures("whole")
def test_the_settings_of_this_checkout_are_out_of_reach(root: Path, tmp_path: Path) -> None:
    """The worker imports from the checkout, and still reads none of what lies in it but the program."""
    for name in ("pyproject.toml", "data/lexicon/measures.toml", "bot/settings.py"):
        assert attempted(CONFINED, "open(told)", str(root / name), tmp_path) == "refused"


ROWS: list[list[str | float]] = [["项目", "完成数"], ["教育支出", 56917.0], ["税收收入", 3.0]]
FORMATS = {
    "a.docx": make.docx(make.p(TEXT)),
    "a.doc": make.doc([(f"{TEXT}\r", "")] * 60),
    "a.xlsx": make.xlsx({"表": ROWS}),
    "a.xls": make.xls({"表": ROWS}),
    "a.pdf": make.pdf([[make.Text(60, 700 - 20 * row, f"{row}、{TEXT}") for row in range(9)]]),
    "a.html": f"<html><body>{''.join(f'<p>{number}. {TEXT}</p>' for number in range(5))}</body></html>".encode(),
    "a.zip": make.zipped({"a.txt": TEXT, "b.docx": make.docx(make.p(TEXT))}),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_read_as_without_fences(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FORMATS[name])
    assert read_documents(path) == formats.documents(name, FORMATS[name])


@pytest.mark.real
def test_published_reports_are_read_as_without_fences(shared: Path) -> None:
    """Two of each format, the smallest ones, and one whose words are drawn in fonts of the system."""
    by_kind: dict[str, list[Path]] = {}
    for path in sorted((shared / "reports_more").rglob("*.*"), key=lambda path: (path.stat().st_size, path)):
        by_kind.setdefault(path.suffix.lower(), []).append(path)
    some = [path for kind in (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".html") for path in by_kind.get(kind, [])[:2]]
    some += [path for path in by_kind.get(".pdf", []) if path.name.startswith("taian_")]
    assert len(some) > 3
    with closing(Reader()) as reader:
        for path in some:
            try:
                expected = formats.documents(path.name, path.read_bytes())
            except UnreadableFile as error:
                with pytest.raises(UnreadableFile, match="^" + str(error)[:5]):
                    reader.documents(path)
            else:
                assert reader.documents(path) == expected


# ---------------------------------------------------------------------------------------------- where there is none

WITHOUT = """
import ctypes, errno
from index.read import confine, sandbox, syscalls
def nothing(*_):
    raise OSError(errno.ENOSYS, "none here")
"""
LACKING = {
    "landlock": "confine._only_read = nothing",
    "seccomp": "syscalls.refuse_the_rest = nothing",
    "landlock and no seccomp": "confine._only_read = syscalls.refuse_the_rest = nothing",
    "namespaces": "confine._leave_network = nothing",
}


@pytest.mark.parametrize("lacking", LACKING)
def test_a_kernel_that_lacks_it_reads_with_one_line_in_the_log(
    lacking: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confine, "_told", False)
    path = tmp_path / "a.docx"
    path.write_bytes(FORMATS["a.docx"])
    code = f"{WITHOUT}\n{LACKING[lacking]}\nsandbox.main()"
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            with closing(Reader(command=(sys.executable, "-c", code, "300", str(2**31)))) as reader:
                expected = formats.documents("a.docx", FORMATS["a.docx"])
                assert reader.documents(path) == reader.documents(path) == expected
    lines = [record.getMessage() for record in caplog.records]
    if lacking == "namespaces" and not _lacking():
        assert lines == []  # the filter refuses sockets anyway
    else:
        assert len(lines) == 1 and lacking in lines[0]


def test_limits_are_for_good() -> None:
    import resource

    code = """
import json, resource
from index.read import sandbox
sandbox._limit(5, 2**31)
names = ("AS", "CORE", "FSIZE", "NOFILE", "CPU")
print(json.dumps([resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    size, core, written, files, processor = json.loads(done.stdout)
    assert (size, core, written) == ([2**31] * 2, [0, 0], [0, 0])
    assert files[0] == files[1] == sandbox.MAX_OPEN and 0 < processor[0] == processor[1] != resource.RLIM_INFINITY
