"""How much of a question's words a fact has, and where.

    pieces ("新改建", "5G基站") on the fact |新改建5G基站100座| -> 1.0
    pieces ("班主任津贴",) on the fact |教育支出56917万元| -> 0.0

Words are compared by pairs of characters, weighted by how rare they are among the candidates.  What stands in the name
of the fact counts most, then its clause, the clause before, then the sentence before the value (the nearer the more),
then the sentence after it, the heading and the table's head.  Figures themselves are never compared.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.ask.clauses import clause_behind, own_clause
from index.ask.vocabulary import adjacent, fillers, soft_words, synonyms
from index.find.accounts import account_words
from index.find.ordinary import is_ordinary
from index.find.terms import exact_items
from index.lexicon import Item, cues
from index.models import StoredFact
from index.text.normal import before_value, plain

IN_NAME, IN_CLAUSE, IN_LABEL, IN_PARENT = 1.0, 0.95, 0.87, 0.8
BEFORE, NEXT, AFTER, HEADING = 0.85, 0.85, 0.4, 0.5
OTHER_ITEM, SYNONYM, AFTER_ITEM, PART_OF_ITEM = 0.6, 0.8, 0.45, 0.95
IN_OPEN_HEADING = 0.6
FADE = 80
FEWEST = 100
SOFT_WEIGHT = 0.25
STEM = 4
SHORTEST_RUN, LONGEST_RUN = 4, 16
_COUNTED = re.compile(r"累计|共计|总计(?=.)|实际")  # 三保累计支出 is 三保支出
_TELLING = ("政府", "财政", "地方", "单位", "政策", "工作")  # 政府固定资产投资 is not all 固定资产投资
_FLOW = re.compile(r"(?:的?收入|的?支出)$")


@dataclass(frozen=True, slots=True)
class Likeness:
    """``score`` over all pieces and ``worst`` over the pieces that must be there, both 0 to 1; ``close`` counts only
    the fact's own name and clause; ``extra`` is the part of the fact's name that was not asked for.  ``named``: all
    that was asked for is one item of the lexicon."""

    score: float
    worst: float
    close: float
    extra: float
    named: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A content word with its pairs; ``others`` are words of reports that mean the same, ``names`` those of an item."""

    text: str
    pairs: tuple[str, ...]
    others: tuple[str, ...]
    hard: bool
    keys: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def pieces_of(words: Sequence[str]) -> tuple[Piece, ...]:
    """Content words ready for comparing: item names whole, other words cut at everyday words and bared of soft ends."""
    return _pieces(tuple(words))


@lru_cache(maxsize=512)
def _pieces(words: tuple[str, ...]) -> tuple[Piece, ...]:
    found: dict[str, Piece] = {}
    for word in words:
        items = exact_items(word)
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
    parts = [word]
    for key in sorted((*synonyms(), *adjacent()), key=len, reverse=True):
        parts = [piece for part in parts for piece in (part.partition(key) if key in part and part != key else (part,))]
    found = [piece for part in parts if part for bared in _bared(part) for piece in _ordinary_words(bared)]
    return [part for part in found if len(part) > 1] or [word]


@lru_cache(maxsize=2048)
def _ordinary_words(text: str) -> tuple[str, ...]:
    """修建养护 -> 修建, 养护: a run of ordinary words, as few as make it up; any other run stays whole."""
    ways: list[tuple[str, ...] | None] = [(), *([None] * len(text))]
    for start in range(len(text) if SHORTEST_RUN <= len(text) <= LONGEST_RUN else 0):
        before = ways[start]
        if before is None:
            continue
        for end in range(start + 2, min(len(text), start + 4) + 1):
            known = ways[end]
            if is_ordinary(text[start:end]) and (known is None or len(before) + 1 < len(known)):
                ways[end] = (*before, text[start:end])
    return ways[-1] or (text,)


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


def weights(pieces: Sequence[Piece], candidates: Sequence[StoredFact]) -> Mapping[str, float]:
    """Rare pairs weigh more: 1 for a pair no candidate has in its clause, about 0.2 for one that all have."""
    asked = {pair for piece in pieces for pair in piece.pairs}
    texts = [one.fact.item + one.fact.label for one in candidates]
    total = max(len(texts), FEWEST) + 1
    found: dict[str, float] = {}
    for pair in asked:
        often = sum(pair in text for text in texts)
        found[pair] = 0.2 + 0.8 * math.log(total / (1 + often)) / math.log(total)
    return found


