"""Papers of departments and units: forms and pages on projects, tables of one row, what is owned and bought."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.facts.forms import is_form
from index.facts.grid import rows_of
from index.models import Block, Fact
from index.store.words import words_of
from tests.parse_builders import parsed, table

BUDGET = "青州市水利局2025年部门预算"
REPORT = "关于青州市2024年预算执行情况和2025年预算草案的报告"
ACCOUNTS = "青州市水利局2024年度部门决算"
FORM = """项目名称 | 河道看护经费 | | |
主管部门 | 青州市水利局 | | 实施单位 | 青州市水利局
项目资金（万元） | 年度资金总额 | | 306.00 |
 | 其中：财政拨款 | | 300.50 |
 | 其他资金 | | 5.50 |
年度目标 | 看护全市河道，保证水质。 | | |
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值
 | 成本指标 | 经济成本指标 | 看护成本 | ≤306万元
 | 产出指标 | 数量指标 | 看护河道数量 | ≥12条
 | | 质量指标 | 看护达标率 | =98.50(%)
 | 效益指标 | 社会效益指标 | 群众满意度 | 群众满意度不低于85%"""
TWO_FORMS = """项目名称 | | 闸门维修经费 | | 项目性质 | 经常性项目
主管部门 | | 青州市水利局 | | 实施单位 | 青州市水利局
计划开始日期 | | 2025-01-01 | | 计划完成日期 | 2025-12-31
项目资金（元） | | 项目资金总额 | 903,043.00 | 年度资金申请总额 | 803,043.00
 | | 其中：财政资金 | 903,043.00 | 其中：当年财政拨款 | 819,043.00
项目名称 | | 泵站运行经费 | | 项目性质 | 经常性项目
主管部门 | | 青州市水利局 | | 实施单位 | 青州市水利局
项目资金（元） | | 项目资金总额 | 70,000.00 | 年度资金申请总额 | 70,000.00"""
DONE = """项目名称 | 河道看护经费 | | | |
主管部门 | 青州市水利局 | | 实施单位 | 青州市水利局 |
项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 执行率
 | 年度资金总额 | 306.00 | 320.00 | 310.40 | 97.00%"""

# lines and tables of a paper -> item, measure, period, value, unit
Told = tuple[str, str, str, str, str]
FORMS: tuple[tuple[str, str, list[Told]], ...] = (
    (BUDGET, FORM, [
        ("河道看护经费", "budget", "2025", "306.00", "万元"),
        ("河道看护经费（财政拨款）", "budget", "2025", "300.50", "万元"),
        ("河道看护经费（其他资金）", "budget", "2025", "5.50", "万元"),
        ("河道看护经费（看护成本）", "budget", "2025", "306", "万元"),
        ("河道看护经费（看护河道数量）", "count", "2025", "12", "条"),
        ("河道看护经费（看护达标率）", "rate", "2025", "98.50", "%"),
        ("河道看护经费（群众满意度）", "rate", "2025", "85", "%"),
    ]),
    (BUDGET, TWO_FORMS, [
        ("闸门维修经费（项目资金总额）", "budget", "2025", "903,043.00", "元"),
        ("闸门维修经费", "budget", "2025", "803,043.00", "元"),
        ("闸门维修经费（财政资金）", "budget", "2025", "903,043.00", "元"),
        ("闸门维修经费（当年财政拨款）", "budget", "2025", "819,043.00", "元"),
        ("泵站运行经费（项目资金总额）", "budget", "2025", "70,000.00", "元"),
        ("泵站运行经费", "budget", "2025", "70,000.00", "元"),
    ]),
    (ACCOUNTS, DONE, [
        ("河道看护经费", "budget", "2024", "306.00", "万元"),
        ("河道看护经费", "budget", "2024", "320.00", "万元"),
        ("河道看护经费", "actual", "2024", "310.40", "万元"),
        ("河道看护经费", "completion", "2024", "97.00", "%"),
    ]),
)  # fmt: skip


def told(facts: tuple[Fact, ...]) -> list[Told]:
    return [(fact.item, fact.measure, fact.period.text, fact.value, fact.unit) for fact in facts]


@pytest.mark.parametrize("title, text, expected", FORMS)
def test_a_form_names_its_figures_by_its_project(title: str, text: str, expected: list[Told]) -> None:
    found = parsed(title, table(text))
    assert told(found.facts) == expected
    assert all(fact.owner == "青州市水利局" for fact in found.facts)
    assert not found.missed


NO_FORMS = [
    "项目名称 | 实施单位 | 金额（万元）\n河道看护 | 青州市水利局 | 306\n闸门维修 | 青州市水利局 | 90",
    "地区 | 项目名称 | 债券规模\n青州市 | 供水工程 | 4000\n青州市 | 排水工程 | 900",
]


@pytest.mark.parametrize("text", NO_FORMS)
def test_a_list_of_projects_is_no_form(text: str) -> None:
    assert not is_form(rows_of(table(text)))
    assert is_form(rows_of(table(FORM)))


CARS = """“三公”经费预算数 | | | | | | 机关运行经费预算数
合计 | 因公出国（境）费 | 公务接待费 | 公务用车购置及运行费 | | |
 | | | 小计 | 购置费 | 运行费 |
