"""All facts that could be meant: by the keys of the items asked, and by the rarest words of the question.

A place may have 25,000 facts of a year: full text gives the sentences and rows that hold most of the question's words,
and only their facts are looked at.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import replace

from index.ask.effort import once, spend
from index.ask.of_body import SHOWN, one_way
from index.ask.pick.candidate import Candidate, candidate
from index.ask.pick.exclude import OTHER_DEBT, contradicted
from index.ask.pick.identity import CHANGE, FORMER, clause, said_of
from index.ask.pick.wanted import Wanted
from index.ask.pick.words import share
from index.ask.pieces import SOFT_WEIGHT, SYNONYM, Piece, pairs
from index.ask.search import Search, within
from index.ask.select import PLANNED
from index.ask.vocabulary import words
from index.find.accounts import SET_ASIDE
from index.lexicon import items
from index.models import Measure, Period, StoredFact
from index.store.lookup import sentence_id
from index.store.rows import StoredDocument
from index.text.normal import plain

FEW = 150  # so many facts of a place and year are all looked at
MOST_SENTENCES = 80
MOST_DOCUMENTS = 12
MOST_POSTINGS = 1500
FEWEST = 100
EACH = 200  # what it costs to look for one figure, before any candidate is looked at
CONTEXT = 0.05
LIKELY = 0.5
PLAINLY = 0.8
CHANGED = 0.3
CHANGES: tuple[Measure, ...] = ("yoy_pct", "yoy_amount")
NAMED = 0.6
ALL_OF_IT = 0.9
HARDLY = 0.4
MOST_NAMES = 6
_FIRST_BUDGET = "年初预算"


def gather(search: Search, asked: Wanted) -> tuple[list[Candidate], Mapping[str, float]]:
    """Candidates without those that a typed contradiction excludes, and how rare each pair of the words is."""
    spend(EACH)
    held, weight = once((_held, search, *_looked_for(asked)), lambda: _held(search, asked))
    spend(len(held))
    documents = search.documents_of(asked.region, asked.period.last_year)
    told = {document.name for document in documents if _tells_of(document, asked.period.last_year)}
    early = {document.name for document in documents if document.year and document.year < asked.period.last_year}
    later = {document.name for document in documents if (document.year or 0) > asked.period.last_year}
    planning = {document.name for document in documents if _plans(document, asked)}
    asked = replace(asked, planning=frozenset(planning), later=frozenset(later))
    why = contradicted(held, asked)
    paid = [one for one in held if why.get(one.id) == OTHER_DEBT]
    kept = _without_plans([one for one in held if one.id not in why], asked, told)
    kept = _of_said_base(_last_adjusted(kept, held), asked)
    kept = _as_printed(_likelier_changes(_levels(kept, asked), asked), asked)
    kept = _widest_of_body(kept, asked)
    kept = _named_beside(search.of_told_level(_as_told(kept, asked, early), asked.query), paid, asked)
    return [candidate(one) for one in kept], weight


def _looked_for(asked: Wanted) -> tuple[Hashable, ...]:
    """What ``_held`` depends on: of one thing, figures of several measures are found at the same places."""
    return asked.region, asked.period, asked.pieces, asked.keys, asked.query.scope_words, _wants_balance(asked)


def _held(search: Search, asked: Wanted) -> tuple[Sequence[StoredFact], Mapping[str, float]]:
    """The facts that hold any of the question, and how rare each pair of its words is."""
    documents = search.documents_of(asked.region, asked.period.last_year)[:MOST_DOCUMENTS]
    total = sum(document.last_sentence - document.first_sentence + 1 for document in documents)
    tokens = sorted({*_tokens(asked.pieces), *_context(asked)})
    postings = search.store.postings(tokens, [document.id for document in documents], MOST_POSTINGS)
    weight = rarity({token: len(found) for token, found in postings.items()}, total)
    facts = {one.id: one for one in search.own(list(_facts(search, asked, postings, weight)))}
    return of_period(list(facts.values()), asked.period), weight


def _wants_balance(asked: Wanted) -> bool:
    return asked.wishes.get("balance", 0.0) >= LIKELY


def _tells_of(document: StoredDocument, year: int) -> bool:
    """Whether a report says what was done in a year; a budget alone (部门预算) says what is planned for it."""
    return (document.year or 0) >= year and document.year != document.plan_year


def _plans(document: StoredDocument, asked: Wanted) -> bool:
    """Whether the year asked for is still to come for a report, or the report is a budget for that year alone."""
    alone = document.year == document.plan_year and document.owner != ""
    return document.plan_year == asked.period.last_year and (alone or (document.year or 0) < asked.period.last_year)


def _without_plans(facts: list[StoredFact], asked: Wanted, told: Set[str]) -> list[StoredFact]:
    """Unless the budget is asked for, what was done answers: the budget of a line that has it, or of a year that its
    own report tells of, does not."""
    if asked.query.stage == "plan" or any(asked.wishes.get(measure, 0.0) >= LIKELY for measure in PLANNED):
        return facts
    done = {(_line(one)[0], one.fact.account, one.fact.scope) for one in facts if one.fact.measure == "actual"}
    return [
        one for one in facts
        if one.fact.measure not in PLANNED or one.fact.key in SET_ASIDE
        or (one.document not in told and (_line(one)[0], one.fact.account, one.fact.scope) not in done)
    ]  # fmt: skip


def _likelier_changes(facts: list[StoredFact], asked: Wanted) -> list[StoredFact]:
    """增长多少: the amount answers where the report prints no percentage of that item."""
    likely, other = sorted(CHANGES, key=lambda measure: -asked.wishes.get(measure, 0.0))
    if asked.wishes.get(likely, 0.0) < PLAINLY or asked.wishes.get(other, 0.0) >= LIKELY:
        return facts
    printed = {(one.fact.key, one.fact.item) for one in facts if one.fact.measure == likely}
    return [one for one in facts if one.fact.measure != other or (one.fact.key, one.fact.item) not in printed]


def _levels(facts: list[StoredFact], asked: Wanted) -> list[StoredFact]:
    """标准每月提高25元、达到173元: asked how much it is now, 173; by how much it rose, 25."""
    if asked.moved or any(asked.wishes.get(measure, 0.0) >= CHANGED for measure in CHANGES):
        return facts
    return [one for one in facts if not one.fact.item.endswith(CHANGE)]


def _last_adjusted(facts: list[StoredFact], held: Sequence[StoredFact]) -> list[StoredFact]:
    """8月从A调整为B, 12月从B调整为C: B is what it was before (此前), and no longer the adjusted budget."""
    former = {
        (one.fact.item.removesuffix(FORMER), one.fact.number, one.fact.scope, one.document)
        for one in held
        if one.fact.item.endswith(FORMER)
    }
    return [
        one for one in facts if one.fact.measure != "adjusted_budget"
        or (one.fact.item, one.fact.number, one.fact.scope, one.document) not in former
    ]  # fmt: skip


def _of_said_base(facts: list[StoredFact], asked: Wanted) -> list[StoredFact]:
    """完成年初预算多少: of the rates of one item the one whose own words say of which budget it is."""
    if _FIRST_BUDGET not in asked.text:
        return facts
    rates = [one for one in facts if one.fact.measure == "completion"]
    said = [one.fact.item for one in rates if _FIRST_BUDGET in clause(one)]
    other = {
        one.id for one in rates if _FIRST_BUDGET not in clause(one) and any(one.fact.item in name for name in said)
    }
    return [one for one in facts if one.id not in other]


def _as_printed(facts: list[StoredFact], asked: Wanted) -> list[StoredFact]:
    """债务付息支出 may mean several items: those that the report prints by this very name, where it does."""
    typed = {item.text for item in asked.query.items}
    printed = {one.fact.key for one in facts if one.fact.key in asked.keys and one.fact.item in typed}
    return [one for one in facts if one.fact.key not in asked.keys or one.fact.key in printed] if printed else facts


def _widest_of_body(facts: list[StoredFact], asked: Wanted) -> list[StoredFact]:
    """支出 of a body: all that it spends, where its paper tells of that; else what it spends from one purse."""
    if [item.text for item in asked.query.items] != [SHOWN] or not one_way(asked.keys):
        return facts
    held = {one.fact.key for one in facts if one.fact.measure in ("actual", "budget", "amount")}
    widest = next((key for key in asked.keys if key in held), "")
    return [one for one in facts if one.fact.key in ("", widest) or one.fact.key not in asked.keys or not widest]


def _as_told(facts: list[StoredFact], asked: Wanted, early: Set[str]) -> list[StoredFact]:
    """The growth of 2019 in the report on 2019 is what came, in the report on 2018 what was planned: never both."""
    if not early:
        return facts
    planned = [one for one in facts if one.document in early and one.fact.measure not in PLANNED]
    lines = {_line(one) for one in facts if one.document not in early}
    dropped = {one.id for one in planned if _line(one) in lines}
    if asked.query.stage == "plan":
        lines = {_line(one) for one in planned}
        dropped = {one.id for one in facts if one.document not in early and _line(one) in lines
                   and one.fact.measure not in PLANNED}  # fmt: skip
    return [one for one in facts if one.id not in dropped]


def _named_beside(facts: list[StoredFact], paid: Sequence[StoredFact], asked: Wanted) -> list[StoredFact]:
    """特别国债50.1亿元，其中两重资金30.4亿元: asked for 两重, of one sentence the figure with that name; none other is
    one, even where the project that bears it was ``paid`` from another debt than the one asked for."""
    givers = words("soft", "giver")  # 收到的|中央|防治资金: who gave it is told of all of them
    named = [
        piece for piece in asked.pieces
        if (piece.hard or piece.others) and not piece.keys and piece.text not in givers
    ]  # fmt: skip
    if not named:
        return facts
    sentences: defaultdict[int, list[StoredFact]] = defaultdict(list)
    for one in (*facts, *paid):
        sentences[sentence_id(one.id)].append(one)
    gone: set[int] = set()
    for beside in sentences.values():
        if len(beside) > 1:
            gone |= _less_named(beside, named)
    return [one for one in facts if one.id not in gone]


def _less_named(beside: Sequence[StoredFact], words: Sequence[Piece]) -> set[int]:
    """Of the figures of a sentence those that lack a word which is the name of another, and have none that it lacks;
    a word that only means the same tells figures of one kind apart."""
    has = {one.id: {at for at, piece in enumerate(words) if share(piece, said_of(one), {}) >= HARDLY} for one in beside}
    named = {one.id: _names(one, words, ALL_OF_IT) for one in beside}
    meant = {one.id: _names(one, words, SYNONYM) for one in beside}
    return {
        one.id
        for one in beside
        if any(
            (meant if one.fact.kind == other.fact.kind else named)[other.id] - has[one.id]
            and not has[one.id] - has[other.id]
            for other in beside
        )
    }


def _names(one: StoredFact, words: Sequence[Piece], least: float) -> set[int]:
    """Which of the words the name of a figure has."""
    return {at for at, piece in enumerate(words) if share(piece, plain(one.fact.item), {}) >= least}


def rarity(often: Mapping[str, int], total: int) -> dict[str, float]:
    """1.15 for what stands nowhere, 0.15 for what stands everywhere."""
    all_of_them = max(total, FEWEST) + 1
    return {token: 0.15 + math.log(all_of_them / (1 + count)) / math.log(all_of_them) for token, count in often.items()}


def mass_of(piece: Piece, weight: Mapping[str, float]) -> float:
    """How much a word weighs: its rare pairs, and whether an answer must hold it."""
    return sum(weight.get(pair, 1.0) for pair in piece.pairs) * (1.0 if piece.hard else SOFT_WEIGHT)


def _tokens(pieces: Sequence[Piece]) -> Iterable[str]:
    for piece in pieces:
        for word in (piece.text, *piece.names[:6], *piece.others):
            yield from pairs(word)


def _facts(
    search: Search, asked: Wanted, postings: Mapping[str, Sequence[int]], weight: Mapping[str, float]
) -> Iterable[StoredFact]:
    year = asked.period.last_year
    if search.count(asked.region, year) <= FEW:
        yield from search.store.facts([asked.region], [year])
        return
    if asked.keys:
        yield from search.store.facts([asked.region], [year], asked.keys)
        if _wants_balance(asked) and (own := _accounts(asked)):  # 社保基金滚存剩多少
            yield from search.store.facts([asked.region], [year], None, ["balance"], None, own)
    near = search.store.facts_of_sentences(_best_sentences(asked, postings, weight), asked.region)
    yield from (one for one in near if one.fact.period.last_year == year)
    keys, names = _named(asked, near, weight)
    yield from search.store.facts([asked.region], [year], keys) if keys else ()
    yield from search.store.open_facts([asked.region], [year], names) if names else ()


def _accounts(asked: Wanted) -> list[str]:
    """The accounts that the items asked are all of."""
    known = items()
    return sorted({known[key].account for key in asked.keys if key in known and not known[key].parent} - {""})


def _named(
    asked: Wanted, near: Iterable[StoredFact], weight: Mapping[str, float]
) -> tuple[Sequence[str], Sequence[str]]:
    """Keys and names of the report's own that hold most of the question, of whatever year: 公益性岗位补贴 also where
    another sentence says 2025年执行数为3269.3万元, 比上年执行数减少4.83% of it without its name."""
    masses = [(piece, mass_of(piece, weight)) for piece in asked.pieces]
    total = sum(mass for _, mass in masses) or 1.0
    keys: dict[str, None] = {}
    names: dict[str, None] = {}
    for one in near:
        name = plain(one.fact.item)
        own = sum(mass * share(piece, name, weight) for piece, mass in masses)
        if own >= NAMED * total and one.fact.key not in asked.keys:
            (keys if one.fact.key else names).setdefault(one.fact.key or one.fact.item)
    return tuple(keys)[:MOST_NAMES], tuple(names)[:MOST_NAMES]


def _context(asked: Wanted) -> Iterable[str]:
    """Words that tell sentences apart which hold the same of the question: its level, its year."""
    yield str(asked.period.last_year)
    yield from pairs(asked.query.scope_words)


def of_period(facts: Sequence[StoredFact], period: Period) -> list[StoredFact]:
    """Facts of the period; asked for a year, those of its months only where the line has none of the whole year."""
    if (period.first_month, period.last_month) != (1, 12):
        return within(facts, period)
    held = [one for one in facts if (one.fact.period.first_year, one.fact.period.last_year) == (
        period.first_year, period.last_year)]  # fmt: skip
    whole = {_line(one) for one in held if (one.fact.period.first_month, one.fact.period.last_month) == (1, 12)}
    return [one for one in held if (one.fact.period.first_month, one.fact.period.last_month) == (1, 12)
            or _line(one) not in whole]  # fmt: skip


def _line(one: StoredFact) -> tuple[str, str, str]:
    return one.fact.key or one.fact.item, one.fact.measure, one.fact.account


def _best_sentences(asked: Wanted, postings: Mapping[str, Sequence[int]], weight: Mapping[str, float]) -> list[int]:
    """The sentences that hold most of the words, each word by its own pairs or by those of a name that means it."""
    score: defaultdict[int, float] = defaultdict(float)
    for piece in asked.pieces:
        mass = mass_of(piece, weight)
        best: dict[int, float] = {}
        for word in (piece.text, *piece.names[:6], *piece.others):
            own = pairs(word)
            whole = sum(weight.get(pair, 1.0) for pair in own)
            share: defaultdict[int, float] = defaultdict(float)
            for pair in own:
                gain = mass * weight.get(pair, 1.0) / whole if whole else 0.0
                for sentence in postings.get(pair, ()):
                    share[sentence] += gain
            for sentence, gain in share.items():
                if gain > best.get(sentence, 0.0):
                    best[sentence] = gain
        for sentence, gain in best.items():
            score[sentence] += gain
    for token in _context(asked):
        for sentence in postings.get(token, ()):
            if sentence in score:
                score[sentence] += CONTEXT
    return sorted(score, key=lambda sentence: (-score[sentence], sentence))[:MOST_SENTENCES]
