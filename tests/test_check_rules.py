"""核对, kind by kind: what each rule tells of sentences of made-up reports, and what it must leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.admin.checking import check_files
from index.check.models import Finding
from index.check.run import check
from index.check.years import is_of_year_before, is_tables_of, of_last_year, of_tables_beside
from index.models import Block, Parsed
from tests.parse_builders import TITLE, parsed, table

Lines = tuple[Block | str, ...]
GOOD = "2023年，全区一般公共预算收入完成20亿元，为预算19亿元的105.26%。"
PLAN = "二、2024年预算安排"
ENDED = ("1.政府性基金预算", "2023年，全区政府性基金预算收入完成90000万元。", "收支相抵，结转下年51358万元。")
BEGUN = ("1.政府性基金预算", "2024年，全区政府性基金预算收入安排100000万元。")
BOOK = ("一、一般公共预算", "2023年，全区一般公共预算收入完成200000万元。")
FUND = ("二、政府性基金预算", "2023年，全区政府性基金预算支出完成300000万元。")
RANKS = """
乡镇 | 收入完成 | 增幅% | 名次
甲镇 | 950 | 12.50 | 1
乙镇 | 1500 | 11.40 | 2
丙乡 | 1100 | 9.80 | {third}
丁镇 | 2800 | 8.70 | {fourth}
戊镇 | 1480 | 5.10 | 5
己乡 | 1600 | 3.20 | 6
庚镇 | 1650 | 1.10 | 7
辛乡 | 1900 | -0.50 | 8
"""
SHARES = (
    "一、支出结构", "教育支出2400万元，占24.00%。", "科学技术支出300万元，占3.00%。", "卫生健康支出1300万元，"
    "占13.00%。",
    "农林水支出1150万元，占11.50%。", "住房保障支出645万元，占{share}%。", "公共安全支出820万元，占8.20%。",
)  # fmt: skip

# kind, lines, what is told: (level, first figure, part of the sum, the cause or what it should be); None: no word
CASES: list[tuple[str, Lines, tuple[str, str, str] | None]] = [
    # sums with percentages between, and what is added to a whole with parts
    ("合计", ("全区政府性基金收入完成4.05亿元，为预算的129.4%，增长8.5%，加上级补助收入0.03亿元、上年结余收入0.37亿元、"
              "调入资金0.91亿元，收入总计4.64亿元。",), ("错", "4.64", "5.36亿元")),
    ("合计", ("全区政府性基金收入完成4.05亿元，为预算的129.4%，增长8.5%，加上级补助收入0.03亿元、上年结余收入0.37亿元、"
              "调入资金0.19亿元，收入总计4.64亿元。",), None),
    ("合计", ("2024年，政府性基金收入预算安排54.3亿元，其中，土地出让收入53.8亿元，加上上级补助收入等2.5亿元，"
              "收入总计65.8亿元。",),
     ("错", "65.8", "56.8亿元")),
    ("合计", ("2024年，政府性基金收入预算安排54.3亿元，其中，土地出让收入53.8亿元，加上上级补助收入等2.5亿元，"
              "收入总计56.8亿元。",), None),
    ("合计", ("全区一般公共预算收入22.7亿元，增长4.1%；税收收入16.4亿元，增长4.3%；非税收入6.3亿元，增长3.6%。",
              "一般公共预算收入加上上级补助收入7.9亿元、上年结余2.7亿元，收入总计33.3亿元。"), None),
    # parts: two ways to divide in one sentence, of one kind with two levels, more than the whole
    ("分项", ("2023年省转贷我区政府债券68.9亿元，其中：从地区看，区本级44.1亿元，乡镇42.8亿元；"
              "从性质看，再融资债券47亿元，新增债券21.9亿元。",), ("错", "68.9", "86.9亿元")),
    ("分项", ("2023年省转贷我区政府债券68.9亿元，其中：从地区看，区本级44.1亿元，乡镇24.8亿元；"
              "从性质看，再融资债券47亿元，新增债券21.9亿元。",), None),
    ("分项", ("全年争取特别国债7.44亿元，其中甲类项目资金3.10亿元、乙类项目资金4.90亿元。",), ("疑", "7.44", "大于")),
    ("分项", ("全年争取特别国债7.44亿元，其中甲类项目资金3.10亿元、乙类项目资金2.90亿元。",), None),
    ("分项", ("全年转移支付77.31亿元，其中一般性转移支付67.25亿元，主要包括共同事权转移支付35.52亿元。",), None),
    ("分项", ("一般公共预算收入完成20.75亿元，占年度预算20.71亿元的100.17%，其中税务部门完成13.10亿元，"
              "占年度预算17.12亿元的76.47%。",),
     None),
    ("分项", ("社会保险基金收入2070.5亿元，其中，保险费收入1549.3亿元、财政补贴463亿元、利息收入18.7亿元。",), None),
    # what balances
    ("收支平衡", ("全区国有资本经营预算收入14900万元，加上年结转103万元，支出15030万元，当年收支平衡。",),
     ("疑", "15030", "15,003万元")),
    ("收支平衡", ("全区国有资本经营预算收入14900万元，加上年结转130万元，支出15030万元，当年收支平衡。",), None),
    ("收支平衡", ("全区政府性基金收入129.0亿元，加上上年结转收入等，收入总计167.1亿元；政府性基金支出113.0亿元，"
                  "加上还本支出等，支出总计176.1亿元。",), ("疑", "176.1", "167.1亿元")),
    ("收支平衡", ("全区政府性基金收入129.0亿元，加上上年结转收入等，收入总计176.1亿元；政府性基金支出113.0亿元，"
                  "加上还本支出等，支出总计150.3亿元。",), None),
    ("滚存结余", ("全区社会保险基金收入174.1亿元，支出141.8亿元，本年收支结余32.3亿元，上年结转135.4亿元，"
                  "滚存结余185.7亿元。",), ("疑", "135.4", "153.4亿元")),
    ("滚存结余", ("全区社会保险基金收入174.1亿元，支出141.8亿元，本年收支结余32.3亿元，上年结转153.4亿元，"
                  "滚存结余185.7亿元。",), None),
    ("期初期末", ("一、2023年执行", *ENDED, PLAN, *BEGUN, "加上上年结转51385万元，收入总计151385万元。"),
     ("疑", "51385", "51,358万元")),
    ("期初期末", ("一、2023年执行", *ENDED, PLAN, *BEGUN, "加上上年结转51358万元，收入总计151358万元。"),
     None),
    # rates from figures that stand apart
    ("同比", ("2023年，全区政府性基金支出完成817.5亿元。", PLAN, "2024年，全区政府性基金支出安排582.6亿元，增长28.7%。"
                                                                 ""),
     ("疑", "28.7", "增减的方向写反")),
    ("同比", ("2023年，全区政府性基金支出完成817.5亿元。", PLAN, "2024年，全区政府性基金支出安排528.6亿元，下降28.7%。"
                                                                 ""),
     ("疑", "528.6", "两位数字颠倒")),
    ("同比", ("2023年，全区政府性基金支出完成817.5亿元。", PLAN, "2024年，全区政府性基金支出安排582.6亿元，下降28.7%。"
                                                                 ""), None),
    ("同比", ("2023年，全区政府性基金支出完成817.5亿元。", PLAN, "2024年，全区政府性基金支出安排582.6亿元，"
                                                                 "比上年预算增长28.7%。"),
     None),
    ("同比", ("全区教育支出完成24493万元，同口径比上年增加3308万元，下降13.5%。",), ("错", "13.5", "增减的方向写反")),
    ("同比", ("全区教育支出完成24493万元，同口径比上年减少3308万元，下降11.9%。",), None),
    ("年均", ("教育支出由2019年的300.33亿元增长到2023年的372.3亿元，年均增长4.4%。",), ("疑", "4.4", "按 5 年算")),
    ("年均", ("教育支出由2019年的300.33亿元增长到2023年的372.3亿元，年均增长5.5%。",), None),
    ("年均", ("“十三五”时期，教育支出由2016年的300.33亿元增长到2020年的372.3亿元，年均增长6.6%。",), None),
    ("年均", ("教育支出由2018年的300.33亿元增长到2023年的372.3亿元，年均增长6.6%。",), ("疑", "6.6", "4.39%")),
    ("年均", ("教育支出由2019年的300.33亿元增长到2023年的372.3亿元，收入年均增长的幅度2.3%。",), None),
    # shares
    ("占比", tuple(line.format(share="4.65") for line in SHARES), ("错", "4.65", "两位数字颠倒")),
    ("占比", tuple(line.format(share="6.45") for line in SHARES), None),
    ("占比", ("全区一般公共预算支出690.5亿元。", "全区农林水支出80.03万元，占一般公共预算支出的11.6%。"
                                                 ""), ("疑", "80.03", "单位")),
    # units that the size gives away
    ("单位", (GOOD, "卫生健康支出完成30.5亿元，城乡社区支出完成189416元。"), ("疑", "189416", "189416万元")),
    ("单位", (GOOD, "基本公共卫生服务人均补助标准提高到99.5元，养老金每人每月2988元。"), None),
    ("单位", (GOOD, "全年发放困难群众救助资金17.38万元。"), ("疑", "17.38", "17.38亿元")),
    ("单位", (GOOD, "全年发放困难群众救助资金917.38万元。"), None),
    ("单位", ("教育支出完成20000万元。", "卫生健康支出完成30000万元。", "发放困难群众救助资金17.38万元。"), None),
    # one book and another
    ("调入调出", (*BOOK, "加上调入资金95685万元。", *FUND, "调出资金154708万元。"), ("疑", "95685", "多于调入")),
    ("调入调出", (*BOOK, "加上调入资金95685万元。", *FUND, "调出资金54708万元。"), None),
    ("调入调出", (*BOOK, "加上调入资金95685万元。", *FUND, "减去调出资金等154708万元。"), None),
    # ranks, lists, dates
    ("名次", (GOOD, table(RANKS.format(third=4, fourth=3), caption="2023年一般公共预算收入增幅 单位：万元")),
     ("疑", "4", "排第 3")),
    ("名次", (GOOD, table(RANKS.format(third=3, fourth=4), caption="2023年一般公共预算收入增幅 单位：万元")), None),
    ("名次", ("一、收入", "全区一般公共预算收入增长5%，增速居全市第4位。", "二、成效",
              "全区一般公共预算收入增速居全市第5位。"),
     ("疑", "第5", "第4")),
    ("名次", ("一、收入", "全区一般公共预算收入增长5%，增速居全市第4位。", "二、成效",
              "全区一般公共预算收入规模居全市第5位。"), None),
    ("个数", (GOOD, "困难有三个方面：一是收入放缓。二是支出刚性。", "三、下一步"), ("疑", "三", "列出 2")),
    ("个数", (GOOD, "困难有三个方面：一是收入放缓。二是支出刚性。三是偿债压力大。", "三、下一步"), None),
    ("个数", (GOOD, "支持4个县（甲县、乙县、丙县）实施项目。"), ("疑", "4", "列出 3")),
    ("个数", (GOOD, "支持4个县（甲县、乙县、丙县等）实施项目。"), None),
    ("日期", (GOOD, "截至2023年11月31日，全区政府债务余额12亿元。"), ("错", "2023年11月31日", "没有 31 日")),
    ("日期", (GOOD, "截至2023年2月29日，全区政府债务余额12亿元。"), ("错", "2023年2月29日", "没有 29 日")),
    ("日期", (GOOD, "自2023年13月起执行。"), ("错", "2023年13月", "没有 13 月")),
    ("日期", (GOOD, "2023—2021年，预算追加项目资金下降8.57%。"), ("错", "2023—2021年", "起始之前")),
    ("日期", (GOOD, "截至2024年2月29日，全区政府债务余额12亿元；2021—2023年下降8.57%，历时15个月零3日。"), None),
]  # fmt: skip


def told(kind: str, *blocks: Block | str) -> list[Finding]:
    """What a check says of this kind above hints."""
    return [one for one in check(parsed(TITLE, *blocks)) if one.level != "提示" and one.kind == kind]


@pytest.mark.parametrize("kind, lines, wanted", CASES)
def test_rule(kind: str, lines: Lines, wanted: tuple[str, str, str] | None) -> None:
    report = parsed(TITLE, *lines)
    found = [one for one in check(report) if one.level != "提示"]
    if wanted is None:
        assert found == []
        return
    level, figure, words = wanted
    assert kind in {one.kind for one in found}, found
    one = next(one for one in found if one.kind == kind)
    span = one.spans[0]
    assert (one.level, report.sentences[span.sentence].text[span.start : span.end]) == (level, figure)
    assert words in one.told
    assert len(found) == 1 or kind == "名次", found


# ---------------------------------------------------------------------------------------------- another paper beside

THIS = "上党区2024年财政预算执行情况和2025年财政预算（草案）的报告"


def beside(*lines: str, before: tuple[str, ...]) -> list[tuple[str, str]]:
    now, last = parsed(THIS, *lines), parsed(TITLE, *before)
    assert is_of_year_before(now, last)
    assert not is_of_year_before(last, now)
    return [(one.level, one.told) for one in of_last_year(now, last)]


LAST = ("2023年，全区一般公共预算收入完成20350万元，增长2%。", *ENDED)
NOW = ("1.政府性基金预算", "2024年，全区政府性基金预算收入完成100000万元。")
YEARS = [
    pytest.param(("2024年，全区一般公共预算收入完成21368万元，增长5%。",), [], id="follows"),
    pytest.param(("2024年，全区一般公共预算收入完成21368万元，下降5%。",), [("疑", "增减的方向写反")], id="sign"),
    pytest.param(("2024年，全区一般公共预算收入完成21368万元，增长5.3%。",), [("提示", "5.0")], id="restated"),
    pytest.param(("2023年，全区一般公共预算收入完成23050万元。",), [("疑", "两位数字颠倒")], id="last year's"),
    pytest.param((*NOW, "加上上年结转51385万元。"), [("疑", "两位数字颠倒")], id="opening"),
    pytest.param((*NOW, "加上上年结转48000万元。"), [("提示", "51358")], id="settled since"),
    pytest.param((*NOW, "加上上年结转51358万元。"), [], id="opens as closed"),
]


@pytest.mark.parametrize("lines, wanted", YEARS)
def test_beside_the_report_of_the_year_before(lines: tuple[str, ...], wanted: list[tuple[str, str]]) -> None:
    found = beside(*lines, before=LAST)
    assert [level for level, _ in found] == [level for level, _ in wanted], found
    assert all(words in said for (_, said), (_, words) in zip(found, wanted, strict=True))


def attachment(education: int) -> Parsed:
    rows = f"""
