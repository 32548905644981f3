"""Settings from the environment and ``.env``; the names are those of ``.env.example``.

    YUSUAN_DB=/srv/yusuan/index.db    -> Settings.db
    YUSUAN_ALLOW_USERS=1001,1002      -> Settings.allow_users

The environment wins over the file, and an empty value means the default.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
YES, NO = ("1", "yes", "true", "on", "是"), ("0", "no", "false", "off", "否")
MOST_WORKERS = 64
LEAST_DEADLINE, MOST_DEADLINE = 0.1, 600
PUBLIC_API = "https://api.telegram.org"
WEB_LISTEN = "127.0.0.1:8090"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
MOST_BY_CLOUD = 20  # megabytes a bot may fetch from Telegram's own servers


@dataclass(frozen=True, slots=True)
class Settings:
    """``token`` is "" without a bot; paths are relative to the working folder; ``state`` None is beside ``db``.

    ``workers`` processes answer (0: one for each core), none of them for longer than ``deadline`` seconds.
    ``allow_users`` and ``allow_chats`` both empty: all may ask.  ``quota`` counts questions an hour, 0 is no limit.
    The page is served by the bot where ``web_listen`` is set; ``web_url`` is its public address, if it has one.
    In ``admin_chats`` (groups) admins work as in private; ``max_file_mb`` bounds the files that are sent in.
    ``check_for_askers``: whoever may ask may have files checked.
    """

    token: str = field(default="", metadata={"env": "TELEGRAM_BOT_TOKEN"}, repr=False)
    db: Path = field(default=Path("data/index.db"), metadata={"env": "YUSUAN_DB"})
    reports: Path = field(default=Path("data/reports"), metadata={"env": "YUSUAN_REPORTS"})
    data: Path | None = field(default=None, metadata={"env": "YUSUAN_DATA"})
    log: str = field(default="WARNING", metadata={"env": "YUSUAN_LOG"})
    state: Path | None = field(default=None, metadata={"env": "YUSUAN_STATE"})
    workers: int = field(default=0, metadata={"env": "YUSUAN_WORKERS"})
    deadline: float = field(default=2.0, metadata={"env": "YUSUAN_DEADLINE"})
    api_url: str = field(default=PUBLIC_API, metadata={"env": "YUSUAN_API_URL"})
    proxy: str = field(default="", metadata={"env": "YUSUAN_PROXY"}, repr=False)
    updates_proxy: str = field(default="", metadata={"env": "YUSUAN_UPDATES_PROXY"}, repr=False)
    webhook_url: str = field(default="", metadata={"env": "YUSUAN_WEBHOOK_URL"})
    webhook_listen: str = field(default="127.0.0.1:8443", metadata={"env": "YUSUAN_WEBHOOK_LISTEN"})
    webhook_secret: str = field(default="", metadata={"env": "YUSUAN_WEBHOOK_SECRET"}, repr=False)
    allow_users: frozenset[int] = field(default=frozenset(), metadata={"env": "YUSUAN_ALLOW_USERS"})
    allow_chats: frozenset[int] = field(default=frozenset(), metadata={"env": "YUSUAN_ALLOW_CHATS"})
    leave_groups: bool = field(default=False, metadata={"env": "YUSUAN_LEAVE_GROUPS"})
    quota: int = field(default=120, metadata={"env": "YUSUAN_QUOTA"})
    check_for_askers: bool = field(default=False, metadata={"env": "YUSUAN_CHECK_FOR_ASKERS"})
    keep_questions: bool = field(default=False, metadata={"env": "YUSUAN_KEEP_QUESTIONS"})
    owners: frozenset[int] = field(default=frozenset(), metadata={"env": "YUSUAN_OWNERS"})
    admins: frozenset[int] = field(default=frozenset(), metadata={"env": "YUSUAN_ADMINS"})
    admin_chats: frozenset[int] = field(default=frozenset(), metadata={"env": "YUSUAN_ADMIN_CHATS"})
    max_file_mb: int = field(default=20, metadata={"env": "YUSUAN_MAX_FILE_MB"})
    api_local: bool = field(default=False, metadata={"env": "YUSUAN_API_LOCAL"})
    keep_versions: int = field(default=5, metadata={"env": "YUSUAN_KEEP_VERSIONS"})
    ocr: bool = field(default=True, metadata={"env": "YUSUAN_OCR"})
    web_listen: str = field(default="", metadata={"env": "YUSUAN_WEB_LISTEN"})
    web_url: str = field(default="", metadata={"env": "YUSUAN_WEB_URL"})
    web_token: str = field(default="", metadata={"env": "YUSUAN_WEB_TOKEN"}, repr=False)
    web_admin_token: str = field(default="", metadata={"env": "YUSUAN_WEB_ADMIN_TOKEN"}, repr=False)
    web_proxies: str = field(default="127.0.0.1,::1", metadata={"env": "YUSUAN_WEB_PROXIES"})

    @property
    def mini_app(self) -> str:
        """Where the page is found from inside Telegram (which opens https alone); "" if nowhere."""
        return self.web_url if self.web_listen and self.web_url.startswith("https://") else ""

    @property
    def state_file(self) -> Path:
        """Where the chats' state is kept."""
        return self.state or self.db.with_name(f"{self.db.stem}.chats.db")


