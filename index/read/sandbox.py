"""Reading in a process of its own: a hostile or broken file costs its own clear line and nothing else.

    read_in_worker(Path("报告.pdf"))  ->  [Document(…)]

The worker gets limits on time and memory and an environment without secrets, gives up files, network and other
processes (``confine``), and answers in JSON: nothing that a file makes it do can reach this process as code.  It takes
the content of one file after the other on its standard input and ends with it; ``reader`` keeps one over many files.
"""

from __future__ import annotations

import contextlib
import gc
import json
import math
import os
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

from index.errors import UnreadableFile
from index.models import Block, Document, Line, Table
from index.read import confine
from index.read.child import import_path, module

SECONDS = 60
SECONDS_WITH_OCR = 1800
MEMORY = 2 * 2**30
MEMORY_WITH_OCR = 8 * 2**30
MAX_ANSWER = 200 * 2**20
MAX_OPEN = 64  # files at a time
KEPT_SHARE = 0.25  # of the memory it may use: a worker that holds more after a file is not asked again
KEPT_FILES = 200
TIME_OVER = {-getattr(signal, name, 0) for name in ("SIGXCPU", "SIGALRM")} - {0}  # exit codes
KILLED = {-getattr(signal, "SIGKILL", 0)} - {0}
BROKEN = "读取时出错，文件可能已损坏。"
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "HOME", "LD_LIBRARY_PATH",
             "YUSUAN_OCR")  # fmt: skip


def read_in_worker(path: Path, *, seconds: int | None = None, memory: int | None = None) -> list[Document]:
    """Documents of a single file.  Raises UnreadableFile, also when the worker breaks a limit or dies."""
    usual = usual_limits()
    seconds, memory = seconds or usual[0], memory or usual[1]
    asked = question(path)
    try:
        done = subprocess.run(
            command(seconds, memory), input=asked, capture_output=True, env=environment(), timeout=seconds,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise too_slow(seconds) from error
    except OSError as error:
        raise not_started(error) from error
    return _received(done.stdout, done.returncode, seconds)


def usual_limits() -> tuple[int, int]:
    """Seconds and bytes of memory that a file may cost; recognising scanned pages takes more of both."""
    from index.read import image_file

    return (SECONDS_WITH_OCR, MEMORY_WITH_OCR) if image_file.is_installed() else (SECONDS, MEMORY)


def command(seconds: int, memory: int) -> list[str]:
    """What starts a worker with these limits."""
    return [*module("index.read.sandbox"), str(seconds), str(memory)]


def environment() -> dict[str, str]:
    """What a worker sees of the environment: no tokens, no settings."""
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return passed_on | {"PYTHONPATH": import_path(), "PYTHONIOENCODING": "utf-8"}


def question(path: Path) -> bytes:
    """What asks a worker for a file: a line with its name and size, and its content.  Raises UnreadableFile."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"文件无法打开：{error.strerror or error}。") from error
    return json.dumps([path.name, len(content)]).encode() + b"\n" + content


def too_slow(seconds: int) -> UnreadableFile:
    """The line for a file that takes too long."""
    return UnreadableFile(f"读取超过 {seconds} 秒，已停止；文件可能过大或已损坏。")


def not_started(error: OSError) -> UnreadableFile:
    """The line for a system that starts no more processes."""
    return UnreadableFile(f"无法启动读取进程：{error.strerror}。")


def ended(code: int, seconds: int) -> UnreadableFile:
    """The line for a worker that ended without an answer."""
    if code in TIME_OVER | KILLED:
        return UnreadableFile(f"读取超过 {seconds} 秒或内存上限，已停止；文件可能过大或已损坏。")
    return UnreadableFile(BROKEN)


def _received(answer: bytes, code: int, seconds: int) -> list[Document]:
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise ended(code, seconds) from error
    return unpacked(found)


def unpacked(found: dict[str, Any]) -> list[Document]:
    """The documents of a worker's answer; raises UnreadableFile with its line if it has none."""
    if found.get("lacking"):
        confine.tell(found["lacking"])
    if "error" in found:
        raise UnreadableFile(str(found["error"]))
    return [_unpacked(document) for document in found["documents"]]


def _packed(document: Document) -> dict[str, Any]:
    blocks = [
        ["l", block.text, block.page, block.whole]
        if isinstance(block, Line)
        else ["t", block.rows, block.page, block.caption]
        for block in document.blocks
    ]
    return {
        "name": document.name,
        "sha256": document.sha256,
        "media": document.media,
        "blocks": blocks,
        "ocr": document.ocr,
        "warnings": document.warnings,
        "recognised": document.recognised,
    }


def _unpacked(found: dict[str, Any]) -> Document:
    blocks: list[Block] = []
    for kind, content, page, last in found["blocks"]:
        if kind == "l":
            blocks.append(Line(content, page, last))
        else:
            blocks.append(Table(tuple(tuple(row) for row in content), page, last))
    warnings, recognised = tuple(found["warnings"]), tuple(found.get("recognised", ()))
    return Document(found["name"], found["sha256"], found["media"], tuple(blocks), found["ocr"], warnings, recognised)


def _limit(seconds: int, memory: int) -> None:
    """Limits of this process for good; systems without them rely on the time limit of the parent."""
    try:
        import resource
    except ImportError:
        return
    for what, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, MAX_OPEN),
    ):
        set_limit(what, limit, for_good=True)
    set_limit(resource.RLIMIT_CPU, (KEPT_FILES + 1) * (seconds + 1), for_good=True)


