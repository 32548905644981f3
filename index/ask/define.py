"""What a word means: the report's own glossary first, then the lexicon.

    什么是预算稳定调节基金 -> the entry 【预算稳定调节基金】 with all its sentences and its source

An entry is what stands under a heading that is the word, or a sentence that begins with the word and says 是指, or one
that explains it in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.ask import wording
from index.ask.answers import quoted_answer
from index.ask.likeness import pairs
from index.ask.query import Query
from index.ask.search import Search
from index.ask.vocabulary import meanings
from index.lexicon import items
from index.models import Answer
from index.store.rows import SentenceHit
from index.text.normal import plain

LONGEST_ENTRY = 700
MOST_DOCUMENTS = 100  # that are looked through for an entry; the words of the trade are the same in all
GOOD = 2
_GLOSSARY = re.compile(r"名词|注释|注解|附注|解释|术语")
_MEANS = re.compile(r"是指|指的是|即|是对|指|：|，是")
_DECORATION = re.compile(r"^[\s【［（(]*(?:[0-9一二三四五六七八九十]+[.、．）】］)])?|[【】“”\"*\s。．.]")


def answer_define(search: Search, query: Query) -> Answer | None:
    """The meaning of the asked word, or None if neither the reports nor the lexicon have it."""
    terms = _terms(query)
    own = query.regions or tuple(code for code, _ in search.owners)
    best: tuple[int, str, SentenceHit, str] | None = None
    left = MOST_DOCUMENTS
    for region in own:
        ids = search.document_ids(region)[:left]
        left -= len(ids)
        if left <= 0 and not ids:
            break
        for term in terms:
            for hit in _hits(search, ids, term):
                rated = _rated(hit, term)
                if best is None or rated > best[0]:
                    best = (rated, region, hit, term)
    if best and best[0] >= GOOD:
        _, region, hit, term = best
        head = f"{search.atlas.full_name(region)} · “{term}”的解释"
        lines = [f"┆ {entry(search, hit)}", "┆ " + wording.source(hit.title, hit.document, hit.section, hit.page)]
        return quoted_answer(head, lines, (), ())
    return _of_lexicon(query) or _of_words(query)


def entry(search: Search, hit: SentenceHit) -> str:
    """The whole entry a sentence belongs to: up to the next heading or the next entry."""
    if hit.kind != "heading" and not _GLOSSARY.search(hit.section) and hit.section not in hit.text:
        return hit.text[:LONGEST_ENTRY]
    lines = [hit.text]
    for other in search.store.sentence_window(hit.document_id, hit.id, 10):
        if other.id <= hit.id:
            continue
        if other.kind != "text" or _begins_entry(other.text) or sum(map(len, lines)) > LONGEST_ENTRY:
            break
        lines.append(other.text)
    return " ".join(line.strip() for line in lines)[:LONGEST_ENTRY]


def _terms(query: Query) -> Sequence[str]:
    """What is asked for: the word in quotation marks, the item, all content."""
    terms = [query.term, *(item.text for item in query.items if not item.weak), "".join(query.content), *query.content]
    return list(dict.fromkeys(term for term in terms if len(term) > 1))[:4]


def _hits(search: Search, ids: Sequence[int], term: str) -> list[SentenceHit]:
    hits = search.store.search(pairs(term), ids, 400)
    return [hit for hit in hits if _bare(term) in _bare(hit.text)]


def _rated(hit: SentenceHit, term: str) -> int:
    """4: a heading that is the word; 3: begins with the word and says what it is; 2: explains it in brackets."""
    text, word = _bare(hit.text), _bare(term)
    if hit.kind == "heading":
        return 4 if text == word else 0
    at = text.find(word)
    following = text[at + len(word) : at + len(word) + 4]
    if at <= 3 and _MEANS.match(following):
        return 4 if _GLOSSARY.search(hit.section) else 3
    if at <= 3 and _GLOSSARY.search(hit.section):
        return 3
    if following.startswith(("是指", "指的是", "即", "（")):
        return 2
    return 0


def _bare(text: str) -> str:
    return _DECORATION.sub("", plain(text))


def _begins_entry(text: str) -> bool:
    return bool(
        re.match(
            r"\s*(?:【|[0-9]{1,3}[.、．]|[一二三四五六七八九十]{1,3}、|（[0-9一二三四五六七八九十]+）|[①-⑳])", text
        )
    ) or bool(re.match(r"[^，。；]{2,20}[：:]", text))


def _of_words(query: Query) -> Answer | None:
    """一般公共预算, 本级, 调整预算: words of the trade that are no items."""
    found = next((word for word in sorted(meanings(), key=len, reverse=True) if word in query.text), "")
    if not found:
        return None
    note = "词条解释，不是报告原文"
    return Answer("answered", f"{found}（{note}）\n{meanings()[found]}", (), (), found, (note,))


def _of_lexicon(query: Query) -> Answer | None:
    for item in query.items:
        for key in item.keys:
            known = items().get(key)
            if known and known.definition:
                note = "词条解释，不是报告原文"
                return Answer("answered", f"{known.name}（{note}）\n{known.definition}", (), (), known.name, (note,))
    return None
