"""Questions for text: what was done and how, what a report lists; the best sentences are the answer.

上党区采取了哪些措施化解债务 -> up to three sentences with their places; their figures are only shown
晋城2026年预算编制有哪几条原则 -> the whole list below that heading
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.ask import wording
from index.ask.answers import quoted_answer
from index.ask.papers import papers
from index.ask.pieces import pairs
from index.ask.query import Query
from index.ask.search import Search
from index.ask.texts import best_sentences
from index.ask.vocabulary import has, pattern_of, words
from index.lexicon import items
from index.models import Answer
from index.store.rows import SentenceHit
from index.text.normal import plain, plain_sentence

LONGEST: Final = 200
ENOUGH: Final = 0.38
_LISTED: Final = 0.7  # of the asked pairs that a heading or an opening sentence must have
_HEADING: Final = 0.2
_NAMED: Final = 0.75  # of an item's pairs that a quoted sentence must have
_MOST_HITS: Final = 1500
_LONGEST_OPENER: Final = 120
_YEAR: Final = re.compile(r"(20\d\d)年")
_HAN: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}")
_FAR: Final = 60  # sentences that a list may stretch over
_FAR_HEADING: Final = 200  # one of headings, with all that stands below them
_NEAR: Final = 2  # the first of them stands right behind
_NEAR_HEADING: Final = 4  # or after the first words of a section
_MOST, _LONGEST, _FEWEST = 20, 60, 2
_NEAR_TEXT: Final = 8
_LONGEST_TEXT: Final = 500
_NUMERALS: Final = "一二三四五六七八九十"
_STYLES: Final = (
    re.compile(rf"(?P<number>[{_NUMERALS}])(?:是|要)(?P<rest>.+)"),
    re.compile(rf"（(?P<number>[{_NUMERALS}])）、?(?P<rest>.+)"),
    re.compile(r"(?P<number>\d{1,2})[.、．](?P<rest>\D.+)"),
    re.compile(rf"(?P<number>[{_NUMERALS}])、(?P<rest>.+)"),
)
_FIRST_INSIDE: Final = re.compile(r"[：，。；](一(?:是|要).+)")
_ANNOUNCES: Final = re.compile(
    rf"(?:\d+|[{_NUMERALS}两几])(?:项|条|个方面|方面|个|点|大)|如下|以下|：|主要(?:措施|工作|任务|原则)"
)


def asks_list(query: Query) -> bool:
    """有哪几条原则, 主要任务是啥: what a report lists, no figure."""
    text = query.text
    if has(text, "ask", "figure") or query.each or not pattern_of("list", "ask_pattern").search(text):
        return False
    return bool(pattern_of("list", "noun_pattern").search(text))


def answer_list(search: Search, query: Query) -> Answer | None:
    """The list that the question names, whole, or the text below its heading; None if no heading or opener is it."""
    found = _opener(search, query)
    if found is None:
        return None
    region, opener = found
    untold = of_untold_year(search, query) and not any(f"{one.last_year}年" in opener.text for one in query.periods)
    if untold or _of_another_year(search, query, opener.id):
        return None
    listed = listed_behind(search, opener, asked=True)
    if listed:
        said = [f"┆ {number}. {text}" for number, text in enumerate(listed, 1)]
    elif opener.kind == "heading":
        said = [f"┆ {text}" for text in below(search, opener)]
    else:
        return None
    if not said:
        return None
    head = wording.reading([search.atlas.full_name(region)], query.periods, ["".join(_about(query))], query)
    lines = [f"┆ {opener.text[:LONGEST]}", *said, "┆ " + _source(opener)]
    return quoted_answer(head, lines, ("报告原文摘录",), ())


def of_untold_year(search: Search, query: Query) -> bool:
    """2031年怎么安排, of which no report of the places tells: a sentence of another year is none of it."""
    told = {year for code in query.regions for year in search.store.years(code)}
    told |= {year for one in search.store.documents_about(query.regions) for year in (one.year, one.plan_year) if year}
    return bool(query.periods) and not told & {one.last_year for one in query.periods}


def _of_another_year(search: Search, query: Query, sentence: int) -> bool:
    """2024年教育支出怎么安排的: not the sentence that tells what was spent on it in 2023, nor a list behind it."""
    keys = {key for item in query.items for key in item.keys}
    told = [one.fact.period.last_year for one in search.store.facts_of_sentences([sentence]) if one.fact.key in keys]
    return bool(told and query.periods) and not {one.last_year for one in query.periods} & set(told)


def answer_quote(search: Search, query: Query) -> Answer | None:
    """The best sentences of the first place asked, or None."""
    if of_untold_year(search, query):
        return None
    region = query.regions[0]
    year = query.periods[0].last_year if query.periods else None
    hits = [
        hit
        for hit in best_sentences(search, region, year, _about(query), enough=ENOUGH)
        if _names(query, hit.text) and not _of_another_year(search, query, hit.id)
    ]
    if not hits:
        return None
    lines = []
    for opener in hits:
        if listed := listed_behind(search, opener):
            lines = [f"┆ {opener.text[:LONGEST]}", *(f"┆ {number}. {text}" for number, text in enumerate(listed, 1))]
            lines.append("┆ " + _source(opener))
            hits = []
            break
    for hit in hits:
        lines.append("┆ " + (hit.text if len(hit.text) <= LONGEST else hit.text[:LONGEST] + "…"))
        lines.append("┆ " + _source(hit))
    place = search.atlas.full_name(region)
    head = wording.reading([place], query.periods, ["".join(query.content)], query)
    facts = search.store.facts_of_sentences([hit.id for hit in hits])
    return quoted_answer(head, lines, ("以下为报告原文摘录" if len(hits) > 1 else "报告原文摘录",), facts[:12])


def _names(query: Query, text: str) -> bool:
    """Whether a sentence tells of an item asked for (教育支出 or 教育), under any of its names."""
    known = items()
    names = {name for item in query.items for name in (item.text, item.name)}
    names |= {word for item in query.items for key in item.keys if key in known for word in known[key].words}
    short = {name.removesuffix("支出").removesuffix("收入") for name in names}
    said = plain_sentence(text)
    return not names or any(_mostly_in(name, said) for name in (*names, *short) if len(name) > 1)


def _mostly_in(name: str, said: str) -> bool:
    """老旧小区改造 in 全年改造老旧小区46个: most of its pairs of characters."""
    own = pairs(name)
    return name in said or sum(pair in said for pair in own) >= _NAMED * len(own)


def _opener(search: Search, query: Query) -> tuple[str, SentenceHit] | None:
    """The heading or sentence that opens the list: it has the words of the question and of its year."""
    asked = _listed_words(query)
    if not asked:
        return None
    documents = papers(search, query)
    own = {pair for word in asked for pair in pairs(word)}
    nouns = pattern_of("list", "noun_pattern").findall(query.text)
    years = {period.last_year for period in query.periods}
    best: tuple[float, int, SentenceHit] | None = None
    for hit in search.store.search(sorted(own), [one.id for one in documents], _MOST_HITS):
        if len(hit.text) > _LONGEST_OPENER and "：" not in hit.text and ":" not in hit.text:
            continue
        text = plain_sentence(hit.text)
        if hit.kind not in ("heading", "text") or not any(noun in text for noun in nouns):
            continue
        score = sum(pair in text for pair in own) / len(own)
        score += _HEADING if hit.kind == "heading" else 0.0
        told = set(map(int, _YEAR.findall(text)))
        score += 0.0 if not years or not told else _HEADING if told & years else -1.0
        if score >= _LISTED and (best is None or score > best[0]) and (count := _has_list(search, hit)):
            best = (score, count, hit)
    if best is None:
        return None
    hit = best[2]
    return next((one.region_code for one in documents if one.id == hit.document_id), ""), hit


def _has_list(search: Search, hit: SentenceHit) -> int:
    return len(listed_behind(search, hit, asked=True)) or (len(below(search, hit)) if hit.kind == "heading" else 0)


def _listed_words(query: Query) -> list[str]:
    """预算编制坚持哪几条原则 -> 预算编制, 原则."""
    text = pattern_of("list", "ask_pattern").sub("，", "，".join(query.content))
    nouns = pattern_of("list", "noun_pattern").findall(query.text)
    text = pattern_of("list", "frame_pattern").sub("，", text)
    return list(dict.fromkeys([*_HAN.findall(text), *nouns]))


def _source(hit: SentenceHit) -> str:
    return wording.source(hit.title, hit.document, hit.section, hit.page)


def _about(query: Query) -> Sequence[str]:
    """The content without the words that ask for a text: 采取|措施."""
    found = []
    for piece in query.content:
        for word in (*words("shape", "quote"), "采取"):
            piece = piece.replace(word, "")
        if len(piece) > 1:
            found.append(piece)
    return found or list(query.content)


# --------------------------------------------------------------------------------------- what is announced and listed


def listed_behind(search: Search, hit: SentenceHit, *, asked: bool = False) -> list[str]:
    """The items of the list that a sentence opens, in its order; [] if it opens none.

    A list is ``asked`` for: what stands before it need not announce one.
    """
    text = plain(hit.text)
    if hit.kind != "heading" and not asked and not _ANNOUNCES.search(text):
        return []
    far = _FAR_HEADING if hit.kind == "heading" else _FAR
    window = [one for one in search.store.sentence_window(hit.document_id, hit.id, far) if one.id > hit.id]
    behind = [plain(one.text) for one in window]
    if inside := _FIRST_INSIDE.search(text):
        behind = [inside[1], *behind]
    elif behind and asked and (inside := _FIRST_INSIDE.search(behind[0])):  # 存在困难。|主要是：一是…
        behind[0] = inside[1]
    near = _NEAR
    if hit.kind == "heading":  # past the first words of its section, not past the next heading
        heads = (at + 1 for at, one in enumerate(window) if one.kind == "heading")
        near = max(_NEAR, min(_NEAR_HEADING, next(heads, _NEAR_HEADING)))
    style = next((style for text in behind[:near] for style in _STYLES if _number(style, text) == 1), None)
    return _in_order(style, behind) if style else []


def below(search: Search, hit: SentenceHit) -> list[str]:
    """What stands below a heading that opens no numbered list: its first sentences, up to the next heading."""
    found: list[str] = []
    for one in search.store.sentence_window(hit.document_id, hit.id, _NEAR_TEXT):
        if one.id > hit.id:
            if one.kind != "text" or sum(map(len, found)) + len(one.text) > _LONGEST_TEXT:
                break
            found.append(one.text)
    return found


def _in_order(style: re.Pattern[str], texts: list[str]) -> list[str]:
    """1, 2, 3 …; a second 1 belongs to another list, and other numbers stand inside an item."""
    found: list[str] = []
    for text in texts:
        number = _number(style, text)
        if number == len(found) + 1:
            match = style.match(text)
            assert match is not None
            found.append(_short(match["rest"]))
        elif number == 1 and found:
            break
    return found[:_MOST] if len(found) >= _FEWEST else []


def _number(style: re.Pattern[str], text: str) -> int:
    match = style.match(text)
    if match is None:
        return 0
    return int(match["number"]) if match["number"].isdecimal() else _NUMERALS.index(match["number"]) + 1


def _short(rest: str) -> str:
    whole = re.split(r"[。；]", rest)[0]
    return whole if len(whole) <= _LONGEST else whole[:_LONGEST] + "…"
