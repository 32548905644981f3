"""What the index holds: places, years, reports; and what can be asked.

"有哪些地区" -> 长治市上党区（2023-2024年，决算报告）……
"""

from __future__ import annotations

from collections.abc import Sequence

from index.ask import wording
from index.ask.search import Search
from index.models import UNKNOWN_YEAR, Answer

KINDS = {
    "final_accounts": "决算报告", "execution": "预算执行和预算草案报告", "budget_notes": "预算公开说明",
    "half_year": "半年小结",
    "budget": "预算报告", "statistics": "统计公报",
}  # fmt: skip
MOST = 20
NO_PLACE = "未写明地区"
SAMPLE = "上党区2023年教育支出多少"


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
    lines = [f"索引里有{search.atlas.full_name(regions[0]) if regions else ''} {count} 份报告："]
    for document in documents[:MOST]:
        years = "、".join(str(year) for year in sorted({y for y in (document.year, document.plan_year) if y}))
        years = f"{years}年" if years else UNKNOWN_YEAR
        lines.append(
            f"{document.region or NO_PLACE}  {years}  {KINDS.get(document.kind, '报告')}"
            f"《{document.title or document.name}》"
        )
    if count > MOST:
        lines.append(f"……共 {count} 份")
    last = max(document.loaded_at for document in documents) if regions else search.store.last_loaded()
    lines.append(f"最近一次载入：{last[:16].replace('T', ' ')}")
    places = list(dict.fromkeys(one.region for one in documents if one.region)) if regions else search.owner_names
    options = tuple(f"{place}一般公共预算收入多少" for place in places[:6])
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
