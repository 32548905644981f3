"""Who is at the page, and what they may see: one token for asking, one for admins, or what Telegram says of the user.

    Visitors(settings, access, sessions).of(request) -> Visitor("asker", session)        nobody: None, that is /login

Without a token the page is open to whoever is at this machine; it then listens on loopback alone.  Admins' pages are
never open: they want the admins' token, or an admin's own Telegram.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Final, Literal

from starlette.requests import Request
from starlette.responses import Response

from bot.settings import Settings
from bot.telegram.access import Access
from bot.web.sessions import IDLE, Means, Session, Sessions


@dataclass(frozen=True, slots=True)
class Visitor:
    """``session`` is None until there is something to remember."""

    role: Literal["asker", "admin"]
    session: Session | None
    address: str

    @property
    def is_admin(self) -> bool:
        """May see what admins see."""
        return self.role == "admin"

    @property
    def key(self) -> str:
        """Whose requests are counted together: a person's where one is known, else a machine's."""
        if self.session is None or self.session.means == "open":
            return f"ip {self.address}"
        return f"user {self.session.user}" if self.session.user else f"session {self.session.name}"


class Visitors:
    """The rules; sessions are kept in ``sessions``."""

    def __init__(self, settings: Settings, access: Access, sessions: Sessions) -> None:
        self._settings = settings
        self._access = access
        self._sessions = sessions
        self._secure = settings.web_url.startswith("https://")
        self._cookie: Final = "__Host-yusuan" if self._secure else "yusuan"

    @property
    def is_open(self) -> bool:
        """Nobody is asked for a token."""
        return not self._settings.web_token

    @property
    def has_admins(self) -> bool:
        """There is a token for admins."""
        return bool(self._settings.web_admin_token)

    def of(self, request: Request) -> Visitor | None:
        """The visitor of a request; None has to come in first."""
        address = request.client.host if request.client else ""
        session = self._sessions.of(request.cookies.get(self._cookie, ""))
        if session is None or session.means == "open":
            return Visitor("asker", session, address) if self.is_open else None
        if session.means != "telegram":
            return Visitor("admin" if session.means == "admin token" else "asker", session, address)
        if not self._access.allows(session.user, session.user):  # /deny works at once
            self._sessions.end(session.name)
            return None
        admin = self._access.administers(session.user, session.user)
        return Visitor("admin" if admin else "asker", session, address)

    def means_of(self, token: str) -> Means | None:
        """What a token opens; both are compared whatever the first says."""
        asking = _same(token, self._settings.web_token)
        deciding = _same(token, self._settings.web_admin_token)
        return "admin token" if deciding else "token" if asking else None

    def let_in(self, response: Response, means: Means, before: Session | None, user: int = 0) -> Session:
        """Begin a session, with a new name whatever the cookie said before."""
        if before is not None:
            self._sessions.end(before.name)
        session = self._sessions.begin(means, user)
        self.set_cookie(response, session)
        return session

    def set_cookie(self, response: Response, session: Session) -> None:
        """Inside Telegram's own pages a cookie travels only if it is said to be for other sites' frames."""
        parts = [f"{self._cookie}={session.name}", "Path=/", "HttpOnly", f"Max-Age={int(IDLE)}"]
        parts += ["Secure"] if self._secure else []
        framed = session.means == "telegram" and self._secure
        parts += ["SameSite=None", "Partitioned"] if framed else ["SameSite=Lax"]
        response.headers.append("set-cookie", "; ".join(parts))

    def leave(self, response: Response, session: Session | None) -> None:
        """End a session."""
        if session is not None:
            self._sessions.end(session.name)
        secure = "; Secure" if self._secure else ""
        response.headers.append("set-cookie", f"{self._cookie}=; Path=/; HttpOnly; Max-Age=0; SameSite=Lax{secure}")


def _same(given: str, wanted: str) -> bool:
    return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())
