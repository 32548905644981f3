"""A follow-up and what was said before -> a complete question; every slot can be replaced alone.

    上党区2023年一般公共服务支出多少 | 公共安全呢 | 同比增长多少 -> 上党区 · 2023 · 公共安全支出 · yoy_pct

A question that names its own place and item starts afresh.  A word that is part of the item before (专项的, after
政府债务限额) is the part of that item; 支出 after 一般公共预算收入 is its counterpart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from index.ask import inherited
from index.ask.asides import without_asking
from index.ask.balances import balance_said, other_fund
from index.ask.kin import FLOWS, halves_in, in_account, item_of, of_flow, part_of
from index.ask.pick.cues import fired, flow_of, wishes
from index.ask.query import Asked, Query
from index.ask.reckoned import above
from index.ask.vocabulary import pattern_in, words
from index.ask.wording import ACCOUNTS
from index.find.terms import exact_items
from index.lexicon import items
from index.models import FLOW_WORDS, Measure, Period

_WHOLE_ACCOUNT = re.compile(r"社会保险|社保|各项|整体|合计|总的|全部")
_KIND_OF = re.compile("(?:类|部分|方面|这块|那块|这项)的?$")
_FLOW_WORDS = re.compile("收入|支出|余额|限额|收支")
_BESIDE = re.compile(
    "那?(?:和|跟|与|同)[^，。]{2,20}(?:相比|对比|比较|比)(?:一?下|一比|起来)?(?:怎么样|如何|咋样)?(?:呢|吧)?[？?。]?"
)
_ONLY_VERB = re.compile(
    "(?:那|又|还|一共|总共|共)*[\u4e00-\u9fff]{2}(?P<done>了)?(?:多少|几)(?:个?[亿万])?[元钱]?[呢啊呀？?。 ]*"
)
SHORT = 2
DEEP = 4  # questions back that a follow-up may reckon with
_STOCK_ENDS: dict[Measure, str] = {"limit": "限额", "outstanding": "余额"}
_BALANCES = ("本年收支结余", "年末滚存结余", "上年结余")


def merge(query: Query, last: Query | None) -> Query:
    """The question with what it leaves out taken from the last one; 人均 alone is that of the item before."""
    each = tuple(word for word in query.chunks if word in words("ask", "per_head"))
    if last is None or query.items or not each or len(each) < len(query.chunks):
        return _filled(query, last)
    filled = _filled(replace(query, chunks=(), content=()), last)
    plain = replace(filled, measures=(), kind="", masked=query.masked, bounds=())
    return replace(plain, chunks=(*filled.chunks, *each), content=(*filled.content, *each))


def _filled(query: Query, last: Query | None) -> Query:
    if last is None or query.shape in ("about", "talk"):
        return query
    query = inherited.without_verbs(without_asking(inherited.in_fund_account(query, last)))
    query, last = _without_name_of(query, last), _of_part(query, last)
    if (before := _going_back(query, last)) is not None:
        return before
    if inherited.repeats(query, last, beside=bool(_BESIDE.match(query.text))):
        query = replace(query, items=(), chunks=(), content=())
    query = inherited.of_refused(query, last)
    named = bool(query.items or query.chunks)
    if query.regions and (named or (query.bounds and query.measures)) and not query.follow:
        return query
    if query.shape == "define" and named:
        return replace(query, regions=query.regions or last.regions)
    if query.regions and not named and _BESIDE.fullmatch(query.text):  # 和西工区比: both, side by side
        query = replace(query, regions=tuple(dict.fromkeys((*last.regions, *query.regions))), shape="compare")
    whose = replace(
        query,
        regions=query.regions or (() if query.choices or query.unknown else last.regions),
        periods=query.periods
        or (() if query.shape == "trend" else inherited.periods_after(query.text, last)),  # 趋势呢: all years
        period_note=query.period_note,
        scope=query.scope or last.scope,
        scope_words=query.scope_words if query.scope else last.scope_words,
    )
    one_each = len(query.items) == len(last.items) == 1 and not (query.regions or query.chunks)
    if one_each and _BESIDE.fullmatch(query.text):  # 农林水支出 | 跟教育比: both, side by side
        both = (*last.items, *query.items)
        return replace(whose, shape="lookup", items=both, content=tuple(one.text for one in both), joint=False)
    if (fund := other_fund(query, last)) is not None:
        own_words = tuple(one.text for one in fund)
        return _of_item(replace(whose, items=fund, chunks=(), content=own_words, joint=True), last, keep=True)
    balance = balance_said(last.items[0], query.items, query.text) if len(last.items) == 1 else None
    if balance and not query.regions:
        return replace(whose, items=(balance,), chunks=(), content=(balance.name,), measures=(), kind="")
    if flows := _both_flows(query, last):
        names = tuple(one.text for one in flows)
        whose = replace(whose, shape="lookup", measures=(), kind="", joint=False, masked=_claimed(query.masked))
        return replace(whose, items=flows, chunks=(), content=names)
    related = _related(query, last.items)
    if related:
        whose = replace(whose, masked=_claimed(query.masked))
        (related,) = _of_stock_said(query, (related,))
        own = {item.key for item in exact_items(related.text)} & set(related.keys)
        as_said = related.text if own else related.name
        ordered = query.shape == "rank" and bool(query.direction)  # 增速前三 | 收入前三名
        return _of_item(replace(whose, items=(related,), chunks=(), content=(as_said,)), last, keep=not ordered)
    if part := _part_in_words(query, last):
        whose = replace(whose, given=query.given or last.given)
        return _of_item(replace(whose, items=last.items, chunks=(*last.chunks, part), must=(part,), joint=True,
                                content=(*last.content, part)), last, keep=True)  # fmt: skip
    if named:
        whose = _of_last_flow(whose, last)
        return _of_item(_of_last_fund(whose, last), last, keep=_asks_alike(query, last))
    return whose if _of_another_account(query, last) else _same_item(whose, last)


def _of_part(query: Query, last: Query) -> Query:
    """税收占收入的比重 | 人均呢: what goes on from a share is of its part; 那支出呢 of the counterpart of its whole."""
    plainly, flow = inherited.of_base(query, last), _bare_flow(query.text)
    last, beside = inherited.share_said(plainly), len(query.items) == 1 and _BESIDE.fullmatch(query.text)  # 跟教育比
    measured = query.measures or beside or any(word in query.text for word in words("ask", "per_head"))
    if last.measures != ("share",) or len(last.items) != 2 or "share" in query.measures or query.regions:
        return plainly
    if not flow and ((query.items and not beside) or not measured):
        return plainly  # 国防呢: its share, too
    part, whole = last.items if above(set(last.items[0].keys)) & set(last.items[1].keys) else last.items[::-1]
    if not above(set(part.keys)) & set(whole.keys):
        return plainly
    kept = whole if flow else part
    return replace(last, items=(kept,), content=(kept.text,), joint=False, measures=(), kind="", masked="")


def _of_last_flow(query: Query, last: Query) -> Query:
    """国有资本经营收入 | 社保基金呢: an account by itself is asked for in the direction that was asked for before."""
    if len(query.items) != 1 or query.asks or query.items[0].name not in ACCOUNTS.values() or len(last.items) != 1:
        return query
    flow = next((word for word in FLOWS if last.items[0].name.endswith(word)), "")
    found = of_flow(query.items[0], flow) if flow else None
    return replace(query, items=(found,), content=(found.text,)) if found else query


def _claimed(masked: str) -> str:
    """How a figure is asked for, without the words that name it by now: they ask for nothing else."""
    return _FLOW_WORDS.sub("\x00\x00", masked)


def _both_flows(query: Query, last: Query) -> tuple[Asked, ...]:
    """政府性基金支出 | 收入和支出呢, 教育支出 | 政府性基金情况呢: both sides of the account said, or of that before."""
    said = sorted("".join(query.chunks).replace("收入", "收").replace("支出", "支"))
    situation = not said and query.shape == "quote" and query.account
    if query.items or query.regions or not (said == ["支", "收"] or situation):
        return ()
    account = ACCOUNTS.get(query.account or (last.account if said else ""), "")
    for one in (*(() if query.account else last.items[:1]), Asked(account, (), account)):
        if (revenue := of_flow(one, "收入")) and (expenditure := of_flow(one, "支出")):
            return revenue, expenditure
    return ()


def _of_another_account(query: Query, last: Query) -> bool:
    """三公经费 | 债务情况: what the report says of the account named, not of the item before."""
    known = items()
    before = {known[key].account for item in last.items for key in item.keys if key in known}
    return query.shape == "quote" and bool(query.account and query.content) and query.account not in before


def _without_name_of(query: Query, last: Query) -> Query:
    """社保基金当年结余多少 | 今年预计结余呢: an everyday word of the last item's own name means that item."""
    same = len(query.items) == len(last.items) == 1 and query.items[0].weak and not (query.chunks or query.regions)
    same = same and halves_in(last.items[0].name) < 2  # 还本付息 | 付息呢: half of it
    return replace(query, items=(), content=()) if same and last.items[0].name.endswith(query.items[0].text) else query


