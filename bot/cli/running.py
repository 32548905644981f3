"""``yusuan load``, ``serve`` and ``start``: reports into the index, and what runs on it."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.office import gold_lines, opened
from bot.settings import Settings
from index import NotAdopted

if TYPE_CHECKING:
    from index import LoadReport

SAMPLES = (
    "上党区2023年教育支出多少",
    "解放区2023年一般公共预算收入完成多少，增长多少",
    "西工区2023年政府债务余额是多少",
)


def load(arguments: argparse.Namespace, settings: Settings) -> int:
    """Load files and folders, or only show what that would change."""
    if arguments.preview:
        from bot.cli.deciding import preview

        return preview(arguments, settings)
    reports = _load_and_show(arguments.paths, arguments, settings)
    if arguments.url:
        _link(reports, arguments, settings)
    return 1 if any(report.status == "failed" for report in reports) else 0


def _link(reports: Sequence[LoadReport], arguments: argparse.Namespace, settings: Settings) -> None:
    """The public page belongs to one report."""
    from bot.cli.office import office_of
    from bot.cli.output import operator

    named = [Path(report.file).name for report in reports if report.status in ("loaded", "replaced", "unchanged")]
    if len(named) != 1:
        raise NotAdopted(f"--url 一次只能给一份报告，这里有 {len(named)} 份")
    with office_of(arguments, settings) as office:
        office.link(named[0], arguments.url, operator())


def _load_and_show(paths: Sequence[str | Path], arguments: argparse.Namespace, settings: Settings) -> list[LoadReport]:
    from bot.cli.output import operator, remark
    from bot.jsonl import dumps
    from bot.terminal import ProgressBar, file_name, load_line, load_notes, one_line, summary_line
    from index import GoldChanged, load

    bar = ProgressBar(sys.stderr)

    def show(done: int, total: int, report: LoadReport | None) -> None:
        if report is None:
            bar.show(done, total, "")
            return
        bar.clear()
        if arguments.json:
            print(dumps(dataclasses.asdict(report)), flush=True)
        elif report.status != "skipped":
            print(load_line(report), file=sys.stderr if report.status == "failed" else sys.stdout, flush=True)
            for line in load_notes(report, verbose=arguments.verbose):
                print(line)
        bar.show(done, total, one_line(file_name(report.file)))

    try:
        reports = load(
            paths,
            arguments.db,
            region=arguments.region,
            year=arguments.year,
            progress=show,
            jobs=arguments.jobs,
            by=operator(),
            keep=settings.keep_versions,
            despite_gold=arguments.despite_gold,
            tell=remark,
        )
    except GoldChanged as error:
        bar.clear()
        for line in gold_lines(error, "yusuan load …"):
            print(line, file=sys.stderr)
        raise NotAdopted("没有装入，索引未改动") from error
    bar.clear()
    print(summary_line(reports), file=sys.stderr if arguments.json else sys.stdout)
    return reports


def serve(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the bot."""
    from bot.settings import check_serving

    check_serving(settings)
    _make_ready(arguments, settings)
    from bot.telegram.app import run

    page = f"，网页在 {_address(settings)}" if settings.web_listen else ""
    print(f"机器人在运行，索引 {arguments.db}{page}；按 Ctrl-C 停止", flush=True)
    run(dataclasses.replace(settings, db=arguments.db))
    return 0


def web(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve the page without a bot."""
    from bot.settings import WEB_LISTEN, check_web, read_listen

    listen = read_listen("--listen", arguments.listen) if arguments.listen else settings.web_listen or WEB_LISTEN
    settings = dataclasses.replace(settings, db=arguments.db, web_listen=listen)
    check_web(settings)
    _make_ready(arguments, settings)
    from bot.web.server import run

    def started(port: int) -> None:
        host = listen.rpartition(":")[0]
        shown = dataclasses.replace(settings, web_listen=f"{host}:{port}")
        print(f"网页在 {_address(shown)}，索引 {arguments.db}；按 Ctrl-C 停止", flush=True)

    run(settings, started)
    return 0


def _address(settings: Settings) -> str:
    return settings.web_url or f"http://{settings.web_listen}/"


def _make_ready(arguments: argparse.Namespace, settings: Settings) -> None:
    """An index that can be opened, or is put right once it runs."""
    from index import Desk, YusuanError, has_versions

    kept = has_versions(arguments.db)  # then the bot goes back to the last good one by itself, and tells its owner
    if not arguments.db.exists() and not kept:
        _load_and_show([settings.reports], arguments, settings)
    try:
        Desk(arguments.db).close()  # an index that cannot be opened is said here, not to those who ask
    except YusuanError:
        if not kept:
            raise


def start(arguments: argparse.Namespace, settings: Settings) -> int:
    """What ``make run`` shows: the sample reports loaded, three questions, then a dialogue on a terminal."""
    from bot.answering import Answering
    from bot.terminal import answer_text, converse

    reports = _load_and_show([settings.reports], arguments, settings)
    assistant = Answering(opened(arguments, settings), settings.deadline)
    for question in SAMPLES:
        print(f"\n问：{question}\n{answer_text(assistant.ask(question))}", flush=True)
    if sys.stdin.isatty():
        print()
        converse(assistant, sys.stdout)
    return 1 if any(report.status == "failed" for report in reports) else 0
