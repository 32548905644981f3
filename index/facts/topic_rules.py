"""What a figure is about, from the words between the last mark and the figure.

    全区一般公共预算收入完成|207450万元      the item of the lexicon, since only fillers stand between it and the figure
    增收|436万元                           nothing of its own: the topic that holds (carried)
    税务部门完成|130955万元                 an open topic, under the words of the report
    收入总计为|614794万元 / 预算支出|3111万元  a bare flow word: the account's total

A lexicon item counts only if nothing that could change it stands before or behind it (留抵退税 behind 增值税 does).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final, NamedTuple

from index.facts import acts, clean, funds, listed, other_flows, unsaid
from index.facts.clean import LEVELS_OF_GIVERS, behind_words, is_clean_before, is_filler, is_granted, without_cues
from index.facts.context import State, Topic, account_in, sum_of, total_of
from index.facts.marks import CIRCUMSTANCE, ITEM
from index.facts.open_names import (
    EDGE,
    MAX_NAME,
    open_name,
    opener,
    shortened,
)
from index.facts.turned import turned
from index.find.terms import TermMatch, choose, exact_items
from index.lexicon import Item, cue_pattern, cue_regex, items
from index.models import FLOW_OF

_PASSING = re.compile(r"-sum-(?:rev|exp)$|^transfer")  # 收入 after these is the account's again
_LED_IN = re.compile(r".*(?:来自|包括|加上|其中|主要是|主要有|主要为|分别是|分别有|等(?:方面)?的?(?=$))")
_LIST_OR_LEAD = re.compile(rf"[、，{ITEM}]|来自|包括|加上|其中|主要|分别")
_APPROVED = re.compile(r".*(?:批准|批复|审议通过|核定|下达)了?的?$")
# 一般公共预算年初安排|教育支出: an item of that account stays what it is
_ARRANGED_BY = re.compile(rf"^{CIRCUMSTANCE}*(?:一般)?公共预算(?:年初|年度|预算|拟|{CIRCUMSTANCE})*安排的?")
_ACCOUNT_LEAD = re.compile(rf"{CIRCUMSTANCE}*(一般公共|政府性基金|国有资本经营)(?:预算)?(?:{CIRCUMSTANCE}|安排|对|的)*")
# 各县市区|一般公共预算收入|完成情况：甲市31亿元, …
_OF_EACH = re.compile(rf"^(?:其中)?[各分](?:地(?:区)?)?(?=$|{CIRCUMSTANCE})")
_STATE_OF = re.compile(
    rf"(?:完成|执行|实现|分配)?情况(?:如下|为|是)?$|分配$|[年初当{CIRCUMSTANCE}]*(?:未|没有|无)(?:安排|编列|列入)?[年初{CIRCUMSTANCE}]*预算(?:安排)?$"
)  # 教育支出|年初未安排预算，决算数2万元
_LENT_ON = re.compile(r"转贷(?:给)?([^，。；]+)$")  # 转贷|高新区: lent on, and no 债务转贷收入
_GRAND = re.compile(r"(?:预算|决算)?数?总计")
_INFIX = re.compile(r"预计|预期|实际|拟安排|拟|累计")
_NEAR = 200  # characters before a figure: the base of a share stands no farther off
_SHARE_BASE = re.compile(
    rf"(?:占|相当于|为|是)(?=[^，。；]*{ITEM}[^，。；]*(?:的|比重|比例|总量|总额)[约为达到{CIRCUMSTANCE}]*$)"
)
_SHARE_END = re.compile(
    rf"(?:的|占?比重?|占?比例|占|{ITEM})(?:[为达到约{CIRCUMSTANCE}]|(?:一直|始终)?(?:稳定|保持|维持|控制)在)*$"
)
# 执行中加上上级补助、动用结余等|调整事项: the sum of what changed, never the item before
_ADJUSTMENTS = re.compile(r"等(?:预算)?((?:调整|变动|增减)(?:事项|因素|项目|项))(?:共计?|合计|总计)?[约为]?$")
_ADDED = re.compile(
    r"(?:[^，；]{2,}(?:加上(?!级)|再加|减去)|(?:[^，；]*(?:收入|支出|§)|^)加(?=§|上[级年解]|预计|中央|提前下达|调[入出]|动用|转移性|债务|还本))(?=.{2})"
)  # 支出预算加上|新增转移支付: what is added
_BECAUSE = re.compile(rf"中，?(?:由于|因)[^，]*{ITEM}$")
_OF_ALL = re.compile(r"(?:全[省市县区州])?(?:总数|总量|累计总数|累计(?:总数)?达)")
_GIVERS: Final = re.compile(f"{LEVELS_OF_GIVERS}+")
_GIVING: Final = re.compile(r"(?:下达|拨付|补助|安排|下拨)[^，。；]{0,4}$")
_NEW = re.compile(r"^(?:当年|全年)?(?:新(?:认定|培育|获批|评定|登记|注册|成立|设立|设|建成|建|增)|净增)(?=.{2})")
_FUND_ITSELF = re.compile(r"(?:该项?)?基金(?:预算)?$")  # 基金|支出 of the fund that is spoken of
_BY_ACCOUNT: Final = re.compile(r"(一般公共|政府性基金|国有资本经营|一般)(?:预算)?(?=安排|$)")
# 新增专项债券9亿元，|已支出6亿元: what was spent of it is no bond issued
_BORROWED: Final = ("debt-new", "debt-issue", "debt-refinance")
_SPENT: Final = re.compile("[，、；]?(?:已|实际|累计|目前|共|全部)+(?:形成)?(?:支出|支付|使用)(?:了|约|达)*")
_SHORTEST_NAME: Final = 2
_VERB_ALONE: Final = ("用于", "投向", "支持")
_LESS: Final = ("减", "，减", "、减")  # 加省级补助5亿元，减上解省级|1亿元: the other side
_BESIDE: Final = ("transfer", "gf-rev-")  # 政府性基金收入9亿元，其中土地出让|8亿元
_SIDES: Final = {"revenue": "收入", "expenditure": "支出"}
# 其余科目合计|3亿元: what is left of a list, and no item
_REST: Final = re.compile(
    r"(?:其余|剩余)(?:各?[项类个])?(?:支出|收入)?(?:科目|项目|税种|支出|收入|地区)(?:合计|共计|总计|共|为|约)*"
)
# 居民、机关养老保险两项基金收入: in that account, all of it
_ALL_FUNDS: Final = re.compile(
    r"(?:[^，。；]*[、和])?[^，。；、]*?[两二三四五六七八\d]项(?:社会保险|社保|保险)?基金(?P<flow>收入|支出)"
)
# 专项债券|主要用于冷链园区|3亿元: the first of what it went to
_USED_FOR: Final = re.compile("(?:资金)?(?:主要|重点|全部|集中|分别|已)*(?:用于|投向)(?P<what>[^，。；：（）]{3,})")
_REVIEW: Final = re.compile(
    "(?:财政)?(?:预算|结算)?(?:投资|项目|工程)*评审(?P<what>送审|审定|核减|审减)(?:额|金额|资金)?"
)
_FOR_SHORT: Final = re.compile(r"(?:用于|投向)[\u4e00-\u9fff]{2,3}(?=[，。；、]|$)")  # 12亿元|用于其他
_BARE_FLOW = re.compile(r"(?P<sum>总)?(?P<flow>收入|支出)(?P<total>总计|合计|总额|共计|总来源)?")


class Found(NamedTuple):
    """The topic of a figure and whether it is a new one (not carried)."""

    topic: Topic | None
    new: bool
    rule: str


def topic_of(left: str, masked: str, right: str, terms: Sequence[TermMatch], offset: int, state: State) -> Found:
    """The topic of a figure.

    ``left`` and ``masked`` are the text before the figure back to the last mark, plain and masked; ``right`` what
    follows its unit up to the next mark; ``terms`` the items inside ``left``, which begins at ``offset``; ``state``
    what holds at the figure.
    """
    fund, carried = funds.subject(state), state.topic
    account = fund.account if fund is not None else state.account
    if adjusted := _ADJUSTMENTS.search(masked):
        return Found(Topic(adjusted[1]), False, "adjustments")
    if added := _ADDED.match(masked):
        left, masked, offset = left[added.end() :], masked[added.end() :], offset + added.end()
        terms = [term for term in terms if term.start >= offset]
    if process := _process().match(masked):  # 经…会议调整为, 剔除…因素后: how it came about, not what it is
        cut = process.end()
        if terms and cut == len(masked) and _BECAUSE.search(masked):
            cut = terms[-1].start - offset  # 执行中由于|土地出让收入(短收): the item that fell short
        left, masked, offset = left[cut:], masked[cut:], offset + cut
        terms = [term for term in terms if term.start >= offset]
    if _REST.fullmatch(masked.strip(EDGE)):
        return Found(Topic(trimmed_rest(left)), True, "rest")
    base = _share_base(masked)
    if branch := other_flows.branch_of(left[:base], carried):
        return Found(branch, True, "open")
    subject_terms = clean.no_causes([term for term in terms if term.start - offset < base], masked, offset)
    if subject_terms:
        return _with_term(left[:base], masked[:base], subject_terms, offset, account, state)
    if found := _bare_flow(masked[:base], state):
        meant = other_flows.flow_meant(found.topic, left, account) if found.rule == "carried_flow" else None
        return Found(meant, True, "account_total") if meant is not None else found
    if carried is not None and carried.key.startswith(_BORROWED) and _SPENT.fullmatch(left):
        return Found(Topic(f"{carried.name}支出", account="debt"), False, "spent_of")
    if not without_cues(masked[:base]):
        if carried is not None and not carried.key and _OF_ALL.match(left) and (all_of := _NEW.sub("", carried.name)):
            return Found(replace(carried, name=all_of), True, "of_all")  # 新认定企业208家，总数达到565家
        return _from_right(right, carried)
    name = open_name(left[:base], masked[:base])
    if not name or (_GIVERS.fullmatch(name) and _GIVING.search(left)):  # 直达资金90万元，其中：中央|下达77万元
        return Found(carried, False, "carried")
    if whom := _LENT_ON.search(left[:base]) if name == "转贷" else None:
        return Found(Topic("转贷" + whom[1].strip()), True, "open")
    if name == "补助" and left[:base].rstrip(EDGE)[-2:] != name and masked[:base].endswith(CIRCUMSTANCE):
        return Found(Topic.of(items()["transfer-down"]), True, "item")  # 补助|区县|9亿元: given, not received
    short, side = _short_name(name, account), None if masked.startswith(_LESS) else _on_side(name, carried)
    if side and not (short and short.topic and carried and short.topic.flow == carried.flow):
        return side
    if short:
        return short
    return _open(name, account, "open", left[:base], offset > 0)


def trimmed_rest(left: str) -> str:
    """其余科目合计 -> 其余科目."""
    return re.sub("(?:合计|共计|总计|共|为|约)+$", "", left.strip(EDGE))


def _open(name: str, account: str, rule: str, printed: str, goes_on: bool) -> Found:
    """What the lexicon does not know, under the report's own words; flows of funds with their account."""
    if len(name) < _SHORTEST_NAME or name in _VERB_ALONE:  # 共印|1150份: as printed, for what is left is no word
        name = printed.strip(EDGE)[-MAX_NAME:] or name
    name = acts.of_what(listed.without_verb(name, goes_on))
    if _INFIX.search(name, 1) and (exact := exact_items(_INFIX.sub("", name))):
        return Found(Topic.of(choose(exact, account)), True, "item_with_infix")  # 债券预计付息支出, 农林水累计支出
    if account == "social_insurance" and (funds_in_all := _ALL_FUNDS.fullmatch(name)):
        return Found(total_of(account, FLOW_OF[funds_in_all["flow"]]), True, "account_total")
    if (review := _REVIEW.fullmatch(name)) and (exact := exact_items(f"{review['what']}金额")):
        return Found(Topic.of(exact[0]), True, "reviewed")  # 财政投资评审核减|3亿元
    if thing := acts.thing_of(name, account):
        return Found(thing, True, "acted")
    flow = funds.open_flow(name, account)
    if (
        flow is None
        and account != "debt"
        and (named := _BY_ACCOUNT.match(name))
        and (own := account_in(f"{named[1]}预算"))
    ):
        arranged = f"{name.removesuffix('预算')}预算安排" if name == named[0] else name
        return Found(Topic(arranged, account=own), True, rule)  # 其中：政府性基金预算|安排184亿元
    return Found(flow, True, "fund_flow") if flow is not None else Found(Topic(name), True, rule)


