"""Why two figures of one name may differ: what their places say, without deciding between them.

85655万元 of 市本级 beside 8.57亿元 without a level -> 可能一处是全市、一处是市本级
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from index.models import StoredFact
from index.text.normal import plain

CONFLICT = "报告里有两处说法不一致，一并列出"
# 债务转贷收入（再融资债券4亿元…）, 债务转贷支出（再融资债券3亿元…）: parts of different figures contradict nothing.
PARTS = "这几个数是不同项目的其中数，没有合计，分别列出"
# 节约资金 of 采购 and of 评审: of one bare name, each under its own.
NAMESAKES = "这是不同的事，各是各的数，分别列出"
_SLIPS = (Decimal(10), Decimal(1000), Decimal(10) ** 4, Decimal(10) ** 8)
_NEAR = Decimal("0.02")


def said_once(notes: Sequence[str]) -> tuple[str, ...]:
    """Notes without those that another has and says more of: of several items that contradict themselves one remark."""
    kept = tuple(dict.fromkeys(notes))
    return tuple(note for note in kept if not any(one.startswith(f"{note}；") for one in kept))


def of_different_wholes(found: Sequence[StoredFact]) -> bool:
    """Whether each of several figures is a part (其中) of a figure of its own."""
    wholes = [(one.fact.parent, one.section, one.fact.scope, one.document) for one in found]
    return len(found) > 1 and all(whole[0] for whole in wholes) and len(set(wholes)) == len(found)


def conflict_note(
    found: Sequence[StoredFact], before: Sequence[StoredFact] = (), changes: Sequence[StoredFact] = ()
) -> str:
    """The remark for figures that contradict each other.

    ``before`` are the facts of the year before, ``changes`` the printed differences to it.
    """
    reasons = [
        reason
        for reason, holds in (
            ("一处可能是全市、一处是本级", _levels_differ(found)),
            ("一处可能是年初数、一处是调整后的数", _stages_differ(found)),
            ("其中一个与上年的数相同", _is_last_years(found, before, changes)),
            ("单位可能误写", _units_slipped(found)),
            ("两份报告的口径或时点可能不同", len({one.document for one in found}) > 1),
            ("一处在文字里、一处在表里", len({one.fact.rule.startswith("table") for one in found}) > 1),
        )
        if holds
    ]
    return CONFLICT + (f"；可能的原因：{'；'.join(reasons)}" if reasons else "")


def _levels_differ(found: Sequence[StoredFact]) -> bool:
    city = any(one.region.level in ("province", "prefecture") for one in found)
    return len({one.fact.scope for one in found}) > 1 or (city and any(not one.fact.scope for one in found))


def _stages_differ(found: Sequence[StoredFact]) -> bool:
    stages = set()
    for one in found:
        clause = plain(one.fact.label).split("，")[-1]
        stages.add("调整" if "调整" in clause or "变动" in clause else "年初" if "年初" in clause else "")
    return len(stages) > 1


def _is_last_years(found: Sequence[StoredFact], before: Sequence[StoredFact], changes: Sequence[StoredFact]) -> bool:
    past = {one.fact.number for one in before if one.fact.number}
    past |= {
        one.fact.number - change.fact.number
        for one in found for change in changes if one.fact.number is not None and change.fact.number
    }  # fmt: skip
    return any(one.fact.number in past for one in found)


def _units_slipped(found: Sequence[StoredFact]) -> bool:
    numbers = [abs(one.fact.number) for one in found if one.fact.number]
    flagged = any("unit_slip" in one.fact.flags or "unit_missing" in one.fact.flags for one in found)
    return flagged or any(
        abs(more / less / slip - 1) < _NEAR for more in numbers for less in numbers for slip in _SLIPS if more > less
    )
