"""A question of several parts -> its parts, each with what the parts before it have said.

以旧换新用了多少政策资金，带动消费多少 -> two parts          本金多少利息多少 -> two parts
政府债务余额，市级、大冶、阳新各欠多少 -> three parts, of which each must be named by its figure
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.ask.pick.cues import kinds_of
from index.find.amounts import COUNT_WORDS
from index.find.ordinary import is_noun

# 多少万元, 几个点, 百分之几, 多少张
_UNIT: Final = (
    rf"(?:个?百分点|个?点(?!钱)|成|倍|个?(?:万亿|[万亿])(?:元|块)?钱?|(?:元|块)钱?|钱|(?!项目)(?:{COUNT_WORDS}))"
)
_Q: Final = rf"(?:百分之(?:多少|几)|多少{_UNIT}?|几(?![乎年月]){_UNIT}?|第几|多大(?!比))"
_ASKING: Final = re.compile(_Q)
_BREAK: Final = re.compile(r"[，；？。！]|(?<=[^\sA-Za-z])\s+(?=[^\sA-Za-z])|、(?=[^、]*(?:多少|几|率))")
_ENUMERATION: Final = re.compile(r"[，；？。！]")
# behind a part that asks: |完成预算了没|, |是不是涨得特别多|, |超没超|
_WHETHER: Final = re.compile(
    r"(?:了没有?|没有|(?<![对是好行样])吗)$|是不是|(?P<verb>[超增涨降减够达])(?:没|不)(?P=verb)"
)
_ASKS: Final = re.compile(
    r"多少|多大(?!比)|几[^乎]|百分之|百分[比数]|比例|第几|分开说|各是|分别|(?:同比|增速|增幅|进度|完成率)(?:情况)?(?:怎么?样|如何|咋样|呢)"
)
_EMPTY: Final = re.compile(rf"^(?:是|有|为|共|一共|总共|各|各是|分别|分别是|又|和|算一?[下算]|大概|大约|约)*{_Q}$")
_MONEY: Final = re.compile("[钱元块万亿]$")
_PERCENT: Final = re.compile("百分|[点成]$")
_AND_THAT: Final = re.compile(r"^(?!什么|怎|为)[^，]{2,12}呢$")  # 三公经费多少，公务接待呢
_AND_MORE: Final = re.compile(r"^(?:还有|另外|此外|以及|再加上?|顺便|再)[^，]{2,12}$")  # 社保呢，还有债务余额
_OF_WHICH: Final = re.compile(r"^(?:其中|里面|里头|当中)的?[^，]{2,14}$")  # 再融资债券多少，其中专项的
# 是多少，同比增幅: after a part that asks, the name of a ratio asks for it; so does 占支出的比重
_NAME_OF_RATIO: Final = (
    r"(?:(?:比|较)(?:上年|去年|上一年)|同比)?的?(?:增长率|增长|增幅|增速|增减|增加|减少|下降|降幅|涨幅|完成率|执行率|完成进度|进度|占比|比重)"
    r"(?:数|额|情况|幅度)?"
)
_RATIO: Final = re.compile(
    rf"^其?(?:{_NAME_OF_RATIO}(?:[、和及与]{_NAME_OF_RATIO})*|占[^，]{{1,16}}?的?(?:比重|比例))(?:呢|是)?$"
)
_AGAIN: Final = re.compile(r"(?:也|那)?就是(?:说)?|换句话说|意思是|说白了")
_JOIN: Final = re.compile(r"[、和与跟及]|以及|还有")
ENUMERATED: Final = re.compile(
    r"(?:这?[几两三四五六七八](?:块|项|个|家|类|笔|部分|[县区市]|方面)?)?(?:各自?(?![县区市级地类项部])|分别|分开(?:说|讲|列|报)?下?)(?P<how>.*)$"
)
# 保工资的和保运转的|实际|各多少: how it is asked for, and no part of the last name
_HOW: Final = re.compile(r"的?(?:实际|预计|一共|总共|大概|到底|拆开|分开|单独|都|又)+$")
_END: Final = re.compile(  # of an element: its measure, with the year before it
    r"的?(?:(?:20)?\d{2}年[^\d]{2,}|(?:年?[底末]|当年|本年|年度)?的?(?:滚存|累计|收支|当年|本年|[底末])+结余"
    r"|(?:营业|资产|负债|利润)(?:总?收入|总额|率))$"
)
_OF_EACH: Final = re.compile(  # only of things: 多少钱给老师和学生 is money
    rf"(?P<asks>多少个|多少(?!{_UNIT})|几个)(?P<words>[^\W\d了的过给让办还化用于钱款资金]{{2,6}}(?:[、和跟与][^\W\d了的过给让办还化用于钱款资金]{{2,6}})+)[呢啊呀？]*$"
)
_INSIDE: Final = re.compile("^.*(?:的|里[面头边]?|当中|之中)")  # 社保基金收入里|养老、医疗
_TOTAL: Final = re.compile(r"合计|一共|总共|加起来|之和|加到")
_FLOW_VERBS: Final = ("收", "花", "支", "用")
MOST: Final = 8
_NOUN: Final = 2  # characters of most nouns
SHORT: Final = 2  # 货物, 服务: too little to look for without what stands before
LONGEST: Final = 16


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question; ``must`` is the element of an enumeration that its figure has to name, "" elsewhere."""

    text: str
    must: str = ""


