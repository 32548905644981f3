"""A reason that stands around what is asked about: in the next sentence, of the whole, in a row's remark; with the
figure that is asked for beside it, in any order; and never one of another item, account or place.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index import Assistant, load, open_index
from index.ask.slips import put_right
from index.ask.telling import NO_REASON, OF_THE_WHOLE
from index.ask.why import asks_why

REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

（一）一般公共预算

全市一般公共预算收入完成180.5亿元，为预算的101.2%，增长3.4%。

其中：增值税50.2亿元，下降6.3%；资源税8.1亿元，增长2.0%。

拉动收入增长的主要是煤层气企业投产。

教育支出90.1亿元，下降4.1%，主要是两所高中上年已建成；卫生健康支出40.3亿元，增长9.5%，主要是新增托育补助。

农林水支出由60.0亿元调整为55.0亿元，调减5.0亿元，主要是水库除险项目结算推迟。

科学技术调增1.5亿元，主要是新建中试基地。

结转下年支出3.3亿元，主要是养老院改造项目尚未验收。

（二）政府性基金预算

全市政府性基金收入完成40.6亿元，为预算的78.0%，下降30.1%，其中国有土地使用权出让收入35.2亿元，下降33.0%。

短收的主要原因是城南地块两次流拍。

全市新增专项债券资金已支出30.1亿元，支出进度75.2%，未支出资金主要是冷链仓库因管线迁改停工。

（三）国有资本经营预算

市级收入完成2.2亿元，增长8.8%，主要是煤机厂上缴利润。

经济开发区收入完成4.1亿元，下降20.0%，主要是开发区企业外迁。

（四）主要收入完成情况

单位：万元

| 科目 | 预算数 | 执行数 | 执行数为预算数% | 上年决算数 | 执行数比上年% | 备注 |
|---|---|---|---|---|---|---|
| 车船税 | 30000 | 33000 | 110.0 | 30000 | 10.0 | 主要是登记车辆增多 |
| 印花税 | 20000 | 18000 | 90.0 | 20000 | -10.0 | |
"""
BODY = """隰县教育局2025年部门预算

一、预算编制说明

小学教育支出2800.5万元，比上年减少50.1万元，下降1.8%，主要是村小合并；初中教育支出1700.2万元，比上年增加20.3万元，增长1.2%。

2025年“三公”经费预算8.6万元，比上年减少1.9万元，下降18.1%，主要原因是压缩接待批次。
"""
OF_GF = OF_THE_WHOLE.format(whole="政府性基金收入")
# question, what the reply has, what it must not have
REASONS = [
    ("临汾2025年卖地收入为啥没完成任务", [OF_GF, "两次流拍"], ["煤机厂"]),
    ("临汾2025年政府性基金收入短收是怎么搞的", ["两次流拍"], [OF_GF]),
    ("临汾2025年专项债的钱为啥没花完", ["管线迁改"], []),
    ("临汾2025年车船税咋涨了", ["登记车辆增多"], [NO_REASON]),
    ("临汾2025年收入增长得益于哪几样", ["煤层气企业投产"], []),
    ("临汾2025年一般公共预算收入增长主要靠啥拉动", ["煤层气企业投产"], []),
    ("临汾2025年卫生健康支出增加怎么解释", ["托育补助"], ["高中"]),
    ("临汾2025年教育支出咋还降了", ["高中上年已建成"], ["托育"]),
    ("临汾2025年结转下年的钱为什么没花出去", ["尚未验收"], []),
    ("临汾2025年农林水支出为什么调减", ["除险项目结算推迟"], []),
    ("临汾2025年科学技术支出为什么调增", ["新建中试基地"], []),
    ("隰县小学教育支出2025年为什么少了", ["村小合并"], []),
    ("隰县教育局2025年三公经费咋比24年低", ["压缩接待批次"], ["村小"]),
]
NO_REASONS = [
    ("临汾2025年增值税为什么下降", ["煤层气", "流拍", "高中"]),
    ("临汾2025年资源税为什么增长", ["煤层气"]),
    ("临汾2026年一般公共预算收入为什么增长", ["煤层气"]),
    ("临汾2025年印花税为什么下降", ["登记车辆"]),
    ("临汾2025年市级政府性基金收入为什么增长", ["煤机厂"]),
    ("临汾2025年国有资本经营收入为什么下降", ["企业外迁", "煤机厂"]),
    ("临汾2025年初中教育支出为什么增长", ["村小"]),
]
# question, the figure asked for, the reason
BOTH = [
    ("临汾2025年卖地收入降幅多大，什么原因", "-33.0", "两次流拍"),
    ("为什么临汾2025年教育支出少了、少了几个点", "-4.1", "高中上年已建成"),
    ("临汾2025年卫生健康支出增幅和原因", "9.5", "托育补助"),
    ("临汾2025年卫生健康支出增幅、原因", "9.5", "托育补助"),
    ("临汾2025年教育支出降了多少+原因", "4.1", "高中上年已建成"),
    ("临汾2025年教育支出降了百分之几/因何下降", "4.1", "高中上年已建成"),
    ("隰县教育局2025年三公经费比上年减少多少 因为什么", "1.9", "压缩接待批次"),
]
WHYS = [
    "教育支出咋还降了", "收入没达到预算是咋搞的", "卖地收入大降的主因", "收入增长得益于哪几样", "三公咋腰斩了",
    "拉动收入增长的主要是什么", "教育支出下降怎么解释", "契税减少啥情况", "进度卡在哪儿", "收入多在哪", "债怎么变少了",
    "支出因何增加",
]  # fmt: skip
NO_WHYS = ["债务怎么还", "增值税怎么解释", "支出怎么变化", "这笔钱咋还", "债务还了多少", "支出是什么情况"]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("around")
    (folder / "临汾市2025年报告.md").write_text(REPORT, encoding="utf-8")
    (folder / "隰县教育局2025年部门预算.txt").write_text(BODY, encoding="utf-8")
    load([folder], folder / "around.db")
    opened = open_index(folder / "around.db")
    yield opened
    opened.close()


