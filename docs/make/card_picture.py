"""Draw real cards, from their golden HTML, as a phone of 360 pixels shows them: docs/cards/*.png, and docs/card.png.

python -m docs.make.card_picture     (make cards; needs a headless browser and a Chinese font: make browser)
"""

from __future__ import annotations

import html
import io
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any, Final

from PIL import Image

from tests.golden_cards import CASES, GOLDEN

DOCS: Final = Path(__file__).resolve().parents[1]
THUMB: Final = (
    '<svg width="15" height="15" viewBox="0 0 16 16" fill="#ffd54f"{}>'
    '<path d="M1 7h3v7H1zM5 7l3-6c2 0 2 1 1.6 5H14c1 0 1 1 .8 2l-1 5c-.2.7-.5 1-1 1H5z"/></svg>'
)
THUMBS: Final = {"👍": THUMB.format(""), "👎": THUMB.format(' transform="rotate(180)"')}
COLOURS: Final = 48
FIRST: Final = "01_figure"
SHOWN: Final = (
    FIRST, "03_adjusted_budget", "46_says_two_things", "17_trend", "45_two_places_two_items", "19_rank", "42_overview",
    "44_material", "49_within_bound", "23_item_not_there", "47_ranks_printed", "20_place_open",
)  # fmt: skip
_WIDE: Final = re.compile("[\u2e80-\u9fff\uff00-\uffef]")  # two columns, whatever the font makes of them
PRESSED: Final = {"context": "上下文", "trend": "历年", "peers": "同级对比", "parts": "构成"}
PAGE: Final = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; width: 360px; background: #d5dfe6; font: 15px/1.45 "WenQuanYi Micro Hei", sans-serif }}
main {{ padding: 12px }}
.me {{ margin: 0 0 10px auto; width: fit-content; padding: 7px 12px; border-radius: 14px; background: #e3fdcf }}
.card {{ padding: 9px 12px; border-radius: 14px; background: #fff; white-space: pre-line; overflow-wrap: anywhere }}
blockquote {{ margin: 4px 0; padding: 5px 9px; border-left: 3px solid #3390ec; border-radius: 5px; background: #eef5fc;
  font-size: 14px }}
pre {{ margin: 4px 0; padding: 6px 8px; border-radius: 5px; background: #f1f4f6; overflow-x: hidden;
  font: 13px/1.5 "WenQuanYi Micro Hei Mono", monospace }}
pre b {{ display: inline-block; width: 2ch; font-weight: inherit; text-align: center }}
code {{ font: inherit; color: #2b6a9e }}
a {{ color: #3390ec; text-decoration: none; font-size: 13px }} i {{ color: #667 }}
.row {{ display: flex; gap: 4px; margin-top: 4px }}
.row span {{ flex: 1; padding: 7px 2px; border-radius: 8px; background: #6f8ea6; color: #fff; text-align: center;
  font-size: 14px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }}
</style><main>{asked}<div class="card">{card}</div>{rows}</main>"""


def page(golden: str, asked: list[str]) -> str:
    """The HTML page of one golden file: what was said, the card, and its rows of buttons below."""
    card, _, buttons = golden.partition("\n\n")
    labels = [re.findall(r"\[([^\]]+)\]", line) for line in buttons.splitlines() if line.startswith("[")]
    card = re.sub(r"(</blockquote>|</pre>)\n", r"\1", card)
    card = re.sub(r"<pre>.*?</pre>", lambda table: _WIDE.sub(r"<b>\g<0></b>", table[0]), card, flags=re.DOTALL)
    card = re.sub(r"\n(<pre>)", r"\1", card).replace("第N版", "第1版").replace("STAMP", "第1版")
    today = f"{date.today():%Y-%m-%d}"
    card = card.replace("载入 DATE", f"载入 {today}")
    rows = "".join(f'<div class="row">{"".join(f"<span>{_drawn(one)}</span>" for one in row)}</div>' for row in labels)
    said = "".join(f'<div class="me">{html.escape(one)}</div>' for one in asked)
    return PAGE.format(asked=said, card=card, rows=rows)


def _drawn(label: str) -> str:
    """No font of the machine may have the thumbs."""
    return THUMBS.get(label) or html.escape(label)


def asked_in(name: str) -> list[str]:
    """The last question of a golden card, or the button pressed."""
    questions, pressed = next((said, pressed) for case, said, pressed, _ in CASES if case == name)
    return [questions[-1], *([f"〔{PRESSED[pressed]}〕"] if pressed else [])]


def main() -> None:
    """Draw them all."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    (DOCS / "cards").mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        phone: Any = browser.new_page(viewport={"width": 360, "height": 640}, device_scale_factor=2, locale="zh-CN")
        for name in SHOWN:
            phone.set_content(page((GOLDEN / f"{name}.html").read_text(encoding="utf-8"), asked_in(name)))
            targets = [DOCS / "cards" / f"{name}.png", *([DOCS / "card.png"] if name == FIRST else [])]
            shot = Image.open(io.BytesIO(phone.locator("main").screenshot())).convert("RGB").quantize(COLOURS)
            for target in targets:
                shot.save(target, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
