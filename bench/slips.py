"""Planted slips: correct reports, one figure changed at a time; how many does the check find, and is it silent before?

    python -m bench.slips ../shared/reports ../shared/reports_more --count 500 --out docs/check.md

Changed are figures of running text and of tables, drawn by a fixed seed: a digit, two digits swapped, the unit, last
year's figure, a part left out, the direction of a change.  Found is a slip whose finding was not there before and marks
the changed figure or (of a part left out) its whole.  Reports that the check objects to as they are take no part.

Most figures stand alone (某项目1940万元): no reader can tell that one was changed.  ``bench.bound`` looks for what a
figure is bound by; the share found of those that are bound, or were found, says what the check is worth.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Final

from bench.bound import is_bound
from bench.cells import in_cells
from bench.page import dated, write_section
from bench.watch import table
from index.check.models import Finding
from index.check.run import check
from index.errors import YusuanError
from index.models import Document, Fact, Line, Parsed, Table
from index.parse import parse
from index.read import read_documents
from index.text.normal import plain

KINDS: Final = {
    "digit": "改一位数字", "swap": "两位颠倒", "unit": "单位", "last": "用了上年数", "left_out": "少一项",
    "sign": "增减写反",
}  # fmt: skip
SUFFIXES: Final = (".html", ".docx", ".pdf", ".txt", ".md")
_UNITS: Final = {"万元": "元", "亿元": "万元", "元": "万元"}
_WAN: Final = Decimal(10) ** 4
_TURNED: Final = {"增长": "下降", "下降": "增长", "增加": "减少", "减少": "增加", "增收": "减收", "减收": "增收"}
_CONTEXT: Final = 6
_LARGEST: Final = 1_500  # facts of a report that is parsed again for each slip
_LARGEST_TABLES: Final = 6_000
_FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Planted:
    """A changed report: where the figure stood, what stands there now."""

    kind: str
    document: Document
    fact: Fact
    now: str
    number: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a slip: was it found, with the figure that it should be, and could it be?"""

    kind: str
    measure: str
    found: bool
    explained: bool
    bound: bool


def main(argv: Sequence[str] | None = None) -> int:
    """Plant, check, count, write."""
    given = _arguments(argv)
    every = list(_reports(given.folders))
    reports = [parsed for parsed in every if len(parsed.facts) <= _LARGEST]
    clean = [parsed for parsed in reports if not _alarms(check(parsed))]
    outcomes = list(_outcomes(clean, given.count, random.Random(given.seed), show=given.show))
    lines = _lines(outcomes, reports)
    lines += _of_tables([one for one in every if not _alarms(check(one))], given)
    print("\n".join(lines))
    if given.out:
        write_section(given.out, "slips.py", lines)
    return 0


def _outcomes(clean: Sequence[Parsed], count: int, rng: random.Random, *, show: bool) -> Iterator[Outcome]:
    kinds = list(KINDS)
    tries = done = 0
    while clean and done < count and tries < count * 40:
        tries += 1
        kind = kinds[tries % len(kinds)]
        parsed = rng.choice(clean)
        one = _plant(kind, parsed, rng)
        if one is None:
            continue
        try:
            findings = check(parse(one.document))
        except YusuanError:
            continue
        done += 1
        new = [finding for finding in findings if _touches(finding, one)]
        bound = bool(new) or is_bound(parsed, one.fact, one.number)
        if show and not new:
            print(
                kind, "bound" if bound else "", one.fact.measure, one.fact.value, "→", one.now, "|", one.fact.label[:60]
            )
        yield Outcome(kind, one.fact.measure, bool(new), any(_explains(finding, one) for finding in new), bound)


def _reports(folders: Sequence[Path]) -> Iterator[Parsed]:
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.suffix in SUFFIXES:
                try:
                    parsed = [parse(document) for document in read_documents(path)]
                except YusuanError:
                    continue
                yield from (one for one in parsed if len(one.facts) <= _LARGEST_TABLES)


def _alarms(findings: Sequence[Finding]) -> list[Finding]:
    return [one for one in findings if one.level != "提示"]


