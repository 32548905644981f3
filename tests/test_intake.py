"""Many processes: the same reports in the same order, and a process that dies costs its own file alone."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.build import LoadReport, load
from index.check.run import check
from index.forked import Forked
from index.intake import crew as crews
from index.intake import worker as workers
from index.intake.crew import Crew, is_small, prepared_here
from index.intake.prepare import prepare
from index.intake.report import report_on
from index.models import Document, Line
from index.parse import parse
from index.read.child import Child
from index.store.lookup import Index
from index.store.naming import StoreResult

REPORT = """{place}2023年财政预算执行情况的报告
2023年，全区一般公共预算收入完成{amount}万元，增长5.1%。其中：税收收入3000万元。
教育支出56917万元，预算59325万元，完成95.94%。
"""
PLACES = ("长治市上党区", "焦作市解放区", "洛阳市西工区", "长治市屯留区", "长治市潞州区")
# Answers every task with the name of its file; dies at 死.txt and hangs at 睡.txt.
STAND_IN = """
import os, pickle, sys, time
from index.intake.prepare import Prepared
while True:
    try:
        path, region, year = pickle.load(sys.stdin.buffer)
    except EOFError:
        break
    if path.stem == "死":
        os._exit(9)
    if path.stem == "睡":
        time.sleep(600)
    pickle.dump([Prepared(path.name, error="好")], sys.stdout.buffer)
    sys.stdout.buffer.flush()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, place in enumerate(PLACES):
        text = REPORT.format(place=place, amount=10_000 + number)
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "2a空.txt").write_bytes(b"")
    return folder


@pytest.fixture
def always_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.build.is_small", lambda paths, apart: False)


def test_parallel_is_the_same_as_serial(folder: Path, tmp_path: Path, always_many: None) -> None:
    serial = load([folder], tmp_path / "1.db", jobs=1)
    parallel = load([folder], tmp_path / "2.db", jobs=3)
    assert parallel == serial
    assert [report.status for report in serial] == ["loaded"] * 3 + ["failed"] + ["loaded"] * 2
    assert [report.region for report in serial if report.region] == list(PLACES)
    with Index(tmp_path / "1.db") as one, Index(tmp_path / "2.db") as two:
        codes = ["140404", "410802", "410303", "140405", "140403"]
        assert len(one.facts(codes)) == len(two.facts(codes)) > 20
    assert {report.status for report in load([folder], tmp_path / "2.db", jobs=3)} == {"unchanged", "failed"}


def test_what_is_prepared_survives_the_way_between_processes(folder: Path) -> None:
    (prepared,) = prepare(folder / "0.txt")
    assert prepared.parsed is not None
    assert pickle.loads(pickle.dumps(prepared)) == prepared


@pytest.mark.parametrize("apart", [False, True])
def test_the_crew_prepares_what_this_process_would(folder: Path, apart: bool) -> None:
    """Sentences, facts, tables, words: all that crosses the way between the processes."""
    table = "<table><tr><td>项目</td><td>完成数</td></tr><tr><td>教育支出</td><td>56917</td></tr></table>"
    text = "".join(f"<p>{line}</p>" for line in REPORT.format(place=PLACES[0], amount=9).splitlines() * 3)
    (folder / "表.html").write_text(f"<html><body>{text}{table}</body></html>", encoding="utf-8")
    paths = sorted(folder.iterdir())
    with closing(Crew(2, apart=apart)) as crew:
        assert list(crew.prepared(paths, None, 2023)) == [(path, prepare(path, None, 2023)) for path in paths]


def test_a_process_that_dies_costs_its_own_file() -> None:
    paths = [Path(f"{name}.txt") for name in ("甲", "死", "乙", "丙", "死", "丁")]
    with closing(Crew(2, (sys.executable, "-c", STAND_IN))) as crew:
        got = [(path.stem, entry.error) for path, entries in crew.prepared(paths, None, None) for entry in entries]
    assert [name for name, _ in got] == [path.stem for path in paths]
    assert all("意外终止" in error if name == "死" else error == "好" for name, error in got)


