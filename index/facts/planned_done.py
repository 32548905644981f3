"""What was planned and what came of it, told in one sentence: one name, two stages.

碧水清河工程计划投入5000万元，实际投入4200万元    碧水清河工程投入: budget, actual
校舍改造计划改造30个，实际改造28个              校舍改造: so many planned, so many done
碧水桥计划投资5000万元，南环路完成投资3000万元   two things: each keeps its own name
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.facts.open_names import opener_end
from index.facts.renamed import Renames
from index.find.periods import find_periods
from index.models import Fact, Sentence

_PLANNED: Final = re.compile("(?:全年|年度|今年|本年|年初|原)*(?:计划|拟)(?P<act>[\u4e00-\u9fff]{2,4})$")
_DONE: Final = "(?:实际|已经?|完成|实现|累计|共)+"
_DOES: Final = "完成"  # 计划完成30个: of the work, which has its own name
_COMPLETED: Final = "(?:建成|竣工|完工|开工|到位|支出|支付)"  # 计划建设9公里，已建成8公里
_STOPS: Final = re.compile("[，、；：。（）]")
_SHORTEST: Final = 2
_OF_ACT: Final = 6


def planned_and_done(facts: Sequence[Fact], sentences: Sequence[Sentence]) -> list[Fact]:
    """The facts in order; where a sentence tells both stages of one deed, both have its name and their stage."""
    found, names = list(facts), [fact.item for fact in facts]
    for at, fact in enumerate(facts):
        planned = None if fact.key or fact.rule == "table" else _PLANNED.search(_before(fact, sentences))
        if planned is None or not names[at].endswith(planned["act"]):
            continue
        whose = _PLANNED.sub("", names[at])
        done = _done(facts, names, at, planned["act"], sentences)
        if done is None or len(whose) < _SHORTEST:
            continue
        name = whose if planned["act"] == _DOES or whose.endswith(planned["act"]) else whose + planned["act"]
        old = names[done]
        names[at], found[at] = name, replace(found[at], measure="budget")
        for n in _in_sentence(facts, done):
            if not facts[n].key and names[n] in (old, planned["act"]):
                names[n] = name
            elif n > done and not facts[n].key and names[n].startswith(old) and len(old) < _OF_ACT:
                names[n] = whose + names[n].removeprefix(old)
        if fact.kind == "money":
            found[done] = replace(found[done], measure="actual")
    renames = Renames()
    return [renames.named(fact, name) for fact, name in zip(found, names, strict=True)]


def _done(facts: Sequence[Fact], names: Sequence[str], at: int, act: str, sentences: Sequence[Sentence]) -> int | None:
    """Which fact tells what came of the plan of the fact ``at``; None if nothing else but another thing's does."""
    whose = _PLANNED.sub("", names[at])
    for n in _in_sentence(facts, at + 1):
        if _is_done(facts[n], facts[at], act, sentences[facts[n].sentence].text[facts[n - 1].end :], sentences):
            return n
        again = _PLANNED.search(_before(facts[n], sentences))
        beside = names[n].startswith(whose) or facts[n].parent == facts[at].item
        if not beside or (again is not None and again["act"] == act):
            return None  # 其中一期计划投资2000万元，完成投资|1800万元: of the first stage
    return None


def _in_sentence(facts: Sequence[Fact], start: int) -> list[int]:
    """Which facts, from ``start`` on, are of the sentence of the fact before it."""
    return [n for n in range(start, len(facts)) if facts[n].sentence == facts[start - 1].sentence]


def _is_done(fact: Fact, planned: Fact, act: str, since: str, sentences: Sequence[Sentence]) -> bool:
    """Is a fact what came of a plan?  ``since`` is the text from the figure before it on."""
    if fact.key or fact.kind != planned.kind or fact.measure not in ("amount", "actual", "count"):
        return False
    if (fact.region, fact.scope, fact.parent) != (planned.region, planned.scope, planned.parent):
        return False
    deed = f"(?:{act}|{_COMPLETED})" if fact.unit == planned.unit else act
    if not re.search(f"{_DONE}{deed}?$", _before(fact, sentences)):
        return False
    between = _STOPS.split(since[: len(since) - len(sentences[fact.sentence].text) + fact.start])[1:]
    return bool(between) and all(re.fullmatch(f"(?:{_DONE})?(?:{deed})?", _bare(words)) for words in between)


def _bare(words: str) -> str:
    """Without the time and the openers that the words begin with: 截至2025年底|已完成投资."""
    for period in reversed(find_periods(words)):
        words = words[: period.start] + words[period.end :]
    words = _NEAR.sub("", words)
    return words[opener_end(words) :]


def _before(fact: Fact, sentences: Sequence[Sentence]) -> str:
    return _NEAR.sub("", sentences[fact.sentence].text[: fact.start].rstrip())


_NEAR: Final = re.compile(r"[约为达近超]+$")
