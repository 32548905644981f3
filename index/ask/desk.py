"""The assistant as a chat needs it: answers with their addresses, addresses back to answers, lists, menus.

    desk.converse("上党区2023年教育支出多少") -> Turn(detail, view, state)
    desk.recall(detail.lead) -> the same card

A desk belongs to one thread.  Tokens come from buttons and links, that is from outside: whatever they hold, the answer
is a card or None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from index.ask import holdings, overview_turn, overview_view, views
from index.ask.assistant import Assistant, reply
from index.ask.detail import detail, view_of
from index.ask.dialogue import from_plain, to_plain
from index.ask.holdings import Held
from index.ask.messages import MOST, at_home, questions_in, speaks_of_home
from index.ask.picturing import PICTURE
from index.ask.query import Query
from index.ask.question import understand
from index.ask.ranking.level import newest, peers
from index.ask.recall import recall, stored
from index.ask.reference import Reference, decode, encode, region_token
from index.ask.refuse import places_to_choose
from index.ask.reply import again, answering
from index.ask.report_text import Line, Stretch, stretch
from index.ask.search import Search
from index.ask.showing import Choice, Detail, Row, Shown, View, Way
from index.ask.talk import Said, said
from index.ask.together import alike, combined, joined
from index.ask.views import Passage
from index.models import Answer

__all__ = [
    "Choice", "Desk", "Detail", "Held", "Line", "Passage", "Row", "Said", "Shown", "Stretch", "Turn", "View", "Way",
]  # fmt: skip

T = TypeVar("T")

MOST_READINGS = 5
MOVED = "链接来自旧的索引，报告后来更新过：下面是同一地区、年份、科目现在的数"
NEAREST = "链接来自旧的索引，原来的数字找不到了：下面是最接近的，要别的请直接提问"


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer, the list it is best shown as (None: a card), what the dialogue has come to, as JSON can hold it.

    ``said`` is what the message was if no question, ``each`` the answers to the questions of a message with several.
    """

    detail: Detail
    view: View | None
    state: dict[str, Any] | None
    said: Said | None = None
    each: tuple[Turn, ...] = ()


