"""Rows and heads on debt: short names that their group completes.

一、2024年末地方政府债务余额        政府债务余额, end of 2024
其中：一般债务                      一般债务余额, end of 2024
二、2025年发行执行数                发行政府债券 (in a table on debt)
（一）一般债券                      发行一般债券
其中：再融资债券                    再融资一般债券
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, cast

from index.find.terms import exact_items
from index.lexicon import Item, toml

Kind = Literal["", "general", "special", "all"]
Origin = Literal["", "new", "refinanced", "swapped"]
Act = Literal["", "outstanding", "limit", "service", "principal", "interest", "issue"]
_KINDS = ("general", "special", "all")
_ORIGINS = ("new", "refinanced", "swapped")
_ACTS = ("limit", "outstanding", "service", "principal", "interest", "issue")
_KIND_WORDS = {"general": "一般", "special": "专项", "all": ""}
_ORIGIN_WORDS = {"new": "新增", "refinanced": "再融资", "swapped": "置换"}
_ENDINGS = {
    "outstanding": "债务余额",
    "limit": "债务限额",
    "service": "债务还本付息",
    "principal": "债务还本",
    "interest": "债务付息",
}
_NO_DEBT = re.compile(r"(?:合计|小计|总计|金额|20\d\d年(?:度|末)?|预算|决算|执行|完成|实际|预计|增减|变化|数)+")
_SEVERAL = 2
_DONE = ("principal", "interest", "service", "issue")
# What stands in brackets behind a name and says no more than the stage or unit: 债务余额（决算数）
_ASIDE = re.compile(
    r"^其中[：:]?|[（(](?:预计|单位|亿元|万元|预算|决算|执行|完成|调整)[^（）()]*[）)]|[（(](?:亿元|万元)[）)]"
)
_NEW_LIMIT = re.compile(
    "新增(?:地方)?(?:政府)?(?:一般|专项)?债务限额(?:[和及与]其?)?(?:分配|下达|安排|分[省市县区地])*(?:情况|方案|明细)*(?:公开表|一览表|表)?(?=单位|[^\u4e00-\u9fff]|$)"
)
_DATE = re.compile(r"(?:截至)?(?:20\d\d年?度?|[上本当]年度?|年)(?:年?[末底初])?")


@dataclass(frozen=True, slots=True)
class DebtName:
    """What the words of a row or head fix; "" leaves it to its group."""

    kind: Kind = ""
    origin: Origin = ""
    act: Act = ""
    noun: Literal["", "debt", "bond"] = ""  # 债务 or 债券

    def within(self, group: DebtName | None) -> DebtName:
        """This name with what only its group says."""
        if group is None:
            return self
        kind = self.kind if self.kind not in ("", "all") else (group.kind or self.kind)
        return DebtName(kind, self.origin or group.origin, self.act or group.act, self.noun or group.noun)

    @property
    def name(self) -> str:
        """The name in the words of the lexicon, where it has one; "" if what is done with the debt is open."""
        kind, origin = _KIND_WORDS.get(self.kind, ""), _ORIGIN_WORDS.get(self.origin, "")
        if self.act == "issue" or (not self.act and (origin or (kind and self.noun == "bond"))):
            return (
                f"{origin}{kind or ('政府' if origin == 'new' else '')}债券" if origin else f"发行{kind or '政府'}债券"
            )
        if not self.act:
            return ""
        if not origin:
            return f"{kind or '政府'}{_ENDINGS[self.act]}"
        if self.act == "limit":
            return f"{origin}{kind}{_ENDINGS[self.act]}"
        done = _ENDINGS[self.act]
        return (
            f"{origin}{kind}债券{done[2:]}" if self.act == "outstanding" else f"{origin}债券（{kind or '政府'}{done}）"
        )

    @property
    def item(self) -> Item | None:
        """The lexicon's item of this name; None if it has none of exactly this kind."""
        name = self.name
        found = (
            exact_items(name) if name and not (self.origin == "swapped" and self.kind in ("general", "special")) else ()
        )
        return found[0] if found else None


def debt_name(text: str) -> DebtName | None:
    """Read a name (normal form, without numbering); None if it says anything that is not of debts."""
    at, name = 0, DebtName()
    while at < len(text):
        match = _words().match(text, at)
        if match is None or not match[0]:
            return None
        group = match.lastgroup or ""
        if group in ("general", "special") and name.kind in ("general", "special") and group != name.kind:
            return None  # 一般债券、专项债券
        if group in _KINDS:
            specific = group if group != "all" or not name.kind else name.kind
            name = replace(name, kind=cast(Kind, specific), noun=name.noun or _noun(match[0]))
        elif group in _ORIGINS and not name.origin:
            name = replace(name, origin=cast(Origin, group))
        elif group in _ACTS and not name.act:
            name = replace(name, act=cast(Act, group))
        elif group in _ACTS or group in _ORIGINS:
            return None
        at = match.end()
    return name if name.kind or name.origin or name.act else None


def tells_of_debts(names: Sequence[str]) -> bool:
    """还本付息决算情况表: are most of a table's rows named after debts, whatever its title says?"""
    read = [debt_name(name) for name in names if name]
    told = [one for one in read if one is not None and one.noun]
    acts = {one.act for one in told if one.act}
    return len(acts) >= _SEVERAL and len(told) * 3 >= len(read) * 2


def debt_head(parts: Iterable[str]) -> DebtName | None:
    """Read the heads over a column, the upper first; None if one of them is not of debts."""
    found: DebtName | None = None
    for part in parts:
        bare = _ASIDE.sub("", part)
        if not bare or _NO_DEBT.fullmatch(bare):
            continue
        name = debt_name(bare)
        if name is None:
            return None
        found = name.within(found)
    if found is not None and not found.noun and found.act in _DONE:
        found = replace(found, noun="debt")  # 还本情况, 付息情况: of debts, with or without the word
    return found if found is not None and found.noun else None


def debt_titled(title: str) -> DebtName:
    """What the title of a table says of all its debts: 一般债务分地区限额余额表 -> general; 新增政府债券…表 -> new;
    新增债务限额分配表 -> limits of new debt.

    Kinds that stand beside each other (一般、专项债务) say nothing.
    """
    kinds = [kind for kind in ("general", "special") if _KIND_WORDS[kind] + "债" in title]
    origins = [origin for origin in _ORIGINS if _ORIGIN_WORDS[origin] in title]
    kind, origin = (kinds[0] if len(kinds) == 1 else ""), (origins[0] if len(origins) == 1 else "")
    act: Act = "limit" if origin == "new" and _NEW_LIMIT.search(title) else ""
    return DebtName(cast(Kind, kind), cast(Origin, origin), act)


def _noun(word: str) -> Literal["", "debt", "bond"]:
    return "" if "债" not in word else "debt" if "债务" in word else "bond"


@cache
def _words() -> re.Pattern[str]:
    table = toml("tables.toml")["debt"]
    groups = [f"(?P<{name}>{_any(table[name])})" for name in (*_ACTS, *_ORIGINS, *_KINDS)]
    return re.compile("|".join((*groups, _any(table["filler"]), _DATE.pattern, "[：:、“”]")))


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