# ---------------------------------------------------------------------------------------------- planting


def _plant(kind: str, parsed: Parsed, rng: random.Random) -> Planted | None:
    facts = [fact for fact in parsed.facts if fact.number and fact.kind in ("money", "percent") and _is_told(fact)]
    facts = [fact for fact in facts if parsed.sentences[fact.sentence].kind == "text"]
    facts = [fact for fact in facts if fact.kind == "money" or kind != "left_out"]
    if not facts:
        return None
    fact = rng.choice(facts)
    text = parsed.sentences[fact.sentence].text
    before, behind = text[max(0, fact.start - _CONTEXT) : fact.start], text[fact.end : fact.end + _CONTEXT]
    old, new = _changed(kind, fact, before, behind, parsed, rng)
    if not new or old == new:
        return None
    document = _replaced(parsed.document, old, new)
    number = _number(kind, fact, new[len(before) : len(new) - len(behind)], behind)
    return Planted(kind, document, fact, new, number) if document is not None else None


def _number(kind: str, fact: Fact, now: str, behind: str) -> Decimal:
    """What the figure is after the change; nothing of a part that is left out."""
    number = fact.number or Decimal(0)
    if kind == "left_out":
        return Decimal(0)
    if kind == "sign":
        return -number
    if kind == "unit":
        return number * (_WAN if behind.strip().startswith("元") else 1 / _WAN)
    bare = Decimal(re.sub(r"[^0-9.]", "", plain(now)) or 0)
    return bare * abs(number / _bare(fact)) * (-1 if number < 0 else 1)


def _is_told(fact: Fact) -> bool:
    return len(re.sub(r"\D", "", fact.value)) >= _FEWEST and "rough" not in fact.flags


def _changed(kind: str, fact: Fact, before: str, behind: str, parsed: Parsed, rng: random.Random) -> tuple[str, str]:
    """The words around a figure as they stand and as they are to stand; "" where this slip cannot be made."""
    whole = before + fact.value + behind
    places = [position for position, mark in enumerate(fact.value) if mark.isdigit()]
    if kind == "digit":
        at = rng.choice(places)
        digit = rng.choice([mark for mark in "123456789" if mark != plain(fact.value[at])])
        return whole, before + fact.value[:at] + digit + fact.value[at + 1 :] + behind
    if kind == "swap":
        pairs = [(a, b) for a, b in pairwise(places) if b == a + 1 and fact.value[a] != fact.value[b]]
        if not pairs:
            return "", ""
        a, b = rng.choice(pairs)
        return whole, before + fact.value[:a] + fact.value[b] + fact.value[a] + fact.value[b + 1 :] + behind
    if kind == "unit":
        unit = next((unit for unit in _UNITS if behind.strip().startswith(unit)), "")
        return (whole, before + fact.value + behind.replace(unit, _UNITS[unit], 1)) if unit else ("", "")
    if kind == "last":
        past = _last_years(fact, parsed)
        return (whole, before + past + behind) if past else ("", "")
    if kind == "left_out":
        return _left_out(fact, parsed)
    turned = next((word for word in _TURNED if before.endswith(word)), "")
    if fact.measure not in ("yoy_pct", "yoy_amount") or not turned:
        return "", ""
    return whole, before.removesuffix(turned) + _TURNED[turned] + fact.value + behind


def _last_years(fact: Fact, parsed: Parsed) -> str:
    """The figure less its change, or the one that the report has for the year before."""
    for other in parsed.facts:
        if other.sentence == fact.sentence and other.measure == "yoy_amount" and fact.measure == "actual":
            same = (other.key, other.item, other.unit) == (fact.key, fact.item, fact.unit)
            if same and fact.number and other.number:
                scale = fact.number / _bare(fact)
                return f"{(fact.number - other.number) / scale:f}"
    return ""


def _bare(fact: Fact) -> Decimal:
    return Decimal(plain(fact.value).replace(",", "")) or Decimal(1)


