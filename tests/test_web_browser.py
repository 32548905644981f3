"""The page in a real browser, headless: as it is used, by keyboard alone, without scripts, on a phone of 360 points.

Skipped where there is no chromium (``make browser``).
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api")
pytest.importorskip("starlette")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if CHROMIUM is None:
    pytest.skip("no chromium: make browser", allow_module_level=True)

from tests.telegram_bot import load_samples  # noqa: E402
from tests.test_web import TOKEN, signed  # noqa: E402
from tests.web_page import ASKING, DECIDING, served  # noqa: E402

PHONE = {"width": 360, "height": 740}
SUN, MOON = "light", "dark"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def address(db: Path) -> Iterator[str]:
    with served(db) as (address, _):
        yield address


@pytest.fixture(scope="module")
def closed(db: Path) -> Iterator[str]:
    with served(db, web_token=ASKING, web_admin_token=DECIDING, token=TOKEN) as (address, _):
        yield address


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A phone; whatever the browser complains of (a script refused, a style refused) fails the test."""
    with Complaining(browser, viewport=PHONE) as page:
        yield page


class Complaining:
    """A page that lets no complaint of the browser pass."""

    def __init__(self, browser: Any, **how: Any) -> None:
        self._context = browser.new_context(**how)
        self._said: list[str] = []

    def __enter__(self) -> Any:
        page = self._context.new_page()
        page.on("console", lambda message: self._said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self._said.append(str(error)))
        return page

    def __exit__(self, kind: object, *_: object) -> None:
        self._context.close()
        if kind is None:
            assert self._said == []


def fits(page: Any) -> bool:
    """Nothing hangs over the edge."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def faults(page: Any) -> list[str]:
    """What axe finds against WCAG 2.2 AA and good practice."""
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def test_ask_swap_and_read_the_report(page: Any, address: str) -> None:
    page.goto(address)
    page.get_by_label("问题").fill("上党区2023年教育支出")
    page.get_by_role("button", name="提问").click()
    answer = page.get_by_role("article")
    playwright.expect(answer).to_contain_text("56,917 万元")
    assert page.evaluate("document.activeElement.id") == "question"
    page.get_by_label("接着问").or_(page.get_by_label("问题")).fill("社保呢")
    page.keyboard.press("Enter")
    playwright.expect(page.get_by_role("article")).to_have_count(2)
    last = page.get_by_role("article").last
    playwright.expect(last).to_contain_text("61,041")
    assert fits(page) and faults(page) == []
    last.get_by_role("link", name="同级对比").click()
    playwright.expect(last.get_by_role("table")).to_be_visible()
    assert page.evaluate("document.activeElement.className") == "title"
    assert fits(page) and faults(page) == []
    last.get_by_role("link", name="返回").click()
    last.get_by_role("link", name="原文").first.click()
    lit = page.locator("#lit")
    playwright.expect(lit).to_be_in_viewport()
    playwright.expect(lit.locator("mark")).to_have_text("61041")
    assert fits(page) and faults(page) == []


def test_by_keyboard_alone(page: Any, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    reached = []
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert reached[:4] == ["way", "way", "way", "question"]
    page.get_by_label("问题").focus()
    page.keyboard.type("西工区2023年政府债务余额")
    page.keyboard.press("Enter")
    playwright.expect(page.get_by_role("article")).to_contain_text("13.02 亿元")


def test_copying_the_citation(browser: Any, address: str) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    with Complaining(browser, viewport=PHONE, permissions=permissions) as page:
        page.goto(address)
        page.get_by_label("问题").fill("西工区2023年政府债务余额")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="复制引用").click()
        playwright.expect(page.get_by_role("button", name="已复制")).to_be_visible()
        assert "13.02亿元" in page.evaluate("navigator.clipboard.readText()")


def test_without_scripts(browser: Any, address: str) -> None:
    with Complaining(browser, viewport=PHONE, java_script_enabled=False) as page:
        page.goto(address)
        page.get_by_label("问题").fill("上党区2023年教育支出")
        page.get_by_role("button", name="提问").click()
        playwright.expect(page.get_by_role("article")).to_contain_text("56,917 万元")
        page.get_by_role("link", name="同级对比").click()
        playwright.expect(page.get_by_role("table")).to_be_visible()
        page.get_by_label("接着问").fill("社保呢")
        page.get_by_role("button", name="提问").click()
        playwright.expect(page.get_by_role("article").last).to_contain_text("61,041")


@pytest.mark.parametrize("scheme", [SUN, MOON])
def test_admins_pages_can_be_read(browser: Any, closed: str, scheme: str) -> None:
    with Complaining(browser, viewport=PHONE, color_scheme=scheme) as page:
        page.goto(closed)
        assert faults(page) == []
        page.get_by_label("口令").fill(DECIDING)
        page.get_by_role("button", name="进入").click()
        page.wait_for_url("**/admin/reports")
        for name in ("报告", "矛盾", "提问"):
            link = page.get_by_role("navigation").get_by_role("link", name=name, exact=True)
            link.click()
            playwright.expect(link).to_have_attribute("aria-current", "page")  # the page it leads to is there
            assert fits(page) and faults(page) == []


def test_a_sample_answers_in_the_dark(browser: Any, address: str) -> None:
    with Complaining(browser, viewport=PHONE, color_scheme=MOON) as page:
        page.goto(address)
        page.get_by_role("button", name="多少").first.click()
        playwright.expect(page.get_by_role("article")).to_contain_text("元")
        assert fits(page) and faults(page) == []


@pytest.mark.parametrize("scheme, dark", [(SUN, False), (MOON, True)])
def test_pictures_are_of_the_page_s_colour(browser: Any, address: str, scheme: str, dark: bool) -> None:
    pytest.importorskip("matplotlib")
    with Complaining(browser, viewport=PHONE, color_scheme=scheme) as page:
        page.goto(address)
        page.get_by_label("问题").fill("解放区2023年一般公共预算收入画个图")
        page.get_by_role("button", name="提问").click()
        shown = page.locator("img.drawn")
        playwright.expect(shown).to_be_visible()
        assert ("dark=1" in shown.evaluate("one => one.currentSrc")) is dark
        link = page.get_by_role("link", name="图", exact=True)
        playwright.expect(link).to_have_count(1)
        assert ("dark=1" in str(link.get_attribute("href"))) is dark


def test_opened_from_telegram(page: Any, closed: str) -> None:
    from urllib.parse import quote

    owner = signed(8, int(time.time()))
    page.goto(f"{closed}/app?to=/card/140404_2023_gp-exp-205_--g_#tgWebAppData={quote(owner)}&tgWebAppVersion=9.0")
    playwright.expect(page.get_by_role("article")).to_contain_text("56,917 万元")
    assert faults(page) == []


def test_opened_elsewhere(page: Any, closed: str) -> None:
    page.goto(f"{closed}/app?to=/card/140404_2023_gp-exp-205_--g_")
    playwright.expect(page.get_by_role("status")).to_contain_text("从 Telegram")
    playwright.expect(page.get_by_role("link", name="用口令登录")).to_be_visible()
