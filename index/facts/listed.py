"""Lists of parts that no word announces: figures that add up to the one before them.

新增专项债券9亿元：冷链物流园4亿元；供水管网5亿元           behind a colon
已支出9亿元，支出进度69%，投向标准厂房4亿元、医院扩建5亿元     behind what it went to
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import Final

from index.facts.context import State, Topic
from index.facts.marks import Marks
from index.find.amounts import Amount
from index.find.terms import exact_items
from index.models import Fact

_LEAST: Final = 2  # parts
_OF_DEBT: Final = re.compile("的|债[券务]|限额|资金$")
_SHORT: Final = 3  # characters: 用于产业
_WENT_TO: Final = ("投向", "用于", "支持")
_VERB: Final = re.compile("(?:主要|重点|全部|集中|分别|安排|专项)*(?:投向|用于)")
_CLAUSE: Final = re.compile("[，；。：]|其中")
_END: Final = re.compile("[；。]|$")
_HAS: Final = re.compile(r"\s*(?:共?拥有|共有|现有|建有|设有)")
_SHARE_BEHIND: Final = re.compile("，占(?!比?地)")
_NO_NAME: Final = re.compile("[，、；：和 ]|完成|实现|达到?|约|为|各?是|其中")
_OPENS: Final = re.compile(f"：|{'|'.join(_WENT_TO)}")


def lists(marks: Marks) -> Iterator[tuple[int, int]]:
    """Where the parts of a figure told before begin, and where the clause of the last of them ends."""
    money = [amount for amount in marks.amounts if amount.kind == "money"]
    if len(money) <= _LEAST:
        return
    for match in _OPENS.finditer(marks.text):
        wholes = [one.number for one in money if one.unit_end <= match.start() and one.number]
        if match[0] == "：":
            wholes = [one.number for one in money if one.unit_end == match.start() and one.number]
        parts = [one for one in money if one.start >= match.end()]
        if match[0] != "：" and parts and _CLAUSE.search(marks.text[match.end() : parts[0].start], 1):
            continue  # 用于公益性项目，其中：市本级…: what is parted stands in another clause
        for whole in reversed(wholes):
            last = _last_part(whole, parts, marks.text)
            end = _END.search(marks.masked, last.unit_end) if last is not None else None
            if end is not None and _is_balanced(marks.masked[match.start() : end.start()]):
                yield match.start(), end.start()
                break


def make_up_whole(facts: Sequence[Fact]) -> bool:
    """查出问题金额7亿元，其中违规金额1亿元、管理不规范金额|6亿元: do the parts told up to the last figure add up?"""
    last = facts[-1]
    if not last.parent or last.number is None:
        return False
    parts = [last.number]
    for fact in reversed(facts[:-1]):
        if fact.kind != "money" or fact.measure != last.measure or fact.number is None:
            continue
        if fact.item == last.parent:
            return len(parts) > 1 and sum(parts) == fact.number
        if fact.parent != last.parent:
            return False
        parts.append(fact.number)
    return False


def is_level_alone(marks: Marks, at: int) -> bool:
    """收入9亿元，其中税收6亿元；市本级4亿元: does nothing but a level stand between this ；and the next figure, and
    before none of the parts told of (税收6亿元、市本级2亿元；县区4亿元)?"""
    opened, following = marks.text.rfind("其中", 0, at), next((one for one in marks.amounts if one.start > at), None)
    if opened < 0 or following is None or following.kind != "money":
        return False
    before = [one for one in marks.amounts if opened < one.start < at]
    starts = [opened + len("其中"), *(one.unit_end for one in before)]
    parted = any(_is_level(marks, start, one.start) for start, one in zip(starts, before, strict=False))
    return not parted and _is_level(marks, at, following.start)


def as_before(state: State, whole: State, level: bool) -> State:
    """What holds when the parts of a whole are over: what it is part of, and it itself where a level alone follows."""
    return state._replace(parent=whole.parent, topic=whole.topic if level else state.topic)


def _is_level(marks: Marks, start: int, end: int) -> bool:
    scopes = [one for one in marks.scopes if start <= one.start and one.end <= end]
    text = marks.text[start:end]
    for one in scopes:
        text = text.replace(one.text, "", 1)
    return len(scopes) == 1 and not _NO_NAME.sub("", text)


def are_over(marks: Marks, at: int, parent: Topic | None) -> bool:
    """水利2.7亿元，其中堤防0.9亿元；公交补贴1.6亿元: are the parts told of after 其中 over at this ；?

    They are where what they are parts of is one of several points itself, unless it is an item of the lexicon, whose
    parts may go on; and where the next figure is too great for a part, or counts things.
    """
    opened = marks.text.rfind("其中", 0, at)
    money = [one for one in marks.amounts if one.kind == "money" and one.number is not None]
    whole = next((one for one in reversed(money) if one.unit_end <= opened), None)
    following = next((one for one in marks.amounts if one.start > at), None)
    if following is not None and following.kind == "count" and _is_another(marks, opened, at, following):
        return True
    if whole is None or following is None:
        return False
    if marks.text.startswith("：", opened + len("其中")):  # 其中：甲2亿元，乙1亿元；丙…: the ；parts more than the ，
        told_of = sum(opened < one.start < at for one in money)
        return not (parent and parent.key) and told_of >= _LEAST and "；" not in marks.text[opened:at]
    if not (parent and parent.key) and ("；" in marks.text[: whole.start] or following.kind == "count"):
        return True
    told = sum((one.number or Decimal(0) for one in money if opened < one.start < at), Decimal(0))
    return following.kind == "money" and told + (following.number or 0) > (whole.number or 0)


def _is_another(marks: Marks, opened: int, at: int, following: Amount) -> bool:
    """企业技术中心101个，其中国家级4个；拥有工程技术研究中心|96家: a count of other things, or of more of them."""
    whole = next((one for one in reversed(marks.amounts) if one.unit_end <= opened), None)
    if whole is None or whole.kind != "count" or opened < 0:
        return False
    greater = whole.number is not None and following.number is not None and following.number > whole.number
    return bool(_HAS.match(marks.text, at + 1)) or (greater and whole.unit == following.unit)


def rejoined(marks: Marks) -> Iterator[int]:
    """“三保”支出9亿元，其中保工资5亿元、保运转4亿元，占…: where a share behind all the parts is of their whole."""
    for match in _SHARE_BEHIND.finditer(marks.text):
        before = [one for one in marks.amounts if one.unit_end <= match.start()]
        money = list(takewhile(lambda one: one.kind == "money", reversed(before)))
        if len(money) <= _LEAST or money[0].unit_end != match.start():
            continue
        total = Decimal(0)
        for count, part in enumerate(money):
            if "；" in marks.text[part.unit_end : match.start()]:
                break
            if count >= _LEAST and part.number == total:
                yield match.start()
                break
            total += part.number or 0


def without_verb(name: str, goes_on: bool) -> str:
    """投向|标准厂房: the name of what the money went to; as it is where that would be the name of another item."""
    verb = _VERB.match(name) if goes_on or name.startswith(_WENT_TO[0]) else None
    what = name[verb.end() :] if verb is not None else name
    if verb is not None and not verb[0].endswith(_WENT_TO[0]) and (len(what) <= _SHORT or _OF_DEBT.search(what)):
        return name  # 用于置换的债券: which of the bonds, no name of a project
    return what if len(what) > 1 and not exact_items(what) else name


def _last_part(whole: Decimal, parts: Sequence[Amount], text: str) -> Amount | None:
    """The last of so many of these figures, from the first on, as add up to the whole; None if they do not.

    一般债券3亿元，用于道路1亿元、管网2亿元；专项债券4亿元: what a part is made of counts but once.
    """
    total, count, at = Decimal(0), 0, 0
    while at < len(parts):
        part = parts[at]
        if part.number is None or part.number <= 0:
            return None
        total, count, at, last = total + part.number, count + 1, at + 1, part
        opens = _OPENS.search(text, part.unit_end, parts[at].start) if at < len(parts) else None
        if opens and total < whole and (inner := _last_part(part.number, parts[at:], text)) is not None:
            at, last = parts.index(inner) + 1, inner
        if total >= whole:
            return last if total == whole and count >= _LEAST else None
    return None


def _is_balanced(text: str) -> bool:
    return text.count("（") == text.count("）")
