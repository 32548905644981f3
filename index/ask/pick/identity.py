"""Whose figure it is by its names: whether a fact is of another item than the one asked for.

社会保险基金收入 asked, 政府性基金收入 found -> another; 发放各类消费券 found for 消费券 -> the same
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, cast

from index.ask.clauses import own_clause
from index.ask.kin import halves_in, siblings
from index.ask.pick.wanted import Wanted
from index.ask.pick.words import bare_name, share, strange_part
from index.ask.pieces import Piece
from index.ask.query import Query
from index.ask.vocabulary import asking_pattern, soft_words
from index.find.terms import exact_items
from index.lexicon import cues, items, toml
from index.models import Fact, StoredFact
from index.text.normal import before_value, plain

# The parser's marks of what an amount was before a change, and of an amount by which something changed.
FORMER: Final = "（此前）"
CHANGE: Final = "（增减）"
_BY_FUNCTION: Final = re.compile(r"fn-(\d+)")
_OTHER_BUDGETS: Final = ("government_fund", "state_capital", "social_insurance")
_TRANSFERS: Final = frozenset({"transfer-payment", "transfer-superior"})
_LINES: Final = ("gp-", "gf-", "sc-", "si-")
MOVED: Final = "增减）"  # also （比年初预算增减）
LIKELY: Final = 0.8
NAMED: Final = 0.5
GIVEN: Final = "transfer-down"
STOCKS: Final = frozenset({"limit", "outstanding", "balance"})
_STRANGE: Final = 0.7  # of a name that the question does not say
_ALL: Final = ("各类", "各项", "全部", "累计", "共计", "统筹", "用于")
_STANDARD: Final = "标准"
_MANY_KINDS: Final = 10
GENERIC: Final = re.compile("(?:专项)?(?:资金|支出|收入|补助|经费|金额|规模|总额|项目|情况|数|预算|决算)+$")


def clause(one: StoredFact) -> str:
    """The clause that stands in front of the figure."""
    return _clause_of(one.fact.label, one.fact.value)


@lru_cache(maxsize=4096)
def _clause_of(label: str, value: str) -> str:
    return own_clause(before_value(plain(label), plain(value)))


def changed_of(one: StoredFact) -> set[str]:
    """科学技术支出（增减）: the keys of the item whose change a figure is; empty if it is none."""
    name = plain(one.fact.item)
    return {item.key for item in exact_items(name.removesuffix(CHANGE))} if name.endswith(CHANGE) else set()


def said_of(one: StoredFact) -> str:
    """Its name, its clause, what it is part of."""
    return f"{plain(one.fact.item)}\n{clause(one)}\n{plain(one.fact.parent)}"


def gives_below(one: StoredFact, asked: Wanted) -> bool:
    """市对镇转移支付, under a name of the report's own: what all those below are given, where that is asked for."""
    if not asked.query.given or GIVEN not in asked.keys:
        return False
    return any(_gave().search(text) for text in (plain(one.fact.item), clause(one)))


@cache
def _gave() -> re.Pattern[str]:
    return re.compile(cast(str, toml("asking.toml")["scope"]["gave"]))


def of_other_item(one: StoredFact, asked: Wanted) -> bool:
    """One item of the lexicon is no other: 社会保险基金收入 asked, 政府性基金收入 found; 增值税 asked, 留抵退税 found.

    A figure that has the words the question holds besides its items may be meant, and one whose name ends so.
    """
    fact = one.fact
    if not asked.keys or fact.key in asked.keys or gives_below(one, asked):
        return False
    if fact.key and _is_balance_of(fact, asked):
        return False
    if _is_other_stock(fact, asked):
        return True
    own = _own_words(one)
    rest = [piece for piece in asked.pieces if piece.hard and not piece.keys]
    if rest and all(item.weak for item in asked.query.items):
        return False
    if rest:
        return bool(fact.key) and not any(share(piece, own, {}) >= NAMED for piece in rest)
    named = [piece for piece in asked.pieces if piece.keys and share(piece, own, {}) == 1.0]
    if len(named) > 1 and len(named) == sum(bool(piece.keys) for piece in asked.pieces):
        return False  # 税收返还和转移支付补助 names both
    if fact.kind != "money" and fact.kind in asked.kinds:
        return bool(fact.key)
    return not any(_ends_with(one, piece) for piece in asked.pieces if piece.keys)


def _is_other_stock(fact: Fact, asked: Wanted) -> bool:
    """债务限额 is no 新增债务限额, whatever the two names have in common."""
    known = items()
    stocks = [key for key in asked.keys if key in known and known[key].name.endswith(("债务限额", "债务余额"))]
    return fact.measure in ("limit", "outstanding") and fact.key in known and len(stocks) == len(asked.keys)


