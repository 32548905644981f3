"""When a report was made and when it was loaded, for the foot of a card.

上党区2023年财政总决算 -> "报告日期 2024年3月5日，载入 2024-04-01"; a report that bears no date has only the second
"""

from __future__ import annotations

import re
from typing import Final

from index.ask.search import Search
from index.store.rows import StoredDocument
from index.text.normal import plain

_HEAD: Final = 6  # sentences looked at: the cover, and the signature at the end
_TAIL: Final = 3
_LONGEST: Final = 60  # a date in a longer sentence is that of something told
_DATE: Final = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")


def dated(search: Search, name: str) -> str:
    """What is known of a document's dates; "" for one that is not held."""
    document = search.document(name)
    if document is None:
        return ""
    made = _date_of(search, document)
    loaded = f"载入 {document.loaded_at[:10]}" if document.loaded_at else ""
    return "，".join(part for part in (f"报告日期 {made}" if made else "", loaded) if part)


def _date_of(search: Search, document: StoredDocument) -> str:
    """The one date on the cover or under the text, of a year in which the report may have been made."""
    first, last = document.first_sentence, document.last_sentence
    head = range(first, min(first + _HEAD, last + 1))
    tail = range(max(last - _TAIL + 1, first), last + 1)
    for ids in (head, tail):
        texts = [plain(hit.text) for hit in search.store.sentences(list(ids))]
        found = {match.groups() for text in texts if len(text) <= _LONGEST for match in _DATE.finditer(text)}
        years = {document.year, (document.year or 0) + 1, document.plan_year}
        fitting = [date for date in found if int(date[0]) in years]
        if len(fitting) == 1:
            year, month, day = map(int, fitting[0])
            return f"{year}年{month}月{day}日"
    return ""
