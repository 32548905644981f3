"""The items that a question names: longest first, with the account they are of and what only says where they stand.

"一般公共预算支出中教育、科技各多少" -> 教育支出, 科学技术支出, within the general budget
"205支出" -> 教育支出, by its official code      "债务限额和余额" -> 政府债务限额, 政府债务余额
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.ask.kin import beside, in_account, item_of, part_of, stock_of
from index.ask.pieces import pieces_of
from index.ask.query import Asked
from index.ask.scoping import find_account
from index.ask.vocabulary import account_names, asking_pattern, has, words
from index.find.accounts import account_words
from index.find.ordinary import is_noun
from index.find.phrases import Phrases
from index.find.terms import TermMatch, find_asked_terms
from index.lexicon import Item, items
from index.models import Account, Measure

Span = tuple[int, int]

FLOWS = ("收入", "支出", "余额", "限额", "结余")
_OF_NO_BUDGET = ("debt", "other")
MARK = "\x00"
_RECEIVED = {"transfer-payment", "transfer-superior"}
STOCKS: dict[Measure, str] = {"limit": "限额", "outstanding": "余额"}
_CODE = re.compile(r"(?<![\d.])([12]\d{2}(?:\d\d){0,2})(?![\d.年月日万亿元个%家项户人])(?:支出|收入|类|款|科目)?")
_LISTING = ("、", "和", "与", "跟", "及", "以及", "还有", "，")
_REST = ("其他", "其它")
_COUNTING = tuple("一二两三四五六七八九十几哪各每多这那0123456789")


@dataclass(frozen=True, slots=True)
class NamedItems:
    """``wholes`` are the spans of totals that only say where the items stand, ``of_debt``: one of them is debt;
    ``gone`` are words of items that only help to say which one is meant."""

    asked: tuple[Asked, ...]
    spans: tuple[Span, ...]
    account: Account
    account_spans: tuple[Span, ...]
    joint: bool
    wholes: tuple[Span, ...] = ()
    of_debt: bool = False
    gone: tuple[str, ...] = ()


def find_named(text: str, scopes: Sequence[Span]) -> NamedItems:
    """Items and account words, longest first; a word that is both (政府性基金) is the account if an item follows it."""
    masked = masked_out(text, scopes)
    terms = [term for term in find_asked_terms(masked) if not _in_a_name(text, term)] or _by_code(masked)
    account = find_account(masked)
    if account:
        rivals = [term for term in terms if term.start < account.end and account.start < term.end]
        longer = any(term.end - term.start > account.end - account.start for term in rivals)
        same = [term for term in rivals if term.end - term.start == account.end - account.start]
        others = [term for term in terms if term not in rivals and not _is_weak(term)]
        if longer or (same and (not others or account.account == "debt")):
            account = None
        else:
            terms = [term for term in terms if term not in rivals]
    terms, around = _without_container(text, terms)
    listed = _listed(text, terms)
    strong = [
        term for term in terms if not _is_weak(term) or term in listed or text.startswith("占", term.end)
    ]  # 教育|占一般公共预算支出的比重
    terms = strong or terms
    asked: list[Asked] = []
    for term in terms:
        meant_items = _of_account_said(text, term)
        one = Asked(term.text, tuple(item.key for item in meant_items), meant_items[0].name, _is_weak(term))
        if not asking_pattern("part", "of_itself").match(text, term.end):
            one = _of_kind_inside(one, around)
        if all(one.keys != other.keys for other in asked):
            asked.append(one)
    asked = _of_one_account(asked)
    of_whole = _account_of(around)
    name: Account = account.account if account else "" if of_whole in _OF_NO_BUDGET else of_whole
    spans = [(term.start, term.end) for term in terms]
    paired = _paired(text, terms, asked, spans)
    joint = len(asked) > 1 and not (paired or len(listed) == len(terms) or has(text, "shape", "each"))
    own = ((account.start, account.end),) if account else ()
    wholes = tuple((one.start, one.end) for one in around)
    return NamedItems(tuple(asked), tuple(spans), name, own, joint, wholes, of_whole == "debt")


def cut_by_items(text: str, places: Phrases[tuple[str, ...]]) -> list[Span]:
    """怀化|债务余额, 敦化|债务限额: the places whose last character would begin an item that is none, 化债."""
    terms, spans = find_asked_terms(text), [(start, end) for start, end, _ in places.find(text)]
    return [one for one in spans if any(one[0] < term.start < one[1] < term.end for term in terms)]


def _of_account_said(text: str, term: TermMatch) -> Sequence[Item]:
    """收支结余: what is left of the whole budget, unless an account or a fund of it is spoken of (社保基金收支结余).

    Other balances (滚存结余呢) are of the account that the dialogue is on.
    """
    general = [item for item in term.items if not item.account]
    if not general or not term.text.endswith("收支结余"):
        return term.items
    spoken = {account for word, account in account_words().items() if word in text}
    spoken |= {item.account for other in find_asked_terms(text) if other.start != term.start for item in other.items}
    return term.items if spoken & {item.account for item in term.items if item.account} else general


def _parts_first(text: str, asked: Sequence[Asked]) -> Sequence[Asked]:
    """欠的政府债务，|一般债|和|专项债|分别多少: the parts are asked for; what they are parts of is told behind them."""
    known = items()
    if len(asked) < 3:
        return asked
    first, rest = asked[0], asked[1:]
    under = all(any(known[key].parent in first.keys for key in one.keys if key in known) for one in rest)
    between = text[text.find(first.text) + len(first.text) : text.find(rest[0].text)]
    topic = between.endswith("，") and not first.text.endswith(FLOWS)  # 政府债务余额，一般债和专项债各多少 asks for all
    return [*rest, first] if under and topic and has(text, "shape", "each") else asked


def _of_one_account(asked: list[Asked]) -> list[Asked]:
    """政府性基金总收入|总支出: the second is of the same account, which its name leaves out."""
    account = next(
        (account for word, account in account_words().items() if asked and asked[0].text.startswith(word)), ""
    )
    if not account or len(asked) < 2:
        return asked
    plain = [not any(word in one.text for word in account_words()) for one in asked]
    return [in_account([one], account)[0] if bare else one for one, bare in zip(asked, plain, strict=True)]


def _paired(text: str, terms: Sequence[TermMatch], asked: list[Asked], spans: list[Span]) -> bool:
    """债务限额和余额: the other item that shares the head is added."""
    found = False
    for term, one in [(term, one) for term in terms for one in asked if one.text == term.text]:
        if one not in asked:  # its pair has taken its place
            continue
        pair = beside(text, term.start, term.end, one)
        if pair and (pair[1], pair[2]) in spans:  # 专项债务还本、|付息: of the same debt
            spans.remove((pair[1], pair[2]))
            asked[:] = [other for other in asked if other.text != text[pair[1] : pair[2]]]
        elif pair and any(start < pair[2] and pair[1] < end for start, end in spans):
            continue  # 教育和|国防支出: the other word is an item of its own
        if pair and all(pair[0].keys != other.keys for other in asked):
            at = asked.index(one) + (pair[1] >= term.end)
            asked.insert(at, pair[0])
            spans.append((pair[1], pair[2]))
            found = True
    return found


def with_flow(text: str, named: NamedItems, chunks: tuple[str, ...]) -> tuple[NamedItems, tuple[str, ...]]:
    """社保基金|2026年|收入和支出: the flows stand apart from what they belong to; 收入|和|税收 are two."""
    flows = [word for word in chunks if word in FLOWS]
    if not flows or len(named.asked) > 1:
        return named, chunks
    if any(f"{flow}{mark}{named.asked[0].text}" in text for flow in flows for mark in _LISTING if named.asked):
        return named, chunks
    heads = [named.asked[0].text, named.asked[0].name] if named.asked else account_names(named.account)
    asked: list[Asked] = []
    for flow in flows:
        found = (item_of(head + flow, flow) for head in heads if not head.endswith(FLOWS))
        asked += [item for item in found if item][:1]
    if len(asked) < len(flows):
        return named, chunks
    return replace(named, asked=tuple(asked)), tuple(word for word in chunks if word not in flows)


def meant(text: str, named: NamedItems, measures: Sequence[Measure], *, given: bool) -> NamedItems:
    """The items that the other words of the question mean: a stock of debt, what is given to those below."""
    found = _with_stock(named, measures)
    found = replace(found, asked=tuple(_parts_first(text, found.asked)))
    gone = tuple(one.text for one in named.asked if one.text not in {other.text for other in found.asked})
    return replace(_with_giver(found) if given else found, gone=gone)


def _with_stock(named: NamedItems, measures: Sequence[Measure]) -> NamedItems:
    """专项债|限额, 债务余额里|一般债, 债务余额，|一般债和专项债: a stock of debt is asked for, not what was issued."""
    word = next((STOCKS[measure] for measure in measures if measure in STOCKS), "")
    word = word or next(
        (stock for one in named.asked for stock in STOCKS.values() if one.name.endswith(f"债务{stock}")), ""
    )
    if not word:
        return named
    asked = tuple(stock_of(item, word) or item for item in named.asked)
    return replace(named, asked=_parts_alone(asked) if named.joint else asked)


def _parts_alone(asked: Sequence[Asked]) -> tuple[Asked, ...]:
    """专项债还欠多少: 专项债务余额 and 政府债务余额, which together mean the part."""
    known = items()
    over = {known[key].parent for one in asked for key in one.keys if key in known}
    return tuple(one for one in asked if not set(one.keys) & over) or tuple(asked)


def _with_giver(named: NamedItems) -> NamedItems:
    """给各区|转移支付: what is paid to those below, not what is got from above."""
    return replace(named, asked=tuple(
        replace(one, keys=("transfer-down", *one.keys), name="对下转移支付") if _RECEIVED & set(one.keys) else one
        for one in named.asked
    ))  # fmt: skip


def _without_container(text: str, terms: list[TermMatch]) -> tuple[list[TermMatch], list[TermMatch]]:
    """一般公共预算支出|中教育、科技各多少: the total only says where its parts stand.  Both, apart."""
    within = asking_pattern("part", "inside")
    inside = [term for term in terms[:-1] if within.match(text, term.end)]
    if terms and all(one.measure == "balance" for one in terms[-1].items):
        inside = []  # 职工医保基金里|滚存结余: of that fund
    pairs = pairwise(terms)
    inside += [one for one, part in pairs if _holds(one, part) and _leads_to(text, one, part, terms[-1])]
    return [term for term in terms if term not in inside], inside


def _leads_to(text: str, whole: TermMatch, part: TermMatch, last: TermMatch) -> bool:
    """基本支出|的|人员经费, 财政评审，一共|审减: a name for the whole before an everyday word for the part asked."""
    between = text[whole.end : part.start]
    spoken = part is last and _is_weak(part)
    return between == "的" or (spoken and not asking_pattern("part", "apart").search(between))


def _of_kind_inside(one: Asked, around: Sequence[TermMatch]) -> Asked:
    """债券利息中，|专项债务|的那部分: of the interest, no balance."""
    kind = next((word for word in ("一般", "专项") if one.text.startswith(f"{word}债")), "")
    if not kind or len(around) != 1 or any(item.account != "debt" for item in around[0].items):
        return one
    whole = Asked(around[0].text, tuple(item.key for item in around[0].items), around[0].items[0].name)
    part = part_of(whole, kind)
    return replace(part, text=one.text) if part else one


def _holds(whole: TermMatch, part: TermMatch) -> bool:
    """基本支出|的|人员经费, 财政投资评审|审减: the whole that the part is of."""
    return bool({item.parent for item in part.items} & {item.key for item in whole.items})


def inside_of(text: str, named: NamedItems, chunks: Sequence[str]) -> tuple[str, ...]:
    """一般性转移支付里，|财力性|的有多少; 专项债拿去搞|土储|的: the figure is that of a part, and names it."""
    end = max((end for _, end in named.spans), default=0)
    if len(named.asked) != 1 or not asking_pattern("part", "within").match(text, end):
        return ()
    return tuple(word for word in chunks if text.find(word, end) > 0 and any(one.hard for one in pieces_of((word,))))


def _account_of(terms: Sequence[TermMatch]) -> Account:
    """政府性基金支出里|城乡社区支出: the account of what the part stands in, if its name leaves no choice."""
    found = {item.account for term in terms if not _is_weak(term) for item in term.items}
    return found.pop() if len(found) == 1 else ""


def _in_a_name(text: str, term: TermMatch) -> bool:
    """崖州湾|科技|城, 市|公安局, 财力|性: an everyday word inside the name of a body or a kind is no item."""
    if term.text.startswith("个") and text[term.start - 1 : term.start] in _COUNTING:
        return True  # 三|个税|种, 哪|个税
    if text[: term.start].endswith(_REST) and _is_class(term):
        return True  # 其他|司法支出: a line of its own beside the class
    if term.text.endswith("多少") and is_noun(text[term.end : term.end + 2]):
        return True  # 还欠多少|工程款: what is owed is said behind
    return text.startswith("性", term.end) or (_is_weak(term) and text.startswith(words("shape", "bodies"), term.end))


def _is_class(term: TermMatch) -> bool:
    """司法支出, 社会工作事务支出: a class of the official classification, and no total."""
    return term.text.endswith(("支出", "收入")) and all(item.code and item.parent for item in term.items)


def _by_code(text: str) -> list[TermMatch]:
    """Items by official code: 205支出."""
    for match in _CODE.finditer(text):
        found = tuple(item for item in items().values() if item.code == match[1])
        if found:
            return [TermMatch(match.start(), match.end(), match[0], found)]
    return []


def _listed(text: str, terms: Sequence[TermMatch]) -> list[TermMatch]:
    """The items of an enumeration: 出国、接待和购车."""
    found: dict[int, TermMatch] = {}
    for before, after in pairwise(terms):
        if text[before.end : after.start].strip(" 的") in _LISTING:
            found.update({before.start: before, after.start: after})
    return list(found.values())


def _is_weak(term: TermMatch) -> bool:
    """Everyday words, and phrases that ask for an amount themselves: 花了多少钱."""
    return term.people and (len(term.text) <= 2 or "多少" in term.text or "几" in term.text)


def is_total(named: NamedItems) -> bool:
    """一般公共预算收入情况 asks for the figure, 举借债务情况 for what was done."""
    return any(key.startswith("total-") for one in named.asked for key in one.keys)


def masked_out(text: str, spans: Sequence[Span]) -> str:
    """The text with some spans blanked out, each character by a mark."""
    if not spans:
        return text
    chars = list(text)
    for start, end in spans:
        chars[start:end] = MARK * (end - start)
    return "".join(chars)
