"""What every test shares: closed sockets, a clean environment, and the folder of published reports where there is one.

Published reports are not part of the repository.  They are looked for in ``$YUSUAN_SHARED``, else in ``shared`` beside
the checkout; tests that need them carry ``@pytest.mark.real`` and take the path from the fixture ``shared``.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import certifi
import pytest
from hypothesis import HealthCheck, settings

from index.admin.gold import gold_dir
from tests.standin.fixtures import api_list, plain_telegram, telegram  # noqa: F401  (fixtures for every test)

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("YUSUAN_SHARED") or ROOT.parent / "shared")
HAS_REPORTS = (SHARED / "reports").is_dir()
NO_REPORTS = f"no published reports at {SHARED}"

# No deadlines: a slow machine is no bug.  In CI the examples are the same in every run.
settings.register_profile(
    "yusuan", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("yusuan")


# ---------------------------------------------------------------------------------------------- published reports


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs published reports where there are none."""
    if HAS_REPORTS:
        return
    for item in items:
        if item.get_closest_marker("real"):
            item.add_marker(pytest.mark.skip(reason=NO_REPORTS))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say so when tests were skipped for want of reports, whatever the verbosity."""
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if NO_REPORTS in str(r.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} tests on published reports skipped: no {SHARED} (YUSUAN_SHARED names another place)"
        )


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with ``reports/``, ``reports_more/`` and ``eval/``."""
    if not HAS_REPORTS:
        pytest.skip(NO_REPORTS)
    return SHARED


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


# ---------------------------------------------------------------------------------------------- no network, no settings


class NetworkRefused(RuntimeError):
    """A test tried to leave the machine.  Not an OSError: code under test must not mistake it for bad weather."""


def is_loopback(host: object) -> bool:
    """True for 127.0.0.0/8, ::1, localhost and the empty host (which only binds)."""
    name = host.decode() if isinstance(host, bytes) else host
    return name is None or (isinstance(name, str) and (name in {"", "localhost", "::1"} or name.startswith("127.")))


def refuse_outside(call: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a socket method whose last argument is an address."""

    def guarded(self: socket.socket, *args: Any) -> Any:
        address = args[-1]
        if self.family in {socket.AF_INET, socket.AF_INET6} and not is_loopback(address[0]):
            raise NetworkRefused(f"a test tried to reach {address}")
        return call(self, *args)

    return guarded


@pytest.fixture(scope="session", autouse=True)
def few_certificates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One authority instead of all there are: every bot of a test reads them twice, for plain HTTP to loopback."""
    end = "-----END CERTIFICATE-----\n"
    file = tmp_path_factory.mktemp("certificates") / "one.pem"
    file.write_text(Path(certifi.where()).read_text(encoding="utf-8").partition(end)[0] + end, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(file))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_preparing() -> Iterator[None]:
    """Bots of a few seconds load nothing in their idle time; tests/test_desks.py has them do it at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.telegram.desks.AFTERWARDS", 3600.0)
        yield


@pytest.fixture(scope="session", autouse=True)
def few_gold_questions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One in eight: whatever a test loads or adopts has to answer them first.  tests/test_gold.py asks all."""
    few = tmp_path_factory.mktemp("gold")
    for file in (ROOT / "data" / "gold").glob("*.jsonl"):
        lines = file.read_text(encoding="utf-8").splitlines()
        (few / file.name).write_text("\n".join(lines[::8]), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.admin.gold.gold_dir", lambda: gold_dir() if "YUSUAN_DATA" in os.environ else few)
        yield


@pytest.fixture(scope="session", autouse=True)
def closed_doors() -> Iterator[None]:
    """Refuse every address outside loopback, and every look-up of such a name; forget the caller's settings."""
    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not is_loopback(host):
            raise NetworkRefused(f"a test tried to look up {host}")
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, method, refuse_outside(getattr(socket.socket, method)))
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        for name in list(os.environ):
            if name == "TELEGRAM_BOT_TOKEN" or (name.startswith("YUSUAN_") and name != "YUSUAN_SHARED"):
                patch.delenv(name)
        yield