def _limit_time(seconds: int) -> None:
    """From now on so many seconds, by the processor's clock and by the one on the wall: also when nobody waits."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds + 1)
    try:
        import resource
    except ImportError:
        return
    set_limit(resource.RLIMIT_CPU, math.ceil(time.process_time()) + seconds)


def set_limit(what: int, limit: int, *, for_good: bool = False) -> None:
    """A limit of this process, as far as the system allows it."""
    import resource

    hard = resource.getrlimit(what)[1]
    allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (allowed, allowed if for_good else hard))


@cache
def _own_size() -> int:
    """The file that says how much memory this process holds, opened while it may open files."""
    return os.open("/proc/self/statm", os.O_RDONLY)


def _resident() -> int:
    """Bytes of memory this process holds now; 0 where the system does not say."""
    try:
        import resource

        return int(os.pread(_own_size(), 200, 0).split()[1]) * resource.getpagesize()
    except (ImportError, OSError, ValueError, IndexError):
        return 0


def work(name: str, content: bytes) -> dict[str, Any]:
    """The worker's answer: documents, or the line that says why there are none; ``last`` if it should be replaced."""
    from index.read.formats import documents

    try:
        return {"documents": [_packed(document) for document in documents(name, content)]}
    except UnreadableFile as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": "读取时内存不足，文件可能过大或已损坏。", "last": True}
    except Exception as error:  # whatever a library does with a broken file
        return {"error": f"读取时出错，文件可能已损坏（{type(error).__name__}）。"}


def _answer(name: str, content: bytes, more: dict[str, Any]) -> bytes:
    try:
        data = json.dumps(work(name, content) | more, ensure_ascii=False).encode()
    except (MemoryError, ValueError):
        data = b""
    if not 0 < len(data) < MAX_ANSWER:
        data = json.dumps({"error": BROKEN, "last": True}).encode()
    return data


def _confined(seconds: int, memory: int) -> tuple[str, ...]:
    """All that this process gives up; what the system has nothing for.  Our own modules come first: where they lie
    nothing can be written later, so that Python could not keep them compiled."""
    from index.read import formats  # noqa: F401

    _resident()
    _limit(seconds, memory)
    return confine.confine()


def main() -> None:
    """Entry of the worker: seconds, bytes of memory; what libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    seconds, memory = int(sys.argv[1]), int(sys.argv[2])
    lacking = _confined(seconds, memory)
    more = {"lacking": lacking} if lacking else {}
    gc.disable()  # pages are made of many small things without circles; what there is of these goes after each file
    with answers:
        for number, line in enumerate(sys.stdin.buffer, start=1):
            _limit_time(seconds)
            name, size = json.loads(line)
            data = _answer(name, sys.stdin.buffer.read(size), more)
            gc.collect()
            gc.freeze()  # what is left are the libraries: looking through them after each file is a quarter of the time
            if number >= KEPT_FILES or _resident() > KEPT_SHARE * memory:
                data = data[:-1] + b', "last": true}'
            if hasattr(signal, "alarm"):
                signal.alarm(0)
            answers.write(data + b"\n")
            answers.flush()


if __name__ == "__main__":
    main()
