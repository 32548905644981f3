"""The words before a figure as a name: without openers, fillers and circumstances, each known by its list.

全年|支持|襄垣机场三期|等      the report's own name 襄垣机场三期, with the place that is inside it
从业人员                     begins with no 从: some words stay in one piece
"""

from __future__ import annotations

import re
from functools import cache

from index.facts.marks import CIRCUMSTANCE
from index.find.ordinary import is_ordinary
from index.lexicon import cue_pattern, cue_regex, cues

MAX_NAME = 40
_GRADED = re.compile(r"[A-Za-z]+(?:级|类|网|$)|星级|周?岁|小时|分钟|号线|[条项]措施")
# 补助标准从每生每年|2000元: by what it is counted, and that it comes from there
PER = r"(?:每(?:[人生户亩名位孩床张][每均]?|学生|平方米|公里|学年|学期|[年月日天次班]))"
_PER = re.compile(rf"(?:[由从自按])?(?:人均|户均)?{PER}+[{CIRCUMSTANCE}]*$|(?<=[\u4e00-\u9fff]{{3}})[由从]$")
_PHASE = re.compile(r"（(?:第?[一二三四五六七八九十\dA-Z]{1,2}|[南北东西]|先导|续建)(?:期|标段|区|阶段)[^（）]{0,6}）")
_TOLD_AS_GROWTH = re.compile(r"(?<=.{3})(?:同比|比上年|较上年)?(?:增长|下降)$")  # 规模以上工业增加值|增长
_CHANGE = re.compile("(?<=[\u4e00-\u9fff])变[动化](?=$|[增减]|影响|因素)")  # 人员变动|0.3亿元: a reason, not the people
_EACH = ("人均", "户均", "平均", "每人", "每户")
# 古桥修缮项目|全年预算|9万元: which figure of it
_STAGE_BEHIND = re.compile("(?<=项目)(?:全年|年初|年度|当年|调整后?)*(?:支出|资金)?(?:预算|决算|执行)[数额]?$")
_QUOTED = re.compile(r"[，、：]*“\d+")
_FROM = re.compile(
    r"(?<=[\u4e00-\u9fff]{4})(?:提高|上调|增加|降低)[到至][年月]?人均$|(?<=[\u4e00-\u9fff]{4})[由从]的?(?:人均|平均|每人)?$"
)  # 补助标准|从2024年的人均94元
_OF_LEVELS = re.compile(r"^[省市州区县][、和及与](?=[共累安投统筹下])")  # 市、县（区）|共安排: the one below is masked
_ON_BASIS = re.compile(r"在[^，；]{2,24}基础上再?$")
# 向县（市、区）|调度, 对园区|补助: whom it goes to belongs to the name
_TOWARDS = ("向", "对", "给", "及", "和", "与")  # 中央及|省级|补助资金
_ASIDE = re.compile(f"{CIRCUMSTANCE}+")
_AND_ABOVE = re.compile("(?:及)?以[上下](?=[一-鿿]{2})")
# 争取上级资金330亿元|以上、新增专项债券: the first word was of the figure before
_BEFORE = re.compile("^以[上下内](?:[、，]|和|及)")
_NO_PLACE = re.compile(r"[\d年月（）]|^[全各我本该]|[级直]$|^[省市县区州盟旗]|[上去今当]|期")
_NOUN_ENDS = "计所新表"  # fillers that words end with, too
EDGE = "，。；：、（）“”‘’的 ①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳" + CIRCUMSTANCE
_BECAUSE = re.compile(r"^[^，。；：]{0,12}?(?:主因|原因)(?:是|为|在于)(?=.{2})")  # 减收主因是|原油产量