def _short_name(name: str, account: str) -> Found | None:
    """税收, 教育, 专项债务: a short name of the lexicon that stands alone is the item."""
    candidates = [
        item
        for item in exact_items("税收" if name == "税" else name)  # 税占比71.4%
        if (not account or item.account in (account, "debt", "other", ""))
        and not (account == "social_insurance" and item.account == "debt")  # 利息 of a fund is its income
        and (name == "税" or name in item.words or item.measure in (None, "balance"))
        and (name != "补助" or account)  # 镇级补助620万元: below no account what is given, not received
    ]  # 外债 for 外债余额 is an asker's word: a report may mean the year's borrowing
    if not candidates:
        return None
    return Found(Topic.of(choose(candidates, account)), True, "short_name")


def _on_side(name: str, carried: Topic | None) -> Found | None:
    """上级补助5亿元、县区上解|1亿元、债券转贷|2亿元: in a list of income a name without a flow is income, too."""
    side = _SIDES.get(carried.flow, "") if carried is not None and carried.flow else ""
    exact = exact_items(name + side) if side and not name.endswith(("收入", "支出")) else ()
    own = [item for item in exact if item.key.startswith(_BESIDE) and carried and item.flow == carried.flow]
    return Found(Topic.of(own[0]), True, "on_side") if len(own) == 1 else None


