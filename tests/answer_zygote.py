"""The processes of the test that kills a bot: one that has everything imported and forks a bot when told.

python -m tests.answer_zygote          stdin: [url, token, db, state]     stdout: 4711, and "gone" once it has ended
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path

from bot.settings import Settings
from bot.telegram.app import run
from index import Desk


def main() -> None:
    """Fork for every line of the input; wait for the bot's end."""
    for line in sys.stdin:
        url, token, db, state = json.loads(line)
        child = os.fork()
        if not child:
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


if __name__ == "__main__":
    Desk(Path(sys.argv[1])).close()  # what is read only once is in memory before the first fork
    main()
