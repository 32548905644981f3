"""Lists below a line that names their unit, a name and a bare figure a line, as tables.

    主要街镇税收入库情况（单位：万元）
    北城街道　38420（同比+2.1%）          ("街镇", "金额", "同比%"), ("北城街道", "38420", "+2.1%")
    李庄镇　　8930（同比-4.2%）           ("李庄镇", "8930", "-4.2%")

Without a unit above them such figures say nothing: the lines stay lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.read.cells import Rows

_FEWEST = 3  # rows
_UNIT = re.compile(r"单位[：:]\s*[千百万亿]*元[)）]?\s*$")
_ROW = re.compile(
    r"\s*(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff（）()]{1,19})[ \u3000]+(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"\s*(?:[（(]同比\s*(?P<change>[-+－＋]?\d+(?:\.\d+)?%)[）)])?[；;。]?\s*"
)
_TOWN = re.compile("(?:街道|镇|乡)$")


def listed_rows(lines: Sequence[str], start: int) -> tuple[Rows, int]:
    """The rows of the list that begins at the line ``start``, and where it ends; none if none begins there."""
    above = next((line for line in reversed(lines[max(0, start - 2) : start]) if line.strip()), "")
    if not _UNIT.search(above):
        return (), start
    found = []
    for line in lines[start:]:
        row = _ROW.fullmatch(line)
        if row is None:
            break
        found.append(row)
    if len(found) < _FEWEST:
        return (), start
    head = "街镇" if all(_TOWN.search(row["name"]) for row in found) else "项目"
    width = 3 if any(row["change"] for row in found) else 2
    rows = ((head, "金额", "同比%"), *((row["name"], row["number"], row["change"] or "") for row in found))
    return tuple(row[:width] for row in rows), start + len(found)
