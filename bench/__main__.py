"""All measurements of asking, written to docs/performance.md: ``make bench``; ``make bench-quick`` is under 3 minutes.

    python -m bench --shared ../shared --out docs/performance.md [--quick] [--folder /tmp/country] [--keep]

Indexes of the made-up country are built in ``--folder``, each is measured in processes of its own, and removed.
Nothing is asserted: what the figures are to be like stands beside them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.country.build import build
from bench.page import write_section
from bench.tables import growth_lines, growth_picture, peer_lines, shape_lines, start_lines

ROOT = Path(__file__).resolve().parent.parent
SIZES = (100, 1_000, 10_000, 100_000)
QUICK_SIZES = (100, 1_000)
SHOWN = 10_000  # the size that start and shapes are told of in full


def run(program: str, *arguments: object) -> Any:
    """What a program of bench/ measures, in a process of its own."""
    command = [sys.executable, "-m", f"bench.{program}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def measured(count: int, db: Path, *, quick: bool, askers: str, peers: bool) -> dict[str, Any]:
    """Build an index of so many reports (if it is not there) and measure it, and the ``peers`` on its sentences."""
    found: dict[str, Any] = {"reports": count}
    noted = db.with_suffix(".seconds")
    if not db.exists():
        print(f"{count} 份报告：建索引", flush=True)
        noted.write_text(str(build(count, db)), encoding="ascii")
    if noted.exists():
        found["built"] = float(noted.read_text(encoding="ascii"))
    found["size"] = db.stat().st_size / 2**20
    print(f"{count} 份报告：提问", flush=True)
    found |= run("shapes", db, count, "--each", 20 if quick else 60, "--askers", askers)
    found |= run("start", db, count)
    if peers:
        print(f"{count} 份报告：与别的做法比较", flush=True)
        each = 1 if count > 10_000 else 4 if count > 1_000 else 20
        found["peers"] = run("peers", "--folder", db.parent / "peers", "country", count, db, "--each", each)
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and write."""
    given = _arguments(argv)
    sizes = [size for size in (QUICK_SIZES if given.quick else SIZES) if size <= given.most]
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found: list[dict[str, Any]] = []
        for count in sizes:
            db = folder / f"{count}.db"
            askers = "1,2,4,8" if count == min(SHOWN, sizes[-1]) else ""
            found.append(measured(count, db, quick=given.quick, askers=askers, peers=count <= given.peers))
            if not given.keep:
                db.unlink()
                db.with_suffix(".seconds").unlink(missing_ok=True)
        gold = None
        if given.shared and (given.shared / "eval").is_dir():
            gold = run("peers", "--folder", folder / "peers", "gold", given.shared)
    if given.json:
        given.json.write_text(json.dumps({"sizes": found, "gold": gold}), encoding="utf-8")
    shown = next((one for one in found if one["reports"] == SHOWN), found[-1])
    sections = {
        "start.py": start_lines(found),
        "shapes.py": shape_lines(shown),
        "country": growth_lines(found),
        "peers.py": peer_lines(found, gold),
    }
    for program, lines in sections.items():
        print("\n".join(lines), end="\n\n")
        if given.out and not given.quick:
            write_section(given.out, program, lines)
    if given.out and not given.quick:
        given.out.with_name("growth.svg").write_text(growth_picture(found), encoding="utf-8")
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="100 and 1,000 reports, nothing written")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest number of reports")
    parser.add_argument("--peers", type=int, default=SIZES[-1], help="the largest number of reports peers search")
    parser.add_argument("--shared", type=Path, help="the folder with reports/ and eval/")
    parser.add_argument("--out", type=Path, help="docs/performance.md")
    parser.add_argument("--folder", type=Path, help="where the indexes are built")
    parser.add_argument("--keep", action="store_true", help="leave them there, and use those that are")
    parser.add_argument("--json", type=Path, help="write the raw figures there, too")
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main())
