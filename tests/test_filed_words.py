"""Where figures of running text belong by the words around them: who granted what to whom, which account a passage
is on, which total of a body is told, one member of a list.  Each case is one kind of fault found by comparing facts
at random with their pages; the words are our own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parse_builders import fits, parsed, shown, table

CITY = "长治市2025年财政预算执行情况和2026年财政预算（草案）的报告"
BUREAU = "长治市水务局2026年部门预算"
Wanted = dict[str, dict[str, Any]]

# Lines of a paper (the first a heading), then of each value what its facts are to be (all of them).
OF_CITY: tuple[tuple[tuple[str, ...], Wanted], ...] = (
    # ------------------------------------------------------------ who granted it is no part of the name
    (
        ("一、债务", "省级累计下达我市政府债务限额149.6亿元；省级累计下达我市本级政府债务限额29.3亿元。"),
        {"149.6": {"key": "debt-limit", "scope": ""}, "29.3": {"key": "debt-limit", "scope": "own"}},
    ),
    (("一、债务", "省财政厅核定我市本级政府债务限额29.3亿元。"), {"29.3": {"key": "debt-limit", "scope": "own"}}),
    (("一、债务", "省政府批准我市本级新增债务限额2.3亿元。"), {"2.3": {"key": "debt-limit-new", "scope": "own"}}),
    (
        ("一、债务", "2025年，省财政厅已下达我市提前批新增债务限额8.3亿元。"),
        {"8.3": {"item": "提前批新增债务限额", "measure": "limit"}},
    ),
    (
        ("一、债务", "省财政厅下达我市2026年提前批新增债务限额8.3亿元，其中一般债券1.2亿元。"),
        {"8.3": {"item": "提前批新增债务限额", "measure": "limit", "period": "2026"}},
    ),
    (("一、债务", "省级收回我市债务限额0.2亿元。"), {"0.2": {"measure": "amount"}}),
    (("一、工作", "争取省下达我市“千万工程”专户资金12.7亿元。"), {"12.7": {"item": "千万工程专户资金"}}),
    (("一、工作", "省下达我市污水管网改造资金3.7亿元。"), {"3.7": {"item": "污水管网改造资金"}}),
    # a limit on what may be issued is one of these bonds, and its parts and places are
    (
        (
            "一、债务",
            "省财政厅下达我市2025年地方政府再融资债券发行规模上限15.5亿元（一般债券14.4亿元，专项债券1.1亿元）。"
            "计划分配：市本级8.6亿元、潞城区0.7亿元、屯留区1.3亿元。",
        ),
        {
            "15.5": {"key": "debt-refinance", "measure": "limit"},
            "14.4": {"key": "debt-refinance-general"},
            "1.1": {"key": "debt-refinance-special"},
            "8.6": {"key": "debt-refinance", "scope": "own"},
            "0.7": {"key": "debt-refinance", "region": "潞城区"},
            "1.3": {"key": "debt-refinance", "region": "屯留区"},
        },
    ),
    # what is added in the year is no limit on all of the debt, and one time of several not all that was added
    (
        (
            "一、债务",
            "新增债务限额17.3亿元，本次增加下达专项债务限额8.3亿元。本次分配：市本级2.6亿元、潞城区5.7亿元。",
        ),
        {
            "8.3": {"key": "debt-limit-new-special", "qualifiers": (("part", "本次"),)},
            "2.6": {"key": "debt-limit-new-special", "scope": "own"},
            "5.7": {"key": "debt-limit-new-special", "region": "潞城区"},
        },
    ),
    # ------------------------------------------------------------ which account a passage is on
    (
        (
            "（一）保障重大战略",
            "2025年，全市一般公共预算支出568亿元；全市政府性基金预算支出251亿元。",
            "一是支持创新。",
            "全市科学技术支出2.1亿元。统筹1.8亿元支持实验室建设。",
        ),
        {"2.1": {"key": "gp-exp-206"}, "1.8": {"account": "general_public"}},
    ),
    (
        ("（二）开源增收", "全市政府性基金收入45亿元。", "二是主动争取上级资金。争取专项补助资金3.6亿元。"),
        {"3.6": {"account": ""}},
    ),
    (
        (
            "（三）社会保险基金预算",
            "全市社会保险基金收入5.1亿元。一般预算安排资金1.7亿元，用于人员经费。安排商贸专项480万元。",
        ),
        {"1.7": {"account": "general_public"}, "480": {"account": "general_public"}},
    ),
    (
        ("（三）社会保险基金预算", "全市社会保险基金收入5.1亿元。其中，财政补助收入1.7亿元。"),
        {"1.7": {"account": "social_insurance"}},
    ),
    (
        ("（四）民生", "落实失业保险基金1.2亿元，惠及企业。下达教育专项资金18.5亿元，支持学前教育。"),
        {"18.5": {"account": ""}},
    ),
    (
        ("（四）投资", "市政府投资86亿元，其中：一般公共预算安排67亿元，政府性基金预算安排19亿元。"),
        {"67": {"account": "general_public"}, "19": {"account": "government_fund"}},
    ),
    # under a heading on a fund its lists go on
    (
        ("（二）政府性基金预算", "全市政府性基金支出5.1亿元。", "一是保障重点项目。", "城乡社区支出3.6亿元。"),
        {"3.6": {"key": "gf-exp-212"}},
    ),
    # ------------------------------------------------------------ lists, parts, reviews
    (
        ("一、工作", "教育、社保、卫生健康领域分别投入48.4亿元、51.5亿元、39.7亿元，占比16.1%、17.2%、13.3%。"),
        {"48.4": {"item": "教育"}, "39.7": {"item": "卫生健康"}, "13.3": {"item": "卫生健康", "measure": "share"}},
    ),
    (
        ("一、采购", "2026年市级政府采购预算5.4亿元。其中：货物类项目3.9亿元，工程0.4亿元。"),
        {"3.9": {"item": "政府采购货物类项目"}, "0.4": {"item": "政府采购工程"}},
    ),
    (
        ("一、评审", "2025年累计评审项目153个，评审金额93.2亿元，核减13.1亿元，审减率14.1%。"),
        {"13.1": {"key": "other-review-cut"}, "14.1": {"key": "other-review-rate"}},
    ),
    (("一、工作", "预算编制中核减13.1亿元。"), {"13.1": {"key": ""}}),
    # ------------------------------------------------------------ levels
    # a heading that does something for the whole city leaves the level of the one above it
    (
        ("一、2026年市本级预算安排重点", "（一）支持全市高质量发展", "重大项目建设5.7亿元，重点用于管网。"),
        {"5.7": {"scope": "own"}},
    ),
    (
        ("一、2026年市本级预算安排重点", "（一）全市安排情况", "重大项目建设5.7亿元，重点用于管网。"),
        {"5.7": {"scope": "whole"}},
    ),
    # what goes to a project of the city, and what two levels give, is no level of what comes
    (
        (
            "一、工作",
            "全市教育支出90亿元。争取省预算内投资2.3亿元、安排下达市级项目前期经费0.3亿元。新增担保金额10.1亿元。",
        ),
        {"0.3": {"scope": "own"}, "10.1": {"scope": "whole"}},
    ),
    (("一、工作", "全市教育支出90亿元。市、县（区）财政安排资金落实购房补贴3.7亿元。"), {"3.7": {"scope": "whole"}}),
    (("一、工作", "全市教育支出90亿元。县（区）财政安排资金落实购房补贴3.7亿元。"), {"3.7": {"scope": "lower"}}),
    # ------------------------------------------------------------ what stands behind the figure
    (
        ("一、工作", "各银行发放30.3亿元贷款支持1.2万户创业。"),
        {"30.3": {"item": "各银行发放贷款"}, "1.2": {"has": "创业"}},
    ),
    (("一、工作", "对创业团队给予1000万元奖补资金，强化支持。"), {"1000": {"item": "创业团队给予奖补资金"}}),
    (("一、工作", "设立4000万元中小微企业风险补偿资金解决融资难题。"), {"4000": {"item": "中小微企业风险补偿资金"}}),
    (("一、工作", "安排4000万元资金用于防汛抗旱。"), {"4000": {"has": "防汛抗旱"}}),
    # ------------------------------------------------------------ names
    (("一、工作", "2025年共计减税降费19.5亿元。"), {"19.5": {"key": "other-tax-cut"}}),
    (("一、工作", "上半年，共计争取上级各类补助资金19.5亿元。"), {"19.5": {"item": "上级各类补助资金"}}),
    (("一、工作", "风景名胜区4个（国家级3个，省级1个）。"), {"3": {"item": "国家级"}, "1": {"item": "省级"}}),
    (("一、工作", "地震台站7个（市级1个、县级6个）。"), {"1": {"item": "地震台站", "scope": "own"}}),
    (
        ("一、债务", "发行新增债券25.7亿元，再融资债券5.6亿元，共计31.3亿元，平均利率1.9%。"),
        {"31.3": {"has": "合计"}, "1.9": {"has": "合计平均利率"}},
    ),
    (
        ("一、转移支付", "结算补助支出3.2亿元，均衡性转移支付支出2.3亿元。"),
        {"3.2": {"flow": "expenditure"}, "2.3": {"key": "transfer-down-equalization"}},
    ),
    (("一、预算", "一般公共预算支出安排20.5亿元，其中：上年结转支出3.7亿元。"), {"3.7": {"key": ""}}),
    (
        ("（二）政府性基金预算", "加市对区转移支付支出5.6亿元，调出资金9.2亿元，年终结余1.5亿元。"),
        {"1.5": {"qualifiers": ()}, "9.2": {"qualifiers": ()}},
    ),
    (
        ("（二）上级对我市税收返还和转移支付补助分地区情况", "分地区为：市本级20.8亿元，潞城区35.7亿元。"),
        {
            "20.8": {"key": "transfer-superior", "scope": "own"},
            "35.7": {"key": "transfer-superior", "region": "潞城区"},
        },
    ),
    # ------------------------------------------------------------ parts of debts
    (
        ("1. 一般债务", "2026年应还本付息5.6亿元，其中债务本金3.8亿元，债务付息1.7亿元。"),
        {"3.8": {"key": "debt-principal-general"}, "1.7": {"key": "debt-interest-general"}},
    ),
    (
        ("一、债务", "2026年应还本付息5.6亿元，其中债务本金3.8亿元，债务付息1.7亿元。"),
        {"3.8": {"key": "debt-principal"}},
    ),
    (("一、工作", "统筹各类资金47.2亿元（专项债券27.3亿元），推动建设。"), {"27.3": {"key": ""}}),
    (
        (
            "一、债务",
            "市本级留用新增债券35.2亿元，其中一般债券14.3亿元；转贷各县（市、区）37.4亿元，其中一般债券4.6亿元。",
        ),
        {"14.3": {"key": ""}, "4.6": {"key": ""}},
    ),
    # one whole parted twice; and the passage behind a list of parts is of the whole again
    (
        (
            "一、债务",
            "全市发行政府债券68.9亿元，其中：从地区分布看，市本级44.1亿元，县区24.8亿元；从债券性质看，再融资债券47.3亿元。",
            "年末政府债务余额351.1亿元。",
        ),
        {"24.8": {"scope": "lower"}, "47.3": {"scope": "whole"}, "351.1": {"scope": "whole"}},
    ),
    (
        ("一、工作", "累计向上争取调度库款19.8亿元，并向县（市、区）调度17.3亿元。"),
        {"17.3": {"item": "向县（市、区）调度"}},
    ),
    (("一、工作", "累计向县区调度资金15.3亿元。"), {"15.3": {"item": "累计向县区调度资金"}}),
    (("一、工作", "“832平台”全年交易总额2748万元。"), {"2748": {"item": "832平台全年交易总额"}}),
    (("一、工作", "2.教育专项资金2748万元。"), {"2748": {"item": "教育专项资金"}}),
    # what is done to it is no part of the name
    (
        ("一、工作", "市本级单位运转经费在限额控制的基础上再压5.3%以上，其中“三公经费”压降7.9%。"),
        {
            "5.3": {"item": "单位运转经费", "measure": "yoy_pct"},
            "7.9": {"key": "other-three-public", "measure": "yoy_pct"},
        },
    ),
    (
        ("一、调整", "市本级一般公共预算支出由年初预算134.4亿元调整为134.7亿元，调增0.3亿元。"),
        {"0.3": {"has": "一般公共预算支出", "measure": "amount", "key": ""}, "134.7": {"measure": "adjusted_budget"}},
    ),
    (("一、债务", "经市人大常委会批准，全市共发行新增政府债券60.7亿元。"), {"60.7": {"measure": "amount"}}),
    (("一、预算", "市人大批准的全市一般公共预算收入60.7亿元。"), {"60.7": {"measure": "budget"}}),
    # ------------------------------------------------------------ found in the second hundred
    # a short sentence without figures begins another point: the level of the one before is over
    (
        (
            "一、工作",
            "全市教育支出90亿元。安排市级财力0.9亿元，保障机场扩建。生态基底持续夯实。下达各级资金29.4亿元，支持环保。",
        ),
        {"0.9": {"scope": "own"}, "29.4": {"scope": "whole"}},
    ),
    (
        (
            "一、工作",
            "全市教育支出90亿元。各县（市、区）补助标准提高20.5万元。二是推动老工业基地发展。统筹2.2亿元，支持龙头企业。",
        ),
        {"20.5": {"scope": "lower"}, "2.2": {"scope": "whole"}},
    ),
    (
        ("一、工作", "全市教育支出90亿元。安排市级财力0.9亿元，保障机场扩建。下达各级资金29.4亿元，支持环保。"),
        {"29.4": {"scope": "own"}},
    ),
    # a growth of what was counted, a share of what was told of, an aim of a few words, a word of four letters
    (
        ("一、工作", "社会保障、公共安全等11个领域支出增幅超12.5%。"),
        {"12.5": {"item": "社会保障、公共安全等领域支出", "measure": "yoy_pct"}},
    ),
    (("一、工作", "选取10家单位81个项目开展绩效评价。"), {"81": {"item": "项目开展绩效评价"}, "10": {"has": "单位"}}),
    (("一、工作", "重点专项数量从78个压减至42个。"), {"42": {"item": "重点专项数量"}}),
    (
        ("一、工作", "新兴产业产值增长11.6%，占全部工业产值26.5%。"),
        {"26.5": {"item": "新兴产业产值", "measure": "share"}},
    ),
    (("三、2026年支出方向", "市级安排47.3亿元，多措并举扩大内需。"), {"47.3": {"has": "扩大内需"}}),
    (("一、工作", "其中支持商贸稳增长30.2万元。"), {"30.2": {"item": "支持商贸稳增长", "measure": "amount"}}),
    # a road's number is its name
    (("一、工作", "支持国道318名山段改建工程，安排2.8亿元。"), {"2.8": {"has": "318名山段"}}),
    (("一、工作", "减轻企业用电负担1.2亿元。"), {"1.2": {"item": "减轻企业用电负担"}}),
)


@pytest.mark.parametrize("lines, wanted", OF_CITY)
def test_a_figure_of_a_city(lines: tuple[str, ...], wanted: Wanted) -> None:
    facts = parsed(CITY, *lines, "五、其他", "全市国有资本经营收入188.8亿元。").facts
    for value, expected in wanted.items():
        of_value = [fact for fact in facts if fact.value == value]
        assert of_value and all(fits(fact, expected) for fact in of_value), shown(facts)


# Sentences of a department's own budget, then of each value what its facts are to be.
OF_BODY: tuple[tuple[tuple[str, ...], Wanted], ...] = (
    # what is told of a total is of that total: its change, its share, what was done with it
    (
        (
            "收入预算312.3万元，其中：财政拨款收入312.2万元，比2025年预算增加107.6万元；事业收入2.1万元；其他收入3.5万元。",
            "支出预算314.5万元，其中：财政拨款支出预算313.4万元，比2025年预算增加17.3万元。",
        ),
        {
            "312.3": {"key": "dept-rev"},
            "312.2": {"key": "dept-grant-rev"},
            "107.6": {"key": "dept-grant-rev", "measure": "yoy_amount"},
            "2.1": {"key": "dept-business-rev"},
            "3.5": {"key": "dept-other-rev", "account": ""},
            "314.5": {"key": "dept-exp", "account": ""},
            "313.4": {"key": "dept-grant-exp"},
            "17.3": {"key": "dept-grant-exp", "measure": "yoy_amount"},
        },
    ),
    (
        (
            "财政拨款支出预算中，一般公共预算拨款支出预算31.3万元，比2025年预算增加7.6万元；政府性基金拨款支出预算1.2万元。",
        ),
        {
            "31.3": {"key": "dept-gp-exp", "account": "general_public"},
            "7.6": {"key": "dept-gp-exp"},
            "1.2": {"key": "dept-gf-exp", "account": "government_fund"},
        },
    ),
    (
        ("一般公共预算财政拨款支出年初预算为102.3万元，支出决算为97.4万元，完成年初预算的95.2%。",),
        {"97.4": {"key": "dept-gp-exp"}, "95.2": {"key": "dept-gp-exp", "measure": "completion"}},
    ),
    (
        ("一般公共预算财政拨款支出97.4万元，占本年支出合计的99.8%。",),
        {"97.4": {"key": "dept-gp-exp"}, "99.8": {"key": "dept-gp-exp", "measure": "share"}},
    ),
    (("2025年支出决算为95.6万元。",), {"95.6": {"key": "dept-exp"}}),
    (("本年收入合计97.4万元，其中：财政拨款收入97.3万元，占99.9%。",), {"99.9": {"key": "dept-grant-rev"}}),
    # another total that begins with the same words, a part of it, a line of its own
    (("财政拨款收入支出总计97.4万元。",), {"97.4": {"key": "dept-grant-sum", "item": "财政拨款收支总计"}}),
    (("一般公共预算财政拨款基本支出53.7万元。",), {"53.7": {"key": ""}}),
    (
        ("1.行政单位离退休（项）。年初预算为54.3万元，支出决算为52.6万元，完成年初预算的96.8%。",),
        {"52.6": {"has": "离退休"}, "96.8": {"has": "离退休"}},
    ),
    (("“三公”经费年初预算为2.8万元，支出决算为0.3万元。",), {"0.3": {"key": "other-three-public"}}),
    # the body's name and the source are no part of the name
    (("2026年长治市水务局财政拨款的机关运行经费预算为22.9万元。",), {"22.9": {"key": "other-operating"}}),
    (("2026年长治市水务局下属1家机关财政拨款的机关运行经费预算为22.9万元。",), {"22.9": {"key": "other-operating"}}),
)


@pytest.mark.parametrize("sentences, wanted", OF_BODY)
def test_a_figure_of_a_body(sentences: tuple[str, ...], wanted: Wanted) -> None:
    facts = parsed(BUREAU, "部门：长治市水务局", "二、部门预算编制说明", *sentences).facts
    for value, expected in wanted.items():
        of_value = [fact for fact in facts if fact.value == value]
        assert of_value and all(fits(fact, expected) for fact in of_value), shown(facts)


# Captions and tables of that budget: what all columns stand below is nothing that sets one of them apart.
ALL_BASIC = """
项目 | | | 一般公共预算基本支出 | |
类 | 款 | 经济分类科目名称 | 合计 | 人员经费 | 公用经费
302 | 06 | 电费 | 320 | 0 | 319
301 | 01 | 基本工资 | 871 | 870 | 1
"""
SOME_BASIC = """
项目 | | | | 一般公共预算支出 | |
类 | 款 | 项 | 功能分类科目名称 | 合计 | 基本支出 | 项目支出
213 | 03 | 01 | 行政运行 | 541 | 531 | 10
"""
# The same words in tables of all that a body has, of what the treasury gives it, and of one account.
BOTH = """
收入 | | 支出 | |
项目 | 预算数 | 项目 | 合计 | 基本支出
1. 一般公共预算 | 870 | 一、农林水支出 | 861 | 400
收入总计 | 872 | 支出总计 | 873 | 411
"""
BY_LINE = """
项目 | | | | 收入预算 | |
类 | 款 | 项 | 功能分类科目名称 | 合计 | 财政拨款收入 | 事业收入
213 | 03 | 01 | 行政运行 | 541 | 531 | 10
 | | | 合计 | 872 | 862 | 11
