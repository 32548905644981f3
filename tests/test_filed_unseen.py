"""Papers of other layouts than city reports: towns, adjustments of a budget, half-years, reviews.

Each case is one kind of fault found by reading such papers; the words are our own.
"""

from __future__ import annotations

from typing import Any

import pytest

from index.find.places import find_places
from index.models import Fact
from tests.parse_builders import fits, parsed, shown, table

COUNTY = "上党区2025年财政预算执行情况和2026年财政预算（草案）的报告"
TOWN = "长治市上党区荫城镇2025年财政预算执行情况和2026年财政预算（草案）的报告"
HALF_YEAR = "沁县2025年上半年预算执行情况的报告"
BUREAU = "长治市水务局2024年度部门决算"
ADJUSTMENT = "关于上党区2025年预算调整方案（草案）的报告"

# Title, heading, text, then of each value what its facts are to be (all of them).
PROSE: tuple[tuple[str, str, str, dict[str, dict[str, Any]]], ...] = (
    # a town's figures are its own, at the level that it calls 全镇; its county's they are not
    (
        TOWN,
        "一、2025年预算执行情况",
        "全镇实现财政总收入6052万元。其中：体制补助4120万元，镇级自有财力1000万元。",
        {
            "6052": {"region": "荫城镇", "scope": "whole", "key": "total-fiscal-rev"},
            "1000": {"scope": "own", "region": "荫城镇"},
        },
    ),
    (COUNTY, "一、2025年工作", "健全市场体系投入60万元。", {"60": {"scope": ""}}),
    # an adjustment: what was approved, what was moved, what it came to
    (
        ADJUSTMENT,
        "一、一般公共预算收入调整",
        "年初区人代会批准区本级一般公共预算收入9800万元，拟调减650万元，调整后为9150万元，比上年决算数下降2.1%。"
        "其中：税收收入由7200万元调整为6380万元，调减820万元。",
        {
            "9800": {"key": "total-gp-rev", "measure": "budget", "period": "2025"},
            "650": {"key": "", "measure": "amount"},
            "9150": {"key": "total-gp-rev", "measure": "adjusted_budget", "scope": "own"},
            "7200": {"key": "gp-rev-101", "measure": "budget", "scope": "own"},
            "6380": {"key": "gp-rev-101", "measure": "adjusted_budget"},
            "820": {"key": "", "measure": "amount"},
        },
    ),
    (
        ADJUSTMENT,
        "二、政府性基金预算调整",
        "政府性基金收入由4500万元调减至2300万元；基金支出由6100万元调增至7460万元，净增加1360万元。",
        {
            "4500": {"key": "total-gf-rev", "measure": "budget"},
            "2300": {"key": "total-gf-rev", "measure": "adjusted_budget"},
            "6100": {"key": "total-gf-exp", "measure": "budget"},
            "7460": {"key": "total-gf-exp", "measure": "adjusted_budget"},
            "1360": {"key": "", "item": "政府性基金支出（增减）"},
        },
    ),
    (
        ADJUSTMENT,
        "（四）平衡情况",
        "调整后，收入总量为36520万元，即一般公共预算收入9150万元，债务转贷收入2840万元。",
        {"36520": {"measure": "adjusted_budget"}, "9150": {"key": "total-gp-rev", "measure": "adjusted_budget"}},
    ),
    (
        COUNTY,
        "（二）预算调整情况",
        "调整后，收入总量为36520万元，即一般公共预算收入9150万元，上级补助收入22170万元。",
        {"36520": {"measure": "adjusted_budget"}, "9150": {"measure": "adjusted_budget"}},
    ),
    (
        COUNTY,
        "一、2025年工作",
        "村级债务由年初的386万元降至年末的251万元。",
        {"386": {"item": "村级债务（此前）", "measure": "amount"}, "251": {"item": "村级债务"}},
    ),
    # a list without names of its own is of what was told of before it
    (
        COUNTY,
        "一、2025年预算执行情况",
        "政府性基金收入20.4亿元。国有资本经营收入4.6亿元，支出3.1亿元，分别完成预算的115%和97.2%。",
        {
            "4.6": {"key": "total-sc-rev"},
            "3.1": {"key": "total-sc-exp"},
            "115": {"key": "total-sc-rev", "measure": "completion"},
            "97.2": {"key": "total-sc-exp", "measure": "completion"},
        },
    ),
    (
        COUNTY,
        "三、政府债务情况",
        "2025年末政府债务余额198.6亿元，其中一般债务61.2亿元、专项债务137.4亿元，均未超过市下达限额（分别为62.8亿元、140.1亿元）。",
        {
            "62.8": {"key": "debt-limit-general", "measure": "limit"},
            "140.1": {"key": "debt-limit-special", "measure": "limit"},
        },
    ),
    # what is said to be hoped for was not done; no budget or limit is one of months
    (
        HALF_YEAR,
        "一、上半年预算执行情况",
        "1-6月，全县一般公共预算收入累计入库13.6亿元，占年度预算26.5亿元的51.4%，超时间进度1.4个百分点，同比增长4.2%，增收5489万元。",
        {
            "13.6": {"period": "2025年1-6月", "measure": "actual"},
            "26.5": {"period": "2025", "measure": "budget"},
            "1.4": {"key": "total-gp-rev"},
            "4.2": {"key": "total-gp-rev", "measure": "yoy_pct"},
            "5489": {"key": "total-gp-rev", "measure": "yoy_amount"},
        },
    ),
    (
        HALF_YEAR,
        "三、下半年工作安排",
        "全力组织收入，确保全年一般公共预算收入完成26.5亿元、力争27亿元。压减一般性支出，收回存量资金8000万元。",
        {
            "26.5": {"period": "2025", "measure": "budget"},
            "27": {"period": "2025", "measure": "budget"},
            "8000": {"period": "2025年7-12月"},
        },
    ),
    (
        HALF_YEAR,
        "二、存在问题",
        "“三保”支出需求35.8亿元，可用财力仅32.1亿元。",
        {"35.8": {"measure": "amount"}},
    ),
    # behind a whole that was split the text goes back to it
    (
        COUNTY,
        "一、2025年预算执行情况",
        "一般公共预算收入9.5亿元。其中，税收收入6.1亿元。分部门看，税务部门组织7.2亿元。12月当月完成1.4亿元。",
        {"1.4": {"key": "total-gp-rev", "period": "2025年12月"}},
    ),
    # another account that names no level is told at the level the section began with, unless that one had its own
    (
        COUNTY,
        "一、2025年预算执行情况",
        "全区一般公共预算收入9.5亿元。\n区本级一般公共预算收入5.1亿元。\n政府性基金收入3.3亿元。",
        {"3.3": {"key": "total-gf-rev", "scope": "whole"}},
    ),
    (
        COUNTY,
        "一、2025年预算执行情况",
        "全区一般公共预算收入9.5亿元，政府性基金收入3.3亿元。\n区本级一般公共预算收入5.1亿元。\n政府性基金收入2.2亿元。",
        {"3.3": {"scope": "whole"}, "2.2": {"scope": "own"}},
    ),
    (
        COUNTY,
        "一、2025年预算执行情况",
        "各开发区、街镇一般公共预算收入3.1亿元。",
        {"3.1": {"key": "total-gp-rev", "scope": "lower"}},
    ),
    # a verb is no name: what the money did stands behind the figure
    (
        COUNTY,
        "二、2025年工作",
        "投入135万元新建卫生室2所。总投资2200万元的冷链仓储项目完成投资1430万元。",
        {"135": {"item": "投入新建卫生室"}, "2200": {"item": "冷链仓储项目总投资"}},
    ),
    # thresholds, and shares of what is others'
    (
        COUNTY,
        "二、2025年工作",
        "年末执行率低于60%的项目47个。",
        {"60": {"item": "年末执行率低于60%的项目"}, "47": {"item": "年末执行率低于60%的项目"}},
    ),
    (
        COUNTY,
        "1.预算编制不够细化",
        "12个部门年初代编预算3.27亿元，占其项目预算的41.5%。",
        {"3.27": {"period": "2025"}, "41.5": {"measure": "share"}},
    ),
    # a coming year named within a section on the year that is over holds for its sentence
    (
        COUNTY,
        "一、2025年预算执行情况",
        "教育支出12亿元。2026年，我区将继续加大投入，安排资金3亿元支持学校建设。农林水支出9亿元，增长2%。",
        {"3": {"period": "2026"}, "9": {"period": "2025", "measure": "actual"}, "2": {"period": "2025"}},
    ),
    (
        COUNTY,
        "三、政府债务情况",
        "2025年底政府债务限额90亿元，同期政府债务余额85亿元。新增债券50亿元，其中20亿元用于土地储备，12亿元用于其他。",
        {"85": {"key": "debt-balance", "measure": "outstanding"}, "12": {"item": "用于其他"}},
    ),
    (
        COUNTY,
        "二、2025年工作",
        "PM2.5年均浓度36.2微克/立方米、同比下降5%。完成率=（实际完成数/计划数）*100%。",
        {"5": {"measure": "yoy_pct"}},
    ),
    # parts of a balance told behind its limit; bonds that are new; what 与…相比 opens holds for the sentence
    (
        COUNTY,
        "三、政府债务情况",
        "省财政厅核定我区2025年政府债务限额58.4亿元，年末余额57.9亿元，其中一般债务21.4亿元、专项债务36.5亿元。"
        "全年到位一般债券3.2亿元（新增1.1亿元、再融资2.1亿元）。",
        {
            "21.4": {"key": "debt-balance-general", "measure": "outstanding"},
            "36.5": {"key": "debt-balance-special", "measure": "outstanding"},
            "1.1": {"key": "debt-new-general"},
            "2.1": {"key": "debt-refinance-general"},
        },
    ),
    (
        COUNTY,
        "（二）政府性基金预算执行情况",
        "全区政府性基金收入6.9亿元，支出12.7亿元。与2024年相比，收入减少3.4亿元，支出减少1.2亿元。",
        {"3.4": {"measure": "yoy_amount"}, "1.2": {"key": "total-gf-exp", "measure": "yoy_amount"}},
    ),
    (
        COUNTY,
        "（一）一般公共预算执行情况",
        "一般公共预算收入9.1亿元，动用稳调基金1.3亿元；支出8.2亿元，补充稳调基金2.2亿元。",
        {"1.3": {"key": "transfer-stabilize-use"}, "2.2": {"key": "transfer-stabilize-save"}},
    ),
    # of a body
    (
        BUREAU,
        "一、收入支出决算总体情况",
        "2024年度收、支总计均为1863.4万元。与2023年度相比，收、支总计各增加214.3万元。",
        {"1863.4": {"key": "dept-sum"}, "214.3": {"key": "dept-sum", "measure": "yoy_amount"}},
    ),
    (
        BUREAU,
        "七、“三公”经费",
        "公务用车购置及运行维护费支出19.8万元，其中：公务用车购置支出0万元，年末公务用车保有量7辆。",
        {"7": {"item": "公务用车保有量", "qualifiers": ()}},
    ),
)  # fmt: skip