class Desk(Assistant):
    """An Assistant that also answers to addresses."""

    _stamped: tuple[Search, str] | None = None

    def converse(self, question: str, state: dict[str, Any] | None = None, home: str = "") -> Turn:
        """Answer a question of a dialogue; ``home`` is the token of the chat's own place."""
        with self._lock:
            search = self._refresh()
            questions = questions_in(search, self._overlay.applied(question, search))
            turns: list[Turn] = []
            for one in questions[:MOST]:
                turns.append(self._turn(search, one, turns[-1].state if turns else state, home))
            return _together(turns, question, len(questions) - len(turns)) if len(turns) > 1 else turns[0]

    def _turn(self, search: Search, question: str, state: dict[str, Any] | None, home: str) -> Turn:
        code = search.atlas.by_token(home) or "" if home else ""
        last = _dialogue(state)
        if code and speaks_of_home(question):
            question = at_home(question, search.atlas.full_name(code))
        if code and (last is None or not (last.regions or last.choices or last.unknown)):
            last = replace(last, regions=(code,)) if last else Query("", regions=(code,))
        query, answer = reply(search, question, last)
        found = self._detailed(search, query, answer)
        kept = to_plain(query) if query else state
        what = said(question)
        what = None if what and what.kind == "english" and query else what  # a question that was answered
        return Turn(found, view_of(search, query, found), kept, what)

    def choose(self, place: str, state: dict[str, Any] | None) -> Turn | None:
        """Go on with a question that asked back which place; None if the place is not held."""
        with self._lock:
            search = self._refresh()
            code = search.atlas.by_token(place)
            if code is None:
                return None
            last = _dialogue(state)
            if last is not None:
                last = replace(last, regions=(code,), choices=(), unknown="")
            query, answer = reply(search, search.atlas.full_name(code), last)
            found = self._detailed(search, query, answer)
            return Turn(found, view_of(search, query, found), to_plain(query) if query else None)

    def places_open(self, state: dict[str, Any] | None) -> list[tuple[str, str]]:
        """The places that a question back may mean: token and name."""
        with self._lock:
            search = self._refresh()
            codes = places_to_choose(search, _dialogue(state) or Query(""))
            return [(region_token(code), search.atlas.full_name(code)) for code in codes]

    def again(self, state: dict[str, Any] | None) -> Turn | None:
        """The last answer of a dialogue once more; None if there is none."""
        with self._lock:
            search = self._refresh()
            last = _dialogue(state)
            if last is None or not (last.items or last.content or last.shape == "overview"):
                return None
            if not last.regions and last.shape != "rank":  # 哪个县最多 is of no place
                return None
            found = self._detailed(search, last, again(search, last))
            return Turn(found, view_of(search, last, found), state)

    def report(self, name: str) -> Path | None:
        """A report by its name, if its file is still there and unchanged."""
        with self._lock:
            return holdings.original(self._refresh(), name)

    def recall(self, token: str) -> Turn | None:
        """The answer at an address; None if the index does not hold it (any more)."""

        def found(search: Search, reference: Reference) -> Turn | None:
            overview = overview_turn.at(search, answering(search), reference)
            recalled = overview or recall(search, reference)
            if recalled is None:
                return None
            query, answer = recalled
            told = self._detailed(search, query, answer)
            return Turn(told, view_of(search, query, told) if overview else None, to_plain(query))

        return self._at(token, found)

    def nearest(self, token: str) -> tuple[Turn, str] | None:
        """The answer at an address that may be of an older version, or the nearest one, and what to say of that."""
        try:
            reference = decode(token)
        except ValueError:
            return None
        turn = self.recall(token)
        if turn is not None and turn.detail.answer.status == "answered":
            with self._lock:
                moved = bool(reference.fact) and stored(self._refresh(), reference) is None
            return turn, MOVED if moved else ""
        for near in _nearest(reference):
            turn = self.recall(encode(near))
            if turn is not None and turn.detail.answer.status == "answered":
                exact = self.recall(turn.detail.lead) if turn.view is None else None  # where no year is left open
                return exact or turn, NEAREST
        return None

    def trend(self, token: str) -> View | None:
        """The figure over the years."""
        return self._list(token, views.trend)

    def peers(self, token: str) -> View | None:
        """The figure in the places of the same level."""
        return self._list(token, peers)

    def parts(self, token: str) -> View | None:
        """What the figure consists of; of an overview, its rows."""

        def found(search: Search, reference: Reference) -> View | None:
            ask = answering(search)
            answered = overview_turn.at(search, ask, reference)
            return overview_turn.view(search, ask, answered[0]) if answered else views.parts(search, reference)

        return self._list(token, found)

    def material(self, token: str) -> View | None:
        """The paragraph of an overview; None for any other address."""

        def found(search: Search, reference: Reference) -> View | None:
            answered = overview_turn.at(search, answering(search), reference)
            query = replace(answered[0], masked=overview_turn.MATERIAL) if answered else None
            return overview_turn.view(search, answering(search), query) if query else None

        return self._list(token, found)

    def passage(self, token: str) -> Passage | None:
        """The sentences around the figure."""
        return self._at(token, views.passage)

    def stretch(self, token: str, at: int = 0) -> Stretch | None:
        """A stretch of the report, the figure's sentence lit up; ``at`` counts on from there."""
        return self._at(token, lambda search, reference: stretch(search, reference, at))

    def original(self, token: str) -> Path | None:
        """The report the figure stands in, if its file is still there and unchanged."""

        def found(search: Search, reference: Reference) -> Path | None:
            return holdings.original(search, views.document_of(search, reference))

        return self._at(token, found)

    def ranking(self, question: str) -> View | None:
        """The places by the item (and year, measure) a question names."""
        with self._lock:
            search = self._refresh()
            query = understand(self._overlay.applied(question, search), search.atlas)
            if not query.items:
                return None
            level = search.atlas.regions[query.regions[0]].level if query.regions and query.regions[0] else ""
            found = newest(search, query, level)
            return replace(found[1], stamp=self._version(search)) if found else None

    def readings(self, question: str, home: str = "", most: int = MOST_READINGS) -> list[Turn]:
        """The likeliest readings of what has been typed so far, each an answer; best first, none twice."""
        first = self.converse(question, None, home)
        found: dict[str, Turn] = {}
        if first.said is not None:
            return []

        def keep(turn: Turn | None) -> None:
            if turn and turn.detail.answer.status == "answered" and len(found) < most:
                found.setdefault(turn.detail.lead or turn.detail.answer.reply, turn)

        keep(first)
        if first.detail.answer.status == "clarify" and first.detail.region:  # 西工区 2024: its main figures
            keep(self.converse(f"{question}{overview_view.TITLE}", None, home))
        if first.detail.answer.status != "answered" and first.state is not None:  # not for small talk
            for choice in first.detail.choices:
                keep(self._chosen(choice, first.state))
        for way in (*first.detail.scopes, *reversed(first.detail.years)):
            keep(self.recall(way.token))
        return list(found.values())

    def several(self, question: str) -> bool:
        """Whether a question names more than one place, period or item by itself."""
        with self._lock:
            search = self._refresh()
            query = understand(self._overlay.applied(question, search), search.atlas)
            return max(map(len, (query.regions, query.periods, query.items))) > 1 or bool(query.members)

    def reports(self) -> list[Held]:
        """All reports."""
        with self._lock:
            return holdings.reports(self._refresh().atlas)

    def places(self) -> list[tuple[str, str]]:
        """Places with reports of their own: token and name."""
        with self._lock:
            return holdings.places(self._refresh())

    def samples(self) -> list[str]:
        """Up to three questions that the index answers."""
        with self._lock:
            return holdings.samples(self._refresh())

    def glossary(self) -> list[tuple[str, str]]:
        """Words and what they mean."""
        return holdings.glossary()

    def stamp(self) -> str:
        """第12版: the version of the index; changes when the reports do."""
        with self._lock:
            return self._version(self._refresh())

    def _detailed(self, search: Search, query: Query | None, answer: Answer) -> Detail:
        """With the version, and the public page of the report that the first figure stands in."""
        found = detail(search, query, answer, self._version(search))
        document = next((one.document for one in answer.figures if one.asked), "")
        return replace(found, url=self._overlay.link(document, search)) if document else found

    def _version(self, search: Search) -> str:
        if self._stamped is None or self._stamped[0] is not search:
            self._stamped = (search, holdings.stamp(search))
        return self._stamped[1]

    def _chosen(self, choice: Choice, state: dict[str, Any] | None) -> Turn | None:
        return self.recall(choice.token) if choice.token else self.choose(choice.place, state)

    def _list(self, token: str, find: Callable[[Search, Reference], View | None]) -> View | None:
        def found(search: Search, reference: Reference) -> View | None:
            view = find(search, reference)
            return replace(view, stamp=self._version(search)) if view else None

        return self._at(token, found)

    def _at(self, token: str, find: Callable[[Search, Reference], T | None]) -> T | None:
        try:
            reference = decode(token)
        except ValueError:
            return None
        with self._lock:
            return find(self._refresh(), reference)


