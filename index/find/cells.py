"""What a cell of a table holds, by the same grammar as prose: a figure, an error of its program, or words.

    12345       12,345万元 in a column of 亿元      （234）, △56, 减12     12,345*     约300      #REF!
    12345       12345, its own unit 万元            -234, -56, -12         12345       300        an error

Cells are read in normal form (``plain_cell``); ``figure_in`` gives offsets of that form, ``printed_span`` leads back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from index.find.amounts import MONEY_UNITS, Amount, find_amounts
from index.find.numbers import UNKNOWN
from index.models import ValueKind
from index.text.normal import normalise, plain

_UNREAD = re.compile(rf"[-+（]?[\d.]*(?:[ （{UNKNOWN}-][\d.]*)+[）%*]*(?<=[\d）%*{UNKNOWN}])")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[ -](?:19|20)\d\d)*")
_NUMBERED = re.compile(r"（\d{1,2}）")
LONGEST = 24  # characters of a cell that is but a figure
_PLAIN = re.compile(r"[-+]?\d+(?:\.\d+)?%?")
_WITHHELD = re.compile(r"\*+(?:\.\*+)?%?")
_FIGURE = re.compile(
    r"""(?P<open>（)?(?P<word>增长|下降|增加|减少|[增减升降])?(?P<arrow>[↑↓])?(?P<about>约|近|超过|超|逾|不足|[≥≤≧≦><]=?|不低于|不少于|不高于|不超过)?
    (?P<number>[-+]?(?:\d+(?:\.\d+)?|\.\d+))(?P<rough>余|多)?(?P<percent>%)?(?P<close>）)?(?P<percent2>%)?
    (?P<arrow2>[↑↓])?(?P<after>左右|以上|以下|以内)?(?P<mark>\*{1,3}|[#①-⑳])?""",
    re.VERBOSE,
)
_BEFORE = re.compile("(?:约|近|超|超过|逾|[≥≤≧≦><]=?|不低于|不少于|不高于|不超过)?")
_ERROR = re.compile(r"\#(?:REF[!！]|DIV/0[!！]|N/A|VALUE[!！]|NAME[?？]|NUM[!！]|NULL[!！]|公式未计算|\#*)")
# One to three digits, a narrow blank, three digits: in a cell of its own a number, if its reader left no wider gap.
_SPACED = re.compile(r"\s*[-+（(△▲－−]?\d{1,3}(?:[ \xa0\u2005-\u200a\u202f]\d{3})+(?:\.\d+)?[)）]?[%％]?\s*")
_UNSPACED = re.compile(r"\s*[-+（(]?(?:\d{4,}|\d{1,3}(?:[,，]\d{3})+)(?:\.\d+)?[)）]?[%％]?\s*")
_BLANKS = re.compile(r"(?<=\d)[ \xa0\u2005-\u200a\u202f](?=\d)")


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A figure: ``cell[start:end]`` in normal form.  ``unit`` is the cell's own, "" if it has none; ``number`` counts
    in that unit (exact in base units where there is one), None if it is withheld or a range.

    ``directed`` says that only brackets or a word give its sign: certain in a column of changes only.
    """

    start: int
    end: int
    kind: ValueKind | None
    unit: str
    number: Decimal | None
    rough: bool = False
    directed: bool = False
    ends: tuple[Decimal, Decimal] | None = None
    withheld: bool = False


def plain_cell(printed: str, spaced: bool = True) -> str:
    """The normal form of a cell: that of any text, but 1 234 is one number where it is all there is and its table
    parts thousands by blanks (``spaced``)."""
    return plain(_without_blanks(printed) if spaced else printed)


def parts_thousands_by_blanks(cells: Iterable[str]) -> bool:
    """Does no other cell of a table write 1234 or 1,234?  Then 1 234 is one figure, else it may be two."""
    some = list(cells)
    if not any(map(_SPACED.fullmatch, some)):
        return True
    return not any(_UNSPACED.fullmatch(cell) and not _YEARS.fullmatch(cell) for cell in some)


def printed_span(printed: str, cell: str, start: int, end: int) -> tuple[int, int]:
    """The offsets in the printed cell of what stands at these in its normal form."""
    if printed == cell:
        return start, end
    return normalise(_without_blanks(printed)).printed(start, end)


def _without_blanks(printed: str) -> str:
    return _BLANKS.sub("\u200b", printed) if _SPACED.fullmatch(printed) else printed


def is_error(cell: str) -> bool:
    """Does the cell show an error of its program instead of a figure?"""
    return cell.startswith("#") and bool(_ERROR.fullmatch(cell))


@lru_cache(maxsize=8192)
def figure_in(cell: str) -> CellFigure | None:
    """The figure that a cell (normal form) is; None for words, blanks, and what could be two figures."""
    if _PLAIN.fullmatch(cell):
        percent = cell.endswith("%")
        end = len(cell) - percent
        return CellFigure(0, end, "percent" if percent else None, "%" if percent else "", Decimal(cell[:end]))
    if not cell or len(cell) > LONGEST:
        return None
    if _WITHHELD.fullmatch(cell):
        percent = cell.endswith("%")
        kind: ValueKind | None = "percent" if percent else None
        return CellFigure(0, len(cell) - percent, kind, "%" if percent else "", None, withheld=True)
    if match := _FIGURE.fullmatch(cell):
        return _signed(match)
    return _with_unit(cell)


def _signed(match: re.Match[str]) -> CellFigure | None:
    if bool(match["open"]) != bool(match["close"]):
        return None
    number, down = Decimal(match["number"]), False
    arrow = match["arrow"] or match["arrow2"] or ""
    directed = bool(match["open"] or match["word"] or arrow)
    if directed:
        falls = arrow == "↓" or (match["word"] or "")[:1] in ("减", "降", "下")
        down = falls or bool(match["open"] and not arrow and not match["word"])
        number = -abs(number) if down else number
    percent = bool(match["percent"] or match["percent2"])
    start, end = match.start("number"), match.end("number")
    if down:  # what gives the sign is part of the value as written
        start, end = 0, match.end("close") if match["close"] else end
    rough = bool(match["about"] or match["rough"] or match["after"])
    return CellFigure(start, end, "percent" if percent else None, "%" if percent else "", number, rough, directed)


def _with_unit(cell: str) -> CellFigure | None:
    """12345万元, 1亿2千万元, 3-5亿元, 12个: one amount of prose that fills the cell."""
    found = find_amounts(cell)
    if len(found) != 1 or found[0].bare or found[0].kind == "rank":
        return None
    amount = found[0]
    before, after = cell[: amount.start].removeprefix("人民币"), cell[amount.unit_end :].removesuffix("整")
    bracketed = before == "（" and after.startswith("）")
    if bracketed:
        before, after = "", after[1:]
    if not _BEFORE.fullmatch(before) or after not in ("", "左右", "以上", "*", "**"):
        return None
    figure = _figure(amount, bracketed)
    return replace(figure, rough=True) if before else figure


def _figure(amount: Amount, bracketed: bool) -> CellFigure:
    number = amount.number
    start, end = amount.start, amount.end
    if bracketed and number is not None:
        number, start, end = -abs(number), 0, amount.unit_end + 1
    return CellFigure(
        start, end, amount.kind, amount.unit, number, bool(amount.rough), bracketed, amount.ends, amount.withheld
    )


def is_number(cell: str) -> bool:
    """Is a cell (normal form) a figure by its looks?  （3） may as well number a line, and 12个 name something."""
    figure = figure_in(cell)
    return figure is not None and figure.kind != "count" and not _NUMBERED.fullmatch(cell)


def is_unread(cell: str) -> bool:
    """Does a cell show a figure that cannot be read: an error, two figures in one, a digit that nobody knows?"""
    return is_error(cell) or bool(_UNREAD.fullmatch(cell) and figure_in(cell) is None and not _YEARS.fullmatch(cell))


def in_units(figure: CellFigure, unit: str) -> Decimal | None:
    """Its number in base units, where a column says the unit of what has none of its own."""
    if figure.number is None or figure.unit in MONEY_UNITS:
        return figure.number
    return figure.number * MONEY_UNITS.get(unit, Decimal(1))
