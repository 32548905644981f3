"""What speaks for and against a candidate: named numbers, most of them between 0 and 1.

Coverage is the share of the question's words that a text has, rare words counting more; ``extra`` the share of the
candidate's own name that the question does not say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.ask.clauses import told_behind
from index.ask.effort import spend
from index.ask.pick.candidate import Candidate
from index.ask.pick.cues import words_of
from index.ask.pick.gather import mass_of
from index.ask.pick.identity import GIVEN, gives_below, of_other_item
from index.ask.pick.wanted import Wanted
from index.ask.pick.words import bare_name, share, strange_part
from index.ask.pieces import Piece, pairs, pieces_of
from index.ask.search import Search
from index.ask.vocabulary import asking_pattern, words
from index.find.accounts import is_planned
from index.find.ordinary import is_noun
from index.lexicon import items
from index.models import Fact, StoredFact
from index.store.lookup import sentence_id
from index.text.normal import plain

_AND = re.compile("[、和及与]")
_MONTH = re.compile(r"[本当]\s*月")  # a table's column of the last month beside that of the year
# 整改|了几个: the verb right before the question word
_VERB = re.compile(r"([\u4e00-\u9fff]{2})[完好掉成]?了?(?:多少|几)")
_OWN_NAME = re.compile("^[\u4e00-\u9fff]{2,3}(?:村|社区|乡|镇|校|院|局|厂)$")  # 陈庄村
LONG_NAME = 3
LONG_RUN = 4
MOST_SOFT = 0.2  # of what the words of the matter weigh
LEAST_NAMED = 0.2
HARDLY = 0.4
# The texts of a candidate, in which every word of the question is looked for once.
_NAME, _NAMES, _LABEL, _PARENT, _BEFORE, _AFTER, _HEAD, _CLAUSE = range(8)


def _masses(asked: Wanted, weight: Mapping[str, float]) -> list[tuple[Piece, float]]:
    """How much each word weighs; beside a common name (税收), words of asking (准备收) are no more than a fraction."""
    masses = [(piece, mass_of(piece, weight)) for piece in asked.pieces]
    hard = sum(mass for piece, mass in masses if piece.hard)
    soft = sum(mass for piece, mass in masses if not piece.hard)
    least = min(1.0, MOST_SOFT * hard / soft) if soft and any(piece.keys for piece, _ in masses) else 1.0
    return [(piece, mass if piece.hard else mass * least) for piece, mass in masses]


_ISSUED = re.compile("^(?:发行|新增)")  # 专项债 are those of the year, however they are called


class Features:
    """The features of the candidates of one question."""

    def __init__(self, search: Search, asked: Wanted, weight: Mapping[str, float]) -> None:
        self._search = search
        self._asked = asked
        self._weight = weight
        self._mass = _masses(asked, weight)
        self._total = sum(mass for _, mass in self._mass) or 1.0
        self._named = self._shares_of_items()
        known = (
            []
            if search.of_item(asked.region, asked.period, asked.keys)
            else [key for key in asked.keys if key in items()]
        )
        self._called = {name: key for key in known for name in items()[key].words}
        self._said = "，".join(word for piece in asked.pieces for word in (piece.text, *piece.names, *piece.others))
        verb = _VERB.search(asked.query.masked)
        self._verb = verb[1] if verb and not any(verb[1] in word for word in words_of(verb[0])) else ""
        self._typed = {
            *(item.text for item in asked.query.items), *asked.query.content, *(piece.text for piece in asked.pieces)
        }  # fmt: skip
        self._most = max(asked.wishes.values(), default=0.0)
        runs = [pieces_of((word,)) for word in asked.query.chunks if len(word) >= LONG_RUN]
        self._names = [run for run in runs if not any(one.keys for one in run) and all(map(self._stands_whole, run))]
        self._all = asking_pattern("all", "ask").search(asked.query.masked) is not None
        self._places = [word for word in asked.query.chunks if _OWN_NAME.search(word)]
        self._whose = {piece.text for piece in pieces_of(asked.query.whose) if piece.hard}

    def of(self, one: Candidate) -> dict[str, float]:
        """All features of a candidate, 0 left out."""
        found = {**self._words(one), **self._identity(one), **self._measure(one.one), **self._place(one.one)}
        counted = one.one.fact.kind == "count" and "count" in self._asked.kinds
        if counted and found["cov_near"] >= LEAST_NAMED:
            found["scope_none"] = 0.0  # what is counted, and called so, is of no level
        return {name: value for name, value in found.items() if value}

    def _shares_of_items(self) -> dict[str, float]:
        """Key of an item asked -> the share of the question's words that name it."""
        found: dict[str, float] = {}
        for item in self._asked.query.items:
            own = sum(mass for piece, mass in self._mass if item.text in piece.text or set(item.keys) & set(piece.keys))
            for key in item.keys:
                found[key] = max(found.get(key, 0.0), own / self._total, LEAST_NAMED)
        return found

    def unknown(self) -> float:
        """The share of the question's words that stand nowhere in the reports of the place."""
        strange = [
            (piece, mass)
            for piece, mass in self._mass
            if piece.hard and not piece.keys and not any(map(self._stands, (piece.text, *piece.others)))
        ]
        if any(piece.text in self._whose for piece, _ in strange):
            return 1.0
        return sum(mass for _, mass in strange) / self._total

    def _stands(self, word: str) -> bool:
        """Whether the reports of the place have any of a word."""
        return any(self._weight.get(pair, 1.2) <= 1.1 for pair in pairs(word))

    def _stands_whole(self, piece: Piece) -> bool:
        """Whether the reports of the place have all of a word, as far as its pairs tell."""
        return all(self._weight.get(pair, 1.2) <= 1.1 for pair in pairs(piece.text))

    def _words(self, one: Candidate) -> dict[str, float]:
        texts = (one.name, one.names, self._label(one), one.parent, one.before, one.after, one.head, one.clause)
        spend(len(self._mass))
        shares = [[share(piece, text, self._weight) for text in texts] for piece, _ in self._mass]
        return {
            "whose": self._of_another(shares),
            "elsewhere": self._elsewhere(texts),
            "own_name": self._of_another_name(texts),
            "missed_item": self._missed_item(shares) if one.one.fact.key else 0.0,
            "missed": self._missed(shares, _NAME, _NAMES, _LABEL, _PARENT, _BEFORE, _HEAD),
            "missed_thing": self._missed_thing(shares) if one.one.fact.key else 0.0,
            "missed_near": self._missed(shares, _NAME, _NAMES, _LABEL, _PARENT),
            "cov_name": self._covered(shares, _NAME, _NAMES),
            "cov_clause": self._covered(shares, _NAME, _NAMES, _CLAUSE),
            "cov_near": self._covered(shares, _NAME, _NAMES, _CLAUSE, _LABEL, _PARENT),
            "cov_before": self._covered(shares, _NAME, _NAMES, _LABEL, _PARENT, _BEFORE),
            "cov_all": self._covered(shares, _NAME, _NAMES, _LABEL, _PARENT, _BEFORE, _AFTER, _HEAD),
            "cov_head": self._covered(shares, _HEAD),
            "in_question": float(self._is_typed(one)),
        }

    def _label(self, one: Candidate) -> str:
        """What stands before a figure in its clause, and what it is said to be for, if that is all asked for: of
        several purposes, or of one with more in it, each has but a part."""
        fact = one.one.fact
        if fact.kind != "money" or fact.rule.startswith("table"):
            return one.label
        purposes = _AND.split(told_behind(one.after.removeprefix(plain(fact.unit))))
        whole = all(self._is_named(purpose, purposes) for purpose in purposes)
        return f"{one.label}\n{'、'.join(purposes)}" if whole else one.label

    def _is_named(self, purpose: str, purposes: Sequence[str]) -> bool:
        """Whether the question has a word of a purpose that is not one of another, too (农村危房改造、农村饮水)."""
        own = [piece for piece, _ in self._mass if share(piece, purpose, self._weight) >= HARDLY]
        others = [other for other in purposes if other != purpose]
        return any(all(share(piece, other, self._weight) < HARDLY for other in others) for piece in own)

    def _missed(self, shares: Sequence[Sequence[float]], *texts: int) -> float:
        """The heaviest word, as a share of all, that the texts have hardly anything of."""
        return max(
            (mass for (piece, mass), own in zip(self._mass, shares, strict=True)
             if piece.hard and max(own[text] for text in texts) < HARDLY), default=0.0,
        ) / self._total  # fmt: skip

    def _missed_thing(self, shares: Sequence[Sequence[float]]) -> float:
        """酒厂|交了多少税: whether the texts have hardly anything of a noun that is no name of an item."""
        each = zip(self._mass, shares, strict=True)
        missed = [piece for (piece, _), own in each if piece.hard and not piece.keys and max(own) < HARDLY]
        nothing = words("soft", "no_thing")
        return float(any((one.others or is_noun(one.text, "n")) and one.text not in nothing for one in missed))

    def _missed_item(self, shares: Sequence[Sequence[float]]) -> float:
        """Whether the texts have hardly anything of the name of an item that is asked for: another item's figure."""
        each = zip(self._mass, shares, strict=True)
        return float(any(piece.keys and max(own) < HARDLY for (piece, _), own in each))

    def _of_another(self, shares: Sequence[Sequence[float]]) -> float:
        """Whether the texts have hardly anything of a word that says whose figure is meant."""
        each = zip(self._mass, shares, strict=True)
        return float(any(piece.text in self._whose and max(own) < HARDLY for (piece, _), own in each))

    def _elsewhere(self, texts: Sequence[str]) -> float:
        """Whether the texts have hardly any word of a name that the reports of the place hold: it is of another."""
        return float(any(not any(self._is_said(piece, texts) for piece in name) for name in self._names))

    def _of_another_name(self, texts: Sequence[str]) -> float:
        """陈庄村收入多少: whether what is named so stands only behind the figure, where the next one is told."""
        before = (*texts[:_AFTER], *texts[_AFTER + 1 :])
        return float(any(name in texts[_AFTER] and not any(name in text for text in before) for name in self._places))

    def _is_said(self, piece: Piece, texts: Sequence[str]) -> bool:
        return any(share(piece, text, self._weight) >= HARDLY for text in texts)

    def _covered(self, shares: Sequence[Sequence[float]], *texts: int) -> float:
        each = zip(self._mass, shares, strict=True)
        return sum(mass * max(own[text] for text in texts) for (_, mass), own in each) / self._total

    def _identity(self, one: Candidate) -> dict[str, float]:
        fact, keys = one.one.fact, self._asked.keys
        own = GIVEN if gives_below(one.one, self._asked) else self._key_of(one)
        hit = self._named.get(own, 0.0) or self._narrowed(one)
        strange = 0.0 if self._is_typed(one) else strange_part(bare_name(one.name, one.one), self._said)
        return {
            "key": hit,
            "key_first": hit if keys and own == keys[0] else 0.0,
            "key_other": float(bool(fact.key and keys) and not hit and not self._of_its_name(fact)),
            "key_none": float(not fact.key and bool(keys)),
            "extra": 0.0 if hit else strange,
            "extra_name": strange,
            "part": float(bool(fact.parent) and one.name not in self._asked.text and not self._asked_inside(one)),
            "other_item": float(of_other_item(one.one, self._asked)),
            "exact": float(fact.item in self._typed),
            "qualified": float(any(words not in self._said for _, words in fact.qualifiers)),
        }

    def _is_typed(self, one: Candidate) -> bool:
        """失业保险金: whether the question has the whole name, also where an item took a part of it (失业保险|金)."""
        return len(one.name) >= LONG_NAME and one.name in self._asked.text

    def _key_of(self, one: Candidate) -> str:
        """会议费 of a table with codes (ec-30215) is what is asked for by that name, where nothing else is."""
        key = one.one.fact.key
        return self._called.get(one.name, key) if key and key not in items() else key

    def _narrowed(self, one: Candidate) -> float:
        """政府采购省下多少: an item whose name is that of the asked one and more of the question's words."""
        if not one.one.fact.key or one.one.fact.parent or not self._named:
            return 0.0
        own = [(piece, mass) for piece, mass in self._mass if share(piece, one.name, self._weight) > HARDLY]
        both = any(piece.keys and piece.text in one.name for piece, _ in own) and any(not p.keys for p, _ in own)
        return sum(mass for _, mass in own) / self._total if both else 0.0

    def _of_its_name(self, fact: Fact) -> bool:
        """基本支出里|物业费: a part has not the key of its whole; a line of an office's table is called as typed."""
        return bool(self._asked.query.inside) or fact.item in self._typed

    def _asked_inside(self, one: Candidate) -> bool:
        """专项债用在交通上多少, 农业保险补贴里生猪多少: is the whole named, and with other words this part of it?"""
        hard, parent = [piece for piece, _ in self._mass if piece.hard], plain(one.one.fact.parent)
        own = [piece for piece in hard if not piece.keys and share(piece, one.name, self._weight) > HARDLY]
        if not own or self._is_of_debt(parent):
            return bool(own)
        if one.one.fact.kind not in ("money", "count") or self._all:
            return False
        beside = any(share(piece, parent, self._weight) < HARDLY for piece in own)
        if beside and one.one.fact.kind == "count":
            return True  # 沃柑 of all fruit: no other has that name
        return beside and any(share(piece, parent, self._weight) > HARDLY for piece in hard)

    def _is_of_debt(self, parent: str) -> bool:
        """Whether what a figure is part of are the bonds asked for, new ones or all that were issued."""
        whole = {_ISSUED.sub("", items()[key].name) for key in self._asked.keys if key in items()}
        return parent.endswith("债券") and _ISSUED.sub("", parent) in whole

    def _measure(self, one: StoredFact) -> dict[str, float]:
        measure, wishes = one.fact.measure, self._asked.wishes
        wish = wishes.get(measure, 0.0)
        found = {f"is_{measure}": 1.0, "wish": wish, "wish_missed": self._most - wish}
        if not wishes:
            found[f"unasked_{measure}"] = 1.0
        if self._verb:
            found["verb"] = 1.0 if self._verb in one.fact.label or self._verb in one.fact.item else -1.0
        if measure == "amount":
            found["amount_as_planned"] = float(wishes.get("budget", 0) > wishes.get("actual", 0)) * (
                1.0 if is_planned(one) else -1.0
            )
        kinds = self._asked.kinds
        found["kind"] = float(one.fact.kind in kinds)
        found["kind_unasked"] = float(not kinds and not wishes and one.fact.kind in ("percent", "points", "times"))
        if self._asked.flow:
            found["flow"] = float(one.fact.flow == self._asked.flow)
        return found

    def _place(self, one: StoredFact) -> dict[str, float]:
        fact, asked = one.fact, self._asked
        document = self._search.document(one.document)
        period = fact.period
        return {
            "scope": float(bool(asked.scope) and fact.scope == asked.scope),
            "scope_whole": float(not asked.scope and fact.scope == "whole"),
            "scope_own": float(not asked.scope and fact.scope in ("own", "own_wide")),
            "scope_none": float(not fact.scope),
            "account": float(bool(asked.account) and fact.account == asked.account),
            "account_general": float(not asked.account and fact.account in ("general_public", "")),
            "table": float(fact.rule.startswith("table")),
            "rough": float("rough" in fact.flags),
            "unit_missing": float("unit_missing" in fact.flags),
            "withheld": float(fact.number is None),
            "span": float(period.first_year != period.last_year),
            "exact_period": float(period == asked.period),
            "near": float(bool(asked.near) and sentence_id(one.id) in asked.near),
            "same_basis": float("same_basis" in fact.flags),
            "month": float(bool(_MONTH.search(fact.label))),
            "own_year": float(document is not None and document.year == period.last_year),
        }
