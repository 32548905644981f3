"""Facts of small tables: what a row is about, what a column holds, and where unit, year and account come from."""

from __future__ import annotations

import pytest

from index.errors import UnreadableFile
from index.models import Block, Fact, Parsed, Table
from tests.parse_builders import TITLE, check, parsed, table


def read(*blocks: Block | str) -> Parsed:
    return parsed(TITLE, *blocks)


def rows(facts: tuple[Fact, ...]) -> list[tuple[str, str, str]]:
    return [(fact.item, fact.measure, fact.value) for fact in facts]


def test_plain_table() -> None:
    found = read(
        table(
            "项目 | 预算数 | 执行数 | 为预算%\n增值税 | 52720 | 36031 | 68.34\n契税 | 7754 | 6540 | 84.34",
            "2023年全区一般公共预算收入执行情况表 单位：万元",
        )
    )
    check(
        found,
        {
            "item": "增值税",
            "measure": "budget",
            "value": "52720",
            "unit": "万元",
            "number": "527200000",
            "period": "2023",
        },
        {"item": "增值税", "measure": "actual", "value": "36031", "scope": "whole"},
        {"item": "契税", "measure": "completion", "value": "84.34", "unit": "%", "kind": "percent"},
    )
    assert len(found.facts) == 6
    assert not any("unit_missing" in fact.flags for fact in found.facts)


def test_revenue_beside_expenditure() -> None:
    found = read(
        table(
            "收入项目 | 决算数 | 支出项目 | 决算数\n"
            "税收收入 | 130955 | 教育支出 | 56917\n"
            "非税收入 | 76495 | 科学技术支出 | 689\n"
            "收入合计 | 207450 | 支出合计 | 489964",
            "2023年一般公共预算收支决算表 单位：万元",
        )
    )
    check(
        found,
        {"item": "税收收入", "value": "130955", "measure": "actual"},
        {"item": "教育支出", "value": "56917", "measure": "actual"},
        {"key": "total-gp-rev", "value": "207450"},
        {"key": "total-gp-exp", "value": "489964"},
    )
    assert len(found.facts) == 6


@pytest.mark.parametrize(
    "before,caption,head",
    [
        ((), "一般公共预算支出表 单位：万元", "决算数"),
        ((), "一般公共预算支出表（单位：万元）", "决算数"),
        (("一般公共预算支出表", "单位：万元"), "", "决算数"),
        (("一般公共预算支出表",), "", "决算数（万元）"),
        (("表1 一般公共预算支出表 金额单位：万元",), "", "决算数"),
    ],
)
def test_unit_from(before: tuple[str, ...], caption: str, head: str) -> None:
    found = read(
        "财政运行总体平稳，税收收入8.5亿元，非税收入7.6亿元。",
        *before,
        table(f"科目 | {head}\n教育支出 | 56917\n农林水支出 | 22504", caption),
    )
    check(found, {"item": "教育支出", "value": "56917", "unit": "万元", "number": "569170000"})
    assert not any("unit_missing" in fact.flags for fact in found.facts)


def test_unit_nowhere_is_the_documents_and_flagged() -> None:
    found = read(
        "教育支出34120万元，农林水支出22504万元。", table("科目 | 决算数\n公共安全支出 | 9093", "一般公共预算支出表")
    )
    check(found, {"item": "公共安全支出", "value": "9093", "unit": "万元", "flags": ["unit_missing"]})
    assert any("单位" in warning for warning in found.warnings)


def test_percent_rank_and_year_carry_no_missing_unit() -> None:
    found = read(
        "教育支出34120万元。", table("科目 | 完成预算% | 排名\n公共安全支出 | 91.75 | 3", "一般公共预算支出表")
    )
    check(
        found,
        {"item": "公共安全支出", "value": "91.75", "measure": "completion", "unit": "%"},
        {"item": "公共安全支出", "value": "3", "measure": "rank"},
    )
    assert not any("unit_missing" in fact.flags for fact in found.facts)


