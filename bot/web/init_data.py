"""Who opened the page inside Telegram: the init data that Telegram signs with the bot's token, verified.

    verified("query_id=…&user=%7B%22id%22%3A1001…%7D&auth_date=1764370000&hash=…", token, now) -> Opened(1001, "…")

The hash is HMAC-SHA-256 over the other fields, sorted, one "name=value" a line; its key is HMAC-SHA-256 of the token
under the word WebAppData.  What is older than an hour is refused: whoever finds it later cannot come in with it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

LIFE: Final = 3600.0  # seconds
AHEAD: Final = 60.0  # by which Telegram's clock may be before ours
LONGEST: Final = 8_192
MOST_FIELDS: Final = 30


class Forged(ValueError):
    """Not what Telegram has signed for this bot."""


class Stale(ValueError):
    """Signed too long ago."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The user, and the ``startapp`` parameter of the link that was opened, if there was one."""

    user: int
    start: str = ""


def verified(init_data: str, token: str, now: float) -> Opened:
    """What Telegram vouches for; raises Forged or Stale."""
    if not token or len(init_data) > LONGEST:
        raise Forged("nothing to verify with" if not token else "too long")
    try:
        pairs = parse_qsl(init_data, keep_blank_values=True, strict_parsing=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise Forged("not a query string") from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Forged("a field stands twice")
    given = fields.pop("hash", "")
    signed = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    if not hmac.compare_digest(hashed(signed, token).encode(), given.lower().encode()):
        raise Forged("the hash is another")
    at = fields.get("auth_date", "")
    if not (at.isascii() and at.isdigit() and len(at) <= 12):
        raise Forged("no time")
    if not -AHEAD <= now - int(at) <= LIFE:
        raise Stale("opened too long ago" if now > int(at) else "from the future")
    return Opened(_user(fields.get("user", "")), fields.get("start_param", ""))


def hashed(signed: str, token: str) -> str:
    """The hash of the fields, as lines."""
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    return hmac.new(key, signed.encode(), hashlib.sha256).hexdigest()


def _user(told: str) -> int:
    try:
        number = json.loads(told)["id"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Forged("no user") from error
    if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < 1 << 53:
        raise Forged("no user")
    return number
