"""The words under which full text finds each sentence of a document: its own, and the names of its figures.

795万元, below 古桥修缮项目情况说明     795, 万元, and 古桥修缮项目, by which its figure is called
修 缮 费 3.00 万 元                    and 修缮费
"""

from __future__ import annotations

from index.models import Parsed
from index.store.fulltext import joined


def words_of(parsed: Parsed) -> tuple[str, ...]:
    """The full-text words of each sentence, in the order of the sentences."""
    texts = {sentence.index: sentence.text for sentence in parsed.sentences}
    names: dict[int, dict[str, None]] = {}
    for fact in parsed.facts:
        # a name of the lexicon is looked up by its key, one that is printed is found anyway
        if not fact.key and fact.item and fact.item not in texts.get(fact.sentence, fact.item):
            names.setdefault(fact.sentence, {})[fact.item] = None
    return tuple(joined("\n".join((one.text, *names.get(one.index, ())))) for one in parsed.sentences)
