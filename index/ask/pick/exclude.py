"""Typed contradictions: what a fact must not be, however well its words fit.

Each row says in which respect the two contradict one another, and what a refusal says of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

from index.ask.clauses import clause_behind
from index.ask.pick import stocks
from index.ask.pick.candidate import matter_of
from index.ask.pick.identity import CHANGE, FORMER, LIKELY, NAMED, STOCKS, clause, of_unsaid_account, other_of_names
from index.ask.pick.opposite import opposite, required, requires, says_one_side
from index.ask.pick.other_things import (
    beside_total,
    by_askers_word,
    counted_otherwise,
    given_apart,
    measured_of_another,
    moved,
    named_of_another,
    not_quoted,
    of_a_unit,
    of_no_such_body,
    of_other_budget,
    of_other_kind,
    of_other_whole,
    one_finding,
    one_of_many,
    only_by_alias,
    only_other_name,
    quotes,
    share_in_asked,
)
from index.ask.pick.stocks import STAGES
from index.ask.pick.wanted import Wanted
from index.ask.pick.words import bare_name, share, strange_part
from index.ask.pieces import pieces_of
from index.ask.select import SCOPES, asks_same_basis, counts_alike, is_per_head, told_per_head
from index.ask.vocabulary import asking_pattern
from index.find.accounts import is_planned
from index.find.terms import exact_items
from index.find.towns import FORMS
from index.lexicon import items
from index.models import FLOW_OF, StoredFact
from index.text.normal import before_value, plain

_UNLIKELY, _STRANGE = 0.3, 0.5  # so much of a name the question does not say
_RATIOS: Final = ("completion", "yoy_pct", "yoy_amount", "share", "rank")
_SUMS: Final = ("资金", "金额", "经费")
_SUM_ASKED: Final = re.compile(rf"(?:(?:{'|'.join(_SUMS)})(?:一共|总共|到底|是|有|为)*|节约了?|节省了?|省下?了?)多少$")
_MONEY: Final = ("general_public", "government_fund", "state_capital", "social_insurance", "debt")
_BUDGETS: Final = frozenset(_MONEY[:4])
_IN_SCOPE: Final = {scope: frozenset(chain(*groups)) for scope, groups in SCOPES.items()}
OTHER_DEBT: Final = "other_debt"
_REACHED: Final = re.compile("[至到为](?:了|约|每人每[月年])?$")
_CHANGED: Final = re.compile("增|减|提高|下降|上涨|压|节约|节省")
_GREW: Final = re.compile("(增加|减少|增长|下降|提高|降低|压减|核减|调增|调减)了?$")
_LATIN: Final = re.compile("[A-Za-z]{2,}|[A-Za-z]*\\d+[A-Za-z]+")
_NUMBERED: Final = re.compile("第[一二三四五六七八九十百\\d]+[届次批期]")  # 第二十二届|博览会: that of the year
_CLOSE, _NEAR = 12, 24
_CLAUSES: Final = re.compile("[，；。：]")
_CHANGES: Final = ("yoy_pct", "yoy_amount")
_SEVERAL_YEARS: Final = re.compile(r"十[一二三四五]五|[三四五]年(?:来|间|累计|共|合计)|过去[三四五]年")
_AGAINST_YEARS: Final = re.compile(r"十[一二三四五]五时期的|年均")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A row: its name, and whether a fact contradicts what is asked."""

    name: str
    holds: Callable[[StoredFact, Wanted], bool]
    may: Callable[[Wanted], bool] = lambda asked: True  # whether it can hold of any fact, as the question is worded


def _names_body(asked: Wanted) -> bool:
    return "局" in asked.said or "部门" in asked.query.text


def _scope(one: StoredFact, asked: Wanted) -> bool:
    """全市 asked, 市本级 found; a level is never given for another, but what those below are given is the giver's."""
    if asked.query.given and one.fact.scope == "lower":
        return False
    of_town = one.region.level == "zone" and one.region.name.endswith(FORMS)  # 镇级, of a table that names no level
    return one.fact.scope not in _IN_SCOPE[asked.scope] and not (of_town and not one.fact.scope)


