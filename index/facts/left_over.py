"""What is left of an amount told before: never the amount itself.

动支预备费0.97亿元，其余|0.83亿元按规定补充预算稳定调节基金     补充预算稳定调节基金
教育专项9亿元，其中高中5亿元，其余|4亿元                        其余
"""

from __future__ import annotations

import re

from index.facts.context import Topic
from index.facts.open_names import EDGE
from index.find.amounts import Amount

_LEFT = re.compile("(?:其余|剩余|余下|余)(?:的|资金|部分|额度|为|约)*")
_GOES_TO = re.compile(
    r"(?:全部|按规定|按程序|依法|相应|拟|已|均|将|由[^，。；]{1,8}|[财政部门])*"
    r"(?P<what>(?:收回|补充|转入|补入|划入|结转|上缴|缴回|缴入|统筹|收归|留作|退回|调剂|用于)[\u4e00-\u9fff]{2,20})(?=[，。；）]|$)"
)


def of_rest(amount: Amount, rule: str, left: str, text: str) -> Topic | None:
    """What a figure is of whose words ``left`` in a ``text`` but say that it is what is left; None for any other one
    (``rule`` says what gave its topic so far)."""
    words = left.strip(EDGE)
    if amount.kind != "money" or not rule.startswith(("carried", "open")) or not _LEFT.fullmatch(words):
        return None
    goes = _GOES_TO.match(text, amount.unit_end)
    return Topic(goes["what"] if goes is not None else words)
