"""What chats leave behind, in one SQLite file beside the index.

    chats     settings, dialogues, quotas, notices, prompts        people    roles given by command
    counts    open questions, votes, days                          watches   what chats follow, digests to be sent
    updates   messages taken and not yet answered                  moves     groups that got another number
    notes     what owners are to hear of

``State(path)`` is all of them over one connection; ``file`` is the only SQLite in the chat.
"""

from __future__ import annotations

from bot.telegram.state.chats import Answered, Chats, ChatSettings
from bot.telegram.state.counts import DISPUTED, Counts, DayCount, Miss
from bot.telegram.state.file import DAY, HOUR, StateError
from bot.telegram.state.moves import Moves
from bot.telegram.state.notes import NoteBook, Noted
from bot.telegram.state.people import Known, People
from bot.telegram.state.updates import Taken, Updates
from bot.telegram.state.watches import Waiting, Watch, Watches

__all__ = [
    "DAY", "DISPUTED", "HOUR", "Answered", "ChatSettings", "DayCount", "Known", "Miss", "Noted", "State", "StateError",
    "Taken", "Waiting", "Watch",
]  # fmt: skip


class State(Chats, People, Counts, Watches, Updates, Moves, NoteBook):
    """One connection for all threads; see the parts."""
