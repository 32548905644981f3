"""The command line: the contract of its output, and one clear line for everything that is wrong."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import pytest

import index
from bot import terminal
from bot.cli import main
from bot.jsonl import answer_lines, dumps
from bot.settings import read_settings
from index.build import LoadReport
from index.errors import IndexDamaged
from index.models import Answer, Document, Figure, Parsed, Sentence, Subject
from index.store.lookup import Index
from index.store.write import store

ROOT = Path(__file__).resolve().parent.parent

FIGURE = Figure(
    True, "长治市上党区", "whole", "2023", "general_public", "教育支出", "actual", "56917", "万元", False, "a.txt", 3,
    "教育支出56917万元。", "二、支出", "总决算", ("单位取自表头",), 7,
)  # fmt: skip
CONTRACT = [
    "asked", "region", "scope", "period", "account", "item", "measure", "value", "unit", "derived", "document", "page",
    "sentence",
]  # fmt: skip


class Assistant:
    """A stand-in that opens the index as the real one does and repeats what it was asked."""

    def __init__(self, db: Path) -> None:
        self.db, self.index = db, Index(db)
        self.turns: dict[str | None, int] = {}

    def refresh(self) -> None:
        pass

    def renewed(self) -> Assistant:
        other = Assistant(self.db)
        other.turns = self.turns
        return other

    def ask(self, question: str, chat: str | None = None) -> Answer:
        while question == "没完":
            pass
        if question == "损坏":
            raise IndexDamaged("索引已损坏")
        if question == "崩溃":
            raise RuntimeError("not foreseen")
        self.turns[chat] = self.turns.get(chat, 0) + 1
        reply = f"{chat} {self.turns[chat]}：{question}"
        return Answer("answered", reply, (FIGURE,), ("换一个年份",), "上党区 · 2023年")

    def explain(self, question: str) -> dict[str, Any]:
        row = {"score": 1.0, "item": "教育支出", "value": "56917万元", "measure": "actual", "scope": "whole"}
        row |= {"period": "2023", "rule": "bare+item", "fact": 7, "document": "a.txt"}
        return {"slots": {"regions": ["140404"]}, "reading": "", "candidates": [row], "sql": ["SELECT 1"]}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and the stand-in behind the front door."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(vars(index), "open_index", Assistant)
    return tmp_path


@pytest.fixture
def db(place: Path) -> Path:
    path = place / "yusuan.db"
    document = Document("a.txt", sha256(b"a").hexdigest(), "txt", ())
    sentences = (Sentence(0, None, None, "text", "教育支出56917万元。"),)
    store(path, Parsed(document, Subject(None, 2023, None, "", ""), (), sentences, ()))
    return path


class Stdin:
    """Standard input with these bytes."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)

    def isatty(self) -> bool:
        return False


def asked(lines: list[Any], db: Path) -> list[dict[str, Any]]:
    """Send the lines (objects, or raw bytes) through --jsonl."""
    data = b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)
    out = io.StringIO()
    answer_lines(cast("Any", Assistant(db)), io.BytesIO(data), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


# ------------------------------------------------------------------------------------------- ask


def test_ask_in_words(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "上党区", "教育", "--db", str(db)]) == 0
    assert capsys.readouterr().out == "None 1：上党区 教育\n"


def test_ask_as_json_keeps_the_contract(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "教育", "--json", "--db", str(db)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer)[:5] == ["id", "status", "reply", "figures", "options"]
    (figure,) = answer["figures"]
    assert list(figure)[: len(CONTRACT)] == CONTRACT
    assert (figure["value"], figure["unit"], figure["page"], figure["asked"]) == ("56917", "万元", 3, True)


def test_explain_shows_the_reading_and_the_sources(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "教育", "--explain", "--db", str(db)]) == 0
    out = capsys.readouterr().out
    assert "理解：上党区 · 2023年" in out
    assert "56917万元  [a.txt 第3页 #7]" in out
    assert 'regions = ["140404"]' in out
    assert "1.00  2023 | whole | 教育支出 | actual = 56917万元  [bare+item #7]" in out
    assert out.rstrip().endswith("SELECT 1")


def test_jsonl_keeps_order_ids_and_dialogues(db: Path) -> None:
    answers = asked(
        [
            {"id": "1", "chat": "a", "question": "甲"},
            {"id": "2", "chat": "b", "question": "乙"},
            {"id": "3", "chat": "a", "question": "丙"},
            {"id": 4, "question": "丁"},
        ],
        db,
    )
    assert [answer["id"] for answer in answers] == ["1", "2", "3", 4]
    assert [answer["reply"] for answer in answers] == ["a 1：甲", "b 1：乙", "a 2：丙", "None 1：丁"]


