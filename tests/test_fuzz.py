"""A short run of the fuzzers (make fuzz), the worst of what they have found, and work that is counted, not timed."""

from __future__ import annotations

import json
import random
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench.fuzz import files, questions
from bench.fuzz.run import NAME, ask, load, unclean
from bot.deadline import TookTooLong, within
from bot.telegram.answers import Look
from bot.telegram.desk_work import answered, typed
from index import Desk
from index.ask import effort, kin, messages, misspelt
from index.ask.pick import gather, verdict
from index.ask.pieces import LONGEST_NAMES, named_in_run
from index.ask.query import Asked
from index.find.terms import exact_items
from index.intake.prepare import prepare
from index.models import Document, Line
from index.text import lines
from tests.telegram_bot import load_samples

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("cases").joinpath("hostile_questions.jsonl").read_text("utf-8").splitlines()
]
LATE = 60.0  # seconds: what used to take hours
SEED = 20


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def desk(samples: Path) -> Desk:
    return Desk(samples)


# ---------------------------------------------------------------------------------------------- the fuzzers


def test_mutated_questions(samples: Path) -> None:
    found = ask(samples, SEED, 250, LATE, workers=2)
    assert (found.raised, found.overdue, found.unclean) == ([], [], [])
    assert found.count == 250
    assert found.answered  # some were still understood, so there was something to go wrong


def test_damaged_files() -> None:
    found = load(SEED, 60, LATE)
    assert (found.raised, found.overdue) == ([], [])
    assert found.answered


@pytest.mark.parametrize("make", [questions.mutated, files.damaged])
def test_a_seed_makes_the_same(make: Callable[[random.Random], Any]) -> None:
    assert [make(random.Random(n)) for n in range(20)] == [make(random.Random(n)) for n in range(20)]
    assert len({str(make(random.Random(n))) for n in range(20)}) > 15


def test_the_fuzzer_sees_what_goes_wrong(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaging(*_: object) -> list[object]:
        raise RuntimeError

    monkeypatch.setattr("index.intake.prepare.parse", damaging)
    assert load(SEED, 10).raised
    monkeypatch.setattr("bench.fuzz.run.at_desk", None)
    assert len(ask(samples, SEED, 3, LATE, workers=1).raised) == 3


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["question"][:20])
def test_the_worst_so_far(desk: Desk, case: dict[str, str]) -> None:
    for question in (case["question"], case["question"] * 3):
        with within(LATE):
            turn, page, _ = answered(desk, question, None, "", Look(), NAME)
            inline = typed(desk, question, "", Look(inline=True), NAME)
            answered(desk, "同比呢", turn.state, "", Look(), NAME)
        assert not [what for one in (page, *(page for _, page in inline)) for what in unclean(one)]


def test_an_answer_is_not_lost_for_a_long_tail(desk: Desk) -> None:
    turn = desk.converse("上党区2023年教育支出多少？上党区2023年教育支出多少？")
    assert [one.figure.value for one in turn.detail.shown if one.figure.asked] == ["56917"]


# ---------------------------------------------------------------------------------------------- counted


