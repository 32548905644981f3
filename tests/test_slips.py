"""Slips of the pen: what sounds or looks like a known word is put right where the typed characters make no sense."""

from __future__ import annotations

import pytest

from index.ask.atlas import Atlas, names_table
from index.ask.slips import put_right, slip_notes
from index.find.alike import OneAway
from index.find.gazetteer import region, zone
from index.find.ordinary import is_ordinary
from index.find.pinyin import readings, same_sound
from index.models import Region

CODES = ("532900", "130100", "511800", "420529", "431322", "450600", "310000", "500000", "410200", "140400", "440900")
HELD: dict[str, Region] = {code: found for code in CODES if (found := region(code))}
HELD["140400-经开区"] = zone(HELD["140400"], "经开区")
ATLAS = Atlas(HELD, names_table(HELD), dict.fromkeys(HELD, 2025), dict.fromkeys(HELD, 2025), ())

RIGHT = [
    # places by sound, near sound too, beside a shorter name that is right
    ("大里州教育支出", "大理州教育支出"),
    ("石家装教育支出", "石家庄教育支出"),
    ("雅按2025年收入", "雅安2025年收入"),
    ("五锋县2024年专项债务余额", "五峰县2024年专项债务余额"),
    ("新话县债务", "新化县债务"),
    ("新法县债务", "新化县债务"),
    ("防城岗市税收", "防城港市税收"),
    ("开丰2025年税收", "开封2025年税收"),
    ("经开去收入", "经开区收入"),
    # levels
    ("上海师级教育支出", "上海市级教育支出"),
    ("重庆市及一般公共预算收入", "重庆市级一般公共预算收入"),
    ("重庆市本极税收", "重庆市本级税收"),
    ("上海市值教育支出", "上海市直教育支出"),
    ("雅安全是一般公共预算收入", "雅安全市一般公共预算收入"),
    # items, by sound and by shape
    ("上海曾值税多少", "上海增值税多少"),
    ("三抱支出", "三保支出"),
    ("教肓支出多少", "教育支出多少"),
    ("2025年科济支出", "2025年科技支出"),
    ("罚末收入", "罚没收入"),
    ("烟页税多少", "烟叶税多少"),
    ("育儿补帖", "育儿补贴"),
    ("一般债物余额", "一般债务余额"),
    ("计话生育服务", "计划生育服务"),
    ("政府性基金收人", "政府性基金收入"),
    # measures and words of budgets
    ("税收增张多少", "税收增长多少"),
    ("专项债限鹅多少", "专项债限额多少"),
    ("推动教育发展25年头入资金多少", "推动教育发展25年投入资金多少"),
    ("专项资金25年下打了多少", "专项资金25年下达了多少"),
]
SENSIBLE = [
    "教育支出全是中央给的吗", "成都市集建设资金", "那市本级呢", "重庆市和上海税收", "重庆市及上海税收", "体育支出",
    "林业支出", "老年支出", "教育支出和国防支出", "用于额外补助的资金多少", "三项多少", "比上年减了多少",
    "比上年降了百分之多少", "两本账差了多少", "公园城市建设", "雨量站建设资金", "打车费用多少",
    "一般公共预算里面吃饭那项多少",
]  # fmt: skip


@pytest.mark.parametrize("typed, meant", RIGHT)
def test_slips_are_put_right(typed: str, meant: str) -> None:
    assert put_right(typed, ATLAS)[0] == meant


@pytest.mark.parametrize("text", [*SENSIBLE, *(meant for _, meant in RIGHT)])
def test_what_makes_sense_stays(text: str) -> None:
    assert put_right(text, ATLAS) == (text, ())


def test_a_place_that_is_not_held_is_not_meant() -> None:
    assert put_right("无西2025年税收", ATLAS)[1] == ()


def test_what_was_put_right_is_said() -> None:
    assert slip_notes(put_right("大里州曾值税", ATLAS)[1], ATLAS) == (
        "“大里州”按“大理白族自治州”理解", "“曾值税”按“增值税”理解",
    )  # fmt: skip


@pytest.mark.parametrize(
    "char, known", [("长", {"zhang", "chang"}), ("六", {"liu", "lu"}), ("吕", {"lv", "lu"}), ("a", set())]
)
def test_readings(char: str, known: set[str]) -> None:
    assert set(readings(char)) == known


def test_same_sound() -> None:
    assert same_sound("宝山", "保山") and not same_sound("宝山", "唐山") and not same_sound("宝山", "宝山区")


def test_one_away() -> None:
    near = OneAway(["增值税", "契税", "一般公共预算"])
    assert dict(near.find("曾值税")) == {"增值税": 0}
    assert dict(near.find("一般公共与算")) == {"一般公共预算": 4}
    assert dict(near.find("增值税")) == {} and dict(near.find("契锐啊")) == {}


@pytest.mark.parametrize("word, known", [("公园", True), ("备战", True), ("同笔", False), ("收人", False)])
def test_ordinary_words(word: str, known: bool) -> None:
    assert is_ordinary(word) is known
