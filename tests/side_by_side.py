"""All tests in three processes side by side: one begins at the first file of tests, one at the last.

    python -m tests.side_by_side [ARGUMENTS OF PYTEST]

A file is run by the process that comes to it first, so they meet somewhere and end at about the same time; those that
look at all published reports, which are read once a process, go to one.  The tests of the chat, which wait more than
they work, come first, and a third process begins with the last of them: meanwhile another has some that work.  What the
first says is shown as it comes, what the others say when they have ended.  For pytest this is a plugin.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

OF_THE_CHAT = "test_telegram_*.py"
OF_PUBLISHED = ("parsed_of", "documents_of")  # of tests.published
BESIDE = ("chat", "last")  # where the other processes begin


def main(arguments: Sequence[str]) -> int:
    """0 if all passed; with arguments, one process that gets them all."""
    # The tests start many processes: these should not have to compile every module, as this would make them.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "pytest"]
    if arguments:
        return int(subprocess.run([*command, *arguments], env=environment, check=False).returncode != 0)
    with tempfile.TemporaryDirectory() as begun, contextlib.ExitStack() as open_files:
        command += ["-p", "tests.side_by_side", f"--begun={begun}"]
        said = [open_files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8")) for _ in BESIDE]
        beside = [
            subprocess.Popen([*command, f"--begin={at}"], env=environment, stdout=file, stderr=subprocess.STDOUT)
            for at, file in zip(BESIDE, said, strict=True)
        ]
        try:
            codes = [subprocess.run(command, env=environment, check=False).returncode]
            codes += [process.wait() for process in beside]
        finally:
            for process in beside:
                process.kill()
        for file in said:
            file.seek(0)
            print(file.read())
    return int(any(code != 0 for code in codes))  # a process that a signal ended has a negative code


# ---------------------------------------------------------------------------------------------- in each of them


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of the plugin."""
    parser.addoption("--begun", type=Path, help="a folder with a mark for each file of tests that is begun")
    parser.addoption("--begin", default="first", help="first, chat (the last file of the chat) or last")


def pytest_configure(config: pytest.Config) -> None:
    """Begin."""
    config.pluginmanager.register(Share(config.getoption("begun"), config.getoption("begin")))


class Share:
    """Of the files of tests those that no other process has begun."""

    def __init__(self, begun: Path, begin: str) -> None:
        self._is_ours = cache(lambda name: _marked(begun / name))
        self._begin = begin

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """The files in their order or the other way round, the tests of each always in theirs."""
        items.sort(key=lambda item: item.path.name, reverse=self._begin != "first")
        items.sort(key=lambda item: not item.path.match(OF_THE_CHAT), reverse=self._begin == "last")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """True where there is nothing to be done: another process runs this test."""
        return None if self._is_ours(_name(item)) else True


def _name(item: pytest.Item) -> str:
    """Of the file, or of the files that belong together."""
    module = item.getparent(pytest.Module)
    reads_all = module is not None and any(hasattr(module.obj, name) for name in OF_PUBLISHED)
    return "published" if reads_all else item.path.name


def _marked(mark: Path) -> bool:
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
