"""The words of the budgets, and whether a figure is of what is still to come.

account_words() -> {"一般公共预算": "general_public", …}      提前下达2024年…12亿元 -> planned
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from index.lexicon import cue_groups, cues
from index.models import StoredFact

SET_ASIDE: Final = ("gp-exp-227",)  # 预备费50亿元, without a verb, is what the budget sets aside (预算法 第四十条)
_NO_PLAN: Final = ("预算内", "预算稳定", "预算单位", "预算收入", "预算支出", "预算总")  # names, no plans
_TO_COME: Final = ("提前下达", "安排", "预算", "预计", "拟", "计划", "提前批", "预期")


@cache
def account_words() -> Mapping[str, str]:
    """Words of accounts -> the account, longest first; 一般公共预算, but no word of the debt."""
    table = {word: name for name in cue_groups("account") if name != "debt" for word in cues("account", name)}
    return {word: table[word] for word in sorted(table, key=len, reverse=True)}


def is_planned(one: StoredFact) -> bool:
    """Money that is still to come: flagged by the parser, or said so in its clause."""
    label = one.fact.label
    for word in (*account_words(), *_NO_PLAN):
        label = label.replace(word, "")
    if "plan" in one.fact.flags or any(word in label for word in _TO_COME):
        return True
    before = one.text[: one.fact.start]
    return bool(one.fact.parent) and "预算数" in before and not any(word in before for word in ("完成", "实际", "执行"))
