"""Ratios whose two figures a report gives in other sentences: 低于限额, 债务率, 支出进度.

    限额524850万元 … 余额507784万元 … 余额低于限额17066万元              524850－507784 ＝ 17066
    余额507784万元 … 债务率为51.5%（债务余额/综合财力986540万元）        507784÷986540 ＝ 51.47%
    新增专项债券51600万元 … 新增专项债券资金已支出46130万元，支出进度89.4%   46130÷51600 ＝ 89.40%

What a percentage is of may be reckoned otherwise than it is named, so of these only a plain slip is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from index.check.adding import STATE, Sum, compared
from index.check.cause import SLIPS_OF_HAND, cause, printed, shown
from index.check.models import Finding
from index.check.paper import Entry, Paper, is_against
from index.facts.printed import Printed, grain, value
from index.lexicon import toml
from index.models import Fact, Sentence
from index.text.normal import plain

_BELOW: Final = re.compile(
    r"(?P<of>[^，,；;。]{0,24})(?:(?:低于|少于)[^，,；;。]{0,8}限额|(?:距|离)[^，,；;。]{0,12}限额(?:尚有|还有|有|差))(?:约|共)?$"
)
_CAPACITY: Final = re.compile("综合财力(?:为|共|约)?$")
_PROGRESS: Final = re.compile("(?:进度|支出率|使用率|拨付率)(?:为|达到?|约)*$")
_NAMED: Final = re.compile("(?P<what>[\u4e00-\u9fff]{2,})(?:率|进度)(?:仅|只|为|达到?|约)*$")
_ENDED: Final = re.compile("[；;。]")
_PAIR: Final = 2
_KINDS: Final = {"一般": "-general", "专项": "-special"}
_LOOSE: Final = frozenset({"rough", "quote", "unit_missing", "unit_unsure"})


def of_ratios(paper: Paper) -> Iterator[Finding]:
    """All findings of these kinds."""
    for sentence, facts in paper.prose():
        entries = paper.entries(sentence)
        for entry in entries:
            if (match := _BELOW.search(entry.gap)) and not _LOOSE & set(entry.fact.flags):
                yield from _below(paper, entry.fact, match["of"])
        yield from _of_capacity(paper, facts, entries)
        yield from _progress(paper, sentence, facts)
        yield from _named(paper, sentence, facts)


def _debts(paper: Paper, key: str, measure: str, like: Fact) -> list[Fact]:
    """What a report prints as one kind of debt at the end of a figure's year, one of each value."""
    year = like.period.last_year
    facts = [
        fact for fact in paper.by_key.get(key, [])
        if fact.measure == measure and (fact.region, fact.period.last_year) == (like.region, year)
        and not fact.qualifiers and not _LOOSE & set(fact.flags) and paper.sentences[fact.sentence].kind == "text"
    ]  # fmt: skip
    words = {fact: plain(paper.sentences[fact.sentence].text[: fact.start]) for fact in facts}
    facts = [fact for fact in facts if not _BELOW.search(words[fact]) and not is_against(words[fact])]
    return list({fact.number: fact for fact in facts}.values())


def _below(paper: Paper, room: Fact, words: str) -> Iterator[Finding]:
    """How far a debt is below its ceiling: of all pairs of one level, one must make it."""
    kind = next((end for word, end in _KINDS.items() if word in words), "")
    pairs = [
        Sum(((1, limit), (-1, balance)))
        for limit in _debts(paper, f"debt-limit{kind}", "limit", room)
        for balance in _debts(paper, f"debt-balance{kind}", "outstanding", room)
        if value(limit) >= value(balance) and _is_of_level(limit, balance)
    ]
    if pairs and not any(one.range.meets(Printed.rounded(room)) for one in pairs):
        yield from compared(paper, "限额", room, pairs[0], closed=True, sure=False, whole=len(pairs) == 1)


def _is_of_level(limit: Fact, balance: Fact) -> bool:
    return not limit.scope or not balance.scope or limit.scope == balance.scope


