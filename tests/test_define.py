"""A word is explained as the report explains it; the lexicon answers only where no report does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Assistant, load, open_index

REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

全市一般公共预算收入完成180.5亿元，增长3.4%。推动“四个同步”（编制同步、执行同步、监督同步、公开同步）落地。

市级预备费安排2.0亿元。上年结转和结余1.1亿元。

预算执行中还有不少问题：一是支出结构不够活，固定项目占六成，压减空间小；二是盘活资产进度慢，闲置厂房还有3处；三是基金收入短收5.1亿元。

实施提速度、提额度、降成本、降门槛等“两提两降”举措，服务企业300户。探索“财担联动”机制，用好财政贴息和融资担保的组合。

全市社会保险基金预算（包括居民基本养老保险、职工基本医疗保险、工伤保险，下同）收入90亿元。

附件：

有关名词解释

1.零基预算：不看上年基数，所有支出从零算起的编制方法。

2.预备费：在编制预算时按支出额的1%至3%设置的资金。用于应急。

3.“三山两湾”：是指尧山、霍山、五鹿山和汾湾、浍湾。

【地方债务结存额度】

是指法定限额减去余额以后剩下的部分。

（五）项目支出安排：

是部门为完成特定事项编制的年度计划。

7.上解支出：是指按市对县体制交给市里的款项。

8.地方政府债务限额：是指经批准的举债最高额。

9.“531”债务预警机制：是指企业提前5个月定计划、提前3个月筹资金、提前1个月备足款。

10.库款保障等级：是指按库款多少划分的等级。

红色表示库款不足一周；橙色表示库款不足半月；绿色表示库款充足。

11.“双优”“双减”：“双优”，指优服务、优环境。

“双减”，指减环节、减时限。
"""
QUESTIONS = [
    ("什么是零基预算", ["从零算起"]),
    ("临汾说的零基预算，解释一下", ["从零算起"]),
    ("零基预算是什么意思 临汾那份报告后面名词解释怎么写的", ["从零算起"]),
    ("预备费一般按多大比例设？临汾报告名词解释里有吧", ["1%至3%", "用于应急"]),
    ("临汾讲的“三山两湾”里面两湾是哪两个", ["汾湾、浍湾"]),
    ("临汾报告里的四个同步是哪四个啊", ["编制同步", "公开同步"]),
    ("债务结存额度是个啥 临汾报告有解释吗", ["法定限额减去余额"]),
    ("临汾预算里说的项目支出安排指什么", ["特定事项"]),
    ("临汾的国有资本经营预算是啥意思", ["词条解释，不是报告原文"]),
    # What is explained at hand comes before the lexicon, under another of its names, too.
    ("临汾预算说明里的上解支出是啥意思", ["按市对县体制交给市里"]),
    ("临汾债务限额是什么意思", ["举债最高额"]),
    ("临汾报告里的“三山两湾”都是啥", ["汾湾、浍湾"]),
    ("啥是零基预算？临汾报告里有写", ["从零算起"]),
    # A term that counts what stands right before it, quoted or not, and its word asked for again.
    ("临汾那个两提两降，提的啥降的啥", ["提速度", "降门槛"]),
    ("临汾说的两提两降是个啥玩法", ["提速度", "降门槛"]),
    # One that is shortened, one of several beside each other, one of two parts; 怎么回事 of a term, which is no why.
    ("临汾讲的531预警机制是啥意思", ["提前5个月", "提前1个月"]),
    ("临汾报告提的“531”债务预警是怎么回事", ["提前5个月"]),
    ("临汾库款橙色等级到底是啥意思", ["不足半月"]),
    ("临汾讲的双优双减到底指什么", ["优环境", "减时限"]),
    # One that is nowhere explained: where it is said, and that it is only said there.
    ("临汾老提的财担联动是个啥", ["融资担保的组合", "没有专门解释"]),
    # What a name includes, in brackets behind it.
    ("临汾2025年社保基金预算都包含哪些险种？", ["工伤保险"]),
    ("临汾社保基金预算包括哪几个险种", ["工伤保险"]),
    # A statement: what the report goes on to say of it.
    ("临汾报告里说的支出结构不活指啥", ["固定项目占六成", "压减空间小"]),
    ("临汾报告讲盘活资产进度慢是指什么", ["闲置厂房还有3处"]),
]
FIGURES = ["临汾市级2025年预备费多少", "临汾2025年全市一般公共预算收入是多少"]
UNKNOWN = ["什么是比特币", "临汾说的五个循环是哪五个", "临汾报告里说的支出结构不稳指啥"]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("words")
    (folder / "临汾市2025年报告.txt").write_text(REPORT, encoding="utf-8")
    load([folder], folder / "words.db")
    opened = open_index(folder / "words.db")
    yield opened
    opened.close()


@pytest.mark.parametrize("question, has", QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_the_explanation_is_that_of_the_word(assistant: Assistant, question: str, has: list[str]) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert all(word in answer.reply for word in has), answer.reply
    assert not [figure for figure in answer.figures if figure.asked]


def test_an_entry_ends_where_the_next_begins(assistant: Assistant) -> None:
    assert "预备费" not in assistant.ask("什么是零基预算").reply


@pytest.mark.parametrize("question", FIGURES)
def test_a_question_for_a_figure_is_not_explained(assistant: Assistant, question: str) -> None:
    assert [figure for figure in assistant.ask(question).figures if figure.asked]


@pytest.mark.parametrize("question", UNKNOWN)
def test_a_word_that_nobody_explains(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status == "not_found"


def test_a_statement_is_quoted_alone(assistant: Assistant) -> None:
    assert "盘活资产" not in assistant.ask("临汾报告里说的支出结构不活指啥").reply


def test_a_zone_without_a_code_has_its_own_paper(tmp_path: Path) -> None:
    paper = """关于临汾经济技术开发区2025年财政预算的说明

一、收支安排

公务接待费8.0万元，比上年减少2.0万元，主要是精简陪同。

二、名词解释

上解支出：是指开发区按体制交给市里的款项。
"""
    (tmp_path / "临汾经济技术开发区2025年财政预算说明.txt").write_text(paper, encoding="utf-8")
    load([tmp_path], tmp_path / "zone.db")
    opened = open_index(tmp_path / "zone.db")
    meaning = opened.ask("临汾经开区2025预算说明里的上解支出是啥意思").reply
    reason = opened.ask("临汾经开区2025年公务接待费为什么少了").reply
    opened.close()
    assert "按体制交给市里" in meaning, meaning
    assert "精简陪同" in reason, reason
