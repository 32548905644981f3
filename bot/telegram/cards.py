"""Detail -> the card of an answer, as Telegram HTML.

    <b>长治市上党区 · 2023年 · 教育支出（一般公共预算）</b>
    <b>56,917 万元</b>（5.69 亿元）  完成数
    预算数 59,325 万元（5.93 亿元），完成 95.94%
    同比 +6.75%（+3,599 万元）
    <blockquote expandable>4、教育支出 <b>56917</b> 万元，……   《…》 第3页</blockquote>

Pure: no look-ups, no clock.  Every piece of a report is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.telegram.amounts import both, converted, printed, withheld
from bot.telegram.page import cut, escaped, joined
from index import Detail, Passage, Shown

LONGEST_TITLE: Final = 60
LONGEST_CITATION: Final = 256
MOST_QUOTES: Final = 3
MOST_SOURCES: Final = 6
ACCOUNTS: Final = {
    "general_public": "一般公共预算", "government_fund": "政府性基金预算", "state_capital": "国有资本经营预算",
    "social_insurance": "社会保险基金预算", "debt": "政府债务",
}  # fmt: skip
_OCR: Final = "原件是图片，文字由程序识别，请与原件核对"
_EARLY: Final = "出自年中的小结，年终决算数可能不同"
_BESIDE: Final = ("actual", "amount", "budget", "adjusted_budget", "outstanding", "limit", "balance")


def card(found: Detail, unit: str = "auto", link: str = "") -> str:
    """The card; ``link`` reopens it."""
    answer = found.answer
    asked = [one for one in found.shown if one.figure.asked]
    if answer.status != "answered" or not asked:
        return joined([*told(answer.reply), stamped(found.stamp, link)])
    blocks = [f"<b>{escaped(answer.reading)}</b>"]
    marked = numbered(asked)
    context = [one for one in found.shown if not one.figure.asked]
    for line in dict.fromkeys(_line(one) for one in asked):  # each scope with its own growth and budget
        own = [number for number, one in enumerate(asked) if _line(one) == line]
        name = unnamed(asked[own[0]], answer.reading) if len(asked) == 1 else ""
        blocks += [
            value_line(asked[number], unit, mark=marked.get(number, ""), asked=asked, name=name) for number in own
        ]
        blocks += beside([one for one in context if _line(one) == line], unit)
    blocks += quotes(asked, marked)
    blocks += [f"※ {escaped(note)}" for note in (*answer.notes, *marks(asked))]
    return joined([*blocks, foot(found, link)])


def foot(found: Detail, link: str = "") -> str:
    """The version of the index, the dates of the report, its public page."""
    page = f'<a href="{escaped(found.url)}">公开网页</a>' if found.url else ""
    return " · ".join(part for part in (stamped(found.stamp, link), escaped(found.dated), page) if part)


def value_line(one: Shown, unit: str, *, mark: str = "", asked: Sequence[Shown] = (), name: str = "") -> str:
    """The figure, bold, and what it is; ``mark`` (①) tells contradicting ones apart, the item where items differ;
    ``name`` is whose it is, where the headline does not say so."""
    item = name or (one.figure.item if len({other.figure.item for other in asked}) > 1 else "")
    words = "，".join(word for word in (item, one.scope, one.measure, "推算" if one.figure.derived else "") if word)
    other = "报告隐去了金额" if withheld(one) else converted(one, unit)
    more = f"（{escaped(other)}）" if other else ""
    return f"{mark}<b>{escaped(printed(one))}</b>{more}  {escaped(words)}".rstrip()


def unnamed(one: Shown, reading: str) -> str:
    """城乡社区支出 under 各科目 · 超过 10 亿元: which of several things it is of; "" where the headline says it."""
    if one.figure.derived:  # its name is the headline's
        return ""
    parts = reading.split(" · ")
    place = "" if one.figure.region in reading else one.figure.region
    several = any("、" in part or part.startswith("各") for part in parts)
    item = one.figure.item if several and not any(part.startswith(f"{one.figure.item}（") for part in parts) else ""
    return " ".join(word for word in (place, item if item not in parts else "") if word)


def numbered(asked: Sequence[Shown]) -> dict[int, str]:
    """①② for figures that say different things of the same: their places tell them apart."""
    kinds = list(map(_kind, asked))
    alike = [number for number, kind in enumerate(kinds) if kinds.count(kind) > 1]
    return {number: "①②③④⑤⑥⑦⑧⑨"[place] + " " for place, number in enumerate(alike[:9])}


def beside(context: Sequence[Shown], unit: str) -> list[str]:
    """The other measures of one line: amounts and completion, then growth, then shares and the like."""
    by: dict[str, Shown] = {}
    for one in context:
        by.setdefault(one.figure.measure, one)
    amounts = [f"{by[name].measure or '金额'} {both(by[name], unit)}" for name in _BESIDE if name in by]
    if "completion" in by:
        amounts.append(f"{_completed(by['completion'])} {printed(by['completion'])}")
    growth = ""
    whose = by["actual"].measure if "actual" in by else ""  # beside a plan: growth is of what was done
    if "yoy_pct" in by:
        change = f"（{printed(by['yoy_amount'])}）" if "yoy_amount" in by else ""
        growth = f"{whose}同比 {printed(by['yoy_pct'])}{change}"
    elif "yoy_amount" in by:
        growth = f"{whose}比上年 {printed(by['yoy_amount'])}"
    others = [f"{by[name].measure} {printed(by[name])}" for name in ("share", "rank", "rate", "count") if name in by]
    return [escaped(line) for line in ("，".join(amounts), growth, "，".join(others)) if line]


def quotes(asked: Sequence[Shown], marked: Mapping[int, str] | None = None) -> list[str]:
    """The sentences of the figures, folded up, each with the figures in it bold and its place."""
    sentences: dict[tuple[str, int | None, str], list[Shown]] = {}
    marks_of: dict[tuple[str, int | None, str], str] = {}
    for number, one in enumerate(asked):
        place = (one.figure.document, one.figure.page, one.text)
        sentences.setdefault(place, []).append(one)
        marks_of[place] = marks_of.get(place, "") + (marked or {}).get(number, "")
    lines = []
    told = list(sentences.items())[:MOST_QUOTES]
    for at, (place, group) in enumerate(told):
        lines.append(marks_of[place] + bold_at(group[0].text, [(one.start, one.end) for one in group]))
        if at + 1 < len(told) and _stand_together(group[0], told[at + 1][1][0]):
            continue  # rows of one table: its heads and its place once
        if group[0].header:
            lines.append(f"表头：{escaped(cut(group[0].header, 120))}")
        lines.append(f"<i>{escaped(source(group[0]))}</i>")
    more = len(sentences) - MOST_QUOTES
    if more > 0:
        lines.append(f"另有 {more} 处出处，见导出的表格")
    return [f"<blockquote expandable>{chr(10).join(lines)}</blockquote>"]


def _stand_together(one: Shown, other: Shown) -> bool:
    return (source(one), one.header) == (source(other), other.header)


def bold_at(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text, escaped, with these spans in bold."""
    out, at = "", 0
    for start, end in sorted(set(spans)):
        if at <= start < end:
            out += escaped(text[at:start]) + f"<b>{escaped(text[start:end])}</b>"
            at = end
    return out + escaped(text[at:])


