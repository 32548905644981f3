"""Everything the assistant says, as plain Chinese text.

上党区 · 2023年 · 教育支出（一般公共预算）
56,917 万元  完成数
预算数 59,325 万元；完成预算 95.94%；同比 +6.75%
┆ 教育支出56917万元，占年度预算……   《…总决算分析报告》 一、（三） 第3页
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.ask.figures import clipped, grouped, shown
from index.ask.query import Query
from index.ask.ranking.printed import kind_of
from index.lexicon import measures
from index.models import SHOULD, Answer, Fact, Figure, Period, Region, StoredFact

LONGEST_REPLY = 900
LONGEST_QUOTE = 200
LONGEST_ROW = 160
ACCOUNTS = {
    "general_public": "一般公共预算", "government_fund": "政府性基金", "state_capital": "国有资本经营",
    "social_insurance": "社会保险基金", "debt": "政府债务",
}  # fmt: skip
SCOPE_NAMES = {"whole": "全域", "own": "本级", "own_wide": "本级（含开发区）", "lower": "下级合计"}
FLAGS = {
    "ocr": "由图像识别，请与原件核对",
    "unit_missing": "原文未写单位，按上下文补出", "unit_slip": "原文单位疑有误，照原文显示",
    "unit_unsure": "单位未能核实，请对照原文",
    "unsettled": "报告里的相关数字（完成率、增幅等）互相对不上，请对照原文",
    "estimated": "预计（快报）数",
    "rough": "原文为约数", "range": "原文为区间", "same_basis": "同口径",
}  # fmt: skip
# What is not there, as one says it.
MISSING = {
    "completion": "完成预算的百分比", "yoy_pct": "同比增幅", "yoy_amount": "比上年增减的金额", "share": "占比",
    "rank": "排名", "actual": "完成数", "budget": "预算数（安排数）", "adjusted_budget": "调整预算数",
    "balance": "结余", "outstanding": "余额", "limit": "限额", "rate": "比率", "count": "数量", "amount": "金额",
}  # fmt: skip
FRIENDLY = "我回答地方财政预算、决算报告里的数字，例如：“{sample}”“什么是转移支付”。也可以问“有哪些地区”。"
NOT_UNDERSTOOD = (
    "这句话没看懂，前面的回答还在。接着问只说变了的部分，例如“上一年呢”“教育支出呢”；"
    "对上一个回答还可以说：从哪来的、再详细点、发原文、导出、换成亿元、画个图。"
)
NONE_OF_IT = "：报告里没有"
NO_INDEX = "索引里还没有报告，请先载入：yusuan load 报告文件或文件夹"


def period_name(period: Period) -> str:
    """2023年, 2021-2025年, 2023年1-6月, 年份不明."""
    return f"{period.text}年" if period.text[-1:].isdigit() else period.text


def scope_name(scope: str, words: str = "", region: Region | None = None) -> str:
    """The level in words: as printed, else 全市, 全区 by the kind of place, 本级."""
    if words or scope not in SCOPE_NAMES:
        return words
    if scope == "whole" and region is not None:
        return whole_of(region.name)
    return SCOPE_NAMES[scope]


def whole_of(place: str) -> str:
    """全市 of 晋城市, 全地区 of 和田地区; 全域 where the name does not say what kind of place it is."""
    kind = place[-2:] if place.endswith("地区") else place[-1:]
    return f"全{kind}" if kind in ("地区", *"省市县区旗州盟") else SCOPE_NAMES["whole"]


def level_of(one: StoredFact) -> str:
    """The level of a figure that stands in the middle of a text; of a city also that the report leaves it open."""
    level = scope_name(one.fact.scope, one.fact.scope_words, one.region)
    return level or ("（未写明级次）" if one.region.level in ("province", "prefecture") else "")


def named(item: str, measure: str) -> str:
    """政府债务余额, not 政府债务余额余额."""
    name = measures()[measure].name  # type: ignore[index]
    return item if item.endswith(name) or measure == "amount" else item + name


def place_of(one: StoredFact) -> str:
    """长治市上党区."""
    return one.region.full_name or "某市"


def reading(
    places: Sequence[str], periods: Sequence[Period], items: Sequence[str], query: Query, account: str = ""
) -> str:
    """The first line: how the question was understood."""
    name = "、".join(items)
    if account in ACCOUNTS and name and ACCOUNTS[account] not in name:
        name += f"（{ACCOUNTS[account]}）"
    parts = ["、".join(places), "、".join(period_name(p) for p in periods), name]
    if query.scope:
        parts.append(query.scope_words or SCOPE_NAMES[query.scope])
    if query.measures:
        parts.append("、".join(measures()[measure].name for measure in query.measures))
    return " · ".join(part for part in parts if part)


def value_line(one: StoredFact, query: Query, *, label: str = "") -> str:
    """56,917 万元（5.69 亿元）  完成数."""
    fact = one.fact
    name = measures()[fact.measure].name
    if fact.measure == "amount":
        name = ""
    if fact.measure == "budget" and "plan" in fact.flags:
        name = "安排数"
    scope = scope_name(fact.scope, fact.scope_words, one.region)
    if fact.measure == "completion":
        name = completion_name(one, (one,))
    if fact.measure == "rank":
        scope, name = scope if fact.scope not in ("whole", "") else "", kind_of(one).name
    head = f"{label}：" if label else ""
    head += "第" if fact.measure == "rank" and fact.value.isdecimal() else ""
    tail = "，".join(part for part in (scope, name) if part)
    return f"{head}{shown(one, query.unit)}" + (f"  {tail}" if tail else "")


def computed_line(figure: Figure) -> str:
    """8,767 - 1,864 = 6,903 万元, marked as computed."""
    scope = scope_name(figure.scope) if figure.scope != "whole" else ""
    name = measures()[figure.measure].name  # type: ignore[index]
    return f"{grouped(figure.value)} {figure.unit}  {scope}{name}（推算，报告未直接给出）\n{figure.sentence}"


def change_line(figure: Figure) -> str:
    """比上年 +6.75%（推算）计算：…, under the figure of its year."""
    sign = "" if figure.value.startswith("-") else "+"
    return f"　比上年 {sign}{figure.value}{figure.unit}（推算）{figure.sentence}"


def context_lines(context: Sequence[StoredFact], asked: Sequence[StoredFact], query: Query) -> list[str]:
    """预算数 59,325 万元；完成预算 95.94%；同比 +6.75%: a line for each scope; other accounts are told apart."""
    keys = {(one.fact.key, one.fact.account) for one in asked}
    own = [one for one in context if not keys or (one.fact.key, one.fact.account) in keys]
    scopes = list(dict.fromkeys(one.fact.scope for one in own))
    lines = []
    for scope in scopes:
        here = [one for one in own if one.fact.scope == scope]
        told = "；".join(f"{_beside_name(one, [*here, *asked])} {shown(one, query.unit)}" for one in here)
        words = next((one.fact.scope_words for one in here if one.fact.scope_words), "")
        level = scope_name(scope, words, here[0].region) or "未写明级次"
        lines.append(f"{level}：{told}" if len(scopes) > 1 else told)
    return lines


def _beside_name(one: StoredFact, around: Sequence[StoredFact]) -> str:
    if one.fact.measure == "completion":
        return completion_name(one, around)
    return "安排数" if "plan" in one.fact.flags and one.fact.measure == "budget" else measures()[one.fact.measure].name


def completion_name(one: StoredFact, around: Sequence[StoredFact]) -> str:
    """Of which budget, as the report says it or as the figures beside it show; else just 完成预算."""
    if "of_adjusted" in one.fact.flags or "调整" in one.fact.label.split("，")[-1]:
        return "完成调整预算"
    done = next((other.fact.number for other in around if other.fact.measure == "actual"), None)
    for measure, name in (("adjusted_budget", "完成调整预算"), ("budget", "完成年初预算")):
        base = next((other.fact.number for other in around if other.fact.measure == measure), None)
        other_base = {"adjusted_budget": "budget", "budget": "adjusted_budget"}[measure]
        both = any(other.fact.measure == other_base for other in around)
        if done and base and both and one.fact.number is not None and abs(done / base * 100 - one.fact.number) < 1:
            return name
    return "完成年初预算" if "年初" in one.fact.label.split("，")[-1] else "完成预算"


def quote_lines(facts: Iterable[StoredFact], longest: int = LONGEST_QUOTE) -> list[str]:
    """The sentence around each value, and where it stands."""
    lines: list[str] = []
    seen: set[tuple[str, int]] = set()
    for one in facts:
        place = (one.document, one.fact.sentence)
        if place not in seen:
            seen.add(place)
            lines.append("┆ " + (row_quote(one) or clipped(one.text, one.fact.start, one.fact.end, longest)))
            lines.append("┆ " + source(one.title, one.document, one.section, one.page))
    return lines


def row_quote(one: StoredFact) -> str:
    """A table row with its heads: 税收收入｜预算数 1831459｜执行数 1829362; "" for a sentence."""
    cells = one.text.split("\t")
    heads = one.header.split("｜")[1:]
    if len(cells) < 2:
        return ""
    if len(heads) != len(cells):
        return clipped("｜".join(cell for cell in cells if cell), 0, 1, LONGEST_ROW)
    at = one.text[: one.fact.start].count("\t")
    pairs = [(n, f"{heads[n]} {cell}".strip()) for n, cell in enumerate(cells) if cell and n]
    kept = [pair for n, pair in pairs if n == at]
    for n, pair in pairs:
        if n != at and sum(map(len, kept)) + len(pair) <= LONGEST_ROW:
            kept.append(pair)
    ordered = [pair for _, pair in pairs if pair in kept]
    return "｜".join([cells[0], *ordered])


def source(title: str, document: str, section: str, page: int | None) -> str:
    """《…分析报告》 一、（三） 第3页."""
    parts = [f"《{title or document}》", section[:40], f"第{page}页" if page else ""]
    return " ".join(part for part in parts if part)


def flag_notes(facts: Iterable[StoredFact]) -> list[str]:
    """What the parser remarked on the figures shown, and what the report's own sums say against them."""
    facts = list(facts)
    notes = [FLAGS[flag] for one in facts for flag in one.fact.flags if flag in FLAGS]
    return list(dict.fromkeys([*notes, *shoulds(facts)]))


