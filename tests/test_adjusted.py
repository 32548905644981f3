"""Papers on an adjustment of the budget: lines that are moved, new limits of debt, and what of them is passed on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.parse_builders import facts_of

TITLE = "营口市2026年市本级预算调整方案（草案）的报告"
YI = 100_000_000
GAIZHOU, DASHIQIAO, CITY = "210881", "210882", "210800"
NEW, GENERAL, SPECIAL = "debt-limit-new", "debt-limit-new-general", "debt-limit-new-special"


@pytest.mark.parametrize(
    "text,moved",
    [
        ("社会保障和就业调增2.84亿元。", {"社会保障和就业支出": "2.84"}),
        ("科学技术调减0.25亿元，主要是建设进度未达预期。", {"科学技术支出": "-0.25"}),
        ("市本级教育支出预算调增1.2亿元。", {"教育支出": "1.2"}),
        ("教育预算调增1.2亿元。", {"教育支出": "1.2"}),
        ("科学技术追加1.2亿元。", {"科学技术支出": "1.2"}),
        ("农林水支出追加预算1.2亿元。", {"农林水支出": "1.2"}),
        ("卫生健康调整增加1.2亿元，交通运输支出调整减少0.3亿元。", {"卫生健康支出": "1.2", "交通运输支出": "-0.3"}),
        ("节能环保核增1.2亿元，城乡社区支出核减0.3亿元。", {"节能环保支出": "1.2", "城乡社区支出": "-0.3"}),
        ("教育调增1.2亿元、农林水调减0.3亿元。", {"教育支出": "1.2", "农林水支出": "-0.3"}),
        ("调增教育支出1.2亿元，调减科学技术支出0.3亿元。", {"教育支出": "1.2", "科学技术支出": "-0.3"}),
        ("追加农林水支出1.2亿元，核减教育支出0.3亿元。", {"农林水支出": "1.2", "教育支出": "-0.3"}),
        ("文化旅游体育与传媒支出调减0.3亿元。", {"文化旅游体育与传媒支出": "-0.3"}),
        ("住房保障净调减0.3亿元。", {"住房保障支出": "-0.3"}),
        (
            "教育、卫生健康、农林水分别调增1亿元、2亿元、3亿元。",
            {"教育支出": "1", "卫生健康支出": "2", "农林水支出": "3"},
        ),
        ("税收调减2.6亿元，非税调增0.9亿元。", {"税收收入": "-2.6", "非税收入": "0.9"}),
        ("教育支出由10亿元调整为11亿元，核增1亿元。", {"教育支出": "1"}),
        ("市公安局调增1.2亿元。", {"市公安局": "1.2"}),
    ],
)
def test_moved(text: str, moved: dict[str, str]) -> None:
    facts = [fact for fact in facts_of(TITLE, "一、一般公共预算支出", text) if fact.item.endswith("（增减）")]
    assert {fact.item: fact.number for fact in facts} == {
        f"{name}（增减）": Decimal(number) * YI for name, number in moved.items()
    }
    assert all(not fact.key and fact.measure == "amount" for fact in facts)


@pytest.mark.parametrize(
    "text,item",
    [
        ("财政投资评审核减1.5亿元。", "审减金额"),
        ("项目送审金额5亿元，核减1.5亿元。", "审减金额"),
        ("调增项目1.5亿元：大河治理1亿元。", "调增项目"),
        ("教育支出调增为1.5亿元。", "教育支出"),
        ("教育支出调减至1.5亿元。", "教育支出"),
        ("新增教育支出1.5亿元。", "新增教育支出"),
    ],
)
def test_not_moved(text: str, item: str) -> None:
    facts = [fact for fact in facts_of(TITLE, "一、一般公共预算支出", text) if fact.number == Decimal("1.5") * YI]
    assert [fact.item for fact in facts] == [item]


CHANGE, PARTS = "社会保障和就业调增2.8亿元。", "其中退役安置费0.4亿元，就业补助0.3亿元。"
_APART = pytest.mark.xfail(reason="parts of a change in a paragraph of their own are still filed as whole lines")


@pytest.mark.parametrize("texts", [(CHANGE + PARTS,), pytest.param((CHANGE, PARTS), marks=_APART)])
def test_parts_of_what_was_added(texts: tuple[str, ...]) -> None:
    told = [fact for fact in facts_of(TITLE, "一、支出", *texts) if fact.value in ("0.4", "0.3")]
    assert [(fact.parent, fact.key) for fact in told] == [("社会保障和就业支出（增减）", "")] * 2


def test_parts_behind_a_whole_figure() -> None:
    # behind the whole figure the parts are of that
    whole = facts_of(TITLE, "一、收入", "一般公共预算收入9亿元，比预算增加1亿元，其中：税收收入5亿元。")
    assert [fact.key for fact in whole if fact.value == "5"] == ["gp-rev-101"]


@pytest.mark.parametrize(
    "text,wanted",
    [
        (
            "2026年全市新增限额38.6亿元，市本级26.7亿元，其中一般债务3.2亿元、专项债务23.5亿元；"
            "转贷县（市）区11.9亿元，其中盖州市4.3亿元、大石桥市5.1亿元。",
            {
                ("38.6", NEW, "whole", CITY),
                ("26.7", NEW, "own", CITY),
                ("3.2", GENERAL, "own", CITY),
                ("23.5", SPECIAL, "own", CITY),
                ("11.9", NEW, "lower", CITY),
                ("4.3", NEW, "", GAIZHOU),
                ("5.1", NEW, "", DASHIQIAO),
            },
        ),
        (
            "省下达我市新增限额30.6亿元，其中：一般债务3.2亿元、专项债务27.4亿元。",
            {("30.6", NEW, "", CITY), ("3.2", GENERAL, "", CITY), ("27.4", SPECIAL, "", CITY)},
        ),
        (
            "省核定我市新增额度30.6亿元，其中一般债券3.2亿元、专项债券27.4亿元。",
            {("30.6", NEW, "", CITY), ("3.2", GENERAL, "", CITY), ("27.4", SPECIAL, "", CITY)},
        ),
        (
            "2026年债务限额新增30.6亿元，其中一般债务新增3.2亿元，专项债务新增27.4亿元。",
            {("30.6", NEW, "", CITY), ("3.2", GENERAL, "", CITY), ("27.4", SPECIAL, "", CITY)},
        ),
        (
            "下达我市新增债务限额30.6亿元，其中一般债务限额3.2亿元、专项债务限额27.4亿元。",
            {("30.6", NEW, "", CITY), ("3.2", GENERAL, "", CITY), ("27.4", SPECIAL, "", CITY)},
        ),
        (
            "市本级新增限额20.6亿元，县（市）区新增限额10.6亿元。",
            {("20.6", NEW, "own", CITY), ("10.6", NEW, "lower", CITY)},
        ),
        (
            "新增政府债务限额分配：市本级20.6亿元，盖州市4.6亿元，大石桥市5.6亿元。",
            {("20.6", NEW, "own", CITY), ("4.6", NEW, "", GAIZHOU), ("5.6", NEW, "", DASHIQIAO)},
        ),
        (
            "新增债务限额38.7亿元，市本级留用26.7亿元，转贷区县12亿元。",
            {("38.7", NEW, "", CITY), ("26.7", NEW, "own", CITY), ("12", NEW, "lower", CITY)},
        ),
        (
            "新增专项债务限额9亿元，转贷盖州市4.7亿元、大石桥市3亿元。",
            {("9", SPECIAL, "", CITY), ("4.7", SPECIAL, "", GAIZHOU), ("3", SPECIAL, "", DASHIQIAO)},
        ),
        # all limits, not the new ones
        ("核定营口市2026年政府债务限额682.4亿元，其中一般债务90亿元。", {("682.4", "debt-limit", "", CITY)}),
        ("政府债务限额682.4亿元，其中新增限额38.6亿元。", {("682.4", "debt-limit", "", CITY), ("38.6", NEW, "", CITY)}),
    ],
)
def test_new_limits(text: str, wanted: set[tuple[str, str, str, str]]) -> None:
    facts = facts_of(TITLE, "三、政府债务", text)
    assert wanted <= {(fact.value, fact.key, fact.scope, fact.region) for fact in facts if fact.measure == "limit"}
    new = {value for value, key, _, _ in wanted if key.startswith(NEW)}
    assert not [fact for fact in facts if fact.value in new and not fact.key.startswith(NEW)]


@pytest.mark.parametrize(
    "text",
    [
        "新增专项债券27.7亿元，转贷县（市）区7.7亿元。",  # bonds are lent on: no limit
        "新增债务限额38亿元，其中一般债务3亿元、专项债务35亿元，转贷县区7.7亿元。",  # of which kind: nothing says
        "转贷县（市）区7.7亿元。",
    ],
)
def test_lent_on_of_nothing_known(text: str) -> None:
    facts = facts_of(TITLE, "三、政府债务", text)
    assert all(not fact.key for fact in facts if fact.value == "7.7")


def test_a_quota_of_loans_is_no_limit_of_debt() -> None:
    facts = facts_of(TITLE, "小微企业担保贷款额度20亿元，新增额度3.3亿元，放款1.5亿元。", "全市政府债务余额90亿元。")
    assert [fact.key for fact in facts if fact.value == "3.3"] == [""]