def clause_topic(masked: str, terms: Sequence[TermMatch], offset: int, account: str) -> Topic | None:
    """The item a clause without figures ends with (教育支出方面，…); None if it speaks of more than that."""
    if len(terms) != 1:
        return None
    start, end = terms[0].start - offset, terms[0].end - offset
    before, behind = _OF_EACH.sub("", masked[:start]), _STATE_OF.sub("", masked[end:])
    if is_clean_before(before) and is_filler(behind):
        return Topic.of(choose(terms[0].items, account))
    return None


def leads(text: str, masked: str) -> bool:
    """Does only an opener stand before this place (so that a year or a region there holds for what follows)?"""
    masked = behind_words(_APPROVED, masked)
    return bool(opener().fullmatch(masked)) or (len(text) <= 12 and bool(re.fullmatch(r".{0,10}[、：.）]", text)))


def _share_base(masked: str) -> int:
    """Where the base of a share begins (占税收收入的…): items there are not what the figure is about."""
    match = _SHARE_BASE.search(masked, max(0, len(masked) - _NEAR)) if ITEM in masked else None
    if match and (match[0] == "占" or masked.endswith(f"{ITEM}的")):
        return match.start()
    share = masked.rfind("占")
    return share if share >= 0 and _SHARE_END.search(masked) else len(masked)