def _left_out(fact: Fact, parsed: Parsed) -> tuple[str, str]:
    """A part with its name and comma, from the middle of what adds up."""
    text = parsed.sentences[fact.sentence].text
    start = max(text.rfind(mark, 0, fact.start) for mark in "，、；,")
    end = min((at for mark in "，、；," if (at := text.find(mark, fact.end)) > 0), default=-1)
    alike = [one for one in parsed.facts if one.sentence == fact.sentence and one.kind == "money"]
    summed = re.search("总计|合计|总量|其中|（", text)
    if start < 0 or end < 0 or len(alike) < 4 or not summed or re.search("其中|计", text[start:end]):
        return "", ""
    return text[start:end] + text[end : end + 4], text[end : end + 4]


def _replaced(document: Document, old: str, new: str) -> Document | None:
    """The document with words changed that stand in it once, in one line."""
    places = [n for n, block in enumerate(document.blocks) if isinstance(block, Line) and old in block.text]
    if len(places) != 1:
        return None
    block = document.blocks[places[0]]
    if isinstance(block, Table) or block.text.count(old) != 1:
        return None
    blocks = list(document.blocks)
    blocks[places[0]] = replace(block, text=block.text.replace(old, new))
    return replace(document, blocks=tuple(blocks))


# ---------------------------------------------------------------------------------------------- counting


def _touches(finding: Finding, one: Planted) -> bool:
    """The untouched report had no finding at all: what is there now is the slip's, if it says more than a hint."""
    return finding.level != "提示" or one.kind == "unit"


def _explains(finding: Finding, one: Planted) -> bool:
    value = one.fact.value.replace(",", "")
    return value in finding.should.replace(",", "") or value in finding.sum.replace(",", "")


def _lines(outcomes: Sequence[Outcome], reports: Sequence[Parsed]) -> list[str]:
    rows = [_row(name, [one for one in outcomes if one.kind == kind]) for kind, name in KINDS.items()]
    rows.append(_row("合计", outcomes))
    measures = sorted({one.measure for one in outcomes})
    seen = [_row(measure, [one for one in outcomes if one.measure == measure]) for measure in measures]
    begun = time.process_time()
    alarms = [len(_alarms(check(parsed))) for parsed in reports]
    spent = (time.process_time() - begun) / max(1, len(reports))
    clean = sum(not count for count in alarms)
    heads = ["埋入", "找到", "说出原数", "有别的数管着", "管着的找到"]
    return [
        "## 埋进去的错", "", f"{dated(())}。", "",
        f"{len(reports)} 份已公布的报告，原样核对：{clean} 份没有错、疑；共 {sum(alarms)} 处，平均每份 "
        f"{sum(alarms) / max(1, len(reports)):.2f} 处。核对一份平均用处理器 {spent:.3f} 秒（不含读和解析）。", "",
        "在没有错、疑的各份里，每次只改一个数：", "",
        *table(["改法", *heads], [row for row in rows if row[1] != "0"]), "", "按指标：", "",
        *table(["指标", *heads], seen),
    ]  # fmt: skip


def _row(name: str, some: Sequence[Outcome]) -> list[str]:
    found, bound = sum(one.found for one in some), sum(one.bound for one in some)
    explained = sum(one.explained for one in some)
    return [
        name,
        str(len(some)),
        _share(found, len(some)),
        _share(explained, len(some)),
        str(bound),
        _share(found, bound),
    ]


def _of_tables(clean: Sequence[Parsed], given: argparse.Namespace) -> list[str]:
    found = list(in_cells(clean, given.count // 5, random.Random(given.seed), show=given.show))
    by_kind = {kind: [one.found for one in found if one.kind == kind] for kind in KINDS}
    rows = [[KINDS[kind], str(len(some)), _share(sum(some), len(some))] for kind, some in by_kind.items() if some]
    return ["", "附表里改一格：", "", *table(["改法", "埋入", "找到"], rows)]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else ""


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--out", type=Path, help="docs/check.md")
    parser.add_argument("--show", action="store_true", help="print what was not found")
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main())