def _account(one: StoredFact, asked: Wanted) -> bool:
    """The account named, or that of the items, is no other one: 政府性基金总收入 asked, 一般公共预算总收入 found."""
    if asked.account:
        return one.fact.account not in (asked.account, "", "other")
    if one.fact.account == "debt" and any(item.account == "social_insurance" for item in exact_items(one.fact.parent)):
        return True  # 社会保险基金收入…，其中利息|570万元 is no interest on debt
    own = asked.accounts
    return len(own) == 1 and own <= _BUDGETS and one.fact.account in _BUDGETS - own and one.fact.key not in asked.keys


def _kind(one: StoredFact, asked: Wanted) -> bool:
    """几个 asked, an amount found; 百分之几 asked, money found."""
    if not asked.kinds:
        return one.fact.kind == "count" and _of_money(asked)  # 奖补资金是多少: no 2.21万家次
    found = "percent" if one.fact.kind in ("points", "times") and "times" not in asked.kinds else one.fact.kind
    if found == "percent" and "times" in asked.kinds:
        found = "times"
    if found not in asked.kinds:
        return True
    word = asked.query.count_word
    return found == "count" and bool(word) and not counts_alike(word, one.fact.unit)


def _one_kind_of_all(one: StoredFact, asked: Wanted) -> bool:
    """一共做了多少个审计项目: 政府投资项目审计9个 are some of them only."""
    if one.fact.kind != "count" or one.fact.key or not _asks_all(asked):
        return False
    before = _CLAUSES.split(plain(one.text[: one.fact.start]))[-1]
    if asking_pattern("all", "told").search(before):  # 全市累计为537家企业、农户办理担保1285笔
        return False
    said = "，".join((asked.said, *(word for piece in asked.pieces for word in (*piece.names, *piece.others))))
    name = _NUMBERED.sub("", bare_name(plain(one.fact.item), one))
    return strange_part(name, said) >= _STRANGE


def _asks_all(asked: Wanted) -> bool:
    return asking_pattern("all", "ask").search(asked.query.masked) is not None


def _unasked_count(one: StoredFact, asked: Wanted) -> bool:
    """The four budgets and the debt are money: 一般公共预算收入超亿元的乡镇4个 is no answer to how much it is."""
    if one.fact.kind != "count" or asked.kinds or asked.wishes.get("count"):
        return False
    known = items()
    money = any(known[key].account in _MONEY or known[key].flow for key in asked.keys if key in known)
    return money or bool(asked.plainly & STOCKS)  # 贷款余额: no 1,005笔


def _unit(one: StoredFact, asked: Wanted) -> bool:
    """No unit is printed, and the one taken over does not fit the paper: off by ten thousand, as likely as not."""
    return {"unit_missing", "unit_unsure"} <= set(one.fact.flags)


def _unwished_ratio(one: StoredFact, asked: Wanted) -> bool:
    """A growth, a rate, a rank is an answer only if it is asked for."""
    measure = one.fact.measure
    grew = one.fact.kind == "points" or (measure == "rate" and _CHANGED.search(one.fact.label[-_CLOSE:]))
    if grew and "share" in asked.plainly and not asked.plainly & set(_CHANGES):
        return True  # 税占比是多少: not the 1.8个百分点 by which it grew, nor the 比上年预算数增长% of a table
    if one.fact.kind == "points" and not asking_pattern("rate", "points").search(asked.text):
        return True  # 平均利率是多少: no 1个百分点
    if measure == "rate" and not asked.wishes.get("rate") and _of_money(asked):
        return True  # 节约资金: not the 节约率 beside it
    if measure == "rate" and not asked.wishes.get("rate") and not one.fact.item.endswith("率"):
        spent = one.fact.kind == "percent" and bool(asked.flow or asked.plainly & STAGES)  # 花了多少: no 利率 2.3%
        return (bool(one.fact.key) or spent) and not asked.kinds & {"percent", "times"}
    if measure == "rate" and "completion" in asked.plainly and one.fact.item.endswith("率"):
        return not asking_pattern("rate", "done").search(one.fact.item)  # 预算执行率: no 列养率
    if measure not in _RATIOS:
        return False
    if asked.wishes.get(measure):
        return asked.wishes[measure] < _UNLIKELY and any(asked.wishes.get(other, 0.0) >= LIKELY for other in _RATIOS)
    named = any(asked.wishes.get(other, 0.0) >= LIKELY for other in _RATIOS)
    return named or measure == "rank" or not asked.kinds & {"percent", "times"}


