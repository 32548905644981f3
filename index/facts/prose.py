"""Facts of running text: passage after passage, sentence after sentence.

4、教育支出 56917 万元，年度预算 59325 万元，完成 95.94%，同比增长 6.75%、增支 3599 万元。
-> 教育支出: actual 56917万元, budget 59325万元, completion 95.94%, yoy_pct +6.75%, yoy_amount +3599万元
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.facts import audits, relations
from index.facts.beside_names import named_beside
from index.facts.context import Frames, State, Topic, account_in
from index.facts.first_level import FirstLevel
from index.facts.marks import LONGEST, mark
from index.facts.projects import Projects
from index.facts.sentence import SentenceReader
from index.facts.spans import is_head
from index.facts.walk import Walk
from index.find.amounts import find_amounts
from index.find.subjects import find_paths
from index.find.terms import exact_items, find_asked_terms
from index.models import Account, Fact, Missed, Period, Section, Sentence, Subject
from index.outline import Passage
from index.text.normal import normalise

_BESIDE_PATH = 8  # characters: its number and full stop
_OWNED = re.compile("资产")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,2}是|（?[\d一二三四五六七八九十]{1,2}[）.、])")


class Prose:
    """Reads passages in order; a passage inherits the scope of the one before it in the same section."""

    def __init__(
        self, about: Subject, sections: Sequence[Section], sentences: Sequence[Sentence], frames: Frames
    ) -> None:
        self._about, self._sections, self._sentences, self._frames = about, sections, sentences, frames
        self._projects = Projects(sections if about.owner else ())
        self._day: tuple[int, Period] | None = None  # the section on what a body owns, and its day
        self._section: int | None = None
        self._earlier: State | None = None
        self._first_level = FirstLevel()
        self._hands_on = False  # whether the report tells of what is given to the levels below
        self.facts: list[Fact] = []
        self.missed: list[Missed] = []

    def read(self, passage: Passage) -> None:
        """Collect the facts of one passage."""
        section = self._sections[passage.section] if passage.section is not None else None
        earlier = self._earlier if self._goes_on(passage.section) else None
        if passage.section != self._section:
            self._first_level = FirstLevel()
        same = passage.section == self._section
        walk = Walk(self._frames.of(passage.section), self._about, earlier, same, self._first_level)
        full_stop = True
        for index in passage.sentences:
            sentence = self._sentences[index]
            if len(sentence.text) > LONGEST:
                self._leave(sentence)
                continue
            marks = mark(normalise(sentence.text), self._about.region, self._about.zones, self._about.owner)
            self._projects.heard(passage.section, sentence.text)
            walk.enter(marks, full_stop)
            held = walk.state
            if marks.amounts and sentence.kind != "heading":  # 1.2 支出决算: no 1.2支
                reader = SentenceReader(walk, marks, sentence, self._about, section.title if section else "")
                reader.read()
                facts = list(self._transferred(reader.facts, passage.section, marks.text))
                if self._found_in_audit(passage.section):
                    facts = [audits.found(fact) for fact in facts]
                if self._about.owner:
                    facts = self._held_at(passage.section, named_beside(facts, sentence.text), bool(marks.periods))
                self.facts.extend(self._projects.named(passage.section, facts, sentence.text))
                self.missed.extend(reader.missed)
            elif (topic := _lead(marks.text)) is not None:
                walk.advance(len(marks.text))
                walk.lead(topic)
            elif is_head(marks):
                walk.advance(len(marks.text))
                walk.open_period()
            elif account := _account_head(marks.text):
                walk.open_account(account)
            walk.advance(len(marks.text))
            if not marks.amounts:
                walk.pass_over(held)
            full_stop = not marks.text.endswith("；")
        self._section, self._earlier = passage.section, walk.handed_on()

    def _held_at(self, section: int | None, facts: list[Fact], dated: bool) -> list[Fact]:
        """截至2022年12月31日，流动资产4万元。固定资产9万元。: what a body owns is told as of one day."""
        if section is None or not _OWNED.search(self._sections[section].title):
            return facts
        if dated:
            day = next((fact.period for fact in facts if fact.period.as_of), None)
            self._day = (section, day) if day is not None else None
            return facts
        if self._day is None or self._day[0] != section:
            return facts
        return [replace(fact, period=self._day[1], flags=(*fact.flags, "as_of")) for fact in facts]

    def _transferred(self, facts: Sequence[Fact], section: int | None, text: str) -> Sequence[Fact]:
        """Facts below a heading on what is given to the levels below are none of the giver's own lines."""
        if not self._on_transfers(section):
            self._hands_on = False
            return facts
        self._hands_on = self._hands_on or relations.hands_on(text)
        return [relations.transferred(fact, self._hands_on) for fact in facts]

    def _found_in_audit(self, section: int | None) -> bool:
        """Is a passage of an audit report below a heading on what was audited?"""
        if not audits.is_report(self._about.title):
            return False
        while section is not None:
            if audits.heads_findings(self._sections[section].title):
                return True
            section = self._sections[section].parent
        return False

    def _on_transfers(self, section: int | None) -> bool:
        """Is a passage below a heading on what is given to the levels below?"""
        while section is not None:
            if relations.heads_transfers(self._sections[section].title):
                return True
            section = self._sections[section].parent
        return False

    def _leave(self, sentence: Sentence) -> None:
        """All its figures count as missed."""
        normal = normalise(sentence.text)
        for amount in find_amounts(normal.text):
            start, end = normal.printed(amount.start, amount.end)
            self.missed.append(Missed(sentence.index, start, end))

    def _goes_on(self, section: int | None) -> bool:
        """Is a passage in the section of the one before, or in a subsection of it?"""
        while section is not None and section != self._section:
            section = self._sections[section].parent
        return section == self._section


def _account_head(text: str) -> Account:
    """The account a short sentence names as a head does: ——政府性基金预算执行情况。"""
    bare = text.strip("—-－·●。：")
    return account_in(bare) if len(bare) <= 24 and bare.endswith(("情况", "预算", "收支")) else ""


# ——专项公用支出。安排13亿元，占比18%: a point that is but a name
_SPENDING_HEAD: Final = re.compile(
    r"(?:[—－-]{1,2}|[①-⑳]|（\d{1,2}）|\d{1,2}[.、])(?P<what>[^，；：。\d]{3,24}(?:支出|经费))[。：]"
)


def _lead(text: str) -> Topic | None:
    """The one item a short numbered sentence speaks of (三是足额安排教育资金。); a path of classification needs no
    number."""
    paths = find_paths(text)
    if len(paths) == 1 and len(text) - (paths[0].end - paths[0].start) <= _BESIDE_PATH:
        return Topic.of(paths[0].item)
    if head := _SPENDING_HEAD.fullmatch(text):
        exact = exact_items(head["what"])
        return Topic.of(exact[0]) if len(exact) == 1 else Topic(head["what"])
    if len(text) > 30 or not _NUMBERED.match(text):
        return None
    found = {term.items[0].key: term for term in find_asked_terms(text)}
    return Topic.of(next(iter(found.values())).items[0]) if len(found) == 1 else None
