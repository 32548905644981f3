"""A question that is answered with yes or no -> the figure that decides it, and 是 or 不是 where it is sure.

    三公经费压下来了没有 -> 是：下降 7.9%          收入破百亿没有 -> 是：115.37 亿元，超过 100 亿元

The figure is that of the answer, or one that stands beside it: the change of what is asked to have risen or fallen,
the completion of what is asked to have met its budget, the limit of a debt.  An answer that has none says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from index.ask import wording
from index.ask.bounds import amount_of, exact, keeps
from index.ask.bounds import asked as bound_words
from index.ask.figures import shown
from index.ask.pick.cues import fired, wishes
from index.ask.pick.identity import MOVED
from index.ask.query import Query
from index.ask.search import Search
from index.ask.vocabulary import asking_pattern, has
from index.ask.why import asks_why
from index.ask.wording import level_of
from index.models import Answer, Figure, Measure, StoredFact
from index.text.normal import before_value, plain

Answered = Callable[[str], tuple[Query | None, Answer]]
_YES: Final = {True: "是", False: "不是"}
_CHANGES: Final[tuple[Measure, ...]] = ("yoy_pct", "yoy_amount")
_RATES: Final[tuple[Measure, ...]] = ("share", "completion", "rank", "rate")
_WAYS: Final = (("doubled", ">=100%"), ("halved", "<=-50%"), ("fell", "<0%"), ("rose", ">0%"))
_HOLDS: Final = {">": "超过", ">=": "达到", "<": "低于", "<=": "没有超过"}
_MIRRORED: Final = {">": "<", ">=": "<=", "<": ">", "<=": ">="}  # 超过 a fall is below its number
_FAILS: Final = {">": "没有超过", ">=": "没有达到", "<": "不低于", "<=": "超过"}
_BLANK: Final = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=\S)")
_CLAUSE: Final = re.compile(r"[^，。；\s]+[？?]?|[^，。；\s]+")
_LOOSE: Final = frozenset({"same_basis", "rough"})


@dataclass(frozen=True, slots=True)
class Claim:
    """``bounds`` are what the figure keeps within if the claim holds; ``of`` says which figure that is."""

    of: Literal["change", "figure", "completion", "limit"]
    bounds: tuple[str, ...]
    text: str


def claimed(question: str) -> Claim | None:
    """What a question asks to be so; None for a question that is no such one."""
    text = plain(_BLANK.sub("，", question.strip()))
    if asks_why(text):
        return None
    clauses = [clause[0] for clause in _CLAUSE.finditer(text) if asking_pattern("whether", "asks").search(clause[0])]
    return next((claim for clause in clauses if (claim := _of_clause(clause))), None)


def _of_clause(text: str) -> Claim | None:
    if match := asking_pattern("whether", "limit").search(text):
        return Claim("limit", (), match[0])
    if match := asking_pattern("whether", "budget").search(text):
        return Claim("completion", (">100%" if match["more"] else ">=100%",), match[0])
    return _bound(text) or _change(text)


def _bound(text: str) -> Claim | None:
    """突破|2000亿|, 没超过|80亿|: the figure against a number that is typed."""
    for name, sign, denied in (("over", ">", "<="), ("under", "<", ">="), ("least", ">=", "<")):
        for match in asking_pattern("whether", name).finditer(text):
            number, behind = _number(text, match.end())
            if not number:
                continue
            turned = "<=" if bound_words("down").match(behind) else ">=" if bound_words("up").match(behind) else ""
            if not _is_denied(text, match.start()):
                return _one_way(text[: match.start()], turned or sign, number, match[0])
            return None if turned else _one_way(text[: match.start()], denied, number, match[0])
    return None


def _one_way(before: str, sign: str, number: str, said: str) -> Claim:
    """跌得|超过5个点, 涨了|不到8%: a change that way, which one the other way is not; else the figure itself."""
    falls, rises = (asking_pattern("whether", name).search(before) for name in ("falling", "rising"))
    if number.endswith("%") and falls:
        return Claim("change", (f"{_MIRRORED[sign]}-{number}", "<0%"), falls[0] + said)
    if number.endswith("%") and rises:
        return Claim("change", (f"{sign}{number}", ">0%"), rises[0] + said)
    return Claim("figure", (f"{sign}{number}",), said)


def _number(text: str, at: int) -> tuple[str, str]:
    """2000亿, 八成, 百亿 at a place of the text, and what is said right behind it; "" for none."""
    if text.startswith(("百亿", "千亿", "万亿"), at):
        text = f"{text[:at]}一{text[at:]}"
    amount = bound_words("amount").match(text, at)
    return (exact(amount[0]), text[amount.end() :]) if amount else ("", "")


def _is_denied(text: str, at: int) -> bool:
    """|没|超过, which 有没有超过 is not."""
    return bool(asking_pattern("whether", "not").search(text[:at]))


def _change(text: str) -> Claim | None:
    """The first change of the clause; none of a rate, which another one's sign does not tell, and none against another
    figure than last year's."""
    other = any(asking_pattern("whether", name).search(text) for name in ("of_rate", "against"))
    if other or has(text, "ask", "figure"):  # 能告诉我增长了多少吗
        return None
    found = [
        (match.start(), number, bounds, match)
        for number, (name, bounds) in enumerate(_WAYS)
        for match in (asking_pattern("whether", name).search(text),)
        if match
    ]
    if not found:
        return None
    start, _, bounds, match = min(found, key=lambda each: each[:2])
    typed, _ = _number(text, match.end())
    if typed.endswith("%"):  # 涨了三成多
        more = asking_pattern("whether", "and_more").search(text)
        bounds = "" if not more else f"<=-{typed}" if bounds.startswith("<") else f">={typed}"
    sure = bounds and not typed.endswith("元") and not _is_denied(text, start)
    return Claim("change", (bounds,) if sure else (), match[0])


