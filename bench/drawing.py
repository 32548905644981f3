"""A picture of growth: lines over the number of reports, both axes logarithmic, as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log10
from typing import Final

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 760, 420, 70, 50, 30, 190
COLOURS: Final = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#8c564b", "#e377c2")
FONT: Final = 'font-family="sans-serif" font-size="13"'


def picture(title: str, across: str, up: str, lines: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """An SVG of the lines, each a name and its points; values of 0 or less are left out."""
    points = [(x, y) for line in lines.values() for x, y in line if x > 0 and y > 0]
    low_x, high_x = _decades([x for x, _ in points])
    low_y, high_y = _decades([y for _, y in points])

    def place(x: float, y: float) -> tuple[float, float]:
        right = (log10(x) - low_x) / max(1, high_x - low_x) * (WIDTH - LEFT - RIGHT)
        above = (log10(y) - low_y) / max(1, high_y - low_y) * (HEIGHT - TOP - BOTTOM)
        return round(LEFT + right, 1), round(HEIGHT - BOTTOM - above, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="20" {FONT}>{title}</text>',
        f'<text x="{(WIDTH - RIGHT + LEFT) / 2}" y="{HEIGHT - 10}" text-anchor="middle" {FONT}>{across}</text>',
        f'<text x="16" y="{HEIGHT / 2}" text-anchor="middle" {FONT} transform="rotate(-90 16 {HEIGHT / 2})">'
        f"{up}</text>",
    ]
    for power in range(low_x, high_x + 1):
        x, bottom = place(10**power, 10**low_y)
        parts.append(f'<line x1="{x}" y1="{TOP}" x2="{x}" y2="{bottom}" stroke="#ddd"/>')
        parts.append(f'<text x="{x}" y="{bottom + 18}" text-anchor="middle" {FONT}>{10**power:,}</text>')
    for power in range(low_y, high_y + 1):
        left, y = place(10**low_x, 10**power)
        parts.append(f'<line x1="{left}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end" {FONT}>{10.0**power:g}</text>')
    for number, (name, line) in enumerate(lines.items()):
        colour = COLOURS[number % len(COLOURS)]
        places = [place(x, y) for x, y in line if x > 0 and y > 0]
        path = " ".join(f"{x},{y}" for x, y in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in places]
        y = TOP + 20 * (number + 1)
        parts.append(f'<rect x="{WIDTH - RIGHT + 15}" y="{y - 9}" width="12" height="4" fill="{colour}"/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 33}" y="{y}" {FONT}>{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around the values."""
    if not values:
        return 0, 1
    low, high = log10(min(values)), log10(max(values))
    first, last = int(low // 1), int(-(-high // 1))
    return first, max(last, first + 1)
