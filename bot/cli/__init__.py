"""The command ``yusuan``: load reports, ask, chat, serve; and all that admins do.

    yusuan load 报告文件夹 --region 上党区
    yusuan ask 上党区2023年教育支出多少 --json

Exit codes: 0 done (also when the answer is that there is none), 1 something failed, 2 the command makes no sense.
What goes wrong is one line on stderr.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence

from bot.cli.arguments import parser
from bot.cli.output import complain, use_utf8
from bot.settings import Settings, read_settings
from index import YusuanError

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    use_utf8()
    try:
        try:
            settings = read_settings()
            arguments = parser(settings).parse_args(argv)
            logging.basicConfig(level=settings.log, format="%(levelname)s %(name)s: %(message)s")
            run: Callable[[argparse.Namespace, Settings], int] = arguments.run
            return run(arguments, settings)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, a closed pager) has gone; Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except (YusuanError, ValueError) as error:
        return complain(str(error))
    except OSError as error:
        return complain(f"{error.strerror or error}：{error.filename}" if error.filename else str(error))
