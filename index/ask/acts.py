"""What a chat gets for a word that is no question: a word back, or the answer before once more, in another way.

    56,917 万元 | 换成亿元 -> 56,917 万元（5.6917 亿元）
    56,917 万元 | 从哪来的 -> 《…》 一、（三） 第3页, and the sentence

Files, pictures and the list of what is wrong are the chat's to make; here stands what can be said in words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from index.ask import about_index, wording
from index.ask.english import in_chinese
from index.ask.figures import exactly, shown
from index.ask.query import Query
from index.ask.reference import reference_to
from index.ask.search import Search
from index.ask.talk import Said
from index.ask.views import Passage, passage
from index.models import Answer

Again = Callable[[Query], Answer]
Ask = Callable[[str], tuple[Query | None, Answer]]

_MANY: Final = 4
BACK: Final = {"thanks": "不客气，随时可以接着问。", "fine": "好的。", "bye": "再见，需要时直接发问题就行。"}
NOTHING_BEFORE: Final = "前面还没有查到数字的回答，请先问一个数，例如：{sample}。"
ENGLISH: Final = (
    "I answer in Chinese: please name a place, a year and an item, in characters, pinyin or simple English, "
    "e.g. {sample}."
)
NONE: Final = "Nothing is held that answers “{ours}”. "
WHICH: Final = "报告自己有不止一种说法，哪个对程序不替人选：请对照下面的原文，或问发布报告的单位。"
FILES: Final = {
    "export": "在聊天里说“导出”会得到表格；命令行用 yusuan export。",
    "chart": "要图的话，在聊天或网页的回答下面点“图”；命令行用 yusuan chart。",
    "wrong": "请说清要的是哪个地区、哪一年、哪个口径或哪个阶段（预算、调整后、完成），再问一次。",
}


def of_english(search: Search, question: str, ask: Ask) -> tuple[Query | None, Answer] | None:
    """The answer to a simple question in English; None where it is no such question, or says too little."""
    ours = in_chinese(question, search.atlas.regions)
    query, answer = ask(ours) if ours else (None, None)
    if query is None or answer is None or answer.status == "clarify":
        return None
    if answer.status == "answered":
        return query, wording.noted(answer, f"Read as “{ours}”")
    how = ENGLISH.format(sample=about_index.samples_of(search)[0])
    return None, Answer("not_found", NONE.format(ours=ours) + how)


def answer_said(search: Search, what: Said, last: Query | None, again: Again) -> tuple[Query | None, Answer]:
    """The question to go on from (None: the one before) and what is said."""
    if what.small:
        return None, Answer("not_found", BACK[what.kind])
    if what.kind in ("empty", "hello", "help"):
        return None, about_index.friendly(search)
    sample = about_index.samples_of(search)[0]
    if what.kind == "english":
        return None, Answer("not_found", ENGLISH.format(sample=sample))
    placed = last is not None and (last.regions or last.shape == "rank")  # 哪个县最多 is of no place
    if last is None or not placed or not (last.items or last.content or last.shape == "overview"):
        return None, Answer("not_found", NOTHING_BEFORE.format(sample=sample))
    if what.kind == "again":
        return last, again(last)
    if what.kind == "unit":
        query = replace(last, unit=what.unit)
        return query, _in_exact(search, again(query), what.unit)
    if what.kind in FILES:
        reading = again(last).reading if what.kind == "wrong" else ""
        return None, Answer("answered", FILES[what.kind], reading=reading)
    return None, _of_the_answer(search, what, again(last))


def _in_exact(search: Search, answer: Answer, unit: str) -> Answer:
    """56,917 万元 ＝ 5.6917 亿元: without the rounding of the unit that stands beside a figure; of several things each
    under its name, and a list of many is not told once more."""
    facts = search.facts_of(answer) or search.facts_of(answer, asked=False)
    several = len({one.fact.item for one in facts}) > 1
    lines = [
        f"※ {one.fact.item + ' ' if several else ''}{shown(one).partition('（')[0]} ＝ {exactly(one.fact.number, unit)}"
        for one in facts
        if one.fact.kind == "money" and one.fact.number is not None
        and "/" not in one.fact.unit and not one.fact.unit.startswith(unit)
    ]  # fmt: skip
    told = answer.reading if len(lines) > _MANY else answer.reply
    return replace(answer, reply="\n".join([told, *dict.fromkeys(lines)]))


def _of_the_answer(search: Search, what: Said, answer: Answer) -> Answer:
    """Where the figures stand, the report itself, or all that stands around them."""
    facts = search.facts_of(answer)
    if not facts:
        return answer  # in words, with its sentences and where they stand
    lines = [answer.reading]
    if what.kind == "detail":
        lines += answer.reply.split("\n")[1:2]
        for one in facts[:2]:
            around = passage(search, reference_to(one))
            lines += _around(around) if around else wording.quote_lines([one], longest=wording.LONGEST_REPLY)
    elif what.kind == "original":
        for name in dict.fromkeys(one.document for one in facts):
            held = search.document(name)
            lines.append(f"原文件：{(held.path if held else '') or name}")
    else:
        lines += [WHICH] if what.kind == "which" and len(facts) > 1 else []
        lines += [
            f"出自：{where}"
            for where in dict.fromkeys(_where(one.title, one.document, one.section, one.page) for one in facts)
        ]
        lines += wording.quote_lines(facts, longest=wording.LONGEST_REPLY)[::2]
    return Answer("answered", wording.fitted(lines), answer.figures, (), answer.reading)


def _where(title: str, document: str, section: str, page: int | None) -> str:
    return wording.source(title, document, section, page)


def _around(found: Passage) -> list[str]:
    return [*found.before, f"▸ {found.text}", *found.after, found.source]
