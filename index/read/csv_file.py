"""Comma-separated values -> one table.

项目,预算数,完成数
教育支出,59325,56917       ->  Table((("项目", "预算数", "完成数"), ("教育支出", "59325", "56917")))
"""

from __future__ import annotations

import csv
import io

from index.errors import UnreadableFile
from index.models import Table
from index.read.cells import even_rows, join_parts
from index.read.reading import Reading
from index.read.txt_file import decode

DELIMITERS = ",;"
MIN_ROWS = 3
MIN_REGULAR = 0.8  # of the rows have the same number of cells
LONG_CELL = 60
SAMPLE = 20_000


def looks_like_csv(data: bytes) -> bool:
    """Most lines have the same number of short cells; prose with Latin commas has not."""
    try:
        text = decode(data if len(data) < SAMPLE else data[:SAMPLE].rsplit(b"\n", 1)[0])
    except UnreadableFile:
        return False
    return _delimiter(text) != ""


def read(data: bytes) -> Reading:
    """Raises UnreadableFile if the file cannot be decoded or taken apart."""
    text = decode(data)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text[:SAMPLE]) or ","))
    except csv.Error as error:
        raise UnreadableFile("CSV 文件的格式有误，无法读取。") from error
    even = even_rows([[join_parts(cell.split("\n")) for cell in row] for row in rows])
    if not even:
        raise UnreadableFile("文件是空的，没有可读的文字。")
    return Reading((Table(even),))


def _delimiter(text: str) -> str:
    for delimiter in DELIMITERS:
        try:
            rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
        except csv.Error:
            continue
        sizes = sorted(len(row) for row in rows)
        if len(sizes) < MIN_ROWS:
            continue
        usual = sizes[len(sizes) // 2]
        regular = sum(size == usual for size in sizes)
        long = sum(len(cell) > LONG_CELL or "。" in cell for row in rows for cell in row)
        if usual > 1 and regular >= MIN_REGULAR * len(sizes) and long <= 0.05 * sum(sizes):
            return delimiter
    return ""
