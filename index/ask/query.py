"""What was understood of a question: slots, and what each of them may hold.

    "上党区2023年教育支出多少" -> regions (140404), periods (2023), items (教育支出), measures (), shape look-up

All values are plain and frozen, so that a dialogue can be kept, replaced slot by slot, and written as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from index.models import Account, Measure, Period, Scope

Shape = Literal["lookup", "compose", "compare", "rank", "trend", "define", "quote", "about", "talk", "overview"]
Stage = Literal["plan", "executed", ""]
Kind = Literal["money", "percent", "points", "times", "rank", "count", ""]


@dataclass(frozen=True, slots=True)
class Asked:
    """An item as asked: the asker's word, the lexicon keys it may mean, the name shown.

    ``weak`` marks a short everyday word (消费, 担保) that may be meant literally; ``note`` tells of a correction.
    """

    text: str
    keys: tuple[str, ...]
    name: str
    weak: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """The slots of a question.  Empty means: not named.

    ``chunks`` are the content words that no slot took; ``content`` all content words of the question in order, items
    included.  ``runs`` are the contiguous stretches of content (for misspelt names),
    ``before`` the content of the part of the question before this one, ``term`` what stands in quotation marks.
    ``absent`` are the names of places set beside a held one that are not held themselves.
    ``masked`` is the text with items, places and periods blanked out: how a figure is asked for.
    ``negated`` are words of what the asker does not mean.
    ``must`` are words that the figure itself has to name: an element of an enumeration.  ``inside`` are the words of
    a part of the item: the figure of the item itself is none of it (一般性转移支付里，财力性的).
    ``basis`` are the words of what growth is to be told without (剔除退税因素).
    ``whose`` are words right before the item that no slot took: whose or which it is (月球|税收收入).
    ``of_debt``: what the debt was taken up for is asked for, not what the budget spends on it (政府债务里投到公路上的).
    ``debt``: the debt that a project was paid from (产业园拿了多少专项债).
    ``alone``: only its own measure is asked for, whatever else the words of the question ask.
    ``literal``: every word is looked for as it stands, also one that names an item.
    ``joint``: several items that together name one thing (主体税种占税收收入).  ``unit`` is the unit the
    asker wants to see, ``count_word`` the 座 of 几座, ``documents`` the papers of the departments named.
    ``told`` is the year that the answer was of, where the question named none; ``figures`` are the facts it gave,
    ``reckoned`` the words of a follow-up that reckoned with them.
    ``direction``, ``top``, ``sign`` and ``of_items`` are the order asked for (see ``ordering.Order``).
    ``bounds`` are what the figures of a list must keep within (see ``bounds``).
    ``given``: what the place gives to those below it is asked for (给各区转移支付).
    ``counties``: 县 is said of the members, among which are no zones then.
    ``among``: the kind of places that are put in order, as said: 县, 市, 省会城市.
    ``earlier`` is the complete question before this one in a dialogue, with a few before it.
    """

    text: str
    shape: Shape = "lookup"
    regions: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    unknown: str = ""
    absent: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    period_note: str = ""
    compared: tuple[Period, ...] = ()
    scope: Scope = ""
    scope_words: str = ""
    account: Account = ""
    items: tuple[Asked, ...] = ()
    measures: tuple[Measure, ...] = ()
    stage: Stage = ""
    kind: Kind = ""
    count_word: str = ""
    unit: str = ""
    chunks: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    term: str = ""
    masked: str = ""
    negated: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    whose: tuple[str, ...] = ()
    of_debt: bool = False
    debt: str = ""
    alone: bool = False
    joint: bool = False
    literal: bool = False
    each: bool = False
    members: bool = False
    counties: bool = False
    among: str = ""
    given: bool = False
    direction: Literal["highest", "lowest", ""] = ""
    top: int = 0
    sign: int = 0
    bounds: tuple[str, ...] = ()
    of_items: bool = False
    follow: bool = False
    asks: bool = False
    notes: tuple[str, ...] = field(default=())
    documents: tuple[str, ...] = ()
    told: int = 0
    figures: tuple[str, ...] = ()
    reckoned: str = ""
    earlier: Query | None = None

    @property
    def empty(self) -> bool:
        """Nothing of a budget question was found."""
        return not (self.regions or self.choices or self.items or self.periods or self.measures or self.scope)


@dataclass(frozen=True, slots=True)
class Slots:
    """The whole of one look-up: one place, one period, one item, and what of it is asked."""

    query: Query
    region: str
    period: Period
    item: Asked | None


def as_in_whole(own: Query, whole: Query) -> Query:
    """政府债务余额多少，|一般债、专项债各多少: a word means in a part what it means in the whole question."""
    said = {item.text: item for item in whole.items}
    return replace(own, items=tuple(said.get(item.text, item) for item in own.items))
