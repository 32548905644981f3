"""Places, former names, zones and misspelt names: examples, and the tidiness of their word lists."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from index.find.places import ancestors, children, find_places, is_within, near_place, region, regions, short_name
from index.find.zones import find_zones, zone_name
from index.paths import lexicon_dir

# text, within, what is found: printed words and codes
EXAMPLES = [
    # chains are one place, whatever the mixture of full names and shorts
    ("山西省长治市上党区2023年教育支出", None, [("山西省长治市上党区", "140404")]),
    ("长治上党 2023年", None, [("长治上党", "140404")]),
    ("徐州市 鼓楼区", None, [("徐州市 鼓楼区", "320302")]),
    ("吉林省吉林市", None, [("吉林省吉林市", "220200")]),
    ("北京市朝阳区的收入", None, [("北京市朝阳区", "110105")]),
    ("长治市城区", None, [("长治市城区", "140403")]),
    # names and shorts
    ("上党区财政局", None, [("上党区", "140404")]),
    ("上党2023年教育支出", None, [("上党", "140404")]),
    ("高平、阳城、泽州3个县", None, [("高平", "140581"), ("阳城", "140522"), ("泽州", "140525")]),
    ("沁县一般公共预算", None, [("沁县", "140430")]),
    ("恩施州恩施市", None, [("恩施州恩施市", "422801")]),
    ("济源市", None, [("济源市", "419001")]),
    ("石河子市", None, [("石河子市", "659001")]),
    ("三明2025年和岳阳比", None, [("三明", "350400"), ("岳阳", "430600")]),
    ("内蒙古赤峰市", None, [("内蒙古赤峰市", "150400")]),
    ("浦东新区", None, [("浦东新区", "310115")]),
    ("解放区教育支出", None, [("解放区", "410802")]),
    ("关于解放区2023年", None, [("解放区", "410802")]),
    ("2023年延安全市", None, [("延安", "610600")]),
    ("阳江江城区", None, [("阳江江城区", "441702")]),
    # former names
    ("长治县2017年", None, [("长治县", "140404")]),
    ("屯留县和潞城市", None, [("屯留县", "140405"), ("潞城市", "140406")]),
    # the province before its namesakes, a namesake where it is at home
    ("河南", None, [("河南", "410000")]),
    ("河南", "632300", [("河南", "632324")]),
    # homonyms stay together until a region around settles them
    ("朝阳区", None, [("朝阳区", "110105 220104")]),
    ("鼓楼区", "350100", [("鼓楼区", "350102")]),
    ("鼓楼区", "320000", [("鼓楼区", "320106 320302")]),
]  # fmt: skip

NOTHING = [
    "建设项目", "资源勘探工业信息", "新华社", "城区改造", "解放思想", "安定团结", "公安支出", "重大安全隐患",
    "推广安全生产", "其中山区群众", "确保定期拨付", "财政和预算", "投资中央项目", "市本级和县区", "下达县区",
    "完成县级",
    "各县（市、区）", "全州一般公共预算", "新建学校", "会同有关部门", "无为而治", "居民和企业", "真金白银", "新会计法",
    "一视同仁", "金沙江", "强农惠农富农", "平原水库", "全市中心工作", "在建安工程", "县级市", "", "区", "%1,234.5万元",
]  # fmt: skip


@pytest.mark.parametrize("text,within,expected", EXAMPLES)
def test_finds_places(text: str, within: str | None, expected: list[tuple[str, str]]) -> None:
    found = find_places(text, within)
    assert [(match.text, " ".join(r.code for r in match.regions)) for match in found] == expected
    assert all(text[match.start : match.end] == match.text for match in found)


@pytest.mark.parametrize("text", NOTHING)
def test_finds_no_place(text: str) -> None:
    assert find_places(text) == []


def test_exact_means_full_and_current_name() -> None:
    assert all(find_places(text)[0].exact for text in ("上党区", "长治市上党区", "长治上党区"))
    assert not any(find_places(text)[0].exact for text in ("上党", "屯留县", "长治市上党"))


# text, code of the region around, codes found
ZONES = [
    ("岳阳临港高新区", "430600", ["430600-临港高新区"]),
    ("岳阳临港高新区", None, ["430600-临港高新区"]),
    ("市本级（含现代物流产业开发区）", "350400", ["350400-现代物流产业开发区"]),
    ("三明现代物流产业开发区、三明高新区", "350400", ["350400-现代物流产业开发区", "350400-高新区"]),
    ("宿迁经济技术开发区", "321300", ["321300-经开区"]),
    ("宿迁经开区。湖滨新区、洋河新区和苏宿园区", "321300",
     ["321300-经开区", "321300-湖滨新区", "321300-洋河新区", "321300-苏宿园区"]),
    ("承德御道口牧场管理区", "130800", ["130800-御道口牧场管理区"]),
    ("支持湛江奋勇高新技术产业开发区", "440800", ["440800-奋勇高新区"]),
    ("主要原因是周口中心城区", "411600", ["411600-中心城区"]),
    ("积极支持上党经开区", "140400", ["140404-经开区"]),
    ("经开区2025年收入", "140400", ["140400-经开区"]),
    ("苏州工业园区", "320500", ["320500-工业园区"]),
    ("阳江滨海新区", "441700", ["441700-滨海新区"]),
    ("焦作城乡一体化示范区", "410800", ["410800-城乡一体化示范区"]),
    # kinds of zones, real divisions, and zones of nobody
    ("开发区、园区、各园区、市属开发区", "140400", []),
    ("省级高新区、国家级高新技术产业开发区", "140400", []),
    ("各县区、县市区、全区", "140400", []),
    ("浦东新区", "310000", []),
    ("建设革命老区高质量发展示范区、乡村振兴示范区", "350400", []),
    ("推动零碳园区和特色产业园区", "350400", []),
    ("织密中心城区交通网", "350400", []),
    ("经开区2025年收入", None, []),
]  # fmt: skip


@pytest.mark.parametrize("text,under,expected", ZONES)
def test_finds_zones(text: str, under: str | None, expected: list[str]) -> None:
    found = find_zones(text, region(under) if under else None)
    assert [match.regions[0].code for match in found] == expected
    assert all(text[match.start : match.end] == match.text for match in found)


def test_zone_is_a_region_of_its_parent() -> None:
    under = region("430600")
    assert under is not None
    found = find_zones("大通湖区和岳阳经开区", under, extra=["大通湖区"])
    assert [match.regions[0].full_name for match in found] == ["岳阳市大通湖区", "岳阳市经开区"]
    assert region("430600-经开区") == found[1].regions[0]
    assert zone_name("临港高新技术产业开发区") == "临港高新区"


NEAR = [
    ("屯溜区2023年教育支出", None, "140405"),
    ("潍纺2025年收入", ["370700", "140404"], "370700"),
    ("上当区一般公共预算收入", ["140404", "140400"], "140404"),
    ("石家装市的收入", None, "130100"),
    ("屯溜区收入", ["140405-经开区", "140405"], "140405"),
]


@pytest.mark.parametrize("text,among,expected", NEAR)
def test_near_place(text: str, among: list[str] | None, expected: str) -> None:
    codes = [(near.code, likeness) for near, likeness in near_place(text, among=among)]
    best = max(likeness for _, likeness in codes)
    assert (expected, best) in codes
    assert all(0 < likeness < 1 for _, likeness in codes)


@pytest.mark.parametrize("text", ["上党区教育支出多少", "开发区收入", "潍纺收入", "全市一般公共预算收入完成多少", ""])
def test_nothing_near(text: str) -> None:
    assert near_place(text) == []


def test_near_place_within() -> None:
    assert [near.code for near, _ in near_place("上当区", within="140000")] == ["140404"]


# ------------------------------------------------------------------------------------------------ the tree


def test_tree() -> None:
    known = region("140404")
    assert known is not None and known.full_name == "长治市上党区"
    assert [over.name for over in ancestors(known)] == ["长治市", "山西省"]
    assert known in children("140400")
    assert [short_name(code) for code in ("140404", "140430", "150000", "422800", "999999")] == [
        "上党", "沁县", "内蒙古", "恩施", ""]  # fmt: skip
    assert region("999999") is None and region("999999-经开区") is None


@pytest.mark.parametrize("code,name", [
    ("350400", "三明市"), ("110105", "北京市朝阳区"), ("419001", "河南省济源市"), ("140000", "山西省"),
    ("140400-经开区", "长治市经开区"),
])  # fmt: skip
def test_full_names(code: str, name: str) -> None:
    known = region(code)
    assert known is not None and known.full_name == name


@pytest.mark.parametrize("code,around,expected", [
    ("140404", "140400", True), ("140404", "140000", True), ("140404", "140404", True), ("140404", "140500", False),
    ("140404-经开区", "140404", True), ("140404-经开区", "140000", True), ("140404", "140404-经开区", False),
    ("110105", "110000", True), ("419001", "410000", True), ("999999", "140000", False),
])  # fmt: skip
def test_is_within(code: str, around: str, expected: bool) -> None:
    assert is_within(code, around) is expected


# ------------------------------------------------------------------------------------------------ the word lists


def _rows(name: str) -> list[dict[str, str]]:
    with (lexicon_dir() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_regions_are_complete() -> None:
    levels = Counter(known.level for known in regions().values())
    assert levels["province"] == 34
    assert 313 <= levels["prefecture"] <= 353
    assert levels["county"] >= 2800


def test_regions_are_tidy() -> None:
    rows = _rows("regions.csv")
    codes = [row["code"] for row in rows]
    assert codes == sorted(set(codes))
    siblings = Counter((row["parent"], row["name"]) for row in rows)
    assert [pair for pair, count in siblings.items() if count > 1] == []
    for row in rows:
        assert len(row["code"]) == 6 and row["code"].isdigit()
        assert all(value == value.strip() for value in row.values())
        assert len(row["name"]) >= 2 and len(row["short"]) >= 2
        assert row["name"] not in row["aliases"].split() and row["short"] not in row["aliases"].split()


def test_parents_agree_with_codes() -> None:
    digits = {"prefecture": 2, "county": 4}
    for known in regions().values():
        if known.level == "province":
            assert known.parent == "" and known.code.endswith("0000")
            continue
        parent = regions()[known.parent]
        shared = 2 if parent.level == "province" else digits[known.level]
        assert known.code[:shared] == parent.code[:shared], known


def test_every_region_is_found_by_its_full_name() -> None:
    for known in regions().values():
        found = find_places(known.full_name)
        assert len(found) == 1 and known in found[0].regions, (known, found)


def test_renames_are_tidy() -> None:
    rows = _rows("renames.csv")
    keys = [(row["old"], row["new_code"]) for row in rows]
    assert keys == sorted(set(keys))
    for row in rows:
        new = regions()[row["new_code"]]
        assert row["old"] != new.name
        assert row["date"][:4].isdigit() and 1999 <= int(row["date"][:4]) <= 2030