def source(one: Shown) -> str:
    """《…分析报告》 一、（三） 第3页."""
    figure = one.figure
    title = cut(figure.title or figure.document, LONGEST_TITLE)
    page = f"第{figure.page}页" if figure.page else ""
    return " ".join(part for part in (f"《{title}》", cut(figure.section, 40), page) if part)


def marks(asked: Sequence[Shown]) -> list[str]:
    """What a reader must know of where the figures come from."""
    found = []
    if any(one.figure.derived for one in asked):
        found.append("推算数：报告未直接给出，算式见引文")
    if any(one.ocr and "ocr" not in one.figure.flags for one in asked):  # else the answer says so itself
        found.append(_OCR)
    if any(one.doc_kind == "half_year" for one in asked):
        found.append(_EARLY)
    return found


def citation(one: Shown, asked: Sequence[Shown] = ()) -> str:
    """A sentence to be quoted: place, period, scope, item, measure, figure, report; of figures ``asked`` together, it
    says what the report has elsewhere of the same."""
    figure = one.figure
    period = f"{figure.period}年" if figure.period[-1:].isdigit() else figure.period
    account = ACCOUNTS.get(figure.account, "")
    item = figure.item + (f"（{account}）" if account and account[:4] not in figure.item else "")
    value = "*" if withheld(one) else figure.value
    value = printed(one) if figure.measure in ("yoy_pct", "yoy_amount") else value + figure.unit
    measure = "" if figure.item.endswith(one.measure) else one.measure
    text = f"{figure.region}{period}{one.level}{item}{measure}{value}"
    others = [other for other in asked if other != one and _kind(other) == _kind(one)]
    told = "、".join(dict.fromkeys(printed(other).replace(" ", "") for other in others))
    text += f"（报告另一处为{told}）" if told else ""
    if figure.derived:
        return f"{text}（推算，{figure.sentence}；依据《{figure.title or figure.document}》）"
    return f"{text}（{source_in_full(one)}）"


