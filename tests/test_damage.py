"""Bits flip and pages go blank anywhere in index, versions, ledger and chats: all of it is found, none is passed on.

Each time the whole place is damaged at one spot, and then: ``check-db`` says so; what is loaded next is built on sound
content or not at all; ``serve`` starts, answers rightly and says what it put right.  ``YUSUAN_DAMAGE_SEED`` repeats a
run, ``YUSUAN_FLIPS`` and ``YUSUAN_BLANKS`` set the numbers (``make damage``: 200 and 50).
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import Settings
from bot.telegram.app import recover, services_for
from bot.telegram.limiter import Pace
from bot.telegram.state import State
from index import Desk, Office, YusuanError, check_index, load
from index.store.lookup import Index
from index.store.versions import Versions
from tests.admin_reports import LINES, ME, variants, written

SEED = int(os.environ.get("YUSUAN_DAMAGE_SEED") or 20_231)
FLIPS = int(os.environ.get("YUSUAN_FLIPS") or 24)
BLANKS = int(os.environ.get("YUSUAN_BLANKS") or 8)
PAGE = 4096
PLACE, YEAR = "上党区", 2023
CHAT = -1001
KINDS = ("index", "versions", "ledger", "chats")
QUESTION, ALIASED = "上党区2023年教育支出", "上党区2023年娃娃钱"
TOKEN = "1:" + "x" * 30


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with three versions, aliases, a draft and chats, all at rest."""
    place = tmp_path_factory.mktemp("whole")
    (place / "reports").mkdir()
    office = Office(place / "index.db", place / "reports")
    for k in (1, 2, 3):
        office.adopt(office.preview([written(place / "sent" / str(k), PLACE, YEAR, k)], ME).id, ME)
    office.add_alias("娃娃钱", "教育支出", ME)
    office.preview([written(place / "sent" / "9", "解放区", YEAR, 9)], ME)
    office.close()
    state = State(place / "index.chats.db")
    state.change(CHAT, unit="亿元", region="140404")
    state.set_role(7, "denied", 1)
    state.close()
    assert check_index(place / "index.db", state_file=place / "index.chats.db") == []
    return place


def files_of(place: Path, kind: str) -> list[Path]:
    """What is looked after, by kind.  Links are kept, as ``copied`` makes them anew."""
    folders = {"versions": "index.versions", "ledger": "index.ledger.copies", "chats": "index.chats.copies"}
    found = {"index": ["index.db"], "versions": [], "ledger": ["index.ledger.db"], "chats": ["index.chats.db"]}[kind]
    inside = sorted((place / folders[kind]).iterdir()) if kind in folders else []
    other = [file for file in inside if file.stat().st_size and not file.samefile(place / "index.db")]
    return [*(place / name for name in found), *other]


