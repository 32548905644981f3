"""Lists of parts that no word announces: figures that add up to the one before them.

新增专项债券9亿元：冷链物流园4亿元；供水管网5亿元           behind a colon
已支出9亿元，支出进度69%，投向标准厂房4亿元、医院扩建5亿元     behind what it went to
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from index.facts.marks import Marks
from index.find.amounts import Amount
from index.find.terms import exact_items
from index.models import Fact

_LEAST: Final = 2  # parts
_WENT_TO: Final = r"(?:主要|重点|全部|分别|安排|专项)*(?:投向|用于)"
_VERB: Final = re.compile(_WENT_TO)
_END: Final = re.compile("[；。]|$")
_OPENS: Final = re.compile(f"：|{_WENT_TO}")


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
        for whole in wholes:
            last = _last_part(whole, parts)
            end = _END.search(marks.masked, last.unit_end) if last is not None else None
            if end is not None and _is_balanced(marks.masked[match.start() : end.start()]):
                yield match.start(), end.start()
                break


def without_verb(name: str, goes_on: bool) -> str:
    """投向|标准厂房: the name of what the money went to; as it is where that would be the name of another item."""
    verb = _VERB.match(name) if goes_on or name.startswith("投向") else None
    what = name[verb.end() :] if verb else name
    return what if len(what) > 1 and not exact_items(what) else name


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


def _last_part(whole: Decimal, parts: Sequence[Amount]) -> Amount | None:
    """The last of so many of these figures, from the first on, as add up to the whole; None if they do not."""
    total = Decimal(0)
    for count, part in enumerate(parts, 1):
        if part.number is None or part.number <= 0:
            return None
        total += part.number
        if total >= whole:
            return part if total == whole and count >= _LEAST else None
    return None


def _is_balanced(text: str) -> bool:
    return text.count("（") == text.count("）")
