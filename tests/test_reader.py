"""The kept worker: good files among hostile ones, nothing of one file left for the next, nothing left behind."""

from __future__ import annotations

import inspect
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.forked import Forked
from index.intake.crew import Crew, prepared_here
from index.intake.worker import NICENESS
from index.read import read_documents, sandbox
from index.read.child import Child, ChildDied
from index.read.reader import Reader
from tests import read_builders as make

TEXT = "2023年，全区财政总收入完成867718万元，教育支出完成56917万元。"
PARAGRAPHS = "".join(f"<p>{number}. {TEXT}</p>" for number in range(5))
# Answers each file with a document of that name, its process number and how many files it has read, but for:
# 死 dies, 病 dies unless it is the first, 睡 sleeps, 乱 answers nonsense, 长 never ends its line, 胖 asks for its end,
# 慢死 dies of the limit on time.
STAND_IN = """
import json, os, signal, sys, time
for number, line in enumerate(sys.stdin.buffer, start=1):
    name, size = json.loads(line)
    sys.stdin.buffer.read(size)
    if name == "死" or (name == "病" and number > 1):
        os._exit(3)
    if name == "慢死":
        os.kill(os.getpid(), signal.SIGXCPU)
    if name == "睡":
        if sys.argv[1:]:
            open(sys.argv[-1], "w").close()  # so that a test knows
        time.sleep(600)
    if name == "长":
        while True:
            sys.stdout.write("x" * 10000)
    answer = {"documents": [{"name": name, "sha256": "", "media": "", "blocks": [["l", str(os.getpid()), number, True]],
                             "ocr": False, "warnings": []}]}
    if name == "胖":
        answer["last"] = True
    if name == "不够":
        answer = {"error": "读取时内存不足", "last": True}
    print("[1, 2" if name == "乱" else json.dumps(answer), flush=True)
"""


LONG = 300  # seconds: what a machine that is busy with other things is never over


@pytest.fixture
def stand_in() -> Iterator[Reader]:
    with closing(Reader(seconds=LONG, command=(sys.executable, "-c", STAND_IN))) as reader:
        yield reader


