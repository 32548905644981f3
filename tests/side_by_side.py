"""All tests in two processes side by side: those of the chat, which wait more than they work, and all others.

    python -m tests.side_by_side [ARGUMENTS OF PYTEST]

What the first says is shown as it comes, what the second says when it has ended.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
OF_THE_CHAT = "test_telegram_*.py"


def main(arguments: Sequence[str]) -> int:
    """0 if all passed; with arguments, one process that gets them all."""
    pytest = [sys.executable, "-m", "pytest"]
    if arguments:
        return int(subprocess.run([*pytest, *arguments], check=False).returncode != 0)
    chat = [str(file.relative_to(HERE.parent)) for file in sorted(HERE.glob(OF_THE_CHAT))]
    others = [f"--ignore-glob={HERE / OF_THE_CHAT}"]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as said,
        subprocess.Popen([*pytest, *chat], stdout=said, stderr=subprocess.STDOUT) as beside,
    ):
        try:
            first = subprocess.run([*pytest, *others], check=False).returncode
            second = beside.wait()
        finally:
            beside.kill()
        said.seek(0)
        print(said.read())
    return int(first != 0 or second != 0)  # a process that a signal ended has a negative code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