# a line -> id and words of the error in its place
BAD_LINES: list[tuple[Any, Any, str]] = [
    (b"{", None, "JSON"),
    (b"not json", None, "JSON"),
    (b"\xff\xfe\x00", None, "JSON"),
    (b"[" * 100_000, None, "JSON"),
    (["question"], None, "对象"),
    ("question", None, "对象"),
    (None, None, "对象"),
    ({"id": "x"}, "x", "question"),
    ({"id": "x", "question": 1}, "x", "question"),
    ({"id": "x", "question": "损坏"}, "x", "索引已损坏"),
    ({"id": "x", "question": "崩溃"}, "x", "RuntimeError"),
]


@pytest.mark.parametrize("line, id, words", BAD_LINES)
def test_a_bad_line_costs_itself_alone(db: Path, line: Any, id: Any, words: str) -> None:
    first, second = asked([line, {"id": "2", "question": "乙"}], db)
    assert (first["id"], first["status"]) == (id, "error")
    assert words in first["error"]
    assert (second["id"], second["status"]) == ("2", "answered")


def test_empty_lines_and_a_byte_order_mark(db: Path) -> None:
    answers = asked([b"", b"\xef\xbb\xbf" + json.dumps({"id": "1", "question": "甲"}).encode(), b"  "], db)
    assert [answer["id"] for answer in answers] == ["1"]


def test_half_characters_do_not_stop_the_output() -> None:
    assert json.loads(dumps({"reply": "\ud800教育"}).encode()) == {"reply": "\ud800教育"}
    assert "教育" in dumps({"reply": "教育"})


