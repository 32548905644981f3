"""Raised characters beside a figure are marks of notes, not its last digits: readers hand them over as raised.

12345<sup>1</sup>万元  ->  12345¹万元        预算<sup>[注2]</sup>  ->  预算［注2］        km<sup>2</sup>  ->  km²
"""

from __future__ import annotations

import re

_MARK = re.compile(r"[\[［〔(（]?\s*(?P<note>注?)\s*(?P<number>\d{0,3})\s*[\]］〕)）]?")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """What stands raised, told from what it stands at; words (万m<sup>立方</sup>) stay as they are."""
    text = text.strip()
    match = _MARK.fullmatch(text)
    if text in ("*", "**", "＊"):
        return "［注］"
    if match is None or not (match["note"] or match["number"]):
        return text
    return f"［注{match['number']}］" if match["note"] else match["number"].translate(_RAISED)
