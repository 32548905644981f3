"""``yusuan backup`` and ``yusuan restore``."""

from __future__ import annotations

import argparse
import dataclasses

from bot.cli.office import version_line
from bot.cli.output import operator, remark, say, say_json
from bot.settings import Settings


def backup(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write everything into one file; the bot may be running."""
    from index import backup as write

    state = dataclasses.replace(settings, db=arguments.db).state_file
    kept = write(arguments.db, state, settings.reports, arguments.file)
    for note in kept.notes:
        remark(note)
    if arguments.json:
        say_json([kept])
        return 0
    say([
        f"已备份到 {kept.file}：第{kept.version}版，{kept.reports} 份报告，原件 {kept.originals} 个，"
        f"{kept.size:,} 字节",
        *(f"    原件不在了或已改动，没有备份：{name}" for name in kept.missing),
    ])  # fmt: skip
    return 0


def restore(arguments: argparse.Namespace, settings: Settings) -> int:
    """Put a backup back as the next version; the bot may be running."""
    from index import restore as put_back

    state = dataclasses.replace(settings, db=arguments.db).state_file
    version = put_back(arguments.file, arguments.db, state, settings.reports, operator())
    if arguments.json:
        say_json([version])
    else:
        say(["已恢复，现在用的是：", version_line(version)])
    return 0
