"""The level at which a section told of its first account: another account that names none is told at that one, too.

全区一般公共预算收入9亿元。 / 区本级一般公共预算收入5亿元。 / 政府性基金收入3亿元。     the last is of 全区 again
全区…收入9亿元，政府性基金收入3亿元。 / 区本级…收入5亿元。 / 政府性基金收入2亿元。        of 区本级: 全区 had its own
"""

from __future__ import annotations

from index.facts.context import State, Topic


class FirstLevel:
    """What one section has told of its accounts so far."""

    def __init__(self) -> None:
        self._first: State | None = None
        self._account = ""
        self.whole: State | None = None  # what held for the first account that was told of as a whole
        self.total: Topic | None = None  # the total of an account that was told of last
        self._told: set[tuple[str, str, int]] = set()

    def back_to(self, topic: Topic, state: State) -> State | None:
        """The state with the first level for an account's total that names no level; None if what holds goes on."""
        first = self._first
        if first is None or topic.account == self._account or first.scope == state.scope:
            return None
        if first.region != state.region or (topic.key, first.scope, state.period.first_year) in self._told:
            return None
        return state._replace(scope=first.scope, scope_words=first.scope_words)

    def note(self, topic: Topic, state: State) -> None:
        """An account's total was told of in this state."""
        self._first = self._first or state
        self._account = topic.account
        if state.scope == "whole" and topic.key.startswith("total-"):
            self.whole = self.whole or state
        self._told.add((topic.key, state.scope, state.period.first_year))
