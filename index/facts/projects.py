"""The pages on one project in a body's paper: what its money is called there needs the project's name.

古桥修缮专项经费情况说明 / 六、年度预算安排
    2025年度项目总预算90.00万，其中材料费60.00万，合计90.00万。   古桥修缮专项: 90.00万; 材料费: 60.00万, part of it
    第一季度用款计划15万元                                       古桥修缮专项用款: 15万元, of the quarter
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from index.facts.open_names import MAX_NAME
from index.lexicon import toml
from index.models import Fact, Section
from index.text.normal import plain

_SPOKEN: Final = re.compile(r"(?:工程|项目|专项|经费|补贴|资金)$")
_ENDED: Final = re.compile(r"(?<=经费|专项|资金|工程|补贴|项目)项目$")
_SUMMED: Final = re.compile(r"(?:合计|共计|总计)(?:为|约)?$")
_LEVELLED: Final = re.compile(
    r"(?:^|[，、；：。（])(?:其中)?(?P<level>(?:中央|[省市区县州])级)(?P<name>[^，、；：。（）\d]{2,}?)(?:为|约)?$"
)
_CLAUSE: Final = re.compile(r"(?:^|[，、；：。（])(?:其中)?(?P<name>[^，、；：。（）\d]{2,60}?)$")
_TAIL: Final = re.compile(r"(?:为|约|共|计|达)+$")
_SUM_NAME: Final = re.compile(r"等\d+项合计$")
_SHORTEST, _LONGEST = 3, 40
_SECTIONS_AFTER: Final = 2  # in which the first of the heads of its pages must come


@dataclass(frozen=True, slots=True)
class Project:
    """The project a section is on, and whether the section is on its money; ``name`` "" if the title names none."""

    name: str
    money: bool
    section: int


class Projects:
    """The projects of a paper's sections, and the facts below them renamed."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._of: dict[int, Project] = {}
        self._spoken: dict[int, str] = {}  # names that only the first sentence of a project's pages gives
        current: tuple[str, int] | None = None
        for at, section in enumerate(sections):
            title = plain(section.title).strip("：: ")
            if (name := _titled(title, sections[at + 1 : at + 1 + _SECTIONS_AFTER])) is not None:
                current = (name, section.index)
            elif current is not None and section.level == 1 and title not in _words("heads"):
                current = None
            if current is not None:
                self._of[section.index] = Project(current[0], title in _words("money"), current[1])

    def heard(self, section: int | None, text: str) -> None:
        """Note a sentence: the first one may name the project (…建设的古桥修缮工程，位于…) whose title does not."""
        project = self._of.get(section) if section is not None else None
        if project is None or project.name or project.section in self._spoken:
            return
        name = plain(text).partition("，")[0].rpartition("的")[2].strip()
        if _SHORTEST < len(name) <= _LONGEST and _SPOKEN.search(name) and not project.money:
            self._spoken[project.section] = name

    def named(self, section: int | None, facts: Sequence[Fact], text: str) -> list[Fact]:
        """The facts of one sentence, each under the name that tells whose it is."""
        project = self._of.get(section) if section is not None else None
        if project is None or not project.money:
            return list(facts)
        name = project.name or self._spoken.get(project.section, "")
        whole = next((fact.number for fact in facts if _is_whole(fact.item)), None)
        return [_named(fact, name, whole, text) if fact.kind == "money" else fact for fact in facts]


def _titled(title: str, behind: Sequence[Section]) -> str | None:
    """The name in the title of a project's pages, "" for one without, None for any other title."""
    if not any(plain(section.title).strip("：: ") in _words("heads") for section in behind[:_SECTIONS_AFTER]):
        return None
    if title in _words("title"):
        return ""
    end = next((word for word in _ends() if title.endswith(word)), "")
    return _ENDED.sub("", title.removesuffix(end))[:MAX_NAME] if end else None


def _named(fact: Fact, project: str, whole: object, text: str) -> Fact:
    before = plain(text[: fact.start])
    if (levelled := _LEVELLED.search(before)) and levelled["name"].startswith(fact.item):
        level = levelled["level"]  # 区级支持…, 市级支持…: whose money, and two things of one name
        own = fact.scope if level == fact.scope_words else ""
        fact = replace(fact, item=levelled["name"][:MAX_NAME], scope=own, scope_words=level)
    elif not fact.key and (clause := _CLAUSE.search(before)) and clause["name"].startswith(fact.item):
        fact = replace(fact, item=_TAIL.sub("", clause["name"])[:MAX_NAME])  # 支持…水平提升|80万元: no rise of anything
    if not project:
        return fact
    summed = _SUMMED.search(before) or _SUM_NAME.search(fact.item)
    if summed and fact.number == whole:
        return replace(fact, item=project, key="", parent="", scope="", scope_words="")
    if _is_whole(fact.item):
        return replace(fact, item=project, key="", parent="")
    if fact.item in _words("bare"):
        return replace(fact, item=f"{project}{fact.item}"[:MAX_NAME], parent=project)
    return replace(fact, parent=project if not fact.parent or _is_whole(fact.parent) else fact.parent)


def _is_whole(name: str) -> bool:
    return name in _words("whole")


@cache
def _ends() -> tuple[str, ...]:
    """What stands behind a project's name in a title; 项目 stays with the name."""
    return tuple(sorted((word.removeprefix("项目") for word in _words("title")), key=len, reverse=True))


@cache
def _words(group: str) -> frozenset[str]:
    words: dict[str, Any] = toml("forms.toml")["project"]
    return frozenset(words[group])
