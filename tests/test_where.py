"""Places of questions: shared short names, levels behind a name, first characters, places that are not held."""

from __future__ import annotations

import pytest

from index.ask.atlas import Atlas, names_table
from index.ask.question import understand
from index.find.gazetteer import region, zone
from index.models import Region

CODES = (
    "430600", "430621", "360100", "360121", "430100", "430121", "341800", "341802", "532900", "532901", "530700",
    "530702", "350100", "440100", "341300", "650100", "152900", "430781", "310000", "310107", "440700", "440781",
    "110000",
)  # fmt: skip
HELD: dict[str, Region] = {code: found for code in CODES if (found := region(code))}
HELD["430600-经开区"] = zone(HELD["430600"], "经开区")
HELD["430600-南湖新区"] = zone(HELD["430600"], "南湖新区")
ATLAS = Atlas(HELD, names_table(HELD), dict.fromkeys(HELD, 2025), dict.fromkeys(HELD, 2025), ())

NAMED = [
    # a short name that a city and its own county share is the city's, unless a level says otherwise
    ("岳阳2025年教育支出", ["430600"]),
    ("岳阳全市税收", ["430600"]),
    ("岳阳全县税收", ["430621"]),
    ("岳阳县本级税收", ["430621"]),
    ("岳阳县教育支出", ["430621"]),
    ("岳阳市岳阳县教育支出", ["430621"]),
    ("岳阳和南昌税收", ["430600", "360100"]),
    ("岳阳市和岳阳县税收", ["430600", "430621"]),
    ("长沙和长沙县税收哪个高", ["430100", "430121"]),
    ("长沙市的长沙县教育支出", ["430121"]),
    ("宣城教育支出", ["341800"]),
    ("大理教育支出", ["532900"]),
    ("大理州教育支出", ["532900"]),
    ("大理市教育支出", ["532901"]),
    ("丽江古城教育支出", ["530702"]),
    # the level behind a city whose name ends in 州
    ("福州市本级税收", ["350100"]),
    ("广州市本级税收", ["440100"]),
    ("宿州市本级税收", ["341300"]),
    ("福州本级税收", ["350100"]),
    # what lies above says only where
    ("江西南昌教育支出", ["360100"]),
    ("江西省南昌市教育支出", ["360100"]),
    ("上海普陀区税收", ["310107"]),
    ("江门台山市税收", ["440781"]),
    # a zone by its own name behind its city, where what is asked follows
    ("岳阳南湖税收", ["430600-南湖新区"]),
    ("岳阳经开2025年税收", ["430600-经开区"]),
    ("岳阳南湖公园资金", ["430600"]),
    # zones of one city in a row, joined in any way, by their names or short ones
    ("岳阳经开区跟南湖新区税收谁高", ["430600-经开区", "430600-南湖新区"]),
    ("岳阳经开区和南湖税收", ["430600-经开区", "430600-南湖新区"]),
    ("岳阳经开、南湖两个区2025年支出", ["430600-经开区", "430600-南湖新区"]),
    # first character and kind
    ("乌市税收", ["650100"]),
    ("阿盟税收", ["152900"]),
    ("那市本级呢", []),
    ("这区税收", []),
    ("本县税收", []),
    ("州市本级税收", []),
    ("县区税收", []),
    ("超市税收", []),
    # a name inside that of a building or a work is no place asked about
    ("北京大兴航站楼建设资金", ["110000"]),
    ("岳阳支持高新区建设资金", ["430600"]),
    ("上海2025年对口支援喀什地区资金", ["310000"]),
]
NOT_HELD = [
    ("浦东新区税收在上海报告里查", "浦东新区"),
    ("浦东新区2025年税收多少，上海的报告里有", "浦东新区"),
    ("上海静安区税收", "上海静安区"),
    ("北京西城区税收", "北京西城区"),
    ("北京2025年西城区税收", "西城区"),
    ("岳阳高新区税收", "岳阳高新区"),
    ("岳阳市2025年的高新区税收", "高新区"),
    ("岳阳湘阴2025年税收", "岳阳湘阴"),
    ("岳阳2025年湘阴税收", "湘阴"),
    ("上海静安税收", "上海静安"),
]


@pytest.mark.parametrize("text, codes", NAMED)
def test_places_named(text: str, codes: list[str]) -> None:
    assert list(understand(text, ATLAS).regions) == codes


@pytest.mark.parametrize("text, name", NOT_HELD)
def test_a_place_that_is_not_held_is_not_answered_with_another(text: str, name: str) -> None:
    query = understand(text, ATLAS)
    assert (query.regions, query.unknown) == ((), name)


def test_the_province_above_is_used_up() -> None:
    query = understand("江西南昌教育支出", ATLAS)
    assert "江西" not in query.chunks


def test_a_province_beside_is_missed() -> None:
    query = understand("江西和南昌税收哪个高", ATLAS)
    assert query.regions == ("360100",) and query.notes == ("索引里没有江西省的报告",)


def test_a_first_character_of_two_places_is_none() -> None:
    held = {code: found for code in ("421100", "420200") if (found := region(code))}
    atlas = Atlas(held, names_table(held), {}, {}, ())
    assert understand("黄市2025年税收", atlas).regions == ()
