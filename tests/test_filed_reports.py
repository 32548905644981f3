"""Where figures of reports belong that were filed under what stood before them: ranks and growth of a clause's own
subject, bounds that are no growth, levels that stand right before an item, standards for one head, names that end
behind the figure.  Each case is one kind of fault found by comparing facts at random with their pages; the words are
our own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parse_builders import fits, parsed, shown

CITY = "长治市2025年财政预算执行情况和2026年财政预算（草案）的报告"
WORK = "一、2025年财政工作情况"
PLAN = "二、2026年预算草案"

# What stands above, the paragraph, the facts that are wanted, and what no fact may be.
CASES: tuple[tuple[str, str, tuple[dict[str, Any], ...], tuple[dict[str, Any], ...]], ...] = (
    # a ratio below a bound has not fallen by it; a growth below a bound is one
    (WORK, "全市财政自给率长期低于9%。", ({"item": "财政自给率", "measure": "rate", "value": "9"},), ()),
    (WORK, "教育支出增速低于4%。", ({"item": "教育支出", "measure": "yoy_pct", "value": "4"},), ()),
    # what lies beyond a target is not the target
    (
        WORK,
        "争取到位超长期特别国债资金31.5亿元，超目标任务1.5亿元。",
        ({"value": "31.5"},),
        ({"value": "1.5", "measure": "budget"},),
    ),
    # among the first ten is a rank, and no number of things
    (WORK, "一般公共预算收入规模排名全省前10位。", ({"measure": "rank", "value": "前10", "number": "10"},), ()),
    (
        WORK,
        "全市一般公共预算收入规模居全省第3位，4个县（市）一般公共预算收入规模位列全省前10位。",
        ({"value": "第3", "item": "一般公共预算收入"}, {"value": "前10", "key": ""}),
        (),
    ),
    (WORK, "绩效评价排名前200名，获得奖励资金700万元。", ({"measure": "rank", "value": "前200"},), ()),
    # the level right before an item is that of its figure, wherever it stands in the clause
    (
        WORK,
        "市级投入资金4亿元，支持产业转移，带动全市规模以上工业增加值增长8.7%。",
        ({"measure": "yoy_pct", "value": "8.7", "scope": "whole"},),
        (),
    ),
    (
        WORK,
        "全市教育支出90亿元。2026年1月已安排市级一般公共预算支出1.2亿元。全市卫生健康支出40亿元。",
        ({"value": "1.2", "scope": "own"}, {"value": "40", "scope": "whole"}),
        (),
    ),
    # what one head gets is not what was spent
    (
        WORK,
        "全市社会保障和就业支出90亿元，增长4%。支持生育，按每孩每年3600元的标准发放育儿补贴。",
        ({"value": "3600", "has": "标准"},),
        ({"value": "3600", "key": "gp-exp-208"},),
    ),
    # a bracket behind a name holds the figure of that name
    (
        WORK,
        "争取上级转移支付收入149亿元，剔除增发国债一次性因素（15.5亿元）后，增加5.1亿元。",
        ({"item": "增发国债一次性因素", "value": "15.5"},),
        (),
    ),
    (
        WORK,
        "盘活资产获益3.2亿元。上划四税收入增速（14.7%）全省第1。",
        ({"item": "上划四税收入", "measure": "yoy_pct", "value": "14.7"}, {"measure": "rank", "item": "上划四税收入"}),
        (),
    ),
    # growth and ranks of a clause that names its own subject
    (
        WORK,
        "新发放创业担保贷款3.3亿元。推进改革，农业保险保费收入突破亿元大关，同比增长42.7%，增速全省第一。",
        ({"item": "农业保险保费收入", "measure": "yoy_pct"}, {"item": "农业保险保费收入", "measure": "rank"}),
        (),
    ),
    (
        PLAN,
        "专项转移支付21亿元，增长10.7%。进一步加大教育、医疗卫生等均衡性转移支付规模，同比增长3.1%。",
        ({"item": "专项转移支付", "value": "10.7"}, {"item": "均衡性转移支付", "value": "3.1"}),
        ({"item": "专项转移支付", "value": "3.1"},),
    ),
    (
        WORK,
        "“收入能力”占考核指标权重达26%。我市因上年度税收占比排全省第9位，获得激励资金700万元。",
        ({"measure": "rank", "item": "税收收入占比"},),
        (),
    ),
    (
        WORK,
        "一般公共预算支出比上年有所下降，但规模仍保持在400亿元以上。",
        ({"item": "一般公共预算支出", "value": "400"},),
        (),
    ),
    # words that lead to an item and change nothing
    (PLAN, "市级财政安排“三公”经费预算3161万元。", ({"item": "“三公”经费", "measure": "budget", "scope": "own"},), ()),
    (
        PLAN,
        "按照2026年收入总规模计划安排全市国有资本经营预算支出总计2.5亿元。",
        ({"item": "国有资本经营预算支出总计", "measure": "budget", "scope": "whole"},),
        (),
    ),
    (WORK, "市级一般公共预算年初安排预备费4000万元。", ({"item": "预备费", "measure": "budget"},), ()),
    # the noun behind the figure ends the name
    (WORK, "投资基金累计拉动金融机构近110亿元资金投向实体经济。", ({"item": "投资基金累计拉动金融机构资金"},), ()),
    (WORK, "通过质押融资奖补撬动16.9亿元贷款发放。", ({"item": "通过质押融资奖补撬动贷款"},), ()),
    (WORK, "未来五年将获100亿元实体经济授信。", ({"item": "实体经济授信"},), ()),
    (WORK, "整合各类资金，形成总规模2.1亿元的财政支持。", ({"item": "财政支持总规模"},), ()),
    (
        WORK,
        "保障全市27个图书馆及106个乡镇（街道）文化站免费开放。",
        ({"item": "乡镇（街道）文化站免费开放", "value": "106"},),
        (),
    ),
    # what the last name of a list has and the others leave out
    (
        WORK,
        "城市、农村低保人均月标准分别提高至931元、842元。",
        ({"item": "城市低保人均月标准", "value": "931"}, {"item": "农村低保人均月标准", "value": "842"}),
        (),
    ),
    (
        WORK,
        "基本公共卫生财政补助和居民医保财政补助人均年标准分别提高至98元、703元。",
        (
            {"item": "基本公共卫生财政补助人均年标准", "value": "98"},
            {"item": "居民医保财政补助人均年标准", "value": "703"},
        ),
        (),
    ),
    # as many names as figures
    (
        WORK,
        "社保就业、教育、卫生健康等领域支出总计51.7亿元、42.1亿元、23.7亿元。",
        ({"value": "42.1", "item": "教育"}, {"has": "卫生健康", "value": "23.7"}),
        ({"value": "51.7", "item": "教育支出"},),
    ),
    # what is concerned is what was counted, or what a clause in between tells of
    (
        WORK,
        "编制项目绩效目标576个，涉及预算资金64.1亿元；全面编制部门整体绩效目标，涉及预算资金103.4亿元。",
        (
            {"value": "64.1", "item": "编制项目绩效目标涉及预算资金"},
            {"value": "103.4", "item": "全面编制部门整体绩效目标涉及预算资金"},
        ),
        (),
    ),
    # names that begin like a filler or like a place far away
    (WORK, "按期偿还到期政府债务本息26.1亿元。", ({"item": "按期偿还到期政府债务本息"},), ()),
    (WORK, "运行补贴包括：太平庄污水处理厂运行补贴5210万元。", ({"item": "太平庄污水处理厂运行补贴"},), ()),
    (WORK, "全市一般公共预算科技支出15.1亿元，同比增长14.2%。", ({"item": "科学技术支出", "value": "14.2"},), ()),
    # a point that is but a name
    (PLAN, "②专项公用支出。安排13.4亿元，占比18.1%。", ({"item": "专项公用支出", "value": "18.1"},), ()),
    # bonds that come ahead, or are held in what an account gives, are not all that are issued
    (
        PLAN,
        "省提前下达债券资金43.2亿元，其中：专项债券资金41.7亿元。",
        ({"item": "提前下达债券资金", "value": "43.2"},),
        ({"value": "41.7", "key": "debt-issue-special"}, {"value": "43.2", "key": "debt-issue"}),
    ),
    (
        PLAN,
        "政府投资820亿元，其中：一般公共预算安排586.1亿元（含新增一般债券70.3亿元）。",
        ({"value": "70.3", "key": ""},),
        ({"value": "70.3", "key": "debt-new-general"},),
    ),
    # what leads a sum is not the sum
    (
        WORK,
        "全市一般公共预算支出231.4亿元，加上上解上级等支出484.2亿元。",
        (),
        ({"value": "484.2", "key": "transfer-up"},),
    ),
    # measured against last year, and of this year
    (WORK, "评审项目917个，审减率12.6%，高于上年1.3个百分点。", ({"value": "1.3", "period": "2025"},), ()),
    # a part of a part is told with its whole
    (
        WORK,
        "全市教育支出90.4亿元，其中：财力安排的经费类支出50.3亿元，包括市本级20.7亿元；对区转移支付29.6亿元。",
        ({"value": "20.7", "parent": "教育支出：财力安排的经费类支出"},),
        (),
    ),
    # what 该 stands for, and what was taken or left of things counted
    (WORK, "长期护理保险基金纳入预算管理，该基金往年结余3.6亿元。", ({"item": "长期护理保险基金往年结余"},), ()),
    (WORK, "评估支出政策289项，取消或优化115项。", ({"item": "评估支出政策取消或优化", "value": "115"},), ()),
    (WORK, "（二）彩票公益金等安排的支出9.3亿元。", ({"item": "彩票公益金等安排的支出"},), ()),
    # a rate of what was told of
    (
        WORK,
        "公务接待费预算数650万元，决算数293万元，预决算差异率55%。",
        ({"value": "55", "item": "公务接待费预决算差异率"},),
        (),
    ),
    # what was asked for was not issued; money that moves other money
    (WORK, "申报专项债券资金需求15.3亿元。", ({"value": "15.3", "key": ""},), ()),
    (
        WORK,
        "用2.7亿财政资金撬动了149亿社会资本投入。",
        ({"value": "2.7", "item": "财政资金"}, {"value": "149", "item": "财政资金撬动社会资本"}),
        (),
    ),
    # the lines of a transfer, and of another account, are none of the budget's own
    (
        WORK,
        "省对我市政府性基金转移支付6.9亿元，其中：国有土地使用权出让金1.4亿元。",
        ({"value": "1.4", "key": ""},),
        ({"value": "1.4", "key": "gf-rev-1030148"},),
    ),
    (
        PLAN,
        "市级国有资本经营预算支出10.1亿元，包括：国有企业资本金注入5.8亿元、转移性支出3.3亿元。",
        ({"value": "3.3", "key": "", "account": "state_capital"},),
        ({"value": "3.3", "key": "gp-exp-230"},),
    ),
    (WORK, "全市减收企业失业保险7.2亿元。", ({"item": "减收企业失业保险"},), ()),
    # a zone whose own shortfall is told
    (
        PLAN,
        "需要说明的是，高新区“三保”及债券还本付息等年均支出缺口达13.2亿元。",
        ({"value": "13.2", "region": "高新区"},),
        (),
    ),
    # two sums of one kind, each for things named before it
    (
        WORK,
        "预算评审项目145个，送审金额13.2亿元，核减率10.1%；结算评审项目174个，送审金额41.6亿元，核减率16.3%。",
        (
            {"value": "13.2", "qualifiers": (("part", "预算评审项目"),)},
            {"value": "41.6", "qualifiers": (("part", "结算评审项目"),)},
        ),
        (),
    ),
)


@pytest.mark.parametrize("heading, line, wanted, none", CASES, ids=[case[1][:24] for case in CASES])
def test_a_figure_is_of_what_its_sentence_says(
    heading: str, line: str, wanted: tuple[dict[str, Any], ...], none: tuple[dict[str, Any], ...]
) -> None:
    """The item, the measure, the level and the place that a careful reader would give it."""
    facts = parsed(CITY, heading, line).facts
    missing = [each for each in wanted if not any(fits(fact, each) for fact in facts)]
    assert not missing, f"{missing}{shown(facts)}"
    assert not [fact for each in none for fact in facts if fits(fact, each)], shown(facts)
