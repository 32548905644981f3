"""What was measured -> the sections of docs/performance.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bench.country.asked import SHAPES
from bench.drawing import picture
from bench.page import dated
from bench.watch import ms, table

Figures = dict[str, Any]
LIBRARIES = ("jieba", "rapidfuzz", "python-telegram-bot", "tantivy")


def start_lines(found: Sequence[Figures]) -> list[str]:
    """Cold start and memory."""
    rows = []
    for one in found:
        ask, serve = one["ask"], one["serve"]
        starts = [f"{ask[kind]['seconds']:.2f}（{ask[kind]['cpu']:.2f}）" for kind in ("keys", "text", "keys_evicted")]
        warm = serve["warm"]
        rows.append(
            [f"{one['reports']:,}", *starts, f"{serve['ready']:.2f}", f"{warm['own']:.0f}", f"{warm['all']:.0f}"]
        )
    heads = [
        "报告", "`ask`，查键（秒）", "`ask`，查原文（秒）", "查键，索引不在页缓存（秒）", "`serve` 到第一次轮询（秒）",
        "`serve` 自有内存（MB）", "连同映射的索引页（MB）",
    ]  # fmt: skip
    return [
        "## 启动", "", f"{dated(LIBRARIES)}。", "",
        "每次都是新进程，取中位数，括号里是处理器时间。内存是回答了三十几个各式问题之后的。"
        "要求：查键 ≤ 0.5 秒，查原文 ≤ 1.0 秒，`serve` ≤ 2 秒、≤ 250 MB（10,000 份）。", "",
        *table(heads, rows),
    ]  # fmt: skip


def shape_lines(one: Figures) -> list[str]:
    """Each shape of question, and several askers at once."""
    rows = []
    for shape, name in SHAPES.items():
        watch = one["shapes"][shape]
        rows.append([name, *_times(watch), *_busy(watch), f"{watch['right']}/{watch['n']:.0f}"])
    rows.append(["合计", *_times(one["all"]), *_busy(one["all"]), ""])
    ranking, floor = one["ranking"], one["floor"]
    lines = [
        "## 各种问法", "",
        f"{dated(LIBRARIES)}；{one['reports']:,} 份报告的索引（见下“增长”）。"
        "每个问题只问一次，不靠前一次留下的东西。"
        "要求：中位数 ≤ 3 毫秒，99 分位 ≤ 20 毫秒。", "",
        "索引在页缓存里。机器在忙别的事时，墙上的钟会走得久些；处理器时间是机器空闲时的样子。", "",
        *table(["问法", "p50 毫秒", "p90", "p99", "处理器 p50", "处理器 p99", "每秒", "答对"], rows), "",
        f"全国（同级）按一个科目、一个年度排名：{ranking['rows']} 地，p50 {ms(ranking['p50'])} 毫秒"
        f"（处理器 {ms(ranking['cpu_p50'])}）。"
        f"理解之后的查找：{ms(floor['ours']['p50'])} 毫秒；编号现成时 SQLite 自己："
        f"{floor['floor']['p50']:.4f} 毫秒（{floor['ours']['p50'] / floor['floor']['p50']:.1f} 倍，"
        "要求 ≤ 20 倍）。", "",
    ]  # fmt: skip
    if one["together"]:
        rows = [
            [f"{some['askers']}", f"{some['rate']:.0f}", *_times(some), *_busy(some)[:2]] for some in one["together"]
        ]
        lines += ["几个人同时问（答题的进程与处理器核数一样多，含做出卡片）：", ""]
        lines += table(["同时", "每秒", "p50 毫秒", "p90", "p99", "处理器 p50", "处理器 p99"], rows)
    return lines


def growth_lines(found: Sequence[Figures]) -> list[str]:
    """The same questions on ever larger indexes."""
    rows = []
    for one in found:
        rate = f"{one['reports'] / one['built']:.0f}" if "built" in one else "—"
        shapes = [ms(one["shapes"][shape]["cpu_p50"]) for shape in ("lookup", "compare", "trend", "text", "refused")]
        rows.append([
            f"{one['reports']:,}", f"{one['size']:,.0f}", rate, f"{one['memory']['own']:.0f}", *_times(one["all"]),
            *_busy(one["all"])[:2], *shapes, f"{ms(one['ranking']['p50'])}（{ms(one['ranking']['cpu_p50'])}）",
        ])  # fmt: skip
    heads = [
        "报告", "索引 MB", "写入 份/秒", "提问进程内存 MB", "p50 毫秒", "p90", "p99", "处理器 p50",
        "处理器 p99", "单项", "对比", "历年", "原文", "没有的", "全国排名（处理器）",
    ]  # fmt: skip
    return [
        "## 增长", "", f"{dated(LIBRARIES)}。", "",
        "`bench/country` 编写的报告：真实的地区名与科目名，3,218 个政府、2014–2025 年、每年两三份，"
        "每份约 300 个数据点、300 句；数字由地区、科目、年份算出，所以每个问题都知道对错。"
        "报告直接写进索引的表（不经读取和解析）。"
        "要求：100,000 份时 p50、p99 不超过 10,000 份时的两倍，全国排名 ≤ 50 毫秒。"
        "各问法一栏是处理器时间的中位数。", "",
        *table(heads, rows), "", "![增长](growth.svg)",
    ]  # fmt: skip


def growth_picture(found: Sequence[Figures]) -> str:
    """Median times over the number of reports."""
    lines = {
        "本程序，中位数": [(one["reports"], one["all"]["p50"]) for one in found],
        "本程序，99 分位": [(one["reports"], one["all"]["p99"]) for one in found],
        "全文检索 FTS5": _of_peer(found, "plain"),
        "tantivy": _of_peer(found, "tantivy"),
        "SQLite 查键": [(one["reports"], one["floor"]["floor"]["p50"]) for one in found],
    }
    return picture("一个问题要多久", "报告（份）", "毫秒", {name: line for name, line in lines.items() if line})


def peer_lines(found: Sequence[Figures], gold: Figures | None) -> list[str]:
    """Ours beside plain full-text search."""
    sets = [(f"编写的 {one['reports']:,} 份", one["peers"]) for one in found if "peers" in one]
    if gold:
        sets.insert(0, ("公布的报告，开发题", gold))
    names = {"ours": "本程序（整个问题）", "plain": "全文检索（FTS5，bm25，jieba 词，标题列）", "tantivy": "tantivy"}
    rows = []
    for where, one in sets:
        for peer, name in names.items():
            if peer in one:
                size = f"{one['size'][peer]:,.0f}" if peer in one["size"] else ""
                right = f"{one[peer]['right']}/{one['questions']}"
                rows.append([where, name, *_times(one[peer]), ms(one[peer]["cpu_p50"]), size, right])
    lines = [
        "## 与别的做法比较", "", f"{dated(LIBRARIES)}。", "",
        "同一次运行、同样的句子和问题。全文检索取第一条命中，句子里有所问的数即算对；本程序以回答的第一个数为准。", "",
        *table(["句子与问题", "做法", "p50 毫秒", "p90", "p99", "处理器 p50", "索引 MB", "第一条对"], rows),
    ]  # fmt: skip
    if not any("tantivy" in one for _, one in sets):
        lines += ["", "没有安装 tantivy（`requirements-bench.lock`），未比较。"]
    return lines


def _of_peer(found: Sequence[Figures], peer: str) -> list[tuple[float, float]]:
    return [(one["reports"], one["peers"][peer]["p50"]) for one in found if peer in one.get("peers", {})]


def _times(watch: Figures) -> list[str]:
    return [ms(watch[name]) for name in ("p50", "p90", "p99")]


def _busy(watch: Figures) -> list[str]:
    """Processor time, and how many a second one core does."""
    return [ms(watch["cpu_p50"]), ms(watch["cpu_p99"]), f"{1000 / watch['cpu']:.0f}"]
