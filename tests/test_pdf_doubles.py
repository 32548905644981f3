"""Glyphs printed twice to look bold, and digits of a font whose boxes are too wide, which are two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.read.pdf_chars import Char, _without_doubles

WIDE = [Char(text, 265.97 + 7.94 * at, 281.89 + 7.94 * at, 419.4, 31.8) for at, text in enumerate("700")]
BOLD = [Char(text, 100.0 + 10 * (at // 2) + 0.3 * (at % 2), 110.0, 50.0, 10.0) for at, text in enumerate("770000")]


@pytest.mark.parametrize(
    "chars, inked, text",
    [
        (WIDE, lambda one, other: False, "700"),  # the boxes overlap, the ink does not
        (WIDE, lambda one, other: True, "70"),
        (BOLD, lambda one, other: True, "700"),
    ],
)
def test_doubles(chars: list[Char], inked: Callable[[int, int], bool], text: str) -> None:
    assert "".join(char.text for char in _without_doubles(chars, inked)) == text


@pytest.mark.real
def test_digits_of_wide_boxes_are_all_read(shared: Path) -> None:
    import pypdfium2

    from index.read.pdf_chars import read_page

    document = pypdfium2.PdfDocument(shared / "reports_more" / "chongqing_2025_budget_report.pdf")
    text = "".join(char.text for char in read_page(document[24]).chars)
    document.close()
    assert "从670元提高到700元" in text
