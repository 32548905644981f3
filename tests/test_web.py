"""The page over real HTTP: who may see what, what is refused and escaped, and that a bad question stops nothing."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

from bot.settings import Settings, check_web
from bot.telegram.desks import Desks
from bot.web import init_data
from bot.web.guard import LARGEST
from bot.web.limits import Limits
from bot.web.sessions import IDLE, MOST_ANSWERS, Sessions
from index import load
from tests.standin.world import World
from tests.telegram_bot import load_samples, running
from tests.web_page import ASKING, DECIDING, Visit, served

TOKEN = "1234567:" + "t" * 30
NOW = 1_764_370_000
STRANGE = """关于解放区2024年预算执行情况的报告

一、一般公共预算
2024年，教育支出完成12345万元，比上年增长3%，<script>alert(1)</script>。
"""


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("web"))


@pytest.fixture(scope="module")
def open_page(db: Path) -> Iterator[str]:
    with served(db, asking=Limits(1_000, 1_000)) as (address, _):
        yield address


@pytest.fixture(scope="module")
def closed_page(db: Path) -> Iterator[str]:
    with served(
        db, web_token=ASKING, web_admin_token=DECIDING, token=TOKEN, admins=frozenset({7}), allow_users=frozenset({8}),
        entering=Limits(1_000, 1_000), asking=Limits(1_000, 1_000),
    ) as (address, _):  # fmt: skip
        yield address


# ---------------------------------------------------------------------------------------------- the dialogue


def test_a_question_a_follow_up_and_the_card_again(open_page: str) -> None:
    visit = Visit(open_page)
    assert "上党区" in visit.get("/").text
    first = visit.ask("上党区2023年教育支出")
    assert "<strong>56,917 万元</strong>" in first
    assert "<mark>56917</mark>" in first
    assert "61,041" in visit.ask("社保呢", "e.1")
    assert visit.get("/").text.count("<article") == 2
    lead = re.search(r'href="/card/([^"]+)">索引', first)
    assert lead
    assert "56,917" in visit.get(f"/card/{lead[1]}").text
    assert "61,041" in visit.ask("社保呢", f"c.{lead[1]}")
    assert "56,917" not in Visit(open_page).get("/").text  # another visitor sees nothing of it
    assert visit.post("/forget").status_code == 303
    assert "<article" not in visit.get("/").text


def test_of_several_figures_each_is_copied_alone(open_page: str) -> None:
    answer = Visit(open_page).ask("上党区2023年教育支出完成数和增幅各多少")
    copies = re.findall(r'data-copy="([^"]+)" aria-label="复制', answer)
    assert len(copies) == 2, answer
    assert "56917万元" in copies[0] and "6.75" not in copies[0]
    assert "6.75%" in copies[1] and "56917" not in copies[1]


def test_without_a_script_the_answer_is_on_the_first_page(open_page: str) -> None:
    visit = Visit(open_page)
    gone = visit.post("/ask", question="西工区2023年政府债务余额")
    assert (gone.status_code, gone.headers["location"]) == (303, "/#a1")
    assert "13.02 亿元" in visit.get("/").text


def test_the_sentence_is_lit_in_the_text_of_the_report(open_page: str) -> None:
    visit = Visit(open_page)
    token = re.search(r'href="/text/([^"#]+)#lit"', visit.ask("上党区2023年教育支出"))
    assert token
    text = visit.get(f"/text/{token[1]}").text
    lit = re.search(r'<p class="lit" id="lit">(.*?)</p>', text, re.DOTALL)
    assert lit and "<mark>56917</mark>" in lit[1]
    assert text.count('id="lit"') == 1
    later = re.search(r'href="(/text/[^"]+at=1)"', text)
    assert later
    after = visit.get(later[1]).text
    assert 'id="lit"' not in after and "回到这个数字" in after
    assert visit.get(f"/file/{token[1]}").headers["content-disposition"].startswith("attachment")


PATHS = [
    ("/card/nonsense", 410), ("/card/" + "a" * 400, 410), ("/text/nonsense", 404), ("/text/x?at=1e9", 404),
    ("/nope", 404),
    ("/list/secret/x", 404), ("/list/trend/nonsense", 404), ("/file/..%2f..%2fetc%2fpasswd", 404),
    ("/picture/card/x.png", 404), ("/picture/secret/x.png", 404),
    ("/static/../site.py", 404), ("/static/..%2fsite.py", 404), ("/admin/reports", 403), ("/admin/conflicts", 403),
    ("/card/" + "a" * 1_000, 414), ("/alive", 200), ("/list/trend/x?page=-1", 404),
]  # fmt: skip


@pytest.mark.parametrize("path, status", PATHS)
def test_what_is_not_there(open_page: str, path: str, status: int) -> None:
    assert Visit(open_page).get(path).status_code == status


def test_every_answer_has_the_headers(open_page: str) -> None:
    for path in ("/", "/static/page.js", "/nope", "/alive", "/login"):
        found = Visit(open_page).get(path).headers
        assert "default-src 'none'; script-src 'self';" in found["content-security-policy"]
        assert "unsafe" not in found["content-security-policy"]
        assert (found["x-content-type-options"], found["x-frame-options"]) == ("nosniff", "DENY")
    assert Visit(open_page).get("/").headers["cache-control"] == "no-store"


def test_what_a_report_or_a_user_wrote_is_text(tmp_path: Path) -> None:
    report = tmp_path / "解放区2024年预算执行.txt"
    report.write_text(STRANGE, encoding="utf-8")
    load([report], tmp_path / "index.db")
    with served(tmp_path / "index.db") as (address, _):
        visit = Visit(address)
        answer = visit.ask("解放区2024年教育支出")
        assert "12,345" in answer and "&lt;script&gt;" in answer
        token = re.search(r'href="/text/([^"#]+)#lit"', answer)
        assert token
        for page in (answer, visit.get(f"/text/{token[1]}").text, visit.ask("<img src=x onerror=alert(1)>\u202e教育")):
            assert "<script>alert" not in page and "<img" not in page and "\u202e" not in page


# ---------------------------------------------------------------------------------------------- refusals

REFUSED = [
    ({"host": "evil.example"}, 421),
    ({"host": "127.0.0.1.evil.example"}, 421),
    ({"origin": "https://evil.example"}, 403),
    ({"origin": "null"}, 403),
    ({"origin": ""}, 403),
    ({"content-type": "text/plain"}, 415),
    ({"content-type": "multipart/form-data; boundary=x"}, 415),
    ({}, 200),
]


@pytest.mark.parametrize("headers, status", REFUSED)
def test_forms_of_others(open_page: str, headers: dict[str, str], status: int) -> None:
    body = urlencode({"question": "西工区政府债务余额"})
    sent = {"content-type": "application/x-www-form-urlencoded", "x-fragment": "1", **headers}
    assert Visit(open_page).client.post("/ask", content=body, headers=sent).status_code == status


def test_a_form_that_is_too_large(open_page: str) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(LARGEST // 1_000 + 10):
            yield b"a" * 1_000

    visit = Visit(open_page)
    assert visit.post("/ask", question="x" * LARGEST).status_code == 413
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert visit.client.post("/ask", content=endless(), headers=form).status_code == 413  # its length is not told
    assert visit.client.put("/ask").status_code == 405
    assert visit.post("/ask", question=" ").status_code == 400


def test_too_many_requests(db: Path) -> None:
    with served(db, asking=Limits(burst=3, rate=1e-6)) as (address, _):
        found = [Visit(address).get("/card/nonsense") for _ in range(5)]
        assert [one.status_code for one in found] == [410, 410, 410, 429, 429]
        assert int(found[-1].headers["retry-after"]) > 0
    with served(db, quota=2) as (address, _):
        visit = Visit(address)
        assert ["一小时" in visit.ask("西工区政府债务余额") for _ in range(3)] == [False, False, True]


def test_a_question_that_takes_too_long_stops_nothing(db: Path) -> None:
    with served(db, desks=Desks(db, 1, seconds=0.001, wall=0.001)) as (address, _):
        visit = Visit(address)
        assert "算得太久" in visit.ask("上党区2023年教育支出")
        assert visit.get("/alive").text == "ok"
        assert "算得太久" in visit.ask("上党区2023年教育支出")  # another process was there to be asked


# ---------------------------------------------------------------------------------------------- who may come in


def test_a_closed_page_wants_the_token(closed_page: str) -> None:
    visit = Visit(closed_page)
    assert visit.get("/").headers["location"] == "/login"
    assert visit.get("/card/x", **{"x-fragment": "1"}).status_code == 401
    assert visit.post("/ask", question="上党区2023年教育支出").headers["location"] == "/login"
    assert visit.post("/login", token="wrong").status_code == 403
    assert visit.get("/").status_code == 303
    assert visit.post("/login", token=ASKING).headers["location"] == "/"
    assert "56,917" in visit.ask("上党区2023年教育支出")
    assert visit.get("/admin/reports").status_code == 403
    visit.post("/logout")
    assert visit.get("/").status_code == 303


def test_admins_see_what_was_read_and_contradictions(closed_page: str) -> None:
    visit = Visit(closed_page)
    assert visit.post("/login", token=DECIDING).headers["location"] == "/admin/reports"
    reports = visit.get("/admin/reports").text
    assert reports.count("<h2>") == 5 and "数据点 837" in reports
    number = re.search(r'/admin/reports/(\d+)">长治市上党区', reports)
    assert number
    assert "<mark>" in visit.get(f"/admin/reports/{number[1]}").text  # the number that was not understood
    assert visit.get("/admin/reports/999999").status_code == 404
    assert "上党区" in visit.get("/admin/conflicts").text
    assert "没有" in visit.get("/admin/conflicts?place=蓬莱岛").text


def signed(number: int, at: int, token: str = TOKEN, **more: str) -> str:
    """Init data as Telegram makes it."""
    fields = {
        "query_id": "AAE",
        "user": f'{{"id":{number},"first_name":"安"}}',
        "auth_date": str(at),
        "signature": "x",
        **more,
    }
    told = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    return urlencode({**fields, "hash": init_data.hashed(told, token)})


ENTERING = [
    (7, 0, {}, 200), (8, -3_500, {}, 200), (9, 0, {}, 403), (7, -3_700, {}, 403), (7, 600, {}, 403),
    (7, 0, {"token": "1:other" + "t" * 20}, 403),
]  # fmt: skip


@pytest.mark.parametrize("user, ago, more, status", ENTERING)
def test_from_telegram(closed_page: str, user: int, ago: int, more: dict[str, str], status: int) -> None:
    visit = Visit(closed_page)
    told = signed(user, int(time.time()) + ago, **more)
    found = visit.post("/app/enter", init_data=told, to="/text/140404_2023_gp-exp-205_--g_")
    assert found.status_code == status
    if status == 200:
        assert found.json() == {"to": "/text/140404_2023_gp-exp-205_--g_"}
        assert visit.get("/admin/reports").status_code == (200 if user == 7 else 403)
    else:
        assert visit.get("/").status_code == 303


WHERE = [("https://evil.example/", "/"), ("//evil.example", "/"), ("/admin/reports", "/"), ("/card/x", "/card/x")]


@pytest.mark.parametrize("to, led", WHERE)
def test_from_telegram_one_gets_to_our_pages_alone(closed_page: str, to: str, led: str) -> None:
    told = signed(7, int(time.time()))
    assert Visit(closed_page).post("/app/enter", init_data=told, to=to).json() == {"to": led}


FORGED = [
    ("", init_data.Forged), ("hash=" + "0" * 64, init_data.Forged), ("a&b", init_data.Forged),
    (signed(7, NOW).replace("%22id%22%3A7", "%22id%22%3A1"), init_data.Forged),
    (signed(7, NOW) + "&auth_date=" + str(NOW), init_data.Forged), (signed(-7, NOW), init_data.Forged),
    (signed(7, NOW, user="[]"), init_data.Forged), ("a=" + "x" * 9_000, init_data.Forged),
    (signed(7, NOW - 3_601), init_data.Stale), (signed(7, NOW + 61), init_data.Stale),
]  # fmt: skip


@pytest.mark.parametrize("told, error", FORGED)
def test_init_data_that_is_refused(told: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        init_data.verified(told, TOKEN, NOW)


def test_init_data_as_documented() -> None:
    """The hash is worked out by hand here, as Telegram's page on Mini Apps has it."""
    import hashlib
    import hmac

    lines = f'auth_date={NOW}\nquery_id=AAE\nuser={{"id":42}}'
    key = hmac.new(b"WebAppData", TOKEN.encode(), hashlib.sha256).digest()
    given = hmac.new(key, lines.encode(), hashlib.sha256).hexdigest()
    told = urlencode({"query_id": "AAE", "user": '{"id":42}', "auth_date": str(NOW), "hash": given})
    assert init_data.verified(told, TOKEN, NOW + 10) == init_data.Opened(42)
    with pytest.raises(init_data.Forged):
        init_data.verified(told, "", NOW)  # without a bot nobody comes in this way