def read_settings(env_file: Path = Path(".env")) -> Settings:
    """The settings that hold now; raises ValueError (one Chinese sentence) for a value that makes no sense."""
    values = {**_file_values(env_file), **{name: value for name, value in os.environ.items() if value}}
    read: dict[str, Any] = {}
    for one in dataclasses.fields(Settings):
        name = one.metadata["env"]
        if value := values.get(name, "").strip():
            read[one.name] = _READERS.get(one.name, _text)(name, value)
    if "data" in read:
        os.environ["YUSUAN_DATA"] = values["YUSUAN_DATA"]  # where index looks for the word lists
    if "ocr" in read:
        os.environ["YUSUAN_OCR"] = "yes" if read["ocr"] else "no"  # where index.read asks for it
    return Settings(**read)


def check_serving(settings: Settings) -> None:
    """Whether a bot can be run with these; raises ValueError (one Chinese sentence) if not."""
    if not settings.token:
        raise ValueError("没有机器人的令牌：请在 .env 里填写 TELEGRAM_BOT_TOKEN（由 @BotFather 发放）")
    if not re.fullmatch(r"\d+:[\w-]{20,}", settings.token, re.ASCII):
        raise ValueError("TELEGRAM_BOT_TOKEN 的样子应为 数字:字母与数字，请从 @BotFather 的消息里整行复制")
    if settings.max_file_mb > MOST_BY_CLOUD and not settings.api_local:
        raise ValueError(
            f"YUSUAN_MAX_FILE_MB 超过 {MOST_BY_CLOUD} 需要自建的 Bot API 服务器："
            "请设置 YUSUAN_API_URL 和 YUSUAN_API_LOCAL=yes"
        )
    if settings.api_local and settings.api_url == PUBLIC_API:
        raise ValueError("YUSUAN_API_LOCAL=yes 时请在 YUSUAN_API_URL 里写自建 Bot API 服务器的地址")
    for name, url in (("YUSUAN_PROXY", settings.proxy), ("YUSUAN_UPDATES_PROXY", settings.updates_proxy)):
        if url.startswith("socks"):
            _check_socks(name)
    if settings.web_listen:
        check_web(settings)
    if settings.webhook_url and not settings.webhook_secret:
        raise ValueError("设置了 YUSUAN_WEBHOOK_URL，还要设置 YUSUAN_WEBHOOK_SECRET，用来核对请求确实来自 Telegram")


def check_web(settings: Settings) -> None:
    """Whether the page can be served with these; raises ValueError (one Chinese sentence) if not."""
    host = settings.web_listen.rpartition(":")[0].strip("[]")
    if not settings.web_token and (settings.web_url or host not in LOOPBACK):
        raise ValueError(
            "网页让别的机器也能打开（YUSUAN_WEB_LISTEN 不在本机，或写了 YUSUAN_WEB_URL），就要设置 YUSUAN_WEB_TOKEN"
        )
    if settings.web_token and settings.web_token == settings.web_admin_token:
        raise ValueError("YUSUAN_WEB_TOKEN 和 YUSUAN_WEB_ADMIN_TOKEN 不能相同")
    missing = [name for name in ("starlette", "uvicorn", "jinja2") if find_spec(name) is None]
    if missing:
        raise ValueError(f"网页需要另装 {'、'.join(missing)}：make web，或 pip install 'yusuan[web]'")


def _check_socks(name: str) -> None:
    try:
        import socksio  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: F401
    except ImportError as error:
        raise ValueError(f"{name} 用 socks5 代理需要另装 socksio（pip install socksio），或改用 http 代理") from error


# ---------------------------------------------------------------------------------------------- values


