"""Which messages are several questions, and which are one with several parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.ask.assistant import Assistant
from index.ask.messages import questions_in
from tests.telegram_bot import load_samples


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The sample reports."""
    found = Assistant(load_samples(tmp_path_factory.mktemp("messages")))
    yield found
    found.close()


MESSAGES = [
    # places of their own
    ("上党区2023年教育支出多少？解放区2023年一般公共预算收入呢？", 2),
    ("上党区2023年教育支出多少，国防支出多少，解放区2023年一般公共预算收入多少", 3),
    # lines of their own, numbered or not; a head of their own
    ("1. 上党区2023年教育支出\n2. 国防支出", 2),
    ("上党区：\n教育支出\n卫生健康支出", 2),
    # the same question pasted twice
    ("上党区2023年教育支出多少？上党区2023年教育支出多少？", 1),
    ("上党区2023年教育支出多少上党区2023年教育支出多少", 1),
    ("上党区2023年教育支出\n上党区2023年教育支出", 1),
    # other kinds of questions
    ("上党区2023年教育支出多少？什么是转移支付？", 2),
    ("上党区2023年教育支出多少？谢谢", 1),
    # parts of one answer
    ("上党区2023年教育支出多少，同比呢", 1),
    ("上党区2023年教育支出和国防支出分别是多少", 1),
    ("上党区和解放区2023年一般公共预算收入哪个高，高多少", 1),
    ("上党区2023年一般公共预算收入多少，比解放区多多少", 1),
    ("你好，上党区2023年教育支出多少", 1),
    ("想了解两件事：上党区2023年教育支出多少？解放区2023年一般公共预算收入多少？", 2),
    ("上党区2023年教育支出多少", 1),
    ("", 1),
]


@pytest.mark.parametrize("message, count", MESSAGES)
def test_questions_of_a_message(assistant: Assistant, message: str, count: int) -> None:
    assert len(questions_in(assistant.search(), message)) == count


def test_a_list_keeps_its_head(assistant: Assistant) -> None:
    assert questions_in(assistant.search(), "上党区2023年：\n教育支出\n国防支出")[0] == "上党区2023年教育支出"


LEADS = [
    ("想了解两件事：解放区2023年税收收入完成多少", "解放区2023年税收收入完成多少"),
    ("麻烦问一下哈：上党区教育支出", "上党区教育支出"),
    ("上党区2023年：教育支出", "上党区2023年：教育支出"),  # says of what
    ("教育支出：上党区和解放区", "教育支出：上党区和解放区"),
    ("其中：教育支出多少", "其中：教育支出多少"),
    ("什么是转移支付：上党区", "什么是转移支付：上党区"),
]


@pytest.mark.parametrize("message, question", LEADS)
def test_what_stands_before_the_question_is_no_part_of_it(assistant: Assistant, message: str, question: str) -> None:
    assert questions_in(assistant.search(), message) == [question]


_TWO = "上党区2023年国防支出和公共安全支出"
_THREE = "上党区2023年公共安全、农林水、交通运输各花了多少"