def test_year_columns() -> None:
    found = read(
        table("科目 | 2021年 | 2022年 | 2023年\n教育支出 | 51000 | 53318 | 56917", "一般公共预算支出情况表 单位：万元")
    )
    check(
        found,
        {"item": "教育支出", "value": "51000", "period": "2021", "measure": "actual"},
        {"item": "教育支出", "value": "53318", "period": "2022", "measure": "actual"},
        {"item": "教育支出", "value": "56917", "period": "2023", "measure": "actual"},
    )


def test_executed_beside_planned() -> None:
    found = read(
        table(
            "科目 | 2023年执行数 | 2024年预算数 | 增减%\n教育支出 | 56917 | 58200 | 2.3\n国防支出 | 258 | 240 | -7.0",
            "2024年一般公共预算支出预算表 单位：万元",
        )
    )
    check(
        found,
        {"item": "教育支出", "value": "56917", "period": "2023", "measure": "actual"},
        {"item": "教育支出", "value": "58200", "period": "2024", "measure": "budget"},
        {"item": "国防支出", "value": "-7.0", "measure": "yoy_pct", "number": "-7.0", "period": "2024"},
    )


def test_column_of_last_year() -> None:
    found = read(
        table(
            "科目 | 上年决算数 | 本年决算数 | 增减额\n教育支出 | 53318 | 56917 | 3599",
            "2023年一般公共预算支出决算表 单位：万元",
        )
    )
    check(
        found,
        {"item": "教育支出", "value": "53318", "period": "2022", "measure": "actual"},
        {"item": "教育支出", "value": "56917", "period": "2023", "measure": "actual"},
        {"item": "教育支出", "value": "3599", "measure": "yoy_amount", "number": "35990000"},
    )


def test_percent_signs_in_cells() -> None:
    found = read(table("科目 | 决算数 | 同比\n教育支出 | 56917 | 6.75%\n国防支出 | 258 | -3.2％", "支出表 单位：万元"))
    check(
        found,
        {"item": "教育支出", "measure": "yoy_pct", "value": "6.75", "unit": "%", "kind": "percent"},
        {"item": "国防支出", "measure": "yoy_pct", "value": "-3.2", "unit": "%", "number": "-3.2"},
    )


def test_parts_below_their_whole() -> None:
    found = read(
        table(
            "科目 | 决算数\n税收收入 | 130955\n其中：增值税 | 36031\n企业所得税 | 36069\n"
            "非税收入 | 76495\n其中：罚没收入 | 8207",
            "一般公共预算收入表 单位：万元",
        )
    )
    check(
        found,
        {"item": "增值税", "value": "36031", "parent": "税收收入"},
        {"item": "罚没收入", "value": "8207", "parent": "非税收入"},
        {"item": "非税收入", "value": "76495", "parent": ""},
    )


@pytest.mark.parametrize(
    "label,caption,key",
    [
        ("合计", "一般公共预算支出表 单位：万元", "total-gp-exp"),
        ("支出合计", "政府性基金预算支出表 单位：万元", "total-gf-exp"),
        ("收入合计", "国有资本经营预算收入表 单位：万元", "total-sc-rev"),
        ("收入总计", "一般公共预算收支平衡表 单位：万元", "total-gp-sum-rev"),
        ("支出总计", "政府性基金预算收支平衡表 单位：万元", "total-gf-sum-exp"),
        ("本年支出合计", "一般公共预算支出表 单位：万元", "total-gp-exp"),
    ],
)
def test_sum_rows(label: str, caption: str, key: str) -> None:
    found = read(table(f"项目 | 决算数\n债务付息支出 | 1262\n{label} | 489964", caption))
    check(found, {"key": key, "value": "489964"})


def test_account_of_the_caption_decides() -> None:
    found = read(
        table("项目 | 决算数\n城乡社区支出 | 53407\n债务付息支出 | 2819", "政府性基金预算支出决算表 单位：万元")
    )
    check(
        found,
        {"key": "gf-exp-212", "value": "53407", "account": "government_fund"},
        {"item": "债务付息支出", "value": "2819", "account": "government_fund"},
    )


