"""Questions of several parts and follow-ups: every part is answered as if asked alone, or is said to be missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.asks import elements, parts_of
from index.ask.assistant import Assistant
from index.ask.wording import NONE_OF_IT
from tests.one_report import assistant_of

PLACE = "池州市2025年"
REPORT = """关于池州市2025年预算执行情况和2026年预算草案的报告

一、2025年一般公共预算执行情况
全市一般公共预算收入完成86.4亿元，增长3.1%。
全市一般公共预算支出完成203.7亿元，增长2.6%。
市本级预备费年初预算9,000万元，全年动用6,300万元，主要用于抢险救灾，余额2,700万元按规定补充预算稳定调节基金。
全市“三保”支出58.2亿元，较上年增加1.7亿元，增长3.0%。

二、2025年三公经费情况
市级三公经费年初预算为1,500万元，支出决算为1,360万元，完成预算的90.7%，其中公务用车运行维护费支出决算为650万元。
市级因公出国（境）费80万元，公务接待费410万元，公务用车购置费220万元。
市级国内公务接待73批次、604人次。

三、2025年社会保险基金预算执行情况
全市社会保险基金收入完成74.5亿元，支出完成66.2亿元，当年结余8.3亿元，年末滚存结余97.3亿元。
城乡居民基本养老保险基金收入由5.8亿元调整为6.1亿元，调整后当年结余1.2亿元，年末滚存结余9.4亿元。
失业保险基金当年结余0.3亿元，年末滚存结余2.6亿元；工伤保险基金当年结余0.2亿元，年末滚存结余1.5亿元。

四、民生和审计
发现向128名不符合条件人员发放临时救助等补助资金36.5万元；未及时发放残疾人补贴47人。
发放促消费补贴资金0.8亿元，直接拉动消费6.4亿元。
发放育儿补贴1.9亿元，惠及适龄婴幼儿6.2万人。
直达资金惠及企业1,450户。
全年开展财政评审项目312个，审减值2.1亿元，审减率9.4%。
统筹2.7亿元实施护理补贴政策，按每人每年1,800元标准补贴。

