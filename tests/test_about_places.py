"""Whose paper it is: counties of every kind of name, named in the title, file name, salutation or signature alone."""

from __future__ import annotations

import pytest

from index.facts.about import about
from index.find.places import find_places

TITLE = "2024年财政预算执行情况和2025年财政预算草案的报告"
BODY = (
    "各位代表：",
    "2024年，全县一般公共预算收入完成156872万元，增长3.2%。",
    *["财政运行总体平稳。"] * 12,
)
NAMES = [
    "成县",
    "礼县",
    "徽县",
    "和县",
    "景县",
    "叶县",
    "滑县",
    "藁城区",
    "开州区",
    "神农架林区",
    "六枝特区",
    "井陉矿区",
    "港口区",
    "老城区",
    "新市区",
    "江南区",
    "于都县",
    "通许县",
    "互助土族自治县",
    "鄂温克族自治旗",
    "乌审旗",
    "莫力达瓦达斡尔族自治旗",
    "浦东新区",
    "两当县",
    "长子县",
    "东方市",
    "海棠区",
    "天涯区",
    "公安县",
    "资源县",
    "通道侗族自治县",
    "仙桃市",
    "石林彝族自治县",
    "杜尔伯特蒙古族自治县",
    "城步苗族自治县",
    "大厂回族自治县",
    "孟村回族自治县",
    "兴安县",
    "隆安县",
    "东区",
    "市南区",
]
NAMESAKES = [
    "徐州市鼓楼区",
    "福州市鼓楼区",
    "南京市鼓楼区",
    "晋城市城区",
    "阳泉市郊区",
    "佳木斯市郊区",
    "阳泉市矿区",
    "济南市市中区",
    "乐山市市中区",
    "北京市朝阳区",
    "长春市朝阳区",
    "西安市新城区",
    "呼和浩特市新城区",
    "内江市市中区",
    "柳州市城中区",
    "西宁市城中区",
    "北京市通州区",
    "南通市通州区",
    "枣庄市市中区",
]


def _said(texts: tuple[str, ...], name: str = "报告.txt") -> str:
    found = about(name, texts[0], texts).region
    return found.full_name if found else ""


@pytest.mark.parametrize("name", NAMES)
def test_named_once(name: str) -> None:
    silent = f"关于{TITLE}"
    assert _said((f"关于{name}{TITLE}", *BODY)).endswith(name)
    assert _said((f"{name}{TITLE}", *BODY)).endswith(name)
    assert _said((silent, *BODY), f"{name}2024年预算报告.docx").endswith(name)
    assert _said((silent, f"{name}人大常委会：", *BODY)).endswith(name)
    assert _said((silent, *BODY, f"{name}财政局")).endswith(name)
    assert _said((silent, f"——2025年1月15日在{name}第十七届人民代表大会第五次会议上", *BODY)).endswith(name)


@pytest.mark.parametrize("full", NAMESAKES)
def test_namesakes(full: str) -> None:
    """The city of the signature or the city the text speaks of settles which; nothing settles it: no place."""
    city = full[: full.index("市") + 1]
    name = full.removeprefix(city)
    titled = f"关于{name}{TITLE}"
    assert _said((titled, *BODY, f"{full}财政局")) == full
    assert _said((titled, *BODY, f"在{city}委、{city}政府的领导下，各项任务全面完成。", *BODY)) == full
    assert _said((titled, *BODY)) == ""
    assert _said((f"{city[:-1]}{name}{TITLE}", *BODY)) == full


def test_no_other_place_for_namesakes() -> None:
    """鼓楼区 is in two cities of 江苏: the province settles nothing, and is not whose paper it is."""
    assert _said((f"关于鼓楼区{TITLE}", "江苏省财政厅：", *BODY)) == ""


@pytest.mark.parametrize(
    "text,within,places",
    [
        ("形成县区合力", "621221", []),
        ("推动成县发展", "621221", ["成县"]),
        ("成县收入3亿元", "621200", ["成县"]),
        ("形成县收入增长点", "621200", []),
        ("成县一般公共预算收入3亿元", "621200", ["成县"]),
        ("礼县、成县、徽县", "621200", ["礼县", "成县", "徽县"]),
        ("城区2024年新建学校5所", "350823", []),
        ("市和县财政共同负担", "340500", []),
        ("济南市中区", None, ["济南市中区"]),
        ("信阳新县", None, ["信阳新县"]),
    ],
)
def test_words_that_are_places(text: str, within: str | None, places: list[str]) -> None:
    assert [place.text for place in find_places(text, within)] == places


@pytest.mark.parametrize(
    "title,place",
    [
        ("关于淮安经济技术开发区2025年财政预算的说明", "淮安市经开区"),
        ("淮安经济技术开发区2025年财政预算说明", "淮安市经开区"),
        ("岳阳市临港高新区2025年预算执行情况的报告", "岳阳市临港高新区"),
        # what the city does for a zone, or says of several, is the city's
        ("淮安市支持经济技术开发区2025年财政预算说明", "淮安市"),
        ("淮安市2025年财政预算和经济技术开发区预算说明", "淮安市"),
    ],
)
def test_the_zone_of_a_title(title: str, place: str) -> None:
    assert _said((title, "一般公共预算收入计划安排3286万元。")) == place
