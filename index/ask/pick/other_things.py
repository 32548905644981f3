"""Figures that share words with the item asked for and are of other things.

一般公共预算收入 asked, 一般公共服务转移支付 found      税收 asked, 上级补助收入 (also 税收返还…) found
教育支出 asked, 用于教育、社保、医疗卫生等民生领域的支出 found
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile
from typing import Final

from index.ask.clauses import clause_behind
from index.ask.exclusive import of_another_kind
from index.ask.pick.identity import CHANGE, GENERIC, GIVEN, NAMED, changed_of, clause, gives_below, narrows, said_of
from index.ask.pick.wanted import Wanted
from index.ask.pick.words import bare_name, share, strange_part
from index.ask.pieces import pieces_of
from index.ask.vocabulary import asking_pattern, near_words, soft_words
from index.find.amounts import COUNT_WORDS
from index.find.bodies import called
from index.find.ordinary import is_noun, is_ordinary, tag_of
from index.find.terms import find_asked_terms
from index.lexicon import items, toml
from index.models import StoredFact
from index.text.normal import plain

_HEAD, _HARDLY = 2, 0.4  # characters of what two names end with; of a word, hardly anything
_TOTAL: Final = re.compile("total-(?:gp|gf|sc|si)-(?:rev|exp)")  # the keys of revenue and expenditure of an account
_STRANGE: Final = 0.5  # so much of a name the question does not say
_ECONOMY: Final = "econ-"  # keys of the economy: no line of a budget
_MONEY_ENDS: Final = re.compile("(?:支出|收入|资金|投入|经费|合计|总额|预算|基金|专项|领域|方面|[费金税债额款类])$")
_WHOLE: Final = re.compile("占(?:了|到|去|其|当年|同期)*([^，。占]{2,16}?)(?:的|比重|比例|多少|几|百分|\\d|$)")
_BRACKETS: Final = re.compile(r"（([^（）]*)）")
_LISTED: Final = re.compile(r"[\u4e00-\u9fff]{2,6}(?:、[\u4e00-\u9fff]{2,6}){2,}")
_APART: Final = ("government_fund", "state_capital", "social_insurance")
_OF_FUNDS: Final = re.compile("政府性基金|国有资本|社会保险")
_OF_TRANSFERS: Final = re.compile("转移支付|补助|返还|总|合计")
_KINDS: Final = ("其他", "专项", "一般性", "均衡")
_COUNTED: Final = re.compile(rf"(?:多少|几)(?:{COUNT_WORDS})的?([\u4e00-\u9fff]{{2,4}})")
_CLAUSES: Final = re.compile("[，；。：]")
_NEAR = 24
_GIVES: Final = re.compile("[对给]|下达|拨付|补助")
_GOT: Final = re.compile("[对给达]我|上级|中央|争取|收到|获得")


def beside_total(one: StoredFact, asked: Wanted) -> bool:
    """一般公共预算支出, a total asked by its name alone: 财政自给率, 一般公共服务转移支付 are other things."""
    if one.fact.key in asked.keys or not all(_TOTAL.fullmatch(key) for key in asked.keys or ("",)):
        return False
    if any(piece.hard and not piece.keys for piece in asked.pieces) or any(item.weak for item in asked.query.items):
        return False
    own = plain(one.fact.item)
    if one.fact.key.startswith("total-"):
        return True  # 收入总计 has what was left and what was borrowed
    return not any(word in own for piece in asked.pieces for word in (piece.text, *piece.names))


def only_other_name(one: StoredFact, asked: Wanted) -> bool:
    """税收 asked alone: 上级补助收入, of which only another name (税收返还…) has the word, is no answer."""
    known = items()
    if one.fact.key not in known or not asked.keys or one.fact.key in asked.keys or len(asked.pieces) != 1:
        return False
    if gives_below(one, asked):
        return False
    own = known[one.fact.key].account
    if any(key in known and not known[key].parent and known[key].account == own for key in asked.keys):
        return False  # 社保基金 asked: what is left of the account
    said = said_of(one)
    return not any(word in said for word in (asked.pieces[0].text, *asked.pieces[0].names, *asked.pieces[0].others))


def only_by_alias(one: StoredFact, asked: Wanted) -> bool:
    """重点项目花了多少: no 民生支出, of which one name of many (重点民生支出) has a word of it, and the report none."""
    hard, known = [piece for piece in asked.pieces if piece.hard], items().get(one.fact.key)
    if asked.keys or known is None or not hard:
        return False
    if any(chunk in name for chunk in asked.query.chunks for name in (*known.words, *known.people)):
        return False  # 罚款没收: a whole name of it
    own = "".join(map(plain, (one.fact.item, one.fact.label, one.fact.parent, one.section, one.text, one.header)))
    return all(share(piece, own, {}) < _HARDLY for piece in hard)


def measured_of_another(one: StoredFact, asked: Wanted) -> bool:
    """苹果|总产量 asked, 原油|产量 found: what is weighed or measured ends alike and is of another thing."""
    if one.fact.kind != "count" or one.fact.key in asked.keys or not one.fact.unit.endswith(_measured()):
        return False
    return any(_is_of_another(one, asked, word) for word in asked.query.content)


@cache
def _measured() -> tuple[str, ...]:
    return tuple(toml("asking.toml")["measured"]["units"])


def named_of_another(one: StoredFact, asked: Wanted) -> bool:
    """土地|出让收入 asked, 国有资产|出让收入 found: an item asked by its name, and a name that only ends alike."""
    if one.fact.kind != "money" or one.fact.key or not asked.keys:
        return False
    if _change_of_another(one, asked):
        return True
    return any(piece.keys and _is_of_another(one, asked, piece.text) for piece in asked.pieces)


def _change_of_another(one: StoredFact, asked: Wanted) -> bool:
    """税收收入调减多少: not by how much 其他税收收入（增减） was."""
    changed = changed_of(one)
    if not changed or not changed.isdisjoint(asked.keys):
        return False
    return not any(word in asked.query.text for key in changed for word in items()[key].words)


def _is_of_another(one: StoredFact, asked: Wanted, word: str) -> bool:
    """Whether the name of a figure ends as a word does, and says in front of it another thing than the word says."""
    name, own = bare_name(plain(one.fact.item), one).removesuffix(CHANGE), said_of(one)
    alike = list(takewhile(lambda pair: pair[0] == pair[1], zip(reversed(word), reversed(name), strict=False)))
    of, other = word[: len(word) - len(alike)], name[: len(name) - len(alike)]
    if len(GENERIC.sub("", word[len(of) :])) < _HEAD or not (narrows(of) and narrows(other)):
        return False
    done = one.fact.kind == "count" and tag_of(other) == "v"  # 实施|保护性耕作
    if done or other in asked.query.text:
        return False
    return all(share(piece, own, {}) < _HARDLY for piece in pieces_of((of,)) if piece.hard)


def by_askers_word(one: StoredFact, asked: Wanted) -> bool:
    """修老|房子 asked, 住房保障支出 found: what only askers call an item, cut out of words the figure does not say."""
    known = items().get(one.fact.key)
    for item in asked.query.items if known is not None else ():
        if known is not None and known.key in item.keys and item.text in known.people:
            cut_off = [
                p for p in asked.pieces
                if p.hard and not (p.keys or is_ordinary(p.text)) and f"{p.text}{item.text}" in asked.query.text
            ]  # fmt: skip
            if any(share(piece, said_of(one), {}) < _HARDLY for piece in cut_off):
                return True
    return False


def one_finding(one: StoredFact, asked: Wanted) -> bool:
    """审计查出问题金额: what was found amiss of one thing (审计查出：转移支付) is not all that was found."""
    head, colon, thing = plain(one.fact.item).partition("：")
    if not colon or not head or not thing:
        return False
    said = "，".join((asked.query.text, *(name for piece in asked.pieces for name in (*piece.names, *piece.others))))
    return strange_part(thing, said) >= _STRANGE


def share_in_asked(one: StoredFact, asked: Wanted) -> bool:
    """一般公共预算收入占GDP多少: no share that a part has in the 一般公共预算收入; 税收占收入的比重: none in 税收."""
    if _is_part_said(one, asked) or _of_a_thing(one, asked):
        return True
    if one.fact.measure != "share" or not one.fact.key or one.fact.key in asked.keys:
        return False
    if any(piece.hard and not piece.keys for piece in asked.pieces) or any(item.weak for item in asked.query.items):
        return False
    return any(plain(one.fact.parent) in (piece.text, *piece.names) for piece in asked.pieces if piece.keys)


def _is_part_said(one: StoredFact, asked: Wanted) -> bool:
    """税收|占: the thing asked is the part, and the figure (四个主体税种占全部税收的72.6%) has it for its whole."""
    told = _WHOLE.search(clause(one)) if one.fact.measure == "share" and one.fact.key not in asked.keys else None
    if told is None:
        return False
    text = asked.query.text
    alone = text.startswith("占") or ("占" not in text and not asked.query.chunks)  # 占收入的比重, 税收呢: said before
    parts = [item for item in asked.query.items if alone or f"{item.text}占" in text]
    return any(told[1].endswith((item.text, item.name)) or _keys_in(told[1]) & set(item.keys) for item in parts)


def _of_a_thing(one: StoredFact, asked: Wanted) -> bool:
    """社保占比: not that of 社保|卡, which is no money."""
    if one.fact.measure != "share" or one.fact.key or asked.query.chunks:
        return False
    name = plain(one.fact.item)
    rests = [name.removeprefix(item.text) for item in asked.query.items if name.startswith(item.text)]
    return any(rest and not _MONEY_ENDS.search(rest) for rest in rests)


def of_other_whole(one: StoredFact, asked: Wanted) -> bool:
    """税收占生产总值多少: no share that it has in the 一般公共预算收入."""
    wanted = _WHOLE.search(asked.query.text)
    if one.fact.measure not in ("share", "rate") or not wanted:
        return False
    told = _WHOLE.search(clause(one))
    keys, own = _keys_in(wanted[1]), _keys_in(told[1] if told else plain(one.fact.parent))
    if not own:  # 税收占比: in the revenue, as reports mean it
        return bool(keys) and all(key.startswith(_ECONOMY) for key in keys)
    return bool(keys) and keys.isdisjoint(own)


def _keys_in(text: str) -> set[str]:
    return {item.key for term in find_asked_terms(text) for item in term.items}


def of_no_such_body(one: StoredFact, asked: Wanted) -> bool:
    """教体局被查出多少: a body that neither the figure nor its sentence names is not what the figure is of; the budget
    of an office (卫健委部门预算) is no line of spending (卫生健康支出)."""
    if asked.query.documents:
        return False
    if asking_pattern("office", "budget").search(asked.query.text):
        return not asking_pattern("office", "named").search(plain(one.fact.item))
    around = f"{said_of(one)}{plain(one.section)}{plain(one.text)}"
    return any(match[1] not in around for match in asking_pattern("office", "ask").finditer(asked.query.masked))


def of_a_unit(one: StoredFact, asked: Wanted) -> bool:
    """民政局2026年收入预算多少: no figure of one of its units, which the question does not name."""
    unit = next((name for role, name in one.fact.qualifiers if role == "body"), "")
    if not unit:
        return False
    said = asked.query.text
    names = {name for full in (unit, unit.lstrip("省市县区州旗")) for name in (full, *called(full))}
    return not any(name in said for name in names if name not in called(one.fact.owner) and name != one.fact.owner)


def one_of_many(one: StoredFact, asked: Wanted) -> bool:
    """用于教育、社保、医疗卫生等民生领域的支出, 八项支出（教育、科学技术…）: 教育支出 is only one of them.

    Unless the others are asked for, too.
    """
    if one.fact.key in asked.keys or not asked.keys:
        return False
    name = plain(one.fact.item)
    listed = _LISTED.findall(name) + _LISTED.findall(_behind(name, plain(one.text)))
    said = plain(asked.query.text)
    heads = [item.text for item in asked.query.items]
    listed = [match for match in listed if not (name.endswith(match) and _is_of_all(match, heads))]
    named = [[word[:2] in said or word[-2:] in said for word in match.split("、")] for match in listed]
    return any(some.count(False) > 1 and True in some for some in named)


def _is_of_all(listed: str, heads: Sequence[str]) -> bool:
    """家电、汽车、餐饮|消费券: the head that is asked for is that of all of them."""
    last = listed.split("、")[-1]
    return any(last.endswith(head) and len(last) > len(head) for head in heads)


def _behind(name: str, text: str) -> str:
    """What stands in brackets behind a name in a text, "" without."""
    at = text.find(f"{name}（")
    while at >= 0:
        if found := _BRACKETS.match(text, at + len(name)):
            return found[1]
        at = text.find(f"{name}（", at + 1)
    return ""


def moved(one: StoredFact, asked: Wanted) -> bool:
    """有几辆车: those that are bought or given up are not those that there are."""
    if one.fact.kind != "count" or asking_pattern("moved", "asks").search(asked.text):
        return False
    told, item = asking_pattern("moved", "told"), plain(one.fact.item)
    return bool(told.match(item) or (told.search(item) and told.search(plain(one.fact.label))))


def not_quoted(one: StoredFact, asked: Wanted) -> bool:
    """提供“过桥”贷款多少: what the asker puts in quotation marks stands by the figure, in front of it or behind."""
    term, after = asked.query.term, plain(one.text[one.fact.end :])
    by = f"{plain(one.fact.item)}{plain(one.fact.parent)}{plain(one.fact.label)}{clause_behind(after, long=True)}"
    return term not in by + plain(one.section) + plain(one.header)


def quotes(asked: Wanted) -> bool:
    """Whether some words are quoted that are no name of an item."""
    term = asked.query.term
    return bool(term) and not any(term in item.text or item.text in term for item in asked.query.items)


def given_apart(one: StoredFact, asked: Wanted) -> bool:
    """Whether a fact is of another account, of a kind, of one line of spending, or got from above."""
    if not asked.query.given or GIVEN not in asked.keys:
        return False
    fact, own = one.fact, clause(one)
    if not _says_budget(asked) and (fact.account in _APART or _OF_FUNDS.search(fact.item)):
        return True
    if fact.parent and not _OF_TRANSFERS.search(fact.parent):
        return True  # 城乡社区支出…，市对区转移支付|3亿元
    if any(kind in fact.item and kind not in asked.said for kind in _KINDS):
        return True
    return bool(_GOT.search(own)) or not (fact.key == GIVEN or _GIVES.search(fact.item + own))


def of_other_kind(one: StoredFact, asked: Wanted) -> bool:
    """高中生均公用经费多少: no 公办幼儿园生均公用经费."""
    return of_another_kind(asked.query.text, "\n".join((plain(one.fact.item), clause(one), plain(one.fact.parent))))


def of_other_budget(one: StoredFact, asked: Wanted) -> bool:
    """转移支付多少: no 政府性基金转移支付, a line of the report's own that says which budget it is of."""
    if one.fact.key or not _OF_FUNDS.search(one.fact.item) or _says_budget(asked):
        return False
    known = items()
    return not any(known[key].account in _APART for key in asked.keys if key in known)


def _says_budget(asked: Wanted) -> bool:
    """Whether a budget beside the general one is asked about."""
    return bool(asked.query.account or _OF_FUNDS.search(asked.said + asked.query.text))


def counted_otherwise(one: StoredFact, asked: Wanted) -> bool:
    """几家|中介机构: of a number it is said what was counted; 编报绩效目标的项目4个 are none."""
    if one.fact.kind != "count" or "count" not in asked.kinds:
        return False
    match = _COUNTED.search(asked.query.masked)
    word = match[1] if match else ""
    if not is_noun(word[:2]) or word[:2] in soft_words():
        return False
    words = {word[:2], *({word[:3], word} & near_words())}  # 小娃|娃
    behind = _CLAUSES.split(plain(one.text[one.fact.end :])[:_NEAR])[0]
    own = "\n".join((plain(one.fact.item), clause(one), plain(one.fact.parent), behind))
    return all(share(piece, own, {}) < NAMED for piece in pieces_of(sorted(words)))
