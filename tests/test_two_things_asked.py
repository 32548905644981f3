"""Two things in one question, parted by a blank as on a phone: the second is looked for where the first stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.asks import elements, parts_of
from index.ask.assistant import Assistant
from index.ask.vocabulary import in_our_words
from index.ask.wording import NONE_OF_IT
from tests.one_report import assistant_of

PLACE = "池州市"
REPORT = """关于池州市2025年预算执行情况和2026年预算草案的报告

一、2025年一般公共预算执行情况
全市一般公共预算收入完成86.4亿元，增长3.1%，其中：个人所得税1.7亿元，增长11.2%。

二、民生和农业
投入高标准农田建设资金21,300万元，新建高标准农田11.8万亩；兑付油菜种植补贴0.9亿元，兑付面积60.2万亩，每亩150元；发放农机购置补贴3,050万元，惠及农户4,120户。
投入880万元新增公共停车位640个、充电桩118个。
体育彩票公益金支持全民健身310万元，新建篮球场4块、健身路径23条。
发现：向已死亡人员176人多发放养老金41.2万元；重复参保领取待遇19人、7.3万元。
对36个老旧小区实施改造，涉及居民1.4万户。
全年拨付就业见习补贴720万元，吸纳见习青年1,960名。

安排7.3亿元用于设备更新，支持工业等12个领域，更新项目108个。
安排1.6亿元用于绿色转型，支持化工等5个领域。

三、政府债务
截至2025年底，全市政府债务余额198.3亿元，其中：一般债务余额71.2亿元、专项债务余额127.1亿元。
经批准，2025年全市政府债务限额204.6亿元，其中：一般债务限额73.5亿元、专项债务限额131.1亿元。
争取新增专项债券23.4亿元、新增一般债券2.2亿元。
新增专项债券安排项目21个，已支出18.7亿元，支出进度79.9%。
化解隐性债务6.2亿元。

四、政府采购和审计
全市政府采购支出总额9.2亿元，其中：货物支出3.1亿元、工程支出4.4亿元、服务支出1.7亿元。
上年度审计查出的143个问题，已整改131个；未整改到位的12个，正在整改。

五、2026年预算安排
安排860万元建设养老服务中心3所，增设养老床位150张。
安排6,900万元用于农村公路提档升级，计划改造县乡公路72公里。
全年计划化解隐性债务5.8亿元。
"""
CASES = [
    # the second behind a blank, in the sentence of the first
    ("2025年高标准农田新建了多少亩 花的钱也说下", ["11.8万亩", "21,300万元"]),
    ("2025年高标准农田花了多少钱 新建多少亩", ["21,300万元", "11.8万亩"]),
    ("2026年养老服务中心建几所 加多少床位", ["3所", "150张"]),
    ("2026年修农村路打算拿多少钱 改多少公里", ["6,900万元", "72公里"]),
    ("2025年给死人还发养老金那个事 多少人 发了多少钱", ["176人", "41.2万元"]),
    ("2025年老旧小区改了多少个 涉及多少户", ["36个", "1.4万户"]),
    # the first in the sentence of the second
    ("2025年篮球场新修了几块 健身路径几条", ["4块", "23条"]),
    ("2025年吸纳见习青年多少名 补贴发了多少钱", ["1,960名", "720万元"]),
    # neither by its own words: the one place that tells both
    ("2025年种油菜一亩补多少钱 一共补了多少亩", ["150元", "60.2万亩"]),
    # how many of each
    ("2025年新添了多少停车位和充电桩", ["640个", "118个"]),
    ("2025年新增多少个停车位和充电桩", ["640个", "118个"]),
    # how much it grew; what was spent of it
    ("2025年个税收了多少，涨得多不多", ["1.7亿元", "11.2%"]),
    ("2025年个税收了多少 涨幅多高", ["1.7亿元", "11.2%"]),
    ("2025年专项债新增给了多少，花出去多少了", ["23.4亿元", "18.7亿元"]),
    # the limit is of the kind that the balance is of
    ("2025年底政府债务里专项的余额是多少 限额呢", ["127.1亿元", "131.1亿元"]),
    ("2025年底债务余额里一般的多少 限额也说下", ["71.2亿元", "73.5亿元"]),
    ("2025年底债务余额是多少 限额多少", ["198.3亿元", "204.6亿元"]),
    ("2025年债务限额多少，用掉多少了", ["204.6亿元", "198.3亿元"]),
    # follow-ups
    ("2025年底政府一共欠多少债|那省里给的上限呢", ["204.6亿元"]),
    ("2025年底一般债务余额多少|那省里给的上限呢", ["73.5亿元"]),
    ("2025年底专项债务余额多少，省里给的额度呢", ["127.1亿元", "131.1亿元"]),
    ("2025年隐性债化掉多少|26年打算再化多少", ["5.8亿元"]),
    ("2025年审计查出多少个问题|还剩多少没改完", ["12个"]),
    ("2025年政府采购一共多少钱|工程占多少", ["4.4亿元", "47.83%"]),
    # what is counted by 个 is what is said to be counted
    ("2025年设备更新安排了多少钱 支持几个项目", ["7.3亿元", "108个"]),
    ("2025年绿色转型安排了多少钱 支持几个项目", ["1.6亿元"]),
    # nothing in the place of what is not told
    ("2025年停车位新增多少个 多少公里", ["640个"]),
    ("2025年老旧小区改了多少个 加装电梯几部", ["36个"]),
    ("2025年种油菜一亩补多少钱 一共补了多少人", []),
]
# A blank behind a clause that asks parts it from the next one; others part nothing.
PAUSES = [
    ("修了多少亩 花了多少钱", "修了多少亩，花了多少钱"),
    ("评审了多少项目 多少钱", "评审了多少项目，多少钱"),
    ("债务余额是多少 限额也说下", "债务余额是多少，限额呢"),
    ("专项债发了多少 利率多高", "专项债发了多少，利率多少"),
    ("翻了好几番 增长率多少", "翻了好几番增长率多少"),
    ("最多高新区 多少", "最多高新区多少"),
]
EACH = [
    ("新添了多少停车位和充电桩", ["停车位", "充电桩"]),
    ("修了几个公园和广场", ["公园", "广场"]),
    ("给多少家中小微企业、农户办了担保", []),
    ("拿多少钱化债和付息", []),
    ("多少人次和批次", []),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("two"), "池州市2025年预算报告", REPORT) as made:
        yield made


@pytest.mark.parametrize("question, wanted", CASES, ids=[case[0] for case in CASES])
def test_both_are_told(assistant: Assistant, question: str, wanted: list[str]) -> None:
    first, *rest = question.split("|")
    answer = assistant.ask(f"{PLACE}{first}", question)
    for turn in rest:
        answer = assistant.ask(turn, question)
    assert [f"{one.value}{one.unit}" for one in answer.figures if one.asked] == wanted, answer.reply
    asked = max(len(parts_of(in_our_words(first))), len(elements(first)))
    assert rest or not wanted or len(wanted) + answer.reply.count(NONE_OF_IT) >= asked, answer.reply


@pytest.mark.parametrize("typed, read", PAUSES, ids=[case[0] for case in PAUSES])
def test_a_blank_between_two_that_ask(typed: str, read: str) -> None:
    assert in_our_words(typed) == read


@pytest.mark.parametrize("text, each", EACH, ids=[case[0] for case in EACH])
def test_how_many_of_each(text: str, each: list[str]) -> None:
    assert [part.must for part in elements(text)] == each
