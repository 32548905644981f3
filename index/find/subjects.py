"""Subjects of the official classification below those that the lexicon lists: 类 > 款 > 项.

    coded("2040604", "基层司法业务", "general_public") -> fn-20406/基层司法业务, of 司法
    named(["公共安全支出", "司法", "基层司法业务"])      -> the same

The lexicon has every 类 and 款 and the 项 that people ask for; there are a thousand more, each known by its 款 and
name.  Their keys begin with ``fn-`` (functions) or ``ec-`` (economic classification); they are of no use in running
text, where 培训 or 档案馆 are words like others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from index.lexicon import Item, items
from index.models import Account, Flow

CLASSIFIED: Final = ("fn-", "ec-")
_KIND, _GROUP, _LEAST = 3, 5, 7  # digits of a 类, a 款, a 项
_MARK = r"（\d{0,7}\s*[类款项]级?）"
_NAME = r"[^，。；：（）“”\d\s、.．]{1,30}"  # behind the 1. of a list
PATH: Final = re.compile(
    rf"[“\"]?(?P<kind>{_NAME})（\d{{0,3}}类）[\s/—\-－、]*(?P<group>{_NAME}(?:（[^（）类款项]{{1,8}}）{_NAME})?)（\d{{0,5}}款）"
    rf"(?:[\s/—\-－、]*(?P<least>{_NAME}(?:（[^（）类款项]{{1,8}}）[^，。；：（）“”\d\s、]{{0,30}})?)（\d{{0,7}}项）)?[”\"]?(?:科目|功能科目)?"
)
_DASHED = re.compile(
    r"(?P<kind>[\u4e00-\u9fff]{2,20})[—\-－](?P<group>[\u4e00-\u9fff（）]{2,30})[—\-－](?P<least>[\u4e00-\u9fff（）]{2,30}?)[”\"]?(?:功能)?科目"
)
# 2080502-事业单位离退休28万元: a code and its name before a figure, never a figure and its unit
_CODED = re.compile(
    r"(?<![\d.,])(?P<code>2\d{4}(?:\d\d)?)\s*[-—－]?\s*(?!）|万|亿|元|千|百|个|人|户|家|亩|项|件|吨|公里|平方|辆|名|年)"
    r"(?P<name>[\u4e00-\u9fff（）、]{2,40}?)(?=(?:预算|决算)?数?[为是共约]?\s*\d)"
)
# 2.灾害风险防治（2240104）年初预算120万元: the code behind the name, before a figure
_BEHIND = re.compile(
    rf"(?P<name>{_NAME}(?:（[^（）\d]{{1,8}}）{_NAME})?)（(?P<code>2\d{{4}}(?:\d\d)?)）(?=[^，。；：（）\d]{{0,10}}\s*\d)"
)
_SPARE = re.compile(r"[\s“”\"]")
_ACCOUNTS: Final[dict[str, tuple[Account, ...]]] = {
    "government_fund": ("government_fund", "general_public"),
    "state_capital": ("state_capital", "general_public"),
}
_ECONOMIC = "35"


@dataclass(frozen=True, slots=True)
class PathMatch:
    """A path of classification as printed, and the subject it leads to."""

    start: int
    end: int
    text: str
    item: Item


def find_paths(text: str) -> list[PathMatch]:
    """“公共安全支出（类）司法（款）基层司法业务（项）”科目, 2040604-基层司法业务: each as one item."""
    found = [
        PathMatch(match.start(), match.end(), match[0], item)
        for match in _CODED.finditer(text)
        if (item := coded(match["code"], _SPARE.sub("", match["name"])))
    ]
    for match in _BEHIND.finditer(text):
        if item := coded(match["code"], _SPARE.sub("", match["name"])):
            found.append(PathMatch(match.start(), match.end(), match[0], item))
    if "款）" in text:
        matches = list(PATH.finditer(text))
    elif "科目" in text:
        matches = list(_DASHED.finditer(text))
    else:
        return found
    for match in matches:
        if item := named(tuple(part for part in (match["kind"], match["group"], match["least"]) if part)):
            found.append(PathMatch(match.start(), match.end(), match[0], item))
    return found


@lru_cache(maxsize=8192)
def coded(code: str, name: str, account: str = "") -> Item | None:
    """The subject of a code, called ``name`` here; None if the code is none of the classification."""
    if len(code) not in (_KIND, _GROUP, _LEAST):
        return None
    if code[0] in _ECONOMIC:
        return _economic(code, name)
    if known := _known(code, account):
        return known
    parent = _known(code[:_GROUP], account) or _known(code[:_KIND], account)
    if parent is None or not name:
        return None
    if len(code) == _LEAST:
        return _below(parent.key, code[:_GROUP], code, name, parent.account, parent.flow)
    return Item(f"fn-{code}", code, name, parent.account, parent.flow, parent.key, None, (), (), "", ())


@lru_cache(maxsize=8192)
def named(path: tuple[str, ...], account: str = "") -> Item | None:
    """The subject at the end of a path of names; None if the 类 or 款 is unknown."""
    kind = next((code for code in _codes(_SPARE.sub("", path[0])) if len(code) == _KIND), "")
    if not kind or len(path) < 2:
        return _known(kind, account) if kind else None
    group = next((code for code in _codes(_SPARE.sub("", path[1])) if code[:_KIND] == kind and len(code) == _GROUP), "")
    name = _SPARE.sub("", path[-1]).replace("其它", "其他")
    if len(path) == 2:
        return _known(group, account) if group else None
    if group:
        return within(group, name, account)
    # 住房保障支出（类）住房保障支出（款）购房补贴（项）: a slip, the 项 says which 款 is meant
    meant = [code for code in _codes(name) if code[:_KIND] == kind and len(code) > _KIND]
    if len(meant) == 1 and (known := _known(meant[0], account)):
        return known
    parent = _known(kind, account)
    return (
        _below(parent.key, kind, "", f"{name}（{_SPARE.sub('', path[1])}）", parent.account, parent.flow)
        if parent
        else None
    )


def within(group: str, name: str, account: str = "") -> Item | None:
    """The 项 of this name in a 款 (its code)."""
    listed = next((code for code in _codes(name) if code[:_GROUP] == group and len(code) == _LEAST), "")
    if listed and (known := _known(listed, account)):
        return known
    parent = _known(group, account)
    return _below(parent.key, group, "", name, parent.account, parent.flow) if parent else None


def _below(parent: str, group: str, code: str, name: str, account: Account, flow: Flow) -> Item:
    return Item(f"fn-{group}/{name}", code, name, account, flow, parent, None, (), (), "", ())


def _economic(code: str, name: str) -> Item | None:
    if not name or (len(code) == _LEAST):
        return None
    return Item(f"ec-{code}", code, name, "general_public", "expenditure", f"ec-{code[:3]}", None, (), (), "", ())


def _known(code: str, account: str) -> Item | None:
    listed = _by_code().get(code, ())
    for one in _ACCOUNTS.get(account, ("general_public", "government_fund", "state_capital")):
        for item in listed:
            if item.account == one:
                return item
    return listed[0] if listed else None


@cache
def _by_code() -> dict[str, tuple[Item, ...]]:
    found: dict[str, list[Item]] = {}
    for item in items().values():
        if item.code.isdigit() and item.flow == "expenditure" and item.code[0] == "2":
            found.setdefault(item.code, []).append(item)
    return {code: tuple(some) for code, some in found.items()}


@cache
def _codes_by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, some in _by_code().items():
        for item in some:
            for word in (item.name, item.name.removesuffix("支出"), *item.words):
                if code not in found.setdefault(word, []):
                    found[word].append(code)
    return {word: tuple(codes) for word, codes in found.items()}


def _codes(name: str) -> tuple[str, ...]:
    return _codes_by_name().get(name) or _codes_by_name().get(name.removesuffix("支出"), ())
