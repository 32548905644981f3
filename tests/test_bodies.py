"""Departments and other bodies named in questions, by their papers; short forms, former names, and what is none."""

from __future__ import annotations

import pytest

from index.ask.atlas import names_table
from index.ask.bodies import BodyTable, body_of, find_bodies
from index.find.gazetteer import region
from index.models import Region

HELD: dict[str, Region] = {code: found for code in ("310113", "310000", "350200", "430600") if (found := region(code))}
NAMES = names_table(HELD)
STREET = "上海市宝山区人民政府临江街道办事处"
OFFICE = "上海市宝山区人民政府办公室"
COMMERCE = "上海市宝山区商务委员会"
JUSTICE = "上海市宝山区司法局"
PLANNING = "上海市宝山区规划和自然资源局"
WORK = "中共上海市宝山区委社会工作部"
HOME = "上海市宝山区社会福利院"
ZONE = "厦门火炬高新技术产业开发区生态环境局"
OWNERS = [(STREET, "310113"), (OFFICE, "310113"), (COMMERCE, "310113"), (JUSTICE, "310113"), (PLANNING, "310113"),
          (WORK, "310113"), (HOME, "310113"), (ZONE, "350200")]  # fmt: skip
PAPERS = [(f"{owner}2025年{kind}预算.pdf", code, owner) for owner, code in OWNERS for kind in ("部门", "单位")]
TABLE = BodyTable(PAPERS)

NAMED = [
    ("宝山区临江街道25年全年预算", [STREET]),
    ("临江街道三公25年", [STREET]),
    ("上海宝山那个临江街道2025年的部门预算", [STREET]),
    ("宝山区府办25年出国的钱", [OFFICE]),
    ("宝山区政府办公室2025年预算", [OFFICE]),
    ("宝山区人民政府办公室25年三公", [OFFICE]),
    ("宝山商务委2025预算总额", [COMMERCE]),
    ("宝山规资局24年项目支出占比", [PLANNING]),
    ("宝山区规划资源局24年支出", [PLANNING]),
    ("宝山区的规划资源局和区委社会工作部这两家", [PLANNING, WORK]),
    ("宝山社工部2024年公积金", [WORK]),
    ("宝山福利院2024年三公", [HOME]),
    ("宝山区专项资金2025年的总预算，麻烦看一下商务委的预算", [COMMERCE]),
    ("宝山商务委和宝山司法局25年三公哪个多", [COMMERCE, JUSTICE]),
    ("厦门火炬高新区环保局26年养车多少钱", [ZONE]),
    ("厦门火炬高新区环境局26年增幅", [ZONE]),
    ("司法局2025年预算", [JUSTICE]),
]
NONE = [
    "上海司法局2025年预算",  # the city's own
    "岳阳市司法局2025年预算",
    "岳阳临江街道2025年预算",
    "厦门环境局2026年预算",  # the city's, not the zone's
    "宝山区司法局下达各街道资金多少",
    "宝山区2025年一般公共预算收入",
    "岳阳2025年司法局建设资金",
    "江街道2025年预算",
]


@pytest.mark.parametrize("text, owners", NAMED)
def test_bodies_named(text: str, owners: list[str]) -> None:
    found = find_bodies(text, NAMES, TABLE)
    assert list(found.owners) == owners
    assert set(found.codes) == {code for owner, code in OWNERS if owner in owners}


@pytest.mark.parametrize("text", NONE)
def test_other_bodies_are_none_of_these(text: str) -> None:
    assert find_bodies(text, NAMES, TABLE).owners == ()


@pytest.mark.parametrize(
    "text, kinds",
    [
        ("宝山司法局2025年三公", ["部门", "单位"]),
        ("宝山司法局2025年单位预算", ["单位"]),
        ("宝山司法局整个部门2025年预算", ["部门"]),
        ("宝山司法局2025年预算，连法援中心一起", ["部门"]),
        ("宝山司法局2025年预算，不含下属单位", ["单位"]),
        ("宝山司法局2025年部门预算（不是单位预算）", ["部门"]),
        ("宝山司法局2025年部门口径跟单位口径各多少", ["部门", "单位"]),
    ],
)
def test_papers_of_the_kind_that_is_said(text: str, kinds: list[str]) -> None:
    found = find_bodies(text, NAMES, TABLE)
    assert list(found.documents) == [f"{JUSTICE}2025年{kind}预算.pdf" for kind in kinds]


def test_spans_hold_the_place_and_the_body() -> None:
    text = "请问宝山那个临江街道2025年预算"
    ((start, end),) = find_bodies(text, NAMES, TABLE).spans
    assert text[start:end] == "宝山那个临江街道"


def test_a_short_form_is_said() -> None:
    assert find_bodies("宝山规资局三公", NAMES, TABLE).notes == (f"“规资局”按“{PLANNING}”理解",)
    assert find_bodies("宝山区司法局三公", NAMES, TABLE).notes == ()


def test_the_place_of_the_dialogue() -> None:
    assert find_bodies("司法局三公", NAMES, TABLE, ["310113"]).owners == (JUSTICE,)
    assert find_bodies("司法局三公", NAMES, TABLE, ["430600"]).owners == ()


def test_two_bodies_of_one_name_are_not_told_apart_without_their_place() -> None:
    table = BodyTable([("甲.pdf", "310113", JUSTICE), ("乙.pdf", "430600", "岳阳市司法局")])
    assert find_bodies("司法局2025年预算", NAMES, table).owners == ()
    assert find_bodies("岳阳市司法局2025年预算", NAMES, table).documents == ("乙.pdf",)


@pytest.mark.parametrize(
    "name, title, owner",
    [
        (f"{JUSTICE}2025年部门预算.pdf", "", JUSTICE),
        ("a.pdf", f"上海市宝山区2025年区级部门预算预算主管部门：{STREET}", STREET),
        ("a.pdf", f"{WORK}2024年度部门决算", WORK),
        ("a.pdf", "关于岳阳市2025年预算执行情况和2026年预算草案的报告", ""),
    ],
)
def test_whose_paper_it_is(name: str, title: str, owner: str) -> None:
    assert body_of(name, title) == owner
