"""What money is for, where a figure has but a giving verb (安排, 下达, 投入) and no item of its own.

下达3.6亿元，支持义务教育发展            the purpose stands behind the figure
推进城市更新项目，争取资金4亿元          or in the clause before it
2026年财力90亿元。安排20亿元，支持…      never is it the item the sentence before was about
"""

from __future__ import annotations

import re
from functools import cache

from index.facts.context import Topic
from index.facts.marks import CIRCUMSTANCE
from index.facts.open_names import MAX_NAME, shortened
from index.lexicon import cue_regex, cues

_AIMS = (  # may lead what stands behind a figure
    "用于|支持|保障|助力|推动|推进|实施|落实|解决了?|发放|加快|促进|改善|加强|办好"
)
# 30个|重点项目 is part of what money is for, 3亿元 is a figure of its own
_COUNTED = r"\d+(?:\.\d+)?(?=[余多]?(?:[个件条所家座处项名户人类大亩台套年号期级届]|周年|公里|万(?!元)))"
_LEAD = (
    r"(?:左右)?(?:[财各中省市本专]?[政级央项]?资金)?，?"
    r"(?:主要|全部|重点|专项|全力|有力|着力|大力|积极|切实|有效|统筹|继续|持续|进一步|配套)?"
    rf"(?:{_AIMS}(?<!办好)|(?=办好))"
)
_PURPOSE = re.compile(
    rf"{_LEAD}(?P<what>(?:“[^”，。；]{{1,20}}”|（[^（）\d，。；]{{1,10}}）|{_COUNTED}|[^，。；（）\d*]){{4,40}}+)(?!\d)"
)
_TO_BRACKET = re.compile(rf"{_LEAD}(?P<what>(?:“[^”，。；]{{1,20}}”|{_COUNTED}|[^，。；（）\d*]){{4,40}}+)(?!\d)")
_GOES_ON = re.compile(
    r"(?:深入|持续|全力|着力|大力|积极|切实|进一步|重点)+(?P<what>(?:“[^”，。；]{1,20}”|[\u4e00-\u9fff、]){4,40})(?=[，。；]|$)"
)
_OF_MONEY = re.compile(
    r"(?:左右|以上|以内)?(?:规模)?的?+(?P<what>[\u4e00-\u9fff、“”]{0,24}?(?:资金|经费|基金|补助|补贴|奖补|奖励|额度|贷款|担保|授信|资金池|库款|资本))"
    r"(?=[，。；、]|$|用于|支持|保障|推动|推进|解决|带动|撬动|助力|惠及|投向|投入|投放|发放|及时|足额|直达)"
)
_ARRANGED = re.compile(
    r"[，、；]?(?:拟|再|共|争取)?(?:中央|上级|各级|[省市县区州]级?)?(?:安排|投入|统筹|拨付|下达|落实|筹集)(?:资金)?约?"
)
_DONE_SO_MANY = re.compile("(?:办好|办理|办成|实施|推进|兑现)\\d+[件项个][^，。；：、\\d]{2,16}$")
_SEES_TO = re.compile("[，、；]?(?:确保|推动|促使|将|使|让)")  # 确保|9亿元惠农资金|及时足额到位
_SIZE_OF = re.compile("(?:计划|项目)?(?:总投资|投资额|投资规模|规模|总规模)$")
_PROJECT = re.compile(
    r"(?:左右)?的(?P<what>[\u4e00-\u9fff“”、]{2,30}?(?:项目|工程|基金|支持|资金池|发展资金))(?=[，。；、和]|$|已|累计|完成|开工|建成|竣工|投产|顺利|正式|签约|落地)"
)
# 累计拉动金融机构|110亿元资金: whose money is moved
_MOVES = re.compile(r"(?:拉动|撬动|带动|引导|吸引)[\u4e00-\u9fff]{2,8}$")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]{1,3}是|（\d{1,2}）)")
# The same, less strictly: for money of which only the giving is told.
_WIDER = re.compile(
    rf"(?:左右)?，?(?:持续|全力|有力|着力|大力|积极|多措并举|统筹)*(?P<what>(?:{_AIMS}|强化|扩大|开展|围绕|聚焦|做好|完善|提升|深化|打造|建设|健全)[^，。；（）\d]{{2,40}})"
)
# 安排2亿元，健全多层次保障体系: a clause that tells of nothing else is what it is for
_DOES = re.compile(
    r"(?:左右)?，(?:连续第?\d+年|持续|全力|有力|着力|大力|积极|切实|进一步|不断|继续)*"
    r"(?!同比|[比较占与为]|增[长加]|下降|减少|均|全部|其中|完成|并|其余|剩余)"
    r"(?P<what>[\u4e00-\u9fffA-Za-z、“”]{4,40})(?=[，。；]|$)"
)
_BUILDS = re.compile(
    r"(?:左右)?，(?P<what>(?:新|改|扩|续|重|修|建|整治|养护|治理|购置|更新|维修|创建|打造|完成|实施)"
    r"[\u4e00-\u9fff、“”]{2,30}?)约?\d[\d.,]*[万千]?(?![元%\d.,])[\u4e00-\u9fff]"
)
_BUILT_OF_IT = re.compile(  # 安排5200万元|建设绿道22公里
    r"(?:左右)?(?P<what>(?:新建|改建|改造|扩建|续建|重建|修建|修缮|建设|整治|养护|治理|购置|更新|维修|创建|打造)"
    r"[\u4e00-\u9fff、“”]{2,30}?)约?(?=[，。；]|\d[\d.,]*[万千]?(?![元%\d.,])[\u4e00-\u9fff])"
)
_RIGHT_ON = re.compile(
    r"(?!左右|以上|以内|之多|[给至到向和及与等的、”（占比较])"
    r"(?P<what>(?:“[^”，。；]{1,30}”|[\u4e00-\u9fffA-Za-z、·・]){4,40})(?=[，。；\d]|$)"
)
_LEADS_ON = re.compile("(?:从|由|为|达到?|共|约|近|超过?|增加|提高|新增)+$")
_WITH = ("用", "以", "利用", "通过")
_NEXT_GIFT = re.compile("[、和及](?:拨付|安排|投入|下达|统筹|筹集)$")  # 解决绩效工资、拨付|3亿元解决…
_SHORT = 4  # characters of a verb without its object
_SUPPORTS = re.compile(r"，?(?:主要|重点|全力|有力|着力|大力)?(?:支持|保障|助力|推动|推进|实施)[^，。；（）\d]{4}")
_FIELD = re.compile(r"(?:^|，)[—─\-－]*(?P<what>[^，]{4,40})方面，?$")
_BEFORE = re.compile(
    rf"(?:^|，)[—─\-－]*(?P<what>[^，]{{0,12}}?(?:{_AIMS}|开展|深化|打好|完善|强化|健全|提升|建设|做好|巩固|扩大|稳定|优化|兜牢)[^，]{{3,60}}?)(?:方面)?，?$"
)


