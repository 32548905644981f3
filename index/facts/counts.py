"""What a count is a count of: the noun behind it, or the words before it.

144个|重点项目                              behind it
改造2个社区、12个|食堂、5个|停车场             each its own, though another's noun stands right before it
管网改造、海洋牧场等|98个|重大项目             both: these are examples of them
建成学校7所 / 6家主办银行|累计提供授信         before it; what is done with it names nothing
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from index.facts.context import Topic
from index.facts.open_names import MAX_NAME, without_lead
from index.find.amounts import Amount
from index.lexicon import cue_regex

_NOUN: Final = re.compile(
    r"(?:左右|以上)?(?P<noun>(?!以[上下内]|左右)(?:\d{2}周?岁及?以[上下])?(?:[\u4e00-\u9fff“”A-Za-z]|(?<=[\u4e00-\u9fff])（[\u4e00-\u9fff、]{1,6}）(?=[\u4e00-\u9fff]{2})){2,40})"
)
_PLACES: Final = re.compile("[县区市旗](?:（[县区市旗、]{1,6}）)")
_LONG_NOUN: Final = 16  # characters: longer words behind a count are a clause
_SHORTEST_NOUN: Final = 3
_SHORTEST_COUNTED: Final = 2
_TURN: Final = re.compile(
    "(?<!公)共计?(?!同|享|用|建|有|性|服|和|治|卫)|合计|财政拨款|分别|各(?!类|级|种|项)|(?<![平人户亩年月日])均(?!衡|等|按)|(?:平均|[年月日]均)(?!等)"
)
LONGEST_LEAD: Final = 4  # characters: 新增|30家|企业
# Units that stand before what they count; behind 人次, 公里, 亩 a new clause begins.
_CLASSIFIER: Final = re.compile(r"[万亿千]?[个家项名户所座条处件种只批类期辆台套支]")
_NO_NOUN: Final = re.compile(
    r"闲置|滞留|沉淀|逾期|未|[并均且已被的为是在和与及以可能较比占等新压缩扩提]|中(?![央小国等药医心学型华])|以[上下内]|精简|调整"
)
_BECOMES: Final = re.compile(r"(?:精简|压减|压缩|缩减|调整|提[高升])(?:[至到为]|$)")
_BODIES: Final = re.compile(
    r"(?:行政|事业|参公|党政|企业|社会){1,2}(?:事业)?(?:单位|机关|团体|组织)|编制(?:[人总]?数)?"
)
_BODIES_OF: Final = re.compile(r"([\u4e00-\u9fff]{0,8}(?:单位|部门|机关|机构))(?:的|开展)")  # 5家|预算单位|的收支计划
_THINGS: Final = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{0,8}?(?:单位|部门|企业|公司|学校|医院|县区|县|乡镇|街道|社区|合作社|机构|项目|工程|村(?:（[居社区]+）)?))"
    r"(?=[\u4e00-\u9fff]{0,12}(?:收入|支出|款项|经费|预算|[^目]资金)$)"
)
_SET_UP: Final = re.compile("(?:^|机关|本部|内部?)设$")
_RANK: Final = re.compile(r"[，、；：（和]*(?:其中)?[，：]*(?P<rank>(?:国家|自治区|[省市州县区])级)")
_IN_DAYS: Final = re.compile(r"工作日|自然日|小时|基点|[A-Za-z]+$")  # 3个|工作日: so many of a measure
_DONE_BEHIND: Final = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})已(?:全部|经)?(?:[完建办]成|开工|竣工|完工|投用).*$"
)  # 项目|已完成9件
_LEADS_ON: Final = re.compile(r"(?:[增涨降]幅|平?均)*(?:超过?|达到?|突破|按|约|近|共|为|的|了|将于|已于|将在)+$")
_EXAMPLES_END: Final = re.compile("等[约近超]?$")
_BARE_NOUN: Final = re.compile(r"[\u4e00-\u9fff]{2,4}(?<![至到为])")
_ACTS_ALONE: Final = re.compile(
    "(?:(?:均|现)?已|全部)*(?:取消|优化|整合|调整|压减|清理|退出|保留|撤销|归并|核减|完成|办结|整改|化解|解决|销号|[或和并、])+"
    "(?:到位|完毕)?"
)
_LIST_MARK: Final = re.compile(r"[^，。；：！？（）]*[、和与及]")


def is_act_alone(words: str) -> bool:
    """支出政策289项，取消或优化|115项, 问题83个，已整改|76个: do the words but say what was done with those counted?"""
    return _ACTS_ALONE.fullmatch(words) is not None


def noun_behind(right: str) -> str:
    """What is counted, if it stands behind the count: 144个|重点项目; "" if nothing does."""
    if places := _PLACES.match(right):
        return places[0]  # 4个|县（市）|收入规模居前
    match = _NOUN.match(right)
    if match is None or _IN_DAYS.match(match["noun"]):
        return ""
    noun = _subject(_within_quotes(match["noun"]))
    if right[match.end() : match.end() + 1].isdigit():  # 11个|领域支出增幅超|10%
        noun = _LEADS_ON.sub("", noun[: turn_in(noun) or None].partition("累计")[0] or noun)
        if things := _THINGS.match(noun):
            noun = things["what"]  # 3个|单位|非税收入1128万元
    if bodies := _BODIES_OF.match(noun):
        noun = bodies[1]
    noun = _doing_after().sub("", noun.partition("的第")[0])  # 2个|预算单位|开展了
    noun = _DONE_BEHIND.sub("", noun)
    return without_lead(noun)


def turn_in(words: str) -> int:
    """Where words between two figures turn from what was counted to the next: 31个|预算部门|共编制目标…; 0 if they do
    not."""
    match = _TURN.search(words, _SHORTEST_COUNTED)
    return match.start() if match else 0


def bodies_before(left: str) -> Topic | None:
    """行政单位1家，事业单位|1家: words that only lead up to an item elsewhere name what is counted here."""
    words = left.strip("，、；：和与及 ")
    return Topic(words) if _BODIES.fullmatch(words) else None


def rank_before(left: str, held: Topic | None) -> Topic | None:
    """森林公园6个（国家级1个，省级|5个）: the next rank, ``held`` is the one before it; else None."""
    match = _RANK.fullmatch(left)
    return Topic(match["rank"]) if match and held is not None and _RANK.fullmatch(held.name) else None


def counted_topic(amount: Amount, right: str, found: Topic | None, previous: Amount | None, left: str) -> Topic | None:
    """The topic of a count whose noun stands behind it; None if it is the words before that name it.

    ``found`` is the topic that these words give, None for words that give none of their own; ``left`` are the words
    since the figure before, ``previous``.
    """
    noun = noun_behind(right)
    if not noun:
        return None
    named = found.name if found is not None else ""
    if without_lead(named) != named or _SET_UP.search(named):
        named = ""  # 累计向|4000户企业, 机关设|9个内设机构
    if previous is not None and previous.kind == "count" and _LIST_MARK.fullmatch(left):
        named = ""  # 2个社区、|12个食堂: the words between are the noun of the count before
    beside = previous is not None and previous.kind == "count" and previous.unit_end == amount.start - len(left)
    if beside and _BARE_NOUN.fullmatch(left) and not _changes_it(left):
        named = ""  # 10家单位|81个项目: and so are these
    if named and _is_noun(noun) and _EXAMPLES_END.search(left):
        return Topic(_examples(named.removesuffix("等"), noun))
    if len(named) <= LONGEST_LEAD and not (named and (found is None or found.key or _changes_it(noun))):
        return Topic(named + noun)
    return Topic(noun) if _is_noun(noun) and _CLASSIFIER.fullmatch(amount.unit) else None


def _examples(named: str, noun: str) -> str:
    """管网改造、海洋牧场等重大项目: the last of them, where there are too many for a name."""
    room = MAX_NAME - len(noun) - 1
    while len(named) > room and "、" in named:
        named = named.partition("、")[2]
    return f"{named[-room:]}等{noun}" if room > 0 else noun


def _changes_it(words: str) -> bool:
    """专项数量从97个|精简为75个: tells what became of what was counted."""
    return bool(_BECOMES.match(words) or _changes().match(words))


def _is_noun(words: str) -> bool:
    return not _NO_NOUN.match(words) and not _doing().match(words) and not _changes().match(words)


def _within_quotes(words: str) -> str:
    """专项行动”和美乡村: what closes here was opened before the count."""
    depth = 0
    for at, char in enumerate(words):
        depth += (char == "“") - (char == "”")
        if depth < 0:
            return words[:at]
    return words


def _subject(words: str) -> str:
    """银行累计为企业提供贷款: who it is, where the words are long; never a word cut in two."""
    if len(words) <= _LONG_NOUN:
        return words
    doing = next((m.start() for m in _doing().finditer(words) if m.start() >= _SHORTEST_NOUN), len(words))
    return words[:doing]


@cache
def _doing_after() -> re.Pattern[str]:
    return re.compile(f"(?<=[\u4e00-\u9fff]{{{_SHORTEST_NOUN}}})" + cue_regex("naming", "doing") + "了$")


@cache
def _changes() -> re.Pattern[str]:
    return re.compile(cue_regex("direction", "up", "down"))


@cache
def _doing() -> re.Pattern[str]:
    return re.compile(cue_regex("naming", "doing"))