@pytest.fixture(autouse=True)
def files(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the names stand for, in the working folder."""
    folder = tmp_path_factory.mktemp("files")
    for name in ("甲", "乙", "丙", "死", "病", "睡", "乱", "长", "胖", "慢死", "不够"):
        (folder / name).write_bytes(b"x")
    monkeypatch.chdir(folder)


def process_and_number(reader: Reader, name: str) -> tuple[int, int]:
    """Which process read the file, and as its how manieth."""
    (document,) = reader.documents(Path(name))
    assert document.name == name
    (block,) = document.blocks
    return int(getattr(block, "text", "")), block.page or 0


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")  # ended, and nobody has asked for its exit code yet
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def gone(process: int) -> bool:
    """Did the process end, sooner or later?"""
    return comes(lambda: not is_alive(process))


def comes(condition: Callable[[], bool]) -> bool:
    """Does it become true, sooner or later?"""
    until = time.monotonic() + LONG
    while not (found := condition()) and time.monotonic() < until:
        time.sleep(0.02)
    return found


# ---------------------------------------------------------------------------------------------- real files


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_one_worker_reads_all_as_a_worker_for_each_does(tmp_path: Path) -> None:
    paths = [
        write(tmp_path, "甲.docx", make.docx(make.p(TEXT))),
        write(tmp_path, "乙.zip", make.zipped({"a.txt": TEXT, "b.docx": make.docx(make.p(TEXT))})),
        write(tmp_path, "丙.txt", TEXT.encode()),
        write(
            tmp_path,
            "丁.html",
            f"<html><body>{PARAGRAPHS}</body></html>".encode(),
        ),
    ]
    with closing(Reader()) as reader:
        kept = [reader.documents(paths[0])]
        process = reader.process
        assert process is not None
        kept += [read_documents(path, reader) for path in paths[1:]]
        assert reader.process == process
    assert kept == [read_documents(path) for path in paths]


def test_hostile_files_among_good_ones(tmp_path: Path) -> None:
    good = make.docx(make.p(TEXT))
    hostile = [
        b"%PDF-1.7 and nothing else",
        b"PK\x03\x04" + bytes(100),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        good[:200],
        b"<html>" + b"<table><tr><td>" * 5000,
        make.zipped({"xl/workbook.xml": "<x/>"}),
        make.zipped({"a.txt": b" " * (40 * 2**20)}),
    ]
    files = [write(tmp_path, f"{n}坏.bin", data) for n, data in enumerate(hostile)]
    good_files = [write(tmp_path, f"{n}好.docx", make.docx(make.p(f"{n}{TEXT}"))) for n in range(len(files))]
    mixed = [path for pair in zip(files, good_files, strict=True) for path in pair]
    with closing(prepared_here(mixed, None, None)) as prepared:
        results = list(prepared)
    assert [path for path, _ in results] == mixed
    for path, (entry,) in results:
        assert bool(entry.error) == ("坏" in path.name), entry.error
        assert entry.parsed is None or entry.parsed.document.name == path.name


def test_memory_is_limited_for_each_file_and_given_back(tmp_path: Path) -> None:
    small = write(tmp_path, "小.docx", make.docx(make.p(TEXT)))
    huge = write(tmp_path, "大.docx", make.docx(make.p(TEXT * 3_000_000)))
    with closing(Reader(memory=200 * 2**20)) as reader:
        before = reader.documents(small)
        for _ in range(2):
            with pytest.raises(UnreadableFile, match="\\w"):
                reader.documents(huge)
            assert reader.process is None  # the process that held all that is no more
            assert reader.documents(small) == before


def test_a_worker_that_has_grown_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.docx", make.docx(make.p(TEXT)))
    if not sandbox._resident():
        pytest.skip("this system does not say how much memory a process holds")
    # little enough for any Python to have "grown" with its first file, enough to read it
    memory = int(sandbox._resident() * 1.5 + 300 * 2**20)
    code = f"from index.read import sandbox; sandbox.KEPT_SHARE = 0.001; sandbox.main() # {memory}"
    command = (sys.executable, "-c", code, str(LONG), str(memory))
    with closing(Reader(seconds=LONG, command=command)) as reader:
        (document,) = reader.documents(path)
        assert reader.process is None
        assert reader.documents(path) == [document]


def test_a_worker_is_replaced_after_many_files(tmp_path: Path) -> None:
    path = write(tmp_path, "a.docx", make.docx(make.p(TEXT)))
    code = "from index.read import sandbox; sandbox.KEPT_FILES = 3; sandbox.main()"
    with closing(Reader(command=(sys.executable, "-c", code, str(LONG), str(2**31)))) as reader:
        kept = [bool(reader.documents(path) and reader.process) for _ in range(6)]
    assert kept == [True, True, False, True, True, False]


@pytest.mark.skipif(not hasattr(signal, "SIGXCPU"), reason="no limits on processor time here")
def test_processor_time_is_counted_for_each_file(tmp_path: Path) -> None:
    """Files that take a third of a second each are no file that takes two."""
    code = """
import signal, time
from index.read import formats, sandbox
signal.alarm = lambda seconds: 0  # on a busy machine the clock on the wall runs away
def documents(name, data):
    until = time.process_time() + (0.3 if name == "a.bin" else 30)
    while time.process_time() < until:
        pass
    return []
formats.documents = documents
sandbox.main()
"""
    short, endless = write(tmp_path, "a.bin", b"x"), write(tmp_path, "b.bin", b"x")
    # the parent would wait longer: it is the worker's own limit that ends it
    with closing(Reader(seconds=LONG, command=(sys.executable, "-c", code, "1", str(2**31)))) as reader:
        assert [reader.documents(short) for _ in range(4)] == [[]] * 4
        with pytest.raises(UnreadableFile, match="内存上限"):
            reader.documents(endless)
        assert reader.documents(short) == []


# ---------------------------------------------------------------------------------------------- strange workers


def test_a_file_that_kills_costs_its_own_line(stand_in: Reader) -> None:
    first = process_and_number(stand_in, "甲")
    assert process_and_number(stand_in, "乙") == (first[0], 2)
    for name, words in (("死", "已损坏"), ("慢死", f"超过 {LONG} 秒"), ("乱", "已损坏")):
        with pytest.raises(UnreadableFile, match=words):
            stand_in.documents(Path(name))
        other, number = process_and_number(stand_in, "丙")
        assert (other != first[0], number) == (True, 1)
    assert gone(first[0])


def test_a_file_is_not_blamed_for_what_another_left(stand_in: Reader) -> None:
    first, _ = process_and_number(stand_in, "甲")
    second, number = process_and_number(stand_in, "病")  # dies in the used worker, is read in a fresh one
    assert (second != first, number) == (True, 1)


def test_lack_of_memory_is_tried_once_more(stand_in: Reader) -> None:
    process_and_number(stand_in, "甲")
    with pytest.raises(UnreadableFile, match="内存不足"):
        stand_in.documents(Path("不够"))
    assert stand_in.process is None
    assert process_and_number(stand_in, "乙")[1] == 1


def test_a_file_that_hangs_is_stopped(stand_in: Reader) -> None:
    first, _ = process_and_number(stand_in, "甲")
    stand_in._seconds = 1
    with pytest.raises(UnreadableFile, match="超过 1 秒"):
        stand_in.documents(Path("睡"))
    stand_in._seconds = LONG
    assert gone(first)
    assert process_and_number(stand_in, "乙")[1] == 1


def test_an_answer_without_end_is_stopped(stand_in: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MAX_ANSWER", 100_000)
    with pytest.raises(UnreadableFile):
        stand_in.documents(Path("长"))
    assert process_and_number(stand_in, "乙")[1] == 1


def test_a_worker_that_asks_for_its_end_gets_it(stand_in: Reader) -> None:
    first, _ = process_and_number(stand_in, "胖")
    assert stand_in.process is None and gone(first)
    assert process_and_number(stand_in, "乙")[1] == 1


def test_what_lies_in_the_working_folder_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of reports may hold a json.py, or an index of its own."""
    paths = [write(tmp_path, f"{n}.docx", make.docx(make.p(f"{n}{TEXT}"))) for n in range(2)]
    for name in ("json.py", "pickle.py", "gc.py", "pypdfium2.py", "index/__init__.py"):
        trap = tmp_path / name
        trap.parent.mkdir(exist_ok=True)
        trap.write_text("import pathlib; pathlib.Path('trapped').touch(); raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    assert read_documents(paths[0])
    with closing(Reader()) as reader:
        assert reader.documents(paths[0])
    with closing(Crew(1)) as crew:
        assert [entry.error for _, entries in crew.prepared(paths, None, None) for entry in entries] == ["", ""]
    assert not (tmp_path / "trapped").exists()


def test_no_worker_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Reader(command=("/nonexistent/python",))) as reader, pytest.raises(UnreadableFile, match="无法启动"):
        reader.documents(Path("甲"))


def test_the_kept_worker_sees_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "geheim")
    code = 'import json, os\nfor line in iter(input, ""): print(json.dumps({"error": " ".join(os.environ.values())}))'
    with closing(Reader(command=(sys.executable, "-c", code))) as reader:
        with pytest.raises(UnreadableFile) as error:
            reader.documents(Path("甲"))
        assert "geheim" not in str(error.value)


