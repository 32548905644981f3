"""What the figure found is of: a name that the report holds elsewhere, a change in points, another thing counted, the
beginning of a year, a part inside its whole; and what a follow-up goes on from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of

REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

全市一般公共预算收入完成210亿元，增长5%，剔除一次性因素后增长2.4%。

全市一般公共预算支出完成520亿元，其中：教育支出104亿元；卫生健康支出48.5亿元；农林水支出61.5亿元。

全市政府性基金预算收入安排45亿元，增长8.9%；政府性基金预算支出安排58.2亿元，下降28.7%。

全市贷款平均利率2.74%，平均利率降低1个百分点。

加装既有住宅电梯208台，改造城镇老旧小区143个，惠及2.19万户。

惠企政策平台注册企业683家，平均兑付时间由45个工作日压缩到7个工作日。

全市争取新增政府债券142.4亿元，同比增长10.7%，保障218个重点项目资金需求。其中：新增一般债券42.4亿元、新增专项债券100亿元。全年审结项目108个，审减4.82亿元。

市本级预算稳定调节基金年初余额3.06亿元，年末余额6.46亿元。

通过公共机构绿电集中采购，节约资金188万元。

统筹落实以旧换新政策资金2.24亿元，拉动消费16.6亿元。

发放创业担保贷款1005笔、9.89亿元。年末全市贷款余额6037.4亿元。

支持开行中欧班列386列，兑现中欧班列补贴1.15亿元。

财会监督检查单位63家，发现问题187个，已整改179个。

截至2025年底，全市政府债务余额478.08亿元（一般债务156.27亿元，专项债务321.81亿元），省核定政府债务限额490亿元（一般债务
164.92亿元，专项债务325.08亿元）。市本级政府债务余额178.08亿元。

二、政府采购

政府采购预算161.96万元，其中：政府采购货物预算148.96万元、政府采购服务预算13万元。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    name = "临汾市2025年预算执行情况和2026年预算草案的报告"
    with assistant_of(tmp_path_factory.mktemp("elsewhere"), name, REPORT) as made:
        yield made


SAID = [
    ("临汾2025年贷款平均利率是多少", "2.74%"),
    ("临汾去年惠企政策的钱平均压到几个工作日", "7个工作日"),
    ("临汾去年开出去好多列中欧班列", "386列"),
    ("临汾2025年财会监督发现多少个问题", "187个"),
    ("临汾2025年绿电集中采购省下来多少钱", "188万元"),
    ("临汾全市贷款余额到去年年底破六千亿没有", "6037.4亿元"),
    ("临汾去年搞以旧换新，带动大家花了多少钱", "16.6亿元"),
    ("临汾市本级预算稳定调节基金2024年末余额是多少", "3.06亿元"),
    ("临汾市本级预算稳定调节基金2025年初余额是多少", "3.06亿元"),
    ("临汾市本级的预算稳定调节基金，2025年末比年初净多出来多少", "3.4亿元"),
    ("临汾各县区的政府债务余额2025年合计是多少", "300亿元"),
    ("临汾2025年全市支出里教育、卫生健康、农林水三块合起来花了多少钱", "214亿元"),
    ("临汾2025年全市债务限额跟余额之间还差多少亿（还能再举债的空间）", "11.92亿元"),
    ("临汾2025年全市政府债务的限额、余额", "490亿元"),
    ("临汾2025年全市财政进账好多", "210亿元"),
    ("临汾2025年全市一般公共预算收入要是把一次性因素那块剔掉，增长多少", "2.4%"),
    ("临汾2025年全市争取的新增政府债券分几类各多少", "142.4亿元"),
    ("临汾2025年全市一般公共预算收入多少>比上一年变化多大", "5%"),
    ("临汾2025年全市一般公共预算收入多少>跟上年比，幅度多大", "5%"),
    ("临汾2025年政府采购预算中货物类安排多少", "148.96万元"),
    ("临汾2025年政府性基金收入安排多少>支出多少，增长多少", "58.2亿元"),
    ("临汾2025年底政府债务余额多少>省里核给的总限额又是多少", "490亿元"),
    ("临汾2025年底政府债务余额多少>限额呢，我要的是专项债务那部分", "325.08亿元"),
    ("临汾2025年全市争取到多少新增政府债券>这笔钱保了多少个项目", "218个"),
]


@pytest.mark.parametrize("dialogue, value", SAID, ids=[case[0] for case in SAID])
def test_the_figure_is_of_what_is_asked(assistant: Assistant, dialogue: str, value: str) -> None:
    for question in dialogue.split(">"):
        answer = assistant.ask(question, dialogue)
    asked = [f"{figure.value}{figure.unit}" for figure in answer.figures if figure.asked]
    assert answer.status == "answered", answer.reply
    assert asked[0] == value, answer.reply


def test_no_other_thing_is_counted(assistant: Assistant) -> None:
    answer = assistant.ask("临汾2025年给老小区装电梯一共装了多少台", None)
    assert [figure.value for figure in answer.figures if figure.asked][:1] in ([], ["208"]), answer.reply


TOWNS = """临汾市尧都区2025年预算执行情况的报告