def _of_money(asked: Wanted) -> bool:
    """Whether the last thing named is a sum of money, and nothing asks for a rate."""
    said = (asked.pieces[-1].text if asked.pieces else "").endswith(_SUMS) or _SUM_ASKED.search(
        asked.query.masked
    ) is not None
    return said and not asked.kinds & {"percent", "times"}


def _unwished_level(one: StoredFact, asked: Wanted) -> bool:
    """A change or a rate asked for plainly is no level; an amount may be printed as a change (提高62元)."""
    if one.fact.measure in _RATIOS or not _only_ratios(asked):
        return False
    if one.fact.measure == "rate":  # 比上年少了多少: no 债务率149%
        return asked.plainly <= set(_CHANGES) and not _CHANGED.search(one.fact.item + one.fact.label[-_NEAR:])
    if not asked.plainly & set(_CHANGES) and not asked.moved:
        return True
    if _REACHED.search(before_value(plain(one.fact.label), plain(one.fact.value))):
        return True  # 由645元提高至|685元
    if asked.moved:
        return one.fact.measure in STAGES
    return not (one.fact.measure in ("amount", "count") and _CHANGED.search(one.fact.item + one.fact.label[-_CLOSE:]))


def _only_ratios(asked: Wanted) -> bool:
    return (bool(asked.plainly) and asked.plainly <= set(_RATIOS)) or asked.moved


def _change(one: StoredFact, asked: Wanted) -> bool:
    """财政拨款支出增加|1193万元, 原油产量下降|3.6万吨: by how much it grew is not how much it is."""
    if one.fact.item.endswith(CHANGE):
        return not asked.moved and not any(asked.wishes.get(measure) for measure in _CHANGES)
    if one.fact.measure != "amount" or one.fact.key not in asked.keys or any(asked.wishes.get(m) for m in _CHANGES):
        return False
    grew, own = _GREW.search(clause(one)), items().get(one.fact.key)
    return grew is not None and not (own and any(word.startswith(grew[1]) for word in own.words))  # 核减|金额


def _per_head(one: StoredFact, asked: Wanted) -> bool:
    """What each is given is no line of a budget and no answer to one: 医保基金支出 is no 补助标准每人每年700元."""
    named = any(item.text.endswith(("收入", "支出")) for item in asked.query.items)
    each = told_per_head(one) or (one.fact.kind == "money" and one.fact.item.endswith("标准"))
    if each and _asks_all(asked) and not asking_pattern("each", "ask").search(asked.text):
        return True  # 总共发了多少奖金: no 每户20万元
    return is_per_head(one) or (named and one.fact.key not in asked.keys and told_per_head(one))


def _each(one: StoredFact, asked: Wanted) -> bool:
    """每个孩子一年给多少: what all of them cost is no answer."""
    if not asking_pattern("each", "ask").search(asked.text):
        return False
    if one.fact.kind != "money":
        return one.fact.kind == "count" and "count" not in asked.kinds  # 护林员一个人补多少: not how many they are
    return "/" not in one.fact.unit and not asking_pattern("each", "told").search(one.fact.item + clause(one))


def _negated(one: StoredFact, asked: Wanted) -> bool:
    """再融资的不要: the word stands in the fact's own clause, and the rest of the question does not say it."""
    own = f"{plain(one.fact.item)}，{clause(one)}"
    said = "".join(piece.text for piece in asked.pieces)
    return any(word in own and word not in said for word in asked.query.negated)


def _must(one: StoredFact, asked: Wanted) -> bool:
    """养老、医疗各多少: the figure of 养老 names it, and is not that of the whole."""
    fact = one.fact
    label = before_value(plain(fact.label), plain(fact.value))
    own = f"{fact.item}{fact.parent}{label}{plain(one.section)}{matter_of(one)}{one.region.full_name}{fact.scope_words}"
    names = items()[one.fact.key].words if one.fact.key in items() else ()
    return any(
        share(piece, text, {}) < NAMED for piece in pieces_of(asked.query.must) for text in ("\n".join((own, *names)),)
    )


def _whole(one: StoredFact, asked: Wanted) -> bool:
    """一般性转移支付里，财力性的: no figure of all 一般性转移支付, and none that does not name the part."""
    inside = asked.query.inside
    if not inside:
        return False
    behind = clause_behind(plain(one.text[one.fact.end :]), long=True)  # 1500万元用于…
    own = "\n".join((plain(one.fact.item), plain(one.fact.label), plain(one.fact.parent), behind))
    return not any(share(piece, own, {}) >= NAMED for piece in pieces_of(inside))


