"""Small files of every format, damaged: bytes flipped, cut, repeated and put in, also inside what is packed.

damaged(Random(1)) -> ("报告.docx", bytes that are nearly a document)
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from bench.fuzz.questions import RUNS
from tests.open_builders import at, cell, grid, ods, odt, ofd, para, row, rtf, rtf_row
from tests.read_builders import Text, doc, docx, p, pdf, png, table, tbl, xls, xlsx, zipped

SENTENCES: Final = (
    "长治市上党区2023年财政决算报告",
    "一、一般公共预算收支情况",
    "（一）收入。2023年，全区一般公共预算收入完成120500万元，为预算的101.5%，比上年增长6.3%。",
    "其中：税收收入88600万元，增长5.1%；非税收入31900万元，下降“2.4”%。",
    "（二）支出。教育支出45600万元，占年度预算47000万元的97%，增支1200万元；卫生健康支出2.35亿元。",
    "截至2023年底，政府债务余额18.2亿元，低于限额19亿元。",
)  # fmt: skip
ROWS: Final = (
    ("项目", "预算数", "完成数", "为预算的%"), ("教育支出", "47000", "45600", "97.0"),
    ("卫生健康支出", "24000", "23500", "97.9"), ("合计", "71000", "69100", "97.3"),
)  # fmt: skip
MOST: Final = 200_000  # bytes: small files are damaged, large ones are measured elsewhere


@cache
def sound() -> tuple[tuple[str, bytes], ...]:
    """One good file of each format."""
    text = "\n".join(SENTENCES) + "\n" + "\n".join("\t".join(row) for row in ROWS)
    html = "".join(f"<p>{one}</p>" for one in SENTENCES)
    html += "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in ROWS) + "</table>"
    page = [Text(60, 780 - 20 * n, one[:40], 10) for n, one in enumerate(SENTENCES)]
    leaf = [*(at(20, 30 + 8 * n, one[:40]) for n, one in enumerate(SENTENCES)), *grid(20, 120, (50, 30, 30, 30), ROWS)]
    typed = "".join(f"{one}\\par\n" for one in SENTENCES) + "".join(rtf_row(*r, edges=(20, 40, 60, 80)) for r in ROWS)
    lined = "".join(row(*map(cell, cells)) for cells in ROWS)
    values = [[float(cell) if cell[0].isdigit() else cell for cell in row] for row in ROWS]
    return (
        ("报告.txt", text.encode()),
        ("国标.txt", text.encode("gb18030")),
        ("宽.txt", text.encode("utf-16")),
        ("报告.md", ("# " + text.replace("\t", " | ")).encode()),
        ("表.csv", "\n".join(",".join(f'"{cell}"' for cell in row) for row in (SENTENCES[:1], *ROWS)).encode()),
        ("页.html", f"<html><head><meta charset=utf-8></head><body>{html}</body></html>".encode()),
        ("报告.docx", docx("".join(p(one) for one in SENTENCES) + tbl(*ROWS))),
        ("旧.doc", doc([(one, "") for one in SENTENCES])),
        ("表.xlsx", xlsx({"支出": values})),
        ("旧.xls", xls({"支出": values})),
        ("报告.pdf", pdf([[*page, *table(60, 500, (120, 80, 80, 80), ROWS, ruled=True)]])),
        ("报告.ofd", ofd([leaf])),
        ("报告.rtf", rtf(typed)),
        ("报告.odt", odt("".join(map(para, SENTENCES)) + f'<table:table table:name="支出">{lined}</table:table>')),
        ("表.ods", ods({"支出": lined})),
        ("包.zip", zipped({"决算.txt": text, "支出.csv": "\n".join(",".join(row) for row in ROWS)})),
        ("图.png", png()),
    )  # fmt: skip


def _flipped(dice: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 3, 20, 200))):
        changed[dice.randrange(len(changed))] = dice.choice((0, 255, dice.randrange(256)))
    return bytes(changed)


def _cut(dice: random.Random, data: bytes) -> bytes:
    start, end = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    return dice.choice((data[:end], data[start:], data[:start] + data[end:]))


def _repeated(dice: random.Random, data: bytes) -> bytes:
    start = dice.randrange(len(data))
    piece = data[start : start + dice.choice((1, 4, 40, 400))]
    return data[:start] + piece * (dice.choice((2, 20, 2_000, MOST)) // len(piece) + 1) + data[start:]


def _put_in(dice: random.Random, data: bytes) -> bytes:
    at = dice.randrange(len(data) + 1)
    run = dice.choice(RUNS)(dice).encode(errors="ignore") * dice.choice((1, 1, 100))
    return data[:at] + dice.choice((run, dice.randbytes(dice.choice((1, 50, 5_000))))) + data[at:]


def _unclosed(dice: random.Random, data: bytes) -> bytes:
    """A bracket or tag that nothing closes, early in the file."""
    sign = dice.choice(("“", "（", "《", '"', "<table><tr><td>", "<w:tbl>", "<<", "[", "**", "|", "其中：")).encode()
    at = dice.randrange(min(200, len(data)) + 1)
    return data[:at] + sign * dice.choice((1, 1, 500)) + data[at:]


WAYS: Final[tuple[Callable[[random.Random, bytes], bytes], ...]] = (_flipped, _cut, _repeated, _put_in, _unclosed)


def _changed(dice: random.Random, data: bytes) -> bytes:
    for _ in range(dice.randint(1, 3)):
        data = dice.choice(WAYS)(dice, data or b"\n")[:MOST]
    return data


def _changed_inside(dice: random.Random, data: bytes) -> bytes:
    """One member of an archive is damaged, the archive itself is well made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = dice.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _changed(dice, content) if name == chosen else content)
    return made.getvalue()


def damaged(dice: random.Random) -> tuple[str, bytes]:
    """A name and content; now and then the name tells another format."""
    name, data = dice.choice(sound())
    inside = data[:2] == b"PK" and dice.random() < 0.7
    data = _changed_inside(dice, data) if inside else _changed(dice, data)
    return (dice.choice(sound())[0] if dice.random() < 0.1 else name), data


def files(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """So many of them."""
    dice = random.Random(seed)
    for _ in range(count):
        yield damaged(dice)