# ---------------------------------------------------------------------------------------------- nothing left behind


def test_closing_ends_the_worker(stand_in: Reader) -> None:
    process, _ = process_and_number(stand_in, "甲")
    stand_in.close()
    assert gone(process)
    stand_in.close()


def test_an_abandoned_load_ends_its_worker(tmp_path: Path) -> None:
    path = write(tmp_path, "a.docx", make.docx(make.p(TEXT)))
    prepared = prepared_here([path, path], None, None)
    next(prepared)
    reader: Reader = inspect.getgeneratorlocals(prepared)["reader"]
    process = reader.process
    assert process is not None and is_alive(process)
    prepared.close()
    assert gone(process)


# Prints the number of its worker, then is at rest or in the middle of a file that hangs.
PARENT = """
import signal, sys, threading, time
from contextlib import closing
from pathlib import Path
from index.read.reader import Reader
code, state, mark = sys.argv[1:]
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has its jobs in the background ignore it
if state == "elsewhere":  # the signal goes to another thread: this one only hears of it when it looks
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    def elsewhere():
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        time.sleep(600)
    threading.Thread(target=elsewhere, daemon=True).start()
with closing(Reader(seconds=300, command=(sys.executable, "-c", code, "300", str(2**31), mark))) as reader:
    (document,) = reader.documents(Path("甲"))
    print(document.blocks[0].text, flush=True)
    if state != "rest":
        reader.documents(Path("睡"))
    time.sleep(600)
"""
DEAF = "import signal; signal.signal(2, signal.SIG_IGN)"
# The real worker, whose own limit on time is a second for the second file, with a reader that hangs.
HANGING = """
import os, sys, time
from index.models import Document, Line
from index.read import confine, formats, sandbox
def documents(name, data):
    if name == "睡":
        open(sys.argv[-1], "w").close()  # so that a test knows
        time.sleep(600)
    return [Document(name, "", "", (Line(str(os.getpid())),))]
formats.documents = documents
confine.confine = lambda: ()
limit, seconds = sandbox._limit_time, [300, 1]
sandbox._limit_time = lambda usual: limit(seconds.pop(0))
sandbox.main()
"""


