"""What a reader hands back: the blocks of one file, before name and hash are added.

bytes of a .txt with 全区财政总收入完成867718万元。 -> Reading((Line("全区财政总收入完成867718万元。"),))
"""

from __future__ import annotations

from dataclasses import dataclass

from index.models import Block


@dataclass(frozen=True, slots=True)
class Reading:
    """Blocks in reading order; ``ocr`` says that some page was recognised from an image."""

    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()
    ocr: bool = False
