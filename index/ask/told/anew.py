"""A follow-up that changes one thing of a figure just reckoned -> the whole question anew, with that in its place.

全市离债务限额还有多少空间 | 那市本级呢 -> 市本级离债务限额还有多少空间
教育支出比农林水多多少 | 比城乡社区呢 -> 教育支出比城乡社区多多少
"""

from __future__ import annotations

import re
from typing import Final

from index.ask.query import Query
from index.ask.question import understand
from index.ask.search import Search
from index.ask.vocabulary import pattern_in

_THAN: Final = re.compile(r"^(?:那|要是|如果)?(?:比|跟|和|与)(?P<what>[^，。？比]{2,12}?)(?:相?比)?呢[？?]?$")
_OTHER: Final = re.compile(r"(?<=比)[^，。？比]{2,14}?(?=[多高少低大小]了?(?:多少|几))")
_ONLY: Final = re.compile("[，。？?呢那的么]")


def asked_anew(search: Search, question: str, last: Query) -> str:
    """The question before with the other thing or level; "" for any other follow-up."""
    if (than := _THAN.match(question)) and _OTHER.search(last.text):
        return _OTHER.sub(than["what"], last.text, count=1)
    if not pattern_in("gap", "room").search(last.text):
        return ""
    own = understand(question, search.atlas)
    if not own.scope_words or _ONLY.sub("", question) != own.scope_words:
        return ""
    if last.scope_words and last.scope_words in last.text:
        return last.text.replace(last.scope_words, own.scope_words, 1)
    return f"{own.scope_words}{last.text}"
