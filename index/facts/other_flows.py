"""A bare 收入 or 支出 that says itself that it is not that of the topic before it, and branches in a list of taxes.

民生支出9亿元。8月当月支出|1亿元            all that the account spent that month
总收入9亿元，包括：当年收入|5亿元          the account's own revenue
某片区一般公共预算收入9亿元；支出|8亿元     the other side of what has no key, either
中央级收入2亿元，省级收入|1亿元            the province's share
制造业税收7亿元；批发零售业|3亿元          批发零售业税收, and no expenditure of that name
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from index.facts.context import Topic, total_of
from index.facts.open_names import EDGE
from index.lexicon import items
from index.models import FLOW_OF

SUMS: Final = ("总收入", "总支出")
_HALVES: Final = ("gp-rev-101", "gp-rev-103")  # 税收收入, 非税收入: what an account's income is told of by
_OF_BUDGET: Final = tuple(f"{budget}{flow}" for budget in ("预算", "基金") for flow in FLOW_OF)
_CAME: Final = re.compile("(?P<what>.{2,})(?:到位|下达|分配)")
_OTHER: Final = {"收入": "支出", "支出": "收入"}
_LEFT_OF: Final = re.compile(
    "(?!财政拨款|部门|单位)(?P<what>.{2,}?)(?:(?:年|期)[初末]|上年|滚存|累计)*(?:结余|结转|余额)(?:[和、]?结[余转])?(?:资金)?"
)
_OF_PROVINCE: Final = re.compile("(?:省|自治区)级?收入$")
_OF_MONTH: Final = re.compile(r"(?:\d月(?:份)?|当月)(?:当月)?(?:完成|实现)?(?:收入|支出)")
_OF_YEAR: Final = re.compile("(?:[当本]年|[全本][省市县区州]|本级)(?:收入|支出)")
_OF_BRANCH: Final = re.compile("[\u4e00-\u9fff]*业[\u4e00-\u9fff]{0,8}税收(?:收入)?")
_BRANCH: Final = re.compile("[\u4e00-\u9fff]{1,10}业")


def flow_meant(topic: Topic | None, left: str, account: str) -> Topic | None:
    """The topic that the words ``left`` before a figure mean, if not the ``topic`` that holds; else None."""
    if topic is not None and topic.key in _HALVES and _OF_MONTH.search(left):
        return total_of(account, topic.flow)  # …，非税收入34亿元。10月当月完成收入|9亿元
    if topic is None or not topic.key.startswith("total-"):
        return None
    if topic.key == "total-central-rev" and _OF_PROVINCE.search(left):
        return Topic.of(items()["total-province-rev"])
    total = total_of(account, topic.flow)
    gross = topic.key == "total-gp-gross-rev" and _OF_YEAR.search(left)
    return total if total is not None and topic.key != total.key and (gross or _OF_MONTH.search(left)) else None


def branch_of(left: str, held: Topic | None) -> Topic | None:
    """The tax of a branch named alone behind that of another; None where the words name anything else."""
    listed = held is not None and not held.key and _OF_BRANCH.fullmatch(held.name)
    name = left.strip(EDGE)
    return Topic(f"{name}税收") if listed and _BRANCH.fullmatch(name) else None


def side_of_open(held: Topic | None, before: str, flow: str, whole: bool, account: str = "") -> Topic | None:
    """某片区一般公共预算收入9亿元，支出|8亿元: the other side of what the report's own words told of, never of
    the account; 到位率98%；实际支出|8亿元: no figure of a rate.

    ``whole`` says 总支出, ``before`` what stands before it; None where what was told of has no sides.
    """
    if held is None or held.key:
        return None
    if whole and held.name.endswith(SUMS):
        return replace(held, name=f"{held.name[:-2]}{flow}", flow=FLOW_OF[flow])  # 村集体经济总收入9万元，总支出|8万元
    if not whole and held.name.endswith(_OF_BUDGET) and not held.name.endswith(flow):
        return replace(held, name=f"{held.name[:-2]}{flow}", flow=FLOW_OF[flow])
    if not whole and flow == "支出" and (came := _CAME.fullmatch(held.name)):
        return Topic(f"{came['what']}{flow}")  # 资金到位3亿元，已支出|2亿元
    if not whole and held.name in FLOW_OF:
        return Topic(flow, flow=FLOW_OF[flow])  # 上年结转1亿元，当年收入9亿元，支出|8亿元, below no account
    if not whole and held.flow and held.name.endswith(_OTHER[flow]) and not held.account:
        return Topic(f"{held.name[:-2]}{flow}", flow=FLOW_OF[flow])
    if not whole and not account and (stock := _LEFT_OF.fullmatch(held.name)):
        return Topic(f"{stock['what']}{flow}", flow=FLOW_OF[flow])  # 救灾专户年初结余1亿元，当年收入|9亿元
    if not whole and held.name.endswith("率") and not held.account:
        return Topic(f"{before.strip(EDGE)}{flow}")
    return None
