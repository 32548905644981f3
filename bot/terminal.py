"""What the terminal shows: a line for each loaded file, answers, and the dialogue of ``yusuan chat``.

载入 上党区2023.txt：长治市上党区 · 2023年 · 决算报告 · 全区，数据点 812，句子 640，金额和百分数读懂 98.5%，未读懂 12
    注意：核对：错 1，疑 2，首处：76495万元 ÷ 35853万元 ＝ 213.36%，印的是 113.36%；可能：抄错一位；应为 213.36%
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from index import Answer, YusuanError

if TYPE_CHECKING:
    from bot.answering import Answering
    from index import LoadReport

WORDS = {"loaded": "载入", "replaced": "替换", "unchanged": "未变", "failed": "失败"}
FAREWELLS = {"exit", "quit", "q", "退出", "再见"}
PROMPT = "问> "


def load_line(report: LoadReport) -> str:
    """One line on a file."""
    word, name = WORDS.get(report.status, "略过"), one_line(file_name(report.file))
    if report.status == "failed":
        return f"{word} {name}：{one_line(report.error)}"
    years = "、".join(f"{year}年" for year in report.years)
    about = [report.region, years, report.kind, "、".join(report.scopes)]
    counts = [f"数据点 {report.facts}", f"句子 {report.sentences}"]
    if report.tables:
        counts.append(f"表格 {report.tables}")
    if report.share is not None:
        # rounded down: a single missed figure must not read 100.0%
        share = "全部读懂" if report.exact else "都已读出，文字经过转换"
        if report.missed:
            share = f"读懂 {int(report.share * 1000) / 10:.1f}%，未读懂 {report.missed}"
        counts.append(f"金额和百分数{share}")
    if report.others:
        counts.append(f"其他数字未读懂 {report.others}")
    parts = [" · ".join(one_line(part) for part in about if part), *counts]
    return f"{word} {name}：" + "，".join(part for part in parts if part)


def file_name(file: str) -> str:
    """The file's own name; members of an archive are named with it: 报告.zip!/2023/决算.pdf."""
    outer, mark, inner = file.partition("!/")
    return (Path(outer).name or outer) + mark + inner


def load_notes(report: LoadReport, *, verbose: bool = False) -> list[str]:
    """The lines under it: warnings, and with ``verbose`` the sentences with figures that were not understood."""
    lines = [f"    注意：{one_line(warning)}" for warning in report.warnings]
    if verbose:
        lines += [f"    不一致：{one_line(pair)}" for pair in report.contradictions[1:]]
        lines += [f"    未读懂：{one_line(sentence)}" for sentence in (*report.unread, *report.unread_others)]
    return lines


def summary_line(reports: Sequence[LoadReport]) -> str:
    """The last line: how many files became what."""
    count: Counter[str] = Counter(report.status for report in reports)
    parts = [f"{word} {count[status]} 份" for status, word in WORDS.items() if count[status]]
    facts = sum(report.facts for report in reports)
    figures, missed = sum(report.figures for report in reports), sum(report.missed for report in reports)
    understood = f"，金额和百分数读懂 {int(1000 - 1000 * missed / figures) / 10:.1f}%" if missed else ""
    skipped = f"；略过其他文件 {count['skipped']} 个" if count["skipped"] else ""
    return f"合计：{'，'.join(parts) or '没有文件'}；数据点 {facts}{understood}{skipped}"


def answer_text(answer: Answer, *, explain: bool = False) -> str:
    """The reply as a chat user sees it; with ``explain`` what was understood and where each figure is from."""
    lines = [answer.reply]
    if explain:
        lines += ["", f"理解：{answer.reading or '（无）'}"]
        lines += [f"索引：第{answer.version}版"] if answer.version else []
        lines += [f"说明：{note}" for note in answer.notes]
        for figure in answer.figures:
            mark = "*" if figure.asked else " "
            slots = (figure.region, figure.scope, figure.period, figure.account, figure.item, figure.measure)
            source = f"{figure.document}{f' 第{figure.page}页' if figure.page else ''}"
            number = "" if figure.fact_id is None else f" #{figure.fact_id}"
            lines.append(f"{mark} {' | '.join(slots)} = {figure.value}{figure.unit}  [{source}{number}]")
            lines.append(f"    {one_line(figure.sentence)}")
    return "\n".join(lines)


def explained_text(told: dict[str, Any]) -> str:
    """How the answer came about: slots, candidates with score and rule, SQL; a line each."""
    lines = ["", "各项："]
    lines += [f"  {name} = {json.dumps(value, ensure_ascii=False)}" for name, value in told["slots"].items()]
    lines.append("候选（得分、规则，下一行是得分的来源）：")
    for row in told["candidates"]:
        slots = " | ".join(row[name] for name in ("period", "scope", "item", "measure"))
        lines.append(f"  {row['score']:.2f}  {slots} = {one_line(row['value'])}  [{row['rule']} #{row['fact']}]")
        lines.append("        " + "  ".join(f"{name} {value:+.2f}" for name, value in row.get("shares", {}).items()))
    lines.append("SQL：")
    lines += [f"  {sql}" for sql in told["sql"]]
    return "\n".join(lines)


def converse(assistant: Answering, out: TextIO) -> None:
    """Question and answer until the input ends or says goodbye; one dialogue."""
    prompt = PROMPT if sys.stdin.isatty() else ""
    if prompt:
        print("请提问，例如：上党区2023年教育支出多少。输入 退出 或按 Ctrl-D 结束。", file=out)
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401  (line editing and history for input())
    while True:
        try:
            question = input(prompt).strip()
        except UnicodeDecodeError:
            print("这一行的编码无法识别，请用 UTF-8。", file=out, flush=True)
            continue
        except (EOFError, KeyboardInterrupt):
            if prompt:
                print(file=out)
            return
        if question.lower() in FAREWELLS:
            return
        if question:
            try:
                print(answer_text(assistant.ask(question, "terminal")), file=out)
            except YusuanError as error:
                print(one_line(str(error)), file=out)
            print(file=out, flush=True)


class ProgressBar:
    """``[####      ] 4/10 上党区2023.txt`` on a terminal, nothing elsewhere."""

    WIDTH = 24

    def __init__(self, err: TextIO) -> None:
        self.err = err
        self.shown = err.isatty()

    def show(self, done: int, total: int, name: str) -> None:
        """Draw over the line that stands there."""
        if self.shown and total > 1:
            bar = "#" * (self.WIDTH * done // total)
            self.err.write(f"\r\x1b[K[{bar:<{self.WIDTH}}] {done}/{total} {name[:40]}")
            self.err.flush()

    def clear(self) -> None:
        """Make room for a line of output."""
        if self.shown:
            self.err.write("\r\x1b[K")
            self.err.flush()


def one_line(text: str) -> str:
    """A text without line breaks and control characters, for one line of a terminal."""
    return "".join(char if char.isprintable() else " " for char in text).strip()
