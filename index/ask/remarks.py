"""What stands beside a question and asks for no figure itself: speech before it, and what is said behind it.

    |我在准备一份发言稿，想引用一下|岳阳全市教育支出多少
    政府债务限额多少，|一般专项合起来|        留了多少预备费，|后来用掉没有|        司法局（|连法援中心|）的预算

Whole clauses of speech before the first place are no part of any question.  The rest is only left out where the
question with it has no answer; the answer says what was left out behind it.
"""

from __future__ import annotations

import re
from typing import Final

from index.ask.atlas import Atlas
from index.ask.exclusive import names_kind
from index.ask.query import Query
from index.ask.question import understand
from index.ask.vocabulary import has, pattern_in, spoken

LEAST_SPOKEN: Final = 2  # characters of speech
_ASKER: Final = re.compile("[我咱俺]|领导|主任|局长|处长|书记")
_CLAUSE: Final = re.compile(r"[^，。；？！（）]+")


def without_remarks(query: Query, atlas: Atlas) -> tuple[str, str] | None:
    """The question without its remarks, and what is told of them; None if it has none."""
    text, notes = after_speech(query.text, atlas), []
    begun = text != query.text
    asked = 0
    for clause in [*_CLAUSE.finditer(query.text)]:
        if has(clause[0], "ask", "figure"):
            asked = clause.end()
            continue
        bracketed = query.text[clause.start() - 1 : clause.start()] == "（"
        if not (asked or bracketed) or not (note := _told_of(clause[0], atlas, query, bracketed=bracketed)):
            continue
        text = text.replace(clause[0], "", 1)
        notes.append(note)
    text = re.sub("（）", "", text).rstrip("，；")
    return (text, "；".join(notes)) if (notes or begun) and has(text, "ask", "figure") else None


def after_speech(text: str, atlas: Atlas, *, clauses: bool = False) -> str:
    """The text from its first place on, if what stands before that is speech and names nothing; ``clauses``: only
    whole clauses are left out."""
    start = min((start for start, _, _ in atlas.names.find(text)), default=0)
    start = max(text.rfind(mark, 0, start) for mark in "，,。；") + 1 if clauses else start
    before = text[:start]
    if not spoken() & set(before) or "它" in text[start:] or names_kind(before):
        return text  # 那个管网工程，泰安给了|它|多少, 硕士毕业去瑞金: what it is, stands before
    own = understand(before, atlas)
    named = own.items or own.periods or own.scope or own.account or own.regions or own.measures
    if named or not own.chunks:
        return text if named else text[start:]
    rest = understand(text[start:], atlas)  # 想去长者饭堂吃饭，高明有几家: what it is of, stands before
    of_asker = rest.measures and _ASKER.search(before)  # but 螺蛳粉这个产业，柳州安排了多少
    return text[start:] if rest.items or rest.chunks or rest.account or of_asker else text


def _told_of(clause: str, atlas: Atlas, query: Query, *, bracketed: bool) -> str:
    """What is told of a remark that was left out; "" if the clause is none, or names something by itself.

    What a bracket says in words of speech (还能再借的空间), and 备着应急的那种, only explain the question.
    """
    together = bool(pattern_in("remark", "together").search(clause))
    explains = (bracketed and len(spoken() & set(clause)) >= LEAST_SPOKEN) or bool(
        pattern_in("remark", "explains").search(clause)
    )
    if not together and not explains and not pattern_in("remark", "whether").search(clause):
        return ""
    own = understand(clause, atlas, query.regions)
    if (
        (own.items and not explains)
        or own.regions
        or own.periods
        or own.negated
        or own.account
        or (explains and own.scope)
        or own.stage
        or own.compared
    ):
        return ""
    return f"“{clause}”按合计理解" if together else f"“{clause}”没有作答"
