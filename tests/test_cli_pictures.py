"""``yusuan chart`` and ``yusuan ask --chart``: the file, what is said of it, and what is said where there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.charts.style import can_draw
from bot.cli import main
from tests.telegram_bot import load_samples

drawing = pytest.mark.skipif(not can_draw(), reason="the extra charts is not installed")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(load_samples(tmp_path_factory.mktemp("pictures")))


# arguments, the file's first bytes, what is printed
WRITTEN = [
    (["chart", "上党区教育支出趋势图"], "a.png", b"\x89PNG", ["图已写入", "2022年 53,318*万元"]),
    (["chart", "上党区教育支出历年", "--dark"], "a.png", b"\x89PNG", ["图已写入", "2022年 53,318*万元"]),
    (["chart", "解放区2023年一般公共预算收入饼图"], "b.svg", b"<?xml", ["税收收入 86,460万元，占95.99%"]),
    (["ask", "上党区2023年教育支出多少"], "c.png", b"\x89PNG", ["56,917 万元（5.69 亿元）  完成数", "图已写入"]),
]  # fmt: skip


@drawing
@pytest.mark.parametrize("words,name,begins,told", WRITTEN)
def test_a_picture_is_written(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], name: str, begins: bytes,
    told: list[str],
) -> None:  # fmt: skip
    file = tmp_path / name
    where = ["--chart", str(file)] if words[0] == "ask" else ["-o", str(file)]
    assert main([*words, *where, "--db", db]) == 0
    assert file.read_bytes().startswith(begins)
    out = capsys.readouterr().out
    for word in told:
        assert word in out


@drawing
def test_as_json(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.svg"
    assert main(["chart", "上党区教育支出趋势图", "-o", str(file), "--json", "--db", db]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["file"] == str(file) and told["size"] == file.stat().st_size and "56,917万元" in told["alt"]
    assert main(["ask", "上党区2023年教育支出多少", "--chart", str(file), "--json", "--db", db]) == 0
    assert json.loads(capsys.readouterr().out)["status"] == "answered"  # and nothing else


# arguments, the exit code, the line on stderr
NOT_WRITTEN = [
    (["chart", "什么是转移支付", "-o", "a.png"], 1, "没有可以画的"),
    (["chart", "上党区2015年教育支出", "-o", "a.png"], 1, "报告里没有"),
    (["chart", "画个图", "-o", "a.png"], 2, "请写要画的问题"),
    (["ask", "--jsonl", "--chart", "a.png"], 2, "--jsonl"),
]  # fmt: skip


@drawing
@pytest.mark.parametrize("words,code,line", NOT_WRITTEN)
def test_where_there_is_none(
    db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    words: list[str], code: int, line: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main([*words, "--db", db]) == code
    assert line in capsys.readouterr().err and not (tmp_path / "a.png").exists()


def test_a_file_of_another_kind_is_refused(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["chart", "上党区教育支出趋势图", "-o", "a.gif", "--db", db])
    assert stopped.value.code == 2 and ".png 或 .svg" in capsys.readouterr().err


def test_without_the_extra_a_line_says_how(
    db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.charts.style.can_draw", lambda: False)
    assert main(["chart", "上党区教育支出趋势图", "-o", str(tmp_path / "a.png"), "--db", db]) == 1
    assert "make charts" in capsys.readouterr().err
