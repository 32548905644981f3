"""Full text: whatever a sentence contains can be asked for, and nothing that is asked is search syntax."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.models import Document, Parsed, Sentence, Subject
from index.store import fulltext
from index.store.fulltext import joined, match_any, query_tokens, tokens
from index.store.lookup import Index
from index.store.write import store

# Words as a lexicon has them: in jieba's dictionary, longer than its words, and in neither.
WORDS = ("教育支出", "文化旅游体育与传媒支出", "一般公共预算收入", "上划中央收入", "三公经费", "卖地收入")
SENTENCES = (
    "教育支出完成56,917万元，占年度预算的95.94%。",
    "文化旅游体育与传媒支出1234万元。",
    "全区一般公共预算收入完成８.57亿元，上划中央收入3亿元。",
    "“三公”经费支出下降；三公经费预算数为12万元。",
    "蔺家坳乡蘑菇大棚建设项目投资301万元。",
    "PPP项目付费，ＰＰＰ入库3个。",
    "魑魅魍魉专项整治资金。",
)
# what is asked -> numbers of the sentences that contain it
ASKED = [
    ("教育支出", {0}),
    ("文化旅游体育与传媒支出", {1}),
    ("一般公共预算收入", {2}),
    ("上划中央收入", {2}),
    ("三公经费", {3}),
    ("蔺家坳乡", {4}),
    ("坳乡蘑", {4}),
    ("蘑菇大棚建设项目", {4}),
    ("ppp项目", {5}),
    ("魅魍", {6}),
    ("56917", {0}),
    ("8.57", {2}),
]
HOSTILE = [
    '"', '""', "*", "教育*", "NEAR(", "NEAR(教育 支出, 2)", ";", "'; DROP TABLE facts; --", "tokens:教育", "-教育",
    "教育 AND", "OR", "NOT 教育", "^教育", "{教育}", "(", ")", "+", "\x00", "教\x00育", "%", "\\", "", " ", "🙂",
    "a.b", "1.2.3", "𠮷",
]  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A small dictionary instead of the lexicon's, and a cache of its own."""
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    patch.setattr(fulltext, "_lexicon_words", lambda: WORDS)
    fulltext._words.cache_clear()
    yield
    patch.undo()
    fulltext._words.cache_clear()


def stored(db: Path, name: str, texts: tuple[str, ...]) -> None:
    document = Document(name, sha256(name.encode()).hexdigest(), "txt", ())
    sentences = tuple(Sentence(i, None, None, "text", text) for i, text in enumerate(texts))
    store(db, Parsed(document, Subject(None, 2023, None, "", ""), (), sentences, ()))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, words: None) -> Iterator[Index]:
    db = tmp_path_factory.mktemp("fulltext") / "yusuan.db"
    stored(db, "other.txt", SENTENCES[:1])
    stored(db, "asked.txt", SENTENCES)
    with Index(db) as index:
        yield index


def found(index: Index, words: list[str]) -> set[int]:
    return {hit.index for hit in index.search(words, [2])}


@pytest.mark.parametrize("asked, expected", ASKED)
def test_every_item_is_found(index: Index, asked: str, expected: set[int]) -> None:
    assert expected <= found(index, query_tokens(asked))
    assert expected <= found(index, tokens(asked))


@pytest.mark.parametrize("word", WORDS)
def test_a_lexicon_word_is_a_token(word: str) -> None:
    assert word in tokens(f"全区{word}完成")
    assert word in query_tokens(f"上党区{word}多少")


def test_only_the_documents_asked_for(index: Index) -> None:
    assert [(hit.document, hit.index) for hit in index.search(["教育"], [1])] == [("other.txt", 0)]
    assert len(index.search(["教育"], [1, 2])) == 2
    assert index.search(["教育"], []) == []
    assert len(index.search(["支出", "收入"], [2], limit=2)) == 2


@pytest.mark.parametrize("word", HOSTILE)
def test_no_word_is_syntax(index: Index, word: str) -> None:
    runs = {run for run, _ in fulltext._runs(word)}
    hits = found(index, [word])
    assert hits == {number for number, text in enumerate(SENTENCES) if runs & set(tokens(text))}
    assert found(index, [word, "魑魅"]) == hits | {6}


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_a_text_is_found_by_any_part_of_it(part: str, before: str, after: str) -> None:
    """Pairs and words of the part are tokens of the whole, wherever it stands between other Chinese characters."""
    han = "".join(run for run, is_han in fulltext._runs(part) if is_han)
    if len(han) >= 2:
        assert set(query_tokens(han)) <= set(tokens(f"{before}{han}{after}"))


@given(st.lists(st.text(max_size=20), max_size=5))
def test_any_text_can_be_asked(words: list[str]) -> None:
    assert isinstance(match_any(words), str)
    for word in words:
        assert '"' not in joined(word)


# ------------------------------------------------------------------------------------------- the cached dictionary


def fresh_tokens(text: str) -> list[str]:
    """Tokens by a dictionary that is set up anew."""
    fulltext._words.cache_clear()
    return tokens(text)


def test_the_cache_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    without = [fresh_tokens(text) for text in SENTENCES[:1]]
    (kept,) = (tmp_path / "yusuan").iterdir()
    assert kept.parent.stat().st_mode & 0o077 == 0
    assert [fresh_tokens(text) for text in SENTENCES[:1]] == without
    kept.write_text("cut short", encoding="utf-8")
    assert [fresh_tokens(text) for text in SENTENCES[:1]] == without


def test_new_words_make_a_new_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert "蘑菇大棚建设" not in fresh_tokens(SENTENCES[4])
    monkeypatch.setattr(fulltext, "_lexicon_words", lambda: ["蘑菇大棚建设"])
    assert "蘑菇大棚建设" in fresh_tokens(SENTENCES[4])
    assert len(list((tmp_path / "yusuan").iterdir())) == 1


def test_without_a_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert "教育支出" in fresh_tokens(SENTENCES[0])