def parts_of(text: str) -> list[Part]:
    """The parts of a question that ask for something each; the whole question if there is only one."""
    return [Part(each) for each in _clauses(text)]


def only_whether(text: str) -> bool:
    """完成预算了没, 掉得厉害吗: asks whether, and for no figure of its own."""
    return bool(_WHETHER.search(text)) and not _ASKS.search(text)


def elements(text: str) -> list[Part]:
    """政府债务余额，|市级、大冶、阳新|各欠多少: a part for each element, the first with all that stands before, the
    others with whose they are (采供血机构的|基本支出和|项目支出); empty if nothing is enumerated."""
    if _TOTAL.search(text):
        return []
    for end, segment in _segments(text):
        tail = ENUMERATED.search(segment)
        words = _listed(segment[: tail.start()]) if tail else []
        if tail and words:
            words = _with_end(words)
            head, how = text[: end - len(segment)], tail["how"] or "多少"
            over = inside[0] if (inside := _INSIDE.match(words[0])) else ""
            return [
                Part(
                    f"{head if not n or len(word) <= SHORT else ''}{over if n and '的' not in word else ''}{word}{how}",
                    word if n or head.strip("，") else "",
                )
                for n, word in enumerate(words)
            ]
    return _listed_behind(text) or _counted_each(text)


def _counted_each(text: str) -> list[Part]:
    """新添了多少|停车位和充电桩|: how many of each."""
    found = _OF_EACH.search(text)
    words = _listed(found["words"]) if found and not _ASKING.search(text, found.end("asks")) else []
    head = text[: found.start("asks")] if found and words else ""
    return [Part(f"{head if not n else ''}{word}多少", word) for n, word in enumerate(words)]


def _with_end(words: list[str]) -> list[str]:
    """居民医保和职工医保|年末滚存结余|, 甲集团和乙集团|2024年营业收入|各多少: what ends the last is said of each."""
    end = _END.search(words[-1])
    if end is None or end.start() < _NOUN or any(word.endswith(end[0][-_NOUN:]) for word in words[:-1]):
        return words
    return [*(f"{word}{end[0]}" for word in words[:-1]), words[-1]]


def _listed_behind(text: str) -> list[Part]:
    """四本账收入各安排了多少，|一般公共预算、政府性基金、国资、社保|."""
    before, _, behind = text.rstrip("，。？！ ").rpartition("，")
    tail = ENUMERATED.search(before)
    words = _listed(behind)
    if not tail or len(words) < 2 or _ASKING.search(behind):
        return []
    head = before[: tail.start()]
    return [Part(f"{head if not n else ''}，{word}{tail['how']}", word) for n, word in enumerate(words)]


def _segments(text: str) -> list[tuple[int, str]]:
    """The clauses of a text, each with its end."""
    found, start = [], 0
    for mark in [*_ENUMERATION.finditer(text), None]:
        end = mark.start() if mark else len(text)
        found.append((end, text[start:end]))
        start = mark.end() if mark else end
    return found


