"""The peers: what a search box gives, on the same sentences and the same questions.

    PlainSearch(path).first("上党区2023年教育支出多少") -> the sentence that bm25 puts first, of all documents

Full-text search by FTS5 over jieba's tokens with the report's title beside every sentence, and by tantivy if that is
installed (the extra ``bench``); both rank everything by bm25, as such a search does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

from bench.country.places import reports
from bench.country.press import headings, tokens
from index.store.fulltext import joined, match_any, query_tokens

# Sentence id, words of the title, words of the sentence.
Line = tuple[int, str, str]
FIRST = "SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 10"


def country_lines(count: int) -> Iterator[Line]:
    """The sentences of the made-up country, numbered as its index numbers them."""
    sentence = 1
    for report in reports(count):
        title = joined(headings(report)[0])
        for line in tokens(report):
            yield sentence, title, line
            sentence += 1


def index_lines(db: Path) -> Iterator[Line]:
    """The sentences of any index."""
    sql = "SELECT s.id, d.title, s.text FROM sentences s JOIN documents d ON d.id = s.document ORDER BY s.id"
    cut = lru_cache(maxsize=64)(joined)
    with closing(sqlite3.connect(db)) as conn:
        for id, title, text in conn.execute(sql):
            yield id, cut(title), joined(text)


def build_plain(lines: Iterable[Line], path: Path) -> None:
    """A search box's index of these sentences."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -262144"):
            conn.execute(f"PRAGMA {pragma}")
        conn.execute(
            "CREATE VIRTUAL TABLE plain USING fts5 (title, words, content='', tokenize=\"ascii tokenchars '.'\")"
        )
        conn.execute("INSERT INTO plain (plain, rank) VALUES ('hashsize', ?)", (1 << 27,))
        conn.execute("BEGIN")
        conn.executemany("INSERT INTO plain (rowid, title, words) VALUES (?, ?, ?)", lines)
        conn.execute("COMMIT")


class PlainSearch:
    """FTS5, ranked by bm25 over all documents."""

    def __init__(self, path: Path) -> None:
        self._conn = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        self._conn.execute(f"PRAGMA mmap_size = {1 << 40}")

    def first(self, question: str) -> int | None:
        """The number of the best sentence."""
        asked = match_any(query_tokens(question))
        rows = self._conn.execute(FIRST, (asked,)).fetchall() if asked else []
        return rows[0][0] if rows else None


def has_tantivy() -> bool:
    """Whether the package is there."""
    try:
        import tantivy  # noqa: F401
    except ImportError:
        return False
    return True


def build_tantivy(lines: Iterable[Line], folder: Path) -> None:
    """tantivy's index of these sentences."""
    folder.mkdir(parents=True, exist_ok=True)
    writer = _tantivy(folder).writer(heap_size=256 << 20, num_threads=1)
    import tantivy

    for id, title, words in lines:
        writer.add_document(tantivy.Document(id=id, title=title, words=words))
    writer.commit()
    writer.wait_merging_threads()


def _tantivy(folder: Path) -> Any:
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_integer_field("id", stored=True)
    schema.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    schema.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    return tantivy.Index(schema.build(), path=str(folder))


class TantivySearch:
    """tantivy, ranked by bm25 over all documents."""

    def __init__(self, folder: Path) -> None:
        self._index = _tantivy(folder)
        self._index.reload()
        self._searcher = self._index.searcher()

    def first(self, question: str) -> int | None:
        """The number of the best sentence."""
        import tantivy

        words = dict.fromkeys(word.replace('"', "") for word in query_tokens(question))
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._index.schema, field, word))
            for word in words
            for field in ("title", "words")
        ]
        hits = self._searcher.search(tantivy.Query.boolean_query(terms), 10).hits if terms else []
        return int(self._searcher.doc(hits[0][1])["id"][0]) if hits else None
