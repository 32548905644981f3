"""A question that reckons with things, each of which is found as a question for it alone would find it.

    护林补助和造林补助加起来多少 -> 护林补助多少 | 造林补助多少 -> what both come to
    文旅专项比人才专项多多少 -> 文旅专项多少 | 人才专项多少 -> how far they are apart

The later things are asked for as in a dialogue, so that they are of the place, the year and the level of the first.
What no question of its own answers is missing here, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from index.ask.agree import groups
from index.ask.expressions import Words, expressions, pattern_of
from index.ask.kin import siblings
from index.ask.query import Query
from index.ask.question import understand
from index.ask.reading import asks_uncomputed, names_thing
from index.ask.reckoned import GROWN, RATIOS, Operation, Reckoned, Respect, line_of, reckon, respects_of
from index.ask.reckoning import answer_of, as_printed, as_told, missing
from index.ask.scoping import find_scope
from index.ask.search import Search
from index.ask.side_words import inner_places, stage_in, veiled
from index.ask.sides import LEVELS, Direction, Expression, Side, is_of_account_meant, name_of
from index.ask.summing import adds_plainly, alone, summands
from index.ask.told.figures import by_level, held
from index.ask.vocabulary import pattern_in
from index.ask.wording import period_name
from index.lexicon import toml
from index.models import Answer, Figure, StoredFact
from index.text.normal import plain

Ask = Callable[[str, Query | None], tuple[Query | None, Answer]]

MOST: Final = 5
_WORD: Final = 2  # characters that tell a thing
_AMOUNT: Final = re.compile(r"\d[\d.]*个?[亿万]")
_SET_AGAINST: Final[tuple[Operation, ...]] = ("gap", "share", "times")


@dataclass(frozen=True, slots=True)
class Things:
    """What is to be made of things, and their words in the order of the text, "" for what was told before; ``turned``:
    for ``reckon`` the last is first.  ``tail`` is how the figure of each is asked for."""

    operation: Operation
    said: tuple[str, ...]
    turned: bool = False
    tail: str = "多少"
    direction: Direction = ""


def answer_things(
    search: Search, query: Query, answer: Answer, last: Query | None, ask: Ask, *, unread: bool
) -> Answer | None:
    """The figure, or what of it is missing; None where the question reckons with nothing, or ``answer`` may be it:
    ``unread`` if it is none in any case."""
    told = [] if unread else _asked(answer)
    if any(one.derived or one.measure in RATIOS for one in told):
        return None
    if query.shape == "quote" or asks_uncomputed(query.text):
        return None
    given = {one.fact_id for one in told}
    if made := _of_all_told(search, query, answer):
        return answer_of(made, None, query)
    for things in things_of(search, query, last):
        found = _looked_up(search, query, things, last, ask)
        there = {one.id for side in found for one in side.facts}
        if given and not given <= there and _names_all(search, answer, found):
            continue  # the report prints what is asked for
        sides = found[::-1] if things.turned else found
        asked = Expression(things.operation, tuple(side.query for side in sides), things.direction)
        if made := _made(search, things, sides, query.unit):
            return answer_of(as_printed(search, as_told(search, made)), asked, query)
        if given and _is_one_of(things, sides, given, query):
            return missing(search, asked, query, sides)
    return None


def answer_by_name(search: Search, query: Query, answer: Answer, last: Query | None, ask: Ask) -> Answer | None:
    """学前教育发展资金占几成, reckoned with 学前教育: with the figure whose very name the question has; else None."""
    told, used = _asked(answer)[:1], search.facts_of(answer, asked=False)
    reckoned = bool(told) and told[0].derived and told[0].measure not in GROWN
    if not reckoned or len(_in_words(query, used)) == len(used):
        return None
    for things in things_of(search, query, last):
        sides = _looked_up(search, query, things, last, ask)
        sides = sides[::-1] if things.turned else sides
        made = _made(search, things, sides, query.unit)
        if made is None or (made.figure.unit != told[0].unit and "%" in (made.figure.unit, told[0].unit)):
            continue
        new = [one for one in made.facts if one.id not in {other.id for other in used}]
        if new and len(_in_words(query, new)) == len(new):
            asked = Expression(things.operation, tuple(side.query for side in sides), things.direction)
            return answer_of(as_printed(search, as_told(search, made)), asked, query)
    return None


def _in_words(query: Query, facts: Sequence[StoredFact]) -> list[StoredFact]:
    """Those whose name the question has as it is printed, and no longer one: 学前教育|发展资金, 其他|普通教育."""
    ends = pattern_of("name_ends")
    names = {one.id: plain(one.fact.item) for one in facts}
    at = {one.id: query.text.find(names[one.id]) for one in facts}
    return [
        one for one in facts
        if at[one.id] >= 0 and not query.text[: at[one.id]].endswith("其他")
        and ends.match(query.text, at[one.id] + len(names[one.id]))
    ]  # fmt: skip


def _of_all_told(search: Search, query: Query, answer: Answer) -> Reckoned | None:
    """蓬江区和江海区合计分了多少, answered with the figure of each: what they come to."""
    facts = search.facts_of(answer) if answer.status == "answered" else []
    slots = (inner_places(search, query.regions), query.items, query.periods)
    if not alone(query) or len(facts) < 2 or [len(slot) for slot in slots if len(slot) > 1] != [len(facts)]:
        return None
    return reckon("sum", facts, unit=query.unit) if pattern_in("relation", "sum").search(query.text) else None


def _is_one_of(things: Things, sides: Sequence[Side], given: AbstractSet[int | None], query: Query) -> bool:
    """Whether what was given is of one of the things, or of none though each has a figure: no answer for all."""
    there = {one.id for side in sides for one in side.facts}
    if all(side.facts for side in sides):
        return given < there or not given <= there
    return given <= there and (things.operation != "sum" or adds_plainly(query.text))


def _names_all(search: Search, answer: Answer, found: Sequence[Side]) -> bool:
    """教育、科技支出合计120亿元: whether what the report says of the figure has a word of each thing."""
    told = "".join(f"{one.fact.item}{plain(one.fact.label)}" for one in search.facts_of(answer))
    return all(any(word[:_WORD] in told for word in side.query.content) for side in found)


def _asked(answer: Answer) -> list[Figure]:
    return [one for one in answer.figures if one.asked] if answer.status == "answered" else []


# ---------------------------------------------------------------------------------------------- what is named


def things_of(search: Search, query: Query, last: Query | None) -> Iterator[Things]:
    """What a question may reckon with, the likeliest first."""
    if pattern_in("relation", "sum").search(query.text):
        places = inner_places(search, query.regions)
        if 1 < len(places) <= MOST and (things := _in_places(search, query, places)):
            yield things
        *pieces, end = _in_row(query.text) or summands(search, query) or [""]
        end, _, asking = end.partition("，")
        if end and 0 < len(pieces) < MOST and not pattern_of("asking").search("".join((*pieces, end))):
            yield Things("sum", (*pieces, end), tail=asking.strip("，") or "多少")
    seen, shown = veiled(query, query.text)
    for words in chain(expressions(seen, _SET_AGAINST), expressions(seen, _SET_AGAINST, loose=True)):
        told = replace(words, first=shown(words.first), second=shown(words.second), both=shown(words.both))
        if things := _set_against(search, query, told, of_told=bool(last and last.figures)):
            yield things


def _in_places(search: Search, query: Query, places: Sequence[str]) -> Things | None:
    """台山、开平两家|分到的限额|加起来: the words for the first place, the names of the others."""
    text = query.text
    named = [(start, end) for start, end, codes in search.atlas.names.find(text) if set(codes) & set(places)]
    added = pattern_in("relation", "sum").search(text, named[-1][1]) if named else None
    if len(named) != len(places) or added is None:
        return None
    counted = pattern_in("relation", "counted").match(text, named[-1][1])
    about = text[: named[0][1]] + text[counted.end() if counted else named[-1][1] : added.start()]
    others = (text[start:end] for start, end in named[1:])
    return Things("sum", (about.strip("，的"), *others), tail=text[added.end() :].strip("，是有") or "多少")


def _in_row(text: str) -> list[str]:
    """用款计划|四个季度|加起来: the words for each of them."""
    row = toml("asking.toml")["series"]
    found = re.search(row["ask"], text)
    if found is None:
        return []
    end = pattern_in("relation", "sum").search(text, found.end())
    about = text[: found.start()] + "{}" + text[found.end() : end.start() if end else None]
    return [about.format(each) if number == 0 else each for number, each in enumerate(row["each"])]


def _set_against(search: Search, query: Query, words: Words, *, of_told: bool) -> Things | None:
    """The two sides as they stand in the text; what is said of both belongs to one that names nothing."""
    sides = [pattern_of("edges").sub("", side) for side in (words.first, words.second)]
    sides = [pattern_in("told", "this").sub("", side) for side in sides]
    if any(pattern_of("asking").search(side) or _AMOUNT.search(side) for side in sides) or not any(sides):
        return None  # 会不会超过240亿
    if not all(sides):  # 比文旅专项多多少, 占民生支出几成: what was told is set against it
        other = sides[0] if words.operation == "share" else sides[1]
        return Things(words.operation, ("", other)) if of_told and _names_other(search, query, other) else None
    turned = 0 <= query.text.find(sides[1]) < query.text.find(sides[0])
    first, second = reversed(sides) if turned else sides
    if words.operation == "share":
        turned = not turned  # the whole is first in the words, the part for ``reckon``
    if words.operation != "share" and not names_thing(search, query, first):  # 市级和各区的|债务余额
        first += words.both if names_thing(search, query, words.both) else _matter(search, query, second)
    unit = f"多少{query.count_word}" if query.count_word else "多少"
    return Things(words.operation, (first, second), turned, words.verb + unit, words.direction)


def _names_other(search: Search, query: Query, said: str) -> bool:
    """比|农林水支出|多多少, 比|西工区|多多少: another thing, or another place or level."""
    own = understand(said, search.atlas, query.regions)
    return names_thing(search, query, said) or bool((own.regions or own.scope) and not (own.periods or own.compared))


def _matter(search: Search, query: Query, said: str) -> str:
    """各区的|债务余额: the words of a thing without those of its place, year and level."""
    return "".join(understand(said, search.atlas, query.regions).content)


# ---------------------------------------------------------------------------------------------- what is found


def _looked_up(search: Search, whole: Query, things: Things, last: Query | None, ask: Ask) -> list[Side]:
    """Each thing with its figures, () if it has none of its own."""
    found: list[Side] = []
    for number, said in enumerate(things.said):
        if last is not None and not said:
            found.append(Side(last, tuple(held(search, last))))
            continue
        text = said if number else _head(search, whole, things.said) + said
        bare = number and things.tail == "多少"
        query, answer = ask(f"{text.removesuffix('的')}呢" if bare else text + things.tail, last)
        facts = search.facts_of(answer) if answer.status == "answered" else []
        if query is None or any(one.derived for one in _asked(answer)):
            return []
        found.append(Side(query, tuple(facts)))
        last = query
    return found


def _head(search: Search, whole: Query, said: Sequence[str]) -> str:
    """The place, the year and the level of the whole question that the words of its first thing leave out; a level
    that another of them names is not of the first."""
    own, *others = (understand(each, search.atlas, whole.regions) for each in said)
    place = "" if own.regions or len(whole.regions) != 1 else search.atlas.full_name(whole.regions[0])
    year = "" if own.periods or len(whole.periods) != 1 else period_name(whole.periods[0])
    return f"{place}{year}{'' if any(one.scope for one in (own, *others)) else whole.scope_words}"


def _made(search: Search, things: Things, sides: Sequence[Side], unit: str) -> Reckoned | None:
    """What the figures make, if they differ in nothing but what the words of the things tell apart."""
    widest = things.operation == "gap" and not any(find_scope(said).scope for said in things.said)
    facts = _on_one_level([side.facts for side in sides], widest=widest)
    if len(facts) < max(2, len(things.said)):
        return None
    respects = respects_of(facts)
    if not respects:  # 专项债、一般债的本息, both 应还本付息 under their own heads: called as they are asked for
        facts = [replace(one, fact=replace(one.fact, item=name_of(side.query), key=""))
                 for one, side in zip(facts, sides, strict=True)]  # fmt: skip
    elif {one.fact.measure for one in facts} == {"limit", "outstanding"}:
        respects -= {"stage"}
    if not respects <= _told_apart(search, things):
        return None
    meant = all(is_of_account_meant(side.query, one) for side, one in zip(sides, facts, strict=True))
    if things.operation in ("share", "times") and not meant and len({one.fact.account for one in facts}) > 1:
        return None  # 转移支付占支出几成: no 政府性基金转移支付 over the general budget
    if things.operation == "share" and siblings([facts[0].fact.key], [facts[1].fact.key]):
        return None  # 教育支出里农林水占几成
    return reckon(things.operation, facts, unit=unit, across=True)


def _on_one_level(each: Sequence[Sequence[StoredFact]], *, widest: bool) -> list[StoredFact]:
    """A figure of each thing, all of the first level that all have one of; else of each the only one.  What is of
    another kind (120个项目 beside 18亿元), or of a line that not all are of, is left out.  ``widest``: only of the
    widest level that one of them is told of; where no level is named, a narrower one is not meant."""
    for told in (_kind, line_of):
        common = set.intersection(*({told(one) for one in some} for some in each)) if each else set()
        each = [[one for one in some if told(one) in common] for some in each] if common else each
    if not each or not all(each):
        return []
    levels = dict.fromkeys(one.fact.scope or "whole" for one in each[0])
    if widest:
        told_of = {one.fact.scope or "whole" for some in each for one in some}
        levels = dict.fromkeys([level for level in LEVELS if level in told_of][:1])
    for level in levels:
        there = [groups([one for one in some if (one.fact.scope or "whole") == level]) for some in each]
        if all(len(some) == 1 for some in there):
            return [some[0][0] for some in there]
    alone = [by_level(some) for some in each]
    return [some[0] for some in alone] if all(len(some) == 1 for some in alone) else []


def _kind(one: StoredFact) -> str:
    return one.fact.kind


def _told_apart(search: Search, things: Things) -> set[Respect]:
    """In what the things differ by their own words."""
    own = [understand(said, search.atlas) for said in things.said]
    apart: set[Respect] = {"line"}
    apart |= {"place"} if any(one.regions for one in own[1:]) else set()
    apart |= {"level"} if any(one.scope for one in own) else set()
    apart |= {"year"} if any(one.periods for one in own[1:]) else set()
    return apart | ({"stage"} if any(map(stage_in, things.said)) else set())
