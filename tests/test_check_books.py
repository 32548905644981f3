"""核对, what one place of a report says and another does not: debt from year to year, one sum divided twice, sources
and spending, averages of years, shares of another whole, a department's text and its tables, changes of another base.

Reports are made up; what is right must stay without a word, and each case of a slip has its right twin.
"""

from __future__ import annotations

import pytest

from index.check.models import Finding
from index.check.run import check
from index.models import Block
from tests.parse_builders import TITLE, parsed, table

Lines = tuple[Block | str, ...]
DEPARTMENT = "上党区教育局2023年度部门决算"
DEBT = """
项目 | 全区 | 区本级
一、2022年末地方政府债务余额 | 67671 | 20580
其中：一般债务 | 21134 | {own}
专项债务 | {begun} | 15117
二、2023年地方政府债务发行额 | 14181 | 5792
新增专项债券 | 5359 | 1714
再融资专项债券 | 6766 | 3919
三、2023年地方政府债务还本额 | 3429 | 1678
其中：一般债务 | 970 | 55
专项债务 | 2459 | 1623
四、2023年末地方政府债务余额 | {ended} | 24694
其中：一般债务 | 22220 | 5567
专项债务 | 56203 | 19127
"""
NEW = (
    "其中，新增限额债券205.77亿元（一般债券11.77亿元、专项债券194亿元）；再融资债券49.06亿元。",
    "争取2023年地方政府新增债券{whole}亿元（一般债券{general}亿元、专项债券{special}亿元），形成投资拉动力。",
)
SOURCES = (
    "二、2024年预算草案",
    "区本级一般公共预算收入51.6亿元，一般公共预算支出124.8亿元，其中当年安排一般公共预算支出101.3亿元；"
    "区本级收入加上上级补助{aid}亿元、上年结转18.6亿元等，{more}与支出相抵保持平衡。",
)
YEARS = (
    "2023年，全区一般公共预算支出完成266.52亿元。",
    "三、“十四五”成效", "2023年一般公共预算支出较“十三五”末增加69亿元，年均增长{rate}%。",
)  # fmt: skip
SHARES = (
    "二、2024年预算草案",
    "区本级一般公共预算支出安排{whole}万元。",
    "安排保运转资金181743万元，占区本级一般公共预算支出的47.04%。",
    "安排保民生资金129685万元，占区本级一般公共预算支出的33.57%。",
    "安排保重点支出62250万元，占区本级一般公共预算支出的16.11%。",
)
COSTS = """
经济分类科目编码 | 科目名称 | 决算数 | 经济分类科目编码 | 科目名称 | 决算数
301 | 工资福利支出 | 4816.14 | 302 | 商品和服务支出 | 440.90
303 | 对个人和家庭的补助 | 67.95 | 310 | 资本性支出 | 39.76
人员经费合计 | | 4884.09 | 公用经费合计 | | 480.66
"""
SPENT = (
    "一般公共预算财政拨款基本支出{whole}万元。",
    "其中：人员经费{staff}万元，主要包括：基本工资、津贴补贴；",
    "公用经费480.66万元，主要包括：办公费、水费。",
)
BASES = """
项目 | 2023年年初预算数 | 2023年执行数 | 2024年预算数 | 比2023年年初预算增减金额 | 比2023年年初预算增减%
转移性支出 | 313 | 933 | 30 | {first} | {rate}
调出资金 | 300 | 919 | 16 | {second} | -94.7
年终结余 | 113 | 114 | 114 | 1 | 0.9
"""


YI = (
    "教育支出完成21.35亿元，科学技术支出完成1.27亿元，卫生健康支出完成9.81亿元，农林水支出完成12.44亿元。",
    "交通运输支出完成3.06亿元，公共安全支出完成4.9亿元，住房保障支出完成5.17亿元。",
    "节能环保支出完成2.28亿元，城乡社区支出完成8.63亿元，文化旅游体育与传媒支出完成1.19亿元。",
)
USED = (
    "二、2024年预算草案",
    "区级政府性基金预算收入69.03亿元，加上上年结转收入45亿元，收入总计114.03亿元。",
    "预算支出89.64亿元，地方政府专项债务还本支出{paid}亿元，年终结转1.43亿元。",
)
BY_KIND = (
    "2023年，全区发行政府债券{all}亿元。",
    "按类型分，一般债券930亿元，专项债券{special}亿元。",
    "按用途分，新增债券1653亿元，再融资债券1733亿元。",
)
FUNDS = (
    "2023年，全区社会保险基金收入189.4亿元，支出173.0亿元，年末滚存结余214.6亿元。",
    "区本级社会保险基金收入89.4亿元，支出73.0亿元，年末滚存结余105.8亿元。",
    "二、2024年预算草案",
    "2024年，全区社会保险基金收入198.1亿元，支出181.2亿元，年末滚存结余{whole}亿元。",
    "区本级社会保险基金收入98.1亿元，支出81.2亿元，年末滚存结余{own}亿元。",
)
LISTED = (
    "二、支出结构",
    "——教育方面22.7亿元，占13%。",
    "——医疗卫生方面13.5亿元，占7.7%。",
    "——社会保障和就业方面30.2亿元，占{share}%。",
    "——产业发展方面21.3亿元，占12.2%。",
    "——生态环保方面11.5亿元，占6.6%。",
    "——其他方面49亿元，占28%。",
)
FIVE_YEARS = "“十四五”全区一般公共预算收入累计完成835亿元，比“十三五”541亿元增加294亿元，增长{rate}%。"
PLANNED = (
    "二、2024年预算草案",
    "2024年区本级一般公共预算支出安排{whole}万元，增长2.39%。",
    "一般公共预算支出分项情况如下：",
    *(f"{number}. {name}支出{size}万元；" for number, (name, size) in enumerate(
        (("公共安全", 3000), ("教育", 8200), ("科学技术", 1400), ("卫生健康", 6100), ("节能环保", 2900),
         ("城乡社区", 9300), ("农林水", 7700), ("住房保障", 5500)), 1)),
)  # fmt: skip
PARTS = "2023年，全区一般公共预算收入{whole}亿元，其中：税收收入{part}亿元，增长2.0%。"


