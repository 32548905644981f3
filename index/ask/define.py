"""What a word means: the report's own explanations first, then the lexicon's.

    什么是预算稳定调节基金 -> the entry 【预算稳定调节基金】 with all its sentences and its source
    晋城报告说的“三保”是哪三个 -> “三保”：指…

The terms that the reports explain are compared with the question, not the question cut up into a term: an entry is
what stands under a heading that is the word, a sentence that begins with the word and says what it is, or brackets
behind it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from index.ask import wording
from index.ask.answers import quoted_answer
from index.ask.glossary import Head, bare, heads, likeness, stand_for
from index.ask.mentioned import answer_mentioned
from index.ask.papers import names_in_full, papers, words_of_body
from index.ask.pieces import pairs, pieces_of
from index.ask.query import Query
from index.ask.search import Search
from index.ask.vocabulary import fillers, has, meanings, pattern_of, shape_words
from index.find.phrases import Phrases
from index.find.places import find_places
from index.find.terms import exact_items
from index.lexicon import items
from index.models import Answer
from index.store.rows import SentenceHit
from index.text.normal import plain

LONGEST_ENTRY: Final = 700
MOST_DOCUMENTS: Final = 40  # that are looked through for an entry; the words of the trade are the same in all
MOST_HITS: Final = 1500
MOST_PHRASES: Final = 8
NEAR: Final = 0.6
_IN_ITS_PLACE: Final = 0.7
_NAMED: Final = 0.75
_SAME: Final = 0.9  # another name of the item asked about
MOST_FACTS: Final = 12
PLAIN: Final = 3  # how plainly a term must be explained for no other place to be looked at
_BEGINS: Final = re.compile(
    r"\s*(?:【|[0-9]{1,3}[.、．]|[一二三四五六七八九十]{1,3}、|（[0-9一二三四五六七八九十]+）|[①-⑳])|[^，。；]{2,20}[：:]"
)
_OF_TERM: Final = re.compile(r"(?:分别|具体)?都?([\u4e00-\u9fff])(?:啥|什么|哪[些几一二三四五六七八九十两])")
_YEAR: Final = re.compile(r"^(?:20)?\d\d年度?的?")
_SPLIT: Final = re.compile(r"[，。？；：、\s]+")
SHORTEST: Final = 5  # characters: less is a word, not a statement
_GAP: Final = 2  # characters that the report may have between two of the asked ones: 不|够|优
_BESIDE: Final = 4  # and before and behind all of them: 一是|…, …|明显
_MOST_HITS: Final = 300
_LONGEST: Final = 400
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_SEGMENT: Final = re.compile(r"[；。;]|[：:](?=[一二三]是)")
_CLAUSE: Final = re.compile(r"[，,：:]")
_FIGURE: Final = re.compile(r"\d[\d.,]*(?:万|亿)?(?:元|%)?")


def asks_meaning(query: Query) -> bool:
    """是啥意思, 指什么, 是哪三个; a word of a measure beside it (比例, 预算) asks for no figure then."""
    if query.shape == "define":
        return True
    ranked = query.members or query.direction or query.shape in ("rank", "trend", "about")  # 最高的是哪几个县
    parted = query.shape == "compose" and (query.each or query.asks)  # 拆开来是哪几项、分别多少
    strong = pattern_of("define", "strong_pattern").search(query.text) or _asks_of_term(query)
    return not (ranked or parted) and bool(strong)


def _asks_of_term(query: Query) -> bool:
    """“三保”都保啥, “四个同步”是哪些: a quoted term, and behind it what of it is asked with a word of its own.

    两提两降，提的啥降的啥: a term that counts what is done, and the same word behind it.
    """
    if pattern_of("define", "counted_pattern").search(query.text):
        return True
    behind = query.text.partition(query.term)[2] if query.term else ""
    found = _OF_TERM.match(behind)
    return bool(found and found[1] in f"{query.term}是指讲")


def answer_define(search: Search, query: Query) -> Answer | None:
    """The meaning of the asked word, or None if neither the reports nor the lexicon have it."""
    asked = _asked(query)
    best: tuple[tuple[float, int], str, SentenceHit, Head] | None = None
    keys = {key for item in query.items if not item.weak for key in item.keys}
    for region, ids in _where(search, query):
        for hit in _hits(search, ids, asked):
            for head in heads(hit):
                like = max(likeness(head.term, asked), _SAME if _is_item(head.term, keys) else 0.0)
                like = _IN_ITS_PLACE if like < NEAR and _in_its_place(search, hit, head, asked) else like
                rated = (round(like, 2), head.plainness)
                if like >= NEAR and (best is None or rated > best[0]) and _explains(search, hit):
                    best = (rated, region, hit, head)
        if best and best[0][0] >= 1 and (query.regions or best[0][1] >= PLAIN):
            break
        if query.regions and (best is None or best[0][0] < 1) and (found := stated(search, ids, asked)):
            return _as_stated(search, region, *found)
    known = _of_lexicon(query) or _of_words(query)
    if best and (best[0][0] >= _SAME or known is None or known.reading not in asked):
        _, region, hit, head = best
        return _as_explained(search, query, region, hit, head)
    if known is None or known.reading not in asked:
        return answer_mentioned(search, query, asked) or known
    return known


def answer_named(search: Search, query: Query) -> Answer | None:
    """“631”债务防控是怎么回事: what a report explains under this very name; any other asks why."""
    asked = _asked(replace(query, text=pattern_of("define", "happens_pattern").sub("，", query.text)))
    if not query.regions or not pattern_of("define", "happens_pattern").search(query.text):
        return None
    for region, ids in _where(search, query):
        for hit in _hits(search, ids, asked):
            for head in heads(hit):
                if any(phrase in head.term for phrase in asked) and likeness(head.term, asked) >= _NAMED:
                    return _as_explained(search, query, region, hit, head)
    return None


def _as_explained(search: Search, query: Query, region: str, hit: SentenceHit, head: Head) -> Answer:
    of_zone = query.unknown and names_in_full(query.unknown, hit)
    title = f"{query.unknown if of_zone else search.atlas.full_name(region)} · “{head.term}”的解释"
    lines = [f"┆ {entry(search, hit, head)}", "┆ " + wording.source(hit.title, hit.document, hit.section, hit.page)]
    return quoted_answer(title, lines, (), ())


def _in_its_place(search: Search, hit: SentenceHit, head: Head, asked: Sequence[str]) -> bool:
    """债务橙色等级: 橙色 is explained, and what else is said of it stands there or right before."""
    phrases = [phrase for phrase in asked if head.of_several and head.term in phrase]
    if not phrases:
        return False
    window = search.store.sentence_window(hit.document_id, hit.id, 1)
    around = "".join(plain(one.text) for one in window if one.id <= hit.id)
    rests = [tuple(part for part in phrase.split(head.term) if len(part) > 1) for phrase in phrases]
    return any(rest and all(piece.text in around for piece in pieces_of(rest)) for rest in rests)


def _is_item(term: str, keys: Collection[str]) -> bool:
    """地方政府债务限额 for 债务限额: another name of the item asked about."""
    return bool(keys) and any(item.key in keys for item in exact_items(term))


def _as_stated(search: Search, region: str, phrase: str, hit: SentenceHit, part: str) -> Answer:
    lines = [f"┆ {part}", "┆ " + wording.source(hit.title, hit.document, hit.section, hit.page)]
    facts = search.store.facts_of_sentences([hit.id])[:MOST_FACTS]
    title = f"{search.atlas.full_name(region)} · “{phrase}”"
    return quoted_answer(title, lines, ("报告原文摘录",), facts)


def entry(search: Search, hit: SentenceHit, head: Head) -> str:
    """The whole entry a sentence belongs to: up to the next heading or the next entry, which is none of a part of the
    term (“两重”“两新”:“两重”,指…。“两新”,指…)."""
    listed = pattern_of("define", "glossary_pattern").search(hit.section)
    if hit.kind != "heading" and not listed and hit.section not in hit.text:
        return hit.text[:LONGEST_ENTRY]
    lines = [hit.text]
    for other in search.store.sentence_window(hit.document_id, hit.id, 10):
        if other.id <= hit.id:
            continue
        if other.kind != "text" or _BEGINS.match(other.text) or sum(map(len, lines)) > LONGEST_ENTRY:
            break
        if listed and any(one.plainness > 2 and one.term not in head.term for one in heads(other)):
            break
        lines.append(other.text)
    return " ".join(line.strip() for line in lines)[:LONGEST_ENTRY]


def _where(search: Search, query: Query) -> Iterable[tuple[str, Sequence[int]]]:
    """The documents to look into, by place: those of the question, else all up to a limit."""
    documents = papers(search, query) if query.regions or query.unknown or query.content else []
    if documents:
        body = words_of_body(documents[0])
        region = documents[0].region_code if body or not query.regions else query.regions[0]
        yield region, [one.id for one in documents]
    if documents or query.unknown:
        return
    left = MOST_DOCUMENTS
    for region in query.regions or tuple(code for code, _ in search.owners):
        ids = search.document_ids(region)[:left]
        left -= len(ids)
        if ids:
            yield region, ids
        if left <= 0:
            break


def _explains(search: Search, hit: SentenceHit) -> bool:
    """A heading is an entry only with a sentence below it that says what it is."""
    if hit.kind != "heading":
        return True
    below = next((one for one in search.store.sentence_window(hit.document_id, hit.id, 1) if one.id > hit.id), None)
    if below is None or below.kind != "text":
        return False
    means = pattern_of("define", "means_pattern").search(below.text[:16]) or below.text.startswith("是")
    listed = pattern_of("define", "glossary_pattern").search(hit.section)
    return bool(means or listed or hit.text.rstrip().endswith(("：", ":", "】")))


def _asked(query: Query) -> tuple[str, ...]:
    """The phrases that may be the term: in quotation marks, an item, what the question has beside its own words."""
    text = query.text
    for pattern in ("counted_behind_pattern", "strong_pattern", "listed_pattern"):
        text = pattern_of("define", pattern).sub("，", text)
    whole, frame = text, pattern_of("define", "frame_pattern")  # 收入结构不优: 结构 asks for no parts here
    for start, end, _ in reversed(list(shape_words().find(text))):
        text = text[:start] + "，" + text[end:]
    pieces = [piece for said in (text, whole) for piece in _SPLIT.split(frame.sub("，", said)) if len(piece) > 1]
    pieces += [part for piece in pieces for part in _behind(piece)]
    pieces += [rest for piece in pieces if (rest := _without_place(piece)) != piece]
    pieces = list(dict.fromkeys(pieces))
    found = [query.term, *pieces, *(_without_edges(piece) for piece in pieces)]
    found += [item.text for item in query.items if not item.weak and not any(item.text in one for one in found)]
    found += [word for word in query.content if not any(word in one for one in found)]
    return tuple(dict.fromkeys(word for word in (bare(one).strip("是的") for one in found) if len(word) > 1))


def _behind(piece: str) -> list[str]:
    """临沧说的零基预算 -> 零基预算."""
    return [piece[match.end() :] for match in pattern_of("define", "before_pattern").finditer(piece) if match.start()]


def _without_place(piece: str) -> str:
    """陇西县债务限额 -> 债务限额."""
    for place in find_places(piece):
        if place.start == 0:
            piece = piece[place.end :].lstrip("省市县区州")
            break
    return _YEAR.sub("", piece)


def _without_edges(piece: str) -> str:
    """A phrase without words of asking at its ends."""
    known: Phrases[bool] = fillers()
    again = True
    while again:
        again = False
        for start, end, _ in known.find(piece):
            if start == 0 or end == len(piece):
                piece, again = (piece[end:] if start == 0 else piece[:start]), True
                break
    return piece


def _hits(search: Search, ids: Sequence[int], asked: Sequence[str]) -> Iterable[SentenceHit]:
    """The sentences with most of any of the phrases."""
    phrases = [pairs(word) for word in asked[:MOST_PHRASES]]
    for hit in search.store.search(list(dict.fromkeys(chain.from_iterable(phrases))), ids, MOST_HITS):
        half = any(2 * sum(pair in hit.text for pair in own) >= len(own) for own in phrases)
        if half or any(term in phrase for term in stand_for(hit.text) for phrase in asked):
            yield hit


def _of_words(query: Query) -> Answer | None:
    """一般公共预算, 本级, 调整预算: words of the trade that are no items."""
    found = next((word for word in sorted(meanings(), key=len, reverse=True) if word in query.text), "")
    if not found or not has(query.text, "shape", "define"):
        return None
    note = "词条解释，不是报告原文"
    return Answer("answered", f"{found}（{note}）\n{meanings()[found]}", (), (), found, (note,))


def _of_lexicon(query: Query) -> Answer | None:
    for item in query.items:
        if query.term and bare(query.term) not in item.text:
            continue  # 预算绩效“五全”: not 预算绩效
        for key in item.keys:
            known = items().get(key)
            if known and known.definition:
                note = "词条解释，不是报告原文"
                return Answer("answered", f"{known.name}（{note}）\n{known.definition}", (), (), known.name, (note,))
    return None


# -------------------------------------------------------------------------------------- a statement that is explained


def stated(search: Search, ids: Sequence[int], phrases: Sequence[str]) -> tuple[str, SentenceHit, str] | None:
    """The phrase that a report states, the sentence, and its part with what it goes on to say of it."""
    for phrase in sorted(phrases, key=len, reverse=True):
        if len(phrase) < SHORTEST or not _HAN.fullmatch(phrase) or exact_items(phrase):
            continue
        pattern = re.compile(f"[^，]{{0,{_GAP}}}?".join(map(re.escape, phrase)))
        for hit in search.store.search(list(pairs(phrase)), ids, _MOST_HITS):
            if hit.kind == "text" and (part := _part(hit.text, pattern)):
                return phrase, hit, part
    return None


def _part(text: str, pattern: re.Pattern[str]) -> str:
    """The part of a sentence of which one clause is the statement and another explains it."""
    for part in _SEGMENT.split(text):
        clauses = [clause for clause in _CLAUSE.split(part) if clause.strip()]
        if len(clauses) > 1 and any(_is_it(plain(clause), pattern) for clause in clauses):
            return part.strip()[:_LONGEST]
    return ""


def _is_it(clause: str, pattern: re.Pattern[str]) -> bool:
    found = pattern.search(clause)
    return found is not None and all(
        len(_FIGURE.sub("", side)) <= _BESIDE for side in (clause[: found.start()], clause[found.end() :])
    )