def _going_back(query: Query, last: Query) -> Query | None:
    """上一个: the question before the last once more; None for any other question."""
    if query.items or query.regions or last.earlier is None:
        return None
    before = last.earlier
    if any(word in query.text for word in words("ask", "back")):
        measures = query.measures or before.measures
        return replace(before, unit=query.unit or before.unit, measures=measures, earlier=None)
    return None


def remembered(query: Query, last: Query | None) -> Query:
    """The query with the complete question before it; a refused or repeated one is not remembered twice."""
    if last is None or query.earlier is not None:
        return query
    one, other = ((each.items, each.regions, each.periods, each.scope, each.measures) for each in (last, query))
    before = last.earlier if one == other else last
    return replace(query, earlier=_as_deep(before, DEEP))


def _as_deep(query: Query | None, questions: int) -> Query | None:
    """A question with so many before it."""
    return replace(query, earlier=_as_deep(query.earlier, questions - 1)) if query and questions else None


def _of_item(query: Query, last: Query, *, keep: bool) -> Query:
    """Another item; a bare word or 那…呢 asks the same of it as before."""
    query = _still_listed(query, last)
    if not keep or query.measures or query.kind or any(item.name.endswith("率") for item in query.items):
        return query  # 审减金额 | 审减率呢: a rate is asked for as such
    return replace(
        query, measures=last.measures, stage=last.stage, kind=last.kind if last.kind != "count" else "",
        masked=query.masked if fired(query.masked) else last.masked,
        unit=query.unit or last.unit, shape="define" if last.shape == "define" else query.shape,
    )  # fmt: skip


