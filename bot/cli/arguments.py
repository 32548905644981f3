"""What may follow ``yusuan``: the commands with their arguments and help, all in Chinese."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from bot.cli import asking, checking, deciding, keeping, looking, picturing, running, words
from bot.settings import Settings

Run = Callable[[argparse.Namespace, Settings], int]

# What argparse says -> what we say.
COMPLAINTS = (
    (r"^the following arguments are required: (.*)", r"缺少 \1"),
    (r"^unrecognized arguments: (.*)", r"不认识的参数 \1"),
    (r"^argument (\S+): invalid choice: '(.*)' \(choose from .*\)", r"没有这个\1：\2"),
    (r"^argument (\S+): expected .*", r"\1 后面要有一个值"),
    (r"^argument (\S+): ", r"\1："),
)
MOST_LINES = 10_000
CHECKED = "检查索引、各版本、管理记录和聊天状态是否完好，金标问题是否都答得对"
CHECK = "核对报告：算式不符、前后不一、单位，各带原句和应有的数"
CHECK_AGAINST = "上一稿：分出改好的、仍在的、新出的；上年的报告、附表：与之相比"
CHECK_FORM = "写成 xlsx、docx 或 html 文件"
DESPITE_GOLD = "金标问题的回答会因此改变，也照样换上（记入操作记录）"


class _Parser(argparse.ArgumentParser):
    """An argument that makes no sense costs one line, not a page of usage."""

    def error(self, message: str) -> NoReturn:
        for pattern, told in COMPLAINTS:
            message = re.sub(pattern, told, message)
        self.exit(2, f"yusuan: {message}（yusuan --help 列出用法）\n")


class _Commands:
    """Commands with what they have in common."""

    def __init__(self, parser: argparse.ArgumentParser, settings: Settings) -> None:
        self._commands = parser.add_subparsers(metavar="命令", required=True, title="命令")
        self._db = settings.db

    def add(self, name: str, summary: str, run: Run, *, as_json: str = "") -> argparse.ArgumentParser:
        """A command; ``as_json`` is the help of its --json, if it has one."""
        sub = self._commands.add_parser(name, help=summary, description=summary)
        sub.add_argument(
            "--db",
            type=Path,
            default=self._db,
            metavar="FILE",
            help="索引文件（默认 %(default)s，可用 YUSUAN_DB 指定）",
        )
        sub.set_defaults(run=run, json=False, verbose=False, region=None, year=None, jobs=None, preview=False)
        sub.set_defaults(despite_gold=False)
        if as_json:
            sub.add_argument("--json", action="store_true", help=as_json)
        return sub


def parser(settings: Settings) -> argparse.ArgumentParser:
    """The whole command line; a namespace has ``run``, the function of its command."""
    whole = _Parser(prog="yusuan", description="装入地方预算报告，用中文问其中的数字，回答带原文出处。")
    commands = _Commands(whole, settings)
    _add_asking(commands)
    _add_deciding(commands)
    _add_looking(commands)
    _add_keeping(commands)
    return whole


def _add_asking(commands: _Commands) -> None:
    load = commands.add("load", "装入报告：文件或文件夹（含子文件夹）", running.load, as_json="每个文件一行 JSON")
    load.add_argument("paths", nargs="+", metavar="PATH", help="报告文件或文件夹")
    load.add_argument("--preview", action="store_true", help="只看会改变什么，索引不动；得到一个编号，由 adopt 采用")
    load.add_argument("--region", metavar="NAME", help="报告所属地区，报告里没有写明时用")
    load.add_argument("--url", metavar="URL", help="报告的公开网页，写在回答下面；一次一份文件")
    load.add_argument("--year", type=_year, metavar="YEAR", help="报告年度，报告里没有写明时用")
    load.add_argument("--verbose", action="store_true", help="列出未读懂的数字和所在的句子，以及各处不一致")
    load.add_argument("--despite-gold", action="store_true", help=DESPITE_GOLD)
    load.add_argument("--jobs", type=_jobs, metavar="N", help="同时读取的进程数（默认等于处理器核数）")

    ask = commands.add("ask", "问一个问题，或用 --jsonl 逐行问", asking.ask, as_json="以 JSON 回答")
    ask.add_argument("question", nargs="*", metavar="QUESTION", help="问题，例如 上党区2023年教育支出多少")
    ask.add_argument("--jsonl", action="store_true", help="从标准输入逐行读 JSON，逐行回答")
    ask.add_argument("--chart", type=_picture, metavar="FILE", help="同时把回答画成图：.png 或 .svg")
    ask.add_argument("--explain", action="store_true", help="同时说明问题是怎样理解的、数字取自哪里")

    draw = commands.add("chart", "把回答画成图", picturing.chart, as_json="文件名和图的文字说明，一行 JSON")
    draw.add_argument("question", nargs="+", metavar="QUESTION", help="问题，例如 上党区教育支出趋势图")
    draw.add_argument("-o", "--output", type=_picture, metavar="FILE", help="文件名，.png 或 .svg（默认按标题取名）")
    draw.add_argument("--dark", action="store_true", help="深色")
    commands.add("chat", "在终端里对话", asking.chat)
    commands.add("serve", "运行 Telegram 机器人", running.serve)
    web = commands.add("web", "不用 Telegram，只开网页", running.web)
    web.add_argument(
        "--listen", metavar="HOST:PORT", default="", help="在哪里打开（默认 YUSUAN_WEB_LISTEN，或 127.0.0.1:8090）"
    )
    commands.add("start", "装入样例报告，回答三个示例问题，然后对话", running.start)


def _add_deciding(commands: _Commands) -> None:
    adopt = commands.add("adopt", "采用看过的报告：索引换成新的一版", deciding.adopt, as_json="新版本，一行 JSON")
    drop = commands.add("drop", "放弃看过的报告", deciding.drop)
    for sub in (adopt, drop):
        sub.add_argument("id", metavar="ID", help="load --preview、reload、reports --remove 给出的编号")
    adopt.add_argument("--despite-gold", action="store_true", help=DESPITE_GOLD)
    commands.add("reload", "对照报告文件夹：有哪些新增、改动、移除的文件", deciding.reload, as_json="一行 JSON")
    commands.add("versions", "索引的各个版本", deciding.versions, as_json="每版一行 JSON")
    back = commands.add("rollback", "退回保留的一版", deciding.rollback, as_json="退回的版本，一行 JSON")
    back.add_argument("number", type=_count, metavar="N", help="版本号，见 yusuan versions")


def _add_looking(commands: _Commands) -> None:
    reports = commands.add("reports", "索引里的报告", looking.reports, as_json="每份一行 JSON")
    reports.add_argument("--remove", metavar="NAME", help="要移除的报告的文件名：先看会少掉什么，再由 adopt 采用")
    conflicts = commands.add("conflicts", "报告里和报告之间互相矛盾的数字", looking.conflicts, as_json="每处一行 JSON")
    for sub in (reports, conflicts):
        sub.add_argument("--region", metavar="NAME", default="", help="只看这个地区")
    reports.add_argument("--year", type=_year, metavar="YEAR", help="只看这一年")
    misses = commands.add("misses", "没有答上来和被点了👎的问题，多的在前", looking.misses, as_json="每个一行 JSON")
    audit = commands.add("audit", "管理操作的记录，新的在前", looking.audit, as_json="每条一行 JSON")
    for sub in (conflicts, misses, audit):
        sub.add_argument("--limit", type=_count, default=50, metavar="N", help="最多列出几条（默认 %(default)s）")
    drafts = commands.add("check", CHECK, checking.check, as_json="每份报告一行 JSON")
    drafts.add_argument("paths", nargs="+", metavar="PATH", help="报告文件或文件夹；不装入，什么都不保留")
    drafts.add_argument("--region", metavar="NAME", help="报告所属地区，报告里没有写明时用")
    drafts.add_argument("--year", type=_year, metavar="YEAR", help="报告年度，报告里没有写明时用")
    drafts.add_argument("--against", type=Path, metavar="PATH", help=CHECK_AGAINST)
    drafts.add_argument("--all", action="store_true", help="管理员搁置的也列出，不与上一稿比（不看 --db 旁的操作记录）")
    drafts.add_argument("--form", choices=("xlsx", "docx", "html"), default="", metavar="FORM", help=CHECK_FORM)
    drafts.add_argument("-o", "--output", type=Path, metavar="FILE", help="写到这个文件（默认 核对.xlsx 等）")
    table = commands.add("export", "导出一个地区的全部数据和出处", looking.export, as_json="文件名，一行 JSON")
    table.add_argument("place", metavar="REGION", help="地区，例如 上党区")
    table.add_argument("--year", type=_year, metavar="YEAR", help="只要这一年")
    table.add_argument("--form", choices=("csv", "xlsx"), default="", metavar="FORM", help="csv 或 xlsx（默认 xlsx）")
    table.add_argument("-o", "--output", metavar="FILE", help="写到这个文件（- 为标准输出；默认按地区和年份取名）")
    check = commands.add("check-db", CHECKED, looking.check, as_json="一行 JSON")
    check.add_argument("--quick", action="store_true", help="只看登记，不逐字节、不逐行核对")


def _add_keeping(commands: _Commands) -> None:
    alias = commands.add("alias", "给科目加上提问的人用的词", words.alias, as_json="每个词一行 JSON")
    alias.add_argument(
        "action", nargs="?", choices=words.ACTIONS, default="list", metavar="动作",
        help="list 列出（默认）；add 词 科目；remove 词；export 按词表的格式写到标准输出",
    )  # fmt: skip
    alias.add_argument("words", nargs="*", metavar="词", help="add：词和科目；remove：词")
    kept = commands.add("backup", "备份：索引、管理记录、聊天状态和报告原件", keeping.backup, as_json="一行 JSON")
    kept.add_argument("file", type=Path, metavar="FILE", help="备份文件（.zip），不能已经存在")
    back = commands.add("restore", "从备份恢复，成为索引的新一版", keeping.restore, as_json="新版本，一行 JSON")
    back.add_argument("file", type=Path, metavar="FILE", help="yusuan backup 写的文件")


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1949 <= int(text) <= 2100):
        raise argparse.ArgumentTypeError(f"年度应为四位数字，例如 2023：{text}")
    return int(text)


def _picture(text: str) -> Path:
    if Path(text).suffix.lower() not in picturing.SUFFIXES:
        raise argparse.ArgumentTypeError(f"图的文件名以 .png 或 .svg 结尾：{text}")
    return Path(text)


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 256):
        raise argparse.ArgumentTypeError(f"进程数应为 1 到 256：{text}")
    return int(text)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_LINES):
        raise argparse.ArgumentTypeError(f"应为 1 到 {MOST_LINES} 的整数：{text}")
    return int(text)
