"""Draw docs/card.png: a real card, from its golden HTML, as a phone shows it.

python docs/make/card_picture.py tests/golden/01_figure.html     needs chromium and a Chinese font
"""

from __future__ import annotations

import html
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 18px; width: 424px; overflow: hidden; background: #d5dfe6;
  font: 15px/1.45 "WenQuanYi Micro Hei", sans-serif }}
.me {{ margin: 0 0 10px auto; width: fit-content; padding: 7px 12px; border-radius: 14px; background: #e3fdcf }}
.card {{ padding: 9px 12px; border-radius: 14px; background: #fff; white-space: pre-line; overflow-wrap: anywhere }}
blockquote {{ margin: 4px 0; padding: 5px 9px; border-left: 3px solid #3390ec; border-radius: 5px; background: #eef5fc;
  font-size: 14px }}
a {{ color: #3390ec; text-decoration: none; font-size: 13px }} i {{ color: #667 }}
.row {{ display: flex; gap: 4px; margin-top: 4px }}
.row span {{ flex: 1; padding: 7px 0; border-radius: 8px; background: #6f8ea6; color: #fff; text-align: center;
  font-size: 14px }}
</style><div class="me">{question}</div><div class="card">{card}</div>{rows}"""


def page(golden: str, question: str) -> str:
    """The HTML page of one golden file: the card, and its rows of buttons below."""
    card, buttons = golden.split("\n\n", 1)
    labels = [
        re.findall(r"\[([^\]]+)\]", line) for line in buttons.splitlines() if line.startswith("[") and "👍" not in line
    ]
    card = card.replace("</blockquote>\n", "</blockquote>")
    rows = "".join(
        f'<div class="row">{"".join(f"<span>{html.escape(one)}</span>" for one in row)}</div>' for row in labels
    )
    return PAGE.format(question=html.escape(question), card=card.replace("STAMP", "7c1e"), rows=rows)


def main() -> None:
    """Draw the card of the golden file named on the command line."""
    golden = Path(sys.argv[1]).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "card.html")
        source.write_text(page(golden, "上党区2023年教育支出多少"), encoding="utf-8")
        target = Path(__file__).resolve().parents[1] / "card.png"
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--no-first-run", f"--user-data-dir={folder}/profile",
             "--force-device-scale-factor=2", "--window-size=460,396", f"--screenshot={target}", source.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
