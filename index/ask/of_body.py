"""A question about a department or unit, in the words of its papers.

司法局26年预算多少 -> its revenue and expenditure      福利院总收入 -> 部门收入, not 一般公共预算收入总计
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from typing import Final, cast

from index.ask.pick.cues import flow_of
from index.ask.query import Asked, Query
from index.find.accounts import account_words
from index.find.phrases import Phrases
from index.lexicon import items, toml

SHOWN: Final = "部门收支"
_TOTAL: Final = "total-"
_WAYS: Final = {"收入": "revenue", "支出": "expenditure"}


def of_the_body(query: Query) -> Query:
    """The query with the totals and sources that such papers have; one that names no body is left as it is."""
    if not query.documents:
        return query
    if named := _totals_in(query):
        return _named_in_full(query, named)
    if query.items:
        return replace(query, items=tuple(map(_own_total, query.items)))
    if not _names_nothing(query):
        return query
    if all(way in query.masked for way in _WAYS):  # 收入和支出各多少: neither is dropped
        both = tuple(Asked(f"部门{way}", (_whole_keys()[flow][0],), f"部门{way}") for way, flow in _WAYS.items())
        return replace(query, items=both, content=tuple(item.text for item in both), chunks=())
    return replace(query, items=(_whole(query),), content=(SHOWN,))


def _totals_in(query: Query) -> tuple[Asked, ...]:
    """财政拨款收入, 收支总计: names of more than a direction, then what else is asked for."""
    named: list[Asked] = []
    others = list(query.items)
    for start, end, (key, name) in _names().find(query.text):
        text = query.text[start:end]
        if any(_ends_inside(query.text, one, start) for one in others):
            continue  # 殡葬|支出|合计
        same = [one for one in others if one.text in text or text in one.text]
        others = [one for one in others if one not in same]
        named.append(Asked(text, (key, *(other for one in same for other in one.keys)), name))
    return (*named, *others) if named else ()


def _ends_inside(text: str, item: Asked, at: int) -> bool:
    """Whether the name of an item that is no total begins before a place of a text and ends behind it."""
    start = text.rfind(item.text, 0, at + len(item.text))
    return 0 <= start < at < start + len(item.text) and not any(key.startswith(_TOTAL) for key in item.keys)


def _named_in_full(query: Query, named: tuple[Asked, ...]) -> Query:
    """支出决算: the words of such a name are no word of their own, too."""
    texts = [item.text for item in named]
    rest = [word for word in query.content if not any(word in text for text in texts)]
    chunks = tuple(word for word in query.chunks if word in rest)
    return replace(query, items=named, content=tuple(dict.fromkeys((*texts, *rest))), chunks=chunks)


def _own_total(asked: Asked) -> Asked:
    """收支总计 of a body is its own, not that of one of the four accounts."""
    known = [items()[key] for key in asked.keys if key in items()]
    if left := _left_over(asked):
        return left
    if not known or not all(one.key.startswith(_TOTAL) for one in known):
        return asked
    if any(word in asked.text for word in account_words()):
        own = [f"dept-{key.removeprefix(_TOTAL)}" for key in asked.keys]  # 一般公共预算支出 of a body
        return replace(asked, keys=(*asked.keys, *(key for key in own if total_names(key))))
    flows = {one.flow for one in known}
    keys = _whole_keys().get(flows.pop()) if len(flows) == 1 else None  # 收支结余 is of neither direction
    return replace(asked, keys=keys, name=SHOWN) if keys else asked


def _left_over(asked: Asked) -> Asked | None:
    """年末还结余多少 of a body: what it carries over, whatever the year's end is called elsewhere."""
    left = toml("bodies.toml")["left_over"]
    own = set(left["elsewhere"]) & set(asked.keys)
    return replace(asked, keys=(left["key"], *asked.keys), name=left["name"]) if own else None


def _names_nothing(query: Query) -> bool:
    """预算一共多少, 完成率: what is left of the content are words for a budget as a whole; 几个人 is no money."""
    return (query.kind != "count" or bool(query.content)) and says_whole("".join(query.content))


def says_whole(text: str) -> bool:
    """单位预算: words for a budget as a whole and nothing else."""
    for word in sorted(_called(), key=len, reverse=True):
        text = text.replace(word, "")
    return len(text) < 2


def _whole(query: Query) -> Asked:
    flow = flow_of(query.masked or query.text)
    keys = _whole_keys()
    return Asked(SHOWN, keys.get(flow) or (*keys["expenditure"], *keys["revenue"]), SHOWN)


def one_way(keys: Collection[str]) -> bool:
    """Whether the keys are those of all revenue or of all expenditure of a body alone."""
    return sum(whole[0] in keys for whole in _whole_keys().values()) == 1


@cache
def _names() -> Phrases[tuple[str, str]]:
    totals = cast(Mapping[str, list[str]], toml("bodies.toml")["totals"])
    return Phrases({name: (key, names[0]) for key, names in totals.items() for name in names if len(name) > 2})


def total_names(key: str) -> tuple[str, ...]:
    """What papers of a body call one of its totals; () for any other key."""
    return tuple(cast(Mapping[str, list[str]], toml("bodies.toml")["totals"]).get(key, ()))


def _whole_keys() -> Mapping[str, tuple[str, ...]]:
    whole = toml("bodies.toml")["whole"]
    return {flow: tuple(whole[flow]) for flow in ("revenue", "expenditure")}


def _called() -> list[str]:
    return list(toml("bodies.toml")["whole"]["called"])
