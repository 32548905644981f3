"""Papers of forms not seen before: lists of good deeds done, zones, budgets under way, tables that count people.

Each case is a family of wordings; the words and the figures are our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of
from tests.parse_builders import fits, parsed, shown, table

CITY = "长治市2025年财政预算执行情况和2026年财政预算（草案）的报告"
DEEDS = "沁县2025年民生实事完成情况和2026年民生实事安排的报告"
ADJUSTMENT = "关于沁县2026年县级预算调整方案（草案）的报告"
BUREAU = "长治市水务局2026年部门预算"

# Title, heading, text, then of each value what its facts are to be (all of them).
PROSE: tuple[tuple[str, str, str, dict[str, dict[str, Any]]], ...] = (
    # a zone of the state's rank is the one that its city has; the other side of what has no key is its own
    (
        CITY,
        "一、园区情况",
        "长治国家高新区一般公共预算收入完成9.1亿元；支出7.2亿元。沿河片带一般公共预算收入3.3亿元，支出2.2亿元。",
        {
            "9.1": {"key": "total-gp-rev", "region": "高新区"},
            "7.2": {"key": "total-gp-exp", "region": "高新区"},
            "2.2": {"key": "", "has": "支出"},
        },
    ),
    # what is spent is no figure of the rate before it, nor what had come
    (
        DEEDS,
        "一、完成情况",
        "计划投入3100万元，实际到位3050万元，到位率98.4%；实际支出2960万元，占计划的95.5%。",
        {"2960": {"item": "实际支出"}, "95.5": {"item": "实际支出", "measure": "completion"}},
    ),
    (DEEDS, "一、完成情况", "奖补资金到位320万元，已支出210万元。", {"210": {"item": "奖补资金支出"}}),
    # what is left over
    (
        CITY,
        "一、预备费使用情况",
        "预备费安排1.8亿元，动支0.9亿元，主要用于8月强降雨抢险救灾，其余0.7亿元按规定补充预算稳定调节基金。",
        {"0.7": {"item": "补充预算稳定调节基金", "period": "2025"}, "0.9": {"key": "other-reserve-use"}},
    ),
    (CITY, "一、工作", "教育专项9亿元，其中高中5亿元，其余4亿元。", {"4": {"item": "其余"}}),
    # the month of what befell, the year that is built on
    (CITY, "一、工作", "恢复7月洪灾水毁农田1.2万亩，拨付救灾资金315万元。", {"315": {"period": "2025"}}),
    (
        CITY,
        "一、收入",
        "企业所得税在上年高基数基础上下降3.1%，契税受楼市低迷影响下降9%，增值税受制造业带动增长2.2%。",
        {
            "3.1": {"key": "gp-rev-10104", "period": "2025"},
            "9": {"key": "gp-rev-10119"},
            "2.2": {"key": "gp-rev-10101"},
        },
    ),
    # the first and the last of them, each in a bracket
    (
        DEEDS,
        "一、完成情况",
        "总体满意度为94.2%；各件实事中满意度最高的是“农村公路”（97.1%），最低的是“厕所革命”（88.6%）。",
        {
            "94.2": {"item": "总体满意度"},
            "97.1": {"item": "农村公路满意度"},
            "88.6": {"item": "厕所革命满意度"},
        },
    ),
    # so many were aimed at, so many came of it
    (
        DEEDS,
        "一、完成情况",
        "城镇新增就业目标2万人，实际2.3万人。新建污水管网计划160公里，完成156公里。",
        {
            "2": {"measure": "budget"},
            "2.3": {"measure": "count"},
            "160": {"measure": "budget"},
            "156": {"measure": "count", "item": "新建污水管网"},
        },
    ),
    # what was done with those counted
    (
        DEEDS,
        "二、监督",
        "审计发现问题83个，已整改76个，其余7个问题将于9月底前完成。",
        {"76": {"item": "审计发现问题已整改"}, "7": {"has": "问题"}},
    ),
    # thresholds and shares of what passes them
    (
        CITY,
        "一、工作",
        "全市年纳税过500万元的企业只有27户。集体经济经营性收入100万元以上的村占比达到78%。",
        {
            "27": {"has": "年纳税过500万元的企业"},
            "78": {"item": "集体经济经营性收入100万元以上的村", "measure": "share"},
        },
    ),
    (
        DEEDS,
        "一、工作",
        "全县18个村（社区）集体经济总收入2937万元，收入超过100万元的村15个。",
        {"18": {"item": "村（社区）"}, "15": {"item": "收入超过100万元的村"}},
    ),
    # parts that are over where the next point begins, and what the parts of a balance are parts of
    (
        CITY,
        "二、2026年重点安排",
        "重点安排：科技创新9.2亿元；水利和防汛2.7亿元，其中堤防加固0.9亿元；公共交通运营补贴1.6亿元。",
        {"0.9": {"parent": "水利和防汛"}, "1.6": {"parent": ""}},
    ),
    (
        CITY,
        "（四）社会保险基金预算",
        "社会保险基金收入9亿元，支出8亿元，当年结余1亿元。其中失业保险基金收入2亿元、支出1.5亿元。",
        {"2": {"parent": "社会保险基金收入"}, "1.5": {"parent": "社会保险基金支出"}},
    ),
    (
        CITY,
        "二、工作",
        "安排产业引导资金6.2亿元，其中：承接产业转移2.4亿元，技改奖补1.1亿元；兑现稳岗返还0.5亿元。",
        {"1.1": {"parent": "产业引导资金"}, "0.5": {"parent": ""}},
    ),
    (
        CITY,
        "（三）政府债务",
        "发行新增债券9.6亿元、再融资债券6.4亿元；其中新增专项债券8.2亿元。",
        {"8.2": {"key": "debt-new-special", "parent": "新增政府债券"}},
    ),
    # a share of those counted; a rank that is the account's own, whatever part of it was told of last
    (CITY, "二、重点支出", "18个乡镇中12个获评优秀，占比66.7%。", {"66.7": {"item": "获评优秀"}}),
    (
        CITY,
        "（一）一般公共预算",
        "一般公共预算收入118亿元，其中税收收入66亿元，非税收入52亿元。收入增幅居全省第7位。",
        {"第7": {"key": "total-gp-rev", "measure": "rank"}},
    ),
    (
        "渭南市2026年1—10月财政预算执行情况",
        "一、一般公共预算收入",
        "1—10月，全市一般公共预算收入96亿元，其中税收收入62亿元，非税收入34亿元。10月当月完成收入9.1亿元，增长4.8%。",
        {"9.1": {"key": "total-gp-rev", "period": "2026年10月"}, "4.8": {"key": "total-gp-rev"}},
    ),
    # a budget under way, in the paper that adjusts it
    (
        ADJUSTMENT,
        "三、1—8月预算执行情况",
        "1—8月，县级一般公共预算收入17.9亿元，完成年初预算的62%。已发行新增专项债券2.9亿元，支出进度63.8%。",
        {
            "17.9": {"key": "total-gp-rev", "measure": "actual"},
            "2.9": {"key": "debt-new-special"},
            "63.8": {"key": "debt-new-special", "measure": "completion"},
        },
    ),
    (
        ADJUSTMENT,
        "（一）一般公共预算",
        "收支总额由年初预算9.1亿元调整为9.7亿元。",
        {
            "9.1": {"key": "total-gp-sum-both", "measure": "budget"},
            "9.7": {"key": "total-gp-sum-both", "measure": "adjusted_budget"},
        },
    ),
    (
        ADJUSTMENT,
        "二、新增债务限额",
        "下达我县新增政府债务限额4.7亿元，其中一般债务限额0.5亿元，专项债务限额4.2亿元；其中提前批专项债务限额1.8亿元"
        "已编入年初预算。安排县本级1.6亿元（一般债务0.2亿元、专项债务1.4亿元）。",
        {
            "1.6": {"key": "debt-limit-new", "measure": "limit", "scope": "own"},
            "0.2": {"key": "debt-limit-new-general"},
            "1.4": {"key": "debt-limit-new-special"},
        },
    ),
    # the year compared with, and a change of money behind a count
    (
        BUREAU,
        "二、收支预算说明",
        "2026年收入总计305.2万元，支出总计305.2万元，与2025年预算289.4万元相比，收、支总计各增加15.8万元。"
        "公务用车购置费96万元，更新洒水车6辆，比上年增加40万元。编制801人，实有在职743人。",
        {
            "289.4": {"period": "2025", "measure": "budget"},
            "40": {"key": "other-tp-car-buy", "measure": "yoy_amount"},
            "801": {"item": "编制"},
        },
    ),
    (
        "长治市水务局2025年度部门决算",
        "三、决算说明",
        "2025年度收入、支出总计381.7万元，与上年（342.1万元）相比，收、支总计各增加39.6万元。",
        {"342.1": {"period": "2024"}, "381.7": {"period": "2025"}},
    ),
)


@pytest.mark.parametrize("title, heading, text, wanted", PROSE)
def test_a_figure_of_a_text(title: str, heading: str, text: str, wanted: dict[str, dict[str, Any]]) -> None:
    _all_fit(title, [heading, text], wanted)


def test_what_is_put_into_what_a_heading_names() -> None:
    text = (
        "一、2026年民生实事安排",
        "1．建设学位工程（牵头单位：县教育局）：新增学位1200个。计划投入3950万元。",
        "2．碧水清河：整治水体35条。计划投入2480万元。",
        "二、着力保障民生，不断提升水平",
        "投入310万元。",
    )
    wanted: dict[str, dict[str, Any]] = {
        "3950": {"item": "建设学位工程"},
        "2480": {"item": "碧水清河"},
        "310": {"item": "投入"},
    }
    _all_fit(DEEDS, list(text), wanted)


@pytest.mark.parametrize(
    "caption, text, value, unit",
    [
        ("所属单位人员情况表 单位：人", "单位名称 | 编制数 | 在职人员\n市防汛中心 | 62 | 58", "62", "人"),
        ("所属单位人员情况表 单位：人", "单位名称 | 编制数 | 在职人员\n市防汛中心 | 62 | 58", "58", "人"),
        ("各县困难家庭情况表 单位：户", "地区 | 城市低保 | 农村低保\n沁县 | 620 | 580", "580", "户"),
    ],
)
def test_a_table_that_counts(caption: str, text: str, value: str, unit: str) -> None:
    found = parsed(BUREAU, "一、基本情况", "本部门收入预算9万元。", table(text, caption)).facts
    some = [fact for fact in found if fact.value == value]
    assert some and all((fact.kind, fact.unit) == ("count", unit) for fact in some), shown(found)


@pytest.mark.parametrize(
    "caption, text, wanted",
    [
        # a stock in one column is nothing of the others
        (
            "各乡镇财政收支情况 单位：万元",
            "乡镇 | 财政收入 | | 财政支出 | 债务余额\n | 完成数 | 增幅% | 完成数 |\n"
            "庄周街道 | 1864 | 6.2 | 987 | 215\n漆园街道 | 1632 | 1.4 | 845 | 198",
            {"1864": "", "987": "", "215": "debt-balance"},
        ),
        # 比上年±% is a growth of the row's item; so many digits are no 亿元
        (
            "一般公共预算收入执行情况",
            "项目 | 2024年决算 | 2025年 |\n | | 执行数 | 比上年±%\n税收收入 | 142300 | 145870 | 2.5",
            {"145870": "gp-rev-101", "2.5": "gp-rev-101"},
        ),
    ],
)
def test_heads_of_several_lines(caption: str, text: str, wanted: dict[str, str]) -> None:
    facts = parsed(CITY, "一、收支情况", "一般公共预算支出51.3亿元。", table(text, caption)).facts
    for value, key in wanted.items():
        some = [fact for fact in facts if fact.value == value]
        assert all(fact.key == key and fact.unit != "亿元" and not fact.qualifiers for fact in some), shown(facts)


def _all_fit(title: str, text: list[str], wanted: dict[str, dict[str, Any]]) -> None:
    facts = parsed(title, *text).facts
    for value, fields in wanted.items():
        some = [fact for fact in facts if fact.value == value]
        assert some and all(fits(fact, fields) for fact in some), (value, fields, shown(facts))


# ------------------------------------------------------------------------------------------------ asked

_PAPER = """关于长治市2026年市级预算调整方案（草案）的报告

