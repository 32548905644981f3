"""Chinese text -> the words under which full text finds it; the same cut for sentences and for questions.

``tokens("教育支出8.57亿元")`` gives 教育, 教育支出, 育支, 支出, 8.57, 亿元: every dictionary word in it
(jieba's full mode, with the lexicon's words added) and every pair of neighbouring characters.  So whatever a question
asks for, a sentence that contains it has it among its tokens, even if neither dictionary knows the word.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

HAN: Final = "㐀-䶿一-鿿豈-﫿𠀀-𲎯"
# 教育支出 | ppp | 8.57
RUN: Final = re.compile(rf"[{HAN}]+|[a-z]+|\d+(?:\.\d+)?")
THOUSANDS: Final = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
LONGEST_WORD: Final = 24


def tokens(text: str) -> list[str]:
    """All tokens of a text, each once, in order of first appearance: dictionary words and character pairs."""
    found: dict[str, None] = {}
    known = _graph().get
    for run, is_han in _runs(text):
        if not is_han or len(run) < 3:
            found[run] = None
            continue
        # The words of jieba's full mode (get_DAG) in a loop of our own, which takes half the time.  rjieba's cut_all
        # gives the same words, but with the pairs it is no faster than this.
        for start in range(len(run) - 1):
            end = start + 2
            pair = piece = run[start:end]
            word = known(pair)
            while word is not None:
                if word:
                    found[piece] = None
                if end == len(run):
                    break
                end += 1
                piece = run[start:end]
                word = known(piece)
            found[pair] = None
    return list(found)


def query_tokens(text: str) -> list[str]:
    """The fewest tokens that still find every sentence containing the text: words, and pairs that no word covers.

    区教 is in the index for 上党区教育, but asking for it would only bring in strange sentences.
    """
    found: dict[str, None] = {}
    for run, is_han in _runs(text):
        if not is_han or len(run) < 3:
            found[run] = None
            continue
        covered = 0
        for start in range(len(run) - 1):
            for end in _word_ends(run, start):
                found[run[start:end]] = None
                covered = max(covered, end)
            if covered < start + 2:
                found[run[start : start + 2]] = None
    return list(found)


def joined(text: str) -> str:
    """The tokens of a text as one line, as the index takes them."""
    return " ".join(tokens(text))


def match_any(words: Iterable[str]) -> str:
    """An FTS5 query for rows with any of the words, whatever characters they hold; "" if nothing is left to ask."""
    clean: dict[str, None] = {}
    for word in words:
        for run, _ in _runs(word):
            clean[run] = None
    return " OR ".join(f'"{word}"' for word in clean)


def _runs(text: str) -> list[tuple[str, bool]]:
    """Chinese characters, latin letters or digits that stand together, and whether they are Chinese."""
    plain = THOUSANDS.sub("", unicodedata.normalize("NFKC", text).lower())
    return [(run, not run.isascii() and not run[0].isdecimal()) for run in RUN.findall(plain)]


def _word_ends(run: str, start: int) -> Iterable[int]:
    """The ends of the dictionary words (two characters and more) that begin at this place of the run."""
    graph = _graph()
    for end in range(start + 2, len(run) + 1):
        word = graph.get(run[start:end])
        if word is None:
            return
        if word:
            yield end


@lru_cache(maxsize=1)
def _graph() -> dict[str, int]:
    """jieba's dictionary with the lexicon's words: 1 for a word, 0 for the beginning of one."""
    return _dictionary(sorted({word for word in _lexicon_words() if 2 <= len(word) <= LONGEST_WORD}))


def _lexicon_words() -> Iterable[str]:
    from index.lexicon import dictionary_words

    return dictionary_words()


def _dictionary(words: Sequence[str]) -> dict[str, int]:
    """jieba takes 0.6 s to make or load its own form of this; two lists of words in a file of ours take 0.1 s."""
    digest = hashlib.sha256("\n".join([_edition(), *words]).encode()).hexdigest()[:16]
    file = _cache_folder() / f"words-{digest}.txt"
    with contextlib.suppress(OSError, ValueError):
        known, beginnings = file.read_text(encoding="utf-8").split("\n\n")
        return dict.fromkeys(beginnings.split("\n"), 0) | dict.fromkeys(known.split("\n"), 1)
    graph = _graph_of_jieba()
    for word in words:
        graph[word] = 1
        for end in range(1, len(word)):
            graph.setdefault(word[:end], 0)
    _keep(file, graph)
    return graph


def _edition() -> str:
    """A checksum of jieba's dictionary: is it the one that the cache was made from?"""
    package = importlib.util.find_spec("jieba")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("jieba")
    return str(zlib.crc32((Path(package.origin).parent / "dict.txt").read_bytes()))


def _graph_of_jieba() -> dict[str, int]:
    import warnings

    with warnings.catch_warnings():  # jieba's own patterns warn when they are first compiled
        warnings.simplefilter("ignore")
        import jieba
    tokenizer = jieba.Tokenizer()
    frequencies, _ = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    return {word: int(frequency > 0) for word, frequency in frequencies.items()}


def _keep(file: Path, graph: dict[str, int]) -> None:
    """Write the cache in one step, in place of those of older word lists; without it everything is only slower."""
    lists = ("\n".join(word for word, known in graph.items() if known == kind) for kind in (1, 0))
    new = file.with_name(f"{file.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new.write_text("\n\n".join(lists), encoding="utf-8")
        new.replace(file)
        for old in file.parent.glob("words-*.txt"):
            if old != file:
                old.unlink()


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "yusuan"
    except RuntimeError:  # a user without a home folder
        return Path(os.devnull)
