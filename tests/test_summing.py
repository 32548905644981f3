"""What several figures come to, however adding is said: of items, places, years, rows of a table; and what is left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import load
from index.ask.assistant import Assistant
from index.ask.vocabulary import in_our_words

DEBT = """<html><body><h1>临汾市2024年地方政府债务情况公开表</h1><p>单位：亿元</p>
<table><tr><td>地区</td><td>2024年债务限额</td><td>2024年债务余额</td></tr>
<tr><td>临汾市</td><td>612.4</td><td>600.0</td></tr><tr><td>临汾市本级</td><td>160.0</td><td>150.5</td></tr>
<tr><td>曲沃县</td><td>41.2</td><td>40.1</td></tr><tr><td>翼城县</td><td>32.0</td><td>31.7</td></tr>
<tr><td>襄汾县</td><td>28.5</td><td>26.2</td></tr></table>
<p>注：本表反映上一年度本地区、本级及分地区地方政府债务限额及余额决算数，由财政部门在本级人民代表大会常务委员会批准决算后公开。</p>
</body></html>"""
REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

全市一般公共预算收入完成200亿元，为预算198亿元的101%，其中：税收收入130亿元；非税收入70亿元。

全市教育支出104亿元；全市卫生健康支出57亿元；全市农林水支出48亿元。

2024年全市教育支出98亿元。

全市政府性基金预算收入完成65亿元。

截至2025年底，市属6户企业资产总额386.4亿元、负债总额278.9亿元。
"""
ASSETS = """<html><body><h1>临汾市2024年度国有资产管理情况综合报告</h1><h2>一、企业国有资产</h2>
<p>2024年末，全市国有企业实现利润总额2.5亿元。</p>
<table><tr><td>企业名称</td><td>资产总额（亿元）</td><td>负债总额（亿元）</td><td>利润总额（亿元）</td></tr>
<tr><td>临汾市城市建设投资集团有限公司</td><td>98.3</td><td>61.2</td><td>0.8</td></tr>
<tr><td>平阳产业投资集团</td><td>54.1</td><td>30.6</td><td>1.6</td></tr>
<tr><td>临汾市水务有限公司</td><td>24.1</td><td>12.05</td><td>0.12</td></tr>
<tr><td>合计</td><td>176.5</td><td>103.85</td><td>2.52</td></tr></table></body></html>"""

