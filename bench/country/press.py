"""Reports of the country -> rows of the store: sentences, facts, and the words of the full text.

The words of a sentence are put together from those of its pieces, each cut once: a run of characters ends at every
figure and every mark, so the pieces of a form have the same words alone as together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from bench.country import words
from bench.country.figures import values
from bench.country.forms import PROJECTS, TEXTS, Form, forms, project, told
from bench.country.places import Report
from index.lexicon import items
from index.store.fulltext import joined
from index.store.schema import FACT_BITS

Row = tuple[Any, ...]
Number = Callable[[str], int]


@dataclass(slots=True)
class Ids:
    """Where a report's rows begin, the numbers of words, and the numbers of forms that are known already."""

    sentence: int
    section: int
    region: int
    code: Number
    name: Number
    item: Callable[[str, str], int]
    known: dict[int, tuple[int, int, list[Row]]]


def line_count(report: Report) -> int:
    """Sentences of a report."""
    return len(_forms(report)) + len(words.HEADINGS[report.kind]) + 1 + TEXTS + PROJECTS


def headings(report: Report) -> list[str]:
    """The report's title and the headings of its sections."""
    place = report.government.region.full_name
    given = (words.TITLES[report.kind], *words.HEADINGS[report.kind])
    return [text.format(P=place, Y=report.year, N=report.year + 1) for text in given]


def _forms(report: Report) -> tuple[Form, ...]:
    return forms(report.kind, report.year, report.government.word, report.government.number % 3)


def printed(report: Report, ids: Ids) -> tuple[list[Row], list[Row]]:
    """The rows of ``sentences`` and of ``facts``."""
    sentences: list[Row] = []
    facts: list[Row] = []
    document, region, base = report.number, ids.region, ids.sentence
    government, year, half = report.government, report.year, report.kind == "half_year"
    heading, text_kind, row_kind = ids.code("heading"), ids.code("text"), ids.code("row")
    for number, text in enumerate(headings(report)):
        sentences.append((base + len(sentences), document, ids.section + max(0, number - 1), None, heading, 0, text))
    for form in _forms(report):
        id = base + len(sentences)
        assert form.series is not None
        known = values(government, form.series, year, own=form.own, half=half)
        some = tuple([known[place] for place in form.places])
        sort, header, rows = _numbered(form, ids)
        sentences.append((id, document, ids.section + form.section, 3, sort, header, form.text % some))
        at, taken = 0, 0
        for turn, (place, before, label, tail, percent, first, middle) in enumerate(rows):
            while taken < place:
                at += len(some[taken])
                taken += 1
            value, start = some[place], before + at
            number_text = value if percent else value + "0000"
            facts.append(
                ((id << FACT_BITS) + turn, region, *first, float(number_text), *middle, start,
                 start + len(value), number_text, f"{label}{value}{tail}", 0, 0)
            )  # fmt: skip
    for line in range(TEXTS):
        doer, deed, aim = told(government.number, year, line)
        id = base + len(sentences)
        sentences.append((id, document, ids.section + 4, 2, text_kind, 0, f"{doer}{deed}，{aim}。"))
    tail_codes = _project_codes(report, ids)
    for line in range(PROJECTS):
        name, cost = project(government.number, year, line)
        id, value = base + len(sentences), str(cost)
        sentences.append((id, document, ids.section + 6, 9, row_kind, 0, f"{name}\t{value}"))
        first = (year, ids.item("", name), tail_codes[0], tail_codes[1])
        start = len(name) + 1
        facts.append(
            (
                id << FACT_BITS,
                region,
                *first,
                cost * 1e4,
                *tail_codes[2],
                start,
                start + len(value),
                value + "0000",
                name,
                0,
                0,
            )
        )
    return sentences, facts


def _numbered(form: Form, ids: Ids) -> tuple[int, int, list[Row]]:
    """A form's codes and rows as far as they are the same in all reports."""
    found = ids.known.get(id(form))
    if found is None:
        assert form.series is not None
        item = items()[form.series.key]
        rows: list[Row] = []
        for gap in form.gaps:
            first = (gap.year, ids.item(item.key, item.name), ids.code(gap.measure), ids.code(form.scope))
            middle = (
                *map(ids.code, (item.account, item.flow, gap.period, gap.kind, gap.unit, form.scope_words)), 0,
                ids.code(gap.rule), ids.code(gap.flags),
            )  # fmt: skip
            tail = "" if form.kind == "row" else gap.unit
            rows.append((gap.place, gap.before, gap.label, tail, gap.kind == "percent", first, middle))
        found = ids.known[id(form)] = (ids.code(form.kind), ids.name(form.header), rows)
    return found


def _project_codes(report: Report, ids: Ids) -> tuple[int, int, Row]:
    """Measure, scope, and the codes between amount and place."""
    spelled = f"{report.year} {report.year} 1 12 0"
    middle = (*map(ids.code, ("general_public", "expenditure", spelled, "money", "万元", "")), 0, ids.code("table"), 0)
    return ids.code("actual"), 0, middle


# ---------------------------------------------------------------------------------------------- full text


def tokens(report: Report) -> Iterator[str]:
    """The words of each sentence, in the order of ``printed``."""
    for text in headings(report):
        yield joined(text)
    government, year, half = report.government, report.year, report.kind == "half_year"
    place = _words(government.region.name)
    for form in _forms(report):
        assert form.series is not None
        known = values(government, form.series, year, own=form.own, half=half)._replace(place=place)
        yield _word_form(form.text) % tuple([known[number] for number in form.places])
    for line in range(TEXTS):
        doer, deed, aim = told(government.number, year, line)
        yield f"{_words(doer + deed)} {_words(aim)}"
    for line in range(PROJECTS):
        name, cost = project(government.number, year, line)
        yield f"{_words(name)} {cost}"


@lru_cache(maxsize=1 << 17)
def _words(text: str) -> str:
    return joined(text)


@cache
def _word_form(text: str) -> str:
    """The words of a form, with its gaps."""
    return " %s ".join(joined(piece.replace("%%", "%")) for piece in text.split("%s"))