def with_purpose(topic: Topic, behind: str) -> Topic:
    """A topic that is a bare verb becomes what the money is for, if that stands behind the figure."""
    if topic.name not in _verbs() and not _giving().fullmatch(topic.name):
        return topic
    if match := _purpose_in(behind):
        return Topic(topic.name + shortened(_NEXT_GIFT.sub("", match["what"])), given=True)
    if on := _RIGHT_ON.match(behind):
        return given(topic.name + shortened(_LEADS_ON.sub("", on["what"])))  # 投入|135万元|新建卫生室2所
    if builds := _BUILDS.match(behind):
        return given(topic.name + shortened(builds["what"]))  # 投入|3亿元，新改建学校11所
    does = _DOES.match(behind) if _giving().fullmatch(topic.name) else None
    return given(does["what"]) if does else topic  # 筹集16亿元，提高补助标准


def _purpose_in(behind: str) -> re.Match[str] | None:
    """支持某学院（新校区）建设: with its bracket, where it fits; 3亿元|深入打好保卫战: what goes right on."""
    return _PURPOSE.match(behind) or _TO_BRACKET.match(behind) or _GOES_ON.match(behind)


def aim_of(left: str, behind: str) -> Topic | None:
    """安排53961万元，支持教育事业发展: a plan verb alone is about what stands behind."""
    left = _ORDINAL.sub("", left)
    if not _ARRANGED.fullmatch(left):
        return None
    match = _purpose_in(behind)
    if match or (match := _BUILT_OF_IT.match(behind)):
        return Topic(left.strip("，、；") + shortened(match["what"]), given=True)
    does = _DOES.match(behind)
    return _specific(behind) or (given(does["what"]) if does else None)


