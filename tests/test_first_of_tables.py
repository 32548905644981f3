"""Tables of counties and towns, as they are asked about: which comes first, what else it has, its share; in turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of, begins, told

CITY = """关于昭通市2024年地方财政预算执行情况和2025年地方财政预算草案的报告

一、2024年预算执行情况
（一）全市一般公共预算
全市一般公共预算收入完成119.5亿元，比上年114.6亿元增长4.3%，完成年初预算的101.2%。其中，税收收入77.4亿元。
全市一般公共预算支出612.8亿元，增长3.5%。
省对我市转移支付402.4亿元，其中一般性转移支付337.3亿元、专项转移支付65.1亿元。市对县（市、区）转移支付346.9亿元，其中镇雄县78.4亿元、彝良县42.2亿元。
表一　2024年各县（市、区）一般公共预算收支（单位：万元、%）
地区	收入	上年收入	增幅	支出
昭阳区	186420	178905	4.2	682415
镇雄县	142780	133265	7.1	986320
盐津县	42870	43562	-1.6	296347
彝良县	71954	73028	-1.5	402815
（二）政府债务
2024年末全市政府债务限额836.2亿元，余额804.8亿元，其中一般债务398.5亿元、专项债务406.3亿元。
表二　2024年末各地政府债务余额（单位：亿元）
地区	余额
市本级	376.8
昭阳区	128.6
镇雄县	112.4
盐津县	93.5
彝良县	93.5
"""
COUNTY = """关于桂阳县2024年预算执行情况与2025年预算草案的报告

一、2024年预算执行情况
（一）收入情况
全县地方一般公共预算收入完成184435万元，为年初预算187244万元的98.5%，增长1.3%；其中税收收入127800万元，增长2.3%。
分税种完成情况（单位：万元）
税种	2024年	2023年	增减%
增值税	42860	41120	4.2
资源税	14218	11908	19.4
契税	11673	14030	-16.8
耕地占用税	7350	5018	46.5
烟叶税增长，主要是全县收购烟叶32.6万担、收购均价提高，全年烟叶税完成13825万元。
九个镇完成一般公共预算收入68010万元，增长4.4%。分镇完成情况如下：
镇（街道）	2024年（万元）	2023年（万元）	增幅（%）
太和镇	12840	12110	6.0
流峰镇	14370	13020	10.4
仁义镇	4280	4360	-1.8
鹿峰街道	8190	8400	-2.5
合计	39680	37890	4.7
1.5 乡镇（街道）税收情况（单位：万元）
单位	入库
太和镇	4120
流峰镇	3865
仁义镇	1268
鹿峰街道	6738
合计	15991
（二）重点项目
安排重点项目资金：①学校建设6000万元；②水源地保护1680万元。
"""
OF_CITY = [
    (["昭通2024年哪个县收入增得最快"], ["7.1%"]),
    (["昭通2024年哪个县收入增得最快", "它欠了多少债"], ["112.4亿元"]),
    (["昭通2024年哪个县债务最多", "它收入多少"], ["186420万元"]),
    (["昭通2024年哪个县债务最多", "它的支出呢", "收入呢"], ["186420万元"]),
    (["昭通2024年哪个县收入最高", "占全市几成"], ["15.6%"]),
    (["昭通2024年哪个县欠的钱最多"], ["128.6亿元"]),
    (["昭通2024年谁欠得最多"], ["128.6亿元"]),
    (["昭通24年财政收入是负增长的有哪几个县，各掉了百分之几"], ["-1.6%", "-1.5%"]),
    (["昭通24年哪个县收入比上年少了"], ["-1.6%", "-1.5%"]),
    (["昭通2024年省里转移支付给了多少", "那市里又往县里分了多少，镇雄拿到多少"], ["346.9亿元", "78.4亿元"]),
    (["昭通2024年全市债务限额多少", "实际欠了多少，离上限还差多少"], ["804.8亿元", "31.4亿元"]),
    (["昭通24年底一共欠了多少债，超没超限额呀"], ["804.8亿元"]),
]
OF_COUNTY = [
    (["桂阳县24年哪个税涨得最快"], ["46.5%"]),
    (["桂阳县24年哪个税涨得最快", "它收了多少钱"], ["7350万元"]),
    (["桂阳县24年哪个税收得最多", "它增长多少"], ["4.2%"]),
    (["桂阳县24年收得最多的前两个税是哪几个，各多少"], ["42860万元", "14218万元"]),
    (["桂阳2024年下面镇和街道谁家财政收入最多"], ["14370万元"]),
    (["桂阳2024年下面镇和街道谁家财政收入最多", "那掉得最狠的是哪个，跌了百分之几"], ["-2.5%"]),
    (["桂阳考核的那些乡镇街道，2024年税收最少的是哪个"], ["1268万元"]),
    (["桂阳2024年哪个镇街税收最多", "占合计的百分之几"], ["42.14%"]),
    (["桂阳2024年收入完成年初定的没有", "差了多少"], ["2809万元"]),
    (["桂阳2024年重点项目里头哪个花钱最多"], []),  # no line of the budget is a project
]


@pytest.fixture(scope="module")
def assistants(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Assistant]]:
    with ExitStack() as stack:
        yield {
            text[:5]: stack.enter_context(assistant_of(tmp_path_factory.mktemp("made"), text.split("\n")[0], text))
            for text in (CITY, COUNTY)
        }


@pytest.mark.parametrize("turns, wanted", OF_CITY, ids=["，".join(turns) for turns, _ in OF_CITY])
def test_of_a_city(assistants: dict[str, Assistant], turns: list[str], wanted: list[str]) -> None:
    begins(assistants[CITY[:5]], turns, wanted)


@pytest.mark.parametrize("turns, wanted", OF_COUNTY, ids=["，".join(turns) for turns, _ in OF_COUNTY])
def test_of_a_county(assistants: dict[str, Assistant], turns: list[str], wanted: list[str]) -> None:
    begins(assistants[COUNTY[:5]], turns, wanted)


def test_the_figure_and_the_reason_for_it(assistants: dict[str, Assistant]) -> None:
    figures, reply = told(assistants[COUNTY[:5]], ["桂阳2024年烟叶税收了多少，为啥涨的"])
    assert figures == ["13825万元"] and "32.6万担" in reply, reply
