"""What is done with debt, whose taxes are meant, who receives, what a draft was before: as people put it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from index.ask.assistant import Assistant
from index.ask.vocabulary import in_our_words
from tests.one_report import assistant_of, told

REPORT = """关于郴州市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况
全市一般公共预算收入188.3亿元，下降2.4%。其中：税收收入121.7亿元；非税收入66.6亿元。
烟花爆竹产业入库税收8.9亿元，增长9.2%。
全市通过省代发地方政府债券96.2亿元。
全市政府债务余额812.4亿元，政府债务限额823.5亿元。
市本级一般公共预算支出146.2亿元，加上补助下级支出71.3亿元、上解上级支出5.4亿元，支出总计222.9亿元。
加上上级补助收入139.8亿元、上年结转18.2亿元，收入总计163.4亿元。
城乡居民基本医疗保险基金收入35.2亿元，城乡居民基本医疗保险基金支出36.1亿元。
设立规模20亿元的有色金属产业基金，首期出资4亿元。
安排米粉产业发展资金6400万元，用于原料基地建设。
停缓调撤政府投资项目37个。改造城镇老旧小区58个、惠及居民1.6万户，投入3.9亿元。
审计指出的财政管理问题21个，已完成整改17个，正在整改4个。
4G用户152.8万户，5G用户263.9万户。
新增一般债券3.1亿元安排：农村公路改造1.4亿元，灌区续建配套0.9亿元，防洪堤修复0.8亿元。
国有土地使用权出让收入较年初预算减收7.3亿元。
中欧班列“湘粤”1-12月开行316列。
土地储备专项债券收入安排的支出12.6亿元。
到期债券本金16.4亿元。
城乡社区支出21.4亿元；城乡社区规划与管理支出1.3亿元，完成预算的88.2%。北湖水厂项目用款2.3亿元。
全市政府性基金收入22.4亿元，政府性基金支出61.3亿元。
城镇居民人均可支配收入43210元，农村居民人均可支配收入23180元。

二、“十四五”时期财政发展情况
“十四五”期间，筹集资金7.6亿元，支持“7·8”东江洪灾灾后恢复重建。
"""
TOWNS = """关于永州市2025年财政决算的报告

一、对下转移支付
市对县区转移支付84.2亿元，其中：一般性转移支付69.5亿元，专项转移支付14.7亿元。
分县（区）看：道县21.6亿元，江永县12.3亿元，宁远县19.4亿元。
"""
ADJUSTED = """关于宜章县2026年预算调整方案的报告