@pytest.mark.parametrize("question, has, has_not", REASONS, ids=[question for question, *_ in REASONS])
def test_the_reason_around_what_is_asked(
    assistant: Assistant, question: str, has: list[str], has_not: list[str]
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered", answer.reply
    assert all(text in answer.reply for text in has), answer.reply
    assert not any(text in answer.reply for text in has_not), answer.reply


@pytest.mark.parametrize("question, has_not", NO_REASONS, ids=[question for question, _ in NO_REASONS])
def test_a_neighbours_reason_is_none(assistant: Assistant, question: str, has_not: list[str]) -> None:
    answer = assistant.ask(question)
    told = answer.reply.split(NO_REASON)[0]  # below it stand the figures, in their own sentence
    assert not any(text in told for text in has_not), answer.reply


@pytest.mark.parametrize("question, figure, reason", BOTH, ids=[question for question, *_ in BOTH])
def test_the_figure_asked_for_and_its_reason(assistant: Assistant, question: str, figure: str, reason: str) -> None:
    answer = assistant.ask(question)
    asked = [one.value.lstrip("+-") for one in answer.figures if one.asked]
    assert asked[:1] == [figure.lstrip("+-")], answer.reply
    assert reason in answer.reply and figure.lstrip("-") in answer.reply.partition("┆")[0], answer.reply


@pytest.mark.parametrize("text", WHYS)
def test_questions_for_a_reason(text: str) -> None:
    assert asks_why(text)


@pytest.mark.parametrize("text", NO_WHYS)
def test_other_questions(text: str) -> None:
    assert not asks_why(text)


@pytest.mark.parametrize("text", ["税收咋还降了", "收入哪去了", "支出咋少了"])
def test_a_word_that_asks_is_no_slip(text: str) -> None:
    assert put_right(text) == (text, ())
