"""The processes of the test that kills a bot: one that has everything imported and forks a bot when told.

python -m tests.answer_zygote          stdin: [url, token, db, state]     stdout: 4711, and "gone" once it has ended
"""

from __future__ import annotations

import json
import multiprocessing.forkserver
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from bot.settings import Settings
from bot.telegram.app import run
from bot.telegram.desk_process import DeskProcess
from index import Desk

_forks: Any = multiprocessing.forkserver._forkserver


def main() -> None:
    """Fork for every line of the input; wait for the bot's end."""
    for line in sys.stdin:
        url, token, db, state = json.loads(line)
        child = os.fork()
        if not child:
            _forks.ensure_running = lambda: None  # it is the zygote's, and stays
            try:
                run(Settings(token=token, db=Path(db), api_url=url, state=Path(state), workers=2, quota=0))
                os._exit(0)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


def warmed(db: Path) -> None:
    """What is read only once is in memory before the first fork, here and in the server that desks are forked from."""
    Desk(db).close()
    first = DeskProcess(db, 60.0, 60.0)
    assert first.is_ready()
    first.end()


if __name__ == "__main__":
    warmed(Path(sys.argv[1]))
    main()
