"""A figure whose own words name nothing: what the clause before it named, or what its sentence counted first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from index.facts import relations
from index.facts.context import Topic
from index.facts.marks import Marks
from index.facts.open_names import MAX_NAME
from index.find.amounts import Amount
from index.find.gazetteer import is_within
from index.find.terms import choose
from index.models import FLOW_WORDS, Fact, Region

SINCE: Final = re.compile(r"[。；：！？]")
_GIVEN: Final = re.compile("[，、]?(?:共|累计|拨付|下达|安排|落实)*(补助|补贴|奖补|投入|出资|变现|融资)(?:资金)?")
_REACHES: Final = ("惠及", "涉及", "受益", "覆盖")
_SPENT_ON: Final = re.compile("[，、](?:共|累计|实现|取得)*(?:支出|收入|收益)(?:资金)?")
_IN_ALL_OF: Final = re.compile("[，、]?(?:涉及)?(?:总)?金额(?:合计|共计|总计|共|计|为|达)*")
_IN_BRACKETS: Final = re.compile("（[^（）]*(?:）|$)")
# headings over several things, or on what is done: 着力落实民生政策，持续提升保障水平
_GENERAL: Final = re.compile(
    "，|情况|安排|执行|措施|预算|收支|工作|重点|方面|支出|收入|说明|政策|水平|力度|着力|持续|切实|不断|全面|稳步|积极|坚持"
    "|聚焦|强化|加强|加快|推动|推进|提升|促进|深化|落实|做好|抓好|^[\u4e00-\u9fff]{0,2}项目$"
)
_SHORTEST_HEAD: Final = 3
_GOAL: Final = ("全年", "年度", "全年的", "年度的")


def by_clause(marks: Marks, start: int) -> Topic | None:
    """应急转贷费率全省最低，新增972笔: the clause before names it, not the sentence before; None if none does."""
    since = max((m.end() for m in SINCE.finditer(marks.text, 0, start)), default=0)
    if any(since < one.unit_end <= start for one in marks.amounts):
        return None
    text, masked = marks.text[since:start].rstrip("，"), marks.masked[since:start].rstrip("，")
    cut = text.rfind("，") + 1
    return relations.named_by_clause(text[cut:], masked[cut:])


_DONE_TOO = re.compile("计划(?:投入|投资).*实际(?:投入|投资|支出)")


def invested_in(marks: Marks, start: int, heading: str) -> Topic | None:
    """What a figure is spent on whose words say no more: the clause before, or what the heading of its sentence names.

    幼儿园扩建，计划投入|3万元                                  幼儿园扩建
    6．碧水清河（牵头单位：某局）：整治水体35条。计划投入|9万元      碧水清河
    """
    if clause := by_clause(marks, start):
        return clause
    if _DONE_TOO.search(marks.text):  # 计划投入900万元，实际投入860万元: two stages, of which the name tells none
        return None
    name = _IN_BRACKETS.sub("", heading)
    named = not start and len(name) >= _SHORTEST_HEAD and not _GENERAL.search(name)
    return Topic(name) if named else None


def first_counted(marks: Marks, facts: Sequence[Fact]) -> Topic | None:
    """停车场2处、泊位420个，计划投入|510万元: what the sentence counted first; None if it began otherwise."""
    first, begin = next(iter(facts), None), marks.amounts[0].start
    opened = marks.text.find("（", 0, begin)
    if opened > 0 and "）" not in marks.text[opened:begin]:  # 污水治理（甲、乙等8个村），计划投入…
        return relations.named_by_clause(marks.text[:opened], marks.masked[:opened])
    return Topic(first.item) if first is not None and first.kind == "count" and not first.key else None


def is_spent_on(words: str) -> bool:
    """建设公寓420套，支出|6300万元: do the words right behind a count but say that this was spent?"""
    return _SPENT_ON.fullmatch(words) is not None


def given_to(held: Topic, behind: bool, between: str, left: str, facts: Sequence[Fact]) -> Topic | None:
    """老园改造1万亩补助|3600万元, 民生实事33件，投入|11亿元: what is given for the things counted last (``held``).

    Their noun may stand ``behind`` their number: 为14万名|老年人免费查体，投入|2千万元.  None for other words.
    """
    if behind and between.count("，") == 1:
        between = between[between.find("，") :]
    given = _GIVEN.fullmatch(between + left)
    if given is None:
        return None
    # 小区9个，惠及居民4千户，投入|3亿元: on the homes, not on the people
    row = takewhile(lambda one: one.kind == "count" and not one.key, reversed(facts))
    name = next((one.item for one in row if not one.item.startswith(_REACHES)), held.name)
    return Topic(name if name.endswith(given[1]) else f"{name}{given[1]}"[-MAX_NAME:])


def sum_of_counted(counted: Topic | None, left: str) -> Topic | None:
    """5个单位往来款未清理，金额合计|3972万元: of what was counted, if a sum is all that the words say."""
    return Topic(f"{counted.name}涉及金额"[-MAX_NAME:]) if counted and _IN_ALL_OF.fullmatch(left) else None


def goal_at(marks: Marks, amount: Amount, left: str, account: str) -> Topic | None:
    """11-12月需完成收入3亿元，确保完成全年|9亿元目标: the account's line that was named before it; else None."""
    if not (left.endswith(_GOAL) and marks.text.startswith("目标", amount.unit_end)):
        return None
    named = [term for term in marks.terms if term.end <= amount.start and term.items[0].flow in FLOW_WORDS]
    return Topic.of(choose(named[-1].items, account)) if named else None


def with_place(topic: Topic, marks: Marks, start: int, held: Region | None) -> Topic:
    """用于|经开区|热力管网|9万元: a place that does not turn the text to itself is the beginning of a name."""
    for place in marks.places:
        begins = start <= place.start and marks.text.startswith(topic.name, place.end)
        if (
            begins
            and len(place.regions) == 1
            and held is not None
            and place.regions[0].code != held.code
            and is_within(place.regions[0].code, held.code)
        ):
            return replace(topic, name=f"{place.text}{topic.name}"[:MAX_NAME])
    return topic