def _listed(words: str) -> list[str]:
    pieces = [piece.strip("的 ") for piece in _JOIN.split(_HOW.sub("", words))]
    if len(pieces) < 2 or len(pieces) > MOST or any(not 1 < len(piece) <= LONGEST for piece in pieces[1:]):
        return []
    return pieces if len(pieces[0]) > 1 else []


def _clauses(text: str) -> list[str]:
    """What stands before the first part that asks belongs to it, and a part that only says 多少 to the one before."""
    parts: list[str] = []
    waiting = ""
    for piece in _pieces(text):
        if parts and not waiting and _AGAIN.match(piece) and _ASKS.search(piece):
            continue  # 离限额还差多少，就是还能举多少债: the same in other words
        if parts and not waiting and any(one.match(piece) for one in (_RATIO, _AND_THAT, _AND_MORE, _OF_WHICH)):
            parts.append(piece)
        elif parts and not waiting and _EMPTY.match(piece) and _asks_otherwise(parts[-1], piece):
            parts.append(piece)  # 给多少家做了担保，|总共多少钱
        elif (_ASKS.search(piece) or (parts and _WHETHER.search(piece))) and not (
            _EMPTY.match(piece) and (parts or waiting)
        ):
            parts.append(waiting + piece)
            waiting = ""
        elif _EMPTY.match(piece) and parts and not waiting:
            continue
        else:
            waiting += piece if _EMPTY.match(piece) else piece + "，"
    if waiting:
        if not parts:
            return [text]
        parts[0] = waiting + parts[0]  # 发错了多少人、多少钱，|24年度审计|: said of all of them
    return parts if len(parts) > 1 else [text]


def _pieces(text: str) -> Sequence[str]:
    """Clauses, cut behind each question word that another follows; an enumeration stays whole (出国、接待各多少)."""
    pattern = _ENUMERATION if "、" in text and ENUMERATED.search(text) else _BREAK
    return [each for piece in pattern.split(text) if piece.strip() for each in _cut(piece)]


def _cut(piece: str) -> list[str]:
    """本金多少|利息多少, 收了多少|又支出了多少."""
    found: list[str] = []
    while (first := _ASKING.search(piece)) and (second := _ASKING.search(piece, first.end())):
        between = piece[first.end() : second.start()].strip("是为有又和的、了")
        short = len(between) < 2 and between not in _FLOW_VERBS  # 收多少|花多少
        apart = not between and _asks_otherwise(first[0], second[0])  # 多少笔|多少钱
        if (short and not apart) or between in ("比上年", "比去年", "较上年", "同比"):
            break
        end = first.end() + _counted(first[0], between)
        found.append(piece[:end])
        piece = piece[end:].lstrip("、")
    return [*found, piece]


def _counted(asking: str, between: str) -> int:
    """多少条|建议|采纳几条: how long the noun is that was counted, where a verb of the next part follows it."""
    counts = asking not in ("多少", "几", "多大") and not _PERCENT.search(asking) and not _MONEY.search(asking)
    noun, rest = between[:_NOUN], between[_NOUN:]
    return _NOUN if counts and len(rest) >= _NOUN and is_noun(noun) and not is_noun(rest[:_NOUN]) else 0


def _asks_otherwise(one: str, other: str) -> bool:
    """Whether two question words ask for figures of different kinds, both plainly: 几家 and 多少钱."""
    ways = [_way(text) for text in (one, other)]
    return all(ways) and ways[0] != ways[1]


def _way(text: str) -> str:
    """Of what kind the last question word of a text asks for; "" if it leaves that open."""
    asked = [match[0] for match in _ASKING.finditer(text)]
    if not asked:
        return ""
    if asked[-1] in ("多少", "几", "多大"):
        return "count" if "count" in kinds_of(text[text.rfind(asked[-1]) :]) else ""  # 多少项目
    if _PERCENT.search(asked[-1]):
        return "percent"
    return "money" if _MONEY.search(asked[-1]) else asked[-1].lstrip("多少几")