@pytest.mark.parametrize("title, heading, text, wanted", PROSE)
def test_a_figure_of_prose(title: str, heading: str, text: str, wanted: dict[str, dict[str, Any]]) -> None:
    body = ("本部门收支如下。本部门有。本部门是。",) if title == BUREAU else ()
    _all_fit(parsed(title, *body, heading, *text.split("\n")).facts, wanted)


@pytest.mark.parametrize(
    "text, names",
    [
        ("柳河镇2025年预算", []),  # 柳河县 is elsewhere
        ("白河旗本级", []),
        ("松岭县农业农村局", []),
        ("柳河县2025年预算", ["柳河县"]),
        ("白河乡镇收入", ["白河县"]),
        ("大理州本级", ["大理白族自治州"]),
    ],
)
def test_a_short_name_with_another_form_word_is_another_place(text: str, names: list[str]) -> None:
    assert [place.regions[0].name for place in find_places(text)] == names


def _all_fit(facts: tuple[Fact, ...], wanted: dict[str, dict[str, Any]]) -> None:
    for value, fields in wanted.items():
        some = [fact for fact in facts if fact.value == value]
        assert some and all(fits(fact, fields) for fact in some), (value, fields, shown(facts))


CITY = "长治市2025年财政预算执行情况和2026年财政预算（草案）的报告"
BULLETIN = "长治市2025年国民经济和社会发展统计公报"
MONTHLY = "长治市2025年8月财政收支情况"

