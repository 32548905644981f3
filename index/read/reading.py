"""What a reader hands back: the blocks of one file, before name and hash are added.

bytes of a .txt with 全区财政总收入完成867718万元。 -> Reading((Line("全区财政总收入完成867718万元。"),))
"""

from __future__ import annotations

from dataclasses import dataclass

from index.models import Block


@dataclass(frozen=True, slots=True)
class Reading:
    """Blocks in reading order; ``recognised`` are the pages whose text was recognised from a picture."""

    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()
    recognised: tuple[int, ...] = ()

    @property
    def ocr(self) -> bool:
        """Is some of it recognised?"""
        return bool(self.recognised)
