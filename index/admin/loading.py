"""Loading as commands do it: the same checks and gold questions as for what is adopted in a chat.

    load(["报告/上党区2023.txt"], "data/index.db", tell=print) -> one LoadReport for each file

``index.build.load`` reads and writes; here it is told what a new version has to hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from pathlib import Path

from index.admin.checking import checked_of
from index.admin.checks import ANY, examined
from index.admin.proposals import written
from index.admin.slips_kept import keys_aside
from index.build import NOBODY, Progress
from index.build import load as build
from index.intake.prepare import Prepared
from index.intake.report import LoadReport
from index.models import Person, Version
from index.store.ledger import Ledger, ledger_path


def load(
    paths: Sequence[str | Path],
    db: str | Path,
    region: str | None = None,
    year: int | None = None,
    progress: Progress | None = None,
    jobs: int | None = None,
    by: Person = NOBODY,
    keep: int | None = None,
    *,
    despite_gold: bool = False,
    tell: Callable[[str], None] | None = None,
) -> list[LoadReport]:
    """See ``index.build.load``.  Raises NotAdopted if a check objects, and GoldChanged unless ``despite_gold``: then
    the questions are in the log, and new lines for the gold file are proposed, as with what is adopted.
    """

    say = tell or (lambda _: None)

    def examine(old: Path, new: Path, names: Sequence[str]) -> Callable[[Version], None]:
        gold = examined(old, new, names, ANY if despite_gold else "")
        for one in gold:
            say(f"不顾金标：{one.told}")

        def enter(version: Version) -> None:
            if not gold:
                return
            with closing(Ledger(ledger_path(Path(db)))) as ledger:
                if (file := written(Path(db), ledger, gold, version, by)) is not None:
                    say(f"不顾金标装入已记入操作记录；金标文件要改的行：{file}")

        return enter

    def aside(place: Path, document: Prepared) -> Collection[str]:
        if not document.findings or not file.exists():
            return ()
        with closing(Ledger(file, read_only=True)) as ledger:
            return keys_aside(ledger, checked_of(place, document))

    file = ledger_path(Path(db))
    return build(paths, db, region, year, progress, jobs, by, keep, examine, tell, aside)