def test_short_names_take_the_flow_of_the_table() -> None:
    found = read(
        table("项目 | 决算数\n一、一般公共服务 | 59033\n二、教育 | 56917", "一般公共预算支出决算表 单位：万元")
    )
    check(found, {"key": "gp-exp-201", "value": "59033"}, {"key": "gp-exp-205", "value": "56917"})


def test_two_rows_of_merged_heads() -> None:
    found = read(
        table(
            "项目 | 2023年 | | 2024年 |\n | 预算数 | 执行数 | 预算数 | 比上年增减%\n"
            "教育支出 | 59325 | 56917 | 58200 | 2.3",
            "一般公共预算支出表 单位：万元",
        )
    )
    check(
        found,
        {"value": "59325", "measure": "budget", "period": "2023"},
        {"value": "56917", "measure": "actual", "period": "2023"},
        {"value": "58200", "measure": "budget", "period": "2024"},
        {"value": "2.3", "measure": "yoy_pct", "period": "2024"},
    )


def test_title_and_unit_inside_the_table() -> None:
    found = read(
        table("2023年政府性基金收入决算表 | |\n单位：万元 | |\n项目 | 预算数 | 决算数\n污水处理费收入 | 900 | 892")
    )
    check(
        found,
        {"item": "污水处理费收入", "value": "892", "unit": "万元", "measure": "actual", "account": "government_fund"},
    )


def test_continued_table_without_heads_invents_no_measure() -> None:
    found = read(
        table("项目 | 预算数 | 决算数\n教育支出 | 59325 | 56917", "一般公共预算支出表 单位：万元"),
        table("国防支出 | 258 | 250\n公共安全支出 | 9911 | 9093"),
    )
    check(found, {"item": "教育支出", "value": "56917", "measure": "actual"})
    assert not any(fact.value == "258" and fact.measure == "actual" for fact in found.facts)
    assert not any(fact.value in ("250", "9093") and fact.measure == "budget" for fact in found.facts)


def test_table_without_labels_is_missed_not_guessed() -> None:
    found = read("教育支出34120万元。", table("预算数 | 决算数\n59325 | 56917\n258 | 250", "单位：万元"))
    assert rows(found.facts) == [("教育支出", "actual", "34120")]


def test_table_alone_without_labels_holds_nothing() -> None:
    with pytest.raises(UnreadableFile):
        read(table("预算数 | 决算数\n59325 | 56917", "单位：万元"))


def test_columns_that_are_no_figures() -> None:
    found = read(
        table(
            "序号 | 科目编码 | 科目名称 | 决算数 | 备注\n1 | 205 | 教育支出 | 56917 | 2\n2 | 203 | 国防支出 | 258 | ",
            "支出表 单位：万元",
        )
    )
    assert sorted(fact.value for fact in found.facts) == ["258", "56917"]
    check(found, {"key": "gp-exp-205", "value": "56917"})


@pytest.mark.parametrize("cell", ["", "-", "—", "/", "——", "无", "详见附件"])
def test_cells_that_hold_nothing(cell: str) -> None:
    found = read(table(f"科目 | 预算数 | 决算数\n教育支出 | {cell} | 56917\n国防支出 | 260 | 258", "支出表 单位：万元"))
    assert sorted(fact.value for fact in found.facts) == ["258", "260", "56917"]


@pytest.mark.parametrize(
    "cell,number",
    [
        ("56,917", "569170000"),
        ("５６９１７", "569170000"),
        ("56917.00", "569170000"),
        ("-23", "-230000"),
        ("0", "0"),
        ("*", None),
    ],
)
def test_forms_of_a_figure(cell: str, number: str | None) -> None:
    found = read(table(f"科目 | 决算数\n教育支出 | {cell}\n国防支出 | 258", "支出表 单位：万元"))
    check(found, {"item": "教育支出", "value": cell, "number": number, "measure": "actual"})