def copied(whole: Path, target: Path) -> Path:
    """The place once more; the index is a second name of its version there too."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(whole, target)
    current = Versions(whole / "index.db").number()
    (target / "index.db").unlink()
    os.link(target / "index.versions" / f"{current:06}.db", target / "index.db")
    return target


def spots(whole: Path, rng: random.Random, count: int, *, blank: bool) -> Iterator[tuple[str, Path, int]]:
    """Where to damage: kind, file below the place, bit or page."""
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        while True:
            file = rng.choice(files_of(whole, kind))
            content = file.read_bytes()
            at = rng.randrange(max(1, len(content) // PAGE)) if blank else rng.randrange(8 * len(content))
            if not blank or any(content[at * PAGE : (at + 1) * PAGE]):
                yield kind, file.relative_to(whole), at
                break


def damage(file: Path, at: int, *, blank: bool) -> None:
    content = bytearray(file.read_bytes())
    if blank:
        end = min(len(content), (at + 1) * PAGE)
        content[at * PAGE : end] = bytes(end - at * PAGE)
    else:
        content[at // 8] ^= 1 << at % 8
    with file.open("rb+") as opened:  # the same file: a link stays one
        opened.write(content)


def figures(db: Path) -> dict[str, set[int]]:
    """Document -> the variants that its figures are of."""
    with Index(db) as index:
        held = {one.name: index.facts_of_document(one.name) for one in index.documents()}
    assert all(len(facts) == len(LINES) for facts in held.values())
    assert all(one.text[one.fact.start : one.fact.end] == one.fact.value for facts in held.values() for one in facts)
    return {name: {int(one.fact.value) % 10_000 for one in facts} for name, facts in held.items()}


def check_that_nothing_is_passed_on(place: Path, kind: str) -> str:
    """A report more: the new version is the last sound one with that report, or there is none."""
    db = place / "index.db"
    told: list[str] = []
    try:
        load([written(place / "sent" / "7", "屯留区", YEAR, 7)], db, tell=told.append)
    except YusuanError:
        return "refused"
    expected = 2 if kind == "index" else 3
    assert sorted(variants_of[0] for variants_of in map(sorted, figures(db).values())) == [expected, 7]
    assert all(len(found) == 1 for found in figures(db).values())
    assert Versions(db).is_sound()
    return "built" if told else "built, nothing to tell"


def check_that_serve_goes_on(place: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What ``serve`` does before it talks to Telegram, and what it would answer."""
    settings = Settings(token=TOKEN, db=place / "index.db", reports=place / "reports", owners=frozenset({1}))
    said: list[str] = []

    def served(given: Settings) -> None:
        services = services_for(given, Pace())
        try:
            asyncio.run(recover(services, deep=True))
            for question in (QUESTION, ALIASED):
                turn = asyncio.run(services.desks.run(Desk.converse, question))
                assert variants(turn.detail.answer.reply) == {2 if kind == "index" else 3}, turn.detail.answer.reply
            chat = services.state.settings(CHAT)
            assert (chat.unit, chat.region, services.state.role(7)) == ("亿元", "140404", "denied")
            said.extend(one.detail for one in services.state.notes())  # what the owners are told next
        finally:
            services.clerk.close()
            services.desks.close()
            services.state.close()

    monkeypatch.setattr("bot.telegram.app.run", served)
    for name, value in (("TELEGRAM_BOT_TOKEN", TOKEN), ("YUSUAN_OWNERS", "1"), ("YUSUAN_REPORTS", settings.reports)):
        monkeypatch.setenv(name, str(value))
    assert main(["serve", "--db", str(settings.db)]) == 0
    return said


@pytest.mark.parametrize("blank, count", [(False, FLIPS), (True, BLANKS)], ids=["a bit", "a page"])
def test_damage_is_found_and_not_passed_on(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blank: bool, count: int
) -> None:
    print(f"YUSUAN_DAMAGE_SEED={SEED}")
    rng = random.Random(f"{SEED}{blank}")
    ends: Counter[str] = Counter()
    for kind, name, at in spots(whole, rng, count, blank=blank):
        spot = f"{kind}: {name} at {at}"
        place = copied(whole, tmp_path / "one")
        damage(place / name, at, blank=blank)
        db, chats = place / "index.db", place / "index.chats.db"
        found = check_index(db, state_file=chats)
        assert found, f"not found: {spot}"
        assert not any("删除" in line.replace("不要删除", "") for line in found)
        again = copied(whole, tmp_path / "other")
        damage(again / name, at, blank=blank)
        end = check_that_nothing_is_passed_on(again, kind)
        ends[f"{kind}: {end}"] += 1
        said = check_that_serve_goes_on(place, kind, monkeypatch)
        in_use = name.parent == Path()
        assert (bool(said) or not in_use) and (end == "built" or not in_use or kind == "chats"), (spot, said, end)
        with closing(Office(db, place / "reports")) as office:
            assert office.recover(deep=True) == [], spot
    print(f"{count} spots: {dict(ends)}")


def test_a_place_at_rest_is_clean_and_stays_so(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same without damage: else the test above would prove nothing."""
    place = copied(whole, tmp_path / "one")
    assert check_index(place / "index.db", state_file=place / "index.chats.db") == []
    assert check_that_serve_goes_on(place, "chats", monkeypatch) == []
    assert check_that_nothing_is_passed_on(place, "chats") == "built, nothing to tell"
    assert check_index(place / "index.db", state_file=place / "index.chats.db") == []
