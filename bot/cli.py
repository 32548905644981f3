"""The command ``yusuan``: load reports, ask, chat, serve, start.

    yusuan load 报告文件夹 --region 上党区
    yusuan ask 上党区2023年教育支出多少 --json

Exit codes: 0 done (also when the answer is that there is none), 1 something failed, 2 the command makes no sense.
What goes wrong is one line on stderr.
"""

from __future__ import annotations

import argparse
import dataclasses
import logging
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from bot.settings import Settings, read_settings
from index import YusuanError

if TYPE_CHECKING:
    from index import LoadReport

SAMPLES = (
    "上党区2023年教育支出多少",
    "解放区2023年一般公共预算收入完成多少，增长多少",
    "西工区2023年政府债务余额是多少",
)
INTERRUPTED = 130
# What argparse says -> what we say.
COMPLAINTS = (
    (r"^the following arguments are required: (.*)", r"缺少 \1"),
    (r"^unrecognized arguments: (.*)", r"不认识的参数 \1"),
    (r"^argument (\S+): invalid choice: '(.*)' \(choose from .*\)", r"没有这个\1：\2"),
    (r"^argument (\S+): expected .*", r"\1 后面要有一个值"),
    (r"^argument (\S+): ", r"\1："),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    _use_utf8()
    try:
        try:
            settings = read_settings()
            arguments = _parser(settings).parse_args(argv)
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
        return _complain(str(error))
    except OSError as error:
        return _complain(f"{error.strerror or error}：{error.filename}" if error.filename else str(error))


# ---------------------------------------------------------------------------------------------- commands


def _load(arguments: argparse.Namespace, settings: Settings) -> int:
    reports = _load_and_show(arguments.paths, arguments.db, arguments)
    return 1 if any(report.status == "failed" for report in reports) else 0


def _load_and_show(paths: Sequence[str | Path], db: Path, arguments: argparse.Namespace) -> list[LoadReport]:
    from bot.jsonl import dumps
    from bot.terminal import ProgressBar, file_name, load_line, load_notes, one_line, summary_line
    from index import load

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

    reports = load(paths, db, region=arguments.region, year=arguments.year, progress=show, jobs=arguments.jobs)
    bar.clear()
    print(summary_line(reports), file=sys.stderr if arguments.json else sys.stdout)
    return reports


def _ask(arguments: argparse.Namespace, settings: Settings) -> int:
    question = " ".join(arguments.question).strip()
    if arguments.jsonl == bool(question):
        return _complain("请给出一个问题，或用 --jsonl 从标准输入逐行读取（二者选一）", 2)
    from bot.jsonl import answer_lines, answer_object, dumps
    from bot.terminal import answer_text, explained_text
    from index import open_index

    assistant = open_index(arguments.db)
    if arguments.jsonl:
        answer_lines(assistant, sys.stdin.buffer, sys.stdout)
        return 0
    answer = assistant.ask(question)
    if arguments.json:
        print(dumps(answer_object(answer)))
    else:
        print(answer_text(answer, explain=arguments.explain))
        if arguments.explain:
            print(explained_text(assistant.explain(question)))
    return 0


def _chat(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.terminal import converse
    from index import open_index

    converse(open_index(arguments.db), sys.stdout)
    return 0


def _serve(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.settings import check_serving
    from index import Desk

    check_serving(settings)
    if not arguments.db.exists():
        _load_and_show([settings.reports], arguments.db, arguments)
    Desk(arguments.db).close()  # an index that cannot be opened is said here, not to those who ask
    from bot.telegram.app import run

    print(f"机器人在运行，索引 {arguments.db}；按 Ctrl-C 停止", flush=True)
    run(dataclasses.replace(settings, db=arguments.db))
    return 0


def _start(arguments: argparse.Namespace, settings: Settings) -> int:
    """What ``make run`` shows: the sample reports loaded, three questions, then a dialogue on a terminal."""
    from bot.terminal import answer_text, converse
    from index import open_index

    reports = _load_and_show([settings.reports], arguments.db, arguments)
    assistant = open_index(arguments.db)
    for question in SAMPLES:
        print(f"\n问：{question}\n{answer_text(assistant.ask(question))}", flush=True)
    if sys.stdin.isatty():
        print()
        converse(assistant, sys.stdout)
    return 1 if any(report.status == "failed" for report in reports) else 0


# ---------------------------------------------------------------------------------------------- arguments


class _Parser(argparse.ArgumentParser):
    """An argument that makes no sense costs one line, not a page of usage."""

    def error(self, message: str) -> NoReturn:
        for pattern, words in COMPLAINTS:
            message = re.sub(pattern, words, message)
        self.exit(2, f"yusuan: {message}（yusuan --help 列出用法）\n")


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = _Parser(prog="yusuan", description="装入地方预算报告，用中文问其中的数字，回答带原文出处。")
    commands = parser.add_subparsers(metavar="命令", required=True, title="命令")

    def command(name: str, summary: str, run: Callable[[argparse.Namespace, Settings], int]) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=summary, description=summary)
        sub.add_argument(
            "--db",
            type=Path,
            default=settings.db,
            metavar="FILE",
            help="索引文件（默认 %(default)s，可用 YUSUAN_DB 指定）",
        )
        sub.set_defaults(run=run, json=False, verbose=False, region=None, year=None, jobs=None)
        return sub

    load = command("load", "装入报告：文件或文件夹（含子文件夹）", _load)
    load.add_argument("paths", nargs="+", metavar="PATH", help="报告文件或文件夹")
    load.add_argument("--region", metavar="NAME", help="报告所属地区，报告里没有写明时用")
    load.add_argument("--year", type=_year, metavar="YEAR", help="报告年度，报告里没有写明时用")
    load.add_argument("--json", action="store_true", help="每个文件一行 JSON")
    load.add_argument("--verbose", action="store_true", help="列出未读懂的数字和所在的句子，以及各处不一致")
    load.add_argument("--jobs", type=_jobs, metavar="N", help="同时读取的进程数（默认等于处理器核数）")

    ask = command("ask", "问一个问题，或用 --jsonl 逐行问", _ask)
    ask.add_argument("question", nargs="*", metavar="QUESTION", help="问题，例如 上党区2023年教育支出多少")
    ask.add_argument("--jsonl", action="store_true", help="从标准输入逐行读 JSON，逐行回答")
    ask.add_argument("--json", action="store_true", help="以 JSON 回答")
    ask.add_argument("--explain", action="store_true", help="同时说明问题是怎样理解的、数字取自哪里")

    command("chat", "在终端里对话", _chat)
    command("serve", "运行 Telegram 机器人", _serve)
    command("start", "装入样例报告，回答三个示例问题，然后对话", _start)
    return parser


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1949 <= int(text) <= 2100):
        raise argparse.ArgumentTypeError(f"年度应为四位数字，例如 2023：{text}")
    return int(text)


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 256):
        raise argparse.ArgumentTypeError(f"进程数应为 1 到 256：{text}")
    return int(text)


# ---------------------------------------------------------------------------------------------- output


def _complain(message: str, code: int = 1) -> int:
    print(f"yusuan: {' '.join(message.split())}", file=sys.stderr)
    return code


def _use_utf8() -> None:
    """Chinese on any terminal; a path or a question with broken characters is shown, not a traceback."""
    streams: tuple[TextIO, ...] = (sys.stdout, sys.stderr)
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8")
