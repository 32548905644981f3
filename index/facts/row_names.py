"""The name of a row -> its words without numbering, its year, and the group of rows it belongs to.

二、2025年还本执行数      bare "2025年还本执行数", year 2025, opens a group
（一）一般债券            in that group, opens one of its own
其中：再融资债券          in the nearest of them
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.facts.debt_names import DebtName, debt_name

_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十附]{1,3}[、：]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、](?!\d)|[①-⑳]|[-—*·]+)"
)
_PART = re.compile(r"^(?:其中|其中项|#+)[：:]?")
_DEPTHS = tuple(
    map(
        re.compile,
        (
            r"[一二三四五六七八九十附]{1,3}[、：]",
            r"（[一二三四五六七八九十]{1,3}）",
            r"\d{1,2}[.、](?!\d)",
            r"（\d{1,3}）|[①-⑳]",
        ),
    )
)
_DEEPEST = len(_DEPTHS)
_DATED = re.compile(r"(?:截至)?(?P<year>20\d\d)(?:年(?:度|末|底|(?P<opening>初))?|(?=地方政府|政府))")
_LEADING = re.compile(r"^(?:20\d\d年(?:末|底|初)?)?(?:地方政府(?=[一专新债再]))?")
_SCOPED = re.compile(
    r"(?:20\d\d年[末底初]?|[上本当]年[末底初]?)?(?P<level>全[省市县区州盟旗]|[省市县区州盟旗]?本级|[省市县区州盟旗]级(?=政府|地方|债))(?=.)"
)
_STAGE_ASIDE = re.compile(r"（(?:预算|决算|执行|预计)[^（）]{0,6}）$")
_UNIT = re.compile(r"(?<=.{2})[（(](?:单位[：:])?[千百万亿]{0,2}元[）)]$")  # 合计（万元）, 2025年末余额（亿元）
_SUM = re.compile(r"(?:合计|总计|小计)$")
_STAGES = ((re.compile(r"执行数?$|决算数?$|完成数?$"), "actual"), (re.compile(r"预算数?$|计划数?$"), "budget"))


@dataclass(frozen=True, slots=True)
class Group:
    """A row that others belong to.  ``stage`` is the measure that its words (执行数, 预算数) give its rows."""

    depth: int
    name: str
    year: int | None
    back: int
    debt: DebtName | None
    stage: str
    level: str


@dataclass(frozen=True, slots=True)
class RowName:
    """``alone`` is the name without a year and level that stand for themselves, ``part`` says 其中; ``year`` is that of
    the name or, on debts, of its group, ``back`` counts from the column's (上年末); ``debt`` is what it says of debts
    with what its group adds, ``level`` a scope in its words (全市政府债务余额) or its group's."""

    bare: str
    alone: str
    part: bool
    year: int | None
    back: int
    debt: DebtName | None
    stage: str
    level: str
    group: Group | None


@lru_cache(maxsize=4096)
def bare_name(name: str) -> str:
    """A row's name without numbering and 其中."""
    bare = _NUMBERING.sub("", _PART.sub("", _NUMBERING.sub("", name))).strip("：: ")
    return _UNIT.sub("", bare)


def is_year(bare: str) -> bool:
    """Is a row named by a year, and by nothing else (2021年)?"""
    return bool(_DATED.fullmatch(bare))


@lru_cache(maxsize=4096)
def _part_and_depth(name: str) -> tuple[bool, int | None]:
    """Does a name say 其中, and how deep is its numbering (None without)?"""
    part = bool(_PART.match(_NUMBERING.sub("", name)))
    return part, next((i for i, form in enumerate(_DEPTHS) if form.match(name)), None)


def undated(name: str) -> str:
    """2025年末地方政府一般债务余额限额 is called 一般债务限额 elsewhere."""
    name = _LEADING.sub("", name)
    return name.removesuffix("余额限额") + "限额" if name.endswith("余额限额") else name


def _alone(bare: str) -> str:
    """2026年全市政府债务支出 without the year and level that its fact holds by themselves."""
    lead = _SCOPED.match(bare) or _DATED.match(bare)
    return bare[len(lead[0]) :] or bare if lead else bare


def _tells_itself(own: DebtName | None) -> bool:
    """新增债券, 债务限额 below 年末余额: no kind of what the row above it holds, as 一般债务 is."""
    return own is not None and own.kind not in ("general", "special") and bool(own.origin or own.act)


class RowNames:
    """Reads the names of one table's rows in order."""

    def __init__(self, on_debt: bool) -> None:
        self._on_debt = on_debt
        self._groups: list[Group] = []

    def read(self, name: str, above: Sequence[str] = ()) -> RowName:
        """The next row's name (normal form); ``above`` are names that stand left of it and cover several rows."""
        bare = bare_name(name)
        part, depth = _part_and_depth(name)
        level = depth if depth is not None and not part else _DEEPEST + 1
        self._groups = [group for group in self._groups if group.depth < level]
        if _SUM.search(bare):
            self._groups.clear()  # what follows the sum of a part is no part of it
        group = self._groups[-1] if self._groups else None
        if not self._on_debt:
            if depth is not None and not part:
                self._groups.append(Group(depth, bare, None, 0, None, "", ""))
            return RowName(bare, bare, part, self._stated_year(bare), 0, None, "", "", group)
        own = self._debt(bare)
        debt = own
        for outer in map(debt_name, reversed(above)):
            debt = debt.within(outer) if debt is not None else None
        if debt is not None and group is not None and not (group.depth == _DEEPEST and _tells_itself(own)):
            debt = debt.within(group.debt)
        year, back = self._stated_year(bare), -1 if own and bare.startswith("上年") else 0
        if year is None and not back and group is not None:
            year, back = group.year, group.back
        stage = next((measure for word, measure in _STAGES if word.search(bare)), group.stage if group else "")
        scope = _SCOPED.match(bare)
        named = RowName(
            bare,
            _alone(bare),
            part,
            year,
            back,
            debt,
            stage,
            scope["level"] if scope else (group.level if group else ""),
            group,
        )
        if not part and (depth is not None or (own is not None and own.act and own.kind in ("", "all"))):
            # a row without numbering that says what is done (还本额) holds the kinds below it
            at = level if depth is not None else _DEEPEST
            self._groups = [one for one in self._groups if one.depth < at]
            self._groups.append(Group(at, bare, year, back, debt, stage, named.level))
        return named

    def _debt(self, bare: str) -> DebtName | None:
        scope = _SCOPED.match(bare)
        own = debt_name(_STAGE_ASIDE.sub("", bare.replace(scope["level"], "", 1) if scope else bare))
        return own if own is not None and (own.noun or own.origin or own.act) else None

    def _stated_year(self, bare: str) -> int | None:
        """The year a name begins with; a balance at the beginning of a year is that of the year before."""
        match = _DATED.match(bare)
        if match is None:
            return None
        return int(match["year"]) - (1 if match["opening"] and "余额" in bare else 0)
