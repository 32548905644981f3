"""What stands behind a figure says what it is; what only frames a question says nothing; whose name a place is in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from index.ask.clauses import told_behind
from index.ask.pieces import pieces_of
from index.ask.select import counts_alike
from index.ask.vocabulary import in_our_words
from tests.one_report import assistant_of, told

REPORT = """关于宣城市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况
全市一般公共预算收入185.3亿元，增长3.2%；全市教育支出51.6亿元，增长4.9%，职业教育支出2.9亿元。
全市“三保”支出88.4亿元，其中市本级23.6亿元。
市财政安排购房补贴资金1.2亿元，支持居民刚性和改善性住房需求。
按每孩每年3600元的标准，对3周岁以下婴幼儿发放育儿补贴。
拨付商业服务专项资金3136万元，主要用于标准化菜场及副食品行业管理。
援助其他地区支出54.6亿元，全部为地方财力安排。
全市28个行政村集体经营收入8746万元，最高的是桃花村，达1062万元。
惠及全市16万学前在园儿童；完成义务植树206万株；惠及群众15.8万人／次。
安排航线补贴资金1600万元，保障宣城至上海往返航线稳定运行。
全年评审项目153个，评审金额93.25亿元，核减13.15亿元，核减率14.1%。
通过充分挖掘水库、停车位等资源资产，全市实现资源资产盘活收入40.8亿元；统筹57.5亿元推进重大水利项目建设。
市级预算稳定调节基金年初余额3.1亿元，年末余额6.5亿元。
市本级公务用车购置费1164万元，公务用车运行维护费3402万元。市本级公务用车购置及运行维护费4567万元。
全市社会保险基金收入308.2亿元。基本养老保险基金收入205.9亿元，基本医疗保险基金收入87.6亿元，失业保险基金收入3.6亿元。
全市卫生健康支出46.6亿元。
全市政府债务限额112.5亿元，政府债务余额98.1亿元，其中市本级41.3亿元。
城市低保人均月标准提高至935元，农村低保人均月标准提高至847元。加装电梯286部，新建长者饭堂38个。
审计发现问题270个，完成整改248个。
发放家电、汽车、餐饮消费券6200万元，带动消费11.8亿元。
快递业务量6.8亿件，增长21.2%；快递业务收入27.4亿元，增长10.0%。
以白酒为主的酒类企业贡献地方税收0.7亿元；全市税收收入120.6亿元。
二、2026年预算草案
省财政厅提前下达2026年新增债务限额14.3亿元。
安排数字宣城建设专项资金2000万元，推进政务信息系统整合。
"""
CASES = [
    # what a figure is for, or whom it is paid, is told behind it
    (["宣城市财政2025年拿了多少钱补贴老百姓买房子"], ["1.2亿元"]),
    (["宣城2025年育儿补贴一个孩子一年给多少钱"], ["3600元"]),
    (["宣城2025年管菜场副食品那块拨了多少钱"], ["3136万元"]),
    # ... and not where it comes from, nor what is told of the next figure
    (["宣城2025年地方财力安排多少钱"], []),
    (["宣城2025年桃花村集体经营收入多少"], ["1062万元"]),
    # a count whose unit is its thing, or is printed another way
    (["宣城2025年惠及多少学前儿童"], ["16万"]),
    (["宣城2025年义务植树种了多少棵"], ["206万株"]),
    # a place in the name of a plan, or where a way leads, is not asked of
    (["宣城今年搞数字宣城准备拿多少钱"], ["2000万元"]),
    (["宣城飞上海那条航线，2025年补贴了多少钱"], ["1600万元"]),
    # a level set aside in brackets
    (["宣城市本级（非全市）2025年三保支出多少"], ["23.6亿元"]),
    (["宣城市本级不要全市的2025年三保支出多少"], ["23.6亿元"]),
    # a part named behind its whole is asked for, and the whole is no answer for it
    (["宣城2025年教育支出，里面职业教育多少"], ["2.9亿元"]),
    (["宣城2025年教育支出，其中职业教育多少"], ["2.9亿元"]),
    (["宣城2025年全市教育支出多少", "其中职业教育多少"], ["2.9亿元"]),
    (["宣城2025年教育支出，里面幼儿园多少"], []),
    (["宣城2025年教育支出当中小学教育多少"], []),
    # what a review cut is no change of anything
    (["宣城2025年财政评审审减了多少"], ["13.15亿元"]),
    (["宣城2025年财政评审一共砍下来多少钱"], ["13.15亿元"]),
    (["宣城2025年财政评审核减几个亿"], ["13.15亿元"]),
    # examples are no summands
    (["宣城2025年把水库、停车位这些家底盘活，总共弄回来多少钱"], ["40.8亿元"]),
    # the end of a year after its beginning
    (["宣城市级预算稳定调节基金2025年年初余额", "年末还剩多少"], ["6.5亿元"]),
    # the whole of two parts as the report prints it
    (["宣城市本级2025年公务用车购置费和公务用车运行维护费加起来多少"], ["4567万元", "1164万元", "3402万元"]),
    # the words of a list are parts of what stands before it
    (["宣城2025年社保基金收入里养老、医疗、失业各多少"], ["205.9亿元", "87.6亿元", "3.6亿元"]),
    (["宣城2025年社保基金收入 养老 医疗 失业 各多少"], ["205.9亿元", "87.6亿元", "3.6亿元"]),
    (["宣城2025年政府债务限额和年末余额"], ["112.5亿元", "98.1亿元", "41.3亿元"]),
    (["宣城2025年底政府债务余额多少", "里头市本级占多少"], ["41.3亿元"]),
    (["宣城2025年城里低保一个月多少钱", "农村的呢"], ["847元"]),
    (["宣城2025年装了几多部电梯"], ["286部"]),
    (["宣城2025年新开了几间长者饭堂"], ["38个"]),
    (["宣城2025年审计查出的问题还剩多少个没整改"], []),
    # what is spent is not what it sets moving; kinds of one head are all of it
    (["宣城2025年发消费券花了多少钱"], ["6200万元"]),
    (["宣城2025年消费券带动了多少消费"], ["11.8亿元"]),
    # an everyday word for an item, beside another thing, does not mean all of it
    (["宣城2025年酒厂交了多少税"], []),
    (["宣城2025年一共收了多少税，全市口径"], ["120.6亿元"]),
    # how many, and not what they earned
    (["宣城2025年快递件数多少"], ["6.8亿件"]),
    (["宣城2025年快递件数增长了多少"], ["21.2%"]),
    (["宣城2025年快递收入多少"], ["27.4亿元"]),
    # of all kinds of debt together is no answer for one
    (["宣城提前拿到的2026年新增专项债务限额是多少"], []),
    (["宣城提前下达的2026年新增债务限额是多少"], ["14.3亿元"]),
    # heard, and not asked
    (["宣城2025年一般公共预算收入多少，听说是历年最高"], ["185.3亿元"]),
]
BEHIND = [
    ("的标准，对3周岁以下婴幼儿发放育儿补贴。", "的标准，对3周岁以下婴幼儿发放育儿补贴"),
    ("，用于加密航线，另有2亿元用于机场。", "，用于加密航线"),
    ("，最高的是陈庄村，达1062万元。", ""),
    ("，全部为地方财力安排的经费类支出。", ""),
    ("，增长4.9%，其中高中12亿元。", ""),
]
WORDS = [
    ("京 26年市级三公经费多少", "北京市26年市级三公经费多少"),
    ("渝今年预算", "重庆市今年预算"),
    ("粤全省2025年税收", "广东省全省2025年税收"),
    ("新增债券2025年", "新增债券2025年"),
    ("青年就业补助", "青年就业补助"),
    ("宁 国有企业", "宁国有企业"),
    ("苏 州市税收", "苏州市税收"),
    ("教育和社保哪头多", "教育和社保哪个最多"),
    ("省里头拨了多少", "省里拨了多少"),
    ("其中小学教育多少", "其中，小学教育多少"),
    ("教育、社保这些支出多少", "教育、社保这些支出多少"),
]
ALIKE = [("棵", "万株", True), ("人次", "人／次", True), ("人", "万", True), ("人", "万户", False), ("棵", "亩", False)]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("behind"), "宣城市2025年预算报告", REPORT) as made:
        yield made


@pytest.mark.parametrize("turns, wanted", CASES, ids=[turns[-1] for turns, _ in CASES])
def test_answers(assistant: Assistant, turns: list[str], wanted: list[str]) -> None:
    figures, reply = told(assistant, turns)
    assert figures == wanted, reply


@pytest.mark.parametrize("after, told", BEHIND)
def test_told_behind(after: str, told: str) -> None:
    assert told_behind(after) == told


@pytest.mark.parametrize("typed, read", WORDS)
def test_in_our_words(typed: str, read: str) -> None:
    assert in_our_words(typed).replace(" ", "") == read


@pytest.mark.parametrize("asked, unit, alike", ALIKE)
def test_counts_alike(asked: str, unit: str, alike: bool) -> None:
    assert counts_alike(asked, unit) is alike


def test_words_of_speech_are_soft() -> None:
    soft = {piece.text for piece in pieces_of(("手上", "到底", "老百姓", "航线")) if not piece.hard}
    assert soft == {"手上", "到底", "老百姓"}
