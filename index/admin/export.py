"""The facts of a place as a table with their sources, as CSV or XLSX.

    export(index, "上党区", 2023, "csv", target)  ->  地区,口径,期间,账本,收支,科目,…,原句

Text from reports is never a formula: in CSV a cell that a spreadsheet would calculate gets an apostrophe before it, in
XLSX every text is written as text.  Rows are written as they are read, a year at a time.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import BinaryIO, Final, Literal

from index.admin.regions import held_region
from index.ask.wording import ACCOUNTS, FLAGS, period_name, scope_name
from index.errors import NotAdopted
from index.find.written import in_digits
from index.lexicon import measures
from index.models import Region, StoredFact
from index.store.lookup import Index
from index.text.normal import plain

Form = Literal["csv", "xlsx"]
Cell = str | Decimal | int | None

COLUMNS: Final = (
    "地区", "口径", "期间", "账本", "收支", "科目", "上级科目", "指标", "数值", "单位", "折合元", "标记", "报告", "页",
    "小节", "原句",
)  # fmt: skip
WIDTHS: Final = (14, 8, 12, 14, 6, 24, 18, 10, 12, 8, 18, 14, 30, 6, 24, 80)
XLSX_ROWS: Final = 1_048_575  # besides the head
LONGEST_CELL: Final = 32_767
EXACT_DIGITS: Final = 15  # what a spreadsheet keeps of a number
FLOWS: Final = {"revenue": "收入", "expenditure": "支出", "balance": "结余"}
MARKS: Final = {
    **FLAGS, "plan": "安排数（计划）", "redacted": "原文隐去", "opening": "年初（期初）数", "of_adjusted": "对调整预算",
}  # fmt: skip
# What a spreadsheet takes for a formula, also in full width, also after blanks.
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_UNPRINTED: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def export(index: Index, region: str, year: int | None, form: Form, target: BinaryIO) -> str:
    """Write the facts of a place (in a year) and return a file name for them.

    Raises NotAdopted if the place is not held, has no facts (of that year), or more than an XLSX sheet has rows.
    """
    place = held_region(index, region)
    years = index.years(place.code)
    chosen = years if year is None else [one for one in years if one == year]
    name = f"{place.full_name or '某市'}{f'{year}年' if year else ''}数据.{form}"
    if not chosen:
        told = "、".join(f"{one}年" for one in years)
        raise NotAdopted(
            f"{place.full_name or '某市'}没有{f'{year}年' if year else ''}的数据；有的年份：{told or '（无）'}"
        )
    if form == "csv":
        _write_csv(target, _rows(index, place, chosen))
        return name
    count = index.count_facts(place.code, chosen)
    if count > XLSX_ROWS:
        raise NotAdopted(f"共 {count} 行，超过 XLSX 一张表的 {XLSX_ROWS} 行；请指定年份，或导出 CSV")
    about = (("地区", place.full_name), ("年份", "、".join(map(str, chosen))), ("数据点", str(count)),
             ("索引版本", f"第{index.version()}版"), ("导出时间", datetime.now(UTC).isoformat(" ", "minutes")),
             ("说明", "数值和单位按报告的印法；折合元只对金额给出；原句是数值所在的句子或表格行"))  # fmt: skip
    _write_xlsx(target, _rows(index, place, chosen), about)
    return name


def _rows(index: Index, place: Region, years: Sequence[int]) -> Iterator[list[Cell]]:
    for year in years:
        for one in index.facts([place.code], [year]):
            yield _row(one)


def _row(one: StoredFact) -> list[Cell]:
    fact = one.fact
    value = _value(in_digits(fact.value, fact.unit, fact.number, fact.kind))
    return [
        one.region.full_name or "某市", scope_name(fact.scope, fact.scope_words, one.region), period_name(fact.period),
        ACCOUNTS.get(fact.account, "其他" if fact.account == "other" else ""), FLOWS.get(fact.flow, ""), fact.item,
        fact.parent, measures()[fact.measure].name, value, fact.unit,
        fact.number if fact.kind == "money" else None, _marks(one), one.document, one.page, one.section, one.text,
    ]  # fmt: skip


def _value(printed: str) -> Cell:
    """The printed value as a number if it is one: 1,201,241 is, * and 第3 are not."""
    bare = plain(printed).replace(",", "")
    try:
        return Decimal(bare) if _NUMBER.fullmatch(bare) else printed
    except InvalidOperation:
        return printed


def _marks(one: StoredFact) -> str:
    fact = one.fact
    marks = [MARKS[flag] for flag in fact.flags if flag in MARKS]
    if (
        fact.number is not None
        and fact.number < 0
        and not in_digits(fact.value, fact.unit, fact.number, fact.kind).startswith("-")
    ):
        marks.append("减少（下降）")  # the sign stands in words
    if one.ocr and "ocr" not in fact.flags:
        marks.append("文字由识别得出")
    return "；".join(marks)


# ---------------------------------------------------------------------------------------------- CSV


def _write_csv(target: BinaryIO, rows: Iterator[list[Cell]]) -> None:
    text = io.TextIOWrapper(target, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow([_spelled(cell) if isinstance(cell, Decimal) else harmless(cell) for cell in row])
    finally:
        text.detach()


def harmless(cell: object) -> str:
    """A cell of CSV that no spreadsheet calculates."""
    text = "" if cell is None else _UNPRINTED.sub("", str(cell))
    return f"'{text}" if _FORMULA.match(text) else text


def _spelled(number: Decimal) -> str:
    return format(number, "f")


# ---------------------------------------------------------------------------------------------- XLSX


def _write_xlsx(target: BinaryIO, rows: Iterator[list[Cell]], about: Sequence[tuple[str, str]]) -> None:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("数据")
        for column, (head, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write_cell(sheet.write_number, sheet.write_string, number, column, cell)
        told = book.add_worksheet("说明")
        told.set_column(0, 1, 16)
        for number, (head, text) in enumerate(about):
            told.write_string(number, 0, head, bold)
            told.write_string(number, 1, text)


def _write_cell(
    write_number: Callable[[int, int, Decimal], int], write_string: Callable[[int, int, str], int],
    row: int, column: int, cell: Cell,
) -> None:  # fmt: skip
    if cell is None or cell == "":
        return
    number = Decimal(cell) if isinstance(cell, int) else cell
    if isinstance(number, Decimal):
        if len(number.normalize().as_tuple().digits) <= EXACT_DIGITS:
            write_number(row, column, number)
            return
        number = _spelled(number)
    text = _UNPRINTED.sub("", number)
    write_string(row, column, text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…")
