"""Words of askers that admins put to items: what they change, what they must not, and that all see them at once."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.admin.aliases import Aliases, near_items
from index.ask.assistant import Assistant
from index.ask.desk import Desk
from index.build import load
from index.errors import NotAdopted
from index.models import Answer, Person
from index.store.ledger import Ledger, ledger_path

ROOT = Path(__file__).resolve().parent.parent
BY = Person(7, "王五")
QUESTION = "上党区2023年娃娃钱多少"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("aliases") / "index.db"
    load([ROOT / "data" / "reports"], db, jobs=1)
    return db


@pytest.fixture
def db(loaded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(loaded, tmp_path / "index.db"))


@pytest.fixture
def ledger(db: Path) -> Iterator[Ledger]:
    ledger = Ledger(ledger_path(db))
    yield ledger
    ledger.close()


@pytest.fixture
def aliases(ledger: Ledger, db: Path) -> Aliases:
    return Aliases(ledger, db)


def asked(answer: Answer) -> list[str]:
    return [f"{figure.item} {figure.value}{figure.unit}" for figure in answer.figures if figure.asked]


EDUCATION = ["教育支出 56917万元"]

# ------------------------------------------------------------------------------------------- effect


def test_a_word_is_understood_from_the_next_question_on_and_no_longer_when_it_is_taken_back(db: Path) -> None:
    assistant, desk = Assistant(db), Desk(db)  # before there is a ledger
    assert asked(assistant.ask(QUESTION)) == []
    ledger = Ledger(ledger_path(db))
    aliases = Aliases(ledger, db)
    assert (added := aliases.add("娃娃钱", "教育支出", BY)).key == "gp-exp-205"
    for answer in (assistant.ask(QUESTION), desk.converse(QUESTION).detail.answer):
        assert asked(answer) == EDUCATION
        assert "教育支出" in answer.reading and "娃娃" not in answer.reply
    assert assistant.explain(QUESTION)["slots"]["items"][0]["name"] == "教育支出"
    assert aliases.remove("娃娃钱", BY) == added
    for answer in (assistant.ask(QUESTION), desk.converse(QUESTION).detail.answer):
        assert asked(answer) == []
    assert [(row[3:], row[2]) for row in ledger.entries(9)] == [
        (("王五", "unalias", "娃娃钱", "教育支出", "", "done"), 7),
        (("王五", "alias", "娃娃钱", "", "教育支出", "done"), 7),
    ]
    ledger.close()
    assistant.close()
    desk.close()


def test_another_process_sees_it_at_once(db: Path, aliases: Aliases) -> None:
    code = f"""
import json, sys
from index import open_index
assistant = open_index({str(db)!r})
for question in sys.stdin:
    print(json.dumps([figure.value for figure in assistant.ask(question).figures if figure.asked]), flush=True)
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin and other.stdout

        def ask() -> list[str]:
            assert other.stdin and other.stdout
            other.stdin.write(QUESTION + "\n")
            other.stdin.flush()
            values: list[str] = json.loads(other.stdout.readline())
            return values

        assert ask() == []
        aliases.add("娃娃钱", "教育支出", BY)
        assert ask() == ["56917"]
        aliases.remove("娃娃钱", BY)
        assert ask() == []
        other.stdin.close()


# question -> what is asked with 娃娃钱 for 教育支出, 大夫钱 for 卫生健康支出, 娃娃 for 学前教育
SPOKEN = [
    ("上党区2023年娃娃钱多少", EDUCATION),
    ("上党区2023年“娃 娃錢”是多少？", EDUCATION),
    ("上党区２０２３年娃娃钱支出多少", EDUCATION),
    ("上党区2023年娃娃钱和大夫钱各多少", [*EDUCATION, "卫生健康支出 31763万元"]),
]


@pytest.mark.parametrize("question, figures", SPOKEN)
def test_words_as_people_type_them(db: Path, aliases: Aliases, question: str, figures: list[str]) -> None:
    aliases.add("娃娃钱", "教育支出", BY)
    aliases.add("大夫钱", "卫生健康支出", BY)
    aliases.add("娃娃", "学前教育", BY)  # the longer word wins
    found = asked(Assistant(db).ask(question))
    assert found[: len(figures)] == figures


def test_a_word_inside_a_longer_known_one_is_left_alone(db: Path, ledger: Ledger) -> None:
    questions = ["上党区2023年教育支出多少", "上党区2023年一般公共预算收入完成多少", "屯留区教育费附加收入"]
    plain = [Assistant(db).ask(question) for question in questions]
    for word in ("育支", "共预", "党区", "费附", "区教", "年教"):  # as if an older program had let them in
        ledger.put_alias([word, "国防支出", "gp-exp-203", 0, "", ""])
    assert [Assistant(db).ask(question) for question in questions] == plain


def test_the_rest_of_a_dialogue_goes_on_with_the_item(db: Path, aliases: Aliases) -> None:
    aliases.add("娃娃钱", "教育支出", BY)
    assistant = Assistant(db)
    assistant.ask(QUESTION, "chat")
    assert [f.value for f in assistant.ask("同比呢", "chat").figures if f.asked] == ["6.75"]


def test_reports_are_read_without_aliases(db: Path, aliases: Aliases, tmp_path: Path) -> None:
    aliases.add("娃娃钱", "教育支出", BY)
    report = tmp_path / "上党区2024年预算执行情况.txt"
    report.write_text("上党区2024年预算执行情况\n全区娃娃钱完成1234万元，增长2%。\n", encoding="utf-8")
    load([report], db, jobs=1)
    assert asked(Assistant(db).ask("上党区2024年教育支出多少")) == []