def _of_capacity(paper: Paper, facts: Sequence[Fact], entries: Sequence[Entry]) -> Iterator[Finding]:
    """债务率 ＝ 债务余额 ÷ 综合财力."""
    rate = next((fact for fact in facts if fact.key == "debt-ratio" and fact.kind == "percent"), None)
    base = next((one.fact for one in entries if _CAPACITY.search(one.gap)), None)
    if rate is not None and base is not None:
        yield from _of(paper, "债务率", rate, _debts(paper, "debt-balance", "outstanding", rate), [base])


def _named(paper: Paper, sentence: Sentence, facts: Sequence[Fact]) -> Iterator[Finding]:
    """资产318.6亿元，负债196.5亿元，资产负债率61.7%; 收到9.73亿元，已分配9.58亿元，分配进度98.5%: what a rate is of, by
    its name, each the only one before it in its sentence."""
    for rate in facts:
        match = _NAMED.search(sentence.text[: rate.start]) if rate.kind == "percent" else None
        before = [one for one in paper.entries(sentence) if one.fact.end <= rate.start and not one.depth]
        if match is None:
            continue
        names = next((one for one in toml("check.toml")["ratios"] if match["what"].endswith(one["of"])), None)
        if names is not None and "keys" in names:
            parts, wholes = (_figures_of(paper, key, rate) for key in names["keys"])
        elif names is not None:
            parts, wholes = ([one.fact for one in before if names[side] in one.gap] for side in ("part", "whole"))
        elif len(before) < _PAIR:
            continue
        else:
            parts = [before[-1].fact] if match["what"][-2:] in before[-1].gap and before[-1].is_state else []
            wholes = [before[-2].fact] if before[-2].is_state and not _ENDED.search(before[-1].since) else []
        if len(parts) == len(wholes) == 1 and value(parts[0]) > 0 and (names or value(parts[0]) <= value(wholes[0])):
            kind = names["of"] if names else match["what"][-2:]
            yield from _of(paper, f"{kind}率", rate, parts, wholes)


def _figures_of(paper: Paper, key: str, rate: Fact) -> list[Fact]:
    """What was done of a book in the rate's year and at its level, if a report gives it but once."""
    place = (rate.region, rate.scope or "whole", rate.period.last_year)
    facts = [
        fact for fact in paper.by_key.get(key, [])
        if fact.measure == "actual" and fact.kind == "money" and not _LOOSE & set(fact.flags)
        and (fact.region, fact.scope or "whole", fact.period.last_year) == place
    ]  # fmt: skip
    return [min(facts, key=grain)] if facts else []


def _progress(paper: Paper, sentence: Sentence, facts: Sequence[Fact]) -> Iterator[Finding]:
    """What was spent of what was got: of the figures of that name, or before it, as far as they are no less."""
    for now, rate in pairwise(facts):
        told = rate.measure == "completion" and now.kind == "money" and value(now) > 0
        if not told or not _PROGRESS.search(sentence.text[now.end : rate.start]):
            continue
        bases = [
            fact for fact in paper.by_key.get(now.key, [])
            if fact.kind == "money" and fact.sentence != now.sentence
            and (fact.region, fact.period.last_year) == (now.region, now.period.last_year)
        ]  # fmt: skip
        bases += [fact for fact in facts if fact.kind == "money" and fact.end <= now.start]
        bases = [one for one in bases if one.measure in STATE and value(one) >= value(now)]
        yield from _of(paper, "完成率", rate, [now], [one for one in bases if not _LOOSE & set(one.flags)])


def _of(paper: Paper, kind: str, rate: Fact, parts: Sequence[Fact], wholes: Sequence[Fact]) -> Iterator[Finding]:
    """A percentage that is of none of the pairs, though a slip of it is of one."""
    pairs = [
        (part, whole, made) for part in parts for whole in wholes
        if (made := Printed.rounded(part).over(Printed.rounded(whole))) is not None
    ]  # fmt: skip
    if _LOOSE & set(rate.flags) or any(made.meets(Printed.of(rate)) for _, _, made in pairs):
        return
    for part, whole, made in pairs:
        if (why := cause(rate, made)) in SLIPS_OF_HAND:
            should = shown(value(part) / value(whole) * 100, rate)
            total = f"{printed(part)} ÷ {printed(whole)} ＝ {should}，印的是 {printed(rate)}"
            yield paper.finding(kind, "疑", [rate, part, whole], total, should, why)
            return
