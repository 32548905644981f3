"""Names in a body's paper that say whose they are only with the words of the figure before them.

安排购置车辆1辆，其中：执法执勤用车0辆                购置执法执勤用车: bought, not owned
编报绩效目标的项目4个，涉及项目预算资金9万元          编报绩效目标的项目涉及项目预算资金
在面向小微企业预留的项目中，由小微企业中标的，采购金额7万元    … 由小微企业中标的采购金额: no 政府采购 of all
公务接待费2万元，与上年预算一致0万元                  公务接待费: changed by 0
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

from index.facts.open_names import MAX_NAME
from index.lexicon import cue_regex, toml
from index.models import Fact
from index.text.normal import plain

_BY_WHOM: Final = re.compile(
    r"(?:在(?P<within>[^，。；：]{2,30}?)中，)?(?P<who>由[^，。；：]{4,40}的)，(?P<what>[^，。；：\d]{2,12}?)(?:为|约)?$"
)
_INVOLVED: Final = re.compile(r"^(?:共?涉及)[\u4e00-\u9fff]*(?:资金|金额|经费|预算)")

_PIECES: Final = ("辆", "台", "套", "件")
_OWNED: Final = re.compile("保有|现有|共有|拥有")  # 购置费3万元，年末车辆保有量7辆: not bought


def named_beside(facts: Sequence[Fact], text: str) -> list[Fact]:
    """The facts of one sentence in order."""
    told: list[Fact] = []
    for fact in facts:
        told.append(_named(fact, told, text))
    return told


def _named(fact: Fact, told: Sequence[Fact], text: str) -> Fact:
    before = plain(text[: fact.start])
    if fact.kind == "money" and (match := _BY_WHOM.search(before)):
        within = (match["within"] or "").removesuffix("项目")
        return replace(fact, item=f"{within}{match['who']}{match['what']}"[-MAX_NAME:], key="", parent="")
    last = told[-1] if told else None
    if fact.number == 0 and last is not None and fact.item in _words("unchanged") and last.measure != "yoy_amount":
        return replace(fact, item=last.item, key=last.key, account=last.account, flow=last.flow, parent=last.parent,
                       measure="yoy_amount")  # fmt: skip
    if fact.key:
        return fact
    if last is not None and last.kind == "count" and _INVOLVED.match(fact.item):
        return replace(fact, item=f"{last.item}{fact.item}"[-MAX_NAME:])
    alike = fact.unit[:1] in _PIECES or not set(fact.parent[-2:]).isdisjoint(fact.item)  # no 公务接待64批次
    if fact.kind == "count" and alike and not _OWNED.search(fact.item) and (deed := _deed_in(fact.parent)):
        name = fact.item if _deed_in(fact.item) else f"{deed}{fact.item}"[:MAX_NAME]
        return replace(fact, item=name, qualifiers=(*fact.qualifiers, ("purpose", deed)))
    return fact


def _deed_in(words: str) -> str:
    """What is done with the things that a figure counts: 部门预算安排|购置|车辆."""
    match = _deeds().search(words)
    return match[0] if match else ""


@cache
def _deeds() -> re.Pattern[str]:
    return re.compile(cue_regex("naming", "deeds"))


@cache
def _words(group: str) -> frozenset[str]:
    words: dict[str, Any] = toml("cues.toml")["naming"]
    return frozenset(words[group])