# Title, heading, caption, rows, then of each value what its facts are to be (all of them).
TABLES: tuple[tuple[str, str, str, str, dict[str, dict[str, Any]]], ...] = (
    # the unit of a count stands in its head, or in a column of units
    (
        BULLETIN,
        "一、综合",
        "表1：2025年年末人口数",
        "指标 | 年末数（万人） | 比重（%）\n常住人口 | 231.4 | 100\n其中：城镇 | 131.2 | 56.7",
        {"231.4": {"unit": "万人", "number": 2314000}, "131.2": {"unit": "万人"}, "56.7": {"measure": "share"}},
    ),
    (
        BULLETIN,
        "一、综合",
        "表2：2025年主要工业产品产量",
        "产品名称 | 单位 | 产量 | 比上年增长（%）\n发电量 | 亿千瓦小时 | 256.7 | -2.7\n原煤 | 万吨 | 3323 | 1.2",
        {"256.7": {"unit": "亿千瓦小时"}, "3323": {"unit": "万吨"}},
    ),
    # 收入 and 支出 over the columns of each place
    (
        CITY,
        "一、收支情况",
        "2025年长治市收支完成情况表 单位：万元",
        "地区 | 一般公共预算收入 | | | 支出 | |\n | 预算数 | 完成数 | 增长% | 预算数 | 完成数 | 增长%\n"
        "潞城区 | 611 | 612 | 1.5 | 1351 | 1300 | 2.1\n屯留区 | 231 | 240 | 2.5 | 403 | 400 | 3.1",
        {"611": {"key": "total-gp-rev", "measure": "budget"}, "612": {"key": "total-gp-rev", "measure": "actual"}},
    ),
    (
        CITY,
        "一、收支情况",
        "2025年长治市一般公共预算收支完成情况表 单位：万元",
        "地区 | 收入 | | | 支出 | |\n | 预算数 | 完成数 | 增长% | 预算数 | 完成数 | 增长%\n"
        "潞城区 | 611 | 612 | 1.5 | 1351 | 1300 | 2.1\n屯留区 | 231 | 240 | 2.5 | 403 | 400 | 3.1",
        {
            "612": {"key": "total-gp-rev", "measure": "actual"},
            "1.5": {"key": "total-gp-rev", "measure": "yoy_pct"},
            "1351": {"key": "total-gp-exp", "measure": "budget"},
            "3.1": {"key": "total-gp-exp", "measure": "yoy_pct"},
        },
    ),
    # a monthly paper: its month alone, all months so far, and a budget that is the year's
    (
        MONTHLY,
        "一、收支情况",
        "2025年8月长治市财政收支情况表 单位：万元",
        "项目 | 年度预算 | 本月完成 | 累计完成 | 占预算%\n一般公共预算收入 | 9000 | 700 | 6100 | 67.8\n"
        "税收收入 | 6000 | 500 | 4100 | 68.3",
        {
            "9000": {"period": "2025", "measure": "budget"},
            "700": {"period": "2025年8月", "measure": "actual"},
            "6100": {"period": "2025年1-8月", "measure": "actual"},
            "68.3": {"period": "2025年1-8月", "measure": "completion"},
        },
    ),
    # by 经济分类 there are no functions; of 基本支出 everything is but that part
    (
        CITY,
        "一、收支情况",
        "2026年长治市市本级一般公共预算支出经济分类表（基本支出） 单位：万元",
        "科目名称 | 2026年预算数\n工资福利支出 | 611\n住房公积金 | 62\n其他支出 | 71\n支出合计 | 744",
        {
            "62": {"key": "", "item": "住房公积金"},
            "71": {"key": ""},
            "744": {"key": "total-gp-exp", "qualifiers": (("part", "基本支出"),)},
        },
    ),
    (
        CITY,
        "一、收支情况",
        "2026年长治市市级一般公共预算安排的税收返还及一般性转移支付分项目草案表 单位：万元",
        "项目 | 2026年预算数\n消费税税收返还 | 30\n合计 | 195",
        {"195": {"key": "", "item": "对下税收返还和一般性转移支付"}},
    ),
    # limits that were moved are no limits
    (
        CITY,
        "一、收支情况",
        "长治市2025年地方政府债务限额分地区情况表 单位：亿元",
        "地区 | 2025年政府债务调整限额 | | 2025年政府债务限额 |\n | 合计 | 一般债务 | 合计 | 一般债务\n"
        "潞城区 | 1.5 | 0.4 | 76.4 | 16.8\n屯留区 | 9.1 | 2.2 | 67.4 | 17.1",
        {"1.5": {"key": ""}, "0.4": {"key": ""}, "76.4": {"key": "debt-limit"}, "17.1": {"key": "debt-limit-general"}},
    ),
    # a 合计 behind a 小计 and transfers is all that there is
    (
        CITY,
        "一、收支情况",
        "2026年长治市社会保险基金收入预算表 单位：万元",
        "项目 | 2026年预算数\n一、失业保险基金收入 | 51\n二、工伤保险基金收入 | 62\n"
        "收入小计 | 113\n上级补助收入 | 7\n收入合计 | 120",
        {"113": {"key": "total-si-rev"}, "120": {"key": "total-si-sum-rev"}},
    ),
    # below a heading on debts a table on expenditure stays that
    (
        CITY,
        "加强政府债务管控",
        "2026年长治市市级政府性基金支出预算表 单位：万元",
        "科目名称 | 2026年预算\n一、其他支出 | 51\n二、债务还本支出 | 62",
        {"62": {"key": "gf-exp-231"}},
    ),
)  # fmt: skip


@pytest.mark.parametrize("title, heading, caption, text, wanted", TABLES)
def test_a_figure_of_a_table(
    title: str, heading: str, caption: str, text: str, wanted: dict[str, dict[str, Any]]
) -> None:
    _all_fit(parsed(title, heading, table(text, caption)).facts, wanted)
