"""Reading in a process of its own: a hostile or broken file costs its own clear line and nothing else.

    read_in_worker(Path("报告.pdf"))  ->  [Document(…)]

The worker gets limits on time and memory and an environment without secrets, and answers in JSON: nothing that a file
makes it do can reach this process as code.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from index.errors import UnreadableFile
from index.models import Block, Document, Line, Table

SECONDS = 60
SECONDS_WITH_OCR = 1800
MEMORY = 2 * 2**30
MEMORY_WITH_OCR = 8 * 2**30
MAX_ANSWER = 200 * 2**20
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "HOME", "LD_LIBRARY_PATH")


def read_in_worker(path: Path, *, seconds: int | None = None, memory: int | None = None) -> list[Document]:
    """Documents of a file.  Raises UnreadableFile, also when the worker breaks a limit or dies."""
    from index.read import image_file

    ocr = image_file.is_installed()
    seconds = seconds or (SECONDS_WITH_OCR if ocr else SECONDS)
    memory = memory or (MEMORY_WITH_OCR if ocr else MEMORY)
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    environment["PYTHONIOENCODING"] = "utf-8"
    command = [sys.executable, "-m", "index.read.sandbox", str(path.resolve()), str(seconds), str(memory)]
    try:
        done = subprocess.run(command, capture_output=True, env=environment, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(f"读取超过 {seconds} 秒，已停止；文件可能过大或已损坏。") from error
    except OSError as error:
        raise UnreadableFile(f"无法启动读取进程：{error.strerror}。") from error
    return _received(done.stdout, done.returncode, seconds)


def _received(answer: bytes, code: int, seconds: int) -> list[Document]:
    if code in {-getattr(signal, name, 0) for name in ("SIGXCPU", "SIGKILL")} - {0}:
        raise UnreadableFile(f"读取超过 {seconds} 秒或内存上限，已停止；文件可能过大或已损坏。")
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise UnreadableFile("读取时出错，文件可能已损坏。") from error
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
    }


def _unpacked(found: dict[str, Any]) -> Document:
    blocks: list[Block] = []
    for kind, content, page, last in found["blocks"]:
        if kind == "l":
            blocks.append(Line(content, page, last))
        else:
            blocks.append(Table(tuple(tuple(row) for row in content), page, last))
    warnings = tuple(found["warnings"])
    return Document(found["name"], found["sha256"], found["media"], tuple(blocks), found["ocr"], warnings)


def _limit(seconds: int, memory: int) -> None:
    """Limits of this process; systems without them rely on the time limit of the parent."""
    try:
        import resource
    except ImportError:
        return
    for what, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, MAX_ANSWER),
    ):
        hard = resource.getrlimit(what)[1]
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        try:
            resource.setrlimit(what, (allowed, hard))
        except (ValueError, OSError):
            continue


def work(path: Path) -> dict[str, Any]:
    """The worker's answer: documents, or the line that says why there are none."""
    from index.read.formats import documents

    try:
        return {"documents": [_packed(document) for document in documents(path.name, path.read_bytes())]}
    except UnreadableFile as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": "读取时内存不足，文件可能过大或已损坏。"}
    except Exception as error:  # whatever a library does with a broken file
        return {"error": f"读取时出错，文件可能已损坏（{type(error).__name__}）。"}


def main() -> None:
    """Entry of the worker: path, seconds, bytes of memory; what libraries print goes to standard error."""
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    _limit(int(sys.argv[2]), int(sys.argv[3]))
    with answer:
        json.dump(work(Path(sys.argv[1])), answer, ensure_ascii=False)


if __name__ == "__main__":
    main()
