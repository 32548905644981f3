"""Questions that make another figure of a figure (除…外, 几倍, 环比), and those that put several in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from index.ask.asks import parts_of
from index.ask.assistant import Assistant
from index.ask.operations import operations
from index.ask.ranking.order import Order, find_order
from index.ask.scoping import find_scope
from index.ask.side_words import HIDDEN
from index.lexicon import toml
from tests.one_report import assistant_of

REPORT = """云溪区2024年预算执行情况的报告

一、一般公共预算
全区一般公共预算支出完成30000万元，增长2%。其中：教育支出9000万元，增长4.5%，增支388万元；科学技术支出1500万元，下降6.2%；农林水支出6000万元，增长1.8%；住房保障支出2500万元，下降0.4%。
全区非税收入完成4200万元。
2024年区本级一般公共预算支出完成18000万元，占比60%。
省里下达一般性转移支付5200万元，包括均衡性、重点生态功能区等财力性转移支付3100万元，其他2100万元。
全区政府债务余额64000万元，其中：一般债务30000万元，专项债务34000万元。交通运输支出2200万元，增长1.2%，扣除一次性因素后每月投入均衡，为公路支出的1.1倍。
城乡居民基本医疗保险基金收入8000万元，支出7500万元，年末滚存结余4400万元。
城镇职工基本医疗保险基金收入9000万元，支出8600万元，年末滚存结余6100万元。
编报绩效目标的项目共12个，涉及资金870万元。
全区7月份一般公共预算收入800万元，8月份一般公共预算收入1000万元。
城乡低保月均保障标准为620元。
全年争取救灾资金5200万元。
全区三公经费310万元，其中：公务接待费70万元，公务用车购置及运行维护费220万元，因公出国（境）费20万元。
"""

# Question, the figures asked for (none: it must be refused), words of the reply.
CASES = [
    # a total without some of its parts
    ("2024年除教育外的支出多少", ["21000万元"], "30,000万元 - 教育支出9,000万元"),
    ("2024年除了教育和农林水以外的一般公共预算支出是多少", ["15000万元"], "推算"),
    ("2024年一般公共预算支出扣除住房保障支出以后还剩多少", ["27500万元"], "推算"),
    ("2024年非教育支出多少", ["21000万元"], "不含教育支出"),
    ("2024年不含科学技术的支出多少", ["28500万元"], "不含科学技术支出"),
    ("2024年扣除教育支出后还剩多少", [], "没有写"),
    ("2024年除地铁外的支出多少", [], "没有"),
    ("2024年非税收入多少", ["4200万元"], "非税收入"),
    # multiples
    ("2024年教育支出是科学技术支出的几倍", ["6倍"], "9,000万元 ÷ 科学技术支出1,500万元"),
    ("2024年农林水支出相当于科学技术支出的多少倍", ["4倍"], "推算"),
    ("2024年教育支出是地铁支出的几倍", [], "没有"),
    # what all of it comes to, where its parts are asked for; what is owed, where it is what was paid back
    ("2024年救灾资金从哪来的", [], "各项"),
    ("2024年救灾资金都花到哪些地方了", [], "没有"),
    ("2024年救灾资金争取了多少", ["5200万元"], "救灾资金"),
    ("2024年还了政府债多少本", [], "没有"),
    ("2024年还欠多少政府债", ["64000万元"], "余额"),
    ("2024年住房保障支出还有多少没花出去", [], "没用掉的数"),
    ("2024年三公经费哪个部门最多", [], "按单位分列的数"),
    ("2024年三公经费哪一项最多", ["220万元"], "公务用车"),
    # what would have to be reckoned: the plain figure is no answer
    ("2024年除了教育和农林水别的花了多少", [], "不含其中一部分的数"),
    ("2024年教育支出每个老师多少钱", [], "摊到每一个的数"),
    ("2024年教育支出分到高中的有多少", [], "分到其中一处的数"),
    ("2024年教育支出最多的行业是哪个", [], "没有"),
    ("2024年收入是哪一年的最高", [], "没有"),
    ("2024年教育支出有多少是上级给的", [], "按来源分的数"),
    ("2024年政府债务还清要几年", [], "推测的数"),
    ("2024年政府债务今年到期多少", [], "没有"),
    ("2024年教育支出涉及多少学校", [], "没有"),
    ("2024年专项债务余额比一般债务余额多几成", [], "没有"),
    ("2024年教育支出创新高了吗", [], "各年相比的数"),
    ("2024年教育支出连续几年增长", [], "连续的年数"),
    ("2024年专项债务利率多少", [], "没有"),
    ("2024年20年期的专项债务多少", [], "没有"),
    ("2024年教育支出相当于科学技术支出的几分之几", [], "几分之几的数"),
    ("2024年教育支出再涨多少能到一亿", [], "还差的数"),
    ("2024年第一批一般债务多少", [], "没有"),
    ("2024年教育支出多花的钱占支出多少", [], "在增减额里的占比"),
    ("2024年教育支出增常多少", ["4.5%"], "同比"),
    ("2024年教育支出比1-6月多多少", [], "没有"),
    ("2024年支出里排最后的是什么", ["1500万元"], "科学技术支出"),
    ("2024年教育支出翻了几番", [], "翻番的数"),
    ("2024年教育支出换算成每个学生多少", [], "摊到每一个的数"),
    ("2024年教育支出占比提高了几个点", [], "占比"),
    ("2024年教育比农林水多百分之几", [], "相差的比例"),
    ("2024年教育支出增加额占总增加额多少", [], "增减额"),
    ("2024年教育支出按这个增速明年是多少", [], "推测的数"),
    ("2024年一般公共预算支出还差多少没完成", [], "没有"),
    ("2024年教育支出每个月大概多少", ["750.00万元"], "推算"),
    ("2024年教育支出一天花多少", ["24.59万元"], "推算"),
    ("2024年教育支出加科技支出是多少", ["10500万元", "9000万元", "1500万元"], "合计"),
    ("近两年教育支出平均", [], "没有"),
    # months
    ("2024年8月一般公共预算收入环比", ["25%"], "环比"),
    ("2024年8月一般公共预算收入环比增长多少", ["25%"], "环比"),
    ("2024年7月一般公共预算收入环比增长多少", [], "环比"),
    ("2024年教育支出环比增长多少", [], "环比"),
    # averages
    ("2024年教育支出平均每月多少", ["750.00万元"], "推算"),
    # words of the operation that stand elsewhere in the sentence say nothing of the figure
    ("2024年交通运输支出平均每月多少", ["183.33万元"], "推算"),
    ("2024年扣除交通运输支出后还剩多少", [], "没有写"),
    ("2024年城乡低保月均保障标准多少", ["620元"], "620"),
    # the change, the year before
    ("2024年教育支出较上年变化多少", ["388万元"], "比上年增减"),
    ("2024年教育支出变动额", ["388万元"], "比上年增减"),
    ("2024年教育支出上年是多少", ["8612万元"], "2023年"),
    ("2024年教育支出比上年增长多少", ["4.5%"], "同比"),
    # an order
    ("2024年支出最高的2项", ["9000万元", "6000万元"], "共比较 5 个科目"),
    ("2024年支出最少的三项", ["1500万元", "2200万元", "2500万元"], "最低：科学技术支出"),
    ("2024年前两名支出", ["9000万元", "6000万元"], "教育支出"),
    ("2024年花钱最多的三项", ["9000万元", "6000万元", "2500万元"], "教育支出"),
    ("2024年支出大头是什么", ["9000万元"], "教育支出"),
    # what grew or fell most is no matter of the largest amount
    ("2024年降得最多的支出是哪项", ["6.2%"], "科学技术支出"),
    ("2024年哪项支出涨得最多", ["4.5%"], "教育支出"),
    ("2024年减得最多的支出是什么", ["6.2%"], "科学技术支出"),
    ("2024年哪项支出跌得最狠", ["6.2%"], "科学技术支出"),
    ("2024年最少的支出是什么", ["1500万元"], "科学技术支出"),
    ("2024年哪些支出下降了", ["6.2%", "0.4%"], "下降的 2 个"),
    ("2024年下降的支出有哪些", ["6.2%", "0.4%"], "下降的 2 个"),
    ("2024年哪几项支出增长了", ["4.5%", "1.8%", "1.2%"], "增长的 3 个"),
    ("2024年科学技术支出下降了吗", ["6.2%"], "同比"),
    ("2024年新增债券投向里哪一块最多", [], "没有"),
    ("2024年非税收入里哪一块最多，多少钱", [], "排不出高低"),
    ("2024年支出最高的两项加起来多少", ["15000万元"], "9,000万元 + 农林水支出6,000万元"),
    ("2024年住房保障支出四个季度加起来多少", [], "加起来的数"),  # one figure is no sum, whatever its account is called
    ("2024年区本级一般公共预算支出（不含县区）多少", ["18000万元"], "区本级"),
    # to so many places
    ("2024年科学技术支出占一般公共预算支出的比重", ["5%"], "推算"),
    ("2024年住房保障支出占一般公共预算支出的比重，保留一位小数", ["8.3%"], "推算"),
    ("2024年住房保障支出占一般公共预算支出的比重，小数点后3位", ["8.333%"], "推算"),
    ("2024年住房保障支出占一般公共预算支出的比重，取整", ["8%"], "推算"),
    # several things, and how they hang together
    ("2024年绩效目标项目编了几个，涉及多少资金", ["12个", "870万元"], "870 万元"),
    ("2024年政府债务余额，一般债和专项债分别多少", ["64000万元", "30000万元", "34000万元"], "专项债务余额"),
    ("2024年地铁、机场、港口和教育支出分别多少", [], "请一项一项来问"),
    # a part is not the whole, and what is spent is no debt
    ("2024年一般性转移支付里，财力性的有多少", ["3100万元"], "财力性转移支付"),
    ("2024年政府债务里用到交通运输上的多少", [], "没有"),
    ("2024年政府债务里一般债务多少", ["30000万元"], "一般债务"),
]
FOLLOW_UPS = [
    (("2024年居民医保基金年末滚存结余多少", "职工医保呢"), ["6100万元"]),
    (("2024年居民医保基金收入多少", "职工医保呢"), ["9000万元"]),
    (("2024年政府债务余额多少", "其中一般债务呢"), ["30000万元"]),
    (("2024年支出最高的2项", "最低的呢"), ["1500万元"]),
    (("2024年教育支出多少", "其中校舍维修类呢"), []),
]

ORDERS = [
    ("支出最高的2项", Order("highest", 2, True)),
    ("最低的三个县", Order("lowest", 3, False)),
    ("前三名", Order("highest", 3, False)),
    ("最低的前三名", Order("lowest", 3, False)),
    ("前几大支出", Order("highest", 3, True)),
    ("后两名是谁", Order("lowest", 2, False)),
    ("最快的税种", Order("highest", 0, True)),
    ("哪些支出下降了", Order("lowest", 0, True, -1)),
    ("增长的收入有哪些", Order("highest", 0, True, 1)),
    ("前三季度收入多少", Order()),
    ("前5个月收入", Order()),
    ("支出增长多少", Order()),
    ("有哪些重点支出", Order()),
    ("重头戏", Order()),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An index of one made report."""
    with assistant_of(tmp_path_factory.mktemp("operations"), "云溪区2024年预算执行情况", REPORT) as made:
        yield made


