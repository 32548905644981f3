"""The figure that held before: of an earlier budget, of the year compared with, of a standard since raised.

由645元|提高至685元                 what it was before
教育支出由5亿元|调整为6亿元          the budget before
较2024年的837.8亿元|增加5%          the figure of the year it is measured against
较上年末限额450万元|增加60万元        so is this, though it is called by its name again
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.facts.context import Topic
from index.facts.marks import CIRCUMSTANCE, ITEM
from index.facts.open_names import PER
from index.find.amounts import Amount
from index.lexicon import Item
from index.models import FLOW_OF, Flow, Measure

_CHANGE = r"(?:提高|增加|上升|提升|上调|增长|扩大|下降|降低|减少|压减|调整|精简|调[增减]|核[增减]|压缩|降|升|增|提)"
_BEFORE = r"(?:原来?|此前|[年期]初)的?"
_CHANGED_FROM = re.compile(rf"[由从]{CIRCUMSTANCE}*(?:{_BEFORE})?(?:{PER}|{CIRCUMSTANCE})*约?$")
_CHANGED_TO = re.compile(rf"[^，。；]{{0,6}}{_CHANGE}[到至为]")
# 从97个|整合为75个: whatever was done, if both are counted alike
_TURNED_INTO = re.compile(r"(?P<deed>[\u4e00-\u9fff]{2,6}?[到至为])约?[\d.,]+(?P<unit>[\u4e00-\u9fff]{1,3})")
_ADJUSTED_TO = re.compile(r"[^，。；]{0,6}调(?:整|[增减])[到至为]")
# what is called again by its own name: 较上年|末限额|450万元增加…, 比上年|年初预算|900万元增长…
_AFTER_MOVE = r"(?:(?:调整|调[增减])后(?:的|，)?(?P<side>收入|支出)?)?"  # 调整后收入|比2024年完成数9亿元增长…
_COMPARED = re.compile(
    rf"[，、（]?{_AFTER_MOVE}(?:{CIRCUMSTANCE}+|[比较与](?:全年|年度|当年)?(?=年初预算|预算|调整预算))"
    rf"(?:调整(?=预算)|的|决算|执行|完成|实现|预计|同期|余额|限额|收入|支出|规模|总额|年?初|末|预算|安排|[数额{ITEM}])*"
)
_CAPPED = ("other-three-public", "other-tp-")
_INTO = re.compile("调[入出](?:资金)?(?:至|到|用于)?(?:一般公共|政府性基金|国有资本经营|一般)?预算$")
_KINDS = ("限额", "余额", "收入", "支出")  # 债务余额80亿元，较上年|限额90亿元少10亿元: no figure of the stock
_OF_PLAN = re.compile("预算(?!执行|完成|决算)|安排")
_DIFFERS = re.compile(rf"(?:相比(?=，)|(?:相比|比较)?[，、]?(?:净|实际)?{_CHANGE}|多|少|持平|一致|相同)")
_IN_BRACKET = re.compile(r"[与比较](?:[上去]年度?|20\d\d年度?)(?:年?初)?(?:预算|决算|执行|完成|同期)?数?（$")
_SAME_MONTHS = re.compile(rf"[，（、]?{CIRCUMSTANCE}+(?:[数为是约]|完成|实现|收入|支出)*")
_BEGUN_WITH = re.compile("[，、（]?[比较](?:今年|本年)?年?初的?(?:债务)?(?:数|限额|余额)?的?")
_NAMED_BEFORE = re.compile(rf"{ITEM}[^{ITEM}{CIRCUMSTANCE}，。；：]{{0,6}}(?={CIRCUMSTANCE}[^{ITEM}]*$)")


def is_former(masked: str, amount: Amount) -> bool:
    """由645元提高至685元: is this the figure that held before?"""
    if not _CHANGED_FROM.search(masked, 0, amount.start):
        return False
    return bool(_CHANGED_TO.match(masked, amount.unit_end) or _turned_into(masked, amount))


def becomes(masked: str, earlier: Amount | None, amount: Amount) -> bool:
    """从97个整合为|75个: is this count what the one before it, of the same things, has become?"""
    if earlier is None or earlier.kind != "count" or not is_former(masked, earlier):
        return False
    turned = _turned_into(masked, earlier)
    return turned is not None and turned.end("deed") + len("约") >= amount.start


def _turned_into(masked: str, amount: Amount) -> re.Match[str] | None:
    match = _TURNED_INTO.match(masked, amount.unit_end) if amount.kind == "count" else None
    return match if match is not None and match["unit"].startswith(amount.unit) else None


def is_budget_before(masked: str, amount: Amount, topic: Topic) -> bool:
    """教育支出由5亿元|调整为6亿元: of an item of a budget, the figure before is that of a budget."""
    moved = _ADJUSTED_TO.match(masked, amount.unit_end)
    of_budget = topic.flow in ("revenue", "expenditure") or topic.key.startswith("total-")  # 收支总计, too
    return bool(moved and topic.key and of_budget) and not topic.qualifiers


def is_of_compared_year(left: str, masked: str, behind: str, named: Sequence[Item], topic: Topic) -> bool:
    """较2024年的837.8亿元增加…, 比上年执行数51.5万元增长…: the figure is that of the year compared with.

    ``named`` are the items that its words name: none but the ``topic`` that is compared.
    """
    compared = re.match(rf"[，、（]?{_AFTER_MOVE}[比较与]", left)
    said = [word for word in _KINDS if word in left]
    same = not (said and (topic.key or topic.flow)) or any(
        word in topic.name or FLOW_OF.get(word) == topic.flow for word in said
    )
    same = same and (not named or topic.key in {item.key for item in named})
    return bool(compared) and same and bool(_COMPARED.fullmatch(masked) and _DIFFERS.match(behind))


def bracket_from(text: str, amount: Amount) -> int:
    """与上年（|34218万元|）相比: where the comparison begins that the figure in a bracket is of; 0 for any other."""
    match = _IN_BRACKET.search(text, 0, amount.start)
    return match.start() if match is not None and text.startswith("）", amount.unit_end) else 0


def is_same_months_before(left: str, masked: str) -> bool:
    """32亿元，增长8%（上年同期|30亿元）: the figure of the same months a year ago, which nothing is compared with."""
    return bool(_SAME_MONTHS.fullmatch(masked)) and bool(re.search(r"[上去]年(?:同期|同月)|年同期", left))


def is_of_years_begin(left: str, behind: str) -> bool:
    """债务限额98亿元，比年初|92亿元|增加…: the stock as the year before left it."""
    return bool(_BEGUN_WITH.fullmatch(left) and _DIFFERS.match(behind))


def compared_from(left: str, masked: str, behind: str) -> int:
    """公务接待费|较2025年预算|10.8万元下降…: where the comparison begins behind the item it is of; 0 without one."""
    match = _NAMED_BEFORE.search(masked)
    at = match.end() if match is not None and left[match.end()] in "比较与" else 0
    return at if at and is_of_compared_year(left[at:], masked[at:], behind, (), Topic("")) else 0


def moves_into(topic: Topic, left: str) -> bool:
    """调入一般公共预算|3亿元: the budget is where the money went, no stage of it."""
    moved = topic.key in ("transfer-out-funds", "transfer-in-funds")
    return moved and bool(_INTO.search(left))


def side_moved(left: str) -> Flow:
    """调整后收入|比2024年完成数9亿元增长…: which side of the account was moved; "" if the words do not say."""
    match = re.match(rf"[，、（]?{_AFTER_MOVE}[比较与]", left)
    return FLOW_OF.get(match["side"] or "", "") if match is not None else ""


def measure_compared(told: Measure | None, left: str, key: str) -> Measure | None:
    """What the figure of the year compared with is, where the one before it, of the item ``key``, is ``told``: a plan
    is measured against what was done, unless its words speak of a plan (比上年年初预算|9亿元增长…) or it is one of
    “三公”经费, which are planned before the year before has been accounted for."""
    if _OF_PLAN.search(left):
        return "adjusted_budget" if "调整预算" in left else "budget"
    if told == "budget" and key.startswith(_CAPPED) and not re.search("执行|完成|实现|决算", left):
        return "budget"
    if re.search("执行|完成|实现|决算", left) or told == "budget":
        return "actual"
    return told