# 债务余额9亿元，低于|债务限额|12亿元: what a stock is held against is no part of its name
_HELD_AGAINST: Final = re.compile(r"(?:[低小少]于|[未不]超过?|没有超过|控制在)[^，。；、]{0,12}$")
# 纳入债务管理系统锁定的法定限额内|政府债务余额: says which books the stock of debt stands in, not of what it is a part
_REGISTERED: Final = re.compile(r"(?:系统|锁定|登记|限额内|法定)[^，。；、]{0,8}$")


def _with_term(left: str, masked: str, terms: Sequence[TermMatch], offset: int, account: str, state: State) -> Found:
    term = terms[-1]
    start, end = term.start - offset, term.end - offset
    if term.items[0].account == "debt" and (used := _USED_FOR.match(left, end)):
        return Found(Topic(used["what"].strip(EDGE)[-MAX_NAME:]), True, "used_for")
    before, behind = _led_to(masked[:start]), masked[end:].lstrip(CIRCUMSTANCE)
    whose = choose(term.items, account)
    if whose.account == "debt" and left.startswith("（", start - 1) and left[end:].strip(EDGE) == "":
        named = open_name(left[: start - 1], masked[: start - 1]) if start else ""
        if len(named) > _SHORTEST_NAME and not exact_items(named):  # 园区道路（新增专项债券）|3亿元: what they pay for
            return Found(Topic(named, account="debt"), True, "open_with_item")
    other = turned(whose, term.text, masked[:start], left[end:], masked[end:], account)
    if other is not None and (is_clean_before(before) or is_granted(before, term)):
        return Found(other, True, "turned")
    if len(terms) > 1 and terms[-2].end == term.start and is_filler(behind):
        head = _led_to(masked[: terms[-2].start - offset])
        balance = funds.balance_item(terms[-2].items[0], choose(term.items, "social_insurance"))
        if balance is not None and is_clean_before(head):
            return Found(balance, True, "of_fund")
    if found := _of_account(left, masked, term, whose, before, behind):
        return found
    if _ARRANGED_BY.match(before) and any(item.account == "general_public" for item in term.items):
        before, account = _ARRANGED_BY.sub("", before), "general_public"
    before = unsaid.without(before, whose.key)
    flow = re.match(r"(?:预算|预期|预计|实际|完成|安排|执行|全年|当年|本年)*总?(收入|支出)", behind)
    exact = exact_items(term.text + flow[1]) if flow and not term.text.endswith(("收入", "支出")) else ()
    if exact and is_clean_before(before) and is_filler(behind):  # 职工医保基金|总收入
        return Found(Topic.of(choose(exact, account)), True, "item_with_flow")
    of_insurance = term.items[0].account == "social_insurance" and not term.items[0].flow
    if flow and of_insurance and is_clean_before(before) and is_filler(behind):
        return Found(Topic(term.text + flow[1], account="social_insurance", flow=FLOW_OF[flow[1]]), True, "fund_flow")
    if flow and flow[1] == "支出" and whose.key == "transfer-carry-in" and is_clean_before(before):
        return Found(
            Topic(f"{term.text}支出", flow="expenditure"), True, "spent"
        )  # 上年结转|支出 is what is done with it
    of_others = (
        account
        and not account_in(term.text)
        and all("-sum-" in item.key and item.account != account for item in term.items)
    )
    if of_others and (total := sum_of(account, term.items[0].flow)):
        return Found(total, True, "sum")  # 收入合计 of an account that has no such word of its own
    if behind.startswith("等") and is_clean_before(before) and is_filler(behind):
        # 加上级补助收入等|5亿元: a sum that the item but leads
        spent = "安排的支出" if behind.startswith("等安排的支出") else ""  # 彩票公益金等|安排的支出
        return Found(Topic(f"{term.text}等{spent}", account=whose.account, flow=whose.flow), True, "led_sum")
    if _GRAND.match(behind) and is_filler(behind) and (total := _grand_total(whose) or _grand_named(term.text, whose)):
        return Found(total, True, "sum")
    if (is_clean_before(before) or is_granted(before, term)) and is_filler(behind):
        topic = Topic.of(choose(term.items, account))
        if account != topic.account and (own := _total_of_named(term.text, topic, account)):
            return Found(own, True, "item")  # behind the funds: 国有资本经营收入|5亿元，支出…
        if term.text.startswith("其他") and account and topic.account not in (account, ""):
            return Found(Topic(term.text, account=account, flow=topic.flow), True, "other_account")  # type: ignore[arg-type]
        return Found(topic, True, "item" if len(term.items) == 1 or topic.account == account else "item_account_unsure")
    held_against = term.items[0].measure == "limit" and _HELD_AGAINST.search(before)
    registered = term.items[0].measure in ("limit", "outstanding") and _REGISTERED.search(before)
    if (held_against or registered) and is_filler(behind):
        return Found(Topic.of(choose(term.items, account)), True, "item_registered")
    if not masked.startswith(_LESS) and (beside := _on_side(open_name(left, masked), state.topic)):
        return beside  # 专项债券转贷
    found = _open(open_name(left, masked) or left[start:], account, "open_with_item", left, offset > 0)
    if (
        whose.account == "debt"
        and account == "social_insurance"
        and found.topic is not None
        and not found.topic.account
    ):
        return found._replace(topic=replace(found.topic, account="debt"))  # bonds are no insurance
    return found


