"""Messages that ask for nothing of a budget: small talk, words of speech, a question without a slot.

算了没事, 写一段话来, 那呢 -> nothing to look up
"""

from __future__ import annotations

import re

from index.ask.named import FLOWS
from index.ask.pick.cues import fired
from index.ask.query import Query
from index.ask.question import understand
from index.ask.search import Search
from index.ask.vocabulary import has, spoken, words
from index.ask.why import asks_why

_NAMING = re.compile(r"[那这么的呢呀啊吧嘛了，。？?！!\s]|再|也|还|又|有|是|现在|今年|具体")


def is_talk(query: Query, last: Query | None) -> bool:
    """Nothing of a budget in it: no slot, and either small talk or nothing to go on."""
    if not query.empty and (last is None or query.items or query.regions):
        return False
    if query.shape == "define" and query.account:
        return False
    own = understood_nothing(query)
    return own and (last is None or any(word in query.text for word in words("refuse", "talk")))


def is_speech(search: Search, question: str) -> bool:
    """算了没事, 写一段话来: nothing of a budget in it, and words of speech; an item by itself has none of them."""
    query = understand(question, search.atlas)
    named = not query.chunks or any(word.endswith(FLOWS) or word.isascii() for word in query.chunks)
    return not named and asks_nothing(query) and bool(spoken() & set(query.text))


def asks_nothing(query: Query) -> bool:
    """No slot, and no word that asks or that a measure could be told from."""
    follows = query.follow and len(_NAMING.sub("", query.text)) != 1  # 那呢; 车呢 names something
    asks = query.account or follows or query.asks or query.kind or query.unit or query.stage or query.each
    turned = query.shape != "lookup" or query.direction or query.members or query.term or query.unknown
    other = asks_why(query.text) or has(query.text, "ask", "back")
    return understood_nothing(query) and not (asks or turned or other or query.negated or fired(query.masked))


def understood_nothing(query: Query) -> bool:
    """No slot was filled by the question."""
    return not (query.items or query.regions or query.periods or query.measures or query.scope or query.choices)
