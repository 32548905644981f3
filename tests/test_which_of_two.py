"""Which of two is the larger, what was repaid, what bonds went to, what share of its whole a part is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of, begins

COUNTY = """关于宜章县2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况
（一）一般公共预算
2025年，全县一般公共预算地方收入完成12.86亿元，完成预算的101.3%，增长4.2%。其中：税收收入8.31亿元，增长3.1%，占地方收入的64.6%；非税收入4.55亿元，增长6.3%。
分税种看，增值税3.12亿元，增长2.4%；契税0.71亿元，下降12.6%。
全县一般公共预算支出46.72亿元，完成预算的96.4%，增长2.8%。主要支出项目：教育支出9.84亿元，增长1.3%；城乡社区支出3.27亿元，增长9.1%；农林水支出6.93亿元，下降0.8%。
（二）政府债务情况
2025年末全县政府债务余额86.35亿元，其中一般债务40.11亿元、专项债务46.24亿元，控制在限额88.6亿元之内。
全年新增政府债券11.5亿元，其中一般债券2.3亿元、专项债券9.2亿元。全年偿还政府债务本金3.42亿元，支付利息2.67亿元。
（三）落实财税政策情况
落实减税降费政策，全年为企业减免税费2.15亿元，惠及企业1386户。
"""
CITY = """怀化市2025年财政决算报告（草案）

一、2025年财政决算情况
2025年，全市一般公共预算支出512.7亿元。市本级一般公共预算支出96.8亿元，其中教育支出14.2亿元。
二、政府债务情况
截至2025年末，全市政府债务限额1120亿元。分县市区看，鹤城区98.6亿元、沅陵县102.4亿元、溆浦县88.3亿元、洪江市64.7亿元、市本级766亿元。
全市政府债务余额1086.4亿元。分县市区看，鹤城区95.2亿元、沅陵县100.8亿元、溆浦县86.1亿元、洪江市62.9亿元、市本级741.4亿元。
三、转移支付情况
2025年，上级下达我市各类转移支付资金386.5亿元，其中一般性转移支付312.8亿元、专项转移支付73.7亿元。
四、专项债券使用情况
2025年发行新增专项债券87.5亿元，用于水利12.6亿元、教育6.8亿元、医疗卫生9.4亿元、产业园区58.7亿元。
"""
OF_COUNTY = [
    (["宜章教育支出比城乡社区多还是少"], ["6.57亿元"]),  # 城乡: no town of this name
    (["宜章教育支出比农林水支出多吗"], ["2.91亿元"]),
    (["宜章教育支出是不是比农林水多"], ["2.91亿元"]),
    (["宜章城乡社区支出有没有教育支出多"], ["6.57亿元"]),
    (["宜章税收比非税多吗"], ["3.76亿元"]),
    (["宜章一般债务余额比专项多吗"], ["6.13亿元"]),
    (["宜章教育支出多少", "比农林水多吗"], ["2.91亿元"]),
    (["宜章教育支出比去年多吗"], ["1.3%"]),
    (["宜章收入比预算多吗"], ["101.3%"]),
    (["宜章收入多少", "比预算多吗"], ["101.3%"]),
    (["宜章去年债还了多少"], ["3.42亿元"]),
    (["宜章欠的债还了多少"], ["3.42亿元"]),
    (["宜章债务还了多少，还欠多少"], ["3.42亿元", "86.35亿元"]),
    (["宜章债还剩多少"], ["86.35亿元"]),
    (["宜章专项债还有多少"], ["46.24亿元"]),  # what is owed, not what was issued
    (["宜章专项债还了多少"], []),
    (["宜章限额还剩多少"], ["2.25亿元"]),
    (["宜章离限额还差多少"], ["2.25亿元"]),
    (["宜章给企业减了多少税"], ["2.15亿元"]),
    (["宜章企业交了多少税"], []),  # those are paid, not waived
    (["宜章一般债务余额多少", "占多少"], ["46.45%"]),
    (["宜章哪个税收得最多", "占收入多少"], ["24.26%"]),  # of the whole that is named
    (["宜章哪个税收得最多", "占税收多少"], ["37.55%"]),
    (["宜章收入多少", "完成预算了吗，差多少"], ["101.3%"]),  # no plan of the year after
    (["宜章教育支出多少", "26年安排多少，涨百分之几"], []),  # neither is told: no revenue in its place
]
OF_CITY = [
    (["怀化债务余额最少的县"], ["62.9亿元"]),  # 怀化|债务, and not 化债
    (["怀化债务余额最少的两个县"], ["62.9亿元", "86.1亿元"]),
    (["怀化哪两个县债务限额最高"], ["102.4亿元", "98.6亿元"]),
    (["怀化专项债用到水利上多少"], ["12.6亿元"]),
    (["怀化新增专项债券投教育多少"], ["6.8亿元"]),
    (["怀化新增专项债券多少", "用于教育的呢"], ["6.8亿元"]),
    (["怀化水利支出多少"], []),  # of bonds, and no line of the budget
    (["怀化转移支付多少", "专项的呢", "占几成"], ["19.07%"]),
    (["怀化专项转移支付多少", "占比呢"], ["19.07%"]),
]


@pytest.fixture(scope="module")
def assistants(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Assistant]]:
    with ExitStack() as stack:
        yield {
            text[:10]: stack.enter_context(assistant_of(tmp_path_factory.mktemp("made"), text.split("\n")[0], text))
            for text in (COUNTY, CITY)
        }


@pytest.mark.parametrize("turns, wanted", OF_COUNTY, ids=["，".join(turns) for turns, _ in OF_COUNTY])
def test_of_a_county(assistants: dict[str, Assistant], turns: list[str], wanted: list[str]) -> None:
    begins(assistants[COUNTY[:10]], turns, wanted)


@pytest.mark.parametrize("turns, wanted", OF_CITY, ids=["，".join(turns) for turns, _ in OF_CITY])
def test_of_a_city(assistants: dict[str, Assistant], turns: list[str], wanted: list[str]) -> None:
    begins(assistants[CITY[:10]], turns, wanted)