def test_a_ledger_that_cannot_be_read_stops_no_answer(db: Path) -> None:
    ledger_path(db).write_bytes(b"not a database" * 100)
    assert asked(Assistant(db).ask("上党区2023年教育支出多少")) == EDUCATION


def test_an_item_that_the_lexicon_has_no_more_is_passed_over(db: Path, ledger: Ledger) -> None:
    ledger.put_alias(["娃娃钱", "旧科目", "gp-exp-gone", 0, "", ""])
    assert asked(Assistant(db).ask(QUESTION)) == []


# ------------------------------------------------------------------------------------------- refused

# word, item -> part of the reason
REFUSED = [
    ("钱", "教育支出", "太短"),
    ("娃" * 21, "教育支出", "太长"),
    ("2050", "教育支出", "只有数字"),
    ("二〇五", "教育支出", "只有数字"),
    ("娃娃|钱", "教育支出", "只能由"),
    ("=娃娃", "教育支出", "只能由"),
    ("", "教育支出", "太短"),
    ("卫生健康支出", "教育支出", "已经是“卫生健康支出”的叫法"),
    ("看病", "教育支出", "的叫法"),
    ("教育", "教育支出", "本来就认识"),
    ("上党区", "教育支出", "地名"),
    ("长治市娃娃钱", "教育支出", "地名"),
    ("2023年娃娃钱", "教育支出", "年份"),
    ("去年娃娃钱", "教育支出", "年份"),
    ("增长", "教育支出", "常用词"),
    ("多少", "教育支出", "常用词"),
    ("补贴", "教育支出", "常用词"),
    ("你好", "教育支出", "常用词"),
    ("娃娃钱多少", "教育支出", "多少"),
    ("全市娃娃钱", "教育支出", "口径"),
    ("政府性基金娃娃钱", "教育支出", "另一本账"),
    ("娃娃钱增长率", "教育支出", "指标词"),
    ("专项", "教育支出", "太宽"),
]


@pytest.mark.parametrize("word, item, reason", REFUSED)
def test_words_that_would_spoil_questions(aliases: Aliases, word: str, item: str, reason: str) -> None:
    with pytest.raises(NotAdopted, match=reason) as refused:
        aliases.add(word, item, BY)
    assert "\n" not in str(refused.value)
    assert aliases.all() == []


def test_a_word_of_a_report_is_refused(aliases: Aliases, db: Path) -> None:
    from index.store.lookup import Index

    with Index(db) as index:
        name = next(one.fact.item for one in index.open_facts(["140404"]) if 4 < len(one.fact.item) < 9)
    with pytest.raises(NotAdopted, match="报告里有一个项目就叫这个名字|里面有|常用词"):
        aliases.add(name, "教育支出", BY)


def test_a_word_has_one_item(aliases: Aliases) -> None:
    aliases.add("娃娃钱", "教育支出", BY)
    with pytest.raises(NotAdopted, match="已经是“教育支出”的叫法"):
        aliases.add("娃娃錢", "卫生健康支出", BY)
    with pytest.raises(NotAdopted, match="没有添加过“大夫钱”"):
        aliases.remove("大夫钱", BY)
    assert [alias.item for alias in aliases.all()] == ["教育支出"]


def test_an_unknown_item_brings_the_near_ones(aliases: Aliases) -> None:
    with pytest.raises(NotAdopted, match="相近的有：.*教育支出"):
        aliases.add("娃娃钱", "教育的支出", BY)
    assert near_items("教育")[0] == "教育支出"
    assert "卫生健康支出" in near_items("卫生健康")
    assert near_items("") == near_items("   ") == []
    assert len(near_items("支出", 3)) == 3


# name or key or word -> the item it means
ITEMS = [
    ("教育支出", "gp-exp-205"),
    ("gf-exp-212", "gf-exp-212"),
    ("城乡社区支出", "gp-exp-212"),
    ("教育", "gp-exp-205"),
]


@pytest.mark.parametrize("item, key", ITEMS)
def test_items_by_name_key_and_word(aliases: Aliases, item: str, key: str) -> None:
    assert aliases.add("娃娃钱", item, BY).key == key


# ------------------------------------------------------------------------------------------- export


def test_the_export_is_loadable_as_lexicon(aliases: Aliases, tmp_path: Path) -> None:
    assert aliases.as_csv() == ""
    for word, item in (("娃娃钱", "教育支出"), ("书本钱", "教育支出"), ("大夫钱", "卫生健康支出")):
        aliases.add(word, item, BY)
    lexicon = tmp_path / "data" / "lexicon"
    shutil.copytree(ROOT / "data" / "lexicon", lexicon)
    exported = {row["key"]: row for row in csv.DictReader(io.StringIO(aliases.as_csv()))}
    assert list(exported) == ["gp-exp-205", "gp-exp-210"]
    for path in (lexicon / "items").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            names, rows = reader.fieldnames or [], list(reader)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(exported.get(row["key"], row) for row in rows)
    code = """
from index.find.terms import exact_items
from index.lexicon import items
print([[item.key for item in exact_items(word)] for word in ("娃娃钱", "书本钱", "大夫钱", "教育")], len(items()))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"YUSUAN_DATA": str(tmp_path / "data"), "PYTHONUTF8": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    from index.lexicon import items

    assert done.stdout.strip() == f"[['gp-exp-205'], ['gp-exp-205'], ['gp-exp-210'], ['gp-exp-205']] {len(items())}", (
        done.stderr
    )
