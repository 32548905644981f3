"""核对, figures bound by others further off: balance lists, a rest, funds over sentences, rates of parts, columns.

Sentences are made up; what is right must stay without a word, and each case of a slip has its right twin.
"""

from __future__ import annotations

import pytest

from index.check.models import Finding
from index.check.run import check
from index.models import Block
from tests.parse_builders import TITLE, parsed, table

Lines = tuple[Block | str, ...]

FUND_SPENT = "2023年，全区政府性基金支出11.1亿元。"
SPENT = (
    "2023年全区政府性基金收支平衡情况：总支出45.4亿元，其中：政府性基金支出11.1亿元，上解上级支出0.1亿元，"
    "债务转贷支出11.6亿元，债务还本支出{paid}亿元，{more}年终结余5.3亿元。"
)
REST = (
    "2023年，全区社会保险基金收入738.7亿元，增长1.8%。",
    "其中，保险费收入643.8亿元，财政补贴收入56.0亿元，利息等其他收入{rest}亿元。",
)
FUND = (
    "2023年，全区社会保险基金收入191.4亿元，增长2.8%；社会保险基金支出{spent}亿元，增长2.3%。",
    "当年收支结余{left}亿元，年末滚存结余186.1亿元。",
)
TAXES = (
    "2023年，全区一般公共预算收入完成144.8亿元，为预算的100%。", "其中，税收收入完成{tax}亿元，占比较高。",
    "非税收入完成59.9亿元。",
)  # fmt: skip
HABIT = (
    "教育支出完成24493万元，比上年增加3308万元，增长15.61%。", "卫生健康支出完成12500万元，比上年减少400万元，"
    "下降3.10%。", "农林水支出完成30000万元，比上年增加2500万元，增长9.09%。",
)  # fmt: skip
RATED = (
    "2023年，全区一般公共预算收入完成515444万元，同比增长1.54%，其中：税收收入253508万元，增长{tax}%；"
    "非税收入261936万元，增长0.59%。"
)
MADE = (
    "1.一般公共预算", "2024年，全区一般公共预算可用财力1.79亿元，财力构成是：",
    "（1）一般公共预算收入1.06亿元，占可用财力的59.15%；", "（2）上年结转6734万元，占可用财力的{share}%；",
    "（3）动用预算稳定调节基金556万元，占可用财力的3.10%。",
)  # fmt: skip
AGAINST = "“十四五”时期，全区一般公共预算支出累计完成1537亿元，比“十三五”时期{base}亿元增加489亿元，增长46.6%。"
PLANNED = "2024年，全区国有资本经营预算支出1413万元，比上年执行数{last}万元增长{rate}%，主要是审计项目增加。"
COLUMNS = """
项目 | 预算数 | 调整预算数 | 完成数
一、税收收入 | 13600 | 14100 | {head}
增值税 | 8100 | 8500 | 8214
契税 | 3300 | 3400 | {deed}
印花税 | 2200 | 2200 | 2127
二、非税收入 | 6400 | 6600 | 6703
专项收入 | 2400 | 2500 | 2581
罚没收入 | 3000 | 3100 | 3119
其他收入 | 1000 | 1000 | 1003
本年收入合计 | 20000 | 20700 | {total}
"""
UNCODED = """
项目 | 年初预算数 | 调整预算数 | 执行数 | 2024年预算数
一、一般公共服务支出 | 2986 | 3019 | {top} | 3044
统计信息事务 | 832 | {head} | 787 | 837
行政运行 | 408 | 438 | 424 | 398
专项统计业务 | 257 | 203 | 197 | 255
其他统计信息事务支出 | 167 | 167 | 166 | 184
审计事务 | 794 | {audit} | 887 | 811
行政运行 | 442 | 473 | 449 | 454
审计业务 | 352 | 449 | 438 | 357
档案事务 | 1360 | 1289 | 1288 | 1396
档案馆 | 1360 | 1289 | 1288 | 1396
"""
BY_PLACE = """
项目 | 合计 | 甲区 | 乙县 | 丙县
一、专项转移支付 | {all} | {one} | 4417 | 5796
教育 | 3013 | 853 | 1097 | 1063
农林水 | 8391 | 1850 | 2307 | 4234
交通运输 | 1563 | 51 | 1013 | 499
"""
ACROSS = """
地区 | 合计 | 甲项 | 乙项 | 丙项
甲县 | 9100 | 5000 | 3000 | 1100
乙县 | 8243 | 4121 | 2122 | 2000
丙县 | 7006 | 3002 | 2003 | 2001
丁县 | {fourth} | 3111 | 2412 | 1013
戊县 | 5104 | 2004 | 2050 | 1050
己县 | 4209 | 2009 | 1150 | 1050
庚县 | 3318 | 1318 | 1000 | 1000
"""
CAPTION = "2023年全区一般公共预算收入完成情况 单位：万元"