def _of_account(left: str, masked: str, term: TermMatch, whose: Item, before: str, behind: str) -> Found | None:
    """一般公共预算|科技支出, 政府性基金预算|上级补助收入: an item behind the name of an account."""
    lead = _ACCOUNT_LEAD.fullmatch(before)
    named = account_in(f"{lead[1]}预算") if lead else ""
    if named and whose.account == named and is_filler(behind):
        return Found(Topic.of(whose), True, "item_of_account")
    if named and whose.account in ("", "other") and whose.flow:
        if whose.key == "transfer-down" and named != "general_public":  # 政府性基金对县区转移支付: one of two kinds
            return Found(Topic(open_name(left, masked), account=named, flow=whose.flow), True, "open_with_item")
        if is_filler(behind):
            return Found(replace(Topic.of(choose(term.items, named)), account=named), True, "item_of_account")
    return None


def _total_of_named(text: str, topic: Topic, account: str) -> Topic | None:
    """The total of the account that an item of another account is named by; None if it is called by its own."""
    named = account_in(text) if topic.account == "general_public" and topic.flow == "revenue" else ""
    if not account and named != "state_capital":
        return None
    return total_of(named, topic.flow) if named not in ("", "debt", topic.account) else None


def _led_to(masked: str) -> str:
    """What stands before an item, less what leads up to it; 资源勘探信息等|共同财政事权转移支付 has but one name."""
    return masked if masked.endswith("等") and not _LIST_OR_LEAD.search(masked) else behind_words(_LED_IN, masked)


