"""What a question about the budget as a whole means that names no item, or an account alone.

西工区2023年收了多少钱 -> 一般公共预算收入      解放区2024年社保基金 -> 社会保险基金收入、社会保险基金支出
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from index.ask.kin import FLOWS, item_of, of_flow
from index.ask.pick.cues import fired, wishes
from index.ask.query import Query
from index.ask.vocabulary import asking_pattern
from index.ask.wording import ACCOUNTS
from index.models import Measure

_TOOK: Final = ("took", "spent")  # as revenue and expenditure stand in FLOWS
_NAMED: Final = re.compile("(?:基金|经营|公共)预算(?!数|安排|多少)")
_STAGES: Final[frozenset[Measure]] = frozenset({"actual", "budget", "adjusted_budget", "amount"})
_WHOLE: Final = "一般公共预算"


def of_verb(query: Query) -> Query:
    """收了多少钱, 花了多少: revenue or expenditure, where nothing is named and nothing goes before."""
    if query.items or query.content or query.account or query.documents or query.shape != "lookup":
        return query
    flow = next((flow for name, flow in zip(_TOOK, FLOWS, strict=True) if _said(name, query.text)), "")
    item = item_of(f"{_WHOLE}{flow}") if flow else None
    if item is None:
        return query
    note = f"没有说哪一项，按{item.name}查找"
    return replace(query, items=(item,), content=(item.name,), notes=(*query.notes, note))


def of_account(query: Query) -> Query | None:
    """Both sides of an account that is named alone; None for any other question."""
    names = [item.name for item in query.items] or [ACCOUNTS.get(query.account, "")]
    if query.measures == ("budget",) and _NAMED.search(query.text):  # 国有资本经营|预算 is its name, and no stage
        query = replace(query, measures=(), stage="", kind="")
    if query.shape != "lookup" or query.chunks or query.measures or len(names) != 1 or not names[0]:
        return None
    if not set(wishes(fired(query.masked))) <= _STAGES:  # 社保当年剩了多少
        return None
    account = next((name for name in ACCOUNTS.values() if names[0] in (name, f"{name}预算")), "")
    item = item_of(f"{account}{FLOWS[0]}") if account else None
    other = of_flow(item, FLOWS[1]) if item else None
    if item is None or other is None:
        return None
    return replace(query, items=(item, other), content=(item.name, other.name), joint=False)


def _said(name: str, text: str) -> bool:
    return bool(asking_pattern("both_sides", name).search(text))
