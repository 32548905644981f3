"""What the index holds: places, years, reports; and what can be asked.

"有哪些地区" -> 长治市上党区（2023-2024年，决算报告）……
"""

from __future__ import annotations

from collections.abc import Sequence

from index.ask import wording
from index.ask.search import Search
from index.models import LOOKS_BACK, UNKNOWN_YEAR, Answer
from index.store.rows import StoredDocument

KINDS = {
    "final_accounts": "决算报告", "execution": "预算执行和预算草案报告", "budget_notes": "预算公开说明",
    "half_year": "半年小结",
    "months": "月度收支情况",
    "budget": "预算报告", "statistics": "统计公报",
}  # fmt: skip
MOST = 20
MOST_PLACES = 80
MOST_READ = 2000
NO_PLACE = "未写明地区"
SAMPLE = "上党区2023年教育支出多少"


def years_of(document: StoredDocument) -> tuple[int, ...]:
    """The years that a report is about; a look back plans nothing."""
    planned = 0 if document.kind in LOOKS_BACK else document.plan_year
    return tuple(sorted({year for year in (document.year, planned) if year}))


def _years(years: Sequence[int]) -> str:
    return f"{'、'.join(map(str, years))}年" if years else UNKNOWN_YEAR


def _by_place(documents: Sequence[StoredDocument], places: int) -> list[str]:
    """Many reports in a few lines: a place with all its years in each; ``places`` is how many there are."""
    told: dict[str, set[int]] = {}
    for one in documents:
        told.setdefault(one.region or NO_PLACE, set()).update(years_of(one))
    named = sorted(told, key=lambda place: place == NO_PLACE)
    lines = [f"{place}  {_years(sorted(told[place]))}" for place in named[:MOST_PLACES]]
    more = places - MOST_PLACES
    return [*lines, f"……另有 {more} 个地区，直接写地名来问"] if more > 0 else lines


def answer_about(search: Search, regions: Sequence[str] = ()) -> Answer:
    """Places with their years and reports; only those of ``regions`` if any are named."""
    documents = search.store.documents_about(regions) if regions else search.store.first_documents(MOST)
    count = len(documents) if regions else len(search.atlas.documents)
    if regions and not documents:
        names = "、".join(search.atlas.full_name(code) for code in regions)
        years = "、".join(map(str, search.store.years(regions[0])))
        return Answer(
            "answered",
            f"{names}没有自己的报告，别处的报告里有它{years + '年' if years else ''}的数",
            (),
            (),
            "索引内容",
        )
    if not documents:
        return Answer("not_found", wording.NO_INDEX)
    many = not regions and count > MOST
    where = search.atlas.full_name(regions[0]) if regions else ""
    places = f"，{len(search.owner_names)} 个地区" if many else ""
    lines = [f"索引里有{where} {count} 份报告{places}："]
    for document in () if many else documents[:MOST]:
        lines.append(
            f"{document.region or NO_PLACE}  {_years(years_of(document))}  {KINDS.get(document.kind, '报告')}"
            f"《{document.title or document.name}》"
        )
    if many:
        lines += _by_place(search.store.first_documents(MOST_READ), len(search.owner_names))
    elif count > MOST:
        lines.append(f"……共 {count} 份")
    last = max(document.loaded_at for document in documents) if regions else search.store.last_loaded()
    lines.append(f"最近一次载入：{last[:16].replace('T', ' ')}")
    named = list(dict.fromkeys(one.region for one in documents if one.region)) if regions else search.owner_names
    options = tuple(f"{place}一般公共预算收入多少" for place in named[:6])
    return Answer("answered", wording.fitted(lines), (), options, "索引内容")


def friendly(search: Search) -> Answer:
    """For talk that is no question about a budget."""
    return Answer("not_found", wording.FRIENDLY.format(sample=samples_of(search)[0]), (), samples_of(search))


def not_understood() -> Answer:
    """For words in a dialogue that are neither a question nor anything that can be done."""
    return Answer("not_found", wording.NOT_UNDERSTOOD)


def samples_of(search: Search, most: int = 4) -> tuple[str, ...]:
    """What can be asked of the places there are: 上党区一般公共预算收入多少."""
    return tuple(f"{place}一般公共预算收入多少" for place in search.owner_names[:most]) or (SAMPLE,)
