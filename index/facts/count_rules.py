"""Which measure a number of things is: how many, by how many more or fewer, or how many were aimed at."""

from __future__ import annotations

import re

from index.facts import changes
from index.facts.surroundings import Surroundings, Verdict

# of a count: 目标|40家, 计划年底达到|70辆; 编制绩效目标|200个 are so many aims, 完成任务|72项 so many tasks
_AIM = re.compile(r"^[，、；（]?目标(?:数|值)?(?:为|是|达到?)*$|完成目标$|计划[^，。；]{0,8}达到?$")

_HOPED = re.compile(r"(?:目标|计划|任务)(?:[数值]|任务)?(?:为|是)?$|^[，、；（]?计划[^，。；\d]{2,16}$")
_REACHED = re.compile(r"[，、](?:当年|全年|已|共)?(?:实际|完成|建成|达到?|实现)[^，。；\d]{0,8}\d")


def count_changed(around: Surroundings) -> Verdict | None:
    """汽车40.89万辆，增加3.63万辆；比上年增加12户: a change of the count, not another count. Not 新增…万个."""
    based = around.base == "last_year" or changes.against_last_year(around.clause)
    sign = changes.difference(around.left, based)
    if sign and (based or (around.before == "count" and changes.stands_alone(around.left))):
        return Verdict("yoy_amount", "count_next", sign)
    if sign and _FALLS.search(around.left) and not changes.stands_alone(around.left):
        return Verdict("count", "difference", sign)  # 原油产量下降|3万吨: by how much, never how many
    return None


def count_planned(around: Surroundings) -> Verdict | None:
    """入驻企业18家，目标40家; 完成目标80万人次的73.3%; 新建管网计划160公里，完成156公里: what was aimed at."""
    hoped = _HOPED.search(around.left) and _REACHED.match(around.right)
    return Verdict("budget", "target_word") if hoped or _AIM.search(around.left) else None


_FALLS = re.compile("(?<!不)(?:下降|减少|下滑|减产)(?:了|约)?$")
