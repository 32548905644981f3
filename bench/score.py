"""Gold questions -> right, refused, wrong; what was gained and lost since the last committed run, what changed.

    python bench/score.py ../shared --out docs/evaluation.md

``SHARED/eval/score.py`` judges; this script runs it for each set, compares the verdicts with those in the committed
``docs/evaluation.json`` and writes both files anew.  Only ids, kinds, verdicts and a digest of each JSON answer are
kept, never a question: work on speed must leave every digest as it was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path
from typing import Any

from index import load, open_index

ROOT = Path(__file__).resolve().parent.parent
OPEN = ROOT / "data" / "gold" / "open"
LEARNED = ("dev_questions", "seeds_dev", "train_a", "train_b", "train_c")
SETS = (*LEARNED, *(file.stem for file in sorted(OPEN.glob("*.jsonl"))))
FOLDERS = ("reports", "reports_more", "reports_local")
VERDICTS = {"right": "答对", "partial": "不全", "silent": "未答", "wrong": "答错"}
BEGIN, END = "<!-- bench/score.py -->", "<!-- /bench/score.py -->"
TITLE = """# 评测

开发用的金标问题在 `shared/eval`，不随仓库分发，这里只有它们的编号和结果；
`data/gold/open` 的各组公开。
`make score` 重跑并改写两个标记之间的部分，逐题结果在 `evaluation.json`。
判法：第一个作答的数字应在金标之内，应有的数字都在；“未答”是说没有而报告里有，“答错”最重。

"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold question, how it was answered, and the digest of the answer."""

    set: str
    id: str
    kind: str
    verdict: str
    digest: str


def main(argv: Sequence[str] | None = None) -> int:
    """Score all sets; exit 1 if a question is answered wrong that was not before."""
    arguments = _arguments(argv)
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "score.db"
        reports = load([arguments.shared / name for name in FOLDERS if (arguments.shared / name).is_dir()], db)
        print(f"载入 {sum(report.status == 'loaded' for report in reports)} 份报告")
        judged = [one for name in SETS for one in _judged(arguments.shared, name, db, Path(folder))]
        times = _times(arguments.shared, db)
    committed = _committed(arguments.out.with_suffix(".json"))
    gained, lost, wrong = _compared(judged, committed.get("sets", {}))
    changed = _changed(judged, committed.get("digests", {}))
    for name in (*SETS, ""):
        print(_summary(name or "合计", [one for one in judged if name in ("", one.set)]))
    print(f"每题 {times[0]:.1f} 毫秒（中位数），{times[1]:.1f} 毫秒（99 分位）")
    for word, ids in (("新答对", gained), ("不再答对", lost), ("新答错", wrong)):
        print(f"{word}：{'、'.join(ids) or '无'}")
    print(_changes(changed))
    _write(arguments.out, judged, times, gained, lost, wrong, changed)
    return 1 if wrong else 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("shared", type=Path, help="the folder with reports/ and eval/")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "evaluation.md")
    return parser.parse_args(argv)


def _file(shared: Path, name: str) -> Path:
    """A set of our own that is published, or one that stays beside the reports."""
    own = OPEN / f"{name}.jsonl"
    return own if own.is_file() else shared / "eval" / f"{name}.jsonl"


def _judged(shared: Path, name: str, db: Path, folder: Path) -> list[Judged]:
    """The verdicts of ``eval/score.py`` for one gold file."""
    out = folder / f"{name}.jsonl"
    command = [sys.executable, str(shared / "eval" / "score.py"), str(_file(shared, name))]
    command += ["--project", str(ROOT), "--db", str(db), "--out", str(out)]
    yusuan = os.environ.get("YUSUAN") or str(Path(sys.executable).with_name("yusuan"))
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "YUSUAN": yusuan})
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return [Judged(name, row["gold"]["id"], row["gold"]["kind"], row["verdict"], _digest(row["out"])) for row in rows]


