"""Whose figures they are while the text speaks of one fund: 失业保险基金收入…，支出…，当年结余…，滚存结余….

Bare flows and balances are that fund's, not those of the whole account, until another subject is named.  A fund is the
subject once a flow or balance of it is said, or a heading or a clause is about it; what is but one of the parts of the
account's revenue (其中：失业保险基金收入…、工伤保险基金收入…) is none, unless its other flow follows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from index.facts.context import Fund, State, Topic
from index.find.terms import exact_items, find_terms
from index.lexicon import Item
from index.models import FLOW_OF, Flow

_OF_FUND = re.compile(
    r"(?P<base>.+?)(?:预算|安排的)?总?(?:(?:收入|支出)(?:总计|合计)?|(?:本年收支|年末滚存|上年|年终)?结余|结转下年|结转结余"
    r"|收支(?:结余|赤字|缺口|差额))?"
)
_OPEN_FLOW = re.compile(r"(?P<base>.{2,20}?)(?:预算)?总?(?P<flow>收入|支出)")
_INSURANCE = re.compile(r"(?:养老|医疗|医保|失业|工伤|生育|护理)[^，。；、和与及]*(?:保险|医保|基金)$|医保基金$")
_GOVERNMENT = re.compile(r"(?<!性)(?<!政府)基金$")
_FUND_FLOW = re.compile("基金(?:收入|支出)")
_JOINED = re.compile(r"[、和与及]")
_ENDS: Final = {
    "si-balance-year": ("本年收支结余",),
    "total-carryover-spend": ("本年收支结余", "收支结余"),
    "si-balance-cum": ("年末滚存结余",),
    "total-gf-balance": ("年末滚存结余",),
    "transfer-carry-in": ("上年结余",),
    "transfer-carryover": ("结转结余",),
    "transfer-carry-out": ("结转下年",),
    "transfer-year-end": ("年终结余",),
    "other-gap": ("收支缺口",),
}
_SUMS = re.compile(r"total-(?:gf|si)-sum-(?P<flow>rev|exp)$")
_DEFICIT = re.compile(r"(?:收支)?(?P<word>赤字|缺口|差额)")
# 社保基金当年结余, 五项基金合计当年结余: said of the account, whatever fund was named before
_OF_WHOLE = re.compile(
    r"社会保险基金|社保基金|社会保障基金|(?<!收入)(?<!支出)合计|[各\d一二三四五六七八九十]项|各险种|以上|上述"
)


def fund_in(topic: Topic | None) -> Fund | None:
    """The one fund a topic is about or a flow or balance of; None for an account, for several and for anything else."""
    match = _OF_FUND.fullmatch(topic.name) if topic is not None else None
    if topic is None or match is None or _JOINED.search(topic.name):
        return None
    base = match["base"]
    if _INSURANCE.search(base) and topic.account in ("social_insurance", "") and _is_social(topic):
        terms = [term for term in find_terms(base) if (term.start, term.end) == (0, len(base))]
        known = terms[0].items[0].name if terms else ""
        return Fund(known if known and exact_items(f"{known}收入") else base, "social_insurance")
    if topic.account == "government_fund" and topic.flow and _GOVERNMENT.search(base) and not base.startswith("其他"):
        return Fund(base, "government_fund")
    return None


def _joint_in(topic: Topic) -> Fund | None:
    """Several funds with one figure (失业、工伤保险基金收入5亿元): a bare flow behind it is of these together."""
    match = _OF_FUND.fullmatch(topic.name) if topic.flow and topic.account == "social_insurance" else None
    joint = match is not None and _JOINED.search(match["base"]) and _INSURANCE.search(match["base"])
    return Fund(match["base"], "social_insurance") if match is not None and joint else None


def _is_social(topic: Topic) -> bool:
    return bool(topic.account) or topic.name.endswith(("收入", "支出", "结余"))


def open_flow(name: str, account: str) -> Topic | None:
    """长期护理保险预算总收入: a flow of a fund the lexicon does not know; None if the words are no such thing."""
    match = _OPEN_FLOW.fullmatch(name)
    if match is None or not _INSURANCE.search(match["base"]):
        return None
    if _JOINED.search(name) and account != "social_insurance":
        return None
    if account == "general_public" and not match["base"].endswith("基金"):
        return None  # what the budget itself pays into an insurance
    return Topic(match["base"] + match["flow"], account="social_insurance", flow=FLOW_OF[match["flow"]])


def after(topic: Topic, state: State, named: int, has_figure: bool) -> Fund | None:
    """The fund the text speaks of once ``topic`` was met; ``named`` items stood before it in the same segment."""
    found, held, parent = fund_in(topic) or _joint_in(topic), state.fund, state.parent
    if held is not None and found is not None and held.name != found.name and found.name.startswith(held.name):
        return held  # 城乡居民基本医疗保险基金|购买大病保险支出: spent by that fund
    if found is None:
        return held if held is not None and _leaves(topic) else None
    same = held is not None and held.name == found.name
    if has_figure and not topic.flow:
        return held if same else None  # 失业保险基金1.2亿元: money of it, not its budget
    if found.account == "government_fund":
        # the revenues of that account are lists of funds: one is the subject only if its expenditure follows
        alone = not named and parent is None and topic.flow == "revenue"
        return replace(found, part=True) if alone else found if same else None
    if parent is None or not _is_whole(parent) or (parent.flow or topic.flow) != topic.flow:
        return found
    if named and (held is None or held.part) and not same:
        return None  # 其中：失业…、工伤…: a list
    return replace(found, part=True)


def _is_whole(parent: Topic) -> bool:
    """社会保险基金收入, 两项基金收入: what the flows of the funds are parts of."""
    return parent.key.startswith("total-") or (fund_in(parent) is None and bool(_FUND_FLOW.search(parent.name)))


def _leaves(topic: Topic) -> bool:
    """Does a new topic that is of no fund leave the text with the fund it spoke of?"""
    if topic.key.startswith(("total-", "si-balance")) or topic.key == "si-all":
        return False
    return topic.account in ("social_insurance", "other", "")


def ended_by(clause: str) -> bool:
    """Does a clause without figures lead back to the account as a whole (各项社会保险基金运行平稳，…)?"""
    return bool(_OF_WHOLE.search(clause))


def subject(state: State) -> Fund | None:
    """The fund that bare balances and items are of."""
    fund = state.fund
    if fund is None or not fund.part:
        return fund
    inside = fund_in(state.parent)  # 失业保险基金收入5亿元（其中保险费收入4亿元）
    return fund if inside is not None and inside.name == fund.name else None


def flow_of(state: State, before: str, flow: str, total: str) -> Topic | None:
    """The topic of a bare 收入 or 支出 (``flow``; ``total``: 总计 behind it) after the words ``before``.

    None if no fund is spoken of.
    """
    fund, way = state.fund, FLOW_OF[flow]
    if fund is None or _OF_WHOLE.search(before):
        return None
    if fund.part and (total or state.topic is None or state.topic.flow in (way, "")):
        return None
    return _named(fund, flow + total, flow=way)


def of_fund(topic: Topic, state: State, left: str) -> Topic | None:
    """A balance or an item every fund has (当年结余, 上年结余, 保险费收入) as the fund's own; None if it is not."""
    fund = subject(state)
    if fund is None or fund_in(topic) is not None or _OF_WHOLE.search(left):
        return None
    if ends := _ENDS.get(topic.key):
        return _named(fund, *ends)
    if match := _SUMS.match(topic.key):
        return _named(fund, "收入总计" if match["flow"] == "rev" else "支出总计", flow=topic.flow)
    if topic.key.startswith("si-") and topic.flow in ("revenue", "expenditure"):
        return Topic(fund.name + topic.name, account="social_insurance", flow=topic.flow)
    if not topic.key and (match := _DEFICIT.fullmatch(topic.name)):
        return _named(fund, f"收支{match['word']}")
    return None


def balance_item(owner: Item, balance: Item) -> Topic | None:
    """失业保险基金|滚存结余: two items that are one; None if they are no fund and no balance of funds."""
    fund = fund_in(Topic.of(owner)) if not owner.flow else None
    ends = _ENDS.get(balance.key)
    return _named(fund, *ends) if fund is not None and ends else None


def balance_of(state: State) -> Topic | None:
    """A balance that says no more than 结余; None if no fund is spoken of."""
    fund = subject(state)
    return Topic(f"{fund.name}结余", account=fund.account, flow="balance") if fund is not None else None


def _named(fund: Fund, *ends: str, flow: Flow = "balance") -> Topic:
    """What the lexicon calls this of the fund (under one of ``ends``), else an open topic of that name."""
    for end in ends:
        for item in exact_items(fund.name + end):
            if item.account == fund.account:
                return Topic.of(item)
    return Topic(fund.name + ends[0], account=fund.account, flow=flow)
