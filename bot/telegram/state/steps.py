"""The tables of the chats' file, as numbered steps; PRAGMA user_version tells how many have been made.

A step that was published is never changed: a new one is added behind it.
"""

from __future__ import annotations

from typing import Final

STEPS: Final = (
    """
    CREATE TABLE chats (
        chat INTEGER PRIMARY KEY, unit TEXT NOT NULL DEFAULT 'auto', region TEXT NOT NULL DEFAULT '',
        rich INTEGER NOT NULL DEFAULT 0, offered INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
    -- message 0 is the chat's own dialogue; any other that of an answer, for replies to it
    CREATE TABLE dialogues (chat INTEGER NOT NULL, message INTEGER NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (chat, message)) WITHOUT ROWID;
    CREATE INDEX dialogues_at ON dialogues (at);
    -- which message of the bot answers which message of a user
    CREATE TABLE answers (
        chat INTEGER NOT NULL, asked INTEGER NOT NULL, message INTEGER NOT NULL,
        user INTEGER NOT NULL, base INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (chat, asked)) WITHOUT ROWID;
    CREATE INDEX answers_message ON answers (chat, message);
    CREATE INDEX answers_at ON answers (at);
    CREATE TABLE quota (user INTEGER NOT NULL, hour INTEGER NOT NULL, used INTEGER NOT NULL,
        PRIMARY KEY (user, hour)) WITHOUT ROWID;
    CREATE TABLE notices (peer INTEGER PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE feedback (chat INTEGER NOT NULL, message TEXT NOT NULL, user INTEGER NOT NULL, vote INTEGER NOT NULL,
        reading TEXT NOT NULL, token TEXT NOT NULL, question TEXT, at INTEGER NOT NULL,
        PRIMARY KEY (chat, message, user)) WITHOUT ROWID;
    CREATE TABLE unanswered (id INTEGER PRIMARY KEY, digest TEXT NOT NULL, question TEXT, reading TEXT NOT NULL,
        status TEXT NOT NULL, times INTEGER NOT NULL, at INTEGER NOT NULL, UNIQUE (digest, reading));
    """,
    """
    -- asker, admin or denied; owners and those of the lists stand in the settings
    CREATE TABLE people (user INTEGER PRIMARY KEY, role TEXT NOT NULL, by INTEGER NOT NULL, at INTEGER NOT NULL)
        WITHOUT ROWID;
    -- questions of a day by what became of them, and how long they took (bucket: see counts.py); no texts
    CREATE TABLE days (day TEXT NOT NULL, status TEXT NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (day, status))
        WITHOUT ROWID;
    CREATE TABLE latencies (day TEXT NOT NULL, bucket INTEGER NOT NULL, times INTEGER NOT NULL,
        PRIMARY KEY (day, bucket)) WITHOUT ROWID;
    -- kind: figure or region; value: what the figure was when the chat was last told, as JSON
    CREATE TABLE watches (id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, kind TEXT NOT NULL, token TEXT NOT NULL,
        label TEXT NOT NULL, value TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (chat, kind, token));
    -- a digest waits here until it was sent; state: waiting, or sending while the call is under way
    CREATE TABLE outbox (id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, version INTEGER NOT NULL, html TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting', tries INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL,
        UNIQUE (chat, version));
    CREATE TABLE marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
    -- a message of the bot that asks an admin for a reply, and what the reply is for
    CREATE TABLE prompts (chat INTEGER NOT NULL, message INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
        at INTEGER NOT NULL, PRIMARY KEY (chat, message)) WITHOUT ROWID;
    """,
    """
    -- messages taken from Telegram, as JSON; '' once they have been dealt with; owner: the process, see presence.py
    CREATE TABLE updates (id INTEGER PRIMARY KEY, body TEXT NOT NULL, tries INTEGER NOT NULL, owner INTEGER NOT NULL,
        at INTEGER NOT NULL);
    CREATE INDEX updates_at ON updates (at);
    CREATE INDEX updates_pending ON updates (id) WHERE body != '';
    -- 1 while the file that belongs to an answer has not been sent
    ALTER TABLE answers ADD COLUMN owes INTEGER NOT NULL DEFAULT 0;
    -- groups that became supergroups, with another number
    CREATE TABLE moves (old INTEGER PRIMARY KEY, new INTEGER NOT NULL);
    CREATE INDEX moves_new ON moves (new);
    -- what the owners are to hear of
    CREATE TABLE notes (kind TEXT NOT NULL, detail TEXT NOT NULL, times INTEGER NOT NULL, first INTEGER NOT NULL,
        last INTEGER NOT NULL, PRIMARY KEY (kind, detail)) WITHOUT ROWID;
    """,
)
