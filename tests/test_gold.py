"""Gold questions: the samples answer all of them, and a version that answers worse than the one before is refused."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from index.admin.gold import failures, gold_dir, new_failures
from index.admin.office import Office
from index.build import load
from index.errors import NotAdopted
from index.models import Person

ROOT = Path(__file__).resolve().parent.parent
BY = Person(7, "王五")
LINE: dict[str, Any] = {
    "region": "长治市上党区", "year": 2023, "question": "上党区2023年教育支出多少", "expect": ["56917万元"],
}  # fmt: skip


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("gold") / "index.db"
    load([ROOT / "data" / "reports"], db, jobs=1)
    return db


def gold(folder: Path, *lines: object) -> Path:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    folder.mkdir(exist_ok=True)
    (folder / "own.jsonl").write_text(text, encoding="utf-8")
    return folder


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """An index in which one figure of 上党区 is another."""
    folder = tmp_path / "reports"
    shutil.copytree(ROOT / "data" / "reports", folder)
    report = next(folder.glob("01_*"))
    text = report.read_text(encoding="utf-8")
    assert old in text
    report.write_text(text.replace(old, new), encoding="utf-8")
    load([folder], tmp_path / "changed.db", jobs=1)
    return tmp_path / "changed.db"


def test_the_samples_answer_their_gold_questions(db: Path) -> None:
    assert gold_dir() == ROOT / "data" / "gold"
    assert failures(db, gold_dir()) == []
    rows = [json.loads(line) for line in (gold_dir() / "samples.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 40
    assert len({row["document"] for row in rows}) == 5
    kinds = Counter(row["expect"] if isinstance(row["expect"], str) else "figures" for row in rows)
    assert kinds["not_found"] >= 5 and kinds["clarify"] >= 1


# what is changed in the line -> what is said, "" for nothing
EXPECTED = [
    ({}, ""),
    ({"expect": ["56,917万元", "56917 万元"]}, ""),
    ({"region": "140404"}, ""),
    ({"expect": ["56918万元"]}, "own.jsonl:1 “上党区2023年教育支出多少”应答 56918万元，新版本答 56917万元"),
    ({"expect": ["56917亿元"]}, "应答 56917亿元"),
    ({"expect": "not_found"}, "应答 没有，新版本答 56917万元"),
    ({"question": "上党区2023年地铁建设花了多少"}, "应答 56917万元，新版本答 没有"),
    ({"question": ["上党区2023年教育支出同比", "卫生健康呢"], "expect": ["2.32%"]}, ""),
    ({"question": ["上党区2023年教育支出同比", "卫生健康呢"]}, "“上党区2023年教育支出同比 → 卫生健康呢”"),
    ({"region": "太原市", "expect": ["1元"]}, ""),
    ({"year": 2019, "expect": ["1元"]}, ""),
    ({"document": "没有.txt", "expect": ["1元"]}, ""),
    ({"region": 1}, "region 应是"),
    ({"year": "2023"}, "year 应是"),
    ({"year": True}, "year 应是"),
    ({"question": [""]}, "question 应是"),
    ({"question": []}, "question 应是"),
    ({"expect": []}, "expect 应是"),
    ({"expect": "无"}, "expect 应是"),
    ({"expect": [5]}, "expect 应是"),
    ({"document": 5}, "document 应是"),
]


@pytest.mark.parametrize("change, said", EXPECTED)
def test_a_line(db: Path, tmp_path: Path, change: dict[str, Any], said: str) -> None:
    found = failures(db, gold(tmp_path / "gold", LINE | change))
    assert len(found) == bool(said) and said in "".join(found), found


def test_lines_that_are_no_objects_and_comments(db: Path, tmp_path: Path) -> None:
    folder = gold(tmp_path / "gold", "# 注释", "", "{", "[1]", LINE)
    assert failures(db, folder) == ["own.jsonl:3 不是 JSON", "own.jsonl:4 应是一个 JSON 对象"]
    (folder / "broken.jsonl").write_bytes(b"\xff\xfe\x00")
    assert failures(db, folder)[0] == "broken.jsonl 读不出来，应为 UTF-8 编码的文本"
    assert new_failures(None, db, folder) == []
    assert failures(db, tmp_path / "nowhere") == []


def test_only_what_the_old_version_answered_counts(db: Path, tmp_path: Path) -> None:
    new = changed(tmp_path, "56917", "56971")
    wrong_already = LINE | {"question": "上党区2023年国防支出多少", "expect": ["1万元"]}
    folder = gold(tmp_path / "gold", LINE, wrong_already)
    assert len(failures(new, folder)) == 2
    (line,) = new_failures(db, new, folder)
    assert line.startswith("own.jsonl:1 ") and line.endswith("新版本答 56971万元")
    assert len(new_failures(None, new, folder)) == len(new_failures(tmp_path / "no.db", new, folder)) == 2
    assert new_failures(db, db, folder) == []


def test_an_adoption_that_would_spoil_a_gold_answer_is_refused(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports, data = tmp_path / "reports", tmp_path / "data"
    shutil.copytree(ROOT / "data" / "lexicon", data / "lexicon")
    gold(data / "gold", LINE)
    monkeypatch.setenv("YUSUAN_DATA", str(data))
    reports.mkdir()
    own = Path(shutil.copy(db, tmp_path / "index.db"))
    sample = next((ROOT / "data" / "reports").glob("01_*"))
    sent = tmp_path / sample.name
    sent.write_text(sample.read_text(encoding="utf-8").replace("56917", "56971"), encoding="utf-8")
    office = Office(own, reports)
    draft = office.preview([sent], BY)
    with pytest.raises(NotAdopted, match=r"own\.jsonl:1 “上党区2023年教育支出多少”应答 56917万元，新版本答 56971万元"):
        office.adopt(draft.id, BY)
    gold(data / "gold", LINE | {"expect": ["56971万元"]})
    assert office.adopt(draft.id, BY).number == office.version()
    office.close()


def test_a_report_that_comes_may_say_what_none_has_said(db: Path, tmp_path: Path) -> None:
    """A question without an answer keeps its gold only as long as there is no other report of the place."""
    more = tmp_path / "more" / "上党区2022年财政总决算报告.txt"
    more.parent.mkdir()
    more.write_text("长治市上党区2022年财政总决算报告\n\n2022年，教育支出完成44444万元。\n", encoding="utf-8")
    shutil.copy(db, tmp_path / "new.db")
    load([more], tmp_path / "new.db", jobs=1)
    line = {**LINE, "question": "上党区2022年教育支出完成多少", "expect": "not_found"}
    folder = gold(tmp_path / "gold", line)
    assert failures(tmp_path / "new.db", folder)
    assert new_failures(db, tmp_path / "new.db", folder) == []
    assert new_failures(None, tmp_path / "new.db", folder), "nothing has come: it was there from the beginning"
