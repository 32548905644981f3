"""Words cut out of the runs of a question, short words written out from the reports, and words in quotation marks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from index.ask.heard import put_right
from index.ask.pieces import pieces_of
from index.ask.shortened import full_form
from index.find.ordinary import cut
from tests.one_report import assistant_of

REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

全市一般公共预算收入完成200亿元，增长3.4%。

新增专项债券61亿元，其中：36亿元用于土地储备，25亿元用于产业园区基础设施。

投入环境卫生保洁资金4300万元，更新垃圾转运车辆。

安排航线补贴资金1600万元，保障临汾至广州往返航线运行。

支持山西师范学院附属中学新校区建设1.2亿元。

引导银行发放小微企业贷款153亿元，应急周转金为10家企业1.3亿元贷款提供“过桥”支持。

聘请中介机构开展工程审计，支付服务费418万元。

助力云州湾科技城建设，投入69.3亿元。
"""

CUT = [
    ("请中介做审计", ["中介", "审计"]),
    ("拿去搞土储", ["土储"]),
    ("改造低产茶园", ["改造", "低产", "茶园"]),
    ("办公费排", ["办公费"]),
    ("保障房", ["保障房"]),
    ("改造七一路西段", ["改造七一路西段"]),
    ("环山路二期工程", ["环山路", "二期", "工程"]),
    ("扫大街那个外包", ["扫大街", "外包"]),
    ("电费留", ["电费"]),
    ("修建养护", ["修建", "养护"]),
    ("人民医院迁建", ["人民", "医院", "迁建"]),
    ("崖洲湾科技城", ["崖洲湾", "科技城"]),
]

SHORT = [
    ("土储", "土地储备项目", "土地储备"),
    ("师院附中", "师范学院附属中学新校区", "师范学院附属中学"),
    ("环卫", "环境卫生保洁", "环境卫生"),
    ("航补", "航线补贴资金", "航线补贴"),
    ("残联", "残疾人联合会", "残疾人联合会"),
    # not each word has a character of it, or not in order
    ("土储", "土地整理储备", ""),
    ("储土", "土地储备", ""),
    ("苏超", "江苏超额", ""),
    ("教局", "教育事业发展局", ""),
]

ASKED = [
    ("临汾2025年新增专项债拿去搞土储的是多少", ["36亿元"], "“土储”按“土地储备”理解"),
    ("临汾2025年师院附中建设支持多少", ["1.2亿元"], "师范学院附属中学"),
    ("临汾去年航补给了多少", ["1600万元"], "“航补”按“航线补贴”理解"),
    ("临汾2025年企业“过桥”贷款多少", ["1.3亿元"], ""),
    ("临汾2025年云洲湾科技城投了多少", ["69.3亿元"], "“云洲湾科技城”按“云州湾科技城”理解"),
    # short of nothing that the report has
    ("临汾2025年新增专项债拿去搞海储的是多少", [], ""),
    ("临汾2025年“包干”贷款多少", [], ""),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("short"), "临汾市2025年预算报告", REPORT) as made:
        yield made


@pytest.mark.parametrize("run, words", CUT, ids=[case[0] for case in CUT])
def test_words_of_a_run(run: str, words: list[str]) -> None:
    assert [piece.text for piece in pieces_of((run,))] == words


def test_cut_takes_the_likeliest_words() -> None:
    assert [word for word, _ in cut("交通局拿养护钱修办公楼")] == ["交通", "局", "拿", "养护", "钱", "修", "办公楼"]
    assert cut("") == ()


@pytest.mark.parametrize("short, run, full", SHORT, ids=[f"{case[0]}-{case[1]}" for case in SHORT])
def test_full_form(short: str, run: str, full: str) -> None:
    assert full_form(short, run) == full


@pytest.mark.parametrize("question, want, note", ASKED, ids=[case[0] for case in ASKED])
def test_asked(assistant: Assistant, question: str, want: list[str], note: str) -> None:
    answer = assistant.ask(question)
    assert [f"{one.value}{one.unit}" for one in answer.figures if one.asked] == want, answer.reply
    assert note in answer.reply, answer.reply


def test_a_character_is_put_right_where_both_neighbours_bear_it_out() -> None:
    known = {"崖州": 5, "州湾": 4, "亚洲": 9, "湾科": 4}
    assert put_right(lambda asked: {pair: known.get(pair, 0) for pair in asked}, "崖洲湾科")[0] == ("崖洲湾", "崖州湾")
