"""核对: sentences of made-up reports, and the slips a check finds in them; what is right must stay without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.admin.checking import check_files
from index.check.models import Finding
from index.check.run import check, checked
from index.check.versions import compared_with
from index.models import Block
from tests.parse_builders import TITLE, parsed, table

GOOD = "2023年，全区一般公共预算收入完成20000万元，为预算19000万元的105.26%，比上年增长25%，增收4000万元。"


def told(*blocks: Block | str) -> list[Finding]:
    """What a check says of a report with these lines, above hints of style."""
    return [one for one in check(parsed(TITLE, *blocks)) if one.level != "提示"]


# line(s), kind, level, what the figure should be, what may have happened
SLIPS: list[tuple[tuple[str, ...], str, str, str, str]] = [
    (("2023年，全区一般公共预算收入完成20000万元，为预算19000万元的115.26%。",), "完成率", "错", "105.26%", "抄错一位"),
    (("2023年，全区教育支出完成20000万元，为预算19000万元的150.26%。",), "完成率", "错", "105.26%", "两位数字颠倒"),
    (("2023年，全区教育支出8600万元，占年度预算8650元的99.42%。",), "完成率", "错", "8650万元", "单位"),
    (("全区教育支出完成20000万元，比上年增长52%，增支4000万元。",), "同比", "疑", "25", ""),
    (("全区教育支出完成6亿元，增加2.2万元，增长57.9%。",), "同比", "错", "2.2亿元", "单位"),
    (("项目45个，送审金额26680万元，审定金额19855万元，审减金额6825万元，审减率52.58%。",), "审减率", "错", "25.58%",
     "两位数字颠倒"),
    (("全区政府债务余额174666万元，其中一般债务20776万元，专项债务153900万元。",),
     "分项", "错", "174,676万元", "抄错一位"),
    (("全区一般公共预算收入90074万元，返还性收入8892万元，一般性转移支付收入85655万元，收入总计184721万元。",),
     "合计", "错", "184,621万元", "抄错一位"),
    (("全区社会保险基金收入总计87654万元。", "社会保险基金支出总计39732万元，收支相抵后，本年收支结余47922元。"),
     "收支相抵", "错", "47922万元", "单位"),
    (("2023年，全区财政总收入完成867718万元，增长2%。", "（二）经济运行", "全区财政总收入完成867718元，再上台阶。"),
     "单位", "错", "867718万元", "单位"),
    (("三、专户管理", "截至2023年12月末，全区财政专户资金余额133111万元。",
      "从专户类型看，粮食风险专户资金余额110万元；非税收入专户资金余额2140万元；社保基金专户资金余额128014万元。"),
     "分项", "疑", "130,264万元", ""),
    (("（一）收入", "2023年，全区国有资本经营预算收入完成4075万元，比上年减收35293万元。",
      "1、利润收入完成875万元，比上年减收25185万元。", "2、股利、股息收入完成3200万元，比上年减收9330万元。"),
     "分项", "疑", "-34,515万元", "有没有列出的项"),
    (("全区社会保障和就业支出18620万元。",
      "其中包括：养老金11461万元，困难救助928万元，优抚1493万元，养老金11461万元。"),
     "分项", "疑", "", "同一项写了两遍"),
    (("到位资金4800万元，调整415万元用来偿还债务，剩余3285万元已支付。",), "剩余", "疑", "4,385万元", ""),
    (("二、2024年预算安排",
      "2024年一般公共预算收入94580万元，加返还性收入8892万元、转移支付收入24888万元，减上解支出34291万元，"
      "财力合计94069万元。",
      "实际安排支出93033万元。"), "收支平衡", "疑", "94,069万元", ""),
    (("一、一般公共预算支出", "7、社会保障和就业支出完成61041万元，增长17.2%。",
      "三、一般公共预算重点支出", "社会保障和就业支出完成60942万元，用于就业。"),
     "前后不一致", "疑", "", ""),
    (("一、一般公共预算支出", "11、农林水支出22504万元，比上年减支9147万元。",
      "三、一般公共预算重点支出", "农林水支出31651万元，用于乡村。"),
     "前后不一致", "疑", "", "31651万元 是上年数"),
    (("一、2023年社会保险基金", "2023年，社会保险基金当期收支结余13.07亿元，年末滚存结余167.58亿元。",
      "二、2024年社会保险基金", "2024年，社会保险基金当期收支结余14.98亿元，年末滚存结余181.8亿元。"),
     "滚存结余", "疑", "182.6亿元", ""),
    (("截至2023年底，全区政府债务限额87452万元，政府债务余额97452万元。",), "限额", "疑", "", "抄错一位"),
    (("全区教育支出完成017.04亿元。",), "写法", "错", "", ""),
]  # fmt: skip


@pytest.mark.parametrize("lines, kind, level, should, cause", SLIPS)
def test_slip_is_found(lines: tuple[str, ...], kind: str, level: str, should: str, cause: str) -> None:
    found = told(*lines)
    assert [one.kind for one in found] == [kind], found
    assert found[0].level == level
    assert should in found[0].should
    assert cause in found[0].cause


RIGHT: list[tuple[str, ...]] = [
    (GOOD,),
    ("全区教育支出完成20000万元，约为预算1.9亿元的105%。",),
    ("2023年，全区一般公共预算收入完成20000万元，同口径增长12%，增收4000万元。",),  # the base is restated
    ("全区政府债务余额17.47亿元，其中一般债务2.08亿元，专项债务15.40亿元。",),  # rounded one by one
    ("全区社会保障支出18620万元，其中养老金11461万元，困难救助928万元。",),  # not all parts are named
    ("全区一般公共预算收入90074万元，增长2%。", "加上返还性收入8892万元、转移支付收入85655万元，收入总计184621万元。"),
    ("收入188.8亿元，加省级补助收入149.7亿元，减上解省级10.7亿元、补助县级92.8亿元，可用财力235亿元。",),
    ("收入总计30亿元；教育支出20亿元，上解支出5亿元，支出总计25亿元。",),  # the terms of the other side
    ("全区资源勘探支出3378万元，比上年增加13970万元，增长131.9%。",),  # from a negative figure
    ("对投资额60万元以上的项目评审，审减资金7.5亿元，审减率27.3%。",),  # a threshold is no whole
    ("单价100万（含）以上设备5台，教育支出20000万元。",),
    ("全区预算总收入3692.6亿元。",
     "一般公共预算支出3359.7亿元，还本支出46.2亿元，预算总支出3405.9亿元，结余286.7亿元。"),
    ("截至2023年底，全区政府债务限额87452万元，政府债务余额87452万元。",),
    ("一、2023年社会保险基金", "2023年，社会保险基金当期收支结余1257万元，年末滚存结余11501万元。",
     "二、2024年社会保险基金", "2024年，社会保险基金当期收支结余1306万元，年末滚存结余12807万元。"),
    ("一、一般公共预算支出", "教育支出完成61041万元。", "二、市本级", "本级教育支出完成60942万元。"),
]  # fmt: skip


@pytest.mark.parametrize("lines", RIGHT)
def test_what_is_right_stays_without_a_word(lines: tuple[str, ...]) -> None:
    assert told(*lines) == []


# sentence, what is told under 提示
UNITS = [
    ("二是社会保障和就业支出60942万，用于就业。", "漏“元”"),
    ("2023年，全区教育支出60942万元，用于就业。", ""),
    ("单价100万（含）以上设备5台，教育支出20000万元。", ""),
    ("截至年底，教育支出3747.22万元，卫生健康支出3600万元，债券付息4080.68兑付服务费0.39万元。", "漏单位"),
    ("合计 156,211,123 156,211,123 0 0 0", ""),
]


@pytest.mark.parametrize("line, cause", UNITS)
def test_missing_unit_is_a_hint(line: str, cause: str) -> None:
    hints = [one.cause for one in check(parsed(TITLE, GOOD, line)) if one.level == "提示"]
    assert hints == ([cause] if cause else [])


COUNTIES = """
县区 | 年度预算数 | 累计完成 | 为年度预算% | 上年同期数 | 增减幅%
甲区 | 1000 | 950 | 95.00 | 900 | 5.56
乙区 | 2000 | 1500 | 75.00 | 1400 | 7.14
丙县 | 1200 | 1100 | 91.67 | 1000 | 10.00
丁县 | 3000 | 2800 | {rate} | 2600 | 7.69
戊县 | 1500 | 1480 | 98.67 | 1500 | -1.33
癸县 | 1500 | 1480 | 98.67 | -500 | 396.00
己县 | 1700 | 1600 | 94.12 | 1550 | 3.23
庚县 | 1800 | 1650 | 91.67 | 1600 | 3.13
辛县 | 2100 | 1900 | 90.48 | 1800 | 5.56
"""


@pytest.mark.parametrize(
    "rate, should", [pytest.param("93.33", [], id="right"), pytest.param("39.33", ["93.33%"], id="swapped")]
)
def test_cell_that_breaks_its_columns(rate: str, should: list[str]) -> None:
    found = told(GOOD, table(COUNTIES.format(rate=rate), caption="2023年一般公共预算收入完成情况表 单位：万元"))
    assert [one.should for one in found] == should, found


def test_finding_marks_its_figures_and_bears_its_place() -> None:
    (one,) = told("一、收支情况", "全区教育支出20000万元，占年度预算19000万元的115.26%。")
    assert one.marked == "全区教育支出【20000】万元，占年度预算【19000】万元的【115.26】%。"
    assert one.place == "收支情况"
    assert one.told == "20000万元 ÷ 19000万元 ＝ 105.26%，印的是 115.26%；可能：抄错一位；应为 105.26%"


def test_figure_of_a_sure_finding_bears_what_it_should_be() -> None:
    report, found = checked(parsed(TITLE, "全区教育支出20000万元，占年度预算19000万元的115.26%。"))
    flags = {fact.value: fact.flags for fact in report.facts}
    assert len(found) == 1
    assert flags["115.26"][-1] == "should:105.26%"
    assert not any(flag.startswith("should:") for value in ("20000", "19000") for flag in flags[value])


WRONG = "全区教育支出20000万元，占年度预算19000万元的115.26%。"
OTHER = "全区卫生健康支出30000万元，占年度预算29000万元的130.45%。"


def test_next_version_tells_mended_from_new() -> None:
    before, now = told(WRONG, "一般说明。", GOOD), told("新加的一段。", OTHER, GOOD)
    assert compared_with(now, before) == ((), tuple(before))
    assert compared_with(told("新加的一段。", WRONG), before) == ((0,), ())


def test_files_are_checked_without_an_index(tmp_path: Path) -> None:
    (tmp_path / "初稿.txt").write_text("\n".join([TITLE, WRONG, OTHER]), encoding="utf-8")
    (tmp_path / "二稿.txt").write_text("\n".join([TITLE, OTHER]), encoding="utf-8")
    (one,) = check_files([tmp_path / "二稿.txt"], against=tmp_path / "初稿.txt")
    assert (one.counted["错"], one.known, len(one.mended)) == (1, (0,), 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["二稿.txt", "初稿.txt"]
    (missing,) = check_files([tmp_path / "没有.txt"])
    assert missing.error