37.91 | 0 | 1.35 | 36.56 | 15 | 21.56 | 464.64"""


def test_heads_name_the_figures_of_a_row_without_a_name() -> None:
    found = parsed(BUDGET, table(CARS, "2025年部门“三公”经费和机关运行经费预算表 单位：万元"))
    keys = ["three-public", "tp-abroad", "tp-reception", "tp-car", "tp-car-buy", "tp-car-run", "operating"]
    assert [fact.key for fact in found.facts] == [f"other-{key}" for key in keys]
    assert [fact.value for fact in found.facts] == ["37.91", "0", "1.35", "36.56", "15", "21.56", "464.64"]
    assert {fact.measure for fact in found.facts} == {"budget"}


def test_the_sum_of_a_fund_is_not_all_basic_expenditure() -> None:
    text = "科目编码 | 科目名称 | 小计 | 基本支出 | 项目支出\n合计 | | 0.00 | 0.00 | 0.00"
    found = parsed(BUDGET, table(text, "2025年度政府性基金预算拨款支出预算表 单位：万元"))
    assert [fact.item for fact in found.facts] == [
        "政府性基金预算财政拨款支出", "政府性基金预算基本支出", "政府性基金预算项目支出",
    ]  # fmt: skip
    assert not any(fact.key == "other-basic-exp" for fact in found.facts)


BEFORE = ["五、其他情况", "公务接待费9万元。"]
PROJECT = [
    "古桥修缮专项（政策资金）经费情况说明",
    "一、项目概述",
    "修缮全市古桥，方便群众出行。",
    "二、立项依据",
    "《青州市古桥保护办法》。",
    "六、年度预算安排",
]
# the sentence on a project's money -> item, parent, scope words, value
PAGES: tuple[tuple[list[str], str, list[tuple[str, str, str, str]]], ...] = (
    (PROJECT, "2025年度项目总预算90.00万，其中支持石桥养护能力提升60.00万，采购石料30.00万，合计90.00万。", [
        ("古桥修缮专项（政策资金）", "", "", "90.00"),
        ("支持石桥养护能力提升", "古桥修缮专项（政策资金）", "", "60.00"),
        ("采购石料", "古桥修缮专项（政策资金）", "", "30.00"),
        ("古桥修缮专项（政策资金）", "", "", "90.00"),
    ]),
    (PROJECT, "2025年度项目总预算50.00万，其中省级支持古桥加固20.00万，市级支持古桥加固30.00万，合计50.00万。", [
        ("古桥修缮专项（政策资金）", "", "", "50.00"),
        ("支持古桥加固", "古桥修缮专项（政策资金）", "省级", "20.00"),
        ("支持古桥加固", "古桥修缮专项（政策资金）", "市级", "30.00"),
        ("古桥修缮专项（政策资金）", "", "", "50.00"),
    ]),
    (["水情监测项目经费情况说明", *PROJECT[1:]], "795万元。", [("水情监测项目", "", "", "795")]),
    (["项目经费情况说明", "一、项目概况", "由青州市水利局建设的南阳河整治工程，位于青州市南部。", "二、立项依据",
      "按规划实施。", "六、年度预算安排"],
     "第一季度用款计划15万元，第二季度用款计划25万元。", [
        ("南阳河整治工程用款", "南阳河整治工程", "", "15"),
        ("南阳河整治工程用款", "南阳河整治工程", "", "25"),
    ]),
)  # fmt: skip


@pytest.mark.parametrize("lines, money, expected", PAGES)
def test_money_of_a_projects_pages(lines: list[str], money: str, expected: list[tuple[str, str, str, str]]) -> None:
    found = parsed(BUDGET, *BEFORE, *lines, money).facts[1:]
    assert [(fact.item, fact.parent, fact.scope_words, fact.value) for fact in found] == expected


def test_full_text_finds_a_sentence_by_the_name_of_its_figure() -> None:
    found = parsed(BUDGET, *BEFORE, "水情监测项目经费情况说明", *PROJECT[1:], "795万元。")
    words = words_of(found)
    assert "水情" in words[found.facts[1].sentence].split()
    assert len(words) == len(found.sentences)


# title, a line -> item, parent, measure, value
LINES: tuple[tuple[str, str, list[tuple[str, str, str, str]]], ...] = (
    (BUDGET, "2025年部门预算安排购置车辆1辆，其中：执法执勤用车0辆、其他用车1辆。", [
        ("部门预算安排购置车辆", "", "count", "1"),
        ("购置执法执勤用车", "部门预算安排购置车辆", "count", "0"),
        ("购置其他用车", "部门预算安排购置车辆", "count", "1"),
    ]),
    (BUDGET, "截至2024年8月31日，青州市水利局共有车辆3辆，其中：执法执勤用车3辆、其他用车0辆。", [
        ("车辆", "", "count", "3"),
        ("执法执勤用车", "车辆", "count", "3"),
        ("其他用车", "车辆", "count", "0"),
    ]),
    (BUDGET, "本部门编报绩效目标的项目共20个，涉及项目预算资金7054.05万元。", [
        ("编报绩效目标的项目", "", "count", "20"),
        ("编报绩效目标的项目涉及项目预算资金", "", "budget", "7054.05"),
    ]),
    (BUDGET, "青州市水利局部门预算包括局本部以及下属2家预算单位的综合收支计划。", [("预算单位", "", "count", "2")]),
    (BUDGET, "本部门3个预算单位开展了2025年绩效目标编报工作。", [("预算单位", "", "count", "3")]),
    (BUDGET, "公务接待费2万元，与2024年预算一致0万元。", [
        ("公务接待费", "", "budget", "2"),
        ("公务接待费", "", "yoy_amount", "0"),
    ]),
    (ACCOUNTS, "公务接待费年初预算为2万元，全年预算为17.68万元，支出决算为11.31万元。", [
        ("公务接待费", "", "budget", "2"),
        ("公务接待费", "", "adjusted_budget", "17.68"),
        ("公务接待费", "", "actual", "11.31"),
    ]),
    (ACCOUNTS, "本年支出合计9759.38万元，其中：基本支出5377.64万元，项目支出4381.74万元。", [
        ("部门支出", "", "actual", "9759.38"),
        ("基本支出", "部门支出", "actual", "5377.64"),
        ("项目支出", "部门支出", "actual", "4381.74"),
    ]),
    (ACCOUNTS, "基本支出105.58万元，其中：人员经费95.35万元，主要包括：基本工资、奖金；公用经费10.23万元。", [
        ("基本支出", "", "actual", "105.58"),
        ("人员支出", "基本支出", "actual", "95.35"),
        ("公用经费", "基本支出", "actual", "10.23"),
    ]),
    (ACCOUNTS, "在面向小微企业预留的政府采购项目中，由小微企业供应商中标的，采购金额164.87万元。", [
        ("面向小微企业预留的政府采购由小微企业供应商中标的采购金额", "", "amount", "164.87"),
    ]),
)  # fmt: skip


@pytest.mark.parametrize("title, line, expected", LINES)
def test_lines_of_a_bodys_paper(title: str, line: str, expected: list[tuple[str, str, str, str]]) -> None:
    lead: list[Block | str] = ["一、收支情况"]
    found = parsed(title, *lead, line).facts
    assert [(fact.item, fact.parent, fact.measure, fact.value) for fact in found] == expected


def test_last_rows_of_a_bodys_accounts() -> None:
    both = parsed(ACCOUNTS, table("收入 | 决算数 | 支出 | 决算数\n本年收入合计 | 9.10 | 本年支出合计 | 8.90\n"
                                  "总计 | 9.30 | 总计 | 9.30", "收入支出决算总表 单位：万元")).facts  # fmt: skip
    assert [fact.key for fact in both] == ["dept-rev", "dept-exp", "dept-sum", "dept-sum"]
    basic = parsed(ACCOUNTS, table("科目名称 | 决算数 | 科目名称 | 决算数\n人员经费合计 | 95.36 | 公用经费合计 | 10.23",
                                   "一般公共预算财政拨款基本支出决算表 单位：万元")).facts  # fmt: skip
    assert [fact.key for fact in basic] == ["other-personnel", "other-public-cost"]


@pytest.mark.parametrize("path, key", [
    ("住房保障支出（类）住房保障支出（款）购房补贴（项）", "gp-exp-2210203"),
    ("社会保障和就业支出（类）行政事业单位养老支出（款）其它行政事业单位养老支出（项）",
     "fn-20805/其他行政事业单位养老支出"),
])  # fmt: skip
def test_a_slip_in_a_path_of_classification(path: str, key: str) -> None:
    assert [fact.key for fact in parsed(BUDGET, "一、支出", f"“{path}”科目7.50万元。").facts] == [key]


LAST_ROW = """科目编码 | 科目名称 | 合计 | 财政拨款收入 | 其他收入
213 | 农林水支出 | 900 | 880 | 20
21303 | 水利 | 900 | 880 | 20"""


def test_the_last_row_alone_on_the_next_page_belongs_to_its_table() -> None:
    head = table(LAST_ROW, "2025年部门收入预算总表 单位：元")
    found = parsed(BUDGET, head, "- 12 -", "合计 1,900　1,880　20")
    sums = [fact for fact in found.facts if fact.value in ("1,900", "1,880") or fact.key == "dept-other-rev"]
    assert [fact.key for fact in sums] == ["dept-rev", "dept-grant-rev", "dept-other-rev"]
    assert not found.missed
    other = parsed(BUDGET, head, "二、其他情况", "合计 1,900　1,880　20")
    assert len(other.facts) == len(parsed(BUDGET, head).facts)


TARGETS = """单位名称、项目名称 | 一级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 指标内容
1 | 2 | 3 | 4 | 5 | 6 | 7
河道看护经费 | | | | | |
 | 产出指标 | 看护河道数量 | = | 12 | 条（段） | 全市河道
 | 满意度指标 | 群众满意度 | >= | 95 | % | 抽样"""
GOES_ON = """单位名称、项目名称 | 一级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 指标内容
 | 产出指标 | 看护里程 | >= | 3 | 万米 | 全市河道"""


def test_a_list_of_targets_goes_on_over_the_page() -> None:
    found = parsed(
        "关于青州市2024年预算执行情况和2025年预算草案的报告", "单位：亿元", table(TARGETS), table(GOES_ON)
    ).facts
    assert told(found)[:2] == [
        ("河道看护经费（看护河道数量）", "count", "2024", "12", "条"),
        ("河道看护经费（群众满意度）", "rate", "2024", "95", "%"),
    ]
    assert (found[2].item, found[2].number, found[2].flags) == ("河道看护经费（看护里程）", Decimal(30000), ("rough",))


# a government's tables -> item, measure, value, unit
GOVERNMENT: tuple[tuple[str, str, list[tuple[str, str, str, str]]], ...] = (
    ("2025年青州市政府性基金支出表（市对下转移支付） 单位：万元",
     "项目 | 2025年预算数\n城乡社区支出 | 40\n本年支出小计 | 40", [
        ("城乡社区支出（转移支付）", "budget", "40", "万元"),
        ("补助下级支出", "budget", "40", "万元"),
    ]),
    ("2025年青州市地方政府债务投向情况表 单位：万元",
     "项目 | 政府债务 | | 其中：政府专项债务 |\n | 2024年决算数 | 2025年执行数 | 2024年决算数 | 2025年执行数\n"
     "公路 | 70 | 80 | 30 | 40", [
        ("政府债务投向公路", "actual", "70", "万元"),
        ("政府债务投向公路", "actual", "80", "万元"),
        ("专项债务投向公路", "actual", "30", "万元"),
        ("专项债务投向公路", "actual", "40", "万元"),
    ]),
    ("2025年青州市政府债券发行情况明细表 单位：亿元",
     "债券类型 | 一般 | 专项\n平均利率% | 1.78 | 2.09\n金额 | 30.01 | 117.60", [
        ("平均利率%（一般）", "rate", "1.78", "%"),
        ("平均利率%（专项）", "rate", "2.09", "%"),
        ("金额（一般）", "amount", "30.01", "亿元"),
        ("金额（专项）", "amount", "117.60", "亿元"),
    ]),
    ("2025年末青州市社会保险基金预算结余草案表 单位：万元", "项目 | 2025年预算数\n失业保险基金 | 711", [
        ("失业保险基金年末滚存结余", "budget", "711", "万元"),
    ]),
    ("目录", "表一、青州市收入表........ | 表一 | 收入表 | 19\n增值税 | 税收 | 收入 | 20", []),
)  # fmt: skip


@pytest.mark.parametrize("caption, text, expected", GOVERNMENT)
def test_tables_of_a_government(caption: str, text: str, expected: list[tuple[str, str, str, str]]) -> None:
    found = parsed(
        "关于青州市2024年预算执行情况和2025年预算草案的报告", "公共财政收入9亿元。", table(text, caption)
    ).facts[1:]
    assert [(fact.item, fact.measure, fact.value, fact.unit) for fact in found][: len(expected)] == expected
    assert not any(fact.value == "19" for fact in found)


BONDS = """债券类型 | 地方政府债券 | 新增债券 | 再融资债券 | | | | | | |
 | 合计 | 一般 | 专项 | 合计 | 一般 | 专项 | 合计 | 一般 | 专项 |
