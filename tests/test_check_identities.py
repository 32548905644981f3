"""核对, what must be equal by what it is: items made of items, one book's 调出 and the other's 调入, levels, two totals
that are one, lists that are at their end, and sizes that no sum or no person has.

Reports are made up; what is right must stay without a word, and each case of a slip has its right twin.
"""

from __future__ import annotations

import pytest

from index.check.models import Finding
from index.check.run import check
from index.models import Block
from tests.parse_builders import TITLE, parsed, table

Lines = tuple[Block | str, ...]
IN_YI = (
    "教育支出完成21.35亿元，科学技术支出完成1.27亿元，卫生健康支出完成9.81亿元，农林水支出完成12.44亿元。",
    "交通运输支出完成3.06亿元，公共安全支出完成4.9亿元，住房保障支出完成5.17亿元，节能环保支出完成2.28亿元。",
    "全区一般公共预算支出完成131.6亿元。",
)
CAPTION = "2023年全区一般公共预算收支平衡表 单位：万元"
SUPERIOR = """
项目 | 完成数
上级补助收入 | {whole}
返还性收入 | 25028
一般性转移支付收入 | {general}
专项转移支付收入 | 16500
"""
TRANSFERS = (
    "2023年，全区上级补助收入{whole}万元。", "用于保障各项支出。", "全区返还性收入25028万元。",
    "全区一般性转移支付收入64055万元。", "全区专项转移支付收入16500万元。",
)  # fmt: skip
HANDED_IN = """
项目 | 完成数
从政府性基金预算调入 | 11000
从国有资本经营预算调入 | 319
"""
HANDED_OUT = """
项目 | 完成数
调出资金 | {out}
"""
FUND = "2023年全区政府性基金收支平衡表 单位：万元"
LEVELS = """
项目 | 全市 | 市本级 | 县区
教育支出 | 9350 | 3520 | 5830
卫生健康支出 | 7120 | 2010 | 5110
农林水支出 | 8461 | {own} | 7140
"""
CITY = "长治市2023年财政预算执行情况和2024年财政预算（草案）的报告"
OPEN_SIDES = (
    "三、2024年预算安排",
    "全区一般公共预算收入38.3亿元，加上级补助收入等，收入总计{income}亿元。",
    "全区一般公共预算支出22.2亿元，加上解支出等，支出总计{spent}亿元{end}。",
)
TOGETHER = (
    "三、2024年预算安排",
    "2024年全区政府性基金预算收入46.46亿元，加上上级补助收入等转移性收入，总收入预计为137.09亿元，"
    "总支出相应安排{spent}亿元。",
)
CAPACITY = (
    "三、2024年预算安排",
    "2024年，全区一般公共预算可用财力279.6亿元。", "按照收支平衡原则，全区一般公共预算支出安排{spent}亿元，增长9.8%。",
)  # fmt: skip
SHARED = (
    "三、2024年预算安排", "全区一般公共预算支出安排279.6亿元，增长9.8%。",
    "其中，基本支出91.8亿元，占总支出的32.8%；专项项目支出{project}亿元，占总支出的{share}%；"
    "预备费安排5亿元，占总支出的1.8%。",
)  # fmt: skip
PREMIUM = (
    "全区社会保险基金收入90.4亿元，其中：基金保费收入{premium}亿元、财政补助收入35.9亿元、利息及其他收入1.4亿元；"
    "支出83.3亿元；本年收支结余7.1亿元。"
)
GAP = (
    "全区安排一般公共预算支出369681万元，收支缺口{gap}万元，通过调入资金80429万元、动用预算稳定调节基金30792万元解决。"
)
BY_LEVEL = "年末全市政府债务余额351.1亿元，其中：市本级{own}亿元，县区145亿元。"
TERM = (
    "2023年全区一般公共预算支出{spent}亿元，为调整预算的79.9%。",
    "全区一般公共预算收支平衡情况：总支出318.7亿元，其中：一般公共预算支出187.8亿元，上解上级支出131亿元。",
)
SPREAD = (
    "三、2024年预算安排", "2.政府性基金预算", "全区政府性基金收入{income}亿元。",
    "政府性基金支出安排75.3亿元，地方政府专项债券还本支出1.4亿元，调入一般公共预算10.1亿元。",
)  # fmt: skip
PROJECT = (
    "区本级安排项目投资专项资金{whole}万元（重点项目前期经费4000万元、项目投资奖补及配套资金2000万元），支持项目储备。"
)
STEPS = "教育、社保、卫生健康领域分别投入48.47、{second}、39.07亿元，占比16.13%、{share}%、13.00%。"
OF_ALL = (
    "2023年，全区一般公共预算收入完成115.37亿元。",
    "2023年，全区税收收入71.49亿元，占比达{share}%，较2022年提高。",
)
GROWN = (
    "2023年，全区一般公共预算收入完成预算，{whole}。", "其中，全区税收收入{tax}。", "全区非税收入增长10.0%。",
)  # fmt: skip
WITHIN = "2023年末，全区一般债务、专项债务余额分别为16.29亿元、18.66亿元，控制在限额{limit}亿元内。"
ENTIRE = (
    "2023年，全区社会保险基金收入152.8亿元，增长6.9%。",
    "其中，{premium}利息收入0.7亿元，财政补贴收入73亿元，其他收入1.5亿元，转移收入0.7亿元。",
)