一、新增债务限额
新增政府债务限额47.2亿元。各县区分配：
地区\t新增债务限额（亿元）
沁县\t6.6
黎城县\t4.8

二、市级预算调整
调增较多的科目有：教育支出调增0.6亿元；农林水支出调增0.5亿元。城乡社区支出调减0.3亿元。
教育支出由9.1亿元调整为9.7亿元。一般公共预算收支总计由年初的16.8亿元调整为17.6亿元。

三、审计和项目
审计发现问题83个，已整改76个。
用于体育事业的彩票公益金支出8.2亿元，主要用于健身步道4.1亿元、球场改造2.1亿元、体育馆1.2亿元、赛事补助0.8亿元。
集体经济总收入超过100万元的村15个。住房保障支出4.1亿元。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("made"), "长治市2026年市级预算调整方案（草案）", _PAPER) as made:
        yield made


@pytest.mark.parametrize(
    "questions, values",
    [
        (["长治市级2026年这次预算调整教育支出加了多少"], ["0.6"]),
        (["长治市级2026年预算调整，城乡社区支出减了多少"], ["0.3"]),
        (["长治2026年预算调整方案里市级农林水支出增加了多少"], ["0.5"]),
        (["长治市级2026年调整后教育支出多少"], ["9.7"]),
        (["长治市级2026年一般公共预算收支总计年初多少", "调整以后是多少呢"], ["17.6"]),
        (["长治2026年审计发现多少个问题", "改了几个了"], ["76"]),
        (["长治2026年审计发现多少个问题", "改完几个"], ["76"]),
        (["长治2026年审计发现的问题改了几个"], ["76"]),
        (["长治2026年集体经济收入上百万的村有几个"], ["15"]),
        (["长治今年新增债务额度，沁县分到多少"], ["6.6"]),
        (["长治2026年新增债务限额，黎城县一共拿了多少"], ["4.8"]),
    ],
)
def test_what_is_asked_of_such_a_paper(assistant: Assistant, questions: list[str], values: list[str]) -> None:
    chat = questions[0]
    for question in questions:
        answer = assistant.ask(question, chat)
    assert [one.value for one in answer.figures if one.asked] == values, answer.reply


def test_nothing_is_asked_of_an_item_by_a_word_cut_out_of_another(assistant: Assistant) -> None:
    answer = assistant.ask("长治2026年市级修老房子花了多少", "old")
    assert "4.1" not in [one.value for one in answer.figures if one.asked], answer.reply
