"""Differences of two figures of published reports: budget less actual, limit less balance, revenue less expenditure.

Every answer was worked out by hand from the two sentences quoted with it; "" is a question that has no answer, and the
words after it must be said.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.ask.assistant import Assistant
from index.build import load

pytestmark = pytest.mark.real

REPORTS = (
    "reports/jiangsu_suqian_2026_budget_report.pdf",
    "reports/jincheng_2025_budget_report.pdf",
    "reports/yiyang_2025_budget_report.html",
    "reports/yueyang_2025_budget_report.pdf",
    "reports/zhangye_2025_budget_report.html",
    "reports_more/ankang_2025_budget_report.html",
    "reports_more/baoshan_2025_budget_report.html",
    "reports_more/beijing_2025_budget_report.pdf",
    "reports_more/chifeng_2025_budget_report.html",
    "reports_more/chongqing_2025_budget_report.pdf",
    "reports_more/dali_2025_budget_report.html",
    "reports_more/fushun_2025_final_budget_report.html",
    "reports_more/huangshi_2025_budget_execution.html",
    "reports_more/lijiang_2025_budget_attachment.xlsx",
    "reports_more/lincang_2025_budget_report.html",
    "reports_more/pingdingshan_2019_final_report.pdf",
    "reports_more/sanya_2025_budget_execution_report.html",
    "reports_more/shanghai_2025_budget_report.html",
    "reports_more/tangshan_2025_budget_report.html",
    "reports_more/tianjin_2025_budget_report.pdf",
    "reports_more/wuhan_2025_budget_expenditure.pdf",
    "reports_more/wuxi_2025_budget_report.html",
    "reports_more/yaan_2025_budget_report.html",
    "reports_more/yangjiang_2025_budget_report.html",
    "reports_more/jiangsu_yancheng_2026_budget_report.pdf",
    "reports_more/yuxi_2025_budget_report.html",
    "reports_more/zhanjiang_2025_budget_report.html",
)

YEARS = [
    ("玉溪市本级26年公共预算收入要比25年完成数多收多少亿", "7.97亿元", "多 7.97 亿元"),
    ("无锡市级一般公共预算收入，二六年预算比二五年少多少", "8.56亿元", "少 8.56 亿元"),
    ("黄石市直教育支出2026年安排的比2025年执行多多少", "10077万元", "多 10,077 万元"),
    ("赤峰一般公共预算对旗县区转移支付，26年安排比25年少多少", "110.4亿元", "少 110.4 亿元"),
    ("重庆全市一般公共预算支出26年安排数比25年执行数多多少亿", "566亿元", "多 566 亿元"),
    ("安康全市一般公共预算收入2026年预算比2025年完成数多多少", "1.18亿元", ""),
    ("保山市本级一般公共预算支出26年预算比25年执行数少多少", "87万元", "问的是“少”，报告里是多"),
    ("北京市级一般公共预算收入2026年预算比2025年执行数多多少亿", "152.2亿元", ""),
    ("上海全市政府性基金收入26年预算比25年执行数少多少亿元", "778.2亿元", ""),
    ("临沧全市一般公共预算收入26年预算要比25年完成多收多少", "5156万元", ""),
    ("湛江全市一般公共预算支出26年安排比25年增加多少", "34亿元", "问的是“多”，报告里是少"),
    ("盐城市级国有资本经营收入2026年预算比2025年完成数多多少", "4.87亿元", ""),
    ("北京教育支出2026年预算比2025年执行数多多少", "1.9亿元", ""),
    ("重庆市级一般公共预算收入今年安排比去年执行少多少", "19亿元", "问的是“少”，报告里是多"),
    ("三亚全市一般公共预算收入明年预算比今年完成数多多少", "4.7亿元", "2026年预算数比2025年完成数"),
    ("与2025年完成数相比，玉溪市本级一般公共预算收入2026年预算增加多少", "7.97亿元", ""),
    ("丽江全市一般公共预算收入26年比25年多多少", "11355万元", ""),
    ("雅安市级一般公共预算收入2026年预算减去2025年执行数是多少", "11526万元", ""),
    ("26年赤峰全市政府性基金收入预计比25年多多少亿", "40.115亿元", "= 40.115亿元"),
    ("无锡市级26年政府性基金收入预算比2025完成少几个亿", "60.79亿元", ""),
    ("武汉教育支出2026年预算比2025年执行数多多少", "", "没有武汉市的“2026年预算数”"),
    ("三亚市一般公共预算收入26年预算比25年预算多多少", "", "2026年预算数 159.9 亿元"),
    ("玉溪市本级一般公共预算收入2026年完成数比2025年完成数多多少", "", "2025年完成数 64.66 亿元"),
]
ROOM = [
    ("雅安全市专项债务余额离限额还有多大空间，2025年底", "170306万元", ""),
    ("大理州25年底债务余额离限额还差多少", "108588万元", ""),
    ("大理州还能举借多少债", "108588万元", ""),
    ("大理州还有多少举债空间", "108588万元", ""),
    ("雅安2025年专项债务剩余限额", "170306万元", ""),
    ("雅安市一般债务还能举借多少亿", "5.5706亿元", ""),
    ("上海2025年政府债务限额比余额多多少亿", "1026.1亿元", ""),
    ("临沧全市一般债务余额比限额低多少", "108901万元", ""),
    ("湛江市债务还能借多少", "6.52亿元", ""),
    ("盐城全市政府债务余额2025年底距限额还差多少亿", "52.69亿元", ""),
    ("雅安市级政府债务余额还有多少空间到限额", "107099万元", ""),
    ("重庆全市还有多少债务额度没用", "899亿元", ""),
    ("雅安政府债务限额和余额之间差多少", "", "市级的两个数都有"),
    ("保山2025年债务限额还剩多少空间", "", "没有保山市的“2025年政府债务限额”"),
    ("重庆市级政府债务余额比限额少多少", "", "4,334 亿元"),
    ("抚顺全市政府债务余额离限额还有多大空间", "8.9亿元", ""),
    ("丽江2025年底债务余额离限额还有多少空间", "", "口径不同"),
]
FLOWS = [
    ("唐山市级社保基金25年收入比支出多多少万", "238116万元", ""),
    ("唐山2025年全市一般公共预算收支相差多少", "4945566万元", "收入比2025年一般公共预算支出少"),
    ("三亚社保基金2025年收入比支出多多少", "6.6亿元", "问的是“多”，报告里是少"),
    ("无锡全市社保基金2025年收支结余推算是多少", "31.5亿元", ""),
    ("阳江全市社保基金2025年收支相差多少", "10.78亿元", ""),
    ("阳江社保基金2026年收入预算比支出预算多多少", "12.33亿元", ""),
    ("盐城全市政府性基金2025年收入比支出少多少", "2.37亿元", ""),
    ("湛江社保基金2025年收入减支出是多少", "13.07亿元", ""),
    ("重庆全市社保基金26年收支差额多少", "257亿元", ""),
    ("赤峰市本级社保基金2026年收入比支出多多少", "17.9亿元", ""),
    ("宿迁全市一般公共预算收入比支出少多少，2025年", "372亿元", ""),
    ("无锡全市政府性基金25年支出超出收入多少", "177.05亿元", ""),
    ("雅安市级国有资本经营预算25年收支差多少", "3118万元", ""),
    ("黄石市直社保基金2025年当年收大于支多少", "16490万元", ""),
    ("赤峰全市社保基金收入比支出多几个亿，2026年预算", "26.2亿元", ""),
    ("张掖市级社会保险基金收入与支出相差多少，2025年", "1.2亿元", ""),
    ("大理州本级社保基金2025年收入比支出多多少亿", "0.4106亿元", ""),
    ("北京市级社会保险基金2025年收入比支出多多少", "", "全市2025年社会保险基金收入 7,056.1 亿元"),
    ("黄石居民医保基金2025年收入比支出多多少", "4614万元", ""),
]
PLAN = [
    ("平顶山市本级2019年一般公共预算支出比年初预算超支多少", "270624万元", "调整预算数 928,895 万元"),
    ("平顶山2019年市本级一般公共预算收入超收多少", "40779万元", ""),
    ("平顶山市本级2019年一般公共预算支出比调整预算少支多少", "37148万元", ""),
    ("临沧全市一般公共预算收入2025年实际比年初预算多收多少", "2444万元", ""),
    ("武汉2025年教育支出执行数比调整预算少多少", "30785万元", ""),
    ("武汉教育支出2025年决算比年初预算多多少亿", "8.7915亿元", ""),
    ("武汉2025年科学技术支出执行数和调整预算数相差多少", "49925万元", ""),
    ("丽江全市一般公共预算收入2025年完成数比年初预算数短收多少", "27282万元", ""),
    ("大理州本级社保基金支出2025年实际比年初预算多支多少", "25011万元", ""),
    ("大理州本级社保基金收入2025年完成数比年初预算少多少", "266万元", ""),
    ("雅安全市2025年一般公共预算收入实际比年初预算多收多少", "", "完成预算 98.64%"),
    ("重庆2025年一般公共预算支出执行数比预算超了多少", "", "没有重庆市的“2025年预算数”"),
    ("黄石市直2025年税收收入短收多少", "", "2025年完成数 362,466 万元"),
    ("抚顺2025年一般公共预算收入比预算超收多少", "", "完成调整预算 105.4%"),
]
TWO = [
    ("黄石市直教育支出比农林水支出多多少，2025年", "67748万元", ""),
    ("岳阳全市教育支出比社会保障和就业支出少多少 2025", "5.3亿元", ""),
    ("北京市级教育支出比科学技术支出多多少，2025年", "98亿元", ""),
    ("重庆全市社会保障和就业支出比教育支出多多少 2025", "362亿元", ""),
    ("临沧税收收入比非税收入少多少 2025全市", "8428万元", ""),
    ("叶县比汝州多拿多少上级税收返还和转移支付，平顶山19年决算", "26959万元", ""),
    ("叶县2019年税收返还和转移支付比鲁山县少多少", "40583万元", ""),
    ("晋城2025年一般公共预算收入比益阳多多少", "116.98亿元", "= 116.98亿元"),
    ("盐城2025年一般公共预算收入比宿迁多多少亿", "199.14亿元", ""),
    ("上海全市一般公共预算收入比重庆多多少，2025年", "5764.9亿元", ""),
    ("临沧2025年全市一般公共预算收入比阳江少多少亿", "63.8256亿元", "只精确到 0.01 亿元"),
    ("重庆社保基金收入里财政补助占几成，2025", "26.2%", ""),
    ("重庆教育支出占一般公共预算支出几成，2025全市", "15.45%", "推算"),
    ("晋城2025年一般公共预算收入比岳阳多多少", "", "约数"),
    ("赤峰全市一般公共预算收入比市本级多多少 2025", "917349万元", "推算"),
]
CASES = [*YEARS, *ROOM, *FLOWS, *PLAN, *TWO]


@pytest.fixture(scope="module")
def assistant(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An index of the reports that the questions are about."""
    db = tmp_path_factory.mktemp("differences") / "real.db"
    load([shared / name for name in REPORTS], db)
    assistant = Assistant(db)
    yield assistant
    assistant.close()


@pytest.mark.parametrize("question, want, said", CASES, ids=[case[0] for case in CASES])
def test_difference(assistant: Assistant, question: str, want: str, said: str) -> None:
    answer = assistant.ask(question)
    asked = [figure for figure in answer.figures if figure.asked]
    assert [f"{one.value}{one.unit}" for one in asked[:1]] == ([want] if want else []), answer.reply
    assert answer.status == ("answered" if want else "not_found")
    assert said in answer.reply


@pytest.mark.parametrize("question, want, said", [*YEARS, *ROOM, *FLOWS, *PLAN], ids=lambda part: str(part)[:30])
def test_a_computed_difference_shows_both_facts(assistant: Assistant, question: str, want: str, said: str) -> None:
    answer = assistant.ask(question)
    computed = [one for one in answer.figures if one.derived]
    if not want:
        assert not computed
        return
    facts = [one for one in answer.figures if one.asked and not one.derived]
    assert len(computed) == 1
    assert len(facts) == 2
    assert "推算" in answer.reply
    for one in facts:
        assert one.fact_id is not None
        assert one.value in one.sentence
        assert one.scope in (facts[0].scope, "", "whole")