def citations(asked: Sequence[Shown]) -> str:
    """The sentences to be quoted of all figures asked."""
    return "；".join(dict.fromkeys(citation(one, asked) for one in asked))


def source_in_full(one: Shown) -> str:
    """The report's whole title and the page."""
    page = f"第{one.figure.page}页" if one.figure.page else ""
    return f"《{one.figure.title or one.figure.document}》{page}"


def sources_beside(asked: Sequence[Shown], quoted: str) -> list[str]:
    """Where figures come from, as far as a quotation (as plain text) does not give the whole title of the report."""
    missing = [one for one in asked if f"《{one.figure.title or one.figure.document}》" not in quoted]
    lines = list(dict.fromkeys(f"出自 {source_in_full(one)}" for one in missing))
    more = [f"另有 {len(lines) - MOST_SOURCES} 份报告，见导出的表格"] if len(lines) > MOST_SOURCES else []
    return lines[:MOST_SOURCES] + more


def told(reply: str) -> list[str]:
    """An answer in words (an explanation, a question back, what is missing): headline, lines, quotes folded up."""
    lines = reply.split("\n")
    blocks: list[str] = []
    quote: list[str] = []
    for number, line in enumerate(lines):
        if line.startswith("┆ "):
            body = escaped(line.removeprefix("┆ "))
            quote.append(f"<i>{body}</i>" if body.startswith("《") else body)
            continue
        if quote:
            blocks.append(_folded(quote))
            quote = []
        blocks.append(f"<b>{escaped(line)}</b>" if number == 0 and len(lines) > 1 else escaped(line))
    return [*blocks, _folded(quote)] if quote else blocks


def passage(found: Passage) -> str:
    """The sentences around a figure, its own bold figure in the middle."""
    own = bold_at(found.text, [(found.start, found.end)])
    lines = [*map(escaped, found.before), f"▸ {own}", *map(escaped, found.after)]
    head = f"<b>{escaped(found.title)} · 上下文</b>"
    return joined(
        [head, f"<blockquote>{chr(10).join(lines)}</blockquote>", f"<i>{escaped(cut(found.source, 120))}</i>"]
    )


def stamped(stamp: str, link: str = "") -> str:
    """The version of the index; with a link that reopens the card."""
    text = f"索引{stamp}" if stamp else ""
    return f'<a href="{escaped(link)}">{text}</a>' if link and text else text


def _line(one: Shown) -> tuple[str, str, str, str, str]:
    """What must be equal for two figures to be measures of the same line."""
    figure = one.figure
    return figure.region, figure.period, figure.account, figure.scope, figure.item


def _kind(one: Shown) -> tuple[str, ...]:
    """What two figures share that say different things of the same."""
    return (*_line(one), one.figure.measure, one.measure)


def _completed(one: Shown) -> str:
    return "完成调整预算的" if "of_adjusted" in one.figure.flags else "完成"


def _folded(lines: Sequence[str]) -> str:
    return f"<blockquote expandable>{chr(10).join(lines)}</blockquote>"
