"""What prose names a figure: the thing and not what is done with it, the account, who gives and who receives, what a
rank is of, and what in quotes is no figure at all.  Each case is one kind of fault found by comparing facts at random
with their pages; the words are our own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parse_builders import facts_of, fits, shown

CITY = "长治市2025年财政预算执行情况和2026年财政预算（草案）的报告"
WORK = "一、2025年工作"

# Heading, text, then of each value what its facts are to be (all of them); None: the value is no fact.
CASES: tuple[tuple[str, str, dict[str, dict[str, Any] | None]], ...] = (
    # what is done with money is no part of its name; a bare kind of money keeps its verb
    (WORK, "及时拨付各类惠企纾困补贴2.7亿元。", {"2.7": {"item": "惠企纾困补贴"}}),
    (WORK, "整合安排卫生健康专项资金3.1亿元。", {"3.1": {"item": "卫生健康专项资金"}}),
    (WORK, "累计争取到中央超长期特别国债资金8.4亿元。", {"8.4": {"key": "debt-ultralong"}}),
    (WORK, "共收到中央转移支付资金37.6亿元。",
     {"37.6": {"key": "transfer-payment", "qualifiers": (("giver", "中央"),)}}),
    (WORK, "统筹新增专项债券资金6.6亿元，支持学校建设。", {"6.6": {"key": ""}}),
    (WORK, "统筹整合资金6.3亿元，有力保障重点项目落地。", {"6.3": {"item": "统筹整合资金重点项目落地"}}),
    (WORK, "盘活财政存量资金5.2亿元。", {"5.2": {"key": "other-idle", "measure": "amount"}}),
    (WORK, "拨付1.7亿元深入打好蓝天保卫战。", {"1.7": {"item": "拨付打好蓝天保卫战"}}),
    (WORK, "投入1.9亿元解决了老旧小区供暖难题。", {"1.9": {"item": "投入老旧小区供暖难题"}}),
    (WORK, "成功落地总投资15.7亿元的漳河生态修复项目。", {"15.7": {"item": "漳河生态修复项目总投资"}}),
    (WORK, "确保7.3亿元惠农补贴资金足额到位。", {"7.3": {"item": "惠农补贴资金"}}),
    # one name after another, what ends the one and begins the other stands once
    (WORK, "共完成国有资产审批96项，审批金额4417万元。", {"4417": {"item": "国有资产审批金额"}}),
    (WORK, "开展项目评审266个，审减值4.1亿元。", {"4.1": {"key": "other-review-cut"}}),
    ("二、政府债务", "2026年全市一般债务还本支出40.2亿元，利息支出15.3亿元。",
     {"15.3": {"key": "debt-interest-general"}}),
    # words inside a name, a number that begins one, the end of a word
    (WORK, "全市农林水累计支出94.6亿元。", {"94.6": {"key": "gp-exp-213"}}),
    (WORK, "对3周岁以下婴幼儿按每孩每年3600元予以补贴。", {"3600": {"item": "3周岁以下婴幼儿"}}),
    (WORK, "退休人员养老金平均增长2.7%。", {"2.7": {"item": "退休人员养老金"}}),
    (WORK, "加上上解中央、政府债券还本等支出16.4亿元。", {"16.4": {"item": "上解中央、政府债券还本等支出"}}),
    (WORK, "财政自给率从17.4%增长至19.6%。", {"19.6": {"key": "other-self-rate"}}),
    # what words that name nothing are told of
    (WORK, "安排就业困难人员补贴1.4亿元，惠及2.3万人次。", {"2.3": {"item": "就业困难人员补贴惠及"}}),
    (WORK, "安排就业困难人员补贴1.4亿元，惠及3万名儿童。", {"3": {"item": "惠及儿童"}}),
    (WORK, "2023年以来共拨付各类涉企资金3410万元。", {"3410": {"key": "other-enterprise-support"}}),
    # what a figure is measured against is not what it is of
    (WORK, "不良贷款率1.13%，低于全省平均0.2个百分点。", {"0.2": {"item": "不良贷款率"}}),
    (WORK, "医疗救助筹资标准为600元，较省定标准上涨47%。", {"47": {"item": "医疗救助筹资标准", "measure": "rate"}}),
    # what a rank is of
    (WORK, "林分改造提升19500亩，森林质量合格率排名全省第1。", {"第1": {"item": "森林质量合格率"}}),
    (WORK, "全市在财政管理考核中排名全省第2位，潞城、屯留在全省分别排第1位、第9位。", {"第2": {"item": "财政管理考核"},
     "第1": {"item": "财政管理考核"}}),
    (WORK, "退税17.2亿元，规模居全省第4位。", {"第4": {"item": "退税"}}),
    (WORK, "全市一般公共预算收入规模稳中有进，2025年跃居全省第3位。", {"第3": {"key": "total-gp-rev"}}),
    (WORK, "组建担保集团，成为全国第1家获此评级的机构，融资4.4亿元。", {"第1": None}),
    (WORK, "率先将医疗救助筹资标准提高至年人均600元。", {"600": {"item": "医疗救助筹资标准"}}),
    ("一、工业", "全部工业增加值增长4.4%。其中，规模以上工业增加值增长3.2%。",
     {"4.4": {"key": "econ-industry-all"}, "3.2": {"key": "econ-industry"}}),
    # words in quotes are names; so are a figure of the quote's own kind
    (WORK, "出台提振消费“26条”措施，拉动消费5.3亿元。", {"26": None, "5.3": {"item": "拉动消费"}}),
    (WORK, "建成“15分钟便民生活圈”95个。", {"15": None}),
    (WORK, "落实“双15%”所得税政策，减税5.3亿元。", {"15": None}),
    (WORK, "基金规模达“100亿元”。", {"100": {"value": "100"}}),
    # an account named before a transfer, whose the transfers to those below are
    ("二、平衡情况", "政府性基金预算上级补助收入616万元。",
     {"616": {"key": "transfer-superior", "account": "government_fund"}}),
    ("二、旗县区转移支付情况", "一般公共预算对县区转移支付431.7亿元。",
     {"431.7": {"key": "transfer-down", "account": "general_public", "scope": "own"}}),
    ("二、2025年市本级转移支付情况", "市对下一般性转移支付执行数为693万元，其中：\n1.均衡性转移支付184万元。",
     {"184": {"key": "transfer-equalization", "qualifiers": (("recipient", "下级"),)}}),
    ("二、专项转移支付支出", "4.卫生健康2269万元；", {"2269": {"key": "", "item": "转移支付：卫生健康支出"}}),
    # of whom: 我市 after 市本级, a lower level named but once
    (WORK, "市本级一般公共预算支出完成38亿元。2025年，我市委托省财政厅发行地方政府专项债券12.6亿元。",
     {"12.6": {"key": "debt-issue-special", "scope": ""}}),
    (WORK, "全市民生支出90亿元。县级“三保”支出44亿元。二是促进教育优先发展。落实公用经费2.3亿元。",
     {"44": {"scope": "lower"}, "2.3": {"scope": "whole"}}),
    # parts of what has no key of its own, what was spent of bonds, budgets moved
    ("二、政府债务", "提前批新增债务限额9.3亿元（一般债务1.1亿元，专项债务8.2亿元）。",
     {"1.1": {"item": "提前批新增一般债务限额", "measure": "limit"}}),
    ("二、政府债务", "2025年新增债券支出金额9749万元。", {"9749": {"key": "", "item": "新增债券支出"}}),
    ("二、一般公共预算", "经常委会批准，市级收入预算调减8365万元。", {"8365": {"rule": "difference+account_total"}}),
    ("二、预算调整", "市本级一般公共预算总收入和总支出调整为134亿元；市本级政府性基金预算总收入和总支出调整为195亿元。",
     {"134": {"key": "total-gp-sum-rev"}, "195": {"key": "total-gf-sum-rev"}}),
    ("二、一般公共预算", "从预算稳定调节基金调入2.9亿元。", {"2.9": {"key": "transfer-stabilize-use"}}),
    ("二、一般公共预算", "加上地方上年专项政策性结转使用46.3亿元。", {"46.3": {"period": "2025"}}),
    ("三、社会保险基金预算", "全市收入9亿元，支出8亿元。收支相抵，年末新增结余1.4亿元。",
     {"1.4": {"key": "si-balance-year"}}),
    # no budget balances over several years
    ("一、“十四五”时期财政工作回顾", "全市一般公共预算收入总量达833亿元。", {"833": {"key": "total-gp-rev"}}),
    # several things that are not one: another kind of asset, of pollution, of money for loans
    (WORK, "下达大气污染防治资金6.5亿元，水污染防治资金0.9亿元。",
     {"6.5": {"key": "other-pollution-air"}, "0.9": {"key": "other-pollution-water"}}),
    (WORK, "兑付创业担保贷款贴息资金8119万元。", {"8119": {"key": "other-loan-interest"}}),
    (WORK, "资源勘探信息等共同财政事权转移支付64万元。", {"64": {"key": ""}}),
)  # fmt: skip


@pytest.mark.parametrize("heading, text, wanted", CASES)
def test_what_prose_names(heading: str, text: str, wanted: dict[str, dict[str, Any] | None]) -> None:
    facts = facts_of(CITY, heading, *text.split("\n"), "全市社会保险基金收入188.8亿元。")
    for value, fields in wanted.items():
        some = [fact for fact in facts if fact.value == value]
        if fields is None:
            assert not some, shown(facts)
        else:
            assert some and all(fits(fact, fields) for fact in some), (value, fields, shown(facts))
