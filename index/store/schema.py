"""The tables of the index, as SQL, in the order in which the migrations make them.

Nothing goes in or out here: ``migrations`` runs these statements, ``write`` fills the tables, ``lookup`` reads them.
上党区2023年教育支出 56917 万元 is one row of ``facts``: region, year, item, measure and scope are small numbers, the
characters ``56917`` are not kept twice: they are ``sentences.text`` from ``start`` to ``end``.

Three habits make the tables small and the look-ups short:
- a document's sentences have neighbouring ids, never used again, so that "in this document" is a range of ids;
- a fact's id is ``sentence id * 65536 + its place in the sentence``: facts of a sentence are a range as well, and
  neither the sentence nor the document has to be stored or indexed with the fact;
- words that repeat (measures, units, rules, item names, column heads) are stored once and referred to by number.
"""

from __future__ import annotations

from typing import Final

# "YSn1" as a number: tells our files from any other SQLite file.
APPLICATION_ID: Final = 0x59536E31
FACT_BITS: Final = 16
FACTS_PER_SENTENCE: Final = 1 << FACT_BITS
OCR_MARKED: Final = 2  # documents.ocr: recognised figures are marked one by one; 1 (older): all of the document's are

# Code 0 and name 0 are the empty text, region 0 the unnamed region.
TABLES: Final = (
    """CREATE TABLE regions (
        id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, full_name TEXT NOT NULL,
        level TEXT NOT NULL, parent TEXT NOT NULL)""",
    "CREATE TABLE codes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
    "CREATE TABLE names (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
    "CREATE TABLE items (id INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (key, name))",
    """CREATE TABLE documents (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, path TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE,
        options TEXT NOT NULL, media TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, issuer TEXT NOT NULL,
        region INTEGER NOT NULL REFERENCES regions, year INTEGER, plan_year INTEGER, ocr INTEGER NOT NULL,
        loaded_at TEXT NOT NULL, warnings TEXT NOT NULL, facts INTEGER NOT NULL, missed INTEGER NOT NULL,
        first_sentence INTEGER NOT NULL, last_sentence INTEGER NOT NULL,
        first_section INTEGER NOT NULL, last_section INTEGER NOT NULL)""",
    "CREATE INDEX documents_region ON documents (region, year)",
    "CREATE TABLE sections (id INTEGER PRIMARY KEY, parent INTEGER, level INTEGER NOT NULL, title TEXT NOT NULL)",
    """CREATE TABLE sentences (
        id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents, section INTEGER, page INTEGER,
        kind INTEGER NOT NULL REFERENCES codes, header INTEGER NOT NULL REFERENCES names, text TEXT NOT NULL)""",
    """CREATE TABLE facts (
        id INTEGER PRIMARY KEY, region INTEGER NOT NULL, year INTEGER NOT NULL, item INTEGER NOT NULL,
        measure INTEGER NOT NULL, scope INTEGER NOT NULL, amount REAL, account INTEGER NOT NULL, flow INTEGER NOT NULL,
        period INTEGER NOT NULL, kind INTEGER NOT NULL, unit INTEGER NOT NULL, scope_words INTEGER NOT NULL,
        parent INTEGER NOT NULL, rule INTEGER NOT NULL, flags INTEGER NOT NULL, start INTEGER NOT NULL,
        "end" INTEGER NOT NULL, number TEXT, label TEXT NOT NULL)""",
    # A place's facts of a year; all years of an item are as many short seeks as there are years.
    "CREATE INDEX facts_place ON facts (region, year, item, measure, scope, account)",
    # One item in all places, largest first.
    "CREATE INDEX facts_item ON facts (item, year, measure, scope, amount, region)",
    """CREATE TABLE missed (
        sentence INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
        PRIMARY KEY (sentence, start, "end")) WITHOUT ROWID""",
    # Which documents speak of a place and year: counting this from 30 million facts would take seconds.
    """CREATE TABLE coverage (
        region INTEGER NOT NULL, year INTEGER NOT NULL, document INTEGER NOT NULL, facts INTEGER NOT NULL,
        PRIMARY KEY (region, year, document)) WITHOUT ROWID""",
    "CREATE INDEX coverage_document ON coverage (document)",
    "CREATE INDEX coverage_year ON coverage (year) WHERE facts > 0",
    # Where the next document's sentences and sections begin; ids of replaced documents are not used again.
    "CREATE TABLE counters (name TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID",
    "INSERT INTO counters VALUES ('sentence', 1), ('section', 1)",
    "INSERT INTO regions VALUES (0, '', '', '', '', '')",
    "INSERT INTO codes VALUES (0, '')",
    "INSERT INTO names VALUES (0, '')",
)

# Contentless: the words are looked for only inside the id ranges of living documents, so the postings of a replaced
# document, whose ids never come back, are never seen.  Neither positions nor lengths are needed without ranking.
FULL_TEXT: Final = (
    """CREATE VIRTUAL TABLE sentences_fts USING fts5 (
        tokens, content='', detail=none, columnsize=0, tokenize="ascii tokenchars '.'")""",
)

# One row: which version of the index this file is, and what made it.  ``changes`` is JSON (see ``versions``).
VERSION: Final = (
    """CREATE TABLE version (
        number INTEGER PRIMARY KEY, base INTEGER NOT NULL, at TEXT NOT NULL, person INTEGER NOT NULL,
        name TEXT NOT NULL, action TEXT NOT NULL, changes TEXT NOT NULL)""",
    "INSERT INTO version VALUES (0, 0, '', 0, '', '', '{}')",
)

# One item in all places, with all that tells whether figures may stand in one list: 3,000 places are compared without a
# look at the rows themselves, which lie far apart.
PEERS: Final = (
    "DROP INDEX facts_item",
    "CREATE INDEX facts_item ON facts (item, year, measure, scope, amount, region, period, account, flags)",
)

# Whose figures a document and a fact hold (0: the government's), and what narrows a fact beside its item.  Lists of
# places are of governments only, so the index they are made from tells that as well.
OWNERS: Final = (
    "ALTER TABLE documents ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE documents ADD COLUMN owner_kind TEXT NOT NULL DEFAULT 'government'",
    "ALTER TABLE facts ADD COLUMN owner INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE facts ADD COLUMN qualifiers INTEGER NOT NULL DEFAULT 0",
    "DROP INDEX facts_item",
    """CREATE INDEX facts_item ON facts (
        item, year, measure, scope, amount, region, period, account, flags, owner, qualifiers)""",
)
