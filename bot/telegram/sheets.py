"""A list as a file: CSV with the source sentence in every row, opened by Excel and WPS as it is.

    地区,期间,口径,账本,科目,指标,数值,单位,折合元,报告,页,原句

UTF-8 with a byte order mark; a cell that a spreadsheet would run as a formula is made text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from bot.telegram.cards import ACCOUNTS
from index import Shown, View

HEAD: Final = (
    "地区", "期间", "口径", "账本", "科目", "指标", "数值", "单位", "折合元", "是否推算", "报告", "章节", "页", "原句",
)  # fmt: skip
_NUMBER: Final = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?%?")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def sheet(figures: Sequence[Shown]) -> bytes:
    """The figures as a CSV file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for one in figures:
        writer.writerow([safe(cell) for cell in row(one)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def row(one: Shown) -> list[str]:
    """One figure as cells, value and unit as printed."""
    figure = one.figure
    yuan = f"{one.number:f}" if one.kind == "money" and one.number is not None else ""
    return [
        figure.region, figure.period, one.scope, ACCOUNTS.get(figure.account, ""), figure.item, one.measure,
        figure.value, figure.unit, yuan, "推算" if figure.derived else "", figure.title or figure.document,
        figure.section, str(figure.page or ""), one.text if not figure.derived else figure.sentence,
    ]  # fmt: skip


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    cell = cell.replace("\r", " ").replace("\n", " ")
    risky = cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA)
    return f"'{cell}" if risky and not _NUMBER.fullmatch(cell) else cell


def sheet_of(view: View) -> bytes:
    """A whole list, with the growth beside its figures as rows of their own."""
    figures = [one for item in view.rows for one in (item.shown, item.beside) if one is not None]
    return sheet(figures)


def sheet_name(view: View) -> str:
    """A file name made of the list's title."""
    title = re.sub(r"[^\w（）-]+", "_", view.title).strip("_")
    return f"{title[:60] or '预算数据'}.csv"
