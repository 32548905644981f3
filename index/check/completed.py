"""The book's own figure that a list of what is beside it leaves out: 收入总计…，其中上级补助…、上年结转….

基金收入完成142368万元 … 收入总计302379万元，其中上级补助8936万元、转贷138600万元、上年结转12475万元
142368＋8936＋138600＋12475 ＝ 302379
"""

from __future__ import annotations

from collections.abc import Sequence

from index.check.paper import Paper
from index.models import Fact

_SUMS = {"-sum-rev": "-rev", "-sum-exp": "-exp"}


def own_figures(paper: Paper, total: Fact, parts: Sequence[Fact]) -> list[Fact]:
    """What a book took in, or spent, as the report gives it elsewhere, if the parts of its 总计 do not have it: one of
    each value, those of the total's section first."""
    end = next((end for end in _SUMS if total.key.endswith(end)), "")
    name = total.key.removesuffix(end) + _SUMS[end] if end else ""
    if not name or any(fact.key == name for fact in parts):
        return []
    section = paper.sentences[total.sentence].section
    alike = [fact for fact in paper.by_key.get(name, []) if _slots(fact) == _slots(total)]
    alike.sort(key=lambda fact: (paper.sentences[fact.sentence].section != section, fact.rule == "table"))
    return list({fact.number: fact for fact in reversed(alike)}.values())[::-1]


def _slots(fact: Fact) -> tuple[object, ...]:
    year = fact.period.first_year, fact.period.last_year
    return fact.region, fact.scope or "whole", year, fact.measure, fact.kind, fact.owner, fact.qualifiers