def test_a_question_without_end_costs_its_own_line(
    db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = ["甲", "没完", "乙", "没完", "丙"]
    lines = [json.dumps({"id": number, "chat": "a", "question": text}) for number, text in enumerate(questions)]
    monkeypatch.setattr(sys, "stdin", Stdin("\n".join(lines).encode()))
    monkeypatch.setenv("YUSUAN_DEADLINE", "0.1")
    assert main(["ask", "--jsonl", "--db", str(db)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["status"] for answer in answers] == ["answered", "error", "answered", "error", "answered"]
    assert "没有算出来" in answers[1]["error"]
    assert [answers[n]["reply"] for n in (0, 2, 4)] == ["a 1：甲", "a 2：乙", "a 3：丙"]


def test_a_question_without_end_is_one_line(
    db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YUSUAN_DEADLINE", "0.1")
    assert main(["ask", "没完", "--db", str(db)]) == 1
    assert capsys.readouterr().err == (
        "yusuan: 这个问题算得太久（超过 0.1 秒），没有算出来，不是报告里没有；请写短些再问\n"
    )


def test_jsonl_from_standard_input(
    db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Stdin('{"id": "1", "question": "甲"}\n'.encode()))
    assert main(["ask", "--jsonl", "--db", str(db)]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "1"


def test_a_reader_that_goes_away_is_no_error() -> None:
    code = "import sys; from bot.cli import main; sys.exit(main(['--help']))"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], stdout=pipe, stderr=pipe, cwd=ROOT) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""


# ------------------------------------------------------------------------------------------- chat


def test_chat_is_one_dialogue(db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lines = iter(["甲", "", "损坏", "乙", "退出", "丙"])
    monkeypatch.setattr("sys.stdin", Stdin(b""))
    monkeypatch.setattr("builtins.input", lambda prompt: next(lines))
    assert main(["chat", "--db", str(db)]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if line] == [
        "terminal 1：甲",
        "索引已损坏",
        "terminal 2：乙",
    ]


def test_chat_ends_with_its_input(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin", Stdin(b""))
    monkeypatch.setattr("builtins.input", ended)
    assert main(["chat", "--db", str(db)]) == 0


# ------------------------------------------------------------------------------------------- load


LOADED = LoadReport(
    "x/a.txt", "loaded", kind="决算", region="长治市上党区", years=(2023, 2024), scopes=("全区",), facts=8, sentences=5,
    tables=2, figures=20, missed=3, share=0.85, contradictions=("甲", "乙"), warnings=("单位\n不明",),
    unread=("另有【12】万元",),
)  # fmt: skip


def test_load_lines() -> None:
    failed = LoadReport("x/b.txt", "failed", error="文件是空的")
    skipped = LoadReport("x/c.py", "skipped")
    member = LoadReport("x/报告.zip!/2023/决算.pdf", "loaded", facts=1, figures=1, share=1.0)
    assert terminal.load_line(LOADED) == (
        "载入 a.txt：长治市上党区 · 2023年、2024年 · 决算 · 全区，"
        "数据点 8，句子 5，表格 2，金额和百分数读懂 85.0%，未读懂 3"
    )
    assert terminal.load_notes(LOADED) == ["    注意：单位 不明"]
    assert terminal.load_notes(LOADED, verbose=True)[1:] == ["    不一致：乙", "    未读懂：另有【12】万元"]
    assert terminal.load_line(failed) == "失败 b.txt：文件是空的"
    assert terminal.load_line(member) == "载入 报告.zip!/2023/决算.pdf：数据点 1，句子 0，金额和百分数全部读懂"
    assert terminal.summary_line([LOADED, failed, skipped]) == (
        "合计：载入 1 份，失败 1 份；数据点 8，金额和百分数读懂 85.0%；略过其他文件 1 个"
    )


def test_a_single_missed_figure_is_never_rounded_away() -> None:
    report = LoadReport("a.txt", "loaded", facts=9999, figures=10_000, missed=1, share=0.9999)
    assert "读懂 99.9%，未读懂 1" in terminal.load_line(report)
    assert "读懂 99.9%" in terminal.summary_line([report])


def test_the_bar_is_one_rewritten_line() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    bar = terminal.ProgressBar(screen)
    bar.show(0, 4, "")
    bar.show(2, 4, "a.txt")
    bar.clear()
    assert screen.getvalue().split("\r\x1b[K")[1:] == [f"[{'':24}] 0/4 ", f"[{'#' * 12:24}] 2/4 a.txt", ""]
    quiet = io.StringIO()
    terminal.ProgressBar(quiet).show(1, 4, "a.txt")
    assert quiet.getvalue() == ""


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch) -> list[LoadReport]:
    """What the stand-in for loading is going to report."""
    reports: list[LoadReport] = []

    def load(paths: Any, db: Any, *, progress: Any, **_: Any) -> list[LoadReport]:
        progress(0, len(reports), None)
        for done, report in enumerate(reports, start=1):
            progress(done, len(reports), report)
        return reports

    monkeypatch.setitem(vars(index), "load", load)
    return reports


def test_load_says_how_it_went(reports: list[LoadReport], capsys: pytest.CaptureFixture[str]) -> None:
    reports.append(LOADED)
    reports.append(LoadReport("c.py", "skipped"))
    assert main(["load", "a.txt", "--verbose"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        terminal.load_line(LOADED),
        *terminal.load_notes(LOADED, verbose=True),
        "合计：载入 1 份；数据点 8，金额和百分数读懂 85.0%；略过其他文件 1 个",
    ]
    reports.append(LoadReport("b.txt", "failed", error="文件是空的"))
    assert main(["load", "a.txt", "b.txt"]) == 1
    assert "失败 b.txt：文件是空的" in capsys.readouterr().err


def test_load_as_json(reports: list[LoadReport], capsys: pytest.CaptureFixture[str]) -> None:
    reports.append(LoadReport("a.txt", "loaded", facts=8, sentences=5))
    assert main(["load", "a.txt", "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert (json.loads(line)["file"], json.loads(line)["facts"]) == ("a.txt", 8)


def test_start_loads_and_answers_three_questions(
    db: Path, reports: list[LoadReport], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reports.append(LoadReport("a.txt", "loaded", facts=8, sentences=5))
    monkeypatch.setattr("sys.stdin", Stdin(b""))
    assert main(["start", "--db", str(db)]) == 0
    out = capsys.readouterr().out
    assert out.count("问：") == 3
    assert out.startswith("载入 a.txt")


# ------------------------------------------------------------------------------------------- what is wrong


def newer(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute(f"PRAGMA application_id = {0x59536E31}")
    conn.execute("PRAGMA user_version = 99")
    conn.execute("CREATE TABLE x (y)")
    conn.close()


# arguments ({db} stands for a file that prepare may make), prepare, exit code, words on stderr
BAD_COMMANDS: list[tuple[list[str], Callable[[Path], object] | None, int, str]] = [
    ([], None, 2, "命令"),
    (["nothing"], None, 2, "nothing"),
    (["load"], None, 2, "PATH"),
    (["load", "x", "--year", "二三"], None, 2, "年度"),
    (["load", "x", "--jobs", "0"], None, 2, "进程数"),
    (["ask", "甲", "--unknown"], None, 2, "--unknown"),
    (["ask"], None, 2, "--jsonl"),
    (["ask", ""], None, 2, "--jsonl"),
    (["ask", "甲", "--jsonl"], None, 2, "--jsonl"),
    (["serve"], None, 1, "TELEGRAM_BOT_TOKEN"),
    (["ask", "甲", "--db", "{db}"], None, 1, "yusuan load"),
    (["chat", "--db", "{db}"], None, 1, "yusuan load"),
    (["ask", "--jsonl", "--db", "{db}"], None, 1, "yusuan load"),
    (["ask", "甲", "--db", "{db}"], Path.mkdir, 1, "文件夹"),
    (["ask", "甲", "--db", "{db}"], lambda db: db.write_bytes(bytes(4096)), 1, "索引"),
    (["ask", "甲", "--db", "{db}"], lambda db: db.write_text("x" * 5000), 1, "不是本程序的索引"),
    (["ask", "甲", "--db", "{db}"], newer, 1, "升级"),
    (["load", "a.txt", "--db", "{db}"], newer, 1, "升级"),
    (["load", "a.txt", "--db", "{db}"], Path.mkdir, 1, "文件夹"),
    (["load", "a.txt", "--db", "{db}"], lambda db: db.write_text("x" * 5000), 1, "不是本程序的索引"),
    (["load", "a.txt", "--db", "{db}/under/a/file.db"], Path.touch, 1, "不是文件夹"),
    (["load", "missing.txt", "--db", "{db}"], None, 1, "missing.txt"),
    (["load", ".", "--db", "{db}"], None, 1, "没有可以载入的报告"),
    (["load", "\udcff.txt", "--db", "{db}"], None, 1, "失败"),
]


@pytest.mark.parametrize("arguments, prepare, code, words", BAD_COMMANDS)
def test_bad_input_gets_one_clear_line(
    place: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    prepare: Callable[[Path], object] | None,
    code: int,
    words: str,
) -> None:
    db = place / "bad.db"
    if prepare:
        prepare(db)
    before = db.read_bytes() if db.is_file() else None
    try:
        left = main([argument.replace("{db}", str(db)) for argument in arguments])
    except SystemExit as stop:
        left = stop.code  # type: ignore[assignment]
    err = capsys.readouterr().err
    assert left == code
    assert words in err
    assert len(err.splitlines()) == 1
    assert (db.read_bytes() if db.is_file() else None) == before


def test_an_interrupt_is_no_traceback(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(vars(index), "open_index", interrupted)
    assert main(["ask", "甲", "--db", str(db)]) == 130


# ------------------------------------------------------------------------------------------- settings

ENV_FILES = [
    ("YUSUAN_DB=/a.db", "/a.db"),
    ("export YUSUAN_DB = '/a b.db'  # here", "/a b.db"),
    ('YUSUAN_DB="/a#b.db"', "/a#b.db"),
    ("YUSUAN_DB=/a.db # here", "/a.db"),
    ("#YUSUAN_DB=/a.db\n\nnonsense", "data/index.db"),
    ("YUSUAN_DB=", "data/index.db"),
    ("\ufeffYUSUAN_DB=/a.db\r\n", "/a.db"),
]


@pytest.mark.parametrize("text, db", ENV_FILES)
def test_env_file(place: Path, text: str, db: str) -> None:
    (place / ".env").write_text(text, encoding="utf-8")
    assert read_settings().db == Path(db)


def test_the_environment_wins(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / ".env").write_text("YUSUAN_DB=/file.db\nTELEGRAM_BOT_TOKEN=secret\n", encoding="utf-8")
    monkeypatch.setenv("YUSUAN_DB", "/environment.db")
    settings = read_settings()
    assert settings.db == Path("/environment.db")
    assert settings.token == "secret"
    assert "secret" not in repr(settings)


def test_a_log_level_that_is_none(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("YUSUAN_LOG", "loud")
    assert main(["serve"]) == 1
    assert "YUSUAN_LOG" in capsys.readouterr().err


def test_python_m_bot_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    for command in ("load", "ask", "chat", "serve", "start"):
        assert command in done.stdout
