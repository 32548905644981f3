"""Which place one item has among the others: its rank, its figure, the list it was ranked in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index import Desk
from tests.telegram_bot import load_samples


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    found = Desk(load_samples(tmp_path_factory.mktemp("among")))
    yield found
    found.close()


EDUCATION = (4, "56917", 22, "城乡社区支出")

# a question, and the place, the figure, how many were compared, which comes first
PLACES = [
    ("上党区2023年教育支出是第几大支出", *EDUCATION),
    ("上党区2023年教育是第几大支出？", *EDUCATION),
    ("上党区2023年教育支出排第几", *EDUCATION),
    ("上党区2023年教育支出排名", *EDUCATION),
    ("教育支出在上党区2023年一般公共预算支出里排第几", *EDUCATION),
    ("上党区2023年一般公共预算支出中教育支出排第几", *EDUCATION),
    ("教育在上党区2023年支出里排老几", *EDUCATION),
    ("上党区2023年教育支出是最大的支出吗", *EDUCATION),
    ("上党区2023年国防支出在各项支出中排名第几", 19, "258", 22, "城乡社区支出"),
    ("上党区2023年国防支出是倒数第几大支出", 4, "258", 22, "债务发行费用支出"),
    ("上党区2023年教育支出增速在各项支出中排第几", 12, "6.75", 22, "资源勘探工业信息等支出"),
    # sums of the report's own (小税种) are none of the taxes
    ("上党区2023年增值税是第几大税种", 2, "36031", 13, "企业所得税"),
    ("解放区2023年税收收入是第几大收入", 1, "86460", 2, "税收收入"),
    # of its own budget, not of the general one
    ("上党区2023年土地出让收入是第几大收入", 1, "37123", 5, "国有土地使用权出让收入"),
    # two figures of it in the report: the same place with either
    ("上党区2023年社会保障和就业支出是第几大支出", 2, "61041", 22, "城乡社区支出"),
]


@pytest.mark.parametrize("question, place, value, count, first", PLACES, ids=[row[0] for row in PLACES])
def test_the_place_of_an_item(desk: Desk, question: str, place: int, value: str, count: int, first: str) -> None:
    turn = desk.converse(question)
    told = turn.detail.answer
    assert told.status == "answered" and told.reading.endswith(f" · 第 {place} 位")
    assert f"共比较 {count} 个科目" in told.reply and f"排第 {place} 位" in told.reply
    assert [one.value for one in told.figures if one.asked] == [value]
    assert told.figures[0].item == first and told.figures[place - 1].value == value
    assert turn.view is not None and turn.view.rows[place - 1].here


def test_another_figure_of_it_is_told(desk: Desk) -> None:
    told = desk.converse("上党区2023年社会保障和就业支出是第几大支出").detail.answer
    assert "“社会保障和就业支出”报告里另一处是 60,942 万元（6.09 亿元）" in told.notes


def test_other_items_with_two_figures_are_told(desk: Desk) -> None:
    for question in ("上党区2023年教育支出是第几大支出", "上党区2023年一般公共预算支出各项从大到小"):
        assert "社会保障和就业支出：报告里有两处说法不一致" in desk.converse(question).detail.answer.reply


# what is no question for a place among items, and what it is answered with
OTHERS = [
    ("上党区2023年一般公共预算收入在全市排第几", "第四位"),  # printed, and one among places
    ("上党区2023年教育支出在全市排第几", "没有写"),
    ("上党区2023年教育支出里最大的一项是什么", "排不出高低"),
    ("西工区2024年教育支出是第几大支出", "没有洛阳市西工区2024年“教育支出”"),
    ("上党区2023年支出最大的是哪一项", "最高：城乡社区支出"),
    ("上党区2023年第二大支出是什么", "2. 社会保障和就业支出"),
    ("上党区2023年支出第二大的是哪项", "2. 社会保障和就业支出"),
]


@pytest.mark.parametrize("question, told", OTHERS, ids=[question for question, _ in OTHERS])
def test_other_questions_are_answered_as_they_were(desk: Desk, question: str, told: str) -> None:
    assert told in desk.converse(question).detail.answer.reply


def test_it_goes_on_from_a_figure_and_to_the_next(desk: Desk) -> None:
    figure = desk.converse("上党区2023年教育支出")
    place = desk.converse("是第几大支出", figure.state)
    assert place.detail.answer.reading.endswith("第 4 位")
    assert desk.converse("国防呢", place.state).detail.answer.reading.startswith("长治市上党区 · 2023年 · 国防支出")
    assert desk.again(place.state) == place
