"""Trends, comparisons, what a copy button copies, the foot of a card: read from reports written for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import main
from bot.telegram.answers import Look, page_of
from bot.telegram.tables import WIDTH, width
from index import Desk, load

REPORTS = {
    "上党区2017.txt": "关于上党区2017年预算执行情况的报告\n\n2017年，全区教育支出完成 41000 万元，增长 5.1%。\n",
    "上党区2018.txt": "关于上党区2018年预算执行情况的报告\n\n2018年，全区教育支出完成 43000 万元，增长 4.9%。\n",
    "上党区2023.txt": (
        "关于上党区2023年预算执行情况的报告\n——2024年2月6日在上党区人民代表大会上\n\n"
        "2023年，全区教育支出完成 56000 万元，增长 6.7%。全区国防支出完成 250 万元。\n\n"
        "全年全区卫生健康支出完成 31000 万元。民生保障有力，全区卫生健康支出完成 32500 万元。\n"
    ),
    "屯留区2023.txt": (
        "关于屯留区2023年预算执行情况的报告\n\n2023年，全区教育支出完成 46000 万元。区本级国防支出完成 120 万元。\n"
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cards")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[Desk]:
    db = folder / "index.db"
    load(sorted(folder.glob("*.txt")), db)
    found = Desk(db)
    yield found
    found.close()


def lines_of(desk: Desk, question: str) -> list[str]:
    """The lines of the table an answer is shown as."""
    html = page_of(desk.converse(question), Look()).html
    return html.partition("<pre>")[2].partition("</pre>")[0].split("\n")


def copied(desk: Desk, question: str) -> dict[str, str]:
    markup = page_of(desk.converse(question), Look()).markup
    assert markup is not None
    return {one.text: one.copy_text.text for row in markup.inline_keyboard for one in row if one.copy_text}


def test_years_between_are_a_row_without_a_figure(desk: Desk) -> None:
    """No year's growth may be read as growth of the row above it where years lie between."""
    lines = lines_of(desk, "上党区教育支出历年")
    assert [line.split()[0] for line in lines] == ["2017年", "2018年", "2019-2022年", "2023年"]
    assert lines[2].split()[1:] == ["无"]
    title = page_of(desk.converse("上党区教育支出历年"), Look()).html.split("</b>")[0]
    assert title.endswith("全区 · 完成数")


def test_comparisons_stand_item_by_item_each_on_one_line(desk: Desk) -> None:
    lines = lines_of(desk, "上党区和屯留区2023年教育支出和国防支出对比")
    assert lines[0] == "【教育支出】" and "【国防支出】" in lines
    at = lines.index("【国防支出】")
    assert [line.split()[0] for line in lines[1:at]] == ["长治市上党区", "长治市屯留区"]
    assert [line.split()[-1] for line in lines[at + 1 :]] == ["250", "120"]
    assert "区本级" in lines[-1] and "全区" in lines[at + 1]  # levels that differ are named in every row
    assert max(map(width, lines)) <= WIDTH


def test_a_copy_button_copies_its_own_figure(desk: Desk) -> None:
    one = copied(desk, "上党区2023年教育支出多少")
    assert list(one) == ["复制引用"]
    assert one["复制引用"].startswith("长治市上党区2023年全区教育支出（一般公共预算）完成数56000万元（《")
    two = copied(desk, "上党区2023年卫生健康支出多少")
    assert list(two) == ["复制 31,000万元 全区", "复制 32,500万元 全区"]
    assert "完成数31000万元（报告另一处为32,500万元）" in two["复制 31,000万元 全区"]
    assert "完成数32500万元（报告另一处为31,000万元）" in two["复制 32,500万元 全区"]


def test_the_foot_has_the_dates_and_the_page(folder: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    foot = page_of(desk.converse("上党区2023年教育支出多少"), Look()).html.split("\n")[-1]
    assert "报告日期 2024年2月6日，载入 20" in foot and "公开网页" not in foot
    other = page_of(desk.converse("屯留区2023年教育支出多少"), Look()).html.split("\n")[-1]
    assert "报告日期" not in other and "载入 20" in other
    url = "https://czj.example.gov.cn/2024/1.html"
    db = str(folder / "index.db")
    assert main(["load", str(folder / "上党区2023.txt"), "--db", db, "--url", url]) == 0
    turn = desk.converse("上党区2023年教育支出多少")
    assert f'<a href="{url}">公开网页</a>' in page_of(turn, Look()).html
    assert main(["load", str(folder), "--db", db, "--url", url]) == 1
    assert main(["load", str(folder / "上党区2023.txt"), "--db", db, "--url", 'https://a.b/"onclick=1']) == 1
    assert f'<a href="{url}">公开网页</a>' in page_of(desk.converse("上党区2023年教育支出多少"), Look()).html
