"""make fuzz: mutated questions and damaged files against this program.

    python -m bench.fuzz --questions 20000 --files 2000 --seed 1      -> what was raised, late, unclean; memory; slowest

Exit code 1 if anything went wrong; what it was is printed, so that it can be kept as a case.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench.fuzz.run import ask, load
from index import load as build


def main() -> int:
    """Run both and tell."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--questions", type=int, default=20_000)
    arguments.add_argument("--files", type=int, default=2_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--db", type=Path, help="an index to ask; without it that of the sample reports")
    told = arguments.parse_args()
    clean = True
    with tempfile.TemporaryDirectory() as folder:
        db = told.db or Path(folder) / "index.db"
        if told.db is None:
            build([Path(__file__).resolve().parents[2] / "data" / "reports"], db)
        for name, found in (("questions", ask(db, told.seed, told.questions)), ("files", load(told.seed, told.files))):
            print(f"{name} {found.lines()[0]}", *found.lines()[1:], sep="\n", flush=True)
            clean = clean and found.is_clean
    return 0 if clean else 1


if __name__ == "__main__":
    raise SystemExit(main())
