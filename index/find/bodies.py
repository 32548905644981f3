"""Bodies with a budget of their own: departments, units and funds, by their names.

"普陀区财政局2025年部门预算"            -> 普陀区财政局, a department
called("上海市普陀区人民政府万里街道办事处") -> 万里街道办事处, 万里街道 and longer ones
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from index.find.places import find_places
from index.lexicon import toml

_HAN = r"[\u4e00-\u9fff（）·]"
_LEAD = re.compile(r"^(?:关于|公布|公开|印发|年度?|编制说明|目录|封面|附件)+")  # 编制说明|某市民政局2026年部门预算
_WHOLE_GOVERNMENT = re.compile(r"(?<![镇乡])人民政府$")  # a site's name; it has no department's budget
_PARTY = re.compile(r"^(?:中共|中国共产党)")
_GOVERNMENT = re.compile(r"^人民政府(?=.*(?:街道|[镇乡]))|^人民(?=政府)|^委(?:员会)?(?=.{3})")
_SHORT_ENDS = (("镇人民政府", "镇"), ("乡人民政府", "乡"), ("街道办事处", "街道"), ("委员会", "委"), ("办公室", "办"))
_SHORTEST, _LONGEST = 3, 40


def is_body(name: str) -> bool:
    """Does a name end as those of bodies do?"""
    return len(name) >= _SHORTEST and bool(_ends().search(name))


def body_of_paper(text: str) -> str:
    """The body that a title or file name says it is the budget or account of: 某区财政局|2025年部门预算; "" if none."""
    names = [_LEAD.sub("", match["name"].strip("《〈"))[-_LONGEST:] for match in _paper().finditer(text)]
    bodies = [name for name in names if is_body(name)]
    return next((name for name in bodies if not _WHOLE_GOVERNMENT.search(name)), bodies[0] if bodies else "")


def body_named(line: str) -> str:
    """The body of a line like 预算主管部门：某区财政局; "" if it is no such line."""
    match = _named_by().fullmatch(line)
    return match["name"] if match and is_body(match["name"]) else ""


def says_paper(text: str) -> bool:
    """Does a title call the paper a department's or unit's?"""
    return any(word in text for word in toml("bodies.toml")["papers"])


def is_of_government(title: str) -> bool:
    """Is a title that of a government's own paper?"""
    return any(word in title for word in toml("bodies.toml")["of_government"])


def speaks_as_body(texts: Sequence[str]) -> int:
    """How many sentences speak of 本部门 or 我局."""
    words = _itself()
    return sum(bool(words.search(text)) for text in texts)


def fund_of_paper(title: str) -> str:
    """The fund whose yearly report a title names (某市住房公积金2024年年度报告), or ""."""
    return next((fund for fund in toml("bodies.toml")["funds"] if re.search(rf"{fund}.{{0,4}}20\d\d年", title)), "")


@lru_cache(maxsize=1024)
def called(owner: str) -> tuple[str, ...]:
    """The names by which people mean a body, the longest first: without its place, 人民政府 and 办事处."""
    names = [owner, _PARTY.sub("", owner)]
    places = find_places(names[1])
    end = 0
    for place in places:
        if place.start == end:
            end = place.end
            names.append(names[1][place.start :])
    bare = _GOVERNMENT.sub("", names[1][end:])
    names.append(bare)
    names += [name.removesuffix(end) + short for name in names for end, short in _SHORT_ENDS if name.endswith(end)]
    return tuple(dict.fromkeys(sorted((name for name in names if len(name) >= _SHORTEST), key=len, reverse=True)))


@cache
def _ends() -> re.Pattern[str]:
    words = sorted(toml("bodies.toml")["ends"], key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(words)})(?:（[^（）]{{1,12}}）)?$")


@cache
def _paper() -> re.Pattern[str]:
    papers = "|".join(sorted(toml("bodies.toml")["papers"], key=len, reverse=True))
    return re.compile(rf"(?P<name>{_HAN}{{{_SHORTEST},60}}?)(?:20\d\d年?度?)?(?:{papers})")


@cache
def _named_by() -> re.Pattern[str]:
    words = "|".join(sorted(toml("bodies.toml")["named_by"], key=len, reverse=True))
    return re.compile(rf"(?:{words})(?:（[^（）]{{1,8}}）)?[：:](?P<name>{_HAN}{{{_SHORTEST},40}})")


@cache
def _itself() -> re.Pattern[str]:
    return re.compile("|".join(toml("bodies.toml")["itself"]))