# ---------------------------------------------------------------------------------------------- settings, memory

SETTINGS = [
    ({"web_listen": "127.0.0.1:8090"}, ""),
    ({"web_listen": "[::1]:8090"}, ""),
    ({"web_listen": "0.0.0.0:8090"}, "YUSUAN_WEB_TOKEN"),
    ({"web_listen": "127.0.0.1:8090", "web_url": "https://a.example"}, "YUSUAN_WEB_TOKEN"),
    ({"web_listen": "0.0.0.0:8090", "web_token": ASKING}, ""),
    ({"web_listen": "0.0.0.0:8090", "web_token": ASKING, "web_admin_token": ASKING}, "不能相同"),
]


@pytest.mark.parametrize("more, line", SETTINGS)
def test_settings_of_the_page(more: dict[str, str], line: str) -> None:
    settings = Settings(**more)  # type: ignore[arg-type]
    if line:
        with pytest.raises(ValueError, match=line):
            check_web(settings)
    else:
        check_web(settings)


def test_visitors_are_forgotten() -> None:
    clock = [0.0]
    sessions = Sessions(lambda: clock[0])
    session = sessions.begin("token")
    clock[0] = IDLE - 1
    assert sessions.of(session.name) is session
    clock[0] += IDLE + 1
    assert sessions.of(session.name) is None
    for number in range(MOST_ANSWERS + 5):
        session.keep(str(number), None, None)  # type: ignore[arg-type]
    assert len(session.entries) == MOST_ANSWERS