def _asks_alike(query: Query, last: Query) -> bool:
    """Whether an item is named to ask the same of it (那非税呢); 那全市卖地收了多少 names the item before once more."""
    again = query.asks and [one.keys for one in query.items] == [one.keys for one in last.items]
    return (query.follow and not again) or not (query.asks or query.shape == "rank")


def _still_listed(query: Query, last: Query) -> Query:
    """各县收入排名 | 支出呢: the same list of another item; 哪项支出最多 | 教育支出呢 is of one item alone."""
    of_places = last.members or bool(last.among) or not last.regions
    flow = _bare_flow(query.text)
    if last.shape != "rank" or query.shape != "lookup" or query.regions != last.regions or query.chunks:
        return query
    if not (of_places or (last.of_items and flow)) or (query.items and query.scope == "whole"):
        return query  # 哪个县最多 | 全市的债务余额呢: that of the whole
    if not (query.follow or flow) or query.measures or query.kind:
        return query
    if not of_places:
        query = replace(query, items=(), chunks=(), content=(flow,))
    return replace(
        query, shape="rank", direction=last.direction, top=last.top, sign=last.sign, bounds=last.bounds,
        of_items=last.of_items, members=last.members, counties=last.counties, among=last.among,
        unknown=query.unknown or last.unknown,
    )  # fmt: skip


