"""Names and stages that a figure has only with what stands before it: plans and deeds, parts of a head, bases of a
comparison, what is left of a year; whose the figures below a heading are.

Each case is a family of wordings, or what looks like it and is not; the words and the figures are our own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index.models import Line, Table
from tests.one_report import assistant_of
from tests.parse_builders import fits, parsed, shown, table

CITY = "长治市2025年财政预算执行情况和2026年财政预算（草案）的报告"
ACCOUNTS = "长治市2025年财政决算报告"
BULLETIN = "长治市2025年国民经济和社会发展统计公报"
BUREAU = "长治市教育局2025年度部门决算"
DEBT_ROWS = (
    "项目 | 本地区 | 本级\n一、上年末地方政府债务余额 | 664.5 | 68.5\n其中：一般债务 | 288.5 | 64.5\n"
    "专项债务 | 376 | 4\n二、当年地方政府债务还本决算数 | 10.5 | 5.5\n一般债务 | 10.3 | 5.3\n"
    "三、当年地方政府债务限额 | 818.5 | 82.5\n其中：一般债务 | 324.5 | 66.5\n专项债务 | 494 | 16"
)
GOODS = "产品名称 | 单位 | 产量 | 比上年增长（%）\n液压元件 | 万件 | 131 | -10.4\n水泥 | 万吨 | 210.5 | 2.2"
SHORT_HEADS = (
    "地区 | 一般公共预算收入 | | |\n | 完成数 | 其中：税收 | 增长%\n"
    "上党区 | 16.74 | 12.61 | 2.6\n屯留区 | 15.38 | 11.14 | 6.3"
)
DISTRICT_TEXT = "教育支出完成2.1亿元，一般公共预算支出完成9亿元。"
LINES_ONLY = "教育支出完成2.1亿元，农林水支出完成9亿元。"


def _level_tables() -> tuple[Table, ...]:
    """Of each account a table of the whole and one of the own level."""
    return tuple(
        table(f"科目 | 决算数\n本年收入合计 | {value}", f"2025年度长治市{name}{level}收入决算表 单位：万元")
        for name in ("一般公共预算", "政府性基金", "国有资本经营")
        for level, value in (("", "90"), ("（本级）", "40"))
    )


# Title of the paper, its lines and tables, then of each value what its facts are to be (all of them).
CASES: dict[str, tuple[str, tuple[str | Table, ...], dict[str, dict[str, Any]]]] = {
    # what was planned and what came of it: one name, two stages
    "a project's money planned and spent": (
        CITY,
        ("一、项目", "碧水清河工程计划投入5000万元，实际投入4200万元，占计划的84%。"),
        {
            "5000": {"item": "碧水清河工程投入", "measure": "budget"},
            "4200": {"item": "碧水清河工程投入", "measure": "actual"},
            "84": {"item": "碧水清河工程投入", "measure": "completion"},
        },
    ),
    "a renewal's number and money, planned and done": (
        CITY,
        ("一、项目", "老旧小区改造计划改造30个，实际改造28个，计划投资1.2亿元，完成投资0.9亿元。"),
        {
            "30": {"item": "老旧小区改造", "measure": "budget"},
            "28": {"item": "老旧小区改造", "measure": "count"},
            "1.2": {"item": "老旧小区改造投资", "measure": "budget"},
            "0.9": {"item": "老旧小区改造投资", "measure": "actual"},
        },
    ),
    "a length planned and done": (
        CITY,
        ("一、项目", "污水管网计划建设300公里，已建成280公里。"),
        {"300": {"item": "污水管网建设", "measure": "budget"}, "280": {"item": "污水管网建设", "measure": "count"}},
    ),
    "a plan of which nothing came": (
        CITY,
        ("一、项目", "沿河步道计划投入310万元。"),
        {"310": {"item": "沿河步道计划投入", "measure": "amount"}},
    ),
    # what was put right is not what was found
    "what was put right": (
        CITY,
        ("一、审计", "审计查出问题金额3.5亿元，已整改金额2.9亿元。发现违规问题金额5600万元，完成整改5100万元。"),
        {
            "3.5": {"item": "审计查出问题金额"},
            "2.9": {"item": "审计查出问题整改金额"},
            "5600": {"item": "发现违规问题金额"},
            "5100": {"item": "发现违规问题整改金额"},
        },
    ),
    # a level alone behind a ； is of the whole, unless the parts are told by levels
    "a level behind the parts": (
        CITY,
        ("一、收支", "全市一般公共预算收入200亿元，其中税收收入120亿元、非税收入80亿元；市本级60亿元，县区140亿元。"),
        {
            "80": {"key": "gp-rev-103", "scope": "whole"},
            "60": {"key": "total-gp-rev", "scope": "own"},
            "140": {"key": "total-gp-rev", "scope": "lower"},
        },
    ),
    "a level behind one part": (
        CITY,
        ("一、收支", "全市一般公共预算支出300亿元，其中教育支出50亿元；市本级完成90亿元。"),
        {"90": {"key": "total-gp-exp", "scope": "own"}},
    ),
    "levels of a part": (
        CITY,
        ("一、收支", "全市一般公共预算收入200亿元，其中税收收入120亿元、市本级50亿元；县区70亿元。"),
        {"50": {"key": "gp-rev-101", "scope": "own"}, "70": {"key": "gp-rev-101", "scope": "lower"}},
    ),
    "whom money kept": (
        CITY,
        ("一、民生", "农村低保8236万元、保障17935人，城市低保1638万元、保障2487人；特困供养资金2153万元，供养1093人。"),
        {"2487": {"item": "城市最低生活保障金支出保障"}, "1093": {"item": "特困供养资金供养"}},
    ),
    # names of parts that say nothing alone
    "what bonds were kept, and the rest": (
        CITY,
        ("一、债务", "2025年新增一般债券8亿元。其中，市本级留用3.7亿元，其他4.3亿元。"),
        {"3.7": {"item": "新增一般债券：留用", "scope": "own"}, "4.3": {"item": "新增一般债券：其他"}},
    ),
    # how things stood when the budget was adjusted
    "how debts stood when the budget was adjusted": (
        CITY,
        ("一、债务", "政府债务余额90亿元（一般债务40亿元、专项债务50亿元），较专项预算调整时88亿元增加2亿元。"),
        {
            "90": {"key": "debt-balance"},
            "88": {"item": "政府债务余额（专项预算调整时）", "key": ""},
            "2": {"item": "政府债务余额（比专项预算调整时增减）", "key": ""},
        },
    ),
    # a rank and a bound belong to the name
    "a rank in the name, and parts": (
        CITY,
        ("一、企业", "年末共有省级以上企业技术中心101个，其中，国家级4个；拥有工程技术研究中心96家，重点实验室10家。"),
        {
            "101": {"item": "省级以上企业技术中心"},
            "4": {"parent": "省级以上企业技术中心"},
            "96": {"parent": ""},
            "10": {"parent": ""},
        },
    ),
    "a rank in the name": (CITY, ("一、体育", "全年承办省级以上比赛34次。"), {"34": {"item": "承办省级以上比赛"}}),
    "a bound in the name": (
        CITY,
        ("一、企业", "全年形成回收资金5亿元以上重大项目75个。"),
        {"75": {"item": "5亿元以上重大项目"}},
    ),
    # all that there is is no part of the revenue
    "all that there is": (
        CITY,
        (
            "一、政府性基金预算",
            "收入安排9亿元，其中：国有土地使用权出让收入8亿元，污水处理费收入1亿元，收入总计9.5亿元。",
        ),
        {"8": {"parent": "政府性基金收入"}, "9.5": {"key": "total-gf-sum-rev", "parent": ""}},
    ),
    # what was there when the year began is what the year before left, not how the year ended
    "carried from year to year": (
        CITY,
        ("一、一般公共预算", "全市一般公共预算收入12亿元，2025年初结转0.8亿元，收入总计12.8亿元，年末结转0.4亿元。"),
        {
            "0.8": {"key": "transfer-carry-in", "period": "2025", "measure": "amount"},
            "0.4": {"key": "transfer-carry-out", "period": "2025"},
        },
    ),
    "carried in a sum without an account": (
        CITY,
        ("一、收支", "2025年初结转310万元，当年收入1210万元，支出1110万元。"),
        {
            "310": {"key": "transfer-carry-in"},
            "1210": {"item": "收入", "key": ""},
            "1110": {"item": "支出", "key": ""},
        },
    ),
    "carried in an own account": (
        CITY,
        ("一、专户", "救灾资金专户年初结余330万元，当年收入1230万元，支出1130万元。"),
        {"1230": {"item": "救灾资金专户收入"}, "1130": {"item": "救灾资金专户支出"}},
    ),
    "spent behind what was drawn on": (
        CITY,
        ("一、社会保险基金预算", "示范区收入完成1.2亿元；动用上年结余1449万元，支出完成1.4亿元。"),
        {"1.4": {"key": "total-si-exp"}},
    ),
    # 变化: the sign of the figure says which way
    "changed by a rate": (
        CITY,
        (
            "一、收入",
            "一般公共预算收入10亿元，比上年变化3.2%；税收收入8亿元，比上年变化-2.1%；非税收入2亿元，与上年相比变化率为6%。",
        ),
        {
            "3.2": {"key": "total-gp-rev", "measure": "yoy_pct", "number": "3.2"},
            "-2.1": {"key": "gp-rev-101", "measure": "yoy_pct", "number": "-2.1"},
            "6": {"key": "gp-rev-103", "measure": "yoy_pct"},
        },
    ),
    "changed by money against last year": (
        CITY,
        ("一、支出", "教育支出4亿元，较上年变化0.3亿元。"),
        {"0.3": {"key": "gp-exp-205", "measure": "yoy_amount"}},
    ),
    "changed by money alone": (
        CITY,
        ("一、支出", "教育支出4亿元，变化0.2亿元。"),
        {"0.2": {"item": "教育支出（增减）", "key": ""}},
    ),
    # what it came to, where it went, how many it was for
    "how many things it came to": (
        CITY,
        ("一、工作", "发放惠农补贴4.93亿元，涉及76项；新建高标准农田4.2万亩。"),
        {"76": {"item": "惠民补贴涉及", "kind": "count"}},
    ),
    "what was left went to a fund": (
        CITY,
        ("一、工作", "市本级预备费年初安排6亿元，实际动支3.4亿元，剩余2.6亿元全部转入预算稳定调节基金。"),
        {"2.6": {"item": "转入预算稳定调节基金", "key": ""}},
    ),
    # by when it is to be done is no year of what follows
    "a year by which it is to be done": (
        CITY,
        ("一、下一步工作", "二是深化零基预算改革，2027年前实现市级部门全覆盖；三是对9个闲置项目予以收回。"),
        {"9": {"period": "2025"}},
    ),
    # what bonds went to is no line of the budget
    "what bonds went to": (
        CITY,
        ("一、使用情况", "全年新增专项债券投向：社会事业18.27亿元、保障性安居工程11.42亿元、教育8亿元。"),
        {"11.42": {"key": "", "parent": "新增专项债券"}, "8": {"key": "", "parent": "新增专项债券"}},
    ),
    "a target of bonds": (
        CITY,
        ("一、目标", "全年争取上级资金330亿元以上、新增专项债券不少于120亿元。"),
        {"120": {"item": "新增专项债券", "key": ""}},
    ),
    # so much a year, from the one year to the other
    "so much a year": (
        CITY,
        ("一、支出", "一般公共预算支出由2021年的300亿元增长到2025年的372亿元，年均增长5.5%。"),
        {"300": {"period": "2021"}, "372": {"period": "2025"}, "5.5": {"period": "2021-2025", "measure": "rate"}},
    ),
    # a column of a part is of the kind of its whole, and so is the part that completes it
    "limits beside a new limit": (
        CITY,
        (
            "一、附表",
            table(
                "地区 | 新增债务限额 | 其中：专项债务限额 | 一般债务限额 | 债务余额\n"
                "上党区 | 12000 | 8000 | 4000 | 99000\n屯留区 | 9000 | 6000 | 3000 | 98000",
                "2025年新增债务限额分配表 单位：万元",
            ),
        ),
        {
            "12000": {"key": "debt-limit-new"},
            "8000": {"key": "debt-limit-new-special", "measure": "limit"},
            "4000": {"key": "debt-limit-new-general"},
            "99000": {"key": "debt-balance"},
        },
    ),
    "a new limit beside limits": (
        CITY,
        (
            "一、附表",
            table(
                "地区 | 债务限额 | 其中：一般债务限额 | 新增债务限额 | 其中：一般债务限额 | 专项债务限额\n"
                "上党区 | 92000 | 48000 | 14000 | 9000 | 44000",
                "2025年债务限额表 单位：万元",
            ),
        ),
        {
            "48000": {"key": "debt-limit-general"},
            "9000": {"key": "debt-limit-new-general"},
            "44000": {"key": "debt-limit-special"},  # no part of the new ones: it would be more than they are
        },
    ),
    # the stage of the whole is that of its parts
    "parts of a budget column": (
        CITY,
        (
            "一、附表",
            table(
                "科目 | 2026年预算数 | 其中：基本支出 | 项目支出\n办公经费 | 900 | 310 | 590\n"
                "委托业务费 | 80 | 31 | 49",
                "2026年市本级一般公共预算支出表（按经济分类） 单位：万元",
            ),
        ),
        {
            "310": {"item": "办公经费（基本支出）", "measure": "budget"},
            "590": {"item": "办公经费（项目支出）", "measure": "budget"},
            "49": {"measure": "budget", "period": "2026"},
        },
    ),
    # the growth beside a figure is of the same thing
    "growth beside a product": (
        BULLETIN,
        (
            "一、综合",
            "全年粮食产量211.3万吨。",
            table(
                "产品名称 | 产量（万吨） | 比上年增长（%）\n粮食 | 211.4 | -0.7\n山药 | 12.6 | 3.3",
                "2025年主要农产品产量",
            ),
        ),
        {"-0.7": {"key": "econ-grain", "measure": "yoy_pct"}, "3.3": {"item": "山药产量", "measure": "yoy_pct"}},
    ),
    # a part of the indicator above it
    "parts of passengers and freight": (
        BULLETIN,
        (
            "一、综合",
            "全年粮食产量211.3万吨。",
            table(
                "指标 | 单位 | 绝对数 | 比上年增长（%）\n旅客运输总量 | 万人次 | 1894.5 | 6.2\n"
                "公路 | 万人次 | 1694.5 | 8.3\n"
                "民航 | 万人次 | 200 | 6.6\n货物运输总量 | 万吨 | 2837.5 | -6.1\n公路 | 万吨 | 2804.5 | -6.4\n"
                "民航 | 万吨 | 33 | 1.4",
                "客货运输量",
            ),
        ),
        {
            "1694.5": {"key": "econ-passengers-road"},
            "200": {"item": "民航（旅客运输总量）"},
            "-6.4": {"key": "econ-freight-road"},
            "33": {"item": "民航（货物运输总量）"},
        },
    ),
    "parts of the population": (
        BULLETIN,
        (
            "一、综合",
            "全年粮食产量211.3万吨。",
            table(
                "指标 | 年末数（万人） | 比重（%）\n全市常住人口 | 346.5 | 100.0\n其中：城镇 | 231.5 | 66.8\n"
                "乡村 | 115 | 33.2\n其中：市区 | 107.5 | 31.0\n县域 | 239 | 69.0",
                "2025年年末常住人口数",
            ),
        ),
        {
            "346.5": {"key": "econ-population"},
            "231.5": {"key": "econ-population-urban"},
            "115": {"key": "econ-population-rural"},
            "107.5": {"item": "市区（常住人口）", "parent": "常住人口"},
            "239": {"item": "县域（常住人口）"},
        },
    ),
    # a line of business in a table on investment: no growth of that business itself
    "lines of business of investment": (
        BULLETIN,
        (
            "一、综合",
            "全年粮食产量211.3万吨。",
            table("行业 | 比上年增长（%）\n合计 | 5.9\n制造业 | -1.6\n教育 | 90.7", "2025年分行业固定资产投资完成情况"),
        ),
        {
            "5.9": {"key": "econ-invest"},
            "-1.6": {"item": "制造业（固定资产投资）"},
            "90.7": {"item": "教育（固定资产投资）", "key": ""},
        },
    ),
    "units by both sides": (
        "长治市教育局2026年部门预算",
        (
            "一、预算表",
            table(
                "单位名称 | 收入预算合计 | 支出预算合计\n长治市教育局机关 | 901 | 902\n长治市第一中学 | 803 | 804\n"
                "合计 | 1704 | 1706",
                "2026年所属单位收支预算表 单位：万元",
            ),
        ),
        {
            "901": {"key": "dept-rev", "qualifiers": (("body", "长治市教育局机关"),)},
            "804": {"key": "dept-exp", "qualifiers": (("body", "长治市第一中学"),)},
            "1704": {"key": "dept-rev", "qualifiers": ()},
            "1706": {"key": "dept-exp", "qualifiers": ()},
        },
    ),
    "units by kinds of spending": (
        "长治市教育局2026年部门预算",
        (
            "一、预算表",
            table(
                "名称 | 合计 | 基本支出 | 项目支出\n长治市第一中学 | 812 | 512 | 300",
                "2026年下属单位支出预算表 单位：万元",
            ),
        ),
        {
            "812": {"key": "dept-exp", "qualifiers": (("body", "长治市第一中学"),)},
            "512": {"key": "other-basic-exp", "qualifiers": (("body", "长治市第一中学"),)},
        },
    ),
    "units by the three costs": (
        "长治市教育局2026年部门预算",
        (
            "一、预算表",
            table("预算单位 | 三公经费合计 | 公务接待费\n市电化教育馆 | 2.1 | 1.2", "2026年三公经费预算表 单位：万元"),
        ),
        {"1.2": {"key": "other-tp-reception", "qualifiers": (("body", "市电化教育馆"),)}},
    ),
    "a zone's own account": (
        CITY,
        ("一、循环化工园区一般公共预算执行情况", "一般公共预算收入完成2.1亿元。支出完成1.5亿元。"),
        {"2.1": {"region": "循环化工园区"}, "1.5": {"region": "循环化工园区", "key": "total-gp-exp"}},
    ),
    # what the city does for it is the city's
    "a zone supported": (CITY, ("一、支持循环化工园区建设", "发行专项债券4.4亿元。"), {"4.4": {"region": "长治市"}}),
    "a zone that is pushed on": (
        CITY,
        ("一、循环化工园区建设加快推进", "新增专项债券5.5亿元。"),
        {"5.5": {"region": "长治市"}},
    ),
    # each zone's paragraph goes on with the account of the one before
    "zone after zone": (
        CITY,
        (
            "一、财税体制改革迈出新步伐",
            "———一般公共预算完成情况。高新区收入完成31.3亿元，增长17.3%。全年支出完成24.7亿元。收支相抵，结转0.9亿元。",
            "循环化工园区收入完成14.2亿元，增长16.2%。其中，税收收入9.4亿元。",
        ),
        {
            "31.3": {"region": "高新区", "key": "total-gp-rev"},
            "14.2": {"region": "循环化工园区", "key": "total-gp-rev"},
            "9.4": {"region": "循环化工园区", "key": "gp-rev-101", "parent": "一般公共预算收入"},
        },
    ),
    # the months that are over, in a paper on the adjustment of the year's budget
    "months in a paper on an adjustment": (
        "长治市2026年市本级预算调整方案（草案）",
        (
            "一、预算调整的主要原因",
            "2026年1—8月，市本级一般公共预算收入完成37.5亿元，为年初预算的59.9%。政府性基金收入完成8.9亿元，为年初预算的31.2%。",
            "二、一般公共预算调整情况",
            "市本级一般公共预算收入由62.5亿元调整为60亿元。",
        ),
        {
            "37.5": {"measure": "actual", "period": "2026年1-8月"},
            "8.9": {"key": "total-gf-rev", "measure": "actual", "period": "2026年1-8月"},
            "62.5": {"measure": "budget", "period": "2026"},
            "60": {"measure": "adjusted_budget"},
        },
    ),
    # a name with its code behind it
    "names with their codes": (
        "长治市应急管理局2025年度部门决算",
        (
            "一、财政拨款支出决算情况",
            "1.死亡抚恤（2080801）年初预算12万元，支出决算23.5万元。",
            "2.灾害风险防治（2240104）年初预算120万元，支出决算186.5万元，完成年初预算的155.4%。",
            "其中较大的项目：（一）老旧小区改造（2210108）年初预算为7900万元，支出决算为8742.5万元。",
        ),
        {
            "23.5": {"key": "gp-exp-2080801", "measure": "actual"},
            "120": {"key": "fn-22401/灾害风险防治", "measure": "budget"},
            "186.5": {"key": "fn-22401/灾害风险防治", "measure": "actual"},
            "155.4": {"key": "fn-22401/灾害风险防治", "measure": "completion"},
            "8742.5": {"key": "gp-exp-2210108"},
        },
    ),
    # the one account that the heading of a section names, unless a sentence is of all
    "the account of a heading": (
        "长治市水务局2025年度部门决算",
        (
            "一、收入支出决算总体情况",
            "本年收入44,000万元，本年支出43,000万元。",
            "二、一般公共预算财政拨款支出决算情况",
            "支出决算为30,256.50万元，年初预算为26,840万元。",
            "三、政府性基金预算财政拨款收支情况",
            "年初结转和结余15万元，本年收入12,480万元，本年支出12,481万元，年末结转和结余14万元。",
            "四、国有资本经营预算财政拨款支出情况",
            "本年收入12.5万元，本年支出11.5万元。",
        ),
        {
            "44,000": {"key": "dept-rev"},
            "43,000": {"key": "dept-exp"},
            "30,256.50": {"key": "dept-gp-exp", "measure": "actual"},
            "26,840": {"key": "dept-gp-exp", "measure": "budget"},
            "15": {"key": "", "account": "government_fund"},
            "12,480": {"key": "dept-gf-rev"},
            "12,481": {"key": "dept-gf-exp"},
            "14": {"key": "", "account": "government_fund"},
            "12.5": {"key": "dept-sc-rev"},
            "11.5": {"key": "dept-sc-exp"},
        },
    ),
    # below the name of a project stands what was spent on it
    "a project of a bureau": (
        "长治市文化和旅游局2025年度部门决算",
        (
            "一、预算绩效情况",
            "（一）文化惠民演出项目。",
            "全年预算480万元，执行468万元，执行率97.5%。",
        ),
        {
            "480": {"item": "文化惠民演出项目", "measure": "budget"},
            "468": {"item": "文化惠民演出项目", "measure": "actual"},
            "97.5": {"item": "文化惠民演出项目", "measure": "completion"},
        },
    ),
    # a table whose rows are debts is on debts
    "rows of debts": (
        ACCOUNTS,
        ("一、附表", table(DEBT_ROWS, "2025年度还本付息决算情况表 单位：亿元")),
        {
            "664.5": {"key": "debt-balance", "period": "2024"},
            "288.5": {"key": "debt-balance-general", "measure": "outstanding", "period": "2024"},
            "10.3": {"key": "debt-principal-general", "measure": "actual", "period": "2025"},
            "16": {"key": "debt-limit-special", "scope": "own"},
        },
    ),
    # a heading that is a table's title says its level
    "a level in a title": (
        ACCOUNTS,
        (
            "一、收支",
            *_level_tables(),
            "六、“三公”经费支出决算表（本级）",
            table("项目 | 预算数 | 决算数\n公务接待费 | 651 | 293", "2025年度长治市“三公”经费支出决算表 单位：万元"),
        ),
        {"651": {"scope": "own"}, "293": {"scope": "own"}, "90": {"scope": "whole"}},
    ),
    # short heads take the side of the head above
    "short heads": (
        CITY,
        ("一、附表", table(SHORT_HEADS, "分县区收入情况表 单位：亿元")),
        {"12.61": {"key": "gp-rev-101", "measure": "actual"}, "2.6": {"key": "total-gp-rev"}},
    ),
    # what a bulletin tells of is of no account
    "no account in a bulletin": (
        BULLETIN,
        (
            "一、财政",
            "全年一般公共预算支出210亿元，增长3.1%。",
            "二、工业",
            table(GOODS),
            "三、交通",
            "电信业务总量39.6亿元，增长12.1%；电信业务收入21.5亿元，增长2.6%。",
        ),
        {
            "210": {"account": "general_public"},
            "-10.4": {"account": "", "flow": ""},
            "12.1": {"key": "econ-volume-telecom"},
            "2.6": {"key": "econ-post-telecom"},
        },
    ),
    # a heading on a district is the district's: its growth is no deed of the city
    **{
        f"own: {heading}, {key}": (
            CITY,
            (heading, text),
            {"2.1": {"region": region, "key": "gp-exp-205"}, "9": {"region": region, "key": key}},
        )
        for heading, region in (
            ("二、屯留区发展情况", "屯留区"),
            ("（二）高新区建设发展情况", "高新区"),
            ("（二）高新区经济发展", "高新区"),
            ("（一）上党区建设", "上党区"),
            ("（一）上党区高质量发展取得新成效", "上党区"),
            ("（二）服务业集聚的上党区", "上党区"),
        )
        for text, key in ((DISTRICT_TEXT, "total-gp-exp"), (LINES_ONLY, "gp-exp-213"))
    },
    # what is done for it is the city's, but not if its own account is told below
    **{
        f"done for: {heading}": (CITY, (heading, LINES_ONLY), {"2.1": {"region": "长治市"}, "9": {"region": "长治市"}})
        for heading in (
            "一、支持循环化工园区建设",
            "（一）加快高新区发展",
            "二、高新区建设加快推进",
            "（一）支持上党区转型",
            "（三）聚力打造上党区增长极",
            "（一）着力服务高新区高质量发展",
            "（一）全面融入上党区",
            "（三）加强保护，守护上党",
        )
    },
    **{
        f"its account: {heading}": (CITY, (heading, DISTRICT_TEXT), {"2.1": {"region": place}, "9": {"region": place}})
        for heading, place in (
            ("一、支持循环化工园区建设", "循环化工园区"),
            ("二、高新区建设加快推进", "高新区"),
            ("（一）加强高新区预算管理", "高新区"),
        )
    },
    "a lake called as a district": (
        "运城市2025年预算执行情况和2026年预算草案的报告",
        ("（三）加强生态保护，守护盐湖和湿地", "投入修复资金4.4亿元。"),
        {"4.4": {"region": "运城市"}},
    ),
    # 全区 is all of the district that is spoken of; of no other kind of place, nor of a zone in a district's paper
    "all of the district": (
        CITY,
        ("一、支持上党区建设", "全区一般公共预算支出完成9亿元。全市一般公共预算支出完成80亿元。"),
        {"9": {"region": "上党区", "scope": ""}, "80": {"region": "长治市", "scope": "whole"}},
    ),
    "all of the counties": (
        CITY,
        ("一、支持高新区建设", "全县一般公共预算支出完成9亿元。"),
        {"9": {"region": "长治市", "scope": "lower"}},
    ),
    "all of the own district": (
        "上党区2025年财政预算执行情况和2026年财政预算（草案）的报告",
        ("一、支持高新区建设", "全区一般公共预算支出完成9亿元。"),
        {"9": {"region": "上党区", "scope": "whole"}},
    ),
    # half a year and two quarters are months; a year before which a thing is done is none
    **{
        f"months: {words}": (
            CITY,
            ("一、收入", f"{words}税收收入完成8亿元，增长3%，非税收入完成2亿元。"),
            {value: {"period": period} for value in ("8", "3", "2")},
        )
        for words, period in (
            ("2025年前半年，", "2025年1-6月"),
            ("2024年前半年，", "2024年1-6月"),
            ("2024年前二季度", "2024年1-6月"),
            ("2024年前三季度", "2024年1-9月"),
            ("2027年底前完成改造，", "2025"),
            ("2025年前一季度", "2025年1-3月"),
            ("2025年前期", "2025"),
        )
    },
    # a plan of one thing, a deed of another
    "another road": (
        CITY,
        ("一、项目", "碧水桥计划投资5000万元，南环路完成投资3000万元。"),
        {
            "5000": {"item": "碧水桥计划投资", "measure": "amount"},
            "3000": {"item": "南环路完成投资", "measure": "amount"},
        },
    ),
    "another waterworks": (
        CITY,
        ("一、项目", "城东水厂计划投资5000万元，城西水厂已完成投资3000万元，完成率60%。"),
        {"5000": {"item": "城东水厂计划投资"}, "3000": {"has": "城西水厂"}, "60": {"has": "城西水厂"}},
    ),
    "another district's deed": (
        CITY,
        ("一、项目", "高新区计划投资50亿元，上党区完成投资40亿元。"),
        {"50": {"has": "计划投资", "measure": "amount"}, "40": {"region": "上党区", "measure": "amount"}},
    ),
    "a deed up to a date": (
        CITY,
        ("一、项目", "碧水桥计划投资5000万元，截至2025年底已完成投资3000万元，完成率60%。"),
        {
            "5000": {"item": "碧水桥投资", "measure": "budget"},
            "3000": {"item": "碧水桥投资", "measure": "actual"},
            "60": {"item": "碧水桥投资", "measure": "completion"},
        },
    ),
    # a part is of the name that its whole has got
    "parts of what was renamed": (
        CITY,
        ("一、项目", "碧水清河工程计划投资5000万元，完成投资4000万元，其中一期2000万元。"),
        {"4000": {"item": "碧水清河工程投资"}, "2000": {"item": "一期", "parent": "碧水清河工程投资"}},
    ),
    "plans of a part": (
        CITY,
        ("一、项目", "碧水清河工程计划投资5000万元，其中一期计划投资2000万元，完成投资1800万元。"),
        {
            "2000": {"item": "一期投资", "measure": "budget", "parent": "碧水清河工程计划投资"},
            "1800": {"item": "一期投资", "measure": "actual", "parent": "碧水清河工程计划投资"},
        },
    ),
    # what another place, or another find, put right
    "put right in the next sentence": (
        CITY,
        ("一、审计", "发现违规问题金额5600万元。已完成整改5100万元。"),
        {"5600": {"item": "发现违规问题金额"}, "5100": {"item": "发现违规问题整改金额"}},
    ),
    "put right elsewhere": (
        CITY,
        ("一、审计", "上党区发现违规问题金额5000万元。屯留区完成整改4000万元。"),
        {"4000": {"item": "整改", "region": "屯留区"}},
    ),
    "put right of the nearest": (
        CITY,
        ("一、审计", "查出违规问题涉及甲局金额3000万元，挪用专项资金200万元，已整改100万元。"),
        {"100": {"item": "已整改"}},
    ),
    # rows that end in a word of their own, below a told word
    "value added of the gross output": (
        BULLETIN,
        ("一、综合", table("指标 | 增加值（亿元）\n工业总产值 | 90\n农业 | 30", "2025年增加值")),
        {"90": {"item": "工业总产值增加值"}, "30": {"item": "农业增加值"}},
    ),
    "sales of what is made": (
        BULLETIN,
        ("一、综合", table("产品名称 | 销售量（万吨）\n原煤产量 | 90\n商品煤量 | 30", "2025年产品销售")),
        {"90": {"item": "原煤产量销售量"}, "30": {"item": "商品煤量销售量"}},
    ),
    "output of what ends in it": (
        BULLETIN,
        ("一、综合", table("产品名称 | 产量（万吨）\n原煤产量 | 90\n商品煤量 | 30", "2025年产品产量")),
        {"90": {"item": "原煤产量"}, "30": {"item": "商品煤量"}},
    ),
    "output of what is sold": (
        BULLETIN,
        ("一、综合", table("产品名称 | 产量（万吨）\n发电量 | 90\n商品煤销售量 | 30", "2025年产品产量")),
        {"90": {"item": "发电量"}, "30": {"item": "商品煤销售量产量"}},
    ),
    # no project: a heading on a total; a project's spending and revenue are two things, and no total
    "grants by projects": (
        BUREAU,
        ("三、财政拨款支出项目", "本年支出500万元，年初预算400万元。"),
        {"500": {"key": "dept-exp", "measure": "actual"}, "400": {"key": "dept-exp", "measure": "budget"}},
    ),
    "projects in the account": (
        BUREAU,
        ("四、支出决算中的基本建设项目", "支出决算380万元，收入决算20万元。"),
        {
            "380": {"item": "支出决算中的基本建设项目", "key": ""},
            "20": {"item": "支出决算中的基本建设项目收入", "key": ""},
        },
    ),
    "both sides of a project": (
        BUREAU,
        ("（一）校舍维修改造项目", "本年支出380万元。本年收入480万元。"),
        {"380": {"item": "校舍维修改造项目", "key": ""}, "480": {"item": "校舍维修改造项目收入", "key": ""}},
    ),
    "projects of an account": (
        BUREAU,
        ("（二）一般公共预算项目", "年初预算400万元，支出决算380万元。"),
        {
            "400": {"item": "一般公共预算项目", "key": "", "measure": "budget"},
            "380": {"item": "一般公共预算项目", "key": "", "measure": "actual"},
        },
    ),
    # what is said again of the project, and by whom it is paid; but the body's own totals are the body's
    "a project named again": (
        BUREAU,
        ("（一）校舍维修改造项目", "项目收入20万元，支出19万元。其中：财政拨款支出10万元。"),
        {
            "20": {"item": "校舍维修改造项目收入", "key": ""},
            "19": {"item": "校舍维修改造项目", "key": ""},
            "10": {"item": "校舍维修改造项目财政拨款支出", "parent": "校舍维修改造项目", "key": ""},
        },
    ),
    "who pays a project": (
        BUREAU,
        ("（一）校舍维修改造项目", "收入480万元，其中：财政拨款收入300万元，事业收入180万元；支出468万元。"),
        {
            "300": {"item": "校舍维修改造项目财政拨款收入", "key": ""},
            "180": {"item": "校舍维修改造项目事业收入", "key": ""},
            "468": {"item": "校舍维修改造项目", "key": ""},
        },
    ),
    "the bureau below a project": (
        BUREAU,
        (
            "（一）校舍维修改造项目",
            "全年预算480万元，执行468万元。长治市教育局2025年支出8000万元。本部门收入总计9000万元。",
        ),
        {"468": {"item": "校舍维修改造项目"}, "8000": {"key": "dept-exp"}, "9000": {"key": "dept-rev"}},
    ),
    # two accounts in a heading: of neither alone
    "a heading of two accounts": (
        BUREAU,
        ("四、一般公共预算财政拨款收支和政府性基金财政拨款收支情况", "本年收入100万元。"),
        {"100": {"key": "dept-rev"}},
    ),
    "a heading of one account": (
        BUREAU,
        ("四、一般公共预算财政拨款收支情况", "本年收入100万元。"),
        {"100": {"key": "dept-gp-rev"}},
    ),
    **{
        f"a heading of other accounts: {key}": (BUREAU, (heading, "本年收入100万元。"), {"100": {"key": key}})
        for heading, key in (
            ("四、政府性基金和国有资本经营预算财政拨款收支情况", "dept-rev"),
            ("四、政府性基金预算财政拨款收支情况", "dept-gf-rev"),
        )
    },
    # 变动 in a reason is no difference
    "reasons that are changes": (
        CITY,
        ("一、支出", "主要是人员变动0.3亿元、政策变化0.2亿元。"),
        {"0.3": {"item": "人员变动"}, "0.2": {"item": "政策变化"}},
    ),
    "differences of items": (
        CITY,
        ("一、支出", "教育支出变化0.2亿元，卫生健康支出比预算变化0.3亿元。"),
        {"0.2": {"item": "教育支出（增减）", "key": ""}, "0.3": {"item": "卫生健康支出（增减）", "key": ""}},
    ),
}


@pytest.mark.parametrize("title, blocks, wanted", CASES.values(), ids=CASES)
def test_a_figure_has_the_name_the_paper_gives_it(
    title: str, blocks: tuple[str | Table, ...], wanted: dict[str, dict[str, Any]]
) -> None:
    found = parsed(title, *(Line(block, whole=True) if isinstance(block, str) else block for block in blocks))
    for value, want in wanted.items():
        some = [fact for fact in found.facts if fact.value == value]
        assert some and all(fits(fact, {"value": value, **want}) for fact in some), f"{value}: {shown(found.facts)}"
        assert all(name in fact.item for fact in some for kind, name in fact.qualifiers if kind == "body"), value


UNIT_PAPER = """长治市教育局2026年部门预算
一、部门收支总体情况
长治市教育局2026年收入预算1704万元，支出预算1704万元，其中事业收入103万元。
二、所属单位收支预算表
单位：万元
| 单位名称 | 合计 | 财政拨款收入 | 事业收入 |
|---|---|---|---|
| 长治市教育局机关 | 901 | 901 | 0 |
| 长治市第一中学 | 803 | 700 | 103 |
| 合计 | 1704 | 1601 | 103 |
"""


def test_a_departments_figure_is_none_of_its_units(tmp_path: Path) -> None:
    with assistant_of(tmp_path, "长治市教育局2026年部门预算", UNIT_PAPER) as assistant:
        answer = assistant.ask("长治市教育局2026年收入预算多少", "units")
    told = {figure.value.replace(",", "") for figure in answer.figures if figure.asked}
    assert "1704" in told and not told & {"901", "803"}, answer.reply
