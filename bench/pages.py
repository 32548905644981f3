"""Screenshots of the page on a phone and in a window, for the documents.

python -m bench.pages docs        -> docs/web-ask.png, web-list.png, web-text.png, web-conflicts.png  (make pages)
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PHONE: Any = {"width": 360, "height": 760}
WINDOW: Any = {"width": 900, "height": 760}
TOKEN = "token-of-the-screenshots"
LIT = "上党区2023年社保支出"


def main() -> None:
    """Serve the sample reports, and look at them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as place:
        settings = {"YUSUAN_WEB_ADMIN_TOKEN": TOKEN, "YUSUAN_REPORTS": str(ROOT / "data" / "reports")}
        command = [sys.executable, "-m", "bot", "web", "--listen", "127.0.0.1:0", "--db", "index.db"]
        environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT), "YUSUAN_DATA": str(ROOT / "data")}
        page = subprocess.Popen(command, cwd=place, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert page.stdout is not None
            told = next(found for line in page.stdout if (found := re.search(r"http://\S+?/", line)))
            take(told[0], folder)
        finally:
            page.terminate()
            page.wait()
            if page.stdout is not None:
                page.stdout.close()


def take(address: str, folder: Path) -> None:
    """Four pictures."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        phone = browser.new_page(viewport=PHONE, device_scale_factor=2, locale="zh-CN")
        phone.goto(address)
        asked(phone, LIT)
        phone.screenshot(path=folder / "web-ask.png", full_page=True)
        phone.get_by_role("link", name="原文").first.click()
        phone.screenshot(path=folder / "web-text.png")
        dark = browser.new_page(viewport=PHONE, device_scale_factor=2, color_scheme="dark", locale="zh-CN")
        dark.goto(address)
        asked(dark, "西工区、解放区、上党区2023年一般公共预算收入")
        dark.screenshot(path=folder / "web-list.png", full_page=True)
        wide = browser.new_page(viewport=WINDOW, locale="zh-CN")
        wide.goto(f"{address}login")
        wide.get_by_label("口令").fill(TOKEN)
        wide.get_by_role("button", name="进入").click()
        wide.get_by_role("link", name="矛盾").click()
        wide.screenshot(path=folder / "web-conflicts.png")
        browser.close()


def asked(page: Any, question: str) -> None:
    """A question, answered."""
    page.locator("#question").fill(question)
    page.keyboard.press("Enter")
    page.locator(".answer .title").wait_for()


if __name__ == "__main__":
    main()
