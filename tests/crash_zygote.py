"""The processes of the crash test: one that has everything imported and forks an admin or an asker when told.

    python -m tests.crash_zygote          stdin: ["admin", db, reports, seed, k]     stdout: ["pid", 4711]

Both tell what they do line by line on standard output.  An admin goes on until it is killed.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from random import Random

from index import Office, backup, load, restore
from index.ask.desk import Desk
from tests.admin_reports import ME, contents, name_of, variants, written

PLACES = ("上党区", "解放区", "西工区")
YEARS = (2022, 2023)
KEEP = 8
ACTIONS = ("adopt", "adopt", "load", "load", "remove", "rollback", "rollback", "restore", "restore", "alias")
QUESTIONS = {"{}{}年教育支出和卫生健康支出": 2, "{}{}年农林水支出": 1}


def tell(*words: object) -> None:
    """A line on standard output, in one piece."""
    os.write(1, (json.dumps(words, ensure_ascii=False) + "\n").encode())


def administer(db: str, reports: str, seed: int, first: int) -> None:
    """Adopt, load, remove, roll back, restore and alias at random; ``first`` is the variant of the first report."""
    rng = Random(seed)
    office = Office(Path(db), Path(reports), KEEP)
    tell("ready")
    for k in count(first):
        what = rng.choice(ACTIONS)
        if what == "adopt":
            place, year = rng.choice(PLACES), rng.choice(YEARS)
            file = written(Path(reports).with_name("sent") / str(k), place, year, k)
            tell("begin", "preview", k)
            draft = office.preview([file], ME)
            tell("end", "preview", k, draft.id, file.name)
            tell("begin", "adopt", draft.id)
            tell("end", "adopt", office.adopt(draft.id, ME).number)
        elif what == "remove":
            name = name_of(rng.choice(PLACES), rng.choice(YEARS))
            if name in {one for one, _, _ in office._versions.filed(office.version())}:
                draft = office.removal(name, ME)
                tell("begin", "remove", draft.id)
                tell("end", "remove", office.adopt(draft.id, ME).number)
        elif what == "load":
            place, year = rng.choice(PLACES), rng.choice(YEARS)
            file = written(Path(reports).with_name("sent") / str(k), place, year, k)
            tell("begin", "load", file.name, k)
            load([file], db, by=ME, jobs=1, keep=KEEP)
            tell("end", "load", office.version())
        elif what == "restore":
            zipped = Path(reports).with_name("sent") / f"{k}.zip"
            chats = Path(db).with_name("index.chats.db")
            backup(Path(db), chats, Path(reports), zipped)
            kept, held = office.version(), contents(Path(db))
            draft = office.preview([written(zipped.with_suffix(""), PLACES[0], YEARS[0], k)], ME)
            tell("begin", "preview", k)
            tell("end", "preview", k, draft.id, name_of(PLACES[0], YEARS[0]))
            tell("begin", "adopt", draft.id)
            tell("end", "adopt", office.adopt(draft.id, ME).number)
            tell("begin", "restore", kept, held)
            tell("end", "restore", restore(zipped, Path(db), chats, Path(reports), ME).number)
        elif what == "rollback":
            others = [version.number for version in office.versions() if not version.current]
            if others:
                number = rng.choice(others)
                tell("begin", "rollback", number)
                tell("end", "rollback", office.rollback(number, ME).number)
        else:
            word = "念书的钱" + "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in str(k))
            tell("begin", "alias", word)
            office.add_alias(word, "教育支出", ME)
            tell("end", "alias", word)


def ask(db: str, seed: int) -> None:
    """Ask at random; tell the version each answer says it is of, and the variants that its figures are of."""
    rng = Random(seed)
    desk = Desk(Path(db))
    while True:
        place, year, question = rng.choice(PLACES), rng.choice(YEARS), rng.choice(list(QUESTIONS))
        try:
            turn = desk.converse(question.format(place, year))
            answer = turn.detail.answer
            found = sorted(variants(answer.reply)), len(answer.figures), QUESTIONS[question], answer.status
            tell("answer", name_of(place, year), turn.detail.stamp, *found)
        except Exception as error:
            tell("error", repr(error))
        time.sleep(0.002)


def warm() -> None:
    """Have in memory all that is read only once."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "index.db", Path(folder))
        office.adopt(office.preview([written(Path(folder) / "sent")], ME).id, ME)
        office.close()
        desk = Desk(Path(folder) / "index.db")
        desk.converse("上党区2023年教育支出和卫生健康支出")
        desk.close()


def main() -> None:
    """Fork for every line of the input."""
    warm()
    for line in sys.stdin:
        what, *given = json.loads(line)
        waits, goes = os.pipe()
        child = os.fork()
        if not child:
            try:
                os.read(waits, 1)  # its number is told before anything that it does
                administer(*given) if what == "admin" else ask(*given)
            except BaseException as error:
                tell("died", repr(error))
                raise
            finally:
                os._exit(1)
        tell("pid", child)
        os.write(goes, b"!")
        os.close(waits)
        os.close(goes)
        if what == "admin":
            os.waitpid(child, 0)
            tell("gone")


if __name__ == "__main__":
    main()
