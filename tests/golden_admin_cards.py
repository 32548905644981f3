"""Golden pages of the admin's side: what an official sees on a phone, made of invented reports.

python -m tests.golden_admin_cards    writes tests/golden/admin/*.html anew; read the difference before you keep it
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bot.telegram.admin.aliases import added_page, aliases_page
from bot.telegram.admin.conflicts import conflicts_page
from bot.telegram.admin.draft_page import adopted_page, decided_page, draft_page, dropped_words
from bot.telegram.admin.drafts import drafts_page
from bot.telegram.admin.misses import misses_page
from bot.telegram.admin.people import Listed, users_page
from bot.telegram.admin.records import audit_page, stats_page
from bot.telegram.admin.reports import reports_page
from bot.telegram.admin.versions import rollback_page, versions_page
from bot.telegram.announce import digest, digest_page
from bot.telegram.checks.memory import Kept
from bot.telegram.checks.page import aside_page, check_page, put_aside_page
from bot.telegram.notes import told
from bot.telegram.page import Page
from bot.telegram.state import DayCount, Miss, Noted, Watch
from bot.telegram.watching import watches_page
from index import (
    Alias,
    Aside,
    Change,
    Checked,
    Clash,
    Draft,
    Entry,
    Finding,
    Held,
    LoadReport,
    Person,
    Place,
    Version,
    aside_reasons,
)
from index.check.models import Span
from tests.golden_cards import GOLDEN, golden_text

FOLDER = GOLDEN / "admin"
ANNA, WANG, SHELL = Person(1001, "安娜"), Person(1002, "王局长"), Person(0, "")
AT = "2026-05-01T02:20:00+00:00"
BOT: Any = SimpleNamespace(username="yusuan_bot")

PLACE = "东山市南湖区"
FINAL = LoadReport(
    "南湖区2025年决算.pdf", "loaded", kind="决算报告", region=PLACE, years=(2025,), scopes=("全区", "区本级"),
    facts=1024, sentences=400, tables=12, figures=1030, missed=6, share=0.994,
)  # fmt: skip
SAME = LoadReport(
    "南湖区2025年决算（副本）.pdf", "unchanged", facts=1024,
    warnings=("内容与已载入的 南湖区2025年决算.pdf 相同，不重复载入",),
)  # fmt: skip
BROKEN = LoadReport("扫描件.pdf", "failed", error="文件已加密，无法打开。")
HOSTILE = LoadReport(
    "<b>报告</b>.html", "loaded", kind="预算草案", region="", years=(), facts=3, choices=("甲市鼓楼区", "乙市鼓楼区"),
    warnings=("地区名不止一处：甲市鼓楼区、乙市鼓楼区；请用 --region 写明全称", "<script> & co"),
    unread=("第3页：拨付【123】万元用于<i>道路</i>",), missed=1,
)  # fmt: skip
DRAFT = Draft("k3x9a2bc", "open", "add", ANNA, AT, 12, (FINAL,), added=1020)


def change(item: str, old: str, new: str, region: str = PLACE, measure: str = "actual") -> Change:
    """A figure before and after."""
    return Change(region, "2025", "", "general_public", item, measure, (old,) if old else (), (new,) if new else ())


FEW = (change("教育支出", "56917万元", "56971万元"), change("国防支出", "258万元", ""))
MANY = tuple(change(f"科目{number}", f"{number}万元", f"{number + 1}万元") for number in range(1, 38))
CLASH = Clash(
    PLACE, "2025", "全区", "general_public", "教育支出", "actual",
    (Place("56971万元", "南湖区2025年决算.pdf", 3, "教育支出 56971 万元", "", "南湖区2025年财政决算报告", "重点支出"),
     Place("5.8亿元", "东山市2025年决算.pdf", 17, "南湖区教育支出 5.8 亿元 <见附表>")),
)  # fmt: skip
VERSIONS = [
    Version(13, 12, AT, ANNA, "add", added=("南湖区2025年决算.pdf",), documents=45, facts=88_120, current=True),
    Version(12, 11, AT, SHELL, "reload", replaced=("甲.pdf", "乙.pdf", "丙.pdf"), removed=("丁.pdf",), documents=44,
            facts=87_100),
    Version(11, 10, AT, WANG, "remove", removed=("戊.pdf",), documents=45, facts=87_500),
]  # fmt: skip
HELD = [
    Held(number, "991101", PLACE, (2025 - number,), "决算报告", f"南湖区{2025 - number}年决算的报告",
         f"南湖区{2025 - number}年决算.pdf", 1000 + number, "", "", number == 2)
    for number in range(1, 9)
]  # fmt: skip
MISSES = [
    Miss("娃娃上学的钱", PLACE, "not_found", 7, 0),
    Miss("", f"{PLACE} · 2015年 · 教育支出", "not_found", 3, 0),
    Miss("", "", "clarify", 2, 0),
    Miss("南湖区<教育>支出", f"{PLACE} · 2025年 · 教育支出", "downvoted", 1, 0),
]
ALIASES = [Alias("娃娃上学的钱", "教育支出", "exp-205", ANNA, AT), Alias("<看病>", "卫生健康支出", "exp-210", WANG, AT)]
DAYS = [DayCount("2026-05-01", 120, 100, 15, 5, 12, 80), DayCount("2026-04-30", 9, 9, 0, 0, 11, 1200)]
ENTRIES = [
    Entry(4, AT, ANNA, "adopt", "南湖区2025年决算.pdf", "第12版", "第13版", "done"),
    Entry(3, AT, Person(666, "<b>陌生人</b>"), "/deny", "1002", "", "", "refused"),
    Entry(2, AT, WANG, "rollback", "第11版", "第12版", "第12版", "failed"),
    Entry(1, AT, SHELL, "add_alias", "娃娃上学的钱", "", "教育支出", "done"),
]
WATCHES = [
    Watch(1, 7, "figure", "991101_2025_gp-exp-205_--g_1", f"{PLACE} · 2025年 · 教育支出", '["56,917 万元"]'),
    Watch(2, 7, "region", "991101", PLACE, ""),
]
EVERYONE = [
    Listed(1002, "owner", "王局长"),
    Listed(1001, "admin", "安娜"),
    Listed(1003, "asker"),
    Listed(666, "denied"),
]

SLIP = Finding(
    "完成率", "错", 3, "一、一般公共预算收入", "非税收入完成64200万元，占年度预算30500万元的110.49%。",
    (Span(7, 27, 33), Span(7, 6, 11), Span(7, 19, 24)),
    "64200万元 ÷ 30500万元 ＝ 210.49%，印的是 110.49%", "210.49%",
    "抄错一位",
)  # fmt: skip
TWO = Finding(
    "前后不一致", "疑", None, "", "农林水支出完成8210万元，<b>主要</b>用于【乡村】振兴。",
    (Span(9, 7, 11), Span(12, 0, 4)),
    "2025年 农林水支出 完成：8120万元（第3页） 与 8210万元（第9页）", "", "两位数字颠倒",
)  # fmt: skip
BARE = replace(TWO, kind="单位", level="提示", sum="8210 后面没有写单位", cause="漏单位", spans=(Span(9, 7, 11),))
CHECKED = Checked("/tmp/南湖区2025年草案.docx", PLACE, "", (2025,), (SLIP, TWO, BARE))
NEXT = replace(
    CHECKED, file="南湖区2025年草案（二稿）.docx", findings=(TWO,), known=(0,), mended=(SLIP,),
    before="南湖区2025年草案.docx",
    aside=(Aside(BARE, "报告另有说明", ANNA, AT),),
)  # fmt: skip


def kept(*results: Checked, alone: bool = True) -> Kept:
    """What the chat keeps of a check."""
    slips = [(file, slip) for file, one in enumerate(results) for slip in one.findings]
    slips += [(file, aside.finding) for file, one in enumerate(results) for aside in one.aside]
    return Kept("k3x9a2bc", 7, list(results), tuple(slips), 0.0, alone)


CASES: dict[str, Callable[[], Page]] = {
    "01_intake": lambda: draft_page(
        replace(DRAFT, changes=FEW, changed=1, gone=1, clashes=(CLASH,), files=(
            replace(FINAL, unread=("第3页：拨付【123】万元用于道路", "第9页：合计｜【88】｜【99】"),
                    contradictions=("全区 2025年 农林水支出 完成：22504万元（第3页） 与 31651万元（第9页）",),
                    warnings=("有扫描页，文字由识别（OCR）得出，数字请与原件核对",)),
        ))
    ),
    "02_diff_of_many": lambda: draft_page(replace(DRAFT, changes=MANY, changed=37)),
    "03_several_files": lambda: draft_page(
        replace(DRAFT, files=(FINAL, SAME, BROKEN, replace(FINAL, file="乙.pdf", status="replaced", missed=0)))
    ),
    "04_duplicate": lambda: draft_page(replace(DRAFT, files=(SAME,), added=0)),
    "05_unreadable": lambda: draft_page(replace(DRAFT, files=(BROKEN,), added=0)),
    "06_hostile_and_without_place": lambda: draft_page(replace(DRAFT, files=(HOSTILE,))),
    "07_looked_at_anew": lambda: draft_page(DRAFT, "索引刚刚换成了第13版，请看新的对比再决定。"),
    "08_reload": lambda: draft_page(
        replace(DRAFT, action="reload", removes=("丁.pdf",), changes=FEW, changed=1, gone=1,
                files=(FINAL, replace(FINAL, status="replaced", file="乙.pdf"), *[SAME] * 40))
    ),
    "09_reload_without_change": lambda: draft_page(replace(DRAFT, action="reload", files=(SAME,) * 3, added=0)),
    "10_removal": lambda: draft_page(
        replace(DRAFT, action="remove", files=(), removes=("南湖区2024年决算.pdf",), added=0, gone=1025,
                changes=tuple(change(f"科目{number}", f"{number}万元", "") for number in range(1, 13)))
    ),
    "11_adopted": lambda: adopted_page(replace(DRAFT, changed=3), VERSIONS[0]),
    "12_dropped": lambda: decided_page(DRAFT, dropped_words(WANG)),
    "13_decided_by_another": lambda: decided_page(DRAFT, "已由王局长采用"),
    "14_drafts": lambda: drafts_page([DRAFT, replace(DRAFT, id="b2c4d6e8", files=(FINAL, SAME), by=WANG)], 0),
    "15_versions": lambda: versions_page(VERSIONS),
    "16_no_version": lambda: versions_page([]),
    "17_rollback": lambda: rollback_page(VERSIONS, 11),
    "18_rollback_to_none": lambda: rollback_page(VERSIONS, 3),
    "19_reports": lambda: reports_page(HELD, "南湖区", None, 0),
    "20_reports_next_page": lambda: reports_page(HELD, "南湖区", None, 1),
    "21_no_reports": lambda: reports_page([], "<北湖区>", 2025, 0),
    "22_conflicts": lambda: conflicts_page([CLASH] * 6, "", 1),
    "39_conflict_within_a_report": lambda: conflicts_page(
        [replace(CLASH, places=tuple(replace(place, document=FINAL.file) for place in CLASH.places))], "南湖区", 0
    ),
    "40_not_adopted": lambda: draft_page(DRAFT, "没有采用：新版本没有通过检查，索引未改动：“某区教育支出”应答 1万元"),
    "23_no_conflicts": lambda: conflicts_page([], "南湖区", 0),
    "24_misses": lambda: misses_page(MISSES, 0, kept=False),
    "25_no_misses": lambda: misses_page([], 0, kept=True),
    "26_alias_added": lambda: added_page(ALIASES[0]),
    "27_aliases": lambda: aliases_page(ALIASES, 0),
    "28_no_aliases": lambda: aliases_page([], 0),
    "29_stats": lambda: stats_page(DAYS, VERSIONS[0], 53_400_000, 12, 5),
    "30_stats_of_a_new_bot": lambda: stats_page([], None, 0, 0, 0),
    "31_users": lambda: users_page(EVERYONE, 0, False, [-1001], [-1002]),
    "32_users_of_an_open_bot": lambda: users_page(EVERYONE[:2], 0, True),
    "33_audit": lambda: audit_page(ENTRIES, 0),
    "34_audit_next_page": lambda: audit_page(ENTRIES * 3, 1),
    "35_digest": lambda: digest_page(digest(13, HELD[:1], [(WATCHES[0], ["57,000 万元"])], BOT), 13),
    "36_digest_of_what_is_gone": lambda: digest_page(digest(13, [], [(WATCHES[0], [])], BOT), 13),
    "37_watches": lambda: watches_page(WATCHES, BOT),
    "41_check": lambda: check_page(kept(CHECKED), 0, admin=True),
    "42_check_of_many": lambda: check_page(kept(replace(CHECKED, findings=(SLIP, TWO) * 6)), 1, admin=False),
    "43_check_of_a_next_version": lambda: check_page(kept(NEXT, alone=False), 0, admin=True),
    "44_check_clean_and_unreadable": lambda: check_page(
        kept(replace(CHECKED, findings=()), Checked("<扫描件>.pdf", error="文件已加密，无法打开。")), 0, admin=True
    ),
    "45_why_put_aside": lambda: aside_page(kept(CHECKED), 0, aside_reasons()),
    "46_put_aside": lambda: put_aside_page(kept(CHECKED), 1, "<口径>不同", ANNA),
    "47_next_version": lambda: draft_page(replace(DRAFT, beside=(NEXT.compared,))),
    "38_what_went_wrong": lambda: digest_page(told([Noted("damage", "索引损坏，已换回第12版。", 1, 0, 0)]), 0),
}  # fmt: skip


def page_text(name: str) -> str:
    """The page as a file; times are left out, as they depend on where the clock stands."""
    return re.sub(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日 \d\d:\d\d", "TIME", golden_text(CASES[name]()))


def write(folder: Path) -> None:
    """All files anew."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.html"):
        old.unlink()
    for name in CASES:
        (folder / f"{name}.html").write_text(page_text(name), encoding="utf-8")


if __name__ == "__main__":
    write(FOLDER)