def _grand_total(item: Item) -> Topic | None:
    """一般公共收入预算|总计: with transfers and carry-over, another figure than the revenue itself."""
    return sum_of(item.account, item.flow) if item.key.startswith("total-") else None


def _grand_named(text: str, item: Item) -> Topic | None:
    """国有资本经营收入|预算总计: of the account that the words name."""
    named = account_in(text)
    return sum_of(named, item.flow) if named not in ("", "debt", item.account) else None


def _bare_flow(masked: str, state: State) -> Found | None:
    """收入, 预算支出, 收入总计 alone: the fund's, else the topic that holds if it flows that way, else the total."""
    account, carried = state.account, state.topic
    match = _BARE_FLOW.search(masked)
    if not match or not is_filler(masked[match.end() :]):
        return None
    before = masked[: match.start()]
    named = account_in(before)
    if named:  # 政府性基金安排收入40.6亿元
        account, before = named, re.sub(rf"{cue_regex('account', named)}(?:预算)?", "", before)
    if state.fund is not None:
        before = _FUND_ITSELF.sub("", before)
    if without_cues(before):
        return None
    flow = FLOW_OF[match["flow"]]
    fund = funds.flow_of(state, before, match["flow"], match["total"] or "") if not named else None
    if fund is not None:
        return Found(fund, True, "fund_flow")
    other = other_flows.side_of_open(carried, before, match["flow"], bool(match["sum"]), account)
    if other is not None and not named and not match["total"]:
        return Found(other, True, "open")
    if match["total"] or match["sum"]:
        # an insurance gets and spends nothing beside its budget: 总支出 of theirs is their 支出
        alike = account == "social_insurance" and not match["total"]
        total = total_of(account, flow) if alike else sum_of(account, flow)
        return Found(total, True, "sum") if total else None
    if carried and carried.item and carried.flow == flow and not _PASSING.search(carried.key):
        return Found(carried, False, "carried_flow")
    if account and (total := total_of(account, flow)):
        return Found(total, True, "account_total")
    if carried and not carried.item:
        return Found(carried, False, "carried_open_flow")
    if carried and carried.flow and (carried.flow != flow or _PASSING.search(carried.key)):
        # 上年结余1亿元，支出安排|9亿元: no figure of what came in, nor is 当年收入 one of what was left over
        return Found(Topic(match["flow"], flow=flow), True, "account_total")
    return None


def _from_right(right: str, carried: Topic | None) -> Found:
    """3500万元用于…项目: what the money is for stands behind it."""
    match = re.match(r"(?:主要|全部|专项|拟)?(?:用于|投向|支持|用来)(?P<what>[^，。；（]{4,60})", right)
    if match:
        return Found(Topic(shortened(match["what"].strip(EDGE))), True, "purpose")
    if short := _FOR_SHORT.match(right):
        return Found(Topic(short[0]), True, "purpose")
    return Found(carried, False, "carried")


@cache
def _process() -> re.Pattern[str]:
    return re.compile(cue_pattern("filler", "approval_process"))
