"""A reason that is told only of the whole an item belongs to, where the report lets no doubt that it is the item's.

政府性基金收入下降8%，其中土地出让收入5亿元。短收主要是两宗地块流拍。 -> of 土地出让收入, said as that of the whole
税收收入下降2%，主要是焦炭价格走低。 -> nothing of 契税
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.ask.reasons import Passage, reasons
from index.ask.search import Search
from index.ask.why import Why, names_of
from index.find.terms import find_terms
from index.lexicon import items
from index.store.rows import StoredDocument
from index.text.normal import plain_sentence


def reasons_of_whole(search: Search, why: Why, documents: Sequence[StoredDocument]) -> tuple[str, list[Passage]]:
    """The name of the whole, and the reasons told of it that speak of the item alone; none without such."""
    known = items()
    parents = dict.fromkeys(known[key].parent for key in sorted(why.keys) if key in known)
    for whole in (known[key] for key in parents if key.startswith("total-") and key in known):
        names = names_of(whole.name, (whole.key,))
        asked = replace(why, items=(), names=(names,), keys=frozenset((whole.key,)), residue=())
        found = [one for one in reasons(search, asked, documents) if _speaks_of(why, whole.key, one)]
        if found:
            return whole.name, found
    return "", []


def _speaks_of(why: Why, whole: str, passage: Passage) -> bool:
    """The reason itself names the item, or the item is the one part named before it."""
    last = passage.hits[-1].text
    said = plain_sentence(last[passage.mark :])
    if any(name and name in said for names in why.names for name, _ in names):
        return True
    before = [hit.text for hit in passage.hits[:-1]]
    told = {item.key for text in before for term in find_terms(plain_sentence(text)) for item in term.items}
    parts = {key for key in told if key in items() and items()[key].parent == whole}
    return bool(before) and bool(parts & why.keys) and parts <= why.keys
