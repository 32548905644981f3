"""Words of a rise beside figures that fall, and the other way: 由94元提高至89元, 较684.1亿元减少5.0亿元 of 689.1亿元.

Only the figures that stand right beside each other are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from index.check.cause import TURNED, printed
from index.check.models import Finding
from index.check.paper import Paper, is_against
from index.facts.printed import Printed, value
from index.models import Fact

KIND: Final = "增减方向"
_FROM: Final = re.compile(r"(?:由|从)[^，,；;。、]{0,16}$")
_TO: Final = re.compile(
    r"^(?:[^，,；;。、（()）\d]{0,6}?)[，,]?(?:(?P<up>提高|增加|增长|提升|上升|扩大|上调)|(?P<down>下降|降低|减少|压减|下调|降))"
    r"(?:了)?(?:到|至|为)$"
)
_BY: Final = re.compile(r"^(?:(?P<up>增加|净增加?|增长|上升)|(?P<down>减少|净减少?|下降|降低))(?:了|额)?$")
_LOOSE: Final = frozenset({"rough", "quote", "unit_missing"})


def of_directions(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    for sentence, facts in paper.prose():
        for first, second in pairwise(facts):
            alike = (first.kind, first.unit) == (second.kind, second.unit) and first.kind != "rank"
            if alike and not _LOOSE & {*first.flags, *second.flags} and _FROM.search(sentence.text[: first.start]):
                between = sentence.text[first.end : second.start].removeprefix(first.unit)
                if (match := _TO.match(between)) and _is_turned(first, second, rises=bool(match["up"])):
                    told = f"由 {printed(first)} {match[0].strip('，,')} {printed(second)}"
                    yield paper.finding(KIND, "疑", [second, first], told, "", TURNED)
        yield from _apart(paper, [one.fact for one in paper.entries(sentence) if not one.depth], sentence.text)


def _is_turned(first: Fact, second: Fact, *, rises: bool) -> bool:
    return (
        value(first) > 0
        and value(second) > 0
        and (value(second) < value(first) if rises else value(second) > value(first))
    )


def _apart(paper: Paper, facts: list[Fact], text: str) -> Iterator[Finding]:
    """余额6890731万元，较年中6840855万元减少49876万元: as far apart as is told, but the other way."""
    for now, base, change in zip(facts, facts[1:], facts[2:], strict=False):
        between = text[base.end : change.start].removeprefix(base.unit)
        match = _BY.match(between)
        if match is None or not is_against(text[now.end : base.start].lstrip("万亿元")) or _LOOSE & set(change.flags):
            continue
        made = Printed.rounded(now).less(Printed.rounded(base))
        size = Printed(abs(value(change)), abs(value(change)))
        if match["down"]:
            size = Printed(-size.high, -size.low)
        turned = Printed(-size.high, -size.low)
        if turned.meets(made) and not size.meets(made):
            way = "多" if match["down"] else "少"
            told = f"{printed(now)} 比 {printed(base)} {way}，印的是{match[0]} {printed(change).lstrip('-')}"
            yield paper.finding(KIND, "疑", [change, now, base], told, "", TURNED)
