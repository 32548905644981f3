"""All tests in two processes side by side: one begins at the first file of tests, the other at the last.

    python -m tests.side_by_side [ARGUMENTS OF PYTEST]

A file is run by the process that comes to it first, so they meet somewhere and end at about the same time.  The tests
of the chat, which wait more than they work, come first: meanwhile the other process has some that work.  What the first
says is shown as it comes, what the second says when it has ended.  For pytest this is a plugin.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

OF_THE_CHAT = "test_telegram_*.py"


def main(arguments: Sequence[str]) -> int:
    """0 if all passed; with arguments, one process that gets them all."""
    # The tests start many processes: these should not have to compile every module, as this would make them.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "pytest"]
    if arguments:
        return int(subprocess.run([*command, *arguments], env=environment, check=False).returncode != 0)
    with tempfile.TemporaryDirectory() as begun, tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        command += ["-p", "tests.side_by_side", f"--begun={begun}"]
        with subprocess.Popen(
            [*command, "--from-the-end"], env=environment, stdout=said, stderr=subprocess.STDOUT
        ) as beside:
            try:
                first = subprocess.run(command, env=environment, check=False).returncode
                second = beside.wait()
            finally:
                beside.kill()
        said.seek(0)
        print(said.read())
    return int(first != 0 or second != 0)  # a process that a signal ended has a negative code


# ---------------------------------------------------------------------------------------------- in each of the two


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of the plugin."""
    parser.addoption("--begun", type=Path, help="a folder with a mark for each file of tests that is begun")
    parser.addoption("--from-the-end", action="store_true", help="begin with the last file")


def pytest_configure(config: pytest.Config) -> None:
    """Begin."""
    config.pluginmanager.register(Share(config.getoption("begun"), config.getoption("from_the_end")))


class Share:
    """Of the files of tests those that the other process has not begun."""

    def __init__(self, begun: Path, from_the_end: bool) -> None:
        self._is_ours = cache(lambda file: _marked(begun / file.name))
        self._from_the_end = from_the_end

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """The files in their order or the other way round, the tests of each always in theirs."""
        items.sort(key=lambda item: (not item.path.match(OF_THE_CHAT), item.path.name), reverse=self._from_the_end)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """True where there is nothing to be done: the other process runs this test."""
        return None if self._is_ours(item.path) else True


def _marked(mark: Path) -> bool:
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
