"""Words that make a figure a change of another: which way it goes, and what it is measured against.

同比增长|6.75%, 减少|662万元    the direction, +1 or -1
比年初预算增加|3亿元            no change to the year before: the base is the budget
核减|1300万元, 新增|5亿元       what was struck off, what was added: a thing of its own, no change
"""

from __future__ import annotations

import re
from functools import cache

from index.facts.marks import CIRCUMSTANCE, ITEM
from index.lexicon import cue_regex

_TAIL = r"(?:了|率|幅度|幅|速|速度|额|为|达到?|约|近|超过?|：|分别)*$"
_THING = re.compile(r"(?:[新核审调追扣裁清削删抵冲][增减]|[稳促保]增长?|[不超]?[低高]于)(?:了|约|为|达到?|近|超过?)*$")
_MORE_OR_LESS = re.compile(r"(?<![至不最大许很更])(?:(?P<more>多)|少)退?(?:了|约)*$")
_MOVED = re.compile("(?:拟|需|相应|共|净)*(?:[调核](?P<way>[增减])|追(?P<more>加))(?:了|额)?$")
_BUDGET_MOVED = re.compile(
    f"(?:预算|收入|支出|{ITEM})(?:拟|需|相应|共|净)*(?:调(?P<way>[增减])|(?<={ITEM})追加)(?:了|额)?$"
)
_CHANGED = re.compile("变[化动](?:率|幅度?)?(?:为|是|：)?$")
# 教育支出|变化0.2亿元, 9亿元，变化|0.2亿元; but 人员|变动0.3亿元 is a reason
_OF_KNOWN = re.compile(rf"(?:^|[{ITEM}])[，、{CIRCUMSTANCE}]*(?:净|实际)?$")
_COMPARED = re.compile(
    rf"[比较与](?:[^，。；：（）{ITEM}]*(?:预算|年初|计划|目标|任务|限额|决算|执行|上年|完成|调整)[^，。；：（）{ITEM}]*|{CIRCUMSTANCE}+)$"
)
_ITS_FIGURE = re.compile(r"的?[约近]?[\d.,]+[万亿]*元$")
_STANDARD = re.compile(
    r"[比较](?!上年|去年)[^，。；：（）]{0,12}(?:标准|平均|水平|要求|均值)[^，。；：（）\d]{0,6}$"
)  # 较省定标准上涨
_BASES = re.compile(
    r"(?:[比较]|与(?=[^，。；：（）]{1,24}相?比))(?P<base>[^，。；：（）]{1,24}?)(?:相比|比较)?(?:净|实际|累计|共|预计)*$"
)  # 与预算相比增加; 文化旅游体育与传媒支出|增加 names no base


def direction(left: str) -> int:
    """+1 or -1 if the words right before a figure are of a direction, else 0."""
    up, down, noun = _up_down()
    if down.search(left):
        return -1
    if up.search(left):
        return 1
    if match := noun.search(left):
        return -1 if "降" in match[0] else 1
    return 0


def changed(left: str) -> int:
    """+1 if 变化, 变动率 is all that the words say of the way: the sign of the figure (-2.1%) tells it; else 0."""
    return 1 if _CHANGED.search(left) else 0


def difference(left: str, based: bool) -> int:
    """The direction if the words right before an amount of money make it a difference; ``based``: a base is named.
    变化 alone makes it one if there is a base, or right behind a known item or its figure."""
    if based and (match := _MORE_OR_LESS.search(left)):
        return 1 if match["more"] else -1
    if _THING.search(left) or not _differs().search(left):
        known = based or _OF_KNOWN.search(_CHANGED.sub("", left))
        return changed(left) if known else 0
    return direction(left)


def moved(left: str) -> int:
    """+1 or -1 if 调增, 调减 is all that stands before a figure, else 0."""
    match = _MOVED.fullmatch(left.strip("，、"))
    return 0 if match is None else -1 if match["way"] == "减" else 1


def moved_budget(left: str) -> int:
    """收入预算|调减, 教育支出|调增: +1 or -1 if the words before a figure move a budget by it, else 0."""
    match = _BUDGET_MOVED.search(left)
    return 0 if match is None else 1 if match["way"] == "增" else -1


def stands_alone(left: str) -> bool:
    """Nothing but the direction word since the figure before: 、|增长|2349万元."""
    match = _differs().search(left)
    return match is not None and not left[: match.start()].strip("，、（净实际")


def compared_from(masked: str) -> int:
    """Where 比年初预算增加, 较上年多 begins before a figure: what stands before it says what has changed."""
    words = _MOVED.search(masked) or _differs().search(masked) or _MORE_OR_LESS.search(masked)
    end = words.start() if words else len(masked)
    based = _COMPARED.search(masked[:end])
    return based.start() if based else end


def against_other(clause: str) -> bool:
    """比预算, 比年初, 年均: measured against something else than the year before."""
    return bool(_other_base().search(clause) or _STANDARD.search(clause))


def against_last_year(clause: str) -> bool:
    """同比, 比上年, 较上年同期."""
    return bool(_last_year_base().search(clause))


def base_named(clause: str) -> str:
    """The words between 比 and the direction word: 比|年初预算|增加; "" if no base is named."""
    words = _up_down()
    for pattern in (words[1], words[0], _MORE_OR_LESS):
        if match := pattern.search(clause):
            based = _BASES.search(clause[: match.start()])
            return _ITS_FIGURE.sub("", based["base"]) if based else ""
    return ""


@cache
def _up_down() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    up, down = cue_regex("direction", "up"), cue_regex("direction", "down")
    return (
        re.compile(up + _TAIL),
        re.compile(down + _TAIL),
        re.compile(r"(?:增速|增幅|增长率|降幅|同比|增减幅度?|增减)" + _TAIL),
    )


@cache
def _differs() -> re.Pattern[str]:
    return re.compile(
        "(?:净|共计?|实际)?" + cue_regex("direction", "difference") + r"(?:了|额|为|达到?|约|近|超过?|：)*$"
    )


@cache
def _other_base() -> re.Pattern[str]:
    return re.compile(cue_regex("direction", "against_other"))


@cache
def _last_year_base() -> re.Pattern[str]:
    return re.compile(cue_regex("direction", "against_last_year"))
