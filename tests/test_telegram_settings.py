"""Settings of the bot: what is read, what is refused with one clear line, and that the documents name them all."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from bot.settings import Settings, check_serving, read_settings

TOKEN = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

READ = [
    ("YUSUAN_ALLOW_USERS", "1001, 1002，1003", "allow_users", frozenset({1001, 1002, 1003})),
    ("YUSUAN_ALLOW_CHATS", "-1001234567890", "allow_chats", frozenset({-1001234567890})),
    ("YUSUAN_LEAVE_GROUPS", "Yes", "leave_groups", True),
    ("YUSUAN_KEEP_QUESTIONS", "否", "keep_questions", False),
    ("YUSUAN_CHECK_FOR_ASKERS", "是", "check_for_askers", True),
    ("YUSUAN_QUOTA", "0", "quota", 0),
    ("YUSUAN_OWNERS", "1001", "owners", frozenset({1001})),
    ("YUSUAN_ADMINS", "1002；1003", "admins", frozenset({1002, 1003})),
    ("YUSUAN_ADMIN_CHATS", "-1001234567890", "admin_chats", frozenset({-1001234567890})),
    ("YUSUAN_MAX_FILE_MB", "2000", "max_file_mb", 2000),
    ("YUSUAN_API_LOCAL", "yes", "api_local", True),
    ("YUSUAN_KEEP_VERSIONS", "12", "keep_versions", 12),
    ("YUSUAN_WORKERS", "8", "workers", 8),
    ("YUSUAN_API_URL", "http://127.0.0.1:8081/", "api_url", "http://127.0.0.1:8081"),
    ("YUSUAN_PROXY", "http://127.0.0.1:7890", "proxy", "http://127.0.0.1:7890"),
    ("YUSUAN_STATE", "/srv/chats.db", "state_file", Path("/srv/chats.db")),
    ("YUSUAN_DB", "/srv/index.db", "state_file", Path("/srv/index.chats.db")),
    ("YUSUAN_WEBHOOK_LISTEN", "[::1]:8443", "webhook_listen", "[::1]:8443"),
]

REFUSED = [
    ("YUSUAN_ALLOW_USERS", "anna"),
    ("YUSUAN_ALLOW_CHATS", "-100-5"),
    ("YUSUAN_LEAVE_GROUPS", "maybe"),
    ("YUSUAN_QUOTA", "-1"),
    ("YUSUAN_OWNERS", "王局长"),
    ("YUSUAN_ADMIN_CHATS", "@group"),
    ("YUSUAN_MAX_FILE_MB", "0"),
    ("YUSUAN_MAX_FILE_MB", "2001"),
    ("YUSUAN_API_LOCAL", "perhaps"),
    ("YUSUAN_KEEP_VERSIONS", "0"),
    ("YUSUAN_QUOTA", "１２"),
    ("YUSUAN_WORKERS", "0"),
    ("YUSUAN_API_URL", "ftp://example.org"),
    ("YUSUAN_PROXY", "127.0.0.1:7890"),
    ("YUSUAN_WEBHOOK_URL", "example.org/hook"),
    ("YUSUAN_WEBHOOK_LISTEN", "8443"),
    ("YUSUAN_WEBHOOK_LISTEN", "127.0.0.1:99999"),
    ("YUSUAN_WEBHOOK_SECRET", "short"),
    ("YUSUAN_WEBHOOK_SECRET", "空格 和中文都不行的密钥啊啊啊啊啊啊"),
]


@pytest.mark.parametrize("name, value, field, expected", READ)
def test_a_setting_is_read(
    name: str, value: str, field: str, expected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(read_settings(Path("/nowhere")), field) == expected


@pytest.mark.parametrize("name, value", REFUSED)
def test_a_setting_is_refused_by_name(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=name):
        read_settings(Path("/nowhere"))


def test_a_refused_proxy_does_not_show_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSUAN_PROXY", "ftp://anna:geheim@127.0.0.1:1")
    with pytest.raises(ValueError) as caught:
        read_settings(Path("/nowhere"))
    assert "geheim" not in str(caught.value)


def test_secrets_are_not_shown() -> None:
    settings = Settings(
        token=TOKEN, proxy="http://a:geheim@b", updates_proxy="http://geheim", webhook_secret="geheim" * 4
    )
    assert "geheim" not in repr(settings)
    assert TOKEN not in repr(settings)


UNFIT = [
    ({}, "TELEGRAM_BOT_TOKEN"),
    ({"token": "hello"}, "TELEGRAM_BOT_TOKEN"),
    ({"token": TOKEN, "max_file_mb": 21}, "YUSUAN_MAX_FILE_MB"),
    ({"token": TOKEN, "api_local": True}, "YUSUAN_API_URL"),
    ({"token": TOKEN, "webhook_url": "https://example.org/hook"}, "YUSUAN_WEBHOOK_SECRET"),
]


@pytest.mark.parametrize("values, name", UNFIT)
def test_what_a_bot_needs(values: dict[str, object], name: str) -> None:
    with pytest.raises(ValueError, match=name):
        check_serving(dataclasses.replace(Settings(), **values))  # type: ignore[arg-type]


def test_a_token_is_enough() -> None:
    check_serving(Settings(token=TOKEN))
    check_serving(Settings(token=TOKEN, max_file_mb=2000, api_local=True, api_url="http://127.0.0.1:8081"))


def test_every_setting_is_explained(root: Path) -> None:
    lines = (root / ".env.example").read_text(encoding="utf-8").splitlines()
    for field in dataclasses.fields(Settings):
        at = lines.index(f"{field.metadata['env']}=")
        assert lines[at - 1].startswith("# "), field.metadata["env"]


@pytest.mark.parametrize("document", ["README.md", "docs/telegram.md"])
def test_the_guide_lists_every_setting(root: Path, document: str) -> None:
    text = (root / document).read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE)
    assert sorted(listed) == sorted(field.metadata["env"] for field in dataclasses.fields(Settings))
