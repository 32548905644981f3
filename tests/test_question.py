"""Question -> slots: what is found, what is left over, what is not mistaken for a slot."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from index.ask.asks import parts_of
from index.ask.atlas import UNNAMED, Atlas, names_table
from index.ask.misspelt import near_name
from index.ask.question import understand
from index.ask.slips import put_right
from index.ask.vocabulary import in_our_words, measure_words, words
from index.build import load
from index.find.gazetteer import region
from index.lexicon import measures
from index.models import Region
from index.paths import data_dir

ROOT = Path(__file__).resolve().parent.parent
HELD = ("140400", "140404", "140405", "410303", "430600", "350400")
ZONES = [
    Region("430600-临港高新区", "临港高新区", "岳阳市临港高新区", "zone", "430600"),
    Region("430600-经开区", "经开区", "岳阳市经开区", "zone", "430600"),
    Region("140400-经开区", "经开区", "长治市经开区", "zone", "140400"),
]


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    regions = {code: found for code in HELD if (found := region(code))} | {zone.code: zone for zone in ZONES}
    regions[""] = UNNAMED
    return Atlas(regions, names_table(regions), dict.fromkeys(regions, 2024), dict.fromkeys(regions, 2023), ())


def slots(text: str, atlas: Atlas) -> dict[str, Any]:
    query = understand(text, atlas)
    return {
        "regions": query.regions, "periods": tuple(period.text for period in query.periods), "scope": query.scope,
        "items": tuple(item.name for item in query.items), "measures": query.measures, "shape": query.shape,
        "account": query.account, "kind": query.kind, "unit": query.unit, "stage": query.stage, "chunks": query.chunks,
        "unknown": query.unknown, "choices": query.choices, "count_word": query.count_word,
    }  # fmt: skip


EXAMPLES = [
    ("上党区2023年教育支出多少", {"regions": ("140404",), "periods": ("2023",), "items": ("教育支出",), "chunks": ()}),
    ("教育支出23年上党", {"regions": ("140404",), "periods": ("2023",), "items": ("教育支出",)}),
    ("上党 教育 23", {"regions": ("140404",), "periods": ("2023",), "items": ("教育支出",)}),
    ("上黨區２０２３年教育支出", {"regions": ("140404",), "periods": ("2023",), "items": ("教育支出",)}),
    ("长治市上党区2023年教育支出", {"regions": ("140404",)}),
    ("长治市和上党区2023年一般公共预算收入各多少", {"regions": ("140400", "140404"), "shape": "compare"}),
    ("岳阳临港高新区2025年一般公共预算支出", {"regions": ("430600-临港高新区",)}),
    ("岳阳经开区一般公共预算收入", {"regions": ("430600-经开区",)}),
    ("经开区一般公共预算收入", {"regions": (), "choices": ("430600-经开区", "140400-经开区")}),
    ("岳阳县2025年教育支出", {"regions": (), "unknown": "岳阳县"}),
    ("杭州市教育支出", {"regions": (), "unknown": "杭州市"}),
    ("屯溜区2024年专项转移支付", {"regions": ("140405",)}),
    ("某市2023年上半年税收收入", {"regions": ("",), "periods": ("2023年1-6月",)}),
    # scope, beside places and inside items
    ("三明市本级2025年教育支出", {"regions": ("350400",), "scope": "own"}),
    ("三明市级2025年教育支出", {"regions": ("350400",), "scope": "own_wide"}),
    ("三明2025年全市教育支出", {"scope": "whole"}),
    ("上党区2023年上划市级收入", {"scope": "", "items": ("上划市级收入",)}),
    ("上党区2023年一般公共预算收入全省排第几", {"scope": "", "measures": ("rank",), "kind": "rank"}),
    ("长治县区债务限额", {"regions": ("140400",), "scope": "lower", "items": ("政府债务限额",)}),
    ("长治市县级2023年一般债务限额", {"regions": ("140400",), "scope": "lower"}),
    ("上党区县级一般债务限额", {"regions": ("140404",), "scope": "own_wide"}),
    ("长治2023年全市各县区债务余额", {"scope": "lower"}),
    ("长治2023年全市和市本级税收收入各多少", {"scope": "", "items": ("税收收入",)}),
    # places that are not held restrict, whatever is held beside them
    ("长治高新区2023年教育支出", {"regions": (), "unknown": "长治高新区"}),
    ("盐南高新区26年政府性基金支出", {"regions": (), "unknown": "盐南高新区"}),
    ("长治潞州区2023年教育支出", {"regions": (), "unknown": "长治潞州区"}),
    # pinyin
    ("shangdang 2023 教育支出", {"regions": ("140404",), "periods": ("2023",), "chunks": ()}),
    ("changzhishi shangdangqu2023年教育支出", {"regions": ("140404",)}),
    ("zhangzhi2023年教育支出", {"regions": ("140400",)}),
    ("beijing2023年教育支出", {"regions": (), "unknown": "北京市"}),
    # accounts
    ("上党区23年政府性基金其他支出多少", {"account": "government_fund", "items": ("其他支出",)}),
    ("上党区23年政府性基金收入多少", {"account": "", "items": ("政府性基金收入",)}),
    # measures; the name of an item is no measure
    ("上党区2023年一般公共预算收入多少", {"measures": ()}),
    ("上党区2023年一般公共预算支出预算", {"measures": ("budget",), "stage": "plan"}),
    ("西工区2023年一般公共预算收入完成了调整预算的百分之几", {"measures": ("completion",), "kind": "percent"}),
    ("西工区2023年一般公共预算收入占年度预算多少", {"measures": ("completion",)}),
    ("上党区民生支出占一般公共预算支出多少", {"measures": ("share",)}),
    ("上党区2023年教育支出增长多少", {"measures": ("yoy_pct",)}),
    ("上党区2023年教育支出增长了多少钱", {"measures": ("yoy_amount",)}),
    ("上党区2023年教育支出增加了百分之几", {"measures": ("yoy_pct",)}),
    ("西工区政府性基金收入增长几倍", {"kind": "times"}),
    ("上党区2023年5G基站有几座", {"kind": "count", "count_word": "座"}),
    ("上党区2023年教育支出折合多少亿元", {"unit": "亿元"}),
    ("上党区2023年教育支出完成调整预算的百分比", {"measures": ("completion",)}),
    ("上党区2023年教育支出预算完成率", {"measures": ("completion",)}),
    ("上党区2023年教育支出完成多少，同比怎么样", {"measures": ("actual", "yoy_pct")}),
    ("上党区2023年教育支出完成数和增幅", {"measures": ("actual", "yoy_pct")}),
    ("上党区2023年教育支出预算数、完成数各多少", {"measures": ("budget", "actual")}),
    ("上党区2023年税收占一般公共预算收入比重", {"measures": ("share",), "items": ("税收收入", "一般公共预算收入")}),
    # two items under one head
    ("上党区2023年债务限额和余额", {"items": ("政府债务限额", "政府债务余额"), "measures": ()}),
    ("上党区2023年债务限额和债务余额", {"items": ("政府债务限额", "政府债务余额"), "measures": ()}),
    ("上党区2023年一般和专项债务限额", {"items": ("一般债务限额", "专项债务限额")}),
    ("上党区政府性基金2023年支出", {"items": ("政府性基金支出",), "chunks": ()}),
    # an everyday word inside a name is no item
    ("上党区2023年科技城项目", {"items": ()}),
    # time
    ("上党区教育支出比2022增加多少", {"periods": (), "measures": ("yoy_amount",)}),
    ("上党区2023年教育支出比22增加多少", {"periods": ("2023",)}),
    ("上党区2018、2019、2025三年教育支出", {"periods": ("2018", "2019", "2025")}),
    ("上党区去年教育支出", {"periods": ("2023",)}),
    ("上党区近三年教育支出", {"periods": ("2022", "2023", "2024")}),
    ("上党区2023年同比", {"periods": ("2023",), "measures": ("yoy_pct",)}),
    ("上党区2026年教育支出要比上年完成数多多少", {"periods": ("2026",), "measures": ("yoy_amount",)}),
    # shapes
    ("什么是转移支付", {"shape": "define"}),
    ("解放区税收收入由哪几部分构成", {"shape": "compose"}),
    ("长治各县区一般公共预算收入增幅最高的是哪个县", {"shape": "rank"}),
    ("有哪些地区", {"shape": "about"}),
    ("上党区采取了哪些措施化解债务", {"shape": "quote"}),
    # words that no slot takes stay
    ("上党区2023年教育支出里的班主任津贴", {"items": ("教育支出",), "chunks": ("班主任津贴",)}),
    ("给老师发工资花了多少", {"regions": (), "periods": ()}),
    ("今天天气怎么样", {"regions": (), "items": (), "periods": ()}),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_slots(text: str, expected: dict[str, Any], atlas: Atlas) -> None:
    found = slots(text, atlas)
    assert {name: found[name] for name in expected} == expected


PARTS = [
    ("上党区2023年教育支出多少", 1),
    ("以旧换新用了多少政策资金，带动消费多少", 2),
    ("三公经费一共多少，出国、接待、购车各多少", 2),
    ("送审多少、审减率多少", 2),
    ("比上年是升是降，多少", 1),
    ("教育、卫生健康支出各多少", 1),
    ("晋城2025年一般公共预算收入，人大批复的年初数是多少", 1),
]


@pytest.mark.parametrize("text, count", PARTS)
def test_parts_of_a_question(text: str, count: int) -> None:
    assert len(parts_of(text)) == count


MISSPELT = [
    ("曾值税", "增值税"), ("住房宝障支出", "住房保障支出"), ("新曾专项债卷", "新增专项债券"), ("预备废", "预备费"),
    ("一般性转移支服", "一般性转移支付"), ("工共安全支出", "公共安全支出"),
]  # fmt: skip


@pytest.mark.parametrize("written, meant", MISSPELT)
def test_misspelt_items(written: str, meant: str) -> None:
    assert near_name(written) == (written, meant)


@pytest.mark.parametrize(
    "word",
    ["教育支出和国防支出", "老旧小区竣工", "体育支出", "林业支出", "契锐", "老年支出", "班主任津贴", "城镇社区支出"],
)
def test_other_words_are_no_misspelt_items(word: str) -> None:
    assert near_name(word) == ("", "")


def test_an_alias_needs_no_code(tmp_path: Path) -> None:
    """CONTRIBUTING.md: a word in the column people of a row, and questions with it are answered."""
    lexicon = tmp_path / "data" / "lexicon"
    shutil.copytree(data_dir() / "lexicon", lexicon)
    file = lexicon / "items" / "general_public.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    education = next(row for row in rows if row["key"] == "gp-exp-205")
    education["people"] = "|".join(word for word in (education["people"], "读书钱") if word)
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    db = tmp_path / "index.db"
    load([data_dir() / "reports"], db)
    asked = [sys.executable, "-m", "bot", "ask", "上党区2023年读书钱花了多少", "--db", str(db)]
    told = subprocess.run(
        asked, cwd=ROOT, env={**os.environ, "YUSUAN_DATA": str(lexicon.parent), "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip
    assert "教育支出" in told and "56,917 万元" in told


def test_question_words_of_measures_lead_to_them() -> None:
    for row in measures().values():
        for word in row.question:
            assert measure_words().get(word), word


def test_lists_hold_no_empty_word() -> None:
    for group, lists in (("shape", ("define", "compose", "about")), ("filler", ("words",)), ("soft", ("words",))):
        for name in lists:
            assert all(words(group, name))


@pytest.mark.parametrize(
    "question, ours",
    [
        ("教育支出增副", "教育支出增幅"),
        ("教育支出同笔增长多少", "教育支出同比增长多少"),
        ("专项债现额是多少", "专项债限额是多少"),
        ("税收站比多少", "税收占比多少"),
        ("契税年初定的预算是多少", "契税年初预算是多少"),
        ("市级一般公共与算支出", "市级一般公共预算支出"),
        ("市本机税收收入", "市本级税收收入"),
        ("一般预算收入涨了几个点", "一般预算收入增长百分之几"),
        ("契税降了多少点", "契税下降百分之几"),
        ("教育支出2019年初人大批的是多少", "教育支出2019年年初预算是多少"),
        ("土地出让打算收多少", "国有土地使用权出让收入打算收多少"),
        ("限额内债务余额", "债务余额"),
        ("花了多少钱保护环山湖", "保护环山湖资金多少"),
        ("争取转移支付多少 比上年多多少", "争取转移支付多少，比上年多多少"),
        ("一般公共那本账收了多少", "一般公共预算收了多少"),
        ("一般公共准备花多少", "一般公共预算支出预算多少"),
        ("国资那本账25年收了多少", "国有资本经营预算25年收了多少"),
        ("全市基金25年收多少花多少", "全市政府性基金25年收入多少，支出多少"),
        ("社保25年底还剩多少", "社会保险基金25年底还剩多少"),
        ("收入定了多少的目标", "收入预算"),
        ("收入超过1200亿了吗，具体多少", "收入多少，，多少"),
        ("多少个亿", "多少亿"),
        ("政府债总的天花板多高", "政府债务限额多高"),
        ("专项债25年最多能欠到多少", "专项债务限额25年多少"),
        ("还欠着多少债", "政府债务余额多少"),
        ("合同比上年多成交多少", "合同成交比上年增加多少"),
        ("利息多几个点", "利息多百分之几"),
        ("占百分之多少，算到两位小数", "占百分之多少"),
        # the same characters inside other words stay what they are
        ("一般公共服务支出", "一般公共服务支出"),
        ("国资委预算支出多少", "国资委预算支出多少"),
        ("社保支出花了多少", "社保支出花了多少"),
        ("产业基金投了多少", "产业基金投了多少"),
        ("引导基金收多少", "引导基金收多少"),
        ("收入目标完成率", "收入目标完成率"),
        ("报告第几点讲教育", "报告第几点讲教育"),
        ("提了几点建议", "提了几点建议"),
        ("账上有2亿元不符合规定", "账上有2亿元不符合规定"),
        ("建了几个点位", "建了几个点位"),
        ("项目支出与算力中心建设", "项目支出与算力中心建设"),
        ("几个点位", "几个点位"),
        ("全市本机构编制", "全市本机构编制"),
        ("同笔资金多少", "同笔资金多少"),
        ("车站比去年多多少", "车站比去年多多少"),
        ("备战比赛花了多少", "备战比赛花了多少"),
        ("用于额外补助的资金多少", "用于额外补助的资金多少"),
        ("完结于2025年的项目", "完结于2025年的项目"),
        ("年初定点医院多少家", "年初定点医院多少家"),
    ],
)
def test_mistyped_words_of_measures(question: str, ours: str) -> None:
    assert put_right(in_our_words(question))[0] == ours


@pytest.mark.parametrize(
    "text, code",
    [
        ("大理2025年教育支出", "532900"),
        ("大理州教育支出", "532900"),
        ("大理白族自治州教育支出", "532900"),
        ("耿马县教育支出", "530926"),
        ("恩施州和耿马2025年教育支出", "422800"),
    ],
)
def test_short_names_of_autonomous_places(text: str, code: str) -> None:
    held = {code: found for code in ("532900", "422800", "530926") if (found := region(code))}
    atlas = Atlas(held, names_table(held), dict.fromkeys(held, 2025), dict.fromkeys(held, 2025), ())
    assert code in understand(text, atlas).regions


def test_a_city_inside_is_not_its_prefecture() -> None:
    held = {"532900": found} if (found := region("532900")) else {}
    atlas = Atlas(held, names_table(held), dict.fromkeys(held, 2025), dict.fromkeys(held, 2025), ())
    query = understand("大理市2025年教育支出", atlas)
    assert (query.regions, query.unknown) == ((), "大理市")
