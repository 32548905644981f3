"""The parts of a figure that a question names in short, from the sentences that list them.

    "国资收入里股利、股息收入多少，三鑫、华新各多少" -> 三鑫金铜分红收入 16166万元 … , both 其中 of 股利、股息收入

The lexicon does not know such parts; the report does: they stand beside their whole and name it as their parent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.ask.clauses import clause_behind
from index.ask.pick.cues import kinds_of
from index.ask.pick.identity import CHANGE, FORMER, clause
from index.ask.pick.wanted import says_only
from index.ask.pick.words import share
from index.ask.pieces import pieces_of
from index.ask.query import Query
from index.ask.search import Search
from index.ask.select import counts_alike
from index.models import Measure, StoredFact
from index.store.lookup import sentence_id
from index.text.normal import plain

_AROUND = 1  # a list of parts is the sentence itself or the next one
_SHORTEST = 2
_LONGEST = 40
_PARTED = re.compile(r"[、，；和与及跟\s]+")
_ASKED = re.compile(
    r"(?P<words>[^？?]+?)(?:这[几两三四五]项)?(?:各自|各|分别)(?:[是有为占花要投用]|安排|完成|支出|收入)*(?:多少|几)"
)
_BEFORE = re.compile(
    r"(?:提标?|涨|调整?|升|降|改)?(?:此前|之前|以前|原来|原先)(?:是|有|为)?(?:多少|几)[^，。？?]{0,4}[？?呢啊 ]*"
)
# 涨了多少，|涨完最低一个月多少|: the level that a change led to
_AFTER = re.compile(
    r"(?:(?:涨|提标?|调整?|升|降|加|减|增|改|砍|压)(?:了?之?以?后|完|好|到|至|成)了?|现在|如今|目前)"
    r"(?:最低|标准|每|一个?|人|月|年|是|有|为|要|达到?)*(?:多少|几)[^，。？?]{0,4}[？?呢啊 ]*"
)
_REACHED = re.compile("[到至达]$|达到")
_KIND = re.compile("(?<=..)(?:类|部分|方面|这块|那块)的?$")
_ONLY_VERB = re.compile(
    r"(?:又|一共|总共|共|还|实际上?|最后|后来|真正|到底|已经|已)*(?P<verb>[\u4e00-\u9fff]{1,2}?)(?:了|掉了?|出去了?)?"
    r"(?:多少|几)[^，。？?]{0,5}[？?呢啊 ]*"
)
_PLAINLY, _HALF = 0.7, 0.5  # of the words, wherever it stands, and behind the figure before it
_ANY = ("个", "项", "次")  # count anything
_MANY = (*_ANY, "家", "户", "人", "名", "万人", "人次", "件", "种", "类")  # and these much: 关停几家工厂 is not 3家银行
_RATIOS = ("completion", "yoy_pct", "yoy_amount", "share", "rate")
_MONEY_OF_A_YEAR = ("amount", "actual", "budget")


def parts_told(search: Search, wholes: Sequence[StoredFact], text: str) -> tuple[StoredFact, ...]:
    """One part for each word of an enumeration (三鑫、华新各多少), in their order; () if a word has none or several."""
    enumeration = _ASKED.search(text)
    pieces = _PARTED.split(enumeration["words"]) if enumeration else ()
    words = [piece for piece in pieces if len(piece) >= _SHORTEST]  # 再融资|债，一般债和专项债
    found = parts_in(search, wholes, words)
    return found if len(found) > 1 else ()


def parts_in(search: Search, wholes: Sequence[StoredFact], words: Sequence[str]) -> tuple[StoredFact, ...]:
    """The parts of one of the wholes that the words name, all of them, in their order; else ()."""
    for whole in wholes if words else ():
        listed = [one for one in search.store.facts_near(whole.id, _AROUND) if _is_part(one, whole)]
        found = [one for word in words for one in _split(listed, word)] if listed else []
        named_all = found and all(_split(listed, word) for word in words)
        if named_all and len({one.id for one in found}) == len(found):
            return tuple(found)
    return ()


def told_on(search: Search, near: Sequence[StoredFact], text: str) -> tuple[StoredFact, ...]:
    """编了几个项目，|涉及多少资金: a part that is only a verb asks for what is told next of the figure before it.

    The verb stands between the two, or the next figure is the only one of the kind asked for.
    """
    verb = _ONLY_VERB.fullmatch(text)
    if verb is None or not near:
        return ()
    lead = near[-1]
    kinds = kinds_of(text) or {lead.fact.kind}
    if len(kinds) != 1:
        return ()
    behind = [
        one
        for one in search.store.facts_of_sentences([sentence_id(lead.id)])
        if one.fact.start > lead.fact.start and one.fact.kind in kinds and one.fact.region == lead.fact.region
    ]
    behind.sort(key=lambda one: one.fact.start)
    said = _REACHED if _REACHED.search(verb["verb"]) else re.compile(re.escape(verb["verb"]))  # 涨到 is 达到
    named = [one for one in behind if said.search(plain(one.text[lead.fact.end : one.fact.start]))]
    only = len(behind) == 1 and (kinds_of(text) or _REACHED.search(verb["verb"]))
    found = named or (behind if only else [])
    return tuple(found[:1])


def told_beside(search: Search, near: Sequence[StoredFact], part: Query) -> tuple[StoredFact, ...]:
    """为67家企业办理业务|99笔|: what a part asks for that stands in the sentence of the figure before it.

    The words of the part stand by the figure, or nothing else in the sentence is counted so (多少笔).
    """
    if not near or part.regions != (near[-1].fact.region,):
        return ()
    told = {one.id for one in near}
    lead = near[-1].fact
    if part.measures:
        return _ratio_behind(search, near[-1], part.measures) if not part.items else ()
    kinds = frozenset({"count"}) if part.count_word else kinds_of(part.masked) or {lead.kind}
    fits = [
        one
        for one in search.store.facts_of_sentences([sentence_id(near[-1].id)])
        if one.id not in told and one.fact.kind in kinds and one.fact.region == lead.region
        and one.fact.measure in (*_MONEY_OF_A_YEAR, "count", "rate")
        and (not part.count_word or counts_alike(part.count_word, one.fact.unit))
    ]  # fmt: skip
    words = [piece for piece in pieces_of(part.content) if piece.hard and not says_only(piece.text, ())]
    own_kind = kinds != {lead.kind} or part.count_word not in ("", *_ANY)
    if len(fits) == 1 and own_kind and (not words or part.count_word not in ("", *_MANY)):
        return tuple(fits)
    if not words:
        return ()
    lead_at = near[-1].fact.start
    for some, least in (([one for one in fits if one.fact.start > lead_at], _HALF), (fits, _PLAINLY)):
        saying = [one for one in some if sum(share(piece, _by(one), {}) for piece in words) >= least * len(words)]
        if len(saying) == 1:
            return tuple(saying)
    return ()


def _ratio_behind(search: Search, lead: StoredFact, measures: Sequence[Measure]) -> tuple[StoredFact, ...]:
    """化解暂付款6.79亿元，完成年度任务的|238.4%|: the first such ratio of what the figure before it is of."""
    behind = [
        one
        for one in search.store.facts_of_sentences([sentence_id(lead.id)])
        if one.fact.start > lead.fact.start and one.fact.measure in measures and one.fact.measure in _RATIOS
        and one.fact.region == lead.fact.region
    ]  # fmt: skip
    first = min(behind, key=lambda one: one.fact.start, default=None)
    return (first,) if first and (first.fact.key or first.fact.item) == (lead.fact.key or lead.fact.item) else ()


def _by(one: StoredFact) -> str:
    """What stands by a figure: its name, the clause before it, the clause behind it."""
    return f"{plain(one.fact.item)}，{clause(one)}，{clause_behind(plain(one.text[one.fact.end :]), long=True)}"


def told_before(search: Search, near: Sequence[StoredFact], text: str) -> tuple[StoredFact, ...]:
    """标准提到多少，|此前多少: what the sentence says that the figure was before."""
    if not near or not _BEFORE.fullmatch(text):
        return ()
    lead = near[-1]
    same = search.store.facts_of_sentences([sentence_id(lead.id)])
    return tuple(
        one for one in same if one.fact.item == f"{lead.fact.item}{FORMER}" and one.fact.kind == lead.fact.kind
    )


def told_after(search: Search, near: Sequence[StoredFact], text: str) -> tuple[StoredFact, ...]:
    """标准提了多少，|提到多少|: what the sentence says that the figure came to by the change before."""
    if not near or not _AFTER.fullmatch(text):
        return ()
    name = near[-1].fact.item.removesuffix(CHANGE).removesuffix(FORMER)
    same = search.store.facts_of_sentences([sentence_id(near[-1].id)])
    return tuple(one for one in same if one.fact.item == name and one.fact.kind == near[-1].fact.kind)


def _split(listed: Sequence[StoredFact], word: str) -> tuple[StoredFact, ...]:
    """The part a word names, or the parts that words without a mark between them name: 养老医疗失业.

    Every rest is looked at once, so a long word costs little.
    """
    if len(word) > _LONGEST:
        return ()
    rests: dict[int, tuple[StoredFact, ...]] = {}  # by where they begin
    for start in range(max(0, len(word) - _SHORTEST), -1, -1):
        whole = _named(listed, word[start:])
        rests[start] = (whole,) if whole else ()
        for cut in range(start + _SHORTEST, len(word) - _SHORTEST + 1):
            if rests[start]:
                break
            first = _named(listed, word[start:cut]) if rests[cut] else None
            rests[start] = (first, *rests[cut]) if first else ()
    return rests.get(0, ())


def _is_part(one: StoredFact, whole: StoredFact) -> bool:
    own, of = one.fact, whole.fact
    alike = (own.region, own.scope, own.kind) == (of.region, of.scope, of.kind)
    alike = alike and own.period.text == of.period.text  # a stock is of a date, its parts may be of the year
    named = own.parent == of.item or own.parent.endswith(of.item)  # 本单位政府采购预算
    return alike and named and own.measure in _MONEY_OF_A_YEAR and one.document == whole.document


def _named(listed: Sequence[StoredFact], word: str) -> StoredFact | None:
    """The only part whose name holds the word, or the only one that begins with it."""
    word = _KIND.sub("", word)
    holding = [one for one in listed if word in one.fact.item or word in _printed(one)]
    leading = [one for one in holding if one.fact.item.startswith(word)]
    some = leading if len(leading) == 1 else holding or [one for one in listed if _means(one, word)]
    return some[0] if len(some) == 1 else None


def _means(one: StoredFact, word: str) -> bool:
    """买货物 for 政府采购货物类项目: every word of it, or one that means the same, is in the name of the part."""
    pieces = [piece for piece in pieces_of((word,)) if not piece.keys and not says_only(piece.text, ())]
    return bool(pieces) and all(share(piece, plain(one.fact.item), {}) >= _PLAINLY for piece in pieces)


def _printed(one: StoredFact) -> str:
    """How the report itself calls it: 保费收入 for 保险费收入."""
    return re.split(r"[，、；：。]|其中", plain(one.text[: one.fact.start]))[-1]