def test_a_process_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Child.ask

    def hurried(self: Child, question: bytes, receive: Any, seconds: float) -> Any:
        """The file that hangs gets a second, the other as long as a busy machine needs."""
        return ask(self, question, receive, 1 if "睡".encode() in question else seconds)

    monkeypatch.setattr(Child, "ask", hurried)
    paths = [Path("睡.txt"), Path("甲.txt")]
    with closing(Crew(1, (sys.executable, "-c", STAND_IN), seconds=300)) as crew:
        (slow,), (good,) = (entries for _, entries in crew.prepared(paths, None, None))
    assert "超过 300 秒" in slow.error
    assert good.error == "好"


@pytest.mark.parametrize("sign, said", [("SIGKILL", "意外终止"), ("SIGSTOP", "超过 1 秒")])
@pytest.mark.skipif(not Forked.FORKS, reason="nothing is forked here")
def test_a_forked_process_costs_its_own_file_alone(folder: Path, sign: str, said: str) -> None:
    """The one after it knows nothing of it: it is forked anew from what has read no file."""
    with closing(Crew(1, seconds=1, apart=True)) as crew:
        first = crew._started()
        crew._idle.put(first)
        os.kill(first.process.pid, getattr(signal, sign))
        (hit,) = crew._prepare(folder / "0.txt", None, None)
        assert said in hit.error and first.process.returncode == -signal.SIGKILL
        crew._seconds = 60
        assert crew._prepare(folder / "1.txt", None, None) == prepare(folder / "1.txt")
        assert len(crew._workers) == 2


def test_one_process_says_what_the_system_lacks() -> None:
    code = STAND_IN.replace('error="好"', "error=sys.argv[-1]").replace(
        "pickle.dump([", "time.sleep(0.2); pickle.dump(["
    )
    with closing(Crew(3, (sys.executable, "-c", code))) as crew:
        paths = [Path(f"{number}.txt") for number in range(12)]
        said = {entry.error for _, entries in crew.prepared(paths, None, None) for entry in entries}
        arguments = [one.process.args for one in crew._workers]  # type: ignore[attr-defined]
    assert said <= {"-c", "--hushed"}
    assert sorted("--hushed" in list(one) for one in arguments) == [False, *[True] * (len(arguments) - 1)]


def test_an_abandoned_crew_leaves_no_process() -> None:
    crew = Crew(2, (sys.executable, "-c", STAND_IN))
    results = crew.prepared([Path("甲.txt")] * 20, None, None)
    next(results)
    crew.close()
    assert all(worker.process.returncode is not None for worker in crew._workers)


def test_small_loads_stay_here(folder: Path) -> None:
    texts = sorted(folder.glob("*.txt"))
    assert is_small(texts)
    assert is_small([folder / "missing.pdf"])
    assert is_small(texts, apart=True) and not is_small([folder / "missing.pdf"], apart=True)
    assert not is_small([folder / "a.pdf", folder / "b.pdf"])
    assert [path for path, _ in prepared_here(texts, None, None)] == texts
    big = folder / "big.txt"
    big.write_bytes(b" " * crews.SMALL)
    assert not is_small([*texts, big])


