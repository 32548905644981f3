"""``yusuan chart`` and ``yusuan ask --chart``: the picture of an answer into a file, PNG or SVG by its name."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import Final

from bot.cli.office import opened
from bot.cli.output import complain, remark, say, say_json
from bot.settings import Settings
from index import Wish, wish_of

SUFFIXES: Final = (".png", ".svg")


def chart(arguments: argparse.Namespace, settings: Settings) -> int:
    """Draw the answer of a question."""
    question = " ".join(arguments.question).strip()
    wish = wish_of(question) or Wish("", question)
    if not wish.question:
        return complain("请写要画的问题，例如 yusuan chart 上党区教育支出趋势图", 2)
    wish = dataclasses.replace(wish, dark=wish.dark or arguments.dark)
    return write(arguments, settings, wish, arguments.output, as_json=arguments.json)


def write(
    arguments: argparse.Namespace, settings: Settings, wish: Wish, file: Path | None, *, as_json: bool = False
) -> int:
    """Write the picture and say what it shows; without a file name it gets that of its title."""
    from bot.charts.asking import drawn_for
    from bot.charts.pictures import NOT_INSTALLED
    from bot.charts.style import can_draw
    from index import Desk

    if not can_draw():
        return complain(NOT_INSTALLED)
    opened(arguments, settings).close()  # mends what is damaged
    desk = Desk(arguments.db)
    try:
        if file is not None:
            wish = dataclasses.replace(wish, vector=file.suffix.lower() == ".svg")
        found = drawn_for(desk, wish)
    finally:
        desk.close()
    if found.picture is None:
        reply = found.turn.detail.answer.reply if found.turn and not found.line else found.line
        return complain(reply)
    target = file or Path(found.picture.name)
    if file is None and target.exists():
        return complain(f"文件已存在：{target}；请用 -o 指定文件名")
    target.write_bytes(found.picture.content)
    if as_json:
        say_json([{"file": str(target), "size": len(found.picture.content), "alt": found.picture.alt}])
    elif arguments.json:
        remark(f"图已写入 {target}")  # standard output is the answer's
    else:
        say([f"图已写入 {target}（{len(found.picture.content):,} 字节）", found.picture.alt])
    return 0
