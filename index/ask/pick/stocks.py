"""What is owed, allowed or left, and what debt pays: stocks that are not one another, and the kinds of debt.

债务限额 asked, 债务余额 found      专项债 of a project asked, what 一般债 pays for it found
"""

from __future__ import annotations

import re
from typing import Final

from index.ask.pick.identity import STOCKS, clause
from index.ask.pick.wanted import Wanted
from index.ask.pick.words import share
from index.ask.select import is_opening
from index.ask.vocabulary import asking_pattern
from index.models import StoredFact
from index.text.normal import plain

STAGES: Final = frozenset({"budget", "adjusted_budget", "actual"})
ISSUED: Final = ("debt-issue", "debt-new", "debt-refinance")
_NO_LINES: Final = (*ISSUED, "debt-balance", "debt-limit")
_LINES: Final = ("gp-", "gf-", "sc-", "si-")
_REPAID: Final = ("debt-principal", "debt-interest", "debt-service")
_LEFT: Final = re.compile("结余|结转|滚存|剩|结存|余额|限额|欠")
_SAVED: Final = re.compile("结余|结转|滚存|剩|结存|余额")
_LIMIT: Final = re.compile("限额|上限")
_HARDLY: Final = 0.4
_STOCK: Final = re.compile("债务(?:限额|余额)")
_KIND: Final = re.compile("一般|专项")
_KINDS_OF_DEBT: Final = re.compile("一般债|专项债")


def other_stock(one: StoredFact, asked: Wanted) -> bool:
    """限额 asked is no 余额, 结余 is no 余额."""
    plainly = asked.plainly & STOCKS
    if asked.stocks == {"limit"} and one.fact.key not in asked.keys and one.fact.measure in ("amount", *STAGES):
        return not _LIMIT.search(one.fact.item + clause(one))  # 专项债务 beside 限额 is what is owed
    plain_amount = one.fact.measure == "amount" and one.fact.kind == "money"
    if asked.stocks == {"outstanding"} and len(asked.query.items) == 1 and plain_amount and _LEFT.search(asked.text):
        return not _LEFT.search(one.fact.item + clause(one))  # 隐性债务余额 is not what replaces 存量隐性债务
    if plainly and one.fact.measure in STAGES and one.fact.flow in ("revenue", "expenditure"):
        return not _LEFT.search(one.fact.item + clause(one))  # 年底还剩多少 is not what was spent
    if plainly == {"outstanding"} and one.fact.key.startswith(ISSUED) and one.fact.measure in ("amount", *STAGES):
        return True  # what was issued is no 余额
    if plainly == {"balance"} and one.fact.measure == "amount" and one.fact.kind == "money":
        return not _SAVED.search(one.fact.item + clause(one))  # 安排25亿元用于补充政府性基金财力 is nothing saved
    if plainly and plainly <= {"outstanding", "balance"} and one.fact.measure == "amount" and one.fact.kind == "money":
        return not _LEFT.search(one.fact.item + clause(one))  # nor is 偿还到期本息26亿元 owed
    other = len(plainly) == 1 and one.fact.measure in STOCKS - plainly
    return other and ("limit" in {one.fact.measure, *plainly} or not asked.wishes.get(one.fact.measure))


def opening(one: StoredFact, asked: Wanted) -> bool:
    """What was left to begin with is no figure of the year; what a sentence says of it was filed under the year before
    and answers for what stood at that year's end."""
    if not is_opening(one) or "初" in asked.text or "上年" in asked.text:
        return False
    dated_back = one.document in asked.later and not one.fact.rule.startswith("table")
    return not (dated_back and (asked.stocks or set(asked.query.measures) & STOCKS))


def other_act(one: StoredFact, asked: Wanted) -> bool:
    """还了多少债 asked, 发行政府债券 found: what is taken up is not what is paid back; nor is it a line of a budget
    (土地储备专项债券收入安排的支出)."""
    acts = (ISSUED, _REPAID)
    if asked.keys and all(key.startswith(_NO_LINES) for key in asked.keys) and one.fact.key.startswith(_LINES):
        return True
    asked_for = [act for act in acts if asked.keys and all(key.startswith(act) for key in asked.keys)]
    return any(one.fact.key.startswith(act) for act in acts if asked_for and act not in asked_for)


def below_nothing(one: StoredFact, asked: Wanted) -> bool:
    """A limit or a debt of -10亿元 is a change of it."""
    return one.fact.measure in ("limit", "outstanding") and (one.fact.number or 0) < 0


def of_no_debt(one: StoredFact, asked: Wanted) -> bool:
    """政府债务里投到公路上的: what the budget spends on roads is no debt."""
    if not (asked.query.of_debt or asked.query.debt):
        return False
    return one.fact.account != "debt" and "债" not in one.text + one.section + one.header


def of_other_debt(one: StoredFact, asked: Wanted) -> bool:
    """一般债券…，用于县城防洪|3100万元|: a project is paid from the debt that its list begins with, no 专项债."""
    if one.fact.key or one.fact.account != "debt":
        return False
    return paid_from_other(one, asked.query.debt or asked.said)


def paid_from_other(one: StoredFact, text: str) -> bool:
    """Whether a text says one kind of debt, and what stands before a figure last says the other."""
    said = set(_KINDS_OF_DEBT.findall(text))
    before = _KINDS_OF_DEBT.findall(plain(f"{one.section}{one.header}{one.text[: one.fact.start]}"))
    return len(said) == 1 and bool(before) and before[-1] not in said


def of_all_kinds(asked: str, name: str, around: str = "") -> bool:
    """Whether a kind of debt is asked for, and a figure is of debt by its name, with no kind in that or around it."""
    return _KINDS_OF_DEBT.search(asked) is not None and "债务" in name and not _KIND.search(name + around)


def all_of_debt(one: StoredFact, asked: Wanted) -> bool:
    """新增专项债务限额 asked, 新增债务限额 found: of all kinds.  防洪堤用了多少专项债: all that was issued is not what
    one project was given of it."""
    around = f"{clause(one)}{plain(one.fact.parent)}{plain(one.section)}{plain(one.header)}"
    if _STOCK.search(one.fact.item) and of_all_kinds(asked.said, one.fact.item, around):
        return True
    if not one.fact.key.startswith(ISSUED) or not asking_pattern("part", "of_debt").search(asked.text):
        return False
    said = f"{plain(one.fact.item)}{clause(one)}"
    return any(piece.hard and not piece.keys and share(piece, said, {}) < _HARDLY for piece in asked.pieces)
