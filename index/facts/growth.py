"""What a clause without figures says has grown, for the growth that is told next.

农业保险保费收入突破亿元大关，同比增长|42%      the premiums, whatever was told of before
加大均衡性转移支付规模，同比增长|3%             the transfers
支出虽较上年有所下降，但规模仍在|400亿元以上     what was spent
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.facts.context import Topic, total_of
from index.facts.marks import CIRCUMSTANCE, Marks
from index.facts.named_before import SINCE
from index.facts.open_names import EDGE, open_name
from index.find.terms import TermMatch, choose, exact_items
from index.models import FLOW_OF, Account

_ENLARGED = re.compile(r"(?:加大|扩大|增加|提高)[^，。；]{4,60}(?P<size>规模|力度)$")
_PASSED = re.compile(
    r"(?P<what>[^，。；]{4,24}?)(?:首次|成功|一举)?(?:突破|跨越|跨过|迈上|站上)[^，。；]{1,8}(?:大关|台阶|关口)"
)
_MOVED_ON = re.compile(
    rf"虽?然?(?:同比|比上年|较上年|{CIRCUMSTANCE})*(?:虽|略|有所|小幅|稳步|持续)*(?:下降|回落|减少|增长|增加|回升)"
)
_FLOW_MOVED = re.compile(f"(收入|支出){_MOVED_ON.pattern}")
_LEAST: int = 5  # characters that name something


def grown_in(text: str, masked: str, terms: Sequence[TermMatch], offset: int, account: Account) -> Topic | None:
    """The subject of a clause without figures that tells how it grew, for the growth told next; None for any other."""
    if larger := _ENLARGED.search(text):
        named = [term for term in terms if term.end - offset == larger.start("size")]
        return Topic.of(choose(named[-1].items, account)) if named else None
    if passed := _PASSED.fullmatch(text):
        name = open_name(passed["what"], masked[: passed.end("what")])
        exact = exact_items(name)
        return Topic.of(choose(exact, account)) if exact else Topic(name) if len(name) >= _LEAST else None
    if (
        terms
        and _MOVED_ON.fullmatch(masked, terms[0].end - offset)
        and not masked[: terms[0].start - offset].strip(EDGE)
    ):
        return Topic.of(choose(terms[0].items, account))
    if flow := _FLOW_MOVED.fullmatch(masked):  # 支出虽较上年有所下降，但规模仍在|400亿元
        return total_of(account, FLOW_OF[flow[1]]) or Topic(f"{flow[1]}规模")
    return None


def grown_before(marks: Marks, start: int, account: Account) -> Topic | None:
    """保费收入突破亿元大关，同比增长|42%: what the clause before says has grown; None if it says nothing."""
    text, since = marks.text, max((m.end() for m in SINCE.finditer(marks.text, 0, start)), default=0)
    since = max([since, *(one.unit_end for one in marks.amounts if one.unit_end <= start)])
    end = len(text[:start].rstrip("，"))
    begin = max(since, text.rfind("，", since, end) + 1)
    terms = [term for term in marks.terms if begin <= term.start and term.end <= end]
    return grown_in(text[begin:end], marks.masked[begin:end], terms, begin, account)