def project_behind(name: str, behind: str) -> Topic | None:
    """落地总投资|15亿元的河湖保护项目: the project that a sum is the size of; None if no project stands behind."""
    size = _SIZE_OF.search(name)
    project = _PROJECT.match(behind) if size else None
    return Topic(f"{project['what']}{size[0]}"[-MAX_NAME:]) if size and project else None


def money_behind(left: str, behind: str) -> Topic | None:
    """每年安排不低于|5亿元产业引导专项资金: what is given stands right behind the figure."""
    return _specific(behind) if _verb_of_giving().search(left) or _SEES_TO.fullmatch(left) else None


def of_money(topic: Topic, behind: str) -> Topic | None:
    """优化配置|3亿元工业强市专项资金: after a bare verb the noun right behind the figure is what it is of; where other
    words end with a verb it is their object (各银行发放|3亿元贷款支持创业)."""
    match = _OF_MONEY.match(behind) if not topic.key else None
    if match is None:
        return None
    if topic.name in _WITH:
        return Topic(match["what"])  # 用|2.5亿财政资金|撬动…
    bare = len(topic.name) <= _SHORT
    if bare and len(match["what"]) > _SHORT:
        return _specific(behind)
    if _getting().search(topic.name) and (got := _specific(behind)):
        return got  # 未来五年将获|100亿元实体经济授信
    if _MOVES.search(topic.name) and not topic.name.endswith(match["what"]):
        return Topic(f"{topic.name}{match['what']}"[-MAX_NAME:])
    if _gives_out().search(topic.name) and not (bare and _kind_of_money().fullmatch(match["what"])):
        return Topic(f"{topic.name}{match['what']}"[-MAX_NAME:])
    return None


def _specific(behind: str) -> Topic | None:
    match = _OF_MONEY.match(behind)
    said = match is not None and len(match["what"]) > _SHORT and not _kind_of_money().fullmatch(match["what"])
    return Topic(match["what"]) if match and said else None


@cache
def _gives_out() -> re.Pattern[str]:
    return re.compile(f"(?:{cue_regex('giving', 'verb')}|{cue_regex('giving', 'deed')})$")


@cache
def _getting() -> re.Pattern[str]:
    return re.compile(cue_regex("giving", "getting") + "$")


@cache
def _kind_of_money() -> re.Pattern[str]:
    return re.compile(rf"(?:{cue_regex('giving', 'money')}|[、和])*(?:资金|经费|补助|补贴|奖补)")


def gives_to_counted(before: str, words: str) -> bool:
    """办好10件惠民实事，|安排资金|2亿元，支持…: is it for what was counted right before?"""
    return bool(_ARRANGED.fullmatch(words) and _DONE_SO_MANY.search(before.rstrip("，")))


def gives(masked: str) -> bool:
    """Is a giving verb all that stands before the figure: 安排, 共下达资金, 市级安排?"""
    return bool(_giving().fullmatch(_ORDINAL.sub("", masked.replace(CIRCUMSTANCE, ""))))


def given_for(left: str, before: str, behind: str) -> Topic | None:
    """What is given for: named behind the figure, or in the clause ``before`` the verb; None if neither says it."""
    verb = re.sub(r"^[，、；：—─\-]+|约$", "", left)
    if match := _FIELD.search(before):
        return given(match["what"])
    if match := _purpose_in(behind):
        return given(verb + shortened(match["what"]))
    if match := _BEFORE.search(before) or _WIDER.match(behind):
        return given(match["what"])
    return None


def given(name: str) -> Topic:
    """The topic of money that is told of by its giving: what is named as a part of it is no item of the budget."""
    return Topic(name.strip("—─-－“”，、；：")[-40:], given=True)


def supports(behind: str) -> bool:
    """Is a figure told to support something of its own: 下达5亿元，支持林业改革?"""
    return bool(_SUPPORTS.match(behind))


@cache
def _verb_of_giving() -> re.Pattern[str]:
    return re.compile(cue_regex("giving", "verb"))


@cache
def _giving() -> re.Pattern[str]:
    manner, verb, money = (cue_regex("giving", name) for name in ("manner", "verb", "money"))
    return re.compile(rf"(?:[省市州]、)?[，、；：—─\-]*{manner}*{verb}(?:了|到位|到)?(?:{money}*资金)?[约共近超达]*")


@cache
def _verbs() -> frozenset[str]:
    return frozenset(cues("filler", "project_verbs"))