def _latin(one: StoredFact, asked: Wanted) -> bool:
    """PPP, 5G: such a name must stand at the place of the figure."""
    names = [name for name, keys in _latin_names(asked) if one.fact.key not in keys]  # 地区生产总值 is the GDP
    place = f"{one.fact.item}{one.text}{one.section}{one.header}".lower()
    return any(name not in place for name in names)


def _latin_names(asked: Wanted) -> list[tuple[str, tuple[str, ...]]]:
    return [(match[0].lower(), piece.keys) for piece in asked.pieces for match in _LATIN.finditer(piece.text)]


def _stage(one: StoredFact, asked: Wanted) -> bool:
    """What was done is not what was planned, where one of them is named."""
    measure = one.fact.measure
    if not (plainly := asked.plainly & STAGES) or measure in plainly or measure in _RATIOS:
        return False
    if measure in STOCKS:  # 预备费用了多少 is not what is left of it
        return plainly == {"actual"} and not asked.stocks and not asked.wishes.get(measure)
    if measure in STAGES:
        return True
    if measure == "amount":
        if plainly == {"actual"}:
            return "plan" in one.fact.flags
        return plainly <= {"budget"} and not is_planned(one) and one.document not in asked.planning
    return False


def _flow(one: StoredFact, asked: Wanted) -> bool:
    """花了 is no revenue and no balance, and 一般公共预算支出 is no figure of the revenue asked for by name."""
    if one.fact.key in asked.keys:
        return False
    if one.fact.flow not in ("revenue", "expenditure"):
        return bool(asked.flow) and one.fact.measure == "balance" and not asked.wishes.get("balance")
    said = [item for item in asked.query.items if item.text.endswith(("收入", "支出"))]
    named = {items()[key].flow for item in said for key in item.keys if key in items()} & {"revenue", "expenditure"}
    named |= {way for word in asked.query.must for name, way in FLOW_OF.items() if word.endswith(name)}
    flow = asked.flow or (named.pop() if len(named) == 1 else "")
    return bool(flow) and one.fact.flow != flow


def _basis(one: StoredFact, asked: Wanted) -> bool:
    """增长21.7%，剔除退税下降2.7%: asked on one basis, growth on another is no answer."""
    if one.fact.measure not in _CHANGES or not asks_same_basis(asked.query):
        return False
    without = [piece for piece in pieces_of(asked.query.basis) if piece.hard]
    before = plain(one.text[: one.fact.end])
    return "same_basis" not in one.fact.flags or (
        bool(without) and all(share(piece, before, {}) < NAMED for piece in without)
    )


def _other_base(one: StoredFact, asked: Wanted) -> bool:
    """2025年比2022年, 8月比7月增长多少: the growth that is printed is that to the year before."""
    compared = asked.query.compared
    if one.fact.measure not in _CHANGES or len(compared) != 1:
        return False
    if compared[0].first_year == asked.period.first_year:
        return f"{compared[0].last_month}月" not in plain(one.fact.label)
    return compared[0].first_year == compared[0].last_year != asked.period.last_year - 1


def _base(one: StoredFact, asked: Wanted) -> bool:
    """完成年初预算的 and 完成调整预算的 are two ratios."""
    if one.fact.measure != "completion":
        return False
    adjusted = "of_adjusted" in one.fact.flags
    return adjusted if "年初" in asked.text else "年初" in one.fact.label and "调整" in asked.text and not adjusted


def _several_years(one: StoredFact, asked: Wanted) -> bool:
    """十四五时期累计 in front of a figure tells of several years, whatever year it was filed under."""
    if asked.period.first_year != asked.period.last_year:
        return False
    if str(asked.period.last_year) in plain(one.text[max(0, one.fact.start - _NEAR) : one.fact.start]):
        return False  # 从2020年的110.4亿元增加到…
    before, after = plain(one.text[: one.fact.start])[-_NEAR:], plain(one.text[one.fact.end :])[:_NEAR]
    return bool(_SEVERAL_YEARS.search(before) or _AGAINST_YEARS.search(after))