def decided(search: Search, question: str, query: Query, answer: Answer, answered: Answered) -> tuple[Query, Answer]:
    """The answer with the figure that decides among those that are asked for, and whether it is so."""
    if compared := _by_how_much(question, answer, answered):
        return compared
    claim = claimed(question)
    if claim is None:
        return query, answer
    elsewhere = answer.status != "answered" or _tells_rate(claim, answer) or _lacks_limit(claim, answer)
    if elsewhere and (text := _otherwise(question, claim)):
        read, told = answered(text)
        if read is None or told.status != "answered" or not _is_sum_of_item(search, claim, told):
            return query, answer
        query, answer = read, told
    if answer.status != "answered" or any(one.derived for one in answer.figures if one.asked):
        return query, answer
    facts = {one.id: one for one in search.facts_of(answer, asked=False)}
    lead = next((facts[one.fact_id] for one in answer.figures if one.asked and one.fact_id in facts), None)
    if lead is None:
        return query, answer
    deciding = _deciding(claim, lead, list(facts.values())) if _is_wished(claim, lead, query) else []
    both = claim.of == "completion" and sum(one.asked for one in answer.figures) > 1  # what was done, and its budget
    told = answer if both else _promoted(answer, deciding, first=not has(question, "ask", "figure"))
    return query, _said(told, verdict) if (verdict := _verdict(claim, deciding)) else told


def other_way(search: Search, question: str, answer: Answer) -> Answer:
    """下降了多少, of what rose by 0.1%: with a note that it did not fall."""
    text = plain(question)
    rose, fell = (asking_pattern("whether", name).search(text) is not None for name in ("rose_by", "fell_by"))
    if answer.status != "answered":
        return answer
    told = search.facts_of(answer)
    if told and all(one.fact.item.endswith(MOVED) for one in told):
        return _off_plan(text, told, answer)
    if rose == fell:
        return answer
    falls = {one.fact.number < 0 for one in told if one.fact.measure in _CHANGES and one.fact.number}
    if falls != {rose}:
        return answer  # some fell and some rose, or it is as asked
    return wording.noted(answer, "问的是“增长”，报告里是下降" if rose else "问的是“下降”，报告里是增长")


def _off_plan(text: str, told: Sequence[StoredFact], answer: Answer) -> Answer:
    """比年初预算|减收|7.3亿元: a printed difference has no sign, so which way it goes is always said."""
    before = [before_value(plain(one.fact.label), plain(one.fact.value)) for one in told]
    less = {asking_pattern("whether", "printed_less").search(one) is not None for one in before}
    if len(less) != 1:
        return answer
    falls, of_more = less.pop(), asking_pattern("whether", "more_by").search(text) is not None
    asked = "问的是“多”，" if falls and of_more else ""
    return wording.noted(answer, f"{asked}报告里是{'减少（少收、少支）' if falls else '增加（多收、多支）'}")


def _tells_rate(claim: Claim, answer: Answer) -> bool:
    """支出降了超过5%吗, answered with how far the budget was met: no rate tells how something changed."""
    lead = next((one for one in answer.figures if one.asked), None)
    return claim.of == "change" and lead is not None and lead.measure in _RATES


def _lacks_limit(claim: Claim, answer: Answer) -> bool:
    """债务余额多少，有没有超限额, answered with what is owed alone."""
    return claim.of == "limit" and all(one.measure != "limit" for one in answer.figures)


def _by_how_much(question: str, answer: Answer, answered: Answered) -> tuple[Query, Answer] | None:
    """比2024年|多还是少|, answered with the figure of the year alone: by how much it is more, where it can be told."""
    text = asking_pattern("whether", "either").sub(lambda found: f"{found['against']}多多少", plain(question))
    lead = next((one for one in answer.figures if one.asked), None)
    if text == plain(question) or answer.status != "answered" or lead is None:
        return None
    if lead.derived or lead.measure in (*_CHANGES, *_RATES):
        return None
    read, told = answered(text)
    made = any(one.derived or one.measure in _CHANGES for one in told.figures if one.asked)
    return (read, told) if read is not None and told.status == "answered" and made else None