def test_open_rows_keep_the_reports_words() -> None:
    found = read(
        table("项目名称 | 金额\n实训基地建设项目 | 1100\n垃圾转运系统建设工程 | 1000", "专项债券项目安排表 单位：万元")
    )
    check(
        found,
        {"item": "实训基地建设项目", "value": "1100", "measure": "amount"},
        {"item": "垃圾转运系统建设工程", "value": "1000"},
    )


def test_growth_of_a_plan_under_formulas() -> None:
    found = read(
        table(
            "项目 | 2023年 | | 2024年预算 | | \n | 年初预算数 | 执行数 | 建议数 | 比2023年执行数增减 | \n"
            " | | | | 金额 | %\n | 1 | 2 | 4 | 5=4-2 | 6=5/2*100\n契税 | 900 | 1000 | 1250 | 250 | 25.0",
            "全区收入2023年预算执行情况和2024年预算（草案） 单位：万元",
        )
    )
    check(
        found,
        {"item": "契税", "value": "1000", "measure": "actual", "period": "2023"},
        {"item": "契税", "value": "1250", "measure": "budget", "period": "2024"},
        {"item": "契税", "value": "250", "measure": "yoy_amount", "period": "2024", "unit": "万元"},
        {"item": "契税", "value": "25.0", "measure": "yoy_pct", "period": "2024", "unit": "%"},
    )


def test_growth_on_two_bases_is_that_on_the_outcome() -> None:
    found = read(
        table(
            "项目 | 2024年预算数 | 比上年预算数增长% | 比上年执行数增长%\n契税 | 1250 | 3.5 | 25.0",
            "2024年一般公共预算收入预算表 单位：万元",
        )
    )
    check(found, {"item": "契税", "value": "25.0", "measure": "yoy_pct"}, {"value": "3.5", "measure": "rate"})


def test_heads_of_several_rows_in_the_middle_of_the_page() -> None:
    found = read(
        table(
            "项目 | | | \n | | 2023年执行数 | \n | 2022年 | | \n | 决算数 | | 比上年增长%\n | | 金额 | \n"
            "契税 | 900 | 990 | 10.0",
            "2023年一般公共预算收入执行情况表 单位：万元",
        )
    )
    check(
        found,
        {"item": "契税", "value": "900", "measure": "actual", "period": "2022"},
        {"item": "契税", "value": "990", "measure": "actual", "period": "2023"},
        {"item": "契税", "value": "10.0", "measure": "yoy_pct", "period": "2023"},
    )


def test_columns_that_part_the_items_of_the_rows() -> None:
    found = read(
        table(
            "科目 | 2024年预算数 | 其中： | \n | | 基本支出 | 项目支出\n合计 | 90 | 60 | 30\n会议费 | 9 | 6 | 3",
            "2024年一般公共预算支出预算表 单位：万元",
        )
    )
    check(
        found,
        {"key": "total-gp-exp", "value": "90"},
        {"key": "other-basic-exp", "value": "60"},
        {"item": "会议费", "value": "9", "measure": "budget"},
        {"item": "会议费（项目支出）", "value": "3", "qualifiers": (("part", "项目支出"),)},
    )


def test_rows_of_one_name_are_those_of_their_groups() -> None:
    found = read(
        table(
            "项目 | 决算数\n一、失业保险基金收入 | 90\n其中：利息收入 | 3\n二、工伤保险基金收入 | 50\n"
            "其中：利息收入 | 2\n收入合计 | 140\n上年结余收入 | 20",
            "2023年社会保险基金收入决算表 单位：万元",
        )
    )
    check(
        found,
        {"item": "利息收入（失业保险基金收入）", "key": "fn-si-rev-10202/利息收入", "value": "3"},
        {"item": "利息收入（工伤保险基金收入）", "key": "fn-si-rev-10204/利息收入", "value": "2"},
        {"item": "上年结余收入", "value": "20"},
    )


