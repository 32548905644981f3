"""How long pictures take: of each kind the answer, the drawing as PNG and SVG, and one that was drawn before.

    python -m bench.charts --out docs/performance.md

The index is that of the sample reports; times are of the clock and of the processor, the first picture apart.
Figures only, nothing is asserted.  The table is written between two marks of the file given by ``--out``.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bench.page import dated, write_section
from bot.charts.asking import chart_for
from bot.charts.chart import Chart
from bot.charts.pictures import _content, drawn
from bot.charts.style import can_draw
from index import Desk, load, wish_of

ROOT: Final = Path(__file__).resolve().parent.parent
LIBRARIES: Final = ("matplotlib", "numpy", "pillow", "pylopdf-fonts-zh-cn")
TIMES: Final = 15
ASKED: Final = (
    ("历年（柱）", "解放区一般公共预算收入趋势图"),
    ("构成", "上党区2023年社会保险基金收入总计构成图"),
    ("预算→调整→完成", "解放区2023年一般公共预算收入画个图"),
    ("排名", "长治各县区2023年一般公共预算收入前十名画个图"),
    ("对比", "上党区和解放区2023年一般公共预算收入、税收收入对比图"),
    ("四本账", "西工区2023年四本账画个图"),
)  # fmt: skip


def processor() -> float:
    """Seconds of the processor that this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor."""
    clock, used = time.perf_counter(), processor()
    work()
    return (time.perf_counter() - clock) * 1000, (processor() - used) * 1000


def middle(work: Callable[[], object]) -> tuple[float, float, float]:
    """Of many times: the median by the clock and of the processor, and the longest by the clock."""
    found = [timed(work) for _ in range(TIMES)]
    return (
        statistics.median(clock for clock, _ in found),
        statistics.median(used for _, used in found),
        max(clock for clock, _ in found),
    )


def anew(chart: Chart, form: str) -> Callable[[], object]:
    """Draw it, whatever is kept."""

    def work() -> object:
        _content.cache_clear()
        return drawn(chart, form="svg" if form == "svg" else "png")

    return work


def report() -> str:
    """The Markdown section."""
    lines = [
        "## 画图", "",
        f"{dated(LIBRARIES)}。", "",
        f"样例报告，每种画 {TIMES} 次，取中位数（括号里是最长的一次）；毫秒，处理器时间不受同时运行的别的程序影响。"
        "目标：进程里第一张以外，300 毫秒以内。", "",
        "| 图 | 先回答 | PNG | 其中处理器 | SVG | 画过的 | PNG 大小 KB |",
        "|---" + "|--:" * 6 + "|",
    ]  # fmt: skip
    first = ""
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder, "index.db")
        list(load([ROOT / "data" / "reports"], db))
        desk = Desk(db)
        for name, question in ASKED:
            wish = wish_of(question)
            assert wish is not None
            _, chart = chart_for(desk, wish)
            assert chart is not None, question
            if not first:
                clock, used = timed(anew(chart, "png"))
                first = f"进程里的第一张另要装入程序库：{clock:.0f} 毫秒（处理器 {used:.0f}）。"
            answered = middle(lambda: chart_for(desk, wish))  # noqa: B023
            png, svg = middle(anew(chart, "png")), middle(anew(chart, "svg"))
            kept = middle(lambda: drawn(chart))  # noqa: B023
            size = len(drawn(chart).content) / 1024
            lines.append(
                f"| {name} | {answered[0]:.0f} | {png[0]:.0f}（{png[2]:.0f}） | {png[1]:.0f} "
                f"| {svg[0]:.0f}（{svg[2]:.0f}） | {kept[0]:.2f} | {size:.0f} |"
            )
        desk.close()
    return "\n".join([*lines, "", first])


def main() -> None:
    """Measure, print the section and write it to ``--out``."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    if not can_draw():
        sys.exit("charts: not installed (make charts)")
    section = report()
    print(section)
    if given.out:
        write_section(given.out, "charts.py", section.split("\n"))


if __name__ == "__main__":
    main()
