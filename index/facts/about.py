"""What a document is about: whose budget, which years, which kind of paper, who issued it.

    关于解放区2023年财政预算执行情况和2024年财政预算（草案）的报告 -> 解放区, 2023, plan 2024, execution
    2024年政府预算公开相关说明 (长治市屯留区 once in the text)      -> 长治市屯留区, 2023, plan 2024, budget_notes

The title decides; where it is silent the letterhead, the file name and the text do.  What stays open is a warning,
never a guess: ``--region`` and ``--year`` settle it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from index.facts.about_inner import inner
from index.facts.about_kind import kind_of
from index.facts.about_namesakes import settled
from index.facts.about_owner import owner_of
from index.facts.about_spelled import region_spelled
from index.facts.about_zones import own_zones
from index.find.gazetteer import is_within
from index.find.gazetteer import region as region_by_code
from index.find.periods import find_periods
from index.find.places import find_places
from index.find.zones import find_zones
from index.models import Region, Subject
from index.text.normal import plain

_SIGNED = re.compile(r"(?:人民政府|财政局|委员会|人大常委会|办公室)(?:20\d\d年\d{1,2}月(?:\d{1,2}日)?)?$")
_OWNER = re.compile(r"(?P<own>[我本全])(?P<level>省|市|区|县|旗|州|盟)")
# 2026年惠民惠农财政补贴政策清单: what holds in that year
_IN_FORCE = re.compile("(?:清单|标准|办法|细则|政策|一览表)(?:[（(].*[）)])?$")
_PLAN_TITLE = re.compile(
    r"(?P<year>20\d\d)年(?:度)?[^年]{0,14}?(?:预算（?草案|预算安排|预算报告|预算公开|政府预算|部门(?:收支)?预算|单位(?:收支)?预算|预算编制|草案)"
)
_DONE_TITLE = re.compile(
    r"(?P<year>20\d\d)年(?:度)?(?:上半年)?[^年]{0,16}?(?:执行|决算|完成|总结|收支情况|公报|分析|预算调整|调整方案)"
)
_ADJUSTED = re.compile(r"预算(?:的)?调整|调整(?:预算|方案)")
_PRESENTED = re.compile(r"现将|现就|提请.{0,30}审[议查]|报告如下")
_OF_ONE_YEAR = re.compile('三公[”"’]?经费|重点项目')  # a note on these tells of the year it is made for
_DATED = re.compile(r"[（(—\-\s]*20\d\d年\d{1,2}月\d{1,2}日")  # the day of the session, not the year reported on
_LEVEL_WORDS = {
    "省": "province",
    "市": "prefecture",
    "区": "county",
    "县": "county",
    "旗": "county",
    "州": "prefecture",
    "盟": "prefecture",
}


def about(
    name: str, title: str, texts: Sequence[str], region: Region | None = None, year: int | None = None
) -> Subject:
    """The subject of a document.

    ``name`` is the file name, ``title`` the title in normal form, ``texts`` the sentences in normal form, in order.
    ``region`` and ``year`` are what an admin named; they win.
    """
    warnings: list[str] = []
    owner, owner_kind = owner_of(name, title, texts)
    found = region or _region_of_owner(owner) or _region(name, title, texts, warnings)
    if owner_kind == "government" and (region is None or region.level != "zone"):
        found = inner(found, (title, plain(PurePath(name).stem)), texts) or found
    executed, planned = _years(title, name, texts, bool(owner))
    if year is not None:
        executed, planned = year, (year + 1 if planned is None or planned <= year else planned)
    kind = kind_of(title or plain(PurePath(name).stem), texts)
    if executed is None:
        warnings.append("没有找到报告的年份，可用 --year 指定")
    return Subject(found, executed, planned, kind, title, _issuer(texts), tuple(warnings), own_zones(found, texts),
                   owner, owner_kind)  # fmt: skip


# ---------------------------------------------------------------------------------------------- region


def _region_of_owner(owner: str) -> Region | None:
    """The place in a body's name: 福州市某开发区|生态环境局, 中共某市某区|委社会工作部."""
    named = _named(owner) if owner else []
    if len(named) != 1:
        return None
    zones = [zone for zone in find_zones(owner, named[0]) if len(zone.regions) == 1]
    return zones[0].regions[0] if zones else named[0]


def _region(name: str, title: str, texts: Sequence[str], warnings: list[str]) -> Region | None:
    stem = plain(PurePath(name).stem)
    namesakes: list[Region] = []
    for source in (title, *[text for text in texts[:8] if len(text) < 60], stem, *_signatures(texts)):
        regions = _named(source)
        if len(regions) == 1 and (not namesakes or regions[0] in namesakes):
            return regions[0]
        if len(regions) > 1 and not namesakes:
            namesakes = regions
            if one := settled(namesakes, stem, texts):
                return one
    counted = _most_named(texts) or _parent_of_named(texts)
    if counted is not None and (not namesakes or counted in namesakes):
        return counted
    if not namesakes and (spelled := region_spelled(PurePath(name).stem, texts, _own_level(texts))):
        warnings.append("地区按文件名认定，请核对")
        return spelled
    warnings.append("没有找到报告属于哪个地区，可用 --region 指定")
    return None


