"""What is made of the word lists, made before anybody asks: processes forked afterwards all have it, and share it.

read_word_lists()      and the first 上党区2023年教育支出多少 is answered, the first report read, as fast as the second
"""

from __future__ import annotations

import inspect
import sys
from functools import cache
from typing import Any, Final

import index.intake.worker  # noqa: F401  (what reads reports, with its lists)
from index.ask.atlas import Atlas, names_table
from index.ask.question import understand
from index.ask.talk import said
from index.models import Region

_PLACE = Region("140404", "上党区", "长治市上党区", "county", "140400")
# A question in words, one in letters, one with a slip of the pen: each needs lists of its own.
_QUESTIONS = ("上党区2023年教育支出多少", "jiaoyuzhichu", "上党区2023年教育支岀多少")
# Where a function without parameters that keeps what it gives (``@cache``) makes it of the word lists.
_MAKERS: Final = ("index.ask.", "index.check.", "index.facts.", "index.find.", "index.lexicon", "index.store.fulltext",
                  "index.text.")  # fmt: skip


def read_word_lists() -> None:
    """Understand a question of each kind about a place that no index has to hold; then make what that did not need."""
    places = {_PLACE.code: _PLACE}
    atlas = Atlas(places, names_table(places), {_PLACE.code: 2023}, {_PLACE.code: 2023}, ())
    for question in _QUESTIONS:
        said(question)
        understand(question, atlas)
    for name, module in list(sys.modules.items()):
        if name.startswith(_MAKERS):
            for kept in list(vars(module).values()):
                if _is_maker(kept, name):
                    kept()


def _is_maker(kept: Any, module: str) -> bool:
    return (
        isinstance(kept, type(cache(cache)))
        and kept.__module__ == module
        and not inspect.signature(kept.__wrapped__).parameters
    )