10年 | 金额 | 72 | 26 | 46 | 68 | 23 | 45 | 4 | 3 | 1
 | 平均利率% | 1.91 | 1.78 | 1.98 | 1.91 | 1.76 | 1.97 | 1.90 | 1.89 | 1.88"""


def test_heads_that_lost_their_places_over_two_columns_of_names() -> None:
    found = parsed(REPORT, "公共财政收入9亿元。", table(BONDS, "2025年青州市政府债券发行情况明细表 单位：亿元")).facts[
        1:
    ]
    assert [(fact.item, fact.value) for fact in found[:9]] == [
        ("10年金额", "72"), ("10年金额（一般债务）", "26"), ("10年金额（专项债务）", "46"),
        ("10年金额（新增债券）", "68"), ("10年金额（新增一般债券）", "23"), ("10年金额（新增专项债券）", "45"),
        ("10年金额（再融资债券）", "4"), ("10年金额（再融资一般债券）", "3"), ("10年金额（再融资专项债券）", "1"),
    ]  # fmt: skip
    assert [(fact.item, fact.measure, fact.value) for fact in found[9:11]] == [
        ("10年平均利率%", "rate", "1.91"), ("10年平均利率%（一般债务）", "rate", "1.78"),
    ]  # fmt: skip


def test_what_a_body_owns_is_told_as_of_one_day() -> None:
    lines = ["截止2023年12月31日，本部门流动资产448.82万元。", "固定资产3149.52万元，其中车辆7辆。", "无形资产9万元。"]
    found = parsed(BUDGET, *BEFORE, "六、国有资产占有情况", *lines, "七、其他", "办公设备12台。").facts[1:]
    assert [(fact.value, fact.period.text, fact.period.as_of) for fact in found] == [
        ("448.82", "2023", True), ("3149.52", "2023", True), ("7", "2023", True), ("9", "2023", True),
        ("12", "2025", False),
    ]  # fmt: skip
