"""What the index holds and how it does: reports, contradictions, open questions, the log, tables, its soundness."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
from pathlib import Path
from typing import Literal

from bot.cli.deciding import show_draft
from bot.cli.office import ACTIONS, clash_line, office_of
from bot.cli.output import complain, operator, say, say_json
from bot.settings import Settings

STATUSES = {"not_found": "没有", "clarify": "反问", "downvoted": "👎"}
SOUND = "索引、保留的版本、管理记录和聊天状态都完好，金标问题都答得对"
QUICKLY = "登记没有问题，金标问题都答得对"
UNSEEN = ("各文件是否与记下的散列值相符", "原句和数据点", "保留的旧版本", "管理记录和聊天状态")
OUTCOMES = {"refused": "（拒绝）", "failed": "（没有成功）", "begun": "（进行中）"}


def reports(arguments: argparse.Namespace, settings: Settings) -> int:
    """List reports, or tell what taking one out would change."""
    with office_of(arguments, settings) as office:
        if arguments.remove is not None:
            show_draft(office.removal(arguments.remove, operator()), arguments)
            return 0
        held = office.documents(arguments.region, arguments.year)
    if arguments.json:
        say_json(held)
        return 0
    say(
        (f"{one.place} {'、'.join(f'{year}年' for year in one.years)} {one.kind} {one.name}（数据点 {one.facts}）"
         for one in held),
        "没有这样的报告",
    )  # fmt: skip
    return 0


def conflicts(arguments: argparse.Namespace, settings: Settings) -> int:
    """List contradictions in and between reports."""
    with office_of(arguments, settings) as office:
        found = office.clashes(arguments.region, arguments.limit)
    if arguments.json:
        say_json(found)
    else:
        say(map(clash_line, found), "没有发现互相矛盾的数字")
    return 0


def misses(arguments: argparse.Namespace, settings: Settings) -> int:
    """List questions that were not answered well."""
    file = dataclasses.replace(settings, db=arguments.db).state_file
    if not file.exists():
        return complain(f"还没有聊天记录：{file}")
    from bot.telegram.state import State

    state = State(file)
    try:
        found = state.misses(arguments.limit)
    finally:
        state.close()
    if arguments.json:
        say_json(one._asdict() for one in found)
    else:
        say(
            (f"{one.times} 次 {STATUSES.get(one.status, one.status)} {one.question or '（未保存原话）'}"
             f"{f'  理解：{one.reading}' if one.reading else ''}" for one in found),
            "没有答不上来的问题",
        )  # fmt: skip
    return 0


def audit(arguments: argparse.Namespace, settings: Settings) -> int:
    """List what admins have done."""
    with office_of(arguments, settings) as office:
        entries = office.log(arguments.limit)
    if arguments.json:
        say_json(entries)
        return 0
    say(
        (" ".join(part for part in (
            entry.at[:19].replace("T", " "), entry.by.name, ACTIONS.get(entry.action, entry.action), entry.subject,
            f"{entry.before} → {entry.after}" if entry.before or entry.after else "", OUTCOMES.get(entry.outcome, ""),
        ) if part) for entry in entries),
        "还没有管理操作",
    )  # fmt: skip
    return 0


def export(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the facts of a place with their sources into a file."""
    suffix = Path(arguments.output or "").suffix.lower().removeprefix(".")
    form: Literal["csv", "xlsx"] = arguments.form or ("csv" if suffix == "csv" else "xlsx")
    with office_of(arguments, settings) as office:
        if arguments.output == "-":
            office.export_to(arguments.place, arguments.year, form, sys.stdout.buffer)
            return 0
        folder = Path(arguments.output).absolute().parent if arguments.output else Path.cwd()
        new = folder / f".export-{os.getpid()}"
        try:
            with new.open("wb") as target:
                name = office.export_to(arguments.place, arguments.year, form, target)
            file = Path(arguments.output or name)
            if not arguments.output and file.exists():
                return complain(f"文件已存在：{file}；请用 -o 指定文件名")
            new.replace(file)
        finally:
            new.unlink(missing_ok=True)
    if arguments.json:
        say_json([{"file": str(file), "size": file.stat().st_size}])
    else:
        say([f"已写入 {file}（{file.stat().st_size:,} 字节）"])
    return 0


def check(arguments: argparse.Namespace, settings: Settings) -> int:
    """Tell what is wrong with the index; exit code 1 if anything is."""
    from index import check_index

    state = dataclasses.replace(settings, db=arguments.db).state_file
    found = check_index(arguments.db, deep=not arguments.quick, state_file=state)
    if arguments.json:
        say_json([{"sound": not found, "problems": found, "not_looked_at": list(UNSEEN if arguments.quick else ())}])
        return 1 if found else 0
    say(found, QUICKLY if arguments.quick else SOUND)
    if arguments.quick:
        say([f"没有看：{'；'.join(UNSEEN)}"])
    return 1 if found else 0
