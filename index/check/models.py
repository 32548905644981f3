"""What a check gives: findings, each with its place, its sentence, the sum as it should be, and what may have happened.

错 完成率 第3页 一、收支情况  非税收入完成76495万元，占年度预算35853万元的113.36%
   76,495万元 ÷ 35,853万元 ＝ 213.36%，印的是 113.36%；可能抄错一位
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["错", "疑", "提示"]
ORDER: dict[Level, int] = {"错": 0, "疑": 1, "提示": 2}


@dataclass(frozen=True, slots=True)
class Span:
    """A figure of a finding: ``sentence`` is its index in the report, ``start`` and ``end`` its characters there."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One slip.  ``spans`` are the figures that it is about, the first the one that is most likely wrong; ``should``
    is what that figure should be, with its unit, "" where the sum does not tell; ``sum`` is the whole sum in words.
    ``twice`` says that one figure is printed twice, differently: what loading and ``conflicts`` call a contradiction.
    """

    kind: str
    level: Level
    page: int | None
    section: str
    sentence: str
    spans: tuple[Span, ...]
    sum: str
    should: str = ""
    cause: str = ""
    twice: bool = False

    @property
    def marked(self) -> str:
        """The sentence with its figures in 【】."""
        text = self.sentence
        here = {span for span in self.spans if span.sentence == self.spans[0].sentence}
        for span in sorted(here, key=lambda one: -one.start):
            text = f"{text[: span.start]}【{text[span.start : span.end]}】{text[span.end :]}"
        return text.replace("\t", " | ")

    @property
    def figure(self) -> str:
        """The figure that is most likely wrong, as it is printed."""
        return self.sentence[self.spans[0].start : self.spans[0].end]

    @property
    def place(self) -> str:
        """第3页 一、收支情况, as far as it is known."""
        page = f"第{self.page}页" if self.page else ""
        return " ".join(part for part in (page, self.section) if part)

    @property
    def told(self) -> str:
        """The sum, what may have happened, and what should stand there, in one line."""
        why = f"；可能：{self.cause}" if self.cause else ""
        should = f"；应为 {self.should}" if self.should else ""
        return f"{self.sum}{why}{should}"