def _named(text: str) -> list[Region]:
    """The regions a title names, the innermost only; homonyms that nothing settles give none."""
    matches = find_places(text, title=True)
    if not matches:
        return []
    last = matches[0]
    for place in matches[1:]:
        narrower = [r for r in place.regions if any(is_within(r.code, outer.code) for outer in last.regions)]
        if narrower and place.start - last.end <= 2:
            last = place
    return list(last.regions) if len(last.regions) > 1 else [last.regions[0]]


def _signatures(texts: Sequence[str]) -> list[str]:
    """The short lines at the foot that end as the name of a body does: 成县财政局."""
    return [text for text in texts[-4:] if len(text) < 30 and _SIGNED.search(text)]


def _most_named(texts: Sequence[str]) -> Region | None:
    """The region the text speaks of as its own: named most, at the level that 我市 or 全区 says, if it is one.

    A region named once counts where the text names no other of its level.
    """
    level = _own_level(texts)
    counts: Counter[str] = Counter()
    for text in texts:
        for place in find_places(text):
            if (
                len(place.regions) == 1
                and (level is None or place.regions[0].level == level)
                and _issues(text, place.start, place.end)
            ):
                counts[place.regions[0].code] += 1
    if not counts:
        return None
    ranked = counts.most_common(2)
    if len(ranked) == 2 and ranked[1][1] * 2 > ranked[0][1]:
        return None
    return region_by_code(ranked[0][0])


def _parent_of_named(texts: Sequence[str]) -> Region | None:
    """The city whose counties the text lists, where it names none itself: the parent of most of them."""
    counties = {r.code: r for text in texts for place in find_places(text) if len(place.regions) == 1
                for r in place.regions if r.level == "county"}  # fmt: skip
    parents = Counter(r.parent for r in counties.values())
    ranked = parents.most_common(1)
    if not ranked or ranked[0][1] < 4 or ranked[0][1] * 3 < len(counties) * 2:
        return None
    return region_by_code(ranked[0][0])


def _issues(text: str, start: int, end: int) -> bool:
    """Is the place named as the one that acts or reports, not as a neighbour, a road or a source of funds?"""
    return not re.search(r"(?:与|赴|至|和|给|往|从)$", text[:start]) and not re.match(
        r"(?:至|到|等|界|路|国道)", text[end:]
    )


def _own_level(texts: Sequence[str]) -> str | None:
    counts = Counter(match["level"] for text in texts for match in _OWNER.finditer(text))
    if not counts:
        return None
    return _LEVEL_WORDS.get(counts.most_common(1)[0][0])


# ---------------------------------------------------------------------------------------------- years


def _years(title: str, name: str, texts: Sequence[str], owned: bool) -> tuple[int | None, int | None]:
    """The executed and the planned year: the title tells, else the file name or the sentence that presents the paper
    (现将某市2025年预算执行情况…报告如下); of a body's paper (``owned``) the cover may, too."""
    stem = plain(PurePath(name).stem)
    presented = [text for text in texts[:10] if _PRESENTED.search(text)]
    for source in (title, stem, *presented, *(("".join(texts[:4]),) if owned else ())):
        done = [int(match["year"]) for match in _DONE_TITLE.finditer(source)]
        plan = [int(match["year"]) for match in _PLAN_TITLE.finditer(source)]
        if plan and _ADJUSTED.search(source):
            return max(plan), max(plan)  # 2025年预算调整方案: the budget of the year in which it is made
        if done:
            executed = max(done)
            return executed, max(plan) if plan and max(plan) > executed else executed + 1
        if plan:
            # a body's budget tells of its own year; last year's figures stand there with their year
            return max(plan) - (0 if owned or _OF_ONE_YEAR.search(source) else 1), max(plan)
    for source in (title, *(text for text in texts[:6] if not _DATED.match(text)), stem.replace("_", " ")):
        years = [p.years[1] for p in find_periods(source) if p.years and not p.compared]
        years = years or [int(y) for y in re.findall(r"(?<!\d)(20[0-3]\d)(?!\d)", source)]
        if years:
            return years[0], years[0] + (not _IN_FORCE.search(title))
    counts = Counter(p.years[1] for text in texts for p in find_periods(text) if p.years and not p.compared)
    if counts:
        year = counts.most_common(1)[0][0]
        return year, year + 1
    return None, None


def _issuer(texts: Sequence[str]) -> str:
    for text in (*texts[:8], *texts[-4:]):
        if match := re.search(r"[\u4e00-\u9fff]{2,14}(?:财政局|财政厅|人民政府|统计局)", text):
            return match[0] if len(text) < 60 else ""
    return ""