def _nearest(reference: Reference) -> list[Reference]:
    """What is nearest to an address that holds nothing any more: another stage or level, another year of it, then the
    main figures of the place, of that year or the newest."""
    any_stage = reference.at(measure=None, scope="", account="")
    stages = [any_stage, *(any_stage.at(measure=stage) for stage in ("actual", "adjusted_budget", "budget"))]
    overview = Reference(reference.region, reference.period, overview_view.ITEM)
    return [*stages, *(one.at(period=None) for one in stages), overview, overview.at(period=None)]


def _together(turns: Sequence[Turn], message: str, left: int) -> Turn:
    """The answers to a message with several questions as one; ``left`` questions were too many."""
    details = [turn.detail for turn in turns]
    found = Detail(
        combined([one.answer for one in details], left),
        tuple(one for each in details for one in each.shown), stamp=details[0].stamp,
    )  # fmt: skip
    view = None if any(turn.view for turn in turns) else alike(found, details)
    last = turns[-1].state
    if view is not None and (whole := joined([_dialogue(turn.state) for turn in turns])):
        last = to_plain(whole)
    return Turn(found, view, {**last, "text": message} if last else None, None, tuple(turns))


def _dialogue(state: dict[str, Any] | None) -> Query | None:
    """A kept dialogue; one of another version is forgotten."""
    try:
        return from_plain({name: state[name] for name in state if name != PICTURE}) if state else None
    except (TypeError, KeyError, ValueError):
        return None