# Question, the asked figures (() : none), words of the reply.
ASKED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("曲沃县和翼城县2024年债务余额加一起多少", ("71.8亿元", "40.1亿元", "31.7亿元"), "40.1亿元 + 临汾市翼城县"),
    ("曲沃县跟襄汾县2024年债务余额凑一块有多少", ("66.3亿元",), "推算"),
    ("曲沃县、翼城县、襄汾县2024年底欠的债拢共多少", ("98亿元",), "推算"),
    ("翼城县同襄汾县2024年债务限额两家合着多少", ("60.5亿元",), "推算"),
    ("曲沃县与翼城县2024年债务余额各多少，合在一起多少", ("71.8亿元",), "推算"),
    ("翼城县加襄汾县2024年底一共欠多少债", ("57.9亿元",), "推算"),
    ("曲沃县2024年债务余额一共多少", ("40.1亿元",), "曲沃县"),
    ("临汾市和曲沃县2024年债务余额各多少", ("600.0亿元", "150.5亿元", "40.1亿元"), "曲沃县"),
    ("临汾2025年全市教育、卫生健康、农林水三项支出归到一块多少", ("209亿元",), "推算"),
    ("临汾2025年全市税收跟非税合到一起多少", ("200亿元",), "130亿元 + 非税收入70亿元"),
    ("临汾2025年全市一般公共预算收入加上政府性基金收入是多少", ("265亿元",), "推算"),
    ("临汾2024年和2025年全市教育支出加起来多少", ("202亿元",), "98亿元"),
    ("临汾2025年全市教育支出和地铁支出加起来多少", (), "没有"),
    # what is left, what is taken up, whether it was passed
    ("临汾2024年除了市本级，各县区债务余额合计多少", ("449.5亿元",), "推算"),
    ("临汾2024年全市债务限额用掉了几成", ("97.98%",), "600.0亿元 ÷ 政府债务限额612.4亿元"),
    ("曲沃县2024年债务余额占限额的百分之几", ("97.33%",), "推算"),
    ("曲沃县2024年债务还能借多少才到限额", ("1.1亿元",), "推算"),
    ("曲沃县和翼城县2024年债务余额哪个多，多多少", ("40.1亿元", "31.7亿元", "8.4亿元"), "相差"),
    ("曲沃县2024年债务余额占全市几成", ("6.68%",), "40.1亿元 ÷ 临汾市政府债务余额600.0亿元"),
    ("临汾市本级、曲沃县和翼城县2024年债务余额加起来多少", ("222.3亿元",), "150.5亿元"),
    ("临汾市和曲沃县2024年债务余额加起来多少", (), "合计不计算"),  # one lies in the other
    ("曲沃县和浮山县2024年债务余额加起来多少", (), "没有"),
    ("临汾2025年全市一般公共预算收入超没超过预算", ("200亿元", "198亿元"), "完成"),
    ("临汾2025年市属6户企业资产减负债是多少", ("107.5亿元",), "386.4亿元"),
    # rows of a table by their short names
    ("临汾平阳产投和城投集团2024年利润哪个多，各多少", ("1.6亿元", "0.8亿元"), "相差 0.8"),
    ("临汾平阳产投和城投集团2024年利润加一块多少", ("2.4亿元", "1.6亿元", "0.8亿元"), "推算"),
    ("临汾水务公司2024年负债占资产几成", ("50%",), "12.05亿元 ÷"),
    ("临汾城投集团2024年资产比平阳产投多多少", ("44.2亿元",), "推算"),
    ("临汾城投集团2024年利润总额多少", ("0.8亿元",), "城市建设投资"),  # not that of all companies
    ("临汾城投集团和平阳产投2024年负债各多少", ("61.2亿元", "30.6亿元"), "平阳产业投资集团"),
)
WORDS = (
    *((f"教育和农林水支出{word}多少", "教育和农林水支出加起来多少") for word in (
        "加一起", "加在一起", "加到一块儿", "加一块", "加起来", "合起来", "合到一块", "凑一块", "凑到一起", "拢一起",
        "归到一块", "并到一起", "算一起", "加总", "相加")),
    *((f"教育和农林水支出{word}多少", "教育和农林水支出一共多少") for word in ("拢共", "统共", "通共", "合着", "一共")),
)  # fmt: skip
NO_SUM = ("增加一块钱", "参加一起活动", "综合一块资金", "核算一起案件")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("sums")
    for name, text in (("债务.html", DEBT), ("报告.txt", REPORT), ("国资.html", ASSETS)):
        (folder / name).write_text(text, encoding="utf-8")
    db = tmp_path_factory.mktemp("index") / "sums.db"
    assert [report.status for report in load([folder], db)] == ["loaded"] * 3
    assistant = Assistant(db)
    yield assistant
    assistant.close()


@pytest.mark.parametrize("question, wanted, said", ASKED, ids=[case[0] for case in ASKED])
def test_reckoned(assistant: Assistant, question: str, wanted: tuple[str, ...], said: str) -> None:
    answer = assistant.ask(question, question)
    told = [f"{one.value}{one.unit}" for one in answer.figures if one.asked]
    assert tuple(told[: len(wanted)] if wanted else told) == wanted, answer.reply
    assert said in answer.reply, answer.reply


@pytest.mark.parametrize("said, plain", WORDS)
def test_one_word_for_adding(said: str, plain: str) -> None:
    assert in_our_words(said) == in_our_words(plain)


@pytest.mark.parametrize("text", NO_SUM)
def test_no_word_of_adding(text: str) -> None:
    assert "加起来" not in in_our_words(text)