@pytest.mark.parametrize("question, wanted, said", CASES, ids=[case[0] for case in CASES])
def test_operation(assistant: Assistant, question: str, wanted: list[str], said: str) -> None:
    answer = assistant.ask(f"云溪区{question}")
    assert [f"{one.value}{one.unit}" for one in answer.figures if one.asked] == wanted, answer.reply
    assert (answer.status == "answered") == bool(wanted)
    assert said in answer.reply


SCOPES = [
    ("市级（带开发区的口径）支出", "own_wide"),
    ("市级包括园区在内的支出", "own_wide"),
    ("市本级（不含开发区）支出", "own"),
    ("市级不包括开发区的支出", "own"),
    ("市级不包含高新区的支出", "own"),
    ("全市（不含开发区）支出", "whole"),
]


@pytest.mark.parametrize("text, scope", SCOPES)
def test_whether_zones_are_counted_in(text: str, scope: str) -> None:
    assert find_scope(text).scope == scope


def test_an_own_level_leaves_the_others_out_by_itself(assistant: Assistant) -> None:
    """Of the whole, what is left without the zones is another figure."""
    assert assistant.ask("云溪区2024年区本级一般公共预算支出（不含开发区）多少").status == "answered"
    assert assistant.ask("云溪区2024年全区一般公共预算支出（不含开发区）多少").status == "not_found"


