"""Papers that no rule was made for: what is measured against what, whose limit, whose flows, what has become of what.

Each case is one kind of fault found by reading such papers; the words are our own.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.parse_builders import facts_of, fits, shown, table

COUNTY = "上党区2025年财政预算执行情况和2026年财政预算（草案）的报告"
ADJUSTMENT = "关于上党区2025年预算调整方案（草案）的报告"
BUREAU = "长治市水务局2024年度部门决算"
PLAN = "长治市水务局2025年部门预算"

# Title, heading, text, then of each value what its facts are to be (all of them).
Case = tuple[str, str, str, dict[str, dict[str, Any]]]

# 较上年末限额…增加…: the figure of the year compared with, though it is called by its name again
COMPARED: tuple[Case, ...] = (
    (
        COUNTY,
        "四、债务情况",
        "2025年末全区政府债务限额52.4亿元，较2024年末限额46.6亿元增加5.8亿元，增长12.4%。",
        {
            "52.4": {"key": "debt-limit", "period": "2025"},
            "46.6": {"key": "debt-limit", "period": "2024", "measure": "limit"},
            "5.8": {"key": "debt-limit", "measure": "yoy_amount", "period": "2025"},
        },
    ),
    (
        COUNTY,
        "四、债务情况",
        "2025年末政府债务余额91亿元，较上年末政府债务余额80亿元增加11亿元。",
        {"80": {"key": "debt-balance", "period": "2024", "measure": "outstanding"}},
    ),
    (
        COUNTY,
        "三、2026年支出预算",
        "全区一般公共预算支出安排56.2亿元，比上年年初预算55.1亿元增长2.1%。",
        {"55.1": {"key": "total-gp-exp", "period": "2025", "measure": "budget"}},
    ),
    (
        COUNTY,
        "一、2025年预算执行情况",
        "全区教育支出9.3亿元，比上年支出8.7亿元增加0.6亿元。",
        {"8.7": {"key": "gp-exp-205", "period": "2024", "measure": "actual"}},
    ),
    # what the stock is held against is no stock of another year
    (
        COUNTY,
        "四、债务情况",
        "2025年末全区政府债务余额80亿元，较2025年末限额92亿元少12亿元。",
        {"92": {"key": "debt-limit", "period": "2025", "measure": "limit"}},
    ),
)  # fmt: skip

# 比预算6亿元减少…: the budget of the same year; 调整后收入比…: of the account, whatever part was told of before
COMPARED_PLANS: tuple[Case, ...] = (
    (
        COUNTY,
        "一、2025年预算执行情况",
        "全区教育支出9.4亿元，比预算6.2亿元增加3.2亿元，增长51.6%，比上年8.8亿元增长6.8%。",
        {
            "6.2": {"key": "gp-exp-205", "measure": "budget", "period": "2025"},
            "51.6": {"measure": "rate"},
            "8.8": {"key": "gp-exp-205", "measure": "actual", "period": "2024"},
            "6.8": {"key": "gp-exp-205", "measure": "yoy_pct"},
        },
    ),
    (
        ADJUSTMENT,
        "二、收入调整",
        "一般公共预算收入由年初预算8.2亿元调整为7.9亿元，调减0.3亿元，调整后比上年决算数7.8亿元增长1.2%。",
        {
            "0.3": {"item": "一般公共预算收入（增减）", "measure": "amount"},
            "7.8": {"key": "total-gp-rev", "measure": "actual", "period": "2024"},
            "1.2": {"key": "total-gp-rev", "measure": "yoy_pct"},
        },
    ),
    (
        ADJUSTMENT,
        "二、收入调整",
        "一般公共预算收入调整为9.1亿元，其中非税收入3.2亿元。调整后收入比2024年完成数8.9亿元增长2.2%。",
        {"8.9": {"key": "total-gp-rev", "measure": "actual", "period": "2024"}, "2.2": {"key": "total-gp-rev"}},
    ),
)  # fmt: skip

# Whose limit it is, and what is but the room below it
LIMITS: tuple[Case, ...] = (
    (
        COUNTY,
        "四、债务情况",
        "2025年末全区政府债务余额90亿元，其中一般债务40亿元、专项债务50亿元，控制在省核定的限额95亿元以内。",
        {"95": {"key": "debt-limit", "measure": "limit"}, "50": {"key": "debt-balance-special"}},
    ),
    (
        COUNTY,
        "四、债务情况",
        "2025年末全区政府债务余额90亿元，其中：一般债务余额40亿元，控制在限额45亿元以内。",
        {"45": {"key": "debt-limit-general", "measure": "limit"}},
    ),
    (
        COUNTY,
        "四、债务情况",
        "2025年末全区政府债务余额41.2亿元，低于债务限额42.6亿元。",
        {"42.6": {"key": "debt-limit", "measure": "limit"}},
    ),
    (
        COUNTY,
        "四、债务情况",
        "政府债务余额7.3亿元，未超过上级核定的债务限额8.1亿元。",
        {"8.1": {"key": "debt-limit", "measure": "limit"}},
    ),
    (
        COUNTY,
        "四、债务情况",
        "2025年末全区政府债务余额41.2亿元，低于债务限额1.4亿元。",
        {"1.4": {"key": "", "measure": "amount"}},
    ),
    (COUNTY, "四、债务情况", "全区政府债务余额低于限额1.7亿元。", {"1.7": {"key": "", "measure": "amount"}}),
)  # fmt: skip

# The two sides of what is told of, and no side of what was told before
SIDES: tuple[Case, ...] = (
    (
        BUREAU,
        "一、收入支出决算总体情况",
        "2024年度本部门年初结转和结余318.2万元，本年收入9518.5万元，本年支出9703.7万元，年末结转和结余133万元。",
        {
            "318.2": {"key": "dept-carry-in"},
            "9518.5": {"key": "dept-rev", "measure": "actual"},
            "9703.7": {"key": "dept-exp", "measure": "actual"},
            "133": {"key": "dept-carry-out"},
        },
    ),
    (
        BUREAU,
        "四、财政拨款收入支出决算情况",
        "2024年度财政拨款年初结转和结余18万元，本年收入951万元，本年支出970万元，年末结转和结余9万元。",
        {"951": {"key": "dept-grant-rev"}, "970": {"key": "dept-grant-exp"}, "9": {"key": ""}},
    ),
    (
        BUREAU,
        "四、财政拨款收入支出决算情况",
        "2024年度财政拨款收入95万元，支出96万元。",
        {"95": {"key": "dept-grant-rev"}, "96": {"key": "dept-grant-exp"}},
    ),
    (
        BUREAU,
        "一、收入支出决算总体情况",
        "2024年收支总计99万元，本年收入92万元，本年支出93万元。",
        {"99": {"key": "dept-sum"}, "92": {"key": "dept-rev"}, "93": {"key": "dept-exp"}},
    ),
    (
        PLAN,
        "（二）收支预算总体情况",
        "2025年收支总预算2486万元，比2024年预算2391万元增加95万元，增长4.0%。",
        {
            "2486": {"key": "dept-sum", "measure": "budget"},
            "2391": {"key": "dept-sum", "measure": "budget", "period": "2024"},
            "95": {"key": "dept-sum", "measure": "yoy_amount", "period": "2025"},
        },
    ),
    (
        COUNTY,
        "（四）社会保险基金预算",
        "机关事业单位基本养老保险基金收入49.2亿元，支出50.6亿元；失业、工伤保险基金收入5.2亿元，支出4.7亿元。",
        {
            "50.6": {"item": "机关事业单位基本养老保险基金支出"},
            "5.2": {"item": "失业、工伤保险基金收入", "key": ""},
            "4.7": {"item": "失业、工伤保险基金支出", "key": ""},
        },
    ),
    (
        COUNTY,
        "（四）社会保险基金预算",
        "失业保险基金收入2亿元，支出1亿元；职工医保和居民医保基金收入31亿元，支出29亿元，年末滚存结余12亿元。",
        {
            "29": {"item": "职工医保和居民医保基金支出", "key": ""},
            "12": {"item": "职工医保和居民医保基金年末滚存结余", "key": ""},
        },
    ),
    (
        COUNTY,
        "（四）社会保险基金预算",
        "工伤保险基金收入1.5亿元、支出1.4亿元。企业职工和城乡居民基本养老保险基金收入60亿元、支出52亿元。",
        {"1.4": {"item": "工伤保险基金支出"}, "52": {"item": "企业职工和城乡居民基本养老保险基金支出", "key": ""}},
    ),
)  # fmt: skip

# What is counted is no money called after it, and owned is not bought
COUNTED: tuple[Case, ...] = (
    (
        PLAN,
        "六、国有资产占有使用情况",
        "截至2024年12月31日，共有公务用车21辆，其中执法执勤用车6辆、特种专业技术用车（测绘车、抢险车）12辆。",
        {
            "21": {"item": "公务用车", "key": ""},
            "6": {"item": "执法执勤用车", "qualifiers": ()},
            "12": {"item": "特种专业技术用车", "qualifiers": ()},
        },
    ),
    (
        PLAN,
        "六、国有资产占有使用情况",
        "账面原值225万元；公务用车4辆（机要通信用车1辆、应急保障用车3辆）。",
        {"4": {"item": "公务用车", "key": ""}, "3": {"item": "应急保障用车", "qualifiers": ()}},
    ),
    (
        PLAN,
        "六、国有资产占有使用情况",
        "2025年部门预算安排购置车辆2辆，其中：执法执勤用车1辆。",
        {"1": {"item": "购置执法执勤用车"}},
    ),
    (
        COUNTY,
        "二、2025年工作",
        "专项数量从97个精简为75个，保留项目全部公开。",
        {"97": {"item": "专项数量（此前）"}, "75": {"item": "专项数量"}},
    ),
    (
        COUNTY,
        "二、2025年工作",
        "财政专项资金由45项归并为30项。",
        {"45": {"item": "财政专项资金（此前）"}, "30": {"item": "财政专项资金"}},
    ),
    (
        COUNTY,
        "二、2025年工作",
        "服务大厅窗口从18个整合至12个。",
        {"18": {"item": "服务大厅窗口（此前）"}, "12": {"item": "服务大厅窗口"}},
    ),
)  # fmt: skip

# That it is due, secured or granted is no part of a name; the rate of a change stands behind it in a bracket
NAMED: tuple[Case, ...] = (
    (
        COUNTY,
        "四、债务情况",
        "2025年应偿还到期政府债务本息（含外债）19.5亿元，同比增长6.5%。",
        {"19.5": {"key": "debt-service"}, "6.5": {"key": "debt-service", "measure": "yoy_pct"}},
    ),
    (COUNTY, "四、债务情况", "今年需偿还到期债务本息2.8亿元。", {"2.8": {"key": "debt-service"}}),
    (COUNTY, "四、债务情况", "全年应支付政府债务利息3.1亿元。", {"3.1": {"key": "debt-interest"}}),
    (COUNTY, "二、2026年支出", "足额安排“三保”支出25.1亿元。", {"25.1": {"key": "total-three-guarantees"}}),
    (
        PLAN,
        "三、“三公”经费",
        "2025年本部门财政拨款“三公”经费预算支出275.3万元，较上年减少56.8万元（17.1%）。"
        "其中：因公出国（境）经费68.2万元，较上年增加8.4万元（14.0%）；公务接待费32.4万元。",
        {
            "275.3": {"key": "other-three-public", "measure": "budget"},
            "17.1": {"key": "other-three-public", "measure": "yoy_pct", "number": "-17.1"},
            "68.2": {"key": "other-tp-abroad", "measure": "budget"},
            "14.0": {"key": "other-tp-abroad", "measure": "yoy_pct", "number": "14.0"},
        },
    ),
    (
        COUNTY,
        "一、2025年预算执行情况",
        "全区教育支出9.3亿元，比上年增加0.6亿元（6.9%）。",
        {"6.9": {"key": "gp-exp-205", "measure": "yoy_pct"}},
    ),
    (
        COUNTY,
        "一、2025年预算执行情况",
        "全区税收收入9.3亿元，比上年减收0.6亿元（占收入的60.5%）。",
        {"60.5": {"measure": "share"}},
    ),
)  # fmt: skip


# Parts that no word announces, what was spent of a bond, and what was given for so many things
LISTED: tuple[Case, ...] = (
    (
        COUNTY,
        "五、新增债券",
        "（二）新增专项债券4.6亿元：热区水果冷链物流园1.8亿元；县城供水项目1.3亿元；产业园1.5亿元。",
        {
            "1.8": {"item": "热区水果冷链物流园", "parent": "新增专项债券"},
            "1.5": {"item": "产业园", "parent": "新增专项债券"},
        },
    ),
    (
        COUNTY,
        "五、新增债券",
        "2025年新增专项债券12.1亿元，已支出9.7亿元，支出进度80.2%，投向标准厂房7.4亿元、人民医院扩建4.7亿元；"
        "再融资债券1.5亿元。",
        {
            "12.1": {"key": "debt-new-special"},
            "9.7": {"item": "新增专项债券支出", "key": ""},
            "7.4": {"item": "标准厂房", "parent": "新增专项债券"},
            "1.5": {"key": "debt-refinance", "parent": ""},
        },
    ),
    (
        COUNTY,
        "一、2025年预算执行情况",
        "全区税收收入9亿元：增值税6亿元；契税3亿元，增长4%。",
        {"6": {"key": "gp-rev-10101", "parent": "税收收入"}, "4": {"key": "gp-rev-10119"}},
    ),
    # what does not add up is not said to be its parts
    (
        COUNTY,
        "五、新增债券",
        "新增专项债券4.6亿元：物流园1.8亿元；供水项目1.3亿元。",
        {"1.3": {"item": "供水项目", "parent": ""}},
    ),
    (
        COUNTY,
        "二、2025年工作",
        "集中财力办好10件惠民实事，安排资金1.8亿元，重点支持新建宿舍楼、养老服务站建设。",
        {"10": {"item": "惠民实事"}, "1.8": {"item": "惠民实事", "measure": "amount"}},
    ),
    (
        COUNTY,
        "二、2025年工作",
        "实施12项民生工程，投入3.2亿元，支持学校和幼儿园建设。",
        {"3.2": {"item": "实施民生工程"}},
    ),
    (
        COUNTY,
        "二、2025年工作",
        "兑现8项惠企政策，拨付资金0.9亿元，支持企业稳岗扩岗。",
        {"0.9": {"item": "惠企政策"}},
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    "title, heading, text, wanted", [*COMPARED, *COMPARED_PLANS, *LIMITS, *SIDES, *COUNTED, *NAMED, *LISTED]
)
def test_a_figure_of_prose(title: str, heading: str, text: str, wanted: dict[str, dict[str, Any]]) -> None:
    facts = facts_of(title, heading, *text.split("\n"))
    for value, fields in wanted.items():
        found = tuple(fact for fact in facts if fact.value == value)
        assert found and all(fits(fact, fields) for fact in found), f"{value}: {fields}{shown(found or facts)}"


def test_the_sum_of_all_sources_is_of_no_account() -> None:
    """Rows of bodies below 合计 | 一般公共预算拨款 | 其他收入: the first column is all that they have."""
    rows = (
        "单位名称|合计|一般公共预算拨款|其他收入\n长治市水文站|318.4|297.0|21.4\n长治市水务局本级|99.1|99.0|0.1\n"
        "长治市灌溉中心|150.2|120.1|30.1\n合计|567.7|516.1|51.6"
    )
    found = facts_of(PLAN, "本部门收支如下。", "表2 收入总表", "单位：万元", table(rows))
    keys = {fact.value: (fact.key, fact.qualifiers) for fact in found}
    body = (("body", "长治市水文站"),)
    assert {value: keys[value] for value in ("318.4", "297.0", "21.4", "567.7", "99.0")} == {
        "318.4": ("dept-rev", body),
        "297.0": ("dept-gp-rev", body),
        "21.4": ("dept-other-rev", body),
        "567.7": ("dept-rev", ()),
        "99.0": ("dept-gp-rev", (("body", "长治市水务局本级"),)),
    }
