"""The findings of a check as a file to hand on: xlsx, docx or html.

A sentence stands with its figures in 【】; text from reports is never a formula and never markup.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final, Literal

from index.admin.checking import Checked
from index.check.models import Finding

CheckForm = Literal["xlsx", "docx", "html"]
HEADS: Final = ("报告", "级别", "种类", "位置", "算式", "应为", "可能", "与上一稿", "原句")
WIDTHS: Final = (24, 6, 12, 28, 48, 18, 16, 10, 80)
LONGEST: Final = 32_767
STYLE: Final = (
    "body{font-family:sans-serif;margin:2em}table{border-collapse:collapse}"
    "td,th{border:1px solid #ccc;padding:.3em .5em;vertical-align:top;text-align:left}"
)
UNPRINTED: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES: Final = (
    f'{XML}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
)
RELATIONSHIPS: Final = (
    f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>'
)
BORDERS: Final = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="AAAAAA"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)


def write_checked(checked: Sequence[Checked], form: CheckForm, file: Path) -> None:
    """Write all findings of all reports into one file."""
    rows = [
        _row(one, finding, _state(one, position)) for one in checked for position, finding in enumerate(one.findings)
    ]
    rows += [_row(one, finding, "已改") for one in checked for finding in one.mended]
    {"xlsx": _xlsx, "docx": _docx, "html": _html}[form](rows, file)


def _state(one: Checked, position: int) -> str:
    return "" if not (one.known or one.mended) else "仍在" if position in one.known else "新"


def _row(one: Checked, finding: Finding, state: str) -> list[str]:
    name = Path(one.file).name
    return [
        name, finding.level, finding.kind, finding.place, finding.sum, finding.should, finding.cause, state,
        finding.marked,
    ]  # fmt: skip


def _xlsx(rows: Sequence[Sequence[str]], file: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(file), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("核对")
        for column, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, UNPRINTED.sub("", cell)[:LONGEST], wrapped)


def _docx(rows: Sequence[Sequence[str]], file: Path) -> None:
    """The smallest package that Word and WPS open: one document part with one table."""
    table = "".join(f"<w:tr>{''.join(map(_docx_cell, row))}</w:tr>" for row in (HEADS, *rows))
    body = f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{BORDERS}</w:tblPr>{table}</w:tbl><w:p/>'
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES)
        package.writestr("_rels/.rels", RELATIONSHIPS)
        package.writestr("word/document.xml", f'{XML}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')


def _docx_cell(text: str) -> str:
    told = escape(UNPRINTED.sub("", text), quote=False)
    return f'<w:tc><w:p><w:r><w:t xml:space="preserve">{told}</w:t></w:r></w:p></w:tc>'


def _html(rows: Sequence[Sequence[str]], file: Path) -> None:
    lines = ["<!doctype html><html lang=zh><meta charset=utf-8><title>核对</title>", f"<style>{STYLE}</style>"]
    lines.append(f"<h1>核对</h1><table><tr>{''.join(f'<th>{head}</th>' for head in HEADS)}</tr>")
    lines += [f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows]
    file.write_text("\n".join([*lines, "</table></html>"]), encoding="utf-8")