def test_an_address_that_is_taken(db: Path, open_page: str) -> None:
    port = httpx.URL(open_page).port
    with pytest.raises(ValueError, match="网页不能在"), served(db, web_listen=f"127.0.0.1:{port}"):
        pass


# ---------------------------------------------------------------------------------------------- beside the chat

SAID = [
    ("上党区2023年财政怎么样", ["<table>", "材料"]),
    ("上党区2023年教育支出多少？西工区2023年政府债务余额呢？", ["56,917", "13.02"]),
    ("谢谢", ['class="told"']),
    ("解放区有哪些科目", ["解放区"]),
]


@pytest.mark.parametrize("said, shown", SAID)
def test_what_the_chat_understands_the_page_does(open_page: str, said: str, shown: list[str]) -> None:
    answer = Visit(open_page).ask(said)
    assert "<article" in answer
    assert [piece for piece in shown if piece not in answer] == []


ACTS = [
    ("发原文", r'href="/file/[^"]+"', "长治市上党区2023年财政总决算情况分析"),
    ("从哪来的", r"<mark>56917</mark>", "出自 《长治市上党区2023年财政总决算情况分析》"),
    ("能再详细点吗", r"国防支出共 258 万元(?s:.*)<mark>56917</mark>", "上下文"),
    ("换成元", r"56,917 万元 ＝ 569,170,000 元", "（569,170,000 元）"),
    ("再说一遍", r"<strong>56,917 万元</strong>", "完成数"),
    ("不太对吧", r"这句话和它所说的问题已记下", "我当时理解为：长治市上党区"),
]


