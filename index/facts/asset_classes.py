"""Reports on state assets: the sizes below a heading on one class of them are of that class, not of all.

（一）企业国有资产（不含金融企业）。…资产总额1186亿元，负债总额739亿元…   -> 企业国有资产, 国有企业负债总额
（二）金融企业国有资产。…资产总额22亿元                              -> 金融企业国有资产
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from index.find.terms import exact_items
from index.models import Fact, Section, Sentence

# The heading's words for a class of assets, and what its sizes are called by.  Brackets (不含金融企业) are cut before.
_CLASSES: Final = (
    (re.compile("自然资源"), ""),
    (re.compile("金融(?:类|性)?(?:企业|机构)?(?:的)?国有|国有金融"), "金融企业"),
    (re.compile("行政事业"), "行政事业单位"),
    (re.compile("(?<!金融)企业(?:类|性)?国有资[产本]|国有企业(?!改革)|国有?资监管企业"), "国有企业"),
)
_BRACKETS: Final = re.compile("（[^（）]*）")
_REPORTED: Final = re.compile("国有资产|国有资本")
_SIZES: Final = (
    "(?:国有)?资产总[额量计]|总资产|负债总[额量计]|总负债|负债|所有者权益(?:总额|合计)?|净资产(?:总额)?"
    "|国有(?:资本|资产)权益(?:总额)?|(?:实现)?营业总?收入|利润总额|净利润|(?:平均)?资产负债率|(?:国有)?资本保值增值率"
)
_SIZE: Final = re.compile(f"(?:{_SIZES})??(?P<size>{_SIZES})")  # 营业总收入|利润总额: a short name behind another
_OF_ALL: Final = re.compile(f"合计（(?P<size>{_SIZES})）")
_PRINTED: Final = ("资产总额", "资产总量", "总资产")
_WHOLE: Final = "other-asset"
_CALLED: Final = {
    "国有资产总额": "资产总额",
    "总资产": "资产总额",
    "总负债": "负债总额",
    "负债": "负债总额",
    "营业总收入": "营业收入",
    "平均资产负债率": "资产负债率",
}


def of_classes(
    facts: Sequence[Fact], title: str, sentences: Sequence[Sentence], sections: Sequence[Section]
) -> list[Fact]:
    """The facts of a report of this ``title``, with the sizes of each class under its name."""
    if not _REPORTED.search(title):
        return list(facts)
    told: dict[tuple[int | None, str, str], Decimal | None] = {}
    found: list[Fact] = []
    for fact in facts:
        section = sentences[fact.sentence].section
        whose, size = _class_of(section, sections), _size_of(fact)
        if whose and size and fact.parent:
            fact = _other(fact)
        elif whose and size and fact.region == facts[0].region:
            first = told.setdefault((section, size, fact.measure), fact.number)
            fact = _named(fact, whose, size) if fact.number == first else _other(fact)
        found.append(fact)
    return found


def _class_of(section: int | None, sections: Sequence[Section]) -> str:
    """The class that the innermost heading with one speaks of; "" if none does, or more than one."""
    while section is not None:
        title = _BRACKETS.sub("", sections[section].title)
        named = [name for words, name in _CLASSES if words.search(title)]
        if named:
            return named[0] if len(named) == 1 else ""
        section = sections[section].parent
    return ""


def _size_of(fact: Fact) -> str:
    """What a fact is the size of (资产总额), if it says no more than that."""
    match = _SIZE.fullmatch(fact.item) or _OF_ALL.fullmatch(fact.item)
    if match is None:
        return ""
    size = match["size"].removeprefix("实现")
    return _CALLED.get(size, size)


def _named(fact: Fact, whose: str, size: str) -> Fact:
    name = f"{whose}{size}"
    exact = exact_items(name)
    if exact:
        return replace(fact, item=exact[0].name, key=exact[0].key, account=exact[0].account, flow=exact[0].flow,
                       qualifiers=())  # fmt: skip
    return replace(fact, item=name, key="", qualifiers=())


def _other(fact: Fact) -> Fact:
    """Another 资产总额 of the section, or one of a part (其中：事业单位资产总额), is the whole of nothing: it is called
    as it is printed."""
    if fact.key != _WHOLE:
        return fact
    printed = re.split("[，。；：、]|其中", fact.label.partition(fact.value)[0])[-1]
    return replace(fact, item=printed if printed.endswith(_PRINTED) else fact.item, key="")
