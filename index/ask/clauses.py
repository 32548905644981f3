"""The clause of a sentence that a figure stands in, and the words behind it.

    政府采购预算38.2万元，其中：货物预算7.8万元、服务预算|30.4万元| -> 服务预算

A 、 ends a clause only behind an amount: names hold it, too (教育、科技支出).
"""

from __future__ import annotations

import re
from typing import Final

_START: Final = re.compile(r"[，；。]|(?<=[元%％个人户项件家台辆])、")
_AMOUNT: Final = re.compile(r"\d[\d,.]*[余多]?[万亿]?(?:元|[%％]|[万亿个人户项件家台辆名套公亩吨])")
_SOURCE: Final = re.compile("[，；（]?(?:其中|主要|全部|均|都)*(?:[为由是]|来自|来源)")  # says where it comes from
_END: Final = re.compile("[，；。、：（）]")
_PAUSE: Final = re.compile("[，；。]")


def own_clause(before: str) -> str:
    """The clause of a figure, of the normal text in front of it."""
    return _START.split(before)[-1]


def clause_behind(after: str, *, long: bool = False) -> str:
    """The words behind a figure up to the next mark; ``long``: up to the next pause."""
    return (_PAUSE if long else _END).split(after, maxsplit=1)[0]


def told_behind(after: str) -> str:
    """What is told of a figure behind it: the clauses up to the one that holds the next figure.

    |3600元|的标准，对3周岁以下婴幼儿发放育儿补贴。 -> 的标准，对3周岁以下婴幼儿发放育儿补贴
    """
    sentence = after.split("。", 1)[0]
    if _SOURCE.match(sentence):
        return ""
    if following := _AMOUNT.search(sentence):
        sentence = sentence[: following.start()]
        sentence = sentence[: max(sentence.rfind(mark) for mark in "，；、") + 1]
    return sentence
