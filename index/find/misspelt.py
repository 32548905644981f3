"""Names of regions with a wrong character: 屯溜区2023年 -> 140405 (屯留区) with a likeness of 0.67.

Windows of the text are compared with all names of about their length; a name of up to four characters may differ in
one, a longer one in two, and a name of two characters is tried only among regions the caller lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from index.find.gazetteer import read_rows, region, regions, short_name
from index.paths import lexicon_dir

_SUFFIXES = "省市县区旗盟州"
_RUN = re.compile(r"[一-鿿]{2,}")
# Words of questions and of budgets that no wrong name holds; a window with one of them is not compared.
_FOREIGN = re.compile(
    r"[的是多少了吗呢和与及年月全各本元亿万第几哪]|开发区|高新|经开|园区|新区|地区|辖区|城区|县区|市区|示范区|社区|支出|收入|预算|决算|财政|"
    r"政府|城市|乡镇|县市|收支|教育|卫生|基金|债务|公共|市级|县级|区级"
)
_LONGEST = 6


def near_names(text: str, covered: Iterable[tuple[int, int]], among: set[str] | None) -> dict[str, float]:
    """Code -> likeness, for windows of the text outside the covered spans.  ``among`` None means every region."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    by_length = _names_by_length() if among is None else _names_among(frozenset(among))
    best: dict[str, float] = {}
    for window in _windows(text, tuple(covered)):
        for length in (len(window) - 1, len(window), len(window) + 1):
            names = by_length.get(length)
            if not names or (len(window) == 2 and length != 2) or (length == 2 and len(window) != 2):
                continue
            allowed = 1 if length <= 4 else 2
            close = process.extract(window, names.keys(), scorer=Levenshtein.distance, score_cutoff=allowed, limit=None)
            for name, wrong, _ in close:
                if _plausible(window, name):
                    score = 1 - float(wrong) / max(length, len(window))
                    for code in names[name]:
                        best[code] = max(best.get(code, 0.0), score)
    return best


def _plausible(window: str, name: str) -> bool:
    """A name of one kind is not another of its kind: what is compared must share a character of the core."""
    core = name[:-1] if name[-1] in _SUFFIXES and len(name) > 2 else name
    shared = sum(char in window for char in core)
    if len(window) != len(name) and (len(name) <= 3 or window[-1] != name[-1]):
        return False
    return shared >= (1 if len(core) <= 2 else len(core) - 2) and window != name


def _windows(text: str, covered: tuple[tuple[int, int], ...]) -> list[str]:
    found: dict[str, None] = {}
    for run in _RUN.finditer(text):
        for start in range(run.start(), run.end() - 1):
            for end in range(start + 2, min(start + _LONGEST, run.end()) + 1):
                window = text[start:end]
                if any(start < stop and begin < end for begin, stop in covered) or _FOREIGN.search(window):
                    continue
                found[window] = None
    return list(found)


def _names_of(codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, code) for code in codes if (known := region(code)) for name in {known.name, short_name(code)}]


@cache
def _names_by_length() -> dict[int, dict[str, tuple[str, ...]]]:
    names = [pair for pair in _names_of(regions()) if len(pair[0]) > 2]
    names += [(row["old"], row["new_code"]) for row in read_rows(lexicon_dir() / "renames.csv") if len(row["old"]) > 2]
    return _grouped(names)


@lru_cache(maxsize=4)
def _names_among(codes: frozenset[str]) -> dict[int, dict[str, tuple[str, ...]]]:
    """The same for some regions, in the order of their codes: those of an index are asked for again and again."""
    return _grouped(_names_of(sorted(codes)))


def _grouped(names: Iterable[tuple[str, str]]) -> dict[int, dict[str, tuple[str, ...]]]:
    groups: dict[int, dict[str, tuple[str, ...]]] = {}
    for name, code in names:
        group = groups.setdefault(len(name), {})
        group[name] = (*group.get(name, ()), code)
    return groups
