"""What a figure includes: the parts that the report lists, else how its name is explained, else that the report does
not say.

    民生支出 | 这个数包括什么 -> 城乡社区支出 44,311万元、教育支出 35,939万元 …
    民生支出 | 含不含教育 -> 教育支出 35,939万元, which is listed in it
    一般公共预算收入 | 含不含转移支付 -> the report does not say so; 税收收入、非税收入 are listed in it

The words are in ``questions.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from index.ask import wording
from index.ask.compose import NO_PARTS
from index.ask.figures import shown
from index.ask.query import Query
from index.ask.question import understand
from index.ask.reckoned import above
from index.ask.search import Search
from index.ask.vocabulary import pattern_in
from index.models import Answer, Figure

Ask = Callable[[str, Query | None], tuple[Query | None, Answer]]

_WHETHER: Final = ("whether", "includes", "is_in")
MOST_NAMED: Final = 6


@dataclass(frozen=True, slots=True)
class Including:
    """``head`` is what it is asked of ("": what was told before), ``part`` what might be in it ("": what is)."""

    head: str
    part: str
    whether: bool


def including(question: str) -> Including | None:
    """这个数包括什么 -> of what was told; 民生支出含不含教育 -> 民生支出, 教育; None for any other question."""
    text = question.strip(" ，。？?！!")
    for name in ("which", *_WHETHER):
        if found := pattern_in("included", name).fullmatch(text):
            head = pattern_in("included", "that").sub("", found.groupdict().get("head") or "")
            return Including(head, found["part"], name in _WHETHER)
    return None


def answer_includes(search: Search, question: str, last: Query | None, ask: Ask) -> tuple[Query | None, Answer] | None:
    """The answer to such a question; None for any other, and for one that is not of one item."""
    asked = including(question)
    if asked is None or (not asked.head and (last is None or len(last.items) != 1 or last.shape == "rank")):
        return None
    if asked.head and not _of_one_item(understand(asked.head, search.atlas)):
        return None
    if not asked.whether and asked.head and understand(question, search.atlas).shape != "lookup":
        return None  # 三公经费包括哪些, 三保包括哪三项: asked for as what they consist of, or mean
    query, whole = ask(f"{asked.head}{_taxes(search, asked, last)}的构成" if asked.head else "构成", last)
    if query is None or len(query.items) != 1:
        return None
    parts = _parts(whole)
    kept = query if asked.head else last
    if asked.whether:
        return kept, _whether(search, asked.part, query, whole, parts, ask)
    quoted = whole.status == "answered" and not any(one.asked for one in whole.figures)
    return (query, whole) if parts or quoted else (kept, _explained(query, whole, ask))


def _of_one_item(head: Query) -> bool:
    return len(head.items) == 1 and not head.chunks and not head.measures


def _taxes(search: Search, asked: Including, last: Query | None) -> str:
    """一般公共预算收入包括哪些|税: what the part consists of, if it is one."""
    own = understand(asked.part, search.atlas).items if asked.part and not asked.whether else ()
    whole = understand(asked.head, search.atlas).items if asked.head else last.items if last else ()
    inside = len(own) == len(whole) == 1 and above(set(own[0].keys)) & set(whole[0].keys)
    return own[0].name if inside and not asked.head else ""


def _parts(whole: Answer) -> Sequence[Figure]:
    """What a composition lists under its total."""
    asked = [one for one in whole.figures if one.asked]
    if whole.status != "answered" or NO_PARTS in whole.notes or len(asked) < 2:
        return ()
    return [one for one in asked[1:] if not one.derived]


def _whether(search: Search, word: str, query: Query, whole: Answer, parts: Sequence[Figure], ask: Ask) -> Answer:
    meant = understand(word, search.atlas)
    names = [word, *(item.name for item in meant.items)]
    inside = [one for one in parts if one.item in names]
    head = whole.reply.split("\n", 1)[0]
    name = query.items[0].name
    if len(inside) == 1:
        told = search.store.facts_by_ids([one.fact_id for one in inside if one.fact_id is not None])
        said = f"报告列在“{name}”里的有{inside[0].item}：{shown(told[0], query.unit)}" if told else ""
        lines = [head, said, *wording.quote_lines(told)]
        note = f"报告把它列在“{name}”里"
        return Answer("answered", wording.fitted(lines), tuple(inside), (), f"{head} · 其中{inside[0].item}", (note,))
    if word in name:  # 公务用车购置及运行维护费 | 包括购置吗
        return _not_said(query, head, f"“{name}”按名称就有“{word}”，报告没有分开列。", parts, ask)
    return _not_said(query, head, f"报告没有说“{name}”含不含“{word}”。", parts, ask)


def _explained(query: Query, whole: Answer, ask: Ask) -> Answer:
    head = whole.reply.split("\n", 1)[0]
    return _not_said(query, head, f"报告没有列出“{query.items[0].name}”包括什么。", (), ask)


def _not_said(query: Query, head: str, none: str, parts: Sequence[Figure], ask: Ask) -> Answer:
    """That the report does not say so; what it lists, and how the name is explained."""
    named = [one.item for one in parts]
    listed = "、".join(named[:MOST_NAMED]) + ("等" if len(named) > MOST_NAMED else "")
    lines = [head, none, f"报告列在其中的：{listed}。" if named else ""]
    _, meaning = ask(f"什么是{query.items[0].name}", None)
    if meaning.status == "answered" and not meaning.figures:
        lines += meaning.reply.split("\n")
    return Answer("not_found", wording.fitted(line for line in lines if line), (), (), head)