科目 | 预算数 | 完成数
教育支出 | 60000 | {education}
卫生健康支出 | 30000 | 29000
农林水支出 | 20000 | 19000
"""
    return parsed(
        "上党区2023年财政预算执行情况和2024年财政预算（草案）附表",
        table(rows, caption="2023年全区一般公共预算支出情况表 单位：万元"),
    )


@pytest.mark.parametrize("education, levels", [(56917, []), (59617, ["疑"])])
def test_beside_its_own_tables(education: int, levels: list[str]) -> None:
    report = parsed(TITLE, "一、一般公共预算支出", "2023年，全区教育支出完成56917万元，增长2%。")
    tables = attachment(education)
    assert is_tables_of(report, tables)
    assert not is_tables_of(tables, report)
    assert [one.level for one in of_tables_beside(report, tables)] == levels


BESIDE_TABLES = [
    # a word that does not say whether it is done or planned, and a figure that the tables have in another unit
    pytest.param("全区教育支出56917万元，占比较大。", [], id="printed there"),
    pytest.param("全区教育支出59617万元，占比较大。", ["疑"], id="swapped"),
    pytest.param("全区教育支出56917元，占比较大。", ["疑"], id="unit"),
    pytest.param("全区教育支出45200万元，占比较大。", [], id="another figure"),
    pytest.param("全区教育支出56917万元，上年列示59617万元。", [], id="the table's own stands there as well"),
]


@pytest.mark.parametrize("line, levels", BESIDE_TABLES)
def test_a_slip_away_from_the_tables(line: str, levels: list[str]) -> None:
    report = parsed(TITLE, "一、2023年一般公共预算支出", line)
    assert [one.level for one in of_tables_beside(report, attachment(56917))] == levels


def test_the_report_of_the_year_before_is_no_draft(tmp_path: Path) -> None:
    now, last = tmp_path / "本年.txt", tmp_path / "上年.txt"
    now.write_text("\n".join([THIS, "2024年，全区一般公共预算收入完成21368万元，下降5%。"]), encoding="utf-8")
    last.write_text("\n".join([TITLE, *LAST]), encoding="utf-8")
    (one,) = check_files([now], against=last)
    assert [finding.kind for finding in one.findings] == ["与上年报告"]
    assert (one.known, one.mended) == ((), ())
