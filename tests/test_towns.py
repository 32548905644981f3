"""Papers of towns, streets and zones: filed under neither county nor city, found by their names, never mixed up."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import load, open_index
from index.facts.about import about
from index.find.places import find_places
from index.find.towns import town_at


@pytest.mark.parametrize(
    "title,text,place",
    [
        ("湄潭县永兴镇2024年财政决算报告", "", "遵义市湄潭县永兴镇"),
        ("永兴镇2024年财政决算报告", "湄潭县永兴镇人民政府", "遵义市湄潭县永兴镇"),
        ("关于永兴镇2024年财政预算执行情况的报告", "在湄潭县永兴镇第三届人民代表大会上", "遵义市湄潭县永兴镇"),
        ("城关镇2024年财政决算", "成县城关镇人民政府", "陇南市成县城关镇"),
        ("上海市普陀区万里街道2024年财政收支情况", "", "上海市普陀区万里街道"),
        ("永兴镇2024年财政决算报告", "", ""),  # 永兴县 is not where it lies
        ("关于湄潭县2024年乡镇财政决算的报告", "", "遵义市湄潭县"),
        ("关于淮安经济技术开发区2025年财政预算的说明", "淮安市经济稳定增长。", "淮安市经开区"),
        ("南宁高新技术产业开发区管理委员会2024年财政决算", "", "南宁市高新区"),
        ("广饶经济开发区2024年决算报告", "", "东营市广饶县经开区"),
        ("荆门市2025年预算（含荆门高新区）", "", "荆门市"),
        ("关于荆门市及高新区2025年预算的报告", "", "荆门市"),
    ],
)
def test_whose(title: str, text: str, place: str) -> None:
    found = about("报告.txt", title, (title, text)).region
    assert (found.full_name if found else "") == place


@pytest.mark.parametrize(
    "text,names",
    [("永兴镇2025年", []), ("郴州永兴镇", ["郴州"]), ("信阳镇平县", ["信阳", "镇平县"]), ("天津镇海", ["天津", "镇海"]),
     ("岳阳乡村振兴", ["岳阳"]), ("永兴2025年", ["永兴"]), ("永兴县2025年", ["永兴县"]), ("长治街道", [])],
)  # fmt: skip
def test_short_names_before_a_town(text: str, names: list[str]) -> None:
    assert [place.text for place in find_places(text)] == names


@pytest.mark.parametrize(
    "text,town",
    [("永兴镇2025年", "永兴镇"), ("乌镇镇2025年", "乌镇镇"), ("桂花回族乡人民政府", "桂花回族乡"), ("万里街道办事处", "万里街道"), ("城镇居民", ""),
     ("各乡镇", ""), ("全镇收入", "")],
)  # fmt: skip
def test_town_at(text: str, town: str) -> None:
    assert town_at(text, 0) == town


PAPERS = {
    "永兴镇2024年财政决算报告.txt": """关于永兴镇2024年财政决算和2025年上半年预算执行情况的报告
湄潭县永兴镇财政所
一、2024年财政决算情况
全镇一般公共预算收入完成1286万元，增长5.6%。教育支出36万元。
二、2025年上半年预算执行情况
上半年全镇一般公共预算收入完成702万元，为年初预算的54%。""",
    "湄潭县永兴镇人民政府2025年部门预算.txt": """湄潭县永兴镇人民政府2025年部门预算
一、收支情况
2025年收入预算2486.35万元。公务接待费6.20万元。""",
    "湄潭县2024年财政决算报告.txt": """关于湄潭县2024年财政决算的报告
2024年全县一般公共预算收入完成112680万元。教育支出98640万元。农林水支出61235万元。""",
    "永兴县2024年财政决算报告.txt": """关于永兴县2024年财政决算的报告
2024年全县一般公共预算收入完成150000万元。教育支出110000万元。""",
    "湄潭经济开发区2024年财政决算.txt": """湄潭经济开发区2024年财政决算
全区一般公共预算收入完成9860万元。湄潭经济开发区科学技术支出2600万元。""",
}


@pytest.fixture(scope="module")
def index_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("towns")
    for name, text in PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    load([folder], folder / "index.db")
    return folder / "index.db"


@pytest.mark.parametrize(
    "question,value",
    [
        ("永兴镇2024年一般公共预算收入多少", "1286"),
        ("湄潭永兴镇2024年教育支出", "36"),
        ("湄潭县永兴镇2024年教育支出", "36"),
        ("永兴镇2025年上半年一般公共预算收入", "702"),
        ("永兴镇2025年部门预算公务接待费", "6.20"),
        ("永兴县2024年教育支出", "110000"),
        ("湄潭县2024年教育支出", "98640"),
        ("湄潭经济开发区2024年一般公共预算收入", "9860"),
        ("湄潭经开区2024年科学技术支出", "2600"),
        ("永兴镇2024年农林水支出", None),  # the county's
        ("湄潭县兴隆镇2024年教育支出", None),
        ("湄潭县2024年科学技术支出", None),  # the zone's
        ("湄潭县2025年公务接待费", None),  # the town's
    ],
)
def test_asked(index_file: Path, question: str, value: str | None) -> None:
    answer = open_index(index_file).ask(question, question)
    asked = [figure.value for figure in answer.figures if figure.asked]
    assert asked[:1] == ([value] if value else [])