def columns(**cells: int) -> Block:
    """The table of COLUMNS, as it is right but for some cells."""
    return table(COLUMNS.format(**{"head": 13641, "deed": 3300, "total": 20344, **cells}), caption=CAPTION)


def uncoded(**cells: int) -> Block:
    """The table of UNCODED, as it is right but for some cells."""
    rows = UNCODED.format(**{"top": 2962, "head": 808, "audit": 922, **cells})
    return table(rows, caption="2023年全区一般公共预算支出执行情况 单位：万元")


def lines(some: tuple[str, ...], **words: str) -> tuple[str, ...]:
    return tuple(line.format(**words) for line in some)


# kind, lines, what is told: (level, first figure, part of what is told); None: no word
CASES: list[tuple[str, Lines, tuple[str, str, str] | None]] = [
    # what a total is balanced by is all there is
    ("分项", (FUND_SPENT, SPENT.format(paid="5.2", more="补助下级支出12.1亿元，"),), None),
    ("分项", (FUND_SPENT, SPENT.format(paid="9.2", more="补助下级支出12.1亿元，"),), ("疑", "45.4", "49.4亿元")),
    ("分项", (FUND_SPENT, SPENT.format(paid="5.2", more=""),), ("疑", "45.4", "少列一项")),
    ("分项", ("2023年全区总支出34.0亿元，其中：政府性基金支出11.1亿元，补助下级支出11.6亿元。",
              "收支相抵，年终结余11.3亿元。"), None),
    # a list with a rest is at its end; 等 in the name of a rest leaves nothing out
    ("分项", lines(REST, rest="38.9"), None),
    ("分项", lines(REST, rest="32.9"), ("疑", "738.7", "应为 732.7亿元")),
    ("分项", (REST[0], "其中，保险费收入643.8亿元，财政补贴收入56.0亿元。"), None),
    # parts are never more than their whole
    ("分项", ("2023年，全区赔款支出43.4亿元。", "其中，甲类赔款支出15.0亿元，乙类赔款支出82.5亿元。"),
     ("疑", "82.5", "两位数字颠倒")),
    ("单位", ("2023年，全区一般公共预算收入135.1万元，其中：税收收入94.6亿元，增长2.0%。",),
     ("疑", "135.1", "135.1亿元")),
    ("单位", ("2023年，全区一般公共预算收入135.1亿元，其中：税收收入94.6亿元，增长2.0%。",), None),
    # a fund's year, over two sentences
    ("收支相抵", lines(FUND, spent="160.7", left="30.7"), None),
    ("收支相抵", lines(FUND, spent="160.7", left="38.7"), ("疑", "38.7", "抄错一位")),
    ("收支相抵", lines(FUND, spent="106.7", left="30.7"), ("疑", "106.7", "两位数字颠倒")),
    ("收支相抵", lines(FUND, spent="160.7", left="55.5"), None),
    # 税收＋非税, each in its own sentence
    ("分项", lines(TAXES, tax="84.9"), None),
    ("分项", lines(TAXES, tax="48.9"), ("疑", "48.9", "两位数字颠倒")),
    ("分项", (*lines(TAXES, tax="48.9")[:2], "二、市级", "非税收入完成59.9亿元。"), None),
    # a report that reckons to the last digit
    ("同比", (*HABIT, "城乡社区支出115976万元，比上年增加26184万元，增长29.61%。"), ("疑", "29.61", "29.16%")),
    ("同比", (*HABIT, "城乡社区支出115976万元，比上年增加26184万元，增长29.16%。"), None),
    ("同比", (HABIT[0], "城乡社区支出115976万元，比上年增加26184万元，增长29.61%。"), None),
    # parts' years before make the whole's
    ("同比", (RATED.format(tax="2.54"),), None),
    ("同比", (RATED.format(tax="5.24"),), ("疑", "5.24", "应为 2.54%")),
    # shares of a whole that its parts make
    ("占比", lines(MADE, share="37.62"), None),
    ("占比", lines(MADE, share="37.39"), ("疑", "37.39", "各项列全")),
    ("占比", lines(MADE[:3] + MADE[4:], share=""), None),
    # what it is measured against stands beside it
    ("增减额", (AGAINST.format(base="1048"),), None),
    ("增减额", (AGAINST.format(base="1408"),), ("疑", "1408", "两位数字颠倒")),
    ("同比", (PLANNED.format(last="1012", rate="39.6"),), None),
    ("同比", (PLANNED.format(last="1012", rate="69.6"),), ("错", "69.6", "39.62%")),
    ("同比", (PLANNED.format(last="1102", rate="39.6"),), ("疑", "1102", "两位数字颠倒")),
    ("同比", (PLANNED.format(last="1012", rate="39.6").replace("增长", "同口径增长").replace("39", "12"),), None),
    # columns of tables
    ("表内合计", (columns(),), None),
    ("表内合计", (columns(deed=3380),), ("疑", "3380", "3,300")),
    ("表内合计", (columns(head=14641),), ("疑", "14641", "应为 13,641")),
    ("表内合计", (columns(total=20434),), ("疑", "20434", "两位数字颠倒")),
    # levels that only the sums tell: which rows a row is made of, and a class that is made of those alone
    ("表内合计", (uncoded(),), None),
    ("表内合计", (uncoded(head=790),), ("疑", "790", "应为 808")),
    ("表内合计", (uncoded(top=2992),), ("疑", "2992", "应为 2,962")),
    ("表内合计", (uncoded(audit=992),), ("疑", "992", "应为 922")),
    # one row is missing in two columns
    ("表内合计", (table(BY_PLACE.format(all=12967, one=2754), caption=CAPTION),), None),
    ("表内合计", (table(BY_PLACE.format(all=13367, one=3154), caption=CAPTION),), ("疑", "3013", "差 400")),
    ("表内合计", (table(BY_PLACE.format(all=13367, one=3254), caption=CAPTION),), None),
    ("表内合计", (table(ACROSS.format(fourth=6536), caption=CAPTION),), None),
    ("表内合计", (table(ACROSS.format(fourth=6356), caption=CAPTION),), ("疑", "6356", "6,536")),
]  # fmt: skip


def told(kind: str, *blocks: Block | str) -> list[Finding]:
    """What a check says of this kind above hints."""
    return [one for one in check(parsed(TITLE, *blocks)) if one.level != "提示" and one.kind == kind]


@pytest.mark.parametrize("kind, some, wanted", CASES)
def test_rule(kind: str, some: Lines, wanted: tuple[str, str, str] | None) -> None:
    found = told(kind, *some)
    if wanted is None:
        assert not found
        return
    level, figure, words = wanted
    assert (level, figure) in {(one.level, one.figure) for one in found}
    assert any(words in one.told for one in found)
