"""An OFD (GB/T 33190: the national format for official papers) -> lines with page numbers and indents, and tables.

    a page whose characters stand at their places  ->  Line("　　全市…完成230.58亿元", 3), Table(…)

Pages are laid out as those of a PDF are; pages that are a picture are recognised if the OCR extra is installed.
"""

from __future__ import annotations

from index.errors import UnreadableFile
from index.models import Block
from index.read import image_file
from index.read.ofd_package import MAX_PAGES, Package
from index.read.ofd_page import Drawn, drawn
from index.read.pdf_file import readable_blocks
from index.read.pdf_grid import Found
from index.read.pdf_pages import joined_over_pages
from index.read.reading import Reading

FEW = 20  # characters at an angle that are no text: a stamp


def read(data: bytes) -> Reading:
    """Raises UnreadableFile for an encrypted, damaged or empty file, and for pictures without the OCR extra."""
    package = Package(data)
    pages: list[list[Block | Found]] = []
    damaged: list[int] = []
    leaning: list[int] = []
    pictures: dict[int, Drawn] = {}
    for number, sheet in enumerate(package.pages(), start=1):
        pages.append([])
        if sheet is None:
            damaged.append(number)
            continue
        shown = drawn(sheet, package.drawings)
        found = readable_blocks(shown.page, number)
        if found is not None:
            pages[-1] = found
            if shown.leaning > FEW:
                leaning.append(number)
        elif shown.page.chars or shown.pictures:
            pictures[number] = shown
    warnings = [f"第 {_listed(damaged)} 页缺失或已损坏，未读取。"] if damaged else []
    if leaning:
        warnings.append(f"第 {_listed(leaning)} 页有斜排的文字，未读取。")
    if len(pages) >= MAX_PAGES:
        warnings.append(f"页数过多，只读取前 {MAX_PAGES} 页。")
    recognised = _recognised(package, pictures, pages, warnings)
    blocks = tuple(joined_over_pages(pages))
    if not blocks:
        raise UnreadableFile("OFD 里没有文字。")
    return Reading(blocks, tuple(warnings), recognised)


def _recognised(
    package: Package, pictures: dict[int, Drawn], pages: list[list[Block | Found]], warnings: list[str]
) -> tuple[int, ...]:
    """Put what OCR finds into the pages that are pictures; the numbers of those where it found something."""
    if not pictures:
        return ()
    if not image_file.is_installed():
        if len(pictures) >= 0.9 * len(pages):
            raise UnreadableFile(f"OFD 是扫描件或字体无法识别，没有可用的文字；{image_file.how_to_read()}")
        warnings.append(f"有 {len(pictures)} 页是扫描件或字体无法识别，未读取；{image_file.how_to_read()}")
        return ()
    unread = []
    for number, shown in pictures.items():
        found = [data for one in shown.pictures if (data := package.picture(one))]
        pages[number - 1] = [block for data in found for block in image_file.picture_blocks(data, number)]
        if not pages[number - 1]:
            unread.append(number)
    warnings += image_file.unsure(block for number in pictures for block in pages[number - 1])
    if unread:
        warnings.append(f"第 {_listed(unread)} 页的图片或字体无法识别，未读取。")
    return tuple(number for number in pictures if number not in unread)


def _listed(numbers: list[int]) -> str:
    return "、".join(map(str, numbers[:10])) + (f" 等 {len(numbers)}" if len(numbers) > 10 else "")
