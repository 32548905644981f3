"""The content words of a question as pieces that are looked for in a report.

    生娃补贴 -> 生娃 (生育, 育儿), 补贴      修建养护 -> 修建, 养护      教育支出 -> itself, with its other names

Words are compared by pairs of characters.  A hard piece must stand by a figure that answers, a soft one may.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TypeVar

from index.ask.vocabulary import adjacent, head, near_words, nouns, result, soft_words, spoken, synonyms, tail
from index.find.ordinary import cut, is_ordinary, tag_of
from index.find.terms import exact_items
from index.lexicon import Item

T = TypeVar("T")

SYNONYM = 0.8
SOFT_WEIGHT = 0.25
STEM = 4
SHORTEST_RUN, LONGEST_RUN = 4, 16
SHORTEST_NAME, LONGEST_NAMES = 2, 40  # characters of a name, of several without a mark between them
_NUMERAL = re.compile("[0-9]|[一二三四五六七八九十]+[路街道桥]")
_COUNTED = re.compile(r"\d+(?:\.\d+)?[万亿余多]*[家户项所座条台辆名件处只头](?=[\u4e00-\u9fff]{3})")
SHORT = 3  # a verb and the word before or behind it
_EMPTY_TAGS = "pucdrqy"  # prepositions, particles, pronouns, adverbs
_SPEECH_TAGS = ("d", "r")  # adverbs, pronouns
_VERBAL = "vzfpudr"  # verbs and what stands with them, 上, 中


@dataclass(frozen=True, slots=True)
class Piece:
    """A content word with its pairs; ``others`` are words of reports that mean the same, ``names`` those of an item."""

    text: str
    pairs: tuple[str, ...]
    others: tuple[str, ...]
    hard: bool
    keys: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def pieces_of(words: Sequence[str], *, literal: bool = False) -> tuple[Piece, ...]:
    """Content words ready for comparing: item names whole, other words cut at everyday words and bared of soft ends;
    ``literal``: item names as any other words."""
    return _pieces(tuple(words), literal)


@lru_cache(maxsize=512)
def _pieces(words: tuple[str, ...], literal: bool) -> tuple[Piece, ...]:
    found: dict[str, Piece] = {}
    for word in words:
        items = () if literal else exact_items(word)
        if items:
            names = tuple(dict.fromkeys(name for item in items[:2] for name in (*item.words, *_stem(item))))
            keys = tuple(item.key for item in items)
            found[word] = Piece(word, pairs(word), _others(word), not _is_soft(word), keys, names)
            continue
        for part in _parts(word):
            found.setdefault(part, Piece(part, pairs(part), _others(part), not _is_soft(part)))
    if not any(piece.hard for piece in found.values()):
        return tuple(replace(piece, hard=True) for piece in found.values())
    return tuple(found.values())


def _stem(item: Item) -> tuple[str, ...]:
    """卫生健康 of 卫生健康支出, as in 卫生健康领域."""
    stem = item.name.removesuffix("支出")
    return (stem,) if stem != item.name and len(stem) >= STEM else ()


def _parts(word: str) -> list[str]:
    """生娃补贴 -> 生娃, 补贴; 争取新增债券 -> 争取, 新增债券."""
    parts, known = [word], _keys()
    # 小娃娃 is a word of its own, and not 小|娃|娃
    for key in [key for key in known if key in word and _stands_apart(key, word)]:
        parts = [
            piece for part in parts for piece in (part.partition(key) if key in part and part not in known else (part,))
        ]
    bare = [_untailed(bared) for part in parts if part for bared in _bared(part)]
    found = [_headless(piece) for each in bare for piece in _ordinary_words(each)]
    return [part for part in found if len(part) > 1] or [word]


def _stands_apart(key: str, word: str) -> bool:
    """路费 is no word of 公路|费用: a near word of two characters begins and ends where words of the run do, a longer
    one begins so: 车换新 is none of 家电|汽车|换新."""
    if key == word or key not in near_words():
        return True
    start, ends = word.find(key), [0]
    for part, _ in cut(word):
        ends.append(ends[-1] + len(part))
    return start in ends and (len(key) >= SHORT or start + len(key) in ends)


@cache
def _keys() -> Mapping[str, None]:
    """The asker's words that are told apart, longest first."""
    return dict.fromkeys(sorted({*synonyms(), *adjacent()}, key=lambda word: (-len(word), word)))


def _untailed(part: str) -> str:
    """电费留 -> 电费, 买货物 -> 货物: a verb at an end of a short word is no part of a name."""
    if len(part) != SHORT or part in _keys() or is_ordinary(part):
        return part
    part = part[:-1] if part[-1] in tail() else part
    return part[1:] if len(part) == SHORT and part[0] in tail() + head() and is_ordinary(part[1:]) else part


def _headless(part: str) -> str:
    """光电费 of 光电费就要 -> 电费: a word of a longer run without a verb or 光 before it."""
    bare = len(part) == SHORT and part[0] in head() and not is_ordinary(part) and part not in _keys()
    return part[1:] if bare and is_ordinary(part[1:]) else part


