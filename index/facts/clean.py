"""What may stand before and behind an item and leave it as it is.

其中：全年完成|教育支出              openers before it
省财政厅下达我市|政府债务限额          who granted it
教育支出|预计完成                   fillers behind it
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from index.facts.marks import CIRCUMSTANCE, ITEM
from index.facts.open_names import EDGE, approval, ends_whole, opener, opener_end, trailing_start
from index.find.terms import TermMatch
from index.lexicon import Item, cue_pattern, cue_regex

LEVELS_OF_GIVERS: Final = (
    r"(?:中央|国家|自治区|省|市|州|县|区|上级|各级|本级|级|财政|、|和|及)"  # and 市级 of a scope, which is masked
)
_HANDED_DOWN: Final = re.compile(
    rf"(?:累计|全年|当年|共|已|及时|足额|{CIRCUMSTANCE})*(?:争取|收到|下达|拨付|发放|兑付|兑现|落实)(?:了|到位)?(?:{LEVELS_OF_GIVERS}|{CIRCUMSTANCE})*"
)
_FROM_ABOVE: Final = re.compile(
    rf"(?:{LEVELS_OF_GIVERS}|{CIRCUMSTANCE})+对[我本]?(?:[省市县区州旗盟]|{CIRCUMSTANCE})*(?:共|累计|共计)*"
)
# 增值税|受制造业恢复带动|增长3%, 企业所得税|在上年高基数基础上|下降2%: how it came about
_BROUGHT_ABOUT: Final = re.compile(
    "受[^，。；]{2,24}?(?:影响|带动|拉动|推动|支撑|制约|冲击)|在[^，。；]{1,24}?基础上再?"
)
_PURPOSE = re.compile(r"结转的?|结余的?|用于|投入|支持|偿还|其他|用来|拨付|争取|补助|下达|安排")


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{cue_regex('filler', 'before_figure')}"
        rf"|{cue_regex('direction', 'up', 'down', 'against_last_year')}|[{EDGE}])*+"
    )


def is_filler(masked: str) -> bool:
    """Do these words, before a figure, leave what it is about as it is?"""
    return bool(_filler().fullmatch(_BROUGHT_ABOUT.sub("", masked)))


def no_causes(terms: Sequence[TermMatch], masked: str, offset: int) -> list[TermMatch]:
    """增值税|受制造业带动|增长3%: the items among these, which begin behind ``offset``, that bring nothing about."""
    causes = [match.span() for match in _BROUGHT_ABOUT.finditer(masked)]
    return [term for term in terms if not any(start < term.start - offset < end for start, end in causes)]


def is_clean_before(masked: str) -> bool:
    """Nothing before the item that makes it another one: openers, circumstances, 由谁批准的."""
    masked = behind_words(approval(), masked)
    if opener().fullmatch(masked):
        return True
    # a circumstance right before the item cuts off what leads up to it: 市财政局核定我区2023年|政府债务限额
    return masked.endswith(CIRCUMSTANCE) and ITEM not in masked and not _PURPOSE.search(masked)


def is_granted(masked: str, term: TermMatch) -> bool:
    """发行新增债券, 收到一般性转移支付, 省财政厅下达我市政府债务限额: debts and transfers stay what they are."""
    if all(item.account == "other" and not item.flow for item in term.items) and _HANDED_DOWN.fullmatch(masked):
        return True  # 下达中央、省、市级|育儿补贴
    if _is_borrowed(term.items[0]) and _FROM_ABOVE.fullmatch(masked):
        return True  # 中央和省市对我区共|提前下达转移支付
    kinds = {"before_debt" if i.account == "debt" else "before_transfer" for i in term.items if _is_borrowed(i)}
    return len(kinds) == 1 and bool(_granting(kinds.pop()).fullmatch(masked))


def _is_borrowed(item: Item) -> bool:
    return item.account == "debt" or item.key.startswith("transfer")


@cache
def _granting(kind: str) -> re.Pattern[str]:
    granted = rf"(?:{cue_pattern('filler', 'granted_by')}(?:[我本全]?{CIRCUMSTANCE}+)?)?"
    words = cue_regex("filler", "before_item", kind)
    return re.compile(rf"{granted}(?:已经?|{words}|[{EDGE}])*+")


def without_cues(masked: str) -> str:
    """What is left of the words when openers, fillers and circumstances are gone at both ends."""
    text = behind_words(approval(), masked)
    if ends_whole(text):
        return text  # 核定编制|86名: a name of fillers
    if is_filler(text):
        return ""
    text = text[opener_end(text) :]
    text = text[: trailing_start(text, 0)]
    return text if not is_filler(text) else ""


def behind_words(leading: re.Pattern[str], masked: str) -> str:
    """What stands behind words that lead in; ``leading`` begins with ``.*``: it fits from the beginning or nowhere."""
    match = leading.match(masked)
    return masked[match.end() :] if match else masked