五、政府债务
2026年下半年到期政府债券本金7.42亿元，拟通过再融资债券偿还6.1亿元、财政资金偿还1.32亿元。
截至2025年底，全市国有企业资产总额318.4亿元，负债总额196.2亿元，资产负债率61.6%。
其中市属一级企业5户，资产总额285.1亿元。
"""
CASES = [
    # of a fund: what is left of this year, of all years
    ("社保基金当年结余多少，年底滚存又是多少", ["8.3亿元", "97.3亿元"]),
    ("社保基金年末滚存结余多少，当年结余呢", ["97.3亿元", "8.3亿元"]),
    ("社保基金当年结余多少、累计下来结余又是多少", ["8.3亿元", "97.3亿元"]),
    ("社保基金收入多少，年底滚存多少，当年结余多少", ["74.5亿元", "97.3亿元", "8.3亿元"]),
    ("居民养老基金收入调到多少|那年底滚存呢", ["9.4亿元"]),
    ("居民养老基金收入调到多少|当年结余呢", ["1.2亿元"]),
    ("失业保险和工伤保险年末滚存结余各多少", ["2.6亿元", "1.5亿元"]),
    ("失业保险、工伤保险当年结余分别是多少", ["0.3亿元", "0.2亿元"]),
    # of the reserve: what was used of it, what is left
    ("市本级预备费动了多少，还剩多少", ["6,300万元", "2,700万元"]),
    ("市本级预备费年初多少，动用了多少，还剩多少", ["9,000万元", "6,300万元", "2,700万元"]),
    ("市本级预备费安排多少，实际用了多少", ["9,000万元", "6,300万元"]),
    ("市本级预备费安排了多少|真正用掉的呢", ["6,300万元"]),
    ("市本级预备费用了多少", ["6,300万元"]),
    # a verb is no part of a noun (公务|用|车); what an element is called by another name
    ("市级三公经费预算多少，实际用了多少", ["1,500万元", "1,360万元"]),
    ("市级三公经费里，接待费和买车的钱各多少", ["410万元", "220万元"]),
    ("市级三公经费里，出国、接待、买车各是多少", ["80万元", "410万元", "220万元"]),
    # two counts of one sentence, a count and the money
    ("市级公务接待了几批人，多少人次", ["73批次", "604人次"]),
    ("市级公务接待多少批次、多少人次", ["73批次", "604人次"]),
    ("临时救助发错了多少人、多少钱，审计报告里的", ["128名", "36.5万元"]),
    ("育儿补贴发了多少钱，多少娃娃受益", ["1.9亿元", "6.2万人"]),
    ("促消费补贴发了多少钱，带着老百姓花了多少", ["0.8亿元", "6.4亿元"]),
    ("促消费补贴发了多少钱|带动了多少消费", ["6.4亿元"]),
    ("财政评审了多少个项目|砍下来多少钱|审减率呢", ["9.4%"]),
    ("护理补贴统筹了多少钱|每个人一年按啥标准发", ["1,800元"]),
    # against the year before, whatever the verb
    ("三保支出多少，比上年添了多少", ["58.2亿元", "1.7亿元"]),
    ("三保支出多少，比上年多了多少", ["58.2亿元", "1.7亿元"]),
    # the very word stands beside the figure told
    ("全市国企负债总额多少|那资产负债率呢", ["61.6%"]),
    ("全市国企负债总额多少|资产总额呢", ["318.4亿元"]),
    # nothing that vanishes, and nothing else in its place
    ("促消费补贴发了多少钱，带着外地人住了多少", ["0.8亿元"]),
    ("市本级预备费年初多少，退回去多少", ["9,000万元"]),
    ("失业保险和生育保险年末滚存结余各多少", ["2.6亿元"]),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("parts"), "池州市2025年预算报告", REPORT) as made:
        yield made


def told(assistant: Assistant, question: str, chat: str) -> tuple[list[str], str]:
    answer = assistant.ask(question, chat)
    return [f"{one.value}{one.unit}" for one in answer.figures if one.asked], answer.reply


@pytest.mark.parametrize("question, wanted", CASES, ids=[case[0] for case in CASES])
def test_every_part_has_its_figure(assistant: Assistant, question: str, wanted: list[str]) -> None:
    first, *rest = question.split("|")
    found, reply = told(assistant, f"{PLACE}{first}", question)
    for turn in rest:
        found, reply = told(assistant, turn, question)
    assert found == wanted, reply
    parts = max(len(parts_of(first)), len(elements(first)))
    assert rest or len(found) + reply.count(NONE_OF_IT) >= parts, reply


# A question of parts, and what each part but the first leaves out.
LEFT_OUT = [
    ("社保基金收入多少，年底滚存多少", ["", "社保基金"]),
    ("市本级预备费动了多少，还剩多少", ["", "市本级预备费"]),
    ("市级三公经费预算多少，实际用了多少", ["", "市级三公经费"]),
    ("一般公共预算收入多少，增长多少", ["", "一般公共预算收入"]),
    ("一般公共预算收入多少，支出多少", ["", "一般公共预算"]),
    ("三保支出多少，比上年添了多少", ["", "三保支出"]),
    ("促消费补贴发了多少，拉动消费多少", ["", "促消费补贴"]),
    ("市级公务接待多少批次、多少人次", ["", "市级公务接待"]),
    ("市级接待费多少，买车花了多少", ["", "市级"]),
    ("政府评审了多少个项目，审减率多少", ["", ""]),
]


@pytest.mark.parametrize("question, left_out", LEFT_OUT, ids=[row[0] for row in LEFT_OUT])
def test_parts_are_answered_as_if_asked_alone(assistant: Assistant, question: str, left_out: list[str]) -> None:
    parts = [part.text for part in parts_of(question)]
    assert len(parts) == len(left_out)
    alone = [
        told(assistant, f"{PLACE}{said}{part}", f"{question}{part}")[0]
        for said, part in zip(left_out, parts, strict=True)
    ]
    assert told(assistant, f"{PLACE}{question}", f"{question} whole")[0] == [one for some in alone for one in some]


OFFICES = """关于池州市2025年预算执行情况和2026年预算草案的报告