def likeness(
    one: StoredFact, pieces: Sequence[Piece], weight: Mapping[str, float], heading: float = HEADING
) -> Likeness:
    """Compare one fact with the question's words; ``heading`` is what a word in the heading counts."""
    fact = one.fact
    name, label, parent = _COUNTED.sub("", fact.item), plain(fact.label), fact.parent
    label = before_value(label, plain(fact.value))
    clause = own_clause(label)
    before, after = plain(one.text[: fact.start]), plain(one.text[fact.end :])
    following = _following(one, after)
    head = f"{one.section}{one.header}"
    total = got = near = 0.0
    worst = 1.0
    for piece in pieces:
        mass = sum(weight.get(pair, 1.0) for pair in piece.pairs) * (1.0 if piece.hard else SOFT_WEIGHT)
        if piece.text in adjacent():
            right = float(any(word in before[-7:] for word in adjacent()[piece.text]))
            total, got, near = total + mass, got + mass * right, near + mass * right
            continue
        name_share = _share(piece, name, weight) * (OTHER_ITEM if _is_other(piece, one) else IN_NAME)
        if not fact.key and any(_FLOW.sub("", known) == name for known in piece.names):
            name_share = IN_NAME
        close = max(
            name_share,
            _share(piece, clause, weight) * (OTHER_ITEM if _is_other(piece, one) else IN_CLAUSE),
            _share(piece, label, weight) * IN_LABEL,
        )
        best = max(
            close,
            _share(piece, parent, weight) * IN_PARENT,
            _before(piece, before, weight),
            _share(piece, following, weight) * NEXT,
            _share(piece, after, weight) * (AFTER_ITEM if piece.keys else AFTER),
            _share(piece, head, weight) * heading,
        )
        if is_bare_verb(one):
            close = max(close, _share(piece, following, weight) * NEXT)
        total, got, near = total + mass, got + mass * best, near + mass * close
        if piece.hard:
            worst = min(worst, best)
    if not total:
        return Likeness(1.0, 1.0, 1.0, 0.0)
    hard = [piece for piece in pieces if piece.hard]
    named = len(hard) == 1 and bool(hard[0].keys) and len(hard[0].text) > 2
    extra = 0.0 if is_bare_verb(one) else _extra(_placeless(name, one), pieces)
    return Likeness(got / total, worst, near / total, extra, named)


def _following(one: StoredFact, after: str) -> str:
    """The clause behind a value; 投入|69.3亿元|，支持…建设: behind a bare verb it says what for."""
    if is_bare_verb(one):
        after = after.removeprefix(plain(one.fact.unit)).lstrip("，")
    return clause_behind(after, long=one.fact.kind == "count")


def is_bare_verb(one: StoredFact) -> bool:
    """投入|69.3亿元: all that stands before the value is what was done with it."""
    return one.fact.item in cues("filler", "project_verbs")


def _is_other(piece: Piece, one: StoredFact) -> bool:
    """The fact is of another item of the lexicon, though its name may hold the asked one (一般公共预算收入|总计)."""
    return bool(piece.keys and one.fact.key and one.fact.key not in piece.keys)


def _share(piece: Piece, text: str, weight: Mapping[str, float]) -> float:
    """The part of a piece's pairs that a text has."""
    if not text:
        return 0.0
    if piece.text in text or any(name in text for name in piece.names):
        return 1.0
    if any(other in text for other in piece.others):
        return SYNONYM
    mass = sum(weight.get(pair, 1.0) for pair in piece.pairs)
    part = sum(weight.get(pair, 1.0) for pair in piece.pairs if pair in text) / mass if mass else 0.0
    # 一般公共预算收入 has most pairs of 一般公共预算支出: a name of the trade is matched whole or hardly.
    return part * PART_OF_ITEM if piece.keys else part


def _before(piece: Piece, text: str, weight: Mapping[str, float]) -> float:
    """The same in front of the value, fading with the distance."""
    share = _share(piece, text, weight)
    if share < 0.5:
        return 0.0
    at = max((text.rfind(word) for word in (piece.text, *piece.names, *piece.others, *piece.pairs)), default=-1)
    return share * BEFORE * (0.6 + 0.4 * math.exp(-max(0, len(text) - at) / FADE))


def _placeless(name: str, one: StoredFact) -> str:
    """The name without the place it is about."""
    for place in (one.region.full_name, one.region.name):
        name = name.replace(place, "") if len(place) > 1 else name
    return name


def _extra(name: str, pieces: Sequence[Piece]) -> float:
    asked = "，".join(word for piece in pieces for word in (piece.text, *piece.names, *piece.others))
    names = {name}
    if any(piece.keys for piece in pieces):  # 一般公共预算安排的三公经费 is 三公经费
        names |= {rest for word in account_words() if len(rest := name.replace(word, "")) > 2}
    return min(_strange_part(_core(one), asked) for one in names)


def _strange_part(core: str, asked: str) -> float:
    own = pairs(core)
    return sum(pair not in asked for pair in own) / len(own) if own else 0.0


@lru_cache(maxsize=8192)
def _core(name: str) -> str:
    """A name without the words that tell nothing: 省对我市下达各类补助 -> 省我市补助."""
    for start, end, _ in reversed(list(fillers().find(name))):
        name = name[:start] + name[end:]
    for known in soft_words():
        if known not in _TELLING:
            name = name.replace(known, "") or name
    return name


def _others(word: str) -> tuple[str, ...]:
    """The words of reports that mean the same as this whole word."""
    return synonyms().get(word, ())


def _is_soft(word: str) -> bool:
    """A piece made of soft words only."""
    rest = word
    for known in soft_words():
        rest = rest.replace(known, "")
    return not rest