FOLLOW_UPS = [
    # the question before, what is asked next, what the answer must have
    (["解放区2024年一般公共预算收入", "上一年呢"], "90,074"),
    (["解放区2023年一般公共预算收入", "去年呢"], "2022年的数据"),
    (["解放区一般公共预算收入", "次年呢"], "94,580"),
    (["解放区2023年一般公共预算支出", "24年是多少，差多少"], "32,847"),
    (["解放区2023年一般公共预算支出", "和预算差多少"], "15,761"),
    (["解放区2023年一般公共预算支出", "西工区呢，差多少"], "53,546"),
    (["西工区政府债务余额", "限额呢", "差多少"], "0.1 亿元"),
    (["西工区政府债务余额", "差多少"], "请说清"),
    (["上党区2023年教育支出占一般公共预算支出的比重", "国防呢"], "0.05%"),
    (["上党区2023年教育支出多少", "谢谢", "那国防呢"], "258 万元"),
    (["上党区2023年教育支出多少", "换成亿元", "那国防呢"], "0.0258 亿元"),
    (["上党区2023年教育支出多少", "讲个笑话", "那国防呢"], "258 万元"),
    (["上党区2023年教育支出多少", "发原文"], "01_上党区"),
    (["上党区2023年教育支出多少", "从哪来的"], "出自：《长治市上党区"),
    (["上党区2023年教育支出多少", "再详细点"], "▸ 4、教育支出"),
    (["导出"], "请先问一个数"),
    # of several items that were answered together
    ([_TWO, "哪个最多"], "最高：公共安全支出  9,093 万元"),
    ([_TWO, "其中最少的是哪个呢"], "最低：国防支出  258 万元"),
    ([_TWO, "加起来多少"], "合计 9,351 万元（推算"),
    ([_TWO, "前者同比呢"], "国防支出（一般公共预算） · 同比\n+92.54%"),
    ([_TWO, "前者呢", "后者呢"], "公共安全支出（一般公共预算）\n9,093 万元"),
    ([_TWO, "第三个呢"], "没看懂"),
    ([_THREE, "哪个最多"], "最高：农林水支出  31,651 万元"),
    ([_THREE, "哪个最多"], "“农林水支出”报告里有不止一个数，都列出"),
    ([_THREE, "一共多少"], "合计没有算：报告里“农林水支出”有不止一个数"),
    (["上党区2023年国防支出多少？公共安全呢？", "前者占一般公共预算支出的比重"], "0.05%"),
    (["解放区2023年专项债务余额", "一般债务余额", "两个加起来"], "合计 174,676 万元（推算"),
    (["解放区2023年专项债务余额", "西工区一般债务余额", "哪个多"], "没看懂"),  # of two places
    # a refusal does not spoil what is asked next
    (["西工区2023年教育支出", "别的地方呢"], "共比较 2 个地区"),
    (["西工区2023年教育支出", "别的地方呢", "那上党区"], "56,917 万元（5.69 亿元）  完成数"),
    (["西工区2023年教育支出", "别的话先不说", "多少"], "35,939"),
    (["西工区2023年教育支出", "第三个呢"], "没看懂"),
    (["西工区2023年财政怎么样", "更多", "更多"], "卫生健康支出：18,013"),
    (["西工区2023年财政怎么样", "更多", "更多", "更多"], "没有更多了"),
    (["长治市2023年财政怎么样", "更多"], "没有更多了"),
    (["长治各县区2023年一般公共预算收入最高的前三个县", "最低的呢"], "共比较 12 个地区"),
    (["西工区2023年教育支出", "全市的呢", "上党区"], "56,917"),
    (["西工区2023年教育支出", "月球探测支出呢", "2022年呢"], "月球探测支出"),
    (["解放区2023年一般公共预算支出", "算算人均"], "没有写焦作市解放区2023年的常住人口"),
    (["西工区2023年教育支出", "换个区看看，上党区"], "56,917"),
    (["上党区2023年教育支出", "比上年多花还是少花"], "+3,599 万元"),
    (["西工区2023年教育支出比上年增减多少"], "没有"),
    (["解放区2023年负债多少人均"], "完全对应"),
    (["帮我看下解放区2023年一般公共预算收入"], "90,074"),
    (["解放区2023年一般公共预算收入", "支出这边呢"], "125,880"),
    (["解放区和西工区2023年哪个一般公共预算收入高"], "84,485"),
    (["哪个区教育支出最多"], "最高：长治市上党区"),
    # neither a question nor anything to be done
    (["上党区2023年教育支出多少", "领导又催了"], "没看懂"),
    (["上党区2023年教育支出多少", "今天好累", "那国防呢"], "258 万元"),
    (["上党区2023年教育支出多少", "月球探测支出呢"], "“月球探测支出”"),
    (["上党区2023年教育支出多少", "为啥涨了"], "原因"),
    (["上党区2023年教育支出多少", "是多少呢"], "56,917"),
    (["上党区2023年社会保障和就业支出", "两个数哪个对"], "哪个对程序不替人选"),
    (["上党区2023年卫健", "跟前一年比怎么样"], "-2.32%"),
    (["西工区2023年教育支出", "写材料用，来一段话"], "洛阳市西工区 · 2023年"),
    # a refusal says why, and contradicts nothing that it shows
    (["西工区2023年一般公共预算支出", "占收入的比例"], "前一个数不是后一个数的一部分"),
    (["谁知道解放区2023年收入增长多少"], "-32.3%"),
    (["xigongqu 2023 nian zhengfu zhaiwu yu'e"], "13.02 亿元"),
    (["各地2023年一般公共预算收入排名"], "共比较 14 个地区"),
    (["长治市各县区2023年一般公共预算收入排名", "哪里的债最多"], "焦作市解放区"),
    (["上党区2023年人均教育支出"], "没有写长治市上党区2023年的常住人口"),
    (["shangdang 2023 jiaoyu zhichu duoshao"], "56,917"),
    (["What was the budget of Shangdang in 2023?"], "I answer in Chinese"),
]


@pytest.mark.parametrize("turns, words", FOLLOW_UPS, ids=[" | ".join(turns) for turns, _ in FOLLOW_UPS])
def test_follow_ups(assistant: Assistant, turns: list[str], words: str) -> None:
    chat = " | ".join(turns)
    replies = [assistant.ask(turn, chat=chat).reply for turn in turns]
    assert words in replies[-1]


def test_a_figure_for_each_inhabitant(tmp_path: Path) -> None:
    from index import load

    report = tmp_path / "统计.txt"
    report.write_text(
        "嘉兴市南湖区2023年国民经济和社会发展统计公报\n"
        "2023年末，全区常住人口 50.0 万人。\n2023年，全区一般公共预算收入完成 40.0 亿元。\n",
        encoding="utf-8",
    )
    load([report], tmp_path / "index.db")
    found = Assistant(tmp_path / "index.db")
    reply = found.ask("南湖区2023年人均一般公共预算收入").reply
    found.close()
    assert "8,000 元（推算" in reply and "÷ 常住人口50.0万人" in reply


def test_a_year_without_a_figure_stands_in_its_place(tmp_path: Path) -> None:
    from index import Desk, load

    for year in (2019, 2020, 2023):
        text = f"东山市南湖区{year}年财政决算报告\n一、一般公共预算\n{year}年，教育支出 {year * 3} 万元。\n"
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    load([tmp_path], tmp_path / "index.db")
    desk = Desk(tmp_path / "index.db")
    view = desk.converse("南湖区2019年到2023年教育支出对比").view
    desk.close()
    assert view is not None
    told = [(row.label, row.shown.figure.value if row.shown else "") for row in view.rows]
    assert told == [("2019年", "6057"), ("2020年", "6060"), ("2021年", ""), ("2022年", ""), ("2023年", "6069")]