@pytest.mark.parametrize("said, found, told", ACTS)
def test_something_is_done_with_the_answer_before(open_page: str, said: str, found: str, told: str) -> None:
    visit = Visit(open_page)
    visit.ask("上党区2023年教育支出")
    done = visit.ask(said, "e.1")
    assert re.search(found, done) and told in done
    assert "9,093" in visit.ask("公共安全呢", "e.2"), "the dialogue goes on from the answer before"


def test_a_table_and_a_picture_asked_for_in_words(open_page: str) -> None:
    visit = Visit(open_page)
    visit.ask("上党区2023年教育支出多少？国防支出多少？")
    sheet = re.search(r'href="(/entry/2/sheet.csv)"', visit.ask("做成表格给我", "e.1"))
    assert sheet
    assert "56917" in visit.get(sheet[1]).content.decode("utf-8-sig")
    assert Visit(open_page).get(sheet[1]).status_code == 410, "of another visitor"
    pytest.importorskip("matplotlib")
    drawn = visit.ask("画张图看看", "e.2")
    picture = re.search(r'src="(/entry/3/picture.png)" alt="([^"]+)"', drawn)
    assert picture and "国防支出 258万元" in picture[2]
    day = visit.get(picture[1]).content
    assert day.startswith(b"\x89PNG")
    night = re.search(r'srcset="(/entry/3/picture.png\?dark=1)" media="\(prefers-color-scheme: dark\)"', drawn)
    assert night and visit.get(night[1]).content not in (b"", day)
    both = visit.ask("解放区2023年一般公共预算收入画个图", "e.3")
    assert "90,074" in both and "/entry/4/picture.png" in both


