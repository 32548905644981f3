"""One sentence with figures: for each its measure, its topic and all that holds where it stands.

占年度预算 59325 万元的 95.94%，增支 3599 万元  -> budget, completion, yoy_amount of the topic that holds
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from index.facts import changes, counts, funds, purposes, relations, topic_rules
from index.facts.brackets import Bracketed
from index.facts.context import State, Topic
from index.facts.each import Share, shares
from index.facts.holding import Told, held_for
from index.facts.marks import CIRCUMSTANCE, Marks
from index.facts.measure_rules import Surroundings, Verdict, judge
from index.facts.open_names import MAX_NAME, open_name
from index.facts.qualify import qualifiers_of
from index.facts.stages import stage_of
from index.facts.walk import Walk
from index.find.amounts import MONEY_UNITS, Amount
from index.find.periods import PeriodMatch
from index.find.terms import choose
from index.models import Fact, Measure, Missed, Period, Sentence, Subject

_CLAUSE_MARKS = "，。；：！？（）"
_CLAUSE_END = re.compile(f"[{_CLAUSE_MARKS}]")
_LABEL_MAX = 90
_MAIN = ("actual", "budget", "adjusted_budget", "outstanding", "limit", "balance", "amount")
_COMPARED = ("相比，", "比较，", "同期，")
_COMPARED_CLAUSE = re.compile(r"[^，。；：]*(?:相比|比较|同期)，$")
_USE = re.compile(r"，?(?:主要|全部|专项)?(?:用于|支持|惠及)[^，。；]*")
_LIST_MARK = re.compile(r"[、，和与及]*约?")
_CLOSING = re.compile(r"[，、]?(?:\d{4}年?)?(?:年?末|期末|年?底)(?:余额|结余|规模)")
_SPENT = re.compile(r"预算|支出|收入|拨款|经费|费|资金")
_BODY_FLOW = re.compile(r"(?P<flow>(?:收入|支出)(?:预算|决算)?)(?:数|总额|合计)?[为是]?\s*$")
_SINCE = re.compile(r"[。；：！？]")
Base = Literal["", "last_year", "other"]


class SentenceReader:
    """One sentence with figures; ``read`` fills ``facts`` and ``missed``.  ``heading`` titles the section."""

    def __init__(self, walk: Walk, marks: Marks, sentence: Sentence, about: Subject, heading: str) -> None:
        self._walk, self._marks, self._sentence, self._about = walk, marks, sentence, about
        self._heading = heading[:40]
        self.facts: list[Fact] = []
        self.missed: list[Missed] = []
        self._clause_starts = [match.end() for match in _CLAUSE_END.finditer(marks.masked)]
        self._shares = shares(marks, walk.state)
        self._before: Measure | None = None
        self._main: Measure | None = None  # what the figures of this topic are, changes and shares left aside
        self._opening: Topic | None = None  # the first item of the sentence
        self._verdict: Verdict | None = None
        self._introduced = False  # whether the last figure brought its topic along
        self._held = walk.state.topic  # what the sentence before was about
        self._counted: Topic | None = None  # what was counted last, if its words stood behind its count
        self._brackets = Bracketed(marks)
        self._unit = _usual_unit(marks.amounts)

    def read(self) -> None:
        for position, amount in enumerate(self._marks.amounts):
            self._walk.advance(amount.start)
            previous = self._marks.amounts[position - 1] if position else None
            self._figure(amount, previous)

    def _figure(self, amount: Amount, previous: Amount | None) -> None:
        text, masked = self._marks.text, self._marks.masked
        number = bisect_right(self._clause_starts, amount.start)
        clause_start = self._clause_starts[number - 1] if number else 0
        start = max(clause_start, previous.unit_end if previous else 0)
        same_clause = previous is not None and previous.unit_end > clause_start
        right_end = _next_mark(text, amount.unit_end)
        left, left_masked = text[start : amount.start], masked[start : amount.start]
        state = self._walk.state
        verdict = judge(
            Surroundings(
                amount, _bare(left_masked), _bare(masked[clause_start : amount.start]), _bare(masked[: amount.start]),
                _bare(masked[amount.unit_end : amount.unit_end + 48]), self._before, same_clause,
                self._base(start, amount.start, clause_start), self._is_plan(state),
            )
        )  # fmt: skip
        share = self._shares.get(amount.start, ...)
        if share is not ... and _LIST_MARK.fullmatch(left_masked) and self._verdict is not None:
            verdict = self._verdict  # 分别增长3.5%和1.7%: what holds for the first holds for all
        self._verdict = verdict
        if share is None:
            self._miss(amount)
            self._before = verdict.measure
            return
        if (
            previous is not None
            and state.topic
            and relations.is_of_compared_year(left, left_masked, text[amount.unit_end :])
        ):
            self._compared(amount, start, left)
            return
        if verdict.rule in ("difference", "yoy_amount_next"):
            compared = changes.compared_from(left_masked)
            left, left_masked = left[:compared], left_masked[:compared]
        topic, rule = self._topic(
            amount, verdict, share, left, left_masked, text[amount.unit_end : right_end], start, previous
        )
        self._before = verdict.measure
        if topic is None and self._about.owner and (flow := _BODY_FLOW.search(left)):
            topic, rule = Topic(flow["flow"]), "body_flow"  # 相应安排|支出预算 of the body, all of it
            self._walk.set_topic(topic, start)
        if topic is None and verdict.measure in ("limit", "outstanding"):
            topic = relations.of_both_kinds(self.facts, verdict.measure)
        if topic is None and self._heading:
            topic, rule = Topic(self._heading), "heading"  # nothing nearer names the figure
        if topic is None:
            self._miss(amount)
            return
        label = self._label(clause_start, amount, right_end)
        if condition := relations.condition_at(text, amount, previous):
            topic, verdict = Topic(condition[-MAX_NAME:]), Verdict(verdict.measure, "threshold")
        if self._opening is None and topic.key:
            self._opening = topic
        topic = relations.told_apart(topic, amount, verdict.rule, left, text[clause_start : amount.start])
        if amount.kind == "money":
            narrowed = qualifiers_of(text, left, amount.start, topic, not self._introduced)
            topic = replace(topic, qualifiers=narrowed) if narrowed else topic
        self._emit(amount, verdict, topic, share if isinstance(share, Share) else None, f"{verdict.rule}+{rule}", label)
        self._walk.end_aside()

    def _compared(self, amount: Amount, start: int, left: str) -> None:
        """The figure of the year that the one before is measured against."""
        state = self._walk.state
        period = next(p for p in reversed(self._marks.periods) if start <= p.start < amount.start)
        resolved = period.resolve(state.period.first_year)
        measure = self._main
        if re.search("执行|完成|决算", left) or (measure == "budget" and "预算" not in left):
            measure = "actual"  # a plan is measured against what was done
        if resolved is None or state.topic is None or measure is None:
            self._miss(amount)
            return
        label = self._label(start, amount, amount.unit_end)
        self._emit(amount, Verdict(measure, "compared_year"), state.topic, None, "compared_year", label, resolved)

    def _topic(
        self,
        amount: Amount,
        verdict: Verdict,
        share: object,
        left: str,
        masked: str,
        right: str,
        start: int,
        previous: Amount | None,
    ) -> tuple[Topic | None, str]:
        state = self._walk.state
        if isinstance(share, Share) and (share.topic is not None or share.period is None):
            return (share.topic or state.topic), "each"
        terms = [term for term in self._marks.terms if start <= term.start and term.end <= amount.start]
        if amount.kind == "rank":
            if terms:
                self._walk.set_topic(Topic.of(choose(terms[-1].items, state.account)))
            return self._walk.state.topic, "rank"
        found = topic_rules.topic_of(left, masked, right, terms, start, state)
        if not found.new and (listed := self._brackets.topic(amount, previous, left, state)):
            found = listed
        topic = found.topic
        if found.new and topic is not None and (own := funds.of_fund(topic, state, left)):
            found, topic = topic_rules.Found(own, True, "of_fund"), own
        holding = self._counted or (state.topic if state.topic is not self._held else None)
        if found.rule == "open" and topic is not None and self._before is not None and holding is not None:
            topic = relations.named_after(holding, topic)
        behind = self._marks.text[amount.unit_end :]
        if not found.new and (told := self._told_behind(amount, left, masked, behind, topic)):
            found, topic = told, told.topic
        of_before = found.rule == "carried" and topic is not None and not topic.key and topic is self._held
        named_behind = amount.kind == "count" and counts.noun_behind(right)
        if of_before and not named_behind and (own := self._own(amount, start)):
            found, topic = topic_rules.Found(own, True, "clause"), own
        if found.rule == "carried" and topic and (topic.key or topic.given) and amount.kind == "money":
            given = self._given(topic, left, masked, start, behind)
            found, topic = (topic_rules.Found(given, True, "given"), given) if given != topic else (found, topic)
        if found.rule == "open" and topic is not None:
            topic = purposes.of_money(topic, behind) or purposes.with_purpose(topic, behind)
        if found.rule == "account_total" and topic and previous and previous.number == amount.number:
            topic = relations.spent_of(state.topic, topic)
        if not terms and self._opening is not None and _CLOSING.match(left):
            topic = self._opening  # 基金年初余额…，年末余额…: the noun that opened the sentence
        topic = self._as_stock(topic, verdict.measure, found.new)
        if amount.kind == "count" and found.rule == "carried" and (bodies := counts.bodies_before(left)):
            found, topic = topic_rules.Found(bodies, True, "bodies"), bodies
        own_words = topic if found.new else None
        if amount.kind == "count" and (noun := counts.counted_topic(amount, right, own_words, previous, left)):
            if own_words is not None and len(own_words.name) > counts.LONGEST_LEAD:
                self._walk.set_topic(own_words, start)  # 成绩位列15家示范城市的第3名: what the next figure is of
            self._counted = noun
            return noun, "counted"
        if amount.kind == "count" and found.new and topic is not None:
            topic = relations.of_things(topic, open_name(left, masked))
        self._introduced = found.new
        if found.new and topic is not None:
            if not self._walk.has_own_circumstance(start, topic):
                topic = relations.as_part(topic, state.parent, left, state.account)
            else:
                topic = relations.as_part_of_less(topic, state.parent)
            self._walk.set_topic(topic, start)
            self._counted = None
        return topic, found.rule

    def _told_behind(
        self, amount: Amount, left: str, masked: str, behind: str, topic: Topic | None
    ) -> topic_rules.Found | None:
        """安排5亿元，支持…; 每年安排|5亿元引导资金; …，共计313亿元: what words without a name are about."""
        bare = "".join(char for char, mask in zip(left, masked, strict=True) if mask != CIRCUMSTANCE)
        if not (topic and topic.key) and (aim := purposes.aim_of(bare, behind)):
            return topic_rules.Found(aim, True, "purpose")
        if amount.kind != "money":
            return None
        if money := purposes.money_behind(left, behind):
            return topic_rules.Found(money, True, "money_behind")
        all_of = relations.of_list(self.facts, amount, left)
        return topic_rules.Found(all_of, False, "list") if all_of else None

    def _as_stock(self, topic: Topic | None, measure: Measure, new: bool) -> Topic | None:
        """收入…，支出…，结余…; 债务限额…，余额…: the state that a balance or a limit is."""
        state = self._walk.state
        if measure == "balance" and not new and topic is not None:
            topic = funds.balance_of(state) or relations.of_balance(topic, state.account)
        if topic is not None and topic.key.startswith("si-balance") and state.account not in ("", "social_insurance"):
            topic = relations.of_balance(topic, state.account)
        if measure in ("limit", "outstanding") and topic is not None:
            topic = relations.of_state(topic if topic.key else state.topic or topic, measure, topic)
        return topic

    def _own(self, amount: Amount, start: int) -> Topic | None:
        """应急转贷费率全省最低，新增972笔: the clause before names it, not the sentence before; None if none does."""
        if amount.kind not in ("money", "count"):
            return None
        since = max((m.end() for m in _SINCE.finditer(self._marks.text, 0, start)), default=0)
        if any(since < one.unit_end <= start for one in self._marks.amounts):
            return None
        text, masked = self._marks.text[since:start].rstrip("，"), self._marks.masked[since:start].rstrip("，")
        cut = text.rfind("，") + 1
        return relations.named_by_clause(text[cut:], masked[cut:])

    def _given(self, topic: Topic, left: str, masked: str, start: int, behind: str) -> Topic:
        """安排20亿元，支持…: what it is for, not the item before; that, if told of another year (2026年安排)."""
        if self._walk.awaited and not (self._walk.led and purposes.supports(behind)):
            return topic  # 教育支出方面，安排5亿元; but 推动教育发展。安排5亿元，支持学校建设 is not all of it
        named_here = self._opening is not None
        dated = any(start <= period.start < start + len(left) for period in self._marks.periods)
        if not purposes.gives(masked) or (named_here and dated):
            return topic
        since = max((m.end() for m in _SINCE.finditer(self._marks.text, 0, start)), default=0)
        before = "" if any(since < a.unit_end <= start for a in self._marks.amounts) else self._marks.text[since:start]
        if given := purposes.given_for(left, before, behind):
            return given
        return topic if named_here or dated else purposes.given(self._heading or left)

    def _emit(
        self, amount: Amount, verdict: Verdict, topic: Topic, share: Share | None, rule: str, label: str,
        period: Period | None = None,
    ) -> None:  # fmt: skip
        state = held_for(Told(amount, verdict, topic, share, label, self._marks.text), self._walk)
        if period is not None:
            state = state._replace(period=period)
        start, end = self._marks.normal.printed(amount.start, amount.end)
        unit, number, flags = self._value(amount, verdict)
        measure = stage_of(verdict, topic, amount, state, self._is_plan(state), self._of_body(topic))
        if measure in _MAIN and verdict.rule != "difference":
            self._main = measure
        region = (share.region if share and share.region else state.region) or self._about.region
        account = topic.account or state.account
        parent = state.parent if state.parent and state.parent.name != topic.name else None
        self._walk.awaited = False
        if verdict.measure in ("budget", "adjusted_budget") and self._introduced and not self._is_plan(state):
            self._walk.hold(replace(topic, budgeted=verdict.measure))
        elif verdict.measure == "actual" and topic.budgeted:
            self._walk.hold(replace(topic, budgeted=""))
        if relations.is_former(self._marks.masked, amount) and not topic.name.endswith("（此前）"):
            topic = Topic(f"{topic.name}（此前）", account=topic.account, flow=topic.flow)
        self.facts.append(
            Fact(
                region=region.code if region else "",
                scope=state.scope,
                scope_words=state.scope_words,
                period=state.period,
                account=account,
                flow=topic.flow,
                item=topic.name,
                key=topic.key,
                parent=parent.name if parent else "",
                label=label,
                measure=measure,
                kind=amount.kind,
                value=self._sentence.text[start:end],
                unit=unit,
                number=number,
                sentence=self._sentence.index,
                start=start,
                end=end,
                rule=rule,
                flags=(*verdict.flags, *flags, *(("as_of",) if state.period.as_of else ())),
                qualifiers=topic.qualifiers,
            )
        )

    def _value(self, amount: Amount, verdict: Verdict) -> tuple[str, Decimal | None, tuple[str, ...]]:
        flags: list[str] = []
        unit, number = amount.unit, amount.number
        if amount.bare:
            unit = self._unit
            number = None if number is None else number * MONEY_UNITS.get(unit, Decimal(1))
            flags.append("unit_missing")
        if amount.withheld:
            flags.append("redacted")
        if amount.rough:
            flags.append("rough")
        if amount.ends:
            flags.append("range")
        if number is not None and amount.kind == "times" and verdict.measure == "yoy_pct":
            number *= 100
        if number is not None and verdict.sign < 0:
            number = -abs(number)
        return unit, number, tuple(flags)

    def _of_body(self, topic: Topic) -> bool:
        """Is a figure money of the body whose paper this is, not what it owns?"""
        return bool(self._about.owner) and bool(_SPENT.search(topic.name + self._heading))

    def _is_plan(self, state: State) -> bool:
        plan_year = self._about.plan_year
        return plan_year is not None and state.period.first_year >= plan_year

    def _base(self, start: int, end: int, clause_start: int) -> Base:
        """The year a change is measured against: named since the last figure, or in this clause."""
        for period in self._marks.periods:
            if period.compared and (start if start < clause_start else min(start, clause_start)) <= period.start < end:
                return "last_year" if self._is_last(period) or period.offset == 0 else "other"
        return self._base_before(clause_start)

    def _base_before(self, clause_start: int) -> Base:
        """与上年同期相比，减收…: the base may stand in a clause of its own right before."""
        clause = self._marks.text[:clause_start]
        if clause.endswith(_COMPARED) and (match := _COMPARED_CLAUSE.search(clause)):
            inside = [p for p in self._marks.periods if p.compared and match.start() <= p.start < match.end()]
            if inside:
                return "last_year" if self._is_last(inside[-1]) else "other"
        return ""

    def _is_last(self, period: PeriodMatch) -> bool:
        """Is it the year, or the years, before those that hold?"""
        held = self._walk.state.period
        return period.offset == -1 or (
            period.years is not None
            and period.years[1] == held.first_year - 1
            and (period.years[0] == period.years[1]) == (held.first_year == held.last_year)
        )

    def _label(self, clause_start: int, amount: Amount, right_end: int) -> str:
        text = self._marks.text
        start = clause_start
        if amount.start - start < 8:  # a bare figure: the clause before it says what it is
            start = 1 + max(text.rfind(mark, 0, max(0, clause_start - 1)) for mark in _CLAUSE_MARKS)
        end = right_end
        if match := _USE.match(text, right_end):
            end = match.end()
        return text[max(start, amount.start - _LABEL_MAX) : min(end, amount.unit_end + _LABEL_MAX)]

    def _miss(self, amount: Amount) -> None:
        start, end = self._marks.normal.printed(amount.start, amount.end)
        self.missed.append(Missed(self._sentence.index, start, end))


def _bare(masked: str) -> str:
    """Without circumstances, which part words that belong together: 为调整预算（以下简称预算）的98.6%."""
    return masked.replace(CIRCUMSTANCE, "")


def _next_mark(text: str, start: int) -> int:
    match = _CLAUSE_END.search(text, start)
    return match.start() if match else len(text)


def _usual_unit(amounts: Sequence[Amount]) -> str:
    """The unit most money of a sentence has (of two the first named), for figures without one; 万元 if none has any."""
    units = [amount.unit for amount in amounts if amount.kind == "money" and amount.unit in MONEY_UNITS]
    return max(dict.fromkeys(units), key=units.count) if units else "万元"