一、收入调整
年初预算一般公共预算收入18.6亿元，本次调增0.7亿元，调整为19.3亿元。
"""
PAPERS = {
    "郴州市2025年预算执行情况和2026年预算草案的报告": REPORT,
    "永州市2025年财政决算的报告": TOWNS,
    "宜章县2026年预算调整方案的报告": ADJUSTED,
}
CASES = [
    # what is taken up is not what is paid back, nor a line of a budget
    (["郴州去年还了多少债"], ["16.4亿元"]),
    (["郴州2025年专项债券发行多少"], []),
    # a tax of whom: never all of it
    (["郴州放鞭炮烟花的企业去年交了多少税"], ["8.9亿元"]),
    (["郴州酒厂去年交了多少税"], []),
    (["郴州2025年煤炭收入占税收比例"], []),
    (["郴州2025年收了多少税"], ["121.7亿元"]),
    # over the limit: both figures say it
    (["郴州2025年债务余额多少，有没有超限额"], ["812.4亿元", "823.5亿元"]),
    (["郴州2025年政府债超没超限额啊，余额和限额各多少"], ["812.4亿元", "823.5亿元"]),
    (["郴州2025年债务余额多少，一般和专项各多少"], ["812.4亿元"]),
    (["郴州2025年地方政府债券还本付息支出"], []),
    (["郴州2025年债务限额余额"], ["823.5亿元", "812.4亿元"]),
    (["郴州2025年城镇居民人均可支配收入比农村高多少"], ["20030元", "43210元", "23180元"]),
    # a part of a line is not the line, what is paid of a project not all that it costs
    (["郴州2025年城乡社区支出完成预算多少"], []),
    (["郴州2025年北湖水厂项目总投资多少"], []),
    (["郴州2025年北湖水厂用了多少"], ["2.3亿元"]),
    # whom it is given to
    (["郴州市本级往下面县区补助了多少钱"], ["71.3亿元"]),
    (["郴州2025年居民医保是不是不够花，差了多少钱"], ["0.9亿元", "35.2亿元", "36.1亿元"]),
    # which of two sums of one fund
    (["郴州有色金属产业基金头一期出多少钱"], ["4亿元"]),
    # the clause before the place says of what
    (["米粉这个产业，郴州25年给安排了多少钱"], ["6400万元"]),
    # verbs that no paper has
    (["郴州25年叫停、缓建的政府投资项目一共几个"], ["37个"]),
    (["郴州25年改造了几个老旧小区，一共花了多少"], ["58个", "3.9亿元"]),
    (["郴州审计查出的毛病还有几个没改完"], ["4个"]),
    (["郴州5G用户多少"], ["263.9万户"]),
    (["郴州那3.1亿新增一般债券都投哪儿了"], ["3.1亿元", "1.4亿元", "0.9亿元", "0.8亿元"]),
    (["郴州今年卖地的钱比年初预算少收多少"], []),  # of 2026 nothing is told
    (["郴州2025年卖地的钱比年初预算少收多少"], ["7.3亿元"]),
    # a follow-up is of the same budget, of the two just told, of what a refusal was about
    (["郴州2025年政府性基金收入多少", "支出呢", "收支差多少"], ["38.9亿元", "22.4亿元", "61.3亿元"]),
    (["郴州2025年城镇居民人均可支配收入", "农村的呢", "城乡差多少"], ["20030元", "23180元", "43210元"]),
    (["郴州2025年隧道改造花了多少", "项目几个"], []),
    (["郴州2025年政府性基金支出", "垃圾分类那项"], []),
    # told of five years, and asked without a year
    (["郴州东江洪灾灾后恢复重建筹了多少钱"], ["7.6亿元"]),
    # of the other papers
    (["永州2025年转移支付哪个县（区）拿得最多"], ["21.6亿元"]),
    (["永州2025年各县转移支付多少"], ["21.6亿元", "19.4亿元", "12.3亿元"]),
    (["永州给下面县里的转移支付，25年宁远拿了多少"], ["19.4亿元"]),
    (["宜章2026年预算调整后一般公共预算收入是多少"], ["19.3亿元"]),
    (["宜章2026年年初预算一般公共预算收入是多少"], ["18.6亿元"]),
]
WORDS = [
    ("打算收多少税", "打算税收收入多少"),
    ("甲市和乙市谁的收入多，多多少", "甲市和乙市谁收入多，相差多少"),
    ("头一批下达多少", "首批下达多少"),
    ("光是利息付了多少", "利息付了多少"),
    ("楼有多高", "楼高度多少米"),
    ("哪个区（市）最多", "哪个区市最多"),
    ("原煤产量比上年变化多少", "原煤产量比上年增加多少"),
    ("都投哪儿了", "都投到哪些项目"),
    ("相当于调整预算的百分之几", "完成调整预算百分之几"),
]


@pytest.fixture(scope="module")
def assistants(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Assistant]]:
    with ExitStack() as stack:
        yield {
            name[:2]: stack.enter_context(assistant_of(tmp_path_factory.mktemp("made"), name, text))
            for name, text in PAPERS.items()
        }


@pytest.mark.parametrize("turns, wanted", CASES, ids=[turns[-1] for turns, _ in CASES])
def test_answers(assistants: dict[str, Assistant], turns: list[str], wanted: list[str]) -> None:
    place = next(name for name in assistants if name in turns[0])
    figures, reply = told(assistants[place], turns)
    assert figures == wanted, reply


@pytest.mark.parametrize("typed, read", WORDS)
def test_in_our_words(typed: str, read: str) -> None:
    assert in_our_words(typed).replace(" ", "") == read


def test_says_whether_a_debt_is_over_its_limit(assistants: dict[str, Assistant]) -> None:
    reply = told(assistants["郴州"], ["郴州2025年债务有没有突破限额"])[1]
    assert "没有超过限额：余额 812.4 亿元，限额 823.5 亿元" in reply


def test_says_that_it_went_the_other_way(assistants: dict[str, Assistant]) -> None:
    assistant = assistants["郴州"]
    assert "问的是“增长”，报告里是下降" in told(assistant, ["郴州2025年一般公共预算收入增长了多少"])[1]
    assert "问的是" not in told(assistant, ["郴州2025年一般公共预算收入下降了多少"])[1]