def _digest(answer: dict[str, Any]) -> str:
    """Twelve characters that change with any byte of the JSON answer but the version of the index."""
    answer = {name: value for name, value in answer.items() if name != "version"}
    return hashlib.sha256(json.dumps(answer, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


def _times(shared: Path, db: Path) -> tuple[float, float]:
    """Median and 99th percentile of a question, in milliseconds."""
    assistant = open_index(db)
    assistant.ask("上党区2023年教育支出", "warm")  # the word lists are read with the first question
    took = []
    for name in SETS:
        for line in _file(shared, name).read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            for question in gold["turns"]:
                start = time.perf_counter()
                assistant.ask(question, gold["id"])
                took.append((time.perf_counter() - start) * 1000)
    assistant.close()
    took.sort()
    return took[len(took) // 2], took[int(len(took) * 0.99)]


# ---------------------------------------------------------------------------------------------- against the last run


def _committed(path: Path) -> dict[str, dict[str, dict[str, str]]]:
    """Verdicts and digests of the last committed run, by set and id; those of the file if there is no repository."""
    try:
        shown = subprocess.run(
            ["git", "show", f"HEAD:{path.resolve().relative_to(ROOT).as_posix()}"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    except (OSError, ValueError, subprocess.CalledProcessError):
        shown = path.read_text(encoding="utf-8") if path.is_file() else "{}"
    state: dict[str, dict[str, dict[str, str]]] = json.loads(shown)
    return state


def _changed(judged: Sequence[Judged], before: dict[str, dict[str, str]]) -> list[str] | None:
    """Ids of the questions whose answer is not byte for byte what it was; None if no digests were kept."""
    if not before:
        return None
    return [one.id for one in judged if before.get(one.set, {}).get(one.id, one.digest) != one.digest]


def _changes(changed: list[str] | None) -> str:
    if changed is None:
        return "回答的摘要：上次没有留下，无从比较"
    return f"回答有变：{len(changed)} 题" + (f"（{'、'.join(changed)}）" if changed else "，逐字节相同")


def _compared(judged: Sequence[Judged], before: dict[str, dict[str, str]]) -> tuple[list[str], list[str], list[str]]:
    """Ids now right that were not, no longer right, and wrong that were not; questions without a past count as new."""
    gained, lost, wrong = [], [], []
    for one in judged:
        past = before.get(one.set, {}).get(one.id)
        if one.verdict == "right" and past not in ("right", None):
            gained.append(one.id)
        if one.verdict != "right" and past == "right":
            lost.append(one.id)
        if one.verdict == "wrong" and past != "wrong":
            wrong.append(one.id)
    return gained, lost, wrong


def _summary(name: str, judged: Sequence[Judged]) -> str:
    tally, total = Counter(one.verdict for one in judged), max(1, len(judged))
    return f"{name}：{len(judged)} 题，" + "，".join(
        f"{word} {tally[verdict] / total:.1%}" for verdict, word in VERDICTS.items()
    )


# ---------------------------------------------------------------------------------------------- writing


def _write(
    path: Path, judged: Sequence[Judged], times: tuple[float, float],
    gained: Sequence[str], lost: Sequence[str], wrong: Sequence[str], changed: list[str] | None,
) -> None:  # fmt: skip
    date = datetime.now(UTC).strftime("%Y-%m-%d")
    sets: dict[str, dict[str, str]] = {name: {} for name in SETS}
    digests: dict[str, dict[str, str]] = {name: {} for name in SETS}
    for one in judged:
        sets[one.set][one.id] = one.verdict
        digests[one.set][one.id] = one.digest
    state: dict[str, Any] = {"date": date, "sets": sets, "digests": digests}
    path.with_suffix(".json").write_text(json.dumps(state, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    lines = [BEGIN, f"## {date}", "", *_table("按题集", "set", judged), "", *_table("按问法", "kind", judged), ""]
    lines.append(f"每题用时：中位数 {times[0]:.1f} 毫秒，99 分位 {times[1]:.1f} 毫秒。")
    lines += ["", "与上次提交的结果相比："]
    lines += [
        f"- {word}：{'、'.join(ids) or '无'}"
        for word, ids in (("新答对", gained), ("不再答对", lost), ("新答错", wrong))
    ]
    lines.append(f"- {_changes(changed)}")
    wrongly = [one.id for one in judged if one.verdict == "wrong"]
    lines += ["", f"答错的：{'、'.join(wrongly) or '无'}", END, ""]
    text = path.read_text(encoding="utf-8") if path.is_file() else TITLE
    head, _, tail = text.partition(BEGIN)
    tail = tail.partition(END)[2].lstrip("\n")
    path.write_text(head + "\n".join(lines) + tail, encoding="utf-8")


def _table(title: str, slot: str, judged: Sequence[Judged]) -> list[str]:
    names = sorted({getattr(one, slot) for one in judged})
    head = [*VERDICTS.values(), "答对率（95% 区间）", "答错率（95% 区间）"]
    lines = [f"| {title} | 题数 | " + " | ".join(head) + " |", "|---|--:|" + "--:|" * len(head)]
    for name in (*names, "合计"):
        tally = Counter(one.verdict for one in judged if name in ("合计", getattr(one, slot)))
        cells = [str(tally[verdict]) for verdict in VERDICTS]
        cells += [_share(tally[verdict], tally.total()) for verdict in ("right", "wrong")]
        lines.append(f"| {name} | {tally.total()} | " + " | ".join(cells) + " |")
    return lines


def _share(count: int, total: int) -> str:
    """A share with its Wilson interval."""
    share, z = count / total, 1.96
    middle, width = share + z * z / (2 * total), z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    low, high = ((middle + side * width) / (1 + z * z / total) for side in (-1, 1))
    return f"{share:.1%}（{max(low, 0.0):.1%}–{high:.1%}）"


if __name__ == "__main__":
    sys.exit(main())
