"""The word lists read before anybody asks: what is read only once is then shared by all processes forked afterwards.

read_word_lists()      and the first 上党区2023年教育支出多少 is understood as fast as the second
"""

from __future__ import annotations

from index.ask.atlas import Atlas, names_table
from index.ask.question import understand
from index.ask.talk import said
from index.models import Region

_PLACE = Region("140404", "上党区", "长治市上党区", "county", "140400")
# A question in words, one with a slip of the pen, one in letters: each needs lists of its own.
_QUESTIONS = ("上党区2023年教育支出多少", "上党区2023年教育支岀多少", "jiaoyuzhichu")


def read_word_lists() -> None:
    """Understand a question of each kind about a place that no index has to hold."""
    places = {_PLACE.code: _PLACE}
    atlas = Atlas(places, names_table(places), {_PLACE.code: 2023}, {_PLACE.code: 2023}, ())
    for question in _QUESTIONS:
        said(question)
        understand(question, atlas)
