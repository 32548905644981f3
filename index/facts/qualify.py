"""What narrows a figure beside its item, from the words around it in a sentence.

主要结转科目有：教育支出885万元，…        ("part", "结转")     no expenditure of the year
直达资金5亿元，其中：中央下达3亿元         ("giver", "中央")
市对县转移支付…，其中：税收返还2亿元       ("recipient", "县")
"""

from __future__ import annotations

import re
from typing import Final

from index.facts.context import Topic
from index.models import Qualifier

_LISTED = re.compile(
    r"(?P<what>结转|结余|调减|调增|追减|压减|短收|超收)[^，。；：\d]{0,8}(?:科目|项目|资金|支出|情况)?(?:主要)?(?:有|是|为|包括|如下)?："
)
_GIVEN_BY = re.compile(
    r"^[，、：（；]*(?:其中：?|包括)?(?P<giver>中央|国家|省|市|县|区|州|自治区|上级|本级)级?(?:财政)?(?:下达|安排|拨付|补助|承担|配套|投入)(?:资金|的)?[约为]?$"
)
_GIVES_TO = re.compile(
    r"(?:中央|省|市|县|州|区|自治区)级?(?:财政)?对(?P<whom>各?县(?:（市、区）|（区）|区|市区|市)?|各?区(?:县|（县）)?|各?市县|下级?|所属[^，。；：的]{0,6})(?=[^，。；]*(?:转移支付|税收返还|补助))"
)
_TO_TOWNS = re.compile(
    r"对(?:\d+个|各)?(?P<whom>(?:乡镇|镇街|街镇|镇|乡|街道)(?:（[^（）]{1,6}）)?)级?(?=[^，。；]*转移支付)"
)
_THIS_TIME = re.compile(
    r"[，、；：]?(?:本次|此次|这次)(?:增加|新增|追加|调增|下达|分配|发行)"
)  # one time of several in the year
_STOP: Final = "。"


def qualifiers_of(text: str, left: str, start: int, topic: Topic, carried: bool) -> tuple[Qualifier, ...]:
    """The qualifiers of the figure that begins at ``start``; ``left`` are the words since the last mark or figure,
    ``carried`` says that they name no item of their own."""
    if topic.qualifiers or not topic.key:
        return topic.qualifiers
    since = text.rfind(_STOP, 0, start) + 1
    before = text[since:start]
    listed = [match for match in _LISTED.finditer(before) if "；" not in before[match.end() :]]
    if listed and listed[-1]["what"] not in topic.name:
        return (("part", listed[-1]["what"]),)
    if _THIS_TIME.match(left) or (carried and _THIS_TIME.search(before.rpartition("；")[2])):
        return (("part", "本次"),)
    if carried and (given := _GIVEN_BY.match(left)):
        return (("giver", given["giver"]),)
    if topic.key.startswith("transfer") and topic.flow == "revenue" and (towns := _TO_TOWNS.search(before)):
        return (("recipient", towns["whom"]),)
    handed = topic.key.startswith("transfer") and topic.flow == "revenue"  # 年终结余 is nobody's share of them
    if handed and (gives := _GIVES_TO.search(before)):
        return (("recipient", gives["whom"]),)
    return ()