市级部门预算安排情况如下：

| 部门名称 | 2026年预算数（万元） |
| --- | --- |
| 池州市公安局 | 41,220 |
| 池州市教育局 | 32,115 |
| 池州市财政局 | 4,870 |

市级教育支出安排18.6亿元，卫生健康支出安排12.3亿元。
"""
OF_OFFICES = [
    ("池州市公安局2026年部门预算多少|教育局呢", ["32,115万元"]),
    ("池州市公安局2026年部门预算多少|那教育局的呢|财政局呢", ["4,870万元"]),
    ("池州市2026年公安局部门预算多少|教育局呢", ["32,115万元"]),
    ("池州市公安局2026年部门预算多少|林业局呢", []),
    ("池州市2026年教育支出多少", ["18.6亿元"]),
    # what an office has to spend is no line of spending
    ("池州市公安局2026年部门预算多少|卫健委呢", []),
    ("池州市2026年卫健委部门预算多少", []),
    ("池州市2026年卫生健康委部门预算多少", []),
    ("池州市2026年卫生健康支出多少", ["12.3亿元"]),
]


@pytest.mark.parametrize("question, wanted", OF_OFFICES, ids=[case[0] for case in OF_OFFICES])
def test_one_office_in_the_place_of_another(
    question: str, wanted: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with assistant_of(tmp_path_factory.mktemp("offices"), "池州市2026年预算报告", OFFICES) as made:
        found = [told(made, turn, question)[0] for turn in question.split("|")][-1]
    assert found == wanted


TOWN = """桃花镇2025年财政预算执行情况和2026年财政预算草案的报告

合肥市肥西县桃花镇人民政府

2026年镇级财政支出安排8,400万元，具体如下：

| 项目 | 2026年预算数（万元） |
| --- | --- |
| 教育支出 | 1,260 |
| 预备费 | 120 |
"""


def test_a_table_of_a_town_names_no_level(tmp_path_factory: pytest.TempPathFactory) -> None:
    with assistant_of(tmp_path_factory.mktemp("town"), "肥西县桃花镇2025年预算执行情况", TOWN) as made:
        assert told(made, "桃花镇2026年镇级财政支出安排多少", "a")[0] == ["8,400万元"]
        assert told(made, "其中预备费留了多少", "a")[0] == ["120万元"]


COUNTY = """关于肥西县2025年预算执行情况和2026年预算草案的报告

县级一般公共预算收入完成22.4亿元，增长1.2%；镇（街道）级一般公共预算收入完成11.7亿元，增长3.0%。
"""


@pytest.mark.parametrize("second", ["镇办又收了多少", "镇级收了多少", "镇街收了多少", "镇（街道）级收了多少"])
def test_levels_are_parts(second: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    with assistant_of(tmp_path_factory.mktemp("county"), "肥西县2025年预算报告", COUNTY) as made:
        asked = f"肥西县2025年一般公共预算收入县级收了多少、{second}"
        assert told(made, asked, "a")[0] == ["22.4亿元", "11.7亿元"]


LEVELS = """关于池州市2025年预算执行情况和2026年预算草案的报告

2025年全市政府债务限额160.4亿元，其中市级债务限额46.2亿元，县级债务限额114.2亿元。
"""


@pytest.mark.parametrize("rest", ["其中市级多少，县级多少", "市级、县级分别多少", "其中市级、县级各多少"])
def test_the_level_of_one_part_is_not_that_of_another(rest: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    with assistant_of(tmp_path_factory.mktemp("levels"), "池州市2025年预算报告", LEVELS) as made:
        found = told(made, f"池州市2025年债务限额是多少，{rest}", "a")[0]
        assert found == ["160.4亿元", "46.2亿元", "114.2亿元"]
