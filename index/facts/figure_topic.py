"""What each figure of a sentence is about, in order: by its own words, by what stands behind it, or by what holds.

教育支出|5亿元                     an item before it
安排|5亿元，支持乡村振兴            what it is for, behind it
苹果12万吨、|增长3%                 what held before it
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from index.facts import (
    body_totals,
    counts,
    former,
    funds,
    growth,
    named_before,
    parts,
    passed_on,
    purposes,
    relations,
    topic_rules,
)
from index.facts.brackets import Bracketed
from index.facts.context import Topic, total_of
from index.facts.each import Share, told_back
from index.facts.marks import CIRCUMSTANCE, Marks
from index.facts.open_names import MAX_NAME, open_name, printed_name
from index.facts.ranks import EDGES, before_bracket, before_rank, share_of, side_ranked, topic_of_rank
from index.facts.stock_topic import as_stock, opened_with
from index.facts.surroundings import Verdict
from index.facts.topic_rules import Found
from index.facts.walk import Walk
from index.find.amounts import Amount
from index.find.terms import TermMatch, choose
from index.lexicon import items
from index.models import Fact, Measure

_OF_WHOLE: Final = re.compile("[，、；]?占(?!地|用|比)")
_OF_TARGET: Final = re.compile("[，、]?(?:占|为|完成|达到?|是)")
_PUT_IN: Final = re.compile("(?:计划|拟|预计|估算|概算)(?:总|共)?(?:投入|投资)")
_CLOSING: Final = re.compile(r"[，、]?(?:\d{4}年?)?(?:年?末|期末|年?底)(?:余额|结余|规模)")
_COMPARED: Final = re.compile(
    "(?:[增降]幅|增速|占比)?(?:高于|低于|优于|[快慢]于|好于|较(?!大|小|多|高|好)|比(?!例|重|赛|率|对)|超(?=平均|序时|时间|进度)|[快慢]序时)"
)
_SIZE: Final = re.compile("[，、]?但?(?:总体|总)?(?:规模|总量)(?:仍|依然|继续|持续|保持|维持|稳定|在|达到?|为)*")
# 幼儿园扩建，计划投入|350万元: words of spending alone, which name nothing
_INVESTED: Final = re.compile(
    "(?:年度|本年|今年|当年)?(?:计划|预计|拟|需|概算|预算|估算)*(?:总投资|投资|投入|安排|筹措|补助)(?:资金|预算|约)*"
)
_AIM: Final = re.compile(r"的?(?P<aim>[\u4e00-\u9fff]{2,12}?目标)(?!任务)")
# 完成年度预算的83%，时间进度为|83.3%: what the calendar says is nobody's figure, and what was told of goes on
_CALENDAR: Final = re.compile("[，、（]?(?:快于|慢于|超过?|高于|低于)?(?P<what>(?:时间|序时)进度)(?:要求)?(?:为|是)?")
_IN_ALL: Final = re.compile("[，、；]?(?:总额|总量|合计|总计)(?=同?比|较|与|占)")


class Words(NamedTuple):
    """The words of one figure: before it, from ``start`` on, plain and masked; and behind its unit to the next mark."""

    start: int
    left: str
    masked: str
    right: str


class FigureTopics:
    """The topics of one sentence's figures; ``facts`` are those read so far, ``heading`` titles the section, ``owner``
    is the body whose paper it is."""

    def __init__(self, walk: Walk, marks: Marks, heading: str, facts: Sequence[Fact], owner: str) -> None:
        self._walk, self._marks, self._heading, self._facts, self._owner = walk, marks, heading, facts, owner
        self._opening: Topic | None = None  # the first item of the sentence, and where its figure stands
        self._opening_at = 0
        self._held = walk.state.topic  # what the sentence before was about
        self._counted: Topic | None = None  # what was counted last, if its words stood behind its count
        self._brackets = Bracketed(marks)
        self._before_list: tuple[Fact, ...] = ()  # the facts before a list of figures without names
        self._ranked: Topic | None = None  # what the last rank of the sentence was of
        self.introduced = False  # whether the last figure brought its topic along

    def opens(self, topic: Topic, at: int) -> None:
        """Note the first item that a figure of the sentence is about."""
        if self._opening is None and topic.key:
            self._opening, self._opening_at = topic, at

    def of(
        self, amount: Amount, verdict: Verdict, share: object, words: Words, previous: Amount | None,
        before: Measure | None,
    ) -> tuple[Topic | None, str]:  # fmt: skip
        """The topic of a figure and the rule that gave it; ``before`` is the measure of the ``previous`` figure."""
        state = self._walk.state
        words = _after_counted(words, previous)
        if isinstance(share, Share) and share.back:
            return self._told(share, verdict), "each"
        if isinstance(share, Share) and (share.topic is not None or share.period is None):
            return (share.topic or state.topic), "each"
        terms = [term for term in self._marks.terms if words.start <= term.start and term.end <= amount.start]
        if amount.kind == "rank":
            return self._of_rank(words, terms, before), "rank"
        if former.becomes(self._marks.masked, previous, amount):
            return self._walk.state.topic, "changed_to"
        if amount.kind == "percent" and (calendar := _CALENDAR.fullmatch(words.left)):
            self.introduced = False
            return Topic(calendar["what"]), "calendar"
        found = self._by_own_words(amount, verdict, words, previous, terms)
        rate = amount.kind == "percent" and found.rule == "open" and found.topic is not None
        if rate and found.topic and (told := relations.rate_of(found.topic, state.topic)) is not found.topic:
            return told, "rate_of"  # what was told of goes on to hold
        if found.rule == "open" and (before is not None or (found.topic and found.topic.name.startswith("涉及"))):
            noun = counts.noun_behind(words.right) if amount.kind == "count" else ""
            found = self._after_another(found, noun, words.start)
        if found.rule.startswith("open") and found.topic is not None and amount.kind == "money":
            found = found._replace(topic=relations.of_debt_before(found.topic, state.topic))
        told_here = state.topic if found.new and state.topic is not self._held else None
        if side := relations.beside_side(open_name(words.left, words.masked), told_here):
            found = Found(side, True, "open")
        found = self._by_words_around(found, amount, words)
        if found.rule == "account_total" and state.topic and self._is_of_counted(previous, words):
            found = Found(state.topic, False, "carried_open_flow")  # 建设公寓420套，支出|6300万元: on these
        fresh = state.topic is not self._held and found.rule == "account_total"
        if fresh and relations.still_of_money(state.topic, words.left, amount, previous):
            found = Found(state.topic, False, "carried_open_flow")  # 直达资金84亿元，支出|81亿元: of these
        if previous is not None and found.rule != "counted_for" and (whose := self._given_to_counted(previous, words)):
            found = Found(whose, True, "counted_for")
        if self._opening is not None and not terms and _IN_ALL.match(words.left):
            found = Found(self._opening, False, "carried_whole")  # 三公经费9万元，其中…，总额较上年减少|1万元
        if found.rule == "account_total" and found.topic and previous and previous.number == amount.number:
            found = found._replace(topic=relations.spent_of(state.topic, found.topic))
        if not terms and _CLOSING.match(words.left):
            opened = opened_with(self._opening, self._opening_at, self._facts, self._marks.text[: words.start])
            found = found._replace(topic=opened or found.topic)  # 基金年初余额…，年末余额…: what opened the sentence
        stock = as_stock(found.topic, verdict.measure, self._walk.state, self._facts, new=found.new, limit=amount)
        found = found._replace(topic=stock)
        if verdict.measure == "outstanding" and not found.new and stock is not None and stock != state.topic:
            self._walk.hold(stock)  # 限额58亿元，余额57亿元，其中一般债务…: parts of the balance
        if found.topic is not None and "-sum-" in found.topic.key and state.period.first_year < state.period.last_year:
            whole = total_of(found.topic.account, found.topic.flow)  # 五年收入总量: no budget balances over years
            found = found._replace(topic=whole or found.topic)
        if amount.kind == "count" and not (found.new and former.is_former(self._marks.masked, amount)):
            found = self._of_count(found, amount, words, previous)
            if found.rule == "counted":
                return found.topic, found.rule
        self.introduced = found.new
        return self._taken(found, words, amount), found.rule

    def _is_of_counted(self, previous: Amount | None, words: Words) -> bool:
        """Do the words but say 支出 right behind the count of something without a key?"""
        topic = self._walk.state.topic
        if previous is None or previous.kind != "count" or topic is None or topic.key or topic is self._held:
            return False
        return named_before.is_spent_on(self._marks.text[previous.unit_end : words.start] + words.left)

    def _given_to_counted(self, previous: Amount, words: Words) -> Topic | None:
        """What is given for the things counted before a figure; None if its words say anything else."""
        held = self._counted or self._walk.state.topic
        if previous.kind != "count" or held is None or held.key or held is self._held or words.right:
            return None
        between = self._marks.text[previous.unit_end : words.start]
        return named_before.given_to(held, self._counted is not None, between, words.left, self._facts)

    def _told(self, share: Share, verdict: Verdict) -> Topic | None:
        """收入5亿元，支出4亿元，分别增长3%、|4%: what was told of before, in the same order."""
        if share.back == share.of:
            self._before_list = tuple(self._facts)
        told = told_back(self._before_list, share.back, share.of)
        if told is None:
            return None
        known = items().get(told.key)
        topic = Topic.of(known) if known else Topic(told.item, account=told.account, flow=told.flow)
        return as_stock(topic, verdict.measure, self._walk.state, self._facts, new=False, limit=None)

    def _by_own_words(
        self, amount: Amount, verdict: Verdict, words: Words, previous: Amount | None, terms: Sequence[TermMatch]
    ) -> Found:
        """What the words of a figure name; carried where they name nothing."""
        state, left = self._walk.state, words.left
        found = topic_rules.topic_of(left, words.masked, words.right, terms, words.start, state)
        if found.rule == "carried" and amount.kind == "money" and (body := counts.bodies_before(left)):
            return Found(body, True, "open")  # 行政单位3亿元，事业单位|4亿元
        if not found.new and (listed := self._brackets.topic(amount, previous, left, state)):
            found = listed
        if origin := relations.of_origin(words.left, state.parent):
            return Found(origin, True, "item")  # 一般债券3亿元（新增|1亿元、再融资|2亿元）
        if not found.new and (own := relations.listed_of(left, state.topic, state.parent)):
            return Found(own, True, "item")
        if self._owner and (total := self._of_body(found, words)):
            found = total
        if found.new and verdict.measure == "share" and _OF_WHOLE.match(left):
            return Found(state.topic, False, "carried")  # 增加值增长11%，占规模以上工业|26.5%
        if found.rule == "open" and amount.kind == "percent" and (counted := self._still_counted(words, amount)):
            return Found(counted, False, "counted")
        if found.rule == "open" and verdict.rule == "base_of_percent" and not terms and _OF_TARGET.match(left):
            return Found(state.topic, False, "carried")  # 占市下达任务数|2080万元的103.1%
        opens = found.rule.startswith("open") and found.topic is not None
        if opens and found.topic and amount.kind in ("percent", "points") and _COMPARED.match(found.topic.name):
            return Found(state.topic, False, "carried")  # 高于平均水平|0.2个百分点
        name = found.topic.name if opens and found.topic else ""
        if this := relations.meant_by_this(name, self._marks.text[: words.start]):
            return found._replace(topic=replace(found.topic or Topic(this), name=this))
        if found.new and found.topic is not None and (own := funds.of_fund(found.topic, state, left)):
            return Found(own, True, "of_fund")
        return found

    def _after_another(self, found: Found, noun: str, start: int) -> Found:
        """工程项目65个，送审金额…: a short name is of what was named before; ``noun`` is what is counted."""
        held = self._walk.state.topic
        holding = self._counted or (held if held is not self._held else None)
        if found.topic is not None and found.topic.name.startswith("涉及") and not found.topic.key:
            # 编制项目目标389个，涉及预算资金…: of these; of what a clause of its own names in between
            since = max((one.unit_end for one in self._marks.amounts if one.unit_end <= start), default=0)
            between = "，" in (raw := self._marks.text[since:start])[:-1] or "；" in raw or "。" in raw
            if between and (own := named_before.by_clause(self._marks, start)):
                return found._replace(topic=replace(found.topic, name=f"{own.name}{found.topic.name}"[-MAX_NAME:]))
            if between:
                return found
        if found.topic is None or holding is None:
            return found
        return found._replace(topic=relations.named_after(holding, found.topic, noun))

    def _by_words_around(self, found: Found, amount: Amount, words: Words) -> Found:
        """Where its own words name nothing, or but a verb: what stands behind the figure or in the clause before."""
        behind = self._marks.text[amount.unit_end :]
        if self._counted is not None and purposes.gives_to_counted(self._marks.text[: words.start], words.left):
            return Found(Topic(self._counted.name), True, "counted_for")
        aimed = found.rule == "open" and _AIM.match(behind)
        if (not found.new or aimed) and (
            told := self._told_behind(amount, words.left, words.masked, behind, found.topic)
        ):
            found = told
        sized = amount.kind == "percent" or _SIZE.fullmatch(words.masked)
        account = self._walk.state.account
        if found.rule == "carried" and sized and (grown := growth.grown_before(self._marks, words.start, account)):
            found = Found(grown, True, "clause")
        if amount.kind == "money" and (summed := named_before.sum_of_counted(self._counted, words.left)):
            found = Found(summed, True, "counted_for")
        if found.topic is None and amount.kind == "money" and (own := named_before.by_clause(self._marks, words.start)):
            found = Found(own, True, "clause")  # 社区工作者项目，预算|9万元
        last = max((one.unit_end for one in self._marks.amounts if one.unit_end <= words.start), default=0)
        of_before = found.rule == "carried" and found.topic is not None
        # 力争完成80%；盘活闲置厂房，目标|2亿元: what stood before the ；is over, too
        of_before = of_before and (found.topic is self._held or "；" in self._marks.text[last : words.start])
        if of_before and found.topic and not found.topic.key and self._may_be_named_before(amount, words):
            own = named_before.by_clause(self._marks, words.start)
            found = Found(own, True, "clause") if own else found
        if found.rule == "open" and found.topic and amount.kind == "money" and _PUT_IN.fullmatch(found.topic.name):
            clause = named_before.by_clause(self._marks, words.start)
            thing = clause or named_before.first_counted(self._marks, self._facts)
            found = Found(thing, True, "clause") if thing is not None else found
        topic = found.topic
        if found.rule == "carried" and topic and (topic.key or topic.given) and amount.kind == "money":
            given = self._given(topic, words.left, words.masked, words.start, behind)
            found = Found(given, True, "given") if given != topic else found
        if found.rule == "open" and found.topic is not None:
            project = purposes.project_behind(words.left, behind) if amount.kind == "money" else None
            money = purposes.of_money(found.topic, behind) if amount.kind == "money" else None
            purpose = project or money or purposes.with_purpose(found.topic, behind)
            found = found._replace(
                topic=named_before.with_place(purpose, self._marks, words.start, self._walk.state.region)
            )
            if (
                amount.kind == "money"
                and _INVESTED.fullmatch(purpose.name)
                and (own := named_before.invested_in(self._marks, words.start, self._heading))
            ):
                whole = "总投资" if purpose.name.endswith("总投资") else ""
                found = found._replace(topic=Topic(f"{own.name}{whole}"[:MAX_NAME]))  # 幼儿园扩建，计划投入|3万元
        return found

    def _may_be_named_before(self, amount: Amount, words: Words) -> bool:
        return amount.kind == "money" or (amount.kind == "count" and not counts.noun_behind(words.right))

    def _of_count(self, found: Found, amount: Amount, words: Words, previous: Amount | None) -> Found:
        """What a count is a count of: the noun behind it, or what its words name."""
        if found.rule == "carried" and (
            named := counts.bodies_before(words.left) or counts.rank_before(words.left, found.topic)
        ):
            found = Found(named, True, "named")
        own_words = found.topic if found.new else None
        held = self._walk.state.topic if self._walk.state.topic is not self._held else None
        counted = self._counted or (held if previous is not None and previous.kind == "count" else None)
        if own_words is not None and counted is not None and counts.is_act_alone(own_words.name):
            # 评估支出政策289项，取消或优化115项: of those that were counted
            return Found(Topic(f"{counted.name}{own_words.name}"[-MAX_NAME:]), True, "counted")
        if noun := counts.counted_topic(amount, words.right, own_words, previous, words.left):
            if own_words is not None and len(own_words.name) > counts.LONGEST_LEAD:
                self._walk.set_topic(own_words, words.start)  # 成绩位列15家示范城市的第3名: the next figure is of it
            self._counted = noun
            return Found(noun, True, "counted")
        if found.new and found.topic is not None:
            return found._replace(topic=relations.of_things(found.topic, open_name(words.left, words.masked)))
        return found

    def _taken(self, found: Found, words: Words, amount: Amount) -> Topic | None:
        """A topic that a figure brought along holds from here on: of the kind its heading says, or as a part."""
        topic, state = found.topic, self._walk.state
        if not found.new or topic is None:
            return topic
        if amount.kind == "percent":
            topic = relations.part_of_rate(topic, state.parent, words.left)
        topic = relations.of_kind_above(topic, self._heading, printed_name(words.left))
        if state.parent is None or state.parent.key.startswith(("total-", "transfer")):
            topic = relations.of_account(topic, printed_name(words.left), state.account)
        if not self._marks.text.endswith("；", 0, words.start):
            topic = relations.repaid_of(topic, state.parent, words.left)
        if state.parent is not None and parts.is_apart(topic, state.parent):
            self._walk.state = state._replace(parent=None)  # 收入5亿元，其中…；支出|4亿元: no part of it
        elif not self._walk.has_own_circumstance(words.start, topic):
            topic = parts.as_part(topic, state.parent, words.left, state.account)
        else:
            topic = parts.as_part_of_less(topic, state.parent)
        self._walk.set_topic(topic, words.start)
        self._counted = None
        return topic

    def _of_rank(self, words: Words, terms: Sequence[TermMatch], earlier: Measure | None) -> Topic | None:
        """规模居全省第4位: of what this sentence told of, else of what the clause before names."""
        state = self._walk.state
        if (named := before_bracket(self._marks, words.start, words.left, state.account)) is not None:
            return named
        held = state.topic if state.topic is not self._held or self._walk.awaited else None
        attached = words.start > 0 and self._marks.text[words.start - 1] not in EDGES
        topic = topic_of_rank(words.left, words.masked, terms, words.start, held, attached, state.account)
        if topic is not None and self._counted is not None and words.left.startswith(self._counted.name):
            return Topic(f"{self._counted.name}{topic.name}")  # 4个|县（市）|收入规模居全省前10位: theirs, not ours
        if terms:
            self._walk.set_topic(Topic.of(choose(terms[-1].items, state.account)))
        if topic is None and (before := before_rank(self._marks.terms, self._marks.masked, words.start, state.account)):
            self._walk.set_topic(before)
            return before
        if topic is not None and topic is held and earlier == "share" and topic.key:
            topic = share_of(topic)  # 税收占比60.7%，居全省第一位
        topic = topic or side_ranked(words.left, state.account)
        self._ranked = topic or self._ranked or named_before.by_clause(self._marks, words.start) or state.topic
        return self._ranked

    def _of_body(self, found: Found, words: Words) -> Found | None:
        """A total of the body whose paper this is; None if the figure is of something else."""
        opens = not words.start and found.rule == "carried"  # 支出预算|9101万元。, below whatever heading
        total = body_totals.total_in(words.left, words.masked, self._owner, self._heading, alone=opens)
        project = body_totals.project_of(held := self._walk.state.topic, self._heading, self._owner, words.left)
        if project and (side := body_totals.of_project(project, found.rule, words.left, total)):
            return Found(side, side is not held, found.rule)
        if total:
            return Found(body_totals.left_over_of(total, self._marks.text[: words.start]), True, "body_total")
        if found.topic is not None and found.rule == "carried_open_flow":
            other = body_totals.other_side(found.topic, words.left, not words.start)
            return Found(other, True, "body_total") if other else None
        if found.rule != "account_total" or found.topic is None:
            return None
        if held and held is not self._held and body_totals.is_total(held.key) and held.flow == found.topic.flow:
            return Found(held, False, "carried_flow")  # 财政拨款支出预算…，支出|决算…
        total = body_totals.total_of_side(found.topic.flow, self._heading, words.left)
        return Found(total, True, "body_total") if total is not None else None

    def _still_counted(self, words: Words, amount: Amount) -> Topic | None:
        """11个领域支出增幅超|10%: of what was counted right before; None if the words name something else."""
        noun = counts.noun_behind(words.left + amount.value) if self._counted is not None else ""
        return self._counted if noun and self._counted is not None and self._counted.name.endswith(noun) else None

    def _told_behind(self, amount: Amount, left: str, masked: str, behind: str, topic: Topic | None) -> Found | None:
        """安排5亿元，支持…; 每年安排|5亿元引导资金; …，共计313亿元: what words without a name are about."""
        bare = "".join(char for char, mask in zip(left, masked, strict=True) if mask != CIRCUMSTANCE)
        if not (topic and topic.key) and (aim := purposes.aim_of(bare, behind)):
            return Found(aim, True, "purpose")
        account = self._walk.state.account
        if amount.kind == "money" and (goal := named_before.goal_at(self._marks, amount, left, account)):
            return Found(goal, True, "goal")
        if amount.kind in ("money", "percent") and (aimed := _AIM.match(behind)):
            return Found(Topic(aimed["aim"]), True, "aim")  # 紧盯全年|71亿元|收入目标
        if amount.kind != "money":
            return None
        if money := purposes.money_behind(left, behind):
            return Found(money, True, "money_behind")
        all_of = relations.of_list(self._facts, amount, left, account)
        return Found(all_of, True, "list") if all_of else None

    def _given(self, topic: Topic, left: str, masked: str, start: int, behind: str) -> Topic:
        """安排20亿元，支持…: what it is for, not the item before; that, if told of another year (2026年安排)."""
        if self._walk.awaited and not (self._walk.led and purposes.supports(behind)):
            return topic  # 教育支出方面，安排5亿元; but 推动教育发展。安排5亿元，支持学校建设 is not all of it
        dated = any(start <= period.start < start + len(left) for period in self._marks.periods)
        if not purposes.gives(masked) or (self._opening and dated) or passed_on.is_shared_out(topic, masked):
            return topic
        since = max((m.end() for m in named_before.SINCE.finditer(self._marks.text, 0, start)), default=0)
        before = "" if any(since < a.unit_end <= start for a in self._marks.amounts) else self._marks.text[since:start]
        if given := purposes.given_for(left, before, behind):
            return given
        return topic if self._opening or dated else purposes.given(self._heading or left)


def _after_counted(words: Words, previous: Amount | None) -> Words:
    """31个预算部门|共编制目标|176个: what was counted names nothing else."""
    if previous is None or previous.kind != "count" or words.start != previous.unit_end:
        return words
    turn = counts.turn_in(words.masked)
    return words._replace(start=words.start + turn, left=words.left[turn:], masked=words.masked[turn:])