def _text(name: str, value: str) -> str:
    return value


def _path(name: str, value: str) -> Path:
    return Path(value).expanduser()


def _level(name: str, value: str) -> str:
    if value.upper() not in LEVELS:
        raise ValueError(f"{name} 应为 {'、'.join(LEVELS)} 之一，现在是 {value.upper()}")
    return value.upper()


def _whole(least: int, most: int) -> Callable[[str, str], int]:
    def read(name: str, value: str) -> int:
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise ValueError(f"{name} 应为 {least} 到 {most} 的整数，现在是 {value}")
        return int(value)

    return read


def _seconds(name: str, value: str) -> float:
    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,3})?", value) or not LEAST_DEADLINE <= float(value) <= MOST_DEADLINE:
        raise ValueError(f"{name} 应为 {LEAST_DEADLINE} 到 {MOST_DEADLINE} 的秒数，例如 2，现在是 {value}")
    return float(value)


def _numbers(name: str, value: str) -> frozenset[int]:
    parts = [part for part in re.split(r"[\s,，、;；]+", value) if part]
    if not all(re.fullmatch(r"-?[0-9]{1,16}", part) for part in parts):
        raise ValueError(f"{name} 应为用逗号隔开的编号，例如 1001,1002，现在是 {value}")
    return frozenset(map(int, parts))


def _yes(name: str, value: str) -> bool:
    if value.lower() not in (*YES, *NO):
        raise ValueError(f"{name} 应为 yes 或 no，现在是 {value}")
    return value.lower() in YES


def _url(*schemes: str) -> Callable[[str, str], str]:
    def read(name: str, value: str) -> str:
        if not re.fullmatch(rf"(?:{'|'.join(schemes)})://[^\s/]+(?:/\S*)?", value):
            raise ValueError(f"{name} 应为 {schemes[0]}:// 开头的地址，现在是 {_without_password(value)}")
        return value.rstrip("/")

    return read


def _site(name: str, value: str) -> str:
    """An address of a whole site: its pages link to each other from the root."""
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?/?", value):
        raise ValueError(f"{name} 应为 https://域名，后面没有路径，现在是 {_without_password(value)}")
    return value.rstrip("/").lower()


def read_listen(name: str, value: str) -> str:
    """host:port; raises ValueError for anything else."""
    match = re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[\w.-]+):(\d{1,5})", value, re.ASCII)
    if match is None or int(match[2]) > 65535:
        raise ValueError(f"{name} 应为 地址:端口，例如 127.0.0.1:8443，现在是 {value}")
    return value


def _secret(name: str, value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value):
        raise ValueError(f"{name} 应为 16 到 256 个字母、数字、下划线或连字符")
    return value


def _without_password(url: str) -> str:
    return re.sub(r"//[^@/]*@", "//…@", url)


_READERS: Mapping[str, Callable[[str, str], Any]] = {
    "db": _path,
    "reports": _path,
    "data": _path,
    "state": _path,
    "log": _level,
    "workers": _whole(1, MOST_WORKERS),
    "deadline": _seconds,
    "api_url": _url("https", "http"),
    "proxy": _url("http", "https", "socks5", "socks5h"),
    "updates_proxy": _url("http", "https", "socks5", "socks5h"),
    "webhook_url": _url("https", "http"),
    "webhook_listen": read_listen,
    "webhook_secret": _secret,
    "allow_users": _numbers,
    "allow_chats": _numbers,
    "leave_groups": _yes,
    "ocr": _yes,
    "quota": _whole(0, 100_000),
    "check_for_askers": _yes,
    "keep_questions": _yes,
    "owners": _numbers,
    "admins": _numbers,
    "admin_chats": _numbers,
    "max_file_mb": _whole(1, 2000),
    "api_local": _yes,
    "keep_versions": _whole(1, 100),
    "web_listen": read_listen,
    "web_url": _site,
    "web_token": _secret,
    "web_admin_token": _secret,
}


def _file_values(env_file: Path) -> dict[str, str]:
    """``NAME=value`` lines; ``export`` before the name, quotes around the value and a comment after it are allowed."""
    try:
        lines = env_file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    values: dict[str, str] = {}
    for line in lines:
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        name, value = name.strip(), value.strip()
        if not equals or name.startswith("#"):
            continue
        if value[:1] in {'"', "'"} and value[:1] in value[1:]:
            value = value[1 : value.index(value[0], 1)]
        else:
            value = value.partition(" #")[0].strip()
        if value:
            values[name] = value
    return values
