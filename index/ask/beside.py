"""What a later part of a question, or a follow-up, asks for in the sentence that the figure told last stands in.

    编了几个项目，|涉及多少资金|      标准提到多少，|此前多少|      为67家企业办理业务，|多少笔|

Parts that the report lists under a figure are found by ``parts_in``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final, cast

from index.ask.clauses import clause_behind
from index.ask.pick.cues import FILE, kinds_of
from index.ask.pick.identity import CHANGE, FORMER, clause
from index.ask.pick.wanted import says_only
from index.ask.pick.words import share
from index.ask.pieces import Piece, pieces_of
from index.ask.query import Query
from index.ask.search import Search
from index.ask.select import CHAINS, counts_alike
from index.ask.vocabulary import asking_pattern
from index.find.ordinary import is_noun
from index.lexicon import toml
from index.models import Measure, StoredFact
from index.store.lookup import sentence_id
from index.text.normal import plain

_BEFORE: Final = re.compile(
    r"(?:提标?|涨|调整?|升|降|改)?(?:此前|之前|以前|原来|原先)(?:是|有|为)?(?:多少|几)[^，。？?]{0,4}[？?呢啊 ]*"
)
# 涨了多少，|涨完最低一个月多少|: the level that a change led to
_AFTER: Final = re.compile(
    r"(?:(?:涨|提标?|调整?|升|降|加|减|增|改|砍|压)(?:了?之?以?后|(?<!改)[完好]|到|至|成)了?|现在|如今|目前)"
    r"(?:最低|标准|每|一个?|人|月|年|是|有|为|要|达到?)*(?:多少|几)[^，。？?]{0,4}[？?呢啊 ]*"
)
_REACHED: Final = re.compile("[到至达]$|达到")
_CORE: Final = re.compile(  # 还|剩|下多少, 那真正|用掉|的呢: what is done
    r"(?:那|又|还|一共|总共|共|实际上?|最后|后来|真正|到底|已经|已)*(?P<does>[\u4e00-\u9fff]{1,12}?)"
    r"(?:了|下来?|掉了?|出去了?)?的?(?:(?:多少|几)[^，。？?]{0,5}|(?=呢))[？?呢啊 ]*"
)
_ASKS: Final = re.compile("多少|几")
_VERB: Final = 2
_PLAINLY, _HALF = 0.7, 0.5  # of the words, wherever it stands, and behind the figure before it
_OTHER: Final = re.compile(r"(?<!\d)(?!\d{4}年)\d")  # a figure, and no year
_CHANGES: Final = re.compile("点|[升降]|提高|回落|扩大|收窄")
_PER: Final = re.compile("每[\u4e00-\u9fff]|人均")
_STANDARDS: Final = re.compile("高标准|标准化|标准厂房")
_NOUN: Final = re.compile("(?:多少|几)[个家户名位]?(?P<noun>[\u4e00-\u9fff]{2})[呢啊呀？?]*$")
_FIGURE: Final = re.compile(r"[，；。、]|\d")
_ANY: Final = ("个", "项", "次")  # count anything
_MANY: Final = (*_ANY, "家", "户", "人", "名", "万人", "人次", "件", "种", "类")  # 关停几家工厂 is not 3家银行
_RATIOS: Final = ("completion", "yoy_pct", "yoy_amount", "share", "rate")
_LEFT: Final = ("balance", "outstanding")
_STOCKS: Final = ("限额", "余额")
_MONEY_OF_A_YEAR: Final = ("amount", "actual", "budget")


def told_then(search: Search, near: Sequence[StoredFact], text: str) -> tuple[StoredFact, ...]:
    """标准提了多少，|提到多少|, |此前多少|: what the sentence says that the figure was before, or came to."""
    ends = [end for pattern, end in ((_BEFORE, FORMER), (_AFTER, "")) if near and pattern.fullmatch(text)]
    for lead in near[-1:] if ends else ():
        name = lead.fact.item.removesuffix(CHANGE).removesuffix(FORMER)
        same = [one for one in _sentence(search, lead) if one.fact.kind == lead.fact.kind]
        return tuple(one for one in same if one.fact.item == name + ends[0])
    return ()


def told_next(search: Search, near: Sequence[StoredFact], text: str) -> tuple[StoredFact, ...]:
    """编了几个项目，|涉及多少资金|: what a part that is only a verb asks for is told next of the figure before it: the
    verb stands between the two, or it is the only one of the kind asked for."""
    core, lead = _CORE.fullmatch(text), near[-1] if near else None
    kinds = kinds_of(text) or ({lead.fact.kind} if lead else set())
    if core is None or lead is None or len(kinds) != 1 or core["does"].endswith(_STOCKS):
        return ()  # 限额|多少 is no verb
    verb = core["does"]
    plainly = len(verb) <= _VERB and _ASKS.search(text)  # 那收入呢 names something
    if not plainly and not any(asked.fullmatch(verb) for asked, _ in _said_as()):
        return ()
    same = _sentence(search, lead)
    ends = {one.id: before.fact.end for before, one in pairwise(same)}
    behind = [one for one in same if one.fact.start > lead.fact.start and one.fact.kind in kinds]
    behind = of_noun(behind, text)
    named = [one for one in behind if _says(plain(one.text[ends[one.id] : one.fact.start]), verb)]
    loose = kinds_of(text) and asking_pattern("later", "loose").fullmatch(verb)
    only = len(behind) == 1 and _next_to(lead, behind[0]) and bool(loose or _REACHED.search(verb))
    named_so = [one for one in same if len(verb) == _VERB and verb in one.fact.item and one.fact.kind in kinds]
    called = of_noun(named_so, text)
    return tuple((named or (behind if only else called if len(called) == 1 else []))[:1])


def spent_of(search: Search, near: Sequence[StoredFact], text: str) -> tuple[StoredFact, ...]:
    """新增专项债券给了多少，|花出去多少了|: what the next sentence says was spent of it by its name."""
    core, lead = _CORE.fullmatch(text), near[-1] if near else None
    if core is None or lead is None or not _says("使用，支出", core["does"]) or lead.fact.measure == "actual":
        return ()
    fact = lead.fact
    spent = [
        one for one in search.store.facts_near(lead.id, 1)
        if one.fact.measure == "actual" and fact.item in one.fact.item and one.fact.kind == fact.kind
        and (one.fact.region, one.fact.period, one.document) == (fact.region, fact.period, lead.document)
    ]  # fmt: skip
    return tuple(spent) if len(spent) == 1 else ()


def said_of(text: str) -> str:
    """还|带着老百姓花|了多少: what a part that is one verb, with what belongs to it, says; "" if only how it asks."""
    core = _CORE.fullmatch(text)
    return core["does"] if core else ""


@cache
def _said_as() -> Sequence[tuple[re.Pattern[str], re.Pattern[str]]]:
    table = cast("dict[str, str]", toml(FILE)["said_as"])
    return tuple((re.compile(asked), re.compile(said)) for asked, said in table.items())


def _says(text: str, verb: str) -> bool:
    """Whether a report says this verb, or what it says for it: 涨到 is 达到, 剩 is 余额; the 用 of 公务用车 is none."""
    said = [pattern for asked, pattern in _said_as() if asked.fullmatch(verb)]
    if any(pattern.search(text) for pattern in said):
        return True
    around = [(text[max(0, at - 1) : at + 1], text[at : at + 2]) for at, char in enumerate(text) if char == verb]
    return (len(verb) > 1 and verb in text) or any(not any(map(is_noun, words)) for words in around)


def told_beside(
    search: Search, near: Sequence[StoredFact], part: Query, *, before: bool = False
) -> tuple[StoredFact, ...]:
    """为67家企业办理业务|99笔|: what a part asks for that stands in the sentence of the figure before it.

    The words of the part stand by the figure, or nothing else in the sentence is counted so (多少笔); ``before``: the
    figure given is that of a later part.
    """
    if not near or part.regions != (near[-1].fact.region,):
        return ()
    told = {one.id for one in near}
    lead, same = near[-1], _sentence(search, near[-1])
    if part.measures and (part.measures[0] in _RATIOS or set(part.measures) & set(_LEFT)):
        return _measured_behind(lead, same, part.measures) if not part.items or _same_line(part, lead) else ()
    open_kind = {lead.fact.kind, "money"} if part.items else {lead.fact.kind}  # 帮了几家企业，|涉及多少贷款
    kinds = frozenset({"count"}) if part.count_word else kinds_of(part.masked) or open_kind
    fits = [
        one for one in same
        if one.id not in told and one.fact.kind in kinds and one.fact.measure in (*_MONEY_OF_A_YEAR, "count", "rate")
        and (not part.count_word or counts_alike(part.count_word, one.fact.unit))
    ]  # fmt: skip
    fits = of_noun(fits, part.masked)
    first, last = span_around(lead)
    here = [one for one in fits if first <= one.fact.start < last]
    words = [piece for piece in pieces_of(part.content) if piece.hard and not says_only(piece.text, ())]
    own_kind = lead.fact.kind not in kinds or part.count_word not in ("", *_ANY)
    alone = here if len(here) == 1 else fits
    told_so = own_kind and (not words or part.count_word not in ("", *_MANY))
    if len(alone) == 1 and told_so and (part.count_word or _next_to(lead, alone[0])):
        return tuple(alone)
    if part.must and lead.fact.rule.startswith("table"):  # 甲集团和乙集团各多少: a row is of one of them
        must = pieces_of(part.must)
        fits = [one for one in fits if all(share(piece, by_figure(one), {}) >= _PLAINLY for piece in must)]
    near_by = [one for one in fits if (one.fact.start < lead.fact.start) == before]
    for some, least in ((here, _PLAINLY), (near_by, _HALF), (fits, _PLAINLY)):
        saying = [one for one in some if sum(share(piece, by_figure(one), {}) for piece in words) >= least * len(words)]
        if words and len(saying) == 1:
            return tuple(saying)
    return _only_one(here or fits, words if own_kind else pieces_of(part.must))


def _next_to(lead: StoredFact, one: StoredFact) -> bool:
    """新建农田5万亩，担保项目1152个、|16.3亿元|: the money is not of what stands before another figure."""
    first, last = sorted((lead, one), key=lambda each: each.fact.start)
    return not _OTHER.search(plain(lead.text[first.fact.end : last.fact.start]))


def may_answer(near: Sequence[StoredFact], part: Query, one: StoredFact) -> bool:
    """Whether a figure may be what a later part asks for: what is given to each only for what each gets, points of a
    change only for a change, and what is counted elsewhere under another name (帮了多少家|企业|) not at all."""
    if not of_noun([one], part.masked):
        return False
    if "百分点" in one.fact.unit and not _CHANGES.search(part.masked):
        return False
    each = bool(asking_pattern("each", "ask").search(part.masked) or _PER.search(part.masked))
    around = _STANDARDS.sub("", _close(one))
    if one.fact.kind == "money" and each != bool(asking_pattern("each", "told").search(around)):
        return not each and not _PER.search(_close(one))
    core = _CORE.fullmatch(part.text)
    bare = one.fact.kind == "money" and core and asking_pattern("later", "loose").fullmatch(core["does"])
    beside = [lead for lead in near[-1:] if sentence_id(lead.id) == sentence_id(one.id)]
    if bare and any(not (_next_to(lead, one) or lead.fact.item in one.fact.item) for lead in beside):
        return False
    asked, words = _NOUN.search(part.masked), [piece.text for piece in pieces_of(part.content) if piece.hard]
    places = {sentence_id(other.id) for other in near}
    return not (asked and words == [asked["noun"]] and not one.fact.key and sentence_id(one.id) not in places)


def _only_one(some: Sequence[StoredFact], words: Sequence[Piece]) -> tuple[StoredFact, ...]:
    """公物仓|调剂|了多少件: the only one whose clause has a word of the part."""
    saying = [one for one in some if any(share(piece, by_figure(one), {}) >= _HALF for piece in words)]
    return tuple(saying) if len(saying) == 1 else ()


def of_noun(some: Sequence[StoredFact], text: str) -> list[StoredFact]:
    """支持几个|项目|: of what is counted by 个, only that which the word stands right beside: not 12个领域."""
    asked = _NOUN.search(text)
    noun = asked["noun"] if asked and is_noun(asked["noun"]) else ""
    return [one for one in some if one.fact.unit not in _ANY or noun in _close(one)]


def _close(one: StoredFact) -> str:
    """The name of a figure and the words around it, up to a mark or another figure."""
    text = plain(one.text[: one.fact.start]), plain(one.text[one.fact.end :])
    return f"{plain(one.fact.item)}|{_FIGURE.split(text[0])[-1]}|{_FIGURE.split(text[1])[0]}"


def counted_beside(search: Search, near: Sequence[StoredFact], part: Query) -> tuple[StoredFact, ...]:
    """向128名…发放补助资金|36.5万元|: the only number of what is counted so, between the same semicolons."""
    if not near or not part.count_word:
        return ()
    lead = near[0]
    first, last = span_around(lead)
    fits = [
        one for one in _sentence(search, lead)
        if first <= one.fact.start < last and one.fact.kind == "count" and counts_alike(part.count_word, one.fact.unit)
    ]  # fmt: skip
    return tuple(fits) if len(fits) == 1 else ()


def named_beside(search: Search, near: Sequence[StoredFact], word: str) -> tuple[StoredFact, ...]:
    """负债总额多少 | 资产负债率呢: the one figure of the sentence that this very word stands before, or names."""
    found: list[StoredFact] = []
    for lead in near[-1:]:
        before = 0
        for one in _sentence(search, lead):
            own = plain(one.text[before : one.fact.start])
            if word in re.split("[，；。：]", own)[-1] or plain(one.fact.item).endswith(word):
                found.append(one)
            before = one.fact.end
    new = [one for one in found if one.id not in {told.id for told in near}]
    alike = [one for one in new if one.fact.kind == near[-1].fact.kind] or new  # 14.13亿元 | 584笔、24.77亿元
    firsts = {_line(one): one for one in reversed(alike)}
    return tuple(firsts.values()) if len(firsts) == 1 and len(found) == len(new) else ()


def _sentence(search: Search, lead: StoredFact) -> list[StoredFact]:
    """The figures of the sentence of another one, of its place, in their order."""
    same = search.store.facts_of_sentences([sentence_id(lead.id)])
    return sorted((one for one in same if one.fact.region == lead.fact.region), key=lambda one: one.fact.start)


def span_around(lead: StoredFact) -> tuple[int, int]:
    """Where the semicolons around a figure stand."""
    marks = [match.start() for match in re.finditer("[；;]", lead.text)]
    first = max((at for at in marks if at < lead.fact.start), default=0)
    return first, min((at for at in marks if at > lead.fact.start), default=len(lead.text))


def _same_line(part: Query, lead: StoredFact) -> bool:
    """Whether a part asks of the very line that the figure before it is of."""
    return any(lead.fact.key in item.keys or lead.fact.item == item.name for item in part.items)


def _measured_behind(
    lead: StoredFact, same: Sequence[StoredFact], measures: Sequence[Measure]
) -> tuple[StoredFact, ...]:
    """化解暂付款6.79亿元，完成年度任务的|238.4%|: the first such figure behind, of what the one before it is of."""
    wanted = {own for measure in measures for own in CHAINS[measure]}
    behind = [one for one in same if one.fact.start > lead.fact.start and one.fact.measure in wanted]
    own = bool(behind) and _line(behind[0]) == _line(lead)
    return (behind[0],) if own else ()


def _line(one: StoredFact) -> str:
    return one.fact.key or one.fact.item


def by_figure(one: StoredFact) -> str:
    """What stands by a figure: its name, the clause before it, the clause behind it."""
    return f"{plain(one.fact.item)}，{clause(one)}，{clause_behind(plain(one.text[one.fact.end :]), long=True)}"