def test_what_asks_for_too_much_is_told_to_come_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many figures are looked for as one message can be about, not as many as can be named in it."""
    spent = counting(monkeypatch, verdict, "gather")
    many = [case["question"] for case in CASES if case["why"].startswith("asks for so many")]
    assert len(many) > 1
    for question in many:
        spent[0] = 0
        reply = desk.converse(question).detail.answer.reply
        assert "请分成几条来问" in reply or re.search(f"最多答 {messages.MOST} 个问题，后面还有 [1-9]", reply)
        assert spent[0] <= effort.MOST / gather.EACH
    spent[0] = 0
    answer = desk.converse("上党区2023年教育、卫生健康、农林水、社会保障和就业支出各多少").detail.answer
    assert answer.status == "answered" and 0 < spent[0] < 20


def counting(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, weigh: Callable[..., int] = lambda *_: 1) -> Any:
    """Adds up what a function is asked to do."""
    real, spent = getattr(module, name), [0]

    def counted(*args: Any) -> Any:
        spent[0] += weigh(*args)
        return real(*args)

    monkeypatch.setattr(module, name, counted)
    return spent


@pytest.mark.parametrize("length", [10, 20, 24, 25, 300])
def test_a_word_is_cut_in_few_ways(monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    spent = counting(monkeypatch, kin, "_half")
    (item, *_) = exact_items("政府债务限额")
    debt = Asked("政府债务限额", (item.key,), item.name)
    assert kin.parts_named(debt, ["龘" * length]) == ()
    assert kin.parts_named(debt, ["龘" * length + "专项"]) == ()
    assert spent[0] <= 2 * LONGEST_NAMES**2


def test_the_halves_are_still_found() -> None:
    (item, *_) = exact_items("政府债务限额")
    found = kin.parts_named(Asked("政府债务限额", (item.key,), item.name), ["一般专项"])
    assert [one.name for one in found] == ["一般债务限额", "专项债务限额"]


@pytest.mark.parametrize("length", [10, 40, 41, 300])
def test_a_run_of_names_is_cut_in_few_ways(length: int) -> None:
    tried: list[str] = []
    assert named_in_run("龘" * length, tried.append) == ()
    assert len(tried) <= 2 * LONGEST_NAMES**2


@pytest.mark.parametrize("length", [20, 200, 2_000])
def test_a_misspelt_name_is_looked_for_once_a_place(monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    spent = counting(monkeypatch, misspelt, "_near", len)
    assert misspelt.near_name("龘" * length) == ("", "")
    assert spent[0] <= length * misspelt.LONGEST**2


HANGING = {
    "a quote": ["“教育支出，", *["卫生健康支出59325，"] * 1_000],
    "a bracket": ["（教育支出", *["卫生健康支出59325"] * 1_000],
    "commas": ["教育支出，"] * 1_000,
    "prose": ["教育支出56917万元，卫生健康支出23500万元，农林水支出8000万元，城乡社区支出"] * 1_000,
}


@pytest.mark.parametrize("name", HANGING)
def test_a_paragraph_is_looked_through_once(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """What is looked at grows with the lines, not with the lines times the paragraph."""
    whole, size = HANGING[name], sum(map(len, HANGING[name]))
    spent = [counting(monkeypatch, lines, part, lambda text, *_: len(text))
             for part in ("breaks_off", "unclosed", "is_apart", "closes_nothing", "title_goes_on")]  # fmt: skip
    (paragraph, *others) = lines.paragraphs(Document("x.txt", "", "txt", tuple(map(Line, whole))))
    assert not others
    assert isinstance(paragraph, lines.Paragraph) and len(paragraph.text) == size
    assert sum(some[0] for some in spent) <= 30 * size + 10 * lines.END * len(whole)


# Lines and sentences that expressions used to go back and forth in for minutes and longer.
BACKTRACKED = {
    "rule": "|" + "-" * 20_000 + "x|\n|a|",
    "contents": "一、收入" + ".⋯" * 10_000 + "x",
    "page number": "·－" * 10_000 + "x",
    "base of a share": "教育支出为" + "重为教育支出总" * 280 + "5%。",
    "bookmarks": "[bookmark:" * 4_000,
    "one sentence": "教育支出为" + "占" * 20_000 + "5%。",
    "private glyphs": "\ue010" * 400_000,
    "many numbers": "《甲》12" * 40_000,
    "titles that do not end": "《" * 300_000 + "5",
    "a word without an end": "甲" * 300_000 + "5",
    "list": "教育支出为" + "5和" * 900 + "5万元。",
    "parts of a number without an end": "税收收入88600" + "万0" * 30_000,
    "one figure again and again": "非税收入31900万元，下降“2%；" * 5_000,
    "thousands of values of one figure": "".join(
        f"非税收入{30_000 + n}万元，下降{n % 9}.{n % 7}%。\n" for n in range(5_000)
    ),
    "thousands of rates": "".join(
        f"税收收入预算{30_000 + n}万元，完成{20_000 + n}万元，完成预算的{n % 100}.5%。" for n in range(2_500)
    ),
    "thousands of totals": "".join(
        f"收入合计{30_000 + n}万元，其中税收收入{n}万元，非税收入{n + 5}万元。" for n in range(2_500)
    ),
}


@pytest.mark.parametrize("name", BACKTRACKED)
def test_nothing_is_gone_back_and_forth_in(tmp_path: Path, name: str) -> None:
    path = tmp_path / "上党区2023.txt"
    head = "长治市上党区2023年财政决算报告\n\n教育支出56917万元，增长6.75%。\n\n"
    path.write_text(f"{head}{BACKTRACKED[name]}\n\n", encoding="utf-8")
    with within(LATE):
        (found,) = prepare(path)
    assert found.parsed is not None
    assert "56917" in {fact.value for fact in found.parsed.facts}


def test_a_file_with_too_many_figures_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from index import load as build

    monkeypatch.setattr("index.parse.MOST_FACTS", 20)
    path = tmp_path / "上党区2023.txt"
    sentence = "教育支出56917万元，增长6.75%。卫生健康支出23500万元，增长2.1%。\n\n"
    path.write_text("长治市上党区2023年财政决算报告\n\n" + sentence * 20, encoding="utf-8")
    (report,) = build([path], tmp_path / "index.db")
    assert report.status == "failed"
    assert "数据点超过" in report.error


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from index import load as build

    monkeypatch.setattr("index.parse.MOST_SECONDS", -1)
    path = tmp_path / "上党区2023.txt"
    path.write_text("长治市上党区2023年财政决算报告\n\n教育支出56917万元，增长6.75%。\n", encoding="utf-8")
    (report,) = build([path], tmp_path / "index.db")
    assert (report.status, "已停止" in report.error) == ("failed", True)


# ---------------------------------------------------------------------------------------------- the deadline itself


def looping() -> None:
    while True:
        pass


def backtracking() -> None:
    re.match(r"(a+)+$", "a" * 200 + "b")


@pytest.mark.parametrize("work", [looping, backtracking])
def test_what_never_ends_is_interrupted(work: Callable[[], None]) -> None:
    before = signal.getsignal(signal.SIGPROF)
    with pytest.raises(TookTooLong, match="没有算出来"), within(0.05):
        work()
    assert signal.getsignal(signal.SIGPROF) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_what_is_raised_inside_comes_out() -> None:
    with pytest.raises(KeyError), within(LATE):
        raise KeyError