def test_a_list_has_the_buttons_of_the_chat(open_page: str) -> None:
    visit = Visit(open_page)
    told = visit.ask("上党区和解放区2023年一般公共预算收入对比")
    for words, label in (("导出", "导出表格"), ("画个图", "图")):
        assert f'name="question" value="{words}"' in told and f">{label}</button>" in told
    assert "/picture.png" in visit.ask("画个图", "e.1")
    alone = visit.ask("上党区2023年月球探测支出多少？教育支出多少？")
    assert 'value="导出"' in alone and 'value="画个图"' not in alone  # one figure is no picture
    assert 'value="导出"' not in visit.ask("上党区教育支出历年")  # it has an address, and links of its own


def test_nothing_before_to_do_it_with(open_page: str) -> None:
    for said in ("导出", "画个图", "不对"):
        assert "先问一个数" in Visit(open_page).ask(said)


def test_what_is_said_to_be_wrong_is_kept_for_the_admins(db: Path) -> None:
    with served(db) as (page, site):
        visit = Visit(page)
        visit.ask("上党区2023年教育支出")
        visit.ask("不对，我记得是6亿", "e.1")
        assert "上党区2023年教育支出 → 不对，我记得是6亿" in [one.question for one in site.state.misses(9)]


def test_the_next_page_of_an_overview_in_words(open_page: str) -> None:
    visit = Visit(open_page)
    first = visit.ask("上党区2023年财政怎么样")
    second = visit.ask("更多", "e.1")
    assert "1/" in first and re.search(r">2/\d<", second)


def test_the_paragraph_and_the_picture(open_page: str) -> None:
    visit = Visit(open_page)
    material = re.search(r'href="(/list/material/[^"]+)"', visit.ask("上党区2023年财政怎么样"))
    assert material
    assert 'class="told"' in visit.get(material[1], **{"x-fragment": "1"}).text
    pytest.importorskip("matplotlib")
    pictures = re.findall(r'href="(/picture/card/[^"]+)"', visit.ask("上党区2023年教育支出"))
    day, night = (visit.get(one).content for one in pictures)
    assert day.startswith(b"\x89PNG") and night.startswith(b"\x89PNG") and day != night
    accounts = re.search(r'href="(/picture/card/[^"]+overview[^"]+)"', visit.ask("上党区2023年财政怎么样"))
    assert accounts and visit.get(accounts[1]).content.startswith(b"\x89PNG")


def test_the_button_that_opens_the_page_in_telegram(db: Path) -> None:
    from bot.telegram.answers import Look, page_of
    from bot.telegram.buttons import card_buttons
    from index import Desk

    desk = Desk(db)
    turn = desk.converse("上党区2023年教育支出")
    markup = page_of(turn, Look(web="https://a.example")).markup
    assert markup is not None
    opened = [one.web_app.url for row in markup.inline_keyboard for one in row if one.web_app]
    assert len(opened) == 1 and opened[0].startswith("https://a.example/app?to=/text/140404_2023_gp-exp-205_")
    for markup in (page_of(turn, Look()).markup, card_buttons(turn.detail, inline=True, web="https://a.example")):
        assert markup is not None and not [1 for row in markup.inline_keyboard for one in row if one.web_app]
    for question, place in (("上党区教育支出历年", "140404_"), ("各县2023年一般公共预算收入排名", "140431_")):
        markup = page_of(desk.converse(question), Look(web="https://a.example")).markup
        assert markup is not None
        opened = [one.web_app.url for row in markup.inline_keyboard for one in row if one.web_app]
        assert len(opened) == 1 and f"/app?to=/text/{place}" in opened[0]
    desk.close()


def test_the_bot_serves_the_page(telegram: World, tmp_path: Path) -> None:
    load_samples(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with running(telegram, tmp_path / "index.db", web_listen=f"127.0.0.1:{port}"):
        assert "56,917" in telegram.user().ask("上党区2023年教育支出").text
        assert "56,917" in Visit(f"http://127.0.0.1:{port}").ask("上党区2023年教育支出")
