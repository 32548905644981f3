"""Chinese text -> the words under which full text finds it; the same cut for sentences and for questions.

``tokens("教育支出8.57亿元")`` gives 教育, 教育支出, 育支, 支出, 8.57, 亿元: every dictionary word in it
(jieba's full mode, with the lexicon's words added) and every pair of neighbouring characters.  So whatever a question
asks for, a sentence that contains it has it among its tokens, even if neither dictionary knows the word.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import add
from typing import Final

from index.kept import file_of_library, kept_lines

HAN: Final = "㐀-䶿一-鿿豈-﫿𠀀-𲎯"
# 教育支出 | ppp | 8.57
RUN: Final = re.compile(rf"[{HAN}]+|[a-z]+|\d+(?:\.\d+)?")
THOUSANDS: Final = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
# What NFKC leaves as it is, and marks that part runs in either form: most sentences are nothing else.
FORMED: Final = re.compile(r"[一-鿿A-Za-z0-9 ，。、；：（）“”《》%,.-]*")
LONGEST_WORD: Final = 24
TWO_AND_MORE: Final = re.compile(rf"[{HAN}]{{2,}}")

# Of a pair of characters: is it a word, and by their third character the longer words that begin with it, the shortest
# first; as a line of words until it is first needed.
Begun = tuple[bool, Mapping[str, Sequence[str]]]
Words = dict[str, str | Begun]


def tokens(text: str) -> list[str]:
    """All tokens of a text, each once, in order of first appearance: dictionary words and character pairs."""
    found: dict[str, None] = {}
    begins = _words().get
    for run, is_han in _runs(text):
        if not is_han or len(run) < 3:
            found[run] = None
            continue
        # The words of jieba's full mode (get_DAG) in a loop of our own, which takes half the time.  rjieba's cut_all
        # gives the same words, but with the pairs it is no faster than this.
        for start, pair in enumerate(map(add, run, run[1:])):
            entry = begins(pair)
            if entry is not None:
                is_word, longer = _told_apart(pair) if isinstance(entry, str) else entry
                if is_word:
                    found[pair] = None
                for word in longer.get(run[start + 2 : start + 3], ()):
                    if run.startswith(word, start):
                        found[word] = None
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
            pair = run[start : start + 2]
            is_word, longer = _told_apart(pair)
            words = longer.get(run[start + 2 : start + 3], ())
            for word in (pair, *words) if is_word else words:
                if run.startswith(word, start):
                    found[word] = None
                    covered = max(covered, start + len(word))
            if covered < start + 2:
                found[pair] = None
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


def match_begun(chars: str) -> str:
    """An FTS5 query for rows that have tokens beginning with each of some Chinese characters."""
    return " AND ".join(f'"{char}"*' for char in dict.fromkeys(re.sub(f"[^{HAN}]", "", chars)))


def _runs(text: str) -> list[tuple[str, bool]]:
    """Chinese characters, latin letters or digits that stand together, and whether they are Chinese."""
    form = text if FORMED.fullmatch(text) else unicodedata.normalize("NFKC", text)
    plain = THOUSANDS.sub("", form.lower())
    return [(run, not run.isascii() and not run[0].isdecimal()) for run in RUN.findall(plain)]


def _told_apart(pair: str) -> Begun:
    """Are these two characters a dictionary word, and which longer ones begin with them?"""
    words = _words()
    entry = words.get(pair, "")
    if not isinstance(entry, str):
        return entry
    longer: dict[str, list[str]] = {}
    for word in sorted(entry.split(), key=len):
        if word != pair:
            longer.setdefault(word[2], []).append(word)
    told_apart = pair in entry.split(), longer
    if entry:
        words[pair] = told_apart
    return told_apart


@lru_cache(maxsize=1)
def _words() -> Words:
    """The Chinese words of jieba's dictionary and of the lexicon that have two characters or more."""
    return _dictionary(sorted({word for word in _lexicon_words() if 2 <= len(word) <= LONGEST_WORD}))


def _lexicon_words() -> Iterable[str]:
    from index.lexicon import dictionary_words

    return dictionary_words()


def _dictionary(words: Sequence[str]) -> Words:
    """jieba takes 0.6 s to make or load its own form of this; lines of words in a file of ours take 0.05 s."""
    lines = kept_lines("words", [_edition(), *words], lambda: _grouped({*_words_of_jieba(), *words}))
    return {line[:2]: line for line in lines}


def _grouped(words: Iterable[str]) -> list[str]:
    """The words that begin with the same two characters in a line."""
    groups: dict[str, list[str]] = {}
    for word in words:
        if TWO_AND_MORE.fullmatch(word):
            groups.setdefault(word[:2], []).append(word)
    return [" ".join(sorted(group)) for group in groups.values()]


def _edition() -> str:
    """A checksum of jieba's dictionary: is it the one that the lines were made from?"""
    file = file_of_library("jieba", "dict.txt")
    if file is None:
        raise ModuleNotFoundError("jieba")
    return str(zlib.crc32(file.read_bytes()))


def _words_of_jieba() -> set[str]:
    import warnings

    with warnings.catch_warnings():  # jieba's own patterns warn when they are first compiled
        warnings.simplefilter("ignore")
        import jieba
    tokenizer = jieba.Tokenizer()
    frequencies, _ = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    return {word for word, frequency in frequencies.items() if frequency > 0}  # 0: only the beginning of words