def parent(worker: str, state: str, mark: Path) -> subprocess.Popen[str]:
    """A process with a reader in it, in a session of its own as in a terminal of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", PARENT, worker, state, str(mark)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip


@pytest.mark.parametrize("state", ["reading", "elsewhere"])
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups here")
def test_ctrl_c_in_the_middle_of_a_file_leaves_nothing(state: str, tmp_path: Path) -> None:
    """As in a terminal: all processes of the command get the signal, the worker leaves it to the command.

    Also when it does not interrupt what the command waits for, as it may happen just before the waiting begins.
    """
    mark = tmp_path / "reading"
    with parent(DEAF + STAND_IN, state, mark) as command:
        assert command.stdout is not None
        worker = int(command.stdout.readline())
        assert comes(mark.exists) and is_alive(worker)
        began = time.monotonic()
        os.killpg(command.pid, signal.SIGINT)
        command.communicate(timeout=LONG)
        assert time.monotonic() - began < LONG / 2  # and not when the file's time was over
        assert command.returncode not in (0, None)
        assert gone(worker)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups here")
def test_a_worker_of_the_crew_takes_its_reader_along(tmp_path: Path) -> None:
    path = write(tmp_path, "a.docx", make.docx(make.p(TEXT)))
    # answers like the real one, and says which process reads
    code = """
import index.intake.worker as worker
prepare = worker.prepare
def told(path, region, year, reader):
    prepare(path, region, year, reader)
    from index.intake.prepare import Prepared
    return [Prepared(path.name, error=str(reader.process))]
worker.prepare = told
worker.main()
"""
    crew = Crew(1, (sys.executable, "-c", code))
    with closing(crew):
        _, (entry,) = next(crew.prepared([path], None, None))
        reader = int(entry.error)
        assert is_alive(reader)
    assert gone(reader)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir() or not Forked.FORKS, reason="no forked processes to be seen")
def test_a_forked_worker_takes_its_reader_along(tmp_path: Path) -> None:
    """Both give way to those who are answered meanwhile, and end with the crew."""
    path = write(tmp_path, "a.docx", make.docx(make.p(TEXT)))
    with closing(Crew(1, apart=True)) as crew:
        assert not crew._prepare(path, None, None)[0].error
        worker = crew._workers[0].process.pid
        (reader,) = map(int, Path(f"/proc/{worker}/task/{worker}/children").read_text().split())
        niceness = {os.getpriority(os.PRIO_PROCESS, number) for number in (worker, reader)}
        assert niceness == {min(19, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)}
    assert gone(worker) and gone(reader)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups here")
def test_a_child_that_died_leaves_no_grandchild() -> None:
    code = """
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], stdout=subprocess.DEVNULL)
print(child.pid, flush=True)
sys.stdin.readline()
os._exit(1)
"""
    child = Child.of((sys.executable, "-c", code), dict(os.environ), group=True)
    assert child.process.stdout is not None
    grandchild = int(child.process.stdout.readline())
    assert is_alive(grandchild)
    with pytest.raises(ChildDied):
        child.ask(b"\n", pickle.load, 60)
    child.forget()
    assert gone(grandchild)


@pytest.mark.parametrize("worker, state", [(STAND_IN, "rest"), (HANGING, "reading")])
@pytest.mark.skipif(not hasattr(signal, "alarm"), reason="no alarm here")
def test_a_worker_without_parent_ends(worker: str, state: str, tmp_path: Path) -> None:
    """Killed outright, the parent closes no reader: the worker ends with its input, or at its own limit on time."""
    mark = tmp_path / "reading"
    with parent(worker, state, mark) as command:
        assert command.stdout is not None
        process = int(command.stdout.readline())
        assert state == "rest" or comes(mark.exists)
        command.kill()
        command.wait()
        assert gone(process)