@lru_cache(maxsize=2048)
def _ordinary_words(text: str) -> tuple[str, ...]:
    """修建养护 -> 修建, 养护; 帮企业周转 -> 企业, 周转; 保障|房 -> 保障房; 搞土储 -> 土储: the words of a run.

    A verb or particle of one character says nothing of the matter; other single characters belong to the word beside
    them, or several together are a strange word.
    """
    if counted := _COUNTED.match(text):  # 21家|酒庄出去参展
        return (counted[0], *_ordinary_words(text[counted.end() :]))
    kept = is_ordinary(text) or text in _keys() or _NUMERAL.search(text)  # 七一路 is a name
    if kept or not SHORTEST_RUN <= len(text) <= LONGEST_RUN:
        return (text,)
    found: list[str] = []
    singles: list[tuple[str, str]] = []
    for word, tag in (*cut(text), ("", "")):
        if len(word) == 1 and word not in spoken():
            singles.append((word, tag))
            continue
        strange, singles = _strange(singles), []
        if len(strange) > 1:
            found.append(strange)
        elif strange and found:
            found[-1] += strange
            strange = ""
        if len(word) > 1 and tag not in _EMPTY_TAGS:  # 扫大街|那个|外包
            found.append(strange + word if len(strange) == 1 else word)
    return tuple(found) or (text,)


def _strange(singles: Sequence[tuple[str, str]]) -> str:
    """The word that single characters make, or what they add to one: no verb in front of it or behind it."""
    if len(singles) > 1 and singles[0][0] in tail() + head():
        singles = singles[1:]
    while len(singles) > 1 and singles[-1][0] in tail() + result():
        singles = singles[:-1]
    if len(singles) == 1 and (singles[0][1] in _EMPTY_TAGS or singles[0][0] in tail() + head()):
        return ""
    return "".join(char for char, _ in singles)


@lru_cache(maxsize=2048)
def trimmed(piece: str) -> str:
    """物业费|掏 -> 物业费; 洱海保护|上; 买|东西: without the verbs of one character at its ends."""
    if len(piece) < SHORT or len(piece) > LONGEST_RUN or is_ordinary(piece) or piece in _keys():
        return piece
    words = list(cut(piece))
    end = len(words)
    while end and _is_verbal(*words[end - 1]):
        end -= 1
    if end and (len(words[end - 1][0]) > 1 or words[end - 1][0] in nouns()):
        words = words[:end]
    if len(words) == 2 and words[0][0] in tail() + head() and len(words[1][0]) > 1:
        words.pop(0)
    return "".join(word for word, _ in words)


def _is_verbal(word: str, tag: str) -> bool:
    return len(word) == 1 and bool(tag) and tag in _VERBAL and word not in nouns()


def _bared(part: str) -> list[str]:
    """A word without the soft words at its ends, which stand apart."""
    ends: list[str] = []
    again = part not in synonyms() and part not in adjacent()
    while again:
        again = False
        for known in soft_words():
            if len(part) - len(known) >= 2 and part.startswith(known):
                part, again = part[len(known) :], True
                ends.append(known)
                break
            if len(part) - len(known) >= 2 and part.endswith(known):
                part, again = part[: -len(known)], True
                ends.append(known)
                break
    return [part, *ends]


def pairs(text: str) -> tuple[str, ...]:
    """Neighbouring characters: 教育支出 -> 教育, 育支, 支出."""
    if len(text) < 2:
        return (text,) if text else ()
    return tuple(dict.fromkeys(text[at : at + 2] for at in range(len(text) - 1)))


def _others(word: str) -> tuple[str, ...]:
    """The words of reports that mean the same as this whole word."""
    return synonyms().get(word, ())


def _is_soft(word: str) -> bool:
    """A piece made of soft words only, or an adverb or a pronoun: 到底, 我们.  Words of place say what: 口岸, 高中."""
    if tag_of(word) in _SPEECH_TAGS and word not in synonyms():
        return True
    rest = word
    for known in soft_words():
        rest = rest.replace(known, "")
    return not rest


def named_in_run(run: str, named: Callable[[str], T | None]) -> tuple[T, ...]:
    """What a run of characters names, or what the names without a mark between them do that make it: 养老医疗失业.

    Every rest is looked at once, so a long run costs little.
    """
    if len(run) > LONGEST_NAMES:
        return ()
    rests: dict[int, tuple[T, ...]] = {}  # by where they begin
    for start in range(max(0, len(run) - SHORTEST_NAME), -1, -1):
        whole = named(run[start:])
        rests[start] = () if whole is None else (whole,)
        for cut_at in range(start + SHORTEST_NAME, len(run) - SHORTEST_NAME + 1):
            if rests[start]:
                break
            first = named(run[start:cut_at]) if rests[cut_at] else None
            rests[start] = () if first is None else (first, *rests[cut_at])
    return rests.get(0, ())
