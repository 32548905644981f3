"""Money named after what is done with it: how, the verb, who gives it, and what it is, which alone is its name.

及时|拨付|各类惠企稳岗奖补资金     惠企稳岗奖补资金
累计|争取|中央|超长期特别国债资金   the item 超长期特别国债: it came
统筹|各级资金                     None: a bare kind of money names nothing, what it is for stands elsewhere
盘活|存量资金                     None: what is done changes what it is
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

from index.facts.context import Topic
from index.find.terms import choose, exact_items
from index.lexicon import Item, cue_regex

_GIVER: Final = re.compile(
    r"(?:中央|国家|省|自治区|[市州县区]|上级|各级|本级|中省|省以上|中央、省、?市?)(?:级|财政|下达|安排|以上|配套)*的?(?=.{3})"
)
_ISSUED: Final = ("debt-issue", "debt-new", "debt-refinance")
_FOR_WHAT: Final = re.compile("^(?:主要|全部|重点)(?:用于|投向|用在)(?=.{2})")
_BY_BODY: Final = re.compile(
    "^[省市州县区]?[\u4e00-\u9fff]{1,4}(?:局|厅|审计机关|评审中心)(?:共|累计|已|全年)*(?:组织|完成|实施|开展|办结)+(?:了|各类)?"
    "(?=[\u4e00-\u9fff]{3})"
)
_SHORTEST: Final = 4  # characters of a noun that names something
_ABOVE: Final = ("上级", "各级", "本级")  # who gives what comes from above: says no more than the item


def of_what(name: str) -> str:
    """A name without what leads to it: 主要用于|资本金注入, 市审计局共完成|审计项目."""
    return _BY_BODY.sub("", _FOR_WHAT.sub("", name))


def thing_of(name: str, account: str) -> Topic | None:
    """What money is, if its name begins with what is done with it; None if the verb belongs to the name."""
    match = _acted().fullmatch(name)
    if match is None or len(match["noun"]) < _SHORTEST or _kind_of_money().fullmatch(match["noun"]):
        return None
    if match["noun"].startswith("的"):
        return None  # 统筹使用|的一般性转移支付
    noun, got = match["noun"], bool(_getting().fullmatch(match["verb"]))
    given = _GIVER.match(noun)
    for words in (noun, noun[given.end() :] if given else ""):
        item = _called(words, account)
        if item is None or (item.account == "debt" and (not got or item.key.startswith(_ISSUED))):
            continue  # 统筹专项债券资金3亿元 is some of it, not what was issued
        topic = Topic.of(item)
        if given is None or words == noun or item.account == "debt" or given[0].startswith(_ABOVE):
            return topic
        return replace(topic, qualifiers=(("giver", given[0]),))
    return Topic(noun)


def _called(words: str, account: str) -> Item | None:
    found = [
        item
        for item in exact_items(words)
        if words in item.words and not item.measure and (not account or item.account in (account, "debt", "other", ""))
    ]
    return choose(found, account) if found else None


@cache
def _acted() -> re.Pattern[str]:
    manner, verb, got = cue_regex("giving", "manner"), cue_regex("giving", "verb"), cue_regex("giving", "getting")
    verbs = rf"(?P<verb>{verb}|{got})(?:、?{manner}*(?:{verb}|{got}|使用))*"
    noun = rf"(?P<noun>(?!{verb}|{got}|使用).+{cue_regex('giving', 'noun')})"
    return re.compile(rf"{manner}*{verbs}(?:了|到位|到|好)?(?:各类|各项)?{noun}")


@cache
def _getting() -> re.Pattern[str]:
    return re.compile(cue_regex("giving", "getting"))


@cache
def _kind_of_money() -> re.Pattern[str]:
    return re.compile(rf"(?:{cue_regex('giving', 'money')}|[、和])*{cue_regex('giving', 'noun')}")
