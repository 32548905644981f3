"""What the index holds: places, years, reports; and what can be asked.

"有哪些地区" -> 长治市上党区（2023-2024年，决算报告）……
"""

from __future__ import annotations

from collections.abc import Sequence

from index.ask import wording
from index.ask.search import Search
from index.models import Answer

KINDS = {
    "final_accounts": "决算报告", "execution": "预算执行和预算草案报告", "budget_notes": "预算公开说明",
    "half_year": "半年小结",
    "budget": "预算报告", "statistics": "统计公报",
}  # fmt: skip
MOST = 20


def answer_about(search: Search, regions: Sequence[str] = ()) -> Answer:
    """Places with their years and reports; only those of ``regions`` if any are named."""
    documents = [one for one in search.atlas.documents if not regions or one.region_code in regions]
    if regions and not documents:
        names = "、".join(search.atlas.full_name(code) for code in regions)
        years = "、".join(map(str, search.store.years(regions[0])))
        return Answer("answered", f"{names}没有自己的报告，别处的报告里有它{years}年的数", (), (), "索引内容")
    if not documents:
        return Answer("not_found", wording.NO_INDEX)
    lines = [f"索引里有{search.atlas.full_name(regions[0]) if regions else ''} {len(documents)} 份报告："]
    for document in documents[:MOST]:
        years = "、".join(str(year) for year in sorted({y for y in (document.year, document.plan_year) if y}))
        lines.append(
            f"{document.region or '某市'}  {years}年  {KINDS.get(document.kind, '报告')}"
            f"《{document.title or document.name}》"
        )
    if len(documents) > MOST:
        lines.append(f"……共 {len(documents)} 份")
    lines.append(f"最近一次载入：{max(d.loaded_at for d in documents)[:16].replace('T', ' ')}")
    places = list(dict.fromkeys(document.region or "某市" for document in documents))
    options = tuple(f"{place}一般公共预算收入多少" for place in places[:6])
    return Answer("answered", wording.fitted(lines), (), options, "索引内容")


def friendly(search: Search) -> Answer:
    """For talk that is no question about a budget."""
    places = list(dict.fromkeys(d.region or "某市" for d in search.atlas.documents))
    return Answer("not_found", wording.FRIENDLY, (), tuple(f"{place}一般公共预算收入多少" for place in places[:4]))
