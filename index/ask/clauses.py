"""The clause of a sentence that a figure stands in, and the words behind it.

    政府采购预算38.2万元，其中：货物预算7.8万元、服务预算|30.4万元| -> 服务预算

A 、 ends a clause only behind an amount: names hold it, too (教育、科技支出).
"""

from __future__ import annotations

import re
from typing import Final

from index.ask.vocabulary import asking_pattern
from index.find.amounts import COUNT_WORDS

_START: Final = re.compile(r"[，；。]|(?<=[元%％个人户项件家台辆])、")
_AMOUNT: Final = re.compile(rf"\d[\d,.]*[余多]?[万亿]?(?:元|[%％]|{COUNT_WORDS})")
_END: Final = re.compile("[，；。、：（）]")
_PAUSE: Final = re.compile("[，；。]")


def own_clause(before: str) -> str:
    """The clause of a figure, of the normal text in front of it."""
    return _START.split(before)[-1]


def clause_behind(after: str, *, long: bool = False) -> str:
    """The words behind a figure up to the next mark; ``long``: up to the next pause."""
    return (_PAUSE if long else _END).split(after, maxsplit=1)[0]


def told_behind(after: str) -> str:
    """What is told of a figure behind it: all to the end of the sentence, or before another figure what it is for.

    |3600元|的标准，对3周岁以下婴幼儿发放育儿补贴。 -> 的标准，对3周岁以下婴幼儿发放育儿补贴
    |8746万元|，最高的是陈庄村，达1062万元。 -> nothing
    """
    sentence = after.split("。", 1)[0]
    if asking_pattern("behind", "source").match(sentence):
        return ""
    if _AMOUNT.search(sentence):
        purpose = asking_pattern("behind", "purpose").match(sentence)
        return purpose[0] if purpose else ""
    return sentence
