"""A workbook (xlsx, xls, xlsb; .et is one of them) -> one table per sheet, with the figures as the sheet shows them.

    a cell 0.9594 shown as 0.00%  ->  "95.94%"        56917.0  ->  "56917"

The sheet's name is the caption; title and unit rows stay rows.  Hidden rows are read, hidden columns and
sheets are not: people keep working figures there.  Where a workbook does not say how it shows its cells (xlsb), 0.9594
may be shown as 95.94%: numbers under a head that speaks of a rate are then left out, with a warning.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from index.errors import UnreadableFile
from index.models import Block, Line, Table
from index.read.cells import even_rows, join_parts, parts
from index.read.reading import Reading
from index.read.xls_formats import shown_sheets as shown_old_sheets
from index.read.xlsx_formats import Format, Shown, shown_sheets

OLE = b"\xd0\xcf\x11\xe0"
MAX_CELLS = 5_000_000
RATE_HEAD = re.compile(r"[%％率幅占]|增长|增减|同比|比重|为.{0,6}预算")
LONG_CELL = 300  # characters: prose typed into a sheet
LINE_ENDS = "\n"
NOTHING_KNOWN = Shown({}, frozenset())

Value = str | float | bool | datetime.date | datetime.time | datetime.timedelta


def read(data: bytes) -> Reading:
    """Raises UnreadableFile for damaged, encrypted and empty workbooks."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = book.sheets_metadata
    except Exception as error:  # the library raises its own, undeclared kinds
        if "password" in str(error).lower():
            raise UnreadableFile("表格文件已加密，需要密码，请先解密。") from error
        raise UnreadableFile("表格文件已损坏，无法打开。") from error
    shown = shown_old_sheets(data) if data.startswith(OLE) else shown_sheets(data)
    blocks: list[Block] = []
    hidden = 0
    unsure = False
    for sheet in sheets:
        if sheet.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible is not python_calamine.SheetVisibleEnum.Visible:
            hidden += 1
            continue
        try:
            found = book.get_sheet_by_name(sheet.name)
            if found.height * found.width > MAX_CELLS:
                raise UnreadableFile(f"工作表 {sheet.name} 过大（{found.height} 行），无法读取。")
            rows = found.to_python(skip_empty_area=False)
        except python_calamine.CalamineError as error:
            raise UnreadableFile(f"工作表 {sheet.name} 已损坏，无法读取。") from error
        if sheet.name not in shown:
            unsure = _without_rates(rows) or unsure
        blocks.extend(sheet_blocks(sheet.name, rows, shown.get(sheet.name, NOTHING_KNOWN)))
    if not blocks:
        raise UnreadableFile("表格文件里没有内容。")
    warnings = [f"有 {hidden} 个隐藏的工作表未读取。"] if hidden else []
    if unsure:
        warnings.append("读不出单元格的显示格式，百分比列的数字没有采用；请另存为 xlsx 再装入。")
    return Reading(tuple(blocks), tuple(warnings))


def _without_rates(rows: list[list[Value]]) -> bool:
    """Empty the numbers below heads of rates, in place; whether there were any."""
    rates: set[int] = set()
    found = False
    for row in rows:
        for column, value in enumerate(row):
            if isinstance(value, str) and RATE_HEAD.search(value):
                rates.add(column)
            elif column in rates and isinstance(value, float) and value:
                row[column] = ""
                found = True
    return found


def sheet_blocks(name: str, rows: list[list[Value]], shown: Shown) -> Iterator[Block]:
    """The table of a sheet, or its lines if it holds prose."""
    texts = [
        ["" if x in shown.hidden else text(value, shown.formats.get((y, x))) for x, value in enumerate(row)]
        for y, row in enumerate(rows)
    ]
    for (y, x), other in shown.instead.items():
        if y < len(texts) and x < len(texts[y]) and x not in shown.hidden:
            texts[y][x] = other
    even = even_rows(texts)
    if not even:
        return
    if len(even[0]) < 2 or any(len(cell) > LONG_CELL for row in even for cell in row):
        yield Line(name, whole=True)
        for row in even:
            yield Line(" ".join(cell for cell in row if cell), whole=True)
        return
    for part in parts(even):
        yield Table(part, caption=name)


def text(value: Value | None, shown: Format | None = None) -> str:
    """A cell as the sheet shows it: with the percent sign and the decimal places of its format."""
    if value is None or isinstance(value, str):
        return join_parts((value or "").split(LINE_ENDS))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, (datetime.time, datetime.timedelta)):
        return str(value)
    number = Decimal(f"{value:.15g}")
    if not number.is_finite():
        return ""
    if shown is None:
        return _plain(number)
    number = (number * 100 if shown.percent else number) / shown.scale
    if shown.places is not None:
        number = (
            number.quantize(Decimal(1).scaleb(-shown.places), ROUND_HALF_UP)
            if abs(number) < Decimal(10) ** 15
            else number
        )
        plain = f"{number:f}"
        plain = plain.lstrip("-") if not number else plain
    else:
        plain = _plain(number)
    return plain + ("%" if shown.percent else "") + shown.suffix


def _plain(number: Decimal) -> str:
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