def other_of_names(one: StoredFact, asked: Wanted) -> bool:
    """增值税 alone asked, 留抵退税 found: no word of the question is left that could mean it."""
    fact = one.fact
    if _holds_half(fact, asked) or _is_share_of_whole(one, asked):
        return True
    if not of_other_item(one, asked):
        return False
    if fact.key and fact.measure == "share" and fact.account != "debt":  # 一般债占几成: no share of what is paid for it
        of_debt = any(key.startswith("debt-") for key in asked.keys)
        return of_debt or siblings(asked.keys, [fact.key])  # 非税收入占比: no 税收收入占比
    if any(piece.hard and not piece.keys for piece in asked.pieces):
        return False
    if fact.item.endswith(_STANDARD) and asking_pattern("each", "ask").search(asked.text):
        return False  # 低保一个月多少: the 标准 of it
    if fact.key or fact.measure in STOCKS:
        # 社会保险基金滚存结余 asked, that of 长期护理保险 found; 城乡社区支出 asked, 城乡社区规划与管理 found
        return fact.measure in STOCKS or _is_below(fact.key, asked.keys)
    name = bare_name(plain(fact.item), one)
    strange = strange_part(name, asked.said)
    return strange >= _STRANGE or (strange >= NAMED and any(_is_kind_of(name, piece) for piece in asked.pieces))


def _is_kind_of(name: str, piece: Piece) -> bool:
    """转移支付: so many items of the lexicon are a kind of it that 农村综合改革转移支付 is one more, and not itself."""
    return bool(piece.keys) and name.endswith(piece.text) and len(_kinds_of(piece.text)) >= _MANY_KINDS


@cache
def _kinds_of(name: str) -> frozenset[str]:
    return frozenset(
        item.key for item in items().values() for word in item.words if word.endswith(name) and word != name
    )


def of_unsaid_account(one: StoredFact, query: Query) -> bool:
    """转移支付 of no account that is said: not what the fund budget or that of state capital got."""
    keys = {key for item in query.items for key in item.keys}
    unsaid = not (one.fact.owner or query.account or query.given)
    return unsaid and one.fact.account in _OTHER_BUDGETS and bool(keys) and keys <= _TRANSFERS


def _is_below(key: str, keys: Sequence[str]) -> bool:
    """Whether a line of a budget is a part of one that is asked for."""
    known = items()
    if code := _BY_FUNCTION.match(key):
        codes = [known[one].code for one in keys if one in known and one.startswith("gp-exp-")]
        return any(own and code[1].startswith(own) and code[1] != own for own in codes)
    while key.startswith(_LINES) and key in known:
        key = known[key].parent
        if key in keys:
            return True
    return False


def _is_share_of_whole(one: StoredFact, asked: Wanted) -> bool:
    """教育占一般公共预算支出多少: no share that is filed under the whole, of whatever else."""
    known, own = items(), _own_words(one)
    parts = {key for key in asked.keys if key in known and known[key].parent == one.fact.key}
    named = [piece for piece in asked.pieces if parts & set(piece.keys)]
    of_whole = bool(one.fact.key) and one.fact.measure == "share" and bool(named)
    return of_whole and all(share(piece, own, {}) < NAMED for piece in named)


def _holds_half(fact: Fact, asked: Wanted) -> bool:
    """还本 asked, 还本付息 found."""
    known = items()
    half = any(halves_in(known[key].name) == 1 for key in asked.keys if key in known)
    return half and fact.key in known and halves_in(known[fact.key].name) > 1


def _is_balance_of(fact: Fact, asked: Wanted) -> bool:
    """社保基金还剩多少: the balance of the account, not of one fund."""
    known = items()
    whole = {known[key].account for key in asked.keys if key in known and not known[key].parent}
    if fact.key not in known or known[fact.key].account not in whole:
        return False
    return fact.measure == "balance" and asked.wishes.get("balance", 0.0) >= LIKELY


def _ends_with(one: StoredFact, piece: Piece) -> bool:
    """发放各类|消费券: the head of a Chinese name stands at its end; what stands before it must not narrow it."""
    name = GENERIC.sub("", bare_name(plain(one.fact.item), one))
    for word in (piece.text, *piece.names):
        head = GENERIC.sub("", word)
        if head and name.endswith(head) and not narrows(name.removesuffix(head)):
            return True
    return False


def narrows(before: str) -> bool:
    """发放各类, 家电、汽车、餐饮 do not narrow 消费券; 长期护理保险 narrows 滚存结余."""
    if "、" in before:
        return False
    for word in (*cues("filler", "project_verbs"), *soft_words(), *_ALL):
        before = before.replace(word, "")
    return len(before) > 1


def _own_words(one: StoredFact) -> str:
    """The name of a fact, other names of its item, its clause, what it is part of."""
    item = items().get(one.fact.key)
    names = (*item.words, *item.people) if item else ()
    return "\n".join((plain(one.fact.item), clause(one), plain(one.fact.parent), *names))
