"""The admin's commands: every one does its work, says so in Chinese or as JSON, and tells what is wrong in one line."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.cli.arguments import parser
from bot.settings import Settings
from index.build import load

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted((ROOT / "data" / "reports").glob("0*"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    load(SAMPLES[:2], folder / "index.db", jobs=1)
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an index of two reports, and a folder of reports."""
    shutil.copytree(made, tmp_path / "data")
    shutil.rmtree(tmp_path / "data" / "index.versions")
    (tmp_path / "data" / "reports").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Console:
    """Runs a command and keeps what it printed."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, *arguments: str, code: int = 0) -> str:
        self._capture.readouterr()
        try:
            found = main(arguments)
        except SystemExit as ended:
            found = int(str(ended.code))
        printed = self._capture.readouterr()
        assert found == code, printed
        if code:
            assert "Traceback" not in printed.err
        return printed.out + printed.err

    def json(self, *arguments: str, code: int = 0) -> list[Any]:
        return [json.loads(line) for line in self(*arguments, "--json", code=code).splitlines()]


@pytest.fixture
def run(place: Path, capsys: pytest.CaptureFixture[str]) -> Console:
    return Console(capsys)


def names(run: Console) -> list[str]:
    return [held["name"][:2] for held in run.json("reports")]


# ------------------------------------------------------------------------------------------- decisions


def test_preview_changes_nothing_and_adopt_does(run: Console) -> None:
    told = run("load", "--preview", str(SAMPLES[4]))
    assert "洛阳市西工区" in told and "新增 " in told and "索引还没有改变。采用：yusuan adopt " in told
    assert names(run) == ["01", "02"]
    id = told.split("yusuan adopt ")[1].split("；")[0]
    assert "第2版" in run("adopt", id) and names(run) == ["01", "05", "02"]
    assert "已由命令行" in run("adopt", id, code=1)
    assert "没有这份待定的报告" in run("adopt", "nothing", code=1)


def test_preview_of_a_folder_as_json_and_drop(run: Console, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    for sample in SAMPLES[2:4]:
        shutil.copy(sample, folder)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (draft,) = run.json("load", "--preview", str(folder), "--region", "长治市", code=1)
    assert [file["status"] for file in draft["files"]] == ["loaded", "loaded", "failed"]
    assert (draft["state"], draft["region"], draft["added"] > 0) == ("open", "长治市", True)
    assert run("drop", draft["id"]) == "已放弃，索引没有改变\n"
    assert "已由命令行" in run("drop", draft["id"], code=1)
    assert names(run) == ["01", "02"]


def test_a_changed_report_shows_the_figures_that_change(run: Console, tmp_path: Path) -> None:
    changed = tmp_path / SAMPLES[0].name
    changed.write_text(SAMPLES[0].read_text(encoding="utf-8").replace("56917", "56918"), encoding="utf-8")
    told = run("load", "--preview", str(changed))
    assert "替换 " in told and "教育支出 完成数：56917万元 → 56918万元" in told


def test_versions_and_rollback(run: Console) -> None:
    run("load", str(SAMPLES[4]))
    assert run("versions").splitlines()[0].startswith("* 第2版 ")
    assert "没有保留第99版" in run("rollback", "99", code=1)
    assert "现在用的就是第2版" in run("rollback", "2", code=1)
    run("load", str(SAMPLES[2]))
    kept = [(version["number"], version["current"]) for version in run.json("versions")]
    assert kept == [(3, True), (2, False), (1, False)]
    assert run("rollback", "2").startswith("* 第2版 ")
    assert names(run) == ["01", "05", "02"]


def test_reload_and_remove(run: Console, place: Path) -> None:
    shutil.copy(SAMPLES[4], place / "data" / "reports")
    (draft,) = run.json("reload")
    assert [Path(file["file"]).name for file in draft["files"]] == [SAMPLES[4].name]
    run("adopt", draft["id"])
    assert "没有要改的" in run("reload")
    told = run("reports", "--remove", SAMPLES[4].name)
    assert f"移除 {SAMPLES[4].name}" in told and "消失 " in told
    run("adopt", told.split("yusuan adopt ")[1].split("；")[0])
    assert names(run) == ["01", "02"]
    assert "没有名为“没有.txt”的报告" in run("reports", "--remove", "没有.txt", code=1)


# ------------------------------------------------------------------------------------------- contents


def test_reports(run: Console) -> None:
    assert run("reports").splitlines()[0].startswith("长治市上党区 2023年 决算报告 ")
    assert [held["place"] for held in run.json("reports", "--region", "解放区", "--year", "2023")] == ["焦作市解放区"]
    assert run("reports", "--region", "太原市") == "没有这样的报告\n"


def test_conflicts(run: Console) -> None:
    assert "农林水支出 完成数：22504万元（01_上党区" in run("conflicts")
    assert len(run.json("conflicts", "--region", "上党区", "--limit", "2")) == 2
    assert run("conflicts", "--region", "解放区") == "没有发现互相矛盾的数字\n"
    assert "索引里没有“太原市”的报告" in run("conflicts", "--region", "太原市", code=1)


def test_misses(run: Console, place: Path) -> None:
    from bot.telegram.state import State

    assert "还没有聊天记录" in run("misses", code=1)
    state = State(place / "data" / "index.chats.db")
    for digest, question in (("a", "上党区修路钱多少"), ("b", None), ("a", "上党区修路钱多少")):
        state.keep_unanswered(digest, question, "上党区", "not_found")
    state.close()
    assert run("misses").splitlines() == [
        "2 次 没有 上党区修路钱多少  理解：上党区",
        "1 次 没有 （未保存原话）  理解：上党区",
    ]
    (first,) = run.json("misses", "--limit", "1")
    assert (first["question"], first["times"], first["status"]) == ("上党区修路钱多少", 2, "not_found")


def test_alias(run: Console) -> None:
    assert run("alias") == "还没有添加过叫法\n"
    assert run("alias", "add", "娃娃钱", "教育支出").startswith("已添加：娃娃钱 → 教育支出（命令行")
    assert "56,917 万元" in run("ask", "上党区2023年娃娃钱多少")
    assert [alias["word"] for alias in run.json("alias", "list")] == ["娃娃钱"]
    (row,) = csv.DictReader(io.StringIO(run("alias", "export")))
    assert row["key"] == "gp-exp-205" and row["people"].endswith("娃娃钱")
    assert "已撤销：娃娃钱" in run("alias", "remove", "娃娃钱")
    assert "没有添加过" in run("alias", "remove", "娃娃钱", code=1)
    assert "相近的有：" in run("alias", "add", "娃娃钱", "教育的支出", code=1)
    assert "用法：yusuan alias add 词 科目" in run("alias", "add", "娃娃钱", code=2)
    assert "没有这个动作：change" in run("alias", "change", code=2)


def test_export(run: Console, place: Path) -> None:
    assert "已写入 长治市上党区2023年数据.xlsx" in run("export", "上党区", "--year", "2023")
    assert "文件已存在" in run("export", "上党区", "--year", "2023", code=1)
    (told,) = run.json("export", "上党区", "-o", "x.csv")
    assert told == {"file": "x.csv", "size": (place / "x.csv").stat().st_size}
    assert (place / "x.csv").read_bytes().startswith("\ufeff地区,".encode())
    run("export", "上党区", "--form", "csv", "-o", "x.csv")
    assert (place / "长治市上党区2023年数据.xlsx").read_bytes().startswith(b"PK")
    assert "索引里没有“太原市”" in run("export", "太原市", code=1)
    assert "没有1950年的数据" in run("export", "上党区", "--year", "1950", "-o", "x.csv", code=1)
    assert sorted(path.name for path in place.iterdir() if path.is_file()) == ["x.csv", "长治市上党区2023年数据.xlsx"]


def test_check_db(run: Console, place: Path) -> None:
    assert run("check-db") == "索引、保留的版本、管理记录和聊天状态都完好，金标问题都答得对\n"
    quick = run("check-db", "--quick")
    assert quick.startswith("登记没有问题，金标问题都答得对\n没有看：") and "散列值" in quick
    conn = sqlite3.connect(place / "data" / "index.db")
    conn.execute("DELETE FROM facts WHERE id = (SELECT max(id) FROM facts)")
    conn.commit()
    conn.close()
    assert "个数据点，实有" in run("check-db", code=1)
    (told,) = run.json("check-db", code=1)
    assert told["sound"] is False and told["problems"]
    assert "还没有索引" in run("check-db", "--db", "none.db", code=1)


def test_serve_starts_with_a_damaged_index_if_there_is_a_version_to_return_to(
    run: Console, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:" + "x" * 30)
    served: list[Path] = []
    monkeypatch.setattr("bot.telegram.app.run", lambda settings: served.append(settings.db))
    db = place / "data" / "index.db"
    run("load", str(SAMPLES[4]))
    db.unlink()  # a second name of the version, which stays whole
    db.write_bytes(b"damaged" * 999)
    assert "机器人在运行" in run("serve") and served == [Path("data/index.db")]
    shutil.rmtree(place / "data" / "index.versions")
    db.write_bytes(b"damaged" * 999)
    assert "不是本程序的索引" in run("serve", code=1)


def test_backup_and_restore(run: Console, place: Path) -> None:
    run("alias", "add", "娃娃钱", "教育支出")
    assert "已备份到 kept.zip：第1版，2 份报告，原件 2 个" in run("backup", "kept.zip")
    assert "文件已存在" in run("backup", "kept.zip", code=1)
    run("alias", "remove", "娃娃钱")
    run("load", str(SAMPLES[4]))
    assert "已恢复" in run("restore", "kept.zip")
    assert names(run) == ["01", "02"]
    assert [alias["word"] for alias in run.json("alias")] == ["娃娃钱"]
    assert "没有这个文件" in run("restore", "none.zip", code=1)
    (version,) = run.json("restore", "kept.zip", "--db", "other/new.db")
    assert (version["action"], version["documents"]) == ("restore", 2)


def test_audit(run: Console) -> None:
    (loaded,) = run("audit").splitlines()
    assert " 装入 01_上党区2023年财政总决算分析.md" in loaded and loaded.endswith("第0版 → 第1版")
    run("alias", "add", "娃娃钱", "教育支出")
    run("alias", "remove", "娃娃钱")
    assert [entry["action"] for entry in run.json("audit")] == ["unalias", "alias", "load"]
    (line,) = run("audit", "--limit", "1").splitlines()
    assert "命令行" in line and line.endswith("撤销叫法 娃娃钱 教育支出 →")


# ------------------------------------------------------------------------------------------- what makes no sense

WRONG = [
    (["adopt"], "缺少 ID"),
    (["rollback", "x"], "应为 1 到"),
    (["rollback", "0"], "应为 1 到"),
    (["export"], "缺少 REGION"),
    (["export", "上党区", "--form", "doc"], "没有这个--form：doc"),
    (["backup"], "缺少 FILE"),
    (["reports", "--year", "23"], "年度应为四位数字"),
    (["audit", "--limit", "-1"], "应为 1 到"),
    (["drop", "x", "--json"], "不认识的参数 --json"),
]


@pytest.mark.parametrize("arguments, said", WRONG)
def test_arguments_that_make_no_sense(run: Console, arguments: list[str], said: str) -> None:
    told = run(*arguments, code=2)
    assert said in told and told.count("\n") == 1


def test_help_is_chinese(run: Console) -> None:
    told = run("--help")
    for name in ("adopt", "drop", "reload", "versions", "rollback", "reports", "conflicts", "misses", "audit", "export",
                 "check-db", "alias", "backup", "restore"):  # fmt: skip
        assert f"    {name}" in told
        assert "--db FILE" in run(name, "--help")
    assert parser(Settings()).parse_args(["versions"]).json is False