def test_name_that_is_another_item_in_its_group() -> None:
    found = read(
        table(
            "项目 | 决算数\n一、教育支出 | 900\n其他教育支出 | 40\n其他教育支出 | 30\n"
            "二、援助其他地区支出 | \n教育 | 7",
            "2023年一般公共预算支出决算表 单位：万元",
        )
    )
    check(
        found,
        {"key": "gp-exp-205", "value": "900"},
        {"key": "gp-exp-20599", "value": "40"},
        {"item": "教育（援助其他地区支出）", "key": "", "value": "7"},
    )


def test_a_sub_item_called_like_its_group() -> None:
    """其他公共安全支出 is a 款 and the name of a 项 in it: without codes the one behind, not larger, is the part."""
    found = read(
        table(
            "项目 | 2024年决算数 | 2025年执行数\n公安 | 800 | 900\n一般行政管理事务 | 70 | 60\n"
            "其他公共安全支出 | 119 | 99\n国家司法救助支出 | 6 | 9\n其他公共安全支出 | 113 | 90",
            "2025年一般公共预算支出表 单位：万元",
        )
    )
    check(
        found,
        {"item": "其他公共安全支出", "key": "gp-exp-20499", "value": "99"},
        {"item": "其他公共安全支出（项）", "key": "", "value": "90", "parent": "其他公共安全支出"},
    )


def test_a_larger_row_of_the_same_name_is_no_part() -> None:
    found = read(
        table(
            "项目 | 2024年决算数 | 2025年执行数\n其他公共安全支出 | 119 | 90\n公安 | 800 | 900\n"
            "其他公共安全支出 | 113 | 99",
            "2025年一般公共预算支出表 单位：万元",
        )
    )
    assert not [fact for fact in found.facts if "（项）" in fact.item]


def test_two_rows_that_the_lexicon_counts_as_one() -> None:
    found = read(
        table("项目 | 决算数\n增值税 | 900\n国内增值税 | 870", "2023年一般公共预算收入决算表 单位：万元"),
        table("项目 | 决算数\n国内增值税 | 870\n契税 | 50", "2023年税收收入决算表 单位：万元"),
    )
    check(
        found,
        {"key": "gp-rev-10101", "value": "900"},
        {"item": "国内增值税", "key": "", "value": "870"},
        {"key": "gp-rev-10101", "value": "870"},
    )


def test_name_of_the_project_among_other_labels() -> None:
    found = read(
        table(
            "项目名称 | 主管部门 | 金额\n实训基地建设项目 | 教育局 | 1100\n河道治理工程 | 水利局 | 900",
            "重点项目安排表 单位：万元",
        )
    )
    check(found, {"item": "实训基地建设项目", "value": "1100"}, {"item": "河道治理工程", "value": "900"})


def test_row_is_a_sentence_with_its_heads() -> None:
    found = read(table("科目 | 决算数\n教育支出 | 56917", "一般公共预算支出表 单位：万元"))
    (fact,) = found.facts
    sentence = found.sentences[fact.sentence]
    assert sentence.kind == "row" and sentence.text == "教育支出\t56917"
    assert "一般公共预算支出表" in sentence.header and "决算数" in sentence.header


def test_table_in_the_middle_of_a_sentence() -> None:
    found = read(
        "税务部门完成48215万元，占年度预算46320",
        table("科目 | 决算数\n教育支出 | 56917", "支出表 单位：万元"),
        "万元的104.09%，增收1895万元。",
    )
    check(
        found,
        {"item": "税务部门", "value": "46320", "measure": "budget", "unit": "万元"},
        {"item": "税务部门", "value": "104.09", "measure": "completion"},
        {"item": "教育支出", "value": "56917"},
    )


@pytest.mark.parametrize(
    "grid",
    [(), ((),), (("",),), (("", ""), ("", "")), (("1",),), (("项目",),), (("项目", "金额"),), (("a", "b"), ("c",), ()),
     (("*", "*"), ("-", "%"))],
)  # fmt: skip
def test_odd_tables_do_no_harm(grid: tuple[tuple[str, ...], ...]) -> None:
    found = read("教育支出34120万元。", Table(grid))
    assert rows(found.facts) == [("教育支出", "actual", "34120")]