一、2025年预算执行情况

全区一般公共预算收入完成20亿元。

二、2025年各镇街一般公共预算收入情况表（单位：万元）

镇街\t完成数\t上年完成数
段店街道\t17325\t16240
吴村镇\t9810\t9960
"""


def test_a_row_is_found_behind_the_name_of_its_place(tmp_path_factory: pytest.TempPathFactory) -> None:
    with assistant_of(tmp_path_factory.mktemp("towns"), "临汾市尧都区2025年预算执行情况的报告", TOWNS) as made:
        answer = made.ask("尧都区段店街道2025年一般公共预算收入多少", None)
        assert [figure.value for figure in answer.figures if figure.asked][:1] == ["17325"], answer.reply


COLUMNS = """临汾市民政局2026年部门预算

一、2026年预算汇总表（单位：万元）

预算单位\t合计\t一般公共预算\t事业收入
临汾市殡仪馆\t1890.33\t1390.33\t500.00
临汾市救助站\t420.10\t400.10\t20.00
"""


@pytest.mark.parametrize(
    "question, value",
    [
        ("临汾市民政局2026年部门预算里，殡仪馆的事业收入是多少", "500.00"),
        ("临汾市民政局2026年部门预算里，殡仪馆合计多少", "1890.33"),
    ],
)
def test_a_column_said_in_full_is_the_one_asked_for(
    tmp_path_factory: pytest.TempPathFactory, question: str, value: str
) -> None:
    with assistant_of(tmp_path_factory.mktemp("columns"), "临汾市民政局2026年部门预算", COLUMNS) as made:
        answer = made.ask(question, None)
        assert [figure.value for figure in answer.figures if figure.asked] == [value], answer.reply


YEARS = """临汾市2025年市本级决算的报告

一、2025年市本级一般公共预算收入决算表（单位：万元）

科目\t预算数\t决算数\t2024年决算数\t增减%
契税\t10900\t9246\t10781\t-14.2
增值税\t87200\t88470\t84915\t4.2

二、支出

2025年度一般公共预算财政拨款支出31201.83万元。与2024年度的28316.45万元相比，增加2885.38万元，增长10.19%。
"""


@pytest.mark.parametrize(
    "question, value",
    [
        (
            "临汾市本级2025年契税比上年降了百分之几",
            "-14.2",
        ),  # of the table's own year, against that of the column before
        ("临汾2025年一般公共预算财政拨款支出多少", "31201.83"),
        ("临汾2024年一般公共预算财政拨款支出多少", "28316.45"),
    ],
)
def test_the_figure_is_of_its_year(tmp_path_factory: pytest.TempPathFactory, question: str, value: str) -> None:
    with assistant_of(tmp_path_factory.mktemp("years"), "临汾市2025年市本级决算的报告", YEARS) as made:
        answer = made.ask(question, None)
        asked = [figure for figure in answer.figures if figure.asked]
        assert [figure.value for figure in asked][:1] == [value] and not asked[0].derived, answer.reply
