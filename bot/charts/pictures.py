"""An answer -> the bytes of its picture, made once for each version of the index.

    picture_of(desk.converse("上党区教育支出历年")) -> Picture(b"…PNG…", "png", "长治市上党区 · …")

A Chart holds all that is drawn, its version too: the same chart in the same look is the same picture.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from bot.charts.chart import Chart
from bot.charts.making import chart_of
from bot.charts.style import DARK, LIGHT
from index import Turn, YusuanError

Form = Literal["png", "svg"]
KEPT: Final = 64
_NO_NAME: Final = re.compile(r"[^\w（）]+")
LONGEST_CAPTION: Final = 1_000
NOT_INSTALLED: Final = "画图没有安装：在程序的文件夹里运行 make charts 后重新启动"


class CannotDraw(YusuanError):
    """The extra is not installed."""


@dataclass(frozen=True, slots=True)
class Picture:
    """``caption`` says in words what it shows, shortened to what a message takes; ``alt`` is all of it."""

    content: bytes
    form: Form
    title: str
    caption: str
    alt: str

    @property
    def name(self) -> str:
        """A file name."""
        return f"{_NO_NAME.sub('_', self.title).strip('_')[:60]}.{self.form}"


def picture_of(turn: Turn, *, dark: bool = False, form: Form = "png", unit: str = "auto") -> Picture | None:
    """The picture that suits an answer; None if there is nothing to draw.  Raises CannotDraw without the extra."""
    chart = chart_of(turn, unit)
    return drawn(chart, dark=dark, form=form) if chart else None


def drawn(chart: Chart, *, dark: bool = False, form: Form = "png") -> Picture:
    """The picture of a chart."""
    return Picture(_content(chart, dark, form), form, chart.title, caption_of(chart), chart.alt)


def caption_of(chart: Chart) -> str:
    """The picture in words, with the reports; long lists are cut at a value."""
    source = f"\n来源：{'；'.join(chart.sources)}" if chart.sources else ""
    room = LONGEST_CAPTION - len(source) - 1
    if len(chart.alt) <= room:
        return chart.alt + source
    cut = chart.alt[:room]
    return cut[: max(cut.rfind("；"), cut.rfind("。"), 0) or room] + "…" + source


@lru_cache(maxsize=KEPT)
def _content(chart: Chart, dark: bool, form: Form) -> bytes:
    from bot.charts.drawing import figure_of, warm

    try:
        warm()
    except ImportError as error:
        raise CannotDraw(NOT_INSTALLED) from error
    figure = figure_of(chart, DARK if dark else LIGHT)
    file = io.BytesIO()
    if form == "svg":
        figure.savefig(
            file, format="svg", facecolor=figure.get_facecolor(), metadata={"Title": chart.title, "Date": None}
        )
    else:
        figure.savefig(
            file, format="png", facecolor=figure.get_facecolor(), metadata={"Title": chart.title, "Software": None},
            pil_kwargs={"compress_level": 4},
        )  # fmt: skip
    return file.getvalue()