def shortened(name: str) -> str:
    """The first members of a list that is too long for a name, in whole words."""
    name = name.rstrip("、")
    if len(name) < MAX_NAME:
        return name
    return (
        name[: name.rfind("、", MAX_NAME // 4, MAX_NAME)] if "、" in name[MAX_NAME // 4 : MAX_NAME] else name[:MAX_NAME]
    )


@cache
def opener() -> re.Pattern[str]:
    """Words that may stand before an item and leave it as it is: 其中, 全年完成."""
    whole = cue_regex("naming", "whole")  # 从业人员 begins with no 从
    numbered = r"(?<![\u4e00-\u9fff])[一二三四五六七八九十]{1,3}、"
    before = cue_regex("filler", "before_item")
    return re.compile(
        rf"(?:(?!{whole}|[0-9][A-Z]|减少[\u4e00-\u9fff]{{2}})(?:{numbered}|[加减](?=上解)|[+＋](?!\d)|{before}|[{EDGE}]))*+"
    )


def opener_end(text: str) -> int:
    """Where the openers end that a text begins with."""
    match = opener().match(text)
    return match.end() if match else 0


@cache
def approval() -> re.Pattern[str]:
    """Who approved it, before an item: 市人大常委会批准的."""
    return re.compile(rf".*{cue_pattern('filler', 'approved_by')}")


@cache
def grant() -> re.Pattern[str]:
    """Who granted it to us, before a name: 省财政厅已下达我市|提前批新增债务限额."""
    given = r"(?:下达|核定|核准|批准|批复|转贷|安排|拨付)(?:给|对)?"
    return re.compile(
        rf"[^，。；（）]{{1,12}}?{given}[我本全](?:[省市区县州盟旗]|{CIRCUMSTANCE})[{CIRCUMSTANCE}]*的?(?=.{{4}})"
    )


def without_lead(name: str) -> str:
    """A name without the word that leads on from it: 禁止类事项|和."""
    return name if name.endswith(_wholes()) else _lead_on().sub("", name)


@cache
def _lead_on() -> re.Pattern[str]:
    return re.compile(cue_regex("naming", "lead_on") + "$")


def trailing_start(text: str, start: int) -> int:
    """Where the fillers begin that a text, from ``start`` on, ends with."""
    words, lengths = _trailing()
    end = len(text)
    while not text.endswith(_wholes(), start, end) and (
        filler := next((n for n in lengths if n <= end - start and text[end - n : end] in words), 0)
    ):
        if filler == 1 and text[end - 1] in _NOUN_ENDS and is_ordinary(text[max(start, end - 2) : end]):
            break  # 改造农村厕|所, 政府投资项目审|计
        end -= filler
    return end


def ends_whole(text: str) -> bool:
    """Does a text end with a name that is made of fillers (核定编制)?"""
    return text.endswith(cues("naming", "nouns"))


@cache
def _wholes() -> tuple[str, ...]:
    return (*cues("naming", "whole"), *cues("naming", "nouns"))


@cache
def _trailing() -> tuple[frozenset[str], tuple[int, ...]]:
    """The fillers that a text may end with, and how long they are, the longest first."""
    words = set(cues("filler", "before_figure")) | set(cues("direction", "up")) | set(cues("direction", "down"))
    words |= set(cues("direction", "against_last_year"))
    words = (words - _KEPT_AT_END) | set(EDGE)
    return frozenset(words), tuple(sorted(set(map(len, words)), reverse=True))


# Words that may be the head of an open name: 专项债券资金, 绩效评价项目金额
_KEPT_AT_END = frozenset(
    {
        "资金",
        "金额",
        "支出",
        "收入",
        "余额",
        "限额",
        "结余",
        "总额",
        "预算",
        "规模",
        "数",
        "级",
        "类",
        "款",
        "元",
        "月",
        "年",
    }
)


def _words_of(left: str, masked: str) -> str:
    """A name without the periods and levels in it; a place inside (襄垣机场) is part of it, one at its edge is not."""
    words, at = "", 0
    for aside in _ASIDE.finditer(masked):
        inside = words + masked[at : aside.start()] and masked[aside.end() :]
        place = left[slice(*aside.span())] if inside or _AND_ABOVE.match(masked, aside.end()) else ""
        towards = words + masked[at : aside.start()]
        rank = _AND_ABOVE.match(masked, aside.end())  # 承办|省级|以上比赛
        kept = "" if _NO_PLACE.search(place) and not (towards.endswith(_TOWARDS) or rank) else place
        words, at = words + left[at : aside.start()] + kept, aside.end()
    return words + left[at:]


def open_name(left: str, masked: str) -> str:
    """The report's own words for what the figure is: the left text less openers, circumstances and cue words."""
    text = masked
    approved = approval().match(text)
    start = approved.end() if approved else 0
    granted = grant().match(text, start)
    start = granted.end() if granted else start
    start += opener_end(text[start:])
    if start < len(text) and (_GRADED.match(text, start) or _QUOTED.match(text)):
        while start > 0 and text[start - 1].isdigit():
            start -= 1  # 4A级景区, 65岁以上老年人, “832平台”交易额: no numbering
    if _AND_ABOVE.match(text, start):
        start = len(text[:start].rstrip(CIRCUMSTANCE))  # 省级|以上企业技术中心
    end = trailing_start(text, start)
    if end > start and (change := _CHANGE.match(text, end)):
        end = change.end()
    words = _PER.sub("", printed := _words_of(left[start:end], masked[start:end]))
    if words != printed:
        words = words[: trailing_start(words, 0)]  # 公用经费标准提高到|每生每年
    words = _STAGE_BEHIND.sub("", _BECAUSE.sub("", _FROM.sub("", words)))
    words = _ON_BASIS.sub("", _OF_LEVELS.sub("", words))
    words = _BEFORE.sub("", words)
    if words.strip(EDGE).count("“") != words.strip(EDGE).count("”"):  # “832平台”|交易额 without its first mark
        words = words.strip(EDGE).replace("“", "").replace("”", "")
    words = re.sub(r"^(?:[一二三四五六七八九十]{1,2}是|（?\d{1,2}[）、.：]|[①-⑳])", "", words).strip(EDGE)
    if len(words) > MAX_NAME:  # the end of a list, from one of its members on
        ends = [words[-MAX_NAME - 1 :].partition(mark)[2] for mark in "、的含"]
        words = next((end for end in ends if len(end) > MAX_NAME // 4), words[-MAX_NAME:])
    if words in _EACH:
        return ""  # 人均|20元
    if words and (phase := _PHASE.match(left, end)):
        words += phase[0]  # 城乡供水一体化（二期）
    return words if re.search(r"[\u4e00-\u9fffA-Za-z]", words) else ""


def printed_name(left: str) -> str:
    """The words before a figure as a name, less openers: for a part that is called like its whole."""
    return _TOLD_AS_GROWTH.sub("", left[opener_end(left) :].strip(EDGE))[-MAX_NAME:]
