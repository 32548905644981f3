"""The parts of a figure that a question names in short, from the sentences that list them.

    "国资收入里股利、股息收入多少，三鑫、华新各多少" -> 三鑫金铜分红收入 16166万元 … , both 其中 of 股利、股息收入

The lexicon does not know such parts; the report does: they stand beside their whole and name it as their parent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.ask.pick.wanted import says_only
from index.ask.pick.words import share
from index.ask.pieces import pieces_of
from index.ask.search import Search
from index.models import StoredFact
from index.text.normal import plain

_AROUND = 1  # a list of parts is the sentence itself or the next one
_SHORTEST = 2
_LONGEST = 40
_PARTED = re.compile(r"[、，；和与及跟\s]+")
_ASKED = re.compile(
    r"(?P<words>[^？?]+?)(?:这[几两三四五]项)?(?:各自|各|分别)(?:[是有为占花要投用]|安排|完成|支出|收入)*(?:多少|几)"
)
_KIND = re.compile("(?<=..)(?:类|部分|方面|这块|那块)的?$")
_PLAINLY = 0.7  # of a word
_MONEY_OF_A_YEAR = ("amount", "actual", "budget")


def parts_told(search: Search, wholes: Sequence[StoredFact], text: str) -> tuple[StoredFact, ...]:
    """One part for each word of an enumeration (三鑫、华新各多少), in their order; () if a word has none or several."""
    enumeration = _ASKED.search(text)
    pieces = _PARTED.split(enumeration["words"]) if enumeration else ()
    words = [piece for piece in pieces if len(piece) >= _SHORTEST]  # 再融资|债，一般债和专项债
    found = parts_in(search, wholes, words)
    return found if len(found) > 1 else ()


def parts_in(search: Search, wholes: Sequence[StoredFact], words: Sequence[str]) -> tuple[StoredFact, ...]:
    """The parts of one of the wholes that the words name, all of them, in their order; else ()."""
    for whole in wholes if words else ():
        listed = [one for one in search.store.facts_near(whole.id, _AROUND) if _is_part(one, whole)]
        found = [one for word in words for one in _split(listed, word)] if listed else []
        named_all = found and all(_split(listed, word) for word in words)
        if named_all and len({one.id for one in found}) == len(found):
            return tuple(found)
    return ()


def _split(listed: Sequence[StoredFact], word: str) -> tuple[StoredFact, ...]:
    """The part a word names, or the parts that words without a mark between them name: 养老医疗失业.

    Every rest is looked at once, so a long word costs little.
    """
    if len(word) > _LONGEST:
        return ()
    rests: dict[int, tuple[StoredFact, ...]] = {}  # by where they begin
    for start in range(max(0, len(word) - _SHORTEST), -1, -1):
        whole = _named(listed, word[start:])
        rests[start] = (whole,) if whole else ()
        for cut in range(start + _SHORTEST, len(word) - _SHORTEST + 1):
            if rests[start]:
                break
            first = _named(listed, word[start:cut]) if rests[cut] else None
            rests[start] = (first, *rests[cut]) if first else ()
    return rests.get(0, ())


def _is_part(one: StoredFact, whole: StoredFact) -> bool:
    own, of = one.fact, whole.fact
    alike = (own.region, own.scope, own.kind) == (of.region, of.scope, of.kind)
    alike = alike and own.period.text == of.period.text  # a stock is of a date, its parts may be of the year
    named = own.parent == of.item or own.parent.endswith(of.item)  # 本单位政府采购预算
    return alike and named and own.measure in _MONEY_OF_A_YEAR and one.document == whole.document


def _named(listed: Sequence[StoredFact], word: str) -> StoredFact | None:
    """The only part whose name holds the word, or the only one that begins with it."""
    word = _KIND.sub("", word)
    holding = [one for one in listed if word in one.fact.item or word in _printed(one)]
    leading = [one for one in holding if one.fact.item.startswith(word)]
    some = leading if len(leading) == 1 else holding or [one for one in listed if _means(one, word)]
    return some[0] if len(some) == 1 else None


def _means(one: StoredFact, word: str) -> bool:
    """买货物 for 政府采购货物类项目: every word of it, or one that means the same, is in the name of the part."""
    pieces = [piece for piece in pieces_of((word,)) if not piece.keys and not says_only(piece.text, ())]
    return bool(pieces) and all(share(piece, plain(one.fact.item), {}) >= _PLAINLY for piece in pieces)


def _printed(one: StoredFact) -> str:
    """How the report itself calls it: 保费收入 for 保险费收入."""
    return re.split(r"[，、；：。]|其中", plain(one.text[: one.fact.start]))[-1]