def _nothing(one: StoredFact, asked: Wanted) -> bool:
    """A cell of 0 in a row of another name: it says that there is nothing of that, not of what is asked for."""
    if one.fact.number != 0 or one.fact.kind != "money" or one.fact.key in asked.keys:
        return False
    return plain(one.fact.item) not in asked.text


CONTRADICTIONS: Final = (
    Contradiction("scope", _scope),
    Contradiction("account", _account),
    Contradiction("kind_of_class", of_other_kind),
    Contradiction("budget", of_other_budget, lambda asked: bool(asked.keys)),
    Contradiction("kind", _kind, lambda asked: bool(asked.kinds) or _of_money(asked)),
    Contradiction("unit", _unit),
    Contradiction("counted", counted_otherwise, lambda asked: "count" in asked.kinds),
    Contradiction("one_kind_of_all", _one_kind_of_all, _asks_all),
    Contradiction("measured_of_another", measured_of_another),
    Contradiction("only_by_alias", only_by_alias, lambda asked: not asked.keys),
    Contradiction("named_of_another", named_of_another, lambda asked: bool(asked.keys)),
    Contradiction("askers_word", by_askers_word, lambda asked: bool(asked.keys)),
    Contradiction("one_finding", one_finding),
    Contradiction("of_other_whole", of_other_whole, lambda asked: "占" in asked.text),
    Contradiction("share_in_asked", share_in_asked, lambda asked: bool(asked.keys)),
    Contradiction("of_a_unit", of_a_unit),
    Contradiction("of_no_such_body", of_no_such_body, _names_body),
    Contradiction("unasked_count", _unasked_count, lambda asked: not asked.kinds),
    Contradiction("moved", moved),
    Contradiction("unwished_ratio", _unwished_ratio),
    Contradiction("unwished_level", _unwished_level, _only_ratios),
    Contradiction("stage", _stage, lambda asked: bool(asked.plainly & STAGES)),
    Contradiction("change", _change),
    Contradiction("per_head", _per_head),
    Contradiction("each", _each, lambda asked: asking_pattern("each", "ask").search(asked.text) is not None),
    Contradiction("given_apart", given_apart, lambda asked: asked.query.given),
    Contradiction("stock", stocks.other_stock, lambda asked: bool(asked.plainly & STOCKS or asked.stocks)),
    Contradiction("below_nothing", stocks.below_nothing),
    Contradiction("beside_total", beside_total),
    Contradiction("other_name", only_other_name),
    Contradiction("enumerated", one_of_many),
    Contradiction("nothing", _nothing),
    Contradiction("flow", _flow),
    Contradiction("opposite", opposite, says_one_side),
    Contradiction("required", required, requires),
    Contradiction("opening", stocks.opening),
    Contradiction("former", lambda one, asked: one.fact.item.endswith(FORMER)),
    Contradiction("negated", _negated, lambda asked: bool(asked.query.negated)),
    Contradiction("latin", _latin, lambda asked: bool(_latin_names(asked))),
    Contradiction("must", _must, lambda asked: bool(asked.query.must)),
    Contradiction("quoted", not_quoted, quotes),
    Contradiction("whole", _whole, lambda asked: bool(asked.query.inside)),
    Contradiction("of_debt", stocks.of_no_debt, lambda asked: bool(asked.query.of_debt or asked.query.debt)),
    Contradiction(OTHER_DEBT, stocks.of_other_debt),
    Contradiction("other_act", stocks.other_act, lambda asked: bool(asked.keys)),
    Contradiction("all_of_debt", stocks.all_of_debt, lambda asked: "债" in asked.text),
    Contradiction("other_item", other_of_names),
    Contradiction("unsaid_account", lambda one, asked: of_unsaid_account(one, asked.query)),
    Contradiction("basis", _basis, lambda asked: asks_same_basis(asked.query)),
    Contradiction("other_base", _other_base, lambda asked: len(asked.query.compared) == 1),
    Contradiction("base", _base),
    Contradiction("several_years", _several_years),
)


def contradicted(facts: Iterable[StoredFact], asked: Wanted) -> dict[int, str]:
    """For each fact that contradicts what is asked the name of the first respect in which it does."""
    rows = [row for row in CONTRADICTIONS if row.may(asked)]
    found = ((one.id, next((row.name for row in rows if row.holds(one, asked)), "")) for one in facts)
    return {id: name for id, name in found if name}
