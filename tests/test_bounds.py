"""The bound that a list must keep within, read from a question and taken out of it; and the list that it gives."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from index import load
from index.ask.assistant import Assistant
from index.ask.bounds import OTHERS, find_bounds, from_below, keeps, kind_of, named

# a question -> the question without the bound, the bounds
READ = [
    ("哪些市一般公共预算收入超过500亿", "哪些市一般公共预算收入", (">50000000000元",)),
    ("支出超过10亿元的科目有哪些", "支出的科目有哪些", (">1000000000元",)),
    ("长治哪个县收入在10亿以下", "长治哪个县收入", ("<=1000000000元",)),
    ("1亿以上的支出有哪些", "的支出有哪些", (">=100000000元",)),
    ("有几个县收入超过20亿", "有几个县收入", (">2000000000元",)),
    ("收入上百亿的县有哪些", "收入的县有哪些", (">=10000000000元",)),
    ("债务余额过千亿的市有哪些", "债务余额的市有哪些", (">100000000000元",)),
    ("收入不足五千万元的县有哪些", "收入的县有哪些", ("<50000000元",)),
    ("列出支出超过1,000万元的科目", "列出支出的科目", (">10000000元",)),
    ("收入在10亿到20亿之间的县有哪些", "收入的县有哪些", (">=1000000000元", "<=2000000000元")),
    ("收入在10-20亿之间的县有几个", "收入的县有几个", (">=1000000000元", "<=2000000000元")),
    ("哪些市收入在200亿以上、300亿以下", "哪些市收入", (">=20000000000元", "<=30000000000元")),
    ("哪些市收入超500亿，支出超千亿", "哪些市收入，支出超千亿", (">50000000000元", OTHERS)),
    ("完成率低于90%的有哪些", "完成率的有哪些", ("<90%",)),
    ("完成率没到九成的科目", "完成率的科目", ("<90%",)),
    ("收入增幅不到百分之五的县名单", "收入增幅的县名单", ("<5%",)),
    ("哪些支出没完成预算", "哪些支出完成率", ("<100%",)),
    ("超预算的科目有哪些", "完成率的科目有哪些", (">100%",)),
    ("那10亿以上的呢", "那的呢", (">=1000000000元",)),
    ("20亿到30亿之间呢", "呢", (">=2000000000元", "<=3000000000元")),
    ("收入20亿到30亿之间的呢", "收入的呢", (">=2000000000元", "<=3000000000元")),
    ("10亿以上20亿以下的呢", "的呢", (">=1000000000元", "<=2000000000元")),
    ("超过100亿低于200亿的", "的", (">10000000000元", "<20000000000元")),
    ("哪项没完成预算", "哪些完成率", ("<100%",)),
    ("有几个低于600亿", "有几个", ("<60000000000元",)),
    ("负增长的呢", "增幅", ("<0%",)),
    ("利润为负的企业有哪些", "利润的企业有哪些", ("<0元",)),
    ("收入低于500万的镇有哪些", "收入，哪些镇", ("<5000000元",)),
    ("哪些税种短收", "哪些税种收入完成率", ("<100%",)),
    # no list is asked for, or another thing
    ("收入超过500亿了吗", "收入超过500亿了吗", ()),
    ("单价50万元以上的设备有多少台", "单价50万元以上的设备有多少台", ()),
    ("采取哪些措施使收入增长超过5%", "采取哪些措施使收入增长超过5%", ()),
    ("883亿债务限额是哪些", "883亿债务限额是哪些", ()),
    ("上党区2023年教育支出多少", "上党区2023年教育支出多少", ()),
]
NAMED = [
    ((">50000000000元",), "超过 500 亿元"), ((">=10000000元",), "不低于 1,000 万元"), (("<90%",), "低于 90%"),
    ((">=1000000000元", "<=2000000000元"), "不低于 10 亿元、不超过 20 亿元"), (("<0%",), "为负"),
]  # fmt: skip
LINE = "{place}2023年财政决算报告\n一、一般公共预算\n2023年，全市一般公共预算收入完成 {number} 亿元，增长 {growth}%。\n"
HELD = {"武汉市": (500, "6.1"), "南昌市": (400, "-2"), "晋城市": (450, "3"), "三明市": (900, "12")}
REPORT = (
    "西工区2023年财政决算报告\n一、一般公共预算支出\n2023年，全区一般公共预算支出完成 100000 万元，增长 1%。\n"
    "教育支出完成 30000 万元，为预算的 98%，增长 5%。\n国防支出完成 200 万元，为预算的 88.5%，下降 30%。\n"
    "农林水支出完成 12000 万元，为预算的 101%，增长 12%。\n住房保障支出完成 9000 万元，为预算的 89%，下降 4%。\n"
    "二、别处\n住房保障支出完成 11000 万元。\n"
)


@pytest.mark.parametrize("text, without, bounds", READ, ids=[row[0] for row in READ])
def test_a_bound_is_read(text: str, without: str, bounds: tuple[str, ...]) -> None:
    found = find_bounds(text)
    assert (found.text, found.bounds) == (without, bounds)


@pytest.mark.parametrize("bounds, name", NAMED)
def test_a_bound_is_named(bounds: tuple[str, ...], name: str) -> None:
    assert named(bounds) == name


def test_what_keeps_within() -> None:
    assert keeps(Decimal(10), (">=10元", "<=20元")) and not keeps(Decimal("20.01"), (">=10元", "<=20元"))
    assert not keeps(Decimal(10), (">10元",))
    assert from_below(("<10元",)) and not from_below((">10元", "<20元"))
    assert (kind_of(("<90%",)), kind_of(("<90元",))) == ("percent", "money")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("bounds")
    for place, (number, growth) in HELD.items():
        text = LINE.format(place=place, number=number, growth=growth.lstrip("-"))
        text = text.replace("增长", "下降") if growth.startswith("-") else text
        (folder / f"{place}.txt").write_text(text, encoding="utf-8")
    (folder / "西工区.txt").write_text(REPORT, encoding="utf-8")
    load([folder], folder / "index.db", jobs=1)
    asked = Assistant(folder / "index.db")
    yield asked
    asked.close()


# a dialogue -> the places or items listed, what is said of how many
LISTS = [
    (["2023年哪些市一般公共预算收入超过420亿"], ["三明市", "武汉市", "晋城市"], "4 个地区中 3 个超过 420 亿元"),
    (["2023年收入不到500亿的市有几个"], ["南昌市", "晋城市"], "4 个地区中 2 个低于 500 亿元"),
    (["2023年哪些市一般公共预算收入超过2000亿"], [], "4 个地区中没有超过 2,000 亿元的。\n最高：三明市"),
    (["2023年哪些市一般公共预算收入增长超过5%", "负增长的呢"], ["南昌市"], "4 个地区中只有 1 个为负"),
    (["各市2023年一般公共预算收入排名", "哪些超过420亿", "800亿以上的呢"], ["三明市"], "只有 1 个不低于 800 亿元"),
    (["武汉市、南昌市、晋城市2023年一般公共预算收入哪些超过420亿"], ["武汉市", "晋城市"],
     "3 个地区中 2 个超过 420 亿元"),
    (["西工区2023年支出超过1亿元的科目有哪些"], ["教育支出", "农林水支出"],
     "住房保障支出：报告里有不止一个数（9,000 万元、11,000 万元（1.1 亿元）），有的超过 1 亿元、有的不是，没有列入"),
    (["西工区2023年完成率低于90%的有哪些"], ["国防支出", "住房保障支出"], "4 个科目中 2 个低于 90%"),
    (["西工区2023年哪些支出没完成预算"], ["国防支出", "住房保障支出", "教育支出"], "4 个科目中 3 个低于 100%"),
    (["西工区2023年降幅超过两成的支出"], ["国防支出"], "4 个科目中只有 1 个下降超过 20%"),
    (["西工区2023年占比超过20%的支出有哪些"], ["教育支出"], "住房保障支出报告里有不止一个数，没有算占比"),
]  # fmt: skip
NOT_LISTED = [
    ("西工区2023年支出超过10%的科目有哪些", "请说明是增幅、完成预算的百分比还是占比超过 10%"),
    ("2023年哪些市一般公共预算收入超500亿，支出超千亿", "一次只能按一个数的界限列"),
    ("西工区各镇2023年税收收入超过5000万的有哪些", "报告里没有洛阳市西工区"),
]


@pytest.mark.parametrize("turns, names, said", LISTS, ids=[turns[-1] for turns, _, _ in LISTS])
def test_those_within_a_bound(assistant: Assistant, turns: list[str], names: list[str], said: str) -> None:
    answer = [assistant.ask(turn, turns[0]) for turn in turns][-1]
    assert answer.status == "answered" and said in answer.reply
    told = [one.region if one.region in HELD else one.item for one in answer.figures if one.asked]
    assert told == names


@pytest.mark.parametrize("question, said", NOT_LISTED)
def test_what_cannot_be_listed(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.status != "answered" and said in answer.reply and not answer.figures


def test_the_name_of_a_place_is_no_number_of_summands(assistant: Assistant) -> None:
    answer = assistant.ask("三明市、南昌市2023年一般公共预算收入合计多少")
    assert next(one.value for one in answer.figures if one.asked) == "1300"


@pytest.mark.parametrize("question", ["2023年收入低于全国平均水平的市有哪些", "哪些市2023年一般公共预算收入超过支出"])
def test_each_is_set_against_no_figure_of_its_own(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "clarify" and "只能和一个给定的数比" in answer.reply


def test_shares_in_their_order_are_reckoned(assistant: Assistant) -> None:
    answer = assistant.ask("西工区2023年各项支出占比排名")
    assert [one.value for one in answer.figures if one.asked] == ["30"]
    assert "住房保障支出报告里有不止一个数，没有算占比" in answer.reply