def _otherwise(question: str, claim: Claim) -> str:
    """三公经费|压下来了没有| -> 三公经费，降了多少: a question for the figure itself."""
    before = plain(question).partition(claim.text)[0].rstrip("，是不有没的又").removesuffix("多少")
    if claim.of == "change":
        return f"{before}，{'降' if claim.bounds and claim.bounds[0].startswith('<') else '增长'}了多少"
    if claim.of == "figure":  # 整改率|过没过九成|, 三公|压到一千万以内了没|
        before = asking_pattern("whether", "brought").sub("", before)
        return f"{before}是多少" if before else ""
    return f"{before}余额和限额各多少".replace("余额余额", "余额") if claim.of == "limit" else ""


def _is_sum_of_item(search: Search, claim: Claim, answer: Answer) -> bool:
    """An amount alone may be of anything: it has to be of an item that is known by name."""
    if claim.of != "figure" or claim.bounds[0].endswith("%"):
        return True
    return all(one.fact.key for one in search.facts_of(answer))


def _deciding(claim: Claim, lead: StoredFact, facts: Sequence[StoredFact]) -> list[StoredFact]:
    """The figures that decide: of the thing, place, year and level of the first figure."""
    same = [one for one in facts if _line(one) == _line(lead)]
    if claim.of == "change":
        return [] if lead.fact.measure in _RATES else [one for one in same if one.fact.measure in _CHANGES]
    if claim.of == "completion":
        return [one for one in same if one.fact.measure == "completion"]
    if claim.of == "figure":
        kind = "percent" if claim.bounds[0].endswith("%") else "money"
        return [lead] if lead.fact.kind == kind else []
    debts = [one for one in facts if _stock_of(one) == _stock_of(lead)]  # a limit is of no day, and often of no level
    return [next((one for one in debts if one.fact.measure == measure), lead) for measure in ("outstanding", "limit")]


def _stock_of(one: StoredFact) -> tuple[object, ...]:
    return one.fact.region, one.fact.period.last_year, one.fact.scope or "whole", one.document


def _is_wished(claim: Claim, lead: StoredFact, query: Query) -> bool:
    """教育支出|超过10%|, of which nobody says whether it is the growth or the completion: none of them decides."""
    if claim.of != "figure" or lead.fact.kind != "percent" or lead.fact.measure == "rate":
        return True
    return lead.fact.measure in {*query.measures, *wishes(fired(query.masked))}


def _line(one: StoredFact) -> tuple[object, ...]:
    fact = one.fact
    return fact.region, fact.period.last_year, fact.scope, fact.key or fact.item, one.document


def _verdict(claim: Claim, deciding: Sequence[StoredFact]) -> str:
    """是：下降 7.9%; "" where nothing decides, or not surely."""
    sure = [one for one in deciding if not _LOOSE & set(one.fact.flags) and one.fact.number is not None]
    if claim.of == "limit":
        return _of_limit(sure)
    if not claim.bounds:
        return ""
    kind = "percent" if claim.bounds[0].endswith("%") else "money"
    sure = [one for one in sure if one.fact.kind == kind]
    held = {keeps(one.fact.number, claim.bounds) for one in sure if one.fact.number is not None}
    if len(held) != 1:
        return ""
    holds, one = held.pop(), sure[0]
    figure = " ".join(word for word in (level_of(one), shown(one)) if word)
    bound, *way = claim.bounds
    if claim.of != "figure" and not way:
        return f"{_YES[holds]}：{figure}"
    sign, fall = bound.rstrip("0123456789.元%-"), "-" in bound
    said = (_HOLDS if holds else _FAILS)[_MIRRORED[sign] if fall else sign]
    return f"{_YES[holds]}：{figure}，{'降幅' * fall}{said} {amount_of((bound.replace('-', ''),))}"


def _of_limit(debts: Sequence[StoredFact]) -> str:
    owed = next((one for one in debts if one.fact.measure == "outstanding"), None)
    limit = next((one for one in debts if one.fact.measure == "limit"), None)
    if owed is None or limit is None or owed.fact.number is None or limit.fact.number is None:
        return ""
    over = owed.fact.number > limit.fact.number
    return f"{'超过了' if over else '没有超过'}限额：余额 {shown(owed)}，限额 {shown(limit)}"


def _promoted(answer: Answer, deciding: Sequence[StoredFact], *, first: bool) -> Answer:
    """What decides is asked for as well: before the other figures, or behind them where one of those is asked for."""
    ids = {one.id for one in deciding}
    own: list[Figure] = [replace(one, asked=True) for one in answer.figures if one.fact_id in ids and not one.asked]
    if not own:
        return answer
    kept = [one for one in answer.figures if one.fact_id not in ids or one.asked]
    asked, beside = [one for one in kept if one.asked], [one for one in kept if not one.asked]
    ordered = (*own, *asked) if first and not any(one.fact_id in ids for one in asked) else (*asked, *own)
    return replace(answer, figures=(*ordered, *beside))


def _said(answer: Answer, verdict: str) -> Answer:
    """The verdict under the line that says what was understood."""
    head, _, rest = answer.reply.partition("\n")
    return replace(answer, reply=f"{head}\n{verdict}\n{rest}" if rest else f"{head}\n{verdict}")