@pytest.mark.parametrize(
    "text, parts",
    [
        ("债务余额离限额还差多少，就是还能举多少债", 1),
        ("教育支出多少，增长多少，就是上党区的", 2),
    ],
)
def test_the_same_in_other_words_is_no_part(text: str, parts: int) -> None:
    found = parts_of(text)
    assert len(found) == parts
    assert "上党区" not in text or any("上党区" in one.text for one in found)


@pytest.mark.parametrize("turns, wanted", FOLLOW_UPS, ids=[" | ".join(case[0]) for case in FOLLOW_UPS])
def test_follow_up(assistant: Assistant, turns: tuple[str, ...], wanted: list[str]) -> None:
    answer = [assistant.ask(f"云溪区{turn}" if not n else turn, "".join(turns)) for n, turn in enumerate(turns)][-1]
    assert [f"{one.value}{one.unit}" for one in answer.figures if one.asked] == wanted, answer.reply


@pytest.mark.parametrize("text, order", ORDERS, ids=[case[0] for case in ORDERS])
def test_order(text: str, order: Order) -> None:
    found = find_order(text)
    assert (found.direction, found.count, found.items, found.sign) == (
        order.direction, order.count, order.items, order.sign,
    )  # fmt: skip


@pytest.mark.parametrize("row", toml("asking.toml")["operation"], ids=lambda row: row["name"])
def test_every_operation_has_what_fires_it_and_what_does_not(row: dict[str, Any]) -> None:
    one = next(one for one in operations() if one.name == row["name"])
    assert all(one.ask.search(text.replace("{item}", HIDDEN * 4)) for text in row["yes"])
    assert not any(one.ask.search(text) for text in row["no"])