def _same_item(query: Query, last: Query) -> Query:
    """Another place, year, scope or measure of the same item."""
    if last.shape == "compose" and query.measures == ("share",):  # 构成 | 占比: the parts, which are told with it
        query = replace(query, measures=(), kind="", masked="")
    asked_again = not (query.measures or query.kind)
    shape = query.shape
    if shape == "lookup" and last.shape in ("compose", "define", "rank") and asked_again:
        shape = last.shape
    if last.bounds and not (query.direction or query.each) and (query.asks or query.measures or query.stage):
        last = replace(last, bounds=(), sign=0)  # 超过1亿的有哪些 | 今年预算安排多少: within no bound
        if query.asks and last.regions:
            last = replace(last, direction="", of_items=False, members=False)
            shape = "lookup" if shape == "rank" else shape
    if last.shape == "rank" and query.regions:  # 各县排名 | 那上党区: its figure, not a rank that a report prints
        kept = tuple(one for one in last.measures if one != "rank")
        last = replace(last, measures=kept, kind="" if last.kind == "rank" else last.kind, masked="")
    if shape == "rank" and query.scope == "lower":  # 各县排名 | 各区呢: which places, no level of their figures
        query = replace(query, scope="", scope_words="")
    items = _of_stock_said(query, _of_flow_said(query, _of_what_is_left(query, last.items)))
    items = in_account(items, query.account)
    swapped = {old.text: new.text for old, new in zip(last.items, items, strict=True)}
    return replace(
        query,
        shape=shape,
        items=items,
        joint=last.joint,
        given=query.given or last.given,
        whose=last.whose,
        account=query.account or last.account,
        chunks=last.chunks,
        content=tuple(swapped.get(word, word) for word in last.content),
        masked=query.masked if fired(query.masked) or not asked_again else last.masked,
        measures=query.measures or (last.measures if asked_again and not fired(query.masked) else ()),
        stage=query.stage or (last.stage if asked_again and not fired(query.masked) else ""),
        kind=query.kind or (last.kind if asked_again else ""),
        count_word=query.count_word or (last.count_word if asked_again else ""),
        unit=query.unit or last.unit,
        direction=query.direction or last.direction,
        top=query.top if query.direction else last.top,
        sign=query.sign if query.direction else last.sign,
        of_items=query.of_items if query.direction else last.of_items,
        bounds=query.bounds if query.direction else last.bounds,
        members=query.members or last.members,
        counties=query.counties or (last.counties and not query.among),
        among=query.among or last.among,
        unknown=query.unknown or (last.unknown if last.shape == "rank" and not query.regions else ""),
    )


