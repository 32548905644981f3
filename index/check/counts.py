"""Lists that are not as long as they say: 三个方面：一是…二是…三是…四是.

    主要体现在三个方面：一是…。二是…。                    two are named
    4个县（甲县、乙县、丙县）                             three are named

Counted are 一是, 二是 to the last one, of this sentence and the ones behind it; both a list that breaks off
and one that goes on beyond its number are told as a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final

from index.check.cause import printed
from index.check.complete import are_all
from index.check.lists import number_of
from index.check.models import Finding, Span
from index.check.paper import Paper
from index.facts.printed import value
from index.lexicon import toml
from index.models import Sentence
from index.text.normal import normalise, plain

_AHEAD: Final = 40  # sentences that a list may take
_REACH: Final = 4_000  # characters
_NAMES: Final = re.compile(
    r"(?<![\d.第])(?P<number>\d{1,2}|[二三四五六七八九十])个(?:县|县区|县市|区|区县|市|镇|乡镇|街道)[（(](?P<names>[^（()）\d]{3,60})[）)]"
)

_MEMBERS: Final = re.compile(
    r"(?:单位|部门|科室|机构|中心|学校)(?:共|共计|共有|有|数为|为)*(?P<number>\d{1,2}|[二三四五六七八九十])[个家所](?:[，,：:；;])?"
    r"(?:包括|分别是|分别为|即|具体是|具体为|具体包括)[：:]?(?P<names>[^；;。：:]{6,400})(?=[。；;]|$)"
)
_BRACKET: Final = re.compile(r"[（(][^（()）]*[)）]")
_NAME: Final = 12  # characters before a number that say what is counted
_GRADED: Final = re.compile("其中|结果|等次|等级|评为|分别|包括|[：:]")
_ANNOUNCED: Final = re.compile(
    r"(?<![第\d.])(?P<number>\d{1,2}|[二三四五六七八九])(?:个|项|类|条)[^，,；;。：:、\d]{0,10}[：:]\s*$"
)
_ALIKE: Final = re.compile(
    r"(?<![第\d.])(?P<number>\d{1,2}|[二三四五六七八九])个(?P<what>坚持|聚焦|着力|强化|更加|突出|持续|全力)[。：:]?$"
)
_TIMES: Final = re.compile(
    r"(?<![第\d.])(?P<number>\d{1,2}|[二三四五六七八九])(?:次|个方面|项工作|项措施)[^，。；：:、\d]{0,10}。?$"
)
_HEADING: Final = re.compile(r"^[（(](?P<number>[一二三四五六七八九十])[）)]")
_REACH_OF_HEADINGS: Final = 200  # sentences
_FOLLOWED: Final = re.compile(r"(?:包括|如下|分别是|分别为|即)[：:]\s*$")


def of_counts(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    yield from _numbered(paper)
    yield from _graded(paper)
    yield from _members(paper)
    yield from _headed(paper)
    sentences = [one for one in paper.parsed.sentences if one.kind != "row"]
    for position, sentence in enumerate(sentences):
        normal = normalise(sentence.text)
        text = normal.text
        for match in _head().finditer(text):
            if not text.startswith(_ordinals()[0], match.end()):
                continue
            listed = text[match.end() : match.end() + _REACH] + "\n" + _behind(sentences, position)
            named = _ordinals_of(listed[:_REACH])
            said = _number(match["number"])
            if named >= 2 and said >= 2 and named != said:
                yield _told(paper, sentence, *normal.printed(*match.span("number")), f"写的是 {said}，列出 {named}")
        for match in _NAMES.finditer(text):
            names = [name for name in re.split("[、，,和及]", match["names"]) if name.strip()]
            said = _number(match["number"])
            named = len(names) > 1 and any(len(name.strip()) > 1 for name in names)  # 七个县（市、区）names none
            if named and len(names) != said and "等" not in match["names"] and "不" not in match["names"]:
                yield _told(
                    paper, sentence, *normal.printed(*match.span("number")), f"写的是 {said}，列出 {len(names)}"
                )


def _numbered(paper: Paper) -> Iterator[Finding]:
    """安排6个项目： before 1., 2., … on lines of their own, to the last one."""
    sentences = [one for one in paper.parsed.sentences if one.kind != "row"]
    for position, sentence in enumerate(sentences):
        match = _ANNOUNCED.search(sentence.text)
        if match is None and not _FOLLOWED.search(sentence.text):
            continue
        listed = 0
        for other in sentences[position + 1 :]:
            if number_of(other) != listed + 1:
                break
            listed += 1
        if match is None:
            yield from _added(paper, sentence, listed)
            continue
        said = _number(match["number"])
        if listed > 1 and said > 1 and listed != said:
            yield _told(paper, sentence, match.start("number"), match.end("number"), f"写的是 {said}，列出 {listed}")


def _headed(paper: Paper) -> Iterator[Finding]:
    """主要做到四个坚持。 before headings （一）坚持…, （二）坚持…; 调整2次并获批准。 before 一是…。二是…。"""
    sentences = [one for one in paper.parsed.sentences if one.kind != "row"]
    for position, sentence in enumerate(sentences[:-1]):
        normal = normalise(sentence.text)
        if (match := _ALIKE.search(normal.text)) is not None:
            listed = 0
            for other in sentences[position + 1 : position + 1 + _REACH_OF_HEADINGS]:
                if heading := _HEADING.match(other.text):
                    if heading["number"] != _ordinals()[listed][0] or match["what"] not in other.text[:_NAME]:
                        break
                    listed += 1
        elif (match := _TIMES.search(normal.text)) is not None and sentences[position + 1].text.startswith("一是"):
            listed = _ordinals_of(_behind(sentences, position))
        else:
            continue
        said = _number(match["number"])
        if listed > 1 and said > 1 and listed != said:
            yield _told(paper, sentence, *normal.printed(*match.span("number")), f"写的是 {said}，列出 {listed}")


def _added(paper: Paper, sentence: Sentence, listed: int) -> Iterator[Finding]:
    """行政单位1家，参公单位1家，事业单位4家，具体包括： before 1. to 6.: what is counted by kinds is all listed."""
    counts = [fact for fact in paper.by_sentence.get(sentence.index, []) if fact.kind == "count"]
    made = sum(map(value, counts), Decimal(0))
    units = {fact.unit for fact in counts}
    alike = len(units) == 1 and units <= set(toml("check.toml")["count"]["members_by"])
    if listed > 1 and len(counts) > 1 and alike and made != listed and all(value(fact) != listed for fact in counts):
        told = f"{' ＋ '.join(map(printed, counts))} ＝ {made}，列出 {listed}"
        yield paper.finding("个数", "疑", counts, told)


def _graded(paper: Paper) -> Iterator[Finding]:
    """28个项目……其中“优”的9个、“良”的16个、“中”的3个: names that leave nothing out make the whole."""
    for sentence, facts in paper.prose():
        counts = [fact for fact in facts if fact.kind == "count"]
        for position, whole in enumerate(counts[:-2]):
            others = counts[position + 1 :]
            end = next((at for at, fact in enumerate(others) if fact.unit != whole.unit), len(others))
            parts = others[:end]
            if len(parts) < 2 or not _GRADED.search(sentence.text[whole.end : parts[0].start]):
                continue
            of = sentence.text[max(0, whole.start - _NAME) : whole.start]
            ends = [whole.end, *(fact.end for fact in parts)]
            names = [sentence.text[end : fact.start] for end, fact in zip(ends, parts, strict=False)]
            names[0] = names[0][-_NAME:]
            made = sum((value(fact) for fact in parts), Decimal(0))
            if are_all(of, names) and made != value(whole):
                told = f"{' ＋ '.join(map(printed, parts))} ＝ {made}{whole.unit}，印的是 {printed(whole)}"
                yield paper.finding("个数", "疑", [whole, *parts], told)


def _members(paper: Paper) -> Iterator[Finding]:
    """预算单位共计6家，包括：甲局（本级）、乙队、丙站: names between 、 outside brackets."""
    for sentence, _ in paper.prose():
        for match in _MEMBERS.finditer(sentence.text):
            names = _BRACKET.sub("", match["names"])
            listed = [name for name in names.split("、") if name.strip()]
            said = _number(match["number"])
            plain_list = not re.search(r"等|其中|[\d，,及和与]", names)
            if plain_list and len(listed) > 1 and said > 1 and len(listed) != said:
                told = f"写的是 {said}，列出 {len(listed)}"
                yield _told(paper, sentence, match.start("number"), match.end("number"), told)


def _behind(sentences: list[Sentence], position: int) -> str:
    """What comes after a sentence in its section, as far as a list may go."""
    found = []
    for other in sentences[position + 1 : position + 1 + _AHEAD]:
        if other.section != sentences[position].section or other.kind == "heading":
            break
        found.append(plain(other.text[:_REACH]))
    return "\n".join(found)[:_REACH]


def _ordinals_of(text: str) -> int:
    """一是, 二是, …: how far the list goes until it begins anew, skips or ends; 0 if that cannot be told."""
    ordinals = _ordinals()
    count = 0
    for match in _marks().finditer(text):
        if match["ordinal"] != ordinals[count]:
            return count
        count += 1
        if count == len(ordinals):
            return 0  # as many as can be counted: may go on
    return count if len(text) < _REACH else 0


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[，。；：;:、\s“”])(?P<ordinal>{'|'.join(_ordinals())})", re.MULTILINE)


@cache
def _head() -> re.Pattern[str]:
    members = "|".join(sorted(map(re.escape, toml("check.toml")["count"]["members"]), key=len, reverse=True))
    return re.compile(rf"(?<![第\d.])(?P<number>\d{{1,2}}|[二三四五六七八九])(?:{members})[^，。；：:、]{{0,8}}[：:]")


@cache
def _ordinals() -> tuple[str, ...]:
    return tuple(toml("check.toml")["count"]["ordinals"])


def _number(text: str) -> int:
    return int(text) if text.isdigit() else toml("check.toml")["count"]["numerals"].index(text) + 1


def _told(paper: Paper, sentence: Sentence, start: int, end: int, why: str) -> Finding:
    section = paper.parsed.sections[sentence.section].title if sentence.section is not None else ""
    return Finding("个数", "疑", sentence.page, section, sentence.text, (Span(sentence.index, start, end),), why)
