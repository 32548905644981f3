"""Small talk and acts are told from questions, whatever stands around them."""

from __future__ import annotations

import pytest

from index.ask.talk import said, says_nothing

SAID = [
    ("谢谢", "thanks"),
    ("谢谢啦！", "thanks"),
    ("太感谢您了", "thanks"),
    ("辛苦了", "thanks"),
    ("thanks", "thanks"),
    ("謝謝", "thanks"),
    ("好的谢谢", "thanks"),
    ("thank you", "thanks"),
    ("thanks a lot", "thanks"),
    ("how to use", "english"),
    ("xigong overview", "english"),
    ("好的", "fine"),
    ("好嘞", "fine"),
    ("👍", "fine"),
    ("🙏🙏", "fine"),
    ("收到。", "fine"),
    ("OK", "fine"),
    ("嗯嗯", "fine"),
    ("明白了", "fine"),
    ("知道了", "fine"),
    ("哈哈哈", "fine"),
    ("对的", "fine"),
    ("算了没事", "fine"),
    ("先不采用", "fine"),
    ("好的谢谢，就到这", "thanks"),
    ("好的[OK]", "fine"),
    ("[强]", "fine"),
    ("辛苦了[抱拳]", "thanks"),
    ("你好", "hello"),
    ("您好！", "hello"),
    ("谢谢啦，辛苦了", "thanks"),
    ("好的，收到，谢谢", "fine"),
    ("再见", "bye"),
    ("下班了", "bye"),
    ("发原文", "original"),
    ("麻烦发一下原文", "original"),
    ("请发原文件", "original"),
    ("原文呢", "original"),
    ("发报告", "original"),
    ("把原件发我看看", "original"),
    ("麻烦把报告原件发我一份", "original"),
    ("导出", "export"),
    ("导成excel吧", "export"),
    ("导出Excel", "export"),
    ("帮我导出来", "export"),
    ("做成表格吧", "export"),
    ("再详细点", "detail"),
    ("能不能说详细点", "detail"),
    ("展开说说", "detail"),
    ("具体一点", "detail"),
    ("从哪来的", "source"),
    ("这是谁的报告", "source"),
    ("单位是什么", "again"),
    ("这个是决算数还是预算数", "again"),
    ("这个数从哪来的？", "source"),
    ("出处呢", "source"),
    ("这数哪儿来的呀", "source"),
    ("这个数是从哪份报告里来的", "source"),
    ("两个数哪个对", "which"),
    ("到底以哪个为准啊", "which"),
    ("再说一遍", "again"),
    ("帮助", "help"),
    ("第几页", "source"),
    ("依据是什么", "source"),
    ("不对", "wrong"),
    ("不对吧", "wrong"),
    ("好像不太对", "wrong"),
    ("不怎么准吧", "wrong"),
    ("这个数不对", "wrong"),
    ("错了", "wrong"),
    ("不是这个", "wrong"),
    ("不对，应该是调整后的数", "wrong"),
    ("画个图", "chart"),
    ("趋势图", "chart"),
    ("图", "chart"),
    ("帮我画张图吧", "chart"),
    ("换成亿元", "unit"),
    ("换算成万元", "unit"),
    ("用亿元表示", "unit"),
    ("是多少亿", "unit"),
    ("能换成元吗", "unit"),
    ("How much did the district spend on education?", "english"),
    ("hello", "english"),
    ("what is the debt of Xigong", "english"),
    ("XIGONG DEBT", "english"),
    ("？？", "empty"),
    ("...", "empty"),
    # questions
    ("上党区2023年教育支出多少", None),
    ("教育支出多少亿元", None),
    ("谢谢，那国防呢", None),
    ("好的，同比呢", None),
    ("不对应的科目是什么", None),
    ("不太对口的支出", None),
    ("哪个区最多", None),
    ("原件鉴定支出", None),
    ("报告里的教育支出", None),
    ("错误更正支出", None),
    ("supportfund 2023", None),
    ("shangdang jiaoyu zhichu", None),
    ("亿元", None),
    ("2023年呢", None),
    ("原因", None),
    ("地图绘制支出", None),
    ("预算表格公开情况", None),
    ("行政支出", None),
    ("对外投资", None),
    ("好转的原因", None),
    ("GDP", None),
    ("R&D经费", None),
    ("还有呢多少钱", None),
]


@pytest.mark.parametrize("message, kind", SAID, ids=[message for message, _ in SAID])
def test_what_is_said(message: str, kind: str | None) -> None:
    found = said(message)
    assert (found.kind if found else None) == kind


SAYING_NOTHING = [
    ("帮看下", True), ("麻烦看一下，谢谢", True), ("请问", True), ("", True), ("帮看下债务余额", False), ("图", False),
]  # fmt: skip


@pytest.mark.parametrize("message, nothing", SAYING_NOTHING)
def test_words_that_ask_for_nothing_by_themselves(message: str, nothing: bool) -> None:
    assert says_nothing(message) is nothing


UNITS = [("换成亿元", "亿元"), ("折合万元是多少", "万元"), ("换成元", "元"), ("多少亿", "亿元")]


@pytest.mark.parametrize("message, unit", UNITS)
def test_the_unit_asked_for(message: str, unit: str) -> None:
    found = said(message)
    assert found and found.unit == unit


def test_the_words_of_who_disagrees_are_kept() -> None:
    found = said("不对，应该是 5.7 亿")
    assert found and found.words == "不对，应该是 5.7 亿"
