"""One sentence with figures: for each its measure, its topic and all that holds where it stands.

占年度预算 59325 万元的 95.94%，增支 3599 万元  -> budget, completion, yoy_amount of the topic that holds
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.facts import (
    changes,
    former,
    left_over,
    limits,
    moved_lines,
    parts,
    passed_on,
    relations,
    stages,
    standards,
    thresholds,
)
from index.facts.bases import base_of
from index.facts.context import State, Topic, total_of
from index.facts.each import Share, shares
from index.facts.figure_topic import FigureTopics, Words
from index.facts.holding import Told, held_for
from index.facts.listed import make_up_whole
from index.facts.marks import CIRCUMSTANCE, Marks
from index.facts.measure_rules import judge
from index.facts.open_names import MAX_NAME, printed_name
from index.facts.qualify import qualifiers_of
from index.facts.stages import stage_of
from index.facts.stock_topic import told_last
from index.facts.stranded import befallen
from index.facts.superlatives import first_of_all, singled_out
from index.facts.surroundings import Surroundings, Verdict
from index.facts.walk import Walk
from index.find.amounts import MONEY_UNITS, Amount
from index.models import Fact, Measure, Missed, Period, Sentence, Subject

_CLAUSE_MARKS = "，。；：！？（）"
_CLAUSE_END = re.compile(f"[{_CLAUSE_MARKS}]")
_INSIDE = re.compile(r"(?<=[^户次人个])（[\u4e00-\u9fff、]{1,6}）(?=[\u4e00-\u9fff]{2})")
_LABEL_MAX = 90
_WITHIN = ("以内", "之内")  # 控制在限额917.8亿元|以内: the limit itself is exact
_MAIN = ("actual", "budget", "adjusted_budget", "outstanding", "limit", "balance", "amount")
_USE = re.compile(r"，?(?:主要|全部|专项)?(?:用于|支持|惠及)[^，。；]*")
_LIST_MARK = re.compile(r"[、，和与及]*约?")
_LISTING = re.compile("项目|明细|清单|安排|投向|用途|使用")
_SMALL = ("state_capital", "social_insurance")
_SPENT = re.compile(r"预算|支出|收入|拨款|经费|费|资金")


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
        self._verdict: Verdict | None = None
        self._topics = FigureTopics(walk, marks, self._heading, self.facts, about.owner)
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
                base_of(self._marks, state.period, start, amount.start, clause_start), self._is_plan(state),
            )
        )  # fmt: skip
        share = self._shares.get(amount.start, ...)
        if share is not ... and _LIST_MARK.fullmatch(left_masked) and self._verdict is not None:
            verdict = self._verdict  # 分别增长3.5%和1.7%: what holds for the first holds for all
        if self._about.kind == "adjustment":
            verdict = stages.against_budget(verdict, text[: amount.start])
        moved = moved_lines.moved(left, left_masked) if amount.kind == "money" else None
        if moved is not None:
            verdict = Verdict("amount", "difference", moved.sign)
        self._verdict = verdict
        if share is None:
            self._miss(amount)
            self._before = verdict.measure
            return
        if moved is None and self._is_compared(amount, verdict, share, Words(start, left, left_masked, ""), previous):
            return
        if moved is not None:
            name = slice(moved.start, moved.end)
            start, left, left_masked = start + moved.start, left[name], left_masked[name]
        elif verdict.rule in ("difference", "yoy_amount_next"):
            compared = changes.compared_from(left_masked)
            left, left_masked = left[:compared], left_masked[:compared]
        words = Words(start, left, left_masked, text[amount.unit_end : _end_of_noun(text, amount, right_end)])
        topic, rule = self._topics.of(amount, verdict, share, words, previous, self._before)
        self._before = verdict.measure
        if rule == "each" and verdict.rule == "difference" and topic is not None:
            topic = moved_lines.as_line(topic)
        topic = passed_on.passed_on(topic, amount, self.facts, self._walk, self._marks, start, self._about.region)
        topic = self._money_before(amount, verdict, rule) or left_over.of_rest(amount, rule, left, text) or topic
        topic = topic or told_last(self.facts, verdict.measure)
        if topic is None and self._heading:
            topic, rule = self._of_heading(state, verdict), "heading"
        if topic is None:
            self._miss(amount)
            return
        label = self._label(clause_start, amount, right_end)
        if condition := thresholds.condition_at(text, amount, previous):
            topic, verdict = Topic(condition[-MAX_NAME:]), Verdict(verdict.measure, "threshold")
        if room := limits.room_below(left, amount, self.facts):
            topic, verdict = room, Verdict("amount", "below_limit")
        verdict = self._by_topic(verdict, topic, amount, left)
        self._topics.opens(topic, amount.start)
        if self._topics.introduced and amount.kind in ("money", "percent") and verdict.measure != "share":
            self._at_own_level(topic, start, amount.start)
        topic = relations.told_apart(topic, amount, verdict.rule, left, text[clause_start : amount.start])
        topic = singled_out(text[: amount.start]) or topic
        topic = self._narrowed(topic, amount, left, left_masked, isinstance(share, Share))
        if not self._about.owner and standards.is_no_line(topic, amount, self.facts):
            topic = standards.beside(self.facts, left)
        self._emit(amount, verdict, topic, share if isinstance(share, Share) else None, f"{verdict.rule}+{rule}", label)
        if (place := first_of_all(text[: amount.start], self._about.region)) is not None:
            self.facts[-1] = replace(self.facts[-1], region=place.code, scope="", scope_words="")
        self._walk.end_aside()

    def _by_topic(self, verdict: Verdict, topic: Topic, amount: Amount, left: str) -> Verdict:
        """What a figure of this topic is, whatever the words by it say."""
        if verdict.rule == "budget_word" and former.moves_into(topic, left) and not self._is_plan(self._walk.state):
            verdict = Verdict("amount", "bare")  # 调入一般公共预算|3亿元
        if verdict.rule == "bare" and amount.kind == "money" and not topic.key and topic.name.endswith("余额"):
            verdict = replace(verdict, measure="outstanding")  # 村级债务余额|4亿元
        return verdict

    def _money_before(self, amount: Amount, verdict: Verdict, rule: str) -> Topic | None:
        """购置费96万元，更新车辆6辆，比上年增加|40万元: a change of money behind a count is of the money before it."""
        if amount.kind != "money" or (verdict.measure, rule) != ("yoy_amount", "carried"):
            return None
        if not self.facts or self.facts[-1].kind != "count":
            return None
        since = self._marks.text.rfind("；", 0, amount.start)
        told = any(one.kind == "money" and since < one.start < amount.start for one in self._marks.amounts)
        money = self._walk.money if told and any(fact.kind == "money" for fact in self.facts) else None
        if money is not None:
            self._walk.hold(money)
        return money

    def _is_compared(
        self, amount: Amount, verdict: Verdict, share: object, words: Words, previous: Amount | None
    ) -> bool:
        """较上年的9亿元增长…: take a figure that is of the year compared with, or of the same months of it."""
        start, left, masked, _ = words
        behind = self._marks.text[amount.unit_end :]
        named = [item for t in self._marks.terms if start <= t.start and t.end <= amount.start for item in t.items]
        side = former.side_moved(left)
        if side and (total := total_of(self._walk.state.account, side)):
            self._walk.set_topic(total)
        held = self._walk.state.topic
        of_before = held is not None and (
            former.is_of_compared_year(left, masked, behind, named, held)
            or (amount.kind == "money" and not named and former.is_same_months_before(left, masked))
            or bool(not left and former.bracket_from(self._marks.text, amount))
        )
        if of_before and (since := former.bracket_from(self._marks.text, amount)):
            self._compared(amount, since, self._marks.text[since : amount.start])
            return True
        opens = not start and self._marks.text[:1] in "与比较"  # …31,201万元。|与2024年度的28,316万元相比，增加…
        if (previous is not None or side or opens) and of_before:
            self._compared(amount, start, left)
            return True
        if self._main in ("limit", "outstanding", "balance") and former.is_of_years_begin(left, behind):
            self._compared(amount, start, left, Period.year(self._walk.state.period.first_year - 1))
            return True
        at = former.compared_from(left, masked, behind)
        item = Words(start, left[:at], masked[:at], "")
        topic = self._topics.of(amount, verdict, share, item, previous, None)[0] if at else None
        if topic is not None:
            self._walk.hold(topic)
            self._compared(amount, start + at, left[at:])
        return topic is not None

    def _narrowed(self, topic: Topic, amount: Amount, left: str, masked: str, shared: bool) -> Topic:
        """What the words right before and behind a figure make of its topic: idle money, a standard, a part."""
        text, introduced = self._marks.text, self._topics.introduced
        if introduced:
            fallen = befallen(topic, printed_name(left), text[amount.unit_end :])
            if fallen is not topic:
                self._walk.hold(topic := fallen)
        elif not shared and standards.is_for_one(masked, amount):
            topic = standards.standard_of(topic, text[amount.unit_end :])
        if amount.kind != "money":
            return topic
        narrowed = qualifiers_of(text, left, amount.start, topic, not introduced)
        return replace(topic, qualifiers=narrowed) if narrowed else topic

    def _of_heading(self, state: State, verdict: Verdict) -> Topic:
        """What the heading says of a figure that nothing nearer names."""
        elsewhere = bool(state.scope) or state.region not in (None, self._about.region)
        topic = relations.of_heading(self._heading, state.account, elsewhere)
        if verdict.measure in ("limit", "outstanding") and topic.key.startswith("debt-"):
            topic = relations.of_state(topic, verdict.measure, topic)
            self._walk.set_topic(topic)  # 政府债务 / 限额9亿元，余额8亿元（一般…、专项…）
        return topic

    def _at_own_level(self, topic: Topic, start: int, end: int) -> None:
        """带动|全市|工业增加值增长8%: the level right before an item is that of its figure, whatever else holds."""
        terms = [term for term in self._marks.terms if start <= term.start and term.end <= end]
        if not terms or not (topic.name.endswith(terms[-1].text) or topic.key in {i.key for i in terms[-1].items}):
            return
        item = terms[-1].start
        beside = [s for s in self._marks.scopes if start <= s.start and s.end <= item]
        listed = bool(beside) and self._marks.text.endswith(("、", "和", "与", "及"), 0, beside[-1].start)
        if beside and not listed and not self._marks.masked[beside[-1].end : item].strip(CIRCUMSTANCE):
            self._walk.at_level(beside[-1])

    def _compared(self, amount: Amount, start: int, left: str, period: Period | None = None) -> None:
        """The figure of the year that the one before is measured against, ``period`` if its words do not say it."""
        state = self._walk.state
        named = next((p for p in reversed(self._marks.periods) if start <= p.start < amount.start), None)
        resolved = named.resolve(state.period.first_year) if named is not None else state.period  # 比预算9亿元减少…
        resolved = period or resolved
        measure = former.measure_compared(self._main or "actual", left, state.topic.key if state.topic else "")
        if resolved is None or state.topic is None or measure is None:
            self._miss(amount)
            return
        if (
            measure == "actual"
            and named is not None
            and named.months is None
            and not (named.as_of or state.period.as_of)
        ):
            held = state.period  # in a paper on some months the year before is told of the same
            resolved = replace(resolved, first_month=held.first_month, last_month=held.last_month)
        label = self._label(start, amount, amount.unit_end)
        self._emit(amount, Verdict(measure, "compared_year"), state.topic, None, "compared_year", label, resolved)

    def _emit(
        self, amount: Amount, verdict: Verdict, topic: Topic, share: Share | None, rule: str, label: str,
        period: Period | None = None,
    ) -> None:  # fmt: skip
        state = held_for(Told(amount, verdict, topic, share, label, self._marks.text), self._walk)
        if period is not None:
            state = state._replace(period=period)
        start, end = self._marks.normal.printed(amount.start, amount.end)
        unit, number, flags = self._value(amount, verdict)
        closed = self._about.kind == "final_accounts" and state.period == Period.year(self._about.year or 0)
        measure = stage_of(verdict, topic, amount, state, self._is_plan(state), self._of_body(topic), closed)
        staged = measure in ("actual", "budget") and verdict.measure in ("actual", "amount")
        staged = staged and verdict.rule != "compared_year"
        if staged and self._is_adjusted(amount, verdict):
            before = stages.is_to_be_adjusted(self._marks.text, amount)
            measure = ("budget" if before else "adjusted_budget") if topic.key else "amount"
        if measure == "adjusted_budget" and topic.item is not None and topic.item.measure == "limit":
            measure = "limit"  # 债务限额调整为9亿元
        if measure in _MAIN and verdict.rule != "difference":
            self._main = measure
        region = (share.region if share and share.region else state.region) or self._about.region
        account = topic.account or ("" if self._of_no_account(topic, state) else state.account)
        parent = parts.whole_of(topic, state.parent)
        parent = parent if parent and parent.name != topic.name else None
        handed_down = state.scope == "lower" and any(name == "recipient" for name, _ in topic.qualifiers)
        if parent is None and not topic.key and "债" not in topic.name and _LISTING.search(self._heading):
            parent = self._walk.listed_under
        self._walk.awaited = False
        if verdict.measure in ("budget", "adjusted_budget") and self._topics.introduced and not self._is_plan(state):
            self._walk.hold(replace(topic, budgeted=verdict.measure))
        elif verdict.measure == "actual" and topic.budgeted:
            self._walk.hold(replace(topic, budgeted=""))
        if former.is_former(self._marks.masked, amount) and not topic.name.endswith("（此前）"):
            from_budget = measure == "budget" or stages.is_first_adjustment(self._about)
            if from_budget and former.is_budget_before(self._marks.masked, amount, topic):
                measure = "budget"
            else:
                measure = "amount" if verdict.rule == "target_word" else measure
                topic = Topic(f"{topic.name}（此前）", account=topic.account, flow=topic.flow)
        self.facts.append(
            Fact(
                region=region.code if region else "",
                scope="" if handed_down else state.scope,
                scope_words="" if handed_down else state.scope_words,
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
        if amount.kind == "money":
            alone = verdict.rule == "difference" and all(one.rule.startswith("difference") for one in self.facts)
            self._walk.money = replace(topic, given=True) if alone else topic  # 教育调增9亿元，其中…: parts of that
            self._walk.all_parts = make_up_whole(self.facts)

    def _value(self, amount: Amount, verdict: Verdict) -> tuple[str, Decimal | None, tuple[str, ...]]:
        flags: list[str] = []
        unit, number = amount.unit, amount.number
        if amount.bare:
            unit = self._unit
            number = None if number is None else number * MONEY_UNITS.get(unit, Decimal(1))
            flags.append("unit_missing")
        if amount.withheld:
            flags.append("redacted")
        if amount.rough and not (verdict.measure == "limit" and amount.rough.endswith(_WITHIN)):
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

    def _of_no_account(self, topic: Topic, state: State) -> bool:
        """民生实事资金1亿元, in a paragraph of its own behind one on 国有资本经营预算."""
        return not topic.key and self._walk.inherits and state.account in _SMALL

    def _is_plan(self, state: State) -> bool:
        plan_year = self._about.plan_year
        if plan_year is None or state.period.first_year < plan_year:
            return False
        return not stages.is_under_way(state.period, self._heading, self._about.kind)

    def _is_adjusted(self, amount: Amount, verdict: Verdict) -> bool:
        before = self._marks.text[: amount.start]
        return stages.is_adjusted(verdict, before, self._about.kind, self._heading)

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


def _end_of_noun(text: str, amount: Amount, end: int) -> int:
    """108个乡镇（街道）综合文化站: a bracket inside what is counted does not end it."""
    inside = _INSIDE.match(text, end) if amount.kind == "count" else None
    return _next_mark(text, inside.end()) if inside else end


def _usual_unit(amounts: Sequence[Amount]) -> str:
    """The unit most money of a sentence has (of two the first named), for figures without one; 万元 if none has any."""
    units = [amount.unit for amount in amounts if amount.kind == "money" and amount.unit in MONEY_UNITS]
    return max(dict.fromkeys(units), key=units.count) if units else "万元"