def lines(some: tuple[str, ...], **words: object) -> Lines:
    return tuple(line.format(**words) for line in some)


def handed(out: int) -> Lines:
    return table(HANDED_IN, caption=CAPTION), "政府性基金预算", table(HANDED_OUT.format(out=out), caption=FUND)


def levels(own: int) -> Lines:
    return (table(LEVELS.format(own=own), caption="2023年全市一般公共预算支出完成情况 单位：万元"),)


# title, kind, lines, what is told: (first figure, part of what is told); None: no word
CASES: list[tuple[str, str, Lines, tuple[str, str] | None]] = [
    # transfers of the levels above, in the text and in a table
    (TITLE, "分项", lines(TRANSFERS, whole=105583), None),
    (TITLE, "分项", lines(TRANSFERS, whole=150583), ("150583", "105,583万元")),
    (TITLE, "分项", lines(TRANSFERS[:-1], whole=150583), None),
    (TITLE, "分项", (table(SUPERIOR.format(whole=105583, general=64055), caption=CAPTION),), None),
    (TITLE, "分项", (table(SUPERIOR.format(whole=105583, general=46055), caption=CAPTION),), ("46055", "64,055")),
    # what one book takes the other gives
    (TITLE, "调入调出", handed(11000), None),
    (TITLE, "调入调出", handed(9660), ("11000", "差 1,340")),
    # 全市 ＝ 市本级 ＋ 县区, where the others do
    (CITY, "分级次", levels(1321), None),
    (CITY, "分级次", levels(1231), ("1231", "1,321")),
    (CITY, "分级次", levels(2100), None),
    (CITY, "分项", (BY_LEVEL.format(own=206.1),), None),
    (CITY, "分项", (BY_LEVEL.format(own=606.1),), ("351.1", "差 400.0亿元")),
    # two totals that are one
    (TITLE, "收支平衡", lines(OPEN_SIDES, income=41.5, spent=41.5, end="，当年收支平衡"), None),
    (TITLE, "收支平衡", lines(OPEN_SIDES, income=14.5, spent=41.5, end=""), ("14.5", "两位数字颠倒")),
    (TITLE, "收支平衡", lines(OPEN_SIDES, income=44.7, spent=41.5, end="，当年收支平衡"), ("41.5", "44.7亿元")),
    (TITLE, "收支平衡", lines(OPEN_SIDES, income=44.7, spent=40.3, end="，收支相抵，年终结余4.4亿元"), None),
    (TITLE, "收支平衡", lines(TOGETHER, spent="137.09"), None),
    (TITLE, "收支平衡", lines(TOGETHER, spent="137.59"), ("137.59", "137.09亿元")),
    (TITLE, "收支平衡", lines(CAPACITY, spent="279.6"), None),
    (TITLE, "收支平衡", lines(CAPACITY, spent="297.6"), ("297.6", "279.6亿元")),
    (TITLE, "收支平衡", lines(SPREAD, income="86.8"), None),
    (TITLE, "收支平衡", lines(SPREAD, income="68.8"), ("68.8", "86.8亿元")),
    (TITLE, "收支平衡", lines(SPREAD, income="91.4"), None),
    (TITLE, "收支平衡", (GAP.format(gap=111221),), None),
    (TITLE, "收支平衡", (GAP.format(gap=112121),), ("112121", "111,221万元")),
    (TITLE, "收支平衡", (GAP.format(gap=112121).replace("解决", "等解决"),), None),
    # lists that are at their end
    (TITLE, "分项", lines(SHARED, project="182.8", share="65.4"), None),
    (TITLE, "分项", lines(SHARED, project="128.8", share="65.4"), ("128.8", "182.8亿元")),
    (TITLE, "分项", lines(SHARED, project="128.8", share="46.1"), None),
    (TITLE, "分项", (PREMIUM.format(premium="53.1"),), None),
    (TITLE, "分项", (PROJECT.format(whole=6000),), None),
    (TITLE, "分项", (PROJECT.format(whole=6020),), ("6020", "6,000万元")),
    (TITLE, "分项", (PROJECT.format(whole=6020).replace("（重点", "（主要是重点"),), None),
    (TITLE, "分项", (PREMIUM.format(premium="35.1"),), ("35.1", "53.1亿元")),
    (TITLE, "分项", lines(ENTIRE, premium="保险费收入76.9亿元，"), None),
    (TITLE, "分项", lines(ENTIRE, premium=""), ("152.8", "少列一项")),
    (TITLE, "分项", ("分配区本级147.2亿元，其中一般债务限额131亿元，专项债务限额16.2亿元。",), None),
    (TITLE, "分项", ("分配区本级147.2亿元，其中一般债务限额131亿元，专项债务限额61.2亿元。",), ("61.2", "16.2亿元")),
    # no more than the whole
    (TITLE, "分项", ("全区国有资本经营预算收入13549万元，收入总计13549万元。",), None),
    (TITLE, "分项", ("全区国有资本经营预算收入14549万元，收入总计13549万元。",), ("14549", "大于")),
    (TITLE, "分项", ("全区国有资本经营预算收入14549万元，上级补助收入-1000万元，收入总计13549万元。",), None),
    (TITLE, "限额", (WITHIN.format(limit="34.95"),), None),
    (TITLE, "限额", (WITHIN.format(limit="34.59"),), ("34.59", "34.95亿元")),
    # shares told in step, a share of what the item is part of
    (TITLE, "占比", (STEPS.format(second="51.50", share="17.14"),), None),
    (TITLE, "占比", (STEPS.format(second="15.50", share="17.14"),), ("15.50", "51.50亿元")),
    (TITLE, "占比", (STEPS.format(second="51.50", share="17.41"),), ("17.41", "17.14%")),
    (TITLE, "占比", lines(OF_ALL, share="62.0"), None),
    (TITLE, "占比", lines(OF_ALL, share="26.0"), ("26.0", "61.97%")),
    # no whole grows faster than all its parts, nothing falls by more than it was
    (TITLE, "同比", lines(GROWN, whole="增长12.8%", tax="增长14.4%"), None),
    (TITLE, "同比", lines(GROWN, whole="增长12.8%", tax="下降14.4%"), ("12.8", "增减的方向写反")),
    (TITLE, "同比", lines(GROWN, whole="增长22.8%", tax="增长14.4%"), None),
    (TITLE, "同比", ("全区政府性基金预算收入7.65亿元，比上年完成数增长334.19%。",), None),
    (TITLE, "同比", ("全区政府性基金预算收入7.65亿元，比上年完成数下降334.19%。",), ("334.19", "方向写反")),
    # a book's total and the same as a term of another
    (TITLE, "前后不一致", lines(TERM, spent="187.8"), None),
    (TITLE, "前后不一致", lines(TERM, spent="178.8"), ("178.8", "187.8亿元")),
    # sizes
    (TITLE, "单位", (*IN_YI, "落实救助类项目补助资金500元，保障困难群众；提高医保补助标准。"), ("500", "500万元")),
    (TITLE, "单位", (*IN_YI, "补助标准提高到每人每年500元，保障困难群众。"), None),
    (TITLE, "单位", (*IN_YI, "全区居民人均可支配收入37116万元，增长5.1%。"), ("37116", "37116元")),
    (TITLE, "单位", (*IN_YI, "全区居民人均可支配收入37116元，增长5.1%。"), None),
    (TITLE, "单位", (*IN_YI, "基础养老金最低标准每人每月提高25元、达到173万元。"), ("173", "173元")),
    (TITLE, "单位", (*IN_YI, "为引进人才每人每年补助12万元。"), None),
    (TITLE, "单位", (*IN_YI, "全区政府性基金预算支出133万元，增长26.7%。"), ("133", "133亿元")),
    (TITLE, "单位", (*IN_YI, "全区国有资本经营预算支出133万元，增长26.7%。"), None),
]  # fmt: skip


def told(title: str, kind: str, *blocks: Block | str) -> list[Finding]:
    """What a check says of this kind above hints."""
    return [one for one in check(parsed(title, *blocks)) if one.level != "提示" and one.kind == kind]


@pytest.mark.parametrize("other, wanted", [("87.44", ["提示"]), ("102.54", []), ("88.44", [])])
def test_two_bases_that_are_not_told(other: str, wanted: list[str]) -> None:
    found = check(parsed(
        TITLE, "2023年，全区发行新增债券102.54亿元。", "用于城市建设87.44亿元，用于置换存量债务15.1亿元。",
        "二、防范风险", "2023年，全区发行新增债券" + other + "亿元，保障重点项目建设。",
    ))  # fmt: skip
    assert [one.level for one in found if "恰是" in one.sum] == wanted


@pytest.mark.parametrize("title, kind, some, wanted", CASES)
def test_rule(title: str, kind: str, some: Lines, wanted: tuple[str, str] | None) -> None:
    found = told(title, kind, *some)
    if wanted is None:
        assert not found
        return
    figure, words = wanted
    assert figure in {one.figure for one in found}
    assert any(words in one.told for one in found)
