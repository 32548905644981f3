"""Walking through a passage: what holds (period, scope, region, topic, parent) as the words go by.

"全市…（其中：市级 5 亿元）…，经开区…" — scopes, places and years are met in order; brackets and 其中 open a level of
parts and close it again; a new sentence keeps the topic, a new passage begins from its headings.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.facts import funds, listed, passages, spans
from index.facts.body_totals import compared_total, is_total
from index.facts.clauses import PART_OF, USED, Clauses, Event
from index.facts.context import Frame, State, Topic, account_in, account_told, year_of
from index.facts.first_level import FirstLevel
from index.facts.levels import is_level_of, level_of, names_recipient, related
from index.facts.marks import CIRCUMSTANCE, Marks, ScopeMatch, mark
from index.facts.open_names import opener_end
from index.facts.opening import Opening, turns_to
from index.facts.parts import is_account_total, nested, whole_again
from index.facts.passages import ACCOUNTS, NARROWER, Opened
from index.facts.relations import whole_of_parts
from index.facts.topic_rules import clause_topic
from index.find.periods import PeriodMatch
from index.find.places import PlaceMatch
from index.find.terms import TermMatch, choose
from index.models import Account, Period, Subject
from index.text.normal import normalise

_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}是|（\d{1,2}）|[①-⑳]")
_BULLET = re.compile(r"[●◆■★▲◇○•]|[—－-]{2}")
_GOES_ON = re.compile(r"其中|包括|主要是|[分按从][^，。；]{1,8}看，")
_PARTED = ("debt-new", "debt-issue")
_LONGEST_HEAD = 24  # characters of a sentence that is but a head


class Walk:
    """The state of one passage.  ``enter`` a sentence, then ``advance`` to each figure and read ``state``."""

    def __init__(
        self, frame: Frame, about: Subject, earlier: State | None, same_section: bool, first: FirstLevel
    ) -> None:
        year = year_of(frame, about) or about.year or about.plan_year or 0
        months = frame.months or (1, 12)
        self._about, self._frame, self._year = about, frame, year
        self._passage_period = Period(*frame.span) if frame.span else Period(year, year, *months)
        self._explicit_year = frame.span is not None
        scope, words, region = frame.scope, frame.scope_words, frame.region
        account = frame.account
        if earlier is not None:
            # the text may have left what its heading says (回顾一年，全市…, at the end of a section on a zone)
            account = (same_section and earlier.account) or account or earlier.account
            if same_section and region is not None and earlier.scope == "whole":
                region, scope, words = earlier.region, earlier.scope, earlier.scope_words
            if not scope:
                scope, words = earlier.scope, earlier.scope_words
        self.inherits = not frame.account and account != ""  # that of the passage before: of no open item
        fund = funds.fund_in(frame.topic)
        self.state = State(self._passage_period, scope, words, region, account, frame.topic, None, fund)
        headed = frame.topic is not None and frame.topic.key.startswith(_PARTED)
        self.listed_under = frame.topic if headed else None  # 新增专项债券项目：
        self._went: Topic | None = None  # the bonds whose uses this sentence tells
        self._stack: list[tuple[State, State | None]] = []
        self._marks = mark(normalise(""), about.region)
        self._clauses = Clauses(self._marks)
        self._at = 0
        self.money: Topic | None = None  # what the last amount of money was of
        self.all_parts = False  # whether the parts told so far make up their whole
        self._events: list[Event] = []
        self._before_aside: Period | None = None
        # whether the topic was named without a figure (in a sentence of its own: led), and none has followed
        self.awaited, self.led = frame.entitled, False
        self._whole: State | None = None
        self._opening = Opening()
        self._first_level, self._levelled = first, bool(frame.scope)  # whether a level was named in this passage
        self._named = 0  # how many items stood in this segment (to the next ；or 其中)
        self._placed, self._funds = set[str](), set[str]()  # the places and levels inside, the funds, this one named
        self._accounts: set[Account] = set()  # the accounts whose totals this sentence told
        self._all_accounts: set[Account] = set()  # those that the passage told
        # whose figures the accounts told of last were: what is told of in between (市级投入8亿元，…) holds not so long
        self.standing = self.state
        self._attached: State | None = None  # what held before a level that stands right before an item
        self._in_passing: State | None = None  # what held before a level that the sentence names in passing

    def enter(self, marks: Marks, after_full_stop: bool) -> None:
        """Begin a sentence: the period falls back to the passage's, brackets are closed, parts end at a full stop."""
        if after_full_stop:
            self._leave_parts()
            self.state = passages.of_no_account(self.state, self._accounts, self._frame)
            self._accounts.clear()
        self._marks, self._at = marks, 0
        self._clauses = Clauses(marks)
        self._stack, self._went = [], None
        whole = self._opening.enter(marks.text)
        told_at = self._before_aside or self.state.period
        self._before_aside = None
        if after_full_stop:
            self._leave_each()
        self._placed.clear()
        self._leave_passing()
        if _BULLET.match(marks.text):
            self.state = passages.stood_back(self.state, self.standing)
        parent, topic = (None if after_full_stop else self.state.parent), self.state.topic
        topic = whole_again(topic, self.state.parent) if after_full_stop else topic
        self._end_segment()
        fund = self.state.fund if len(self._funds) < 2 else None  # 失业…；工伤…。: what follows is of no one of them
        self._funds.clear()
        topic = whole or topic
        if _ORDINAL.match(marks.text):  # 二是…: what the point before was about is over
            parent, topic, fund = None, self._frame.topic, funds.fund_in(self._frame.topic)
            self.awaited, self.led = self._frame.entitled, False
            if not (marks.amounts or self._frame.account or self.state.account == "general_public"):
                # 二是主动争取上级资金。: and so is the fund or insurance that was told of
                self.state = self.state._replace(account="")
        period = passages.months_of_part(marks.text, told_at, self._passage_period)
        years = spans.after_compared_plan(marks.periods, marks.text)
        if years and years[0] <= period.first_year and period.last_year <= years[1]:
            period = Period(*years)
        self.state = self.state._replace(period=period, parent=parent, topic=topic, fund=fund)
        self._events = self._clauses.events()

    def _leave_parts(self) -> None:
        """收入9亿元，其中：市本级2亿元，县区3亿元。: the next sentence is of the whole; 其中：市本级…。 goes on."""
        whole, self._whole = self._whole, None
        if whole is not None and not PART_OF.match(self._marks.text):
            self.state = self.state.at_level_of(whole)

    def _leave_each(self) -> None:
        """What follows a sentence that told of several places or levels is of no one of them."""
        self.state = passages.of_none_of(
            self._placed, self.state, self._frame, self._about.region, self._first_level.whole
        )

    def _leave_passing(self) -> None:
        """What follows is not of a level or place that was but named in passing."""
        before, self._in_passing = self._in_passing, None
        if before is not None:
            self.state = passages.after_passing(before, self.state, bool(_GOES_ON.match(self._marks.text)))

    def advance(self, position: int) -> None:
        """Take in everything that stands before ``position``."""
        self._at = position
        while self._events and self._events[0][0] < position:
            at, kind, thing = self._events.pop(0)
            match thing:
                case PeriodMatch():
                    self._period(thing)
                case ScopeMatch():
                    self._scope(thing)
                case PlaceMatch():
                    self._place(thing)
                case TermMatch():
                    self._used(thing)
                case _:
                    self._structure(at, kind)

    def set_topic(self, topic: Topic, start: int | None = None) -> None:
        """A figure's own topic holds from here on, and with it its account.

        Among the parts after 其中 each names its own scope: one without (from ``start`` on) has that of the whole.
        """
        whole = self._whole if start is not None and not self.has_own_circumstance(start, topic) else None
        if whole is not None:
            self.state = self.state.at_level_of(whole)
        if topic.key.startswith("total-") and topic.account in ACCOUNTS:
            if not self._levelled and not self._accounts and start is not None:
                self.state = self._first_level.back_to(topic, self.state) or self.state
            self._first_level.note(topic, self.state)
        if topic.key.startswith("total-") and topic.account in ACCOUNTS:
            self._accounts.add(topic.account)
            self._all_accounts.add(topic.account)
        if topic.key and topic.account in ACCOUNTS:
            self.inherits = False
        if is_account_total(topic):
            self._first_level.total = topic
        settles = topic.key.startswith("total-") or turns_to(topic, start, self.state, self._marks)
        account = topic.account if topic.account in ACCOUNTS and settles else self.state.account
        self._speak_of(topic, start is not None)
        if topic.key and topic.account in ACCOUNTS and (self.state.scope != "lower" or is_total(topic.key)):
            self.standing = self.state
        self.state = self.state._replace(topic=topic, account=account)
        self._opening.begin(topic)

    def _speak_of(self, topic: Topic, has_figure: bool) -> None:
        """Note the fund that a topic speaks of, or that the text turns to something else."""
        self.state = self.state._replace(fund=funds.after(topic, self.state, self._named, has_figure))
        if named := funds.fund_in(topic):
            self._funds.add(named.name)
        self._named += bool(topic.key or named)

    def _end_segment(self) -> None:
        """A ；or a full stop: what was but one of the parts is no subject any more, nor does 年末 hold on."""
        if self.state.period.as_of and replace(self.state.period, as_of=False) == self._passage_period:
            self.state = self.state._replace(period=self._passage_period)
        self._detach()
        self._named = 0
        fund = self.state.fund
        if fund is not None and (fund.part or fund.account == "government_fund"):
            self.state = self.state._replace(fund=None)

    @property
    def passage_period(self) -> Period:
        """The period of the passage as a whole."""
        return self._passage_period

    # ------------------------------------------------------------------------------------------ what is met

    def _period(self, match: PeriodMatch) -> None:
        text = self._marks.text
        if match.compared or spans.is_base_of_times(text, match) or spans.goes_on(self._marks, match):
            return
        if spans.is_no_time(text, match):
            return
        held, endpoint = self.state.period, spans.is_endpoint(text, match, self.state.period)
        passing = spans.are_of_things(text, match, self._clauses.heads(match)) or spans.is_deadline(text, match)
        if self._before_aside is None and (endpoint or passing or (match.years is None and match.offset)):
            self._before_aside = held  # 上年…: holds to the end of the clause only
        period = spans.meant(match, held, self._year, self._frame.months)
        if period is None:
            return
        period = spans.since(period, text, match.end)
        self.state = self.state._replace(period=period)
        if endpoint or passing:
            return
        self._passage_period, self._explicit_year = passages.opened_by(
            match, period, self._marks, self._frame, self._about.plan_year, self._year,
            Opened(self._passage_period, self._explicit_year), self._clauses.heads(match),
        )  # fmt: skip

    def _scope(self, match: ScopeMatch) -> None:
        level = level_of(match, self._about.region)
        if not self._clauses.heads(match) or level is None:
            return
        if level == "lower" and names_recipient(self._marks.text, match.start, match.end):
            return
        own = self._about.region
        region = self.state.region
        if level == "lower" and is_level_of(match, region, own):
            return  # 高新区收入…。区级支出…: that zone's own
        self._levelled = True
        self._placed.add(level)
        elsewhere = region is not None and own is not None and region.code != own.code
        if elsewhere and not self._clauses.place_ends(match.start):
            region = own if match.scope == "whole" else self._frame.region or own
        # 安排下达|市级项目经费 heads its clause, and yet says nothing of what comes
        if level == "own" != self.state.scope and opener_end(self._marks.masked) < match.start:
            self._in_passing = self._in_passing or self.state
        self.state = self.state._replace(scope=level, scope_words=match.text, region=region)

    def at_level(self, match: ScopeMatch) -> None:
        """The level that stands right before an item: it holds to the end of that sentence or to a ；."""
        level, own = level_of(match, self._about.region), self._about.region
        if level not in ("whole", "own") or level == self.state.scope or self.state.region not in (None, own):
            return
        self._attached = self._attached or self.state
        self.state = self.state._replace(scope=level, scope_words=match.text)

    def _detach(self) -> None:
        """What was said of a level right before an item holds no more."""
        if self._attached is not None and (self._at or not _GOES_ON.match(self._marks.text)):
            before, self._attached = self._attached, None
            self.state = self.state._replace(scope=before.scope, scope_words=before.scope_words)

    def _place(self, match: PlaceMatch) -> None:
        own = self._about.region
        candidates = [r for r in match.regions if own is None or related(r, own)]
        if len(candidates) != 1 or not self._clauses.heads(match) or not self._clauses.belongs_to(match):
            return
        region, self._levelled = candidates[0], True
        if own is not None and region.code == own.code:
            # 大理州2025年末政府债务限额: named as a whole, whatever level the sentence before spoke of
            self.state = self.state._replace(
                region=region, scope=self._frame.scope, scope_words=self._frame.scope_words
            )
        elif own is None or region.parent == own.code or region.code.startswith(own.code.rstrip("0")):
            self._placed.add(region.code)
            if region != self.state.region:
                self._in_passing = self._in_passing or self.state
            self.state = self.state._replace(region=region, scope="", scope_words="")
        elif self._marks.masked[match.end : match.end + 1] in ("§", CIRCUMSTANCE):
            self.state = self.state._replace(region=region)

    def _used(self, match: TermMatch) -> None:
        """专项债券主要用于冷链园区3亿元、供水管网2亿元: what the figures behind are parts of."""
        if not any(one.start < match.end for one in self._marks.amounts):
            self._went = Topic.of(choose(match.items, self.state.account))
            self.state = self.state._replace(parent=self._went)

    def _structure(self, at: int, kind: str) -> None:
        if kind == "open":
            self._stack.append((self.state, self._whole))
            if self._clauses.holds_one_figure(at):
                return  # 用于冷链园区（2亿元）: of the name before it, and no part of what was told of
            self._whole, self._named = self.state, 0
            self.state = self.state._replace(parent=nested(self.state.topic, self.state.parent) or self.state.parent)
        elif kind == "close":
            if self._stack:
                self.state, self._whole = self._stack.pop()
        elif kind == "split" and self._whole is not None and self._named:
            # 其中：从地区看，市本级…，县区…；从债券性质看，…: another way to part the same whole
            self.state, self._named = self._whole._replace(parent=self._whole.topic), 0
        elif kind == "split" and (opening := self._opening.whole or self._first_level.total) is not None:
            self.state = self.state._replace(topic=opening, parent=opening)
        elif kind == "parts" and not self._clauses.names_only(at):
            kind = next((one.kind for one in self._marks.amounts if one.start > at), "")
            whole = whole_of_parts(self.state.topic, self.money, kind)
            self._whole, self._named = self.state._replace(topic=whole), 0
            self.state = self.state._replace(parent=nested(whole, self.state.parent))
        elif kind == "reason":
            self._whole, self._named = self.state, 0  # a place in it is not what the next sentence is of
        elif kind == "rejoin" and self.state.parent is not None:
            self.state = self.state._replace(topic=self.state.parent, parent=None)
        elif kind == "year":
            self.state = self.state if self._before_aside else passages.all_year(self.state, self._frame)
        elif kind == "self":
            self.state = passages.as_whole(self.state, self._frame, self._about.region)
        elif kind not in ("parts", "rejoin"):
            self._clause(at)

    def _clause(self, end: int) -> None:
        """A clause without figures may name what the next ones are about: 教育支出方面，…"""
        self.end_aside()
        if self._marks.masked[end] == "；":
            self._end_segment()
            level = listed.is_level_alone(self._marks, end)  # …，其中税收120亿元；市本级|60亿元
            over = level or listed.are_over(self._marks, end, self.state.parent) or self.all_parts
            if over and self._whole is not None and not self._stack:
                self.state, self._whole = listed.as_before(self.state, self._whole, level), None
            self.all_parts = False
            if self._went is not None and USED.match(self._marks.text, end + 1):
                self.state = self.state._replace(parent=self._went)  # 用于甲2亿元，包括…；用于乙|1亿元
        start = self._clauses.start_of(end)
        if any(start <= amount.start < end for amount in self._marks.amounts):
            return
        if account := account_told(self._marks.text[start : end + 1]):
            return self.open_account(account)
        if self.state.fund is not None and funds.ended_by(self._marks.text[start:end]):
            self.state = self.state._replace(fund=None)
        terms = [term for term in self._marks.terms if start <= term.start and term.end <= end]
        account = self.state.account or account_in(self._marks.text[start:end])
        masked, owner = self._marks.masked[start:end], self._about.owner
        topic = compared_total(self._marks.text[start:end], masked, owner) if owner else None
        topic = topic or clause_topic(masked, terms, start, account)
        if topic is not None:
            self.set_topic(topic)
            self.awaited, self.led = True, False

    def end_aside(self) -> None:
        """由上年下降4%转为增长2.6%: what 上年 said holds for one figure."""
        if self._before_aside is not None:
            self.state, self._before_aside = self.state._replace(period=self._before_aside), None

    def has_own_circumstance(self, start: int, topic: Topic) -> bool:
        """Does the figure whose words begin at ``start`` name a place or scope of its own, or is it the other side of
        one that did (其中市本级收入…，支出…)?"""
        listed = topic.key and self._clauses.is_listed_behind_level(start)
        return (
            listed or self._clauses.names_one(start, self._at) or passages.is_other_side(topic, self.state, self._whole)
        )

    def handed_on(self) -> State:
        """What the next passage begins with: the level that holds, if an account was told of at it."""
        self._detach()
        self._leave_parts()
        self._leave_each()
        if not self._marks.text.endswith("："):  # 镇级支出预算9亿元，具体为：/ 教育2亿元…: of that level, too
            self.state = passages.stood_back(self.state, self.standing)
        return passages.of_no_account(
            self.state, self._all_accounts, self._frame
        )  # what comes after all of them is of none

    def open_period(self) -> None:
        """A sentence that is but a head (8月当月。) says of which months the passage goes on to tell."""
        period = self._marks.periods[0].resolve(self._year)
        if period is not None:
            self.state, self._passage_period = self.state._replace(period=period), period

    def open_account(self, account: Account) -> None:
        """A sentence that is but a head (——政府性基金预算执行情况。) names the account of what follows."""
        self.state = self.state._replace(account=account, topic=None, parent=None, fund=None)
        self._opening.forget()

    def lead(self, topic: Topic) -> None:
        """A sentence without figures that only names a subject (三是足额安排教育资金。) leads the next one."""
        if self.state.topic is None or topic.name != self.state.topic.name:
            self._speak_of(topic, has_figure=False)
        self.state, self.awaited, self.led = self.state._replace(topic=topic), True, True

    def hold(self, topic: Topic) -> None:
        """The topic that holds, told more exactly: at which stage its figure was."""
        self.state = self.state._replace(topic=topic)

    def pass_over(self, held: State) -> None:
        """A sentence without figures, too long for a head (各县区主动谋划…): its lower level ends with it; and a head
        (生态基底持续夯实。) begins another point, of whom the accounts were told of last."""
        if not self._marks.scopes and len(self._marks.text) <= _LONGEST_HEAD and self._marks.text.endswith("。"):
            self.state = passages.stood_back(self.state, self.standing, NARROWER)
        if self.state.scope == "lower" and len(self._marks.text) > _LONGEST_HEAD:
            self.state = self.state.at_level_of(held)
