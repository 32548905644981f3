"""Which kind of paper a document is, from its title and, where that is silent, its first lines.

关于…2023年预算执行情况和2024年预算草案的报告 -> execution        2023年度总决算分析报告 -> final_accounts
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# The first row that fits decides: a half-year review speaks of execution, too.
_KINDS: tuple[tuple[str, str], ...] = (
    ("review_report", r"审查结果|审查报告|审查意见|审议意见"),
    ("bulletin", r"统计公报|公报"),
    ("adjustment", r"预算调整|调整预算|预算变更"),
    ("half_year", r"上半年|1-6月|半年"),
    ("months", r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|底|末)?[^，。]{0,16}(?:收支|运行|收入|支出|执行)"),
    ("final_accounts", r"决算"),
    ("budget_notes", r"公开(?:相关|有关)?(?:说明|情况)|情况说明|有关说明|相关说明|解读"),
    ("execution", r"执行"),
    ("draft_budget", r"草案|预算"),
)
KIND_NAMES = {
    "execution": "预算执行报告",
    "draft_budget": "预算草案",
    "final_accounts": "决算报告",
    "adjustment": "预算调整方案",
    "half_year": "上半年执行情况",
    "months": "月度收支情况",
    "budget_notes": "预算公开说明",
    "review_report": "审查报告",
    "bulletin": "统计公报",
    "other": "其他",
}


def kind_of(title: str, texts: Sequence[str]) -> str:
    """The kind's key; ``other`` if neither title nor first lines tell."""
    for source in (title, "".join(texts[:4])[:400]):
        for kind, words in _KINDS:
            if re.search(words, source):
                return kind
    return "other"