def shoulds(facts: Iterable[StoredFact]) -> list[str]:
    """What the report's own sums say against figures that are shown, also against those beside the answer."""
    return [note for one in facts if (note := should_be(one.fact))]


def noted(answer: Answer, *notes: str) -> Answer:
    """The answer with more remarks."""
    lines = [answer.reply, *(f"※ {note}" for note in notes)]
    return replace(answer, reply=fitted(lines), notes=(*answer.notes, *notes))


def should_be(one: Fact | Figure) -> str:
    """非税收入完成率113.36%：按报告自己的其他数推算应为 213.36%; "" of a figure that no sum speaks against."""
    should = next((flag.removeprefix(SHOULD) for flag in one.flags if flag.startswith(SHOULD)), "")
    if not should:
        return ""
    name = next((row.name for key, row in measures().items() if key == one.measure != "amount"), "")
    name = "" if one.item.endswith(name) else name  # 政府债务余额
    return f"{one.item}{name} {one.value}{one.unit}：按报告自己的其他数推算应为 {should}"


def doubts(facts: Iterable[StoredFact]) -> list[str]:
    """Of figures that only stand beside the answer: that the report's own relations do not fit, if so."""
    return [FLAGS["unsettled"]] if any("unsettled" in one.fact.flags for one in facts) else []


def fitted(lines: Iterable[str]) -> str:
    """The lines as one text within the length of a chat message."""
    text = "\n".join(line for line in lines if line)
    return text if len(text) <= LONGEST_REPLY else text[: LONGEST_REPLY - 1].rstrip() + "…"
