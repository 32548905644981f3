"""Small reports for the tests of the admin's side: variant ``k`` of a report carries ``k`` in each of its figures.

    text_of("上党区", 2023, 7)  ->  ……教育支出完成50007万元……卫生健康支出完成30007万元……

An answer that mixes two versions of the index shows two different ``k``.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from index import Person
from index.store.lookup import Index

ME = Person(1001, "王科长")
YOU = Person(1002, "李科长")

PLACES = ("上党区", "解放区", "屯留区", "西工区", "中站区", "涧西区")
LINES = (
    ("一般公共预算收入", 90_000), ("教育支出", 50_000), ("卫生健康支出", 30_000), ("农林水支出", 20_000),
)  # fmt: skip
FULL = {
    "上党区": "长治市上党区", "解放区": "焦作市解放区", "屯留区": "长治市屯留区", "西工区": "洛阳市西工区",
    "中站区": "焦作市中站区", "涧西区": "洛阳市涧西区",
}  # fmt: skip


def text_of(place: str, year: int, k: int) -> str:
    """A report of one place and year."""
    figures = "".join(f"{item}完成{base + k}万元。\n" for item, base in LINES)
    return f"{FULL[place]}{year}年财政总决算报告\n\n{year}年，全区各项收支完成情况如下。\n{figures}"


def name_of(place: str, year: int) -> str:
    return f"{place}{year}.txt"


def written(folder: Path, place: str = "上党区", year: int = 2023, k: int = 0, name: str = "") -> Path:
    """A report in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / (name or name_of(place, year))
    file.write_text(text_of(place, year, k), encoding="utf-8")
    return file


def copied(made: Path, place: Path) -> None:
    """The folder of an index, as a test may change it; the version in use stays one file with two names."""
    shutil.copytree(made, place, ignore=shutil.ignore_patterns("index.db"), dirs_exist_ok=True)
    os.link(max((place / "index.versions").glob("[0-9]*.db")), place / "index.db")


def variants(reply: str) -> set[int]:
    """The k of each figure of an answer; figures are printed with thousands separators."""
    found = set()
    for figure in re.findall(r"(\d[\d,]{4,}) ?万元", reply):
        number = int(figure.replace(",", ""))
        found |= {number - base for _, base in LINES if base <= number < base + 10_000}
    return found


def contents(file: Path) -> dict[str, int]:
    """Document -> variant of a version; each of its figures must be of that variant."""
    found: dict[str, int] = {}
    with Index(file) as index:
        for document in index.documents():
            facts = index.facts_of_document(document.name)
            assert len(facts) == len(LINES)
            for one in facts:
                assert one.text[one.fact.start : one.fact.end] == one.fact.value
            (found[document.name],) = {int(one.fact.value) % 10_000 for one in facts}
    return found