def test_members_of_an_archive_are_documents_of_their_own(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "报告.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for name in ("0.txt", "1.txt", "2a空.txt"):
            file.write(folder / name, f"2023/{name}")
    reports = load([archive], tmp_path / "1.db")
    assert [(Path(report.file).relative_to(tmp_path).as_posix(), report.region) for report in reports] == [
        ("报告.zip!/2023/0.txt", PLACES[0]),
        ("报告.zip!/2023/1.txt", PLACES[1]),
    ]
    assert "空" in reports[0].warnings[0]
    assert [report.status for report in load([archive], tmp_path / "1.db")] == ["unchanged"] * 2


# ------------------------------------------------------------------------------------------- the report


def reported(*lines: str, name: str = "a.txt", ocr: bool = False) -> LoadReport:
    document = Document(name, "0" * 64, "txt", tuple(Line(line, 2, True) for line in lines))
    parsed = parse(replace(document, ocr=ocr))
    result = StoreResult(True, len(parsed.facts), len(parsed.sentences), name)
    return report_on(name, parsed, result, check(parsed))


def test_what_a_report_is_about() -> None:
    report = reported(
        "关于长治市上党区2023年预算执行情况和2024年预算草案的报告",
        "2023年，全区一般公共预算收入完成10000万元，增长5%。区本级一般公共预算收入完成400万元。",
        "2024年，全区一般公共预算收入预期11000万元。",
    )
    assert (report.region, report.years, report.kind) == ("长治市上党区", (2023, 2024), "预算执行报告")
    assert set(report.scopes) == {"全区", "区本级"}
    assert (report.share, report.missed, report.warnings) == (1.0, 0, ())


def test_two_figures_for_one_item_are_pointed_out() -> None:
    report = reported(
        "长治市上党区2023年决算",
        "一、一般公共预算",
        "2023年，全区教育支出56917万元，增长5%。",
        "2023年，全区教育支出60000万元。",
    )
    (warning,) = report.warnings
    assert report.contradictions == ("全区 2023年 教育支出 完成：56917万元（第2页） 与 60000万元（第2页）",)
    assert warning == f"核对：疑 1，首处：{report.contradictions[0]}"


def test_namesakes_are_listed() -> None:
    report = reported("鼓楼区2023年财政预算执行情况的报告", "2023年，一般公共预算收入完成10000万元。")
    assert report.region == ""
    assert {"南京市鼓楼区", "徐州市鼓楼区", "福州市鼓楼区", "开封市鼓楼区"} <= set(report.choices)
    (warning,) = report.warnings
    assert "南京市鼓楼区" in warning
    assert "--region" in warning


def test_a_scan_and_broken_characters_are_pointed_out() -> None:
    title = "长治市上党区2023年决算"
    assert any("OCR" in warning for warning in reported(title, "教育支出56917万元。", ocr=True).warnings)
    assert any("字体缺字" in warning for warning in reported(title, "教育支出569\ufffd17万元。").warnings)


@pytest.mark.parametrize(
    "sizes, group, order",
    [
        ([], 3, []),
        ([5], 3, [0]),
        ([1, 3, 2], 3, [1, 2, 0]),
        ([1, 1, 1], 2, [0, 1, 2]),
        ([1, 2, 9, 3], 2, [1, 0, 2, 3]),
    ],
)
def test_the_largest_of_a_group_is_begun_first(tmp_path: Path, sizes: list[int], group: int, order: list[int]) -> None:
    files = [tmp_path / str(number) for number in range(len(sizes))]
    for file, size in zip(files, sizes, strict=True):
        file.write_bytes(b"x" * size)
    assert list(crews._largest_first(files, group)) == order
    assert list(crews._largest_first([tmp_path / "gone", *files], 1)) == list(range(len(files) + 1))


def test_a_process_that_parses_has_a_bound_of_memory(folder: Path) -> None:
    limits = Path("/proc/self/limits")
    if not limits.exists():
        pytest.skip("the system does not tell limits")
    with closing(Crew(1)) as crew:
        list(crew.prepared([next(folder.glob("*.txt"))], None, None))
        (worker,) = crew._workers
        told = Path(f"/proc/{worker.process.pid}/limits").read_text()
    (line,) = [line for line in told.splitlines() if line.startswith("Max data size")]
    assert line.split()[3] == str(workers.MEMORY)


def test_one_large_file_is_not_worked_on_here(tmp_path: Path) -> None:
    """A process of our own can be ended, this one cannot."""
    text, other = tmp_path / "a.txt", tmp_path / "b.pdf"
    text.write_bytes(b" " * (crews.SMALL + 1))
    other.write_bytes(b" ")
    assert not is_small([text]) and not is_small([other])
    text.write_bytes(b" " * crews.SMALL)
    assert is_small([text])
