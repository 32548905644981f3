"""What admins look back on: questions without an answer, votes, and how many questions there were on a day.

    misses(1) -> [Miss("娃娃上学的钱", "上党区 · 2023年", "not_found", 7, 1_700_000_000)]
    day_counts(1) -> [DayCount("2023-11-14", asked=40, answered=35, not_found=3, clarify=2, p50_ms=12, p99_ms=80)]

The counts hold no texts.  Times of answers are kept as numbers of buckets that are 10% wide.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.telegram.state.file import DAY, StateFile

KEPT_DAYS: Final = 400
DOWN: Final = "downvoted"
DISPUTED: Final = "disputed"
_WIDTH: Final = math.log(1.1)


class Miss(NamedTuple):
    """``question`` is "" unless texts are kept; ``status`` not_found, clarify or downvoted (👎)."""

    question: str
    reading: str
    status: str
    times: int
    last_at: int


@dataclass(frozen=True, slots=True)
class DayCount:
    """A day (local time) with questions; ``clarify``: asked back.  The times are None where none was measured."""

    day: str
    asked: int
    answered: int
    not_found: int
    clarify: int
    p50_ms: int | None = None
    p99_ms: int | None = None


class Counts(StateFile):
    """Votes, open questions, days."""

    def keep_vote(
        self, chat: int, message: str, user: int, vote: int, reading: str, token: str, question: str | None
    ) -> None:
        """A 👍 (1) or 👎 (-1); the same user's later vote replaces it."""
        self._write(
            "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            chat, message, user, vote, reading, token, question, self.now(),
        )  # fmt: skip

    def keep_unanswered(self, digest: str, question: str | None, reading: str, status: str) -> None:
        """A question without an answer: counted, its text only if given."""
        self._write(
            """INSERT INTO unanswered (digest, question, reading, status, times, at) VALUES (?, ?, ?, ?, 1, ?)
            ON CONFLICT (digest, reading)
            DO UPDATE SET times = times + 1, at = excluded.at, question = excluded.question""",
            digest, question, reading, status, self.now(),
        )  # fmt: skip

    def unanswered(self, limit: int = 50) -> list[tuple[str, str | None, str, int]]:
        """Digest, text or None, reading and how often, the latest first."""
        return self._rows(
            "SELECT digest, question, reading, times FROM unanswered ORDER BY at DESC, id DESC LIMIT ?", limit
        )

    def votes(self, limit: int = 50) -> list[tuple[int, str, str, str | None]]:
        """Vote, reading, address and question or None, the latest first."""
        return self._rows("SELECT vote, reading, token, question FROM feedback ORDER BY at DESC LIMIT ?", limit)

    def misses(self, limit: int = 50) -> list[Miss]:
        """Open questions and those with 👎, the most frequent first; one line for each question and reading."""
        found = self._rows(
            """SELECT coalesce(question, ''), reading, min(status), sum(times) AS all_times, max(at) FROM (
                SELECT question, reading, status, times, at FROM unanswered
                UNION ALL SELECT question, reading, ?, 1, at FROM feedback WHERE vote < 0)
            GROUP BY coalesce(question, ''), reading, status = ?
            ORDER BY all_times DESC, max(at) DESC, 1, 2 LIMIT ?""",
            DOWN, DOWN, limit,
        )  # fmt: skip
        return [Miss(*row) for row in found]

    # ------------------------------------------------------------------------------------------ days

    def count(self, status: str, seconds: float) -> None:
        """A question was answered (or not) in this time."""
        day = datetime.datetime.fromtimestamp(self.now()).date().isoformat()
        bucket = max(0, round(math.log(max(seconds * 1000, 1)) / _WIDTH))
        for table, column, value in (("days", "status", status), ("latencies", "bucket", bucket)):
            self._write(
                f"INSERT INTO {table} VALUES (?, ?, 1) ON CONFLICT (day, {column}) DO UPDATE SET times = times + 1",
                day, value,
            )  # fmt: skip

    def day_counts(self, days: int = 7) -> list[DayCount]:
        """The last days that had questions, the latest first."""
        counted: dict[str, dict[str, int]] = {}
        listed = "SELECT DISTINCT day FROM days ORDER BY day DESC LIMIT ?"
        for day, status, times in self._rows(
            f"SELECT day, status, times FROM days WHERE day IN ({listed}) ORDER BY day DESC", days
        ):
            counted.setdefault(day, {})[status] = times
        return [
            DayCount(
                day, sum(by.values()), by.get("answered", 0), by.get("not_found", 0), by.get("clarify", 0),
                *self._times(day),
            )
            for day, by in counted.items()
        ]  # fmt: skip

    def _times(self, day: str) -> tuple[int | None, int | None]:
        rows = self._rows("SELECT bucket, times FROM latencies WHERE day = ? ORDER BY bucket", day)
        return _percentile(rows, 0.5), _percentile(rows, 0.99)

    def clean(self) -> None:
        """Days are kept for a little more than a year."""
        super().clean()
        oldest = datetime.datetime.fromtimestamp(self.now() - KEPT_DAYS * DAY).date().isoformat()
        for table in ("days", "latencies"):
            self._conn.execute(f"DELETE FROM {table} WHERE day < ?", (oldest,))


def _percentile(buckets: Sequence[tuple[int, int]], share: float) -> int | None:
    """Milliseconds below which this share of the answers came."""
    wanted, seen = share * sum(times for _, times in buckets), 0
    for bucket, times in buckets:
        seen += times
        if seen >= wanted:
            return round(math.exp(bucket * _WIDTH))
    return None