def _of_what_is_left(query: Query, before: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """社会保险基金支出多少 | 年底还剩多少: of the fund, not of its expenditure."""
    if len(before) != 1 or "balance" not in wishes(fired(query.masked)):
        return before
    fund = before[0].name.removesuffix("收入").removesuffix("支出")
    found = item_of(fund, fund) if fund != before[0].name else None
    return (found,) if found else before


def _of_flow_said(query: Query, before: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """一般公共预算收入多少 | 真正用掉的呢: what is used up is of the expenditure; 占收入比例 asks for no revenue."""
    if "share" in query.measures:
        return before
    word = FLOW_WORDS.get(flow_of(query.masked), "")
    if not word or query.items or len(before) != 1 or not before[0].name.endswith(FLOWS):
        return before
    other = of_flow(before[0], word)
    return (other,) if other else before


def _of_stock_said(query: Query, before: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """政府债务余额多少 | 省里核的总限额又是多少: of the limit, the name of the last item with its end put right."""
    end = _STOCK_ENDS.get(query.measures[0], "") if len(query.measures) == len(before) == 1 else ""
    found = of_flow(before[0], end) if end else None
    return (found,) if found else before


def _related(query: Query, before: Sequence[Asked]) -> Asked | None:
    """The part or counterpart of the last item that a bare word names."""
    if not before or query.regions or len(query.items) > 1:
        return None
    if query.items and query.chunks:  # 居民人均可支配收入 | 农村居民呢
        said = query.items[0].text + query.chunks[-1]
        return part_of(before[0], said) if query.items[0].weak and said in query.text else None
    word = query.items[0].text if query.items else query.chunks[0] if len(query.chunks) == 1 else ""
    if not word and (bare := _bare_flow(query.text)):
        word = bare
    if not word or (query.items and len(word) > 4):
        return None
    own = set(before[0].keys)
    if query.items and (own | above(own)) & set(query.items[0].keys):
        return None  # 税收 after 税收收入: the same, and not 非税收入; after 增值税 what that is a part of
    if before[0].weak and (joined := item_of(word + before[0].text, word + before[0].text)):
        return joined  # 城里低保 | 农村呢: 农村低保
    flow = None if query.items else of_flow(before[0], word) or _flow_beside(before[0], word)
    return flow if flow and word in FLOWS else part_of(before[0], word) or flow


def _flow_beside(item: Asked, word: str) -> Asked | None:
    """税收收入 | 支出呢: what has no counterpart of its own has that of its account."""
    known = items()
    accounts = {known[key].account for key in item.keys if key in known}
    usual = "general_public" if "general_public" in accounts else next(iter(accounts)) if len(accounts) == 1 else ""
    name = ACCOUNTS.get(usual, "") if word in FLOWS else ""
    flow = "revenue" if word == "收入" else "expenditure"
    own = any(known[key].flow == flow for key in item.keys if key in known)  # 教育支出 | 支出呢: the same
    return item_of(name + word, name + word) if name and not own else None


def _part_in_words(query: Query, last: Query) -> str:
    """政府采购预算 | 其中服务类呢, 服务那块呢: a word that is no item names a part of what was asked before."""
    if not last.content:
        return ""
    if is_ellipsis(query) and not last.figures:
        return (*query.chunks, *(item.text for item in query.items))[0]  # a verb after what was refused: of that
    if query.items or len(query.chunks) != 1:
        return ""
    word = _KIND_OF.sub("", query.chunks[0]) or query.chunks[0]
    of_which = pattern_in("told", "leads").match(query.text) or _KIND_OF.search(query.text.rstrip("呢？?。 "))
    return word if of_which or (query.follow and len(word) <= SHORT) else ""


def _of_last_fund(query: Query, last: Query) -> Query:
    """居民医保基金收入多少 | 累计结余呢: of that fund, not of all."""
    known = items()
    if len(query.items) != 1 or len(last.items) != 1 or query.account or not last.items[0].keys:
        return query
    if not any(known[key].measure == "balance" for key in query.items[0].keys if key in known):
        return query
    if _WHOLE_ACCOUNT.search(query.text):
        return query
    fund = last.items[0].name
    for flow in ("收入", "支出", *_BALANCES):
        fund = fund.removesuffix(flow)
    found = [item for item in exact_items(fund) if item.account == "social_insurance" and item.key != "si-all"]
    if not found:
        return query
    asked = Asked(fund, tuple(item.key for item in found), found[0].name)
    return replace(query, items=(asked, *query.items), content=(fund, *query.content), joint=True)


def is_ellipsis(query: Query) -> bool:
    """节约了多少: a verb, of what was spoken of before; 审减|了多少, too, which is an item by itself."""
    verb = _ONLY_VERB.fullmatch(query.text)
    named = [*query.chunks, *(item.text for item in query.items if verb and verb["done"] and item.text in query.text)]
    return verb is not None and len(named) == len(query.chunks) + len(query.items) == 1 and len(named[0]) <= SHORT


def _bare_flow(text: str) -> str:
    return next((word for word in ("支出", "收入", "余额", "限额") if text.removeprefix("那").startswith(word)), "")


# ---------------------------------------------------------------------------------------------- keeping a dialogue


def to_plain(query: Query) -> dict[str, Any]:
    """The state of a chat as JSON can hold it."""
    return asdict(query)


def from_plain(state: dict[str, Any]) -> Query:
    """The state back; raises TypeError or KeyError for what is no state."""
    state = {**state, "earlier": from_plain(state["earlier"]) if state.get("earlier") else None}
    lists = {name: tuple(value) for name, value in state.items() if isinstance(value, list)}
    lists["periods"] = tuple(Period(**period) for period in state["periods"])
    lists["compared"] = tuple(Period(**period) for period in state["compared"])
    lists["items"] = tuple(Asked(**{**item, "keys": tuple(item["keys"])}) for item in state["items"])
    return Query(**{**state, **lists})