def debt(**cells: int) -> Block:
    """The table of DEBT, as it is right but for some cells."""
    rows = DEBT.format(**{"own": 5463, "begun": 46537, "ended": 78423, **cells})
    return table(rows, caption="2023年地方政府债务发行及还本付息情况表 单位：万元")


def costs() -> Block:
    """A department's costs of staff and office."""
    return table(COSTS, caption="一般公共预算财政拨款基本支出决算表 单位：万元")


def bases(**cells: object) -> Block:
    """A plan whose changes are against the first column."""
    return table(BASES.format(**cells), caption="2024年全区国有资本经营预算支出表 单位：万元")


def lines(some: tuple[str, ...], **words: str) -> tuple[str, ...]:
    return tuple(line.format(**words) for line in some)


# title, kind, lines, what is told: (level, first figure, part of what is told); None: no word
CASES: list[tuple[str, str, Lines, tuple[str, str, str] | None]] = [
    # debt from year to year: a slip where other books keep the relation, a figure of another line, else a hint
    (TITLE, "债务变动", (debt(),), None),
    (TITLE, "债务变动", (debt(begun=64537),), ("疑", "64537", "应为 46,537")),
    (TITLE, "债务变动", (debt(begun=5463),), ("疑", "5463", "同数")),
    (TITLE, "债务变动", (debt(ended=78432),), ("提示", "78432", "外债折算")),
    # one sum divided twice
    (TITLE, "前后不一致", lines(NEW, whole="205.77", general="11.77", special="194"), None),
    (TITLE, "前后不一致", lines(NEW, whole="213.27", general="11.77", special="201.5"), ("疑", "205.77", "201.5")),
    (TITLE, "前后不一致", lines(NEW, whole="213.27", general="19.27", special="194"), None),
    (TITLE, "前后不一致", lines(NEW, whole="49.27", general="15.27", special="34"), None),
    # what is named of the income is more than what is spent
    (TITLE, "收支平衡", lines(SOURCES, aid="54.6", more=""), None),
    (TITLE, "收支平衡", lines(SOURCES, aid="87.1", more=""), ("疑", "124.8", "157.3亿元")),
    (TITLE, "收支平衡", lines(SOURCES, aid="87.1", more="减去上解上级等支出后，"), None),
    # so much more than in an earlier year
    (TITLE, "年均", lines(YEARS, rate="10.5"), None),
    (TITLE, "年均", lines(YEARS, rate="11.5"), ("疑", "11.5", "10.50%")),
    (TITLE, "年均", lines((YEARS[0], YEARS[2].replace("较“十三五”末增加", "新增")), rate="11.5"), None),
    # shares of a whole that is not the one that is named
    (TITLE, "占比", lines(SHARES, whole="386354"), None),
    (TITLE, "占比", lines(SHARES, whole="762982"), ("疑", "47.04", "整体另有口径")),
    (TITLE, "占比", lines((*SHARES[:3], SHARES[3].replace("33.57", "17.00")), whole="762982"), None),
    (TITLE, "占比", lines((*SHARES, "扣除上级专款后安排386354万元。"), whole="762982"), None),
    # shares of few digits in sentences that follow one another
    (TITLE, "占比", lines(LISTED, share="17.3"), None),
    (TITLE, "占比", lines(LISTED, share="13.7"), ("错", "13.7", "两位数字颠倒")),
    # a part above its whole
    (TITLE, "分项", lines((PARTS,), whole="170.3", part="194.6"), ("疑", "194.6", "大于")),
    (TITLE, "分项", lines((PARTS,), whole="194.6", part="170.3"), None),
    # what is spent and carried on is the total of the income
    (TITLE, "收支平衡", lines(USED, paid="22.96"), None),
    (TITLE, "收支平衡", lines(USED, paid="26.96"), ("疑", "114.03", "118.03亿元")),
    (TITLE, "收支平衡", lines((*USED[:2], "预算支出89.64亿元，调出资金16.96亿元。"), paid=""), None),
    # each way to divide a sum makes it
    (TITLE, "分项", lines(BY_KIND, all="3386", special="2456"), None),
    (TITLE, "分项", lines(BY_KIND, all="3386", special="2156"), ("疑", "3386", "3,086亿元")),
    (TITLE, "分项", lines((BY_KIND[0], "按类型分，一般债券930亿元。"), all="3386", special=""), None),
    # a fund's end from its year before, where the other level keeps to it
    (TITLE, "滚存结余", lines(FUNDS, whole="231.5", own="122.7"), None),
    (TITLE, "滚存结余", lines(FUNDS, whole="231.5", own="127.2"), ("疑", "127.2", "122.7亿元")),
    (TITLE, "滚存结余", lines(FUNDS, whole="241.5", own="127.2"), None),
    # units: the only fraction of 万元, a total that is hardly anything, a standard raised a thousandfold
    (TITLE, "单位", (*YI, "争取上级资金386.21万元。"), ("疑", "386.21", "386.21亿元")),
    (TITLE, "单位", (*YI, "争取上级资金386.21万元，压减经费12.5万元。"), ("疑", "12.5", "12.5亿元")),
    (TITLE, "单位", (*YI, "争取上级资金886.21万元。"), None),
    (TITLE, "单位", (*YI, "全区一般公共预算支出累计达到1800.2亿元。", "社会保险基金收入完成2200.3万元。"),
     ("疑", "2200.3", "2200.3亿元")),
    (TITLE, "单位", ("将资助标准从每生每年2000元提高至2300万元，惠及6.9万人。",), ("疑", "2300", "2300元")),
    (TITLE, "单位", ("将资助标准从每生每年2000元提高至2300元，惠及6.9万人。",), None),
    # rates that no such total has
    (TITLE, "完成率", ("2023年，全区社会保险基金收入70亿元，为预算的800.6%。",), ("疑", "800.6", "不像")),
    (TITLE, "完成率", ("2023年，全区社会保险基金收入70亿元，为预算的100.6%。",), None),
    (TITLE, "完成率", ("2023年，全区国有资本经营预算收入1.7亿元，为预算的800.6%。",), None),
    # so much more than a figure that is printed: the percentage is of that
    (TITLE, "同比", (FIVE_YEARS.format(rate="54.3"),), None),
    (TITLE, "同比", (FIVE_YEARS.format(rate="53.4"),), ("疑", "53.4", "54.34%")),
    # a numbered list that is said to be all there is, of a plan
    (TITLE, "分项", lines(PLANNED, whole="44100"), None),
    (TITLE, "分项", lines(PLANNED, whole="44450"), ("疑", "44450", "44,100万元")),
    (TITLE, "分项", lines((*PLANNED[:2], "主要支出分项情况如下：", *PLANNED[3:]), whole="44450"), None),
    # a department's text and its tables
    (DEPARTMENT, "文字与表", (costs(), *lines(SPENT, whole="5364.75", staff="4884.09")), None),
    (DEPARTMENT, "文字与表", (costs(), *lines(SPENT, whole="5377.64", staff="4896.98")), ("疑", "4896.98", "4884.09")),
    (DEPARTMENT, "文字与表", (costs(), *lines(SPENT, whole="5377.64", staff="4896.98")), ("疑", "5377.64", "5,364.75")),
    (TITLE, "文字与表", (costs(), *lines(SPENT, whole="5377.64", staff="4896.98")), None),
    # a change from one column, its percentage of another
    (TITLE, "表内增减额", (bases(first=-283, second=-284, rate=-90.4),), None),
    (TITLE, "表内增减额", (bases(first=-903, second=-284, rate=-288.5),), ("疑", "-903", "-283")),
    (TITLE, "表内增减额", (bases(first=-903, second=-903, rate=-96.8),), None),
]  # fmt: skip


def told(title: str, kind: str, *blocks: Block | str) -> list[Finding]:
    """What a check says of this kind."""
    return [one for one in check(parsed(title, *blocks)) if one.kind == kind]


@pytest.mark.parametrize("title, kind, some, wanted", CASES)
def test_rule(title: str, kind: str, some: Lines, wanted: tuple[str, str, str] | None) -> None:
    found = told(title, kind, *some)
    if wanted is None:
        assert not found
        return
    level, figure, words = wanted
    assert (level, figure) in {(one.level, one.figure) for one in found}
    assert any(words in one.told for one in found)