"""
OF_TABLE: tuple[tuple[str, str, Wanted], ...] = (
    (
        "2026年部门财务收支预算总表",
        BOTH,
        {"870": {"key": "dept-gp-rev"}, "872": {"key": "dept-rev"}, "873": {"key": "dept-exp", "qualifiers": ()}},
    ),
    (
        "2026年部门财政拨款收支预算总表",
        BOTH,
        {"870": {"key": "dept-gp-rev"}, "872": {"key": "dept-grant-rev"}, "873": {"key": "dept-grant-exp"}},
    ),
    ("2026年部门收入预算总表", BY_LINE, {"872": {"key": "dept-rev"}, "862": {"key": "dept-grant-rev"}}),
    (
        "2026年部门一般公共预算支出功能分类预算表",
        SOME_BASIC + " | | | 合计 | 543 | 532 | 11\n",
        {"543": {"key": "dept-gp-exp", "account": "general_public", "qualifiers": ()}},
    ),
    (
        "2026年部门一般公共预算基本支出部门预算经济分类预算表",
        ALL_BASIC,
        {
            "320": {"key": "ec-30206", "qualifiers": ()},
            "319": {"key": "ec-30206", "qualifiers": (("part", "公用经费"),)},
            "871": {"key": "ec-30101", "qualifiers": ()},
            "870": {"key": "ec-30101", "qualifiers": (("part", "人员支出"),)},
        },
    ),
    (
        "2026年部门一般公共预算支出功能分类预算表",
        SOME_BASIC,
        {"541": {"has": "行政运行", "qualifiers": ()}, "531": {"qualifiers": (("part", "基本支出"),)}},
    ),
)


@pytest.mark.parametrize("caption, text, wanted", OF_TABLE)
def test_a_figure_of_a_body_s_table(caption: str, text: str, wanted: Wanted) -> None:
    body = "本部门收支如下。本部门有。本部门是。"
    facts = parsed(BUREAU, body, table(text.strip("\n"), caption + " 单位：万元")).facts
    for value, expected in wanted.items():
        of_value = [fact for fact in facts if fact.value == value]
        assert of_value and all(fits(fact, expected) for fact in of_value), shown(facts)
