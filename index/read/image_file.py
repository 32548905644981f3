"""A picture of a page (png, jpg) -> its lines and tables by OCR, if the extra ``yusuan[ocr]`` is installed.

The model ships inside the package of the extra: nothing is fetched.
"""

from __future__ import annotations

import importlib
import importlib.util
import io
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from index.errors import UnreadableFile
from index.models import Block, Line
from index.read.pdf_grid import Found
from index.read.pdf_layout import laid_out
from index.read.pdf_pages import joined_over_pages
from index.read.pdf_rows import Piece, Row
from index.read.reading import Reading

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

HOW_TO_INSTALL = "请先安装文字识别组件：make ocr（或 pip install 'yusuan[ocr]'）。"
TURNED_OFF = "文字识别已由设置 YUSUAN_OCR=no 关闭。"
NO = frozenset({"0", "no", "false", "off", "否"})
MAX_FRAMES = 200  # pages of one TIFF
TIFF = (b"II*\x00", b"MM\x00*")
ENGINES = ("rapidocr", "rapidocr_onnxruntime")
SURE = 0.8  # the engine's own score of a piece; of 103 pieces on two printed pages one was below, and wrong
DIGIT, UNSURE = re.compile(r"\d"), "□"
UNSURE_FIGURE = re.compile(f"{UNSURE}[{UNSURE}.,，]*")
DOTS_PER_POINT = 200 / 72
MAX_PIXELS = 60_000_000
MIN_CHINESE, MANY_FIGURES = 0.05, 0.6  # of the characters of a page
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SAME_ROW = 0.5  # of a line's height
TOUCH = 0.7  # of a line's height between pieces of one text


def is_installed() -> bool:
    """Is an OCR engine there, and not turned off?  Asks without loading it."""
    return not _is_turned_off() and any(importlib.util.find_spec(name) for name in ENGINES)


def how_to_read() -> str:
    """What to do where ``is_installed`` says no."""
    return TURNED_OFF if _is_turned_off() else HOW_TO_INSTALL


def check() -> None:
    """Load the engine once, for whoever has just installed it; raises what goes wrong."""
    for name in ENGINES:
        if importlib.util.find_spec(name):
            _engine(name)
            return
    raise ImportError("no OCR engine")


def _is_turned_off() -> bool:
    return os.environ.get("YUSUAN_OCR", "").strip().lower() in NO


def read(data: bytes) -> Reading:
    """Lines and tables of a picture.  Raises UnreadableFile without the extra, or when nothing is recognised."""
    if not is_installed():
        raise UnreadableFile(f"这是图片，需要文字识别才能读取；{how_to_read()}")
    pages = [_recognised(picture, number) for number, picture in enumerate(_frames(data), start=1)]
    blocks = tuple(joined_over_pages(pages))
    if not blocks:
        raise UnreadableFile("图片里没有识别出文字。")
    return Reading(blocks, unsure(blocks), tuple(number for number, found in enumerate(pages, start=1) if found))


def _frames(data: bytes) -> Iterator[Any]:
    """The pages of a picture: a TIFF may hold many, the others are one."""
    if not data.startswith(TIFF):
        yield data
        return
    from PIL import Image, ImageSequence

    with Image.open(io.BytesIO(data)) as picture:
        for frame in islice(ImageSequence.Iterator(picture), MAX_FRAMES):
            page = io.BytesIO()
            frame.convert("RGB").save(page, "PNG")
            yield page.getvalue()


def page_blocks(page: PdfPage, number: int) -> list[Block | Found]:
    """Lines and tables of a scanned page of a PDF."""
    return picture_blocks(_pixels(page), number)


def _pixels(page: PdfPage) -> Any:
    width, height = page.get_size()
    scale = min(DOTS_PER_POINT, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
    return page.render(scale=scale).to_numpy()


def unsure(blocks: Iterable[Block | Found]) -> tuple[str, ...]:
    """The warning that some figures could not be recognised, if there are such."""
    count = sum(len(UNSURE_FIGURE.findall(_text(block))) for block in blocks)
    return (f"{count} 处数字识别不清，以{UNSURE}代替，没有采用，请看原件。",) if count else ()


def picture_blocks(picture: Any, number: int) -> list[Block | Found]:
    """Lines and tables of a page that is one picture, as bytes or pixels; none of a picture that cannot be opened, and
    none of glyphs that mean nothing: what the font garbles for the text layer it garbles for the eye."""
    try:
        found = _recognised(picture, number)
    except Exception:  # the engine raises its own kinds
        return []
    text = "".join(_text(block) for block in found)
    chinese, figures = len(CHINESE.findall(text)), len(DIGIT.findall(text))
    return found if chinese >= MIN_CHINESE * len(text) or figures > MANY_FIGURES * len(text) else []


def _text(block: Block | Found) -> str:
    return block.text if isinstance(block, Line) else "".join(map("".join, block.rows))


def _recognised(picture: Any, number: int) -> list[Block | Found]:
    rows: list[list[_Box]] = []
    for box in sorted(map(_box, _engine_output(picture)), key=lambda b: b.y):
        first = rows[-1][0] if rows else None
        if first and box.y - first.y < SAME_ROW * min(first.height, box.height):
            rows[-1].append(box)
        elif box.text:
            rows.append([box])
    return list(laid_out([_row(row) for row in rows], number))


class _Box(NamedTuple):
    """A recognised piece: its left and right edge, middle and height in pixels."""

    x0: float
    x1: float
    y: float
    height: float
    text: str


def _box(piece: tuple[Any, str]) -> _Box:
    xs = [float(corner[0]) for corner in piece[0]]
    ys = [float(corner[1]) for corner in piece[0]]
    return _Box(min(xs), max(xs), (min(ys) + max(ys)) / 2, max(max(ys) - min(ys), 1.0), piece[1].strip())


def _row(boxes: list[_Box]) -> Row:
    """Pieces that nearly touch are one; heights grow downwards in pictures and upwards in PDF."""
    boxes = sorted(boxes)
    pieces = [Piece(boxes[0].text, boxes[0].x0, boxes[0].x1)]
    size = median(box.height for box in boxes)
    for box in boxes[1:]:
        last = pieces[-1]
        if box.x0 - last.x1 < TOUCH * size:
            pieces[-1] = Piece(last.text + box.text, last.x0, box.x1)
        else:
            pieces.append(Piece(box.text, box.x0, box.x1))
    return Row(tuple(pieces), -boxes[0].y, size)


def _engine_output(picture: Any) -> list[tuple[Any, str]]:
    """Corners and text of each piece, from whichever engine is installed; digits it is not sure of are none."""
    return [(corners, text if score >= SURE else DIGIT.sub(UNSURE, text)) for corners, text, score in _pieces(picture)]


def _pieces(picture: Any) -> list[tuple[Any, str, float]]:
    if importlib.util.find_spec("rapidocr"):
        result = _engine("rapidocr")(picture)
        return [] if result.txts is None else list(zip(result.boxes, result.txts, result.scores, strict=True))
    pieces, _ = _engine("rapidocr_onnxruntime")(picture)
    return [(piece[0], piece[1], float(piece[2])) for piece in pieces or []]


@cache
def _engine(package: str) -> Any:
    """Loading the model takes most of a second: once per process."""
    return importlib.import_module(package).RapidOCR()
