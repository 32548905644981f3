"""The running bot where its own files are damaged: it starts, answers, and tells its owner what was put right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index import Office
from index.store.ledger import ledger_path
from tests.admin_reports import ME
from tests.standin.world import World
from tests.telegram_admin import OfficeBot, office_bot, own_index
from tests.telegram_bot import load_samples

QUESTION, ALIASED = "上党区2023年公共安全支出多少", "上党区2023年神童上学的钱多少"
NOTICE = "机器人出过的状况"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("samples"))


def people(bot: OfficeBot) -> dict[str, Any]:
    return {"owners": frozenset({bot.owner.id}), "admins": frozenset({bot.admin.id})}


def told(bot: OfficeBot) -> str:
    bot.world.wait(lambda: any(NOTICE in one.text for one in bot.world.bot_messages()), "the owner is told", 30)
    return "\n".join(one.text for one in bot.world.bot_messages() if NOTICE in one.text)


def copies(file: Path) -> list[Path]:
    return list(file.with_name(f"{file.stem}.copies").glob("*.db"))


def test_damaged_chats_start_from_the_copy(telegram: World, samples: Path, tmp_path: Path) -> None:
    with office_bot(telegram, tmp_path, samples) as bot:
        bot.asker.ask(QUESTION)
        bot.admin.ask(f"/deny {bot.asker.id}")
    bot.settings.state_file.write_bytes(b"no database" * 999)
    with office_bot(telegram, tmp_path, samples, **people(bot)) as again:
        assert "已用核对过的副本恢复" in told(again)
        assert "名单" in bot.asker.ask(QUESTION).text
        assert "9,093" in bot.owner.ask(QUESTION).text


def test_damaged_chats_without_a_copy_are_said(telegram: World, samples: Path, tmp_path: Path) -> None:
    with office_bot(telegram, tmp_path, samples) as bot:
        bot.asker.ask(QUESTION)
    for file in (bot.settings.state_file, *copies(bot.settings.state_file)):
        file.write_bytes(b"")
    with office_bot(telegram, tmp_path, samples, **people(bot)) as again:
        assert "只能从空白开始" in told(again)
        assert "9,093" in again.asker.ask(QUESTION).text


def test_without_a_sound_ledger_questions_are_answered(telegram: World, samples: Path, tmp_path: Path) -> None:
    """Aliases, drafts and the log are missing, and that is said; nothing is adopted."""
    db = own_index(samples, tmp_path)
    office = Office(db, tmp_path / "reports")
    office.add_alias("神童上学的钱", "教育支出", ME)
    office.close()
    content = {file: file.read_bytes() for file in (ledger_path(db), *copies(ledger_path(db)))}
    for file in content:
        file.write_bytes(b"no database" * 999)
    with office_bot(telegram, tmp_path, samples) as bot:
        assert "也没有完好的副本" in told(bot) and told(bot).count(NOTICE) == 1
        assert "9,093" in bot.asker.ask(QUESTION).text
        assert "没有把握" in bot.asker.ask(ALIASED).text
    for file, bytes_ in content.items():
        file.write_bytes(bytes_)
    with office_bot(telegram, tmp_path, samples, **people(bot)) as again:
        answer = again.asker.ask(ALIASED).text
        assert "56,917" in answer and "报告里没有" not in answer
