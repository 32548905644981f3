"""What was planned and what came of it, told in one sentence: one name, two stages.

碧水清河工程计划投入5000万元，实际投入4200万元    碧水清河工程投入: budget, actual
校舍改造计划改造30个，实际改造28个              校舍改造: so many planned, so many done
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.facts.open_names import MAX_NAME
from index.models import Fact, Sentence

_PLANNED: Final = re.compile("(?:全年|年度|今年|本年|年初|原)*(?:计划|拟)(?P<act>[\u4e00-\u9fff]{2,4})$")
_DONE: Final = "(?:实际|已经?|完成|实现|累计|共)+"
_DOES: Final = "完成"  # 计划完成30个: of the work, which has its own name
_COMPLETED: Final = re.compile(f"{_DONE}(?:建成|竣工|完工|开工|到位|支出|支付)$")  # 计划建设9公里，已建成8公里
_SHORTEST: Final = 2
_SHORTEST_NAME: Final = 4
_OF_ACT: Final = 6


def planned_and_done(facts: Sequence[Fact], sentences: Sequence[Sentence]) -> list[Fact]:
    """The facts in order; where a sentence tells both stages of one deed, both have its name and their stage."""
    found = list(facts)
    for at, fact in enumerate(facts):
        planned = None if fact.key or fact.rule == "table" else _PLANNED.search(_before(fact, sentences))
        if planned is None or not found[at].item.endswith(planned["act"]):
            continue
        later = [n for n in range(at + 1, len(facts)) if facts[n].sentence == fact.sentence]
        done = next((n for n in later if _is_done(facts[n], fact, planned["act"], sentences)), None)
        whose = _PLANNED.sub("", found[at].item)
        if done is None or len(whose) < _SHORTEST:
            continue
        name = whose if planned["act"] == _DOES or whose.endswith(planned["act"]) else whose + planned["act"]
        old = facts[done].item
        found[at] = replace(found[at], item=name[-MAX_NAME:], measure="budget")
        for n in later:
            if n >= done and not facts[n].key and facts[n].item in (old, planned["act"]):
                found[n] = replace(found[n], item=name[-MAX_NAME:])
            elif n > done and not facts[n].key and facts[n].item.startswith(old) and len(old) < _OF_ACT:
                found[n] = replace(found[n], item=(whose + facts[n].item.removeprefix(old))[-MAX_NAME:])
        if fact.kind == "money":
            found[done] = replace(found[done], measure="actual")
    return found


def _is_done(fact: Fact, planned: Fact, act: str, sentences: Sequence[Sentence]) -> bool:
    same = not fact.key and fact.kind == planned.kind and fact.measure in ("amount", "actual", "count")
    before = _before(fact, sentences)
    other = planned.unit == fact.unit and len(fact.item) <= _SHORTEST_NAME and bool(_COMPLETED.search(before))
    return same and (other or bool(re.search(f"{_DONE}{act}$|{_DONE}$", before)))


def _before(fact: Fact, sentences: Sequence[Sentence]) -> str:
    return re.sub(r"[约为达近超]+$", "", sentences[fact.sentence].text[: fact.start].rstrip())
