"""Whose level gives, what each costs, what was counted before, what a growth is bounded by: as people put it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from index.ask.vocabulary import in_our_words
from index.find.towns import town_at
from index.text.normal import normalise
from tests.one_report import assistant_of, told
from tests.parse_builders import parsed, table

REPORT = """关于荆门市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况
全市一般公共预算收入152.6亿元，增长3.1%。其中：企业所得税11.4亿元，下降5.6%；个人所得税5.6亿元，增长8.3%。
全市一般公共预算支出402.8亿元，其中：教育支出74.6亿元，卫生健康支出41.3亿元。
全市转移支付185.2亿元。分地区看，京山市46.7亿元、沙洋县52.9亿元。
全市特殊再融资债券72.5亿元，其中沙洋县15.3亿元。
发行专项债券48亿元。
全市专项债务付息9.4亿元，一般债务付息4.3亿元，债务付息13.7亿元。
城乡低保标准分别提高到每月738元和每月572元，惠及4.2万人。
改造老旧小区46个，加装电梯73部，每部补助10万元。
减免厂房租金1570万元，惠及小微企业316户；发放育儿补贴1.9亿元，惠及婴幼儿5.4万名。
国内公务接待126批次、1083人次。新建长者饭堂38个，失业保险金发放1.7亿元，失业保险基金支出6.6亿元。
公办幼儿园生均公用经费提高到每人每年600元。问题整改率96%。
城乡低保资金1.2亿元，其中：农村低保8236万元、保障17935人，城市低保1638万元、保障2487人。
普通高中54所，普通高中在校生9.5万人；小学在校生29.6万人。
园林水果产量247.3万吨，其中沃柑产量86.5万吨、柚子产量31.7万吨。
第一产业增加值268.4亿元，第二产业增加值542.2亿元，第三产业增加值731.6亿元。
农村居民人均可支配收入21965元，增长6.4%。
化解隐性债务23.9亿元。
首批评估项目资金2.4亿元，对超过400万元的新上项目开展事前评估。
"""
CASES = [
    # the level is the giver's, where a place behind it is given to
    (["荆门市2025年市级下达给沙洋县的转移支付多少"], ["52.9亿元"]),
    (["荆门市2025年转移支付，沙洋县那份是多少"], ["52.9亿元"]),
    # another place with a verb that names nothing
    (["荆门2025年特殊再融资债券多少", "沙洋分到多少"], ["15.3亿元"]),
    # a kind of debt of the whole before it
    (["荆门2025年债务付息里，专项债务那部分多少"], ["9.4亿元"]),
    (["荆门2025年债务付息里，专项债券发了多少"], ["48亿元"]),
    # both halves of 城乡; what each of them gets
    (["荆门2025年农村低保标准一个月多少"], ["572元"]),
    (["荆门2025年城乡低保标准多少"], ["738元", "572元"]),
    (["荆门2025年低保标准一个月多少"], ["738元", "572元"]),
    (["荆门2025年城里低保标准一个月多少"], ["738元"]),
    (["荆门老楼装一部电梯补多少钱"], ["10万元"]),
    # one kind of a class leaves the others out, and takes their place
    (["荆门2025年高中生均公用经费一个人多少钱"], []),
    (["荆门2025年幼儿园生均公用经费一个人多少钱"], ["600元"]),
    (["荆门2025年农村低保保障了多少人", "城里的呢"], ["2487人"]),
    (["荆门2025年农村低保保障了多少人", "那城市的呢？"], ["2487人"]),
    # whether a rate is over its number
    (["荆门2025年问题整改率过没过九成"], ["96%"]),
    # counts need no level, and are of what was counted
    (["荆门2025年新建长者饭堂几个"], ["38个"]),
    (["荆门2025年多少娃娃领了育儿补贴"], ["5.4万名"]),
    (["荆门2025年减免厂房租金惠及多少人"], []),
    (["荆门2025年失业保险金参保多少"], []),
    (["荆门2025年公务接待了几拨"], ["126批次"]),
    (["荆门2025年念小学的学生有多少人", "那念普高的呢"], ["9.5万人"]),
    (["荆门2025年普通高中多少所", "在校生呢"], ["9.5万人"]),
    (["荆门2025年沃柑产量多少", "公务接待呢"], ["126批次", "1083人次"]),
    (["荆门去年种出来多少沃柑"], ["86.5万吨"]),
    # the whole name that is typed, though a part of it is an item
    (["荆门2025年失业保险金发放多少"], ["1.7亿元"]),
    (["荆门2025年教育财政支出是多少"], ["74.6亿元"]),
    (["荆门2025年三次产业增加值各多少"], ["268.4亿元", "542.2亿元", "731.6亿元"]),
    (["荆门那边乡下人一年到手收入平均多少，25年的"], ["21965元"]),
    (["荆门去年隐性债清了多少"], ["23.9亿元"]),
    (["荆门2025年全市个税入库多少"], ["5.6亿元"]),
    # where a line begins is no sum
    (["荆门新上项目超过多少钱就得先评估"], ["400万元"]),
]
WORDS = [
    ("2026年三公预算比25年预算多还是少，差几多万", "2026年三公预算比25年预算多多少万"),
    ("跟2025年比减了多少", "比2025年减了多少"),
    ("接待费比前年省下多少", "接待费比前年少多少"),
    ("今年到9月底收了多少", "今年1-9月收了多少"),
    ("六月份那场大水后重建多少", "那场大水后重建多少"),
    ("7月那次新增下达的限额多少", "7月那次新增下达的限额多少"),
    ("属于新增债券的那一部分是多少", "属于新增债券的那一部分是多少"),
    ("支出预算表，老年福利科目多少", "预算，老年福利科目多少"),
    ("2025年公路建设花了多少，就公路水路运输下面那一项", "2025年公路水路运输里的公路建设花了多少"),
    ("去年有多少走不动的老人享受上门服务", "去年有多少名走不动的老人享受上门服务"),
    ("去年多少老人补贴", "去年多少老人补贴"),
    ("九十几岁的老人家发多少钱", "九十几岁的老人家发多少钱"),
    ("惠及好多个娃儿", "惠及多少人"),
    ("一口网箱补几多钱，补了几多口", "一口网箱补多少钱，补了多少口"),
    ("那几家养老院虚报了多少张床位", "那些养老院虚报了多少张床位"),
    ("老小区装部电梯公家补多少", "老旧小区装每部电梯财政补多少"),
    ("去年农村人均可支配收入多少", "去年农村居民人均可支配收入多少"),
    ("城里人均消费多少", "城镇居民人均消费多少"),
    ("去年培训了几个残疾人", "去年培训了几名残疾人"),
    ("水利局在岗的有多少号人", "水利局在岗的有多少个人"),
    ("城里人吃低保一个月给多少", "城里低保一个月给多少"),
    ("城里人的低保金一共发掉多少", "城里人的低保金一共发掉多少"),
    ("补了多少辆车嘞", "补了多少辆车辆"),
    ("新化县、双峰县收入各多少？（娄底下面的）", "新化县、双峰县收入各多少？"),
    ("各区县（连市本级）收入前三名", "各区县收入前三名"),
    ("政府性基金总收入调整完是多少", "政府性基金总收入调整后是多少"),
    ("这次调预算，教育分了多少", "这次预算调整，教育分了多少"),
    ("农业保险赔了多少", "农业保险理赔多少"),
    ("新增的一般债券用在哪两处，各多少", "新增一般债券用到哪些项目，各多少"),
    ("不是税收收入嘛，是非税收入多少", "不是税收收入嘛，是非税收入多少"),
    ("收入一度跌到多少", "收入一度跌到多少"),
    ("买一台农机花了多少", "买一台农机花了多少"),
    ("不是发过消费券嘛，一共花了多少", "发过消费券，一共花了多少"),
]
HEADS = "地区 | 新增一般债务限额 | 新增专项债务限额 |"
SUMS = [
    # heads and rows, title, the key of the last column
    (f"{HEADS} 合计\n市本级 | 3.4 | 38.6 | 42\n沙洋县 | 1.6 | 9.4 | 11", "2026年限额表", "debt-limit-new"),
    (f"{HEADS} 超长期国债 | 合计\n市本级 | 3.4 | 38.6 | 5 | 47\n沙洋县 | 1.6 | 9.4 | 1 | 12", "2026年限额表", ""),
    ("地区 | 一般债务限额 | 专项债务限额 | 合计\n市本级 | 1.3 | 6.5 | 7.8\n沙洋县 | 0.5 | 2.2 | 2.7",
     "2026年提前下达新增债务限额分配表", "debt-limit-new"),
    ("地区 | 一般债务 | 专项债务 | 合计\n市本级 | 1.3 | 6.5 | 7.8\n沙洋县 | 0.5 | 2.2 | 2.7",
     "2026年新增政府债务限额和分配情况", "debt-limit-new"),
    ("地区 | 一般债券 | 专项债券 | 合计\n市本级 | 1.3 | 6.5 | 7.8\n沙洋县 | 0.5 | 2.2 | 2.7",
     "2025年新增政府债务限额内债券发行情况表", "debt-new"),
]  # fmt: skip
CITY = "荆门市2025年预算执行情况和2026年预算草案的报告"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("plainly"), "荆门市2025年预算报告", REPORT) as made:
        yield made


@pytest.mark.parametrize("turns, wanted", CASES, ids=[turns[-1] for turns, _ in CASES])
def test_answers(assistant: Assistant, turns: list[str], wanted: list[str]) -> None:
    figures, reply = told(assistant, turns)
    assert figures == wanted, reply


@pytest.mark.parametrize("typed, read", WORDS)
def test_in_our_words(typed: str, read: str) -> None:
    assert in_our_words(typed).replace(" ", "") == read


def test_the_mark_of_a_note_on_the_next_line_goes() -> None:
    assert normalise("全区\n²收入").text == "全区收入"
    assert normalise("用水总量达10\n⁴立方米").text == "用水总量达10⁴立方米"


def test_the_country_is_no_town() -> None:
    assert not town_at("荆门那边乡下人", 2)
    assert town_at("给枫桥乡下达多少", 1) == "枫桥乡"


@pytest.mark.parametrize("rows, title, key", SUMS)
def test_the_sum_beside_both_kinds(rows: str, title: str, key: str) -> None:
    found = parsed(CITY, table(rows, f"{title} 单位：亿元"))
    sums = {"42", "11", "47", "12", "7.8", "2.7"}
    named = {one.key if one.key.startswith("debt-") else "" for one in found.facts if one.value in sums}
    assert named == {key}
