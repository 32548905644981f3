"""``yusuan check``: the slips of drafts, as lines, JSON or a file to hand on."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.output import complain, say, say_json
from bot.settings import Settings
from bot.terminal import file_name

if TYPE_CHECKING:
    from index import Checked

NOTHING = "没有发现算式不符、前后不一或单位问题"


def check(arguments: argparse.Namespace, settings: Settings) -> int:
    """Check files; exit code 1 if one could not be read, whatever was found in the others."""
    from index import check_against, write_checked

    db = None if arguments.all else arguments.db
    checked = check_against(db, arguments.paths, arguments.region, arguments.year, arguments.against, arguments.db)
    failed = 0
    for one in checked:
        failed += bool(one.error)
        if one.error:
            complain(f"{file_name(one.file)}：{one.error}")
        elif arguments.json:
            say_json([_plain(one)])
        elif not arguments.form:
            say(lines(one))
    if arguments.form:
        file = arguments.output or Path(f"核对.{arguments.form}")
        if not arguments.output and file.exists():
            return complain(f"文件已存在：{file}；请用 -o 指定文件名")
        write_checked([one for one in checked if not one.error], arguments.form, file)
        say([f"已写入 {file}（{file.stat().st_size:,} 字节）"])
    return 1 if failed else 0


def lines(one: Checked) -> Iterator[str]:
    """A report's findings, the surest and gravest first, each with its sentence."""
    years = "、".join(f"{year}年" for year in one.years)
    counted = "，".join(f"{level} {number}" for level, number in one.counted.items() if number)
    head = " · ".join(part for part in (one.region, years) if part)
    yield f"{file_name(one.file)}：{'，'.join(part for part in (head, counted or NOTHING) if part)}"
    if one.compared:
        yield f"  {one.compared}"
    for position, finding in enumerate(one.findings):
        state = "（上一稿已有）" if position in one.known else ""
        place = f"（{finding.place}）" if finding.place else ""
        yield f"  {finding.level} {finding.kind}{state}{place}：{finding.told}"
        yield f"    ┆ {finding.marked}"
    for finding in one.mended:
        yield f"  已改 {finding.kind}：{finding.told}"
    if one.aside:
        yield f"  已搁置 {len(one.aside)} 条（--all 列出）"


def _plain(one: Checked) -> dict[str, object]:
    told = dataclasses.asdict(one)
    for finding, mine in zip(told["findings"], one.findings, strict=True):
        finding["marked"] = mine.marked
    del told["sketch"]
    return told
