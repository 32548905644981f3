"""A PDF -> lines with page numbers and indents, and tables with their cells, also over several pages.

    全市一般公共预算收入完成230.58亿元，为调整预 | 算的98.6%   ->  Line("　　全市…为调整预", 3), Line("算的98.6%", 3)

Text comes from the places of the characters (see pdf_rows): the text order of the file glues or tears figures.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from index.errors import UnreadableFile
from index.models import Block
from index.read import image_file
from index.read.pdf_chars import Page, read_page
from index.read.pdf_grid import Found, ruled_tables
from index.read.pdf_layout import laid_out
from index.read.pdf_mend import mended
from index.read.pdf_pages import joined_over_pages
from index.read.pdf_rows import rows_of
from index.read.reading import Reading

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MAX_PAGES = 3000
MIN_CHARACTERS = 20  # on a page with a text layer
MIN_CHINESE = 0.05
MOST_WORDLESS = 200  # characters of a page of figures without a word
MOST_HIDDEN = 0.1  # of the characters of a page of figures
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def read(data: bytes) -> Reading:
    """Raises UnreadableFile for an encrypted, damaged or wholly scanned file (the latter without the OCR extra)."""
    warnings: list[str] = []
    document = _opened(data, warnings)
    pages: list[list[Block | Found]] = []
    scanned: list[int] = []
    slanted = 0
    try:
        count = len(document)
        if count > MAX_PAGES:
            warnings.append(f"共 {count} 页，只读取前 {MAX_PAGES} 页。")
        for number in range(min(count, MAX_PAGES)):
            page = _page(document, number)
            slanted += bool(page.slanted)
            if _is_readable(page):
                pages.append(list(_page_blocks(page, number + 1)))
            else:
                if _is_scan(page, document, number):
                    scanned.append(number)
                pages.append([])
        recognised = _recognised(document, scanned, count, warnings)
    finally:
        document.close()
    if slanted:
        warnings.append(f"有 {slanted} 页上斜排的文字（水印、印章）没有采用。")
    for number, found in recognised.items():
        pages[number] = found
    warnings += image_file.unsure(block for found in recognised.values() for block in found)
    blocks = tuple(joined_over_pages(pages))
    if not blocks:
        raise UnreadableFile("PDF 里没有文字。")
    return Reading(blocks, tuple(warnings), tuple(number + 1 for number, found in recognised.items() if found))


def _opened(data: bytes, warnings: list[str]) -> PdfDocument:
    """The file, mended if it does not open or has pages that do not."""
    import pypdfium2

    document: PdfDocument | None = None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile("PDF 已加密，需要密码，请先解密。") from error
    good = _good_pages(document)
    if document is not None and 0 < min(len(document), MAX_PAGES) == good:
        return document
    found = mended(data)
    if found is not None and found.pages > good:
        with contextlib.suppress(pypdfium2.PdfiumError):
            other = pypdfium2.PdfDocument(found.data)
            if _good_pages(other) > good:
                lost = f"，其中 {found.empty} 页的内容已丢失" if found.empty else ""
                warnings.append(f"PDF 不完整，已按残存的 {found.pages} 页重建{lost}；可能缺页，请与原件核对。")
                document = other
    if document is None:
        raise UnreadableFile("PDF 已损坏或不完整，无法打开。")
    if len(document) == 0:
        raise UnreadableFile("PDF 里没有页面。")
    return document


def _good_pages(document: PdfDocument | None) -> int:
    """How many pages can be loaded; none of a file that does not open."""
    import pypdfium2

    good = 0
    for number in range(min(len(document), MAX_PAGES) if document is not None else 0):
        with contextlib.suppress(pypdfium2.PdfiumError):
            good += bool(document and document.get_page_size(number))
    return good


def _page(document: PdfDocument, number: int) -> Page:
    import pypdfium2

    try:
        return read_page(document[number])
    except pypdfium2.PdfiumError:
        return Page([], [], [], 0)


def _is_readable(page: Page) -> bool:
    """Enough characters, and Chinese ones: a font without a character table gives glyph numbers."""
    text = "".join(char.text for char in page.chars)
    chinese, figures, count = len(CHINESE.findall(text)), sum(map(str.isdigit, text)), len(text)
    if chinese >= MIN_CHINESE * count and count >= MIN_CHARACTERS:
        return page.hidden <= chinese
    # the end of a long table may hold figures only; garbage has few of them, and a page full of figures without a
    # word has its words in another font or drawn
    few_figures = figures > 0.6 * count and (chinese > 0 or count < MOST_WORDLESS)
    return (
        count > 0 and page.hidden <= MOST_HIDDEN * count and (few_figures or (count < MIN_CHARACTERS and chinese > 0))
    )


def _is_scan(page: Page, document: PdfDocument, number: int) -> bool:
    """A page with pictures or glyph garbage on it; an empty page is none."""
    import pypdfium2.raw as pdfium

    if page.chars:
        return len(page.chars) >= MIN_CHARACTERS or bool(page.hidden)
    raw = document[number]
    kinds = {
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(raw, index))
        for index in range(min(pdfium.FPDFPage_CountObjects(raw), 200))
    }
    return bool(kinds & {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_PATH})


def _recognised(
    document: PdfDocument, scanned: Sequence[int], count: int, warnings: list[str]
) -> dict[int, list[Block | Found]]:
    """Blocks of the scanned pages by page index, if OCR is installed."""
    if not scanned:
        return {}
    if not image_file.is_installed():
        if len(scanned) >= 0.9 * count:
            raise UnreadableFile(f"PDF 是扫描件或字体无法识别，没有可用的文字层；{image_file.how_to_read()}")
        warnings.append(f"有 {len(scanned)} 页是扫描件或字体无法识别，未读取；{image_file.how_to_read()}")
        return {}
    found = {number: image_file.page_blocks(document[number], number + 1) for number in scanned}
    if empty := sum(not blocks for blocks in found.values()):
        warnings.append(f"有 {empty} 页没有识别出文字（空白页，或字体无法识别）。")
    return found


def readable_blocks(page: Page, number: int) -> list[Block | Found] | None:
    """Lines and tables of a page, whatever file it is of; None if its text cannot be read."""
    return list(_page_blocks(page, number)) if _is_readable(page) else None


def _page_blocks(page: Page, number: int) -> Iterator[Block | Found]:
    """Lines and tables of a page from top to bottom; text beside a ruled table comes after it."""
    tables, rest = ruled_tables(page)
    rows = rows_of(rest)
    edges = [float("inf"), *(table.top for table in tables), float("-inf")]
    for index, (above, below) in enumerate(pairwise(edges)):
        if index:
            yield tables[index - 1]
        yield from laid_out([row for row in rows if below < row.y <= above], number)
