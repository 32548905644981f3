"""A figure whose own words name nothing: what the clause before it named, or what its sentence counted first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.facts import relations
from index.facts.context import Topic
from index.facts.marks import Marks
from index.models import Fact

SINCE: Final = re.compile(r"[。；：！？]")


def by_clause(marks: Marks, start: int) -> Topic | None:
    """应急转贷费率全省最低，新增972笔: the clause before names it, not the sentence before; None if none does."""
    since = max((m.end() for m in SINCE.finditer(marks.text, 0, start)), default=0)
    if any(since < one.unit_end <= start for one in marks.amounts):
        return None
    text, masked = marks.text[since:start].rstrip("，"), marks.masked[since:start].rstrip("，")
    cut = text.rfind("，") + 1
    return relations.named_by_clause(text[cut:], masked[cut:])


def first_counted(marks: Marks, facts: Sequence[Fact]) -> Topic | None:
    """停车场2处、泊位420个，计划投入|510万元: what the sentence counted first; None if it began otherwise."""
    first, begin = next(iter(facts), None), marks.amounts[0].start
    opened = marks.text.find("（", 0, begin)
    if opened > 0 and "）" not in marks.text[opened:begin]:  # 污水治理（甲、乙等8个村），计划投入…
        return relations.named_by_clause(marks.text[:opened], marks.masked[:opened])
    return Topic(first.item) if first is not None and first.kind == "count" and not first.key else None
